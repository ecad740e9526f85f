// SPDX-License-Identifier: GPL-2.0-or-later
#include "tools/pdf-boxes/device.hpp"

#include <GfxFont.h>
#include <UTF.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace pdf_boxes {

namespace {

constexpr double thickest_rule = 4;  // points
// All glyphs get the same em box around their baseline, whatever the font says of itself: ascents of fonts are unreliable, and
// what stands on one baseline must have one centre.
constexpr double above_baseline = 0.88, below_baseline = 0.12;

void append_utf8(std::string& out, Unicode c) {
   if (c < 0x80) {
      out += static_cast<char>(c);
   } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3F));
   } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
   } else {
      out += static_cast<char>(0xF0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
   }
}

bool readable(Unicode c) {
   const bool private_use = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
   const bool half = c >= 0xD800 && c <= 0xDFFF;
   const bool control = c < 0x20 && c != '\t';
   return c != 0 && !private_use && !half && !control && c != 0x7F && c != 0xFFFE && c != 0xFFFF;
}

// One character for each of `unicode` that can be read; U+FFFD for what cannot.
std::string text_of(const Unicode* unicode, int length, int& characters) {
   std::string text;
   characters = 0;
   for (int i = 0; i < length; ++i) {
      append_utf8(text, readable(unicode[i]) ? unicode[i] : 0xFFFD);
      ++characters;
   }
   if (characters == 0) {
      append_utf8(text, 0xFFFD);
      characters = 1;
   }
   return text;
}

double shade_of(const GfxRGB& colour) {
   return 0.299 * colToDbl(colour.r) + 0.587 * colToDbl(colour.g) + 0.114 * colToDbl(colour.b);
}

Box ordered(double x1, double y1, double x2, double y2) {
   return {std::min(x1, x2), std::min(y1, y2), std::max(x1, x2), std::max(y1, y2)};
}

bool finite(const Box& box) {
   return std::isfinite(box.left) && std::isfinite(box.top) && std::isfinite(box.right) && std::isfinite(box.bottom);
}

double scale_of(GfxState* state) {
   const double* m = state->getCTM();
   return std::sqrt(std::abs(m[0] * m[3] - m[1] * m[2]));
}

// How far the writing direction is turned, in degrees clockwise; nothing where it is askew.
std::optional<int> turn_of(GfxState* state) {
   double m[4];
   state->getFontTransMat(&m[0], &m[1], &m[2], &m[3]);
   const double degrees = std::atan2(-m[1], m[0]) * 180 / M_PI;  // the matrix has y upwards
   const double nearest = std::round(degrees / 90) * 90;
   if (std::abs(degrees - nearest) > 5) return std::nullopt;
   return (static_cast<int>(-nearest) % 360 + 360) % 360;
}

// A Type 3 font draws in units of its own; its matrix says how large they are.
double font_size(GfxState* state) {
   double size = state->getTransformedFontSize();
   const std::shared_ptr<GfxFont>& font = state->getFont();
   if (font && font->getType() == fontType3) {
      const double* box = font->getFontBBox();
      const double height = std::abs((box[3] - box[1]) * font->getFontMatrix()[3]);
      if (height > 0.05 && height < 5) size *= height;
   }
   return std::isfinite(size) ? std::abs(size) : 0;
}

bool is_vertical(GfxState* state) { return state->getFont() && state->getFont()->getWMode() != 0; }

}  // namespace

void Device::startPage(int number, GfxState* state, XRef*) {
   page_ = Page{};
   actual_.reset();
   page_.number = number;
   page_.width = state->getPageWidth();
   page_.height = state->getPageHeight();
}

// ---- lines and boxes

void Device::paint(std::vector<Painted>& into, GfxState* state, Box box, double shade) {
   double left, top, right, bottom;
   state->getClipBBox(&left, &top, &right, &bottom);
   box = {std::max(box.left, left), std::max(box.top, top), std::min(box.right, right), std::min(box.bottom, bottom)};
   if (!finite(box) || box.left > box.right || box.top > box.bottom) return;
   if (budget_.paints == 0) {
      budget_.spent = true;
      return;
   }
   --budget_.paints;
   into.push_back({box, shade});
}

void Device::note_line(GfxState* state, double x1, double y1, double x2, double y2, double width, double shade) {
   state->transform(x1, y1, &x1, &y1);
   state->transform(x2, y2, &x2, &y2);
   const double dx = std::abs(x1 - x2), dy = std::abs(y1 - y2);
   if (std::min(dx, dy) > 1 && std::min(dx, dy) > 0.02 * std::max(dx, dy)) return;
   if (width > thickest_rule && std::max(dx, dy) > width) width = thickest_rule;
   const double half = std::max(width, 0.1) / 2;
   Box box = ordered(x1, y1, x2, y2);
   if (dx >= dy)
      box = {box.left, (y1 + y2) / 2 - half, box.right, (y1 + y2) / 2 + half};
   else
      box = {(x1 + x2) / 2 - half, box.top, (x1 + x2) / 2 + half, box.bottom};
   paint(page_.rules, state, box, shade);
}

void Device::stroke(GfxState* state) {
   if (state->getStrokeOpacity() < 0.02) return;
   GfxRGB colour;
   state->getStrokeRGB(&colour);
   const double shade = shade_of(colour), width = state->getLineWidth() * scale_of(state);
   const GfxPath* path = state->getPath();
   for (int i = 0; i < path->getNumSubpaths() && !budget_.spent; ++i) {
      const GfxSubpath& part = *path->getSubpath(i);
      for (int k = 1; k < part.getNumPoints(); ++k) {
         if (part.getCurve(k)) {
            k += 2;  // two control points and the end
            continue;
         }
         note_line(state, part.getX(k - 1), part.getY(k - 1), part.getX(k), part.getY(k), width, shade);
      }
   }
}

// A filled path counts where it is a box with upright sides; others (letters drawn as paths, logos) are no ruling lines.
void Device::note_fill(GfxState* state, const GfxSubpath& path, double shade) {
   const int points = path.getNumPoints();
   if (points < 2 || points > 6) return;
   std::vector<std::pair<double, double>> corners;
   for (int i = 0; i < points; ++i) {
      if (path.getCurve(i)) return;
      double x, y;
      state->transform(path.getX(i), path.getY(i), &x, &y);
      corners.emplace_back(x, y);
   }
   Box box = ordered(corners[0].first, corners[0].second, corners[0].first, corners[0].second);
   for (const auto& [x, y] : corners)
      box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x), std::max(box.bottom, y)};
   for (std::size_t i = 1; i < corners.size(); ++i) {
      const double dx = std::abs(corners[i].first - corners[i - 1].first);
      const double dy = std::abs(corners[i].second - corners[i - 1].second);
      if (std::min(dx, dy) > 0.5) return;
   }
   const double thin = std::min(box.right - box.left, box.bottom - box.top);
   if (thin <= thickest_rule)
      paint(page_.rules, state, box, shade);
   else if (shade < 0.995)
      paint(page_.fills, state, box, shade);
}

void Device::fill(GfxState* state) {
   if (state->getFillOpacity() < 0.02) return;
   GfxRGB colour;
   state->getFillRGB(&colour);
   const double shade = shade_of(colour);
   const GfxPath* path = state->getPath();
   for (int i = 0; i < path->getNumSubpaths() && !budget_.spent; ++i) note_fill(state, *path->getSubpath(i), shade);
}

// ---- glyphs

void Device::drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y, CharCode code,
                      int bytes, const Unicode* unicode, int length) {
   const std::optional<int> turn = turn_of(state);
   if (!turn) {
      ++page_.slanted;
      return;
   }
   const double size = font_size(state);
   if (size < 0.5 || size > 2000) return;
   // What the generator adds between characters is no part of the glyph.
   double space = state->getCharSpace();
   if (bytes == 1 && code == 0x20) space += state->getWordSpace();
   double space_x, space_y, width_x, width_y, at_x, at_y;
   state->textTransformDelta(is_vertical(state) ? 0 : space * state->getHorizScaling(), is_vertical(state) ? space : 0, &space_x,
                             &space_y);
   state->transformDelta(dx - space_x, dy - space_y, &width_x, &width_y);
   Glyph glyph;
   glyph.size = size;
   glyph.turn = *turn;
   glyph.text = text_of(unicode, std::min(length, 16), glyph.characters);
   glyph.invisible = (state->getRender() & 3) == 3;
   if (is_vertical(state)) {  // from the middle of the upper edge downwards
      state->transform(x, y, &at_x, &at_y);
      glyph.box = {at_x - size / 2, at_y, at_x + size / 2, at_y + size};
      glyph.turn = 0;
   } else {
      state->transform(x - origin_x, y - origin_y, &at_x, &at_y);
      const double up = above_baseline * size, down = below_baseline * size;
      switch (glyph.turn) {
         case 0: glyph.box = ordered(at_x, at_y - up, at_x + width_x, at_y + down); break;
         case 90: glyph.box = ordered(at_x - down, at_y, at_x + up, at_y + width_y); break;
         case 180: glyph.box = ordered(at_x, at_y - down, at_x + width_x, at_y + up); break;
         default: glyph.box = ordered(at_x - up, at_y, at_x + down, at_y + width_y); break;
      }
   }
   if (!finite(glyph.box)) return;
   double left, top, right, bottom;
   state->getClipBBox(&left, &top, &right, &bottom);
   const double middle_x = (glyph.box.left + glyph.box.right) / 2, middle_y = (glyph.box.top + glyph.box.bottom) / 2;
   const double slack = size * 0.5;  // clip boxes are cut close to the letters
   if (middle_x < left - slack || middle_x > right + slack || middle_y < top - slack || middle_y > bottom + slack) return;
   if (actual_)
      actual_->glyphs.push_back(std::move(glyph));
   else
      note(std::move(glyph));
}

void Device::note(Glyph glyph) {
   if (budget_.glyphs == 0) {
      budget_.spent = true;
      return;
   }
   --budget_.glyphs;
   append(glyph);
}

void Device::append(const Glyph& glyph) {
   const bool upright = glyph.turn % 180 == 0;
   const double from = upright ? glyph.box.left : glyph.box.top, to = upright ? glyph.box.right : glyph.box.bottom;
   const double across_from = upright ? glyph.box.top : glyph.box.left, across_to = upright ? glyph.box.bottom : glyph.box.right;
   const auto close = [](double a, double b) { return std::abs(a - b) < 0.05; };
   Run* last = page_.runs.empty() ? nullptr : &page_.runs.back();
   const bool goes_on = last != nullptr && last->turn == glyph.turn && last->invisible == glyph.invisible &&
                        close(last->size, glyph.size) && close(last->across_from, across_from) && last->along.size() < 2000;
   if (!goes_on) {
      Run run;
      run.across_from = across_from;
      run.across_to = across_to;
      run.size = glyph.size;
      run.turn = glyph.turn;
      run.invisible = glyph.invisible;
      page_.runs.push_back(std::move(run));
      last = &page_.runs.back();
   }
   last->text += glyph.text;
   // A ligature, or a replacement text, shares its box out among its characters, in the direction that they run.
   const bool backwards = glyph.turn == 180 || glyph.turn == 270;
   const double step = (to - from) / glyph.characters;
   for (int i = 0; i < glyph.characters; ++i) {
      const int at = backwards ? glyph.characters - 1 - i : i;
      last->along.push_back(from + step * at);
      last->along.push_back(from + step * (at + 1));
   }
}

void Device::beginActualText(GfxState*, const GooString* text) {
   if (actual_) endActualText(nullptr);  // they do not nest
   Unicode* unicode = nullptr;
   const int length = TextStringToUCS4(text->toStr(), &unicode);
   Actual actual;
   for (int i = 0; i < std::min(length, 4096); ++i) {
      if (!readable(unicode[i])) continue;
      append_utf8(actual.text, unicode[i]);
      ++actual.characters;
   }
   std::free(unicode);
   actual_ = std::move(actual);
}

void Device::endActualText(GfxState*) {
   if (!actual_) return;
   Actual actual = std::move(*actual_);
   actual_.reset();
   if (actual.glyphs.empty()) return;
   // It stands for what is drawn only where it is about as long: then its characters can be given places. A text over several
   // lines, a summary or nothing at all is no better than the glyphs.
   int drawn = 0;
   Glyph whole = actual.glyphs.front();
   bool one_line = true;
   for (const Glyph& glyph : actual.glyphs) {
      drawn += glyph.characters;
      one_line = one_line && glyph.turn == whole.turn && std::abs(glyph.box.top - whole.box.top) < 0.5 * whole.size;
      whole.box = {std::min(whole.box.left, glyph.box.left), std::min(whole.box.top, glyph.box.top),
                   std::max(whole.box.right, glyph.box.right), std::max(whole.box.bottom, glyph.box.bottom)};
   }
   if (one_line && actual.characters > 0 && actual.characters <= 2 * drawn + 2) {
      whole.text = actual.text;
      whole.characters = actual.characters;
      note(std::move(whole));
      return;
   }
   for (Glyph& glyph : actual.glyphs) note(std::move(glyph));
}

// ---- images

void Device::note_image(GfxState* state) {
   if (budget_.images == 0) {
      budget_.spent = true;
      return;
   }
   --budget_.images;
   double x1, y1, x2, y2, x3, y3, x4, y4;
   state->transform(0, 0, &x1, &y1);
   state->transform(1, 1, &x2, &y2);
   state->transform(0, 1, &x3, &y3);
   state->transform(1, 0, &x4, &y4);
   const Box box = {std::min({x1, x2, x3, x4}), std::min({y1, y2, y3, y4}), std::max({x1, x2, x3, x4}),
                    std::max({y1, y2, y3, y4})};
   if (finite(box)) page_.images.push_back(box);
}

void Device::drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                           bool inline_image) {
   note_image(state);
   OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, inline_image);
}

void Device::drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colours,
                       bool interpolate, const int* mask, bool inline_image) {
   note_image(state);
   OutputDev::drawImage(state, ref, stream, width, height, colours, interpolate, mask, inline_image);
}

}  // namespace pdf_boxes

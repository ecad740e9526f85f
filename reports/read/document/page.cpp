#include "reports/read/document/page.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace heng {

namespace {

constexpr float same_line = 0.45F;   // ems between centres
constexpr float wide_gap = 1.5F;     // ems: two blanks in the text
constexpr float piece_gap = 0.25F;   // ems: another piece
constexpr float mixed_gap = 0.08F;   // ems: another piece, where a Chinese character and a digit meet
constexpr float drawn_twice = 0.2F;  // ems

Box turned_box(const Box& box, std::uint16_t degrees, float width, float height) {
   switch (degrees) {
      case 90: return {height - box.bottom, box.left, height - box.top, box.right};
      case 180: return {width - box.right, height - box.bottom, width - box.left, height - box.top};
      case 270: return {box.top, width - box.right, box.bottom, width - box.left};
      default: return box;
   }
}

std::uint16_t main_turn(const std::vector<Glyph>& glyphs) {
   std::array<std::size_t, 4> counts{};
   for (const Glyph& glyph : glyphs) ++counts[glyph.turn / 90 % 4];
   std::size_t most = 0;
   for (std::size_t i = 1; i < 4; ++i)
      if (counts[i] > counts[most]) most = i;
   return static_cast<std::uint16_t>(most * 90);
}

// Latin letters, digits and their signs: a blank between two of them means something.
bool narrow(const std::string& character) { return static_cast<unsigned char>(character.front()) < 0x80; }

class Line {
 public:
   explicit Line(const Glyph& first) { add(first); }

   bool takes(const Glyph& glyph) const {
      return std::abs(middle_y(glyph.box) - centre_) < same_line * std::min(size_, glyph.size);
   }

   void add(const Glyph& glyph) {
      const auto count = static_cast<float>(glyphs_.size());
      centre_ = (centre_ * count + middle_y(glyph.box)) / (count + 1);
      size_ = std::max(size_, glyph.size);
      glyphs_.push_back(&glyph);
   }

   bool inked() const {
      return std::any_of(glyphs_.begin(), glyphs_.end(), [](const Glyph* glyph) { return !glyph->blank; });
   }

   TextLine take() {
      std::stable_sort(glyphs_.begin(), glyphs_.end(), [](const Glyph* a, const Glyph* b) { return a->box.left < b->box.left; });
      remove_doubles();
      TextLine line;
      line.size = usual_size();
      bool blank = false;
      const Glyph* last = nullptr;
      for (const Glyph* glyph : glyphs_) {
         if (glyph->blank) {
            blank = true;
            continue;
         }
         append(line, last, *glyph, blank);
         line.recognised |= glyph->recognised;
         last = glyph;
         blank = false;
      }
      return line;
   }

 private:
   // The same letter on (nearly) the same place.
   void remove_doubles() {
      std::vector<const Glyph*> once;
      for (const Glyph* glyph : glyphs_) {
         bool again = false;
         for (std::size_t i = once.size(); i-- > 0 && i + 4 > once.size() && !again;)
            again = once[i]->text == glyph->text && glyph->box.left - once[i]->box.left < drawn_twice * glyph->size;
         if (!again) once.push_back(glyph);
      }
      glyphs_ = std::move(once);
   }

   float usual_size() const {
      std::vector<float> sizes;
      for (const Glyph* glyph : glyphs_)
         if (!glyph->blank) sizes.push_back(glyph->size);
      std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
      return sizes[sizes.size() / 2];
   }

   static std::string_view blanks_between(const Glyph& a, const Glyph& b, bool drawn) {
      const float gap = (b.box.left - a.box.right) / std::max(a.size, b.size);
      if (gap >= wide_gap) return "  ";
      const bool latin = narrow(a.text) && narrow(b.text);
      const float alone = latin ? 0.22F : 0.6F, with_blank = latin ? 0.08F : 0.2F;
      return gap > alone || (drawn && gap > with_blank) ? " " : "";
   }

   static void append(TextLine& line, const Glyph* last, const Glyph& glyph, bool blank) {
      const float gap = last == nullptr ? 0 : (glyph.box.left - last->box.right) / std::max(last->size, glyph.size);
      if (last != nullptr) line.text += blanks_between(*last, glyph, blank);
      line.text += glyph.text;
      line.box = last == nullptr ? glyph.box : around(line.box, glyph.box);
      const bool mixed = last != nullptr && narrow(last->text) != narrow(glyph.text);
      if (last == nullptr || gap >= (mixed ? mixed_gap : piece_gap)) {
         line.pieces.push_back({glyph.text, glyph.box});
         return;
      }
      LinePiece& piece = line.pieces.back();
      (piece.text += blanks_between(*last, glyph, blank)) += glyph.text;
      piece.box = around(piece.box, glyph.box);
   }

   std::vector<const Glyph*> glyphs_;
   float centre_ = 0, size_ = 0;
};

std::vector<TextLine> upright_lines(std::vector<const Glyph*> glyphs) {
   std::stable_sort(glyphs.begin(), glyphs.end(),
                    [](const Glyph* a, const Glyph* b) { return middle_y(a->box) < middle_y(b->box); });
   std::vector<Line> lines;
   for (const Glyph* glyph : glyphs) {
      // A small glyph (a footnote's sign) may lie between two lines of larger ones: the last few are asked.
      Line* found = nullptr;
      for (std::size_t i = lines.size(); i-- > 0 && i + 3 > lines.size() && found == nullptr;)
         if (lines[i].takes(*glyph)) found = &lines[i];
      if (found != nullptr)
         found->add(*glyph);
      else
         lines.emplace_back(*glyph);
   }
   std::vector<TextLine> made;
   for (Line& line : lines)
      if (line.inked()) made.push_back(line.take());
   return made;
}

constexpr float far_away = 100000;  // a page's size does not matter when boxes are turned there and back

std::vector<TextLine> turned_lines(const std::vector<const Glyph*>& glyphs, std::uint16_t turn) {
   const auto back = static_cast<std::uint16_t>((360 - turn) % 360);
   std::vector<Glyph> upright;
   for (const Glyph* glyph : glyphs) {
      upright.push_back(*glyph);
      upright.back().box = turned_box(glyph->box, back, far_away, far_away);
   }
   std::vector<const Glyph*> pointers;
   for (const Glyph& glyph : upright) pointers.push_back(&glyph);
   std::vector<TextLine> lines = upright_lines(std::move(pointers));
   for (TextLine& line : lines) {
      line.box = turned_box(line.box, turn, far_away, far_away);
      for (LinePiece& piece : line.pieces) piece.box = turned_box(piece.box, turn, far_away, far_away);
   }
   return lines;
}

}  // namespace

Box around(const Box& a, const Box& b) {
   return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

void turn_upright(PageBoxes& page) {
   const std::uint16_t turn = main_turn(page.glyphs);
   if (turn == 0) return;
   const auto back = static_cast<std::uint16_t>((360 - turn) % 360);
   for (Glyph& glyph : page.glyphs) {
      glyph.box = turned_box(glyph.box, back, page.width, page.height);
      glyph.turn = static_cast<std::uint16_t>((glyph.turn + back) % 360);
   }
   for (Box& rule : page.rules) rule = turned_box(rule, back, page.width, page.height);
   for (Box& image : page.images) image = turned_box(image, back, page.width, page.height);
   for (Box& fill : page.fills) fill = turned_box(fill, back, page.width, page.height);
   if (turn % 180 != 0) std::swap(page.width, page.height);
   page.turned = turn;
}

Box on_paper(const PageBoxes& page, const Box& box) { return turned_box(box, page.turned, page.width, page.height); }

std::vector<TextLine> lines_of(std::vector<const Glyph*> glyphs) {
   std::array<std::vector<const Glyph*>, 4> by_turn;
   for (const Glyph* glyph : glyphs) by_turn[glyph->turn / 90 % 4].push_back(glyph);
   std::vector<TextLine> lines = upright_lines(std::move(by_turn[0]));
   for (std::size_t i = 1; i < 4; ++i) {
      std::vector<TextLine> more = turned_lines(by_turn[i], static_cast<std::uint16_t>(i * 90));
      lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
   }
   return lines;
}

std::string joined(const std::vector<TextLine>& lines) {
   std::string text;
   for (const TextLine& line : lines) {
      if (!text.empty()) text += '\n';
      text += line.text;
   }
   return text;
}

}  // namespace heng

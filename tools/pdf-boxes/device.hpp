// SPDX-License-Identifier: GPL-2.0-or-later
// The device that poppler draws a page on: it paints nothing, it notes where things stand.
// Does not know: how pages are written, files.
#pragma once
#include <GfxState.h>
#include <OutputDev.h>

#include <cstdint>
#include <optional>

#include "tools/pdf-boxes/boxes.hpp"

namespace pdf_boxes {

// What a whole document may hold; when one is spent, nothing more of that kind is noted, and `spent` says so.
struct Budget {
   std::uint64_t glyphs = 3'000'000, paints = 1'000'000, images = 100'000;
   bool spent = false;
};

class Device : public OutputDev {
 public:
   explicit Device(Budget& budget) : budget_(budget) {}
   Page take() { return std::move(page_); }

   bool upsideDown() override { return true; }
   bool useDrawChar() override { return true; }
   bool interpretType3Chars() override { return false; }
   // Patterns and shadings are colour, not lines; poppler would draw them in a million pieces.
   bool useTilingPatternFill() override { return true; }
   bool useShadedFills(int) override { return true; }
   bool tilingPatternFill(GfxState*, Gfx*, Catalog*, GfxTilingPattern*, const double*, int, int, int, int, double,
                          double) override {
      return true;
   }
   bool functionShadedFill(GfxState*, GfxFunctionShading*) override { return true; }
   bool axialShadedFill(GfxState*, GfxAxialShading*, double, double) override { return true; }
   bool radialShadedFill(GfxState*, GfxRadialShading*, double, double) override { return true; }
   bool gouraudTriangleShadedFill(GfxState*, GfxGouraudTriangleShading*) override { return true; }
   bool patchMeshShadedFill(GfxState*, GfxPatchMeshShading*) override { return true; }

   void startPage(int number, GfxState* state, XRef* xref) override;
   void stroke(GfxState* state) override;
   void fill(GfxState* state) override;
   void eoFill(GfxState* state) override { fill(state); }
   void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y, CharCode code,
                 int bytes, const Unicode* unicode, int length) override;
   void beginActualText(GfxState* state, const GooString* text) override;
   void endActualText(GfxState* state) override;
   void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert, bool interpolate,
                      bool inline_image) override;
   void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height, GfxImageColorMap* colours,
                  bool interpolate, const int* mask, bool inline_image) override;
   void drawMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*, bool, Stream*, int, int, bool,
                        bool) override {
      note_image(state);
   }
   void drawSoftMaskedImage(GfxState* state, Object*, Stream*, int, int, GfxImageColorMap*, bool, Stream*, int, int,
                            GfxImageColorMap*, bool) override {
      note_image(state);
   }

 private:
   struct Glyph {
      std::string text;  // UTF-8, one or more characters
      int characters = 1;
      Box box;
      double size = 0;
      int turn = 0;
      bool invisible = false;
   };
   // A piece of text that says how its glyphs are to be read, with the glyphs met so far.
   struct Actual {
      std::string text;
      int characters = 0;
      std::vector<Glyph> glyphs;
   };

   void note_image(GfxState* state);
   void note_line(GfxState* state, double x1, double y1, double x2, double y2, double width, double shade);
   void note_fill(GfxState* state, const GfxSubpath& path, double shade);
   void paint(std::vector<Painted>& into, GfxState* state, Box box, double shade);
   void note(Glyph glyph);
   void append(const Glyph& glyph);

   Budget& budget_;
   Page page_;
   std::optional<Actual> actual_;
};

}  // namespace pdf_boxes

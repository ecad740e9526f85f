// What stands where on one page of a PDF: glyphs, ruling lines, images; and the text lines that glyphs make.
// Boxes are in points from the upper left corner, in the direction in which most of the page is written: a page whose text is
// turned is turned upright first, and `on_paper` turns places back.
// Does not know: JSON, tables, what a line says.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "reports/read/document/document.hpp"

namespace heng {

struct Glyph {
   std::string text;  // one character; U+FFFD where the file does not say which
   Box box;           // an em high, whatever the letter
   float size = 0;
   std::uint16_t turn = 0;   // degrees clockwise
   std::uint32_t run = 0;    // which piece of text it was drawn with
   bool blank = false;       // a blank that was drawn
   bool recognised = false;  // of the text layer of a scanned page
};

struct PageBoxes {
   std::uint32_t number = 0;
   float width = 0, height = 0;
   std::uint16_t turned = 0;  // how far the page was turned to be upright
   std::vector<Glyph> glyphs;
   std::vector<Box> rules;  // thin boxes; dashes and dots stand one by one
   std::vector<Box> images;
   std::vector<Box> fills;  // coloured areas
};

void turn_upright(PageBoxes& page);
Box on_paper(const PageBoxes& page, const Box& box);

// A piece of a text line that more than the usual gap between letters parts from the next: a cell, or a part of one.
struct LinePiece {
   std::string text;
   Box box;
};

struct TextLine {
   std::string text;  // two blanks where a wide gap is
   Box box;
   float size = 0;  // of most of its glyphs
   bool recognised = false;
   std::vector<LinePiece> pieces;
};

// Glyphs whose boxes have one centre (within less than half a letter) make a line, from left to right; lines from top to bottom.
// A glyph drawn twice to look bold counts once. Turned glyphs make lines of their own, after the others.
std::vector<TextLine> lines_of(std::vector<const Glyph*> glyphs);
std::string joined(const std::vector<TextLine>& lines);  // with '\n'

Box around(const Box& a, const Box& b);
inline float middle_x(const Box& box) { return (box.left + box.right) / 2; }
inline float middle_y(const Box& box) { return (box.top + box.bottom) / 2; }

}  // namespace heng

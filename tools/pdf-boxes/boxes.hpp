// SPDX-License-Identifier: GPL-2.0-or-later
// What heng-pdf-boxes finds on pages, and how it is written. Points from the upper left corner, the page's rotation applied.
// Does not know: poppler, files, what a table is.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace pdf_boxes {

struct Box {
   double left = 0, top = 0, right = 0, bottom = 0;
};

// Glyphs of one size that follow each other on one baseline, as they were drawn. `along` has two numbers for each character of
// `text`, where it begins and ends along the writing direction (x for a turn of 0 or 180, y for 90 or 270); `across` is the
// extent of the line. A character without Unicode, or in a private use area, is U+FFFD.
struct Run {
   std::string text;
   std::vector<double> along;
   double across_from = 0, across_to = 0, size = 0;
   int turn = 0;            // degrees clockwise
   bool invisible = false;  // drawn in no colour: the text layer of a scanned page
};

// A straight stroke or a filled box; `shade` from 0 (black) to 1 (white).
struct Painted {
   Box box;
   double shade = 0;
};

struct Page {
   int number = 0;
   double width = 0, height = 0;
   std::vector<Run> runs;
   std::vector<Painted> rules;  // thin enough to be a ruling line, or a part of one
   std::vector<Painted> fills;  // wider boxes, white ones left out
   std::vector<Box> images;
   std::uint64_t slanted = 0;  // glyphs that stand askew (watermarks), left out
};

std::string json_of(const Page& page);
void write_text(std::string& out, const std::string& text);  // quoted

}  // namespace pdf_boxes

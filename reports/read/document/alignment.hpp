// Columns from positions alone: words that stand below each other, without ruling lines to go by, or with a few. For text with
// columns aligned by blanks, PDFs without borders, recognised pages. Any unit of length will do: points of a page, or columns of
// a text (a Chinese character is two wide, an em) with its line numbers.
// What comes out has borders_known = false: a blank cell and one that a wide neighbour covers cannot be told apart.
// Does not know: formats, what a word says.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "reports/read/document/document.hpp"

namespace heng {

// What stands together between two gaps of a line: "一般公共服务支出", "1,234.56". Small gaps may part words, too: those of one
// column are joined again.
struct AlignedWord {
   std::string text;
   float left = 0, right = 0;
   DocumentPlace place;
   Certainty certainty = Certainty::printed;
};

struct AlignedLine {
   std::vector<AlignedWord> words;  // from left to right
   float top = 0, bottom = 0;       // lines that overlap by much are one row (a label of two lines, its amount between them)
   float em = 1;                    // how wide a Chinese character is
};

// What is known of borders: lines across at these heights, sorted; lines down at these places, sorted (empty: to be found).
struct PartialBorders {
   std::vector<float> across, down;
};

struct AlignedTable {
   std::size_t first = 0, last = 0;  // lines [first, last) are in it
   DocumentTable table;
   std::vector<float> cuts;  // where its columns part
};

// A table that the page before ended with: it may go on here, in lines up to `first` at the top of the page.
struct ContinuedTable {
   std::vector<float> cuts;  // empty: there is none
   std::size_t first = 0;
};

// The tables among lines that follow each other from top to bottom: three lines or more with two words or more whose gaps lie
// below each other. Everything else stays text.
std::vector<AlignedTable> aligned_tables(const std::vector<AlignedLine>& lines, const PartialBorders& borders = {},
                                         const ContinuedTable& continued = {});

// All of these lines as one table; no columns: they are none.
DocumentTable aligned_table(const std::vector<AlignedLine>& lines, const PartialBorders& borders = {});

}  // namespace heng

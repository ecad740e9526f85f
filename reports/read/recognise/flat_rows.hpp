// Rows of a table in a flat text, whose cells are words that follow each other: cut into rows and cells so that every cell looks
// like what its column holds, blank lines and line ends lie between cells rather than inside, and a wrapped text is as wide as
// its column. Nothing is decided word by word: the cheapest of all ways to cut them is taken. Does not know: schema, records.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "reports/read/recognise/names_on_paper.hpp"

namespace heng {

struct RowColumn {
   enum class Kind : std::uint8_t {
      label,     // a name of the row
      level,     // text printed once for several rows: 一级指标
      ordinal,   // 1 2 3
      text,      // free text, also over several lines
      target,    // ≥90%, 41个, a date, words
      measured,  // of the same, as it came out
      number,
      percent,
      anything  // columns that nobody asks for
   };
   Kind kind = Kind::text;
   bool may_be_blank = false;
   std::string noun;  // of a level: 指标 of 一级指标, which its texts often end with
};

struct RowsOnPaper {
   const std::vector<Word>& words;
   std::size_t first, last;
   std::vector<RowColumn> columns;
   const Names* labels = nullptr;   // of a label column
   const std::vector<bool>& marks;  // words that are known to be texts of the first level
};

struct RowRead {
   std::size_t first = 0, last = 0;
   std::vector<std::pair<std::size_t, std::size_t>> cells;  // words of each column; equal: blank
};

struct RowsRead {
   std::vector<RowRead> rows;
   std::vector<std::size_t> left_over;  // words that belong to no row
};

RowsRead cut_rows(const RowsOnPaper& task);

}  // namespace heng

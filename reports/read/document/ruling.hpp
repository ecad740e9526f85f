// From ruling lines to grids: nearly collinear pieces are one line, lines that meet are one table, and what no line parts is one
// cell. Knows lines only, not what stands between them.
#pragma once
#include <cstdint>
#include <vector>

#include "reports/read/document/document.hpp"

namespace heng {

struct GridCell {
   std::uint32_t row = 0, column = 0, rows = 1, columns = 1;
   std::uint32_t number = 0;  // its own, kept when others go
};

struct Grid {
   std::vector<float> xs, ys;  // where columns and rows begin, and the last of them ends
   std::vector<GridCell> cells;
   std::uint32_t rows() const { return static_cast<std::uint32_t>(ys.size() - 1); }
   std::uint32_t columns() const { return static_cast<std::uint32_t>(xs.size() - 1); }
   Box box() const { return {xs.front(), ys.front(), xs.back(), ys.back()}; }
   Box box(const GridCell& cell) const {
      return {xs[cell.column], ys[cell.row], xs[cell.column + cell.columns], ys[cell.row + cell.rows]};
   }
   // Takes a column or row out; cells that lay only in it go, others shrink.
   void drop_column(std::uint32_t column);
   void drop_row(std::uint32_t row);
};

// A straight line: `at` is its y where it runs across the page, its x where it runs down.
struct RulingLine {
   float at = 0, from = 0, to = 0;
};

struct RulingLines {
   std::vector<RulingLine> across, down;  // sorted by `at`
};

// Thin boxes, dashes and dots, in any order and number.
RulingLines merge_rules(const std::vector<Box>& rules);

// Every group of lines that meet and make two cells or more, from top to bottom. Sides may be open, where lines stick out to a
// common edge. `too_many`: there are more lines than a page of tables can have; none were looked at.
std::vector<Grid> grids_of(const RulingLines& lines, bool& too_many);

}  // namespace heng

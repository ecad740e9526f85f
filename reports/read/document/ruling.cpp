#include "reports/read/document/ruling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace heng {

namespace {

// Points.
constexpr float one_line = 1.6F;  // pieces so near each other across are one line
constexpr float bridged = 3.5F;   // gaps along a line: dashes, corners
constexpr float shortest = 5;     // anything shorter is no ruling line
constexpr float dot = 4;          // a box as small as that may be part of a line in either direction
constexpr float meets = 3;        // lines that miss each other by less do meet
constexpr float one_edge = 3.5F;  // lines so near are one edge of the grid
constexpr float sticks_out = 6;   // an open side is at least so wide
constexpr std::size_t most_lines = 4000;
constexpr std::size_t most_positions = 400'000;

void merge(std::vector<RulingLine>& pieces) {
   std::sort(pieces.begin(), pieces.end(), [](const RulingLine& a, const RulingLine& b) { return a.at < b.at; });
   std::vector<RulingLine> merged;
   for (std::size_t begin = 0, end; begin < pieces.size(); begin = end) {
      for (end = begin + 1; end < pieces.size() && pieces[end].at - pieces[begin].at <= one_line;) ++end;
      const auto first = pieces.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto last = pieces.begin() + static_cast<std::ptrdiff_t>(end);
      std::sort(first, last, [](const RulingLine& a, const RulingLine& b) { return a.from < b.from; });
      const std::size_t group = merged.size();
      for (auto piece = first; piece != last; ++piece) {
         if (merged.size() == group || piece->from > merged.back().to + bridged)
            merged.push_back(*piece);
         else
            merged.back().to = std::max(merged.back().to, piece->to);
      }
   }
   merged.erase(
       std::remove_if(merged.begin(), merged.end(), [](const RulingLine& line) { return line.to - line.from < shortest; }),
       merged.end());
   std::sort(merged.begin(), merged.end(), [](const RulingLine& a, const RulingLine& b) { return a.at < b.at; });
   pieces = std::move(merged);
}

class Groups {
 public:
   explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
   std::uint32_t find(std::uint32_t i) {
      while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
      return i;
   }
   void join(std::uint32_t a, std::uint32_t b) { parent_[find(a)] = find(b); }

 private:
   std::vector<std::uint32_t> parent_;
};

bool within(float value, float from, float to) { return value >= from - meets && value <= to + meets; }

std::vector<RulingLines> lines_that_meet(const RulingLines& lines) {
   const std::size_t across = lines.across.size();
   Groups groups(across + lines.down.size());
   for (std::size_t d = 0; d < lines.down.size(); ++d) {
      const RulingLine& down = lines.down[d];
      const auto first = std::lower_bound(lines.across.begin(), lines.across.end(), down.from - meets,
                                          [](const RulingLine& line, float at) { return line.at < at; });
      for (auto line = first; line != lines.across.end() && line->at <= down.to + meets; ++line)
         if (within(down.at, line->from, line->to))
            groups.join(static_cast<std::uint32_t>(line - lines.across.begin()), static_cast<std::uint32_t>(across + d));
   }
   std::vector<int> place(across + lines.down.size(), -1);
   std::vector<RulingLines> found;
   const auto group_of = [&](std::size_t i) -> RulingLines& {
      int& at = place[groups.find(static_cast<std::uint32_t>(i))];
      if (at < 0) {
         at = static_cast<int>(found.size());
         found.emplace_back();
      }
      return found[static_cast<std::size_t>(at)];
   };
   for (std::size_t i = 0; i < across; ++i) group_of(i).across.push_back(lines.across[i]);
   for (std::size_t i = 0; i < lines.down.size(); ++i) group_of(across + i).down.push_back(lines.down[i]);
   return found;
}

std::vector<float> edges_of(const std::vector<RulingLine>& lines) {
   std::vector<float> edges;
   for (std::size_t begin = 0, end; begin < lines.size(); begin = end) {
      float sum = 0;
      for (end = begin; end < lines.size() && lines[end].at - lines[begin].at <= one_edge; ++end) sum += lines[end].at;
      edges.push_back(sum / static_cast<float>(end - begin));
   }
   return edges;
}

// Lines of the other direction that stick out on one side, two or more to a common end, close the grid there: a table that is
// open at its sides, or cut off at the foot of a page.
void close_open_sides(std::vector<float>& edges, const std::vector<RulingLine>& lines) {
   if (edges.empty() || lines.size() < 2) return;
   std::vector<float> from, to;
   for (const RulingLine& line : lines) {
      from.push_back(line.from);
      to.push_back(line.to);
   }
   std::nth_element(from.begin(), from.begin() + 1, from.end());
   std::nth_element(to.begin(), to.begin() + 1, to.end(), std::greater<>());
   const float first = std::min(from[0], from[1]), second = from[1];
   if (edges.front() - second > sticks_out) edges.insert(edges.begin(), second - first < sticks_out ? first : second);
   const float last = std::max(to[0], to[1]), last_but_one = to[1];
   if (last_but_one - edges.back() > sticks_out) edges.push_back(last - last_but_one < sticks_out ? last : last_but_one);
}

class GridMaker {
 public:
   explicit GridMaker(const RulingLines& lines) : lines_(lines) {
      grid_.xs = edges_of(lines.down);
      grid_.ys = edges_of(lines.across);
      close_open_sides(grid_.xs, lines.across);
      close_open_sides(grid_.ys, lines.down);
   }

   bool usable() const {
      return grid_.xs.size() >= 2 && grid_.ys.size() >= 2 && (grid_.xs.size() - 1) * (grid_.ys.size() - 1) <= most_positions;
   }

   Grid make() {
      walls();
      Groups groups(rows() * columns());
      for (std::size_t row = 0; row < rows(); ++row)
         for (std::size_t column = 0; column < columns(); ++column) {
            if (column + 1 < columns() && !wall_right_[at(row, column)]) groups.join(at(row, column), at(row, column + 1));
            if (row + 1 < rows() && !wall_below_[at(row, column)]) groups.join(at(row, column), at(row + 1, column));
         }
      cut(groups);
      return std::move(grid_);
   }

 private:
   std::size_t rows() const { return grid_.ys.size() - 1; }
   std::size_t columns() const { return grid_.xs.size() - 1; }
   std::uint32_t at(std::size_t row, std::size_t column) const { return static_cast<std::uint32_t>(row * columns() + column); }

   static std::size_t nearest(const std::vector<float>& edges, float value) {
      const auto next = std::lower_bound(edges.begin(), edges.end(), value);
      if (next == edges.begin()) return 0;
      if (next == edges.end() || value - *(next - 1) < *next - value) return static_cast<std::size_t>(next - 1 - edges.begin());
      return static_cast<std::size_t>(next - edges.begin());
   }

   // Calls found(i) for every step [edges[i], edges[i + 1]] that the line covers by half.
   template <typename Found>
   static void covered(const std::vector<float>& edges, const RulingLine& line, Found found) {
      const std::size_t first = nearest(edges, line.from);
      for (std::size_t i = first == 0 ? 0 : first - 1; i + 1 < edges.size() && edges[i] < line.to; ++i) {
         const float shared = std::min(line.to, edges[i + 1]) - std::max(line.from, edges[i]);
         if (shared > 0.5F * (edges[i + 1] - edges[i])) found(i);
      }
   }

   void walls() {
      wall_right_.assign(rows() * columns(), false);
      wall_below_.assign(rows() * columns(), false);
      for (const RulingLine& line : lines_.down) {
         const std::size_t edge = nearest(grid_.xs, line.at);
         if (edge == 0 || edge > columns()) continue;
         covered(grid_.ys, line, [&](std::size_t row) { wall_right_[at(row, edge - 1)] = true; });
      }
      for (const RulingLine& line : lines_.across) {
         const std::size_t edge = nearest(grid_.ys, line.at);
         if (edge == 0 || edge > rows()) continue;
         covered(grid_.xs, line, [&](std::size_t column) { wall_below_[at(edge - 1, column)] = true; });
      }
   }

   // What hangs together is a cell; where a line is missing it may be no rectangle, and is cut into some.
   void cut(Groups& groups) {
      std::vector<bool> taken(rows() * columns(), false);
      for (std::size_t row = 0; row < rows(); ++row)
         for (std::size_t column = 0; column < columns(); ++column) {
            if (taken[at(row, column)]) continue;
            const std::uint32_t group = groups.find(at(row, column));
            const auto free = [&](std::size_t r, std::size_t c) { return !taken[at(r, c)] && groups.find(at(r, c)) == group; };
            std::size_t right = column + 1, below = row + 1;
            while (right < columns() && free(row, right)) ++right;
            const auto whole_row = [&](std::size_t r) {
               for (std::size_t c = column; c < right; ++c)
                  if (!free(r, c)) return false;
               return true;
            };
            while (below < rows() && whole_row(below)) ++below;
            for (std::size_t r = row; r < below; ++r)
               for (std::size_t c = column; c < right; ++c) taken[at(r, c)] = true;
            grid_.cells.push_back({static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column),
                                   static_cast<std::uint32_t>(below - row), static_cast<std::uint32_t>(right - column),
                                   static_cast<std::uint32_t>(grid_.cells.size())});
         }
   }

   const RulingLines& lines_;
   Grid grid_;
   std::vector<bool> wall_right_, wall_below_;
};

// Cells [first, first + count) along one direction, when the step `gone` goes. false: nothing is left.
bool shrink(std::uint32_t& first, std::uint32_t& count, std::uint32_t gone) {
   if (gone >= first && gone < first + count) --count;
   if (first > gone) --first;
   return count > 0;
}

}  // namespace

void Grid::drop_column(std::uint32_t column) {
   xs.erase(xs.begin() + static_cast<std::ptrdiff_t>(column == 0 ? 1 : column));  // the outer edges stay
   cells.erase(
       std::remove_if(cells.begin(), cells.end(), [&](GridCell& cell) { return !shrink(cell.column, cell.columns, column); }),
       cells.end());
}

void Grid::drop_row(std::uint32_t row) {
   ys.erase(ys.begin() + static_cast<std::ptrdiff_t>(row == 0 ? 1 : row));
   cells.erase(std::remove_if(cells.begin(), cells.end(), [&](GridCell& cell) { return !shrink(cell.row, cell.rows, row); }),
               cells.end());
}

RulingLines merge_rules(const std::vector<Box>& rules) {
   RulingLines lines;
   for (const Box& rule : rules) {
      const float width = rule.right - rule.left, height = rule.bottom - rule.top;
      const bool small = std::max(width, height) <= dot;
      if (small || width >= height) lines.across.push_back({(rule.top + rule.bottom) / 2, rule.left, rule.right});
      if (small || height > width) lines.down.push_back({(rule.left + rule.right) / 2, rule.top, rule.bottom});
   }
   merge(lines.across);
   merge(lines.down);
   return lines;
}

std::vector<Grid> grids_of(const RulingLines& lines, bool& too_many) {
   too_many = lines.across.size() > most_lines || lines.down.size() > most_lines;
   std::vector<Grid> grids;
   if (too_many) return grids;
   for (const RulingLines& group : lines_that_meet(lines)) {
      if (group.down.empty() || group.across.empty()) continue;
      GridMaker maker(group);
      if (!maker.usable()) continue;
      Grid grid = maker.make();
      if (grid.cells.size() > 1) grids.push_back(std::move(grid));
   }
   std::stable_sort(grids.begin(), grids.end(), [](const Grid& a, const Grid& b) { return a.ys.front() < b.ys.front(); });
   return grids;
}

}  // namespace heng

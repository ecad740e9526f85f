#include "reports/read/document/sound_table.hpp"

#include <algorithm>

#include "reports/read/document/formats.hpp"

namespace heng {

namespace {

class Positions {
 public:
   Positions(std::uint32_t rows, std::uint32_t columns) : columns_(columns), taken_(std::size_t{rows} * columns, false) {}

   bool taken(std::uint32_t row, std::uint32_t column) const { return taken_[std::size_t{row} * columns_ + column]; }

   // The span shrinks to what is free: first its columns, then its rows. Work is bounded by what it comes to hold.
   void take(DocumentCell& cell) {
      std::uint32_t columns = 1, rows = 1;
      while (columns < cell.columns && !taken(cell.row, cell.column + columns)) ++columns;
      cell.columns = columns;
      while (rows < cell.rows && is_free(cell, cell.row + rows)) ++rows;
      cell.rows = rows;
      for (std::uint32_t row = cell.row; row < cell.row + rows; ++row)
         for (std::uint32_t column = cell.column; column < cell.column + columns; ++column)
            taken_[std::size_t{row} * columns_ + column] = true;
   }

 private:
   bool is_free(const DocumentCell& cell, std::uint32_t row) const {
      for (std::uint32_t column = cell.column; column < cell.column + cell.columns; ++column)
         if (taken(row, column)) return false;
      return true;
   }

   std::uint32_t columns_;
   std::vector<bool> taken_;
};

}  // namespace

bool make_sound(DocumentTable& table, Document& document) {
   table.rows = table.columns = 0;
   for (const DocumentCell& cell : table.cells) {
      table.rows = std::max(table.rows, cell.row + 1);
      table.columns = std::max(table.columns, cell.column + 1);
   }
   if (std::uint64_t{table.rows} * table.columns > most_document_cells) {
      document.problems.push_back(
          {Code::report_too_large,
           say("一张表有 {} 行 {} 列，太大，没有读", "a table of {} rows and {} columns is too large and was not read",
               table.rows, table.columns),
           table.place, false});
      return false;
   }
   std::stable_sort(table.cells.begin(), table.cells.end(), [](const DocumentCell& a, const DocumentCell& b) {
      return std::pair(a.row, a.column) < std::pair(b.row, b.column);
   });
   Positions positions(table.rows, table.columns);
   const auto covered = [&](DocumentCell& cell) {
      if (positions.taken(cell.row, cell.column)) return true;
      cell.columns = std::min(cell.columns, table.columns - cell.column);
      cell.rows = std::min(cell.rows, table.rows - cell.row);
      positions.take(cell);
      return false;
   };
   table.cells.erase(std::remove_if(table.cells.begin(), table.cells.end(), covered), table.cells.end());
   return !table.cells.empty();
}

}  // namespace heng

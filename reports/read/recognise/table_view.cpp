#include "reports/read/recognise/table_view.hpp"

#include <algorithm>

#include "stdlib/text.hpp"

namespace heng {

namespace {

// Line breaks within a cell are where the text was wrapped; between Latin letters or digits they stand for a blank.
std::string without_breaks(const std::string& text) {
   const auto plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
   std::string result;
   for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\n' && text[i] != '\r') {
         result += text[i];
         continue;
      }
      const bool letters =
          !result.empty() && std::isalpha(static_cast<unsigned char>(result.back())) && i + 1 < text.size() && plain(text[i + 1]);
      if (letters) result += ' ';
   }
   const std::size_t first = result.find_first_not_of(" \t");
   if (first == std::string::npos) return "";
   return result.substr(first, result.find_last_not_of(" \t") - first + 1);
}

}  // namespace

ReadValue value_of(const DocumentCell& cell) {
   ReadValue value;
   const Figure figure = figure_of(fold(cell.text));
   value.text = figure.kind == Figure::Kind::number ? figure.text : without_breaks(cell.text);
   if (figure.kind != Figure::Kind::number && !cell.stored.empty()) value.text = cell.stored;
   if (value.text != cell.text) value.raw = cell.text;
   value.place = cell.place;
   value.note = cell.note == CellNote::hidden ? CellNote::none : cell.note;
   if (figure.kind == Figure::Kind::unreadable && cell.stored.empty()) value.note = CellNote::unreadable;
   value.certainty = cell.certainty;
   return value;
}

TableView::TableView(const DocumentTable& table) : table_(table), covers_(std::size_t{table.rows} * table.columns, -1) {
   for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const DocumentCell& cell = table.cells[i];
      folded_.push_back(fold(cell.text));
      figures_.push_back(figure_of(folded_.back()));
      const std::uint32_t row_end = std::min(cell.row + cell.rows, table.rows);
      const std::uint32_t column_end = std::min(cell.column + cell.columns, table.columns);
      for (std::uint32_t row = cell.row; row < row_end; ++row)
         for (std::uint32_t column = cell.column; column < column_end; ++column)
            covers_[index(row, column)] = static_cast<std::int32_t>(i);
   }
   first_heads_.assign(table.columns, table.rows);
   for (std::uint32_t row = 0; row < table.rows; ++row) {
      kinds_.push_back(kind_of(row));
      for (std::uint32_t column = 0; kinds_[row].is_head && column < table.columns; ++column)
         if (first_heads_[column] == table.rows && begins_at(row, column) && !text(row, column).empty())
            first_heads_[column] = row;
   }
}

const DocumentCell* TableView::at(std::uint32_t row, std::uint32_t column) const {
   const std::int32_t cell = covers_[index(row, column)];
   return cell < 0 ? nullptr : &table_.cells[static_cast<std::size_t>(cell)];
}

const std::string& TableView::text(std::uint32_t row, std::uint32_t column) const {
   static const std::string nothing;
   const std::int32_t cell = covers_[index(row, column)];
   return cell < 0 ? nothing : folded_[static_cast<std::size_t>(cell)];
}

const Figure& TableView::figure(std::uint32_t row, std::uint32_t column) const {
   static const Figure none;
   const std::int32_t cell = covers_[index(row, column)];
   return cell < 0 ? none : figures_[static_cast<std::size_t>(cell)];
}

bool TableView::begins_at(std::uint32_t row, std::uint32_t column) const {
   const DocumentCell* cell = at(row, column);
   return cell && cell->row == row && cell->column == column;
}

TableView::RowKind TableView::kind_of(std::uint32_t row) const {
   bool says_unit = false;
   for (std::uint32_t column = 0; column < columns() && !says_unit; ++column)
      says_unit = text(row, column).find("单位:") != std::string::npos;
   const bool counts = are_column_numbers(row);
   return {counts, !counts && !says_unit};
}

// Where spans are not known (CSV) a head stands over its first column only: what is blank above a text is under the head to its
// left, unless another head begins in between on a row above.
std::uint32_t TableView::headed_by(std::uint32_t row, std::uint32_t column) const {
   for (std::uint32_t from = column; from > 0 && text(row, from).empty(); --from) {
      if (first_heads_[from] < row) return column;
      if (!text(row, from - 1).empty()) return from - 1;
   }
   return column;
}

const std::vector<std::string>& TableView::heads(std::uint32_t column, std::uint32_t head) const {
   const auto [found, fresh] = heads_.try_emplace({column, head});
   if (fresh) found->second = find_heads(column, head);
   return found->second;
}

std::vector<std::string> TableView::find_heads(std::uint32_t column, std::uint32_t head) const {
   std::vector<std::string> result;
   std::uint32_t lowest = 0;
   for (std::uint32_t row = 0; row < head; ++row)
      if (!text(row, column).empty() && kinds_[row].is_head) lowest = row;
   for (std::uint32_t row = 0; row <= lowest && row < head; ++row) {
      if (!kinds_[row].is_head) continue;
      for (std::string& here : head_texts(row, row < lowest ? headed_by(row, column) : column))
         if (!here.empty() && (result.empty() || result.back() != here)) result.push_back(std::move(here));
   }
   return result;
}

// Where borders are not known, lines of one cell may be heads above each other.
std::vector<std::string> TableView::head_texts(std::uint32_t row, std::uint32_t column) const {
   const DocumentCell* cell = at(row, column);
   if (cell == nullptr || table_.borders_known) return {text(row, column)};
   std::vector<std::string> lines;
   for (std::size_t begin = 0; begin <= cell->text.size();) {
      const std::size_t end = std::min(cell->text.find('\n', begin), cell->text.size());
      lines.push_back(fold(std::string_view(cell->text).substr(begin, end - begin)));
      begin = end + 1;
   }
   return lines;
}

bool TableView::are_column_numbers(std::uint32_t row) const {
   std::size_t figures = 0;
   int last = 0;
   for (std::uint32_t column = 0; column < columns(); ++column) {
      if (!begins_at(row, column) || text(row, column).empty()) continue;
      const Figure& one = figure(row, column);
      if (one.kind != Figure::Kind::number) {
         if (text(row, column) == "栏次" || text(row, column) == "行次") continue;
         return false;
      }
      if (!one.whole || one.text.size() > 2) return false;
      const int number = std::stoi(one.text);
      if (number != last + 1 && !(figures > 0 && number == 1)) return false;
      last = number;
      ++figures;
   }
   return figures >= 2;
}

bool TableView::is_blank(std::uint32_t row) const {
   for (std::uint32_t column = 0; column < columns(); ++column)
      if (!text(row, column).empty()) return false;
   return true;
}

ReadValue TableView::value(std::uint32_t row, std::uint32_t column) const {
   if (const DocumentCell* cell = at(row, column)) return value_of(*cell);
   ReadValue blank;
   blank.place = table_.place;
   return blank;
}

}  // namespace heng

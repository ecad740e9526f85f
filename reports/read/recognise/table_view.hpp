// A table of cells as one looks at it: which cell covers a position, what stands above a column, which rows are its head.
// Does not know: schema, forms.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reports/read/recognise/words.hpp"

namespace heng {

class TableView {
 public:
   explicit TableView(const DocumentTable& table);

   std::uint32_t rows() const { return table_.rows; }
   std::uint32_t columns() const { return table_.columns; }
   const DocumentTable& table() const { return table_; }

   const DocumentCell* at(std::uint32_t row, std::uint32_t column) const;   // nullptr: no cell covers it
   const std::string& text(std::uint32_t row, std::uint32_t column) const;  // folded; empty where blank
   const Figure& figure(std::uint32_t row, std::uint32_t column) const;
   bool begins_at(std::uint32_t row, std::uint32_t column) const;  // its upper left corner is here

   // The texts above a column in rows [0, head), each once, from the top.
   const std::vector<std::string>& heads(std::uint32_t column, std::uint32_t head) const;
   // 1 2 3 … or 栏次 1 2 3: numbers of the columns, no figures.
   bool counts_columns(std::uint32_t row) const { return kinds_[row].counts_columns; }
   bool is_blank(std::uint32_t row) const;

   // A blank cell too has a place and a reason.
   ReadValue value(std::uint32_t row, std::uint32_t column) const;

 private:
   struct RowKind {
      bool counts_columns = false;
      bool is_head = false;  // neither that nor the line that says the unit
   };
   RowKind kind_of(std::uint32_t row) const;
   bool are_column_numbers(std::uint32_t row) const;
   std::vector<std::string> find_heads(std::uint32_t column, std::uint32_t head) const;
   std::vector<std::string> head_texts(std::uint32_t row, std::uint32_t column) const;
   std::uint32_t headed_by(std::uint32_t row, std::uint32_t column) const;
   std::size_t index(std::uint32_t row, std::uint32_t column) const { return std::size_t{row} * table_.columns + column; }

   const DocumentTable& table_;
   std::vector<std::int32_t> covers_;  // −1: nothing
   std::vector<std::string> folded_;   // of each cell
   std::vector<Figure> figures_;
   std::vector<RowKind> kinds_;
   std::vector<std::uint32_t> first_heads_;  // by column: the first row where a text of the head begins
   mutable std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string>> heads_;  // asked for again and again
};

ReadValue value_of(const DocumentCell& cell);

}  // namespace heng

#include "reports/store/expected.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>

#include "reports/read/document/formats.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using Row = std::map<std::uint32_t, std::string>;  // by column; blanks are left out

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> names) {
   return std::find(names.begin(), names.end(), fold(text)) != names.end();
}
bool names_units(const std::string& text) {
   return is_one_of(text, {"单位", "单位名称", "部门", "部门名称", "应报单位", "unit", "Unit", "UNIT"});
}
bool names_places(const std::string& text) { return is_one_of(text, {"地区", "区域", "市", "place", "Place", "PLACE"}); }

std::map<std::uint32_t, Row> rows_of(const Document& document) {
   std::map<std::uint32_t, Row> rows;
   for (const DocumentBlock& block : document.blocks)
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&block))
         for (const DocumentCell& cell : table->cells)
            if (!fold(cell.text).empty()) rows[cell.row][cell.column] = cell.text;
   return rows;
}

}  // namespace

std::vector<ExpectedUnit> read_expected_units(std::string_view bytes) {
   std::vector<ExpectedUnit> units;
   std::optional<std::uint32_t> place_column, unit_column;
   bool first = true;
   for (const auto& [number, row] : rows_of(read_csv_document(bytes))) {
      const bool is_head =
          first && std::any_of(row.begin(), row.end(), [](const auto& cell) { return names_units(cell.second); });
      first = false;
      if (is_head) {
         for (const auto& [column, text] : row) {
            if (names_units(text)) unit_column = column;
            if (names_places(text)) place_column = column;
         }
         continue;
      }
      const auto text_in = [&row](std::optional<std::uint32_t> column) {
         const auto found = column ? row.find(*column) : row.end();
         return found == row.end() ? std::string() : found->second;
      };
      if (unit_column)
         units.push_back({text_in(place_column), text_in(unit_column)});
      else
         units.push_back({row.size() > 1 ? std::prev(row.end(), 2)->second : "", row.rbegin()->second});
   }
   std::erase_if(units, [](const ExpectedUnit& one) { return one.unit.empty(); });
   return units;
}

}  // namespace heng

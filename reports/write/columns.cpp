#include "reports/write/columns.hpp"

#include <algorithm>

#include "reports/write/words.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::size_t widest = 60;

}  // namespace

std::string Columns::print(std::string_view indent) const {
   std::vector<std::size_t> widths(right_.size(), 0);
   for (const auto& row : rows_)
      for (std::size_t i = 0; i < row.size(); ++i)
         if (const std::size_t width = display_width(row[i]); width <= widest) widths[i] = std::max(widths[i], width);
   std::string text;
   for (const auto& row : rows_) {
      std::string line(indent);
      for (std::size_t i = 0; i < row.size(); ++i) line += pad(row[i], widths[i], right_[i]) + (i + 1 < row.size() ? "  " : "");
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + '\n';
   }
   return text;
}

}  // namespace heng

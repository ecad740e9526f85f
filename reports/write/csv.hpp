// Lines of CSV as spreadsheets read them. Does not know: what the cells say.
#pragma once
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace heng {

// Spreadsheets take a file for UTF-8 by it.
inline constexpr std::string_view csv_begin = "\xEF\xBB\xBF";

// In quotes where the text holds what ends a cell.
std::string csv_quoted(const std::string& text);
// The same; a text that a spreadsheet would take for a formula has a ' before it. Numbers, with a unit or without, stay as they
// are, and so does a sign that stands alone.
std::string csv_text(const std::string& text);
// What csv_text was given, of the cell that was read.
std::string without_csv_mark(std::string cell);

void write_csv_line(std::ostream& out, const std::vector<std::string>& cells, std::string (*written)(const std::string&));

}  // namespace heng

#include "reports/write/csv.hpp"

#include <algorithm>

namespace heng {

namespace {

// -3.50, +1,234.00元, -0.5%, -2.00万元/人: behind the digits nothing that a formula could go on with.
bool is_number(std::string_view text) {
   const std::size_t digits = std::min(text.find_first_not_of("0123456789.,", 1), text.size());
   return digits > 1 && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(digits), text.end(), [](char c) {
             return static_cast<unsigned char>(c) >= 0x80 || c == '%' || c == '/' || c == ' ';
          });
}

bool is_formula(std::string_view text) {
   if (text.size() < 2) return false;
   switch (text.front()) {
      case '=':
      case '@':
      case '\t':
      case '\r': return true;
      case '+':
      case '-': return !is_number(text);
      default: return false;
   }
}

// A text that begins like one that was marked is marked, too: so the mark is taken off again.
bool is_to_be_marked(std::string_view text) {
   return is_formula(text.substr(std::min(text.find_first_not_of('\''), text.size())));
}

}  // namespace

std::string csv_quoted(const std::string& text) {
   if (text.find_first_of(",;\t\"\r\n") == std::string::npos) return text;
   std::string quoted = "\"";
   for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
   return quoted + '"';
}

std::string csv_text(const std::string& text) { return csv_quoted(is_to_be_marked(text) ? "'" + text : text); }

std::string without_csv_mark(std::string cell) {
   if (!cell.empty() && cell.front() == '\'' && is_to_be_marked(cell)) cell.erase(0, 1);
   return cell;
}

void write_csv_line(std::ostream& out, const std::vector<std::string>& cells, std::string (*written)(const std::string&)) {
   for (std::size_t i = 0; i < cells.size(); ++i) out << (i > 0 ? "," : "") << written(cells[i]);
   out << "\r\n";
}

}  // namespace heng

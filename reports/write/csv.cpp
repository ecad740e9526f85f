#include "reports/write/csv.hpp"

namespace heng {

std::string csv_quoted(const std::string& text) {
   if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
   std::string quoted = "\"";
   for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
   return quoted + '"';
}

std::string csv_text(const std::string& text) {
   const bool formula = !text.empty() && (text.front() == '=' || text.front() == '@' || (text.front() == '+' && text.size() > 1));
   return csv_quoted(formula ? "'" + text : text);
}

void write_csv_line(std::ostream& out, const std::vector<std::string>& cells, std::string (*written)(const std::string&)) {
   for (std::size_t i = 0; i < cells.size(); ++i) out << (i > 0 ? "," : "") << written(cells[i]);
   out << "\r\n";
}

}  // namespace heng

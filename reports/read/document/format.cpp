// What kind of file bytes are, told by their content.
#include <algorithm>
#include <cctype>
#include <map>

#include "reports/read/document/decode.hpp"
#include "reports/read/document/formats.hpp"

namespace heng {

namespace {

constexpr std::size_t looked_at = 4096;

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

std::string lower_head(std::string_view bytes) {
   std::string head(bytes.substr(0, looked_at));
   std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
   return head;
}

DocumentFormat format_of_package(std::string_view bytes) {
   if (bytes.find("xl/workbook") != std::string_view::npos) return DocumentFormat::xlsx;
   if (bytes.find("word/document") != std::string_view::npos) return DocumentFormat::docx;
   if (bytes.find("application/vnd.oasis") != std::string_view::npos) return DocumentFormat::office;
   return DocumentFormat::unknown;
}

// Separators of a line outside quotes; a comma between digits groups thousands (17,127.83).
std::size_t separators(std::string_view line, char separator) {
   std::size_t count = 0;
   bool quoted = false;
   for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '"') quoted = !quoted;
      if (quoted || line[i] != separator) continue;
      const auto digit = [&](std::size_t at) {
         return at < line.size() && std::isdigit(static_cast<unsigned char>(line[at])) != 0;
      };
      const bool thousands =
          separator == ',' && i > 0 && digit(i - 1) && digit(i + 1) && digit(i + 2) && digit(i + 3) && !digit(i + 4);
      if (!thousands) ++count;
   }
   return count;
}

// Hardly a line without a separator; or titles above, and half of the lines cut into the same number of fields, three or more.
bool is_table_of(std::string_view text, char separator) {
   std::size_t lines = 0, with = 0;
   std::map<std::size_t, std::size_t> alike;
   while (!text.empty() && lines < 60) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.find_first_not_of(" \r\t") == std::string_view::npos) continue;
      ++lines;
      const std::size_t count = separators(line, separator);
      with += count > 0;
      if (count >= 2) ++alike[count];
   }
   const bool regular =
       std::any_of(alike.begin(), alike.end(), [&](const auto& one) { return one.second >= 3 && one.second * 2 >= lines; });
   return lines >= 2 && (with * 10 >= lines * 8 || regular);
}

DocumentFormat format_of_text(std::string_view text) {
   if (begins(text, "\xEF\xBB\xBF")) text.remove_prefix(3);
   const std::size_t first = text.find_first_not_of(" \t\r\n");
   if (first == std::string_view::npos) return DocumentFormat::text;
   if (text[first] == '{' || text[first] == '[') return DocumentFormat::json;
   if (text.substr(0, looked_at).find('\0') != std::string_view::npos) return DocumentFormat::unknown;
   if (text[first] == '<') {
      const std::string head = lower_head(text);
      for (const std::string_view tag : {"<html", "<!doctype html", "<table", "<body", "<head", "<meta", "<div", "<?xml"})
         if (head.find(tag) != std::string::npos) return DocumentFormat::html;
   }
   const std::string_view head = text.substr(0, 64 * 1024);
   for (const char separator : {'\t', ',', ';'})
      if (is_table_of(head, separator)) return DocumentFormat::csv;
   return DocumentFormat::text;
}

}  // namespace

DocumentFormat format_of(std::string_view bytes) {
   if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return DocumentFormat::pdf;
   if (begins(bytes, "PK\x03\x04")) return format_of_package(bytes);
   if (begins(bytes, "\xD0\xCF\x11\xE0")) return DocumentFormat::office;
   if (begins(bytes, "\x89PNG") || begins(bytes, "\xFF\xD8\xFF") || begins(bytes, std::string_view("II*\0", 4)) ||
       begins(bytes, std::string_view("MM\0*", 4)))
      return DocumentFormat::picture;
   if (utf16_of(bytes)) {
      const Decoded head = decoded(bytes.substr(0, 128 * 1024));
      const bool is_text = head.wrong * 10 <= head.text.size() && head.text.find('\0') == std::string::npos;
      return is_text ? format_of_text(head.text) : DocumentFormat::unknown;
   }
   return format_of_text(bytes);
}

}  // namespace heng

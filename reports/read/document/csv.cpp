// Comma separated values (RFC 4180) as Excel and people write them: , ; or tab, quotes around fields that hold them.
#include <algorithm>
#include <array>

#include "reports/read/document/decode.hpp"
#include "reports/read/document/formats.hpp"
#include "reports/read/document/sound_table.hpp"

namespace heng {

namespace {

using Row = std::vector<std::pair<std::string, std::uint32_t>>;  // a field and the line that it begins on

class CsvReader {
 public:
   CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

   // Stops at the limit of cells; `cut` says so.
   std::vector<Row> read(bool& cut) {
      std::vector<Row> rows;
      std::size_t cells = 0;
      while (at_ < text_.size()) {
         rows.push_back(row());
         cells += rows.back().size();
         if (cells > most_document_cells) {
            cut = true;
            break;
         }
      }
      return rows;
   }

   std::uint32_t open_quote() const { return open_quote_; }  // the line of one that is never closed; 0: none

 private:
   Row row() {
      Row fields;
      while (true) {
         const std::uint32_t line = line_;
         fields.emplace_back(field(), line);
         if (at_ < text_.size() && text_[at_] == separator_) {
            ++at_;
            continue;
         }
         if (at_ < text_.size() && text_[at_] == '\r') ++at_;
         if (at_ < text_.size() && text_[at_] == '\n') ++at_;
         ++line_;
         return fields;
      }
   }

   // What stands within quotes. A quote that is never closed must not swallow the rest of the file: it counts as a character, and
   // so do all behind it.
   void quoted(std::string& value) {
      const std::size_t begin = at_;
      const std::uint32_t line = line_;
      for (++at_; at_ < text_.size(); ++at_) {
         if (text_[at_] == '\n') ++line_;
         if (text_[at_] != '"') {
            value += text_[at_];
            continue;
         }
         ++at_;
         if (at_ >= text_.size() || text_[at_] != '"') return;
         value += '"';
      }
      value = '"';
      at_ = begin + 1;
      open_quote_ = line_ = line;
   }

   std::string field() {
      std::string value;
      if (at_ < text_.size() && text_[at_] == '"' && open_quote_ == 0) quoted(value);
      while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') value += text_[at_++];
      return value;
   }

   std::string_view text_;
   char separator_;
   std::size_t at_ = 0;
   std::uint32_t line_ = 1, open_quote_ = 0;
};

// The separator that cuts most lines into the same number of fields.
char separator_of(std::string_view text) {
   constexpr std::array candidates{'\t', ',', ';'};
   char best = ',';
   std::size_t most = 0;
   for (const char candidate : candidates) {
      std::size_t count = 0;
      bool quoted = false;
      for (const char c : text.substr(0, 64 * 1024)) {
         if (c == '"') quoted = !quoted;
         if (!quoted && c == candidate) ++count;
      }
      if (count > most) most = count, best = candidate;
   }
   return best;
}

}  // namespace

Document read_csv_document(std::string_view bytes, CsvSeparator separator) {
   Document document;
   document.format = DocumentFormat::csv;
   const Decoded text = decoded(bytes);
   if (!is_text(text, bytes.size(), document)) return document;
   bool cut = false;
   const std::string_view sample = text.text;
   const bool first_line = separator == CsvSeparator::of_first_line;
   CsvReader reader(text.text, separator_of(first_line ? sample.substr(0, sample.find_first_of("\r\n")) : sample));
   const std::vector<Row> rows = reader.read(cut);
   if (reader.open_quote() > 0) {
      DocumentPlace place;
      place.line = reader.open_quote();
      document.problems.push_back(
          {Code::report_shape,
           say("这里的引号没有结束，当作普通字符读", "a quote that begins here is never closed: it is read as a character"),
           place, false});
   }
   if (cut)
      document.problems.push_back(
          {Code::report_too_large,
           say("格太多，只读了前 {} 格", "too many cells: only the first {} were read", most_document_cells),
           {},
           false});
   DocumentTable table;
   for (std::uint32_t r = 0; r < rows.size(); ++r)
      for (std::uint32_t c = 0; c < rows[r].size(); ++c) {
         DocumentCell cell;
         cell.row = r;
         cell.column = c;
         cell.text = rows[r][c].first;
         cell.place.line = rows[r][c].second;
         cell.place.column = c + 1;
         table.cells.push_back(std::move(cell));
      }
   if (make_sound(table, document)) document.blocks.emplace_back(std::move(table));
   return document;
}

}  // namespace heng

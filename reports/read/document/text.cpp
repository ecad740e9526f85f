#include "stdlib/text.hpp"

#include <algorithm>

#include "grammar/codes.hpp"
#include "reports/read/document/alignment.hpp"
#include "reports/read/document/decode.hpp"
#include "reports/read/document/formats.hpp"

namespace heng {

namespace {

bool begins_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string_view without_blanks_behind(std::string_view line) {
   while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
   return line;
}

bool is_blank(std::string_view line) { return fold(line).empty(); }

class Lines {
 public:
   explicit Lines(Document& document, bool paged) : document_(document), page_(paged ? 1 : 0) {}

   void add(std::string_view line) {
      ++number_;
      line = without_blanks_behind(line);
      if (is_blank(line)) {
         after_blank_ = true;
         return;
      }
      DocumentLine made;
      made.text = std::string(line);
      made.place.page = page_;
      made.place.line = number_;
      made.place.column = 1;
      made.block_begins = after_blank_;
      after_blank_ = false;
      document_.blocks.push_back(std::move(made));
   }
   void turn_page() {
      if (page_ != 0) ++page_;
      after_blank_ = true;
   }
   std::uint32_t pages() const { return page_; }

 private:
   Document& document_;
   std::uint32_t page_, number_ = 0;
   bool after_blank_ = true;
};

void split(std::string_view text, Lines& lines) {
   while (!text.empty()) {
      const std::size_t end = text.find_first_of("\n\r\f");
      lines.add(text.substr(0, end));
      if (end == std::string_view::npos) return;
      const char sign = text[end];
      text.remove_prefix(end + 1);
      if (sign == '\r' && begins_with(text, "\n")) text.remove_prefix(1);
      if (sign == '\f') lines.turn_page();
   }
}

// ---- columns aligned by blanks -----------------------------------------------------------------------------------------------

// Words of a line that two blanks or a tab part; `ideograph` is how many columns a Chinese character takes.
std::vector<AlignedWord> aligned_words(const DocumentLine& line, float ideograph) {
   std::vector<AlignedWord> words;
   const std::u32string text = code_points(line.text);
   std::string_view bytes = line.text;
   float at = 0;
   std::size_t blanks = 2;
   for (std::size_t i = 0; i < text.size(); ++i) {
      std::size_t length = 1;
      while (length < bytes.size() && (static_cast<unsigned char>(bytes[length]) & 0xC0) == 0x80) ++length;
      const std::string_view one = bytes.substr(0, length);
      bytes.remove_prefix(length);
      const float width = text[i] == U'\t' ? 8 : text[i] >= 0x1100 ? ideograph : 1;
      if (is_blank(one)) {
         blanks += text[i] == U' ' ? 1 : 2;
      } else {
         if (blanks >= 2) {
            words.emplace_back();
            words.back().left = at;
            words.back().place = line.place;
            words.back().place.column = line.place.column + static_cast<std::uint32_t>(i);
         } else if (blanks == 1) {
            words.back().text += ' ';
         }
         words.back().text += one;
         words.back().right = at + width;
         blanks = 0;
      }
      at += width;
   }
   return words;
}

bool is_figure(std::string_view word) {
   return word.find_first_of("0123456789") != std::string_view::npos &&
          word.find_first_not_of("0123456789,.-") == std::string_view::npos;
}

// Figures of tables stand far apart in a text with columns, and one blank apart in a dump of words.
bool has_columns(const Document& document) {
   std::size_t apart = 0, together = 0;
   for (const DocumentBlock& block : document.blocks) {
      std::size_t figures = 0;
      for (const AlignedWord& word : aligned_words(boost::variant2::get<DocumentLine>(block), 1)) {
         if (is_figure(word.text)) ++figures;
         const std::size_t gap = word.text.rfind(' ');
         if (gap != std::string::npos && is_figure(std::string_view(word.text).substr(gap + 1))) ++together;
      }
      if (figures >= 2) ++apart;
   }
   constexpr std::size_t fewest_lines = 5;
   return apart >= fewest_lines && apart > 2 * together;
}

std::vector<AlignedLine> aligned_lines(const Document& document, float ideograph) {
   std::vector<AlignedLine> lines;
   for (const DocumentBlock& block : document.blocks) {
      const DocumentLine& line = boost::variant2::get<DocumentLine>(block);
      const auto top = static_cast<float>(line.place.line);
      lines.push_back({aligned_words(line, ideograph), top, top + 0.9F, ideograph});
   }
   return lines;
}

// Right edges of figures: the fewer places, the better they stand below each other.
std::size_t edges_of_figures(const std::vector<AlignedLine>& lines) {
   std::vector<float> edges;
   for (const AlignedLine& line : lines)
      for (const AlignedWord& word : line.words)
         if (is_figure(word.text)) edges.push_back(word.right);
   std::sort(edges.begin(), edges.end());
   return static_cast<std::size_t>(std::unique(edges.begin(), edges.end()) - edges.begin());
}

void make_tables(Document& document) {
   // A Chinese character is two columns wide in an editor; some converters count it as one.
   std::vector<AlignedLine> lines = aligned_lines(document, 2), narrow = aligned_lines(document, 1);
   if (edges_of_figures(narrow) < edges_of_figures(lines)) lines = std::move(narrow);
   std::vector<DocumentBlock> blocks;
   std::size_t next = 0;
   for (AlignedTable& found : aligned_tables(lines)) {
      for (; next < found.first; ++next) blocks.push_back(std::move(document.blocks[next]));
      blocks.emplace_back(std::move(found.table));
      next = found.last;
   }
   for (; next < document.blocks.size(); ++next) blocks.push_back(std::move(document.blocks[next]));
   document.flat = blocks.size() == document.blocks.size();
   document.blocks = std::move(blocks);
}

}  // namespace

Document read_text_document(std::string_view bytes) {
   Document document;
   document.format = DocumentFormat::text;
   document.flat = true;
   if (bytes.size() > largest_document) {
      document.problems.push_back(
          {Code::report_unreadable,
           say("文本有 {} 字节，超过 {} 字节", "the text has {} bytes; the limit is {}", bytes.size(), largest_document),
           {},
           true});
      return document;
   }
   const Decoded text = decoded(bytes);
   if (!is_text(text, bytes.size(), document)) return document;
   Lines lines(document, text.text.find('\f') != std::string::npos);
   split(text.text, lines);
   document.pages = lines.pages();
   if (has_columns(document)) make_tables(document);
   return document;
}

}  // namespace heng

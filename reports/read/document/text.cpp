#include "stdlib/text.hpp"

#include "grammar/codes.hpp"
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
   return document;
}

}  // namespace heng

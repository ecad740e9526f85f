#include "stdlib/text.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "grammar/codes.hpp"
#include "reports/read/document/formats.hpp"

namespace heng {

namespace {

struct Decoded {
   std::string text;
   std::size_t wrong = 0;  // places that do not decode; each is U+FFFD in the text
   std::string charset;
};

bool begins_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// Every place that does not decode becomes U+FFFD and is counted; a converter that is missing gives nothing.
Decoded converted(std::string_view bytes, const char* charset) {
   Decoded decoded;
   decoded.charset = charset;
   const iconv_t converter = iconv_open("UTF-8", charset);
   if (converter == reinterpret_cast<iconv_t>(-1)) {
      decoded.wrong = bytes.size();
      return decoded;
   }
   std::string source(bytes);  // iconv takes no const
   char* in = source.data();
   std::size_t left = source.size();
   std::string chunk(std::min<std::size_t>(left * 2 + 16, std::size_t{1} << 16), '\0');
   while (left > 0) {
      char* out = chunk.data();
      std::size_t room = chunk.size();
      const std::size_t result = iconv(converter, &in, &left, &out, &room);
      decoded.text.append(chunk.data(), chunk.size() - room);
      if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
      ++decoded.wrong;
      decoded.text += "\xEF\xBF\xBD";
      if (errno == EINVAL) break;  // cut off in the middle of a character
      ++in;
      --left;
   }
   iconv_close(converter);
   return decoded;
}

// A text without a mark that is UTF-16 all the same: every second byte of its Latin letters and line ends is 0.
const char* silent_utf16(std::string_view bytes) {
   const std::size_t looked_at = std::min<std::size_t>(bytes.size(), 4096);
   std::size_t even = 0, odd = 0;
   for (std::size_t i = 0; i < looked_at; ++i)
      if (bytes[i] == '\0') ++(i % 2 == 0 ? even : odd);
   if (even + odd < looked_at / 16) return nullptr;
   return odd > 4 * even ? "UTF-16LE" : even > 4 * odd ? "UTF-16BE" : nullptr;
}

Decoded decoded(std::string_view bytes) {
   if (begins_with(bytes, "\xEF\xBB\xBF")) bytes.remove_prefix(3);
   if (begins_with(bytes, "\xFF\xFE")) return converted(bytes.substr(2), "UTF-16LE");
   if (begins_with(bytes, "\xFE\xFF")) return converted(bytes.substr(2), "UTF-16BE");
   if (const char* charset = silent_utf16(bytes)) return converted(bytes, charset);
   if (is_valid_utf8(bytes)) return {std::string(bytes), 0, "UTF-8"};
   Decoded chinese = converted(bytes, "GB18030");
   // Where neither fits, the one with fewer wrong places is meant: a UTF-8 text with one broken character stays readable.
   Decoded utf8 = converted(bytes, "UTF-8");
   return utf8.wrong < chinese.wrong ? utf8 : chinese;
}

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
   if (text.wrong > 0) {
      // A tenth that does not decode is no text.
      const bool refuses = text.wrong * 10 > bytes.size() || text.text.empty();
      document.problems.push_back(
          {Code::report_unreadable,
           say("按 {} 读，有 {} 处不是文字", "read as {}: {} places are no text", text.charset, text.wrong),
           {},
           refuses});
      if (refuses) return document;
   }
   Lines lines(document, text.text.find('\f') != std::string::npos);
   split(text.text, lines);
   document.pages = lines.pages();
   return document;
}

}  // namespace heng

#include "reports/read/document/decode.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "stdlib/text.hpp"

namespace heng {

namespace {

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

}  // namespace

const char* utf16_of(std::string_view bytes) {
   if (begins_with(bytes, "\xFF\xFE")) return "UTF-16LE";
   if (begins_with(bytes, "\xFE\xFF")) return "UTF-16BE";
   return silent_utf16(bytes);
}

Decoded decoded(std::string_view bytes) {
   if (begins_with(bytes, "\xEF\xBB\xBF")) bytes.remove_prefix(3);
   if (const char* charset = utf16_of(bytes)) {
      if (begins_with(bytes, "\xFF\xFE") || begins_with(bytes, "\xFE\xFF")) bytes.remove_prefix(2);
      return converted(bytes, charset);
   }
   if (is_valid_utf8(bytes)) return {std::string(bytes), 0, "UTF-8"};
   Decoded chinese = converted(bytes, "GB18030");
   // Where neither fits, the one with fewer wrong places is meant: a UTF-8 text with one broken character stays readable.
   Decoded utf8 = converted(bytes, "UTF-8");
   return utf8.wrong < chinese.wrong ? utf8 : chinese;
}

bool is_text(const Decoded& text, std::size_t bytes, Document& document) {
   if (text.wrong == 0) return true;
   const bool refuses = text.wrong * 10 > bytes || text.text.empty();  // a tenth that does not decode is no text
   document.problems.push_back({Code::report_encoding,
                                say("按 {} 读，有 {} 处不是文字", "read as {}: {} places are no text", text.charset, text.wrong),
                                {},
                                refuses});
   return !refuses;
}

}  // namespace heng

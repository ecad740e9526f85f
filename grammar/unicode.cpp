#include "grammar/unicode.hpp"

#include <algorithm>
#include <iterator>

namespace heng::unicode {
namespace {

struct Range {
   char32_t first, last;
};

#include "grammar/unicode_tables.inc"

template <std::size_t count>
bool holds(const Range (&table)[count], char32_t code) {
   const Range* found = std::upper_bound(std::begin(table), std::end(table), code,
                                         [](char32_t wanted, const Range& range) { return wanted < range.first; });
   return found != std::begin(table) && code <= std::prev(found)->last;
}

bool is_common_ideograph(char32_t code) { return code >= 0x4E00 && code <= 0x9FA5; }

// Length of the UTF-8 sequence that starts with this byte and its smallest code (shorter spellings are no UTF-8).
struct Lead {
   std::uint32_t length;
   char32_t bits, smallest;
};

Lead lead_of(unsigned char byte) {
   if (byte >= 0xC2 && byte <= 0xDF) return {2, char32_t(byte & 0x1F), 0x80};
   if (byte >= 0xE0 && byte <= 0xEF) return {3, char32_t(byte & 0x0F), 0x800};
   if (byte >= 0xF0 && byte <= 0xF4) return {4, char32_t(byte & 0x07), 0x10000};
   return {0, 0, 0};
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
   const auto byte = static_cast<unsigned char>(text[at]);
   if (byte < 0x80) return {byte, 1};
   Lead lead = lead_of(byte);
   if (lead.length == 0 || at + lead.length > text.size()) return {};
   char32_t code = lead.bits;
   for (std::uint32_t i = 1; i < lead.length; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xC0) != 0x80) return {};
      code = code << 6 | (next & 0x3F);
   }
   if (code < lead.smallest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
   return {code, lead.length};
}

bool is_letter(char32_t code) {
   if (code < 0x80) return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
   return is_common_ideograph(code) || holds(letters, code);
}

bool is_digit(char32_t code) {
   if (code < 0x80) return code >= '0' && code <= '9';
   return !is_common_ideograph(code) && holds(digits, code);
}

bool is_mark(char32_t code) { return code >= 0x300 && !is_common_ideograph(code) && holds(marks, code); }

bool is_name_start(char32_t code) { return is_letter(code); }

bool is_name_part(char32_t code) { return code == '_' || code == 0xFF3F || is_letter(code) || is_digit(code) || is_mark(code); }

bool is_hidden(char32_t code) {
   if (code < 0x20) return code != '\n' && code != '\r' && code != '\t';
   return code == 0x7F || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool is_blank(char32_t code) {
   switch (code) {
      case ' ':
      case '\t':
      case '\v':
      case '\f':
      case 0xA0:
      case 0x1680:
      case 0x202F:
      case 0x205F:
      case 0x2060:
      case 0x3000:
      case 0xFEFF: return true;
      default: return code >= 0x2000 && code <= 0x200D;
   }
}

int columns_of(char32_t code) {
   if (code < 0x300) return 1;
   if (is_common_ideograph(code)) return 2;
   if (holds(no_width, code)) return 0;
   return holds(wide, code) ? 2 : 1;
}

char32_t half_width(char32_t code) {
   if (code >= 0xFF01 && code <= 0xFF5E) return code - 0xFEE0;
   if (code == 0x3000) return ' ';
   if (code == 0x3010) return '[';
   if (code == 0x3011) return ']';
   if (code == 0x3001) return ',';
   if (code == 0x30FB || code == 0x2022 || code == 0x22C5 || code == 0xFF65) return 0xB7;
   return code;
}

void append_utf8(std::string& text, char32_t code) {
   if (code < 0x80) {
      text += static_cast<char>(code);
   } else if (code < 0x800) {
      text += static_cast<char>(0xC0 | code >> 6);
      text += static_cast<char>(0x80 | (code & 0x3F));
   } else if (code < 0x10000) {
      text += static_cast<char>(0xE0 | code >> 12);
      text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      text += static_cast<char>(0x80 | (code & 0x3F));
   } else {
      text += static_cast<char>(0xF0 | code >> 18);
      text += static_cast<char>(0x80 | (code >> 12 & 0x3F));
      text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      text += static_cast<char>(0x80 | (code & 0x3F));
   }
}

std::string half_width(std::string_view text) {
   std::string result;
   result.reserve(text.size());
   for (std::size_t at = 0; at < text.size();) {
      const Character character = character_at(text, at);
      if (character.code == Character::bad)
         result += text[at];
      else
         append_utf8(result, half_width(character.code));
      at += character.length;
   }
   return result;
}

}  // namespace heng::unicode

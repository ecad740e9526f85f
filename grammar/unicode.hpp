// What the grammar asks about characters: is this a letter, a digit, how wide is it, what would it be in half width.
// The tables come from Debian's unicode-data (make_unicode_tables.py).
// Does not know: words, keywords, files.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace heng::unicode {

// One character of UTF-8 text. A byte that is no UTF-8 is a character of its own with code 0xFFFFFFFF.
struct Character {
   static constexpr char32_t bad = 0xFFFFFFFF;
   char32_t code = bad;
   std::uint32_t length = 1;  // bytes
};

Character character_at(std::string_view text, std::size_t at);

bool is_letter(char32_t code);      // letters of every script, and CJK radicals
bool is_digit(char32_t code);       // decimal digits of every script
bool is_mark(char32_t code);        // marks that belong to the letter before them
bool is_name_start(char32_t code);  // a letter
bool is_name_part(char32_t code);   // a letter, a digit, a mark or _
bool is_blank(char32_t code);       // blanks of every width, also those nobody sees; not line ends
bool is_hidden(char32_t code);      // control characters that nobody sees, such as those that turn the direction of text
int columns_of(char32_t code);      // 0, 1 or 2 columns on a terminal

// Full-width Ａ１％（ to half width, and what Chinese input methods give for operators (《 ， 。 are not among them).
char32_t half_width(char32_t code);
std::string half_width(std::string_view text);

void append_utf8(std::string& text, char32_t code);

}  // namespace heng::unicode

// The words of a text: what stands between blanks and line ends, each with its place and with what parts it from the word before.
// And what can be told from the look of a word alone: figures, and the signs that stand where no figure is.
// Does not know: schema, forms.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reports/read/recognise/reading.hpp"

namespace heng {

struct Figure {
   enum class Kind : std::uint8_t { none, number, dash, slash, nothing /* 无 */, unreadable };
   Kind kind = Kind::none;
   std::string text;    // "-1,234.56" of "(1,234.56)", "△1,234.56", "▲1,234.56" and "－1,234.56"
   bool whole = false;  // digits alone: may be a line number, a code, a count
   bool percent = false;
   explicit operator bool() const { return kind != Kind::none; }
};
Figure figure_of(std::string_view folded);
bool is_digits(std::string_view text);  // one or more, and nothing else

struct TextWord {
   enum class Before : std::uint8_t { glued, blank, line_end, gap /* a blank line */ };
   std::string text, folded;
   DocumentPlace place;
   Before before = Before::gap;
   Certainty certainty = Certainty::printed;
   Figure figure;
   float width = 0;  // in ideographs; Latin letters and digits are half as wide
   bool begins_line() const { return before == Before::line_end || before == Before::gap; }
   bool ends_sentence() const;  // 。！？；
};

using Word = TextWord;  // grammar/keywords.hpp has a type Word: of one name and two kinds the linker would take either

enum class Cut { at_blanks, at_sentences };  // at_sentences: also behind 。！？；, where two cells may have run together
std::vector<Word> words_of(const Region& region, Cut cut = Cut::at_blanks);
std::vector<Word> words_of(const DocumentLine& line, Cut cut = Cut::at_blanks);

// Words [first, last) as one value. Words of one line keep a blank between Latin letters or digits; line ends are nothing.
ReadValue value_of(const std::vector<Word>& words, std::size_t first, std::size_t last);
std::string folded_text(const std::vector<Word>& words, std::size_t first, std::size_t last);

}  // namespace heng

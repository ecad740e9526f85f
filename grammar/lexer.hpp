// Reads single tokens out of source text: words, names, numbers with their units, quoted text, operators, brackets, labels.
//
// Written by hand so that the grammar's rules stay few and quick to compile. A token takes the blanks and comments behind it;
// what was not found where it was wanted is remembered for the farthest place only, for the message.
// Does not know: which token may follow which (grammar.hpp), what is said about mistakes (messages.hpp).
#pragma once
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/keywords.hpp"
#include "grammar/unicode.hpp"

namespace heng::grammar {

enum class Sign : std::uint8_t {
   colon,
   comma,
   dot,
   bar,
   range,
   year_range,
   arrow,
   equals,
   open,
   close,
   open_square,
   close_square,
   open_brace,
   close_brace,
};

// How the operators of an expression are numbered in the nodes; their strength stands in operators.hpp.
enum class Infix : std::uint8_t {
   add,
   subtract,
   multiply,
   divide,
   both,
   either,
   exactly_when,
   equal,
   not_equal,
   less,
   less_equal,
   greater,
   greater_equal,
   about,
   about_less,
   about_greater,
   exactly,
   within,
   otherwise,
   zero_divisor_as,
};

enum class Prefix : std::uint8_t { minus, plus, no };

// What may be wanted at a place. Words are numbered first, as in Word.
enum class Want : std::uint8_t {
   value = static_cast<std::uint8_t>(Word::none) + 1,
   operation,
   name,
   number,
   year,
   text,
   unit,
   reference,
   label,
   formula,
   interval,
   type,
   declaration,
   severity,
   end,
   first_sign
};
using Wanted = std::bitset<256>;
constexpr std::size_t index_of(Word word) { return static_cast<std::size_t>(word); }
constexpr std::size_t index_of(Want want) { return static_cast<std::size_t>(want); }
constexpr std::size_t index_of(Sign sign) { return index_of(Want::first_sign) + static_cast<std::size_t>(sign); }

struct Remark {  // a comment: where it stands and whether it has the line for itself
   std::uint32_t begin, end;
   bool own_line;
};

// A quote that is opened and not closed on its line.
struct OpenQuote {
   std::uint32_t at;
   std::string opener;
};

class Lexer {
 public:
   using Offset = std::uint32_t;
   static constexpr Offset nothing = 0;  // no token: a token is never empty, so no token ends at 0

   Lexer(std::string_view text, Offset begin, Offset end);

   // Each takes the place where the token must begin and gives the place behind its blanks, or `nothing`.
   Offset word(Offset at, Word word);
   Offset sign(Offset at, Sign sign);
   Offset glued(Offset at, Sign sign);  // the same, with no blank before it
   Offset separator(Offset at);         // , ; ； 。 between items
   Offset name(Offset at);              // any word, 「…」
   Offset operand_name(Offset at);      // the same, but none of the words reserved where an operand stands
   Offset column_name(Offset at);       // the same, with brackets in it: 因公出国（境）费
   Offset number(Offset at);            // 12.50   650元/人·天   90 of 90以上
   Offset long_number(Offset at);       // three digits and more
   Offset integer(Offset at);           // 2
   Offset year(Offset at);              // 2024   2024年
   Offset text(Offset at);              // "…"  “…”
   Offset value_text(Offset at);        // the same where an operand stands: not the title of the next item
   Offset title(Offset at);             // the same, or 《…》
   Offset unit(Offset at);              // 万元   元/人·天
   Offset reference(Offset at);         // S125   A0-1306
   Offset label(Offset at);             // up to the end of the line, or the next `2 :`
   Offset formula(Offset at);           // up to the end of the line, a semicolon or a brace
   Offset infix(Offset at);             // sets detail to an Infix
   Offset prefix(Offset at);            // sets detail to a Prefix
   Offset is(Offset at);                // is, is not: detail 0, 1
   Offset under(Offset at);             // under, not under: detail 0, 1
   Offset presence(Offset at);          // present, missing: detail 1, 0
   Offset target_sign(Offset at);       // ≥ ≤ > < (= in `given`) before a digit; detail is an Infix
   Offset interval_open(Offset at);     // [ ( : detail 0 when the bound belongs to it, 1 when not
   Offset interval_close(Offset at);    // ] )
   Offset under_comma(Offset at);       // a comma that continues a list of codes
   Offset one_of(Offset at, const Word* words, std::size_t count, Want want);  // detail: the Word

   Offset after(Offset token_end);  // skips blanks and comments, and remembers how many
   Offset skip_leading() { return after(begin_); }
   Offset skip_token(Offset at);  // whatever stands there, without asking whether it makes sense

   Offset begin() const { return begin_; }
   Offset end() const { return end_; }
   std::string_view text() const { return text_; }
   Offset token_end_before(Offset at) const { return at - gap(at); }
   bool first_on_line(Offset at) const;
   std::uint32_t column(Offset at) const;  // characters before it on its line
   std::optional<Word> declaration_at(
       Offset at);  // a declaration keyword that no name can be: first on its line, and something behind it
   std::optional<Word> keyword_of_declaration(Offset at);  // the same, wherever it stands on its line
   bool clause_behind_at(Offset at);                       // 提示语 "…" or 依据 "…" at the start of a line
   std::string_view word_at(Offset at);                    // the whole word, empty when none begins there
   std::string_view token_at(Offset at);                   // what to quote in a message; empty at the end
   unicode::Character character(Offset at) const {
      return at < end_ ? unicode::character_at(text_.substr(0, end_), at) : unicode::Character{0, 0};
   }
   char32_t folded(Offset at) const { return unicode::half_width(character(at).code); }

   // What was wanted at the farthest place that was tried.
   Offset farthest = 0;
   Wanted wanted;
   void forget() { farthest = 0, wanted.reset(), open_quote.reset(); }
   void miss(Offset at, std::size_t what);
   std::optional<OpenQuote> open_quote;

   std::uint16_t detail = 0;  // what the last token was, where there are several
   bool any_unit = false;     // in `given`: any word behind / is a unit
   std::vector<std::string> declared_units;
   std::vector<Remark> remarks;

 private:
   std::uint32_t gap(Offset at) const { return at >= begin_ && at - begin_ < gaps_.size() ? gaps_[at - begin_] : 0; }
   Offset spelling(Offset at, std::string_view spelling, Glue glue) const;
   Offset word_end(Offset at) const;
   Offset quoted_name_end(Offset at);
   Offset text_end(Offset at);
   Offset title_end(Offset at);
   bool begins_item(Offset text, Offset text_end);
   Offset digits_end(Offset at) const;
   bool begins_line(Offset at) const;
   Offset number_end(Offset at) const;
   Offset unit_word_end(Offset at) const;
   Offset unit_end(Offset at, bool whole) const;
   void note_remark(Offset begin, Offset end);
   Offset taken(Offset token_end) { return after(token_end); }
   Offset missed(Offset at, std::size_t what) {
      miss(at, what);
      return nothing;
   }

   std::string_view text_;
   Offset begin_, end_;
   std::vector<std::uint32_t> gaps_;  // for each place behind blanks: how many bytes of blanks and comments stand before it
};

}  // namespace heng::grammar

#include "grammar/lexer.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace heng::grammar {
namespace {

using unicode::Character;
using unicode::half_width;

bool is_half_digit(char32_t code) { return half_width(code) >= '0' && half_width(code) <= '9'; }

// What quotes may close a text that was opened by this one; empty: it opens no text.
std::u32string_view closers_of(char32_t opener) {
   switch (opener) {
      case '"': return U"\"\uFF02";
      case 0xFF02: return U"\uFF02\"";
      case 0x201C:
      case 0x201D: return U"\u201C\u201D";
      default: return {};
   }
}

constexpr char32_t open_title = 0x300A, close_title = 0x300B, open_name = 0x300C, close_name = 0x300D;

// Operators as an input method may give them: 《 and 》 stand for < and >, —— for a minus.
char32_t operator_character(char32_t code) {
   switch (code) {
      case open_title: return '<';
      case close_title: return '>';
      case 0x2212:
      case 0x2013:
      case 0x2014: return '-';
      case 0xD7: return '*';
      case 0xF7: return '/';
      case 0x2266: return 0x2264;
      case 0x2267: return 0x2265;
      case 0x2252: return 0x2248;
      default: return half_width(code);
   }
}

struct Symbol {
   char32_t first, second;  // second 0: one character
   Infix infix;
};

// Longest first.
constexpr Symbol symbols[] = {
    {'<', '~', Infix::about_less},
    {'>', '~', Infix::about_greater},
    {'<', '=', Infix::less_equal},
    {'>', '=', Infix::greater_equal},
    {'<', '>', Infix::not_equal},
    {'!', '=', Infix::not_equal},
    {'~', '=', Infix::about},
    {0x2264, 0, Infix::less_equal},
    {0x2265, 0, Infix::greater_equal},
    {0x2260, 0, Infix::not_equal},
    {0x2248, 0, Infix::about},
    {0x2272, 0, Infix::about_less},
    {0x2273, 0, Infix::about_greater},
    {'<', 0, Infix::less},
    {'>', 0, Infix::greater},
    {'=', 0, Infix::equal},
    {'+', 0, Infix::add},
    {'-', 0, Infix::subtract},
    {'*', 0, Infix::multiply},
    {'/', 0, Infix::divide},
};

struct WordOperator {
   Word word;
   Infix infix;
};

constexpr WordOperator word_operators[] = {
    {Word::and_, Infix::both},
    {Word::or_, Infix::either},
    {Word::exactly_when, Infix::exactly_when},
    {Word::exactly, Infix::exactly},
    {Word::about, Infix::about},
    {Word::within, Infix::within},
    {Word::otherwise, Infix::otherwise},
    {Word::zero_divisor_as, Infix::zero_divisor_as},
};

// What may follow a quantity without a blank.
constexpr std::string_view glued_behind_numbers[] = {"以上不满", "以上", "以下", "不满", "不足", "按比例每", "满", "按", "每"};

bool ends_with(std::string_view text, std::string_view end) {
   return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

Lexer::Lexer(std::string_view text, Offset begin, Offset end)
    : text_(text), begin_(begin), end_(end), gaps_(end - begin + 1, 0) {}

void Lexer::miss(Offset at, std::size_t what) {
   if (at < farthest) return;
   if (at > farthest) {
      farthest = at;
      wanted.reset();
   }
   wanted.set(what);
}

void Lexer::note_remark(Offset begin, Offset end) {
   if (!remarks.empty() && remarks.back().begin >= begin) return;  // blanks are skipped again when a rule is tried again
   while (end > begin && (text_[end - 1] == '\r' || text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
   const std::size_t line = text_.rfind('\n', begin == 0 ? 0 : begin - 1);
   std::size_t at = line == std::string_view::npos || line < begin_ || begin == 0 ? begin_ : line + 1;
   while (at < begin && unicode::is_blank(character(static_cast<Offset>(at)).code))
      at += character(static_cast<Offset>(at)).length;
   remarks.push_back({begin, end, at == begin});
}

Lexer::Offset Lexer::after(Offset token_end) {
   Offset at = token_end;
   while (at < end_) {
      const Character next = character(at);
      if (next.code == '\n' || next.code == '\r' || next.code == 0x2028 || next.code == 0x2029 || unicode::is_blank(next.code)) {
         at += next.length;
      } else if (next.code == '#' || next.code == 0xFF03) {
         const Offset begin = at;
         while (at < end_ && text_[at] != '\n') ++at;
         note_remark(begin, at);
      } else {
         break;
      }
   }
   gaps_[at - begin_] = std::max(gaps_[at - begin_], at - token_end);
   return at;
}

Lexer::Offset Lexer::word_end(Offset at) const {
   if (at >= end_ || !unicode::is_name_start(character(at).code)) return at;
   while (at < end_) {
      const Character next = character(at);
      if (!unicode::is_name_part(next.code)) break;
      at += next.length;
   }
   return at;
}

std::string_view Lexer::word_at(Offset at) { return text_.substr(at, word_end(at) - at); }

// Where a keyword's spelling ends; a blank in it stands for any blanks on the line, full-width letters are read as letters.
Lexer::Offset Lexer::spelling(Offset at, std::string_view spelling, Glue glue) const {
   for (const char wanted : spelling) {
      if (at >= end_) return nothing;
      if (wanted == ' ') {
         const Offset before = at;
         while (at < end_ && unicode::is_blank(character(at).code)) at += character(at).length;
         if (at == before) return nothing;
      } else if (text_[at] == wanted) {
         ++at;
      } else {
         const Character next = character(at);
         if (next.code < 0xFF01 || next.code > 0xFF5E || half_width(next.code) != static_cast<unsigned char>(wanted))
            return nothing;
         at += next.length;
      }
   }
   const auto last = static_cast<unsigned char>(spelling.back());
   const bool ends_in_a_word = last >= 0x80 || std::isalnum(last);  // ~= may touch what follows
   const char32_t next = character(at).code;
   if (ends_in_a_word && unicode::is_name_part(next) && !(glue == Glue::digits && is_half_digit(next))) return nothing;
   return at;
}

Lexer::Offset Lexer::word(Offset at, Word word) {
   const Keyword& wanted = keyword(word);
   Offset end = spelling(at, wanted.chinese, wanted.glue);
   if (!end) end = spelling(at, wanted.english, wanted.glue);
   for (std::size_t i = 0; !end && i < wanted.synonyms.size(); ++i) end = spelling(at, wanted.synonyms[i], wanted.glue);
   return end ? taken(end) : missed(at, index_of(word));
}

Lexer::Offset Lexer::one_of(Offset at, const Word* words, std::size_t count, Want want) {
   const Wanted before = wanted;
   const Offset farthest_before = farthest;
   for (std::size_t i = 0; i < count; ++i) {
      const Offset end = word(at, words[i]);
      if (!end) continue;
      detail = static_cast<std::uint16_t>(words[i]);
      return end;
   }
   if (farthest != farthest_before) wanted.reset();  // the group has one name; its words are no news
   if (farthest == farthest_before) wanted = before;
   return missed(at, index_of(want));
}

Lexer::Offset Lexer::sign(Offset at, Sign sign) {
   const char32_t next = folded(at), second = at < end_ ? folded(at + character(at).length) : 0;
   const Offset one = at + character(at).length, two = one + (one < end_ ? character(one).length : 0);
   Offset end = nothing;
   const auto is = [&](char32_t wanted) { end = next == wanted ? one : nothing; };
   switch (sign) {
      case Sign::colon: is(':'); break;
      case Sign::comma: is(','); break;
      case Sign::bar: is('|'); break;
      case Sign::open: is('('); break;
      case Sign::close: is(')'); break;
      case Sign::open_square: is('['); break;
      case Sign::close_square: is(']'); break;
      case Sign::open_brace: is('{'); break;
      case Sign::close_brace: is('}'); break;
      case Sign::dot:
         if (next == '.' && second != '.') end = one;
         break;
      case Sign::equals:
         if (next == '=' && second != '=') end = one;
         break;
      case Sign::arrow:
         if (next == 0x2192) end = one;
         if (next == '-' && second == '>') end = two;
         break;
      case Sign::year_range:
         if (next == '-' || next == 0x2014 || next == 0x2013 || next == '~') end = next == 0x2014 && second == 0x2014 ? two : one;
         [[fallthrough]];
      case Sign::range:
         if (next == '.' && second == '.') end = two;
         if (next == 0x2026) end = second == 0x2026 ? two : one;
         break;
   }
   return end ? taken(end) : missed(at, index_of(sign));
}

Lexer::Offset Lexer::glued(Offset at, Sign wanted_sign) { return gap(at) == 0 ? sign(at, wanted_sign) : nothing; }

Lexer::Offset Lexer::separator(Offset at) {
   const char32_t next = folded(at);
   if (next != ',' && next != ';' && character(at).code != 0x3002) return nothing;
   return taken(at + character(at).length);
}

Lexer::Offset Lexer::quoted_name_end(Offset at) {
   if (character(at).code != open_name) return nothing;
   for (Offset end = at + character(at).length; end < end_ && text_[end] != '\n'; end += character(end).length)
      if (character(end).code == close_name) return end + character(end).length;
   open_quote = OpenQuote{at, "「"};
   return nothing;
}

Lexer::Offset Lexer::name(Offset at) {
   if (const Offset end = quoted_name_end(at)) return detail = 1, taken(end);
   const Offset end = word_end(at);
   if (end == at || declaration_at(at)) return missed(at, index_of(Want::name));
   detail = 0;
   return taken(end);
}

Lexer::Offset Lexer::operand_name(Offset at) {
   if (const Offset end = quoted_name_end(at)) return detail = 1, taken(end);
   const Offset end = word_end(at);
   if (end == at || is_reserved(word_at(at)) || declaration_at(at) || clause_behind_at(at))
      return missed(at, index_of(Want::value));
   if (spelling(at, spelled(Word::full_marks, false), Glue::none)) return missed(at, index_of(Want::value));
   detail = 0;
   return taken(end);
}

Lexer::Offset Lexer::column_name(Offset at) {
   if (const Offset end = quoted_name_end(at)) return detail = 1, taken(end);
   Offset end = word_end(at);
   if (end == at || declaration_at(at)) return missed(at, index_of(Want::name));
   detail = 0;
   while (folded(end) == '(') {
      Offset close = end;
      while (close < end_ && text_[close] != '\n' && folded(close) != ')') close += character(close).length;
      if (folded(close) != ')') break;
      end = close + character(close).length;
      while (end < end_ && unicode::is_name_part(character(end).code)) end += character(end).length;
      detail = 1;
   }
   return taken(end);
}

Lexer::Offset Lexer::digits_end(Offset at) const {
   while (is_half_digit(character(at).code)) at += character(at).length;
   return at;
}

// A run of letters that is a unit, without the words that may be glued behind it (90元以上).
Lexer::Offset Lexer::unit_word_end(Offset at) const {
   const Character next = character(at);
   if (half_width(next.code) == '%' || next.code == 0x2030) return at + next.length;
   Offset end = at;
   while (end < end_ && (unicode::is_letter(character(end).code) || unicode::is_mark(character(end).code)))
      end += character(end).length;
   for (const std::string_view behind : glued_behind_numbers)
      if (ends_with(text_.substr(at, end - at), behind)) return end - static_cast<Offset>(behind.size());
   return end;
}

// `whole`: every word behind / and · belongs to the unit, as in `in 元/场次`; else only the words of the list do.
Lexer::Offset Lexer::unit_end(Offset at, bool whole) const {
   Offset end = unit_word_end(at);
   if (end == at) return at;
   for (;;) {
      const char32_t next = folded(end);
      if (next != '/' && next != 0xB7) return end;
      const Offset begin = end + character(end).length;
      const Offset factor = unit_word_end(begin);
      if (factor == begin) return end;
      const std::string word = half_width(text_.substr(begin, factor - begin));
      if (next == '/' && !whole && !is_unit_word(word, declared_units)) return end;
      if (next == '/' && !whole && unicode::is_name_part(character(factor).code) && character(factor).code < 0x80) return end;
      end = factor;
   }
}

Lexer::Offset Lexer::number_end(Offset at) const {
   Offset end = digits_end(at);
   if (end == at) return at;
   if (folded(end) == '.') {
      const Offset decimals = end + character(end).length;
      if (is_half_digit(character(decimals).code)) end = digits_end(decimals);
   }
   return unit_end(end, any_unit);
}

Lexer::Offset Lexer::number(Offset at) {
   const Offset end = number_end(at);
   return end == at ? missed(at, index_of(Want::value)) : taken(end);
}

Lexer::Offset Lexer::long_number(Offset at) {
   const Offset end = digits_end(at);
   if (end < at + 3 || end != number_end(at)) return missed(at, index_of(Want::number));
   return taken(end);
}

Lexer::Offset Lexer::integer(Offset at) {
   const Offset end = digits_end(at);
   if (end == at || end > at + 9 || unicode::is_name_part(character(end).code)) return missed(at, index_of(Want::number));
   return taken(end);
}

Lexer::Offset Lexer::year(Offset at) {
   Offset end = digits_end(at);
   if (end == at || end > at + 12) return missed(at, index_of(Want::year));
   if (character(end).code == U'年') end += character(end).length;
   if (unicode::is_name_part(character(end).code)) return missed(at, index_of(Want::year));
   return taken(end);
}

Lexer::Offset Lexer::text_end(Offset at) {
   const std::u32string_view closers = closers_of(character(at).code);
   if (closers.empty()) return nothing;
   for (Offset end = at + character(at).length; end < end_ && text_[end] != '\n'; end += character(end).length)
      if (closers.find(character(end).code) != std::u32string_view::npos) return end + character(end).length;
   open_quote = OpenQuote{at, std::string(text_.substr(at, character(at).length))};
   return nothing;
}

Lexer::Offset Lexer::text(Offset at) {
   const Offset end = text_end(at);
   return end ? taken(end) : missed(at, index_of(Want::text));
}

Lexer::Offset Lexer::title_end(Offset at) {
   if (const Offset end = text_end(at)) return end;
   if (character(at).code != open_title) return nothing;
   int depth = 0;
   for (Offset end = at; end < end_ && text_[end] != '\n'; end += character(end).length) {
      if (character(end).code == open_title) ++depth;
      if (character(end).code == close_title && --depth == 0) return end + character(end).length;
   }
   open_quote = OpenQuote{at, "《"};
   return nothing;
}

Lexer::Offset Lexer::title(Offset at) {
   const Offset end = title_end(at);
   return end ? taken(end) : missed(at, index_of(Want::text));
}

// `"甲" : …` at the start of a line is the next case, not what the line before waits for.
bool Lexer::begins_item(Offset text, Offset text_end) {
   if (!first_on_line(text)) return false;
   while (unicode::is_blank(character(text_end).code)) text_end += character(text_end).length;
   if (folded(text_end) == ':') return true;
   for (const Word each : words_spelled(word_at(text_end)))
      if (keyword(each).role == WordRole::clause) return true;
   return false;
}

Lexer::Offset Lexer::value_text(Offset at) {
   const Offset end = title_end(at);
   return end && !begins_item(at, end) ? taken(end) : missed(at, index_of(Want::value));
}

Lexer::Offset Lexer::unit(Offset at) {
   const Offset end = unit_end(at, true);
   return end == at ? missed(at, index_of(Want::unit)) : taken(end);
}

Lexer::Offset Lexer::reference(Offset at) {
   Offset end = at;
   while (end < end_) {
      const Character next = character(end);
      const char32_t code = half_width(next.code);
      const bool joins =
          (code == '-' || code == '.' || code == '/') && end > at && unicode::is_name_part(character(end + next.length).code);
      if (!unicode::is_name_part(next.code) && !joins) break;
      end += next.length;
   }
   return end == at ? missed(at, index_of(Want::reference)) : taken(end);
}

// `2 :` or `2 code 201 :`
bool Lexer::begins_line(Offset at) const {
   const auto behind_blanks = [&](Offset from) {
      while (from < end_ && unicode::is_blank(character(from).code)) from += character(from).length;
      return from;
   };
   Offset behind = behind_blanks(digits_end(at));
   const Keyword& code = keyword(Word::code);
   for (const std::string_view word : {code.chinese, code.english})
      if (text_.substr(behind, word.size()) == word) {
         const Offset digits = behind_blanks(behind + static_cast<Offset>(word.size()));
         if (digits < end_ && is_half_digit(character(digits).code)) behind = behind_blanks(digits_end(digits));
         break;
      }
   return folded(behind) == ':';
}

Lexer::Offset Lexer::label(Offset at) {
   if (const Offset end = quoted_name_end(at)) return detail = 1, taken(end);
   if (const Offset end = text_end(at)) return detail = 1, taken(end);
   detail = 0;
   Offset end = at, last = at;  // last: behind the last character that is no blank
   while (end < end_) {
      const Character next = character(end);
      const char32_t code = half_width(next.code);
      if (next.code == '\n' || next.code == '\r' || code == '}' || code == '#' || code == ';') break;
      if (is_half_digit(next.code) && last < end && begins_line(end)) break;
      end += next.length;
      if (!unicode::is_blank(next.code)) last = end;
   }
   while (last > at && text_[last - 1] == ',') --last;
   return last == at ? missed(at, index_of(Want::label)) : taken(last);
}

Lexer::Offset Lexer::formula(Offset at) {
   if (declaration_at(at)) return missed(at, index_of(Want::formula));
   Offset end = at, last = at;
   while (end < end_) {
      const Character next = character(end);
      const char32_t code = half_width(next.code);
      if (next.code == '\n' || next.code == '\r' || code == '}' || code == '#' || code == ';' || next.code == 0x3002) break;
      end += next.length;
      if (!unicode::is_blank(next.code)) last = end;
   }
   return last == at ? missed(at, index_of(Want::formula)) : taken(last);
}

Lexer::Offset Lexer::infix(Offset at) {
   const char32_t first = operator_character(character(at).code);
   const Offset one = at + character(at).length;
   const char32_t second = at < end_ && one < end_ ? operator_character(character(one).code) : 0;
   for (const Symbol& symbol : symbols) {
      if (at >= end_ || symbol.first != first || (symbol.second && symbol.second != second)) continue;
      detail = static_cast<std::uint16_t>(symbol.infix);
      if (symbol.second) return taken(one + character(one).length);
      if (symbol.infix == Infix::equal && second == '=') break;  // == is no operator: the message says so
      const bool long_dash = character(at).code == 0x2014 && character(one).code == 0x2014;  // —— is one minus
      return taken(long_dash ? one + character(one).length : one);
   }
   if (at < end_ && unicode::is_letter(character(at).code)) {
      const Offset farthest_before = farthest;
      const Wanted before = wanted;
      for (const WordOperator& each : word_operators) {
         const Offset end = word(at, each.word);
         if (!end) continue;
         detail = static_cast<std::uint16_t>(each.infix);
         return end;
      }
      if (farthest == farthest_before)
         wanted = before;
      else
         wanted.reset();
   }
   return missed(at, index_of(Want::operation));
}

Lexer::Offset Lexer::prefix(Offset at) {
   const char32_t code = operator_character(character(at).code);
   if (code == '-' || code == '+') {
      detail = static_cast<std::uint16_t>(code == '-' ? Prefix::minus : Prefix::plus);
      const Offset one = at + character(at).length;
      const bool long_dash = character(at).code == 0x2014 && character(one).code == 0x2014;
      return taken(long_dash ? one + character(one).length : one);
   }
   detail = static_cast<std::uint16_t>(Prefix::no);
   const Offset end =
       at < end_ && unicode::is_letter(character(at).code) ? spelling(at, spelled(Word::not_, true), Glue::none) : nothing;
   if (end) return taken(end);
   const Offset english = at < end_ ? spelling(at, spelled(Word::not_, false), Glue::none) : nothing;
   return english ? taken(english) : missed(at, index_of(Want::value));
}

Lexer::Offset Lexer::is(Offset at) {
   if (const Offset end = word(at, Word::is_not)) return detail = 1, end;
   detail = 0;
   return word(at, Word::is);
}

Lexer::Offset Lexer::under(Offset at) {
   if (const Offset end = word(at, Word::not_under)) return detail = 1, end;
   detail = 0;
   return word(at, Word::under);
}

Lexer::Offset Lexer::presence(Offset at) {
   if (const Offset end = word(at, Word::present)) return detail = 1, end;
   detail = 0;
   return word(at, Word::missing);
}

Lexer::Offset Lexer::target_sign(Offset at) {
   if (at >= end_ || character(at).code == open_title) return nothing;
   const Offset farthest_before = farthest;
   const Wanted before = wanted;
   const Offset end = infix(at);
   farthest = farthest_before;  // that no operator stands here is no news where a value is wanted
   wanted = before;
   if (!end) return nothing;
   const auto sign = static_cast<Infix>(detail);
   const bool is_target = sign == Infix::less || sign == Infix::less_equal || sign == Infix::greater ||
                          sign == Infix::greater_equal || (sign == Infix::equal && any_unit);
   return is_target && is_half_digit(character(end).code) ? end : missed(at, index_of(Want::value));
}

Lexer::Offset Lexer::interval_open(Offset at) {
   const char32_t code = folded(at);
   if (code != '[' && code != '(') return missed(at, index_of(Want::interval));
   detail = code == '(';
   return taken(at + character(at).length);
}

Lexer::Offset Lexer::interval_close(Offset at) {
   const char32_t code = folded(at);
   if (code != ']' && code != ')') {
      miss(at, index_of(Sign::close));
      return missed(at, index_of(Sign::close_square));
   }
   detail = code == ')';
   return taken(at + character(at).length);
}

Lexer::Offset Lexer::under_comma(Offset at) {
   const Offset end = sign(at, Sign::comma);
   if (!end) return nothing;
   const Offset digits = digits_end(end);
   return digits >= end + 3 && digits == number_end(end) ? end : nothing;
}

Lexer::Offset Lexer::skip_token(Offset at) {
   if (at >= end_) return end_;
   const std::optional<OpenQuote> before = open_quote;
   Offset end = closers_of(character(at).code).empty() ? quoted_name_end(at) : text_end(at);
   if (!end && open_quote && open_quote->at == at) {
      end = at;
      while (end < end_ && text_[end] != '\n') ++end;
   }
   open_quote = before;
   if (!end) end = word_end(at);
   if (end == at) end = digits_end(at);
   if (end == at) end = at + character(at).length;
   return after(end);
}

bool Lexer::first_on_line(Offset at) const {
   const Offset before = token_end_before(at);
   if (at == begin_) return true;
   if (before == begin_ && begin_ == 0) return true;
   return text_.substr(before, at - before).find('\n') != std::string_view::npos;
}

std::uint32_t Lexer::column(Offset at) const {
   const std::size_t line = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
   std::uint32_t columns = 0;
   for (Offset each = line == std::string_view::npos ? 0 : static_cast<Offset>(line + 1); each < at;
        each += character(each).length)
      ++columns;
   return columns;
}

bool Lexer::clause_behind_at(Offset at) {
   if (!first_on_line(at)) return false;
   const std::string_view word = word_at(at);
   for (const Word clause : {Word::message, Word::cite})
      if (word == spelled(clause, true) || word == spelled(clause, false)) {
         const char32_t behind = character(skip_token(at)).code;
         return behind == '"' || behind == U'“' || behind == U'《';
      }
   return false;
}

std::optional<Word> Lexer::keyword_of_declaration(Offset at) {
   const std::string_view word = word_at(at);
   if (word.empty()) return std::nullopt;
   const std::optional<Word> found = declaration_word(character(at).code >= 0xFF00 ? std::string_view(half_width(word)) : word);
   if (!found) return std::nullopt;
   Offset behind = at + static_cast<Offset>(word.size());
   while (unicode::is_blank(character(behind).code)) behind += character(behind).length;
   const char32_t next = character(behind).code;
   if (*found == Word::report || *found == Word::printed_as || *found == Word::places)
      return half_width(next) == '{' || next == '\n' || next == '\r' ? found : std::nullopt;
   const bool starts_something =
       unicode::is_name_start(next) || is_half_digit(next) || next == open_name || !closers_of(next).empty();
   return starts_something ? found : std::nullopt;
}

std::optional<Word> Lexer::declaration_at(Offset at) { return first_on_line(at) ? keyword_of_declaration(at) : std::nullopt; }

std::string_view Lexer::token_at(Offset at) {
   if (at >= end_) return {};
   Offset end = word_end(at);
   if (end == at) end = number_end(at);
   if (end == at) {
      const std::optional<OpenQuote> before = open_quote;
      if (const Offset quote = text_end(at)) end = quote;
      open_quote = before;
   }
   if (end == at) end = at + character(at).length;
   return text_.substr(at, end - at);
}

}  // namespace heng::grammar

#include "grammar/messages.hpp"

#include <algorithm>
#include <utility>

#include "grammar/codes.hpp"

namespace heng::grammar {
namespace {

using Offset = Lexer::Offset;

// ---- naming what was wanted -----------------------------------------------------------------------------------------------

struct WantName {
   Want want;
   std::string_view zh, en;
};

constexpr WantName want_names[] = {
    {Want::value, "一个值（名称、数字、“文字”或括号）", "a value (a name, a number, \"text\" or a bracket)"},
    {Want::name, "名称", "a name"},
    {Want::severity, "错误、核实或提示", "error, verify or notice"},
    {Want::number, "整数", "a whole number"},
    {Want::year, "年度", "a year"},
    {Want::text, "“文字”", "\"text\""},
    {Want::unit, "计量单位", "a unit"},
    {Want::reference, "编号", "a reference number"},
    {Want::label, "行的名称", "the label of the line"},
    {Want::formula, "公式，如 27行=(1+2+…+8)行", "a formula such as 27行=(1+2+…+8)行"},
    {Want::interval, "区间，如 [80, 90)", "an interval such as [80, 90)"},
    {Want::type, "类型", "a type"},
    {Want::declaration, "一条声明", "a declaration"},
    {Want::end, "结束", "the end"},
    {Want::operation, "运算符", "an operator"},
};

constexpr std::string_view sign_texts[] = {":", ",", ".", "|", "..", "..", "->", "=", "(", ")", "[", "]", "{", "}"};

Said quoted(std::string_view text) { return say("“{}”", "'{}'", text); }

bool wants(const Lexer& lexer, Word word) { return lexer.wanted.test(index_of(word)); }
bool wants(const Lexer& lexer, Want want) { return lexer.wanted.test(index_of(want)); }
bool wants(const Lexer& lexer, Sign sign) { return lexer.wanted.test(index_of(sign)); }

// Signs that only lengthen an operand (a.b, a[1], f(x)) or a list are no news where an operator is wanted.
bool worth_saying(const Lexer& lexer, Sign sign) {
   if (!wants(lexer, sign)) return false;
   if (!wants(lexer, Want::operation)) return true;
   return sign != Sign::dot && sign != Sign::open && sign != Sign::open_square && sign != Sign::bar;
}

bool worth_saying(const Lexer& lexer, Word word) {
   if (!wants(lexer, word)) return false;
   const WordRole role = keyword(word).role;
   const bool part_of_operators = role == WordRole::operation || role == WordRole::expression;
   return !(part_of_operators && word != Word::then && word != Word::else_ && wants(lexer, Want::operation));
}

std::vector<Said> wanted_things(const Lexer& lexer) {
   std::vector<Said> result;
   const bool wants_value = wants(lexer, Want::value) && !wants(lexer, Want::interval);
   for (const WantName& each : want_names)
      if (wants(lexer, each.want) && (each.want != Want::value || wants_value))
         result.push_back({std::string(each.zh), std::string(each.en)});
   if (wants_value) return result;
   std::vector<Said> others = std::exchange(result, {});  // signs first: a missing colon is the commonest slip
   for (std::size_t i = 0; i < std::size(sign_texts); ++i)
      if (worth_saying(lexer, static_cast<Sign>(i))) {
         const Said said = quoted(sign_texts[i]);
         if (result.empty() || result.back().en != said.en) result.push_back(said);
      }
   result.insert(result.end(), others.begin(), others.end());
   for (const Keyword& each : keywords())
      if (worth_saying(lexer, each.word))
         result.push_back({fmt::format("“{}”", each.chinese), fmt::format("'{}'", each.english)});
   return result;
}

// "a, b or c", at most six of them.
Said list_of(const std::vector<Said>& things) {
   if (things.empty()) return {"别的内容", "something else"};
   Said result;
   const std::size_t shown = std::min<std::size_t>(things.size(), 6);
   for (std::size_t i = 0; i < shown; ++i) {
      const bool last = i + 1 == things.size();
      result.zh += (i == 0 ? "" : last ? "或" : "、") + things[i].zh;
      result.en += (i == 0 ? "" : last ? " or " : ", ") + things[i].en;
   }
   if (shown < things.size()) {
      result.zh += "等";
      result.en += " …";
   }
   return result;
}

// ---- looking around -------------------------------------------------------------------------------------------------------

std::string_view text_before(const Lexer& lexer, Offset at) {
   const Offset end = lexer.token_end_before(at);
   const std::string_view text = lexer.text().substr(0, end);
   const std::size_t line = text.rfind('\n');
   return line == std::string_view::npos ? text : text.substr(line + 1);
}

std::string_view word_before(const Lexer& lexer, Offset at) {
   const std::string_view line = text_before(lexer, at);
   std::size_t begin = line.size();
   for (std::size_t i = 0; i < line.size();) {  // forwards: UTF-8 cannot be read backwards safely where it is broken
      const unicode::Character next = unicode::character_at(line, i);
      if (!unicode::is_name_part(next.code))
         begin = line.size();
      else if (begin == line.size())
         begin = i;
      i += next.length;
   }
   return line.substr(begin);
}

bool ends_in_digit(std::string_view text) {
   const std::string half = unicode::half_width(text);
   return !half.empty() && half.back() >= '0' && half.back() <= '9';
}

std::string_view unit_at(Lexer& lexer, Offset at) {
   const char32_t code = lexer.folded(at);
   if (code == '%' || code == 0x2030) return lexer.text().substr(at, lexer.character(at).length);
   const std::string_view word = lexer.word_at(at);
   return is_unit_word(word, lexer.declared_units) ? word : std::string_view{};
}

struct Opener {
   Offset at;
   char32_t code;
};

// The bracket that is still open at `at`, from the beginning of the declaration on.
std::optional<Opener> open_bracket(Lexer& lexer, Offset begin, Offset at) {
   std::vector<Opener> open;
   for (Offset here = begin; here < at; here = lexer.skip_token(here)) {
      const char32_t code = lexer.folded(here);
      if (code == '(' || code == '[' || code == '{') open.push_back({here, code});
      if ((code == ')' || code == ']' || code == '}') && !open.empty()) open.pop_back();
   }
   return open.empty() ? std::nullopt : std::optional(open.back());
}

Sign closer_of(char32_t opener) { return opener == '(' ? Sign::close : opener == '[' ? Sign::close_square : Sign::close_brace; }

// Where a mistake is shown: the token itself, or the end of the one before when that is on an earlier line.
Span place_of(const Reading& reading, Offset at, bool at_end_of_line) {
   if (!at_end_of_line) {
      Lexer& lexer = const_cast<Lexer&>(reading.lexer);
      return reading.span(at, at + static_cast<Offset>(lexer.token_at(at).size()));
   }
   const Offset end = reading.lexer.token_end_before(at);
   return reading.span(end, end);
}

// ---- the mistakes that are known by name ----------------------------------------------------------------------------------

std::optional<Diagnostic> unclosed_quote(Reading& reading, Offset at) {
   const std::optional<OpenQuote>& quote = reading.lexer.open_quote;
   if (!quote || quote->at < at) return std::nullopt;
   return Diagnostic{.code = Code::not_closed,
                     .span = reading.span(quote->at, quote->at + static_cast<Offset>(quote->opener.size())),
                     .message = say("这一行里的 {} 没有配对的另一半", "{} has no closing mark on this line", quote->opener),
                     .notes = {},
                     .help = say("在这一行里补上另一半", "close it on the same line")};
}

// What Word and web pages leave between letters: nobody sees it, and it parts a name in two.
bool is_invisible(char32_t code) {
   return code == 0xAD || code == 0x61C || code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
          (code >= 0x2060 && code <= 0x2064) || code == 0xFEFF;
}

std::optional<Diagnostic> invisible_character(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const Offset gap = lexer.token_end_before(at), behind = at + static_cast<Offset>(lexer.word_at(at).size());
   for (const Offset place : {gap, at, behind}) {
      if (place >= lexer.end()) continue;
      const unicode::Character here = lexer.character(place);
      if (!is_invisible(here.code)) continue;
      return Diagnostic{.code = Code::bad_encoding,
                        .span = reading.span(place, place + here.length),
                        .message = say("这里有看不见的字符（U+{:04X}），多半是粘贴时带进来的",
                                       "there is a character here that nobody sees (U+{:04X}); most likely it was pasted",
                                       static_cast<unsigned>(here.code)),
                        .notes = {},
                        .help = say("删去它，前后的字连起来写", "delete it and close the gap")};
   }
   return std::nullopt;
}

std::optional<Diagnostic> too_deep(Reading& reading) {
   if (reading.too_deep == 0) return std::nullopt;
   return Diagnostic{.code = Code::too_large,
                     .span = reading.span(reading.too_deep, reading.too_deep + 1),
                     .message = say("括号套得太深，超过 {} 层", "brackets are nested more than {} deep", deepest_expression),
                     .notes = {},
                     .help = say("把里面的部分另写成一条计算", "write the inner part as a let of its own")};
}

// Where a name may follow, 650 万元 is read as two values and fails behind the unit.
Offset word_begin_before(Lexer& lexer, Offset at) {
   return lexer.token_end_before(at) - static_cast<Offset>(word_before(lexer, at).size());
}

std::optional<Diagnostic> blank_before_unit(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   if (unit_at(lexer, at).empty()) at = word_begin_before(lexer, at);
   const Offset number_end = lexer.token_end_before(at);
   const std::string_view unit = unit_at(lexer, at);
   if (unit.empty() || number_end == at || !ends_in_digit(unicode::half_width(text_before(lexer, at)))) return std::nullopt;
   const std::string_view line = text_before(lexer, at);
   const std::string digits(line.substr(line.find_last_not_of("0123456789.") + 1));
   return Diagnostic{.code = Code::bad_number,
                     .span = reading.span(number_end - static_cast<Offset>(digits.size()), at + static_cast<Offset>(unit.size())),
                     .message = say("数字和单位“{}”之间有空格", "there is a blank between the number and its unit '{}'", unit),
                     .notes = {},
                     .help = say("连起来写：{}{}", "write them together: {}{}", digits, unit)};
}

// Where a comma may stand, 1,200 is read as two numbers and fails behind it.
Offset comma_before(Lexer& lexer, Offset at) {
   for (const Offset behind : {at, word_begin_before(lexer, at)}) {
      const std::string_view before = lexer.text().substr(0, behind);
      for (const std::string_view comma : {std::string_view(","), std::string_view("，")})
         if (before.size() > comma.size() && before.substr(before.size() - comma.size()) == comma)
            return behind - static_cast<Offset>(comma.size());
   }
   return at;
}

std::optional<Diagnostic> thousands_separator(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   if (lexer.folded(at) != ',') at = comma_before(lexer, at);
   if (lexer.folded(at) != ',' || lexer.token_end_before(at) != at || !ends_in_digit(text_before(lexer, at))) return std::nullopt;
   // Digits may be of full width: counted as characters, not as bytes.
   std::string digits = unicode::half_width(text_before(lexer, at));
   digits.erase(0, digits.find_last_not_of("0123456789") + 1);
   if (digits.size() > 3) return std::nullopt;
   Offset begin = at;
   for (std::size_t i = 0; i < digits.size(); ++i) begin -= static_cast<unsigned char>(lexer.text()[begin - 1]) < 0x80 ? 1 : 3;
   Offset end = at;
   const auto is_digit_at = [&](Offset place) { return lexer.folded(place) >= '0' && lexer.folded(place) <= '9'; };
   while (lexer.folded(end) == ',') {
      const Offset group = end + lexer.character(end).length;
      Offset last = group;
      int count = 0;
      for (; is_digit_at(last); ++count) last += lexer.character(last).length;
      if (count != 3) break;
      digits += unicode::half_width(lexer.text().substr(group, last - group));
      end = last;
   }
   if (end == at) return std::nullopt;
   if (lexer.folded(end) == '.' && is_digit_at(end + 1)) {
      const Offset point = end++;
      while (is_digit_at(end)) ++end;
      digits += lexer.text().substr(point, end - point);
   }
   return Diagnostic{.code = Code::bad_number,
                     .span = reading.span(begin, end),
                     .message = say("数字里不写千位分隔符", "numbers are written without separators"),
                     .notes = {},
                     .help = say("写 {}", "write {}", digits)};
}

std::string closer_text(Sign sign) { return std::string(sign_texts[static_cast<std::size_t>(sign)]); }

std::optional<Diagnostic> unclosed_bracket(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const std::optional<Opener> opener = open_bracket(lexer, reading.declaration, at);
   if (!opener || opener->code == '{') return std::nullopt;
   const Sign closer = closer_of(opener->code);
   const char32_t here = lexer.folded(at);
   const auto spells = [&](Word word) {
      return lexer.word_at(at) == spelled(word, true) || lexer.word_at(at) == spelled(word, false);
   };
   const bool something_ends = at >= lexer.end() || lexer.first_on_line(at) || here == '}' || here == ')' || here == ']' ||
                               here == ':' || here == '{' || spells(Word::then) || spells(Word::else_);
   if (!wants(lexer, closer) || !something_ends) return std::nullopt;
   if (here == ':' && opener->code == '[' && wants(lexer, Sign::range)) return std::nullopt;  // 公开01[1:8]
   const Offset end = lexer.token_end_before(at);
   const std::string text(lexer.text().substr(opener->at, lexer.character(opener->at).length));
   return Diagnostic{
       .code = Code::not_closed,
       .span = reading.span(end, end),
       .message = say("括号“{}”没有对应的“{}”", "the bracket '{}' is not closed: '{}' is missing", text, closer_text(closer)),
       .notes = {{reading.span(opener->at, opener->at + static_cast<Offset>(text.size())), say("在这里打开", "opened here")}},
       .help = say("在这里补上“{}”", "write '{}' here", closer_text(closer))};
}

std::optional<Diagnostic> name_with_brackets(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const Offset end = lexer.token_end_before(at);
   const std::string_view line = text_before(lexer, at);
   if (end != at || !unicode::is_name_part(lexer.character(at).code)) return std::nullopt;
   const std::string folded = unicode::half_width(line);
   if (folded.empty() || folded.back() != ')') return std::nullopt;
   const std::size_t wide = line.rfind("（"), narrow = line.rfind('(');
   const std::size_t open = wide == std::string_view::npos     ? narrow
                            : narrow == std::string_view::npos ? wide
                                                               : std::max(wide, narrow);
   if (open == std::string_view::npos) return std::nullopt;
   const Offset line_begin = end - static_cast<Offset>(line.size());
   const std::string_view head = word_before(lexer, line_begin + static_cast<Offset>(open));
   const Offset begin = line_begin + static_cast<Offset>(open) - static_cast<Offset>(head.size());
   const Offset last = at + static_cast<Offset>(lexer.token_at(at).size());
   if (head.empty()) return std::nullopt;
   return Diagnostic{.code = Code::looks_like_call,
                     .span = reading.span(begin, last),
                     .message = say("名称里有括号", "this name holds brackets"),
                     .notes = {},
                     .help = say("写成 「{}」", "write 「{}」", lexer.text().substr(begin, last - begin))};
}

// The words of the line before `at`, each with its place.
std::vector<std::pair<Offset, std::string_view>> words_before(const Lexer& lexer, Offset at) {
   std::vector<std::pair<Offset, std::string_view>> words;
   const Offset end = lexer.token_end_before(at), begin = end - static_cast<Offset>(text_before(lexer, at).size());
   for (Offset place = begin; place < end;) {
      Offset last = place;
      while (last < end && unicode::is_name_part(lexer.character(last).code)) last += lexer.character(last).length;
      if (last > place) words.emplace_back(place, lexer.text().substr(place, last - place));
      place = last > place ? last : place + std::max<Offset>(1, lexer.character(place).length);
   }
   return words;
}

// 审核 执行（一） : …: brackets end the name that a declaration gives.
std::optional<Diagnostic> brackets_behind_name(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const auto words = words_before(lexer, at);
   const Offset begin = word_begin_before(lexer, at);
   if (lexer.folded(at) != '(' || lexer.token_end_before(at) != at || begin == at || wants(lexer, Want::operation))
      return std::nullopt;
   if (words.size() != 2 || !declaration_word(words.front().second)) return std::nullopt;
   Offset end = at;
   for (int open = 0; end < lexer.end() && lexer.character(end).code != '\n'; end += lexer.character(end).length) {
      const char32_t code = lexer.folded(end);
      if (open == 0 && code != '(' && !unicode::is_name_part(code)) break;
      open += code == '(' ? 1 : code == ')' ? -1 : 0;
   }
   if (unicode::half_width(lexer.text().substr(at, end - at)).find(')') == std::string::npos) return std::nullopt;
   return Diagnostic{.code = Code::looks_like_call,
                     .span = reading.span(begin, end),
                     .message = say("名称里有括号", "this name holds brackets"),
                     .notes = {},
                     .help = say("写成 「{}」", "write 「{}」", lexer.text().substr(begin, end - begin))};
}

struct ForeignOperator {
   std::string_view text;
   Said help;
};

// What other languages, worksheets and plain Chinese write for an operator. Words are found whole, signs where they begin.
std::optional<Diagnostic> foreign_operator(Reading& reading, Offset at) {
   static const ForeignOperator foreign[] = {
       {"==", {"相等写“=”", "write '='"}},
       {"=>", {"写“>=”或“≥”", "write '>=' or '≥'"}},
       {"≥=", {"写“≥”", "write '≥'"}},
       {"≤=", {"写“≤”", "write '≤'"}},
       {"=<", {"写“<=”", "write '<='"}},
       {"//", {"注释以“#”开头", "a comment begins with '#'"}},
       {"/*", {"注释以“#”开头", "a comment begins with '#'"}},
       {"!=", {"不等写“≠”或“<>”", "write '≠' or '<>'"}},
       {"&&", {"写“并且”", "write 'and'"}},
       {"||", {"写“或者”", "write 'or'"}},
       {"&", {"写“并且”", "write 'and'"}},
       {"!", {"写“不满足”", "write 'not'"}},
       {"**", {"乘方写成连乘", "write a power as a product"}},
       {"^", {"乘方写成连乘", "write a power as a product"}},
       {"……", {"一段行次写 1..3", "a range of lines is written 1..3"}},
       {"…", {"一段行次写 1..3", "a range of lines is written 1..3"}},
       {";",
        {"一条规则写一个式子：用“并且”连接，或者写成几种情形 { \"一\" : 式子   \"二\" : 式子 }",
         "a rule has one formula: join them with 'and', or write cases { \"one\" : FORMULA   \"two\" : FORMULA }"}},
   };
   static const ForeignOperator words[] = {
       {"大于", {"写“>”", "write '>'"}},
       {"小于", {"写“<”", "write '<'"}},
       {"等于", {"写“=”", "write '='"}},
       {"不等于", {"写“≠”", "write '≠'"}},
       {"大于等于", {"写“>=”", "write '>='"}},
       {"小于等于", {"写“<=”", "write '<='"}},
       {"大于或等于", {"写“>=”", "write '>='"}},
       {"小于或等于", {"写“<=”", "write '<='"}},
       {"不低于", {"写“>=”", "write '>='"}},
       {"不少于", {"写“>=”", "write '>='"}},
       {"不小于", {"写“>=”", "write '>='"}},
       {"至少", {"写“>=”", "write '>='"}},
       {"不高于", {"写“<=”", "write '<='"}},
       {"不超过", {"写“<=”", "write '<='"}},
       {"不大于", {"写“<=”", "write '<='"}},
       {"不多于", {"写“<=”", "write '<='"}},
       {"至多", {"写“<=”", "write '<='"}},
       {"超过", {"写“>”", "write '>'"}},
       {"高于", {"写“>”", "write '>'"}},
       {"低于", {"写“<”", "write '<'"}},
       {"少于", {"写“<”", "write '<'"}},
       {"和", {"条件之间写“并且”；相加写“+”", "between conditions write 'and'; to add write '+'"}},
       {"不为空", {"写“已填”", "write 'present'"}},
       {"非空", {"写“已填”", "write 'present'"}},
       {"为空", {"写“未填”", "write 'missing'"}},
       {"加", {"写“+”", "write '+'"}},
       {"减", {"写“-”", "write '-'"}},
       {"乘", {"写“*”", "write '*'"}},
       {"乘以", {"写“*”", "write '*'"}},
       {"除以", {"写“/”", "write '/'"}},
       {"AND", {"写“and”或“并且”", "write 'and'"}},
       {"OR", {"写“or”或“或者”", "write 'or'"}},
   };
   Lexer& lexer = reading.lexer;
   const bool wants_operator = wants(lexer, Want::operation);
   // ＝＞ in full width: its first half was read as an operator already.
   const auto half_read = [&](std::string_view first) {
      return at > 0 && lexer.token_end_before(at) == at && text_before(lexer, at).ends_with(first);
   };
   const char32_t second = lexer.folded(at);
   if (half_read("＝"))
      at -= static_cast<Offset>(std::string_view("＝").size());
   else if ((second == '/' && half_read("/")) || ((second == '<' || second == '>') && half_read("=")))
      --at;
   else if (second == '=' && (half_read("≥") || half_read("≤")))
      at -= static_cast<Offset>(std::string_view("≥").size());
   const std::string rest = unicode::half_width(lexer.text().substr(at, 12));
   const std::string_view here = lexer.word_at(at);
   const auto begins = [&](const ForeignOperator& each) { return rest.compare(0, each.text.size(), each.text) == 0; };
   const auto is_word = [&](const ForeignOperator& each) { return wants_operator && here == each.text; };
   const auto complaint = [&](const ForeignOperator& each) {
      return Diagnostic{.code = Code::unexpected,
                        .span = reading.span(at, at + static_cast<Offset>(each.text.size())),
                        .message = say("没有“{}”这个运算符", "there is no operator '{}'", each.text),
                        .notes = {},
                        .help = each.help};
   };
   for (const ForeignOperator& each : foreign)
      if (begins(each)) return complaint(each);
   for (const ForeignOperator& each : words)
      if (is_word(each)) return complaint(each);
   return std::nullopt;
}

// 2024年12月31日 without quotes: 2024年 is a number with a unit, and nothing can follow it.
std::optional<Diagnostic> date_without_quotes(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const std::string_view line = text_before(lexer, at), year = "年";
   if (lexer.token_end_before(at) != at || line.size() < 4 + year.size() || line.substr(line.size() - year.size()) != year)
      return std::nullopt;
   Offset end = at;
   const auto digits = [&] {
      while (end < lexer.end() && lexer.folded(end) >= '0' && lexer.folded(end) <= '9') end += lexer.character(end).length;
   };
   const auto word = [&](std::string_view wanted) {
      if (lexer.text().substr(end, wanted.size()) != wanted) return false;
      end += static_cast<Offset>(wanted.size());
      return true;
   };
   digits();
   if (!word("月")) return std::nullopt;
   digits();
   word("日");
   const Offset begin = at - static_cast<Offset>(4 + year.size());
   const std::string_view date = lexer.text().substr(begin, end - begin);
   return Diagnostic{.code = Code::unexpected,
                     .span = reading.span(begin, end),
                     .message = say("日期要加引号", "a date stands in quotes"),
                     .notes = {},
                     .help = say("写 \"{}\"", "write \"{}\"", date)};
}

// 如a则b: the keyword hides in the name before.
std::optional<Diagnostic> glued_keyword(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const std::string_view before = word_before(lexer, at), here = lexer.word_at(at);
   const Offset before_begin = lexer.token_end_before(at) - static_cast<Offset>(before.size());
   for (const auto& [word, begin] : {std::pair(before, before_begin), std::pair(here, at)})
      for (const GluedKeyword& each : glued_keywords(word)) {
         const std::vector<Word> words = words_spelled(each.keyword);
         const bool wanted = std::any_of(words.begin(), words.end(), [&](Word w) { return wants(lexer, w); }) ||
                             (wants(lexer, Want::operation) && each.keyword != spelled(Word::then, true));
         if (!wanted || (each.before.empty() && each.after.empty())) continue;
         const Offset place = begin + static_cast<Offset>(each.before.size());
         const std::string apart = fmt::format("{}{}{}{}{}", each.before, each.before.empty() ? "" : " ", each.keyword,
                                               each.after.empty() ? "" : " ", each.after);
         return Diagnostic{.code = Code::missing_blank,
                           .span = reading.span(place, place + static_cast<Offset>(each.keyword.size())),
                           .message = say("“{}”和前后的字连在一起，没有读成关键字",
                                          "'{}' is glued to what stands beside it and is not read as a keyword", each.keyword),
                           .notes = {},
                           .help = say("空开写：{}", "leave blanks: {}", apart)};
      }
   return std::nullopt;
}

// 当年度指标值 为 反向 : …   如完成率 > 50% 则 …   逐个项目   预算数为 …: what begins or ends with a keyword was read as one
// name.
std::optional<Diagnostic> keyword_in_a_name(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const auto apart = [&](Offset begin, std::string_view before, std::string_view keyword, std::string_view after) {
      const Offset place = begin + static_cast<Offset>(before.size());
      return Diagnostic{
          .code = Code::missing_blank,
          .span = reading.span(place, place + static_cast<Offset>(keyword.size())),
          .message = say("“{}”和名称连在一起，整个读成了名称", "'{}' is glued to a name and was read as a part of it", keyword),
          .notes = {},
          .help = say("是否为：{0}{1}{2}{3}{4}？", "did you mean: {0}{1}{2}{3}{4}?", before, before.empty() ? "" : " ", keyword,
                      after.empty() ? "" : " ", after)};
   };
   const auto in_front = [&](std::string_view word, Word keyword) -> std::string_view {
      for (const std::string_view spelling : {std::string_view("如果"), spelled(keyword, true)})
         if ((spelling != "如果" || keyword == Word::if_) && word.size() > spelling.size() &&
             word.substr(0, spelling.size()) == spelling)
            return spelling;
      return {};
   };
   const std::string_view here = lexer.word_at(at);
   for (const Word word : {Word::each, Word::out_of, Word::where})
      if (const std::string_view found = in_front(here, word); !found.empty() && wants(lexer, word))
         return apart(at, "", found, here.substr(found.size()));
   const auto words = words_before(lexer, at);
   if (words.empty() || !wants(lexer, Want::operation)) return std::nullopt;
   for (const auto& [begin, word] : words)
      for (const Word keyword : {Word::is_above, Word::is_below}) {
         const std::string_view found = spelled(keyword, true);
         const std::size_t place = word.find(found);
         if (place == std::string_view::npos || place == 0) continue;
         Diagnostic said = apart(begin, word.substr(0, place), found, "");
         said.help = say("空开写：{} {}…", "leave a blank: {} {}…", word.substr(0, place), word.substr(place));
         return said;
      }
   const char32_t sign = lexer.folded(at);
   if (const auto& [begin, word] = words.front(); sign == ':' || sign == '{' || sign == ',' || sign == U'，')
      if (const std::string_view found = in_front(word, Word::when); !found.empty())
         return apart(begin, "", found, word.substr(found.size()));
   if (here == spelled(Word::then, true))
      for (auto one = words.rbegin(); one != words.rend(); ++one)
         if (const std::string_view found = in_front(one->second, Word::if_); !found.empty())
            return apart(one->first, "", found, one->second.substr(found.size()));
   const auto& [begin, word] = words.back();
   const bool beside = words_spelled(word).empty() && begin + word.size() == lexer.token_end_before(at) &&
                       (!here.empty() || unicode::is_digit(sign));
   for (const Word keyword : {Word::is_not, Word::is}) {
      const std::string_view found = spelled(keyword, true);
      if (beside && word.size() > found.size() && word.substr(word.size() - found.size()) == found)
         return apart(begin, word.substr(0, word.size() - found.size()), found, "…");
   }
   return std::nullopt;
}

// What stands in a list in braces, up to here.
std::string_view item_before(const Lexer& lexer, Offset at) {
   std::string_view item = text_before(lexer, at);
   const std::size_t brace = item.find_last_of("{}");
   if (brace != std::string_view::npos) item.remove_prefix(brace + 1);
   item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
   return item;
}

bool is_word(std::string_view text) {
   for (std::size_t at = 0; at < text.size();) {
      const unicode::Character next = unicode::character_at(text, at);
      if (!unicode::is_name_part(next.code)) return false;
      at += next.length;
   }
   return !text.empty();
}

bool in_braces(Lexer& lexer, Offset begin, Offset at) {
   const std::optional<Opener> opener = open_bracket(lexer, begin, at);
   return opener && opener->code == '{';
}

// 甲 满分 40 : … within a score
std::optional<Diagnostic> part_without_score(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const std::string_view item = item_before(lexer, at), word = lexer.word_at(at);
   const bool out_of = word == spelled(Word::out_of, true) || word == "out";
   if (!out_of || !is_word(item) || lexer.keyword_of_declaration(reading.declaration) != Word::score ||
       !in_braces(lexer, reading.declaration, at))
      return std::nullopt;
   const Offset end = lexer.token_end_before(at), begin = end - static_cast<Offset>(item.size());
   return Diagnostic{.code = Code::unexpected,
                     .span = reading.span(begin, end),
                     .message = say("分项“{}”前面没有写“评分”", "the part '{}' does not begin with 'score'", item),
                     .notes = {},
                     .help = say("写 评分 {} 满分 …", "write score {} out of …", item)};
}

// 审核 甲 : a = b 编号 S9
std::optional<Diagnostic> clause_behind_expression(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   if (!wants(lexer, Want::operation)) return std::nullopt;
   const std::string_view word = lexer.word_at(at);
   if (auto found = part_without_score(reading, at)) return found;
   for (const Word each : words_spelled(word)) {
      if (keyword(each).role != WordRole::clause && each != Word::where) continue;
      return Diagnostic{.code = Code::bad_clause,
                        .span = reading.span(at, at + static_cast<Offset>(word.size())),
                        .message = say("“{}”写在了表达式后面", "'{}' stands behind the expression", word),
                        .notes = {},
                        .help = each == Word::where ? say("移到冒号前面：… 逐个 列表 仅限 条件 : …",
                                                          "move it before the colon: … each LIST where CONDITION : …")
                                                    : say("写在冒号前面", "write it before the colon")};
   }
   return std::nullopt;
}

// The keyword that was probably meant by the word at `at`, among those that could stand there.
std::optional<Word> meant_keyword(Lexer& lexer, Offset at) {
   const std::string_view word = lexer.word_at(at);
   if (word.empty()) return std::nullopt;
   std::vector<std::string> candidates;
   std::vector<Word> words;
   for (const Keyword& each : keywords()) {
      const bool possible = wants(lexer, each.word) || (wants(lexer, Want::operation) && each.role == WordRole::operation) ||
                            (wants(lexer, Want::operation) && (each.word == Word::and_ || each.word == Word::or_)) ||
                            (wants(lexer, Want::type) && each.role == WordRole::type);
      if (!possible) continue;
      for (const std::string_view spelling : {each.english, each.chinese}) {
         candidates.emplace_back(spelling.substr(0, spelling.find(' ')));
         words.push_back(each.word);
      }
   }
   const std::optional<std::string> found = closest(word, candidates);
   if (!found || *found == word) return std::nullopt;
   return words[static_cast<std::size_t>(std::find(candidates.begin(), candidates.end(), *found) - candidates.begin())];
}

bool is_ascii(std::string_view text) {
   return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<Diagnostic> misspelt_keyword(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const std::optional<Word> meant = meant_keyword(lexer, at);
   if (!meant) return std::nullopt;
   const std::string_view word = lexer.word_at(at);
   return Diagnostic{.code = Code::unexpected,
                     .span = reading.span(at, at + static_cast<Offset>(word.size())),
                     .message = say("这里不认识“{}”", "'{}' means nothing here", word),
                     .notes = {},
                     .help = say("是不是“{}”？", "did you mean '{}'?", spelled(*meant, !is_ascii(word)))};
}

// 名称 : 文字 可不添 }: the slip was read as the name of the next field.
std::optional<Diagnostic> misspelt_before(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   if (!wants(lexer, Sign::colon) || wants(lexer, Want::operation)) return std::nullopt;
   if (lexer.folded(at) != '}' && !lexer.first_on_line(at)) return std::nullopt;
   std::vector<std::string> candidates;
   for (const Keyword& each : keywords())
      if (each.role == WordRole::block || each.role == WordRole::clause)
         for (const std::string_view spelling : {each.english, each.chinese}) candidates.emplace_back(spelling);
   const std::string_view word = word_before(lexer, at);
   const std::optional<std::string> meant = closest(word, candidates);
   if (!meant || *meant == word) return std::nullopt;
   const Offset end = lexer.token_end_before(at);
   return Diagnostic{.code = Code::unexpected,
                     .span = reading.span(end - static_cast<Offset>(word.size()), end),
                     .message = say("这里不认识“{}”", "'{}' means nothing here", word),
                     .notes = {},
                     .help = say("是不是“{}”？", "did you mean '{}'?", *meant)};
}

// How a declaration of this kind is written.
std::optional<Said> example_of(Word declaration) {
   switch (declaration) {
      case Word::ruleset: return say("如 规则集 名称 2024 引用 报表集名称 2024", "such as ruleset NAME 2024 use FORMS 2024");
      case Word::forms: return say("如 报表集 名称 2024", "such as forms NAME 2024");
      case Word::layout: return say("如 版式 名称 引用 报表集名称 2024", "such as layout NAME use FORMS 2024");
      case Word::printed_as: return say("如 又名 {{ 公开01[31] | 总计 }}", "such as printed {{ FORM[31] | LABEL }}");
      case Word::report:
         return say("如 报告 {{ 单位名称 : 文字   年度 : 年度型 }}", "such as report {{ 单位名称 : text   年度 : year }}");
      case Word::form:
         return say("如 报表 名称 计量 万元 保留 2 {{ 行次表 {{ 1 : 甲   2 : 乙 }} 栏目 金额 }}",
                    "such as form NAME in 万元 to 2 {{ lines {{ 1 : A   2 : B }} columns AMOUNT }}");
      case Word::phrases:
         return say("如 文字表述 名称 在\"标题\"之后 {{ \"总计{{总计: 金额型}}\" }}",
                    "such as phrases NAME after \"HEADING\" {{ \"total {{total: money}}\" }}");
      case Word::record:
         return say("如 记录 名称 {{ 金额 : 金额型 计量 万元 }}", "such as record NAME {{ AMOUNT : money in 万元 }}");
      case Word::choice: return say("如 选项 名称 : 甲 | 乙", "such as choice NAME : A | B");
      case Word::unit: return say("如 计量单位 场次", "such as unit 场次");
      case Word::parameter:
         return say("如 参数 名称 : 百分比 {{ 2024.. : 30% }}", "such as parameter NAME : percent {{ 2024.. : 30% }}");
      case Word::function:
         return say("如 函数 名称(甲 : 金额型, 乙 : 金额型) : 甲 - 乙", "such as function NAME(A : money, B : money) : A - B");
      case Word::check: return say("如 审核 名称 逐个 项目 : 甲 <= 乙", "such as check NAME each LIST : A <= B");
      case Word::require: return say("如 要求 名称 逐个 项目 : 甲 已填", "such as require NAME each LIST : A present");
      case Word::let: return say("如 计算 名称 逐个 项目 : 甲 / 乙", "such as let NAME each LIST : A / B");
      case Word::score:
         return say("如 评分 名称 满分 10 逐个 项目 : 甲 * 满分", "such as score NAME out of 10 each LIST : A * full marks");
      case Word::bands:
         return say("如 分档 名称 按 总分 {{ [60, 100] : 合格   [0, 60) : 不合格 }}",
                    "such as bands NAME of SCORE {{ [60, 100] : good   [0, 60) : poor }}");
      case Word::tier:
         return say("如 档次 名称 {{ 完成 : [60%, 100%]   未完成 : [0%, 60%) }}",
                    "such as tier NAME {{ done : [60%, 100%]   not_done : [0%, 60%) }}");
      case Word::test:
         return say("如 测试 \"说明\" {{ 已知 项目 {{ 执行数 : 5万元 }} 应为 得分 = 8分 }}",
                    "such as test \"TEXT\" {{ given LIST {{ AMOUNT : 5万元 }} expect SCORE = 8分 }}");
      case Word::formulas: return say("如 公式 报表名称 {{ 3行=(1+2)行 }}", "such as formulas FORM {{ 3行=(1+2)行 }}");
      default: return std::nullopt;
   }
}

// No colon stands between the beginning of the declaration and here, outside brackets.
bool in_head(Lexer& lexer, Offset begin, Offset at) {
   const std::optional<Word> declaration = lexer.keyword_of_declaration(begin);
   if (!declaration || !example_of(*declaration) || *declaration == Word::formulas) return false;
   for (Offset here = begin; here < at; here = lexer.skip_token(here))
      if (lexer.folded(here) == ':' || lexer.folded(here) == '{') return false;
   return true;
}

// A colon could stand here; is it what is lacking? Not before what closes or parts, nor where the words before or here belong to
// something else that is lacking.
bool lacks_colon(Lexer& lexer, Offset at) {
   const char32_t sign = lexer.folded(at);
   if (sign == '}' || sign == ')' || sign == ',' || sign == '{' || wants(lexer, Want::number)) return false;
   const auto words = words_before(lexer, at);
   if (words.size() == 2 && declaration_word(words.front().second) && is_reserved(words.back().second)) return false;  // no name
   return !wants(lexer, Sign::open_brace) || !wants(lexer, Word::use);
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> any) {
   return std::find(any.begin(), any.end(), word) != any.end();
}

bool begins_one_of(std::string_view word, std::initializer_list<std::string_view> any) {
   return std::any_of(any.begin(), any.end(), [&](std::string_view one) { return word.substr(0, one.size()) == one; });
}

// 没有 重大违规, 重大违规的: as a condition is written.
std::string condition_of(std::string_view item) {
   for (const std::string_view word : {spelled(Word::when, true), spelled(Word::when, false)})
      if (item.substr(0, word.size() + 1) == std::string(word) + " ") item.remove_prefix(word.size() + 1);
   std::string negated;
   for (const std::string_view word : {std::string_view("没有"), std::string_view("无")})
      if (item.substr(0, word.size() + 1) == std::string(word) + " ")
         item.remove_prefix(word.size() + 1), negated = std::string(spelled(Word::not_, true)) + " ";
   if (item.ends_with("的")) item.remove_suffix(std::string_view("的").size());
   return negated + std::string(item);
}

// 重大违规，不得分   重大违规，扣5分   没有 重大违规，得满分
std::optional<Said> loss_without_when(Lexer& lexer, Offset at) {
   const std::string_view item = item_before(lexer, at), next = lexer.word_at(lexer.skip_token(at));
   const std::string condition = condition_of(item), got = "得";
   if (begins_one_of(next, {"得"}) && next.size() > got.size()) {
      const std::string_view marks = next.substr(got.size());
      return say("得分写在冒号后面：当 {0} : {1}", "marks stand behind a colon: when {0} : {1}", condition, marks);
   }
   if (!begins_one_of(next, {"扣", "不得分", "zero", "lose"})) return std::nullopt;
   if (begins_one_of(item, {spelled(Word::when, true), spelled(Word::when, false)}))
      return condition_of(item) == item.substr(item.find(' ') + 1)
                 ? std::nullopt
                 : std::optional(say("写 当 {}，{}", "write when {}, {}", condition, next));
   return say("条件前面写“当”：当 {}，{}", "a condition begins with 'when': when {}, {}", condition, next);
}

// What people write in the braces of a score, and how it is written.
std::optional<Said> slip_in_score(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   if (lexer.keyword_of_declaration(reading.declaration) != Word::score) return std::nullopt;
   const std::string_view here = lexer.word_at(at), before = word_before(lexer, at);
   const std::string_view item = item_before(lexer, at), line = text_before(lexer, at);
   const char32_t sign = lexer.folded(at);
   if (one_of(here, {"权重", "weight"}))
      return say("权重写成满分：评分 甲 满分 40；各分项的满分加起来等于上级的满分",
                 "a weight is written as full marks: score A out of 40; those of the parts add up to those of the whole");
   if (one_of(before, {"权重", "weight"}) ||
       (wants(lexer, Sign::open_brace) && begins_one_of(item, {"各项 :", "各项:", "各项：", "各项 ："})))
      return say("各占多少写在大括号里：各项 {{ 甲 : 30%   乙 : 70% }}", "shares stand in braces: items {{ A : 30%   B : 70% }}");
   const bool unfinished_loss =
       line.ends_with(spelled(Word::lose, true)) || line.ends_with(spelled(Word::lose_of_full_marks, true));
   if (wants(lexer, Word::lose) && unfinished_loss && unicode::is_digit(sign))
      return say("“扣”前面写逗号：每高于0天满1天，扣0.5分", "a comma stands before 'lose'");
   if (!in_braces(lexer, reading.declaration, at)) return std::nullopt;
   const bool at_end = at >= lexer.end() || sign == '}' || lexer.first_on_line(at);
   if (at_end && begins_one_of(before, {"扣完", "扣至", "扣到"}))
      return say("去掉“{}”：得分最低就是 0", "take '{}' out: a score is never below 0", before);
   if (at_end && begins_one_of(before, {"最多", "至多", "最高", "上限", "累计", "不超过", "合计"}))
      return say(
          "最多扣几分，就写成一个满分几分的分项：评分 超支 满分 5 {{ … }}   评分 其余 满分 5 : 满分",
          "for a loss of at most 5 write a part of its own: score OVERRUN out of 5 {{ … }}   score REST out of 5 : full marks");
   if (!wants(lexer, Want::operation)) return std::nullopt;
   if (at_end && begins_one_of(before, {"得"}) && begins_one_of(item, {spelled(Word::when, true)}))
      return say("得分写在冒号后面：当 条件 : 5分", "marks stand behind a colon: when CONDITION : 5分");
   if (one_of(before, {"没有"}) && !here.empty())
      return say("“没有”写“不满足”：当 不满足 {} : 满分", "write 'not': when not {} : full marks", here);
   if (sign == ',') {
      const std::string_view next = lexer.word_at(lexer.skip_token(at));
      if (begins_one_of(next, {spelled(Word::is_above, true), spelled(Word::is_below, true)}))
         return say("去掉前面的逗号：{} {}…", "take the comma before it out: {} {}…", item, next);
      return loss_without_when(lexer, at);
   }
   const bool has_word = begins_one_of(
       item, {spelled(Word::when, true), spelled(Word::when, false), "否则", "else", "其他", "其它", "其余", "默认"});
   if (sign != ':' || has_word) return std::nullopt;
   if (item.ends_with(")") || item.ends_with("）"))
      return say("分项写 评分 名称 满分 40 : …", "a part is written score NAME out of 40 : …");
   if (is_word(item) && words_before(lexer, at).back().second == item)
      return say("条件前面写“当”：当 {0} : …；分项前面写“评分”：评分 {0} 满分 … : …",
                 "a condition begins with 'when': when {0} : …; a part with 'score': score {0} out of … : …", item);
   return say("条件前面写“当”：当 {} : …", "a condition begins with 'when': when {} : …", item);
}

// What people write for cases, steps and bands, and how it is written.
std::optional<Said> known_slip(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const std::string_view here = lexer.word_at(at), before = word_before(lexer, at);
   const char32_t sign = lexer.folded(at);
   const auto words = words_before(lexer, at);
   const std::string_view first = words.empty() ? std::string_view() : words.front().second;
   const std::string line = unicode::half_width(text_before(lexer, at));
   const bool at_end = at >= lexer.end() || lexer.first_on_line(at);
   if (auto found = slip_in_score(reading, at)) return found;
   if (sign == U'『' || sign == U'《')
      return say("名称里有空格、括号的用「」括起来，别的名称直接写",
                 "a name that holds blanks or brackets stands in 「」, any other without");
   if (wants(lexer, Want::name) && !wants(lexer, Want::value) && (sign == '"' || sign == U'“' || sign == U'‘'))
      return say("名称不加引号；里面有空格、括号的写成 「…」，标题写在名称后面",
                 "a name has no quotes; one with blanks or brackets is written 「…」; a title stands behind the name");
   if (sign == ',') {
      const std::string_view next = lexer.word_at(lexer.skip_token(at));
      if (one_of(next, {"或者", "并且", "or", "and"})) return say("去掉“{}”前面的逗号", "take the comma before '{}' out", next);
   }
   if ((first == spelled(Word::when, true) || first == spelled(Word::when, false)) && line.find(',') != std::string::npos &&
       line.find(':') == std::string::npos && line.find("扣") == std::string::npos && !wants(lexer, Want::value))
      return say("条件后面写冒号：当 条件 : 分数；扣分的写 当 条件，扣5分",
                 "a colon follows the condition: when CONDITION : MARKS; to lose marks, when CONDITION, lose 5分");
   if (sign == ':' && words.size() == 1 && one_of(before, {"其他", "其它", "其余", "其余情况", "其他情况", "默认"}))
      return say("其余的情形写 否则 : …", "what is left is written else : …");
   if (wants(lexer, Want::value) && (sign == '<' || sign == '>' || sign == U'≤' || sign == U'≥'))
      return say("比较要有左边：执行率 < 90%；夹在中间写 80% <= 执行率 < 90%",
                 "a comparison has a left side: A < 90%; between two bounds 80% <= A < 90%");
   if (before == spelled(Word::judged, true) || before == spelled(Word::judged, false))
      return say("写明取哪个分、按哪个档次：人工评定 得分 按 完成档次", "say which marks and which tiers: judged MARKS in TIERS");
   if (begins_one_of(here, {"每超过", "每超", "每大于", "每超出"}))
      return say("写“每高于”，如 每高于100%满1个百分点，扣满分的5%", "write 'is above'");
   if (begins_one_of(here, {"每少于", "每小于", "每不足", "每降低", "每下降"}))
      return say("写“每低于”，如 每低于100%满1个百分点，扣满分的5%", "write 'is below'");
   if (wants(lexer, Word::lose) && (line.find("每高于") != std::string::npos || line.find("每低于") != std::string::npos) &&
       !at_end)
      return say(
          "写明零头怎么算：每高于100%满1个百分点（满1个才扣）、每高于100%不足1个百分点按1个百分点（不足也扣）、每高于100%"
          "按比例每1个百分点",
          "say how the rest counts: full 1个百分点, started 1个百分点, or pro rata");
   const std::optional<Word> declaration = lexer.keyword_of_declaration(reading.declaration);
   const bool of_bands = declaration == Word::bands || declaration == Word::tier;
   if (of_bands && (sign == '-' || !here.empty()) &&
       one_of(before, {spelled(Word::below, true), spelled(Word::above, true), "低于", "高于"}))
      return say("界限是名称或负数的写成区间：(黄灯线, 100%]、[-20%, -10%)",
                 "a bound that is a name or negative stands in an interval: (LINE, 100%] or [-20%, -10%)");
   return std::nullopt;
}

std::optional<Said> way_out(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   if (auto found = known_slip(reading, at)) return found;
   const std::string_view line = text_before(lexer, at);
   const char32_t sign = lexer.folded(at);
   if (wants(lexer, Want::value)) {
      const std::string_view word = lexer.word_at(at);
      if (is_reserved(word))
         return say("在“{0}”前面补上一个值；如果“{0}”是名称，写成 「{0}」",
                    "write a value before '{0}'; if '{0}' is a name, write 「{0}」", word);
      const char32_t written = lexer.character(at).code;
      if (written == U'￥' || written == U'¥' || written == U'$' || written == U'＄')
         return say("去掉货币符号，单位写在数后面，如 500元",
                    "take the sign out and write the unit behind the number, such as 500元");
      if (at >= lexer.end() || lexer.first_on_line(at))
         return say("补上一个值，如 收支表[3]、5万元；不需要就去掉前面的符号",
                    "write a value, such as 收支表[3] or 5万元, or take out the sign before");
   }
   if (wants(lexer, Want::operation) && !lexer.word_at(at).empty() && !lexer.first_on_line(at) && lexer.token_end_before(at) < at)
      return in_head(lexer, reading.declaration, at)
                 ? say("条件到这里完了，就在这前面写冒号；还没有完，两个值之间要有运算符",
                       "where the condition ends here, a colon is wanted before this; where it goes on, an operator")
                 : say("两个值之间要有运算符；名称里有空格的写成 「…」",
                       "two values want an operator between them; a name with blanks is written 「…」");
   for (const Word word : words_spelled(lexer.word_at(at)))
      if (word == Word::grouped_by)
         return say("写在列表后面：逐个 列表 分组按 栏目", "it stands behind the list: each LIST grouped by COLUMN");
   if (const std::string_view next = lexer.token_at(lexer.skip_token(at)); wants(lexer, Sign::range) &&
                                                                           wants(lexer, Sign::close_square) && sign == ':' &&
                                                                           ends_in_digit(line) && ends_in_digit(next)) {
      const std::string_view first = line.substr(line.find_last_of("[, ") + 1);
      return say("一段行次写 {}..{}", "a range of lines is written {}..{}", first, next);
   }
   if (wants(lexer, Sign::range) && wants(lexer, Sign::close_square))
      return say("一段行次写 1..3，几行写 1, 3", "a range of lines is written 1..3, several lines 1, 3");
   if (wants(lexer, Word::then) && !wants(lexer, Want::value))
      return say("“如”后面要有“则”：如 条件 则 甲 否则 乙", "'if' wants a 'then': if CONDITION then A else B");
   const std::optional<Word> declaration = lexer.keyword_of_declaration(reading.declaration);
   if (wants(lexer, Sign::colon) && !wants(lexer, Want::operation)) {
      const std::optional<Said> example = declaration ? example_of(*declaration) : std::nullopt;
      if (!lacks_colon(lexer, at)) return example;
      if (!example) return say("这前面要写冒号", "a colon is wanted before this");
      return Said{"这前面要写冒号，" + example->zh, "a colon is wanted before this, " + example->en};
   }
   return declaration ? example_of(*declaration) : std::nullopt;
}

Diagnostic something_else(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const bool at_end = at >= lexer.end() || (lexer.first_on_line(at) && at > reading.declaration);
   const Said things = list_of(wanted_things(lexer));
   const std::string_view found = lexer.token_at(at);
   Diagnostic result{
       .code = Code::unexpected, .span = place_of(reading, at, at_end), .message = {}, .notes = {}, .help = way_out(reading, at)};
   if (at_end)
      result.message = {fmt::format("没有写完：这里之后应为{}", things.zh),
                        fmt::format("not finished: expected {} after this", things.en)};
   else
      result.message = {fmt::format("“{}”不能在这里：应为{}", found, things.zh),
                        fmt::format("'{}' cannot stand here: expected {}", found, things.en)};
   return result;
}

}  // namespace

namespace {

// 当 甲 乙 > 0: the two stand side by side, and > is not what is wrong.
Offset behind_the_missing_operator(Lexer& lexer, Offset at) {
   constexpr std::u32string_view signs = U"<>=≤≥≠≈+*/×÷";
   if (!wants(lexer, Want::operation) || signs.find(lexer.folded(at)) == std::u32string_view::npos) return at;
   const Offset word = word_begin_before(lexer, at);
   if (word == at) return at;
   const std::string_view before = word_before(lexer, word);
   const bool apart = lexer.token_end_before(word) < word && !before.empty() && words_spelled(before).empty();
   const bool behind_bracket =
       lexer.token_end_before(word) == word && unicode::half_width(text_before(lexer, word)).ends_with(")");
   return apart || behind_bracket ? word : at;
}

}  // namespace

std::optional<Diagnostic> diagnose(Reading& reading, Offset item) {
   Lexer& lexer = reading.lexer;
   const Offset at = behind_the_missing_operator(lexer, std::max(lexer.farthest, item));
   if (at < lexer.end()) {
      const char32_t code = lexer.character(at).code;
      if (code == unicode::Character::bad || unicode::is_hidden(code)) return std::nullopt;
   }
   if (auto found = unclosed_quote(reading, at)) return found;
   if (auto found = too_deep(reading)) return found;
   if (auto found = invisible_character(reading, at)) return found;
   if (auto found = blank_before_unit(reading, at)) return found;
   if (auto found = thousands_separator(reading, at)) return found;
   if (auto found = name_with_brackets(reading, at)) return found;
   if (auto found = brackets_behind_name(reading, at)) return found;
   if (auto found = unclosed_bracket(reading, at)) return found;
   if (auto found = glued_keyword(reading, at)) return found;
   if (auto found = keyword_in_a_name(reading, at)) return found;
   if (auto found = clause_behind_expression(reading, at)) return found;
   if (auto found = date_without_quotes(reading, at)) return found;
   if (auto found = foreign_operator(reading, at)) return found;
   if (auto found = misspelt_keyword(reading, at)) return found;
   if (auto found = misspelt_before(reading, at)) return found;
   return something_else(reading, at);
}

Diagnostic missing_end_of_list(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const Offset end = lexer.token_end_before(at);
   Diagnostic result{.code = Code::not_closed,
                     .span = reading.span(end, end),
                     .message = say("大括号没有结束：缺“}}”", "the list in braces does not end: '}}' is missing"),
                     .notes = {},
                     .help = say("在这里补上“}}”", "write '}}' here")};
   if (const std::optional<Opener> opener = open_bracket(lexer, reading.declaration, at))
      result.notes.push_back(
          {reading.span(opener->at, opener->at + lexer.character(opener->at).length), say("在这里打开", "opened here")});
   return result;
}

// What people call the changes of an overlay elsewhere.
std::string_view change_word(std::string_view word) {
   struct Called {
      std::string_view word;
      Word meant;
   };
   static constexpr Called all[] = {
       {"修改", Word::amend},   {"修订", Word::amend},   {"更改", Word::amend},  {"变更", Word::amend},   {"调整", Word::amend},
       {"删除", Word::remove},  {"删去", Word::remove},  {"去掉", Word::remove}, {"废止", Word::remove},  {"新增", Word::add},
       {"增加", Word::add},     {"添加", Word::add},     {"新设", Word::add},    {"更换", Word::replace}, {"换成", Word::replace},
       {"change", Word::amend}, {"delete", Word::remove}};
   const auto* const found = std::find_if(std::begin(all), std::end(all), [&](const Called& one) { return one.word == word; });
   return found == std::end(all) ? std::string_view() : spelled(found->meant, static_cast<unsigned char>(word.front()) >= 0x80);
}

std::optional<std::string> meant_declaration(std::string_view word) {
   static const auto candidates = [] {
      std::vector<std::string> all;
      for (const Keyword& each : keywords()) {
         if (each.role != WordRole::declaration && each.role != WordRole::change) break;
         all.emplace_back(each.english);
         all.emplace_back(each.chinese);
         all.insert(all.end(), each.synonyms.begin(), each.synonyms.end());
      }
      return all;
   }();
   return closest(word, candidates);
}

Diagnostic not_a_declaration(Reading& reading, Offset at) {
   Lexer& lexer = reading.lexer;
   const std::string_view found = lexer.token_at(at);
   Diagnostic result{.code = Code::unexpected,
                     .span = reading.span(at, at + static_cast<Offset>(found.size())),
                     .message = say("“{}”不能开始一条声明", "no declaration begins with '{}'", found),
                     .notes = {},
                     .help = say("规则以“审核”“要求”“计算”“评分”等开始，报表以“报表”“记录”等开始",
                                 "rules begin with 'check', 'require', 'let', 'score' …, forms with 'form', 'record' …")};
   if (auto invisible = invisible_character(reading, at)) return *invisible;
   const std::string_view word = lexer.word_at(at);
   const std::string_view change = change_word(word);
   const char32_t behind = lexer.folded(lexer.skip_token(at));
   if (declaration_word(word) && (behind == U'《' || behind == U'『' || behind == U'〈'))
      result.help = say("名称直接写，不加《》『』：{} 名称；里面有空格、括号的用「」",
                        "a name stands without 《》『』: {} NAME; one with blanks or brackets in 「」", word);
   else if (declaration_word(word))
      result.help = say("“{}”后面要写名称", "'{}' wants a name behind it", word);
   else if (!change.empty())
      result.help = say("改动沿用的规则，写“{0}”", "what changes the rules that are extended begins with '{0}'", change);
   else if (const std::optional<std::string> meant = meant_declaration(word))
      result.help = say("是不是“{}”？", "did you mean '{}'?", *meant);
   else if (found == "/" || found == "*")
      result.help = say("注释以“#”开头", "a comment begins with '#'");
   else if (found == "}" || found == "｝")
      result.help = say("多了一个“}}”，去掉它", "there is one '}}' too many: take it out");
   return result;
}

}  // namespace heng::grammar

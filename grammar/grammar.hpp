// What matches: the whole grammar as PEGTL rules over the tokens of lexer.hpp. Nothing is said or made here.
//
// Where a rule begins with a keyword, no other rule matches there, so alternatives are seldom tried twice. An expression is read
// as a flat chain of operands and operators; how strongly they bind is sorted out when the tree is built (operators.hpp).
#pragma once
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "grammar/nodes.hpp"
#include "grammar/reading.hpp"

namespace heng::grammar {

namespace p = tao::pegtl;

// ---- tokens -------------------------------------------------------------------------------------------------------------

// A token reads with one function of the lexer; Leaf says which.
template <typename Leaf>
struct token {
   using rule_t = token;
   using subs_t = p::empty_list;
   template <p::apply_mode, p::rewind_mode, template <typename...> class, template <typename...> class, typename Input>
   static bool match(Input& in, Reading& reading) {
      const Lexer::Offset at = reading.offset_of(in.current());
      const Lexer::Offset next = Leaf::read(reading.lexer, at);
      if (next != Lexer::nothing) in.bump(next - at);
      return next != Lexer::nothing;
   }
};

template <Lexer::Offset (Lexer::*function)(Lexer::Offset)>
struct leaf : token<leaf<function>> {
   static Lexer::Offset read(Lexer& lexer, Lexer::Offset at) { return (lexer.*function)(at); }
};

template <Word expected>
struct word : token<word<expected>> {
   static Lexer::Offset read(Lexer& lexer, Lexer::Offset at) { return lexer.word(at, expected); }
};

template <Sign expected>
struct sign : token<sign<expected>> {
   static Lexer::Offset read(Lexer& lexer, Lexer::Offset at) { return lexer.sign(at, expected); }
};

template <Sign expected>
struct glued : token<glued<expected>> {
   static Lexer::Offset read(Lexer& lexer, Lexer::Offset at) { return lexer.glued(at, expected); }
};

template <Want want, Word... words>
struct one_of : token<one_of<want, words...>> {
   static Lexer::Offset read(Lexer& lexer, Lexer::Offset at) {
      static constexpr Word all[] = {words...};
      return lexer.one_of(at, all, sizeof...(words), want);
   }
};

using colon = sign<Sign::colon>;
using comma = sign<Sign::comma>;
using bar = sign<Sign::bar>;
using separators = p::star<leaf<&Lexer::separator>>;

struct name : leaf<&Lexer::name> {};
struct operand_name : leaf<&Lexer::operand_name> {};
struct column_name : leaf<&Lexer::column_name> {};
struct number : leaf<&Lexer::number> {};
struct long_number : leaf<&Lexer::long_number> {};
struct integer : leaf<&Lexer::integer> {};
struct year : leaf<&Lexer::year> {};
struct text : leaf<&Lexer::text> {};
struct title_text : leaf<&Lexer::title> {};
struct value_text : leaf<&Lexer::value_text> {};
struct unit : leaf<&Lexer::unit> {};
struct reference_number : leaf<&Lexer::reference> {};
struct label : leaf<&Lexer::label> {};
struct infix : leaf<&Lexer::infix> {};
struct prefix : leaf<&Lexer::prefix> {};
struct is_word : leaf<&Lexer::is> {};
struct under_word : leaf<&Lexer::under> {};
struct presence : leaf<&Lexer::presence> {};
struct target_sign : leaf<&Lexer::target_sign> {};

// ---- lists in braces, with recovery -------------------------------------------------------------------------------------

// Says what is wrong with the item that begins here and skips it: to the next line, or to the brace that ends the list.
struct skip_item {
   using rule_t = skip_item;
   using subs_t = p::empty_list;
   template <p::apply_mode, p::rewind_mode, template <typename...> class, template <typename...> class, typename Input>
   static bool match(Input& in, Reading& reading) {
      const Lexer::Offset at = reading.offset_of(in.current());
      const Lexer::Offset next = reading.skip_item(at);
      if (next != Lexer::nothing) in.bump(next - at);
      return next != Lexer::nothing;
   }
};

// The brace that ends a list. Where it is missing, the mistake is said and the list ends all the same.
struct end_of_list {
   using rule_t = end_of_list;
   using subs_t = p::empty_list;
   template <p::apply_mode, p::rewind_mode, template <typename...> class, template <typename...> class, typename Input>
   static bool match(Input& in, Reading& reading) {
      const Lexer::Offset at = reading.offset_of(in.current());
      const Lexer::Offset next = reading.lexer.sign(at, Sign::close_brace);
      if (next != Lexer::nothing) in.bump(next - at);
      return next != Lexer::nothing || reading.list_without_end(at);
   }
};

template <typename Item>
struct braces : p::seq<sign<Sign::open_brace>, separators, p::star<p::sor<p::seq<Item, separators>, skip_item>>, end_of_list> {};

// A list may follow a colon: `项目 : { … }` is read as `项目 { … }`.
template <typename Item>
struct braced : p::seq<p::opt<colon>, braces<Item>> {};

// ---- expressions --------------------------------------------------------------------------------------------------------

struct expression;

struct member : p::seq<sign<Sign::dot>, name> {};
struct index_last : p::seq<sign<Sign::range>, expression> {};
struct index_item : p::seq<expression, p::opt<index_last>> {};
struct index : p::seq<glued<Sign::open_square>, p::list<index_item, comma>, sign<Sign::close_square>> {};
struct call_where : p::seq<word<Word::where>, expression> {};
struct arguments : p::seq<expression, p::star<comma, expression>> {};
struct call : p::seq<glued<Sign::open>, p::opt<arguments>, p::opt<p::opt<comma>, call_where>, sign<Sign::close>> {};
struct path_operand : p::seq<operand_name, p::star<p::sor<member, index, call>>> {};

struct group : p::seq<sign<Sign::open>, expression, sign<Sign::close>> {};
struct full_marks : word<Word::full_marks> {};
struct missing : word<Word::missing> {};
struct target : p::seq<target_sign, number> {};
struct operand;
struct judged : p::seq<word<Word::judged>, operand, word<Word::judged_in>, name> {};
struct primary : p::sor<number, value_text, group, full_marks, judged, missing, target, path_operand> {};
struct operand : p::seq<p::star<prefix>, primary> {};

struct is_test : p::seq<is_word, p::sor<presence, p::seq<name, p::star<bar, name>>>> {};
struct under : p::seq<under_word, operand, p::star<leaf<&Lexer::under_comma>, long_number>> {};
struct chain : p::seq<operand, p::star<p::sor<p::seq<infix, operand>, is_test, presence, under>>> {};

struct then_part : p::seq<p::opt<comma>, word<Word::then>, expression> {};
struct else_part : p::seq<p::opt<comma>, word<Word::else_>, expression> {};
struct if_expression : p::seq<word<Word::if_>, expression, then_part, p::opt<else_part>> {};
struct expression : p::sor<if_expression, chain> {};
struct body : p::seq<colon, expression> {};

// ---- clauses ------------------------------------------------------------------------------------------------------------

struct path : p::seq<name, p::star<sign<Sign::dot>, name>> {};
struct title : text {};
struct year_range : sign<Sign::year_range> {};
struct ref : p::seq<word<Word::ref>, p::list<p::seq<reference_number, p::opt<year_range, reference_number>>, comma>> {};
struct cite : p::seq<word<Word::cite>, title_text> {};
struct severity_word
    : one_of<Want::severity, Word::error, Word::verification, Word::verify, Word::notice, Word::balance, Word::logic> {};
struct severity : p::seq<word<Word::severity>, severity_word> {};
struct message : p::seq<word<Word::message>, text> {};
struct grouped : p::seq<word<Word::grouped_by>, name> {};
struct name_range : p::seq<name, year_range, name> {};
struct rows_of : p::sor<name_range, p::seq<path, p::opt<index>, p::opt<grouped>>> {};
struct each : p::seq<word<Word::each>, p::list<rows_of, comma>> {};
struct each_column : p::seq<word<Word::each_column>, p::opt<p::list<p::sor<name_range, name>, comma>>> {};
struct where : p::seq<word<Word::where>, expression> {};
struct out_of : p::seq<word<Word::out_of>, expression> {};
struct of : p::seq<word<Word::of>, expression> {};
struct round : p::seq<word<Word::round>, p::opt<word<Word::to>>, integer> {};
struct times : p::seq<word<Word::times>, expression> {};
struct stated : p::seq<word<Word::stated>, expression> {};
struct clause : p::sor<title, ref, cite, severity, message, each_column, each, where, out_of, of, round, times, stated> {};
struct clause_behind : p::sor<cite, message> {};  // what may also follow the expression
struct clauses : p::star<clause> {};
struct clauses_behind : p::star<clause_behind> {};

// ---- types and fields ---------------------------------------------------------------------------------------------------

struct in : p::seq<word<Word::in>, unit> {};
struct to : p::seq<word<Word::to>, integer> {};
struct blank_counts_as_0 : word<Word::blank_counts_as_0> {};
struct may_be_blank : word<Word::may_be_blank> {};
struct or_text : p::seq<word<Word::or_>, word<Word::text>> {};
struct type_word
    : one_of<Want::type, Word::text, Word::year, Word::place, Word::money, Word::percentage_points, Word::percent, Word::points,
             Word::count, Word::quantity, Word::target, Word::code, Word::date, Word::yes_no, Word::number, Word::names> {};
struct choices : p::seq<name, p::plus<bar, name>> {};
struct list_of : p::seq<word<Word::list_of>, name> {};
struct type_clause : p::sor<in, to, or_text, blank_counts_as_0, may_be_blank> {};
struct type : p::seq<p::sor<choices, list_of, type_word, name>, p::star<type_clause>> {};

struct names : p::list<column_name, comma> {};
struct field : p::seq<names, p::opt<title>, colon, type, p::opt<title>> {};
struct fields : braces<field> {};

// ---- forms --------------------------------------------------------------------------------------------------------------

struct report : p::seq<word<Word::report>, fields> {};
struct record : p::seq<word<Word::record>, name, p::star<title>, p::opt<colon>, fields> {};

struct alias : p::seq<bar, column_name> {};
struct optional : word<Word::optional> {};
struct column : p::seq<column_name, p::star<alias>, p::opt<optional>> {};
struct column_list : p::list<column, comma> {};
struct line_code : p::seq<word<Word::code>, integer> {};
struct line : p::seq<integer, p::opt<line_code>, colon, label> {};
struct lines : p::seq<word<Word::lines>, braced<line>> {};
struct columns : p::seq<word<Word::columns>, column_list> {};
struct keyed_by : p::seq<word<Word::keyed_by>, column_name> {};
struct levels : p::seq<word<Word::levels>, p::list<integer, comma>> {};
struct total : p::seq<word<Word::total>, p::sor<text, column_name>, p::opt<word<Word::of>, p::list<integer, comma>>> {};
struct rows : p::seq<word<Word::rows>, column_name, p::star<p::sor<keyed_by, levels, total>>, p::opt<fields>> {};
struct grid : p::seq<word<Word::grid>, names, word<Word::by>, column_list> {};
struct form_fields : p::seq<word<Word::fields>, fields> {};
struct form_item : p::sor<lines, columns, rows, grid, form_fields> {};
struct form_clause : p::sor<title, in, to, blank_counts_as_0> {};
struct form : p::seq<word<Word::form>, name, p::star<alias>, p::star<form_clause>, braced<form_item>> {};

// ---- phrases ------------------------------------------------------------------------------------------------------------

struct after : p::seq<word<Word::after>, text, p::opt<word<Word::after_end>>> {};  // after "…"   在"…"之后
struct sentence_name : p::seq<name, colon> {};
struct sentence : p::seq<p::opt<sentence_name>, text, p::opt<optional>> {};
struct phrase_rows : p::seq<word<Word::rows>, column_name, p::opt<keyed_by>, braced<sentence>> {};
struct phrases_clause : p::sor<after, in, to, title> {};
struct phrases : p::seq<word<Word::phrases>, name, p::star<phrases_clause>, braced<p::sor<phrase_rows, sentence>>> {};
struct whole_gap : p::seq<field, p::eof> {};  // within the braces of a sentence
struct whole_path : p::seq<path, p::eof> {};  // a gap for what is declared elsewhere

// 又名 { 公开01[31] | 总计   项目.分值 | "年度资金总额" 对 "分值" }: what else stands on paper.
struct printed_index : p::seq<glued<Sign::open_square>, integer, sign<Sign::close_square>> {};
struct printed_word : p::sor<text, column_name> {};
struct printed_name : p::seq<bar, printed_word, p::opt<word<Word::by>, printed_word>> {};
struct printed_item : p::seq<path, p::opt<printed_index>, p::plus<printed_name>> {};
struct printed_as : p::seq<word<Word::printed_as>, braced<printed_item>> {};

struct choice : p::seq<word<Word::choice>, name, colon, p::seq<name, p::star<p::sor<bar, comma>, name>>> {};
struct unit_declaration : p::seq<word<Word::unit>, p::list<unit, comma>> {};

// ---- rules --------------------------------------------------------------------------------------------------------------

struct years : p::seq<p::sor<p::seq<year, p::opt<year_range, p::opt<year>>>, p::seq<year_range, year>>, body> {};
struct parameter_value : p::seq<p::sor<colon, sign<Sign::equals>>, expression> {};
struct parameter
    : p::seq<word<Word::parameter>, name, clauses, colon, type, clauses, p::opt<p::sor<braced<years>, parameter_value>>> {};

struct function_parameter : p::seq<name, colon, type> {};
struct result : p::seq<sign<Sign::arrow>, type> {};
struct function : p::seq<word<Word::function>, name, sign<Sign::open>, p::opt<p::list<function_parameter, comma>>,
                         sign<Sign::close>, p::opt<result>, body> {};

struct case_ : p::seq<p::plus<clause>, body, clauses_behind> {};
struct cases : braced<case_> {};
struct rollup : p::seq<word<Word::rollup>, p::list<name, comma>, clauses> {};
struct checked : p::sor<rollup, cases, p::seq<body, clauses_behind>> {};
struct check : p::seq<word<Word::check>, name, clauses, checked> {};
struct formula_text : leaf<&Lexer::formula> {};
struct formula : p::seq<p::opt<p::plus<clause>, colon>, formula_text> {};
struct formulas : p::seq<word<Word::formulas>, name, clauses, braced<formula>> {};
struct require : p::seq<word<Word::require>, name, clauses, body, clauses_behind> {};
struct let : p::seq<word<Word::let>, name, clauses, body, clauses_behind> {};

// lose 1/3 of full marks   扣满分的1/3   扣5分
struct of_full_marks : word<Word::lose_of_full_marks> {};
// Behind the figure no 扣满分的 is looked for: it would be that of the next loss.
struct of_full_marks_behind : word<Word::get_of_full_marks> {};
struct amount : p::sor<p::seq<of_full_marks, expression>, p::seq<word<Word::lose>, expression, p::opt<of_full_marks_behind>>> {};
// for each full 1个百分点 by which 到位率 is below 100%   for each 1个百分点 counted 扣法 by which …
struct direction : one_of<Want::operation, Word::is_below, Word::is_above> {};
struct mode : one_of<Want::operation, Word::full, Word::started, Word::pro_rata> {};
struct counted : p::seq<word<Word::counted>, name> {};
struct step : p::seq<word<Word::for_each>, p::opt<mode>, operand, p::opt<counted>, p::opt<word<Word::by_which>>, operand,
                     direction, operand> {};
// 到位率 每低于100%满1个百分点   …不足1个百分点按1个百分点   …按比例每1个百分点   …每1个百分点 计法 扣法
struct mode_behind : p::sor<p::seq<word<Word::for_each>, operand, p::opt<counted>>,
                            p::seq<mode, operand, p::opt<word<Word::counts_as>, operand>>> {};
struct step_first : p::seq<operand, direction, operand, p::opt<mode_behind>, p::opt<comma>> {};
struct loss_of : p::seq<amount, p::opt<step>, p::opt<word<Word::when>, expression>> {};
struct loss_by_step : p::seq<step_first, amount> {};
struct loss_when : p::seq<word<Word::when>, expression, p::opt<comma>, p::opt<step_first>, amount> {};
struct loss : p::sor<loss_of, loss_when, loss_by_step> {};
struct losses : braces<loss> {};

struct zero : word<Word::zero> {};
struct zero_when : p::seq<zero, word<Word::when>, expression> {};     // zero when C
struct share : p::seq<word<Word::get_of_full_marks>, expression> {};  // 得满分的75%
struct marks_when : p::seq<expression, word<Word::get_of_full_marks>, word<Word::when>, expression> {
};  // 75% of full marks when C
struct when_item : p::seq<word<Word::when>, expression,
                          p::sor<body, losses, p::seq<p::opt<comma>, p::sor<zero, share, amount, p::seq<step_first, amount>>>>> {
};
struct else_item : p::seq<word<Word::else_>, p::sor<body, losses>> {};
struct degrees : p::seq<word<Word::degrees>, p::list<expression, comma>> {};
struct item : p::seq<expression, p::opt<degrees>, p::opt<body>> {};
struct items_equally : p::seq<word<Word::items_equally>, p::sor<p::seq<colon, p::list<expression, comma>>, braced<item>>> {};
struct items : p::seq<word<Word::items>, braced<item>> {};
struct loss_body : p::seq<colon, p::sor<loss_of, loss_by_step>> {};
struct score;
struct score_item : p::sor<score, when_item, else_item, zero_when, items_equally, items, loss_of, loss_by_step, marks_when> {};
struct scored : p::sor<braced<score_item>, p::seq<loss_body, clauses_behind>, p::seq<body, clauses_behind>> {};
struct score : p::seq<word<Word::score>, name, clauses, scored> {};

struct at_least : p::seq<number, word<Word::or_above>> {};
struct more_than : p::seq<word<Word::above>, number> {};
struct at_most : p::seq<number, word<Word::or_below>> {};
struct less_than : p::seq<word<Word::below>, number> {};
struct half_open : p::seq<number, word<Word::to_below>, number> {};  // 80以上不满90   80 to below 90
struct closed : p::seq<number, word<Word::to>, number> {};           // 80 to 90
struct upper : p::sor<less_than, at_most> {};
struct interval_open : leaf<&Lexer::interval_open> {};
struct interval_close : leaf<&Lexer::interval_close> {};
struct brackets : p::seq<interval_open, expression, comma, expression, interval_close> {};
struct interval : p::sor<brackets, half_open, closed, p::seq<p::sor<at_least, more_than>, p::opt<p::opt<comma>, upper>>, upper> {
};
struct band : p::seq<interval, body> {};
struct bands : p::seq<word<Word::bands>, name, clauses, braced<band>> {};
struct tier_band : p::seq<name, colon, interval> {};
struct tier : p::seq<word<Word::tier>, name, clauses, braced<tier_band>> {};

// ---- tests --------------------------------------------------------------------------------------------------------------

struct given_name : p::sor<integer, text, name> {};
struct given_item;
struct given_fields : braces<given_item> {};
struct given_rows : p::seq<sign<Sign::open_square>, separators, p::star<given_fields, separators>, sign<Sign::close_square>> {};
struct given_value : p::seq<colon, expression> {};
struct given_item : p::seq<given_name, p::star<sign<Sign::dot>, given_name>,
                           p::sor<p::seq<p::opt<colon>, p::sor<given_fields, given_rows>>, given_value>> {};
struct given : p::seq<word<Word::given>, p::list<given_item, comma>> {};
struct verdict_word : one_of<Want::operation, Word::holds, Word::fails, Word::cannot_tell, Word::does_not_apply> {};
struct expect : p::seq<word<Word::expect>, expression, p::opt<verdict_word>> {};
struct for_place : p::seq<word<Word::for_place>, name> {};
struct use : p::seq<word<Word::use>, name, p::opt<year>> {};
struct test : p::seq<word<Word::test>, text, p::star<p::sor<use, for_place>>, braced<p::sor<given, expect>>> {};

// ---- overlays -----------------------------------------------------------------------------------------------------------

struct owner_name : p::seq<name, sign<Sign::dot>> {};
struct owner : p::plus<owner_name> {};  // 过程.资金管理. of 过程.资金管理.资金到位率
struct changed_check : p::seq<word<Word::check>, p::opt<owner>, name, clauses, checked> {};
struct changed_score : p::seq<word<Word::score>, p::opt<owner>, name, clauses, scored> {};
struct changed : p::sor<report, form, phrases, record, choice, parameter, function, changed_check, formulas, require, let,
                        changed_score, bands, tier> {};
struct changed_word
    : one_of<Want::declaration, Word::form, Word::phrases, Word::record, Word::choice, Word::parameter, Word::function,
             Word::check, Word::formulas, Word::require, Word::let, Word::score, Word::bands, Word::tier> {};
struct report_word : one_of<Want::declaration, Word::report> {};
struct changed_name : p::sor<report_word, p::seq<changed_word, p::opt<owner>, name>> {};
struct within : p::seq<word<Word::within>, expression> {};
struct amended_item : p::sor<clause, within, in, to, blank_counts_as_0, years, band, tier_band, field, loss_body, body> {};
struct amended : p::seq<changed_name, clauses,
                        p::opt<p::sor<braced<amended_item>, p::seq<loss_body, clauses_behind>,
                                      p::seq<p::sor<body, parameter_value>, clauses_behind>>>> {};
struct replacing : one_of<Want::declaration, Word::replace, Word::add> {};
struct removing : one_of<Want::declaration, Word::remove> {};
struct amending : one_of<Want::declaration, Word::amend> {};
struct removed : changed_name {};
struct change : p::sor<p::seq<replacing, changed>, p::seq<removing, removed>, p::seq<amending, amended>> {};

struct places_of : p::seq<name, colon, p::list<name, comma>> {};
struct places : p::seq<word<Word::places>, braced<places_of>> {};

// ---- files --------------------------------------------------------------------------------------------------------------

struct ruleset : word<Word::ruleset> {};
struct forms : word<Word::forms> {};
struct layout : word<Word::layout> {};
struct extends : p::seq<word<Word::extends>, name, p::opt<year>, p::opt<for_place>> {};
struct round_scores_to : p::seq<word<Word::round_scores_to>, integer> {};
struct header_clause : p::sor<for_place, use, extends, cite, severity, round_scores_to> {};
struct header : p::seq<p::sor<ruleset, forms, layout>, name, p::opt<year>, p::star<header_clause>> {};

struct declaration : p::sor<report, form, phrases, printed_as, record, choice, unit_declaration, parameter, function, check,
                            formulas, require, let, score, bands, tier, test> {};
// What remains of a rule whose body cannot be read: others may speak of it without a second message.
struct check_head : p::seq<word<Word::check>, name, clauses> {};
struct require_head : p::seq<word<Word::require>, name, clauses> {};
struct let_head : p::seq<word<Word::let>, name, clauses> {};
struct score_head : p::seq<word<Word::score>, name, clauses> {};
struct bands_head : p::seq<word<Word::bands>, name, clauses> {};
struct tier_head : p::seq<word<Word::tier>, name, clauses> {};
struct parameter_head : p::seq<word<Word::parameter>, name, clauses, p::opt<colon, type>> {};
struct function_head
    : p::seq<word<Word::function>, name, sign<Sign::open>, p::opt<p::list<function_parameter, comma>>, sign<Sign::close>> {};
struct declaration_head
    : p::sor<check_head, require_head, let_head, score_head, bands_head, tier_head, parameter_head, function_head> {};
struct whole_expression : p::seq<expression, p::eof> {};

// For PEGTL's analysis only: files are read one declaration at a time, so that each can fail alone (parse.cpp).
struct file : p::seq<p::opt<header>, p::star<p::sor<declaration, change, places>>, p::eof> {};

}  // namespace heng::grammar

namespace tao::pegtl {

// Every token takes at least one character; the two rules of recovery may take none, and one of them stands in a loop only
// where it takes some.
template <typename Name, typename Leaf>
struct analyze_traits<Name, heng::grammar::token<Leaf>> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, heng::grammar::skip_item> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, heng::grammar::end_of_list> : analyze_opt_traits<> {};

}  // namespace tao::pegtl

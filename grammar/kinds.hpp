// Which rules of the grammar leave a node, and the control that writes nodes while PEGTL matches.
// Does not know: what becomes of the nodes (build.cpp).
#pragma once
#include "grammar/grammar.hpp"

namespace heng::grammar {

template <typename Rule>
inline constexpr Kind kind_of = Kind::none;

template <>
inline constexpr Kind kind_of<name> = Kind::name;
template <>
inline constexpr Kind kind_of<operand_name> = Kind::name;
template <>
inline constexpr Kind kind_of<column_name> = Kind::name;
template <>
inline constexpr Kind kind_of<number> = Kind::number;
template <>
inline constexpr Kind kind_of<long_number> = Kind::number;
template <>
inline constexpr Kind kind_of<integer> = Kind::integer;
template <>
inline constexpr Kind kind_of<year> = Kind::year;
template <>
inline constexpr Kind kind_of<text> = Kind::text;
template <>
inline constexpr Kind kind_of<title_text> = Kind::text;
template <>
inline constexpr Kind kind_of<value_text> = Kind::text;
template <>
inline constexpr Kind kind_of<unit> = Kind::unit;
template <>
inline constexpr Kind kind_of<reference_number> = Kind::reference;
template <>
inline constexpr Kind kind_of<label> = Kind::label;
template <>
inline constexpr Kind kind_of<infix> = Kind::infix;
template <>
inline constexpr Kind kind_of<prefix> = Kind::prefix;
template <>
inline constexpr Kind kind_of<is_word> = Kind::is_word;
template <>
inline constexpr Kind kind_of<under_word> = Kind::under_word;
template <>
inline constexpr Kind kind_of<presence> = Kind::presence;
template <>
inline constexpr Kind kind_of<target_sign> = Kind::target_sign;
template <>
inline constexpr Kind kind_of<type_word> = Kind::type_word;
template <>
inline constexpr Kind kind_of<severity_word> = Kind::severity_word;
template <>
inline constexpr Kind kind_of<verdict_word> = Kind::verdict_word;
template <>
inline constexpr Kind kind_of<year_range> = Kind::year_range;
template <>
inline constexpr Kind kind_of<interval_open> = Kind::interval_open;
template <>
inline constexpr Kind kind_of<interval_close> = Kind::interval_close;
template <>
inline constexpr Kind kind_of<chain> = Kind::chain;
template <>
inline constexpr Kind kind_of<if_expression> = Kind::if_;
template <>
inline constexpr Kind kind_of<then_part> = Kind::then_;
template <>
inline constexpr Kind kind_of<else_part> = Kind::else_;
template <>
inline constexpr Kind kind_of<group> = Kind::group;
template <>
inline constexpr Kind kind_of<member> = Kind::member;
template <>
inline constexpr Kind kind_of<index> = Kind::index;
template <>
inline constexpr Kind kind_of<index_item> = Kind::index_item;
template <>
inline constexpr Kind kind_of<index_last> = Kind::index_last;
template <>
inline constexpr Kind kind_of<call> = Kind::call;
template <>
inline constexpr Kind kind_of<call_where> = Kind::call_where;
template <>
inline constexpr Kind kind_of<is_test> = Kind::is_test;
template <>
inline constexpr Kind kind_of<under> = Kind::under;
template <>
inline constexpr Kind kind_of<full_marks> = Kind::full_marks;
template <>
inline constexpr Kind kind_of<judged> = Kind::judged;
template <>
inline constexpr Kind kind_of<missing> = Kind::missing;
template <>
inline constexpr Kind kind_of<target> = Kind::target;
template <>
inline constexpr Kind kind_of<body> = Kind::body;
template <>
inline constexpr Kind kind_of<title> = Kind::title;
template <>
inline constexpr Kind kind_of<ref> = Kind::ref;
template <>
inline constexpr Kind kind_of<cite> = Kind::cite;
template <>
inline constexpr Kind kind_of<severity> = Kind::severity;
template <>
inline constexpr Kind kind_of<message> = Kind::message;
template <>
inline constexpr Kind kind_of<each> = Kind::each;
template <>
inline constexpr Kind kind_of<grouped> = Kind::grouped;
template <>
inline constexpr Kind kind_of<rows_of> = Kind::rows_of;
template <>
inline constexpr Kind kind_of<name_range> = Kind::name_range;
template <>
inline constexpr Kind kind_of<each_column> = Kind::each_column;
template <>
inline constexpr Kind kind_of<where> = Kind::where;
template <>
inline constexpr Kind kind_of<out_of> = Kind::out_of;
template <>
inline constexpr Kind kind_of<of> = Kind::of;
template <>
inline constexpr Kind kind_of<round> = Kind::round;
template <>
inline constexpr Kind kind_of<times> = Kind::times;
template <>
inline constexpr Kind kind_of<stated> = Kind::stated;
template <>
inline constexpr Kind kind_of<rollup> = Kind::rollup;
template <>
inline constexpr Kind kind_of<formulas> = Kind::formulas;
template <>
inline constexpr Kind kind_of<formula> = Kind::formula;
template <>
inline constexpr Kind kind_of<formula_text> = Kind::formula_text;
template <>
inline constexpr Kind kind_of<in> = Kind::in;
template <>
inline constexpr Kind kind_of<to> = Kind::to;
template <>
inline constexpr Kind kind_of<blank_counts_as_0> = Kind::blank_counts_as_0;
template <>
inline constexpr Kind kind_of<use> = Kind::use;
template <>
inline constexpr Kind kind_of<extends> = Kind::extends;
template <>
inline constexpr Kind kind_of<for_place> = Kind::for_place;
template <>
inline constexpr Kind kind_of<round_scores_to> = Kind::round_scores_to;
template <>
inline constexpr Kind kind_of<type> = Kind::type;
template <>
inline constexpr Kind kind_of<choices> = Kind::choices;
template <>
inline constexpr Kind kind_of<list_of> = Kind::list_of;
template <>
inline constexpr Kind kind_of<or_text> = Kind::or_text;
template <>
inline constexpr Kind kind_of<may_be_blank> = Kind::may_be_blank;
template <>
inline constexpr Kind kind_of<field> = Kind::field;
template <>
inline constexpr Kind kind_of<names> = Kind::names;
template <>
inline constexpr Kind kind_of<header> = Kind::header;
template <>
inline constexpr Kind kind_of<ruleset> = Kind::ruleset;
template <>
inline constexpr Kind kind_of<forms> = Kind::forms;
template <>
inline constexpr Kind kind_of<layout> = Kind::layout;
template <>
inline constexpr Kind kind_of<printed_as> = Kind::printed_as;
template <>
inline constexpr Kind kind_of<printed_item> = Kind::printed_item;
template <>
inline constexpr Kind kind_of<printed_name> = Kind::printed_name;
template <>
inline constexpr Kind kind_of<report> = Kind::report;
template <>
inline constexpr Kind kind_of<form> = Kind::form;
template <>
inline constexpr Kind kind_of<alias> = Kind::alias;
template <>
inline constexpr Kind kind_of<lines> = Kind::lines;
template <>
inline constexpr Kind kind_of<line> = Kind::line;
template <>
inline constexpr Kind kind_of<line_code> = Kind::line_code;
template <>
inline constexpr Kind kind_of<columns> = Kind::columns;
template <>
inline constexpr Kind kind_of<column> = Kind::column;
template <>
inline constexpr Kind kind_of<optional> = Kind::optional;
template <>
inline constexpr Kind kind_of<rows> = Kind::rows;
template <>
inline constexpr Kind kind_of<keyed_by> = Kind::keyed_by;
template <>
inline constexpr Kind kind_of<levels> = Kind::levels;
template <>
inline constexpr Kind kind_of<total> = Kind::total;
template <>
inline constexpr Kind kind_of<grid> = Kind::grid;
template <>
inline constexpr Kind kind_of<fields> = Kind::fields;
template <>
inline constexpr Kind kind_of<form_fields> = Kind::fields;
template <>
inline constexpr Kind kind_of<after> = Kind::after;
template <>
inline constexpr Kind kind_of<sentence> = Kind::sentence;
template <>
inline constexpr Kind kind_of<phrase_rows> = Kind::phrase_rows;
template <>
inline constexpr Kind kind_of<phrases> = Kind::phrases;
template <>
inline constexpr Kind kind_of<record> = Kind::record;
template <>
inline constexpr Kind kind_of<choice> = Kind::choice;
template <>
inline constexpr Kind kind_of<unit_declaration> = Kind::unit_declaration;
template <>
inline constexpr Kind kind_of<parameter> = Kind::parameter;
template <>
inline constexpr Kind kind_of<years> = Kind::years;
template <>
inline constexpr Kind kind_of<parameter_value> = Kind::value;
template <>
inline constexpr Kind kind_of<function> = Kind::function;
template <>
inline constexpr Kind kind_of<function_parameter> = Kind::function_parameter;
template <>
inline constexpr Kind kind_of<result> = Kind::result;
template <>
inline constexpr Kind kind_of<check> = Kind::check;
template <>
inline constexpr Kind kind_of<cases> = Kind::cases;
template <>
inline constexpr Kind kind_of<case_> = Kind::case_;
template <>
inline constexpr Kind kind_of<check_head> = Kind::check;
template <>
inline constexpr Kind kind_of<require_head> = Kind::require;
template <>
inline constexpr Kind kind_of<let_head> = Kind::let;
template <>
inline constexpr Kind kind_of<score_head> = Kind::score;
template <>
inline constexpr Kind kind_of<bands_head> = Kind::bands;
template <>
inline constexpr Kind kind_of<tier_head> = Kind::tier;
template <>
inline constexpr Kind kind_of<parameter_head> = Kind::parameter;
template <>
inline constexpr Kind kind_of<function_head> = Kind::function;
template <>
inline constexpr Kind kind_of<require> = Kind::require;
template <>
inline constexpr Kind kind_of<let> = Kind::let;
template <>
inline constexpr Kind kind_of<score> = Kind::score;
template <>
inline constexpr Kind kind_of<when_item> = Kind::arm;
template <>
inline constexpr Kind kind_of<else_item> = Kind::arm;
template <>
inline constexpr Kind kind_of<zero> = Kind::zero;
template <>
inline constexpr Kind kind_of<zero_when> = Kind::zero_when;
template <>
inline constexpr Kind kind_of<marks_when> = Kind::marks_when;
template <>
inline constexpr Kind kind_of<share> = Kind::share;
template <>
inline constexpr Kind kind_of<amount> = Kind::amount;
template <>
inline constexpr Kind kind_of<of_full_marks> = Kind::of_full_marks;
template <>
inline constexpr Kind kind_of<of_full_marks_behind> = Kind::of_full_marks;
template <>
inline constexpr Kind kind_of<step> = Kind::step;
template <>
inline constexpr Kind kind_of<step_first> = Kind::step_first;
template <>
inline constexpr Kind kind_of<mode> = Kind::mode;
template <>
inline constexpr Kind kind_of<counted> = Kind::counted;
template <>
inline constexpr Kind kind_of<direction> = Kind::direction;
template <>
inline constexpr Kind kind_of<loss_of> = Kind::loss;
template <>
inline constexpr Kind kind_of<loss_by_step> = Kind::loss;
template <>
inline constexpr Kind kind_of<loss_when> = Kind::loss;
template <>
inline constexpr Kind kind_of<loss_body> = Kind::loss_body;
template <>
inline constexpr Kind kind_of<losses> = Kind::losses;
template <>
inline constexpr Kind kind_of<items_equally> = Kind::items_equally;
template <>
inline constexpr Kind kind_of<items> = Kind::items;
template <>
inline constexpr Kind kind_of<item> = Kind::item;
template <>
inline constexpr Kind kind_of<degrees> = Kind::degrees;
template <>
inline constexpr Kind kind_of<bands> = Kind::bands;
template <>
inline constexpr Kind kind_of<band> = Kind::band;
template <>
inline constexpr Kind kind_of<tier> = Kind::tier;
template <>
inline constexpr Kind kind_of<tier_band> = Kind::tier_band;
template <>
inline constexpr Kind kind_of<at_least> = Kind::at_least;
template <>
inline constexpr Kind kind_of<more_than> = Kind::more_than;
template <>
inline constexpr Kind kind_of<at_most> = Kind::at_most;
template <>
inline constexpr Kind kind_of<less_than> = Kind::less_than;
template <>
inline constexpr Kind kind_of<half_open> = Kind::half_open;
template <>
inline constexpr Kind kind_of<closed> = Kind::closed;
template <>
inline constexpr Kind kind_of<brackets> = Kind::brackets;
template <>
inline constexpr Kind kind_of<test> = Kind::test;
template <>
inline constexpr Kind kind_of<given> = Kind::given;
template <>
inline constexpr Kind kind_of<given_item> = Kind::given_item;
template <>
inline constexpr Kind kind_of<given_name> = Kind::given_name;
template <>
inline constexpr Kind kind_of<given_fields> = Kind::given_fields;
template <>
inline constexpr Kind kind_of<given_rows> = Kind::given_rows;
template <>
inline constexpr Kind kind_of<expect> = Kind::expect;

template <>
inline constexpr Kind kind_of<owner> = Kind::owner;
template <>
inline constexpr Kind kind_of<changed_check> = Kind::check;
template <>
inline constexpr Kind kind_of<changed_score> = Kind::score;
template <>
inline constexpr Kind kind_of<changed_word> = Kind::changed_word;
template <>
inline constexpr Kind kind_of<report_word> = Kind::changed_word;
template <>
inline constexpr Kind kind_of<within> = Kind::within;
template <>
inline constexpr Kind kind_of<amended> = Kind::amended;
template <>
inline constexpr Kind kind_of<replacing> = Kind::verb;
template <>
inline constexpr Kind kind_of<removing> = Kind::verb;
template <>
inline constexpr Kind kind_of<amending> = Kind::verb;
template <>
inline constexpr Kind kind_of<removed> = Kind::removed;
template <>
inline constexpr Kind kind_of<change> = Kind::change;
template <>
inline constexpr Kind kind_of<places_of> = Kind::places_of;
template <>
inline constexpr Kind kind_of<places> = Kind::places;

// Units behind `/` are any word while the values of a test are read.
template <typename Rule>
inline constexpr bool reads_any_unit = false;
template <>
inline constexpr bool reads_any_unit<given_value> = true;

// Brackets within brackets cost stack; beyond the limit nothing matches any more and the message says why.
class DepthGuard {
 public:
   explicit DepthGuard(Reading& reading) : reading_(reading) { ++reading_.depth; }
   ~DepthGuard() { --reading_.depth; }
   DepthGuard(const DepthGuard&) = delete;
   DepthGuard& operator=(const DepthGuard&) = delete;
   bool passes(Lexer::Offset at) {
      if (reading_.depth > deepest_expression && reading_.too_deep == 0) reading_.too_deep = at;
      return reading_.too_deep == 0;
   }

 private:
   Reading& reading_;
};

// A rule that fails takes its nodes back; a rule with a kind puts its node before those of its parts.
template <typename Rule>
struct control : p::normal<Rule> {
   static constexpr bool enable = false;

   template <p::apply_mode A, p::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
             typename Input>
   static bool match(Input& in, Reading& reading) {
      if constexpr (std::is_same_v<Rule, expression> || std::is_same_v<Rule, given_item> || std::is_same_v<Rule, score>) {
         DepthGuard guard(reading);
         if (!guard.passes(reading.offset_of(in.current()))) return false;
         return kept<A, M, Action, Control>(in, reading);
      } else if constexpr (reads_any_unit<Rule>) {
         const bool before = std::exchange(reading.lexer.any_unit, true);
         const bool result = kept<A, M, Action, Control>(in, reading);
         reading.lexer.any_unit = before;
         return result;
      } else {
         return kept<A, M, Action, Control>(in, reading);
      }
   }

 private:
   template <p::apply_mode A, p::rewind_mode M, template <typename...> class Action, template <typename...> class Control,
             typename Input>
   static bool kept(Input& in, Reading& reading) {
      Nodes& nodes = reading.nodes;
      const auto first = static_cast<std::uint32_t>(nodes.size());
      if constexpr (kind_of<Rule> != Kind::none) nodes.push_back({reading.offset_of(in.current()), 0, 0, kind_of<Rule>, 0});
      if (!p::match<Rule, A, M, Action, Control>(in, reading)) {
         nodes.resize(first);
         return false;
      }
      if constexpr (kind_of<Rule> != Kind::none) {
         Node& node = nodes[first];
         node.end = reading.lexer.token_end_before(reading.offset_of(in.current()));
         node.next = static_cast<std::uint32_t>(nodes.size());
         node.detail = reading.lexer.detail;
      }
      return true;
   }
};

}  // namespace heng::grammar

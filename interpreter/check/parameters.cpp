// Parameters and functions that rules declare.
#include <algorithm>

#include "grammar/keywords.hpp"
#include "grammar/walk.hpp"
#include "interpreter/check/by_hand.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;
using What = Thing::What;

std::optional<Value> read_by_hand(const std::string& text, const Type& type, const std::vector<std::string>& extra_units) {
   if (text == spelled(Word::missing, true) || text == spelled(Word::missing, false)) return Missing::blank;
   if (type.kind == Kind::choice && type.choices) {
      for (const std::string& word : *type.choices)
         if (fold(word) == fold(text)) return word;
      return std::nullopt;
   }
   if (type.kind == Kind::yes_no) {
      if (text == "是" || text == "yes" || text == "true") return true;
      if (text == "否" || text == "no" || text == "false") return false;
      return std::nullopt;
   }
   if (!type.is_numeric()) return Value(text);
   const bool negative = !text.empty() && text.front() == '-';
   const auto measured = read_literal(negative ? text.substr(1) : text, extra_units);
   if (!measured) return std::nullopt;
   const Type given = type_of_unit(measured->unit);
   const Rational value = negative ? Rational(-measured->base_value()) : measured->base_value();
   const bool fits = same_meaning(given, type) || value.is_zero() ||
                     (given.kind == Kind::number && (is_points(type) || type.kind == Kind::year));
   return fits ? std::optional<Value>(value) : std::nullopt;
}

void Checker::enter_parameter(const tree::Parameter& parameter, std::uint32_t set, const Settings& settings) {
   if (!take_name(parameter.name, set)) return;
   ParameterHere here{&parameter, set, static_cast<std::uint32_t>(program_.sets[set].parameters.size())};
   ParameterValue made;
   made.name = parameter.name.text;
   made.title = parameter.title;
   made.span = parameter.name.span;
   made.set = set;
   made.type = plain(value_type(parameter.type, *types_[set], schema_.extra_units, complaints_));
   if (parameter.type.to) made.type.decimals = *parameter.type.to;
   if (made.type.kind == Kind::error && parameter.type.word == tree::TypeWord::named)
      unknown_type(parameter.type, *types_[set], complaints_);
   made.value = Missing::not_read;
   here.refused = !check_parameter_years(parameter);
   const auto take = [&](const tree::ExprPtr& written, bool this_year) {
      const Value value = parameter_value(written, made.type, made.name, set);
      if (!this_year) return;
      made.value = value;
      here.defined = true;
   };
   if (parameter.value) take(parameter.value, true);
   for (const tree::Years& years : parameter.years)
      if (years.value)
         take(years.value,
              years.from.value_or(program_.year) <= program_.year && years.to.value_or(program_.year) >= program_.year);
   for (const auto& [name, text] : settings.parameters_by_hand) {
      if (folded(name) != folded(made.name)) continue;
      const auto value = value_by_hand(text, made, parameter);
      if (!value) continue;
      made.value = *value;
      made.set_by_hand = here.defined = true;
   }
   program_.sets[set].parameters.push_back(std::move(made));
   Thing thing{What::parameter};
   thing.number = static_cast<std::uint32_t>(parameters_.size());
   parameters_.push_back(here);
   enter_name(parameter.name.text, {thing, report_frame, set});
}

bool Checker::check_parameter_years(const tree::Parameter& parameter) {
   std::vector<const tree::Years*> years;
   for (const tree::Years& one : parameter.years) years.push_back(&one);
   std::stable_sort(years.begin(), years.end(), [](const tree::Years* a, const tree::Years* b) {
      return a->from.value_or(-1'000'000) < b->from.value_or(-1'000'000);
   });
   bool good = true;
   for (std::size_t i = 1; i < years.size(); ++i) {
      const int before = years[i - 1]->to.value_or(1'000'000), next = years[i]->from.value_or(-1'000'000);
      if (next == before + 1) continue;
      good = false;
      const bool overlap = next <= before;
      Diagnostic& error = complaints_.error(
          Code::parameter_gap, years[i]->span,
          overlap ? say("{}年度有两个值", "{} has two values", next) : say("{}年度没有值", "{} has no value", before + 1));
      error.notes.push_back(
          {years[i - 1]->span, overlap ? say("这里也有", "here is the other") : say("这里到{}年", "this ends in {}", before)});
      error.help = overlap ? say("前一段写到 {} 为止", "let the one before end in {}", next - 1)
                           : say("补上 {0} : 值，或者前一段写到 {1}", "add {0} : VALUE, or let the one before end in {1}",
                                 before + 1, next - 1);
   }
   return good;
}

Value Checker::parameter_value(const tree::ExprPtr& expr, const Type& type, const std::string& name, std::uint32_t set) {
   if (get_if<tree::MissingValue>(&expr->what)) return Missing::blank;  // none but what is set by hand
   Scope scope;
   scope.set = set;
   if (type.kind == Kind::choice)
      if (const auto* word = get_if<tree::NameRef>(&expr->what)) {
         const NodeId any = constant(Missing::not_read, type, report_frame, expr->span);
         if (is_bad(is_word(any, word->name, nullptr, expr->span, scope))) return Missing::not_read;
         return word->name.text;
      }
   if (type.kind == Kind::yes_no)
      if (const auto* word = get_if<tree::NameRef>(&expr->what)) {
         if (word->name.text == "是" || word->name.text == "yes") return true;
         if (word->name.text == "否" || word->name.text == "no") return false;
      }
   const NodeId node = fitting({expr, value(expr, scope)}, type, name);
   if (is_bad(node)) return Missing::not_read;
   const Value value = constant_value(program_.nodes, node);
   if (get_if<Missing>(&value))
      complaints_.error(Code::not_a_value, expr->span, say("参数的值要直接写出来", "the value of a parameter is written out"))
          .help = say("写一个数，如 30%；要用报告里的数，写成 计算 名称 : …",
                      "write a figure such as 30%; what is made from figures of the report is a let");
   return value;
}

std::optional<Value> Checker::value_by_hand(const std::string& text, const ParameterValue& made,
                                            const tree::Parameter& parameter) {
   if (auto value = read_by_hand(text, made.type, schema_.extra_units)) return value;
   Diagnostic& error = complaints_.error(
       Code::set_by_hand, parameter.name.span,
       say_types("手工设定的 {}={} 不是{}", "{}={}, set by hand, is no {}", parameter.name.text, text, made.type));
   if (!get_if<Missing>(&made.value))
      error.help = say("照规则里的样子写，如 --set {}={}", "write it as the rules do, such as --set {}={}", parameter.name.text,
                       show(made.value, made.type, true));
   return std::nullopt;
}

void Checker::unknown_parameters(const Settings& settings) {
   std::vector<std::string> names;
   for (const ParameterHere& here : parameters_) names.push_back(here.written->name.text);
   for (const auto& [name, text] : settings.parameters_by_hand) {
      if (std::any_of(names.begin(), names.end(), [&](const std::string& known) { return folded(known) == folded(name); }))
         continue;
      const Span span = selection_.sets.empty() ? Span{} : selection_.sets.front()->span;
      Diagnostic& error =
          complaints_.error(Code::set_by_hand, span,
                            say("没有参数 {}（手工设定为 {}）", "there is no parameter {} (set to {} by hand)", name, text));
      const auto near = suggestions(name, names);
      std::string all;
      for (const std::string& known : names) all += (all.empty() ? "" : "、") + known;
      error.help = !near.empty()   ? say("是不是 {}？", "did you mean {}?", near.front())
                   : names.empty() ? say("这些规则没有参数", "these rules have no parameter")
                                   : say("参数有：{}", "there are: {}", all);
   }
}

void Checker::enter_function(const tree::Function& function, std::uint32_t set) {
   if (!take_name(function.name, set)) return;
   if (find_function(function.name.text)) {
      complaints_
          .error(Code::two_writers, function.name.span,
                 say("{} 是库里的函数", "{} is a function of the library", function.name.text))
          .help = say("换一个名称", "choose another name");
      return;
   }
   FunctionHere& here = functions_[{set, folded(function.name.text)}];
   here.written = &function;
   here.types = types_[set].get();
   for (const tree::FunctionParameter& parameter : function.parameters)
      if (value_type(parameter.type, *here.types, schema_.extra_units, complaints_).kind == Kind::error &&
          parameter.type.word == tree::TypeWord::named)
         unknown_type(parameter.type, *here.types, complaints_);
}

// Also when nobody calls it: with parameters of which only the type is known.
void Checker::check_function(FunctionHere& function, std::uint32_t set) {
   Arguments arguments;
   for (const tree::FunctionParameter& parameter : function.written->parameters) {
      Type type = value_type(parameter.type, *function.types, schema_.extra_units, complaints_);
      if (type.kind == Kind::error) return;
      type.published = type.is_numeric();
      arguments.emplace_back(folded(parameter.name.text), constant(Missing::not_read, type, report_frame, parameter.name.span));
   }
   body_of(function, arguments, report_frame, set, function.written->span);
}

bool Checker::stands_in_a_test(const tree::Parameter& parameter) {
   std::vector<tree::ExprPtr> open;
   for (const TestCase& test : program_.tests)
      for (const tree::Expect& expect : test.written->expects) open.push_back(expect.what);
   while (!open.empty()) {
      const tree::ExprPtr at = open.back();
      open.pop_back();
      if (const auto* name = get_if<tree::NameRef>(&at->what); name && folded(name->name.text) == folded(parameter.name.text))
         return true;
      for_each_inner(*at, [&](const tree::ExprPtr& inner) { open.push_back(inner); });
   }
   return false;
}

// One that is taken over is its own set's business; an overlay is told where it amends it.
void Checker::notice_unused() {
   const auto notice = [&](const ParameterHere& here, Span place) {
      complaints_.notice(Code::unused, place, say("参数 {} 没有用到", "parameter {} is not used", here.written->name.text)).help =
          say("看看规则里名称有没有写错；真的不用就删去", "see whether a rule misspells it; delete it if it is not needed");
   };
   for (const ParameterHere& here : parameters_) {
      if (here.used || stands_in_a_test(*here.written)) continue;
      const tree::Module& module = *modules_[here.set];
      if (selection_.is_own(module, here.written->span))
         notice(here, here.written->name.span);
      else
         for (const Amendment& one : selection_.own_amendments(module))
            if (one.of == here.written->span) notice(here, one.span);
   }
}

}  // namespace heng::checking

#include "interpreter/check/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/keywords.hpp"
#include "grammar/print.hpp"
#include "interpreter/check/kinds.hpp"
#include "interpreter/check/walk.hpp"
#include "stdlib/function.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;
using checking::for_each_expression;
using checking::for_each_inner;
using tree::BinaryOp;
using tree::CompareOp;
using tree::ExprPtr;

// The same tree with one place exchanged; what does not hold it is shared.
ExprPtr exchanged(const ExprPtr& in, const tree::Expr* place, const ExprPtr& by) {
   if (in.get() == place) return by;
   tree::Expr copy = *in;
   bool changed = false;
   for_each_inner(copy, [&](ExprPtr& inner) {
      ExprPtr made = exchanged(inner, place, by);
      changed |= made != inner;
      inner = std::move(made);
   });
   return changed ? std::make_shared<const tree::Expr>(std::move(copy)) : in;
}

const NamePairs& function_names() {
   static const NamePairs names = [] {
      NamePairs made;
      for (const Function& function : functions()) made.emplace_back(function.en, function.zh);
      return made;
   }();
   return names;
}

// The number one more or less in its last printed place; nothing below 0.
std::optional<std::string> one_more(std::string digits) {
   for (std::size_t i = digits.size(); i-- > 0;) {
      if (digits[i] == '.') continue;
      if (digits[i] != '9') return ++digits[i], digits;
      digits[i] = '0';
   }
   return "1" + digits;
}
std::optional<std::string> one_less(std::string digits) {
   if (digits.find_first_not_of("0.") == std::string::npos) return std::nullopt;
   for (std::size_t i = digits.size(); i-- > 0;) {
      if (digits[i] == '.') continue;
      if (digits[i] != '0') {
         --digits[i];
         break;
      }
      digits[i] = '9';
   }
   const std::size_t first = digits.find_first_not_of('0');
   if (first == std::string::npos) return "0";
   return digits[first] == '.' ? "0" + digits.substr(first) : digits.substr(first);
}

std::optional<CompareOp> edge_of(CompareOp op) {
   switch (op) {
      case CompareOp::less: return CompareOp::less_equal;
      case CompareOp::less_equal: return CompareOp::less;
      case CompareOp::greater: return CompareOp::greater_equal;
      case CompareOp::greater_equal: return CompareOp::greater;
      default: return std::nullopt;
   }
}
std::optional<CompareOp> turned(CompareOp op) {
   switch (op) {
      case CompareOp::equal: return CompareOp::not_equal;
      case CompareOp::not_equal: return CompareOp::equal;
      case CompareOp::less: return CompareOp::greater;
      case CompareOp::less_equal: return CompareOp::greater_equal;
      case CompareOp::greater: return CompareOp::less;
      case CompareOp::greater_equal: return CompareOp::less_equal;
      case CompareOp::about_less: return CompareOp::about_greater;
      case CompareOp::about_greater: return CompareOp::about_less;
      default: return std::nullopt;
   }
}
std::optional<CompareOp> without_allowance(CompareOp op) {
   switch (op) {
      case CompareOp::about: return CompareOp::equal;
      case CompareOp::about_less: return CompareOp::less_equal;
      case CompareOp::about_greater: return CompareOp::greater_equal;
      default: return std::nullopt;
   }
}
// Equality of two figures can be asked of one side only; equality with what is written out is asked of a word.
bool is_written(const ExprPtr& expr) {
   const tree::Expr& inner = checking::inside(*expr);
   return get_if<tree::Number>(&inner.what) || get_if<tree::Text>(&inner.what);
}
std::vector<CompareOp> one_sided(CompareOp op) {
   if (op == CompareOp::about) return {CompareOp::about_less, CompareOp::about_greater};
   if (op == CompareOp::equal) return {CompareOp::less_equal, CompareOp::greater_equal};
   return {};
}

// All mutants of one declaration.
class Making {
 public:
   Making(const tree::Declaration& declaration, bool chinese) : declaration_(declaration), chinese_(chinese) {}

   std::vector<Mutant> run() {
      boost::variant2::visit([this](const auto& one) { of(one); }, declaration_);
      return std::move(made_);
   }

 private:
   std::string text(const ExprPtr& expr) const { return print(*expr, chinese_, function_names()); }

   template <typename T>
   void add(std::string_view mutator, Span span, std::string from, std::string to, std::function<void(T&)> change) {
      made_.push_back({mutator, span, std::move(from), std::move(to), [change](tree::Declaration& copy) {
                          if (T* one = get_if<T>(&copy)) change(*one);
                       }});
   }

   void replace(std::string_view mutator, const ExprPtr& place, decltype(tree::Expr::what) what) {
      replace(mutator, place, std::make_shared<const tree::Expr>(tree::Expr{place->span, std::move(what)}));
   }
   void replace(std::string_view mutator, const ExprPtr& place, const ExprPtr& by) {
      made_.push_back({mutator, place->span, text(place), text(by), [place, by](tree::Declaration& copy) {
                          for_each_expression(copy, [&](ExprPtr& whole) { whole = exchanged(whole, place.get(), by); });
                       }});
   }

   // ---- expressions

   void expression(const ExprPtr& expr) {
      if (!expr) return;
      boost::variant2::visit([&](const auto& what) { inside(expr, what); }, expr->what);
   }
   void inner(const ExprPtr& expr) {
      for_each_inner(*expr, [&](const ExprPtr& one) { expression(one); });
   }

   template <typename T>
   void inside(const ExprPtr& expr, const T&) {
      inner(expr);
   }

   void inside(const ExprPtr& expr, const tree::Number& number) {
      const auto with = [&](const std::optional<std::string>& digits) {
         if (digits) replace("number", expr, tree::Number{*digits, number.unit});
      };
      with(one_more(number.digits));
      with(one_less(number.digits));
   }

   void inside(const ExprPtr& expr, const tree::Text& one) { replace("text", expr, tree::Text{one.text + "×"}); }

   void inside(const ExprPtr& expr, const tree::Target& target) {
      if (const auto digits = one_more(target.number.digits))
         replace("number", expr, tree::Target{target.op, {*digits, target.number.unit}});
   }

   // Lines are names; only where a range begins and ends is a slip of this list.
   void inside(const ExprPtr& expr, const tree::Index& index) {
      for (std::size_t i = 0; i < index.items.size(); ++i) {
         if (!index.items[i].last) continue;
         range(expr, index, i, &tree::IndexItem::first);
         range(expr, index, i, &tree::IndexItem::last);
      }
   }

   void range(const ExprPtr& expr, const tree::Index& index, std::size_t item, ExprPtr tree::IndexItem::* end) {
      const ExprPtr& line = index.items[item].*end;
      const auto* number = get_if<tree::Number>(&line->what);
      if (!number) return;
      for (const auto& digits : {one_more(number->digits), one_less(number->digits)}) {
         if (!digits) continue;
         tree::Index copy = index;
         copy.items[item].*end = std::make_shared<const tree::Expr>(tree::Expr{line->span, tree::Number{*digits, number->unit}});
         replace("range", expr, std::move(copy));
      }
   }

   void inside(const ExprPtr& expr, const tree::Call& call) {
      static constexpr std::pair<Kernel, Kernel> others[] = {
          {Kernel::sum, Kernel::maximum}, {Kernel::maximum, Kernel::minimum}, {Kernel::minimum, Kernel::maximum},
          {Kernel::average, Kernel::sum}, {Kernel::all, Kernel::any},         {Kernel::any, Kernel::all}};
      if (const Function* function = find_function(call.function.text))
         for (const auto& [kernel, other] : others)
            if (function->kernel == kernel)
               for (const Function& row : functions())
                  if (row.kernel == other) {
                     tree::Call copy = call;
                     copy.function.text = chinese_ ? row.zh : row.en;
                     replace("aggregate", expr, std::move(copy));
                  }
      if (call.where) {
         tree::Call copy = call;
         copy.where = nullptr;
         replace("always", expr, std::move(copy));
      }
      inner(expr);
   }

   void inside(const ExprPtr& expr, const tree::Unary& unary) {
      if (unary.op == tree::UnaryOp::minus) replace("sign", expr, unary.operand);
      if (unary.op == tree::UnaryOp::no) replace("not", expr, unary.operand);
      inner(expr);
   }

   void inside(const ExprPtr& expr, const tree::Binary& binary) {
      const auto with = [&](std::string_view mutator, BinaryOp op) {
         tree::Binary copy = binary;
         copy.op = op;
         replace(mutator, expr, std::move(copy));
      };
      switch (binary.op) {
         case BinaryOp::add: with("plus-minus", BinaryOp::subtract); break;
         case BinaryOp::subtract: with("plus-minus", BinaryOp::add); break;
         case BinaryOp::multiply: with("times-divided", BinaryOp::divide); break;
         case BinaryOp::divide: with("times-divided", BinaryOp::multiply); break;
         case BinaryOp::both:
         case BinaryOp::either: logic(expr, binary); break;
         case BinaryOp::exactly_when: with("and-or", BinaryOp::both), with("and-or", BinaryOp::either); break;
      }
      if (binary.op == BinaryOp::add || binary.op == BinaryOp::subtract) leading_sign(binary.left);
      inner(expr);
   }

   // a and b and c is one chain: all its words are exchanged together, and each of its parts is left out once.
   void logic(const ExprPtr& expr, const tree::Binary& binary) {
      if (in_chain_.count(expr.get())) return;
      std::vector<ExprPtr> parts;
      collect(expr, binary.op, parts);
      replace("and-or", expr, chain(parts, binary.op == BinaryOp::both ? BinaryOp::either : BinaryOp::both, binary.op_span));
      for (std::size_t left_out = 0; left_out < parts.size(); ++left_out) {
         std::vector<ExprPtr> rest = parts;
         rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
         replace("part-left-out", expr, chain(rest, binary.op, binary.op_span));
      }
   }

   void collect(const ExprPtr& expr, BinaryOp op, std::vector<ExprPtr>& parts) {
      const auto* binary = get_if<tree::Binary>(&expr->what);
      if (!binary || binary->op != op) return parts.push_back(expr);
      in_chain_.insert(expr.get());
      collect(binary->left, op, parts);
      collect(binary->right, op, parts);
   }

   static ExprPtr chain(const std::vector<ExprPtr>& parts, BinaryOp op, Span op_span) {
      ExprPtr made = parts.front();
      for (std::size_t i = 1; i < parts.size(); ++i)
         made = std::make_shared<const tree::Expr>(
             tree::Expr{{made->span.file, made->span.begin, parts[i]->span.end}, tree::Binary{op, op_span, made, parts[i]}});
      return made;
   }

   // The first of a sum has no sign of its own.
   void leading_sign(const ExprPtr& first) {
      if (const auto* sum = get_if<tree::Binary>(&first->what))
         if (sum->op == BinaryOp::add || sum->op == BinaryOp::subtract) return;
      replace("sign", first, tree::Unary{tree::UnaryOp::minus, first->span, first});
   }

   void inside(const ExprPtr& expr, const tree::Comparison& comparison) {
      for (std::size_t i = 0; i < comparison.ops.size(); ++i) {
         const auto with = [&](std::string_view mutator, std::optional<CompareOp> op) {
            if (!op) return;
            tree::Comparison copy = comparison;
            copy.ops[i] = *op;
            if (*op != CompareOp::equal) copy.within = nullptr;
            replace(mutator, expr, std::move(copy));
         };
         with("edge", edge_of(comparison.ops[i]));
         if (!comparison.within) with("turned", turned(comparison.ops[i]));
         with("allowance", without_allowance(comparison.ops[i]));
         if (!comparison.within && !is_written(comparison.operands[i]) && !is_written(comparison.operands[i + 1]))
            for (const CompareOp op : one_sided(comparison.ops[i])) with("one-sided", op);
      }
      if (comparison.within) {
         tree::Comparison copy = comparison;
         copy.within = nullptr;
         replace("allowance", expr, std::move(copy));
      }
      inner(expr);
   }

   void inside(const ExprPtr& expr, const tree::If& choice) {
      if (choice.otherwise) {
         replace("branch", expr, choice.then);
         replace("branch", expr, choice.otherwise);
      } else {
         replace("always", expr, choice.then);
      }
      inner(expr);
   }

   void inside(const ExprPtr& expr, const tree::Otherwise& otherwise) {
      replace("fallback", expr, otherwise.operand);
      inner(expr);
   }
   void inside(const ExprPtr& expr, const tree::ZeroDivisorAs& zero) {
      replace("fallback", expr, zero.operand);
      inner(expr);
   }

   void inside(const ExprPtr& expr, const tree::IsTest& test) {
      tree::IsTest copy = test;
      copy.negated = !test.negated;
      replace("not", expr, copy);
      for (std::size_t i = 0; test.words.size() > 1 && i < test.words.size(); ++i) {
         tree::IsTest fewer = test;
         fewer.words.erase(fewer.words.begin() + static_cast<std::ptrdiff_t>(i));
         replace("part-left-out", expr, std::move(fewer));
      }
      inner(expr);
   }

   void inside(const ExprPtr& expr, const tree::Under& under) {
      tree::Under copy = under;
      copy.negated = !under.negated;
      replace("not", expr, copy);
      for (std::size_t i = 0; i < under.codes.size(); ++i) {
         tree::Under changed = under;
         if (under.codes.size() > 1) {
            changed.codes.erase(changed.codes.begin() + static_cast<std::ptrdiff_t>(i));
            replace("part-left-out", expr, changed);
            changed = under;
         }
         const auto* number = get_if<tree::Number>(&under.codes[i]->what);
         const auto digits = number ? one_more(number->digits) : std::nullopt;
         if (get_if<tree::Call>(&under.codes[i]->what)) expression(under.codes[i]);
         if (!digits) continue;
         changed.codes[i] = std::make_shared<const tree::Expr>(tree::Expr{under.codes[i]->span, tree::Number{*digits, ""}});
         replace("code", expr, std::move(changed));
      }
      expression(under.operand);
   }

   // ---- declarations

   template <typename T>
   void of(const T&) {}

   template <typename T>
   void where_of(const T& one, ExprPtr T::* where) {
      if (!(one.*where)) return;
      add<T>("always", (one.*where)->span, where_text(one.*where), "", [where](T& copy) { copy.*where = nullptr; });
      expression(one.*where);
   }
   std::string where_text(const ExprPtr& where) const { return std::string(spelled(Word::where, chinese_)) + " " + text(where); }

   void of(const tree::Check& check) {
      where_of(check, &tree::Check::where);
      for (std::size_t i = 0; i < check.cases.size(); ++i) {
         if (const ExprPtr& where = check.cases[i].where) {
            add<tree::Check>("always", where->span, where_text(where), "",
                             [i](tree::Check& copy) { copy.cases[i].where = nullptr; });
            expression(where);
         }
         expression(check.cases[i].condition);
      }
   }

   void of(const tree::Require& require) {
      where_of(require, &tree::Require::where);
      expression(require.condition);
   }

   void of(const tree::Let& let) {
      where_of(let, &tree::Let::where);
      expression(let.value);
   }

   void of(const tree::Function& function) { expression(function.body); }

   void of(const tree::Parameter& parameter) {
      for (const tree::Years& years : parameter.years) parameter_value(parameter, years.value);
      parameter_value(parameter, parameter.value);
   }

   void parameter_value(const tree::Parameter& parameter, const ExprPtr& value) {
      if (!value) return;
      const auto* word = get_if<tree::NameRef>(&value->what);
      if (!word) return expression(value);
      for (const tree::Name& other : parameter.type.choices)
         if (other.text != word->name.text) replace("choice", value, tree::NameRef{other});
   }

   void of(const tree::Score& score) {
      where_of(score, &tree::Score::where);
      expression(score.out_of);
      if (score.round_to)
         for (const int other : {*score.round_to + 1, *score.round_to - 1})
            if (other >= 0)
               add<tree::Score>("round", score.name.span, std::to_string(*score.round_to), std::to_string(other),
                                [other](tree::Score& copy) { copy.round_to = other; });
      expression(score.value);
      for (std::size_t i = 0; i < score.arms.size(); ++i) arm(score, i);
   }

   std::string arm_text(const tree::Arm& arm) const {
      const std::string head = arm.condition ? std::string(spelled(Word::when, chinese_)) + " " + text(arm.condition)
                                             : std::string(spelled(Word::else_, chinese_));
      return head + " : " + text(arm.value);
   }

   void arm(const tree::Score& score, std::size_t i) {
      const tree::Arm& arm = score.arms[i];
      if (score.arms.size() > 1)
         add<tree::Score>("arm-left-out", arm.span, arm_text(arm), "",
                          [i](tree::Score& copy) { copy.arms.erase(copy.arms.begin() + static_cast<std::ptrdiff_t>(i)); });
      if (i + 1 < score.arms.size() && score.arms[i + 1].condition)
         add<tree::Score>("arm-order", arm.span, arm_text(arm), arm_text(score.arms[i + 1]),
                          [i](tree::Score& copy) { std::swap(copy.arms[i], copy.arms[i + 1]); });
      expression(arm.condition);
      expression(arm.value);
   }

   void of(const tree::Bands& bands) {
      expression(bands.of);
      edges(bands);
      for (std::size_t i = 0; i < bands.bands.size(); ++i) {
         expression(bands.bands[i].value);
         if (i + 1 < bands.bands.size() && !bands.bands[i].value && !bands.bands[i + 1].value)
            add<tree::Bands>("grade", bands.bands[i].span, bands.bands[i].name.text, bands.bands[i + 1].name.text,
                             [i](tree::Bands& copy) { std::swap(copy.bands[i].name, copy.bands[i + 1].name); });
      }
   }
   void of(const tree::Tier& tier) { edges(tier); }

   // Where two bands meet, the edge goes to the other one, and the bound of both moves.
   template <typename T>
   void edges(const T& one) {
      const std::vector<tree::Band>& bands = one.bands;
      for (std::size_t above = 0; above < bands.size(); ++above) {
         const ExprPtr& low = bands[above].interval.low;
         const auto* number = low ? get_if<tree::Number>(&low->what) : nullptr;
         if (!number) continue;
         for (std::size_t below = 0; below < bands.size(); ++below) {
            const ExprPtr& high = bands[below].interval.high;
            if (below != above && high && text(high) == text(low)) edge(one, above, below, *number);
         }
      }
   }

   template <typename T>
   void edge(const T& one, std::size_t above, std::size_t below, const tree::Number& number) {
      const tree::Interval& interval = one.bands[above].interval;
      const std::string bound = number.digits + number.unit;
      const auto shown = [&](bool low_in, const std::string& at) { return (low_in ? "[" : "(") + at; };
      add<T>("band-edge", interval.span, shown(interval.low_in, bound), shown(!interval.low_in, bound),
             [=](T& copy) { std::swap(copy.bands[above].interval.low_in, copy.bands[below].interval.high_in); });
      for (const auto& digits : {one_more(number.digits), one_less(number.digits)}) {
         if (!digits) continue;
         const auto by = std::make_shared<const tree::Expr>(tree::Expr{interval.low->span, tree::Number{*digits, number.unit}});
         add<T>("number", interval.span, shown(interval.low_in, bound), shown(interval.low_in, *digits + number.unit),
                [=](T& copy) { copy.bands[above].interval.low = copy.bands[below].interval.high = by; });
      }
   }

   const tree::Declaration& declaration_;
   bool chinese_;
   std::vector<Mutant> made_;
   std::set<const tree::Expr*> in_chain_;
};

void mention(const ExprPtr& expr, std::set<std::string>& names) {
   boost::variant2::visit(checking::Overloaded{
                              [&](const tree::NameRef& one) { names.insert(fold(one.name.text)); },
                              [&](const tree::Member& one) { names.insert(fold(one.name.text)); },
                              [&](const tree::Call& one) { names.insert(fold(one.function.text)); },
                              [&](const tree::Judged& one) { names.insert(fold(one.tier.text)); },
                              [&](const tree::IsTest& one) {
                                 for (const tree::Name& word : one.words) names.insert(fold(word.text));
                              },
                              [](const auto&) {},
                          },
                          expr->what);
   for_each_inner(*expr, [&](const ExprPtr& inner) { mention(inner, names); });
}

}  // namespace

const std::vector<Mutator>& mutators() {
   static const std::vector<Mutator> all{
       {"plus-minus", say("加减互换", "plus and minus exchanged"), "a + b", "a - b"},
       {"times-divided", say("乘除互换", "times and divided by exchanged"), "a * b", "a / b"},
       {"sign", say("第一个加数变号，或去掉负号", "the first of a sum changes its sign, or a minus goes"), "a + b", "-a + b"},
       {"and-or", say("并且、或者互换", "and, or exchanged"), "a and b", "a or b"},
       {"part-left-out", say("几项之中少一项", "one of several parts left out"), "a and b", "a"},
       {"edge", say("含与不含互换", "the bound itself in or out"), "a < b", "a <= b"},
       {"turned", say("比较反过来", "a comparison turned round"), "a < b", "a > b"},
       {"one-sided", say("相等只查一边", "equality asked of one side only"), "a ≈ b", "a <~ b"},
       {"allowance", say("不允许误差", "no allowance"), "a ≈ b", "a = b"},
       {"number", say("数的末位加1、减1", "a number one more or less in its last place"), "80%", "81%"},
       {"text", say("文字改一个字", "a text changed"), "\"无\"", "\"无×\""},
       {"code", say("代码加1", "a code one more"), "under 302", "under 303"},
       {"range", say("行次范围多一行、少一行", "a range of lines one more or less"), "公开01[1..8]", "公开01[2..8]"},
       {"not", say("条件反过来", "a condition negated"), "x is present", "x is not present"},
       {"always", say("去掉条件", "a condition left out"), "sum(a where c)", "sum(a)"},
       {"branch", say("如…则…否则只剩一边", "if … then … else becomes one of its branches"), "if c then a else b", "a"},
       {"aggregate", say("汇总方式换一种", "another way to add up"), "sum(a)", "max(a)"},
       {"fallback", say("去掉“未填按”“除数为0按”", "otherwise, zero divisor as left out"), "a otherwise 0", "a"},
       {"arm-left-out", say("评分少一个分支", "an arm of a score left out"), "when c : a", ""},
       {"arm-order", say("评分相邻两个分支换次序", "two arms of a score change places"), "when c : a  when d : b",
        "when d : b  when c : a"},
       {"band-edge", say("分档的界限归另一档", "the edge of a band goes to the other band"), "[80, 90)  [90, 100]",
        "[80, 90]  (90, 100]"},
       {"grade", say("相邻两档互换", "two bands change places"), "优", "良"},
       {"choice", say("参数换一个选项", "another choice for a parameter"), "a", "b"},
       {"round", say("得分多留、少留一位小数", "scores rounded to one decimal more or less"), "2", "3"},
   };
   return all;
}

std::vector<Mutant> mutants_of(const tree::Declaration& declaration, bool chinese) { return Making(declaration, chinese).run(); }

std::vector<HeaderMutant> mutants_of_header(const tree::Module& module, bool chinese) {
   std::vector<HeaderMutant> made;
   if (!module.round_scores_to) return made;
   const std::string head = std::string(spelled(Word::round_scores_to, chinese)) + " ";
   for (const int other : {*module.round_scores_to + 1, *module.round_scores_to - 1})
      if (other >= 0)
         made.push_back(
             {"round", module.span, head + std::to_string(*module.round_scores_to), head + std::to_string(other), other});
   return made;
}

namespace {

// The parts of a score are named like rules.
void give_parts(const tree::Score& score, std::set<std::string>& names) {
   for (const tree::Score& part : score.parts) {
      names.insert(fold(part.name.text));
      give_parts(part, names);
   }
}

}  // namespace

std::set<std::string> names_given(const tree::Declaration& declaration) {
   std::set<std::string> names;
   boost::variant2::visit(
       [&](const auto& one) {
          if constexpr (requires { one.name.text; }) names.insert(fold(one.name.text));
       },
       declaration);
   if (const auto* score = get_if<tree::Score>(&declaration)) give_parts(*score, names);
   return names;
}

namespace {

// 计法 扣法: a parameter says how a part of a step counts.
void mention_counted(const tree::Score& score, std::set<std::string>& names) {
   const auto of = [&](const std::vector<tree::Loss>& losses) {
      for (const tree::Loss& one : losses)
         if (one.step && one.step->counted) names.insert(fold(one.step->counted->text));
   };
   of(score.losses);
   for (const tree::LossArm& arm : score.loss_arms) of(arm.losses);
   for (const tree::Score& part : score.parts) mention_counted(part, names);
}

}  // namespace

std::set<std::string> names_mentioned(const tree::Declaration& declaration) {
   std::set<std::string> names;
   for_each_expression(declaration, [&](const ExprPtr& expr) { mention(expr, names); });
   if (const auto* bands = get_if<tree::Bands>(&declaration))
      for (const tree::Band& band : bands->bands) names.insert(fold(band.name.text));
   if (const auto* score = get_if<tree::Score>(&declaration)) mention_counted(*score, names);
   if (const auto* check = get_if<tree::Check>(&declaration); check && check->each)  // what 本栏 stands for
      for (const tree::Name& column : check->each->columns) names.insert(fold(column.text));
   return names;
}

std::set<std::string> names_mentioned(const tree::ExprPtr& expression) {
   std::set<std::string> names;
   mention(expression, names);
   return names;
}

}  // namespace heng

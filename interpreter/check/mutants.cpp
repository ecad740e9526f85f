#include "interpreter/check/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/keywords.hpp"
#include "grammar/print.hpp"
#include "grammar/walk.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/function.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;
using tree::BinaryOp;
using tree::CompareOp;
using tree::ExprPtr;
using tree::for_each_expression;
using tree::for_each_inner;

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
      made_.push_back({mutator, span, std::move(from), std::move(to),
                       [change](tree::Declaration& copy) {
                          if (T* one = get_if<T>(&copy)) change(*one);
                       },
                       score_ ? score_->span : Span()});
   }

   void replace(std::string_view mutator, const ExprPtr& place, decltype(tree::Expr::what) what) {
      replace(mutator, place, std::make_shared<const tree::Expr>(tree::Expr{place->span, std::move(what)}));
   }
   void replace(std::string_view mutator, const ExprPtr& place, const ExprPtr& by) {
      made_.push_back({mutator,
                       place->span,
                       text(place),
                       text(by),
                       [place, by](tree::Declaration& copy) {
                          for_each_expression(copy, [&](ExprPtr& whole) { whole = exchanged(whole, place.get(), by); });
                       },
                       {}});
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
         if (digits) replace(number_, expr, tree::Number{*digits, number.unit});
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

   // ---- scores: what stands in a part is changed in the same part of the copy

   void of(const tree::Score& score) {
      score_ = &score;
      tree::for_each_member(score, *this);
   }

   void in_score(std::string_view mutator, Span span, std::string from, std::string to,
                 std::function<void(tree::Score&)> change) {
      add<tree::Score>(mutator, span, std::move(from), std::move(to), [path = path_, change](tree::Score& copy) {
         tree::Score* at = &copy;
         for (const std::size_t part : path) at = &at->parts[part];
         change(*at);
      });
   }
   template <typename T>
   static void erase(std::vector<T>& all, std::size_t i) {
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
   }
   // Figures in it are slips of a kind of their own.
   void expression_as(std::string_view number, const ExprPtr& expr) {
      const std::string_view outer = std::exchange(number_, number);
      expression(expr);
      number_ = outer;
   }
   // A condition that is only a name: nothing in it can be changed but that it is asked for.
   void yes_or_no(const ExprPtr& expr) {
      if (!expr) return;
      const tree::Expr& inner = checking::inside(*expr);
      if (get_if<tree::NameRef>(&inner.what) || get_if<tree::Member>(&inner.what))
         return replace("not", expr, tree::Unary{tree::UnaryOp::no, expr->span, expr});
      expression(expr);
   }

 public:  // members of a score
   void heading(const tree::Name&, const tree::About&) {}
   void rows(const std::optional<tree::Each>&, const ExprPtr& where) {
      if (!where) return;
      in_score("always", where->span, where_text(where), "", [](tree::Score& copy) { copy.where = nullptr; });
      expression(where);
   }
   void out_of(const ExprPtr& marks) { expression(marks); }

   void zeros(const std::vector<tree::ZeroWhen>& all) {
      for (std::size_t i = 0; i < all.size(); ++i) {
         const auto& [span, condition] = all[i];
         in_score("veto-left-out", span, when_text(condition) + word(Word::zero), "",
                  [i](tree::Score& copy) { erase(copy.zeros, i); });
         yes_or_no(condition);
      }
   }
   void marks(const std::vector<tree::MarksWhen>& all) {
      for (std::size_t i = 0; i < all.size(); ++i) {
         const auto& [span, share, condition] = all[i];
         in_score("veto-left-out", span, when_text(condition) + text(share) + word(Word::get_of_full_marks), "",
                  [i](tree::Score& copy) { erase(copy.marks, i); });
         expression_as("share", share);
         yes_or_no(condition);
      }
   }
   void formula(const ExprPtr& value) { expression(value); }
   void arms(const std::vector<tree::Arm>& all) {
      for (std::size_t i = 0; i < all.size(); ++i) {
         const auto& [span, condition, value] = all[i];
         choice_of_arms(all, i, &tree::Score::arms, [this](const tree::Arm& one) { return arm_text(one); });
         expression(condition);
         expression(value);
      }
   }

   void items(const std::vector<tree::Items>& all) {
      for (std::size_t list = 0; list < all.size(); ++list) {
         const auto& [span, equally, braces, listed] = all[list];
         for (std::size_t i = 0; i < listed.size(); ++i) {
            if (listed.size() > 1) item_left_out(list, i, listed);
            item(list, i, listed[i]);
         }
      }
   }
   void parts(const std::vector<tree::Score>& all) {
      for (std::size_t i = 0; i < all.size(); ++i) {
         const tree::Score* outer = std::exchange(score_, &all[i]);
         path_.push_back(i);
         tree::for_each_member(all[i], *this);
         path_.pop_back();
         score_ = outer;
      }
   }
   void times(const ExprPtr& factor) {
      if (!factor) return;
      in_score("factor-left-out", factor->span, word(Word::times) + " " + text(factor), "",
               [](tree::Score& copy) { copy.times = nullptr; });
      expression(factor);
   }

   void losses(const std::vector<tree::Loss>& all) {
      for (std::size_t i = 0; i < all.size(); ++i) {
         loss_left_out(all[i], [i](tree::Score& copy) { erase(copy.losses, i); });
         loss(all[i], [i](tree::Score& copy) -> tree::Loss& { return copy.losses[i]; });
      }
   }
   void loss_arms(const std::vector<tree::LossArm>& all) {
      for (std::size_t i = 0; i < all.size(); ++i) {
         const auto& [span, condition, lost] = all[i];
         choice_of_arms(all, i, &tree::Score::loss_arms, [this](const tree::LossArm& one) { return arm_text(one); });
         yes_or_no(condition);
         for (std::size_t k = 0; k < lost.size(); ++k) {
            loss_left_out(lost[k], [i, k](tree::Score& copy) { erase(copy.loss_arms[i].losses, k); });
            loss(lost[k], [i, k](tree::Score& copy) -> tree::Loss& { return copy.loss_arms[i].losses[k]; });
         }
      }
   }

   void round_to(const std::optional<int>& decimals) {
      if (!decimals) return;
      for (const int other : {*decimals + 1, *decimals - 1})
         if (other >= 0)
            in_score("round", score_->name.span, std::to_string(*decimals), std::to_string(other),
                     [other](tree::Score& copy) { copy.round_to = other; });
   }
   void stated(const ExprPtr& printed) {
      if (!printed) return;
      in_score("stated-left-out", printed->span, word(Word::stated) + " " + text(printed), "",
               [](tree::Score& copy) { copy.stated = nullptr; });
   }

 private:
   std::string word(Word one) const { return std::string(spelled(one, chinese_)); }
   std::string when_text(const ExprPtr& condition) const {
      return condition ? word(Word::when) + " " + text(condition) + (chinese_ ? "，" : " ") : word(Word::else_) + " ";
   }
   std::string arm_text(const tree::Arm& arm) const {
      const std::string head = arm.condition ? word(Word::when) + " " + text(arm.condition) : word(Word::else_);
      return head + " : " + text(arm.value);
   }
   std::string arm_text(const tree::LossArm& arm) const {
      std::string made = when_text(arm.condition);
      for (const tree::Loss& one : arm.losses) made += loss_text(one);
      return made;
   }
   std::string loss_text(const tree::Loss& loss) const { return print(loss, chinese_, function_names()); }
   std::string step_text(const tree::Step& step) const { return print(step, chinese_, function_names()); }

   // Arms are tried in their order: one is missing, or two stand the other way round.
   template <typename T, typename Show>
   void choice_of_arms(const std::vector<T>& all, std::size_t i, std::vector<T> tree::Score::* arms, Show show) {
      if (all.size() > 1)
         in_score("arm-left-out", all[i].span, show(all[i]), "", [i, arms](tree::Score& copy) { erase(copy.*arms, i); });
      if (i + 1 < all.size() && all[i + 1].condition)
         in_score("arm-order", all[i].span, show(all[i]), show(all[i + 1]),
                  [i, arms](tree::Score& copy) { std::swap((copy.*arms)[i], (copy.*arms)[i + 1]); });
   }

   // What an item counted for goes to the one beside it.
   void item_left_out(std::size_t list, std::size_t i, const std::vector<tree::Item>& listed) {
      const std::size_t beside = i == 0 ? 1 : i - 1;
      const ExprPtr &share = listed[i].share, &other = listed[beside].share;
      const ExprPtr both = share && other ? chain({other, share}, BinaryOp::add, listed[i].span) : other;
      in_score("item-left-out", listed[i].span, text(listed[i].met), "", [list, i, beside, both](tree::Score& copy) {
         copy.items[list].items[beside].share = both;
         erase(copy.items[list].items, i);
      });
   }
   void item(std::size_t list, std::size_t i, const tree::Item& one) {
      const auto& [span, met, share, degrees] = one;
      if (degrees.empty()) yes_or_no(met);
      for (std::size_t k = 0; k < degrees.size(); ++k) {
         const auto* number = get_if<tree::Number>(&degrees[k]->what);
         const auto digits = number ? one_more(number->digits) : std::nullopt;
         if (digits) replace("degree", degrees[k], tree::Number{*digits, number->unit});
      }
      if (share) share_exchanged(list, i, span);
   }
   // Shares add up to all of it: what changes is which item has which.
   void share_exchanged(std::size_t list, std::size_t i, Span span) {
      const std::vector<tree::Item>& listed = score_->items[list].items;
      if (i + 1 >= listed.size() || !listed[i + 1].share || text(listed[i].share) == text(listed[i + 1].share)) return;
      in_score("share", span, text(listed[i].share), text(listed[i + 1].share),
               [list, i](tree::Score& copy) { std::swap(copy.items[list].items[i].share, copy.items[list].items[i + 1].share); });
   }

   // A score of nothing but this loss becomes full marks.
   void loss_left_out(const tree::Loss& loss, std::function<void(tree::Score&)> erase_it) {
      const auto full = std::make_shared<const tree::Expr>(tree::Expr{loss.span, tree::FullMarks{}});
      in_score("loss-left-out", loss.span, loss_text(loss), "", [erase_it, full](tree::Score& copy) {
         erase_it(copy);
         const bool base = copy.value || !copy.arms.empty() || !copy.items.empty() || !copy.parts.empty();
         if (!base) copy.value = full;
      });
   }
   void loss(const tree::Loss& one, std::function<tree::Loss&(tree::Score&)> in) {
      const auto& [span, amount, of_full_marks, when, step] = one;
      expression_as("loss-amount", amount);
      if (when) in_score("always", when->span, when_text(when), "", [in](tree::Score& copy) { in(copy).when = nullptr; });
      yes_or_no(when);
      if (step) this->step(*step, in);
   }
   void step(const tree::Step& one, const std::function<tree::Loss&(tree::Score&)>& in) {
      const auto& [span, mode, counted, size, measured, limit, below] = one;
      const auto changed = [&](std::string_view mutator, const std::function<void(tree::Step&)>& change) {
         tree::Step other = one;
         change(other);
         in_score(mutator, span, step_text(one), step_text(other), [in, change](tree::Score& copy) { change(*in(copy).step); });
      };
      for (const tree::Mode other : {tree::Mode::full, tree::Mode::started, tree::Mode::pro_rata})
         if (!counted && other != mode) changed("loss-mode", [other](tree::Step& copy) { copy.mode = other; });
      changed("loss-direction", [](tree::Step& copy) { copy.below = !copy.below; });
      expression_as("loss-step", size);
      expression(measured);
      expression_as("loss-line", limit);
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

   // Where two bands meet, the edge goes to the other one, and the bound of both moves. The edges of tiers decide nothing: they
   // leave nothing out between 0 and full marks, so that a judged score is taken whichever tier it is in.
   void edges(const tree::Bands& one) {
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

   void edge(const tree::Bands& one, std::size_t above, std::size_t below, const tree::Number& number) {
      const tree::Interval& interval = one.bands[above].interval;
      const std::string bound = number.digits + number.unit;
      const auto shown = [&](bool low_in, const std::string& at) { return (low_in ? "[" : "(") + at; };
      add<tree::Bands>(
          "band-edge", interval.span, shown(interval.low_in, bound), shown(!interval.low_in, bound),
          [=](tree::Bands& copy) { std::swap(copy.bands[above].interval.low_in, copy.bands[below].interval.high_in); });
      for (const auto& digits : {one_more(number.digits), one_less(number.digits)}) {
         if (!digits) continue;
         const auto by = std::make_shared<const tree::Expr>(tree::Expr{interval.low->span, tree::Number{*digits, number.unit}});
         add<tree::Bands>("number", interval.span, shown(interval.low_in, bound), shown(interval.low_in, *digits + number.unit),
                          [=](tree::Bands& copy) { copy.bands[above].interval.low = copy.bands[below].interval.high = by; });
      }
   }

   const tree::Declaration& declaration_;
   bool chinese_;
   std::vector<Mutant> made_;
   std::set<const tree::Expr*> in_chain_;
   const tree::Score* score_ = nullptr;  // the part at hand, …
   std::vector<std::size_t> path_;       // … and which part of a part it is
   std::string_view number_ = "number";
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
       {"loss-left-out", say("少扣一项", "a loss left out"), "lose 5分 when c", ""},
       {"loss-amount", say("扣多少，末位加1、减1", "what is lost, one more or less in its last place"), "lose 5%", "lose 6%"},
       {"loss-mode", say("零头怎样扣：满、不足、按比例互换", "full, started, pro rata exchanged"), "for each full",
        "for each started"},
       {"loss-direction", say("低于、高于互换", "below and above exchanged"), "x is below 100%", "x is above 100%"},
       {"loss-line", say("从哪一条线起扣，末位加1、减1", "the line of a loss, one more or less in its last place"), "below 100%",
        "below 101%"},
       {"loss-step", say("每一步多大，末位加1、减1", "the step of a loss, one more or less in its last place"), "1个百分点",
        "2个百分点"},
       {"veto-left-out", say("少一条不得分、只得几成的规定", "zero when, or a share of full marks when, left out"), "zero when c",
        ""},
       {"share",
        say("占满分的比例，末位加1、减1，或与下一项互换", "a share of full marks one more or less, or two of them exchanged"),
        "75% of full marks", "76% of full marks"},
       {"factor-left-out", say("去掉系数", "the factor left out"), "times f", ""},
       {"item-left-out", say("各项少一项", "one of the items left out"), "items equally : a, b", "items equally : a"},
       {"degree", say("可达的程度，末位加1", "a degree one more in its last place"), "degrees 100%, 50%", "degrees 100%, 51%"},
       {"stated-left-out", say("去掉照录", "stated left out"), "stated s", ""},
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

void mention_columns(const std::optional<tree::Each>& each, std::set<std::string>& names) {
   if (!each) return;
   for (const tree::Name& column : each->columns) names.insert(fold(column.text));
}

}  // namespace

std::set<std::string> names_mentioned(const tree::Declaration& declaration) {
   std::set<std::string> names;
   for_each_expression(declaration, [&](const ExprPtr& expr) { mention(expr, names); });
   if (const auto* bands = get_if<tree::Bands>(&declaration))
      for (const tree::Band& band : bands->bands) names.insert(fold(band.name.text));
   if (const auto* score = get_if<tree::Score>(&declaration)) mention_counted(*score, names);
   if (const auto* check = get_if<tree::Check>(&declaration)) {  // what 本栏 stands for
      mention_columns(check->each, names);
      for (const tree::Case& one : check->cases) mention_columns(one.each, names);
   }
   return names;
}

std::set<std::string> names_mentioned(const tree::ExprPtr& expression) {
   std::set<std::string> names;
   mention(expression, names);
   return names;
}

}  // namespace heng

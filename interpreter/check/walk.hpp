// Walking over what was written.
// Does not know: what anything means.
#pragma once
#include <type_traits>

#include "grammar/tree.hpp"

namespace heng::checking {

template <typename E, typename T>
using As = std::conditional_t<std::is_const_v<E>, const T, T>;  // T, const where E is

// Calls take(inner) for every expression right inside this one; a copy's may be exchanged.
template <typename E, typename Take>
void for_each_inner(E& expr, Take take) {
   struct Visitor {
      Take& take;
      void one(As<E, tree::ExprPtr>& inner) const {
         if (inner) take(inner);
      }
      void operator()(As<E, tree::Bad>&) const {}
      void operator()(As<E, tree::Number>&) const {}
      void operator()(As<E, tree::Text>&) const {}
      void operator()(As<E, tree::NameRef>&) const {}
      void operator()(As<E, tree::Member>& part) const { one(part.object); }
      void operator()(As<E, tree::Index>& index) const {
         one(index.object);
         for (As<E, tree::IndexItem>& item : index.items) one(item.first), one(item.last);
      }
      void operator()(As<E, tree::Call>& call) const {
         for (As<E, tree::ExprPtr>& argument : call.arguments) one(argument);
         one(call.where);
      }
      void operator()(As<E, tree::Unary>& unary) const { one(unary.operand); }
      void operator()(As<E, tree::Binary>& binary) const { one(binary.left), one(binary.right); }
      void operator()(As<E, tree::Comparison>& comparison) const {
         for (As<E, tree::ExprPtr>& operand : comparison.operands) one(operand);
         one(comparison.within);
      }
      void operator()(As<E, tree::If>& choice) const { one(choice.condition), one(choice.then), one(choice.otherwise); }
      void operator()(As<E, tree::Otherwise>& otherwise) const { one(otherwise.operand), one(otherwise.fallback); }
      void operator()(As<E, tree::ZeroDivisorAs>& zero) const { one(zero.operand), one(zero.value); }
      void operator()(As<E, tree::IsTest>& test) const { one(test.operand); }
      void operator()(As<E, tree::Under>& under) const {
         one(under.operand);
         for (As<E, tree::ExprPtr>& code : under.codes) one(code);
      }
      void operator()(As<E, tree::Group>& group) const { one(group.inner); }
      void operator()(As<E, tree::FullMarks>&) const {}
      void operator()(As<E, tree::Judged>& judged) const { one(judged.value); }
      void operator()(As<E, tree::Target>&) const {}
      void operator()(As<E, tree::MissingValue>&) const {}
   };
   boost::variant2::visit(Visitor{take}, expr.what);
}

// What a score is made of, in the order in which it is made. Whoever must know all of it comes through here (the walk below, who
// reads it aloud, who makes mutants), and all of them take what they get apart whole: a member that is added to a score, a loss
// or an item does not compile before each of them knows it.
template <typename S, typename Visitor>
void for_each_member(S& score, Visitor&& visitor) {
   auto& [span, name, about, each, where, out_of, round_to, times, stated, value, arms, parts, items, zeros, marks, losses,
          loss_arms, braces] = score;
   visitor.heading(name, about);
   visitor.rows(each, where);
   visitor.out_of(out_of);
   visitor.zeros(zeros);
   visitor.marks(marks);
   visitor.formula(value);
   visitor.arms(arms);
   visitor.items(items);
   visitor.parts(parts);
   visitor.times(times);
   visitor.losses(losses);
   visitor.loss_arms(loss_arms);
   visitor.round_to(round_to);
   visitor.stated(stated);
}

// Calls take(expression) for every whole expression of a declaration; a copy's may be exchanged.
template <typename D, typename Take>
void for_each_expression(D& declaration, Take take) {
   struct Visitor {
      Take& take;
      void one(As<D, tree::ExprPtr>& expr) const {
         if (expr) take(expr);
      }
      void about(As<D, tree::About>& about) const {
         for (auto& part : about.message_parts)
            if (auto* expr = boost::variant2::get_if<tree::ExprPtr>(&part)) one(*expr);
      }
      void bands(As<D, std::vector<tree::Band>>& bands) const {
         for (auto& band : bands) one(band.interval.low), one(band.interval.high), one(band.value);
      }
      void operator()(As<D, tree::Report>&) const {}
      void operator()(As<D, tree::Form>&) const {}
      void operator()(As<D, tree::Phrases>&) const {}
      void operator()(As<D, tree::PrintedAs>&) const {}
      void operator()(As<D, tree::Record>&) const {}
      void operator()(As<D, tree::Choice>&) const {}
      void operator()(As<D, tree::UnitDecl>&) const {}
      void operator()(As<D, tree::Parameter>& parameter) const {
         for (auto& years : parameter.years) one(years.value);
         one(parameter.value);
      }
      void operator()(As<D, tree::Function>& function) const { one(function.body); }
      void operator()(As<D, tree::Check>& check) const {
         about(check.about), one(check.where);
         for (auto& one_case : check.cases) about(one_case.about), one(one_case.where), one(one_case.condition);
      }
      void operator()(As<D, tree::Rollup>& rollup) const { about(rollup.about); }
      void operator()(As<D, tree::Formulas>& formulas) const {
         about(formulas.about);
         for (auto& formula : formulas.formulas) about(formula.about), one(formula.condition);
      }
      void operator()(As<D, tree::Require>& require) const { about(require.about), one(require.where), one(require.condition); }
      void operator()(As<D, tree::Let>& let) const { about(let.about), one(let.where), one(let.value); }
      void operator()(As<D, tree::Score>& score) const { for_each_member(score, *this); }

      // members of a score
      void heading(const tree::Name&, As<D, tree::About>& written) const { about(written); }
      void rows(const std::optional<tree::Each>&, As<D, tree::ExprPtr>& where) const { one(where); }
      void out_of(As<D, tree::ExprPtr>& marks) const { one(marks); }
      void zeros(As<D, std::vector<tree::ZeroWhen>>& all) const {
         for (auto& [span, condition] : all) one(condition);
      }
      void marks(As<D, std::vector<tree::MarksWhen>>& all) const {
         for (auto& [span, share, condition] : all) one(share), one(condition);
      }
      void formula(As<D, tree::ExprPtr>& value) const { one(value); }
      void arms(As<D, std::vector<tree::Arm>>& all) const {
         for (auto& [span, condition, value] : all) one(condition), one(value);
      }
      void items(As<D, std::vector<tree::Items>>& all) const {
         for (auto& [span, equally, braces, listed] : all)
            for (auto& [item_span, met, share, degrees] : listed) {
               one(met), one(share);
               for (auto& degree : degrees) one(degree);
            }
      }
      void parts(As<D, std::vector<tree::Score>>& all) const {
         for (auto& part : all) (*this)(part);
      }
      void times(As<D, tree::ExprPtr>& factor) const { one(factor); }
      void losses(As<D, std::vector<tree::Loss>>& all) const {
         for (auto& [span, amount, of_full_marks, when, step] : all) {
            one(amount), one(when);
            if (!step) continue;
            auto& [step_span, mode, counted, size, measured, limit, below] = *step;
            one(size), one(measured), one(limit);
         }
      }
      void loss_arms(As<D, std::vector<tree::LossArm>>& all) const {
         for (auto& [span, condition, lost] : all) one(condition), losses(lost);
      }
      void round_to(const std::optional<int>&) const {}
      void stated(As<D, tree::ExprPtr>& printed) const { one(printed); }

      void operator()(As<D, tree::Bands>& all) const { about(all.about), one(all.of), bands(all.bands); }
      void operator()(As<D, tree::Tier>& tier) const { about(tier.about), bands(tier.bands); }
      void operator()(As<D, tree::Test>& test) const {
         for (auto& expect : test.expects) one(expect.what);
      }
   };
   boost::variant2::visit(Visitor{take}, declaration);
}

}  // namespace heng::checking

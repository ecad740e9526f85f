// Walking over what was written.
// Does not know: what anything means.
#pragma once
#include <type_traits>

#include "grammar/tree.hpp"

namespace heng::tree {

template <typename E, typename T>
using As = std::conditional_t<std::is_const_v<E>, const T, T>;  // T, const where E is

// Calls take(inner) for every expression right inside this one; a copy's may be exchanged.
template <typename E, typename Take>
void for_each_inner(E& expr, Take take) {
   struct Visitor {
      Take& take;
      void one(As<E, ExprPtr>& inner) const {
         if (inner) take(inner);
      }
      void operator()(As<E, Bad>&) const {}
      void operator()(As<E, Number>&) const {}
      void operator()(As<E, Text>&) const {}
      void operator()(As<E, NameRef>&) const {}
      void operator()(As<E, Member>& part) const { one(part.object); }
      void operator()(As<E, Index>& index) const {
         one(index.object);
         for (As<E, IndexItem>& item : index.items) one(item.first), one(item.last);
      }
      void operator()(As<E, Call>& call) const {
         for (As<E, ExprPtr>& argument : call.arguments) one(argument);
         one(call.where);
      }
      void operator()(As<E, Unary>& unary) const { one(unary.operand); }
      void operator()(As<E, Binary>& binary) const { one(binary.left), one(binary.right); }
      void operator()(As<E, Comparison>& comparison) const {
         for (As<E, ExprPtr>& operand : comparison.operands) one(operand);
         one(comparison.within);
      }
      void operator()(As<E, If>& choice) const { one(choice.condition), one(choice.then), one(choice.otherwise); }
      void operator()(As<E, Otherwise>& otherwise) const { one(otherwise.operand), one(otherwise.fallback); }
      void operator()(As<E, ZeroDivisorAs>& zero) const { one(zero.operand), one(zero.value); }
      void operator()(As<E, IsTest>& test) const { one(test.operand); }
      void operator()(As<E, Under>& under) const {
         one(under.operand);
         for (As<E, ExprPtr>& code : under.codes) one(code);
      }
      void operator()(As<E, Group>& group) const { one(group.inner); }
      void operator()(As<E, FullMarks>&) const {}
      void operator()(As<E, Judged>& judged) const { one(judged.value); }
      void operator()(As<E, Target>&) const {}
      void operator()(As<E, MissingValue>&) const {}
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
      void one(As<D, ExprPtr>& expr) const {
         if (expr) take(expr);
      }
      void about(As<D, About>& about) const {
         for (auto& part : about.message_parts)
            if (auto* expr = boost::variant2::get_if<ExprPtr>(&part)) one(*expr);
      }
      void bands(As<D, std::vector<Band>>& bands) const {
         for (auto& band : bands) one(band.interval.low), one(band.interval.high), one(band.value);
      }
      void operator()(As<D, Report>&) const {}
      void operator()(As<D, Form>&) const {}
      void operator()(As<D, Phrases>&) const {}
      void operator()(As<D, PrintedAs>&) const {}
      void operator()(As<D, Record>&) const {}
      void operator()(As<D, Choice>&) const {}
      void operator()(As<D, UnitDecl>&) const {}
      void operator()(As<D, Parameter>& parameter) const {
         for (auto& years : parameter.years) one(years.value);
         one(parameter.value);
      }
      void operator()(As<D, Function>& function) const { one(function.body); }
      void operator()(As<D, Check>& check) const {
         about(check.about), one(check.where);
         for (auto& one_case : check.cases) about(one_case.about), one(one_case.where), one(one_case.condition);
      }
      void operator()(As<D, Rollup>& rollup) const { about(rollup.about); }
      void operator()(As<D, Formulas>& formulas) const {
         about(formulas.about);
         for (auto& formula : formulas.formulas) about(formula.about), one(formula.condition);
      }
      void operator()(As<D, Require>& require) const { about(require.about), one(require.where), one(require.condition); }
      void operator()(As<D, Let>& let) const { about(let.about), one(let.where), one(let.value); }
      void operator()(As<D, Score>& score) const { for_each_member(score, *this); }

      // members of a score
      void heading(const Name&, As<D, About>& written) const { about(written); }
      void rows(const std::optional<Each>&, As<D, ExprPtr>& where) const { one(where); }
      void out_of(As<D, ExprPtr>& marks) const { one(marks); }
      void zeros(As<D, std::vector<ZeroWhen>>& all) const {
         for (auto& [span, condition] : all) one(condition);
      }
      void marks(As<D, std::vector<MarksWhen>>& all) const {
         for (auto& [span, share, condition] : all) one(share), one(condition);
      }
      void formula(As<D, ExprPtr>& value) const { one(value); }
      void arms(As<D, std::vector<Arm>>& all) const {
         for (auto& [span, condition, value] : all) one(condition), one(value);
      }
      void items(As<D, std::vector<Items>>& all) const {
         for (auto& [span, equally, braces, listed] : all)
            for (auto& [item_span, met, share, degrees] : listed) {
               one(met), one(share);
               for (auto& degree : degrees) one(degree);
            }
      }
      void parts(As<D, std::vector<Score>>& all) const {
         for (auto& part : all) (*this)(part);
      }
      void times(As<D, ExprPtr>& factor) const { one(factor); }
      void losses(As<D, std::vector<Loss>>& all) const {
         for (auto& [span, amount, of_full_marks, when, step] : all) {
            one(amount), one(when);
            if (!step) continue;
            auto& [step_span, mode, counted, size, measured, limit, below] = *step;
            one(size), one(measured), one(limit);
         }
      }
      void loss_arms(As<D, std::vector<LossArm>>& all) const {
         for (auto& [span, condition, lost] : all) one(condition), losses(lost);
      }
      void round_to(const std::optional<int>&) const {}
      void stated(As<D, ExprPtr>& printed) const { one(printed); }

      void operator()(As<D, Bands>& all) const { about(all.about), one(all.of), bands(all.bands); }
      void operator()(As<D, Tier>& tier) const { about(tier.about), bands(tier.bands); }
      void operator()(As<D, Test>& test) const {
         for (auto& expect : test.expects) one(expect.what);
      }
   };
   boost::variant2::visit(Visitor{take}, declaration);
}

}  // namespace heng::tree

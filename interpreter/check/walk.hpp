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
      void operator()(As<D, tree::Score>& score) const {
         about(score.about), one(score.where), one(score.out_of), one(score.value);
         for (auto& arm : score.arms) one(arm.condition), one(arm.value);
         one(score.times), one(score.stated);
         for (auto& items : score.items)
            for (auto& item : items.items) {
               one(item.met), one(item.share);
               for (auto& degree : item.degrees) one(degree);
            }
         for (auto& zero : score.zeros) one(zero.condition);
         for (auto& marks : score.marks) one(marks.share), one(marks.condition);
         for (auto& each : score.losses) loss(each);
         for (auto& arm : score.loss_arms) {
            one(arm.condition);
            for (auto& each : arm.losses) loss(each);
         }
         for (auto& part : score.parts) (*this)(part);
      }
      void loss(As<D, tree::Loss>& each) const {
         one(each.amount), one(each.when);
         if (each.step) one(each.step->size), one(each.step->measured), one(each.step->limit);
      }
      void operator()(As<D, tree::Bands>& all) const { about(all.about), one(all.of), bands(all.bands); }
      void operator()(As<D, tree::Tier>& tier) const { about(tier.about), bands(tier.bands); }
      void operator()(As<D, tree::Test>& test) const {
         for (auto& expect : test.expects) one(expect.what);
      }
   };
   boost::variant2::visit(Visitor{take}, declaration);
}

}  // namespace heng::checking

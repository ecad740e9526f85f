// Walking over what was written.
// Does not know: what anything means.
#pragma once
#include "grammar/tree.hpp"

namespace heng::checking {

// Calls take(inner) for every expression right inside this one.
template <typename Take>
void for_each_inner(const tree::Expr& expr, Take take) {
   struct Visitor {
      Take& take;
      void one(const tree::ExprPtr& inner) const {
         if (inner) take(inner);
      }
      void operator()(const tree::Bad&) const {}
      void operator()(const tree::Number&) const {}
      void operator()(const tree::Text&) const {}
      void operator()(const tree::NameRef&) const {}
      void operator()(const tree::Member& part) const { one(part.object); }
      void operator()(const tree::Index& index) const {
         one(index.object);
         for (const tree::IndexItem& item : index.items) one(item.first), one(item.last);
      }
      void operator()(const tree::Call& call) const {
         for (const tree::ExprPtr& argument : call.arguments) one(argument);
         one(call.where);
      }
      void operator()(const tree::Unary& unary) const { one(unary.operand); }
      void operator()(const tree::Binary& binary) const { one(binary.left), one(binary.right); }
      void operator()(const tree::Comparison& comparison) const {
         for (const tree::ExprPtr& operand : comparison.operands) one(operand);
         one(comparison.within);
      }
      void operator()(const tree::If& choice) const { one(choice.condition), one(choice.then), one(choice.otherwise); }
      void operator()(const tree::Otherwise& otherwise) const { one(otherwise.operand), one(otherwise.fallback); }
      void operator()(const tree::ZeroDivisorAs& zero) const { one(zero.operand), one(zero.value); }
      void operator()(const tree::IsTest& test) const { one(test.operand); }
      void operator()(const tree::Under& under) const { one(under.operand); }
      void operator()(const tree::Group& group) const { one(group.inner); }
      void operator()(const tree::FullMarks&) const {}
      void operator()(const tree::Judged& judged) const { one(judged.value); }
      void operator()(const tree::Target&) const {}
      void operator()(const tree::MissingValue&) const {}
   };
   boost::variant2::visit(Visitor{take}, expr.what);
}

}  // namespace heng::checking

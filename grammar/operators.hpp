// The operators of an expression: how strongly each binds. A test holds this list equal to that of the library.
// Does not know: which types an operator takes, what it computes.
#pragma once
#include <array>
#include <cstdint>

#include "grammar/lexer.hpp"
#include "grammar/tree.hpp"

namespace heng::grammar {

// From loose to tight. `not` binds looser than comparisons, a sign tighter than ×, `otherwise` belongs to one operand.
enum Strength : std::uint8_t {
   exactly_when_strength = 10,
   or_strength = 20,
   and_strength = 30,
   not_strength = 40,
   compare_strength = 50,
   add_strength = 60,
   zero_divisor_strength = 65,
   multiply_strength = 70,
   sign_strength = 80,
   otherwise_strength = 90,
   operand_strength = 100,
};

constexpr Strength strength_of(Infix infix) {
   switch (infix) {
      case Infix::exactly_when: return exactly_when_strength;
      case Infix::either: return or_strength;
      case Infix::both: return and_strength;
      case Infix::add:
      case Infix::subtract: return add_strength;
      case Infix::multiply:
      case Infix::divide: return multiply_strength;
      case Infix::zero_divisor_as: return zero_divisor_strength;
      case Infix::otherwise: return otherwise_strength;
      default: return compare_strength;
   }
}

constexpr Strength strength_of(tree::BinaryOp op) {
   switch (op) {
      case tree::BinaryOp::exactly_when: return exactly_when_strength;
      case tree::BinaryOp::either: return or_strength;
      case tree::BinaryOp::both: return and_strength;
      case tree::BinaryOp::add:
      case tree::BinaryOp::subtract: return add_strength;
      default: return multiply_strength;
   }
}

constexpr bool is_comparison(Infix infix) { return infix >= Infix::equal && infix <= Infix::exactly; }

// Both enumerations list them in the same order.
constexpr tree::CompareOp compare_op(Infix infix) {
   return static_cast<tree::CompareOp>(static_cast<int>(infix) - static_cast<int>(Infix::equal));
}
static_assert(compare_op(Infix::exactly) == tree::CompareOp::exactly);

constexpr tree::BinaryOp binary_op(Infix infix) { return static_cast<tree::BinaryOp>(infix); }
static_assert(binary_op(Infix::exactly_when) == tree::BinaryOp::exactly_when);

}  // namespace heng::grammar

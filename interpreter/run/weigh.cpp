// Arithmetic and comparisons of a run: missing lanes, units that come with the data, and the numbers themselves.
#include <algorithm>

#include "interpreter/run/state.hpp"

namespace heng {

namespace {

constexpr std::uint8_t of(Missing kind) { return static_cast<std::uint8_t>(kind); }

// A refused unit says more than a bound that does not settle it.
bool may_refuse(std::uint8_t missing) { return missing == 0 || missing == of(Missing::bound_undecided); }

// Yes/no lanes without value hold 0.
void clear_missing(const std::uint8_t* missing, std::uint8_t* yes, std::uint32_t rows) {
   for (std::uint32_t i = 0; i < rows; ++i) yes[i] = missing[i] ? 0 : yes[i];
}

kernels::Compare how(Op op) {
   switch (op) {
      case Op::equal: return kernels::Compare::equal;
      case Op::not_equal: return kernels::Compare::not_equal;
      case Op::less:
      case Op::greater_op: return kernels::Compare::less;
      default: return kernels::Compare::less_equal;
   }
}

bool is_turned(Op op) { return op == Op::greater_op || op == Op::greater_equal; }

}  // namespace

std::uint8_t* Run::refuse(Lanes& out) {
   if (out.missing != out.own.missing.data()) out.own.missing.assign(out.missing, out.missing + out.rows);
   out.missing = out.own.missing.data();
   return out.own.missing.data();
}

// ---- units that come with the data --------------------------------------------------------------------------------------------

void Run::combine_units(const Node& node, Arithmetic op, Lanes& out) {
   const NodeId a = node.in[0], b = node.in[1];
   if (!is_written(node) || (!lanes[a].measure && !lanes[b].measure)) return;
   const Type *a_type = fixed_type(a), *b_type = fixed_type(b);
   std::uint8_t* missing = nullptr;
   std::uint32_t* measure = out.make_measure();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const auto made = units.combined(op, measure_at(a, i), a_type, measure_at(b, i), b_type);
      measure[i] = made.value_or(Measures::bare);
      if (made || !may_refuse(out.missing[i])) continue;
      if (!missing) missing = refuse(out);
      missing[i] = of(Missing::unit_differs);
      out.any_missing = true;
   }
}

// What lanes of a fixed type are measured in; a literal 0 is 0 in any unit.
std::uint32_t Run::fixed_measure(const Lanes& side) {
   if (side.measure) return unknown_measure;
   const auto id = static_cast<NodeId>(&side - lanes.data());
   return is_literal_zero(id) ? any_measure : units.measure_of(node(id).type);
}

void Run::compare_units(const Node& node, Lanes& out) {
   const NodeId a = node.in[0], b = node.in[1];
   if (!is_written(node) || (!lanes[a].measure && !lanes[b].measure)) return;
   if (is_literal_zero(a) || is_literal_zero(b)) return;
   const Type *a_type = fixed_type(a), *b_type = fixed_type(b);
   std::uint8_t* missing = nullptr;
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      if (!may_refuse(out.missing[i]) || units.comparable(measure_at(a, i), a_type, measure_at(b, i), b_type)) continue;
      if (!missing) missing = refuse(out);
      missing[i] = of(Missing::unit_differs);
      out.any_missing = true;
   }
}

// What is allowed is an amount of what the sides differ by: 5000分 are none of 元.
void Run::tolerance_units(const Node& node, Lanes& out) {
   const NodeId a = node.in[0], b = node.in[1], allowed = node.in[2];
   if (!is_written(node) || (!lanes[a].measure && !lanes[b].measure && !lanes[allowed].measure)) return;
   const auto measure = [&](NodeId id, std::uint32_t i) { return is_literal_zero(id) ? any_measure : measure_at(id, i); };
   std::uint8_t* missing = nullptr;
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      if (!may_refuse(out.missing[i])) continue;
      const std::uint32_t difference = units.difference(measure(a, i), fixed_type(a), measure(b, i), fixed_type(b));
      if (units.tolerates(difference, measure(allowed, i), fixed_type(allowed), node.relative)) continue;
      if (!missing) missing = refuse(out);
      missing[i] = of(Missing::unit_differs);
      out.any_missing = true;
   }
}

// The same figure where its row's unit fits the type that is wanted.
void Run::as_unit(const Node& node, Lanes& out) {
   const Lanes& a = in(node, 0);
   numbers::share(a, out);
   out.any_missing = a.any_missing;
   out.missing = a.missing;
   if (!a.measure) return;
   const auto scales = [](Kind kind) { return kind == Kind::number || kind == Kind::percent || kind == Kind::percentage_point; };
   const bool to_scale = scales(node.type.kind), to_points = same_meaning(node.type, points_type());
   std::uint8_t* missing = nullptr;
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      if (!may_refuse(out.missing[i]) || a.measure[i] == any_measure) continue;
      const Type unit = units.type_of(a.measure[i]);
      const bool plain = unit.kind == Kind::number || unit.kind == Kind::percent;
      if (same_meaning(unit, node.type) || (plain && to_scale) || (unit.kind == Kind::number && to_points)) continue;
      if (!missing) missing = refuse(out);
      missing[i] = of(Missing::unit_differs);
      out.any_missing = true;
   }
}

// ---- arithmetic
// -----------------------------------------------------------------------------------------------------------------

void Run::arithmetic(const Node& node, Lanes& out) {
   Lanes& a = in(node, 0);
   if (node.in.size() == 1) {
      out.missing = a.missing;
      out.any_missing = a.any_missing;
      out.measure = is_written(node) ? a.measure : nullptr;
   } else {
      merge_missing(a, in(node, 1), out);
   }
   switch (node.op) {
      case Op::add: combine_units(node, Arithmetic::add, out); return numbers::add(a, in(node, 1), false, out);
      case Op::subtract: combine_units(node, Arithmetic::subtract, out); return numbers::add(a, in(node, 1), true, out);
      case Op::multiply: combine_units(node, Arithmetic::multiply, out); return numbers::multiply(a, in(node, 1), out);
      case Op::negate: return numbers::negate(a, out);
      case Op::absolute: return numbers::absolute(a, out);
      default: return numbers::round(a, node.number, node.rounding, out);
   }
}

void Run::divide(const Node& node, Lanes& out) {
   Lanes &a = in(node, 0), &b = in(node, 1);
   merge_missing(a, b, out);
   // A divisor of 0 is found before units are looked at: it may have none (a sum of no rows).
   std::vector<std::uint8_t>& zero = when_;
   zero.resize(out.rows);
   numbers::divide(a, b, out, zero.data());
   const auto divided = [&](std::uint32_t i) { return out.missing[i] == 0 || a.bounds.count(i) != 0; };
   for (std::uint32_t i = 0; i < out.rows; ++i) zero[i] = zero[i] && b.has(i) && divided(i);
   const bool any_zero = kernels::any(zero.data(), out.rows);
   if (any_zero) {
      std::uint8_t* missing = refuse(out);
      for (std::uint32_t i = 0; i < out.rows; ++i) missing[i] = zero[i] ? of(Missing::zero_divisor) : missing[i];
      out.any_missing = true;
   }
   combine_units(node, Arithmetic::divide, out);
   if (!any_zero || node.in.size() < 3) return;
   // Where the divisor is 0 the rule says what it is.
   Lanes quotient;
   std::swap(quotient, out);
   out.begin(quotient.rows);
   const std::vector<std::uint8_t> taken = zero;
   pick(node, taken.data(), in(node, 2), quotient, out);
   if (out.missing == quotient.own.missing.data()) out.own.missing = quotient.own.missing, out.missing = out.own.missing.data();
   numbers::own(out);
}

void Run::lesser_or_greater(const Node& node, Lanes& out) {
   Lanes &a = in(node, 0), &b = in(node, 1);
   merge_missing(a, b, out);
   compare_units(node, out);
   std::vector<std::uint8_t>& first = when_;
   first.resize(out.rows);
   if (node.op == Op::lesser)
      numbers::compare(kernels::Compare::less_equal, a, b, out.missing, first.data(), out.rows);
   else
      numbers::compare(kernels::Compare::less_equal, b, a, out.missing, first.data(), out.rows);
   numbers::choose(first.data(), a, b, out);
   if (!is_written(node) || (!a.measure && !b.measure)) return;
   std::uint32_t* measure = out.make_measure();
   const std::uint32_t of_a = fixed_measure(a), of_b = fixed_measure(b);
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const Lanes& taken = first[i] ? a : b;
      measure[i] = !out.has(i) ? unknown_measure : taken.measure ? taken.measure[i] : first[i] ? of_a : of_b;
   }
}

// ---- comparisons
// ------------------------------------------------------------------------------------------------------------------

void Run::compare_yes_no(const Node& node, Lanes& out) {
   const Lanes &a = in(node, 0), &b = in(node, 1);
   merge_missing(a, b, out);
   const std::uint8_t differ = node.op == Op::not_equal;
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = out.missing[i] ? 0 : (a.yes[i] == b.yes[i]) ^ differ;
}

void Run::compare(const Node& node, Lanes& out) {
   Lanes &a = in(node, 0), &b = in(node, 1);
   if (this->node(node.in[0]).type.kind == Kind::yes_no) return compare_yes_no(node, out);
   merge_missing(a, b, out);
   compare_units(node, out);
   Lanes &left = is_turned(node.op) ? b : a, &right = is_turned(node.op) ? a : b;
   std::uint8_t* yes = out.make_yes();
   numbers::compare(how(node.op), left, right, out.missing, yes, out.rows);
   if (out.any_missing) clear_missing(out.missing, yes, out.rows);
}

// Both sides have a value although figures below are only bounds: the slopes of the others decide what is allowed.
void Run::allow_beside_bounds(const Node& node, Lanes& allowed) {
   std::vector<std::pair<std::uint32_t, Rational>> values;
   for (std::uint32_t i = 0; i < allowed.rows; ++i) {
      if (allowed.has(i) || !in(node, 0).has(i) || !in(node, 1).has(i)) continue;
      Gradient left = gradient(node.in[0], i);
      const Gradient right = gradient(node.in[1], i);
      if (left.near_zero || right.near_zero) continue;
      for (const auto& [cell, slope] : right.slopes) left.slopes[cell] -= slope;
      Rational spread = radius(left);
      if (bits(spread) <= most_bits) values.emplace_back(i, std::move(spread));
   }
   if (!values.empty()) numbers::patch(allowed, values);
}

// ≈ <~ >~ within: holds where gap ≤ allowed. The plan made both.
void Run::weighed(const Node& node, Lanes& out, std::size_t gap) {
   Lanes &difference = in(node, gap), &allowed = in(node, gap + 1);
   merge_missing(in(node, 0), in(node, 1), out);
   compare_units(node, out);
   if (node.op == Op::within && in(node, 2).any_missing) {
      std::uint8_t* missing = refuse(out);
      for (std::uint32_t i = 0; i < out.rows; ++i) missing[i] = std::max(missing[i], in(node, 2).missing[i]);
   } else if (has_bounds_ && allowed.any_missing) {
      allow_beside_bounds(node, allowed);
   }
   if (node.op == Op::within) tolerance_units(node, out);
   if (difference.any_missing || allowed.any_missing) {
      std::uint8_t* missing = refuse(out);
      for (std::uint32_t i = 0; i < out.rows; ++i) {
         const std::uint8_t more = std::max(difference.missing[i], allowed.missing[i]);
         missing[i] = missing[i] ? missing[i] : more;
      }
      out.any_missing = true;
   }
   std::uint8_t* yes = out.make_yes();
   numbers::compare(kernels::Compare::less_equal, difference, allowed, out.missing, yes, out.rows);
   if (out.any_missing) clear_missing(out.missing, yes, out.rows);
}

// ---- what goes lane by lane
// -------------------------------------------------------------------------------------------------------

void Run::call(const Node& node, Lanes& out) {
   std::vector<Value> arguments(node.in.size());
   std::vector<Rational> results(out.rows);
   std::uint8_t* missing = out.make_missing();
   const bool numeric = node.type.is_numeric(), yes_no = node.type.kind == Kind::yes_no;
   std::uint8_t* yes = yes_no ? out.make_yes() : nullptr;
   std::uint32_t* text = numeric || yes_no ? nullptr : out.make_text();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      missing[i] = 0;
      if (yes) yes[i] = 0;
      if (text) text[i] = 0;
      for (std::size_t at = 0; at < node.in.size(); ++at) {
         arguments[at] = value(node.in[at], i);
         missing[i] = std::max(missing[i], in(node, at).missing[i]);
      }
      if (missing[i]) continue;
      const Value result = node.function->apply(arguments);
      if (const auto* kind = boost::variant2::get_if<Missing>(&result)) missing[i] = of(*kind);
      if (const auto* number = boost::variant2::get_if<Rational>(&result)) results[i] = *number;
      if (const auto* is = boost::variant2::get_if<bool>(&result); is && yes) yes[i] = *is;
      if (const auto* words = boost::variant2::get_if<std::string>(&result); words && text) text[i] = texts.intern(*words);
   }
   out.any_missing = kernels::any(missing, out.rows);
   if (numeric) numbers::put(results, out);
   if (numeric && node.type.kind == Kind::measured) std::fill_n(out.make_measure(), out.rows, unknown_measure);
}

void Run::zero_if_missing(const Node& node, Lanes& out) {
   Lanes& a = in(node, 0);
   share(a, out);
   out.measure = nullptr;
   if (!a.any_missing) return;
   const auto in_data = [](std::uint8_t kind) { return kind <= of(Missing::no_such_report) || kind == of(Missing::empty_list); };
   std::uint8_t* missing = out.make_missing();
   std::vector<std::uint8_t>& there = when_;
   there.resize(out.rows);
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      missing[i] = in_data(a.missing[i]) ? 0 : a.missing[i];
      there[i] = a.missing[i] == 0;
   }
   out.any_missing = kernels::any(missing, out.rows);
   if (node.type.kind == Kind::yes_no) return;  // fillers are 0
   Lanes zeros;
   zeros.begin(out.rows);
   zeros.missing = zero_bytes(out.rows);
   zeros.number = zero_numbers(out.rows);
   numbers::choose(there.data(), a, zeros, out);
}

void Run::allowance(const Node& node, Lanes& out) {
   merge_missing(in(node, 0), in(node, 1), out);
   std::vector<Rational> values(out.rows);
   std::uint8_t* missing = refuse(out);
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      if (missing[i]) continue;
      Gradient left = gradient(node.in[0], i);
      const Gradient right = gradient(node.in[1], i);
      for (const auto& [cell, slope] : right.slopes) left.slopes[cell] -= slope;
      values[i] = radius(left);
      if (left.near_zero || right.near_zero) missing[i] = of(Missing::near_zero_divisor), out.any_missing = true;
   }
   numbers::put(values, out);
}

// D5, with the slopes of each side by itself.
void Run::implausible(const Node& node, Lanes& out) {
   merge_missing(in(node, 0), in(node, 1), out);
   const bool left_single = is_single_figure(plan.program, node.in[0]);
   const bool right_single = !left_single && is_single_figure(plan.program, node.in[1]);
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      yes[i] = 0;
      if (out.missing[i]) continue;
      Rational single = 0, squares = 0;
      for (std::size_t side = 0; side < 2; ++side)
         for (const auto& [cell, slope] : gradient(node.in[side], i).slopes) {
            const Rational width = abs(slope) * half_width(cell.first, cell.second);
            const Column& column = batch->columns[cell.first];
            const bool zero = column.mantissa[cell.second] == 0 && !column.wide.count(cell.second);
            if (side == 0 ? left_single : right_single)
               single = width;
            else if (!zero)
               squares += width * width;
         }
      const Rational beyond = abs(Rational(in(node, 0).at(i) - in(node, 1).at(i))) - single;
      yes[i] = beyond > 0 && beyond * beyond > 6 * squares;
   }
}

}  // namespace heng

// Figures that are themselves bounds (≥90%): exact interval arithmetic, lane by lane, beside the columns. What comes out as a
// single value is one; a comparison that is the same for all values is settled; everything else stays Missing::bound_undecided.
#include <algorithm>

#include "interpreter/run/state.hpp"
#include "stdlib/interval.hpp"

namespace heng {

using namespace intervals;

namespace {

bool is_comparison(Op op) { return (op >= Op::equal && op <= Op::greater_equal) || op == Op::within; }

}  // namespace

// What a finished lane may be; nothing: it is missing for another reason.
std::optional<Interval> Run::interval(NodeId id, std::uint32_t row) const {
   const Lanes& lane = lanes[id];
   if (lane.has(row)) return point(lane.at(row));
   const auto found = lane.bounds.find(row);
   return found == lane.bounds.end() ? std::nullopt : std::optional(found->second);
}

std::optional<bool> Run::settled(const Node& node, std::uint32_t row) const {
   if (!is_comparison(node.op)) return std::nullopt;
   const bool is_within = node.op == Op::within;
   const auto a = interval(node.in[is_within ? 3 : 0], row), b = interval(node.in[is_within ? 4 : 1], row);
   if (!a || !b) return std::nullopt;
   switch (node.op) {
      case Op::equal: return equal(*a, *b);
      case Op::not_equal: {
         const auto same = equal(*a, *b);
         return same ? std::optional(!*same) : std::nullopt;
      }
      case Op::less: return less(*a, *b);
      case Op::less_equal:
      case Op::within: return less_equal(*a, *b);
      case Op::greater_op: return less(*b, *a);
      case Op::greater_equal: return less_equal(*b, *a);
      default: return std::nullopt;
   }
}

std::optional<Interval> Run::reduced_interval(const Node& node, std::uint32_t row) {
   const auto rows = picked(static_cast<NodeId>(&node - plan.program.nodes.data()), row, false);
   std::optional<Interval> result;
   for (const std::uint32_t one : rows) {
      const auto value = interval(node.in[0], one);
      if (!value) return std::nullopt;
      if (!result)
         result = value;
      else if (node.op == Op::minimum)
         result = lesser(*result, *value);
      else if (node.op == Op::maximum)
         result = greater(*result, *value);
      else
         result = add(*result, *value);
   }
   if (result && node.op == Op::average) return multiply(*result, point(Rational(1, rows.size())));
   return result;
}

std::optional<Interval> Run::interval_of(NodeId id, std::uint32_t row) {
   const Node& node = this->node(id);
   const auto input = [&](std::size_t at) -> std::optional<Interval> {
      const auto where = input_row(id, at, row);
      return where ? interval(node.in[at], *where) : std::nullopt;
   };
   const auto two = [&](Interval (*make)(const Interval&, const Interval&)) -> std::optional<Interval> {
      const auto a = input(0), b = input(1);
      return a && b ? std::optional(make(*a, *b)) : std::nullopt;
   };
   const auto one = [&](auto make) -> std::optional<Interval> {
      const auto a = input(0);
      return a ? std::optional<Interval>(make(*a)) : std::nullopt;
   };
   switch (node.op) {
      case Op::broadcast:
      case Op::at_row:
      case Op::rule:
      case Op::target_value:
      case Op::as_unit:
      case Op::zero_if_missing:
      case Op::otherwise: return input(0);
      case Op::add: return two(add);
      case Op::subtract: return two([](const Interval& a, const Interval& b) { return add(a, negative(b)); });
      case Op::multiply: return two(multiply);
      case Op::lesser: return two(lesser);
      case Op::greater: return two(greater);
      case Op::negate: return one(negative);
      case Op::absolute: return one(absolute);
      case Op::round: return one([&](const Interval& a) { return rounded(a, node.number, node.rounding); });
      case Op::divide: {
         const auto a = input(0), b = input(1);
         if (b && b->is_point() && b->low == 0) return node.in.size() > 2 ? input(2) : std::nullopt;
         const auto turned = b ? inverse(*b) : std::nullopt;
         return a && turned ? std::optional(multiply(*a, *turned)) : std::nullopt;
      }
      case Op::select: return lanes[node.in[0]].has(row) ? input(lanes[node.in[0]].yes[row] ? 1 : 2) : std::nullopt;
      case Op::sum:
      case Op::average:
      case Op::minimum:
      case Op::maximum: return reduced_interval(node, row);
      default: return std::nullopt;
   }
}

void Run::settle_bounds(NodeId id) {
   const Node& node = this->node(id);
   Lanes& out = lanes[id];
   if (node.op == Op::field) return;
   std::vector<std::pair<std::uint32_t, Rational>> points;
   for (std::uint32_t row = 0; row < out.rows; ++row) {
      if (out.missing_at(row) != Missing::bound_undecided) continue;
      if (node.type.kind == Kind::yes_no) {
         const auto is = settled(node, row);
         if (!is) continue;
         refuse(out)[row] = 0;
         out.own.yes[row] = *is;
         continue;
      }
      auto value = interval_of(id, row);
      if (!value) continue;
      const bool too_large =
          (value->has_low && bits(value->low) > most_bits) || (value->has_high && bits(value->high) > most_bits);
      if (too_large) {
         refuse(out)[row] = static_cast<std::uint8_t>(Missing::grew_too_large);
         continue;
      }
      if ((node.op == Op::lesser || node.op == Op::greater) && out.measure) {
         const auto a = interval(node.in[0], row), b = interval(node.in[1], row);
         const auto order = node.op == Op::lesser ? less_equal(*a, *b) : less_equal(*b, *a);
         const NodeId taken = node.in[order == false ? 1 : 0];
         out.own.measure[row] = lanes[taken].measure ? lanes[taken].measure[row] : fixed_measure(lanes[taken]);
      }
      if (value->is_point())
         points.emplace_back(row, value->low);
      else
         out.bounds[row] = std::move(*value);
   }
   if (!points.empty()) numbers::patch(out, points);
}

}  // namespace heng

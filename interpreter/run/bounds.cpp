// Figures that are themselves bounds (≥90%): exact interval arithmetic, lane by lane, beside the columns. What comes out as a
// single value is one; a comparison that is the same for all values is settled; everything else stays Missing::bound_undecided.
#include <algorithm>

#include "interpreter/run/state.hpp"

namespace heng {

namespace {

Interval point(const Rational& value) {
   Interval interval;
   interval.has_low = interval.has_high = true;
   interval.low = interval.high = value;
   return interval;
}

// One end of an interval: −∞, a value, or +∞; open where it is not reached.
struct End {
   int infinite = 0;
   Rational value;
   bool open = false;
};

End low_of(const Interval& a) { return a.has_low ? End{0, a.low, a.low_open} : End{-1, 0, true}; }
End high_of(const Interval& a) { return a.has_high ? End{0, a.high, a.high_open} : End{1, 0, true}; }

Interval between(const End& low, const End& high) {
   Interval interval;
   if (low.infinite == 0) interval.has_low = true, interval.low = low.value, interval.low_open = low.open;
   if (high.infinite == 0) interval.has_high = true, interval.high = high.value, interval.high_open = high.open;
   return interval;
}

int order(const End& a, const End& b) {
   if (a.infinite != b.infinite) return a.infinite < b.infinite ? -1 : 1;
   if (a.infinite != 0 || a.value == b.value) return 0;
   return a.value < b.value ? -1 : 1;
}

// Of two ends that meet, `reached` prefers the one that is reached, else the open one.
End least(const End& a, const End& b, bool reached) {
   const int which = order(a, b);
   return which != 0 ? (which < 0 ? a : b) : (a.open == reached ? b : a);
}
End most(const End& a, const End& b, bool reached) {
   const int which = order(a, b);
   return which != 0 ? (which > 0 ? a : b) : (a.open == reached ? b : a);
}

End plus(const End& a, const End& b) {
   if (a.infinite || b.infinite) return {a.infinite ? a.infinite : b.infinite, 0, true};
   return {0, a.value + b.value, a.open || b.open};
}

int sign(const End& end) { return end.infinite ? end.infinite : end.value.sign(); }

// 0 times anything is 0, also times ∞; it is reached where a 0 is.
End product(const End& a, const End& b) {
   const bool a_zero = !a.infinite && a.value == 0, b_zero = !b.infinite && b.value == 0;
   if (a_zero || b_zero) return {0, 0, !((a_zero && !a.open) || (b_zero && !b.open))};
   if (a.infinite || b.infinite) return {sign(a) * sign(b), 0, true};
   return {0, a.value * b.value, a.open || b.open};
}

Interval add(const Interval& a, const Interval& b) { return between(plus(low_of(a), low_of(b)), plus(high_of(a), high_of(b))); }

Interval negative(const Interval& a) {
   End low = high_of(a), high = low_of(a);
   for (End* end : {&low, &high}) end->infinite = -end->infinite, end->value = -end->value;
   return between(low, high);
}

Interval multiply(const Interval& a, const Interval& b) {
   End low = product(low_of(a), low_of(b)), high = low;
   for (const End& x : {low_of(a), high_of(a)})
      for (const End& y : {low_of(b), high_of(b)}) {
         const End corner = product(x, y);
         low = least(low, corner, true);
         high = most(high, corner, true);
      }
   return between(low, high);
}

std::optional<Interval> inverse(const Interval& a) {
   const bool positive = a.has_low && (a.low > 0 || (a.low == 0 && a.low_open));
   const bool below = a.has_high && (a.high < 0 || (a.high == 0 && a.high_open));
   if (!positive && !below) return std::nullopt;
   const auto turn = [](const End& end, int infinite) -> End {
      if (end.infinite) return {0, 0, true};
      if (end.value == 0) return {infinite, 0, true};
      return {0, 1 / end.value, end.open};
   };
   return between(turn(high_of(a), -1), turn(low_of(a), 1));
}

Interval absolute(const Interval& a) {
   if (a.has_low && a.low >= 0) return a;
   if (a.has_high && a.high <= 0) return negative(a);
   return between({0, 0, false}, most(high_of(a), high_of(negative(a)), true));
}

Interval lesser(const Interval& a, const Interval& b) {
   return between(least(low_of(a), low_of(b), true), least(high_of(a), high_of(b), false));
}
Interval greater(const Interval& a, const Interval& b) {
   return between(most(low_of(a), low_of(b), false), most(high_of(a), high_of(b), true));
}

Interval rounded(const Interval& a, const Node& node) {
   Interval result = a;
   result.low_open = result.high_open = false;  // an open end may still reach its rounded value
   if (a.has_low) result.low = round(a.low, node.number, node.rounding);
   if (a.has_high) result.high = round(a.high, node.number, node.rounding);
   return result;
}

std::optional<bool> less(const Interval& a, const Interval& b) {
   if (a.has_high && b.has_low && (a.high < b.low || (a.high == b.low && (a.high_open || b.low_open)))) return true;
   if (a.has_low && b.has_high && a.low >= b.high) return false;
   return std::nullopt;
}

std::optional<bool> less_equal(const Interval& a, const Interval& b) {
   const auto other = less(b, a);
   return other ? std::optional(!*other) : std::nullopt;
}

std::optional<bool> equal(const Interval& a, const Interval& b) {
   if (a.is_point() && b.is_point()) return a.low == b.low;
   if (less(a, b) == true || less(b, a) == true) return false;
   return std::nullopt;
}

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
      case Op::round: return one([&](const Interval& a) { return rounded(a, node); });
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

#include "stdlib/interval.hpp"

namespace heng::intervals {

namespace {

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

}  // namespace

Interval point(const Rational& value) {
   Interval interval;
   interval.has_low = interval.has_high = true;
   interval.low = interval.high = value;
   return interval;
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

Interval rounded(const Interval& a, int decimals, Rounding how) {
   Interval result = a;
   result.low_open = result.high_open = false;  // an open end may still reach its rounded value
   if (a.has_low) result.low = round(a.low, decimals, how);
   if (a.has_high) result.high = round(a.high, decimals, how);
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

std::optional<Interval> both(const Interval& a, const Interval& b) {
   const End low = most(low_of(a), low_of(b), false), high = least(high_of(a), high_of(b), false);
   const int which = order(low, high);
   if (which > 0 || (which == 0 && (low.infinite != 0 || low.open || high.open))) return std::nullopt;
   return between(low, high);
}

}  // namespace heng::intervals

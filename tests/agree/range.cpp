#include "tests/agree/range.hpp"

#include <algorithm>
#include <vector>

namespace heng::oracle {

namespace {

// An end of a range: −∞, a number, or +∞; open where the end itself is not reached.
struct End {
   int infinite = 0;  // −1, 0, +1
   Rational value;
   bool open = false;
};

End low_end(const Range& a) { return a.low ? End{0, *a.low, a.low_open} : End{-1, 0, true}; }
End high_end(const Range& a) { return a.high ? End{0, *a.high, a.high_open} : End{1, 0, true}; }

int sign(const End& end) { return end.infinite != 0 ? end.infinite : end.value.sign(); }

int compare(const End& a, const End& b) {
   if (a.infinite != b.infinite) return a.infinite < b.infinite ? -1 : 1;
   if (a.infinite != 0) return 0;
   return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

// 0 × ∞ is 0: whatever the other factor is, the product is 0. It is reached where the 0 is.
End product(const End& a, const End& b) {
   const bool a_zero = a.infinite == 0 && a.value == 0, b_zero = b.infinite == 0 && b.value == 0;
   if (a_zero || b_zero) return {0, 0, !((a_zero && !a.open) || (b_zero && !b.open))};
   if (a.infinite != 0 || b.infinite != 0) return {sign(a) * sign(b), 0, true};
   return {0, a.value * b.value, a.open || b.open};
}

Range between(const End& low, const End& high) {
   Range range;
   if (low.infinite == 0) range.low = low.value, range.low_open = low.open;
   if (high.infinite == 0) range.high = high.value, range.high_open = high.open;
   return range;
}

// Of two ends that meet, the one that is reached counts.
const End& smaller(const End& a, const End& b) {
   const int order = compare(a, b);
   return order != 0 ? (order < 0 ? a : b) : (a.open ? b : a);
}
const End& larger(const End& a, const End& b) {
   const int order = compare(a, b);
   return order != 0 ? (order > 0 ? a : b) : (a.open ? b : a);
}
// Where both must pass: of two ends that meet, the open one counts.
const End& smaller_of_both(const End& a, const End& b) {
   const int order = compare(a, b);
   return order != 0 ? (order < 0 ? a : b) : (a.open ? a : b);
}
const End& larger_of_both(const End& a, const End& b) {
   const int order = compare(a, b);
   return order != 0 ? (order > 0 ? a : b) : (a.open ? a : b);
}

}  // namespace

Range Range::bound(TargetKind kind, const Rational& value) {
   switch (kind) {
      case TargetKind::at_least: return {value, std::nullopt, false, true};
      case TargetKind::above: return {value, std::nullopt, true, true};
      case TargetKind::at_most: return {std::nullopt, value, true, false};
      case TargetKind::below: return {std::nullopt, value, true, true};
      default: return point(value);
   }
}

Range operator+(const Range& a, const Range& b) {
   Range sum;
   if (a.low && b.low) sum.low = *a.low + *b.low, sum.low_open = a.low_open || b.low_open;
   if (a.high && b.high) sum.high = *a.high + *b.high, sum.high_open = a.high_open || b.high_open;
   return sum;
}

Range operator-(const Range& a) {
   Range negative;
   if (a.high) negative.low = -*a.high, negative.low_open = a.high_open;
   if (a.low) negative.high = -*a.low, negative.high_open = a.low_open;
   return negative;
}

Range operator-(const Range& a, const Range& b) { return a + -b; }

Range operator*(const Range& a, const Range& b) {
   std::vector<End> corners;
   for (const End& x : {low_end(a), high_end(a)})
      for (const End& y : {low_end(b), high_end(b)}) corners.push_back(product(x, y));
   End low = corners[0], high = corners[0];
   for (const End& corner : corners) low = smaller(low, corner), high = larger(high, corner);
   return between(low, high);
}

std::optional<Range> reciprocal(const Range& a) {
   const bool positive = a.low && (*a.low > 0 || (*a.low == 0 && a.low_open));
   const bool negative = a.high && (*a.high < 0 || (*a.high == 0 && a.high_open));
   if (!positive && !negative) return std::nullopt;
   Range result;
   if (a.high && *a.high != 0) result.low = 1 / *a.high, result.low_open = a.high_open;
   if (a.low && *a.low != 0) result.high = 1 / *a.low, result.high_open = a.low_open;
   if (!a.high) result.low = 0, result.low_open = true;
   if (!a.low) result.high = 0, result.high_open = true;
   return result;
}

Range absolute(const Range& a) {
   if (a.low && *a.low >= 0) return a;
   if (a.high && *a.high <= 0) return -a;
   const End high = larger(high_end(a), high_end(-a));
   return between(End{0, 0, false}, high);
}

Range lesser(const Range& a, const Range& b) {
   return between(smaller(low_end(a), low_end(b)), smaller_of_both(high_end(a), high_end(b)));
}
Range greater(const Range& a, const Range& b) {
   return between(larger_of_both(low_end(a), low_end(b)), larger(high_end(a), high_end(b)));
}

// Rounding grows with what is rounded, so the ends bound it; an open end may still reach its rounded value.
Range round(const Range& a, int decimals, Rounding how) {
   Range result;
   if (a.low) result.low = heng::round(*a.low, decimals, how);
   if (a.high) result.high = heng::round(*a.high, decimals, how);
   return result;
}

std::optional<bool> less(const Range& a, const Range& b) {
   if (a.high && b.low && (*a.high < *b.low || (*a.high == *b.low && (a.high_open || b.low_open)))) return true;
   if (a.low && b.high && *a.low >= *b.high) return false;
   return std::nullopt;
}

std::optional<bool> less_equal(const Range& a, const Range& b) {
   const std::optional<bool> greater = less(b, a);
   return greater ? std::optional(!*greater) : std::nullopt;
}

std::optional<bool> equal(const Range& a, const Range& b) {
   if (a.is_point() && b.is_point()) return *a.low == *b.low;
   if (less(a, b) == true || less(b, a) == true) return false;
   return std::nullopt;
}

}  // namespace heng::oracle

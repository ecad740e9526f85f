// Intervals of exact numbers with open and closed ends, and arithmetic on them: what comes out holds all that may come out.
// Does not know: units, columns, where an interval comes from.
#pragma once
#include <optional>

#include "stdlib/number.hpp"

namespace heng {

// No end: unbounded.
struct Interval {
   bool has_low = false, has_high = false;
   bool low_open = false, high_open = false;
   Rational low, high;
   bool is_point() const { return has_low && has_high && low == high; }
};

namespace intervals {

Interval point(const Rational& value);
Interval add(const Interval& a, const Interval& b);
Interval negative(const Interval& a);
Interval multiply(const Interval& a, const Interval& b);
std::optional<Interval> inverse(const Interval& a);  // nothing: 0 lies in it
Interval absolute(const Interval& a);
Interval lesser(const Interval& a, const Interval& b);
Interval greater(const Interval& a, const Interval& b);
Interval rounded(const Interval& a, int decimals, Rounding how);
std::optional<Interval> both(const Interval& a, const Interval& b);  // what lies in both; nothing: there is none

// The same for all of a and all of b; nothing: it is not.
std::optional<bool> less(const Interval& a, const Interval& b);
std::optional<bool> less_equal(const Interval& a, const Interval& b);
std::optional<bool> equal(const Interval& a, const Interval& b);

}  // namespace intervals

}  // namespace heng

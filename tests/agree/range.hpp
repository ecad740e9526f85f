// Interval arithmetic for figures that are themselves bounds (≥90%): every result holds all values that the operands allow.
// Does not know: programs, data.
#pragma once
#include <optional>

#include "stdlib/number.hpp"
#include "stdlib/unit.hpp"

namespace heng::oracle {

// No end: unbounded.
struct Range {
   std::optional<Rational> low, high;
   bool low_open = false, high_open = false;
   static Range point(Rational value) { return {value, value, false, false}; }
   static Range bound(TargetKind kind, const Rational& value);
   bool is_point() const { return low && high && *low == *high; }
};

Range operator+(const Range& a, const Range& b);
Range operator-(const Range& a);
Range operator-(const Range& a, const Range& b);
Range operator*(const Range& a, const Range& b);
std::optional<Range> reciprocal(const Range& a);  // nothing where 0 may be in it
Range absolute(const Range& a);
Range lesser(const Range& a, const Range& b);
Range greater(const Range& a, const Range& b);
Range round(const Range& a, int decimals, Rounding how);

// Nothing where it is true of some of the values and false of others.
std::optional<bool> equal(const Range& a, const Range& b);
std::optional<bool> less(const Range& a, const Range& b);
std::optional<bool> less_equal(const Range& a, const Range& b);

}  // namespace heng::oracle

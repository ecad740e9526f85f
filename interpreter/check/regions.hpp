// Sets of values, exactly: numbers as intervals side by side, words with or without a few, some of a handful of cases.
// Does not know: nodes, rules.
#pragma once
#include <boost/variant2/variant.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "interpreter/program.hpp"
#include "stdlib/interval.hpp"

namespace heng::checking {

class Numbers {
 public:
   static Numbers all() { return Numbers(Interval{}); }
   static Numbers none() { return {}; }
   static Numbers point(const Rational& value) { return Numbers(intervals::point(value)); }
   static Numbers at_least_0();
   static Numbers compared(Op op, const Rational& limit);  // all x with x op limit
   explicit Numbers(const Interval& one) : parts_{one} {}

   bool empty() const { return parts_.empty(); }
   bool holds(const Rational& value) const;
   Numbers others() const;                                   // all that are not in it
   Interval hull() const;                                    // of a set that is not empty
   std::optional<Rational> one(const Rational& unit) const;  // one of them, a round number of units where there is one
   const std::vector<Interval>& parts() const { return parts_; }

 private:
   friend Numbers both(const Numbers& a, const Numbers& b);
   Numbers() = default;
   std::vector<Interval> parts_;  // ascending, apart
};
Numbers both(const Numbers& a, const Numbers& b);
Numbers either(const Numbers& a, const Numbers& b);
Numbers signs(const Numbers& a);  // all numbers that have the sign of one of them

// What comes out of the parts, one by one; of many parts only the hull counts.
Numbers each_part(const Numbers& a, Interval (*make)(const Interval& one));
Numbers each_pair(const Numbers& a, const Numbers& b, Interval (*make)(const Interval& one, const Interval& other));
Numbers quotients(const Numbers& a, const Numbers& divisors);  // by all divisors but 0
Numbers rounded(const Numbers& a, int decimals, Rounding how);

struct Words {
   bool except = false;  // all words but these
   std::set<std::string> words;
   bool empty() const { return !except && words.empty(); }
   Words others() const { return {!except, words}; }
};
Words both(const Words& a, const Words& b);

// Bits over the cases that there are.
struct Cases {
   std::uint32_t bits = 0;
   bool empty() const { return bits == 0; }
};
inline Cases both(const Cases& a, const Cases& b) { return {a.bits & b.bits}; }
inline constexpr std::uint32_t case_yes = 1, case_no = 2;

using Region = boost::variant2::variant<Numbers, Words, Cases>;
bool empty(const Region& region);
Region both(const Region& a, const Region& b);  // of one kind

}  // namespace heng::checking

#include "interpreter/check/regions.hpp"

#include <algorithm>

namespace heng::checking {

namespace {

constexpr std::size_t most_parts = 8;

Interval from(const Rational& low, bool open) {
   Interval interval;
   interval.has_low = true;
   interval.low = low;
   interval.low_open = open;
   return interval;
}

Interval up_to(const Rational& high, bool open) {
   Interval interval;
   interval.has_high = true;
   interval.high = high;
   interval.high_open = open;
   return interval;
}

Interval hull_of(const Interval& a, const Interval& b) {
   Interval hull;
   if (a.has_low && b.has_low) {
      const Interval& first = a.low < b.low || (a.low == b.low && !a.low_open) ? a : b;
      hull.has_low = true, hull.low = first.low, hull.low_open = first.low_open;
   }
   if (a.has_high && b.has_high) {
      const Interval& last = a.high > b.high || (a.high == b.high && !a.high_open) ? a : b;
      hull.has_high = true, hull.high = last.high, hull.high_open = last.high_open;
   }
   return hull;
}

Numbers few(const Numbers& set) { return set.parts().size() <= most_parts ? set : Numbers(set.hull()); }

bool holds(const Interval& interval, const Rational& value) {
   return intervals::both(interval, intervals::point(value)).has_value();
}

}  // namespace

Numbers Numbers::at_least_0() { return Numbers(from(0, false)); }

Numbers Numbers::compared(Op op, const Rational& limit) {
   switch (op) {
      case Op::less: return Numbers(up_to(limit, true));
      case Op::less_equal: return Numbers(up_to(limit, false));
      case Op::greater_op: return Numbers(from(limit, true));
      case Op::greater_equal: return Numbers(from(limit, false));
      case Op::not_equal: return point(limit).others();
      default: return point(limit);
   }
}

bool Numbers::holds(const Rational& value) const {
   return std::any_of(parts_.begin(), parts_.end(), [&](const Interval& part) { return checking::holds(part, value); });
}

Numbers Numbers::others() const {
   Numbers result;
   std::optional<Interval> rest = Interval{};
   for (const Interval& part : parts_) {
      if (part.has_low)
         if (const auto below = intervals::both(*rest, up_to(part.low, !part.low_open))) result.parts_.push_back(*below);
      rest = part.has_high ? std::optional(from(part.high, !part.high_open)) : std::nullopt;
      if (!rest) return result;
   }
   result.parts_.push_back(*rest);
   return result;
}

Interval Numbers::hull() const { return hull_of(parts_.front(), parts_.back()); }

std::optional<Rational> Numbers::one(const Rational& unit) const {
   if (empty()) return std::nullopt;
   for (const int units : {100, 10, 1, 0, -1})
      if (const Rational value = units * unit; holds(value)) return value;
   for (const Interval& part : parts_) {
      if (part.has_low && !part.low_open) return part.low;
      if (part.has_high && !part.high_open) return part.high;
   }
   const Interval& part = parts_.front();
   if (part.has_low && part.has_high) return Rational((part.low + part.high) / 2);
   return part.has_low ? Rational(part.low + 1) : Rational(part.high - 1);
}

Numbers both(const Numbers& a, const Numbers& b) {
   Numbers result;
   for (const Interval& x : a.parts_)
      for (const Interval& y : b.parts_)
         if (const auto common = intervals::both(x, y)) result.parts_.push_back(*common);
   return result;
}

Numbers either(const Numbers& a, const Numbers& b) { return both(a.others(), b.others()).others(); }

Numbers signs(const Numbers& a) {
   Numbers result = Numbers::none();
   for (const Numbers& sign : {Numbers::compared(Op::less, 0), Numbers::point(0), Numbers::compared(Op::greater_op, 0)})
      if (!both(a, sign).empty()) result = either(result, sign);
   return result;
}

Numbers each_part(const Numbers& a, Interval (*make)(const Interval&)) {
   Numbers result = Numbers::none();
   for (const Interval& one : a.parts()) result = either(result, Numbers(make(one)));
   return few(result);
}

Numbers each_pair(const Numbers& a, const Numbers& b, Interval (*make)(const Interval&, const Interval&)) {
   Numbers result = Numbers::none();
   for (const Interval& one : a.parts())
      for (const Interval& other : b.parts()) result = either(result, Numbers(make(one, other)));
   return few(result);
}

Numbers quotients(const Numbers& a, const Numbers& divisors) {
   return each_pair(a, both(divisors, Numbers::point(0).others()), [](const Interval& x, const Interval& y) {
      const auto turned = intervals::inverse(y);
      return turned ? intervals::multiply(x, *turned) : Interval{};
   });
}

Numbers rounded(const Numbers& a, int decimals, Rounding how) {
   return a.empty() ? a : Numbers(intervals::rounded(a.hull(), decimals, how));
}

Words both(const Words& a, const Words& b) {
   if (a.except && b.except) {
      Words result = a;
      result.words.insert(b.words.begin(), b.words.end());
      return result;
   }
   const Words& some = a.except ? b : a;
   const Words& other = a.except ? a : b;
   Words result;
   for (const std::string& word : some.words)
      if ((other.words.count(word) > 0) != other.except) result.words.insert(word);
   return result;
}

bool empty(const Region& region) {
   return boost::variant2::visit([](const auto& set) { return set.empty(); }, region);
}

Region both(const Region& a, const Region& b) {
   using boost::variant2::get_if;
   if (const auto* numbers = get_if<Numbers>(&a)) return both(*numbers, *get_if<Numbers>(&b));
   if (const auto* words = get_if<Words>(&a)) return both(*words, *get_if<Words>(&b));
   return both(*get_if<Cases>(&a), *get_if<Cases>(&b));
}

}  // namespace heng::checking

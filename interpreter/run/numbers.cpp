#include "interpreter/run/numbers.hpp"

#include <algorithm>
#include <array>

namespace heng {

Integer integer_of(Int128 value) {
   const bool negative = value < 0;
   const Limit size = negative ? -static_cast<Limit>(value) : static_cast<Limit>(value);
   Integer result = static_cast<std::uint64_t>(size >> 64);
   result <<= 64;
   result += static_cast<std::uint64_t>(size);
   return negative ? Integer(-result) : result;
}

Rational rational_of(Int128 value) { return Rational(integer_of(value)); }

Rational Lanes::at(std::uint32_t lane) const {
   switch (storage) {
      case Storage::whole: return scaled_by_ten(number[lane], exponent);
      case Storage::ratio:
         return exponent == 0 ? Rational(number[lane], divisor[lane])
                              : Rational(number[lane], divisor[lane]) * power_of_ten(exponent);
      case Storage::wide: return rational_of(wide[lane]) * power_of_ten(exponent);
      case Storage::big: return big[lane];
   }
   return 0;
}

void Lanes::begin(std::uint32_t count) {
   rows = count;
   any_missing = false;
   storage = Storage::whole;
   exponent = 0;
   number_limit = 0;
   divisor_limit = 1;
   tight = false;
   missing = yes = target = nullptr;
   number = divisor = nullptr;
   wide = nullptr;
   big = nullptr;
   text = measure = nullptr;
   row = nullptr;
   if (!bounds.empty()) bounds.clear();
}

namespace numbers {

namespace {

using kernels::Byte;
using kernels::Whole;

// ---- bounds -----------------------------------------------------------------------------------------------------------------

Limit times(Limit a, Limit b) {
   Limit result = 0;
   return __builtin_mul_overflow(a, b, &result) ? no_limit : result;
}

Limit plus(Limit a, Limit b) {
   Limit result = 0;
   return __builtin_add_overflow(a, b, &result) ? no_limit : result;
}

constexpr int most_wide_tens = 37;

constexpr std::array<Limit, most_wide_tens + 1> make_tens() {
   std::array<Limit, most_wide_tens + 1> tens{};
   tens[0] = 1;
   for (int at = 1; at <= most_wide_tens; ++at) tens[at] = tens[at - 1] * 10;
   return tens;
}
constexpr auto tens = make_tens();

Limit power(int exponent) { return exponent <= most_wide_tens ? tens[exponent] : no_limit; }
Whole whole_power(int exponent) { return static_cast<Whole>(tens[exponent]); }

// A divisor column of ones, for wholes among ratios.
const Whole* ones(std::uint32_t rows) {
   thread_local std::vector<Whole> buffer;
   if (buffer.size() < rows) buffer.resize(rows, 1);
   return buffer.data();
}

const Whole* divisors(const Lanes& a) { return a.storage == Storage::ratio ? a.divisor : ones(a.rows); }

template <int which>
Whole* scratch(std::uint32_t rows) {
   thread_local std::vector<Whole> buffer;
   if (buffer.size() < rows) buffer.resize(rows);
   return buffer.data();
}

bool is_small(const Lanes& a) { return a.storage == Storage::whole || a.storage == Storage::ratio; }
bool is_integer(const Lanes& a) { return a.storage == Storage::whole || a.storage == Storage::wide; }
bool has_ratio(const Lanes& a, const Lanes& b) { return a.storage == Storage::ratio || b.storage == Storage::ratio; }

// Measures what is there, and stores wide as whole where that is enough. False: it was done before.
bool measure(Lanes& a) {
   if (a.tight || a.storage == Storage::big) return false;
   a.tight = true;
   if (a.storage == Storage::wide) {
      Limit limit = 0;
      for (std::uint32_t i = 0; i < a.rows; ++i)
         limit = std::max(limit, a.wide[i] < 0 ? -static_cast<Limit>(a.wide[i]) : static_cast<Limit>(a.wide[i]));
      a.number_limit = limit;
      if (limit > whole_limit) return true;
      Whole* number = a.make_number();
      for (std::uint32_t i = 0; i < a.rows; ++i) number[i] = static_cast<Whole>(a.wide[i]);
      a.storage = Storage::whole;
      return true;
   }
   a.number_limit = kernels::largest(a.number, a.rows);
   if (a.storage == Storage::ratio) a.divisor_limit = kernels::largest(a.divisor, a.rows);
   return true;
}

bool measure(Lanes& a, Lanes& b) {
   const bool one = measure(a), two = measure(b);
   return one || two;
}

// Both sides at one exponent. A side of zeros goes along with the other.
struct Aligned {
   int exponent, tens_a, tens_b;
};
Aligned align(const Lanes& a, const Lanes& b) {
   if (a.storage != Storage::big && a.number_limit == 0) return {b.exponent, 0, 0};
   if (b.storage != Storage::big && b.number_limit == 0) return {a.exponent, 0, 0};
   const int exponent = std::min(a.exponent, b.exponent);
   return {exponent, a.exponent - exponent, b.exponent - exponent};
}

Int128 integer_at(const Lanes& a, std::uint32_t i) { return a.storage == Storage::whole ? a.number[i] : a.wide[i]; }

// ---- the way out: rationals, lane by lane
// ---------------------------------------------------------------------------------------

template <typename F>
void each_big(Lanes& out, F value) {
   Rational* big = out.make_big();
   Byte* missing = nullptr;
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      if (!out.has(i)) {
         big[i] = 0;
         continue;
      }
      big[i] = value(i);
      if (bits(big[i]) <= most_bits) continue;
      if (!missing) {
         std::vector<Byte> copy(out.missing, out.missing + out.rows);
         out.own.missing.swap(copy);
         out.missing = missing = out.own.missing.data();
         out.any_missing = true;
      }
      missing[i] = static_cast<Byte>(Missing::grew_too_large);
      big[i] = 0;
   }
   out.storage = Storage::big;
   out.exponent = 0;
   out.tight = true;
}

void set_whole(Lanes& out, int exponent, Limit limit) {
   out.storage = Storage::whole;
   out.exponent = exponent;
   out.number_limit = limit;
   out.divisor_limit = 1;
}

void set_ratio(Lanes& out, int exponent, Limit limit, Limit divisor_limit) {
   out.storage = Storage::ratio;
   out.exponent = exponent;
   out.number_limit = limit;
   out.divisor_limit = divisor_limit;
}

void set_wide(Lanes& out, int exponent, Limit limit) {
   out.storage = Storage::wide;
   out.exponent = exponent;
   out.number_limit = limit;
}

bool too_far(int exponent) { return exponent > largest_exponent || exponent < -largest_exponent; }

}  // namespace

// ---- constants, sharing
// ----------------------------------------------------------------------------------------------------------

void put(const std::vector<Rational>& values, Lanes& out) {
   int decimals = 0;
   bool ends = true;
   for (const Rational& value : values) {
      const auto needed = decimals_needed(value);
      ends = ends && needed && *needed <= largest_exponent;
      if (!ends) break;
      decimals = std::max(decimals, *needed);
   }
   Limit limit = 0;
   std::vector<Integer> numbers;
   for (std::uint32_t i = 0; ends && i < values.size(); ++i) {
      numbers.push_back(numerator(Rational(values[i] * power_of_ten(decimals))));
      const Integer size = abs(numbers.back());
      if (size > Integer(static_cast<std::uint64_t>(whole_limit)) << 62)
         ends = false;
      else
         limit = std::max(limit, static_cast<Limit>(size.convert_to<unsigned __int128>()));
   }
   if (!ends) return each_big(out, [&](std::uint32_t i) { return values[i]; });
   if (limit <= whole_limit) {
      Whole* number = out.make_number();
      for (std::uint32_t i = 0; i < out.rows; ++i) number[i] = numbers[i].convert_to<Whole>();
      set_whole(out, -decimals, limit);
   } else {
      Int128* wide = out.make_wide();
      for (std::uint32_t i = 0; i < out.rows; ++i) wide[i] = numbers[i].convert_to<Int128>();
      set_wide(out, -decimals, limit);
   }
   out.tight = true;
}

void constant(const Rational& value, Lanes& out) {
   const auto needed = decimals_needed(value);
   const bool ends = needed && *needed <= 18;
   const Integer scaled = ends ? numerator(Rational(value * power_of_ten(*needed))) : Integer(0);
   const bool fits = ends && abs(scaled) <= Integer(static_cast<std::uint64_t>(whole_limit));
   if (!fits) return each_big(out, [&](std::uint32_t) { return value; });
   const Whole number = scaled.convert_to<Whole>();
   if (out.own.filled < out.rows) {
      out.own.number.assign(out.rows, number);
      out.own.filled = out.rows;
   }
   out.number = out.own.number.data();
   set_whole(out, -*needed, number < 0 ? -static_cast<Limit>(number) : static_cast<Limit>(number));
   out.tight = true;
}

void share(const Lanes& a, Lanes& out) {
   out.storage = a.storage;
   out.exponent = a.exponent;
   out.number_limit = a.number_limit;
   out.divisor_limit = a.divisor_limit;
   out.tight = a.tight;
   out.number = a.number;
   out.divisor = a.divisor;
   out.wide = a.wide;
   out.big = a.big;
}

namespace {

template <typename T>
void own(std::vector<T>& buffer, const T*& pointer, std::uint32_t rows) {
   if (!pointer || pointer == buffer.data()) return;
   buffer.assign(pointer, pointer + rows);
   pointer = buffer.data();
}

}  // namespace

void own(Lanes& lanes) {
   own(lanes.own.number, lanes.number, lanes.rows);
   own(lanes.own.divisor, lanes.divisor, lanes.rows);
   own(lanes.own.wide, lanes.wide, lanes.rows);
   own(lanes.own.big, lanes.big, lanes.rows);
   own(lanes.own.missing, lanes.missing, lanes.rows);
}

// ---- arithmetic
// -------------------------------------------------------------------------------------------------------------------

namespace {

bool add_small(const Lanes& a, const Lanes& b, bool subtract, Lanes& out) {
   if (!is_small(a) || !is_small(b)) return false;
   const Aligned at = align(a, b);
   const bool same = has_ratio(a, b) && a.storage == b.storage && a.divisor == b.divisor;
   const Limit da = same ? 1 : a.divisor_limit, db = same ? 1 : b.divisor_limit;
   const Limit divisor_limit = same ? a.divisor_limit : times(da, db);
   const Limit limit =
       plus(times(times(a.number_limit, db), power(at.tens_a)), times(times(b.number_limit, da), power(at.tens_b)));
   if (limit > whole_limit || divisor_limit > whole_limit || at.tens_a > 18 || at.tens_b > 18) return false;
   const Whole sa = whole_power(at.tens_a), sb = (subtract ? -1 : 1) * whole_power(at.tens_b);
   Whole* number = out.make_number();
   if (same || !has_ratio(a, b)) {
      kernels::add(a.number, sa, b.number, sb, number, out.rows);
      if (same) {
         out.divisor = a.divisor;
         set_ratio(out, at.exponent, limit, divisor_limit);
      } else {
         set_whole(out, at.exponent, limit);
      }
      return true;
   }
   Whole *x = scratch<0>(out.rows), *y = scratch<1>(out.rows);
   kernels::multiply(a.number, divisors(b), x, out.rows);
   kernels::multiply(b.number, divisors(a), y, out.rows);
   kernels::add(x, sa, y, sb, number, out.rows);
   kernels::multiply(divisors(a), divisors(b), out.make_divisor(), out.rows);
   set_ratio(out, at.exponent, limit, divisor_limit);
   return true;
}

bool add_wide(const Lanes& a, const Lanes& b, bool subtract, Lanes& out) {
   if (!is_integer(a) || !is_integer(b)) return false;
   const Aligned at = align(a, b);
   const Limit limit = plus(times(a.number_limit, power(at.tens_a)), times(b.number_limit, power(at.tens_b)));
   if (limit > wide_limit || at.tens_a > most_wide_tens || at.tens_b > most_wide_tens) return false;
   const Int128 sa = static_cast<Int128>(tens[at.tens_a]), sb = static_cast<Int128>(tens[at.tens_b]) * (subtract ? -1 : 1);
   Int128* wide = out.make_wide();
   for (std::uint32_t i = 0; i < out.rows; ++i) wide[i] = integer_at(a, i) * sa + integer_at(b, i) * sb;
   set_wide(out, at.exponent, limit);
   return true;
}

}  // namespace

void add(Lanes& a, Lanes& b, bool subtract, Lanes& out) {
   do {
      if (add_small(a, b, subtract, out)) return;
   } while (measure(a, b));
   if (add_wide(a, b, subtract, out)) return;
   each_big(out, [&](std::uint32_t i) { return subtract ? Rational(a.at(i) - b.at(i)) : Rational(a.at(i) + b.at(i)); });
}

namespace {

bool multiply_small(const Lanes& a, const Lanes& b, Lanes& out) {
   if (!is_small(a) || !is_small(b) || too_far(a.exponent + b.exponent)) return false;
   const Limit limit = times(a.number_limit, b.number_limit), divisor_limit = times(a.divisor_limit, b.divisor_limit);
   if (limit > whole_limit || divisor_limit > whole_limit) return false;
   kernels::multiply(a.number, b.number, out.make_number(), out.rows);
   const int exponent = a.exponent + b.exponent;
   if (!has_ratio(a, b)) return set_whole(out, exponent, limit), true;
   if (a.storage == b.storage)
      kernels::multiply(a.divisor, b.divisor, out.make_divisor(), out.rows);
   else
      out.divisor = a.storage == Storage::ratio ? a.divisor : b.divisor;
   set_ratio(out, exponent, limit, divisor_limit);
   return true;
}

bool multiply_wide(const Lanes& a, const Lanes& b, Lanes& out) {
   if (!is_integer(a) || !is_integer(b) || too_far(a.exponent + b.exponent)) return false;
   const Limit limit = times(a.number_limit, b.number_limit);
   if (limit > wide_limit) return false;
   Int128* wide = out.make_wide();
   for (std::uint32_t i = 0; i < out.rows; ++i) wide[i] = integer_at(a, i) * integer_at(b, i);
   set_wide(out, a.exponent + b.exponent, limit);
   return true;
}

}  // namespace

void multiply(Lanes& a, Lanes& b, Lanes& out) {
   do {
      if (multiply_small(a, b, out)) return;
   } while (measure(a, b));
   if (multiply_wide(a, b, out)) return;
   each_big(out, [&](std::uint32_t i) { return Rational(a.at(i) * b.at(i)); });
}

namespace {

bool divide_small(const Lanes& a, const Lanes& b, Lanes& out, Byte* zero) {
   if (!is_small(a) || !is_small(b) || too_far(a.exponent - b.exponent)) return false;
   const Limit limit = times(a.number_limit, b.divisor_limit), divisor_limit = times(a.divisor_limit, b.number_limit);
   if (limit > whole_limit || divisor_limit > whole_limit) return false;
   const Whole *x = a.number, *y = b.number;
   if (b.storage == Storage::ratio)
      kernels::multiply(a.number, b.divisor, scratch<0>(out.rows), out.rows), x = scratch<0>(out.rows);
   if (a.storage == Storage::ratio)
      kernels::multiply(b.number, a.divisor, scratch<1>(out.rows), out.rows), y = scratch<1>(out.rows);
   Whole *number = out.make_number(), *divisor = out.make_divisor();
   kernels::quotient(x, 1, y, 1, number, divisor, zero, out.rows);
   set_ratio(out, a.exponent - b.exponent, limit, std::max<Limit>(divisor_limit, 1));
   return true;
}

}  // namespace

void divide(Lanes& a, Lanes& b, Lanes& out, std::uint8_t* zero) {
   do {
      if (divide_small(a, b, out, zero)) return;
   } while (measure(a, b));
   for (std::uint32_t i = 0; i < out.rows; ++i) zero[i] = b.has(i) && b.at(i) == 0;
   each_big(out, [&](std::uint32_t i) { return zero[i] ? Rational(0) : Rational(a.at(i) / b.at(i)); });
}

void negate(Lanes& a, Lanes& out) {
   share(a, out);
   switch (a.storage) {
      case Storage::whole:
      case Storage::ratio: kernels::scale(a.number, -1, out.make_number(), out.rows); break;
      case Storage::wide: {
         Int128* wide = out.make_wide();
         for (std::uint32_t i = 0; i < out.rows; ++i) wide[i] = -a.wide[i];
         break;
      }
      case Storage::big: each_big(out, [&](std::uint32_t i) { return Rational(-a.big[i]); });
   }
}

void absolute(Lanes& a, Lanes& out) {
   share(a, out);
   switch (a.storage) {
      case Storage::whole:
      case Storage::ratio: kernels::absolute(a.number, out.make_number(), out.rows); break;
      case Storage::wide: {
         Int128* wide = out.make_wide();
         for (std::uint32_t i = 0; i < out.rows; ++i) wide[i] = a.wide[i] < 0 ? -a.wide[i] : a.wide[i];
         break;
      }
      case Storage::big: each_big(out, [&](std::uint32_t i) { return Rational(abs(a.big[i])); });
   }
}

// ---- rounding
// -----------------------------------------------------------------------------------------------------------------------

namespace {

constexpr Limit guessed_limit = Limit{1} << 51;

Int128 rounded(Rounding how, Int128 a, Int128 divisor) {
   const bool negative = a < 0;
   const Int128 size = negative ? -a : a;
   Int128 quotient = size / divisor;
   const Int128 rest = size % divisor;
   bool up = false;
   switch (how) {
      case Rounding::half_away: up = rest >= divisor - rest; break;
      case Rounding::half_even: up = rest > divisor - rest || (rest == divisor - rest && quotient % 2 != 0); break;
      case Rounding::up: up = rest > 0; break;
      case Rounding::down: break;
      case Rounding::ceiling: up = rest > 0 && !negative; break;
      case Rounding::floor: up = rest > 0 && negative; break;
   }
   quotient += up;
   return negative ? -quotient : quotient;
}

// number·10^up / (divisor·10^down), rounded to a whole number.
bool round_small(const Lanes& a, int up, int down, int decimals, Rounding how, Lanes& out) {
   if (!is_small(a)) return false;
   const Limit limit = times(a.number_limit, power(up)), divisor_limit = times(a.divisor_limit, power(down));
   if (limit >= guessed_limit || divisor_limit >= guessed_limit || up > 15 || down > 15) return false;
   Whole* number = out.make_number();
   if (a.storage == Storage::whole)
      kernels::divide_rounded(how, a.number, whole_power(down), number, out.rows);
   else
      kernels::divide_rounded(how, a.number, whole_power(up), a.divisor, whole_power(down), number, out.rows);
   const Limit largest = a.storage == Storage::whole ? a.number_limit / power(down) : limit;
   set_whole(out, -decimals, largest + 1);
   return true;
}

bool round_wide(const Lanes& a, int up, int down, int decimals, Rounding how, Lanes& out) {
   if (a.storage == Storage::big) return false;
   const Limit limit = times(a.number_limit, power(up)), divisor_limit = times(a.divisor_limit, power(down));
   if (limit > wide_limit || divisor_limit > wide_limit || up > most_wide_tens || down > most_wide_tens) return false;
   const Int128 su = static_cast<Int128>(tens[up]), sd = static_cast<Int128>(tens[down]);
   Int128* wide = out.make_wide();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const Int128 number = a.storage == Storage::wide ? a.wide[i] : a.number[i];
      const Int128 divisor = a.storage == Storage::ratio ? a.divisor[i] : 1;
      wide[i] = rounded(how, number * su, divisor * sd);
   }
   set_wide(out, -decimals, plus(limit, 1));
   measure(out);
   return true;
}

}  // namespace

void round(Lanes& a, int decimals, Rounding how, Lanes& out) {
   const bool exact = a.storage != Storage::ratio && a.storage != Storage::big && -a.exponent <= decimals;
   if (exact) return share(a, out);
   do {
      const int shift = a.exponent + decimals;
      const int up = std::max(shift, 0), down = std::max(-shift, 0);
      if (round_small(a, up, down, decimals, how, out) || (a.tight && round_wide(a, up, down, decimals, how, out))) return;
   } while (measure(a));
   const int shift = a.exponent + decimals;
   if (round_wide(a, std::max(shift, 0), std::max(-shift, 0), decimals, how, out)) return;
   std::vector<Rational> values(out.rows);
   for (std::uint32_t i = 0; i < out.rows; ++i)
      if (out.has(i)) values[i] = heng::round(a.at(i), decimals, how);
   put(values, out);
}

// ---- comparing and choosing
// -----------------------------------------------------------------------------------------------------------

namespace {

bool compare_small(kernels::Compare how, const Lanes& a, const Lanes& b, Byte* yes, std::uint32_t rows) {
   if (!is_small(a) || !is_small(b)) return false;
   const Aligned at = align(a, b);
   const Limit x = times(times(a.number_limit, b.divisor_limit), power(at.tens_a));
   const Limit y = times(times(b.number_limit, a.divisor_limit), power(at.tens_b));
   if (std::max(x, y) > whole_limit || at.tens_a > 18 || at.tens_b > 18) return false;
   const Whole *left = a.number, *right = b.number;
   if (b.storage == Storage::ratio) kernels::multiply(a.number, b.divisor, scratch<0>(rows), rows), left = scratch<0>(rows);
   if (a.storage == Storage::ratio) kernels::multiply(b.number, a.divisor, scratch<1>(rows), rows), right = scratch<1>(rows);
   kernels::compare(how, left, whole_power(at.tens_a), right, whole_power(at.tens_b), yes, rows);
   return true;
}

bool compare_wide(kernels::Compare how, const Lanes& a, const Lanes& b, Byte* yes, std::uint32_t rows) {
   if (a.storage == Storage::big || b.storage == Storage::big) return false;
   const Aligned at = align(a, b);
   const Limit x = times(times(a.number_limit, b.divisor_limit), power(at.tens_a));
   const Limit y = times(times(b.number_limit, a.divisor_limit), power(at.tens_b));
   if (std::max(x, y) > wide_limit || at.tens_a > most_wide_tens || at.tens_b > most_wide_tens) return false;
   thread_local std::vector<Int128> left, right;
   left.resize(rows);
   right.resize(rows);
   const auto number = [](const Lanes& lanes, std::uint32_t i) -> Int128 {
      return lanes.storage == Storage::wide ? lanes.wide[i] : lanes.number[i];
   };
   const auto divisor = [](const Lanes& lanes, std::uint32_t i) -> Int128 {
      return lanes.storage == Storage::ratio ? lanes.divisor[i] : 1;
   };
   for (std::uint32_t i = 0; i < rows; ++i) {
      left[i] = number(a, i) * divisor(b, i) * static_cast<Int128>(tens[at.tens_a]);
      right[i] = number(b, i) * divisor(a, i) * static_cast<Int128>(tens[at.tens_b]);
   }
   kernels::compare_wide(how, left.data(), right.data(), yes, rows);
   return true;
}

bool holds(kernels::Compare how, const Rational& a, const Rational& b) {
   switch (how) {
      case kernels::Compare::equal: return a == b;
      case kernels::Compare::not_equal: return a != b;
      case kernels::Compare::less: return a < b;
      case kernels::Compare::less_equal: return a <= b;
   }
   return false;
}

}  // namespace

void compare(kernels::Compare how, Lanes& a, Lanes& b, const std::uint8_t* missing, std::uint8_t* yes, std::uint32_t rows) {
   do {
      if (compare_small(how, a, b, yes, rows)) return;
   } while (measure(a, b));
   if (compare_wide(how, a, b, yes, rows)) return;
   for (std::uint32_t i = 0; i < rows; ++i) yes[i] = missing[i] == 0 && holds(how, a.at(i), b.at(i));
}

namespace {

bool choose_small(const Byte* when, const Lanes& a, const Lanes& b, Lanes& out) {
   if (!is_small(a) || !is_small(b)) return false;
   const Aligned at = align(a, b);
   const Limit limit = std::max(times(a.number_limit, power(at.tens_a)), times(b.number_limit, power(at.tens_b)));
   if (limit > whole_limit || at.tens_a > 18 || at.tens_b > 18) return false;
   kernels::choose(when, a.number, whole_power(at.tens_a), b.number, whole_power(at.tens_b), out.make_number(), out.rows);
   if (!has_ratio(a, b)) return set_whole(out, at.exponent, limit), true;
   kernels::choose(when, divisors(a), 1, divisors(b), 1, out.make_divisor(), out.rows);
   set_ratio(out, at.exponent, limit, std::max(a.divisor_limit, b.divisor_limit));
   return true;
}

bool choose_wide(const Byte* when, const Lanes& a, const Lanes& b, Lanes& out) {
   if (!is_integer(a) || !is_integer(b)) return false;
   const Aligned at = align(a, b);
   const Limit limit = std::max(times(a.number_limit, power(at.tens_a)), times(b.number_limit, power(at.tens_b)));
   if (limit > wide_limit || at.tens_a > most_wide_tens || at.tens_b > most_wide_tens) return false;
   const Int128 sa = static_cast<Int128>(tens[at.tens_a]), sb = static_cast<Int128>(tens[at.tens_b]);
   Int128* wide = out.make_wide();
   for (std::uint32_t i = 0; i < out.rows; ++i) wide[i] = when[i] ? integer_at(a, i) * sa : integer_at(b, i) * sb;
   set_wide(out, at.exponent, limit);
   return true;
}

}  // namespace

void choose(const std::uint8_t* when, Lanes& a, Lanes& b, Lanes& out) {
   do {
      if (choose_small(when, a, b, out)) return;
   } while (measure(a, b));
   if (choose_wide(when, a, b, out)) return;
   each_big(out, [&](std::uint32_t i) { return when[i] ? a.at(i) : b.at(i); });
}

// ---- lists
// --------------------------------------------------------------------------------------------------------------------------------

namespace {

template <typename T, typename S>
void sum_into(const S* from, const Segments& segments, const Byte* picks, T* out, std::uint32_t rows) {
   for (std::uint32_t at = 0; at < rows; ++at) {
      T total = 0;
      for (std::uint32_t i = segments.begin[at]; i < segments.begin[at + 1]; ++i) {
         const std::uint32_t row = segments.row(i);
         total += static_cast<T>(from[row]) * picks[row];
      }
      out[at] = total;
   }
}

bool sum_small(const Lanes& a, const Segments& segments, const Byte* picks, Lanes& out) {
   if (a.storage != Storage::whole) return false;
   const Limit limit = times(a.number_limit, segments.longest);
   if (limit > whole_limit) return false;
   sum_into(a.number, segments, picks, out.make_number(), out.rows);
   set_whole(out, a.exponent, limit);
   return true;
}

bool sum_wide(const Lanes& a, const Segments& segments, const Byte* picks, Lanes& out) {
   if (!is_integer(a)) return false;
   const Limit limit = times(a.number_limit, segments.longest);
   if (limit > wide_limit) return false;
   if (a.storage == Storage::whole)
      sum_into(a.number, segments, picks, out.make_wide(), out.rows);
   else
      sum_into(a.wide, segments, picks, out.make_wide(), out.rows);
   set_wide(out, a.exponent, limit);
   return true;
}

bool is_before(const Lanes& a, std::uint32_t one, std::uint32_t two) {
   switch (a.storage) {
      case Storage::whole: return a.number[one] < a.number[two];
      case Storage::wide: return a.wide[one] < a.wide[two];
      case Storage::ratio:
         return static_cast<Int128>(a.number[one]) * a.divisor[two] < static_cast<Int128>(a.number[two]) * a.divisor[one];
      case Storage::big: return a.big[one] < a.big[two];
   }
   return false;
}

}  // namespace

void sum(Lanes& a, const Segments& segments, const std::uint8_t* picks, Lanes& out) {
   do {
      if (sum_small(a, segments, picks, out)) return;
   } while (measure(a));
   if (sum_wide(a, segments, picks, out)) return;
   each_big(out, [&](std::uint32_t at) {
      Rational total = 0;
      for (std::uint32_t i = segments.begin[at]; i < segments.begin[at + 1]; ++i)
         if (const std::uint32_t row = segments.row(i); picks[row]) total += a.at(row);
      return total;
   });
}

void extreme(Lanes& a, const Segments& segments, const std::uint8_t* picks, bool largest, std::int32_t* found,
             std::uint32_t rows) {
   for (std::uint32_t at = 0; at < rows; ++at) {
      std::int32_t best = -1;
      for (std::uint32_t i = segments.begin[at]; i < segments.begin[at + 1]; ++i) {
         const std::uint32_t row = segments.row(i);
         if (!picks[row] || !a.has(row)) continue;
         const bool better = best < 0 || (largest ? is_before(a, best, row) : is_before(a, row, best));
         if (better) best = static_cast<std::int32_t>(row);
      }
      found[at] = best;
   }
}

// ---- moving
// ---------------------------------------------------------------------------------------------------------------------------------

namespace {

template <typename I>
void gather_numbers(const Lanes& a, const I* rows, Lanes& out) {
   const auto valid = [&](std::uint32_t i) { return static_cast<std::int64_t>(rows[i]) >= 0; };
   out.storage = a.storage;
   out.exponent = a.exponent;
   out.number_limit = a.number_limit;
   out.divisor_limit = a.divisor_limit;
   out.tight = a.tight;
   if (a.number && is_small(a)) {
      Whole* number = out.make_number();
      for (std::uint32_t i = 0; i < out.rows; ++i) number[i] = valid(i) ? a.number[rows[i]] : 0;
   }
   if (a.storage == Storage::ratio) {
      Whole* divisor = out.make_divisor();
      for (std::uint32_t i = 0; i < out.rows; ++i) divisor[i] = valid(i) ? a.divisor[rows[i]] : 1;
   }
   if (a.storage == Storage::wide) {
      Int128* wide = out.make_wide();
      for (std::uint32_t i = 0; i < out.rows; ++i) wide[i] = valid(i) ? a.wide[rows[i]] : 0;
   }
   if (a.storage == Storage::big) {
      Rational* big = out.make_big();
      for (std::uint32_t i = 0; i < out.rows; ++i) big[i] = valid(i) ? a.big[rows[i]] : Rational(0);
   }
}

template <typename T, typename I>
void gather_one(const T* from, const I* rows, T* to, std::uint32_t n, T filler) {
   for (std::uint32_t i = 0; i < n; ++i) to[i] = static_cast<std::int64_t>(rows[i]) >= 0 ? from[rows[i]] : filler;
}

template <typename I>
void gather_all(const Lanes& a, const I* rows, Lanes& out) {
   gather_numbers(a, rows, out);
   if (a.yes) gather_one<Byte>(a.yes, rows, out.make_yes(), out.rows, 0);
   if (a.text) gather_one<std::uint32_t>(a.text, rows, out.make_text(), out.rows, 0);
   if (a.row) gather_one<std::int32_t>(a.row, rows, out.make_row(), out.rows, -1);
   if (a.measure) gather_one<std::uint32_t>(a.measure, rows, out.make_measure(), out.rows, 0);
   if (a.target) gather_one<Byte>(a.target, rows, out.make_target(), out.rows, 0);
}

}  // namespace

void gather(const Lanes& a, const std::int32_t* rows, Lanes& out) { gather_all(a, rows, out); }
void gather(const Lanes& a, const std::uint32_t* rows, Lanes& out) { gather_all(a, rows, out); }

void patch(Lanes& lanes, const std::vector<std::pair<std::uint32_t, Rational>>& values) {
   std::vector<Rational> all(lanes.rows);
   for (std::uint32_t i = 0; i < lanes.rows; ++i)
      if (lanes.has(i)) all[i] = lanes.at(i);
   own(lanes);
   for (const auto& [row, value] : values) {
      all[row] = value;
      lanes.own.missing[row] = 0;
   }
   put(all, lanes);
}

}  // namespace numbers
}  // namespace heng

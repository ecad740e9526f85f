// Exact numbers: what a value means. How columns store them is the engine's business (interpreter/run).
// No binary floating point anywhere. Rounding only where a rule says so.
// Does not know: units, columns, the language.
#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heng {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

// D2. `half_away` is 四舍五入: half away from zero. `up` is away from zero, `down` towards zero (= truncate),
// `ceiling` and `floor` towards the infinities.
enum class Rounding : std::uint8_t { half_away, half_even, up, down, ceiling, floor };

// Negative decimals round before the point: round(1250, -2) = 1300.
Rational round(const Rational& value, int decimals, Rounding how = Rounding::half_away);

// A number as printed: value = mantissa / 10^decimals. decimals counts what was printed ("0.60" has 2).
struct Decimal {
   Integer mantissa;
   int decimals = 0;
   Rational value() const;
};

// Reads "17,127.83", "-5", "－５．０", "(1,234.56)" and "△5" (negative), "+3", ".5". Commas only in threes. Nothing else: no
// blanks inside, no exponent (JSON's 1e3 is read by read_json_number). At most 4,000 digits. nullopt: not a number.
std::optional<Decimal> read_decimal(std::string_view text);

// The same for the loader's hot loop, without allocation where the text is ASCII: value = mantissa / 10^decimals.
// nullopt: not a number, or more than 18 digits were written; then read_decimal decides.
struct SmallDecimal {
   std::int64_t mantissa = 0;
   std::uint8_t decimals = 0;
};
std::optional<SmallDecimal> read_small_decimal(std::string_view text);

// JSON's own number syntax, kept exact: 17127.830, 1e3, -2.5E-2. nullopt: not a number or |exponent| > 4000.
std::optional<Decimal> read_json_number(std::string_view text);

Rational power_of_ten(int exponent);
Rational scaled_by_ten(std::int64_t mantissa, int exponent);  // mantissa × 10^exponent; cheap where both are small
Integer integer_power_of_ten(unsigned exponent);

// "17127.83", "-0.5"; a value with no end in decimals as "1/3". `decimals` >= 0: exactly so many, half away.
std::string to_text(const Rational& value);
std::string to_text(const Rational& value, int decimals);
std::string quotient_to_text(const Rational& value, const Rational& divisor);  // to_text(value / divisor); divisor > 0
// Ends in decimals? Then how many are needed.
std::optional<int> decimals_needed(const Rational& value);
// For people: at most `decimals` decimals, "≈" in front when that is not the whole value: "≈0.3333". What would show as 0 and is
// not shows its first two digits: "≈0.000012".
std::string to_short_text(const Rational& value, int decimals = 4);
std::size_t bits(const Rational& value);  // of numerator and denominator in lowest terms, the larger

}  // namespace heng

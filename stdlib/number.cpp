#include "stdlib/number.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <utility>

namespace heng {

namespace {

constexpr unsigned most_digits = 4000;
constexpr unsigned most_small_digits = 18;  // 10^18 < 2^63
constexpr int most_exponent = 4000;

// ---- rounding -----------------------------------------------------------------------------------------------------------

// Is the whole part to be moved away from zero by one? The sign is that of the value.
bool moves_away(const Integer& whole, const Integer& rest, const Integer& divisor, bool negative, Rounding how) {
   if (rest == 0) return false;
   const int half = Integer(rest * 2).compare(divisor);
   switch (how) {
      case Rounding::half_away: return half >= 0;
      case Rounding::half_even: return half > 0 || (half == 0 && (whole & 1) != 0);
      case Rounding::up: return true;
      case Rounding::down: return false;
      case Rounding::ceiling: return !negative;
      case Rounding::floor: return negative;
   }
   return false;
}

Integer divide_rounded(const Integer& dividend, const Integer& divisor, Rounding how) {
   const bool negative = dividend < 0;
   Integer whole, rest;
   boost::multiprecision::divide_qr(Integer(abs(dividend)), divisor, whole, rest);
   if (moves_away(whole, rest, divisor, negative, how)) ++whole;
   return negative ? Integer(-whole) : whole;
}

// value × 10^decimals as a whole number.
Integer scaled_and_rounded(const Rational& value, int decimals, Rounding how) {
   Integer dividend = numerator(value), divisor = denominator(value);
   (decimals >= 0 ? dividend : divisor) *= integer_power_of_ten(static_cast<unsigned>(std::abs(decimals)));
   return divide_rounded(dividend, divisor, how);
}

// ---- reading ------------------------------------------------------------------------------------------------------------

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii(std::string_view text) {
   return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// What figures are printed with beside ASCII. △ and ▲ stand for minus in the books of older systems.
constexpr std::pair<std::string_view, char> plain_forms[] = {
    {"０", '0'}, {"１", '1'}, {"２", '2'}, {"３", '3'}, {"４", '4'}, {"５", '5'}, {"６", '6'}, {"７", '7'},
    {"８", '8'}, {"９", '9'}, {"．", '.'}, {"，", ','}, {"＋", '+'}, {"－", '-'}, {"−", '-'},  {"–", '-'},
    {"—", '-'},  {"﹣", '-'}, {"△", '-'},  {"▲", '-'},  {"（", '('}, {"）", ')'},
};

std::optional<std::string> in_plain_characters(std::string_view text) {
   std::string plain;
   while (!text.empty()) {
      if (static_cast<unsigned char>(text[0]) < 0x80) {
         plain += text[0];
         text.remove_prefix(1);
         continue;
      }
      const auto form = std::find_if(std::begin(plain_forms), std::end(plain_forms),
                                     [&](const auto& each) { return text.substr(0, each.first.size()) == each.first; });
      if (form == std::end(plain_forms)) return std::nullopt;
      plain += form->second;
      text.remove_prefix(form->first.size());
   }
   return plain;
}

struct Scanned {
   bool negative = false;
   unsigned digits = 0, decimals = 0;
   std::uint64_t mantissa = 0;  // means something up to 18 digits
   std::string_view body;       // digits, commas, point
};

// "(5)" → "5", negative; "-5" → "5", negative; "+5" → "5".
bool take_sign(std::string_view& text, bool& negative) {
   if (text.empty()) return false;
   if (text.front() == '(') {
      if (text.size() < 3 || text.back() != ')') return false;
      negative = true;
      text = text.substr(1, text.size() - 2);
   } else if (text.front() == '-' || text.front() == '+') {
      negative = text.front() == '-';
      text.remove_prefix(1);
   }
   return !text.empty();
}

// "17,127": one to three digits, then threes; "0,123" is more likely a decimal comma from elsewhere.
bool commas_in_threes(std::string_view whole) {
   const std::size_t first = whole.find(',');
   if (first == 0 || first > 3 || whole[0] == '0') return false;
   for (std::size_t at = first; at < whole.size(); ++at)
      if ((whole[at] == ',') != ((at - first) % 4 == 0)) return false;
   return (whole.size() - first) % 4 == 0;
}

// The one reader behind both read_decimal and read_small_decimal. Anything but plain characters is no number here.
std::optional<Scanned> scan(std::string_view text) {
   bool negative = false;
   if (!take_sign(text, negative)) return std::nullopt;
   std::uint64_t mantissa = 0;
   std::size_t commas = 0, point = text.size();
   for (std::size_t i = 0; i < text.size(); ++i) {
      const auto digit = static_cast<unsigned>(text[i]) - '0';
      if (digit < 10) {
         mantissa = mantissa * 10 + digit;
      } else if (text[i] == '.' && point == text.size()) {
         point = i;
      } else if (text[i] == ',' && point == text.size()) {
         ++commas;
      } else {
         return std::nullopt;
      }
   }
   const bool pointed = point < text.size();
   const std::size_t decimals = pointed ? text.size() - point - 1 : 0, digits = text.size() - commas - (pointed ? 1 : 0);
   if ((pointed && decimals == 0) || digits == 0 || digits > most_digits) return std::nullopt;
   if (commas > 0 && !commas_in_threes(text.substr(0, point))) return std::nullopt;
   return Scanned{negative, static_cast<unsigned>(digits), static_cast<unsigned>(decimals), mantissa, text};
}

// cpp_int reads a leading 0 as octal, so leading zeros go first.
Integer integer_of(std::string_view digits_and_marks) {
   std::string digits;
   for (const char c : digits_and_marks)
      if (is_digit(c) && !(digits.empty() && c == '0')) digits += c;
   return digits.empty() ? Integer(0) : Integer(digits);
}

Decimal decimal_of(const Scanned& scanned) {
   Integer mantissa = scanned.digits <= most_small_digits ? Integer(scanned.mantissa) : integer_of(scanned.body);
   return {scanned.negative ? Integer(-mantissa) : std::move(mantissa), static_cast<int>(scanned.decimals)};
}

std::optional<SmallDecimal> small_of(const Scanned& scanned) {
   if (scanned.digits > most_small_digits) return std::nullopt;
   const auto mantissa = static_cast<std::int64_t>(scanned.mantissa);
   return SmallDecimal{scanned.negative ? -mantissa : mantissa, static_cast<std::uint8_t>(scanned.decimals)};
}

std::string_view take_digits(std::string_view& text) {
   const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
   const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
   text.remove_prefix(digits.size());
   return digits;
}

bool take(std::string_view& text, std::string_view any_of) {
   if (text.empty() || any_of.find(text[0]) == std::string_view::npos) return false;
   text.remove_prefix(1);
   return true;
}

// The part after e or E. nullopt: not an exponent, or beyond what Heng reads.
std::optional<int> take_exponent(std::string_view& text) {
   const bool negative = take(text, "-");
   if (!negative) take(text, "+");
   const auto digits = take_digits(text);
   if (digits.empty()) return std::nullopt;
   int exponent = 0;
   for (const char c : digits)
      if ((exponent = exponent * 10 + (c - '0')) > most_exponent) return std::nullopt;
   return negative ? -exponent : exponent;
}

// ---- writing ------------------------------------------------------------------------------------------------------------

// digits / 10^decimals, all decimals written.
std::string with_point(std::string digits, bool negative, unsigned decimals) {
   if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
   if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
   if (negative) digits.insert(0, 1, '-');
   return digits;
}

std::string with_point(const Integer& mantissa, unsigned decimals) {
   return with_point(Integer(abs(mantissa)).str(), mantissa < 0, decimals);
}

// ---- numbers that fit the machine ---------------------------------------------------------------------------------------

// What reports hold in practice. Everything here is exact or says that it cannot; then arbitrary precision takes over.
__extension__ typedef unsigned __int128 Wide;

constexpr std::uint64_t largest_word = ~std::uint64_t{0};
constexpr unsigned most_word_tens = 19;  // 10^19 < 2^64

constexpr auto word_tens = [] {
   std::array<std::uint64_t, most_word_tens + 1> tens{1};
   for (std::size_t at = 1; at < tens.size(); ++at) tens[at] = tens[at - 1] * 10;
   return tens;
}();

// ± numerator / denominator, denominator > 0, in lowest terms.
struct SmallRatio {
   bool negative = false;
   std::uint64_t numerator = 0, denominator = 1;
};

bool fits_word(const Integer& value) { return value.backend().size() == 1 && sizeof(*value.backend().limbs()) == 8; }
std::uint64_t word_of(const Integer& value) { return *value.backend().limbs(); }  // its size; the sign is apart

std::optional<SmallRatio> small_ratio(const Rational& value) {
   const auto& ratio = value.backend().data();
   if (!fits_word(ratio.numerator()) || !fits_word(ratio.denominator())) return std::nullopt;
   return SmallRatio{ratio.numerator().sign() < 0, word_of(ratio.numerator()), word_of(ratio.denominator())};
}

std::optional<SmallRatio> quotient(const SmallRatio& a, const SmallRatio& b) {
   const std::uint64_t above = std::gcd(a.numerator, b.numerator), below = std::gcd(a.denominator, b.denominator);
   const Wide numerator = static_cast<Wide>(a.numerator / above) * (b.denominator / below);
   const Wide denominator = static_cast<Wide>(a.denominator / below) * (b.numerator / above);
   if (numerator > largest_word || denominator > largest_word) return std::nullopt;
   return SmallRatio{a.negative != b.negative, static_cast<std::uint64_t>(numerator), static_cast<std::uint64_t>(denominator)};
}

// What is in lowest terms already needs no common divisor looked for, which is what making a Rational costs most.
Rational rational_of(const SmallRatio& value) {
   Rational result;
   auto& ratio = result.backend().data();
   auto& numerator = const_cast<Integer&>(ratio.numerator());
   numerator = value.numerator;
   if (value.negative) numerator.backend().negate();
   const_cast<Integer&>(ratio.denominator()) = value.denominator;
   return result;
}

// As decimals_needed.
std::optional<int> decimals_needed(std::uint64_t denominator) {
   const int twos = std::countr_zero(denominator);
   denominator >>= twos;
   int fives = 0;
   for (; denominator % 5 == 0; denominator /= 5) ++fives;
   return denominator == 1 ? std::optional(std::max(twos, fives)) : std::nullopt;
}

// Exactly so many decimals, half away. nullopt: too large for this.
std::optional<std::string> small_to_text(const SmallRatio& value, int decimals) {
   if (decimals < 0 || decimals > static_cast<int>(most_word_tens)) return std::nullopt;
   const Wide dividend = static_cast<Wide>(value.numerator) * word_tens[static_cast<std::size_t>(decimals)];
   const Wide rest = dividend % value.denominator, whole = dividend / value.denominator + (rest * 2 >= value.denominator);
   if (whole > largest_word) return std::nullopt;
   const auto digits = static_cast<std::uint64_t>(whole);
   return with_point(std::to_string(digits), value.negative && digits != 0, static_cast<unsigned>(decimals));
}

std::optional<std::string> small_to_text(const SmallRatio& value) {
   if (const auto decimals = decimals_needed(value.denominator)) return small_to_text(value, *decimals);
   return (value.negative ? "-" : "") + std::to_string(value.numerator) + "/" + std::to_string(value.denominator);
}

// How many decimals show the first two digits of a value that is nearer to 0 than 1.
int decimals_of_first_digits(const Rational& value) {
   int decimals = 2;
   for (Rational shifted = abs(value) * 10; shifted < 1; shifted *= 10) ++decimals;
   return decimals;
}

}  // namespace

Rational Decimal::value() const { return Rational(mantissa, integer_power_of_ten(static_cast<unsigned>(decimals))); }

Integer integer_power_of_ten(unsigned exponent) {
   static const auto small = [] {
      std::array<Integer, 40> powers;
      powers[0] = 1;
      for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
      return powers;
   }();
   return exponent < small.size() ? small[exponent] : boost::multiprecision::pow(Integer(10), exponent);
}

Rational power_of_ten(int exponent) {
   if (exponent >= 0) return integer_power_of_ten(static_cast<unsigned>(exponent));
   return Rational(1, integer_power_of_ten(static_cast<unsigned>(-exponent)));
}

Rational round(const Rational& value, int decimals, Rounding how) {
   const Integer whole = scaled_and_rounded(value, decimals, how);
   if (decimals >= 0) return Rational(whole, integer_power_of_ten(static_cast<unsigned>(decimals)));
   return Integer(whole * integer_power_of_ten(static_cast<unsigned>(-decimals)));
}

std::optional<Decimal> read_decimal(std::string_view text) {
   if (const auto scanned = scan(text)) return decimal_of(*scanned);
   if (is_ascii(text)) return std::nullopt;
   const auto plain = in_plain_characters(text);
   const auto scanned = plain ? scan(*plain) : std::nullopt;
   if (!scanned) return std::nullopt;
   return decimal_of(*scanned);
}

std::optional<SmallDecimal> read_small_decimal(std::string_view text) {
   if (const auto scanned = scan(text)) return small_of(*scanned);
   if (is_ascii(text)) return std::nullopt;
   const auto plain = in_plain_characters(text);
   const auto scanned = plain ? scan(*plain) : std::nullopt;
   if (!scanned) return std::nullopt;
   return small_of(*scanned);
}

std::optional<Decimal> read_json_number(std::string_view text) {
   const bool negative = take(text, "-");
   const auto whole = take_digits(text);
   if (whole.empty() || (whole.size() > 1 && whole[0] == '0')) return std::nullopt;
   std::string_view part;
   if (take(text, ".") && (part = take_digits(text)).empty()) return std::nullopt;
   int exponent = 0;
   if (take(text, "eE")) {
      const auto written = take_exponent(text);
      if (!written) return std::nullopt;
      exponent = *written;
   }
   if (!text.empty() || whole.size() + part.size() > most_digits) return std::nullopt;
   Integer mantissa = integer_of(std::string(whole) + std::string(part));
   if (negative) mantissa = -mantissa;
   const int decimals = static_cast<int>(part.size()) - exponent;
   if (decimals >= 0) return Decimal{std::move(mantissa), decimals};
   return Decimal{mantissa * integer_power_of_ten(static_cast<unsigned>(-decimals)), 0};
}

Rational scaled_by_ten(std::int64_t mantissa, int exponent) {
   const auto tens = static_cast<unsigned>(std::abs(exponent));
   std::int64_t product = 0;
   if (tens < most_word_tens && exponent >= 0 &&
       !__builtin_mul_overflow(mantissa, static_cast<std::int64_t>(word_tens[tens]), &product))
      return product;
   if (tens > most_word_tens || exponent >= 0) return Rational(mantissa) * power_of_ten(exponent);
   const std::uint64_t size = mantissa < 0 ? 0 - static_cast<std::uint64_t>(mantissa) : static_cast<std::uint64_t>(mantissa);
   const std::uint64_t common = std::gcd(size, word_tens[tens]);
   return rational_of({mantissa < 0, size / common, word_tens[tens] / common});
}

std::string to_text(const Rational& value, int decimals) {
   if (const auto small = small_ratio(value))
      if (auto text = small_to_text(*small, decimals)) return std::move(*text);
   return with_point(scaled_and_rounded(value, decimals, Rounding::half_away), static_cast<unsigned>(decimals));
}

std::string quotient_to_text(const Rational& value, const Rational& divisor) {
   const auto a = small_ratio(value), b = small_ratio(divisor);
   if (a && b)
      if (const auto small = quotient(*a, *b))
         if (auto text = small_to_text(*small)) return std::move(*text);
   return to_text(Rational(value / divisor));
}

std::string to_text(const Rational& value) {
   if (const auto small = small_ratio(value))
      if (auto text = small_to_text(*small)) return std::move(*text);
   if (const auto decimals = decimals_needed(value)) return to_text(value, *decimals);
   return numerator(value).str() + "/" + denominator(value).str();
}

// A fraction in lowest terms ends when its denominator is 2^a·5^b; it then needs max(a, b) decimals.
std::optional<int> decimals_needed(const Rational& value) {
   if (const auto small = small_ratio(value)) return decimals_needed(small->denominator);
   Integer rest = denominator(value);
   const unsigned twos = boost::multiprecision::lsb(rest);
   rest >>= twos;
   unsigned fives = 0;
   for (; rest % 5 == 0; rest /= 5) ++fives;
   if (rest != 1) return std::nullopt;
   return static_cast<int>(std::max(twos, fives));
}

std::string to_short_text(const Rational& value, int decimals) {
   Rational rounded = round(value, decimals);
   if (rounded == 0 && value != 0) rounded = round(value, decimals_of_first_digits(value));
   return (rounded == value ? "" : "≈") + to_text(rounded);
}

std::size_t bits(const Rational& value) {
   const auto length = [](const Integer& integer) -> std::size_t {
      return integer == 0 ? 0 : boost::multiprecision::msb(Integer(abs(integer))) + 1;
   };
   return std::max(length(numerator(value)), length(denominator(value)));
}

}  // namespace heng

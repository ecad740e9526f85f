// Numbers: reading, rounding by definition, writing.
#include "stdlib/number.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <random>
#include <vector>

namespace heng {
namespace {

Rational of(const char* text) { return read_decimal(text)->value(); }

struct ReadCase {
   std::string text;
   const char* value;  // nullptr: not a number
   int decimals = 0;
};

const ReadCase read_cases[] = {
    {"17,127.83", "17127.83", 2},
    {"17127.830", "17127.83", 3},
    {"0", "0"},
    {"-5", "-5"},
    {"+3", "3"},
    {".5", "0.5", 1},
    {"0.60", "0.6", 2},
    {"-0.00", "0", 2},
    {"007", "7"},
    {"1,234,567", "1234567"},
    {"（1,234.56）", "-1234.56", 2},
    {"(5)", "-5"},
    {"－５．０", "-5", 1},
    {"＋１２，３４５．６", "12345.6", 1},
    {"−3", "-3"},
    {"—3", "-3"},
    {"△3.5", "-3.5", 1},
    {"▲12", "-12"},
    {"123456789012345678901234567", "123456789012345678901234567"},
    {"123456789012345678", "123456789012345678"},
    {"999999999999999999", "999999999999999999"},
    {"1234567890123456789", "1234567890123456789"},
    {"0.000000000000000001", "0.000000000000000001", 18},
    {"", nullptr},
    {"-", nullptr},
    {"+", nullptr},
    {".", nullptr},
    {"5.", nullptr},
    {"()", nullptr},
    {"(5", nullptr},
    {"5)", nullptr},
    {"(-5)", nullptr},
    {"△-5", nullptr},
    {"--5", nullptr},
    {"5-", nullptr},
    {" 5", nullptr},
    {"5 ", nullptr},
    {"1 234", nullptr},
    {"1.2.3", nullptr},
    {"12,34", nullptr},
    {"1,2345", nullptr},
    {"1234,567", nullptr},
    {",123", nullptr},
    {"123,", nullptr},
    {"1,234,", nullptr},
    {"1,,234", nullptr},
    {"1,23,4567", nullptr},
    {"0,123", nullptr},
    {"1.234,567", nullptr},
    {"1e3", nullptr},
    {"0x10", nullptr},
    {"５个", nullptr},
    {"###", nullptr},
    {"\xEF\xBC", nullptr},
};

TEST(Decimal, IsReadAsPrinted) {
   for (const auto& each : read_cases) {
      SCOPED_TRACE(each.text);
      const auto read = read_decimal(each.text);
      ASSERT_EQ(read.has_value(), each.value != nullptr);
      if (!read) continue;
      EXPECT_EQ(to_text(read->value()), each.value);
      EXPECT_EQ(read->decimals, each.decimals);
   }
}

TEST(Decimal, HasAtMostFourThousandDigits) {
   EXPECT_TRUE(read_decimal(std::string(4000, '9')));
   EXPECT_FALSE(read_decimal(std::string(4001, '9')));
   EXPECT_EQ(read_decimal("0" + std::string(30, '1'))->mantissa, Integer(std::string(30, '1')));
}

void expect_agreement(const std::string& text) {
   SCOPED_TRACE(text);
   const auto small = read_small_decimal(text);
   const auto exact = read_decimal(text);
   if (!exact) {
      EXPECT_FALSE(small);
   } else if (small) {
      EXPECT_EQ(exact->mantissa, Integer(small->mantissa));
      EXPECT_EQ(exact->decimals, small->decimals);
   } else {
      EXPECT_GT(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }), 18);
   }
}

TEST(SmallDecimal, AgreesWithTheExactReader) {
   for (const auto& each : read_cases) {
      if (each.text.find("１") == std::string::npos) expect_agreement(each.text);
   }
   std::mt19937 random(1);
   constexpr std::string_view letters = "0012345,,..-+()9";
   for (int i = 0; i < 200'000; ++i) {
      std::string text;
      for (unsigned length = random() % 24; length > 0; --length) text += letters[random() % letters.size()];
      expect_agreement(text);
   }
}

TEST(JsonNumber, IsExact) {
   struct {
      const char* text;
      const char* value;
      int decimals;
   } const cases[] = {
       {"17127.830", "17127.83", 3},
       {"1e3", "1000", 0},
       {"-2.5E-2", "-0.025", 3},
       {"1.5e1", "15", 0},
       {"0", "0", 0},
       {"-0", "0", 0},
       {"1E+2", "100", 0},
       {"0.1", "0.1", 1},
       {"1e-3", "0.001", 3},
       {"01", nullptr, 0},
       {"1.", nullptr, 0},
       {".5", nullptr, 0},
       {"+1", nullptr, 0},
       {"1e", nullptr, 0},
       {"1e4001", nullptr, 0},
       {"1e99999999999", nullptr, 0},
       {"", nullptr, 0},
       {"-", nullptr, 0},
       {"1,000", nullptr, 0},
       {"NaN", nullptr, 0},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(each.text);
      const auto read = read_json_number(each.text);
      ASSERT_EQ(read.has_value(), each.value != nullptr);
      if (!read) continue;
      EXPECT_EQ(to_text(read->value()), each.value);
      EXPECT_EQ(read->decimals, each.decimals);
   }
}

TEST(Round, ByTable) {
   struct {
      const char* value;
      int decimals;
      const char *half_away, *half_even, *up, *down, *ceiling, *floor;
   } const cases[] = {
       {"2.345", 2, "2.35", "2.34", "2.35", "2.34", "2.35", "2.34"},
       {"-2.345", 2, "-2.35", "-2.34", "-2.35", "-2.34", "-2.34", "-2.35"},
       {"2.5", 0, "3", "2", "3", "2", "3", "2"},
       {"3.5", 0, "4", "4", "4", "3", "4", "3"},
       {"-0.5", 0, "-1", "0", "-1", "0", "0", "-1"},
       {"0.4", 0, "0", "0", "1", "0", "1", "0"},
       {"1250", -2, "1300", "1200", "1300", "1200", "1300", "1200"},
       {"-1250", -2, "-1300", "-1200", "-1300", "-1200", "-1200", "-1300"},
       {"49", -2, "0", "0", "100", "0", "100", "0"},
       {"7", 3, "7", "7", "7", "7", "7", "7"},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(each.value);
      const auto rounded = [&](Rounding how) { return to_text(round(of(each.value), each.decimals, how)); };
      EXPECT_EQ(rounded(Rounding::half_away), each.half_away);
      EXPECT_EQ(rounded(Rounding::half_even), each.half_even);
      EXPECT_EQ(rounded(Rounding::up), each.up);
      EXPECT_EQ(rounded(Rounding::down), each.down);
      EXPECT_EQ(rounded(Rounding::ceiling), each.ceiling);
      EXPECT_EQ(rounded(Rounding::floor), each.floor);
   }
}

bool is_whole(const Rational& value) { return denominator(value) == 1; }

// The definitions, not the algorithm: which multiples of the step are allowed.
void expect_rounded(const Rational& value, int decimals, Rounding how) {
   const Rational step = power_of_ten(-decimals), result = round(value, decimals, how), gap = result - value;
   ASSERT_TRUE(is_whole(result / step));
   ASSERT_LT(abs(gap), step);
   const bool half = how == Rounding::half_away || how == Rounding::half_even, tie = abs(gap) * 2 == step;
   if (half) {
      ASSERT_LE(abs(gap) * 2, step);
   }
   if (how == Rounding::half_away && tie) {
      ASSERT_GT(abs(result), abs(value));
   }
   if (how == Rounding::half_even && tie) {
      ASSERT_TRUE(is_whole(result / step / 2));
   }
   if (how == Rounding::up) {
      ASSERT_GE(abs(result), abs(value));
   }
   if (how == Rounding::down) {
      ASSERT_LE(abs(result), abs(value));
   }
   if (how == Rounding::ceiling) {
      ASSERT_GE(result, value);
   }
   if (how == Rounding::floor) {
      ASSERT_LE(result, value);
   }
}

TEST(Round, ByDefinition) {
   std::mt19937_64 random(2);
   constexpr int divisors[] = {1, 2, 3, 7, 8, 20, 40, 200, 1000, 2000, 999};
   for (int i = 0; i < 20'000; ++i) {
      const auto dividend = static_cast<std::int64_t>(random() % 2'000'001) - 1'000'000;
      const Rational value(dividend, divisors[random() % std::size(divisors)]);
      const int decimals = static_cast<int>(random() % 7) - 3;
      for (const auto how :
           {Rounding::half_away, Rounding::half_even, Rounding::up, Rounding::down, Rounding::ceiling, Rounding::floor})
         expect_rounded(value, decimals, how);
   }
}

TEST(Number, IsExact) {
   EXPECT_EQ(of("0.1") + of("0.2"), of("0.3"));
   EXPECT_EQ(Rational(1) / 3 * 3, 1);
}

TEST(Number, IsWritten) {
   EXPECT_EQ(to_text(of("17127.830")), "17127.83");
   EXPECT_EQ(to_text(of("-0.5")), "-0.5");
   EXPECT_EQ(to_text(Rational(1, 3)), "1/3");
   EXPECT_EQ(to_text(Rational(-7, 6)), "-7/6");
   EXPECT_EQ(to_text(of("1000")), "1000");
   EXPECT_EQ(to_text(Rational(1, 3), 2), "0.33");
   EXPECT_EQ(to_text(of("2.5"), 0), "3");
   EXPECT_EQ(to_text(of("-0.001"), 2), "0.00");
   EXPECT_EQ(to_text(of("0.05"), 3), "0.050");
   EXPECT_EQ(to_text(power_of_ten(-45)), "0." + std::string(44, '0') + "1");
}

TEST(Number, IsWrittenShort) {
   EXPECT_EQ(to_short_text(Rational(1, 3)), "≈0.3333");
   EXPECT_EQ(to_short_text(Rational(2, 3), 2), "≈0.67");
   EXPECT_EQ(to_short_text(of("0.25")), "0.25");
   EXPECT_EQ(to_short_text(of("0.12345")), "≈0.1235");
   EXPECT_EQ(to_short_text(Rational(1, 80000)), "≈0.000013");
   EXPECT_EQ(to_short_text(Rational(-1, 30000)), "≈-0.000033");
   EXPECT_EQ(to_short_text(0), "0");
}

TEST(Number, KnowsWhetherItEnds) {
   EXPECT_EQ(decimals_needed(of("1.25")), 2);
   EXPECT_EQ(decimals_needed(Rational(1, 8)), 3);
   EXPECT_EQ(decimals_needed(Rational(1, 125)), 3);
   EXPECT_EQ(decimals_needed(500), 0);
   EXPECT_EQ(decimals_needed(0), 0);
   EXPECT_EQ(decimals_needed(Rational(1, 6)), std::nullopt);
}

TEST(Number, KnowsItsSize) {
   EXPECT_EQ(bits(0), 1u);  // 0/1
   EXPECT_EQ(bits(255), 8u);
   EXPECT_EQ(bits(Rational(-256, 3)), 9u);
   EXPECT_EQ(bits(Rational(1, 1024)), 11u);
}

TEST(Number, PowersOfTen) {
   EXPECT_EQ(integer_power_of_ten(0), 1);
   EXPECT_EQ(integer_power_of_ten(39).str(), "1" + std::string(39, '0'));
   EXPECT_EQ(integer_power_of_ten(50).str(), "1" + std::string(50, '0'));
   EXPECT_EQ(power_of_ten(-3), Rational(1, 1000));
}

// Numbers at the edges of what fits a machine word, and beyond: the short way and the long way print the same.
std::vector<Rational> numbers_of_all_sizes() {
   std::vector<Rational> values;
   const Integer edge = Integer(1) << 64;
   for (const Integer& above : std::vector<Integer>{0, 1, 5, 17127830, edge / 2 - 1, edge / 2, edge - 1, edge, edge * edge + 1})
      for (const Integer& below :
           std::vector<Integer>{1, 2, 3, 10, 625, 10000, integer_power_of_ten(19), edge - 1, edge, edge + 1})
         for (const int sign : {1, -1}) values.emplace_back(above * sign, below);
   return values;
}

TEST(Number, PrintsTheSameWhateverItsSize) {
   for (const Rational& value : numbers_of_all_sizes()) {
      const std::string text = to_text(value);
      if (decimals_needed(value)) {
         EXPECT_EQ(read_decimal(text)->value(), value) << text;
         EXPECT_EQ(read_decimal(text)->decimals, *decimals_needed(value)) << text;
      } else {
         EXPECT_EQ(text, numerator(value).str() + "/" + denominator(value).str());
      }
      for (const int decimals : {0, 1, 2, 18, 19, 20, 40}) {
         const std::string rounded = to_text(value, decimals);
         EXPECT_EQ(read_decimal(rounded)->value(), round(value, decimals)) << rounded;
         EXPECT_EQ(read_decimal(rounded)->decimals, decimals) << rounded;
      }
   }
}

TEST(Number, PrintsQuotientsAsIfTheyWereCalculated) {
   for (const Rational& value : numbers_of_all_sizes())
      for (const Rational& divisor : {Rational(1), Rational(10000), Rational(1, 100), Rational(2000, 3), power_of_ten(30)})
         EXPECT_EQ(quotient_to_text(value, divisor), to_text(Rational(value / divisor)));
}

TEST(Number, ScalesByTensInLowestTerms) {
   constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
   for (const std::int64_t mantissa : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1250}, largest, -largest, -largest - 1})
      for (const int exponent : {0, 1, 17, 18, 19, 20, 40, -1, -2, -18, -19, -20, -40}) {
         const Rational got = scaled_by_ten(mantissa, exponent), wanted = Rational(mantissa) * power_of_ten(exponent);
         EXPECT_EQ(got, wanted) << mantissa << "e" << exponent;
         EXPECT_EQ(denominator(got), denominator(wanted)) << mantissa << "e" << exponent;
      }
}

}  // namespace
}  // namespace heng

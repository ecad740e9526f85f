#include "reports/read/document/decimal_text.hpp"

#include <gtest/gtest.h>

using namespace heng;

namespace {

std::string plain(std::string_view stored) { return plain_decimal(stored, significant_digits).value_or("none"); }
std::string shows(const std::string& value, const char* format, bool date_1904 = false) {
   return shown(value, number_format(format), date_1904);
}

TEST(decimal_text, fifteen_digits) {
   EXPECT_EQ(plain("51383.49000000001"), "51383.49");
   EXPECT_EQ(plain("1234.5599999999999"), "1234.56");
   EXPECT_EQ(plain("0.1"), "0.1");
   EXPECT_EQ(plain("999999999999999.9"), "1000000000000000");
   EXPECT_EQ(plain("123456789012345678"), "123456789012346000");
   EXPECT_EQ(plain("-0.30000000000000004"), "-0.3");
   EXPECT_EQ(plain("-0"), "0");
   EXPECT_EQ(plain("000.500"), "0.5");
}

TEST(decimal_text, exponents) {
   EXPECT_EQ(plain("1.5E-3"), "0.0015");
   EXPECT_EQ(plain("1.5e+3"), "1500");
   EXPECT_EQ(plain("2E20"), "200000000000000000000");
}

TEST(decimal_text, no_numbers) {
   for (const char* text : {"", "-", ".", "1e", "1e9999999", "1,2", "1.2.3", "NaN", "#DIV/0!", "0x10", " 1"})
      EXPECT_EQ(plain(text), "none") << text;
}

TEST(decimal_text, formats) {
   EXPECT_EQ(shows("17127.825", "#,##0.00_ "), "17,127.83");
   EXPECT_EQ(shows("-17127.825", "#,##0.00;[Red]-#,##0.00"), "-17,127.83");
   EXPECT_EQ(shows("-0.001", "0.00"), "0.00");
   EXPECT_EQ(shows("999.995", "#,##0.00"), "1,000.00");
   EXPECT_EQ(shows("0.5443", "0.00%"), "54.43%");
   EXPECT_EQ(shows("0", "0.00%"), "0.00%");
   EXPECT_EQ(shows("17127.83", "General"), "17127.83");
   EXPECT_EQ(shows("5", "0\"年度\""), "5");
   EXPECT_EQ(shown("0.5", built_in_number_format(10), false), "50.00%");
}

TEST(decimal_text, dates) {
   EXPECT_EQ(shows("45657", "yyyy-mm-dd"), "2024-12-31");
   EXPECT_EQ(shows("44195", "yyyy-mm-dd", true), "2024-12-31");  // counted from 1904
   EXPECT_EQ(shows("1", "yyyy/m/d"), "1900-01-01");
   EXPECT_EQ(shows("61", "yyyy/m/d"), "1900-03-01");  // 1900 counts as a leap year
   EXPECT_EQ(shows("99999999", "yyyy/m/d"), "99999999");
   EXPECT_EQ(shown("45657", built_in_number_format(14), false), "2024-12-31");
}

}  // namespace

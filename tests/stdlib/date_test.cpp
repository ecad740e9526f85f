// Dates as reports print them.
#include "stdlib/date.hpp"

#include <gtest/gtest.h>

namespace heng {
namespace {

std::string read(std::string_view text) {
   const auto date = read_date(text);
   return date ? to_text(*date) : "";
}

TEST(Dates, InAllTheirSpellings) {
   for (const char* text : {"2024-12-31", "2024年12月31日", "2024.12.31", "2024/12/31", "２０２４年 12 月 31 日"})
      EXPECT_EQ(read(text), "2024-12-31") << text;
   EXPECT_EQ(read("2024年2月3日"), "2024-02-03");
   EXPECT_EQ(read("2024-2-29"), "2024-02-29");
}

TEST(Dates, OnlyDaysThatThereAre) {
   for (const char* text : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-12-32", "2024-12", "12月31日", "2024年12月",
                            "24-12-31", "2024-12.31", "2024-12-31日", "2024年12月31", "20240-1-1", "", "2024-12-311"})
      EXPECT_EQ(read(text), "") << text;
}

TEST(Dates, AreCountedInDays) {
   EXPECT_EQ(day_number_of({1970, 1, 1}), 0);
   EXPECT_EQ(day_number_of({2000, 3, 1}) - day_number_of({2000, 2, 28}), 2);
   EXPECT_EQ(day_number_of({1900, 3, 1}) - day_number_of({1900, 2, 28}), 1);
   EXPECT_EQ(day_number_of({2025, 1, 1}) - day_number_of({2024, 1, 1}), 366);
}

}  // namespace
}  // namespace heng

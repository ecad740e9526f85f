// Dates: 2024-12-31, 2024年12月31日, 2024.12.31, 2024/12/31, with zeros before or without.
// Does not know: types, columns.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace heng {

struct Date {
   int year = 0, month = 0, day = 0;
};

std::optional<Date> read_date(std::string_view text);  // only a day that there is, with its year
std::string to_text(const Date& date);                 // 2024-12-31
int day_number_of(const Date& date);                   // days since 1970-01-01

}  // namespace heng

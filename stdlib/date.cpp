#include "stdlib/date.hpp"

#include <fmt/format.h>

#include "stdlib/text.hpp"

namespace heng {

namespace {

// Digits at the beginning, at most so many.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
   std::size_t digits = 0;
   int number = 0;
   for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
      if (digits == most) return std::nullopt;
      number = number * 10 + (text[digits] - '0');
   }
   if (digits == 0) return std::nullopt;
   text.remove_prefix(digits);
   return number;
}

bool take(std::string_view& text, std::string_view mark) {
   if (!text.starts_with(mark)) return false;
   text.remove_prefix(mark.size());
   return true;
}

// Which mark stands behind the year; nothing: none of a date.
std::optional<std::string_view> take_mark(std::string_view& text) {
   for (const std::string_view mark : {"年", "-", "/", "."})
      if (take(text, mark)) return mark;
   return std::nullopt;
}

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
   constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
   return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

// Days of all years before this one, since year 1.
int days_before(int year) {
   const int past = year - 1;
   return past * 365 + past / 4 - past / 100 + past / 400;
}

}  // namespace

std::optional<Date> read_date(std::string_view text) {
   const std::string folded = fold(text);
   std::string_view rest = folded;
   const auto year = take_number(rest, 4);
   const auto mark = take_mark(rest);
   if (!year || !mark) return std::nullopt;
   const bool in_words = *mark == "年";
   const auto month = take_number(rest, 2);
   if (!month || !take(rest, in_words ? "月" : *mark)) return std::nullopt;
   const auto day = take_number(rest, 2);
   if (!day || (in_words && !take(rest, "日")) || !rest.empty()) return std::nullopt;
   const Date date{*year, *month, *day};
   if (*year < 1000 || *month < 1 || *month > 12 || *day < 1 || *day > days_in(*year, *month)) return std::nullopt;
   return date;
}

std::string to_text(const Date& date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); }

int day_number_of(const Date& date) {
   int days = days_before(date.year) - days_before(1970) + date.day - 1;
   for (int month = 1; month < date.month; ++month) days += days_in(date.year, month);
   return days;
}

}  // namespace heng

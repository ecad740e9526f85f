// Numbers of workbooks as text, without a binary floating number in between: what is stored ("51383.49000000001", "1.5E-3") in
// plain decimal notation, and what a cell shows of it under its number format.
// Does not know: workbooks.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace heng {

inline constexpr int significant_digits = 15;  // what a workbook promises to keep (IEEE 754 double, Excel's own limit)

// Rounded half away from zero to so many significant digits, without an exponent and without zeros behind the last digit.
// nullopt: no number.
std::optional<std::string> plain_decimal(std::string_view stored, int digits);

struct NumberFormat {
   enum class Kind { general, number, percent, date } kind = Kind::general;
   int decimals = 0;
   bool thousands = false;
};
NumberFormat number_format(std::string_view code);  // "#,##0.00_ ", "0.00%", "yyyy-mm-dd"
NumberFormat built_in_number_format(int id);        // ECMA-376 18.8.30

// As a person sees it: "17,127.83", "54.43%", "2024-12-31".
std::string shown(const std::string& plain, const NumberFormat& format, bool date_1904);

}  // namespace heng

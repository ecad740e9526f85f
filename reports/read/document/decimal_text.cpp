#include "reports/read/document/decimal_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace heng {

namespace {

// ±0.d1d2d3… × 10^exponent
struct Digits {
   bool negative = false;
   std::string digits;
   int exponent = 0;
};

std::optional<Digits> digits_of(std::string_view text) {
   Digits result;
   std::size_t at = 0;
   if (at < text.size() && (text[at] == '-' || text[at] == '+')) result.negative = text[at++] == '-';
   bool point = false, any = false;
   for (; at < text.size() && (std::isdigit(static_cast<unsigned char>(text[at])) || (text[at] == '.' && !point)); ++at) {
      if (text[at] == '.') {
         point = true;
         continue;
      }
      any = true;
      result.digits += text[at];
      if (!point) ++result.exponent;
   }
   if (!any) return std::nullopt;
   if (at < text.size()) {
      if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
      ++at;
      if (at < text.size() && text[at] == '+') ++at;
      int power = 0;
      const auto parsed = std::from_chars(text.data() + at, text.data() + text.size(), power);
      if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || power > 400 || power < -400) return std::nullopt;
      result.exponent += power;
   }
   const std::size_t first = std::min(result.digits.find_first_not_of('0'), result.digits.size());
   result.digits.erase(0, first);
   result.exponent -= static_cast<int>(first);
   if (result.digits.empty()) result.exponent = 0;
   return result;
}

// Keeps `count` digits, half away from zero.
void round_to(Digits& number, int count) {
   if (count < 0) {
      number.digits.clear();
      number.exponent = 0;
      return;
   }
   if (static_cast<int>(number.digits.size()) <= count) return;
   const bool up = number.digits[static_cast<std::size_t>(count)] >= '5';
   number.digits.resize(static_cast<std::size_t>(count));
   if (!up) return;
   int at = count - 1;
   while (at >= 0 && number.digits[static_cast<std::size_t>(at)] == '9') number.digits[static_cast<std::size_t>(at--)] = '0';
   if (at >= 0)
      ++number.digits[static_cast<std::size_t>(at)];
   else {
      number.digits.insert(number.digits.begin(), '1');
      ++number.exponent;
   }
}

// With so many decimals; −1: as many as there are.
std::string text_of(Digits number, int decimals, bool thousands) {
   if (decimals >= 0) round_to(number, number.exponent + decimals);
   std::string whole, part;
   for (int i = 0; i < number.exponent; ++i)
      whole += i < static_cast<int>(number.digits.size()) ? number.digits[static_cast<std::size_t>(i)] : '0';
   if (whole.empty()) whole = "0";
   for (int i = number.exponent; i < static_cast<int>(number.digits.size()); ++i)
      part += i < 0 ? '0' : number.digits[static_cast<std::size_t>(i)];
   if (decimals < 0) {
      while (!part.empty() && part.back() == '0') part.pop_back();
   } else {
      part.resize(static_cast<std::size_t>(decimals), '0');
   }
   if (thousands)
      for (std::size_t i = whole.size(); i > 3; i -= 3) whole.insert(i - 3, ",");
   const bool zero = (whole + part).find_first_not_of("0,") == std::string::npos;
   return (number.negative && !zero ? "-" : "") + whole + (part.empty() ? "" : "." + part);
}

// Days since 1970-01-01 to a civil date (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms).
std::string civil(long days) {
   days += 719468;
   const long era = (days >= 0 ? days : days - 146096) / 146097;
   const long of_era = days - era * 146097;
   const long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
   const long day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
   const long shifted = (5 * day_of_year + 2) / 153;
   const long day = day_of_year - (153 * shifted + 2) / 5 + 1, month = shifted < 10 ? shifted + 3 : shifted - 9;
   return fmt::format("{:04}-{:02}-{:02}", year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

}  // namespace

std::optional<std::string> plain_decimal(std::string_view stored, int digits) {
   auto number = digits_of(stored);
   if (!number) return std::nullopt;
   round_to(*number, digits);
   return text_of(std::move(*number), -1, false);
}

NumberFormat number_format(std::string_view code) {
   NumberFormat format;
   std::string plain;  // the first section, without quoted text, escapes, colours and padding
   for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
      if (code[i] == '"') {
         while (++i < code.size() && code[i] != '"') continue;
      } else if (code[i] == '[') {
         while (++i < code.size() && code[i] != ']') continue;
      } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
         ++i;
      } else {
         plain += static_cast<char>(std::tolower(static_cast<unsigned char>(code[i])));
      }
   }
   if (plain.empty() || plain.find("general") != std::string::npos || plain == "@") return format;
   if (plain.find_first_of("ymd") != std::string::npos && plain.find_first_of("0#") == std::string::npos) {
      format.kind = NumberFormat::Kind::date;
      return format;
   }
   if (plain.find_first_of("0#") == std::string::npos) return format;
   format.kind = plain.find('%') != std::string::npos ? NumberFormat::Kind::percent : NumberFormat::Kind::number;
   const std::size_t point = plain.find('.');
   if (point != std::string::npos)
      for (std::size_t i = point + 1; i < plain.size() && (plain[i] == '0' || plain[i] == '#' || plain[i] == '?'); ++i)
         ++format.decimals;
   const std::size_t comma = plain.find(',');
   format.thousands = comma != std::string::npos && plain.find_first_of("0#", comma) != std::string::npos;
   return format;
}

NumberFormat built_in_number_format(int id) {
   switch (id) {
      case 1: return number_format("0");
      case 2: return number_format("0.00");
      case 3: return number_format("#,##0");
      case 4: return number_format("#,##0.00");
      case 9: return number_format("0%");
      case 10: return number_format("0.00%");
      case 37:
      case 38: return number_format("#,##0");
      case 39:
      case 40: return number_format("#,##0.00");
      case 41:
      case 42: return number_format("#,##0");
      case 43:
      case 44: return number_format("#,##0.00");
      default:
         if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
            return number_format("yyyy-mm-dd");
         return {};
   }
}

std::string shown(const std::string& plain, const NumberFormat& format, bool date_1904) {
   auto number = digits_of(plain);
   if (!number || format.kind == NumberFormat::Kind::general) return plain;
   if (format.kind == NumberFormat::Kind::percent) {
      number->exponent += number->digits.empty() ? 0 : 2;
      return text_of(std::move(*number), format.decimals, format.thousands) + "%";
   }
   if (format.kind == NumberFormat::Kind::date) {
      long days = 0;
      const std::string whole = text_of(*number, 0, false);
      const auto parsed = std::from_chars(whole.data(), whole.data() + whole.size(), days);
      if (parsed.ec != std::errc() || days < 0 || days > 2'958'465) return plain;
      // Day 1 is 1900-01-01; 1900 counts as a leap year, so from 1 March on one day is too many (ECMA-376 18.17.4.1).
      return civil(date_1904 ? days - 24107 : days - (days > 59 ? 25569 : 25568));
   }
   return text_of(std::move(*number), format.decimals, format.thousands);
}

}  // namespace heng

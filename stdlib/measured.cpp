// Quantities and targets as documents print them. Everything is read from the folded text: widths, blanks, dots and dashes do not
// matter.
#include <algorithm>

#include "stdlib/text.hpp"
#include "stdlib/unit.hpp"

namespace heng {

namespace {

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
bool ends_with(std::string_view text, std::string_view end) {
   return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}
bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
   std::size_t count = 0;
   while (at + count < text.size() && is_digit(text[at + count])) ++count;
   return count;
}

// "12 345" is two numbers, or one badly read: folding must not glue it.
bool blank_between_digits(std::string_view text) {
   char before = 0;
   bool blank = false;
   while (!text.empty()) {
      const bool wide = starts_with(text, "　");
      const char c = text[0];
      if (wide || c == ' ' || c == '\t' || c == '\n' || c == '\r') {
         blank = true;
      } else {
         if (blank && is_digit(before) && is_digit(c)) return true;
         blank = false;
         before = c;
      }
      text.remove_prefix(wide ? 3 : 1);
   }
   return false;
}

// ---- quantities ---------------------------------------------------------------------------------------------------------

struct Multiplier {
   std::string_view text;
   int exponent;
};
constexpr Multiplier multipliers[] = {{"万亿", 12}, {"千万", 7}, {"百万", 6}, {"亿", 8}, {"万", 4}};

// 万元 is a unit of its own; 万次 is 次, and the 万 belongs to the number.
bool begins_with_money(std::string_view rest) {
   for (const Multiplier& multiplier : multipliers)
      if (starts_with(rest, multiplier.text)) return starts_with(rest.substr(multiplier.text.size()), "元");
   return false;
}

Rational take_multiplier(std::string_view& rest) {
   if (begins_with_money(rest)) return 1;
   for (const Multiplier& multiplier : multipliers) {
      if (!starts_with(rest, multiplier.text)) continue;
      rest.remove_prefix(multiplier.text.size());
      return power_of_ten(multiplier.exponent);
   }
   return 1;
}

bool is_letter_of_unit(char32_t c) {
   const bool latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
   return latin || c == '(' || c == ')' || c == '%' || c == U'‰' || c == U'°' || c == U'℃' || c == U'㎡' || c == U'²' ||
          c == U'³' || c == U'¥' || c == '$' || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
}
bool joins_units(char32_t c) { return c == U'·' || c == '*' || c == U'×' || c == '/'; }

// Units of the data are any short words (家次, 台(套), 元/人·天); a sentence behind a number is no unit.
bool looks_like_unit(std::string_view text) {
   std::size_t length = 0;
   for (const char32_t c : code_points(text)) {
      if (!joins_units(c) && !is_letter_of_unit(c)) return false;
      if (joins_units(c) && length == 0) return false;
      length = joins_units(c) ? 0 : length + 1;
      if (length > 4) return false;
   }
   return length > 0;
}

std::size_t length_of_number(std::string_view plain) {
   std::size_t length = !plain.empty() && (plain[0] == '+' || plain[0] == '-') ? 1
                        : starts_with(plain, "△") || starts_with(plain, "▲")   ? 3
                                                                               : 0;
   while (length < plain.size() && (is_digit(plain[length]) || plain[length] == '.' || plain[length] == ',')) ++length;
   return length;
}

enum class Units { closed, any };

std::optional<Measured> read_folded(std::string_view plain, Units units, const std::vector<std::string>& extra) {
   const std::size_t length = length_of_number(plain);
   auto number = read_decimal(plain.substr(0, length));
   if (!number) return std::nullopt;
   Measured result{std::move(*number), 1, std::nullopt};
   std::string_view rest = plain.substr(length);
   result.multiplier = take_multiplier(rest);
   if (rest.empty()) return result;
   result.unit = read_unit(rest, extra);
   if (result.unit) return result;
   if (units == Units::closed || !looks_like_unit(rest)) return std::nullopt;
   result.unit = read_any_unit(rest, extra);
   return result;
}

// ---- dates --------------------------------------------------------------------------------------------------------------

// 2024年…, 2024-12-30, 2024.12, 2024/12/30
bool names_a_year(std::string_view plain) {
   for (std::size_t at = 0; at < plain.size(); ++at) {
      const std::size_t digits = digits_at(plain, at);
      if (digits == 4 && starts_with(plain.substr(at + 4), "年")) return true;
      at += digits;
   }
   if (digits_at(plain, 0) != 4 || plain.size() < 6 || !contains("-./", plain.substr(4, 1))) return false;
   const std::size_t month = digits_at(plain, 5);
   if (month == 0 || month > 2) return false;
   const bool day = plain.size() > 5 + month && plain[5 + month] == plain[4];
   return day || (plain[4] != '.' && plain.size() == 5 + month);
}

// 12月30日…, 12月底, 6月前, 12月; but 12个月 and 3月/次 are durations.
bool names_a_month(std::string_view plain) {
   const auto at = plain.find("月");
   if (at == plain.npos || at == 0 || !is_digit(plain[at - 1])) return false;
   const std::string_view after = plain.substr(at + 3);
   if (const std::size_t day = digits_at(after, 0); day > 0)
      return starts_with(after.substr(day), "日") || starts_with(after.substr(day), "号");
   constexpr std::string_view endings[] = {"底", "末",   "初",   "上旬", "中旬", "下旬", "份",
                                           "前", "以前", "之前", "内",   "后",   "以后", "之后"};
   return after.empty() ||
          std::any_of(std::begin(endings), std::end(endings), [&](auto ending) { return starts_with(after, ending); });
}

// 第四季度, 2季度; 每季度 and 次/季度 are no dates.
bool names_a_quarter(std::string_view plain) {
   const auto at = plain.find("季度");
   if (at == plain.npos || at == 0) return false;
   if (plain[at - 1] >= '1' && plain[at - 1] <= '4') return true;
   return at >= 3 && contains("一二三四", plain.substr(at - 3, 3));
}

bool is_date(std::string_view plain) {
   constexpr std::string_view times[] = {"年底", "年末", "月底", "月末", "季末", "上旬", "中旬", "下旬"};
   if (starts_with(plain, "每")) return false;
   return names_a_year(plain) || names_a_month(plain) || names_a_quarter(plain) ||
          std::any_of(std::begin(times), std::end(times), [&](auto time) { return contains(plain, time); });
}

// ---- targets ------------------------------------------------------------------------------------------------------------

struct Sign {
   std::string_view text;
   TargetKind kind;
};

// Longer spellings stand before their beginnings. 》= is what a Chinese input method makes of >=.
constexpr Sign signs_before[] = {
    {"大于或等于", TargetKind::at_least},
    {"小于或等于", TargetKind::at_most},
    {"大于等于", TargetKind::at_least},
    {"小于等于", TargetKind::at_most},
    {"不低于", TargetKind::at_least},
    {"不少于", TargetKind::at_least},
    {"不小于", TargetKind::at_least},
    {"至少", TargetKind::at_least},
    {"不高于", TargetKind::at_most},
    {"不超过", TargetKind::at_most},
    {"不大于", TargetKind::at_most},
    {"不多于", TargetKind::at_most},
    {"至多", TargetKind::at_most},
    {"≥", TargetKind::at_least},
    {"≧", TargetKind::at_least},
    {"⩾", TargetKind::at_least},
    {"≤", TargetKind::at_most},
    {"≦", TargetKind::at_most},
    {"⩽", TargetKind::at_most},
    {">=", TargetKind::at_least},
    {"=>", TargetKind::at_least},
    {"》=", TargetKind::at_least},
    {"<=", TargetKind::at_most},
    {"=<", TargetKind::at_most},
    {"《=", TargetKind::at_most},
    {"大于", TargetKind::above},
    {"超过", TargetKind::above},
    {"高于", TargetKind::above},
    {"多于", TargetKind::above},
    {">", TargetKind::above},
    {"》", TargetKind::above},
    {"小于", TargetKind::below},
    {"低于", TargetKind::below},
    {"少于", TargetKind::below},
    {"不满", TargetKind::below},
    {"不足", TargetKind::below},
    {"<", TargetKind::below},
    {"《", TargetKind::below},
    {"等于", TargetKind::equal},
    {"=", TargetKind::equal},
};
constexpr Sign signs_behind[] = {
    {"及以上", TargetKind::at_least}, {"以上", TargetKind::at_least},  {"及以下", TargetKind::at_most},
    {"以下", TargetKind::at_most},    {"及以内", TargetKind::at_most}, {"以内", TargetKind::at_most},
    {"之内", TargetKind::at_most},    {"内", TargetKind::at_most},
};

std::optional<TargetKind> take_before(std::string_view& plain) {
   for (const Sign& sign : signs_before)
      if (starts_with(plain, sign.text)) {
         plain.remove_prefix(sign.text.size());
         return sign.kind;
      }
   return std::nullopt;
}

std::optional<TargetKind> take_behind(std::string_view& plain) {
   for (const std::string_view included : {"(含)", "(含本数)"})
      if (ends_with(plain, included)) plain.remove_suffix(included.size());
   for (const Sign& sign : signs_behind)
      if (ends_with(plain, sign.text)) {
         plain.remove_suffix(sign.text.size());
         return sign.kind;
      }
   return std::nullopt;
}

}  // namespace

Rational Measured::base_value() const { return number.value() * multiplier * (unit ? unit->scale : Rational(1)); }

std::optional<Measured> read_measured(std::string_view text) {
   const std::string plain = fold(text);
   if (blank_between_digits(text) || is_date(plain)) return std::nullopt;
   return read_folded(plain, Units::any, {});
}

std::optional<Measured> read_literal(std::string_view text, const std::vector<std::string>& extra) {
   return read_folded(fold(text), Units::closed, extra);
}

TargetText read_target(std::string_view text) {
   const std::string folded = fold(text);
   std::string_view plain = folded;
   const auto before = take_before(plain);
   if (is_date(plain)) return {TargetKind::date, std::nullopt};
   const auto behind = take_behind(plain);
   const bool at_odds = before && behind && *before != *behind;  // "≤90%以上" says two things
   auto value = read_folded(plain, Units::any, {});
   if (!value || at_odds || blank_between_digits(text)) return {};
   return {before ? *before : behind ? *behind : TargetKind::bare, std::move(value)};
}

}  // namespace heng

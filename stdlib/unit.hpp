// Units and dimensions (D6). Values are kept in the base unit of their dimension: 万元 → 元 (×10,000), 小时 → 分钟 (×60),
// 5% → 0.05 (×1/100), 个百分点 → ×1/100. 万 and 亿 alone belong to the number and leave no unit.
// Does not know: columns, forms. The list of rule units is closed; data may carry any word, each its own base.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stdlib/number.hpp"

namespace heng {

// A product of base units with exponents, sorted, no zero exponents: 元/人·天 is {人:-1, 元:1, 分钟:-1}.
struct Dimension {
   std::vector<std::pair<std::string, int>> powers;
   bool none() const { return powers.empty(); }
   friend auto operator<=>(const Dimension&, const Dimension&) = default;
   friend bool operator==(const Dimension&, const Dimension&) = default;
};
Dimension operator*(const Dimension& a, const Dimension& b);
Dimension operator/(const Dimension& a, const Dimension& b);
std::string to_text(const Dimension& dimension);  // "元/人·分钟"
// The unit of a product or quotient in the words of its operands: 元/人·天 × 人 is 元/天, not 元/分钟. "": its base units do.
// Money is told in 元.
std::string unit_of_result(const Dimension& dimension, std::string_view a, std::string_view b);

// What kind of figure a unit makes: % and ‰ make percents, 个百分点 percentage points, 分 points (dimension 分).
enum class UnitKind { plain, percent, percentage_point };

struct Unit {
   std::string text;  // as written: "万元/人·月" (half-width where it was read with its number)
   UnitKind kind = UnitKind::plain;
   Dimension dimension;
   Rational scale = 1;     // base value = written value × scale
   int decimal_shift = 0;  // scale == 10^decimal_shift when it is a power of ten (万元: 4, %: -2, 分钟: 0); else unspecified
   bool scale_is_power_of_ten = true;
};

// Closed list plus `extra` (unit 场次). Accepts width variants. · ・ × * are products, what follows the first / is the
// denominator (元/人·天: 人 and 天 both), ² ³ are powers. Money and counts take 千 万 百万 千万 亿 万亿 in front (万人, 亿元).
// nullopt: some word in it is no unit; so is 万 alone, which belongs to the number.
std::optional<Unit> read_unit(std::string_view text, const std::vector<std::string>& extra = {});
// For data: any word is a unit of its own.
Unit read_any_unit(std::string_view text, const std::vector<std::string>& extra = {});
const std::vector<std::string>& known_units();
bool counts_things(const Dimension& dimension, const std::vector<std::string>& extra = {});  // 次, 人次; not 元/人, 小时
bool is_unit_word(std::string_view word);  // one word, no product or quotient: 元, 万元, 人次, 个百分点

// A quantity as printed: "650元/人·天", "≈" is no part of it; "2700万" → 27000000, no unit; "5%", "2.87‰", "0.5小时", "41".
struct Measured {
   Decimal number;           // as printed, before scale
   Rational multiplier = 1;  // 万: 10,000; 亿: 100,000,000 (part of the number)
   std::optional<Unit> unit;
   Rational base_value() const;  // number × multiplier × unit scale
};
// Of data: any word of up to four characters may be the unit. nullopt: not a number with at most a unit behind it.
std::optional<Measured> read_measured(std::string_view text);
// Of a literal in a rule, digits and unit together ("2700万次"): units are the closed list plus `extra`. nullopt: the unit is
// none.
std::optional<Measured> read_literal(std::string_view text, const std::vector<std::string>& extra = {});

// A target of an indicator: "≥460个", "≤3‰", ">5", "41个" (bare), "12月30日前" (a date), "全省第一档次" (qualitative).
// In words: "不低于90%", "90%以上", "30分钟以内". 以上 and 以下 include the number, 不满 and 超过 do not.
enum class TargetKind { at_least, at_most, above, below, equal, bare, date, words };
struct TargetText {
   TargetKind kind = TargetKind::words;
   std::optional<Measured> value;  // for the numeric kinds
};
TargetText read_target(std::string_view text);

}  // namespace heng

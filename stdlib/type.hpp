// Types of the language: what the checker knows before anything runs.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "stdlib/missing.hpp"
#include "stdlib/unit.hpp"

namespace heng {

enum class Kind : std::uint8_t {
   error,  // somebody has spoken already: passes silently
   yes_no,
   number,            // no dimension; ratios, counts, literals
   percent,           // base value is the ratio: 5% is 0.05
   percentage_point,  // 1个百分点 is 0.01
   quantity,          // a static dimension: money {元}, points {分}, 元/人·天 …
   measured,          // its unit comes with each row (quantity [or text])
   target,            // comparison, value and unit come with each row; or a date; or words
   text,
   choice,  // one of `choices`
   code,    // digits that are a name: 科目代码
   date,
   names,  // a set of names (names.hpp)
   year,   // exact whole number
   row,    // a row of a list (index columns); never a value that people see
};

struct Type {
   Kind kind = Kind::error;
   Dimension dimension;       // quantity only
   std::string unit;          // how it is shown: "万元"; empty: its base or none
   int decimals = -1;         // `to`; -1: not declared
   bool published = false;    // stands for ±½·10⁻ᵈ (D3): money, percents, measured figures of the data
   bool may_be_text = false;  // quantity or text
   bool bare = false;         // number only: a literal without unit, or made of such (5, 2*3)
   std::shared_ptr<const std::vector<std::string>> choices;  // choice only
   bool is_numeric() const {
      return kind == Kind::number || kind == Kind::percent || kind == Kind::percentage_point || kind == Kind::quantity ||
             kind == Kind::measured || kind == Kind::year;
   }
};

Type number_type();
Type yes_no_type();
Type percent_type();
Type percentage_point_type();
Type money_type(std::string unit = "万元", int decimals = -1, bool published = false);
Type points_type();
Type quantity_type(const Unit& unit);
Type year_type();
Type measured_type(bool may_be_text = false);
Type target_type();
Type text_type();
Type date_type();
Type names_type();
Type type_of_unit(const std::optional<Unit>& unit);  // of a literal; without a unit it is a bare number

Bilingual name_of(Kind kind);
std::string describe(const Type& type, bool chinese);  // 金额（万元） / money (万元)
bool same_meaning(const Type& a, const Type& b);       // kind and dimension; not how it is shown

// What `a op b` is (D6). kind error: refused, and zh, en say why and what to write instead; when an operand is of kind error, the
// result is too and says nothing. A target counts as the measured figure it holds.
// - percent + percent: percent; percent - percent: percentage points; percent ± percentage points: percent
// - quantity ± quantity of one dimension, in the unit of the left; points ± number: points
// - year - year: number; year ± number: year; nothing else with years
// - measured with anything but a year: measured, checked per row
// - × and ÷ by percents, percentage points and numbers scale (执行率 * full marks: points; 5% * 3: percent)
// - dimensions multiply and divide; what is left without one is a number (a ratio)
enum class Arithmetic { add, subtract, multiply, divide };
struct Combined {
   Type type;
   std::string zh, en;  // why not, when type.kind is error
};
Combined combine(Arithmetic op, const Type& a, const Type& b);
// May a and b be compared? When they may, the type is yes/no. Like with like; ratios with percents and percentage points; points
// with numbers; measured figures and targets with every figure; text with codes, choices, dates, and with measured figures that
// may be text. The literal 0 is 0 in any unit. A bare number other than 0 is refused beside a percent: 变动率 > 5 would silently
// mean 500%.
Combined comparable(const Type& a, const Type& b, bool a_is_zero_literal, bool b_is_zero_literal);

}  // namespace heng

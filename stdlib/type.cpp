#include "stdlib/type.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace heng {

namespace {

Type of_kind(Kind kind) {
   Type type;
   type.kind = kind;
   return type;
}

Type quantity_of(Dimension dimension, std::string unit) {
   if (dimension.none()) return number_type();
   Type type = of_kind(Kind::quantity);
   type.dimension = std::move(dimension);
   type.unit = std::move(unit);
   return type;
}

bool is_only(const Type& type, std::string_view base) {
   return type.kind == Kind::quantity && type.dimension.powers.size() == 1 && type.dimension.powers[0].first == base &&
          type.dimension.powers[0].second == 1;
}
bool is_points(const Type& type) { return is_only(type, "分"); }
bool is_money(const Type& type) { return is_only(type, "元"); }

// number, percent, percentage point: they scale what they are multiplied with.
bool scales(const Type& type) {
   return type.kind == Kind::number || type.kind == Kind::percent || type.kind == Kind::percentage_point;
}

std::string unit_shown(const Type& type) { return type.unit.empty() ? to_text(type.dimension) : type.unit; }

Combined made(Type type) { return {std::move(type), "", ""}; }
Combined silent() { return {}; }
Combined refused(std::string zh, std::string en) { return {Type{}, std::move(zh), std::move(en)}; }

// Of a result: neither published nor declared, in the unit of the operand it is made from.
Type result_like(const Type& operand) {
   Type type = of_kind(operand.kind);
   type.dimension = operand.dimension;
   type.unit = operand.unit;
   type.bare = operand.bare;
   return type;
}

// A target stands for the figure in it; its unit comes with the row.
Type as_operand(const Type& type) { return type.kind == Kind::target ? measured_type() : type; }

struct Words {
   std::string zh, en;
};

Words words_of(Arithmetic op) {
   switch (op) {
      case Arithmetic::add: return {"相加", "added"};
      case Arithmetic::subtract: return {"相减", "subtracted"};
      case Arithmetic::multiply: return {"相乘", "multiplied"};
      case Arithmetic::divide: return {"相除", "divided"};
   }
   return {};
}

Combined refuse_pair(Arithmetic op, const Type& a, const Type& b, const std::string& zh_help = "",
                     const std::string& en_help = "") {
   const Words words = words_of(op);
   return refused(
       fmt::format("{}与{}不能{}{}{}", describe(a, true), describe(b, true), words.zh, zh_help.empty() ? "" : "：", zh_help),
       fmt::format("{} and {} cannot be {}{}{}", describe(a, false), describe(b, false), words.en, en_help.empty() ? "" : ": ",
                   en_help));
}

// ---- sums and differences -----------------------------------------------------------------------------------------------

Combined percents(Arithmetic op, const Type& a, const Type& b) {
   const bool both_percents = a.kind == Kind::percent && b.kind == Kind::percent;
   if (both_percents) return made(op == Arithmetic::add ? result_like(a) : percentage_point_type());
   if (a.kind == Kind::percent) return made(result_like(a));
   if (b.kind == Kind::percentage_point) return made(percentage_point_type());
   if (op == Arithmetic::add) return made(result_like(b));
   return refuse_pair(op, a, b, "百分点是两个百分比的差", "percentage points are what two percents differ by");
}

bool is_percent_or_point(const Type& type) { return type.kind == Kind::percent || type.kind == Kind::percentage_point; }

Combined number_and_percent(Arithmetic op, const Type& a, const Type& b) {
   const bool bare = a.bare || b.bare;
   return bare ? refuse_pair(op, a, b, "数请写成百分比，如 1 写作 100%", "write the number as a percent, 100% for 1")
               : refuse_pair(op, a, b, "比率请先乘以 100% 变成百分比", "first make the ratio a percent: ratio * 100%");
}

Combined years(Arithmetic op, const Type& a, const Type& b) {
   const bool both = a.kind == b.kind;
   if (both && op == Arithmetic::subtract) return made(number_type());
   if (!both && a.kind == Kind::year && b.kind == Kind::number) return made(year_type());
   if (!both && b.kind == Kind::year && a.kind == Kind::number && op == Arithmetic::add) return made(year_type());
   return refuse_pair(op, a, b, "年度只能加减整数，或者与年度相减",
                      "to a year add a number, from a year subtract a number or a year");
}

Combined quantities(Arithmetic op, const Type& a, const Type& b) {
   if (a.kind == Kind::quantity && b.kind == Kind::quantity) {
      if (a.dimension != b.dimension) return refuse_pair(op, a, b, "单位不是同一类", "their units are of different kinds");
      Type type = result_like(a);
      if (type.unit.empty()) type.unit = b.unit;
      return made(type);
   }
   const Type& quantity = a.kind == Kind::quantity ? a : b;
   const Type& other = a.kind == Kind::quantity ? b : a;
   if (is_points(quantity) && other.kind == Kind::number) return made(result_like(quantity));
   if (is_percent_or_point(other))
      return refuse_pair(op, a, b, "按比例增减请相乘，如 … * (100% + 5%)",
                         "to raise or lower by a percent multiply: … * (100% + 5%)");
   return refuse_pair(op, a, b, fmt::format("数要写明单位，如 5{}", unit_shown(quantity)),
                      fmt::format("write the number with its unit, 5{}", unit_shown(quantity)));
}

Combined add_or_subtract(Arithmetic op, const Type& a, const Type& b) {
   if (a.kind == Kind::year || b.kind == Kind::year) return years(op, a, b);
   if (a.kind == Kind::measured || b.kind == Kind::measured) return made(measured_type());
   if (a.kind == Kind::quantity || b.kind == Kind::quantity) return quantities(op, a, b);
   if (is_percent_or_point(a) && is_percent_or_point(b)) return percents(op, a, b);
   if (is_percent_or_point(a) || is_percent_or_point(b)) return number_and_percent(op, a, b);
   Type number = number_type();
   number.bare = a.bare && b.bare;
   return made(number);
}

// ---- products and quotients ---------------------------------------------------------------------------------------------

// percent × number is a percent, percentage point × percent stays percentage points, number × number a number.
Type scaled(const Type& a, const Type& b) {
   for (const Kind kind : {Kind::percentage_point, Kind::percent})
      if (a.kind == kind || b.kind == kind) return result_like(a.kind == kind ? a : b);
   Type number = number_type();
   number.bare = a.bare && b.bare;
   return number;
}

Combined multiply(const Type& a, const Type& b) {
   if (a.kind == Kind::measured || b.kind == Kind::measured) return made(measured_type());
   if (scales(a) && scales(b)) return made(scaled(a, b));
   if (scales(a)) return made(result_like(b));
   if (scales(b)) return made(result_like(a));
   const Dimension product = a.dimension * b.dimension;
   return made(quantity_of(product, unit_of_result(product, a.unit, b.unit)));
}

Combined divide(const Type& a, const Type& b) {
   if (a.kind == Kind::measured || b.kind == Kind::measured) return made(measured_type());
   if (scales(a) && scales(b)) return made(b.kind == Kind::number && a.kind != Kind::number ? result_like(a) : number_type());
   if (scales(b)) return made(result_like(a));
   const Dimension quotient = a.dimension / b.dimension;  // a number has no dimension
   return made(quantity_of(quotient, unit_of_result(quotient, a.unit, b.unit)));
}

Combined multiply_or_divide(Arithmetic op, const Type& a, const Type& b) {
   if (a.kind == Kind::year || b.kind == Kind::year) return refuse_pair(op, a, b, "年度不是数量", "a year is no amount");
   return op == Arithmetic::multiply ? multiply(a, b) : divide(a, b);
}

// ---- comparisons --------------------------------------------------------------------------------------------------------

Combined yes() { return made(yes_no_type()); }

Combined refuse_comparison(const Type& a, const Type& b, const std::string& zh_help = "", const std::string& en_help = "") {
   return refused(fmt::format("{}不能与{}比较{}{}", describe(a, true), describe(b, true), zh_help.empty() ? "" : "：", zh_help),
                  fmt::format("{} cannot be compared with {}{}{}", describe(a, false), describe(b, false),
                              en_help.empty() ? "" : ": ", en_help));
}

bool either(const Type& a, const Type& b, Kind kind) { return a.kind == kind || b.kind == kind; }

Combined compare_figures(const Type& a, const Type& b) {
   if (either(a, b, Kind::measured)) return either(a, b, Kind::year) ? refuse_comparison(a, b) : yes();
   if (a.kind == b.kind) {
      if (a.dimension == b.dimension) return yes();
      return refuse_comparison(a, b, "单位不是同一类", "their units are of different kinds");
   }
   if (either(a, b, Kind::percent) && either(a, b, Kind::percentage_point))
      return refuse_comparison(a, b, "百分点是两个百分比的差", "percentage points are what two percents differ by");
   const Type& other = a.kind == Kind::number ? b : a;
   if (!either(a, b, Kind::number)) return refuse_comparison(a, b);
   if (other.kind == Kind::year || is_points(other)) return yes();
   if (is_percent_or_point(other)) {
      if (!a.bare && !b.bare) return yes();
      return other.kind == Kind::percent
                 ? refuse_comparison(a, b, "数请写成百分比，如 5%", "write the number as a percent, such as 5%")
                 : refuse_comparison(a, b, "数请写成百分点，如 5个百分点", "write the number with its unit, 5个百分点");
   }
   return refuse_comparison(a, b, fmt::format("数要写明单位，如 5{}", unit_shown(other)),
                            fmt::format("write the number with its unit, 5{}", unit_shown(other)));
}

bool is_wordy(Kind kind) { return kind == Kind::text || kind == Kind::code || kind == Kind::choice || kind == Kind::date; }

bool share_a_word(const Type& a, const Type& b) {
   if (!a.choices || !b.choices) return true;
   return std::any_of(a.choices->begin(), a.choices->end(), [&](const std::string& word) {
      return std::find(b.choices->begin(), b.choices->end(), word) != b.choices->end();
   });
}

Combined compare_words(const Type& a, const Type& b) {
   if (a.kind == Kind::choice && b.kind == Kind::choice && !share_a_word(a, b))
      return refuse_comparison(a, b, "没有共同的选项", "they have no word in common");
   if (a.kind == b.kind || either(a, b, Kind::text)) return yes();
   return refuse_comparison(a, b);
}

// A target may be words or a date; a quantity may be text where its field says so.
bool may_be_words(const Type& type) { return type.kind == Kind::target || (type.kind == Kind::measured && type.may_be_text); }

Combined compare_word_with_figure(const Type& word, const Type& figure, const Type& a, const Type& b) {
   if (may_be_words(figure) && word.kind != Kind::code) return yes();
   if (word.kind == Kind::code && figure.kind == Kind::number)
      return refuse_comparison(a, b, "代码要加引号，如 \"206\"；下级代码用“属于”",
                               "put the code in quotes, \"206\"; for what lies below it write under");
   return refuse_comparison(a, b);
}

}  // namespace

Type number_type() { return of_kind(Kind::number); }
Type yes_no_type() { return of_kind(Kind::yes_no); }
Type percent_type() { return of_kind(Kind::percent); }
Type percentage_point_type() { return of_kind(Kind::percentage_point); }
Type year_type() { return of_kind(Kind::year); }
Type target_type() { return of_kind(Kind::target); }
Type text_type() { return of_kind(Kind::text); }
Type date_type() { return of_kind(Kind::date); }
Type names_type() { return of_kind(Kind::names); }

Type measured_type(bool may_be_text) {
   Type type = of_kind(Kind::measured);
   type.may_be_text = may_be_text;
   return type;
}

Type money_type(std::string unit, int decimals, bool published) {
   Type type = quantity_of(Dimension{{{"元", 1}}}, std::move(unit));
   type.decimals = decimals;
   type.published = published;
   return type;
}

Type points_type() { return quantity_of(Dimension{{{"分", 1}}}, "分"); }

Type quantity_type(const Unit& unit) {
   if (unit.kind == UnitKind::percentage_point) return percentage_point_type();
   if (unit.kind == UnitKind::percent) {
      Type type = percent_type();
      if (unit.decimal_shift != -2) type.unit = unit.text;
      return type;
   }
   return quantity_of(unit.dimension, unit.text);
}

Type type_of_unit(const std::optional<Unit>& unit) {
   if (unit) return quantity_type(*unit);
   Type type = number_type();
   type.bare = true;
   return type;
}

Bilingual name_of(Kind kind) {
   switch (kind) {
      case Kind::error: return {"未知", "unknown"};
      case Kind::yes_no: return {"是否", "yes/no"};
      case Kind::number: return {"数", "number"};
      case Kind::percent: return {"百分比", "percent"};
      case Kind::percentage_point: return {"百分点", "percentage points"};
      case Kind::quantity: return {"数量", "quantity"};
      case Kind::measured: return {"带单位的数量", "quantity with a unit of its own"};
      case Kind::target: return {"目标", "target"};
      case Kind::text: return {"文字", "text"};
      case Kind::choice: return {"选项", "choice"};
      case Kind::code: return {"代码", "code"};
      case Kind::date: return {"日期", "date"};
      case Kind::names: return {"名单", "names"};
      case Kind::year: return {"年度", "year"};
      case Kind::row: return {"行", "row"};
   }
   return {"", ""};
}

std::string describe(const Type& type, bool chinese) {
   const Bilingual words = name_of(type.kind);
   if (is_points(type)) return chinese ? "分数" : "points";
   if (type.kind == Kind::quantity)
      return chinese ? fmt::format("{}（{}）", is_money(type) ? "金额" : "数量", unit_shown(type))
                     : fmt::format("{} ({})", is_money(type) ? "money" : "quantity", unit_shown(type));
   if (type.kind == Kind::choice && type.choices)
      return chinese ? fmt::format("选项（{}）", fmt::join(*type.choices, "|"))
                     : fmt::format("choice ({})", fmt::join(*type.choices, "|"));
   return std::string(chinese ? words.zh : words.en);
}

bool same_meaning(const Type& a, const Type& b) { return a.kind == b.kind && a.dimension == b.dimension; }

Combined combine(Arithmetic op, const Type& left, const Type& right) {
   if (either(left, right, Kind::error)) return silent();
   const Type a = as_operand(left), b = as_operand(right);
   if (!a.is_numeric() || !b.is_numeric()) {
      const Type& wrong = a.is_numeric() ? b : a;
      return refuse_pair(op, a, b, fmt::format("{}不能参加运算", describe(wrong, true)),
                         fmt::format("{} is not a figure", describe(wrong, false)));
   }
   return op == Arithmetic::add || op == Arithmetic::subtract ? add_or_subtract(op, a, b) : multiply_or_divide(op, a, b);
}

Combined comparable(const Type& a, const Type& b, bool a_is_zero_literal, bool b_is_zero_literal) {
   if (either(a, b, Kind::error)) return silent();
   const bool a_figure = as_operand(a).is_numeric(), b_figure = as_operand(b).is_numeric();
   if (a_figure && b_figure)
      return a_is_zero_literal || b_is_zero_literal ? yes() : compare_figures(as_operand(a), as_operand(b));
   if (is_wordy(a.kind) && is_wordy(b.kind)) return compare_words(a, b);
   if (is_wordy(a.kind) && b_figure) return compare_word_with_figure(a, b, a, b);
   if (a_figure && is_wordy(b.kind)) return compare_word_with_figure(b, a, a, b);
   if (a.kind == Kind::yes_no && b.kind == Kind::yes_no) return yes();
   if (a.kind == Kind::names && b.kind == Kind::names) return yes();
   if (either(a, b, Kind::names))
      return refuse_comparison(a, b, "名单与名单比较；问一个名称在不在名单里用“属于”",
                               "a set compares with a set; to ask whether a name is in it write under");
   return refuse_comparison(a, b);
}

}  // namespace heng

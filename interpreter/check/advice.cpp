#include "interpreter/check/advice.hpp"

#include <algorithm>
#include <array>

#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

namespace {

using boost::variant2::get_if;

const tree::Number* number_in(const WrittenSide& side) {
   return side.expr ? get_if<tree::Number>(&inside(*side.expr).what) : nullptr;
}

bool is_literal_of(const WrittenSide& side, Kind kind) { return number_in(side) && side.type.kind == kind; }

// 0.9 beside a percent is most likely 90%, and 1 the whole: 90, or nothing where the figure is too large to be a share.
std::optional<std::string> percent_of_share(const std::string& digits) {
   const std::size_t point = std::min(digits.find('.'), digits.size());
   if (point > 1 || digits.empty() || digits[0] > (point == digits.size() ? '1' : '2')) return std::nullopt;
   std::string decimals = point < digits.size() ? digits.substr(point + 1) : "";
   if (decimals.size() < 2) decimals.append(2 - decimals.size(), '0');
   std::string whole = digits.substr(0, point) + decimals.substr(0, 2);
   whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
   std::string rest = decimals.substr(2);
   rest.erase(rest.find_last_not_of('0') + 1);
   return rest.empty() ? whole : whole + "." + rest;
}

// 650 beside money in 万元 should have been 650万元.
std::optional<Said> with_the_unit_of(const WrittenSide& number, const WrittenSide& other) {
   const tree::Number* written = number_in(number);
   if (!written || !written->unit.empty()) return std::nullopt;
   const auto write = [&](std::string_view unit) { return say("写 {}{}", "write {}{}", written->digits, unit); };
   if (other.type.kind == Kind::percent) {
      if (const auto percent = percent_of_share(written->digits))
         return say("指 {0}% 就写 {0}%；真的是 {1}% 才写 {1}%", "for {0} percent write {0}%; only for {1} percent write {1}%",
                    *percent, written->digits);
      return write("%");
   }
   if (other.type.kind == Kind::percentage_point) return write("个百分点");
   if (other.type.kind == Kind::quantity)
      return write(other.type.unit.empty() ? to_text(other.type.dimension) : std::string_view(other.type.unit));
   return std::nullopt;
}

Said for_percents(const WrittenSide& left, const WrittenSide& right) {
   for (const WrittenSide* side : {&left, &right}) {
      if (is_literal_of(*side, Kind::percent)) return say("写 {}个百分点", "write {}个百分点", number_in(*side)->digits);
      if (is_literal_of(*side, Kind::percentage_point)) return say("写 {}%", "write {}%", number_in(*side)->digits);
   }
   return say("两边都用百分比，或者两边都用百分点：两个百分比相减得百分点",
              "use percents on both sides, or percentage points: the difference of two percents is in points");
}

bool is_share(const Type& type) { return type.kind == Kind::percent || type.kind == Kind::percentage_point; }

// A percent, or percentage points, beside marks, money or another quantity.
Said for_share(const WrittenSide& share, const WrittenSide& other) {
   if (is_points(other.type))
      return say("分数写数，如 60；与百分比比较的是得分率，写 ….得分率",
                 "marks are written as figures, such as 60; what compares with percents is the rate: ….rate");
   const std::string unit = other.type.unit.empty() ? std::string(to_text(other.type.dimension)) : other.type.unit;
   if (!other.expr)  // what a parameter wants
      return say("写带单位的数，如 5{0}；要的就是百分比，就把类型写成 百分比",
                 "write it with its unit, such as 5{0}; if a percent is meant, "
                 "make the type percent",
                 unit);
   if (share.type.kind == Kind::percentage_point)
      return say(
          "百分点只与百分比之差放在一起；这里写 5{0} 这样的数，或者换成百分比的栏目",
          "percentage points go with the difference of percents; write a figure such as 5{0}, or take a column of percents",
          unit);
   return say("求百分之几用乘法，如 预算数 * 5%；按比例增减写 预算数 * (100% + 5%)；求占比用除法，如 执行数 / 预算数",
              "for a part of it multiply, such as 预算数 * 5%; to raise it 预算数 * (100% + 5%); for its share divide, such as "
              "执行数 / 预算数");
}

Said for_figures(const WrittenSide& left, const WrittenSide& right) {
   for (const auto& [one, other] : {std::pair(&left, &right), std::pair(&right, &left)}) {
      if (const auto unit = with_the_unit_of(*one, *other)) return *unit;
      if (is_share(one->type) && other->type.kind == Kind::quantity) return for_share(*one, *other);
   }
   for (const WrittenSide* side : {&left, &right})
      if (side->type.kind == Kind::year)
         return say("年度只与年度或整数比较，如 2024", "compare a year with a year, such as 2024");
   return say("看看栏目和单位有没有写错；不同的量要先相除，如人均 = 金额 / 人数",
              "check the names and units on both sides; unlike quantities are divided first, such as money / people");
}

bool is_text_literal(const WrittenSide& side) { return side.expr && get_if<tree::Text>(&inside(*side.expr).what); }

std::optional<Said> for_words(const WrittenSide& word, const WrittenSide& other) {
   const tree::Number* number = number_in(other);
   switch (word.type.kind) {
      case Kind::names:
         return say("名单与名单比较，如 名单(支出表.科目名称)；问一个名称在不在里面用“属于”",
                    "compare it with a set, such as set(支出表.科目名称); to ask whether a name is in it write under");
      case Kind::code:
         if (number && number->unit.empty())
            return say("写 \"{0}\"；下级代码也算在内用 属于 {0}", "write \"{0}\"; with all codes below it, under {0}",
                       number->digits);
         return say("代码与 \"206\" 这样的文字比较，或者用“属于”", "compare a code with text such as \"206\", or write under");
      case Kind::date:
         return say("日期加引号写，如 \"2024-12-31\"；相差几天用 相隔天数(…)，取年份用 年份(…)",
                    "write dates in quotes, \"2024-12-31\"; for the days between two use days_between(…), for the year year(…)");
      case Kind::choice:
         if (word.type.choices && !word.type.choices->empty())
            return say("选项用“为”：… 为 {}", "ask for a choice with is: … is {}", word.type.choices->front());
         return std::nullopt;
      case Kind::yes_no:
         if (is_text_literal(other))
            return say("条件直接写就行；或者不加引号写 … 为 是", "a condition stands by itself; or, without quotes, … is yes");
         return say("条件直接写，不用与数比较；要一个数写 如 … 则 1 否则 0",
                    "a condition stands by itself and is not compared with a figure; for a figure write if … then 1 else 0");
      case Kind::text:
         if (is_text_literal(word)) return say("数不加引号，如 5万元", "figures have no quotes, such as 5万元");
         return say("换成填数的栏目；文字只与文字比较，如 = \"甲\"",
                    "take a column that holds figures; text compares with text only, such as = \"甲\"");
      default: return std::nullopt;
   }
}

}  // namespace

std::optional<Said> advice_for_pair(const WrittenSide& left, const WrittenSide& right) {
   const bool a = is_figure(left.type), b = is_figure(right.type);
   if (is_share(left.type) && is_share(right.type)) return for_percents(left, right);
   if (a && b) return for_figures(left, right);
   for (const Kind kind : {Kind::names, Kind::date, Kind::code, Kind::choice, Kind::yes_no, Kind::text}) {
      if (left.type.kind == kind) return for_words(left, right);
      if (right.type.kind == kind) return for_words(right, left);
   }
   return std::nullopt;
}

Said advice_for_figure(const Type& type) {
   switch (type.kind) {
      case Kind::yes_no: return say("把条件变成数：如 … 则 1 否则 0", "make the condition a figure: if … then 1 else 0");
      case Kind::date:
         return say("从日期得到数：年份(…)、月份(…)、相隔天数(…, …)",
                    "figures are made from dates with year(…), month(…), days_between(…, …)");
      case Kind::names:
         return say("名单里有几个：用 计数(…) 数列表的行", "for how many there are, count(…) the rows of the list");
      case Kind::code:
         return say("代码不是数：比较用 = \"206\" 或“属于”", "a code is no figure: compare with = \"206\" or under");
      case Kind::choice: return say("选项用“为”判断，如 … 为 增加", "ask for a choice with is, such as … is 增加");
      default: return say("换成填数的栏目", "take a column that holds figures");
   }
}

std::optional<std::string> unit_meant(const std::string& unit, const std::vector<std::string>& known) {
   constexpr std::pair<std::string_view, std::string_view> other_spellings[] = {
       {"圆", "元"}, {"圓", "元"}, {"钟头", "小时"}, {"萬", "万"}, {"W", "万元"}, {"w", "万元"}, {"W", "万"}, {"w", "万"}};
   for (const auto& [spelling, meant] : other_spellings) {
      const std::size_t at = unit.find(spelling);
      if (at == std::string::npos) continue;
      std::string mended = unit;
      mended.replace(at, spelling.size(), meant);
      if (std::find(known.begin(), known.end(), mended) != known.end()) return mended;
   }
   const auto near = suggestions(unit, known);
   return near.empty() ? std::nullopt : std::optional(near.front());
}

std::optional<Said> advice_for_function(std::string_view name) {
   struct Known {
      std::string_view worksheet;
      Said help;
   };
   static const std::array known = {
       Known{"SUM", {"写 求和(…)", "write sum(…)"}},
       Known{"SUMIF", {"写 求和(栏目 仅限 条件)", "write sum(COLUMN where CONDITION)"}},
       Known{"SUMIFS", {"写 求和(栏目 仅限 条件)", "write sum(COLUMN where CONDITION)"}},
       Known{"COUNT", {"写 计数(列表)", "write count(LIST)"}},
       Known{"COUNTIF", {"写 计数(列表 仅限 条件)", "write count(LIST where CONDITION)"}},
       Known{"COUNTIFS", {"写 计数(列表 仅限 条件)", "write count(LIST where CONDITION)"}},
       Known{"AVERAGE", {"写 平均值(…)", "write average(…)"}},
       Known{"MAX", {"写 最大值(…)", "write max(…)"}},
       Known{"MIN", {"写 最小值(…)", "write min(…)"}},
       Known{"ABS", {"写 绝对值(…)", "write abs(…)"}},
       Known{"ROUND", {"写 四舍五入(…, 2)", "write round(…, 2)"}},
       Known{"IF", {"写 如 条件 则 甲 否则 乙", "write if CONDITION then A else B"}},
       Known{"IFERROR", {"写 … 除数为0按 0，或者 … 未填按 0", "write … zero divisor as 0, or … otherwise 0"}},
       Known{"AND", {"写 甲 并且 乙", "write A and B"}},
       Known{"OR", {"写 甲 或者 乙", "write A or B"}},
       Known{"NOT", {"写 不满足 甲", "write not A"}},
       Known{"LEN", {"写 字数(…)", "write length(…)"}},
       Known{"VLOOKUP", {"按识别码取行：支出表[科目代码].栏目", "pick the row by its key: FORM[CODE].COLUMN"}},
       Known{"XLOOKUP", {"按识别码取行：支出表[科目代码].栏目", "pick the row by its key: FORM[CODE].COLUMN"}},
   };
   std::string upper(name);
   std::transform(upper.begin(), upper.end(), upper.begin(),
                  [](unsigned char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c); });
   for (const Known& each : known)
      if (each.worksheet == upper) return each.help;
   return std::nullopt;
}

}  // namespace heng::checking

#include "stdlib/function.hpp"

#include <algorithm>

#include "stdlib/date.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using Arguments = std::span<const Value>;

// ---- functions over text: folded, as all text compares ------------------------------------------------------------------

// The first missing argument is the result; the bodies below see text only.
template <typename Body>
Value with_texts(Arguments arguments, Body body) {
   for (const Value& argument : arguments)
      if (const auto* missing = boost::variant2::get_if<Missing>(&argument)) return *missing;
   std::vector<std::string> texts;
   for (const Value& argument : arguments) {
      const auto* text = boost::variant2::get_if<std::string>(&argument);
      if (!text) return Missing::unreadable;
      texts.push_back(*text);
   }
   return body(texts);
}

bool starts(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
bool ends(std::string_view text, std::string_view end) {
   return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

Value length(Arguments arguments) {
   return with_texts(arguments, [](const auto& texts) -> Value { return Rational(code_points(texts[0]).size()); });
}
Value contains(Arguments arguments) {
   return with_texts(arguments,
                     [](const auto& texts) -> Value { return fold(texts[0]).find(fold(texts[1])) != std::string::npos; });
}
Value starts_with(Arguments arguments) {
   return with_texts(arguments, [](const auto& texts) -> Value { return starts(fold(texts[0]), fold(texts[1])); });
}
Value ends_with(Arguments arguments) {
   return with_texts(arguments, [](const auto& texts) -> Value { return ends(fold(texts[0]), fold(texts[1])); });
}
// What does not start with the prefix stays as it was written.
Value without_prefix(Arguments arguments) {
   return with_texts(arguments, [](const auto& texts) -> Value {
      const std::string text = fold(texts[0]), prefix = fold(texts[1]);
      return starts(text, prefix) ? text.substr(prefix.size()) : texts[0];
   });
}

Value without_suffix(Arguments arguments) {
   return with_texts(arguments, [](const auto& texts) -> Value {
      const std::string text = fold(texts[0]), suffix = fold(texts[1]);
      return ends(text, suffix) ? text.substr(0, text.size() - suffix.size()) : texts[0];
   });
}

// ---- dates --------------------------------------------------------------------------------------------------------------

// What is no date with a year cannot be reckoned with.
template <typename Body>
Value with_dates(Arguments arguments, Body body) {
   return with_texts(arguments, [&](const auto& texts) -> Value {
      std::vector<Date> dates;
      for (const std::string& text : texts) {
         const auto date = read_date(text);
         if (!date) return Missing::unreadable;
         dates.push_back(*date);
      }
      return body(dates);
   });
}

Value date(Arguments arguments) {
   return with_dates(arguments, [](const auto& dates) -> Value { return to_text(dates[0]); });
}
Value year(Arguments arguments) {
   return with_dates(arguments, [](const auto& dates) -> Value { return Rational(dates[0].year); });
}
Value month(Arguments arguments) {
   return with_dates(arguments, [](const auto& dates) -> Value { return Rational(dates[0].month); });
}
Value days_between(Arguments arguments) {
   return with_dates(arguments, [](const auto& dates) -> Value {
      return Rational(day_number_of(dates[1]) - day_number_of(dates[0])) * read_any_unit("天").scale;
   });
}

constexpr std::string_view figure_list = "(figure) -> same";
constexpr std::string_view rounding = "(figure, whole?) -> same";
constexpr auto aggregate = FunctionKind::aggregate;
constexpr auto scalar = FunctionKind::scalar;
constexpr auto fact = FunctionKind::fact;

SignatureWord word_of(std::string_view word) {
   if (word == "figure") return SignatureWord::figure;
   if (word == "whole") return SignatureWord::whole;
   if (word == "text") return SignatureWord::text;
   if (word == "date") return SignatureWord::date;
   if (word == "form") return SignatureWord::form;
   if (word == "year") return SignatureWord::year;
   if (word == "days") return SignatureWord::days;
   if (word == "names") return SignatureWord::names;
   if (word == "yes/no") return SignatureWord::yes_no;
   if (word == "rows") return SignatureWord::rows;
   if (word == "same") return SignatureWord::same;
   return SignatureWord::number;
}

std::string_view chinese_word(std::string_view word) {
   constexpr std::pair<std::string_view, std::string_view> words[] = {
       {"figure", "数"}, {"whole", "整数"},    {"text", "文字"},  {"date", "日期"}, {"form", "报表"},
       {"year", "年度"}, {"days", "天数"},     {"names", "名单"}, {"yes", "条件"},  {"no", ""},
       {"rows", "列表"}, {"same", "同类的数"}, {"number", "数"},
   };
   for (const auto& [english, chinese] : words)
      if (english == word) return chinese;
   return word;
}

bool take_end(std::string_view& word, std::string_view end) {
   if (!ends(word, end)) return false;
   word.remove_suffix(end.size());
   return true;
}

}  // namespace

// The row says everything: completion, hover, docs/functions.md and the checker read it.
const std::vector<Function>& functions() {
   static const std::vector<Function> rows = {
       {"sum",
        "求和",
        aggregate,
        figure_list,
        {"各行之和；按条件一行也没有选中为 0，列表没有行则无法判断。",
         "The sum over the rows; 0 when a filter picks none, cannot tell over an empty list."},
        "sum(指标.得分)",
        "9分",
        Kernel::sum},
       {"count",
        "计数",
        aggregate,
        "(rows) -> number",
        {"行数，可以带条件；列表没有行是 0。",
         "How many rows there are, or how many of them fit a condition; 0 for an empty list."},
        "count(指标 where 得分 < 分值)",
        "1",
        Kernel::count},
       {"min",
        "最小值",
        aggregate,
        "(figure...) -> same",
        {"各行中最小的，或者几个数中最小的。", "The smallest over the rows, or of several figures."},
        "min(3, 1, 2)",
        "1",
        Kernel::minimum},
       {"max",
        "最大值",
        aggregate,
        "(figure...) -> same",
        {"各行中最大的，或者几个数中最大的。", "The largest over the rows, or of several figures."},
        "max(3, 1, 2)",
        "3",
        Kernel::maximum},
       {"average",
        "平均值",
        aggregate,
        figure_list,
        {"各行之和除以行数，不舍入。", "The sum over the rows by their number, not rounded."},
        "average(指标.得分)",
        "4.5分",
        Kernel::average},
       {"all",
        "全部",
        aggregate,
        "(yes/no) -> yes/no",
        {"每一行都成立。", "True when it is true of every row."},
        "all(指标.得分 <= 指标.分值)",
        "yes",
        Kernel::all},
       {"any",
        "任一",
        aggregate,
        "(yes/no) -> yes/no",
        {"至少一行成立。", "True when it is true of at least one row."},
        "any(指标.得分 > 指标.分值)",
        "no",
        Kernel::any},
       {"set",
        "名单",
        aggregate,
        "(text) -> names",
        {"各行某一栏文字组成的名单，同名只算一个；与名单比较，或者问某个名称“属于”它。",
         "The names that a column of text holds, each once: compares with another set; a name may be under it."},
        "\"甲\" under set(指标.名称)",
        "yes",
        Kernel::names},
       {"abs",
        "绝对值",
        scalar,
        figure_list,
        {"不计正负的大小。", "The size without the sign."},
        "abs(2 - 5)",
        "3",
        Kernel::absolute},
       {"round",
        "四舍五入",
        scalar,
        rounding,
        {"按所示单位四舍五入，保留若干位小数（不写为 0 位，可以为负）；正负对称。",
         "Half away from zero, to so many decimals (none when left out; may be negative) of the unit it is shown in."},
        "round(2.345, 2)",
        "2.35",
        Kernel::round,
        Rounding::half_away},
       {"round_half_even",
        "四舍六入五成双",
        scalar,
        rounding,
        {"恰为一半时取偶数，其余同四舍五入。", "To the nearest; a half goes to the even neighbour."},
        "round_half_even(2.345, 2)",
        "2.34",
        Kernel::round,
        Rounding::half_even},
       {"round_up",
        "进位",
        scalar,
        rounding,
        {"不足一个单位也进一，远离 0。", "Away from zero."},
        "round_up(-2.341, 2)",
        "-2.35",
        Kernel::round,
        Rounding::up},
       {"round_down",
        "舍去",
        scalar,
        rounding,
        {"直接舍去多余的小数，靠近 0。", "Towards zero: what is beyond is cut off."},
        "round_down(-2.349, 2)",
        "-2.34",
        Kernel::round,
        Rounding::down},
       {"truncate",
        "截断",
        scalar,
        rounding,
        {"同“舍去”。", "The same as round_down."},
        "truncate(2.349, 2)",
        "2.34",
        Kernel::round,
        Rounding::down},
       {"ceiling",
        "向上取整",
        scalar,
        rounding,
        {"取不小于它的最小值。", "The smallest such number that is not less."},
        "ceiling(-2.5)",
        "-2",
        Kernel::round,
        Rounding::ceiling},
       {"floor",
        "向下取整",
        scalar,
        rounding,
        {"取不大于它的最大值。", "The largest such number that is not more."},
        "floor(-2.5)",
        "-3",
        Kernel::round,
        Rounding::floor},
       {.en = "length",
        .zh = "字数",
        .kind = scalar,
        .signature = "(text) -> number",
        .says = {"文字有几个字，空白也算。", "How many characters the text has, blanks too."},
        .example = "length(\"项目支出\")",
        .result = "4",
        .apply = length},
       {.en = "contains",
        .zh = "包含",
        .kind = scalar,
        .signature = "(text, text) -> yes/no",
        .says = {"前一段文字里有后一段；全角半角、空白不论。",
                 "The first text has the second in it; width and blanks do not matter."},
        .example = "contains(\"一般公共预算\", \"预算\")",
        .result = "yes",
        .apply = contains},
       {.en = "starts_with",
        .zh = "开头为",
        .kind = scalar,
        .signature = "(text, text) -> yes/no",
        .says = {"前一段文字以后一段开头。", "The first text begins with the second."},
        .example = "starts_with(\"其中：基本支出\", \"其中\")",
        .result = "yes",
        .apply = starts_with},
       {.en = "ends_with",
        .zh = "结尾为",
        .kind = scalar,
        .signature = "(text, text) -> yes/no",
        .says = {"前一段文字以后一段结尾。", "The first text ends with the second."},
        .example = "ends_with(\"支出合计\", \"合计\")",
        .result = "yes",
        .apply = ends_with},
       {.en = "without_prefix",
        .zh = "去掉前缀",
        .kind = scalar,
        .signature = "(text, text) -> text",
        .says = {"去掉开头的后一段文字；不以它开头的不变。",
                 "The text without this beginning; unchanged where it begins otherwise."},
        .example = "without_prefix(\"其中：基本支出\", \"其中：\")",
        .result = "基本支出",
        .apply = without_prefix},
       {.en = "without_suffix",
        .zh = "去掉后缀",
        .kind = scalar,
        .signature = "(text, text) -> text",
        .says = {"去掉结尾的后一段文字；不以它结尾的不变。", "The text without this end; unchanged where it ends otherwise."},
        .example = "without_suffix(\"住房保障支出类\", \"类\")",
        .result = "住房保障支出",
        .apply = without_suffix},
       {.en = "date",
        .zh = "日期",
        .kind = scalar,
        .signature = "(text) -> date",
        .says = {"写明年月日的日期，如 \"2024-12-31\" 或 \"2024年12月31日\"。",
                 "A day with its year, written \"2024-12-31\" or \"2024年12月31日\"."},
        .example = "date(\"2024年2月3日\")",
        .result = "2024-02-03",
        .apply = date},
       {.en = "year",
        .zh = "年份",
        .kind = scalar,
        .signature = "(date) -> year",
        .says = {"日期在哪一年。", "The year of a date."},
        .example = "year(date(\"2024-12-31\"))",
        .result = "2024",
        .apply = year},
       {.en = "month",
        .zh = "月份",
        .kind = scalar,
        .signature = "(date) -> number",
        .says = {"日期在几月。", "The month of a date, 1 to 12."},
        .example = "month(date(\"2024-12-31\"))",
        .result = "12",
        .apply = month},
       {.en = "days_between",
        .zh = "相隔天数",
        .kind = scalar,
        .signature = "(date, date) -> days",
        .says = {"从前一个日期到后一个日期有几天；后一个更早则为负。",
                 "How many days the second date is after the first; negative where it is before."},
        .example = "days_between(date(\"2024-02-01\"), date(\"2024-03-01\"))",
        .result = "29天",
        .apply = days_between},
       {"decimals",
        "小数位数",
        fact,
        "(figure) -> number",
        {"报告里这个数印出几位小数；空白没有位数。", "How many decimals this figure is printed with; a blank has none."},
        "decimals(表一[1])",
        "2",
        Kernel::decimals},
       {"title",
        "标题",
        fact,
        "(form) -> text",
        {"报表印出的标题；报告里在该表的 印出.标题。", "The title that is printed over a form: 印出.标题 of it in the report."},
        "title(表一)",
        "收入表",
        Kernel::title},
       {"printed_unit",
        "印出单位",
        fact,
        "(form) -> text",
        {"报表印出的金额单位；报告里在该表的 印出.单位。", "The unit that is printed on a form: 印出.单位 of it in the report."},
        "printed_unit(表一)",
        "万元",
        Kernel::unit},
       {"printed_year",
        "印出年度",
        fact,
        "(form) -> year",
        {"报表印出的年度；报告里在该表的 印出.年度。", "The year that is printed on a form: 印出.年度 of it in the report."},
        "printed_year(表一)",
        "2024",
        Kernel::year},
       {"lines_complete",
        "行次齐全",
        fact,
        "(form) -> yes/no",
        {"报表印出的行次从 1 到最后一行，各有一次，次序不乱；报告里在该表的 印出.行次。",
         "The printed line numbers run from 1 to the last declared one, each once and in order: 印出.行次 of it in the report."},
        "lines_complete(表一)",
        "no",
        Kernel::lines},
   };
   return rows;
}

const Function* find_function(std::string_view name) {
   const auto& rows = functions();
   const auto row =
       std::find_if(rows.begin(), rows.end(), [&](const Function& each) { return each.en == name || each.zh == name; });
   return row == rows.end() ? nullptr : &*row;
}

// Words are turned over one by one; signs stay as they are. "yes/no" is one word of two.
std::string signature_in(std::string_view signature, bool chinese) {
   if (!chinese) return std::string(signature);
   std::string result, word;
   const auto take_word = [&] { result += chinese_word(std::exchange(word, {})); };
   for (const char c : signature) {
      if (c >= 'a' && c <= 'z') {
         word += c;
         continue;
      }
      take_word();
      if (c != '/') result += c;
   }
   take_word();
   const std::size_t arrow = result.find("->");
   if (arrow != std::string::npos) result.replace(arrow, 2, "→");
   return result;
}

Signature read_signature(std::string_view signature) {
   Signature result;
   const std::size_t arrow = signature.find(" -> ");
   std::string_view parameters = signature.substr(1, signature.find(')') - 1);
   result.result = word_of(signature.substr(arrow + 4));
   while (!parameters.empty()) {
      const std::size_t comma = std::min(parameters.find(", "), parameters.size());
      std::string_view word = parameters.substr(0, comma);
      result.repeats = take_end(word, "...");
      if (!take_end(word, "?")) ++result.required;
      result.parameters.push_back(word_of(word));
      parameters.remove_prefix(std::min(comma + 2, parameters.size()));
   }
   return result;
}

const std::string_view example_forms = R"(forms 示例 2024
report { 指标 : list of 指标 }
record 指标 { 名称 : text   得分, 分值 : points }
form 表一 in 万元 to 2 { lines { 1 : 收入   2 : 合计 } columns 金额 }
)";
const std::string_view example_report =
    R"({"指标": [{"名称": "甲", "得分": "5", "分值": "5"}, {"名称": "乙", "得分": "4", "分值": "5"}],
    "表一": {"1": "12.50", "2": "12.50", "印出": {"标题": "收入表", "单位": "万元", "年度": 2024, "行次": ["1"]}}})";

const std::vector<OperatorRow>& operators() {
   static const std::vector<OperatorRow> rows = {
       {"or", "或者 或", 20, {"任一成立即成立。", "True when either is."}, "1 = 2 or 2 = 2", "yes"},
       {"and",
        "并且 且",
        30,
        {"两者都成立才成立；与“或者”混用时须加括号。", "True when both are; mixed with `or` it wants brackets."},
        "1 = 1 and 2 = 2",
        "yes"},
       {"exactly when",
        "当且仅当",
        10,
        {"两者同时成立或同时不成立。", "True when both are true or neither is."},
        "1 = 2 exactly when 2 = 3",
        "yes"},
       {"not", "不满足", 40, {"相反。", "The opposite."}, "not 1 = 2", "yes"},
       {"=", "＝", 50, {"完全相等。", "Equal, exactly."}, "0.1 + 0.2 = 0.3", "yes"},
       {"≠", "<> !=", 50, {"不相等。", "Not equal."}, "1 ≠ 2", "yes"},
       {"<", "＜", 50, {"小于。", "Less."}, "1 < 2", "yes"},
       {"≤", "<=", 50, {"小于或等于。", "Less or equal."}, "2 ≤ 2", "yes"},
       {">", "＞", 50, {"大于。", "More."}, "2 > 1", "yes"},
       {"≥", ">=", 50, {"大于或等于。", "More or equal."}, "2 ≥ 2", "yes"},
       {"≈",
        "~= 约等于",
        50,
        {"相差不超过所公布数字的舍入误差。", "Equal within the rounding of the published figures."},
        "",
        ""},
       {"<~", "≲", 50, {"小于或等于，容许同样的舍入误差。", "Less or equal, with the same allowance."}, "", ""},
       {">~", "≳", 50, {"大于或等于，容许同样的舍入误差。", "More or equal, with the same allowance."}, "", ""},
       {"exactly",
        "原样",
        50,
        {"文字逐字相同。", "Text that is the same letter by letter."},
        "\"（一）\" exactly \"(一)\"",
        "no"},
       {"within",
        "允许误差",
        50,
        {"用在 = 之后：相差不超过给出的数或百分比。", "Behind =: within the given figure or percent."},
        "1.004 = 1 within 0.005",
        "yes"},
       {"is",
        "为 是",
        50,
        {"是某个选项或某类目标；“已填”“未填”问有没有。", "Is this choice or this sort of target; `is present`, `is missing`."},
        "1 is present",
        "yes"},
       {"under",
        "属于",
        50,
        {"代码是所列代码或其下级。", "The code is one of these or below one."},
        "\"30217\" under 302, 310",
        "yes"},
       {"zero divisor as",
        "除数为0按",
        65,
        {"算式中除数为 0 时取这个值。", "The value to take when a divisor in the formula is 0."},
        "1 / 0 zero divisor as 0",
        "0"},
       {"+", "＋", 60, {"相加，单位须同类。", "Sum; units of one kind."}, "1万元 + 1元", "1.0001万元"},
       {"-",
        "－ − ——",
        60,
        {"相减；两个百分比之差是百分点。", "Difference; of two percents, percentage points."},
        "8% - 5%",
        "3个百分点"},
       {"×", "*", 70, {"相乘，单位也相乘。", "Product, of the units too."}, "50% × 10分", "5分"},
       {"÷", "/", 70, {"相除，不舍入；同类单位相除是比率。", "Quotient, not rounded; of one unit, a ratio."}, "1 / 3 * 3", "1"},
       {"otherwise",
        "未填按",
        90,
        {"未填时取这个值；只管紧挨着的一个数。", "The value to take when the figure before it is missing."},
        "2 otherwise 0",
        "2"},
   };
   return rows;
}

}  // namespace heng

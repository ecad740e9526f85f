// How strongly operators bind, and every way to write an expression.
#include <gtest/gtest.h>

#include "tests/grammar/reading.hpp"

namespace heng {
namespace {

struct Case {
   const char *text, *tree;
};

constexpr Case strengths[] = {
    {"a - b - c", "(- (- a b) c)"},
    {"a - b * c", "(- a (* b c))"},
    {"a / b / c", "(/ (/ a b) c)"},
    {"(a - b) * c", "(* (- a b) c)"},
    {"-a * b", "(* (- a) b)"},
    {"-a.b[1]", "(- (at (. a b) 1))"},
    {"a - -b", "(- a (- b))"},
    {"- - a", "(- (- a))"},
    {"a + b = c", "(= (+ a b) c)"},
    {"a = b and c = d", "(and (= a b) (= c d))"},
    {"a or b or c", "(or (or a b) c)"},
    {"not a = b and c", "(and (not (= a b)) c)"},
    {"not not a", "(not (not a))"},
    {"a exactly when b and c", "(exactly when a (and b c))"},
    {"a <= b <= c", "(<= a b <= c)"},
    {"a = b within 0.01", "(= a b (within 0.01))"},
    {"a = b within 0.01 and c", "(and (= a b (within 0.01)) c)"},
    {"a ≈ b + c", "(≈ a (+ b c))"},
    {"a + b otherwise 0", "(+ a (otherwise b 0))"},
    {"a / b zero divisor as 0%", "(zero-divisor-as (/ a b) 0%)"},
    {"a / b * c zero divisor as 0", "(zero-divisor-as (* (/ a b) c) 0)"},
    {"a + b / c zero divisor as 0", "(+ a (zero-divisor-as (/ b c) 0))"},
    {"a / b zero divisor as 0 + c", "(+ (zero-divisor-as (/ a b) 0) c)"},
    {"a is b or c is d", "(or (is a b) (is c d))"},
    {"a is not b", "(is-not a b)"},
    {"a + b is present", "(is (+ a b) present)"},
    {"a is b|c", "(is a b c)"},
    {"not a is missing", "(not (is a missing))"},
    {"x under 206, 20805 and y", "(and (under x 206 20805) y)"},
    {"x not under 302", "(not-under x 302)"},
    {"f(x under 302, 310)", "(f (under x 302 310))"},
    {"f(x under 302, 7)", "(f (under x 302) 7)"},
    {"if a then b else c", "(if a b c)"},
    {"if a then b else if c then d else e", "(if a b (if c d e))"},
    {"if a then 1 else 2 + 3", "(if a 1 (+ 2 3))"},
    {"judged 得分 in 完成档次", "(judged 得分 完成档次)"},
    {"执行率 * full marks", "(* 执行率 full-marks)"},
    {"sum(a where b = 7)", "(sum a (where (= b 7)))"},
    {"count(where a)", "(count (where a))"},
    {"f()", "(f)"},
    {"f(a, b + 1)", "(f a (+ b 1))"},
    {"公开01[32..57]", "(at 公开01 (.. 32 57))"},
    {"公开01[1, 3..5]", "(at 公开01 1 (.. 3 5))"},
    {"公开04[59].政府性基金", "(. (at 公开04 59) 政府性基金)"},
    {"公开05[科目代码]", "(at 公开05 科目代码)"},
    {"公开03.total.基本支出", "(. (. 公开03 total) 基本支出)"},
    {"上年.公开01[60]", "(at (. 上年 公开01) 60)"},
    {"x exactly \"A\"", "(exactly x \"A\")"},
    {"x <= ≤650元", "(<= x ≤650元)"},
    {"x = missing", "(= x missing)"},
};

TEST(Expressions, BindAsStronglyAsTheTableSays) {
   for (const Case& each : strengths) EXPECT_EQ(test::structure(each.text), each.tree) << each.text;
}

// One meaning, many spellings: Chinese words, full-width forms, what an input method gives.
constexpr Case spellings[] = {
    {"a 并且 b", "(and a b)"},
    {"a 且 b", "(and a b)"},
    {"a 或者 b 或 c", "(or (or a b) c)"},
    {"不满足 a", "(not a)"},
    {"a 当且仅当 b", "(exactly when a b)"},
    {"如 a 则 b 否则 c", "(if a b c)"},
    {"如果 a，则 b，否则 c", "(if a b c)"},
    {"a 未填按0", "(otherwise a 0)"},
    {"a 未填按 0", "(otherwise a 0)"},
    {"a/b 除数为0按0%", "(zero-divisor-as (/ a b) 0%)"},
    {"a = b 允许误差 0.1%", "(= a b (within 0.1%))"},
    {"a 约等于 b", "(≈ a b)"},
    {"a ~= b", "(≈ a b)"},
    {"a ～＝ b", "(≈ a b)"},
    {"a <~ b", "(<~ a b)"},
    {"a 《～ b", "(<~ a b)"},
    {"a 为 b", "(is a b)"},
    {"a 不为 b", "(is-not a b)"},
    {"a 已填", "(is a present)"},
    {"a 为 已填", "(is a present)"},
    {"a 未填 或者 b", "(or (is a missing) b)"},
    {"a 属于 302，310", "(under a 302 310)"},
    {"a 不属于 302", "(not-under a 302)"},
    {"人工评定 得分 按 完成档次", "(judged 得分 完成档次)"},
    {"执行率 × 满分", "(* 执行率 full-marks)"},
    {"a ≤ b", "(<= a b)"},
    {"a ＜＝ b", "(<= a b)"},
    {"a 《 b", "(< a b)"},
    {"a 》= b", "(>= a b)"},
    {"a <> b", "(≠ a b)"},
    {"a 《》 b", "(≠ a b)"},
    {"a != b", "(≠ a b)"},
    {"a —— b", "(- a b)"},
    {"a － b ＋ c", "(+ (- a b) c)"},
    {"a ÷ b ＊ c", "(* (/ a b) c)"},
    {"（a ＋ b）", "(+ a b)"},
    {"a【１】", "(at a 1)"},
    {"ｆ（a，b）", "(ｆ a b)"},
    {"“甲”", "\"甲\""},
    {"”甲“", "\"甲\""},
    {"\"a“b”c\"", "\"a“b”c\""},
    {"《预算法》", "\"《预算法》\""},
    {"１２．５％", "12.5%"},
    {"a　+　b", "(+ a b)"},
    {"「项目（一）」.金额", "(. 项目（一） 金额)"},
    {"a  # 说明\n + b", "(+ a b)"},
};

TEST(Expressions, ReadWhatPeopleType) {
   for (const Case& each : spellings) EXPECT_EQ(test::structure(each.text), each.tree) << each.text;
}

constexpr Case units[] = {
    {"650元/人·天", "650元/人·天"},
    {"5元/人数", "(/ 5元 人数)"},
    {"5元 / 人", "(/ 5元 人)"},
    {"5元/(a)", "(/ 5元 a)"},
    {"10/4", "(/ 10 4)"},
    {"2700万", "2700万"},
    {"3‰", "3‰"},
    {"1个百分点", "1个百分点"},
    {"0.5小时", "0.5小时"},
    {"7个工作日", "7个工作日"},
    {"12元／人", "12元/人"},
};

TEST(Expressions, GlueUnitsToTheirDigits) {
   for (const Case& each : units) EXPECT_EQ(test::structure(each.text), each.tree) << each.text;
}

constexpr Case refused[] = {
    {"a and b or c", "E105"},
    {"a or b and c", "E105"},
    {"a < b > c", "E111"},
    {"1 + (if a then b)", "E104"},
    {"650 元", "E103"},
    {"5 %", "E103"},
    {"1,234 + 2", "E103"},
    {"1，234，567.89", "E103"},
    {"(a + b", "E102"},
    {"a[1", "E102"},
    {"\"a", "E102"},
    {"「a", "E102"},
    {"因公出国（境）费 + 1", "E112"},
    {"a == b", "E101"},
    {"a b", "E101"},
    {"a +", "E101"},
    {"", "E101"},
    {"a adn b", "E101"},
    {"a within 3", "E101"},
    {"如 a > 0则 b 否则 c", "E106"},
    {"如 a则 b 否则 c", "E106"},
};

TEST(Expressions, AreRefusedWithTheRightCode) {
   for (const Case& each : refused) EXPECT_EQ(test::structure(each.text), each.tree) << each.text;
}

TEST(Expressions, BracketsAndChainsHaveLimits) {
   const auto nested = [](int depth) { return std::string(depth, '(') + "a" + std::string(depth, ')'); };
   EXPECT_EQ(test::structure(nested(150)), "a");
   EXPECT_EQ(test::structure(nested(5000)), "E109");
   std::string chain = "a";
   for (int i = 0; i < 900; ++i) chain += " + a";
   EXPECT_NE(test::structure(chain), "E109");
   for (int i = 0; i < 900; ++i) chain += " + a";
   EXPECT_EQ(test::structure(chain), "E109");
   EXPECT_EQ(test::structure(std::string(100000, '-') + "a"), "E109");
}

TEST(Expressions, SpansCoverTheirTextAndNothingElse) {
   Sources sources;
   const std::uint32_t file = sources.add("x", "  a + b * c   # end");
   const auto outcome = parse_expression(sources, file);
   EXPECT_EQ(sources.text_of(outcome.value->span), "a + b * c");
   const auto& sum = boost::variant2::get<tree::Binary>(outcome.value->what);
   EXPECT_EQ(sources.text_of(sum.left->span), "a");
   EXPECT_EQ(sources.text_of(sum.right->span), "b * c");
   EXPECT_EQ(sources.text_of(sum.op_span), "+");
}

}  // namespace
}  // namespace heng

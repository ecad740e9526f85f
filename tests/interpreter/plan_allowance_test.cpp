// Allowances of ≈ (D4): the amounts themselves, and that the plan's nodes and the walk from a single row say the same.
#include <gtest/gtest.h>

#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Weighing;

NodeId about_of(const Weighing& weighing, const std::string& rule) { return weighing.rule(rule).cases[0].condition; }

Rational allowed(const Weighing& weighing, const Evaluation& run, const std::string& rule, std::uint32_t row = 0) {
   return boost::variant2::get<Rational>(run.value(weighing.the_plan().weighed.at(about_of(weighing, rule)).allowed, row));
}

Rational contributed(const Weighing& weighing, const Evaluation& run, const std::string& rule, std::uint32_t row = 0) {
   Rational sum = 0;
   for (const auto& part : run.contributions(about_of(weighing, rule), row)) sum += part.allowed;
   return sum;
}

struct Example {
   const char* formula;
   const char* allowed;
};

// 甲 100.00元, 乙 40.00元, 丙 60.0元 (a declared second decimal counts), 丁 200.00元, 率 40.00%: h is 0.005元, 0.00005.
const Example examples[] = {
    {"甲 ≈ 乙 + 丙", "0.015"},    {"甲 - 乙 ≈ 丙", "0.015"},       {"甲 ≈ 100元", "0.005"},
    {"甲 + 甲 ≈ 丁", "0.015"},   // one figure, twice as fast
    {"甲 + 乙 - 甲 ≈ 乙", "0"},  // what cancels is not counted
    {"甲 * 2 ≈ 丁", "0.015"},     {"-甲 ≈ -乙 - 丙", "0.015"},     {"绝对值(乙 - 甲) ≈ 丙", "0.015"},
    {"最小值(甲, 丁) ≈ 甲", "0"}, {"最大值(甲, 丁) ≈ 乙", "0.01"}, {"(如 甲 > 乙 则 甲 否则 丁) ≈ 丙", "0.01"},
};

// 12次 is a count and exact, its own or its target's unit; 2小时 is measured.
TEST(Allowance, CountsAreExactWhoeverPrintsThem) {
   Weighing w("审核 近 逐个 项目.指标 : 实际值 ≈ 目标值\n");
   w.report().begin("项目", {});
   for (const auto& [target, actual] : {std::pair("≥12.4次", "12次"),
                                        {"≥12.4次", "12"},
                                        {"≥12.4次", "12.4"},
                                        {"≤2.4小时", "2小时"},
                                        {"≤3.4元/人", "3元/人"},
                                        {"≥12.4", "12"}})
      w.row("项目.指标", {{"目标值", target}, {"实际值", actual}});
   w.end();
   const Evaluation run = w.run();
   const Verdict wanted[] = {Verdict::fails, Verdict::fails, Verdict::holds, Verdict::holds, Verdict::holds, Verdict::holds};
   for (std::uint32_t row = 0; row < 6; ++row) EXPECT_EQ(w.verdict(run, "近", row), wanted[row]) << row;
}

TEST(Allowance, OfSumsIsTheSumOfHalfWidths) {
   std::string rules;
   int number = 0;
   for (const Example& one : examples) rules += "审核 例" + std::to_string(number++) + " : " + one.formula + "\n";
   Weighing weighing(rules);
   weighing.report({{"甲", "100.00"}, {"乙", "40.00"}, {"丙", "60.0"}, {"丁", "200.00"}, {"率", "40.00%"}});
   const Evaluation run = weighing.run();
   number = 0;
   for (const Example& one : examples) {
      const std::string rule = "例" + std::to_string(number++);
      EXPECT_EQ(allowed(weighing, run, rule), contributed(weighing, run, rule)) << one.formula;
      EXPECT_EQ(to_text(allowed(weighing, run, rule)), one.allowed) << one.formula;
   }
}

// The declared decimals are those of 元; nobody knows the 元 of 0.74亿元.
TEST(Allowance, OfACoarserUnitIsWhatWasPrinted) {
   Weighing weighing("审核 亿 : 甲 ≈ 100元\n审核 元 : 乙 ≈ 100元\n审核 万 : 丙 ≈ 100元\n");
   weighing.report({{"甲", "0.74亿元"}, {"乙", "74"}, {"丙", "7万元"}});
   weighing.report({{"甲", "74.00"}, {"乙", "0.74亿元"}, {"丙", "7"}});
   const Evaluation run = weighing.run();
   EXPECT_EQ(to_text(allowed(weighing, run, "亿")), "500000");
   EXPECT_EQ(to_text(allowed(weighing, run, "元")), "0.005");
   EXPECT_EQ(to_text(allowed(weighing, run, "万")), "5000");
   EXPECT_EQ(to_text(allowed(weighing, run, "亿", 1)), "0.005");
   EXPECT_EQ(contributed(weighing, run, "元", 1), Rational(500000));
}

TEST(Allowance, OfQuotientsIsScaledByTheDivisorsOwnWidth) {
   Weighing weighing("审核 商 : 率 ≈ 乙 / 甲\n审核 近零 : 率 ≈ 乙 / 丙\n审核 零 : 率 ≈ 乙 / 丁\n");
   weighing.report({{"甲", "100.00"}, {"乙", "40.00"}, {"丙", "0.00"}, {"丁", "0.005"}, {"率", "40.00%"}});
   const Evaluation run = weighing.run();
   const Rational h(5, 1000), factor = Rational(100) / (100 - h);
   const Rational expected = Rational(5, 100'000) + factor * (h / 100 + 40 * h / 10'000);
   EXPECT_EQ(allowed(weighing, run, "商"), expected);
   EXPECT_EQ(contributed(weighing, run, "商"), expected);
   EXPECT_EQ(weighing.verdict(run, "近零"), Verdict::cannot_tell);
   EXPECT_EQ(run.why(about_of(weighing, "近零"), 0).kind, Missing::zero_divisor);
   EXPECT_EQ(weighing.verdict(run, "零"), Verdict::fails) << "printed with three decimals it is ±0.0005";
}

TEST(Allowance, ADivisorWithinItsHalfWidthOf0CannotTell) {
   Weighing weighing("审核 近零 : 率 ≈ 乙 / (甲 - 丙)\n");
   weighing.report({{"甲", "1.01"}, {"乙", "40.00"}, {"丙", "1.00"}, {"率", "40.00%"}});
   const Evaluation run = weighing.run();
   const auto cause = run.why(about_of(weighing, "近零"), 0);
   EXPECT_EQ(cause.kind, Missing::near_zero_divisor);
   EXPECT_EQ(weighing.the_plan().node(cause.node).op, Op::subtract) << "names the divisor";
}

TEST(Allowance, ABoundaryHolds) {
   Weighing weighing("审核 边 : 甲 ≈ 乙 + 丙\n");
   weighing.report({{"甲", "100.01"}, {"乙", "40.00"}, {"丙", "59.995"}});
   weighing.report({{"甲", "100.02"}, {"乙", "40.00"}, {"丙", "60.00"}});
   const Evaluation run = weighing.run();
   EXPECT_EQ(weighing.verdict(run, "边", 0), Verdict::fails) << "0.005 more than 0.0105";
   EXPECT_EQ(weighing.verdict(run, "边", 1), Verdict::fails);
   weighing.clear();
   weighing.report({{"甲", "100.015"}, {"乙", "40.00"}, {"丙", "60.00"}});
   const Evaluation again = weighing.run();
   EXPECT_EQ(to_text(allowed(weighing, again, "边")), "0.0105");
   EXPECT_EQ(weighing.verdict(again, "边", 0), Verdict::fails);
}

// Own row, rows below, look-ups, totals, sums over lists: every way to reach a figure, and figures reached in several ways.
const char* const reaching[] = {
    "审核 例 逐个 支出表.科目 : 支出 ≈ 基本 + 专项\n",
    "审核 例 逐个 支出表.科目 : 支出 ≈ 支出表[科目代码].支出 + 基本\n",
    "审核 例 逐个 支出表.科目 : 支出 ≈ 支出表[\"201\"].支出\n",
    "审核 例 逐个 支出表.科目 : 支出 / 求和(支出表.支出 仅限 位级 = 3) ≈ 基本 / 求和(支出表.基本 仅限 位级 = 3)\n",
    "审核 例 : 支出表.合计行.支出 ≈ 求和(支出表.支出 仅限 位级 = 3)\n",
    "审核 例 : 求和(支出表.支出 仅限 位级 = 3) ≈ 求和(支出表.支出 仅限 位级 = 5)\n",
    "审核 例 : 求和(支出表.支出 仅限 位级 = 3) ≈ 求和(支出表.基本 仅限 位级 = 3) + 求和(支出表.专项 仅限 位级 = 3)\n",
    "审核 例 : 支出表[\"201\"].支出 + 支出表[\"202\"].支出 ≈ 支出表.合计行.支出\n",
    "审核 例 : 支出表[\"201\"].支出 ≈ 对照表[\"201\"].支出\n",
    "审核 例 : 支出表[\"201\"].支出 + 支出表[\"201\"].支出 ≈ 支出表.合计行.支出 * 2\n",
    "审核 例 逐个 支出表.科目 : 支出 * 甲 ≈ 基本 * 乙\n",
    "审核 例 : 求和(支出表.支出 仅限 位级 = 3) * 率 ≈ 甲\n",
    "审核 例 : 最大值(支出表.支出 仅限 位级 = 3) ≈ 支出表[\"201\"].支出\n",
    "审核 例 : 平均值(支出表.支出 仅限 位级 = 3) ≈ 支出表[\"201\"].支出\n",
    "审核 例 : (丁 未填按 0元) + 甲 ≈ 乙\n",
    "审核 例 : 求和(项目.预算) ≈ 求和(项目.执行) + 甲\n",
    "审核 例 逐个 项目 : 预算 / 求和(项目.预算) ≈ 执行 / 求和(项目.执行)\n",
};

TEST(Allowance, NodesAndWalkAgree) {
   for (const char* rule : reaching) {
      Weighing weighing(rule);
      weighing.report({{"甲", "1.25"}, {"乙", "2.50"}, {"率", "50.00%"}});
      weighing.total("支出表.科目", {{"支出", "30.00"}, {"基本", "12.5"}, {"专项", "17.50"}});
      weighing.row("支出表.科目", {{"科目代码", "201"}, {"支出", "10.00"}, {"基本", "2.50"}, {"专项", "7.50"}});
      weighing.row("支出表.科目", {{"科目代码", "20101"}, {"支出", "10.00"}, {"基本", "2.50"}, {"专项", "7.500"}});
      weighing.row("支出表.科目", {{"科目代码", "202"}, {"支出", "20.00"}, {"基本", "10.00"}, {"专项", "10.00"}});
      weighing.total("对照表.科目", {{"支出", "30.00"}});
      weighing.row("对照表.科目", {{"科目代码", "201"}, {"支出", "10.00"}});
      weighing.row("项目", {{"预算", "3.00"}, {"执行", "2.00"}});
      weighing.row("项目", {{"预算", "5.00"}, {"执行", "4.00"}});
      const Evaluation run = weighing.run();
      const NodeId about = about_of(weighing, "例");
      for (std::uint32_t row = 0; row < run.rows(weighing.the_plan().node(about).frame); ++row) {
         if (run.missing(weighing.the_plan().weighed.at(about).allowed, row) != Missing::none_missing) continue;
         EXPECT_EQ(allowed(weighing, run, "例", row), contributed(weighing, run, "例", row)) << rule << " in row " << row;
      }
   }
}

TEST(Allowance, PlainSumsNeedNoWalk) {
   for (const auto& [rule, walks] : std::vector<std::pair<const char*, bool>>{
            {"审核 例 逐级汇总 支出表\n", false},
            {"审核 例 逐个 支出表.科目 : 支出 ≈ 基本 + 专项\n", false},
            {"审核 例 : 支出表.合计行.支出 ≈ 求和(支出表.支出 仅限 位级 = 3)\n", false},
            {"审核 例 : 支出表[\"201\"].支出 + 支出表[\"202\"].支出 ≈ 支出表.合计行.支出\n", false},
            {"审核 例 逐个 支出表.科目 : 支出 ≈ 支出表[科目代码].支出 + 基本\n", true},
        }) {
      Weighing weighing(rule);
      bool found = false;
      for (const Node& node : weighing.the_plan().program.nodes) found = found || node.op == Op::allowance;
      EXPECT_EQ(found, walks) << rule;
   }
}

TEST(Implausible, AGapTooLargeForHonestRounding) {
   std::string rule = "审核 例 : 总表[4] ≈ 求和(总表[1..3])\n审核 长 : 求和(支出表.支出 仅限 位级 = 3) ≈ 支出表.合计行.支出\n";
   Weighing weighing(rule);
   weighing.report({{"总表[1]", "1.00"}, {"总表[2]", "1.00"}, {"总表[3]", "1.00"}, {"总表[4]", "3.02"}});
   weighing.total("支出表.科目", {{"支出", "10.05"}});
   for (int code = 201; code < 211; ++code) weighing.row("支出表.科目", {{"科目代码", std::to_string(code)}, {"支出", "1.00"}});
   weighing.report();
   weighing.total("支出表.科目", {{"支出", "10.04"}});
   for (int code = 201; code < 211; ++code) weighing.row("支出表.科目", {{"科目代码", std::to_string(code)}, {"支出", "1.00"}});
   const Evaluation run = weighing.run();
   EXPECT_EQ(weighing.verdict(run, "例"), Verdict::holds);
   EXPECT_FALSE(run.implausible(weighing.rule("例").id, 0, 0)) << "never below seven addends";
   // g = 0.05, h₀ = 0.005: 0.045² = 0.002025 > 6 · 10 · 0.005² = 0.0015; 0.035² = 0.001225 is not
   EXPECT_EQ(weighing.verdict(run, "长", 0), Verdict::holds);
   EXPECT_TRUE(run.implausible(weighing.rule("长").id, 0, 0));
   EXPECT_FALSE(run.implausible(weighing.rule("长").id, 0, 1));
}

}  // namespace
}  // namespace heng

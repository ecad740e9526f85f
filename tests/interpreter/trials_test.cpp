// Boundary trials: what the engine says at the inputs where a rule's result changes.
#include "interpreter/explain/trials.hpp"

#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Weighing;

// A line for each row: "目标值 ≤100, 分值 5分; 实际值 100→5分, 150→3.33分"
std::vector<std::string> tried(const std::string& rules, const std::string& name, std::optional<std::uint32_t> case_number = {}) {
   const Weighing rule_set(rules);
   std::vector<std::string> result;
   for (const TrialRow& row : trials_of(rule_set.the_plan().program, rule_set.rule(name).id, case_number, true)) {
      std::string text;
      for (const std::string& one : row.fixed) text += one + ", ";
      text += "; " + row.varied;
      for (const TrialPoint& point : row.points) text += " " + point.given + "→" + point.outcome;
      if (!row.allowed.empty()) text += " ±" + row.allowed;
      result.push_back(text);
   }
   return result;
}

using Lines = std::vector<std::string>;

constexpr const char* indicator = R"(
评分 得 满分 分值 逐个 项目.指标 保留 2 {
  当 目标值 为 反向 : 目标值 / 实际值 * 满分
  否则 : 实际值 / 目标值 * 满分
})";

TEST(Trials, ScoreOfAReverseIndicator) {
   const Lines rows = tried(indicator, "得");
   ASSERT_EQ(rows.size(), 2u) << testing::PrintToString(rows);
   const std::string& reverse = rows[0].find("≤100") != std::string::npos ? rows[0] : rows[1];
   EXPECT_EQ(reverse, "目标值 ≤100, 分值 5分, ; 实际值 50→5分 100→5分 150→3.33分 200→2.5分");
}

TEST(Trials, LossesAtTheLineAStepAndTheEnd) {
   EXPECT_EQ(tried("评分 得 满分 1 : 率 每低于100%满1个百分点，扣满分的5%", "得"),
             Lines{"; 率 80%→0分 98.5%→0.95分 99%→0.95分 100%→1分"});
   EXPECT_EQ(tried("评分 得 满分 1 保留 3 : 率 每低于100%按比例每1个百分点，扣满分的5%", "得"),
             Lines{"; 率 80%→0分 98.5%→0.925分 99%→0.95分 100%→1分"});
}

TEST(Trials, BandsAtTheirEdges) {
   EXPECT_EQ(tried("评分 得 满分 100 : 率 * 满分\n分档 级 按 得 { [90, 100] : 优  [60, 90) : 中  [0, 60) : 差 }", "级"),
             Lines{"; 得 0分→差 59.99分→差 60分→中 89.99分→中 90分→优 100分→优"});
}

TEST(Trials, AThresholdBelowAtAndAbove) {
   EXPECT_EQ(tried("审核 检 : 甲 < 500元", "检", 0), Lines{"; 甲 499.99元→通过 500元→不通过 500.01元→不通过"});
   EXPECT_EQ(tried("审核 检 : 人数 >= 3人", "检", 0), Lines{"; 人数 2人→不通过 3人→通过 4人→通过"});
}

TEST(Trials, WhatRoundingAllows) {
   EXPECT_EQ(tried("审核 检 : 甲 ≈ 乙 + 丙", "检", 0),
             Lines{"乙 100元, 丙 100元, ; 甲 199.98元→不通过 199.99元→通过 200.01元→通过 200.02元→不通过 ±0.015元"});
   EXPECT_EQ(tried("审核 检 : 甲 <~ 乙", "检", 0), Lines{"乙 100元, ; 甲 99.98元→通过 100.01元→通过 100.02元→不通过 ±0.01元"});
}

TEST(Trials, RowsBelowAndTotalRowsAreMadeUpToo) {
   const Lines rows = tried("审核 检 逐级汇总 支出表", "检", 0);
   ASSERT_FALSE(rows.empty());
   EXPECT_EQ(rows[0],
             "第1个下级行的支出 100万元, 第2个下级行的支出 100万元, ; "
             "支出 199.98万元→不通过 199.99万元→通过 200.01万元→通过 200.02万元→不通过 ±0.015万元");
   EXPECT_EQ(tried("审核 检 : 总表[4] = 支出表.合计行.支出", "检", 0),
             Lines{"支出表的合计行的支出 100万元, ; 总表[4]（合计数） 99.99万元→不通过 100万元→通过 100.01万元→不通过"});
   EXPECT_EQ(tried("审核 检 : 总表[1] = 求和(支出表.支出 仅限 位级 = 5 并且 科目代码 属于 20103)", "检", 0),
             Lines{"支出表的支出 100万元, ; 总表[1]（一类） 99.99万元→不通过 100万元→通过 100.01万元→不通过"});
}

TEST(Trials, WhereTheRuleAppliesIsMadeSo) {
   const Lines rows = tried("审核 检 逐个 支出表.科目 仅限 总表[1] = 0元 并且 总表[2] > 7万元 : 支出 >= 5万元", "检", 0);
   ASSERT_FALSE(rows.empty());
   EXPECT_EQ(rows[0], "总表[1]（一类） 0万元, 总表[2]（二类） 100万元, ; 支出 4.99万元→不通过 5万元→通过 5.01万元→通过");
}

TEST(Trials, WordsAndWhatIsMissing) {
   EXPECT_EQ(tried("审核 检 : 单位名称 = \"甲局\" 或者 单位名称 = \"乙局\"", "检", 0),
             Lines{"; 单位名称 “甲局”→通过 “乙局”→通过 “示例”→不通过"});
   EXPECT_EQ(tried("要求 检 逐个 项目.指标 : 原因 已填", "检", 0), Lines{"; 原因 “示例”→通过 未填→不通过"});
}

// A list with levels need not have a total row.
TEST(Trials, ListsWithoutATotalRow) {
   const Weighing rule_set("审核 检 逐个 明细.项 : 支出 >= 0元", R"(报表集 小表 2024
报告 { 单位名称 : 文字  年度 : 年度型 }
报表 明细 计量 万元 保留 2 { 各行 项 识别码 代码 位数 3, 5 { } 栏目 支出 }
)");
   const std::vector<TrialRow> rows = trials_of(rule_set.the_plan().program, rule_set.rule("检").id, 0, true);
   ASSERT_EQ(rows.size(), 1u);
   ASSERT_EQ(rows[0].points.size(), 3u);
   EXPECT_EQ(rows[0].points[0].given + rows[0].points[0].outcome, "-0.01万元不通过");
   EXPECT_EQ(rows[0].points[1].given + rows[0].points[1].outcome, "0万元通过");
}

// Another rule is an input: its own figures are its own business.
TEST(Trials, OtherRulesAreInputs) {
   EXPECT_EQ(tried("计算 率二 : 甲 / 乙\n评分 得 满分 10 : 率二 * 满分", "得"), Lines{"; 率二 0→0分 0.5→5分 1→10分 2→10分"});
}

// One path: a trial says what weighing a report with these figures says.
TEST(Trials, AgreeWithWeighingAReport) {
   Weighing report(indicator);
   const auto weighed = [&](const std::string& actual) {
      report.clear();
      report.report().begin("项目", {}).row("项目.指标", {{"目标值", "≤100"}, {"实际值", actual}, {"分值", "5"}}).end();
      const Evaluation run = report.run();
      return report.value(run, "得");
   };
   EXPECT_EQ(weighed("150"), "3.33");
   EXPECT_EQ(weighed("200"), "2.5");
   EXPECT_EQ(weighed("50"), "5");
}

}  // namespace
}  // namespace heng

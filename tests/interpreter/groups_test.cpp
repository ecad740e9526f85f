// each … grouped by …: one row for each value of a field, and what is added up there.
#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Cells;
using testing_tools::Weighing;

std::vector<std::string> labels(const Evaluation& run, const Batch& batch, FrameId group) {
   std::vector<std::string> result;
   const auto rows = run.rows_of_report(group, 0);
   for (std::uint32_t row = rows.begin; row < rows.end; ++row) result.push_back(subject_of(batch, group, row).label);
   return result;
}

Cells indicator(const std::string& kind, const std::string& marks, const std::string& name = "甲") {
   return {{"原因", kind}, {"分值", marks}, {"指标名称", name}};
}

TEST(Groups, OneRowForEachValueInTheOrderOfTheFirst) {
   Weighing w(
       "计算 合 逐个 项目.指标 分组按 原因 : 求和(分值)\n计算 个 逐个 项目.指标 分组按 原因 : 计数(指标)\n"
       "审核 够 逐个 项目.指标 分组按 原因 : 求和(指标.分值 仅限 指标名称 = \"甲\") >= 5分\n");
   w.report().begin("项目", {{"项目名称", "一"}});
   w.row("项目.指标", indicator("产出", "3")).row("项目.指标", indicator("效益", "10", "乙"));
   w.row("项目.指标", indicator("产　出", "4")).end();  // the same when folded
   w.begin("项目", {{"项目名称", "二"}}).row("项目.指标", indicator("产出", "9")).end();
   const Evaluation run = w.run();
   const FrameId group = w.rule("合").frame;
   EXPECT_EQ(labels(run, w.batch(), group), (std::vector<std::string>{"一 / 产出", "一 / 效益", "二 / 产出"}));
   EXPECT_EQ(subject_of(w.batch(), group, 1).path, "项目[1].指标[原因=效益]");
   EXPECT_EQ(w.value(run, "合", 0), "7");
   EXPECT_EQ(w.value(run, "合", 1), "10");
   EXPECT_EQ(w.value(run, "合", 2), "9");
   EXPECT_EQ(w.value(run, "个", 0), "2");
   EXPECT_EQ(w.verdict(run, "够", 0), Verdict::holds);
   EXPECT_EQ(w.verdict(run, "够", 1), Verdict::fails);  // none of its rows is picked: 0
}

TEST(Groups, ARowWithoutAValueMayBelongToAnyGroup) {
   Weighing w("计算 合 逐个 项目.指标 分组按 原因 : 求和(分值)\n审核 名 逐个 项目.指标 分组按 原因 : 原因 = \"产出\"\n");
   w.report().begin("项目", {}).row("项目.指标", indicator("产出", "3"));
   w.row("项目.指标", {{"分值", "4"}}).row("项目.指标", indicator("效益", "5")).end();
   w.begin("项目", {}).row("项目.指标", indicator("效益", "6")).end();
   const Evaluation run = w.run();
   const auto rows = run.rows_of_report(w.rule("合").frame, 0);
   ASSERT_EQ(rows.end - rows.begin, 4u);
   for (std::uint32_t row = 0; row < 3; ++row) EXPECT_EQ(w.value(run, "合", row), "the condition cannot be told") << row;
   EXPECT_EQ(w.value(run, "合", 3), "6");  // another project is not touched
   EXPECT_EQ(w.verdict(run, "名", 0), Verdict::holds);
   EXPECT_EQ(w.verdict(run, "名", 1), Verdict::cannot_tell);
   EXPECT_EQ(w.verdict(run, "名", 2), Verdict::fails);
}

TEST(Groups, ListsInTheRowsAndSumsWithinSums) {
   Weighing w(
       "计算 合 逐个 项目 分组按 项目名称 : 求和(项目.指标.分值)\n"
       "计算 多 逐个 项目 分组按 项目名称 : 求和(预算 仅限 预算 > 平均值(预算))\n"
       "计算 层 逐个 项目 分组按 项目名称 : 求和(预算 仅限 求和(指标.分值) > 5分)\n"
       "计算 全 : 最大值(合)\n");
   w.report();
   for (const auto& [name, budget, marks] : {std::tuple("甲", "1", "3"), {"乙", "100", "5"}, {"甲", "3", "8"}})
      w.begin("项目", {{"项目名称", name}, {"预算", budget}})
          .row("项目.指标", {{"分值", marks}})
          .row("项目.指标", {{"分值", "1"}})
          .end();
   const Evaluation run = w.run();
   EXPECT_EQ(w.value(run, "合", 0), "13");
   EXPECT_EQ(w.value(run, "合", 1), "6");
   EXPECT_EQ(w.value(run, "多", 0), "30000");  // above the average of its group, which is 2
   EXPECT_EQ(w.value(run, "层", 0), "30000");  // of each project its own marks
   EXPECT_EQ(w.value(run, "层", 1), "1000000");
   EXPECT_EQ(w.value(run, "全"), "13");
}

// Not of groups alone: a filter over rows of another list adds up what stands in each of them.
TEST(Groups, ListsInTheRowsOfAnotherList) {
   Weighing w("计算 大 逐个 支出表 : 求和(项目.预算 仅限 项目名称 = 科目名称 并且 求和(指标.分值) > 5分)\n");
   w.report().row("支出表.科目", {{"科目代码", "201"}, {"科目名称", "甲"}});
   for (const auto& [budget, marks] : {std::pair("1", "3"), {"2", "8"}})
      w.begin("项目", {{"项目名称", "甲"}, {"预算", budget}}).row("项目.指标", {{"分值", marks}}).end();
   EXPECT_EQ(w.value(w.run(), "大", 0), "20000");
}

TEST(Groups, RowsOfFormsWithoutTheirTotals) {
   Weighing w(
       "计算 合 逐个 支出表 分组按 科目名称 : 求和(支出 仅限 位级 = 5)\n"
       "审核 对 逐个 项目 分组按 项目名称 : 求和(预算) ≈ 求和(支出表.支出 仅限 科目名称 = 项目名称 并且 位级 = 5)\n");
   w.report().total("支出表.科目", {{"支出", "9"}});
   for (const auto& [code, name, money] : {std::tuple("20101", "行政", "1"), {"20102", "事务", "2"}, {"20501", "行政", "6"}})
      w.row("支出表.科目", {{"科目代码", code}, {"科目名称", name}, {"支出", money}});
   for (const auto& [name, budget] : {std::pair("行政", "3"), {"事务", "3"}, {"行政", "4"}})
      w.begin("项目", {{"项目名称", name}, {"预算", budget}}).end();
   const Evaluation run = w.run();
   const auto rows = run.rows_of_report(w.rule("合").frame, 0);
   ASSERT_EQ(rows.end - rows.begin, 2u);
   EXPECT_EQ(w.value(run, "合", 0), "70000");
   EXPECT_EQ(w.value(run, "合", 1), "20000");
   EXPECT_EQ(w.verdict(run, "对", 0), Verdict::holds);  // rows of another list, related by what the group shares
   EXPECT_EQ(w.verdict(run, "对", 1), Verdict::fails);
}

TEST(Groups, ListsThatWereNotReadOrAreEmpty) {
   Weighing w("审核 够 逐个 项目.指标 分组按 原因 : 求和(分值) > 0分\n");
   w.report().begin("项目", {}).end();
   w.begin("项目", {}).read("项目.指标").end();
   const Evaluation run = w.run();
   std::vector<Verdict> verdicts;
   for (const Judged& one : judgements(run, w.rule("够"), 0)) verdicts.push_back(one.verdict);
   EXPECT_EQ(verdicts, (std::vector<Verdict>{Verdict::cannot_tell, Verdict::does_not_apply}));
}

}  // namespace
}  // namespace heng

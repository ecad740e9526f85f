// Scores of index systems: steps at their boundaries, losses, vetoes, shares, items, factors, parts, and scores taken as printed.
#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Cells;
using testing_tools::Weighing;

constexpr const char* forms = R"(报表集 小表 2024
报告 { 单位名称 : 文字  年度 : 年度型  项目 : 若干 项目 }
记录 项目 { 项目名称 : 文字  率 : 百分比 保留 4  预算, 执行 : 金额型 计量 万元 保留 2  天数 : 数量型 计量 天
  一, 二, 三, 四 : 是否  程度 : 百分比  满, 得分 : 分数 }
)";

struct Row {
   Cells cells;
   const char* value;
   const char* basis = "computed";
   const char* reason = "";  // of a score that cannot be told: a part of it
};

std::string basis_name(Basis basis) {
   constexpr const char* names[] = {"computed", "stated", "judged", "none"};
   return names[static_cast<int>(basis)];
}

// Each row gives the score of that name its value, on its basis.
void expect_scores(const std::string& rules, const std::string& name, const std::vector<Row>& rows) {
   Weighing weighing(rules, forms);
   weighing.report();
   for (const Row& row : rows) weighing.row("项目", row.cells);
   const Evaluation run = weighing.run();
   const ReportResult result = result_of(run, 0, {});
   for (std::uint32_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(weighing.value(run, name, i), rows[i].value) << rules << " row " << i;
      for (const ScoreResult& score : result.scores) {
         if (score.rule != weighing.rule(name).id || score.subject.row != i) continue;
         EXPECT_EQ(basis_name(score.basis), rows[i].basis) << rules << " row " << i;
         EXPECT_NE(score.reason.en.find(rows[i].reason), std::string::npos) << score.reason.en;
      }
   }
}

TEST(Scores, LoseForFullSteps) {
   expect_scores("评分 甲 满分 10 逐个 项目 : 率 每低于100%满1个百分点，扣满分的5%", "甲",
                 {{{{"率", "100%"}}, "10"},
                  {{{"率", "99.001%"}}, "10"},
                  {{{"率", "99%"}}, "9.5"},
                  {{{"率", "98.0001%"}}, "9.5"},
                  {{{"率", "120%"}}, "10"},
                  {{{"率", "80.5%"}}, "0.5"},
                  {{{"率", "80%"}}, "0"},
                  {{{"率", "3%"}}, "0"}});
}

TEST(Scores, LoseForStartedSteps) {
   expect_scores("评分 甲 满分 10 逐个 项目 : 率 每低于100%不足1个百分点按1个百分点，扣满分的5%", "甲",
                 {{{{"率", "100%"}}, "10"}, {{{"率", "99.999%"}}, "9.5"}, {{{"率", "99%"}}, "9.5"}, {{{"率", "98.999%"}}, "9"}});
}

TEST(Scores, LoseProRata) {
   expect_scores("score 甲 out of 10 each 项目 : lose 5% of full marks for each pro rata 1个百分点 by which 率 is below 100%",
                 "甲", {{{{"率", "99.999%"}}, "9.9995"}, {{{"率", "97.5%"}}, "8.75"}, {{{"率", "100.1%"}}, "10"}});
}

TEST(Scores, StepsOfQuantitiesAboveALine) {
   expect_scores("评分 甲 满分 3 逐个 项目 : 天数 每高于30天满1天，扣0.5分", "甲",
                 {{{{"天数", "30"}}, "3"}, {{{"天数", "31.9"}}, "2.5"}, {{{"天数", "32"}}, "2"}, {{{"天数", "90"}}, "0"}});
}

TEST(Scores, ARatioIsHeldAgainstPercents) {
   expect_scores("评分 甲 满分 2 逐个 项目 : (执行 / 预算) 每低于100%满1%，扣满分的5%", "甲",
                 {{{{"执行", "98"}, {"预算", "100"}}, "1.8"}, {{{"执行", "2"}, {"预算", "3"}}, "0"}});
}

TEST(Scores, TheModeMayBeAParameters) {
   expect_scores(
       "参数 扣法 : started|full = started\n"
       "评分 甲 满分 10 逐个 项目 : 率 每低于100%每1个百分点 计法 扣法，扣满分的5%",
       "甲", {{{{"率", "98.5%"}}, "9"}});
}

TEST(Scores, ThirdsStayExact) {
   expect_scores("评分 甲 满分 1 逐个 项目 { 当 不满足 一，扣满分的1/3  当 不满足 二，扣满分的1/3  当 不满足 三，扣满分的1/3 }",
                 "甲",
                 {{{{"一", "是"}, {"二", "是"}, {"三", "否"}}, "2/3"},
                  {{{"一", "否"}, {"二", "否"}, {"三", "否"}}, "0"},
                  {{{"一", "否"}, {"二", "否"}}, "the condition cannot be told", "none"}});
}

// A true veto settles the score whatever else is not there; one that cannot be told does not.
TEST(Scores, AVetoSettles) {
   expect_scores("评分 甲 满分 10 逐个 项目 { 率 每低于100%满1个百分点，扣满分的5%  当 一，不得分  当 二，不得分 }", "甲",
                 {{{{"一", "是"}}, "0"},
                  {{{"二", "是"}}, "0"},
                  {{{"一", "否"}, {"二", "否"}, {"率", "99%"}}, "9.5"},
                  {{{"一", "否"}, {"率", "99%"}}, "the condition cannot be told", "none", "二 was not read"}});
}

TEST(Scores, TheFirstShareThatHoldsIsTaken) {
   expect_scores("评分 甲 满分 2 逐个 项目 { 当 一，不得分  当 二，得满分的75%  当 三，得满分的50%  当 四，扣0.25分 }", "甲",
                 {{{{"一", "否"}, {"二", "是"}, {"四", "否"}}, "1.5"},
                  {{{"一", "否"}, {"二", "是"}, {"四", "是"}}, "1.25"},
                  {{{"一", "否"}, {"二", "否"}, {"三", "是"}, {"四", "否"}}, "1"},
                  {{{"一", "否"}, {"二", "否"}, {"三", "否"}, {"四", "否"}}, "2"}});
}

TEST(Scores, LossesByCase) {
   expect_scores("评分 甲 满分 10 逐个 项目 { 当 一 { 率 每低于100%满1个百分点，扣满分的5%  扣1分 } 否则 { 扣满分的1/2 } }", "甲",
                 {{{{"一", "是"}, {"率", "97%"}}, "7.5"}, {{{"一", "否"}}, "5"}});
}

TEST(Scores, ItemsAndDegrees) {
   expect_scores("评分 甲 满分 4 逐个 项目 { 各项均分 : 一、二、不满足 三 }", "甲",
                 {{{{"一", "是"}, {"二", "否"}, {"三", "否"}}, "8/3"}});
   expect_scores("评分 甲 满分 4 逐个 项目 { 各项 { 一 : 3/4   程度 可达 100%、50%、0% : 1/4 } }", "甲",
                 {{{{"一", "是"}, {"程度", "50%"}}, "3.5"},
                  {{{"一", "否"}, {"程度", "100%"}}, "1"},
                  {{{"一", "是"}, {"程度", "60%"}}, "not a possible score", "none"}});
}

TEST(Scores, FactorsStandBeforeLosses) {
   expect_scores("评分 甲 满分 10 逐个 项目 乘系数 率 { 当 一，扣1分 }", "甲", {{{{"率", "80%"}, {"一", "是"}}, "7"}});
}

constexpr const char* nested = R"(评分 总 满分 10 逐个 项目 {
  评分 甲 满分 4 照录 得分 { 各项均分 : 一、二 }
  评分 乙 满分 6 { 率 每低于100%满1个百分点，扣满分的1/6  当 三，不得分 }
}
分档 系数 按 总.得分率 { [90%, 100%] : 总.得分率   [0%, 90%) : 50% }
评分 效益 满分 20 逐个 项目 乘系数 系数 { 当 四，不得分 }
)";

TEST(Scores, PartsAddUpAndLinkOtherScores) {
   const Cells good = {{"一", "是"}, {"二", "是"}, {"三", "否"}, {"四", "否"}, {"率", "99%"}};
   const Cells poor = {{"一", "是"}, {"二", "否"}, {"三", "是"}, {"四", "否"}};
   expect_scores(nested, "总", {{good, "9"}, {poor, "2"}});
   expect_scores(nested, "总.甲", {{good, "4"}, {poor, "2"}});
   expect_scores(nested, "效益", {{good, "18"}, {poor, "10"}});
}

TEST(Scores, TotalsSayWhatTheyRestOn) {
   Weighing weighing(nested, forms);
   weighing.report();
   weighing.row("项目", {{"率", "98%"}, {"三", "否"}, {"得分", "2"}});
   weighing.row("项目", {{"率", "98%"}, {"得分", "2"}});
   const Evaluation run = weighing.run();
   const ReportResult result = result_of(run, 0, {});
   std::vector<BasisPoints> points;
   for (const ScoreResult& score : result.scores)
      if (score.rule == weighing.rule("总").id) points.push_back(score.by_basis);
   ASSERT_EQ(points.size(), 2u);
   EXPECT_EQ(points[0].computed, Rational(4));
   EXPECT_EQ(points[0].stated, Rational(2));
   EXPECT_EQ(points[0].unknown, Rational(0));
   EXPECT_EQ(points[1].stated, Rational(2));
   EXPECT_EQ(points[1].unknown, Rational(6));
}

// Taken where the answers are not printed, and only when the rule can give it at the decimals that are printed.
TEST(Scores, StatedScoresArePossibleOnes) {
   const char* thirds =
       "评分 甲 满分 2 逐个 项目 照录 得分 { 当 不满足 一，不得分  当 不满足 二，扣满分的1/3  当 不满足 三，扣满分的1/3 }";
   expect_scores(thirds, "甲",
                 {{{{"得分", "1.33"}}, "1.33", "stated"},
                  {{{"得分", "1.3"}}, "1.3", "stated"},
                  {{{"得分", "0.667"}}, "0.667", "stated"},
                  {{{"得分", "2"}}, "2", "stated"},
                  {{{"得分", "0"}}, "0", "stated"},
                  {{{"得分", "1.34"}}, "not a possible score", "none", "≈1.3333分 and 2分"},
                  {{{"得分", "1.50"}}, "not a possible score", "none", "the nearest are"},
                  {{}, "the condition cannot be told", "none", "得分 was not read"},
                  {{{"一", "是"}, {"二", "否"}, {"三", "是"}, {"得分", "2"}}, "4/3"},
                  {{{"一", "否"}, {"得分", "2"}}, "0"}});
}

TEST(Scores, StatedStepsAndDegrees) {
   expect_scores("评分 甲 满分 2 逐个 项目 照录 得分 : 率 每低于100%满1个百分点，扣满分的5%", "甲",
                 {{{{"得分", "1.9"}}, "1.9", "stated"},
                  {{{"得分", "1.95"}}, "not a possible score", "none", "1.9分 and 2分"},
                  {{{"得分", "0"}}, "0", "stated"},
                  {{{"率", "99%"}, {"得分", "2"}}, "1.9"}});
   expect_scores("评分 甲 满分 4 逐个 项目 照录 得分 { 各项 { 一 : 1/2  程度 可达 100%、75%、50%、25%、0% : 1/2 } }", "甲",
                 {{{{"得分", "3.5"}}, "3.5", "stated"}, {{{"得分", "1.7"}}, "not a possible score", "none"}});
   expect_scores(
       "评分 甲 满分 满 逐个 项目 照录 得分 { 各项均分 : 一、二 }", "甲",
       {{{{"得分", "1.5"}, {"满", "3"}}, "1.5", "stated"}, {{{"得分", "1"}, {"满", "3"}}, "not a possible score", "none"}});
   expect_scores(
       "评分 甲 满分 2 逐个 项目 照录 得分 : 率 每低于100%按比例每1个百分点，扣满分的5%", "甲",
       {{{{"得分", "1.234"}}, "1.234", "stated"}, {{{"得分", "2.5"}}, "not a possible score", "none", "between 0 and"}});
}

// What is missing for another reason than the data is not stated.
TEST(Scores, AZeroDivisorIsNoReasonToState) {
   expect_scores("评分 甲 满分 10 逐个 项目 照录 得分 : (执行 / 预算) 每低于100%满1个百分点，扣满分的5%", "甲",
                 {{{{"执行", "5"}, {"预算", "0"}, {"得分", "10"}}, "zero divisor", "none", "预算 is 0"},
                  {{{"预算", "0"}, {"得分", "10"}}, "10", "stated"}});
}

// A rule that is asked for its value where its own `where` is false says which rule, and what is not so.
TEST(Scores, SayWhichRuleDoesNotApply) {
   Weighing w("计算 比 仅限 甲 > 0元 : 乙 / 甲\n计算 别 仅限 甲 > 1元 : 乙 / 甲\n审核 高 : 比 > 1\n审核 低 : 别 < 1\n");
   w.report({{"甲", "0.00"}, {"乙", "1.00"}});
   const Evaluation run = w.run();
   const ReportResult result = result_of(run, 0, {});
   std::vector<std::string> reasons;
   for (const VerdictResult& one : result.verdicts) reasons.push_back(one.reason.zh);
   EXPECT_EQ(reasons, (std::vector<std::string>{"比 在这里不适用：甲 > 0元 不成立", "别 在这里不适用：甲 > 1元 不成立"}));
}

}  // namespace
}  // namespace heng

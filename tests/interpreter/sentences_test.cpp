// What sentences state, sets of names, what is printed, dates, rows of two lists: weighed.
#include <algorithm>

#include "tests/interpreter/weighing.hpp"

namespace heng::testing_tools {
namespace {

// The first verdict of a rule, of the first report.
VerdictResult verdict_of(const Weighing& weighing, const Evaluation& run, const std::string& name) {
   Detail detail;
   detail.sources = true;
   const ReportResult result = result_of(run, 0, detail);
   for (const VerdictResult& one : result.verdicts)
      if (one.rule == weighing.rule(name).id) return one;
   ADD_FAILURE() << "no verdict of " << name;
   return {};
}

constexpr const char* forms = R"(报表集 小表 2024
报告 { 单位名称 : 文字  年度 : 年度型  公布日 : 日期  成员 : 名单 }
报表 总表 计量 万元 保留 2 空白按0 { 行次表 { 1 : 一类  2 : 二类  3 : 合计数 } 栏目 金额 }
报表 支出表 计量 万元 保留 2 空白按0 {
  各行 科目 识别码 科目代码 位数 3, 5 合计行 "合计" { 科目名称 : 文字 } 栏目 支出 }
文字表述 说明 计量 万元 保留 2 {
  "总计{总计: 金额型}"
  无事 : "示例：没有{事项: 文字}"
  各行 项 识别码 科目 { "{科目: 文字}为{决算: 金额型}" }
}
)";

TEST(Sentences, APresenceHasThreeOutcomes) {
   Weighing weighing("审核 无事 : 说明.无事 已填", forms);
   weighing.report({{"说明.无事", "示例：没有事项"}}).report({{"说明.无事", ""}}).report();
   const Evaluation run = weighing.run();
   EXPECT_EQ(weighing.verdict(run, "无事", 0), Verdict::holds);
   EXPECT_EQ(weighing.verdict(run, "无事", 1), Verdict::fails);
   EXPECT_EQ(weighing.verdict(run, "无事", 2), Verdict::cannot_tell);
}

TEST(Sentences, UnequalSetsSayWhatIsExtraAndLacking) {
   Weighing weighing(R"(审核 相同 : 成员 = 名单(支出表.科目名称 仅限 位级 = 5 并且 支出 ≠ 0元)
审核 在内 : 成员 <= 名单(支出表.科目名称)
审核 每个 逐个 支出表.科目 仅限 位级 > 0 : 科目名称 属于 成员)",
                     forms);
   const char* rows = "支出表.科目";
   weighing.report({{"成员", "甲（一）、乙、丁"}});
   weighing.row(rows, {{"科目代码", "201"}, {"科目名称", "类"}, {"支出", "5"}});
   weighing.row(rows, {{"科目代码", "20101"}, {"科目名称", "甲(一)"}, {"支出", "3"}});
   weighing.row(rows, {{"科目代码", "20102"}, {"科目名称", "丙"}, {"支出", "2"}});
   weighing.row(rows, {{"科目代码", "20103"}, {"科目名称", "乙"}, {"支出", "0"}});
   const Evaluation run = weighing.run();
   const VerdictResult same = verdict_of(weighing, run, "相同");
   EXPECT_EQ(same.verdict, Verdict::fails);
   EXPECT_EQ(same.extra, (std::vector<std::string>{"乙", "丁"}));
   EXPECT_EQ(same.lacking, std::vector<std::string>{"丙"});
   EXPECT_EQ(same.reason.zh, "多出：乙、丁；缺少：丙");
   EXPECT_EQ(same.reason.en, "extra: 乙、丁; lacking: 丙");
   EXPECT_EQ(same.relation, "=");
   const VerdictResult within = verdict_of(weighing, run, "在内");
   EXPECT_EQ(within.extra, std::vector<std::string>{"丁"});
   EXPECT_EQ(within.lacking, std::vector<std::string>{});
   EXPECT_EQ(weighing.verdict(run, "每个", 0), Verdict::fails);
   EXPECT_EQ(weighing.verdict(run, "每个", 1), Verdict::holds);
}

TEST(Sentences, AListThatWasNotReadCannotTell) {
   Weighing weighing("审核 相同 : 成员 = 名单(支出表.科目名称)\n审核 在内 : 单位名称 属于 名单(支出表.科目名称)", forms);
   weighing.report({{"成员", "甲"}, {"单位名称", "甲"}});
   const Evaluation run = weighing.run();
   EXPECT_EQ(weighing.verdict(run, "相同", 0), Verdict::cannot_tell);
   EXPECT_EQ(weighing.verdict(run, "在内", 0), Verdict::cannot_tell);
   EXPECT_EQ(verdict_of(weighing, run, "相同").reason.zh, "支出表.科目 未读取");
}

TEST(Sentences, ItemsMeetTheRowsOfATableByName) {
   Weighing weighing("审核 对表 逐个 说明.项 : 决算 ≈ 求和(支出表.支出 仅限 科目名称 = 科目 并且 位级 = 5)", forms);
   const char *rows = "支出表.科目", *items = "说明.项";
   for (const char* second : {"2.00", "3.00"}) {
      weighing.report();
      weighing.row(rows, {{"科目代码", "201"}, {"科目名称", "甲"}, {"支出", "9"}});
      weighing.row(rows, {{"科目代码", "20101"}, {"科目名称", "甲"}, {"支出", "1.50"}});
      weighing.row(rows, {{"科目代码", "20102"}, {"科目名称", "乙"}, {"支出", second}});
      weighing.row(rows, {{"科目代码", "20103"}, {"科目名称", "甲"}, {"支出", "2.51"}});
      weighing.row(items, {{"科目", "乙"}, {"决算", "2.00"}});
      weighing.row(items, {{"科目", "甲"}, {"决算", "4.00"}});
      weighing.row(items, {{"科目", "丙"}, {"决算", "0.00"}});
   }
   const Evaluation run = weighing.run();
   const std::vector<Verdict> wanted{Verdict::holds, Verdict::holds, Verdict::holds,
                                     Verdict::fails, Verdict::holds, Verdict::holds};
   for (std::uint32_t row = 0; row < wanted.size(); ++row) EXPECT_EQ(weighing.verdict(run, "对表", row), wanted[row]) << row;
   std::vector<std::string> read;
   const VerdictResult result = verdict_of(weighing, run, "对表");
   for (const SourceFigure& figure : result.sources) read.push_back(figure.name);
   EXPECT_NE(std::find(read.begin(), read.end(), "支出表.科目[20102].支出"), read.end());
}

TEST(Sentences, HowAFigureAndAFormArePrinted) {
   Weighing weighing(R"(审核 小数 : 小数位数(总表[1]) = 2
审核 空的 : 小数位数(总表[2]) = 2
审核 单位 : 印出单位(总表) = "万元"
审核 标题 : 标题(总表) = "示例"
审核 行次 : 行次齐全(总表))",
                     forms);
   weighing.report({{"总表[1]", "1.50"}, {"总表.印出.单位", "元"}, {"总表.印出.行次", "1、3"}});
   const Evaluation run = weighing.run();
   EXPECT_EQ(weighing.verdict(run, "小数", 0), Verdict::holds);
   EXPECT_EQ(weighing.verdict(run, "空的", 0), Verdict::cannot_tell);
   EXPECT_EQ(weighing.verdict(run, "单位", 0), Verdict::fails);
   EXPECT_EQ(weighing.verdict(run, "标题", 0), Verdict::cannot_tell);
   EXPECT_EQ(weighing.verdict(run, "行次", 0), Verdict::fails);
   EXPECT_EQ(verdict_of(weighing, run, "行次").reason.zh, "缺少行次 2");
}

TEST(Sentences, DatesCompareAsDays) {
   Weighing weighing(R"(审核 之前 : 公布日 < 日期("2025年1月2日")
审核 当天 : 公布日 = "2025-01-01"
审核 天数 : 相隔天数(日期("2024-12-31"), 公布日) = 1天
审核 之后 : 公布日 >= "2025/1/2")",
                     forms);
   weighing.report({{"公布日", "2025.1.1"}}).report({{"公布日", "12月30日"}}).report();
   const Evaluation run = weighing.run();
   EXPECT_EQ(weighing.verdict(run, "之前", 0), Verdict::holds);
   EXPECT_EQ(weighing.verdict(run, "当天", 0), Verdict::holds);
   EXPECT_EQ(weighing.verdict(run, "天数", 0), Verdict::holds);
   EXPECT_EQ(weighing.verdict(run, "之后", 0), Verdict::fails);
   EXPECT_EQ(weighing.verdict(run, "之前", 1), Verdict::cannot_tell);
   EXPECT_EQ(weighing.verdict(run, "之前", 2), Verdict::cannot_tell);
}

}  // namespace
}  // namespace heng::testing_tools

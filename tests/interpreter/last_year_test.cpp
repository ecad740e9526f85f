// Last year's report beside this year's: what rules read of it, what is said where it is not there, which item of a changed form
// is which.
#include "interpreter/last_year.hpp"

#include "interpreter/explain/reason.hpp"
#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Weighing;

constexpr const char* rules = R"(
审核 衔接 : 总表[1] ≈ 上年.总表[4]
计算 科目和 : 求和(上年.支出表.支出 仅限 位级 = 3)
计算 同码 逐个 支出表 : 上年.支出表[科目代码].支出
计算 合计 : 上年.支出表.合计行.支出
计算 个数 : 计数(上年.项目)
计算 同名 逐个 项目 : 求和(上年.项目.执行 仅限 项目名称 = 项目.项目名称)
审核 各行 逐个 上年.支出表.科目 : 支出 >= 0元
审核 里层 逐个 上年.项目.指标 : 得分 <= 分值
计算 没有按0 : 上年.甲 未填按 0元
)";

std::string reason(const Evaluation& run, const Rule& rule, std::uint32_t row = 0) {
   return reason_why(run, rule.value != no_node ? rule.value : rule.cases.front().condition, row).zh;
}

TEST(LastYear, IsReadLikeThisYears) {
   Weighing w(rules);
   w.report({{"总表[1]", "59.99"}, {"上年.总表[4]", "59.98"}, {"上年.甲", "3"}});
   w.total("上年.支出表.科目", {{"支出", "30"}});
   w.row("上年.支出表.科目", {{"科目代码", "201"}, {"支出", "10"}});
   w.row("上年.支出表.科目", {{"科目代码", "20101"}, {"支出", "10"}});
   w.row("上年.支出表.科目", {{"科目代码", "208"}, {"支出", "20"}});
   w.row("支出表.科目", {{"科目代码", "208"}, {"支出", "1"}});
   w.row("支出表.科目", {{"科目代码", "999"}, {"支出", "2"}});
   w.begin("上年.项目", {{"项目名称", "甲项"}, {"执行", "7"}});
   w.row("上年.项目.指标", {{"分值", "10"}, {"得分", "11"}});
   w.end();
   w.row("项目", {{"项目名称", "甲项"}, {"执行", "1"}});
   const Evaluation run = w.run();
   EXPECT_EQ(w.verdict(run, "衔接"), Verdict::holds);
   EXPECT_EQ(w.value(run, "科目和"), "300000");
   EXPECT_EQ(w.value(run, "同码", 0), "200000");
   EXPECT_EQ(w.value(run, "同码", 1), "no such row");
   EXPECT_EQ(w.value(run, "合计"), "300000");
   EXPECT_EQ(w.value(run, "个数"), "1");
   EXPECT_EQ(w.value(run, "同名"), "70000");
   EXPECT_EQ(w.verdict(run, "各行", 1), Verdict::holds);
   EXPECT_EQ(w.verdict(run, "里层"), Verdict::fails);
   EXPECT_EQ(w.value(run, "没有按0"), "3");
}

TEST(LastYear, IsNotThere) {
   Weighing w(rules);
   for (int report = 0; report < 2; ++report) {  // only the second lacks it
      w.report({{"总表[1]", "59.99"}});
      if (report == 0) w.set(report_frame, "上年.总表[4]", "59.99");
      if (report == 1) w.builder().no_last_year(say("没有甲 2023年度的报告", "the 2023 report of 甲 is not there"));
      w.row("支出表.科目", {{"科目代码", "208"}, {"支出", "1"}});
   }
   const Evaluation run = w.run();
   EXPECT_EQ(w.verdict(run, "衔接", 0), Verdict::holds);
   EXPECT_EQ(w.verdict(run, "衔接", 1), Verdict::cannot_tell);
   const std::string why = "没有甲 2023年度的报告";
   EXPECT_EQ(reason(run, w.rule("衔接"), 1), "上年.总表[4] 合计数：" + why);
   EXPECT_EQ(reason(run, w.rule("科目和"), 1), "上年.支出表.科目：" + why);
   EXPECT_EQ(reason(run, w.rule("同码"), 1), "上年.支出表.科目：" + why);
   EXPECT_EQ(reason(run, w.rule("合计"), 1), "上年.支出表.合计：" + why);
   EXPECT_EQ(reason(run, w.rule("科目和"), 0), "上年.支出表.科目 未读取") << "there, and this list was not read";
   EXPECT_EQ(w.value(run, "没有按0", 1), "0");
   const ReportResult result = result_of(run, 1, {});
   for (const VerdictResult& verdict : result.verdicts)
      EXPECT_EQ(verdict.reason.zh.substr(verdict.reason.zh.find("：") + std::string("：").size()), why);
   EXPECT_EQ(result.summary.cannot_tell, 3u) << "no rule is left out";
}

TEST(LastYear, StandsBehindTheReportsOwn) {
   const Weighing with(rules), without("审核 甲 : 总表[1] = 0元");
   EXPECT_FALSE(without.schema().own) << "no rule asks for it";
   ASSERT_TRUE(with.schema().own);
   const Schema own = without_last_year(with.schema());
   EXPECT_EQ(own.fields.size(), without.schema().fields.size());
   EXPECT_EQ(own.frames.size(), without.schema().frames.size());
   EXPECT_EQ(own.forms.size(), without.schema().forms.size());
   EXPECT_EQ(own.frames[report_frame].fields, without.schema().frames[report_frame].fields);
   for (const Field& field : own.fields) {
      const Field& last = with.schema().fields[with.schema().last_years_field(field.id)];
      EXPECT_EQ(last.path, "上年." + field.path);
      EXPECT_EQ(last.id, with.schema().last_years_field(field.id));
      EXPECT_TRUE(with.schema().is_last_years(last.id));
      EXPECT_FALSE(with.schema().is_last_years(field.id));
   }
}

// ---- forms that changed -------------------------------------------------------------------------------------------------

Schema schema_of(const std::string& form) {
   Sources sources;
   Outcome<tree::File> parsed =
       parse(sources,
             sources.add("forms.heng", "报表集 表 2024\n报告 { 单位名称 : 文字  年度 : 年度型  甲 : 金额型 计量 元 }\n" + form));
   EXPECT_TRUE(parsed.ok()) << (parsed.diagnostics.empty() ? "" : parsed.diagnostics[0].message.zh);
   return make_schema(select({&parsed.value}, 2024, "").value).value;
}

// Where last year's report has what is now called `path`; "" where its form does not hold it.
std::string in_last_year(const std::string& now, const std::string& then, const std::string& path) {
   const Schema own = schema_of(now);
   const ReadAsLastYear read = named_as_in(own, schema_of(then));
   for (const Field& field : own.fields) {
      if (field.path != path) continue;
      if (std::find(read.absent.begin(), read.absent.end(), field.id) != read.absent.end()) return "";
      const Field& named = read.names.fields[field.id];
      return named.line.empty() ? named.name : named.form + "[" + named.line + "]." + named.column;
   }
   ADD_FAILURE() << "no field " << path;
   return "";
}

std::string lines(const std::string& all, const std::string& name = "总表", const std::string& columns = "金额") {
   return "报表 " + name + " \"收支总表\" 计量 万元 { 行次表 {\n" + all + "\n} 栏目 " + columns + " }";
}

struct Changed {
   const char *now, *then, *path, *there;
};

TEST(LastYear, LinesAreFoundByTheirLabels) {
   const Changed all[] = {
       {"60 : 年末结转和结余", "58 : 年末结转和结余", "总表[60]", "总表[58].金额"},
       {"1 : 甲\n2 : 乙", "1 : 乙\n2 : 甲", "总表[1]", "总表[2].金额"},
       {"8 : 八、其他收入", "7 : 七、其他收入", "总表[8]", "总表[7].金额"},
       {"8 : （八）其他收入", "7 : 其他收入", "总表[8]", "总表[7].金额"},
       {"2 : 其中：人员经费", "3 : 人员经费", "总表[2]", "总表[3].金额"},
       {"2 : 一般公共预算", "1 : 公共预算", "总表[2]", ""},
       {"60 : 年末结转和结余", "60 : 年末结余", "总表[60]", ""},
       {"38 代码 207 : 七、文化旅游体育与传媒支出", "37 代码 207 : 七、文化体育与传媒支出", "总表[38]", "总表[37].金额"},
       // lines of one label are told apart by their order, as long as there are as many of them
       {"1 : 基金\n5 : 基金", "2 : 基金\n9 : 基金", "总表[5]", "总表[9].金额"},
       {"1 : 基金\n5 : 基金", "5 : 基金", "总表[5]", ""},
       {"1 : 基金", "1 : 基金\n5 : 基金", "总表[1]", ""},
   };
   for (const Changed& one : all) EXPECT_EQ(in_last_year(lines(one.now), lines(one.then), one.path), one.there) << one.now;
}

TEST(LastYear, ColumnsAndFormsAreFoundByTheirNames) {
   const std::string now = lines("1 : 甲", "总表", "预算, 决算"), then = lines("1 : 甲", "总表", "决算, 全年预算");
   EXPECT_EQ(in_last_year(now, then, "总表[1].决算"), "总表[1].决算");
   EXPECT_EQ(in_last_year(now, then, "总表[1].预算"), "");
   EXPECT_EQ(in_last_year(lines("1 : 甲"), lines("1 : 甲", "总表", "决算数"), "总表[1]"), "总表[1].决算数") << "the only column";
   // The title is what a form is called; its number may have gone to another.
   const std::string renumbered =
       lines("3 : 甲", "公开02") + "\n报表 公开01 \"另一张表\" 计量 万元 { 行次表 { 1 : 甲 } 栏目 金额 }";
   EXPECT_EQ(in_last_year(lines("1 : 甲", "公开01"), renumbered, "公开01[1]"), "公开02[3].金额");
   // Forms that last year's do not have at all are read as this year's.
   EXPECT_EQ(in_last_year(lines("1 : 甲"), "", "总表[1]"), "总表[1].金额");
   EXPECT_EQ(in_last_year("", "", "甲"), "甲");
}

TEST(LastYear, WhatIsOfAnotherKindIsNotTheSame) {
   const std::string money = "报表 表 计量 万元 空白按0 { 行次表 { 1 : 甲 } 栏目 金额 }";
   EXPECT_EQ(in_last_year(money, "报表 表 计量 人 空白按0 { 行次表 { 1 : 甲 } 栏目 金额 }", "表[1]"), "");
   EXPECT_EQ(in_last_year(money, "报表 表 计量 元 空白按0 { 行次表 { 1 : 甲 } 栏目 金额 }", "表[1]"), "表[1].金额");
   EXPECT_EQ(in_last_year(money, "报表 表 计量 万元 { 行次表 { 1 : 甲 } 栏目 金额 }", "表[1]"), "")
       << "a blank was none then and would be 0 now";
}

TEST(LastYear, RowsKeepTheirColumns) {
   const std::string now = "报表 表 计量 万元 { 各行 科目 识别码 代码 位数 3 合计行 \"合计\" { 名称 : 文字 } 栏目 支出, 新栏 }",
                     then = "报表 表 计量 万元 { 各行 行 识别码 编码 位数 3 合计行 \"合计\" { 名称 : 文字 } 栏目 收入, 支出 }";
   const Schema own = schema_of(now);
   const ReadAsLastYear read = named_as_in(own, schema_of(then));
   const Frame& rows = read.names.frames[1];
   EXPECT_EQ(rows.name, "行");
   std::vector<std::string> names;
   for (const FieldId field : rows.fields) names.push_back(read.names.fields[field].name);
   EXPECT_EQ(names, (std::vector<std::string>{"编码", "名称", "支出"}));
}

}  // namespace
}  // namespace heng

// What the checker makes of rules: nodes, cases, types, schemas, selections, tests. Mistakes are tested in
// check_programs_test.cpp.
#include "interpreter/check/check.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <sstream>

#include "grammar/codes.hpp"
#include "grammar/parse.hpp"
#include "interpreter/check/test.hpp"

namespace heng {
namespace {

std::string text_of_file(const std::string& path) {
   std::ifstream file(path, std::ios::binary);
   std::stringstream text;
   text << file.rdbuf();
   return text.str();
}

// Texts, and all that is made from them.
struct Checked {
   Sources sources;
   std::deque<tree::File> files;
   Selection selection;
   Program program;
   Diagnostics said;

   explicit Checked(const std::vector<std::string>& texts, int year = 2024, const std::string& place = "",
                    const Settings& settings = {}) {
      for (const std::string& text : texts) {
         const std::uint32_t number = sources.add("text" + std::to_string(files.size()) + ".heng", text);
         Outcome<tree::File> parsed = parse(sources, number);
         said.insert(said.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
         files.push_back(std::move(parsed.value));
      }
      std::vector<const tree::File*> given;
      for (const tree::File& file : files) given.push_back(&file);
      Outcome<Selection> selected = select(given, year, place);
      selection = std::move(selected.value);
      said.insert(said.end(), selected.diagnostics.begin(), selected.diagnostics.end());
      Outcome<Program> checked = check(sources, selection, year, place, settings);
      program = std::move(checked.value);
      said.insert(said.end(), checked.diagnostics.begin(), checked.diagnostics.end());
   }

   const Rule& rule(const std::string& name) const {
      for (const Rule& one : program.rules)
         if (one.name == name) return one;
      ADD_FAILURE() << "no rule " << name;
      static const Rule none{};
      return none;
   }
   std::string all_said() const {
      std::string text;
      for (const Diagnostic& one : said)
         text += sources.where(one.span) + " " + code_name(one.code) + " " + one.message.zh + "\n";
      return text;
   }
};

Checked rules(const std::string& text, const Settings& settings = {}) {
   return Checked({text_of_file("tests/programs/forms.heng"), "规则集 示例 2024 引用 示例表 2024 得分保留 2\n" + text}, 2024, "",
                  settings);
}

std::string condition(const std::string& check) {
   const Checked made = rules(check);
   EXPECT_EQ(made.all_said(), "") << check;
   if (made.program.rules.empty() || made.program.rules.back().cases.empty()) return "";
   const Case& one = made.program.rules.back().cases.front();
   return (one.applies == no_node ? "" : show(made.program, one.applies) + " => ") + show(made.program, one.condition);
}

TEST(Check, WritesExpressionsAsNodes) {
   const std::pair<const char*, const char*> cases[] = {
       {"审核 甲 : 总表[27] ≈ 求和(总表[1..3])", "(~= 总表[27] (+ (+ 总表[1] 总表[2]) 总表[3]))"},
       {"审核 甲 : 总表[27] ≈ 平均值(总表[1..2])", "(~= 总表[27] (/ (+ 总表[1] 总表[2]) 2))"},
       {"审核 甲 : 0元 <= 总表[1] < 5万元", "(and (<= 0元 总表[1]) (< 总表[1] 5万元))"},
       {"审核 甲 : 如 总表[1] > 0 则 总表[2] > 0", "(> 总表[1] 0) => (> 总表[2] 0)"},
       {"审核 甲 仅限 总表[1] > 0 : 如 总表[2] > 0 则 总表[3] > 0", "(and (> 总表[1] 0) (> 总表[2] 0)) => (> 总表[3] 0)"},
       {"审核 甲 : 支出表.合计行.基本支出 >~ 支出表[201].基本支出",
        "(>~ (at_row 支出表.科目.基本支出 (row_of_total 支出表.科目 合计)) (at_row 支出表.科目.基本支出 (row_of_key 支出表.科目 "
        "201)))"},
       {"审核 甲 逐个 支出表.科目 : 本年支出 <~ 收入表[科目代码].本年收入",
        "(<~ 支出表.科目.本年支出 (at_row 收入表.科目.本年收入 (row_of_key 收入表.科目 支出表.科目.科目代码)))"},
       {"审核 甲 逐个 支出表.科目 : 基本支出 ≈ 求和(下级.基本支出)",
        "(~= 支出表.科目.基本支出 (sum children 支出表.科目.基本支出))"},
       {"审核 甲 逐个 项目.指标 : 分值 <= 求和(指标.分值)", "(<= 项目.指标.分值 (sum 项目.指标.分值))"},
       {"审核 甲 : 计数(项目 仅限 执行数 > 0) = 3", "(= (count yes (> 项目.执行数 0)) 3)"},
       {"审核 甲 逐个 项目 : 状态 不为 已完成 并且 单位名称 ≠ \"甲\"",
        "(and (not (text= 项目.状态 已完成)) (not (text= 单位名称 甲)))"},
       {"审核 甲 逐个 项目.指标 : 目标值 为 反向 并且 目标值 未填 并且 实际值 > 目标值",
        "(and (and (target_is 10 项目.指标.目标值) (missing 项目.指标.目标值)) (> 项目.指标.实际值 (target_value "
        "项目.指标.目标值)))"},
       {"审核 甲 逐个 项目 : (执行数 / 预算数 除数为0按 0%) <= 100%", "(<= (/ 项目.执行数 项目.预算数 0%) 100%)"},
       {"审核 甲 逐个 项目 : (执行数 / 预算数 * 2 除数为0按 5) <= 1",
        "(<= (select (= 项目.预算数 0) 5 (* (/ 项目.执行数 项目.预算数) 2)) 1)"},
       {"审核 甲 : 四舍五入(总表[1], 2) = 四舍五入(总表[2], -1)", "(= (round -2 总表[1]) (round -5 总表[2]))"},
       {"审核 甲 逐个 项目 : 四舍五入(完成率, 1) = 四舍五入(差额 + 完成率, 0)",
        "(= (round 3 项目.完成率) (round 2 (+ 项目.差额 项目.完成率)))"},
       {"审核 甲 逐个 项目 : 四舍五入(天数, 1) = 30分钟", "(= (* (round 1 (/ 项目.天数 60)) 60) 30分钟)"},
       {"审核 甲 : 总表[1] ≈ 上年.总表[31]", "(~= 总表[1] 上年.总表[31])"},
       {"审核 甲 逐个 项目 : 执行数 = 预算数 允许误差 5元", "(within 项目.执行数 项目.预算数 5元)"},
       {"审核 甲 逐个 支出表.科目 : 科目代码 属于 206, 20805 并且 不满足 无上级",
        "(and (under 支出表.科目.科目代码 206 20805) (not (orphan)))"},
   };
   for (const auto& [text, wanted] : cases) EXPECT_EQ(condition(text), wanted) << text;
}

TEST(Check, MakesOneCaseForEveryLine) {
   const Checked made = rules("审核 甲 逐个 拨款表 : 合计 ≈ 一般公共预算 + 政府性基金");
   ASSERT_EQ(made.all_said(), "");
   const std::vector<Case>& cases = made.rule("甲").cases;
   ASSERT_EQ(cases.size(), 3u);
   EXPECT_EQ(cases[0].title, "拨款表[33] 教育支出");
   EXPECT_EQ(show(made.program, cases[2].condition), "(~= 拨款表[59].合计 (+ 拨款表[59].一般公共预算 拨款表[59].政府性基金))");
}

TEST(Check, RollsUpEveryColumn) {
   const Checked made = rules("审核 甲 审核类型 核实 逐级汇总 支出表, 明细表");
   ASSERT_EQ(made.all_said(), "");
   const std::vector<Case>& cases = made.rule("甲").cases;
   ASSERT_EQ(cases.size(), 4u);
   EXPECT_EQ(cases[1].title, "支出表 基本支出");
   EXPECT_EQ(cases[1].severity, tree::Severity::verify);
   EXPECT_EQ(show(made.program, cases[1].applies), "(has_children)");
   EXPECT_EQ(show(made.program, cases[1].condition), "(~= 支出表.科目.基本支出 (sum children 支出表.科目.基本支出))");
}

TEST(Check, ScoresAreCappedAndRounded) {
   const Checked made = rules(
       "评分 甲 满分 10 逐个 项目 : 完成率 * 满分\n评分 乙 满分 5 保留 0 逐个 项目 仅限 执行数 > 0 : 甲 / 2\n"
       "评分 丙 满分 20 逐个 项目 : 甲 + 乙");
   ASSERT_EQ(made.all_said(), "");
   const Program& program = made.program;
   EXPECT_EQ(show(program, made.rule("甲").value), "(round 2 (greater (lesser (* 项目.完成率 10分) 10分) 0分))");
   EXPECT_EQ(show(program, made.rule("乙").value), "(round 0 (greater (lesser (/ 甲 2) 5分) 0分))");
   EXPECT_EQ(show(program, made.rule("丙").raw), "(+ 甲 (select (> 项目.执行数 0) 乙 [no case applies]))");
   EXPECT_EQ(made.rule("甲").basis, no_node);
}

TEST(Check, KnowsWhatAScoreRestsOn) {
   const Checked made = rules(
       "档次 档 { 好 : [80%, 100%]   差 : [0%, 80%) }\n"
       "评分 甲 满分 分值 逐个 项目.指标 { 当 目标值 为 定性 : 人工评定 得分 按 档   否则 : 满分 }");
   ASSERT_EQ(made.all_said(), "");
   EXPECT_EQ(show(made.program, made.rule("甲").basis), "(select (target_is 128 项目.指标.目标值) 2 0)");
}

TEST(Check, GradesByBands) {
   const Checked made = rules(
       "评分 甲 满分 10 逐个 项目 : 完成率 * 满分\n分档 乙 按 甲 { [8, 10] : 好   不满8 : 差 }\n审核 丙 逐个 项目 : 乙 为 好");
   ASSERT_EQ(made.all_said(), "");
   EXPECT_EQ(show(made.program, made.rule("乙").value),
             "(select (and (>= 甲 8分) (<= 甲 10分)) 好 (select (< 甲 8分) 差 [in no band]))");
   EXPECT_EQ(made.program.schema.frames[made.rule("乙").frame].path, "项目");
}

TEST(Check, ParametersAreChosenByYearAndByHand) {
   const std::string text =
       "参数 线 : 百分比 { 2022..2023 : 20%   2024.. : 30% }\n参数 法 : 甲|乙 { 2024.. : 甲 }\n审核 丙 逐个 项目 : 完成率 >= 线 "
       "或者 法 为 甲";
   const Checked plain = rules(text);
   EXPECT_EQ(show(plain.program, plain.rule("丙").cases[0].condition), "(or (>= 项目.完成率 30%) (text= 甲 甲))");
   const Checked set = rules(text, {{{"线", "25%"}, {"法", "乙"}}});
   EXPECT_EQ(set.all_said(), "");
   EXPECT_EQ(show(set.program, set.rule("丙").cases[0].condition), "(or (>= 项目.完成率 25%) (text= 乙 甲))");
   EXPECT_TRUE(set.program.sets[0].parameters[0].set_by_hand);
   EXPECT_NE(rules(text, {{{"线", "5"}}}).all_said().find("E409"), std::string::npos);
   EXPECT_NE(rules(text, {{{"法", "丙"}}}).all_said().find("E409"), std::string::npos);
   EXPECT_NE(rules(text, {{{"线线", "25%"}}}).all_said().find("E409"), std::string::npos);
}

TEST(Check, EqualNodesAreShared) {
   const Checked made = rules("审核 甲 : 总表[1] + 总表[2] > 0\n审核 乙 : 总表[1] + 总表[2] > 0");
   EXPECT_EQ(made.rule("甲").cases[0].condition, made.rule("乙").cases[0].condition);
   for (NodeId id = 0; id < made.program.nodes.size(); ++id)
      for (const NodeId input : made.program.nodes[id].in) EXPECT_LT(input, id);
}

TEST(Check, DiagnosticsNameBothSides) {
   const Checked made = rules("审核 接待费 : 三公表.决算.接待费 <= 389批次");
   ASSERT_EQ(made.said.size(), 1u);
   const Diagnostic& one = made.said[0];
   EXPECT_EQ(one.code, Code::units_differ);
   ASSERT_EQ(one.notes.size(), 2u);
   EXPECT_EQ(made.sources.text_of(one.notes[0].span), "三公表.决算.接待费");
   EXPECT_EQ(one.notes[0].text.en, "this is money (万元)");
   EXPECT_EQ(made.sources.text_of(one.notes[1].span), "389批次");
}

// ---- schema -------------------------------------------------------------------------------------------------------------

TEST(Schema, HoldsFormsRecordsAndLists) {
   const Checked made = rules("审核 甲 : 总表[1] > 0");
   const Schema& schema = made.program.schema;
   const Field& cell = schema.fields[schema.cell("拨款表", "33", "政府性基金")];
   EXPECT_EQ(cell.path, "拨款表[33].政府性基金");
   EXPECT_EQ(cell.label, "教育支出·政府性基金");
   EXPECT_TRUE(cell.type.published);
   EXPECT_FALSE(cell.blank_counts_as_0);
   EXPECT_TRUE(schema.fields[schema.cell("总表", "1", "")].blank_counts_as_0);
   EXPECT_EQ(schema.cell("拨款表", "33", ""), no_field);
   EXPECT_EQ(schema.fields[schema.cell("三公表", "决算", "接待费")].path, "三公表.决算.接待费");
   const FrameId project = schema.list_in(report_frame, "项目");
   const FrameId indicator = schema.list_in(project, "指标");
   EXPECT_EQ(schema.frames[indicator].path, "项目.指标");
   EXPECT_EQ(schema.fields[schema.field_in(project, "自有.预算数")].path, "项目.自有.预算数");
   EXPECT_TRUE(schema.is_record(project, "自有"));
   EXPECT_FALSE(schema.is_record(project, "预算数"));
   EXPECT_FALSE(schema.fields[schema.field_in(indicator, "分值")].type.published);
   EXPECT_TRUE(schema.fields[schema.field_in(indicator, "实际值")].type.published);
   EXPECT_EQ(schema.fields[schema.unit_name].name, "单位名称");
   EXPECT_EQ(schema.fields[schema.year].name, "年度");
   EXPECT_EQ(schema.fields[schema.place].name, "地区");
   EXPECT_EQ(schema.field_in(report_frame, "拨款表.编制单位"), schema.form("拨款表")->fields.front());
   for (const Frame& frame : schema.frames)
      if (frame.form == "明细表") {
         EXPECT_EQ(frame.totals.size(), 2u);
         EXPECT_EQ(frame.levels, (std::vector<int>{3, 5}));
         EXPECT_TRUE(frame.keyed);
      }
}

TEST(Schema, FormsFilesShareFieldsThatAgree) {
   const std::string first = "报表集 甲表 2024\n报告 { 单位名称 : 文字   年度 : 年度型   数 : 金额型 计量 万元 }";
   const std::string rules = "规则集 集 2024 引用 甲表 2024 引用 乙表 2024\n审核 丙 : 数 > 0";
   EXPECT_EQ(Checked({first, "报表集 乙表 2024\n报告 { 年度 : 年度型   数 : 金额型 计量 万元 }", rules}).all_said(), "");
   EXPECT_NE(Checked({first, "报表集 乙表 2024\n报告 { 数 : 金额型 计量 元 }", rules}).all_said().find("E203"),
             std::string::npos);
}

// ---- selection ----------------------------------------------------------------------------------------------------------

TEST(Select, TakesTheYearAndThePlaceOfTheReport) {
   const std::vector<std::string> texts = {
       "forms 表 2024 { report { 数 : number } }  forms 表 2025 { report { 数 : number } }",
       "ruleset 甲 2024 use 表 2024 { check 一 : 数 > 0 }  ruleset 甲 2025 use 表 2025 { check 一 : 数 > 0 }",
       "ruleset 乙 2024 for 甲市 use 表 2024 { check 一 : 数 > 0 }",
   };
   const Checked general(texts);
   ASSERT_EQ(general.selection.sets.size(), 1u);
   EXPECT_EQ(general.selection.sets[0]->name.text, "甲");
   ASSERT_EQ(general.selection.not_run.size(), 2u);
   EXPECT_NE(general.selection.not_run[0].why.zh.find("2025"), std::string::npos);
   EXPECT_EQ(general.selection.forms.size(), 1u);
   EXPECT_EQ(Checked(texts, 2024, "甲市").selection.sets.size(), 2u);
   EXPECT_EQ(Checked(texts, 2024, "乙市").selection.sets.size(), 1u);
   const Checked none(texts, 2023);
   EXPECT_TRUE(none.selection.sets.empty());
   EXPECT_NE(none.all_said().find("E405"), std::string::npos);
   std::vector<const tree::File*> files;
   for (const tree::File& file : general.files) files.push_back(&file);
   const std::vector<YearAndPlace> all = select_all(files);
   ASSERT_EQ(all.size(), 3u);
   EXPECT_EQ(all[1].place, "甲市");
   EXPECT_EQ(all[1].selection.value.sets.size(), 2u);
}

TEST(Select, RefusesWhatItCannotDecide) {
   const std::string forms = "forms 表 2024 { report { 数 : number } }\n";
   const auto said = [&](const std::string& text, const std::string& place = "") {
      return Checked({forms, text}, 2024, place).all_said();
   };
   const std::string set = "ruleset 甲 2024 use 表 2024 { check 一 : 数 > 0 }\n";
   EXPECT_NE(said(set + set).find("E203"), std::string::npos);
   EXPECT_NE(said(set + "ruleset 甲 2024 for 甲市 use 表 2024 { check 一 : 数 > 0 }", "甲市").find("E203"), std::string::npos);
   EXPECT_EQ(said(set + "ruleset 甲 2024 for 甲市 use 表 2024 { check 一 : 数 > 0 }"), "");
   EXPECT_NE(said("ruleset 甲 2024 use 表 2023 { check 一 : 数 > 0 }").find("E206"), std::string::npos);
   EXPECT_NE(said("check 一 : 1 = 1").find("E110"), std::string::npos);
}

// ---- expressions alone --------------------------------------------------------------------------------------------------

tree::ExprPtr parsed(Sources& sources, const std::string& text) {
   return parse_expression(sources, sources.add("eval", text)).value;
}

TEST(Expression, NeedsNoReport) {
   Program program = empty_program();
   Sources sources;
   const Outcome<NodeId> good = check_expression(program, {}, parsed(sources, "185.76 + 14.29 = 200.05"), report_frame);
   EXPECT_TRUE(good.ok());
   EXPECT_EQ(show(program, good.value), "(= (+ 185.76 14.29) 200.05)");
   const Outcome<NodeId> bad = check_expression(program, {}, parsed(sources, "公开01[1] + 5"), report_frame);
   EXPECT_EQ(bad.value, no_node);
   EXPECT_FALSE(bad.ok());
}

TEST(Expression, SeesTheRulesOfAProgram) {
   Checked made = rules("参数 线 : 百分比 { 2024.. : 30% }\n计算 率 逐个 项目 : 执行数 / 预算数\n审核 甲 逐个 项目 : 率 <= 线");
   const std::size_t rules_before = made.program.rules.size();
   const Outcome<NodeId> one =
       check_expression(made.program, made.selection, parsed(made.sources, "最大值(率) + 线 * 1"), report_frame);
   EXPECT_FALSE(one.ok());  // a ratio and a percent
   const Outcome<NodeId> two =
       check_expression(made.program, made.selection, parsed(made.sources, "最大值(率) > 线"), report_frame);
   EXPECT_TRUE(two.ok());
   EXPECT_EQ(show(made.program, two.value), "(> (max 率) 30%)");
   EXPECT_EQ(made.program.rules.size(), rules_before);
}

// ---- tests written in rules ---------------------------------------------------------------------------------------------

// By its title in all rows and columns that it goes through, by some words of where it stands in fewer.
TEST(RuleTest, NamesACaseInSeveralPlaces) {
   Checked made = rules(
       "审核 各行 { \"小计\" 逐个 支出表, 收入表 逐栏 : 本栏 >= 0元   \"别的\" : 总表[1] >= 0元 }\n"
       "测试 \"例\" { 已知 总表 { 1 : 1 }\n应为 各行.小计 无法判断\n应为 各行.「支出表 小计」 无法判断\n"
       "应为 各行.「支出表 基本支出 小计」 无法判断\n应为 各行.别的 通过\n应为 各行 无法判断 }");
   ASSERT_EQ(made.all_said(), "");
   const Outcome<std::vector<CompiledTest>> compiled = compile_tests(made.program, made.selection);
   ASSERT_TRUE(compiled.ok());
   std::vector<std::size_t> meant;
   for (const Expectation& one : compiled.value.front().expectations) meant.push_back(one.cases.size());
   EXPECT_EQ(meant, (std::vector<std::size_t>{5, 3, 1, 1, 0}));
}

TEST(RuleTest, BuildsWhatIsGiven) {
   Checked made = rules(
       "评分 得 满分 分值 逐个 项目.指标 : 实际值 / 目标值 * 满分\n审核 复核 逐个 项目.指标 { \"一\" : 得分 = 得   \"二\" : 得分 "
       "<= 分值 }\n"
       "测试 \"例\" {\n已知 指标 { 目标值 : ≤650元/人·天, 实际值 : 1300元/人·天, 分值 : 5, 说明 : 未填 }\n已知 总表 { 1 : 5.00 "
       "}\n"
       "已知 支出表 { 合计 { 本年支出 : 3 } 科目 [ { 科目代码 : 201 } { 科目代码 : 202 } ] }\n"
       "应为 得 = 2.5\n应为 复核 通过\n应为 复核.二 不通过\n}");
   ASSERT_EQ(made.all_said(), "");
   ASSERT_EQ(made.program.tests.size(), 1u);
   const std::size_t before = made.program.nodes.size();
   const Outcome<std::vector<CompiledTest>> compiled = compile_tests(made.program, made.selection);
   ASSERT_TRUE(compiled.ok());
   const CompiledTest& test = compiled.value.front();
   EXPECT_GT(made.program.nodes.size(), before);
   ASSERT_EQ(test.expectations.size(), 3u);
   EXPECT_EQ(show(made.program, test.expectations[0].condition), "(= 得 2.5)");
   EXPECT_EQ(made.program.schema.frames[test.expectations[0].frame].path, "项目.指标");
   EXPECT_EQ(test.expectations[1].verdict, Verdict::holds);
   EXPECT_EQ(test.expectations[2].cases, std::vector<std::uint32_t>{1});
   ASSERT_EQ(test.given.lists.size(), 2u);
   EXPECT_EQ(test.given.lists[0].rows.front().lists.front().rows.front().cells[0].text, "≤650元/人·天");
   EXPECT_EQ(test.given.lists[1].rows.size(), 3u);
   EXPECT_EQ(test.given.lists[1].rows[0].total, 0);
   BatchBuilder builder(made.program.schema);
   EXPECT_TRUE(build_given(made.program, test, builder).empty());
   const Batch& batch = builder.finish();
   EXPECT_EQ(batch.reports, 1u);
   EXPECT_EQ(batch.frames[made.program.schema.list_in(report_frame, "项目")].rows, 1u);
   EXPECT_EQ(overall({Verdict::holds, Verdict::fails, Verdict::cannot_tell}), Verdict::fails);
   EXPECT_EQ(overall({Verdict::holds, Verdict::does_not_apply}), Verdict::holds);
   EXPECT_EQ(overall({}), Verdict::does_not_apply);
}

// ---- limits -------------------------------------------------------------------------------------------------------------

TEST(Limits, FunctionsThatMultiplyEachOtherEnd) {
   std::string text = "函数 f0(x : 金额型) : x + 1元\n";
   for (int i = 1; i <= 40; ++i) {
      const std::string before = "f" + std::to_string(i - 1);
      text += "函数 f" + std::to_string(i) + "(x : 金额型) : " + before + "(x + 1元) + " + before + "(x + 2元)\n";
   }
   EXPECT_NE(rules(text + "审核 甲 : f40(总表[1]) > 0\n").all_said(), "");
}

TEST(Limits, LongSumsAndLongChainsAreFine) {
   std::string sum = "总表[1]";
   for (int i = 0; i < 200; ++i) sum += " + 总表[2]";
   EXPECT_EQ(rules("审核 甲 : 总表[3] ≈ " + sum).all_said(), "");
   std::string lets = "计算 a0 : 总表[1]\n";
   for (int i = 1; i <= 200; ++i) lets += "计算 a" + std::to_string(i) + " : a" + std::to_string(i - 1) + " + 1元\n";
   EXPECT_EQ(rules(lets).all_said(), "");
   for (int i = 201; i <= 5000; ++i) lets += "计算 a" + std::to_string(i) + " : a" + std::to_string(i - 1) + " + 1元\n";
   const std::string said = rules("审核 甲 : a5000 > 0\n" + lets).all_said();
   EXPECT_TRUE(said.empty() || said.find("E109") != std::string::npos);
}

TEST(Check, TheRuleSetsHere) {
   const std::vector<std::string> folders{"rules/部门决算", "rules/项目支出绩效自评", "rules/部门评价"};
   std::vector<std::string> texts;
   for (const std::string& folder : folders) texts.push_back(text_of_file(folder + "/报表-2024.heng"));
   for (const std::string& folder : folders) {
      texts.push_back(text_of_file(folder + "/2024.heng"));
      const Checked made(texts);
      EXPECT_EQ(made.all_said(), "") << folder;
      EXPECT_GT(made.program.rules.size(), 15u) << folder;
      texts.pop_back();
   }
}

}  // namespace
}  // namespace heng

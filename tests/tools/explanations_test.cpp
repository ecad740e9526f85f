// What binds an explanation to a finding: every change that may change the finding, and no other; and what lapses.
#include "tools/workspace/explanations.hpp"

#include <filesystem>
#include <fstream>
#include <set>

#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"
#include "reports/write/csv.hpp"
#include "tests/tools/workspaces.hpp"
#include "tools/workspace/side_file.hpp"

namespace heng {
namespace {

namespace fs = std::filesystem;

constexpr const char* rules = R"(规则集 小集 2024 引用 小表 2024
参数 线 : 金额型 { 2024.. : 1元 }
函数 加倍(数 : 金额型) : 数 + 数
计算 和 : 甲 + 乙
审核 相加 "合是甲乙之和" : 合 = 和
审核 不大 : 加倍(甲) <= 线
审核 两样 {
  "甲" : 甲 > 乙
  "乙" : 乙 > 甲 + 线
}
审核 逐项 逐个 项目 : 实际 <= 目标
)";
constexpr const char* report = R"({"单位名称": "甲局", "年度": 2024, "甲": "2.50", "乙": "1.00", "合": "4.00",
 "项目": [{"项目名称": "一", "目标": "90%", "实际": "95%"}, {"项目名称": "二", "目标": "90%"}]})";

// The findings of a report by rules in memory.
struct Weighed {
   explicit Weighed(const std::string& with = rules, const std::string& data = report, bool chinese = true,
                    const std::string& forms = testing_tools::small_set_forms)
       : texts({{"小/表.heng", forms}, {"小/规则.heng", with}}) {
      RecordStream stream("今年.json", data);
      RecordBlock block;
      EXPECT_TRUE(stream.next(block));
      JsonReader reader;
      ReportProblems problems;
      const auto opened = reader.open("今年.json", block.records.front(), texts.workspace.header_keys(), problems);
      EXPECT_TRUE(opened);
      header = *opened;
      compiled = &texts.workspace.compile(header.year, header.place);
      EXPECT_TRUE(compiled->ok) << (compiled->diagnostics.empty() ? "" : compiled->diagnostics.front().message.en);
      BatchBuilder builder(compiled->program().schema);
      EXPECT_TRUE(reader.fill(compiled->shape, builder, problems));
      Engine engine(compiled->plan);
      Detail detail;
      detail.chinese = chinese;
      const Evaluation evaluation = engine.run(builder.finish());
      result = result_of(evaluation, 0, detail);
      bindings.emplace(*compiled);
   }

   const VerdictResult& finding(const std::string& name, const std::string& object = "") const {
      for (const VerdictResult& one : result.verdicts)
         if (bindings->name_of(one) == name && one.subject.path == object) return one;
      ADD_FAILURE() << "there is no finding " << name << " " << object;
      return result.verdicts.front();
   }
   ExplanationLine line(const std::string& name, const std::string& object = "") {
      const VerdictResult& one = finding(name, object);
      ExplanationLine made;
      made.unit = header.unit_name;
      made.year = header.year;
      made.rule = name;
      made.object = object;
      made.why = "示例原因";
      made.who = "示例科";
      made.when = "2025-03-01";
      made.figures = bindings->figures_of(one);
      made.fingerprint = bindings->fingerprint_of(one);
      return made;
   }
   // What is told of lapsed ones.
   std::string explain(const ExplanationLine& line) {
      ReportProblems lapsed;
      std::size_t times = 0;
      heng::explain({&line}, *bindings, result, lapsed, [&](const VerdictResult&) { ++times; });
      EXPECT_EQ(times + lapsed.size(), 1u);
      EXPECT_EQ(times, result.summary.explained);
      return lapsed.empty() ? "" : lapsed.front().message.zh;
   }

   testing_tools::InMemory texts;
   const Compiled* compiled = nullptr;
   ReportHeader header;
   ReportResult result;
   std::optional<Bindings> bindings;
};

std::string with(std::string text, const std::string& was, const std::string& now) {
   const std::size_t at = text.find(was);
   EXPECT_NE(at, std::string::npos) << was;
   return text.replace(at, was.size(), now);
}

TEST(Explanations, TurnAFindingIntoAnExplainedOne) {
   Weighed w;
   const Summary before = w.result.summary;
   EXPECT_EQ(w.finding("小集.相加").verdict, Verdict::fails);
   EXPECT_EQ(w.line("小集.相加").figures, "合 = 4.00元 ±0.005元；甲 = 2.50元 ±0.005元；乙 = 1.00元 ±0.005元");
   EXPECT_EQ(w.explain(w.line("小集.相加")), "");
   EXPECT_EQ(w.finding("小集.相加").explained->who, "示例科");
   EXPECT_FALSE(is_finding(w.finding("小集.相加")));
   EXPECT_EQ(w.result.summary.fails, before.fails - 1);
   EXPECT_EQ(w.result.summary.errors, before.errors - 1);
   EXPECT_EQ(w.result.summary.explained, 1u);
}

// The figures by which it is judged at all belong to it: those of where, of `if`, of a let in them.
TEST(Explanations, AreBoundByTheFiguresOfTheCondition) {
   const std::string text = std::string(rules) + R"(要求 有变 仅限 和 != 合 : 丁 > 0元
审核 如果 : 如 甲 > 乙 则 丁 > 0元
)";
   const std::string data = with(report, R"("乙": "1.00",)", R"("乙": "1.00", "丁": "0.00",)");
   const std::string forms = with(testing_tools::small_set_forms, "甲, 乙", "丁, 甲, 乙");
   Weighed w(text, data, true, forms);
   const std::string by_where = "丁 = 0.00元 ±0.005元；甲 = 2.50元 ±0.005元；乙 = 1.00元 ±0.005元；合 = 4.00元 ±0.005元";
   EXPECT_EQ(w.line("小集.有变").figures, by_where);
   EXPECT_EQ(w.line("小集.如果").figures, "丁 = 0.00元 ±0.005元；甲 = 2.50元 ±0.005元；乙 = 1.00元 ±0.005元");
   Weighed changed(text, with(data, R"("甲": "2.50")", R"("甲": "2.60")"), true, forms);
   for (const char* rule : {"小集.有变", "小集.如果"})
      EXPECT_EQ(
          changed.explain(w.line(rule)),
          std::string("说明失效：") + rule + "（示例科，2025-03-01）：数字变了：甲 原为 2.50元 ±0.005元、现为 2.60元 ±0.005元");
}

TEST(Explanations, OfWhatCannotBeToldAreBoundByTheKindOfAbsence) {
   Weighed w;
   const ExplanationLine line = w.line("小集.逐项", "项目[2]");
   EXPECT_EQ(line.figures, "对象 = 二；项目[2].实际 = 〔未读取〕；项目[2].目标 = 90.00% ±0.005%");
   EXPECT_EQ(w.explain(line), "");
   EXPECT_EQ(w.result.summary.cannot_tell, 0u);
   Weighed filled(rules, with(report, R"("二", "目标": "90%")", R"("二", "目标": "90%", "实际": "—")"));
   EXPECT_EQ(filled.explain(line),
             "说明失效：小集.逐项 项目[2]（示例科，2025-03-01）：数字变了：项目[2].实际 原为 〔未读取〕、现为 〔填为“-”〕");
   Weighed holds(rules, with(report, R"("二", "目标": "90%")", R"("二", "目标": "90%", "实际": "90%")"));
   EXPECT_EQ(holds.explain(line), "说明失效：小集.逐项 项目[2]（示例科，2025-03-01）：现在通过，没有要说明的了");
}

TEST(Explanations, FiguresAreTheSameInBothLanguages) {
   Weighed zh, en(rules, report, false);
   for (const VerdictResult& one : zh.result.verdicts)
      EXPECT_EQ(zh.bindings->figures_of(one), en.line(zh.bindings->name_of(one), one.subject.path).figures);
}

TEST(Explanations, LayoutCommentsOrderAndLanguageAreNoChange) {
   Weighed before;
   const std::string other = R"(# 一个注释
ruleset 小集 2024 use 小表 2024
check 逐项 each 项目 : 实际 <= 目标
check 两样 {
  "甲" : ( 甲 ) > 乙
  "乙" : 乙 > (甲 + 线)
}
let 和 : (甲 + 乙)   # 另一个
parameter 线 : money { 2024.. : 1.0元 }
function 加倍(数 : money) : 数 + 数
check 不大 : 加倍(甲) <= 线
check 相加 "合是甲乙之和"
  : 合 = 和
)";
   Weighed now(other);
   for (const VerdictResult& one : before.result.verdicts) {
      const std::string name = before.bindings->name_of(one);
      EXPECT_EQ(before.line(name, one.subject.path).fingerprint, now.line(name, one.subject.path).fingerprint) << name;
   }
}

// What an overlay says stands elsewhere than the rule that it changes.
TEST(Explanations, LapseWithWhatAnOverlayChanges) {
   const std::string overlay = R"(
规则集 小集 2025 沿用 小集 2024 {
  改 审核 相加 : 合 > 和
  改 审核 两样 { 依据 "示例" }
  改 参数 线 { 2025.. : 5元 }
})";
   const std::string braces = with(rules, "引用 小表 2024\n", "引用 小表 2024 {\n") + "}\n";
   Weighed before(braces + overlay), now(braces + overlay, with(report, "2024", "2025"));
   std::set<std::string> lapsed;
   for (const VerdictResult& one : before.result.verdicts) {
      const std::string name = before.bindings->name_of(one);
      if (before.line(name, one.subject.path).fingerprint != now.line(name, one.subject.path).fingerprint) lapsed.insert(name);
   }
   EXPECT_EQ(lapsed, (std::set<std::string>{"小集.相加", "小集.不大", "小集.两样.甲", "小集.两样.乙"}));
   Weighed again(braces + "\n\n# 另一种写法\n" + with(overlay, "改 审核 相加 : 合 > 和", "改 审核 相加 : (合) > 和 # 注"),
                 with(report, "2024", "2025"));
   for (const VerdictResult& one : now.result.verdicts) {
      const std::string name = now.bindings->name_of(one);
      EXPECT_EQ(now.line(name, one.subject.path).fingerprint, again.line(name, one.subject.path).fingerprint) << name;
   }
}

struct RuleChange {
   const char *was, *now;
   std::set<std::string> lapse;  // which checks it is about
};

TEST(Explanations, AChangeLapsesThoseWhoseRuleReadsIt) {
   const RuleChange changes[] = {
       {"合 = 和", "和 = 合", {"小集.相加"}},
       {"\"合是甲乙之和\"", "\"另一个标题\"", {"小集.相加"}},
       {"计算 和 : 甲 + 乙", "计算 和 : 甲 + 乙 + 0元", {"小集.相加"}},
       {"数 + 数", "数 * 2", {"小集.不大"}},
       {"2024.. : 1元", "2024.. : 2元", {"小集.不大", "小集.两样.乙"}},
       {"2024.. : 1元", "2023 : 5元   2024.. : 1元", {}},
       {"甲 > 乙", "甲 >= 乙", {"小集.两样.甲"}},
       {"实际 <= 目标", "实际 < 目标", {"小集.逐项"}},
       {"审核 两样 {", "审核 两样 审核类型 核实 {", {"小集.两样.甲", "小集.两样.乙"}},
       {"审核 不大", "审核 新的 : 甲 > 0元\n审核 不大", {}},
   };
   Weighed before;
   for (const RuleChange& change : changes) {
      Weighed now(with(rules, change.was, change.now));
      std::set<std::string> lapsed;
      for (const VerdictResult& one : before.result.verdicts) {
         const std::string name = before.bindings->name_of(one);
         if (before.line(name, one.subject.path).fingerprint != now.line(name, one.subject.path).fingerprint) lapsed.insert(name);
      }
      EXPECT_EQ(lapsed, change.lapse) << change.now;
   }
}

std::string fingerprint(const std::string& with, const std::string& forms, const std::string& name) {
   return Weighed(with, report, true, forms).line(name).fingerprint;
}

TEST(Explanations, LapseWithAFunctionOfTheForms) {
   const std::string forms = testing_tools::small_set_forms;
   const std::string calls = with(rules, "加倍(甲) <= 线", "翻番(甲) <= 线");
   const std::string before = forms + "函数 翻番(数 : 金额型) : 再翻(数)\n函数 再翻(数 : 金额型) : 数 * 2\n";
   const std::string now = with(before, "数 * 2", "数 * 3");
   EXPECT_NE(fingerprint(calls, before, "小集.不大"), fingerprint(calls, now, "小集.不大"));
   EXPECT_EQ(fingerprint(calls, before, "小集.相加"), fingerprint(calls, now, "小集.相加"));
}

TEST(Explanations, AFunctionIsCalledByItsWholeNameAndInNoTitle) {
   const std::string before =
       with(with(rules, "函数 加倍", "函数 倍(数 : 金额型) : 数 * 5\n函数 加倍"), "\"合是甲乙之和\"", "\"合是倍(甲)\"");
   const std::string now = with(before, "数 * 5", "数 * 6");
   const std::string forms = testing_tools::small_set_forms;
   for (const char* name : {"小集.不大", "小集.相加"}) EXPECT_EQ(fingerprint(before, forms, name), fingerprint(now, forms, name));
   const auto calling = [](const std::string& text) { return with(text, "加倍(甲) <= 线", "加倍(倍(甲)) <= 线"); };
   EXPECT_NE(fingerprint(calling(before), forms, "小集.不大"), fingerprint(calling(now), forms, "小集.不大"));
}

TEST(Explanations, ACaseIsNamedByItsTitleAlsoWhereItIsAlone) {
   const std::string alone = with(rules, "  \"乙\" : 乙 > 甲 + 线\n", "");
   Weighed before(alone), now;
   EXPECT_EQ(before.bindings->name_now("小集.两样"), "小集.两样.甲");
   EXPECT_EQ(now.bindings->name_now("小集.两样"), "小集.两样");
   // Failing in both: it is the other case that comes.
   const auto fails = [](const std::string& text) { return with(text, "甲 > 乙", "甲 < 乙"); };
   Weighed one(fails(alone)), two(fails(rules));
   const ExplanationLine line = one.line("小集.两样.甲");
   EXPECT_EQ(two.explain(line), "");
   ExplanationLine without = line;
   without.rule = "小集.两样";
   EXPECT_EQ(one.explain(without), "");
}

TEST(Explanations, LapseWhereTheRowIsAnothersNow) {
   Weighed before;
   const ExplanationLine line = before.line("小集.逐项", "项目[2]");
   Weighed renamed(rules, with(report, "\"二\"", "\"九\""));
   EXPECT_EQ(renamed.explain(line), "说明失效：小集.逐项 项目[2]（示例科，2025-03-01）：数字变了：对象 原为 二、现为 九");
}

TEST(Explanations, SayWhatLapsed) {
   Weighed w;
   ExplanationLine line = w.line("小集.相加");
   line.figures = "合 = 5.00元 ±0.005元；丙 = 1.00元 ±0.005元；甲 = 2.50元 ±0.005元";
   EXPECT_EQ(w.explain(line),
             "说明失效：小集.相加（示例科，2025-03-01）：数字变了：合 原为 5.00元 ±0.005元、现为 4.00元 ±0.005元，丙 原为 1.00元 "
             "±0.005元、现为 （没有），乙 原为 （没有）、现为 1.00元 ±0.005元");
   line = w.line("小集.相加");
   line.fingerprint = "r0000000000000000";
   EXPECT_EQ(w.explain(line), "说明失效：小集.相加（示例科，2025-03-01）：规则条文变了（或它所用的计算、参数）");
   line.rule = "小集.没有";
   EXPECT_EQ(w.explain(line), "说明失效：小集.没有（示例科，2025-03-01）：没有这条规则了");
   EXPECT_EQ(w.result.summary.explained, 0u);
}

TEST(Explanations, AreFoundByUnitYearAndPlace) {
   const fs::path folder = fs::temp_directory_path() / ("heng-explanations-" + std::to_string(::getpid()));
   fs::create_directories(folder);
   const std::string file = (folder / "各单位.ndjson").string();
   std::vector<ExplanationLine> lines;
   for (const auto& [unit, year, place] :
        {std::tuple{"甲局", 2024, ""}, {"甲局", 2023, ""}, {"甲局", 0, "东市"}, {"乙局", 2024, ""}}) {
      ExplanationLine line;
      line.unit = unit, line.year = year, line.place = place;
      line.rule = "小集.相加", line.why = "说“\"逗号,\"”\n又一行", line.who = "某人", line.when = "2025-03-01";
      line.figures = "合 = 4.00元", line.fingerprint = "r0123456789abcdef";
      lines.push_back(line);
   }
   for (const bool chinese : {true, false}) {
      std::ofstream(explanations_beside(file), std::ios::binary) << print_explanations(lines, chinese);
      Explanations found;
      EXPECT_TRUE(found.empty());
      found.look_beside({file, (folder / "没有.json").string(), "-"});
      EXPECT_TRUE(found.problems().empty()) << found.problems().front().message.zh;
      EXPECT_EQ(found.of(file, {2024, "", "甲局"}).size(), 1u);
      EXPECT_EQ(found.of(file, {2024, "东市", "甲 局"}).size(), 2u) << "blanks do not matter";
      EXPECT_EQ(found.of(file, {2022, "西市", "甲局"}).size(), 0u);
      EXPECT_EQ(found.of("别的.ndjson", {2024, "", "甲局"}).size(), 0u);
      EXPECT_EQ(found.of(file, {2024, "", "甲局"}).front()->why, lines.front().why);
      const ReportProblems unmet = found.unmet();
      ASSERT_EQ(unmet.size(), 2u);
      EXPECT_EQ(unmet[0].message.zh, "说明失效：小集.相加（某人，2025-03-01）：没有这份报告：甲局 2023");
      EXPECT_EQ(unmet[1].message.en,
                "an explanation has lapsed: 小集.相加 (某人, 2025-03-01): there is no such report: 乙局 2024");
   }
   fs::remove_all(folder);
}

// ---- the file ------------------------------------------------------------------------------------------------------------

ExplanationLine any_line(const std::string& why) {
   ExplanationLine line;
   line.unit = "甲局", line.year = 2024, line.rule = "小集.相加", line.why = why, line.who = "某人", line.when = "2025-03-01";
   line.figures = "合 = 4.00元", line.fingerprint = "r0123456789abcdef";
   return line;
}

TEST(Explanations, AreReadAsTheyWereWritten) {
   for (const std::string why : {"甲;乙;丙;丁;戊;己;庚;辛;壬;癸;子;丑", "a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl", "=1+1", "+86",
                                 "-见附件", "@某", "\t缩进", "'=1", "''=1", "'引号", "-3.50万元", "-", "说\"引\"，,"}) {
      ReportProblems problems;
      const auto lines = read_explanations(print_explanations({any_line(why)}, true), "甲.说明.csv", problems);
      EXPECT_TRUE(problems.empty()) << why << " " << problems.front().message.zh;
      ASSERT_EQ(lines.size(), 1u) << why;
      EXPECT_EQ(lines.front().why, why);
   }
}

TEST(Explanations, ASpreadsheetTakesNoTextForAFormula) {
   for (const std::string text : {"=1+1", "+cmd", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "-无"})
      EXPECT_EQ(csv_text(text).substr(csv_text(text).front() == '"' ? 1 : 0, 1), "'") << text;
   for (const std::string number : {"-3.50", "+2", "-1,234.00元", "-0.5%", "-5.00个百分点", "-2万元/人", "-", "=", "2025-03-01"})
      EXPECT_EQ(csv_text(number).find('\''), std::string::npos) << number;
}

// A spreadsheet of Europe writes ; and quotes no commas.
TEST(Explanations, TheHeadSaysWhatSeparates) {
   const std::string text =
       "单位;年度;地区;规则;对象;说明;说明人;日期;数字;规则指纹\n"
       "甲局;2024;;小集.相加;;一,二,三,四,五,六,七,八,九,十,又,十,个,逗,号,不,算,一,格;某人;2025-03-01;合 = "
       "4.00元;r0123456789abcdef\n";
   ReportProblems problems;
   const auto lines = read_explanations(text, "甲.说明.csv", problems);
   EXPECT_TRUE(problems.empty());
   ASSERT_EQ(lines.size(), 1u);
   EXPECT_EQ(lines.front().who, "某人");
}

TEST(Explanations, AColumnIsNamedOnce) {
   ReportProblems problems;
   EXPECT_TRUE(read_explanations("规则,说明,why,说明人,日期,数字,规则指纹\n", "甲.说明.csv", problems).empty());
   ASSERT_EQ(problems.size(), 1u);
   EXPECT_EQ(problems.front().message.zh, "“why”一栏写了两次：留一栏");
   EXPECT_EQ(problems.front().column, 3u);
}

struct Folder {
   Folder() : path(fs::temp_directory_path() / ("heng-beside-" + std::to_string(::getpid()))) { fs::create_directories(path); }
   ~Folder() { fs::remove_all(path); }
   std::string operator/(const std::string& name) const { return (path / name).string(); }
   fs::path path;
};

TEST(Explanations, WhatIsThereAndCannotBeReadIsAProblem) {
   const Folder folder;
   fs::create_directories(explanations_beside(folder / "甲.json"));
   fs::create_symlink("没有", explanations_beside(folder / "乙.json"));
   Explanations found;
   found.look_beside({folder / "甲.json", folder / "乙.json", folder / "丙.json", folder / std::string(250, 'a')});
   ASSERT_EQ(found.problems().size(), 2u);
   EXPECT_EQ(found.problems()[0].file, explanations_beside(folder / "甲.json"));
   EXPECT_EQ(found.problems()[1].code, Code::bad_explanation);
   EXPECT_FALSE(found.add(folder.path.string()));
}

TEST(Explanations, OfAReportNamedTwiceAreReadOnce) {
   const Folder folder;
   const std::string file = folder / "甲.json";
   EXPECT_TRUE(write_side_file(explanations_beside(file), print_explanations({any_line("示例")}, true)));
   Explanations found;
   found.look_beside({file, file});
   EXPECT_EQ(found.of(file, {2024, "", "甲局"}).size(), 1u);
   EXPECT_TRUE(found.unmet().empty());
}

TEST(SideFile, IsWrittenWhereALinkLeadsAndKeepsItsMode) {
   const Folder folder;
   std::ofstream(folder / "真") << "旧";
   fs::permissions(folder / "真", fs::perms::owner_read | fs::perms::owner_write);
   fs::create_symlink("真", folder / "链");
   EXPECT_TRUE(write_side_file(folder / "链", "新"));
   EXPECT_TRUE(fs::is_symlink(folder / "链"));
   EXPECT_EQ(read_side_file(folder / "真").text, "新");
   EXPECT_EQ(fs::status(folder / "真").permissions(), fs::perms::owner_read | fs::perms::owner_write);
   EXPECT_TRUE(write_side_file(folder / "另", "一"));
   EXPECT_FALSE(write_side_file(folder.path.string(), "一"));
   EXPECT_FALSE(write_side_file(folder / "没有/另", "一"));
   EXPECT_EQ(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()), 3) << "nothing else is left there";
}

}  // namespace
}  // namespace heng

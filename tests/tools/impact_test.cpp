// heng impact over many edits at once and made-up reports: each edit is one change of heng diff and stands in one step; the parts
// add up; and what a step is said to do is what an overlay with that edit more does, which is merged and weighed by itself.
#include "tools/workspace/impact.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <set>

#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"
#include "reports/write/words.hpp"
#include "tests/tools/workspaces.hpp"

namespace heng {
namespace {

constexpr const char* forms_text = R"(报表集 小表 2024
报告 { 单位名称 : 文字   年度 : 年度型   预算, 执行, 结余 : 金额型 计量 万元 保留 2   说明 : 文字 可不填   项目 : 若干 项目 }
记录 项目 { 项目名称 : 文字   目标, 实际 : 数值型 }
)";

constexpr const char* base_text = R"(规则集 小集 2024 引用 小表 2024 得分保留 2
参数 说明线 : 百分比 { 2024.. : 80% }
参数 倍数 : 数值型 { 2024.. : 1 }
函数 打折(某分 : 分数) : 某分 * 90%
计算 执行率 : 执行 / 预算
评分 总分 满分 100 {
  评分 执行分 满分 40 { 评分 进度 满分 30 : 执行率 * 满分 * 倍数   评分 结转 满分 10 { 当 结余 > 10万元 : 0分   否则 : 满分 } }
  评分 产出 满分 40 : 平均值(四舍五入(项目.实际 / 项目.目标, 6)) * 满分
  评分 说明分 满分 20 { 当 说明 已填 : 满分   否则 : 5分 }
}
评分 项目分 满分 10 逐个 项目 : 打折(实际 / 目标 * 满分)
分档 等级 按 总分 { [90, 100] : 优   [70, 90) : 良   [0, 70) : 中 }
分档 项目等级 按 项目分 逐个 项目 { [6, 10] : 好   [0, 6) : 差 }
审核 平衡 { "结余" : 结余 ≈ 预算 - 执行   "不超" : 执行 <~ 预算 }
要求 低执行 仅限 执行率 < 说明线 : 说明 已填
审核 旧规定 : 预算 >= 10万元
)";

constexpr const char* overlay_head = "规则集 小集 2025 沿用 小集 2024\n";

// What stands in an overlay, and what it changes as the steps call it.
struct OneEdit {
   const char* text;
   std::vector<std::string> names;
   std::size_t differences = 1;  // that heng diff tells
};

const std::vector<OneEdit>& known_edits() {
   static const std::vector<OneEdit> all{
       {"改 参数 说明线 { 2025.. : 90% }\n", {"参数 说明线"}},
       {"改 参数 倍数 { 2025.. : 0.9 }\n", {"参数 倍数"}},
       {"改 函数 打折 : 某分 * 95%\n", {"函数 打折"}},
       {"改 计算 执行率 : 最小值(执行 / 预算, 100%)\n", {"计算 执行率"}},
       {"改 评分 总分.执行分.进度 { 满分 25 }\n改 评分 总分.执行分.结转 { 满分 15 }\n",
        {"评分 总分.执行分.进度", "评分 总分.执行分.结转"},
        2},
       {"改 评分 总分.产出 : 最大值(平均值(四舍五入(项目.实际 / 项目.目标, 6)), 70%) * 满分\n", {"评分 总分.产出"}},
       {"替换 评分 总分.说明分 满分 20 { 当 说明 已填 : 满分   否则 : 10分 }\n", {"评分 总分.说明分"}},
       {"改 评分 项目分 : 打折(最小值(实际 / 目标, 1) * 满分)\n", {"评分 项目分"}},
       {"替换 分档 等级 按 总分 { [80, 100] : 优   [60, 80) : 良   [0, 60) : 中 }\n", {"分档 等级"}, 3},
       {"替换 分档 项目等级 按 项目分 逐个 项目 { [7, 10] : 好   [0, 7) : 差 }\n", {"分档 项目等级"}, 2},
       {"改 审核 平衡.结余 : 结余 <= 预算 - 执行 + 5万元\n", {"审核 平衡.结余"}},
       {"增设 审核 平衡.结余不负 : 结余 >= 0元\n", {"新增 审核 平衡.结余不负"}},
       {"取消 审核 旧规定\n", {"取消 审核 旧规定"}},
       {"改 要求 低执行 { 审核类型 核实 }\n", {"要求 低执行"}},
       {"增设 审核 新规定 : 预算 <= 90万元\n", {"新增 审核 新规定"}},
       {"增设 评分 附加分 满分 5 : 满分\n", {"新增 评分 附加分"}},
   };
   return all;
}

std::string overlay_of(const std::set<std::string>& names) {
   std::string text = overlay_head;
   for (const OneEdit& one : known_edits())
      if (names.count(one.names.front())) text += one.text;
   return text;
}

testing_tools::InMemory rules_with(const std::set<std::string>& names) {
   return testing_tools::InMemory({{"小/表.heng", forms_text}, {"小/基.heng", base_text}, {"小/改.heng", overlay_of(names)}});
}

// ---- reports

std::string made_up_reports(std::mt19937& chance, int number) {
   const auto below = [&](int limit) { return static_cast<int>(chance() % static_cast<unsigned>(limit)); };
   const auto money = [](int cents) {
      return fmt::format("\"{}{}.{:02}\"", cents < 0 ? "-" : "", std::abs(cents) / 100, std::abs(cents) % 100);
   };
   std::string text;
   for (int i = 0; i < number; ++i) {
      const int budget = below(15) == 0 ? 0 : 500 + below(9500), spent = budget * (50 + below(70)) / 100;
      const int slip = below(4) == 0 ? 1 + below(1000) : 0;
      text += fmt::format(
          "{{\"单位名称\": \"示例{}局\", \"年度\": 2024, \"预算\": {}, \"执行\": {}, \"结余\": {}, \"说明\": {}, \"项目\": [", i,
          money(budget), below(15) == 0 ? "null" : money(spent), money(budget - spent + slip),
          below(2) ? "\"示例说明\"" : "null");
      const int projects = below(4);
      for (int j = 0; j < projects; ++j)
         text += fmt::format("{}{{\"项目名称\": \"示例项目{}\", \"目标\": {}, \"实际\": {}}}", j ? ", " : "", below(3),
                             below(20) ? 5 + below(10) : 0, 2 + below(12));
      text += "]}\n";
   }
   return text;
}

// ---- the same rules, merged and weighed by themselves

struct Weighed {
   std::string text;
   std::optional<Rational> points;
   bool quiet = false;
};
using WeighedReport = std::map<std::string, Weighed>;  // kind, rule, subject

std::vector<WeighedReport> weigh(const Compiled& compiled, const std::string& reports) {
   RecordStream stream("报告.ndjson", reports);
   std::vector<WeighedReport> all;
   const Program& program = compiled.program();
   const auto key = [&](const char* kind, const Rule& rule, const std::string& title, const Subject& subject,
                        WeighedReport& into) {
      const std::string name = kind + (" " + program.sets[rule.set].name) + "：" + rule.name + (title.empty() ? "" : "." + title);
      std::string one = name + " " + subject.path;
      while (into.count(one)) one += "'";
      return one;
   };
   const auto missing = [](bool applies) {
      return std::string(word_of(applies ? Verdict::cannot_tell : Verdict::does_not_apply, true));
   };
   for (RecordBlock block; stream.next(block);)
      for (const Record& record : block.records) {
         JsonReader reader;
         ReportProblems problems;
         BatchBuilder builder(program.schema);
         EXPECT_TRUE(reader.open("报告.ndjson", record, {}, problems) && reader.fill(compiled.shape, builder, problems));
         Engine engine(compiled.plan);
         const Evaluation evaluation = engine.run(builder.finish());
         const ReportResult result = result_of(evaluation, 0, Detail());
         WeighedReport& into = all.emplace_back();
         for (const VerdictResult& one : result.verdicts) {
            const Rule& rule = program.rules[one.rule];
            const bool quiet = one.verdict == Verdict::holds || one.verdict == Verdict::does_not_apply;
            std::string text(word_of(one.verdict, true));
            if (!quiet && rule.cases[one.case_number].severity == tree::Severity::verify) text += "（核实）";
            into[key("verdict", rule, rule.cases[one.case_number].title, one.subject, into)] = {text, {}, quiet};
         }
         for (const ScoreResult& one : result.scores) {
            const auto* points = boost::variant2::get_if<Rational>(&one.value);
            into[key("score", program.rules[one.rule], "", one.subject, into)] =
                points ? Weighed{to_short_text(*points), *points} : Weighed{missing(one.applies), {}};
         }
         for (const GradeResult& one : result.grades) {
            const auto* grade = boost::variant2::get_if<std::string>(&one.value);
            into[key("grade", program.rules[one.rule], "", one.subject, into)] = {grade ? *grade : missing(one.applies), {}};
         }
      }
   return all;
}

// ---- heng impact

struct Found {
   std::vector<RulesStep> steps;
   ImpactTotals totals;
   std::vector<ImpactOfReport> reports;
};

Found impact(Workspace& was, int was_year, Workspace& now, int now_year, const std::string& reports) {
   Found found;
   const RulesOfSide a{&was, was_year, ""}, b{&now, now_year, ""};
   EXPECT_TRUE(a.compiled().ok && b.compiled().ok);
   const RulesBetween between(a, b, MakingVersions());
   EXPECT_TRUE(between.complete());
   found.steps = between.steps();
   ImpactSettings settings;
   settings.threads = 1;
   settings.text_of = [&](const ImpactOfReport& report) {
      found.reports.push_back(report);
      return std::string();
   };
   settings.take = [](std::string&&) {};
   ImpactWeigher weigher(a, b, between, settings);
   Portions portions(std::make_unique<RecordStream>("报告.ndjson", reports));
   weigher.weigh(portions);
   found.totals = weigher.totals();
   return found;
}

std::string key_of(const Moved& moved, std::set<std::string>& known) {
   static const char* kinds[] = {"verdict", "score", "grade"};
   std::string key = std::string(kinds[static_cast<int>(moved.kind)]) + " " + moved.rule + " " + moved.subject;
   while (!known.insert(key).second) key += "'";
   return key;
}

const Weighed& at(const WeighedReport& report, const std::string& key) {
   static const Weighed none;
   const auto found = report.find(key);
   return found == report.end() ? none : found->second;
}

std::string without_set(const std::string& said) {
   std::string name = said;
   if (const std::size_t set = name.find("小集："); set != std::string::npos) name.erase(set, std::string("小集：").size());
   return name;
}

class ManyEdits : public testing::TestWithParam<unsigned> {};

TEST_P(ManyEdits, EachIsOneStepAndWhatItSaysItDoes) {
   std::mt19937 chance(GetParam());
   std::set<std::string> chosen, expected;
   std::size_t differences = 0;
   for (const OneEdit& one : known_edits()) {
      if (GetParam() > 0 && chance() % 2) continue;  // 0: all of them
      chosen.insert(one.names.front());
      expected.insert(one.names.begin(), one.names.end());
      differences += one.differences;
   }
   testing_tools::InMemory rules = rules_with(chosen);
   const std::string reports = made_up_reports(chance, 30);
   const Found found = impact(rules.workspace, 2024, rules.workspace, 2025, reports);

   std::size_t told = 0;
   const Compiled &was = rules.workspace.compile(2024, ""), &now = rules.workspace.compile(2025, "");
   for (const SetDifference& set : diff({was.selection, 2024}, {now.selection, 2025}, true)) told += set.all.size();
   EXPECT_EQ(told, differences);

   // Each edit stands in one step. What overlays with the edits up to each step make of the reports:
   std::set<std::string> in_force, seen;
   std::vector<std::vector<WeighedReport>> after{weigh(rules_with({}).workspace.compile(2025, ""), reports)};
   for (const RulesStep& step : found.steps) {
      for (const ChangedRule& one : step) {
         const std::string name = without_set(one.said(true));
         EXPECT_TRUE(seen.insert(name).second) << name;
         if (chosen.count(name)) in_force.insert(name);
      }
      after.push_back(weigh(rules_with(in_force).workspace.compile(2025, ""), reports));
   }
   EXPECT_EQ(seen, expected);

   std::map<std::string, const ImpactOfReport*> by_name;
   for (const ImpactOfReport& one : found.reports) by_name[one.name] = &one;
   std::map<std::string, Rational> sums;
   for (std::size_t i = 0; i < after.front().size(); ++i) {
      const WeighedReport &first = after.front()[i], &last = after.back()[i];
      std::set<std::string> changed, moved;
      for (const WeighedReport* side : {&first, &last})
         for (const auto& [key, ignored] : *side) {
            const Weighed &a = at(first, key), &b = at(last, key);
            const bool came_or_went = a.text.empty() || b.text.empty();
            const bool quiet = key.rfind("verdict", 0) == 0 && came_or_went && (a.text.empty() ? b : a).quiet;
            if (!quiet && (a.text != b.text || a.points != b.points)) changed.insert(key);
         }
      const auto report = by_name.find(fmt::format("示例{}局", i));
      if (report == by_name.end()) {
         EXPECT_TRUE(changed.empty()) << *changed.begin();
         continue;
      }
      std::set<std::string> known;
      for (const Moved& one : report->second->moved) {
         const std::string key = key_of(one, known);
         moved.insert(key);
         EXPECT_EQ(one.was, at(first, key).text) << key;
         EXPECT_EQ(one.now, at(last, key).text) << key;
         ASSERT_FALSE(one.causes.empty()) << key;
         Rational sum = 0;
         for (const Cause& cause : one.causes) {
            const Weighed &before = at(after[cause.steps.front()][i], key), &behind = at(after[cause.steps.back() + 1][i], key);
            EXPECT_EQ(cause.was, before.text) << key;
            EXPECT_EQ(cause.now, behind.text) << key;
            if (!cause.by) continue;
            sum += *cause.by;
            EXPECT_EQ(*cause.by, *behind.points - *before.points) << key;
         }
         if (!one.by) continue;
         EXPECT_EQ(sum, *one.by) << key;
         EXPECT_EQ(sum, *at(last, key).points - *at(first, key).points) << key;
         sums[one.rule] += sum;
      }
      EXPECT_EQ(moved, changed) << i;
   }
   if (GetParam() == 0) {  // there is much to tell
      std::size_t several = 0;
      for (const ImpactOfReport& one : found.reports)
         for (const Moved& moved : one.moved) several += moved.causes.size() > 2;
      EXPECT_GT(found.totals.changed, 20u);
      EXPECT_GT(several, 20u);
      EXPECT_GT(found.totals.scores.size(), 5u);
      for (std::size_t i = 0; i < found.steps.size(); ++i)
         EXPECT_GT(found.totals.steps[i].reports, 0u) << i << " " << found.steps[i][0].said(true);
   }
   // The totals are those of the reports, and those of the steps add up to them.
   EXPECT_EQ(found.totals.reports, 30u);
   EXPECT_EQ(found.totals.changed, found.reports.size());
   for (const auto& [rule, score] : found.totals.scores) {
      Rational of_steps = 0;
      for (const auto& [steps, by] : score.by_step) of_steps += by;
      EXPECT_EQ(of_steps, score.by) << rule;
      EXPECT_EQ(sums[rule], score.by) << rule;
      std::uint64_t spread = 0;
      for (const std::uint64_t one : score.spread) spread += one;
      EXPECT_EQ(spread, score.up + score.down) << rule;
   }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManyEdits, testing::Range(0u, 9u));

// ---- rules that need each other, sets and forms of other names

std::string steps_of(const Found& found) {
   std::string text;
   for (const RulesStep& step : found.steps) {
      for (const ChangedRule& one : step) text += (&one == &step.front() ? "" : " + ") + one.said(true);
      text += "\n";
   }
   return text;
}

Found between(const std::string& was, const std::string& now, const std::string& reports,
              const std::string& now_forms = forms_text) {
   testing_tools::InMemory a({{"小/表.heng", forms_text}, {"小/规.heng", was}}),
       b({{"小/表.heng", now_forms}, {"小/规.heng", now}});
   return impact(a.workspace, 2024, b.workspace, 2024, reports);
}

constexpr const char* one_report =
    R"({"单位名称": "示例局", "年度": 2024, "预算": "50.00", "执行": "40.00", "结余": "10.00", "说明": null, "项目": []})"
    "\n";

TEST(Impact, WhatNeedsAnotherWaitsForIt) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024\n计算 旧率 : 执行 / 预算\n评分 得分 满分 10 : 旧率 * 满分\n",
               "规则集 甲 2024 引用 小表 2024\n评分 得分 满分 10 : 新率 * 满分\n计算 新率 : 结余 / 预算\n", one_report);
   EXPECT_EQ(steps_of(found), "新增 甲：计算 新率\n甲：评分 得分\n取消 甲：计算 旧率\n");
   ASSERT_EQ(found.reports.size(), 1u);
   ASSERT_EQ(found.reports[0].moved.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].by, Rational(-6));
   EXPECT_EQ(found.reports[0].moved[0].causes.at(0).steps, std::vector<std::size_t>{1});
}

TEST(Impact, WhatNeedEachOtherAreOneStepAndNothingElseIs) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024\n计算 率 : 执行 / 预算\n审核 别的 : 预算 > 0元\n审核 率高 : 率 > 90%\n",
               "规则集 甲 2024 引用 小表 2024\n计算 率 : 执行\n审核 别的 : 预算 >= 0元\n审核 率高 : 率 > 30万元\n", one_report);
   EXPECT_EQ(steps_of(found), "甲：审核 别的\n甲：计算 率 + 甲：审核 率高\n");
   ASSERT_EQ(found.reports.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].was, "不通过");
   EXPECT_EQ(found.reports[0].moved[0].now, "通过");
}

TEST(Impact, WhatTwoChangesDoOnlyTogetherIsTheLaterOnes) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024\n计算 一 : 0\n计算 二 : 0\n评分 得分 满分 10 : 一 * 二 * 满分\n",
               "规则集 甲 2024 引用 小表 2024\n计算 二 : 1\n计算 一 : 1\n评分 得分 满分 10 : 一 * 二 * 满分\n", one_report);
   EXPECT_EQ(steps_of(found), "甲：计算 二\n甲：计算 一\n");
   ASSERT_EQ(found.reports.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].by, Rational(10));
   ASSERT_EQ(found.reports[0].moved[0].causes.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].causes[0].steps, std::vector<std::size_t>{1});
}

// The score cannot be told between the two: what each of them did is not known.
TEST(Impact, WhereItCannotBeToldBetweenStepsTheyShareWhatTheyDid) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024\n计算 除数 : 预算\n计算 率 : 执行 / 除数\n评分 得分 满分 10 : 率 * 满分\n",
               "规则集 甲 2024 引用 小表 2024\n计算 除数 : 预算 - 预算\n计算 率 : 执行 / 除数 除数为0按 50%\n评分 得分 满分 10 : "
               "率 * 满分\n",
               one_report);
   EXPECT_EQ(steps_of(found), "甲：计算 除数\n甲：计算 率\n");
   ASSERT_EQ(found.reports.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].by, Rational(-3));
   ASSERT_EQ(found.reports[0].moved[0].causes.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].causes[0].steps, (std::vector<std::size_t>{0, 1}));
}

TEST(Impact, WordsOrderLayoutAndNamesOfSetsChangeNothing) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024 依据 \"旧办法\"\n审核 一 \"旧\" : 预算 > 60万元\n计算 率 : 执行 / 预算\n",
               "规则集 乙 2024 引用 小表 2024 依据 \"新办法\"\n计算 率 : (执行 / 预算)\n# 说明\n审核 一 \"新\" : 预算 > 60万元\n",
               one_report);
   EXPECT_EQ(steps_of(found), "");
   EXPECT_EQ(found.totals.changed, 0u);
   EXPECT_EQ(found.totals.reports, 1u);
}

TEST(Impact, FormsAreChangesToo) {
   std::string in_yuan = forms_text;
   in_yuan.replace(in_yuan.find("万元"), std::string("万元").size(), "元");
   const char* rules = "规则集 甲 2024 引用 小表 2024\n审核 一 : 预算 > 10万元\n";
   const Found found = between(rules, rules, one_report, in_yuan);
   EXPECT_EQ(steps_of(found), "小表：报告\n");
   ASSERT_EQ(found.reports.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].now, "不通过");
   EXPECT_EQ(found.reports[0].moved[0].causes.at(0).steps, std::vector<std::size_t>{0});
}

TEST(Impact, AReportThatCannotBeReadIsToldAndTheOthersGoOn) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024\n审核 一 : 预算 > 60万元\n",
               "规则集 甲 2024 引用 小表 2024\n审核 一 : 预算 > 40万元\n", "{ 不是报告\n" + std::string(one_report));
   EXPECT_EQ(found.totals.reports, 2u);
   EXPECT_EQ(found.totals.refused, 1u);
   EXPECT_EQ(found.totals.changed, 1u);
   EXPECT_EQ(found.totals.refusals.size(), 1u);
   ASSERT_EQ(found.reports.size(), 2u);
   EXPECT_FALSE(found.reports[0].refused_by.empty());
   EXPECT_EQ(found.reports[1].line, 2u);
}

// heng diff of the same rules: how many differences it tells.
std::size_t differences(const std::string& was, const std::string& now) {
   testing_tools::InMemory a({{"小/表.heng", forms_text}, {"小/规.heng", was}}),
       b({{"小/表.heng", forms_text}, {"小/规.heng", now}});
   std::size_t told = 0;
   for (const SetDifference& set :
        diff({a.workspace.compile(2024, "").selection, 2024}, {b.workspace.compile(2024, "").selection, 2024}, true))
      for (const Difference& one : set.all) told += !one.only_words;
   return told;
}

// Spaces and width make no other name, neither for heng diff nor here.
TEST(Impact, NamesThatAreOnlySpelledOtherwiseAreTheSame) {
   const std::string head = "规则集 甲 2024 引用 小表 2024\n";
   const std::vector<std::pair<std::string, std::string>> spellings{
       {"审核 两样 { \"大（甲）\" : 预算 > 60万元   \"小\" : 预算 > 70万元 }\n",
        "审核 两样 { \"大(甲)\" : 预算 > 60万元   \"小\" : 预算 > 70万元 }\n"},
       {"审核 两样 { \"甲 大于乙\" : 预算 > 60万元 }\n", "审核 两样 { \"甲大于乙\" : 预算 > 60万元 }\n"},
       {"审核 Ａ1 : 预算 > 60万元\n", "审核 A1 : 预算 > 60万元\n"},
       {"评分 Ａ 满分 10 : 执行 / 预算 * 满分\n", "评分 A 满分 10 : 执行 / 预算 * 满分\n"},
       {"评分 分 满分 10 : 执行 / 预算 * 满分\n分档 等级 按 分 { [5, 10] : Ａ级   [0, 5) : B }\n",
        "评分 分 满分 10 : 执行 / 预算 * 满分\n分档 等级 按 分 { [5, 10] : A级   [0, 5) : B }\n"},
   };
   for (const auto& [was, now] : spellings) {
      const Found found = between(head + was, head + now, one_report);
      EXPECT_EQ(steps_of(found), "") << now;
      EXPECT_EQ(found.totals.changed, 0u) << now;
      EXPECT_EQ(differences(head + was, head + now), 0u) << now;
   }
   // And what changes in them is told, by the name that the second side gives it.
   const Found check = between(head + "审核 Ａ1 : 预算 > 40万元\n", head + "审核 A1 : 预算 > 60万元\n", one_report);
   ASSERT_EQ(check.reports.size(), 1u);
   ASSERT_EQ(check.reports[0].moved.size(), 1u);
   EXPECT_EQ(check.reports[0].moved[0].rule, "甲：A1");
   EXPECT_EQ(check.reports[0].moved[0].was, "通过");
   EXPECT_EQ(check.reports[0].moved[0].now, "不通过");
   const Found score = between(head + "评分 Ａ 满分 10 : 执行 / 预算 * 满分\n审核 一 : 预算 > 40万元\n",
                               head + "审核 一 : 预算 > 60万元\n评分 A 满分 20 : 执行 / 预算 * 满分\n", one_report);
   EXPECT_EQ(steps_of(score), "甲：审核 一\n甲：评分 A\n");
   EXPECT_EQ(score.totals.scores.size(), 1u);
   EXPECT_EQ(score.totals.scores.at("甲：A").by, Rational(8));
}

TEST(Impact, ACaseThatGetsCompanyIsTheSameCase) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024\n审核 两样 { \"大\" : 预算 > 60万元 }\n",
               "规则集 甲 2024 引用 小表 2024\n审核 两样 { \"大\" : 预算 > 60万元   \"小\" : 预算 > 90万元 }\n", one_report);
   EXPECT_EQ(steps_of(found), "新增 甲：审核 两样.小\n");
   ASSERT_EQ(found.reports.size(), 1u);
   ASSERT_EQ(found.reports[0].moved.size(), 1u);
   EXPECT_EQ(found.reports[0].moved[0].rule, "甲：两样.小");
   EXPECT_EQ(found.reports[0].moved[0].was, "");
   EXPECT_EQ(found.reports[0].moved[0].now, "不通过");
   EXPECT_EQ(found.totals.steps.at(0).verdicts, 1u);
}

TEST(Impact, ACaseWithAnEmptyTitleCanBeWrittenOut) {
   const Found found =
       between("规则集 甲 2024 引用 小表 2024\n审核 两样 { \"\" : 预算 > 60万元   \"小\" : 预算 > 10万元 }\n",
               "规则集 甲 2024 引用 小表 2024\n审核 两样 { \"\" : 预算 > 40万元   \"小\" : 预算 > 10万元 }\n", one_report);
   EXPECT_EQ(steps_of(found), "甲：审核 两样\n");
   ASSERT_EQ(found.reports.size(), 1u);
   EXPECT_EQ(found.reports[0].moved.at(0).now, "通过");
}

// The forms of one side call the year otherwise.
TEST(Impact, AReportThatFitsOneSideAloneIsNotWeighed) {
   std::string other_forms = forms_text;
   other_forms.replace(other_forms.find("年度 : 年度型"), std::string("年度").size(), "所属年度");
   std::string other_report = one_report;
   other_report.replace(other_report.find("年度"), std::string("年度").size(), "所属年度");
   const char* rules = "规则集 甲 2024 引用 小表 2024\n审核 一 : 预算 > 60万元\n";
   const auto told = [&](const std::string& report) {
      const Found found = between(rules, rules, report, other_forms);
      EXPECT_EQ(found.totals.refused, 1u);
      EXPECT_EQ(found.totals.changed, 0u);
      EXPECT_EQ(found.reports.at(0).refused_by.size(), 1u);
      return found.reports.at(0).refused_by.at(0).message.zh;
   };
   EXPECT_EQ(told(one_report).rfind("按后一方的报表读不了：", 0), 0u);
   EXPECT_EQ(told(other_report).rfind("按前一方的报表读不了：", 0), 0u);
}

// What waits for others is tried once in each round, not again after each that came.
TEST(Impact, ManyChangesTakeNotManyMoreVersionsAndCanBeStopped) {
   constexpr int number = 12;
   std::string was = "规则集 甲 2024 引用 小表 2024\n", now = was;
   for (int i = 0; i < number; ++i) was += fmt::format("计算 旧{0} : 执行 + {0}元\n审核 查{0} : 旧{0} > 1元\n", i);
   for (int i = 0; i < number; ++i) now += fmt::format("审核 查{0} : 新{0} > 2元\n", i);
   for (int i = 0; i < number; ++i) now += fmt::format("计算 新{0} : 执行 - {0}元\n", i);
   testing_tools::InMemory a({{"小/表.heng", forms_text}, {"小/规.heng", was}}),
       b({{"小/表.heng", forms_text}, {"小/规.heng", now}});
   const RulesOfSide first{&a.workspace, 2024, ""}, second{&b.workspace, 2024, ""};
   std::atomic<bool> stop = false;
   std::vector<std::size_t> done;
   MakingVersions making;
   making.stop = &stop;
   making.progress = [&](std::size_t in_force, std::size_t all) {
      EXPECT_EQ(all, 3u * number);
      done.push_back(in_force);
   };
   const RulesBetween all(first, second, making);
   EXPECT_TRUE(all.complete());
   EXPECT_EQ(done.size(), 3u * number);
   EXPECT_EQ(done.back(), 3u * number);
   EXPECT_EQ(all.steps().size(), 3u * number);
   EXPECT_LE(all.tried(), 1u + 3u * number + 2u * number) << "each at most twice, what needs nothing once";
   making.progress = [&](std::size_t in_force, std::size_t) { stop = in_force == 5; };
   const RulesBetween some(first, second, making);
   EXPECT_FALSE(some.complete());
   EXPECT_EQ(some.steps().size(), 5u);
}

}  // namespace
}  // namespace heng

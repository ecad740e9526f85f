// Mutants of a small set: which are made, which its tests notice, which stay; and the file of those that nothing can tell apart.
#include "tools/workspace/mutate.hpp"

#include <algorithm>
#include <set>

#include "tests/tools/workspaces.hpp"
#include "tools/workspace/test.hpp"

namespace heng {
namespace {

using testing_tools::InMemory;

constexpr const char* rules = R"(规则集 小集 2024 引用 小表 2024 得分保留 2
参数 线 : 百分比 { 2024.. : 50% }
审核 合计 : 合 ≈ 甲 + 乙
审核 无关 : 甲 <= 乙
计算 达到 逐个 项目 : 实际 >= 线
评分 完成 满分 10 逐个 项目 {
  当 达到 : 满分
  否则 : 实际 * 满分
}
)";

// State and change of every mutant of a rule.
std::vector<std::string> of(const Mutation& mutation, const std::string& rule) {
   static const char* const states[] = {"noticed", "survived", "equivalent", "refused"};
   std::vector<std::string> all;
   for (const MutantResult& one : mutation.mutants)
      if (one.rule == rule)
         all.push_back(fmt::format("{} {}: {} → {}", states[static_cast<int>(one.state)], one.mutator, one.from, one.to));
   return all;
}

Mutation mutated(InMemory& small, const std::vector<std::string>& reports = {}) {
   Samples samples;
   for (const std::string& report : reports)
      EXPECT_TRUE(samples.read(RecordStream("示例.json", report), small.workspace.header_keys()));
   for (const TestResult& test : run_tests(small.workspace, false).tests)
      for (const TestFailure& failure : test.failures) ADD_FAILURE() << test.title << ": " << failure.text.en;
   const AllTrials all = make_trials(small.workspace, samples);
   for (const Diagnostic& one : all.broken) ADD_FAILURE() << small.workspace.sources().where(one.span) << " " << one.message.en;
   return mutate(small.workspace, small.files, all.trials, 2);
}

TEST(Mutate, WhatTestsNotice) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", std::string(rules) + R"(
测试 "相等" { 已知 甲 : 1.00元   已知 乙 : 2.00元   已知 合 : 3.01元   应为 合计 通过 }
测试 "太大" { 已知 甲 : 1.00元   已知 乙 : 2.00元   已知 合 : 3.05元   应为 合计 不通过 }
测试 "半数" { 已知 项目 { 实际 : 50% }   应为 完成 = 10分 }
测试 "不足半数" { 已知 项目 { 实际 : 33.333% }   应为 完成 = 3.33分 }
)"}});
   const Mutation mutation = mutated(small);
   EXPECT_EQ(of(mutation, "合计"), (std::vector<std::string>{
                                       "noticed allowance: 合 ≈ 甲 + 乙 → 合 = 甲 + 乙",
                                       "survived one-sided: 合 ≈ 甲 + 乙 → 合 <~ 甲 + 乙",
                                       "noticed one-sided: 合 ≈ 甲 + 乙 → 合 >~ 甲 + 乙",
                                       "noticed plus-minus: 甲 + 乙 → 甲 - 乙",
                                       "noticed sign: 甲 → -甲",
                                   }));
   EXPECT_EQ(of(mutation, "无关"),
             (std::vector<std::string>{"survived edge: 甲 <= 乙 → 甲 < 乙", "survived turned: 甲 <= 乙 → 甲 >= 乙"}));
   EXPECT_EQ(of(mutation, "达到"),
             (std::vector<std::string>{"noticed edge: 实际 >= 线 → 实际 > 线", "noticed turned: 实际 >= 线 → 实际 <= 线"}));
   EXPECT_EQ(of(mutation, "线"), (std::vector<std::string>{"noticed number: 50% → 51%", "survived number: 50% → 49%"}));
   EXPECT_EQ(of(mutation, "完成"), (std::vector<std::string>{
                                       "noticed number: 10 → 11",
                                       "noticed number: 10 → 9",
                                       "noticed arm-left-out: 当 达到 : 满分 → ",
                                       "noticed arm-left-out: 否则 : 实际 * 满分 → ",
                                       "refused times-divided: 实际 * 满分 → 实际 / 满分",
                                   }));
   EXPECT_EQ(of(mutation, "小集"),
             (std::vector<std::string>{"noticed round: 得分保留 2 → 得分保留 3", "noticed round: 得分保留 2 → 得分保留 1"}));
}

// A test that gives a parameter tries what the written value never reaches, and leaves the other tests alone.
TEST(Mutate, WhatTestsWithParametersNotice) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", R"(规则集 小集 2024 引用 小表 2024
参数 上限 : 金额型 { 2024.. : 未填 }
审核 不超 仅限 上限 已填 : 甲 <= 上限
测试 "没有定的不比" { 已知 甲 : 9元   应为 不超 不适用 }
测试 "正好" { 已知 参数 { 上限 : 5元 }   已知 甲 : 5元   应为 不超 通过 }
测试 "超了" { 已知 参数 { 上限 : 5元 }   已知 甲 : 6元   应为 不超 不通过 }
)"}});
   ASSERT_EQ(run_tests(small.workspace, false).tests.size(), 3u);
   const Mutation mutation = mutated(small);
   EXPECT_EQ(of(mutation, "不超"),
             (std::vector<std::string>{"noticed always: 仅限 上限 已填 → ", "noticed not: 上限 已填 → 上限 不为 已填",
                                       "noticed edge: 甲 <= 上限 → 甲 < 上限", "noticed turned: 甲 <= 上限 → 甲 >= 上限"}));
}

// What no test expects anything of, a report may notice: another verdict, score or grade.
TEST(Mutate, WhatReportsNotice) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", rules}});
   const Mutation mutation = mutated(small, {R"({"单位名称": "示例", "年度": 2024, "甲": "1.00", "乙": "1.00", "合": "2.00"})",
                                             R"({"单位名称": "另一", "年度": 2024, "甲": "1.00", "乙": "2.00", "合": "9.00"})"});
   EXPECT_EQ(of(mutation, "无关"),
             (std::vector<std::string>{"noticed edge: 甲 <= 乙 → 甲 < 乙", "noticed turned: 甲 <= 乙 → 甲 >= 乙"}));
   const auto turned = std::find_if(mutation.mutants.begin(), mutation.mutants.end(),
                                    [](const MutantResult& one) { return one.mutator == "turned" && one.rule == "无关"; });
   ASSERT_NE(turned, mutation.mutants.end());
   EXPECT_EQ(turned->noticed_by, "另一");
}

// What a score is made of, in its parts too.
TEST(Mutate, PartsOfScores) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", R"(规则集 小集 2024 引用 小表 2024
评分 体系 满分 3 逐个 项目 {
  评分 到位 满分 1 : 实际 每低于90%满1个百分点，扣满分的5%
  评分 制度 满分 2 {
    各项均分 : 定性, 项目名称 已填
    当 实际 = 0%，不得分
  }
}
测试 "两步半" { 已知 项目 { 实际 : 87.5%, 定性 : 是, 项目名称 : "示例" }   应为 到位 = 0.9   应为 制度 = 2 }
测试 "少一项" { 已知 项目 { 实际 : 90%, 定性 : 是, 项目名称 : 未填 }   应为 到位 = 1   应为 制度 = 1 }
)"}});
   EXPECT_EQ(of(mutated(small), "体系"),
             (std::vector<std::string>{"refused number: 3 → 4",
                                       "refused number: 3 → 2",
                                       "refused number: 1 → 2",
                                       "refused number: 1 → 0",
                                       "noticed loss-left-out: 实际 每低于90%满1个百分点，扣满分的5% → ",
                                       "noticed loss-amount: 5% → 6%",
                                       "noticed loss-amount: 5% → 4%",
                                       "noticed loss-mode: 实际 每低于90%满1个百分点 → 实际 每低于90%不足1个百分点按1个百分点",
                                       "noticed loss-mode: 实际 每低于90%满1个百分点 → 实际 每低于90%按比例每1个百分点",
                                       "noticed loss-direction: 实际 每低于90%满1个百分点 → 实际 每高于90%满1个百分点",
                                       "noticed loss-step: 1个百分点 → 2个百分点",
                                       "refused loss-step: 1个百分点 → 0个百分点",
                                       "noticed loss-line: 90% → 91%",
                                       "noticed loss-line: 90% → 89%",
                                       "refused number: 2 → 3",
                                       "refused number: 2 → 1",
                                       "survived veto-left-out: 当 实际 = 0%，不得分 → ",
                                       "noticed turned: 实际 = 0% → 实际 ≠ 0%",
                                       "survived number: 0% → 1%",
                                       "noticed item-left-out: 定性 → ",
                                       "noticed not: 定性 → 不满足 定性",
                                       "noticed item-left-out: 项目名称 已填 → ",
                                       "noticed not: 项目名称 已填 → 项目名称 不为 已填"}));
}

TEST(Mutate, NamedEquivalents) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms},
                   {"小/规则.heng", rules},
                   {"小/规则.equivalent",
                    "# 说明\n无关 | edge | 甲 <= 乙 → 甲 < 乙 | 两数从不相等\n"
                    "无关 | edge | 甲 <= 丙 → 甲 < 丙 | 已改\n缺栏 | edge\n"}});
   const Mutation mutation = mutated(small);
   EXPECT_EQ(of(mutation, "无关"),
             (std::vector<std::string>{"equivalent edge: 甲 <= 乙 → 甲 < 乙", "survived turned: 甲 <= 乙 → 甲 >= 乙"}));
   ASSERT_EQ(mutation.faults.size(), 2u);
   EXPECT_EQ(mutation.faults[0].line, 4u);
   EXPECT_EQ(mutation.faults[1].line, 3u);
   EXPECT_NE(mutation.faults[1].text.en.find("there is no such mutant"), std::string::npos);
}

TEST(Mutate, AnEquivalentThatIsNoticedIsStale) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms},
                   {"小/规则.heng", std::string(rules) + "测试 \"等\" { 已知 甲 : 1元   已知 乙 : 1元   应为 无关 通过 }\n"},
                   {"小/规则.equivalent", "无关 | edge | 甲 <= 乙 → 甲 < 乙 | 两数从不相等\n"}});
   const Mutation mutation = mutated(small);
   ASSERT_EQ(mutation.faults.size(), 1u);
   EXPECT_NE(mutation.faults[0].text.en.find("is noticed (等)"), std::string::npos);
}

// What an overlay amends is its own; what it takes over is changed where it was written.
TEST(Mutate, WhatAnOverlayAmends) {
   const std::string base = R"(规则集 小集 2024 引用 小表 2024 {
  参数 线 : 百分比 { 2024.. : 50% }
  计算 达到 逐个 项目 : 实际 >= 线
  审核 合计 仅限 甲 > 0元 : 合 = 甲 + 乙
  评分 体系 满分 10 逐个 项目 { 评分 完成 满分 8 : 实际 * 满分   评分 其他 满分 2 : 满分 }
  分档 等级 逐个 项目 按 体系 { [8, 10] : 优   [6, 8) : 中   [0, 6) : 差 }
}
规则集 小集 2024 适用地区 某市 沿用 小集 2024 {
  改 参数 线 { 2024.. : 70% }
  改 审核 合计 : 合 >= 甲
  改 评分 体系.完成 { 保留 1 }
  替换 评分 体系.其他 满分 2 : 目标 * 满分
  改 分档 等级 { [9, 10] : 优   [6, 9) : 中 }
)";
   const auto of_the_place = [](const std::string& text) {
      InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", text}});
      Mutation mutation = mutated(small);
      mutation.mutants.erase(std::remove_if(mutation.mutants.begin(), mutation.mutants.end(),
                                            [](const MutantResult& one) { return one.set != "小集 2024 某市"; }),
                             mutation.mutants.end());
      return mutation;
   };
   const Mutation untested = of_the_place(base + "}\n");
   EXPECT_EQ(of(untested, "线"), (std::vector<std::string>{"survived number: 70% → 71%", "survived number: 70% → 69%"}));
   EXPECT_EQ(of(untested, "合计"),
             (std::vector<std::string>{"survived edge: 合 >= 甲 → 合 > 甲", "survived turned: 合 >= 甲 → 合 <= 甲"}));
   EXPECT_EQ(of(untested, "体系"),
             (std::vector<std::string>{"survived round: 1 → 2", "survived round: 1 → 0", "refused number: 2 → 3",
                                       "refused number: 2 → 1", "refused times-divided: 目标 * 满分 → 目标 / 满分"}));
   EXPECT_EQ(of(untested, "等级"),
             (std::vector<std::string>{"survived band-edge: [9 → (9", "survived number: [9 → [10", "survived number: [9 → [8",
                                       "survived band-edge: [6 → (6", "survived number: [6 → [7", "survived number: [6 → [5",
                                       "survived grade: 优 → 中", "survived grade: 中 → 差"}));
   EXPECT_TRUE(of(untested, "达到").empty());
   const Mutation tested = of_the_place(base + R"(
  测试 "甲以上" { 已知 甲 : 1元   已知 合 : 1元   应为 合计 通过 }
  测试 "一位" { 已知 项目 { 实际 : 33.33%, 目标 : 100% }   应为 体系 = 4.7分 }
}
)");
   EXPECT_EQ(of(tested, "合计"),
             (std::vector<std::string>{"noticed edge: 合 >= 甲 → 合 > 甲", "survived turned: 合 >= 甲 → 合 <= 甲"}));
   EXPECT_EQ(of(tested, "体系").front(), "noticed round: 1 → 2");
}

// Changes of every kind are made where the text has a place for them.
TEST(Mutate, EveryMutatorHasAMutant) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", R"(规则集 小集 2024 引用 小表 2024 得分保留 2
参数 方式 : 甲法|乙法 { 2024.. : 甲法 }
审核 多 仅限 方式 为 甲法 :
  -甲 * 2 ≈ 求和(项目.得分 仅限 项目名称 = "一") / 1分 * 乙 未填按 0元 并且 (合 < 3.10元 或者 项目表[1..2] 已填) 并且 (如 甲 > 0元 则 乙 > 0元 否则 合 > 0元)
审核 加 : 合 = 甲 + 乙
审核 码 逐个 项目 : 项目名称 属于 302, 303
评分 完成 满分 10 逐个 项目 { 当 定性 : 满分  当 实际 > 0% : 0分  否则 : 实际 * 满分 }
评分 体系 满分 5 照录 得分.本项 乘系数 实际 逐个 项目 {
  评分 甲项 满分 1 { 当 定性，不得分  当 定性，得满分的75%  各项 { 定性 : 1/3  实际 可达 100%, 50% : 2/3 } }
  评分 乙项 满分 4 { 实际 每低于90%满1个百分点，扣满分的5%  当 定性，扣2分 }
}
分档 等级 逐个 项目 按 完成 { [8, 10] : 优   [0, 8) : 差 }
)"}});
   std::set<std::string_view> found;
   for (const tree::Module* module : small.workspace.compile(2024, "").selection.sets) {
      for (const HeaderMutant& one : mutants_of_header(*module, true)) found.insert(one.mutator);
      for (const tree::Declaration& declaration : module->declarations)
         for (const Mutant& one : mutants_of(declaration, true)) found.insert(one.mutator);
   }
   for (const Mutator& one : mutators()) EXPECT_TRUE(found.count(one.id)) << one.id;
}

}  // namespace
}  // namespace heng

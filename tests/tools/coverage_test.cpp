// What tests and samples reach of a small set: every kind of thing, reached and not.
#include "tools/workspace/coverage.hpp"

#include <algorithm>

#include "tests/tools/workspaces.hpp"

namespace heng {
namespace {

using testing_tools::InMemory;

constexpr const char* rules = R"(规则集 小集 2024 引用 小表 2024
档次 完成档次 { 完成 : [80%, 100%]   未完成 : [0%, 80%) }
审核 合计 { "相等" : 合 ≈ 甲 + 乙   "不小" 仅限 甲 > 0元 : 合 >= 甲 }
评分 完成 满分 10 逐个 项目 {
  当 定性 : 人工评定 得分 按 完成档次
  当 实际 >= 目标 : 满分
  否则 : 实际 / 目标 * 满分
}
计算 总 : 求和(完成)
分档 等级 逐个 项目 按 完成 { [8, 10] : 优   [0, 8) : 差 }
测试 "相等" { 已知 甲 : 1元   已知 乙 : 2元   已知 合 : 3元   应为 合计 通过 }
测试 "评定" { 已知 项目 { 定性 : 是, 得分 : 9 }   应为 完成 = 9分 }
)";

constexpr const char* one_report =
    R"({"单位名称": "示例", "年度": 2024, "甲": "1.00", "乙": "2.00", "合": "4.00", "项目": [{"定性": "否", "目标": "50%", "实际": "25%"}]})";

std::vector<std::string> lines(const Coverage& coverage) {
   std::vector<std::string> all;
   for (const CoverageItem& one : coverage.items)
      all.push_back(fmt::format("{}{}{} {}{}{}: {} {}", one.rule, one.case_title.empty() ? "" : " ", one.case_title,
                                id_of(one.reach), one.what.empty() ? "" : " ", one.what, one.tests, one.reports));
   return all;
}

TEST(Coverage, OfTestsAndSamples) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", rules}});
   Samples samples;
   RecordBlock block;
   ASSERT_TRUE(samples.read(RecordStream("示例.json", one_report), small.workspace.header_keys()));
   const AllTrials all = make_trials(small.workspace, samples);
   for (const Diagnostic& one : all.broken) ADD_FAILURE() << small.workspace.sources().where(one.span) << " " << one.message.en;
   ASSERT_EQ(all.trials.size(), 1u);
   EXPECT_EQ(lines(coverage_of(all.trials, small.workspace.sources(), false)), (std::vector<std::string>{
                                                                                   "合计 相等 holds: 1 0",
                                                                                   "合计 相等 fails: 0 1",
                                                                                   "合计 相等 cannot_tell: 0 0",
                                                                                   "合计 不小 holds: 1 1",
                                                                                   "合计 不小 fails: 0 0",
                                                                                   "合计 不小 cannot_tell: 0 0",
                                                                                   "合计 不小 does_not_apply: 0 0",
                                                                                   "完成 arm 定性: 1 0",
                                                                                   "完成 tier 完成: 1 0",
                                                                                   "完成 tier 未完成: 0 0",
                                                                                   "完成 arm 实际 >= 目标: 0 0",
                                                                                   "完成 arm else: 0 1",
                                                                                   "总 value: 0 1",
                                                                                   "等级 band 优: 0 0",
                                                                                   "等级 band 差: 0 1",
                                                                               }));
}

// Each part of a score: what is lost, a veto, items and their degrees, the printed score; a test that gives a parameter counts,
// too.
TEST(Coverage, OfPartsOfScores) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", R"(规则集 小集 2024 引用 小表 2024
参数 线 : 百分比 { 2024.. : 100% }
评分 合计 满分 10 逐个 项目 {
  评分 进度 满分 5 照录 得分 {
    实际 每低于 线 满1个百分点，扣满分的5%
    当 定性，不得分
  }
  评分 质量 满分 5 { 各项 { 定性 : 1/2   目标 可达 100%, 50% : 1/2 } }
}
测试 "低于线的" { 已知 参数 { 线 : 50% }   已知 项目 { 实际 : 40%, 定性 : 否 }   应为 进度 = 2.5分 }
测试 "照录" { 已知 项目 { 得分 : 4 }   应为 进度 = 4分 }
测试 "一半" { 已知 项目 { 定性 : 否, 目标 : 50% }   应为 质量 = 1.25分 }
)"}});
   Samples samples;
   const AllTrials all = make_trials(small.workspace, samples);
   for (const Diagnostic& one : all.broken) ADD_FAILURE() << small.workspace.sources().where(one.span) << " " << one.message.en;
   ASSERT_EQ(all.trials.size(), 2u);  // with the written value of the parameter, and with 50%
   EXPECT_EQ(lines(coverage_of(all.trials, small.workspace.sources(), false)),
             (std::vector<std::string>{
                 "合计 value: 0 0",
                 "合计.进度 value: 2 0",
                 "合计.进度 zero 定性: 0 0",
                 "合计.进度 loss 实际 每低于 线 满1个百分点，扣满分的5%: 1 0",
                 "合计.进度 stated 得分: 1 0",
                 "合计.质量 value: 1 0",
                 "合计.质量 item 定性: 1 0",
                 "合计.质量 item 目标 100%: 0 0",
                 "合计.质量 item 目标 50%: 1 0",
             }));
}

// A test reaches what it expects something of, and what that reads: nothing else.
TEST(Coverage, ReachesWhatIsRead) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms},
                   {"小/规则.heng",
                    std::string(rules) + "测试 \"总\" { 已知 项目 { 定性 : 否, 目标 : 50%, 实际 : 60% }   应为 总 = 10分 }\n"}});
   Samples samples;
   const AllTrials all = make_trials(small.workspace, samples);
   ASSERT_EQ(all.trials.size(), 1u);
   const std::vector<std::string> found = lines(coverage_of(all.trials, small.workspace.sources(), false));
   EXPECT_EQ(std::count(found.begin(), found.end(), "完成 arm 实际 >= 目标: 1 0"), 1);
   EXPECT_EQ(std::count(found.begin(), found.end(), "总 value: 1 0"), 1);
   EXPECT_EQ(std::count(found.begin(), found.end(), "等级 band 优: 0 0"), 1);
}

// A set answers for what it amends, replaces and adds, a part or a case of something by itself; not for what it takes over.
TEST(Coverage, OfWhatAnOverlayAmends) {
   InMemory small({{"小/表.heng", testing_tools::small_set_forms}, {"小/规则.heng", R"(规则集 小集 2024 引用 小表 2024 {
  参数 线 : 百分比 { 2024.. : 50% }
  计算 达到 逐个 项目 : 实际 >= 线
  审核 合计 { "相等" : 合 = 甲 + 乙   "不小" 仅限 甲 > 0元 : 合 >= 甲   "正" : 合 > 0元 }
  审核 只改标题 : 甲 > 0元
  评分 体系 满分 10 逐个 项目 {
    评分 完成 满分 8 { 当 定性 : 满分   否则 : 实际 * 满分 }
    评分 其他 满分 2 : 满分
  }
  分档 等级 逐个 项目 按 体系 { [8, 10] : 优   [6, 8) : 中   [0, 6) : 差 }
}
规则集 小集 2024 适用地区 某市 沿用 小集 2024 {
  改 审核 合计.不小 { 仅限 甲 > 1元 }
  替换 审核 合计.正 : 合 > 1元
  改 审核 只改标题 { "甲应当大于0" }
  改 评分 体系.完成 { 保留 1 }
  替换 评分 体系.其他 满分 2 : 目标 * 满分
  改 分档 等级 { [9, 10] : 优   [6, 9) : 中 }
  测试 "优" { 已知 项目 { 定性 : 是, 目标 : 100% }   应为 等级 = "优" }
}
)"}});
   Samples samples;
   const AllTrials all = make_trials(small.workspace, samples);
   for (const Diagnostic& one : all.broken) ADD_FAILURE() << small.workspace.sources().where(one.span) << " " << one.message.en;
   Coverage coverage = coverage_of(all.trials, small.workspace.sources(), false);
   coverage.items.erase(std::remove_if(coverage.items.begin(), coverage.items.end(),
                                       [](const CoverageItem& one) { return one.set != "小集 2024 某市"; }),
                        coverage.items.end());
   EXPECT_EQ(lines(coverage), (std::vector<std::string>{
                                  "合计 不小 holds: 0 0",
                                  "合计 不小 fails: 0 0",
                                  "合计 不小 cannot_tell: 0 0",
                                  "合计 不小 does_not_apply: 0 0",
                                  "合计 正 holds: 0 0",
                                  "合计 正 fails: 0 0",
                                  "合计 正 cannot_tell: 0 0",
                                  "体系.完成 arm 定性: 1 0",
                                  "体系.完成 arm else: 0 0",
                                  "体系.其他 value: 1 0",
                                  "等级 band 优: 1 0",
                                  "等级 band 中: 0 0",
                                  "等级 band 差: 0 0",
                              }));
   EXPECT_TRUE(coverage.items.front().taken_over);
}

}  // namespace
}  // namespace heng

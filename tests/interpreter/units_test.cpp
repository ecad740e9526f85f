// Units that come with the data: a row whose units do not fit cannot tell.
#include <gtest/gtest.h>

#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Weighing;

// 90 and 90% side by side: is 0.9 meant, or 90?
TEST(Units, ANumberBesideAPercentCannotTell) {
   Weighing w(
       "审核 不超 逐个 项目.指标 : 实际值 <= 目标值\n审核 比 逐个 项目.指标 : 实际值 / 目标值 <= 1\n"
       "审核 差 逐个 项目.指标 : 实际值 - 目标值 <= 0\n审核 线 逐个 项目.指标 : 实际值 / 目标值 <= 100%\n");
   w.report().begin("项目", {});
   for (const auto& [target, actual] :
        {std::pair("≤10", "50%"), {"≤50%", "10"}, {"≤10", "5"}, {"≤10%", "5%"}, {"≤10‰", "0.5%"}, {"≤0%", "0"}})
      w.row("项目.指标", {{"目标值", target}, {"实际值", actual}});
   w.end();
   const Evaluation run = w.run();
   // What is written without a unit is in that of the target: 10 beside ≤50% is 10%.
   const Verdict wanted[] = {Verdict::cannot_tell, Verdict::holds, Verdict::holds,
                             Verdict::holds,       Verdict::holds, Verdict::holds};
   for (std::uint32_t row = 0; row < 6; ++row) EXPECT_EQ(w.verdict(run, "不超", row), wanted[row]) << row;
   for (const char* rule : {"不超", "比", "差", "线"}) {
      EXPECT_EQ(w.verdict(run, rule, 0), Verdict::cannot_tell) << rule;
      EXPECT_EQ(run.why(w.rule(rule).cases[0].condition, 0).kind, Missing::unit_differs) << rule;
      EXPECT_EQ(w.verdict(run, rule, 2), Verdict::holds) << rule;
   }
}

}  // namespace
}  // namespace heng

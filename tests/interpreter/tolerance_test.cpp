// What `允许误差` allows where units come with the data: an amount of what the sides differ by, or a part of the right side.
#include <gtest/gtest.h>

#include "interpreter/explain/reason.hpp"
#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Weighing;

constexpr const char* forms = R"(报表集 小表 2024
报告 { 单位名称 : 文字  年度 : 年度型  率 : 数量型  甲, 乙 : 金额型 计量 万元 保留 2  项目 : 若干 项目 }
记录 项目 { 左, 右, 误差 : 数量型 }
)";

struct Row {
   const char *left, *right, *allowed;
   Verdict amount, written, part;  // 允许误差 误差, 允许误差 误差 * 2, 允许误差 5%
};

constexpr Verdict holds = Verdict::holds, fails = Verdict::fails, cannot = Verdict::cannot_tell;

const Row rows[] = {
    {"100元", "100.30元", "5000分", cannot, cannot, holds},  // points are no money
    {"100元", "100.30元", "0.30元", holds, holds, holds},
    {"100元", "100.30元", "0.15元", fails, holds, holds},
    {"100元", "106元", "1元", fails, fails, fails},
    {"100元", "100.30元", "30", cannot, cannot, holds},
    {"100元", "100.30元", "1%", cannot, cannot, holds},  // decided by the data, a percent is no part of the right side
    {"100人", "101个", "1人", cannot, cannot, cannot},
    {"90%", "91%", "1个百分点", holds, holds, cannot},
    {"90%", "91%", "1%", cannot, cannot, cannot},
    {"0.9", "91%", "1个百分点", cannot, cannot, cannot},  // 0.9 or 0.9%?
    {"100", "104", "4", holds, holds, holds},
    {"100", "104", "4元", cannot, cannot, holds},
};

TEST(Tolerance, IsOfWhatTheSidesDifferBy) {
   Weighing w(
       "审核 数额 逐个 项目 : 左 = 右 允许误差 误差\n审核 两倍 逐个 项目 : 左 = 右 允许误差 误差 * 2\n"
       "审核 部分 逐个 项目 : 左 = 右 允许误差 5%\n审核 零 逐个 项目 : 左 = 左 允许误差 0\n",
       forms);
   w.report();
   for (const Row& row : rows) w.row("项目", {{"左", row.left}, {"右", row.right}, {"误差", row.allowed}});
   const Evaluation run = w.run();
   for (std::uint32_t i = 0; i < std::size(rows); ++i) {
      SCOPED_TRACE(std::string(rows[i].left) + " = " + rows[i].right + " within " + rows[i].allowed);
      EXPECT_EQ(w.verdict(run, "数额", i), rows[i].amount);
      EXPECT_EQ(w.verdict(run, "两倍", i), rows[i].written);
      EXPECT_EQ(w.verdict(run, "部分", i), rows[i].part);
      EXPECT_EQ(w.verdict(run, "零", i), holds);
   }
}

TEST(Tolerance, SaysWhichUnitsDoNotFit) {
   Weighing w("审核 数额 逐个 项目 : 左 = 右 允许误差 误差\n审核 部分 逐个 项目 : 左 = 右 允许误差 5%\n", forms);
   w.report();
   w.row("项目", {{"左", "100元"}, {"右", "100.30元"}, {"误差", "5000分"}});
   w.row("项目", {{"左", "90%"}, {"右", "91%"}, {"误差", "1个百分点"}});
   const Evaluation run = w.run();
   const Said money = reason_why(run, w.rule("数额").cases[0].condition, 0);
   EXPECT_EQ(money.zh, "单位不一致：两边相差的是金额（元），而允许误差是分数");
   EXPECT_EQ(money.en, "units differ: the sides differ by money (元), and what is allowed is points");
   EXPECT_EQ(reason_why(run, w.rule("部分").cases[0].condition, 1).zh, "单位不一致：两边相差的是百分点，而允许误差是百分比");
}

// One side's unit is declared, the other's comes with the data: 5000分 are refused before there is any.
TEST(Tolerance, OfADeclaredSideIsCheckedBeforehand) {
   Weighing w(
       "审核 三 : 率 * 甲 = 乙 允许误差 0.5万元\n审核 四 : 率 * 甲 = 乙 允许误差 1%\n审核 五 : 率 * 甲 = 乙 允许误差 率 * "
       "0.5万元\n",
       forms);
   w.report({{"率", "1"}, {"甲", "100"}, {"乙", "100.30"}});
   w.report({{"率", "1人"}, {"甲", "100"}, {"乙", "100.30"}});
   const Evaluation run = w.run();
   for (const char* rule : {"三", "四", "五"}) {
      EXPECT_EQ(w.verdict(run, rule, 0), holds) << rule;
      EXPECT_EQ(w.verdict(run, rule, 1), cannot) << rule;
   }
}

}  // namespace
}  // namespace heng

// Which figures no rule reads, and which are read without being tied to others.
#include "interpreter/explain/uses.hpp"

#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Weighing;

struct Example {
   const char* rules;
   const char* field;
   Use use;
};

const Example examples[] = {
    {"审核 例 : 甲 ≈ 乙 + 丙", "丙", Use::tied},
    {"审核 例 : 甲 ≈ 乙 + 丙", "丁", Use::none},
    {"审核 例 : 甲 > 乙", "甲", Use::compared},
    {"审核 例 : 甲 <= 乙", "乙", Use::compared},
    {"审核 例 仅限 甲 = 乙 : 丙 ≈ 丁", "甲", Use::compared},
    {"审核 例 : 如 甲 = 乙 则 丙 ≈ 丁", "丁", Use::tied},
    {"审核 例 : 甲 > 0元 当且仅当 乙 = 0元", "乙", Use::compared},
    {"审核 例 : 甲 = 0元 或者 乙 ≈ 丙", "丙", Use::tied},
    {"审核 例 : 甲 ≈ 求和(项目.预算 仅限 执行 > 0元)", "预算", Use::tied},
    {"审核 例 : 甲 ≈ 求和(项目.预算 仅限 执行 > 0元)", "执行", Use::compared},
    {"审核 例 : 小数位数(甲) = 2", "甲", Use::none},
    {"计算 和 : 甲 + 乙\n审核 例 : 和 ≈ 丙", "甲", Use::tied},
    {"计算 和 : 甲 + 乙", "甲", Use::compared},
    {"审核 例 逐个 项目 : 预算 = 执行 允许误差 1元", "执行", Use::tied},
};

TEST(Uses, OfFiguresByRules) {
   for (const Example& one : examples) {
      const Weighing w(std::string(one.rules) + "\n");
      const FrameId frame = one.field == std::string("预算") || one.field == std::string("执行") ? w.frame("项目") : report_frame;
      EXPECT_EQ(uses_of(w.the_plan().program).at(w.field(frame, one.field)), one.use) << one.rules << "  " << one.field;
   }
}

}  // namespace
}  // namespace heng

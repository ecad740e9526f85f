// What rules say when they are read aloud: every kind of expression, every kind of declaration, in both languages.
#include "interpreter/explain/read_back.hpp"

#include <set>

#include "grammar/walk.hpp"
#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using boost::variant2::get_if;
using testing_tools::Weighing;

// Everything that is said of the last declaration of the rules.
std::string said(const std::string& rules, bool chinese) {
   const Weighing rule_set(rules);
   const ReadBack one = read_back(rule_set.the_plan().program, rule_set.selection(), 0, chinese).back();
   std::string text;
   for (const std::string& sentence : one.opening) text += sentence + "\n";
   for (const ReadPart& part : one.parts) {
      if (!part.title.empty()) text += part.title + ": ";
      for (const std::string& sentence : part.sentences) text += sentence + "\n";
   }
   for (const std::string& sentence : one.closing) text += sentence + "\n";
   return text;
}

struct Line {
   const char *rules, *zh, *en;
};

class ReadBackLines : public testing::TestWithParam<Line> {};
TEST_P(ReadBackLines, AreSaidInBothLanguages) {
   const Line& line = GetParam();
   EXPECT_NE(said(line.rules, true).find(line.zh), std::string::npos) << line.rules << "\n" << said(line.rules, true);
   EXPECT_NE(said(line.rules, false).find(line.en), std::string::npos) << line.rules << "\n" << said(line.rules, false);
}

const Line lines[] = {
    // names: lines with number and label, total rows, look-ups, records
    {"审核 甲 : 总表[1] ≈ 乙方\n计算 乙方 : 总表[2]", "乙方 是 总表[2]（二类）", "乙方 is 总表[2] (二类)"},
    {"审核 甲 : 总表[4] ≈ 求和(总表[1..3])", "须 总表[4]（合计数） 约等于 总表[1..3]（一类 至 三类）之和（允许四舍五入的尾差）",
     "it must be that 总表[4] (合计数) is about the sum of 总表[1..3] (一类 to 三类) (rounding differences allowed)"},
    {"审核 甲 : 总表[4] <~ 支出表.合计行.支出", "总表[4]（合计数） 不大于 支出表的合计行的支出（允许四舍五入的尾差）",
     "总表[4] (合计数) is at most 支出 of the total row of 支出表 (rounding differences allowed)"},
    {"审核 甲 逐个 支出表.科目 : 支出 >~ 对照表[科目代码].支出", "对照表中科目代码相同的那一行的支出",
     "支出 of the row of 对照表 with the same 科目代码"},
    {"审核 甲 : 支出表[201].支出 > 0元", "支出表中代码为 201 的那一行的支出 大于 0元",
     "支出 of the row 201 of 支出表 is more than 0元"},
    {"审核 甲 : 总表[1] ≈ 上年.总表[1]", "上年报告的总表[1]（一类）", "总表[1] (一类) of last year's report"},
    {"审核 甲 逐个 支出表.科目 : 支出 ≈ 求和(下级.支出) 或者 无上级", "下级各行的支出之和",
     "the sum of 支出 of the rows right below"},
    {"审核 甲 逐个 支出表.科目 仅限 位级 > 3 : 支出 <= 上级.支出",
     "仅限 位级（科目代码的位数） 大于 3 时；其余不适用\n须 支出 不大于 上级行的支出",
     "only where level (digits of the code) is more than 3; elsewhere it does not apply\nit must be that 支出 is at most 支出 of "
     "the row above"},
    {"审核 甲 逐个 总表[1..3] : 行名 ≠ \"\" 并且 行次 ≠ \"\"", "须 本行的名称 不等于 空文字，并且 本行的行次 不等于 空文字",
     "this line's label differs from an empty text, and this line's number"},
    {"审核 甲 逐个 支出表.科目 逐栏 基本, 专项 : 本栏 <= 支出",
     "基本、专项 各栏分别判断，本栏即所判断的那一栏\n须 本栏 不大于 支出", "this column is at most 支出"},
    // numbers, texts, comparisons
    {"审核 甲 : 0元 <= 甲方 <= 5万元\n计算 甲方 : 甲 - 乙", "甲方 是 甲 − 乙", "甲方 is 甲 − 乙"},
    {"审核 检 : 0元 <= 甲 <= 5万元", "须 0元 不大于 甲，并且 甲 不大于 5万元", "0元 is at most 甲, and 甲 is at most 5万元"},
    {"审核 检 : 甲 = 乙 允许误差 0.01元", "须 甲 等于 乙，相差不超过 0.01元", "甲 equals 乙 to within 0.01元"},
    {"审核 检 : 单位名称 原样 \"某局\"", "单位名称 与 “某局” 一字不差", "单位名称 is “某局” to the letter"},
    {"审核 检 : 甲 ≠ 乙 并且 (甲 < 丙 或者 丁 >= 0)", "甲 不等于 乙，并且 （甲 小于 丙，或者 丁 不小于 0）",
     "甲 differs from 乙, and (甲 is less than 丙, or 丁 is at least 0)"},
    {"审核 检 : 不满足 甲 > 乙", "须 不满足“甲 大于 乙”", "not “甲 is more than 乙”"},
    {"审核 检 : 甲 > 0元 当且仅当 人数 > 0人", "“甲 大于 0元”与“人数 大于 0人”要么都成立，要么都不成立",
     "“甲 is more than 0元” and “人数 is more than 0人” are both true or both false"},
    // arithmetic
    {"计算 值 : (甲 - (乙 - 丙)) * 3 / 2", "值 是 （甲 − （乙 − 丙）） × 3 ÷ 2", "值 is (甲 − (乙 − 丙)) × 3 ÷ 2"},
    {"计算 值 : -甲 + (乙 未填按 0元)", "值 是 −甲 + 乙（没有填写的按 0元）", "值 is −甲 + 乙 (0元 where it is missing)"},
    {"计算 值 : 甲 / 乙", "乙 为0时无法判断", "where 乙 is 0 it cannot be told"},
    {"计算 值 : 甲 / 乙 除数为0按 0%", "值 是 甲 ÷ 乙（除数为0时按 0%）", "值 is 甲 ÷ 乙 (0% where the divisor is 0)"},
    {"计算 值 : 如 甲 > 乙 则 甲 否则 乙", "如果 甲 大于 乙，那么 甲；否则 乙", "if 甲 is more than 乙, then 甲; else 乙"},
    // functions
    {"计算 值 : 求和(项目.预算 仅限 执行 > 0元)", "项目的预算之和（只计 执行 大于 0元 的行）",
     "the sum of 预算 of 项目 (only rows where 执行 is more than 0元)"},
    {"计算 值 : 计数(项目)", "项目的行数", "the number of rows of 项目"},
    {"计算 值 : 平均值(项目.预算)", "项目的预算的平均值", "the average of 预算 of 项目"},
    {"计算 值 : 最小值(甲, 乙) + 最大值(项目.预算)", "甲、乙中最小的 + 项目的预算中最大的",
     "the least of 甲, 乙 + the largest of 预算 of 项目"},
    {"审核 检 : 全部(项目.预算 > 0元) 并且 任一(项目.执行 > 0元)",
     "每一行都满足“项目的预算 大于 0元”，并且 至少有一行满足“项目的执行 大于 0元”",
     "every row has “预算 of 项目 is more than 0元”, and at least one row has"},
    {"计算 值 : 绝对值(甲 - 乙)", "（甲 − 乙）的绝对值", "the absolute value of (甲 − 乙)"},
    {"计算 值 : 四舍五入(甲, 1)", "甲四舍五入到 1 位小数", "甲 rounded to 1 decimals"},
    {"函数 加倍(x : 数值型) : x * 2\n计算 值 : 加倍(数)", "值 是 加倍（x取数）\n加倍见函数",
     "值 is 加倍 (x being 数)\n加倍: see function"},
    {"函数 加倍(x : 数值型) : x * 2", "给定x，结果是 x × 2", "given x, the result is x × 2"},
    // conditions
    {"审核 检 逐个 项目.指标 : 目标值 为 反向 或者 目标值 不为 定量",
     "目标值 是 反向（≤、<，越小越好），或者 目标值 不是 定量（写的是数）",
     "目标值 is reverse (≤ or <: the less the better), or 目标值 is not quantitative (a figure)"},
    {"审核 检 逐个 项目.指标 : 如 得分 < 分值 则 原因 已填", "得分 小于 分值 的，须 原因 已填写；否则不适用",
     "where 得分 is less than 分值, it must be that 原因 is filled in; else it does not apply"},
    {"审核 检 逐个 项目.指标 : 原因 未填", "须 原因 没有填写", "原因 is not filled in"},
    {"审核 检 逐个 支出表.科目 : 科目代码 属于 201, 205 或者 科目代码 不属于 3",
     "科目代码 是 201、205 或其下级，或者 科目代码 不是 3 或其下级",
     "科目代码 is 201, 205 or below, or 科目代码 is not 3 or below"},
    {"参数 线 : 百分比 { 2023 : 20%   2024.. : 30% }\n审核 检 : 率 > 线", "率 大于 线（2024年为 30%）",
     "率 is more than 线 (2024: 30%)"},
    // declarations
    {"参数 线 : 百分比 { 2022..2023 : 20%   2024.. : 30% }\n审核 检 : 率 > 线\n参数 另 : 百分比 { ..2023 : 20%  2024 : 30% "
     "}\n审核 检二 : 率 > 另",
     "率 大于 另（2024年为 30%）", "率 is more than 另 (2024: 30%)"},
    {"审核 检 编号 S1 审核类型 核实 依据 \"某表\" : 甲 > 乙 提示语 \"甲太小\"", "不通过须核实：更正，或者说明原因\n",
     "where it fails it is to be verified: mended or explained\n"},
    {"审核 检 审核类型 逻辑性 : 甲 > 乙", "属逻辑性审核", "kind: logic"},
    {"审核 检 审核类型 提示 { \"一\" 编号 S1 : 甲 > 乙  \"二\" 审核类型 错误 : 甲 > 丙 }",
     "以下 2 条分别判断\n一: 须 甲 大于 乙\n编号 S1\n二: 须 甲 大于 丙\n不通过是错误，须更正后才能公布\n",
     "each of these 2 is judged on its own\n一: it must be that 甲 is more than 乙\nnumber S1\n"},
    {"审核 检 逐级汇总 支出表", "支出表 中凡有下级的行（合计、类、款），每一栏金额都约等于紧接着的下一级各行之和",
     "in 支出表, every column of every row that has rows below is about the sum"},
    {"要求 检 逐个 项目.指标 仅限 得分 < 分值 : 原因 已填",
     "对每个项目的每个指标\n仅限 得分 小于 分值 时；其余不适用\n须 原因 已填写",
     "for each 项目, each 指标 in it\nonly where 得分 is less than 分值; elsewhere it does not apply\nit must be that 原因 is "
     "filled in"},
    {"计算 够 : 甲 > 乙", "够 指：甲 大于 乙", "够 means that 甲 is more than 乙"},
    {"评分 得 满分 10 保留 1 : 率 * 满分", "满分为 10\n得分是 率 × 满分\n最低0分，最高为满分\n最后四舍五入，保留 1 位小数\n",
     "full marks are 10\nthe score is 率 × full marks\nit is 0 at least and full marks at most\nthen it is rounded to 1 "
     "decimals\n"},
    // members of a score
    {"评分 得 满分 1 : 率 每低于100%满1个百分点，扣满分的5%",
     "从满分扣起\n率 每低于100%满1个百分点，扣满分的5%，不满1个百分点的不扣\n最低0分，最高为满分\n",
     "5% of full marks is lost for each full 1个百分点 by which 率 is below 100%; less than 1个百分点 loses nothing\n"},
    {"评分 得 满分 1 { 当 甲 > 乙，率 每高于0%不足1个百分点按1个百分点，扣满分的1/3  扣0.5分 }",
     "甲 大于 乙 的，率 每比0%高1个百分点，扣满分的1/3，不足1个百分点的按1个百分点扣\n扣0.5分\n",
     "where 甲 is more than 乙, 1/3 of full marks is lost for each 1个百分点 by which 率 is above 0%; less than 1个百分点 counts "
     "as "
     "1个百分点\n0.5分 is lost\n"},
    {"评分 得 满分 1 : 率 每低于100%按比例每1个百分点，扣满分的5%", "不足1个百分点的按比例扣", "loses in proportion"},
    {"参数 扣法 : full|started { 2024 : started }\n评分 得 满分 1 : 率 每低于100%每1个百分点 计法 扣法，扣满分的5%",
     "率 每比100%低1个百分点，扣满分的5%；不满1个百分点的怎样扣，看扣法（2024年为 started）",
     "how less than 1个百分点 counts: 扣法 (2024: started)"},
    {"评分 得 满分 1 { 当 甲 > 乙 { 率 每低于100%满1个百分点，扣满分的5% }  否则 { 扣1分 } }",
     "从满分扣起\n先看：甲 大于 乙 的，率 每低于100%满1个百分点，扣满分的5%，不满1个百分点的不扣\n否则，扣1分\n",
     "first: where 甲 is more than 乙, 5% of full marks is lost"},
    {"评分 得 满分 1 { 当 甲 > 乙，不得分  当 甲 > 丙，得满分的75%  各项均分 : 甲 > 0元, 乙 > 0元 }",
     "甲 大于 乙 的，不得分\n甲 大于 丙 的，得满分的75%\n2 项中每满足一项，得满分的1/2：甲 大于 0元；乙 大于 0元\n",
     "where 甲 is more than 乙, the score is 0, whatever else\nwhere 甲 is more than 丙, the score is 75% of full marks\neach of "
     "these "
     "2 that is true gives 1/2 of full marks: 甲 is more than 0元; 乙 is more than 0元\n"},
    {"评分 得 满分 1 乘系数 率 { 各项 { 甲 > 0元 : 1/3  率 可达 100%, 50% : 2/3 } }",
     "甲 大于 0元 的，得满分的1/3\n按 率 的程度（100%、50%之一）得满分的2/3\n再乘以系数 率\n",
     "where 甲 is more than 0元, it gives 1/3 of full marks\nby 率 (one of 100%, 50%) it gives that much of 2/3 of full "
     "marks\nit is "
     "multiplied by 率\n"},
    {"评分 得 满分 分值 照录 得分 逐个 项目.指标 { 当 原因 未填，扣满分的1/3 }",
     "照录印出的得分（项目.指标.得分），并核对它是否可能：满分的 2/3、1 倍之一",
     "is taken, if it is possible: one of 2/3, 1 times full marks"},
    {"评分 全 满分 3 {\n评分 一 满分 1 : 率 * 满分\n评分 二 满分 2 : 率 * 满分 }", "是 全 的一部分\n满分为 2\n得分是 率 × 满分\n",
     "it is a part of 全\nfull marks are 2\n"},
    {"审核 检 { \"一\" 逐个 支出表, 总表[1..2] 逐栏 : 本栏 > 0元 }",
     "对支出表的每一行，包括合计行、总表[1..2]（一类 至 二类） 的每一行分别判断\n各栏分别判断，本栏即所判断的那一栏\n须 本栏 "
     "大于 0元",
     "for each row of 支出表, total rows too; each line of 总表[1..2] (一类 to 二类)\n"},
    {"评分 得 满分 10 { 当 率 >= 90% : 满分  当 率 >= 80% : 5分 }",
     "从上到下，第一条成立的起作用\n先看：率 不小于 90% 的，得分是 满分\n再看：率 不小于 80% 的，得分是 5分\n",
     "first: where 率 is at least 90%, the score is full marks\nthen: where"},
    {"评分 得 满分 10 { 当 率 >= 90% : 满分 }", "哪一条都不成立时没有得分", "where none is true there is no score"},
    {"档次 完成 { 好 : [80%, 100%]  差 : [0%, 80%) }\n评分 得 满分 分值 逐个 项目.指标 : 人工评定 得分 按 完成",
     "由人评定的得分（须在0分至满分之间，档次见“完成”）",
     "得分, which a person judged (from 0 to full marks, tiers as in “完成”)"},
    {"评分 得 满分 10 : 率 * 满分\n分档 级 按 得 { 9以上 : 优  [6, 9) : 中  不满6 : 差 }",
     "按 得 分档：9（含）以上 为 “优”；6（含）至9（不含） 为 “中”；6（不含）以下 为 “差”",
     "by 得: 9 (included) and more: “优”; 6 (included) to 9 (not included): “中”; 6 (not included) and less: “差”"},
    {"评分 得 满分 10 : 率 * 满分\n分档 数 按 得.得分率 { [90%, 100%] : 得.得分率  [0%, 90%) : 0% }", "得的得分率（得分 ÷ 满分）",
     "the rate of 得 (points ÷ full marks)"},
    // what is missing
    {"审核 检 : 总表[1] ≈ 总表[2]", "空白按0；其他缺数时（没有读到、“-”、“/”）无法判断",
     "a blank counts as 0; with a figure otherwise missing (not read, -, /) it cannot be told"},
    {"审核 检 : 总表[1] ≈ 甲", "报表写明空白按0的，空白按0；", "a blank counts as 0 where its form says so;"},
    {"审核 检 : 甲 ≈ 乙", "\n缺数时（空白、没有读到、“-”、“/”）无法判断",
     "\nwith a figure missing (blank, not read, -, /) it cannot be told"},
};
INSTANTIATE_TEST_SUITE_P(All, ReadBackLines, testing::ValuesIn(lines));

TEST(ReadBack, ParametersAndTiersSayTheirValues) {
   EXPECT_EQ(said("审核 检 : 率 > 线\n参数 线 依据 \"某文\" : 百分比 { 2022..2023 : 20%   2024.. : 30% }", true),
             "2022年至2023年为 20%；2024年起为 30%\n没有写到的年度没有定义，不会借用别的年度\n依据：某文\n");
   EXPECT_EQ(
       said("档次 完成 { 好 : [80%, 100%]  差 : [0%, 80%) }", false),
       "80% (included) to 100% (included) of full marks is “好”\n0% (included) to 80% (not included) of full marks is “差”\n");
}

// What stands only in what a test is given, and what could not be read.
TEST(ReadBack, WhatNoRuleHoldsIsReadAsWell) {
   const Weighing rule_set("");
   const auto read = [&](const tree::Expr& expr, bool chinese) {
      return read_back(rule_set.the_plan().program, rule_set.selection(), 0, expr, chinese);
   };
   EXPECT_EQ(read({{}, tree::Target{tree::TargetOp::at_most, {"650", "元"}}}, true), "目标“≤650元”");
   EXPECT_EQ(read({{}, tree::MissingValue{}}, false), "missing");
   EXPECT_EQ(read({{}, tree::Bad{}}, true), "（没有读懂的部分）");
}

// Which kinds of expression the lines above read: all that there are. What nobody can write, or only in tests, is named here.
TEST(ReadBack, EveryKindOfExpressionHasWords) {
   std::set<std::size_t> met;
   for (const Line& line : lines) {
      const Weighing rule_set(line.rules);
      std::vector<tree::ExprPtr> open;
      for (const Node& node : rule_set.the_plan().program.nodes)
         if (node.expr) open.push_back(node.expr);
      for (const tree::Declaration& one : rule_set.selection().sets[0]->declarations) {
         if (const auto* check = get_if<tree::Check>(&one))
            for (const tree::Case& each : check->cases) open.push_back(each.condition);
         if (const auto* let = get_if<tree::Let>(&one)) open.push_back(let->value);
         if (const auto* score = get_if<tree::Score>(&one))
            if (score->value) open.push_back(score->value);
      }
      while (!open.empty()) {
         const tree::ExprPtr at = open.back();
         open.pop_back();
         met.insert(at->what.index());
         tree::for_each_inner(*at, [&](const tree::ExprPtr& inner) { open.push_back(inner); });
      }
   }
   const std::set<std::size_t> elsewhere = {decltype(tree::Expr::what)(tree::Bad{}).index(),
                                            decltype(tree::Expr::what)(tree::Target{}).index(),
                                            decltype(tree::Expr::what)(tree::MissingValue{}).index()};
   for (std::size_t kind = 0; kind < boost::variant2::variant_size_v<decltype(tree::Expr::what)>; ++kind)
      EXPECT_TRUE(met.count(kind) || elsewhere.count(kind)) << "no line reads alternative " << kind << " of tree::Expr::what";
}

}  // namespace
}  // namespace heng

// The examples that the language was designed by: all are read, in both keyword languages, and mean the same printed.
#include <gtest/gtest.h>

#include <chrono>

#include "tests/grammar/reading.hpp"

namespace heng {
namespace {

constexpr const char* examples[] = {
    R"(forms 部门决算表 2024                                   # forms, records, functions; rule sets `use` it
report { 单位名称 : text   年度 : year   地区 : place   封面 : 封面   项目 : list of 项目 }

form 公开01 "收入支出决算总表" in 万元 to 2 blank counts as 0 {
  lines { 1 : 一、一般公共预算财政拨款收入   2 : 政府性基金预算财政拨款收入   27 : 本年收入合计   31 : 收入总计   62 : 支出总计 }
  columns 金额
}
form 公开03 "支出决算表" in 万元 to 2 blank counts as 0 {
  rows 科目 keyed by 科目代码 levels 3, 5, 7 total "合计" { 科目名称 : text }
  columns 本年支出合计, 基本支出, 项目支出, 上缴上级支出, 经营支出, 对附属单位补助支出
}
form 公开06 in 万元 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "人员经费合计" of 301, 303 total "公用经费合计" of 302
  columns 金额 | 决算数, 备注 optional
}
form 公开09 "财政拨款三公经费支出决算表" in 万元 to 2 { grid 预算, 决算 by 合计, 因公出国费, 公务接待费 }
form 封面 { fields { 编制单位 : text  编制日期 : date } }

record 项目 { 项目名称 : text  年初预算数, 调整后预算数, 全年执行数 : money in 万元 to 2  指标 : list of 指标 }
record 指标 {
  三级指标 : text   年度指标值 : target            # ≥460个, ≤3‰, 41个 (bare: =), "12月30日前"
  实际完成值 : quantity or text
  分值, 得分 : points   偏差原因 : text may be blank
}
choice 增减 : 增加 | 减少
unit 场次
function 上年数(今 : money, 方向 : 增减, 变动 : money) : if 方向 is 减少 then 今 + 变动 else 今 - 变动
)",
    R"(ruleset 部门决算 2024  use 部门决算表 2024  cite "公开格式"

check 支出构成 "每行合计等于五类支出之和" ref S9 each 公开03.科目 :
  本年支出合计 ≈ 基本支出 + 项目支出 + 上缴上级支出 + 经营支出 + 对附属单位补助支出

check 逐级汇总 ref S11, S12, S15 rollup 公开03, 公开02, 公开05            # every row that has children, every money column

check 表间 "总表与各表" {                                               # one check, several cases
  "本年收入" ref S57 : 公开01[27] ≈ 公开02.total.本年收入合计
  "本年支出" ref S58 : 公开01[58] ≈ 公开03.total.本年支出合计
}
check 年初衔接 severity verify : 公开01[29] ≈ 上年.公开01[60]
check 接待费包含 ref S78 severity verify : 公开06[30217].金额 <~ 公开09.决算.公务接待费
check 接待人次 ref S142 : 公开09.决算.公务接待费 > 0元 exactly when 说明九.接待批次 > 0批次
check 变动率复算 ref S81 : 说明一.变动率 ≈ 说明一.变动额 / 上年数(说明一.总计, 说明一.方向, 说明一.变动额)
check 公用科目 ref S125 severity verify : 说明六.公用科目 = set(公开06.科目名称 where level = 5 and 金额 ≠ 0元 and 科目代码 under 302, 310)
check 基本 ref A0-1306 severity logic : 公开01[31] = sum(公开01[32..57])
)",
    R"(ruleset 项目支出绩效自评 2024  use 绩效自评表 2024  round scores to 2

let 执行率 each 项目 : 全年执行数 / 调整后预算数  zero divisor as 0%

score 预算执行 "预算执行率得分" out of 10 each 项目 : 执行率 * full marks        # clamped to 0..10 (注1)

score 指标得分 out of 分值 each 项目.指标 cite "注3" {
  when 年度指标值 is 定性 or 年度指标值 is 日期 : judged 得分 in 完成档次
  when 年度指标值 is 反向 and 实际完成值 = 0 : full marks
  when 年度指标值 is 反向 : 年度指标值 / 实际完成值 * full marks
  else : 实际完成值 / 年度指标值 * full marks
}
score 总分 out of 100 round 1 each 项目 : 预算执行 + sum(指标得分)

bands 评价等级 of 总分 { [90, 100] : 优   [80, 90) : 良   [60, 80) : 中   [0, 60) : 差 }
bands 效益系数 of 产出.rate { [90%, 100%] : 产出.rate   [80%, 90%) : 80%   [60%, 80%) : 60%   [0%, 60%) : 0% }
tier 完成档次 { 完成 : [80%, 100%]   部分完成 : [60%, 80%)   未完成 : [0%, 60%) }

check 得分复核 each 项目.指标 : 得分 = 指标得分 within 0.005分
require 偏差说明 "偏离目标30%及以上须说明原因" each 项目.指标
  where 年度指标值 is 定量 and (abs(实际完成值 - 年度指标值) / 年度指标值 >= 30% or 指标得分 < 分值) :
  偏差原因 is present
  message "{三级指标}：目标 {年度指标值}，实际 {实际完成值}，须填写偏差原因" cite "注4"
)",
    R"(parameter 偏差说明线 : percent { 2022..2023 : 20%   2024.. : 30% }

places { 山东省 : 青岛市, 济南市   青岛市 : 市南区 }

ruleset 项目支出绩效自评 2025 extends 项目支出绩效自评 2024 {
  replace bands 评价等级 of 总分 { [90, 100] : 优   [0, 90) : 良 }
  remove require 偏差说明
  amend score 预算执行 { out of 20 }
  amend check 得分复核 { within 0.01分   severity logic   ref S1, S2   message "差 {得分}"   each 项目.指标 where 得分 > 0分 }
  amend check 表间.本年收入 severity verify : 公开01[27] = 公开02[27]
  amend parameter 偏差说明线 { 2025.. : 25% }
  amend tier 完成档次 { 完成 : [90%, 100%] }
  amend score 过程.到位率 : lose 5% of full marks for each full 1个百分点 by which 到位率 is below 100%
  amend let 执行率 { "预算执行率"   cite "注1" }
}
ruleset 项目支出绩效自评 2024 for 青岛市 extends 项目支出绩效自评 2024 {
  replace score 过程.资金到位率 out of 1 cite "示例" : full marks
  add score 过程.使用率 out of 1 { zero when 挪用 }
  remove check 表间.本年支出
}
forms 绩效自评表 2024 for 青岛市 extends 绩效自评表 2024 {
  amend form 公开01 { "总表"   in 元   to 0   blank counts as 0 }
  amend record 项目 { 年初预算数, 全年执行数 : money in 元 to 0 }
  amend report { 年度 : year }
  remove phrases 说明一
}

test "反向指标超过上限时按比例得分" use 项目支出绩效自评 2024 {
  given 指标 { 年度指标值: ≤650元/人·天, 实际完成值: 1300元/人·天, 分值: 5, 偏差原因: missing }
  given 公开01 { 27: 100.00, 31: 5 }
  given 公开03 { 合计 { 本年支出合计: 5 } 科目 [ { 科目代码: 201, 基本支出: 5 } { 科目代码: 202, 基本支出: 6元/场次 } ] }
  expect 指标得分 = 2.5
  expect 偏差说明 fails
}
)",
    R"(报表集 部门决算表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型   通过率 : 百分比 保留 2   已公开 : 是否 }
报表 公开01 "收入支出决算总表" 计量 万元 保留 2 空白按0 { 行次表 { 1 : 一、收入 } 栏目 金额 }
报表 公开05 计量 万元 { 各行 科目 识别码 科目代码 位数 3, 5, 7 合计行 "合计" { 科目名称 : 文字 } 栏目 小计, 基本支出 }
记录 指标 { 年度指标值 : 目标   实际完成值 : 数量型 或者 文字   偏差原因 : 文字 可不填   人次 : 计数型 计量 人次 }
)",
    R"(规则集 项目支出绩效自评 2024 适用地区 青岛市 引用 绩效自评表 2024 依据 《办法》 得分保留 2
勾稽 甲 “标题” 审核类型 基本平衡 ：a ≈ b；
校验 乙 审核类型 核实性 逐个 项目 仅限 a 为 定量 且 （b 或 c） ：
  如果 a ≥ 90％ 则 b 已填
要求 丙 ： 不满足 a ＝ b 当且仅当 c 属于 302、310。
评分 丁 满分10 保留2 逐个 项目 { 当 a < 0 ：0分； 否则 ：人工评定 得分 按 完成档次 }
分档 戊 按 丁 { 90以上 ：优 80以上不满90 ：良 超过60 80以下 : 中 不满60 ：差 }
)",
    R"(规则集 项目支出绩效自评 2025 沿用 项目支出绩效自评 2024
替换 分档 评价等级 按 总分 { [90, 100] : 优   [0, 90) : 良 }
取消 要求 偏差说明
改 评分 预算执行 满分 20
改 分档 评价等级 { [85, 100] : 优 }
改 评分 过程.得分 { 保留 1   乘系数 系数   照录 得分 }
改 参数 上限 = 20%
增设 计算 甲 : 1
)",
};

TEST(Language, ExamplesAreRead) {
   for (const char* example : examples) {
      const test::Read read = test::read(example);
      EXPECT_EQ(read.mistakes(), "") << example;
   }
}

TEST(Language, ExamplesMeanTheSameInBothLanguages) {
   for (const char* example : examples) {
      const std::string once = test::read(example).print();
      const bool chinese = test::read(example).outcome.value.chinese;
      const std::string turned = test::read(once).print(!chinese);
      EXPECT_EQ(test::read(turned).mistakes(), "") << turned;
      EXPECT_EQ(test::read(turned).print(chinese), test::read(once).print(chinese));
      EXPECT_EQ(test::read(once).print(), once);
   }
}

// ---- what the tree holds --------------------------------------------------------------------------------------------------

using namespace tree;

template <typename T>
T only(const std::string& text) {
   const test::Read read = test::read(text);
   EXPECT_EQ(read.mistakes(), "");
   return boost::variant2::get<T>(read.outcome.value.modules.front().declarations.front());
}

TEST(Language, HeadersOwnWhatStandsOutsideBraces) {
   const test::Read read = test::read("ruleset 甲 2024 for 青岛市 use 表 2024\nlet a : 1\nruleset 乙 { let b : 2 }\nlet c : 3\n");
   ASSERT_EQ(read.outcome.value.modules.size(), 2u);
   const Module& first = read.outcome.value.modules[0];
   EXPECT_EQ(first.name.text, "甲");
   EXPECT_EQ(first.year, 2024);
   EXPECT_EQ(first.place, "青岛市");
   EXPECT_EQ(first.uses.front().name.text, "表");
   EXPECT_EQ(first.declarations.size(), 2u);
   EXPECT_TRUE(read.outcome.value.modules[1].braces);
   EXPECT_FALSE(read.outcome.value.chinese);
   EXPECT_EQ(test::read("let a : 1").outcome.value.modules.front().kind, Module::Kind::loose);
}

TEST(Language, MinistryKindsAreKept) {
   const auto check = only<Check>("审核 甲 审核类型 核实性 : a = b");
   EXPECT_EQ(check.about.severity, Severity::verify);
   EXPECT_EQ(check.about.kind, MinistryKind::verification);
   EXPECT_EQ(only<Check>("审核 甲 审核类型 基本平衡 : a = b").about.severity, Severity::error);
}

TEST(Language, MessagesHoldExpressions) {
   const std::string text = "审核 甲 : a = b 提示语 \"差 {a - b}，见 {c}\"";
   const test::Read read = test::read(text);
   const auto& about = boost::variant2::get<Check>(read.outcome.value.modules[0].declarations[0]).about;
   ASSERT_EQ(about.message_parts.size(), 4u);
   const auto& piece = boost::variant2::get<ExprPtr>(about.message_parts[1]);
   EXPECT_EQ(show(*piece), "(- a b)");
   EXPECT_EQ(read.sources.text_of(piece->span), "a - b");
}

TEST(Language, ColumnsBelongToTheBlockBefore) {
   const auto form = only<Form>("报表 甲 { 行次表 { 1 : 一 } 栏目 a 行次表 { 2 : 二 } 栏目 b, c }");
   ASSERT_EQ(form.blocks.size(), 2u);
   EXPECT_EQ(boost::variant2::get<LinesBlock>(form.blocks[0]).columns.size(), 1u);
   EXPECT_EQ(boost::variant2::get<LinesBlock>(form.blocks[1]).columns.size(), 2u);
}

TEST(Language, LabelsRunToTheEndOfTheLine) {
   const auto form = only<Form>("报表 甲 { 行次表 {\n 1 : 一、其中：（含 2 项）, 等  # 注\n 2 : 二  3 : 三\n } 栏目 a }");
   const auto& lines = boost::variant2::get<LinesBlock>(form.blocks[0]).lines;
   ASSERT_EQ(lines.size(), 3u);
   EXPECT_EQ(lines[0].label, "一、其中：（含 2 项）, 等");
   EXPECT_EQ(lines[1].label, "二");
}

TEST(Language, GivenReadsDigitsPathsAndRows) {
   const auto test = only<tree::Test>(
       "测试 \"甲\" { 已知 公开03 { 合计 { 支出: 5 } 科目 [ { 科目代码: 201 } {} ] } 已知 上年.公开01 { 60: 5 } 应为 x }");
   ASSERT_EQ(test.given.size(), 2u);
   EXPECT_EQ(test.given[0].inner[1].rows.size(), 2u);
   EXPECT_EQ(test.given[1].name.text, "上年");
   EXPECT_EQ(test.given[1].inner[0].inner[0].name.text, "60");
}

TEST(Language, BandsInWordsHaveTheirBounds) {
   const auto bands = only<Bands>("分档 甲 按 乙 { 90以上 : 优  80以上 不满90 : 良  超过60 80以下 : 中  不满60 : 80% }");
   EXPECT_TRUE(bands.bands[0].interval.low_in && !bands.bands[0].interval.high);
   EXPECT_TRUE(bands.bands[1].interval.low_in && !bands.bands[1].interval.high_in);
   EXPECT_TRUE(!bands.bands[2].interval.low_in && bands.bands[2].interval.high_in);
   EXPECT_TRUE(!bands.bands[3].interval.low && bands.bands[3].value);
}

// A name at the end of a line must not swallow the declaration that follows.
TEST(Language, DeclarationsAtTheStartOfALineEndTheOneBefore) {
   const test::Read read = test::read("审核 甲 : a = b +\n计算 乙 : 1\n审核 丙 : 要求 = 计算\n");
   ASSERT_EQ(read.outcome.diagnostics.size(), 1u);
   EXPECT_EQ(read.sources.place_of(0, read.outcome.diagnostics[0].span.begin).line, 1u);
   EXPECT_EQ(read.outcome.value.modules.front().declarations.size(), 3u);
}

TEST(Language, RulesThatCannotBeReadKeepTheirName) {
   for (const char* text : {"计算 甲 逐个 项目 : a +\n", "计算 甲 逐个 项目 : a b\n", "计算 甲 逐个 项目 b\n"}) {
      const test::Read read = test::read(text);
      EXPECT_EQ(read.outcome.diagnostics.size(), 1u) << read.mistakes();
      const auto& let = boost::variant2::get<Let>(read.outcome.value.modules.front().declarations.at(0));
      EXPECT_EQ(let.name.text, "甲");
      EXPECT_EQ(let.each->path.front().text, "项目");
      EXPECT_TRUE(boost::variant2::holds_alternative<Bad>(let.value->what)) << text;
   }
}

TEST(Language, OneThousandRulesAreReadInNoTime) {
   std::string text = "规则集 示例 2024\n";
   for (int i = 0; i < 1000; ++i)
      text += "审核 甲" + std::to_string(i) + " \"标题\" 编号 S" + std::to_string(i) +
              " 逐个 公开03.科目 : 合计 ≈ 基本支出 + 项目支出 + 经营支出\n";
   const auto begin = std::chrono::steady_clock::now();
   const test::Read read = test::read(text);
   const auto spent = std::chrono::steady_clock::now() - begin;
   EXPECT_EQ(read.outcome.value.modules.front().declarations.size(), 1000u);
   EXPECT_LT(std::chrono::duration_cast<std::chrono::milliseconds>(spent).count(), 500);  // under sanitizers and -O0 too
}

// Whatever is cut out of a good file, the reader comes back, with places inside the text.
TEST(Language, AnyPieceOfAFileCanBeRead) {
   const std::string text = examples[2];
   for (std::size_t begin = 0; begin < text.size(); begin += 7)
      for (const std::size_t size : {std::size_t(1), std::size_t(20), std::size_t(333), text.size()}) {
         const std::string piece = text.substr(begin, size);
         const test::Read read = test::read(piece);
         for (const Diagnostic& each : read.outcome.diagnostics) {
            ASSERT_LE(each.span.begin, each.span.end) << piece;
            ASSERT_LE(each.span.end, piece.size()) << piece;
         }
         (void)read.print();
      }
}

}  // namespace
}  // namespace heng

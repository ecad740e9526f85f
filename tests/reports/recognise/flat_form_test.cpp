#include "tests/reports/recognise/flat.hpp"

using namespace heng;
using heng::tests::FlatForm;

namespace {

const char* const lines_form = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 总表 "收入支出总表" in 万元 to 2 blank counts as 0 {
  lines { 1 : 一、一般公共预算财政拨款收入
    2 : 二、上级补助收入
    4 : 收入合计
    6 : 一、公共安全支出
    7 : 二、灾害防治及应急管理支出
    9 : 支出合计
  }
  columns 金额
}
)";

TEST(flat_form, lines_side_by_side) {
   const FlatForm form(lines_form, R"(
金额单位：万元部门：示例局

收入支出总表

公开01表

收入 支出

项目 行次 金额 项目 行次 金额

栏次 1 栏次 2

一、一般公共预算财政拨

款收入
1 1,520.10 一、公共安全支出 6 1,400.00

二、上级补助收入 2 0.00
二、灾害防治及应急管理支

出
7 120.10

3 8

收入合计 4 1,520.10 支出合计 9 1,520.10

注：1.示例说明 12.00
)");
   EXPECT_EQ(form.plain.dump(), R"({"1":"1,520.10","2":"0.00","4":"1,520.10","6":"1,400.00","7":"120.10","9":"1,520.10"})");
   EXPECT_EQ(form.printed.dump(), R"({"标题":"收入支出总表","单位":"万元","行次":["1","2","3","4","6","7","8","9"]})");
   EXPECT_EQ(form.state(), PartState::found);
   EXPECT_EQ(form.account.parts[0].values, 6u);
   EXPECT_EQ(form.data["总表"]["7"]["line"], 23);
   EXPECT_EQ(form.data["总表"]["7"]["column"], 3);
}

TEST(flat_form, the_unit_may_stand_above_the_title) {
   const heng::Schema schema = heng::tests::schema_of(lines_form);
   const heng::Document document = heng::read_text_document("单位：元\n收入支出总表\n收入合计 4 5.00\n金额单位：万元");
   heng::ReportData data = heng::ReportData::object();
   heng::ReadingAccount account;
   heng::read_flat_form(schema, schema.forms[0], {{&document, 1, document.blocks.size()}}, data, account);
   EXPECT_EQ(data["总表"]["印出"]["单位"]["value"], "元");
}

TEST(flat_form, lines_without_numbers) {
   const FlatForm form(lines_form, R"(收入支出总表
项目 金额 项目 金额
一般公共预算财政拨款收入 1520.10 一、公共安全支出 1400.00
二、上级补助收入 二、灾害防治及应急管理支出 120.10
收入合计 1520.10 支出合计 1520.10)");
   EXPECT_EQ(form.plain.dump(), R"({"1":"1520.10","2":"","4":"1520.10","6":"1400.00","7":"120.10","9":"1520.10"})");
   EXPECT_EQ(form.state(), PartState::found);
}

TEST(flat_form, figures_that_are_none_stay_different) {
   const FlatForm form(lines_form, R"(收入支出总表
项目 行次 金额 项目 行次 金额
一、一般公共预算财政拨款收入 1 （1,520.10） 一、公共安全支出 6 —
二、上级补助收入 2 / 二、灾害防治及应急管理支出 7 ###
收入合计 4 △15.5 支出合计 9 无)");
   EXPECT_EQ(form.plain.dump(), R"({"1":"-1,520.10","2":"/","4":"-15.5","6":"—","7":"[unreadable]","9":"无"})");
   EXPECT_EQ(form.data["总表"]["1"]["raw"], "（1,520.10）");
}

TEST(flat_form, a_line_that_the_form_does_not_declare_is_said) {
   const FlatForm form(lines_form, R"(收入支出总表
项目 行次 金额 项目 行次 金额
一、一般公共预算财政拨款收入 1 10.00 一、公共安全支出 6 5.00
二、上级补助收入 2 2.00 三、示例支出 8 7.00
收入合计 4 12.00 支出合计 9 12.00)");
   EXPECT_EQ(form.plain.dump(), R"({"1":"10.00","2":"2.00","4":"12.00","6":"5.00","9":"12.00"})");
   EXPECT_EQ(form.state(), PartState::doubtful);
   ASSERT_EQ(form.account.not_understood.size(), 1u);
   EXPECT_EQ(form.account.not_understood[0].text, "三、示例支出 8 7.00");
   EXPECT_EQ(form.account.not_understood[0].place.line, 4u);
}

TEST(flat_form, a_number_that_contradicts_the_form_is_doubted) {
   const FlatForm form(lines_form, R"(收入支出总表
一、一般公共预算财政拨款收入 1 10.00 一、公共安全支出 6 5.00
二、上级补助收入 5 2.00 二、灾害防治及应急管理支出 7 7.00
收入合计 4 12.00 支出合计 9 12.00)");
   EXPECT_EQ(form.plain["2"], "2.00");
   EXPECT_EQ(form.state(), PartState::doubtful);
}

TEST(flat_form, a_label_printed_twice_with_other_figures_is_not_chosen_in_silence) {
   const FlatForm form(lines_form, R"(收入支出总表
一、一般公共预算财政拨款收入 1 10.00 一、公共安全支出 6 5.00
二、上级补助收入 2 2.00
收入合计 4 12.00 支出合计 9 12.00
收入合计 4 13.00)");
   ASSERT_EQ(form.account.disagreements.size(), 1u);
   EXPECT_EQ(form.account.disagreements[0].pointer, "/总表/4");
   EXPECT_EQ(form.account.disagreements[0].second.text, "13.00");
}

const char* const wide_form = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 拨款 "财政拨款总表" in 万元 to 2 {
  lines { 1 : 本年收入
    2 : 总计
  }
  columns 金额
  lines { 3 : 服务支出
    4 : 安全支出
    5 : 总计
  }
  columns 合计, 一般预算, 基金预算
}
)";

TEST(flat_form, blocks_of_other_width_repeat_their_heads_on_each_page) {
   const FlatForm form(wide_form, R"(财政拨款总表
收入 支出
项目 行次 金额 项目 行次
合计

一般预

算
基金预算
栏次 1 栏次 2 3 4
本年收入 1 9.00 服务支出 3 4.00 4.00 0.00
- 12 -
收入 支出
项目 行次 金额 项目 行次
合计

一般预

算
基金预算
栏次 1 栏次 2 3 4
安全支出 4 5.00 3.00 2.00
总计 2 9.00 总计 5 9.00 7.00 2.00)");
   EXPECT_EQ(form.plain.dump(), R"({"1":"9.00","2":"9.00","3":{"合计":"4.00","一般预算":"4.00","基金预算":"0.00"},)"
                                R"("4":{"合计":"5.00","一般预算":"3.00","基金预算":"2.00"},)"
                                R"("5":{"合计":"9.00","一般预算":"7.00","基金预算":"2.00"}})");
   EXPECT_EQ(form.state(), PartState::found);
}

TEST(flat_form, lost_blanks_are_not_guessed) {
   const FlatForm form(wide_form, R"(财政拨款总表
本年收入 1 9.00 服务支出 3 4.00 4.00
安全支出 4 5.00 3.00 2.00
总计 2 9.00 总计 5 9.00 7.00 2.00)");
   EXPECT_FALSE(form.plain.contains("3"));
   EXPECT_EQ(form.plain["5"]["一般预算"], "7.00");
   ASSERT_EQ(form.account.not_understood.size(), 1u);
   EXPECT_EQ(form.account.not_understood[0].place.line, 2u);
}

TEST(flat_form, columns_stand_as_the_head_says) {
   const FlatForm form(wide_form, R"(财政拨款总表
项目 行次 金额 项目 行次 合计 基金预算 一般预算
本年收入 1 9.00 服务支出 3 4.00 1.00 3.00
安全支出 4 5.00 3.00 2.00
总计 2 9.00 总计 5 9.00 4.00 5.00)");
   EXPECT_EQ(form.plain["3"].dump(), R"({"合计":"4.00","基金预算":"1.00","一般预算":"3.00"})");
}

const char* const rows_form = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 支出 "支出表" in 万元 to 2 {
  rows 科目 keyed by 科目代码 levels 3, 5, 7 total "合计" { 科目名称 : text }
  columns 本年支出, 基本支出, 项目支出
}
)";

TEST(flat_form, rows_with_codes) {
   const FlatForm form(rows_form, R"(支出表
单位:元
项目
本年支出 基本支出 项目支出

科目代码 科目名称
栏次 1 2 3
合计 12.00 7.00 5.00
201 一般公共服务支出 12.00 7.00 5.00
20103
示例机构

事务
12.00 7.00 5.00
3
科目代码 科目名称 本年支出 基本支出 项目支出
2010301 行政运行 12.00 7.00 5.00
说明：无)");
   EXPECT_EQ(form.plain.dump(),
             R"({"合计":{"本年支出":"12.00","基本支出":"7.00","项目支出":"5.00"},"科目":[)"
             R"({"科目代码":"201","科目名称":"一般公共服务支出","本年支出":"12.00","基本支出":"7.00","项目支出":"5.00"},)"
             R"({"科目代码":"20103","科目名称":"示例机构事务","本年支出":"12.00","基本支出":"7.00","项目支出":"5.00"},)"
             R"({"科目代码":"2010301","科目名称":"行政运行","本年支出":"12.00","基本支出":"7.00","项目支出":"5.00"}]})");
   EXPECT_EQ(form.printed["单位"], "元");
   EXPECT_EQ(form.state(), PartState::found);
}

TEST(flat_form, codes_in_three_columns) {
   const FlatForm form(rows_form, R"(支出表
类 款 项 科目名称 本年支出 基本支出 项目支出
201 一般公共服务支出 12.00 7.00 5.00
201 03 示例事务 12.00 7.00 5.00
201 03 01 行政运行 12.00 7.00 5.00
合计 12.00 7.00 5.00)");
   ASSERT_EQ(form.plain["科目"].size(), 3u);
   EXPECT_EQ(form.plain["科目"][2]["科目代码"], "2010301");
   EXPECT_EQ(form.plain["科目"][2]["科目名称"], "行政运行");
}

TEST(flat_form, a_row_with_too_few_figures_is_said_and_left_out) {
   const FlatForm form(rows_form, R"(支出表
科目代码 科目名称 本年支出 基本支出 项目支出
合计 12.00 7.00 5.00
201 一般公共服务支出 12.00 7.00
20103 示例事务 12.00 7.00 5.00
某项没有代码 1.00 1.00 0.00)");
   EXPECT_EQ(form.plain["科目"].size(), 1u);
   ASSERT_EQ(form.account.not_understood.size(), 2u);
   EXPECT_EQ(form.account.not_understood[0].place.line, 4u);
   EXPECT_EQ(form.account.not_understood[1].text, "某项没有代码 1.00 1.00 0.00");
   EXPECT_EQ(form.state(), PartState::doubtful);
}

TEST(flat_form, a_table_that_does_not_fit_is_unusable_with_one_cause) {
   const FlatForm form(rows_form, R"(支出表
科目代码 科目名称 本年支出 基本支出
合计 12.00 7.00
201 一般公共服务支出 12.00 7.00
20103 示例事务 12.00 7.00)");
   EXPECT_TRUE(form.plain.empty());
   EXPECT_EQ(form.state(), PartState::unusable);
   EXPECT_TRUE(form.account.not_understood.empty());
   EXPECT_FALSE(form.account.parts[0].why.zh.empty());
}

// pdftotext without -layout: what stands to the left and to the right comes in turns, several codes, names, figures at a time.
TEST(flat_form, text_that_runs_down_the_columns_is_not_read_as_rows) {
   const FlatForm form(R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 基本 "基本支出表" in 万元 to 2 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "合计" { 科目名称 : text }
  columns 金额
}
)",
                       R"(基本支出表
金额
科目代码
科目名称
276.29 30231
889.24 30201
办公费
20.61 30239
津贴补贴
778.08 30202
印刷费
30109
30110
30111
职业年金缴费
职工基本医疗保险缴费
公务员医疗补助缴费
95.12 30207
98.97 30209
45.79 30211)");
   EXPECT_EQ(form.state(), PartState::unusable);
   EXPECT_FALSE(form.plain.contains("科目"));
}

TEST(flat_form, groups_side_by_side) {
   const FlatForm form(R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 明细 "明细表" in 万元 to 2 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "人员合计" of 301 total "公用合计" of 302, 310 { 科目名称 : text }
  columns 金额
}
)",
                       R"(明细表
人员经费 公用经费
科目代码 科目名称 金额 科目代码 科目名称 金额 科目代码 科目名称 金额
301 工资支出 7,745.11 302 商品支出 636.36 310 资本支出 0.00
30101
较长的名称写在

两行
621.41 30206 电费 0.00 31001 购建 -
30201 办公费 31002 设备 1.00
人员合计 7,745.11 公用合计 636.36)");
   EXPECT_EQ(form.plain["人员合计"].dump(), R"({"金额":"7,745.11"})");
   EXPECT_EQ(form.plain["公用合计"].dump(), R"({"金额":"636.36"})");
   std::string codes, figures;
   for (const ReportData& row : form.plain["科目"]) {
      codes += row["科目代码"].get<std::string>() + " ";
      figures += row["金额"].get<std::string>() + " ";
   }
   EXPECT_EQ(codes, "301 30101 302 30201 30206 310 31001 31002 ");
   EXPECT_EQ(figures, "7,745.11 621.41 636.36  0.00 0.00 - 1.00 ");
   EXPECT_EQ(form.plain["科目"][1]["科目名称"], "较长的名称写在两行");
}

const char* const grid_form = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 三公 "三公经费表" in 万元 to 2 { grid 预算数, 决算数 by 合计, 出国费, 用车小计, 用车购置, 接待费 }
)";
const char* const grid_as_declared =
    R"({"预算数":{"合计":"1.00","出国费":"2.00","用车小计":"3.00","用车购置":"4.00","接待费":"5.00"},)"
    R"("决算数":{"合计":"6.00","出国费":"7.00","用车小计":"8.00","用车购置":"9.00","接待费":"10.00"}})";

TEST(flat_form, a_grid_in_one_run) {
   EXPECT_EQ(FlatForm(grid_form, R"(三公经费表
预算数 决算数
合计 出国费
用车购置及运行费

接待费 合计 出国费
用车购置及运行费

接待费
用车小计 用车购置 用车小计 用车购置
1 2 3 4 5 6 7 8 9 10
1.00 2.00 3.00 4.00 5.00 6.00 7.00 8.00 9.00 10.00)")
                 .plain.dump(),
             grid_as_declared);
}

TEST(flat_form, a_group_of_a_grid_that_stands_elsewhere) {
   const FlatForm form(grid_form, R"(三公经费表
预算数 决算数
合计 出国费 接待费
用车购置及运行费

合计 出国费 接待费
用车购置及运行费
用车小计 用车购置 用车小计 用车购置
1.00 2.00 5.00 3.00 4.00 6.00 7.00 10.00 8.00 9.00)");
   EXPECT_EQ(form.plain["预算数"]["接待费"], "5.00");
   EXPECT_EQ(form.plain["决算数"]["用车购置"], "9.00");
}

TEST(flat_form, grids_by_labelled_rows_and_columns) {
   EXPECT_EQ(FlatForm(grid_form, R"(三公经费表
项目 合计 出国费 用车小计 用车购置 接待费
预算数 1.00 2.00 3.00 4.00 5.00
决算数 6.00 7.00 8.00 9.00 10.00)")
                 .plain.dump(),
             grid_as_declared);
   const FlatForm turned(grid_form, R"(三公经费表
项目 决算数 预算数
合计 6.00 1.00
出国费 7.00 2.00
用车小计 8.00 3.00
用车购置 9.00 4.00
接待费 10.00 5.00)");
   EXPECT_EQ(turned.plain["预算数"].dump(),
             R"({"合计":"1.00","出国费":"2.00","用车小计":"3.00","用车购置":"4.00","接待费":"5.00"})");
   const FlatForm alternating(grid_form, R"(三公经费表
合计 出国费 用车小计 用车购置 接待费
预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数
1.00 6.00 2.00 7.00 3.00 8.00 4.00 9.00 5.00 10.00)");
   EXPECT_EQ(alternating.plain.dump(), grid_as_declared);
}

TEST(flat_form, a_grid_with_lost_cells_is_unusable) {
   const FlatForm form(grid_form, R"(三公经费表
预算数 决算数
合计 出国费 用车小计 用车购置 接待费 合计 出国费 用车小计 用车购置 接待费
1.00 2.00 3.00 4.00 6.00 7.00 8.00 9.00 10.00)");
   EXPECT_TRUE(form.plain.empty());
   EXPECT_EQ(form.state(), PartState::unusable);
   EXPECT_EQ(form.account.parts[0].why.en, "there should be 10 figures (2 rows, 5 columns) and there are 9");
}

}  // namespace

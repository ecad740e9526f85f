// Tables with cells, given as CSV: which line a label and a number mean, what is left over, rows of totals below lists, text that
// stands in sheets.
#include "reports/read/recognise/recognise.hpp"
#include "tests/reports/recognise/flat.hpp"

using namespace heng;

namespace {

struct Sheet {
   Reading reading;
   ReportData plain;
   Sheet(const std::string& forms, const std::string& csv)
       : reading(recognise(tests::schema_of(forms), read_csv_document(csv))), plain(tests::without_places(reading.data)) {}

   std::vector<std::string> left() const {
      std::vector<std::string> texts;
      for (const NotUnderstood& one : reading.account.not_understood) texts.push_back(one.text);
      return texts;
   }
   PartState state(const std::string& name) const {
      for (const PartRead& one : reading.account.parts)
         if (one.name == name) return one.state;
      return PartState::missing;
   }
};
using Texts = std::vector<std::string>;

// ---- two sides ----

const std::string two_sides = R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型 }
报表 总表 "收入支出示例总表" 计量 万元 保留 2 空白按0 {
  行次表 { 1 : 一、示例收入   2 : 其他收入   3 : 总计 } 栏目 金额
  行次表 { 4 : 一、示例支出   5 : 结余   6 : 支出总计 } 栏目 金额
}
)";
const std::string head = "收入支出示例总表,,,,,\n,,,,,单位：万元\n项目,行次,金额,项目,行次,金额\n";

TEST(grid_lines, label_and_number_tell_the_line) {
   for (const std::string amount : {"12.00", "12", "1200"}) {
      const Sheet sheet(two_sides, head + "一、示例收入,1," + amount + ",一、示例支出,4," + amount + "\n总计,3," + amount +
                                       ",总计,6," + amount + "\n");
      EXPECT_EQ(sheet.plain["总表"]["3"], amount);
      EXPECT_EQ(sheet.plain["总表"]["6"], amount);
      EXPECT_EQ(sheet.left(), Texts{});
      EXPECT_EQ(sheet.state("总表"), PartState::found);
   }
}

TEST(grid_lines, another_label_with_its_number_is_no_zero) {
   const Sheet sheet(two_sides, head + "一、示例收入,1,12,一、示例支出,4,12\n总计,3,12,支出合起来,6,12\n");
   EXPECT_EQ(sheet.plain["总表"]["6"], "###");
   EXPECT_EQ(sheet.left(), Texts{"12"});
   EXPECT_EQ(sheet.state("总表"), PartState::doubtful);
}

TEST(grid_lines, label_and_number_contradict) {
   const Sheet sheet(R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型 }
报表 总表 "收入支出示例总表" 计量 万元 保留 2 空白按0 {
  行次表 { 1 : 甲收入   2 : 乙收入   3 : 丙收入   4 : 丁收入   5 : 总计 } 栏目 金额
}
)",
                     "收入支出示例总表,,\n项目,行次,金额\n甲收入,1,9.00\n乙收入,2,0.00\n丁收入,3,1.00\n总计,5,10.00\n");
   EXPECT_EQ(sheet.plain["总表"]["4"], "1.00");  // by its label
   EXPECT_EQ(sheet.plain["总表"]["3"], "###");
   EXPECT_EQ(sheet.left(), Texts{"丁收入"});
   EXPECT_EQ(sheet.state("总表"), PartState::doubtful);
}

TEST(grid_lines, whole_figures_that_nobody_took_are_listed) {
   const Sheet sheet(two_sides, head +
                                    "一、示例收入,1,1300,一、示例支出,4,1200\n其他收入,2,0,结余,5,100\n"
                                    "不在表里的,,77,也不在,,88\n总计,3,1300,支出总计,6,1300\n");
   EXPECT_EQ(sheet.left(), (Texts{"77", "88"}));
   EXPECT_EQ(sheet.plain["总表"]["6"], "1300");
}

TEST(grid_lines, more_left_than_are_listed_are_counted) {
   std::string rows = head + "一、示例收入,1,1300,一、示例支出,4,1200\n总计,3,1300,支出总计,6,1300\n";
   for (int i = 0; i < 15; ++i) rows += "不在表里的" + std::to_string(i) + ",,77.5,也不在,,88\n";
   const Sheet sheet(two_sides, rows);
   ASSERT_EQ(sheet.left().size(), 21U);
   EXPECT_NE(sheet.reading.account.not_understood.back().why.zh.find("还有 10 个数"), std::string::npos);
}

// ---- rows of totals below a list ----

std::string records(const std::string& printed) {
   return R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型   项目 : 若干 项目 }
记录 项目 "示例自评表" { 项目名称 : 文字   小计得分, 填报总分 : 分数   原因 : 文字 可不填   指标 : 若干 指标 }
记录 指标 { 一级指标, 三级指标 : 文字   分值, 得分 : 分数 }
又名 { 项目.小计得分 | 小计 对 得分
  )" + printed +
          "\n}\n";
}
const std::string list = "示例自评表,,,\n项目名称,示例,,\n一级指标,三级指标,分值,得分\n产出指标,甲,50,48\n效益指标,乙,40,39.5\n";

TEST(grid_records, totals_are_no_rows_of_the_list) {
   const Sheet sheet(records("项目.填报总分 | 总分\n项目.填报总分 | 总分 对 得分"),
                     list + "小计,,90,87.5\n总  分,,100,97.5\n原因,示例原因,,\n");
   const ReportData& project = sheet.plain["项目"][0];
   EXPECT_EQ(project["指标"].size(), 2U);
   EXPECT_EQ(project["小计得分"], "87.5");
   EXPECT_EQ(project["填报总分"], "97.5");
   EXPECT_EQ(project["原因"], "示例原因");
   EXPECT_EQ(sheet.left(), Texts{});
}

TEST(grid_records, the_only_figure_of_a_total_is_its_value) {
   const Sheet sheet(records("项目.填报总分 | 总分"), list + "总分,,,97.5\n");
   EXPECT_EQ(sheet.plain["项目"][0]["填报总分"], "97.5");
   EXPECT_EQ(sheet.plain["项目"][0]["指标"].size(), 2U);
}

TEST(grid_records, which_of_two_figures_is_not_guessed) {
   const Sheet sheet(records("项目.填报总分 | 总分"), list + "总分,,100,97.5\n");
   EXPECT_FALSE(sheet.plain["项目"][0].contains("填报总分"));
   EXPECT_EQ(sheet.plain["项目"][0]["指标"].size(), 2U);
   EXPECT_EQ(sheet.left(), (Texts{"100", "97.5"}));
}

TEST(grid_records, rows_behind_a_group_total_are_read) {
   const Sheet sheet(records("项目.填报总分 | 总分 对 得分"), list + "小计,,90,87.5\n满意度指标,丙,10,9\n合计,,100,96.5\n");
   EXPECT_EQ(sheet.plain["项目"][0]["指标"].size(), 3U);
   EXPECT_EQ(sheet.left(), (Texts{"100", "96.5"}));
}

// ---- text in sheets ----

const std::string told = R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型 }
报表 总表 "收入支出示例总表" 计量 万元 保留 2 空白按0 {
  行次表 { 1 : 一、示例收入   2 : 其他收入   3 : 总计 } 栏目 金额
}
文字表述 报告 { "部门：{单位名称}" }
文字表述 说明 在"收支总体情况说明"之后 计量 万元 保留 2 {
  "收、支总计{总额: 金额型}"
  "主要用于{用途: 名单}等方面"
}
)";

TEST(text_in_sheets, behind_its_heading) {
   const Sheet sheet(
       told,
       "部门：示例局,,金额单位：万元\n收支总体情况说明,,\n\"收、支总计12.00万元，主要用于教育支出、\",,\n国防支出等方面。,,\n"
       "收入支出示例总表,,\n项目,行次,金额\n一、示例收入,1,12.00\n其他收入,2,0.00\n总计,3,12.00\n");
   EXPECT_EQ(sheet.plain["单位名称"], "示例局");
   EXPECT_EQ(sheet.plain["说明"]["总额"], "12.00万元");
   EXPECT_EQ(sheet.plain["说明"]["用途"], "教育支出、国防支出");
   EXPECT_EQ(sheet.plain["总表"]["3"], "12.00");
   EXPECT_EQ(sheet.state("总表"), PartState::found);
}

TEST(text_in_sheets, below_the_table) {
   const Sheet sheet(told,
                     "收入支出示例总表,,\n项目,行次,金额\n一、示例收入,1,12.00\n其他收入,2,0.00\n总计,3,12.00\n"
                     "二、收支总体情况说明,,\n收、支总计12.00万元。,,\n");
   EXPECT_EQ(sheet.plain["说明"]["总额"], "12.00万元");
   EXPECT_EQ(sheet.plain["总表"]["1"], "12.00");
   EXPECT_EQ(sheet.state("总表"), PartState::found);
}

}  // namespace

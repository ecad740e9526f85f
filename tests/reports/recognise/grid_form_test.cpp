#include "tests/reports/recognise/documents.hpp"

using namespace heng;
using heng::tests::PageRead;
using heng::tests::table_of;

namespace {

const char* const forms = R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型 }
报表 总表 "收入支出决算总表" 计量 万元 保留 2 空白按0 {
  行次表 {
    1 : 一、财政拨款收入
    2 : 本年收入合计
    4 : 收入总计
  }
  栏目 金额
  行次表 {
    5 : 一、教育支出
    6 : 本年支出合计
    7 : 年末结转
    8 : 支出总计
  }
  栏目 合计, 一般公共预算
}
报表 支出 "支出决算表" 计量 万元 保留 2 空白按0 {
  各行 科目 识别码 科目代码 位数 3, 5, 7 合计行 "合计" { 科目名称 : 文字 }
  栏目 小计, 基本支出
}
报表 基本 "基本支出决算表" 计量 万元 保留 2 空白按0 {
  各行 科目 识别码 科目代码 位数 3, 5 合计行 "人员经费合计" 按 301 合计行 "公用经费合计" 按 302 { 科目名称 : 文字 }
  栏目 金额
}
报表 三公 "三公经费支出决算表" 计量 万元 保留 2 {
  方阵 预算, 决算 对 合计, 出国费, 接待费
}
又名 {
  总表[4] | 总计
  总表[8] | 总计
  三公.预算 | 预算数
  三公.决算 | 决算数
}
)";

PageRead read(const std::string& title, const std::vector<std::string>& tables) {
   std::string page = "<p>" + title + "</p><p>单位：万元</p>";
   for (const std::string& table : tables) page += table_of(table);
   return PageRead(forms, page);
}

TEST(grid_form, one_line_is_left_for_the_next_page) {
   const std::string head = "项目|行次|金额|项目|行次|合计|一般公共预算\n栏次||1|栏次||2|3\n";
   const PageRead form =
       read("收入支出决算总表", {head + "一、财政拨款收入|1|8.00|一、教育支出|5|7.00|7.00\n"
                                        "本年收入合计|2|8.00|本年支出合计|6|7.00|7.00\n|3||年末结转|7|1.00|1.00",
                                 head + "总计|4|8.00|总计|8|8.00|8.00"});
   EXPECT_EQ(form.form("总表")["4"], "8.00");
   EXPECT_EQ(form.form("总表")["8"].dump(), R"({"合计":"8.00","一般公共预算":"8.00"})");
   EXPECT_EQ(form.data["总表"]["印出"]["行次"].dump(), R"(["1","2","3","4","5","6","7","8"])");
   EXPECT_EQ(form.state("总表"), PartState::found) << form.left();
}

TEST(grid_form, line_numbers_stand_above_the_first_label_and_without_any) {
   const std::string head = "项目|行次|金额|项目|行次|合计|一般公共预算\n";
   const PageRead form =
       read("收入支出决算总表",
            {head + "一、财政拨款收入|1|8.00|一、教育支出|5|7.00|7.00\n本年收入合计|2|8.00|本年支出合计|6|7.00|7.00",
             head + "|3||年末结转|7|1.00|1.00\n总计|4|8.00|总计|8|8.00|8.00"});
   EXPECT_EQ(form.data["总表"]["印出"]["行次"].dump(), R"(["1","2","3","4","5","6","7","8"])");
   const PageRead bare =
       read("收入支出决算总表",
            {head + "一、财政拨款收入|1|8.00|一、教育支出|5|7.00|7.00\n本年收入合计|2|8.00|本年支出合计|6|7.00|7.00",
             head + "|3||年末结转|7|1.00|1.00\n|4||支出总计|8|8.00|8.00"});
   EXPECT_EQ(bare.data["总表"]["印出"]["行次"].dump(), R"(["1","2","3","4","5","6","7","8"])");
}

TEST(grid_form, a_row_that_a_page_broke_is_one) {
   const std::string head = "项目|行次|金额|项目|行次|合计|一般公共预算\n";
   const PageRead form = read(
       "收入支出决算总表", {head + "一、财政拨款收入|1|8.00|一、教育支出|5|7.00|7.00\n本年收入合计|2|8.00|本年支出|6|7.00|7.00",
                            head + "|||合计|||\n|3||年末结转|7|1.00|1.00\n总计|4|8.00|总计|8|8.00|8.00"});
   EXPECT_EQ(form.form("总表")["6"].dump(), R"({"合计":"7.00","一般公共预算":"7.00"})");
   EXPECT_EQ(form.state("总表"), PartState::found) << form.left();
   const std::string codes = "科目代码|科目名称|小计|基本支出\n";
   const PageRead rows = read("支出决算表", {codes + "205|教育|9.00|4.00", codes + "|支出||\n20508|进修|9.00|4.00"});
   EXPECT_EQ(rows.form("支出")["科目"][0]["科目名称"], "教育支出");
   EXPECT_EQ(rows.form("支出")["科目"].size(), 2u);
   const PageRead totals = read("支出决算表", {codes + "205|教育|9.00|4.00", codes + "|合计|9.00|4.00"});
   EXPECT_EQ(totals.form("支出")["科目"][0]["科目名称"], "教育");
   EXPECT_EQ(totals.form("支出")["合计"]["小计"], "9.00");
}

TEST(grid_form, heads_of_the_next_page_may_be_worse) {
   const PageRead rows = read("支出决算表", {"科目代码|科目名称|小计|基本支出\n205|教育支出|9.00|4.00",
                                             "科目代码|科目名称|小计|基本支\n20508|进修|9.00|3.00"});
   EXPECT_EQ(rows.form("支出")["科目"][1].dump(), R"({"科目代码":"20508","科目名称":"进修","小计":"9.00","基本支出":"3.00"})");
   EXPECT_EQ(rows.state("支出"), PartState::found) << rows.left();
}

TEST(grid_form, of_groups_with_the_same_heads_the_actual_one_is_read) {
   const std::string rows = "2*合计|9.00|4.00|8.00|3.00\n205|教育支出|9.00|4.00|8.00|3.00";
   for (const char* const above : {"2*项目|2*年初预算数|2*决算数\n", "2*项目|2*2023年决算数|2*2024年决算数\n",
                                   "2*项目|2*上年决算数|2*本年决算数\n", "2*项目|2*调整预算数|2*本年支出\n"}) {
      const PageRead form = read("支出决算表", {above + std::string("科目代码|科目名称|小计|基本支出|小计|基本支出\n") + rows});
      EXPECT_EQ(form.form("支出")["合计"].dump(), R"({"小计":"8.00","基本支出":"3.00"})") << above;
      EXPECT_EQ(form.form("支出")["科目"][0]["小计"], "8.00") << above;
      EXPECT_EQ(form.state("支出"), PartState::found) << above << form.left();
   }
}

TEST(grid_form, groups_that_nothing_tells_apart_are_not_read) {
   const PageRead form = read("支出决算表", {"2*项目|2*甲类|2*乙类\n科目代码|科目名称|小计|基本支出|小计|基本支出\n"
                                             "205|教育支出|9.00|4.00|8.00|3.00"});
   EXPECT_FALSE(form.form("支出").dump().find(".00") != std::string::npos) << form.form("支出").dump();
   EXPECT_EQ(form.state("支出"), PartState::unusable);
}

TEST(grid_form, a_budget_alone_is_not_what_was_spent) {
   const PageRead form = read("支出决算表", {"2*项目|2*年初预算数\n科目代码|科目名称|小计|基本支出\n205|教育支出|9.00|4.00"});
   EXPECT_FALSE(form.form("支出").dump().find(".00") != std::string::npos) << form.form("支出").dump();
}

TEST(grid_form, lines_too_take_the_actual_column) {
   const PageRead form = read("收入支出决算总表", {"项目|2*预算数|2*决算数\n项目|合计|一般公共预算|合计|一般公共预算\n"
                                                   "一、教育支出|9.00|9.00|7.00|7.00\n本年支出合计|9.00|9.00|7.00|7.00"});
   EXPECT_EQ(form.form("总表")["6"].dump(), R"({"合计":"7.00","一般公共预算":"7.00"})");
}

TEST(grid_form, grids_stand_three_ways) {
   const std::string as_declared = R"({"预算":{"合计":"5.00","出国费":"1.00","接待费":"4.00"},)"
                                   R"("决算":{"合计":"4.50","出国费":"1.00","接待费":"3.50"}})";
   for (const char* const table :
        {"3*预算数|3*决算数\n合计|出国费|接待费|合计|出国费|接待费\n5.00|1.00|4.00|4.50|1.00|3.50",
         "项目|合计|出国费|接待费\n预算数|5.00|1.00|4.00\n决算数|4.50|1.00|3.50",
         "项目|合计|出国费|接待费\n2024年预算数|5.00|1.00|4.00\n2024年决算数|4.50|1.00|3.50",
         "项目|本年预算数|本年决算数\n合计|5.00|4.50\n出国费|1.00|1.00\n接待费|4.00|3.50",
         "项目|2023年决算数|2024年预算数|2024年决算数\n合计|7.00|5.00|4.50\n出国费|7.00|1.00|1.00\n接待费|7.00|4.00|3.50"}) {
      const PageRead form = read("三公经费支出决算表", {table});
      EXPECT_EQ(form.form("三公"), ReportData::parse(as_declared)) << table << "\n" << form.form("三公").dump();
   }
}

TEST(grid_form, one_list_of_codes_with_a_column_for_each_total) {
   const PageRead form =
       read("基本支出决算表", {"2*项目|3*基本支出\n科目代码|科目名称|合计|人员经费|公用经费\n2*合计|9.00|6.00|3.00\n"
                               "301|工资|6.00|6.00|0.00\n30101|基本工资|6.00|6.00|0.00\n302|办公|3.00|0.00|3.00"});
   EXPECT_EQ(form.form("基本")["人员经费合计"]["金额"], "6.00");
   EXPECT_EQ(form.form("基本")["公用经费合计"]["金额"], "3.00");
   ASSERT_EQ(form.form("基本")["科目"].size(), 3u);
   EXPECT_EQ(form.form("基本")["科目"][2]["金额"], "3.00");
   EXPECT_EQ(form.state("基本"), PartState::found) << form.left();
}

TEST(grid_form, a_remark_below_takes_no_column_away) {
   for (const char* remark : {"注：本表反映部门本年度支出情况。|||", "本表反映部门本年度一般公共预算财政拨款支出情况|||"}) {
      const PageRead form = read("支出决算表", {"科目代码|科目名称|小计|基本支出\n201|示例|7.00|5.00\n20101|示例|7.00|5.00\n"
                                                "合计||7.00|5.00\n" +
                                                std::string(remark)});
      EXPECT_EQ(form.form("支出")["科目"].size(), 2u) << remark;
      EXPECT_EQ(form.state("支出"), PartState::found) << form.left();
   }
}

TEST(grid_form, whole_codes_stand_in_the_column_of_their_level) {
   const PageRead form =
       read("支出决算表", {"4*项目|2*本年支出\n类|款|项|科目名称|小计|基本支出\n201|||示例|7.00|5.00\n"
                           "|20101||示例|7.00|5.00\n||2010101|示例|4.00|2.00\n||2010102|示例|3.00|3.00\n4*合计|7.00|5.00"});
   std::vector<std::string> codes;
   const ReportData rows = form.form("支出")["科目"];
   for (const ReportData& row : rows) codes.push_back(row["科目代码"]);
   EXPECT_EQ(codes, (std::vector<std::string>{"201", "20101", "2010101", "2010102"}));
   EXPECT_EQ(form.state("支出"), PartState::found) << form.left();
}

}  // namespace

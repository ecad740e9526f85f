// What a table leaves out counts as blank only where the table was read whole.
#include "reports/read/recognise/recognise.hpp"
#include "tests/reports/recognise/flat.hpp"

using namespace heng;

namespace {

const char* const forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 甲表 "收支情况示例表" in 万元 to 2 blank counts as 0 { lines { 1 : 示例一
    2 : 示例二
    3 : 示例三
    4 : 本年支出合计
  }
  columns 金额 }
)";

ReportData read(const std::string& rows) {
   const Reading reading =
       recognise(tests::schema_of(forms), read_html_document("<p>示例局2024年度部门决算</p><p>收支情况示例表</p><table><tr><td>"
                                                             "项目</td><td>行次</td><td>金额</td></tr>" +
                                                             rows + "</table>"));
   ReportData form = tests::without_places(reading.data.at("甲表"));
   form.erase("印出");
   return form;
}

std::string row(const char* label, const char* line, const char* amount) {
   return std::string("<tr><td>") + label + "</td><td>" + line + "</td><td>" + amount + "</td></tr>";
}

TEST(left_out, of_a_table_that_was_read_whole) {
   EXPECT_EQ(read(row("示例一", "1", "3.00") + row("示例三", "3", "") + row("本年支出合计", "4", "3.00")),
             (ReportData{{"1", "3.00"}, {"3", ""}, {"4", "3.00"}}));
}

TEST(left_out, where_a_figure_was_not_understood) {
   EXPECT_EQ(read(row("示例一", "1", "3.00") + row("什么", "", "7.00") + row("本年支出合计", "4", "10.00")),
             (ReportData{{"1", "3.00"}, {"4", "10.00"}, {"2", "###"}, {"3", "###"}}));
}

TEST(left_out, where_the_table_ends_before_its_sum) {
   EXPECT_EQ(read(row("示例一", "1", "3.00") + row("示例二", "2", "4.00")),
             (ReportData{{"1", "3.00"}, {"2", "4.00"}, {"3", "###"}, {"4", "###"}}));
}

const char* const list = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 乙表 "支出情况示例表" in 万元 to 2 blank counts as 0 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "合计" { 科目名称 : text } columns 支出 }
)";

Reading read_list(std::initializer_list<const char*> codes) {
   std::string rows;
   for (const char* code : codes) rows += std::string("<tr><td>") + code + "</td><td>示例</td><td>1.00</td></tr>";
   return recognise(
       tests::schema_of(list),
       read_html_document("<p>示例局2024年度部门决算</p><p>支出情况示例表</p><table><tr><td>科目代码</td><td>科目名称</td>"
                          "<td>支出</td></tr>" +
                          rows + "<tr><td>合计</td><td></td><td>3.00</td></tr></table>"));
}

TEST(left_out, a_list_in_tatters_is_unusable) {
   const Reading whole = read_list({"201", "20101", "2010"});
   EXPECT_EQ(whole.account.parts.at(0).state, PartState::doubtful);
   EXPECT_EQ(whole.data.at("乙表").at("科目").size(), 2u);
   const Reading tatters = read_list({"201", "2010", "2011", "2012"});
   EXPECT_EQ(tatters.account.parts.at(0).state, PartState::unusable);
   EXPECT_EQ(tatters.account.parts.at(0).why.en, "1 rows were read, 3 were not understood");
   EXPECT_FALSE(tatters.data.contains("乙表"));
}

}  // namespace

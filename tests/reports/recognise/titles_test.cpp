#include "reports/read/recognise/titles.hpp"

#include "reports/read/recognise/stream.hpp"
#include "tests/reports/recognise/documents.hpp"

using namespace heng;
using heng::tests::PageRead;
using heng::tests::table_of;

namespace {

const char* const two_forms = R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型 }
报表 基金 "政府性基金预算财政拨款收入支出决算表" 计量 万元 保留 2 空白按0 {
  各行 科目 识别码 科目代码 位数 3, 5, 7 合计行 "合计" { 科目名称 : 文字 }
  栏目 小计, 基本支出, 项目支出
}
报表 支出 "支出决算表" 计量 万元 保留 2 空白按0 {
  各行 科目 识别码 科目代码 位数 3, 5, 7 合计行 "合计" { 科目名称 : 文字 }
  栏目 小计, 基本支出, 项目支出
}
又名 { 支出 | "支出决算总表" }
)";

std::string title_of(const std::string& line) {
   static const Schema schema = tests::schema_of(two_forms);
   static const Titles titles(schema);
   const Title* title = titles.on(folded(line));
   if (title) return schema.forms[title->form].name;
   return titles.is_caption(folded(line)) ? "?" : "";
}

TEST(titles, what_stands_around_a_name_does_not_matter) {
   for (const char* const line : {"支出决算表",
                                  "支出决算总表",
                                  "表3 支出决算表",
                                  "表三：支出决算表",
                                  "附件1：支出决算表",
                                  "附表1-2 支出决算表",
                                  "三、支出决算表",
                                  "（三）支出决算表",
                                  "公开03表 支出决算表",
                                  "支出决算表（公开03表）",
                                  "支出决算表 公开03表",
                                  "支出决算表（2024年度）",
                                  "支出决算表（按功能分类）（续）",
                                  "支出决算表（续表）",
                                  "2024年度支出决算表",
                                  "2024年示例市某局支出决算表",
                                  "示例市某局2024年度支出决算表",
                                  "（2024年度）支出决算表",
                                  "部门支出决算表",
                                  "某中学支出决算表",
                                  "表3 2024年度支出决算总表"})
      EXPECT_EQ(title_of(line), "支出") << line;
}

TEST(titles, a_name_within_another_is_none) {
   for (const char* const line :
        {"项目支出决算表", "2024年度项目支出决算表", "国有资本经营预算支出决算表", "表8 国有资本经营预算支出决算表（2024年度）",
         "一般公共预算财政拨款支出决算表", "部门整体支出绩效自评表"})
      EXPECT_EQ(title_of(line), "?") << line;
}

TEST(titles, lines_that_are_no_titles) {
   for (const char* const line : {"公开03表", "续表", "表3", "（续表）", "2024年度部门决算表", "某局2024年度部门决算公开表",
                                  "注：本表为空表", "本表无数据，为空表", "见支出决算表第3页", "支出决算情况", "决算表"})
      EXPECT_EQ(title_of(line), "") << line;
}

const std::string head = "2*项目|3*本年支出\n科目代码|科目名称|小计|基本支出|项目支出\n";

TEST(titles, a_table_under_an_unknown_title_is_no_part_of_the_form_before) {
   const std::string page = "<p>政府性基金预算财政拨款收入支出决算表</p><p>公开07表</p><p>部门：某局 金额单位：万元</p>" +
                            table_of(head + "2*合计|8.00|3.00|5.00\n212|城乡社区支出|8.00|3.00|5.00") +
                            "<p>国有资本经营支出表</p><p>公开08表</p><p>部门：某局 金额单位：万元</p>" +
                            table_of(head + "2*合计|9.00|0.00|9.00\n223|国有资本经营预算支出|9.00|0.00|9.00");
   const PageRead read(two_forms, page);
   EXPECT_EQ(read.form("基金")["科目"].dump(),
             R"([{"科目代码":"212","科目名称":"城乡社区支出","小计":"8.00","基本支出":"3.00","项目支出":"5.00"}])");
   EXPECT_EQ(read.form("基金")["合计"]["小计"], "8.00");
   EXPECT_EQ(read.state("基金"), PartState::found);
   EXPECT_EQ(read.left(), "国有资本经营支出表\n");
   EXPECT_NE(read.account.not_understood.at(0).why.zh.find("又名"), std::string::npos);
}

TEST(titles, what_runs_over_all_pages_parts_no_form) {
   const std::string running = "<p>某局决算公开一览表</p>";
   const PageRead read(two_forms, running + "<p>政府性基金预算财政拨款收入支出决算表</p>" +
                                      table_of(head + "212|城乡社区支出|8.00|3.00|5.00") + running +
                                      table_of("21208|土地出让支出|8.00|3.00|5.00") + running + "<p>支出决算表</p>" +
                                      table_of(head + "2*合计|9.00|0.00|9.00"));
   EXPECT_EQ(read.form("基金")["科目"].size(), 2u);
   EXPECT_EQ(read.form("支出")["合计"]["小计"], "9.00");
   EXPECT_EQ(read.left(), "");
}

TEST(titles, a_title_may_be_broken_over_two_lines) {
   const PageRead read(two_forms, "<p>表7 政府性基金预算财政拨款</p><p>收入支出决算表（2024年度）</p><p>单位：万元</p>" +
                                      table_of(head + "2*合计|8.00|3.00|5.00"));
   EXPECT_EQ(read.form("基金")["合计"]["小计"], "8.00");
   EXPECT_EQ(read.data["基金"]["印出"]["标题"], "政府性基金预算财政拨款收入支出决算表");
}

}  // namespace

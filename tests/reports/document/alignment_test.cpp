// Columns from positions alone, in text with blanks and on pages.
#include "reports/read/document/alignment.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "grammar/source.hpp"
#include "tests/reports/document/printing.hpp"

namespace heng::tests {

namespace {

// Words of a text whose columns are aligned by blanks: two blanks or more part them. Chinese characters are two columns wide.
std::vector<AlignedLine> lines_of(const std::string& text) {
   std::vector<AlignedLine> lines;
   for (std::size_t begin = 0, end; begin < text.size(); begin = end + 1) {
      end = std::min(text.find('\n', begin), text.size());
      const std::string line = text.substr(begin, end - begin);
      AlignedLine made;
      made.top = static_cast<float>(lines.size());
      made.bottom = made.top + 1;
      made.em = 2;
      for (std::size_t at = line.find_first_not_of(' '), stop; at != std::string::npos; at = line.find_first_not_of(' ', stop)) {
         stop = std::min(line.find("  ", at), line.size());
         AlignedWord word;
         word.text = line.substr(at, stop - at);
         word.left = static_cast<float>(display_width(line.substr(0, at)));
         word.right = word.left + static_cast<float>(display_width(word.text));
         made.words.push_back(word);
      }
      lines.push_back(made);
   }
   return lines;
}

std::string tables(const std::string& text, const PartialBorders& borders = {}) {
   std::string all;
   for (AlignedTable& found : aligned_tables(lines_of(text), borders)) {
      Document document;
      document.blocks.emplace_back(std::move(found.table));
      all += std::to_string(found.first) + "-" + std::to_string(found.last) + " " + printed(document);
   }
   return all;
}

TEST(Alignment, ColumnsWithBlankCells) {
   EXPECT_EQ(tables("科目编码    科目名称              合计      基本支出   项目支出\n"
                    "201         一般公共服务支出    900.16    600.10     300.06\n"
                    "20103       示例事务            900.16    600.10     300.06\n"
                    "2010301     行政运行            600.10    600.10\n"
                    "2010302     一般行政管理事务    300.06               300.06\n"),
             "0-5 table 0: 5x5 without borders\n"
             "  0: |0 科目编码 |1 科目名称 |2 合计 |3 基本支出 |4 项目支出\n"
             "  1: |0 201 |1 一般公共服务支出 |2 900.16 |3 600.10 |4 300.06\n"
             "  2: |0 20103 |1 示例事务 |2 900.16 |3 600.10 |4 300.06\n"
             "  3: |0 2010301 |1 行政运行 |2 600.10 |3 600.10\n"
             "  4: |0 2010302 |1 一般行政管理事务 |2 300.06 |4 300.06\n");
}

TEST(Alignment, AHeadOverSeveralColumnsSpansThem) {
   EXPECT_EQ(tables("  收入决算数及上年数              支出决算数及上年数\n"
                    "项目        决算      上年      项目        决算      上年\n"
                    "拨款        10.00      9.00     服务        8.00      7.00\n"
                    "其他         1.00      2.00     保障        3.00      4.00\n"
                    "合    计    11.00     11.00     合    计   11.00     11.00\n"),
             "0-5 table 0: 5x6 without borders\n"
             "  0: |0 <1x3> 收入决算数及上年数 |3 <1x3> 支出决算数及上年数\n"
             "  1: |0 项目 |1 决算 |2 上年 |3 项目 |4 决算 |5 上年\n"
             "  2: |0 拨款 |1 10.00 |2 9.00 |3 服务 |4 8.00 |5 7.00\n"
             "  3: |0 其他 |1 1.00 |2 2.00 |3 保障 |4 3.00 |5 4.00\n"
             "  4: |0 合 计 |1 11.00 |2 11.00 |3 合 计 |4 11.00 |5 11.00\n");
}

// The head stands at the left of its column, its figures at the right: there is more room within a column than between two.
TEST(Alignment, HeadsBesideTheirFigures) {
   const std::string text =
       "科目编码    科目名称            合计              基本支出          项目支出\n"
       "栏次                            1                 2                 3\n"
       "201         一般公共服务支出             900.16            600.10           300.06\n"
       "20103       示例事务                     900.16            600.10           300.06\n"
       "2010301     行政运行                     600.10            600.10             0.00\n";
   EXPECT_EQ(tables(text),
             "0-5 table 0: 5x5 without borders\n"
             "  0: |0 科目编码 |1 科目名称 |2 合计 |3 基本支出 |4 项目支出\n"
             "  1: |0 栏次 |2 1 |3 2 |4 3\n"
             "  2: |0 201 |1 一般公共服务支出 |2 900.16 |3 600.10 |4 300.06\n"
             "  3: |0 20103 |1 示例事务 |2 900.16 |3 600.10 |4 300.06\n"
             "  4: |0 2010301 |1 行政运行 |2 600.10 |3 600.10 |4 0.00\n");
}

TEST(Alignment, ATableGoesOnWhereItsFewLinesWouldNotTellItsColumns) {
   const std::vector<AlignedTable> before =
       aligned_tables(lines_of("301     基本工资    10.00    302     办公费    1.00\n"
                               "30101   津贴补贴    20.00    30201   印刷费    2.00\n"
                               "30102   奖金        30.00    30202   咨询费    3.00\n"));
   ASSERT_EQ(before.size(), 1U);
   const std::vector<AlignedLine> next = lines_of("                             30203   手续费    4.00\n");
   EXPECT_TRUE(aligned_tables(next).empty());
   const std::vector<AlignedTable> after = aligned_tables(next, {}, {before[0].cuts, 0});
   ASSERT_EQ(after.size(), 1U);
   EXPECT_EQ(after[0].table.columns, 6U);
   EXPECT_EQ(after[0].table.cells[0].column, 3U);
   // A table of other columns is another table.
   const std::vector<AlignedLine> other =
       lines_of("甲             1,234,567.00\n乙    7,654,321.00    8.00\n丙    7,654,321.00    9.00\n");
   for (const AlignedTable& one : aligned_tables(other, {}, {before[0].cuts, 0})) EXPECT_NE(one.table.columns, 6U);
}

TEST(Alignment, ALabelThatGoesOnInTheNextLine) {
   EXPECT_EQ(tables("项目                    金额\n"
                    "机关事业单位基本养老    120.00\n"
                    "保险缴费支出\n"
                    "住房公积金              100.20\n"
                    "购房补贴                 20.00\n"),
             "0-5 table 0: 4x2 without borders\n"
             "  0: |0 项目 |1 金额\n"
             "  1: |0 机关事业单位基本养老^保险缴费支出 |1 120.00\n"
             "  2: |0 住房公积金 |1 100.20\n"
             "  3: |0 购房补贴 |1 20.00\n");
}

TEST(Alignment, BordersTellTheRows) {
   EXPECT_EQ(tables("项目          金额      说明\n"
                    "甲             1.00     第一\n"
                    "                        第二\n"
                    "乙             2.00     第三\n",
                    {{0, 1, 3, 4}, {}}),
             "0-4 table 0: 3x3 without borders\n"
             "  0: |0 项目 |1 金额 |2 说明\n"
             "  1: |0 甲 |1 1.00 |2 第一^第二\n"
             "  2: |0 乙 |1 2.00 |2 第三\n");
}

TEST(Alignment, RowsWithOneWordBetweenBordersEndNoTable) {
   const std::string text =
       "收入            金额        支出            金额\n"
       "财政拨款        8.00        教育支出        7.00\n"
       "本年收入        8.00        商业支出        7.00\n"
       "                            科学支出\n"
       "                            文化支出\n"
       "                            卫生支出\n"
       "                            农林支出\n"
       "总计            8.00        总计            7.00\n";
   EXPECT_EQ(tables(text).substr(0, 3), "0-3");
   EXPECT_EQ(tables(text, {{0, 1, 2, 3, 4, 5, 6, 7, 8}, {}}).substr(0, 3), "0-8");
}

// The same, each line 12 high at the heights given.
std::string tables_at(const std::string& text, const std::vector<float>& tops) {
   std::vector<AlignedLine> lines = lines_of(text);
   std::string all;
   for (std::size_t i = 0; i < lines.size(); ++i) lines[i].top = tops.at(i), lines[i].bottom = tops.at(i) + 12;
   for (AlignedTable& found : aligned_tables(lines)) {
      Document document;
      document.blocks.emplace_back(std::move(found.table));
      all += printed(document);
   }
   return all;
}

TEST(Alignment, ALabelAboveAndBelowTheAmountsOfItsRow) {
   EXPECT_EQ(tables_at("201         一般公共服务支出    900.16    600.10\n"
                       "20103       示例事务            900.16    600.10\n"
                       "            机关事业单位基本\n"
                       "2010301                         600.10    600.10\n"
                       "            养老保险支出\n"
                       "20104       其他事务            300.06    300.06\n"
                       "            机关事业单位职业\n"
                       "2010401                         300.06    300.06\n"
                       "            年金支出\n",
                       {0, 25, 50, 61, 72, 97, 122, 133, 144}),
             "table 0: 5x4 without borders\n"
             "  0: |0 201 |1 一般公共服务支出 |2 900.16 |3 600.10\n"
             "  1: |0 20103 |1 示例事务 |2 900.16 |3 600.10\n"
             "  2: |0 2010301 |1 机关事业单位基本^养老保险支出 |2 600.10 |3 600.10\n"
             "  3: |0 20104 |1 其他事务 |2 300.06 |3 300.06\n"
             "  4: |0 2010401 |1 机关事业单位职业^年金支出 |2 300.06 |3 300.06\n");
}

TEST(Alignment, HeadsBelowAHeadOverThemStandApartHoweverClose) {
   EXPECT_EQ(tables_at("                              公务用车购置及运行费\n"
                       "合计      因公出国费                                   接待费\n"
                       "                          购置费          运行费\n"
                       "55.00     16.99           20.95           11.42          5.64\n"
                       "47.56     14.04           19.10           10.38          4.04\n",
                       {0, 7, 14, 40, 60}),
             "table 0: 4x5 without borders\n"
             "  0: |0 合计 |1 因公出国费 |2 <1x2> 公务用车购置及运行费 |4 接待费\n"
             "  1: |2 购置费 |3 运行费\n"
             "  2: |0 55.00 |1 16.99 |2 20.95 |3 11.42 |4 5.64\n"
             "  3: |0 47.56 |1 14.04 |2 19.10 |3 10.38 |4 4.04\n");
}

TEST(Alignment, AWordOverTwoCellsOfItsRowIsOfOneCellWithThem) {
   EXPECT_EQ(tables("项目    金额    上年\n"
                    "甲      1.00    2.00\n"
                    "    甲乙之和\n"
                    "丙      3.00    4.00\n",
                    {{0, 1, 3, 4}, {}}),
             "0-4 table 0: 3x3 without borders\n"
             "  0: |0 项目 |1 金额 |2 上年\n"
             "  1: |0 <1x2> 甲 1.00^甲乙之和 |2 2.00\n"
             "  2: |0 丙 |1 3.00 |2 4.00\n");
}

TEST(Alignment, TextIsNoTable) {
   EXPECT_EQ(tables("一、收入支出总体情况\n"
                    "示例单位2024年度收入总计  12.30  万元，比上年增加。\n"
                    "主要原因是示例项目按计划实施。\n"
                    "二、收入决算情况    （一）总体\n"
                    "本年收入合计12.30万元。\n"),
             "");
   EXPECT_EQ(tables(""), "");
   EXPECT_EQ(tables("甲  乙\n"), "");
}

TEST(Alignment, TwoTablesWithASentenceBetween) {
   const std::string found =
       tables("甲    1\n乙    2\n丙    3\n以下各项均为示例，与任何单位无关。\n丁    4    5\n戊    6    7\n己    8    9\n");
   EXPECT_NE(found.find("0-3 table 0: 3x2"), std::string::npos) << found;
   EXPECT_NE(found.find("4-7 table 0: 3x3"), std::string::npos) << found;
}

TEST(Alignment, LongTextsTakeLittleTime) {
   std::string text;
   for (int i = 0; i < 20000; ++i)
      text += "科目" + std::to_string(10000 + i) + "    12.00    " + (i % 3 == 0 ? "" : "13.00") + "\n  续\n";
   const auto begin = std::chrono::steady_clock::now();
   EXPECT_FALSE(aligned_tables(lines_of(text)).empty());
   EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));  // linear; with sanitizers, on a busy machine
}

}  // namespace

}  // namespace heng::tests

// What kind of file bytes are; what CSV and HTML make of them.
#include "reports/read/document/formats.hpp"

#include <gtest/gtest.h>

#include <set>

using namespace heng;

namespace {

const DocumentTable& table_of(const Document& document) {
   static const DocumentTable none;
   for (const DocumentBlock& block : document.blocks)
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&block)) return *table;
   return none;
}

std::string text_at(const DocumentTable& table, std::uint32_t row, std::uint32_t column) {
   for (const DocumentCell& cell : table.cells)
      if (cell.row <= row && row < cell.row + cell.rows && cell.column <= column && column < cell.column + cell.columns)
         return cell.text;
   return "(none)";
}

// Every position under one cell at most, none outside.
void expect_sound(const DocumentTable& table) {
   std::set<std::pair<std::uint32_t, std::uint32_t>> covered;
   for (const DocumentCell& cell : table.cells)
      for (std::uint32_t row = cell.row; row < cell.row + cell.rows; ++row)
         for (std::uint32_t column = cell.column; column < cell.column + cell.columns; ++column) {
            EXPECT_LT(row, table.rows);
            EXPECT_LT(column, table.columns);
            EXPECT_TRUE(covered.insert({row, column}).second) << row << " " << column;
         }
}

TEST(format_of, content_decides) {
   EXPECT_EQ(format_of("%PDF-1.7"), DocumentFormat::pdf);
   EXPECT_EQ(format_of("PK\x03\x04 xl/workbook.xml"), DocumentFormat::xlsx);
   EXPECT_EQ(format_of("PK\x03\x04 word/document.xml"), DocumentFormat::docx);
   EXPECT_EQ(format_of("PK\x03\x04 a.txt"), DocumentFormat::unknown);
   EXPECT_EQ(format_of("\xD0\xCF\x11\xE0"), DocumentFormat::office);
   EXPECT_EQ(format_of(" <!DOCTYPE html><p>"), DocumentFormat::html);
   EXPECT_EQ(format_of("\xEF\xBB\xBF{\"heng\":1}"), DocumentFormat::json);
   EXPECT_EQ(format_of(""), DocumentFormat::text);
   EXPECT_EQ(format_of(std::string_view("2024\0\0\0\0\0", 9)), DocumentFormat::unknown);
}

TEST(format_of, tables_of_text) {
   EXPECT_EQ(format_of("项目,金额\n收入,1\n支出,2\n"), DocumentFormat::csv);
   EXPECT_EQ(format_of("示例表\n2024年度\n项目,行次,金额\n收入,1,1\n支出,2,2\n合计,3,3\n"), DocumentFormat::csv);
   EXPECT_EQ(format_of("收入 17,127.83 万元\n支出 1,234.56 万元\n"), DocumentFormat::text);
   EXPECT_EQ(format_of("示例文字。\n收入为1,234.56万元。\n"), DocumentFormat::text);
   EXPECT_EQ(format_of(std::string_view("a\0,\0b\0\n\0c\0,\0d\0\n\0", 16)), DocumentFormat::csv);  // UTF-16 without a mark
}

TEST(csv, quotes) {
   const Document read = read_csv_document("a,\"1,234.56\",\"x\"\"y\"\r\n\"two\nlines\",b,c\r\n");
   const DocumentTable& table = table_of(read);
   EXPECT_EQ(text_at(table, 0, 1), "1,234.56");
   EXPECT_EQ(text_at(table, 0, 2), "x\"y");
   EXPECT_EQ(text_at(table, 1, 0), "two\nlines");
   EXPECT_EQ(text_at(table, 1, 2), "c");
   EXPECT_TRUE(read.problems.empty());
}

TEST(csv, a_quote_that_is_never_closed_swallows_nothing) {
   const Document read = read_csv_document("a,b\n\"c,d\ne,f\n");
   const DocumentTable& table = table_of(read);
   EXPECT_EQ(text_at(table, 1, 0), "\"c");
   EXPECT_EQ(text_at(table, 1, 1), "d");
   EXPECT_EQ(text_at(table, 2, 1), "f");
   ASSERT_EQ(read.problems.size(), 1u);
   EXPECT_EQ(read.problems[0].place.line, 2u);
   EXPECT_FALSE(read.problems[0].refuses);
}

TEST(csv, separators_and_encodings) {
   EXPECT_EQ(text_at(table_of(read_csv_document("a;b\nc;1,5\n")), 1, 1), "1,5");
   EXPECT_EQ(text_at(table_of(read_csv_document("a\tb\nc\t1,234.56\n")), 1, 1), "1,234.56");
   EXPECT_EQ(text_at(table_of(read_csv_document("a,\xCA\xBE\xC0\xFD\nb,c\n")), 0, 1), "示例");  // GB18030
   EXPECT_EQ(text_at(table_of(read_csv_document(std::string_view("\xFF\xFE"
                                                                 "a\0,\0b\0",
                                                                 8))),
                     0, 1),
             "b");
}

TEST(csv, too_large_is_said) {
   std::string text(5000, ',');
   for (int i = 0; i < 5000; ++i) text += "\na,b";
   const Document read = read_csv_document(text);
   EXPECT_TRUE(read.blocks.empty());
   ASSERT_EQ(read.problems.size(), 1u);
   EXPECT_EQ(read.problems[0].code, Code::report_too_large);
}

TEST(html, spans) {
   const Document read =
       read_html_document("<table><tr><td rowspan=2>a<td colspan=2>b<td>c</tr><tr><td>d<td>e<td>f</tr></table>");
   const DocumentTable& table = table_of(read);
   EXPECT_EQ(table.rows, 2u);
   EXPECT_EQ(table.columns, 4u);
   EXPECT_EQ(text_at(table, 1, 0), "a");
   EXPECT_EQ(text_at(table, 0, 2), "b");
   EXPECT_EQ(text_at(table, 1, 1), "d");
   EXPECT_EQ(text_at(table, 1, 3), "f");
   expect_sound(table);
}

TEST(html, spans_that_run_into_each_other) {
   const Document read = read_html_document(
       "<table><tr><td>a<td rowspan=9>b</tr><tr><td colspan=5>c<td>d</tr><tr><td rowspan=999999 colspan=999999>e</table>");
   const DocumentTable& table = table_of(read);
   EXPECT_EQ(text_at(table, 1, 0), "c");
   EXPECT_EQ(text_at(table, 1, 1), "b");
   expect_sound(table);
}

TEST(html, hidden_text_is_not_read_and_depth_is_bounded) {
   const Document read = read_html_document("<p>示例<span style='display: none'>没有</span><script>x</script></p>");
   ASSERT_EQ(read.blocks.size(), 1u);
   EXPECT_EQ(boost::variant2::get<DocumentLine>(read.blocks[0]).text, "示例");
   std::string deep = "<html>";
   for (int i = 0; i < 200'000; ++i) deep += "<b>";
   const Document refused = read_html_document(deep);
   ASSERT_EQ(refused.problems.size(), 1u);
   EXPECT_TRUE(refused.problems[0].refuses);
   std::string flat = "<html>";
   for (int i = 0; i < 20'000; ++i) flat += "<p>示<br>";  // closes by itself: not deep
   EXPECT_TRUE(read_html_document(flat).problems.empty());
}

}  // namespace

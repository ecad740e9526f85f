#include <gtest/gtest.h>

#include "reports/read/document/formats.hpp"

using namespace heng;

namespace {

std::string shown(const Document& document) {
   std::string text;
   for (const DocumentBlock& block : document.blocks) {
      const DocumentLine& line = boost::variant2::get<DocumentLine>(block);
      if (line.place.page != 0) text += std::to_string(line.place.page) + "/";
      text += std::to_string(line.place.line) + (line.block_begins ? "+" : " ") + line.text + "|";
   }
   return text;
}

TEST(text_document, lines_and_blocks) {
   const Document document = read_text_document("  甲 1\r\n乙\n\n \t\n丙  \n\n");
   EXPECT_EQ(shown(document), "1+  甲 1|2 乙|5+丙|");
   EXPECT_TRUE(document.flat);
   EXPECT_TRUE(document.problems.empty());
}

TEST(text_document, form_feeds_turn_pages) {
   const Document document = read_text_document("甲\f乙\n丙\f");
   EXPECT_EQ(shown(document), "1/1+甲|2/2+乙|2/3 丙|");
}

TEST(text_document, charsets) {
   EXPECT_EQ(shown(read_text_document("\xEF\xBB\xBF收入")), "1+收入|");
   EXPECT_EQ(shown(read_text_document(std::string_view("\xFF\xFE\x36\x65\x65\x51\x0A\x00", 8))), "1+收入|");
   EXPECT_EQ(shown(read_text_document(std::string_view("\xFE\xFF\x65\x36\x51\x65", 6))), "1+收入|");
   EXPECT_EQ(shown(read_text_document("\xCA\xD5\xC8\xEB 1.00")), "1+收入 1.00|");  // GB18030
}

TEST(text_document, columns_aligned_by_blanks_are_tables) {
   const Document document = read_text_document(R"(示例表
科目编码    科目名称              合计      基本支出   项目支出
201         一般公共服务支出    900.16    600.10     300.06
20103       示例事务            900.16    600.10     300.06
2010301     行政运行            600.10    600.10
2010302     一般行政管理事务    300.06               300.06
2010303     机关服务              0.00      0.00       0.00
2010350     事业运行              0.00      0.00       0.00
)");
   EXPECT_FALSE(document.flat);
   ASSERT_EQ(document.blocks.size(), 2u);
   const DocumentTable& table = boost::variant2::get<DocumentTable>(document.blocks[1]);
   EXPECT_FALSE(table.borders_known);
   EXPECT_EQ(table.rows, 7u);
   EXPECT_EQ(table.columns, 5u);
   for (const DocumentCell& cell : table.cells)
      if (cell.row == 4 && cell.column == 4) {
         EXPECT_EQ(cell.text, "300.06");
         EXPECT_EQ(cell.place.line, 6u);
      }
}

TEST(text_document, words_one_blank_apart_stay_words) {
   std::string text;
   for (int i = 0; i < 9; ++i) text += "201 示例 1.00 2.00\n合计 100       100 100%\n";
   EXPECT_TRUE(read_text_document(text).flat);
}

TEST(text_document, what_is_no_text_is_said) {
   const Document broken = read_text_document("收入支出总表金额单位万元本年收入合计\xE6 1.00");
   EXPECT_EQ(broken.problems.size(), 1u);
   EXPECT_FALSE(broken.problems.at(0).refuses);
   EXPECT_EQ(broken.blocks.size(), 1u);
   EXPECT_TRUE(read_text_document("").problems.empty());
   const Document bytes = read_text_document(std::string_view("\xFF\xFF\xFF\xFF\xFF\xFF\x80\x80", 8));
   ASSERT_EQ(bytes.problems.size(), 1u);
   EXPECT_TRUE(bytes.problems[0].refuses);
   EXPECT_TRUE(bytes.blocks.empty());
}

}  // namespace

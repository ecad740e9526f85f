// What tesseract lists as words on a picture becomes lines and tables, marked as recognised.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reports/read/document/formats.hpp"
#include "tests/reports/document/printing.hpp"

namespace heng::tests {

namespace {

const std::string head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

// A word of `wide` dots, 40 high.
std::string word(const std::string& text, int left, int top, int wide, const std::string& confidence = "91.5", int height = 40) {
   return fmt::format("5\t1\t1\t1\t1\t1\t{}\t{}\t{}\t{}\t{}\t{}\n", left, top, wide, height, confidence, text);
}

TEST(Tesseract, WordsBecomeLinesAndTables) {
   const std::string tsv = head + "1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n" + word("收入", 300, 200, 80) +
                           word("决算", 385, 202, 80) + word("表", 470, 199, 40) + word("|", 280, 400, 4, "30", 60) +
                           word("项目", 300, 400, 80) + word("金额", 1000, 401, 80) + word("一、", 300, 480, 60) +
                           word("拨款", 365, 478, 80) + word("1,234.56", 960, 482, 160, "88") + word("总计", 300, 560, 80) +
                           word("1,234.56", 960, 561, 160, "88");
   EXPECT_EQ(printed(read_tesseract_tsv(tsv, 3)),
             "¶ 3:1 收入决算表 ~\n"
             "table 3: 3x2 without borders\n"
             "  0: |0 项目~ |1 金额~\n"
             "  1: |0 一、拨款~ |1 1,234.56~\n"
             "  2: |0 总计~ |1 1,234.56~\n");
}

TEST(Tesseract, PlacesAreInPointsOfThePage) {
   const Document found = read_tesseract_tsv(head + word("字", 300, 600, 40), 1);
   const DocumentLine& line = boost::variant2::get<DocumentLine>(found.blocks.at(0));
   EXPECT_FLOAT_EQ(line.place.box.left, 72);  // an inch
   EXPECT_EQ(line.place.page, 1U);
   EXPECT_EQ(line.certainty, Certainty::recognised);
}

TEST(Tesseract, BrokenLists) {
   EXPECT_EQ(printed(read_tesseract_tsv("", 1)), "problem 1: no text was recognised on page 1\n");
   EXPECT_EQ(printed(read_tesseract_tsv(head, 2)), "problem 2: no text was recognised on page 2\n");
   EXPECT_EQ(printed(read_tesseract_tsv(head + "5\t1\t1\nword\n" + word("\xFF\xFE", 1, 1, 1), 1)),
             "refused 1: page 1: 3 lines of what was recognised cannot be understood\n");
   EXPECT_EQ(printed(read_tesseract_tsv(head + word("字", 99999999, 1, 1) + word("好", 100, 100, 40) + word("负", 1, 1, -5), 1)),
             "problem 1: page 1: 2 lines of what was recognised cannot be understood\n"
             "¶ 1:1 好 ~\n");
}

}  // namespace

}  // namespace heng::tests

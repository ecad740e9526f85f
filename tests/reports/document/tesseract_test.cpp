// What tesseract lists as words on a picture becomes lines and tables, marked as recognised.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reports/read/document/formats.hpp"
#include "reports/read/document/scan.hpp"
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

// A white picture with black boxes.
std::string picture(std::size_t width, std::size_t height, const std::vector<std::array<std::size_t, 4>>& boxes) {
   std::string dots(width * height, '\xFF');
   for (const auto& [left, top, right, bottom] : boxes)
      for (std::size_t y = top; y < bottom; ++y)
         std::fill_n(dots.begin() + static_cast<std::ptrdiff_t>(y * width + left), right - left, '\0');
   return fmt::format("P5\n{} {}\n255\n", width, height) + dots;
}

TEST(Tesseract, RulingLinesOfThePictureMakeTheTable) {
   const std::string pgm = picture(1300, 400,
                                   {{100, 100, 1200, 104},
                                    {100, 200, 1200, 203},
                                    {100, 300, 1200, 304},
                                    {100, 100, 104, 304},
                                    {600, 100, 603, 304},
                                    {1196, 100, 1200, 304},
                                    {150, 130, 190, 170}});  // and a letter
   const PictureLines lines = lines_of_picture(pgm);
   EXPECT_EQ(lines.picture, picture(1300, 400, {{150, 130, 190, 170}}));
   EXPECT_EQ(printed(read_scanned_page(head + word("甲", 150, 130, 40) + word("乙", 700, 230, 40), 1, lines.rules)),
             "table 1: 2x2\n"
             "  0: |0 甲~ |1 \n"
             "  1: |0  |1 乙~\n");
}

TEST(Tesseract, DarkAreasAreNoLines) {
   const std::string pgm = picture(600, 400, {{50, 50, 500, 300}});
   EXPECT_TRUE(lines_of_picture(pgm).rules.empty());
   EXPECT_EQ(lines_of_picture(pgm).picture, pgm);
}

TEST(Tesseract, WhatIsNoPicture) {
   for (const std::string& bytes :
        {std::string(), std::string("P5"), std::string("P5\n9 9\n255\n"), std::string("P5\n99999999999 1\n255\n\xFF"),
         std::string("P6\n1 1\n255\n\xFF"), std::string("P5\n1 1\n65535\n\xFF\xFF"), std::string("P5\n0 0\n255\n")}) {
      EXPECT_TRUE(lines_of_picture(bytes).rules.empty());
      EXPECT_EQ(lines_of_picture(bytes).picture, bytes);
   }
}

}  // namespace

}  // namespace heng::tests

// What stands where on pages becomes lines and tables: made-up reports in many layouts, and pages written by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "reports/read/document/formats.hpp"
#include "tests/reports/document/printing.hpp"

namespace heng::tests {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
   std::ifstream file(path, std::ios::binary);
   return {std::istreambuf_iterator<char>(file), {}};
}

// Only what does not depend on the fonts of a machine: the tables, without the breaks of their lines.
std::string tables_only(const std::string& text) {
   std::string kept;
   for (std::size_t begin = 0, end; begin < text.size(); begin = end + 1) {
      end = std::min(text.find('\n', begin), text.size());
      std::string line = text.substr(begin, end - begin);
      if (line.rfind("table", 0) != 0 && (line.rfind("  ", 0) != 0 || line.find(": |") == std::string::npos)) continue;
      line.erase(std::remove(line.begin(), line.end(), '^'), line.end());
      kept += line + '\n';
   }
   return kept;
}

// tests/reports/document/layouts/NAME.json is what heng-pdf-boxes printed of a page that make_layouts.py made; NAME.txt is what
// it holds. HENG_REWRITE=1 writes the latter anew, to be read by a person. HENG_LAYOUTS=FOLDER reads the .json from there: what
// was made just now, by another browser and with other fonts perhaps (tests/tools/pdf_layouts.py).
TEST(PdfDocument, LayoutsThatDepartmentsPrint) {
   const fs::path here = "tests/reports/document/layouts";
   const char* elsewhere = std::getenv("HENG_LAYOUTS");
   std::size_t seen = 0;
   for (const fs::directory_entry& entry : fs::directory_iterator(here)) {
      if (entry.path().extension() != ".json") continue;
      ++seen;
      const fs::path source = elsewhere != nullptr ? fs::path(elsewhere) / entry.path().filename() : entry.path();
      const std::string found = printed(read_pdf_boxes(text_of(source)));
      const fs::path expected = fs::path(entry.path()).replace_extension(".txt");
      if (std::getenv("HENG_REWRITE") != nullptr) std::ofstream(expected, std::ios::binary) << found;
      if (elsewhere != nullptr)
         EXPECT_EQ(tables_only(found), tables_only(text_of(expected))) << source;
      else
         EXPECT_EQ(found, text_of(expected)) << source;
   }
   EXPECT_GE(seen, 12U);
}

// ---- pages written by hand

// A run of text whose characters are `size` wide.
std::string run(const std::string& text, double left, double top, double size = 10, const std::string& more = "") {
   std::string along;
   std::size_t count = 0;
   for (const char c : text)
      if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
   for (std::size_t i = 0; i < count; ++i)
      along += (i == 0 ? "" : ",") + std::to_string(left + size * i) + "," + std::to_string(left + size * (i + 1));
   return R"({"text":")" + text + R"(","size":)" + std::to_string(size) + R"(,"across":[)" + std::to_string(top) + "," +
          std::to_string(top + size) + R"(],"along":[)" + along + "]" + more + "}";
}

std::string page(const std::string& runs, const std::string& rules = "", const std::string& images = "") {
   return R"({"width":400,"height":600,"runs":[)" + runs + R"(],"rules":[)" + rules + R"(],"fills":[],"images":[)" + images +
          "]}";
}

std::string document(const std::string& pages, const std::string& more = "") {
   return R"({"heng":"pdf-boxes/1","status":"ok","page_count":1,"pages":[)" + pages + "]" + more + "}";
}

std::string read(const std::string& json) { return printed(read_pdf_boxes(json)); }

// The rules of a grid with these edges.
std::string grid(const std::vector<double>& xs, const std::vector<double>& ys) {
   std::string rules;
   const auto add = [&](double left, double top, double right, double bottom) {
      rules += (rules.empty() ? "[" : ",[") + std::to_string(left) + "," + std::to_string(top) + "," + std::to_string(right) +
               "," + std::to_string(bottom) + ",0]";
   };
   for (const double y : ys) add(xs.front(), y - 0.25, xs.back(), y + 0.25);
   for (const double x : xs) add(x - 0.25, ys.front(), x + 0.25, ys.back());
   return rules;
}

TEST(PdfDocument, LinesGoByTheirCentresAndNotByTheOrderOfDrawing) {
   EXPECT_EQ(read(document(page(run("下一行", 50, 120) + "," + run("元", 90, 101) + "," + run("金额", 50, 100) + "," +
                                run("12", 72, 99, 9)))),
             "¶ 1:1 金额12元\n"
             "¶ 1:2 下一行\n");
}

TEST(PdfDocument, AnAmountHalfALineAboveItsRowIsInItsCell) {
   EXPECT_EQ(read(document(page(
                 run("行政运行", 55, 110) + "," + run("9.50", 155, 101) + "," + run("其他", 55, 135) + "," + run("1", 155, 126),
                 grid({50, 150, 220}, {100, 125, 150})))),
             "table 1: 2x2\n"
             "  0: |0 行政运行 |1 9.50\n"
             "  1: |0 其他 |1 1\n");
}

TEST(PdfDocument, AWordThatRunsALittleOverItsCellStaysWhole) {
   EXPECT_EQ(read(document(page(run("12345678", 55, 102) + "," + run("9", 150, 102), grid({50, 128, 220}, {100, 115, 130})))),
             "table 1: 2x2\n"
             "  0: |0 12345678 |1 9\n"
             "  1: |0  |1 \n");
}

TEST(PdfDocument, PageNumbersAndRunningHeadsGo) {
   std::string pages;
   for (int i = 1; i <= 4; ++i)
      pages += (i == 1 ? "" : ",") + page(run("示例单位决算", 100, 20) + "," + run("正文" + std::to_string(i), 50, 300) + "," +
                                          run("- " + std::to_string(i) + " -", 190, 580));
   EXPECT_EQ(read(document(pages)),
             "¶ 1:1 正文1\n"
             "¶ 2:1 正文2\n"
             "¶ 3:1 正文3\n"
             "¶ 4:1 正文4\n");
   // A number at the foot that does not count pages stays.
   EXPECT_EQ(read(document(page(run("正文", 50, 300) + "," + run("88", 190, 580)))),
             "¶ 1:1 正文\n"
             "¶ 1:2 88\n");
}

TEST(PdfDocument, APageThatIsWrittenSidewaysIsTurned) {
   // Turned a quarter clockwise: along is y, across is x; the first line stands at the right edge.
   const std::string turned = R"(,"turn":90)";
   const Document found =
       read_pdf_boxes(document(page(run("第一行", 50, 380, 10, turned) + "," + run("第二行", 50, 340, 10, turned))));
   EXPECT_EQ(printed(found),
             "¶ 1:1 第一行\n"
             "¶ 1:2 第二行\n");
   const Box& box = boost::variant2::get<DocumentLine>(found.blocks[0]).place.box;  // on the paper as it lies
   EXPECT_FLOAT_EQ(box.left, 380);
   EXPECT_FLOAT_EQ(box.top, 50);
   EXPECT_FLOAT_EQ(box.bottom, 80);
}

TEST(PdfDocument, WritingThatRunsDownANarrowCell) {
   EXPECT_EQ(read(document(page(run("成", 52, 102) + "," + run("本", 52, 114) + "," + run("指标值", 80, 110) + "," +
                                    run("≥9", 80, 130) + "," + run("乙", 52, 130),
                                grid({50, 65, 150}, {100, 126, 145})))),
             "table 1: 2x2\n"
             "  0: |0 成^本 |1 指标值\n"
             "  1: |0 乙 |1 ≥9\n");
}

TEST(PdfDocument, WhatTheFileDoesNotName) {
   EXPECT_EQ(read(document(page(run("金\uFFFD", 55, 102) + "," + run("⾦额", 155, 102), grid({50, 150, 220}, {100, 115, 130})))),
             "problem 1: the file does not say what 1 characters are (the first is on page 1)\n"
             "table 1: 2x2\n"
             "  0: |0 金\uFFFD! |1 ⾦额\n"
             "  1: |0  |1 \n");
}

TEST(PdfDocument, TheTextLayerOfAScanIsMarkedAndOtherInvisibleTextIsNotRead) {
   const std::string invisible = R"(,"invisible":true)";
   EXPECT_EQ(read(document(page(run("识别的", 50, 100, 10, invisible) + "," + run("看不见的", 50, 300, 10, invisible) + "," +
                                    run("印出的", 50, 330),
                                "", "[0,0,400,200]"))),
             "¶ 1:1 识别的 ~\n"
             "¶ 1:2 印出的\n");
}

TEST(PdfDocument, WhatCannotBeReadIsSaid) {
   EXPECT_EQ(read(R"({"heng":"pdf-boxes/1","status":"password"})"), "refused 0: this PDF opens only with a password\n");
   EXPECT_EQ(read(R"({"heng":"pdf-boxes/1","status":"damaged"})"), "refused 0: this PDF is damaged beyond repair\n");
   EXPECT_EQ(read(document(page("", "", "[0,0,400,600]"))),
             "refused 1: this PDF has no text, only pictures (a scan): it must be recognised first\n");
   EXPECT_EQ(read(document(page(run("正文", 50, 300)) + "," + page("", "", "[0,0,400,600]"))),
             "problem 2: 1 pages hold a picture and no text (the first is page 2)\n"
             "¶ 1:1 正文\n");
   EXPECT_EQ(read(document(page(run("正文", 50, 300)), R"(,"stopped":"time")")),
             "problem 0: only read as far as page 1: the time for it is spent\n"
             "¶ 1:1 正文\n");
}

TEST(PdfDocument, BrokenAndAbsurdBoxes) {
   const std::string whole = document(page(run("正文", 50, 300), grid({50, 150, 220}, {100, 115, 130})));
   for (std::size_t length = 0; length < whole.size(); ++length) {
      const Document found = read_pdf_boxes(whole.substr(0, length));
      ASSERT_EQ(found.problems.size(), 1U) << length;
      EXPECT_TRUE(found.problems[0].refuses);
   }
   const std::string refused = "refused 0: heng-pdf-boxes gave no complete answer\n";
   for (const char* text :
        {"[]", "null", R"({"heng":"other/1","status":"ok","pages":[]})", "\xFF\xFE", "{\"heng\":\"pdf-boxes/1\"\0"})
      EXPECT_EQ(read(text), refused) << text;
   // Numbers out of all bounds, lists of the wrong length, things of the wrong type: left out, and said.
   EXPECT_EQ(read(document(page(run("正文", 50, 300) + R"(,{"text":"错","size":1e300,"across":[0,1],"along":[0,1]},)" +
                                R"({"text":"错","size":9,"across":[0,1],"along":[0]},{"text":7},[],)" +
                                R"({"text":"错","size":9,"turn":45,"across":[0,1],"along":[0,1]})"))),
             "problem 1: page 1: 5 pieces of text without proper places are left out\n"
             "¶ 1:1 正文\n");
   EXPECT_EQ(read(document(page(run("正文", 1e30, -1e30) + "," + run("远", 50, 1e30), "[-1e308,0,1e308,1,0],[5,5,0,0,0],[1],7")))
                 .rfind("¶", 0),
             0U);
}

TEST(PdfDocument, ManyLinesTakeBoundedTime) {
   std::string rules;
   for (int i = 0; i < 60000; ++i) {
      const int x = i % 300, y = i / 300;
      rules += (i == 0 ? "[" : ",[") + std::to_string(x * 7) + "," + std::to_string(y * 7) + "," + std::to_string(x * 7 + 6) +
               "," + std::to_string(y * 7 + 1) + ",0]";
   }
   for (int i = 0; i < 6000; ++i) rules += ",[" + std::to_string(i * 7) + ",0," + std::to_string(i * 7 + 1) + ",4000,0]";
   EXPECT_EQ(read(document(page(run("正文", 50, 300), rules))),
             "problem 1: page 1 has too many lines or cells: its tables are not read in full\n"
             "¶ 1:1 正文\n");
}

}  // namespace

}  // namespace heng::tests

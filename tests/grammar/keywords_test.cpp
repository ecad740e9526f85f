// The table of keywords, and that none of its words keeps people from their own names.
#include "grammar/keywords.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/grammar/reading.hpp"

namespace heng {
namespace {

TEST(Keywords, StandInTheOrderOfTheirWords) {
   ASSERT_EQ(keywords().size(), word_count);
   for (std::size_t i = 0; i < word_count; ++i) EXPECT_EQ(static_cast<std::size_t>(keywords()[i].word), i);
}

TEST(Keywords, DeclarationsHaveSpellingsOfTheirOwn) {
   std::set<std::string_view> seen;
   for (const Keyword& each : keywords()) {
      if (each.role != WordRole::declaration && each.role != WordRole::change) continue;
      EXPECT_TRUE(seen.insert(each.english).second) << each.english;
      EXPECT_TRUE(seen.insert(each.chinese).second) << each.chinese;
   }
}

TEST(Keywords, HideInNamesWhereBlanksWereForgotten) {
   const auto found = glued_keywords("c并且d");
   ASSERT_EQ(found.size(), 1u);
   EXPECT_EQ(found[0].before, "c");
   EXPECT_EQ(found[0].keyword, "并且");
   EXPECT_EQ(found[0].after, "d");
   EXPECT_TRUE(glued_keywords("本年收入合计").empty());
}

TEST(Keywords, AreSuggestedWhenMisspelt) {
   EXPECT_EQ(closest("chekc", {"check", "choice"}), "check");
   EXPECT_EQ(closest("审合", {"审核", "要求"}), "审核");
   EXPECT_EQ(closest("完全不同", {"审核", "要求"}), std::nullopt);
}

// What official forms print as labels, columns and notes may be a name, though it is a keyword elsewhere.
TEST(Keywords, StayFreeAsNames) {
   for (const char* name : {"合计", "其中",     "单位", "级别", "行",   "分值",  "等级",  "编号",    "依据", "要求", "评分",
                            "上年", "金额单位", "目标", "日期", "代码", "文字",  "报表",  "保留",    "计量", "错误", "提示",
                            "通过", "档次",     "参数", "记录", "选项", "total", "check", "message", "each"}) {
      const std::string text = "报表集 甲 2024\n报告 { " + std::string(name) + " : 文字 }\n";
      const test::Read fields = test::read(text);
      EXPECT_TRUE(fields.outcome.diagnostics.empty()) << fields.mistakes();
      EXPECT_EQ(test::structure(std::string(name) + " + 1"), "(+ " + std::string(name) + " 1)");
   }
}

// Every label and column of the forms in rules/ is written there without quotes and read as it is printed.
TEST(Keywords, LabelsOfTheOfficialFormsNeedNoQuotes) {
   const test::Read read = test::read(test::text_of_file("rules/部门决算/报表-2024.heng"));
   ASSERT_TRUE(read.outcome.diagnostics.empty()) << read.mistakes();
   int lines = 0, columns = 0;
   for (const auto& declaration : read.outcome.value.modules.front().declarations) {
      const auto* form = boost::variant2::get_if<tree::Form>(&declaration);
      if (!form) continue;
      for (const auto& block : form->blocks) {
         if (const auto* each = boost::variant2::get_if<tree::LinesBlock>(&block)) {
            for (const tree::Line& line : each->lines) {
               EXPECT_EQ(line.label.find_first_of("\"{}#"), std::string::npos) << line.label;
               const std::string code = line.code.empty() ? "" : " 代码 " + line.code;
               EXPECT_EQ(read.sources.text_of(line.span), line.number + code + " : " + line.label);
               ++lines;
            }
            columns += static_cast<int>(each->columns.size());
         }
         if (const auto* each = boost::variant2::get_if<tree::RowsBlock>(&block))
            for (const tree::Column& column : each->columns) columns += !column.name.quoted;
      }
   }
   EXPECT_GT(lines, 70);
   EXPECT_GT(columns, 30);
}

TEST(Keywords, BracketsMayStandInTheNameOfAColumn) {
   const test::Read read = test::read("报表集 甲 2024\n报表 公开09 { 方阵 预算, 决算 对 合计, 因公出国（境）费, 公务接待费 }\n");
   ASSERT_TRUE(read.outcome.diagnostics.empty()) << read.mistakes();
   const auto& form = boost::variant2::get<tree::Form>(read.outcome.value.modules[0].declarations[0]);
   const auto& grid = boost::variant2::get<tree::GridBlock>(form.blocks[0]);
   EXPECT_EQ(grid.columns[1].name.text, "因公出国（境）费");
}

}  // namespace
}  // namespace heng

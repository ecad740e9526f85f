// The table of message codes: every code once, in both languages, and its examples say what they promise.
#include "grammar/codes.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/grammar/reading.hpp"

namespace heng {
namespace {

bool speaks_both(const Said& said) { return !said.zh.empty() && !said.en.empty() && said.zh != said.en; }

TEST(Codes, StandOnceInBothLanguages) {
   std::set<int> seen;
   for (const CodeRow& row : code_table()) {
      EXPECT_TRUE(seen.insert(static_cast<int>(row.code)).second) << row.name;
      EXPECT_TRUE(speaks_both(row.title) && speaks_both(row.explanation)) << row.name;
   }
}

TEST(Codes, AllOfThemHaveARow) {
   const std::string header = test::text_of_file("grammar/codes.hpp");
   std::set<std::string> rows;
   for (const CodeRow& row : code_table()) rows.insert(std::string(row.name));
   std::size_t found = 0;
   for (std::size_t at = header.find(" = "); at != std::string::npos; at = header.find(" = ", at + 1)) {
      const std::size_t begin = header.find_last_of(" \n", at - 1) + 1;
      const std::string name = header.substr(begin, at - begin);
      EXPECT_TRUE(rows.count(name)) << name;
      ++found;
   }
   EXPECT_EQ(found, rows.size());
}

TEST(Codes, AreFoundBySpelling) {
   ASSERT_NE(find_code("E301"), nullptr);
   EXPECT_EQ(find_code("E301"), find_code("301"));
   EXPECT_EQ(find_code("E301"), find_code("e301"));
   EXPECT_EQ(find_code("E999"), nullptr);
   EXPECT_EQ(code_name(Code::units_differ), "E301");
}

TEST(Codes, ExamplesAreSpelledAsTheySay) {
   for (const CodeRow& row : code_table()) {
      const test::Read right = test::read(std::string(row.right));
      EXPECT_TRUE(right.outcome.diagnostics.empty()) << row.name << '\n' << right.mistakes();
      const test::Read wrong = test::read(std::string(row.wrong));
      const bool is_spelling = static_cast<int>(row.code) < 200 || row.code == Code::bad_interval;
      if (!is_spelling || row.wrong.empty()) {
         EXPECT_TRUE(wrong.outcome.diagnostics.empty()) << row.name << '\n' << wrong.mistakes();
         continue;
      }
      ASSERT_EQ(wrong.outcome.diagnostics.size(), 1u) << row.name << '\n' << wrong.mistakes();
      EXPECT_EQ(code_name(wrong.outcome.diagnostics[0].code), code_name(row.code));
   }
}

TEST(Codes, AboutRulesHaveExamples) {
   for (const CodeRow& row : code_table()) EXPECT_EQ(row.right.empty(), static_cast<int>(row.code) >= 500) << row.name;
}

}  // namespace
}  // namespace heng

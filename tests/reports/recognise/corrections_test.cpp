#include "reports/read/recognise/corrections.hpp"

#include <gtest/gtest.h>

using namespace heng;

namespace {

const std::string head = "位置,原为,改为,改正人,日期,说明\n";

struct Corrected {
   ReportData data =
       ReportData::parse(R"({"总表": {"1": {"value": "1,234.56", "line": 3}, "2": {"missing": "unreadable", "raw": "###"}},
      "明细": {"科目": [{"科目代码": {"value": "201"}, "金额": {"value": "5"}}, {"科目代码": {"value": "208"}, "金额": {"value": "7"}}]}})");
   ReportProblems problems;
   std::size_t applied = 0;

   explicit Corrected(const std::string& text) {
      const auto corrections = read_corrections(text, "示例.csv", problems);
      applied = apply_corrections(corrections, "示例.csv", data, problems);
   }
};

TEST(corrections, used) {
   const Corrected one(head + "总表[1],\"1,234.56\",\"1,234.65\",示例人,2025-01-02,误读\n");
   EXPECT_TRUE(one.problems.empty());
   EXPECT_EQ(one.applied, 1u);
   EXPECT_EQ(one.data["总表"]["1"].dump(),
             R"({"value":"1,234.65","line":3,"raw":"1,234.56","from":"corrected","by":"示例人","when":"2025-01-02"})");
}

TEST(corrections, rows_by_key_and_what_could_not_be_read) {
   const Corrected one(head + "明细[208].金额,7,8,示例人,2025-01-02,\n总表[2],,9.00,示例人,2025-01-02,\n");
   EXPECT_EQ(one.applied, 2u);
   EXPECT_EQ(one.data["明细"]["科目"][1]["金额"]["value"], "8");
   EXPECT_EQ(one.data["明细"]["科目"][0]["金额"]["value"], "5");
   EXPECT_EQ(one.data["总表"]["2"]["value"], "9.00");
   EXPECT_FALSE(one.data["总表"]["2"].contains("missing"));
   EXPECT_EQ(one.data["总表"]["2"]["raw"], "###");
}

TEST(corrections, lapsed_nameless_and_nowhere) {
   const Corrected one(
       head + "总表[1],9.99,1,示例人,2025-01-02,\n总表[1],\"1,234.56\",1,,2025-01-02,\n总表[7],1,2,示例人,2025-01-02,\n");
   EXPECT_EQ(one.applied, 0u);
   ASSERT_EQ(one.problems.size(), 3u);
   for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(one.problems[i].line, i + 2);
   EXPECT_EQ(one.data["总表"]["1"]["value"], "1,234.56");
}

TEST(corrections, columns_must_be_named) {
   const Corrected one("示例,示例\n总表[1],2\n");
   EXPECT_EQ(one.applied, 0u);
   ASSERT_EQ(one.problems.size(), 1u);
   EXPECT_EQ(one.problems[0].line, 1u);
}

}  // namespace

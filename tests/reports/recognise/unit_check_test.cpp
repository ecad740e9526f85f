#include "reports/read/recognise/unit_check.hpp"

#include "tests/reports/recognise/flat.hpp"

using namespace heng;

namespace {

const char* const two_forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place }
form 甲 "甲表" in 万元 to 2 { lines { 1 : 示例一
    2 : 示例二
    3 : 示例三
    4 : 示例四
  }
  columns 金额 }
form 乙 "乙表" in 万元 to 2 { lines { 1 : 示例一
    2 : 示例二
    3 : 示例三
    4 : 示例四
  }
  columns 金额 }
)";

ReportData lines(std::initializer_list<const char*> figures) {
   ReportData form = ReportData::object();
   int number = 0;
   for (const char* figure : figures) form[std::to_string(++number)] = {{"value", figure}};
   return form;
}

TEST(unit_check, a_table_in_yuan_is_one_finding) {
   const Schema schema = tests::schema_of(two_forms);
   ReportData data = {{"甲", lines({"12,345,600.00", "7,890,100.00", "4,455,500.00", "0.00"})},
                      {"乙", lines({"1,234.56", "789.01", "445.55", "0.00"})}};
   const std::vector<WrongUnit> wrong = read_units_right(schema, data);
   ASSERT_EQ(wrong.size(), 1u);
   EXPECT_EQ(wrong[0].form, "甲");
   EXPECT_EQ(wrong[0].is, "元");
   EXPECT_EQ(data["甲"]["1"]["unit"], "元");
   EXPECT_FALSE(data["乙"]["1"].contains("unit"));
}

TEST(unit_check, tables_that_agree_or_share_nothing_are_left_alone) {
   const Schema schema = tests::schema_of(two_forms);
   for (const auto& first :
        {lines({"1,234.56", "789.01", "445.55", "0.00"}), lines({"98,765,432.10", "11,223,344.55", "5.00", "6.00"})}) {
      ReportData data = {{"甲", first}, {"乙", lines({"1,234.56", "789.01", "445.55", "0.00"})}};
      const ReportData before = data;
      EXPECT_TRUE(read_units_right(schema, data).empty());
      EXPECT_EQ(data, before);
   }
}

}  // namespace

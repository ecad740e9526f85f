// Last year's report is read by last year's forms into a report of this year; what it says keeps its place.
#include "reports/read/last_year.hpp"

#include "interpreter/last_year.hpp"
#include "tests/reports/reading.hpp"

namespace heng {
namespace {

using tests::Reading;

constexpr const char* last_years_forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place   项目 : list of 项目 }
record 项目 { 项目名称 : text   年初预算数 : money in 元 to 2 }
form 总表 "收入支出总表" in 元 to 2 blank counts as 0 {
  lines { 1 : 拨款收入
    2 : 其他收入
    28 : 收入总计
  }
  columns 金额
}
form 支出 "支出表" in 万元 to 2 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "合计" { 科目名称 : text }
  columns 基本支出, 本年支出
}
form 三公 in 万元 to 2 { grid 决算 by 合计, 接待费 }
)";

struct Both {
   Reading now;
   Reading then{last_years_forms};
   LastYearShape shape;

   Both() {
      add_last_year(now.schema);
      shape = shape_of_last_year(now.schema, then.schema);
      now.builder = std::make_unique<BatchBuilder>(now.schema);
      now.shape = shape_of(now.schema);
   }

   LastYearsReport last_year(const std::string& text) {
      LastYearsReport last;
      last.year = 2023;
      last.file = "上年.json";
      last.text = text + std::string(record_padding, '\0');
      return last;
   }

   bool read(const std::string& text, const std::string& last) {
      RecordStream stream("今年.json", text);
      EXPECT_TRUE(stream.next(now.block));
      const Record& record = now.block.records.front();
      EXPECT_TRUE(now.reader.open("今年.json", record, {}, now.problems));
      const LastYearsReport report = last_year(last);
      JsonReader of_last_year;
      const auto beside = [&] {
         Record its_own{report.bytes(), 1, 1, 0};
         ReportProblems problems;
         return of_last_year.open("上年.json", its_own, {}, problems) &&
                of_last_year.fill_last_year(shape, *now.builder, record.text.size());
      };
      const bool read = now.reader.fill(now.shape, *now.builder, now.problems, beside);
      now.batch = &now.builder->finish();
      return read;
   }
};

constexpr const char* this_year = R"({"单位名称": "甲", "年度": 2024, "总表": {"1": "5.00", "31": "6.00"}})";

TEST(LastYearReading, ByItsOwnForms) {
   Both both;
   const std::string last =
       R"({"单位名称": "甲", "年度": "2023年度", "别的": [1, {"x": 2}], "项目": [{"项目名称": "乙项", "年初预算数": 70000}],
      "总表": {"1": 30000.00, "2": "1", "28": {"value": "40,000.00", "raw": "４0,000.00", "page": 3}, "31": "99"},
      "支出": {"合计": {"本年支出": "9"}, "科目": [{"科目代码": "201", "基本支出": "4", "本年支出": "8"}]},
      "三公": {"决算": {"接待费": "0.5"}}, "拨款": {"33": {"合计": "2.50"}}})";
   ASSERT_TRUE(both.read(this_year, last));
   Reading& now = both.now;
   EXPECT_EQ(now.value("总表[31]"), "60000");
   EXPECT_EQ(now.value("上年.单位名称"), "甲");
   EXPECT_EQ(now.value("上年.年度"), "2023");
   EXPECT_EQ(now.value("上年.总表[1]"), "30000") << "in 元 then";
   EXPECT_EQ(now.value("上年.总表[31]"), "40000") << "line 28 then";
   EXPECT_EQ(now.value("上年.支出.科目.本年支出", 0), "90000") << "the total row";
   EXPECT_EQ(now.value("上年.支出.科目.本年支出", 1), "80000");
   EXPECT_EQ(now.value("上年.项目.年初预算数"), "70000");
   EXPECT_EQ(now.value("上年.三公.决算.接待费"), "5000");
   EXPECT_EQ(now.value("上年.三公.预算.接待费"), "[no such row]") << "the form of that year has no such row";
   EXPECT_EQ(now.value("上年.拨款[33].合计"), "25000") << "a form that last year's do not have is read as this year's";
   EXPECT_EQ(now.batch->frames[now.schema.list_in(report_frame, "项目")].rows, 0u) << "last year's rows are no rows of this year";
}

TEST(LastYearReading, KeepsThePlacesApart) {
   Both both;
   const std::string last =
       R"({"年度": 2023, "单位名称": "甲", "总表": {"28": {"value": "40,000.00", "raw": "４0,000.00", "page": 3}}})";
   ASSERT_TRUE(both.read(this_year, last));
   const std::string_view text = both.now.block.records.front().text;
   const LastYearsReport report = both.last_year(last);
   const Origin own = both.now.origin("总表[31]"), of_last_year = both.now.origin("上年.总表[31]");
   const FigurePlaces places = places_of(text, report, {own, of_last_year});
   EXPECT_EQ(places.at(own.begin).pointer, "/总表/31");
   EXPECT_EQ(places.at(own.begin).file, "");
   EXPECT_EQ(places.at(of_last_year.begin).pointer, "/总表/28");
   EXPECT_EQ(places.at(of_last_year.begin).file, "上年.json");
   EXPECT_EQ(places.at(of_last_year.begin).page, "3");
   EXPECT_EQ(raw_text(text, report, own), "6.00");
   EXPECT_EQ(raw_text(text, report, of_last_year), "４0,000.00");
}

TEST(LastYearReading, WhatBreaksOffTakesTheReportWithIt) {
   Both both;
   EXPECT_FALSE(
       both.read(this_year, R"({"年度": 2023, "单位名称": "甲", "支出": {"科目": [{"科目代码": "201", "本年支出": "8"}, )"));
   EXPECT_EQ(both.now.batch->reports, 0u);
   EXPECT_EQ(both.now.batch->frames[both.now.schema.last_years_frame(1)].rows, 0u);
}

}  // namespace
}  // namespace heng

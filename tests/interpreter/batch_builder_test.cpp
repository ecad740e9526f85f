// The builder of batches: exact numbers, blanks and their kin, units that are taken over, hierarchy, keys.
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using testing_tools::Weighing;
using What = BatchBuilder::Problem::What;

constexpr const char* no_rules = "计算 无 : 甲\n";

Rational value_at(const Batch& batch, FieldId field, std::uint32_t row) {
   const Column& column = batch.columns[field];
   if (const auto wide = column.wide.find(row); wide != column.wide.end()) return wide->second;
   return Rational(column.mantissa[row]) * power_of_ten(column.exponent);
}

TEST(Batch, NumbersStayExactWhateverComesAfterThem) {
   Weighing weighing(no_rules);
   const std::vector<std::pair<const char*, Rational>> printed = {
       {"0.1", Rational(1, 10)},
       {"17,127.83", Rational(1712783, 100)},
       {"-5", -5},
       {"0.000001", Rational(1, 1'000'000)},
       {"123456789012345678901234567.89", Rational(Integer("12345678901234567890123456789"), 100)},
       {"0.0000000000000000000000000001", Rational(1) / Rational(Integer("10000000000000000000000000000"))},
       {"9223372036854775807", Rational(Integer("9223372036854775807"))},
       {"3", 3},
   };
   for (const auto& [text, value] : printed) weighing.report({{"甲", text}});
   const Batch& batch = weighing.batch();
   for (std::uint32_t row = 0; row < printed.size(); ++row)
      EXPECT_EQ(value_at(batch, weighing.field(report_frame, "甲"), row), printed[row].second) << printed[row].first;
}

TEST(Batch, UnitsGoIntoTheBaseUnit) {
   Weighing weighing(no_rules);
   weighing.report({{"总表[1]", "1.5"}, {"总表[2]", "15000元"}, {"率", "3.7"}, {"甲", "0.5万元"}, {"人数", "3"}});
   const Batch& batch = weighing.batch();
   const auto at = [&](const char* name) { return value_at(batch, weighing.field(report_frame, name), 0); };
   EXPECT_EQ(at("总表[1]"), 15000);
   EXPECT_EQ(at("总表[2]"), 15000);
   EXPECT_EQ(at("率"), Rational(37, 1000));
   EXPECT_EQ(at("甲"), 5000);
   EXPECT_EQ(at("人数"), 3);
}

TEST(Batch, KindsOfMissing) {
   Weighing weighing(no_rules);
   const std::vector<std::pair<const char*, Missing>> printed = {
       {"", Missing::blank},
       {"  ", Missing::blank},
       {"　", Missing::blank},
       {"-", Missing::dash},
       {"—", Missing::dash},
       {"--", Missing::dash},
       {"/", Missing::slash},
       {"／", Missing::slash},
       {"无", Missing::none},
       {"###", Missing::unreadable},
       {"#VALUE!", Missing::unreadable},
   };
   for (const auto& [text, kind] : printed) weighing.report({{"甲", text}, {"单位名称", text}});
   weighing.report();
   const Batch& batch = weighing.batch();
   for (const char* name : {"甲", "单位名称"}) {
      const auto& missing = batch.columns[weighing.field(report_frame, name)].missing;
      for (std::uint32_t row = 0; row < printed.size(); ++row) EXPECT_EQ(missing[row], printed[row].second) << printed[row].first;
      EXPECT_EQ(missing[printed.size()], Missing::not_read);
   }
}

TEST(Batch, BlankCountsAs0InATableThatCarriesAFigure) {
   Weighing weighing(no_rules);
   weighing.report({{"总表[1]", "1.00"}, {"总表[2]", ""}, {"总表[3]", "-"}});
   weighing.row("支出表.科目", {{"科目代码", "201"}, {"支出", "1.00"}, {"基本", ""}});
   weighing.row("支出表.科目", {{"科目代码", "202"}, {"支出", ""}});
   weighing.report({{"总表[1]", ""}});
   const Batch& batch = weighing.batch();
   const auto missing = [&](FrameId frame, const char* name, std::uint32_t row) {
      return batch.columns[weighing.field(frame, name)].missing[row];
   };
   EXPECT_EQ(missing(0, "总表[2]", 0), Missing::none_missing);
   EXPECT_EQ(batch.columns[weighing.field(0, "总表[2]")].marks[0], mark_taken_as_0);
   EXPECT_EQ(missing(0, "总表[3]", 0), Missing::dash);
   EXPECT_EQ(missing(0, "总表[4]", 0), Missing::none_missing) << "absent, in lines";
   EXPECT_EQ(missing(0, "总表[1]", 1), Missing::blank) << "a table without a figure";
   EXPECT_EQ(missing(0, "总表[4]", 1), Missing::not_read);
   const FrameId rows = weighing.frame("支出表.科目");
   EXPECT_EQ(missing(rows, "基本", 0), Missing::none_missing);
   EXPECT_EQ(missing(rows, "专项", 0), Missing::not_read) << "absent, in rows";
   EXPECT_EQ(missing(rows, "支出", 1), Missing::blank) << "a row without a figure";
}

TEST(Batch, AnActualTakesTheUnitOfItsTarget) {
   struct Example {
      const char *target, *actual;
      std::uint8_t marks;
      Rational value;
   };
   const std::vector<Example> examples = {
       {"≤650元/人·天", "396", mark_unit_from_target, Rational(396, 1440)},
       {"≥95%", "97", mark_unit_from_target, Rational(97, 100)},
       {"≥95%", "97%", 0, Rational(97, 100)},
       {"≥2700万", "31510711", 0, 31510711},
       {"41个", "41", mark_unit_from_target, 41},
       {"12月30日前", "41", 0, 41},
       {"全省第一档次", "41", 0, 41},
       {"≥90%", "≥90%", mark_bound, Rational(9, 10)},
   };
   Weighing weighing(no_rules);
   weighing.report();
   for (const Example& one : examples) {
      weighing.begin("项目", {});
      weighing.row("项目.指标", {{"目标值", one.target}, {"实际值", one.actual}});
      weighing.end();
   }
   const Batch& batch = weighing.batch();
   const FieldId actual = weighing.field(weighing.frame("项目.指标"), "实际值");
   const FieldId target = weighing.field(weighing.frame("项目.指标"), "目标值");
   for (std::uint32_t row = 0; row < examples.size(); ++row) {
      EXPECT_EQ(batch.columns[actual].marks[row], examples[row].marks) << examples[row].target;
      EXPECT_EQ(value_at(batch, actual, row), examples[row].value) << examples[row].target;
      if (examples[row].marks & mark_unit_from_target) {
         EXPECT_EQ(batch.columns[actual].measure[row], batch.columns[target].measure[row]) << examples[row].target;
      }
   }
}

TEST(Batch, HierarchyFollowsTheCodes) {
   Weighing weighing(no_rules);
   weighing.report();
   weighing.total("支出表.科目", {{"支出", "1.00"}});
   for (const char* code : {"201", "20101", "20102", "20901", "203", "2030"}) weighing.row("支出表.科目", {{"科目代码", code}});
   const FrameData& rows = weighing.batch().frames[weighing.frame("支出表.科目")];
   EXPECT_EQ(rows.up, (std::vector<std::int32_t>{-1, 0, 1, 1, 0, 0, 5}));
   EXPECT_EQ(rows.level, (std::vector<std::int16_t>{0, 3, 5, 5, 5, 3, 4}));
   EXPECT_EQ(rows.orphan, (std::vector<std::uint8_t>{0, 0, 0, 0, 1, 0, 1}));
   EXPECT_EQ(rows.total, (std::vector<std::int16_t>{0, -1, -1, -1, -1, -1, -1}));
}

TEST(Batch, ADoubledKeyIsToldAndTheFirstIsFound) {
   Weighing weighing(no_rules);
   weighing.report();
   weighing.row("支出表.科目", {{"科目代码", "201"}, {"支出", "1.00"}});
   weighing.row("支出表.科目", {{"科目代码", "２０１"}, {"支出", "2.00"}});
   weighing.report();
   weighing.row("支出表.科目", {{"科目代码", "201"}});
   const Batch& batch = weighing.batch();
   const auto doubled = weighing.builder().take_doubled();
   ASSERT_EQ(doubled.size(), 1u);
   EXPECT_EQ(doubled[0].key, "201");
   EXPECT_EQ(batch.frames[weighing.frame("支出表.科目")].by_key.size(), 2u);
   EXPECT_TRUE(weighing.builder().take_doubled().empty());
}

TEST(Batch, WhatDoesNotFitIsSaid) {
   Weighing weighing(no_rules);
   weighing.report({{"甲", "1"}});
   const auto what = [&](FrameId frame, const char* name, const char* text) { return weighing.set(frame, name, text).what; };
   EXPECT_EQ(what(0, "甲", "2"), What::already_set);
   EXPECT_EQ(what(0, "乙", "约3"), What::not_a_number);
   EXPECT_EQ(what(0, "丙", "3人"), What::wrong_unit);
   EXPECT_EQ(what(0, "人数", "3元"), What::wrong_unit);
   EXPECT_EQ(what(0, "是非", "也许"), What::not_yes_no);
   EXPECT_EQ(what(0, "年度", "今年"), What::not_a_number);
   const Batch& batch = weighing.batch();
   EXPECT_EQ(batch.columns[weighing.field(0, "乙")].missing[0], Missing::unreadable);
   EXPECT_EQ(value_at(batch, weighing.field(0, "甲"), 0), 1) << "the first value stays";
}

TEST(Batch, ADroppedReportLeavesNothing) {
   Weighing weighing(no_rules);
   BatchBuilder& builder = weighing.builder();
   const FrameId rows = weighing.frame("支出表.科目");
   const auto fill = [&](const char* amount) {
      builder.begin_report();
      builder.set_text(weighing.field(0, "甲"), amount, "", {});
      builder.begin_row(rows);
      builder.set_text(weighing.field(rows, "科目代码"), "201", "", {});
   };
   fill("1234567890123456789012345678");
   builder.drop_report();
   fill("7");
   builder.end_row();
   builder.end_report();
   const Batch& batch = builder.finish();
   EXPECT_EQ(batch.reports, 1u);
   EXPECT_EQ(batch.frames[rows].rows, 1u);
   EXPECT_EQ(value_at(batch, weighing.field(0, "甲"), 0), 7);
   EXPECT_EQ(batch.columns[weighing.field(0, "乙")].missing[0], Missing::not_read);
   builder.clear();
   EXPECT_EQ(builder.reports(), 0u);
   fill("8");
   builder.end_row();
   builder.end_report();
   EXPECT_EQ(value_at(builder.finish(), weighing.field(0, "甲"), 0), 8);
}

TEST(Batch, MisuseIsOurOwnFault) {
   Weighing weighing(no_rules);
   BatchBuilder& builder = weighing.builder();
   EXPECT_THROW(builder.end_report(), std::logic_error);
   EXPECT_THROW(builder.begin_row(weighing.frame("支出表.科目")), std::logic_error);
   EXPECT_THROW(builder.set_text(0, "1", "", {}), std::logic_error);
   builder.begin_report();
   EXPECT_THROW(builder.begin_report(), std::logic_error);
   EXPECT_THROW(builder.end_row(), std::logic_error);
   EXPECT_THROW(builder.begin_row(weighing.frame("项目.指标")), std::logic_error);
   EXPECT_THROW(builder.begin_total_row(weighing.frame("支出表.科目"), 3), std::logic_error);
   EXPECT_THROW(builder.finish(), std::logic_error);
}

}  // namespace
}  // namespace heng

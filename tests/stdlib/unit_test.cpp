// Units, quantities as printed, targets.
#include "stdlib/unit.hpp"

#include <gtest/gtest.h>

namespace heng {
namespace {

TEST(Unit, IsReadInBaseUnits) {
   struct {
      const char *text, *dimension, *scale;
      UnitKind kind = UnitKind::plain;
   } const cases[] = {
       {"元", "元", "1"},
       {"千元", "元", "1000"},
       {"万元", "元", "10000"},
       {"百万元", "元", "1000000"},
       {"千万元", "元", "10000000"},
       {"亿元", "元", "100000000"},
       {"万亿元", "元", "1000000000000"},
       {"%", "", "0.01", UnitKind::percent},
       {"％", "", "0.01", UnitKind::percent},
       {"‰", "", "0.001", UnitKind::percent},
       {"个百分点", "", "0.01", UnitKind::percentage_point},
       {"百分点", "", "0.01", UnitKind::percentage_point},
       {"分", "分", "1"},
       {"分钟", "分钟", "1"},
       {"秒", "分钟", "1/60"},
       {"小时", "分钟", "60"},
       {"天", "分钟", "1440"},
       {"日", "分钟", "1440"},
       {"个月", "月", "1"},
       {"年", "月", "12"},
       {"批次", "批次", "1"},
       {"万人次", "人次", "10000"},
       {"台（套）", "台(套)", "1"},
       {"亩", "平方米", "2000/3"},
       {"元/人·天", "元/人·分钟", "1/1440"},
       {"元／人・日", "元/人·分钟", "1/1440"},
       {"元/人/天", "元/人·分钟", "1/1440"},
       {"元/(人)", nullptr, ""},
       {"万元/人·月", "元/人·月", "10000"},
       {"万元/人×年", "元/人·月", "2500/3"},
       {"人*天", "人·分钟", "1440"},
       {"米²", "米²", "1"},
       {"千米²", "米²", "1000000"},
       {"元/元", "", "1"},
       {"次/年", "次/月", "1/12"},
       {"%/年", "1/月", "1/1200"},
       {"", nullptr, ""},
       {"万", nullptr, ""},
       {"场次", nullptr, ""},
       {"人数", nullptr, ""},
       {"元/", nullptr, ""},
       {"/人", nullptr, ""},
       {"万分", nullptr, ""},
       {"万%", nullptr, ""},
       {"万小时", nullptr, ""},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(each.text);
      const auto unit = read_unit(each.text);
      ASSERT_EQ(unit.has_value(), each.dimension != nullptr);
      if (!unit) continue;
      EXPECT_EQ(unit->text, each.text);
      EXPECT_EQ(to_text(unit->dimension), each.dimension);
      EXPECT_EQ(to_text(unit->scale), each.scale);
      EXPECT_EQ(unit->kind, each.kind);
   }
}

TEST(Unit, KnowsItsShift) {
   EXPECT_EQ(read_unit("万元")->decimal_shift, 4);
   EXPECT_EQ(read_unit("%")->decimal_shift, -2);
   EXPECT_EQ(read_unit("‰")->decimal_shift, -3);
   EXPECT_EQ(read_unit("分钟")->decimal_shift, 0);
   EXPECT_TRUE(read_unit("万元/人·月")->scale_is_power_of_ten);
   EXPECT_FALSE(read_unit("小时")->scale_is_power_of_ten);
   EXPECT_FALSE(read_unit("秒")->scale_is_power_of_ten);
}

TEST(Unit, MoreAreDeclared) {
   EXPECT_EQ(to_text(read_unit("场次", {"场次"})->dimension), "场次");
   EXPECT_EQ(read_unit("万场次", {"场次"})->scale, 10000);
   EXPECT_EQ(to_text(read_unit("元/场次", {"场次"})->dimension), "元/场次");
}

TEST(Unit, OfDataMayBeAnyWord) {
   EXPECT_EQ(to_text(read_any_unit("床位").dimension), "床位");
   EXPECT_EQ(to_text(read_any_unit("元/床位").dimension), "元/床位");
   EXPECT_EQ(read_any_unit("万吨标煤").scale, 10000);
   EXPECT_EQ(to_text(read_any_unit("万吨标煤").dimension), "吨标煤");
   EXPECT_EQ(read_any_unit("万元").dimension, read_unit("元")->dimension);
}

TEST(Unit, EveryListedWordIsOne) {
   for (const auto& word : known_units()) EXPECT_TRUE(is_unit_word(word)) << word;
   EXPECT_TRUE(is_unit_word("万人"));
   EXPECT_FALSE(is_unit_word("元/人"));
   EXPECT_FALSE(is_unit_word("万"));
   EXPECT_FALSE(is_unit_word("合计"));
}

TEST(Dimension, MultipliesAndDivides) {
   const Dimension yuan = read_unit("元")->dimension, person = read_unit("人")->dimension;
   EXPECT_TRUE((yuan / yuan).none());
   EXPECT_EQ(yuan / person * person, yuan);
   EXPECT_EQ(to_text(yuan * yuan), "元²");
   EXPECT_EQ(to_text(Dimension{} / person), "1/人");
}

struct MeasuredCase {
   const char* text;
   const char* base;  // nullptr: no quantity
   const char* unit = "";
};

TEST(Measured, IsReadAsPrinted) {
   const MeasuredCase cases[] = {
       {"650元/人·天", "65/144", "元/人·天"},
       {"2700万", "27000000"},
       {"2700万次", "27000000", "次"},
       {"1.5亿", "150000000"},
       {"3千万人", "30000000", "人"},
       {"1.2万亿元", "1200000000000", "万亿元"},
       {"100万元", "1000000", "万元"},
       {"2万元/人·月", "20000", "万元/人·月"},
       {"5%", "0.05", "%"},
       {"２．８７‰", "0.00287", "‰"},
       {"1个百分点", "0.01", "个百分点"},
       {"0.5小时", "30", "小时"},
       {"41", "41"},
       {"41 个", "41", "个"},
       {"1,234人", "1234", "人"},
       {"-5%", "-0.05", "%"},
       {"△5%", "-0.05", "%"},
       {"12个月", "12", "个月"},
       {"3千克", "3", "千克"},
       {"3千人", "3000", "千人"},
       {"5床位", "5", "床位"},
       {"5元/床位", "5", "元/床位"},
       {"12月30日前", nullptr},
       {"12月底", nullptr},
       {"2024年", nullptr},
       {"12 345", nullptr},
       {"12　345人", nullptr},
       {"10-20人", nullptr},
       {"约5个", nullptr},
       {"3,4人", nullptr},
       {"全省第一档次", nullptr},
       {"3家企业获得奖励", nullptr},
       {"5、6", nullptr},
       {"5/", nullptr},
       {"", nullptr},
       {"个", nullptr},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(each.text);
      const auto read = read_measured(each.text);
      ASSERT_EQ(read.has_value(), each.base != nullptr);
      if (!read) continue;
      EXPECT_EQ(to_text(read->base_value()), each.base);
      EXPECT_EQ(read->unit ? read->unit->text : "", each.unit);
   }
}

TEST(Dimension, CountsThingsOrMeasures) {
   for (const char* unit : {"次", "人次", "批次", "万人", "台（套）"})
      EXPECT_TRUE(counts_things(read_any_unit(unit).dimension)) << unit;
   for (const char* unit : {"元", "小时", "元/人", "人·天", "分", "吨"})
      EXPECT_FALSE(counts_things(read_any_unit(unit).dimension)) << unit;
   EXPECT_TRUE(counts_things(read_any_unit("场次", {"场次"}).dimension, {"场次"}));
}

TEST(Literal, HasAKnownUnit) {
   EXPECT_EQ(read_literal("2700万次")->base_value(), 27000000);
   EXPECT_EQ(read_literal("12月")->unit->text, "月");
   EXPECT_EQ(read_literal("5场次", {"场次"})->unit->text, "场次");
   EXPECT_FALSE(read_literal("5场次"));
   EXPECT_FALSE(read_literal("5床位"));
}

TEST(Target, IsReadAsWritten) {
   using enum TargetKind;
   struct {
      const char* text;
      TargetKind kind;
      const char* base = "";
      const char* unit = "";
   } const cases[] = {
       {"≥460个", at_least, "460", "个"},
       {"≧460个", at_least, "460", "个"},
       {">=460个", at_least, "460", "个"},
       {"＞＝460个", at_least, "460", "个"},
       {"=>460个", at_least, "460", "个"},
       {"》=460个", at_least, "460", "个"},
       {"》＝460个", at_least, "460", "个"},
       {"不低于90%", at_least, "0.9", "%"},
       {"不少于3次", at_least, "3", "次"},
       {"大于等于3次", at_least, "3", "次"},
       {"≤3‰", at_most, "0.003", "‰"},
       {"<=3", at_most, "3"},
       {"不高于5%", at_most, "0.05", "%"},
       {"不超过30分钟", at_most, "30", "分钟"},
       {"≤650元/人·天", at_most, "65/144", "元/人·天"},
       {">5", above, "5"},
       {"＞ 5 人", above, "5", "人"},
       {"超过5人", above, "5", "人"},
       {"大于5人", above, "5", "人"},
       {"<5%", below, "0.05", "%"},
       {"低于5%", below, "0.05", "%"},
       {"小于5%", below, "0.05", "%"},
       {"=100%", equal, "1", "%"},
       {"＝100％", equal, "1", "%"},
       {"等于3个", equal, "3", "个"},
       {"41个", bare, "41", "个"},
       {"100.00", bare, "100"},
       {"2700万", bare, "27000000"},
       {"≥2700万次", at_least, "27000000", "次"},
       {"3次以上", at_least, "3", "次"},
       {"90%及以上", at_least, "0.9", "%"},
       {"90%以上（含）", at_least, "0.9", "%"},
       {"5%以下", at_most, "0.05", "%"},
       {"30分钟以内", at_most, "30", "分钟"},
       {"5日内", at_most, "7200", "日"},
       {"≥90%以上", at_least, "0.9", "%"},
       {"≥4次/季度", at_least, "4", "次/季度"},
       {"≤90%以上", words},
       {"12个月", bare, "12", "个月"},
       {"12月30日前", date},
       {"2024年12月30日前", date},
       {"2024年12月底", date},
       {"2024年", date},
       {"2024-12-30", date},
       {"2024/12", date},
       {"12月前", date},
       {"12月", date},
       {"第四季度", date},
       {"4季度前", date},
       {"年底前完成", date},
       {"6月上旬", date},
       {"≤12月30日", date},
       {"每季度1次", words},
       {"全省第一档次", words},
       {"优", words},
       {"《示例办法》出台", words},
       {"≥", words},
       {"", words},
       {"10-20人", words},
       {"有效提升", words},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(each.text);
      const auto target = read_target(each.text);
      EXPECT_EQ(static_cast<int>(target.kind), static_cast<int>(each.kind));
      const bool figure = each.kind != date && each.kind != words;
      ASSERT_EQ(target.value.has_value(), figure);
      if (!figure) continue;
      EXPECT_EQ(to_text(target.value->base_value()), each.base);
      EXPECT_EQ(target.value->unit ? target.value->unit->text : "", each.unit);
   }
}

}  // namespace
}  // namespace heng

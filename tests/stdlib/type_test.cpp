// D6 as a table: what combines with what, what compares with what; and how values are shown.
#include "stdlib/type.hpp"

#include <gtest/gtest.h>

#include "stdlib/value.hpp"

namespace heng {
namespace {

Type choice_of(std::vector<std::string> words) {
   Type type;
   type.kind = Kind::choice;
   type.choices = std::make_shared<const std::vector<std::string>>(std::move(words));
   return type;
}
Type of_kind(Kind kind) {
   Type type;
   type.kind = kind;
   return type;
}

// "万元", "%", "人": a figure in that unit; and a few names.
Type figure(const std::string& name) {
   if (name == "number") return number_type();
   if (name == "bare") return type_of_unit(std::nullopt);
   if (name == "year") return year_type();
   if (name == "measured") return measured_type();
   if (name == "measured or text") return measured_type(true);
   if (name == "target") return target_type();
   if (name == "text") return text_type();
   if (name == "code") return of_kind(Kind::code);
   if (name == "date") return of_kind(Kind::date);
   if (name == "yes/no") return yes_no_type();
   if (name == "error") return Type{};
   if (name == "增减") return choice_of({"增加", "减少"});
   if (name == "升降") return choice_of({"增长", "下降"});
   return quantity_type(*read_unit(name));
}

std::string name(const Type& type) {
   if (type.kind == Kind::quantity) return to_text(type.dimension);
   if (type.kind == Kind::number && type.bare) return "bare";
   return std::string(name_of(type.kind).en);
}

TEST(Combine, ByTable) {
   const auto plus = Arithmetic::add, minus = Arithmetic::subtract, times = Arithmetic::multiply, by = Arithmetic::divide;
   struct {
      const char* a;
      Arithmetic op;
      const char *b, *result;  // "": refused
   } const cases[] = {
       {"万元", plus, "元", "元"},
       {"万元", minus, "亿元", "元"},
       {"元", plus, "人", ""},
       {"元", plus, "bare", ""},
       {"元", plus, "%", ""},
       {"次", plus, "批次", ""},
       {"小时", plus, "分钟", "分钟"},
       {"年", plus, "月", "月"},
       {"月", plus, "天", ""},
       {"%", plus, "%", "percent"},
       {"%", plus, "‰", "percent"},
       {"%", minus, "%", "percentage points"},
       {"%", plus, "个百分点", "percent"},
       {"%", minus, "个百分点", "percent"},
       {"个百分点", plus, "%", "percent"},
       {"个百分点", minus, "%", ""},
       {"个百分点", plus, "个百分点", "percentage points"},
       {"个百分点", minus, "个百分点", "percentage points"},
       {"number", plus, "%", ""},
       {"bare", minus, "%", ""},
       {"%", plus, "number", ""},
       {"number", plus, "个百分点", ""},
       {"bare", plus, "bare", "bare"},
       {"bare", plus, "number", "number"},
       {"分", plus, "分", "分"},
       {"分", minus, "bare", "分"},
       {"number", plus, "分", "分"},
       {"分", plus, "%", ""},
       {"分", plus, "分钟", ""},
       {"year", minus, "year", "number"},
       {"year", plus, "bare", "year"},
       {"bare", plus, "year", "year"},
       {"bare", minus, "year", ""},
       {"year", plus, "year", ""},
       {"year", times, "bare", ""},
       {"year", plus, "measured", ""},
       {"measured", plus, "measured", "quantity with a unit of its own"},
       {"measured", minus, "target", "quantity with a unit of its own"},
       {"measured", plus, "bare", "quantity with a unit of its own"},
       {"measured", by, "target", "quantity with a unit of its own"},
       {"measured", times, "分", "quantity with a unit of its own"},
       {"%", times, "%", "percent"},
       {"%", times, "万元", "元"},
       {"万元", times, "%", "元"},
       {"%", times, "分", "分"},
       {"%", times, "bare", "percent"},
       {"bare", times, "个百分点", "percentage points"},
       {"%", times, "个百分点", "percentage points"},
       {"bare", times, "bare", "bare"},
       {"number", times, "分", "分"},
       {"元", times, "元", "元²"},
       {"元", times, "人", "人·元"},
       {"元/人·天", times, "人", "元/分钟"},
       {"万元", by, "元", "number"},
       {"分", by, "分", "number"},
       {"万元", by, "人", "元/人"},
       {"元/人", by, "元/人", "number"},
       {"bare", by, "人", "1/人"},
       {"人", by, "bare", "人"},
       {"%", by, "%", "number"},
       {"%", by, "bare", "percent"},
       {"个百分点", by, "个百分点", "number"},
       {"%", by, "个百分点", "number"},
       {"个百分点", by, "number", "percentage points"},
       {"元", by, "%", "元"},
       {"bare", by, "bare", "number"},
       {"number", by, "%", "number"},
       {"text", plus, "bare", ""},
       {"元", times, "code", ""},
       {"yes/no", plus, "yes/no", ""},
       {"date", minus, "date", ""},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(std::string(each.a) + " " + std::to_string(static_cast<int>(each.op)) + " " + each.b);
      const auto combined = combine(each.op, figure(each.a), figure(each.b));
      const bool refused = combined.type.kind == Kind::error;
      EXPECT_EQ(refused ? "" : name(combined.type), each.result);
      EXPECT_EQ(refused, !combined.zh.empty());
      EXPECT_EQ(refused, !combined.en.empty());
   }
}

TEST(Combine, KeepsTheUnitOfTheLeftAndNothingElse) {
   const auto sum = combine(Arithmetic::add, money_type("万元", 2, true), money_type("元")).type;
   EXPECT_EQ(sum.unit, "万元");
   EXPECT_EQ(sum.decimals, -1);
   EXPECT_FALSE(sum.published);
   EXPECT_EQ(combine(Arithmetic::multiply, percent_type(), money_type("万元")).type.unit, "万元");
   EXPECT_EQ(combine(Arithmetic::divide, money_type("万元"), figure("人")).type.unit, "");
   EXPECT_EQ(combine(Arithmetic::multiply, quantity_type(*read_unit("元/人·天")), figure("人")).type.unit, "元/天");
   EXPECT_EQ(combine(Arithmetic::multiply, quantity_type(*read_unit("元/人·天")), quantity_type(*read_unit("天"))).type.unit, "");
}

TEST(Combine, PassesErrorsSilently) {
   for (const auto op : {Arithmetic::add, Arithmetic::divide}) {
      const auto combined = combine(op, Type{}, text_type());
      EXPECT_EQ(combined.type.kind, Kind::error);
      EXPECT_TRUE(combined.zh.empty() && combined.en.empty());
   }
   EXPECT_TRUE(comparable(Type{}, number_type(), false, false).en.empty());
}

TEST(Combine, SaysWhyAndTheWayOut) {
   const auto refused = combine(Arithmetic::add, money_type(), figure("人"));
   EXPECT_EQ(refused.zh, "金额（万元）与数量（人）不能相加：单位不是同一类");
   EXPECT_EQ(refused.en, "money (万元) and quantity (人) cannot be added: their units are of different kinds");
   EXPECT_NE(combine(Arithmetic::add, money_type(), percent_type()).en.find("* (100% + 5%)"), std::string::npos);
   EXPECT_NE(combine(Arithmetic::subtract, figure("bare"), percent_type()).en.find("100%"), std::string::npos);
   EXPECT_NE(combine(Arithmetic::add, money_type(), figure("bare")).zh.find("5万元"), std::string::npos);
}

TEST(Compare, ByTable) {
   struct {
      const char *a, *b;
      bool may;
   } const cases[] = {
       {"万元", "元", true},
       {"万元", "人", false},
       {"万元", "bare", false},
       {"万元", "%", false},
       {"分", "bare", true},
       {"分", "number", true},
       {"分", "%", false},
       {"%", "‰", true},
       {"%", "number", true},
       {"%", "bare", false},
       {"%", "个百分点", false},
       {"个百分点", "number", true},
       {"个百分点", "bare", false},
       {"number", "bare", true},
       {"year", "bare", true},
       {"year", "year", true},
       {"year", "%", false},
       {"measured", "target", true},
       {"measured", "%", true},
       {"measured", "bare", true},
       {"measured", "元", true},
       {"measured", "year", false},
       {"target", "target", true},
       {"measured", "text", false},
       {"measured or text", "text", true},
       {"target", "text", true},
       {"text", "text", true},
       {"text", "code", true},
       {"text", "增减", true},
       {"增减", "增减", true},
       {"增减", "升降", false},
       {"code", "bare", false},
       {"code", "code", true},
       {"date", "text", true},
       {"date", "code", false},
       {"yes/no", "yes/no", true},
       {"yes/no", "bare", false},
       {"text", "bare", false},
       {"人", "人次", false},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(std::string(each.a) + " ~ " + each.b);
      for (const bool swapped : {false, true}) {
         const auto result = swapped ? comparable(figure(each.b), figure(each.a), false, false)
                                     : comparable(figure(each.a), figure(each.b), false, false);
         EXPECT_EQ(result.type.kind == Kind::yes_no, each.may);
         EXPECT_EQ(result.zh.empty(), each.may);
         EXPECT_EQ(result.en.empty(), each.may);
      }
   }
}

TEST(Compare, ZeroIsZeroInAnyUnit) {
   for (const char* unit : {"万元", "批次", "%", "个百分点", "分", "元/人·天", "measured", "target", "year"})
      EXPECT_EQ(comparable(figure(unit), figure("bare"), false, true).type.kind, Kind::yes_no) << unit;
   EXPECT_EQ(comparable(text_type(), figure("bare"), false, true).type.kind, Kind::error);
}

TEST(Type, IsDescribed) {
   EXPECT_EQ(describe(money_type(), true), "金额（万元）");
   EXPECT_EQ(describe(money_type(), false), "money (万元)");
   EXPECT_EQ(describe(points_type(), true), "分数");
   EXPECT_EQ(describe(figure("批次"), true), "数量（批次）");
   EXPECT_EQ(describe(percent_type(), false), "percent");
   EXPECT_EQ(describe(choice_of({"增加", "减少"}), false), "choice (增加|减少)");
   for (int kind = 0; kind <= static_cast<int>(Kind::row); ++kind) {
      EXPECT_FALSE(name_of(static_cast<Kind>(kind)).zh.empty());
      EXPECT_FALSE(name_of(static_cast<Kind>(kind)).en.empty());
   }
}

TEST(Type, MeansTheSameWhateverItIsShownIn) {
   EXPECT_TRUE(same_meaning(money_type("万元"), money_type("元", 2, true)));
   EXPECT_FALSE(same_meaning(money_type(), points_type()));
   EXPECT_FALSE(same_meaning(percent_type(), percentage_point_type()));
}

TEST(Show, InTheUnitOfTheType) {
   Type measured = measured_type();
   measured.unit = "元/人·天";
   struct {
      Value value;
      Type type;
      const char *zh, *en;
      int decimals = -1;
   } const cases[] = {
       {Rational(12340000), money_type(), "1234万元", "1234万元"},
       {Rational(171278300), money_type("万元", 2, true), "17127.83万元", "17127.83万元"},
       {Rational(171278000), money_type("万元", 2, true), "17127.80万元", "17127.80万元"},
       {Rational(1), money_type("万元"), "0.0001万元", "0.0001万元"},
       {Rational(849, 10000), percent_type(), "8.49%", "8.49%"},
       {Rational(849, 10000), percent_type(), "8.5%", "8.5%", 1},
       {Rational(1, 3), percent_type(), "≈33.3333%", "≈33.3333%"},
       {Rational(3, 1000), quantity_type(*read_unit("‰")), "3‰", "3‰"},
       {Rational(1, 100), percentage_point_type(), "1个百分点", "1个百分点"},
       {Rational(19, 2), points_type(), "9.5分", "9.5分"},
       {Rational(650, 1440), measured, "650元/人·天", "650元/人·天"},
       {Rational(5), measured_type(), "5", "5"},
       {Rational(5), combine(Arithmetic::divide, figure("元"), figure("人")).type, "5元/人", "5元/人"},
       {Rational(2024), year_type(), "2024", "2024"},
       {Rational(1, 3), number_type(), "≈0.3333", "≈0.3333"},
       {Rational(-1, 2), number_type(), "-0.50", "-0.50", 2},
       {true, yes_no_type(), "是", "yes"},
       {false, yes_no_type(), "否", "no"},
       {std::string("反向"), text_type(), "反向", "反向"},
       {Missing::blank, money_type(), "〔空白〕", "[blank]"},
       {Missing::zero_divisor, number_type(), "〔除数为0〕", "[zero divisor]"},
   };
   for (const auto& each : cases) {
      EXPECT_EQ(show(each.value, each.type, true, each.decimals), each.zh);
      EXPECT_EQ(show(each.value, each.type, false, each.decimals), each.en);
   }
}

TEST(Missing, HasWords) {
   for (int kind = 0; kind <= static_cast<int>(Missing::no_arm); ++kind) {
      EXPECT_FALSE(words_for(static_cast<Missing>(kind)).zh.empty());
      EXPECT_FALSE(words_for(static_cast<Missing>(kind)).en.empty());
   }
   EXPECT_TRUE(is_blank_like(Missing::slash));
   EXPECT_FALSE(is_blank_like(Missing::unreadable));
}

}  // namespace
}  // namespace heng

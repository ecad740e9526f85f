// Sentences and headings of made-up documents, by forms given as text.
#include "reports/read/recognise/recognise.hpp"
#include "tests/reports/recognise/flat.hpp"

using namespace heng;

namespace {

const char* const forms = R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型 }
选项 增减 : 增加 | 减少
文字表述 说明 "收支总体情况" 在"收支总体情况"之后 计量 万元 保留 2 {
  "收、支总计{总额: 金额型}"
  "收入支出合计为{总额}"
  "与上年相比，各{方向: 增减}{变动额: 金额型}"
}
)";

struct Read {
   Reading reading;
   ReportData plain;
   explicit Read(const std::string& text) {
      static const Schema schema = tests::schema_of(forms);
      SaidByHand by_hand;
      by_hand.year = 2024;
      reading = recognise(schema, read_text_document(text), by_hand);
      plain = tests::without_places(reading.data);
   }
   const PartRead& part() const {
      static const PartRead none;
      for (const PartRead& one : reading.account.parts)
         if (one.name == "说明") return one;
      return none;
   }
};

TEST(sentences, line_breaks_and_stray_blanks) {
   const Read read("一、收支总体情况\n示例单位收、支总\n计 17,12 7 . 8 3万元。与上年\n相比，各减 少1 0.50万元。\n");
   EXPECT_EQ(read.plain["说明"]["总额"], "17,127.83万元");
   EXPECT_EQ(read.plain["说明"]["方向"], "减少");
   EXPECT_EQ(read.plain["说明"]["变动额"], "10.50万元");
   EXPECT_EQ(read.part().state, PartState::found);
}

TEST(sentences, other_wording) {
   const Read read("一、收支总体情况\n收入支出合计为12.00万元。与上年相比，各增加1.00万元。\n");
   EXPECT_EQ(read.plain["说明"]["总额"], "12.00万元");
   EXPECT_EQ(read.part().state, PartState::found);
}

TEST(sentences, absent_is_said) {
   const Read read("一、收支总体情况\n收、支总计12.00万元。\n");
   EXPECT_EQ(read.part().state, PartState::doubtful);
   EXPECT_NE(read.part().why.zh.find("与上年相比"), std::string::npos);
   EXPECT_FALSE(read.plain["说明"].contains("变动额"));
}

TEST(sentences, no_heading_is_said) {
   const Read read("示例文字。收、支总计12.00万元。\n");
   EXPECT_EQ(read.part().state, PartState::missing);
   EXPECT_FALSE(read.plain.contains("说明"));
}

TEST(outline, a_table_of_contents_falls_away) {
   const Read read(
       "目录\n一、收支总体情况\n二、其他情况\n\n一、收支总体情况\n收、支总计12.00万元。与上年相比，各增加1."
       "00万元。\n二、其他情况\n示例。\n");
   EXPECT_EQ(read.plain["说明"]["总额"], "12.00万元");
   EXPECT_EQ(read.part().state, PartState::found);
}

TEST(sentences, name_of_the_unit_ends_before_other_heads) {
   static const Schema schema = tests::schema_of(R"(
报表集 示例表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型 }
文字表述 报告 { "部门：{单位名称}" }
)");
   const auto unit = [&](const std::string& line) {
      const Reading reading = recognise(schema, read_text_document("2024年度部门决算\n" + line + "\n项目 金额\n"));
      return tests::without_places(reading.data)["单位名称"];
   };
   EXPECT_EQ(unit("部门：示例局　　　　金额单位：万元"), "示例局");
   EXPECT_EQ(unit("部门：示例局 金额单位：万元"), "示例局");
   EXPECT_EQ(unit("部门：示例局单位：万元"), "示例局");
   EXPECT_EQ(unit("部门：示例局 公开01表"), "示例局");
   EXPECT_EQ(unit("部门：示例局     2024年度"), "示例局");
   EXPECT_EQ(unit("部门：  示 例　公开局"), "示例公开局");
   EXPECT_EQ(unit("部门：示例单位管理局"), "示例单位管理局");
}

}  // namespace

// What sentences state, names and what is printed around a form, as JSON.
#include "tests/reports/reading.hpp"

namespace heng::tests {

using Said = std::vector<std::string>;

constexpr const char* forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   成员 : names }
form 总表 in 万元 to 2 { lines { 1 : 收入
    2 : 合计
  } columns 金额 }
phrases 说明一 after "总体情况" in 万元 to 2 {
  "收、支总计{总计: money}，{方向: 增加|减少}{变动率: percent}"
  无收支 : "示例：没有{事项: text}" optional
  "包括{公用科目: names}等"
  rows 项 keyed by 科目 { "{科目: text}。预算为{预算: money}" }
}
)";

TEST(SentencesRead, GapsAreFieldsAndRepeatedSentencesRows) {
   Reading reading(forms);
   reading.read(R"({"年度": 2024, "说明一": {"总计": "17187.83万元", "方向": "减少", "变动率": "8.49%", "无收支": null,
      "公用科目": "办公费、印刷费", "项": [{"科目": "一般公共服务支出（类）", "预算": 5.5}, {"科目": "教育支出", "预算": "6.1"}]}})");
   EXPECT_EQ(reading.said(), Said{});
   EXPECT_EQ(reading.value("说明一.总计"), "171878300");
   EXPECT_EQ(reading.value("说明一.方向"), "减少");
   EXPECT_EQ(reading.value("说明一.无收支"), "[blank]");
   EXPECT_EQ(reading.value("说明一.事项"), "[not read]");
   EXPECT_EQ(reading.value("说明一.公用科目"), "办公费\x1f印刷费");
   EXPECT_EQ(reading.value("说明一.项.科目", 1), "教育支出");
   EXPECT_EQ(reading.value("说明一.项.预算", 1), "61000");
   EXPECT_EQ(reading.batch->columns[reading.field("说明一.变动率")].decimals[0], 2);
}

TEST(SentencesRead, NamesAreAListOrOneText) {
   Reading reading(forms);
   reading.read(R"({"年度": 2024, "成员": ["一、办公费", "水费"]}
{"年度": 2024, "成员": {"value": ["甲"], "page": 3}}
{"年度": 2024, "成员": []}
{"年度": 2024, "成员": null})",
                "test.ndjson");
   EXPECT_EQ(reading.said(), Said{});
   EXPECT_EQ(reading.value("成员", 0), "一、办公费\x1f水费");
   EXPECT_EQ(reading.value("成员", 1), "甲");
   EXPECT_EQ(reading.value("成员", 2), "");
   EXPECT_EQ(reading.value("成员", 3), "[blank]");
}

TEST(SentencesRead, WhatIsPrintedAroundAForm) {
   Reading reading(forms);
   reading.read(
       R"({"年度": 2024, "总表": {"1": 2.5, "印出": {"标题": "收入总表", "单位": "万元", "年度": 2024, "行次": [1, "2"]}}})");
   EXPECT_EQ(reading.said(), Said{});
   EXPECT_EQ(reading.value("总表.印出.标题"), "收入总表");
   EXPECT_EQ(reading.value("总表.印出.年度"), "2024");
   EXPECT_EQ(reading.value("总表.印出.行次"),
             "1\x1f"
             "2");
}

TEST(SentencesRead, WhatDoesNotFitIsSaidWithItsPlace) {
   Reading reading(forms);
   reading.read(
       R"({"年度": 2024, "成员": ["甲", {"乙": 1}, null], "说明一": {"总计": ["1"], "总记": 1, "方向": "持平", "公用科目": {"甲": 1},
      "项": [{"预算": 1}, {"科目": "甲", "预算": "很多"}, {"科目": "甲"}]}, "总表": {"印出": {"标头": "收入", "行次": [true]}}})");
   EXPECT_EQ(reading.said(), (Said{"E503 /成员/1", "E503 /成员/2", "E503 /说明一/总计", "E504 /说明一/总记", "E509 /说明一/方向",
                                   "E504 /说明一/公用科目/甲", "E505 /说明一/项/0", "E506 /说明一/项/1/预算",
                                   "E504 /总表/印出/标头", "E503 /总表/印出/行次/0", "E508 /说明一/项/2/科目"}));
   EXPECT_EQ(reading.value("成员"), "甲");
}

}  // namespace heng::tests

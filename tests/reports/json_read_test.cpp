#include "tests/reports/reading.hpp"

namespace heng::tests {

using Said = std::vector<std::string>;

TEST(JsonRead, EveryFormHasItsShape) {
   Reading reading;
   EXPECT_EQ(reading.read(R"({
     "heng": "report/1", "单位名称": "示例市某局", "年度": 2024, "地区": "示例市", "封面": {"报表小类": "单户表"},
     "总表": {"1": "17,127.83", "31": 17187.830},
     "支出": {"合计": {"本年支出": 9, "基本支出": 4}, "科目": [{"科目代码": "201", "科目名称": "服务", "本年支出": 5.5}, {"科目代码": 20101, "基本支出": "-"}]},
     "拨款": {"33": {"合计": 15494.73, "一般": 0.00}, "59": null},
     "三公": {"预算": {"合计": 448.38}, "决算": {"接待费": "/"}},
     "项目": [{"项目名称": "示例项目", "年初预算数": 7528, "指标": [
        {"三级指标": "成本", "年度指标值": "≤650元/人·天", "实际完成值": "396", "分值": 5, "完成": true, "方向": "增加"}]}]
   })"),
             std::vector<bool>{true});
   EXPECT_EQ(reading.said(), Said{});
   EXPECT_EQ(reading.headers[0].year, 2024);
   EXPECT_EQ(reading.headers[0].place, "示例市");
   EXPECT_EQ(reading.headers[0].unit_name, "示例市某局");
   EXPECT_EQ(reading.value("总表[1]"), "171278300");
   EXPECT_EQ(reading.value("总表[31]"), "171878300");
   EXPECT_EQ(reading.value("封面.报表小类"), "单户表");
   EXPECT_EQ(reading.value("封面.单位负责人"), "[not read]");
   EXPECT_EQ(reading.value("拨款[33].一般"), "0");
   EXPECT_EQ(reading.value("拨款[59].合计"), "[blank]");
   EXPECT_EQ(reading.value("三公.预算.合计"), "4483800");
   EXPECT_EQ(reading.value("三公.预算.接待费"), "[not read]");
   EXPECT_EQ(reading.value("三公.决算.接待费"), "[a slash]");
   const FrameId rows = reading.schema.fields[reading.field("支出.科目.科目代码")].frame;
   ASSERT_EQ(reading.batch->frames[rows].rows, 3u);
   EXPECT_EQ(reading.value("支出.科目.科目代码", 1), "201");
   EXPECT_EQ(reading.value("支出.科目.科目代码", 2), "20101");
   EXPECT_EQ(reading.value("支出.科目.本年支出", 0), "90000");
   EXPECT_EQ(reading.value("支出.科目.基本支出", 2), "[a dash]");
   EXPECT_EQ(reading.value("项目.指标.方向"), "增加");
   EXPECT_EQ(reading.value("项目.指标.完成"), "1");
}

TEST(JsonRead, NumbersStayExact) {
   Reading reading;
   reading.read(
       R"({"年度":2024,"总表":{"1":123456789012345678901234567.89,"31":1e3},"三公":{"预算":{"合计":0.1,"接待费":"0.30"}}})");
   EXPECT_EQ(reading.said(), Said{});
   EXPECT_EQ(reading.value("总表[1]"), "1234567890123456789012345678900");
   EXPECT_EQ(reading.value("总表[31]"), "10000000");
   EXPECT_EQ(reading.value("三公.预算.合计"), "1000");
   EXPECT_EQ(reading.batch->columns[reading.field("三公.预算.接待费")].decimals[0], 2);
}

TEST(JsonRead, OfADoubledYearTheFirstIsTaken) {
   Reading reading;
   EXPECT_EQ(reading.read(R"({"年度":2024,"年度":2023,"地区":"甲","地区":"乙","总表":{"1":1}})"), std::vector<bool>{true});
   EXPECT_EQ(reading.headers[0].year, 2024);
   EXPECT_EQ(reading.headers[0].place, "甲");
}

TEST(JsonRead, ValueObjectsCarryUnitAndPlace) {
   Reading reading;
   const std::string text =
       R"({"年度":2024,"总表":{"1":{"value":"1.5","unit":"亿元","raw":"1 . 5","page":12,"line":40,"cell":"B7"},"31":{"missing":"not calculated"}},
     "三公":{"预算":{"合计":{"value":"7","unit":"人"}},"决算":{"合计":"2\u002e5"}}})";
   reading.read(text);
   EXPECT_EQ(reading.said(), (Said{"E507 /三公/预算/合计"}));
   EXPECT_EQ(reading.value("总表[1]"), "150000000");
   EXPECT_EQ(reading.value("总表[31]"), "[formula not calculated]");
   EXPECT_EQ(reading.value("三公.预算.合计"), "[in a unit that does not fit]");
   std::string padded = text;
   padded.append(record_padding, '\0');
   const std::string_view view = std::string_view(padded).substr(0, text.size());
   const Origin one = reading.origin("总表[1]"), other = reading.origin("三公.决算.合计");
   const FigurePlaces places = places_of(view, {one, other});
   ASSERT_EQ(places.size(), 2u);
   const FigurePlace& place = places.at(one.begin);
   EXPECT_EQ(place.pointer, "/总表/1");
   EXPECT_EQ(place.raw, "1 . 5");
   EXPECT_EQ(place.page + "," + place.line + "," + place.cell, "12,40,B7");
   EXPECT_EQ(places.at(other.begin).raw, "2.5");
   EXPECT_EQ(raw_text(view, one), "1 . 5");
   EXPECT_EQ(raw_text(view, other), "2.5");
}

TEST(JsonRead, WrongPlacesAreNamedAndTheRestIsRead) {
   Reading reading;
   EXPECT_EQ(reading.read(R"({"年度":2024,
     "总表":{"1":"十二","31":5,"三十一":6,"收入总计":6},
     "支出":{"科目":{"201":5}},
     "项目":[{"项目名称":"甲","年初预算":3},7,{"指标":[{"方向":"持平","完成":"也许"}]}],
     "三公":{"预算":[1,2],"决算":{"合计":"1,23"}},
     "公开09":{"a":[{"b":[null,true]}]}
   })"),
             std::vector<bool>{true});
   EXPECT_EQ(reading.said(), (Said{"E506 /总表/1", "E504 /总表/三十一", "E504 /总表/收入总计", "E503 /支出/科目",
                                   "E504 /项目/0/年初预算", "E503 /项目/1", "E509 /项目/2/指标/0/方向",
                                   "E509 /项目/2/指标/0/完成", "E503 /三公/预算", "E506 /三公/决算/合计", "E504 /公开09"}));
   EXPECT_NE(reading.problems[2].message.en.find("\"31\""), std::string::npos) << reading.problems[2].message.en;
   EXPECT_NE(reading.problems[4].message.zh.find("年初预算数"), std::string::npos) << reading.problems[4].message.zh;
   EXPECT_EQ(reading.problems[0].line, 2u);
   EXPECT_EQ(reading.problems[0].column, 16u);
   EXPECT_EQ(reading.value("总表[1]"), "[unreadable]");
   EXPECT_EQ(reading.value("总表[31]"), "50000");
}

TEST(JsonRead, DoubledKeysAndRows) {
   Reading reading;
   reading.read(
       R"({"年度":2024,"总表":{"1":1,"1":2},"支出":{"科目":[{"科目代码":"201"},{"科目代码":"205"},{"科目代码":"201"},{"本年支出":1}]}})");
   EXPECT_EQ(reading.said(), (Said{"E508 /总表/1", "E505 /支出/科目/3", "E508 /支出/科目/2/科目代码"}));
   EXPECT_EQ(reading.value("总表[1]"), "10000");
}

TEST(JsonRead, WhatIsNoReportIsRefusedAndTheOthersGoOn) {
   Reading reading;
   const std::vector<bool> read = reading.read(
       "{\"年度\":2024,\"单位名称\":\"甲\",\"总表\":{\"1\":1}}\n"
       "{\"年度\":2024,\"总表\":{\"1\":1}\n"
       "\n"
       "[1,2]\n"
       "{\"总表\":{}}\n"
       "{\"年度\":\"今年\"}\n"
       "{\"年度\":2024,\"单位名称\":\"\xff\"}\n"
       "{\"年度\":2024,\"总表\":{\"1\":3}} x\n"
       "{\"年度\":2024,\"总表\":{\"1\":tru}}\n"
       "{\"年度\":\"2024年\",\"单位名称\":\"乙\",\"总表\":{\"1\":2}}",
       "test.ndjson");
   EXPECT_EQ(read, (std::vector<bool>{true, false, false, false, false, false, false, true, true}));
   EXPECT_EQ(reading.said(), (Said{"E501 ", "E503 ", "E505 ", "E509 /年度", "E502 ", "E501 ", "E506 /总表/1"}));
   EXPECT_EQ(reading.problems[1].line, 4u);
   EXPECT_EQ(reading.problems[4].column, 20u);
   ASSERT_EQ(reading.batch->reports, 3u);
   EXPECT_EQ(reading.value("总表[1]", 0), "10000");
   EXPECT_EQ(reading.value("总表[1]", 2), "20000");
   EXPECT_EQ(reading.value("单位名称", 2), "乙");
}

TEST(JsonRead, KeysCompareFolded) {
   Reading reading;
   reading.read(R"({"年度":2024,"总 表":{"３１":4},"三公":{"预算":{"接待费 ":1}}})");
   EXPECT_EQ(reading.said(), Said{});
   EXPECT_EQ(reading.value("总表[31]"), "40000");
}

TEST(JsonRead, DepthHasALimit) {
   Reading reading;
   EXPECT_EQ(reading.read("{\"年度\":2024,\"未知\":" + std::string(1000, '[') + std::string(1000, ']') + "}"),
             std::vector<bool>{false});
   EXPECT_EQ(reading.problems.back().code, Code::report_too_large);
}

TEST(Records, BlocksAreBoundedAndNothingIsLost) {
   std::string text;
   for (int i = 0; i < 5000; ++i)
      text += "{\"年度\":2024,\"单位名称\":\"" + std::string(static_cast<std::size_t>(i % 700), 'x') + "\"}\n";
   RecordStream stream("many.ndjson", text);
   RecordBlock block;
   std::size_t records = 0;
   while (stream.next(block)) {
      EXPECT_LE(block.records.size(), block_records);
      for (const Record& record : block.records) {
         ++records;
         EXPECT_EQ(record.number, records);
         EXPECT_EQ(record.line, records);
         EXPECT_EQ(text.compare(record.offset, record.text.size(), record.text), 0);
      }
   }
   EXPECT_EQ(records, 5000u);
}

TEST(Records, OnePrintedObjectIsOneRecord) {
   for (const char* text :
        {"{\n \"a\": 1\n}\n", "\xEF\xBB\xBF{\"a\":1}", "{\"a\":1}\n", "{\"a\":[\n{\"b\":1},\n{\"b\":2}\n]}\n"}) {
      RecordStream stream("x.json", text);
      RecordBlock block;
      ASSERT_TRUE(stream.next(block)) << text;
      EXPECT_EQ(block.records.size(), 1u) << text;
      EXPECT_FALSE(stream.next(block) && !block.records.empty());
   }
   RecordStream lines("-", "{\"a\":1}\n{\"a\":2}\n");
   RecordBlock block;
   ASSERT_TRUE(lines.next(block));
   EXPECT_EQ(block.records.size(), 2u);
}

TEST(Records, AMissingFileIsAProblem) {
   RecordStream stream("tests/reports/there-is-no-such-file.json");
   RecordBlock block;
   ASSERT_TRUE(stream.next(block));
   ASSERT_EQ(block.problems.size(), 1u);
   EXPECT_EQ(block.problems[0].code, Code::file_not_found);
   EXPECT_FALSE(stream.next(block));
}

}  // namespace heng::tests

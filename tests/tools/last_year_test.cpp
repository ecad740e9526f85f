// Which report is last year's: among files, by unit, place and year, and what is said where there is none.
#include "tools/workspace/last_year.hpp"

#include <filesystem>
#include <fstream>

#include "reports/store/store.hpp"
#include "tests/tools/workspaces.hpp"
#include "tools/workspace/hash.hpp"

namespace heng {
namespace {

namespace fs = std::filesystem;

constexpr const char* forms = R"(报表集 小表 2024
报告 { 单位名称 : 文字   年度 : 年度型   地区 : 地区型   甲 : 金额型 计量 元 保留 2 }
)";
constexpr const char* rules = "规则集 小集 2024 引用 小表 2024\n审核 衔接 : 甲 = 上年.甲\n";

struct Folder {
   Folder() : path(fs::temp_directory_path() / ("heng-last-year-" + std::to_string(::getpid()))) { fs::create_directories(path); }
   ~Folder() { fs::remove_all(path); }
   std::string file(const std::string& name, const std::string& text) const {
      std::ofstream(path / name, std::ios::binary) << text;
      return (path / name).string();
   }
   fs::path path;
};

std::string report(int year, const std::string& unit, const std::string& money, const std::string& place = "") {
   return "{\"年度\": " + std::to_string(year) + ", \"单位名称\": \"" + unit + "\"" +
          (place.empty() ? "" : ", \"地区\": \"" + place + "\"") + ", \"甲\": \"" + money + "\"}";
}

struct Looking {
   testing_tools::InMemory rules_of{{{"小/表.heng", forms}, {"小/规则.heng", rules}}};
   LastYear last_year{rules_of.workspace};
   LastYearsReport found;
   ReportProblems problems;

   // What 上年.甲 is for this report; why not, where there is none.
   std::string of(const std::string& text) { return of(text, rules_of.workspace, last_year); }
   std::string of(const std::string& text, Workspace& workspace, LastYear& finder) {
      RecordStream stream("今年.json", text);
      RecordBlock block;
      EXPECT_TRUE(stream.next(block));
      JsonReader reader;
      const auto header = reader.open("今年.json", block.records.front(), workspace.header_keys(), problems);
      if (!header) return "refused";
      const Compiled& compiled = workspace.compile(header->year, header->place);
      if (!compiled.ok) return "no rules";
      BatchBuilder builder(compiled.program().schema);
      found = {};
      if (!finder.fill(reader, block.records.front(), "今年.json", *header, compiled, builder, problems, found)) return "refused";
      const Batch& batch = builder.finish();
      const Schema& schema = compiled.program().schema;
      const Column& column = batch.columns[schema.field_in(report_frame, "上年.甲")];
      EXPECT_EQ(batch.columns[schema.field_in(report_frame, "甲")].missing[0], Missing::none_missing);
      if (column.missing[0] == Missing::none_missing) return to_text(scaled_by_ten(column.mantissa[0], column.exponent));
      EXPECT_EQ(column.missing[0], Missing::no_such_report);
      EXPECT_EQ(batch.no_last_year.at(0).zh, found.why_not.zh);
      return found.why_not.zh;
   }
};

TEST(LastYear, IsOfTheSameUnitOneYearBefore) {
   const Folder folder;
   Looking looking;
   looking.last_year.look_in({}, {folder.file("一.ndjson", report(2024, "甲局", "1") + "\n" + report(2022, "甲局", "2") + "\n\n" +
                                                               report(2023, "乙局", "3") + "\n" + report(2023, "甲 局", "4")),
                                  folder.file("二.json", report(2023, "丙局", "5")), "-"});
   EXPECT_EQ(looking.of(report(2024, "甲局", "0")), "4") << "blanks do not matter";
   EXPECT_EQ(looking.found.line, 5u);
   EXPECT_EQ(looking.found.record, 4u);
   EXPECT_EQ(looking.found.hash.size(), 64u);
   EXPECT_EQ(looking.of(report(2024, "丙局", "0")), "5");
   EXPECT_EQ(fs::path(looking.found.file).filename(), "二.json");
   EXPECT_EQ(looking.of(report(2024, "丁局", "0")), "没有 丁局 2023年度的报告（从管道读入的报告里不找）");
   EXPECT_EQ(looking.of("{\"年度\": 2024, \"甲\": 0}"), "报告没有写明是哪个单位，找不到它上年的报告");
}

TEST(LastYear, PlacesAreToldApart) {
   const Folder folder;
   Looking looking;
   looking.last_year.look_in(
       {}, {folder.file("一.ndjson", report(2023, "财政局", "1", "甲市") + "\n" + report(2023, "财政局", "2", "乙市") + "\n" +
                                         report(2023, "审计局", "3") + "\n" + report(2023, "统计局", "4", "甲市"))});
   EXPECT_EQ(looking.of(report(2024, "财政局", "0", "乙市")), "2");
   EXPECT_EQ(looking.of(report(2024, "财政局", "0", "丙市")), "没有 财政局 2023年度的报告");
   EXPECT_EQ(looking.of(report(2024, "审计局", "0", "乙市")), "3") << "last year's names no place";
   EXPECT_EQ(looking.of(report(2024, "统计局", "0")), "4") << "this year's names no place";
   EXPECT_EQ(looking.of(report(2024, "财政局", "0")).substr(0, std::string("财政局 2023年度的报告不止一份").size()),
             "财政局 2023年度的报告不止一份");
}

TEST(LastYear, TwoThatDifferAreNone) {
   const Folder folder;
   const std::string one = folder.file("一.json", report(2023, "甲局", "1")),
                     same = folder.file("二.json", report(2023, "甲局", "1")),
                     other = folder.file("三.json", report(2023, "甲局", "9"));
   Looking twice, differ, given;
   twice.last_year.look_in({}, {one, same});
   EXPECT_EQ(twice.of(report(2024, "甲局", "0")), "1");
   differ.last_year.look_in({}, {one, other});
   EXPECT_EQ(differ.of(report(2024, "甲局", "0")), "甲局 2023年度的报告不止一份：" + one + "、" + other);
   const std::string third = folder.file("二又.json", report(2023, "甲局", "1"));
   Looking late;
   late.last_year.look_in({}, {one, same, third, other});
   EXPECT_EQ(late.of(report(2024, "甲局", "0")), "甲局 2023年度的报告不止一份：" + one + "、" + other)
       << "behind three that are alike";
   given.last_year.look_in({other}, {one, same});
   EXPECT_EQ(given.of(report(2024, "甲局", "0")), "9") << "what is given for it counts first";
}

// What a run keeps of a file with one report in it.
void keep(const std::string& store, const std::string& file, const std::string& unit, int year) {
   std::string text;
   std::ifstream in(file);
   std::getline(in, text);
   WeighedReport weighed;
   weighed.file = file;
   weighed.record = weighed.line = 1;
   weighed.name = unit;
   weighed.year = year;
   weighed.refused = true;
   ResultStore to(store);
   to.begin_run({"1", "rules", "zh"}, "now");
   StoredReport stored = stored_of(weighed, {sha256(text), "rules"}, sha256(text), {}, true);
   stored.text = row_of_text(weighed, text, sha256(text));
   to.add({stored});
}

TEST(LastYear, IsTheSameFromAStoreAsFromFiles) {
   const Folder folder;
   const std::string one = folder.file("一.json", report(2023, "甲局", "1", "甲市")), store = (folder.path / "库.db").string();
   keep(store, one, "甲局", 2023);
   Looking from_file, given, kept;
   from_file.last_year.look_in({one}, {});
   given.last_year.look_in({store}, {});
   kept.last_year.look_in({}, {}, store);
   EXPECT_EQ(from_file.of(report(2024, "甲局", "0")), "1");
   for (Looking* looking : {&given, &kept}) {
      EXPECT_EQ(looking->of(report(2024, "甲局", "0")), "1");
      EXPECT_EQ(looking->found.file, one);
      EXPECT_EQ(looking->found.record, 1u);
      EXPECT_EQ(looking->found.line, 1u);
      EXPECT_EQ(looking->found.text, from_file.found.text);
      EXPECT_EQ(looking->found.hash, from_file.found.hash);
      EXPECT_EQ(looking->of(report(2024, "乙局", "0")), "没有 乙局 2023年度的报告");
   }
}

TEST(LastYear, WhatAStoreKeptCountsLastUnlessItIsGiven) {
   const Folder folder;
   const std::string one = folder.file("一.json", report(2023, "甲局", "1")),
                     other = folder.file("二.json", report(2023, "甲局", "2")), store = (folder.path / "库.db").string();
   keep(store, one, "甲局", 2023);
   Looking weighed, given, both;
   weighed.last_year.look_in({}, {other}, store);
   EXPECT_EQ(weighed.of(report(2024, "甲局", "0")), "2");
   given.last_year.look_in({store}, {other}, store);
   EXPECT_EQ(given.of(report(2024, "甲局", "0")), "1");
   both.last_year.look_in({store, other}, {});
   EXPECT_EQ(both.of(report(2024, "甲局", "0")), "甲局 2023年度的报告不止一份：" + other + "、" + one);
   keep(store, other, "甲局", 2023);
   Looking differ;
   differ.last_year.look_in({}, {}, store);
   EXPECT_EQ(differ.of(report(2024, "甲局", "0")), "甲局 2023年度的报告不止一份：" + one + "、" + other);
}

TEST(LastYear, AStoreThatHasOnlyResultsIsSaid) {
   const Folder folder;
   const std::string one = folder.file("一.json", report(2023, "甲局", "1")), store = (folder.path / "库.db").string();
   keep(store, one, "甲局", 2023);
   open_store(store)->execute("DELETE FROM texts");
   Looking looking;
   looking.last_year.look_in({}, {}, store);
   EXPECT_EQ(looking.of(report(2024, "甲局", "0")),
             "没有 甲局 2023年度的报告（结果库是以前的衡建立的，只有那份报告的结果：把它再运行一次，记入结果库）");
}

TEST(LastYear, ADatabaseThatIsNoStoreIsSaid) {
   const Folder folder;
   const std::string base = (folder.path / "别.db").string();
   open_database(base, true)->execute("CREATE TABLE a (b)");
   Looking looking;
   looking.last_year.look_in({base}, {});
   const ReportProblems problems = looking.last_year.problems();
   ASSERT_EQ(problems.size(), 1u);
   EXPECT_EQ(problems.front().message.zh, base + " 不是衡的结果库");
   EXPECT_THROW(looking.last_year.look_in({}, {}, base), StoreFault);
}

TEST(LastYear, WhatCannotBeReadIsSaid) {
   const Folder folder;
   Looking looking;
   const std::string broken = "{\"年度\": 2023, \"单位名称\": \"甲局\", \"地区\": \"\", \"甲\": \"1\", \"乙\": [1, }";
   looking.last_year.look_in({folder.file("断.json", broken), (folder.path / "没有.json").string()}, {});
   EXPECT_EQ(looking.of(report(2024, "甲局", "0")), "上年的报告读不到底：" + (folder.path / "断.json").string());
   const ReportProblems problems = looking.last_year.problems();
   ASSERT_EQ(problems.size(), 1u);
   EXPECT_EQ(fs::path(problems.front().file).filename(), "没有.json");
   EXPECT_EQ(looking.of("{\"年度\": 2024, \"单位名称\": \"甲局\", \"甲\": "), "refused");
}

TEST(LastYear, OnlyTheFormsOfItsYearMatter) {
   const Folder folder;
   const std::string with = std::string(rules) + "参数 限 : 金额型 { 2024.. : 未填 }\n",
                     before = "规则集 小集 2023 引用 小表 2024\n审核 没有的 : 没有 = 0元\n";
   testing_tools::InMemory both{{{"小/表.heng", forms}, {"小/规则.heng", with}, {"小/上年.heng", before}}};
   both.workspace.settings.parameters_by_hand = {{"限", "5元"}};
   EXPECT_FALSE(both.workspace.compile(2023, "").ok);
   Looking looking;
   LastYear last_year(both.workspace);
   last_year.look_in({}, {folder.file("一.json", report(2023, "甲局", "7"))});
   EXPECT_EQ(looking.of(report(2024, "甲局", "0"), both.workspace, last_year), "7");
}

TEST(LastYear, IsNotLookedForWhereNoRuleAsks) {
   testing_tools::InMemory without{
       {{"小/表.heng", forms}, {"小/规则.heng", "规则集 小集 2024 引用 小表 2024\n审核 甲数 : 甲 = 0元\n"}}};
   EXPECT_FALSE(without.workspace.compile(2024, "").program().schema.own);
}

}  // namespace
}  // namespace heng

// What a store packs can be unpacked; what is there is not added again; what was not committed is not there.
#include "reports/store/store.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "reports/store/comparison.hpp"
#include "reports/store/kept.hpp"
#include "reports/store/tables.hpp"

namespace heng {
namespace {

namespace fs = std::filesystem;

TEST(Store, CountsArePackedAndUnpacked) {
   const CaseCounts counts{{1, 0, 0, 0}, {41, 2, 0, 0}, {0, 0, 0, 0}, {0, 1, 12, 3}};
   EXPECT_EQ(packed(counts), "h,h41f2,,fu12n3");
   EXPECT_EQ(unpacked(packed(counts)), counts);
   const CaseCounts explained{{1, 0, 0, 0, 2}, {0, 0, 0, 0, 1}};
   EXPECT_EQ(packed(explained), "he2,e");
   EXPECT_EQ(unpacked(packed(explained)), explained);
   const CaseCounts alike{{1, 0, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {2, 0, 0, 0}};
   EXPECT_EQ(packed(alike), "h*3,*2,h2");
   EXPECT_EQ(unpacked(packed(alike)), alike);
   EXPECT_TRUE(unpacked("").empty());
   EXPECT_EQ(unpacked(",").size(), 2u);
}

class StoreInAFile : public testing::Test {
 protected:
   StoreInAFile() : path_((fs::temp_directory_path() / ("heng-store-" + std::to_string(::getpid()) + ".db")).string()) {
      remove();
   }
   ~StoreInAFile() override { remove(); }
   void remove() const {
      for (const char* end : {"", "-wal", "-shm"}) fs::remove(path_ + end);
   }
   static WeighedReport weighed_report(const std::string& unit, int year, const std::string& place, const std::string& file,
                                       std::uint64_t record) {
      WeighedReport weighed;
      weighed.file = file;
      weighed.record = record;
      weighed.line = 2 * record;
      weighed.name = unit;
      weighed.year = year;
      weighed.place = place;
      weighed.refused = true;
      return weighed;
   }
   static StoredReport report(const std::string& hash, const std::string& unit, int year, const std::string& place = "",
                              const std::string& file = "a.ndjson", std::uint64_t record = 0) {
      WeighedReport weighed = weighed_report(unit, year, place, file, record);
      ReportProblem problem;
      problem.message = say("读不了 '\"", "cannot be read");
      problem.refuses = true;
      weighed.problems.push_back(problem);
      return stored_of(weighed, {hash, "rules"}, hash, {}, true);
   }
   // With its text, as a run keeps it.
   static StoredReport kept(const std::string& text, const std::string& unit, int year, const std::string& place,
                            const std::string& file, std::uint64_t record = 1) {
      StoredReport stored = report(text, unit, year, place, file, record);
      stored.report[5] = "0";  // not refused
      stored.text = row_of_text(weighed_report(unit, year, place, file, record), text, text);
      return stored;
   }
   static std::vector<std::string> texts(KeptReports& store, const std::string& unit, int year,
                                         const std::optional<std::string>& place = {}) {
      std::vector<std::string> found;
      for (const KeptReport& one : store.of(unit, year, place, 3)) found.push_back(one.text);
      return found;
   }
   std::size_t reports() const {
      StoreReader reader(path_);
      return reader.ids({}).size();
   }
   std::string path_;
};

TEST_F(StoreInAFile, AddingAgainAddsNothing) {
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({report("a", "甲", 2024), report("b", "乙", 2024), report("a", "甲", 2024)});
   EXPECT_EQ(store.added(), 2u);
   store.add({report("b", "乙", 2024)});
   EXPECT_EQ(store.added(), 2u);
   EXPECT_EQ(reports(), 2u);
   EXPECT_TRUE(store.held({"a", "b"}).empty()) << "what was refused is weighed again";
}

TEST_F(StoreInAFile, WhatWasNotCommittedIsNotThere) {
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({report("a", "甲", 2024)});
   {
      const auto database = open_store(path_);
      Transaction half(*database);
      database->execute("DELETE FROM reports");
   }
   EXPECT_EQ(reports(), 1u);
}

TEST_F(StoreInAFile, TheLastResultOfAReportCounts) {
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({report("a", "甲", 2024)});
   store.add({report("corrected", "甲", 2024)});
   StoreReader reader(path_);
   std::vector<std::string> hashes;
   reader.reports({}, [&](const StoredLine& line) { hashes.push_back(line.hash); });
   EXPECT_EQ(hashes, std::vector<std::string>{"corrected"});
}

TEST(Store, TextsArePackedAndUnpacked) {
   const std::string text = std::string("{\"甲\": 1, \"甲\": 2}") + '\0' + std::string(5000, 'x');
   const std::string small = pack(text);
   EXPECT_LT(small.size(), 200u);
   EXPECT_EQ(unpack(small, text.size()), text);
   EXPECT_EQ(unpack(small, text.size() + 1), "") << "not what it was";
   EXPECT_EQ(unpack(small.substr(1), text.size()), "");
   EXPECT_EQ(unpack(small, std::size_t{1} << 50), "") << "nothing is that large";
}

using Texts = std::vector<std::string>;

TEST_F(StoreInAFile, ReportsThemselvesAreKept) {
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({kept("a", "甲局", 2023, "东市", "一.ndjson", 7), kept("b", "甲局", 2023, "西市", "一.ndjson", 8),
              kept("c", "甲局", 2022, "东市", "零.json"), kept("d", "乙 局", 2023, "", "二.json"), report("e", "丙局", 2023)});
   store.add({kept("a", "甲局", 2023, "东市", "又.ndjson", 1)});  // the same text is kept once
   KeptReports texts(path_);
   EXPECT_EQ(this->texts(texts, "甲局", 2023), (Texts{"a", "b"}));
   EXPECT_EQ(this->texts(texts, "甲局", 2023, "西市"), Texts{"b"});
   EXPECT_EQ(this->texts(texts, "甲局", 2023, ""), Texts{});
   EXPECT_EQ(this->texts(texts, "乙局", 2023, ""), Texts{"d"}) << "blanks do not matter";
   EXPECT_EQ(this->texts(texts, "甲局", 2021), Texts{});
   const KeptReport one = texts.of("甲局", 2023, "东市", 3).at(0);
   EXPECT_EQ(one.file, "一.ndjson");
   EXPECT_EQ(one.record, 7u);
   EXPECT_EQ(one.line, 14u);
   EXPECT_EQ(one.hash, "a");
   EXPECT_TRUE(texts.has_results_of("丙局", 2023));
   EXPECT_FALSE(texts.has_results_of("丙局", 2022));
}

TEST_F(StoreInAFile, TheLastTextOfAReportCountsAndLaterOnesAreNotSeen) {
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({kept("first", "甲局", 2023, "", "一.json")});
   KeptReports before(path_);
   store.add({kept("corrected", "甲局", 2023, "", "一.json"), kept("of another file", "甲局", 2023, "", "二.json")});
   KeptReports now(path_);
   EXPECT_EQ(texts(before, "甲局", 2023), Texts{"first"});
   EXPECT_EQ(texts(now, "甲局", 2023), (Texts{"corrected", "of another file"}));
   store.add({kept("first", "甲局", 2023, "", "一.json")});  // the correction is taken back
   KeptReports again(path_);
   EXPECT_EQ(texts(again, "甲局", 2023), (Texts{"first", "of another file"}));
}

TEST_F(StoreInAFile, TheSameTextIsTheSameReportWhereverItStands) {
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({report("a", "甲局", 2023, "", "一.json")});
   StoredReport under_other_rules = report("a", "甲局", 2023, "", "又/一.json");
   under_other_rules.key.rules = "other rules";
   store.add({under_other_rules});
   EXPECT_EQ(reports(), 1u);
   store.add({report("b", "甲局", 2023, "", "二.json")});
   EXPECT_EQ(reports(), 2u) << "another text under another name is another report";
}

TEST_F(StoreInAFile, ADamagedTextIsNoReport) {
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({kept("whole", "甲局", 2023, "", "一.json")});
   open_store(path_)->execute("UPDATE texts SET packed = x'00ff'");
   KeptReports texts(path_);
   EXPECT_THROW(texts.of("甲局", 2023, {}, 3), StoreFault);
}

TEST_F(StoreInAFile, AStoreMadeBeforeIsUpgraded) {
   {
      ResultStore store(path_);
      store.begin_run({"1", "rules", "zh"}, "now");
      store.add({kept("a", "甲局", 2023, "", "一.json")});
      const auto database = open_store(path_);
      database->execute("DROP TABLE texts");
      database->execute("DROP INDEX reports_of_content");
      for (const tables::LaterColumn& column : tables::since_version_3)
         database->execute("ALTER TABLE " + std::string(column.table->name) + " DROP COLUMN " + std::string(column.name));
      database->execute("UPDATE heng_store SET version = '1'");
   }
   KeptReports old(path_);
   EXPECT_EQ(texts(old, "甲局", 2023), Texts{});
   EXPECT_TRUE(old.has_results_of("甲局", 2023));
   EXPECT_EQ(reports(), 1u);
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({kept("a", "甲局", 2023, "", "一.json")});
   EXPECT_EQ(store.added(), 0u) << "its results are there";
   KeptReports now(path_);
   EXPECT_EQ(texts(now, "甲局", 2023), Texts{"a"});
   StoreReader(path_).reports({}, [](const StoredLine& line) { EXPECT_EQ(line.summary.explained, 0u); });
   open_store(path_)->execute("UPDATE heng_store SET version = 'of tomorrow'");
   EXPECT_THROW(open_store(path_), StoreFault);
   EXPECT_THROW(ResultStore again(path_), StoreFault);
}

// An explanation was given and taken back: the first result is the last again.
TEST_F(StoreInAFile, AResultThatIsAddedOnceMoreIsTheLastAgain) {
   const auto weighed = [&](const std::string& hash) {
      StoredReport one = report(hash, "甲", 2024);
      one.report[5] = "0";  // not refused
      return one;
   };
   ResultStore store(path_);
   store.begin_run({"1", "rules", "zh"}, "now");
   store.add({weighed("plain")});
   store.add({weighed("explained"), report("b", "乙", 2024)});
   EXPECT_EQ(store.held({"plain", "explained"}).size(), 1u) << "what is not the last must be weighed again";
   store.add({weighed("plain")});
   EXPECT_EQ(store.added(), 4u);
   EXPECT_TRUE(store.held({"plain"}).count({"plain", "rules"}));
   std::vector<std::string> hashes;
   StoreReader(path_).reports({}, [&](const StoredLine& line) { hashes.push_back(line.hash); });
   EXPECT_EQ(hashes, (std::vector<std::string>{"b", "plain"}));
   std::size_t problems = 0;
   StoreReader(path_).rows(tables::problems, {}, [&](const Row&) { ++problems; });
   EXPECT_EQ(problems, 2u) << "nothing of the old row is left";
   store.add({weighed("plain")});
   EXPECT_EQ(store.added(), 4u);
}

TEST_F(StoreInAFile, SomethingElseIsRefused) {
   std::FILE* file = std::fopen(path_.c_str(), "wb");
   std::fputs("{ \"年度\": 2024 } and more, so that it is no database of any kind, nor an empty one", file);
   std::fclose(file);
   EXPECT_THROW(ResultStore store(path_), StoreFault);
   EXPECT_THROW(open_store(path_ + ".not-there"), StoreFault);
}

TEST(Store, QuantilesAreValuesThatAreThere) {
   Distribution d;
   for (const int value : {1, 2, 3, 4}) d.values.emplace_back(value);
   EXPECT_EQ(d.at(0), 1);
   EXPECT_EQ(d.at(25), 1);
   EXPECT_EQ(d.at(50), 2);
   EXPECT_EQ(d.at(75), 3);
   EXPECT_EQ(d.at(100), 4);
   EXPECT_EQ(d.average(), Rational(5) / 2);
}

}  // namespace
}  // namespace heng

// What a store packs can be unpacked; what is there is not added again; what was not committed is not there.
#include "reports/store/store.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "reports/store/comparison.hpp"
#include "reports/store/tables.hpp"

namespace heng {
namespace {

namespace fs = std::filesystem;

TEST(Store, CountsArePackedAndUnpacked) {
   const CaseCounts counts{{1, 0, 0, 0}, {41, 2, 0, 0}, {0, 0, 0, 0}, {0, 1, 12, 3}};
   EXPECT_EQ(packed(counts), "h,h41f2,,fu12n3");
   EXPECT_EQ(unpacked(packed(counts)), counts);
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
   static StoredReport report(const std::string& hash, const std::string& unit, int year) {
      WeighedReport weighed;
      weighed.file = "a.ndjson";
      weighed.name = unit;
      weighed.year = year;
      weighed.refused = true;
      ReportProblem problem;
      problem.message = say("读不了 '\"", "cannot be read");
      problem.refuses = true;
      weighed.problems.push_back(problem);
      return stored_of(weighed, {hash, "rules"}, {}, true);
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

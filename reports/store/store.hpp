// Where results are kept: one row for each report and the rules it was weighed by, with its findings, scores, grades and the
// figures that they used. Adding what is there already adds nothing; reports go in by blocks, each whole or not at all. May be
// used by several threads. Does not know: how reports are weighed; SQL of one database or the other.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "interpreter/results.hpp"
#include "reports/store/stored.hpp"

namespace heng {

// What totals need of a report that is there.
struct HeldReport {
   Summary summary;
   std::uint64_t problems[3] = {0, 0, 0};
   std::uint64_t scores_untold = 0;
   CaseCounts counts;
};

struct StoredRun {
   std::string version, rules, language;
};

class ResultStore {
 public:
   // Opens or makes it, with its tables. Throws StoreFault, as everything here does.
   explicit ResultStore(const std::string& place);
   void begin_run(const StoredRun& run, const std::string& now);
   void end_run(const std::string& outcome, std::uint64_t reports, std::uint64_t refused, const std::string& now);
   void add(const std::vector<StoredReport>& reports);  // all or nothing
   // Which of these reports are there, refused ones left out; by any rules, but no result that another one came after.
   std::map<StoreKey, HeldReport> held(const std::vector<std::string>& report_hashes);
   std::uint64_t added() const { return added_; }

 private:
   std::string program_id(const StoredReport& report);
   void put_last_again(const std::vector<Row>& rows, std::vector<std::optional<std::string>>& ids);

   std::mutex mutex_;
   std::unique_ptr<Database> database_;
   std::map<std::string, std::string> programs_;  // id by hash
   std::string run_;
   std::uint64_t added_ = 0;
};

// The tables of a store that was made: throws StoreFault where it holds something else.
std::unique_ptr<Database> open_store(const std::string& place);

}  // namespace heng

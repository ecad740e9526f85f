// What rules are tried on: the tests written in them and sample reports, side by side in one batch for each year and place, and
// one more for each way in which tests give values to parameters.
// Does not know: what is asked of the results.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "interpreter/check/test.hpp"
#include "reports/read/json.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

// Report files, read into memory once.
class Samples {
 public:
   // false: a file cannot be read (`problems` says why).
   bool read(RecordStream&& stream, const HeaderKeys& keys);

   struct Sample {
      std::string file;
      const Record* record = nullptr;
      ReportHeader header;
      std::string name() const { return header.unit_name.empty() ? file : header.unit_name; }
   };
   const std::vector<Sample>& all() const { return all_; }
   ReportProblems problems;

 private:
   std::deque<RecordBlock> blocks_;
   std::vector<Sample> all_;
};

// The rules of one year and place with everything that they are tried on. The batch fits every program of the same schema, so
// also one whose rules were changed.
struct Trials {
   const Compiled* compiled = nullptr;
   int year = 0;
   std::string place;
   Settings settings;
   Program program;                   // as checked, with the expectations of its tests; not planned yet
   std::vector<CompiledTest> tests;   // the first reports of the batch
   std::vector<std::string> reports;  // names of those behind them
   std::unique_ptr<BatchBuilder> builder;
   const Batch* batch = nullptr;
   std::uint32_t size() const { return static_cast<std::uint32_t>(tests.size() + reports.size()); }
};

struct AllTrials {
   std::deque<Trials> trials;
   Diagnostics broken;  // rules or tests that do not compile, what does not fit in a test
};

// One for every year and place that some set is for, and behind it those of tests that give parameters. Problems within a
// sample's data go to `samples.problems`.
AllTrials make_trials(Workspace& workspace, Samples& samples);

}  // namespace heng

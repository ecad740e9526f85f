#include "tools/workspace/resume.hpp"

#include <algorithm>
#include <fstream>

#include "reports/read/results.hpp"
#include "tools/workspace/load.hpp"

namespace heng {

namespace {

void count(EarlierRun& run, const ResultHead& head) {
   ReportCounts one;
   const Summary& s = head.summary;
   one.reports = 1;
   one.refused = head.refused;
   for (std::size_t i = 0; i < 3; ++i) one.problems[i] = head.problems[i];
   one.with_errors = head.refused || head.problems[0] + s.errors > 0;
   one.with_findings =
       head.refused || head.problems[0] + head.problems[1] + head.problems[2] + s.errors + s.verifies + s.notices > 0;
   run.counts.add(std::move(one));
   run.tally.summary.add(s);
   run.tally.scores_untold += head.scores_untold;
}

}  // namespace

std::optional<EarlierRun> earlier_run(const std::string& output, const std::vector<std::string>& files, Said& why) {
   EarlierRun read, safe;
   std::ifstream in(output, std::ios::binary);
   if (!in) return safe;
   ResultLines lines(in);
   ResultReader reader;
   bool begun = false, by_record = false;
   for (std::string object; lines.form() == ResultLines::Form::ndjson && lines.next(object);) {
      const std::optional<ResultHead> head = reader.read(object);
      if (!head) break;
      if (!begun || files[read.reached.file] != head->file) {
         const auto from = files.begin() + static_cast<std::ptrdiff_t>(begun ? read.reached.file + 1 : 0);
         const auto found = std::find(from, files.end(), head->file);
         if (found == files.end()) {
            why = say("{} 里有 {} 的结果，它不在这次的报告里（或者次序不同）：不能接着写",
                      "{} has results of {}, which is not among these reports (or in another order): it cannot be continued",
                      output, head->file);
            return std::nullopt;
         }
         // All before are done: theirs are whole.
         read.reached.file = static_cast<std::size_t>(found - files.begin());
         read.reached.record = 0;
         read.bytes = lines.begin();
         safe = read;
         begun = true;
         by_record = is_report_data(head->file);
      }
      count(read, *head);
      read.bytes = lines.end();
      read.reached.record = head->record;
      if (by_record && head->record > 0) safe = read;
   }
   if (lines.form() == ResultLines::Form::unknown) {
      why = say("{} 不是 --format ndjson 的结果，不能接着写", "{} holds no results of --format ndjson: it cannot be continued",
                output);
      return std::nullopt;
   }
   return safe;
}

}  // namespace heng

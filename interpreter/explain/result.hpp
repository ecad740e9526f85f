// Evaluation → ReportResult: the verdicts, scores and grades of one report with their working (D8, D9), and the gate of
// provisional scores. Reads the columns that weighing left behind; computes nothing again.
// Does not know: formats, files.
#pragma once
#include <vector>

#include "interpreter/explain/naming.hpp"

namespace heng {

struct Detail {
   bool all = true;      // verdicts that hold or do not apply, too
   bool sources = true;  // the figures that took part
   bool chinese = true;  // language of shown values and messages
   RawText raw;          // may be empty
};

ReportResult result_of(const Evaluation& evaluation, std::uint32_t report, const Detail& detail);

// One result of every case, where it came from: rows, or a list that is empty or was not read (never nothing).
struct Judged {
   RuleId rule;
   std::uint32_t case_number;
   FrameId frame;  // of row; for an empty list the frame of the row that holds it
   std::uint32_t row;
   Verdict verdict;
   Missing list = Missing::none_missing;  // empty_list, not_read, no_such_report: there was no row to judge
};

// Of every case in every row of one report. A let, a score, bands hold where they have a value.
std::vector<Judged> judgements(const Evaluation& evaluation, const Rule& rule, std::uint32_t report);

// Counts over a whole batch without making results: [rule][case][outcome].
struct Tally {
   std::vector<std::vector<OutcomeCounts>> verdicts;
   Summary summary;
   std::uint64_t scores_untold = 0;
   std::vector<Summary> by_report;  // summary of each report of the batch last counted
   void add(const Evaluation& evaluation);
   // Of the same program, counted elsewhere. by_report stays what it is.
   void add(const Tally& other);
};

}  // namespace heng

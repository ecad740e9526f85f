// A weighed report as rows of the store's tables. Does not know: databases.
#pragma once
#include <string>
#include <vector>

#include "reports/store/database.hpp"
#include "reports/write/writer.hpp"

namespace heng {

class Evaluation;
struct Tally;

// How a report and its rules are told from all others.
struct StoreKey {
   std::string report, rules;  // hashes
   auto operator<=>(const StoreKey&) const = default;
};

// For every case of every rule, in order: [outcome].
using CaseCounts = std::vector<OutcomeCounts>;
CaseCounts counts_of_cases(const Evaluation& evaluation, std::uint32_t report);
void count_explained(CaseCounts& counts, const WeighedReport& report);  // turns verdicts of the report into explained ones
// "h41f2,h,,n3e": holds, fails, cannot be told (u), does not apply (n), is explained; 1 is not written
std::string packed(const CaseCounts& counts);
CaseCounts unpacked(std::string_view text);
void add_counts(Tally& tally, const Program& program, const CaseCounts& counts);

struct StoredReport {
   StoreKey key;
   const Program* program = nullptr;                              // nullptr: refused
   Row report;                                                    // the columns of `reports` behind hash, program and run
   std::vector<Row> problems, verdicts, scores, grades, figures;  // behind `report`
   Row text;                                                      // of `texts`; empty: it cannot be found again
};

// `report.result` must hold the findings with their figures. `content`: hash of the report alone.
StoredReport stored_of(const WeighedReport& report, StoreKey key, const std::string& content, const CaseCounts& counts,
                       bool chinese);

// The report itself, packed. Empty where it does not say whose it is.
Row row_of_text(const WeighedReport& report, std::string_view text, const std::string& hash);

// Rows that say what a program is, behind its id.
std::vector<Row> rows_of_sets(const Program& program);
std::vector<Row> rows_of_items(const Program& program);

}  // namespace heng

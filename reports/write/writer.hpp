// What a weighed report is printed from, and the writers: terminal, plain, JSON, NDJSON, JUnit.
// A writer prints what it is given and computes nothing: verdicts, scores, figures come from the results, places from the reader.
// Does not know: how reports are read or weighed; the file it writes to.
#pragma once
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/results.hpp"
#include "reports/read/last_year.hpp"
#include "reports/read/problem.hpp"

namespace heng {

// A rule set that stands in the rules and was not used for this report.
struct SetNotRun {
   std::string name;
   int year = 0;       // 0: none written
   std::string place;  // empty: everywhere
   Said why;
};

// Which report, as its file and its header tell.
struct ReportHead {
   std::string file;  // as the person named it; "-": standard input
   std::uint64_t record = 0, line = 0;
   std::string name, place;
   int year = 0;  // 0: unknown
};

struct WeighedReport : ReportHead {
   const Program* program = nullptr;  // nullptr: refused, or no rule set for its year and place; then only `problems` speak
   const Sources* rules = nullptr;    // texts of the rules, for places in them
   ReportResult result;
   std::vector<SetNotRun> not_run;
   ReportProblems problems;
   FigurePlaces places;  // of the figures in `result`
   LastYearsReport last_year;
   bool refused = false;
};

enum class OutputFormat { table, plain, json, ndjson, junit };
std::optional<OutputFormat> read_output_format(std::string_view word);

struct WriterSettings {
   bool chinese = true;
   bool colour = false;
   bool details = false;            // table: every finding and figure, also for many reports
   std::size_t cards_at_most = 20;  // table: with more reports a summary takes the place of the cards
};

// What a report's results must hold for a writer.
struct Wanted {
   bool reports = true;                                            // report() at all; the totals suffice otherwise
   bool passing = false;                                           // also verdicts that hold or do not apply
   bool sources = false;                                           // the figures of each
   bool values = false;                                            // lets
   std::size_t at_most = std::numeric_limits<std::size_t>::max();  // so many reports; no more of them will be printed
};

struct Tally;  // interpreter/explain/result.hpp

// All reports together, for summaries.
struct Totals {
   std::uint64_t reports = 0, refused = 0;            // refused is part of reports
   std::uint64_t with_errors = 0, with_findings = 0;  // reports that have such findings
   Summary summary;
   struct Counted {
      const Program* program = nullptr;
      const Tally* tally = nullptr;
   };
   std::vector<Counted> programs;
   ReportProblems refusals;  // the first few
};

// Texts are made of reports by several threads at once, and written in the order of the reports.
class Writer {
 public:
   virtual ~Writer() = default;
   virtual Wanted wanted() const = 0;  // may shrink while reports go by
   virtual std::string text_of(const WeighedReport& report) const = 0;
   virtual void write(std::string text) = 0;
   virtual void finish(const Totals& totals) = 0;
};

std::unique_ptr<Writer> make_writer(OutputFormat format, std::ostream& out, const WriterSettings& settings);

// Shared by the writers.
bool is_finding(const VerdictResult& verdict);  // fails or cannot tell, and is not explained
tree::Severity severity_of(const Program& program, const VerdictResult& verdict);
// Unknown keys are to be checked, a lapsed explanation is a notice; whatever could not be read is an error.
tree::Severity severity_of(const ReportProblem& problem);

}  // namespace heng

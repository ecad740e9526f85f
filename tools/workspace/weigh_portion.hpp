// One portion of reports through rules, by one thread: read, sorted by year and place, weighed as batches, made into text in the
// order they came. Each thread has one of these; what they share is const. Does not know: other threads, where texts go.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "interpreter/explain/result.hpp"
#include "reports/store/store.hpp"
#include "reports/write/writer.hpp"
#include "tools/workspace/explanations.hpp"
#include "tools/workspace/last_year.hpp"
#include "tools/workspace/load.hpp"
#include "tools/workspace/portions.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

// The first few of those refused; the others are counted.
void keep_refusal(ReportProblems& refusals, ReportProblem problem);

// Of reports, whatever their rules. Counts of parts add up to those of the whole.
struct ReportCounts {
   std::uint64_t reports = 0, refused = 0, with_errors = 0, with_findings = 0;
   std::uint64_t problems[3] = {0, 0, 0};  // of the data, by severity
   ReportProblems refusals;                // the first few
   void add(ReportCounts&& other);
};

// One record of a portion on its way.
struct RecordUnderWay {
   const std::string* file = nullptr;
   Record record;
   ReportHeader header;
   ReportHead head() const;
};

// What came of a portion, or of a part of it: texts, and how far the work is with them.
struct PieceOfTexts {
   std::vector<std::string> texts;      // of the reports that are to be printed, in order
   std::size_t size = 0;                // of the texts
   std::uint64_t files = 0, bytes = 0;  // done with this piece
   std::string file, place;             // of its last report

   void add(std::string text);
   void reached(const RecordUnderWay& last);
   bool large() const;  // too much to keep while the rest of the portion is made
};

struct WeighedPiece : PieceOfTexts {
   ReportCounts counts;
   std::vector<StoredReport> stored;  // for the store, in order
   Diagnostics broken;                // errors in the rules of a report's year and place: nothing of the portion was weighed
};

// Where results are kept, if anywhere.
struct Keeping {
   ResultStore* store = nullptr;
   bool resume = false;      // what is there already is not weighed again
   bool prints_all = false;  // unless its result has not been printed yet
};

// What errors in the rules of a report's year and place mean.
enum class BrokenRules {
   stop,              // WeighedPiece::broken; nothing of the portion is weighed
   refuse_the_report  // a problem among its results
};

class PortionWeigher {
 public:
   PortionWeigher(Workspace& workspace, LastYear& last_year, const Writer& writer, LoadSettings load, Keeping keeping = {},
                  BrokenRules broken = BrokenRules::stop, const Explanations* explanations = nullptr);
   ~PortionWeigher();
   // `large` takes what is too much to keep; the rest is returned.
   WeighedPiece weigh(Portion& portion, const Wanted& wanted, const std::function<void(WeighedPiece&&)>& large);
   // Of everything weighed so far.
   std::vector<std::pair<const Compiled*, const Tally*>> tallies() const;
   bool rules_were_broken() const;  // for some report that was refused

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

}  // namespace heng

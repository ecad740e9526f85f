// A collection of reports through rules to a writer: cut into portions, weighed by several threads, each portion sorted by year
// and place into batches, written in the order they came. Memory is bounded by the portions under way, however many reports there
// are; what is written does not depend on the number of threads. Does not know: terminals, exit codes, formats of output.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "reports/write/writer.hpp"
#include "tools/workspace/load.hpp"
#include "tools/workspace/portions.hpp"
#include "tools/workspace/weigh_portion.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

// How far the work is, told after every portion in order.
struct WeighedSoFar {
   std::uint64_t files = 0, reports = 0, bytes = 0;
   std::string file, place;  // of the last report
   void add(PieceOfTexts&& piece, std::uint64_t reports_of_piece);
};

struct WeighSettings {
   unsigned threads = 0;                     // 0: as many as there are cores
   const std::atomic<bool>* stop = nullptr;  // becomes true: no more portions are begun
   LoadSettings load;                        // how documents are read
   Keeping keeping;
   const Explanations* explanations = nullptr;         // of findings; may be none
   std::function<void(const WeighedSoFar&)> progress;  // may be empty; called by one thread at a time
};

class Weigher {
 public:
   Weigher(Workspace& workspace, LastYear& last_year, Writer& writer, WeighSettings settings);
   ~Weigher();
   // What an earlier run came to: totals go on from there.
   void go_on_from(ReportCounts&& counts, const Tally& tally);
   // false: the rules for a report's year and place do not compile (broken() says why); nothing more is weighed.
   bool weigh(Portions& portions);
   void finish();  // the writer's, too

   const Diagnostics& broken() const;
   const Totals& totals() const;
   // After finish(). Findings of the given severity or graver, the data's own problems and scores that cannot be told among them.
   std::uint64_t findings(tree::Severity at_least) const;

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

}  // namespace heng

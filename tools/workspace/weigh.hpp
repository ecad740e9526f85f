// Reports through rules to a writer: read in blocks, sorted by year and place, weighed as batches, written in the order they
// came. Memory is bounded by the block, however many reports there are. Does not know: terminals, exit codes, formats of output.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "reports/read/json.hpp"
#include "reports/read/records.hpp"
#include "reports/write/writer.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

class Weigher {
 public:
   // `stop`: weighing ends at the next block once it is true.
   Weigher(Workspace& workspace, Writer& writer, bool chinese, const std::atomic<bool>* stop = nullptr);
   ~Weigher();
   // false: the rules for a report's year and place do not compile (broken() says why); nothing more is weighed.
   bool weigh(RecordStream& stream);
   // What is wrong with a file as a whole: it counts, and stands among the results.
   void problem(const std::string& file, ReportProblem problem);
   void finish();  // the writer's, too

   const Diagnostics& broken() const;
   const Totals& totals() const;
   // Findings of the given severity or graver, the data's own problems and scores that cannot be told among them.
   std::uint64_t findings(tree::Severity at_least) const;

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

}  // namespace heng

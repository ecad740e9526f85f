// How far an earlier run came with its NDJSON: which reports it printed whole, and what they add up to. Does not know: rules.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tools/workspace/portions.hpp"
#include "tools/workspace/weigh_portion.hpp"

namespace heng {

struct EarlierRun {
   Reached reached;
   std::uint64_t bytes = 0;  // of its output that stay: what stands behind is not whole, or of a file that it did not end
   ReportCounts counts;
   Tally tally;  // its summary and what scores cannot tell
};

// `files`: the collection, in order. nullopt: the output is not of this collection, `why` says so.
std::optional<EarlierRun> earlier_run(const std::string& output, const std::vector<std::string>& files, Said& why);

}  // namespace heng

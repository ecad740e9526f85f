// The reports themselves as a store keeps them: whose report of which year, the text whole. Reports that were added since the
// store was opened are not seen: what is found does not depend on who writes meanwhile. May be used by several threads.
// Does not know: what reports say, who asks.
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/store/database.hpp"

namespace heng {

struct KeptReport {
   std::string file, hash, text;
   std::uint64_t record = 0, line = 0;
};

class KeptReports {
 public:
   explicit KeptReports(const std::string& place);  // throws StoreFault, as everything here does
   // Those of a unit and year that still count, in order of file and record; of any place where none is named. At most `most`.
   std::vector<KeptReport> of(const std::string& unit, int year, const std::optional<std::string>& place, std::size_t most);
   // A store that was made before it kept reports may have results of one that it cannot show.
   bool has_results_of(const std::string& unit, int year);

 private:
   std::mutex mutex_;
   std::string place_;
   std::unique_ptr<Database> database_;
   std::string last_report_;  // id
};

std::string pack(std::string_view text);
std::string unpack(const std::string& packed, std::size_t size);  // empty: it is damaged

}  // namespace heng

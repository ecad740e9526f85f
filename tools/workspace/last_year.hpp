// Finds last year's report of the same unit for the rules that read it (上年), and fills a report with it: among the files that
// are weighed, those given for it, or those that a results store kept before. Files are gone through once, and only when a rule
// asks; of each report it is kept where it stands, not what it says. May be used by several threads; throws StoreFault where a
// store fails. Does not know: rules, terminals, results.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "reports/read/json.hpp"
#include "reports/read/last_year.hpp"
#include "tools/workspace/load.hpp"

namespace heng {

class LastYear {
 public:
   LastYear(Workspace& workspace, LoadSettings load = {});
   ~LastYear();
   // What is given for it, files and stores, counts before what is weighed itself, and that before what `store` holds by now.
   // Set before the first report is filled.
   void look_in(std::vector<std::string> given, std::vector<std::string> weighed, const std::string& store = {});

   // For rules that read it.
   LastYearsReport find(const ReportHeader& header);
   // Fills the record that `reader` has just opened, and what the rules want of last year's report of that unit, which is found
   // unless it was before. false: the record itself is refused.
   bool fill(JsonReader& reader, const Record& record, const std::string& file, const ReportHeader& header,
             const Compiled& compiled, BatchBuilder& builder, ReportProblems& problems, LastYearsReport& last_year);

   // Files and stores given for it that cannot be read. Goes through them where that was not done yet.
   ReportProblems problems();

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

}  // namespace heng

// One report weighed and kept at hand: what explain and eval ask about.
#pragma once
#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"
#include "reports/read/records.hpp"
#include "tools/cli/open.hpp"
#include "tools/workspace/last_year.hpp"

namespace heng {

// Which report of a file is meant; what is empty leaves it open. To a document that does not say them, year and place are said.
struct ReportChoice {
   std::string unit;
   int year = 0;
   std::string place;
};

// One report of a file, read by the rules for its year and place.
struct OneReport {
   std::string file;
   bool alone = true;  // no other report of the file was meant as well
   RecordBlock block;
   ReportHeader header;
   Compiled* compiled = nullptr;
   std::unique_ptr<BatchBuilder> builder;
   LastYearsReport last_year;
   std::string_view text() const { return block.records.front().text; }
};

// Reads the report and finds its rules. Its problems go to standard error. Last year's report stands in the same file, or in
// those given for it.
Exit read_one_report(Console& console, Opened& opened, const std::string& file, const std::vector<std::string>& last_year,
                     OneReport& report, const ReportChoice& choice = {});
Detail detail_for(const Console& console, const OneReport& report);

}  // namespace heng

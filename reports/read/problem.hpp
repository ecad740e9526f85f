// What is wrong with report data, said to the person who hands the report in: the place, what is there, what was expected.
// A problem never stops the other reports; `refuses` says whether this report itself could be read.
// Does not know: formats, rules.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "grammar/codes.hpp"
#include "grammar/diagnostic.hpp"

namespace heng {

struct ReportProblem {
   Code code = Code::report_unreadable;
   Said message;
   std::string file;          // as the person named it; "-" is standard input
   std::uint64_t record = 0;  // which report of the file, from 1; 0: the file itself
   std::uint64_t line = 0;    // in the file, from 1; 0: unknown
   std::uint64_t column = 0;  // code points, from 1
   std::uint64_t offset = 0;  // bytes into the file
   std::string pointer;       // JSON pointer within the report: "/公开01/31"
   std::string report;        // unit name, where it is known
   bool refuses = false;      // the report could not be read at all
};

using ReportProblems = std::vector<ReportProblem>;

std::string where(const ReportProblem& problem);  // "a.ndjson:3:17 /公开01/31"

}  // namespace heng

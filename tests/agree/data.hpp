// Report data as plain trees: made at random for a schema, poured into a BatchBuilder, and printed as report JSON so that a case
// that fails can be run with the program. Does not know: rules, the engine.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/batch.hpp"
#include "tests/agree/random.hpp"

namespace heng::agree {

struct RowData {
   std::optional<int> total;                       // which total row
   std::map<FieldId, std::string> values;          // as printed; a field that is not here is not read
   std::map<FrameId, std::vector<RowData>> lists;  // a list that is not here is not read
   std::vector<FrameId> of_no_report;              // or is last year's, of which there is no report
};

// How hostile the figures are.
struct Taste {
   int huge = 3;     // percent of figures with up to 30 digits
   int missing = 8;  // percent of fields that are blank, -, /, 无, ### or not there
   int zero = 15;    // percent of figures that are 0
   int small = 70;   // percent of figures that are small, so that sums meet their totals now and then
};

RowData random_report(const Schema& schema, Random& random, const Taste& taste);
void pour(const RowData& report, BatchBuilder& builder);
std::string to_json(const Schema& schema, const RowData& report);

}  // namespace heng::agree

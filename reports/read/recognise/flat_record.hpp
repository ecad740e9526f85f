// What stands under the title of a record in a flat text becomes its report data: values behind their labels, rows of figures
// under heads (and the scores printed behind names, 成本指标（10分）), lists whose rows are cut out of running words. Does not
// know: where records begin and end (the outline does), formats.
#pragma once
#include <string_view>

#include "interpreter/schema.hpp"
#include "reports/read/recognise/reading.hpp"

namespace heng {

// The fields of one row of the list `frame` (or of the report itself), as far as they stand in the region; those whose names
// begin with `record` and a dot, if it is not empty. `part` is what the account calls it: "项目[2]". `into` is the row's object.
void read_flat_record(const Schema& schema, FrameId frame, std::string_view record, std::string_view part, const Region& region,
                      ReportData& into, ReadingAccount& account);

// All rows of a list, from one table: 汇总. `into` is the array.
void read_flat_list(const Schema& schema, FrameId list, std::string_view part, const Region& region, ReportData& into,
                    ReadingAccount& account);

}  // namespace heng

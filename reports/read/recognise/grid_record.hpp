// What stands under the title of a record in tables with cells: a value stands beside its label, a figure where a labelled row
// and a named column cross, the rows of a list under a head that names its fields. Cells that span rows hold for all of them.
// Does not know: where records begin and end (the outline does), formats.
#pragma once
#include "reports/read/recognise/outline.hpp"

namespace heng {

// `into` is the record's object; `part` is what the account calls it: "项目[2]".
void read_grid_record(const Schema& schema, FrameId frame, const std::string& part, const TitledRegion& region, ReportData& into,
                      ReadingAccount& account);

// Does a table stand here with a record on each row, under a head that names at least half of its fields?
bool grid_has_rows_of(const Schema& schema, FrameId list, const TitledRegion& region);

// All rows of a list from its table; `into` is the array.
void read_grid_list(const Schema& schema, FrameId list, const std::string& part, const TitledRegion& region, ReportData& into,
                    ReadingAccount& account);

}  // namespace heng

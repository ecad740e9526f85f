// A form whose table has cells (PDF, workbook, web page): rows are told by their labels, line numbers and codes, columns by what
// stands above them, wherever the table puts them; parts that stand side by side or on several pages are one form.
// Does not know: where forms begin and end (the outline does), formats.
#pragma once
#include "reports/read/recognise/outline.hpp"

namespace heng {

// Puts the form's object into `into` under its name, and one part into the account.
void read_grid_form(const Schema& schema, const FormSchema& form, const std::vector<TitledRegion>& regions, ReportData& into,
                    ReadingAccount& account);

bool has_tables(const std::vector<TitledRegion>& regions);

}  // namespace heng

// What stands under the title of a form in a flat text, where words follow each other in reading order and blank cells are lost,
// becomes the form's report data. Rows are told by their labels, codes and numbers of figures; what cannot be told is said with
// its place and left out. A table whose rows and columns cannot be brought into line is unusable as a whole.
// Does not know: where forms begin and end (the outline does), formats.
#pragma once
#include "interpreter/schema.hpp"
#include "reports/read/recognise/reading.hpp"

namespace heng {

// Puts the form's object into `into` under the form's name, and one part into the account. Several regions: the table goes on
// under its title on other pages. The unit of the table may stand in the lines before the first one (above the title).
void read_flat_form(const Schema& schema, const FormSchema& form, const std::vector<Region>& regions, ReportData& into,
                    ReadingAccount& account);

}  // namespace heng

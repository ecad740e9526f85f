// Last year's report of the same unit, beside the report that is weighed: its figures are fields of the report like any others,
// its lists stand right below the report. Also which figure of last year's forms is which of this year's, where a form changed.
// Does not know: rules, data, where last year's report is found.
#pragma once
#include <vector>

#include "interpreter/schema.hpp"

namespace heng {

// All that a report may hold once more, as last year's: 上年.公开01[60], 上年.公开03.科目. Made once, before anything is checked.
void add_last_year(Schema& schema);

// What a report itself may hold; ids stay what they are.
Schema without_last_year(const Schema& schema);

// This year's fields under the names that they have in last year's forms, by which last year's report is read. A form is found by
// its title or its name, a line by its label (the numbers in front of it and before it may have changed) or else its code, a
// column by its name. What last year's forms do not have at all is read as this year's; what a form that they have does not hold
// is `absent`, and so is what cannot be told apart by its label.
struct ReadAsLastYear {
   Schema names;
   std::vector<FieldId> absent;  // this year's
};
ReadAsLastYear named_as_in(const Schema& own, const Schema& last_years_forms);

}  // namespace heng

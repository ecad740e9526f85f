// Whether rules read last year's report (上年): only then is it looked for, and only then has a report room for it.
// Does not know: what names stand for.
#pragma once
#include "grammar/tree.hpp"
#include "interpreter/merge/merge.hpp"

namespace heng {

bool mentions_last_year(const tree::Expr& expression);
// Rules, functions of forms, and tests.
bool reads_last_year(const Selection& selection);
bool reads_last_year(const tree::File& file);

}  // namespace heng

// What can be seen in rules that compile, before any report is there: arms that are never taken, rules that can never fail or
// never hold, arms that overlap, divisors that may be 0 in a score, sums that grow, names that look alike, ratios
// held against what was meant as percents. Only what is proven.
// Does not know: data, how messages are printed.
#pragma once
#include "grammar/source.hpp"
#include "interpreter/check/check.hpp"

namespace heng {

// Of a program without errors, planned or not. Nothing of it keeps the rules from running.
Diagnostics analyse(const Program& program, const Selection& selection, const Sources& sources);

}  // namespace heng

// Boundary trials of a rule: made-up inputs at which its result changes, and what the engine says to them
// ("100→5分，150→3.33分"). The rule is cut out of its program (other rules that it reads become inputs), planned and run as any
// report is: there is no second way to work a rule out. What to try is found by running, too: where the two sides of a comparison
// meet. Does not know: how a trial is laid out.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "interpreter/program.hpp"

namespace heng {

struct TrialPoint {
   std::string given, outcome;  // "150", "3.33分"
};

// One input is varied, the others stay.
struct TrialRow {
   std::vector<std::string> fixed;  // "年度指标值 ≤100", "分值 5分": those that matter
   std::string varied;              // "实际完成值"
   std::vector<TrialPoint> points;  // from small to large
   std::string allowed;             // of ≈, the gap that is still taken for rounding: "0.02万元"; else empty
};

// Nothing, where no made-up figures make a difference (last year's report is not there, …).
std::vector<TrialRow> trials_of(const Program& program, RuleId rule, std::optional<std::uint32_t> case_number, bool chinese);

}  // namespace heng

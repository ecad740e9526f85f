// What the tests written in rules reach of them, and what sample reports reach beside: verdicts of every case, arms and
// losses of scores, bands, tiers. A set that amends a rule answers for the whole rule as it then is. A test reaches only the
// rules that it expects something of, and those that they read. Does not know: how it is printed.
#pragma once
#include <string>
#include <vector>

#include "tools/workspace/trials.hpp"

namespace heng {

// loss: something is lost; item: it is not met (with degrees: met to this one); stated: the printed score is taken.
enum class Reach { value, holds, fails, cannot_tell, does_not_apply, arm, band, tier, loss, zero, marks, item, stated };
std::string_view id_of(Reach reach);                  // "does_not_apply"
std::string_view word_of(Reach reach, bool chinese);  // 不适用

struct CoverageItem {
   std::string set;  // "部门决算 2024"
   std::string rule;
   std::string case_title;  // empty: the rule has only one
   Reach reach = Reach::value;
   std::string what;  // arm, loss, item: as written ("else" for the last arm); band: its name or interval
   Span span;
   bool taken_over = false;               // written in a set below; this one amends something of it
   std::uint64_t tests = 0, reports = 0;  // how many reach it
   bool reached() const { return tests + reports > 0; }
};

struct Coverage {
   std::vector<CoverageItem> items;
   std::size_t reached() const;
};

Coverage coverage_of(const std::deque<Trials>& all, const Sources& sources, bool chinese);

}  // namespace heng

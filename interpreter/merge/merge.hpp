// Which of the modules that were read weigh a report: chosen by its fiscal year and its place, never silently another year's.
// A rule set runs when its year is the report's and it is for everywhere or for the report's place. Every other set is listed
// with the reason. Overlays (`extends`, a place's set beside a general one of the same name) are refused where they would take
// part. Does not know: what declarations mean, files.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"

namespace heng {

struct NotRun {
   const tree::Module* set = nullptr;
   Said why;
};

// Points into the files that were given: they must live as long as the selection and what is made from it.
struct Selection {
   std::vector<const tree::Module*> sets;  // in order of name
   std::vector<NotRun> not_run;
   std::vector<const tree::Module*> forms;    // those that the sets use; where there are no sets at all: every one of that year
   std::vector<const tree::Module*> layouts;  // of those forms: how they look on paper elsewhere
   std::vector<const tree::Module*> loose;    // tests that stand outside any rule set
};

Outcome<Selection> select(const std::vector<const tree::File*>& files, int year, std::string_view place);

// For `heng check`: every year and place that some set is for. A place's selection holds the general sets, too.
struct YearAndPlace {
   int year = 0;
   std::string place;  // empty: everywhere
   Outcome<Selection> selection;
};
std::vector<YearAndPlace> select_all(const std::vector<const tree::File*>& files);

}  // namespace heng

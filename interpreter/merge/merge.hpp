// Which of the modules that were read weigh a report: chosen by its fiscal year and its place, never silently another year's.
//
// A rule set runs when its year is the report's and it is for everywhere or for the report's place. What it extends is laid
// below it: years from the oldest, then places from the widest, so that the most specific says the last word. What comes out of
// it is a module like one that was written: the trees of the files are never changed, every declaration keeps the place it was
// written at. Every set that does not take part is listed with the reason.
// Does not know: what declarations mean, files.
#pragma once
#include <memory>
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

// What an overlay did.
struct Changed {
   const tree::Change* change = nullptr;
   const tree::Module* layer = nullptr;
   std::string path;     // of what it changed: 部门评价.过程.资金管理.资金到位率
   Span was;             // where that stands; add: where it was put
   std::string meaning;  // of what it changed, before (meaning.hpp); add: empty
};

// An amended clause: of the declaration, part or case that stands at `of`.
struct Amendment {
   Span of;
   tree::Clause clause = tree::Clause::title;
   Span span;
};

// Rule sets or forms laid over each other.
struct Merged {
   tree::Module module;                      // the name, year and place are those of the top
   std::vector<const tree::Module*> layers;  // the lowest first
   std::vector<Changed> changed;             // in that order
   std::vector<Amendment> amendments;
   std::vector<std::uint32_t> files;  // texts that took part, those that say which place lies in which among them
};

// Points into the files that were given: they must live as long as the selection and what is made from it.
struct Selection {
   std::vector<const tree::Module*> sets;  // in order of name
   std::vector<NotRun> not_run;
   std::vector<const tree::Module*> forms;    // those that the sets use; where there are no sets at all: every one of that year
   std::vector<const tree::Module*> layouts;  // of those forms: how they look on paper elsewhere
   std::vector<const tree::Module*> loose;    // tests that stand outside any rule set
   std::vector<std::shared_ptr<const Merged>> merged;  // which of them were made

   const Merged* merged_of(const tree::Module& module) const;  // nullptr: as it was written
   std::vector<std::uint32_t> files_of(const tree::Module& module) const;
   // Written in the top layer of the module, and not taken over from below.
   bool is_own(const tree::Module& module, Span declaration) const;
   // What the top layer amends of declarations, parts and cases that it takes over.
   std::vector<Amendment> own_amendments(const tree::Module& module) const;
};

// Files that were asked for, and files beside them, which only lend what is used or extended.
struct RuleFiles {
   std::vector<const tree::File*> own, lent;
};

Outcome<Selection> select(const RuleFiles& files, int year, std::string_view place);
Outcome<Selection> select(const std::vector<const tree::File*>& files, int year, std::string_view place);

// For `heng check`: every year and place that some set is for. A place's selection holds the general sets, too.
struct YearAndPlace {
   int year = 0;
   std::string place;  // empty: everywhere
   Outcome<Selection> selection;
};
std::vector<YearAndPlace> select_all(const RuleFiles& files);
std::vector<YearAndPlace> select_all(const std::vector<const tree::File*>& files);

// The narrowest place around this one that some rule set or forms are for; empty: none. All reports of such a place are weighed
// alike.
std::string place_with_rules(const RuleFiles& files, std::string_view place);

}  // namespace heng

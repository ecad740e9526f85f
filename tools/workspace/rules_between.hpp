// From one version of rules to another, one changed rule at a time: which declarations, parts of scores and cases of checks are
// not the same, and the rule sets in which they come into force one after another.
//
// Order: forms before rules; in each set first what its header says, then what changed or came, as it stands in the second
// version, then what went. A change that does not compile without another is tried again when all others have been; those that
// compile only together are one step, behind all that can do without each other. What differs in words alone (titles, sources,
// messages) is no change, as it decides nothing. The versions in between are made as texts, so that each of them is read, checked
// and planned like rules that a person wrote. Does not know: reports.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/compare/diff.hpp"
#include "tools/workspace/files.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

// One version of rules, and what of it reports are weighed by.
struct RulesOfSide {
   Workspace* rules = nullptr;
   int year = 0;
   std::string place;
   const Compiled& compiled() const { return rules->compile(year, place); }
};

struct ChangedRule {
   Difference::What what = Difference::What::changed;
   std::string name;             // 项目支出绩效自评：评分 指标得分
   std::vector<Difference> how;  // of what is on both sides; words alone left out
   // 取消 项目支出绩效自评：评分 指标得分. `without`: what all names begin with where there is one set alone.
   std::string said(bool chinese, std::string_view without = "") const;
};

// Changes that come into force together; most often one.
using RulesStep = std::vector<ChangedRule>;

struct MakingVersions {
   bool chinese = true;
   const std::atomic<bool>* stop = nullptr;                          // becomes true: no more versions are made
   std::function<void(std::size_t done, std::size_t all)> progress;  // changes that are in force; may be empty
};

class RulesBetween {
 public:
   // Both sides compile.
   RulesBetween(const RulesOfSide& was, const RulesOfSide& now, const MakingVersions& making);
   ~RulesBetween();

   bool complete() const { return complete_; }   // false: it was stopped
   std::size_t tried() const { return tried_; }  // versions that were written out, those that do not compile among them
   const std::vector<RulesStep>& steps() const { return steps_; }
   // One more than there are steps: the first means what was, the last what is now.
   const std::vector<const Compiled*>& versions() const { return versions_; }
   // Sets of the first side that the second calls otherwise.
   const std::map<std::string, std::string>& renamed() const { return renamed_; }

 private:
   struct Version {
      std::unique_ptr<Memory> files;
      std::unique_ptr<Workspace> rules;
   };
   class Maker;
   std::vector<Version> made_;
   std::vector<const Compiled*> versions_;
   std::vector<RulesStep> steps_;
   std::map<std::string, std::string> renamed_;
   std::size_t tried_ = 0;
   bool complete_ = false;
};

}  // namespace heng

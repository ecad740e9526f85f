// A set of rule files, opened: read, parsed, and made into one plan for each year and place that reports ask for.
// The command line uses it today, an editor and a server will; all of it is plain data.
// Does not know: terminals, options, exit codes.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"
#include "interpreter/check/check.hpp"
#include "interpreter/merge/merge.hpp"
#include "interpreter/plan/plan.hpp"
#include "reports/read/json.hpp"
#include "reports/write/writer.hpp"
#include "tools/workspace/files.hpp"
#include "tools/workspace/lock.hpp"

namespace heng {

// The rules of one year and place, ready to weigh.
struct Compiled {
   Selection selection;
   Diagnostics diagnostics;
   std::optional<Diagnostic> no_rule_set;  // nothing is for this year and place: no fault of the rules
   bool ok = false;                        // `plan` and `shape` are there
   Plan plan;
   ReportShape shape;
   std::optional<Schema> without_last_year;  // where the rules read last year's report, too
   const Program& program() const { return plan.program; }
   const Schema& forms() const { return without_last_year ? *without_last_year : plan.program.schema; }  // of a report itself
};

class Workspace {
 public:
   explicit Workspace(Files& files) : files_(files) {}

   // A folder: every .heng file in it. A file: its rule sets; forms that they use may stand in files beside it.
   // false: there is no such file or folder, or it holds no rules (`missing` says what).
   // A lock file: the rules as they were frozen.
   bool open(const std::string& path);
   const Said& why_not() const { return why_not_; }

   Settings settings;  // parameters set by hand; set before the first compile()

   const Sources& sources() const { return sources_; }
   const Diagnostics& diagnostics() const { return diagnostics_; }  // of reading the texts
   bool readable() const;                                           // no error among them
   std::size_t number_of_files() const { return taking_part_.own.size() + taking_part_.lent.size(); }
   bool is_chinese(std::uint32_t file) const;  // the keywords of the file
   const HeaderKeys& header_keys() const { return header_keys_; }

   // Made once per year and place; may be asked for by several threads. Places that no rule set names share one.
   Compiled& compile(int year, const std::string& place);
   // May be asked by several threads, too.
   std::vector<SetNotRun> not_run(int year, const std::string& place);
   // Why nothing is for it at all; the place is named as the report does, which `compile` does not know.
   std::optional<Diagnostic> no_rule_set(int year, const std::string& place);
   // Where no file mentions the place: those whose names are near, the nearest first.
   std::optional<std::vector<std::string>> unmentioned(const std::string& place) const;
   // Some rule may read last year's report (上年): of some year, or of a file that only lends.
   bool some_rule_reads_last_year() const;
   // Everything there is to say: all years and places that some set is for.
   Diagnostics check_all();
   // Every year and place that some set is for, in order.
   std::vector<std::pair<int, std::string>> years_and_places() const;

   // ---- lock.cpp: what is kept so that results can be made again
   const std::string& lock_path() const { return lock_path_; }  // beside the rules, or the lock itself that was opened
   const std::optional<Lock>& lock();                           // nothing: there is none
   bool opened_from_lock() const { return from_lock_; }
   Lock freeze();                      // as everything is now
   Diagnostics changed_bases();        // what overlays change is no longer what it was when it was frozen
   std::vector<Said> not_as_frozen();  // texts that are others now

 private:
   tree::File* read(const std::string& path, const std::string& text, bool lent);
   void read_beside(const std::string& path);
   void read_layouts(const std::string& folder);
   bool open_lock(const std::string& path);
   void find_header_keys();
   const std::string& shared_place(const std::string& place);
   std::unique_ptr<Compiled> make(int year, const std::string& place);

   Files& files_;
   Sources sources_;
   std::deque<tree::File> trees_;
   RuleFiles taking_part_;
   std::string root_, lock_path_;  // paths of the lock are below the root
   bool from_lock_ = false;
   std::optional<std::optional<Lock>> lock_;
   std::map<std::string, std::string> shared_places_;
   Diagnostics diagnostics_;
   HeaderKeys header_keys_;
   Said why_not_;
   std::mutex compiling_;
   std::map<std::pair<int, std::string>, std::unique_ptr<Compiled>> compiled_;
   struct LeftOut {
      std::vector<SetNotRun> sets;
      std::optional<Diagnostic> all;
   };
   const LeftOut& left_out(int year, const std::string& place);
   std::map<std::pair<int, std::string>, LeftOut> left_out_;
};

void sort_by_place(Diagnostics& diagnostics);

// SHA-256 (hex) of all texts that took part in a set and of the parameters set by hand; where files stand does not matter.
std::string hash_of(const RuleSet& set, const Sources& sources);

}  // namespace heng

// What people explained of findings, found beside the reports, and what binds it: an explanation stands as long as the finding is
// made of the same figures by a rule that says the same; then the finding is explained, else the explanation has lapsed.
// Does not know: terminals, how reports are weighed.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "interpreter/merge/meaning.hpp"
#include "interpreter/results.hpp"
#include "reports/read/explanations.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

// Those of a collection, by report. Read once, before anything is weighed; then asked by several threads.
class Explanations {
 public:
   using Lines = std::vector<const ExplanationLine*>;

   void look_beside(const std::vector<std::string>& reports);
   bool add(const std::string& file);  // for whatever report; false: it cannot be read
   bool empty() const { return lines_.empty(); }
   const ReportProblems& problems() const { return problems_; }

   Lines of(const std::string& report, const ReportHeader& header) const;
   // Lines about a unit that none of the reports asked for was of, as lapsed explanations.
   ReportProblems unmet() const;

 private:
   struct File {
      std::unordered_map<std::string, std::vector<std::size_t>> by_unit;
   };
   void read(std::string_view bytes, const std::string& path, File& into);

   std::vector<ExplanationLine> lines_;
   std::vector<std::unique_ptr<std::atomic<bool>>> met_;
   std::unordered_map<std::string, File> beside_;  // by report
   File for_all_;
   ReportProblems problems_;
};

std::string hash_of(const Explanations::Lines& lines);

ReportProblem unreadable_explanations(const std::string& file);

bool may_be_explained(const VerdictResult& verdict);  // a finding, or one that holds and is implausible

// How findings of the rules of one year and place are named in explanations, and what binds an explanation to one.
class Bindings {
 public:
   explicit Bindings(const Compiled& rules);
   const Program& program() const { return program_; }
   std::string name_of(const VerdictResult& verdict) const;     // 部门决算.总表与各表.本年收入
   std::string figures_of(const VerdictResult& verdict) const;  // the same in whichever language; its figures must be there
   const std::string& fingerprint_of(const VerdictResult& verdict);
   // A rule and case.
   using Part = std::pair<RuleId, std::uint32_t>;
   // Of a check of one case also without the case's title.
   const Part* part(const std::string& name) const;
   std::string name_now(const std::string& name) const;  // as name_of has it; a name that is none stays

 private:
   struct Texts;  // what a rule says, and what it calls
   std::string text_of(const Part& part);
   const std::vector<Meaning>& meanings_of(const tree::Module& module);
   void add_meaning(const Rule& rule, Span of, Texts& texts);
   void add_functions(const std::vector<const tree::Module*>& modules, Texts& texts);

   const Compiled& rules_;
   const Program& program_;
   std::map<std::string, Part> parts_;  // by folded name
   std::map<Part, std::string> names_, fingerprints_;
   std::map<const tree::Module*, std::vector<Meaning>> meanings_;
};

// Marks what is explained in the whole result of a report (all verdicts, with their figures), and corrects its summary. A line
// that has lapsed becomes a problem. `each`: of every verdict that is explained.
void explain(const Explanations::Lines& lines, Bindings& bindings, ReportResult& result, ReportProblems& lapsed,
             const std::function<void(const VerdictResult&)>& each);

}  // namespace heng

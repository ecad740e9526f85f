// What a change of rules does to reports: each is weighed by both versions, and where a verdict, a score or a grade is not the
// same, by all versions in between (rules_between.hpp). What it does at a step is what the changed rule of that step causes, so
// that what two changes do only together is the later one's. The parts of a score add up to the whole; that is checked for each,
// and so is that the first and the last version weigh as the two sides themselves do.
//
// Year and place of a report do not count: the two sides name theirs. Last year's report, where rules read it, is read by the
// forms of the second side. Checks that came or went and have nothing to find in a report change nothing for it.
// Does not know: terminals, forms of output.
#pragma once
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "stdlib/number.hpp"
#include "tools/workspace/portions.hpp"
#include "tools/workspace/rules_between.hpp"
#include "tools/workspace/weigh.hpp"

namespace heng {

// What happened to one figure from one version in which it can be told to the next.
struct Cause {
   std::vector<std::size_t> steps;  // several: between them it could not be told
   std::string was, now;            // empty: there was nothing to judge
   std::optional<Rational> by;      // points
   Rational counted = 0;  // the same of points rounded to six decimals: sums over many reports stay short, and add up, too
};

struct Moved {
   enum class Kind { verdict, score, grade };
   Kind kind = Kind::score;
   std::string rule;            // 项目支出绩效自评：总分
   std::string subject, label;  // 项目[2], 缉私专项经费; empty: the report
   std::string was, now;        // empty: there is no such rule, or nothing to judge
   std::optional<Rational> by;  // points, where both are known
   Rational counted = 0;
   std::vector<Cause> causes;  // in order, from `was` to `now`; where `by` is known theirs add up to it
};

struct ImpactOfReport : ReportHead {
   std::vector<Moved> moved;   // in order of the rules of the second side, what it has not behind them
   ReportProblems refused_by;  // not empty: it could not be weighed
};

// Points: how far scores move is counted between these.
inline constexpr std::array<int, 4> spread_limits{1, 2, 5, 10};

// Over all reports. Totals of parts add up to those of the whole.
struct ImpactTotals {
   struct Score {
      std::uint64_t same = 0, up = 0, down = 0, untold = 0;  // untold: known on one side only
      Rational by = 0;                                       // all together, as it is counted
      std::optional<Rational> most_down, most_up;
      std::array<std::uint64_t, 2 * (spread_limits.size() + 1)> spread{};  // from down by more than the last limit to up by more
      std::map<std::vector<std::size_t>, Rational> by_step;                // add up to `by`
   };
   struct Step {
      std::uint64_t reports = 0, verdicts = 0, scores = 0, grades = 0;
   };
   using Move = std::tuple<std::string, std::string, std::string>;  // rule, was, now
   std::uint64_t reports = 0, refused = 0, changed = 0;
   std::map<std::string, Score> scores;
   std::map<std::string, std::uint64_t> same_grades;
   std::map<Move, std::uint64_t> grades, verdicts;
   std::vector<Step> steps;
   ReportProblems refusals;  // the first few

   void add(const Moved& moved);
   void add(ImpactTotals&& other);
};

struct ImpactSettings {
   unsigned threads = 0;  // 0: as many as there are cores
   const std::atomic<bool>* stop = nullptr;
   LoadSettings load;
   bool for_programs = false;                                  // answers as ids and exact numbers, else as people say them
   std::vector<std::string> last_year, files;                  // where last year's reports are looked for
   std::function<std::string(const ImpactOfReport&)> text_of;  // called by several threads
   std::function<void(std::string&&)> take;                    // in the order of the reports
   std::function<void(const WeighedSoFar&)> progress;          // may be empty
};

class ImpactWeigher {
 public:
   ImpactWeigher(const RulesOfSide& was, const RulesOfSide& now, const RulesBetween& between, ImpactSettings settings);
   ~ImpactWeigher();
   // Reports that changed or could not be weighed become texts.
   void weigh(Portions& portions);
   const ImpactTotals& totals() const;
   ReportProblems problems();                      // of files for last year's reports
   const std::vector<std::string>& rules() const;  // names, in order

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

}  // namespace heng

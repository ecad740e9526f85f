// Every mutant of the rules (interpreter/check/mutants.hpp) is checked and run on their tests and on sample reports: some test
// must fail, or some verdict, score or grade come out differently. Only what can depend on the change is checked again.
// Does not know: how it is printed.
#pragma once
#include <string>
#include <vector>

#include "interpreter/check/mutants.hpp"
#include "tools/workspace/trials.hpp"

namespace heng {

struct MutantResult {
   enum class State { noticed, survived, equivalent, refused };  // refused: it does not compile
   std::string set;                                              // "部门决算 2024"
   std::string rule;                                             // for the header: the set's name
   std::string_view mutator;
   Span span;
   std::string from, to;
   State state = State::survived;
   std::string noticed_by;  // the test or report that noticed first
   std::string reason;      // equivalent: as the file says
};

// A mutant that no report could tell apart, named in FILE.equivalent beside FILE.heng, one to a line:
//    rule | mutator | from → to | reason
struct Equivalent {
   std::string file;
   std::uint32_t line = 0;
   std::string rule, mutator, change, reason;
   bool met = false;
};

struct FaultOfEquivalents {
   std::string file;
   std::uint32_t line = 0;
   Said text;
};

struct Mutation {
   std::vector<MutantResult> mutants;       // in order of place
   std::vector<FaultOfEquivalents> faults;  // lines that cannot be read, or that no surviving mutant needs
   std::size_t count(MutantResult::State state) const;
   std::size_t judged() const { return mutants.size() - count(MutantResult::State::refused); }
};

inline constexpr std::size_t most_equivalents_in_a_hundred = 2;

// The tests must be met before.
Mutation mutate(const Workspace& workspace, Files& files, const std::deque<Trials>& all, unsigned threads);

}  // namespace heng

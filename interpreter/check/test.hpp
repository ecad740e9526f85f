// A test written in the rules, ready to be run: build a batch from what is given, add the expectations to the program, plan, run,
// compare. What `given` leaves out is not read; lists around what is given get one row each; `missing` is a blank that was read.
// Does not know: how a program is run.
#pragma once
#include <algorithm>
#include <memory>
#include <vector>

#include "interpreter/batch.hpp"
#include "interpreter/check/check.hpp"

namespace heng {

// One `expect`. With a verdict: the rule must come out so in the given rows (all cases, or the one named); a score or a let holds
// where it has a value. Otherwise the condition must be true in every row of `frame` that the batch has.
struct Expectation {
   Span span;
   NodeId condition = no_node;
   FrameId frame = report_frame;
   RuleId rule = 0;
   std::vector<std::uint32_t> cases;  // of the rule; empty: all of them
   bool is_of(std::uint32_t one) const { return cases.empty() || std::find(cases.begin(), cases.end(), one) != cases.end(); }
   std::optional<Verdict> verdict;
};

// A row of what is given: values by field, rows of lists inside it.
struct GivenRow {
   struct Cell {
      FieldId field;
      Span span;
      std::string text;
      bool missing = false;
   };
   struct List {
      FrameId frame;
      std::vector<GivenRow> rows;
   };
   int total = -1;             // a total row: which
   bool no_last_year = false;  // of the report: last year's is not there
   std::vector<Cell> cells;
   std::vector<List> lists;
};

struct CompiledTest {
   std::uint32_t test = 0;  // index into Program::tests
   GivenRow given;          // the report
   std::vector<Expectation> expectations;
};

// Adds nodes to the program, so before it is planned.
Outcome<CompiledTest> compile_test(Program& program, const Selection& selection, std::uint32_t test);

// All tests of a program at once: the names are entered only once.
Outcome<std::vector<CompiledTest>> compile_tests(Program& program, const Selection& selection);

Outcome<std::vector<CompiledTest>> compile_tests(Program& program, const Selection& selection,
                                                 const std::vector<std::uint32_t>& tests);
// Only what they expect: what each of all tests gives is known.
Outcome<std::vector<CompiledTest>> compile_expectations(Program& program, const Selection& selection,
                                                        const std::vector<const GivenRow*>& given);

// Tests that give the same values to parameters are run with one program, checked with these settings. The first group gives
// none; it is always there.
struct TestGroup {
   Settings settings;
   std::vector<std::uint32_t> tests;
};
std::vector<TestGroup> groups_of_tests(const Program& program, const Settings& settings);

// Checks a selection whose schema was made before, and keeps its tests (the engine of trials checks one selection many times with
// a change in it). What the tests give was compiled before and stands in a batch. Tests are compiled only where there is no
// error.
struct Tested {
   Program program;
   std::vector<CompiledTest> tests;
};
Outcome<Tested> check_with_tests(const Selection& selection, const Schema& schema, int year, std::string_view place,
                                 const Settings& settings, const std::vector<const GivenRow*>& given);

// The report that the test gives, as one report of a batch (begin_report … end_report; finish() is the caller's).
Diagnostics build_given(const Program& program, const CompiledTest& test, BatchBuilder& builder);

// What several verdicts come to: one fails and all fail, one cannot be told and all cannot, one holds and all hold.
Verdict overall(const std::vector<Verdict>& verdicts);

}  // namespace heng

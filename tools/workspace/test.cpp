#include "tools/workspace/test.hpp"

#include <algorithm>
#include <set>

#include "reports/write/words.hpp"

namespace heng {

namespace {

bool has_error(const Diagnostics& diagnostics) {
   return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.gravity == Gravity::error; });
}

// The tests of one year and place: one program that holds the rules and all expectations, one batch with a report for each.
void run_all(const Plan& plan, const std::vector<CompiledTest>& tests, bool chinese, TestReport& report) {
   if (tests.empty()) return;
   const Program& program = plan.program;
   BatchBuilder builder(program.schema);
   std::vector<TestResult> results;
   for (const CompiledTest& test : tests) {
      const TestCase& written = program.tests[test.test];
      results.push_back({written.title, set_title(program.sets[written.set]), written.span, test.expectations.size(), {}});
      for (const Diagnostic& one : build_given(program, test, builder))
         results.back().failures.push_back({one.span, one.message, one.code, one.help});
   }
   Engine engine(plan);
   const Evaluation evaluation = engine.run(builder.finish());
   for (std::uint32_t i = 0; i < tests.size(); ++i) {
      // What is given and cannot be read has been said: what follows from it is no failure of its own.
      if (results[i].failures.empty()) results[i].failures = unmet(evaluation, tests[i], i, chinese);
      report.tests.push_back(std::move(results[i]));
   }
}

}  // namespace

TestReport run_tests(Workspace& workspace, bool chinese) {
   TestReport report;
   std::set<std::pair<std::uint32_t, std::uint32_t>> met;  // a general set's tests are part of every place's program
   for (const auto& [year, place] : workspace.years_and_places()) {
      const Compiled& compiled = workspace.compile(year, place);
      if (!compiled.ok) {
         report.broken.insert(report.broken.end(), compiled.diagnostics.begin(), compiled.diagnostics.end());
         if (compiled.no_rule_set) report.broken.push_back(*compiled.no_rule_set);
         continue;
      }
      const auto is_known = [&](std::uint32_t test) {
         const Span span = compiled.program().tests[test].span;
         return !met.insert({span.file, span.begin}).second;
      };
      const auto first = static_cast<std::ptrdiff_t>(report.tests.size());
      for (TestGroup& group : groups_of_tests(compiled.program(), workspace.settings)) {
         group.tests.erase(std::remove_if(group.tests.begin(), group.tests.end(), is_known), group.tests.end());
         Program program = heng::check(workspace.sources(), compiled.selection, year, place, group.settings).value;
         Outcome<std::vector<CompiledTest>> tests = compile_tests(program, compiled.selection, group.tests);
         if (has_error(tests.diagnostics))
            report.broken.insert(report.broken.end(), tests.diagnostics.begin(), tests.diagnostics.end());
         else
            run_all(plan(std::move(program)), tests.value, chinese, report);
      }
      std::stable_sort(report.tests.begin() + first, report.tests.end(), [](const TestResult& a, const TestResult& b) {
         return std::pair(a.span.file, a.span.begin) < std::pair(b.span.file, b.span.begin);
      });
   }
   return report;
}

}  // namespace heng

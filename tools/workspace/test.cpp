#include "tools/workspace/test.hpp"

#include <algorithm>
#include <set>

#include "interpreter/check/test.hpp"
#include "interpreter/explain/reason.hpp"
#include "interpreter/explain/result.hpp"
#include "reports/write/words.hpp"

namespace heng {

namespace {

// The tests of one year and place: one program that holds the rules and all expectations.
class Testing {
 public:
   Testing(const Plan& plan, bool chinese) : plan_(plan), program_(plan.program), chinese_(chinese), engine_(plan) {}

   TestResult run(const CompiledTest& test) {
      const TestCase& written = program_.tests[test.test];
      result_ = {written.title, set_title(program_.sets[written.set]), written.span, test.expectations.size(), {}};
      BatchBuilder builder(program_.schema);
      for (const Diagnostic& diagnostic : build_given(program_, test, builder)) fail(diagnostic.span, diagnostic.message);
      const Batch& batch = builder.finish();
      const Evaluation evaluation = engine_.run(batch);
      for (const Expectation& expectation : test.expectations) {
         if (expectation.verdict)
            expect_verdict(evaluation, expectation);
         else
            expect_condition(evaluation, expectation);
      }
      return std::move(result_);
   }

 private:
   void fail(Span span, Said text) { result_.failures.push_back({span, std::move(text)}); }

   void expect_verdict(const Evaluation& evaluation, const Expectation& expectation) {
      Detail detail;
      detail.sources = false;
      detail.chinese = chinese_;
      const ReportResult result = result_of(evaluation, 0, detail);
      std::vector<Verdict> verdicts;
      Said why;
      for (const VerdictResult& one : result.verdicts) {
         if (one.rule != expectation.rule || (expectation.case_number && one.case_number != *expectation.case_number)) continue;
         verdicts.push_back(one.verdict);
         if (one.verdict != *expectation.verdict && why.zh.empty()) why = one.reason;
      }
      for (const ScoreResult& one : result.scores)
         if (one.rule == expectation.rule) verdicts.push_back(verdict_of(one.applies, one.value));
      for (const GradeResult& one : result.grades)
         if (one.rule == expectation.rule) verdicts.push_back(verdict_of(one.applies, one.value));
      for (const ValueResult& one : result.values)
         if (one.rule == expectation.rule) verdicts.push_back(verdict_of(true, one.value));
      if (verdicts.empty()) return fail(expectation.span, say("这条规则没有结果", "this rule has no result"));
      const Verdict came = overall(verdicts);
      if (came == *expectation.verdict) return;
      Said text = {fmt::format("应为{}，实为{}", word_of(*expectation.verdict, true), word_of(came, true)),
                   fmt::format("expected: {}; came: {}", word_of(*expectation.verdict, false), word_of(came, false))};
      if (!why.zh.empty()) {
         text.zh += "：" + why.zh;
         text.en += ": " + why.en;
      }
      fail(expectation.span, std::move(text));
   }

   static Verdict verdict_of(bool applies, const Value& value) {
      if (!applies) return Verdict::does_not_apply;
      return boost::variant2::holds_alternative<Missing>(value) ? Verdict::cannot_tell : Verdict::holds;
   }

   void expect_condition(const Evaluation& evaluation, const Expectation& expectation) {
      const std::uint32_t rows = evaluation.rows(expectation.frame);
      if (rows == 0) return fail(expectation.span, say("没有给出它所在的行", "no row is given that it could be about"));
      for (std::uint32_t row = 0; row < rows; ++row) {
         const Value value = evaluation.value(expectation.condition, row);
         if (const bool* yes = boost::variant2::get_if<bool>(&value)) {
            if (*yes) continue;
            return fail(expectation.span, sides(evaluation, expectation.condition, row));
         }
         const Said why = reason_why(evaluation, expectation.condition, row);
         return fail(expectation.span, {"无法判断：" + why.zh, "cannot tell: " + why.en});
      }
   }

   // Both sides of a comparison that is not met, as far as it is one.
   Said sides(const Evaluation& evaluation, NodeId node, std::uint32_t row) const {
      const Node& root = plan_.node(node);
      if (root.in.size() < 2 || plan_.node(root.in[0]).type.kind == Kind::yes_no) return say("不成立", "does not hold");
      const auto shown = [&](NodeId side, bool zh) { return show_value(evaluation, side, row, zh, {}); };
      return {fmt::format("左边是 {}，右边是 {}", shown(root.in[0], true), shown(root.in[1], true)),
              fmt::format("left is {}, right is {}", shown(root.in[0], false), shown(root.in[1], false))};
   }

   const Plan& plan_;
   const Program& program_;
   bool chinese_;
   Engine engine_;
   TestResult result_;
};

bool has_error(const Diagnostics& diagnostics) {
   return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.gravity == Gravity::error; });
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
      Program program = heng::check(workspace.sources(), compiled.selection, year, place, workspace.settings).value;
      const Outcome<std::vector<CompiledTest>> tests = compile_tests(program, compiled.selection);
      if (has_error(tests.diagnostics)) {
         report.broken.insert(report.broken.end(), tests.diagnostics.begin(), tests.diagnostics.end());
         continue;
      }
      const Plan planned = plan(std::move(program));
      Testing testing(planned, chinese);
      for (const CompiledTest& test : tests.value) {
         const Span span = planned.program.tests[test.test].span;
         if (met.insert({span.file, span.begin}).second) report.tests.push_back(testing.run(test));
      }
   }
   return report;
}

}  // namespace heng

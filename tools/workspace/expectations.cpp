#include "tools/workspace/expectations.hpp"

#include <algorithm>

#include "interpreter/explain/naming.hpp"
#include "interpreter/explain/reason.hpp"
#include "interpreter/explain/result.hpp"
#include "reports/write/words.hpp"

namespace heng {

namespace {

std::vector<Verdict> verdicts_of(const Evaluation& evaluation, const Expectation& expectation, std::uint32_t report) {
   std::vector<Verdict> verdicts;
   for (const Judged& one : judgements(evaluation, evaluation.plan().program.rules[expectation.rule], report))
      if (expectation.is_of(one.case_number)) verdicts.push_back(one.verdict);
   return verdicts;
}

// One expectation after the other.
class Comparing {
 public:
   Comparing(const Evaluation& evaluation, std::uint32_t report) : evaluation_(evaluation), report_(report) {}

   bool met(const Expectation& expectation) const {
      if (expectation.verdict) {
         const std::vector<Verdict> verdicts = came(expectation);
         return !verdicts.empty() && overall(verdicts) == *expectation.verdict;
      }
      const auto rows = evaluation_.rows_of_report(expectation.frame, report_);
      for (std::uint32_t row = rows.begin; row < rows.end; ++row)
         if (!(evaluation_.value(expectation.condition, row) == Value(true))) return false;
      return rows.begin < rows.end;
   }

   TestFailure failure(const Expectation& expectation, bool chinese) const {
      TestFailure made{expectation.span,
                       expectation.verdict ? wrong_verdict(expectation, chinese) : wrong_condition(expectation)};
      if (wants_what_is_not_given(expectation)) {
         made.code = Code::not_read_in_test;
         made.help = say("在“已知”里补上它；要表示空白，写“未填”", "add it to 'given'; for a blank write 'missing'");
      } else {
         made.help = say("规则按“已知”算出来的就是这样：改规则、已知或应为",
                         "this is what the rules make of 'given': change the rules, what is given or what is expected");
      }
      return made;
   }

 private:
   const Program& program() const { return evaluation_.plan().program; }

   // Is it a figure that the test leaves out that stands in the way?
   bool wants_what_is_not_given(const Expectation& expectation) const {
      if (!expectation.verdict) return not_read(expectation.condition, expectation.frame);
      if (*expectation.verdict == Verdict::cannot_tell) return false;
      const Rule& rule = program().rules[expectation.rule];
      for (std::uint32_t i = 0; i < rule.cases.size(); ++i)
         if ((expectation.cases.empty() ||
              std::find(expectation.cases.begin(), expectation.cases.end(), i) != expectation.cases.end()) &&
             not_read(rule.cases[i].condition, rule.cases[i].frame))
            return true;
      return false;
   }

   bool not_read(NodeId node, FrameId frame) const {
      const auto rows = evaluation_.rows_of_report(frame, report_);
      for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
         const Value value = evaluation_.value(node, row);
         if (boost::variant2::get_if<Missing>(&value) && evaluation_.why(node, row).kind == Missing::not_read) return true;
      }
      return false;
   }

   std::vector<Verdict> came(const Expectation& expectation) const { return verdicts_of(evaluation_, expectation, report_); }

   Said wrong_verdict(const Expectation& expectation, bool chinese) const {
      const std::vector<Verdict> verdicts = came(expectation);
      if (verdicts.empty()) return say("这条规则没有结果", "this rule has no result");
      const Verdict verdict = overall(verdicts);
      Said text = {fmt::format("应为{}，实为{}", word_of(*expectation.verdict, true), word_of(verdict, true)),
                   fmt::format("expected: {}; came: {}", word_of(*expectation.verdict, false), word_of(verdict, false))};
      if (const Said why = reason_of(expectation, chinese); !why.zh.empty()) {
         text.zh += "：" + why.zh;
         text.en += ": " + why.en;
      }
      return text;
   }

   Said reason_of(const Expectation& expectation, bool chinese) const {
      Detail detail;
      detail.sources = false;
      detail.chinese = chinese;
      for (const VerdictResult& one : result_of(evaluation_, report_, detail).verdicts) {
         if (one.rule != expectation.rule || !expectation.is_of(one.case_number)) continue;
         if (one.verdict == *expectation.verdict || one.reason.zh.empty()) continue;
         return at_row(one.subject, came(expectation).size() > 1, one.reason);
      }
      return {};
   }

   // Of several rows the one that it is about.
   static Said at_row(const Subject& subject, bool several, const Said& text) {
      if (!several || subject.path.empty()) return text;
      const std::string name = subject.label.empty() ? subject.path : subject.path + " " + subject.label;
      return {name + " " + text.zh, name + " " + text.en};
   }

   Said wrong_condition(const Expectation& expectation) const {
      const auto rows = evaluation_.rows_of_report(expectation.frame, report_);
      for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
         const Value value = evaluation_.value(expectation.condition, row);
         if (value == Value(true)) continue;
         const Said why = reason_why(evaluation_, expectation.condition, row);
         return at_row(
             subject_of(evaluation_.batch(), expectation.frame, row), rows.end - rows.begin > 1,
             value == Value(false) ? sides(expectation.condition, row) : Said{"无法判断：" + why.zh, "cannot tell: " + why.en});
      }
      return say("没有给出它所在的行", "no row is given that it could be about");
   }

   // Both sides of a comparison that is not met, as far as it is one.
   Said sides(NodeId node, std::uint32_t row) const {
      const Plan& plan = evaluation_.plan();
      const Node& root = plan.node(node);
      if (root.in.size() < 2 || plan.node(root.in[0]).type.kind == Kind::yes_no) return say("不成立", "does not hold");
      const auto shown = [&](NodeId side, bool zh) { return show_value(evaluation_, side, row, zh, {}); };
      return {fmt::format("左边是 {}，右边是 {}", shown(root.in[0], true), shown(root.in[1], true)),
              fmt::format("left is {}, right is {}", shown(root.in[0], false), shown(root.in[1], false))};
   }

   const Evaluation& evaluation_;
   std::uint32_t report_;
};

}  // namespace

std::vector<TestFailure> unmet(const Evaluation& evaluation, const CompiledTest& test, std::uint32_t report, bool chinese) {
   std::vector<TestFailure> failures;
   const Comparing comparing(evaluation, report);
   for (const Expectation& expectation : test.expectations)
      if (!comparing.met(expectation)) failures.push_back(comparing.failure(expectation, chinese));
   return failures;
}

bool all_met(const Evaluation& evaluation, const CompiledTest& test, std::uint32_t report) {
   const Comparing comparing(evaluation, report);
   for (const Expectation& expectation : test.expectations)
      if (!comparing.met(expectation)) return false;
   return true;
}

}  // namespace heng

// JUnit XML, for build servers: a report is a test suite, a verdict a test case. Fails at error severity is a failure, cannot
// tell an error; milder findings go to system-out, as JUnit knows no warning. What does not apply or is explained is skipped.
#include "reports/write/words.hpp"
#include "reports/write/writers.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

// XML has no way to write most control characters; text that is not UTF-8 may only come from file names.
std::string xml(std::string_view text) {
   std::string out;
   const bool valid = is_valid_utf8(text);
   for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80 && !valid)
         out += '?';
      else if (c == '&')
         out += "&amp;";
      else if (c == '<')
         out += "&lt;";
      else if (c == '>')
         out += "&gt;";
      else if (c == '"')
         out += "&quot;";
      else if (c == '\n')
         out += "&#10;";
      else if (byte < 0x20 || byte == 0x7f)
         out += ' ';
      else
         out += c;
   }
   return out;
}

class JunitWriter : public Writer {
 public:
   JunitWriter(std::ostream& out, bool chinese) : out_(out), chinese_(chinese) {
      out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"heng\">\n";
   }

   Wanted wanted() const override { return {true, true, false, false}; }

   std::string text_of(const WeighedReport& report) const override {
      std::string cases;
      Counts counts;
      for (const ReportProblem& problem : report.problems) cases += problem_case(report, problem, counts);
      if (report.program)
         for (const VerdictResult& verdict : report.result.verdicts) cases += verdict_case(report, verdict, counts);
      std::string name = report.name.empty() ? report.file : report.name;
      if (report.year) name += " " + std::to_string(report.year);
      return fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" file=\"{}\">\n",
                         xml(name), counts.tests, counts.failures, counts.errors, counts.skipped, xml(report.file)) +
             cases + "  </testsuite>\n";
   }
   void write(std::string text) override { out_ << text; }

   void finish(const Totals&) override { out_ << "</testsuites>\n"; }

 private:
   struct Counts {
      std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
   };

   static std::string open(std::string_view name, std::string_view classname) {
      return fmt::format("    <testcase name=\"{}\" classname=\"{}\">", xml(name), xml(classname));
   }

   std::string problem_case(const WeighedReport&, const ReportProblem& problem, Counts& counts) const {
      ++counts.tests;
      std::string text = open(where(problem), chinese_ ? "报告数据" : "report data");
      const bool grave = severity_of(problem) == tree::Severity::error;
      if (grave) ++counts.errors;
      const std::string message = xml(problem.message.in(chinese_));
      text += grave ? fmt::format("<error type=\"{}\" message=\"{}\"/>", code_name(problem.code), message)
                    : fmt::format("<system-out>{} {}</system-out>", code_name(problem.code), message);
      return text + "</testcase>\n";
   }

   std::string verdict_case(const WeighedReport& report, const VerdictResult& verdict, Counts& counts) const {
      const Rule& rule = report.program->rules[verdict.rule];
      const Case* one = case_of(*report.program, verdict);
      std::string name = title_of(rule, one);
      if (!verdict.subject.path.empty()) name += " " + verdict.subject.path;
      ++counts.tests;
      std::string text = open(name, report.program->sets[rule.set].name + "." + rule.name);
      if (verdict.verdict == Verdict::does_not_apply) {
         ++counts.skipped;
         text += "<skipped/>";
      } else if (const auto& explained = verdict.explained) {
         ++counts.skipped;
         text += fmt::format("<skipped message=\"{}\"/>",
                             xml(fmt::format("{} ({}): {}; {} {}", explained_word(chinese_), word_of(verdict.verdict, chinese_),
                                             explained->why, explained->who, explained->when)));
      } else if (is_finding(verdict)) {
         text += finding(report, verdict, counts);
      }
      return text + "</testcase>\n";
   }

   std::string finding(const WeighedReport& report, const VerdictResult& verdict, Counts& counts) const {
      const tree::Severity severity = severity_of(*report.program, verdict);
      const std::string message = xml(sentence(verdict));
      if (severity != tree::Severity::error)
         return fmt::format("<system-out>{} {}: {}</system-out>", word_of(severity, chinese_), word_of(verdict.verdict, chinese_),
                            message);
      const bool fails = verdict.verdict == Verdict::fails;
      ++(fails ? counts.failures : counts.errors);
      return fmt::format("<{} type=\"{}\" message=\"{}\"/>", fails ? "failure" : "error", word_of(verdict.verdict, chinese_),
                         message);
   }

   std::string sentence(const VerdictResult& verdict) const {
      std::vector<std::string> parts;
      if (!verdict.message.empty()) parts.push_back(verdict.message);
      if (verdict.left && verdict.right)
         parts.push_back(fmt::format("{} {} {}", show(*verdict.left, verdict.type, chinese_), verdict.relation,
                                     show(*verdict.right, verdict.type, chinese_)));
      if (const std::string& reason = verdict.reason.in(chinese_); !reason.empty()) parts.push_back(reason);
      if (parts.empty()) parts.emplace_back(word_of(verdict.verdict, chinese_));
      return join(parts, "; ");
   }

   std::ostream& out_;
   bool chinese_;
};

}  // namespace

std::unique_ptr<Writer> make_junit_writer(std::ostream& out, const WriterSettings& settings) {
   return std::make_unique<JunitWriter>(out, settings.chinese);
}

}  // namespace heng

#include "tools/workspace/test.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "grammar/codes.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/workspace/coverage.hpp"

namespace heng {

namespace {

// Failures are printed in any case; what was met only where nothing else is asked.
class Testing {
 public:
   Testing(Console& console, const TestOptions& options, Opened& opened)
       : console_(console), options_(options), opened_(opened), json_(options.format == "json") {}

   Exit run() {
      const Exit tests = run_written();
      if (tests == Exit::broken_rules || !options_.coverage) return tests;
      if (const Exit failed = read_samples(); failed != Exit::fine) return failed;
      AllTrials all = make_trials(opened_.workspace, samples_);
      if (!all.broken.empty()) return broken(all.broken);
      for (const ReportProblem& problem : samples_.problems) console_.problem(problem);
      const Exit coverage = cover(all);
      return tests == Exit::fine ? coverage : tests;
   }

 private:
   const Sources& sources() const { return opened_.workspace.sources(); }

   Exit broken(const Diagnostics& diagnostics) {
      print_all(std::cerr, diagnostics, sources(), console_.chinese, console_.colour_on_error());
      return Exit::broken_rules;
   }

   std::string place_of(Span span) const {
      return fmt::format("{}:{}", sources()[span.file].path, sources().place_of(span.file, span.begin).line);
   }

   // ---- the tests themselves

   Exit run_written() {
      const TestReport report = run_tests(opened_.workspace, console_.chinese);
      if (!report.broken.empty()) return broken(report.broken);
      std::size_t failed = 0;
      for (const TestResult& test : report.tests) failed += !test.failures.empty();
      const bool alone = !options_.coverage;
      if (json_ && alone)
         print_json(report);
      else
         for (const TestResult& test : report.tests) print_test(test, alone);
      if (!json_ && (alone || failed > 0))
         console_.out() << console_.say(say("共 {} 个测试，{} 个不符", "{} tests, {} not met", report.tests.size(), failed))
                        << '\n';
      return failed ? Exit::findings : Exit::fine;
   }

   void print_test(const TestResult& test, bool all) {
      const bool met = test.failures.empty();
      if (met && !all) return;
      std::ostream& out = json_ ? std::cerr : console_.out();
      out << (met ? console_.say("通过  ", "ok      ") : console_.say("不符  ", "NOT OK  ")) << test.title << "  [" << test.set
          << "]\n";
      for (const TestFailure& failure : test.failures) {
         const Diagnostic diagnostic{Code::test_failed, failure.span, failure.text, {}, std::nullopt, Gravity::error};
         out << heng::print(diagnostic, sources(), console_.chinese, console_.colour_on_out());
      }
   }

   void print_json(const TestReport& report) {
      JsonText text(true);
      text.begin_object().member("heng", "tests/1").key("tests").begin_list();
      for (const TestResult& test : report.tests) {
         text.begin_object().member("title", test.title).member("ruleset", test.set).member("at", place_of(test.span));
         text.key("expectations").number(test.expectations).key("failures").begin_list();
         for (const TestFailure& failure : test.failures)
            text.begin_object()
                .member("at", place_of(failure.span))
                .member("text", failure.text.in(console_.chinese))
                .end_object();
         text.end_list().end_object();
      }
      text.end_list().end_object();
      console_.out() << text.take() << '\n';
   }

   // ---- sample reports

   Exit read_samples() {
      std::vector<std::string> given = options_.reports;
      if (options_.samples) given.push_back(opened_.disk.is_folder(options_.rules) ? options_.rules : folder_of(options_.rules));
      for (std::string& one : given)
         if (one.empty()) one = ".";
      for (const std::string& file : report_files(given)) {
         if (samples_.read(RecordStream(file), opened_.workspace.header_keys())) continue;
         for (const ReportProblem& problem : samples_.problems) console_.problem(problem);
         return Exit::unreadable;
      }
      return Exit::fine;
   }

   // ---- coverage

   // In hundredths of a percent; what is not quite all is never shown as 100%.
   static std::size_t hundredths(std::size_t part, std::size_t whole) { return whole == 0 ? 10000 : part * 10000 / whole; }
   static std::string percent(std::size_t part, std::size_t whole) {
      const std::size_t share = hundredths(part, whole);
      return fmt::format("{}.{}%", share / 100, share / 10 % 10);
   }

   Exit under_threshold(std::size_t part, std::size_t whole) {
      if (!options_.threshold || static_cast<double>(hundredths(part, whole)) >= *options_.threshold * 100) return Exit::fine;
      console_.message(say("{} 低于要求的 {}%", "{} is below the {}% asked for", percent(part, whole), *options_.threshold));
      return Exit::findings;
   }

   Exit cover(const AllTrials& all) {
      const Coverage coverage = coverage_of(all.trials, sources(), console_.chinese);
      if (json_)
         coverage_json(coverage);
      else
         coverage_table(coverage);
      return under_threshold(coverage.reached(), coverage.items.size());
   }

   static std::string title_of(const CoverageItem& item) {
      return item.case_title.empty() ? item.rule : item.rule + " / " + item.case_title;
   }

   std::string what_of(const CoverageItem& item) const {
      std::string text(word_of(item.reach, console_.chinese));
      return item.what.empty() ? text : text + " " + item.what;
   }

   void coverage_table(const Coverage& coverage) {
      std::size_t place_width = 0, title_width = 0;
      std::vector<std::array<std::string, 3>> lines;
      const CoverageItem* last = nullptr;
      for (const CoverageItem& item : coverage.items) {
         if (item.reached()) continue;
         const bool together = last && last->span == item.span && title_of(*last) == title_of(item);
         if (together)
            lines.back()[2] += std::string(console_.say("、", ", ")) + what_of(item);
         else
            lines.push_back({place_of(item.span), title_of(item), what_of(item)});
         last = &item;
         place_width = std::max(place_width, display_width(lines.back()[0]));
         title_width = std::max(title_width, display_width(lines.back()[1]));
      }
      std::ostream& out = console_.out();
      if (!lines.empty()) out << console_.say("没有到达的：", "not reached:") << '\n';
      for (const auto& [place, title, what] : lines)
         out << pad(place, place_width) << "  " << pad(title, title_width) << "  " << what << '\n';
      if (!lines.empty()) out << '\n';
      coverage_summary(coverage);
   }

   void coverage_summary(const Coverage& coverage) {
      std::vector<std::string> sets;
      for (const CoverageItem& item : coverage.items)
         if (std::find(sets.begin(), sets.end(), item.set) == sets.end()) sets.push_back(item.set);
      for (const std::string& set : sets) summary_line(coverage, set, set);
      if (sets.size() != 1) summary_line(coverage, "", std::string(console_.say("合计", "total")));
   }

   void summary_line(const Coverage& coverage, const std::string& set, const std::string& title) {
      std::map<Reach, std::pair<std::size_t, std::size_t>> kinds;
      std::size_t reached = 0, all = 0;
      for (const CoverageItem& item : coverage.items) {
         if (!set.empty() && item.set != set) continue;
         kinds[item.reach].first += item.reached();
         ++kinds[item.reach].second;
         reached += item.reached();
         ++all;
      }
      console_.out() << console_.say(
          say("{}：到达 {}/{}，{}", "{}: {} of {} reached, {}", title, reached, all, percent(reached, all)));
      const char* between = console_.chinese ? "（" : " (";
      for (const auto& [kind, count] : kinds) {
         console_.out() << between << word_of(kind, console_.chinese) << ' ' << count.first << '/' << count.second;
         between = console_.chinese ? "，" : ", ";
      }
      console_.out() << (kinds.empty() ? "" : console_.chinese ? "）" : ")") << '\n';
   }

   void coverage_json(const Coverage& coverage) {
      JsonText text(true);
      text.begin_object().member("heng", "coverage/1").key("items").begin_list();
      for (const CoverageItem& item : coverage.items) {
         text.begin_object().member("ruleset", item.set).member("rule", item.rule).member("case", item.case_title);
         text.member("kind", id_of(item.reach)).member("what", item.what).member("file", sources()[item.span.file].path);
         text.key("line").number(sources().place_of(item.span.file, item.span.begin).line);
         text.key("tests").number(item.tests).key("reports").number(item.reports).end_object();
      }
      text.end_list().key("reached").number(coverage.reached()).key("all").number(coverage.items.size()).end_object();
      console_.out() << text.take() << '\n';
   }

   Console& console_;
   const TestOptions& options_;
   Opened& opened_;
   bool json_;
   Samples samples_;
};

}  // namespace

Exit test_command(Console& console, const TestOptions& options) {
   if (options.format != "table" && options.format != "json") {
      console.error(Code::usage,
                    say("没有 {} 这种格式；可用：{}", "there is no format {}; there are: {}", options.format, "table, json"));
      return Exit::usage;
   }
   if (options.rules.empty()) {
      console.error(Code::usage, say("缺少必须写的部分：rules", "something is missing: rules"));
      return Exit::usage;
   }
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, options.parameters, opened); failed != Exit::fine) return failed;
   return Testing(console, options, opened).run();
}

}  // namespace heng

#include "tools/workspace/test.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <thread>

#include "grammar/codes.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/workspace/coverage.hpp"
#include "tools/workspace/mutate.hpp"

namespace heng {

namespace {

// Failures are printed in any case; what was met only where nothing else is asked.
class Testing {
 public:
   Testing(Console& console, const TestOptions& options, Opened& opened)
       : console_(console), options_(options), opened_(opened), json_(options.format == "json") {}

   Exit run() {
      const Exit tests = run_written();
      if (tests == Exit::broken_rules || !asks_more()) return tests;
      if (options_.mutate && tests != Exit::fine) return tests;  // nothing can be noticed by tests that fail anyway
      if (const Exit failed = read_samples(); failed != Exit::fine) return failed;
      AllTrials all = make_trials(opened_.workspace, samples_);
      if (!all.broken.empty()) return broken(all.broken);
      for (const ReportProblem& problem : samples_.problems)
         if (problem.refuses) console_.problem(problem);  // the rest is for heng run to say
      const Exit more = options_.mutate ? mutation(all) : cover(all);
      return tests == Exit::fine ? more : tests;
   }

 private:
   bool asks_more() const { return options_.coverage || options_.mutate; }
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
      const bool alone = !asks_more();
      if (json_ && alone)
         print_json(report);
      else
         for (const TestResult& test : report.tests) print_test(test, alone);
      if (!json_ && (alone || failed > 0))
         console_.out() << console_.say(report.tests.size() == 1
                                            ? say("共 1 个测试，{} 个不符", "1 test, {} not met", failed)
                                            : say("共 {} 个测试，{} 个不符", "{} tests, {} not met", report.tests.size(), failed))
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
         const Diagnostic diagnostic{failure.code, failure.span, failure.text, {}, failure.help, Gravity::error};
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

   Exit under_threshold(std::size_t part, std::size_t whole, double wanted) {
      if (static_cast<double>(hundredths(part, whole)) >= wanted * 100) return Exit::fine;
      console_.message(say("{} 低于要求的 {}%", "{} is below the {}% asked for", percent(part, whole), wanted));
      return Exit::findings;
   }

   Exit cover(const AllTrials& all) {
      const Coverage coverage = coverage_of(all.trials, sources(), console_.chinese);
      if (json_)
         coverage_json(coverage);
      else
         coverage_table(coverage);
      return under_threshold(coverage.reached(), coverage.items.size(), options_.threshold.value_or(0));
   }

   // Of a rule that is written in a set below, which set amended it.
   std::string title_of(const CoverageItem& item) const {
      const std::string title = item.case_title.empty() ? item.rule : item.rule + " / " + item.case_title;
      return item.taken_over ? title + std::string(console_.say("，改在 ", ", amended in ")) + item.set : title;
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

   // ---- mutants

   using State = MutantResult::State;

   Exit mutation(const AllTrials& all) {
      const Mutation mutation =
          mutate(opened_.workspace, opened_.disk, all.trials, std::max(1u, std::thread::hardware_concurrency()));
      if (json_)
         mutation_json(mutation);
      else
         mutation_table(mutation);
      for (const FaultOfEquivalents& fault : mutation.faults)
         console_.error(Code::test_failed, {fmt::format("{}:{}：{}", fault.file, fault.line, fault.text.zh),
                                            fmt::format("{}:{}: {}", fault.file, fault.line, fault.text.en)});
      const std::size_t equivalent = mutation.count(State::equivalent), judged = mutation.judged();
      const bool too_many = equivalent * 100 > judged * most_equivalents_in_a_hundred;
      if (too_many)
         console_.error(Code::test_failed, say("等价的变异列了 {} 个，最多是 {} 个的 {}%",
                                               "{0} mutants are named equivalent; at most {2}% of {1} may be", equivalent, judged,
                                               most_equivalents_in_a_hundred));
      const Exit exit = under_threshold(mutation.count(State::noticed), judged - equivalent, options_.threshold.value_or(100));
      return mutation.faults.empty() && !too_many ? exit : Exit::findings;
   }

   void mutation_table(const Mutation& mutation) {
      std::ostream& out = console_.out();
      for (const MutantResult& one : mutation.mutants)
         if (one.state == State::survived)
            out << fmt::format("{}  {}  {}\n      {}\n    → {}\n", place_of(one.span), one.rule, one.mutator, one.from,
                               one.to.empty() ? console_.say("（去掉）", "(left out)") : one.to);
      std::vector<std::string> sets;
      for (const MutantResult& one : mutation.mutants)
         if (std::find(sets.begin(), sets.end(), one.set) == sets.end()) sets.push_back(one.set);
      for (const std::string& set : sets) {
         Mutation part;
         for (const MutantResult& one : mutation.mutants)
            if (one.set == set) part.mutants.push_back(one);
         mutation_summary(part, set);
      }
      if (sets.size() != 1) mutation_summary(mutation, std::string(console_.say("合计", "total")));
   }

   void mutation_summary(const Mutation& mutation, const std::string& title) {
      const std::size_t noticed = mutation.count(State::noticed), equivalent = mutation.count(State::equivalent);
      console_.out() << console_.say(say("{}：变异 {} 个，发现 {} 个（{}），没有发现 {} 个，等价 {} 个，不能编译 {} 个",
                                         "{}: {} mutants, {} noticed ({}), {} survived, {} equivalent, {} do not compile", title,
                                         mutation.mutants.size(), noticed, percent(noticed, mutation.judged() - equivalent),
                                         mutation.count(State::survived), equivalent, mutation.count(State::refused)))
                     << '\n';
   }

   static std::string_view id_of_state(State state) {
      switch (state) {
         case State::noticed: return "noticed";
         case State::survived: return "survived";
         case State::equivalent: return "equivalent";
         case State::refused: return "refused";
      }
      return "";
   }

   void mutation_json(const Mutation& mutation) {
      JsonText text(true);
      text.begin_object().member("heng", "mutation/1").key("mutants").begin_list();
      for (const MutantResult& one : mutation.mutants) {
         text.begin_object().member("ruleset", one.set).member("rule", one.rule).member("mutator", one.mutator);
         text.member("file", sources()[one.span.file].path);
         text.key("line").number(sources().place_of(one.span.file, one.span.begin).line);
         text.member("from", one.from).member("to", one.to).member("state", id_of_state(one.state));
         text.member_or_null("noticed_by", one.noticed_by).member_or_null("reason", one.reason).end_object();
      }
      text.end_list();
      for (const State state : {State::noticed, State::survived, State::equivalent, State::refused})
         text.key(id_of_state(state)).number(mutation.count(state));
      text.end_object();
      console_.out() << text.take() << '\n';
   }

   Console& console_;
   const TestOptions& options_;
   Opened& opened_;
   bool json_;
   Samples samples_;
};

Exit print_mutators(Console& console, bool json) {
   if (json) {
      JsonText text(true);
      text.begin_object().member("heng", "mutators/1").key("mutators").begin_list();
      for (const Mutator& one : mutators())
         text.begin_object()
             .member("id", one.id)
             .member("says", one.says.en)
             .member("says_zh", one.says.zh)
             .member("from", one.from)
             .member("to", one.to)
             .end_object();
      text.end_list().end_object();
      console.out() << text.take() << '\n';
      return Exit::fine;
   }
   std::size_t ids = 0, words = 0;
   for (const Mutator& one : mutators()) {
      ids = std::max(ids, display_width(one.id));
      words = std::max(words, display_width(console.say(one.says)));
   }
   for (const Mutator& one : mutators())
      console.out() << pad(one.id, ids) << "  " << pad(console.say(one.says), words) << "  " << one.from << "  →  "
                    << (one.to.empty() ? console.say("（去掉）", "(left out)") : one.to) << '\n';
   return Exit::fine;
}

}  // namespace

Exit test_command(Console& console, const TestOptions& options) {
   if (options.format != "table" && options.format != "json") return no_such_format(console, options.format, {"table", "json"});
   if (options.mutators) return print_mutators(console, options.format == "json");
   if (options.rules.empty()) {
      console.error(Code::usage, say("还要写：规则（文件或文件夹）", "still missing: RULES (a file or a folder)"));
      return Exit::usage;
   }
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, options.parameters, opened); failed != Exit::fine) return failed;
   return Testing(console, options, opened).run();
}

}  // namespace heng

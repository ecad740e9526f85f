// What a rule costs: Heng against the same 62 rules by hand, on the same reports, in one run on one machine. Every engine must
// come to the same totals; then ratios are printed.   weigh_bench [REPORTS…]     (1000 100000)
#include <fmt/format.h>

#include <cstdlib>
#include <ctime>
#include <functional>
#include <iostream>
#include <limits>

#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"
#include "reports/read/json.hpp"
#include "tests/bench/peers.hpp"
#include "tools/workspace/weigh.hpp"
#include "tools/workspace/workspace.hpp"

namespace {

using namespace heng;

constexpr std::size_t reports_in_a_batch = 512;

// Of this thread alone: what else the machine does must not count.
double processor_seconds() {
   timespec now{};
   clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
   return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Best of as many rounds as fit in the time, at least three: what the machine can do, not what else it did.
double seconds(const std::function<void()>& work) {
   double best = std::numeric_limits<double>::max(), total = 0;
   for (int round = 0; round < 3 || (total < 1.0 && round < 2000); ++round) {
      const double start = processor_seconds();
      work();
      const double took = processor_seconds() - start;
      best = std::min(best, took);
      total += took;
   }
   return best;
}

// Takes results and throws them away: what is measured is reading and weighing.
class Discard : public Writer {
 public:
   explicit Discard(bool findings) { wanted_.reports = wanted_.sources = findings; }
   Wanted wanted() const override { return wanted_; }
   std::string text_of(const WeighedReport& report) const override {
      findings += report.result.verdicts.size();
      return {};
   }
   void write(std::string) override {}
   void finish(const Totals&) override {}
   mutable std::uint64_t findings = 0;  // one thread asks

 private:
   Wanted wanted_;
};

std::uint64_t counted(const Program& program, const Tally& tally, std::initializer_list<const char*> names, Verdict verdict) {
   std::uint64_t sum = 0;
   for (const Rule& rule : program.rules)
      for (const char* name : names)
         if (rule.name == name)
            for (const auto& one : tally.verdicts[rule.id]) sum += one[static_cast<std::size_t>(verdict)];
   return sum;
}

const Rule& rule_named(const Program& program, const char* name) {
   for (const Rule& rule : program.rules)
      if (rule.name == name) return rule;
   std::cerr << "no rule " << name << "\n";
   std::exit(70);
}

void take_verdicts(const Program& program, const Tally& tally, bench::Totals& totals) {
   totals.failed_identities = counted(program, tally, {"逐级", "分解", "总数"}, Verdict::fails);
   totals.failed_shares = counted(program, tally, {"占比"}, Verdict::fails);
   totals.flags = counted(program, tally, {"偏差"}, Verdict::fails);
   totals.cannot_tell = counted(program, tally, {"逐级", "分解", "总数", "占比", "偏差"}, Verdict::cannot_tell);
}

std::int64_t hundredths(const Value& points) {
   return numerator(Rational(boost::variant2::get<Rational>(points) * 100)).convert_to<std::int64_t>();
}

void take_scores(const Program& program, const Evaluation& evaluation, bench::Totals& totals) {
   const Rule &score = rule_named(program, "指标得分"), &execution = rule_named(program, "预算执行"),
              &total = rule_named(program, "总分"), &grade = rule_named(program, "等级");
   for (std::uint32_t row = 0; row < evaluation.rows(score.frame); ++row)
      totals.scores += hundredths(evaluation.value(score.value, row));
   for (std::uint32_t row = 0; row < evaluation.rows(report_frame); ++row) {
      totals.execution += hundredths(evaluation.value(execution.value, row));
      totals.total += hundredths(evaluation.value(total.value, row));
      const std::string word = boost::variant2::get<std::string>(evaluation.value(grade.value, row));
      ++totals.grades[word == "优" ? 0 : word == "良" ? 1 : word == "中" ? 2 : 3];
   }
}

// A corpus kept as columns, for editing rules against it.
class Loaded {
 public:
   Loaded(Workspace& workspace, const std::string& text) : compiled_(workspace.compile(2024, "示例市")), engine_(compiled_.plan) {
      RecordStream stream("workload", text);
      RecordBlock block;
      JsonReader reader;
      ReportProblems problems;
      while (stream.next(block))
         for (const Record& record : block.records) {
            if (builders_.empty() || builders_.back()->reports() == reports_in_a_batch)
               builders_.push_back(std::make_unique<BatchBuilder>(compiled_.program().schema));
            reader.open("workload", record, workspace.header_keys(), problems);
            reader.fill(compiled_.shape, *builders_.back(), problems);
         }
      for (const auto& builder : builders_) batches_.push_back(&builder->finish());
      for (const ReportProblem& problem : problems) std::cerr << problem.message.en << "\n";
   }

   void weigh() {
      tally_ = Tally();
      for (const Batch* batch : batches_) tally_.add(engine_.run(*batch));
   }

   bench::Totals totals() {
      bench::Totals totals;
      weigh();
      take_verdicts(compiled_.program(), tally_, totals);
      for (const Batch* batch : batches_) take_scores(compiled_.program(), engine_.run(*batch), totals);
      return totals;
   }

 private:
   const Compiled& compiled_;
   Engine engine_;
   std::vector<std::unique_ptr<BatchBuilder>> builders_;
   std::vector<const Batch*> batches_;
   Tally tally_;
};

std::uint64_t stream(Workspace& workspace, const std::string& text, bool findings) {
   Discard discard(findings);
   WeighSettings settings;
   settings.threads = 1;
   LastYear last_year(workspace);
   Weigher weigher(workspace, last_year, discard, settings);
   Portions portions(std::make_unique<RecordStream>("workload", text));
   weigher.weigh(portions);
   weigher.finish();
   return weigher.totals().summary.fails;
}

void must_agree(const char* who, const bench::Totals& wanted, const bench::Totals& got) {
   if (wanted == got) return;
   std::cerr << fmt::format("{} does not come to the same totals:\n", who);
   for (const bench::Totals& one : {wanted, got})
      std::cerr << fmt::format(
          "  {} identities and {} shares fail, {} flags, {} cannot tell, scores {} execution {} total {}, grades {}\n",
          one.failed_identities, one.failed_shares, one.flags, one.cannot_tell, one.scores, one.execution, one.total,
          fmt::join(one.grades, " "));
   std::exit(1);
}

void print(const char* what, double took, double reports, double against) {
   std::cout << fmt::format("  {:<44}{:>10.2f} ns a rule{:>10.2f} µs a report{:>8.2f} ×\n", what,
                            took / reports / bench::rule_count * 1e9, took / reports * 1e6, took / against);
}

void measure(Workspace& workspace, std::size_t count) {
   std::vector<bench::Figures> figures;
   std::vector<bench::Doubles> doubles;
   std::string text;
   for (std::size_t i = 0; i < count; ++i) {
      const bench::Printed report = bench::make_report(i, 1);
      figures.push_back(report.figures);
      doubles.push_back(bench::to_doubles(report.figures));
      text += bench::to_json(report, i) + "\n";
   }
   const bench::Totals wanted = bench::weigh_integers(figures.data(), count);
   Loaded loaded(workspace, text);
   must_agree("double", wanted, bench::weigh_doubles(doubles.data(), count));
   must_agree("simdjson and double", wanted, bench::weigh_ndjson(text));
   must_agree("Heng", wanted, loaded.totals());
   std::uint64_t failed = wanted.failed_identities + wanted.failed_shares + wanted.flags;
   if (stream(workspace, text, false) != failed) must_agree("Heng, from NDJSON", wanted, {});

   bench::Totals sink;
   const double n = static_cast<double>(count);
   std::cout << fmt::format("{} reports, {} rules each; the same totals by all\n in memory\n", count, bench::rule_count);
   const double by_double = seconds([&] { sink += bench::weigh_doubles(doubles.data(), count); });
   print("by hand, scalar double", by_double, n, by_double);
   print("by hand, scalar exact int64", seconds([&] { sink += bench::weigh_integers(figures.data(), count); }), n, by_double);
   print("Heng, loaded", seconds([&] { loaded.weigh(); }), n, by_double);
   std::cout << " from NDJSON to counts\n";
   const double by_simdjson = seconds([&] { sink += bench::weigh_ndjson(text); });
   print("simdjson and double by hand", by_simdjson, n, by_simdjson);
   const double by_heng = seconds([&] { failed += stream(workspace, text, false); });
   print("Heng", by_heng, n, by_simdjson);
   const double with_findings = seconds([&] { failed += stream(workspace, text, true); });
   print("Heng, every finding with its figures", with_findings, n, by_simdjson);
   std::cout << fmt::format("   that is {:.2f} × the time without\n", with_findings / by_heng);
   if (sink.total == 0 || failed == 0) std::cout << "\n";  // keeps the work from being optimised away
}

// ---- what an editor and a single report ask for ---------------------------------------------------------------------------

// The benchmark's rules over and over, each time as a set of its own.
std::string many_rules(const std::string& text, std::size_t sets) {
   const std::size_t at = text.find("ruleset 基准 2024");
   std::string many = text.substr(0, at), one = text.substr(at);
   for (std::size_t i = 1; i <= sets; ++i)
      many += "ruleset 基准" + std::to_string(i) + one.substr(std::string_view("ruleset 基准").size()) + "\n";
   return many;
}

double seconds_to_compile(const std::string& text) {
   return seconds([&] {
      Memory files({{"rules.heng", text}});
      Workspace workspace(files);
      if (workspace.open("rules.heng") && workspace.compile(2024, "示例市").ok) return;
      std::cerr << "the rules of the benchmark do not compile\n";
      std::exit(70);
   });
}

void print_goal(const std::string& what, double took, double goal) {
   std::cout << fmt::format("  {:<44}{:>10.3f} ms, goal {:>6.1f} ms   {}\n", what, took * 1e3, goal * 1e3,
                            took <= goal ? "met" : "MISSED");
}

void measure_small(Workspace& workspace, const std::string& rules) {
   constexpr std::size_t sets = 17;
   const std::string report = bench::to_json(bench::make_report(0, 1), 0) + "\n";
   std::cout << "small things\n";
   std::uint64_t failed = 0;
   print_goal("one report, rules compiled", seconds([&] { failed += stream(workspace, report, true); }), 1e-3);
   print_goal("compile 62 rules", seconds_to_compile(rules), 2e-3);
   print_goal(fmt::format("compile {} rules", sets * bench::rule_count), seconds_to_compile(many_rules(rules, sets)), 50e-3);
   if (failed == 0) std::cout << "\n";  // keeps the work from being optimised away
}

}  // namespace

int main(int count, char** words) {
   Disk disk;
   Workspace workspace(disk);
   if (!workspace.open("tests/bench/workload.heng") || !workspace.compile(2024, "示例市").ok) {
      std::cerr << "tests/bench/workload.heng cannot be used; run this in the root of the sources\n";
      return 70;
   }
   std::vector<std::size_t> sizes = {1000, 100000};
   if (count > 1) sizes.clear();
   for (int i = 1; i < count; ++i) sizes.push_back(std::strtoull(words[i], nullptr, 10));
   measure_small(workspace, *disk.read("tests/bench/workload.heng"));
   for (const std::size_t size : sizes) measure(workspace, size);
   return 0;
}

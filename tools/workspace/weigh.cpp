#include "tools/workspace/weigh.hpp"

#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"

namespace heng {

namespace {

constexpr std::size_t most_refusals_kept = 20;

// The rules of one year and place with their batch.
struct Group {
   explicit Group(const Compiled& rules) : compiled(rules), builder(rules.program().schema), engine(rules.plan) {}
   const Compiled& compiled;
   BatchBuilder builder;
   Engine engine;
   Tally tally;
   std::vector<std::string_view> records;  // of the reports in the batch
   std::optional<Evaluation> evaluation;
};

// One record of a block on its way.
struct Item {
   const Record* record = nullptr;
   ReportHeader header;
   Group* group = nullptr;  // nullptr: refused
   std::uint32_t report = 0;
   ReportProblems problems;
};

}  // namespace

struct Weigher::Work {
   Workspace& workspace;
   Writer& writer;
   bool chinese;
   const std::atomic<bool>* stop;
   JsonReader reader;
   std::map<const Compiled*, std::unique_ptr<Group>> groups;
   std::vector<Group*> active;  // have reports in this block
   Totals totals;
   Diagnostics broken;
   std::uint64_t problems[3] = {0, 0, 0};  // by severity

   Work(Workspace& rules, Writer& to, bool zh, const std::atomic<bool>* stopping)
       : workspace(rules), writer(to), chinese(zh), stop(stopping) {}

   Group& group_of(const Compiled& compiled) {
      std::unique_ptr<Group>& group = groups[&compiled];
      if (!group) group = std::make_unique<Group>(compiled);
      if (group->records.empty()) active.push_back(group.get());
      return *group;
   }

   // false: the rules are broken.
   bool read(const std::string& name, const Record& record, Item& item) {
      item.record = &record;
      const auto header = reader.open(name, record, workspace.header_keys(), item.problems);
      if (!header) return true;
      item.header = *header;
      const Compiled& compiled = workspace.compile(header->year, header->place);
      if (compiled.no_rule_set) {
         item.problems.push_back(no_rule_set(name, record, *header, *compiled.no_rule_set));
         return true;
      }
      if (!compiled.ok) {
         broken = compiled.diagnostics;
         return false;
      }
      Group& group = group_of(compiled);
      if (!reader.fill(compiled.shape, group.builder, item.problems)) {
         forget_if_idle(group);
         return true;
      }
      item.group = &group;
      item.report = static_cast<std::uint32_t>(group.records.size());
      group.records.push_back(record.text);
      return true;
   }

   void forget_if_idle(Group& group) {
      if (group.records.empty() && !active.empty() && active.back() == &group) active.pop_back();
   }

   static ReportProblem no_rule_set(const std::string& name, const Record& record, const ReportHeader& header,
                                    const Diagnostic& diagnostic) {
      ReportProblem problem;
      problem.code = diagnostic.code;
      problem.message = diagnostic.message;
      if (diagnostic.help) {
         problem.message.zh += "；" + diagnostic.help->zh;
         problem.message.en += "; " + diagnostic.help->en;
      }
      problem.file = name;
      problem.record = record.number;
      problem.line = record.line;
      problem.column = 1;
      problem.offset = record.offset;
      problem.report = header.unit_name;
      problem.refuses = true;
      return problem;
   }

   void weigh_active() {
      for (Group* group : active) {
         const Batch& batch = group->builder.finish();
         group->evaluation = group->engine.run(batch);
         group->tally.add(*group->evaluation);
      }
   }

   void clear_active() {
      for (Group* group : active) {
         group->builder.clear();
         group->records.clear();
      }
      active.clear();
   }

   void write(const std::string& file, Item& item) {
      count(item);
      const Wanted wanted = writer.wanted();
      if (!wanted.reports) return;
      WeighedReport report;
      report.file = file;
      report.record = item.record->number;
      report.line = item.record->line;
      report.name = item.header.unit_name;
      report.place = item.header.place;
      report.year = item.header.year;
      report.refused = item.group == nullptr;
      if (report.year) report.not_run = workspace.not_run(report.year, report.place);
      report.problems = std::move(item.problems);
      if (item.group) fill_result(*item.group, item, wanted, report);
      writer.report(report);
   }

   void fill_result(const Group& group, const Item& item, const Wanted& wanted, WeighedReport& report) const {
      Detail detail;
      detail.all = wanted.passing;
      detail.sources = wanted.sources;
      detail.chinese = chinese;
      detail.raw = [&group](std::uint32_t number, Origin origin) { return raw_text(group.records[number], origin); };
      report.program = &group.compiled.program();
      report.rules = &workspace.sources();
      report.result = result_of(*group.evaluation, item.report, detail);
      if (wanted.sources) report.places = places_of(item.record->text, origins_of(report.result));
   }

   static std::vector<Origin> origins_of(const ReportResult& result) {
      std::vector<Origin> origins;
      for (const VerdictResult& verdict : result.verdicts)
         for (const SourceFigure& source : verdict.sources) origins.push_back(source.origin);
      for (const ScoreResult& score : result.scores)
         for (const SourceFigure& source : score.sources) origins.push_back(source.origin);
      return origins;
   }

   void count(const Item& item) {
      ++totals.reports;
      bool error = !item.group, any = !item.group || !item.problems.empty();
      for (const ReportProblem& problem : item.problems) {
         const tree::Severity severity = severity_of(problem);
         ++problems[static_cast<std::size_t>(severity)];
         error |= severity == tree::Severity::error;
      }
      if (!item.group)
         refuse(item.problems);
      else {
         const Summary& s = item.group->tally.by_report[item.report];
         error |= s.errors > 0;
         any |= s.errors + s.verifies + s.notices > 0;
      }
      totals.with_errors += error;
      totals.with_findings += any;
   }

   void refuse(const ReportProblems& found) {
      ++totals.refused;
      for (const ReportProblem& problem : found)
         if (problem.refuses && totals.refusals.size() < most_refusals_kept) totals.refusals.push_back(problem);
   }

   // What is wrong with a file as a whole, or with a record too large to keep.
   void write_problem(const std::string& file, ReportProblem problem) {
      static const Record nothing;
      Record record = nothing;
      record.number = problem.record;
      record.line = problem.line;
      Item item;
      item.record = &record;
      item.problems.push_back(std::move(problem));
      write(file, item);
   }

   bool weigh(RecordStream& stream) {
      RecordBlock block;
      while (!(stop && *stop) && stream.next(block)) {
         std::vector<Item> items(block.records.size());
         bool fine = true;
         for (std::size_t i = 0; i < items.size() && fine; ++i) fine = read(stream.name(), block.records[i], items[i]);
         if (!fine) return false;
         weigh_active();
         for (Item& item : items) write(stream.name(), item);
         clear_active();
         for (ReportProblem& problem : block.problems) write_problem(stream.name(), std::move(problem));
      }
      return true;
   }
};

Weigher::Weigher(Workspace& workspace, Writer& writer, bool chinese, const std::atomic<bool>* stop)
    : work_(std::make_unique<Work>(workspace, writer, chinese, stop)) {}
Weigher::~Weigher() = default;

bool Weigher::weigh(RecordStream& stream) { return work_->weigh(stream); }
void Weigher::problem(const std::string& file, ReportProblem problem) { work_->write_problem(file, std::move(problem)); }

void Weigher::finish() {
   Totals& totals = work_->totals;
   for (const auto& [compiled, group] : work_->groups) {
      totals.programs.push_back({&compiled->program(), &group->tally});
      const Summary& s = group->tally.summary;
      Summary& sum = totals.summary;
      sum.holds += s.holds;
      sum.fails += s.fails;
      sum.cannot_tell += s.cannot_tell;
      sum.does_not_apply += s.does_not_apply;
      sum.implausible += s.implausible;
      sum.errors += s.errors;
      sum.verifies += s.verifies;
      sum.notices += s.notices;
   }
   work_->writer.finish(totals);
}

const Diagnostics& Weigher::broken() const { return work_->broken; }
const Totals& Weigher::totals() const { return work_->totals; }

std::uint64_t Weigher::findings(tree::Severity at_least) const {
   const Summary& s = work_->totals.summary;
   std::uint64_t found = s.errors + work_->problems[0];
   for (const auto& [compiled, group] : work_->groups) found += group->tally.scores_untold;
   if (at_least != tree::Severity::error) found += s.verifies + work_->problems[1];
   if (at_least == tree::Severity::notice) found += s.notices + s.implausible + work_->problems[2];
   return found;
}

}  // namespace heng

#include "tools/workspace/weigh_portion.hpp"

#include "interpreter/run/run.hpp"

namespace heng {

namespace {

constexpr std::size_t most_refusals_kept = 20;
constexpr std::size_t piece_bytes = std::size_t{4} << 20;

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

// One record of a portion on its way.
struct Item {
   const std::string* file = nullptr;
   Record record;
   ReportHeader header;
   Group* group = nullptr;  // nullptr: refused
   std::uint32_t report = 0;
   ReportProblems problems;
};

ReportProblem no_rule_set(const Item& item, const Diagnostic& diagnostic) {
   ReportProblem problem;
   problem.code = diagnostic.code;
   problem.message = diagnostic.message;
   if (diagnostic.help) {
      problem.message.zh += "；" + diagnostic.help->zh;
      problem.message.en += "; " + diagnostic.help->en;
   }
   problem.file = *item.file;
   problem.record = item.record.number;
   problem.line = item.record.line;
   problem.column = 1;
   problem.offset = item.record.offset;
   problem.report = item.header.unit_name;
   problem.refuses = true;
   return problem;
}

// What is wrong with a file as a whole, or with a record too large to keep.
Item item_of(const std::string& file, ReportProblem problem) {
   Item item;
   item.file = &file;
   item.record.number = problem.record;
   item.record.line = problem.line;
   item.problems.push_back(std::move(problem));
   return item;
}

std::vector<Origin> origins_of(const ReportResult& result) {
   std::vector<Origin> origins;
   for (const VerdictResult& verdict : result.verdicts)
      for (const SourceFigure& source : verdict.sources) origins.push_back(source.origin);
   for (const ScoreResult& score : result.scores)
      for (const SourceFigure& source : score.sources) origins.push_back(source.origin);
   return origins;
}

}  // namespace

void ReportCounts::add(ReportCounts&& other) {
   reports += other.reports;
   refused += other.refused;
   with_errors += other.with_errors;
   with_findings += other.with_findings;
   for (std::size_t i = 0; i < 3; ++i) problems[i] += other.problems[i];
   for (ReportProblem& one : other.refusals)
      if (refusals.size() < most_refusals_kept) refusals.push_back(std::move(one));
}

struct PortionWeigher::Work {
   Workspace& workspace;
   const Writer& writer;
   LoadSettings load;
   JsonReader reader;
   std::map<const Compiled*, std::unique_ptr<Group>> groups;
   std::vector<Group*> active;  // have reports in this portion
   std::vector<Item> items;
   WeighedPiece piece;

   Work(Workspace& rules, const Writer& to, LoadSettings loading) : workspace(rules), writer(to), load(std::move(loading)) {}

   Group& group_of(const Compiled& compiled) {
      std::unique_ptr<Group>& group = groups[&compiled];
      if (!group) group = std::make_unique<Group>(compiled);
      if (group->records.empty()) active.push_back(group.get());
      return *group;
   }

   void forget_if_idle(Group& group) {
      if (group.records.empty() && !active.empty() && active.back() == &group) active.pop_back();
   }

   // ---- reading

   void read(PortionPart& part) {
      if (part.document) open_document(part);
      for (const Record& record : part.block.records) {
         Item item;
         item.file = &part.file;
         item.record = record;
         read(item);
         items.push_back(std::move(item));
         if (!piece.broken.empty()) return;
      }
      for (ReportProblem& problem : part.block.problems) items.push_back(item_of(part.file, std::move(problem)));
   }

   void open_document(PortionPart& part) {
      OpenedReport opened = open_report(workspace, part.file, load);
      for (ReportProblem& problem : opened.problems) items.push_back(item_of(part.file, std::move(problem)));
      if (opened.stream) opened.stream->next(part.block);
   }

   void read(Item& item) {
      const auto header = reader.open(*item.file, item.record, workspace.header_keys(), item.problems);
      if (!header) return;
      item.header = *header;
      const Compiled& compiled = workspace.compile(header->year, header->place);
      if (compiled.no_rule_set)
         item.problems.push_back(no_rule_set(item, *compiled.no_rule_set));
      else if (!compiled.ok)
         piece.broken = compiled.diagnostics;
      else
         fill(item, compiled);
   }

   // The header is known, the record is open: here whatever the rules want besides the report itself can be brought.
   void fill(Item& item, const Compiled& compiled) {
      Group& group = group_of(compiled);
      if (!reader.fill(compiled.shape, group.builder, item.problems)) {
         forget_if_idle(group);
         return;
      }
      item.group = &group;
      item.report = static_cast<std::uint32_t>(group.records.size());
      group.records.push_back(item.record.text);
   }

   // ---- weighing

   void weigh_active() {
      for (Group* group : active) {
         const Batch& batch = group->builder.finish();
         group->evaluation = group->engine.run(batch);
         group->tally.add(*group->evaluation);
      }
   }

   void clear() {
      for (Group* group : active) {
         group->builder.clear();
         group->records.clear();
      }
      active.clear();
      items.clear();
   }

   // ---- writing

   void write(Item& item, const Wanted& wanted, bool printed) {
      count(item);
      piece.file = *item.file;
      piece.place = item.header.place;
      if (!printed) return;
      WeighedReport report;
      report.file = *item.file;
      report.record = item.record.number;
      report.line = item.record.line;
      report.name = item.header.unit_name;
      report.place = item.header.place;
      report.year = item.header.year;
      report.refused = item.group == nullptr;
      if (report.year) report.not_run = workspace.not_run(report.year, report.place);
      report.problems = std::move(item.problems);
      if (item.group) fill_result(*item.group, item, wanted, report);
      piece.texts.push_back(writer.text_of(report));
      piece.size += piece.texts.back().size();
   }

   void fill_result(const Group& group, const Item& item, const Wanted& wanted, WeighedReport& report) const {
      Detail detail;
      detail.all = wanted.passing;
      detail.sources = wanted.sources;
      detail.chinese = load.chinese;
      detail.raw = [&group](std::uint32_t number, Origin origin) { return raw_text(group.records[number], origin); };
      report.program = &group.compiled.program();
      report.rules = &workspace.sources();
      report.result = result_of(*group.evaluation, item.report, detail);
      if (wanted.sources) report.places = places_of(item.record.text, origins_of(report.result));
   }

   void count(const Item& item) {
      ReportCounts& counts = piece.counts;
      ++counts.reports;
      bool error = !item.group, any = !item.group || !item.problems.empty();
      for (const ReportProblem& problem : item.problems) {
         const tree::Severity severity = severity_of(problem);
         ++counts.problems[static_cast<std::size_t>(severity)];
         error |= severity == tree::Severity::error;
      }
      if (!item.group)
         refuse(item.problems);
      else {
         const Summary& s = item.group->tally.by_report[item.report];
         error |= s.errors > 0;
         any |= s.errors + s.verifies + s.notices > 0;
      }
      counts.with_errors += error;
      counts.with_findings += any;
   }

   void refuse(const ReportProblems& found) {
      ++piece.counts.refused;
      for (const ReportProblem& problem : found)
         if (problem.refuses && piece.counts.refusals.size() < most_refusals_kept) piece.counts.refusals.push_back(problem);
   }

   void weigh(Portion& portion, const Wanted& wanted, const std::function<void(WeighedPiece&&)>& large) {
      for (PortionPart& part : portion.parts) {
         read(part);
         if (!piece.broken.empty()) return;
         piece.files += part.ends;
      }
      weigh_active();
      std::size_t printed = 0;
      for (Item& item : items) {
         write(item, wanted, wanted.reports && printed < wanted.at_most);
         ++printed;
         if (piece.size < piece_bytes) continue;
         large(std::move(piece));
         piece = {};
      }
      piece.bytes = portion.bytes;
   }
};

PortionWeigher::PortionWeigher(Workspace& workspace, const Writer& writer, LoadSettings load)
    : work_(std::make_unique<Work>(workspace, writer, std::move(load))) {}
PortionWeigher::~PortionWeigher() = default;

WeighedPiece PortionWeigher::weigh(Portion& portion, const Wanted& wanted, const std::function<void(WeighedPiece&&)>& large) {
   work_->piece = {};
   work_->weigh(portion, wanted, large);
   work_->clear();
   return std::move(work_->piece);
}

std::vector<std::pair<const Compiled*, const Tally*>> PortionWeigher::tallies() const {
   std::vector<std::pair<const Compiled*, const Tally*>> all;
   for (const auto& [compiled, group] : work_->groups) all.emplace_back(compiled, &group->tally);
   return all;
}

}  // namespace heng

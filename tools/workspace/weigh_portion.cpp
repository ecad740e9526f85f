#include "tools/workspace/weigh_portion.hpp"

#include "interpreter/run/run.hpp"
#include "tools/workspace/hash.hpp"

namespace heng {

namespace {

// The sets that weigh together.
std::string hash_of(const Program& program) {
   std::string all;
   for (const RuleSet& set : program.sets) all += set.hash + "\n";
   return sha256(all);
}

// The rules of one year and place with their batch.
struct Group {
   explicit Group(const Compiled& rules)
       : compiled(rules), hash(hash_of(rules.program())), builder(rules.program().schema), engine(rules.plan) {}
   const Compiled& compiled;
   std::string hash;
   BatchBuilder builder;
   Engine engine;
   Tally tally;
   std::vector<std::string_view> records;  // of the reports in the batch
   std::vector<const LastYearsReport*> last_years;
   std::optional<Evaluation> evaluation;
   std::unique_ptr<Bindings> bindings;  // made for the first report that has explanations
};

struct Item : RecordUnderWay {
   const Compiled* compiled = nullptr;  // once the header was read
   std::string text_hash, hash;         // of its text; of that, of last year's, of what was explained: where it is kept
   Group* group = nullptr;              // nullptr: refused
   std::uint32_t report = 0;
   bool written = false;              // its result was printed by an earlier run
   const HeldReport* held = nullptr;  // the store has its result: it is not weighed
   ReportProblems problems;
   LastYearsReport last_year;
   Explanations::Lines explanations;
};

// Why there are no rules to weigh a report by.
ReportProblem no_rules(const Item& item, const Diagnostic& diagnostic) {
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
Item item_of(const PortionPart& part, ReportProblem problem) {
   Item item;
   item.file = &part.file;
   item.written = part.written == whole_file || (problem.record != 0 && problem.record <= part.written);
   item.hash = sha256(problem.file + "\n" + std::to_string(problem.record) + "\n" + problem.message.zh);
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

void keep_refusal(ReportProblems& refusals, ReportProblem problem) {
   constexpr std::size_t most_kept = 20;
   if (refusals.size() < most_kept) refusals.push_back(std::move(problem));
}

ReportHead RecordUnderWay::head() const {
   return {*file, record.number, record.line, header.unit_name, header.place, header.year};
}

void PieceOfTexts::reached(const RecordUnderWay& last) {
   file = *last.file;
   place = last.header.place;
}

void PieceOfTexts::add(std::string text) {
   size += text.size();
   texts.push_back(std::move(text));
}

bool PieceOfTexts::large() const {
   constexpr std::size_t most_bytes = std::size_t{4} << 20;
   return size >= most_bytes;
}

void ReportCounts::add(ReportCounts&& other) {
   reports += other.reports;
   refused += other.refused;
   with_errors += other.with_errors;
   with_findings += other.with_findings;
   for (std::size_t i = 0; i < 3; ++i) problems[i] += other.problems[i];
   for (ReportProblem& one : other.refusals) keep_refusal(refusals, std::move(one));
}

struct PortionWeigher::Work {
   Workspace& workspace;
   LastYear& last_year;
   const Writer& writer;
   LoadSettings load;
   Keeping keeping;
   BrokenRules broken_rules;
   const Explanations* explanations;
   bool were_broken = false;
   JsonReader reader;
   std::map<const Compiled*, std::unique_ptr<Group>> groups;
   std::vector<Group*> active;  // have reports in this portion
   std::vector<Item> items;
   WeighedPiece piece;

   std::map<StoreKey, HeldReport> held;
   std::string all_rules;
   std::optional<bool> headers_tell;  // which result is meant, where a store is asked

   Work(Workspace& rules, LastYear& last, const Writer& to, LoadSettings loading, Keeping keep, BrokenRules broken,
        const Explanations* explained)
       : workspace(rules),
         last_year(last),
         writer(to),
         load(std::move(loading)),
         keeping(keep),
         broken_rules(broken),
         explanations(explained && !explained->empty() ? explained : nullptr) {}

   Group& group_of(const Compiled& compiled) {
      std::unique_ptr<Group>& group = groups[&compiled];
      if (!group) group = std::make_unique<Group>(compiled);
      return *group;
   }

   void wake(Group& group) {
      if (group.records.empty()) active.push_back(&group);
   }

   void forget_if_idle(Group& group) {
      if (group.records.empty() && !active.empty() && active.back() == &group) active.pop_back();
   }

   // ---- reading

   void list(PortionPart& part) {
      if (part.document) open_document(part);
      for (const Record& record : part.block.records) {
         Item item;
         item.file = &part.file;
         item.record = record;
         item.written = record.number <= part.written;
         if (keeping.store) item.text_hash = sha256(item.record.text);
         items.push_back(std::move(item));
      }
      for (ReportProblem& problem : part.block.problems) items.push_back(item_of(part, std::move(problem)));
      piece.files += part.ends;
   }

   // false: it has none, or is refused.
   bool open(Item& item) {
      if (!item.problems.empty()) return false;  // there is no record
      const auto header = reader.open(*item.file, item.record, workspace.header_keys(), item.problems);
      if (!header) return false;
      item.header = *header;
      if (explanations) item.explanations = explanations->of(*item.file, *header);
      item.compiled = &workspace.compile(header->year, header->place);
      return true;
   }

   // The record stands open no longer: others were opened since. What is wrong with its header has been said.
   void open_again(const Item& item) {
      ReportProblems said_before;
      reader.open(*item.file, item.record, workspace.header_keys(), said_before);
   }

   // A result is that of the report, of last year's where the rules read it, and of what was explained about it.
   std::string hash_of(Item& item) {
      std::string hash = item.text_hash;
      const bool reads_last_year = item.compiled && item.compiled->ok && item.compiled->program().schema.own;
      if (reads_last_year) {
         item.last_year = last_year.find(item.header);
         hash = sha256(hash + "\n" + (item.last_year.there() ? item.last_year.hash : item.last_year.why_not.zh));
      }
      return item.explanations.empty() ? hash : sha256(hash + "\n" + heng::hash_of(item.explanations));
   }

   // Only where rules read last year's, or something was explained, must headers be known to tell what a result is of.
   void look_into_store() {
      std::vector<std::string> hashes;
      if (!headers_tell) headers_tell = explanations != nullptr || workspace.some_rule_reads_last_year();
      for (Item& item : items) {
         if (keeping.prints_all && !item.written) continue;
         if (*headers_tell) open(item);
         if (item.hash.empty()) item.hash = hash_of(item);
         hashes.push_back(item.hash);
      }
      held = keeping.store->held(hashes);
   }

   void open_document(PortionPart& part) {
      OpenedReport opened = open_report(workspace, part.file, load);
      for (ReportProblem& problem : opened.problems) items.push_back(item_of(part, std::move(problem)));
      if (opened.stream) opened.stream->next(part.block);
   }

   void read(Item& item) {
      const bool opened_before = item.compiled != nullptr;
      const bool fine = opened_before || open(item);
      if (keeping.store && item.hash.empty()) item.hash = hash_of(item);
      if (!fine) return;
      const Compiled& compiled = *item.compiled;
      if (compiled.no_rule_set)
         item.problems.push_back(
             no_rules(item, workspace.no_rule_set(item.header.year, item.header.place).value_or(*compiled.no_rule_set)));
      else if (!compiled.ok && broken_rules == BrokenRules::stop)
         piece.broken = compiled.diagnostics;
      else if (!compiled.ok)
         refuse_for_broken_rules(item, compiled);
      else if (!take_held(item, compiled))
         fill(item, compiled, opened_before);
   }

   void refuse_for_broken_rules(Item& item, const Compiled& compiled) {
      were_broken = true;
      for (const Diagnostic& diagnostic : compiled.diagnostics) {
         if (diagnostic.gravity != Gravity::error) continue;
         ReportProblem problem = no_rules(item, diagnostic);
         const std::string at = workspace.sources().where(diagnostic.span);
         problem.message.zh = "规则不能编译：" + at + "：" + problem.message.zh;
         problem.message.en = "the rules do not compile: " + at + ": " + problem.message.en;
         item.problems.push_back(std::move(problem));
      }
   }

   bool take_held(Item& item, const Compiled& compiled) {
      if (held.empty()) return false;
      Group& group = group_of(compiled);
      const auto found = held.find({item.hash, group.hash});
      if (found == held.end()) return false;
      item.group = &group;
      item.held = &found->second;
      return true;
   }

   // The header is known: here whatever the rules want besides the report itself can be brought.
   void fill(Item& item, const Compiled& compiled, bool opened_before) {
      if (opened_before) open_again(item);
      Group& group = group_of(compiled);
      wake(group);
      if (!last_year.fill(reader, item.record, *item.file, item.header, compiled, group.builder, item.problems, item.last_year)) {
         forget_if_idle(group);
         return;
      }
      item.group = &group;
      item.report = static_cast<std::uint32_t>(group.records.size());
      group.records.push_back(item.record.text);
      group.last_years.push_back(&item.last_year);
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
         group->last_years.clear();
      }
      active.clear();
      items.clear();
      held.clear();
   }

   // ---- writing

   void write(Item& item, const Wanted& wanted, bool printed) {
      std::optional<WeighedReport> made;
      const bool explains = item.group && !item.held && !item.explanations.empty();
      if (explains) explain_findings(item, made.emplace());
      count(item);
      piece.reached(item);
      if (item.held) return take_over(item);
      const bool kept = keeping.store != nullptr;
      if (!printed && !kept) return;
      WeighedReport& report = explains ? *made : made.emplace();
      static_cast<ReportHead&>(report) = item.head();
      report.refused = item.group == nullptr;
      if (report.year && printed) report.not_run = workspace.not_run(report.year, report.place);
      report.problems = std::move(item.problems);
      if (item.group && !explains) fill_result(*item.group, item, printed && wanted.passing, kept || wanted.sources, report);
      if (kept) keep(item, report);
      if (printed) print(report, wanted);
   }

   // All verdicts take part: also one that holds may have been explained.
   void explain_findings(Item& item, WeighedReport& report) {
      Group& group = *item.group;
      if (!group.bindings) group.bindings = std::make_unique<Bindings>(group.compiled);
      fill_result(group, item, true, true, report);
      explain(item.explanations, *group.bindings, report.result, item.problems, [&](const VerdictResult& verdict) {
         OutcomeCounts& counts = group.tally.verdicts[verdict.rule][verdict.case_number];
         --counts[static_cast<std::size_t>(verdict.verdict)];
         ++counts[explained_outcome];
         const tree::Severity severity = severity_of(group.compiled.program(), verdict);
         group.tally.summary.explain(verdict.verdict, severity);
         group.tally.by_report[item.report].explain(verdict.verdict, severity);
      });
   }

   void fill_result(const Group& group, const Item& item, bool passing, bool sources, WeighedReport& report) const {
      Detail detail;
      detail.all = passing;
      detail.sources = sources;
      detail.chinese = load.chinese;
      detail.raw = [&group](std::uint32_t number, Origin origin) {
         return raw_text(group.records[number], *group.last_years[number], origin);
      };
      report.program = &group.compiled.program();
      report.rules = &workspace.sources();
      report.result = result_of(*group.evaluation, item.report, detail);
      if (sources) report.places = places_of(item.record.text, item.last_year, origins_of(report.result));
      report.last_year = item.last_year;
   }

   void print(WeighedReport& report, const Wanted& wanted) {
      if (!wanted.passing)
         std::erase_if(report.result.verdicts,
                       [](const VerdictResult& one) { return !is_finding(one) && !one.implausible && !one.explained; });
      if (!wanted.sources) {
         for (VerdictResult& verdict : report.result.verdicts) verdict.sources.clear();
         for (ScoreResult& score : report.result.scores) score.sources.clear();
      }
      piece.add(writer.text_of(report));
   }

   void keep(const Item& item, const WeighedReport& report) {
      const bool weighed = item.group != nullptr;
      StoreKey key{item.hash, weighed ? item.group->hash : hash_of_all_rules()};
      CaseCounts counts = weighed ? counts_of_cases(*item.group->evaluation, item.report) : CaseCounts();
      if (!item.explanations.empty() && weighed) count_explained(counts, report);
      piece.stored.push_back(
          stored_of(report, std::move(key), item.text_hash.empty() ? item.hash : item.text_hash, counts, load.chinese));
      piece.stored.back().text = row_of_text(report, item.record.text, item.text_hash);
   }

   // Refused by whatever rules there are.
   const std::string& hash_of_all_rules() {
      if (!all_rules.empty()) return all_rules;
      std::string all;
      for (std::uint32_t file = 0; file < workspace.sources().size(); ++file) all += sha256(workspace.sources()[file].text);
      return all_rules = sha256(all);
   }

   void take_over(const Item& item) const {
      add_counts(item.group->tally, item.group->compiled.program(), item.held->counts);
      item.group->tally.summary.add(item.held->summary);
      item.group->tally.scores_untold += item.held->scores_untold;
   }

   void count(const Item& item) {
      ReportCounts& counts = piece.counts;
      ++counts.reports;
      if (item.held) return count_held(*item.held);
      std::uint64_t found[3] = {0, 0, 0};
      for (const ReportProblem& problem : item.problems) ++found[static_cast<std::size_t>(severity_of(problem))];
      if (!item.group) refuse(item.problems);
      count(found, item.group ? item.group->tally.by_report[item.report] : Summary(), !item.group);
   }

   void count_held(const HeldReport& report) { count(report.problems, report.summary, false); }

   void count(const std::uint64_t (&problems)[3], const Summary& s, bool refused) {
      ReportCounts& counts = piece.counts;
      for (std::size_t i = 0; i < 3; ++i) counts.problems[i] += problems[i];
      counts.with_errors += refused || problems[0] + s.errors > 0;
      counts.with_findings += refused || problems[0] + problems[1] + problems[2] + s.errors + s.verifies + s.notices > 0;
   }

   void refuse(const ReportProblems& found) {
      ++piece.counts.refused;
      for (const ReportProblem& problem : found)
         if (problem.refuses) keep_refusal(piece.counts.refusals, problem);
   }

   void weigh(Portion& portion, const Wanted& wanted, const std::function<void(WeighedPiece&&)>& large) {
      for (PortionPart& part : portion.parts) list(part);
      if (keeping.store && keeping.resume) look_into_store();
      for (Item& item : items) {
         read(item);
         if (!piece.broken.empty()) return;
      }
      weigh_active();
      std::size_t printed = 0;
      for (Item& item : items) {
         const bool prints = wanted.reports && printed < wanted.at_most && !item.written;
         write(item, wanted, prints);
         printed += prints;
         if (!piece.large()) continue;
         large(std::move(piece));
         piece = {};
      }
      piece.bytes = portion.bytes;
   }
};

PortionWeigher::PortionWeigher(Workspace& workspace, LastYear& last_year, const Writer& writer, LoadSettings load,
                               Keeping keeping, BrokenRules broken, const Explanations* explanations)
    : work_(std::make_unique<Work>(workspace, last_year, writer, std::move(load), keeping, broken, explanations)) {}
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

bool PortionWeigher::rules_were_broken() const { return work_->were_broken; }

}  // namespace heng

#include "tools/workspace/impact.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <thread>

#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"
#include "tools/workspace/in_parallel.hpp"
#include "tools/workspace/last_year.hpp"

namespace heng {

namespace {

// ---- results of one report by one version

struct AnswerKey {
   Moved::Kind kind;
   std::string rule, subject;  // the subject as names are compared, however it is spelled
   std::size_t number;         // rows may be called alike
   auto operator<=>(const AnswerKey&) const = default;
};
struct Answer {
   std::string text;
   std::optional<Rational> points;
   bool quiet = false;     // a check that has nothing to find
   std::size_t order = 0;  // among the answers of its version
   std::string subject, label;
   bool operator==(const Answer& other) const {  // a grade may be spelled otherwise, too
      return points == other.points && (text == other.text || fold(text) == fold(other.text));
   }
};
using Answers = std::map<AnswerKey, Answer>;

using SetNames = std::map<std::string, std::string>;

// What rules and their cases are called: as the second side spells it, however another version does, since spaces and width make
// no other name. A case goes by its title also where it is alone: it is the same case when another comes.
class RuleNames {
 public:
   RuleNames(const Program& program, const SetNames& renamed, bool chinese, const RuleNames* as = nullptr) {
      if (as) spelled_ = as->spelled_;
      for (const Rule& rule : program.rules) {
         std::vector<std::string>& names = names_.emplace_back();
         const std::string& set = program.sets[rule.set].name;
         const auto found = renamed.find(set);
         const std::string name = (found == renamed.end() ? set : found->second) + (chinese ? "：" : ": ") + rule.name;
         if (rule.cases.empty()) names.push_back(spelled(rule, name));
         for (std::size_t i = 0; i < rule.cases.size(); ++i) names.push_back(spelled(rule, name + case_name(rule, i)));
      }
   }

   const std::string& of(RuleId rule, std::size_t number = 0) const { return names_[rule][number]; }
   const std::vector<std::vector<std::string>>& all() const { return names_; }

 private:
   static std::string case_name(const Rule& rule, std::size_t number) {
      if (const std::string& title = rule.cases[number].title; !title.empty()) return "." + title;
      return rule.cases.size() < 2 ? "" : "." + std::to_string(number + 1);
   }
   std::string spelled(const Rule& rule, const std::string& name) {
      return spelled_.try_emplace({rule.kind, fold(name)}, name).first->second;
   }

   std::vector<std::vector<std::string>> names_;  // of each rule and case
   std::map<std::pair<RuleKind, std::string>, std::string> spelled_;
};

// How answers are said.
struct AnswerWords {
   bool chinese = true, ids = false;

   std::string of(Verdict verdict) const { return std::string(ids ? id_of(verdict) : word_of(verdict, chinese)); }
   std::string of(Verdict verdict, tree::Severity severity) const {
      if (ids) return of(verdict) + " " + std::string(id_of(severity));
      return of(verdict) + (chinese ? "（" : " (") + std::string(word_of(severity, chinese)) + (chinese ? "）" : ")");
   }
   std::string of(const Rational& points) const { return ids ? to_text(points) : to_short_text(points); }
};

class AnswersOf {
 public:
   AnswersOf(const Program& program, const RuleNames& names, const AnswerWords& words)
       : program_(program), names_(names), words_(words), chinese_(words.chinese) {}

   Answers all(const ReportResult& result) {
      for (const VerdictResult& one : result.verdicts) verdict(one);
      for (const ScoreResult& one : result.scores) {
         Answer answer{not_told(one.applies), {}, false, 0, {}, {}};
         if (const auto* points = boost::variant2::get_if<Rational>(&one.value); points && one.applies)
            answer = {words_.of(*points), *points, false, 0, {}, {}};
         put(Moved::Kind::score, names_.of(one.rule), one.subject, answer);
      }
      for (const GradeResult& one : result.grades) {
         const Rule& rule = program_.rules[one.rule];
         const bool told = one.applies && !boost::variant2::get_if<Missing>(&one.value);
         put(Moved::Kind::grade, names_.of(one.rule), one.subject,
             {told ? show(one.value, rule.type, chinese_) : not_told(one.applies), {}, false, 0, {}, {}});
      }
      return std::move(all_);
   }

 private:
   // Of a finding its severity is a part.
   void verdict(const VerdictResult& one) {
      const Rule& rule = program_.rules[one.rule];
      const Case& of = rule.cases[one.case_number];
      const bool quiet = one.verdict == Verdict::holds || one.verdict == Verdict::does_not_apply;
      const bool plain = quiet || of.severity == tree::Severity::error;
      std::string text = plain ? words_.of(one.verdict) : words_.of(one.verdict, of.severity);
      put(Moved::Kind::verdict, names_.of(one.rule, one.case_number), one.subject, {std::move(text), {}, quiet, 0, {}, {}});
   }
   std::string not_told(bool applies) const { return words_.of(applies ? Verdict::cannot_tell : Verdict::does_not_apply); }
   void put(Moved::Kind kind, const std::string& rule, const Subject& subject, Answer answer) {
      AnswerKey key{kind, rule, fold(subject.path), 0};
      while (all_.count(key)) ++key.number;
      answer.order = all_.size();
      answer.subject = subject.path;
      answer.label = subject.label;
      all_.emplace(std::move(key), std::move(answer));
   }

   const Program& program_;
   const RuleNames& names_;
   AnswerWords words_;
   bool chinese_;
   Answers all_;
};

const Answer& answer_of(const Answers& answers, const AnswerKey& key) {
   static const Answer none;
   const auto found = answers.find(key);
   return found == answers.end() ? none : found->second;
}

struct ImpactItem : RecordUnderWay {
   LastYearsReport last_year;
   ReportProblems refused_by;
   std::optional<std::uint32_t> was, now;               // its number in the batches of the two sides
   std::vector<std::optional<std::uint32_t>> versions;  // and of those in between; empty: nothing has changed
   Answers old_answers, new_answers;                    // where something has
   std::vector<AnswerKey> keys;                         // of what has changed, in order of the second side
   std::vector<std::vector<Answer>> between;  // of each version: answers for the keys; empty: it cannot be weighed by it
};

// The engine of one version, with a batch.
class Scales {
 public:
   Scales(const Compiled& rules, const HeaderKeys& keys, RuleNames names, const AnswerWords& words)
       : compiled_(rules),
         keys_(keys),
         names_(std::move(names)),
         words_(words),
         builder_(rules.program().schema),
         engine_(rules.plan) {
      detail_.chinese = words.chinese;
      detail_.sources = false;
   }

   // Its number in the batch; nothing: the report does not fit the forms.
   std::optional<std::uint32_t> put(JsonReader& reader, LastYear& last_year, ImpactItem& item, ReportProblems& problems) {
      const auto header = reader.open(*item.file, item.record, keys_, problems);
      if (!header) return std::nullopt;
      item.header = *header;
      if (!last_year.fill(reader, item.record, *item.file, *header, compiled_, builder_, problems, item.last_year))
         return std::nullopt;
      return reports_++;
   }
   void run() {
      if (reports_ > 0) evaluation_ = engine_.run(builder_.finish());
   }
   Answers answers(std::uint32_t report) const {
      return AnswersOf(compiled_.program(), names_, words_).all(result_of(*evaluation_, report, detail_));
   }
   void clear() {
      evaluation_.reset();
      if (reports_ > 0) builder_.clear();
      reports_ = 0;
   }

 private:
   const Compiled& compiled_;
   const HeaderKeys& keys_;
   RuleNames names_;
   AnswerWords words_;
   BatchBuilder builder_;
   Engine engine_;
   Detail detail_;
   std::optional<Evaluation> evaluation_;
   std::uint32_t reports_ = 0;
};

// ---- what changed, and by which step

class Attribution {
 public:
   explicit Attribution(const ImpactItem& item) : item_(item) {}

   Moved of(std::size_t key_number) const {
      const AnswerKey& key = item_.keys[key_number];
      const Answer &first = answer_of(item_.old_answers, key), &last = answer_of(item_.new_answers, key);
      Moved moved{key.kind,
                  key.rule,
                  last.text.empty() ? first.subject : last.subject,
                  last.label.empty() ? first.label : last.label,
                  first.text,
                  last.text,
                  {},
                  0,
                  {}};
      if (first.points && last.points) {
         moved.by = *last.points - *first.points;
         moved.counted = counted(*first.points, *last.points);
      }
      // From one version in which it can be told to the next: what lies between cannot be told apart.
      std::vector<std::size_t> steps;
      const Answer* from = &first;
      const Answer* before = &first;
      for (std::size_t i = 1; i < item_.between.size(); ++i) {
         if (item_.between[i].empty()) {
            steps.push_back(i - 1);
            continue;
         }
         const Answer& now = item_.between[i][key_number];
         const bool unseen = item_.between[i - 1].empty();
         if (unseen || !(now == *before)) steps.push_back(i - 1);
         before = &now;
         const bool hidden = moved.by && !now.points;
         if (steps.empty() || hidden) continue;
         if (!(*from == now)) moved.causes.push_back(cause(std::move(steps), *from, now));
         steps.clear();
         from = &now;
      }
      check(moved);
      return moved;
   }

 private:
   static Cause cause(std::vector<std::size_t> steps, const Answer& from, const Answer& now) {
      Cause one{std::move(steps), from.text, now.text, {}, 0};
      if (from.points && now.points) {
         one.by = *now.points - *from.points;
         one.counted = counted(*from.points, *now.points);
      }
      return one;
   }
   static Rational counted(const Rational& from, const Rational& to) {
      constexpr int decimals = 6;
      return round(to, decimals) - round(from, decimals);
   }

   void check(const Moved& moved) const {
      bool fine = !moved.causes.empty() && moved.causes.front().was == moved.was && moved.causes.back().now == moved.now;
      for (std::size_t i = 1; i < moved.causes.size(); ++i) fine &= moved.causes[i].was == moved.causes[i - 1].now;
      Rational sum = 0;
      for (const Cause& one : moved.causes) sum += one.by.value_or(0);
      if (fine && (!moved.by || sum == *moved.by)) return;
      throw std::runtime_error("the parts do not add up: " + *item_.file + " " + moved.rule + " " + moved.subject);
   }

   const ImpactItem& item_;
};

// What is weighed by, the same for all threads.
struct TwoVersions {
   const RulesOfSide& was;
   const RulesOfSide& now;
   const RulesBetween& between;
   bool chinese;
   RuleNames names;  // of the second

   TwoVersions(const RulesOfSide& a, const RulesOfSide& b, const RulesBetween& versions, bool in_chinese)
       : was(a), now(b), between(versions), chinese(in_chinese), names(b.compiled().program(), {}, in_chinese) {}
   RuleNames old_names() const { return RuleNames(was.compiled().program(), between.renamed(), chinese, &names); }
};

struct ImpactPiece : PieceOfTexts {
   ImpactTotals totals;
};

// One thread.
class ImpactOfPortions {
 public:
   ImpactOfPortions(const TwoVersions& rules, LastYear& last_year, const ImpactSettings& settings)
       : rules_(rules), last_year_(last_year), settings_(settings) {
      const AnswerWords words{settings.load.chinese, settings.for_programs};
      const auto scales = [&](const RulesOfSide& side, const Compiled& compiled, RuleNames names) {
         return std::make_unique<Scales>(compiled, side.rules->header_keys(), std::move(names), words);
      };
      was_ = scales(rules.was, rules.was.compiled(), rules.old_names());
      now_ = scales(rules.now, rules.now.compiled(), rules.names);
      for (const Compiled* one : rules.between.versions())
         versions_.push_back(scales(rules.now, *one, RuleNames(one->program(), {}, words.chinese, &rules.names)));
   }

   ImpactPiece weigh(Portion& portion, const std::function<void(ImpactPiece&&)>& large) {
      begin_piece();
      std::vector<ImpactItem> items;
      for (PortionPart& part : portion.parts) list(part, items);
      for (ImpactItem& item : items) weigh_by_both(item);
      was_->run();
      now_->run();
      for (ImpactItem& item : items) compare(item);
      weigh_between(items);
      for (ImpactItem& item : items) {
         tell(item);
         if (!piece_.large()) continue;
         large(std::move(piece_));
         begin_piece();
      }
      was_->clear();
      now_->clear();
      piece_.bytes = portion.bytes;
      return std::move(piece_);
   }

 private:
   void begin_piece() {
      piece_ = {};
      piece_.totals.steps.resize(rules_.between.steps().size());
   }

   // ---- reading

   void list(PortionPart& part, std::vector<ImpactItem>& items) {
      if (part.document) {
         OpenedReport opened = open_document(part.file);
         for (ReportProblem& problem : opened.problems)
            if (problem.refuses || !opened.stream) items.push_back(refused(part, std::move(problem)));
         if (opened.stream) opened.stream->next(part.block);
      }
      for (const Record& record : part.block.records) {
         ImpactItem item;
         item.file = &part.file;
         item.record = record;
         items.push_back(std::move(item));
      }
      for (ReportProblem& problem : part.block.problems) items.push_back(refused(part, std::move(problem)));
      piece_.files += part.ends;
   }
   // By the forms of its own year, which may be on one side alone.
   OpenedReport open_document(const std::string& file) {
      OpenedReport opened = open_report(*rules_.now.rules, file, settings_.load);
      if (opened.stream) return opened;
      OpenedReport by_was = open_report(*rules_.was.rules, file, settings_.load);
      return by_was.stream ? std::move(by_was) : std::move(opened);
   }
   static ImpactItem refused(const PortionPart& part, ReportProblem problem) {
      ImpactItem item;
      item.file = &part.file;
      item.record.number = problem.record;
      item.record.line = problem.line;
      item.refused_by.push_back(std::move(problem));
      return item;
   }

   void weigh_by_both(ImpactItem& item) {
      if (!item.refused_by.empty()) return;
      ReportProblems by_was, by_now;
      item.was = was_->put(reader_, last_year_, item, by_was);
      item.now = now_->put(reader_, last_year_, item, by_now);
      if (item.was && item.now) return;
      item.refused_by = only_refusing(item.now ? by_was : by_now);
      if (!item.was && !item.now) return;
      // It fits one side alone.
      for (ReportProblem& one : item.refused_by) {
         one.message.zh = (item.was ? "按后一方的报表读不了：" : "按前一方的报表读不了：") + one.message.zh;
         one.message.en =
             (item.was ? "not by the forms of the second side: " : "not by the forms of the first side: ") + one.message.en;
      }
   }
   static ReportProblems only_refusing(const ReportProblems& all) {
      ReportProblems some;
      for (const ReportProblem& one : all)
         if (one.refuses) some.push_back(one);
      return some.empty() ? all : some;
   }

   // ---- weighing

   // Which answers are not the same.
   void compare(ImpactItem& item) {
      if (!item.refused_by.empty()) return;
      item.old_answers = was_->answers(*item.was);
      item.new_answers = now_->answers(*item.now);
      std::vector<std::pair<std::size_t, AnswerKey>> keys;
      for (const auto& [key, answer] : item.new_answers)
         if (is_change(key, answer_of(item.old_answers, key), answer)) keys.emplace_back(answer.order, key);
      for (const auto& [key, answer] : item.old_answers)
         if (!item.new_answers.count(key) && is_change(key, answer, {}))
            keys.emplace_back(item.new_answers.size() + answer.order, key);
      std::sort(keys.begin(), keys.end());
      for (auto& [order, key] : keys) item.keys.push_back(std::move(key));
      count_same(item);
      if (!item.keys.empty()) return;
      item.old_answers.clear();
      item.new_answers.clear();
   }
   static bool is_change(const AnswerKey& key, const Answer& first, const Answer& last) {
      if (first == last) return false;
      const bool one_sided = first.text.empty() || last.text.empty();
      return key.kind != Moved::Kind::verdict || !one_sided || !(first.text.empty() ? last : first).quiet;
   }
   void count_same(const ImpactItem& item) {
      for (const auto& [key, answer] : item.new_answers) {
         if (key.kind == Moved::Kind::verdict || !(answer_of(item.old_answers, key) == answer)) continue;
         if (key.kind == Moved::Kind::grade)
            ++piece_.totals.same_grades[key.rule];
         else
            ++piece_.totals.scores[key.rule].same;
      }
   }

   void weigh_between(std::vector<ImpactItem>& items) {
      for (std::size_t i = 0; i < versions_.size(); ++i) {
         Scales& scales = *versions_[i];
         for (ImpactItem& item : items) {
            if (item.keys.empty()) continue;
            ReportProblems ignored;
            item.versions.push_back(scales.put(reader_, last_year_, item, ignored));
         }
         scales.run();
         for (ImpactItem& item : items)
            if (!item.keys.empty()) weigh_between(item, i);
         scales.clear();
      }
   }
   void weigh_between(ImpactItem& item, std::size_t version) {
      item.between.emplace_back();
      const auto report = item.versions[version];
      const bool first = version == 0, last = version + 1 == versions_.size();
      const Answers answers = report ? versions_[version]->answers(*report) : Answers();
      if ((first && answers != item.old_answers) || (last && answers != item.new_answers))
         throw std::runtime_error("rules that were written out do not weigh as they themselves do: " + *item.file);
      if (!report) return;
      for (const AnswerKey& key : item.keys) item.between.back().push_back(answer_of(answers, key));
   }

   // ---- telling

   void tell(ImpactItem& item) {
      ++piece_.totals.reports;
      piece_.reached(item);
      if (item.refused_by.empty() && item.keys.empty()) return;
      ImpactOfReport report;
      static_cast<ReportHead&>(report) = item.head();
      const Attribution attribution(item);
      for (std::size_t i = 0; i < item.keys.size(); ++i) report.moved.push_back(attribution.of(i));
      report.refused_by = std::move(item.refused_by);
      count(report);
      piece_.add(settings_.text_of(report));
   }
   void count(const ImpactOfReport& report) {
      ImpactTotals& totals = piece_.totals;
      if (!report.refused_by.empty()) {
         ++totals.refused;
         keep_refusal(totals.refusals, report.refused_by.front());
         return;
      }
      ++totals.changed;
      std::set<std::size_t> concerned;
      for (const Moved& one : report.moved) {
         totals.add(one);
         for (const Cause& cause : one.causes) concerned.insert(cause.steps.begin(), cause.steps.end());
      }
      for (const std::size_t step : concerned) ++totals.steps[step].reports;
   }

   const TwoVersions& rules_;
   LastYear& last_year_;
   const ImpactSettings& settings_;
   JsonReader reader_;
   std::unique_ptr<Scales> was_, now_;
   std::vector<std::unique_ptr<Scales>> versions_;
   ImpactPiece piece_;
};

std::size_t spread_of(const Rational& by) {
   std::size_t size = 0;
   while (size < spread_limits.size() && abs(by) > spread_limits[size]) ++size;
   return by < 0 ? spread_limits.size() - size : spread_limits.size() + 1 + size;
}

template <typename Key, typename Value>
void add_up(std::map<Key, Value>& into, const std::map<Key, Value>& from) {
   for (const auto& [key, value] : from) into[key] += value;
}

}  // namespace

void ImpactTotals::add(const Moved& moved) {
   for (const Cause& cause : moved.causes)
      for (const std::size_t step : cause.steps)
         (moved.kind == Moved::Kind::score   ? steps[step].scores
          : moved.kind == Moved::Kind::grade ? steps[step].grades
                                             : steps[step].verdicts)++;
   if (moved.kind != Moved::Kind::score) {
      ++(moved.kind == Moved::Kind::grade ? grades : verdicts)[{moved.rule, moved.was, moved.now}];
      return;
   }
   Score& score = scores[moved.rule];
   if (!moved.by) {
      ++score.untold;
      return;
   }
   (*moved.by > 0 ? score.up : score.down)++;
   score.by += moved.counted;
   ++score.spread[spread_of(*moved.by)];
   if (*moved.by < 0 && (!score.most_down || *moved.by < *score.most_down)) score.most_down = moved.by;
   if (*moved.by > 0 && (!score.most_up || *moved.by > *score.most_up)) score.most_up = moved.by;
   for (const Cause& cause : moved.causes) score.by_step[cause.steps] += cause.counted;
}

void ImpactTotals::add(ImpactTotals&& other) {
   reports += other.reports;
   refused += other.refused;
   changed += other.changed;
   for (const auto& [rule, one] : other.scores) {
      Score& score = scores[rule];
      score.same += one.same;
      score.up += one.up;
      score.down += one.down;
      score.untold += one.untold;
      score.by += one.by;
      for (std::size_t i = 0; i < score.spread.size(); ++i) score.spread[i] += one.spread[i];
      if (one.most_down && (!score.most_down || *one.most_down < *score.most_down)) score.most_down = one.most_down;
      if (one.most_up && (!score.most_up || *one.most_up > *score.most_up)) score.most_up = one.most_up;
      add_up(score.by_step, one.by_step);
   }
   add_up(same_grades, other.same_grades);
   add_up(grades, other.grades);
   add_up(verdicts, other.verdicts);
   steps.resize(std::max(steps.size(), other.steps.size()));
   for (std::size_t i = 0; i < other.steps.size(); ++i) {
      steps[i].reports += other.steps[i].reports;
      steps[i].verdicts += other.steps[i].verdicts;
      steps[i].scores += other.steps[i].scores;
      steps[i].grades += other.steps[i].grades;
   }
   for (ReportProblem& one : other.refusals) keep_refusal(refusals, std::move(one));
}

struct ImpactWeigher::Work {
   ImpactSettings settings;
   RulesOfSide was, now;
   TwoVersions versions;
   LastYear last_year;
   std::vector<std::unique_ptr<ImpactOfPortions>> weighers;
   std::vector<std::string> rules;
   ImpactTotals totals;
   WeighedSoFar so_far;

   Work(const RulesOfSide& a, const RulesOfSide& b, const RulesBetween& between, ImpactSettings how)
       : settings(std::move(how)),
         was(a),
         now(b),
         versions(was, now, between, settings.load.chinese),
         last_year(*b.rules, settings.load) {
      if (settings.threads == 0) settings.threads = std::max(1u, std::thread::hardware_concurrency());
      last_year.look_in(settings.last_year, settings.files);
      for (unsigned i = 0; i < settings.threads; ++i)
         weighers.push_back(std::make_unique<ImpactOfPortions>(versions, last_year, settings));
      totals.steps.resize(between.steps().size());
      std::set<std::string> known;
      for (const RuleNames& names : {versions.names, versions.old_names()})
         for (const std::vector<std::string>& of_rule : names.all())
            for (const std::string& name : of_rule)
               if (known.insert(name).second) rules.push_back(name);
   }

   void take(ImpactPiece&& piece) {
      for (std::string& text : piece.texts) settings.take(std::move(text));
      const std::uint64_t reports = piece.totals.reports;
      so_far.add(std::move(piece), reports);
      totals.add(std::move(piece.totals));
      if (settings.progress) settings.progress(so_far);
   }
};

ImpactWeigher::ImpactWeigher(const RulesOfSide& was, const RulesOfSide& now, const RulesBetween& between, ImpactSettings settings)
    : work_(std::make_unique<Work>(was, now, between, std::move(settings))) {}
ImpactWeigher::~ImpactWeigher() = default;

void ImpactWeigher::weigh(Portions& portions) {
   const auto work = [&](std::size_t thread, Portion& portion, const std::function<void(ImpactPiece&&)>& large) {
      return work_->weighers[thread]->weigh(portion, large);
   };
   const auto take = [&](ImpactPiece&& piece) {
      work_->take(std::move(piece));
      return true;
   };
   InParallel<ImpactPiece>(work_->weighers.size(), work_->settings.stop, work, take).run(portions);
}

const ImpactTotals& ImpactWeigher::totals() const { return work_->totals; }
ReportProblems ImpactWeigher::problems() { return work_->last_year.problems(); }
const std::vector<std::string>& ImpactWeigher::rules() const { return work_->rules; }

}  // namespace heng

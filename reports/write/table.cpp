// For people at a terminal: what holds and what does not, the figures behind it, scores and grades.
// With many reports a summary takes the place of the cards. Colour never stands alone: every mark is a word, too.
#include <algorithm>
#include <map>
#include <set>

#include "interpreter/explain/result.hpp"
#include "reports/write/columns.hpp"
#include "reports/write/words.hpp"
#include "reports/write/writers.hpp"

namespace heng {

namespace {

constexpr std::size_t findings_of_one_rule = 5;
constexpr std::size_t figures_of_one_finding = 12;
constexpr std::size_t rows_of_summary = 20;

enum class Paint { none, good, bad, doubtful, faint, strong };

class Painter {
 public:
   explicit Painter(bool on) : on_(on) {}
   std::string operator()(Paint paint, std::string_view text) const {
      if (!on_ || paint == Paint::none) return std::string(text);
      return fmt::format("\x1b[{}m{}\x1b[0m", code(paint), text);
   }

 private:
   static const char* code(Paint paint) {
      switch (paint) {
         case Paint::good: return "32";
         case Paint::bad: return "31;1";
         case Paint::doubtful: return "33";
         case Paint::faint: return "2";
         case Paint::strong: return "1";
         case Paint::none: return "0";
      }
      return "0";
   }
   bool on_;
};

Paint paint_of(Verdict verdict) {
   switch (verdict) {
      case Verdict::holds: return Paint::good;
      case Verdict::fails: return Paint::bad;
      case Verdict::cannot_tell: return Paint::doubtful;
      case Verdict::does_not_apply: return Paint::faint;
   }
   return Paint::none;
}

// One report as a card.
class Card {
 public:
   Card(const WeighedReport& report, const WriterSettings& settings)
       : report_(report), settings_(settings), paint_(settings.colour) {}

   std::string print() {
      headline();
      if (report_.program) {
         rule_sets();
         summary();
      }
      problems();
      if (report_.program) {
         findings();
         implausible();
         explained();
         scores();
      }
      not_run();
      return std::move(text_);
   }

 private:
   std::string_view say(std::string_view zh, std::string_view en) const { return settings_.chinese ? zh : en; }
   template <typename Inside>
   std::string bracketed(const Inside& inside) const {
      return settings_.chinese ? fmt::format("（{}）", inside) : fmt::format(" ({})", inside);
   }
   void line(std::string_view text) { text_.append(text).append("\n"); }
   const Rule& rule(RuleId id) const { return report_.program->rules[id]; }

   void headline() {
      std::string file = report_.file == "-" ? std::string(say("标准输入", "standard input")) : report_.file;
      if (report_.line > 1) file += fmt::format(":{}", report_.line);
      std::string name = report_.name;
      if (name.empty()) name = report_.refused ? file : std::string(say("（未写单位名称）", "(no unit name)"));
      std::vector<std::string> parts{std::move(name)};
      if (report_.year) parts.push_back(fmt::format("{}{}", report_.year, say("年度", "")));
      if (!report_.place.empty()) parts.push_back(report_.place);
      line(paint_(Paint::strong, fmt::format("== {} ==", join(parts, " · "))));
      line(fmt::format("{}  {}", say("报告", "report"), file));
      if (report_.refused)
         line(paint_(Paint::bad, say("没有判定：报告读不了，或没有适用的规则集",
                                     "not weighed: it cannot be read, or no rule set is for it")));
   }

   void rule_sets() {
      const std::string head(say("规则", "rules "));
      for (const RuleSet& set : report_.program->sets) {
         std::vector<std::string> by_hand;
         for (const ParameterValue& parameter : set.parameters)
            if (parameter.set_by_hand)
               by_hand.push_back(parameter.name + " = " + show(parameter.value, parameter.type, settings_.chinese));
         std::string text = fmt::format("{}  {}  {}", head, set_title(set), paint_(Paint::faint, short_hash(set)));
         if (!by_hand.empty()) text += fmt::format("  {}{}", say("手工参数：", "set by hand: "), join(by_hand, say("，", ", ")));
         line(text);
      }
   }

   void summary() {
      const Summary& s = report_.result.summary;
      const bool zh = settings_.chinese;
      const auto count = [&](Verdict verdict, std::uint64_t number) {
         return paint_(number ? paint_of(verdict) : Paint::faint, fmt::format("{} {}", word_of(verdict, zh), number));
      };
      line("");
      const std::string explained = s.explained ? fmt::format(" · {} {}", explained_word(zh), s.explained) : "";
      line(fmt::format("{}  {} · {} · {} · {}{}", say("结论", "verdicts"), count(Verdict::holds, s.holds),
                       count(Verdict::fails, s.fails), count(Verdict::cannot_tell, s.cannot_tell),
                       count(Verdict::does_not_apply, s.does_not_apply), explained));
      const std::string data = report_.problems.empty() ? ""
                               : zh                     ? fmt::format("；另有数据问题 {}", report_.problems.size())
                                                        : fmt::format("; and {} problems of the data", report_.problems.size());
      if (s.errors + s.verifies + s.notices == 0) {
         const bool no_rules = report_.program && report_.program->rules.empty();
         const std::string_view none =
             no_rules      ? say("没有：这些规则集里一条规则也没有，什么也没有查", "none: there is no rule, nothing was checked")
             : s.explained ? say("没有：各条规则都通过、不适用或已说明", "none: every rule holds, does not apply or is explained")
                           : say("没有：各条规则都通过或不适用", "none: every rule holds or does not apply");
         line(fmt::format("{}  {}{}", say("发现", "findings"), paint_(no_rules ? Paint::bad : Paint::good, none),
                          paint_(Paint::bad, data)));
         return;
      }
      line(fmt::format("{}  {} {} · {} {} · {} {}{}", say("发现", "findings"), word_of(tree::Severity::error, zh), s.errors,
                       word_of(tree::Severity::verify, zh), s.verifies, word_of(tree::Severity::notice, zh), s.notices,
                       paint_(Paint::bad, data)));
   }

   void problems() {
      if (report_.problems.empty()) return;
      line("");
      line(paint_(Paint::bad, fmt::format("{}{}", say("数据问题", "problems of the data"), bracketed(report_.problems.size()))));
      std::size_t shown = 0;
      for (const ReportProblem& problem : report_.problems) {
         if (!settings_.details && ++shown > rows_of_summary) {
            more(report_.problems.size() - rows_of_summary, "  ");
            break;
         }
         line(fmt::format("  [{}] {}", code_name(problem.code), problem.message.in(settings_.chinese)));
         line(paint_(Paint::faint, fmt::format("        {}", where(problem))));
      }
   }

   void more(std::size_t number, std::string_view indent) {
      line(fmt::format("{}{}", indent,
                       settings_.chinese ? fmt::format("……另有 {} 处（--details 全部列出）", number)
                                         : fmt::format("… and {} more (--details lists them)", number)));
   }

   static std::string_view advice(tree::Severity severity, bool chinese) {
      switch (severity) {
         case tree::Severity::error: return chinese ? "须更正，不得公开" : "must be corrected before publishing";
         case tree::Severity::verify: return chinese ? "须更正或说明" : "correct or explain";
         case tree::Severity::notice: return chinese ? "供参考" : "for information";
      }
      return "";
   }

   // Findings of one case stand together, in the order in which they were first met.
   using Group = std::vector<const VerdictResult*>;

   std::vector<Group> groups_of(const std::vector<const VerdictResult*>& verdicts) const {
      std::vector<Group> groups;
      std::map<std::pair<RuleId, std::uint32_t>, std::size_t> group_of;
      for (const VerdictResult* verdict : verdicts) {
         const auto [found, is_new] = group_of.emplace(std::make_pair(verdict->rule, verdict->case_number), groups.size());
         if (is_new) groups.emplace_back();
         groups[found->second].push_back(verdict);
      }
      return groups;
   }

   // Nothing that it asks for is in the report, or last year's is not there: said once for each table, not once for each rule.
   bool nothing_read(const VerdictResult& verdict) const {
      if (verdict.verdict != Verdict::cannot_tell) return false;
      return lacks_last_year(verdict) || std::all_of(verdict.sources.begin(), verdict.sources.end(),
                                                     [](const SourceFigure& f) { return f.missing == Missing::not_read; });
   }
   bool lacks_last_year(const VerdictResult& verdict) const {
      const std::string &why = report_.last_year.why_not.zh, &reason = verdict.reason.zh;
      return !why.empty() && reason.size() >= why.size() && reason.compare(reason.size() - why.size(), why.size(), why) == 0;
   }

   void findings() {
      for (const tree::Severity severity : {tree::Severity::error, tree::Severity::verify, tree::Severity::notice}) {
         std::vector<const VerdictResult*> told, unread;
         for (const VerdictResult& verdict : report_.result.verdicts) {
            if (!is_finding(verdict) || severity_of(*report_.program, verdict) != severity) continue;
            (!settings_.details && nothing_read(verdict) ? unread : told).push_back(&verdict);
         }
         if (told.empty() && unread.empty()) continue;
         line("");
         const Paint paint = severity == tree::Severity::error ? Paint::bad : Paint::doubtful;
         line(paint_(paint, fmt::format("{}{}  {}", word_of(severity, settings_.chinese), bracketed(told.size() + unread.size()),
                                        advice(severity, settings_.chinese))));
         for (const Group& group : groups_of(told)) print_group(group);
         print_unread(unread);
      }
   }

   void print_unread(const std::vector<const VerdictResult*>& verdicts) {
      if (verdicts.empty()) return;
      std::vector<std::pair<std::string, std::size_t>> tables;
      for (const VerdictResult* verdict : verdicts) {
         const std::string table = table_of(*verdict);
         const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& one) { return one.first == table; });
         if (found == tables.end())
            tables.emplace_back(table, 1);
         else
            ++found->second;
      }
      line(paint_(Paint::strong, fmt::format("  {}", say("报告里没有这些数据，有关的规则无法判断",
                                                         "the report lacks this data; rules about it cannot tell"))));
      Columns columns({false, true});
      for (const auto& [table, count] : tables)
         columns.add({table, settings_.chinese ? fmt::format("{} 处", count)
                                               : fmt::format("{} {}", count, count == 1 ? "verdict" : "verdicts")});
      text_ += columns.print("    ");
   }

   // The tables of the figures that it asks for; of a list that was not read, what the reason says.
   std::string table_of(const VerdictResult& verdict) const {
      if (lacks_last_year(verdict)) return report_.last_year.why_not.in(settings_.chinese);
      std::vector<std::string> tables;
      for (const SourceFigure& source : verdict.sources) {
         const Field& field = report_.program->schema.fields[source.field];
         const std::string& frame = report_.program->schema.frames[field.frame].path;
         const std::string name = !field.form.empty() ? field.form : frame.empty() ? field.name : frame;
         if (std::find(tables.begin(), tables.end(), name) == tables.end()) tables.push_back(name);
      }
      if (tables.empty()) return verdict.reason.in(settings_.chinese);
      return join(tables, say("、", ", ")) + std::string(say(" 未读取", " not read"));
   }

   // What stays a finding of the rule, and is none any more because somebody explained it.
   void explained() {
      std::vector<const VerdictResult*> told;
      for (const VerdictResult& verdict : report_.result.verdicts)
         if (verdict.explained) told.push_back(&verdict);
      if (told.empty()) return;
      line("");
      line(paint_(Paint::strong, fmt::format("{}{}  {}", explained_word(settings_.chinese), bracketed(told.size()),
                                             say("数字和规则条文都没有变，不再算发现",
                                                 "figures and rule are those that were explained: no finding any more"))));
      for (const Group& group : groups_of(told)) {
         const VerdictResult& first = *group.front();
         group_head(rule(first.rule), case_of(*report_.program, first));
         for (const VerdictResult* verdict : group) {
            print_verdict(*verdict);
            const Explanation& said = *verdict->explained;
            line(fmt::format("      {}{}", say("说明：", "explanation: "), said.why));
            line(fmt::format("      {} {}  {}", said.who, said.when,
                             paint_(Paint::faint, fmt::format("{}:{}", said.file, said.line))));
         }
      }
   }

   void group_head(const Rule& of, const Case* one) {
      std::string head = "  " + title_of(of, one);
      if (const auto& refs = refs_of(of, one); !refs.empty()) head += "  [" + short_refs(refs) + "]";
      if (one && one->kind != tree::MinistryKind::none) head += "  " + std::string(word_of(one->kind, settings_.chinese));
      line(paint_(Paint::strong, head));
   }

   void print_group(const Group& verdicts) {
      const VerdictResult& first = *verdicts.front();
      const Rule& of = rule(first.rule);
      const Case* one = case_of(*report_.program, first);
      group_head(of, one);
      std::size_t shown = 0;
      for (const VerdictResult* verdict : verdicts) {
         if (!settings_.details && shown == findings_of_one_rule) break;
         print_verdict(*verdict);
         ++shown;
      }
      if (shown < verdicts.size()) more(verdicts.size() - shown, "    ");
      std::string source = report_.rules ? report_.rules->where(one ? one->span : of.span) : "";
      if (const std::string cite = cite_of(of, one); !cite.empty())
         source = fmt::format("{}{}  {}", say("依据：", "source: "), cite, source);
      if (!source.empty()) line(paint_(Paint::faint, "    " + source));
   }

   std::string short_refs(const std::vector<std::string>& refs) const {
      constexpr std::size_t most = 4;
      if (refs.size() <= most || settings_.details) return join(refs, ", ");
      const std::string few = join({refs.begin(), refs.begin() + 3}, ", ");
      return settings_.chinese ? fmt::format("{} 等 {} 条", few, refs.size())
                               : fmt::format("{} and {} more", few, refs.size() - 3);
   }

   std::string subject_text(const Subject& subject) const {
      if (subject.label.empty()) return subject.path;
      return subject.path.empty() ? subject.label : subject.label + bracketed(subject.path);
   }

   void print_verdict(const VerdictResult& verdict) {
      std::string text = "    " + paint_(paint_of(verdict.verdict), word_of(verdict.verdict, settings_.chinese));
      const std::string subject = subject_text(verdict.subject);
      const std::string& reason = verdict.reason.in(settings_.chinese);
      if (!subject.empty())
         text += "  " + subject;
      else if (!reason.empty())
         text += "  " + reason;
      line(text);
      const bool compares = verdict.verdict == Verdict::fails || verdict.implausible;
      if (compares && verdict.left && verdict.right) line("      " + comparison(verdict));
      if (!subject.empty() && !reason.empty()) line("      " + reason);
      if (!verdict.message.empty()) line("      " + verdict.message);
      print_figures(verdict.sources);
   }

   std::string shown(const Value& value, const Type& type) const { return show(value, type, settings_.chinese); }

   std::string comparison(const VerdictResult& verdict) const {
      std::string text = fmt::format("{} {}  {}  {} {}", say("左", "left"), shown(*verdict.left, verdict.type), verdict.relation,
                                     say("右", "right"), shown(*verdict.right, verdict.type));
      if (verdict.gap)
         text += fmt::format("{}{} {}", say("；", "; "), say("相差", "gap"), shown(*verdict.gap, type_of_gap(verdict.type)));
      if (verdict.allowed)
         text += fmt::format("{}{} {}", say("，", ", "), say("允许", "allowed"), shown(*verdict.allowed, verdict.type));
      return text;
   }

   void print_figures(const std::vector<SourceFigure>& sources) {
      Columns columns({false, true, false, false, false});
      std::size_t count = 0;
      for (const SourceFigure& source : sources) {
         if (!settings_.details && count == figures_of_one_finding) break;
         ++count;
         columns.add(figure_row(source));
      }
      text_ += columns.print("      ");
      if (count < sources.size()) more(sources.size() - count, "      ");
   }

   std::vector<std::string> figure_row(const SourceFigure& source) const {
      const Type type = type_of(*report_.program, source);
      const auto found = report_.places.find(source.origin.begin);
      const bool placed = found != report_.places.end() && source.origin.end > source.origin.begin;
      const std::string& raw = source.raw.empty() && placed ? found->second.raw : source.raw;
      std::string width = source.half_width ? "±" + shown(*source.half_width, type) : "";
      const std::string marks = mark_text(source.marks, settings_.chinese);
      if (!marks.empty())
         width += (width.empty() ? "" : "  ") + std::string(say("【", "[")) + marks + std::string(say("】", "]"));
      return {source.name, source.shown, width, raw.empty() ? "" : fmt::format("{}“{}”", say("原文", "printed "), raw),
              placed ? place_text(found->second, settings_.chinese) : ""};
   }

   void implausible() {
      std::vector<const VerdictResult*> doubtful;
      for (const VerdictResult& verdict : report_.result.verdicts)
         if (verdict.implausible && !verdict.explained && verdict.verdict == Verdict::holds) doubtful.push_back(&verdict);
      if (doubtful.empty()) return;
      line("");
      line(paint_(
          Paint::doubtful,
          fmt::format("{}{}  {}", say("通过但可疑", "holds, but implausible"), bracketed(doubtful.size()),
                      say("差额在四舍五入允许之内，但大得不像四舍五入（假定各数均四舍五入，不是截去尾数）",
                          "within the allowance, but too large to be honest rounding (assuming rounding, not truncation)"))));
      for (const VerdictResult* verdict : doubtful) {
         const Case* one = case_of(*report_.program, *verdict);
         line("  " + title_of(rule(verdict->rule), one) + "  " + subject_text(verdict->subject));
         if (verdict->left && verdict->right) line("      " + comparison(*verdict));
      }
   }

   // ---- scores

   // The subject that scores are sorted under: 项目[2] for 项目[2].指标[3].
   static std::string top_of(const Subject& subject) {
      const std::size_t end = subject.path.find("].");
      return end == std::string::npos ? subject.path : subject.path.substr(0, end + 1);
   }

   static std::string name_of(const Subject& subject) { return subject.label.empty() ? subject.path : subject.label; }

   // Below its project's name an indicator needs only its own.
   static std::string own_name(const Subject& subject) {
      const std::string name = name_of(subject);
      const std::size_t slash = top_of(subject) == subject.path ? std::string::npos : name.find(" / ");
      return slash == std::string::npos ? name : name.substr(slash + 3);
   }

   void scores() {
      std::vector<std::string> tops;
      const auto meet = [&](const Subject& subject) {
         if (std::find(tops.begin(), tops.end(), top_of(subject)) == tops.end()) tops.push_back(top_of(subject));
      };
      for (const ScoreResult& score : report_.result.scores)
         if (score.applies) meet(score.subject);
      for (const GradeResult& grade : report_.result.grades)
         if (grade.applies) meet(grade.subject);
      if (tops.empty()) return;
      line("");
      line(paint_(Paint::strong, say("评分", "Scores")));
      for (const std::string& top : tops) print_scores(top);
   }

   void print_scores(const std::string& top) {
      Columns columns({false, true, true, false, false});
      columns.add({std::string(say("评分项", "score")), std::string(say("得分", "points")), std::string(say("满分", "out of")),
                   std::string(say("依据", "basis")), std::string(say("说明", "remarks"))});
      std::string name = top;
      bool any = false;
      for (const ScoreResult& score : report_.result.scores) {
         if (!score.applies || top_of(score.subject) != top) continue;
         const bool inner = score.subject.path != top;
         if (!inner) name = name_of(score.subject);
         any = true;
         std::string title = title_of(rule(score.rule), nullptr);
         if (inner) title = "  " + own_name(score.subject) + (only_one_inner(score.rule) ? "" : " · " + title);
         for (RuleId part = score.rule; rule(part).parent != no_rule; part = rule(part).parent) title.insert(0, "  ");
         columns.add({std::move(title), plain_number(score.value), plain_number(score.out_of),
                      std::string(word_of(score.basis, settings_.chinese)), remarks(score)});
      }
      std::string grades;
      for (const GradeResult& grade : report_.result.grades) {
         if (!grade.applies || grade.subject.path != top) continue;
         name = name_of(grade.subject);
         grades += grade_text(grade);
      }
      line(paint_(Paint::strong, "  " + (name.empty() ? std::string(say("本报告", "this report")) : name) + grades));
      for (const GradeResult& grade : report_.result.grades) {
         if (!grade.applies || grade.subject.path == top || top_of(grade.subject) != top) continue;
         any = true;
         columns.add({"  " + own_name(grade.subject) + grade_text(grade), "", "", "", ""});
      }
      if (any) text_ += columns.print("    ");
   }

   // Is this the only score that lists below projects have? Then its title need not stand behind every row.
   bool only_one_inner(RuleId id) const {
      return std::all_of(report_.result.scores.begin(), report_.result.scores.end(), [&](const ScoreResult& score) {
         return score.rule == id || top_of(score.subject) == score.subject.path;
      });
   }

   std::string grade_text(const GradeResult& grade) const {
      std::string text = fmt::format("  {}{}{}", title_of(rule(grade.rule), nullptr), say("：", ": "),
                                     shown(grade.value, rule(grade.rule).type));
      if (grade.provisional) text += std::string(say("（暂定）", " (provisional)"));
      if (const std::string& reason = grade.reason.in(settings_.chinese); !reason.empty()) text += fmt::format("  {}", reason);
      return text;
   }

   std::string remarks(const ScoreResult& score) const {
      std::vector<std::string> parts;
      if (score.provisional) parts.push_back(provisional_text(score));
      if (const std::string& reason = score.reason.in(settings_.chinese); !reason.empty()) parts.push_back(reason);
      const BasisPoints& by = score.by_basis;
      const bool mixed = (by.computed != 0) + (by.stated != 0) + (by.judged != 0) + (by.unknown != 0) > 1;
      if (mixed) {
         std::vector<std::string> points;
         const auto add = [&](Basis basis, const Rational& value) {
            if (value != 0) points.push_back(fmt::format("{} {}", word_of(basis, settings_.chinese), to_short_text(value)));
         };
         add(Basis::computed, by.computed);
         add(Basis::stated, by.stated);
         add(Basis::judged, by.judged);
         add(Basis::none, by.unknown);
         parts.push_back(join(points, say("，", ", ")));
      }
      return join(parts, say("；", "; "));
   }

   std::string provisional_text(const ScoreResult& score) const {
      std::string text(say("暂定", "provisional"));
      if (score.provisional_because.empty()) return text;
      const auto& [because, number] = score.provisional_because.front();
      const Rule& check = rule(because);
      text += fmt::format("{}{}", say("：未通过 ", ": does not hold: "),
                          title_of(check, number < check.cases.size() ? &check.cases[number] : nullptr));
      if (score.provisional_because.size() > 1)
         text += fmt::format("{}{}", say(" 等 ", " and others, "), score.provisional_because.size());
      return text;
   }

   void not_run() {
      if (report_.not_run.empty()) return;
      line("");
      line(say("未用的规则集", "Rule sets not run"));
      Columns columns({false, false});
      for (const SetNotRun& set : report_.not_run) {
         std::string name = set.name;
         if (set.year) name += " " + std::to_string(set.year);
         if (!set.place.empty()) name += " " + set.place;
         columns.add({std::move(name), set.why.in(settings_.chinese)});
      }
      text_ += columns.print("  ");
   }

   const WeighedReport& report_;
   const WriterSettings& settings_;
   Painter paint_;
   std::string text_;
};

class TableWriter : public Writer {
 public:
   TableWriter(std::ostream& out, const WriterSettings& settings) : out_(out), settings_(settings), paint_(settings.colour) {}

   Wanted wanted() const override {
      Wanted wanted{!many_, false, !many_, false};
      if (!settings_.details) wanted.at_most = settings_.cards_at_most + 1;
      return wanted;
   }

   std::string text_of(const WeighedReport& report) const override { return Card(report, settings_).print(); }

   void write(std::string text) override {
      if (settings_.details) {
         print(text);
         return;
      }
      if (cards_.size() == settings_.cards_at_most) many_ = true;
      if (many_)
         cards_.clear();
      else
         cards_.push_back(std::move(text));
   }

   void finish(const Totals& totals) override {
      // Of reports that an earlier run weighed there are counts and no cards.
      const bool many = many_ || totals.reports > settings_.cards_at_most;
      if (!many)
         for (const std::string& card : cards_) print(card);
      if (totals.reports != 1) summary(totals, many);
   }

 private:
   void print(const std::string& card) {
      if (printed_++) out_ << '\n';
      out_ << card;
   }

   std::string_view say(std::string_view zh, std::string_view en) const { return settings_.chinese ? zh : en; }

   void summary(const Totals& totals, bool many) {
      const Summary& s = totals.summary;
      if (printed_) out_ << '\n';
      out_ << paint_(Paint::strong, fmt::format("== {} ==", settings_.chinese ? fmt::format("共 {} 份报告", totals.reports)
                                                                              : fmt::format("{} reports", totals.reports)))
           << '\n';
      Columns columns({false, true});
      columns.add({std::string(say("读入并判定", "read and weighed")), std::to_string(totals.reports - totals.refused)});
      columns.add({std::string(say("未能判定", "not weighed")), std::to_string(totals.refused)});
      columns.add({std::string(say("有错误级发现的报告", "reports with error findings")), std::to_string(totals.with_errors)});
      columns.add({std::string(say("有任何发现的报告", "reports with any finding")), std::to_string(totals.with_findings)});
      out_ << columns.print("  ");
      out_ << fmt::format("  {} {} · {} {} · {} {} · {} {}", word_of(Verdict::holds, settings_.chinese), s.holds,
                          word_of(Verdict::fails, settings_.chinese), s.fails, word_of(Verdict::cannot_tell, settings_.chinese),
                          s.cannot_tell, word_of(Verdict::does_not_apply, settings_.chinese), s.does_not_apply);
      if (s.explained) out_ << fmt::format(" · {} {}", explained_word(settings_.chinese), s.explained);
      out_ << '\n';
      most_failed(totals);
      refusals(totals);
      if (!settings_.details && many)
         out_ << '\n'
              << say("各份报告的发现：加 --details，或用 --format ndjson",
                     "findings of each report: --details, or --format ndjson")
              << '\n';
   }

   struct RuleCount {
      std::string title;
      std::string severity;
      std::uint64_t fails = 0, cannot_tell = 0;
   };

   std::vector<RuleCount> counts_of(const Totals& totals) const {
      std::map<std::string, RuleCount> by_title;
      for (const Totals::Counted& counted : totals.programs) {
         for (const Rule& rule : counted.program->rules) {
            if (rule.id >= counted.tally->verdicts.size()) continue;
            const auto& cases = counted.tally->verdicts[rule.id];
            for (std::size_t i = 0; i < cases.size() && i < rule.cases.size(); ++i) {
               const auto& count = cases[i];
               const std::uint64_t fails = count[static_cast<std::size_t>(Verdict::fails)];
               const std::uint64_t untold = count[static_cast<std::size_t>(Verdict::cannot_tell)];
               if (fails + untold == 0) continue;
               const std::string title = set_title(counted.program->sets[rule.set]) + "：" + title_of(rule, &rule.cases[i]);
               RuleCount& entry = by_title[title];
               entry.title = title;
               entry.severity = word_of(rule.cases[i].severity, settings_.chinese);
               entry.fails += fails;
               entry.cannot_tell += untold;
            }
         }
      }
      std::vector<RuleCount> counts;
      for (auto& [title, count] : by_title) counts.push_back(std::move(count));
      std::stable_sort(counts.begin(), counts.end(),
                       [](const RuleCount& a, const RuleCount& b) { return a.fails + a.cannot_tell > b.fails + b.cannot_tell; });
      return counts;
   }

   void most_failed(const Totals& totals) {
      const std::vector<RuleCount> counts = counts_of(totals);
      if (counts.empty()) return;
      out_ << '\n' << paint_(Paint::strong, say("发现最多的规则", "Rules with most findings")) << '\n';
      Columns columns({false, false, true, true});
      columns.add({std::string(say("规则", "rule")), std::string(say("级别", "severity")), std::string(say("不通过", "fails")),
                   std::string(say("无法判断", "cannot tell"))});
      for (std::size_t i = 0; i < counts.size() && i < rows_of_summary; ++i)
         columns.add(
             {counts[i].title, counts[i].severity, std::to_string(counts[i].fails), std::to_string(counts[i].cannot_tell)});
      out_ << columns.print("  ");
      if (counts.size() > rows_of_summary)
         out_ << "  "
              << (settings_.chinese ? fmt::format("……另有 {} 条规则", counts.size() - rows_of_summary)
                                    : fmt::format("… and {} more rules", counts.size() - rows_of_summary))
              << '\n';
   }

   void refusals(const Totals& totals) {
      if (totals.refusals.empty()) return;
      out_ << '\n' << paint_(Paint::bad, say("未能判定的报告", "Reports that could not be weighed")) << '\n';
      for (const ReportProblem& problem : totals.refusals)
         out_ << "  " << where(problem) << "  [" << code_name(problem.code) << "] " << problem.message.in(settings_.chinese)
              << '\n';
      if (totals.refused > totals.refusals.size())
         out_ << "  "
              << (settings_.chinese ? fmt::format("……另有 {} 份", totals.refused - totals.refusals.size())
                                    : fmt::format("… and {} more", totals.refused - totals.refusals.size()))
              << '\n';
   }

   std::ostream& out_;
   WriterSettings settings_;
   Painter paint_;
   std::vector<std::string> cards_;
   bool many_ = false;
   std::size_t printed_ = 0;
};

}  // namespace

std::unique_ptr<Writer> make_table_writer(std::ostream& out, const WriterSettings& settings) {
   return std::make_unique<TableWriter>(out, settings);
}

}  // namespace heng

// The result as JSON ("heng": "result/1", docs/results.md): one document for all reports, or one object per line.
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "reports/write/writers.hpp"

namespace heng {

namespace {

class ResultObject {
 public:
   ResultObject(JsonText& json, const WeighedReport& report, bool chinese) : json_(json), report_(report), chinese_(chinese) {}

   void write(bool versioned) {
      json_.begin_object();
      if (versioned) json_.member("heng", "result/1");
      write_report();
      write_sets();
      write_not_run();
      write_last_year();
      write_problems();
      write_verdicts();
      write_scores();
      write_grades();
      write_values();
      write_summary();
      json_.end_object();
   }

 private:
   void write_report() {
      json_.member("report", report_.name).member("file", report_.file);
      json_.key("record").number(report_.record);
      if (report_.year)
         json_.key("year").number(static_cast<std::uint64_t>(report_.year));
      else
         json_.key("year").null();
      json_.member("place", report_.place);
      json_.key("refused").yes_no(report_.refused);
   }

   void write_sets() {
      json_.key("rulesets").begin_list();
      if (report_.program)
         for (const RuleSet& set : report_.program->sets) write_set(set);
      json_.end_list();
   }

   void write_set(const RuleSet& set) {
      json_.begin_object().member("name", set.name);
      json_.key("year").number(static_cast<std::uint64_t>(set.year));
      json_.member("place", set.place).member("hash", set.hash).member("cite", set.cite);
      json_.key("parameters").begin_list();
      for (const ParameterValue& parameter : set.parameters) {
         const Amount amount = amount_of(parameter.value, parameter.type);
         json_.begin_object().member("name", parameter.name).member_or_null("value", amount.text).member("unit", amount.unit);
         json_.key("set_by_hand").yes_no(parameter.set_by_hand).end_object();
      }
      json_.end_list().end_object();
   }

   void write_not_run() {
      json_.key("not_run").begin_list();
      for (const SetNotRun& set : report_.not_run) {
         json_.begin_object().member("name", set.name);
         if (set.year)
            json_.key("year").number(static_cast<std::uint64_t>(set.year));
         else
            json_.key("year").null();
         json_.member("place", set.place).member("why", set.why.in(chinese_)).end_object();
      }
      json_.end_list();
   }

   // Last year's report where the rules read it: which took part, or why none did.
   void write_last_year() {
      const LastYearsReport& last_year = report_.last_year;
      json_.key("last_year");
      if (last_year.year == 0) {
         json_.null();
         return;
      }
      json_.begin_object().key("year").number(static_cast<std::uint64_t>(last_year.year));
      json_.member_or_null("file", last_year.file);
      if (last_year.there())
         json_.key("record").number(last_year.record);
      else
         json_.key("record").null();
      json_.member_or_null("hash", last_year.hash).member_or_null("why_not", last_year.why_not.in(chinese_)).end_object();
   }

   void write_problems() {
      json_.key("problems").begin_list();
      for (const ReportProblem& problem : report_.problems) {
         json_.begin_object().member("code", code_name(problem.code)).member("message", problem.message.in(chinese_));
         json_.member("severity", id_of(severity_of(problem)));
         json_.key("refuses").yes_no(problem.refuses);
         json_.key("place").begin_object().member("file", problem.file).member("pointer", problem.pointer);
         json_.key("line").number(problem.line).key("column").number(problem.column).key("offset").number(problem.offset);
         json_.end_object().end_object();
      }
      json_.end_list();
   }

   const Rule& rule(RuleId id) const { return report_.program->rules[id]; }

   void write_head(const Rule& rule, std::string_view kind) {
      json_.begin_object().member("ruleset", report_.program->sets[rule.set].name).member(kind, rule.name);
   }

   void write_subject(const Subject& subject) { json_.member("subject", subject.path).member("subject_label", subject.label); }

   void write_at(Span span) { json_.member("at", report_.rules ? report_.rules->where(span) : ""); }

   void write_amount(std::string_view key, const std::optional<Value>& value, const Type& type) {
      json_.member_or_null(key, value ? amount_of(*value, type).text : "");
   }

   void write_verdicts() {
      json_.key("verdicts").begin_list();
      for (const VerdictResult& verdict : report_.result.verdicts) write_verdict(verdict);
      json_.end_list();
   }

   void write_verdict(const VerdictResult& verdict) {
      const Rule& of = rule(verdict.rule);
      const Case* one = case_of(*report_.program, verdict);
      write_head(of, "rule");
      json_.member("case", one ? one->title : "").member("title", title_of(of, one));
      json_.member("severity", id_of(severity_of(*report_.program, verdict)));
      json_.member("kind", word_of(one ? one->kind : tree::MinistryKind::none, true));
      json_.key("refs").begin_list();
      for (const std::string& ref : refs_of(of, one)) json_.text(ref);
      json_.end_list().member("cite", cite_of(of, one));
      write_subject(verdict.subject);
      json_.member("verdict", outcome_id(verdict)).member("relation", verdict.relation);
      write_amount("left", verdict.left, verdict.type);
      write_amount("right", verdict.right, verdict.type);
      write_amount("gap", verdict.gap, verdict.type);
      write_amount("allowed", verdict.allowed, verdict.type);
      json_.member("unit", verdict.left ? shown_unit(verdict.type).text : "");
      json_.key("implausible").yes_no(verdict.implausible);
      write_names("extra", verdict.extra);
      write_names("lacking", verdict.lacking);
      json_.member("reason", verdict.reason.in(chinese_)).member("message", verdict.message);
      write_at(one ? one->span : of.span);
      write_explanation(verdict);
      write_sources(verdict.sources);
      json_.end_object();
   }

   void write_explanation(const VerdictResult& verdict) {
      json_.key("explained");
      if (!verdict.explained) {
         json_.null();
         return;
      }
      const Explanation& said = *verdict.explained;
      json_.begin_object().member("verdict", id_of(verdict.verdict)).member("why", said.why).member("who", said.who);
      json_.member("when", said.when).member("file", said.file).key("line").number(said.line).end_object();
   }

   void write_names(std::string_view key, const std::vector<std::string>& names) {
      json_.key(key).begin_list();
      for (const std::string& name : names) json_.text(name);
      json_.end_list();
   }

   void write_sources(const std::vector<SourceFigure>& sources) {
      json_.key("sources").begin_list();
      for (const SourceFigure& source : sources) write_source(source);
      json_.end_list();
   }

   void write_source(const SourceFigure& source) {
      const Field* field = source.field == no_field ? nullptr : &report_.program->schema.fields[source.field];
      const Type type = type_of(*report_.program, source);
      const auto found = report_.places.find(source.origin.begin);
      const bool placed = found != report_.places.end() && source.origin.end > source.origin.begin;
      static const FigurePlace nowhere;
      const FigurePlace& place = placed ? found->second : nowhere;
      const Amount amount = amount_of(source.value, type);
      json_.begin_object().member("name", source.name).member("field", field ? field->path : "");
      json_.member("raw", source.raw.empty() ? place.raw : source.raw);
      json_.member_or_null("value", amount.text).member("unit", amount.unit).member("shown", source.shown);
      json_.member_or_null("missing", id_of(source.missing));
      json_.key("place");
      if (placed) {
         json_.begin_object()
             .member("file", place.file.empty() ? report_.file : place.file)
             .member("pointer", place.pointer)
             .member_or_null("page", place.page);
         json_.member_or_null("line", place.line).member_or_null("cell", place.cell);
         json_.member_or_null("from", place.from).member_or_null("by", place.by).member_or_null("when", place.when).end_object();
      } else {
         json_.null();
      }
      json_.key("marks").begin_list();
      for (const std::string_view mark : mark_ids(source.marks)) json_.text(mark);
      json_.end_list();
      write_width("half_width", source.half_width, type);
      write_width("contributes", source.contributes, type);
      json_.end_object();
   }

   void write_width(std::string_view key, const std::optional<Rational>& width, const Type& type) {
      json_.member_or_null(key, width ? amount_of(*width, type).text : "");
   }

   void write_scores() {
      json_.key("scores").begin_list();
      for (const ScoreResult& score : report_.result.scores) write_score(score);
      json_.end_list();
   }

   void write_score(const ScoreResult& score) {
      const Rule& of = rule(score.rule);
      write_head(of, "score");
      json_.member("title", title_of(of, nullptr));
      json_.member_or_null("part_of", of.parent == no_rule ? "" : rule(of.parent).name);
      write_subject(score.subject);
      write_amount("value", score.value, of.type);
      write_amount("raw", score.raw, of.type);
      write_amount("out_of", score.out_of, of.type);
      json_.member("basis", id_of(score.basis));
      json_.key("points").begin_object();
      json_.member("computed", to_text(score.by_basis.computed)).member("stated", to_text(score.by_basis.stated));
      json_.member("judged", to_text(score.by_basis.judged)).member("unknown", to_text(score.by_basis.unknown)).end_object();
      json_.key("provisional").yes_no(score.provisional);
      json_.key("provisional_because").begin_list();
      for (const auto& [check, number] : score.provisional_because) {
         const Rule& because = rule(check);
         json_.begin_object().member("ruleset", report_.program->sets[because.set].name).member("rule", because.name);
         json_.member("case", number < because.cases.size() ? because.cases[number].title : "").end_object();
      }
      json_.end_list();
      write_state(score.applies, !boost::variant2::holds_alternative<Missing>(score.value), score.reason);
      write_at(of.span);
      write_sources(score.sources);
      json_.end_object();
   }

   void write_state(bool applies, bool known, const Said& reason) {
      json_.member("state", !applies ? "does_not_apply" : known ? "known" : "cannot_tell").member("reason", reason.in(chinese_));
   }

   void write_grades() {
      json_.key("grades").begin_list();
      for (const GradeResult& grade : report_.result.grades) {
         const Rule& of = rule(grade.rule);
         write_head(of, "grade");
         json_.member("title", title_of(of, nullptr));
         write_subject(grade.subject);
         write_amount("value", grade.value, of.type);
         json_.key("provisional").yes_no(grade.provisional);
         write_state(grade.applies, !boost::variant2::holds_alternative<Missing>(grade.value), grade.reason);
         write_at(of.span);
         json_.end_object();
      }
      json_.end_list();
   }

   void write_values() {
      json_.key("values").begin_list();
      for (const ValueResult& value : report_.result.values) {
         const Rule& of = rule(value.rule);
         const Amount amount = amount_of(value.value, of.type);
         write_head(of, "let");
         write_subject(value.subject);
         json_.member_or_null("value", amount.text).member("unit", amount.unit);
         write_state(true, !boost::variant2::holds_alternative<Missing>(value.value), value.reason);
         json_.end_object();
      }
      json_.end_list();
   }

   void write_summary() {
      const Summary& summary = report_.result.summary;
      json_.key("summary").begin_object();
      json_.key("holds").number(summary.holds).key("fails").number(summary.fails);
      json_.key("cannot_tell").number(summary.cannot_tell).key("does_not_apply").number(summary.does_not_apply);
      json_.key("implausible").number(summary.implausible).key("errors").number(summary.errors);
      json_.key("verifies").number(summary.verifies).key("notices").number(summary.notices);
      json_.key("explained").number(summary.explained);
      json_.end_object();
   }

   JsonText& json_;
   const WeighedReport& report_;
   bool chinese_;
};

// One document. Reports are written out as they come; nothing of them is kept.
class JsonWriter : public Writer {
 public:
   JsonWriter(std::ostream& out, bool chinese) : out_(out), chinese_(chinese) {
      json_.begin_object().member("heng", "result/1").key("reports").begin_list();
   }
   Wanted wanted() const override { return {true, true, true, true}; }
   std::string text_of(const WeighedReport& report) const override {
      JsonText json(true);
      json.begin_object().key("reports").begin_list();
      json.take();
      ResultObject(json, report, chinese_).write(false);
      return json.take();
   }
   void write(std::string text) override {
      if (written_++ == 0)
         out_ << json_.take();
      else
         out_ << ',';
      out_ << text;
   }
   void finish(const Totals&) override {
      if (written_ > 0) json_.begin_object().end_object().take();
      json_.end_list().end_object();
      out_ << json_.take() << '\n';
   }

 private:
   std::ostream& out_;
   bool chinese_;
   JsonText json_{true};
   std::uint64_t written_ = 0;
};

class NdjsonWriter : public Writer {
 public:
   NdjsonWriter(std::ostream& out, bool chinese) : out_(out), chinese_(chinese) {}
   Wanted wanted() const override { return {true, true, true, true}; }
   std::string text_of(const WeighedReport& report) const override {
      JsonText json(false);
      ResultObject(json, report, chinese_).write(true);
      return json.take() + '\n';
   }
   void write(std::string text) override { out_ << text; }
   void finish(const Totals&) override {}

 private:
   std::ostream& out_;
   bool chinese_;
};

}  // namespace

std::unique_ptr<Writer> make_json_writer(std::ostream& out, const WriterSettings& settings) {
   return std::make_unique<JsonWriter>(out, settings.chinese);
}

std::unique_ptr<Writer> make_ndjson_writer(std::ostream& out, const WriterSettings& settings) {
   return std::make_unique<NdjsonWriter>(out, settings.chinese);
}

}  // namespace heng

// One fact per line, cells separated by tabs, the kind of line in front: for grep, cut and spreadsheets. No drawing, no colour.
#include "reports/write/words.hpp"
#include "reports/write/writers.hpp"

namespace heng {

namespace {

std::string cell(std::string_view text) {
   std::string clean;
   for (const char c : text) clean += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
   return clean;
}

// The lines of one report.
class PlainLines {
 public:
   explicit PlainLines(const WriterSettings& settings) : settings_(settings) {}

   std::string print(const WeighedReport& report) {
      const Said& word = report.refused ? refused_ : weighed_;
      row({zh("报告", "report"), report.name, report.year ? std::to_string(report.year) : "", report.place,
           report.file + ":" + std::to_string(report.line), word.in(settings_.chinese)});
      for (const ReportProblem& problem : report.problems)
         row({zh("数据问题", "problem"), code_name(problem.code), where(problem), problem.message.in(settings_.chinese)});
      if (report.program) print_results(report);
      for (const SetNotRun& set : report.not_run)
         row({zh("未用规则集", "not run"), set.name, set.year ? std::to_string(set.year) : "", set.place,
              set.why.in(settings_.chinese)});
      return std::move(text_);
   }

 private:
   std::string zh(std::string_view chinese, std::string_view english) const {
      return std::string(settings_.chinese ? chinese : english);
   }

   void row(const std::vector<std::string>& cells) {
      for (std::size_t i = 0; i < cells.size(); ++i) text_.append(i ? "\t" : "").append(cell(cells[i]));
      text_ += '\n';
   }

   // A part stands alone on its line: it is named with its parents.
   static std::string full_title(const Rule& rule) { return rule.parent == no_rule ? title_of(rule, nullptr) : rule.name; }

   void print_results(const WeighedReport& report) {
      const Program& program = *report.program;
      for (const RuleSet& set : program.sets) {
         row({zh("规则集", "ruleset"), set.name, std::to_string(set.year), set.place, set.hash});
         for (const ParameterValue& parameter : set.parameters)
            if (parameter.set_by_hand)
               row({zh("手工参数", "set by hand"), parameter.name, show(parameter.value, parameter.type, settings_.chinese)});
      }
      for (const VerdictResult& verdict : report.result.verdicts) {
         if (!settings_.details && !is_finding(verdict) && !verdict.implausible && !verdict.explained) continue;
         print_verdict(report, verdict);
      }
      for (const ScoreResult& score : report.result.scores)
         row({zh("评分", "score"), full_title(program.rules[score.rule]), score.subject.path, score.subject.label,
              plain_number(score.value), plain_number(score.out_of),
              score.applies ? std::string(word_of(score.basis, settings_.chinese)) : zh("不适用", "does not apply"),
              score.provisional ? zh("暂定", "provisional") : "", score.reason.in(settings_.chinese)});
      for (const GradeResult& grade : report.result.grades)
         row({zh("等级", "grade"), title_of(program.rules[grade.rule], nullptr), grade.subject.path, grade.subject.label,
              show(grade.value, program.rules[grade.rule].type, settings_.chinese),
              grade.provisional ? zh("暂定", "provisional") : "", grade.reason.in(settings_.chinese)});
      const Summary& s = report.result.summary;
      row({zh("结论", "summary"), std::to_string(s.holds), std::to_string(s.fails), std::to_string(s.cannot_tell),
           std::to_string(s.does_not_apply), std::to_string(s.explained)});
   }

   void print_verdict(const WeighedReport& report, const VerdictResult& verdict) {
      const Rule& rule = report.program->rules[verdict.rule];
      const Case* one = case_of(*report.program, verdict);
      const auto amount = [&](const std::optional<Value>& value) {
         return value ? show(*value, verdict.type, settings_.chinese) : std::string();
      };
      const std::string gap = verdict.gap ? show(*verdict.gap, type_of_gap(verdict.type), settings_.chinese) : std::string();
      row({zh("审核", "check"), std::string(outcome_word(verdict, settings_.chinese)),
           std::string(word_of(severity_of(*report.program, verdict), settings_.chinese)), report.program->sets[rule.set].name,
           title_of(rule, one), join(refs_of(rule, one), ","), verdict.subject.path, verdict.subject.label, amount(verdict.left),
           verdict.relation, amount(verdict.right), gap, amount(verdict.allowed),
           verdict.implausible ? zh("可疑", "implausible") : "", verdict.reason.in(settings_.chinese), verdict.message});
      if (const auto& explained = verdict.explained)
         row({zh("说明", "explanation"), std::string(word_of(verdict.verdict, settings_.chinese)), explained->why, explained->who,
              explained->when, explained->file + ":" + std::to_string(explained->line)});
      for (const SourceFigure& source : verdict.sources) {
         const auto found = report.places.find(source.origin.begin);
         const FigurePlace place = found == report.places.end() ? FigurePlace() : found->second;
         row({zh("取数", "figure"), source.name, source.shown, source.raw.empty() ? place.raw : source.raw,
              place.file.empty() ? place.pointer : place.file + " " + place.pointer, mark_text(source.marks, settings_.chinese)});
      }
   }

   const WriterSettings& settings_;
   std::string text_;
   Said weighed_{"已判定", "weighed"}, refused_{"未能判定", "not weighed"};
};

class PlainWriter : public Writer {
 public:
   PlainWriter(std::ostream& out, const WriterSettings& settings) : out_(out), settings_(settings) {}

   Wanted wanted() const override { return {true, settings_.details, settings_.details, false}; }
   std::string text_of(const WeighedReport& report) const override { return PlainLines(settings_).print(report); }
   void write(std::string text) override { out_ << text; }
   void finish(const Totals&) override {}

 private:
   std::ostream& out_;
   WriterSettings settings_;
};

}  // namespace

std::unique_ptr<Writer> make_plain_writer(std::ostream& out, const WriterSettings& settings) {
   return std::make_unique<PlainWriter>(out, settings);
}

}  // namespace heng

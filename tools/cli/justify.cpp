// Explains one finding of one report: writes the line with what binds it, so that nobody types a hash.
#include <algorithm>
#include <ctime>
#include <iterator>

#include "grammar/codes.hpp"
#include "reports/write/words.hpp"
#include "stdlib/date.hpp"
#include "stdlib/text.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/one_report.hpp"
#include "tools/cli/wish.hpp"
#include "tools/workspace/explanations.hpp"
#include "tools/workspace/side_file.hpp"

namespace heng {

namespace {

constexpr std::size_t most_rows_listed = 20;

// Where the person is: a day begins there.
std::string today() {
   const std::time_t seconds = std::time(nullptr);
   std::tm local = {};
   localtime_r(&seconds, &local);
   return to_text(Date{local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
}

class Justifying {
 public:
   Justifying(Console& console, const JustifyOptions& options) : console_(console), options_(options) {}

   Exit run() {
      for (const auto step : {&Justifying::read_words, &Justifying::read_report, &Justifying::find, &Justifying::write})
         if (const Exit failed = (this->*step)(); failed != Exit::fine) return failed;
      return Exit::fine;
   }

 private:
   Exit wrong_usage(const Said& text, const std::optional<Said>& help = {}) const {
      console_.error(Code::usage, text, help);
      return Exit::usage;
   }

   Exit read_words() {
      for (const auto& [name, text] : {std::pair{"--why", &options_.why}, std::pair{"--who", &options_.who}})
         if (!is_valid_utf8(*text)) return wrong_usage(say("{} 不是 UTF-8 文字", "{} is no UTF-8 text", name));
      if (fold(options_.why).empty()) return wrong_usage(say("--why 是空的：写明原因", "--why is blank: say why"));
      if (fold(options_.who).empty())
         return wrong_usage(say("--who 是空的：写明是谁说明的", "--who is blank: say who explains it"));
      when_ = options_.when.empty() ? today() : options_.when;
      const std::optional<Date> date = read_date(when_);
      if (!date) return wrong_usage(say("--date 写成 2025-03-01 的样子：{}", "--date takes 2025-03-01: {}", when_));
      when_ = to_text(*date);
      file_ = !options_.output.empty() ? options_.output : options_.report == "-" ? "" : explanations_beside(options_.report);
      if (file_.empty())
         return wrong_usage(say("报告从标准输入读时，用 -o 写明说明写到哪个文件",
                                "of a report from standard input say with -o where the explanation goes"));
      return Exit::fine;
   }

   Exit read_report() {
      if (const Exit failed = open_rules(console_, options_.rules, options_.parameters, opened_); failed != Exit::fine)
         return failed;
      const Exit failed = read_one_report(console_, opened_, options_.report, options_.last_year, report_,
                                          {options_.unit, options_.year, options_.place});
      if (failed != Exit::fine) return failed;
      if (report_.alone) return Exit::fine;
      return wrong_usage(say("{} 里不止一份报告", "{} holds more than one report", options_.report),
                         say("用 --unit 单位名称、--year 年度 写明是哪一份", "say which with --unit NAME and --year YEAR"));
   }

   Exit find() {
      Detail detail = detail_for(console_, report_);
      detail.chinese = true;  // what binds is written in one language
      Engine engine(report_.compiled->plan);
      const Evaluation evaluation = engine.run(report_.builder->finish());
      result_ = result_of(evaluation, 0, detail);
      Wish wish = read_wish(options_.rule);
      std::vector<const VerdictResult*> named = verdicts_of(wish);
      // A name may itself hold brackets, as 公开01[27].
      if (named.empty() && !wish.row.empty() && !is_any_called(program(), wish.name))
         named = verdicts_of(wish = {options_.rule, ""});
      if (named.empty()) return not_found(wish);
      std::vector<const VerdictResult*> findings;
      std::copy_if(named.begin(), named.end(), std::back_inserter(findings),
                   [](const VerdictResult* one) { return may_be_explained(*one); });
      if (findings.empty()) return nothing_found(named);
      if (findings.size() > 1) return several(findings);
      finding_ = findings.front();
      return Exit::fine;
   }

   const Program& program() const { return report_.compiled->program(); }

   std::vector<const VerdictResult*> verdicts_of(const Wish& wish) const {
      std::vector<const VerdictResult*> named;
      for (const VerdictResult& one : result_.verdicts)
         if (is_called(program(), program().rules[one.rule], case_of(program(), one), wish.name) && is_row(one.subject, wish.row))
            named.push_back(&one);
      return named;
   }

   Exit not_found(const Wish& wish) const {
      if (is_any_called(program(), wish.name)) {
         if (wish.row.empty())
            return wrong_usage(say("{} 不是审核：没有结论可以说明", "{} is no check: it has no verdict to explain", wish.name));
         return wrong_usage(say("{} 没有 [{}] 这一行", "{} has no row [{}]", wish.name, wish.row));
      }
      const std::string near = nearest_name(program(), wish.name);
      std::optional<Said> help;
      if (!near.empty()) help = say("是不是 {}？", "did you mean {}?", near);
      return wrong_usage(say("没有叫 {} 的规则", "there is no rule {}", wish.name), help);
   }

   Exit nothing_found(const std::vector<const VerdictResult*>& named) const {
      const bool holds =
          std::any_of(named.begin(), named.end(), [](const VerdictResult* one) { return one->verdict == Verdict::holds; });
      return wrong_usage(
          holds ? say("{} 通过：没有发现，不用说明", "{} holds: there is no finding to explain", options_.rule)
                : say("{} 不适用：没有发现，不用说明", "{} does not apply: there is no finding to explain", options_.rule));
   }

   std::string title(const VerdictResult& one) const {
      std::string text = title_of(program().rules[one.rule], case_of(program(), one));
      if (!one.subject.path.empty()) text += "  " + one.subject.path;
      if (!one.subject.label.empty())
         text += fmt::format("{}{}{}", console_.say("（", " ("), one.subject.label, console_.say("）", ")"));
      return text;
   }

   Exit several(const std::vector<const VerdictResult*>& findings) const {
      Said help = say("在规则名后写 [行]，或写情形的标题，一次说明一处：",
                      "write [ROW] behind the rule's name, or a case's title; one at a time:");
      std::size_t listed = 0;
      for (const VerdictResult* one : findings) {
         if (++listed > most_rows_listed) break;
         const std::string line = "\n    " + title(*one);
         help.zh += line, help.en += line;
      }
      if (findings.size() > most_rows_listed) help.zh += "\n    ……", help.en += "\n    …";
      return wrong_usage(say("{} 有 {} 处发现", "{} has {} findings", options_.rule, findings.size()), help);
   }

   Exit write() {
      std::vector<ExplanationLine> lines;
      if (const Exit failed = read_lines(lines); failed != Exit::fine) return failed;
      Bindings bindings(*report_.compiled);
      ExplanationLine line;
      line.unit = report_.header.unit_name;
      line.place = report_.header.place;
      line.year = report_.header.year;
      line.rule = bindings.name_of(*finding_);
      line.object = finding_->subject.path;
      line.why = options_.why;
      line.who = options_.who;
      line.when = when_;
      line.figures = bindings.figures_of(*finding_);
      line.fingerprint = bindings.fingerprint_of(*finding_);
      const auto before = std::find_if(lines.begin(), lines.end(), [&](ExplanationLine one) {
         one.rule = bindings.name_now(one.rule);
         return one.finding() == line.finding();
      });
      if (before != lines.end() && !options_.replace)
         return wrong_usage(say("这处发现已经说明过：{}:{}（{}，{}）：{}", "this finding has been explained: {}:{} ({}, {}): {}",
                                file_, before->line, before->who, before->when, before->why),
                            say("用 --replace 换掉它", "--replace puts this one in its place"));
      if (before != lines.end())
         *before = line;
      else
         lines.push_back(line);
      if (!write_side_file(file_, print_explanations(lines, console_.chinese))) return cannot_write(console_, file_);
      console_.out() << console_.say("已说明", "explained") << "  " << title(*finding_) << '\n'
                     << console_.say("数字", "figures") << "  " << line.figures << '\n'
                     << console_.say("写入", "written to") << "  " << file_ << '\n';
      return Exit::fine;
   }

   // A file with lines that cannot be used is not written anew: they would be lost.
   Exit read_lines(std::vector<ExplanationLine>& lines) const {
      const SideFile file = read_side_file(file_);
      if (file.there && !file.text) {
         console_.problem(unreadable_explanations(file_));
         return Exit::unreadable;
      }
      if (!file.text || file.text->empty()) return Exit::fine;
      ReportProblems problems;
      lines = read_explanations(*file.text, file_, problems);
      for (const ReportProblem& problem : problems) console_.problem(problem);
      if (problems.empty()) return Exit::fine;
      console_.error(Code::bad_explanation,
                     say("{} 有读不了的行，先改好再说明", "{} has lines that cannot be read: mend them first", file_));
      return Exit::unreadable;
   }

   Console& console_;
   const JustifyOptions& options_;
   std::string when_, file_;
   Opened opened_;
   OneReport report_;
   ReportResult result_;
   const VerdictResult* finding_ = nullptr;
};

}  // namespace

Exit justify_command(Console& console, const JustifyOptions& options) { return Justifying(console, options).run(); }

}  // namespace heng

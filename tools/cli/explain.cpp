#include <algorithm>

#include "grammar/codes.hpp"
#include "interpreter/explain/working.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/one_report.hpp"
#include "tools/cli/read_back.hpp"
#include "tools/cli/wish.hpp"
#include "tools/workspace/explanations.hpp"

namespace heng {

namespace {

// ---- a message code

// How far both examples begin with the same forms: up to the rule set.
std::size_t shared_forms(const CodeRow& row) {
   const std::string_view rule_set = "\n规则集 ";
   const std::size_t end = row.right.find(rule_set);
   const bool shared = end != std::string_view::npos && row.wrong.substr(0, end + 1) == row.right.substr(0, end + 1);
   return shared ? end + 1 : 0;
}

Exit explain_code(Console& console, const CodeRow& row) {
   std::ostream& out = console.out();
   out << code_name(row.code) << "  " << console.say(row.title) << "\n\n" << console.say(row.explanation) << '\n';
   const auto example = [&](std::string_view title, std::string_view text) {
      if (text.empty()) return;
      out << '\n' << title << '\n';
      std::size_t begin = 0;
      while (begin < text.size()) {
         const std::size_t end = std::min(text.find('\n', begin), text.size());
         out << "    " << text.substr(begin, end - begin) << '\n';
         begin = end + 1;
      }
   };
   // Forms that both examples speak of are shown once, behind them.
   const std::size_t shared = shared_forms(row);
   example(console.say("这样写不对", "wrong"), row.wrong.substr(shared));
   example(console.say("这样写才对", "right"), row.right.substr(shared));
   example(console.say("例子里的报表", "the forms of these examples"), row.right.substr(0, shared));
   return Exit::fine;
}

// ---- a result

// One row of a rule that may be asked about.
struct Asked {
   RuleId rule;
   const VerdictResult* verdict = nullptr;
   const ScoreResult* score = nullptr;
   const GradeResult* grade = nullptr;
   const ValueResult* value = nullptr;
   const Subject* subject = nullptr;
};

class Explaining {
 public:
   Explaining(Console& console, Opened& opened, OneReport& report, const Explanations& explanations)
       : console_(console),
         opened_(opened),
         report_(report),
         explanations_(explanations),
         program_(report.compiled->program()),
         engine_(report.compiled->plan) {}

   Exit run(const std::string& text) {
      detail_ = detail_for(console_, report_);
      evaluation_ = engine_.run(report_.builder->finish());
      result_ = result_of(*evaluation_, 0, detail_);
      look_for_explanations();
      places_ = places_of(report_.text(), report_.last_year, all_origins());
      Wish wish = read_wish(text);
      std::vector<Asked> asked = find(wish);
      // A name may itself hold brackets, as 公开01[27].
      if (asked.empty() && !wish.row.empty() && !is_any_called(program_, wish.name)) {
         if (asked = find({text, ""}); !asked.empty()) wish = {text, ""};
      }
      if (asked.empty()) return not_found(wish);
      if (asked.size() > 1 && wish.row.empty()) return overview(asked);
      for (const Asked& one : asked) {
         if (&one != &asked.front()) console_.out() << '\n';
         explain(one);
      }
      return Exit::fine;
   }

 private:
   void look_for_explanations() {
      const Explanations::Lines lines = explanations_.of(report_.file, report_.header);
      if (lines.empty()) return;
      Bindings bindings(*report_.compiled);
      ReportProblems lapsed;
      heng::explain(lines, bindings, result_, lapsed, [](const VerdictResult&) {});
      for (const ReportProblem& problem : lapsed) console_.problem(problem);
   }

   std::vector<Origin> all_origins() const {
      std::vector<Origin> origins;
      for (const Column& column : evaluation_->batch().columns)
         for (const Origin& origin : column.origin)
            if (origin.end > origin.begin) origins.push_back(origin);
      return origins;
   }

   bool is_named(RuleId id, const Case* one, const std::string& wish) const {
      return is_called(program_, program_.rules[id], one, wish);
   }

   std::vector<Asked> find(const Wish& wish) const {
      std::vector<Asked> asked;
      for (const VerdictResult& one : result_.verdicts)
         if (is_named(one.rule, case_of(program_, one), wish.name) && is_row(one.subject, wish.row))
            asked.push_back({one.rule, &one, {}, {}, {}, &one.subject});
      for (const ScoreResult& one : result_.scores)
         if (is_named(one.rule, nullptr, wish.name) && is_row(one.subject, wish.row))
            asked.push_back({one.rule, {}, &one, {}, {}, &one.subject});
      for (const GradeResult& one : result_.grades)
         if (is_named(one.rule, nullptr, wish.name) && is_row(one.subject, wish.row))
            asked.push_back({one.rule, {}, {}, &one, {}, &one.subject});
      for (const ValueResult& one : result_.values)
         if (is_named(one.rule, nullptr, wish.name) && is_row(one.subject, wish.row))
            asked.push_back({one.rule, {}, {}, {}, &one, &one.subject});
      return asked;
   }

   Exit not_found(const Wish& wish) const {
      if (is_any_called(program_, wish.name)) {
         console_.error(Code::usage, say("{} 没有 [{}] 这一行", "{} has no row [{}]", wish.name, wish.row),
                        say("不写方括号，就列出它的各行", "without brackets its rows are listed"));
         return Exit::usage;
      }
      const std::string near = nearest_name(program_, wish.name);
      std::optional<Said> help;
      if (!near.empty()) help = say("是不是 {}？", "did you mean {}?", near);
      console_.error(Code::usage, say("没有叫 {} 的规则", "there is no rule {}", wish.name), help);
      return Exit::usage;
   }

   std::string outcome(const Asked& one) const {
      if (one.verdict) return std::string(outcome_word(*one.verdict, console_.chinese));
      const Value& value = one.score ? one.score->value : one.grade ? one.grade->value : one.value->value;
      return show(value, program_.rules[one.rule].type, console_.chinese);
   }

   std::string title(const Asked& one) const {
      std::string text = title_of(program_.rules[one.rule], one.verdict ? case_of(program_, *one.verdict) : nullptr);
      if (!one.subject->path.empty()) text += "  " + one.subject->path;
      if (!one.subject->label.empty())
         text += fmt::format("{}{}{}", console_.say("（", " ("), one.subject->label, console_.say("）", ")"));
      return text;
   }

   // Many rows: a line each, and the first that is no success in full.
   Exit overview(const std::vector<Asked>& asked) {
      for (const Asked& one : asked) console_.out() << outcome(one) << "  " << title(one) << '\n';
      const auto first =
          std::find_if(asked.begin(), asked.end(), [](const Asked& one) { return one.verdict && is_finding(*one.verdict); });
      console_.out() << '\n';
      explain(first == asked.end() ? asked.front() : *first);
      console_.out() << '\n'
                     << console_.say("看另一行：在规则名后写 [行]", "for another row write [ROW] behind the rule's name") << '\n';
      return Exit::fine;
   }

   void explain(const Asked& one) {
      std::ostream& out = console_.out();
      const Rule& rule = program_.rules[one.rule];
      const Case* branch = one.verdict ? case_of(program_, *one.verdict) : nullptr;
      out << title(one) << console_.say("：", ": ") << outcome(one) << '\n';
      const Span span = branch ? branch->span : rule.span;
      out << console_.say("规则集", "rule set") << "  " << set_title(program_.sets[rule.set]) << "  "
          << short_hash(program_.sets[rule.set]) << '\n';
      if (const std::string cite = cite_of(rule, branch); !cite.empty())
         out << console_.say("依据", "source") << "  " << cite << '\n';
      out << console_.say("规则", "rule") << "  " << opened_.workspace.sources().where(span) << '\n';
      source_lines(span);
      if (one.verdict) verdict(*one.verdict, *branch);
      if (one.score) score(*one.score, rule);
      if (one.grade) plain(*one.grade, rule);
      if (one.value) plain(*one.value, rule);
   }

   void source_lines(Span span) {
      const std::string_view text = opened_.workspace.sources().text_of(span);
      std::size_t begin = 0, lines = 0;
      while (begin < text.size() && lines++ < 12) {
         const std::size_t end = std::min(text.find('\n', begin), text.size());
         console_.out() << "    " << text.substr(begin, end - begin) << '\n';
         begin = end + 1;
      }
      if (begin < text.size()) console_.out() << "    …\n";
   }

   void reason(const Said& text) {
      if (!console_.say(text).empty()) console_.out() << console_.say("原因", "reason") << "  " << console_.say(text) << '\n';
   }

   void verdict(const VerdictResult& one, const Case& branch) {
      std::ostream& out = console_.out();
      const auto shown = [&](const Value& value) { return show(value, one.type, console_.chinese); };
      if (one.left && one.right) {
         out << console_.say("左", "left") << " " << shown(*one.left) << "  " << one.relation << "  "
             << console_.say("右", "right") << " " << shown(*one.right);
         if (one.gap) out << console_.say("；相差 ", "; gap ") << show(*one.gap, type_of_gap(one.type), console_.chinese);
         if (one.allowed) out << console_.say("，允许 ", ", allowed ") << shown(*one.allowed);
         out << '\n';
      }
      if (one.implausible) out << console_.say("差额大得不像四舍五入", "the gap is too large to be honest rounding") << '\n';
      reason(one.reason);
      if (!one.message.empty()) out << one.message << '\n';
      if (const auto& said = one.explained)
         out << console_.say("说明", "explanation") << "  " << said->why << console_.say("（", " (") << said->who
             << console_.say("，", ", ") << said->when << console_.say("）", ")") << "  " << said->file << ':' << said->line
             << '\n'
             << console_.say("规则本身的结论是：", "the rule's own verdict: ") << word_of(one.verdict, console_.chinese) << '\n';
      if (one.subject.frame != branch.frame) return;  // an empty list: there is no row to work on
      if (branch.applies != no_node) steps(console_.say("适用条件", "applies"), branch.applies, one.subject.row);
      steps(console_.say("演算", "working"), branch.condition, one.subject.row);
      allowance(one.sources, one.type);
   }

   void score(const ScoreResult& one, const Rule& rule) {
      std::ostream& out = console_.out();
      out << console_.say("满分", "out of") << " " << plain_number(one.out_of) << "  "
          << console_.say("算得", "before limits and rounding") << " " << plain_number(one.raw) << "  "
          << console_.say("得分", "points") << " " << plain_number(one.value) << "  " << word_of(one.basis, console_.chinese)
          << '\n';
      if (one.provisional) {
         out << console_.say("暂定，因为以下审核没有通过：", "provisional, because these checks do not hold:") << '\n';
         for (const auto& [check, number] : one.provisional_because) {
            const Rule& because = program_.rules[check];
            out << "    " << title_of(because, number < because.cases.size() ? &because.cases[number] : nullptr) << '\n';
         }
      }
      reason(one.reason);
      if (one.subject.frame != rule.frame) return;
      if (rule.applies != no_node) steps(console_.say("适用条件", "applies"), rule.applies, one.subject.row);
      steps(console_.say("演算", "working"), rule.raw != no_node ? rule.raw : rule.value, one.subject.row);
   }

   template <typename Result>
   void plain(const Result& one, const Rule& rule) {
      reason(one.reason);
      if (one.subject.frame != rule.frame) return;
      steps(console_.say("演算", "working"), rule.of != no_node ? rule.of : rule.value, one.subject.row);
   }

   void steps(std::string_view title, NodeId node, std::uint32_t row) {
      if (node == no_node) return;
      console_.out() << title << '\n';
      for (const Step& step : working_of(*evaluation_, node, row, detail_)) print(step, 1);
   }

   void print(const Step& step, std::size_t depth) {
      constexpr std::size_t deepest = 24;
      std::ostream& out = console_.out();
      // "实际完成值 = 0 = 否" would read as one equation.
      out << std::string(depth * 2, ' ') << step.text << (step.judges ? console_.say("：", ": ") : " = ") << step.value;
      if (step.named) out << "  [" << console_.say("另见规则", "see rule") << " " << program_.rules[step.rule].name << "]";
      if (step.figure) out << figure_place(*step.figure);
      out << '\n';
      if (depth > deepest) return;
      for (const Step& inner : step.steps) print(inner, depth + 1);
      if (step.left_out)
         out << std::string(depth * 2 + 2, ' ')
             << (console_.chinese ? fmt::format("……另有 {} 行", step.left_out) : fmt::format("… and {} more rows", step.left_out))
             << '\n';
   }

   std::string figure_place(const SourceFigure& figure) const {
      std::vector<std::string> parts;
      const auto found = places_.find(figure.origin.begin);
      const bool placed = found != places_.end() && figure.origin.end > figure.origin.begin;
      const std::string& raw = figure.raw.empty() && placed ? found->second.raw : figure.raw;
      if (!raw.empty()) parts.push_back(fmt::format("{}“{}”", console_.say("原文", "printed "), raw));
      if (placed && !found->second.file.empty()) parts.push_back(found->second.file);
      if (placed) parts.push_back(found->second.pointer);
      if (placed && spot_text(found->second, console_.chinese) != found->second.pointer)
         parts.push_back(spot_text(found->second, console_.chinese));
      if (figure.marks) parts.push_back(mark_text(figure.marks, console_.chinese));
      return parts.empty() ? "" : "    " + join(parts, "  ");
   }

   void allowance(const std::vector<SourceFigure>& sources, const Type& type) {
      bool any = false;
      for (const SourceFigure& source : sources) {
         if (!source.contributes || *source.contributes == 0) continue;
         if (!any)
            console_.out() << console_.say("允许误差的组成（每个公布数按所印小数位代表一个区间）",
                                           "the allowance by figure (each published figure stands for an interval)")
                           << '\n';
         any = true;
         console_.out() << "  " << source.name << "  " << show(Value(*source.contributes), type, console_.chinese) << '\n';
      }
   }

   Console& console_;
   Opened& opened_;
   OneReport& report_;
   const Explanations& explanations_;
   const Program& program_;
   Engine engine_;
   Detail detail_;
   std::optional<Evaluation> evaluation_;
   ReportResult result_;
   FigurePlaces places_;
};

}  // namespace

namespace {

// What a rule says, without a report.
Exit explain_rule(Console& console, const ExplainOptions& options) {
   Opened opened;
   if (const Exit failed = open_rules(console, options.words[0], options.parameters, opened); failed != Exit::fine) return failed;
   for (const auto& [year, place] : opened.workspace.years_and_places())
      if (const Exit failed = usable(console, opened, opened.workspace.compile(year, place)); failed != Exit::fine) return failed;
   if (print_read_back_of(console, opened.workspace, options.words[1])) return Exit::fine;
   console.error(Code::usage, say("没有叫 {} 的规则", "there is no rule {}", options.words[1]),
                 say("heng rules {} 列出全部规则", "heng rules {} lists all of them", options.words[0]));
   return Exit::usage;
}

}  // namespace

Exit explain_command(Console& console, const ExplainOptions& options) {
   const std::vector<std::string>& words = options.words;
   if (words.size() == 1) {
      if (const CodeRow* row = find_code(words[0])) return explain_code(console, *row);
      console.error(Code::usage, say("没有 {} 这个代码；解释结果要写 规则 报告 规则名",
                                     "there is no code {}; to explain a result write RULES REPORT RULE", words[0]));
      return Exit::usage;
   }
   if (words.size() == 2) return explain_rule(console, options);
   if (words.size() != 3) {
      console.error(Code::usage,
                    say("写成 heng explain 规则 报告 '规则名[行]'，heng explain 规则 规则名，或 heng explain E301",
                        "write heng explain RULES REPORT 'RULE[row]', heng explain RULES RULE, or heng explain E301"));
      return Exit::usage;
   }
   Opened opened;
   if (const Exit failed = open_rules(console, words[0], options.parameters, opened); failed != Exit::fine) return failed;
   OneReport report;
   if (const Exit failed = read_one_report(console, opened, words[1], options.last_year, report); failed != Exit::fine)
      return failed;
   Explanations explanations;
   if (const Exit failed = read_explanations(console, options.explanations, {words[1]}, explanations); failed != Exit::fine)
      return failed;
   return Explaining(console, opened, report, explanations).run(words[2]);
}

}  // namespace heng

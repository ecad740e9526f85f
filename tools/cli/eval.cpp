#include "grammar/codes.hpp"
#include "grammar/parse.hpp"
#include "reports/write/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/one_report.hpp"

namespace heng {

namespace {

// The value, and for a comparison that does not hold both of its sides.
Exit print_value(Console& console, const Evaluation& evaluation, NodeId node, const Detail& detail) {
   const Node& root = evaluation.plan().node(node);
   const Value value = evaluation.value(node, 0);
   std::ostream& out = console.out();
   if (root.type.kind != Kind::yes_no) {
      out << show_value(evaluation, node, 0, console.chinese, detail.raw);
      if (const Rational* number = boost::variant2::get_if<Rational>(&value);
          number && root.type.kind == Kind::number && !decimals_needed(*number))
         out << "  (= " << to_text(*number) << ")";
      out << '\n';
      return boost::variant2::holds_alternative<Missing>(value) ? Exit::findings : Exit::fine;
   }
   const bool* yes = boost::variant2::get_if<bool>(&value);
   const Verdict verdict = !yes ? Verdict::cannot_tell : *yes ? Verdict::holds : Verdict::fails;
   out << word_of(verdict, console.chinese);
   if (const Missing* missing = boost::variant2::get_if<Missing>(&value)) {
      const Bilingual words = words_for(*missing);
      out << console.say("：", ": ") << console.say(words.zh, words.en);
   }
   if (verdict == Verdict::fails && root.in.size() >= 2 && evaluation.plan().node(root.in[0]).type.is_numeric())
      out << console.say("：左 ", ": left ") << show_value(evaluation, root.in[0], 0, console.chinese, detail.raw)
          << console.say("，右 ", ", right ") << show_value(evaluation, root.in[1], 0, console.chinese, detail.raw);
   out << '\n';
   return verdict == Verdict::holds ? Exit::fine : Exit::findings;
}

}  // namespace

Exit eval_command(Console& console, const EvalOptions& options) {
   Opened opened;
   OneReport report;
   Program program = empty_program();
   Selection selection;
   if (!options.rules.empty() || !options.report.empty()) {
      if (options.rules.empty() || options.report.empty()) {
         console.error(Code::usage, say("--rules 和 --report 要一起写", "--rules and --report go together"));
         return Exit::usage;
      }
      if (const Exit failed = open_rules(console, options.rules, options.parameters, opened); failed != Exit::fine) return failed;
      opened.workspace.settings.last_year = true;  // the expression may ask for it where no rule does
      if (const Exit failed = read_one_report(console, opened, options.report, options.last_year, report); failed != Exit::fine)
         return failed;
      // Checked anew: the expression joins the program before it is planned.
      selection = report.compiled->selection;
      program =
          heng::check(opened.workspace.sources(), selection, report.header.year, report.header.place, opened.workspace.settings)
              .value;
   }
   Sources sources;
   const std::uint32_t file = sources.add(std::string(console.say("算式", "expression")), options.expression);
   const Outcome<tree::ExprPtr> parsed = parse_expression(sources, file);
   Diagnostics diagnostics = parsed.diagnostics;
   NodeId node = no_node;
   if (parsed.ok()) {
      Outcome<NodeId> checked = check_expression(program, selection, parsed.value, report_frame);
      diagnostics.insert(diagnostics.end(), checked.diagnostics.begin(), checked.diagnostics.end());
      node = checked.value;
   }
   if (count_errors(diagnostics) > 0 || node == no_node) {
      print_all(std::cerr, diagnostics, sources, console.chinese, console.colour_on_error());
      return Exit::broken_rules;
   }
   const Plan planned = plan(std::move(program));
   std::unique_ptr<BatchBuilder> empty;
   Batch* batch = nullptr;
   if (report.builder) {
      batch = &report.builder->finish();
   } else {
      empty = std::make_unique<BatchBuilder>(planned.program.schema);
      empty->begin_report();
      empty->end_report();
      batch = &empty->finish();
   }
   Detail detail;
   if (report.builder) detail = detail_for(console, report);
   Engine engine(planned);
   return print_value(console, engine.run(*batch), node, detail);
}

}  // namespace heng

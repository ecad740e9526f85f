#include "interpreter/check/check.hpp"

#include "interpreter/check/causes.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/consequences.hpp"
#include "interpreter/check/last_year.hpp"
#include "interpreter/check/test.hpp"
#include "interpreter/last_year.hpp"

namespace heng {

namespace {

constexpr std::size_t longest_text = 100'000;

void write(const Program& program, NodeId id, std::string& text) {
   const Node& node = program.nodes[id];
   if (text.size() > longest_text) return;
   switch (node.op) {
      case Op::constant: text += show(node.value, node.type, false); return;
      case Op::field: text += program.schema.fields[node.field].path; return;
      case Op::broadcast: write(program, node.in[0], text); return;
      case Op::rule: text += program.rules[node.rule].name; return;
      default: break;
   }
   text += "(" + std::string(checking::name_of(node.op));
   if (node.children) text += " children";
   if (node.op == Op::call) text += " " + std::string(node.function->en);
   if (node.op == Op::row_of_key || node.op == Op::row_of_total) text += " " + program.schema.frames[node.other].path;
   if (node.op == Op::row_of_total)
      text += " " + program.schema.frames[node.other].totals[static_cast<std::size_t>(node.number)].label;
   if (node.op == Op::round || node.op == Op::target_is) text += " " + std::to_string(node.number);
   for (const NodeId input : node.in) text += " ", write(program, input, text);
   for (const std::string& word : node.words) text += " " + word;
   text += ")";
}

Diagnostics check_rules(Program& program, const Selection& selection, const Settings& settings) {
   checking::Checker checker(program, selection);
   checker.enter_everything(settings);
   checker.check_everything();
   return checker.take();
}

}  // namespace

Program empty_program() {
   Program program;
   Frame report;
   report.name = "报告";
   program.schema.frames.push_back(report);
   program.schema.index();
   return program;
}

Outcome<Tested> check_with_tests(const Selection& selection, const Schema& schema, int year, std::string_view place,
                                 const Settings& settings, const std::vector<const GivenRow*>& given) {
   Tested made;
   made.program.schema = schema;
   made.program.year = year;
   made.program.place = place;
   Complaints complaints;
   complaints.append(check_rules(made.program, selection, settings));
   if (!complaints.any_error() && !made.program.tests.empty()) {
      Outcome<std::vector<CompiledTest>> tests = compile_expectations(made.program, selection, given);
      made.tests = std::move(tests.value);
      complaints.append(tests.diagnostics);
   }
   return {std::move(made), complaints.take()};
}

// Tests are put into the program again by whoever runs them.
Outcome<Program> check(const Sources& sources, const Selection& selection, int year, std::string_view place,
                       const Settings& settings) {
   Program program;
   Outcome<Schema> schema = make_schema(selection);
   program.schema = std::move(schema.value);
   if (settings.last_year || reads_last_year(selection)) add_last_year(program.schema);
   program.year = year;
   program.place = place;
   Complaints complaints;
   complaints.append(schema.diagnostics);
   complaints.append(check_rules(program, selection, settings));
   if (!complaints.any_error() && !program.tests.empty()) {
      const std::size_t nodes = program.nodes.size();
      complaints.append(compile_tests(program, selection).diagnostics);
      program.nodes.resize(nodes);
   }
   return {std::move(program),
           checking::with_causes(checking::without_consequences(complaints.take(), sources, selection), sources, selection)};
}

Outcome<NodeId> check_expression(Program& program, const Selection& selection, const tree::ExprPtr& expression, FrameId frame,
                                 std::uint32_t set) {
   checking::Checker checker(program, selection);
   checker.enter_checked();
   const NodeId node = checker.check_alone(expression, frame, set);
   return {node, checker.take()};
}

std::string show(const Program& program, NodeId node) {
   std::string text;
   if (node != no_node) write(program, node, text);
   return text;
}

}  // namespace heng

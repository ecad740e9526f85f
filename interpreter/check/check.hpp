// From the tree to the program: names, types, units and frames are resolved, every mistake of the texts is reported in one go.
// What it makes is usable as far as it goes, also when there are errors (an editor wants it); only a program without errors may
// run. Does not know: how a program is planned or run, files.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "interpreter/merge/merge.hpp"
#include "interpreter/program.hpp"

namespace heng {

struct Settings {
   std::vector<std::pair<std::string, std::string>> parameters_by_hand;  // name, value as text: {"偏差说明线", "25%"}
   bool last_year = false;  // last year's report is read, whether rules mention it or not
};

// What reports may hold: the union of all forms of the selection.
Outcome<Schema> make_schema(const Selection& selection);

Outcome<Program> check(const Sources& sources, const Selection& selection, int year, std::string_view place,
                       const Settings& settings = {});

// Adds one more expression to a checked program, before it is planned: `heng eval`, expectations of tests. Names of rules are
// those of the set. On errors `value` is no_node.
Outcome<NodeId> check_expression(Program& program, const Selection& selection, const tree::ExprPtr& expression, FrameId frame,
                                 std::uint32_t set = 0);

// A program of nothing, for expressions that need no report.
Program empty_program();

// The node and all it is made of, as an s-expression: for tests.
std::string show(const Program& program, NodeId node);

}  // namespace heng

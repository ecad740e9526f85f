// Any text as a rule set over the forms of tests/programs: checking it ends, without a crash, with nodes in an order that can
// run.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "grammar/parse.hpp"
#include "interpreter/check/check.hpp"
#include "interpreter/check/test.hpp"

namespace heng {
namespace {

std::string forms_text() {
   std::ifstream file("tests/programs/forms.heng", std::ios::binary);
   std::stringstream text;
   text << file.rdbuf();
   return text.str();
}

void must(bool holds) {
   if (!holds) std::abort();
}

void check_text(const std::string& rules) {
   static const std::string forms = forms_text();
   Sources sources;
   const tree::File form_file = parse(sources, sources.add("forms.heng", forms)).value;
   Outcome<tree::File> rule_file = parse(sources, sources.add("rules.heng", rules));
   tree::Module& module = rule_file.value.modules.front();
   if (module.kind == tree::Module::Kind::loose && rule_file.value.modules.size() == 1) {
      module.kind = tree::Module::Kind::ruleset;
      module.year = 2024;
      module.uses.push_back({{}, form_file.modules.front().name, 2024});
   }
   const Outcome<Selection> selected = select({&form_file, &rule_file.value}, 2024, "");
   const Outcome<Program> checked = check(sources, selected.value, 2024, "");
   const Program& program = checked.value;
   for (NodeId id = 0; id < program.nodes.size(); ++id)
      for (const NodeId input : program.nodes[id].in) must(input < id);
   for (const Diagnostic& one : checked.diagnostics) must(!one.message.zh.empty() && !one.message.en.empty());
   if (!checked.ok() || !selected.ok() || !rule_file.ok()) return;
   for (const Rule& rule : program.rules)
      for (const Case& one : rule.cases)
         must(program.nodes[one.condition].type.kind == Kind::yes_no && program.nodes[one.condition].frame == one.frame);
}

}  // namespace
}  // namespace heng

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
   heng::check_text(std::string(reinterpret_cast<const char*>(data), size));
   return 0;
}

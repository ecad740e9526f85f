// Rule sets made at random: every type, every frame, nested lists, hierarchies, look-ups, lets that use lets, scores, bands,
// checks. They are text, so that parser, checker, plan and engine are all tried; a rule that the checker refuses is left out.
// Does not know: how they are checked or run.
#pragma once
#include <string>
#include <vector>

#include "tests/agree/random.hpp"

namespace heng::agree {

struct ProgramText {
   std::string forms;               // a module of its own
   std::string header;              // of the rule set
   std::vector<std::string> rules;  // one declaration each; later ones may use earlier ones
   std::string text() const;        // of the rule set
};

ProgramText random_program(Random& random, int rules);

}  // namespace heng::agree

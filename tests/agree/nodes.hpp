// Programs made directly of nodes, without text: shapes that no checker would make, too. One schema with nested lists, a
// hierarchy, targets; nodes of every operation over it. Every node is the value of a rule, so that nothing is left out as unused.
// Does not know: data, how they are run.
#pragma once
#include "interpreter/program.hpp"
#include "tests/agree/random.hpp"

namespace heng::agree {

Program random_nodes(Random& random, int count);

}  // namespace heng::agree

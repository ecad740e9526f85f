// One mistake, one message: what follows only from a mistake of spelling that was said is left out here.
// Does not know: how rules are read or checked.
#pragma once
#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"
#include "interpreter/merge/merge.hpp"

namespace heng::checking {

// On the line of a mistake of spelling nothing else is said. A declaration with such a mistake is not blamed for what it lacks as
// a whole (bands with a gap, weights that do not add up), nor rules for names that forms with such a mistake may declare.
Diagnostics without_consequences(Diagnostics said, const Sources& sources, const Selection& selection);

}  // namespace heng::checking

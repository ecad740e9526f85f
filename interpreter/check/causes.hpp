// What an overlay brings about in a text that it lies over is said with the place of the change and the set that made it, and the
// way out leads there: whoever wrote the text below is not at fault, and mending it would break it for everybody else.
// Does not know: how rules are laid over each other or checked.
#pragma once
#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"
#include "interpreter/merge/merge.hpp"

namespace heng::checking {

Diagnostics with_causes(Diagnostics said, const Sources& sources, const Selection& selection);

}  // namespace heng::checking

// From text to tree, in one go: every mistake of a file is reported, and what could be read is in the tree.
// The grammar stands in grammar.hpp (what matches), messages.hpp (what is said), build.hpp (how the tree is made).
// Does not know: what names mean, types, other files.
#pragma once
#include <cstdint>

#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"
#include "grammar/tree.hpp"

namespace heng {

Outcome<tree::File> parse(const Sources& sources, std::uint32_t file);

// One expression that is the whole text (`heng eval`). Bad when it cannot be read.
Outcome<tree::ExprPtr> parse_expression(const Sources& sources, std::uint32_t file);

}  // namespace heng

// What to say about text that cannot be read: from the farthest place that was tried and what was wanted there.
// Does not know: how to go on afterwards (reading.hpp).
#pragma once
#include <optional>

#include "grammar/reading.hpp"

namespace heng::grammar {

// nullopt: somebody has spoken already (a byte that is no UTF-8).
std::optional<Diagnostic> diagnose(Reading& reading, Lexer::Offset item);
Diagnostic missing_end_of_list(Reading& reading, Lexer::Offset at);
std::optional<std::string> meant_declaration(std::string_view word);  // the declaration keyword that this may be a slip of
Diagnostic not_a_declaration(Reading& reading, Lexer::Offset at);     // no declaration begins with this word

}  // namespace heng::grammar

// How nodes become the tree: strengths of operators, texts without their quotes, clauses that a declaration takes.
// Mistakes that can be read but make no sense as written (and mixed with or, a clause twice) are said here.
// Does not know: names, types.
#pragma once
#include <optional>

#include "grammar/reading.hpp"
#include "grammar/tree.hpp"

namespace heng::grammar {

// Reads one expression that fills this part of the text: the pieces in the braces of a message. In parse.cpp.
tree::ExprPtr read_piece(Reading& around, Lexer::Offset begin, Lexer::Offset end);

// Reads one NAME : TYPE, or the path of what is declared elsewhere, or nothing, that fills this part of the text: a gap of a
// sentence. No value: it could not be read, which is said.
std::optional<tree::Variant<tree::Field, tree::Gap>> read_gap(Reading& around, Lexer::Offset begin, Lexer::Offset end);

std::optional<tree::Declaration> build_declaration(Reading& reading);  // of reading.nodes, which hold one declaration
std::optional<tree::Change> build_change(Reading& reading);            // of reading.nodes, which hold one change
tree::Places build_places(Reading& reading);                           // of reading.nodes, which hold one `places`
void build_header(Reading& reading, tree::Module& module);             // of reading.nodes, which hold one header
tree::ExprPtr build_expression(Reading& reading);                      // of reading.nodes, which hold one expression
tree::Gap build_gap(Reading& reading);                                 // of reading.nodes, which hold one path
tree::Field build_field(Reading& reading);                             // of reading.nodes, which hold one field

}  // namespace heng::grammar

// What is known while one text is read: the tokens, the nodes matched so far, the mistakes found, and how to go on after one.
//
// Recovery goes by lines: a declaration keyword that is first on its line ends whatever stood open before it, and an item of a
// list in braces that cannot be read is skipped to the next line.
// Does not know: which rules there are.
#pragma once
#include <cstdint>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/lexer.hpp"
#include "grammar/nodes.hpp"

namespace heng::grammar {

constexpr int deepest_expression = 200;          // brackets within brackets
constexpr std::size_t most_mistakes = 200;       // of one file; then nobody reads on, and no hostile file takes long
constexpr std::uint32_t largest_file = 8 << 20;  // bytes

struct Reading {
   using Offset = Lexer::Offset;

   Reading(std::uint32_t file, std::string_view text, Offset begin, Offset end) : file(file), lexer(text, begin, end) {}

   Offset offset_of(const char* place) const { return static_cast<Offset>(place - lexer.text().data()); }
   Span span(Offset begin, Offset end) const { return {file, begin, end}; }

   void begin_declaration(Offset at);
   bool has_enough() const { return diagnostics.size() >= most_mistakes; }
   void report_failure(Offset item);  // says what is wrong at the farthest place, unless that was said already
   Offset skip_item(Offset at);       // for a list in braces; `nothing` where the list ends
   bool list_without_end(Offset at);  // a list whose brace is missing: says so, once
   Offset skip_declaration(Offset at, bool in_braces, bool to_slips = false);  // to_slips: 审合 may begin the next one

   std::uint32_t file;
   Lexer lexer;
   Nodes nodes;
   Diagnostics diagnostics;
   Offset declaration = 0;  // where the declaration begins that is being read
   std::uint32_t declaration_column = 0;
   int depth = 0;           // of expressions
   Offset too_deep = 0;     // where the limit was met
   bool abandoned = false;  // the rest of this declaration is not read

 private:
   bool ends_list(Offset at);
   bool ends_given(Offset at);

   Offset reported = Lexer::nothing;  // the farthest place of the last message
   bool said_missing_end = false;
};

}  // namespace heng::grammar

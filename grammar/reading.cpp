#include "grammar/reading.hpp"

#include <algorithm>

#include "grammar/codes.hpp"
#include "grammar/messages.hpp"

namespace heng::grammar {

void Reading::begin_declaration(Offset at) {
   declaration = at;
   declaration_column = lexer.column(at);
   abandoned = false;
   said_missing_end = false;
   too_deep = 0;
   nodes.clear();
   lexer.forget();
}

void Reading::report_failure(Offset item) {
   const Offset farthest = std::max(lexer.farthest, item);
   std::optional<Diagnostic> diagnostic = diagnose(*this, item);
   lexer.forget();
   too_deep = 0;
   if (farthest == reported && farthest != 0) return;
   reported = farthest;
   if (!diagnostic) return;
   if (diagnostic->code == Code::too_large) abandoned = true;
   diagnostics.push_back(std::move(*diagnostic));
}

bool Reading::ends_list(Offset at) {
   if (at >= lexer.end() || lexer.folded(at) == '}') return true;
   if (ends_given(at)) return true;
   return at > declaration && lexer.declaration_at(at) && lexer.column(at) <= declaration_column;
}

// In a test, `expect x …` at the start of a line cannot be a value of the `given` before it.
bool Reading::ends_given(Offset at) {
   if (!lexer.first_on_line(at)) return false;
   const std::string_view word = lexer.word_at(at);
   const auto is = [&](Word each) { return word == spelled(each, true) || word == spelled(each, false); };
   if (!is(Word::given) && !is(Word::expect)) return false;
   const Offset behind = lexer.skip_token(at);
   if (behind == at + word.size() || lexer.word_at(behind).empty()) return false;
   int braces = 0;
   for (Offset here = declaration; here < at; here = lexer.skip_token(here)) {
      if (lexer.folded(here) == '{') ++braces;
      if (lexer.folded(here) == '}') --braces;
   }
   return braces > 1;
}

Reading::Offset Reading::skip_item(Offset at) {
   if (has_enough()) abandoned = true;
   if (abandoned || ends_list(at)) return Lexer::nothing;
   const Offset farthest = std::max(lexer.farthest, at);
   report_failure(at);
   if (abandoned) return Lexer::nothing;
   int braces = 0;
   for (Offset here = at;;) {
      if (lexer.folded(here) == '{') ++braces;
      if (lexer.folded(here) == '}') --braces;
      here = lexer.skip_token(here);
      if (here >= lexer.end() || (braces <= 0 && ends_list(here))) return here;
      if (lexer.declaration_at(here) && lexer.column(here) <= declaration_column) return here;
      if (braces <= 0 && here >= farthest && lexer.first_on_line(here)) return here;
   }
}

bool Reading::list_without_end(Offset at) {
   if (abandoned) return false;
   if (!said_missing_end) diagnostics.push_back(missing_end_of_list(*this, at));
   said_missing_end = true;
   reported = at;
   lexer.forget();
   return true;
}

Reading::Offset Reading::skip_declaration(Offset at, bool in_braces, bool to_slips) {
   const std::uint32_t column = lexer.column(at);
   int braces = 0;
   for (Offset here = at;;) {
      if (lexer.folded(here) == '{') ++braces;
      if (lexer.folded(here) == '}') braces = std::max(braces - 1, 0);
      here = lexer.skip_token(here);
      if (here >= lexer.end()) return lexer.end();
      if (in_braces && braces == 0 && lexer.folded(here) == '}') return here;
      if (!lexer.first_on_line(here)) continue;
      const bool further_left = lexer.column(here) <= column;
      if (lexer.declaration_at(here) && (braces == 0 || further_left)) return here;
      if (to_slips && further_left && meant_declaration(lexer.word_at(here))) return here;
   }
}

}  // namespace heng::grammar

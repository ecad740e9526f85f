// Short ways to read and print text, for the tests of this folder.
#pragma once
#include <fstream>
#include <sstream>
#include <string>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"
#include "grammar/show.hpp"

namespace heng::test {

struct Read {
   Sources sources;
   Outcome<tree::File> outcome;
   std::string mistakes() const {
      std::string result;
      for (const Diagnostic& each : outcome.diagnostics)
         result +=
             sources.where(each.span) + ": " + each.message.en + '\n' + std::string(sources.line_of(0, each.span.begin)) + '\n';
      return result;
   }
   std::string print(std::optional<bool> chinese = std::nullopt) const { return heng::print(sources, outcome.value, chinese); }
};

inline Read read(const std::string& text) {
   Read result;
   const std::uint32_t file = result.sources.add("test.heng", text);
   result.outcome = parse(result.sources, file);
   return result;
}

inline std::string text_of_file(const std::string& path) {
   std::ifstream file(path, std::ios::binary);
   std::ostringstream text;
   text << file.rdbuf();
   return text.str();
}

inline Outcome<tree::ExprPtr> read_expression(const std::string& text) {
   Sources sources;
   const std::uint32_t file = sources.add("expression", text);
   return parse_expression(sources, file);
}

// The expression as bare structure; "E105" and the like when it is refused.
inline std::string structure(const std::string& text) {
   const Outcome<tree::ExprPtr> outcome = read_expression(text);
   if (!outcome.diagnostics.empty()) return code_name(outcome.diagnostics.front().code);
   return show(*outcome.value);
}

}  // namespace heng::test

// One diagnostic for terminal, editor and page, in Chinese and English at once.
//
// A user's mistake is never an exception between stages: each stage returns what it could make and what it has to say.
// The table of codes (code_table) is the only list of codes: `heng explain E301` and docs/errors.md are printed from it.
// Does not know: how it is printed.
#pragma once
#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/source.hpp"

namespace heng {

// The same sentence in both languages; a test holds that neither is empty.
struct Said {
   std::string zh, en;
   const std::string& in(bool chinese) const { return chinese ? zh : en; }
};

// say("{} 不是 {}", "{} is not {}", a, b): both formats take the same arguments.
template <typename... A>
Said say(std::string_view zh, std::string_view en, const A&... a) {
   return {fmt::format(fmt::runtime(zh), a...), fmt::format(fmt::runtime(en), a...)};
}

enum class Gravity { error, warning, notice };  // error: the rules do not compile

enum class Code : int;  // grammar/codes.hpp lists them: 1xx spelling, 2xx names, 3xx types and units, 4xx meaning, 5xx reports,
                        // 6xx run

struct Note {
   Span span;
   Said text;
};

struct Diagnostic {
   Code code;
   Span span;
   Said message;              // what is there and what it met
   std::vector<Note> notes;   // the other places that take part, each underlined on its own
   std::optional<Said> help;  // the way out ("did you mean …?")
   Gravity gravity = Gravity::error;
};

using Diagnostics = std::vector<Diagnostic>;

// What a stage could make and what it has to say. `value` is usable as far as it goes even when there are errors.
template <typename T>
struct Outcome {
   T value;
   Diagnostics diagnostics;
   bool ok() const {
      for (const Diagnostic& d : diagnostics)
         if (d.gravity == Gravity::error) return false;
      return true;
   }
};

struct CodeRow {
   Code code;
   std::string_view name;   // snake_case, the enum's own
   Said title;              // one line
   Said explanation;        // what it means, why Heng refuses, the way out
   std::string_view wrong;  // a program that shows it (may be empty for report and run codes)
   std::string_view right;  // the same program, mended
};

const std::vector<CodeRow>& code_table();
const CodeRow* find_code(std::string_view text);  // "E301", "e301" or "301"
std::string code_name(Code code);                 // "E301"

}  // namespace heng

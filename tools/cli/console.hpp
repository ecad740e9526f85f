// The terminal: language, colour, where data and messages go, and how diagnostics look there.
// Does not know: commands.
#pragma once
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"
#include "reports/read/problem.hpp"

namespace heng {

// conventions.md: what a caller can tell from the exit code.
enum class Exit : int { fine = 0, findings = 1, usage = 2, unreadable = 3, broken_rules = 4, own_fault = 70, interrupted = 130 };

// HENG_LANG, else LC_ALL, LC_MESSAGES, LANG; Chinese where none of them names a language.
bool chinese_by_environment();

class Console {
 public:
   enum class Colour { automatic, always, never };
   bool chinese = true;
   Colour colour = Colour::automatic;

   const std::string& say(const Said& said) const { return said.in(chinese); }
   std::string_view say(std::string_view zh, std::string_view en) const { return chinese ? zh : en; }

   // Data goes to standard output, or to the file of -o. false: the file cannot be written.
   bool write_to(const std::string& path);
   // Behind so many bytes of what the file holds; the rest of it goes.
   bool write_behind(const std::string& path, std::uint64_t bytes);
   std::ostream& out() { return file_ ? *file_ : std::cout; }
   bool colour_on_out() const;
   bool colour_on_error() const;

   void message(const Said& text) const;  // "heng: …" on standard error
   void error(Code code, const Said& text, const std::optional<Said>& help = {}) const;
   // A word that is none of a closed list: which was meant, and what there is.
   void none_of(const Said& text, const std::string& word, const std::vector<std::string>& known) const;
   void problem(const ReportProblem& problem) const;

 private:
   std::unique_ptr<std::ofstream> file_;
};

// One diagnostic with its line, what is underlined, the other places and the way out.
std::string print(const Diagnostic& diagnostic, const Sources& sources, bool chinese, bool colour);
void print_all(std::ostream& out, const Diagnostics& diagnostics, const Sources& sources, bool chinese, bool colour);
std::size_t count_errors(const Diagnostics& diagnostics);

}  // namespace heng

// From a program's text to a Program, leaving out what the checker refuses.
// Does not know: data, how programs are run.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/check/check.hpp"
#include "tests/agree/generate.hpp"

namespace heng::agree {

// Keeps the texts and trees that the program points into.
struct Compiled {
   Sources sources;
   std::vector<std::unique_ptr<tree::File>> files;
   Program program;
   Diagnostics diagnostics;
   bool ok = false;
};

std::unique_ptr<Compiled> compile(const ProgramText& text);

// Takes out rules that the checker refuses, and those that use them, until what is left compiles. Returns what was said of them.
std::vector<std::string> drop_refused(ProgramText& text);

}  // namespace heng::agree

// Formulas as the ministry's notes print them become expressions of the language:
//    27行=(1+2+…+8)行   84行=(32+…+57)行=(58+61+63)行   86行7栏=31行1栏-84行7栏   (3+6)栏各行=财决07表8栏各行   如果 58行>0 则
//    59行>0
// Columns are numbered as the form declares them, through all its blocks (in a grid: row by row); `7栏` stands for a name that
// only such formulas can write. `同行` is the row of the other table with the key of the row that is judged. Does not know:
// forms; which lines and columns there are is the checker's business.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"

namespace heng::grammar {

inline constexpr std::string_view same_row = "同行";

// `text` stands at `place` of its file, all of it a formula about `form`. What cannot be read is said, and the condition is null.
void read_formula(std::string_view text, Span place, const tree::Name& form, tree::Formula& into,
                  std::vector<Diagnostic>& diagnostics);

}  // namespace heng::grammar

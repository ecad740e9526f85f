// What the rules of a program do with each figure that a report may hold: a slip in one that nothing reads stays unseen, and one
// that is only compared with a bound is seen where it crosses the bound.
// Does not know: data.
#pragma once
#include <vector>

#include "interpreter/program.hpp"

namespace heng {

enum class Use : std::uint8_t {
   none,      // no rule reads it
   compared,  // read in conditions, bounds or scores alone
   tied       // a check wants it, or what is made of it, equal to something
};

std::vector<Use> uses_of(const Program& program);  // by FieldId

}  // namespace heng

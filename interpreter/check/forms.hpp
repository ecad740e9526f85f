// Types as written become types of the language: shared by forms (fields of reports) and rules (parameters, functions).
// Does not know: expressions.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "grammar/tree.hpp"
#include "interpreter/complaints.hpp"
#include "stdlib/type.hpp"

namespace heng {

// The choices and records that one forms module declares, by folded name.
struct NamedTypes {
   std::map<std::string, const tree::Record*> records;
   std::map<std::string, const tree::Choice*> choices;
};

void collect_types(const tree::Module& module, NamedTypes& into, Complaints& complaints);

// The words that rules may use as units beyond the closed list.
void collect_units(const tree::Module& module, std::vector<std::string>& into);

// A type that one value has: no list, no record (those give Kind::error and say nothing; the caller knows what to do with them).
// `unit` and `decimals` are those of the form around it.
struct Around {
   const tree::Unit* unit = nullptr;
   int decimals = -1;
};
Type value_type(const tree::Type& written, const NamedTypes& types, const std::vector<std::string>& units, Complaints& complaints,
                const Around& around = {});

// Said when a name stands for no type.
void unknown_type(const tree::Type& written, const NamedTypes& types, Complaints& complaints);

}  // namespace heng

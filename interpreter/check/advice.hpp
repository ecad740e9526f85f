// The way out of values that do not go together, in the words of whoever wrote them.
// Does not know: names, nodes, where anything stands.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"
#include "stdlib/type.hpp"

namespace heng::checking {

// What one side of a comparison, a sum or a choice is, and how it was written.
struct WrittenSide {
   const tree::ExprPtr& expr;  // may be null
   const Type& type;
};

// Two sides that can be neither compared nor added.
std::optional<Said> advice_for_pair(const WrittenSide& left, const WrittenSide& right);
// A value of this type stands where a figure is wanted.
Said advice_for_figure(const Type& type);
// The unit that was meant by this spelling, or the closest of those that are known.
std::optional<std::string> unit_meant(const std::string& unit, const std::vector<std::string>& known);
// What people know by another name: SUM, IF, VLOOKUP of worksheets.
std::optional<Said> advice_for_function(std::string_view name);

}  // namespace heng::checking

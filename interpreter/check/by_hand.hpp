// The value of a parameter as a person writes it: --set 线=25%, given parameter { 线 : 25% }, 未填 for none.
// Does not know: which parameter it is for.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "stdlib/type.hpp"
#include "stdlib/value.hpp"

namespace heng::checking {

// Nothing: it does not fit the type.
std::optional<Value> read_by_hand(const std::string& text, const Type& type, const std::vector<std::string>& extra_units);

}  // namespace heng::checking

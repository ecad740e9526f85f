// What the sides of a = b within c differ by, and whether c is an amount of that. Does not know: rules, data.
#pragma once
#include "stdlib/type.hpp"

namespace heng {

// Of two types that may be compared: percents differ by percentage points; measured where only the data will tell.
Type difference_of(const Type& a, const Type& b);
// `relative`: what is allowed is a part of the right side; of percents that could be taken for percentage points.
bool tolerates(const Type& difference, const Type& allowed, bool relative);

}  // namespace heng

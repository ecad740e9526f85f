// The list of units that should hand in reports, as a person keeps it: a table of one column (units) or two (places, units).
// Does not know: files, stores.
#pragma once
#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace heng {

struct ExpectedUnit {
   std::string place, unit;  // the place may be empty
   auto operator<=>(const ExpectedUnit&) const = default;
};

// CSV in UTF-8 or GB18030. A first row that names its columns (地区, 单位, …) says which is which; without one the last column is
// the unit and the one before it the place.
std::vector<ExpectedUnit> read_expected_units(std::string_view bytes);

}  // namespace heng

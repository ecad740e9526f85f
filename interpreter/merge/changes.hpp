// Lays one module over another: what it replaces, removes, adds and amends is found by name, and refused where it is not there,
// where two changes of one layer meet, or where a layer that was carried over from an earlier year meets a later change.
// Does not know: which modules lie over which (layers.hpp).
#pragma once
#include <string>
#include <vector>

#include "interpreter/complaints.hpp"
#include "interpreter/merge/layers.hpp"
#include "interpreter/merge/merge.hpp"

namespace heng {

// The lowest layer is taken as it is, without its tests; those of the top stay.
Merged lay(const Stack& stack, Complaints& complaints);

}  // namespace heng

// A table whose figures are in 元 under a head that says 万元 (or the other way round) differs from all other tables by the same
// power of ten. Told by its figures: most of them, scaled, stand in other tables, and hardly any as they are.
// Does not know: documents, rules.
#pragma once
#include <string>
#include <vector>

#include "reports/read/recognise/reading.hpp"

namespace heng {

struct WrongUnit {
   std::string form, said, is;
   int times = 0;
};

// Marks the figures of such forms with the unit that they are in. What is told is never silent: each is returned.
std::vector<WrongUnit> read_units_right(const Schema& schema, ReportData& data);

}  // namespace heng

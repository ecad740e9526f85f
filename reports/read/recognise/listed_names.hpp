// Several names in a sentence: 甲、乙和丙, “甲”“乙”, 甲，乙. A name may hold 和 or a comma itself: where nothing says that two
// names stand there, they stay one. Does not know: sentences, where names are known from.
#pragma once
#include <set>
#include <string>

#include "interpreter/schema.hpp"
#include "reports/read/recognise/reading.hpp"

namespace heng {

using KnownNames = std::set<std::string>;  // folded, without what numbers them

// Labels of lines, and what stands in the rows of the forms that were read.
KnownNames known_names(const Schema& schema, const ReportData& report);

std::string list_of_names(const std::string& text, const KnownNames& known);  // 甲、乙、丙

}  // namespace heng

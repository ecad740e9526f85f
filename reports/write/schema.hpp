// The JSON Schema of report data, printed from the shape that the rule files declare (docs/report.md in general, this for one
// set). Does not know: data.
#pragma once
#include <string>

#include "reports/read/shape.hpp"

namespace heng {

std::string report_schema(const ReportShape& shape, bool chinese);

}  // namespace heng

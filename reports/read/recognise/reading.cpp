#include "reports/read/recognise/reading.hpp"

#include <fmt/format.h>

namespace heng {

namespace {

// A box is shown to people and to programs that mark pages: a tenth of a point is fine enough.
ReportData box_of(const Box& box) {
   ReportData sides = ReportData::array();
   for (const float side : {box.left, box.top, box.right, box.bottom}) sides.push_back(fmt::format("{:.1f}", side));
   return sides;
}

}  // namespace

ReportData data_of(const ReadValue& value) {
   ReportData data = ReportData::object();
   if (value.note == CellNote::not_calculated)
      data["missing"] = "not calculated";
   else if (value.note == CellNote::unreadable)
      data["missing"] = "unreadable";
   else
      data["value"] = value.text;
   if (!value.raw.empty() && value.raw != value.text) data["raw"] = value.raw;
   if (value.place.page != 0) data["page"] = value.place.page;
   if (value.place.line != 0) data["line"] = value.place.line;
   if (value.place.column != 0) data["column"] = value.place.column;
   if (!value.place.cell.empty()) data["cell"] = value.place.cell;
   if (!value.place.box.empty()) data["box"] = box_of(value.place.box);
   if (value.certainty == Certainty::recognised) data["from"] = "recognised";
   if (value.certainty == Certainty::corrected) data["from"] = "corrected";
   return data;
}

}  // namespace heng

// A PDF with pages that are only pictures: for the one who can have them recognised (tools/workspace/foreign.hpp). Whoever cannot
// takes read_pdf_boxes (formats.hpp), which says that they are missing.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "reports/read/document/document.hpp"

namespace heng {

struct PdfReading {
   Document document;
   std::vector<std::uint32_t> pictures;  // pages that hold pictures and no text, not yet complained about
};

PdfReading read_pdf_pages(std::string_view json);
void say_that_pictures_are_missing(PdfReading& reading);

}  // namespace heng

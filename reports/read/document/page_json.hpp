// The JSON of heng-pdf-boxes (docs/pdf-boxes.md) into pages. Coordinates and counts are taken as hostile: what does not fit is
// left out, and said.
// Does not know: lines, tables.
#pragma once
#include <optional>
#include <string_view>

#include "reports/read/document/document.hpp"
#include "reports/read/document/page.hpp"

namespace heng {

struct PdfPages {
   std::uint32_t count = 0;  // of the whole file
   std::vector<PageBoxes> pages;
};

// nullopt: there is nothing to read, and a problem that refuses says why.
std::optional<PdfPages> read_pages(std::string_view json, std::vector<DocumentProblem>& problems);

}  // namespace heng

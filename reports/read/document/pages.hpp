// Pages of glyphs and ruling lines become one document: text lines and tables in reading order, running heads and page numbers
// left out. Whether they were printed or recognised makes no difference here.
// Does not know: where the pages come from, what lines and tables say.
#pragma once
#include <vector>

#include "reports/read/document/document.hpp"
#include "reports/read/document/page.hpp"

namespace heng {

Document document_of(std::vector<PageBoxes> pages, DocumentFormat format);

}  // namespace heng

// A document as text, to be compared: "¶ 1:2 text" for a line (page:line), a table row by row with "|column <rows x columns>
// text".
#pragma once
#include <string>

#include "reports/read/document/document.hpp"

namespace heng::tests {

std::string printed(const Document& document);

}  // namespace heng::tests

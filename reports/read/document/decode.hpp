// Bytes of a text file become UTF-8: a mark at the front says which encoding, else strict UTF-8, else GB18030 (what Excel
// writes). Does not know: what the text holds.
#pragma once
#include <string>
#include <string_view>

#include "reports/read/document/document.hpp"

namespace heng {

struct Decoded {
   std::string text;
   std::size_t wrong = 0;  // places that do not decode; each is U+FFFD in the text
   std::string charset;
};
Decoded decoded(std::string_view bytes);

// UTF-16, with a mark or told by its zeros: nullptr where it is not.
const char* utf16_of(std::string_view bytes);

// Says what did not decode. false: so much that it is no text; the document is refused.
bool is_text(const Decoded& text, std::size_t bytes, Document& document);

}  // namespace heng

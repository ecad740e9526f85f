// Pages that stand alone: one file with its style in it, nothing fetched from elsewhere.
// Does not know: what is on them.
#pragma once
#include <string>
#include <string_view>

namespace heng {

std::string html_text(std::string_view text);  // < is &lt;, an end of line is <br>
// `style` is added to what all pages share; the title is given as text, the body as HTML.
std::string html_page(std::string_view title, std::string_view style, std::string_view body, bool chinese);

}  // namespace heng

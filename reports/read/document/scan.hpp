// A scanned page: the ruling lines on its picture, and the words that were recognised on it, together.
// Does not know: processes, formats of compressed pictures.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/read/document/document.hpp"

namespace heng {

inline constexpr float scan_dots_per_inch = 300;  // pages are drawn and recognised so

struct PictureLines {
   std::vector<Box> rules;  // in points
   std::string picture;     // as it was, without the lines: they are taken for letters
};

// `pgm`: a grey picture ("P5"). What is no such picture, or holds more lines than tables have (a photograph), is left as it is.
PictureLines lines_of_picture(std::string_view pgm);

// As read_tesseract_tsv (formats.hpp), with the page's ruling lines.
Document read_scanned_page(std::string_view tsv, std::uint32_t page, std::vector<Box> rules);

}  // namespace heng

// Any bytes as what heng-pdf-boxes or tesseract printed, or as a picture: never a crash, and every cell lies within its table
// and on no other cell. Does not test what is read.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "reports/read/document/formats.hpp"
#include "reports/read/document/scan.hpp"

namespace {

using namespace heng;

void check(const DocumentTable& table) {
   std::set<std::pair<std::uint32_t, std::uint32_t>> covered;
   for (const DocumentCell& cell : table.cells) {
      if (cell.row + cell.rows > table.rows || cell.column + cell.columns > table.columns) std::abort();
      for (std::uint32_t row = cell.row; row < cell.row + cell.rows; ++row)
         for (std::uint32_t column = cell.column; column < cell.column + cell.columns; ++column)
            if (!covered.insert({row, column}).second) std::abort();
   }
}

void check(const Document& document) {
   for (const DocumentBlock& block : document.blocks)
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&block)) check(*table);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
   const std::string_view bytes(reinterpret_cast<const char*>(data), size);
   check(read_pdf_boxes(bytes));
   check(read_tesseract_tsv(bytes, 1));
   check(read_scanned_page(bytes.substr(size / 2), 1, lines_of_picture(bytes.substr(0, size / 2)).rules));
   return 0;
}

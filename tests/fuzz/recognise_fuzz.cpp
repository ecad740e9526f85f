// Any bytes as a document of any format, read by the shipped forms: never a crash, no cell upon another, and what is made of it
// is report data that can be written and read again. Does not test what values mean. Runs in the root of the sources.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "grammar/parse.hpp"
#include "interpreter/check/check.hpp"
#include "reports/read/document/formats.hpp"
#include "reports/read/recognise/recognise.hpp"

namespace {

using namespace heng;

constexpr const char* forms = "rules/部门决算/报表-2024.heng";

void demand(bool fine) {
   if (!fine) std::abort();
}

Schema shipped() {
   std::ifstream file(forms);
   demand(file.good());
   Sources sources;
   const tree::File parsed = parse(sources, sources.add(forms, std::string{std::istreambuf_iterator<char>(file), {}})).value;
   return make_schema(select({&parsed}, 2024, "").value).value;
}

void check(const DocumentTable& table) {
   std::vector<bool> covered(std::size_t{table.rows} * table.columns, false);
   for (const DocumentCell& cell : table.cells) {
      demand(cell.row + cell.rows <= table.rows && cell.column + cell.columns <= table.columns);
      for (std::uint32_t row = cell.row; row < cell.row + cell.rows; ++row)
         for (std::uint32_t column = cell.column; column < cell.column + cell.columns; ++column) {
            demand(!covered[std::size_t{row} * table.columns + column]);
            covered[std::size_t{row} * table.columns + column] = true;
         }
   }
}

Document read(std::string_view bytes) {
   switch (format_of(bytes)) {
      case DocumentFormat::csv: return read_csv_document(bytes);
      case DocumentFormat::html: return read_html_document(bytes);
      case DocumentFormat::xlsx: return read_xlsx_document(bytes);
      case DocumentFormat::docx: return read_docx_document(bytes);
      case DocumentFormat::json: return read_pdf_boxes(bytes);
      case DocumentFormat::text: return read_text_document(bytes);
      default: return {};
   }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
   static const Schema schema = shipped();
   Document document = read({reinterpret_cast<const char*>(data), size});
   for (const DocumentBlock& block : document.blocks)
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&block)) check(*table);
   const Reading reading = recognise(schema, std::move(document));
   const std::string text = reading.data.dump(-1, ' ', false, ReportData::error_handler_t::replace);
   demand(!ReportData::parse(text, nullptr, false).is_discarded());
   return 0;
}

// Bytes of one file become a document: one function for each format, chosen by content and not by the file's name.
// Every function is total: broken, hostile or absurdly large input gives problems (and a document with what could be read), never
// an exception, and takes time and memory bounded by the limits below. Programs of others (PDF boxes, LibreOffice, tesseract) are
// run by the tools, which hand their output in.
// Does not know: files, processes, forms.
#pragma once
#include <string_view>

#include "reports/read/document/document.hpp"

namespace heng {

inline constexpr std::size_t largest_document = std::size_t{256} << 20;  // bytes of the file
inline constexpr std::size_t largest_unpacked = std::size_t{512} << 20;  // bytes of all parts of a package that are read
inline constexpr std::uint32_t most_document_cells = 4'000'000;

// By magic numbers and the first bytes: "%PDF", "PK" (and what the package holds), "<html", "{", a charset that decodes, …
DocumentFormat format_of(std::string_view bytes);

Document read_text_document(std::string_view bytes);  // a dump in reading order, or with columns aligned by blanks
// UTF-8 (with or without BOM), UTF-16 with BOM, GB18030; , ; tab. A table whose first line names its columns is cut as that line
// is: what people write below it may hold more of another.
enum class CsvSeparator { of_most_fields, of_first_line };
Document read_csv_document(std::string_view bytes, CsvSeparator separator = CsvSeparator::of_most_fields);
Document read_html_document(std::string_view bytes);  // tables with rowspan and colspan, text between them
Document read_xlsx_document(std::string_view bytes);
Document read_docx_document(std::string_view bytes);
Document read_pdf_boxes(std::string_view json);  // what the program heng-pdf-boxes prints (docs/pdf-boxes.md)
Document read_tesseract_tsv(std::string_view tsv, std::uint32_t page);  // words that were recognised, marked as such

}  // namespace heng

// Files that Heng reads with the help of other programs: PDFs, scans and pictures, old office files. What is missing or goes
// wrong is a problem of the document, with the way out; never an exception. Does not know: forms, where the bytes come from.
#pragma once
#include <atomic>
#include <string>
#include <string_view>

#include "reports/read/document/document.hpp"

namespace heng {

struct ForeignOptions {
   bool recognise = true;               // pages that are pictures, through tesseract where it is installed
   std::uint32_t most_recognised = 60;  // pages; one takes seconds
   const std::atomic<bool>* stop = nullptr;
};

Document pdf_document(std::string_view bytes, const ForeignOptions& options = {});
Document picture_document(std::string_view bytes, const ForeignOptions& options = {});  // PNG, JPEG, TIFF: one page

// XLS, DOC, WPS, ET, ODS, ODT through LibreOffice: the bytes of an XLSX or DOCX, to be read as such.
struct Converted {
   std::string bytes;
   DocumentFormat format = DocumentFormat::unknown;  // xlsx or docx; unknown: a problem says why
   std::vector<DocumentProblem> problems;
};
Converted office_converted(std::string_view bytes, const ForeignOptions& options = {});

}  // namespace heng

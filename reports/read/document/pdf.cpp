#include "reports/read/document/pdf.hpp"

#include <algorithm>
#include <iterator>

#include "reports/read/document/formats.hpp"
#include "reports/read/document/page_json.hpp"
#include "reports/read/document/pages.hpp"

namespace heng {

PdfReading read_pdf_pages(std::string_view json) {
   std::vector<DocumentProblem> problems;
   std::optional<PdfPages> pages = read_pages(json, problems);
   PdfReading reading;
   reading.document.format = DocumentFormat::pdf;
   if (pages) {
      for (const PageBoxes& page : pages->pages)
         if (page.glyphs.empty() && !page.images.empty()) reading.pictures.push_back(page.number);
      reading.document = document_of(std::move(pages->pages), DocumentFormat::pdf);
      reading.document.pages = std::max(reading.document.pages, pages->count);
   }
   std::vector<DocumentProblem>& all = reading.document.problems;
   all.insert(all.begin(), std::make_move_iterator(problems.begin()), std::make_move_iterator(problems.end()));
   return reading;
}

void say_that_pictures_are_missing(PdfReading& reading) {
   if (reading.pictures.empty()) return;
   DocumentProblem problem;
   problem.place.page = reading.pictures.front();
   problem.refuses = reading.document.blocks.empty();
   problem.message = problem.refuses ? say("这份 PDF 里没有文字，只有图像（扫描件）：要先识别",
                                           "this PDF has no text, only pictures (a scan): it must be recognised first")
                                     : say("有 {} 页只有图像，没有文字（第一处在第 {} 页）",
                                           "{} pages hold a picture and no text (the first is page {})", reading.pictures.size(),
                                           reading.pictures.front());
   reading.document.problems.push_back(std::move(problem));
}

Document read_pdf_boxes(std::string_view json) {
   PdfReading reading = read_pdf_pages(json);
   say_that_pictures_are_missing(reading);
   return std::move(reading.document);
}

}  // namespace heng

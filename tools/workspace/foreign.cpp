#include "tools/workspace/foreign.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "reports/read/document/formats.hpp"
#include "reports/read/document/pdf.hpp"
#include "reports/read/document/scan.hpp"
#include "tools/workspace/programs.hpp"

namespace heng {

namespace {

constexpr std::uint64_t gigabyte = std::uint64_t{1} << 30;

DocumentProblem problem(Said message, bool refuses, std::uint32_t page = 0, Code code = Code::report_unreadable) {
   DocumentProblem made;
   made.code = code;
   made.message = std::move(message);
   made.place.page = page;
   made.refuses = refuses;
   return made;
}

Said not_there(std::string_view name) {
   return say("读这个文件要用 {}，没有找到；heng doctor 说明怎样安装",
              "this file is read with {}, which is not there; heng doctor tells how to install it", name);
}

std::optional<Said> what_went_wrong(std::string_view name, const ProgramEnd& end) {
   switch (end.how) {
      case ProgramEnd::How::ended:
         if (end.code == 0) return std::nullopt;
         return say("{} 没有读成（退出码 {}）", "{} could not read it (exit code {})", name, end.code);
      case ProgramEnd::How::not_started: return say("{} 启动不了", "{} cannot be started", name);
      case ProgramEnd::How::out_of_time: return say("{} 超过了时间限制", "{} took more time than it may", name);
      case ProgramEnd::How::too_much_output: return say("{} 输出的太多", "{} printed more than is read", name);
      case ProgramEnd::How::crashed:
         return say("文件使 {} 崩溃了（信号 {}）", "the file made {} crash (signal {})", name, end.code);
      case ProgramEnd::How::stopped: return say("被中断", "interrupted");
   }
   return std::nullopt;
}

const OptionalProgram& program(std::string_view name) {
   const std::vector<OptionalProgram>& all = optional_programs();
   return *std::find_if(all.begin(), all.end(), [&](const OptionalProgram& one) { return one.name == name; });
}

// Starts an optional program. What it printed, or why not.
struct Answer {
   std::string output;
   std::optional<Said> wrong;
};

Answer ask(std::string_view name, ProgramCall call, const ForeignOptions& options) {
   const std::optional<std::string> path = find_program(program(name));
   if (!path) return {{}, not_there(name)};
   call.program = *path;
   call.stop = options.stop;
   ProgramEnd end = run_program(call);
   return {std::move(end.output), what_went_wrong(name, end)};
}

// `ruled`: the page's lines were found and taken out; then it is one block, which keeps narrow columns of codes from being lost.
// Else tesseract looks for one column of text of varying sizes.
Answer recognised(std::string_view picture, bool ruled, const ForeignOptions& options) {
   ProgramCall call;
   call.arguments = {"stdin", "stdout", "-l", "chi_sim+eng", "--psm", ruled ? "6" : "4", "--dpi", "300", "tsv"};
   call.environment = {"OMP_THREAD_LIMIT=1"};  // pages are many, cores few
   call.input = picture;
   call.seconds = 300;
   return ask("tesseract", std::move(call), options);
}

Answer picture_of(std::string_view pdf, std::uint32_t page, const ForeignOptions& options) {
   ProgramCall call;
   const std::string number = std::to_string(page);
   call.arguments = {"-r", "300", "-gray", "-f", number, "-l", number, "-"};
   call.input = pdf;
   call.seconds = 60;
   call.memory = 2 * gigabyte;
   return ask("pdftoppm", std::move(call), options);
}

// nullopt: `wrong` says why.
std::optional<Document> recognised_page(std::string_view pdf, std::uint32_t page, const ForeignOptions& options, Said& wrong) {
   Answer picture = picture_of(pdf, page, options);
   PictureLines lines = lines_of_picture(picture.output);
   Answer words = picture.wrong ? std::move(picture) : recognised(lines.picture, !lines.rules.empty(), options);
   if (!words.wrong) return read_scanned_page(words.output, page, std::move(lines.rules));
   wrong = *words.wrong;
   return std::nullopt;
}

std::uint32_t page_of(const DocumentBlock& block) {
   return boost::variant2::visit([](const auto& one) { return one.place.page; }, block);
}

// Adds what was recognised on pages that are pictures.
void recognise(Document& document, std::string_view pdf, const std::vector<std::uint32_t>& pages, const ForeignOptions& options) {
   std::uint32_t done = 0;
   for (const std::uint32_t page : pages) {
      if (done++ == options.most_recognised) {
         document.problems.push_back(problem(
             say("图像的页太多，只识别了 {} 页", "too many pages are pictures: {} were recognised", options.most_recognised),
             false, page, Code::report_too_large));
         break;
      }
      Said wrong;
      std::optional<Document> one = recognised_page(pdf, page, options, wrong);
      if (!one) {
         document.problems.push_back(problem(std::move(wrong), document.blocks.empty(), page));
         break;  // the next page would fare no better
      }
      std::move(one->blocks.begin(), one->blocks.end(), std::back_inserter(document.blocks));
      std::move(one->problems.begin(), one->problems.end(), std::back_inserter(document.problems));
   }
   std::stable_sort(document.blocks.begin(), document.blocks.end(),
                    [](const DocumentBlock& a, const DocumentBlock& b) { return page_of(a) < page_of(b); });
}

Document refused(DocumentFormat format, Said message) {
   Document document;
   document.format = format;
   document.problems.push_back(problem(std::move(message), true));
   return document;
}

// In old office files the names of parts stand in UTF-16.
bool holds(std::string_view bytes, std::string_view name) {
   std::string wide;
   for (const char c : name) (wide += c) += '\0';
   return bytes.find(wide) != std::string_view::npos;
}

bool is_sheet(std::string_view bytes) {
   const bool zipped = bytes.substr(0, 2) == "PK";
   return zipped ? bytes.substr(0, 4096).find("opendocument.spreadsheet") != std::string_view::npos
                 : holds(bytes, "Workbook") || (holds(bytes, "Book") && !holds(bytes, "WordDocument"));
}

}  // namespace

Document pdf_document(std::string_view bytes, const ForeignOptions& options) {
   ProgramCall call;
   call.arguments = {"--seconds", "60", "--memory", "2048", "-"};
   call.input = bytes;
   call.seconds = 70;  // it ends itself before
   const Answer boxes = ask("heng-pdf-boxes", std::move(call), options);
   if (boxes.wrong) return refused(DocumentFormat::pdf, *boxes.wrong);
   PdfReading reading = read_pdf_pages(boxes.output);
   const char* const missing = !find_program("tesseract") ? "tesseract" : !find_program("pdftoppm") ? "pdftoppm" : nullptr;
   if (options.recognise && missing == nullptr) {
      recognise(reading.document, bytes, reading.pictures, options);
      return std::move(reading.document);
   }
   if (options.recognise && !reading.pictures.empty())
      reading.document.problems.push_back(problem(not_there(missing), false, reading.pictures.front()));
   say_that_pictures_are_missing(reading);
   return std::move(reading.document);
}

Document picture_document(std::string_view bytes, const ForeignOptions& options) {
   const Answer words = recognised(bytes, false, options);
   return words.wrong ? refused(DocumentFormat::picture, *words.wrong) : read_tesseract_tsv(words.output, 1);
}

Converted office_converted(std::string_view bytes, const ForeignOptions& options) {
   Converted converted;
   const auto fail = [&](Said message) {
      converted.problems.push_back(problem(std::move(message), true));
      return std::move(converted);
   };
   const TemporaryFolder folder;
   if (folder.path().empty()) return fail(say("没有地方放临时文件", "there is no place for temporary files"));
   if (holds(bytes, "EncryptedPackage"))
      return fail(say("文件有密码；去掉密码再读", "the file has a password; take it off and read again"));
   const bool sheet = is_sheet(bytes);
   const std::string kind = sheet ? "xlsx" : "docx";
   std::ofstream(folder.path() + "/source", std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
   ProgramCall call;
   // A profile of its own: several may run at once, and macros of the user's have no part in it.
   call.arguments = {"-env:UserInstallation=file://" + folder.path() + "/profile",
                     "--headless",
                     "--norestore",
                     "--convert-to",
                     kind,
                     "--outdir",
                     folder.path() + "/out",
                     folder.path() + "/source"};
   call.folder = folder.path();
   call.environment = {"HOME=" + folder.path()};
   const Answer answer = ask("LibreOffice", std::move(call), options);
   if (answer.wrong) return fail(*answer.wrong);
   std::ifstream made(folder.path() + "/out/source." + kind, std::ios::binary);
   converted.bytes.assign(std::istreambuf_iterator<char>(made), {});
   if (converted.bytes.empty()) return fail(say("LibreOffice 打不开这个文件", "LibreOffice cannot open this file"));
   converted.format = sheet ? DocumentFormat::xlsx : DocumentFormat::docx;
   return converted;
}

}  // namespace heng

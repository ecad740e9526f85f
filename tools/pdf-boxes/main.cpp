// SPDX-License-Identifier: GPL-2.0-or-later
// heng-pdf-boxes FILE: what stands where on the pages of a PDF, as JSON on standard output (docs/pdf-boxes.md).
// A program of its own: poppler is under the GPL, and a hostile file takes nothing down but this process, which limits itself.
#include <GlobalParams.h>
#include <Object.h>
#include <PDFDoc.h>
#include <PDFDocFactory.h>
#include <Stream.h>
#include <poppler-config.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "tools/pdf-boxes/device.hpp"

namespace pdf_boxes {

namespace {

constexpr std::size_t largest_file = std::size_t{256} << 20, largest_output = std::size_t{256} << 20;

enum ExitCode { fine = 0, usage = 2, no_time = 3, no_memory = 4 };

struct Options {
   std::string file;
   int pages = 2000, seconds = 60, megabytes = 2048;
};

int complain() {
   std::fputs(
       "usage: heng-pdf-boxes [--pages N] [--seconds N] [--memory MB] FILE    (- reads standard input)\n"
       "prints what stands where on the pages of a PDF, as JSON\n",
       stderr);
   return usage;
}

bool read_options(int count, char** words, Options& options) {
   for (int i = 1; i < count; ++i) {
      const std::string word = words[i];
      int* number = word == "--pages"     ? &options.pages
                    : word == "--seconds" ? &options.seconds
                    : word == "--memory"  ? &options.megabytes
                                          : nullptr;
      if (number != nullptr) {
         if (++i == count) return false;
         *number = std::atoi(words[i]);
         if (*number < 1) return false;
      } else if (options.file.empty() && (word == "-" || word.rfind("-", 0) != 0)) {
         options.file = word;
      } else {
         return false;
      }
   }
   return !options.file.empty();
}

extern "C" void on_alarm(int) { _exit(no_time); }

void limit(const Options& options) {
   const rlim_t bytes = static_cast<rlim_t>(options.megabytes) << 20;
   const rlimit memory{bytes, bytes}, none{0, 0};
   setrlimit(RLIMIT_AS, &memory);
   setrlimit(RLIMIT_CORE, &none);
   std::set_new_handler([] { _exit(no_memory); });
   signal(SIGALRM, on_alarm);
   alarm(static_cast<unsigned>(options.seconds) + 2);  // if the deadline between operators is not met
}

std::chrono::steady_clock::time_point deadline;

bool too_late(void*) { return std::chrono::steady_clock::now() > deadline; }

// false: it cannot be read, or is larger than it may be.
bool read_file(const std::string& path, std::string& bytes) {
   std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
   if (file == nullptr) return false;
   char block[1 << 16];
   std::size_t got;
   while ((got = std::fread(block, 1, sizeof block, file)) > 0 && bytes.size() <= largest_file) bytes.append(block, got);
   const bool well = std::ferror(file) == 0 && bytes.size() <= largest_file;
   if (file != stdin) std::fclose(file);
   return well;
}

const char* status_of(const PDFDoc& doc) {
   switch (doc.getErrorCode()) {
      case errNone: return "ok";
      case errEncrypted: return "password";
      case errOpenFile: return "unreadable";
      default: return "damaged";
   }
}

class Printer {
 public:
   bool print(const std::string& text) {
      written_ += text.size();
      std::fwrite(text.data(), 1, text.size(), stdout);
      return written_ < largest_output;
   }

 private:
   std::size_t written_ = 0;
};

// The pages one after the other; says what ended it early.
const char* print_pages(PDFDoc& doc, int pages, Printer& printer) {
   Budget budget;
   for (int number = 1; number <= pages; ++number) {
      Device device(budget);
      doc.displayPage(&device, number, 72, 72, 0, false, true, false, too_late);
      Page page = device.take();
      page.number = number;  // a page that cannot be drawn is an empty one
      const bool room = printer.print((number == 1 ? "\n" : ",\n") + json_of(page));
      if (too_late(nullptr)) return "time";
      if (budget.spent) return "objects";
      if (!room) return "output";
   }
   return nullptr;
}

void run(const Options& options) {
   Printer printer;
   std::string head = "{\"heng\":\"pdf-boxes/1\",\"poppler\":\"" POPPLER_VERSION "\",\"status\":";
   std::string bytes;
   if (!read_file(options.file, bytes)) {
      printer.print(head + "\"unreadable\"}\n");
      return;
   }
   globalParams = std::make_unique<GlobalParams>();
   setErrorCallback([](ErrorCategory, Goffset, const char*) {});  // what is wrong shows in what can be read
   PDFDoc doc(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
   if (!doc.isOk()) {
      printer.print(head + '"' + status_of(doc) + "\"}\n");
      return;
   }
   const int pages = doc.getNumPages();
   head += "\"ok\",\"encrypted\":" + std::string(doc.isEncrypted() ? "true" : "false");
   printer.print(head + ",\"page_count\":" + std::to_string(pages) + ",\"pages\":[");
   const char* stopped = print_pages(doc, std::min(pages, options.pages), printer);
   if (stopped == nullptr && pages > options.pages) stopped = "pages";
   printer.print(stopped == nullptr ? "\n]}\n" : "\n],\"stopped\":\"" + std::string(stopped) + "\"}\n");
}

}  // namespace

}  // namespace pdf_boxes

int main(int count, char** words) {
   pdf_boxes::Options options;
   if (!pdf_boxes::read_options(count, words, options)) return pdf_boxes::complain();
   pdf_boxes::limit(options);
   pdf_boxes::deadline = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
   pdf_boxes::run(options);
   std::fflush(stdout);
   _exit(std::ferror(stdout) != 0 ? 1 : 0);  // poppler's destructors have nothing to add
}

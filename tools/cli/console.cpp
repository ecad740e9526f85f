#include "tools/cli/console.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "grammar/codes.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

std::string_view environment(const char* name) {
   const char* value = std::getenv(name);
   return value ? value : "";
}

bool wants_colour(Console::Colour colour, int descriptor) {
   if (colour != Console::Colour::automatic) return colour == Console::Colour::always;
   return environment("NO_COLOR").empty() && environment("TERM") != "dumb" && isatty(descriptor);
}

}  // namespace

bool chinese_by_environment() {
   for (const char* name : {"HENG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
      const std::string_view value = environment(name);
      if (value.empty() || value == "C" || value == "POSIX" || value.substr(0, 2) == "C.") continue;
      return value.substr(0, 2) == "zh";
   }
   return true;
}

bool Console::write_to(const std::string& path) {
   if (path.empty() || path == "-") return true;
   file_ = std::make_unique<std::ofstream>(path, std::ios::binary | std::ios::trunc);
   return file_->is_open();
}

bool Console::write_behind(const std::string& path, std::uint64_t bytes) {
   std::error_code error;
   if (std::filesystem::exists(path, error)) std::filesystem::resize_file(path, bytes, error);
   if (error) return false;
   file_ = std::make_unique<std::ofstream>(path, std::ios::binary | std::ios::app);
   return file_->is_open();
}

bool Console::colour_on_out() const { return wants_colour(colour, STDOUT_FILENO) && (!file_ || colour == Colour::always); }
bool Console::colour_on_error() const { return wants_colour(colour, STDERR_FILENO); }

void Console::message(const Said& text) const { std::cerr << "heng: " << say(text) << '\n'; }

void Console::error(Code code, const Said& text, const std::optional<Said>& help) const {
   std::cerr << "heng: " << code_name(code) << ": " << say(text) << '\n';
   if (help) std::cerr << say("怎么办：", "help: ") << say(*help) << '\n';
}

void Console::none_of(const Said& text, const std::string& word, const std::vector<std::string>& known) const {
   std::string all;
   for (const std::string& one : known) all += (all.empty() ? "" : " ") + one;
   const auto near = suggestions(word, known);
   error(Code::usage, text,
         near.empty() ? heng::say("可以是 {}", "it may be {}", all)
                      : heng::say("是不是 {}？可以是 {}", "did you mean {}? it may be {}", near.front(), all));
}

void Console::problem(const ReportProblem& problem) const {
   std::cerr << where(problem) << ": " << code_name(problem.code) << ": " << say(problem.message) << '\n';
}

// ---- diagnostics ---------------------------------------------------------------------------------------------------------

namespace {

constexpr std::size_t widest_line = 160;
constexpr std::size_t kept_before = 60;

struct Underline {
   Span span;
   char mark;
   std::string text;
};

class Printer {
 public:
   Printer(const Sources& sources, bool chinese, bool colour) : sources_(sources), chinese_(chinese), colour_(colour) {}

   std::string print(const Diagnostic& diagnostic) {
      head(diagnostic);
      std::vector<Underline> underlines;
      bool noted = false;
      for (const Note& note : diagnostic.notes) noted |= note.span == diagnostic.span;
      if (!noted) underlines.push_back({diagnostic.span, '^', ""});
      for (const Note& note : diagnostic.notes) underlines.push_back({note.span, '~', note.text.in(chinese_)});
      lines(diagnostic.span, underlines);
      if (diagnostic.help) text_ += paint("36", chinese_ ? "怎么办：" : "help: ") + diagnostic.help->in(chinese_) + "\n";
      return std::move(text_);
   }

 private:
   std::string paint(const char* code, std::string_view text) const {
      return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
   }

   std::string_view word(Gravity gravity) const {
      switch (gravity) {
         case Gravity::error: return chinese_ ? "错误" : "error";
         case Gravity::warning: return chinese_ ? "警告" : "warning";
         case Gravity::notice: return chinese_ ? "提示" : "notice";
      }
      return "";
   }

   void head(const Diagnostic& diagnostic) {
      const bool error = diagnostic.gravity == Gravity::error;
      const std::string name =
          error ? code_name(diagnostic.code) : fmt::format("{} {}", word(diagnostic.gravity), code_name(diagnostic.code));
      text_ += fmt::format("{}: {}: {}\n", sources_.where(diagnostic.span), paint(error ? "31;1" : "33", name),
                           diagnostic.message.in(chinese_));
   }

   // Underlines of one line stand below it; each further line is shown once, with its file where that changes.
   void lines(Span first, std::vector<Underline>& underlines) {
      std::uint32_t file = first.file;
      while (!underlines.empty()) {
         const Span span = underlines.front().span;
         if (span.file >= sources_.size()) return;
         const Place place = sources_.place_of(span.file, span.begin);
         if (span.file != file) text_ += fmt::format("{} {}\n", chinese_ ? "见" : "see", sources_.where(span));
         file = span.file;
         std::vector<Underline> here, later;
         for (Underline& one : underlines) {
            const bool same = one.span.file == span.file && sources_.place_of(one.span.file, one.span.begin).line == place.line;
            (same ? here : later).push_back(std::move(one));
         }
         print_line(span, place, here);
         underlines = std::move(later);
      }
   }

   void print_line(Span span, Place place, const std::vector<Underline>& here) {
      std::string line;
      for (const char c : sources_.line_of(span.file, span.begin))
         line += c == '\t' || static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
      const std::uint32_t line_begin = span.begin - bytes_before(span);
      const std::size_t cut = cut_of(line, span.begin - line_begin);
      const std::string shown = clip(std::string_view(line).substr(cut));
      const std::string number = std::to_string(place.line);
      const std::string margin(number.size(), ' ');
      text_ += fmt::format("{} | {}{}\n", number, cut ? "…" : "", shown);
      for (const Underline& one : here) {
         const std::size_t begin = one.span.begin - line_begin;
         if (begin < cut || begin > line.size()) continue;
         const std::size_t end =
             std::min<std::size_t>(std::max(one.span.end - line_begin, one.span.begin - line_begin), line.size());
         const std::size_t blanks = display_width(std::string_view(line).substr(cut, begin - cut)) + (cut ? 1 : 0);
         if (blanks > widest_line) continue;
         const std::size_t width = std::max<std::size_t>(1, display_width(std::string_view(line).substr(begin, end - begin)));
         std::string marks(std::min(width, widest_line), one.mark);
         text_ += fmt::format("{} | {}{}{}{}\n", margin, std::string(blanks, ' '), paint(one.mark == '^' ? "31;1" : "33", marks),
                              one.text.empty() ? "" : " ", one.text);
      }
   }

   std::uint32_t bytes_before(Span span) const {
      const std::string_view line = sources_.line_of(span.file, span.begin);
      return static_cast<std::uint32_t>(sources_[span.file].text.data() + span.begin - line.data());
   }

   // A very long line is shown from a little before the place.
   static std::size_t cut_of(const std::string& line, std::size_t begin) {
      if (display_width(line) <= widest_line || begin <= kept_before) return 0;
      std::size_t cut = begin - kept_before;
      while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
      return cut;
   }

   static std::string clip(std::string_view line) {
      if (display_width(line) <= widest_line) return std::string(line);
      std::size_t end = std::min(line.size(), widest_line);
      while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
      return std::string(line.substr(0, end)) + "…";
   }

   const Sources& sources_;
   bool chinese_, colour_;
   std::string text_;
};

}  // namespace

std::string print(const Diagnostic& diagnostic, const Sources& sources, bool chinese, bool colour) {
   return Printer(sources, chinese, colour).print(diagnostic);
}

void print_all(std::ostream& out, const Diagnostics& diagnostics, const Sources& sources, bool chinese, bool colour) {
   bool first = true;
   for (const Diagnostic& diagnostic : diagnostics) {
      out << (first ? "" : "\n") << print(diagnostic, sources, chinese, colour);
      first = false;
   }
}

std::size_t count_errors(const Diagnostics& diagnostics) {
   std::size_t errors = 0;
   for (const Diagnostic& diagnostic : diagnostics) errors += diagnostic.gravity == Gravity::error;
   return errors;
}

}  // namespace heng

// heng rules --year Y --place P: the rules as they are for one year and place, each line with where it was written.
#include <algorithm>

#include "grammar/codes.hpp"
#include "grammar/declarations.hpp"
#include "grammar/print.hpp"
#include "interpreter/merge/layers.hpp"
#include "interpreter/merge/meaning.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"

namespace heng {

namespace {

class MergedPrinter {
 public:
   MergedPrinter(Console& console, const Sources& sources, const Selection& selection)
       : console_(console), sources_(sources), selection_(selection) {}

   // Text that can be read again, with origins as comments.
   void print(const tree::Module& module) {
      const Merged* merged = selection_.merged_of(module);
      tree::Module head = module;
      head.extends.reset();
      lines_.push_back({heng::print(head, console_.chinese), header_origin(module, merged)});
      for (const tree::Declaration& one : module.declarations) {
         if (boost::variant2::holds_alternative<tree::Test>(one)) continue;
         lines_.push_back({"", ""});
         const std::vector<PrintedLine> printed = print_lines(one, console_.chinese);
         for (const PrintedLine& line : printed) {
            const bool closes = line.text == "}" || line.text == "]";
            std::string origin = closes ? place_at(line.span.file, line.span.end == 0 ? 0 : line.span.end - 1) : place(line.span);
            if (merged && !closes) origin += amended(*merged, printed, line);
            lines_.push_back({std::string(line.depth * 2, ' ') + line.text, origin});
         }
      }
      write();
   }

   void json(const tree::Module& module, JsonText& text) const {
      const Merged* merged = selection_.merged_of(module);
      text.begin_object().member("kind", module.kind == tree::Module::Kind::forms ? "forms" : "ruleset");
      text.member("name", module.name.text).key("year").number(static_cast<std::uint64_t>(module.year.value_or(0)));
      text.member("place", module.place.value_or("")).key("layers").begin_list();
      if (merged) {
         for (const tree::Module* layer : merged->layers)
            text.begin_object().member("title", title_of(*layer)).member("at", place(layer->span)).end_object();
      } else {
         text.begin_object().member("title", title_of(module)).member("at", place(module.span)).end_object();
      }
      text.end_list().key("declarations").begin_list();
      for (const Meaning& one : meanings(module, merged, console_.chinese)) {
         text.begin_object().member("kind", spelled(one.word, false)).member("name", one.path).member("at", place(one.origin));
         text.key("clauses").begin_list();
         for (const ClauseMeaning& clause : one.clauses)
            text.begin_object()
                .member("clause", clause.name)
                .member("text", clause.text)
                .member("at", place(clause.origin))
                .end_object();
         text.end_list().end_object();
      }
      text.end_list().end_object();
   }

 private:
   struct Line {
      std::string text, origin;
   };

   std::string place_at(std::uint32_t file, std::uint32_t offset) const {
      return fmt::format("{}:{}", sources_[file].path, sources_.place_of(file, offset).line);
   }
   std::string place(Span span) const { return place_at(span.file, span.begin); }

   std::string header_origin(const tree::Module& module, const Merged* merged) const {
      if (!merged) return place(module.span);
      std::string text;
      for (const tree::Module* layer : merged->layers) text += (text.empty() ? "" : " ← ") + place(layer->span);
      return text;
   }

   // The clauses of this line that come from elsewhere.
   std::string amended(const Merged& merged, const std::vector<PrintedLine>& lines, const PrintedLine& line) const {
      std::string text;
      for (const Amendment& one : merged.amendments)
         if (line_of(lines, one.of) == &line)
            text +=
                fmt::format("{}{} {}", console_.chinese ? "；" : "; ", word_of(one.clause, console_.chinese), place(one.span));
      return text;
   }
   // The line that begins there; cases that share a line stand within it.
   static const PrintedLine* line_of(const std::vector<PrintedLine>& lines, Span of) {
      const PrintedLine* around = nullptr;
      for (const PrintedLine& line : lines) {
         if (line.span.file != of.file || line.text == "}" || line.text == "]") continue;
         if (line.span.begin == of.begin) return &line;
         if (line.span.begin <= of.begin && of.end <= line.span.end) around = &line;
      }
      return around;
   }

   void write() {
      constexpr std::size_t widest = 100;
      std::size_t width = 0;
      for (const Line& line : lines_) width = std::max(width, std::min(widest, display_width(line.text)));
      for (const Line& line : lines_)
         console_.out() << (line.origin.empty() ? line.text : pad(line.text, width) + "  # " + line.origin) << '\n';
      lines_.clear();
   }

   Console& console_;
   const Sources& sources_;
   const Selection& selection_;
   std::vector<Line> lines_;
};

}  // namespace

Exit merged_command(Console& console, const ListOptions& options) {
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, {}, opened); failed != Exit::fine) return failed;
   mention_place(console, opened, options.place);
   const Compiled& compiled = opened.workspace.compile(options.year, options.place);
   if (const Exit failed = usable(console, opened, compiled); failed != Exit::fine) return failed;
   const Selection& selection = compiled.selection;
   MergedPrinter printer(console, opened.workspace.sources(), selection);
   std::vector<const tree::Module*> shown;
   for (const tree::Module* forms : selection.forms)
      if (selection.merged_of(*forms)) shown.push_back(forms);
   shown.insert(shown.end(), selection.sets.begin(), selection.sets.end());
   if (options.format == "json") {
      JsonText text(true);
      text.begin_object().member("heng", "merged/1").key("sets").begin_list();
      for (const tree::Module* module : shown) printer.json(*module, text);
      text.end_list().end_object();
      console.out() << text.take() << '\n';
      return Exit::fine;
   }
   for (const tree::Module* module : shown) {
      if (module != shown.front()) console.out() << '\n';
      printer.print(*module);
   }
   return Exit::fine;
}

}  // namespace heng

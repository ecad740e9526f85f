#include <fstream>
#include <iterator>

#include "grammar/codes.hpp"
#include "grammar/parse.hpp"
#include "grammar/print.hpp"
#include "stdlib/function.hpp"
#include "tools/cli/commands.hpp"
#include "tools/workspace/files.hpp"

namespace heng {

namespace {

NamePairs function_names() {
   NamePairs names;
   for (const Function& function : functions()) names.emplace_back(function.en, function.zh);
   return names;
}

class Formatting {
 public:
   Formatting(Console& console, const FormatOptions& options) : console_(console), options_(options) {}

   Exit run() {
      for (const std::string& given : options_.files) {
         if (given == "-")
            standard_input();
         else if (disk_.is_folder(given))
            folder(given);
         else
            file(given);
      }
      if (broken_) return Exit::broken_rules;
      if (unreadable_) return Exit::unreadable;
      return options_.check && differing_ > 0 ? Exit::findings : Exit::fine;
   }

 private:
   void folder(const std::string& path) {
      for (const std::string& one : disk_.rule_files(path, true)) file(one);
   }

   void file(const std::string& path) {
      const std::optional<std::string> text = disk_.read(path);
      if (!text) {
         console_.error(Code::file_not_found, say("打不开 {}", "cannot open {}", path));
         unreadable_ = true;
         return;
      }
      const std::optional<std::string> formatted = format(path, *text);
      if (!formatted || *formatted == *text) return;
      ++differing_;
      console_.out() << path << '\n';
      if (options_.check) return;
      std::ofstream out(path, std::ios::binary | std::ios::trunc);
      out << *formatted;
      if (!out.flush()) {
         console_.error(Code::usage, say("写不了文件 {}", "cannot write {}", path));
         unreadable_ = true;
      }
   }

   void standard_input() {
      const std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
      const std::optional<std::string> formatted = format("-", text);
      if (!formatted) return;
      differing_ += *formatted != text;
      if (!options_.check) console_.out() << *formatted;
   }

   // A file with mistakes is left as it is: what could not be read would be lost.
   std::optional<std::string> format(const std::string& path, const std::string& text) {
      Sources sources;
      const Outcome<tree::File> parsed = parse(sources, sources.add(path, text));
      if (!parsed.ok()) {
         print_all(std::cerr, parsed.diagnostics, sources, console_.chinese, console_.colour_on_error());
         broken_ = true;
         return std::nullopt;
      }
      static const NamePairs names = function_names();
      return print(sources, parsed.value, options_.chinese, names);
   }

   Console& console_;
   const FormatOptions& options_;
   Disk disk_;
   std::size_t differing_ = 0;
   bool broken_ = false, unreadable_ = false;
};

}  // namespace

Exit format_command(Console& console, const FormatOptions& options) { return Formatting(console, options).run(); }

}  // namespace heng

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "grammar/codes.hpp"
#include "interpreter/explain/uses.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/cli/read_back.hpp"

namespace heng {

namespace {

struct Counts {
   std::size_t files = 0, sets = 0, rules = 0;
};

// Rules are counted once, however many years and places they are checked for.
Counts count(Workspace& workspace) {
   Counts counts;
   counts.files = workspace.number_of_files();
   std::set<std::pair<std::uint32_t, std::uint32_t>> sets, rules;
   for (const auto& [year, place] : workspace.years_and_places()) {
      const Compiled& one = workspace.compile(year, place);
      for (const RuleSet& set : one.program().sets) sets.insert({set.span.file, set.span.begin});
      for (const Rule& rule : one.program().rules) rules.insert({rule.span.file, rule.span.begin});
   }
   counts.sets = sets.size();
   counts.rules = rules.size();
   return counts;
}

// Nothing but blanks and comments in any file.
bool nothing_stands_in(const Sources& sources) {
   for (std::uint32_t i = 0; i < sources.size(); ++i) {
      std::string_view rest = sources[i].text;
      for (std::size_t at; (at = rest.find_first_not_of(" \t\r\n")) != std::string_view::npos;) {
         if (rest[at] != '#') return false;
         rest = rest.substr(std::min(rest.find('\n', at), rest.size()));
      }
   }
   return true;
}

// 规则.heng.txt, 规则.HENG: what an editor made of the name is not read, and nobody would notice.
void print_passed_over(Console& console, const std::string& folder) {
   std::error_code error;
   std::vector<std::string> names;
   for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      std::string name = entry->path().filename().string();
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
      const bool looks_like_rules = name.ends_with(".heng") || name.ends_with(".heng.txt") || name.ends_with(".heng.docx") ||
                                    name.ends_with(".heng.doc") || name.ends_with(".heng.rtf");
      if (looks_like_rules && entry->path().extension() != ".heng" && name.front() != '.')
         names.push_back(entry->path().filename().string());
   }
   std::sort(names.begin(), names.end());
   for (const std::string& name : names)
      console.out() << console.say(say("没有读 {}：只读名称以 .heng 结尾的文件",
                                       "{} is not read: only files whose names end in .heng are", name))
                    << '\n';
}

bool is_figure(const Type& type) { return type.is_numeric() || type.kind == Kind::target; }

// Figures that a slip may change unseen: those that no rule reads, and those that no equality holds; without `names` only how
// many of the first. A figure counts as read where a rule set of some year and place reads it.
void print_unread(Console& console, Workspace& workspace, bool names) {
   std::map<std::string, Use> best;
   std::vector<std::string> paths;  // as declared
   for (const auto& [year, place] : workspace.years_and_places()) {
      const Program& program = workspace.compile(year, place).program();
      const std::vector<Use> uses = uses_of(program);
      for (const Field& field : program.schema.fields) {
         if (!is_figure(field.type) || program.schema.is_last_years(field.id) ||
             field.name.find(printed_part) != std::string::npos)
            continue;
         const auto [place_of_it, fresh] = best.try_emplace(field.path, uses[field.id]);
         if (fresh) paths.push_back(field.path);
         place_of_it->second = std::max(place_of_it->second, uses[field.id]);
      }
   }
   const auto print = [&](Use wanted, const Said& title) {
      console.out() << console.say(title) << '\n';
      for (const std::string& path : paths)
         if (best.at(path) == wanted) console.out() << "  " << path << '\n';
      console.out() << '\n';
   };
   const auto count_of = [&](Use wanted) {
      return std::count_if(best.begin(), best.end(), [&](const auto& one) { return one.second == wanted; });
   };
   const auto unread = count_of(Use::none);
   if (!names) {
      if (unread > 0)
         console.out() << console.say(say("有 {} 个数没有规则读（heng check … --unread 列出）",
                                          "{} figures are read by no rule (heng check … --unread names them)", unread))
                       << '\n';
      return;
   }
   print(Use::none, say("没有规则读的数，{} 个：", "figures that no rule reads, {}:", unread));
   print(Use::compared,
         say("只与界限比较、不要求与别的数相等的数，{} 个：",
             "figures that are only compared with bounds, never wanted equal to anything, {}:", count_of(Use::compared)));
}

}  // namespace

Exit check_command(Console& console, const CheckOptions& options) {
   Opened opened;
   if (const Exit failed = find_rules(console, options.rules, options.parameters, opened); failed != Exit::fine) return failed;
   const Diagnostics all = opened.workspace.check_all();
   print_all(console.out(), all, opened.workspace.sources(), console.chinese, console.colour_on_out());
   if (!all.empty()) console.out() << '\n';
   if (const std::size_t errors = count_errors(all); errors > 0) {
      console.out() << console.say(errors == 1 ? say("1 处错误，规则不能运行", "1 error; the rules do not compile")
                                               : say("{} 处错误，规则不能运行", "{} errors; the rules do not compile", errors))
                    << '\n';
      return exit_of(all);
   }
   if (options.read_back) print_read_back(console, opened.workspace);
   if (options.unread) print_unread(console, opened.workspace, true);
   const Counts counts = count(opened.workspace);
   const auto some = [](std::size_t number, std::string_view one, std::string_view many) {
      return fmt::format("{} {}", number, number == 1 ? one : many);
   };
   console.out() << console.say(
                        {fmt::format("没有错误：{} 个文件，{} 个规则集，{} 条规则", counts.files, counts.sets, counts.rules),
                         fmt::format("no errors: {}, {}, {}", some(counts.files, "file", "files"),
                                     some(counts.sets, "rule set", "rule sets"), some(counts.rules, "rule", "rules"))})
                 << '\n';
   if (counts.sets > 0 && counts.rules == 0)
      console.out() << console.say(say("里面一条规则也没有，什么也不查", "there is no rule in it: nothing is checked")) << '\n';
   else if (nothing_stands_in(opened.workspace.sources()))
      console.out() << console.say(say("文件是空的：没有规则，也没有报表", "nothing stands in it: no rules, no forms")) << '\n';
   print_passed_over(console, options.rules);
   if (!options.unread) print_unread(console, opened.workspace, false);
   return Exit::fine;
}

}  // namespace heng

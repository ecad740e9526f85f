#include <set>

#include "grammar/codes.hpp"
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
   counts.files = workspace.files().size();
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

}  // namespace

Exit check_command(Console& console, const CheckOptions& options) {
   Opened opened;
   if (const Exit failed = find_rules(console, options.rules, options.parameters, opened); failed != Exit::fine) return failed;
   const Diagnostics all = opened.workspace.check_all();
   print_all(console.out(), all, opened.workspace.sources(), console.chinese, console.colour_on_out());
   if (!all.empty()) console.out() << '\n';
   if (const std::size_t errors = count_errors(all); errors > 0) {
      console.out() << console.say(say("{} 处错误，规则不能运行", "{} errors; the rules do not compile", errors)) << '\n';
      return exit_of(all);
   }
   if (options.read_back) print_read_back(console, opened.workspace);
   const Counts counts = count(opened.workspace);
   console.out() << console.say(say("没有错误：{} 个文件，{} 个规则集，{} 条规则", "no errors: {} files, {} rule sets, {} rules",
                                    counts.files, counts.sets, counts.rules))
                 << '\n';
   return Exit::fine;
}

}  // namespace heng

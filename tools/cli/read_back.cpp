#include "tools/cli/read_back.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "interpreter/explain/trials.hpp"
#include "interpreter/merge/meaning.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

class Page {
 public:
   Page(Console& console, const Sources& sources, const Program& program)
       : console_(console), sources_(sources), program_(program) {}

   void print(const ReadBack& one) {
      out() << one.heading << "    " << sources_.where(one.span) << '\n';
      const bool several = one.parts.size() > 1;
      out() << "  " << say("本条读作：", "reads: ");
      out() << sentence(one.opening, several ? stop() : semicolon());
      if (several) out() << '\n';
      if (several)
         for (std::size_t i = 0; i < one.parts.size(); ++i) part(one, one.parts[i], i + 1);
      else if (!one.parts.empty()) {
         out() << sentence(one.parts.front().sentences, stop()) << '\n';
         trials(one, one.parts.front(), "  ");
      }
      if (several) rule_trials(one, "  ");
      if (!one.closing.empty()) out() << "  " << sentence(one.closing, stop()) << '\n';
      out() << '\n';
   }

 private:
   std::ostream& out() { return console_.out(); }
   std::string say(std::string_view zh, std::string_view en) const { return std::string(console_.say(zh, en)); }
   std::string stop() const { return say("。", "."); }
   std::string semicolon() const { return say("；", "; "); }

   std::string sentence(const std::vector<std::string>& parts, const std::string& end) const {
      if (parts.empty()) return {};
      return join(parts, semicolon()) + end;
   }

   void part(const ReadBack& one, const ReadPart& part, std::size_t number) {
      out() << "  " << number << ". ";
      if (!part.title.empty()) out() << part.title << say("：", ": ");
      out() << sentence(part.sentences, stop()) << '\n';
      if (part.case_number) trials(one, part, "     ");
   }

   void trials(const ReadBack& one, const ReadPart& part, const std::string& indent) {
      if (!one.rule) return;
      const bool cases = !program_.rules[*one.rule].cases.empty();
      if (cases && !part.case_number) return;
      lines(trials_of(program_, *one.rule, part.case_number, console_.chinese), indent);
   }
   // The arms of a score are tried together.
   void rule_trials(const ReadBack& one, const std::string& indent) {
      if (one.rule && program_.rules[*one.rule].cases.empty())
         lines(trials_of(program_, *one.rule, std::nullopt, console_.chinese), indent);
   }

   void lines(const std::vector<TrialRow>& rows, const std::string& indent) {
      for (const TrialRow& row : rows) {
         out() << indent << say("试算：", "tried: ");
         if (!row.fixed.empty()) out() << join(row.fixed, say("，", ", ")) << semicolon();
         out() << row.varied << ' ';
         std::vector<std::string> points;
         for (const TrialPoint& point : row.points) points.push_back(point.given + "→" + point.outcome);
         out() << join(points, say("，", ", "));
         if (!row.allowed.empty()) out() << say("（允许相差 ", " (allowed gap ") << row.allowed << say("）", ")");
         out() << '\n';
      }
   }

   Console& console_;
   const Sources& sources_;
   const Program& program_;
};

// Calls take(program, selection, set) for every set that can be made, once.
void for_each_set(Workspace& workspace, const std::function<void(const Program&, const Selection&, std::uint32_t)>& take) {
   std::set<std::pair<std::uint32_t, std::uint32_t>> met;
   for (const auto& [year, place] : workspace.years_and_places()) {
      const Compiled& compiled = workspace.compile(year, place);
      if (!compiled.ok) continue;
      const Program& program = compiled.program();
      for (std::uint32_t set = 0; set < program.sets.size(); ++set)
         if (met.insert({program.sets[set].span.file, program.sets[set].span.begin}).second)
            take(program, compiled.selection, set);
   }
}

bool is_called(const Program& program, const ReadBack& one, const std::string& wanted) {
   const auto is = [&](const std::string& name) { return !name.empty() && fold(name) == wanted; };
   const auto any = [&](const std::vector<std::string>& refs) { return std::any_of(refs.begin(), refs.end(), is); };
   if (is(one.name)) return true;
   if (!one.rule) return false;
   const Rule& rule = program.rules[*one.rule];
   return is(rule.title) || any(rule.refs) ||
          std::any_of(rule.cases.begin(), rule.cases.end(), [&](const Case& each) { return is(each.title) || any(each.refs); });
}

}  // namespace

void print_read_back(Console& console, Workspace& workspace) {
   for_each_set(workspace, [&](const Program& program, const Selection& selection, std::uint32_t set) {
      console.out() << "== " << set_title(program.sets[set]) << " ==\n\n";
      Page page(console, workspace.sources(), program);
      for (const ReadBack& one : read_back(program, selection, set, console.chinese))
         if (is_changed(selection, *selection.sets[set], one.span)) page.print(one);
   });
}

bool print_read_back_of(Console& console, Workspace& workspace, const std::string& name) {
   bool found = false;
   const std::string wanted = fold(name);
   for_each_set(workspace, [&](const Program& program, const Selection& selection, std::uint32_t set) {
      Page page(console, workspace.sources(), program);
      for (const ReadBack& one : read_back(program, selection, set, console.chinese)) {
         if (!is_changed(selection, *selection.sets[set], one.span) || !is_called(program, one, wanted)) continue;
         page.print(one);
         found = true;
      }
   });
   return found;
}

}  // namespace heng

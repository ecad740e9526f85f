#include "tools/cli/wish.hpp"

#include <algorithm>

#include "reports/write/words.hpp"
#include "stdlib/text.hpp"

namespace heng {

Wish read_wish(const std::string& text) {
   std::string half = text;
   for (const auto& [wide, narrow] : {std::pair{"【", "["}, std::pair{"】", "]"}})
      for (std::size_t at = half.find(wide); at != std::string::npos; at = half.find(wide)) half.replace(at, 3, narrow);
   const std::size_t open = half.find('[');
   if (open == std::string::npos || half.back() != ']') return {half, ""};
   return {half.substr(0, open), half.substr(open + 1, half.size() - open - 2)};
}

// "2.3" and "2,3" mean 项目[2].指标[3]; a word means a code or a part of the row's label.
bool is_row(const Subject& subject, const std::string& wish) {
   if (wish.empty()) return true;
   std::vector<std::string> brackets;
   for (std::size_t open = subject.path.find('['); open != std::string::npos; open = subject.path.find('[', open + 1)) {
      const std::size_t close = subject.path.find(']', open);
      if (close == std::string::npos) break;
      brackets.push_back(subject.path.substr(open + 1, close - open - 1));
   }
   const std::string folded = fold(wish);
   if (join(brackets, ".") == folded || join(brackets, ",") == folded) return true;
   if (!brackets.empty() && brackets.back() == folded) return true;
   if (fold(subject.path) == folded) return true;
   const bool number = folded.find_first_not_of("0123456789.,") == std::string::npos;
   return !number && !subject.label.empty() && fold(subject.label).find(folded) != std::string::npos;
}

bool is_called(const Program& program, const Rule& rule, const Case* one, const std::string& wish) {
   const std::string folded = fold(wish);
   const auto is = [&](const std::string& name) { return !name.empty() && fold(name) == folded; };
   if (is(rule.name) || is(program.sets[rule.set].name + "." + rule.name)) return true;
   if (rule.parent != no_rule && is(rule.name.substr(rule.name.rfind('.') + 1))) return true;
   if (one && (is(one->title) || is(rule.name + "/" + one->title) || is(rule.name + "." + one->title))) return true;
   const auto& refs = refs_of(rule, one);
   return std::any_of(refs.begin(), refs.end(), is) || is(rule.title);
}

bool is_any_called(const Program& program, const std::string& wish) {
   return std::any_of(program.rules.begin(), program.rules.end(), [&](const Rule& rule) {
      if (is_called(program, rule, nullptr, wish)) return true;
      return std::any_of(rule.cases.begin(), rule.cases.end(),
                         [&](const Case& one) { return is_called(program, rule, &one, wish); });
   });
}

std::string nearest_name(const Program& program, const std::string& wish) {
   std::vector<std::string> all;
   for (const Rule& rule : program.rules) {
      all.push_back(rule.name);
      for (const Case& one : rule.cases)
         if (!one.title.empty()) all.push_back(one.title);
   }
   const auto near = suggestions(wish, all);
   return near.empty() ? "" : near.front();
}

}  // namespace heng

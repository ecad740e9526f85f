#include "tools/cli/two_sides.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "grammar/codes.hpp"

namespace heng {

namespace {

// rules@2024@青岛市, unless that is the name of a file.
void read_side(Side& side, const std::string& given, int year, const std::string& place) {
   side.given = side.path = given;
   side.year = year;
   side.place = place;
   if (std::filesystem::exists(given)) return;
   for (std::size_t at = given.find('@'); at != std::string::npos; at = given.find('@', at + 1)) {
      const std::size_t end = given.find_first_not_of("0123456789", at + 1);
      if (end == at + 1 || (end != std::string::npos && given[end] != '@') || std::min(end, given.size()) - at > 5) continue;
      if (at + 1 == given.size()) continue;
      side.path = given.substr(0, at);
      side.year = std::stoi(given.substr(at + 1));
      if (end != std::string::npos) side.place = given.substr(end + 1);
      return;
   }
}

// One year and one place; places of the same year count only where the place was asked for.
std::set<int> years_of(const std::vector<std::pair<int, std::string>>& all) {
   std::set<int> years;
   for (const auto& [year, place] : all) years.insert(year);
   return years;
}

}  // namespace

std::string Side::at(Span span) const {
   return fmt::format("{}:{}", sources()[span.file].path, sources().place_of(span.file, span.begin).line);
}

std::string year_and_place(const YearOfSide& one, bool chinese) {
   if (one.year == 0) return chinese ? "（没有）" : "(none)";
   return std::to_string(one.year) + (chinese ? "年度" : "") + (one.place.empty() ? "" : " " + one.place);
}

Exit TwoSides::open(Console& console, const std::vector<std::string>& given, int year, const std::string& place) {
   for (auto [side, text] : {std::pair{&was, &given[0]}, std::pair{&now, &given[1]}}) {
      read_side(*side, *text, year, place);
      if (side->path.find('@') != std::string::npos && !std::filesystem::exists(side->path)) {
         console.error(Code::file_not_found, say("没有 {}，或者打不开", "there is no {}, or it cannot be opened", side->path),
                       say("年度和地区写成 规则@年度@地区，如 规则@2024@青岛市",
                           "year and place are written RULES@YEAR@PLACE, such as RULES@2024@青岛市"));
         return Exit::unreadable;
      }
      side->opened = std::make_unique<Opened>();
      if (const Exit failed = open_rules(console, side->path, {}, *side->opened); failed != Exit::fine) return failed;
   }
   mention_place(console, *was.opened, was.place);
   if (now.place != was.place || now.path != was.path) mention_place(console, *now.opened, now.place);
   return Exit::fine;
}

Exit TwoSides::years(Console& console, std::vector<YearPair>& pairs) const {
   const auto all_was = was.opened->workspace.years_and_places(), all_now = now.opened->workspace.years_and_places();
   const std::set<int> years_was = years_of(all_was), years_now = years_of(all_now);
   int a = was.year, b = now.year;
   if (a == 0 && b == 0 && years_was != years_now && years_was.size() == 1 && years_now.size() == 1) {
      a = *years_was.begin();
      b = *years_now.begin();
   }
   const auto other = [](const std::set<int>& own, int of_other) { return own.size() == 1 ? *own.begin() : of_other; };
   if (a == 0 && b != 0) a = other(years_was, b);
   if (b == 0 && a != 0) b = other(years_now, a);
   if (a != 0) {
      pairs.push_back({{a, was.place}, {b, now.place}});
      return Exit::fine;
   }
   std::set<std::pair<int, std::string>> both(all_was.begin(), all_was.end());
   both.insert(all_now.begin(), all_now.end());
   for (const auto& [year, place] : both) {
      if (!was.place.empty() && place != was.place) continue;
      const bool in_was = years_was.count(year) > 0, in_now = years_now.count(year) > 0;
      pairs.push_back({{in_was ? year : 0, place}, {in_now ? year : 0, place}});
   }
   if (!pairs.empty()) return Exit::fine;
   console.error(
       Code::usage,
       say("{} 和 {} 里没有要比较的年度和地区", "there is no year and place to compare in {} and {}", was.given, now.given),
       say("写明年度：{}@2024 {}@2025", "say the years: {}@2024 {}@2025", was.path, now.path));
   return Exit::usage;
}

}  // namespace heng

#include "stdlib/names.hpp"

#include <set>

#include "stdlib/text.hpp"

namespace heng {

namespace {

std::vector<std::string> split(std::string_view text, std::string_view mark) {
   std::vector<std::string> parts;
   while (true) {
      const std::size_t end = text.find(mark);
      parts.emplace_back(text.substr(0, end));
      if (end == std::string_view::npos) return parts;
      text.remove_prefix(end + mark.size());
   }
}

std::set<std::string> folded(std::string_view stored) {
   std::set<std::string> names;
   for (const std::string& name : names_in(stored)) names.insert(fold(name));
   return names;
}

// One name that looks like several is shown with its ends.
std::string with_borders(const std::string& name) {
   for (const std::string_view mark : {"，", ",", "、", " ", "　"})
      if (name.find(mark) != std::string::npos) return "「" + name + "」";
   return name;
}

}  // namespace

std::vector<std::string> listed_names(std::string_view text) {
   std::vector<std::string> names;
   for (std::string& name : split(text, "、"))
      if (!fold(name).empty()) names.push_back(std::move(name));
   return names;
}

std::string joined_names(const std::vector<std::string>& names) {
   std::string stored;
   for (const std::string& name : names) stored += (&name == &names.front() ? "" : std::string(1, between_names)) + name;
   return stored;
}

std::vector<std::string> names_in(std::string_view stored) {
   return stored.empty() ? std::vector<std::string>{} : split(stored, std::string_view(&between_names, 1));
}

std::string shown_names(std::string_view stored) {
   std::string text;
   for (const std::string& name : names_in(stored)) text += (text.empty() ? "" : "、") + name;
   return text;
}

std::string shown_names_with_borders(const std::vector<std::string>& names) {
   std::string text;
   for (const std::string& name : names) text += (text.empty() ? "" : "、") + with_borders(name);
   return text;
}

bool has_name(std::string_view stored, std::string_view name) { return folded(stored).count(fold(name)) != 0; }

std::vector<std::string> names_lacking(std::string_view of, std::string_view in) {
   std::set<std::string> there = folded(in);
   std::vector<std::string> lacking;
   for (const std::string& name : names_in(of))
      if (there.insert(fold(name)).second) lacking.push_back(name);
   return lacking;
}

bool counts_up_to(std::string_view stored, int last) {
   const std::vector<std::string> names = names_in(stored);
   if (names.size() != static_cast<std::size_t>(last)) return false;
   for (int number = 1; number <= last; ++number)
      if (fold(names[static_cast<std::size_t>(number - 1)]) != std::to_string(number)) return false;
   return true;
}

}  // namespace heng

#include "grammar/references.hpp"

#include <charconv>

namespace heng::grammar {

namespace {

constexpr unsigned most_in_range = 1000;

// A0-1306: "A0-", 1306, four digits. 公开09 is followed by 公开10: as many digits, but where a number outgrows them.
struct Numbered {
   std::string_view before;
   std::optional<unsigned> number;
   std::size_t digits = 0;
   bool padded = false;
};

Numbered numbered(std::string_view reference) {
   const std::size_t begin = reference.find_last_not_of("0123456789") + 1;
   const std::string_view digits = reference.substr(begin);
   unsigned number = 0;
   const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
   if (digits.empty() || error != std::errc()) return {reference, std::nullopt};
   return {reference.substr(0, begin), number, digits.size(), digits.front() == '0'};
}

std::string written(const Numbered& like, unsigned number) {
   std::string digits = std::to_string(number);
   if (like.padded && digits.size() < like.digits) digits.insert(0, like.digits - digits.size(), '0');
   return std::string(like.before) + digits;
}

bool follows(std::string_view before, std::string_view after) {
   const Numbered a = numbered(before);
   return a.number && written(a, *a.number + 1) == after;
}

}  // namespace

std::optional<std::vector<std::string>> references_between(std::string_view first, std::string_view last) {
   const Numbered from = numbered(first), to = numbered(last);
   if (!from.number || !to.number || from.before != to.before) return std::nullopt;
   if (*to.number <= *from.number || *to.number - *from.number > most_in_range) return std::nullopt;
   std::vector<std::string> result;
   for (unsigned number = *from.number + 1; number <= *to.number; ++number) result.push_back(written(from, number));
   if (result.back() != last) return std::nullopt;
   return result;
}

std::vector<std::string> with_ranges(const std::vector<std::string>& references) {
   std::vector<std::string> result;
   for (std::size_t begin = 0; begin < references.size();) {
      std::size_t end = begin + 1;
      while (end < references.size() && end - begin <= most_in_range && follows(references[end - 1], references[end])) ++end;
      if (end - begin > 2) {
         result.push_back(references[begin] + ".." + references[end - 1]);
         begin = end;
      } else {
         result.push_back(references[begin++]);
      }
   }
   return result;
}

}  // namespace heng::grammar

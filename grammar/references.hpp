// Names and reference numbers that count on: `S11..S26` for S11, S12, …, S26; `公开01..公开09` for nine forms.
// Does not know: what is numbered so.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heng::grammar {

// What follows `first`, up to and with `last`; nothing where one does not count from the one to the other.
std::optional<std::vector<std::string>> references_between(std::string_view first, std::string_view last);

// As it is written: three and more that count on are one range.
std::vector<std::string> with_ranges(const std::vector<std::string>& references);

}  // namespace heng::grammar

// Names that a reader cannot tell apart: о and o, 0 and O, 已 and 己, 一 and ー. (Full width, radicals and blanks are folded
// away before names are compared at all.)
// Does not know: who declares names.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace heng::checking {

std::string likeness(std::string_view name);  // equal for names that look alike
// Of two names that look alike, where they differ: "第2个字是“о”（西里尔字母，U+043E），不是“o”（拉丁字母，U+006F）".
Said difference(std::string_view written, std::string_view meant);
std::optional<std::string> look_alike(std::string_view written, const std::vector<std::string>& candidates);
// "did you mean …?", and which character is another one. Nothing: no candidate is close enough.
std::optional<Said> did_you_mean(std::string_view written, const std::vector<std::string>& candidates);

}  // namespace heng::checking

// Sets of names, as a sentence lists them: 办公费、印刷费. Stored as one text with a mark between the names, so that a column of
// sets is a column of texts; compared as sets, each name folded.
// Does not know: columns, where the names come from.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace heng {

inline constexpr char between_names = '\x1f';

std::vector<std::string> listed_names(std::string_view text);     // what a person wrote: 甲、乙、丙
std::string joined_names(const std::vector<std::string>& names);  // the stored text
std::vector<std::string> names_in(std::string_view stored);
std::string shown_names(std::string_view stored);  // 甲、乙、丙
// Names to look for in other lists: 甲、「乙，丙」.
std::string shown_names_with_borders(const std::vector<std::string>& names);

bool has_name(std::string_view stored, std::string_view name);
std::vector<std::string> names_lacking(std::string_view of, std::string_view in);  // names of the first that the second has not
// Are these the numbers 1 .. last, each once and in order?
bool counts_up_to(std::string_view stored, int last);

}  // namespace heng

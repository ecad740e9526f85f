// What is printed around tables in a flat text: title, unit, year; page numbers and notes, which are no part of them.
// Does not know: schema, what stands in the tables.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "reports/read/recognise/words.hpp"

namespace heng {

struct PrintedFacts {
   std::optional<ReadValue> title, unit, year;
};

// Before the first figures of the region. The unit may also stand in the lines above it, right under the table before.
PrintedFacts printed_facts(const std::vector<std::string>& titles, const Region& region);
std::string unit_printed(const Region& region);  // empty: none

std::size_t end_of_line(const std::vector<Word>& words, std::size_t at);  // the first word of the next
bool begins_notes(const Word& word);                                      // 注：…
bool is_page_number_at(const std::vector<Word>& words, std::size_t at);   // "- 36 -" on a line of its own

}  // namespace heng

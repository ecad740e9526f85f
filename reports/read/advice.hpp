// The way out of data that cannot be read: what a file is by mistake, what stands where JSON wants something else, how a figure
// is to be written.
// Does not know: shapes, fields.
#pragma once
#include <optional>
#include <string_view>

#include "grammar/diagnostic.hpp"

namespace heng {

// A PDF, a workbook, a web page: what the text begins like, when it is no JSON at all.
std::optional<Said> another_kind_of_file(std::string_view text);
// Which encoding it is in, and how to save it anew. `text` is not UTF-8, or has zero bytes.
Said encoding_of(std::string_view text);
bool is_utf16(std::string_view text);
// What stands at `offset` where JSON wants something else; nothing: no more can be said than that.
std::optional<Said> no_json_at(std::string_view text, std::size_t offset);
// Where a line break or another control character stands in quoted text; 0: nowhere.
std::size_t control_in_quotes(std::string_view text);
// How to write what was meant by this figure.
Said advice_for_number(std::string_view text);

}  // namespace heng

// From the bytes a value was read from back to what people look for: JSON pointer, what was printed, page, line, cell.
// Made on demand for the few figures that are shown: nothing of it is kept while reading.
// Does not know: fields, rules.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interpreter/batch.hpp"

namespace heng {

struct FigurePlace {
   std::string pointer;           // "/公开01/31"
   std::string raw;               // as printed
   std::string page, line, cell;  // where the data says so
   std::string from, by, when;    // "recognised", "corrected": by whom, and when
   std::string file;              // of last year's report; empty: the report's own
};

using FigurePlaces = std::unordered_map<std::uint32_t, FigurePlace>;  // by Origin::begin

// `record` is a record that was read (valid JSON, followed by record_padding readable bytes).
FigurePlaces places_of(std::string_view record, const std::vector<Origin>& origins);

// Only what was printed, of one value; cheap, for values that go into messages.
std::string raw_text(std::string_view record, Origin origin);

}  // namespace heng

// Last year's report as it was read beside this year's: its text stands behind this year's where bytes are counted.
// Does not know: how it was found.
#pragma once
#include "reports/read/place.hpp"

namespace heng {

struct LastYearsReport {
   int year = 0;      // 0: no rule reads it
   Said why_not;      // why it is not there
   std::string file;  // as the person named it; empty: it is not there
   std::uint64_t record = 0, line = 0;
   std::string text;  // with record_padding readable bytes behind it
   std::string hash;  // SHA-256 (hex) of the text
   bool there() const { return !file.empty(); }
   std::string_view bytes() const;
};

FigurePlaces places_of(std::string_view record, const LastYearsReport& last_year, const std::vector<Origin>& origins);
std::string raw_text(std::string_view record, const LastYearsReport& last_year, Origin origin);

}  // namespace heng

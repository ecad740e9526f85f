#include "reports/read/last_year.hpp"

#include "reports/read/records.hpp"

namespace heng {

namespace {

Origin in_last_year(Origin origin, std::size_t before) {
   return {static_cast<std::uint32_t>(origin.begin - before), static_cast<std::uint32_t>(origin.end - before)};
}

}  // namespace

std::string_view LastYearsReport::bytes() const {
   return text.size() < record_padding ? std::string_view() : std::string_view(text).substr(0, text.size() - record_padding);
}

FigurePlaces places_of(std::string_view record, const LastYearsReport& last_year, const std::vector<Origin>& origins) {
   std::vector<Origin> here, there;
   for (const Origin& origin : origins) {
      if (origin.begin >= record.size() && last_year.there())
         there.push_back(in_last_year(origin, record.size()));
      else
         here.push_back(origin);
   }
   FigurePlaces places = places_of(record, here);
   if (there.empty()) return places;
   for (auto& [begin, place] : places_of(last_year.bytes(), there)) {
      place.file = last_year.file;
      places.emplace(static_cast<std::uint32_t>(begin + record.size()), std::move(place));
   }
   return places;
}

std::string raw_text(std::string_view record, const LastYearsReport& last_year, Origin origin) {
   if (origin.begin < record.size() || !last_year.there()) return raw_text(record, origin);
   return raw_text(last_year.bytes(), in_last_year(origin, record.size()));
}

}  // namespace heng

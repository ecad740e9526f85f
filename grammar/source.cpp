#include "grammar/source.hpp"

#include <algorithm>

#include "grammar/unicode.hpp"

namespace heng {
namespace {

std::vector<std::uint32_t> line_starts_of(std::string_view text) {
   std::vector<std::uint32_t> starts = {0};
   for (std::size_t at = 0; at < text.size(); ++at)
      if (text[at] == '\n') starts.push_back(static_cast<std::uint32_t>(at + 1));
   return starts;
}

}  // namespace

std::uint32_t Sources::add(std::string path, std::string text) {
   line_starts_.push_back(line_starts_of(text));
   sources_.push_back({std::move(path), std::move(text)});
   return static_cast<std::uint32_t>(sources_.size() - 1);
}

Place Sources::place_of(std::uint32_t file, std::uint32_t offset) const {
   const std::string_view text = sources_[file].text;
   const std::vector<std::uint32_t>& starts = line_starts_[file];
   offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text.size()));
   const auto next = std::upper_bound(starts.begin(), starts.end(), offset);
   Place place;
   place.line = static_cast<std::uint32_t>(next - starts.begin());
   for (std::uint32_t at = *(next - 1); at < offset;) {
      const unicode::Character character = unicode::character_at(text, at);
      ++place.column;
      place.width_before += static_cast<std::uint32_t>(unicode::columns_of(character.code));
      at += character.length;
   }
   return place;
}

std::string_view Sources::text_of(Span span) const {
   return std::string_view(sources_[span.file].text).substr(span.begin, span.end - span.begin);
}

std::string_view Sources::line_of(std::uint32_t file, std::uint32_t offset) const {
   const std::string_view text = sources_[file].text;
   offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(text.size()));
   const std::vector<std::uint32_t>& starts = line_starts_[file];
   const std::uint32_t begin = *(std::upper_bound(starts.begin(), starts.end(), offset) - 1);
   const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
   return line.substr(0, line.find_last_not_of('\r') + 1);
}

std::string Sources::where(Span span) const {
   const Place place = place_of(span.file, span.begin);
   return sources_[span.file].path + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
}

std::size_t display_width(std::string_view utf8) {
   std::size_t width = 0;
   for (std::size_t at = 0; at < utf8.size();) {
      const unicode::Character character = unicode::character_at(utf8, at);
      width += static_cast<std::size_t>(unicode::columns_of(character.code));
      at += character.length;
   }
   return width;
}

}  // namespace heng

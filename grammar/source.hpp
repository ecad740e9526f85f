// Source text and places in it.
//
// A Span counts bytes into one text of a Sources collection; lines and columns are made only where something is printed or
// sent (place_of). Text is never normalised before parsing, so offsets always point into what the person wrote.
// Does not know: files, directories, the language.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heng {

struct Span {
   std::uint32_t file = 0, begin = 0, end = 0;  // bytes, end not included; file indexes Sources
   friend bool operator==(const Span&, const Span&) = default;
};
inline bool contains(Span outer, Span inner) {
   return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// 1-based. `column` counts code points, `width_before` the terminal columns before it (CJK counts two).
struct Place {
   std::uint32_t line = 1, column = 1, width_before = 0;
};

struct Source {
   std::string path;  // as the person named it; never made absolute
   std::string text;  // UTF-8, as read
};

class Sources {
 public:
   std::uint32_t add(std::string path, std::string text);  // returns the file number for spans
   const Source& operator[](std::uint32_t file) const { return sources_[file]; }
   std::size_t size() const { return sources_.size(); }
   Place place_of(std::uint32_t file, std::uint32_t offset) const;
   std::string_view text_of(Span span) const;
   std::string_view line_of(std::uint32_t file, std::uint32_t offset) const;  // the whole line, without its end
   std::string where(Span span) const;                                        // "rules/a.heng:12:3"

 private:
   std::vector<Source> sources_;
   std::vector<std::vector<std::uint32_t>> line_starts_;
};

// How many terminal columns UTF-8 text takes (East Asian wide and full-width count two).
std::size_t display_width(std::string_view utf8);

}  // namespace heng

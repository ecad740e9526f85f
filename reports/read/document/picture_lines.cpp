#include <charconv>
#include <optional>

#include "reports/read/document/scan.hpp"

namespace heng {

namespace {

constexpr std::size_t shortest = 100;  // dots; strokes of letters are shorter
constexpr std::size_t bridged = 3;     // dots that may be missing in a line
constexpr std::size_t thickest = 16;   // dots; what is thicker is no line but a dark area
constexpr std::size_t most_runs = 100'000;
constexpr unsigned char dark = 150;

// A number of the head, and what follows it. Comments in the head are not made by the programs that we start.
std::optional<std::size_t> take_number(std::string_view& rest) {
   while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\n' || rest.front() == '\t')) rest.remove_prefix(1);
   std::size_t number = 0;
   const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
   if (error != std::errc() || number > 100'000) return std::nullopt;
   rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
   return number;
}

struct Picture {
   std::size_t width = 0, height = 0, begin = 0;  // the first dot's byte
};

std::optional<Picture> picture_in(std::string_view pgm) {
   if (pgm.substr(0, 2) != "P5") return std::nullopt;
   std::string_view rest = pgm.substr(2);
   const auto width = take_number(rest), height = take_number(rest), most = take_number(rest);
   if (!width || !height || !most || *most != 255 || rest.empty()) return std::nullopt;
   rest.remove_prefix(1);
   if (*width == 0 || *height == 0 || rest.size() < *width * *height) return std::nullopt;
   return Picture{*width, *height, pgm.size() - rest.size()};
}

// A straight row of dark dots, along x or along y.
struct Run {
   std::size_t at = 0, from = 0, to = 0;
};

class LineFinder {
 public:
   LineFinder(std::string_view pgm, const Picture& picture) : dots_(pgm.substr(picture.begin)), picture_(picture) {}

   // false: too many to be ruling lines.
   bool find() {
      return look(across_, picture_.height, picture_.width, true) && look(down_, picture_.width, picture_.height, false);
   }

   std::vector<Box> boxes() const {
      constexpr float points = 72 / scan_dots_per_inch;
      std::vector<Box> boxes;
      for (const Run& run : across_)
         boxes.push_back({points * static_cast<float>(run.from), points * static_cast<float>(run.at),
                          points * static_cast<float>(run.to), points * static_cast<float>(run.at + 1)});
      for (const Run& run : down_)
         boxes.push_back({points * static_cast<float>(run.at), points * static_cast<float>(run.from),
                          points * static_cast<float>(run.at + 1), points * static_cast<float>(run.to)});
      return boxes;
   }

   void erase(std::string& pgm) const {
      for (const Run& run : across_)
         for (std::size_t x = run.from; x < run.to; ++x) pgm[picture_.begin + run.at * picture_.width + x] = '\xFF';
      for (const Run& run : down_)
         for (std::size_t y = run.from; y < run.to; ++y) pgm[picture_.begin + y * picture_.width + run.at] = '\xFF';
   }

 private:
   bool is_dark(std::size_t at, std::size_t along, bool across) const {
      const std::size_t index = across ? at * picture_.width + along : along * picture_.width + at;
      return static_cast<unsigned char>(dots_[index]) < dark;
   }

   bool look(std::vector<Run>& into, std::size_t rows, std::size_t length, bool across) const {
      for (std::size_t at = 0; at < rows; ++at) {
         std::size_t from = 0, last = 0;
         bool open = false;
         const auto close = [&] {
            if (open && last + 1 - from >= shortest) into.push_back({at, from, last + 1});
            open = false;
         };
         for (std::size_t along = 0; along < length; ++along) {
            if (!is_dark(at, along, across)) continue;
            if (open && along > last + 1 + bridged) close();
            if (!open) from = along;
            open = true;
            last = along;
         }
         close();
         if (into.size() > most_runs) return false;
      }
      keep_thin(into);
      return true;
   }

   // Runs that lie upon each other for more than a line's thickness are a dark area.
   static void keep_thin(std::vector<Run>& runs) {
      std::vector<Run> thin;
      std::size_t first = 0;
      for (const Run& run : runs) {
         while (first < runs.size() && runs[first].at + thickest < run.at) ++first;
         std::size_t depth = 0;
         for (std::size_t i = first; i < runs.size() && runs[i].at <= run.at + thickest && depth <= thickest; ++i)
            depth += runs[i].from < run.to && run.from < runs[i].to ? 1 : 0;
         if (depth <= thickest) thin.push_back(run);
      }
      runs = std::move(thin);
   }

   std::string_view dots_;
   Picture picture_;
   std::vector<Run> across_, down_;
};

}  // namespace

PictureLines lines_of_picture(std::string_view pgm) {
   PictureLines lines{{}, std::string(pgm)};
   const std::optional<Picture> picture = picture_in(pgm);
   if (!picture) return lines;
   LineFinder finder(pgm, *picture);
   if (!finder.find()) return lines;
   lines.rules = finder.boxes();
   finder.erase(lines.picture);
   return lines;
}

}  // namespace heng

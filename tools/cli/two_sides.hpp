// Two versions of rules that a command sets beside each other: RULES[@YEAR[@PLACE]] twice, and which of their years go together.
// Does not know: what is done with them.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/cli/open.hpp"

namespace heng {

struct Side {
   std::string given, path, place;
   int year = 0;  // 0: not said
   std::unique_ptr<Opened> opened;

   const Sources& sources() const { return opened->workspace.sources(); }
   std::string at(Span span) const;  // file:line
};

struct YearOfSide {
   int year = 0;  // 0: this side has none for what the other has
   std::string place;
};
using YearPair = std::pair<YearOfSide, YearOfSide>;

struct TwoSides {
   Side was, now;

   // `year` and `place` hold where a side does not say its own. A path may hold @ itself: what is there goes first.
   Exit open(Console& console, const std::vector<std::string>& given, int year, const std::string& place);
   // A side's year: as it was said, or the only one that it has, or that of the other side; else all years and places that either
   // has, each with its own like. Empty and Exit::usage: it is not known which are meant.
   Exit years(Console& console, std::vector<YearPair>& pairs) const;
};

std::string year_and_place(const YearOfSide& one, bool chinese);  // 2024年度 青岛市

}  // namespace heng

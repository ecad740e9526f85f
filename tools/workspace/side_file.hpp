// A file that people keep beside a report, small enough to be held whole. Does not know: what it says.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace heng {

struct SideFile {
   bool there = false;
   std::optional<std::string> text;  // none of one that is there: it cannot be read
};
SideFile read_side_file(const std::string& path);

// Whole or not at all: the old text is not lost with a full disk. What a link leads to is written, and keeps its mode.
bool write_side_file(const std::string& path, std::string_view text);

}  // namespace heng

// Tables of texts as a workbook, a sheet each. Does not know: where they come from.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace heng {

struct SheetOfTexts {
   std::string name;
   std::vector<std::string> head;
   // Calls `row` for each row; an empty cell is left empty.
   std::function<void(const std::function<void(const std::vector<std::string>&)>& row)> rows;
   std::vector<double> widths = {};  // of the first columns, in characters; the others are as usual
   bool head_stays = false;          // in sight, however far down one reads
};

// Rows that a sheet has no room for stand on further sheets. false: the file cannot be written.
bool write_workbook(const std::string& path, const std::vector<SheetOfTexts>& sheets);

}  // namespace heng

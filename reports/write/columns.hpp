// Rows of cells, printed with columns as wide as their widest cell; what is longer than a figure or a name stands out of line
// rather than pushing all others away. Does not know: what the cells say.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace heng {

class Columns {
 public:
   explicit Columns(std::vector<bool> right) : right_(std::move(right)) {}  // which stand at the right
   void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
   bool empty() const { return rows_.empty(); }
   std::string print(std::string_view indent) const;

 private:
   std::vector<bool> right_;
   std::vector<std::vector<std::string>> rows_;
};

}  // namespace heng

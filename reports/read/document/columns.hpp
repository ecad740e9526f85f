// Where the columns of a table part, from where its words stand. A cut lies where most lines have words on both sides of it, and
// hardly one has a word across. A head at the left of its column and figures at the right are one column again afterwards.
// Of what a word says only this is known: whether it looks like an amount.
#pragma once
#include <string_view>
#include <vector>

#include "reports/read/document/alignment.hpp"

namespace heng {

// Places of the cuts, from left to right; none: the words make no columns. `em`: how wide a Chinese character is.
std::vector<float> column_cuts(const std::vector<AlignedLine>& lines, float em);

// 1,234.56  -0.30  (12.00)  15.3%  but no whole number, which may count lines or columns.
bool looks_like_amount(std::string_view text);

// The columns that a word reaches into by more than a little; one at least, where most of it stands. The last one is in it.
struct ColumnRange {
   std::size_t first = 0, last = 0;
};
ColumnRange columns_of(const AlignedWord& word, const std::vector<float>& cuts, float em);

}  // namespace heng

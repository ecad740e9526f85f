// In which order the columns of a table stand, told from its head as a flat text gives it: the cells of the upper tier from left
// to right, then those of the lower tier.
// Does not know: forms, bodies of tables.
#pragma once
#include <optional>
#include <vector>

#include "reports/read/recognise/names_on_paper.hpp"

namespace heng {

// A name in the head: of column `id`; of something known that is no figure column (ids from the number of columns on); or a word
// that names nothing known (no_column), perhaps the head of a group of columns.
struct HeadWord {
   static constexpr std::size_t no_column = static_cast<std::size_t>(-1);
   std::size_t id = no_column;
   std::uint32_t line = 0;
   const void* name = nullptr;  // which of its names: the same for the same one
};

std::vector<HeadWord> head_words(const Names& columns, const std::vector<Word>& words, std::size_t first, std::size_t last);

// Columns from left to right; {} when the head does not name them; nullopt when it names them in a way that does not tell.
std::optional<std::vector<std::size_t>> order_of_columns(const std::vector<HeadWord>& head, std::size_t columns);

}  // namespace heng

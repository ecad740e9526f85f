// Engine against oracle: one program over some reports, and the first thing that differs, in words.
// Does not know: how programs and reports are made.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "interpreter/program.hpp"
#include "tests/agree/data.hpp"

namespace heng::agree {

using Reports = std::vector<RowData>;

// All reports in one batch; empty when nothing differs: value by value, missing by missing, verdict by verdict, allowance by
// allowance.
std::string difference(const Program& program, const Reports& reports);
// The same results whatever the reports are batched with, and in whatever order.
std::string difference_of_batches(const Program& program, const Reports& reports);
// What explain counts per report is what the oracle judges, empty and unread lists too.
std::string difference_of_counts(const Program& program, const Reports& reports);

// How many verdicts of each kind: a generator whose programs always cannot tell tests little.
std::array<std::uint64_t, 4> verdicts(const Program& program, const Reports& reports);

// Fewer items that still differ: tries to leave out each.
template <typename Item>
void shrink(std::vector<Item>& items, const std::function<bool()>& still_differs) {
   for (std::size_t i = items.size(); i-- > 0;) {
      const std::vector<Item> before = items;
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
      if (!still_differs()) items = before;
   }
}

}  // namespace heng::agree

#include "reports/read/recognise/head_order.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace heng {

namespace {

constexpr std::size_t no_column = HeadWord::no_column;

// The first time that each column is named, in reading order, with the tiers that may be told.
struct FirstNames {
   std::vector<std::size_t> columns;  // ids
   std::vector<std::uint32_t> lines;  // that they stand on
   std::vector<std::size_t> slots;    // positions in `columns` before which a name of no column stands
};

// A column that different cells name (本年支出 over 小计): the lower one does, the upper one stands over a group.
std::vector<HeadWord> with_groups(std::vector<HeadWord> head) {
   std::map<std::size_t, const void*> lowest;
   std::set<const void*> seen;
   for (const HeadWord& word : head)
      if (word.id != no_column && seen.insert(word.name).second) lowest[word.id] = word.name;
   for (HeadWord& word : head)
      if (word.id != no_column && word.name != lowest[word.id]) word.id = no_column;
   return head;
}

FirstNames first_names(const std::vector<HeadWord>& head, std::size_t columns) {
   FirstNames reading;
   std::vector<bool> seen(columns, false);
   bool repeated = false;
   for (const HeadWord& word : with_groups(head)) {
      if (word.id == no_column) {
         if (!repeated && !reading.columns.empty() && (reading.slots.empty() || reading.slots.back() != reading.columns.size()))
            reading.slots.push_back(reading.columns.size());
      } else if (word.id >= columns) {
         continue;
      } else if (seen[word.id]) {
         if (word.id == reading.columns.front()) repeated = true;  // the head begins again: 预算数 and 决算数 side by side
      } else {
         seen[word.id] = true;
         reading.columns.push_back(word.id);
         reading.lines.push_back(word.line);
      }
   }
   return reading;
}

// Does the declared order 0 1 2 … read like this when columns [from, to) stand in the lower tier under a group?
bool reads_as(const FirstNames& reading, std::size_t from, std::size_t to, std::size_t columns) {
   std::vector<std::size_t> expected;
   for (std::size_t i = 0; i < columns; ++i)
      if (i < from || i >= to) expected.push_back(i);
   for (std::size_t i = from; i < to; ++i) expected.push_back(i);
   if (expected != reading.columns) return false;
   return from == to || std::find(reading.slots.begin(), reading.slots.end(), from) != reading.slots.end();
}

bool declared_order_fits(const FirstNames& reading, std::size_t columns) {
   for (std::size_t from = 0; from < columns; ++from)
      for (std::size_t to = from; to <= columns; ++to)
         if (reads_as(reading, from, to, columns)) return true;
   return false;
}

// The last line of the head under the only group that the tier above it leaves room for.
std::optional<std::vector<std::size_t>> with_group(const FirstNames& reading) {
   std::size_t lower = reading.columns.size();
   while (lower > 0 && reading.lines[lower - 1] == reading.lines.back()) --lower;
   if (lower == 0) return std::nullopt;
   std::vector<std::size_t> slots;
   for (const std::size_t slot : reading.slots)
      if (slot <= lower) slots.push_back(slot);
   if (slots.size() != 1) return std::nullopt;
   std::vector<std::size_t> order(reading.columns.begin(), reading.columns.begin() + static_cast<std::ptrdiff_t>(lower));
   order.insert(order.begin() + static_cast<std::ptrdiff_t>(slots[0]),
                reading.columns.begin() + static_cast<std::ptrdiff_t>(lower), reading.columns.end());
   return order;
}

}  // namespace

std::vector<HeadWord> head_words(const Names& columns, const std::vector<Word>& words, std::size_t first, std::size_t last) {
   std::vector<HeadWord> head;
   for (std::size_t i = first; i < last;) {
      const std::vector<Names::Match> found = columns.matches(words, i, last, true);
      const std::size_t end = found.empty() ? i + 1 : found[0].end;
      const auto* ids = found.empty() ? nullptr : found[0].ids;
      head.push_back({ids ? ids->front() : no_column, words[i].place.line, ids});
      i = end;
   }
   return head;
}

std::optional<std::vector<std::size_t>> order_of_columns(const std::vector<HeadWord>& head, std::size_t columns) {
   const FirstNames reading = first_names(head, columns);
   std::vector<std::size_t> declared(columns);
   std::iota(declared.begin(), declared.end(), std::size_t{0});
   if (columns == 1) return declared;
   if (reading.columns.size() < columns) {
      // Named in part: those that are named must not contradict the declared order.
      if (std::is_sorted(reading.columns.begin(), reading.columns.end())) return declared;
      return std::nullopt;
   }
   if (declared_order_fits(reading, columns)) return declared;
   if (const auto grouped = with_group(reading)) return grouped;
   if (reading.slots.empty() || reading.slots == std::vector<std::size_t>{columns}) return reading.columns;
   return std::nullopt;
}

}  // namespace heng

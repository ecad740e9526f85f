#include "reports/read/document/columns.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace heng {

namespace {

constexpr std::size_t most_columns = 200;

bool has_amount(const AlignedLine& line) {
   return std::any_of(line.words.begin(), line.words.end(), [](const AlignedWord& word) { return looks_like_amount(word.text); });
}

// A piece of a line as far as columns go: `line` tells pieces of one line.
struct Extent {
   float left = 0, right = 0;
   std::size_t line = 0;
   bool amount = false;
   bool of_head = false;  // no amount stands in its line, but in others
   bool spans = false;    // a head that was cut already: it stands over several columns
};

// Where a cut between two columns may lie: how many lines have words on both sides of it, and how many a word across it. A word
// of the head may well stand over several columns.
struct Cut {
   float at = 0, width = 0;
   int both = 0, crossing = 0, heads_crossing = 0;
   int score() const { return both - 2 * crossing - heads_crossing; }
};

// Words that lie wholly on one side of a cut.
struct Side {
   std::size_t words = 0, amounts = 0, of_heads = 0;
   void add(const Side& other) { words += other.words, amounts += other.amounts, of_heads += other.of_heads; }
   void take(const Side& other) { words -= other.words, amounts -= other.amounts, of_heads -= other.of_heads; }
   bool may_be_column() const { return words >= 2 || of_heads > 0; }
};

// Cuts a region in two where that parts words in most of its lines, and goes on with the parts.
class Columns {
 public:
   explicit Columns(float em) : em_(em) {}

   std::vector<float> cuts(const std::vector<Extent>& words) {
      split(words);
      std::sort(cuts_.begin(), cuts_.end());
      return std::move(cuts_);
   }

 private:
   void split(const std::vector<Extent>& words) {
      if (words.size() < 2 || cuts_.size() >= most_columns) return;
      const Cut cut = best(words);
      if (cut.width <= 0) return;
      cuts_.push_back(cut.at);
      std::vector<Extent> left, right;
      for (const Extent& word : words) {  // a head over both is in both
         Extent piece = word;
         if (word.left < cut.at && word.right > cut.at) piece.spans = word.of_head;
         piece.right = std::min(word.right, cut.at);
         if (piece.left < piece.right) left.push_back(piece);
         piece.left = std::max(word.left, cut.at);
         piece.right = word.right;
         if (piece.left < piece.right) right.push_back(piece);
      }
      split(left);
      split(right);
   }

   bool acceptable(const Cut& cut, const Side& left, const Side& right) const {
      if (cut.crossing + cut.heads_crossing + cut.both == 0) return take_turns(cut, left, right);
      return cut.both > 0 && 3 * cut.crossing + cut.heads_crossing <= cut.both && cut.width > 0.05F * em_;
   }

   // No line has words on both sides. Between amounts and the head of the next column there may be hardly a gap.
   bool take_turns(const Cut& cut, const Side& left, const Side& right) const {
      if (left.words == 0 || right.words == 0) return false;
      const bool figures_beside_head = (left.amounts == 0) != (right.amounts == 0);
      return figures_beside_head ? cut.width > 0.05F * em_ : cut.width >= em_ && left.may_be_column() && right.may_be_column();
   }

   // Sweeps over the edges of all words. Between two edges nothing changes.
   Cut best(const std::vector<Extent>& words) const {
      struct Change {
         int crossing = 0, heads_crossing = 0, both = 0;
         Side begun, ended;
      };
      std::map<float, Change> changes;
      struct Line {
         float first_end = 0, last_begin = 0;
      };
      std::map<std::size_t, Line> lines;
      Side all;
      for (const Extent& word : words) {
         if (word.spans) continue;
         const Side one{1, word.amount ? 1U : 0U, word.of_head ? 1U : 0U};
         all.add(one);
         changes[word.left].begun.add(one);
         changes[word.right].ended.add(one);
         ++(word.of_head ? changes[word.left].heads_crossing : changes[word.left].crossing);
         --(word.of_head ? changes[word.right].heads_crossing : changes[word.right].crossing);
         const auto [line, fresh] = lines.try_emplace(word.line, Line{word.right, word.left});
         if (fresh) continue;
         line->second.first_end = std::min(line->second.first_end, word.right);
         line->second.last_begin = std::max(line->second.last_begin, word.left);
      }
      for (const auto& [number, line] : lines) {
         if (line.first_end > line.last_begin) continue;
         ++changes[line.first_end].both;
         --changes[line.last_begin].both;
      }
      Cut best, now;
      if (changes.empty()) return best;
      Side left, right = all;
      for (auto change = changes.begin(); std::next(change) != changes.end(); ++change) {
         now.crossing += change->second.crossing;
         now.heads_crossing += change->second.heads_crossing;
         now.both += change->second.both;
         right.take(change->second.begun);
         left.add(change->second.ended);
         const float next = std::next(change)->first;
         now.width = next - change->first;
         now.at = change->first + now.width / 2;
         if (!acceptable(now, left, right)) continue;
         const bool better =
             best.width <= 0 || now.score() > best.score() || (now.score() == best.score() && now.width > best.width);
         if (better) best = now;
      }
      return best;
   }

   float em_;
   std::vector<float> cuts_;
};

// ---- what was cut too often

// Strips between cuts that are one column: a head, and beside it its figures or labels in other lines.
class Strips {
 public:
   Strips(const std::vector<AlignedLine>& lines, const std::vector<float>& cuts, float em) : lines_(lines), cuts_(cuts) {
      strips_.resize(cuts.size() + 1);
      for (const AlignedLine& line : lines) with_amounts_.push_back(has_amount(line));
      for (std::size_t i = 0; i < lines.size(); ++i)
         for (const AlignedWord& word : lines[i].words) {
            const ColumnRange range = columns_of(word, cuts, em);
            if (range.first == range.last) add(strips_[range.first], i, word);
         }
   }

   // As few columns as can be; of those choices the one whose columns begin highest: each has a head; then the one whose heads
   // stand left of their figures.
   std::vector<float> cuts() const {
      using Cost = std::tuple<std::size_t, std::size_t, std::size_t>;
      std::vector<std::pair<Cost, std::size_t>> best(strips_.size() + 1);  // and how many strips the last column is of
      for (std::size_t end = 1; end <= strips_.size(); ++end) {
         best[end].second = 0;
         for (std::size_t size = 1; size <= most_joined && size <= end; ++size) {
            if (!one_column(end - size, end)) break;
            const auto& [columns, begin, turned] = best[end - size].first;
            const Cost cost{columns + 1, begin + first_line(end - size, end), turned + (figures_first(end - size, end) ? 1 : 0)};
            if (best[end].second == 0 || cost < best[end].first) best[end] = {cost, size};
         }
      }
      std::vector<float> kept;
      for (std::size_t end = strips_.size(); end > 0; end -= best[end].second)
         if (end < strips_.size()) kept.push_back(cuts_[end - 1]);
      std::reverse(kept.begin(), kept.end());
      return kept;
   }

 private:
   static constexpr std::size_t most_joined = 3;  // numbers of columns, heads, figures

   struct Strip {
      std::vector<std::size_t> lines;  // each once
      std::size_t words = 0, amounts = 0;
      bool beside_amounts = false;  // a word of it stands in a line with amounts
      bool headed = false;          // a word, more than a number, stands in a line without
      bool of_amounts() const { return amounts > 0; }
      // Numbers of columns and nothing else.
      bool counts() const { return !beside_amounts && !headed; }
      // It makes a column with such a strip.
      bool goes_below(const Strip& head) const { return !head.beside_amounts && (!headed || head.counts()); }
   };

   void add(Strip& strip, std::size_t line, const AlignedWord& word) {
      if (strip.lines.empty() || strip.lines.back() != line) strip.lines.push_back(line);
      ++strip.words;
      strip.amounts += looks_like_amount(word.text) ? 1 : 0;
      if (with_amounts_[line])
         strip.beside_amounts = true;
      else if (word.text.find_first_not_of("0123456789") != std::string::npos)
         strip.headed = true;
   }

   bool one_column(std::size_t first, std::size_t end) const {
      for (std::size_t a = first; a < end; ++a)
         for (std::size_t b = a + 1; b < end; ++b)
            if (!may_join(strips_[a], strips_[b])) return false;
      return end - first < most_joined ||
             std::any_of(
                 strips_.begin() + static_cast<std::ptrdiff_t>(first), strips_.begin() + static_cast<std::ptrdiff_t>(end),
                 [](const Strip& strip) { return strip.counts(); });
   }

   // Amounts of one column always stand below each other, so two strips of amounts are two columns.
   bool may_join(const Strip& a, const Strip& b) const {
      if (a.lines.empty() || b.lines.empty()) return true;
      if (share_rows(a, b) || (a.of_amounts() && b.of_amounts())) return false;
      if (a.of_amounts()) return a.goes_below(b);
      if (b.of_amounts()) return b.goes_below(a);
      return a.lines.back() < b.lines.front() || b.lines.back() < a.lines.front();
   }

   bool share_rows(const Strip& a, const Strip& b) const {
      std::size_t i = 0;
      for (const std::size_t line : a.lines) {
         while (i < b.lines.size() && b.lines[i] + 1 < line) ++i;
         for (std::size_t k = i; k < b.lines.size() && b.lines[k] <= line + 1; ++k)
            if (b.lines[k] == line || overlap(std::min(line, b.lines[k]))) return true;
      }
      return false;
   }

   bool overlap(std::size_t line) const {
      const AlignedLine &one = lines_[line], &next = lines_[line + 1];
      return one.bottom - next.top > 0.15F * std::min(one.bottom - one.top, next.bottom - next.top);
   }

   std::size_t first_line(std::size_t first, std::size_t end) const {
      std::size_t line = lines_.size();
      for (std::size_t i = first; i < end; ++i)
         if (!strips_[i].lines.empty()) line = std::min(line, strips_[i].lines.front());
      return line;
   }

   bool figures_first(std::size_t first, std::size_t end) const { return end - first > 1 && strips_[first].of_amounts(); }

   const std::vector<AlignedLine>& lines_;
   const std::vector<float>& cuts_;
   std::vector<Strip> strips_;
   std::vector<bool> with_amounts_;
};

bool single(const AlignedWord& word) { return word.text.size() <= 4 && static_cast<unsigned char>(word.text[0]) >= 0xC0; }

// "合    计": a character alone in its column, beside another character, is the end of a word that was spread.
void join_spread_words(const std::vector<AlignedLine>& lines, std::vector<float>& cuts) {
   const auto column_of = [&](const AlignedWord& word) {
      return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), (word.left + word.right) / 2) - cuts.begin());
   };
   std::vector<std::size_t> words(cuts.size() + 1);
   for (const AlignedLine& line : lines)
      for (const AlignedWord& word : line.words) ++words[column_of(word)];
   std::set<std::size_t> gone;
   for (const AlignedLine& line : lines)
      for (std::size_t i = 1; i < line.words.size(); ++i) {
         const std::size_t column = column_of(line.words[i]);
         if (column > 0 && words[column] == 1 && single(line.words[i]) && single(line.words[i - 1]) &&
             column_of(line.words[i - 1]) + 1 == column)
            gone.insert(column - 1);
      }
   for (auto one = gone.rbegin(); one != gone.rend(); ++one) cuts.erase(cuts.begin() + static_cast<std::ptrdiff_t>(*one));
}

}  // namespace

bool looks_like_amount(std::string_view text) {
   const auto is = [](std::string_view set) { return [set](char c) { return set.find(c) != std::string_view::npos; }; };
   return std::any_of(text.begin(), text.end(), is("0123456789")) && std::any_of(text.begin(), text.end(), is(".,%")) &&
          std::all_of(text.begin(), text.end(), is("0123456789.,%-()"));
}

ColumnRange columns_of(const AlignedWord& word, const std::vector<float>& cuts, float em) {
   const float slack = std::min(0.7F * em, (word.right - word.left) * 0.35F);
   const auto column = [&](float x) {
      return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end(), x) - cuts.begin());
   };
   const std::size_t first = column(word.left + slack);
   return {first, std::max(first, column(word.right - slack))};
}

std::vector<float> column_cuts(const std::vector<AlignedLine>& lines, float em) {
   std::vector<Extent> words;
   const bool amounts = std::any_of(lines.begin(), lines.end(), has_amount);
   for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool of_head = amounts && !has_amount(lines[i]);
      for (const AlignedWord& word : lines[i].words)
         if (word.right > word.left) words.push_back({word.left, word.right, i, looks_like_amount(word.text), of_head});
   }
   std::vector<float> cuts = Columns(em).cuts(words);
   join_spread_words(lines, cuts);
   return Strips(lines, cuts, em).cuts();
}

}  // namespace heng

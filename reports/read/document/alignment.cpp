#include "reports/read/document/alignment.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "reports/read/document/columns.hpp"

namespace heng {

namespace {

constexpr float wide = 0.7F;  // ems: a gap that parts cells even where nothing stands below it

// How many pieces wide gaps make of a line.
std::size_t pieces(const AlignedLine& line) {
   std::size_t count = line.words.empty() ? 0 : 1;
   for (std::size_t i = 1; i < line.words.size(); ++i)
      count += line.words[i].left - line.words[i - 1].right >= wide * line.em ? 1 : 0;
   return count;
}

// Between words of one cell: a blank where a person would see one.
std::string_view blank_between(const AlignedWord& a, const AlignedWord& b, float em) {
   if (a.text.empty() || b.text.empty()) return "";
   const bool latin = static_cast<unsigned char>(a.text.back()) < 0x80 && static_cast<unsigned char>(b.text.front()) < 0x80;
   return b.left - a.right > (latin ? 0.2F : 0.6F) * em ? " " : "";
}

// ---- rows

struct PlacedWord {
   const AlignedWord* word = nullptr;
   std::size_t line = 0;
   std::uint32_t column = 0, columns = 1;
};

class TableMaker {
 public:
   TableMaker(const std::vector<AlignedLine>& lines, const PartialBorders& borders) : lines_(lines), borders_(borders) {
      std::vector<float> ems;
      for (const AlignedLine& line : lines) ems.push_back(line.em);
      std::nth_element(ems.begin(), ems.begin() + static_cast<std::ptrdiff_t>(ems.size() / 2), ems.end());
      em_ = ems[ems.size() / 2];
   }

   // `cuts`: where its columns part.
   DocumentTable make(std::vector<float>* cuts = nullptr) {
      cuts_ = borders_.down.empty() ? column_cuts(lines_, em_) : borders_.down;
      if (cuts_.empty()) return {};
      place_words();
      number_rows();
      if (cuts != nullptr) *cuts = cuts_;
      return table();
   }

 private:
   void place_words() {
      widest_.assign(cuts_.size() + 1, -1e9F);
      for (std::size_t i = 0; i < lines_.size(); ++i) {
         first_word_.push_back(words_.size());
         for (const AlignedWord& word : lines_[i].words) {
            const auto [first, last] = columns_of(word, cuts_, em_);
            words_.push_back({&word, i, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last - first + 1)});
            if (first == last) widest_[first] = std::max(widest_[first], word.right);
         }
      }
      first_word_.push_back(words_.size());
   }

   // Lines between two borders are one row, where there is about a border for each row; else every line is a row of its own,
   // but for those that overlap and those that go on with a cell of the line before.
   void number_rows() {
      rows_of_lines_.assign(lines_.size(), 0);
      const bool bordered = 2 * bands() >= lines_.size() || every_band_is_a_row();
      measure_rows();
      find_leading_lines();
      std::uint32_t row = 0;
      for (std::size_t i = 1, first = 0; i < lines_.size(); ++i) {  // the row begins with line `first`
         const bool apart = band(i) != band(i - 1) || stands_below_spans(first, i);
         const bool same = bordered ? !apart : !apart && (overlap(i - 1, i) || goes_on(i) || leads_[i - 1]);
         if (!same) first = i;
         rows_of_lines_[i] = same ? row : ++row;
      }
      rows_ = row + 1;
   }

   std::size_t band(std::size_t line) const {
      const float middle = (lines_[line].top + lines_[line].bottom) / 2;
      return static_cast<std::size_t>(std::upper_bound(borders_.across.begin(), borders_.across.end(), middle) -
                                      borders_.across.begin());
   }

   std::size_t bands() const {
      std::set<std::size_t> all;
      for (std::size_t i = 0; i < lines_.size(); ++i) all.insert(band(i));
      return borders_.across.empty() ? 0 : all.size();
   }

   // No band has two lines that both look like whole rows, so borders stand between all rows.
   bool every_band_is_a_row() const {
      if (borders_.across.size() < 3) return false;
      const std::size_t full = usual_words();
      std::map<std::size_t, std::size_t> whole;
      for (std::size_t i = 0; i < lines_.size(); ++i)
         if (pieces(lines_[i]) >= full && ++whole[band(i)] > 1) return false;
      return true;
   }

   std::size_t usual_words() const {
      std::vector<std::size_t> counts;
      for (const AlignedLine& line : lines_) counts.push_back(pieces(line));
      std::nth_element(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(counts.size() * 3 / 4), counts.end());
      return std::max<std::size_t>(2, counts[counts.size() * 3 / 4]);
   }

   bool overlap(std::size_t a, std::size_t b) const {
      const float shared = lines_[a].bottom - lines_[b].top;
      const float height = std::min(lines_[a].bottom - lines_[a].top, lines_[b].bottom - lines_[b].top);
      return shared > 0.15F * height;
   }

   // Heads below one that is over several of them, however close.
   bool stands_below_spans(std::size_t first, std::size_t line) const {
      for (std::size_t i = first_word_[first]; i < first_word_[line + 1]; ++i)
         if (looks_like_amount(words_[i].word->text)) return false;
      for (std::size_t i = first_word_[first]; i < first_word_[line]; ++i) {
         if (words_[i].columns < 2) continue;
         std::set<std::uint32_t> below;
         for (std::size_t k = first_word_[line]; k < first_word_[line + 1]; ++k)
            if (words_[k].columns == 1 && words_[k].column >= words_[i].column &&
                words_[k].column < words_[i].column + words_[i].columns)
               below.insert(words_[k].column);
         if (below.size() > 1) return true;
      }
      return false;
   }

   // How far whole rows stand apart: lines of one cell stand closer.
   void measure_rows() {
      std::vector<float> gaps;
      for (std::size_t i = 1; i < lines_.size(); ++i)
         if (pieces(lines_[i]) >= 2 && pieces(lines_[i - 1]) >= 2) gaps.push_back(gap_before(i));
      row_gap_ = 0;
      if (gaps.empty()) return;
      std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
      row_gap_ = gaps[gaps.size() / 2];
   }

   float gap_before(std::size_t line) const { return lines_[line].top - lines_[line - 1].bottom; }
   bool closer_than_rows(float gap, float other) const { return gap < row_gap_ - 0.02F * em_ && gap < other - 0.02F * em_; }

   // A single word that stands closer to the line before than to the one after; or just as close, below a word that filled its
   // column.
   bool goes_on(std::size_t line) const {
      if (pieces(lines_[line]) != 1 || pieces(lines_[line - 1]) < 2) return false;
      const float before = gap_before(line), after = line + 1 < lines_.size() ? gap_before(line + 1) : before + em_;
      const PlacedWord& own = words_[first_word_[line]];
      const PlacedWord* above = word_at(line - 1, own.column);
      // The first lines of a cell may stand above the row's amounts, the rest below them.
      if (above == nullptr && line > 1 && leads_[line - 2]) above = word_at(line - 2, own.column);
      if (above == nullptr || own.columns != 1) return false;
      const bool filled = above->word->right > widest_[own.column] - 1.6F * em_;
      return closer_than_rows(before, after) || (filled && before < after + 0.02F * em_);
   }

   const PlacedWord* word_at(std::size_t line, std::uint32_t column) const {
      for (std::size_t i = first_word_[line]; i < first_word_[line + 1]; ++i)
         if (words_[i].column == column && words_[i].columns == 1) return &words_[i];
      return nullptr;
   }

   // The other way round: lines of a cell whose last line stands at the foot of its row, with the row's amounts.
   void find_leading_lines() {
      leads_.assign(lines_.size(), false);
      for (std::size_t line = lines_.size(); line-- > 1;) {
         if (line + 1 >= lines_.size() || pieces(lines_[line]) != 1) continue;
         const float before = gap_before(line), after = gap_before(line + 1), closer = row_gap_ - 0.02F * em_;
         const bool within = pieces(lines_[line - 1]) == 1 && before < closer;  // not the first line of its cell
         const bool nearer = within ? after < closer : closer_than_rows(after, before);
         leads_[line] = nearer && (pieces(lines_[line + 1]) >= 2 || leads_[line + 1]);
      }
   }

   DocumentTable table() {
      DocumentTable table;
      table.borders_known = false;
      table.rows = rows_;
      table.columns = static_cast<std::uint32_t>(cuts_.size() + 1);
      for (const PlacedWord& word : words_) add(table, word);
      std::stable_sort(table.cells.begin(), table.cells.end(), [](const DocumentCell& a, const DocumentCell& b) {
         return a.row != b.row ? a.row < b.row : a.column < b.column;
      });
      widen_heads(table);
      if (!table.cells.empty()) table.place = table.cells.front().place;
      for (const DocumentCell& cell : table.cells) widen(table.place.box, cell.place.box);
      return table;
   }

   // Heads over groups of columns that have the same heads below (预算数 | 决算数, each over 合计 小计 …) are over a group each,
   // wherever over its columns they stand. What is over columns with heads of their own needs no such help.
   void widen_heads(DocumentTable& table) const {
      std::uint32_t body = 0;
      while (body < rows_ && !row_has_amount(body)) ++body;
      if (body == rows_) return;
      std::vector<std::string_view> lowest(table.columns);  // head of each column
      for (std::size_t first = 0, end; first < table.cells.size() && table.cells[first].row < body; first = end) {
         for (end = first; end < table.cells.size() && table.cells[end].row == table.cells[first].row;) ++end;
         for (std::size_t i = first; i < end; ++i)
            if (!is_number(table.cells[i].text)) lowest[table.cells[i].column] = table.cells[i].text;
      }
      for (std::size_t first = 0, end; first < table.cells.size() && table.cells[first].row < body; first = end) {
         for (end = first; end < table.cells.size() && table.cells[end].row == table.cells[first].row;) ++end;
         widen_over_groups({table.cells.data() + first, table.cells.data() + end}, lowest);
      }
   }

   static bool is_number(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

   static void widen_over_groups(std::pair<DocumentCell*, DocumentCell*> row, const std::vector<std::string_view>& lowest) {
      const auto count = static_cast<std::size_t>(row.second - row.first);
      if (count < 2 || lowest.size() % count != 0) return;
      const std::size_t size = lowest.size() / count;
      if (size < 2) return;
      for (std::size_t i = size; i < lowest.size(); ++i)
         if (lowest[i].empty() || lowest[i] != lowest[i - size]) return;
      for (std::size_t i = 0; i < count; ++i)
         if (row.first[i].column < i * size || row.first[i].column + row.first[i].columns > (i + 1) * size) return;
      for (std::size_t i = 0; i < count; ++i) {
         row.first[i].column = static_cast<std::uint32_t>(i * size);
         row.first[i].columns = static_cast<std::uint32_t>(size);
      }
   }

   bool row_has_amount(std::uint32_t row) const {
      return std::any_of(words_.begin(), words_.end(), [&](const PlacedWord& word) {
         return rows_of_lines_[word.line] == row && looks_like_amount(word.word->text);
      });
   }

   static void widen(Box& box, const Box& by) {
      if (by.empty()) return;
      box = box.empty() ? by
                        : Box{std::min(box.left, by.left), std::min(box.top, by.top), std::max(box.right, by.right),
                              std::max(box.bottom, by.bottom)};
   }

   // A word that meets cells of its row, above or below their words, is of one cell with them.
   void add(DocumentTable& table, const PlacedWord& word) {
      const std::uint32_t row = rows_of_lines_[word.line], end = word.column + word.columns;
      std::vector<DocumentCell>& cells = table.cells;
      std::size_t target = cells.size();
      for (std::size_t i = cells.size(); i-- > 0 && cells[i].row == row;) {
         if (cells[i].column >= end || word.column >= cells[i].column + cells[i].columns) continue;
         if (target != cells.size()) join(table, i, target);
         target = i;
      }
      if (target == cells.size()) {
         DocumentCell cell;
         cell.row = row;
         cell.column = word.column;
         cell.columns = word.columns;
         cell.place = word.word->place;
         cells.push_back(std::move(cell));
         last_of_cell_.push_back(nullptr);
      }
      DocumentCell& cell = cells[target];
      (cell.text += between(last_of_cell_[target], word)) += word.word->text;
      stretch(cell, word.column, end);
      widen(cell.place.box, word.word->place.box);
      cell.certainty = std::max(cell.certainty, word.word->certainty);
      last_of_cell_[target] = &word;
   }

   std::string_view between(const PlacedWord* last, const PlacedWord& word) const {
      if (last == nullptr) return "";
      return last->line == word.line ? blank_between(*last->word, *word.word, em_) : "\n";
   }

   static void stretch(DocumentCell& cell, std::uint32_t column, std::uint32_t end) {
      end = std::max(end, cell.column + cell.columns);
      cell.column = std::min(cell.column, column);
      cell.columns = end - cell.column;
   }

   // The cell `from`, which came later, goes into the cell `into`.
   void join(DocumentTable& table, std::size_t into, std::size_t from) {
      DocumentCell& cell = table.cells[into];
      const DocumentCell& other = table.cells[from];
      (cell.text += last_of_cell_[into]->line == last_of_cell_[from]->line ? " " : "\n") += other.text;
      stretch(cell, other.column, other.column + other.columns);
      widen(cell.place.box, other.place.box);
      cell.certainty = std::max(cell.certainty, other.certainty);
      last_of_cell_[into] = last_of_cell_[from];
      table.cells.erase(table.cells.begin() + static_cast<std::ptrdiff_t>(from));
      last_of_cell_.erase(last_of_cell_.begin() + static_cast<std::ptrdiff_t>(from));
   }

   const std::vector<AlignedLine>& lines_;
   const PartialBorders& borders_;
   float em_ = 1, row_gap_ = 0;
   std::vector<float> cuts_;
   std::vector<PlacedWord> words_;
   std::vector<std::size_t> first_word_;  // of each line, and the end
   std::vector<bool> leads_;              // into the row of the next line
   std::vector<float> widest_;            // how far right words of a column reach
   std::vector<std::uint32_t> rows_of_lines_;
   std::uint32_t rows_ = 0;
   std::vector<const PlacedWord*> last_of_cell_;  // the last word of each cell
};

// ---- where tables are

class Finder {
 public:
   Finder(const std::vector<AlignedLine>& lines, const PartialBorders& borders, const ContinuedTable& continued)
       : lines_(lines), borders_(borders), continued_(continued) {
      float left = 1e9F, right = -1e9F;
      std::vector<float> gaps;
      for (std::size_t i = 0; i < lines.size(); ++i) {
         if (!lines[i].words.empty()) {
            left = std::min(left, lines[i].words.front().left);
            right = std::max(right, lines[i].words.back().right);
         }
         if (i > 0 && tabular(i) && tabular(i - 1)) gaps.push_back(lines[i].top - lines[i - 1].bottom);
      }
      width_ = right - left;
      if (gaps.empty()) return;
      std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
      usual_gap_ = gaps[gaps.size() / 2];
   }

   std::vector<AlignedTable> find() {
      std::vector<AlignedTable> found;
      for (std::size_t first = 0; first < lines_.size();) {
         if (!tabular(first)) {
            ++first;
            continue;
         }
         const std::size_t last = end_of(first);
         const std::size_t begin = begin_of(first, found.empty() ? 0 : found.back().last);
         AlignedTable one{begin, last, {}, {}};
         if (found.empty() && goes_on(begin, last))
            make_continued(one);
         else
            make(one);
         if (one.table.columns > 1) found.push_back(std::move(one));
         first = last;
      }
      return found;
   }

 private:
   bool tabular(std::size_t line) const { return pieces(lines_[line]) >= 2; }

   // Single words may stand within a table (a head over the rows below, a second line of a label), but not whole sentences.
   bool fits_within(std::size_t line) const {
      return pieces(lines_[line]) == 1 && lines_[line].words.back().right - lines_[line].words[0].left < 0.55F * width_;
   }

   float height(std::size_t line) const { return lines_[line].bottom - lines_[line].top; }

   bool far_from_the_one_before(std::size_t line) const {
      return lines_[line].top - lines_[line - 1].bottom > usual_gap_ + 1.4F * height(line);
   }

   std::size_t end_of(std::size_t first) const {
      constexpr std::size_t most_single = 3;
      std::size_t last = first + 1,
                  run = last;  // the single words since the last whole line, or within the last row with borders
      for (std::size_t line = first + 1; line < lines_.size() && line < run + most_single; ++line) {
         if (far_from_the_one_before(line)) break;
         if (tabular(line))
            last = run = line + 1;
         else if (!fits_within(line))
            break;
         if (border_below(line)) run = line + 1;
      }
      // The second line of the last label overlaps the line before.
      while (last < lines_.size() && fits_within(last) && (overlap(last - 1) || ends_label(last))) ++last;
      return last;
   }

   bool border_below(std::size_t line) const {
      if (line + 1 >= lines_.size()) return false;
      const auto next = std::upper_bound(borders_.across.begin(), borders_.across.end(), middle(line));
      return next != borders_.across.end() && *next < middle(line + 1);
   }
   float middle(std::size_t line) const { return (lines_[line].top + lines_[line].bottom) / 2; }

   // The last row's amounts stand between the lines of its label: this one begins where the first did, as close to the amounts.
   bool ends_label(std::size_t line) const {
      if (line < 2 || pieces(lines_[line - 2]) != 1 || !tabular(line - 1)) return false;
      const float left = lines_[line].words[0].left - lines_[line - 2].words[0].left;
      const float before = lines_[line - 1].top - lines_[line - 2].bottom, gap = lines_[line].top - lines_[line - 1].bottom;
      return std::abs(left) < 0.3F * lines_[line].em && std::abs(gap - before) < 0.1F * height(line) && gap < 0.3F * usual_gap_;
   }

   // Upwards, too: the first line of a head, which overlaps the next, or stands below the table's upper border.
   std::size_t begin_of(std::size_t first, std::size_t free) const {
      while (first > free && fits_within(first - 1) && (overlap(first - 1) || below_a_border(first - 1) || close_head(first - 1)))
         --first;
      return first;
   }

   bool overlap(std::size_t line) const { return lines_[line + 1].top < lines_[line].bottom - 0.15F * height(line); }

   // Words that stand a little apart, right above the table.
   bool close_head(std::size_t line) const {
      return lines_[line].words.size() >= 2 && lines_[line + 1].top - lines_[line].bottom < 0.6F * height(line);
   }

   bool below_a_border(std::size_t line) const {
      const auto next = std::upper_bound(borders_.across.begin(), borders_.across.end(), lines_[line].top);
      return next != borders_.across.begin() && lines_[line].top - *std::prev(next) < 1.5F * height(line);
   }

   std::vector<AlignedLine> part(const AlignedTable& of) const {
      return {lines_.begin() + static_cast<std::ptrdiff_t>(of.first), lines_.begin() + static_cast<std::ptrdiff_t>(of.last)};
   }

   void make(AlignedTable& into) const {
      std::size_t with_words = 0;
      for (std::size_t i = into.first; i < into.last; ++i) with_words += tabular(i) ? 1 : 0;
      if (with_words < 3) return;
      const std::vector<AlignedLine> lines = part(into);
      DocumentTable table = TableMaker(lines, borders_).make(&into.cuts);
      std::vector<std::size_t> cells(table.rows);
      for (const DocumentCell& cell : table.cells) ++cells[cell.row];
      const auto wide = static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), [](std::size_t n) { return n >= 2; }));
      if (table.columns > 1 && wide >= 2 && 2 * wide >= table.rows) into.table = std::move(table);
   }

   // The first lines, and no amount lies across the columns of the table before; of other words hardly one does.
   bool goes_on(std::size_t first, std::size_t last) const {
      if (continued_.cuts.empty() || first > continued_.first) return false;
      std::size_t words = 0, across = 0;
      for (std::size_t i = first; i < last; ++i)
         for (const AlignedWord& word : lines_[i].words) {
            const ColumnRange range = columns_of(word, continued_.cuts, lines_[i].em);
            if (range.first != range.last && looks_like_amount(word.text)) return false;
            ++words;
            across += range.first == range.last ? 0 : 1;
         }
      return 5 * across <= words;
   }

   // What its own few lines would not tell, the page before does: which columns are blank here.
   void make_continued(AlignedTable& into) const {
      into.cuts = continued_.cuts;
      const std::vector<AlignedLine> lines = part(into);
      into.table = aligned_table(lines, {borders_.across, continued_.cuts});
   }

   const std::vector<AlignedLine>& lines_;
   const PartialBorders& borders_;
   const ContinuedTable& continued_;
   float width_ = 0, usual_gap_ = 0;
};

}  // namespace

DocumentTable aligned_table(const std::vector<AlignedLine>& lines, const PartialBorders& borders) {
   return lines.empty() ? DocumentTable{} : TableMaker(lines, borders).make();
}

std::vector<AlignedTable> aligned_tables(const std::vector<AlignedLine>& lines, const PartialBorders& borders,
                                         const ContinuedTable& continued) {
   return Finder(lines, borders, continued).find();
}

}  // namespace heng

#include "reports/read/recognise/flat_rows.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "reports/read/recognise/cheapest_path.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using Kind = RowColumn::Kind;
using Words = std::vector<Word>;
constexpr double never = std::numeric_limits<double>::infinity();
constexpr std::size_t longest_row = 160;   // words
constexpr std::size_t longest_cell = 6;    // words of a cell that is no free text
constexpr std::size_t longest_level = 12;  // 成 本 指 标 （10分）

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> signs) {
   return std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) { return text.substr(0, sign.size()) == sign; });
}

bool ends_with(std::string_view text, std::string_view end) {
   return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool begins_with_digit(std::string_view text) { return !text.empty() && text[0] >= '0' && text[0] <= '9'; }

// What cannot begin a cell.
bool goes_on(std::string_view text) {
   return begins_with_any(text, {"。", ",", "、", ";", ")", "]", "》", "!", "?", "%", "‰", "·", ":"});
}

bool compares(std::string_view text) { return begins_with_any(text, {"≤", "≥", "<", ">", "=", "≦", "≧"}); }

// ≥90%, 396元/人·天, 41个: a number, perhaps compared, perhaps with a unit.
struct Measure {
   bool is = false, compared = false;
   std::string_view unit;
};

Measure measure_of(std::string_view text) {
   Measure measure;
   while (compares(text)) {
      text.remove_prefix(text[0] == '<' || text[0] == '>' || text[0] == '=' ? 1 : 3);
      measure.compared = true;
   }
   if (!text.empty() && text[0] == '-') text.remove_prefix(1);
   std::size_t end = 0;
   while (end < text.size() && (begins_with_digit(text.substr(end)) || (end > 0 && (text[end] == '.' || text[end] == ','))))
      ++end;
   measure.unit = text.substr(end);
   constexpr std::size_t longest_unit = 24;  // bytes
   measure.is = end > 0 && measure.unit.size() <= longest_unit &&
                measure.unit.find_first_of("0123456789,;:()") == std::string_view::npos &&
                measure.unit.find("。") == std::string_view::npos;
   return measure;
}

struct Cells {
   double cost = never;
   std::size_t from = 0, middle = 0;  // the last column holds [middle or from, here); a pair is cut at `middle`
   enum class How : std::uint8_t { none, blank, cell, pair } how = How::none;
};

class Cutter {
 public:
   explicit Cutter(const RowsOnPaper& task) : task_(task), words_(task.words), count_(task.last - task.first) {
      for (std::size_t i = task.first; i < task.last; ++i) ++seen_[words_[i].folded];
      label_begins_.resize(count_, false);
      for (std::size_t i = 0; task.labels && i < count_; ++i)
         label_begins_[i] = !task.labels->matches(words_, task.first + i, task.last).empty();
      marked_ = std::find(task.marks.begin() + static_cast<std::ptrdiff_t>(task.first),
                          task.marks.begin() + static_cast<std::ptrdiff_t>(task.last),
                          true) != task.marks.begin() + static_cast<std::ptrdiff_t>(task.last);
      for (std::size_t i = 0; i < count_; ++i) {
         breaks_.push_back(fresh_break_cost(i));
         joins_.push_back(fresh_join_cost(i));
         std::string text;
         for (std::size_t length = 1; length <= longest_cell; ++length) {
            if (i + length <= count_) text += word(i + length - 1).folded;
            texts_.push_back(text);
         }
      }
      unlike_.assign(count_ * longest_cell * longest_cell, unknown_cost);
      for (const RowColumn& column : task.columns) {
         spans_.emplace_back();
         insides_.emplace_back();
         if (column.kind != Kind::text && column.kind != Kind::anything) {
            spans_.back().assign(count_ * longest_level, unknown_cost);
            continue;
         }
         for (std::size_t i = 0; i < count_; ++i)
            insides_.back().push_back({begin_cost(column, i), word_cost(column, i), close_cost(column, i + 1)});
      }
   }

   RowsRead cut() {
      const std::vector<Step> path = cheapest_path<Step>(count_, [&](std::size_t i, auto&& offer) { steps_from(i, offer); });
      RowsRead read;
      for (const Step& step : path) {
         if (step.row)
            read.rows.push_back(row_of(step));
         else
            read.left_over.push_back(task_.first + step.first);
      }
      return read;
   }

 private:
   struct Step {
      std::size_t first = 0, last = 0;
      double cost = 0;
      bool row = false;
   };
   static constexpr double unknown_cost = -1e9;

   const Word& word(std::size_t i) const { return words_[task_.first + i]; }
   bool mark(std::size_t i) const { return task_.marks[task_.first + i]; }

   template <typename Offer>
   void steps_from(std::size_t i, Offer&& offer) {
      offer(Step{i, i + 1, mark(i) ? 0.8 : word(i).figure ? 3 : 1.5, false});
      if (task_.labels && !label_begins_[i]) return;
      fill(i);
      const std::vector<Cells>& last = closed_.back();
      for (std::size_t p = 1; p < last.size(); ++p)
         if (last[p].cost < never) offer(Step{i, i + p, 0.2 + last[p].cost, true});
   }

   RowRead row_of(const Step& step) {
      fill(step.first);
      RowRead row;
      row.first = task_.first + step.first;
      row.last = task_.first + step.last;
      row.cells.resize(task_.columns.size());
      std::size_t at = step.last - step.first;
      for (std::size_t j = task_.columns.size(); j-- > 0;) {
         const Cells& cells = closed_[j][at];
         const auto put = [&](std::size_t column, std::size_t from, std::size_t to) {
            row.cells[column] = {row.first + from, row.first + to};
         };
         if (cells.how == Cells::How::pair) {
            put(j, cells.middle, at);
            put(--j, cells.from, cells.middle);
         } else {
            put(j, cells.from, at);
         }
         at = cells.from;
      }
      return row;
   }

   // ---- one row that begins at `start`: closed_[column][words so far] -------------------------------------------------------

   void fill(std::size_t start) {
      const std::size_t reach = std::min(count_ - start, longest_row);
      closed_.assign(task_.columns.size(), std::vector<Cells>(reach + 1));
      std::vector<Cells> entry(reach + 1);
      entry[0].cost = 0;
      for (std::size_t j = 0; j < task_.columns.size(); ++j) {
         const std::vector<Cells>& before = j == 0 ? entry : closed_[j - 1];
         const std::vector<Cells>& before_pair = j < 2 ? entry : closed_[j - 2];
         blanks(start, j, before);
         const Kind kind = task_.columns[j].kind;
         if (kind == Kind::text || kind == Kind::anything) {
            texts(start, j, before);
            if (j > 0 && is_wanted_text(j) && is_wanted_text(j - 1)) twins(start, j, before_pair);
         } else if (kind == Kind::measured && j > 0 && task_.columns[j - 1].kind == Kind::target)
            pairs(start, j, before_pair);
         else
            cells(start, j, before);
      }
   }

   void reach(std::size_t j, std::size_t at, double cost, std::size_t from, std::size_t middle, Cells::How how) {
      Cells& cells = closed_[j][at];
      if (cost < cells.cost) cells = {cost, from, middle, how};
   }

   void blanks(std::size_t start, std::size_t j, const std::vector<Cells>& before) {
      for (std::size_t p = 0; p < before.size(); ++p)
         if (before[p].cost < never) {
            // Where an upper level begins, the lower one does too.
            const bool below_new = task_.columns[j].kind == Kind::level && j > 0 && task_.columns[j - 1].kind == Kind::level &&
                                   before[p].how == Cells::How::cell;
            reach(j, p, before[p].cost + (below_new ? 3 : blank_cost(j, start + p)), p, p, Cells::How::blank);
         }
   }

   void cells(std::size_t start, std::size_t j, const std::vector<Cells>& before) {
      const std::size_t most =
          task_.columns[j].kind == Kind::level || task_.columns[j].kind == Kind::label ? longest_level : longest_cell;
      for (std::size_t p = 0; p < before.size(); ++p) {
         if (before[p].cost == never) continue;
         for (std::size_t length = 1; length <= most && p + length < before.size(); ++length) {
            const double cost = span_cost(j, start + p, length);
            if (cost < never) reach(j, p + length, before[p].cost + break_cost(start + p) + cost, p, p, Cells::How::cell);
         }
      }
   }

   // A target and what came of it are alike: the same words, the same unit.
   void pairs(std::size_t start, std::size_t j, const std::vector<Cells>& before) {
      for (std::size_t p = 0; p < before.size(); ++p) {
         if (before[p].cost == never) continue;
         for (std::size_t a = 1; a <= longest_cell && p + a < before.size(); ++a) {
            const double first = span_cost(j - 1, start + p, a);
            if (first == never) continue;
            for (std::size_t b = 1; b <= longest_cell && p + a + b < before.size(); ++b) {
               const double second = span_cost(j, start + p + a, b);
               if (second == never) continue;
               const double cost = before[p].cost + break_cost(start + p) + first + break_cost(start + p + a) + second +
                                   unlikeness(start + p, a, b);
               reach(j, p + a + b, cost, p, p + a, Cells::How::pair);
            }
         }
      }
   }

   bool is_wanted_text(std::size_t j) const { return task_.columns[j].kind == Kind::text && !task_.columns[j].may_be_blank; }

   // The same words twice are two cells: the name of the money and the name of the project.
   void twins(std::size_t start, std::size_t j, const std::vector<Cells>& before) {
      constexpr double likeness = 0.5;
      for (std::size_t p = 0; p < before.size(); ++p) {
         if (before[p].cost == never) continue;
         for (std::size_t a = 1; a <= longest_cell && p + a + 1 < before.size(); ++a) {
            const std::string& text = text_at(start + p, a);
            for (std::size_t b = 1; b <= longest_cell && p + a + b < before.size(); ++b) {
               const std::string& other = text_at(start + p + a, b);
               if (other.size() >= text.size() && other != text) break;
               if (other != text) continue;
               const double cost = before[p].cost + text_cost(j - 1, start + p, a) + text_cost(j, start + p + a, b) - likeness;
               reach(j, p + a + b, cost, p, p + a, Cells::How::pair);
            }
         }
      }
   }

   double text_cost(std::size_t j, std::size_t i, std::size_t length) const {
      const RowColumn& column = task_.columns[j];
      double cost = break_cost(i) + begin_cost(column, i) + joins(i, length, column.kind) + close_cost(column, i + length);
      for (std::size_t k = i; k < i + length; ++k) cost += word_cost(column, k);
      return cost;
   }

   void texts(std::size_t start, std::size_t j, const std::vector<Cells>& before) {
      const RowColumn& column = task_.columns[j];
      double open = never;
      std::size_t opened = 0;
      for (std::size_t p = 0; p + 1 < before.size(); ++p) {
         const std::size_t i = start + p;
         const Inside& costs = insides_[j][i];
         const double inside = costs.word + (column.kind == Kind::anything && j == 1 ? 0.05 : 0);
         const double going_on = open == never ? never : open + join_cost(i, column.kind) + inside;
         const double begun = before[p].cost == never ? never : before[p].cost + break_cost(i) + costs.begin + inside;
         if (begun < going_on) opened = p;
         open = std::min(begun, going_on);
         if (open < never) reach(j, p + 1, open + costs.close, opened, opened, Cells::How::cell);
      }
   }

   // ---- costs ---------------------------------------------------------------------------------------------------------------

   double break_cost(std::size_t i) const { return breaks_[i]; }
   double join_cost(std::size_t i, Kind kind) const { return kind == Kind::anything ? 0 : joins_[i]; }
   const std::string& text_at(std::size_t i, std::size_t length) const { return texts_[i * longest_cell + length - 1]; }

   // Of a cell that begins with this word.
   double fresh_break_cost(std::size_t i) const {
      const Word& here = word(i);
      const bool sentence_ended = i > 0 && word(i - 1).ends_sentence();
      const double cost = goes_on(here.folded) ? 4 : 0;
      switch (here.before) {
         case Word::Before::glued: return cost + (sentence_ended ? 0.3 : 6);
         case Word::Before::blank: return cost;
         case Word::Before::line_end: return cost + (sentence_ended ? 0 : 0.3);
         case Word::Before::gap: return cost;
      }
      return cost;
   }

   bool alone_on_line(std::size_t i) const {
      return word(i).begins_line() && (i + 1 == count_ || word(i + 1).begins_line() || word(i + 1).before == Word::Before::glued);
   }

   // Of a cell that goes on over what stands before this word.
   double fresh_join_cost(std::size_t i) const {
      const Word& here = word(i);
      if (here.before == Word::Before::glued) return 0;
      if (goes_on(here.folded)) return 0;
      if (here.before == Word::Before::blank) return 1.5;
      double cost = here.before == Word::Before::gap ? 0.5 : 0;
      // The lines of a wrapped cell stand together, by themselves.
      if (i > 0 && (!alone_on_line(i - 1) || !alone_on_line(i))) cost += 1;
      // A line is broken where the column ends: the next one is not wider.
      if (i > 0 && alone_on_line(i - 1)) cost += wider_cost(here.width - word(i - 1).width);
      if (i > 0 && word(i - 1).ends_sentence()) cost += 0.3;
      return cost;
   }

   static double wider_cost(float difference) {
      if (difference <= 0) return 0;
      return difference > 1.5F ? 1.5 : 0.3 * std::min(difference, 1.0F);
   }

   double word_cost(const RowColumn& column, std::size_t i) const {
      const Word& here = word(i);
      if (column.kind == Kind::anything) return mark(i) || label_begins_[i] ? 4 : here.figure ? 0.2 : 0.1;
      double cost = 0;
      if (mark(i)) cost += 5;
      const bool number = here.figure.kind == Figure::Kind::number;
      if (here.figure) cost += number ? 2.5 : column.may_be_blank ? 0 : 1;
      if (compares(here.folded))
         cost += 3;
      else if (begins_with_digit(here.folded) && here.begins_line() == false && !here.figure)
         cost += 0.5;
      constexpr std::size_t short_unit = 9;  // bytes: 5次, 12平方米
      const Measure measure = column.may_be_blank ? Measure{} : measure_of(here.folded);
      if (measure.is && !here.figure && measure.unit.size() <= short_unit) cost += 1.5;
      if (!column.may_be_blank && here.ends_sentence()) cost += 2;
      if (is_level_text(here.folded)) cost += 1.5;
      return cost;
   }

   // Words of the levels come again and again.
   bool is_level_text(const std::string& folded) const {
      for (const RowColumn& column : task_.columns)
         if (column.kind == Kind::level && folded.size() > column.noun.size() && ends_with(folded, column.noun)) return true;
      return false;
   }

   // A single letter is rather the rest of a text.
   double begin_cost(const RowColumn& column, std::size_t i) const {
      if (column.kind == Kind::anything) return 0;
      if (word(i).figure.kind == Figure::Kind::number) return 1.8;
      return word(i).width <= 1 && !column.may_be_blank && !word(i).figure ? 0.7 : 0.3;
   }

   double close_cost(const RowColumn& column, std::size_t last) const {
      if (column.kind == Kind::anything) return 0;
      const Word& end = word(last - 1);
      if (ends_with(end.folded, ",") || ends_with(end.folded, "、") || ends_with(end.folded, ":")) return 3;
      return column.may_be_blank && !end.ends_sentence() && !end.figure ? 1 : 0;
   }

   double blank_cost(std::size_t j, std::size_t at) const {
      const RowColumn& column = task_.columns[j];
      // Of two that may be blank, the later one rather is.
      const double later = 0.01 * static_cast<double>(task_.columns.size() - j);
      switch (column.kind) {
         case Kind::label: return never;
         case Kind::level: return (at == 0 ? 3 : 0.5) - later;
         case Kind::anything: return 0;
         case Kind::text: return column.may_be_blank ? 0.3 + later : 5;
         default: return column.may_be_blank ? 1 + later : 4;
      }
   }

   double span_cost(std::size_t j, std::size_t i, std::size_t length) {
      double& cost = spans_[j][i * longest_level + length - 1];
      if (cost == unknown_cost) cost = fresh_span_cost(task_.columns[j], i, length);
      return cost;
   }

   double joins(std::size_t i, std::size_t length, Kind kind) const {
      double cost = 0;
      for (std::size_t k = i + 1; k < i + length; ++k) cost += join_cost(k, kind);
      return cost;
   }

   double fresh_span_cost(const RowColumn& column, std::size_t i, std::size_t length) const {
      const Word& here = word(i);
      switch (column.kind) {
         case Kind::label: {
            for (const Names::Match& match : task_.labels->matches(words_, task_.first + i, task_.last))
               if (match.end == task_.first + i + length) return -0.01 * static_cast<double>(length);
            return never;
         }
         case Kind::level: return level_cost(column, i, length);
         case Kind::ordinal: return length == 1 && here.figure.whole && here.folded.size() <= 4 ? 0 : never;
         case Kind::number:
         case Kind::percent: {
            if (length > 1) return never;
            const bool number = here.figure.kind == Figure::Kind::number;
            if (number) return here.figure.percent == (column.kind == Kind::percent) ? 0 : 0.6;
            if (here.figure) return 0.7;
            const Measure measure = measure_of(here.folded);
            return measure.is && !measure.compared && measure.unit == "分" ? 0.2 : never;
         }
         case Kind::target:
         case Kind::measured: return measured_cost(column, i, length);
         default: return never;
      }
   }

   double level_cost(const RowColumn& column, std::size_t i, std::size_t length) const {
      const bool first_level = &column == &first_level_column();
      if (mark(i)) return length == 1 ? (first_level ? -1.5 : 2) : never;
      const std::string text = folded_text(words_, task_.first + i, task_.first + i + length);
      for (std::size_t k = i; k < i + length; ++k)
         if (word(k).figure || mark(k) || word(k).ends_sentence() || compares(word(k).folded) ||
             begins_with_digit(word(k).folded))
            return never;
      const bool noun = !column.noun.empty() && text.size() > column.noun.size() && ends_with(text, column.noun);
      const float width = width_of(i, length);
      if (width > 14) return never;
      double cost = noun ? 0.2 : 1.8;
      if (first_level && marked_) cost += 1.5;
      if (!noun && width > 8) cost += 1;
      // Printed one below the other, letter by letter.
      const bool upright = length > 1 && static_cast<float>(length) + 0.5F >= width;
      cost += upright ? 0 : joins(i, length, Kind::text);
      const auto again = seen_.find(text);
      if (length == 1 && again != seen_.end() && again->second > 1) cost -= 0.2;
      return cost;
   }

   const RowColumn& first_level_column() const {
      for (const RowColumn& column : task_.columns)
         if (column.kind == Kind::level) return column;
      return task_.columns.front();
   }

   float width_of(std::size_t i, std::size_t length) const {
      float width = 0;
      for (std::size_t k = i; k < i + length; ++k) width += word(k).width;
      return width;
   }

   double measured_cost(const RowColumn& column, std::size_t i, std::size_t length) const {
      for (std::size_t k = i; k < i + length; ++k)
         if (mark(k)) return never;
      const std::string& text = text_at(i, length);
      const double cost = joins(i, length, Kind::text);
      const Measure measure = measure_of(text);
      if (measure.is) {
         const bool bare = measure.unit.empty();
         if (column.kind == Kind::target) return cost + (measure.compared ? 0 : bare ? 0.2 : 0.1);
         return cost + 0.1;
      }
      if (length == 1 && word(i).figure) return 0.7;
      const float width = width_of(i, length);
      double words_cost = 0.8 + (width > 14 ? 0.1 * (static_cast<double>(width) - 14) : 0) + (width <= 1 ? 1 : 0);
      for (std::size_t k = i; k < i + length; ++k) {
         if (word(k).figure) words_cost += 2;
         if (k > i && word(k).before == Word::Before::blank) words_cost += 1.5;  // such cells hold no blanks
         if (word(k).ends_sentence()) words_cost += 2;
         if (is_level_text(word(k).folded)) words_cost += 1.5;
         if (k > i && compares(word(k).folded)) words_cost += 3;
      }
      return cost + words_cost;
   }

   double unlikeness(std::size_t i, std::size_t a, std::size_t b) {
      double& cost = unlike_[(i * longest_cell + a - 1) * longest_cell + b - 1];
      if (cost == unknown_cost) cost = fresh_unlikeness(text_at(i, a), text_at(i + a, b));
      return cost;
   }

   static double fresh_unlikeness(const std::string& first, const std::string& second) {
      if (first == second) return -1;
      const Measure target = measure_of(first), actual = measure_of(second);
      if (target.is != actual.is) return 0.6;
      if (!target.is) return 0.5;
      return target.unit == actual.unit ? -0.3 : actual.unit.empty() ? -0.1 : 0;
   }

   const RowsOnPaper& task_;
   const Words& words_;
   std::size_t count_;
   std::map<std::string, int> seen_;
   std::vector<bool> label_begins_;
   bool marked_ = false;  // the texts of the first level are known by their scores
   // Costs are asked for again and again: for each word where a row may begin.
   struct Inside {
      double begin, word, close;
   };
   std::vector<double> breaks_, joins_, unlike_;
   std::vector<std::string> texts_;  // of 1, 2 … words from each word on
   std::vector<std::vector<Inside>> insides_;
   std::vector<std::vector<double>> spans_;
   std::vector<std::vector<Cells>> closed_;
};

}  // namespace

RowsRead cut_rows(const RowsOnPaper& task) {
   if (task.first >= task.last || task.columns.empty()) return {};
   return Cutter(task).cut();
}

}  // namespace heng

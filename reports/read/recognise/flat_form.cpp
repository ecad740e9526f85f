#include "reports/read/recognise/flat_form.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "reports/read/recognise/cheapest_path.hpp"
#include "reports/read/recognise/head_order.hpp"
#include "reports/read/recognise/names_on_paper.hpp"
#include "reports/read/recognise/printed_facts.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
using Words = std::vector<Word>;

bool is_number(const Word& word) { return word.figure.kind == Figure::Kind::number; }
bool is_whole(const Word& word) { return is_number(word) && word.figure.whole; }
bool is_text(const Word& word) { return word.figure.kind == Figure::Kind::none; }

// 1 2 3 … on a line of their own: the numbers of the columns.
bool counts_columns(const Words& words, std::size_t first, std::size_t last) {
   if (last - first < 2) return false;
   for (std::size_t i = first; i < last; ++i)
      if (!is_whole(words[i]) || words[i].folded != std::to_string(i - first + 1)) return false;
   return true;
}

// What is printed, without page numbers, numbers of columns, and the notes below the table.
void add_table_words(const Region& region, Words& words) {
   const Words all = words_of(region);
   for (std::size_t i = 0; i < all.size();) {
      if (begins_notes(all[i])) break;
      const std::size_t end = end_of_line(all, i);
      if (is_page_number_at(all, i) || counts_columns(all, i, end)) {
         i = end;
         continue;
      }
      for (bool numbers = false; i < end; ++i) {  // 栏次 1 栏次 2 3 4 5
         if (all[i].folded == "栏次")
            numbers = true;
         else if (!numbers || !is_whole(all[i]))
            words.push_back(all[i]);
      }
   }
}

ReadValue figure_value(const Word& word) {
   ReadValue value;
   value.text = is_number(word) ? word.figure.text : word.text;
   if (word.text != value.text) value.raw = word.text;
   value.place = word.place;
   value.certainty = word.certainty;
   if (word.figure.kind == Figure::Kind::unreadable) {
      value.note = CellNote::unreadable;
      value.raw = word.text;
   }
   return value;
}

ReadValue blank_at(const Word& word) {
   ReadValue value;
   value.place = word.place;
   return value;
}

// What came of the body of a table.
struct BodyRead {
   ReportData data = ReportData::object();
   std::vector<std::string> line_numbers;  // as printed
   std::uint32_t values = 0;
   std::size_t rows = 0, failures = 0;  // rows that were read; rows and figures that were not
   std::vector<NotUnderstood> not_understood;
   std::vector<Disagreement> disagreements;
   std::optional<Said> unusable;
};

NotUnderstood not_understood(const FormSchema& form, const Words& words, std::size_t first, std::size_t last, Said why) {
   const ReadValue value = value_of(words, first, last);
   return {form.name, value.raw.empty() ? value.text : value.raw, std::move(why), words[first].place};
}

// Runs of k figures from `at` on.
std::size_t figures_at(const Words& words, std::size_t at, std::size_t most) {
   std::size_t count = 0;
   while (count < most && at + count < words.size() && words[at + count].figure) ++count;
   return count;
}

// Figures of this table carry decimals, so that digits alone are rather a number of a line or page, or a code.
bool figures_have_decimals(const Words& words) {
   std::size_t decimals = 0, percent = 0;
   for (const Word& word : words) {
      if (!is_number(word)) continue;
      if (word.figure.percent) ++percent;
      if (word.folded.find('.') != std::string::npos) ++decimals;
   }
   return decimals >= 5 && percent == 0;
}

// ---- lines ------------------------------------------------------------------------------------------------------------------

// Blocks of lines, side by side or one below the other: label, number of the line, figures; again and again.
class LinesReader {
 public:
   LinesReader(const Schema& schema, const FormSchema& form, const Words& words) : schema_(schema), form_(form), words_(words) {
      for (const FormBlock& block : form.blocks)
         if (block.kind == BlockKind::lines) add(block);
      decimals_ = figures_have_decimals(words);
      numbered_ = prints_numbers();
   }

   BodyRead read() {
      steps_ = cheapest_path<Step>(words_.size(), [&](std::size_t i, auto&& offer) { steps_from(i, offer); });
      take_numbers();
      settle();
      order_columns();
      put();
      return std::move(body_);
   }

 private:
   struct Line {
      const FormBlock* block;
      std::size_t index;
      std::string number;
      std::size_t step = nowhere;  // that it was read from
   };
   enum class What { noise, lost_figure, labelled, number_only, unknown };
   struct Step {
      std::size_t first = 0, last = 0;
      double cost = 0;
      What what = What::noise;
      const std::vector<std::size_t>* ids = nullptr;
      std::size_t number = nowhere, figures = 0, count = 0, wanted = 0;
      std::size_t line = nowhere;  // once settled
   };

   void add(const FormBlock& block) {
      widths_.insert(block.columns.size());
      for (std::size_t i = 0; i < block.lines.size(); ++i) {
         const std::size_t id = lines_.size();
         lines_.push_back({&block, i, block.lines[i]});
         for (const std::string& name : line_names(schema_, form_, block, i)) {
            labels_.add(name, id);
            plain_labels_.add(without_enumerator(fold(name)), id);
         }
      }
   }

   // Labels as declared; where there is none, without “一、”.
   std::vector<Names::Match> labels_at(std::size_t i) const {
      std::vector<Names::Match> found = labels_.matches(words_, i, words_.size());
      return found.empty() ? plain_labels_.matches(words_, i, words_.size()) : found;
   }

   bool numbers_one_of(const Word& word, const std::vector<std::size_t>& ids) const {
      return std::any_of(ids.begin(), ids.end(), [&](std::size_t id) { return lines_[id].number == word.folded; });
   }

   bool prints_numbers() const {
      std::size_t labels = 0, numbered = 0;
      for (std::size_t i = 0; i < words_.size(); ++i) {
         const auto found = labels_at(i);
         if (found.empty() || found[0].end >= words_.size()) continue;
         ++labels;
         const Word& behind = words_[found[0].end];
         if (is_whole(behind) && numbers_one_of(behind, *found[0].ids)) ++numbered;
      }
      return numbered >= 2 && numbered * 3 >= labels;
   }

   // 0: its neighbours in counting stand nearby on both sides; 1: on one; 2: on none.
   int out_of_sequence(std::size_t at) const {
      constexpr std::size_t reach = 40;
      const std::string& text = words_[at].folded;
      if (text.size() > 3 || (text.size() > 1 && text[0] == '0')) return 2;
      const int number = std::stoi(text);
      const std::string before = std::to_string(number - 1), behind = std::to_string(number + 1);
      bool has_before = false, has_behind = false;
      for (std::size_t i = at > reach ? at - reach : 0; i < at && !has_before; ++i) has_before = words_[i].folded == before;
      for (std::size_t i = at + 1; i < words_.size() && i <= at + reach && !has_behind; ++i)
         has_behind = words_[i].folded == behind;
      return (has_before ? 0 : 1) + (has_behind ? 0 : 1);
   }

   double looks_foreign(std::size_t first, std::size_t count) const {
      double cost = 0;
      for (std::size_t i = first; i < first + count; ++i)
         if (decimals_ && is_whole(words_[i])) cost += words_[i].folded == "0" ? 0.3 : 1.5;
      return cost;
   }

   // Figures behind a label or number, all of a line's or none. Some only: nothing says which cells are blank.
   template <typename Offer>
   void with_figures(Step step, std::size_t at, std::size_t wanted, double blank_cost, Offer&& offer) const {
      step.figures = at;
      step.wanted = wanted;
      const double cost = step.cost;
      const std::size_t there = figures_at(words_, at, wanted);
      for (std::size_t count = 0; count <= there; ++count) {
         step.count = count;
         step.last = at + count;
         step.cost = cost + looks_foreign(at, count) + (count == wanted ? 0 : count == 0 ? blank_cost : 3);
         if (step.last > step.first) offer(step);
      }
   }

   template <typename Offer>
   void steps_from(std::size_t i, Offer&& offer) const {
      const Word& word = words_[i];
      Step noise;
      noise.first = i;
      noise.last = i + 1;
      const bool alone = word.begins_line() && (i + 1 == words_.size() || words_[i + 1].begins_line());
      noise.what = word.figure && is_number(word) && !(alone && is_whole(word)) ? What::lost_figure : What::noise;
      noise.cost = noise.what == What::lost_figure ? 4 : 1;
      offer(noise);
      for (const Names::Match& label : labels_at(i)) labelled(i, label, offer);
      if (numbered_ && is_whole(word)) {
         Step step;
         step.first = i;
         step.what = What::number_only;
         step.number = i;
         step.cost = 0.5 + out_of_sequence(i);
         for (const std::size_t width : widths_) with_figures(step, i + 1, width, 0, offer);
      }
      if (is_text(word)) unknown(i, offer);
   }

   template <typename Offer>
   void labelled(std::size_t i, const Names::Match& label, Offer&& offer) const {
      std::set<std::size_t> widths;
      for (const std::size_t id : *label.ids) widths.insert(lines_[id].block->columns.size());
      Step step;
      step.first = i;
      step.what = What::labelled;
      step.ids = label.ids;
      const bool number = numbered_ && label.end < words_.size() && is_whole(words_[label.end]);
      for (const std::size_t width : widths) {
         step.number = nowhere;
         step.cost = numbered_ ? 3 : 0;
         with_figures(step, label.end, width, 0.9, offer);
         if (!number) continue;
         step.number = label.end;
         step.cost = numbers_one_of(words_[label.end], *label.ids) ? 0 : 2;
         with_figures(step, label.end + 1, width, 0.9, offer);
      }
   }

   // A row that the form does not declare: words, perhaps a number, figures.
   template <typename Offer>
   void unknown(std::size_t i, Offer&& offer) const {
      constexpr std::size_t longest = 6;
      Step step;
      step.first = i;
      step.what = What::unknown;
      for (std::size_t end = i + 1; end <= words_.size() && end <= i + longest; ++end) {
         step.cost = 1.5 + static_cast<double>(end - i);  // dearer than words that are nothing, cheaper than a lost figure
         for (const std::size_t width : widths_) {
            if (figures_at(words_, end, width) == width) {
               step.number = nowhere;
               with_figures(step, end, width, 3, offer);
            }
            if (numbered_ && end < words_.size() && is_whole(words_[end]) && figures_at(words_, end + 1, width) == width) {
               step.number = end;
               with_figures(step, end + 1, width, 3, offer);
            }
         }
         if (end < words_.size() && !is_text(words_[end])) break;
      }
   }

   // Numbers of lines count up along each block: 1 2 3 … of the left one, then 32 33 … of the right one.
   void take_numbers() {
      std::vector<std::vector<int>> chains;
      for (const Step& step : steps_) {
         if (step.number == nowhere) continue;
         const std::string& text = words_[step.number].folded;
         if (text.size() > 6) continue;
         const int number = std::stoi(text);
         const auto chain =
             std::find_if(chains.begin(), chains.end(), [&](const std::vector<int>& one) { return one.back() + 1 == number; });
         if (chain == chains.end())
            chains.push_back({number});
         else
            chain->push_back(number);
      }
      for (const auto& chain : chains)
         for (const int number : chain) body_.line_numbers.push_back(std::to_string(number));
   }

   bool fits(const Step& step, std::size_t id) const { return step.wanted == lines_[id].block->columns.size(); }

   void settle() {
      std::map<const std::vector<std::size_t>*, std::vector<std::size_t>> by_order;
      for (std::size_t s = 0; s < steps_.size(); ++s) {
         Step& step = steps_[s];
         if (step.what == What::lost_figure)
            fail(step, say("表里没有它的位置", "it has no place in the table"));
         else if (step.what == What::labelled)
            settle_labelled(s, by_order);
      }
      for (const auto& [ids, steps] : by_order) settle_by_order(*ids, steps);
      for (std::size_t s = 0; s < steps_.size(); ++s) {
         const Step& step = steps_[s];
         if (step.count == 0 || step.line != nowhere) continue;
         if (step.what == What::unknown || step.what == What::number_only) settle_undeclared(s);
      }
   }

   void settle_labelled(std::size_t s, std::map<const std::vector<std::size_t>*, std::vector<std::size_t>>& by_order) {
      Step& step = steps_[s];
      if (step.count != 0 && step.count != step.wanted)
         return fail(step, say("有 {} 栏，只印了 {} 个数，不知道哪一栏是空白",
                               "there are {} columns and {} figures: nothing says which is blank", step.wanted, step.count));
      std::vector<std::size_t> candidates;
      for (const std::size_t id : *step.ids)
         if (fits(step, id)) candidates.push_back(id);
      if (candidates.size() > 1 && step.number != nowhere)
         for (const std::size_t id : candidates)
            if (lines_[id].number == words_[step.number].folded) {
               candidates = {id};
               break;
            }
      if (candidates.size() != 1) {
         by_order[step.ids].push_back(s);
         return;
      }
      if (step.number != nowhere && lines_[candidates[0]].number != words_[step.number].folded)
         doubt(step,
               say("印的行次是 {}，报表规定是 {}，按项目名称读", "its printed number is {}, the form says {}; read by its label",
                   words_[step.number].folded, lines_[candidates[0]].number));
      give(s, candidates[0]);
   }

   // “总计” stands twice, and nothing but the order says which is which.
   void settle_by_order(const std::vector<std::size_t>& ids, std::vector<std::size_t> steps) {
      std::vector<std::size_t> open;
      for (const std::size_t id : ids)
         if (lines_[id].step == nowhere) open.push_back(id);
      if (steps.size() > open.size())
         steps.erase(std::remove_if(steps.begin(), steps.end(), [&](std::size_t s) { return steps_[s].count == 0; }),
                     steps.end());
      bool fitting = steps.size() == open.size();
      for (std::size_t i = 0; fitting && i < steps.size(); ++i) fitting = fits(steps_[steps[i]], open[i]);
      for (std::size_t i = 0; i < steps.size(); ++i) {
         if (fitting)
            give(steps[i], open[i]);
         else if (steps_[steps[i]].count != 0)
            fail(steps_[steps[i]],
                 say("同名的行不止一行，不知道是哪一行", "several lines have this label; nothing says which it is"));
      }
   }

   // A line number that the form declares, under other words: the line, if its own label stands nowhere.
   void settle_undeclared(std::size_t s) {
      Step& step = steps_[s];
      if (step.number != nowhere && step.what == What::unknown)
         for (std::size_t id = 0; id < lines_.size(); ++id)
            if (lines_[id].number == words_[step.number].folded && lines_[id].step == nowhere && fits(step, id) &&
                alike(step, id)) {
               doubt(step,
                     say("项目名称和报表规定的“{}”不同，按行次读", "its label is not \"{}\" as the form says; read by its number",
                         lines_[id].block->labels[lines_[id].index]));
               return give(s, id);
            }
      fail(step, say("报表没有规定这一行", "the form declares no such line"));
   }

   bool alike(const Step& step, std::size_t id) const {
      const std::string label = lines_[id].block->labels[lines_[id].index];
      return !suggestions(folded_text(words_, step.first, step.number), {label}).empty();
   }

   void give(std::size_t s, std::size_t id) {
      Step& step = steps_[s];
      Line& line = lines_[id];
      if (line.step != nowhere) {
         Step& other = steps_[line.step];
         if (step.count == 0) return;
         if (other.count != 0) return disagree(line, other, step);
         other.line = nowhere;
      }
      step.line = id;
      line.step = s;
   }

   void disagree(const Line& line, const Step& first, const Step& second) {
      for (std::size_t i = 0; i < first.count; ++i) {
         const Word &a = words_[first.figures + i], &b = words_[second.figures + i];
         if (a.figure.text == b.figure.text) continue;
         std::string pointer = "/" + form_.name + "/" + line.number;
         if (line.block->columns.size() > 1) pointer += "/" + line.block->columns[i];
         body_.disagreements.push_back({pointer, figure_value(a), figure_value(b)});
      }
   }

   void doubt(const Step& step, Said why) {
      body_.not_understood.push_back(not_understood(form_, words_, step.first, step.last, std::move(why)));
   }
   void fail(const Step& step, Said why) {
      ++body_.failures;
      doubt(step, std::move(why));
   }

   std::size_t end_of_head() const {
      for (const Step& step : steps_)
         if (step.what != What::noise && step.what != What::lost_figure && step.count > 0) return step.first;
      return words_.size();
   }

   void order_columns() {
      const std::size_t head = end_of_head();
      for (const FormBlock& block : form_.blocks) {
         if (block.kind != BlockKind::lines) continue;
         Names names;
         for (std::size_t c = 0; c < block.columns.size(); ++c)
            for (const std::string& name : column_names(schema_, form_, block, c)) names.add(name, c);
         const auto order = order_of_columns(head_words(names, words_, 0, head), block.columns.size());
         if (!order) body_.unusable = say("表头的栏目顺序对不上", "the order of the columns cannot be told from the head");
         orders_[&block] = order.value_or(std::vector<std::size_t>());
      }
   }

   void put() {
      for (const Line& line : lines_) {
         if (line.step == nowhere) continue;
         const Step& step = steps_[line.step];
         if (step.count > 0) ++body_.rows;
         const std::vector<std::size_t>& order = orders_[line.block];
         ReportData cells = ReportData::object();
         for (std::size_t i = 0; i < order.size(); ++i)
            cells[line.block->columns[order[i]]] =
                data_of(step.count == 0 ? blank_at(words_[step.first]) : figure_value(words_[step.figures + i]));
         body_.values += static_cast<std::uint32_t>(step.count);
         body_.data[line.number] = line.block->columns.size() == 1 && !cells.empty() ? cells.begin().value() : cells;
      }
   }

   const Schema& schema_;
   const FormSchema& form_;
   const Words& words_;
   std::vector<Line> lines_;
   Names labels_, plain_labels_;
   std::set<std::size_t> widths_;
   std::map<const FormBlock*, std::vector<std::size_t>> orders_;
   bool decimals_ = false, numbered_ = false;
   std::vector<Step> steps_;
   BodyRead body_;
};

// ---- rows with codes --------------------------------------------------------------------------------------------------------

// code, name, figures; several groups may stand side by side.
class RowsReader {
 public:
   RowsReader(const Schema& schema, const FormSchema& form, const FormBlock& block, const Words& words)
       : schema_(schema), form_(form), block_(block), frame_(schema.frames[block.frame]), words_(words) {
      for (std::size_t t = 0; t < frame_.totals.size(); ++t)
         for (const std::string& name : total_names(schema, form, frame_.totals[t])) totals_.add(name, t);
      for (std::size_t c = 0; c < block.columns.size(); ++c)
         for (const std::string& name : column_names(schema, form, block, c)) head_.add(name, c);
      std::size_t id = block.columns.size();
      for (const FieldId field : frame_.fields) {
         const Field& one = schema.fields[field];
         if (schema.fields[field].column.empty() && !is_column(one.name)) {
            for (const std::string& name : row_field_names(schema, form, one)) head_.add(name, id);
            ++id;
            if (field != frame_.key) extras_.push_back(one.name);
         }
      }
      decimals_ = figures_have_decimals(words);
      choose_columns();
   }

   BodyRead read() {
      steps_ = cheapest_path<Step>(words_.size(), [&](std::size_t i, auto&& offer) { steps_from(i, offer); });
      const std::size_t head = end_of_head();
      Names names;
      for (std::size_t i = 0; i < columns_.size(); ++i)
         for (const std::string& name : column_names(schema_, form_, block_, columns_[i])) names.add(name, i);
      for (const FieldId field : frame_.fields)
         if (!is_column(schema_.fields[field].name))
            for (const std::string& name : row_field_names(schema_, form_, schema_.fields[field]))
               names.add(name, columns_.size());
      const auto order = order_of_columns(head_words(names, words_, 0, head), columns_.size());
      if (!order) body_.unusable = say("表头的栏目顺序对不上", "the order of the columns cannot be told from the head");
      order_ = order.value_or(std::vector<std::size_t>());
      put();
      if (printed_by_columns())
         body_.unusable = say("代码、名称和数不是一行一行印的，不知道哪个数是哪一行的",
                              "codes, names and figures do not stand row by row: nothing says which figure is of which row");
      return std::move(body_);
   }

 private:
   enum class What { noise, lost_figure, row, total, short_row, unknown };
   struct Step {
      std::size_t first = 0, last = 0;
      double cost = 0;
      What what = What::noise;
      std::size_t name = 0, figures = 0, count = 0, total = 0;
   };

   // Where codes follow upon codes, stand as figures, or have a name in most rows and none in others, the text runs down columns:
   // then a row that looks whole may hold the figure of another.
   bool printed_by_columns() const {
      std::size_t strange = 0, named = 0, bare = 0;
      for (std::size_t i = 1; decimals_ && i < words_.size(); ++i)
         strange += is_whole_code(words_[i - 1]) && is_whole_code(words_[i]) ? 1 : 0;
      for (const Step& step : steps_) {
         if (step.what != What::row || step.count == 0) continue;
         ++(step.name == step.figures ? bare : named);
         for (std::size_t i = step.figures; decimals_ && i < step.last; ++i) strange += is_whole_code(words_[i]) ? 1 : 0;
      }
      return strange > 1 || (bare > 1 && named > bare && 10 * bare > named);
   }

   bool is_whole_code(const Word& word) const {
      return is_digits(word.folded) &&
             std::find(frame_.levels.begin(), frame_.levels.end(), static_cast<int>(word.folded.size())) != frame_.levels.end();
   }

   bool is_column(std::string_view name) const {
      return std::find(block_.columns.begin(), block_.columns.end(), name) != block_.columns.end();
   }

   // Columns that may be absent are there if the head names them.
   void choose_columns() {
      std::size_t head = 0;
      while (head < words_.size() && !(is_number(words_[head]) && !words_[head].figure.whole)) ++head;
      std::set<std::size_t> named;
      for (const HeadWord& word : head_words(head_, words_, 0, head)) named.insert(word.id);
      for (std::size_t c = 0; c < block_.columns.size(); ++c) {
         const FieldId field = schema_.field_in(block_.frame, block_.columns[c]);
         if (named.count(c) || field == no_field || !schema_.fields[field].may_be_blank) columns_.push_back(c);
      }
   }

   // Ends of a code that begins at i, with what speaks against it: 2010601, or its parts 201 06 01.
   std::vector<std::pair<std::size_t, double>> codes_at(std::size_t i) const {
      std::vector<std::pair<std::size_t, double>> found;
      const auto& levels = frame_.levels;
      const std::string& text = words_[i].folded;
      if (levels.empty()) {
         if (text.find_first_of("0123456789") != std::string::npos && text.size() <= 24 &&
             static_cast<unsigned char>(text[0]) < 0x80 && (words_[i].figure.whole || is_text(words_[i])))
            found.push_back({i + 1, 0.3});
         return found;
      }
      if (!is_digits(text)) return found;
      const int length = static_cast<int>(text.size());
      if (std::find(levels.begin(), levels.end(), length) != levels.end())
         found.push_back({i + 1, 0});
      else if (length > levels.front() && length <= levels.back() + 2)
         found.push_back({i + 1, 1});
      if (length != levels.front()) return found;
      std::size_t end = i + 1;
      for (std::size_t level = 1; level < levels.size() && end < words_.size() && is_digits(words_[end].folded) &&
                                  static_cast<int>(words_[end].folded.size()) == levels[level] - levels[level - 1];
           ++level)
         found.push_back({++end, 0});
      return found;
   }

   double looks_foreign(std::size_t first, std::size_t count) const {
      double cost = 0;
      for (std::size_t i = first; i < first + count; ++i)
         if (decimals_ && is_whole(words_[i])) cost += words_[i].folded == "0" ? 0.3 : 2.5;
      return cost;
   }

   template <typename Offer>
   void steps_from(std::size_t i, Offer&& offer) const {
      const Word& word = words_[i];
      Step step;
      step.first = i;
      step.last = i + 1;
      const bool alone = word.begins_line() && (i + 1 == words_.size() || words_[i + 1].begins_line());
      step.what = is_number(word) && !(alone && is_whole(word)) ? What::lost_figure : What::noise;
      step.cost = step.what == What::lost_figure ? 4 : 1;
      offer(step);
      if (const auto found = head_.matches(words_, i, words_.size(), true); !found.empty()) {
         step.what = What::noise;
         step.last = found[0].end;
         step.cost = 0.2;
         offer(step);
      }
      for (const auto& [end, cost] : codes_at(i)) row(i, end, cost, offer);
      for (const Names::Match& label : totals_.matches(words_, i, words_.size())) {
         const std::size_t count = figures_at(words_, label.end, columns_.size());
         if (count == 0) continue;
         step.what = What::total;
         step.total = label.ids->front();
         step.figures = label.end;
         step.count = count;
         step.last = label.end + count;
         step.cost = (count == columns_.size() ? 0 : 2) + looks_foreign(label.end, count);
         offer(step);
      }
      if (is_text(word)) unknown(i, offer);
   }

   template <typename Offer>
   void row(std::size_t i, std::size_t code_end, double code_cost, Offer&& offer) const {
      constexpr std::size_t longest_name = 12;
      Step step;
      step.first = i;
      step.name = code_end;
      for (std::size_t end = code_end; end <= words_.size() && end <= code_end + longest_name; ++end) {
         const double name_cost = code_cost + (end == code_end ? 1 : 0.05 * static_cast<double>(end - code_end));
         const std::size_t there = figures_at(words_, end, columns_.size());
         step.figures = end;
         for (std::size_t count = 1; count <= there; ++count) {
            const bool full = count == columns_.size();
            step.what = full ? What::row : What::short_row;
            step.count = count;
            step.last = end + count;
            step.cost = name_cost + (full ? 0 : 3) + looks_foreign(end, count);
            offer(step);
         }
         if (end > code_end && end > i) {
            step.what = What::row;
            step.count = 0;
            step.last = end;
            step.cost = name_cost + 2;
            offer(step);
         }
         if (end < words_.size() && !is_text(words_[end])) break;
      }
   }

   template <typename Offer>
   void unknown(std::size_t i, Offer&& offer) const {
      constexpr std::size_t longest = 8;
      Step step;
      step.first = i;
      step.what = What::unknown;
      for (std::size_t end = i + 1; end < words_.size() && end <= i + longest && is_text(words_[end - 1]); ++end) {
         if (figures_at(words_, end, columns_.size()) != columns_.size()) continue;
         step.figures = end;
         step.count = columns_.size();
         step.last = end + step.count;
         step.cost = 2 + 0.8 * static_cast<double>(end - i) + looks_foreign(end, step.count);
         offer(step);
      }
   }

   std::size_t end_of_head() const {
      for (const Step& step : steps_)
         if (step.what != What::noise && step.what != What::lost_figure) return step.first;
      return words_.size();
   }

   void fail(const Step& step, Said why) {
      ++body_.failures;
      body_.not_understood.push_back(not_understood(form_, words_, step.first, step.last, std::move(why)));
   }

   ReportData cells_of(const Step& step) {
      ReportData cells = ReportData::object();
      for (std::size_t i = 0; i < order_.size(); ++i)
         cells[block_.columns[columns_[order_[i]]]] =
             data_of(step.count == 0 ? blank_at(words_[step.first]) : figure_value(words_[step.figures + i]));
      body_.values += static_cast<std::uint32_t>(step.count);
      if (step.count > 0) ++body_.rows;
      return cells;
   }

   ReportData row_of(const Step& step) {
      ReportData row = ReportData::object();
      ReadValue code = value_of(words_, step.first, step.name);
      code.text = folded_text(words_, step.first, step.name);
      row[schema_.fields[frame_.key].name] = data_of(code);
      put_texts(step, row);
      row.update(cells_of(step));
      return row;
   }

   void put_texts(const Step& step, ReportData& row) {
      if (extras_.empty() || step.name == step.figures) return;
      if (extras_.size() == 1 || extras_.size() != step.figures - step.name) {
         row[extras_[0]] = data_of(value_of(words_, step.name, step.figures));
         if (extras_.size() > 1)
            body_.not_understood.push_back(
                not_understood(form_, words_, step.name, step.figures,
                               say("分不清是哪几栏的文字", "which columns these words belong to cannot be told")));
         return;
      }
      for (std::size_t i = 0; i < extras_.size(); ++i)
         row[extras_[i]] = data_of(value_of(words_, step.name + i, step.name + i + 1));
   }

   // Groups side by side: the rows of a line belong to different parts of the list, which runs from code to code.
   void sort_groups(std::vector<std::pair<std::string, ReportData>>& rows) const {
      std::size_t groups = 0;
      const std::size_t head = end_of_head();
      Names keys;
      for (const std::string& name : row_field_names(schema_, form_, schema_.fields[frame_.key])) keys.add(name, 0);
      for (std::size_t i = 0; i < head; ++i)
         if (!keys.matches(words_, i, head).empty()) ++groups;
      if (groups < 2) return;
      std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
   }

   void put() {
      std::vector<std::pair<std::string, ReportData>> rows;
      ReportData totals = ReportData::object();
      for (const Step& step : steps_) {
         switch (step.what) {
            case What::row: rows.emplace_back(folded_text(words_, step.first, step.name), row_of(step)); break;
            case What::total:
               if (step.count == columns_.size())
                  put_total(step, totals);
               else
                  fail_short(step);
               break;
            case What::short_row: fail_short(step); break;
            case What::unknown:
               fail(step, say("没有代码的一行，报表没有规定", "a row without a code that the form does not declare"));
               break;
            case What::lost_figure: fail(step, say("表里没有它的位置", "it has no place in the table")); break;
            case What::noise: break;
         }
      }
      sort_groups(rows);
      for (const Total& total : frame_.totals)
         if (totals.contains(total.label)) body_.data[total.label] = totals[total.label];
      ReportData& list = body_.data[frame_.name] = ReportData::array();
      for (auto& [code, row] : rows) list.push_back(std::move(row));
   }

   // A total may be printed again on each page: then it says the same.
   void put_total(const Step& step, ReportData& totals) {
      const std::string& label = frame_.totals[step.total].label;
      if (!totals.contains(label)) {
         totals[label] = cells_of(step);
         return;
      }
      for (std::size_t i = 0; i < order_.size(); ++i) {
         const std::string& column = block_.columns[columns_[order_[i]]];
         ReadValue second = figure_value(words_[step.figures + i]), first;
         first.text = totals[label][column].value("value", std::string());
         if (first.text != second.text)
            body_.disagreements.push_back({"/" + form_.name + "/" + label + "/" + column, first, second});
      }
   }

   void fail_short(const Step& step) {
      fail(step, say("有 {} 栏，只印了 {} 个数，不知道哪一栏是空白",
                     "there are {} columns and {} figures: nothing says which is blank", columns_.size(), step.count));
   }

   const Schema& schema_;
   const FormSchema& form_;
   const FormBlock& block_;
   const Frame& frame_;
   const Words& words_;
   Names totals_, head_;
   std::vector<std::string> extras_;
   std::vector<std::size_t> columns_, order_;  // that are there; from left to right
   bool decimals_ = false;
   std::vector<Step> steps_;
   BodyRead body_;
};

// ---- grids ------------------------------------------------------------------------------------------------------------------

// rows × columns: one run of all figures, or labelled runs of a row's or a column's.
class GridReader {
 public:
   GridReader(const Schema& schema, const FormSchema& form, const FormBlock& block, const Words& words)
       : block_(block), words_(words) {
      for (std::size_t r = 0; r < block.lines.size(); ++r)
         for (const std::string& name : line_names(schema, form, block, r)) rows_.add(name, r);
      for (std::size_t c = 0; c < block.columns.size(); ++c)
         for (const std::string& name : column_names(schema, form, block, c)) columns_.add(name, c);
   }

   BodyRead read() {
      const std::size_t rows = block_.lines.size(), columns = block_.columns.size();
      cells_.assign(rows * columns, nowhere);
      if (!labelled_runs(rows_, rows, columns_, columns,
                         [&](std::size_t row, std::size_t column) { return row * columns + column; }) &&
          !labelled_runs(columns_, columns, rows_, rows,
                         [&](std::size_t column, std::size_t row) { return row * columns + column; }) &&
          !one_run())
         body_.unusable = why_;
      put();
      return std::move(body_);
   }

 private:
   // Every one of `labels` followed by one figure for each of `across`.
   template <typename CellAt>
   bool labelled_runs(const Names& labels, std::size_t count, const Names& across, std::size_t width, CellAt&& cell_at) {
      std::vector<std::size_t> at(count, nowhere);
      std::size_t head = words_.size(), found = 0;
      for (std::size_t i = 0; i < words_.size(); ++i)
         for (const Names::Match& label : labels.matches(words_, i, words_.size()))
            if (figures_at(words_, label.end, width + 1) == width && at[label.ids->front()] == nowhere) {
               at[label.ids->front()] = label.end;
               head = std::min(head, i);
               ++found;
               break;
            }
      if (found != count) return false;
      const auto order = order_of_columns(head_words(across, words_, 0, head), width);
      if (!order) {
         why_ = say("表头的栏目顺序对不上", "the order of the columns cannot be told from the head");
         return false;
      }
      for (std::size_t l = 0; l < count; ++l)
         for (std::size_t i = 0; i < width; ++i) cells_[cell_at(l, (*order)[i])] = at[l] + i;
      return true;
   }

   std::vector<std::size_t> rows_in_head(std::size_t head) const {
      std::vector<std::size_t> named;
      for (const HeadWord& word : head_words(rows_, words_, 0, head))
         if (word.id != HeadWord::no_column) named.push_back(word.id);
      return named;
   }

   bool one_run() {
      const std::size_t rows = block_.lines.size(), columns = block_.columns.size(), all = rows * columns;
      std::size_t first = 0;
      while (first < words_.size() && !(is_number(words_[first]) && figures_at(words_, first, 2) == 2)) ++first;
      while (first > 0 && first < words_.size() && words_[first - 1].figure) --first;
      const std::size_t count = first < words_.size() ? figures_at(words_, first, words_.size()) : 0;
      if (count != all) {
         why_ = say("应有 {} 个数（{} 行 {} 栏），印了 {} 个",
                    "there should be {} figures ({} rows, {} columns) and there are {}", all, rows, columns, count);
         return false;
      }
      const std::vector<std::size_t> named = rows_in_head(first);
      const auto order = order_of_columns(head_words(columns_, words_, 0, first), columns);
      const bool by_rows = named.size() == rows, by_columns = !by_rows && named.size() == all;
      if (!order || (!by_rows && !by_columns) || std::set<std::size_t>(named.begin(), named.end()).size() != rows) {
         why_ = say("表头的行列顺序对不上", "the order of rows and columns cannot be told from the head");
         return false;
      }
      for (std::size_t i = 0; i < all; ++i) {
         const std::size_t row = by_rows ? named[i / columns] : named[i];
         const std::size_t column = by_rows ? (*order)[i % columns] : (*order)[i / rows];
         cells_[row * columns + column] = first + i;
      }
      return true;
   }

   void put() {
      const std::size_t columns = block_.columns.size();
      for (std::size_t r = 0; r < block_.lines.size() && !body_.unusable; ++r) {
         ReportData& row = body_.data[block_.lines[r]] = ReportData::object();
         for (std::size_t c = 0; c < columns; ++c) {
            row[block_.columns[c]] = data_of(figure_value(words_[cells_[r * columns + c]]));
            ++body_.values;
         }
         ++body_.rows;
      }
   }

   const FormBlock& block_;
   const Words& words_;
   Names rows_, columns_;
   std::vector<std::size_t> cells_;  // the word of each
   Said why_ = say("找不到数", "no figures were found");
   BodyRead body_;
};

// ---- a form -----------------------------------------------------------------------------------------------------------------

void join(BodyRead& body, BodyRead&& more) {
   body.data.update(more.data);
   body.line_numbers.insert(body.line_numbers.end(), more.line_numbers.begin(), more.line_numbers.end());
   body.values += more.values;
   body.rows += more.rows;
   body.failures += more.failures;
   body.not_understood.insert(body.not_understood.end(), more.not_understood.begin(), more.not_understood.end());
   body.disagreements.insert(body.disagreements.end(), more.disagreements.begin(), more.disagreements.end());
   if (more.unusable) body.unusable = more.unusable;
}

BodyRead read_body(const Schema& schema, const FormSchema& form, const Words& words) {
   BodyRead body;
   bool lines = false;
   for (const FormBlock& block : form.blocks) {
      if (block.kind == BlockKind::lines && lines) continue;  // all of them were read at once
      lines = lines || block.kind == BlockKind::lines;
      switch (block.kind) {
         case BlockKind::lines: join(body, LinesReader(schema, form, words).read()); break;
         case BlockKind::rows: join(body, RowsReader(schema, form, block, words).read()); break;
         case BlockKind::grid: join(body, GridReader(schema, form, block, words).read()); break;
      }
   }
   if (!body.unusable && body.failures > body.rows)
      body.unusable = say("{} 行对得上，{} 处对不上", "{} rows fit, {} places do not", body.rows, body.failures);
   return body;
}

ReportData facts_data(const PrintedFacts& facts, const std::vector<std::string>& line_numbers) {
   ReportData data = ReportData::object();
   if (facts.title) data[std::string(printed_title)] = data_of(*facts.title);
   if (facts.unit) data[std::string(printed_unit)] = data_of(*facts.unit);
   if (facts.year) data[std::string(printed_year)] = data_of(*facts.year);
   if (!line_numbers.empty()) data[std::string(printed_lines)] = line_numbers;
   return data;
}

}  // namespace

void read_flat_form(const Schema& schema, const FormSchema& form, const std::vector<Region>& regions, ReportData& into,
                    ReadingAccount& account) {
   if (regions.empty()) return;
   const PrintedFacts facts = printed_facts(form_titles(schema, form), regions.front());
   Words words;
   for (const Region& region : regions) add_table_words(region, words);
   BodyRead body = read_body(schema, form, words);
   PartRead part;
   part.name = form.name;
   part.title = facts.title ? facts.title->text : form.title;
   part.values = body.values;
   if (!words.empty()) part.place = facts.title ? facts.title->place : words[0].place;
   ReportData data = ReportData::object();
   data[std::string(printed_part)] = facts_data(facts, body.unusable ? std::vector<std::string>() : body.line_numbers);
   if (body.unusable) {
      part.state = PartState::unusable;
      part.why = *body.unusable;
      part.values = 0;
   } else {
      if (body.failures > 0 || !body.not_understood.empty()) {
         part.state = PartState::doubtful;
         part.why = say("{} 处没有看懂", "{} places were not understood", body.not_understood.size());
      }
      data.update(body.data);
      account.not_understood.insert(account.not_understood.end(), body.not_understood.begin(), body.not_understood.end());
      account.disagreements.insert(account.disagreements.end(), body.disagreements.begin(), body.disagreements.end());
   }
   into[form.name] = std::move(data);
   account.parts.push_back(std::move(part));
}

}  // namespace heng

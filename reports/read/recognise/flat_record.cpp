#include "reports/read/recognise/flat_record.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "reports/read/recognise/flat_rows.hpp"
#include "reports/read/recognise/names_on_paper.hpp"
#include "reports/read/recognise/printed_facts.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using Words = std::vector<Word>;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

bool is_score(const Type& type) { return type.kind == Kind::quantity && same_meaning(type, points_type()); }
bool is_figure(const Type& type) {
   return type.kind == Kind::number || type.kind == Kind::quantity || type.kind == Kind::percent ||
          type.kind == Kind::percentage_point;
}

std::string without_last_part(const std::string& name) {
   return name.rfind('.') == std::string::npos ? std::string() : name.substr(0, name.rfind('.'));
}

void put(ReportData& into, const std::string& name, ReportData value) {
   ReportData* at = &into;
   std::size_t from = 0;
   for (std::size_t dot = name.find('.'); dot != std::string::npos; from = dot + 1, dot = name.find('.', from))
      at = &(*at)[name.substr(from, dot - from)];
   (*at)[name.substr(from)] = std::move(value);
}

// ---- what a record may show on paper ----------------------------------------------------------------------------------------

// A column is known by its text alone: 分值 of a list and 分值 of a row of figures stand under one head.
class Columns {
 public:
   std::size_t of(const std::vector<std::string>& texts) {
      std::size_t id = count_;
      for (const std::string& text : texts)
         if (const auto* found = names.find(fold(text))) id = std::min(id, found->front());
      if (id == count_) ++count_;
      for (const std::string& text : texts)
         if (!names.find(fold(text))) names.add(text, id);
      return id;
   }
   Names names;

 private:
   std::size_t count_ = 0;
};

struct Cell {
   std::size_t column;
   FieldId field;
};
struct LabelledRow {
   std::string name;  // 当年财政拨款
   std::vector<Cell> cells;
   const Cell* under(std::size_t column) const {
      const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column == column; });
      return found == cells.end() ? nullptr : &*found;
   }
};
struct NestedList {
   FrameId frame;
   std::vector<Cell> cells;  // in declared order
};

class Paper {
 public:
   Paper(const Schema& schema, FrameId frame, std::string_view record) : schema_(schema), frame_(schema.frames[frame]) {
      for (const FieldId field : frame_.fields)
         if (of_record(schema.fields[field], record)) add(field);
      for (const Frame& list : schema.frames)
         if (list.parent == frame && list.id != frame && list.form.empty() && list.copy_of == no_frame && record.empty())
            add_list(list);
   }
   // Only the list itself.
   static Paper of_list(const Schema& schema, FrameId list) {
      Paper paper(schema, schema.frames[list]);
      paper.add_list(schema.frames[list]);
      return paper;
   }

   Names labels;  // of values, by field
   Names rows;    // by index of `labelled`
   Names marks;   // names with a score in brackets behind, by field
   Columns columns;
   std::vector<LabelledRow> labelled;
   std::vector<NestedList> lists;

 private:
   Paper(const Schema& schema, const Frame& frame) : schema_(schema), frame_(frame) {}

   bool of_record(const Field& field, std::string_view record) const {
      if (!field.form.empty()) return false;
      return record.empty() || (field.name.size() > record.size() && field.name.compare(0, record.size(), record) == 0 &&
                                field.name[record.size()] == '.');
   }

   void add(FieldId id) {
      const Field& field = schema_.fields[id];
      const std::vector<PrintedName> names = record_field_names(schema_, frame_, field);
      bool in_a_row = false;
      for (const PrintedName& name : names)
         if (!name.row.empty()) {
            in_a_row = true;
            add_cell(name.row, {name.row}, {name.text}, id);
         }
      const std::string record = without_last_part(field.name);
      if (record.empty()) {
         for (const PrintedName& name : names)
            if (name.row.empty() && !(in_a_row && name.text == field.name) && field.type.kind != Kind::yes_no)
               labels.add(name.text, id);
         return;
      }
      std::vector<std::string> texts;
      for (const PrintedName& name : names)
         if (name.row.empty()) texts.push_back(name.text);
      if (is_score(field.type))
         for (const std::string& text : texts) marks.add(text, id);
      add_cell(record, record_names(schema_, frame_, record), texts, id);
   }

   void add_cell(const std::string& row_name, const std::vector<std::string>& row_texts,
                 const std::vector<std::string>& column_texts, FieldId field) {
      std::size_t row = 0;
      while (row < labelled.size() && labelled[row].name != row_name) ++row;
      if (row == labelled.size()) labelled.push_back({row_name, {}});
      for (const std::string& text : row_texts) rows.add(text, row);
      labelled[row].cells.push_back({columns.of(column_texts), field});
   }

   void add_list(const Frame& list) {
      NestedList nested{list.id, {}};
      for (const FieldId id : list.fields) {
         const Field& field = schema_.fields[id];
         if (field.name.find('.') != std::string::npos) continue;
         std::vector<std::string> texts;
         for (const PrintedName& name : record_field_names(schema_, list, field)) texts.push_back(name.text);
         nested.cells.push_back({columns.of(texts), id});
      }
      lists.push_back(std::move(nested));
   }

   const Schema& schema_;
   const Frame& frame_;
};

// ---- what stands where ------------------------------------------------------------------------------------------------------

// The head of a table: known columns in reading order, and whether words of no known column stand before each.
struct Head {
   struct Entry {
      std::size_t column;
      bool unknown_before = false;
   };
   std::size_t first = 0, last = 0;  // words
   std::vector<Entry> entries;
   bool names(std::size_t column) const {
      return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.column == column; });
   }
};

struct Anchor {
   enum class What { label, row, head } what;
   std::size_t first, last;  // words
   std::size_t id;           // field, row, or index of the head
};

class RecordReader {
 public:
   RecordReader(const Schema& schema, const Paper& paper, std::string_view part, const Region& region, ReportData& into,
                ReadingAccount& account)
       : schema_(schema), paper_(paper), part_(part), into_(into), account_(account) {
      unit_ = unit_printed(region);
      Words all = words_of(region, Cut::at_sentences);
      if (all.size() > most_words) {
         too_long_ = true;
         all.clear();
      }
      take_words(all);
   }

   void read() {
      find_anchors();
      for (std::size_t h = 0; h < heads_.size(); ++h) read_table(h);
      for (std::size_t a = 0; a < anchors_.size(); ++a)
         if (anchors_[a].what == Anchor::What::label) read_label(a);
      finish();
   }

   // The rows of the only list.
   void read_list() {
      find_anchors();
      list_rows_ = &into_;
      for (std::size_t h = 0; h < heads_.size(); ++h) read_table(h);
      finish();
   }

 private:
   // ---- words, with names and their scores made one ---------------------------------------------------------------------

   void take_words(const Words& all) {
      for (std::size_t i = 0; i < all.size();) {
         if (begins_notes(all[i]) || is_page_number_at(all, i)) {
            if (begins_notes(all[i])) break;
            i = end_of_line(all, i);
            continue;
         }
         if (const std::size_t end = take_mark(all, i); end != i) {
            i = end;
            continue;
         }
         take_word(all[i]);
         ++i;
      }
      marks_.resize(words_.size(), false);
   }

   // 产出指标（40分）: the score belongs to the record, the name to the rows below it.
   std::size_t take_mark(const Words& all, std::size_t i) {
      for (const Names::Match& match : paper_.marks.matches(all, i, all.size(), true)) {
         const std::string text = folded_text(all, i, match.end);
         const std::size_t open = text.rfind('(');
         constexpr std::string_view closing = "分)";
         if (open == std::string::npos || text.size() < open + closing.size() + 2 ||
             text.compare(text.size() - closing.size(), closing.size(), closing) != 0)
            continue;
         const std::string score = text.substr(open + 1, text.size() - open - 1 - closing.size());
         if (figure_of(score).kind != Figure::Kind::number) continue;
         ReadValue value;
         value.text = score;
         value.place = all[i].place;
         for (const FieldId field : *match.ids) give(field, value);
         Word word = all[i];
         word.folded = text.substr(0, open);
         word.text = word.folded;
         word.figure = {};
         words_.push_back(std::move(word));
         marks_.resize(words_.size(), false);
         marks_.back() = true;
         return match.end;
      }
      return i;
   }

   // 部门名称：某局 may stand in one word.
   void take_word(const Word& word) {
      const std::size_t colon = word.folded.find(':');
      if (colon != std::string::npos && colon > 0 && colon + 1 < word.folded.size() &&
          paper_.labels.find(std::string_view(word.folded).substr(0, colon))) {
         for (const std::string_view sign : {"：", ":"})
            if (const std::size_t at = word.text.find(sign); at != std::string::npos) {
               Word label = word, rest = word;
               label.text = word.text.substr(0, at);
               label.folded = fold(label.text);
               rest.text = word.text.substr(at + sign.size());
               rest.folded = fold(rest.text);
               rest.figure = figure_of(rest.folded);
               rest.before = Word::Before::blank;
               words_.push_back(std::move(label));
               words_.push_back(std::move(rest));
               return;
            }
      }
      words_.push_back(word);
   }

   // ---- labels and heads --------------------------------------------------------------------------------------------------

   static std::size_t longest(const Names& names, const Words& words, std::size_t i, bool remarks, std::size_t& id) {
      const auto found = names.matches(words, i, words.size(), remarks);
      if (found.empty()) return i;
      id = found[0].ids->front();
      return found[0].end;
   }

   // The head is printed again where the page turns: then it says nothing new.
   void find_anchors() {
      find_names();
      std::vector<bool> again(words_.size(), false);
      const Head* before = nullptr;
      for (const Head& head : heads_) {
         if (head.entries.size() < 2) continue;
         if (before && repeats(*before, head))
            std::fill(again.begin() + static_cast<std::ptrdiff_t>(head.first),
                      again.begin() + static_cast<std::ptrdiff_t>(head.last), true);
         before = &head;
      }
      if (std::find(again.begin(), again.end(), true) == again.end()) return;
      Words words;
      std::vector<bool> marks;
      for (std::size_t i = 0; i < words_.size(); ++i) {
         if (again[i]) continue;
         words.push_back(std::move(words_[i]));
         marks.push_back(marks_[i]);
      }
      words_ = std::move(words);
      marks_ = std::move(marks);
      heads_.clear();
      anchors_.clear();
      find_names();
   }

   void find_names() {
      std::size_t unknown = most_unknown + 1;  // words since the last column
      for (std::size_t i = 0; i < words_.size();) {
         std::size_t label = 0, row = 0, column = 0;
         const std::size_t label_end = longest(paper_.labels, words_, i, true, label);
         const std::size_t row_end = longest(paper_.rows, words_, i, false, row);
         const std::size_t column_end = longest(paper_.columns.names, words_, i, true, column);
         const std::size_t end = std::max({label_end, row_end, column_end});
         if (marks_[i] || end == i) {
            unknown += words_[i].figure ? most_unknown + 1 : 1;
            ++i;
            continue;
         }
         if (column_end == end && end > label_end && end > row_end) {
            add_column(column, i, end, unknown);
            unknown = 0;
         } else if (label_end == end) {
            anchors_.push_back({Anchor::What::label, i, end, label});
            unknown = most_unknown + 1;
         } else {
            anchors_.push_back({Anchor::What::row, i, end, row});
            unknown = most_unknown + 1;
         }
         i = end;
      }
      drop_small_heads();
   }

   void add_column(std::size_t column, std::size_t first, std::size_t last, std::size_t unknown) {
      if (unknown > most_unknown || heads_.empty() || heads_.back().names(column) || !belongs_to(heads_.back(), column)) {
         anchors_.push_back({Anchor::What::head, first, last, heads_.size()});
         heads_.emplace_back();
         heads_.back().first = first;
         unknown = 0;
      }
      heads_.back().entries.push_back({column, unknown > 0});
      heads_.back().last = anchors_.back().last = last;
   }

   // Some row or list has this column beside one that the head names.
   bool belongs_to(const Head& head, std::size_t column) const {
      const auto both = [&](const std::vector<Cell>& cells) {
         const bool has = std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.column == column; });
         return has && std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) { return head.names(cell.column); });
      };
      return std::any_of(paper_.labelled.begin(), paper_.labelled.end(),
                         [&](const LabelledRow& row) { return both(row.cells); }) ||
             std::any_of(paper_.lists.begin(), paper_.lists.end(), [&](const NestedList& list) { return both(list.cells); });
   }

   // One word that might be a column is none.
   void drop_small_heads() {
      anchors_.erase(std::remove_if(anchors_.begin(), anchors_.end(),
                                    [&](const Anchor& anchor) {
                                       return anchor.what == Anchor::What::head && heads_[anchor.id].entries.size() < 2;
                                    }),
                     anchors_.end());
   }

   std::size_t anchor_of(std::size_t head) const {
      for (std::size_t a = 0; a < anchors_.size(); ++a)
         if (anchors_[a].what == Anchor::What::head && anchors_[a].id == head) return a;
      return nowhere;
   }

   // ---- tables ------------------------------------------------------------------------------------------------------------

   bool stands_under(const LabelledRow& row, const Head& head) const {
      std::set<std::size_t> columns;
      std::size_t named = 0;
      for (const Cell& cell : row.cells)
         if (columns.insert(cell.column).second && head.names(cell.column)) ++named;
      return named * 2 > columns.size();
   }

   const NestedList* list_under(const Head& head) const {
      const NestedList* best = nullptr;
      std::size_t most = 0;
      for (const NestedList& list : paper_.lists) {
         std::size_t named = 0;
         for (const Cell& cell : list.cells) named += head.names(cell.column);
         if (named * 2 > list.cells.size() && named > most) {
            most = named;
            best = &list;
         }
      }
      return best;
   }

   void read_table(std::size_t h) {
      const std::size_t anchor = anchor_of(h);
      if (anchor == nowhere) return;
      const Head& head = heads_[h];
      const NestedList* list = list_under(head);
      // Of a list the rows end where a label begins; the rows of figures below it (小计) stand under its head too.
      std::size_t end = words_.size(), a = anchor + 1;
      const std::size_t last_row = list ? anchor : last_row_under(head, anchor);
      for (; a < anchors_.size(); ++a) {
         const Anchor& next = anchors_[a];
         if (a <= last_row) continue;  // what looks like a label in the texts between rows
         if (next.what == Anchor::What::head) break;
         if (next.what == Anchor::What::label && words_[next.first].begins_line()) break;
         if (list && next.what == Anchor::What::row && stands_under(paper_.labelled[next.id], head)) break;
      }
      if (a < anchors_.size()) end = anchors_[a].first;
      if (list) read_list_rows(head, *list, end);
      if (!list && has_unknown(head))
         read_cut_rows(head, end);
      else
         read_rows_of_figures(head, anchor);
   }

   std::size_t last_row_under(const Head& head, std::size_t anchor) const {
      std::size_t last = anchor;
      for (std::size_t a = anchor + 1; a < anchors_.size(); ++a) {
         if (anchors_[a].what == Anchor::What::head) break;
         if (anchors_[a].what == Anchor::What::row && stands_under(paper_.labelled[anchors_[a].id], head)) last = a;
      }
      return last;
   }

   bool repeats(const Head& head, const Head& other) const {
      return other.entries.size() == head.entries.size() &&
             std::equal(head.entries.begin(), head.entries.end(), other.entries.begin(),
                        [](const Head::Entry& a, const Head::Entry& b) { return a.column == b.column; });
   }

   static bool has_unknown(const Head& head) {
      return std::any_of(head.entries.begin(), head.entries.end(), [](const Head::Entry& entry) { return entry.unknown_before; });
   }

   // ---- lists -------------------------------------------------------------------------------------------------------------

   // 一级指标 → 指标; empty: no level.
   static std::string noun_of_level(const std::string& name) {
      for (const std::string_view ordinal : {"一", "二", "三", "四", "五"}) {
         const std::string before = std::string(ordinal) + "级";
         if (name.compare(0, before.size(), before) == 0 && name.size() > before.size()) return name.substr(before.size());
      }
      return "";
   }

   RowColumn column_of(const Field& field, bool level) const {
      RowColumn column;
      column.may_be_blank = field.may_be_blank || field.blank_counts_as_0;
      switch (field.type.kind) {
         case Kind::target: column.kind = RowColumn::Kind::target; break;
         case Kind::measured: column.kind = RowColumn::Kind::measured; break;
         case Kind::percent:
         case Kind::percentage_point: column.kind = RowColumn::Kind::percent; break;
         case Kind::number:
         case Kind::quantity: column.kind = RowColumn::Kind::number; break;
         default:
            column.kind = level                                          ? RowColumn::Kind::level
                          : field.name == "序号" || field.name == "编号" ? RowColumn::Kind::ordinal
                                                                         : RowColumn::Kind::text;
      }
      if (level) column.noun = noun_of_level(field.name);
      return column;
   }

   void read_list_rows(const Head& head, const NestedList& list, std::size_t end) {
      std::vector<FieldId> fields;
      std::vector<RowColumn> columns;
      std::size_t levels = 0;
      for (const Head::Entry& entry : head.entries) {
         const auto cell =
             std::find_if(list.cells.begin(), list.cells.end(), [&](const Cell& one) { return one.column == entry.column; });
         if (cell != list.cells.end() && !noun_of_level(schema_.fields[cell->field].name).empty()) ++levels;
      }
      for (const Head::Entry& entry : head.entries) {
         const auto cell =
             std::find_if(list.cells.begin(), list.cells.end(), [&](const Cell& one) { return one.column == entry.column; });
         if (entry.unknown_before || cell == list.cells.end()) {
            columns.push_back({RowColumn::Kind::anything, true, ""});
            fields.push_back(no_field);
         }
         if (cell == list.cells.end()) continue;
         const Field& field = schema_.fields[cell->field];
         const bool level = !noun_of_level(field.name).empty() && --levels > 0;
         columns.push_back(column_of(field, level));
         fields.push_back(cell->field);
      }
      const RowsRead read = cut_rows({words_, head.last, end, columns, nullptr, marks_});
      ReportData rows = ReportData::array();
      std::vector<ReadValue> carried(fields.size());
      for (const RowRead& row : read.rows) rows.push_back(list_row(row, fields, columns, carried));
      left_over(read.left_over);
      if (list_rows_) {
         for (ReportData& row : rows) list_rows_->push_back(std::move(row));
      } else {
         put(into_, schema_.frames[list.frame].name, std::move(rows));
      }
   }

   ReportData list_row(const RowRead& row, const std::vector<FieldId>& fields, const std::vector<RowColumn>& columns,
                       std::vector<ReadValue>& carried) {
      ReportData data = ReportData::object();
      for (std::size_t c = 0; c < fields.size(); ++c) {
         if (fields[c] == no_field) continue;
         const Field& field = schema_.fields[fields[c]];
         const auto [first, last] = row.cells[c];
         if (columns[c].kind == RowColumn::Kind::level) {
            if (first != last) {
               carried[c] = value_of(words_, first, last);
               // Levels below it begin anew.
               for (std::size_t below = c + 1; below < fields.size(); ++below) carried[below] = {};
            }
            if (carried[c].text.empty())
               not_understood(row.first, row.last, say("不知道它的{}", "its {} is not known", field.name));
            data[field.name] = value_data(field, carried[c]);
         } else {
            ReadValue value = first == last ? blank_at(first) : cell_value(field, first, last);
            data[field.name] = value_data(field, value);
            if (first == last && !columns[c].may_be_blank)
               not_understood(row.first, row.last, say("没有{}", "it has no {}", field.name));
         }
      }
      return data;
   }

   void left_over(const std::vector<std::size_t>& words) {
      // Words that follow each other are said once.
      for (std::size_t i = 0; i < words.size();) {
         std::size_t end = i + 1;
         while (end < words.size() && words[end] == words[end - 1] + 1) ++end;
         not_understood(words[i], words[end - 1] + 1, say("不知道属于哪一行", "which row it belongs to cannot be told"));
         i = end;
      }
   }

   // ---- rows of figures ---------------------------------------------------------------------------------------------------

   // Columns that some row under this head has, from left to right.
   std::vector<std::size_t> figure_columns(const Head& head, std::size_t anchor) const {
      std::set<std::size_t> wanted;
      for (std::size_t a = anchor + 1; a < anchors_.size() && anchors_[a].what != Anchor::What::head; ++a)
         if (anchors_[a].what == Anchor::What::row && stands_under(paper_.labelled[anchors_[a].id], head))
            for (const Cell& cell : paper_.labelled[anchors_[a].id].cells) wanted.insert(cell.column);
      std::vector<std::size_t> columns;
      for (const Head::Entry& entry : head.entries)
         if (wanted.count(entry.column)) columns.push_back(entry.column);
      return columns;
   }

   void read_rows_of_figures(const Head& head, std::size_t anchor) {
      const std::vector<std::size_t> columns = figure_columns(head, anchor);
      for (std::size_t a = anchor + 1; a < anchors_.size() && anchors_[a].what != Anchor::What::head; ++a) {
         if (anchors_[a].what != Anchor::What::row) continue;
         const LabelledRow& row = paper_.labelled[anchors_[a].id];
         if (stands_under(row, head)) read_figures(row, columns, anchors_[a]);
      }
   }

   double unfitness(const Cell* cell, const Word* word) const {
      if (!cell) return word ? 1 : 0.2;
      const Field& field = schema_.fields[cell->field];
      if (!word) return field.blank_counts_as_0 || field.may_be_blank ? 1 : 4;
      if (word->figure.kind == Figure::Kind::number) return word->figure.percent && field.type.kind == Kind::quantity ? 1 : 0;
      return field.blank_counts_as_0 ? 0.8 : 0.5;
   }

   // Which columns the figures stand in when some are blank: those that their kinds fit best, if nothing else fits as well.
   std::optional<std::vector<bool>> filled_columns(const LabelledRow& row, const std::vector<std::size_t>& columns,
                                                   std::size_t first, std::size_t count) const {
      std::vector<bool> filled(columns.size(), false);
      if (count == columns.size() || count == 0) return std::vector<bool>(columns.size(), count != 0);
      std::fill(filled.end() - static_cast<std::ptrdiff_t>(count), filled.end(), true);
      std::vector<bool> best;
      double lowest = 1e9, second = 1e9;
      do {
         double cost = 0;
         std::size_t at = first;
         for (std::size_t c = 0; c < columns.size(); ++c)
            cost += unfitness(row.under(columns[c]), filled[c] ? &words_[at++] : nullptr);
         if (cost < lowest) {
            second = lowest;
            lowest = cost;
            best = filled;
         } else {
            second = std::min(second, cost);
         }
      } while (std::next_permutation(filled.begin(), filled.end()));
      constexpr double margin = 0.25;
      if (second - lowest < margin) return std::nullopt;
      return best;
   }

   void read_figures(const LabelledRow& row, const std::vector<std::size_t>& columns, const Anchor& anchor) {
      constexpr std::size_t most_columns = 16;  // all ways to leave some of them blank are tried
      std::size_t last = anchor.last;
      while (last < words_.size() && (words_[last].figure || is_points(words_[last]))) ++last;
      const std::size_t count = last - anchor.last;
      const auto filled = count > columns.size() || columns.size() > most_columns
                              ? std::nullopt
                              : filled_columns(row, columns, anchor.last, count);
      if (!filled)
         return not_understood(anchor.first, last,
                               say("有 {} 栏，印了 {} 个数，不知道在哪几栏",
                                   "there are {} columns and {} figures: which columns they stand in "
                                   "cannot be told",
                                   columns.size(), count));
      std::size_t at = anchor.last;
      for (std::size_t c = 0; c < columns.size(); ++c) {
         const Cell* cell = row.under(columns[c]);
         const bool here = (*filled)[c];
         if (cell) give(cell->field, here ? cell_value(schema_.fields[cell->field], at, at + 1) : blank_at(anchor.first));
         if (here) ++at;
      }
   }

   // Rows with columns of text between those of figures: cut like those of a list.
   void read_cut_rows(const Head& head, std::size_t end) {
      Names labels;
      std::set<std::size_t> wanted;
      for (std::size_t r = 0; r < paper_.labelled.size(); ++r) {
         if (!stands_under(paper_.labelled[r], head)) continue;
         for (const Cell& cell : paper_.labelled[r].cells) wanted.insert(cell.column);
         for (const std::string& text : row_texts(r)) labels.add(text, r);
      }
      if (labels.empty()) return;
      std::vector<RowColumn> columns{{RowColumn::Kind::label, false, ""}, {RowColumn::Kind::anything, true, ""}};
      std::vector<std::size_t> ids{nowhere, nowhere};
      for (const Head::Entry& entry : head.entries) {
         const bool known = wanted.count(entry.column) != 0;
         if (columns.back().kind != RowColumn::Kind::anything && (entry.unknown_before || !known)) {
            columns.push_back({RowColumn::Kind::anything, true, ""});
            ids.push_back(nowhere);
         }
         if (!known) continue;
         columns.push_back(column_of(field_under(entry.column, head), false));
         ids.push_back(entry.column);
      }
      const RowsRead read = cut_rows({words_, head.last, end, columns, &labels, marks_});
      for (const RowRead& row : read.rows) give_row(row, labels, ids);
      std::vector<std::size_t> figures;
      for (const std::size_t i : read.left_over)
         if (!marks_[i] && words_[i].figure) figures.push_back(i);
      left_over(figures);
   }

   std::vector<std::string> row_texts(std::size_t row) const { return paper_.rows.texts_of(row); }

   const Field& field_under(std::size_t column, const Head& head) const {
      for (const LabelledRow& row : paper_.labelled)
         if (stands_under(row, head))
            if (const Cell* cell = row.under(column)) return schema_.fields[cell->field];
      return schema_.fields[0];
   }

   void give_row(const RowRead& read, const Names& labels, const std::vector<std::size_t>& ids) {
      const auto* found = labels.find(folded_text(words_, read.cells[0].first, read.cells[0].second));
      if (!found) return;
      const LabelledRow& row = paper_.labelled[found->front()];
      for (std::size_t c = 0; c < ids.size(); ++c) {
         const Cell* cell = ids[c] == nowhere ? nullptr : row.under(ids[c]);
         if (!cell) continue;
         const auto [first, last] = read.cells[c];
         give(cell->field, first == last ? blank_at(read.first) : cell_value(schema_.fields[cell->field], first, last));
      }
   }

   // ---- values behind labels ----------------------------------------------------------------------------------------------

   void read_label(std::size_t a) {
      const Anchor& anchor = anchors_[a];
      const Field& field = schema_.fields[static_cast<FieldId>(anchor.id)];
      const std::size_t next = a + 1 < anchors_.size() ? anchors_[a + 1].first : words_.size();
      if (already_given_.count(field.id)) return;
      if (is_figure(field.type) || field.type.kind == Kind::year)
         return read_figure_behind(field, anchor.last, next, anchor.first);
      const bool head_follows = a + 1 < anchors_.size() && next == anchor.last && anchors_[a + 1].what == Anchor::What::label &&
                                words_[next].before == Word::Before::blank;
      if (head_follows) return read_texts_side_by_side(a);
      const bool table_follows = a + 1 < anchors_.size() && anchors_[a + 1].what != Anchor::What::label;
      const std::size_t end = end_of_text(anchor.last, next, table_follows);
      give(field.id, anchor.last == end ? blank_at(anchor.first) : value_of(words_, anchor.last, end));
   }

   void read_figure_behind(const Field& field, std::size_t at, std::size_t next, std::size_t label) {
      if (at >= next) return give(field.id, blank_at(label));
      const Word& word = words_[at];
      const bool number = word.figure || (word.folded[0] >= '0' && word.folded[0] <= '9' && word.width <= 12);
      if (number) return give(field.id, cell_value(field, at, at + 1));
      // Words that go on behind it: the label was part of a text.
      if (word.begins_line() && words_[label].begins_line()) give(field.id, blank_at(label));
   }

   // A value is one word, or goes on where the line ends with it. What follows on its line is something else, and so is what
   // stands before a table.
   std::size_t end_of_text(std::size_t first, std::size_t next, bool table_follows) const {
      constexpr float full_line = 12;
      std::size_t end = first;
      while (end < next) {
         const Word& word = words_[end];
         if (end > first && word.before != Word::Before::glued) {
            const Word& before = words_[end - 1];
            const bool full = before.width >= full_line && !before.ends_sentence();
            const bool alone = word.begins_line() && (end + 1 >= next || words_[end + 1].begins_line());
            const bool goes_on = alone && !marks_[end] && (full || (word.before == Word::Before::line_end && !table_follows));
            if (!goes_on) break;
         }
         ++end;
      }
      return end;
   }

   // 预期目标 实际完成情况 over two texts that follow each other.
   void read_texts_side_by_side(std::size_t a) {
      std::size_t labels = a;
      while (labels + 1 < anchors_.size() && anchors_[labels + 1].what == Anchor::What::label &&
             anchors_[labels + 1].first == anchors_[labels].last)
         ++labels;
      const std::size_t first = anchors_[labels].last;
      std::size_t last = labels + 1 < anchors_.size() ? anchors_[labels + 1].first : words_.size();
      last = without_upright(first, last);
      std::vector<std::size_t> cuts = cuts_between_texts(first, last, labels - a);
      cuts.insert(cuts.begin(), first);
      cuts.push_back(last);
      for (std::size_t i = a; i <= labels; ++i) {
         const std::size_t from = cuts[i - a], to = cuts[i - a + 1];
         give(static_cast<FieldId>(anchors_[i].id), from < to ? value_of(words_, from, to) : blank_at(anchors_[i].first));
      }
   }

   // 年 度 绩 效 指 标, letter below letter, is the head of what follows.
   std::size_t without_upright(std::size_t first, std::size_t last) const {
      std::size_t end = last;
      while (end > first && words_[end - 1].width <= 1 && words_[end - 1].begins_line() && !words_[end - 1].figure) --end;
      return last - end >= 3 ? end : last;
   }

   // Where a text ends: with a sentence, in a line shorter than the others; and the next begins, perhaps indented.
   std::vector<std::size_t> cuts_between_texts(std::size_t first, std::size_t last, std::size_t count) const {
      float widest = 0;
      for (std::size_t i = first; i < last; ++i) widest = std::max(widest, width_of_line(i, first));
      std::vector<std::pair<double, std::size_t>> fitness;
      for (std::size_t i = first + 1; i < last; ++i) {
         if (!words_[i].begins_line()) continue;
         double fit = words_[i - 1].ends_sentence() ? 3 : 0;
         if (width_of_line(i - 1, first) + 1 < widest * 0.9F) fit += 1.5;
         if (words_[i].place.column > 1) fit += 1;
         if (words_[i].before == Word::Before::gap) fit += 0.5;
         fitness.emplace_back(-fit, i);
      }
      std::stable_sort(fitness.begin(), fitness.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
      std::vector<std::size_t> cuts;
      for (std::size_t k = 0; k < count; ++k) cuts.push_back(k < fitness.size() ? fitness[k].second : last);
      std::sort(cuts.begin(), cuts.end());
      return cuts;
   }

   float width_of_line(std::size_t i, std::size_t first) const {
      float width = words_[i].width;
      while (i > first && !words_[i].begins_line()) width += words_[--i].width;
      return width;
   }

   // ---- values ------------------------------------------------------------------------------------------------------------

   static bool is_points(const Word& word) {
      constexpr std::string_view points = "分";
      return word.folded.size() > points.size() && word.folded.compare(word.folded.size() - 3, 3, points) == 0 &&
             figure_of(word.folded.substr(0, word.folded.size() - 3)).kind == Figure::Kind::number;
   }

   ReadValue cell_value(const Field& field, std::size_t first, std::size_t last) const {
      ReadValue value = value_of(words_, first, last);
      const Word& word = words_[first];
      if (last - first != 1) return value;
      if (word.figure.kind == Figure::Kind::unreadable) value.note = CellNote::unreadable;
      if (!is_figure(field.type)) return value;
      std::string text = value.text;
      if (word.figure.kind == Figure::Kind::number)
         text = word.figure.text;
      else if (is_points(word))
         text = word.folded.substr(0, word.folded.size() - 3);
      if (text != value.text && value.raw.empty()) value.raw = value.text;
      value.text = text;
      return value;
   }

   ReadValue blank_at(std::size_t i) const {
      ReadValue value;
      if (i < words_.size()) value.place = words_[i].place;
      return value;
   }

   // A figure of money is in the unit that the table names, if that is not the declared one.
   ReportData value_data(const Field& field, const ReadValue& value) {
      if (!value.text.empty()) ++values_;
      ReportData data = data_of(value);
      const bool money =
          field.type.kind == Kind::quantity && !is_score(field.type) && field.type.unit.find("元") != std::string::npos;
      if (money && !unit_.empty() && unit_ != field.type.unit && figure_of(fold(value.text)).kind == Figure::Kind::number)
         data["unit"] = unit_;
      return data;
   }

   void give(FieldId id, const ReadValue& value) {
      const Field& field = schema_.fields[id];
      const auto [given, fresh] = already_given_.emplace(id, value);
      if (fresh || given->second.text.empty()) {
         given->second = value;
         put(into_, field.name, value_data(field, value));
      } else if (!value.text.empty() && given->second.text != value.text) {
         account_.disagreements.push_back({std::string(part_) + "." + field.name, given->second, value});
      }
   }

   void not_understood(std::size_t first, std::size_t last, Said why) {
      const ReadValue value = value_of(words_, first, last);
      account_.not_understood.push_back(
          {std::string(part_), value.raw.empty() ? value.text : value.raw, std::move(why), value.place});
      ++doubts_;
   }

   void finish() {
      PartRead part;
      part.name = std::string(part_);
      part.values = values_;
      if (!words_.empty()) {
         part.place = words_[0].place;
         part.title = words_[0].text;
      }
      if (too_long_) {
         part.state = PartState::unusable;
         part.why = say("超过 {} 个词，没有读", "more than {} words; it was not read", most_words);
      } else if (values_ == 0) {
         part.state = PartState::missing;
         part.why = say("没有读到值", "no value was read");
      } else if (doubts_ > 0) {
         part.state = PartState::doubtful;
         part.why = say("{} 处没有看懂", "{} places were not understood", doubts_);
      }
      account_.parts.push_back(std::move(part));
   }

   static constexpr std::size_t most_words = 20'000;  // of what stands under one title: a report of a hundred pages has fewer
   static constexpr std::size_t most_unknown = 4;     // words of no known column between two columns of a head

   const Schema& schema_;
   const Paper& paper_;
   std::string_view part_;
   ReportData& into_;
   ReadingAccount& account_;
   std::string unit_;
   Words words_;
   std::vector<bool> marks_;
   std::vector<Head> heads_;
   std::vector<Anchor> anchors_;
   std::map<FieldId, ReadValue> already_given_;
   ReportData* list_rows_ = nullptr;
   std::uint32_t values_ = 0;
   std::size_t doubts_ = 0;
   bool too_long_ = false;
};

}  // namespace

void read_flat_record(const Schema& schema, FrameId frame, std::string_view record, std::string_view part, const Region& region,
                      ReportData& into, ReadingAccount& account) {
   const Paper paper(schema, frame, record);
   RecordReader(schema, paper, part, region, into, account).read();
}

void read_flat_list(const Schema& schema, FrameId list, std::string_view part, const Region& region, ReportData& into,
                    ReadingAccount& account) {
   const Paper paper = Paper::of_list(schema, list);
   if (!into.is_array()) into = ReportData::array();
   RecordReader(schema, paper, part, region, into, account).read_list();
}

}  // namespace heng

#include "reports/read/recognise/grid_form.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "reports/read/recognise/names_on_paper.hpp"
#include "reports/read/recognise/table_view.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
constexpr std::size_t most_not_understood = 20;

// "类 款 项" and such: what a head says under the codes.
bool is_code_head(std::string_view text) {
   for (const std::string_view word : {"类", "款", "项", "类款项", "栏次", "行次"})
      if (text == word) return true;
   return false;
}

// What heads of columns may say, each name with the number of what it names.
struct HeadNames {
   Names names;
   // Which of them a column's head means: the lowest text that is a name, longest remark in brackets left off.
   std::size_t in(const std::vector<std::string>& heads) const {
      for (std::size_t i = heads.size(); i-- > 0;)
         if (const std::size_t id = of(heads[i]); id != nowhere) return id;
      return nowhere;
   }
   // Where borders are not known, a head that was broken over lines may stand in several rows: 本年支 | 出合计.
   std::size_t in_pieces(const std::vector<std::string>& heads) const {
      for (std::size_t last = heads.size(); last-- > 1;)
         for (std::size_t first = 0; first < last; ++first) {
            std::string joined;
            for (std::size_t i = first; i <= last; ++i) joined += heads[i];
            if (const std::size_t id = of(joined); id != nowhere) return id;
         }
      return in(heads);
   }
   std::size_t of(const std::string& text) const {
      if (const auto* ids = names.find(text)) return ids->front();
      const std::size_t open = text.find('(');
      if (open != std::string::npos && open > 0 && text.back() == ')')
         if (const auto* ids = names.find(std::string_view(text).substr(0, open))) return ids->front();
      if (const auto* ids = names.find(without_enumerator(text))) return ids->front();
      if (const auto* ids = names.find(without_year(text))) return ids->front();
      return nowhere;
   }
};

// Which of several groups of columns with the same heads a column stands in, as the heads above it say.
struct HeadGroup {
   bool actual = false, budget = false, last_year = false;
   int year = 0;
};

HeadGroup group_of(const std::vector<std::string>& heads) {
   const auto ends = [](std::string_view text, std::initializer_list<std::string_view> words) {
      return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
         return text.size() >= word.size() && text.substr(text.size() - word.size()) == word;
      });
   };
   HeadGroup group;
   for (const std::string& head : heads) {
      group.actual |= ends(head, {"决算数", "决算"});
      group.budget |= ends(head, {"预算数", "预算安排", "预算批复数", "年初预算", "全年预算", "调整预算"}) || head == "预算";
      group.last_year |= head.rfind("上年", 0) == 0;
      if (const std::size_t year = head.find("年"); year == 4 && is_digits(std::string_view(head).substr(0, 4)))
         group.year = std::stoi(head);
   }
   return group;
}

class GridForm {
 public:
   GridForm(const Schema& schema, const FormSchema& form, const std::vector<TitledRegion>& regions)
       : schema_(schema), form_(form), regions_(regions) {
      part_.name = form.name;
      part_.title = regions.front().title;
      part_.place = regions.front().place;
   }

   void read(ReportData& into, ReadingAccount& account) {
      find_facts();
      std::deque<DocumentTable> tables;  // views stay with their tables
      std::vector<std::unique_ptr<TableView>> views;
      for (const TitledRegion& region : regions_)
         for (std::size_t i = region.region.first; i < region.region.last; ++i)
            if (const auto* table = boost::variant2::get_if<DocumentTable>(&region.region.document->blocks[i])) {
               tables.push_back(*table);
               views.push_back(std::make_unique<TableView>(tables.back()));
            }
      list_lines();
      for (std::size_t i = 1; i < tables.size(); ++i) {
         const std::uint32_t row = broken_row(*views[i - 1], *views[i]);
         if (row == nowhere32) continue;
         join_row(tables[i - 1], tables[i], row);
         views[i - 1] = std::make_unique<TableView>(tables[i - 1]);
         views[i] = std::make_unique<TableView>(tables[i]);
      }
      for (std::unique_ptr<TableView>& view : views) {
         view_ = std::move(view);
         used_.assign(std::size_t{view_->rows()} * view_->columns(), false);
         body_ = view_->rows();
         read_table();
         report_rest(account);
      }
      finish(into, account);
   }

 private:
   // ---- what is printed around the table ----

   void find_facts() {
      printed_ = ReportData::object();
      ReadValue title;
      title.text = title_as_declared();
      title.raw = part_.title;
      title.place = part_.place;
      printed_[std::string(printed_title)] = data_of(title);
      for (const TitledRegion& region : regions_) {
         const Region& blocks = region.region;
         for (std::size_t i = blocks.first; i < blocks.last && unit_.empty(); ++i) {
            const DocumentBlock& block = blocks.document->blocks[i];
            if (const auto* line = boost::variant2::get_if<DocumentLine>(&block)) take_unit(line->text, line->place);
            if (const auto* table = boost::variant2::get_if<DocumentTable>(&block))
               for (std::size_t c = 0; c < table->cells.size() && c < 40 && unit_.empty(); ++c)
                  take_unit(table->cells[c].text, table->cells[c].place);
         }
      }
   }

   // The title without whose it is, of which year, and remarks; the name of the form where another name was printed.
   std::string title_as_declared() const {
      const std::string folded = fold(part_.title);
      std::string best;
      for (const std::string& title : form_titles(schema_, form_)) {
         const std::string one = fold(title);
         if (folded.find(one) != std::string::npos && title.size() > best.size()) best = title;
      }
      return best.empty() ? part_.title : best;
   }

   void take_unit(const std::string& text, const DocumentPlace& place) {
      const std::string folded = fold(text);
      const std::size_t at = folded.find("单位:");
      if (at == std::string::npos) return;
      std::string rest = folded.substr(at + std::string("单位:").size());
      if (rest.rfind("人民币", 0) == 0) rest = rest.substr(std::string("人民币").size());
      for (const std::string_view unit : {"亿元", "百万元", "万元", "千元", "元"})
         if (rest.rfind(unit, 0) == 0) {
            unit_ = unit;
            ReadValue value;
            value.text = unit_;
            value.place = place;
            printed_[std::string(printed_unit)] = data_of(value);
            return;
         }
   }

   // What a column's head means.
   std::size_t meant(const HeadNames& names, const std::vector<std::string>& heads) const {
      return view_->table().borders_known ? names.in(heads) : names.in_pieces(heads);
   }

   // ---- one table ----

   std::uint32_t first_of_body() const { return body_ < view_->rows() ? body_ : 0; }

   // Numbers of lines, ordinals and codes that stand where no figure of the form does.
   bool counts_rows(std::uint32_t column) const {
      for (const std::string& head : view_->heads(column, first_of_body()))
         for (const std::string_view word : {"行次", "栏次", "序号", "编号", "代码", "编码"})
            if (head.find(word) != std::string::npos) return true;
      int last = 0;
      std::size_t numbers = 0, steps = 0;
      for (std::uint32_t row = first_of_body(); row < view_->rows(); ++row) {
         const std::string& text = view_->text(row, column);
         if (!view_->begins_at(row, column) || !is_digits(text) || text.size() > 3) continue;
         steps += std::stoi(text) == last + 1;
         last = std::stoi(text);
         ++numbers;
      }
      return steps >= 3 && steps * 5 >= numbers * 4;
   }

   void read_table() {
      for (const FormBlock& block : form_.blocks) {
         if (block.kind == BlockKind::rows) read_rows(block);
         if (block.kind == BlockKind::grid) read_grid(block);
      }
      if (std::any_of(form_.blocks.begin(), form_.blocks.end(), [](const FormBlock& b) { return b.kind == BlockKind::lines; }))
         read_lines();
   }

   // ---- a row that a page broke ----

   static void join_row(DocumentTable& table, DocumentTable& next, std::uint32_t row) {
      for (DocumentCell& rest : next.cells) {
         if (rest.row != row || fold(rest.text).empty()) continue;
         for (DocumentCell& cell : table.cells)
            if (cell.row + cell.rows == table.rows && cell.column == rest.column) cell.text += "\n" + rest.text;
         rest.text.clear();
      }
   }

   // The last row of a table goes on in the first one of the next page, below the repeated head: texts without any figure, each
   // below one that it completes.
   std::uint32_t broken_row(const TableView& table, const TableView& next) const {
      if (table.columns() != next.columns() || table.rows() == 0) return nowhere32;
      const std::uint32_t last = table.rows() - 1;
      std::uint32_t row = 0;
      while (row < next.rows() && row < last && same_texts(table, next, row)) ++row;
      if (row == next.rows()) return nowhere32;
      bool figures = false, texts = false;
      for (std::uint32_t column = 0; column < table.columns(); ++column) {
         const Figure& above = table.figure(last, column);
         figures |= above.kind == Figure::Kind::number && !above.whole;
         const std::string& text = next.text(row, column);
         if (text.empty() || !next.begins_at(row, column)) continue;
         if (next.figure(row, column) || !completes(table.text(last, column), text)) return nowhere32;
         texts = true;
      }
      return figures && texts ? row : nowhere32;
   }

   static bool same_texts(const TableView& table, const TableView& next, std::uint32_t row) {
      for (std::uint32_t column = 0; column < table.columns(); ++column)
         if (table.text(row, column) != next.text(row, column)) return false;
      return true;
   }

   // The label of a line: neither half is one, both together are. A name of a row: it is no code, and no total.
   bool completes(const std::string& first, const std::string& rest) const {
      if (first.empty() || figure_of(first) || !candidates(rest).empty() || is_code_head(rest) || rest.rfind("注", 0) == 0)
         return false;
      bool rows = false;
      for (const FormBlock& block : form_.blocks) {
         if (block.kind != BlockKind::rows) continue;
         rows = true;
         if (names_of(block).totals.of(rest) != nowhere || is_whole(rest)) return false;
      }
      return rows || (candidates(first).empty() && !candidates(first + rest).empty());
   }

   ReportData figure(std::uint32_t row, std::uint32_t column) {
      use(row, column);
      ReportData data = data_of(view_->value(row, column));
      if (!unit_.empty() && !form_.unit.empty() && fold(unit_) != fold(form_.unit) && data.contains("value") &&
          view_->figure(row, column).kind == Figure::Kind::number)
         data["unit"] = unit_;
      ++part_.values;
      return data;
   }

   void use(std::uint32_t row, std::uint32_t column) { used_[std::size_t{row} * view_->columns() + column] = true; }

   void put(ReportData& object, const std::string& key, ReportData value, const std::string& pointer) {
      if (object.contains(key)) {
         if (object[key].contains("value") && value.contains("value") && object[key]["value"] != value["value"])
            twice_.push_back({pointer, object[key], value});
         return;
      }
      object[key] = std::move(value);
   }

   // ---- lines ----

   static constexpr std::uint32_t nowhere32 = 0xffffffffu;

   struct LineName {
      const FormBlock* block = nullptr;
      std::size_t line = 0;  // in its block
   };
   struct Candidate {
      std::size_t line;
      int weight;
      bool numbered = false;  // the number printed beside the label is this line's
   };
   struct LabelAt {
      std::uint32_t row = 0, column = 0;
      std::vector<Candidate> candidates;
      std::size_t chosen = nowhere;
      bool numbered = false;
   };

   void list_lines() {
      if (!all_lines_.empty()) return;
      for (const FormBlock& block : form_.blocks) {
         if (block.kind != BlockKind::lines) continue;
         for (std::size_t i = 0; i < block.lines.size(); ++i) {
            const std::size_t id = all_lines_.size();
            all_lines_.push_back({&block, i});
            for (const std::string& name : line_names(schema_, form_, block, i)) {
               line_names_.add(name, id);
               bare_names_.add(without_enumerator(fold(name)), id);
            }
         }
      }
   }

   std::vector<Candidate> candidates(const std::string& text) const {
      std::vector<Candidate> result;
      if (text.empty()) return result;
      const auto add = [&](const std::vector<std::size_t>* ids, int weight) {
         if (!ids) return;
         for (const std::size_t id : *ids)
            if (std::none_of(result.begin(), result.end(), [&](const Candidate& c) { return c.line == id; }))
               result.push_back({id, weight});
      };
      add(line_names_.find(text), 3);
      add(bare_names_.find(without_enumerator(text)), 2);
      return result;
   }

   // By the label and the number printed beside it, too: 总计, 60 is 支出总计 if that is line 60.
   std::vector<Candidate> candidates_at(std::uint32_t row, std::uint32_t column) const {
      const std::string& text = view_->text(row, column);
      std::vector<Candidate> result = candidates(text);
      const std::size_t line = line_numbered(number_beside(row, column));
      if (line == nowhere || text.empty()) return result;
      const auto known = std::find_if(result.begin(), result.end(), [&](const Candidate& c) { return c.line == line; });
      if (known != result.end()) {
         known->weight += 2;
         known->numbered = true;
      } else if (agrees_in_last_part(text, line)) {
         result.push_back({line, 2, true});
      }
      return result;
   }

   std::string number_beside(std::uint32_t row, std::uint32_t column) const {
      for (std::uint32_t right = column + 1; right < view_->columns(); ++right)
         if (view_->begins_at(row, right) && !view_->text(row, right).empty())
            return is_digits(view_->text(row, right)) ? view_->text(row, right) : "";
      return "";
   }

   std::size_t line_numbered(const std::string& number) const {
      for (std::size_t id = 0; id < all_lines_.size() && !number.empty(); ++id)
         if (fold(all_lines_[id].block->lines[all_lines_[id].line]) == number) return id;
      return nowhere;
   }

   bool agrees_in_last_part(const std::string& text, std::size_t line) const {
      constexpr std::size_t least = 2 * 3;  // two characters
      const std::string_view printed = without_enumerator(text);
      for (const std::string& name : line_names(schema_, form_, *all_lines_[line].block, all_lines_[line].line)) {
         const std::string folded = fold(name);
         const std::string_view declared = without_enumerator(folded);
         if (printed.size() >= least && declared.size() >= least && (printed.ends_with(declared) || declared.ends_with(printed)))
            return true;
      }
      return false;
   }

   std::vector<std::vector<LabelAt>> labels_by_column() {
      std::vector<std::vector<LabelAt>> result;
      for (std::uint32_t column = 0; column < view_->columns(); ++column) {
         std::vector<LabelAt> labels;
         for (std::uint32_t row = 0; row < view_->rows(); ++row) {
            if (!view_->begins_at(row, column)) continue;
            LabelAt label{row, column, candidates_at(row, column)};
            // On the next page lines go on behind those of the same column.
            if (const auto before = last_line_.find({view_->columns(), column}); before != last_line_.end())
               label.candidates.erase(std::remove_if(label.candidates.begin(), label.candidates.end(),
                                                     [&](const Candidate& c) { return c.line <= before->second; }),
                                      label.candidates.end());
            if (!label.candidates.empty()) labels.push_back(std::move(label));
         }
         choose_in_order(labels);
         labels.erase(std::remove_if(labels.begin(), labels.end(), [](const LabelAt& l) { return l.chosen == nowhere; }),
                      labels.end());
         if (!labels.empty()) result.push_back(std::move(labels));
      }
      // A head of a figure column may read like a line (一般公共预算财政拨款): one match above those of other columns is none.
      std::uint32_t first = view_->rows();
      for (const auto& labels : result)
         if (labels.size() > 1) first = std::min(first, labels.front().row);
      if (first < view_->rows())
         result.erase(std::remove_if(result.begin(), result.end(),
                                     [&](const auto& labels) {
                                        return labels.size() < 2 && !labels.front().numbered && labels.front().row < first;
                                     }),
                      result.end());
      return result;
   }

   // Lines stand in their declared order down a column: the heaviest increasing chain; what a label alone would leave open
   // (总计, 一般公共预算财政拨款) the order tells.
   static void choose_in_order(std::vector<LabelAt>& labels) {
      struct State {
         std::size_t label, candidate, before;
         int weight;
      };
      std::vector<State> states;
      std::size_t best = nowhere;
      for (std::size_t i = 0; i < labels.size(); ++i)
         for (std::size_t k = 0; k < labels[i].candidates.size(); ++k) {
            State state{i, k, nowhere, labels[i].candidates[k].weight};
            for (std::size_t s = 0; s < states.size(); ++s) {
               if (states[s].label == i) continue;
               if (labels[states[s].label].candidates[states[s].candidate].line >= labels[i].candidates[k].line) continue;
               if (states[s].weight + labels[i].candidates[k].weight > state.weight) {
                  state.weight = states[s].weight + labels[i].candidates[k].weight;
                  state.before = s;
               }
            }
            states.push_back(state);
            if (best == nowhere || states.back().weight > states[best].weight) best = states.size() - 1;
         }
      for (std::size_t s = best; s != nowhere; s = states[s].before) {
         LabelAt& label = labels[states[s].label];
         label.chosen = label.candidates[states[s].candidate].line;
         label.numbered = label.candidates[states[s].candidate].numbered;
      }
   }

   void read_lines() {
      list_lines();
      const auto columns = labels_by_column();
      for (std::size_t i = 0; i < columns.size(); ++i) {
         const std::uint32_t end = i + 1 < columns.size() ? columns[i + 1].front().column : view_->columns();
         last_line_[{view_->columns(), columns[i].front().column}] = columns[i].back().chosen;
         read_lines_beside(columns[i], end);
      }
      note_numbers_without_labels();
   }

   // On the next page the numbers may go on where no label does.
   void note_numbers_without_labels() {
      for (const auto& [count, column] : number_columns_) {
         if (count != view_->columns()) continue;
         bool only_numbers = true, begun = false;
         for (std::uint32_t row = 0; row < view_->rows(); ++row) {
            const std::string& text = view_->text(row, column);
            const bool number = is_digits(text) && !used_[std::size_t{row} * view_->columns() + column];
            begun |= is_digits(text);
            only_numbers &= text.empty() || number || !begun;  // the head stands above
         }
         for (std::uint32_t row = 0; only_numbers && row < view_->rows(); ++row) note_line_number(row, column);
      }
   }

   void read_lines_beside(const std::vector<LabelAt>& labels, std::uint32_t end) {
      const std::uint32_t head = labels.front().row;
      body_ = std::min(body_, head);
      std::uint32_t first = 0;
      for (const LabelAt& label : labels) first = std::max(first, label.column + view_->at(label.row, label.column)->columns);
      std::vector<std::uint32_t> values;
      for (std::uint32_t column = first; column < end; ++column) {
         if (is_line_numbers(column, labels)) {
            for (std::uint32_t row = 0; row < view_->rows(); ++row) note_line_number(row, column);
            number_columns_.insert({view_->columns(), column});
            for (const LabelAt& label : labels) compare_number(label, column);
            continue;
         }
         values.push_back(column);
      }
      // Each block has columns of its own; one column of labels belongs to one block mostly, but not always.
      std::map<const FormBlock*, std::vector<std::uint32_t>> columns_of;
      for (const LabelAt& label : labels) {
         const LineName& line = all_lines_[label.chosen];
         auto& columns = columns_of[line.block];
         if (columns.empty()) columns = match_columns(*line.block, values, head, label.column);
         for (std::size_t k = 0; k < columns.size(); ++k)
            if (columns[k] != nowhere32) put_line(line, k, label.row, columns[k]);
      }
   }

   // The physical column of each declared one.
   std::vector<std::uint32_t> match_columns(const FormBlock& block, const std::vector<std::uint32_t>& values, std::uint32_t head,
                                            std::uint32_t label) {
      std::vector<std::uint32_t> result(block.columns.size(), nowhere32);
      HeadNames names;
      for (std::size_t i = 0; i < block.columns.size(); ++i)
         for (const std::string& name : column_names(schema_, form_, block, i)) names.names.add(name, i);
      std::set<std::uint32_t> taken;
      std::vector<std::vector<std::uint32_t>> alike(block.columns.size());
      for (const std::uint32_t column : values)
         if (const std::size_t id = meant(names, view_->heads(column, head)); id != nowhere) {
            alike[id].push_back(column);
            taken.insert(column);
         }
      for (std::size_t id = 0; id < alike.size(); ++id) result[id] = one_of(alike[id], head, names);
      const auto open = std::count(result.begin(), result.end(), nowhere32);
      if (open == 0) {
         columns_before_[{&block, label}] = {view_->columns(), result};
         return result;
      }
      if (const auto before = columns_before_.find({&block, label}); taken.empty() && before != columns_before_.end())
         if (before->second.first == view_->columns())
            return before->second.second;  // goes on from the page before, without its head
      // What is left over on both sides can only be each other.
      std::vector<std::uint32_t> rest;
      for (const std::uint32_t column : values)
         if (taken.count(column) == 0 && !is_blank_column(column)) rest.push_back(column);
      if (static_cast<std::size_t>(open) != rest.size()) {
         if (open > 0 && !rest.empty()) columns_unknown_ = true;
         return result;
      }
      std::size_t next = 0;
      for (std::uint32_t& column : result)
         if (column == nowhere32) column = rest[next++];
      if (block.columns.size() > 1) by_position_ = true;
      return result;
   }

   // Of columns with the same head the one that states what was spent this year, never the first because it is the first. One
   // below a budget or an earlier year is none, even alone; in a grid budgets are asked for.
   std::uint32_t one_of(std::vector<std::uint32_t> columns, std::uint32_t head, const HeadNames& names, bool budgets = false) {
      if (columns.empty()) return nowhere32;
      int year = 0;
      for (std::uint32_t column = 0; column < view_->columns(); ++column)
         year = std::max(year, group_of(view_->heads(column, head)).year);
      std::vector<std::uint32_t> left;
      for (const std::uint32_t column : columns) {
         const HeadGroup group = group_of(view_->heads(column, head));
         if (!group.last_year && (!group.budget || budgets) && (group.year == 0 || group.year == year))
            left.push_back(column);
         else
            passed_over_.insert({view_->columns(), column});
      }
      const auto keep = [&](const auto& good) {
         std::vector<std::uint32_t> kept;
         for (const std::uint32_t column : left)
            if (good(view_->heads(column, head))) kept.push_back(column);
         if (!kept.empty()) left = std::move(kept);
      };
      keep([](const std::vector<std::string>& heads) { return group_of(heads).actual; });
      // 小计 below 年初结转和结余 is a part of that column.
      keep([&](std::vector<std::string> heads) {
         if (!heads.empty()) heads.pop_back();
         return names.in(heads) == nowhere;
      });
      if (left.size() == 1) return left.front();
      columns_unknown_ = true;
      return nowhere32;
   }

   bool is_blank_column(std::uint32_t column) const {
      for (std::uint32_t row = 0; row < view_->rows(); ++row)
         if (view_->begins_at(row, column) && !view_->text(row, column).empty()) return false;
      return true;
   }

   bool is_line_numbers(std::uint32_t column, const std::vector<LabelAt>& labels) const {
      std::size_t agree = 0, differ = 0;
      for (const LabelAt& label : labels) {
         const std::string& text = view_->text(label.row, column);
         if (text.empty()) continue;
         const LineName& line = all_lines_[label.chosen];
         (text == fold(line.block->lines[line.line]) ? agree : differ)++;
      }
      return agree > 0 && agree > differ * 2;
   }

   void note_line_number(std::uint32_t row, std::uint32_t column) {
      if (!view_->begins_at(row, column)) return;
      const std::string& text = view_->text(row, column);
      if (!is_digits(text) || view_->counts_columns(row)) return;
      use(row, column);
      line_numbers_.push_back(text);
   }

   // Read by its label.
   void compare_number(const LabelAt& label, std::uint32_t column) {
      const std::string& printed = view_->text(label.row, column);
      const LineName& line = all_lines_[label.chosen];
      const std::string& number = line.block->lines[line.line];
      if (!is_digits(printed) || printed == fold(number)) return;
      numbers_differ_ = true;
      contradictions_.push_back({form_.name, view_->text(label.row, label.column),
                                 say("印的行次是 {}，报表规定是 {}，按项目名称读",
                                     "its printed number is {}, the form says {}; read by its label", printed, number),
                                 view_->value(label.row, label.column).place});
   }

   void put_line(const LineName& line, std::size_t column, std::uint32_t row, std::uint32_t at) {
      const std::string& number = line.block->lines[line.line];
      const std::string pointer = "/" + form_.name + "/" + number;
      if (line.block->columns.size() == 1)
         put(data_, number, figure(row, at), pointer);
      else
         put(data_[number], line.block->columns[column], figure(row, at), pointer + "/" + line.block->columns[column]);
   }

   // ---- keyed rows ----

   struct Group {
      std::vector<std::uint32_t> codes;
      std::vector<std::uint32_t> names;   // of `fields`, nowhere32: not printed
      std::vector<std::uint32_t> values;  // of the block's columns
      // One list of all codes with a column for the whole and one for each total (合计 | 人员经费 | 公用经费).
      std::uint32_t whole = nowhere32;
      std::vector<std::pair<std::size_t, std::uint32_t>> totals;
   };
   struct RowsNames {
      HeadNames columns, fields, keys, totals;
      std::vector<const Field*> texts;
   };

   RowsNames names_of(const FormBlock& block) const {
      RowsNames names;
      const Frame& frame = schema_.frames[block.frame];
      for (std::size_t i = 0; i < block.columns.size(); ++i)
         for (const std::string& name : column_names(schema_, form_, block, i)) names.columns.names.add(name, i);
      for (const FieldId id : frame.fields) {
         const Field& field = schema_.fields[id];
         if (!field.column.empty()) continue;
         HeadNames& to = id == frame.key ? names.keys : names.fields;
         const std::size_t number = id == frame.key ? 0 : names.texts.size();
         if (id != frame.key) names.texts.push_back(&field);
         for (const std::string& name : row_field_names(schema_, form_, field)) to.names.add(name, number);
      }
      for (std::size_t i = 0; i < frame.totals.size(); ++i)
         for (const std::string& name : total_names(schema_, form_, frame.totals[i])) names.totals.names.add(name, i);
      return names;
   }

   // The first row that is no head: a code with a name beside it, or a total with nothing but figures.
   std::uint32_t first_row(const RowsNames& names) const {
      for (std::uint32_t row = 0; row < view_->rows(); ++row) {
         if (view_->counts_columns(row)) continue;
         if (total_of(row, names) != nowhere) return row;
         for (std::uint32_t column = 0; column < view_->columns(); ++column) {
            if (!view_->begins_at(row, column)) continue;
            const Figure& one = view_->figure(row, column);
            if (is_code(view_->text(row, column)) || (one.kind == Figure::Kind::number && !one.whole)) return row;
         }
      }
      return view_->rows();
   }

   static bool is_code(const std::string& text) { return text.size() >= 2 && text.size() <= 9 && is_digits(text); }

   std::size_t total_of(std::uint32_t row, const RowsNames& names) const {
      std::size_t total = nowhere;
      for (std::uint32_t column = 0; column < view_->columns(); ++column) {
         if (!view_->begins_at(row, column)) continue;
         const std::string& text = view_->text(row, column);
         if (text.empty() || view_->figure(row, column) || is_code_head(text)) continue;
         const auto* ids = names.totals.names.find(text);
         if (!ids) return nowhere;
         if (total == nowhere) total = ids->front();
      }
      return total;
   }

   std::vector<Group> groups_of(const FormBlock& block, const RowsNames& names, std::uint32_t head) {
      std::vector<Group> groups;
      std::vector<std::vector<std::vector<std::uint32_t>>> alike;  // columns by group and declared column
      const auto open = [&] {
         groups.emplace_back();
         alike.emplace_back(block.columns.size());
         groups.back().names.assign(names.texts.size(), nowhere32);
         groups.back().values.assign(block.columns.size(), nowhere32);
      };
      bool after_value = true;
      for (std::uint32_t column = 0; column < view_->columns(); ++column) {
         const std::vector<std::string>& heads = view_->heads(column, head);
         const bool codes = is_code_column(column, head, heads, names);
         if (codes || (after_value && meant(names.fields, heads) != nowhere)) {
            if (after_value) open();
            after_value = false;
            if (codes) {
               groups.back().codes.push_back(column);
               continue;
            }
         }
         if (groups.empty()) continue;
         if (const std::size_t total = total_above(block, names, heads); total != nowhere && !is_text_column(column, head)) {
            groups.back().totals.emplace_back(total, column);
            after_value = true;
         } else if (block.columns.size() == 1 && !heads.empty() && is_whole(heads.back()) && groups.back().whole == nowhere32 &&
                    meant(names.columns, heads) == nowhere && !is_text_column(column, head)) {
            groups.back().whole = column;
            after_value = true;
         } else if (const std::size_t id = meant(names.columns, heads); id != nowhere && !is_text_column(column, head)) {
            alike.back()[id].push_back(column);
            after_value = true;
         } else if (const std::size_t field = meant(names.fields, heads);
                    field != nowhere && groups.back().names[field] == nowhere32) {
            groups.back().names[field] = column;
         } else if (names.texts.size() == 1 && groups.back().names[0] == nowhere32 && is_text_column(column, head)) {
            groups.back().names[0] = column;  // a head that only says 项目
         }
      }
      for (std::size_t i = 0; i < groups.size(); ++i)
         for (std::size_t id = 0; id < block.columns.size(); ++id)
            groups[i].values[id] = one_of(alike[i][id], head, names.columns);
      for (Group& group : groups) {
         if (group.totals.size() < 2) {
            group.totals.clear();
            continue;
         }
         if (group.values[0] == nowhere32) group.values[0] = group.whole;
         for (const auto& [total, column] : group.totals) passed_over_.insert({view_->columns(), column});
      }
      return groups;
   }

   static bool is_whole(std::string_view text) { return text == "合计" || text == "总计" || text == "小计"; }

   // 人员经费 above a column of figures, where 人员经费合计 is a total of the form.
   static std::size_t total_above(const FormBlock& block, const RowsNames& names, const std::vector<std::string>& heads) {
      return block.columns.size() != 1 || heads.empty() ? nowhere : names.totals.of(heads.back() + "合计");
   }

   // 注：… in the first column of a table stands in no row of it.
   static bool is_remark(const std::string& text) {
      constexpr std::size_t longest_label = 14;  // code points; codes with a name beside them are longer, and are no remarks
      for (const std::string_view mark : {"注", "备注", "说明", "附注"})
         if (text.compare(0, mark.size(), mark) == 0) return true;
      return !(text[0] >= '0' && text[0] <= '9') && code_points(text).size() > longest_label;
   }

   bool is_code_column(std::uint32_t column, std::uint32_t head, const std::vector<std::string>& heads,
                       const RowsNames& names) const {
      std::size_t codes = 0, others = 0;
      for (std::uint32_t row = head; row < view_->rows(); ++row) {
         if (!view_->begins_at(row, column)) continue;
         const std::string& text = view_->text(row, column);
         if (text.empty() || is_code_head(text) || is_whole(text) || names.totals.of(text) != nowhere) continue;
         if (!is_remark(text)) (is_code(text) ? codes : others)++;
      }
      const bool named = meant(names.keys, heads) != nowhere;
      if (codes == 0 && others == 0) return named && meant(names.columns, heads) == nowhere;
      return codes > 0 && others == 0 && (named || meant(names.columns, heads) == nowhere);
   }

   bool is_text_column(std::uint32_t column, std::uint32_t head) const {
      std::size_t texts = 0, figures = 0;
      for (std::uint32_t row = head; row < view_->rows(); ++row) {
         if (!view_->begins_at(row, column) || view_->text(row, column).empty()) continue;
         (view_->figure(row, column) ? figures : texts)++;
      }
      return texts > figures;
   }

   void read_rows(const FormBlock& block) {
      const RowsNames names = names_of(block);
      const std::uint32_t head = first_row(names);
      body_ = std::min(body_, head);
      std::vector<Group> groups = groups_of(block, names, head);
      if (groups.empty() && head < view_->rows() && !last_groups_.empty() && last_columns_ == view_->columns())
         groups = last_groups_;  // goes on from the page before, without its head
      const bool has_values = std::any_of(groups.begin(), groups.end(), [](const Group& group) {
         return std::any_of(group.values.begin(), group.values.end(), [](std::uint32_t c) { return c != nowhere32; });
      });
      if (!has_values && !last_groups_.empty() && last_columns_ == view_->columns()) groups = last_groups_;
      if (groups.empty() || (!has_values && last_groups_.empty())) {
         if (head < view_->rows()) columns_unknown_ = true;
         return;
      }
      if (last_columns_ == view_->columns()) complete_from_page_before(groups);
      last_groups_ = groups;
      last_columns_ = view_->columns();
      for (const Group& group : groups) {
         std::vector<std::string> above;
         for (std::uint32_t row = head; row < view_->rows(); ++row) read_row(block, names, group, row, above);
      }
   }

   // A head repeated on the next page may come out of its lines worse than the first: where all that is known agrees, the rest
   // stands as it did.
   void complete_from_page_before(std::vector<Group>& groups) const {
      if (groups.size() != last_groups_.size()) return;
      for (std::size_t i = 0; i < groups.size(); ++i) {
         Group& group = groups[i];
         const Group& before = last_groups_[i];
         if (group.codes != before.codes || group.values.size() != before.values.size()) continue;
         bool agree = true;
         for (std::size_t id = 0; id < group.values.size(); ++id)
            agree &= group.values[id] == nowhere32 || group.values[id] == before.values[id];
         if (!agree) continue;
         group.values = before.values;
         for (std::size_t id = 0; id < group.names.size(); ++id)
            if (group.names[id] == nowhere32) group.names[id] = before.names[id];
      }
   }

   void read_row(const FormBlock& block, const RowsNames& names, const Group& group, std::uint32_t row,
                 std::vector<std::string>& above) {
      if (view_->counts_columns(row)) return;
      std::string code;
      std::vector<std::string> pieces;
      for (const std::uint32_t column : group.codes) {
         const std::string& text = view_->text(row, column);
         pieces.push_back(is_digits(text) ? text : "");
         if (is_digits(text)) use(row, column);
      }
      // 类 printed once for all its 款: what stands above holds on.
      const Frame& frame = schema_.frames[block.frame];
      const auto joined = [](const std::vector<std::string>& parts) {
         std::string text;
         for (const std::string& part : parts) text += part;
         return text;
      };
      // The whole code may stand in the column of its level: 201 | 20113 | 2011301.
      for (std::size_t i = pieces.size(); i-- > 1;)
         if (std::find(frame.levels.begin(), frame.levels.end(), static_cast<int>(pieces[i].size())) != frame.levels.end() &&
             pieces[i].size() > static_cast<std::size_t>(frame.levels.front())) {
            std::fill(pieces.begin(), pieces.end(), "");
            pieces.front() = view_->text(row, group.codes[i]);
            break;
         }
      code = joined(pieces);
      if (!code.empty() && pieces.front().empty() && above.size() == pieces.size()) {
         for (std::size_t i = 0; i < pieces.size() && pieces[i].empty(); ++i) pieces[i] = above[i];
         code = joined(pieces);
      }
      if (!code.empty()) above = pieces;
      if (code.empty()) return read_total(block, names, group, row);
      if (!frame.levels.empty() &&
          std::find(frame.levels.begin(), frame.levels.end(), static_cast<int>(code.size())) == frame.levels.end())
         return not_understood(
             row, group.codes.front(), code,
             say("{} 位的代码，表里没有这一级", "a code of {} digits is of no level of this form", code.size()));
      ReportData data = ReportData::object();
      ReadValue key = view_->value(row, group.codes.front());
      key.text = code;
      key.raw = code == view_->text(row, group.codes.front()) ? "" : joined(pieces);
      data[schema_.fields[frame.key].name] = data_of(key);
      for (std::size_t i = 0; i < group.names.size(); ++i)
         if (group.names[i] != nowhere32) data[names.texts[i]->name] = data_of(view_->value(row, group.names[i]));
      put_values(block, group, row, data);
      data_[frame.name].push_back(std::move(data));
   }

   void put_values(const FormBlock& block, const Group& group, std::uint32_t row, ReportData& into) {
      for (std::size_t i = 0; i < group.values.size(); ++i)
         if (group.values[i] != nowhere32) into[block.columns[i]] = figure(row, group.values[i]);
   }

   void read_total(const FormBlock& block, const RowsNames& names, const Group& group, std::uint32_t row) {
      const Frame& frame = schema_.frames[block.frame];
      std::size_t total = nowhere;
      std::vector<std::uint32_t> columns = group.codes;
      columns.insert(columns.end(), group.names.begin(), group.names.end());
      for (const std::uint32_t column : columns)
         if (column != nowhere32 && total == nowhere && !view_->text(row, column).empty())
            total = names.totals.of(view_->text(row, column));
      const bool whole = std::any_of(columns.begin(), columns.end(), [&](std::uint32_t column) {
         return column != nowhere32 && is_whole(view_->text(row, column));
      });
      if (total == nowhere && whole)
         for (const auto& [id, column] : group.totals) {
            ReportData data = ReportData::object();
            data[block.columns[0]] = figure(row, column);
            put_total(frame.totals[id].label, std::move(data));
         }
      if (total == nowhere && whole && !group.totals.empty() && group.whole != nowhere32) use(row, group.whole);
      if (total == nowhere) return;
      ReportData data = ReportData::object();
      put_values(block, group, row, data);
      put_total(frame.totals[total].label, std::move(data));
   }

   void put_total(const std::string& label, ReportData data) {
      if (!data_.contains(label))
         data_[label] = std::move(data);
      else if (data_[label] != data)
         twice_.push_back({"/" + form_.name + "/" + label, data_[label], data});
   }

   // ---- grids ----

   void read_grid(const FormBlock& block) {
      HeadNames rows, columns;
      for (std::size_t i = 0; i < block.lines.size(); ++i)
         for (const std::string& name : line_names(schema_, form_, block, i)) rows.names.add(name, i);
      for (std::size_t i = 0; i < block.columns.size(); ++i)
         for (const std::string& name : column_names(schema_, form_, block, i)) columns.names.add(name, i);
      if (read_grid_across(block, rows, columns)) return;
      if (read_grid_beside(block, rows, columns)) return;
      if (read_grid_down(block, rows, columns)) return;
      columns_unknown_ = true;
   }

   // Both names stand above each column; one row of figures.
   bool read_grid_across(const FormBlock& block, const HeadNames& rows, const HeadNames& columns) {
      std::uint32_t head = 0;
      for (std::uint32_t row = 0; row < view_->rows(); ++row) {
         bool names = false;
         for (std::uint32_t column = 0; column < view_->columns(); ++column) {
            const std::string& text = view_->text(row, column);
            names |= !text.empty() && (rows.of(text) != nowhere || columns.of(text) != nowhere);
         }
         if (names || view_->counts_columns(row)) head = row + 1;
      }
      if (head == 0 || head >= view_->rows()) return false;
      std::map<std::pair<std::size_t, std::size_t>, std::vector<std::uint32_t>> alike;
      for (std::uint32_t column = 0; column < view_->columns(); ++column) {
         std::vector<std::string> heads = view_->heads(column, head);
         std::size_t row = nowhere;
         for (std::size_t i = heads.size(); i-- > 0;)
            if (const std::size_t id = rows.of(heads[i]); id != nowhere) {
               if (row == nowhere) row = id;
               heads.erase(heads.begin() + static_cast<std::ptrdiff_t>(i));
            }
         const std::size_t what = meant(columns, heads);
         if (row != nowhere && what != nowhere) alike[{row, what}].push_back(column);
      }
      std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> at;
      for (const auto& [key, those] : alike)
         if (const std::uint32_t column = one_of(those, head, columns, true); column != nowhere32) at[key] = column;
      if (at.size() < block.lines.size() * block.columns.size()) return false;
      body_ = std::min(body_, head);
      std::uint32_t data_row = head;
      while (data_row + 1 < view_->rows() && view_->is_blank(data_row)) ++data_row;
      if (view_->is_blank(data_row)) data_row = head;
      for (const auto& [key, column] : at)
         put(data_[block.lines[key.first]], block.columns[key.second], figure(data_row, column),
             "/" + form_.name + "/" + block.lines[key.first] + "/" + block.columns[key.second]);
      return true;
   }

   // Names of rows stand down the left, those of columns above.
   bool read_grid_beside(const FormBlock& block, const HeadNames& rows, const HeadNames& columns) {
      std::map<std::size_t, std::uint32_t> row_of;
      std::uint32_t head = view_->rows(), label = 0;
      for (std::uint32_t row = 0; row < view_->rows(); ++row)
         for (std::uint32_t column = 0; column < view_->columns(); ++column) {
            if (!view_->begins_at(row, column) || view_->text(row, column).empty() || view_->figure(row, column)) continue;
            const std::size_t id = rows.of(view_->text(row, column));
            if (id == nowhere) continue;
            if (!row_of.insert({id, row}).second || (head < view_->rows() && (head == row || column != label))) return false;
            if (head == view_->rows()) head = row, label = column;
         }
      if (row_of.size() < block.lines.size() || head == 0) return false;
      std::vector<std::vector<std::uint32_t>> alike(block.columns.size());
      for (std::uint32_t column = label + 1; column < view_->columns(); ++column)
         if (const std::size_t what = meant(columns, view_->heads(column, head)); what != nowhere) alike[what].push_back(column);
      std::map<std::size_t, std::uint32_t> column_of;
      for (std::size_t what = 0; what < alike.size(); ++what)
         if (const std::uint32_t column = one_of(alike[what], head, columns, true); column != nowhere32) column_of[what] = column;
      if (column_of.size() < 2) return false;
      body_ = std::min(body_, head);
      for (const auto& [id, row] : row_of)
         for (const auto& [what, column] : column_of)
            put(data_[block.lines[id]], block.columns[what], figure(row, column),
                "/" + form_.name + "/" + block.lines[id] + "/" + block.columns[what]);
      return true;
   }

   // Names of columns stand down the left, those of rows above.
   bool read_grid_down(const FormBlock& block, const HeadNames& rows, const HeadNames& columns) {
      std::map<std::uint32_t, std::size_t> labelled;            // physical row → declared column
      std::map<std::size_t, std::vector<std::uint32_t>> above;  // declared row → physical columns
      std::uint32_t head = 0, labels = 0;  // the lowest row of names above, the last column of names at the left
      for (std::uint32_t row = 0; row < view_->rows(); ++row)
         for (std::uint32_t column = 0; column < view_->columns(); ++column) {
            if (!view_->begins_at(row, column) || view_->text(row, column).empty()) continue;
            if (const std::size_t id = rows.of(view_->text(row, column)); id != nowhere) {
               above[id].push_back(column);
               head = std::max(head, row);
            } else if (const std::size_t what = columns.of(view_->text(row, column)); what != nowhere) {
               labelled.insert({row, what});
               labels = std::max(labels, column);
            }
         }
      if (above.empty() || labelled.size() < 2 || labelled.begin()->first <= head) return false;
      body_ = std::min(body_, labelled.begin()->first);
      std::map<std::size_t, std::uint32_t> column_of;
      for (const auto& [id, those] : above) {
         if (those.front() <= labels) return false;
         if (const std::uint32_t column = one_of(those, head + 1, columns, true); column != nowhere32) column_of[id] = column;
      }
      for (const auto& [row, what] : labelled)
         for (const auto& [id, column] : column_of)
            put(data_[block.lines[id]], block.columns[what], figure(row, column),
                "/" + form_.name + "/" + block.lines[id] + "/" + block.columns[what]);
      return true;
   }

   // ---- what is left ----

   void not_understood(std::uint32_t row, std::uint32_t column, const std::string& text, Said why) {
      left_.push_back({form_.name, text, std::move(why), view_->value(row, column).place, true});
      for (std::uint32_t c = 0; c < view_->columns(); ++c) use(row, c);
   }

   // Figures that nobody took.
   void report_rest(ReadingAccount& account) {
      std::vector<bool> counting;
      for (std::uint32_t column = 0; column < view_->columns(); ++column) counting.push_back(counts_rows(column));
      std::size_t left = 0;
      for (std::uint32_t row = 0; row < view_->rows(); ++row) {
         if (view_->counts_columns(row)) continue;
         for (std::uint32_t column = 0; column < view_->columns(); ++column) {
            if (!is_left(row, column, counting[column])) continue;
            if (++left <= most_not_understood)
               left_.push_back({form_.name, view_->text(row, column),
                                say("这个数没有对上报表的行和栏", "this figure belongs to no row and column of the form"),
                                view_->value(row, column).place});
         }
      }
      if (left > most_not_understood)
         left_.push_back(
             {form_.name, "…",
              say("同一张表里还有 {} 个数没有对上报表的行和栏",
                  "{} more figures of this table belong to no row and column of the form", left - most_not_understood),
              view_->table().place});
      left_any_ |= !left_.empty();
      for (std::vector<NotUnderstood>* some : {&left_, &contradictions_}) {
         account.not_understood.insert(account.not_understood.end(), some->begin(), some->end());
         some->clear();
      }
   }

   // Digits alone may also be a year in a head, a number of a line, a code.
   bool is_left(std::uint32_t row, std::uint32_t column, bool counting) const {
      if (!view_->begins_at(row, column) || used_[std::size_t{row} * view_->columns() + column]) return false;
      if (passed_over_.count({view_->columns(), column}) != 0) return false;
      const Figure& one = view_->figure(row, column);
      if (one.kind != Figure::Kind::number) return false;
      return !one.whole || (!counting && row >= first_of_body());
   }

   void finish(ReportData& into, ReadingAccount& account) {
      for (const auto& [pointer, first, second] : twice_) {
         Disagreement one{pointer, {}, {}};
         one.first.text = first.contains("value") ? first["value"].get<std::string>() : first.dump();
         one.second.text = second.contains("value") ? second["value"].get<std::string>() : second.dump();
         account.disagreements.push_back(std::move(one));
      }
      if (!line_numbers_.empty()) {
         std::sort(line_numbers_.begin(), line_numbers_.end(), [](const std::string& a, const std::string& b) {
            return std::pair(a.size(), std::string_view(a)) < std::pair(b.size(), std::string_view(b));
         });
         printed_[std::string(printed_lines)] = line_numbers_;
      }
      for (const FormBlock& block : form_.blocks)
         if (block.kind == BlockKind::rows && !data_.contains(schema_.frames[block.frame].name) && part_.values > 0)
            data_[schema_.frames[block.frame].name] = ReportData::array();
      if (part_.values == 0 || (columns_unknown_ && part_.values < 2)) {
         part_.state = PartState::unusable;
         part_.why =
             say("表里的行、栏和报表对不上", "the rows and columns of the table cannot be brought into line with the form");
      } else if (columns_unknown_ || by_position_ || left_any_ || numbers_differ_ || !twice_.empty()) {
         part_.state = PartState::doubtful;
         part_.why = !twice_.empty()    ? say("有的格读出两个不同的数", "some cells were read twice, with different figures")
                     : columns_unknown_ ? say("有的栏没有认出来", "some columns were not recognised")
                     : by_position_     ? say("有的栏按位置对应", "some columns were told by their position")
                     : !left_any_       ? say("有的行次和项目名称不一致", "some line numbers contradict the labels beside them")
                                        : say("有的数没有认出来", "some figures were not understood");
      }
      ReportData result = ReportData::object();
      result[std::string(printed_part)] = std::move(printed_);
      if (part_.state != PartState::unusable)
         for (auto& [key, value] : data_.items()) result[key] = std::move(value);
      into[form_.name] = std::move(result);
      account.parts.push_back(std::move(part_));
   }

   const Schema& schema_;
   const FormSchema& form_;
   const std::vector<TitledRegion>& regions_;
   PartRead part_;
   ReportData data_ = ReportData::object(), printed_;
   std::string unit_;
   std::unique_ptr<TableView> view_;
   std::vector<bool> used_;
   std::vector<NotUnderstood> left_, contradictions_;
   std::uint32_t body_ = 0;  // the first row of the table that is no head; behind the last: none was told
   struct Twice {
      std::string pointer;
      ReportData first, second;
   };
   std::vector<Twice> twice_;
   std::vector<LineName> all_lines_;
   Names line_names_, bare_names_;
   std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> last_line_;  // by columns of the table and column of the labels
   std::vector<std::string> line_numbers_;
   // By columns of the table: those of line numbers, and those of budgets and other years beside what was spent.
   std::set<std::pair<std::uint32_t, std::uint32_t>> number_columns_, passed_over_;
   // Of the table before, by block and column of the labels: how many columns it has, and which is which.
   std::map<std::pair<const FormBlock*, std::uint32_t>, std::pair<std::uint32_t, std::vector<std::uint32_t>>> columns_before_;
   std::vector<Group> last_groups_;
   std::uint32_t last_columns_ = 0;
   bool columns_unknown_ = false, by_position_ = false, left_any_ = false, numbers_differ_ = false;
};

}  // namespace

bool has_tables(const std::vector<TitledRegion>& regions) {
   for (const TitledRegion& region : regions)
      for (std::size_t i = region.region.first; i < region.region.last; ++i)
         if (boost::variant2::holds_alternative<DocumentTable>(region.region.document->blocks[i])) return true;
   return false;
}

void read_grid_form(const Schema& schema, const FormSchema& form, const std::vector<TitledRegion>& regions, ReportData& into,
                    ReadingAccount& account) {
   if (!regions.empty()) GridForm(schema, form, regions).read(into, account);
}

}  // namespace heng

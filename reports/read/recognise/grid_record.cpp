#include "reports/read/recognise/grid_record.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "reports/read/recognise/sentences.hpp"
#include "reports/read/recognise/table_view.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

struct At {
   std::uint32_t row = 0, column = 0;
};

std::vector<const DocumentTable*> tables_in(const TitledRegion& region) {
   std::vector<const DocumentTable*> tables;
   for (std::size_t i = region.region.first; i < region.region.last; ++i)
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&region.region.document->blocks[i])) tables.push_back(table);
   return tables;
}

// One field of a list on paper: by its own name, by other names, or as the crossing of a row and a column.
struct FieldNames {
   const Field* field = nullptr;
   std::string key;  // without what the names of its record begin with
   std::vector<std::string> labels;
   std::vector<PrintedName> crossings;
};

std::string path_of(const Schema& schema, const Field& field) {
   const Frame& frame = schema.frames[field.frame];
   return frame.id == report_frame ? field.name : frame.path + "." + field.name;
}

class RecordTables {
 public:
   RecordTables(const Schema& schema, const std::vector<const DocumentTable*>& tables) : schema_(schema) {
      for (const DocumentTable* table : tables) views_.emplace_back(*table);
   }

   std::uint32_t values = 0;

   // Figures in rows of totals that no field reads.
   std::vector<NotUnderstood> not_understood(const std::string& part) const {
      std::vector<NotUnderstood> left;
      for (const TotalRow& total : totals_)
         for (std::uint32_t column = 0; column < total.view->columns() && !total.read; ++column)
            if (total.view->begins_at(total.row, column) && total.view->figure(total.row, column).kind == Figure::Kind::number)
               left.push_back(
                   {part, total.view->text(total.row, column),
                    say("“{0}”这一行是合计，不是清单里的一行，表样没有读它的字段（可写 又名 {{ 字段 | {0} 对 栏目 }}）",
                        "the row \"{0}\" is a total, no row of the list, and no field reads it (printed "
                        "{{ FIELD | {0} by COLUMN }})",
                        total.label),
                    total.view->value(total.row, column).place});
      return left;
   }

   void record(FrameId frame, ReportData& into) {
      collect(frame);
      std::set<FrameId> lists;
      for (const Frame& list : schema_.frames)
         if (list.parent == frame && list.copy_of == no_frame) lists.insert(list.id);
      for (const FrameId list : lists) {
         ReportData rows = ReportData::array();
         this->rows(list, rows);
         if (!rows.empty()) nested_.emplace_back(schema_.frames[list].name, std::move(rows));
      }
      for (const FieldNames& one : fields_) field(one, into);
      for (auto& [name, rows] : nested_) into[name] = std::move(rows);
   }

   // Under a head that names at least half of the list's fields.
   void rows(FrameId list, ReportData& into) {
      std::map<FieldId, std::uint32_t> columns;
      const DocumentTable* headed = nullptr;
      for (TableView& view : views_) {
         std::uint32_t first = 0;
         if (const auto head = head_of(list, view, columns)) {
            first = *head;
            headed = &view.table();
         } else if (!headed || headed->columns != view.columns() || columns.empty()) {
            continue;
         }
         for (std::uint32_t row = first; row < view.rows(); ++row)
            if (!row_of(list, view, columns, row, into)) break;
      }
   }

   bool has_rows_of(FrameId list) const {
      for (const TableView& view : views_) {
         std::map<FieldId, std::uint32_t> columns;
         const auto first = head_of(list, view, columns);
         std::size_t filled = 0;
         for (std::uint32_t row = first.value_or(view.rows()); row < view.rows(); ++row)
            filled +=
                std::any_of(columns.begin(), columns.end(), [&](const auto& one) { return !view.text(row, one.second).empty(); });
         if (filled > 1) return true;
      }
      return false;
   }

 private:
   void collect(FrameId frame) {
      labels_.clear();
      for (const FieldId id : schema_.frames[frame].fields) {
         const Field& field = schema_.fields[id];
         FieldNames names;
         names.field = &field;
         names.key = field.name;
         const std::size_t dot = field.name.rfind('.');
         const std::string own = dot == std::string::npos ? field.name : field.name.substr(dot + 1);
         std::vector<std::string> columns{own};
         columns.insert(columns.end(), field.aliases.begin(), field.aliases.end());
         for (const PrintedName& name : schema_.printed_names(path_of(schema_, field))) {
            if (name.row.empty())
               columns.push_back(name.text);
            else
               names.crossings.push_back(name);
         }
         if (dot == std::string::npos) {
            // Where a field is told by row and column, too, only what was written as its label on paper is one.
            for (const std::string& column : columns)
               if (names.crossings.empty() || is_printed_alone(field, column)) names.labels.push_back(column);
         } else {
            // 当年财政拨款.年初预算数: the row of the record, the column of the field.
            const std::string record = field.name.substr(0, dot);
            const std::size_t inner = record.rfind('.');
            std::vector<std::string> rows{inner == std::string::npos ? record : record.substr(inner + 1)};
            for (const PrintedName& name : schema_.printed_names(schema_.frames[frame].path + "." + record))
               if (name.row.empty()) rows.push_back(name.text);
            for (const std::string& row : rows)
               for (const std::string& column : columns) names.crossings.push_back({column, row});
         }
         for (const std::string& label : names.labels) labels_.insert(fold(label));
         fields_.push_back(std::move(names));
      }
   }

   bool is_printed_alone(const Field& field, const std::string& text) const {
      const auto& printed = schema_.printed_names(path_of(schema_, field));
      return std::any_of(printed.begin(), printed.end(),
                         [&](const PrintedName& name) { return name.row.empty() && name.text == text; });
   }

   static bool is(const std::string& folded_text, const std::string& name) {
      return !folded_text.empty() && (folded_text == fold(name) || same_label(folded_text, name));
   }

   std::vector<At> cells_with(const TableView& view, const std::string& name) const {
      std::vector<At> found;
      for (std::uint32_t row = 0; row < view.rows(); ++row)
         for (std::uint32_t column = 0; column < view.columns(); ++column)
            if (view.begins_at(row, column) && is(view.text(row, column), name)) found.push_back({row, column});
      return found;
   }

   bool is_label(const std::string& folded_text) const {
      if (folded_text.empty()) return false;
      return std::any_of(labels_.begin(), labels_.end(), [&](const std::string& label) { return is(folded_text, label); });
   }

   void field(const FieldNames& names, ReportData& into) {
      for (const TableView& view : views_) {
         for (const PrintedName& crossing : names.crossings)
            if (const auto at = cross(view, crossing)) return put(names, view, *at, into);
         for (const std::string& label : names.labels)
            for (const At& at : cells_with(view, label))
               if (const auto value = is_total(view, at.row) ? only_figure(view, at.row) : beside(view, at))
                  return put(names, view, *value, into);
      }
   }

   // Which of several it is nothing says.
   static std::optional<At> only_figure(const TableView& view, std::uint32_t row) {
      std::optional<At> found;
      for (std::uint32_t column = 0; column < view.columns(); ++column) {
         if (!view.begins_at(row, column) || view.figure(row, column).kind != Figure::Kind::number) continue;
         if (found) return std::nullopt;
         found = At{row, column};
      }
      return found;
   }

   bool is_total(const TableView& view, std::uint32_t row) const {
      return std::any_of(totals_.begin(), totals_.end(),
                         [&](const TotalRow& total) { return total.view == &view && total.row == row; });
   }

   // The cell to the right, unless that is a label itself; then the one below.
   std::optional<At> beside(const TableView& view, At label) const {
      const DocumentCell* cell = view.at(label.row, label.column);
      const std::uint32_t right = label.column + cell->columns;
      if (right < view.columns() && !is_label(view.text(label.row, right))) return At{label.row, right};
      const std::uint32_t below = label.row + cell->rows;
      if (below < view.rows() && !is_label(view.text(below, label.column))) return At{below, label.column};
      return std::nullopt;
   }

   // The row whose label it is, the column under the nearest head above it.
   std::optional<At> cross(const TableView& view, const PrintedName& name) const {
      for (const At& row : cells_with(view, name.row)) {
         std::optional<At> head;
         for (const At& column : cells_with(view, name.text)) {
            if (column.column <= row.column) continue;
            const bool above = column.row < row.row, below = column.row <= row.row && !above;
            if (!above && !below) continue;
            if (!head || column.row > head->row) head = column;
         }
         if (!head) continue;
         // 年度总体目标 | 预期目标: the head stands within the row's label, the value under it.
         const DocumentCell* label = view.at(row.row, row.column);
         const DocumentCell* cell = view.at(head->row, head->column);
         std::uint32_t at = row.row;
         if (head->row >= row.row) at = head->row + cell->rows;
         if (at >= view.rows() || (head->row >= row.row && at >= label->row + label->rows + 1)) continue;
         if (is_total(view, at) && view.text(at, head->column).empty())
            if (const auto figure = only_figure(view, at)) return figure;
         return At{at, head->column};
      }
      return std::nullopt;
   }

   void put(const FieldNames& names, const TableView& view, At at, ReportData& into) {
      const std::size_t dot = names.key.rfind('.');
      ReportData& object = dot == std::string::npos ? into : object_at(into, names.key.substr(0, dot));
      const std::string key = dot == std::string::npos ? names.key : names.key.substr(dot + 1);
      if (object.contains(key)) return;
      object[key] = data_of(view.value(at.row, at.column));
      ++values;
      for (TotalRow& total : totals_)
         if (total.view == &view && total.row == at.row) total.read = true;
   }

   std::vector<std::string> names_of(const Field& field) const {
      std::vector<std::string> names{field.name};
      names.insert(names.end(), field.aliases.begin(), field.aliases.end());
      for (const PrintedName& name : schema_.printed_names(path_of(schema_, field)))
         if (name.row.empty()) names.push_back(name.text);
      return names;
   }

   // The row behind the head; `columns` is left as it was where there is no head.
   std::optional<std::uint32_t> head_of(FrameId list, const TableView& view, std::map<FieldId, std::uint32_t>& columns) const {
      const std::vector<FieldId>& fields = schema_.frames[list].fields;
      for (std::uint32_t row = 0; row < view.rows(); ++row) {
         std::map<FieldId, std::uint32_t> found;
         std::uint32_t behind = row + 1;
         for (std::uint32_t column = 0; column < view.columns(); ++column) {
            const DocumentCell* cell = view.at(row, column);
            if (!cell || cell->column != column) continue;
            for (const FieldId id : fields) {
               if (found.count(id) > 0) continue;
               const auto names = names_of(schema_.fields[id]);
               if (std::none_of(names.begin(), names.end(), [&](const std::string& n) { return is(view.text(row, column), n); }))
                  continue;
               found[id] = column;
               behind = std::max(behind, cell->row + cell->rows);
               break;
            }
         }
         if (found.size() * 2 < fields.size() || found.size() < 2) continue;
         columns = found;
         return behind;
      }
      return std::nullopt;
   }

   // false: the list is over.
   bool row_of(FrameId list, const TableView& view, const std::map<FieldId, std::uint32_t>& columns, std::uint32_t row,
               ReportData& into) {
      const Frame& frame = schema_.frames[list];
      ReportData data = ReportData::object();
      std::size_t filled = 0;
      const DocumentCell* last = nullptr;
      std::size_t spanning = 0;
      for (const auto& [id, column] : columns) {
         if (column >= view.columns()) continue;
         const DocumentCell* cell = view.at(row, column);
         if (cell && cell == last) ++spanning;
         last = cell;
         if (!view.text(row, column).empty()) ++filled;
      }
      if (const std::string label = total_label(view, row); !label.empty()) {
         totals_.push_back({&view, row, label});
         return true;
      }
      if (spanning > 0 || is_field_of_record(view, row)) return false;
      if (filled == 0) return true;
      if (frame.key != no_field && columns.count(frame.key) > 0 && view.text(row, columns.at(frame.key)).empty()) return true;
      for (const FieldId id : frame.fields) {
         const auto at = columns.find(id);
         if (at == columns.end() || at->second >= view.columns()) continue;
         ReadValue value = view.value(row, at->second);
         // 成本指标（10分）: the marks are another field's.
         if (schema_.fields[id].type.kind == Kind::text) value = without_marks(std::move(value));
         data[schema_.fields[id].name] = data_of(value);
         ++values;
      }
      into.push_back(std::move(data));
      return true;
   }

   // 小计, 合计, 总分 with nothing but figures beside it.
   static std::string total_label(const TableView& view, std::uint32_t row) {
      std::string label;
      for (std::uint32_t column = 0; column < view.columns(); ++column) {
         const std::string& text = view.text(row, column);
         if (!view.begins_at(row, column) || text.empty()) continue;
         if (!label.empty() && !view.figure(row, column)) return "";
         if (!label.empty()) continue;
         for (const std::string_view word : {"小计", "合计", "总计", "总分", "总得分", "得分合计", "总分合计", "合计得分"})
            if (is(text, std::string(word))) label = text;
         if (label.empty()) return "";
      }
      return label;
   }

   // A label of the record that holds the list, and at most what belongs to it: the list is over.
   bool is_field_of_record(const TableView& view, std::uint32_t row) const {
      std::vector<const std::string*> texts;
      for (std::uint32_t column = 0; column < view.columns(); ++column)
         if (view.begins_at(row, column) && !view.text(row, column).empty()) texts.push_back(&view.text(row, column));
      return !texts.empty() && texts.size() <= 2 && is_label(*texts.front());
   }

   static ReadValue without_marks(ReadValue value) {
      const std::string folded = fold(value.text);
      const std::size_t open = folded.rfind('(');
      if (open == std::string::npos || open == 0 || folded.back() != ')') return value;
      const std::string inside = folded.substr(open + 1, folded.size() - open - 2);
      constexpr std::string_view mark = "分";
      if (inside.size() <= mark.size() || inside.substr(inside.size() - mark.size()) != mark) return value;
      const std::string digits = inside.substr(0, inside.size() - mark.size());
      if (digits.find_first_not_of("0123456789.") != std::string::npos) return value;
      if (value.raw.empty()) value.raw = value.text;
      value.text = folded.substr(0, open);
      return value;
   }

   const Schema& schema_;
   std::vector<TableView> views_;
   std::vector<FieldNames> fields_;
   std::set<std::string> labels_;
   struct TotalRow {
      const TableView* view;
      std::uint32_t row;
      std::string label;
      bool read = false;
   };
   std::vector<TotalRow> totals_;  // below the rows of lists
   std::vector<std::pair<std::string, ReportData>> nested_;
};

void account_for(const std::string& part, const TitledRegion& region, const RecordTables& tables, ReadingAccount& account) {
   const std::uint32_t values = tables.values;
   PartRead one;
   one.name = part;
   one.title = region.title;
   one.place = region.place;
   one.values = values;
   if (values == 0) {
      one.state = PartState::unusable;
      one.why = say("表里的行、栏和记录对不上", "the rows and columns of the table cannot be brought into line with the record");
   }
   account.parts.push_back(std::move(one));
   for (NotUnderstood& left : tables.not_understood(part)) account.not_understood.push_back(std::move(left));
}

}  // namespace

void read_grid_record(const Schema& schema, FrameId frame, const std::string& part, const TitledRegion& region, ReportData& into,
                      ReadingAccount& account) {
   RecordTables tables(schema, tables_in(region));
   tables.record(frame, into);
   account_for(part, region, tables, account);
}

bool grid_has_rows_of(const Schema& schema, FrameId list, const TitledRegion& region) {
   return RecordTables(schema, tables_in(region)).has_rows_of(list);
}

void read_grid_list(const Schema& schema, FrameId list, const std::string& part, const TitledRegion& region, ReportData& into,
                    ReadingAccount& account) {
   RecordTables tables(schema, tables_in(region));
   tables.rows(list, into);
   account_for(part, region, tables, account);
}

}  // namespace heng

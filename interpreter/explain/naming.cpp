#include "interpreter/explain/naming.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/print.hpp"
#include "interpreter/explain/cells.hpp"

namespace heng {
namespace {

std::string text_at(const Batch& batch, FieldId field, std::uint32_t row) {
   if (field == no_field) return {};
   const Column& column = batch.columns[field];
   if (row >= column.missing.size() || column.missing[row] != Missing::none_missing || row >= column.text.size()) return {};
   return batch.texts[column.text[row]];
}

bool is_total(const FrameData& data, std::uint32_t row) { return row < data.total.size() && data.total[row] >= 0; }

std::uint32_t place_in_list(const FrameData& data, std::uint32_t row) { return row - data.begin[data.parent_of[row]] + 1; }

// "[2010301]", ".合计", "[3]"
std::string row_suffix(const Batch& batch, const Frame& frame, std::uint32_t row) {
   const FrameData& data = batch.frames[frame.id];
   if (is_total(data, row)) return "." + frame.totals[static_cast<std::size_t>(data.total[row])].label;
   if (frame.keyed) {
      const std::string key = text_at(batch, frame.key, row);
      if (!key.empty()) return "[" + key + "]";
   }
   return fmt::format("[{}]", place_in_list(data, row));
}

// A row of a copy is named as the row that it repeats.
std::pair<FrameId, std::uint32_t> original(const Batch& batch, FrameId id, std::uint32_t row) {
   const FrameId list = batch.schema->frames[id].copy_of;
   return list == no_frame ? std::pair(id, row) : std::pair(list, batch.frames[id].copied[row]);
}

// What the rows of a group share: "产出指标"; empty where they have no value.
std::string group_text(const Batch& batch, const Frame& group, std::uint32_t row) {
   return text_at(batch, group.group_by, batch.frames[group.id].copied[row]);
}

// "指标", "公开03.科目"
std::string list_name(const Frame& frame) { return frame.form.empty() ? frame.name : frame.path; }

// "项目[1].指标[2]", "公开03.科目[201]", "项目[1].指标[一级指标=产出指标]"
std::string row_path(const Batch& batch, FrameId given, std::uint32_t given_row) {
   const auto [id, row] = original(batch, given, given_row);
   if (id == report_frame) return {};
   const Frame& frame = batch.schema->frames[id];
   const bool group = frame.groups_of != no_frame;
   const std::string own = group ? list_name(batch.schema->frames[frame.groups_of]) + "[" +
                                       batch.schema->fields[frame.group_by].name + "=" + group_text(batch, frame, row) + "]"
                                 : list_name(frame) + row_suffix(batch, frame, row);
   const std::string above = row_path(batch, frame.parent, batch.frames[id].parent_of[row]);
   return above.empty() ? own : above + "." + own;
}

std::string row_label(const Batch& batch, FrameId id, std::uint32_t row) {
   const Frame& frame = batch.schema->frames[id];
   const FrameData& data = batch.frames[id];
   if (frame.groups_of != no_frame) {
      const std::string shared = group_text(batch, frame, row);
      return shared.empty() ? fmt::format("{}[{}=]", frame.name, batch.schema->fields[frame.group_by].name) : shared;
   }
   if (is_total(data, row)) return frame.totals[static_cast<std::size_t>(data.total[row])].label;
   std::string name = text_at(batch, naming_field(*batch.schema, id), row);
   if (!frame.keyed) return name.empty() ? fmt::format("{}[{}]", frame.name, place_in_list(data, row)) : name;
   const std::string key = text_at(batch, frame.key, row);
   return name.empty() ? key : key + " " + name;
}

bool wordy(const Column& column, std::uint32_t row, const Type& type) {
   switch (type.kind) {
      case Kind::text:
      case Kind::choice:
      case Kind::code:
      case Kind::names:
      case Kind::date: return true;
      case Kind::target:
      case Kind::measured: return static_cast<TargetKind>(column.target[row]) >= TargetKind::date;
      default: return false;
   }
}

std::uint32_t report_of(const Batch& batch, FrameId frame, std::uint32_t row) {
   return frame == report_frame ? row : batch.frames[frame].report_of[row];
}

bool carries_unit(const Type& type) { return type.kind == Kind::target || type.kind == Kind::measured; }

}  // namespace

FieldId naming_field(const Schema& schema, FrameId id) {
   const Frame& frame = schema.frames[id];
   FieldId named = no_field, before_figures = no_field;
   bool figures = false;
   for (const FieldId id_of : frame.fields) {
      const Field& field = schema.fields[id_of];
      if (frame.keyed && id_of == frame.key) continue;
      if (field.type.kind != Kind::text) {
         figures = true;
         continue;
      }
      if (field.name.size() >= 6 && field.name.compare(field.name.size() - 6, 6, "名称") == 0) named = id_of;
      if (!figures) before_figures = id_of;
   }
   return named != no_field ? named : before_figures;
}

Subject subject_of(const Batch& batch, FrameId frame, std::uint32_t row) {
   Subject subject{frame, row, row_path(batch, frame, row), {}};
   for (FrameId f = frame; f != report_frame; f = batch.schema->frames[f].parent) {
      const std::string label = row_label(batch, f, row);
      subject.label = subject.label.empty() ? label : label + " / " + subject.label;
      row = batch.frames[f].parent_of[row];
   }
   return subject;
}

std::string cell_path(const Batch& batch, FieldId id, std::uint32_t row) {
   const Field& field = batch.schema->fields[id];
   if (field.frame == report_frame) {
      // 公开09.预算.合计 says "预算·合计" already.
      std::string said = field.path;
      for (std::size_t dot = said.find('.'); dot != std::string::npos; dot = said.find('.', dot)) said.replace(dot, 1, "·");
      const bool labelled = !field.label.empty() && field.label != field.name && said.find(field.label) == std::string::npos;
      return labelled ? field.path + " " + field.label : field.path;
   }
   return row_path(batch, field.frame, row) + "." + field.name;
}

Value cell_value(const Batch& batch, FieldId id, std::uint32_t row) {
   const Field& field = batch.schema->fields[id];
   const Column& column = batch.columns[id];
   if (column.missing[row] != Missing::none_missing) return column.missing[row];
   if (wordy(column, row, field.type)) return batch.texts[column.text[row]];
   const auto wide = column.wide.find(row);
   const Rational number = wide != column.wide.end() ? wide->second : scaled_by_ten(column.mantissa[row], column.exponent);
   if (field.type.kind == Kind::yes_no) return number != 0;
   return number;
}

namespace {

// Targets and actuals as they were printed, with the unit that was taken over.
std::string shown_of(const Batch& batch, const Field& field, const Column& column, std::uint32_t row, const Value& value,
                     bool chinese) {
   const bool printed = carries_unit(field.type) && column.missing[row] == Missing::none_missing && column.text[row] != 0;
   return printed ? batch.texts[column.text[row]] : show(value, field.type, chinese);
}

}  // namespace

SourceFigure figure_of(const Evaluation& evaluation, FieldId id, std::uint32_t row, bool chinese, const RawText& raw) {
   const Batch& batch = evaluation.batch();
   const Field& field = batch.schema->fields[id];
   const Column& column = batch.columns[id];
   SourceFigure figure;
   figure.field = id;
   figure.row = row;
   figure.name = cell_path(batch, id, row);
   figure.value = cell_value(batch, id, row);
   figure.missing = column.missing[row];
   if (row < column.origin.size()) figure.origin = column.origin[row];
   if (row < column.marks.size()) figure.marks = column.marks[row];
   if (raw && figure.origin.end > figure.origin.begin) figure.raw = raw(report_of(batch, field.frame, row), figure.origin);
   figure.shown = shown_of(batch, field, column, row, figure.value, chinese);
   if (!(figure.marks & mark_bound)) figure.half_width = evaluation.half_width(id, row);
   return figure;
}

std::optional<PlainCell> plain_cell(const Evaluation& evaluation, NodeId node, std::uint32_t row) {
   for (;;) {
      const Node& at = evaluation.plan().node(node);
      switch (at.op) {
         case Op::field: return PlainCell{at.field, row};
         case Op::rule:
         case Op::as_unit:
         case Op::target_value:
         case Op::broadcast:
         case Op::at_row: {
            const auto where = evaluation.input_row(node, 0, row);
            if (!where) return std::nullopt;
            node = at.in[0];
            row = *where;
            break;
         }
         default: return std::nullopt;
      }
   }
}

std::string name_of_node(const Evaluation& evaluation, NodeId node, std::uint32_t row, bool chinese) {
   const Node& at = evaluation.plan().node(node);
   if (const auto cell = plain_cell(evaluation, node, row)) return cell_path(evaluation.batch(), cell->field, cell->row);
   if (at.expr) return print(*at.expr, chinese);
   return at.op == Op::rule ? evaluation.plan().program.rules[at.rule].name : std::string();
}

std::string show_value(const Evaluation& evaluation, NodeId id, std::uint32_t row, bool chinese, const RawText& raw) {
   const auto cell = plain_cell(evaluation, id, row);
   if (cell && carries_unit(evaluation.plan().program.schema.fields[cell->field].type))
      return figure_of(evaluation, cell->field, cell->row, chinese, raw).shown;
   return show(evaluation.value(id, row), evaluation.type_of(id, row), chinese);
}

}  // namespace heng

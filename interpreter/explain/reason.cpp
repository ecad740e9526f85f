#include "interpreter/explain/reason.hpp"

#include <fmt/format.h>

#include "grammar/print.hpp"
#include "interpreter/explain/cells.hpp"
#include "interpreter/explain/naming.hpp"
#include "stdlib/tolerance.hpp"

namespace heng {

namespace {

Said of_cell(const std::string& name, Missing kind, const std::string& shown) {
   switch (kind) {
      case Missing::blank: return say("{} 为空白", "{} is blank", name);
      case Missing::dash: return say("{} 填为“-”", "{} is a dash", name);
      case Missing::slash: return say("{} 填为“/”", "{} is a slash", name);
      case Missing::none: return say("{} 填为“无”", "{} is filled in as 无 (none)", name);
      case Missing::unreadable: return say("{} 无法辨认", "{} is unreadable", name);
      case Missing::wrong_unit: return say("{} 的单位不符", "{} is in a unit that does not fit", name);
      case Missing::not_calculated: return say("{} 的公式未计算", "{} was not calculated", name);
      case Missing::not_read: return say("{} 未读取", "{} was not read", name);
      case Missing::not_a_number: return say("{} 不是数：{}", "{} is not a number: {}", name, shown);
      case Missing::bound_undecided:
         return say("{} 只给出范围（{}），不足以判定", "{} is only a bound ({}), which does not settle it", name, shown);
      default: break;
   }
   const Bilingual words = words_for(kind);
   return {name + " " + std::string(words.zh), name + ": " + std::string(words.en)};
}

// Has this row of `holder` any row of `list`, itself or through the lists between them?
bool has_rows(const Batch& batch, FrameId list, FrameId holder, std::uint32_t row) {
   const FrameId parent = batch.schema->frames[list].parent;
   const FrameData& data = batch.frames[list];
   if (parent == holder || list == report_frame) return list != report_frame && data.begin[row] != data.begin[row + 1];
   std::vector<FrameId> way;
   for (FrameId at = parent; at != holder && at != report_frame; at = batch.schema->frames[at].parent) way.push_back(at);
   std::uint32_t first = row, last = row + 1;  // rows of one holder lie side by side, at every depth
   for (auto at = way.rbegin(); at != way.rend(); ++at) {
      const FrameData& between = batch.frames[*at];
      first = between.begin[first];
      last = between.begin[last];
   }
   return data.begin[first] != data.begin[last];
}

struct Names {
   std::string zh, en;
};
Names name_of(const Evaluation& evaluation, NodeId node, std::uint32_t row) {
   return {name_of_node(evaluation, node, row, true), name_of_node(evaluation, node, row, false)};
}

std::uint32_t report_of(const Batch& batch, FrameId frame, std::uint32_t row) {
   return frame == report_frame ? row : batch.frames[frame].report_of[row];
}

Said of_last_year(const Batch& batch, const std::string& name, std::uint32_t report) {
   const auto why = batch.no_last_year.find(report);
   if (why == batch.no_last_year.end()) return say("{}：没有上年的报告", "{}: there is no report of last year", name);
   return {name + "：" + why->second.zh, name + ": " + why->second.en};
}

Said of_row(const Evaluation& evaluation, const Node& node, std::uint32_t row, Missing kind) {
   const Schema& schema = evaluation.plan().program.schema;
   const Frame& frame = schema.frames[node.op == Op::row_of_parent ? node.frame : node.other];
   if (node.op == Op::row_of_total) {
      const std::string label = frame.form + "." + frame.totals[node.number].label;
      if (kind == Missing::no_such_report)
         return of_last_year(evaluation.batch(), label, report_of(evaluation.batch(), node.frame, row));
      return kind == Missing::not_read ? say("{} 未读取", "{} was not read", label)
                                       : say("没有 {} 这一行", "there is no row {}", label);
   }
   if (kind == Missing::not_read || kind == Missing::no_such_report)
      return list_reason(evaluation, frame.id, kind, report_of(evaluation.batch(), node.frame, row));
   if (node.op == Op::row_of_key)
      return say("{} 没有 {} 这一行", "{} has no row {}", frame.path, show_value(evaluation, node.in[0], row, true, {}));
   const std::string path = subject_of(evaluation.batch(), node.frame, row).path;
   return say("{} 没有上级行", "{} has no parent row", path);
}

// What kind of unit a lane has, for people.
Names unit_name(const Evaluation& evaluation, NodeId node, std::uint32_t row) {
   const Type type = evaluation.type_of(node, row);
   return {describe(type, true), describe(type, false)};
}

// The quotient inside of a product whose sides were expected to have one unit: 实际完成值 / 年度指标值 of 人 and 个.
std::optional<Part> mixed_quotient(const Evaluation& evaluation, NodeId id, std::uint32_t row) {
   const Node& node = evaluation.plan().node(id);
   if (node.op == Op::divide && plain_cell(evaluation, node.in[0], row) && plain_cell(evaluation, node.in[1], row))
      return Part{id, row};
   if (node.op != Op::multiply && node.op != Op::divide && node.op != Op::as_unit) return std::nullopt;
   std::optional<Part> found;
   parts_of(evaluation, id, row, [&](Part part) {
      if (!found) found = mixed_quotient(evaluation, part.node, part.row);
   });
   return found;
}

bool is_zero_constant(const Node& node) {
   const auto* value = boost::variant2::get_if<Rational>(&node.value);
   return node.op == Op::constant && value != nullptr && *value == 0;
}

// Where the sides of a = b within c fit each other, and c is no amount of what they differ by.
std::optional<Said> of_tolerance(const Evaluation& evaluation, const Node& node, std::uint32_t row) {
   if (node.op != Op::within) return std::nullopt;
   Type a = evaluation.type_of(node.in[0], row), b = evaluation.type_of(node.in[1], row);
   if (is_zero_constant(evaluation.plan().node(node.in[0])) || a.kind == Kind::measured) a = b;
   if (is_zero_constant(evaluation.plan().node(node.in[1])) || b.kind == Kind::measured) b = a;
   if (comparable(a, b, false, false).type.kind == Kind::error) return std::nullopt;
   const Type difference = difference_of(a, b), allowed = evaluation.type_of(node.in[2], row);
   return Said{fmt::format("单位不一致：两边相差的是{}，而允许误差是{}", describe(difference, true), describe(allowed, true)),
               fmt::format("units differ: the sides differ by {}, and what is allowed is {}", describe(difference, false),
                           describe(allowed, false))};
}

Said of_units(const Evaluation& evaluation, NodeId given, std::uint32_t row) {
   NodeId id = given;
   if (evaluation.plan().node(id).op == Op::as_unit)
      if (const auto quotient = mixed_quotient(evaluation, id, row)) id = quotient->node, row = quotient->row;
   const Node& node = evaluation.plan().node(id);
   if (is_reduction(node.op))
      return say("各行的单位不一致，不能合并", "the rows have different units and cannot be put together");
   if (const auto tolerance = of_tolerance(evaluation, node, row)) return *tolerance;
   const Names a = name_of(evaluation, node.in[0], row);
   const Names a_unit = unit_name(evaluation, node.in[0], row);
   if (node.in.size() < 2 || node.op == Op::as_unit) {
      return {fmt::format("单位不一致：{} 是{}，这里要{}", a.zh, a_unit.zh, describe(node.type, true)),
              fmt::format("units differ: {} is {}, {} is wanted", a.en, a_unit.en, describe(node.type, false))};
   }
   const Names b = name_of(evaluation, node.in[1], row), b_unit = unit_name(evaluation, node.in[1], row);
   return {fmt::format("单位不一致：{} 是{}，{} 是{}", a.zh, a_unit.zh, b.zh, b_unit.zh),
           fmt::format("units differ: {} is {}, {} is {}", a.en, a_unit.en, b.en, b_unit.en)};
}

Said of_kind(Missing kind, const Names& names) {
   const Bilingual words = words_for(kind);
   Said said{std::string(words.zh), std::string(words.en)};
   if (!names.zh.empty()) said.zh = names.zh + "：" + said.zh;
   if (!names.en.empty()) said.en = names.en + ": " + said.en;
   return said;
}

// A rule that was asked for its value where its `where` is false.
Said of_rule(const Program& program, const Rule& rule) {
   const tree::ExprPtr& where = program.nodes[rule.applies].expr;
   if (!where) return say("{} 在这里不适用", "{} does not apply here", rule.name);
   return {fmt::format("{} 在这里不适用：{} 不成立", rule.name, print(*where, true)),
           fmt::format("{} does not apply here: {} is not so", rule.name, print(*where, false))};
}

}  // namespace

Said list_reason(const Evaluation& evaluation, FrameId list, Missing kind, std::uint32_t report) {
   const std::string& path = evaluation.plan().program.schema.frames[list].path;
   if (kind == Missing::no_such_report) return of_last_year(evaluation.batch(), path, report);
   if (kind == Missing::not_read) return say("{} 未读取", "{} was not read", path);
   return say("{} 没有行", "{} has no rows", path);
}

Said reason_why(const Evaluation& evaluation, NodeId id, std::uint32_t given_row) {
   const auto [kind, node_id, row] = evaluation.why(id, given_row);
   const Node& node = evaluation.plan().node(node_id);
   const Names names = name_of(evaluation, node_id, row);
   switch (kind) {
      case Missing::zero_divisor: return {"除数 " + names.zh + " 为 0", "the divisor " + names.en + " is 0"};
      case Missing::near_zero_divisor:
         return {"除数 " + names.zh + " 与 0 的差距在其舍入误差以内",
                 "the divisor " + names.en + " is within its own rounding of 0"};
      case Missing::unit_differs: return of_units(evaluation, node_id, row);
      default: break;
   }
   const Program& program = evaluation.plan().program;
   if (node.op == Op::constant && node.number == rule_does_not_apply) return of_rule(program, program.rules[node.rule]);
   if (node.type.kind == Kind::row) return of_row(evaluation, node, row, kind);
   if (is_reduction(node.op)) {
      const FrameId list = evaluation.plan().node(node.in[0]).frame;
      if (kind == Missing::empty_list && !node.children && node.in.size() > 1 &&
          has_rows(evaluation.batch(), list, node.frame, row))
         return say("{} 没有符合条件的行", "no row of {} meets the condition", program.schema.frames[list].path);
      return list_reason(evaluation, list, kind, report_of(evaluation.batch(), node.frame, row));
   }
   if (const auto cell = plain_cell(evaluation, node_id, row)) {
      const SourceFigure figure = figure_of(evaluation, cell->field, cell->row, true, {});
      const Batch& batch = evaluation.batch();
      if (kind == Missing::no_such_report)
         return of_last_year(batch, figure.name, report_of(batch, batch.schema->fields[cell->field].frame, cell->row));
      if (kind == Missing::no_such_row && batch.schema->is_last_years(cell->field))
         return say("{}：上年的报表里没有这一项", "{}: last year's form has no such item", figure.name);
      return of_cell(figure.name, kind, figure.shown);
   }
   return of_kind(kind, names);
}

}  // namespace heng

// What can be read from a run afterwards.
#include <algorithm>

#include "interpreter/run/run.hpp"
#include "interpreter/run/state.hpp"

namespace heng {

Value Run::value(NodeId id, std::uint32_t row) const {
   const Lanes& lane = lanes[id];
   if (const Missing kind = lane.missing_at(row); kind != Missing::none_missing) {
      // Of a measured field the words are its value.
      const bool words = kind == Missing::not_a_number && lane.text && lane.target && is_words(lane.target[row]);
      return words ? Value(texts[lane.text[row]]) : Value(kind);
   }
   if (lane.yes) return lane.yes[row] != 0;
   if (lane.row) return lane.row[row] < 0 ? Value(Missing::no_such_row) : Value(Rational(lane.row[row]));
   const Kind kind = node(id).type.kind;
   if (lane.text &&
       (kind == Kind::text || kind == Kind::choice || kind == Kind::code || kind == Kind::date || kind == Kind::names))
      return texts[lane.text[row]];
   return lane.at(row);
}

std::optional<std::uint32_t> Run::input_row(NodeId id, std::size_t input, std::uint32_t row) {
   const Node& node = this->node(id);
   if (input > 0) return row;
   if (node.op == Op::broadcast) {
      const FrameId above = this->node(node.in[0]).frame;
      return above == node.frame ? row : frames.ancestor_rows(node.frame, above)[row];
   }
   if (node.op != Op::at_row) return row;
   const std::int32_t found = lanes[node.in[1]].row[row];
   return found < 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(found));
}

std::vector<std::uint32_t> Run::picked(NodeId id, std::uint32_t row, bool undecided) {
   const Node& node = this->node(id);
   const numbers::Segments& parts = segments(node);
   const FrameId inner = this->node(node.in[0]).frame;
   const std::uint8_t* counted = frames.counted(inner);
   const Lanes* filter = node.in.size() > 1 ? &lanes[node.in[1]] : nullptr;
   std::vector<std::uint32_t> rows;
   for (std::uint32_t i = parts.begin[row]; i < parts.begin[row + 1]; ++i) {
      const std::uint32_t one = parts.row(i);
      if (!node.children && !counted[one]) continue;
      const bool unknown = filter && filter->missing[one];
      const bool yes = !filter || (!unknown && filter->yes[one]);
      if (undecided ? unknown : yes) rows.push_back(one);
   }
   return rows;
}

// ---- why something is missing
// ---------------------------------------------------------------------------------------------------

namespace {

constexpr int deepest = 100'000;

bool is_reduction(Op op) {
   switch (op) {
      case Op::sum:
      case Op::count:
      case Op::minimum:
      case Op::maximum:
      case Op::average:
      case Op::all:
      case Op::any:
      case Op::names_of: return true;
      default: return false;
   }
}

}  // namespace

std::optional<std::pair<NodeId, std::uint32_t>> Run::deeper_in_list(NodeId id, std::uint32_t row) {
   const Node& node = this->node(id);
   if (segments(node).status[row] != Missing::none_missing) return std::nullopt;
   const Lanes& inner = lanes[node.in[0]];
   // A row that would not change the answer is no cause.
   const auto idle = [&](std::uint32_t one) {
      return (node.op == Op::all && inner.has(one) && inner.yes[one]) ||
             (node.op == Op::any && inner.has(one) && !inner.yes[one]);
   };
   for (const std::uint32_t one : picked(id, row, true))
      if (!idle(one)) return std::pair(node.in[1], one);
   if (node.op == Op::count) return std::nullopt;
   for (const std::uint32_t one : picked(id, row, false))
      if (!lanes[node.in[0]].has(one)) return std::pair(node.in[0], one);
   return std::nullopt;
}

// The input that brought it about; nothing: it arose here.
std::optional<std::pair<NodeId, std::uint32_t>> Run::deeper(NodeId id, std::uint32_t row) {
   const Node& node = this->node(id);
   if (is_reduction(node.op)) return deeper_in_list(id, row);
   const auto has = [&](std::size_t input) { return lanes[node.in[input]].has(row); };
   switch (node.op) {
      case Op::constant:
      case Op::field:
      case Op::half_width:
      case Op::decimals:
      case Op::copied_row: return std::nullopt;
      case Op::broadcast: return std::pair(node.in[0], *input_row(id, 0, row));
      case Op::at_row: {
         if (!has(1)) return std::pair(node.in[1], row);
         const auto where = input_row(id, 0, row);
         return where ? std::optional(std::pair(node.in[0], *where)) : std::nullopt;
      }
      case Op::select:
         if (!has(0)) return std::pair(node.in[0], row);
         return std::pair(node.in[lanes[node.in[0]].yes[row] ? 1 : 2], row);
      case Op::otherwise: return std::pair(node.in[lanes[node.in[0]].missing_at(row) > Missing::no_such_report ? 0 : 1], row);
      case Op::divide:
         if (has(1) && lanes[node.in[1]].at(row) == 0 && (has(0) || lanes[node.in[0]].bounds.count(row) != 0))
            return node.in.size() > 2 ? std::optional(std::pair(node.in[2], row)) : std::nullopt;
         if (has(0) && has(1)) return std::nullopt;
         break;
      default: break;
   }
   // The worst kind is the one that counts.
   const std::uint8_t worst = lanes[id].missing[row];
   for (const NodeId input : node.in)
      if (lanes[input].rows == lanes[id].rows && lanes[input].missing[row] == worst) return std::pair(input, row);
   for (const NodeId input : node.in)
      if (lanes[input].rows == lanes[id].rows && !lanes[input].has(row)) return std::pair(input, row);
   return std::nullopt;
}

Evaluation::Cause Run::why(NodeId id, std::uint32_t row) {
   for (int step = 0; step < deepest; ++step) {
      const Missing kind = lanes[id].missing_at(row);
      if (kind == Missing::unit_differs || kind == Missing::grew_too_large) {
         // It arose where the inputs do not have it yet.
         const auto next = deeper(id, row);
         if (!next || lanes[next->first].missing_at(next->second) != kind) return {kind, id, row};
         std::tie(id, row) = *next;
         continue;
      }
      if (const auto next = deeper(id, row); next && !lanes[next->first].has(next->second)) {
         std::tie(id, row) = *next;
         continue;
      }
      const Node& node = this->node(id);
      if (kind == Missing::zero_divisor && node.op == Op::divide) return {kind, node.in[1], row};
      if (kind == Missing::near_zero_divisor && node.op == Op::constant && !node.in.empty()) return {kind, node.in[0], row};
      return {kind, id, row};
   }
   return {lanes[id].missing_at(row), id, row};
}

// ---- the window
// -----------------------------------------------------------------------------------------------------------------

const Plan& Evaluation::plan() const { return run_->plan; }
const Batch& Evaluation::batch() const { return *run_->batch; }
Value Evaluation::value(NodeId node, std::uint32_t row) const { return run_->value(node, row); }
Missing Evaluation::missing(NodeId node, std::uint32_t row) const { return run_->lanes[node].missing_at(row); }

Type Evaluation::type_of(NodeId node, std::uint32_t row) const {
   const Lanes& lane = run_->lanes[node];
   return lane.measure ? run_->units.type_of(lane.measure[row]) : run_->node(node).type;
}

Verdict Evaluation::verdict(RuleId rule, std::uint32_t case_number, std::uint32_t row) const {
   return static_cast<Verdict>(run_->verdicts[rule][case_number][row]);
}

bool Evaluation::implausible(RuleId rule, std::uint32_t case_number, std::uint32_t row) const {
   const NodeId node = run_->plan.implausible[rule][case_number];
   if (node == no_node || verdict(rule, case_number, row) != Verdict::holds) return false;
   return run_->lanes[node].has(row) && run_->lanes[node].yes[row];
}

bool Evaluation::any_implausible(RuleId rule, std::uint32_t case_number) const {
   const NodeId node = run_->plan.implausible[rule][case_number];
   if (node == no_node) return false;
   static_assert(static_cast<int>(Verdict::holds) == 0);
   const Lanes& lane = run_->lanes[node];
   return kernels::any_plain(lane.missing, lane.yes, verdicts(rule, case_number), lane.rows);
}

const std::uint8_t* Evaluation::verdicts(RuleId rule, std::uint32_t case_number) const {
   return run_->verdicts[rule][case_number].data();
}

Evaluation::Cause Evaluation::why(NodeId node, std::uint32_t row) const { return run_->why(node, row); }

std::optional<Rational> Evaluation::half_width(FieldId field, std::uint32_t row) const {
   const Rational half = run_->half_width(field, row);
   return half == 0 ? std::nullopt : std::optional(half);
}

namespace {

Rational widened(const Rational& width, const Rational& slope) {
   const bool as_it_is = slope == 1 || slope == -1;  // parts of a sum
   return as_it_is ? width : Rational(abs(slope) * width);
}

}  // namespace

std::vector<Evaluation::Contribution> Evaluation::contributions(NodeId about, std::uint32_t row) const {
   const Node& node = run_->node(about);
   std::vector<Contribution> result;
   if (!run_->lanes[node.in[0]].has(row) || !run_->lanes[node.in[1]].has(row)) return result;
   Gradient left = run_->gradient(node.in[0], row);
   const Gradient right = run_->gradient(node.in[1], row);
   for (const auto& [cell, slope] : right.slopes) left.slopes[cell] -= slope;
   for (const auto& [cell, slope] : left.slopes)
      result.push_back({cell.first, cell.second, widened(run_->half_width(cell.first, cell.second), slope)});
   return result;
}

std::uint32_t Evaluation::rows(FrameId frame) const { return run_->frames.rows(frame); }

std::uint32_t Evaluation::ancestor_row(FrameId frame, std::uint32_t row, FrameId ancestor) const {
   return frame == ancestor ? row : run_->frames.ancestor_rows(frame, ancestor)[row];
}

Evaluation::Range Evaluation::rows_of_report(FrameId frame, std::uint32_t report) const {
   if (frame == report_frame) return {report, report + 1};
   const numbers::Segments& segments = run_->frames.rows_of(report_frame, frame);
   return {segments.begin[report], segments.begin[report + 1]};
}

std::optional<std::uint32_t> Evaluation::input_row(NodeId node, std::size_t input, std::uint32_t row) const {
   return run_->input_row(node, input, row);
}

std::vector<std::uint32_t> Evaluation::picked_rows(NodeId node, std::uint32_t row, bool undecided) const {
   return run_->picked(node, row, undecided);
}

}  // namespace heng

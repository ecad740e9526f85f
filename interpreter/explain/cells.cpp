#include "interpreter/explain/cells.hpp"

#include <set>
#include <vector>

namespace heng {

std::optional<bool> truth(const Evaluation& evaluation, NodeId node, std::uint32_t row) {
   const Value value = evaluation.value(node, row);
   const bool* yes = boost::variant2::get_if<bool>(&value);
   return yes == nullptr ? std::nullopt : std::optional<bool>(*yes);
}

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

const char* relation_sign(const Node& node) {
   constexpr const char* of_dates[] = {"=", "<", "<=", ">", ">="};
   switch (node.op) {
      case Op::date_order: return of_dates[node.number];
      case Op::names_within: return "<=";
      case Op::equal:
      case Op::names_equal:
      case Op::text_equal:
      case Op::within: return "=";
      case Op::not_equal: return "≠";
      case Op::less: return "<";
      case Op::less_equal: return "<=";
      case Op::greater_op: return ">";
      case Op::greater_equal: return ">=";
      case Op::about: return "≈";
      case Op::about_less: return "<~";
      case Op::about_greater: return ">~";
      default: return nullptr;
   }
}

namespace {

void parts_of_reduction(const Evaluation& evaluation, NodeId id, std::uint32_t row, const std::function<void(Part)>& visit) {
   const Node& node = evaluation.plan().node(id);
   const bool filtered = node.in.size() > 1;
   for (const std::uint32_t r : evaluation.picked_rows(id, row)) {
      if (filtered && node.op == Op::count) visit({node.in[1], r});
      if (node.op != Op::count) visit({node.in[0], r});
   }
   if (!filtered) return;
   for (const std::uint32_t r : evaluation.picked_rows(id, row, true)) visit({node.in[1], r});
}

bool is_missing_in_data(Missing kind) { return kind != Missing::none_missing && kind <= Missing::no_such_report; }

void visit_input(const Evaluation& evaluation, NodeId id, std::size_t input, std::uint32_t row,
                 const std::function<void(Part)>& visit) {
   if (const auto at = evaluation.input_row(id, input, row)) visit({evaluation.plan().node(id).in[input], *at});
}

}  // namespace

void parts_of(const Evaluation& evaluation, NodeId id, std::uint32_t row, const std::function<void(Part)>& visit) {
   const Node& node = evaluation.plan().node(id);
   if (is_reduction(node.op)) return parts_of_reduction(evaluation, id, row, visit);
   switch (node.op) {
      case Op::under:  // codes pick rows; they are no figures
      case Op::half_width: return;
      case Op::at_row: {
         const auto found = evaluation.input_row(id, 0, row);
         return visit(found ? Part{node.in[0], *found} : Part{node.in[1], row});
      }
      case Op::select:
         visit_input(evaluation, id, 0, row, visit);
         if (const auto yes = truth(evaluation, node.in[0], row)) visit_input(evaluation, id, *yes ? 1 : 2, row, visit);
         return;
      case Op::otherwise:
         visit_input(evaluation, id, 0, row, visit);
         if (is_missing_in_data(evaluation.missing(node.in[0], row))) visit_input(evaluation, id, 1, row, visit);
         return;
      case Op::divide:
         visit_input(evaluation, id, 0, row, visit);
         visit_input(evaluation, id, 1, row, visit);
         if (node.in.size() > 2 && evaluation.value(node.in[1], row) == Value(Rational(0)))
            visit_input(evaluation, id, 2, row, visit);
         return;
      case Op::about:
      case Op::about_less:
      case Op::about_greater:
         visit_input(evaluation, id, 0, row, visit);
         visit_input(evaluation, id, 1, row, visit);
         return;
      case Op::within:
         for (std::size_t input = 0; input < 3; ++input) visit_input(evaluation, id, input, row, visit);
         return;
      default:
         for (std::size_t input = 0; input < node.in.size(); ++input) visit_input(evaluation, id, input, row, visit);
   }
}

void read_cells(const Evaluation& evaluation, NodeId id, std::uint32_t row, bool direct,
                const std::function<void(CellRef)>& visit) {
   const Plan& plan = evaluation.plan();
   std::set<std::pair<NodeId, std::uint32_t>> seen;
   std::set<CellRef> cells;
   std::vector<Part> open{{id, row}}, next;
   while (!open.empty()) {
      const Part at = open.back();
      open.pop_back();
      if (!seen.insert({at.node, at.row}).second) continue;
      const Node& node = plan.node(at.node);
      if (node.op == Op::field || node.op == Op::decimals) {
         if (cells.insert({node.field, at.row}).second) visit({node.field, at.row});
         continue;
      }
      if (node.op == Op::rule && direct) {
         const RuleKind kind = plan.program.rules[node.rule].kind;
         if (kind == RuleKind::score || kind == RuleKind::bands) continue;
      }
      next.clear();
      parts_of(evaluation, at.node, at.row, [&](Part part) { next.push_back(part); });
      open.insert(open.end(), next.rbegin(), next.rend());
   }
}

}  // namespace heng

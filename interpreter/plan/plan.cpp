#include "interpreter/plan/plan.hpp"

#include "interpreter/plan/allowance.hpp"

namespace heng {

namespace {

bool is_about(Op op) { return op == Op::about || op == Op::about_less || op == Op::about_greater; }

// |a − b| for ≈ and within, a − b for <~, b − a for >~.
NodeId gap_of(Nodes& nodes, const Node& node) {
   if (node.op == Op::about_less) return nodes.subtract(node.in[0], node.in[1]);
   if (node.op == Op::about_greater) return nodes.subtract(node.in[1], node.in[0]);
   return nodes.absolute(nodes.subtract(node.in[0], node.in[1]));
}

// (g − h₀)² > 6·Σh² with g > h₀; h₀ = 0 where neither side is a single figure.
NodeId too_large(Nodes& nodes, NodeId gap, const Allowances::Honest& honest) {
   const NodeId six = nodes.number(nodes[gap].frame, 6);
   const NodeId beyond = honest.total_half == no_node ? gap : nodes.subtract(gap, honest.total_half);
   const NodeId positive = nodes.compare(Op::greater_op, beyond, nodes.number(nodes[gap].frame, 0));
   const NodeId large = nodes.compare(Op::greater_op, nodes.multiply(beyond, beyond), nodes.multiply(six, honest.squares));
   return nodes.both(positive, large);
}

NodeId implausible_of(Nodes& nodes, Allowances& allowances, NodeId id, const Weighed& weighed, bool row_by_row) {
   const Node node = nodes[id];
   if (node.op != Op::about) return no_node;
   if (!is_sum(nodes.program(), node.in[0]) || !is_sum(nodes.program(), node.in[1])) return no_node;
   const auto honest = row_by_row ? std::nullopt : allowances.honest(node.in[0], node.in[1]);
   return nodes.both(id, honest ? too_large(nodes, weighed.gap, *honest) : nodes.implausible(node.in[0], node.in[1]));
}

Weighed weigh_about(Nodes& nodes, Allowances& allowances, NodeId id) {
   const Node node = nodes[id];
   Weighed weighed;
   weighed.gap = gap_of(nodes, node);
   const auto allowed = allowances.allowed(node.in[0], node.in[1]);
   if (!allowed)
      weighed.allowed = nodes.allowance(node.in[0], node.in[1]);
   else
      weighed.allowed = *allowed == no_node ? nodes.number(node.frame, 0) : *allowed;
   weighed.implausible = implausible_of(nodes, allowances, id, weighed, !allowed);
   return weighed;
}

Weighed weigh_within(Nodes& nodes, const Node& node) {
   Weighed weighed;
   weighed.gap = gap_of(nodes, node);
   weighed.allowed = node.relative ? nodes.multiply(node.in[2], nodes.absolute(node.in[1])) : node.in[2];
   return weighed;
}

void add_weighing(Plan& plan) {
   Nodes nodes(plan.program);
   Allowances allowances(nodes);
   for (NodeId id = 0; id < plan.written; ++id) {
      const Node node = nodes[id];
      if (is_about(node.op)) plan.weighed[id] = weigh_about(nodes, allowances, id);
      if (node.op == Op::within) plan.weighed[id] = weigh_within(nodes, node);
   }
   for (const auto& [id, weighed] : plan.weighed) {
      plan.program.nodes[id].in.push_back(weighed.gap);
      plan.program.nodes[id].in.push_back(weighed.allowed);
   }
}

// What of a condition would be implausible if it holds: any ≈ among its parts that holds. no_node: nothing.
NodeId implausible_in(Nodes& nodes, const Plan& plan, NodeId id) {
   if (id == no_node) return no_node;
   const Node node = nodes[id];
   if (const auto weighed = plan.weighed.find(id); weighed != plan.weighed.end()) return weighed->second.implausible;
   if (node.op == Op::rule) return implausible_in(nodes, plan, node.in[0]);
   if (node.op != Op::both && node.op != Op::either && node.op != Op::select) return no_node;
   NodeId any = no_node;
   for (std::size_t at = node.op == Op::select ? 1 : 0; at < node.in.size(); ++at) {
      NodeId part = implausible_in(nodes, plan, node.in[at]);
      if (part == no_node) continue;
      if (node.op == Op::select) {
         const NodeId taken = at == 1 ? node.in[0] : nodes.no(node.in[0]);
         part = nodes.both(taken, part);
      }
      any = any == no_node ? part : nodes.either(any, part);
   }
   return any;
}

void add_implausible(Plan& plan) {
   Nodes nodes(plan.program);
   for (const Rule& rule : plan.program.rules) {
      std::vector<NodeId> cases;
      for (const Case& one : rule.cases) cases.push_back(implausible_in(nodes, plan, one.condition));
      plan.implausible.push_back(std::move(cases));
   }
}

std::vector<NodeId> in_order(const std::vector<Node>& nodes) {
   std::vector<NodeId> order;
   order.reserve(nodes.size());
   std::vector<std::uint8_t> done(nodes.size(), 0);
   std::vector<std::pair<NodeId, std::size_t>> open;
   for (NodeId root = 0; root < nodes.size(); ++root) {
      if (done[root]) continue;
      done[root] = 1;
      open.emplace_back(root, 0);
      while (!open.empty()) {
         auto& [id, next] = open.back();
         if (next == nodes[id].in.size()) {
            order.push_back(id);
            open.pop_back();
            continue;
         }
         const NodeId input = nodes[id].in[next++];
         if (!done[input]) done[input] = 1, open.emplace_back(input, 0);
      }
   }
   return order;
}

}  // namespace

bool is_sum(const Program& program, NodeId id) {
   const Node& node = program.nodes[id];
   switch (node.op) {
      case Op::field:
      case Op::constant: return true;
      case Op::add:
      case Op::subtract: return is_sum(program, node.in[0]) && is_sum(program, node.in[1]);
      case Op::negate:
      case Op::sum:
      case Op::broadcast:
      case Op::at_row:
      case Op::rule: return is_sum(program, node.in[0]);
      default: return false;
   }
}

bool is_single_figure(const Program& program, NodeId id) {
   const Node& node = program.nodes[id];
   if (node.op == Op::broadcast || node.op == Op::at_row || node.op == Op::rule) return is_single_figure(program, node.in[0]);
   return node.op == Op::field && node.type.published;
}

Plan plan(Program program) {
   Plan plan;
   plan.program = std::move(program);
   plan.written = static_cast<NodeId>(plan.program.nodes.size());
   add_weighing(plan);
   add_implausible(plan);
   plan.order = in_order(plan.program.nodes);
   return plan;
}

}  // namespace heng

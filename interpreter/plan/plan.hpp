// A plan: the program, in the order it runs, with the operations that ≈ and `within` need added as ordinary nodes.
// It relies on the program being checked; it knows neither columns nor data.
#pragma once
#include <unordered_map>
#include <vector>

#include "interpreter/program.hpp"

namespace heng {

// What stands behind a ≈ b, a <~ b, a >~ b, a = b within c: it holds where gap ≤ allowed.
struct Weighed {
   NodeId gap = no_node, allowed = no_node;
   NodeId implausible = no_node;  // yes/no, D5; no_node: not a sum
};

struct Plan {
   Program program;                               // its nodes, and behind them those that the plan added
   NodeId written = 0;                            // nodes from here on were added by the plan
   std::vector<NodeId> order;                     // every input stands before its use
   std::unordered_map<NodeId, Weighed> weighed;   // by node
   std::vector<std::vector<NodeId>> implausible;  // per rule and case: yes/no; no_node: nothing to say

   const Node& node(NodeId id) const { return program.nodes[id]; }
   bool is_written(NodeId id) const { return id < written; }
};

Plan plan(Program program);

// D5 asks: is it made of figures and exact parts by + and − alone? Is it a single published figure?
bool is_sum(const Program& program, NodeId node);
bool is_single_figure(const Program& program, NodeId node);

}  // namespace heng

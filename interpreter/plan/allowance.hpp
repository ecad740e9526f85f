// D4 as nodes: which published figures a value rests on, and how fast it changes with each, by reverse differentiation.
// Where it cannot be told here whether two paths lead to the same figure, it says so and the engine decides row by row.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "interpreter/plan/nodes.hpp"

namespace heng {

// ±1, or ± the value of a node.
struct Coefficient {
   bool negative = false;
   NodeId factor = no_node;
   bool chosen = false;  // 0 where a branch is not taken: what stands in that branch must not be asked then, it may be missing
   bool is_unit() const { return factor == no_node; }
};

// How rows are reached from the rows that are weighed (`home`).
struct Reaching {
   enum class Kind { home, up /* broadcast from an ancestor */, row /* a look-up */, inner /* rows that a sum adds up */ } kind;
   FrameId frame;
   std::size_t from = 0;   // the reach that this one starts at
   NodeId node = no_node;  // row: the look-up; inner: the sum
   friend auto operator<=>(const Reaching&, const Reaching&) = default;
};

// A figure that the value changes with; or, `radius` given, everything below a node whose figures are met nowhere else.
struct Term {
   std::size_t reach;
   FieldId field;
   NodeId value;             // the figure, in the frame of its reach
   Coefficient coefficient;  // in the frame where the reach is evaluated
   NodeId radius = no_node;
   std::vector<FieldId> below;
};

struct Slopes {
   std::vector<Reaching> reaches;
   std::vector<Term> terms;
};

class Allowances {
 public:
   explicit Allowances(Nodes& nodes) : nodes_(nodes) {}

   // Σ |∂(left − right)/∂x|·h(x) as a node; no_node: 0 everywhere. nullopt: only row by row.
   std::optional<NodeId> allowed(NodeId left, NodeId right);
   std::optional<NodeId> radius(NodeId node);
   // D5: what a gap must exceed, where both sides are sums; nullopt: not sums, or sums of which this cannot tell.
   struct Honest {
      NodeId total_half = no_node;  // h₀ where one side is a single published figure
      NodeId squares = no_node;     // Σ h² of the others
   };
   std::optional<Honest> honest(NodeId left, NodeId right);

 private:
   class Derivation;
   std::optional<Slopes> slopes(NodeId root);
   std::optional<Slopes> difference(NodeId left, NodeId right);
   bool disjoint(const Slopes& slopes) const;
   bool disjoint(const Slopes& slopes, const Term& a, const Term& b) const;
   NodeId strip(NodeId row) const;
   bool different_rows(NodeId a, NodeId b) const;
   std::optional<NodeId> total(const Slopes& slopes, FrameId home);
   NodeId contribution(const Slopes& slopes, const Term& term);
   NodeId square(const Slopes& slopes, const Term& term);
   NodeId sum_at_home(const Slopes& slopes, const std::vector<std::pair<std::size_t, NodeId>>& parts);
   bool reaches_figures(NodeId node);
   bool fields_below(NodeId node, std::set<FieldId>& fields);  // false: some are reached by look-ups

   Nodes& nodes_;
   std::map<NodeId, std::optional<NodeId>> radii_;
   std::map<NodeId, bool> reaches_figures_;
   std::map<NodeId, std::optional<Slopes>> slopes_;
};

}  // namespace heng

// The nodes of a program while it is made: equal ones are shared, and of each is known what the checker asks again and again.
// Does not know: names, the tree.
#pragma once
#include <unordered_map>
#include <vector>

#include "interpreter/program.hpp"

namespace heng::checking {

inline constexpr std::size_t most_nodes = 500'000;

struct Facts {
   bool published = false;  // some published figure of the data is put in (D3)
   bool rounded = false;    // rounded on the way
   bool one_level = false;  // says which level of the hierarchy it speaks of
   bool error = false;      // made from something that could not be understood
};

class Nodes {
 public:
   Nodes(std::vector<Node>& nodes, const Schema& schema);

   NodeId add(Node node);  // the same again where an equal one stands; span and expr are those of the first
   void stands_at(NodeId id, Span span, const tree::ExprPtr& expr);  // where nothing is known yet of what was written
   const Node& operator[](NodeId id) const { return nodes_[id]; }
   const Type& type(NodeId id) const { return nodes_[id].type; }
   FrameId frame(NodeId id) const { return nodes_[id].frame; }
   const Facts& facts(NodeId id) const { return facts_[id]; }
   bool full() const { return nodes_.size() >= most_nodes; }
   std::size_t size() const { return nodes_.size(); }

 private:
   Facts facts_of(const Node& node) const;
   bool names_one_code(const Node& node) const;
   void remember(NodeId id);

   std::vector<Node>& nodes_;
   const Schema& schema_;
   std::vector<Facts> facts_;
   std::unordered_multimap<std::size_t, NodeId> by_hash_;
};

// What a node without fields or functions is worth: bounds of bands, tolerances. Missing where it depends on data.
Value constant_value(const std::vector<Node>& nodes, NodeId id);

std::string_view name_of(Op op);

}  // namespace heng::checking

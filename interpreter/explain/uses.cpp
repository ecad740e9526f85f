#include "interpreter/explain/uses.hpp"

#include <algorithm>
#include <utility>

namespace heng {

namespace {

class Uses {
 public:
   explicit Uses(const Program& program)
       : program_(program), uses_(program.schema.fields.size(), Use::none), seen_(program.nodes.size()) {}

   std::vector<Use> all() && {
      for (const Rule& rule : program_.rules) {
         for (const Case& one : rule.cases) {
            take(one.condition, Position::judged);
            take(one.applies, Position::read);
         }
         for (const NodeId node : {rule.value, rule.applies, rule.raw, rule.out_of, rule.basis, rule.of, rule.stated})
            take(node, Position::read);
      }
      return std::move(uses_);
   }

 private:
   // Of a node: part of what a check demands, inside something that is demanded to be equal, or elsewhere.
   enum class Position : std::uint8_t { judged, equated, read };

   void take(NodeId node, Position position) {
      add(node, position);
      while (!open_.empty()) {
         const auto [id, at] = open_.back();
         open_.pop_back();
         enter(program_.nodes[id], at);
      }
   }

   void add(NodeId node, Position position) {
      if (node == no_node) return;
      const auto bit = static_cast<std::uint8_t>(1 << static_cast<int>(position));
      if (seen_[node] & bit) return;
      seen_[node] = static_cast<std::uint8_t>(seen_[node] | bit);
      open_.emplace_back(node, position);
   }

   void enter(const Node& node, Position at) {
      if (node.op == Op::field) {
         Use& use = uses_[node.field];
         use = std::max(use, at == Position::equated ? Use::tied : Use::compared);
         return;
      }
      if (node.op == Op::decimals) return;  // how it is printed, not what it says
      for (std::size_t i = 0; i < node.in.size(); ++i) add(node.in[i], position_of(node, i, at));
   }

   static Position position_of(const Node& node, std::size_t input, Position at) {
      if (at == Position::read) return at;
      switch (node.op) {
         case Op::equal:
         case Op::about:
         case Op::within:
         case Op::text_equal:
         case Op::names_equal: return at == Position::judged ? Position::equated : Position::read;
         case Op::both:
         case Op::either:
         case Op::rule:
         case Op::broadcast:
         case Op::at_row:
         case Op::otherwise: return at;
         case Op::select: return input == 0 ? Position::read : at;
         case Op::sum:
         case Op::average:
         case Op::minimum:
         case Op::maximum:
         case Op::names_of:
         case Op::count:
         case Op::all: return input == 0 ? at : Position::read;
         default: return at == Position::equated && node.type.kind != Kind::yes_no ? at : Position::read;
      }
   }

   const Program& program_;
   std::vector<Use> uses_;
   std::vector<std::uint8_t> seen_;  // by node: a bit for each position
   std::vector<std::pair<NodeId, Position>> open_;
};

}  // namespace

std::vector<Use> uses_of(const Program& program) { return Uses(program).all(); }

}  // namespace heng

// Makes the nodes that the plan adds; equal nodes are made once. Numbers here carry no units: they are bounds on base values.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "interpreter/program.hpp"

namespace heng {

class Nodes {
 public:
   explicit Nodes(Program& program) : program_(program) {}

   const Node& operator[](NodeId id) const { return program_.nodes[id]; }
   const Program& program() const { return program_; }

   NodeId number(FrameId frame, int value);
   NodeId missing(FrameId frame, Missing kind, NodeId because);  // `because`: the node that explanations name
   NodeId add(NodeId a, NodeId b) { return arithmetic(Op::add, {a, b}); }
   NodeId subtract(NodeId a, NodeId b) { return arithmetic(Op::subtract, {a, b}); }
   NodeId multiply(NodeId a, NodeId b) { return arithmetic(Op::multiply, {a, b}); }
   NodeId divide(NodeId a, NodeId b) { return arithmetic(Op::divide, {a, b}); }
   NodeId negate(NodeId a) { return arithmetic(Op::negate, {a}); }
   NodeId absolute(NodeId a) { return arithmetic(Op::absolute, {a}); }
   NodeId zero_if_missing(NodeId a) { return arithmetic(Op::zero_if_missing, {a}); }
   NodeId allowance(NodeId left, NodeId right) { return arithmetic(Op::allowance, {left, right}); }
   NodeId compare(Op op, NodeId a, NodeId b) { return condition(op, {a, b}); }
   NodeId both(NodeId a, NodeId b) { return condition(Op::both, {a, b}); }
   NodeId either(NodeId a, NodeId b) { return condition(Op::either, {a, b}); }
   NodeId no(NodeId a) { return condition(Op::no, {a}); }
   NodeId implausible(NodeId left, NodeId right) { return condition(Op::implausible, {left, right}); }
   NodeId select(NodeId when, NodeId then, NodeId otherwise) { return arithmetic(Op::select, {when, then, otherwise}); }
   NodeId half_width(FieldId field);
   NodeId broadcast(NodeId node, FrameId to);  // itself, if it lives there
   NodeId at_row(NodeId node, NodeId row);
   NodeId row_of_parent(FrameId frame);
   NodeId sum_like(const Node& reduction, NodeId inner);  // same rows and filter as `reduction`

 private:
   NodeId arithmetic(Op op, std::vector<NodeId> in) {
      const FrameId frame = program_.nodes[in[0]].frame;
      return make(op, number_type(), frame, std::move(in));
   }
   NodeId condition(Op op, std::vector<NodeId> in) {
      const FrameId frame = program_.nodes[in[0]].frame;
      return make(op, yes_no_type(), frame, std::move(in));
   }
   NodeId make(Op op, Type type, FrameId frame, std::vector<NodeId> in);
   NodeId insert(Node node, std::string payload);

   Program& program_;
   std::map<std::string, NodeId> known_;
};

}  // namespace heng

#include "interpreter/plan/nodes.hpp"

#include <fmt/format.h>

namespace heng {

NodeId Nodes::insert(Node node, std::string payload) {
   std::string key = fmt::format("{}/{}/{}/{}/{}/{}", static_cast<int>(node.op), static_cast<int>(node.type.kind), node.frame,
                                 node.children, fmt::join(node.in, ","), payload);
   const auto [place, fresh] = known_.emplace(std::move(key), static_cast<NodeId>(program_.nodes.size()));
   if (fresh) program_.nodes.push_back(std::move(node));
   return place->second;
}

NodeId Nodes::make(Op op, Type type, FrameId frame, std::vector<NodeId> in) {
   Node node{};
   node.op = op;
   node.type = std::move(type);
   node.frame = frame;
   node.in = std::move(in);
   return insert(std::move(node), {});
}

NodeId Nodes::number(FrameId frame, int value) {
   Node node{};
   node.op = Op::constant;
   node.type = number_type();
   node.frame = frame;
   node.value = Rational(value);
   return insert(std::move(node), fmt::format("number {}", value));
}

NodeId Nodes::missing(FrameId frame, Missing kind, NodeId because) {
   Node node{};
   node.op = Op::constant;
   node.type = number_type();
   node.frame = frame;
   node.value = kind;
   node.in = {because};
   return insert(std::move(node), fmt::format("missing {}", static_cast<int>(kind)));
}

NodeId Nodes::half_width(FieldId field) {
   Node node{};
   node.op = Op::half_width;
   node.type = number_type();
   node.frame = program_.schema.fields[field].frame;
   node.field = field;
   return insert(std::move(node), fmt::format("field {}", field));
}

NodeId Nodes::broadcast(NodeId node, FrameId to) {
   if (program_.nodes[node].frame == to) return node;
   const Type type = program_.nodes[node].type;
   return make(Op::broadcast, type, to, {node});
}

NodeId Nodes::at_row(NodeId node, NodeId row) {
   const Type type = program_.nodes[node].type;
   return make(Op::at_row, type, program_.nodes[row].frame, {node, row});
}

NodeId Nodes::row_of_parent(FrameId frame) {
   Node node{};
   node.op = Op::row_of_parent;
   node.type.kind = Kind::row;
   node.frame = node.other = frame;
   return insert(std::move(node), {});
}

NodeId Nodes::sum_like(const Node& reduction, NodeId inner) {
   Node node{};
   node.op = Op::sum;
   node.type = number_type();
   node.frame = reduction.frame;
   node.children = reduction.children;
   node.in = {inner};
   if (reduction.in.size() > 1) node.in.push_back(reduction.in[1]);
   return insert(std::move(node), {});
}

}  // namespace heng

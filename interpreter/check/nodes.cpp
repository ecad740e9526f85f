#include "interpreter/check/nodes.hpp"

#include <algorithm>

namespace heng::checking {

namespace {

void mix(std::size_t& hash, std::size_t more) { hash ^= more + 0x9e3779b97f4a7c15ull + (hash << 6) + (hash >> 2); }

std::size_t hash_of(const Value& value) {
   struct Visitor {
      std::size_t operator()(Missing kind) const { return static_cast<std::size_t>(kind); }
      std::size_t operator()(bool yes) const { return yes ? 3 : 5; }
      std::size_t operator()(const Rational& number) const { return hash_value(number); }
      std::size_t operator()(const std::string& text) const { return std::hash<std::string>()(text); }
   };
   return boost::variant2::visit(Visitor{}, value);
}

std::size_t hash_of(const Node& node) {
   std::size_t hash = static_cast<std::size_t>(node.op);
   mix(hash, static_cast<std::size_t>(node.type.kind));
   mix(hash, node.frame);
   for (const NodeId input : node.in) mix(hash, input);
   mix(hash, node.field);
   mix(hash, node.other);
   mix(hash, node.rule);
   mix(hash, static_cast<std::size_t>(node.number));
   mix(hash, hash_of(node.value));
   for (const std::string& word : node.words) mix(hash, std::hash<std::string>()(word));
   return hash;
}

bool same_choices(const Type& a, const Type& b) {
   return a.choices == b.choices || (a.choices && b.choices && *a.choices == *b.choices);
}

bool same_type(const Type& a, const Type& b) {
   return same_choices(a, b) && same_meaning(a, b) && a.unit == b.unit && a.bare == b.bare && a.may_be_text == b.may_be_text;
}

bool same(const Node& a, const Node& b) {
   return a.op == b.op && a.frame == b.frame && a.in == b.in && a.field == b.field && a.other == b.other && a.rule == b.rule &&
          a.number == b.number && a.rounding == b.rounding && a.children == b.children && a.relative == b.relative &&
          a.exact == b.exact && a.function == b.function && a.words == b.words && a.value == b.value && same_type(a.type, b.type);
}

bool names_level(Op op) { return op == Op::level || op == Op::is_total || op == Op::has_children || op == Op::orphan; }

// Which inputs lend their figures to the result; the rest are conditions, keys, filters.
std::size_t first_figure(const Node& node) { return node.op == Op::select ? 1 : 0; }
std::size_t figures(const Node& node) {
   switch (node.op) {
      case Op::sum:
      case Op::minimum:
      case Op::maximum:
      case Op::average:
      case Op::at_row: return 1;
      case Op::count:
      case Op::all:
      case Op::any:
      case Op::names_of:
      case Op::call: return 0;
      default: return node.in.size();
   }
}

}  // namespace

Nodes::Nodes(std::vector<Node>& nodes, const Schema& schema) : nodes_(nodes), schema_(schema) {
   for (NodeId id = 0; id < nodes_.size(); ++id) remember(id);
}

// Moved into a copy of its list.
bool is_copied(const std::vector<Node>& nodes, const Node& node) {
   return node.op == Op::at_row && nodes[node.in[1]].op == Op::copied_row;
}

// 科目代码 under 2080505 (as long as a code gets), 科目代码 = "201": rows of one level only.
bool Nodes::names_one_code(const Node& node) const {
   if (node.op != Op::under && node.op != Op::text_equal) return false;
   const FrameId copied = schema_.frames[node.frame].copy_of;
   const Frame& frame = schema_.frames[copied == no_frame ? node.frame : copied];
   const auto is_key = [&](NodeId id) {
      const Node& side = is_copied(nodes_, nodes_[id]) ? nodes_[nodes_[id].in[0]] : nodes_[id];
      return side.op == Op::field && side.field == frame.key;
   };
   if (frame.levels.empty()) return false;
   if (node.op == Op::text_equal) return is_key(node.in[0]) != is_key(node.in[1]);
   const auto longest = static_cast<std::size_t>(frame.levels.back());
   return is_key(node.in[0]) &&
          std::all_of(node.words.begin(), node.words.end(), [&](const std::string& code) { return code.size() >= longest; });
}

Facts Nodes::facts_of(const Node& node) const {
   Facts facts;
   facts.error = node.type.kind == Kind::error;
   if (node.op == Op::field) facts.published = schema_.fields[node.field].type.published;
   if (node.op == Op::constant) facts.published = node.type.published;  // last year's figure that is not there
   facts.rounded = node.op == Op::round;
   facts.one_level = names_level(node.op) || names_one_code(node);
   for (const NodeId input : node.in) {
      facts.error = facts.error || facts_[input].error;
      const bool same_rows = nodes_[input].frame == node.frame || (input == node.in[0] && is_copied(nodes_, node));
      facts.one_level = facts.one_level || (facts_[input].one_level && same_rows);
   }
   const std::size_t end = std::min(node.in.size(), first_figure(node) + figures(node));
   for (std::size_t i = first_figure(node); i < end; ++i) {
      facts.published = facts.published || facts_[node.in[i]].published;
      facts.rounded = facts.rounded || facts_[node.in[i]].rounded;
   }
   return facts;
}

void Nodes::remember(NodeId id) {
   facts_.push_back(facts_of(nodes_[id]));
   by_hash_.emplace(hash_of(nodes_[id]), id);
}

void Nodes::stands_at(NodeId id, Span span, const tree::ExprPtr& expr) {
   Node& node = nodes_[id];
   if (node.expr) return;
   node.expr = expr;
   node.span = span;
}

NodeId Nodes::add(Node node) {
   const auto [first, last] = by_hash_.equal_range(hash_of(node));
   for (auto found = first; found != last; ++found)
      if (same(nodes_[found->second], node)) return found->second;
   const auto id = static_cast<NodeId>(nodes_.size());
   nodes_.push_back(std::move(node));
   remember(id);
   return id;
}

Value constant_value(const std::vector<Node>& nodes, NodeId id) {
   const Node& node = nodes[id];
   if (node.op == Op::constant) return node.value;
   if (node.op == Op::broadcast || node.op == Op::negate) {
      const Value inner = constant_value(nodes, node.in[0]);
      const auto* number = boost::variant2::get_if<Rational>(&inner);
      return number && node.op == Op::negate ? Value(Rational(-*number)) : inner;
   }
   const bool arithmetic = node.op == Op::add || node.op == Op::subtract || node.op == Op::multiply || node.op == Op::divide;
   if (!arithmetic) return Missing::not_calculated;
   const Value a = constant_value(nodes, node.in[0]), b = constant_value(nodes, node.in[1]);
   const auto* left = boost::variant2::get_if<Rational>(&a);
   const auto* right = boost::variant2::get_if<Rational>(&b);
   if (!left || !right) return Missing::not_calculated;
   switch (node.op) {
      case Op::add: return Rational(*left + *right);
      case Op::subtract: return Rational(*left - *right);
      case Op::multiply: return Rational(*left * *right);
      default: return right->is_zero() ? Value(Missing::zero_divisor) : Value(Rational(*left / *right));
   }
}

std::string_view name_of(Op op) {
   switch (op) {
      case Op::constant: return "constant";
      case Op::field: return "field";
      case Op::decimals: return "decimals";
      case Op::broadcast: return "broadcast";
      case Op::at_row: return "at_row";
      case Op::row_of_key: return "row_of_key";
      case Op::row_of_total: return "row_of_total";
      case Op::row_of_parent: return "row_of_parent";
      case Op::row_number: return "row_number";
      case Op::copied_row: return "copied_row";
      case Op::sum: return "sum";
      case Op::count: return "count";
      case Op::minimum: return "min";
      case Op::maximum: return "max";
      case Op::average: return "average";
      case Op::all: return "all";
      case Op::any: return "any";
      case Op::names_of: return "names_of";
      case Op::add: return "+";
      case Op::subtract: return "-";
      case Op::multiply: return "*";
      case Op::divide: return "/";
      case Op::negate: return "negate";
      case Op::absolute: return "abs";
      case Op::lesser: return "lesser";
      case Op::greater: return "greater";
      case Op::round: return "round";
      case Op::call: return "call";
      case Op::equal: return "=";
      case Op::not_equal: return "<>";
      case Op::less: return "<";
      case Op::less_equal: return "<=";
      case Op::greater_op: return ">";
      case Op::greater_equal: return ">=";
      case Op::within: return "within";
      case Op::about: return "~=";
      case Op::about_less: return "<~";
      case Op::about_greater: return ">~";
      case Op::text_equal: return "text=";
      case Op::date_order: return "date_order";
      case Op::both: return "and";
      case Op::either: return "or";
      case Op::no: return "not";
      case Op::exactly_when: return "exactly_when";
      case Op::select: return "select";
      case Op::otherwise: return "otherwise";
      case Op::is_present: return "present";
      case Op::is_missing: return "missing";
      case Op::in_names: return "in_names";
      case Op::names_equal: return "names=";
      case Op::names_within: return "names<=";
      case Op::lines_complete: return "lines_complete";
      case Op::under: return "under";
      case Op::level: return "level";
      case Op::orphan: return "orphan";
      case Op::is_total: return "is_total";
      case Op::has_children: return "has_children";
      case Op::target_value: return "target_value";
      case Op::target_is: return "target_is";
      case Op::is_number: return "is_number";
      case Op::as_unit: return "as_unit";
      case Op::rule: return "rule";
      case Op::half_width: return "half_width";
      case Op::zero_if_missing: return "zero_if_missing";
      case Op::allowance: return "allowance";
      case Op::implausible: return "implausible";
   }
   return "?";
}

}  // namespace heng::checking

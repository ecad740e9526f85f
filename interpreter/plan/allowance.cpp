#include "interpreter/plan/allowance.hpp"

#include <algorithm>

#include "interpreter/plan/plan.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

std::size_t reach_number(Slopes& slopes, const Reaching& reach) {
   const auto found = std::find(slopes.reaches.begin(), slopes.reaches.end(), reach);
   if (found != slopes.reaches.end()) return static_cast<std::size_t>(found - slopes.reaches.begin());
   slopes.reaches.push_back(reach);
   return slopes.reaches.size() - 1;
}

// The reach in whose frame values met at this one are evaluated: home, or the rows of a sum.
std::size_t evaluated_at(const Slopes& slopes, std::size_t reach) {
   while (slopes.reaches[reach].kind == Reaching::Kind::up || slopes.reaches[reach].kind == Reaching::Kind::row)
      reach = slopes.reaches[reach].from;
   return reach;
}

// A node met at this reach, brought to where it is evaluated.
NodeId moved(Nodes& nodes, const Slopes& slopes, std::size_t reach, NodeId node) {
   const Reaching& at = slopes.reaches[reach];
   if (at.kind == Reaching::Kind::up) return moved(nodes, slopes, at.from, nodes.broadcast(node, slopes.reaches[at.from].frame));
   if (at.kind == Reaching::Kind::row) return moved(nodes, slopes, at.from, nodes.at_row(node, at.node));
   return node;
}

constexpr std::size_t most_steps = 200'000;

}  // namespace

// One pass from a node down to the figures below it. Nodes are visited in descending order, so that what several paths bring is
// added up before it goes further.
class Allowances::Derivation {
 public:
   Derivation(Allowances& allowances, NodeId root) : allowances_(allowances), nodes_(allowances.nodes_) {
      slopes_.reaches.push_back({Reaching::Kind::home, nodes_[root].frame});
      push(root, 0, {});
   }

   std::optional<Slopes> run() {
      for (std::size_t steps = 0; !work_.empty(); ++steps) {
         if (steps > most_steps) return std::nullopt;
         const auto [place, coefficient] = *work_.begin();
         work_.erase(work_.begin());
         if (!visit(place.node, place.reach, coefficient)) return std::nullopt;
      }
      for (const auto& [key, term] : figures_) slopes_.terms.push_back(term);
      return std::move(slopes_);
   }

 private:
   struct Place {
      NodeId node;
      std::size_t reach;
      bool operator<(const Place& other) const { return node != other.node ? node > other.node : reach < other.reach; }
   };

   FrameId frame_at(std::size_t reach) const { return slopes_.reaches[evaluated_at(slopes_, reach)].frame; }
   NodeId value(std::size_t reach, NodeId node) { return moved(nodes_, slopes_, reach, node); }
   NodeId as_node(std::size_t reach, const Coefficient& c) {
      const NodeId factor = c.factor == no_node ? nodes_.number(frame_at(reach), 1) : c.factor;
      return c.negative ? nodes_.negate(factor) : factor;
   }
   NodeId unless_zero(const Coefficient& c, NodeId made) {
      if (!c.chosen) return made;
      const NodeId zero = nodes_.number(nodes_[c.factor].frame, 0);
      return nodes_.select(nodes_.compare(Op::equal, c.factor, zero), zero, made);
   }
   Coefficient times(const Coefficient& c, NodeId factor) {
      if (c.factor == no_node) return {c.negative, factor, false};
      return {c.negative, unless_zero(c, nodes_.multiply(c.factor, factor)), c.chosen};
   }
   Coefficient over(const Coefficient& c, std::size_t reach, NodeId divisor) {
      const NodeId factor = c.factor == no_node ? nodes_.number(frame_at(reach), 1) : c.factor;
      return {c.negative, unless_zero(c, nodes_.divide(factor, divisor)), c.chosen};
   }
   Coefficient where(const Coefficient& c, std::size_t reach, NodeId condition, bool is) {
      const NodeId factor = c.factor == no_node ? nodes_.number(frame_at(reach), 1) : c.factor;
      const NodeId zero = nodes_.number(frame_at(reach), 0);
      const NodeId made = is ? nodes_.select(condition, factor, zero) : nodes_.select(condition, zero, factor);
      return {c.negative, unless_zero(c, made), true};
   }
   Coefficient added(std::size_t reach, const Coefficient& a, const Coefficient& b) {
      if (a.is_unit() && b.is_unit()) return {a.negative, nodes_.number(frame_at(reach), a.negative == b.negative ? 2 : 0)};
      const NodeId x = as_node(reach, {false, a.factor}), y = as_node(reach, {false, b.factor});
      return {a.negative, a.negative == b.negative ? nodes_.add(x, y) : nodes_.subtract(x, y), a.chosen && b.chosen};
   }
   static Coefficient opposite(Coefficient c) { return {!c.negative, c.factor, c.chosen}; }
   static Coefficient as_chosen(Coefficient c) { return {c.negative, c.factor, true}; }

   void push(NodeId node, std::size_t reach, const Coefficient& c) {
      if (!allowances_.reaches_figures(node)) return;
      const auto [place, fresh] = work_.emplace(Place{node, reach}, c);
      if (!fresh) place->second = added(reach, place->second, c);
   }

   bool visit(NodeId id, std::size_t reach, const Coefficient& c);
   bool figure(NodeId id, std::size_t reach, const Coefficient& c);
   bool divided(NodeId id, std::size_t reach, const Coefficient& c);
   bool from_above(NodeId id, std::size_t reach, const Coefficient& c);
   bool looked_up(NodeId id, std::size_t reach, const Coefficient& c);
   bool summed(NodeId id, std::size_t reach, const Coefficient& c);
   bool below(NodeId id, std::size_t reach, const Coefficient& c);
   bool chosen(NodeId condition, NodeId then, NodeId otherwise, std::size_t reach, const Coefficient& c);
   bool all_inside(const std::set<FieldId>& fields, FrameId frame) const;

   Allowances& allowances_;
   Nodes& nodes_;
   Slopes slopes_;
   std::map<Place, Coefficient> work_;
   std::map<std::pair<std::size_t, FieldId>, Term> figures_;
};

bool Allowances::Derivation::visit(NodeId id, std::size_t reach, const Coefficient& c) {
   const Node node = nodes_[id];  // a copy: making nodes moves them
   const auto& in = node.in;
   switch (node.op) {
      case Op::field: return figure(id, reach, c);
      case Op::add: return push(in[0], reach, c), push(in[1], reach, c), true;
      case Op::subtract: return push(in[0], reach, c), push(in[1], reach, opposite(c)), true;
      case Op::negate: return push(in[0], reach, opposite(c)), true;
      case Op::rule:
      case Op::round:
      case Op::as_unit:
      case Op::target_value: return push(in[0], reach, c), true;
      case Op::multiply:
         if (allowances_.reaches_figures(in[0])) push(in[0], reach, times(c, value(reach, in[1])));
         if (allowances_.reaches_figures(in[1])) push(in[1], reach, times(c, value(reach, in[0])));
         return true;
      case Op::divide: return divided(id, reach, c);
      case Op::absolute: {
         const NodeId x = value(reach, in[0]);
         const FrameId frame = frame_at(reach);
         const NodeId negative = nodes_.compare(Op::less, x, nodes_.number(frame, 0));
         return push(in[0], reach, times(c, nodes_.select(negative, nodes_.number(frame, -1), nodes_.number(frame, 1)))), true;
      }
      case Op::lesser:
      case Op::greater: {
         const Op op = node.op == Op::lesser ? Op::less_equal : Op::greater_equal;
         return chosen(nodes_.compare(op, value(reach, in[0]), value(reach, in[1])), in[0], in[1], reach, c);
      }
      case Op::select: return chosen(value(reach, in[0]), in[1], in[2], reach, c);
      case Op::otherwise: {
         // 1 where in[0] has a value, 0 where it is missing in the data
         const FrameId frame = frame_at(reach);
         const NodeId x = value(reach, in[0]);
         const NodeId one = nodes_.number(frame, 1);
         const NodeId there = nodes_.zero_if_missing(nodes_.add(nodes_.multiply(x, nodes_.number(frame, 0)), one));
         push(in[0], reach, as_chosen(times(c, there)));
         if (allowances_.reaches_figures(in[1])) push(in[1], reach, as_chosen(times(c, nodes_.subtract(one, there))));
         return true;
      }
      case Op::broadcast: return from_above(id, reach, c);
      case Op::at_row: return looked_up(id, reach, c);
      case Op::sum: return summed(id, reach, c);
      default: return false;  // least and largest of a list, library functions: row by row
   }
}

bool Allowances::Derivation::figure(NodeId id, std::size_t reach, const Coefficient& c) {
   const FieldId field = nodes_[id].field;
   const auto [place, fresh] = figures_.emplace(std::pair(reach, field), Term{reach, field, id, c, no_node, {}});
   if (!fresh) place->second.coefficient = added(reach, place->second.coefficient, c);
   return true;
}

bool Allowances::Derivation::chosen(NodeId condition, NodeId then, NodeId otherwise, std::size_t reach, const Coefficient& c) {
   if (allowances_.reaches_figures(then)) push(then, reach, where(c, reach, condition, true));
   if (allowances_.reaches_figures(otherwise)) push(otherwise, reach, where(c, reach, condition, false));
   return true;
}

// d(a/b) = da/b − (a/b)·db/b, all of it times |b|/(|b|−h_b); a divisor within its own half-width of 0 cannot tell.
bool Allowances::Derivation::divided(NodeId id, std::size_t reach, const Coefficient& given) {
   const Node node = nodes_[id];
   const FrameId frame = frame_at(reach);
   const NodeId a = value(reach, node.in[0]), b = value(reach, node.in[1]);
   const auto radius = allowances_.radius(node.in[1]);
   if (!radius) return false;
   Coefficient c = given;
   if (node.in.size() > 2) {
      const NodeId zero = nodes_.compare(Op::equal, b, nodes_.number(frame, 0));
      if (allowances_.reaches_figures(node.in[2])) push(node.in[2], reach, where(given, reach, zero, true));
      c = where(given, reach, zero, false);
   }
   if (*radius != no_node) {
      const NodeId h = value(reach, *radius), size = nodes_.absolute(b);
      const NodeId near = nodes_.compare(Op::less_equal, size, h);
      const NodeId factor = nodes_.divide(size, nodes_.subtract(size, h));
      c = times(c, nodes_.select(near, nodes_.missing(frame, Missing::near_zero_divisor, node.in[1]), factor));
   }
   const Coefficient quotient = over(c, reach, b);
   push(node.in[0], reach, quotient);
   if (allowances_.reaches_figures(node.in[1])) push(node.in[1], reach, opposite(times(quotient, nodes_.divide(a, b))));
   return true;
}

bool Allowances::Derivation::from_above(NodeId id, std::size_t reach, const Coefficient& c) {
   const NodeId above = nodes_[id].in[0];
   const FrameId frame = nodes_[above].frame;
   const Reaching at = slopes_.reaches[reach];
   if (at.kind != Reaching::Kind::inner) {
      const std::size_t from = at.kind == Reaching::Kind::up ? at.from : reach;
      return push(above, reach_number(slopes_, {Reaching::Kind::up, frame, from}), c), true;
   }
   // Every row of the sum reads the same figures above: what they bring is added up first.
   const Node sum = nodes_[at.node];
   if (sum.children) return false;  // every row is child of one and parent of others
   FrameId outer = sum.frame;
   while (outer != frame && outer != report_frame) outer = nodes_.program().schema.frames[outer].parent;
   if (outer != frame) return false;  // a frame between the sum and its rows
   // 0 where a filter picks no row.
   const Coefficient together{false, nodes_.sum_like(sum, as_node(reach, c)), c.chosen || sum.in.size() > 1};
   const std::size_t to = sum.frame == frame ? at.from : reach_number(slopes_, {Reaching::Kind::up, frame, at.from});
   return push(above, to, together), true;
}

bool Allowances::Derivation::looked_up(NodeId id, std::size_t reach, const Coefficient& c) {
   const Node node = nodes_[id];
   if (slopes_.reaches[evaluated_at(slopes_, reach)].kind == Reaching::Kind::inner)
      return false;  // two rows may find the same one
   const FrameId frame = nodes_[node.in[0]].frame;
   return push(node.in[0], reach_number(slopes_, {Reaching::Kind::row, frame, reach, node.in[1]}), c), true;
}

bool Allowances::Derivation::summed(NodeId id, std::size_t reach, const Coefficient& c) {
   const Node node = nodes_[id];
   if (slopes_.reaches[reach].kind != Reaching::Kind::home) return below(id, reach, c);
   const FrameId frame = nodes_[node.in[0]].frame;
   // Sums over the same rows share their reach, so that a figure which both add up is counted once.
   NodeId same = id;
   for (const Reaching& known : slopes_.reaches) {
      if (known.kind != Reaching::Kind::inner || known.frame != frame) continue;
      const Node& other = nodes_[known.node];
      const bool same_filter = other.in.size() == node.in.size() && (node.in.size() < 2 || other.in[1] == node.in[1]);
      if (other.children == node.children && same_filter) same = known.node;
   }
   Coefficient inner = c;
   if (c.factor != no_node)
      inner.factor = node.children ? nodes_.at_row(c.factor, nodes_.row_of_parent(frame)) : nodes_.broadcast(c.factor, frame);
   return push(node.in[0], reach_number(slopes_, {Reaching::Kind::inner, frame, reach, same}), inner), true;
}

// No field stands above this frame: every row of it has figures of its own.
bool Allowances::Derivation::all_inside(const std::set<FieldId>& fields, FrameId frame) const {
   const Schema& schema = nodes_.program().schema;
   return std::all_of(fields.begin(), fields.end(), [&](FieldId field) {
      FrameId at = schema.fields[field].frame;
      while (at != frame && at != report_frame) at = schema.frames[at].parent;
      return at == frame;
   });
}

// The allowance of everything below, in its own frame: right as long as none of its figures is met elsewhere.
bool Allowances::Derivation::below(NodeId id, std::size_t reach, const Coefficient& c) {
   const auto radius = allowances_.radius(id);
   if (!radius) return false;
   if (*radius == no_node) return true;
   std::set<FieldId> fields;
   const bool own = allowances_.fields_below(id, fields);
   const Reaching& at = slopes_.reaches[evaluated_at(slopes_, reach)];
   if (at.kind == Reaching::Kind::inner && !(own && all_inside(fields, at.frame))) return false;
   slopes_.terms.push_back({reach, no_field, id, c, *radius, {fields.begin(), fields.end()}});
   return true;
}

// ---- which figures, and are they different ones ------------------------------------------------------------------------------

bool Allowances::reaches_figures(NodeId id) {
   if (const auto known = reaches_figures_.find(id); known != reaches_figures_.end()) return known->second;
   const Node node = nodes_[id];
   bool reaches = node.op == Op::field && node.type.is_numeric() && node.type.published;
   std::size_t inputs = node.in.size();
   switch (node.op) {
      case Op::field: break;
      case Op::sum:
      case Op::average:
      case Op::minimum:
      case Op::maximum:
      case Op::at_row: inputs = 1; [[fallthrough]];
      default:
         if (node.op == Op::constant || node.op == Op::count || node.op == Op::call || !node.type.is_numeric()) inputs = 0;
         for (std::size_t at = node.op == Op::select ? 1 : 0; at < inputs; ++at)
            reaches = reaches_figures(node.in[at]) || reaches;
   }
   return reaches_figures_[id] = reaches;
}

bool Allowances::fields_below(NodeId id, std::set<FieldId>& fields) {
   bool without_look_ups = true;
   std::vector<NodeId> open{id};
   std::set<NodeId> seen;
   while (!open.empty()) {
      const NodeId at = open.back();
      open.pop_back();
      if (!reaches_figures(at) || !seen.insert(at).second) continue;
      if (nodes_[at].op == Op::field) fields.insert(nodes_[at].field);
      if (nodes_[at].op == Op::at_row) without_look_ups = false;
      for (const NodeId input : nodes_[at].in) open.push_back(input);
   }
   return without_look_ups;
}

NodeId Allowances::strip(NodeId row) const {
   while (nodes_[row].op == Op::broadcast) row = nodes_[row].in[0];
   return row;
}

// Two look-ups that never find the same row.
bool Allowances::different_rows(NodeId a, NodeId b) const {
   const Node &x = nodes_[strip(a)], &y = nodes_[strip(b)];
   if (x.other != y.other) return false;
   const auto is = [](const Node& node, Op op) { return node.op == op; };
   if (is(x, Op::row_of_total) && is(y, Op::row_of_total)) return x.number != y.number;
   if (is(x, Op::row_of_total) != is(y, Op::row_of_total)) return is(x, Op::row_of_key) || is(y, Op::row_of_key);
   if (!is(x, Op::row_of_key) || !is(y, Op::row_of_key)) return false;
   const Node &one = nodes_[strip(x.in[0])], &two = nodes_[strip(y.in[0])];
   const auto* first = boost::variant2::get_if<std::string>(&one.value);
   const auto* second = boost::variant2::get_if<std::string>(&two.value);
   return one.op == Op::constant && two.op == Op::constant && first && second && fold(*first) != fold(*second);
}

bool Allowances::disjoint(const Slopes& slopes, const Term& a, const Term& b) const {
   const Reaching &x = slopes.reaches[a.reach], &y = slopes.reaches[b.reach];
   using enum Reaching::Kind;
   if (x.kind == home && y.kind == inner) return nodes_[y.node].children;  // a row is none of its own children
   if (x.kind == inner && y.kind == home) return nodes_[x.node].children;
   if (x.kind == row && y.kind == row) return different_rows(x.node, y.node);
   if (x.kind == row && y.kind == inner) return !nodes_[y.node].children && nodes_[strip(x.node)].op == Op::row_of_total;
   if (x.kind == inner && y.kind == row) return !nodes_[x.node].children && nodes_[strip(y.node)].op == Op::row_of_total;
   if (x.kind == row && y.kind == home) return nodes_[x.node].op == Op::row_of_parent && x.from == b.reach;
   if (x.kind == home && y.kind == row) return nodes_[y.node].op == Op::row_of_parent && y.from == a.reach;
   return false;
}

bool Allowances::disjoint(const Slopes& slopes) const {
   std::map<FieldId, std::vector<const Term*>> by_field;
   for (const Term& term : slopes.terms) {
      if (term.radius == no_node) by_field[term.field].push_back(&term);
      for (const FieldId field : term.below) by_field[field].push_back(&term);
   }
   for (const auto& [field, terms] : by_field)
      for (std::size_t one = 0; one < terms.size(); ++one)
         for (std::size_t two = one + 1; two < terms.size(); ++two) {
            const bool plain = terms[one]->radius == no_node && terms[two]->radius == no_node;
            if (!plain || !disjoint(slopes, *terms[one], *terms[two])) return false;
         }
   return true;
}

std::optional<Slopes> Allowances::slopes(NodeId root) {
   if (const auto known = slopes_.find(root); known != slopes_.end()) return known->second;
   std::optional<Slopes> made = Derivation(*this, root).run();
   if (made && !disjoint(*made)) made = std::nullopt;
   return slopes_[root] = std::move(made);
}

// Both sides in one list of reaches; a figure on both sides is one figure.
std::optional<Slopes> Allowances::difference(NodeId left, NodeId right) {
   auto made = slopes(left);
   const auto other = slopes(right);
   if (!made || !other) return std::nullopt;
   std::vector<std::size_t> number;
   for (Reaching reach : other->reaches) {
      if (!number.empty()) reach.from = number[reach.from];
      if (reach.kind == Reaching::Kind::inner)
         for (const Reaching& known : made->reaches) {
            if (known.kind != Reaching::Kind::inner || known.frame != reach.frame) continue;
            const Node &a = nodes_[known.node], &b = nodes_[reach.node];
            const bool same_filter = a.in.size() == b.in.size() && (a.in.size() < 2 || a.in[1] == b.in[1]);
            if (a.children == b.children && same_filter) reach.node = known.node;
         }
      number.push_back(reach_number(*made, reach));
   }
   for (Term term : other->terms) {
      term.reach = number[term.reach];
      term.coefficient.negative = !term.coefficient.negative;
      const auto same = std::find_if(made->terms.begin(), made->terms.end(), [&](const Term& known) {
         return known.radius == no_node && term.radius == no_node && known.field == term.field && known.reach == term.reach;
      });
      if (same == made->terms.end()) {
         made->terms.push_back(std::move(term));
         continue;
      }
      const FrameId frame = made->reaches[evaluated_at(*made, term.reach)].frame;
      const auto factor = [&](const Coefficient& c) { return c.is_unit() ? nodes_.number(frame, 1) : c.factor; };
      const NodeId x = factor(same->coefficient), y = factor(term.coefficient);
      const bool alike = same->coefficient.negative == term.coefficient.negative;
      same->coefficient.factor = alike ? nodes_.add(x, y) : nodes_.subtract(x, y);
   }
   if (!disjoint(*made)) return std::nullopt;
   return made;
}

// ---- sums over the figures
// -----------------------------------------------------------------------------------------------------

NodeId Allowances::contribution(const Slopes& slopes, const Term& term) {
   const NodeId half = term.radius == no_node ? nodes_.half_width(term.field) : term.radius;
   NodeId part = moved(nodes_, slopes, term.reach, half);
   if (!term.coefficient.is_unit()) part = nodes_.multiply(nodes_.absolute(term.coefficient.factor), part);
   // A figure that is missing under `otherwise` takes no part.
   return nodes_.zero_if_missing(part);
}

// (|c|·h)² where the figure is not a printed zero. Of sums within sums each figure counts by itself, so their radius will not do.
NodeId Allowances::square(const Slopes& slopes, const Term& term) {
   const NodeId half = contribution(slopes, term);
   const NodeId value = moved(nodes_, slopes, term.reach, term.value);
   const NodeId zero = nodes_.number(nodes_[value].frame, 0);
   return nodes_.select(nodes_.compare(Op::equal, value, zero), zero, nodes_.multiply(half, half));
}

NodeId Allowances::sum_at_home(const Slopes& slopes, const std::vector<std::pair<std::size_t, NodeId>>& parts) {
   std::map<std::size_t, NodeId> sums;  // by where they are evaluated
   for (const auto& [reach, part] : parts) {
      const auto [place, fresh] = sums.emplace(evaluated_at(slopes, reach), part);
      if (!fresh) place->second = nodes_.add(place->second, part);
   }
   NodeId total = no_node;
   for (const auto& [reach, sum] : sums) {
      const Reaching& at = slopes.reaches[reach];
      // A list that is empty or was not read under `otherwise` takes no part, either.
      const bool is_list = at.kind == Reaching::Kind::inner;
      const NodeId here = is_list ? nodes_.zero_if_missing(nodes_.sum_like(Node(nodes_[at.node]), sum)) : sum;
      total = total == no_node ? here : nodes_.add(total, here);
   }
   return total;
}

std::optional<NodeId> Allowances::total(const Slopes& slopes, FrameId) {
   std::vector<std::pair<std::size_t, NodeId>> parts;
   for (const Term& term : slopes.terms) parts.emplace_back(term.reach, contribution(slopes, term));
   return sum_at_home(slopes, parts);
}

std::optional<NodeId> Allowances::radius(NodeId node) {
   if (const auto known = radii_.find(node); known != radii_.end()) return known->second;
   const auto made = slopes(node);
   return radii_[node] = made ? total(*made, nodes_[node].frame) : std::nullopt;
}

std::optional<NodeId> Allowances::allowed(NodeId left, NodeId right) {
   const auto made = difference(left, right);
   return made ? total(*made, nodes_[left].frame) : std::nullopt;
}

std::optional<Allowances::Honest> Allowances::honest(NodeId left, NodeId right) {
   if (!is_sum(nodes_.program(), left) || !is_sum(nodes_.program(), right)) return std::nullopt;
   const auto l = slopes(left), r = slopes(right);
   if (l && r)
      for (const auto* side : {&*l, &*r})
         for (const Term& term : side->terms)
            if (term.radius != no_node) return std::nullopt;
   if (!l || !r || (l->terms.empty() && r->terms.empty())) return std::nullopt;
   const bool left_single = is_single_figure(nodes_.program(), left);
   const bool right_single = !left_single && is_single_figure(nodes_.program(), right);
   std::vector<NodeId> squares;
   for (const auto& [side, single] : {std::pair(&*l, left_single), std::pair(&*r, right_single)}) {
      std::vector<std::pair<std::size_t, NodeId>> parts;
      if (!single)
         for (const Term& term : side->terms) parts.emplace_back(term.reach, square(*side, term));
      if (!parts.empty()) squares.push_back(sum_at_home(*side, parts));
   }
   Honest honest;
   if (left_single) honest.total_half = contribution(*l, l->terms[0]);
   if (right_single) honest.total_half = contribution(*r, r->terms[0]);
   honest.squares = squares.empty() ? nodes_.number(nodes_[left].frame, 0) : squares[0];
   if (squares.size() == 2) honest.squares = nodes_.add(squares[0], squares[1]);
   return honest;
}

}  // namespace heng

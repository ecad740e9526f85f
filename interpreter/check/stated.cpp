// Scores that are taken as they are printed, because what they are made from is not: which rows, and which scores are possible.
#include <algorithm>
#include <set>

#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

constexpr std::size_t most_values = 400;  // beyond, whatever lies between 0 and full marks counts as possible
constexpr int most_decimals = 6;          // of a printed score

bool is_true(const Node& node) { return node.op == Op::constant && node.value == Value(true); }

// Values that a score may have, as points or as shares of full marks; `any`: everything in between as well.
class Reach {
 public:
   Reach(Rational full) : full_(std::move(full)) {}

   std::set<Rational> values;
   bool any = false;

   void add_item(const Rational& marks, const std::vector<Rational>& degrees) {
      std::set<Rational> more;
      for (const Rational& value : values)
         for (const Rational& degree : degrees) more.insert(value + marks * degree);
      take(std::move(more));
   }
   void lose_once(const Rational& amount, bool surely) {
      std::set<Rational> less = surely ? std::set<Rational>{} : values;
      for (const Rational& value : values) less.insert(value - amount);
      take(std::move(less));
   }
   void lose_steps(const Rational& amount) {
      if (amount <= 0) return;
      std::set<Rational> less = values;
      for (const Rational& value : values)
         for (Rational left = value; left > 0 && less.size() <= most_values; left -= amount) less.insert(left - amount);
      take(std::move(less));
   }
   std::vector<Rational> clamped() const {
      std::set<Rational> result;
      for (const Rational& value : values) result.insert(std::clamp(value, Rational(0), full_));
      return {result.begin(), result.end()};
   }
   void take(std::set<Rational> more) {
      any = any || more.size() > most_values;
      if (!any) values = std::move(more);
   }

 private:
   Rational full_;
};

}  // namespace

NodeId Checker::both(NodeId a, NodeId b) {
   if (is_true(nodes_[a])) return b;
   if (is_true(nodes_[b])) return a;
   return make(Op::both, yes_no_type(), nodes_.frame(a), {a, b}, nodes_[a].span);
}

// Is what this node needs there? False where something that decides is missing in the data; what a choice does not take is not
// needed. Where it is missing for another reason (a zero divisor) it cannot be told.
NodeId Checker::known(NodeId id, std::map<NodeId, NodeId>& done) {
   if (const auto found = done.find(id); found != done.end()) return found->second;
   const Node node = nodes_[id];
   const auto truth = [&](bool value) { return constant(value, yes_no_type(), node.frame, node.span); };
   const auto of = [&](std::size_t input) { return known(node.in[input], done); };
   const auto choice = [&](NodeId when, NodeId then, NodeId otherwise) {
      if (then == otherwise) return then;
      return make(Op::select, yes_no_type(), node.frame, {when, then, otherwise}, node.span);
   };
   const bool score = node.op == Op::rule && program_.rules[node.rule].kind == RuleKind::score;
   NodeId result = no_node;
   switch (node.op) {
      case Op::constant: result = truth(true); break;
      case Op::select: result = both(of(0), choice(node.in[0], of(1), of(2))); break;
      case Op::otherwise: result = choice(of(0), truth(true), of(1)); break;
      case Op::both:
      case Op::either: {
         // Either side may settle it: a false one for `and`, a true one for `or`.
         NodeId settled = both(of(0), of(1));
         for (std::size_t i = 0; i < 2; ++i) {
            const NodeId yes =
                node.op == Op::either ? node.in[i] : make(Op::no, yes_no_type(), node.frame, {node.in[i]}, node.span);
            settled = make(Op::either, yes_no_type(), node.frame, {settled, both(of(i), yes)}, node.span);
         }
         result = settled;
         break;
      }
      case Op::rule:
         if (!score) result = of(0);
         break;
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::lesser:
      case Op::greater:
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater_op:
      case Op::greater_equal: result = both(of(0), of(1)); break;
      case Op::negate:
      case Op::absolute:
      case Op::round:
      case Op::no: result = of(0); break;
      default: break;
   }
   if (result == no_node)
      result = make(Op::otherwise, yes_no_type(), node.frame,
                    {make(Op::is_present, yes_no_type(), node.frame, {id}, node.span), truth(false)}, node.span);
   return done[id] = result;
}

// Full marks that are written out give points; else the values are shares of the full marks of the row.
Attainable Checker::attainable(RuleId id, const tree::Score& score, const Scope& scope) {
   const Value marks = constant_value(program_.nodes, program_.rules[id].out_of);
   const auto* points = get_if<Rational>(&marks);
   const Rational full = points ? *points : Rational(1);
   Reach reach(full);
   const auto number = [&](const tree::ExprPtr& expr) -> std::optional<Rational> {
      const Value value = constant_value(program_.nodes, figure(expr, scope));
      const auto* found = get_if<Rational>(&value);
      if (!found) reach.any = true;
      return found ? std::optional(*found) : std::nullopt;
   };
   const bool open = score.value || !score.arms.empty() || !score.parts.empty() || score.times;
   reach.any = open;
   if (!score.items.empty()) {
      reach.values = {Rational(0)};
      const auto shares = shares_of(score.items.front(), scope);
      for (std::size_t i = 0; shares && i < shares->size(); ++i) {
         const tree::Item& item = score.items.front().items[i];
         const Value share = constant_value(program_.nodes, (*shares)[i]);
         const auto* part = get_if<Rational>(&share);
         std::vector<Rational> degrees;
         for (const tree::ExprPtr& degree : item.degrees) degrees.push_back(number(degree).value_or(Rational(0)));
         if (degrees.empty()) degrees = {Rational(0), Rational(1)};
         if (part)
            reach.add_item(*part * full, degrees);
         else
            reach.any = true;
      }
   } else {
      reach.values = {full};
   }
   for (const tree::MarksWhen& one : score.marks)
      if (const auto share = number(one.share)) reach.values.insert(*share * full);
   const auto lose = [&](const tree::Loss& loss) {
      const auto amount = number(loss.amount);
      if (!amount || (!loss.of_full_marks && !points)) return void(reach.any = true);
      const Rational lost = loss.of_full_marks ? Rational(*amount * full) : *amount;
      if (!loss.step) return reach.lose_once(lost, !loss.when);
      if (mode_of(*loss.step, scope) == tree::Mode::pro_rata) return void(reach.any = true);
      reach.lose_steps(lost);
   };
   for (const tree::Loss& loss : score.losses) lose(loss);
   const std::set<Rational> before = reach.values;
   std::set<Rational> all = before;
   for (const tree::LossArm& arm : score.loss_arms) {
      reach.values = before;
      for (const tree::Loss& loss : arm.losses) lose(loss);
      all.insert(reach.values.begin(), reach.values.end());
   }
   reach.take(std::move(all));
   if (!score.zeros.empty()) reach.values.insert(Rational(0));
   Attainable result;
   result.any = reach.any;
   result.shares = !points;
   if (!reach.any) result.values = reach.clamped();
   return result;
}

// Some possible score is printed so: it lies in the half-open interval that is rounded to what is printed.
NodeId Checker::is_attainable(const Rule& rule, NodeId printed, FieldId field, Span span) {
   const FrameId frame = rule.frame;
   const Attainable attainable = rule.attainable;
   const NodeId full = rule.out_of;
   const auto points = [&](Rational value) { return constant(std::move(value), points_type(), frame, span); };
   const auto compare = [&](Op op, NodeId a, NodeId b) { return make(op, yes_no_type(), frame, {a, b}, span); };
   if (attainable.any) return both(compare(Op::greater_equal, printed, points(0)), compare(Op::less_equal, printed, full));
   Node decimals = node_of(Op::decimals, number_type(), schema_.fields[field].frame);
   decimals.field = field;
   decimals.span = span;
   Scope scope;
   scope.frame = scope.names = frame;
   const NodeId shown = into(make(std::move(decimals)), span, scope);
   Rational half(1, 2);
   std::vector<Rational> halves;
   for (int i = 0; i <= most_decimals; ++i, half /= 10) halves.push_back(half);
   NodeId width = points(halves.back());
   for (int i = most_decimals; i-- > 0;)
      width =
          make(Op::select, points_type(), frame,
               {compare(Op::equal, shown, constant(Rational(i), number_type(), frame, span)), points(halves[i]), width}, span);
   const NodeId low = make(Op::subtract, points_type(), frame, {printed, width}, span),
                high = make(Op::add, points_type(), frame, {printed, width}, span);
   NodeId any = no_node;
   for (const Rational& value : attainable.values) {
      const NodeId at = attainable.shares ? part_of(full, constant(value, number_type(), frame, span), span) : points(value);
      const NodeId here = both(compare(Op::less_equal, low, at), compare(Op::less, at, high));
      any = any == no_node ? here : make(Op::either, yes_no_type(), frame, {any, here}, span);
   }
   return any;
}

// For people: which scores the rule can give.
Said Checker::possible_scores(const Rule& rule) const {
   constexpr std::size_t most_shown = 24;
   const Attainable& attainable = rule.attainable;
   if (attainable.any) return say("印出的得分在 0 与满分之间", "the printed score is between 0 and full marks");
   std::string list;
   for (std::size_t i = 0; i < attainable.values.size() && i < most_shown; ++i)
      list += (i ? ", " : "") + to_text(attainable.values[i]);
   if (attainable.values.size() > most_shown) list += ", …";
   return attainable.shares
              ? say("印出的得分是满分的这些倍数之一（按所印小数位）：{}",
                    "the printed score is one of these parts of full marks, at its decimals: {}", list)
              : say("印出的得分是这些之一（按所印小数位）：{}", "the printed score is one of these, at its decimals: {}", list);
}

// A row whose inputs are there is computed, never stated.
void Checker::stated(RuleId id, const tree::Score& score, const tree::ExprPtr& written, const Scope& scope) {
   const NodeId printed = as_points(figure(written, scope), written->span);
   if (is_bad(printed)) return;
   NodeId field = printed;
   while (nodes_[field].op == Op::broadcast || nodes_[field].op == Op::as_unit) field = nodes_[field].in[0];
   if (nodes_[field].op != Op::field) {
      complaints_
          .error(Code::not_a_value, written->span,
                 say("照录的是表里的一个得分，不是算出来的", "what is stated is a figure of the report, not a formula"))
          .help = say("写字段的名称，如 照录 得分", "write the name of a field, such as stated 得分");
      return;
   }
   program_.rules[id].attainable = attainable(id, score, scope);
   const Rule rule = program_.rules[id];
   const NodeId possible = is_attainable(rule, printed, nodes_[field].field, written->span);
   const NodeId impossible = constant(Missing::not_possible, points_type(), scope.frame, written->span);
   const NodeId taken = make(Op::select, points_type(), scope.frame, {possible, printed, impossible}, written->span);
   program_.written.try_emplace(possible, std::make_shared<const WrittenPart>(possible_scores(rule)));
   std::map<NodeId, NodeId> done;
   const NodeId there = known(rule.raw, done);
   const auto choose = [&](const Type& type, NodeId computed, NodeId otherwise) {
      return make(Op::select, type, scope.frame, {there, computed, otherwise}, written->span);
   };
   const auto basis = [&](Basis one) {
      return constant(Rational(static_cast<int>(one)), number_type(), scope.frame, written->span);
   };
   const NodeId value = choose(points_type(), rule.value, taken), raw = choose(points_type(), rule.raw, taken);
   const NodeId made_basis =
       choose(number_type(), rule.basis == no_node ? basis(Basis::computed) : rule.basis, basis(Basis::stated));
   if (is_bad(value) || is_bad(raw) || is_bad(made_basis)) return;
   Rule& made = program_.rules[id];
   made.value = value;
   made.raw = raw;
   made.basis = made_basis;
   made.stated = printed;
}

}  // namespace heng::checking

// Scores: arms, full marks, what a person judged.
#include <algorithm>

#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;

NodeId Checker::as_points(NodeId node, Span span) {
   if (is_bad(node)) return node;
   const Type type = nodes_.type(node);
   if (is_points(type)) return node;
   if (type.kind == Kind::number) return retyped(node, points_type());
   if (type.kind == Kind::measured) return make(Op::as_unit, points_type(), nodes_.frame(node), {node}, span, nodes_[node].expr);
   Diagnostic& error =
       complaints_.error(Code::units_differ, span, say_types("得分要是分数，这里是{}", "a score is points, this is {}", type));
   if (type.kind == Kind::percent) error.help = say("乘以满分：… * 满分", "multiply by full marks: … * full marks");
   return bad(nodes_.frame(node));
}

// Tried top-down; without `else` a row that no arm takes has no score.
NodeId Checker::arms(const tree::Score& score, const Scope& scope) {
   NodeId rest = constant(Missing::no_arm, points_type(), scope.frame, score.span);
   bool good = true;
   for (auto arm = score.arms.rbegin(); arm != score.arms.rend(); ++arm) {
      const NodeId made = as_points(figure(arm->value, scope), arm->value->span);
      const NodeId when = arm->condition ? condition(arm->condition, scope) : no_node;
      good = good && !is_bad(made) && (when == no_node || !is_bad(when));
      if (!good) continue;
      rest = when == no_node ? made : make(Op::select, points_type(), scope.frame, {when, made, rest}, arm->span);
   }
   return good ? rest : bad(scope.frame);
}

// Computed where figures decided, judged where a person chose. Follows the choices of the value.
NodeId Checker::basis_of(NodeId raw, FrameId frame, std::map<NodeId, NodeId>& known) {
   if (const auto found = known.find(raw); found != known.end()) return found->second;
   const auto is = [&](Basis basis) { return constant(Rational(static_cast<int>(basis)), number_type(), frame, {}); };
   const Node node = nodes_[raw];
   NodeId result = is(Basis::computed);
   if (judged_.count(raw))
      result = is(Basis::judged);
   else if (node.frame == frame && node.op == Op::select) {
      const NodeId then = basis_of(node.in[1], frame, known), otherwise = basis_of(node.in[2], frame, known);
      if (then == otherwise)
         result = then;
      else
         result = make(Op::select, number_type(), frame, {node.in[0], then, otherwise}, node.span);
   } else if (node.frame == frame && node.op != Op::rule) {
      for (const NodeId input : node.in)
         if (const NodeId inner = basis_of(input, frame, known); inner != is(Basis::computed)) result = inner;
   }
   return known[raw] = result;
}

void Checker::finish(RuleId id, const tree::Score& score) {
   Scope scope;
   scope.frame = scope.names = program_.rules[id].frame;
   scope.set = program_.rules[id].set;
   if (!score.out_of) {
      complaints_
          .error(Code::score_without_marks, score.name.span,
                 say("评分 {} 没有写满分", "score {} does not say what it is out of", score.name.text))
          .help = say("写 满分 10", "write out of 10");
      return;
   }
   const NodeId applies = score.where ? condition(score.where, scope) : no_node;
   const NodeId out_of = as_points(figure(score.out_of, scope), score.out_of->span);
   scope.full_marks = out_of;
   const NodeId raw = score.value ? as_points(figure(score.value, scope), score.value->span) : arms(score, scope);
   if (is_bad(out_of) || is_bad(raw)) return;
   const NodeId capped = make(Op::lesser, points_type(), scope.frame, {raw, out_of}, score.span);
   NodeId made = make(Op::greater, points_type(), scope.frame,
                      {capped, constant(Rational(0), points_type(), scope.frame, score.span)}, score.span);
   const auto decimals = score.round_to ? score.round_to : modules_[scope.set]->round_scores_to;
   if (decimals) made = round_node(made, *decimals, Rounding::half_away, score.span, {});
   std::map<NodeId, NodeId> known;
   const NodeId basis = judged_.empty() ? no_node : basis_of(raw, scope.frame, known);
   Rule& rule = program_.rules[id];
   rule.applies = applies;
   rule.out_of = out_of;
   rule.raw = raw;
   rule.value = made;
   rule.type = points_type();
   if (basis != no_node && !(nodes_[basis].op == Op::constant && nodes_[basis].value == Value(Rational(0)))) rule.basis = basis;
}

NodeId Checker::full_marks(const tree::ExprPtr& expr, const Scope& scope) {
   if (scope.full_marks != no_node) return into(scope.full_marks, expr->span, scope);
   complaints_.error(Code::score_without_marks, expr->span,
                     say("“满分”只在评分里有意义", "full marks means something only inside a score"));
   return bad(scope.frame);
}

// A person's choice is taken when it is possible. Tiers leave nothing out between 0 and 100%, so what lies between 0 and full
// marks is in one of them.
NodeId Checker::judged(const tree::ExprPtr& expr, const tree::Judged& judged, const Scope& scope) {
   const NodeId chosen = as_points(figure(judged.value, scope), judged.value->span);
   const NodeId full = full_marks(expr, scope);
   const auto found_tier = tiers_.find({scope.set, folded(judged.tier.text)});
   if (found_tier == tiers_.end()) {
      Diagnostic& error =
          complaints_.error(Code::unknown_tier, judged.tier.span, say("没有档次 {}", "there is no tier {}", judged.tier.text));
      std::vector<std::string> names;
      for (const auto& [key, tier] : tiers_)
         if (key.first == scope.set) names.push_back(tier.written->name.text);
      const auto near = suggestions(judged.tier.text, names);
      if (!near.empty()) error.help = say("是不是 {}？", "did you mean {}?", near.front());
      return bad(scope.frame);
   }
   const TierHere& tier = found_tier->second;
   if (is_bad(chosen) || is_bad(full) || !tier.good) return bad(scope.frame);
   const NodeId none = constant(Rational(0), points_type(), scope.frame, judged.tier.span);
   const NodeId possible = make(Op::both, yes_no_type(), scope.frame,
                                {make(Op::greater_equal, yes_no_type(), scope.frame, {chosen, none}, expr->span),
                                 make(Op::less_equal, yes_no_type(), scope.frame, {chosen, full}, expr->span)},
                                expr->span);
   const NodeId impossible = constant(Missing::not_possible, points_type(), scope.frame, expr->span);
   const NodeId node = make(Op::select, points_type(), scope.frame, {possible, chosen, impossible}, expr->span, expr);
   judged_.insert(node);
   return node;
}

}  // namespace heng::checking

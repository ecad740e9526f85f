// Scores: what they begin with (formula, arms, items, parts, full marks), factors and losses, what a person judged.
// All of it is written in the operations that there are: a step is a quotient rounded down or up, a choice is a select.
#include <algorithm>

#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "interpreter/check/lookalikes.hpp"
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
   error.help = type.kind == Kind::percent || type.kind == Kind::percentage_point
                    ? say("乘以满分：… * 满分", "multiply by full marks: … * full marks")
                    : say("先除成比率再乘以满分，如 执行数 / 预算数 * 满分；分数写 10分",
                          "divide it to a ratio and multiply by full marks; points are written 10分");
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

std::vector<RuleId> Checker::parts_of(RuleId id) const {
   std::vector<RuleId> parts;
   for (const Rule& rule : program_.rules)
      if (rule.parent == id) parts.push_back(rule.id);
   return parts;
}

// ---- what it begins with ------------------------------------------------------------------------------------------------

// Arms, items and parts each say how the score is made: one of them at most.
bool Checker::one_base(const tree::Score& score) {
   std::vector<Span> bases;
   for (const tree::Items& items : score.items) bases.push_back(items.span);
   if (!score.arms.empty()) bases.push_back(score.arms.front().span);
   if (!score.parts.empty()) bases.push_back(score.parts.front().span);
   const bool nothing = !score.value && bases.empty() && score.losses.empty() && score.loss_arms.empty() && score.zeros.empty() &&
                        score.marks.empty();
   if (nothing)
      complaints_
          .error(Code::bad_clause, score.name.span,
                 say("评分 {} 没有写怎么算", "score {} does not say how it is made", score.name.text))
          .help = say("写算式、各项、分项评分或者扣分", "write a formula, items, parts or losses");
   if (bases.size() <= 1) return !nothing;
   std::sort(bases.begin(), bases.end(), [](Span x, Span y) { return x.begin < y.begin; });
   complaints_
       .error(Code::bad_clause, bases[1],
              say("评分 {} 已经有一种算法", "score {} is made in another way already", score.name.text))
       .notes.push_back({bases[0], say("这里是第一种", "the first one is here")});
   complaints_.last().help = say("留下一种；别的另写成一个评分", "keep one; write the other as a score of its own");
   return false;
}

// The marks of the parts add up to the marks of the whole.
void Checker::weigh_parts(RuleId id, const tree::Score& score) {
   const Value whole = constant_value(program_.nodes, program_.rules[id].out_of);
   const auto* marks = get_if<Rational>(&whole);
   if (!marks) return;
   Rational sum = 0;
   std::vector<Note> notes;
   for (const RuleId part : parts_of(id)) {
      if (program_.rules[part].out_of == no_node) return;
      const Value value = constant_value(program_.nodes, program_.rules[part].out_of);
      const auto* number = get_if<Rational>(&value);
      if (!number) return;
      sum += *number;
      notes.push_back({program_.rules[part].name_span,
                       {"这里 " + show(value, points_type(), true), "here " + show(value, points_type(), false)}});
   }
   if (sum == *marks) return;
   complaints_
       .error(Code::weights_differ, score.out_of->span,
              say("评分 {} 满分 {}，各部分满分合计 {}", "score {} is out of {}, its parts are out of {} together",
                  program_.rules[id].name, show(whole, points_type(), true), show(Value(sum), points_type(), true)))
       .notes = std::move(notes);
   complaints_.last().help = say("改成 满分 {}，或者改各部分的满分", "write out of {}, or change the marks of the parts",
                                 show(Value(sum), points_type(), true));
}

NodeId Checker::sum_of_parts(RuleId id, const Scope& scope) {
   NodeId sum = no_node;
   for (const RuleId part : parts_of(id)) {
      const NodeId one = reference(part, program_.rules[part].name_span);
      sum = sum == no_node ? one : make(Op::add, points_type(), scope.frame, {sum, one}, program_.rules[id].span);
   }
   return sum;
}

NodeId Checker::base_of(RuleId id, const tree::Score& score, const Scope& scope) {
   if (score.value) return as_points(figure(score.value, scope), score.value->span);
   if (!score.arms.empty()) return arms(score, scope);
   if (!score.items.empty()) return items(score.items.front(), scope);
   if (score.parts.empty()) return scope.full_marks;
   program_.rules[id].sums_parts = true;
   const NodeId sum = sum_of_parts(id, scope);
   weigh_parts(id, score);
   return sum;
}

// ---- shares and items ---------------------------------------------------------------------------------------------------

NodeId Checker::ratio(const tree::ExprPtr& expr, const Scope& scope) {
   const NodeId node = figure(expr, scope);
   if (is_bad(node)) return node;
   const Kind kind = nodes_.type(node).kind;
   if (kind == Kind::number || kind == Kind::percent) return node;
   if (kind == Kind::measured) return make(Op::as_unit, number_type(), scope.frame, {node}, expr->span, expr);
   complaints_
       .error(Code::wrong_type, expr->span,
              say_types("这里要一个比例，而这是{}", "a share is wanted here, this is {}", nodes_.type(node)))
       .help = say("写 5%、1/3 这样的数", "write a figure such as 5% or 1/3");
   return bad(scope.frame);
}

NodeId Checker::part_of(NodeId whole, NodeId share, Span span) {
   return make(Op::multiply, points_type(), nodes_.frame(whole), {whole, share}, span);
}

std::optional<std::vector<NodeId>> Checker::shares_of(const tree::Items& items, const Scope& scope) {
   std::vector<NodeId> shares;
   if (items.equally) {
      const auto count = static_cast<int>(items.items.size());
      for (const tree::Item& item : items.items) {
         if (item.share)
            complaints_
                .error(Code::bad_clause, item.share->span, say("各项均分时不写比例", "equal items have no shares of their own"))
                .help = say("去掉比例，或者写 各项", "take the share out, or write items");
         shares.push_back(constant(Rational(Rational(1) / count), number_type(), scope.frame, items.span));
      }
      return shares;
   }
   Rational sum = 0;
   bool all_known = true, good = true;
   for (const tree::Item& item : items.items) {
      if (!item.share) {
         complaints_
             .error(Code::weights_differ, item.span, say("这一项没有写占多少", "this item does not say what it counts for"))
             .help = say("写 …：1/2，或者写 各项均分", "write … : 1/2, or items equally");
         good = false;
         continue;
      }
      shares.push_back(ratio(item.share, scope));
      good = good && !is_bad(shares.back());
      if (is_bad(shares.back())) continue;
      const Value value = constant_value(program_.nodes, shares.back());
      const auto* number = get_if<Rational>(&value);
      all_known = all_known && number;
      if (number) sum += *number;
   }
   if (!good) return std::nullopt;
   if (all_known && sum != 1) {
      Diagnostic& error = complaints_.error(Code::weights_differ, items.span,
                                            say("各项所占比例合计 {}，应为 1", "the shares of these items add up to {}, not to 1",
                                                show(Value(sum), number_type(), true)));
      for (const tree::Item& item : items.items) error.notes.push_back({item.share->span, say("这里占", "counted here")});
      error.help = say("改成合计为 1，如 1/2 和 1/2；各项一样多写 各项均分",
                       "make them add up to 1, such as 1/2 and 1/2; for equal items write items equally");
      return std::nullopt;
   }
   return shares;
}

// With degrees a person says how far it is met: one of the listed percents.
NodeId Checker::item(const tree::Item& item, NodeId share, const Scope& scope) {
   const NodeId marks = part_of(scope.full_marks, share, item.span);
   const NodeId none = constant(Rational(0), points_type(), scope.frame, item.span);
   if (item.degrees.empty())
      return make(Op::select, points_type(), scope.frame, {condition(item.met, scope), marks, none}, item.span);
   const NodeId met = ratio(item.met, scope);
   NodeId possible = no_node;
   for (const tree::ExprPtr& degree : item.degrees) {
      const NodeId one = make(Op::equal, yes_no_type(), scope.frame, {met, ratio(degree, scope)}, degree->span);
      possible = possible == no_node ? one : make(Op::either, yes_no_type(), scope.frame, {possible, one}, item.span);
   }
   const NodeId impossible = constant(Missing::not_possible, points_type(), scope.frame, item.met->span);
   return make(Op::select, points_type(), scope.frame, {possible, part_of(marks, met, item.span), impossible}, item.span);
}

NodeId Checker::items(const tree::Items& items, const Scope& scope) {
   const auto shares = shares_of(items, scope);
   if (!shares || shares->empty()) return bad(scope.frame);
   NodeId sum = no_node;
   for (std::size_t i = 0; i < shares->size(); ++i) {
      const NodeId one = item(items.items[i], (*shares)[i], scope);
      sum = sum == no_node ? one : make(Op::add, points_type(), scope.frame, {sum, one}, items.span);
   }
   return sum;
}

// ---- losses -------------------------------------------------------------------------------------------------------------

NodeId Checker::amount(const tree::Loss& loss, const Scope& scope) {
   if (loss.of_full_marks) return part_of(scope.full_marks, ratio(loss.amount, scope), loss.amount->span);
   const NodeId node = figure(loss.amount, scope);
   if (is_bad(node) || nodes_.type(node).kind != Kind::percent) return as_points(node, loss.amount->span);
   complaints_
       .error(Code::units_differ, loss.amount->span,
              say("扣的是百分比，没有说是什么的百分比", "this loss is a percent, and it is not said of what"))
       .help = say("写 扣满分的…", "write … of full marks");
   return bad(scope.frame);
}

namespace {

bool is_ratio(const Type& type) {
   return type.kind == Kind::number || type.kind == Kind::percent || type.kind == Kind::percentage_point;
}

constexpr std::pair<std::string_view, tree::Mode> mode_words[] = {
    {"full", tree::Mode::full},        {"满才扣", tree::Mode::full},       {"started", tree::Mode::started},
    {"不足也扣", tree::Mode::started}, {"pro_rata", tree::Mode::pro_rata}, {"按比例扣", tree::Mode::pro_rata},
};

}  // namespace

std::optional<tree::Mode> Checker::mode_of(const tree::Step& step, const Scope& scope) {
   if (!step.counted) return step.mode;
   const Thing thing = resolve_name(*step.counted, scope);
   const NodeId node = thing.what == Thing::What::nothing ? no_node : value_of(thing, step.counted->span, scope);
   if (node == no_node || is_bad(node)) return std::nullopt;
   const Value value = constant_value(program_.nodes, node);
   if (const auto* word = get_if<std::string>(&value))
      for (const auto& [spelling, mode] : mode_words)
         if (*word == spelling) return mode;
   complaints_
       .error(Code::mode_not_said, step.counted->span,
              say("{} 没有说零头怎么算", "{} does not say how a part of a step counts", step.counted->text))
       .help = say("参数取 满才扣、不足也扣 或者 按比例扣", "the parameter is one of full, started and pro_rata");
   return std::nullopt;
}

// What is measured, the line it is held against and the step are of one kind. For ratios the step is in percentage points; a
// percent means the same where the line is 100%.
bool Checker::fitting_step(Side& measured, Side& limit, Side& size, const tree::Step& step) {
   if (is_bad(measured.node) || is_bad(limit.node) || is_bad(size.node)) return false;
   if (nodes_.type(measured.node).kind == Kind::measured)
      measured.node = make(Op::as_unit, plain(nodes_.type(limit.node)), nodes_.frame(measured.node), {measured.node}, step.span,
                           measured.expr);
   const Type a = nodes_.type(measured.node), b = nodes_.type(limit.node), c = nodes_.type(size.node);
   const Combined fit = comparable(a, b, false, is_zero_literal(step.limit));
   if (fit.type.kind == Kind::error) {
      refuse_pair(measured, limit, step.span, {fit.zh, fit.en}, nodes_.frame(measured.node));
      return false;
   }
   const Value line = constant_value(program_.nodes, limit.node), one = constant_value(program_.nodes, size.node);
   if (const auto* number = get_if<Rational>(&one); number && *number <= 0) {
      complaints_.error(Code::bad_interval, step.size->span, say("每一步要大于 0", "a step is more than 0")).help =
          say("写 1个百分点 这样的数", "write a figure such as 1个百分点");
      return false;
   }
   if (!is_ratio(a)) {
      const Combined same = comparable(a, c, false, false);
      if (same.type.kind != Kind::error) return true;
      refuse_pair(measured, size, step.span, {same.zh, same.en}, nodes_.frame(measured.node));
      return false;
   }
   const bool plain_numbers = a.kind == Kind::number && b.kind == Kind::number && c.kind == Kind::number;
   const bool percent_of_100 = c.kind == Kind::percent && line == Value(Rational(1));
   if (c.kind == Kind::percentage_point || plain_numbers || percent_of_100) return true;
   complaints_
       .error(c.kind == Kind::percent ? Code::percent_or_points : Code::units_differ, step.size->span,
              say_types("每一步要用个百分点，这里是{}", "a step is in percentage points, this is {}", c))
       .help = say("写 1个百分点", "write 1个百分点");
   return false;
}

// How many steps: what is missing to the line, over the size of a step; a quotient whose fraction is dropped, counted or kept.
NodeId Checker::steps(const tree::Step& step, const Scope& scope) {
   Side measured{step.measured, figure(step.measured, scope)}, limit{step.limit, figure(step.limit, scope)},
       size{step.size, figure(step.size, scope)};
   const auto mode = mode_of(step, scope);
   if (!fitting_step(measured, limit, size, step) || !mode) return bad(scope.frame);
   Type type = nodes_.type(measured.node);
   type = is_ratio(type) ? number_type() : plain(type);
   const NodeId from = step.below ? limit.node : measured.node, to = step.below ? measured.node : limit.node;
   const NodeId gap = make(Op::subtract, type, scope.frame, {from, to}, step.span);
   const NodeId quotient = make(Op::divide, number_type(), scope.frame, {gap, size.node}, step.span);
   const NodeId none = constant(Rational(0), number_type(), scope.frame, step.span);
   const NodeId count = make(Op::greater, number_type(), scope.frame, {quotient, none}, step.span);
   const NodeId made = *mode == tree::Mode::pro_rata
                           ? count
                           : round_node(count, 0, *mode == tree::Mode::full ? Rounding::floor : Rounding::ceiling, step.span, {});
   program_.written.try_emplace(made, std::make_shared<const WrittenPart>(step));
   return made;
}

NodeId Checker::loss(const tree::Loss& loss, const Scope& scope) {
   NodeId lost = amount(loss, scope);
   if (loss.step) lost = make(Op::multiply, points_type(), scope.frame, {lost, steps(*loss.step, scope)}, loss.span);
   if (loss.when) {
      const NodeId none = constant(Rational(0), points_type(), scope.frame, loss.span);
      lost = make(Op::select, points_type(), scope.frame, {condition(loss.when, scope), lost, none}, loss.span);
   }
   program_.written.try_emplace(lost, std::make_shared<const WrittenPart>(loss));
   return lost;
}

NodeId Checker::sum_of(const std::vector<tree::Loss>& losses, const Scope& scope) {
   NodeId sum = no_node;
   for (const tree::Loss& one : losses) {
      const NodeId lost = loss(one, scope);
      sum = sum == no_node ? lost : make(Op::add, points_type(), scope.frame, {sum, lost}, one.span);
   }
   return sum;
}

// All losses together; no_node: there are none.
NodeId Checker::losses(const tree::Score& score, const Scope& scope) {
   NodeId sum = sum_of(score.losses, scope);
   if (score.loss_arms.empty()) return sum;
   const NodeId none = constant(Rational(0), points_type(), scope.frame, score.span);
   NodeId chosen = none;
   for (auto arm = score.loss_arms.rbegin(); arm != score.loss_arms.rend(); ++arm) {
      const NodeId lost = arm->losses.empty() ? none : sum_of(arm->losses, scope);
      chosen = !arm->condition
                   ? lost
                   : make(Op::select, points_type(), scope.frame, {condition(arm->condition, scope), lost, chosen}, arm->span);
   }
   return sum == no_node ? chosen : make(Op::add, points_type(), scope.frame, {sum, chosen}, score.span);
}

// ---- the whole ----------------------------------------------------------------------------------------------------------

NodeId Checker::any_of(const std::vector<tree::ZeroWhen>& zeros, const Scope& scope) {
   NodeId any = no_node;
   for (const tree::ZeroWhen& one : zeros) {
      const NodeId when = condition(one.condition, scope);
      any = any == no_node ? when : make(Op::either, yes_no_type(), scope.frame, {any, when}, one.span);
   }
   return any;
}

// Before clamping and rounding. A veto stands outermost: it settles the score whatever else cannot be told.
NodeId Checker::made_score(RuleId id, const tree::Score& score, const Scope& scope) {
   NodeId made = base_of(id, score, scope);
   for (auto marks = score.marks.rbegin(); marks != score.marks.rend(); ++marks) {
      const NodeId when = condition(marks->condition, scope);
      const NodeId part = part_of(scope.full_marks, ratio(marks->share, scope), marks->span);
      made = make(Op::select, points_type(), scope.frame, {when, part, made}, marks->span);
   }
   if (score.times) made = part_of(made, ratio(score.times, scope), score.times->span);
   if (const NodeId lost = losses(score, scope); lost != no_node)
      made = make(Op::subtract, points_type(), scope.frame, {made, lost}, score.span);
   if (score.zeros.empty()) return made;
   const NodeId none = constant(Rational(0), points_type(), scope.frame, score.span);
   return make(Op::select, points_type(), scope.frame, {any_of(score.zeros, scope), none, made}, score.span);
}

// 满分 40%: of a whole that is out of 100, these are 40 marks.
bool Checker::refused_weight(RuleId id, const tree::Score& score, NodeId out_of) {
   if (is_bad(out_of) || nodes_.type(out_of).kind != Kind::percent) return false;
   const RuleId parent = program_.rules[id].parent;
   const NodeId whole = parent == no_rule ? no_node : program_.rules[parent].out_of;
   const Value share = constant_value(program_.nodes, out_of);
   const Value marks = whole == no_node ? Value(Missing::not_read) : constant_value(program_.nodes, whole);
   const auto *part = get_if<Rational>(&share), *all = get_if<Rational>(&marks);
   const std::string meant = part ? to_text(Rational(*part * (all ? *all : Rational(100)))) : "40";
   complaints_
       .error(Code::units_differ, score.out_of->span, say("满分是分数，不是百分比", "full marks are points, not a percent"))
       .help = parent == no_rule ? say("写 满分 {}", "write out of {}", meant)
                                 : say("写 满分 {}；各分项的满分加起来等于上级的满分",
                                       "write out of {}; those of the parts add up to those of the whole", meant);
   return true;
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
   if (!one_base(score)) return;
   const tree::ExprPtr where = declared_[id].where;
   const NodeId applies = where ? condition(where, scope) : no_node;
   const NodeId written = figure(score.out_of, scope);
   if (refused_weight(id, score, written)) return;
   const NodeId out_of = as_points(written, score.out_of->span);
   if (is_bad(out_of)) return;
   scope.full_marks = program_.rules[id].out_of = out_of;
   const NodeId raw = made_score(id, score, scope);
   if (is_bad(raw)) return;
   const NodeId capped = make(Op::lesser, points_type(), scope.frame, {raw, out_of}, score.span);
   NodeId made = make(Op::greater, points_type(), scope.frame,
                      {capped, constant(Rational(0), points_type(), scope.frame, score.span)}, score.span);
   const auto decimals = score.round_to ? score.round_to : modules_[scope.set]->round_scores_to;
   if (decimals) made = round_node(made, *decimals, Rounding::half_away, score.span, {});
   std::map<NodeId, NodeId> known;
   const NodeId basis = judged_.empty() ? no_node : basis_of(raw, scope.frame, known);
   {
      Rule& rule = program_.rules[id];
      rule.applies = applies;
      rule.raw = raw;
      rule.value = made;
      rule.type = points_type();
      const bool computed = basis == no_node || (nodes_[basis].op == Op::constant && nodes_[basis].value == Value(Rational(0)));
      if (!computed) rule.basis = basis;
   }
   if (declared_[id].stated) {
      scope.part = &score.name;
      stated(id, score, declared_[id].stated, scope);
   }
}

NodeId Checker::full_marks(const tree::ExprPtr& expr, const Scope& scope) {
   if (scope.full_marks != no_node) return into(scope.full_marks, expr->span, scope);
   complaints_
       .error(Code::score_without_marks, expr->span,
              say("“满分”只在评分里有意义", "full marks means something only inside a score"))
       .help = say("写出分数，如 10分；要按满分计算，写成 评分 名称 满分 10 : …",
                   "write the points, such as 10分; to work with full marks make it a score: score NAME out of 10 : …");
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
      error.help = did_you_mean(judged.tier.text, names);
      if (!error.help)
         error.help = say("先声明：档次 {} {{ 完成 : [60%, 100%]   未完成 : [0%, 60%) }}",
                          "declare it first: tier {} {{ done : [60%, 100%]   not_done : [0%, 60%) }}", judged.tier.text);
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

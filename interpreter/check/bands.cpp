// Bands and tiers: intervals that leave nothing out and hold nothing twice.
#include <algorithm>

#include "interpreter/check/advice.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"

namespace heng::checking {

using boost::variant2::get_if;

std::optional<Rational> Checker::bound(const tree::ExprPtr& expr, const Type& of, const Scope& scope) {
   const NodeId node = figure(expr, scope);
   if (is_bad(node)) return std::nullopt;
   const Value value = constant_value(program_.nodes, node);
   const auto* number = get_if<Rational>(&value);
   const Combined fit = comparable(of, nodes_.type(node), false, number && number->is_zero() && nodes_.type(node).bare);
   if (fit.type.kind == Kind::error) {
      if (!fit.zh.empty())
         complaints_.error(Code::units_differ, expr->span, {fit.zh, fit.en}).help =
             advice_for_pair({nullptr, of}, {expr, nodes_.type(node)});
      return std::nullopt;
   }
   if (number) return *number;
   complaints_.error(Code::not_a_value, expr->span, say("分档的界限要直接写出来", "the bounds of a band are written out")).help =
       say("写数，如 [80, 90)", "write figures, such as [80, 90)");
   return std::nullopt;
}

namespace {

bool is_percent(const tree::ExprPtr& bound) {
   const auto* number = bound ? get_if<tree::Number>(&inside(*bound).what) : nullptr;
   return number && number->unit == "%";
}

}  // namespace

std::optional<Bounds> Checker::bounds_of(const tree::Interval& interval, const std::string& name, const Type& of,
                                         const Scope& scope) {
   Bounds bounds;
   bounds.low_in = interval.low_in;
   bounds.high_in = interval.high_in;
   bounds.percents = is_percent(interval.low) || is_percent(interval.high);
   bounds.span = interval.span;
   bounds.name = name;
   if (interval.low && !(bounds.low = bound(interval.low, of, scope))) return std::nullopt;
   if (interval.high && !(bounds.high = bound(interval.high, of, scope))) return std::nullopt;
   if (!bounds.low || !bounds.high || *bounds.low < *bounds.high ||
       (*bounds.low == *bounds.high && bounds.low_in && bounds.high_in))
      return bounds;
   complaints_.error(Code::bad_interval, interval.span, say("这个区间里没有数", "there is nothing in this interval")).help =
       say("小的数写在前面", "the smaller number comes first");
   return std::nullopt;
}

namespace {

// 89.5 for scores, 85% for rates.
std::string shown_bound(const Rational& value, const Type& type, bool chinese) {
   return show(Value(value), same_meaning(type, points_type()) ? number_type() : plain(type), chinese);
}

}  // namespace

void Checker::refuse_gap(const Rational& witness, const Type& type, Span span, Span beside) {
   Diagnostic& error = complaints_.error(
       Code::band_gap, span,
       {shown_bound(witness, type, true) + " 不在任何一档", shown_bound(witness, type, false) + " is in no band"});
   if (!(beside == span)) error.notes.push_back({beside, say("上一档在这里", "the band next to it is here")});
   error.help = say("让相邻两档用同一个界限，一边含一边不含，如 [80, 90) 和 [90, 100]；两头要到头",
                    "let neighbours share a bound that one of them holds, such as [80, 90) and [90, 100], and reach both ends");
}

void Checker::refuse_overlap(const Rational& witness, const Type& type, Span span, Span beside) {
   complaints_
       .error(Code::band_overlap, span,
              {shown_bound(witness, type, true) + " 同时在两档", shown_bound(witness, type, false) + " is in two bands"})
       .notes.push_back({beside, say("另一档在这里", "the other one is here")});
   complaints_.last().help =
       say("界限只归一档，如 [80, 90) 和 [90, 100]", "give the bound to one of them, such as [80, 90) and [90, 100]");
}

// From low to high each band begins where the one before ends; from..to is held whole.
bool Checker::bands_fit(std::vector<Bounds> bounds, const std::optional<Rational>& from, const std::optional<Rational>& to,
                        const Type& type) {
   if (bounds.empty()) return true;
   std::stable_sort(bounds.begin(), bounds.end(), [](const Bounds& a, const Bounds& b) {
      if (!a.low || !b.low) return !a.low && b.low;
      return *a.low != *b.low ? *a.low < *b.low : a.low_in && !b.low_in;
   });
   bool good = true;
   const Bounds& first = bounds.front();
   if (from && first.low && (*first.low > *from || (*first.low == *from && !first.low_in)))
      refuse_gap(*from, type, first.span, first.span), good = false;
   for (std::size_t i = 1; i < bounds.size(); ++i) {
      const Bounds& below = bounds[i - 1];
      const Bounds& above = bounds[i];
      if (below.high && above.low && *below.high < *above.low)
         refuse_gap((*below.high + *above.low) / 2, type, above.span, below.span), good = false;
      else if (below.high && above.low && *below.high == *above.low) {
         if (!below.high_in && !above.low_in) refuse_gap(*above.low, type, above.span, below.span), good = false;
         if (below.high_in && above.low_in) refuse_overlap(*above.low, type, above.span, below.span), good = false;
      } else {
         Rational witness = above.low ? *above.low : above.high ? *above.high : Rational(0);
         if (above.low && !above.low_in)
            witness = below.high ? Rational((*above.low + (above.high ? std::min(*above.high, *below.high) : *below.high)) / 2)
                                 : Rational(*above.low + 1);
         refuse_overlap(witness, type, above.span, below.span);
         good = false;
      }
   }
   const Bounds& last = bounds.back();
   if (good && to && last.high && (*last.high < *to || (*last.high == *to && !last.high_in)))
      refuse_gap(*to, type, last.span, last.span), good = false;
   return good;
}

NodeId Checker::in_bounds(NodeId of, const Bounds& bounds, FrameId frame, Span span) {
   Type type = plain(nodes_.type(of));
   if (type.kind == Kind::measured) type = number_type();
   if (type.kind == Kind::number && bounds.percents) type = percent_type();
   NodeId inside = no_node;
   const auto limit = [&](const std::optional<Rational>& value, Op op) {
      if (!value) return;
      const NodeId one = make(op, yes_no_type(), frame, {of, constant(*value, type, frame, span)}, span);
      inside = inside == no_node ? one : make(Op::both, yes_no_type(), frame, {inside, one}, span);
   };
   limit(bounds.low, bounds.low_in ? Op::greater_equal : Op::greater_op);
   limit(bounds.high, bounds.high_in ? Op::less_equal : Op::less);
   return inside == no_node ? constant(true, yes_no_type(), frame, span) : inside;
}

// What a graded value may be: a score from 0 to its full marks, a rate from 0 to 100%.
std::pair<std::optional<Rational>, std::optional<Rational>> Checker::reach_of(NodeId of) const {
   const Node& node = nodes_[of];
   if (node.op == Op::rule && program_.rules[node.rule].kind == RuleKind::score) {
      const Value full = constant_value(program_.nodes, program_.rules[node.rule].out_of);
      if (const auto* number = get_if<Rational>(&full)) return {Rational(0), *number};
      return {Rational(0), std::nullopt};
   }
   const bool rate = node.op == Op::divide && nodes_[node.in[0]].op == Op::rule &&
                     program_.rules[nodes_[node.in[0]].rule].kind == RuleKind::score;
   if (rate || node.type.kind == Kind::percent) return {Rational(0), Rational(1)};
   return {std::nullopt, std::nullopt};
}

void Checker::finish(RuleId id, const tree::Bands& bands) {
   Scope scope;
   scope.frame = scope.names = program_.rules[id].frame;
   scope.set = program_.rules[id].set;
   const NodeId of = figure(bands.of, scope);
   if (is_bad(of)) return;
   const Type of_type = nodes_.type(of).kind == Kind::number && nodes_[of].op == Op::divide ? percent_type() : nodes_.type(of);
   auto words = std::make_shared<std::vector<std::string>>();
   std::vector<Bounds> bounds;
   std::vector<Side> grades;
   bool good = true;
   Type type;
   type.kind = Kind::choice;
   for (const tree::Band& band : bands.bands) {
      const auto interval = bounds_of(band.interval, band.name.text, of_type, scope);
      if (!interval) return;
      bounds.push_back(*interval);
      if (!band.value && std::find(words->begin(), words->end(), band.name.text) == words->end())
         words->push_back(band.name.text);
   }
   const bool with_values =
       std::any_of(bands.bands.begin(), bands.bands.end(), [](const tree::Band& band) { return band.value != nullptr; });
   type.choices = words;
   for (const tree::Band& band : bands.bands) {
      if (band.value)
         grades.push_back({band.value, figure(band.value, scope)});
      else if (!with_values)
         grades.push_back({nullptr, constant(band.name.text, type, scope.frame, band.name.span)});
      else {
         const auto name = std::make_shared<tree::Expr>(tree::Expr{band.name.span, tree::NameRef{band.name}});
         grades.push_back({name, figure(name, scope)});
      }
      good = good && !is_bad(grades.back().node);
   }
   if (!good || bounds.empty()) return;
   const auto [from, to] = reach_of(of);
   if (!bands_fit(bounds, from, to, of_type)) return;
   for (std::size_t i = 1; i < grades.size(); ++i)
      if (with_values && !unify(grades[0], grades[i], bands.bands[i].span)) return;
   if (with_values) type = plain(nodes_.type(grades[0].node));
   NodeId rest = constant(Missing::in_no_band, type, scope.frame, bands.span);
   for (std::size_t i = bounds.size(); i-- > 0;)
      rest = make(Op::select, type, scope.frame,
                  {in_bounds(of, bounds[i], scope.frame, bands.bands[i].span), grades[i].node, rest}, bands.bands[i].span);
   Rule& rule = program_.rules[id];
   rule.of = of;
   rule.value = rest;
   rule.type = type;
}

// Tiers are parts of full marks; they leave nothing out between 0 and 100%.
void Checker::finish_tier(TierHere& tier) {
   Scope scope;
   for (const auto& [key, one] : tiers_)
      if (&one == &tier) scope.set = key.first;
   std::vector<Bounds> bounds;
   for (const tree::Band& band : tier.written->bands) {
      const auto interval = bounds_of(band.interval, band.name.text, percent_type(), scope);
      if (!interval) return;
      const bool above = interval->low && (*interval->low > 1 || (*interval->low == 1 && !interval->low_in));
      const bool below = interval->high && (*interval->high < 0 || (*interval->high == 0 && !interval->high_in));
      if (above || below)
         complaints_
             .warning(Code::never_reached, interval->span,
                      say("这一档永远取不到：档次是满分的 0% 到 100%",
                          "this tier is never reached: tiers are parts of full marks, from 0% to 100%"))
             .help = say("改区间，或者去掉这一档", "change the interval, or take the tier out");
      bounds.push_back(*interval);
   }
   tier.good = !bounds.empty() && bands_fit(std::move(bounds), Rational(0), Rational(1), percent_type());
}

}  // namespace heng::checking

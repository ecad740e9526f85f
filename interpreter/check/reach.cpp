// Arms, bands and losses that are never taken; rules that can never fail or never hold; arms that are true together.
#include <algorithm>

#include "interpreter/check/findings.hpp"
#include "interpreter/check/kinds.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

constexpr std::size_t most_visits = 200'000;

Diagnostic made(Code code, Span span, Said message, Gravity gravity, std::optional<Said> help = std::nullopt) {
   return {code, span, std::move(message), {}, std::move(help), gravity};
}

class Reach {
 public:
   explicit Reach(const Analysed& analysed) : all_(analysed), possible_(analysed.possible) {}

   void look_at(const Rule& rule);
   void finish() {
      if (visits_ < most_visits) findings_.say_to(all_.complaints);
   }

 private:
   const Node& node(NodeId id) const { return all_.program.nodes[id]; }
   bool is_here(Span span) const { return lies_in(span, rule_->span); }
   bool is_band(const Node& choice) const {
      const tree::Bands* bands = rule_->kind == RuleKind::bands ? all_.written.bands(rule_->span) : nullptr;
      return bands && std::any_of(bands->bands.begin(), bands->bands.end(),
                                  [&](const tree::Band& band) { return band.span == choice.span; });
   }
   void look_at_case(const Case& one, const FactList& rule_facts);
   void walk(NodeId id, const FactList& facts, std::size_t context);
   void choice(NodeId id, const FactList& facts, std::size_t context);
   bool said_elsewhere(NodeId condition);
   void parts(NodeId condition, bool said = false);
   void part(NodeId condition, bool said = false);
   Diagnostic never_taken(const Node& choice, const FactList& facts, Span place, bool band);
   Diagnostic arm_not_taken(Span arm, Span condition) const;
   Diagnostic rest_not_needed(Span rest, Span condition) const;
   void rest_not_taken(const Node& choice, Span condition, bool may_fail);
   void take_apart(const Wish& wish, Span span, FactList& into, int depth = 0) const;
   std::vector<Note> why_not(NodeId condition, const FactList& facts);
   Span place_of(NodeId condition, Span otherwise) const;
   bool may_be(const FactList& facts, std::initializer_list<Wish> more) { return possible_.may_be(wishes(facts, more)); }

   const Analysed& all_;
   Possible& possible_;
   Findings findings_;
   const Rule* rule_ = nullptr;
   std::set<std::pair<NodeId, std::size_t>> seen_;  // in one context
   std::size_t contexts_ = 0, visits_ = 0;
   int depth_ = 0;
};

// Conditions are shared: one that was written elsewhere first is shown where it is used.
Span Reach::place_of(NodeId condition, Span otherwise) const {
   const Node& here = node(condition);
   return here.expr && lies_in(here.span, otherwise) ? here.span : otherwise;
}

void Reach::look_at(const Rule& rule) {
   rule_ = &rule;
   FactList facts;
   if (rule.applies != no_node) {
      walk(rule.applies, {}, 0);
      parts(rule.applies);
      facts.push_back({true_is(rule.applies), place_of(rule.applies, rule.span)});
   }
   const std::size_t context = facts.empty() ? 0 : ++contexts_;
   for (const Case& one : rule.cases) look_at_case(one, facts);
   for (const NodeId root : {rule.of, rule.out_of, rule.kind == RuleKind::score ? rule.raw : rule.value}) {
      if (root == no_node) continue;
      walk(root, facts, context);
      if (node(root).type.kind == Kind::yes_no && rule.kind == RuleKind::let) part(root);
   }
}

void Reach::look_at_case(const Case& one, const FactList& rule_facts) {
   FactList facts = rule_facts;
   if (one.applies != no_node) {
      walk(one.applies, {}, 0);
      facts.push_back({true_is(one.applies), place_of(one.applies, one.span)});
   }
   const bool applies = may_be(facts, {});
   const bool may_hold = !applies || may_be(facts, {true_is(one.condition)});
   const bool may_fail = !applies || may_be(facts, {false_is(one.condition)});
   if (one.applies != no_node) {
      findings_.see(Code::never_reached, one.span, !applies, [&] {
         Diagnostic said = made(Code::never_reached, facts.back().span,
                                say("没有一行适用：这个条件不可能成立", "this applies to nothing: the condition can never hold"),
                                Gravity::warning, say("改条件，或者去掉这一条", "change the condition, or take the rule out"));
         said.notes = why_not(one.applies, {});
         return said;
      });
      parts(one.applies, !applies);
   }
   const Span place = place_of(one.condition, one.span);
   const bool new_here = may_hold != may_fail && !said_elsewhere(one.condition);
   findings_.see(
       Code::settled, one.span, new_here && may_hold,
       [&] {
          return made(Code::settled, place,
                      say("这里查不出问题：条件总是成立", "this can never fail: the condition always holds"), Gravity::warning,
                      say("看看是不是比较写反了、“或者”应为“并且”，或者写错了名称",
                          "see whether the comparison is the wrong way round, or should be and, or a name is the wrong one"));
       },
       true);
   findings_.see(Code::settled, one.span, new_here && may_fail, [&] {
      Diagnostic said =
          made(Code::settled, place, say("这里总是不通过：条件不可能成立", "this can never hold: the condition is never true"),
               Gravity::warning,
               say("看看是不是界限写反了，或者“并且”应为“或者”",
                   "see whether the limits are the wrong way round, or and should be or"));
      said.notes = why_not(one.condition, facts);
      return said;
   });
   if (!applies) return parts(one.condition, true);
   walk(one.condition, facts, facts.empty() ? 0 : ++contexts_);
   parts(one.condition, !(may_hold && may_fail));
}

// Another rule that is a part of it is settled, and that is said there.
bool Reach::said_elsewhere(NodeId condition) {
   const Deeper deeper(depth_);
   if (depth_ > deepest_walk) return true;
   const Node& here = node(condition);
   if (here.op == Op::rule) return !possible_.may_be({true_is(condition)}) || !possible_.may_be({false_is(condition)});
   const bool passes = here.op == Op::both || here.op == Op::either || here.op == Op::no || here.op == Op::exactly_when ||
                       here.op == Op::broadcast;
   return passes && std::any_of(here.in.begin(), here.in.end(), [&](NodeId input) { return said_elsewhere(input); });
}

// Parts of a condition that say nothing: never true, or always. `said`: that of the whole, which has been said; the parts only
// count where the same text stands for other lines, too.
void Reach::parts(NodeId condition, bool said) {
   const Deeper deeper(depth_);
   if (depth_ > deepest_walk) return;
   const Node& here = node(condition);
   if (here.op != Op::both && here.op != Op::either && here.op != Op::no && here.op != Op::exactly_when) return;
   for (const NodeId input : here.in) part(input, said);
}

void Reach::part(NodeId condition, bool said) {
   const Node& here = node(condition);
   if (!here.expr || !is_here(here.span) || here.op == Op::constant) return parts(condition, said);
   const bool may_hold = possible_.may_be({true_is(condition)}), may_fail = possible_.may_be({false_is(condition)});
   const auto settled = [&](Said message) {
      return made(Code::settled, here.span, std::move(message), Gravity::warning,
                  say("改条件，或者去掉它", "change the condition, or take it out"));
   };
   findings_.see(
       Code::settled, here.span, !said && may_hold && !may_fail,
       [&] { return settled(say("这个条件总是成立", "this condition always holds")); }, true);
   findings_.see(Code::settled, here.span, !said && may_fail && !may_hold, [&] {
      Diagnostic never = settled(say("这个条件不可能成立", "this condition can never hold"));
      never.notes = why_not(condition, {});
      return never;
   });
   parts(condition, said || !(may_hold && may_fail));
}

void Reach::walk(NodeId id, const FactList& facts, std::size_t context) {
   if (!seen_.insert({id, context}).second || ++visits_ >= most_visits) return;
   const Deeper deeper(depth_);
   if (depth_ > deepest_walk) return;
   const Node& here = node(id);
   if (here.op == Op::rule) return;  // looked at on its own
   if (here.op == Op::select) return choice(id, facts, context);
   const bool other_rows = is_aggregate(here.op) || here.op == Op::at_row;
   for (std::size_t at = 0; at < inputs_of(here); ++at) {
      if (!other_rows || (here.op == Op::at_row && at == 1))
         walk(here.in[at], facts, context);
      else
         walk(here.in[at], {}, 0);
   }
}

void Reach::choice(NodeId id, const FactList& facts, std::size_t context) {
   const Node& here = node(id);
   walk(here.in[0], facts, context);
   const auto* written = here.expr ? get_if<tree::If>(&inside(*here.expr).what) : nullptr;
   const Span* condition = here.type.kind == Kind::yes_no ? nullptr : all_.written.condition(here.span);
   const bool band = is_band(here);
   const Span place = written ? written->condition->span : condition ? *condition : here.span;
   FactList then = facts, otherwise = facts;
   then.push_back({true_is(here.in[0]), place});
   if (!band) otherwise.push_back({false_is(here.in[0]), place});  // bands lie apart: each is looked at for itself
   const bool may_hold = may_be(then, {}), may_fail = may_be(otherwise, {});
   if ((written || condition || band) && is_here(here.span) && (may_hold || may_fail)) {
      findings_.see(Code::never_reached, place, !may_hold, [&] { return never_taken(here, facts, place, band); });
      if (written)
         findings_.see(Code::never_reached, written->otherwise->span, !may_fail,
                       [&] { return rest_not_needed(written->otherwise->span, place); });
      else if (condition)
         rest_not_taken(here, place, may_fail);
      if (!band) parts(here.in[0], !(may_hold && may_fail));
   } else if (here.span == rule_->span)
      part(here.in[0]);  // 不得分
   if (may_hold) walk(here.in[1], then, ++contexts_);
   if (may_fail) walk(here.in[2], otherwise, ++contexts_);
}

Diagnostic Reach::never_taken(const Node& choice, const FactList& facts, Span place, bool band) {
   Diagnostic said = made(
       Code::never_reached, place,
       band ? say("这一档永远取不到", "this band is never reached")
            : say("这个条件在这里不会成立，后面写的永远用不到",
                  "this condition never holds here: what stands behind it is never used"),
       Gravity::warning,
       say("范围小的写在前面；或者改条件，或者去掉这一条", "put the narrower condition first, or change it, or take it out"));
   if (band) said.help = say("改区间，或者去掉这一档", "change the interval, or take the band out");
   if (!band) said.notes = why_not(choice.in[0], facts);
   return said;
}

Diagnostic Reach::rest_not_needed(Span rest, Span condition) const {
   Diagnostic said = made(Code::never_reached, rest,
                          say("“否则”用不到：前面已经包括所有情形", "this is never used: what stands before it is all there is"),
                          Gravity::notice);
   said.notes.push_back({condition, say("到这里总是成立", "this always holds here")});
   return said;
}

Diagnostic Reach::arm_not_taken(Span arm, Span condition) const {
   Diagnostic said =
       made(Code::never_reached, arm, say("轮不到这一条：前面的总是成立", "this arm is never tried: one before it always holds"),
            Gravity::warning, say("改前面的条件，或者去掉这一条", "change the condition before it, or take this one out"));
   said.notes.push_back({condition, say("到这里总是成立", "this always holds here")});
   return said;
}

// An arm that always holds takes what comes after it; a loss that is always taken needs no condition.
void Reach::rest_not_taken(const Node& choice, Span condition, bool may_fail) {
   if (const Span* next = all_.written.arm_after(choice.span)) {
      if (may_fail) return;
      const bool is_arm = all_.written.condition(node(choice.in[2]).span) != nullptr;
      findings_.see(Code::never_reached, *next, true,
                    [&] { return is_arm ? arm_not_taken(*next, condition) : rest_not_needed(*next, condition); });
   } else if (node(choice.in[2]).op != Op::constant || node(choice.in[2]).value != Value(Missing::no_arm))
      findings_.see(
          Code::settled, condition, !may_fail,
          [&] {
             return made(Code::settled, condition, say("这个条件总是成立", "this condition always holds"), Gravity::warning,
                         say("改条件，或者不写条件", "change the condition, or leave it out"));
          },
          true);
}

// ---- why ----------------------------------------------------------------------------------------------------------------

// What a wish asks for all at once.
void Reach::take_apart(const Wish& wish, Span span, FactList& into, int depth) const {
   constexpr int enough = 200;
   if (depth > enough) return;
   const NodeId id = possible_.plain(wish.left);
   const Node& here = node(id);
   const Span own = here.expr && lies_in(here.span, span) ? here.span : span;
   if (here.op == Op::no) return take_apart({Wish::What::condition, here.in[0], no_node, !wish.yes}, own, into, depth + 1);
   if (here.op == (wish.yes ? Op::both : Op::either)) {
      for (const NodeId input : here.in) take_apart({Wish::What::condition, input, no_node, wish.yes}, own, into, depth + 1);
      return;
   }
   into.push_back({wish, own});
}

// The smallest part that cannot be, or two places that contradict each other.
std::vector<Note> Reach::why_not(NodeId condition, const FactList& facts) {
   constexpr std::size_t most = 16;
   FactList own;
   take_apart(true_is(condition), place_of(condition, rule_->span), own);
   if (own.size() > most) return {};
   for (const Fact& one : own)
      if (!possible_.may_be({one.wish}))
         return own.size() == 1 ? std::vector<Note>{}
                                : std::vector<Note>{{one.span, say("这里不可能成立", "this can never hold")}};
   for (std::size_t i = 0; i < own.size(); ++i)
      for (std::size_t j = i + 1; j < own.size(); ++j)
         if (!possible_.may_be({own[i].wish, own[j].wish}))
            return {{own[i].span, say("这里", "this")}, {own[j].span, say("和这里不会同时成立", "and this never hold together")}};
   for (const Fact& fact : facts)
      if (!possible_.may_be({fact.wish, true_is(condition)}))
         return {{fact.span, fact.wish.yes ? say("只有这里成立才到得了", "it comes to this only where this holds")
                                           : say("已经包括在这里", "it is part of this one")}};
   return {};
}

}  // namespace

void find_unreachable(const Analysed& analysed) {
   Reach reach(analysed);
   for (const Rule& rule : analysed.program.rules) reach.look_at(rule);
   reach.finish();
}

}  // namespace heng::checking

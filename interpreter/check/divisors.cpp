// Divisors in scores that may be 0 with nothing said about it, and sums over a list of quotients that nobody rounds.
#include <algorithm>

#include "interpreter/check/findings.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

constexpr std::size_t most_visits = 200'000;

// The text as written, on one line; of a long one nothing.
std::string text_of(const Sources& sources, Span span) {
   constexpr std::size_t widest = 60;
   const std::string text(sources.text_of(span));
   return text.find('\n') == std::string::npos && display_width(text) <= widest ? text : std::string();
}

class Divisors {
 public:
   explicit Divisors(const Analysed& analysed) : all_(analysed) {}

   void look_at(const Rule& score) {
      score_ = &score;
      FactList facts;
      if (score.applies != no_node) facts.push_back({true_is(score.applies), score.span});
      walk(score.value, facts, ++contexts_);
   }

 private:
   const Node& node(NodeId id) const { return all_.program.nodes[id]; }

   void walk(NodeId id, const FactList& facts, std::size_t context) {
      if (!seen_.insert({id, context}).second || ++visits_ >= most_visits) return;
      const Deeper deeper(depth_);
      if (depth_ > deepest_walk) return;
      const Node& here = node(id);
      const auto under = [&](NodeId input, const Wish& wish) {
         FactList more = facts;
         more.push_back({wish, here.span});
         walk(input, more, ++contexts_);
      };
      switch (here.op) {
         case Op::rule:  // another score is looked at on its own
            if (all_.program.rules[here.rule].kind != RuleKind::score) walk(here.in[0], facts, context);
            return;
         case Op::select:
            walk(here.in[0], facts, context);
            under(here.in[1], true_is(here.in[0]));
            return under(here.in[2], false_is(here.in[0]));
         case Op::both:  // where one side is false the other does not count
         case Op::either:
            for (const auto& [one, other] : {std::pair(0, 1), std::pair(1, 0)})
               under(here.in[one], {Wish::What::condition, here.in[other], no_node, here.op == Op::both});
            return;
         case Op::at_row:
            walk(here.in[1], facts, context);
            return walk(here.in[0], facts_of_frame(all_.program, all_.possible, facts, report_frame), ++contexts_);
         case Op::divide: look_at_quotient(here, facts); break;
         default: break;
      }
      if (!is_aggregate(here.op)) {
         for (std::size_t at = 0; at < inputs_of(here); ++at) walk(here.in[at], facts, context);
         return;
      }
      FactList inside = facts_of_frame(all_.program, all_.possible, facts, here.frame);
      if (here.in.size() > 1) {
         walk(here.in[1], inside, ++contexts_);
         inside.push_back({true_is(here.in[1]), here.span});
      }
      walk(here.in[0], inside, ++contexts_);
   }

   // Marks over full marks: nobody wrote that division.
   bool is_rate(const Node& quotient) const {
      const Node& figure = node(quotient.in[0]);
      return figure.op == Op::rule && all_.program.rules[figure.rule].out_of == quotient.in[1];
   }

   void look_at_quotient(const Node& quotient, const FactList& facts) {
      const NodeId divisor = all_.possible.plain(quotient.in[1]);
      if (quotient.in.size() > 2 || !quotient.expr || node(divisor).op == Op::constant || is_rate(quotient)) return;
      if (!all_.possible.may_be(wishes(facts, {zero_is(divisor)}))) return;
      const auto* written = get_if<tree::Binary>(&inside(*quotient.expr).what);
      if (!written) return;
      std::string name = text_of(all_.sources, written->right->span);
      const std::string whole = text_of(all_.sources, quotient.span);
      Diagnostic& notice = all_.complaints.notice(
          Code::zero_divisor, written->right->span,
          name.empty() ? say("除数可能为 0，那时得分无法判断", "this divisor may be 0; the score cannot tell then")
                       : say("{} 可能为 0，那时得分无法判断", "{} may be 0; the score cannot tell then", name));
      if (!lies_in(quotient.span, score_->span))
         notice.notes.push_back({score_->name_span, say("用在这个评分里", "it is used in this score")});
      if (name.empty()) name = "…";
      notice.help = say("写明那时怎么算：{0} 除数为0按 …，或者先写一条 {1} = 0 时怎么算；不该计分的写 仅限 {1} ≠ 0",
                        "say what counts then: {0} zero divisor as …, or an arm before it for {1} = 0; where nothing is to be "
                        "scored, where {1} ≠ 0",
                        whole.empty() ? "…" : whole, name);
   }

   const Analysed& all_;
   const Rule* score_ = nullptr;
   std::set<std::pair<NodeId, std::size_t>> seen_;
   std::size_t contexts_ = 0, visits_ = 0;
   int depth_ = 0;
};

// Fractions whose divisors differ from row to row: each row makes the divisor of their sum longer.
class Quotients {
 public:
   explicit Quotients(const Program& program) : program_(program) {}

   // Does the node, in rows that are brought together in a row of `outer`, hold a quotient that nobody rounds?
   NodeId unrounded(NodeId id, FrameId outer) {
      if (const auto found = known_.find({id, outer}); found != known_.end()) return found->second;
      const Deeper deeper(depth_);
      if (depth_ > deepest_walk) return no_node;
      return known_[{id, outer}] = look(program_.nodes[id], id, outer);
   }

 private:
   NodeId look(const Node& here, NodeId id, FrameId outer) {
      std::size_t first = 0, last = here.in.size();
      switch (here.op) {
         case Op::divide:
            if (!is_the_same_for_all(here.in[1], outer)) return id;
            break;
         case Op::select: first = 1; break;
         case Op::broadcast:
         case Op::rule:
         case Op::as_unit:
         case Op::add:
         case Op::subtract:
         case Op::multiply:
         case Op::negate:
         case Op::absolute:
         case Op::lesser:
         case Op::greater:
         case Op::otherwise: break;
         case Op::sum:
         case Op::average:
         case Op::minimum:
         case Op::maximum:
         case Op::at_row: last = 1; break;
         default: return no_node;
      }
      for (std::size_t at = first; at < last; ++at)
         if (const NodeId found = unrounded(here.in[at], outer); found != no_node) return found;
      return no_node;
   }

   bool is_the_same_for_all(NodeId divisor, FrameId outer) const {
      while (program_.nodes[divisor].op == Op::broadcast || program_.nodes[divisor].op == Op::rule)
         divisor = program_.nodes[divisor].in[0];
      return program_.nodes[divisor].op == Op::constant || encloses(program_.schema, program_.nodes[divisor].frame, outer);
   }

   const Program& program_;
   std::map<std::pair<NodeId, FrameId>, NodeId> known_;
   int depth_ = 0;
};

bool of_score(const Program& program, NodeId id) {
   while (program.nodes[id].op == Op::select) id = program.nodes[id].in[1];
   const Node& node = program.nodes[id];
   return node.op == Op::rule && program.rules[node.rule].kind == RuleKind::score;
}

}  // namespace

void find_zero_divisors(const Analysed& analysed) {
   Divisors divisors(analysed);
   for (const Rule& rule : analysed.program.rules)
      if (rule.kind == RuleKind::score && rule.value != no_node) divisors.look_at(rule);
}

void find_growing_sums(const Analysed& analysed) {
   Quotients quotients(analysed.program);
   for (const Node& node : analysed.program.nodes) {
      if ((node.op != Op::sum && node.op != Op::average) || !node.expr) continue;
      const NodeId quotient = quotients.unrounded(node.in[0], node.frame);
      if (quotient == no_node) continue;
      const bool sum = node.op == Op::sum;
      Diagnostic& notice = analysed.complaints.notice(
          Code::growing_sum, node.span,
          sum ? say("相加的商没有舍入，行数很多时会大得算不下去",
                    "quotients are added without rounding: with very many rows the sum grows too large")
              : say("平均的商没有舍入，行数很多时会大得算不下去",
                    "quotients are averaged without rounding: with very many rows they grow too large"));
      notice.notes.push_back({analysed.program.nodes[quotient].span, say("商在这里", "the quotient is here")});
      notice.help = of_score(analysed.program, node.in[0])
                        ? say("给评分写 保留 2，或者规则集写 得分保留 2",
                              "write round 2 with the score, or round scores to 2 with the rule set")
                        : say("先把每一行舍入，如 四舍五入(…, 6)", "round the parts first, such as round(…, 6)");
   }
}

}  // namespace heng::checking

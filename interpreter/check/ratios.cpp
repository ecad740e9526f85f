// Quotients of like units beside figures that were meant as percents: 执行数 / 预算数 <= 100 lets 9999% pass, and what was
// multiplied by 100 is held against 100%, which is 1.
#include <algorithm>

#include "interpreter/check/findings.hpp"
#include "interpreter/check/kinds.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

// What a figure is that began as a quotient of like units: a share, where 1 is all of it, or a share that counts in hundreds.
struct Share {
   enum class What { none, share, hundredfold } what = What::none;
   NodeId made = no_node;  // the quotient, or the product with 100
   Rational suspicious;    // so many times nobody means
};

class Shares {
 public:
   explicit Shares(const Program& program) : program_(program) {}

   Share of(NodeId id) {
      if (const auto found = known_.find(id); found != known_.end()) return found->second;
      const Deeper deeper(depth_);
      if (depth_ > deepest_walk) return {};
      return known_[id] = look(program_.nodes[id], id);
   }

   std::optional<Rational> number(NodeId id, Kind kind) const {
      const Node& node = program_.nodes[id];
      const auto* value = get_if<Rational>(&node.value);
      return node.op == Op::constant && node.type.kind == kind && value ? std::optional(*value) : std::nullopt;
   }

 private:
   Share look(const Node& here, NodeId id) {
      switch (here.op) {
         case Op::divide: return quotient(here, id);
         case Op::multiply: return product(here, id);
         case Op::add:
         case Op::subtract:
         case Op::lesser:
         case Op::greater:
         case Op::otherwise: return alike({here.in[0], here.in[1]});
         case Op::select: return alike({here.in[1], here.in[2]});
         case Op::broadcast:
         case Op::rule:
         case Op::negate:
         case Op::absolute:
         case Op::round:
         case Op::average:
         case Op::minimum:
         case Op::maximum:
         case Op::at_row: return of(here.in[0]);
         default: return {};
      }
   }

   // 18 pupils for a teacher are no slip; 18 times the money are.
   Share quotient(const Node& here, NodeId id) {
      const Type &over = type(here.in[0]), &under = type(here.in[1]);
      const bool measured = over.kind == Kind::measured && is_figure(under);
      if (!measured && (here.type.kind != Kind::number || over.kind != Kind::quantity || under.kind != Kind::quantity)) return {};
      const bool counts = !measured && !is_points(over) && !same_meaning(over, money_type());
      const bool hundredfold = is_hundredfold(program_.nodes[here.in[0]]);
      return {hundredfold ? Share::What::hundredfold : Share::What::share, id, counts ? 50 : 10};
   }

   Share product(const Node& here, NodeId id) {
      for (const NodeId factor : here.in)
         if (Share share = of(factor); share.what == Share::What::share && is_hundredfold(here)) {
            share.what = Share::What::hundredfold;
            share.made = id;
            return share;
         }
      return {};
   }
   bool is_hundredfold(const Node& node) const {
      return node.op == Op::multiply && std::any_of(node.in.begin(), node.in.end(), [&](NodeId factor) {
                return number(factor, Kind::number) == std::optional<Rational>(100);
             });
   }

   // Of two that are chosen from or added: what both are; a figure that is written out may be anything.
   Share alike(std::initializer_list<NodeId> parts) {
      Share result;
      for (const NodeId part : parts) {
         if (program_.nodes[part].op == Op::constant) continue;
         const Share one = of(part);
         if (one.what == Share::What::none || (result.what != Share::What::none && result.what != one.what)) return {};
         if (result.what == Share::What::none) result = one;
      }
      return result;
   }

   const Type& type(NodeId id) const { return program_.nodes[id].type; }

   const Program& program_;
   std::map<NodeId, Share> known_;
   int depth_ = 0;
};

class Ratios {
 public:
   explicit Ratios(const Analysed& analysed) : all_(analysed), shares_(analysed.program) {}

   void comparison(const Node& node) {
      const auto* written = node.expr ? get_if<tree::Comparison>(&inside(*node.expr).what) : nullptr;
      if (!written || written->operands.size() != 2 || node.in.size() < 2) return;
      for (const std::size_t side : {0u, 1u}) beside(shares_.of(node.in[1 - side]), node.in[side], written->operands[side]->span);
   }

   void steps(NodeId counted, const tree::Step& step) {
      const Node* node = &all_.program.nodes[counted];
      while (node->op == Op::round || node->op == Op::greater) node = &all_.program.nodes[node->in[0]];
      if (node->op != Op::divide || all_.program.nodes[node->in[0]].op != Op::subtract) return;
      const std::vector<NodeId>& gap = all_.program.nodes[node->in[0]].in;
      const NodeId limit = gap[step.below ? 0 : 1];
      const auto line = shares_.number(limit, Kind::number), size = shares_.number(node->in[1], Kind::number);
      if (beside(shares_.of(gap[step.below ? 1 : 0]), limit, step.limit->span) && line && size)
         all_.complaints.last().help = say("指百分比就写 {}%，每一步写 {}个百分点",
                                           "for percents write {}%, and a step of {}个百分点", to_text(*line), to_text(*size));
   }

   // The first bound that is one is enough: the others are of its kind.
   void bands(const Rule& rule) {
      const tree::Bands* written = all_.written.bands(rule.span);
      if (!written || rule.of == no_node) return;
      const Share of = shares_.of(rule.of);
      for (const tree::Band& band : written->bands)
         for (const tree::ExprPtr& bound : {band.interval.low, band.interval.high})
            if (bound && bound_beside(of, *bound)) return;
   }

 private:
   bool beside(const Share& share, NodeId limit, Span place) {
      if (const auto number = shares_.number(limit, Kind::number)) {
         if (!bare(share, *number, place)) return false;
         const std::vector<std::string>& parameter = all_.program.nodes[limit].words;
         if (!parameter.empty())
            all_.complaints.last().help = say("参数 {0} 的类型写 百分比，值写 {1}%", "make parameter {0} a percent of {1}%",
                                              parameter.front(), to_text(*number));
         return true;
      }
      if (const auto percent = shares_.number(limit, Kind::percent)) return hundredfold(share, *percent, place);
      return false;
   }
   bool bound_beside(const Share& of, const tree::Expr& bound) {
      const auto* number = get_if<tree::Number>(&inside(bound).what);
      const auto decimal = number ? read_decimal(number->digits) : std::nullopt;
      if (!decimal) return false;
      const Rational value = decimal->value();
      if (number->unit.empty()) return bare(of, value, bound.span);
      return number->unit == "%" && hundredfold(of, value / 100, bound.span);
   }

   bool bare(const Share& share, const Rational& number, Span place) {
      if (share.what != Share::What::share || abs(number) < share.suspicious) return false;
      const std::string times = to_text(number), percents = to_text(Rational(number * 100));
      Diagnostic& notice = all_.complaints.notice(Code::ratio_beside_number, place,
                                                  say("{} 是 {}%：两个同类的量相除，1 就是 100%",
                                                      "{} is {}%: of two like quantities divided, 1 is 100%", times, percents));
      notice.notes.push_back({all_.program.nodes[share.made].span, say("在这里相除", "divided here")});
      notice.help = say("指 {0}% 就写 {0}%；真的是 {0} 倍才写 {1}%", "for {0} percent write {0}%; only for {0} times write {1}%",
                        times, percents);
      return true;
   }
   bool hundredfold(const Share& share, const Rational& percent, Span place) {
      if (share.what != Share::What::hundredfold || percent.is_zero()) return false;
      const std::string times = to_text(percent), percents = to_text(Rational(percent * 100));
      Diagnostic& notice =
          all_.complaints.notice(Code::ratio_beside_number, place,
                                 say("{}% 就是 {}，比的却是乘过 100 的数",
                                     "{}% is {}, and what it is compared with was multiplied by 100", percents, times));
      notice.notes.push_back({all_.program.nodes[share.made].span, say("在这里乘了 100", "multiplied by 100 here")});
      notice.help = say("去掉那里的 * 100，或者写成 * 100%；百分比不用乘 100",
                        "take * 100 out there, or write * 100%: a percent needs no factor of 100");
      return true;
   }

   const Analysed& all_;
   Shares shares_;
};

}  // namespace

void find_ratios_beside_numbers(const Analysed& analysed) {
   Ratios ratios(analysed);
   for (const Node& node : analysed.program.nodes) ratios.comparison(node);
   for (const auto& [node, written] : analysed.program.written)
      if (const auto* step = get_if<tree::Step>(written.get())) ratios.steps(node, *step);
   for (const Rule& rule : analysed.program.rules)
      if (rule.kind == RuleKind::bands) ratios.bands(rule);
}

}  // namespace heng::checking

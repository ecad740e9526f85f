// Derivatives by walking down from one lane: which published figures it rests on, cell by cell. Explanations show what each
// brings; the plan falls back to it where it cannot tell paths apart. The same rules as in plan/allowance.cpp, which a test holds
// equal.
#include <algorithm>

#include "interpreter/run/state.hpp"

namespace heng {

namespace {

// Adjoints still to be handed down. Inputs come before their uses in `position`, so the last node goes first.
class Walk {
 public:
   Walk(Run& run, const std::vector<std::uint32_t>& position) : run_(run), position_(position) {}

   Gradient down(NodeId root, std::uint32_t row) {
      push(root, row, 1);
      while (!work_.empty()) {
         const auto [key, slope] = *work_.begin();
         work_.erase(work_.begin());
         if (!slope.is_zero()) visit(run_.plan.order[key.position], key.row, slope);
      }
      return std::move(gradient_);
   }

 private:
   struct Key {
      std::uint32_t position, row;
      bool operator<(const Key& other) const { return position != other.position ? position > other.position : row < other.row; }
   };

   void push(NodeId id, std::uint32_t row, const Rational& slope) {
      if (run_.lanes[id].has(row)) work_[{position_[id], row}] += slope;
   }

   const Rational at(NodeId id, std::uint32_t row) const { return run_.lanes[id].at(row); }

   void visit(NodeId id, std::uint32_t row, const Rational& slope) {
      const Node& node = run_.node(id);
      const auto& in = node.in;
      if (settled_by_bound(node, row)) return;
      switch (node.op) {
         case Op::field:
            if (node.type.published && node.type.is_numeric()) gradient_.slopes[{node.field, row}] += slope;
            return;
         case Op::add: return push(in[0], row, slope), push(in[1], row, slope);
         case Op::subtract: return push(in[0], row, slope), push(in[1], row, -slope);
         case Op::negate: return push(in[0], row, -slope);
         case Op::multiply: return push(in[0], row, slope * at(in[1], row)), push(in[1], row, slope * at(in[0], row));
         case Op::divide: return divided(node, row, slope);
         case Op::absolute: return push(in[0], row, at(in[0], row) < 0 ? Rational(-slope) : slope);
         case Op::lesser: return push(in[at(in[0], row) <= at(in[1], row) ? 0 : 1], row, slope);
         case Op::greater: return push(in[at(in[0], row) >= at(in[1], row) ? 0 : 1], row, slope);
         case Op::select: return push(in[run_.lanes[in[0]].yes[row] ? 1 : 2], row, slope);
         case Op::otherwise: return push(in[run_.lanes[in[0]].has(row) ? 0 : 1], row, slope);
         case Op::rule:
         case Op::round:
         case Op::as_unit:
         case Op::target_value:
         case Op::broadcast:
         case Op::at_row:
            if (const auto where = run_.input_row(id, 0, row)) push(in[0], *where, slope);
            return;
         case Op::sum:
            for (const std::uint32_t one : run_.picked(id, row, false)) push(in[0], one, slope);
            return;
         case Op::average: {
            const auto rows = run_.picked(id, row, false);
            for (const std::uint32_t one : rows) push(in[0], one, slope / Rational(rows.size()));
            return;
         }
         case Op::minimum:
         case Op::maximum: return chosen(node, run_.picked(id, row, false), slope);
         default: return;
      }
   }

   // A value that is the same for everything a bound allows (0 × ≥90%) does not change with it.
   bool settled_by_bound(const Node& node, std::uint32_t row) const {
      const bool by_slope = node.op == Op::multiply || node.op == Op::divide || node.op == Op::absolute ||
                            node.op == Op::lesser || node.op == Op::greater;
      if (!by_slope || (node.op == Op::divide && run_.lanes[node.in[1]].has(row) && at(node.in[1], row) == 0)) return false;
      return !run_.lanes[node.in[0]].has(row) || (node.op != Op::absolute && !run_.lanes[node.in[1]].has(row));
   }

   void divided(const Node& node, std::uint32_t row, const Rational& slope) {
      const Rational b = at(node.in[1], row);
      if (b == 0) {
         if (node.in.size() > 2) push(node.in[2], row, slope);
         return;
      }
      const Gradient below = Walk(run_, position_).down(node.in[1], row);
      const Rational spread = run_.radius(below), size = abs(b);
      gradient_.near_zero = gradient_.near_zero || below.near_zero;
      if (size <= spread) {
         gradient_.near_zero = true;
         return;
      }
      const Rational quotient = slope * size / (size - spread) / b;
      push(node.in[0], row, quotient);
      push(node.in[1], row, -quotient * at(node.in[0], row) / b);
   }

   // The first of the least (or largest).
   void chosen(const Node& node, const std::vector<std::uint32_t>& rows, const Rational& slope) {
      if (rows.empty()) return;
      std::uint32_t best = rows[0];
      for (const std::uint32_t one : rows) {
         const Rational x = at(node.in[0], one), y = at(node.in[0], best);
         if (node.op == Op::minimum ? x < y : x > y) best = one;
      }
      push(node.in[0], best, slope);
   }

   Run& run_;
   const std::vector<std::uint32_t>& position_;
   std::map<Key, Rational> work_;
   Gradient gradient_;
};

}  // namespace

Gradient Run::gradient(NodeId id, std::uint32_t row) {
   if (positions_.empty()) {
      positions_.resize(plan.order.size());
      for (std::uint32_t at = 0; at < plan.order.size(); ++at) positions_[plan.order[at]] = at;
   }
   return Walk(*this, positions_).down(id, row);
}

Rational Run::radius(const Gradient& gradient) const {
   Rational sum = 0;
   for (const auto& [cell, slope] : gradient.slopes) sum += abs(slope) * half_width(cell.first, cell.second);
   return sum;
}

}  // namespace heng

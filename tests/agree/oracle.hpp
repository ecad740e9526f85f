// The oracle: a slow, direct, obvious evaluator of a Program over one Batch, in arbitrary-precision rationals, row by row and
// node by node. What the engine says about value, missing, verdict, allowance and implausible must be what this says.
// It finds parents, children and keys itself, from the codes. It shares nothing with the engine but the contracts.
// Does not know: plan, run, explain.
#pragma once
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "interpreter/batch.hpp"
#include "interpreter/program.hpp"
#include "tests/agree/range.hpp"

namespace heng::oracle {

// Why a lane has no value: every kind that could be named as the cause. The engine names one of them.
using Causes = std::bitset<32>;
inline Causes cause(Missing kind) { return Causes{}.set(static_cast<std::size_t>(kind)); }

// A published figure of the data, and how fast the lane changes with each of them.
using Cell = std::pair<FieldId, std::uint32_t>;
using Gradient = std::map<Cell, Rational>;

// What a node is in one row.
struct Lane {
   Causes missing;  // none: there is a value, in the member that fits the node's type
   std::optional<Range> number;
   std::optional<bool> yes;
   std::optional<std::string> text;
   std::optional<std::uint32_t> row;
   TargetKind target = TargetKind::bare;  // of a target field
   std::optional<Type> unit;              // of a figure whose unit comes with its row
   bool zero_of_any_unit = false;         // a sum of no rows
   Gradient gradient;
   bool near_zero = false;           // the gradient went through a divisor that may be 0
   std::optional<Rational> allowed;  // ≈ <~ >~
   bool implausible = false;

   bool has_value() const { return missing.none(); }
   bool is_point() const { return has_value() && number && number->is_point(); }  // one figure
   const Rational& value() const { return *number->low; }
};

// One thing judged: a row of the case's frame, or the parent row of a list that is empty or was not read.
struct Judged {
   Verdict verdict;
   FrameId frame;
   std::uint32_t row;
   friend bool operator==(const Judged&, const Judged&) = default;
   friend auto operator<=>(const Judged&, const Judged&) = default;
};

class Oracle {
 public:
   Oracle(const Program& program, const Batch& batch);

   const Lane& lane(NodeId node, std::uint32_t row);
   Verdict verdict(const Case& one, std::uint32_t row);
   std::vector<Judged> judged(const Case& one, std::uint32_t report);

 private:
   struct Reduced;  // the rows that an aggregate picks

   Lane compute(const Node& node, std::uint32_t row);
   Lane field(const Node& node, std::uint32_t row);
   Lane constant(const Node& node);
   Lane at_row(const Node& node, std::uint32_t row);
   Missing no_row_of(FrameId list, std::uint32_t report) const;
   Lane row_of_key(const Node& node, std::uint32_t row);
   Lane row_of_total(const Node& node, std::uint32_t row);
   Lane row_of_parent(const Node& node, std::uint32_t row);
   Lane copied_row(const Node& node, std::uint32_t row);
   std::optional<std::string> group_value(const Frame& group, std::uint32_t row) const;
   std::vector<std::uint32_t> first_rows(const Frame& group, std::uint32_t parent) const;
   bool may_belong(const Frame& group, std::uint32_t group_row, FrameId list, std::uint32_t row) const;
   Lane names_of(const Node& node, std::uint32_t row);
   Lane names_compared(const Node& node, std::uint32_t row);
   Lane lines_complete(const Node& node, std::uint32_t row);
   Lane date_order(const Node& node, std::uint32_t row);
   Lane reduce(const Node& node, std::uint32_t row);
   Reduced pick(const Node& node, std::uint32_t row);
   Lane sum(const Node& node, const Reduced& picked, bool average);
   Lane extreme(const Node& node, const Reduced& picked, bool largest);
   Lane quantified(const Node& node, std::uint32_t row, bool all);
   Lane arithmetic(const Node& node, std::uint32_t row);
   Lane divide(const Node& node, std::uint32_t row);
   Lane negate(Lane lane);
   Lane absolute(Lane lane);
   Lane lesser_or_greater(const Node& node, std::uint32_t row);
   Lane rounded(const Node& node, std::uint32_t row);
   Lane call(const Node& node, std::uint32_t row);
   Lane compare(const Node& node, std::uint32_t row);
   Lane within(const Node& node, std::uint32_t row);
   Lane about(const Node& node, std::uint32_t row);
   Lane text_equal(const Node& node, std::uint32_t row);
   Lane logic(const Node& node, std::uint32_t row);
   Lane select(const Node& node, std::uint32_t row);
   Lane otherwise(const Node& node, std::uint32_t row);
   Lane presence(const Node& node, std::uint32_t row);
   Lane under(const Node& node, std::uint32_t row);
   Lane hierarchy(const Node& node, std::uint32_t row);
   Lane target(const Node& node, std::uint32_t row);
   Lane as_unit(const Node& node, std::uint32_t row);
   Lane half_width(const Node& node, std::uint32_t row);

   // Arithmetic on lanes that have values; the first operand's node matters for literal zeros.
   Lane combined(Arithmetic op, const Node& node, const Lane& a, const Lane& b);
   Lane with_unit(const Node& node, NodeId from, Lane lane) const;
   Type unit_of(const Node& node, const Lane& lane) const;
   static bool is_number_beside_percent(const Lane& a, const Lane& b);
   bool comparable_lanes(const Node& a, const Lane& x, const Node& b, const Lane& y) const;
   bool tolerable(const Node& node, const Lane& a, const Lane& b, const Lane& tolerance) const;

   Rational half_width_of(Cell cell) const;
   Rational radius(const Gradient& gradient) const;
   bool is_sum(NodeId node) const;
   bool is_single_figure(NodeId node) const;
   bool implausible(const Node& node, const Lane& left, const Lane& right) const;

   std::string key_of(FrameId frame, std::uint32_t row) const;
   std::optional<std::uint32_t> parent_in_hierarchy(FrameId frame, std::uint32_t row) const;
   bool counted_by_a_total(FrameId frame, const std::string& code) const;
   std::vector<std::uint32_t> children(FrameId frame, std::uint32_t row) const;
   std::vector<std::uint32_t> rows_below(FrameId ancestor, std::uint32_t row, FrameId frame, Causes& missing) const;
   std::pair<std::uint32_t, std::uint32_t> rows_of_report(FrameId frame, std::uint32_t report) const;
   std::uint32_t climb(FrameId from, std::uint32_t row, FrameId to) const;
   std::uint32_t report_of(FrameId frame, std::uint32_t row) const { return climb(frame, row, report_frame); }
   bool has_total(FrameId frame, std::uint32_t row) const;
   void visit(const Case& one, const std::vector<FrameId>& lists, std::size_t depth, std::uint32_t row,
              std::vector<Judged>& result);

   const Program& program_;
   const Batch& batch_;
   std::vector<std::map<std::uint32_t, Lane>> lanes_;
};

}  // namespace heng::oracle

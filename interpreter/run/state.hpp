// The inside of a run: all columns, and the operations that fill them. Each operation reads finished columns and writes its own.
#pragma once
#include <algorithm>
#include <vector>

#include "interpreter/plan/plan.hpp"
#include "interpreter/run/frames.hpp"
#include "interpreter/run/lanes.hpp"
#include "interpreter/run/numbers.hpp"
#include "interpreter/run/run.hpp"
#include "interpreter/run/texts.hpp"
#include "interpreter/run/units.hpp"

namespace heng {

// A figure, and how fast something changes with it.
using Cell = std::pair<FieldId, std::uint32_t>;
struct Gradient {
   std::map<Cell, Rational> slopes;
   bool near_zero = false;  // on the way stands a divisor within its own half-width of 0
};

// The precision that a field declares: ½·10^(unit_shift − decimals), or where its unit is no power of ten (小时) `odd`. Nothing:
// none declared.
struct DeclaredWidth {
   std::optional<int> unit_shift;
   int decimals = 0;
   std::optional<Rational> odd;

   // Of what was printed: ±½·10^shift. The declared decimals are those of the declared unit; they say nothing of a coarser one.
   int shift_of(int printed_unit_shift, int printed_decimals) const {
      const int printed = printed_unit_shift - printed_decimals;
      return unit_shift && printed_unit_shift <= *unit_shift ? std::min(printed, *unit_shift - decimals) : printed;
   }
};

class Run {
 public:
   explicit Run(const Plan& plan);
   void run(const Batch& batch);

   const Plan& plan;
   const Batch* batch = nullptr;
   std::vector<Lanes> lanes;                                      // by node
   std::vector<std::vector<std::vector<std::uint8_t>>> verdicts;  // per rule, case, row
   Frames frames;
   RunTexts texts;
   RunUnits units;

   const Node& node(NodeId id) const { return plan.program.nodes[id]; }
   Value value(NodeId id, std::uint32_t row) const;
   Rational half_width(FieldId field, std::uint32_t row) const;  // 0: exact, or no figure
   std::optional<std::uint32_t> input_row(NodeId id, std::size_t input, std::uint32_t row);
   std::vector<std::uint32_t> picked(NodeId id, std::uint32_t row, bool undecided);
   Gradient gradient(NodeId id, std::uint32_t row);  // by walking down from one lane
   Rational radius(const Gradient& gradient) const;
   Evaluation::Cause why(NodeId id, std::uint32_t row);

 private:
   void weigh(NodeId id);
   void judge();

   // leaves (run.cpp)
   void constant(const Node& node, Lanes& out);
   void field(const Node& node, Lanes& out);
   void figure(const Field& field, const Column& column, Lanes& out);
   void measured_figure(const Field& field, const Column& column, Lanes& out);
   void decimals(const Node& node, Lanes& out);
   void half_widths(const Node& node, Lanes& out);
   void nothing(const Type& type, Missing kind, Lanes& out);  // every lane missing

   // arithmetic and comparisons (weigh.cpp)
   void arithmetic(const Node& node, Lanes& out);
   void divide(const Node& node, Lanes& out);
   void lesser_or_greater(const Node& node, Lanes& out);
   void compare(const Node& node, Lanes& out);
   void compare_yes_no(const Node& node, Lanes& out);
   void weighed(const Node& node, Lanes& out, std::size_t gap);
   void as_unit(const Node& node, Lanes& out);
   void call(const Node& node, Lanes& out);
   void allowance(const Node& node, Lanes& out);
   void implausible(const Node& node, Lanes& out);
   void zero_if_missing(const Node& node, Lanes& out);
   void combine_units(const Node& node, Arithmetic op, Lanes& out);
   void compare_units(const Node& node, Lanes& out);
   std::uint8_t* refuse(Lanes& out);  // `missing`, to write into

   // logic, choices, texts (logic.cpp)
   void both(const Node& node, Lanes& out, bool deciding);
   void no(const Node& node, Lanes& out);
   void exactly_when(const Node& node, Lanes& out);
   void select(const Node& node, Lanes& out);
   void otherwise(const Node& node, Lanes& out);
   void pick(const Node& node, const std::uint8_t* first, Lanes& a, Lanes& b, Lanes& out);
   void presence(const Node& node, Lanes& out);
   void text_equal(const Node& node, Lanes& out);
   void words_equal(const Lanes& a, const Lanes& b, bool exact, Lanes& out);
   void under(const Node& node, Lanes& out);
   void date_order(const Node& node, Lanes& out);
   void compare_names(const Node& node, Lanes& out);
   void lines_complete(const Node& node, Lanes& out);
   void target_value(const Node& node, Lanes& out);
   void target_is(const Node& node, Lanes& out);
   void is_number(const Node& node, Lanes& out);

   // from frame to frame (lists.cpp)
   void broadcast(const Node& node, Lanes& out);
   void at_row(const Node& node, Lanes& out);
   std::uint8_t no_row_of(FrameId list, std::uint32_t report);
   void row_of_key(const Node& node, Lanes& out);
   void row_of_total(const Node& node, Lanes& out);
   void row_of_parent(const Node& node, Lanes& out);
   void row_number(Lanes& out);
   void copied_row(const Node& node, Lanes& out);
   void names_of(const Node& node, Lanes& out);
   void hierarchy(const Node& node, Lanes& out);
   void reduce(const Node& node, Lanes& out);
   void reduce_units(const Node& node, const numbers::Segments& segments, Lanes& out);
   void quantified(const Node& node, Lanes& out, bool all);
   const numbers::Segments& segments(const Node& node);
   const std::uint8_t* picks(const Node& node);  // 1 picked, 0 not, 2 cannot tell; per row of in[0]'s frame

   // figures that are bounds (bounds.cpp)
   void settle_bounds(NodeId id);
   std::optional<Interval> interval(NodeId id, std::uint32_t row) const;
   std::optional<Interval> interval_of(NodeId id, std::uint32_t row);
   std::optional<Interval> reduced_interval(const Node& node, std::uint32_t row);
   std::optional<bool> settled(const Node& node, std::uint32_t row) const;

   // Evaluation::why (evaluation.cpp)
   std::optional<std::pair<NodeId, std::uint32_t>> deeper(NodeId id, std::uint32_t row);
   std::optional<std::pair<NodeId, std::uint32_t>> deeper_in_list(NodeId id, std::uint32_t row);

   Lanes& in(const Node& node, std::size_t input) { return lanes[node.in[input]]; }
   void share(const Lanes& a, Lanes& out);
   void merge_missing(const Lanes& a, const Lanes& b, Lanes& out);
   void none_missing(Lanes& out);
   bool is_written(const Node& node) const { return &node < plan.program.nodes.data() + plan.written; }
   bool is_literal_zero(NodeId id) const;
   const Type* fixed_type(NodeId id) const { return lanes[id].measure ? nullptr : &node(id).type; }
   std::uint32_t measure_at(NodeId id, std::uint32_t row) const { return lanes[id].measure ? lanes[id].measure[row] : 0; }
   std::uint32_t fixed_measure(const Lanes& side);
   void tolerance_units(const Node& node, Lanes& out);
   void allow_beside_bounds(const Node& node, Lanes& allowed);
   const std::uint8_t* zero_bytes(std::uint32_t rows);
   const std::int64_t* zero_numbers(std::uint32_t rows);

   bool has_bounds_ = false;
   std::vector<DeclaredWidth> declared_;   // by field
   std::vector<std::uint32_t> positions_;  // of nodes in the order of the plan
   std::vector<std::uint8_t> zero_bytes_, picks_, when_;
   std::vector<std::int64_t> zero_numbers_;
};

inline bool is_words(std::uint8_t target) { return target >= static_cast<std::uint8_t>(TargetKind::date); }

}  // namespace heng

// Which cells of the data a node read in one row.
// The one answer to "what took part": sources of a verdict, the gate of provisional scores and workings all ask here.
// Does not know: rules, results.
#pragma once
#include <functional>
#include <optional>

#include "interpreter/run/run.hpp"

namespace heng {

struct CellRef {
   FieldId field;
   std::uint32_t row;  // of the field's frame, in the batch
   friend bool operator==(const CellRef&, const CellRef&) = default;
   friend auto operator<=>(const CellRef&, const CellRef&) = default;
};

inline bool known(const Evaluation& evaluation, NodeId node, std::uint32_t row) {
   return evaluation.missing(node, row) == Missing::none_missing;
}
// A condition in one row; nullopt: it cannot be told.
std::optional<bool> truth(const Evaluation& evaluation, NodeId node, std::uint32_t row);

// sum, count, min, max, average, all, any: they come outward from a list.
bool is_reduction(Op op);
const char* relation_sign(const Node& node);  // "≈", "<=", …; null: no comparison

// A part of a node that counted: the same input may count in several rows (sums).
struct Part {
   NodeId node;
   std::uint32_t row;
};
// The inputs of `node` that had a say in `row`: of a choice the condition and the side taken, of a sum the rows that its filter
// picked, of a look-up its key only where it found nothing. What the plan added is left out: it reads the same figures.
void parts_of(const Evaluation& evaluation, NodeId node, std::uint32_t row, const std::function<void(Part)>& visit);

// Every cell that was read, once, in the order of reading. `direct`: without what the scores and grades it names have read; a let
// is only a name for a formula.
void read_cells(const Evaluation& evaluation, NodeId node, std::uint32_t row, bool direct,
                const std::function<void(CellRef)>& visit);

}  // namespace heng

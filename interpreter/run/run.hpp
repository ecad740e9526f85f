// Runs a plan over a batch: every node becomes a column, every case a column of verdicts. One engine for one report and for many,
// for results and for explanations: what is read afterwards are the columns of the same run. The caller cuts reports into
// batches; results do not depend on how. Does not know: files, forms of output.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "interpreter/batch.hpp"
#include "interpreter/plan/plan.hpp"

namespace heng {

class Run;

// A window on the columns of the engine's last run; valid until its next one.
class Evaluation {
 public:
   explicit Evaluation(Run& run) : run_(&run) {}

   const Plan& plan() const;
   const Batch& batch() const;

   Value value(NodeId node, std::uint32_t row) const;  // base unit; the kind where it is missing
   Missing missing(NodeId node, std::uint32_t row) const;
   Type type_of(NodeId node, std::uint32_t row) const;  // the node's type, with the row's unit where it comes with the data

   Verdict verdict(RuleId rule, std::uint32_t case_number, std::uint32_t row) const;
   bool implausible(RuleId rule, std::uint32_t case_number, std::uint32_t row) const;
   bool any_implausible(RuleId rule, std::uint32_t case_number) const;  // in any row
   // One Verdict per row of the case's frame. Rows of a list that was not read (its total rows) count as nothing.
   const std::uint8_t* verdicts(RuleId rule, std::uint32_t case_number) const;

   // Where a missing value arose: the node and its row, which may lie in another frame. For a zero divisor, the divisor.
   struct Cause {
      Missing kind;
      NodeId node;
      std::uint32_t row;
   };
   Cause why(NodeId node, std::uint32_t row) const;

   // D3, base unit; nothing: exact, or no figure there.
   std::optional<Rational> half_width(FieldId field, std::uint32_t row) const;
   // A published figure of a ≈ and what it brings to the allowance.
   struct Contribution {
      FieldId field;
      std::uint32_t row;
      Rational allowed;
   };
   std::vector<Contribution> contributions(NodeId about, std::uint32_t row) const;

   // ---- how rows belong together ----
   std::uint32_t rows(FrameId frame) const;
   std::uint32_t ancestor_row(FrameId frame, std::uint32_t row, FrameId ancestor) const;
   struct Range {
      std::uint32_t begin = 0, end = 0;
   };
   Range rows_of_report(FrameId frame, std::uint32_t report) const;
   // The row in which in[input] of a node is read for this row; nothing: a look-up that found none. Not for reductions.
   std::optional<std::uint32_t> input_row(NodeId node, std::size_t input, std::uint32_t row) const;
   // The rows that a reduction picks, and those of which it cannot be told.
   std::vector<std::uint32_t> picked_rows(NodeId node, std::uint32_t row, bool undecided = false) const;

 private:
   Run* run_;
};

class Engine {
 public:
   explicit Engine(const Plan& plan);  // the plan must outlive it
   ~Engine();
   Engine(Engine&&) noexcept;
   Evaluation run(const Batch& batch);

 private:
   std::unique_ptr<Run> run_;
};

}  // namespace heng

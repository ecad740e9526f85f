// How rows of a batch belong together: ancestors, segments, children, keys and totals, each made once per batch when first asked
// for. Does not know: values, rules.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "interpreter/batch.hpp"
#include "interpreter/run/numbers.hpp"

namespace heng {

class Frames {
 public:
   void begin(const Batch& batch);

   std::uint32_t rows(FrameId frame) const { return batch_->frames[frame].rows; }
   // Per row of `frame`: its row in an ancestor frame.
   const std::uint32_t* ancestor_rows(FrameId frame, FrameId ancestor);
   // Rows of `inner` by row of `ancestor`. The status leaves total rows out of account.
   const numbers::Segments& rows_of(FrameId ancestor, FrameId inner);
   const numbers::Segments& children_of(FrameId frame);  // hierarchy children by row
   const std::uint8_t* counted(FrameId frame);           // 1: an ordinary row; 0: a total row
   bool has_totals(FrameId frame) const { return !batch_->schema->frames[frame].totals.empty(); }
   std::int32_t total_row(FrameId frame, std::uint32_t report, int number);
   std::int32_t row_of_key(FrameId frame, std::uint32_t report, std::uint32_t folded) const;
   Missing list_of_report(FrameId frame, std::uint32_t report);  // not_read, no_such_report where any list on the way is so

 private:
   struct Made {
      numbers::Segments segments;
      std::vector<std::uint32_t> begin, rows;
      std::vector<Missing> status;
   };
   std::unique_ptr<Made> make_rows(FrameId ancestor, FrameId inner);
   std::unique_ptr<Made> make_children(FrameId frame);

   const Batch* batch_ = nullptr;
   std::map<std::pair<FrameId, FrameId>, std::vector<std::uint32_t>> ancestors_;
   std::map<std::pair<FrameId, FrameId>, std::unique_ptr<Made>> rows_;
   std::map<FrameId, std::unique_ptr<Made>> children_;
   std::map<FrameId, std::vector<std::uint8_t>> counted_;
   std::map<FrameId, std::vector<std::int32_t>> totals_;
};

}  // namespace heng

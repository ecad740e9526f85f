#include "interpreter/run/frames.hpp"

#include <algorithm>

namespace heng {

void Frames::begin(const Batch& batch) {
   batch_ = &batch;
   ancestors_.clear();
   rows_.clear();
   children_.clear();
   counted_.clear();
   totals_.clear();
}

const std::uint32_t* Frames::ancestor_rows(FrameId frame, FrameId ancestor) {
   if (ancestor == report_frame) return batch_->frames[frame].report_of.data();
   auto [place, fresh] = ancestors_.try_emplace({frame, ancestor});
   auto& rows = place->second;
   if (!fresh) return rows.data();
   rows.resize(batch_->frames[frame].rows);
   for (std::uint32_t row = 0; row < rows.size(); ++row) {
      std::uint32_t at = row;
      for (FrameId step = frame; step != ancestor && step != report_frame; step = batch_->schema->frames[step].parent)
         at = batch_->frames[step].parent_of[at];
      rows[row] = at;
   }
   return rows.data();
}

const std::uint8_t* Frames::counted(FrameId frame) {
   auto [place, fresh] = counted_.try_emplace(frame);
   auto& counted = place->second;
   if (!fresh) return counted.data();
   const FrameData& data = batch_->frames[frame];
   counted.assign(std::max<std::uint32_t>(data.rows, 1), 1);
   for (std::uint32_t row = 0; row < data.total.size(); ++row) counted[row] = data.total[row] < 0;
   return counted.data();
}

const numbers::Segments& Frames::rows_of(FrameId ancestor, FrameId inner) {
   auto& made = rows_[{ancestor, inner}];
   if (!made) made = make_rows(ancestor, inner);
   return made->segments;
}

namespace {

void find_longest(numbers::Segments& segments, std::size_t count) {
   for (std::size_t at = 0; at < count; ++at)
      segments.longest = std::max(segments.longest, segments.begin[at + 1] - segments.begin[at]);
}

}  // namespace

std::unique_ptr<Frames::Made> Frames::make_rows(FrameId ancestor, FrameId inner) {
   auto made = std::make_unique<Made>();
   const FrameData& data = batch_->frames[inner];
   const FrameId parent = batch_->schema->frames[inner].parent;
   const std::uint32_t count = batch_->frames[ancestor].rows;
   if (parent == ancestor) {
      made->begin = data.begin;
      made->status = data.list;
   } else {
      const numbers::Segments& outer = rows_of(ancestor, parent);
      made->begin.resize(count + 1);
      for (std::uint32_t at = 0; at <= count; ++at) made->begin[at] = data.begin[outer.begin[at]];
      made->status.assign(outer.status, outer.status + count);
      for (std::uint32_t at = 0; at < count; ++at)
         for (std::uint32_t row = outer.begin[at]; row < outer.begin[at + 1]; ++row)
            if (data.list[row] != Missing::none_missing) made->status[at] = data.list[row];
   }
   const std::uint8_t* ordinary = counted(inner);
   for (std::uint32_t at = 0; at < count; ++at) {
      bool any = false;
      for (std::uint32_t row = made->begin[at]; row < made->begin[at + 1] && !any; ++row) any = ordinary[row];
      if (!any && made->status[at] == Missing::none_missing) made->status[at] = Missing::empty_list;
   }
   made->segments = {made->begin.data(), nullptr, made->status.data(), 0};
   find_longest(made->segments, count);
   return made;
}

const numbers::Segments& Frames::children_of(FrameId frame) {
   auto& made = children_[frame];
   if (!made) made = make_children(frame);
   return made->segments;
}

std::unique_ptr<Frames::Made> Frames::make_children(FrameId frame) {
   auto made = std::make_unique<Made>();
   const FrameData& data = batch_->frames[frame];
   made->begin.assign(data.rows + 1, 0);
   for (const std::int32_t up : data.up)
      if (up >= 0) ++made->begin[up + 1];
   for (std::uint32_t row = 0; row < data.rows; ++row) made->begin[row + 1] += made->begin[row];
   made->rows.resize(made->begin[data.rows]);
   std::vector<std::uint32_t> next(made->begin.begin(), made->begin.end() - 1);
   for (std::uint32_t row = 0; row < data.up.size(); ++row)
      if (data.up[row] >= 0) made->rows[next[data.up[row]]++] = row;
   made->status.resize(data.rows);
   for (std::uint32_t row = 0; row < data.rows; ++row) {
      const Missing list = data.list[data.parent_of[row]];
      made->status[row] = made->begin[row] < made->begin[row + 1] ? Missing::none_missing
                          : list != Missing::none_missing         ? list
                                                                  : Missing::empty_list;
   }
   made->segments = {made->begin.data(), made->rows.data(), made->status.data(), 0};
   find_longest(made->segments, data.rows);
   return made;
}

std::int32_t Frames::total_row(FrameId frame, std::uint32_t report, int number) {
   const FrameData& data = batch_->frames[frame];
   const std::size_t count = batch_->schema->frames[frame].totals.size();
   if (number < 0 || static_cast<std::size_t>(number) >= count) return -1;
   auto [place, fresh] = totals_.try_emplace(frame);
   auto& rows = place->second;
   if (fresh) {
      rows.assign(batch_->reports * count, -1);
      for (std::uint32_t row = 0; row < data.total.size(); ++row) {
         if (data.total[row] < 0) continue;
         std::int32_t& slot = rows[data.report_of[row] * count + data.total[row]];
         if (slot < 0) slot = static_cast<std::int32_t>(row);
      }
   }
   return rows[report * count + number];
}

std::int32_t Frames::row_of_key(FrameId frame, std::uint32_t report, std::uint32_t folded) const {
   const auto& keys = batch_->frames[frame].by_key;
   const auto found = keys.find(std::uint64_t{report} << 32 | folded);
   return found == keys.end() ? -1 : static_cast<std::int32_t>(found->second);
}

Missing Frames::list_of_report(FrameId frame, std::uint32_t report) {
   const Missing list = rows_of(report_frame, frame).status[report];
   return list == Missing::empty_list ? Missing::none_missing : list;
}

}  // namespace heng

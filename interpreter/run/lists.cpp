// From frame to frame: inward along the offsets, across by look-ups, outward by reductions.
#include <algorithm>
#include <unordered_set>

#include "interpreter/run/state.hpp"
#include "stdlib/names.hpp"

namespace heng {

namespace {

constexpr std::uint8_t of(Missing kind) { return static_cast<std::uint8_t>(kind); }

}  // namespace

// ---- inward and across
// ----------------------------------------------------------------------------------------------------------

void Run::broadcast(const Node& node, Lanes& out) {
   const Lanes& a = in(node, 0);
   const FrameId above = this->node(node.in[0]).frame;
   if (above == node.frame) return share(a, out);
   const std::uint32_t* rows = frames.ancestor_rows(node.frame, above);
   numbers::gather(a, rows, out);
   out.any_missing = a.any_missing;
   if (!a.any_missing) return none_missing(out);
   std::uint8_t* missing = out.make_missing();
   for (std::uint32_t i = 0; i < out.rows; ++i) missing[i] = a.missing[rows[i]];
}

void Run::at_row(const Node& node, Lanes& out) {
   const Lanes &a = in(node, 0), &found = in(node, 1);
   numbers::gather(a, found.row, out);
   std::uint8_t* missing = out.make_missing();
   for (std::uint32_t i = 0; i < out.rows; ++i)
      missing[i] = found.row[i] < 0 ? std::max(found.missing[i], of(Missing::no_such_row)) : a.missing[found.row[i]];
   out.any_missing = kernels::any(missing, out.rows);
}

// Why a look-up found nothing: the list has no such row, or is not there itself.
std::uint8_t Run::no_row_of(FrameId list, std::uint32_t report) {
   const Missing kind = frames.list_of_report(list, report);
   return of(kind == Missing::none_missing ? Missing::no_such_row : kind);
}

void Run::row_of_key(const Node& node, Lanes& out) {
   const Lanes& key = in(node, 0);
   const std::uint32_t* report_of = frames.ancestor_rows(node.frame, report_frame);
   std::uint8_t* missing = out.make_missing();
   std::int32_t* row = out.make_row();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      missing[i] = key.missing[i];
      row[i] = -1;
      if (missing[i]) continue;
      row[i] = frames.row_of_key(node.other, report_of[i], texts.folded(key.text[i]));
      if (row[i] < 0) missing[i] = no_row_of(node.other, report_of[i]);
   }
   out.any_missing = kernels::any(missing, out.rows);
}

void Run::row_of_total(const Node& node, Lanes& out) {
   const std::uint32_t* report_of = frames.ancestor_rows(node.frame, report_frame);
   std::uint8_t* missing = out.make_missing();
   std::int32_t* row = out.make_row();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      row[i] = frames.total_row(node.other, report_of[i], node.number);
      if (row[i] < 0) missing[i] = no_row_of(node.other, report_of[i]);
   }
   out.any_missing = kernels::any(missing, out.rows);
}

void Run::row_of_parent(const Node& node, Lanes& out) {
   const auto& up = batch->frames[node.frame].up;
   std::uint8_t* missing = out.make_missing();
   std::int32_t* row = out.make_row();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      row[i] = i < up.size() ? up[i] : -1;
      missing[i] = row[i] < 0 ? of(Missing::no_such_row) : 0;
   }
   out.any_missing = kernels::any(missing, out.rows);
}

void Run::row_number(Lanes& out) {
   none_missing(out);
   std::int32_t* row = out.make_row();
   for (std::uint32_t i = 0; i < out.rows; ++i) row[i] = static_cast<std::int32_t>(i);
}

void Run::copied_row(const Node& node, Lanes& out) {
   none_missing(out);
   std::int32_t* row = out.make_row();
   const auto& copied = batch->frames[node.frame].copied;
   for (std::uint32_t i = 0; i < out.rows; ++i) row[i] = static_cast<std::int32_t>(copied[i]);
}

void Run::hierarchy(const Node& node, Lanes& out) {
   const FrameData& data = batch->frames[node.frame];
   none_missing(out);
   if (node.op == Op::level) {
      std::int64_t* number = out.make_number();
      for (std::uint32_t i = 0; i < out.rows; ++i) number[i] = i < data.level.size() ? data.level[i] : 0;
      out.number_limit = 1 << 15;
      return;
   }
   std::uint8_t* yes = out.make_yes();
   if (node.op == Op::has_children) {
      const numbers::Segments& children = frames.children_of(node.frame);
      for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = children.begin[i] < children.begin[i + 1];
   } else if (node.op == Op::is_total) {
      for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = i < data.total.size() && data.total[i] >= 0;
   } else {
      for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = i < data.orphan.size() ? data.orphan[i] : 0;
   }
}

// ---- outward
// ----------------------------------------------------------------------------------------------------------------------

const numbers::Segments& Run::segments(const Node& node) {
   return node.children ? frames.children_of(node.frame) : frames.rows_of(node.frame, this->node(node.in[0]).frame);
}

const std::uint8_t* Run::picks(const Node& node) {
   const FrameId inner = this->node(node.in[0]).frame;
   const bool all_count = node.children || !frames.has_totals(inner);
   const std::uint8_t* counted = frames.counted(inner);
   if (node.in.size() < 2 && !all_count) return counted;
   picks_.assign(std::max<std::uint32_t>(frames.rows(inner), 1), 1);
   if (node.in.size() < 2) return picks_.data();
   const Lanes& filter = in(node, 1);
   for (std::uint32_t i = 0; i < filter.rows; ++i) picks_[i] = filter.missing[i] ? 2 : filter.yes[i];
   if (!all_count)
      for (std::uint32_t i = 0; i < filter.rows; ++i) picks_[i] = counted[i] ? picks_[i] : 0;
   return picks_.data();
}

namespace {

// What keeps a segment from having a result: its list, a filter that cannot be told, a picked value that is missing. No rows are
// no sum, but 0 rows.
std::uint8_t missing_of(const numbers::Segments& segments, std::uint32_t at, const std::uint8_t* picks, const Lanes* filter,
                        const std::uint8_t* missing, Op op) {
   if (op == Op::count && segments.status[at] == Missing::empty_list) return 0;
   if (segments.status[at] != Missing::none_missing) return of(segments.status[at]);
   const bool needs_one = op == Op::minimum || op == Op::maximum || op == Op::average;
   std::uint8_t worst = 0;
   bool any = false;
   for (std::uint32_t i = segments.begin[at]; i < segments.begin[at + 1]; ++i) {
      const std::uint32_t row = segments.row(i);
      if (picks[row] == 0) continue;
      any = any || picks[row] == 1;
      if (picks[row] == 2)
         worst = std::max({worst, of(Missing::condition), filter->missing[row]});
      else if (missing)
         worst = std::max(worst, missing[row]);
   }
   return worst ? worst : needs_one && !any ? of(Missing::empty_list) : 0;
}

}  // namespace

void Run::reduce(const Node& node, Lanes& out) {
   Lanes& a = in(node, 0);
   const numbers::Segments& parts = segments(node);
   const std::uint8_t* picked = picks(node);
   const Lanes* filter = node.in.size() > 1 ? &in(node, 1) : nullptr;
   std::uint8_t* missing = out.make_missing();
   for (std::uint32_t at = 0; at < out.rows; ++at)
      missing[at] = missing_of(parts, at, picked, filter, node.op == Op::count || !a.any_missing ? nullptr : a.missing, node.op);
   out.any_missing = kernels::any(missing, out.rows);
   if (filter && filter->any_missing)
      for (std::uint8_t& pick : picks_) pick = pick == 1;

   if (node.op == Op::minimum || node.op == Op::maximum) {
      std::int32_t* found = out.make_row();
      numbers::extreme(a, parts, picked, node.op == Op::maximum, found, out.rows);
      numbers::gather(a, out.own.row.data(), out);
      out.row = nullptr;
      out.measure = nullptr;
      return reduce_units(node, parts, out);
   }
   const bool counts = node.op == Op::count || node.op == Op::average;
   Lanes count;
   if (counts) {
      count.begin(out.rows);
      count.missing = out.missing;
      std::int64_t* number = count.make_number();
      for (std::uint32_t at = 0; at < out.rows; ++at) {
         number[at] = 0;
         for (std::uint32_t i = parts.begin[at]; i < parts.begin[at + 1]; ++i) number[at] += picked[parts.row(i)];
         if (missing[at] && node.op == Op::average) number[at] = 1;
      }
      count.number_limit = parts.longest + Limit{1};
   }
   if (node.op == Op::count) {
      out.own.number = std::move(count.own.number);
      out.number = out.own.number.data();
      out.number_limit = count.number_limit;
      return;
   }
   numbers::sum(a, parts, picked, out);
   reduce_units(node, parts, out);
   if (node.op == Op::sum) return;
   Lanes total;
   std::swap(total, out);
   out.begin(total.rows);
   out.missing = total.missing;
   out.any_missing = total.any_missing;
   std::vector<std::uint8_t>& zero = when_;
   zero.resize(out.rows);
   numbers::divide(total, count, out, zero.data());
   if (out.missing == total.own.missing.data()) out.own.missing = std::move(total.own.missing);
   out.missing = out.own.missing.data();
   if (!total.measure) return;
   out.own.measure = std::move(total.own.measure);
   out.measure = out.own.measure.data();
}

// All that is added up, or chosen from, must have one unit. A sum of no rows is 0 in any unit.
void Run::reduce_units(const Node& node, const numbers::Segments& parts, Lanes& out) {
   const Lanes& a = in(node, 0);
   if (!is_written(node) || !a.measure) return;
   const std::uint8_t* picked = picks(node);
   std::uint32_t* measure = out.make_measure();
   std::uint8_t* missing = out.own.missing.data();
   for (std::uint32_t at = 0; at < out.rows; ++at) {
      measure[at] = any_measure;
      for (std::uint32_t i = parts.begin[at]; i < parts.begin[at + 1]; ++i) {
         const std::uint32_t row = parts.row(i);
         const bool has_unit = a.has(row) || a.missing_at(row) == Missing::bound_undecided;
         if (picked[row] != 1 || !has_unit) continue;
         const bool differs = measure[at] != any_measure && a.measure[row] != any_measure && measure[at] != a.measure[row];
         if (differs && (missing[at] == 0 || missing[at] == of(Missing::bound_undecided))) {
            missing[at] = of(Missing::unit_differs);
            out.any_missing = true;
         }
         measure[at] = a.measure[row];
      }
   }
}

// Rows that share a name give it once; the first spelling stays.
void Run::names_of(const Node& node, Lanes& out) {
   const Lanes& a = in(node, 0);
   const numbers::Segments& parts = segments(node);
   const std::uint8_t* picked = picks(node);
   const Lanes* filter = node.in.size() > 1 ? &in(node, 1) : nullptr;
   std::uint8_t* missing = out.make_missing();
   std::uint32_t* text = out.make_text();
   std::unordered_set<std::uint32_t> seen;
   for (std::uint32_t at = 0; at < out.rows; ++at) {
      text[at] = 0;
      missing[at] = missing_of(parts, at, picked, filter, a.missing, node.op);
      if (missing[at]) continue;
      seen.clear();
      std::vector<std::string> names;
      for (std::uint32_t i = parts.begin[at]; i < parts.begin[at + 1]; ++i) {
         const std::uint32_t row = parts.row(i);
         if (picked[row] == 1 && seen.insert(texts.folded(a.text[row])).second) names.push_back(texts[a.text[row]]);
      }
      text[at] = texts.intern(joined_names(names));
   }
   out.any_missing = kernels::any(missing, out.rows);
}

void Run::quantified(const Node& node, Lanes& out, bool all) {
   const Lanes& a = in(node, 0);
   const numbers::Segments& parts = segments(node);
   const std::uint8_t* picked = picks(node);
   const Lanes* filter = node.in.size() > 1 ? &in(node, 1) : nullptr;
   std::uint8_t* missing = out.make_missing();
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t at = 0; at < out.rows; ++at) {
      missing[at] = of(parts.status[at]);
      yes[at] = missing[at] ? 0 : all;
      bool decided = missing[at] != 0;
      for (std::uint32_t i = parts.begin[at]; !decided && i < parts.begin[at + 1]; ++i) {
         const std::uint32_t row = parts.row(i);
         const bool known = a.missing[row] == 0;
         if (picked[row] == 0 || (known && a.yes[row] == static_cast<std::uint8_t>(all))) continue;
         decided = known && picked[row] == 1;
         if (decided)
            missing[at] = 0, yes[at] = !all;
         else
            missing[at] = std::max({missing[at], a.missing[row],
                                    picked[row] == 2 ? std::max(filter->missing[row], of(Missing::condition)) : std::uint8_t{0}});
      }
      if (missing[at]) yes[at] = 0;
   }
   out.any_missing = kernels::any(missing, out.rows);
}

}  // namespace heng

#include "tests/agree/oracle.hpp"

#include <algorithm>
#include <compare>
#include <functional>
#include <set>
#include <tuple>

#include "stdlib/date.hpp"
#include "stdlib/text.hpp"

namespace heng::oracle {

namespace {

constexpr std::size_t most_bits = 4096;

Lane missing(Causes causes) {
   Lane lane;
   lane.missing = causes;
   return lane;
}
Lane missing(Missing kind) { return missing(cause(kind)); }

Lane yes_no(bool value) {
   Lane lane;
   lane.yes = value;
   return lane;
}
Lane yes_no(std::optional<bool> value, Causes why_not) { return value ? yes_no(*value) : missing(why_not); }

Lane number(Range value) {
   Lane lane;
   lane.number = std::move(value);
   return lane;
}
Lane number(Rational value) { return number(Range::point(std::move(value))); }

Lane row_lane(std::uint32_t row) {
   Lane lane;
   lane.row = row;
   return lane;
}

// What keeps this lane from being used as a number.
Causes not_a_figure(const Lane& lane) {
   if (!lane.has_value()) return lane.missing;
   return lane.number ? Causes{} : cause(Missing::not_a_number);
}

bool is_bound(const Lane& lane) { return lane.has_value() && lane.number && !lane.number->is_point(); }

// Of several operands. Beside a missing one, one that is only a bound is a cause, too; and its unit may be refused first.
template <typename... More>
Causes not_figures(const Lane& lane, const More&... more) {
   Causes why = (not_a_figure(lane) | ... | not_a_figure(more));
   const Causes bound = cause(Missing::bound_undecided);
   if (why.any() && (is_bound(lane) || ... || is_bound(more))) why |= bound;
   if ((why & bound).any()) why |= cause(Missing::unit_differs);
   return why;
}

Causes kinds_in_the_data() {
   Causes kinds;
   for (std::size_t kind = 1; kind <= static_cast<std::size_t>(Missing::no_such_report); ++kind) kinds.set(kind);
   return kinds;
}

bool all_blank_like(Causes causes) {
   for (std::size_t kind = 0; kind < causes.size(); ++kind)
      if (causes[kind] && !is_blank_like(static_cast<Missing>(kind))) return false;
   return true;
}

std::optional<bool> kleene(const Lane& lane) { return lane.has_value() ? lane.yes : std::nullopt; }

// a + k·b, cell by cell.
Gradient plus(const Gradient& a, const Gradient& b, const Rational& k) {
   Gradient sum = a;
   for (const auto& [cell, slope] : b) {
      Rational& there = sum[cell];
      there += k * slope;
      if (there == 0) sum.erase(cell);
   }
   return sum;
}
Gradient times(const Gradient& a, const Rational& k) { return plus({}, a, k); }

bool is_literal_zero(const Node& node, const Lane& lane) {
   return lane.zero_of_any_unit || (node.op == Op::constant && lane.is_point() && lane.value() == 0);
}

bool comes_with_its_row(const Type& type) { return type.kind == Kind::measured || type.kind == Kind::target; }

Rational magnitude(const Rational& value) { return value < 0 ? Rational(-value) : value; }

bool counts(const Total& total, const std::string& code) {
   const auto starts = [&](const std::string& prefix) { return code.compare(0, prefix.size(), prefix) == 0; };
   return total.of.empty() || std::any_of(total.of.begin(), total.of.end(), starts);
}

bool too_large(const Range& range) {
   return (range.low && bits(*range.low) > most_bits) || (range.high && bits(*range.high) > most_bits);
}

}  // namespace

Oracle::Oracle(const Program& program, const Batch& batch) : program_(program), batch_(batch), lanes_(program.nodes.size()) {}

const Lane& Oracle::lane(NodeId id, std::uint32_t row) {
   const auto known = lanes_[id].find(row);
   if (known != lanes_[id].end()) return known->second;
   Lane lane = compute(program_.nodes[id], row);
   if (lane.has_value() && lane.number && too_large(*lane.number)) lane = missing(Missing::grew_too_large);
   return lanes_[id].emplace(row, std::move(lane)).first->second;
}

Lane Oracle::compute(const Node& node, std::uint32_t row) {
   switch (node.op) {
      case Op::constant: return constant(node);
      case Op::field: return field(node, row);
      case Op::decimals: {
         const Column& column = batch_.columns[node.field];
         if (node.exact && column.missing[row] != Missing::none_missing) return missing(column.missing[row]);
         if (node.exact && (column.marks[row] & mark_taken_as_0) != 0) return missing(Missing::blank);
         return number(column.missing[row] == Missing::none_missing ? column.decimals[row] : 0);
      }
      case Op::broadcast: return lane(node.in[0], climb(node.frame, row, program_.nodes[node.in[0]].frame));
      case Op::at_row: return at_row(node, row);
      case Op::row_of_key: return row_of_key(node, row);
      case Op::row_of_total: return row_of_total(node, row);
      case Op::row_of_parent: return row_of_parent(node, row);
      case Op::row_number: return row_lane(row);
      case Op::copied_row: return copied_row(node, row);
      case Op::names_of: return names_of(node, row);
      case Op::sum:
      case Op::count:
      case Op::minimum:
      case Op::maximum:
      case Op::average: return reduce(node, row);
      case Op::all: return quantified(node, row, true);
      case Op::any: return quantified(node, row, false);
      case Op::add:
      case Op::subtract:
      case Op::multiply: return arithmetic(node, row);
      case Op::divide: return divide(node, row);
      case Op::negate: return negate(lane(node.in[0], row));
      case Op::absolute: return absolute(lane(node.in[0], row));
      case Op::lesser:
      case Op::greater: return lesser_or_greater(node, row);
      case Op::round: return rounded(node, row);
      case Op::call: return call(node, row);
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater_op:
      case Op::greater_equal: return compare(node, row);
      case Op::within: return within(node, row);
      case Op::about:
      case Op::about_less:
      case Op::about_greater: return about(node, row);
      case Op::text_equal: return text_equal(node, row);
      case Op::date_order: return date_order(node, row);
      case Op::in_names:
      case Op::names_equal:
      case Op::names_within: return names_compared(node, row);
      case Op::lines_complete: return lines_complete(node, row);
      case Op::both:
      case Op::either:
      case Op::no:
      case Op::exactly_when: return logic(node, row);
      case Op::select: return select(node, row);
      case Op::otherwise: return otherwise(node, row);
      case Op::is_present:
      case Op::is_missing: return presence(node, row);
      case Op::under: return under(node, row);
      case Op::level:
      case Op::orphan:
      case Op::is_total:
      case Op::has_children: return hierarchy(node, row);
      case Op::target_value:
      case Op::target_is:
      case Op::is_number: return target(node, row);
      case Op::as_unit: return as_unit(node, row);
      case Op::rule: return lane(node.in[0], row);
      case Op::half_width: return half_width(node, row);
      case Op::zero_if_missing: {
         const Lane& value = lane(node.in[0], row);
         if (value.has_value()) return value;
         return node.type.kind == Kind::yes_no ? yes_no(false) : number(0);
      }
      case Op::allowance:
      case Op::implausible: break;  // made by the plan only
   }
   return missing(Missing::not_read);
}

// ---- leaves -------------------------------------------------------------------------------------------------------------

Lane Oracle::constant(const Node& node) {
   Lane lane;
   if (const auto* kind = boost::variant2::get_if<Missing>(&node.value)) return missing(*kind);
   if (const auto* yes = boost::variant2::get_if<bool>(&node.value)) lane.yes = *yes;
   if (const auto* value = boost::variant2::get_if<Rational>(&node.value)) lane.number = Range::point(*value);
   if (const auto* text = boost::variant2::get_if<std::string>(&node.value)) lane.text = *text;
   return lane;
}

Lane Oracle::field(const Node& node, std::uint32_t row) {
   const Column& column = batch_.columns[node.field];
   const Type& type = program_.schema.fields[node.field].type;
   if (column.missing[row] != Missing::none_missing) return missing(column.missing[row]);
   Lane lane;
   switch (type.kind) {
      case Kind::text:
      case Kind::choice:
      case Kind::code:
      case Kind::names:
      case Kind::date: lane.text = batch_.texts[column.text[row]]; return lane;
      case Kind::yes_no: lane.yes = column.mantissa[row] != 0; return lane;
      default: break;
   }
   const bool bounded = type.kind == Kind::target || (column.marks[row] & mark_bound) != 0;
   if (bounded) lane.target = static_cast<TargetKind>(column.target[row]);
   const bool words = comes_with_its_row(type) && static_cast<TargetKind>(column.target[row]) >= TargetKind::date;
   if (words) {
      lane.target = static_cast<TargetKind>(column.target[row]);
      lane.text = batch_.texts[column.text[row]];
      return lane;
   }
   const auto wide = column.wide.find(row);
   const Rational value =
       wide != column.wide.end() ? wide->second : Rational(column.mantissa[row]) * power_of_ten(column.exponent);
   lane.number = type.kind != Kind::target && bounded ? Range::bound(lane.target, value) : Range::point(value);
   if (comes_with_its_row(type)) {
      const std::uint32_t measure = column.measure[row];
      if (measure == Measures::percent) {
         lane.unit = percent_type();
      } else if (measure == Measures::percentage_point) {
         lane.unit = percentage_point_type();
      } else {
         lane.unit = number_type();
         lane.unit->dimension = batch_.measures.dimension(measure);
         if (!lane.unit->dimension.none()) lane.unit->kind = Kind::quantity;
      }
   }
   if (type.published) lane.gradient[{node.field, row}] = 1;
   return lane;
}

// D3: ±½ of the last decimal, printed or declared, whichever is finer; in a coarser unit than the declared one the printed one.
// A blank that counts as 0 was not printed: it is exact.
Rational Oracle::half_width_of(Cell cell) const {
   const Column& column = batch_.columns[cell.first];
   if ((column.marks[cell.second] & mark_taken_as_0) != 0) return 0;
   const Type& type = program_.schema.fields[cell.first].type;
   const auto odd = column.half.find(cell.second);
   const Rational printed =
       odd != column.half.end() ? odd->second : power_of_ten(column.unit_shift[cell.second] - column.decimals[cell.second]) / 2;
   if (type.decimals < 0) return printed;
   const bool hundredths = type.unit.empty() && (type.kind == Kind::percent || type.kind == Kind::percentage_point);
   std::optional<Unit> unit;
   if (!type.unit.empty()) unit = read_any_unit(type.unit, program_.schema.extra_units);
   const Rational scale = hundredths ? power_of_ten(-2) : unit ? unit->scale : Rational(1);
   const bool in_tens = !unit || unit->scale_is_power_of_ten;
   const bool coarser = odd == column.half.end() && in_tens && power_of_ten(column.unit_shift[cell.second]) > scale;
   return coarser ? printed : std::min<Rational>(printed, scale * power_of_ten(-type.decimals) / 2);
}

Lane Oracle::half_width(const Node& node, std::uint32_t row) {
   const bool there = batch_.columns[node.field].missing[row] == Missing::none_missing;
   return number(there && program_.schema.fields[node.field].type.published ? half_width_of({node.field, row}) : Rational(0));
}

// Σ |slope| · half width.
Rational Oracle::radius(const Gradient& gradient) const {
   Rational sum = 0;
   for (const auto& [cell, slope] : gradient) sum += magnitude(slope) * half_width_of(cell);
   return sum;
}

// ---- frames and hierarchy -----------------------------------------------------------------------------------------------

std::uint32_t Oracle::climb(FrameId from, std::uint32_t row, FrameId to) const {
   for (; from != to; from = program_.schema.frames[from].parent) row = batch_.frames[from].parent_of[row];
   return row;
}

bool Oracle::has_total(FrameId frame, std::uint32_t row) const {
   const auto& total = batch_.frames[frame].total;
   return row < total.size() && total[row] >= 0;
}

std::string Oracle::key_of(FrameId frame, std::uint32_t row) const {
   const FieldId key = program_.schema.frames[frame].key;
   if (key == no_field || has_total(frame, row)) return "";
   const Column& column = batch_.columns[key];
   return column.missing[row] == Missing::none_missing ? fold(batch_.texts[column.text[row]]) : "";
}

std::pair<std::uint32_t, std::uint32_t> Oracle::rows_of_report(FrameId frame, std::uint32_t report) const {
   const auto& report_of = batch_.frames[frame].report_of;
   const auto found = std::equal_range(report_of.begin(), report_of.end(), report);
   return {found.first - report_of.begin(), found.second - report_of.begin()};
}

// The row with the longest code that is a proper prefix; else the total that counts this code; a total has none.
std::optional<std::uint32_t> Oracle::parent_in_hierarchy(FrameId frame, std::uint32_t row) const {
   const std::string code = key_of(frame, row);
   if (code.empty()) return std::nullopt;
   const auto [first, last] = rows_of_report(frame, report_of(frame, row));
   std::optional<std::uint32_t> parent;
   std::size_t longest = 0;
   for (std::uint32_t other = first; other < last; ++other) {
      const std::string prefix = key_of(frame, other);
      if (prefix.size() > longest && prefix.size() < code.size() && code.compare(0, prefix.size(), prefix) == 0)
         parent = other, longest = prefix.size();
   }
   if (parent) return parent;
   for (std::uint32_t other = first; other < last; ++other) {
      if (!has_total(frame, other)) continue;
      if (counts(program_.schema.frames[frame].totals[batch_.frames[frame].total[other]], code)) return other;
   }
   return std::nullopt;
}

// In a form with totals, some total must count this code, be its row there or not.
bool Oracle::counted_by_a_total(FrameId frame, const std::string& code) const {
   const auto& totals = program_.schema.frames[frame].totals;
   return totals.empty() || std::any_of(totals.begin(), totals.end(), [&](const Total& total) { return counts(total, code); });
}

std::vector<std::uint32_t> Oracle::children(FrameId frame, std::uint32_t row) const {
   std::vector<std::uint32_t> result;
   const auto [first, last] = rows_of_report(frame, report_of(frame, row));
   for (std::uint32_t other = first; other < last; ++other)
      if (parent_in_hierarchy(frame, other) == row) result.push_back(other);
   return result;
}

Lane Oracle::at_row(const Node& node, std::uint32_t row) {
   const Lane& picked = lane(node.in[1], row);
   if (!picked.has_value()) return missing(picked.missing | cause(Missing::no_such_row));
   return lane(node.in[0], *picked.row);
}

Missing Oracle::no_row_of(FrameId list, std::uint32_t report) const {
   const Missing kind = batch_.frames[list].list[report];
   return kind == Missing::none_missing ? Missing::no_such_row : kind;
}

Lane Oracle::row_of_key(const Node& node, std::uint32_t row) {
   const Lane& key = lane(node.in[0], row);
   if (!key.has_value()) return missing(key.missing);
   const std::uint32_t report = report_of(node.frame, row);
   const auto [first, last] = rows_of_report(node.other, report);
   for (std::uint32_t other = first; other < last; ++other)
      if (!has_total(node.other, other) && key_of(node.other, other) == fold(*key.text)) return row_lane(other);
   return missing(no_row_of(node.other, report));
}

Lane Oracle::row_of_total(const Node& node, std::uint32_t row) {
   const std::uint32_t report = report_of(node.frame, row);
   const auto [first, last] = rows_of_report(node.other, report);
   for (std::uint32_t other = first; other < last; ++other)
      if (has_total(node.other, other) && batch_.frames[node.other].total[other] == node.number) return row_lane(other);
   return missing(no_row_of(node.other, report));
}

Lane Oracle::row_of_parent(const Node& node, std::uint32_t row) {
   const auto parent = parent_in_hierarchy(node.frame, row);
   return parent ? row_lane(*parent) : missing(Missing::no_such_row);
}

// What the rows of a group share, folded; nothing: the row has no value there.
std::optional<std::string> Oracle::group_value(const Frame& group, std::uint32_t row) const {
   const Column& column = batch_.columns[group.group_by];
   if (column.missing[row] != Missing::none_missing) return std::nullopt;
   return fold(batch_.texts[column.text[row]]);
}

// The first rows of the groups below one row around them.
std::vector<std::uint32_t> Oracle::first_rows(const Frame& group, std::uint32_t parent) const {
   std::vector<std::uint32_t> rows;
   const FrameData& list = batch_.frames[group.groups_of];
   for (std::uint32_t row = list.begin[parent]; row < list.begin[parent + 1]; ++row) {
      const bool known = std::any_of(rows.begin(), rows.end(),
                                     [&](std::uint32_t other) { return group_value(group, other) == group_value(group, row); });
      if (!known && !has_total(group.groups_of, row)) rows.push_back(row);
   }
   return rows;
}

// May a row of the list, or of a list in it, belong to this group? Where it has no value it may.
bool Oracle::may_belong(const Frame& group, std::uint32_t group_row, FrameId list, std::uint32_t row) const {
   const std::uint32_t grouped = climb(list, row, group.groups_of);
   const std::uint32_t parent = batch_.frames[group.id].parent_of[group_row];
   if (climb(group.groups_of, grouped, group.parent) != parent || has_total(group.groups_of, grouped)) return false;
   const std::vector<std::uint32_t> first = first_rows(group, parent);
   const auto value = group_value(group, grouped);
   return !value || value == group_value(group, first.at(group_row - batch_.frames[group.id].begin[parent]));
}

// The n-th row of a copy below one row is the n-th row of the list below the row that both belong to.
Lane Oracle::copied_row(const Node& node, std::uint32_t row) {
   const auto& frames = program_.schema.frames;
   const FrameId outer = frames[node.frame].parent;
   if (const Frame& group = frames[node.frame]; group.groups_of != no_frame) {
      const std::uint32_t parent = batch_.frames[node.frame].parent_of[row];
      return row_lane(first_rows(group, parent).at(row - batch_.frames[node.frame].begin[parent]));
   }
   FrameId shared = outer;
   const auto is_around = [&](FrameId above, FrameId below) {
      for (; below != report_frame; below = frames[below].parent)
         if (below == above) return true;
      return above == report_frame;
   };
   if (const Frame& group = frames[outer]; group.groups_of != no_frame && is_around(group.groups_of, node.other)) {
      const std::uint32_t group_row = climb(node.frame, row, outer);
      std::uint32_t skip = row - batch_.frames[node.frame].begin[group_row];
      for (std::uint32_t one = 0; one < batch_.frames[node.other].rows; ++one)
         if (may_belong(group, group_row, node.other, one) && skip-- == 0) return row_lane(one);
      return missing(Missing::no_such_row);
   }
   while (!is_around(shared, node.other)) shared = frames[shared].parent;
   const std::uint32_t parent = climb(node.frame, row, outer);
   std::uint32_t place = row;
   while (place > 0 && climb(node.frame, place - 1, outer) == parent) --place;
   const std::uint32_t group = climb(outer, parent, shared);
   std::uint32_t skip = row - place;
   for (std::uint32_t one = 0; one < batch_.frames[node.other].rows; ++one)
      if (climb(node.other, one, shared) == group && skip-- == 0) return row_lane(one);
   return missing(Missing::no_such_row);
}

Lane Oracle::hierarchy(const Node& node, std::uint32_t row) {
   const bool total = has_total(node.frame, row);
   if (node.op == Op::is_total) return yes_no(total);
   if (node.op == Op::has_children) return yes_no(!children(node.frame, row).empty());
   const std::string code = key_of(node.frame, row);
   const int digits = static_cast<int>(code_points(code).size());
   if (node.op == Op::level) return number(total ? 0 : digits);
   const std::vector<int>& levels = program_.schema.frames[node.frame].levels;
   const auto own = std::find(levels.begin(), levels.end(), digits);
   if (total) return yes_no(false);
   const auto parent = parent_in_hierarchy(node.frame, row);
   const bool below_a_code = parent && !has_total(node.frame, *parent);
   if (own == levels.begin()) return yes_no(below_a_code || !counted_by_a_total(node.frame, code));
   if (!below_a_code) return yes_no(true);
   const int above = static_cast<int>(code_points(key_of(node.frame, *parent)).size());
   return yes_no(own == levels.end() || above != *(own - 1));
}

// ---- outward ------------------------------------------------------------------------------------------------------------

// Rows of `frame` that lie below one row of an ancestor frame, total rows left out; a list on the way that was not read is named.
std::vector<std::uint32_t> Oracle::rows_below(FrameId ancestor, std::uint32_t row, FrameId frame, Causes& why) const {
   if (frame == ancestor) return {row};
   std::vector<std::uint32_t> rows;
   const FrameData& data = batch_.frames[frame];
   for (const std::uint32_t parent : rows_below(ancestor, row, program_.schema.frames[frame].parent, why)) {
      if (data.list[parent] != Missing::none_missing) why |= cause(data.list[parent]);
      for (std::uint32_t child = data.begin[parent]; child < data.begin[parent + 1]; ++child)
         if (!has_total(frame, child)) rows.push_back(child);
   }
   return rows;
}

struct Oracle::Reduced {
   Causes missing;
   std::vector<std::uint32_t> rows;  // picked
};

Oracle::Reduced Oracle::pick(const Node& node, std::uint32_t row) {
   const FrameId frame = program_.nodes[node.in[0]].frame;
   Reduced result;
   const auto all = node.children ? children(node.frame, row) : rows_below(node.frame, row, frame, result.missing);
   if (result.missing.any()) return result;
   if (all.empty() && node.op != Op::count) result.missing = cause(Missing::empty_list);  // 0 rows can be counted
   for (const std::uint32_t one : all) {
      if (node.in.size() < 2) {
         result.rows.push_back(one);
         continue;
      }
      const Lane& filter = lane(node.in[1], one);
      if (!filter.has_value()) result.missing |= filter.missing | cause(Missing::condition);
      if (kleene(filter) == true) result.rows.push_back(one);
   }
   return result;
}

Lane Oracle::reduce(const Node& node, std::uint32_t row) {
   const Reduced picked = pick(node, row);
   if (picked.missing.any()) return missing(picked.missing);
   switch (node.op) {
      case Op::count: return number(picked.rows.size());
      case Op::sum: return sum(node, picked, false);
      case Op::average: return sum(node, picked, true);
      default: return extreme(node, picked, node.op == Op::maximum);
   }
}

namespace {

// Names between marks, each folded.
std::vector<std::string> folded_list(const std::string& stored) {
   std::vector<std::string> names;
   std::string name;
   for (const char c : stored + '\x1f') {
      if (c != '\x1f') {
         name += c;
         continue;
      }
      if (!stored.empty()) names.push_back(fold(name));
      name.clear();
   }
   return names;
}
std::set<std::string> folded_names(const std::string& stored) {
   const auto names = folded_list(stored);
   return {names.begin(), names.end()};
}

}  // namespace

Lane Oracle::names_of(const Node& node, std::uint32_t row) {
   const Reduced picked = pick(node, row);
   Causes why = picked.missing;
   Lane result;
   std::set<std::string> seen;
   result.text = "";
   for (const std::uint32_t one : picked.rows) {
      const Lane& name = lane(node.in[0], one);
      why |= name.missing;
      if (!name.has_value() || !seen.insert(fold(*name.text)).second) continue;
      *result.text += (seen.size() == 1 ? "" : "\x1f") + *name.text;
   }
   return why.any() ? missing(why) : result;
}

Lane Oracle::names_compared(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   if (!a.has_value() || !b.has_value()) return missing(a.missing | b.missing);
   const std::set<std::string> right = folded_names(*b.text);
   if (node.op == Op::in_names) return yes_no(right.count(fold(*a.text)) != 0);
   const std::set<std::string> left = folded_names(*a.text);
   if (node.op == Op::names_equal) return yes_no(left == right);
   return yes_no(std::includes(right.begin(), right.end(), left.begin(), left.end()));
}

Lane Oracle::lines_complete(const Node& node, std::uint32_t row) {
   const Lane& printed = lane(node.in[0], row);
   if (!printed.has_value()) return printed;
   std::vector<std::string> wanted;
   for (int line = 1; line <= node.number; ++line) wanted.push_back(std::to_string(line));
   return yes_no(folded_list(*printed.text) == wanted);
}

Lane Oracle::date_order(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   if (!a.has_value() || !b.has_value()) return missing(a.missing | b.missing);
   const auto x = read_date(*a.text), y = read_date(*b.text);
   if (!x || !y) return missing(Missing::unreadable);
   const auto order = std::tuple(x->year, x->month, x->day) <=> std::tuple(y->year, y->month, y->day);
   switch (static_cast<DateOrder>(node.number)) {
      case DateOrder::equal: return yes_no(order == 0);
      case DateOrder::less: return yes_no(order < 0);
      case DateOrder::less_equal: return yes_no(order <= 0);
      case DateOrder::greater: return yes_no(order > 0);
      case DateOrder::greater_equal: return yes_no(order >= 0);
   }
   return missing(Missing::unreadable);
}

namespace {

// What keeps picked rows from making one figure: rows without one, units that differ.
class Together {
 public:
   // Is there a figure to go on with?
   bool take(const Lane& one) {
      const Causes why = not_a_figure(one);
      why_ |= why;
      bound_ = bound_ || is_bound(one);
      if (why.any()) return false;
      differ_ = differ_ || (unit_ && one.unit && !same_meaning(*unit_, *one.unit));
      if (one.unit) unit_ = one.unit;
      return true;
   }
   Causes why() const {
      const Causes bound = cause(Missing::bound_undecided);
      Causes why = why_;
      if (why.any() && bound_) why |= bound;
      if ((why & bound).any() || (why.none() && differ_)) why |= cause(Missing::unit_differs);
      return why;
   }
   const std::optional<Type>& unit() const { return unit_; }

 private:
   Causes why_;
   bool bound_ = false, differ_ = false;
   std::optional<Type> unit_;
};

}  // namespace

Lane Oracle::sum(const Node& node, const Reduced& picked, bool average) {
   if (picked.rows.empty() && average) return missing(Missing::empty_list);
   Lane total = number(0);
   Together together;
   for (const std::uint32_t row : picked.rows) {
      const Lane& one = lane(node.in[0], row);
      if (!together.take(one)) continue;
      total.number = *total.number + *one.number;
      total.gradient = plus(total.gradient, one.gradient, 1);
      total.near_zero |= one.near_zero;
   }
   if (together.why().any()) return missing(together.why());
   total.unit = together.unit();
   total.zero_of_any_unit = picked.rows.empty() && node.type.kind == Kind::measured;
   if (!average) return total;
   const Rational share = Rational(1) / Rational(picked.rows.size());
   total.number = *total.number * Range::point(share);
   total.gradient = times(total.gradient, share);
   return total;
}

Lane Oracle::extreme(const Node& node, const Reduced& picked, bool largest) {
   if (picked.rows.empty()) return missing(Missing::empty_list);
   std::optional<Lane> best;
   Together together;
   for (const std::uint32_t row : picked.rows) {
      const Lane& one = lane(node.in[0], row);
      if (!together.take(one)) continue;
      if (!best) {
         best = one;
         continue;
      }
      const Range range = largest ? greater(*best->number, *one.number) : lesser(*best->number, *one.number);
      const bool better = less(largest ? *best->number : *one.number, largest ? *one.number : *best->number) == true;
      if (better) best = one;
      best->number = range;
   }
   return together.why().any() ? missing(together.why()) : *best;
}

Lane Oracle::quantified(const Node& node, std::uint32_t row, bool all) {
   const FrameId frame = program_.nodes[node.in[0]].frame;
   Causes why;
   const auto rows = node.children ? children(node.frame, row) : rows_below(node.frame, row, frame, why);
   if (why.none() && rows.empty()) why = cause(Missing::empty_list);
   if (why.any()) return missing(why);
   for (const std::uint32_t one : rows) {
      const Lane& value = lane(node.in[0], one);
      const std::optional<bool> here = kleene(value);
      const std::optional<bool> picked = node.in.size() < 2 ? std::optional(true) : kleene(lane(node.in[1], one));
      if (picked == false || here == all) continue;
      if (picked == true && here == !all) return yes_no(!all);
      if (!here) why |= value.missing;
      if (!picked) why |= lane(node.in[1], one).missing | cause(Missing::condition);
   }
   return why.any() ? missing(why) : yes_no(all);
}

// ---- arithmetic ---------------------------------------------------------------------------------------------------------

Type Oracle::unit_of(const Node& node, const Lane& lane) const { return lane.unit ? *lane.unit : node.type; }

// Where a figure with a unit of its own may stand, one of a fixed type carries that type's.
Lane Oracle::with_unit(const Node& node, NodeId from, Lane lane) const {
   if (node.type.kind != Kind::measured || !lane.number || lane.unit || lane.zero_of_any_unit) return lane;
   if (is_literal_zero(program_.nodes[from], lane))
      lane.zero_of_any_unit = true;
   else
      lane.unit = program_.nodes[from].type;
   return lane;
}

// 90 and 90% as they were printed: nobody knows whether 0.9 is meant, or 90.
bool Oracle::is_number_beside_percent(const Lane& a, const Lane& b) {
   if (!a.unit || !b.unit) return false;
   const auto are = [&](Kind x, Kind y) { return a.unit->kind == x && b.unit->kind == y; };
   return are(Kind::number, Kind::percent) || are(Kind::percent, Kind::number);
}

Lane Oracle::combined(Arithmetic op, const Node& node, const Lane& a, const Lane& b) {
   Lane result;
   const Node &x = program_.nodes[node.in[0]], &y = program_.nodes[node.in[1]];
   if (!a.unit && !b.unit) return result;
   if (op != Arithmetic::multiply && is_number_beside_percent(a, b)) return missing(Missing::unit_differs);
   const Combined types = combine(op, unit_of(x, a), unit_of(y, b));
   if (types.type.kind == Kind::error) return missing(Missing::unit_differs);
   result.unit = types.type;
   return result;
}

Lane Oracle::arithmetic(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   const Causes why = not_figures(a, b);
   if (why.any()) return missing(why);
   const Arithmetic op = node.op == Op::add        ? Arithmetic::add
                         : node.op == Op::subtract ? Arithmetic::subtract
                                                   : Arithmetic::multiply;
   Lane result = combined(op, node, a, b);
   if (!result.has_value()) return result;
   result.near_zero = a.near_zero || b.near_zero;
   if (op == Arithmetic::multiply) {
      result.number = *a.number * *b.number;
      if (a.is_point() && b.is_point()) result.gradient = plus(times(a.gradient, b.value()), b.gradient, a.value());
      return result;
   }
   result.number = op == Arithmetic::add ? *a.number + *b.number : *a.number - *b.number;
   result.gradient = plus(a.gradient, b.gradient, op == Arithmetic::add ? 1 : -1);
   return result;
}

// D4: the contributions of a quotient are scaled by |b| / (|b| − h_b).
Lane Oracle::divide(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   const Causes why = not_figures(a, b);
   if (b.is_point() && b.value() == 0) {
      if (why.any()) return missing(why);
      return node.in.size() > 2 ? with_unit(node, node.in[2], lane(node.in[2], row)) : missing(Missing::zero_divisor);
   }
   if (why.any()) return missing(why);
   Lane result = combined(Arithmetic::divide, node, a, b);
   if (!result.has_value()) return result;
   const auto inverse = reciprocal(*b.number);
   if (!inverse) return missing(Missing::bound_undecided);
   result.number = *a.number * *inverse;
   result.near_zero = a.near_zero || b.near_zero;
   if (!a.is_point() || !b.is_point()) return result;
   const Rational size = magnitude(b.value()), spread = radius(b.gradient);
   if (size <= spread) {
      result.near_zero = true;
      return result;
   }
   const Rational slope = 1 / b.value(), factor = size / (size - spread);
   result.gradient = times(plus(times(a.gradient, slope), b.gradient, -a.value() * slope * slope), factor);
   return result;
}

Lane Oracle::negate(Lane lane) {
   const Causes why = not_a_figure(lane);
   if (why.any()) return missing(why);
   lane.number = -*lane.number;
   lane.gradient = times(lane.gradient, -1);
   return lane;
}

Lane Oracle::absolute(Lane lane) {
   const Causes why = not_a_figure(lane);
   if (why.any()) return missing(why);
   if (lane.is_point() && lane.value() < 0) return negate(lane);
   lane.number = oracle::absolute(*lane.number);
   return lane;
}

bool Oracle::comparable_lanes(const Node& a, const Lane& x, const Node& b, const Lane& y) const {
   if (!x.unit && !y.unit) return true;
   if (is_number_beside_percent(x, y)) return false;
   return comparable(unit_of(a, x), unit_of(b, y), is_literal_zero(a, x), is_literal_zero(b, y)).type.kind != Kind::error;
}

Lane Oracle::lesser_or_greater(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   const Causes why = not_figures(a, b);
   if (why.any()) return missing(why);
   if (!comparable_lanes(program_.nodes[node.in[0]], a, program_.nodes[node.in[1]], b)) return missing(Missing::unit_differs);
   const bool smaller = node.op == Op::lesser;
   const bool first = (smaller ? less_equal(*a.number, *b.number) : less_equal(*b.number, *a.number)) != false;
   Lane result = with_unit(node, node.in[first ? 0 : 1], first ? a : b);
   result.number = smaller ? lesser(*a.number, *b.number) : greater(*a.number, *b.number);
   return result;
}

// `round` is refused inside ≈; where a rounded let or score stands there, it changes as fast as what was rounded.
Lane Oracle::rounded(const Node& node, std::uint32_t row) {
   const Lane& value = lane(node.in[0], row);
   const Causes why = not_a_figure(value);
   if (why.any()) return missing(why);
   Lane result = value;
   result.number = round(*value.number, node.number, node.rounding);
   return result;
}

Lane Oracle::call(const Node& node, std::uint32_t row) {
   std::vector<Value> arguments;
   Causes why;
   for (const NodeId input : node.in) {
      const Lane& one = lane(input, row);
      why |= one.missing;
      if (!one.has_value()) continue;
      if (one.number)
         arguments.push_back(one.value());
      else if (one.text)
         arguments.push_back(*one.text);
      else
         arguments.push_back(*one.yes);
   }
   if (why.any()) return missing(why);
   Node result;
   result.value = node.function->apply(arguments);
   return constant(result);
}

// ---- comparisons --------------------------------------------------------------------------------------------------------

Lane Oracle::compare(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   const bool wants_equal = node.op == Op::equal;
   if (a.has_value() && b.has_value() && a.yes && b.yes) return yes_no((*a.yes == *b.yes) == wants_equal);
   const Causes why = not_figures(a, b);
   if (why.any()) return missing(why);
   if (!comparable_lanes(program_.nodes[node.in[0]], a, program_.nodes[node.in[1]], b)) return missing(Missing::unit_differs);
   std::optional<bool> result;
   switch (node.op) {
      case Op::equal:
      case Op::not_equal:
         result = equal(*a.number, *b.number);
         if (result && !wants_equal) result = !*result;
         break;
      case Op::less: result = less(*a.number, *b.number); break;
      case Op::less_equal: result = less_equal(*a.number, *b.number); break;
      case Op::greater_op: result = less(*b.number, *a.number); break;
      default: result = less_equal(*b.number, *a.number); break;
   }
   return yes_no(result, cause(Missing::bound_undecided));
}

// A part of the right side is allowed of anything but percents; an amount only of what the sides differ by.
bool Oracle::tolerable(const Node& node, const Lane& a, const Lane& b, const Lane& tolerance) const {
   if (!a.unit && !b.unit && !tolerance.unit) return true;
   const Node &x = program_.nodes[node.in[0]], &y = program_.nodes[node.in[1]], &z = program_.nodes[node.in[2]];
   const bool a_is_any = is_literal_zero(x, a), b_is_any = is_literal_zero(y, b);
   if ((a_is_any && b_is_any) || is_literal_zero(z, tolerance)) return true;
   const Type left = a_is_any ? unit_of(y, b) : unit_of(x, a), right = b_is_any ? unit_of(x, a) : unit_of(y, b);
   const auto is = [&](Kind kind) { return left.kind == kind || right.kind == kind; };
   const bool unknown = is(Kind::measured);
   const bool of_percents = !unknown && (is(Kind::percent) || is(Kind::percentage_point));
   const Type allowed = unit_of(z, tolerance);
   if (node.relative) return !of_percents;
   if (allowed.kind == Kind::percent) return false;
   if (unknown) return true;
   const Type apart = of_percents ? percentage_point_type() : left.kind == Kind::number ? right : left;
   return comparable(apart, allowed, false, false).type.kind != Kind::error;
}

Lane Oracle::within(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row), &tolerance = lane(node.in[2], row);
   Causes why = not_figures(a, b, tolerance);
   const bool compared = not_figures(a, b).none();
   if (compared && !comparable_lanes(program_.nodes[node.in[0]], a, program_.nodes[node.in[1]], b))
      why |= cause(Missing::unit_differs);
   if (why.any()) return missing(why);
   if (!tolerable(node, a, b, tolerance)) return missing(Missing::unit_differs);
   const Range gap = oracle::absolute(*a.number - *b.number);
   const Range most = node.relative ? *tolerance.number * oracle::absolute(*b.number) : *tolerance.number;
   return yes_no(less_equal(gap, most), cause(Missing::bound_undecided));
}

Lane Oracle::about(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   const Causes why = not_figures(a, b);
   if (why.any()) return missing(why);
   if (!comparable_lanes(program_.nodes[node.in[0]], a, program_.nodes[node.in[1]], b)) return missing(Missing::unit_differs);
   if (!a.is_point() || !b.is_point()) return missing(Missing::bound_undecided);
   if (a.near_zero || b.near_zero) return missing(Missing::near_zero_divisor);
   const Rational allowed = radius(plus(a.gradient, b.gradient, -1));
   if (bits(allowed) > most_bits) return missing(Missing::grew_too_large);
   const Rational gap = a.value() - b.value();
   Lane result = yes_no(node.op == Op::about        ? magnitude(gap) <= allowed
                        : node.op == Op::about_less ? gap <= allowed
                                                    : gap >= -allowed);
   result.allowed = allowed;
   result.implausible = node.op == Op::about && *result.yes && implausible(node, a, b);
   return result;
}

// D5. Only sums of published figures, each counted once.
bool Oracle::implausible(const Node& node, const Lane& left, const Lane& right) const {
   if (!is_sum(node.in[0]) || !is_sum(node.in[1])) return false;
   const bool left_single = is_single_figure(node.in[0]), right_single = is_single_figure(node.in[1]);
   Rational single = 0, squares = 0;
   const auto take = [&](const Lane& side, bool is_single) {
      for (const auto& [cell, slope] : side.gradient) {
         const Rational width = half_width_of(cell) * magnitude(slope);
         const auto& column = batch_.columns[cell.first];
         const bool printed_zero = column.mantissa[cell.second] == 0 && !column.wide.count(cell.second);
         if (is_single)
            single = width;
         else if (!printed_zero)
            squares += width * width;
      }
   };
   take(left, left_single);
   take(right, right_single && !left_single);
   const Rational gap = magnitude(left.value() - right.value());
   if (!left_single && !right_single) return gap * gap > 6 * squares;
   return gap > single && (gap - single) * (gap - single) > 6 * squares;
}

// Made of published figures and exact parts by + and − alone.
bool Oracle::is_sum(NodeId id) const {
   const Node& node = program_.nodes[id];
   switch (node.op) {
      case Op::field:
      case Op::constant: return true;
      case Op::add:
      case Op::subtract: return is_sum(node.in[0]) && is_sum(node.in[1]);
      case Op::negate:
      case Op::sum:
      case Op::broadcast:
      case Op::at_row:
      case Op::rule: return is_sum(node.in[0]);
      default: return false;
   }
}

bool Oracle::is_single_figure(NodeId id) const {
   const Node& node = program_.nodes[id];
   if (node.op == Op::broadcast || node.op == Op::at_row || node.op == Op::rule) return is_single_figure(node.in[0]);
   return node.op == Op::field && program_.schema.fields[node.field].type.published;
}

Lane Oracle::text_equal(const Node& node, std::uint32_t row) {
   const Lane &a = lane(node.in[0], row), &b = lane(node.in[1], row);
   if ((a.missing | b.missing).any()) return missing(a.missing | b.missing);
   if (!a.text || !b.text) return yes_no(false);
   return yes_no(node.exact ? *a.text == *b.text : fold(*a.text) == fold(*b.text));
}

// ---- logic --------------------------------------------------------------------------------------------------------------

Lane Oracle::logic(const Node& node, std::uint32_t row) {
   const Lane& a = lane(node.in[0], row);
   const std::optional<bool> x = kleene(a);
   if (node.op == Op::no) return x ? yes_no(!*x) : missing(a.missing);
   const Lane& b = lane(node.in[1], row);
   const std::optional<bool> y = kleene(b);
   if (node.op == Op::both && (x == false || y == false)) return yes_no(false);
   if (node.op == Op::either && (x == true || y == true)) return yes_no(true);
   if (!x || !y) return missing(a.missing | b.missing);
   if (node.op == Op::exactly_when) return yes_no(*x == *y);
   return yes_no(node.op == Op::both);
}

Lane Oracle::select(const Node& node, std::uint32_t row) {
   const Lane& condition = lane(node.in[0], row);
   if (!condition.has_value()) return missing(condition.missing | cause(Missing::condition));
   const NodeId taken = node.in[*condition.yes ? 1 : 2];
   return with_unit(node, taken, lane(taken, row));
}

Lane Oracle::otherwise(const Node& node, std::uint32_t row) {
   const Lane& value = lane(node.in[0], row);
   const bool only_in_the_data = (value.missing & ~kinds_in_the_data()).none();
   const NodeId taken = node.in[!value.has_value() && only_in_the_data ? 1 : 0];
   return with_unit(node, taken, lane(taken, row));
}

Lane Oracle::presence(const Node& node, std::uint32_t row) {
   const Lane& value = lane(node.in[0], row);
   if (!value.has_value() && !all_blank_like(value.missing)) return missing(value.missing);
   return yes_no(value.has_value() == (node.op == Op::is_present));
}

Lane Oracle::under(const Node& node, std::uint32_t row) {
   const Lane& code = lane(node.in[0], row);
   if (!code.has_value()) return missing(code.missing);
   const std::string text = fold(*code.text);
   return yes_no(std::any_of(node.words.begin(), node.words.end(), [&](const std::string& word) {
      const std::string prefix = fold(word);
      return text.compare(0, prefix.size(), prefix) == 0;
   }));
}

Lane Oracle::target(const Node& node, std::uint32_t row) {
   const Lane& value = lane(node.in[0], row);
   if (!value.has_value()) return missing(value.missing);
   if (node.op == Op::is_number) return yes_no(value.number.has_value());
   if (node.op == Op::target_is) {
      const bool money = value.number && value.unit && same_meaning(*value.unit, money_type());
      return yes_no((node.number >> static_cast<int>(value.target) & 1) != 0 || (money && (node.number & target_is_money) != 0));
   }
   const Causes why = not_a_figure(value);
   if (why.any()) return missing(why);
   return value;
}

// The same figure, where its row's unit fits the type that is wanted.
Lane Oracle::as_unit(const Node& node, std::uint32_t row) {
   Lane value = lane(node.in[0], row);
   const Causes why = not_a_figure(value);
   if (why.any()) return missing(why);
   const Type unit = unit_of(program_.nodes[node.in[0]], value);
   const Type& wanted = node.type;
   const auto scales = [](Kind kind) { return kind == Kind::number || kind == Kind::percent || kind == Kind::percentage_point; };
   const bool fits = same_meaning(unit, wanted) ||
                     ((unit.kind == Kind::number || unit.kind == Kind::percent) && scales(wanted.kind)) ||
                     (unit.kind == Kind::number && same_meaning(wanted, points_type())) || is_literal_zero(node, value);
   if (!fits) return missing(Missing::unit_differs);
   value.unit.reset();
   return value;
}

// ---- verdicts -----------------------------------------------------------------------------------------------------------

Verdict Oracle::verdict(const Case& one, std::uint32_t row) {
   if (one.applies != no_node) {
      const std::optional<bool> applies = kleene(lane(one.applies, row));
      if (!applies) return Verdict::cannot_tell;
      if (!*applies) return Verdict::does_not_apply;
   }
   const std::optional<bool> condition = kleene(lane(one.condition, row));
   if (!condition) return Verdict::cannot_tell;
   return *condition ? Verdict::holds : Verdict::fails;
}

void Oracle::visit(const Case& one, const std::vector<FrameId>& lists, std::size_t depth, std::uint32_t row,
                   std::vector<Judged>& result) {
   if (depth == lists.size()) {
      result.push_back({verdict(one, row), one.frame, row});
      return;
   }
   const FrameData& data = batch_.frames[lists[depth]];
   const FrameId parent = program_.schema.frames[lists[depth]].parent;
   if (data.list[row] != Missing::none_missing) {
      result.push_back({Verdict::cannot_tell, parent, row});
      return;
   }
   if (data.begin[row] == data.begin[row + 1]) result.push_back({Verdict::does_not_apply, parent, row});
   for (std::uint32_t child = data.begin[row]; child < data.begin[row + 1]; ++child) visit(one, lists, depth + 1, child, result);
}

std::vector<Judged> Oracle::judged(const Case& one, std::uint32_t report) {
   std::vector<FrameId> lists;
   for (FrameId frame = one.frame; frame != report_frame; frame = program_.schema.frames[frame].parent) lists.push_back(frame);
   std::reverse(lists.begin(), lists.end());
   std::vector<Judged> result;
   visit(one, lists, 0, report, result);
   return result;
}

}  // namespace heng::oracle

#include "interpreter/run/run.hpp"

#include <algorithm>

#include "interpreter/run/state.hpp"

namespace heng {

namespace {

DeclaredWidth declared_width(const Schema& schema, const Type& type) {
   if (type.decimals < 0) return {};
   const bool hundredths = type.unit.empty() && (type.kind == Kind::percent || type.kind == Kind::percentage_point);
   if (hundredths) return {-2, type.decimals, std::nullopt};
   if (type.unit.empty()) return {0, type.decimals, std::nullopt};
   const Unit unit = read_any_unit(type.unit, schema.extra_units);
   if (unit.scale_is_power_of_ten) return {unit.decimal_shift, type.decimals, std::nullopt};
   return {std::nullopt, 0, Rational(unit.scale * power_of_ten(-type.decimals) / 2)};
}

Rational half_of_power(int exponent) { return scaled_by_ten(5, exponent - 1); }

}  // namespace

Run::Run(const Plan& given) : plan(given), lanes(given.program.nodes.size()) {
   for (const Rule& rule : plan.program.rules) verdicts.emplace_back(rule.cases.size());
   const Schema& schema = plan.program.schema;
   for (const Field& field : schema.fields) declared_.push_back(declared_width(schema, field.type));
}

void Run::run(const Batch& given) {
   batch = &given;
   frames.begin(given);
   texts.begin(given.texts);
   units.begin(given.measures);
   has_bounds_ = false;
   std::uint32_t most = 1;
   for (const FrameData& frame : given.frames) most = std::max(most, frame.rows);
   if (zero_bytes_.size() < most) zero_bytes_.resize(most, 0), zero_numbers_.resize(most, 0);
   for (const NodeId id : plan.order) weigh(id);
   judge();
}

const std::uint8_t* Run::zero_bytes(std::uint32_t) { return zero_bytes_.data(); }
const std::int64_t* Run::zero_numbers(std::uint32_t) { return zero_numbers_.data(); }

void Run::none_missing(Lanes& out) {
   out.missing = zero_bytes(out.rows);
   out.any_missing = false;
}

// Kinds that lie in the data are the smallest: a lane with several causes counts as missing in the data only if all of them are.
void Run::merge_missing(const Lanes& a, const Lanes& b, Lanes& out) {
   out.any_missing = a.any_missing || b.any_missing;
   if (!b.any_missing)
      out.missing = a.missing;
   else if (!a.any_missing)
      out.missing = b.missing;
   else
      kernels::larger(a.missing, b.missing, out.make_missing(), out.rows);
}

void Run::share(const Lanes& a, Lanes& out) {
   numbers::share(a, out);
   out.any_missing = a.any_missing;
   out.missing = a.missing;
   out.yes = a.yes;
   out.text = a.text;
   out.row = a.row;
   out.measure = a.measure;
   out.target = a.target;
}

bool Run::is_literal_zero(NodeId id) const {
   const auto* value = boost::variant2::get_if<Rational>(&node(id).value);
   return node(id).op == Op::constant && value && *value == 0;
}

void Run::weigh(NodeId id) {
   const Node& node = plan.program.nodes[id];
   Lanes& out = lanes[id];
   out.begin(frames.rows(node.frame));
   if (out.rows == 0) return nothing(node.type, Missing::not_read, out);
   switch (node.op) {
      case Op::constant: constant(node, out); break;
      case Op::field: field(node, out); break;
      case Op::decimals: decimals(node, out); break;
      case Op::half_width: half_widths(node, out); break;
      case Op::broadcast: broadcast(node, out); break;
      case Op::at_row: at_row(node, out); break;
      case Op::row_of_key: row_of_key(node, out); break;
      case Op::row_of_total: row_of_total(node, out); break;
      case Op::row_of_parent: row_of_parent(node, out); break;
      case Op::row_number: row_number(out); break;
      case Op::copied_row: copied_row(node, out); break;
      case Op::names_of: names_of(node, out); break;
      case Op::sum:
      case Op::count:
      case Op::minimum:
      case Op::maximum:
      case Op::average: reduce(node, out); break;
      case Op::all: quantified(node, out, true); break;
      case Op::any: quantified(node, out, false); break;
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::negate:
      case Op::absolute:
      case Op::round: arithmetic(node, out); break;
      case Op::divide: divide(node, out); break;
      case Op::lesser:
      case Op::greater: lesser_or_greater(node, out); break;
      case Op::call: call(node, out); break;
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater_op:
      case Op::greater_equal: compare(node, out); break;
      case Op::about:
      case Op::about_less:
      case Op::about_greater: weighed(node, out, 2); break;
      case Op::within: weighed(node, out, 3); break;
      case Op::text_equal: text_equal(node, out); break;
      case Op::date_order: date_order(node, out); break;
      case Op::in_names:
      case Op::names_equal:
      case Op::names_within: compare_names(node, out); break;
      case Op::lines_complete: lines_complete(node, out); break;
      case Op::both: both(node, out, false); break;
      case Op::either: both(node, out, true); break;
      case Op::no: no(node, out); break;
      case Op::exactly_when: exactly_when(node, out); break;
      case Op::select: select(node, out); break;
      case Op::otherwise: otherwise(node, out); break;
      case Op::is_present:
      case Op::is_missing: presence(node, out); break;
      case Op::under: under(node, out); break;
      case Op::level:
      case Op::orphan:
      case Op::is_total:
      case Op::has_children: hierarchy(node, out); break;
      case Op::target_value: target_value(node, out); break;
      case Op::target_is: target_is(node, out); break;
      case Op::is_number: is_number(node, out); break;
      case Op::as_unit: as_unit(node, out); break;
      case Op::rule: share(in(node, 0), out); break;
      case Op::zero_if_missing: zero_if_missing(node, out); break;
      case Op::allowance: allowance(node, out); break;
      case Op::implausible: implausible(node, out); break;
   }
   if (has_bounds_ && out.any_missing) settle_bounds(id);
}

// ---- leaves -----------------------------------------------------------------------------------------------------------------

// Fillers that no bound feels.
void Run::nothing(const Type& type, Missing kind, Lanes& out) {
   std::fill_n(out.make_missing(), out.rows, static_cast<std::uint8_t>(kind));
   out.any_missing = true;
   if (type.kind == Kind::yes_no)
      out.yes = zero_bytes(out.rows);
   else if (type.kind == Kind::row)
      std::fill_n(out.make_row(), out.rows, -1);
   else
      out.number = zero_numbers(out.rows);
   if (!type.is_numeric() && type.kind != Kind::yes_no && type.kind != Kind::row) std::fill_n(out.make_text(), out.rows, 0);
   if (type.kind == Kind::measured || type.kind == Kind::target) {
      std::fill_n(out.make_measure(), out.rows, unknown_measure);
      std::fill_n(out.make_target(), out.rows, static_cast<std::uint8_t>(TargetKind::bare));
   }
}

void Run::constant(const Node& node, Lanes& out) {
   if (const auto* kind = boost::variant2::get_if<Missing>(&node.value)) return nothing(node.type, *kind, out);
   none_missing(out);
   if (const auto* yes = boost::variant2::get_if<bool>(&node.value)) std::fill_n(out.make_yes(), out.rows, *yes);
   if (const auto* number = boost::variant2::get_if<Rational>(&node.value)) numbers::constant(*number, out);
   if (const auto* text = boost::variant2::get_if<std::string>(&node.value))
      std::fill_n(out.make_text(), out.rows, texts.intern(*text));
}

void Run::field(const Node& node, Lanes& out) {
   const Field& field = plan.program.schema.fields[node.field];
   const Column& column = batch->columns[node.field];
   static_assert(sizeof(Missing) == 1);
   out.missing = reinterpret_cast<const std::uint8_t*>(column.missing.data());
   out.any_missing = kernels::any(out.missing, out.rows);
   switch (field.type.kind) {
      case Kind::text:
      case Kind::choice:
      case Kind::code:
      case Kind::names:
      case Kind::date: out.text = column.text.data(); break;
      case Kind::yes_no: {
         std::uint8_t* yes = out.make_yes();
         for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = column.mantissa[i] != 0;
         break;
      }
      case Kind::measured:
      case Kind::target: measured_figure(field, column, out); break;
      default: figure(field, column, out);
   }
}

void Run::figure(const Field&, const Column& column, Lanes& out) {
   out.number = column.mantissa.data();
   out.exponent = column.exponent;
   out.number_limit = kernels::largest(out.number, out.rows);
   out.tight = true;
   if (column.wide.empty()) return;
   std::vector<Rational> values(out.rows);
   for (std::uint32_t i = 0; i < out.rows; ++i)
      if (out.has(i)) values[i] = out.at(i);
   for (const auto& [row, value] : column.wide)
      if (row < out.rows && out.has(row)) values[row] = value;
   numbers::put(values, out);
}

// Words carry no figure; a bound is a set of figures.
void Run::measured_figure(const Field& field, const Column& column, Lanes& out) {
   std::uint8_t* missing = out.make_missing();
   const bool may_be_bound = field.type.kind == Kind::measured;
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      missing[i] = static_cast<std::uint8_t>(column.missing[i]);
      if (missing[i] == 0 && is_words(column.target[i])) missing[i] = static_cast<std::uint8_t>(Missing::not_a_number);
   }
   figure(field, column, out);
   out.text = column.text.data();
   out.target = column.target.data();
   out.measure = column.measure.data();
   for (std::uint32_t i = 0; may_be_bound && i < out.rows; ++i) {
      if (!(column.marks[i] & mark_bound) || !out.has(i)) continue;
      Interval& bound = out.bounds[i];
      const auto kind = static_cast<TargetKind>(column.target[i]);
      bound.has_low = kind == TargetKind::at_least || kind == TargetKind::above;
      bound.has_high = !bound.has_low;
      bound.low_open = kind != TargetKind::at_least;
      bound.high_open = kind != TargetKind::at_most;
      (bound.has_low ? bound.low : bound.high) = out.at(i);
   }
   missing = out.own.missing.data();
   out.missing = missing;
   for (const auto& [row, bound] : out.bounds) missing[row] = static_cast<std::uint8_t>(Missing::bound_undecided);
   has_bounds_ = has_bounds_ || !out.bounds.empty();
   out.any_missing = kernels::any(missing, out.rows);
}

void Run::decimals(const Node& node, Lanes& out) {
   const Column& column = batch->columns[node.field];
   none_missing(out);
   if (node.exact) {  // of what was printed; a blank that counts as 0 was not
      std::uint8_t* missing = out.make_missing();
      for (std::uint32_t i = 0; i < out.rows; ++i)
         missing[i] = static_cast<std::uint8_t>(column.marks[i] & mark_taken_as_0 ? Missing::blank : column.missing[i]);
      out.any_missing = kernels::any(missing, out.rows);
   }
   std::int64_t* number = out.make_number();
   for (std::uint32_t i = 0; i < out.rows; ++i)
      number[i] = column.missing[i] == Missing::none_missing && i < column.decimals.size() ? column.decimals[i] : 0;
   out.number_limit = 255;
}

namespace {

bool is_printed_figure(const Column& column, std::uint32_t row) {
   return column.missing[row] == Missing::none_missing && !(column.marks[row] & mark_taken_as_0);
}

// What a published column is in practice: every row printed, to the same decimals of the same unit.
bool all_printed_alike(const Column& column, std::uint32_t rows) {
   static_assert(sizeof(Missing) == 1 && Missing{} == Missing::none_missing);
   const auto alike = [&](const auto& bytes) {
      return kernels::all_equal(reinterpret_cast<const std::uint8_t*>(bytes.data()), rows);
   };
   return rows > 0 && column.target.empty() && column.half.empty() && column.missing[0] == Missing::none_missing &&
          column.marks[0] == 0 && alike(column.missing) && alike(column.marks) && alike(column.decimals) &&
          alike(column.unit_shift);
}

}  // namespace

// D3: ±½ of the last decimal, printed or declared, whichever is finer; in a coarser unit than the declared one (0.74亿元 where
// 万元 are wanted) the printed one. A blank that counts as 0 was not printed: it is exact.
Rational Run::half_width(FieldId id, std::uint32_t row) const {
   const Schema& schema = plan.program.schema;
   const Type& type = schema.fields[id].type;
   const Column& column = batch->columns[id];
   if (!type.published || !type.is_numeric() || !is_printed_figure(column, row)) return 0;
   if (!column.target.empty() && is_words(column.target[row])) return 0;
   const DeclaredWidth& declared = declared_[id];
   const auto odd = column.half.find(row);
   if (odd == column.half.end()) {
      const int shift = declared.shift_of(column.unit_shift[row], column.decimals[row]);
      const Rational half = half_of_power(shift);
      return declared.odd ? std::min(half, *declared.odd) : half;
   }
   Rational half = odd->second;
   if (declared.unit_shift) half = std::min(half, half_of_power(*declared.unit_shift - declared.decimals));
   if (declared.odd) half = std::min(half, *declared.odd);
   return half;
}

void Run::half_widths(const Node& node, Lanes& out) {
   const Schema& schema = plan.program.schema;
   const Type& type = schema.fields[node.field].type;
   const Column& column = batch->columns[node.field];
   none_missing(out);
   const DeclaredWidth& declared = declared_[node.field];
   const auto shift_of = [&](std::uint32_t i) { return declared.shift_of(column.unit_shift[i], column.decimals[i]); };
   int least = 1000, largest = -1000;
   bool simple = type.published && column.half.empty() && !declared.odd;
   if (simple && all_printed_alike(column, out.rows)) {
      const int shift = shift_of(0);
      std::fill_n(out.make_number(), out.rows, 5);
      out.exponent = shift - 1;
      out.number_limit = 5;
      return;
   }
   for (std::uint32_t i = 0; simple && i < out.rows; ++i) {
      if (!is_printed_figure(column, i)) continue;
      const int shift = shift_of(i);
      least = std::min(least, shift);
      largest = std::max(largest, shift);
   }
   if (!simple || largest - least > 17) {
      std::vector<Rational> values(out.rows);
      for (std::uint32_t i = 0; i < out.rows; ++i) values[i] = half_width(node.field, i);
      return numbers::put(values, out);
   }
   // 5·10^(shift−1), counted in units of 10^(least−1)
   std::int64_t steps[18] = {5};
   for (int at = 1; at < 18; ++at) steps[at] = steps[at - 1] * 10;
   std::int64_t* number = out.make_number();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      number[i] = is_printed_figure(column, i) ? steps[shift_of(i) - least] : 0;
   }
   if (!column.target.empty())
      for (std::uint32_t i = 0; i < out.rows; ++i) number[i] = is_words(column.target[i]) ? 0 : number[i];
   out.exponent = largest < least ? 0 : least - 1;
   out.number_limit = largest < least ? 0 : static_cast<Limit>(steps[largest - least]);
}

// ---- verdicts -----------------------------------------------------------------------------------------------------------------

namespace {

constexpr std::uint8_t of(Verdict verdict) { return static_cast<std::uint8_t>(verdict); }

void judge_case(const Lanes* applies, const Lanes& condition, std::vector<std::uint8_t>& out) {
   out.resize(condition.rows);
   kernels::judge(condition.missing, condition.yes, of(Verdict::holds), of(Verdict::fails), of(Verdict::cannot_tell), out.data(),
                  condition.rows);
   if (!applies) return;
   kernels::guard(applies->missing, applies->yes, of(Verdict::cannot_tell), of(Verdict::does_not_apply), out.data(),
                  condition.rows);
}

}  // namespace

void Run::judge() {
   const auto& rules = plan.program.rules;
   for (std::size_t rule = 0; rule < rules.size(); ++rule)
      for (std::size_t at = 0; at < rules[rule].cases.size(); ++at) {
         const Case& one = rules[rule].cases[at];
         judge_case(one.applies == no_node ? nullptr : &lanes[one.applies], lanes[one.condition], verdicts[rule][at]);
      }
}

// ---- the engine
// -----------------------------------------------------------------------------------------------------------------

Engine::Engine(const Plan& plan) : run_(std::make_unique<Run>(plan)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;

Evaluation Engine::run(const Batch& batch) {
   run_->run(batch);
   return Evaluation(*run_);
}

}  // namespace heng

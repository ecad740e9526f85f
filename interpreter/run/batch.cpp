// The builder of batches: declared values, row by row, into columns. Knows blanks, printed decimals, units; nothing of rules.
#include "interpreter/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <stdexcept>
#include <unordered_set>

#include "stdlib/date.hpp"
#include "stdlib/names.hpp"
#include "stdlib/text.hpp"

namespace heng {

// ---- texts and measures ---------------------------------------------------------------------------------------------------

std::uint32_t Texts::intern(std::string_view text) {
   if (const auto known = ids_.find(text); known != ids_.end()) return known->second;
   const auto id = static_cast<std::uint32_t>(texts_.size());
   texts_.emplace_back(text);
   ids_.emplace(text, id);
   folded_.push_back(fold_ids_.emplace(fold(text), id).first->second);
   return id;
}

std::optional<std::uint32_t> Texts::find(std::string_view text) const {
   const auto known = ids_.find(text);
   return known == ids_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<std::uint32_t> Texts::find_folded(std::string_view fold) const {
   const auto known = fold_ids_.find(fold);
   return known == fold_ids_.end() ? std::nullopt : std::optional(known->second);
}

void Texts::clear() {
   texts_.resize(1);
   folded_.resize(1);
   ids_.clear();
   fold_ids_.clear();
   ids_.emplace("", 0);
   fold_ids_.emplace("", 0);
}

std::uint32_t Measures::intern(const Unit& unit) {
   if (unit.kind == UnitKind::percent) return percent;
   if (unit.kind == UnitKind::percentage_point) return percentage_point;
   return intern(unit.dimension);
}

std::uint32_t Measures::intern(const Dimension& dimension) {
   const auto [place, fresh] = ids_.emplace(dimension, size());
   if (fresh) dimensions_.push_back(dimension);
   return place->second;
}

// ---- what a field takes ---------------------------------------------------------------------------------------------------

namespace {

using Problem = BatchBuilder::Problem;

[[noreturn]] void misuse(const char* what) { throw std::logic_error(std::string("BatchBuilder: ") + what); }

bool is_words(Kind kind) {
   return kind == Kind::text || kind == Kind::choice || kind == Kind::code || kind == Kind::date || kind == Kind::names;
}
bool is_measured(Kind kind) { return kind == Kind::measured || kind == Kind::target; }
bool has_numbers(Kind kind) { return !is_words(kind) && kind != Kind::row && kind != Kind::error; }

// A figure in the sense of `blank counts as 0`: an amount, not a year or a yes.
bool is_figure(const Type& type) { return type.is_numeric() && type.kind != Kind::year; }

struct FieldWork {
   const Field* field = nullptr;
   std::optional<Unit> unit;  // of the column
   int shift = 0;             // base value = printed × 10^shift, where the unit is a power of ten
   bool simple = false;       // the column's unit is a power of ten: small decimals go straight in
   bool plain = false;        // simple, and a figure like any other: no year, no yes/no, no unit of its own
   int finest = 0;            // finer exponents go to `wide` instead of rescaling the column
   std::vector<std::pair<std::string, std::string>> choices;  // folded, as declared
};

std::optional<Unit> column_unit(const Type& type, const std::vector<std::string>& extra) {
   if (type.kind == Kind::percent && type.unit.empty()) return read_any_unit("%", extra);
   if (type.kind == Kind::percentage_point && type.unit.empty()) return read_any_unit("个百分点", extra);
   if (type.unit.empty() || is_measured(type.kind)) return std::nullopt;
   return read_any_unit(type.unit, extra);
}

FieldWork work_of(const Field& field, const std::vector<std::string>& extra) {
   FieldWork work;
   work.field = &field;
   work.unit = column_unit(field.type, extra);
   work.simple = !work.unit || work.unit->scale_is_power_of_ten;
   work.plain = work.simple && has_numbers(field.type.kind) && !is_measured(field.type.kind) && field.type.kind != Kind::year &&
                field.type.kind != Kind::yes_no;
   work.shift = work.unit && work.simple ? work.unit->decimal_shift : 0;
   work.finest = work.shift - 12;
   if (field.type.choices)
      for (const std::string& choice : *field.type.choices) work.choices.emplace_back(fold(choice), choice);
   return work;
}

// ---- missing in all its forms -----------------------------------------------------------------------------------------------

std::string_view without_blanks_around(std::string_view text) {
   constexpr std::string_view wide_blank = "\u3000";
   for (bool again = true; again;) {
      again = true;
      if (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
         text.remove_prefix(1);
      else if (text.starts_with(wide_blank))
         text.remove_prefix(wide_blank.size());
      else if (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
         text.remove_suffix(1);
      else if (text.ends_with(wide_blank))
         text.remove_suffix(wide_blank.size());
      else
         again = false;
   }
   return text;
}

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& words) {
   return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<std::string_view, 8> dashes = {"-", "－", "—", "–", "―", "--", "——", "－－"};
constexpr std::array<std::string_view, 7> sheet_errors = {"#VALUE!", "#REF!", "#N/A", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"};

Missing kind_of_missing(std::string_view text) {
   if (text.empty()) return Missing::blank;
   if (text.size() > 8) return text.find_first_not_of('#') == text.npos ? Missing::unreadable : Missing::none_missing;
   if (is_one_of(text, dashes)) return Missing::dash;
   if (text == "/" || text == "／") return Missing::slash;
   if (text == "无") return Missing::none;
   if (text == "\uFFFD" || is_one_of(text, sheet_errors) || text.find_first_not_of('#') == text.npos) return Missing::unreadable;
   return Missing::none_missing;
}

// ---- numbers into a column --------------------------------------------------------------------------------------------------

constexpr std::int64_t largest_mantissa = std::int64_t{1} << 62;  // room for a sign change and a doubling

std::int64_t small_power_of_ten(int exponent) {
   std::int64_t power = 1;
   while (exponent-- > 0) power *= 10;
   return power;
}

bool scaled(std::int64_t mantissa, int tens, std::int64_t& result) {
   if (tens > 18 || __builtin_mul_overflow(mantissa, small_power_of_ten(tens), &result)) return false;
   return result > -largest_mantissa && result < largest_mantissa;
}

// The column takes a finer exponent; rows that no longer fit move to `wide`.
void rescale(Column& column, int exponent, std::uint32_t rows) {
   const int tens = column.exponent - exponent;
   for (std::uint32_t row = 0; row < rows; ++row) {
      if (column.mantissa[row] == 0) continue;
      std::int64_t result = 0;
      if (!scaled(column.mantissa[row], tens, result)) {
         column.wide[row] = Rational(column.mantissa[row]) * power_of_ten(column.exponent);
         result = 0;
      }
      column.mantissa[row] = result;
   }
   column.exponent = exponent;
}

void put_number(Column& column, std::uint32_t row, std::int64_t mantissa, int exponent, int finest) {
   if (!column.wide.empty()) column.wide.erase(row);
   column.mantissa[row] = 0;
   if (mantissa == 0) return;
   for (; exponent < column.exponent && mantissa % 10 == 0; ++exponent) mantissa /= 10;
   if (exponent < column.exponent && exponent >= finest) rescale(column, exponent, row);
   if (exponent < column.exponent || !scaled(mantissa, exponent - column.exponent, column.mantissa[row])) {
      column.mantissa[row] = 0;
      column.wide[row] = Rational(mantissa) * power_of_ten(exponent);
   }
}

void put_number(Column& column, std::uint32_t row, const Rational& base_value, int finest) {
   const auto needed = decimals_needed(base_value);
   const Rational mantissa = needed ? Rational(base_value * power_of_ten(*needed)) : Rational(0);
   if (needed && abs(mantissa) < largest_mantissa)
      return put_number(column, row, numerator(mantissa).convert_to<std::int64_t>(), -*needed, finest);
   column.mantissa[row] = 0;
   column.wide[row] = base_value;
}

// What fits the machine and is in the column's own unit goes straight in. False: it is something else.
bool put_small(const FieldWork& work, Column& column, std::uint32_t row, std::string_view text) {
   const auto small = read_small_decimal(text);
   if (!small) return false;
   column.decimals[row] = small->decimals;
   column.unit_shift[row] = static_cast<std::int8_t>(work.shift);
   put_number(column, row, small->mantissa, work.shift - small->decimals, work.finest);
   return true;
}

// A number as printed, before it is put in.
struct Printed {
   Decimal number;
   Rational multiplier = 1;   // 万, 亿: part of the number
   std::optional<Unit> unit;  // printed with it, or given beside it
};

int shift_of(const Rational& multiplier) {
   if (multiplier == 1) return 0;
   const auto tens = to_text(multiplier);
   return static_cast<int>(tens.size()) - 1;  // 千, 万, 百万, 亿 … are powers of ten
}

void put_printed(Column& column, std::uint32_t row, const Printed& printed, int finest) {
   const bool power = !printed.unit || printed.unit->scale_is_power_of_ten;
   const int shift = shift_of(printed.multiplier) + (printed.unit && power ? printed.unit->decimal_shift : 0);
   const Rational scale = printed.multiplier * (printed.unit ? printed.unit->scale : Rational(1));
   column.decimals[row] = static_cast<std::uint8_t>(std::clamp(printed.number.decimals, 0, 255));
   column.unit_shift[row] = static_cast<std::int8_t>(shift);
   if (power && abs(printed.number.mantissa) < largest_mantissa && printed.number.decimals <= 255)
      put_number(column, row, printed.number.mantissa.convert_to<std::int64_t>(), shift - printed.number.decimals, finest);
   else
      put_number(column, row, printed.number.value() * scale, finest);
   column.half.erase(row);
   if (!power || printed.number.decimals > 255) column.half[row] = scale * power_of_ten(-printed.number.decimals) / 2;
}

Problem problem(Problem::What what, std::string zh, std::string en) { return {what, std::move(zh), std::move(en)}; }

std::string unit_text(const std::optional<Unit>& unit) { return unit ? unit->text : std::string(); }

Problem wrong_unit(const FieldWork& work) {
   if (!work.unit) return problem(Problem::What::wrong_unit, "没有单位的数", "a number without a unit");
   return problem(Problem::What::wrong_unit, "以" + unit_text(work.unit) + "计的数（或可以换算的单位）",
                  "a number in " + unit_text(work.unit) + " (or a unit that converts)");
}

// 120万 where figures are in 万元: whether that is 120 or 1,200,000 of them nobody can tell, and the second would be ten thousand
// times too much.
bool multiplied_twice(const Printed& printed) { return printed.multiplier != 1 && printed.unit && printed.unit->scale != 1; }

Problem doubtful_multiplier(std::string_view text, const Printed& printed) {
   const std::size_t end = std::min(text.find_first_not_of("0123456789.,- "), text.size());
   const std::string number(text.substr(0, end)), multiplier(text.substr(end)), unit = unit_text(printed.unit);
   std::string_view plain = unit;  // 元 of 万元
   for (const std::string_view word : {"百", "千", "万", "亿"})
      if (plain.size() > word.size() && plain.starts_with(word)) plain.remove_prefix(word.size());
   // 0.9亿 is as little 0.9万元 as 0.9: the multiplier stays.
   const bool same = printed.multiplier == printed.unit->scale || multiplier.ends_with(unit);
   if (!same)
      return problem(Problem::What::wrong_unit, fmt::format("{}{}{}，不单写“万”“亿”", number, multiplier, plain),
                     fmt::format("{}{}{}, without a multiplier alone", number, multiplier, plain));
   return problem(Problem::What::wrong_unit, fmt::format("{0} 或 {0}{1}，不单写“万”“亿”", number, unit),
                  fmt::format("{0} or {0}{1}, without a multiplier alone", number, unit));
}

Problem not_a_number(const FieldWork& work) {
   if (work.unit)
      return problem(Problem::What::not_a_number, "数（" + unit_text(work.unit) + "）",
                     "a number (" + unit_text(work.unit) + ")");
   return problem(Problem::What::not_a_number, "数", "a number");
}

bool unit_fits(const Type& type, const Unit& unit) {
   switch (type.kind) {
      case Kind::percent: return unit.kind == UnitKind::percent;
      case Kind::percentage_point: return unit.kind == UnitKind::percentage_point;
      case Kind::quantity: return unit.kind == UnitKind::plain && unit.dimension == type.dimension;
      case Kind::year: return unit.text == "年" || unit.text == "年度";
      case Kind::measured:
      case Kind::target: return true;
      default: return false;
   }
}

}  // namespace

// ---- the builder ------------------------------------------------------------------------------------------------------------

struct BatchBuilder::Work {
   struct FrameWork {
      std::uint32_t rows = 0, capacity = 0;
      std::uint32_t rows_before = 0;   // when the report began
      FieldId only_target = no_field;  // a frame with exactly one target field lends its unit
   };
   // A row that is being filled.
   struct Open {
      FrameId frame;
      std::uint32_t row;
      std::optional<Unit> target_unit;
      bool target_is_number = false;
      std::vector<std::pair<FieldId, Printed>> without_unit;  // actuals that may take the target's unit
   };

   const Schema& schema;
   std::vector<FieldWork> fields;
   std::vector<FrameWork> frames;
   std::vector<Open> open;
   std::vector<std::vector<std::uint32_t>> parents;  // per frame and row: row of the parent frame
   std::vector<std::vector<std::int16_t>> totals;    // per frame and row
   std::vector<std::vector<Missing>> lists;          // per frame and row of the parent frame
   std::vector<Doubled> doubled;
   Batch batch;

   explicit Work(const Schema& given) : schema(given) {
      fields.reserve(schema.fields.size());
      for (const Field& field : schema.fields) fields.push_back(work_of(field, schema.extra_units));
      batch.schema = &schema;
      start();
   }

   void start() {
      const std::size_t count = schema.frames.size();
      frames.assign(count, {});
      parents.assign(count, {});
      totals.assign(count, {});
      lists.assign(count, {});
      batch.frames.resize(count);
      batch.columns.resize(schema.fields.size());
      for (const Frame& frame : schema.frames) frames[frame.id].only_target = only_target(frame);
      for (const Field& field : schema.fields) clear(batch.columns[field.id], fields[field.id]);
   }

   FieldId only_target(const Frame& frame) const {
      FieldId found = no_field;
      for (const FieldId field : frame.fields) {
         if (schema.fields[field].type.kind != Kind::target) continue;
         if (found != no_field) return no_field;
         found = field;
      }
      return found;
   }

   static void clear(Column& column, const FieldWork& work) {
      column.mantissa.clear();
      column.wide.clear();
      column.half.clear();
      column.decimals.clear();
      column.unit_shift.clear();
      column.text.clear();
      column.measure.clear();
      column.target.clear();
      column.missing.clear();
      column.marks.clear();
      column.origin.clear();
      column.exponent = work.simple ? work.shift - std::max(work.field->type.decimals, 0) : 0;
   }

   static void resize(Column& column, Kind kind, std::size_t rows) {
      if (has_numbers(kind)) {
         column.mantissa.resize(rows, 0);
         column.decimals.resize(rows, 0);
         column.unit_shift.resize(rows, 0);
      }
      if (is_words(kind) || is_measured(kind)) column.text.resize(rows, 0);
      if (is_measured(kind)) {
         column.measure.resize(rows, Measures::bare);
         column.target.resize(rows, static_cast<std::uint8_t>(TargetKind::bare));
      }
      column.missing.resize(rows, Missing::not_read);
      column.marks.resize(rows, 0);
      column.origin.resize(rows);
   }

   void resize(FrameId frame, std::uint32_t rows) {
      for (const FieldId field : schema.frames[frame].fields) resize(batch.columns[field], schema.fields[field].type.kind, rows);
      frames[frame].capacity = rows;
   }

   std::uint32_t add_row(FrameId frame) {
      FrameWork& work = frames[frame];
      if (work.rows == work.capacity) resize(frame, std::max<std::uint32_t>(16, work.capacity * 2));
      open.push_back({frame, work.rows, {}, false, {}});
      return work.rows++;
   }

   Open& open_row(FrameId frame) {
      for (std::size_t at = open.size(); at-- > 0;)
         if (open[at].frame == frame) return open[at];
      misuse("no row of this list is open");
   }

   void mark_read(FrameId frame, std::uint32_t parent_row) { mark_list(frame, parent_row, Missing::none_missing); }
   void mark_list(FrameId frame, std::uint32_t parent_row, Missing kind) {
      auto& list = lists[frame];
      if (list.size() <= parent_row) list.resize(parent_row + 1, Missing::not_read);
      list[parent_row] = kind;
   }

   std::uint32_t begin_row(FrameId frame, int total) {
      if (frame == report_frame || frame >= frames.size()) misuse("a report is begun with begin_report");
      const std::uint32_t parent = open_row(schema.frames[frame].parent).row;
      parents[frame].push_back(parent);
      totals[frame].push_back(static_cast<std::int16_t>(total));
      if (total < 0) mark_read(frame, parent);
      return add_row(frame);
   }

   // ---- values ----

   Problem set(FieldId field, std::string_view text, std::string_view unit, Origin origin, bool json_number);
   Problem set_words(const FieldWork& work, Column& column, std::uint32_t row, std::string_view text);
   Problem set_number(const FieldWork& work, Column& column, std::uint32_t row, std::string_view text, std::string_view unit,
                      bool json);
   Problem set_measured(const FieldWork& work, Open& at, std::string_view text, std::string_view unit, bool json);
   void set_yes_no(Column& column, std::uint32_t row, bool yes) { column.mantissa[row] = yes; }
   Problem set_year(Column& column, std::uint32_t row, std::string_view text);

   // ---- when a row or the report ends ----

   void take_units(Open& at);
   void exact_if_counted(Column& column, std::uint32_t row);
   std::vector<std::uint8_t> counted;  // by measure: of things
   void forget_rows(FrameId frame, std::uint32_t from);
   void enter_keys(FrameId frame, std::uint32_t report);
   void blanks_as_0();
   void blanks_as_0(const std::vector<FieldId>& group, std::uint32_t rows, bool absent_too);
   void hierarchy(FrameId frame);
   void offsets(FrameId frame);
   void make_rows(const Frame& frame);
   void copy_rows(FrameId frame);
   void group_rows(FrameId frame);
   void copy_members(FrameId frame);
   std::uint32_t group_value(const Frame& group, std::uint32_t row) const;
   std::uint32_t climb(FrameId from, std::uint32_t row, FrameId to) const;
   bool holds_members(const Frame& copy) const;
   std::uint64_t rows_of_copies() const;
   std::uint64_t copied_rows = 0;  // of all reports that ended: what the copies will take
};

namespace {

// "12月30日", "2024-12-30", "2024.12.30"
bool is_date(std::string_view text) {
   if (read_target(text).kind == TargetKind::date) return true;
   int groups = 0, digits = 0;
   for (const char c : fold(text)) {
      if (c >= '0' && c <= '9')
         groups += digits++ == 0;
      else if (c == '-' || c == '/' || c == '.')
         digits = 0;
      else
         return false;
   }
   return groups >= 2 && groups <= 3;
}

// Four digits, a month and a day: 2025-02-30 is meant for a day, and there is none.
bool names_a_day(std::string_view text) {
   int groups = 0, digits = 0, first = 0;
   for (const char c : fold(text)) {
      const bool digit = c >= '0' && c <= '9';
      if (digit && digits == 0) ++groups;
      digits = digit ? digits + 1 : 0;
      if (digit && groups == 1) first = digits;
   }
   return groups == 3 && first == 4;
}

bool is_code(std::string_view text) {
   if (text.size() > 64) return false;
   return std::all_of(text.begin(), text.end(),
                      [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '.' || c == '_'; });
}

std::optional<bool> read_yes_no(std::string_view text) {
   constexpr std::array<std::string_view, 6> yes = {"是", "yes", "true", "√", "有", "1"},
                                             no = {"否", "no", "false", "×", "没有", "0"};
   if (is_one_of(text, yes)) return true;
   if (is_one_of(text, no)) return false;
   return std::nullopt;
}

std::string joined(const std::vector<std::pair<std::string, std::string>>& choices, const char* between) {
   std::string all;
   for (const auto& [folded, choice] : choices) all += (all.empty() ? "" : between) + choice;
   return all;
}

}  // namespace

Problem BatchBuilder::Work::set(FieldId id, std::string_view text, std::string_view unit, Origin origin, bool json) {
   if (id >= fields.size()) misuse("no such field");
   const FieldWork& work = fields[id];
   Open& at = open_row(work.field->frame);
   Column& column = batch.columns[id];
   const std::uint32_t row = at.row;
   if (column.missing[row] != Missing::not_read)
      return problem(Problem::What::already_set, "每项只有一个值", "one value for each field");
   // JSON's own numbers come without blanks around them, and say that there is a value.
   if (json && unit.empty() && work.plain && put_small(work, column, row, text)) {
      column.origin[row] = origin;
      column.missing[row] = Missing::none_missing;
      return {};
   }
   const Kind kind = work.field->type.kind;
   text = without_blanks_around(text);
   column.origin[row] = origin;
   column.missing[row] = kind_of_missing(text);
   if (column.missing[row] != Missing::none_missing) return {};
   Problem found;
   if (is_words(kind))
      found = set_words(work, column, row, text);
   else if (is_measured(kind))
      found = set_measured(work, at, text, unit, json);
   else
      found = set_number(work, column, row, text, unit, json);
   if (found) column.missing[row] = found.what == Problem::What::wrong_unit ? Missing::wrong_unit : Missing::unreadable;
   return found;
}

Problem BatchBuilder::Work::set_words(const FieldWork& work, Column& column, std::uint32_t row, std::string_view text) {
   const Kind kind = work.field->type.kind;
   if (text.size() > 1'000'000)
      return problem(Problem::What::too_large, "不超过一百万字节的文字", "text of at most a million bytes");
   if (kind == Kind::choice) {
      for (const auto& [choice_folded, choice] : work.choices)
         if (choice == text) return column.text[row] = batch.texts.intern(choice), Problem{};
      const std::string folded = fold(text);
      for (const auto& [choice_folded, choice] : work.choices)
         if (choice_folded == folded) return column.text[row] = batch.texts.intern(choice), Problem{};
      return problem(Problem::What::not_a_choice, joined(work.choices, "、"), joined(work.choices, " | "));
   }
   if (kind == Kind::code) {
      const std::string folded = is_code(text) ? std::string(text) : fold(text);
      if (!is_code(folded)) return problem(Problem::What::not_a_code, "代码（数字或字母）", "a code (digits or letters)");
      return column.text[row] = batch.texts.intern(folded), Problem{};
   }
   if (kind == Kind::date && !is_date(text))
      return problem(Problem::What::not_a_date, "日期，如 2024-12-30", "a date, such as 2024-12-30");
   if (kind == Kind::date && names_a_day(text) && !read_date(text))
      return problem(Problem::What::not_a_date, "日历上有的日子，如 2024-12-30",
                     "a day that the calendar has, such as 2024-12-30");
   column.text[row] = batch.texts.intern(kind == Kind::names ? joined_names(listed_names(text)) : std::string(text));
   return {};
}

Problem BatchBuilder::Work::set_year(Column& column, std::uint32_t row, std::string_view text) {
   std::string folded = fold(text);
   for (const std::string_view suffix : {"年度", "年"})
      if (folded.ends_with(suffix)) folded.resize(folded.size() - suffix.size());
   const bool digits = !folded.empty() && folded.size() <= 5 && folded.find_first_not_of("0123456789") == std::string::npos;
   if (!digits) return problem(Problem::What::not_a_number, "年度，如 2024", "a year, such as 2024");
   column.mantissa[row] = std::stoi(folded);
   column.exponent = 0;
   return {};
}

Problem BatchBuilder::Work::set_number(const FieldWork& work, Column& column, std::uint32_t row, std::string_view text,
                                       std::string_view unit, bool json) {
   const Type& type = work.field->type;
   if (type.kind == Kind::year) return set_year(column, row, text);
   if (type.kind == Kind::yes_no) {
      const auto yes = read_yes_no(text);
      if (!yes) return problem(Problem::What::not_yes_no, "是或否", "yes or no");
      return set_yes_no(column, row, *yes), Problem{};
   }
   if (!has_numbers(type.kind)) return not_a_number(work);
   if (unit.empty() && work.simple && put_small(work, column, row, text)) return {};
   Printed printed;
   if (const auto decimal = json ? read_json_number(text) : read_decimal(text)) {
      printed.number = *decimal;
   } else if (const auto measured = json ? std::nullopt : read_measured(text)) {
      printed = {measured->number, measured->multiplier, measured->unit};
   } else {
      return not_a_number(work);
   }
   if (!printed.unit && !unit.empty()) printed.unit = read_any_unit(unit, schema.extra_units);
   if (printed.unit && !unit_fits(type, *printed.unit)) return wrong_unit(work);
   if (!printed.unit) printed.unit = work.unit;
   if (multiplied_twice(printed)) return doubtful_multiplier(text, printed);
   return put_printed(column, row, printed, work.finest), Problem{};
}

Problem BatchBuilder::Work::set_measured(const FieldWork& work, Open& at, std::string_view text, std::string_view unit,
                                         bool json) {
   Column& column = batch.columns[work.field->id];
   const std::uint32_t row = at.row;
   const bool is_target = work.field->type.kind == Kind::target;
   if (text.size() > 1'000'000)
      return problem(Problem::What::too_large, "不超过一百万字节的文字", "text of at most a million bytes");
   column.text[row] = batch.texts.intern(text);
   TargetText read;
   if (const auto decimal = json ? read_json_number(text) : std::nullopt)
      read = {TargetKind::bare, Measured{*decimal, 1, std::nullopt}};
   else if (!json)
      read = read_target(text);
   column.target[row] = static_cast<std::uint8_t>(read.kind);
   if (!read.value) {
      if (json || (!is_target && !work.field->type.may_be_text)) return not_a_number(work);
      return {};
   }
   Printed printed{read.value->number, read.value->multiplier, read.value->unit};
   if (!printed.unit && !unit.empty()) printed.unit = read_any_unit(unit, schema.extra_units);
   if (multiplied_twice(printed)) return doubtful_multiplier(text, printed);
   column.measure[row] = printed.unit ? batch.measures.intern(*printed.unit) : Measures::bare;
   put_printed(column, row, printed, work.finest);
   exact_if_counted(column, row);
   if (is_target) {
      if (frames[at.frame].only_target == work.field->id) at.target_unit = printed.unit, at.target_is_number = true;
      return {};
   }
   const bool is_bound = read.kind != TargetKind::bare && read.kind != TargetKind::equal;
   if (is_bound)
      column.marks[row] |= mark_bound;
   else
      column.target[row] = static_cast<std::uint8_t>(TargetKind::bare);
   if (!printed.unit) at.without_unit.emplace_back(work.field->id, std::move(printed));
   return {};
}

// D3: a count is exact, whoever prints it.
void BatchBuilder::Work::exact_if_counted(Column& column, std::uint32_t row) {
   const std::uint32_t measure = column.measure[row];
   while (counted.size() <= measure)
      counted.push_back(counts_things(batch.measures.dimension(static_cast<std::uint32_t>(counted.size())), schema.extra_units));
   if (counted[measure]) column.half[row] = 0;
}

// D6: an actual without unit takes its target's unit. 万 and 亿 are part of the target's number and never taken over.
void BatchBuilder::Work::take_units(Open& at) {
   if (!at.target_is_number || !at.target_unit) return;
   for (auto& [field, printed] : at.without_unit) {
      Column& column = batch.columns[field];
      printed.unit = at.target_unit;
      if (multiplied_twice(printed)) {
         column.missing[at.row] = Missing::wrong_unit;
         continue;
      }
      put_printed(column, at.row, printed, fields[field].finest);
      column.measure[at.row] = batch.measures.intern(*at.target_unit);
      exact_if_counted(column, at.row);
      column.marks[at.row] |= mark_unit_from_target;
      column.text[at.row] = batch.texts.intern(batch.texts[column.text[at.row]] + at.target_unit->text);
   }
}

void BatchBuilder::Work::forget_rows(FrameId frame, std::uint32_t from) {
   FrameWork& work = frames[frame];
   if (work.rows == from) return;
   for (const FieldId field : schema.frames[frame].fields) {
      Column& column = batch.columns[field];
      const Kind kind = schema.fields[field].type.kind;
      for (std::uint32_t row = from; row < work.rows; ++row) column.wide.erase(row), column.half.erase(row);
      const auto capacity = static_cast<std::uint32_t>(column.missing.size());
      resize(column, kind, from);
      resize(column, kind, capacity);
   }
   work.rows = from;
   if (frame == report_frame) return;
   parents[frame].resize(from);
   totals[frame].resize(from);
}

// The key table, and rows that share a key. The first one is found by look-ups.
void BatchBuilder::Work::enter_keys(FrameId id, std::uint32_t report) {
   const Frame& frame = schema.frames[id];
   if (!frame.keyed || frame.key == no_field) return;
   const Column& keys = batch.columns[frame.key];
   std::vector<std::uint32_t> seen_totals(frame.totals.size(), ~0u);
   for (std::uint32_t row = frames[id].rows_before; row < frames[id].rows; ++row) {
      if (const int total = totals[id][row]; total >= 0) {
         if (static_cast<std::size_t>(total) >= seen_totals.size()) continue;
         if (seen_totals[total] != ~0u) doubled.push_back({id, frame.totals[total].label, {}, {}});
         seen_totals[total] = row;
         continue;
      }
      if (keys.missing[row] != Missing::none_missing) continue;
      const std::uint64_t key = std::uint64_t{report} << 32 | batch.texts.folded(keys.text[row]);
      const auto [place, fresh] = batch.frames[id].by_key.emplace(key, row);
      if (!fresh) doubled.push_back({id, batch.texts[keys.text[row]], keys.origin[place->second], keys.origin[row]});
   }
}

// D7. In lines and grids every declared cell of a table that carries a figure, read or not; in rows and records what was left
// blank in a row that carries a figure. Dash and slash stay what they are.
void BatchBuilder::Work::blanks_as_0() {
   for (const FormSchema& form : schema.forms) blanks_as_0(form.cells, frames[report_frame].rows, true);
   for (const Frame& frame : schema.frames) {
      std::vector<FieldId> plain;
      for (const FieldId field : frame.fields)
         if (schema.fields[field].line.empty()) plain.push_back(field);
      blanks_as_0(plain, frames[frame.id].rows, false);
   }
}

void BatchBuilder::Work::blanks_as_0(const std::vector<FieldId>& group, std::uint32_t rows, bool absent_too) {
   const bool any = std::any_of(group.begin(), group.end(), [&](FieldId f) { return schema.fields[f].blank_counts_as_0; });
   if (!any) return;
   std::vector<std::uint8_t> carries(rows, 0);
   for (const FieldId field : group) {
      if (!is_figure(schema.fields[field].type)) continue;
      const Missing* missing = batch.columns[field].missing.data();
      for (std::uint32_t row = 0; row < rows; ++row) carries[row] |= missing[row] == Missing::none_missing;
   }
   for (const FieldId field : group) {
      if (!schema.fields[field].blank_counts_as_0 || !is_figure(schema.fields[field].type)) continue;
      Column& column = batch.columns[field];
      for (std::uint32_t row = 0; row < rows; ++row) {
         const bool blank = column.missing[row] == Missing::blank || (absent_too && column.missing[row] == Missing::not_read);
         if (!blank || !carries[row]) continue;
         column.missing[row] = Missing::none_missing;
         column.marks[row] |= mark_taken_as_0;
      }
   }
}

namespace {

int digits_of(const std::string& code) { return static_cast<int>(code.size()); }

// The total whose subtrees hold this code, in the rows of one list; −1: none of them is there.
std::int32_t total_over(const Frame& frame, const std::string& code, const std::vector<std::int32_t>& total_rows,
                        bool& declared) {
   declared = frame.totals.empty();
   for (std::size_t total = 0; total < frame.totals.size(); ++total) {
      const auto& of = frame.totals[total].of;
      const bool holds =
          of.empty() || std::any_of(of.begin(), of.end(), [&](const std::string& top) { return code.starts_with(top); });
      if (!holds) continue;
      declared = true;
      if (total_rows[total] >= 0) return total_rows[total];
   }
   return -1;
}

}  // namespace

// A row's parent has the longest code that is a proper prefix of its own; a total row is the parent of the rest. An orphan's
// parent is not of the level just above.
void BatchBuilder::Work::hierarchy(FrameId id) {
   const Frame& frame = schema.frames[id];
   FrameData& data = batch.frames[id];
   const std::uint32_t rows = data.rows;
   data.level.assign(rows, 0);
   data.up.assign(rows, -1);
   data.orphan.assign(rows, 0);
   if (frame.key == no_field) return;
   const Column& keys = batch.columns[frame.key];
   std::unordered_map<std::string, std::uint32_t> by_code;
   // A list without totals has no column that says which rows are.
   const auto total_of = [&](std::uint32_t row) { return data.total.empty() ? std::int16_t{-1} : data.total[row]; };
   for (std::uint32_t parent = 0; parent + 1 < data.begin.size(); ++parent) {
      std::vector<std::int32_t> total_rows(frame.totals.size(), -1);
      by_code.clear();
      for (std::uint32_t row = data.begin[parent]; row < data.begin[parent + 1]; ++row) {
         if (total_of(row) >= 0)
            total_rows[data.total[row]] =
                total_rows[data.total[row]] < 0 ? static_cast<std::int32_t>(row) : total_rows[data.total[row]];
         else if (keys.missing[row] == Missing::none_missing)
            by_code.emplace(batch.texts[keys.text[row]], row);
      }
      for (std::uint32_t row = data.begin[parent]; row < data.begin[parent + 1]; ++row) {
         if (total_of(row) >= 0 || keys.missing[row] != Missing::none_missing) continue;
         const std::string& code = batch.texts[keys.text[row]];
         data.level[row] = static_cast<std::int16_t>(std::min(digits_of(code), 32767));
         const auto level = std::find(frame.levels.begin(), frame.levels.end(), data.level[row]);
         const int above = level == frame.levels.begin() || level == frame.levels.end() ? 0 : *(level - 1);
         for (std::size_t length = code.size(); data.up[row] < 0 && length-- > 1;)
            if (const auto found = by_code.find(code.substr(0, length)); found != by_code.end())
               data.up[row] = static_cast<std::int32_t>(found->second);
         bool declared = true;
         const bool has_code_above = data.up[row] >= 0;
         if (!has_code_above) data.up[row] = total_over(frame, code, total_rows, declared);
         const int level_above = has_code_above ? digits_of(batch.texts[keys.text[data.up[row]]]) : 0;
         data.orphan[row] = level == frame.levels.end() || level_above != above || !declared;
      }
   }
}

namespace {

constexpr std::uint64_t most_copied = 4'000'000;  // rows of a copy for one report

FrameId common(const Schema& schema, FrameId a, FrameId b) {
   const auto holds = [&](FrameId outer, FrameId inner) {
      while (inner != outer && inner != report_frame) inner = schema.frames[inner].parent;
      return inner == outer;
   };
   while (!holds(a, b)) a = schema.frames[a].parent;
   return a;
}

constexpr std::uint32_t no_group_value = 0xffffffffu;

bool is_total_row(const FrameData& data, std::uint32_t row) { return row < data.total.size() && data.total[row] >= 0; }

}  // namespace

std::uint32_t BatchBuilder::Work::climb(FrameId from, std::uint32_t row, FrameId to) const {
   for (; from != to; from = schema.frames[from].parent) row = batch.frames[from].parent_of[row];
   return row;
}

// Of a group the rows that it is made of, or lists in them.
bool BatchBuilder::Work::holds_members(const Frame& copy) const {
   const FrameId grouped = schema.frames[copy.parent].groups_of;
   return grouped != no_frame && common(schema, grouped, copy.copy_of) == grouped;
}

// An upper bound, of the report that is about to end.
std::uint64_t BatchBuilder::Work::rows_of_copies() const {
   std::uint64_t rows = 0;
   for (const Frame& frame : schema.frames) {
      if (!frame.made()) continue;
      const auto fresh = [&](FrameId id) {  // of groups there are at most as many as there are rows
         if (schema.frames[id].groups_of != no_frame) id = schema.frames[id].groups_of;
         return std::uint64_t{frames[id].rows - frames[id].rows_before};
      };
      if (frame.groups_of != no_frame)
         rows += fresh(frame.id);
      else
         rows += holds_members(frame) ? fresh(frame.copy_of) : std::min(fresh(frame.parent) * fresh(frame.copy_of), most_copied);
   }
   return rows;
}

// In each row around a list one row for each distinct value of a field; rows without a value may belong anywhere and are one
// more.
void BatchBuilder::Work::group_rows(FrameId id) {
   const Frame& frame = schema.frames[id];
   const FrameData& list = batch.frames[frame.groups_of];
   FrameData& data = batch.frames[id];
   data.list = list.list;
   data.begin.assign(1, 0);
   data.copied.clear();
   data.parent_of.clear();
   data.report_of.clear();
   std::unordered_set<std::uint32_t> met;
   for (std::uint32_t parent = 0; parent + 1 < list.begin.size(); ++parent) {
      met.clear();
      for (std::uint32_t row = list.begin[parent]; row < list.begin[parent + 1]; ++row) {
         if (is_total_row(list, row) || !met.insert(group_value(frame, row)).second) continue;
         data.copied.push_back(row);
         data.parent_of.push_back(parent);
         data.report_of.push_back(list.report_of[row]);
      }
      data.begin.push_back(static_cast<std::uint32_t>(data.copied.size()));
   }
   data.rows = static_cast<std::uint32_t>(data.copied.size());
}

// Equal for values that fold alike.
std::uint32_t BatchBuilder::Work::group_value(const Frame& group, std::uint32_t row) const {
   const Column& by = batch.columns[group.group_by];
   return by.missing[row] == Missing::none_missing ? batch.texts.folded(by.text[row]) : no_group_value;
}

// In each group its rows, or the rows of a list in them, and those that may belong to it because they carry no value.
void BatchBuilder::Work::copy_members(FrameId id) {
   const Frame& frame = schema.frames[id];
   const Frame& group = schema.frames[frame.parent];
   const FrameData &groups = batch.frames[group.id], &list = batch.frames[group.groups_of], &source = batch.frames[frame.copy_of];
   FrameData& data = batch.frames[id];
   std::vector<std::uint32_t> row_of(source.rows);  // of the list that is grouped
   std::vector<Missing> status(list.rows, Missing::none_missing);
   for (std::uint32_t row = 0; row < source.rows; ++row) row_of[row] = climb(frame.copy_of, row, group.groups_of);
   for (FrameId step = frame.copy_of; step != group.groups_of; step = schema.frames[step].parent)
      for (std::uint32_t row = 0; row < batch.frames[step].list.size(); ++row)
         if (batch.frames[step].list[row] != Missing::none_missing)
            status[climb(schema.frames[step].parent, row, group.groups_of)] = batch.frames[step].list[row];
   data.begin.assign(1, 0);
   data.list.clear();
   data.copied.clear();
   data.parent_of.clear();
   data.report_of.clear();
   std::vector<std::uint64_t> taken(batch.reports, 0);
   std::unordered_map<std::uint32_t, std::uint32_t> group_of;  // by value
   std::vector<std::vector<std::uint32_t>> members;
   std::vector<Missing> unread;
   std::uint32_t next = 0;  // of the source: its rows stand in the order of the rows around them
   for (std::uint32_t parent = 0; parent + 1 < groups.begin.size(); ++parent) {
      const std::uint32_t first = groups.begin[parent], count = groups.begin[parent + 1] - first;
      group_of.clear();
      members.assign(count + 1, {});  // the last: rows that carry no value
      unread.assign(count + 1, Missing::none_missing);
      for (std::uint32_t one = 0; one < count; ++one) group_of.emplace(group_value(group, groups.copied[first + one]), one);
      group_of[no_group_value] = count;
      for (std::uint32_t row = list.begin[parent]; row < list.begin[parent + 1]; ++row) {
         if (is_total_row(list, row)) {
            while (next < source.rows && row_of[next] == row) ++next;
            continue;
         }
         const std::uint32_t to = group_of.at(group_value(group, row));
         if (status[row] != Missing::none_missing) unread[to] = status[row];
         for (; next < source.rows && row_of[next] == row; ++next) members[to].push_back(next);
      }
      for (std::uint32_t one = 0; one < count; ++one) {
         const std::uint32_t row = first + one, report = groups.report_of[row];
         taken[report] += members[one].size() + members[count].size();
         const bool too_many = taken[report] > most_copied;
         data.list.push_back(too_many                               ? Missing::grew_too_large
                             : unread[one] != Missing::none_missing ? unread[one]
                                                                    : unread[count]);
         if (!too_many)
            std::merge(members[one].begin(), members[one].end(), members[count].begin(), members[count].end(),
                       std::back_inserter(data.copied));
         data.parent_of.resize(data.copied.size(), row);
         data.report_of.resize(data.copied.size(), report);
         data.begin.push_back(static_cast<std::uint32_t>(data.copied.size()));
      }
   }
   data.rows = static_cast<std::uint32_t>(data.copied.size());
}

// In each row of the frame around it the rows of the list stand once more, as far as both belong to the same row further out.
void BatchBuilder::Work::copy_rows(FrameId id) {
   const Frame& frame = schema.frames[id];
   const FrameId list = frame.copy_of, outer = frame.parent, shared = common(schema, list, outer);
   FrameData& data = batch.frames[id];
   const FrameData& source = batch.frames[list];
   const auto shared_row = [&](FrameId from, std::uint32_t row) { return climb(from, row, shared); };
   const std::uint32_t groups = batch.frames[shared].rows, outer_rows = batch.frames[outer].rows;
   std::vector<std::uint32_t> begin(groups + 1, 0);
   for (std::uint32_t row = 0; row < source.rows; ++row) ++begin[shared_row(list, row) + 1];
   for (std::uint32_t group = 0; group < groups; ++group) begin[group + 1] += begin[group];
   // A list on the way that was not read leaves all of it unread.
   std::vector<Missing> status(groups, Missing::none_missing);
   for (FrameId step = list; step != shared; step = schema.frames[step].parent) {
      const FrameId above = schema.frames[step].parent;
      for (std::uint32_t row = 0; row < batch.frames[step].list.size(); ++row) {
         std::uint32_t group = row;
         for (FrameId at = above; at != shared; at = schema.frames[at].parent) group = batch.frames[at].parent_of[group];
         if (batch.frames[step].list[row] != Missing::none_missing) status[group] = batch.frames[step].list[row];
      }
   }
   std::vector<std::uint64_t> taken(batch.reports, 0);
   data.begin.assign(1, 0);
   data.list.clear();
   data.copied.clear();
   data.parent_of.clear();
   data.report_of.clear();
   data.total.clear();
   for (std::uint32_t row = 0; row < outer_rows; ++row) {
      const std::uint32_t group = shared_row(outer, row),
                          report = outer == report_frame ? row : batch.frames[outer].report_of[row];
      taken[report] += begin[group + 1] - begin[group];
      const bool too_many = taken[report] > most_copied;
      data.list.push_back(too_many ? Missing::grew_too_large : status[group]);
      for (std::uint32_t one = begin[group]; !too_many && one < begin[group + 1]; ++one) {
         data.copied.push_back(one);
         data.parent_of.push_back(row);
         data.report_of.push_back(report);
         if (!source.total.empty()) data.total.push_back(source.total[one]);
      }
      data.begin.push_back(static_cast<std::uint32_t>(data.copied.size()));
   }
   data.rows = static_cast<std::uint32_t>(data.copied.size());
}

void BatchBuilder::Work::make_rows(const Frame& frame) {
   if (frame.groups_of != no_frame) return group_rows(frame.id);
   if (holds_members(frame)) return copy_members(frame.id);
   copy_rows(frame.id);
}

void BatchBuilder::Work::offsets(FrameId id) {
   const Frame& frame = schema.frames[id];
   FrameData& data = batch.frames[id];
   const std::uint32_t rows = frames[id].rows;
   const FrameId parent = frame.parent;
   data.rows = rows;
   data.report_of.resize(rows);
   if (id == report_frame) {
      for (std::uint32_t row = 0; row < rows; ++row) data.report_of[row] = row;
      data.parent_of = data.report_of;
      return;
   }
   const std::uint32_t parent_rows = frames[parent].rows;
   data.parent_of = parents[id];
   data.list = lists[id];
   data.list.resize(parent_rows, Missing::not_read);
   data.begin.assign(parent_rows + 1, 0);
   for (const std::uint32_t up : data.parent_of) ++data.begin[up + 1];
   for (std::uint32_t up = 0; up < parent_rows; ++up) data.begin[up + 1] += data.begin[up];
   for (std::uint32_t row = 0; row < rows; ++row) data.report_of[row] = batch.frames[parent].report_of[data.parent_of[row]];
   if (!frame.totals.empty()) data.total = totals[id];
}

BatchBuilder::BatchBuilder(const Schema& schema) : work_(std::make_unique<Work>(schema)) {}
BatchBuilder::~BatchBuilder() = default;

void BatchBuilder::begin_report() {
   if (!work_->open.empty()) misuse("the report before has not ended");
   for (auto& frame : work_->frames) frame.rows_before = frame.rows;
   work_->add_row(report_frame);
}

void BatchBuilder::end_report() {
   if (work_->open.size() != 1) misuse("end_report with open rows, or without a report");
   work_->take_units(work_->open.back());
   const std::uint32_t report = work_->open.back().row;
   work_->copied_rows += work_->rows_of_copies();
   work_->open.clear();
   for (const Frame& frame : work_->schema.frames) work_->enter_keys(frame.id, report);
}

void BatchBuilder::drop_report() {
   if (work_->open.empty()) misuse("no report is open");
   work_->batch.no_last_year.erase(work_->open.front().row);
   work_->open.clear();
   for (const Frame& frame : work_->schema.frames) {
      if (frame.id != report_frame) {
         auto& list = work_->lists[frame.id];
         list.resize(std::min<std::size_t>(list.size(), work_->frames[frame.parent].rows_before));
      }
      work_->forget_rows(frame.id, work_->frames[frame.id].rows_before);
   }
}

void BatchBuilder::list_read(FrameId frame) {
   if (frame == report_frame || frame >= work_->frames.size()) misuse("no such list");
   work_->mark_read(frame, work_->open_row(work_->schema.frames[frame].parent).row);
}

void BatchBuilder::no_such_list(FrameId frame) {
   if (frame == report_frame || frame >= work_->frames.size()) misuse("no such list");
   work_->mark_list(frame, work_->open_row(work_->schema.frames[frame].parent).row, Missing::no_such_report);
}

void BatchBuilder::no_last_year(Said why) {
   const Schema& schema = work_->schema;
   if (!schema.own) return;
   const std::uint32_t report = work_->open_row(report_frame).row;
   for (const FieldId field : schema.frames[report_frame].fields)
      if (schema.is_last_years(field)) work_->batch.columns[field].missing[report] = Missing::no_such_report;
   for (const Frame& frame : schema.frames)
      if (schema.is_last_years_list(frame.id) && frame.parent == report_frame) no_such_list(frame.id);
   work_->batch.no_last_year[report] = std::move(why);
}

void BatchBuilder::begin_row(FrameId frame) { work_->begin_row(frame, -1); }

void BatchBuilder::begin_total_row(FrameId frame, int total) {
   if (frame >= work_->frames.size() || total < 0 || static_cast<std::size_t>(total) >= work_->schema.frames[frame].totals.size())
      misuse("no such total row");
   work_->begin_row(frame, total);
   // A total row has no code: it is under nothing and equals no code.
   if (const FieldId key = work_->schema.frames[frame].key; key != no_field) set_missing(key, Missing::none_missing, {});
}

void BatchBuilder::end_row() {
   if (work_->open.size() < 2) misuse("no row is open");
   work_->take_units(work_->open.back());
   work_->open.pop_back();
}

BatchBuilder::Problem BatchBuilder::set_text(FieldId field, std::string_view text, std::string_view unit, Origin origin) {
   return work_->set(field, text, unit, origin, false);
}

BatchBuilder::Problem BatchBuilder::set_number(FieldId field, std::string_view number, std::string_view unit, Origin origin) {
   return work_->set(field, number, unit, origin, true);
}

BatchBuilder::Problem BatchBuilder::set_names(FieldId field, const std::vector<std::string>& names, Origin origin) {
   if (field >= work_->fields.size()) misuse("no such field");
   const Field& declared = *work_->fields[field].field;
   const std::uint32_t row = work_->open_row(declared.frame).row;
   Column& column = work_->batch.columns[field];
   if (column.missing[row] != Missing::not_read)
      return problem(Problem::What::already_set, "每项只有一个值", "one value for each field");
   column.origin[row] = origin;
   column.missing[row] = Missing::unreadable;
   if (declared.type.kind != Kind::names) return problem(Problem::What::not_names, "一个值", "one value");
   std::string stored = joined_names(names);
   if (stored.size() > 1'000'000)
      return problem(Problem::What::too_large, "不超过一百万字节的名单", "names of at most a million bytes");
   column.text[row] = work_->batch.texts.intern(stored);
   column.missing[row] = Missing::none_missing;
   return {};
}

void BatchBuilder::set_missing(FieldId field, Missing kind, Origin origin) {
   if (field >= work_->fields.size()) misuse("no such field");
   Column& column = work_->batch.columns[field];
   const std::uint32_t row = work_->open_row(work_->fields[field].field->frame).row;
   column.missing[row] = kind;
   column.origin[row] = origin;
}

std::uint32_t BatchBuilder::reports() const { return work_->frames[report_frame].rows; }

std::uint64_t BatchBuilder::rows() const {
   std::uint64_t rows = work_->copied_rows;
   for (const auto& frame : work_->frames) rows += frame.rows;
   return rows;
}

std::vector<BatchBuilder::Doubled> BatchBuilder::take_doubled() { return std::exchange(work_->doubled, {}); }

Batch& BatchBuilder::finish() {
   if (!work_->open.empty()) misuse("finish inside a report");
   Work& work = *work_;
   work.batch.reports = work.frames[report_frame].rows;
   for (const Frame& frame : work.schema.frames) {
      work.resize(frame.id, work.frames[frame.id].rows);
      if (!frame.made()) work.offsets(frame.id);
   }
   for (const Frame& frame : work.schema.frames)
      if (frame.made()) work.make_rows(frame);
   for (const Frame& frame : work.schema.frames)
      if (!frame.levels.empty()) work.hierarchy(frame.id);
   work.blanks_as_0();
   return work.batch;
}

void BatchBuilder::clear() {
   work_->open.clear();
   work_->doubled.clear();
   work_->copied_rows = 0;
   for (FrameData& frame : work_->batch.frames) frame.by_key.clear();
   work_->batch.texts.clear();
   work_->batch.measures = {};
   work_->batch.no_last_year.clear();
   work_->counted.clear();
   work_->start();
}

}  // namespace heng

// Reports as columns: one column per field for all reports of a batch, offsets that say which rows belong to which parent.
// Readers and tests fill it through BatchBuilder, which takes declared values row by row and knows blanks, units and exact
// numbers; the engine reads it. A single report is a batch of one. Does not know: files, JSON, rules.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "interpreter/schema.hpp"

namespace heng {

// Where a value was read: bytes of its report's text, behind which the text of last year's report stands where that was read.
// begin == end: not from a text (made in a test).
struct Origin {
   std::uint32_t begin = 0, end = 0;
};

// Marks of a cell.
inline constexpr std::uint8_t mark_taken_as_0 = 1;        // blank counts as 0
inline constexpr std::uint8_t mark_unit_from_target = 2;  // an actual without unit took its target's
inline constexpr std::uint8_t mark_bound = 4;             // an actual that is itself a bound: `bound` says which

// One dictionary per batch; id 0 is the empty text. Two texts that fold alike share their folded id.
class Texts {
 public:
   std::uint32_t intern(std::string_view text);
   const std::string& operator[](std::uint32_t id) const { return texts_[id]; }
   std::uint32_t folded(std::uint32_t id) const { return folded_[id]; }  // id of a representative with the same fold
   std::optional<std::uint32_t> find(std::string_view text) const;
   std::optional<std::uint32_t> find_folded(std::string_view fold) const;  // the representative of this fold
   std::size_t size() const { return texts_.size(); }
   void clear();

 private:
   struct Hash {  // finds a string_view without making a string
      using is_transparent = void;
      std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
   };
   using Ids = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;
   std::vector<std::string> texts_{std::string()};
   std::vector<std::uint32_t> folded_{0};
   Ids ids_{{std::string(), 0}};
   Ids fold_ids_{{std::string(), 0}};
};

// Dimensions met in the data, interned. 0: a bare number; 1: percent; 2: percentage point; then by Dimension.
class Measures {
 public:
   static constexpr std::uint32_t bare = 0, percent = 1, percentage_point = 2;
   std::uint32_t intern(const Unit& unit);
   std::uint32_t intern(const Dimension& dimension);
   const Dimension& dimension(std::uint32_t id) const { return dimensions_[id]; }
   std::uint32_t size() const { return static_cast<std::uint32_t>(dimensions_.size()); }

 private:
   std::vector<Dimension> dimensions_{{}, {}, {}};
   std::map<Dimension, std::uint32_t> ids_{{{}, bare}};
};

// All vectors have one entry per row of the field's frame (those its kind uses; the others stay empty).
struct Column {
   // numbers (number, percent, percentage_point, quantity, year, measured, target): base value = mantissa × 10^exponent
   std::vector<std::int64_t> mantissa;
   int exponent = 0;
   std::unordered_map<std::uint32_t, Rational> wide;  // rows whose base value does not fit; their mantissa is 0
   std::vector<std::uint8_t> decimals;                // printed decimals d counted in the printed unit
   std::vector<std::int8_t> unit_shift;  // what was printed stands for ±½·10^(unit_shift − decimals) base units (万元: 4)
   std::unordered_map<std::uint32_t, Rational> half;  // rows whose half-width is no ½·10ⁿ (小时: ×60; counts: 0)
   // yes/no: mantissa 0 or 1
   // text, choice, code, date, names; of target and measured the text as printed (with the unit that was taken over)
   std::vector<std::uint32_t> text;
   std::vector<std::uint32_t> measure;  // measured, target: id in Measures
   // target: its TargetKind; measured: bare for a figure, words or date where it carries none, with mark_bound the kind of bound
   std::vector<std::uint8_t> target;
   std::vector<Missing> missing;  // none_missing: there is a value
   std::vector<std::uint8_t> marks;
   std::vector<Origin> origin;
};

struct FrameData {
   std::uint32_t rows = 0;
   std::vector<std::uint32_t> begin;  // per row of the parent frame, plus one: rows of parent p are begin[p] .. begin[p+1]
   std::vector<Missing> list;         // per row of the parent frame: none_missing (read, perhaps empty), not_read, no_such_report
   std::vector<std::uint32_t> report_of;  // per row
   std::vector<std::uint32_t> parent_of;  // per row: row of the parent frame
   std::vector<std::int16_t> total;       // per row: −1, or which total (frames with totals)
   std::vector<std::int32_t> up;          // per row: hierarchy parent row, −1 none (frames with levels)
   std::vector<std::int16_t> level;       // per row: digits of the code; 0 total
   std::vector<std::uint8_t> orphan;
   std::vector<std::uint32_t> copied;                        // per row of a copy: the row that it repeats
   std::unordered_map<std::uint64_t, std::uint32_t> by_key;  // (report << 32 | folded text id) → row, total rows left out
};

struct Batch {
   const Schema* schema = nullptr;
   std::uint32_t reports = 0;
   std::vector<FrameData> frames;  // by FrameId; frames[0].rows == reports
   std::vector<Column> columns;    // by FieldId
   Texts texts;
   Measures measures;
   std::unordered_map<std::uint32_t, Said> no_last_year;  // by report: why last year's is not there
};

// Fills a batch. Order: begin_report, then fields of the report and lists in any order, end_report; finally finish().
// Within a list: begin_row(frame) … end_row(); nested lists inside their row. What is not set is not read
// (or blank, where a form says `blank counts as 0` and the table carries a figure; the builder applies that rule).
class BatchBuilder {
 public:
   explicit BatchBuilder(const Schema& schema);
   ~BatchBuilder();
   void begin_report();
   void end_report();
   void drop_report();                // forget the report that was begun (it could not be read)
   void list_read(FrameId frame);     // this list is there, perhaps empty
   void no_such_list(FrameId frame);  // this list is of a report that is not there
   void no_last_year(Said why);       // of this report: all that is last year's is missing, there is no such report
   void begin_row(FrameId frame);
   void begin_total_row(FrameId frame, int total);
   void end_row();

   // Sets a field of the current row (or of the report). Returns what did not fit, if anything, as a reason for people.
   // `text` is what was printed. Blank and its kin become Missing. `unit` (may be empty) overrides the column's.
   struct Problem {
      enum class What {
         none,
         not_a_number,
         wrong_unit,
         not_a_choice,
         not_a_date,
         not_a_code,
         not_yes_no,
         not_names,
         too_large,
         already_set
      } what = What::none;
      std::string expected_zh, expected_en;
      explicit operator bool() const { return what != What::none; }
   };
   Problem set_text(FieldId field, std::string_view text, std::string_view unit, Origin origin);  // a JSON string, a cell
   Problem set_number(FieldId field, std::string_view json_number, std::string_view unit, Origin origin);
   Problem set_names(FieldId field, const std::vector<std::string>& names, Origin origin);  // a JSON array
   void set_missing(FieldId field, Missing kind, Origin origin);

   std::uint32_t reports() const;
   std::uint64_t rows() const;  // of all frames: what a chunk is cut by
   // Rows with the same key in one list of the report just ended: (first row's origin, second row's origin, key).
   struct Doubled {
      FrameId frame;
      std::string key;
      Origin first, second;
   };
   std::vector<Doubled> take_doubled();
   Batch& finish();  // computes hierarchy, key tables, units taken from targets; valid until clear()
   void clear();     // keeps capacity

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

}  // namespace heng

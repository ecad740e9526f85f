// What a report may hold, compiled from the `report`, `form` and `record` declarations: frames (lists) and their fields.
// The readers fill a Batch by it, the checker resolves names in it, docs and the JSON Schema are printed from it.
// Does not know: rules, data, formats.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "grammar/source.hpp"
#include "stdlib/type.hpp"

namespace heng {

using FrameId = std::uint16_t;
using FieldId = std::uint32_t;
inline constexpr FrameId report_frame = 0;
inline constexpr FrameId no_frame = std::numeric_limits<FrameId>::max();
inline constexpr FieldId no_field = std::numeric_limits<FieldId>::max();

struct Total {
   std::string
       label;  // "合计", "人员经费合计": also the JSON key and the name after the form (公开06.人员经费合计; `total` if only one)
   std::vector<std::string> of;  // codes whose subtrees it adds up; empty: all
};

// A list. Frame 0 is the report itself. Rows of a form with totals hold the total rows too (FrameData::total says which).
struct Frame {
   FrameId id = 0, parent = no_frame;
   std::string name;   // "项目", "指标", "科目"
   std::string title;  // of the record, as printed above each: "项目支出绩效自评表"; may be empty
   std::string path;   // as rules write it: "项目.指标", "公开03.科目"
   std::string form;   // rows of a form: the form's name; else empty
   FieldId key =
       no_field;  // keyed rows: the code field; lists of records: their first text field (for naming rows), may be no_field
   bool keyed = false;
   std::vector<int> levels;  // 3, 5, 7: digits of the code; empty: no hierarchy
   std::vector<Total> totals;
   std::vector<FieldId> fields;  // in declared order
   // Not in the data: in each row of `parent` the rows of this list stand once more, as far as both belong to the same row of a
   // frame around them. What relates rows of two lists by more than a key is computed there. Made by the checker, has no fields.
   FrameId copy_of = no_frame;
   // Not in the data either: in each row of `parent` one row for each distinct value of the field `group_by` of this list, which
   // stands below `parent`, in the order of their first rows; rows that carry no value are one group more. Has no fields.
   FrameId groups_of = no_frame;
   FieldId group_by = no_field;
   bool made() const { return copy_of != no_frame || groups_of != no_frame; }  // by the checker
   Span declared;
};

struct Field {
   FieldId id = 0;
   FrameId frame = 0;
   std::string name;   // in its frame: "基本支出"; a fixed cell: "公开01[27].金额"
   std::string path;   // as rules write it: "公开03.科目.基本支出", "公开01[27]", "公开09.决算.公务接待费"
   std::string label;  // what people call it: the line's label, the column's name, the title
   std::vector<std::string> aliases;
   Type type;
   bool blank_counts_as_0 = false;
   bool may_be_blank = false;
   // fixed cells of lines and grids (frame 0); for columns of rows and plain fields line is empty
   std::string form, line, column;
   Span declared;
};

enum class BlockKind { lines, rows, grid };
struct FormBlock {
   BlockKind kind;
   std::vector<std::string> lines;    // lines: numbers; grid: row names
   std::vector<std::string> labels;   // of the lines, as printed
   std::vector<std::string> codes;    // of the lines; empty where a line has none
   std::vector<std::string> columns;  // names
   FrameId frame = no_frame;          // rows
};
struct FormSchema {
   std::string name, title;
   std::vector<std::string> aliases;
   std::vector<FormBlock> blocks;
   std::vector<FieldId> cells;   // all fixed cells
   std::vector<FieldId> fields;  // single fields of the form
   std::string unit;             // 万元
   int decimals = -1;
   bool blank_counts_as_0 = false;
   Span declared;
};

// What a text states. Its gaps are fields named as those of a record (说明一.总计), a sentence that repeats is a list
// (说明五.项). Readers look for the sentences; the rules see fields.
struct SentenceSchema {
   struct Part {
      std::string words;  // empty: a gap
      FieldId gap = no_field;
   };
   std::vector<Part> parts;
   FieldId whole = no_field;  // of a named sentence: the text as found
   FrameId frame = report_frame;
   bool optional = false;
   bool other_wording = false;  // its gaps are those of other sentences: absent, it is not missed
};
struct PhrasesSchema {
   std::string name, title;
   std::vector<std::string> after;  // headings, any of which will do; none: the whole text
   std::vector<SentenceSchema> sentences;
   Span declared;
   FrameId frame = report_frame;  // of a list of records: the sentences stand once in the text of each
   bool of_report = false;        // they state fields of the report itself
   bool of_layout = false;        // only a layout speaks of them: absent, they are not missed
};

// Another name of a thing on paper; `row` where it is the cell of a labelled row and a column named `text`.
struct PrintedName {
   std::string text, row;
};

// What is printed around a table: fields of every form, 公开01.印出.标题.
inline constexpr std::string_view printed_part = "印出", printed_title = "标题", printed_unit = "单位", printed_year = "年度",
                                  printed_lines = "行次";

// 上年.公开01[60]: how last year's report is written before what stands in it.
inline constexpr std::string_view last_years = "上年.";

struct Schema {
   std::vector<Frame> frames;  // frames[0] is the report; parents before children
   std::vector<Field> fields;
   std::vector<FormSchema> forms;
   std::vector<PhrasesSchema> phrases;
   // report fields that choose the rule set; no_field when no forms declare them
   FieldId unit_name = no_field, year = no_field, place = no_field;
   std::vector<std::string> extra_units;
   // For readers only: by folded path of a form, line, column, grid row, total, field or list.
   std::unordered_map<std::string, std::vector<PrintedName>> printed_as;

   // Where rules read last year's report of the same unit (上年), all that a report may hold stands once more behind the report's
   // own fields, frames and forms, named with 上年. in front (interpreter/last_year.hpp). This is how many are the report's own.
   struct Own {
      std::uint32_t fields = 0, frames = 0, forms = 0;
   };
   std::optional<Own> own;  // nothing: rules read no report of last year, and all are the report's own
   bool is_last_years(FieldId field) const { return own && field >= own->fields && field < 2 * own->fields; }
   bool is_last_years_list(FrameId frame) const { return own && frame >= own->frames && frame < 2 * own->frames - 1; }
   FieldId last_years_field(FieldId own_field) const { return own_field == no_field ? no_field : own_field + own->fields; }
   FrameId last_years_frame(FrameId own_frame) const {
      return own_frame == report_frame || own_frame == no_frame ? own_frame : static_cast<FrameId>(own_frame + own->frames - 1);
   }
   const std::vector<PrintedName>& printed_names(std::string_view path) const;  // "公开01[31]", "公开09.预算", "项目.指标"

   // by folded name; no_field / nullptr when there is none
   FieldId printed(const FormSchema& form, std::string_view fact) const;  // one of the facts above
   FieldId cell(std::string_view form, std::string_view line, std::string_view column) const;
   const FormSchema* form(std::string_view name) const;
   FieldId field_in(FrameId frame, std::string_view name) const;  // a frame's own field, by folded name or alias
   FrameId list_in(FrameId parent, std::string_view name) const;  // a list of records; rows of forms are found by their form

   // A record inside a record is no list: its fields stand in the frame around it, named "封面.报表小类"; so do single fields of
   // a form, in frame 0, named "公开01.编制单位". True: `name` is such a record (or a chain of them, "a.b") in `frame`.
   bool is_record(FrameId frame, std::string_view name) const;

   void index();  // after the last change: makes the look-ups above fast; without it they search
   std::unordered_map<std::string, std::uint32_t> by_name;  // filled by index()
};

}  // namespace heng

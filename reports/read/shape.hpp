// How a Schema looks as JSON: which keys an object may have and what stands behind each. Made once per program;
// the reader walks it, the JSON Schema is printed from it, so that the two cannot differ.
// Does not know: data, JSON syntax.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interpreter/schema.hpp"

namespace heng {

struct ShapeEntry {
   enum class What {
      value,    // field
      object,   // shape: more of the same row (a form, a line of several columns, a nested record)
      list,     // frame, shape: rows
      total,    // frame, shape, total: one total row
      version,  // "heng": "report/1"
      account,  // "读取": how the report was read from a document; nothing that rules read
   } what = What::value;
   std::string key;
   std::vector<std::string> aliases;
   std::string label;  // what people call it; also suggested when somebody writes it as a key
   FieldId field = no_field;
   std::string unit;  // of a value that says none, where it is not the field's own (last year's forms)
   std::uint32_t shape = 0;
   FrameId frame = no_frame;
   int total = 0;
};

struct Shape {
   std::string name;  // "公开01", "公开03.科目"; empty: the report
   std::vector<ShapeEntry> entries;
   // Which entry a key means: as written, then folded; −1: none.
   int find(std::string_view key) const;
   std::vector<std::string> keys() const;

   std::unordered_map<std::string, std::uint32_t> exact, folded;
};

struct ReportShape {
   std::vector<Shape> shapes;  // [0] is the report
   const Schema* schema = nullptr;
};

ReportShape shape_of(const Schema& schema);

// How last year's report looks, as it is read beside this year's: by last year's forms, into last year's fields of `schema`.
struct LastYearShape {
   ReportShape shape;
   std::vector<FieldId> absent;  // last year's forms do not hold them
};
LastYearShape shape_of_last_year(const Schema& schema, const Schema& last_years_forms);

}  // namespace heng

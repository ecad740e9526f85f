#include "tests/agree/data.hpp"

#include <algorithm>
#include <set>

namespace heng::agree {

namespace {

using Row = RowData;

std::string digits(Random& random, int count) {
   std::string text;
   for (int i = 0; i < count; ++i) text += static_cast<char>('0' + random.below(10));
   return text;
}

// 12, -3.50, 0.00, 123456789012345678901234567890.12
std::string figure(Random& random, const Taste& taste) {
   const int decimals = random.of({0, 0, 1, 2, 2, 2, 3, 5});
   std::string whole = "0", part = digits(random, decimals);
   if (random.chance(taste.zero)) {
      part = std::string(decimals, '0');
   } else if (random.chance(taste.huge)) {
      whole = std::to_string(random.between(1, 9)) + digits(random, random.between(8, 29));
   } else if (random.chance(taste.small)) {
      whole = std::to_string(random.below(12));
      part = part.empty() ? part : part.substr(0, 1) + std::string(decimals - 1, '0');
   } else {
      whole = std::to_string(random.below(100000));
   }
   const std::string sign = random.chance(12) && (whole + part).find_first_not_of('0') != std::string::npos ? "-" : "";
   return sign + whole + (decimals > 0 ? "." + part : "");
}

std::string measured(Random& random, const Taste& taste) {
   return figure(random, taste) +
          random.of<const char*>({"个", "个", "个", "%", "%", "‰", "元", "万元", "万", "", "", "人次", "元/人·天"});
}

std::string target(Random& random, const Taste& taste) {
   if (random.chance(6)) return "12月30日前";
   if (random.chance(8)) return "全省第一档次";
   return random.of<const char*>({"≥", "≥", "≤", "≤", ">", "<", "=", "", ""}) + measured(random, taste);
}

std::string actual(const Field& field, Random& random, const Taste& taste) {
   if (field.type.may_be_text && random.chance(6)) return "全省第二档次";
   if (random.chance(6)) return random.of<const char*>({"≥", "≤", ">", "<"}) + measured(random, taste);
   return measured(random, taste);
}

std::string text(Random& random) { return random.of<const char*>({"甲", "乙", "（丙）", "(丙)", "示例：说明", "ＡＢ", "AB"}); }

std::string printed(const Field& field, Random& random, const Taste& taste) {
   switch (field.type.kind) {
      case Kind::percent: return figure(random, taste) + "%";
      case Kind::percentage_point: return figure(random, taste);
      case Kind::year: return std::to_string(random.between(2020, 2024));
      case Kind::measured: return actual(field, random, taste);
      case Kind::target: return target(random, taste);
      case Kind::text: return text(random);
      case Kind::yes_no: return random.of<const char*>({"是", "否"});
      case Kind::choice: return random.of(*field.type.choices);
      case Kind::code: return random.of<const char*>({"201", "20101", "2010101", "20102", "205", "208", "999"});
      case Kind::date: return random.of<const char*>({"2024-06-30", "2024年6月30日", "2023/12/31", "2024.7.1", "12月30日前"});
      case Kind::names: return random.of<const char*>({"甲", "乙、甲", "甲、乙、（丙）", "1、2、3", "1、3", "ＡＢ、甲、AB"});
      default: return figure(random, taste);
   }
}

// nullopt: not read.
std::optional<std::string> cell(const Field& field, Random& random, const Taste& taste) {
   if (!random.chance(taste.missing)) return printed(field, random, taste);
   const int kind = random.below(6);
   if (kind == 0) return std::nullopt;
   return std::vector<std::string>{"", "", "-", "/", "无", "###"}[kind];
}

// Codes of a hierarchy, each once, mostly with their parents.
std::vector<std::string> codes(const Frame& frame, Random& random) {
   std::set<std::string> made;
   const int count = random.below(9);
   for (int i = 0; i < count; ++i) {
      std::string code;
      const int depth = random.between(1, static_cast<int>(frame.levels.size()));
      for (int level = 0; level < depth; ++level) {
         code += level == 0 ? random.of<const char*>({"201", "205", "208"}) : random.of<const char*>({"01", "02"});
         if (level + 1 == depth || !random.chance(12)) made.insert(code);
      }
   }
   std::vector<std::string> result(made.begin(), made.end());
   if (random.chance(30)) std::reverse(result.begin(), result.end());
   return result;
}

struct Maker {
   const Schema& schema;
   Random& random;
   const Taste& taste;

   void fill(const Frame& frame, Row& row) {
      for (const FieldId id : frame.fields) {
         const Field& field = schema.fields[id];
         if (id == schema.unit_name || id == schema.year || id == schema.place) continue;
         if (id == frame.key && frame.keyed) continue;
         if (const auto value = cell(field, random, taste)) row.values[id] = *value;
      }
      for (const Frame& list : schema.frames) {
         if (list.parent != frame.id || list.id == frame.id || list.made()) continue;
         if (!random.chance(7))
            row.lists[list.id] = rows(list);
         else if (random.chance(40))
            row.of_no_report.push_back(list.id);  // as last year's lists are where there is no such report
      }
   }

   std::vector<Row> rows(const Frame& frame) {
      std::vector<Row> result;
      for (std::size_t total = 0; total < frame.totals.size(); ++total) {
         if (random.chance(15)) continue;
         result.emplace_back();
         result.back().total = static_cast<int>(total);
         fill(frame, result.back());
      }
      if (frame.keyed) {
         for (const std::string& code : frame.levels.empty() ? std::vector<std::string>{"a", "b"} : codes(frame, random)) {
            result.emplace_back();
            result.back().values[frame.key] = code;
            fill(frame, result.back());
         }
         return result;
      }
      const int count = random.of({0, 1, 1, 2, 3, 5});
      for (int i = 0; i < count; ++i) {
         result.emplace_back();
         fill(frame, result.back());
      }
      return result;
   }
};

void pour_row(const Row& row, BatchBuilder& builder) {
   for (const auto& [field, value] : row.values) {
      if (value == "###")
         builder.set_missing(field, Missing::unreadable, Origin{});
      else
         builder.set_text(field, value, "", Origin{});
   }
   for (const FrameId list : row.of_no_report) builder.no_such_list(list);
   for (const auto& [list, rows] : row.lists) {
      builder.list_read(list);
      for (const Row& one : rows) {
         if (one.total)
            builder.begin_total_row(list, *one.total);
         else
            builder.begin_row(list);
         pour_row(one, builder);
         builder.end_row();
      }
   }
}

// ---- as JSON ------------------------------------------------------------------------------------------------------------

std::string quoted(const std::string& text) { return "\"" + text + "\""; }
std::string joined(const std::vector<std::string>& items, const char* open, const char* close) {
   std::string text = open;
   for (std::size_t i = 0; i < items.size(); ++i) text += (i > 0 ? ", " : "") + items[i];
   return text + close;
}

struct Printer {
   const Schema& schema;

   // Plain fields and lists of records; what belongs to a form is printed with the form.
   std::string record(const Frame& frame, const Row& row) {
      std::vector<std::string> items;
      for (const auto& [id, value] : row.values)
         if (schema.fields[id].form.empty() || !frame.form.empty())
            items.push_back(quoted(schema.fields[id].name) + ": " + quoted(value));
      for (const auto& [id, rows] : row.lists)
         if (schema.frames[id].form.empty())
            items.push_back(quoted(schema.frames[id].name) + ": " + list(schema.frames[id], rows));
      if (frame.id == report_frame)
         for (const FormSchema& form : schema.forms)
            if (const std::string text = printed_form(form, row); text != "{}") items.push_back(quoted(form.name) + ": " + text);
      return joined(items, "{", "}");
   }

   std::string list(const Frame& frame, const std::vector<Row>& rows) {
      std::vector<std::string> items;
      for (const Row& row : rows)
         if (!row.total) items.push_back(record(frame, row));
      return joined(items, "[", "]");
   }

   std::string printed_form(const FormSchema& form, const Row& report) {
      std::vector<std::string> items;
      std::map<std::string, std::vector<std::string>> lines;
      for (const FieldId id : form.cells) {
         const auto value = report.values.find(id);
         if (value != report.values.end())
            lines[schema.fields[id].line].push_back(quoted(schema.fields[id].column) + ": " + quoted(value->second));
      }
      for (const auto& [line, cells] : lines) items.push_back(quoted(line) + ": " + joined(cells, "{", "}"));
      for (const FormBlock& block : form.blocks) {
         const auto rows = report.lists.find(block.frame);
         if (block.kind != BlockKind::rows || rows == report.lists.end()) continue;
         const Frame& frame = schema.frames[block.frame];
         for (const Row& row : rows->second)
            if (row.total) items.push_back(quoted(frame.totals[*row.total].label) + ": " + record(frame, row));
         items.push_back(quoted(frame.name) + ": " + list(frame, rows->second));
      }
      return joined(items, "{", "}");
   }
};

}  // namespace

RowData random_report(const Schema& schema, Random& random, const Taste& taste) {
   RowData report;
   Maker{schema, random, taste}.fill(schema.frames[report_frame], report);
   if (schema.unit_name != no_field) report.values[schema.unit_name] = "示例单位";
   if (schema.year != no_field) report.values[schema.year] = "2024";
   if (schema.place != no_field) report.values[schema.place] = "示例市";
   return report;
}

void pour(const RowData& report, BatchBuilder& builder) {
   builder.begin_report();
   pour_row(report, builder);
   builder.end_report();
}

std::string to_json(const Schema& schema, const RowData& report) {
   return Printer{schema}.record(schema.frames[report_frame], report);
}

}  // namespace heng::agree

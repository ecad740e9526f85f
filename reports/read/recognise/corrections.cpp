#include "reports/read/recognise/corrections.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "reports/read/document/formats.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

ReportProblem problem_at(const std::string& name, std::uint32_t line, Said message) {
   ReportProblem problem;
   problem.code = Code::report_bad_value;
   problem.message = std::move(message);
   problem.file = name;
   problem.line = line;
   return problem;
}

struct ColumnName {
   std::string_view zh, en;
   std::string Correction::* member;
};
constexpr std::array<ColumnName, 6> columns{{{"位置", "where", &Correction::where},
                                             {"原为", "was", &Correction::was},
                                             {"改为", "value", &Correction::value},
                                             {"改正人", "who", &Correction::who},
                                             {"日期", "when", &Correction::when},
                                             {"说明", "why", &Correction::why}}};

std::string text_of(const ReportData& value) {
   if (value.is_string()) return value.get<std::string>();
   if (value.is_object()) return value.value("value", "");
   return "";
}

// 公开03 [201] 基本支出: names and what stands in brackets, in order.
std::vector<std::string> steps_of(std::string_view where) {
   std::vector<std::string> steps;
   std::string step;
   bool bracket = false;
   const std::string folded = fold(where);
   for (const char c : folded) {
      if ((c == '.' && !bracket) || c == '[' || c == ']') {
         if (!step.empty()) steps.push_back(std::move(step));
         step.clear();
         bracket = c == '[' || (bracket && c != ']');
      } else {
         step += c;
      }
   }
   if (!step.empty()) steps.push_back(std::move(step));
   return steps;
}

ReportData* row_named(ReportData& rows, const std::string& step) {
   for (ReportData& row : rows)
      for (auto& [key, value] : row.items())
         if (!text_of(value).empty() && fold(text_of(value)) == step) return &row;
   std::size_t number = 0;
   const auto parsed = std::from_chars(step.data(), step.data() + step.size(), number);
   const bool whole = parsed.ec == std::errc() && parsed.ptr == step.data() + step.size();
   return whole && number >= 1 && number <= rows.size() ? &rows[number - 1] : nullptr;
}

ReportData* find_step(ReportData& at, const std::string& step) {
   if (at.is_array()) return row_named(at, step);
   if (!at.is_object()) return nullptr;
   for (auto& [key, value] : at.items())
      if (fold(key) == step) return &value;
   for (auto& [key, value] : at.items())
      if (value.is_array())
         if (ReportData* row = row_named(value, step)) return row;
   return nullptr;
}

ReportData* find(ReportData& data, std::string_view where) {
   ReportData* at = &data;
   for (const std::string& step : steps_of(where)) {
      at = find_step(*at, step);
      if (!at) return nullptr;
   }
   const bool value = at->is_string() || at->is_null() || (at->is_object() && (at->contains("value") || at->contains("missing")));
   return value ? at : nullptr;
}

}  // namespace

std::vector<Correction> read_corrections(std::string_view bytes, const std::string& name, ReportProblems& problems) {
   std::vector<Correction> corrections;
   const Document document = read_csv_document(bytes, CsvSeparator::of_first_line);
   for (const DocumentProblem& one : document.problems) problems.push_back(problem_at(name, one.place.line, one.message));
   const auto* table = document.blocks.empty() ? nullptr : boost::variant2::get_if<DocumentTable>(&document.blocks.front());
   if (!table) return corrections;
   std::vector<std::string Correction::*> members(table->columns, nullptr);
   Correction row;
   std::uint32_t current = 0;
   const auto take = [&] {
      if (!row.where.empty()) corrections.push_back(std::move(row));
      row = {};
   };
   for (const DocumentCell& cell : table->cells) {
      if (cell.row == 0) {
         for (const ColumnName& column : columns)
            if (fold(cell.text) == column.zh || fold(cell.text) == column.en) members[cell.column] = column.member;
         continue;
      }
      if (cell.row != current) take();
      current = cell.row;
      row.line = cell.place.line;
      if (members[cell.column]) row.*members[cell.column] = cell.text;
   }
   take();
   const bool named = std::find(members.begin(), members.end(), &Correction::where) != members.end() &&
                      std::find(members.begin(), members.end(), &Correction::value) != members.end();
   if (!named)
      problems.push_back(problem_at(name, 1,
                                    say("订正表的第一行要写栏名：位置,原为,改为,改正人,日期,说明",
                                        "the first row of corrections names the columns: where,was,value,who,when,why")));
   return corrections;
}

std::size_t apply_corrections(const std::vector<Correction>& corrections, const std::string& name, ReportData& data,
                              ReportProblems& problems) {
   std::size_t applied = 0;
   for (const Correction& correction : corrections) {
      ReportData* value = find(data, correction.where);
      if (!value) {
         problems.push_back(problem_at(
             name, correction.line,
             say("订正没有用上：报告里没有 {}", "the correction was not used: the report has no {}", correction.where)));
         continue;
      }
      const std::string read = text_of(*value);
      if (fold(read) != fold(correction.was)) {
         problems.push_back(problem_at(
             name, correction.line,
             say("订正没有用上：{} 读出的是“{}”，订正的是“{}”",
                 "the correction was not used: {} reads \"{}\", it corrects \"{}\"", correction.where, read, correction.was)));
         continue;
      }
      if (correction.who.empty() || correction.when.empty()) {
         problems.push_back(problem_at(name, correction.line,
                                       say("订正没有用上：{} 没有写改正人和日期",
                                           "the correction of {} names nobody or no date: it was not used", correction.where)));
         continue;
      }
      if (!value->is_object()) *value = ReportData{{"value", read}};
      if (!value->contains("raw")) (*value)["raw"] = read;
      value->erase("missing");
      (*value)["value"] = correction.value;
      (*value)["from"] = "corrected";
      (*value)["by"] = correction.who;
      (*value)["when"] = correction.when;
      ++applied;
   }
   return applied;
}

std::string corrections_beside(const std::string& path) { return path + ".订正.csv"; }

}  // namespace heng

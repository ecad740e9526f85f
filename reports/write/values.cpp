#include "reports/write/values.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "reports/read/recognise/words.hpp"
#include "reports/write/csv.hpp"
#include "reports/write/html.hpp"
#include "reports/write/workbook.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

struct ValueRow {
   std::string where, value, raw, page, line, cell, from;
};

std::string text_of(const ReportData& value, const char* key) {
   if (!value.contains(key)) return "";
   const ReportData& part = value.at(key);
   return part.is_string() ? part.get<std::string>() : part.is_number() ? part.dump() : "";
}

// A row is named by its first text: its code, its name.
std::string name_of_row(const ReportData& row, std::size_t number) {
   if (row.is_object() && !row.empty()) {
      const ReportData& first = row.begin().value();
      const std::string text = first.is_string() ? first.get<std::string>() : first.is_object() ? text_of(first, "value") : "";
      if (!text.empty() && text.size() < 60) return text;
   }
   return std::to_string(number);
}

void collect(const ReportData& data, const std::string& where, std::vector<ValueRow>& rows) {
   if (data.is_object() && (data.contains("value") || data.contains("missing"))) {
      ValueRow row{where,
                   text_of(data, "value"),
                   text_of(data, "raw"),
                   text_of(data, "page"),
                   text_of(data, "line"),
                   text_of(data, "cell"),
                   text_of(data, "from")};
      if (data.contains("missing")) row.value = "<" + text_of(data, "missing") + ">";
      rows.push_back(std::move(row));
   } else if (data.is_object()) {
      for (const auto& [key, value] : data.items()) {
         if (where.empty() && (key == "heng" || key == "读取")) continue;
         const bool line = !key.empty() && key.find_first_not_of("0123456789") == std::string::npos;
         collect(value, where.empty() ? key : line ? where + "[" + key + "]" : where + "." + key, rows);
      }
   } else if (data.is_array()) {
      for (std::size_t i = 0; i < data.size(); ++i) collect(data[i], where + "[" + name_of_row(data[i], i + 1) + "]", rows);
   } else {
      rows.push_back({where, data.is_string() ? data.get<std::string>() : data.is_null() ? "" : data.dump(), "", "", "", "", ""});
   }
}

std::vector<ValueRow> values_of(const ReportData& data) {
   std::vector<ValueRow> rows;
   collect(data, "", rows);
   return rows;
}

std::vector<std::string> heads(bool chinese) {
   return chinese ? std::vector<std::string>{"位置", "值", "原文", "页", "行", "单元格", "来源"}
                  : std::vector<std::string>{"where", "value", "printed", "page", "line", "cell", "from"};
}

std::vector<std::string> fields_of(const ValueRow& row) {
   return {row.where, row.value, row.raw, row.page, row.line, row.cell, row.from};
}

// What a value's place is known by.
std::string key_of(const std::string& page, const std::string& line, const std::string& cell, const std::string& box) {
   return page + "|" + (cell.empty() && box.empty() ? line : "") + "|" + cell + "|" + box;
}
std::string box_text(const Box& box) {
   return box.empty() ? "" : fmt::format("{:.1f} {:.1f} {:.1f} {:.1f}", box.left, box.top, box.right, box.bottom);
}
std::string key_of(const DocumentPlace& place) {
   return key_of(place.page > 0 ? std::to_string(place.page) : "", place.line > 0 ? std::to_string(place.line) : "", place.cell,
                 box_text(place.box));
}

void collect_places(const ReportData& data, const std::string& where, std::map<std::string, std::string>& places) {
   if (data.is_object() && data.contains("value")) {
      std::string box;
      if (data.contains("box"))
         for (const ReportData& side : data["box"]) box += (box.empty() ? "" : " ") + side.get<std::string>();
      std::string& fields = places[key_of(text_of(data, "page"), text_of(data, "line"), text_of(data, "cell"), box)];
      fields += (fields.empty() ? "" : "\n") + where + " = " + text_of(data, "value");
   } else if (data.is_object()) {
      for (const auto& [key, value] : data.items())
         if (key != "读取") collect_places(value, where.empty() ? key : where + "." + key, places);
   } else if (data.is_array()) {
      for (std::size_t i = 0; i < data.size(); ++i)
         collect_places(data[i], where + "[" + name_of_row(data[i], i + 1) + "]", places);
   }
}

class MarkedPage {
 public:
   MarkedPage(std::ostream& out, const ReportData& data) : out_(out) { collect_places(data, "", places_); }

   void line(const DocumentLine& line) {
      const auto found = places_.find(key_of(line.place));
      out_ << "<p" << mark(found == places_.end() ? nullptr : &found->second, false) << ">" << html_text(line.text) << "</p>\n";
   }

   void table(const DocumentTable& table) {
      out_ << "<table>\n";
      std::size_t next = 0;
      for (std::uint32_t row = 0; row < table.rows; ++row) {
         out_ << "<tr>";
         for (; next < table.cells.size() && table.cells[next].row == row; ++next) {
            const DocumentCell& cell = table.cells[next];
            const auto found = places_.find(key_of(cell.place));
            const Figure figure = figure_of(fold(cell.text));
            out_ << "<td colspan=" << cell.columns << " rowspan=" << cell.rows
                 << mark(found == places_.end() ? nullptr : &found->second, figure.kind == Figure::Kind::number && !figure.whole)
                 << ">" << html_text(cell.text) << "</td>";
         }
         out_ << "</tr>\n";
      }
      out_ << "</table>\n";
   }

 private:
   static std::string mark(const std::string* fields, bool unread_figure) {
      if (fields) return " class=read title=\"" + html_text(*fields) + "\"";
      return unread_figure ? " class=unread" : "";
   }

   std::ostream& out_;
   std::map<std::string, std::string> places_;
};

}  // namespace

void write_values_csv(std::ostream& out, const ReportData& data, bool chinese) {
   out << csv_begin;
   write_csv_line(out, heads(chinese), csv_text);
   for (const ValueRow& row : values_of(data)) write_csv_line(out, fields_of(row), csv_text);
}

bool write_values_xlsx(const std::string& path, const ReportData& data, const ReadingAccount& account, bool chinese) {
   const auto word = [&](const char* zh, const char* en) { return std::string(chinese ? zh : en); };
   SheetOfTexts values{word("值", "values"), heads(chinese), [&](const auto& row) {
                          for (const ValueRow& one : values_of(data)) row(fields_of(one));
                       }};
   values.widths = {45, 24, 24};
   values.head_stays = true;
   SheetOfTexts parts{word("读取情况", "reading"),
                      {word("部分", "part"), word("标题", "title"), word("情况", "state"), word("说明", "why")},
                      [&](const auto& row) {
                         constexpr const char* zh[] = {"找到", "没有找到", "存疑", "不能用"};
                         constexpr const char* en[] = {"found", "missing", "doubtful", "unusable"};
                         for (const PartRead& part : account.parts)
                            row({part.name, part.title, (chinese ? zh : en)[static_cast<int>(part.state)], part.why.in(chinese)});
                         for (const NotUnderstood& one : account.not_understood)
                            row({one.part, one.text, word("没有认出来", "not understood"), one.why.in(chinese)});
                      }};
   parts.widths = {30, 30, 30, 30};
   return write_workbook(path, {values, parts});
}

void write_marked_page(std::ostream& out, const Document& document, const ReportData& data, std::uint32_t page, bool chinese) {
   out << "<!DOCTYPE html>\n<html lang=\"" << (chinese ? "zh" : "en") << "\"><head><meta charset=\"utf-8\"><title>"
       << (chinese ? "读取情况" : "what was read")
       << "</title>\n<style>body{font-family:sans-serif;margin:2em}table{border-collapse:collapse;margin:1em 0}"
          "td{border:1px solid #999;padding:2px 6px}.read{background:#d7f0d7}.unread{background:#f7c6c6}h2{border-top:1px solid "
          "#999}</style></head><body>\n<p>"
       << (chinese ? "绿：已读（停在上面看是哪个字段）；红：是数，没有读"
                   : "green: read (hover to see as which field); red: a figure that was not read")
       << "</p>\n";
   MarkedPage marked(out, data);
   std::uint32_t at = 0;
   for (const DocumentBlock& block : document.blocks) {
      const auto* line = boost::variant2::get_if<DocumentLine>(&block);
      const auto* table = boost::variant2::get_if<DocumentTable>(&block);
      const DocumentPlace& place = line ? line->place : table->place;
      if (page > 0 && place.page != page && place.page != 0) continue;
      if (place.page != at) out << "<h2>" << (chinese ? "第 " : "page ") << place.page << (chinese ? " 页" : "") << "</h2>\n";
      at = place.page;
      if (line) marked.line(*line);
      if (table) marked.table(*table);
   }
   out << "</body></html>\n";
}

}  // namespace heng

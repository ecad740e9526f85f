// XLSX (ECMA-376, SpreadsheetML): each sheet is a table. Cells show what a person sees, as far as number formats say; the value
// that is stored stands beside it, exact. A formula without a stored result is "not calculated", never 0.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "reports/read/document/decimal_text.hpp"
#include "reports/read/document/formats.hpp"
#include "reports/read/document/package.hpp"
#include "reports/read/document/sound_table.hpp"

namespace heng {

namespace {

constexpr std::uint32_t most_rows = 1'048'576, most_columns = 16'384;

bool is(const pugi::xml_node& node, std::string_view name) { return local_name(node.name()) == name; }

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
   for (const pugi::xml_node& one : node.children())
      if (is(one, name)) return one;
   return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
   for (const pugi::xml_attribute& one : node.attributes())
      if (local_name(one.name()) == name) return one.value();
   return "";
}

// "C7" → column 2, row 6
std::optional<std::pair<std::uint32_t, std::uint32_t>> address(std::string_view text) {
   std::uint32_t column = 0, row = 0;
   std::size_t at = 0;
   for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at < 4; ++at)
      column = column * 26 + static_cast<std::uint32_t>(text[at] - 'A' + 1);
   const auto parsed = std::from_chars(text.data() + at, text.data() + text.size(), row);
   if (column == 0 || row == 0 || parsed.ec != std::errc() || column > most_columns || row > most_rows) return std::nullopt;
   return std::pair(row - 1, column - 1);
}

std::string column_name(std::uint32_t column) {
   std::string name;
   for (++column; column > 0; column = (column - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
   return name;
}

// Text of <si>, <is>: runs, without the readings of characters (phonetics).
std::string rich_text(const pugi::xml_node& node) {
   std::string text;
   for (const pugi::xml_node& one : node.children()) {
      if (is(one, "t")) text += one.text().get();
      if (is(one, "r"))
         for (const pugi::xml_node& part : one.children())
            if (is(part, "t")) text += part.text().get();
   }
   return text;
}

class XlsxReader {
 public:
   explicit XlsxReader(std::string_view bytes) : package_(bytes, document_) { document_.format = DocumentFormat::xlsx; }

   Document read() {
      if (!package_.ok()) return std::move(document_);
      pugi::xml_document workbook;
      if (!package_.xml("xl/workbook.xml", workbook)) return refuse_empty();
      const pugi::xml_node root = workbook.document_element();
      date_1904_ =
          attribute(child(root, "workbookPr"), "date1904") == "1" || attribute(child(root, "workbookPr"), "date1904") == "true";
      read_targets();
      read_strings();
      read_styles();
      for (const pugi::xml_node& sheet : child(root, "sheets").children()) {
         if (!is(sheet, "sheet") || failed()) continue;
         const std::string name(attribute(sheet, "name"));
         if (attribute(sheet, "state") == "hidden" || attribute(sheet, "state") == "veryHidden") {
            document_.problems.push_back({Code::report_shape,
                                          say("工作表“{}”是隐藏的，没有读", "sheet '{}' is hidden and was not read", name),
                                          {},
                                          false});
            continue;
         }
         const auto target = targets_.find(std::string(attribute(sheet, "id")));
         if (target != targets_.end()) read_sheet(name, target->second);
      }
      return std::move(document_);
   }

 private:
   bool failed() const {
      return std::any_of(document_.problems.begin(), document_.problems.end(),
                         [](const DocumentProblem& p) { return p.refuses; });
   }

   Document refuse_empty() {
      if (document_.problems.empty())
         document_.problems.push_back({Code::report_unreadable, say("里面没有工作簿", "it holds no workbook"), {}, true});
      return std::move(document_);
   }

   void read_targets() {
      pugi::xml_document xml;
      if (!package_.xml("xl/_rels/workbook.xml.rels", xml)) return;
      for (const pugi::xml_node& one : xml.document_element().children()) {
         std::string target(attribute(one, "Target"));
         if (target.rfind("/", 0) == 0)
            target.erase(0, 1);
         else
            target = "xl/" + target;
         targets_[std::string(attribute(one, "Id"))] = target;
      }
   }

   void read_strings() {
      pugi::xml_document xml;
      if (!package_.xml("xl/sharedStrings.xml", xml)) return;
      for (const pugi::xml_node& one : xml.document_element().children())
         if (is(one, "si")) strings_.push_back(rich_text(one));
   }

   void read_styles() {
      pugi::xml_document xml;
      if (!package_.xml("xl/styles.xml", xml)) return;
      std::map<int, std::string> own;
      const pugi::xml_node root = xml.document_element();
      for (const pugi::xml_node& one : child(root, "numFmts").children())
         own[std::atoi(std::string(attribute(one, "numFmtId")).c_str())] = std::string(attribute(one, "formatCode"));
      for (const pugi::xml_node& one : child(root, "cellXfs").children()) {
         const int id = std::atoi(std::string(attribute(one, "numFmtId")).c_str());
         const auto found = own.find(id);
         formats_.push_back(found != own.end() ? number_format(found->second) : built_in_number_format(id));
      }
   }

   void read_sheet(const std::string& name, const std::string& part) {
      pugi::xml_document xml;
      if (!package_.xml(part, xml)) return;
      const pugi::xml_node root = xml.document_element();
      DocumentTable table;
      table.name = name;
      table.place.cell = name;
      std::set<std::uint32_t> hidden_columns;
      for (const pugi::xml_node& one : child(root, "cols").children())
         if (attribute(one, "hidden") == "1" || attribute(one, "hidden") == "true") {
            const int first = std::atoi(std::string(attribute(one, "min")).c_str()),
                      last = std::atoi(std::string(attribute(one, "max")).c_str());
            for (int c = std::max(first, 1); c <= std::min(last, static_cast<int>(most_columns)); ++c)
               hidden_columns.insert(static_cast<std::uint32_t>(c - 1));
         }
      std::uint32_t row = 0;
      for (const pugi::xml_node& one : child(root, "sheetData").children()) {
         if (!is(one, "row")) continue;
         if (const auto number = attribute(one, "r"); !number.empty())
            row = static_cast<std::uint32_t>(
                std::clamp(std::atol(std::string(number).c_str()), 1L, static_cast<long>(most_rows)) - 1);
         const bool hidden = attribute(one, "hidden") == "1" || attribute(one, "hidden") == "true";
         std::uint32_t column = 0;
         for (const pugi::xml_node& cell : one.children()) {
            if (!is(cell, "c")) continue;
            if (const auto at = address(attribute(cell, "r"))) row = at->first, column = at->second;
            add_cell(table, cell, row, column, hidden || hidden_columns.count(column) > 0);
            ++column;
            if (table.cells.size() >= most_document_cells) {
               document_.problems.push_back(
                   {Code::report_too_large, say("工作表“{}”的格太多", "sheet '{}' has too many cells", name), {}, true});
               return;
            }
         }
         ++row;
      }
      say_hidden();
      if (is_sparse(table))
         squeeze(table);  // merged cells of such a sheet are no table's
      else
         merge(table, child(root, "mergeCells"));
      if (make_sound(table, document_)) document_.blocks.emplace_back(std::move(table));
   }

   void say_hidden() {
      if (hidden_ > 0)
         document_.problems.push_back({Code::report_shape,
                                       say("从这里起有 {} 格在隐藏的行或列里，也读了",
                                           "from here on {} cells in hidden rows or columns were read, too", hidden_),
                                       first_hidden_, false});
      hidden_ = 0;
   }

   static bool is_sparse(const DocumentTable& table) {
      std::uint64_t rows = 0, columns = 0;
      for (const DocumentCell& cell : table.cells)
         rows = std::max<std::uint64_t>(rows, cell.row + 1), columns = std::max<std::uint64_t>(columns, cell.column + 1);
      return rows * columns > most_document_cells;
   }

   // A figure in XFD1048576 makes no table of 17 thousand million cells: rows and columns without cells are left out.
   static void squeeze(DocumentTable& table) {
      std::map<std::uint32_t, std::uint32_t> rows, columns;
      for (const DocumentCell& cell : table.cells) rows[cell.row], columns[cell.column];
      std::uint32_t n = 0;
      for (auto& [from, to] : rows) to = n++;
      n = 0;
      for (auto& [from, to] : columns) to = n++;
      for (DocumentCell& cell : table.cells) cell.row = rows[cell.row], cell.column = columns[cell.column];
   }

   void add_cell(DocumentTable& table, const pugi::xml_node& node, std::uint32_t row, std::uint32_t column, bool hidden) {
      DocumentCell cell;
      cell.row = row;
      cell.column = column;
      cell.place.cell = table.name + "!" + column_name(column) + std::to_string(row + 1);
      const std::string_view type = attribute(node, "t");
      const pugi::xml_node value = child(node, "v"), formula = child(node, "f");
      const std::string stored = value ? value.text().get() : "";
      if (type == "s") {
         std::size_t number = 0;
         const auto parsed = std::from_chars(stored.data(), stored.data() + stored.size(), number);
         if (parsed.ec == std::errc() && number < strings_.size())
            cell.text = strings_[number];
         else if (!stored.empty())
            cell.text = "#" + stored, cell.note = CellNote::unreadable;  // a text that the workbook does not hold
      } else if (type == "inlineStr") {
         cell.text = rich_text(child(node, "is"));
      } else if (type == "str") {
         cell.text = stored;
      } else if (type == "b") {
         cell.text = stored == "1" ? "TRUE" : "FALSE";
      } else if (type == "e") {
         cell.text = stored;
         cell.note = CellNote::unreadable;
      } else if (!stored.empty()) {
         show_number(stored, attribute(node, "s"), cell);
      }
      if (formula && stored.empty()) cell.note = CellNote::not_calculated;
      if (cell.text.empty() && cell.note == CellNote::none) return;
      if (hidden && hidden_++ == 0) first_hidden_ = cell.place;
      if (hidden && cell.note == CellNote::none) cell.note = CellNote::hidden;
      table.cells.push_back(std::move(cell));
   }

   void show_number(const std::string& stored, std::string_view style, DocumentCell& cell) const {
      std::size_t number = 0;
      std::from_chars(style.data(), style.data() + style.size(), number);
      const NumberFormat format = number < formats_.size() ? formats_[number] : NumberFormat{};
      const auto plain = plain_decimal(stored, significant_digits);
      if (!plain) {
         cell.text = stored;
         cell.note = CellNote::unreadable;
         return;
      }
      cell.stored = *plain;
      cell.text = shown(*plain, format, date_1904_);
   }

   // Of a merged range the first cell is what is seen; the others are covered by it (make_sound leaves them out).
   static void merge(DocumentTable& table, const pugi::xml_node& ranges) {
      std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> at;
      for (std::size_t i = 0; i < table.cells.size(); ++i) at[{table.cells[i].row, table.cells[i].column}] = i;
      for (const pugi::xml_node& one : ranges.children()) {
         const std::string_view range = attribute(one, "ref");
         const std::size_t colon = range.find(':');
         if (colon == std::string_view::npos) continue;
         const auto first = address(range.substr(0, colon)), last = address(range.substr(colon + 1));
         if (!first || !last || last->first < first->first || last->second < first->second) continue;
         const auto found = at.find(*first);
         if (found == at.end()) continue;
         DocumentCell& cell = table.cells[found->second];
         cell.rows = last->first - first->first + 1;
         cell.columns = last->second - first->second + 1;
      }
   }

   Document document_;
   Package package_;
   std::map<std::string, std::string> targets_;
   std::vector<std::string> strings_;
   std::vector<NumberFormat> formats_;
   bool date_1904_ = false;
   std::size_t hidden_ = 0;  // cells of this sheet, and the first of them
   DocumentPlace first_hidden_;
};

}  // namespace

Document read_xlsx_document(std::string_view bytes) { return XlsxReader(bytes).read(); }

}  // namespace heng

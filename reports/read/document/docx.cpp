// DOCX (ECMA-376, WordprocessingML): paragraphs become lines, tables become tables with their spans.
#include <algorithm>

#include "reports/read/document/formats.hpp"
#include "reports/read/document/package.hpp"
#include "reports/read/document/sound_table.hpp"

namespace heng {

namespace {

constexpr int deepest = 64;

bool is(const pugi::xml_node& node, std::string_view name) { return local_name(node.name()) == name; }

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
   for (const pugi::xml_node& one : node.children())
      if (is(one, name)) return one;
   return {};
}

const char* attribute(const pugi::xml_node& node, std::string_view name) {
   for (const pugi::xml_attribute& one : node.attributes())
      if (local_name(one.name()) == name) return one.value();
   return "";
}

class DocxReader {
 public:
   explicit DocxReader(Document& document) : document_(document) {}

   void body(const pugi::xml_node& node, int depth = 0) {
      if (depth > deepest) return too_deep();
      for (const pugi::xml_node& one : node.children()) {
         if (is(one, "p"))
            paragraph(one);
         else if (is(one, "tbl"))
            table(one);
         else if (is(one, "sdt") || is(one, "sdtContent") || is(one, "ins") || is(one, "customXml") || is(one, "smartTag"))
            body(one, depth + 1);
      }
   }

 private:
   // Deleted text (a revision) is not printed.
   void text(const pugi::xml_node& node, std::string& into, int depth = 0) {
      if (is(node, "del") || is(node, "instrText")) return;
      if (depth > deepest) return too_deep();
      if (is(node, "t")) {
         into += node.text().get();
         return;
      }
      if (is(node, "tab")) into += ' ';
      if (is(node, "br") || is(node, "cr")) into += '\n';
      for (const pugi::xml_node& one : node.children()) text(one, into, depth + 1);
   }

   void paragraph(const pugi::xml_node& node) {
      std::string all;
      text(node, all);
      std::size_t at = 0;
      while (at <= all.size()) {
         const std::size_t end = std::min(all.find('\n', at), all.size());
         ++line_;
         if (end > at) {
            DocumentLine line;
            line.text = all.substr(at, end - at);
            line.place.line = line_;
            line.place.column = 1;
            line.block_begins = true;
            document_.blocks.emplace_back(std::move(line));
         }
         at = end + 1;
      }
   }

   void cell_text(const pugi::xml_node& node, std::string& into, int depth = 0) {
      if (depth > deepest) return too_deep();
      for (const pugi::xml_node& one : node.children()) {
         if (is(one, "p")) {
            if (!into.empty()) into += '\n';
            text(one, into);
         } else if (!is(one, "tcPr")) {
            cell_text(one, into, depth + 1);
         }
      }
   }

   void table(const pugi::xml_node& node) {
      DocumentTable made;
      made.place.line = ++line_;
      std::vector<std::size_t> above;  // by column: the cell that a merged one continues
      for (const pugi::xml_node& row : node.children()) {
         if (!is(row, "tr")) continue;
         std::uint32_t column = 0;
         if (const pugi::xml_node skipped = child(child(row, "trPr"), "gridBefore"))
            column = static_cast<std::uint32_t>(std::clamp(std::atoi(attribute(skipped, "val")), 0, 500));
         for (const pugi::xml_node& one : row.children()) {
            if (!is(one, "tc")) continue;
            const pugi::xml_node properties = child(one, "tcPr");
            const pugi::xml_node span = child(properties, "gridSpan"), merge = child(properties, "vMerge");
            const auto columns = static_cast<std::uint32_t>(std::clamp(span ? std::atoi(attribute(span, "val")) : 1, 1, 500));
            const bool goes_on = merge && std::string_view(attribute(merge, "val")) != "restart";
            if (above.size() < column + columns) above.resize(column + columns, static_cast<std::size_t>(-1));
            if (goes_on && above[column] < made.cells.size()) {
               made.cells[above[column]].rows = made.rows - made.cells[above[column]].row + 1;
            } else {
               DocumentCell cell;
               cell.row = made.rows;
               cell.column = column;
               cell.columns = columns;
               cell_text(one, cell.text);
               cell.place.line = made.place.line;
               cell.place.cell =
                   "表" + std::to_string(table_ + 1) + "!R" + std::to_string(made.rows + 1) + "C" + std::to_string(column + 1);
               for (std::uint32_t c = column; c < column + columns; ++c) above[c] = made.cells.size();
               made.cells.push_back(std::move(cell));
            }
            column += columns;
         }
         ++made.rows;
      }
      ++table_;
      if (make_sound(made, document_)) document_.blocks.emplace_back(std::move(made));
   }

   // Once is enough.
   void too_deep() {
      if (!said_too_deep_)
         document_.problems.push_back(
             {Code::report_too_large,
              say("一层套一层，超过 {} 层，更深的没有读", "nested more than {} deep: what is deeper was not read", deepest),
              {},
              false});
      said_too_deep_ = true;
   }

   Document& document_;
   std::uint32_t line_ = 0, table_ = 0;
   bool said_too_deep_ = false;
};

}  // namespace

Document read_docx_document(std::string_view bytes) {
   Document document;
   document.format = DocumentFormat::docx;
   Package package(bytes, document);
   if (!package.ok()) return document;
   pugi::xml_document xml;
   if (!package.xml("word/document.xml", xml)) {
      if (document.problems.empty())
         document.problems.push_back({Code::report_unreadable, say("里面没有正文", "it holds no text"), {}, true});
      return document;
   }
   DocxReader(document).body(child(xml.document_element(), "body"));
   return document;
}

}  // namespace heng

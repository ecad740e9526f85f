// HTML: tables with their spans, text between them as lines. Scripts, styles and what is hidden are not read.
#include <gumbo.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "reports/read/document/decode.hpp"
#include "reports/read/document/formats.hpp"
#include "reports/read/document/sound_table.hpp"

namespace heng {

namespace {

// Of tags that the file itself nests; the parser adds a few (tbody), and takes itself apart by recursion.
constexpr int deepest_tags = 500;
constexpr int deepest = 2500;
constexpr std::uint32_t widest_span = 1000;

bool ends_line(GumboTag tag) {
   switch (tag) {
      case GUMBO_TAG_P:
      case GUMBO_TAG_DIV:
      case GUMBO_TAG_BR:
      case GUMBO_TAG_LI:
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6:
      case GUMBO_TAG_SECTION:
      case GUMBO_TAG_ARTICLE:
      case GUMBO_TAG_TITLE:
      case GUMBO_TAG_CAPTION:
      case GUMBO_TAG_TR: return true;
      default: return false;
   }
}

bool is_hidden(const GumboElement& element) {
   if (element.tag == GUMBO_TAG_SCRIPT || element.tag == GUMBO_TAG_STYLE || element.tag == GUMBO_TAG_NOSCRIPT ||
       element.tag == GUMBO_TAG_HEAD)
      return true;
   if (gumbo_get_attribute(&element.attributes, "hidden")) return true;
   const GumboAttribute* style = gumbo_get_attribute(&element.attributes, "style");
   if (!style) return false;
   std::string plain;
   for (const char* c = style->value; *c; ++c)
      if (*c != ' ') plain += *c;
   return plain.find("display:none") != std::string::npos;
}

std::uint32_t span_of(const GumboElement& element, const char* name) {
   const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
   return found ? static_cast<std::uint32_t>(std::clamp(std::atol(found->value), 1L, static_cast<long>(widest_span))) : 1;
}

class HtmlReader {
 public:
   explicit HtmlReader(Document& document) : document_(document) {}

   void read(const GumboNode* node, int depth = 0) {
      if (depth > deepest) return;
      if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
         if (pending_.empty()) line_ = node->v.text.start_pos.line;
         add_text(node->v.text.text, pending_);
         return;
      }
      if (node->type == GUMBO_NODE_DOCUMENT) return children(node->v.document.children, depth);
      if (node->type != GUMBO_NODE_ELEMENT || is_hidden(node->v.element)) return;
      const GumboElement& element = node->v.element;
      if (element.tag == GUMBO_TAG_TABLE) {
         flush();
         table(element);
         return;
      }
      if (ends_line(element.tag)) flush();
      children(element.children, depth);
      if (ends_line(element.tag)) flush();
   }

   void flush() {
      const std::size_t first = pending_.find_first_not_of(' ');
      if (first != std::string::npos) {
         DocumentLine line;
         line.text = pending_.substr(first, pending_.find_last_not_of(' ') - first + 1);
         line.place.line = line_;
         line.place.column = 1;
         line.block_begins = true;
         document_.blocks.emplace_back(std::move(line));
      }
      pending_.clear();
   }

 private:
   void children(const GumboVector& nodes, int depth) {
      for (unsigned i = 0; i < nodes.length; ++i) read(static_cast<const GumboNode*>(nodes.data[i]), depth + 1);
   }

   // Runs of blanks are one, as a browser shows them.
   static void add_text(const char* text, std::string& into) {
      for (const char* c = text; *c; ++c) {
         const bool blank = *c == ' ' || *c == '\n' || *c == '\r' || *c == '\t';
         if (!blank)
            into += *c;
         else if (!into.empty() && into.back() != ' ' && into.back() != '\n')
            into += ' ';
      }
   }

   static void cell_text(const GumboNode* node, std::string& into, int depth) {
      if (depth > deepest) return;
      if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
         return add_text(node->v.text.text, into);
      if (node->type != GUMBO_NODE_ELEMENT || is_hidden(node->v.element)) return;
      const GumboElement& element = node->v.element;
      const auto end_line = [&] {
         while (!into.empty() && into.back() == ' ') into.pop_back();
         if (!into.empty() && into.back() != '\n') into += '\n';
      };
      if (ends_line(element.tag)) end_line();
      for (unsigned i = 0; i < element.children.length; ++i)
         cell_text(static_cast<const GumboNode*>(element.children.data[i]), into, depth + 1);
      if (ends_line(element.tag)) end_line();
   }

   void rows_of(const GumboElement& element, std::vector<const GumboElement*>& rows, int depth) {
      if (depth > deepest) return;
      for (unsigned i = 0; i < element.children.length; ++i) {
         const auto* node = static_cast<const GumboNode*>(element.children.data[i]);
         if (node->type != GUMBO_NODE_ELEMENT || is_hidden(node->v.element)) continue;
         const GumboElement& child = node->v.element;
         if (child.tag == GUMBO_TAG_TR)
            rows.push_back(&child);
         else if (child.tag == GUMBO_TAG_CAPTION)
            read(node);
         else if (child.tag == GUMBO_TAG_TBODY || child.tag == GUMBO_TAG_THEAD || child.tag == GUMBO_TAG_TFOOT)
            rows_of(child, rows, depth + 1);
      }
   }

   void table(const GumboElement& element) {
      std::vector<const GumboElement*> rows;
      rows_of(element, rows, 0);
      DocumentTable made;
      made.place.line = element.start_pos.line;
      std::set<std::pair<std::uint32_t, std::uint32_t>> taken;  // by cells that began above
      for (const GumboElement* row : rows) {
         std::uint32_t column = 0;
         for (unsigned i = 0; i < row->children.length; ++i) {
            const auto* node = static_cast<const GumboNode*>(row->children.data[i]);
            if (node->type != GUMBO_NODE_ELEMENT) continue;
            const GumboElement& one = node->v.element;
            if (one.tag != GUMBO_TAG_TD && one.tag != GUMBO_TAG_TH) continue;
            if (made.cells.size() + taken.size() >= most_document_cells) return too_large(made);
            while (taken.count({made.rows, column}) > 0) ++column;
            DocumentCell cell;
            cell.row = made.rows;
            cell.column = column;
            cell.columns = span_of(one, "colspan");
            cell.rows = std::min(span_of(one, "rowspan"), static_cast<std::uint32_t>(rows.size()) - made.rows);
            for (unsigned k = 0; k < one.children.length; ++k)
               cell_text(static_cast<const GumboNode*>(one.children.data[k]), cell.text, 0);
            while (!cell.text.empty() && (cell.text.back() == '\n' || cell.text.back() == ' ')) cell.text.pop_back();
            cell.place.line = one.start_pos.line;
            cell.place.column = one.start_pos.column;
            if (taken.size() + std::uint64_t{cell.rows} * cell.columns > most_document_cells) return too_large(made);
            for (std::uint32_t r = 1; r < cell.rows; ++r)
               for (std::uint32_t c = 0; c < cell.columns; ++c) taken.insert({made.rows + r, column + c});
            column += cell.columns;
            made.cells.push_back(std::move(cell));
         }
         ++made.rows;
      }
      if (make_sound(made, document_)) document_.blocks.emplace_back(std::move(made));
   }

   void too_large(const DocumentTable& table) {
      document_.problems.push_back(
          {Code::report_too_large, say("一张表太大，没有读", "a table is too large and was not read"), table.place, false});
   }

   Document& document_;
   std::string pending_;
   std::uint32_t line_ = 1;
};

// Tags that close by themselves nest in no other of their kind.
bool nests(std::string_view tag) {
   static const std::set<std::string_view> flat{
       "area", "base", "br", "col", "embed", "hr", "img", "input", "link",  "meta",  "param",  "source", "track", "wbr",
       "p",    "li",   "dd", "dt",  "tr",    "td", "th",  "tbody", "thead", "tfoot", "option", "script", "style"};
   return flat.count(tag) == 0;
}

// As many tags at most are open at one place of the text; a browser may see fewer.
bool too_deep(std::string_view text) {
   std::map<std::string, int, std::less<>> open;
   int depth = 0;
   for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
      std::size_t begin = at + 1;
      const bool closes = begin < text.size() && text[begin] == '/';
      if (closes) ++begin;
      std::string tag;
      for (; begin < text.size() && tag.size() < 16 && std::isalnum(static_cast<unsigned char>(text[begin])) != 0; ++begin)
         tag += static_cast<char>(std::tolower(static_cast<unsigned char>(text[begin])));
      if (tag.empty() || !nests(tag)) continue;
      int& count = open[tag];
      if (closes && count == 0) continue;
      count += closes ? -1 : 1;
      depth += closes ? -1 : 1;
      if (depth > deepest_tags) return true;
   }
   return false;
}

}  // namespace

Document read_html_document(std::string_view bytes) {
   Document document;
   document.format = DocumentFormat::html;
   if (bytes.size() > largest_document) {
      document.problems.push_back({Code::report_too_large, say("网页太大", "the page is too large"), {}, true});
      return document;
   }
   const Decoded text = decoded(bytes);
   if (!is_text(text, bytes.size(), document)) return document;
   if (too_deep(text.text)) {
      document.problems.push_back(
          {Code::report_too_large,
           say("标签一层套一层，超过 {} 层，不读", "tags are nested more than {} deep: not read", deepest_tags),
           {},
           true});
      return document;
   }
   GumboOptions options = kGumboDefaultOptions;
   options.max_errors = 0;
   GumboOutput* parsed = gumbo_parse_with_options(&options, text.text.data(), text.text.size());
   HtmlReader reader(document);
   reader.read(parsed->document);
   reader.flush();
   gumbo_destroy_output(&options, parsed);
   return document;
}

}  // namespace heng

#include "reports/read/document/pages.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "reports/read/document/alignment.hpp"
#include "reports/read/document/formats.hpp"
#include "reports/read/document/page.hpp"
#include "reports/read/document/ruling.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::string_view no_unicode = "\uFFFD";

// ---- tables with ruling lines

// Glyphs that follow each other without a gap: they stay in one cell even where they run a little over its edge.
using Word = std::vector<const Glyph*>;

std::vector<Word> words_of(const std::vector<Glyph>& glyphs) {
   std::vector<Word> words;
   for (const Glyph& glyph : glyphs) {
      const Glyph* last = words.empty() ? nullptr : words.back().back();
      const bool goes_on = last != nullptr && last->run == glyph.run && !last->blank && !glyph.blank && glyph.turn == 0 &&
                           std::abs(glyph.box.left - last->box.right) < 0.06F * glyph.size;
      if (!goes_on) words.emplace_back();
      words.back().push_back(&glyph);
   }
   return words;
}

// Lines whose centres are at one height are one.
std::vector<AlignedLine> aligned_lines(const PageBoxes& page, std::vector<TextLine> lines) {
   std::stable_sort(lines.begin(), lines.end(),
                    [](const TextLine& a, const TextLine& b) { return middle_y(a.box) < middle_y(b.box); });
   std::vector<AlignedLine> aligned;
   float centre = 0;
   for (const TextLine& line : lines) {
      if (aligned.empty() || middle_y(line.box) - centre > 0.3F * line.size) {
         aligned.push_back({{}, line.box.top, line.box.bottom, line.size});
         centre = middle_y(line.box);
      }
      for (const LinePiece& piece : line.pieces) {
         AlignedWord word{
             piece.text, piece.box.left, piece.box.right, {}, line.recognised ? Certainty::recognised : Certainty::printed};
         word.place.page = page.number;
         word.place.box = on_paper(page, piece.box);
         aligned.back().words.push_back(std::move(word));
      }
   }
   for (AlignedLine& line : aligned)
      std::stable_sort(line.words.begin(), line.words.end(),
                       [](const AlignedWord& a, const AlignedWord& b) { return a.left < b.left; });
   return aligned;
}

class RuledTable {
 public:
   explicit RuledTable(Grid grid) : grid_(std::move(grid)), box_(grid_.box()), glyphs_(grid_.cells.size()) {
      cell_at_.assign(std::size_t{grid_.rows()} * grid_.columns(), 0);
      for (const GridCell& cell : grid_.cells)
         for (std::uint32_t row = cell.row; row < cell.row + cell.rows; ++row)
            for (std::uint32_t column = cell.column; column < cell.column + cell.columns; ++column)
               cell_at_[std::size_t{row} * grid_.columns() + column] = cell.number;
   }

   bool holds(const Glyph& glyph) const {
      const float x = middle_x(glyph.box), y = middle_y(glyph.box);
      return x >= box_.left && x <= box_.right && y >= box_.top && y <= box_.bottom;
   }

   bool holds(const Word& word) const {
      const auto inside = std::count_if(word.begin(), word.end(), [&](const Glyph* glyph) { return holds(*glyph); });
      return 2 * static_cast<std::size_t>(inside) > word.size();
   }

   // The word goes where most of it stands, unless it is shared out evenly: then it is no word.
   void place(const Word& word) {
      std::map<std::uint32_t, std::size_t> counts;
      for (const Glyph* glyph : word) ++counts[cell_of(*glyph)];
      const auto most =
          std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
      const bool together = 10 * most->second >= 7 * word.size();
      for (const Glyph* glyph : word) glyphs_[together ? most->first : cell_of(*glyph)].push_back(glyph);
   }

   // Narrow steps between lines that were drawn a little beside each other, or double lines, are no columns and rows.
   void drop_empty_steps() {
      constexpr float narrow = 10, low = 6;
      for (std::uint32_t column = grid_.columns(); column-- > 0 && grid_.columns() > 1;)
         if (grid_.xs[column + 1] - grid_.xs[column] < narrow && !text_only_in_column(column)) grid_.drop_column(column);
      for (std::uint32_t row = grid_.rows(); row-- > 0 && grid_.rows() > 1;)
         if (grid_.ys[row + 1] - grid_.ys[row] < low && !text_only_in_row(row)) grid_.drop_row(row);
   }

   DocumentTable take(const PageBoxes& page) const {
      if (rows_run_together() || grid_.columns() == 1)
         if (DocumentTable table = by_alignment(page); table.columns > 1) return table;
      DocumentTable table;
      table.rows = grid_.rows();
      table.columns = grid_.columns();
      table.place.page = page.number;
      table.place.box = on_paper(page, box_);
      for (const GridCell& cell : grid_.cells) table.cells.push_back(made(page, cell));
      return table;
   }

   const Box& box() const { return box_; }
   std::size_t cells() const { return grid_.cells.size(); }
   bool has_text() const {
      return std::any_of(glyphs_.begin(), glyphs_.end(), [](const auto& glyphs) { return !glyphs.empty(); });
   }

 private:
   static std::size_t step(const std::vector<float>& edges, float value) {
      const auto next = std::upper_bound(edges.begin(), edges.end(), value);
      const std::size_t at = next == edges.begin() ? 0 : static_cast<std::size_t>(next - edges.begin() - 1);
      return std::min(at, edges.size() - 2);
   }

   std::uint32_t cell_of(const Glyph& glyph) const {
      return cell_at_[step(grid_.ys, middle_y(glyph.box)) * grid_.columns() + step(grid_.xs, middle_x(glyph.box))];
   }

   bool text_only_in_column(std::uint32_t column) const {
      return std::any_of(grid_.cells.begin(), grid_.cells.end(), [&](const GridCell& cell) {
         return cell.column == column && cell.columns == 1 && !glyphs_[cell.number].empty();
      });
   }

   bool text_only_in_row(std::uint32_t row) const {
      return std::any_of(grid_.cells.begin(), grid_.cells.end(), [&](const GridCell& cell) {
         return cell.row == row && cell.rows == 1 && !glyphs_[cell.number].empty();
      });
   }

   // Lines down, but few between the rows: in most of the table, cells of one row hold three lines or more that stand beside
   // each other.
   bool rows_run_together() const {
      std::map<std::uint32_t, std::vector<TextLine>> longest;  // by row: the lines of one of its cells
      std::set<std::uint32_t> together;
      for (const GridCell& cell : grid_.cells) {
         if (cell.rows != 1 || glyphs_[cell.number].size() < 3) continue;
         std::vector<TextLine> lines = lines_of(glyphs_[cell.number]);
         if (lines.size() < 3) continue;
         std::vector<TextLine>& other = longest[cell.row];
         if (beside(lines, other)) together.insert(cell.row);
         if (lines.size() > other.size()) other = std::move(lines);
      }
      float height = 0;
      for (const std::uint32_t row : together) height += grid_.ys[row + 1] - grid_.ys[row];
      return height > 0.5F * (grid_.ys.back() - grid_.ys.front());
   }

   static bool beside(const std::vector<TextLine>& lines, const std::vector<TextLine>& others) {
      std::size_t same = 0;
      for (const TextLine& line : lines)
         same += std::any_of(
                     others.begin(), others.end(),
                     [&](const TextLine& other) { return std::abs(middle_y(line.box) - middle_y(other.box)) < 0.2F * line.size; })
                     ? 1
                     : 0;
      return same >= 3 && 4 * same >= 3 * std::min(lines.size(), others.size());
   }

   DocumentTable by_alignment(const PageBoxes& page) const {
      std::vector<TextLine> lines;
      for (const GridCell& cell : grid_.cells)
         for (TextLine& line : lines_of(glyphs_[cell.number])) {
            if (grid_.columns() > 1) line.pieces = {{line.text, line.box}};
            lines.push_back(std::move(line));
         }
      PartialBorders borders;
      borders.across.assign(grid_.ys.begin() + 1, grid_.ys.end() - 1);
      borders.down.assign(grid_.xs.begin() + 1, grid_.xs.end() - 1);
      return aligned_table(aligned_lines(page, std::move(lines)), borders);
   }

   DocumentCell made(const PageBoxes& page, const GridCell& from) const {
      DocumentCell cell;
      cell.row = from.row;
      cell.column = from.column;
      cell.rows = from.rows;
      cell.columns = from.columns;
      cell.place.page = page.number;
      cell.place.box = on_paper(page, grid_.box(from));
      const std::vector<TextLine> lines = lines_of(glyphs_[from.number]);
      cell.text = joined(lines);
      if (cell.text.find(no_unicode) != std::string::npos) cell.note = CellNote::unreadable;
      if (std::any_of(lines.begin(), lines.end(), [](const TextLine& line) { return line.recognised; }))
         cell.certainty = Certainty::recognised;
      return cell;
   }

   Grid grid_;
   Box box_;
   std::vector<std::uint32_t> cell_at_;             // position to the cell's number
   std::vector<std::vector<const Glyph*>> glyphs_;  // by the cell's number
};

// ---- one page

struct PageTable {
   Box box;
   DocumentTable table;
};

struct PageContent {
   const PageBoxes* page = nullptr;
   std::vector<TextLine> lines;  // outside tables, from top to bottom
   std::vector<PageTable> tables;
   std::vector<float> goes_on;  // cuts of the columns of an aligned table that the page ends with
};

constexpr float margin = 0.09F;  // of the page's height: where running heads and page numbers stand

class PageWork {
 public:
   // `before`: the columns of the table that the page before ended with.
   PageWork(const PageBoxes& page, std::vector<float> before) : page_(page), before_(std::move(before)) {}

   PageContent make(std::size_t& cells_left, bool& too_many) {
      find_tables(cells_left, too_many);
      std::vector<const Glyph*> outside;
      for (const Word& word : words_of(page_.glyphs)) {
         RuledTable* table = table_of(word);
         if (table != nullptr)
            table->place(word);
         else
            outside.insert(outside.end(), word.begin(), word.end());
      }
      PageContent content;
      content.page = &page_;
      content.lines = lines_of(std::move(outside));
      std::stable_sort(content.lines.begin(), content.lines.end(),
                       [](const TextLine& a, const TextLine& b) { return middle_y(a.box) < middle_y(b.box); });
      for (RuledTable& table : tables_) {
         if (!table.has_text()) continue;
         table.drop_empty_steps();
         content.tables.push_back({table.box(), table.take(page_)});
      }
      find_aligned(content);
      sort(content.tables);
      return content;
   }

 private:
   // Tables without lines down; lines across help to tell their rows.
   void find_aligned(PageContent& content) const {
      std::vector<AlignedLine> lines;
      for (const TextLine& line : content.lines) lines.push_back(aligned_lines(page_, {line}).front());
      PartialBorders borders;
      for (const RulingLine& rule : rules_.across)
         if (rule.to - rule.from > 0.1F * page_.width && !underlines(rule, content.lines)) borders.across.push_back(rule.at);
      ContinuedTable continued;
      if (content.tables.empty()) continued.cuts = before_;
      while (continued.first < lines.size() && lines[continued.first].top < margin * page_.height) ++continued.first;
      std::vector<TextLine> rest;
      std::size_t next = 0;
      const auto keep_until = [&](std::size_t last) {
         for (; next < last; ++next) rest.push_back(std::move(content.lines[next]));
      };
      for (AlignedTable& found : aligned_tables(lines, borders, continued)) {
         keep_until(found.first);
         Box box = content.lines[found.first].box;
         for (; next < found.last; ++next) box = around(box, content.lines[next].box);
         found.table.place.box = on_paper(page_, box);
         const bool last = found.last == lines.size() || lines[found.last].bottom > (1 - margin) * page_.height;
         if (last && std::none_of(content.tables.begin(), content.tables.end(),
                                  [&](const PageTable& table) { return table.box.top > box.top; }))
            content.goes_on = found.cuts;
         content.tables.push_back({box, std::move(found.table)});
      }
      keep_until(content.lines.size());
      content.lines = std::move(rest);
   }

   // It stands close below one text and is about as long.
   static bool underlines(const RulingLine& rule, const std::vector<TextLine>& lines) {
      return std::any_of(lines.begin(), lines.end(), [&](const TextLine& line) {
         if (rule.at < middle_y(line.box) || rule.at > line.box.bottom + 0.35F * line.size) return false;
         return std::any_of(line.pieces.begin(), line.pieces.end(), [&](const LinePiece& piece) {
            const float shared = std::min(rule.to, piece.box.right) - std::max(rule.from, piece.box.left);
            return shared > 0.8F * (rule.to - rule.from);
         });
      });
   }

   void find_tables(std::size_t& cells_left, bool& too_many) {
      rules_ = merge_rules(page_.rules);
      for (Grid& grid : grids_of(rules_, too_many)) {
         if (grid.cells.size() > cells_left) {
            too_many = true;
            break;
         }
         cells_left -= grid.cells.size();
         tables_.emplace_back(std::move(grid));
      }
      // A table within a table takes what stands in it.
      const auto area = [](const Box& box) { return (box.right - box.left) * (box.bottom - box.top); };
      std::stable_sort(tables_.begin(), tables_.end(),
                       [&](const RuledTable& a, const RuledTable& b) { return area(a.box()) < area(b.box()); });
   }

   RuledTable* table_of(const Word& word) {
      for (RuledTable& table : tables_)
         if (table.holds(word)) return &table;
      return nullptr;
   }

   // From top to bottom; those that begin at one height from left to right.
   static void sort(std::vector<PageTable>& tables) {
      constexpr float one_height = 8;
      const auto higher = [](const PageTable& a, const PageTable& b) { return a.box.top < b.box.top; };
      std::stable_sort(tables.begin(), tables.end(), higher);
      for (auto first = tables.begin(); first != tables.end();) {
         const auto last = std::find_if(first, tables.end(),
                                        [&](const PageTable& table) { return table.box.top > first->box.top + one_height; });
         std::stable_sort(first, last, [](const PageTable& a, const PageTable& b) { return a.box.left < b.box.left; });
         first = last;
      }
   }

   const PageBoxes& page_;
   std::vector<float> before_;
   RulingLines rules_;
   std::vector<RuledTable> tables_;
};

// ---- heads and feet

// The number that a line consists of, if it is a page number: 12, - 12 -, 第 12 页, 12/25. `dressed`: more than digits.
std::optional<long> page_number(const std::string& text, bool& dressed) {
   std::string rest = fold(text);
   const std::string before = rest;
   for (const std::string_view word : {"第", "页", "共", "/", "-", "Page", "page", "of", "·", "."})
      for (std::size_t at; (at = rest.find(word)) != std::string::npos;) rest.replace(at, word.size(), " ");
   const std::size_t first = rest.find_first_not_of(' ');
   if (first == std::string::npos || rest.size() > 24) return std::nullopt;
   const std::size_t last = std::min(rest.find(' ', first), rest.size());
   for (const char c : rest)
      if (c != ' ' && (c < '0' || c > '9')) return std::nullopt;
   if (last - first > 4) return std::nullopt;
   dressed = rest != before;
   return std::stol(rest.substr(first, last - first));
}

// What stands alone at the upper or lower edge of page after page says nothing of the report: page numbers, and a line that
// most pages have.
class Margins {
 public:
   explicit Margins(std::vector<PageContent>& pages) : pages_(pages) {
      for (PageContent& page : pages_)
         for (const bool head : {true, false})
            if (const TextLine* line = candidate(page, head)) count(page, *line);
   }

   void clear() {
      for (PageContent& page : pages_) {
         if (const TextLine* line = candidate(page, false); line != nullptr && goes(page, *line)) page.lines.pop_back();
         if (const TextLine* line = candidate(page, true); line != nullptr && goes(page, *line))
            page.lines.erase(page.lines.begin());
      }
   }

 private:
   static const TextLine* candidate(const PageContent& page, bool head) {
      if (page.lines.empty()) return nullptr;
      const TextLine& line = head ? page.lines.front() : page.lines.back();
      const float y = middle_y(line.box), height = page.page->height;
      if (head ? y > margin * height : y < (1 - margin) * height) return nullptr;
      const bool outermost = std::none_of(page.tables.begin(), page.tables.end(), [&](const PageTable& table) {
         return head ? table.box.top < line.box.top : table.box.bottom > line.box.bottom;
      });
      return outermost ? &line : nullptr;
   }

   static std::string pattern(const std::string& text) {
      std::string shape;
      for (const char c : fold(text)) {
         if (c < '0' || c > '9')
            shape += c;
         else if (shape.empty() || shape.back() != '#')
            shape += '#';
      }
      return shape;
   }

   void count(const PageContent& page, const TextLine& line) {
      ++shapes_[pattern(line.text)];
      bool dressed = false;
      if (const std::optional<long> number = page_number(line.text, dressed)) ++offsets_[*number - long{page.page->number}];
   }

   bool goes(const PageContent& page, const TextLine& line) const {
      bool dressed = false;
      if (const std::optional<long> number = page_number(line.text, dressed))
         return dressed || offsets_.at(*number - long{page.page->number}) > 1;
      const std::size_t times = shapes_.at(pattern(line.text));
      return times >= 3 && 5 * times > 3 * pages_.size();
   }

   std::vector<PageContent>& pages_;
   std::map<std::string, std::size_t> shapes_;
   std::map<long, std::size_t> offsets_;
};

// ---- the document

class PagesWork {
 public:
   Document make(std::vector<PageBoxes> pages, DocumentFormat format) {
      document_.format = format;
      document_.pages = static_cast<std::uint32_t>(pages.size());
      std::vector<PageContent> contents;
      std::size_t cells_left = most_document_cells;
      for (PageBoxes& page : pages) {
         turn_upright(page);
         bool too_many = false;
         const bool alike = !contents.empty() && contents.back().page->width == page.width;
         contents.push_back(PageWork(page, alike ? contents.back().goes_on : std::vector<float>()).make(cells_left, too_many));
         if (too_many)
            problem(Code::report_too_large, page.number,
                    say("第 {} 页的线条或格子太多，表格没有读全",
                        "page {} has too many lines or cells: its tables are not read in full", page.number));
      }
      say_what_is_missing(pages);
      Margins(contents).clear();
      for (const PageContent& content : contents) add(content);
      return std::move(document_);
   }

 private:
   void problem(Code code, std::uint32_t page, Said message) {
      DocumentProblem problem;
      problem.code = code;
      problem.message = std::move(message);
      problem.place.page = page;
      document_.problems.push_back(std::move(problem));
   }

   // Characters that nobody can know.
   void say_what_is_missing(const std::vector<PageBoxes>& pages) {
      std::size_t unreadable = 0;
      std::uint32_t first = 0;
      for (const PageBoxes& page : pages)
         for (const Glyph& glyph : page.glyphs)
            if (glyph.text == no_unicode && unreadable++ == 0) first = page.number;
      if (unreadable != 0)
         problem(Code::report_encoding, first,
                 say("有 {} 个字符，文件没有说明是什么字（第一处在第 {} 页）",
                     "the file does not say what {} characters are (the first is on page {})", unreadable, first));
   }

   void add(const PageContent& content) {
      margins_of(content);
      std::uint32_t number = 0;
      auto table = content.tables.begin();
      const TextLine* last = nullptr;
      bool after_table = false;
      for (const TextLine& line : content.lines) {
         for (; table != content.tables.end() && table->box.top < middle_y(line.box); ++table) {
            document_.blocks.emplace_back(table->table);
            after_table = true;
         }
         const bool begins = after_table || (last == nullptr ? begins_page(line) : begins_block(*last, line));
         add(content, line, ++number, begins);
         last = &line;
         after_table = false;
      }
      for (; table != content.tables.end(); ++table) document_.blocks.emplace_back(table->table), after_table = true;
      page_ended_full_ = !after_table && last != nullptr && full(*last);
   }

   void add(const PageContent& content, const TextLine& from, std::uint32_t number, bool begins) {
      DocumentLine line;
      line.text = from.text;
      line.place.page = content.page->number;
      line.place.line = number;
      line.place.box = on_paper(*content.page, from.box);
      line.block_begins = begins;
      if (from.recognised) line.certainty = Certainty::recognised;
      document_.blocks.emplace_back(std::move(line));
   }

   // Between which edges the page's lines run, and how far they stand apart.
   void margins_of(const PageContent& content) {
      left_ = content.page->width;
      right_ = 0.75F * content.page->width;  // no page of prose has a wider margin: lines of a list end early
      std::vector<float> gaps, sizes;
      for (std::size_t i = 0; i < content.lines.size(); ++i) {
         const Box& box = content.lines[i].box;
         left_ = std::min(left_, box.left);
         right_ = std::max(right_, box.right);
         sizes.push_back(content.lines[i].size);
         if (i > 0) gaps.push_back(box.top - content.lines[i - 1].box.bottom);
      }
      usual_gap_ = 0;
      if (gaps.empty()) return;
      // The lower quartile: within paragraphs lines stand closest, and there are many of those.
      std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 4), gaps.end());
      std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
      usual_gap_ = std::min(gaps[gaps.size() / 4], 1.5F * sizes[sizes.size() / 2]);
   }

   bool full(const TextLine& line) const { return line.box.right > right_ - 2.5F * line.size; }

   // There was room for the beginning of the next line: for a number in one piece, or a sign that stays with its neighbours.
   bool ended_early(const TextLine& last, const TextLine& line) const {
      const auto latin =
          std::find_if(line.text.begin(), line.text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
      const auto letters = static_cast<float>(std::min<std::ptrdiff_t>(latin - line.text.begin(), 20));
      return right_ - last.box.right > (3.5F + 0.55F * letters) * line.size;
   }
   bool indented(const TextLine& line) const { return line.box.left > left_ + 1.5F * line.size; }
   bool begins_page(const TextLine& line) const { return !page_ended_full_ || indented(line); }

   bool begins_block(const TextLine& last, const TextLine& line) const {
      const float gap = line.box.top - last.box.bottom;
      if (gap > usual_gap_ + 0.6F * line.size) return true;
      if (std::abs(line.size - last.size) > 0.12F * line.size || ended_early(last, line)) return true;
      // A hanging paragraph is indented in all of its lines, though not by half a page.
      const bool hanging = std::abs(line.box.left - last.box.left) < 0.3F * line.size && line.box.left < left_ + 8 * line.size;
      return indented(line) && !hanging;
   }

   Document document_;
   float left_ = 0, right_ = 0, usual_gap_ = 0;
   bool page_ended_full_ = false;
};

}  // namespace

Document document_of(std::vector<PageBoxes> pages, DocumentFormat format) { return PagesWork().make(std::move(pages), format); }

}  // namespace heng

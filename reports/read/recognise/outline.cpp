#include "reports/read/recognise/outline.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::size_t longest_heading = 40, longest_behind_heading = 4;
constexpr std::size_t most_lines_above_table = 4;

bool begins_with(const std::u32string& text, const std::u32string& begin) { return text.compare(0, begin.size(), begin) == 0; }

class OutlineMaker {
 public:
   OutlineMaker(const Schema& schema, const Document& document, const TextStream& stream)
       : schema_(schema), document_(document), stream_(stream), titles_(schema) {}

   Outline run() {
      outline_.forms.resize(schema_.forms.size());
      outline_.records.resize(schema_.frames.size());
      outline_.phrases.resize(schema_.phrases.size());
      find_headings();
      find_titles();
      find_captions();
      regions_of_titles();
      for (std::size_t i = 0; i < schema_.phrases.size(); ++i) regions_of_phrases(i);
      return std::move(outline_);
   }

 private:
   struct Heading {
      std::size_t line = 0;
      int level = 0;  // 0: not numbered
      std::u32string text;
      bool part = false;  // 第一部分
   };
   struct Found {
      const Title* title = nullptr;
      std::size_t first = 0, line = 0;  // where it begins and ends
   };

   std::u32string text_of(std::size_t line) const {
      const TextStream::Line& one = stream_.lines()[line];
      return stream_.text().substr(one.begin, one.end - one.begin);
   }

   void find_headings() {
      for (std::size_t i = 0; i < stream_.lines().size(); ++i) {
         const TextStream::Line& line = stream_.lines()[i];
         if (line.of_table || line.begin == line.end || line.end - line.begin > longest_heading) continue;
         const std::u32string text = text_of(i);
         if (is_sentence(text)) continue;
         Heading heading;
         heading.line = i;
         heading.level = numbering_of(text, heading.text);
         headings_.push_back(std::move(heading));
      }
   }

   void find_titles() {
      for (std::size_t i = 0; i < stream_.lines().size(); ++i) {
         if (stream_.lines()[i].of_table) continue;
         const Title* both = i > 0 && !stream_.lines()[i - 1].of_table ? titles_.on(text_of(i - 1), text_of(i)) : nullptr;
         if (both && table_follows(i))  // not in a table of contents, where lines may break anywhere
            found_.push_back({both, i - 1, i});
         else if (const Title* title = titles_.on(text_of(i)))
            found_.push_back({title, i, i});
      }
   }

   // Titles of tables that are no names of the schema. What stands above parts of one form on several pages is no title of a
   // table, but runs over all of them.
   void find_captions() {
      std::map<std::u32string, std::vector<std::size_t>> lines_of;
      for (std::size_t i = 0; i < stream_.lines().size(); ++i) {
         if (stream_.lines()[i].of_table || is_title_line(i)) continue;
         const std::u32string text = text_of(i);
         if (titles_.is_caption(text)) lines_of[text].push_back(i);
      }
      for (const auto& [text, lines] : lines_of) {
         const auto title = first_title(lines.front() + 1);
         const bool runs = title != found_.end() && title->line < lines.back();
         for (const std::size_t line : lines)
            if (!runs && table_follows(line)) captions_.push_back(line);
      }
      std::sort(captions_.begin(), captions_.end());
   }

   // Titles are found from the top.
   std::vector<Found>::const_iterator first_title(std::size_t from) const {
      return std::lower_bound(found_.begin(), found_.end(), from,
                              [](const Found& found, std::size_t line) { return found.line < line; });
   }
   bool is_title_line(std::size_t line) const {
      const auto found = first_title(line);
      return found != found_.end() && found->line == line;
   }

   // Right below, or below the lines that say whose it is and in which unit; a flat text has nothing but those.
   bool table_follows(std::size_t line) const {
      for (std::size_t next = line + 1; next < stream_.lines().size() && next <= line + most_lines_above_table; ++next) {
         if (stream_.lines()[next].of_table) return true;
         const std::u32string text = text_of(next);
         if (is_title_line(next) || text.size() > longest_title) return false;
         if (document_.flat && text.find(U"单位:") != std::u32string::npos) return true;
      }
      return false;
   }

   // The line that says the unit may stand before the title.
   std::size_t first_line_of(std::size_t title_line, std::size_t after) const {
      std::size_t first = title_line;
      for (int back = 0; back < 2 && first > after; ++back)
         if (!stream_.lines()[first - 1].of_table && says_unit(text_of(first - 1)))
            --first;
         else
            break;
      return first;
   }

   // 2024年度某局 / 某项目经费支出 / 部门评价报告: one title on three lines.
   std::size_t first_line_of_title(std::size_t line) const {
      std::size_t first = line;
      for (int back = 0; back < 2 && first > 0; ++back) {
         const TextStream::Line& before = stream_.lines()[first - 1];
         const std::u32string text = text_of(first - 1);
         std::u32string rest;
         if (before.of_table || text.empty() || text.size() > longest_heading || is_sentence(text) ||
             numbering_of(text, rest) > 0)
            break;
         --first;
      }
      return first;
   }

   bool is_known_heading(const Heading& heading) const {
      for (const PhrasesSchema& phrases : schema_.phrases)
         if (phrases.frame == report_frame)  // those of a record stand within it
            for (const std::string& after : phrases.after)
               if (heading.level > 0 && is_heading_of(heading, folded(after))) return true;
      return false;
   }

   static bool is_heading_of(const Heading& heading, const std::u32string& name) {
      return begins_with(heading.text, name) && heading.text.size() <= name.size() + longest_behind_heading;
   }

   void regions_of_titles() {
      std::vector<std::size_t> ends;  // lines that end what stands under a title
      for (const Found& found : found_) ends.push_back(found.first);
      for (const Heading& heading : headings_)
         if (heading.level == 1 || is_known_heading(heading)) ends.push_back(heading.line);
      std::sort(ends.begin(), ends.end());
      std::size_t after = 0;
      for (const Found& found : found_) {
         const auto next = std::upper_bound(ends.begin(), ends.end(), found.line);
         std::size_t end = next == ends.end() ? stream_.lines().size() : *next;
         // Tables within a record may have titles of their own.
         if (found.title->form != Title::npos)
            if (const auto caption = std::upper_bound(captions_.begin(), captions_.end(), found.line); caption != captions_.end())
               end = std::min(end, *caption);
         if (end < stream_.lines().size()) end = first_line_of(end, found.line + 1);
         const std::size_t first = first_line_of(found.first, after);
         after = end;
         add_region(found, first, end);
      }
      for (const std::size_t line : captions_) tell_unknown(line);
   }

   void tell_unknown(std::size_t line) {
      const TextStream::Line& caption = stream_.lines()[line];
      for (const auto& regions : outline_.records)
         for (const TitledRegion& region : regions)
            if (region.stream_begin <= caption.begin && caption.begin < region.stream_end) return;
      const std::string title = stream_.raw(caption.begin, caption.end);
      for (const UnknownTable& one : outline_.unknown)
         if (one.title == title) return;  // goes on over pages
      outline_.unknown.push_back({title, stream_.place(caption.begin)});
   }

   void add_region(const Found& found, std::size_t first, std::size_t end) {
      if (end <= found.line + 1) return;  // a line of a table of contents
      TitledRegion region;
      region.region.document = &document_;
      region.region.first = stream_.lines()[first].block;
      region.region.last = end < stream_.lines().size() ? stream_.lines()[end].block : document_.blocks.size();
      if (!carries_anything(region.region)) return;
      const TextStream::Line& line = stream_.lines()[found.line];
      const std::uint32_t begin = stream_.lines()[found.first].begin;
      region.title = stream_.raw(begin, line.end);
      region.place = stream_.place(begin);
      region.stream_begin = found.title->record == Title::npos ? begin : stream_.lines()[first_line_of_title(found.first)].begin;
      region.title_end = line.end;
      region.stream_end = end < stream_.lines().size() ? stream_.lines()[end].begin : stream_.size();
      if (found.title->form != Title::npos)
         outline_.forms[found.title->form].push_back(std::move(region));
      else
         outline_.records[found.title->record].push_back(std::move(region));
   }

   bool carries_anything(const Region& region) const {
      std::size_t lines = 0;
      for (std::size_t i = region.first; i < region.last; ++i) {
         if (boost::variant2::holds_alternative<DocumentTable>(document_.blocks[i])) return true;
         ++lines;
      }
      return lines >= 4;
   }

   void regions_of_phrases(std::size_t index) {
      const PhrasesSchema& phrases = schema_.phrases[index];
      if (phrases.after.empty()) {
         outline_.phrases[index].push_back({0, stream_.size(), {}});
         return;
      }
      for (const std::string& after : phrases.after) {
         const std::u32string name = folded(after);
         for (std::size_t i = 0; i < headings_.size(); ++i)
            if (is_heading_of(headings_[i], name) || Titles::names_heading(headings_[i].text, name)) add_text_region(index, i);
      }
   }

   void add_text_region(std::size_t index, std::size_t heading) {
      const Heading& own = headings_[heading];
      std::uint32_t end = stream_.size();
      for (std::size_t i = heading + 1; i < headings_.size(); ++i) {
         const Heading& next = headings_[i];
         const bool ends = next.level == 1 || (own.level > 0 && next.level > 0 && next.level <= own.level);
         if (!ends) continue;
         end = stream_.lines()[next.line].begin;
         break;
      }
      for (const Found& found : found_)
         if (found.line > own.line) {
            end = std::min(end, stream_.lines()[found.line].begin);
            break;
         }
      const TextStream::Line& line = stream_.lines()[own.line];
      if (end > line.end) outline_.phrases[index].push_back({line.end, end, stream_.place(line.begin)});
   }

   const Schema& schema_;
   const Document& document_;
   const TextStream& stream_;
   Titles titles_;
   std::vector<Heading> headings_;
   std::vector<Found> found_;
   std::vector<std::size_t> captions_;  // lines
   Outline outline_;
};

}  // namespace

bool same_label(std::string_view printed, std::string_view name) {
   const std::string a = fold(printed), b = fold(name);
   if (a == b) return true;
   const auto bare = [](std::string text) {
      while (!text.empty() && (text.back() == ':' || text.back() == '*')) text.pop_back();
      if (!text.empty() && text.back() == ')')
         if (const std::size_t open = text.rfind('('); open != std::string::npos && open > 0) text.resize(open);
      return text;
   };
   return a.size() > b.size() ? bare(a) == b : !a.empty() && a == bare(b);
}

Outline outline_of(const Schema& schema, const Document& document, const TextStream& stream) {
   return OutlineMaker(schema, document, stream).run();
}

namespace {

// The texts of a row, each once.
std::vector<const DocumentCell*> cells_of_row(const DocumentTable& table, std::uint32_t row) {
   std::vector<const DocumentCell*> cells;
   for (const DocumentCell& cell : table.cells)
      if (cell.row == row && !fold(cell.text).empty()) cells.push_back(&cell);
   return cells;
}

void add_part(const DocumentTable& table, std::uint32_t first, std::uint32_t last, std::vector<DocumentBlock>& into) {
   if (first >= last) return;
   DocumentTable part = table;
   part.rows = last - first;
   part.cells.clear();
   for (DocumentCell cell : table.cells) {
      if (cell.row < first || cell.row >= last) continue;
      cell.row -= first;
      cell.rows = std::min(cell.rows, part.rows - cell.row);
      part.cells.push_back(std::move(cell));
   }
   into.emplace_back(std::move(part));
}

// A line alone over the unit, or at the top, in a table of more columns.
bool is_caption_of(const DocumentTable& table, std::uint32_t row, const DocumentCell& cell, const Titles& titles) {
   if (table.columns < 3 || !titles.is_caption(folded(cell.text)) || cells_of_row(table, row).size() != 1) return false;
   if (row == 0) return true;
   for (std::uint32_t next = row + 1; next <= row + 3 && next < table.rows; ++next)
      for (const DocumentCell* below : cells_of_row(table, next))
         if (says_unit(folded(below->text))) return true;
   return false;
}

DocumentLine line_of(const DocumentCell& cell) {
   DocumentLine line;
   line.text = cell.text;
   line.place = cell.place;
   line.block_begins = true;
   line.certainty = cell.certainty;
   return line;
}

// Does the heading stand here that a text of the report stands behind?
bool heads_phrases(const Schema& schema, const std::u32string& text) {
   if (text.empty() || text.size() > longest_heading || is_sentence(text)) return false;
   std::u32string rest;
   numbering_of(text, rest);
   for (const PhrasesSchema& phrases : schema.phrases)
      for (const std::string& after : phrases.after) {
         const std::u32string name = folded(after);
         if (phrases.frame == report_frame && begins_with(rest, name) && rest.size() <= name.size() + longest_behind_heading)
            return true;
      }
   return false;
}

// Behind a heading rows of a sheet are lines of text, as long as each has one text only. The row behind them.
std::uint32_t take_text(const Schema& schema, const Titles& titles, const DocumentTable& table, std::uint32_t row,
                        std::vector<DocumentBlock>& into) {
   const auto heading = cells_of_row(table, row);
   if (heading.size() != 1 || !heads_phrases(schema, folded(heading[0]->text))) return row;
   into.emplace_back(line_of(*heading[0]));
   for (++row; row < table.rows; ++row) {
      const auto cells = cells_of_row(table, row);
      if (cells.size() > 1 || (cells.size() == 1 && is_caption_of(table, row, *cells[0], titles))) break;
      if (cells.size() == 1) into.emplace_back(line_of(*cells[0]));
   }
   return row;
}

void split_table(const Schema& schema, const Titles& titles, const DocumentTable& table, std::vector<DocumentBlock>& into) {
   std::uint32_t first = 0;
   for (std::uint32_t row = 0; row < table.rows; ++row) {
      const auto cells = cells_of_row(table, row);
      if (cells.empty() || cells.size() > 2) continue;
      std::vector<DocumentBlock> text;
      if (const std::uint32_t behind = take_text(schema, titles, table, row, text); behind > row) {
         add_part(table, first, row, into);
         std::move(text.begin(), text.end(), std::back_inserter(into));
         first = behind;
         row = behind - 1;
         continue;
      }
      const DocumentCell* title = nullptr;
      for (const DocumentCell* cell : cells)
         if (titles.on(folded(cell->text)) || is_caption_of(table, row, *cell, titles)) title = cell;
      const bool heading = std::all_of(cells.begin(), cells.end(), [&](const DocumentCell* cell) {
         return cell == title || says_unit(folded(cell->text)) || code_points(fold(cell->text)).size() <= 8;
      });
      if (!title || !heading) continue;
      add_part(table, first, row, into);
      for (const DocumentCell* cell : cells) into.emplace_back(line_of(*cell));
      first = row + 1;
   }
   add_part(table, first, table.rows, into);
}

}  // namespace

Document split_at_titles(const Schema& schema, Document document) {
   const Titles titles(schema);
   std::vector<DocumentBlock> blocks;
   for (DocumentBlock& block : document.blocks) {
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&block))
         split_table(schema, titles, *table, blocks);
      else
         blocks.push_back(std::move(block));
   }
   document.blocks = std::move(blocks);
   return document;
}

}  // namespace heng

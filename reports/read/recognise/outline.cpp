#include "reports/read/recognise/outline.hpp"

#include <algorithm>
#include <optional>

#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::u32string_view chinese_digits = U"〇一二三四五六七八九十百零";
constexpr std::size_t longest_title = 60, longest_heading = 40, longest_behind_heading = 4, most_before_record_title = 12;

bool is_in(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

bool ends_with(const std::u32string& text, const std::u32string& end) {
   return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}
bool begins_with(const std::u32string& text, const std::u32string& begin) { return text.compare(0, begin.size(), begin) == 0; }

bool is_sentence(const std::u32string& text) {
   for (std::size_t i = 0; i < text.size(); ++i)
      if (is_in(text[i], U",;:") || (text[i] == U'。' && i + 1 < text.size())) return true;
   return false;
}

// What may stand before a title on its line: whose it is, and of which year.
bool may_precede_title(const std::u32string& before) {
   if (before.empty()) return true;
   return before.find(U'年') != std::u32string::npos || is_digit(before.front()) ||
          is_in(before.back(), U"局厅委办院部会校所站心处司馆队社团室行府级表");
}

struct Title {
   std::u32string name;
   std::size_t form = npos, record = npos;
   static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

void add_title(std::vector<Title>& titles, std::string_view name, std::size_t form, std::size_t record) {
   if (!name.empty()) titles.push_back({folded(name), form, record});
}

std::vector<Title> titles_of(const Schema& schema) {
   std::vector<Title> titles;
   for (std::size_t i = 0; i < schema.forms.size(); ++i) {
      const FormSchema& form = schema.forms[i];
      add_title(titles, form.title, i, Title::npos);
      for (const std::string& alias : form.aliases) add_title(titles, alias, i, Title::npos);
      for (const PrintedName& name : schema.printed_names(form.name)) add_title(titles, name.text, i, Title::npos);
   }
   for (const Frame& frame : schema.frames) {
      if (frame.id == report_frame || !frame.form.empty() || frame.parent != report_frame) continue;
      add_title(titles, frame.title, Title::npos, frame.id);
      for (const PrintedName& name : schema.printed_names(frame.path)) add_title(titles, name.text, Title::npos, frame.id);
   }
   return titles;
}

// The longest title that a line ends with: 收入支出决算总表 is no part of 财政拨款收入支出决算总表.
const Title* title_on(const std::vector<Title>& titles, const std::u32string& line) {
   if (line.empty() || line.size() > longest_title || is_sentence(line)) return nullptr;
   std::u32string rest;
   numbering_of(line, rest);
   const Title* found = nullptr;
   for (const Title& title : titles) {
      if (!ends_with(rest, title.name) || (found && found->name.size() >= title.name.size())) continue;
      const std::u32string before = rest.substr(0, rest.size() - title.name.size());
      // 市级使用资金绩效自评情况汇总表: forms of projects are named after the money.
      const bool of_record = title.record != Title::npos && before.size() <= most_before_record_title;
      if (of_record || may_precede_title(before)) found = &title;
   }
   return found;
}

bool says_unit(const std::u32string& line) {
   return line.size() <= longest_title && (line.find(U"单位:") != std::u32string::npos || begins_with(line, U"部门:"));
}

class OutlineMaker {
 public:
   OutlineMaker(const Schema& schema, const Document& document, const TextStream& stream)
       : schema_(schema), document_(document), stream_(stream), titles_(titles_of(schema)) {}

   Outline run() {
      outline_.forms.resize(schema_.forms.size());
      outline_.records.resize(schema_.frames.size());
      outline_.phrases.resize(schema_.phrases.size());
      find_headings();
      find_titles();
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
      std::size_t line = 0;
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
         if (const Title* title = title_on(titles_, text_of(i))) found_.push_back({title, i});
      }
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
      for (const Found& found : found_) ends.push_back(found.line);
      for (const Heading& heading : headings_)
         if (heading.level == 1 || is_known_heading(heading)) ends.push_back(heading.line);
      std::sort(ends.begin(), ends.end());
      std::size_t after = 0;
      for (const Found& found : found_) {
         const auto next = std::upper_bound(ends.begin(), ends.end(), found.line);
         std::size_t end = next == ends.end() ? stream_.lines().size() : *next;
         if (next != ends.end()) end = first_line_of(end, found.line + 1);
         const std::size_t first = first_line_of(found.line, after);
         after = end;
         add_region(found, first, end);
      }
   }

   void add_region(const Found& found, std::size_t first, std::size_t end) {
      if (end <= found.line + 1) return;  // a line of a table of contents
      TitledRegion region;
      region.region.document = &document_;
      region.region.first = stream_.lines()[first].block;
      region.region.last = end < stream_.lines().size() ? stream_.lines()[end].block : document_.blocks.size();
      if (!carries_anything(region.region)) return;
      const TextStream::Line& line = stream_.lines()[found.line];
      region.title = stream_.raw(line.begin, line.end);
      region.place = stream_.place(line.begin);
      region.stream_begin =
          found.title->record == Title::npos ? line.begin : stream_.lines()[first_line_of_title(found.line)].begin;
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
            if (is_heading_of(headings_[i], name) || is_title(headings_[i], name)) add_text_region(index, i);
      }
   }

   bool is_title(const Heading& heading, const std::u32string& name) const {
      return ends_with(heading.text, name) && heading.text.size() <= longest_title &&
             may_precede_title(heading.text.substr(0, heading.text.size() - name.size()));
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
   std::vector<Title> titles_;
   std::vector<Heading> headings_;
   std::vector<Found> found_;
   Outline outline_;
};

}  // namespace

int numbering_of(const std::u32string& line, std::u32string& rest) {
   const auto digits = [&](std::size_t at, bool chinese) {
      std::size_t end = at;
      while (end < line.size() && (chinese ? is_in(line[end], chinese_digits) : is_digit(line[end]))) ++end;
      return end;
   };
   const auto behind = [&](std::size_t at, int level) {
      rest = line.substr(at);
      return level;
   };
   if (!line.empty() && line[0] == U'第')
      if (const std::size_t end = digits(1, true); end > 1 && line.compare(end, 2, U"部分") == 0) return behind(end + 2, 1);
   if (const std::size_t end = digits(0, true); end > 0 && end < line.size() && is_in(line[end], U"、."))
      return behind(end + 1, 2);
   if (!line.empty() && line[0] == '(') {
      if (const std::size_t end = digits(1, true); end > 1 && end < line.size() && line[end] == ')') return behind(end + 1, 3);
      if (const std::size_t end = digits(1, false); end > 1 && end < line.size() && line[end] == ')') return behind(end + 1, 5);
   }
   if (const std::size_t end = digits(0, false);
       end > 0 && end < 3 && end < line.size() && is_in(line[end], U".、") && !(end + 1 < line.size() && is_digit(line[end + 1])))
      return behind(end + 1, 4);
   rest = line;
   return 0;
}

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

void split_table(const std::vector<Title>& titles, const DocumentTable& table, std::vector<DocumentBlock>& into) {
   std::uint32_t first = 0;
   for (std::uint32_t row = 0; row < table.rows; ++row) {
      const auto cells = cells_of_row(table, row);
      if (cells.empty() || cells.size() > 2) continue;
      const DocumentCell* title = nullptr;
      for (const DocumentCell* cell : cells)
         if (title_on(titles, folded(cell->text))) title = cell;
      const bool heading = std::all_of(cells.begin(), cells.end(), [&](const DocumentCell* cell) {
         return cell == title || says_unit(folded(cell->text)) || code_points(fold(cell->text)).size() <= 8;
      });
      if (!title || !heading) continue;
      add_part(table, first, row, into);
      for (const DocumentCell* cell : cells) {
         DocumentLine line;
         line.text = cell->text;
         line.place = cell->place;
         line.block_begins = true;
         line.certainty = cell->certainty;
         into.emplace_back(std::move(line));
      }
      first = row + 1;
   }
   add_part(table, first, table.rows, into);
}

}  // namespace

Document split_at_titles(const Schema& schema, Document document) {
   const std::vector<Title> titles = titles_of(schema);
   std::vector<DocumentBlock> blocks;
   for (DocumentBlock& block : document.blocks) {
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&block))
         split_table(titles, *table, blocks);
      else
         blocks.push_back(std::move(block));
   }
   document.blocks = std::move(blocks);
   return document;
}

}  // namespace heng

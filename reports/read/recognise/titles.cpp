#include "reports/read/recognise/titles.hpp"

#include <algorithm>
#include <string_view>

#include "reports/read/recognise/stream.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::u32string_view chinese_digits = U"〇一二三四五六七八九十百零";
constexpr std::u32string_view ends_of_units = U"局厅委办院部会校所站心处司馆队社团室行府级表门位学园台道镇乡县市区";
constexpr std::size_t most_before_record_title = 12, shortest_caption = 4, longest_remark = 24;

bool is_in(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_counting(char32_t c) { return is_digit(c) || is_in(c, chinese_digits); }

bool ends_with(const std::u32string& text, std::u32string_view end) {
   return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}
bool begins_with(const std::u32string& text, std::u32string_view begin) { return text.compare(0, begin.size(), begin) == 0; }

// 2024年度, 二〇二四年
void remove_year(std::u32string& text) {
   const std::size_t year = text.find(U'年');
   if (year == std::u32string::npos || year < 4) return;
   for (std::size_t i = year - 4; i < year; ++i)
      if (!is_counting(text[i])) return;
   text.erase(year - 4, text.compare(year, 2, U"年度") == 0 ? 6 : 5);
}

// 表1 附件1-2: 附表三、 公开01表 (公开01表), and what parts them from the title. Chinese digits only with such a sign behind: 一
// may begin the title.
void remove_table_number(std::u32string& text) {
   std::size_t at = !text.empty() && text[0] == '(' ? 1 : 0;
   for (const std::u32string_view word : {U"附件", U"附表", U"公开", U"表", U"附"})
      if (text.compare(at, word.size(), word) == 0) {
         at += word.size();
         break;
      }
   const std::size_t word_end = at;
   while (at < text.size() && (is_digit(text[at]) || (at > word_end && text[at] == '-'))) ++at;
   const bool digits = at > word_end;
   if (!digits)
      while (at < text.size() && is_in(text[at], chinese_digits)) ++at;
   if (at == 0) return;
   if (at < text.size() && text[at] == U'表' && digits) ++at;
   if (at < text.size() && text[0] == '(' && text[at] == ')') ++at;
   const std::size_t number_end = at;
   while (at < text.size() && is_in(text[at], U":、.-")) ++at;
   if (digits || at > number_end || at == text.size()) text.erase(0, at);
}

void remove_numbers(std::u32string& text) {
   std::u32string rest;
   if (numbering_of(text, rest) > 0) text = rest;
   remove_table_number(text);
}

bool may_precede_title(std::u32string before) {
   remove_year(before);
   remove_numbers(before);
   if (ends_with(before, U"()")) before.resize(before.size() - 2);
   while (!before.empty() && is_in(before.back(), U"-.《\"")) before.pop_back();
   return before.empty() || (is_in(before.back(), ends_of_units) && !is_sentence(before));
}

// A remark in brackets, the number of the form or 续表 at the end; false: there is none.
bool remove_behind(std::u32string& line) {
   if (line.empty()) return false;
   if (const bool square = line.back() == ']'; square || line.back() == ')') {
      const std::size_t open = line.rfind(square ? U'[' : U'(');
      if (open == std::u32string::npos || open == 0 || line.size() - open > longest_remark) return false;
      line.resize(open);
      return true;
   }
   for (const std::u32string_view word : {U"续表", U"续", U"》"})
      if (line.size() > word.size() && ends_with(line, word)) {
         line.resize(line.size() - word.size());
         return true;
      }
   if (line.back() != U'表') return false;
   std::size_t at = line.size() - 1;
   while (at > 0 && is_digit(line[at - 1])) --at;
   constexpr std::u32string_view open = U"公开";
   if (at == line.size() - 1 || at <= open.size() || line.compare(at - open.size(), open.size(), open) != 0) return false;
   line.resize(at - open.size());
   return true;
}

void add_title(std::vector<Title>& titles, std::string_view name, std::size_t form, std::size_t record) {
   if (!name.empty()) titles.push_back({folded(name), form, record});
}

}  // namespace

Titles::Titles(const Schema& schema) : forms_(!schema.forms.empty()) {
   for (std::size_t i = 0; i < schema.forms.size(); ++i) {
      const FormSchema& form = schema.forms[i];
      add_title(titles_, form.title, i, Title::npos);
      for (const std::string& alias : form.aliases) add_title(titles_, alias, i, Title::npos);
      for (const PrintedName& name : schema.printed_names(form.name)) add_title(titles_, name.text, i, Title::npos);
   }
   for (const Frame& frame : schema.frames) {
      if (frame.id == report_frame || !frame.form.empty() || frame.parent != report_frame) continue;
      add_title(titles_, frame.title, Title::npos, frame.id);
      for (const PrintedName& name : schema.printed_names(frame.path)) add_title(titles_, name.text, Title::npos, frame.id);
   }
}

const Title* Titles::ending(const std::u32string& line) const {
   const Title* found = nullptr;
   for (const Title& title : titles_) {
      if (!ends_with(line, title.name) || (found && found->name.size() >= title.name.size())) continue;
      const std::u32string before = line.substr(0, line.size() - title.name.size());
      // 市级使用资金绩效自评情况汇总表: forms of projects are named after the money.
      const bool of_record = title.record != Title::npos && before.size() <= most_before_record_title && !is_sentence(before);
      if (of_record || may_precede_title(before)) found = &title;
   }
   return found;
}

const Title* Titles::on(const std::u32string& line) const {
   if (line.size() > longest_title) return nullptr;
   for (std::u32string rest = line; !rest.empty();) {
      if (const Title* title = ending(rest)) return title;
      if (!remove_behind(rest)) break;
   }
   return nullptr;
}

const Title* Titles::on(const std::u32string& before, const std::u32string& line) const {
   if (before.empty() || before.size() + line.size() > longest_title || is_sentence(before)) return nullptr;
   for (std::u32string rest = line; !rest.empty();) {
      if (const Title* title = ending(before + rest); title && title->name.size() > rest.size()) return title;
      if (!remove_behind(rest)) break;
   }
   return nullptr;
}

bool Titles::names_heading(const std::u32string& line, const std::u32string& name) {
   if (line.size() > longest_title) return false;
   for (std::u32string rest = line; !rest.empty();) {
      if (ends_with(rest, name)) {
         const std::u32string before = rest.substr(0, rest.size() - name.size());
         return before.find(U'年') != std::u32string::npos || may_precede_title(before);
      }
      if (!remove_behind(rest)) break;
   }
   return false;
}

bool Titles::is_caption(const std::u32string& line) const {
   if (!forms_ || line.size() > longest_title || on(line)) return false;
   std::u32string rest = line;
   while (remove_behind(rest)) continue;
   remove_year(rest);
   remove_numbers(rest);
   if (rest.size() < shortest_caption || rest.back() != U'表' || is_sentence(rest)) return false;
   for (const std::u32string_view word : {U"注", U"本表", U"此表", U"该表", U"上表"})
      if (begins_with(rest, word)) return false;
   // Over all the tables of a report: 某局部门决算表, 部门决算公开报表.
   for (const std::u32string_view kind : {U"部门", U"单位", U"年度"})
      for (const std::u32string_view name : {U"决算表", U"决算报表", U"决算公开表", U"决算公开报表", U"决算公开表格"})
         if (ends_with(rest, std::u32string(kind) + std::u32string(name))) return false;
   return true;
}

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

bool is_sentence(const std::u32string& text) {
   for (std::size_t i = 0; i < text.size(); ++i)
      if (is_in(text[i], U",;:") || (text[i] == U'。' && i + 1 < text.size())) return true;
   return false;
}

bool says_unit(const std::u32string& line) {
   return line.size() <= longest_title && (line.find(U"单位:") != std::u32string::npos || begins_with(line, U"部门:"));
}

}  // namespace heng

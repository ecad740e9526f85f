#include "reports/read/recognise/names_on_paper.hpp"

#include <algorithm>

#include "stdlib/text.hpp"

namespace heng {

namespace {

void add_printed(const Schema& schema, const std::string& path, std::vector<std::string>& names) {
   for (const PrintedName& name : schema.printed_names(path))
      if (name.row.empty()) names.push_back(name.text);
}

std::string path_in(const Frame& frame, const std::string& name) {
   return frame.id == report_frame ? name : frame.path + "." + name;
}

std::string last_part(const std::string& name) {
   const std::size_t dot = name.rfind('.');
   return dot == std::string::npos ? name : name.substr(dot + 1);
}

constexpr std::size_t longest_remark = 40;  // bytes between the brackets are at most so many code points

bool take_any(std::string_view& text, std::initializer_list<std::string_view> signs) {
   for (const std::string_view sign : signs)
      if (text.substr(0, sign.size()) == sign) {
         text.remove_prefix(sign.size());
         return true;
      }
   return false;
}

}  // namespace

std::vector<std::string> form_titles(const Schema& schema, const FormSchema& form) {
   std::vector<std::string> titles{form.title.empty() ? form.name : form.title};
   titles.insert(titles.end(), form.aliases.begin(), form.aliases.end());
   add_printed(schema, form.name, titles);
   return titles;
}

std::vector<std::string> line_names(const Schema& schema, const FormSchema& form, const FormBlock& block, std::size_t line) {
   const bool grid = block.kind == BlockKind::grid;
   std::vector<std::string> names{grid ? block.lines[line] : block.labels[line]};
   add_printed(schema, grid ? form.name + "." + block.lines[line] : form.name + "[" + block.lines[line] + "]", names);
   return names;
}

std::vector<std::string> column_names(const Schema& schema, const FormSchema& form, const FormBlock& block, std::size_t column) {
   std::vector<std::string> names{block.columns[column]};
   const FieldId id = block.kind == BlockKind::rows ? schema.field_in(block.frame, block.columns[column])
                      : block.lines.empty()         ? no_field
                                                    : schema.cell(form.name, block.lines[0], block.columns[column]);
   if (id != no_field) names.insert(names.end(), schema.fields[id].aliases.begin(), schema.fields[id].aliases.end());
   add_printed(schema, form.name + "." + block.columns[column], names);
   return names;
}

std::vector<std::string> total_names(const Schema& schema, const FormSchema& form, const Total& total) {
   std::vector<std::string> names{total.label};
   add_printed(schema, form.name + "." + total.label, names);
   return names;
}

std::vector<std::string> row_field_names(const Schema& schema, const FormSchema& form, const Field& field) {
   std::vector<std::string> names{field.name};
   names.insert(names.end(), field.aliases.begin(), field.aliases.end());
   add_printed(schema, form.name + "." + field.name, names);
   return names;
}

std::vector<PrintedName> record_field_names(const Schema& schema, const Frame& frame, const Field& field) {
   std::vector<PrintedName> names{{last_part(field.name), ""}};
   for (const std::string& alias : field.aliases) names.push_back({alias, ""});
   const std::vector<PrintedName>& printed = schema.printed_names(path_in(frame, field.name));
   names.insert(names.end(), printed.begin(), printed.end());
   return names;
}

std::vector<std::string> record_names(const Schema& schema, const Frame& frame, const std::string& record) {
   std::vector<std::string> names{last_part(record)};
   add_printed(schema, path_in(frame, record), names);
   return names;
}

std::string_view without_enumerator(std::string_view folded) {
   std::string_view rest = folded;
   const bool bracketed = take_any(rest, {"("});
   const std::size_t before = rest.size();
   while (take_any(rest, {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百",
                          "0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9"}))
      continue;
   const bool counted = rest.size() < before;
   const bool closed = counted && (bracketed ? take_any(rest, {")"}) : take_any(rest, {"、", ".", "．"}));
   if (!closed) rest = folded;
   take_any(rest, {"其中:", "加:", "减:"});
   return rest.empty() ? folded : rest;
}

std::string_view without_year(std::string_view folded) {
   std::string_view rest = folded;
   if (rest.size() > 4 && is_digits(rest.substr(0, 4)))
      rest.remove_prefix(4);
   else if (!take_any(rest, {"本"}))
      return folded;
   return take_any(rest, {"年度", "年"}) && !rest.empty() ? rest : folded;
}

void Names::add(std::string_view name, std::size_t id) {
   const std::string folded = fold(name);
   if (folded.empty()) return;
   std::vector<std::size_t>& ids = ids_[folded];
   if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

std::vector<std::string> Names::texts_of(std::size_t id) const {
   std::vector<std::string> texts;
   for (const auto& [text, ids] : ids_)
      if (std::find(ids.begin(), ids.end(), id) != ids.end()) texts.push_back(text);
   return texts;
}

const std::vector<std::size_t>* Names::find(std::string_view folded) const {
   const auto found = ids_.find(folded);
   return found == ids_.end() ? nullptr : &found->second;
}

bool Names::begins_name(std::string_view folded) const {
   const auto at = ids_.lower_bound(folded);
   return at != ids_.end() && std::string_view(at->first).substr(0, folded.size()) == folded;
}

std::vector<Names::Match> Names::matches(const std::vector<Word>& words, std::size_t at, std::size_t last, bool remarks) const {
   std::vector<Match> found;
   std::string text;
   const std::vector<std::size_t>* before_remark = nullptr;  // the name in front of an open bracket
   std::size_t bracket = 0;
   for (std::size_t i = at; i < last; ++i) {
      const std::size_t length = text.size();
      text += words[i].folded;
      if (const auto* ids = find(text)) found.push_back({i + 1, ids});
      if (remarks && !before_remark)
         for (std::size_t open = text.find('(', length); open != std::string::npos && !before_remark;
              open = text.find('(', open + 1))
            if (open > 0 && (before_remark = find(std::string_view(text).substr(0, open))) != nullptr) bracket = open;
      if (before_remark && text.size() - bracket > 3 * longest_remark) before_remark = nullptr;
      if (before_remark && text.back() == ')') {
         if (found.empty() || found.back().end != i + 1) found.push_back({i + 1, before_remark});
         break;
      }
      if (!before_remark && !begins_name(text)) {
         // The remark may begin with the next word: 全年执行数 （B）
         if (!(remarks && i + 1 < last && find(text) && words[i + 1].folded.front() == '(')) break;
      }
   }
   std::reverse(found.begin(), found.end());
   return found;
}

}  // namespace heng

#include "interpreter/last_year.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "stdlib/text.hpp"

namespace heng {

namespace {

std::string with_prefix(const std::string& name) { return std::string(last_years) + name; }

Frame last_years_list(const Schema& schema, Frame frame) {
   const bool of_report = frame.parent == report_frame;
   frame.id = schema.last_years_frame(frame.id);
   frame.parent = schema.last_years_frame(frame.parent);
   frame.key = schema.last_years_field(frame.key);
   if (of_report && frame.form.empty()) frame.name = with_prefix(frame.name);
   frame.path = with_prefix(frame.path);
   if (!frame.form.empty()) frame.form = with_prefix(frame.form);
   for (FieldId& field : frame.fields) field = schema.last_years_field(field);
   return frame;
}

Field last_years_of(const Schema& schema, Field field) {
   const bool of_report = field.frame == report_frame;
   field.id = schema.last_years_field(field.id);
   field.frame = schema.last_years_frame(field.frame);
   if (of_report) {
      field.name = with_prefix(field.name);
      // Of a line of a form the aliases name the column.
      if (field.line.empty())
         for (std::string& alias : field.aliases) alias = with_prefix(alias);
   }
   field.path = with_prefix(field.path);
   if (!field.form.empty()) field.form = with_prefix(field.form);
   return field;
}

FormSchema last_years_form(const Schema& schema, FormSchema form) {
   form.name = with_prefix(form.name);
   for (std::string& alias : form.aliases) alias = with_prefix(alias);
   for (FieldId& cell : form.cells) cell = schema.last_years_field(cell);
   for (FieldId& field : form.fields) field = schema.last_years_field(field);
   for (FormBlock& block : form.blocks) block.frame = schema.last_years_frame(block.frame);
   return form;
}

template <typename T>
void cut(std::vector<T>& all, std::size_t own) {
   all.erase(all.begin() + static_cast<std::ptrdiff_t>(own), all.end());
}

}  // namespace

void add_last_year(Schema& schema) {
   schema.own = Schema::Own{static_cast<std::uint32_t>(schema.fields.size()), static_cast<std::uint32_t>(schema.frames.size()),
                            static_cast<std::uint32_t>(schema.forms.size())};
   const Schema::Own own = *schema.own;
   schema.frames.reserve(2 * schema.frames.size());
   schema.fields.reserve(2 * schema.fields.size());
   schema.forms.reserve(2 * schema.forms.size());
   for (std::uint32_t i = 1; i < own.frames; ++i) schema.frames.push_back(last_years_list(schema, schema.frames[i]));
   for (std::uint32_t i = 0; i < own.fields; ++i) {
      schema.fields.push_back(last_years_of(schema, schema.fields[i]));
      const Field& made = schema.fields.back();
      if (made.frame == report_frame) schema.frames[report_frame].fields.push_back(made.id);
   }
   for (std::uint32_t i = 0; i < own.forms; ++i) schema.forms.push_back(last_years_form(schema, schema.forms[i]));
   schema.index();
}

Schema without_last_year(const Schema& schema) {
   Schema own = schema;
   if (!schema.own) return own;
   cut(own.frames, schema.own->frames);
   cut(own.fields, schema.own->fields);
   cut(own.forms, schema.own->forms);
   auto& of_report = own.frames[report_frame].fields;
   of_report.erase(std::remove_if(of_report.begin(), of_report.end(), [&](FieldId id) { return id >= schema.own->fields; }),
                   of_report.end());
   own.own.reset();
   own.index();
   return own;
}

// ---- where forms changed ------------------------------------------------------------------------------------------------

namespace {

// How many bytes of numerals a text begins with.
std::size_t numerals(std::string_view text) {
   static constexpr std::string_view all[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
                                              "0",  "1",  "2",  "3",  "4",  "5",  "6",  "7",  "8",  "9"};
   std::size_t length = 0;
   for (bool again = true; again;) {
      again = false;
      for (const std::string_view one : all)
         if (text.substr(length, one.size()) == one) length += one.size(), again = true;
   }
   return length;
}

// 十一、城乡社区支出, （一）政府办公厅, 1.货物, 其中：一般公共预算 without what stands in front.
std::string without_number(const std::string& folded) {
   std::string_view rest = folded;
   for (const std::string_view of_which : {"其中:", "其中："})
      if (rest.substr(0, of_which.size()) == of_which) rest.remove_prefix(of_which.size());
   const bool bracket = rest.substr(0, 1) == "(";
   const std::size_t begin = bracket ? 1 : 0, length = numerals(rest.substr(begin));
   const std::string_view behind = rest.substr(begin + length);
   for (const std::string_view end : {bracket ? ")" : "、", bracket ? "）" : ".", bracket ? ")" : "．"})
      if (length > 0 && behind.substr(0, end.size()) == end) return std::string(behind.substr(end.size()));
   return std::string(rest);
}

using Keys = std::vector<std::string>;  // of this year's or last year's things, in order; empty: none

// Which of `a` is which of `b`: those of one key are paired in order, as far as there are as many on both sides; of those that
// cannot be told apart none is paired. What was paired before is left alone.
void pair_up(const Keys& a, const Keys& b, std::vector<int>& b_of_a) {
   std::set<int> taken(b_of_a.begin(), b_of_a.end());
   std::map<std::string, std::pair<std::vector<int>, std::vector<int>>> by_key;
   for (std::size_t i = 0; i < a.size(); ++i)
      if (b_of_a[i] < 0 && !a[i].empty()) by_key[a[i]].first.push_back(static_cast<int>(i));
   for (std::size_t i = 0; i < b.size(); ++i)
      if (taken.count(static_cast<int>(i)) == 0 && !b[i].empty()) by_key[b[i]].second.push_back(static_cast<int>(i));
   for (const auto& [key, sides] : by_key)
      if (sides.first.size() == sides.second.size())
         for (std::size_t i = 0; i < sides.first.size(); ++i) b_of_a[static_cast<std::size_t>(sides.first[i])] = sides.second[i];
}

template <typename T, typename Key>
Keys keys_of(const std::vector<T>& things, Key key) {
   Keys keys;
   for (const T& thing : things) keys.push_back(key(thing));
   return keys;
}

// A printed line, or a row of a grid.
struct Line {
   std::size_t block, at;
   std::string label, code;
};

std::vector<Line> lines_of(const FormSchema& form) {
   std::vector<Line> lines;
   for (std::size_t number = 0; number < form.blocks.size(); ++number) {
      const FormBlock& block = form.blocks[number];
      if (block.kind == BlockKind::rows) continue;
      for (std::size_t at = 0; at < block.lines.size(); ++at) {
         const bool labelled = at < block.labels.size() && !block.labels[at].empty();
         lines.push_back({number, at, fold(labelled ? block.labels[at] : block.lines[at]),
                          at < block.codes.size() ? block.codes[at] : std::string()});
      }
   }
   return lines;
}

std::vector<int> same_lines(const std::vector<Line>& own, const std::vector<Line>& last) {
   std::vector<int> same(own.size(), -1);
   const auto label = [](const Line& line) { return line.label; };
   const auto bare = [](const Line& line) { return without_number(line.label); };
   const auto code = [](const Line& line) { return line.code; };
   pair_up(keys_of(own, label), keys_of(last, label), same);
   pair_up(keys_of(own, bare), keys_of(last, bare), same);
   pair_up(keys_of(own, code), keys_of(last, code), same);
   return same;
}

bool same_kind(const Field& own, const Field& last) {
   if (own.blank_counts_as_0 && !last.blank_counts_as_0) return false;  // what was left blank would be taken as 0
   return own.type.kind == last.type.kind && own.type.dimension == last.type.dimension;
}

class Naming {
 public:
   Naming(const Schema& own, const Schema& last) : last_(last) {
      made_.names = without_last_year(own);
      same_.assign(made_.names.forms.size(), -1);
   }

   ReadAsLastYear run() {
      find_forms();
      for (std::size_t i = 0; i < same_.size(); ++i)
         if (same_[i] >= 0) name(names().forms[i], last_.forms[static_cast<std::size_t>(same_[i])]);
      for (Frame& frame : names().frames)
         if (frame.form.empty()) name_fields(frame);
      names().index();
      return std::move(made_);
   }

 private:
   Schema& names() { return made_.names; }

   // A title is what a form is called; a form whose title is nowhere else is found by its number.
   void find_forms() {
      const std::size_t forms = last_.own ? last_.own->forms : last_.forms.size();
      const std::vector<FormSchema> last(last_.forms.begin(), last_.forms.begin() + static_cast<std::ptrdiff_t>(forms));
      const auto title = [](const FormSchema& form) { return fold(form.title); };
      const auto name = [](const FormSchema& form) { return fold(form.name); };
      pair_up(keys_of(names().forms, title), keys_of(last, title), same_);
      pair_up(keys_of(names().forms, name), keys_of(last, name), same_);
   }

   void name(FormSchema& form, const FormSchema& last) {
      const std::string before = form.name;
      std::map<FieldId, FieldId> cells;  // this year's → last year's
      const std::vector<Line> own_lines = lines_of(form), last_lines = lines_of(last);
      const std::vector<int> same = same_lines(own_lines, last_lines);
      for (std::size_t i = 0; i < own_lines.size(); ++i)
         if (same[i] >= 0) pair_cells(form, own_lines[i], last, last_lines[static_cast<std::size_t>(same[i])], cells);
      for (const FieldId cell : form.cells)
         if (cells.count(cell) == 0) made_.absent.push_back(cell);
      form.cells.clear();
      for (const auto& [own, of_last] : cells) {
         rename(names().fields[own], last_.fields[of_last]);
         form.cells.push_back(own);
      }
      rename_single_fields(form, last);
      take_blocks(form, last);
      form.name = last.name;
      form.title = last.title;
      form.aliases = last.aliases;
   }

   void pair_cells(const FormSchema& form, const Line& own, const FormSchema& last, const Line& of_last,
                   std::map<FieldId, FieldId>& cells) {
      const FormBlock &block = form.blocks[own.block], &last_block = last.blocks[of_last.block];
      for (const std::string& column : block.columns) {
         const FieldId field = names().cell(form.name, block.lines[own.at], column);
         const FieldId there = last_.cell(last.name, last_block.lines[of_last.at], column_of(block, column, last_block, field));
         if (field != no_field && there != no_field && same_kind(names().fields[field], last_.fields[there]))
            cells[field] = there;
      }
   }

   // The only column of a line is what it is, whatever it is called.
   std::string column_of(const FormBlock& block, const std::string& column, const FormBlock& last, FieldId field) {
      if (block.columns.size() == 1 && last.columns.size() == 1) return last.columns.front();
      std::vector<std::string> wanted{column};
      if (field != no_field)
         wanted.insert(wanted.end(), names().fields[field].aliases.begin(), names().fields[field].aliases.end());
      for (const std::string& name : wanted)
         for (const std::string& there : last.columns)
            if (fold(there) == fold(name)) return there;
      return column;
   }

   void rename(Field& own, const Field& last) {
      own.name = last.name;
      own.label = last.label;
      own.aliases = last.aliases;
      own.line = last.line;
      own.column = last.column;
      own.form = last.form;
      own.type.unit = last.type.unit;
   }

   // 公开01.编制单位 where the form has another name.
   void rename_single_fields(const FormSchema& form, const FormSchema& last) {
      for (const FieldId id : form.fields) {
         Field& field = names().fields[id];
         if (field.name.compare(0, form.name.size(), form.name) == 0)
            field.name = last.name + field.name.substr(form.name.size());
         field.form = last.name;
      }
   }

   // Lines as last year's forms have them; rows as this year's, with the columns that last year's have.
   void take_blocks(FormSchema& form, const FormSchema& last) {
      std::vector<FormBlock> blocks;
      for (const FormBlock& block : last.blocks)
         if (block.kind != BlockKind::rows) blocks.push_back(block);
      const auto last_rows = std::find_if(last.blocks.begin(), last.blocks.end(),
                                          [](const FormBlock& block) { return block.kind == BlockKind::rows; });
      for (const FormBlock& block : form.blocks) {
         if (block.kind != BlockKind::rows || last_rows == last.blocks.end()) continue;
         Frame& frame = names().frames[block.frame];
         const Frame& of_last = last_.frames[last_rows->frame];
         name_columns(frame, of_last);
         frame.name = of_last.name;
         blocks.push_back(block);
      }
      form.blocks = std::move(blocks);
   }

   void name_columns(Frame& frame, const Frame& last) {
      std::vector<FieldId> fields;
      for (const FieldId id : frame.fields) {
         const FieldId there = found(frame, id, last);
         if (there == no_field) continue;
         names().fields[id].name = last_.fields[there].name;
         names().fields[id].aliases = last_.fields[there].aliases;
         names().fields[id].type.unit = last_.fields[there].type.unit;
         fields.push_back(id);
      }
      frame.fields = std::move(fields);
   }

   FieldId found(const Frame& frame, FieldId id, const Frame& last) {
      const Field& field = names().fields[id];
      FieldId there = last_.field_in(last.id, field.name);
      for (const std::string& alias : field.aliases)
         if (there == no_field) there = last_.field_in(last.id, alias);
      if (frame.keyed && last.keyed && id == frame.key) there = last.key;
      return there != no_field && same_kind(field, last_.fields[there]) ? there : no_field;
   }

   // Fields of the report and of its records keep their names; where last year called them otherwise, that name is taken.
   void name_fields(Frame& frame) {
      const Frame* last = counterpart(frame);
      if (!last) return;
      for (const FieldId id : frame.fields) {
         Field& field = names().fields[id];
         if (!field.form.empty()) continue;
         const FieldId there = found(frame, id, *last);
         if (there == no_field) continue;
         field.name = last_.fields[there].name;
         field.type.unit = last_.fields[there].type.unit;
      }
   }

   const Frame* counterpart(const Frame& frame) const {
      if (frame.id == report_frame) return &last_.frames[report_frame];
      for (const Frame& last : last_.frames)
         if (!last.made() && last.form.empty() && fold(last.path) == fold(frame.path)) return &last;
      return nullptr;
   }

   const Schema& last_;
   ReadAsLastYear made_;
   std::vector<int> same_;
};

}  // namespace

ReadAsLastYear named_as_in(const Schema& own, const Schema& last_years_forms) { return Naming(own, last_years_forms).run(); }

}  // namespace heng

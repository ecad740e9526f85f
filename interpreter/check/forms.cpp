#include "interpreter/check/forms.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <set>

#include "grammar/keywords.hpp"
#include "interpreter/check/advice.hpp"
#include "interpreter/check/check.hpp"
#include "interpreter/check/printed_names.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::size_t most_fields = 200'000;
constexpr int deepest_record = 32;

Said already(const std::string& name) { return say("{} 写了两次", "{} is written twice", name); }

void refuse_twice(Complaints& complaints, const std::string& name, Span first, Span second) {
   complaints.error(Code::two_writers, second, already(name))
       .notes.push_back({first, say("另一处在这里", "the other one is here")});
   complaints.last().help = say("去掉一个，或者改个名称", "take one out, or give it another name");
}

template <typename Declared>
void enter(std::map<std::string, const Declared*>& into, const Declared& declared, Complaints& complaints) {
   const auto [place, fresh] = into.emplace(fold(declared.name.text), &declared);
   if (!fresh) refuse_twice(complaints, declared.name.text, place->second->name.span, declared.name.span);
}

Type choice_type(const std::vector<tree::Name>& words) {
   auto choices = std::make_shared<std::vector<std::string>>();
   for (const tree::Name& word : words) choices->push_back(word.text);
   Type type;
   type.kind = Kind::choice;
   type.choices = std::move(choices);
   return type;
}

Type of_kind(Kind kind) {
   Type type;
   type.kind = kind;
   return type;
}

bool is_money(const Type& type) { return same_meaning(type, money_type()); }

// Figures that were rounded when they were printed (D3): money, percents, and whatever is declared with decimals. Whole things
// that were counted are exact.
Type published(Type type, int decimals) {
   type.decimals = decimals;
   const bool rounded =
       is_money(type) || type.kind == Kind::percent || type.kind == Kind::percentage_point || type.kind == Kind::measured;
   const bool exact = same_meaning(type, points_type()) || type.kind == Kind::target || !type.is_numeric();
   type.published = rounded || (decimals > 0 && !exact);
   return type;
}

std::optional<Type> type_in_unit(const tree::Unit& unit, const std::vector<std::string>& units, Complaints& complaints) {
   if (const auto known = read_unit(unit.text, units)) return quantity_type(*known);
   Diagnostic& error = complaints.error(Code::unknown_unit, unit.span, say("没有 {} 这个单位", "there is no unit {}", unit.text));
   const auto near = checking::unit_meant(unit.text, known_units());
   error.help = near ? say("是不是 {}？新的单位先声明：计量单位 {}", "did you mean {}? a new unit is declared first: unit {}",
                           *near, unit.text)
                     : say("新的单位先声明：计量单位 {}", "declare a new unit first: unit {}", unit.text);
   return std::nullopt;
}

}  // namespace

void collect_types(const tree::Module& module, NamedTypes& into, Complaints& complaints) {
   for (const tree::Declaration& declaration : module.declarations) {
      if (const auto* record = boost::variant2::get_if<tree::Record>(&declaration)) enter(into.records, *record, complaints);
      if (const auto* choice = boost::variant2::get_if<tree::Choice>(&declaration)) enter(into.choices, *choice, complaints);
   }
}

void collect_units(const tree::Module& module, std::vector<std::string>& into) {
   for (const tree::Declaration& declaration : module.declarations)
      if (const auto* units = boost::variant2::get_if<tree::UnitDecl>(&declaration))
         for (const tree::Unit& unit : units->units)
            if (std::find(into.begin(), into.end(), unit.text) == into.end()) into.push_back(unit.text);
}

namespace {

bool is_value_type(const Keyword& word) { return word.role == WordRole::type && word.word != Word::list_of; }

std::string type_words(bool chinese) {
   std::string all;
   for (const Keyword& one : keywords())
      if (is_value_type(one))
         all += (all.empty() ? "" : chinese ? "、" : ", ") + std::string(chinese ? one.chinese : one.english);
   return all;
}

// What other notations call them: by its letters alone, 数字 is nearer to 文字 than to any other.
std::vector<std::string> type_meant(const std::string& written, const std::vector<std::string>& names) {
   constexpr std::pair<std::string_view, Word> others[] = {
       {"钱数", Word::money},  {"钱", Word::money},  {"数字", Word::number}, {"数", Word::number},   {"小数", Word::number},
       {"整数", Word::count},  {"月", Word::count},  {"个数", Word::count},  {"次数", Word::count},  {"字符串", Word::text},
       {"布尔", Word::yes_no}, {"int", Word::count}, {"string", Word::text}, {"bool", Word::yes_no}, {"float", Word::number}};
   for (const auto& [other, word] : others)
      if (other == written) return {std::string(spelled(word, true))};
   return suggestions(written, names);
}

}  // namespace

void unknown_type(const tree::Type& written, const NamedTypes& types, Complaints& complaints) {
   std::vector<std::string> names;
   for (const auto& [name, record] : types.records) names.push_back(record->name.text);
   for (const auto& [name, choice] : types.choices) names.push_back(choice->name.text);
   for (const Keyword& one : keywords())
      if (is_value_type(one))
         for (const std::string_view spelling : {one.chinese, one.english})
            if (written.name.text.size() > 6 || spelling.starts_with(written.name.text)) names.emplace_back(spelling);
   Diagnostic& error = complaints.error(
       Code::unknown_name, written.name.span,
       say("{} 不是类型，也不是声明过的记录或选项", "{} is no type, and no declared record or choice", written.name.text));
   const auto near = type_meant(written.name.text, names);
   error.help = near.empty()
                    ? say("类型有 {}；或者先声明 记录 {} 或 选项 {}", "the types are {3}; or declare record {1} or choice {2}",
                          type_words(true), written.name.text, written.name.text, type_words(false))
                    : say("是不是 {}？", "did you mean {}?", near.front());
}

Type value_type(const tree::Type& written, const NamedTypes& types, const std::vector<std::string>& units, Complaints& complaints,
                const Around& around) {
   using Word = tree::TypeWord;
   const tree::Unit* unit = written.in ? &*written.in : nullptr;
   const int decimals = written.to.value_or(around.decimals);
   switch (written.word) {
      case Word::text:
      case Word::place: return text_type();
      case Word::year: return year_type();
      case Word::percent:
         if (unit)
            if (const auto type = type_in_unit(*unit, units, complaints); type && type->kind == Kind::percent)
               return published(*type, decimals);
         return published(percent_type(), decimals);
      case Word::percentage_points: return published(percentage_point_type(), decimals);
      case Word::points: return points_type();
      case Word::target: return target_type();
      case Word::code: return of_kind(Kind::code);
      case Word::date: return of_kind(Kind::date);
      case Word::yes_no: return yes_no_type();
      case Word::names: return names_type();
      case Word::choice: return choice_type(written.choices);
      case Word::number: return published(number_type(), written.to.value_or(-1));
      case Word::money: {
         if (!unit && around.unit) unit = around.unit;
         if (!unit) return money_type("元", decimals, true);
         const auto type = type_in_unit(*unit, units, complaints);
         if (!type) return {};
         if (is_money(*type)) return published(*type, decimals);
         complaints.error(Code::units_differ, unit->span, say("{} 不是金额的单位", "{} is no unit of money", unit->text)).help =
             say("写 元、万元、亿元；别的量用 数量型 计量 {}", "write 元, 万元 or 亿元; for another quantity: quantity in {}",
                 unit->text);
         return {};
      }
      case Word::count:
      case Word::quantity: {
         if (unit) {
            const auto type = type_in_unit(*unit, units, complaints);
            if (!type) return {};
            Type result = published(*type, decimals);
            if (written.word == Word::quantity) result.published = true;
            return result;
         }
         if (written.word == Word::count) return number_type();
         Type type = measured_type(written.or_text);
         return published(type, decimals);
      }
      case Word::named: {
         const auto choice = types.choices.find(fold(written.name.text));
         return choice == types.choices.end() ? Type{} : choice_type(choice->second->words);
      }
      case Word::list: return {};
   }
   return {};
}

namespace {

// ---- the schema ---------------------------------------------------------------------------------------------------------

std::string signature(const Schema& schema, FrameId frame) {
   std::string text;
   for (const FieldId id : schema.frames[frame].fields) {
      const Field& field = schema.fields[id];
      text += field.name + ":" + describe(field.type, false) + (field.may_be_blank ? "?" : "") +
              (field.blank_counts_as_0 ? "0" : "") + ";";
   }
   return text;
}

class SchemaMaker {
 public:
   explicit SchemaMaker(const Selection& selection) : selection_(selection) {
      Frame report;
      report.name = "报告";
      schema_.frames.push_back(report);
   }

   Outcome<Schema> run() {
      for (const tree::Module* module : selection_.forms) collect_units(*module, schema_.extra_units);
      for (const tree::Module* module : selection_.sets) collect_units(*module, schema_.extra_units);
      for (const tree::Module* module : selection_.forms) add_module(*module);
      compare_doubled_lists();
      for (const tree::Module* layout : selection_.layouts) add_layout(*layout);
      for (const auto& [phrases, types] : of_others_) add_to_others(*phrases, types);
      choose_by();
      schema_.index();
      for (const tree::PrintedAs* printed : printed_) add_printed_names(schema_, *printed, complaints_);
      return {std::move(schema_), complaints_.take()};
   }

 private:
   void add_module(const tree::Module& module) {
      NamedTypes& types = types_of_.emplace_back();
      collect_types(module, types, complaints_);
      types_ = &types;
      for (const tree::Declaration& declaration : module.declarations) {
         if (const auto* report = boost::variant2::get_if<tree::Report>(&declaration))
            add_fields(report->fields, {report_frame, "", true});
         if (const auto* form = boost::variant2::get_if<tree::Form>(&declaration)) add_form(*form);
         if (const auto* phrases = boost::variant2::get_if<tree::Phrases>(&declaration)) add_phrases(*phrases);
         if (const auto* printed = boost::variant2::get_if<tree::PrintedAs>(&declaration)) printed_.push_back(printed);
      }
      for (const auto& [folded, record] : types.records)
         if (!seen_records_.count(record)) check_unused(*record);
      types_ = nullptr;
   }

   // How the forms look elsewhere: other names and other wordings; sentences of its own have the types of all forms at hand.
   void add_layout(const tree::Module& layout) {
      NamedTypes all;
      for (const NamedTypes& one : types_of_) {
         all.records.insert(one.records.begin(), one.records.end());
         all.choices.insert(one.choices.begin(), one.choices.end());
      }
      collect_types(layout, all, complaints_);
      types_of_.push_back(std::move(all));
      types_ = &types_of_.back();
      const std::size_t before = schema_.phrases.size();
      for (const tree::Declaration& declaration : layout.declarations) {
         if (const auto* phrases = boost::variant2::get_if<tree::Phrases>(&declaration)) {
            if (forms_.count(fold(phrases->name.text)))
               of_others_.emplace_back(phrases, types_);
            else
               add_phrases(*phrases);
         } else if (const auto* printed = boost::variant2::get_if<tree::PrintedAs>(&declaration)) {
            printed_.push_back(printed);
         } else if (!boost::variant2::holds_alternative<tree::Choice>(declaration)) {
            const Span span = boost::variant2::visit([](const auto& one) { return one.span; }, declaration);
            complaints_
                .error(Code::bad_header, span, say("版式只说报表在纸上是什么样子", "a layout only says how forms look on paper"))
                .help = say("版式里写 又名 和 文字表述；其他的写在报表集或规则集里",
                            "a layout holds printed and phrases; other things stand in forms or a rule set");
         }
      }
      for (std::size_t i = before; i < schema_.phrases.size(); ++i) schema_.phrases[i].of_layout = true;
      types_ = nullptr;
   }

   // A record that no report holds: its fields are looked at all the same.
   void check_unused(const tree::Record& record) {
      std::map<std::string, Span> names;
      for (const tree::Field& field : record.fields) {
         for (const tree::Name& name : field.names) {
            const auto [place, fresh] = names.emplace(fold(name.text), name.span);
            if (!fresh) refuse_twice(complaints_, name.text, place->second, name.span);
         }
         const bool known = types_->records.count(fold(field.type.name.text)) > 0;
         if (field.type.word == tree::TypeWord::list && !known) unknown_record(field.type);
         if (field.type.word == tree::TypeWord::named && !known && !types_->choices.count(fold(field.type.name.text)))
            unknown_type(field.type, *types_, complaints_);
         value_type(field.type, *types_, schema_.extra_units, complaints_);
      }
   }

   // ---- fields ----

   struct Where {
      FrameId frame = report_frame;
      std::string prefix;      // "封面.": of a record inside a record
      bool of_report = false;  // the report may be declared in several forms files
      Around around = {};
      bool blank_counts_as_0 = false;
      std::string form = {};
   };

   void add_fields(const std::vector<tree::Field>& fields, const Where& where) {
      for (const tree::Field& field : fields)
         for (const tree::Name& name : field.names) add_field(field, name, where);
   }

   void add_field(const tree::Field& declared, const tree::Name& name, const Where& where) {
      if (schema_.fields.size() >= most_fields) return too_large(name.span);
      if (declared.type.word == tree::TypeWord::list) return add_list(declared, name, where);
      if (declared.type.word == tree::TypeWord::named) {
         const auto record = types_->records.find(fold(declared.type.name.text));
         if (record != types_->records.end()) return add_record(*record->second, declared, name, where);
         if (!types_->choices.count(fold(declared.type.name.text))) return unknown_type(declared.type, *types_, complaints_);
      }
      Field field;
      field.frame = where.frame;
      field.name = where.prefix + name.text;
      field.label = declared.title.empty() ? name.text : declared.title;
      field.type = value_type(declared.type, *types_, schema_.extra_units, complaints_, where.around);
      field.blank_counts_as_0 = declared.type.blank_counts_as_0 || (where.blank_counts_as_0 && field.type.is_numeric());
      field.may_be_blank = declared.type.may_be_blank;
      field.form = where.form;
      field.declared = name.span;
      if (declared.type.word == tree::TypeWord::place) place_fields_.insert(fold(field.name));
      append(std::move(field), where);
   }

   void append(Field field, const Where& where) {
      const std::string folded = fold(field.name);
      if (const auto earlier = taken_.find({field.frame, folded}); earlier != taken_.end()) {
         if (where.of_report && same_field(earlier->second.field, field)) return;
         return disagree(where, field.name, earlier->second.declared, field.declared);
      }
      field.id = static_cast<FieldId>(schema_.fields.size());
      field.path = path_of(field);
      taken_[{field.frame, folded}] = {field.declared, field.id};
      schema_.frames[field.frame].fields.push_back(field.id);
      schema_.fields.push_back(std::move(field));
   }

   bool same_field(FieldId earlier, const Field& field) const {
      if (earlier == no_field) return false;
      const Field& other = schema_.fields[earlier];
      return same_meaning(other.type, field.type) && other.type.unit == field.type.unit &&
             other.type.decimals == field.type.decimals && other.may_be_blank == field.may_be_blank &&
             other.blank_counts_as_0 == field.blank_counts_as_0;
   }

   void disagree(const Where& where, const std::string& name, Span first, Span second) {
      if (!where.of_report || first.file == second.file) return refuse_twice(complaints_, name, first, second);
      complaints_
          .error(Code::two_writers, second,
                 say("{} 在两个报表集里声明得不一样", "{} is declared differently by two forms files", name))
          .notes.push_back({first, say("另一处在这里", "the other one is here")});
   }

   std::string path_of(const Field& field) const {
      const Frame& frame = schema_.frames[field.frame];
      return frame.path.empty() ? field.name : frame.path + "." + field.name;
   }

   // A record inside a record is flattened: 封面.报表小类 is a field of the frame around it.
   void add_record(const tree::Record& record, const tree::Field& declared, const tree::Name& name, const Where& where) {
      if (!enter_record(record, declared.type.name.span)) return;
      take_name(where, name);
      Where inner = where;
      inner.prefix += name.text + ".";
      inner.blank_counts_as_0 = inner.blank_counts_as_0 || declared.type.blank_counts_as_0;
      add_fields(record.fields, inner);
      open_records_.pop_back();
   }

   // The name of a record is taken, too: 封面 : 封面 beside 封面 : text.
   void take_name(const Where& where, const tree::Name& name) {
      const auto [place, fresh] = taken_.insert({{where.frame, fold(where.prefix + name.text)}, {name.span, no_field}});
      const bool in_another_file = where.of_report && place->second.declared.file != name.span.file;
      if (!fresh && !in_another_file) refuse_twice(complaints_, name.text, place->second.declared, name.span);
   }

   bool enter_record(const tree::Record& record, Span span) {
      seen_records_.insert(&record);
      const bool inside_itself = std::find(open_records_.begin(), open_records_.end(), &record) != open_records_.end();
      if (inside_itself || open_records_.size() >= deepest_record) {
         complaints_.error(Code::cycle, span, say("记录 {} 包含它自己", "record {} contains itself", record.name.text))
             .notes.push_back({record.name.span, say("在这里声明", "declared here")});
         complaints_.last().help = say("一串同样的记录写 若干 {}", "for several of them write list of {}", record.name.text);
         return false;
      }
      open_records_.push_back(&record);
      return true;
   }

   void add_list(const tree::Field& declared, const tree::Name& name, const Where& where) {
      const auto record = types_->records.find(fold(declared.type.name.text));
      if (record == types_->records.end()) return unknown_record(declared.type);
      if (schema_.frames.size() >= no_frame - 1) return too_large(name.span);
      if (!enter_record(*record->second, declared.type.name.span)) return;
      Frame frame;
      frame.id = static_cast<FrameId>(schema_.frames.size());
      frame.parent = where.frame;
      frame.name = where.prefix + name.text;
      const std::string& around = schema_.frames[where.frame].path;
      frame.path = around.empty() ? frame.name : around + "." + frame.name;
      frame.declared = name.span;
      frame.title = record->second->title;
      const auto [place, fresh] = taken_.insert({{where.frame, fold(frame.name)}, {name.span, no_field}});
      if (!fresh) {
         if (where.of_report && place->second.declared.file != name.span.file)
            doubled_lists_.push_back({frame.id, place->second.declared});
         else
            refuse_twice(complaints_, name.text, place->second.declared, name.span);
      }
      schema_.frames.push_back(frame);
      add_fields(record->second->fields, {frame.id, "", false, {}, declared.type.blank_counts_as_0, {}});
      schema_.frames[frame.id].key = first_text(frame.id);
      open_records_.pop_back();
   }

   void unknown_record(const tree::Type& type) {
      std::vector<std::string> names;
      for (const auto& [folded, record] : types_->records) names.push_back(record->name.text);
      Diagnostic& error =
          complaints_.error(Code::unknown_name, type.name.span, say("没有叫 {} 的记录", "there is no record {}", type.name.text));
      const auto near = suggestions(type.name.text, names);
      error.help = near.empty() ? say("先声明：记录 {} {{ … }}", "declare it first: record {} {{ … }}", type.name.text)
                                : say("是不是 {}？", "did you mean {}?", near.front());
   }

   FieldId first_text(FrameId frame) const {
      for (const FieldId id : schema_.frames[frame].fields)
         if (schema_.fields[id].type.kind == Kind::text && !schema_.fields[id].may_be_blank) return id;
      return no_field;
   }

   // Two forms files that both declare a list of the report must mean the same one; the second is then forgotten.
   void compare_doubled_lists() {
      for (const auto& [frame, first] : doubled_lists_) {
         const Frame& second = schema_.frames[frame];
         const auto original = std::find_if(schema_.frames.begin(), schema_.frames.end(),
                                            [&](const Frame& f) { return f.declared == first && f.id != frame; });
         const bool same = original != schema_.frames.end() && signature(schema_, original->id) == signature(schema_, frame);
         if (!same)
            disagree({report_frame, "", true, {}, false, {}}, second.name, first, second.declared);
         else
            complaints_
                .error(Code::two_writers, second.declared,
                       say("列表 {} 由两个报表集声明", "list {} is declared by two forms files", second.name))
                .help = say("只在一个报表集里声明它", "declare it in one of them only");
      }
   }

   // ---- forms ----

   void add_form(const tree::Form& written) {
      const auto [place, fresh] = forms_.emplace(fold(written.name.text), written.name.span);
      if (!fresh) return refuse_twice(complaints_, written.name.text, place->second, written.name.span);
      FormSchema form;
      form.name = written.name.text;
      form.title = written.title;
      for (const tree::Name& alias : written.aliases) form.aliases.push_back(alias.text);
      if (written.in) form.unit = written.in->text;
      form.decimals = written.to.value_or(-1);
      form.blank_counts_as_0 = written.blank_counts_as_0;
      form.declared = written.name.span;
      form_ = &written;
      figure_ = figure_type(written);
      for (const auto& block : written.blocks) boost::variant2::visit([&](const auto& one) { add_block(form, one); }, block);
      const std::size_t before = schema_.fields.size();
      Where where{report_frame, form.name + ".", false, around(), false, form.name};
      add_fields(written.fields, where);
      for (std::size_t id = before; id < schema_.fields.size(); ++id) form.fields.push_back(static_cast<FieldId>(id));
      add_printed(form, written.name.span);
      schema_.forms.push_back(std::move(form));
   }

   // What is printed around the table can be asked of every form.
   void add_printed(FormSchema& form, Span declared) {
      const std::pair<std::string_view, Type> facts[] = {
          {printed_title, text_type()}, {printed_unit, text_type()}, {printed_year, year_type()}, {printed_lines, names_type()}};
      for (const auto& [name, type] : facts) {
         Field field;
         field.name = form.name + "." + std::string(printed_part) + "." + std::string(name);
         field.label = name;
         field.type = type;
         field.may_be_blank = true;
         field.form = form.name;
         field.declared = declared;
         const std::size_t before = schema_.fields.size();
         append(std::move(field), {});
         if (schema_.fields.size() > before) form.fields.push_back(static_cast<FieldId>(before));
      }
   }

   // ---- phrases ----

   // Gaps and named sentences are fields as a record would have them; a sentence that repeats is a list.
   void add_phrases(const tree::Phrases& written) {
      if (fold(written.name.text) == fold(schema_.frames[report_frame].name) || types_->records.count(fold(written.name.text))) {
         of_others_.emplace_back(&written, types_);
         return;
      }
      if (const auto form = forms_.find(fold(written.name.text)); form != forms_.end()) {
         refuse_twice(complaints_, written.name.text, form->second, written.name.span);
         const bool of_phrases = std::any_of(schema_.phrases.begin(), schema_.phrases.end(),
                                             [&](const PhrasesSchema& one) { return one.declared == form->second; });
         if (of_phrases)
            complaints_.last().help = say(
                "句子写进一个文字表述里；别处的另一种说法写在另一个文件里：版式 名称 引用 报表集名称 2024，下面写 文字表述 {0} "
                "{{ … }}",
                "put the sentences into one; another wording elsewhere stands in a file of its own: layout NAME use FORMS 2024, "
                "and in it phrases {0} {{ … }}",
                written.name.text);
         return;
      }
      forms_.emplace(fold(written.name.text), written.name.span);
      PhrasesSchema phrases;
      phrases.name = written.name.text;
      phrases.title = written.title;
      if (!written.after.empty()) phrases.after.push_back(written.after);
      phrases.declared = written.name.span;
      const Around around{written.in ? &*written.in : nullptr, written.to.value_or(-1)};
      Where where{report_frame, "", false, around, false, {}};
      take_name(where, written.name);
      where.prefix = written.name.text + ".";
      const std::size_t before = schema_.fields.size();
      add_items(phrases, written, where);
      for (std::size_t id = before; id < schema_.fields.size(); ++id) of_phrases_.insert(static_cast<FieldId>(id));
      schema_.phrases.push_back(std::move(phrases));
   }

   void add_items(PhrasesSchema& phrases, const tree::Phrases& written, const Where& where) {
      for (const auto& item : written.items) {
         if (const auto* sentence = boost::variant2::get_if<tree::Sentence>(&item)) add_sentence(phrases, *sentence, where);
         if (const auto* rows = boost::variant2::get_if<tree::PhraseRows>(&item)) add_phrase_rows(phrases, *rows, where);
      }
   }

   // Sentences for what is declared already: another wording of phrases, what the text of a record or of the report states.
   void add_to_others(const tree::Phrases& written, const NamedTypes* types) {
      types_ = types;
      extending_ = true;
      const Around around{written.in ? &*written.in : nullptr, written.to.value_or(-1)};
      const std::string folded = fold(written.name.text);
      const auto known = std::find_if(schema_.phrases.begin(), schema_.phrases.end(), [&](const PhrasesSchema& one) {
         return fold(one.name) == folded && one.frame == report_frame && !one.of_report;
      });
      const std::size_t before = schema_.fields.size();
      if (known != schema_.phrases.end()) {
         if (!written.after.empty()) known->after.push_back(written.after);
         PhrasesSchema& phrases = *known;
         add_items(phrases, written, {report_frame, phrases.name + ".", false, around});
      } else {
         PhrasesSchema phrases;
         phrases.name = written.name.text;
         phrases.title = written.title;
         if (!written.after.empty()) phrases.after.push_back(written.after);
         phrases.declared = written.name.span;
         phrases.of_report = folded == fold(schema_.frames[report_frame].name);
         const auto list = std::find_if(schema_.frames.begin() + 1, schema_.frames.end(), [&](const Frame& frame) {
            return frame.form.empty() && (fold(frame.name) == folded || fold(frame.path) == folded);
         });
         if (list != schema_.frames.end()) phrases.frame = list->id;
         add_items(phrases, written, {phrases.frame, "", false, around});
         schema_.phrases.push_back(std::move(phrases));
      }
      for (std::size_t id = before; id < schema_.fields.size(); ++id) of_phrases_.insert(static_cast<FieldId>(id));
      types_ = nullptr;
      extending_ = false;
   }

   // {总额}, {一级分值.成本指标}: of the sentence's own list, or of the phrases around it.
   FieldId gap_declared(const tree::Gap& gap, const Where& where) {
      std::string path;
      for (const tree::Name& name : gap.path) path += (path.empty() ? "" : ".") + name.text;
      const auto found = taken_.find({where.frame, fold(where.prefix + path)});
      if (found != taken_.end() && found->second.field != no_field) return found->second.field;
      std::vector<std::string> known;
      for (const FieldId id : schema_.frames[where.frame].fields) {
         const std::string& name = schema_.fields[id].name;
         if (name.compare(0, where.prefix.size(), where.prefix) == 0) known.push_back(name.substr(where.prefix.size()));
      }
      Diagnostic& error =
          complaints_.error(Code::unknown_field, gap.span, say("这里没有声明过 {}", "{} is not declared here", path));
      const auto near = suggestions(path, known);
      error.help = near.empty() ? say("新的空格要写类型：{{{}: 金额型}}", "a new gap wants its type: {{{}: money}}", path)
                                : say("是不是 {}？新的空格要写类型：{{{}: 金额型}}",
                                      "did you mean {}? a new gap wants its type: {{{}: money}}", near.front(), path);
      return no_field;
   }

   void add_sentence(PhrasesSchema& phrases, const tree::Sentence& written, const Where& where) {
      SentenceSchema sentence;
      sentence.frame = where.frame;
      sentence.optional = written.optional;
      if (written.name) {
         tree::Field whole;
         whole.type.word = tree::TypeWord::text;
         whole.type.may_be_blank = true;
         const auto known = taken_.find({where.frame, fold(where.prefix + written.name->text)});
         sentence.whole = extending_ && known != taken_.end() ? known->second.field : add_gap(whole, *written.name, where);
      }
      bool after_text = false;  // a gap that takes any text stands just before
      bool own_gap = written.name.has_value();
      for (const auto& part : written.parts) {
         if (const auto* declared = boost::variant2::get_if<tree::Gap>(&part)) {
            sentence.parts.push_back({"", declared->path.empty() ? no_field : gap_declared(*declared, where)});
            after_text = false;
            continue;
         }
         own_gap |= boost::variant2::holds_alternative<tree::Field>(part);
         const auto* gap = boost::variant2::get_if<tree::Field>(&part);
         if (!gap) {
            sentence.parts.push_back({boost::variant2::get<std::string>(part), no_field});
            after_text = false;
            continue;
         }
         if (gap->type.word == tree::TypeWord::list || types_->records.count(fold(gap->type.name.text))) {
            complaints_
                .error(Code::wrong_type, gap->span,
                       say("空格里是一个值，不是列表或记录", "a gap holds one value, no list or record"))
                .help = say("逐条重复的句子写在 各行 … {{ }} 里", "a sentence that repeats stands in rows … {{ }}");
            continue;
         }
         const bool any_text = gap->type.word == tree::TypeWord::text || gap->type.word == tree::TypeWord::names;
         if (any_text && after_text)
            complaints_
                .error(Code::bad_clause, gap->span,
                       say("两处文字紧挨着，分不开", "two gaps of text side by side cannot be told apart"))
                .help = say("在它们之间写上固定的字", "write fixed words between them");
         after_text = any_text;
         for (const tree::Name& name : gap->names) sentence.parts.push_back({"", add_gap(*gap, name, where)});
      }
      sentence.other_wording = extending_ || (!own_gap && !phrases.of_report && phrases.frame == report_frame);
      phrases.sentences.push_back(std::move(sentence));
   }

   // no_field: refused, which was said.
   FieldId add_gap(const tree::Field& gap, const tree::Name& name, const Where& where) {
      const std::size_t before = schema_.fields.size();
      add_field(gap, name, where);
      return schema_.fields.size() > before ? static_cast<FieldId>(before) : no_field;
   }

   void add_phrase_rows(PhrasesSchema& phrases, const tree::PhraseRows& written, const Where& where) {
      const std::string path = fold(where.prefix + written.name.text);
      for (const Frame& known : schema_.frames) {
         if (!extending_ || known.id == report_frame || fold(known.path) != path) continue;
         const FrameId frame = known.id;
         for (const tree::Sentence& sentence : written.sentences)
            add_sentence(phrases, sentence, {frame, "", false, where.around, false, {}});
         return;
      }
      if (schema_.frames.size() >= no_frame - 1) return too_large(written.span);
      Frame frame;
      frame.id = static_cast<FrameId>(schema_.frames.size());
      frame.parent = report_frame;
      frame.name = frame.path = where.prefix + written.name.text;
      frame.keyed = written.key.has_value();
      frame.declared = written.name.span;
      take_name(where, written.name);
      schema_.frames.push_back(frame);
      for (const tree::Sentence& sentence : written.sentences)
         add_sentence(phrases, sentence, {frame.id, "", false, where.around, false, {}});
      schema_.frames[frame.id].key = written.key ? key_among(frame.id, *written.key) : first_text(frame.id);
   }

   FieldId key_among(FrameId frame, const tree::Name& key) {
      for (const FieldId id : schema_.frames[frame].fields) {
         const Field& field = schema_.fields[id];
         if (fold(field.name) != fold(key.text)) continue;
         if (field.type.kind == Kind::text || field.type.kind == Kind::code || field.type.kind == Kind::choice) return id;
         complaints_
             .error(Code::wrong_type, key.span,
                    {fmt::format("识别码要是文字或代码，{} 是{}", key.text, describe(field.type, true)),
                     fmt::format("a key is text or a code, {} is {}", key.text, describe(field.type, false))})
             .help = say("用文字的一栏作识别码，如 名称", "take a gap of text as the key, such as a name");
         return no_field;
      }
      complaints_.error(Code::unknown_field, key.span, say("这些句子里没有 {}", "these sentences have no {}", key.text)).help =
          say("识别码是句子里的一个空格，如 {{{}: 文字}}", "the key is a gap of the sentence, such as {{{}: text}}", key.text);
      return no_field;
   }

   Around around() const { return {form_->in ? &*form_->in : nullptr, form_->to.value_or(-1)}; }

   // Of every figure in the form's columns.
   Type figure_type(const tree::Form& form) {
      if (!form.in) return published(number_type(), form.to.value_or(-1));
      const auto type = type_in_unit(*form.in, schema_.extra_units, complaints_);
      return type ? published(*type, form.to.value_or(-1)) : Type{};
   }

   std::vector<std::string> names_of(const std::vector<tree::Column>& columns) {
      std::vector<std::string> names;
      std::map<std::string, Span> seen;
      for (const tree::Column& column : columns) {
         const auto [place, fresh] = seen.emplace(fold(column.name.text), column.name.span);
         if (!fresh)
            refuse_twice(complaints_, column.name.text, place->second, column.name.span);
         else
            names.push_back(column.name.text);
      }
      return names;
   }

   Field cell(const FormSchema& form, const tree::Column& column, const std::string& line, Span declared) const {
      Field field;
      field.form = form.name;
      field.line = line;
      field.column = column.name.text;
      for (const tree::Name& alias : column.aliases) field.aliases.push_back(alias.text);
      field.type = figure_;
      field.blank_counts_as_0 = form.blank_counts_as_0;
      field.may_be_blank = column.optional;
      field.declared = declared;
      return field;
   }

   void append_cell(FormSchema& form, Field field) {
      if (schema_.fields.size() >= most_fields) return too_large(field.declared);
      field.id = static_cast<FieldId>(schema_.fields.size());
      form.cells.push_back(field.id);
      schema_.frames[report_frame].fields.push_back(field.id);
      schema_.fields.push_back(std::move(field));
   }

   void add_block(FormSchema& form, const tree::LinesBlock& written) {
      FormBlock block;
      block.kind = BlockKind::lines;
      block.columns = names_of(written.columns);
      for (const tree::Line& line : written.lines) {
         if (!take_line(form, line.number, line.span)) continue;
         block.lines.push_back(line.number);
         block.labels.push_back(line.label);
         block.codes.push_back(line.code);
         for (const tree::Column& column : written.columns) {
            Field field = cell(form, column, line.number, line.span);
            field.name = form.name + "[" + line.number + "]." + column.name.text;
            field.path = block.columns.size() == 1 ? form.name + "[" + line.number + "]" : field.name;
            field.label = block.columns.size() == 1 ? line.label : line.label + "·" + column.name.text;
            append_cell(form, std::move(field));
         }
      }
      form.blocks.push_back(std::move(block));
   }

   bool take_line(const FormSchema& form, const std::string& number, Span span) {
      const auto [place, fresh] = lines_.emplace(form.name + "[" + fold(number) + "]", span);
      if (!fresh) {
         refuse_twice(complaints_, form.name + "[" + number + "]", place->second, span);
         complaints_.last().help = say("去掉一个，或者改一个行次", "take one out, or give it another line number");
      }
      return fresh;
   }

   void add_block(FormSchema& form, const tree::GridBlock& written) {
      FormBlock block;
      block.kind = BlockKind::grid;
      block.columns = names_of(written.columns);
      for (const tree::Name& row : written.rows) {
         if (!take_line(form, row.text, row.span)) continue;
         block.lines.push_back(row.text);
         block.labels.push_back(row.text);
         block.codes.emplace_back();
         for (const tree::Column& column : written.columns) {
            Field field = cell(form, column, row.text, column.name.span);
            field.name = form.name + "." + row.text + "." + column.name.text;
            field.path = field.name;
            field.label = row.text + "·" + column.name.text;
            append_cell(form, std::move(field));
         }
      }
      form.blocks.push_back(std::move(block));
   }

   void add_block(FormSchema& form, const tree::RowsBlock& written) {
      Frame frame;
      frame.id = static_cast<FrameId>(schema_.frames.size());
      frame.parent = report_frame;
      frame.name = written.name.text;
      frame.path = form.name + "." + written.name.text;
      frame.form = form.name;
      frame.keyed = !written.key.text.empty();
      frame.levels = written.levels;
      frame.declared = written.name.span;
      check_levels(written);
      for (const tree::TotalRow& total : written.totals) frame.totals.push_back({total.label, total.of});
      if (!take_line(form, written.name.text, written.name.span)) return;
      schema_.frames.push_back(frame);
      if (frame.keyed) add_key(frame.id, written.key);
      add_fields(written.fields, {frame.id, "", false, around(), false, form.name});
      for (const tree::Column& column : written.columns) add_column(form, frame.id, column);
      FormBlock block;
      block.kind = BlockKind::rows;
      block.frame = frame.id;
      for (const tree::Column& column : written.columns) block.columns.push_back(column.name.text);
      form.blocks.push_back(std::move(block));
   }

   void check_levels(const tree::RowsBlock& written) {
      for (std::size_t i = 1; i < written.levels.size(); ++i)
         if (written.levels[i - 1] >= written.levels[i])
            complaints_
                .error(Code::bad_clause, written.span,
                       say("位数要从短到长：{} 后面是 {}", "levels go from short to long: {} stands before {}",
                           written.levels[i - 1], written.levels[i]))
                .help = say("如 位数 3, 5, 7", "such as levels 3, 5, 7");
      if (!written.levels.empty() && written.key.text.empty())
         complaints_
             .error(Code::bad_clause, written.span, say("有位数的各行要有识别码", "rows with levels need a key: keyed by NAME"))
             .help = say("写 各行 {} 识别码 科目代码 位数 …", "write rows {} keyed by CODE levels …", written.name.text);
   }

   void add_key(FrameId frame, const tree::Name& name) {
      Field key;
      key.frame = frame;
      key.name = key.label = name.text;
      key.type = of_kind(Kind::code);
      key.form = schema_.frames[frame].form;
      key.declared = name.span;
      append(std::move(key), {frame, "", false, {}, false, {}});
      schema_.frames[frame].key = static_cast<FieldId>(schema_.fields.size() - 1);
   }

   void add_column(const FormSchema& form, FrameId frame, const tree::Column& written) {
      Field field;
      field.frame = frame;
      field.name = field.label = written.name.text;
      for (const tree::Name& alias : written.aliases) field.aliases.push_back(alias.text);
      field.type = figure_;
      field.blank_counts_as_0 = form.blank_counts_as_0;
      field.may_be_blank = written.optional;
      field.form = form.name;
      field.column = written.name.text;
      field.declared = written.name.span;
      append(std::move(field), {frame, "", false, {}, false, {}});
   }

   // ---- the fields that choose the rule set ----

   void choose_by() {
      FieldId first_text = no_field;
      for (const FieldId id : schema_.frames[report_frame].fields) {
         const Field& field = schema_.fields[id];
         if (!field.form.empty() || of_phrases_.count(id)) continue;
         const bool place = place_fields_.count(fold(field.name)) > 0;
         if (field.type.kind == Kind::year && schema_.year == no_field) schema_.year = id;
         if (place && schema_.place == no_field) schema_.place = id;
         if (field.type.kind == Kind::text && !place && first_text == no_field) first_text = id;
         if (fold(field.name) == "单位名称") schema_.unit_name = id;
      }
      if (schema_.unit_name == no_field) schema_.unit_name = first_text;
   }

   void too_large(Span span) {
      complaints_
          .error(Code::too_large, span,
                 say("报表的栏目太多（上限 {}）", "the forms have too many fields (limit {})", most_fields))
          .help = say("分成几个报表集", "split them into several forms files");
   }

   struct Taken {
      Span declared;
      FieldId field = no_field;
   };

   const Selection& selection_;
   Schema schema_;
   Complaints complaints_;
   const NamedTypes* types_ = nullptr;
   std::deque<NamedTypes> types_of_;  // of each forms module, then of the layouts
   std::vector<std::pair<const tree::Phrases*, const NamedTypes*>> of_others_;
   std::vector<const tree::PrintedAs*> printed_;
   bool extending_ = false;  // sentences are added to what is declared already
   const tree::Form* form_ = nullptr;
   Type figure_;
   std::map<std::pair<FrameId, std::string>, Taken> taken_;  // by frame and folded name
   std::map<std::string, Span> forms_, lines_;
   std::set<std::string> place_fields_;
   std::set<FieldId> of_phrases_;  // they choose no rule set
   std::vector<const tree::Record*> open_records_;
   std::set<const tree::Record*> seen_records_;
   std::vector<std::pair<FrameId, Span>> doubled_lists_;
};

}  // namespace

Outcome<Schema> make_schema(const Selection& selection) { return SchemaMaker(selection).run(); }

}  // namespace heng

#include "interpreter/schema.hpp"

#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::uint32_t nowhere = 0xffffffffu;

std::string key(char what, std::uint32_t owner, std::string_view name) {
   return what + std::to_string(owner) + '.' + std::string(name);
}
std::string cell_key(std::string_view line, std::string_view column) { return std::string(line) + '\n' + std::string(column); }

bool same(std::string_view a, std::string_view b) { return a == b || fold(a) == fold(b); }

// 甲.乙.丙 lies in the records 甲 and 甲.乙.
template <typename Take>
void for_each_record(std::string_view name, Take take) {
   for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) take(name.substr(0, dot));
}

// Calls take(key, value) for every name that the look-ups know.
template <typename Take>
void for_each_name(const Schema& schema, Take take) {
   for (std::uint32_t i = 0; i < schema.forms.size(); ++i) {
      take(key('F', 0, fold(schema.forms[i].name)), i);
      for (const std::string& alias : schema.forms[i].aliases) take(key('F', 0, fold(alias)), i);
      for (const FieldId id : schema.forms[i].cells) {
         const Field& cell = schema.fields[id];
         take(key('c', i, cell_key(fold(cell.line), fold(cell.column))), id);
         for (const std::string& alias : cell.aliases) take(key('c', i, cell_key(fold(cell.line), fold(alias))), id);
      }
   }
   for (const Field& field : schema.fields) {
      if (!field.line.empty()) continue;
      take(key('f', field.frame, fold(field.name)), field.id);
      for (const std::string& alias : field.aliases) take(key('f', field.frame, fold(alias)), field.id);
   }
   for (const Frame& frame : schema.frames) {
      const auto record = [&](FrameId owner) {
         return [&take, owner](std::string_view name) { take(key('r', owner, name), owner); };
      };
      for (const FieldId id : frame.fields) for_each_record(fold(schema.fields[id].name), record(frame.id));
      if (frame.id == report_frame || !frame.form.empty() || frame.made()) continue;
      take(key('l', frame.parent, fold(frame.name)), frame.id);
      for_each_record(fold(frame.name), record(frame.parent));
   }
}

std::uint32_t search(const Schema& schema, const std::string& wanted) {
   if (!schema.by_name.empty()) {
      const auto found = schema.by_name.find(wanted);
      return found == schema.by_name.end() ? nowhere : found->second;
   }
   std::uint32_t result = nowhere;
   for_each_name(schema, [&](const std::string& name, std::uint32_t value) {
      if (result == nowhere && name == wanted) result = value;
   });
   return result;
}

}  // namespace

void Schema::index() {
   by_name.clear();
   std::unordered_map<std::string, std::uint32_t> names;
   for_each_name(*this, [&](std::string name, std::uint32_t value) { names.emplace(std::move(name), value); });
   by_name = std::move(names);
}

const FormSchema* Schema::form(std::string_view name) const {
   const std::uint32_t found = search(*this, key('F', 0, fold(name)));
   return found == nowhere ? nullptr : &forms[found];
}

FieldId Schema::printed(const FormSchema& form, std::string_view fact) const {
   return field_in(report_frame, form.name + "." + std::string(printed_part) + "." + std::string(fact));
}

// Without a column: the only one that the line's block has.
FieldId Schema::cell(std::string_view form_name, std::string_view line, std::string_view column) const {
   const FormSchema* wanted = form(form_name);
   if (!wanted) return no_field;
   if (!column.empty()) {
      const auto number = static_cast<std::uint32_t>(wanted - forms.data());
      const std::uint32_t found = search(*this, key('c', number, cell_key(fold(line), fold(column))));
      return found == nowhere ? no_field : found;
   }
   FieldId only = no_field;
   for (const FieldId id : wanted->cells) {
      if (!same(fields[id].line, line)) continue;
      if (only != no_field) return no_field;
      only = id;
   }
   return only;
}

FieldId Schema::field_in(FrameId frame, std::string_view name) const {
   const std::uint32_t found = search(*this, key('f', frame, fold(name)));
   return found == nowhere ? no_field : found;
}

FrameId Schema::list_in(FrameId parent, std::string_view name) const {
   const std::uint32_t found = search(*this, key('l', parent, fold(name)));
   return found == nowhere ? no_frame : static_cast<FrameId>(found);
}

bool Schema::is_record(FrameId frame, std::string_view name) const {
   return search(*this, key('r', frame, fold(name))) != nowhere;
}

const std::vector<PrintedName>& Schema::printed_names(std::string_view path) const {
   static const std::vector<PrintedName> none;
   const auto found = printed_as.find(fold(path));
   return found == printed_as.end() ? none : found->second;
}

}  // namespace heng

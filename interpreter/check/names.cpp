#include <algorithm>

#include "grammar/keywords.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "interpreter/check/lookalikes.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;
using What = Thing::What;

namespace {

bool is_number(const std::string& text) {
   return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string first_part(const std::string& name) { return name.substr(0, name.find('.')); }

// 九成, 八成五
bool is_tenths(std::string_view text) {
   constexpr std::string_view numerals = "一二两三四五六七八九半", tenths = "成";
   return text.size() > 3 && numerals.find(text.substr(0, 3)) != std::string_view::npos && text.substr(3, 3) == tenths &&
          text.size() <= 9;
}

Type row_type() {
   Type type;
   type.kind = Kind::row;
   return type;
}

}  // namespace

// ---- the table of names -------------------------------------------------------------------------------------------------

const std::string& Checker::folded(const std::string& text) {
   const auto [place, fresh] = folds_.try_emplace(text);
   if (fresh) place->second = fold(text);
   return place->second;
}

void Checker::enter_name(const std::string& name, Named named) {
   named.shown = name;
   std::vector<Named>& same = names_[folded(name)];
   const bool known = std::any_of(same.begin(), same.end(), [&](const Named& other) {
      return other.thing.what == What::record && named.thing.what == What::record && other.frame == named.frame;
   });
   if (!known) same.push_back(std::move(named));
}

void Checker::enter_names() {
   program_.schema.frames.reserve(schema_.frames.size() + most_copies);  // frames that are made later move none
   // What is last year's is reached through 上年, but for the columns of its lists, which are names where its rows are visited.
   for (std::uint32_t i = 0; i < (schema_.own ? schema_.own->forms : schema_.forms.size()); ++i) {
      Thing form{What::form};
      form.form = i;
      enter_name(schema_.forms[i].name, {form, report_frame});
      for (const std::string& alias : schema_.forms[i].aliases) enter_name(alias, {form, report_frame});
   }
   for (const Field& field : schema_.fields) {
      const bool of_a_form = field.frame == report_frame && !field.form.empty();
      if (of_a_form) continue;  // reached through the form
      if (field.frame == report_frame && schema_.is_last_years(field.id)) continue;
      if (field.name.find('.') == std::string::npos)
         enter_name(field.name, {field_thing(field.id), field.frame});
      else {
         Thing record{What::record, no_node, field.frame};
         record.text = first_part(field.name);
         enter_name(record.text, {record, field.frame});
      }
      for (const std::string& alias : field.aliases) enter_name(alias, {field_thing(field.id), field.frame});
   }
   for (const Frame& frame : schema_.frames) {
      if (frame.id == report_frame || !frame.form.empty()) continue;
      if (frame.parent == report_frame && schema_.is_last_years_list(frame.id)) continue;
      const bool in_record = frame.name.find('.') != std::string::npos;
      Thing thing{in_record ? What::record : What::list, no_node, in_record ? frame.parent : frame.id};
      if (in_record) thing.text = first_part(frame.name);
      enter_name(in_record ? thing.text : frame.name, {thing, frame.parent});
      // 项.科目, from the rows of 说明五.项
      if (in_record) enter_name(frame.name.substr(frame.name.rfind('.') + 1), {{What::list, no_node, frame.id}, frame.id});
   }
}

// Checks have names, too, but nobody can put a check into an expression.
void Checker::enter_rule_name(const Rule& rule) {
   if (rule.kind != RuleKind::let && rule.kind != RuleKind::score && rule.kind != RuleKind::bands) return;
   Thing thing{What::rule, no_node, rule.frame};
   thing.rule = rule.id;
   enter_name(rule.name, {thing, rule.frame, rule.set});
   if (rule.parent == no_rule) return;
   Named part{thing, rule.frame, rule.set};
   part.part = true;
   enter_name(rule.name.substr(rule.name.rfind('.') + 1), std::move(part));
}

Thing Checker::field_thing(FieldId field, bool by_list) const {
   Thing thing{What::field, no_node, schema_.fields[field].frame, field};
   thing.by_list = by_list;
   return thing;
}

bool Checker::encloses(FrameId outer, FrameId inner) const {
   while (inner != outer && inner != report_frame) inner = schema_.frames[inner].parent;
   return inner == outer;
}

FrameId Checker::common(FrameId a, FrameId b) const {
   while (!encloses(a, b)) a = schema_.frames[a].parent;
   return a;
}

std::vector<const Named*> Checker::found(const std::string& name, const Scope& scope) {
   std::vector<const Named*> result;
   const auto same = names_.find(folded(name));
   if (same == names_.end()) return result;
   for (const Named& named : same->second)
      if ((named.set == Named::every_set || named.set == scope.set) && encloses(named.frame, scope.names))
         result.push_back(&named);
   const auto first_part = std::stable_partition(result.begin(), result.end(), [](const Named* named) { return !named->part; });
   if (first_part != result.begin()) result.erase(first_part, result.end());
   return result;
}

const Named* Checker::rule_named(std::string_view name, std::uint32_t set) {
   const auto same = names_.find(folded(std::string(name)));
   if (same == names_.end()) return nullptr;
   const Named* found = nullptr;
   for (const Named& named : same->second)
      if (named.thing.what == What::rule && named.set == set && (!found || (found->part && !named.part))) found = &named;
   return found;
}

// ---- what a name stands for ---------------------------------------------------------------------------------------------

// 本栏 where a rule is for several columns; 本项 in a score.
tree::Name Checker::name_meant(const tree::Name& name, const Scope& scope) const {
   if (scope.column && spells(name.text, Word::this_column)) return *scope.column;
   return scope.part && spells(name.text, Word::this_part) ? *scope.part : name;
}

// What a printed line says of itself: 行次, 行名, 行代码.
std::optional<std::string> Checker::of_line(const std::string& name, const LineScope& line) const {
   if (spells(name, Word::line_number)) return line.line;
   if (spells(name, Word::line_label)) return line.label;
   if (spells(name, Word::line_code) && !line.code.empty()) return line.code;
   return std::nullopt;
}

Thing Checker::look_name(const std::string& written, const Scope& scope) {
   const std::string name = name_meant({{}, written}, scope).text;
   if (scope.arguments)
      for (const auto& [parameter, node] : *scope.arguments)
         if (parameter == folded(name)) return {What::value, node};
   if (scope.column && spells(name, Word::column_label))
      return {What::value, constant(scope.column->text, text_type(), report_frame, {})};
   if (scope.line) {
      const FormSchema& form = schema_.forms[scope.line->form];
      const FieldId cell = schema_.cell(form.name, scope.line->line, name);
      if (cell != no_field) return field_thing(cell);
      if (const auto text = of_line(name, *scope.line)) {
         Type type = text_type();
         if (spells(name, Word::line_code)) type.kind = Kind::code;
         return {What::value, constant(*text, type, report_frame, {})};
      }
   }
   if (const FrameId list = schema_.frames[scope.frame].copy_of; list != no_frame) {
      if (const auto own = look_in_list(name, list, scope)) return *own;
      Scope outside = scope;
      outside.frame = outside.names = schema_.frames[scope.frame].parent;
      return look_name(name, outside);
   }
   if (schema_.frames[scope.frame].groups_of != no_frame) return look_in_group(name, scope);
   const auto candidates = found(name, scope);
   if (scope.formula && candidates.empty())
      if (const Thing thing = look_in_formula(name, scope); thing.what != What::nothing) return thing;
   const Frame& frame = schema_.frames[scope.frame];
   const bool levels_here = scope.names == scope.frame && (!frame.levels.empty() || !frame.totals.empty());
   if (levels_here && !(candidates.size() == 1 && candidates.front()->frame == scope.frame)) {
      if (spells(name, Word::level)) return {What::value, make(Op::level, number_type(), scope.frame, {}, {})};
      if (spells(name, Word::orphan)) return {What::value, make(Op::orphan, yes_no_type(), scope.frame, {}, {})};
      if (spells(name, Word::children)) return {scope.of_children ? What::list : What::children, no_node, scope.frame};
      if (spells(name, Word::parent)) {
         Node parent = node_of(Op::row_of_parent, row_type(), scope.frame);
         parent.other = scope.frame;
         return {What::row, make(std::move(parent)), scope.frame};
      }
   }
   if (!candidates.empty()) return candidates.size() == 1 ? candidates.front()->thing : Thing{};
   if (spells(name, Word::previous)) return {What::previous};
   if (spells(name, Word::report)) return {What::report};
   return {};
}

// Where rows of two lists are related, a name of the inner list is its own, whatever stands around.
std::optional<Thing> Checker::look_in_list(const std::string& name, FrameId list, const Scope& scope) {
   Scope inside = scope;
   inside.arguments = nullptr;
   inside.line = nullptr;
   inside.frame = inside.names = list;
   for (const Named* named : found(name, inside))
      if (named->frame == list) return named->thing;
   const Thing thing = look_name(name, inside);
   const bool of_its_rows = (thing.what == What::value || thing.what == What::row) && nodes_.frame(thing.node) == list;
   return of_its_rows ? std::optional(thing) : std::nullopt;
}

// In a group a name is the value that its rows share, something worked out for the group, or of its rows; else from around.
Thing Checker::look_in_group(const std::string& name, const Scope& scope) {
   const Frame& group = schema_.frames[scope.frame];
   if (schema_.field_in(group.groups_of, name) == group.group_by) return {What::value, value_of_group(scope.frame, {})};
   for (const Named* named : found(name, scope))
      if (named->frame == scope.frame) return named->thing;
   if (const auto own = look_in_list(name, group.groups_of, scope)) return *own;
   Scope outside = scope;
   outside.frame = outside.names = group.parent;
   return look_name(name, outside);
}

Thing Checker::look(const tree::Expr& expr, const Scope& scope) {
   if (const auto* name = get_if<tree::NameRef>(&expr.what)) return look_name(name->name.text, scope);
   if (const auto* group = get_if<tree::Group>(&expr.what)) return look(*group->inner, scope);
   if (const auto* part = get_if<tree::Member>(&expr.what)) {
      const Thing object = look(*part->object, scope);
      return object.what == What::nothing ? object : member(object, part->name, scope);
   }
   return {};
}

Thing Checker::resolve_name(const tree::Name& written, const Scope& scope) {
   const tree::Name name = name_meant(written, scope);
   const Thing thing = look_name(name.text, scope);
   if (thing.what != What::nothing) return thing;
   const auto candidates = found(name.text, scope);
   if (candidates.empty()) {
      if (const Named* rule = rule_named(name.text, scope.set))
         return rule->thing;  // of other rows: whoever wants its value says so
      unknown_name(name, scope);
      return {};
   }
   std::vector<std::string> owners;
   for (const Named* one : candidates) owners.push_back(with_owner(*one));
   complaints_
       .error(Code::ambiguous_name, name.span,
              owners.front() == owners.back()
                  ? say("{} 不止一个：{} 和同名的规则", "{} is the name of several: {} and a rule", name.text, owners.front())
                  : say("{} 不止一个：{}", "{} is the name of several: {}", name.text, join(owners)))
       .help =
       owners.front() == owners.back()
           ? say("要报告里的写 {0}；要规则的就把规则改个名称",
                 "for the one of the report write {0}; for the rule, give it another name", owners.front())
           : say("写明是哪一个，如 {}；或者改一个名称", "say whose it is, such as {}, or rename one of them", owners.front());
   return {};
}

Thing Checker::resolve(const tree::Expr& expr, const Scope& scope, bool followed) {
   if (const auto* name = get_if<tree::NameRef>(&expr.what)) return resolve_name(name->name, scope);
   if (const auto* index = get_if<tree::Index>(&expr.what)) {
      const Thing thing = resolve_index(*index, expr.span, scope);
      const bool column_open = thing.what == What::line || thing.what == What::lines;
      if (!column_open || followed || !scope.formula || scope.formula->column.empty()) return thing;
      return member(thing, {expr.span, scope.formula->column}, scope, followed);
   }
   if (const auto* part = get_if<tree::Member>(&expr.what)) {
      const Thing object = is_chain(*part->object) ? resolve(*part->object, scope, true) : Thing{What::value};
      if (object.what == What::nothing) return object;
      const Thing result = member(object, part->name, scope, followed);
      if (result.what == What::nothing) unknown_member(object, name_meant(part->name, scope));
      return result;
   }
   return {};
}

bool Checker::is_chain(const tree::Expr& expr) const {
   return get_if<tree::NameRef>(&expr.what) || get_if<tree::Member>(&expr.what) || get_if<tree::Index>(&expr.what);
}

// ---- members ------------------------------------------------------------------------------------------------------------

Thing Checker::member(const Thing& object, const tree::Name& written, const Scope& scope, bool followed) {
   const tree::Name name = column_in_formula(object, name_meant(written, scope), scope);
   switch (object.what) {
      case What::field:
      case What::cells: return is_its_only_column(object, name, scope) ? object : Thing{};
      case What::form: return member_of_form(object, name.text, scope, followed);
      case What::list: return member_of_list(object, name.text, scope);
      case What::children:
         return member_of_list({What::list, no_node, object.frame}, name.text, scope).what == What::nothing ? Thing{} : object;
      case What::record: return member_of_record(object, name.text);
      case What::row: return member_of_row(object, name.text, scope);
      case What::line: {
         const FieldId cell = schema_.cell(schema_.forms[object.form].name, object.text, name.text);
         return cell == no_field ? Thing{} : field_thing(cell);
      }
      case What::lines: {
         Thing cells{What::cells};
         for (const std::string& line : object.names) {
            cells.cells.push_back(schema_.cell(schema_.forms[object.form].name, line, name.text));
            if (cells.cells.back() == no_field) return {};
         }
         return cells;
      }
      case What::rule: {
         const Rule& rule = program_.rules[object.rule];
         for (const RuleId part : parts_of(object.rule))
            if (folded(program_.rules[part].name) == folded(rule.name + "." + name.text)) {
               Thing thing{What::rule, no_node, rule.frame};
               thing.rule = part;
               return thing;
            }
         if (rule.kind != RuleKind::score || !spells(name.text, Word::rate)) return {};
         const NodeId full = (finish_rule(object.rule, name.span), program_.rules[object.rule].out_of);
         const NodeId score = reference(object.rule, name.span);
         if (full == no_node || is_bad(score)) return {What::value, bad(rule.frame)};
         return {What::value, make(Op::divide, number_type(), nodes_.frame(score), {score, full}, name.span)};
      }
      case What::previous: return member_of_last_year(name.text);
      case What::report: {
         Scope outermost = scope;
         outermost.frame = outermost.names = report_frame;
         return look_name(name.text, outermost);
      }
      default: return {};
   }
}

const FormBlock* Checker::rows_block(std::uint32_t form) const {
   for (const FormBlock& block : schema_.forms[form].blocks)
      if (block.kind == BlockKind::rows) return &block;
   return nullptr;
}

Thing Checker::row_of_total(FrameId frame, std::uint32_t number) {
   Node row = node_of(Op::row_of_total, row_type(), report_frame);
   row.other = frame;
   row.number = static_cast<int>(number);
   return {What::row, make(std::move(row)), frame};
}

// 公开03.合计.基本支出, 公开03.基本支出 (every row), 公开03.科目, 公开09.决算, 公开01.编制单位.
Thing Checker::member_of_form(const Thing& object, const std::string& name, const Scope& scope, bool followed) {
   const FormSchema& form = schema_.forms[object.form];
   if (const FieldId single = schema_.field_in(report_frame, form.name + "." + name); single != no_field)
      return field_thing(single);
   for (const FormBlock& block : form.blocks)
      if (block.kind == BlockKind::grid)
         for (const std::string& row : block.lines)
            if (folded(row) == folded(name)) {
               Thing line{What::line};
               line.form = object.form;
               line.text = row;
               return line;
            }
   for (const FormBlock& block : form.blocks) {
      if (block.kind != BlockKind::rows) continue;
      const Frame& frame = schema_.frames[block.frame];
      if (folded(frame.name) == folded(name)) return {What::list, no_node, frame.id};
      const FieldId column = schema_.field_in(frame.id, name);
      if (column != no_field && !followed) return field_thing(column, true);
      if (spells(name, Word::total_row) && frame.totals.size() == 1) return row_of_total(frame.id, 0);
      for (std::uint32_t i = 0; i < frame.totals.size(); ++i)
         if (folded(frame.totals[i].label) == folded(name)) return row_of_total(frame.id, i);
      const Thing other = member_of_list({What::list, no_node, frame.id}, name, scope);
      if (other.what != What::nothing) return other;
   }
   return {};
}

Thing Checker::member_of_list(const Thing& list, const std::string& name, const Scope& scope) {
   if (const FieldId field = schema_.field_in(list.frame, name); field != no_field) return field_thing(field, true);
   if (const FrameId inner = schema_.list_in(list.frame, name); inner != no_frame) return {What::list, no_node, inner};
   const Frame& frame = schema_.frames[list.frame];
   if (!frame.form.empty()) {
      if (spells(name, Word::total_row) && frame.totals.size() == 1) return row_of_total(frame.id, 0);
      for (std::uint32_t i = 0; i < frame.totals.size(); ++i)
         if (folded(frame.totals[i].label) == folded(name)) return row_of_total(frame.id, i);
   }
   if (const Named* rule = rule_named(name, scope.set); rule && rule->frame == list.frame) {
      Thing thing = rule->thing;
      thing.by_list = true;
      return thing;
   }
   if (schema_.is_record(list.frame, name)) {
      Thing record{What::record, no_node, list.frame};
      record.text = name;
      record.by_list = true;
      return record;
   }
   return {};
}

Thing Checker::member_of_record(const Thing& record, const std::string& name) {
   const std::string path = record.text + "." + name;
   if (const FieldId field = schema_.field_in(record.frame, path); field != no_field) return field_thing(field, record.by_list);
   if (const FrameId list = schema_.list_in(record.frame, path); list != no_frame) return {What::list, no_node, list};
   if (!schema_.is_record(record.frame, path)) return {};
   Thing inner = record;
   inner.text = path;
   return inner;
}

Thing Checker::member_of_row(const Thing& row, const std::string& name, const Scope& scope) {
   const FieldId field = schema_.field_in(row.frame, name);
   NodeId there = no_node;
   if (field != no_field) {
      there = field_node(field, {});
   } else if (const Named* rule = rule_named(name, scope.set); rule && rule->frame == row.frame) {
      there = reference(rule->thing.rule, {});
   }
   if (there == no_node) return {};
   return {What::value, make(Op::at_row, nodes_.type(there), nodes_.frame(row.node), {there, row.node}, {})};
}

// ---- index --------------------------------------------------------------------------------------------------------------

const FormBlock* Checker::block_of_line(std::uint32_t form, const std::string& line) const {
   for (const FormBlock& block : schema_.forms[form].blocks)
      if (std::find(block.lines.begin(), block.lines.end(), line) != block.lines.end()) return &block;
   return nullptr;
}

std::optional<std::string> Checker::declared_line(std::uint32_t form, const std::string& number) {
   for (const FormBlock& block : schema_.forms[form].blocks)
      for (const std::string& line : block.lines)
         if (line == number || folded(line) == folded(number)) return line;
   return std::nullopt;
}

Thing Checker::resolve_index(const tree::Index& written, Span span, const Scope& scope) {
   tree::Index index = written;
   if (scope.formula)
      for (tree::IndexItem& item : index.items) item.first = same_row_as(item.first, scope);
   const Thing object = is_chain(*index.object) ? resolve(*index.object, scope, true) : Thing{What::value};
   if (object.what == What::nothing || index.items.empty()) return {};
   if (const auto frame = with_one_total(object); frame && scope.formula && scope.formula->total && is_same_row(written, scope))
      return row_of_total(*frame, 0);
   const FormBlock* rows = object.what == What::form ? rows_block(object.form) : nullptr;
   if (object.what == What::form) {
      const auto key = written_code(*index.items.front().first);
      if (!rows || (key && declared_line(object.form, *key))) return lines_of(object, index);
   }
   if (object.what != What::form && object.what != What::list) {
      complaints_.error(Code::unknown_row, span, say("{} 没有可以按行取的行", "{} has no rows to pick from", shown(object)))
          .help =
          say("去掉方括号；方括号只跟在报表后面，如 收支表[3]", "take the square brackets out; they follow a form: FORM[3]");
      return {};
   }
   if (index.items.size() != 1 || index.items.front().last) {
      complaints_.error(Code::unknown_row, span, say("按识别码只能取一行", "a key picks one row")).help =
          say("几行相加写 求和(… 仅限 … 属于 …)", "for several rows write sum(… where … under …)");
      return {};
   }
   return row_by_key(object, rows ? rows->frame : object.frame, index.items.front().first, span, scope);
}

namespace {

// 本年收入合计 of 三、本年收入合计, too.
bool is_label(const std::string& printed, const std::string& name) {
   const std::string label = fold(printed), wanted = fold(name);
   return label == wanted || (label.ends_with(wanted) && label.find("、") != std::string::npos);
}

// The line of a form that goes by this label.
std::optional<std::string> line_labelled(const FormSchema& form, const std::string& label) {
   for (const FormBlock& block : form.blocks)
      for (std::size_t i = 0; i < block.labels.size(); ++i)
         if (is_label(block.labels[i], label)) return block.lines[i];
   return std::nullopt;
}

// The code that stands beside this label in one of the forms.
std::optional<std::string> code_labelled(const Schema& schema, const std::string& label) {
   for (const FormSchema& form : schema.forms)
      for (const FormBlock& block : form.blocks)
         for (std::size_t i = 0; i < block.labels.size() && i < block.codes.size(); ++i)
            if (!block.codes[i].empty() && is_label(block.labels[i], label)) return block.codes[i];
   return std::nullopt;
}

// What stands in the brackets as a name or as text.
std::optional<std::string> worded(const tree::Expr& expr) {
   if (const auto* name = get_if<tree::NameRef>(&expr.what)) return name->name.text;
   if (const auto* text = get_if<tree::Text>(&expr.what)) return text->text;
   return std::nullopt;
}

}  // namespace

// 公开05[一般公共服务支出]: rows are picked by their codes.
void Checker::unknown_key(const Frame& rows, const std::string& name, Span span) {
   Diagnostic& error = complaints_.error(Code::unknown_row, span,
                                         say("{0} 按 {1} 取行，“{2}”不是代码", "rows of {0} are picked by {1}; '{2}' is no code",
                                             rows.form.empty() ? rows.name : rows.form, schema_.fields[rows.key].name, name));
   const std::string form = rows.form.empty() ? rows.name : rows.form;
   for (const auto& total : rows.totals)
      if (fold(total.label) == fold(name)) {
         error.help = say("合计行写 {}.合计行.栏目", "write {}.total.COLUMN", form);
         return;
      }
   const auto code = code_labelled(schema_, name);
   error.help = say("写代码，如 {}[{}].栏目", "write the code, such as {}[{}].COLUMN", form, code.value_or("201"));
}

Thing Checker::row_by_key(const Thing& list, FrameId frame, const tree::ExprPtr& key, Span span, const Scope& scope) {
   const Frame& rows = schema_.frames[frame];
   if (!rows.keyed || rows.parent != report_frame) {
      complaints_
          .error(Code::unknown_row, span, say("{} 没有识别码，不能按码取行", "{} has no key to pick a row by", shown(list)))
          .help = say("逐行的规则写 逐个 {0}；合成一个数写 求和({0}.… 仅限 …)",
                      "for a rule in every row write each {0}; for one figure sum({0}.… where …)", shown(list));
      return {};
   }
   Node row = node_of(Op::row_of_key, row_type(), scope.frame);
   row.other = frame;
   row.span = span;
   if (const auto code = written_code(*key)) {
      const auto digits = static_cast<int>(code->size());
      if (!rows.levels.empty() && !is_number(*code)) return unknown_key(rows, *code, key->span), Thing{};
      if (!rows.levels.empty() && std::find(rows.levels.begin(), rows.levels.end(), digits) == rows.levels.end()) {
         std::vector<std::string> levels;
         for (const int level : rows.levels) levels.push_back(std::to_string(level));
         complaints_
             .error(Code::unknown_row, key->span,
                    say("{} 的代码没有 {} 位的：{}", "codes of {} have no {} digits: {}", rows.form, digits, *code))
             .help = say("位数是 {}", "they have {}", join(levels));
         return {};
      }
      Type type;
      type.kind = Kind::code;
      row.frame = report_frame;
      row.in = {constant(*code, type, report_frame, key->span, key)};
      return {What::row, make(std::move(row)), frame};
   }
   if (const auto* name = get_if<tree::NameRef>(&inside(*key).what); name && schema_.fields[rows.key].type.kind == Kind::code &&
                                                                     look_name(name->name.text, scope).what == What::nothing &&
                                                                     found(name->name.text, scope).empty())
      return unknown_key(rows, name->name.text, key->span), Thing{};
   const NodeId wanted = value(key, scope);
   if (is_bad(wanted)) return {};
   const Kind kind = nodes_.type(wanted).kind;
   if (kind != Kind::code && kind != Kind::text && kind != Kind::choice) {
      complaints_
          .error(Code::wrong_type, key->span,
                 say_types("识别码要是代码或文字，这里是{}", "a key is a code or text, this is {}", nodes_.type(wanted)))
          .help = say("如 支出表[201].栏目、支出表[科目代码].栏目", "such as FORM[201].COLUMN or FORM[CODE].COLUMN");
      return {};
   }
   row.in = {wanted};
   return {What::row, make(std::move(row)), frame};
}

// 31   32..57   1, 3, 5..8: the declared lines among them; none after a message.
// 32, "32", of a grid the name of a row.
std::optional<std::string> Checker::written_line(std::uint32_t form, const tree::Expr& expr) {
   const auto* name = get_if<tree::NameRef>(&expr.what);
   return name && declared_line(form, name->name.text) ? std::optional(name->name.text) : written_code(expr);
}

std::vector<std::string> Checker::lines_named(std::uint32_t form, const std::vector<tree::IndexItem>& items) {
   std::vector<std::string> lines;
   for (const tree::IndexItem& item : items) {
      const auto first = written_line(form, *item.first), last = item.last ? written_line(form, *item.last) : first;
      if (!first || !last) {
         const tree::ExprPtr& wrong = first ? item.last : item.first;
         if (const auto label = worded(*wrong)) return unknown_line(form, *label, wrong->span), std::vector<std::string>{};
         complaints_.error(Code::unknown_row, wrong->span, say("行次要直接写出来", "a line number is written as it is printed"))
             .help = say("一段行次写 32..57", "a range of lines is written 32..57");
         return {};
      }
      const auto from = declared_line(form, *first), to = declared_line(form, *last);
      if (!from) return unknown_line(form, *first, item.first->span), std::vector<std::string>{};
      if (!to) return unknown_line(form, *last, item.last->span), std::vector<std::string>{};
      if (!item.last) {
         lines.push_back(*from);
         continue;
      }
      if (!is_number(*from) || !is_number(*to) || std::stoi(*from) > std::stoi(*to)) {
         complaints_
             .error(Code::bad_interval, item.first->span,
                    say("{}..{} 里没有行：从小到大写", "there are no lines in {}..{}: the smaller comes first", *from, *to))
             .help = say("写 {}..{}", "write {}..{}", *to, *from);
         return {};
      }
      for (const FormBlock& block : schema_.forms[form].blocks)
         for (const std::string& line : block.lines)
            if (is_number(line) && std::stoi(line) >= std::stoi(*from) && std::stoi(line) <= std::stoi(*to))
               lines.push_back(line);
   }
   return lines;
}

// 公开01[31], 公开01[32..57], 公开01[1, 3, 5..8]
Thing Checker::lines_of(const Thing& object, const tree::Index& index) {
   const FormSchema& form = schema_.forms[object.form];
   const std::vector<std::string> lines = lines_named(object.form, index.items);
   if (lines.empty()) return {};
   const FormBlock* block = block_of_line(object.form, lines.front());
   const bool one_column = std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return block_of_line(object.form, line)->columns.size() == 1;
   });
   const bool single = index.items.size() == 1 && !index.items.front().last;
   if (single && one_column) return field_thing(schema_.cell(form.name, lines.front(), block->columns.front()));
   Thing thing{single ? What::line : one_column ? What::cells : What::lines};
   thing.form = object.form;
   thing.text = lines.front();
   thing.names = lines;
   if (one_column)
      for (const std::string& line : lines)
         thing.cells.push_back(schema_.cell(form.name, line, block_of_line(object.form, line)->columns.front()));
   return thing;
}

// ---- one value of a thing -----------------------------------------------------------------------------------------------

NodeId Checker::into(NodeId node, Span span, const Scope& scope) {
   const FrameId from = nodes_.frame(node);
   if (from == scope.frame || is_bad(node)) return is_bad(node) ? bad(scope.frame) : node;
   if (encloses(from, scope.frame)) return make(Op::broadcast, nodes_.type(node), scope.frame, {node}, span);
   if (const FrameId copied = schema_.frames[scope.frame].copy_of; copied != no_frame && encloses(from, copied)) {
      Node row = node_of(Op::copied_row, row_type(), scope.frame);
      row.other = copied;
      const Type type = nodes_.type(node);  // a copy: making nodes moves them
      const NodeId there = from == copied ? node : make(Op::broadcast, type, copied, {node}, span);
      return make(Op::at_row, type, scope.frame, {there, make(std::move(row))}, span);
   }
   const std::string& list = schema_.frames[from].path;
   if (encloses(scope.frame, from) || is_of_group(from, scope.frame)) {
      complaints_
          .error(Code::list_needs_aggregate, span,
                 say("{} 的每一行都有一个，这里要一个数", "every row of {} has one, here one value is wanted", list))
          .help = is_wordy(nodes_.type(node).kind)
                      ? say("名称合起来写 名单(…)，只取几行写 名单(… 仅限 …)；有几行写 计数(…)",
                            "names together are set(…), of some rows set(… where …); how many rows there are is count(…)")
                      : say("写明怎样合成一个：求和(…)、最大值(…)、计数(…)", "say how they become one: sum(…), max(…), count(…)");
      return bad(scope.frame);
   }
   complaints_
       .error(Code::frames_differ, span,
              say("这是 {} 各行的，而这里逐个 {}", "this belongs to the rows of {}, and here each row of {} is weighed", list,
                  schema_.frames[scope.frame].path))
       .help =
       schema_.frames[from].keyed
           ? say("按码取行：{}[代码].栏目", "pick the row by its key: {}[CODE].COLUMN", schema_.frames[from].form)
           : say("两个列表互不包含：先用 求和(…) 等合成一个数", "neither list holds the other: first make one value with sum(…)");
   return bad(scope.frame);
}

namespace {

// From the last year that has a value up to the next one: adding less would leave a gap.
std::string years_without_value(const std::vector<tree::Years>& with_value, int year) {
   std::optional<int> from, to;
   for (const tree::Years& one : with_value) {
      if (one.to && *one.to < year && (!from || *one.to >= *from)) from = *one.to + 1;
      if (one.from && *one.from > year && (!to || *one.from <= *to)) to = *one.from - 1;
   }
   const int first = from.value_or(year);
   if (to && *to == first) return std::to_string(first);
   return std::to_string(first) + ".." + (to ? std::to_string(*to) : "");
}

// One value of a form, as it would be written.
Said which_part(const FormSchema& form) {
   for (const FormBlock& block : form.blocks) {
      const std::string line = block.lines.empty() ? "" : block.lines.back(),
                        column = block.columns.empty() ? "" : block.columns.front();
      if (block.kind == BlockKind::rows)
         return say("写明哪一行哪一栏，如 {0}.合计行.{1}，或者汇总 求和({0}.{1} 仅限 …)",
                    "say which row and column, such as {0}.total.{1}, or add up sum({0}.{1} where …)", form.name, column);
      if (block.kind == BlockKind::grid)
         return say("写明哪一格，如 {}.{}.{}", "say which cell, such as {}.{}.{}", form.name, line, column);
      if (block.columns.size() > 1)
         return say("写明哪一行哪一栏，如 {}[{}].{}", "say which line and column, such as {}[{}].{}", form.name, line, column);
      return say("写明哪一行，如 {}[{}]", "say which line, such as {}[{}]", form.name, line);
   }
   return say("还要写明其中哪一项", "say which part of it");
}

}  // namespace

NodeId Checker::value_of(const Thing& thing, Span span, const Scope& scope) {
   switch (thing.what) {
      case What::nothing: return bad(scope.frame);
      case What::value: return thing.node == no_node ? bad(scope.frame) : into(thing.node, span, scope);
      case What::field: return into(field_node(thing.field, span), span, scope);
      case What::rule: return into(reference(thing.rule, span), span, scope);
      case What::parameter: {
         ParameterHere& here = parameters_[thing.number];
         here.used = true;
         const ParameterValue& parameter = program_.sets[here.set].parameters[here.number];
         if (!here.defined && !here.refused && parameter.type.kind != Kind::error) {
            Diagnostic& error = complaints_.error(
                Code::parameter_undefined, span,
                say("参数 {} 没有{}年度的值", "parameter {} has no value for {}", parameter.name, program_.year));
            error.notes.push_back({parameter.span, say("在这里声明", "declared here")});
            error.help =
                say("补上 {0} : 值；还没有定下来的写 {0} : 未填", "add {0} : VALUE; where it is not settled yet, {0} : missing",
                    years_without_value(here.written->years, program_.year));
         }
         if (!here.defined) return bad(scope.frame);
         // By its name it is told from the same number written out: a working shows which parameter was used.
         Node node = node_of(Op::constant, parameter.type, scope.frame);
         node.value = parameter.value;
         node.words = {parameter.name};
         node.span = span;
         return make(std::move(node));
      }
      case What::row: {
         std::vector<std::string> columns;
         FieldId only = no_field;
         for (const FieldId id : schema_.frames[thing.frame].fields)
            if (!schema_.fields[id].column.empty()) columns.push_back(schema_.fields[only = id].name);
         if (columns.size() == 1) return value_of(member_of_row(thing, schema_.fields[only].name, scope), span, scope);
         complaints_.error(Code::not_a_value, span, say("这是一行，还要写明哪一栏", "this is a row: say which column")).help =
             say("栏目有 {}", "the columns are {}", join(columns));
         return bad(scope.frame);
      }
      case What::line:
      case What::lines: {
         const FormBlock* block = block_of_line(thing.form, thing.text);
         complaints_.error(Code::not_a_value, span, say("这是一行，还要写明哪一栏", "this is a row: say which column")).help =
             say("栏目有 {}", "the columns are {}", join(block ? block->columns : std::vector<std::string>{}));
         return bad(scope.frame);
      }
      case What::cells:
         complaints_
             .error(Code::list_needs_aggregate, span,
                    say("这是好几个数，这里要一个", "these are several figures, here one is wanted"))
             .help = say("相加写 求和(…)", "to add them up write sum(…)");
         return bad(scope.frame);
      case What::list:
      case What::children:
         complaints_
             .error(Code::list_needs_aggregate, span,
                    say("{} 是列表，这里要一个值", "{} is a list, here one value is wanted", shown(thing)))
             .help = say("写 计数({0})，或者 求和({0}.…)", "write count({0}) or sum({0}.…)", shown(thing));
         return bad(scope.frame);
      case What::form:
      case What::record:
      case What::report:
      case What::previous:
         complaints_.error(Code::not_a_value, span, say("{} 不是一个值", "{} is no value", shown(thing))).help =
             thing.what == What::form ? which_part(schema_.forms[thing.form])
                                      : say("写明其中哪一项：{}", "say which part of it: {}", join(members_of(thing)));
         return bad(scope.frame);
   }
   return bad(scope.frame);
}

// ---- last year's report -------------------------------------------------------------------------------------------------

// 上年.公开01, 上年.项目, 上年.单位名称: what the report itself may hold, once more.
Thing Checker::member_of_last_year(const std::string& name) {
   if (!schema_.own) return {};
   const std::string there = std::string(heng::last_years) + name;
   if (const FormSchema* form = schema_.form(there)) {
      Thing thing{What::form};
      thing.form = static_cast<std::uint32_t>(form - schema_.forms.data());
      return thing;
   }
   Thing report{What::record, no_node, report_frame};
   report.text = heng::last_years.substr(0, heng::last_years.size() - 1);
   return member_of_record(report, name);
}

// ---- what is said about names -------------------------------------------------------------------------------------------

std::string Checker::shown(const Thing& thing) const {
   switch (thing.what) {
      case What::field: return schema_.fields[thing.field].path;
      case What::rule: return program_.rules[thing.rule].name;
      case What::list: return schema_.frames[thing.frame].path;
      case What::children: return std::string(keyword(Word::children).chinese);
      case What::form: return schema_.forms[thing.form].name;
      case What::record:
         return (schema_.frames[thing.frame].path.empty() ? "" : schema_.frames[thing.frame].path + ".") + thing.text;
      case What::row: return schema_.frames[thing.frame].path;
      case What::line:
      case What::lines: return schema_.forms[thing.form].name + "[" + thing.text + "]";
      case What::parameter: return program_.sets[parameters_[thing.number].set].parameters[parameters_[thing.number].number].name;
      case What::report: return std::string(keyword(Word::report).chinese);
      case What::previous: return std::string(keyword(Word::previous).chinese);
      default: return "";
   }
}

// 项目.三级指标, 报告.单位名称: how a name is written where its owner must be said.
std::string Checker::with_owner(const Named& named) const {
   if (named.part) return program_.rules[named.thing.rule].name;
   const std::string& path = schema_.frames[named.frame].path;
   return (path.empty() ? std::string(keyword(Word::report).chinese) : path) + "." + named.shown;
}

std::vector<std::string> Checker::names_in_scope(const Scope& scope) const {
   std::vector<std::string> result;
   for (const auto& [name, same] : names_)
      for (const Named& named : same)
         if ((named.set == Named::every_set || named.set == scope.set) && encloses(named.frame, scope.names))
            result.push_back(named.shown);
   std::sort(result.begin(), result.end());
   return result;
}

// The name is there, but not here: in another list, as the label of a printed line, in another rule set.
std::string Checker::list_that_has(const std::string& name, const Scope& scope) {
   const auto same = names_.find(folded(name));
   if (same == names_.end()) return "";
   const Named& named = same->second.front();
   const bool here = named.set == Named::every_set || named.set == scope.set;
   return here && named.thing.what == What::field ? schema_.frames[named.frame].path : "";
}

std::optional<Said> Checker::stands_elsewhere(const std::string& name, const Scope& scope) {
   const auto same = names_.find(folded(name));
   if (same != names_.end()) {
      for (const Named& named : same->second) {
         const Frame& frame = schema_.frames[named.frame];
         if (named.set != Named::every_set && named.set != scope.set)
            return say("{} 在规则集 {} 里，别的规则集里不能引用", "{} stands in rule set {}; others cannot use it", name,
                       program_.sets[named.set].name);
         if (named.thing.what == What::field && frame.keyed)
            return say("它是 {0} 各行的栏目：写 {1}[代码].{2}，或者 求和({1}.{2} 仅限 …)",
                       "it is a column of {0}: write {1}[CODE].{2}, or sum({1}.{2} where …)", frame.path, frame.form, name);
         if (named.thing.what == What::field || named.thing.what == What::rule)
            return say("它属于 {0} 的各行：写 求和({1})，或者 逐个 {0}",
                       "it belongs to the rows of {0}: write sum({1}), or each {0}", frame.path,
                       named.thing.what == What::rule ? name : frame.name + "." + name);
         return frame.path.empty() ? say("它在报告里", "it stands in the report")
                                   : say("它在 {0} 里：写 {0}.{1}", "it stands in {0}: write {0}.{1}", frame.path, name);
      }
   }
   const std::string wanted = folded(name);
   for (const Field& field : schema_.fields) {
      if (field.line.empty()) continue;
      const std::string label = fold(field.label);
      const bool numbered = label.size() > wanted.size() &&
                            label.compare(label.size() - wanted.size(), wanted.size(), wanted) == 0 &&
                            label.find("、") != std::string::npos;
      if (label == wanted || numbered || fold(field.column) == wanted) return say("写 {}", "write {}", field.path);
   }
   return std::nullopt;
}

void Checker::unknown_form(const tree::Name& name) {
   std::vector<std::string> names;
   for (const FormSchema& one : schema_.forms) names.push_back(one.name);
   Diagnostic& error = complaints_.error(Code::unknown_form, name.span, say("没有报表 {}", "there is no form {}", name.text));
   error.help = did_you_mean(name.text, names);
   if (!error.help)
      error.help = names.empty()
                       ? say("报表写在报表集里，规则集用 引用 指明", "forms stand in a forms file, which the rule set uses")
                       : say("报表有 {}", "the forms are {}", join(names));
}

// 本栏, 行次 and their kin stand for something only where a rule goes through columns or lines.
std::optional<Said> Checker::wants_each(const std::string& name, const Scope& scope) const {
   if (spells(name, Word::this_column) || spells(name, Word::column_label))
      return say("“{}”要先写 逐栏 甲, 乙", "{} goes with: each column a, b", name);
   if (spells(name, Word::this_part)) return say("“本项”只写在评分的 照录 里", "this_part stands only in stated, of a score");
   if (spells(name, Word::line_code) && scope.line)
      return say("行次 {} 没有代码；在报表里写 {} 代码 201 : …", "line {} has no code; in the form write {} code 201 : …",
                 scope.line->line, scope.line->line);
   if (spells(name, Word::line_code) || spells(name, Word::line_label) || spells(name, Word::line_number))
      return say("“{}”要先逐个印定的行：逐个 公开01[32..57]", "{} goes with printed lines: each FORM[32..57]", name);
   return std::nullopt;
}

// 应为 低执行说明 = 不通过: a check is there, but it is no value.
std::optional<Said> Checker::verdict_asked_for(const std::string& name, const Scope& scope) const {
   for (const Rule& rule : program_.rules)
      if (rule.set == scope.set && fold(rule.name) == fold(name) &&
          (rule.kind == RuleKind::check || rule.kind == RuleKind::require))
         return say("{0} 是审核，没有值；测试里不写等号：应为 {0} 不通过",
                    "{0} is a check and has no value; in a test write expect {0} fails", rule.name);
   for (const Word word : {Word::holds, Word::fails})
      if (spells(name, word)) return say("去掉前面的等号：应为 审核名称 {}", "take the equals sign out: expect CHECK {}", name);
   return std::nullopt;
}

void Checker::unknown_name(const tree::Name& name, const Scope& scope) {
   // That `each` is lacking is said for the first name of a rule that stands in those rows.
   const std::string list = list_that_has(name.text, scope);
   if (!list.empty() && !open_rules_.empty() && !lists_wanted_.insert({open_rules_.back(), list}).second) return;
   Diagnostic& error = complaints_.error(Code::unknown_name, name.span, say("没有 {} 这个名称", "there is no {}", name.text));
   if ((error.help = wants_each(name.text, scope)) || (error.help = stands_elsewhere(name.text, scope))) return;
   if (spells(name.text, Word::judged)) {
      error.help =
          say("写明取哪个分、按哪个档次：人工评定 得分 按 完成档次", "say which marks and which tiers: judged MARKS in TIERS");
      return;
   }
   if (name.text.starts_with("百分之") || is_tenths(name.text)) {
      error.help = say("百分比写成 90%", "a percent is written 90%");
      return;
   }
   for (const GluedKeyword& glued : glued_keywords(name.text)) {
      if (found(std::string(glued.before), scope).empty()) continue;
      error.help = say("在 {} 前后留空格", "leave blanks around {}", glued.keyword);
      return;
   }
   for (const Word word : {Word::not_, Word::if_, Word::when, Word::then, Word::else_, Word::each})
      if (const std::string_view front = keyword(word).chinese;
          name.text.size() > front.size() && name.text.compare(0, front.size(), front) == 0)
         if (const std::string rest = name.text.substr(front.size()); !found(rest, scope).empty()) {
            error.help = say("是否为：{} {}？", "did you mean: {} {}?", front, rest);
            return;
         }
   if (const auto asked = verdict_asked_for(name.text, scope)) {
      error.help = asked;
      return;
   }
   // 执行额 in the score 执行: the rule that is being written is not what it is made from.
   std::vector<std::string> known = names_in_scope(scope);
   if (!open_rules_.empty())
      known.erase(std::remove(known.begin(), known.end(), program_.rules[open_rules_.back()].name), known.end());
   error.help = did_you_mean(name.text, known);
   if (!error.help)
      error.help =
          known.empty() ? say("这里还没有声明名称", "no names are declared here") : say("这里有 {}", "there are {}", join(known));
}

std::vector<std::string> Checker::members_of(const Thing& object) const {
   std::vector<std::string> result;
   const auto add_fields = [&](FrameId frame, const std::string& prefix) {
      for (const FieldId id : schema_.frames[frame].fields) {
         const std::string& name = schema_.fields[id].name;
         if (!schema_.fields[id].line.empty() || name.compare(0, prefix.size(), prefix) != 0) continue;
         const std::string part = first_part(name.substr(prefix.size()));
         if (result.empty() || result.back() != part) result.push_back(part);
      }
   };
   if (object.what == What::list || object.what == What::row || object.what == What::children) add_fields(object.frame, "");
   if (object.what == What::record) add_fields(object.frame, object.text + ".");
   if (object.what == What::previous && schema_.own) {
      for (std::uint32_t i = 0; i < schema_.own->forms; ++i) result.push_back(schema_.forms[i].name);
      add_fields(report_frame, std::string(heng::last_years));
   }
   if (object.what == What::line || object.what == What::lines)
      if (const FormBlock* block = block_of_line(object.form, object.text)) result = block->columns;
   if (object.what == What::form)
      for (const FormBlock& block : schema_.forms[object.form].blocks) {
         if (block.kind == BlockKind::grid) result.insert(result.end(), block.lines.begin(), block.lines.end());
         if (block.kind != BlockKind::rows) continue;
         for (const Total& total : schema_.frames[block.frame].totals) result.push_back(total.label);
         add_fields(block.frame, "");
      }
   return result;
}

void Checker::unknown_member(const Thing& object, const tree::Name& name) {
   const bool calculated =
       object.what == What::previous && std::any_of(program_.rules.begin(), program_.rules.end(),
                                                    [&](const Rule& rule) { return folded(rule.name) == folded(name.text); });
   if (calculated) {
      complaints_
          .error(Code::unknown_field, name.span,
                 say("{} 是规则算出来的，上年报告里没有", "{} is calculated by rules; last year's report does not hold it",
                     name.text))
          .help = say("写它用到的数，如 上年.公开01[60]", "write the figures that it is made from, such as previous.公开01[60]");
      return;
   }
   if (object.what == What::value || object.what == What::field || object.what == What::rule || object.what == What::parameter) {
      complaints_.error(Code::unknown_field, name.span, say("一个值没有 {} 这一项", "one value has no part {}", name.text)).help =
          say("去掉“{}”", "take '{}' out", name.text);
      return;
   }
   if (object.what == What::cells) {
      complaints_
          .error(Code::unknown_field, name.span,
                 say("这些行只有一栏，不用写 {}", "these lines have one column: leave {} out", name.text))
          .help = say("去掉“{}”", "take '{}' out", name.text);
      return;
   }
   Diagnostic& error =
       complaints_.error(Code::unknown_field, name.span, say("{} 里没有 {}", "{} has no {}", shown(object), name.text));
   const auto members = members_of(object);
   error.help = did_you_mean(name.text, members);
   if (error.help) return;
   if (object.what == What::form && stands_elsewhere(name.text, {}))
      error.help = stands_elsewhere(name.text, {});
   else if (!members.empty())
      error.help = say("有 {}", "there are {}", join(members));
}

void Checker::unknown_line(std::uint32_t form, const std::string& number, Span span) {
   std::vector<std::string> lines;
   for (const FormBlock& block : schema_.forms[form].blocks) lines.insert(lines.end(), block.lines.begin(), block.lines.end());
   if (!is_number(number))
      if (const auto line = line_labelled(schema_.forms[form], number)) {
         complaints_
             .error(Code::unknown_row, span,
                    say("{} 按行次取行，不按行的名称", "rows of {} are picked by number, not by label", schema_.forms[form].name))
             .help = say("写 {}[{}]", "write {}[{}]", schema_.forms[form].name, *line);
         return;
      }
   complaints_
       .error(Code::unknown_row, span,
              is_number(number) ? say("{} 没有第 {} 行", "{} has no line {}", schema_.forms[form].name, number)
                                : say("{} 没有行次 {}", "{} has no line {}", schema_.forms[form].name, number))
       .help = say("行次有 {}", "the lines are {}", join(lines, 80));
}

}  // namespace heng::checking

// Checks, requirements, roll-ups, lets: what is judged or calculated, in which rows.
#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;

void Checker::check_everything() {
   for (auto& [key, tier] : tiers_) finish_tier(tier);
   for (const Declared& declared : declared_) finish_rule(declared.rule, {});
   for (auto& [key, function] : functions_) check_function(function, key.first);
   notice_unused();
}

NodeId Checker::check_alone(const tree::ExprPtr& expression, FrameId frame, std::uint32_t set) {
   for (auto& [key, tier] : tiers_)
      if (!tier.good) finish_tier(tier);
   Scope scope;
   scope.frame = scope.names = frame;
   scope.set = set;
   const NodeId node = value(expression, scope);
   return is_bad(node) ? no_node : node;
}

void Checker::finish_rule(RuleId id, Span wanted_by) {
   Declared& declared = declared_[id];
   if (declared.state == Declared::State::done) return;
   if (declared.state == Declared::State::open) return refuse_cycle(id, wanted_by);
   declared.state = Declared::State::open;
   open_rules_.push_back(id);
   auto* outer = std::exchange(divisors_, nullptr);
   program_.rules[id].value = bad(program_.rules[id].frame);
   if (!declared.broken && declared.score)
      finish(id, *declared.score);
   else if (!declared.broken)
      boost::variant2::visit(Overloaded{
                                 [&](const tree::Check& one) { finish(id, one); },
                                 [&](const tree::Rollup& one) { finish(id, one); },
                                 [&](const tree::Formulas& one) { finish(id, one); },
                                 [&](const tree::Require& one) { finish(id, one); },
                                 [&](const tree::Let& one) { finish(id, one); },
                                 [&](const tree::Bands& one) { finish(id, one); },
                                 [](const auto&) {},
                             },
                             *declared.written);
   const RuleKind kind = program_.rules[id].kind;
   if (kind == RuleKind::check || kind == RuleKind::rollup || kind == RuleKind::require) program_.rules[id].value = no_node;
   divisors_ = outer;
   open_rules_.pop_back();
   declared_[id].state = Declared::State::done;
}

void Checker::refuse_cycle(RuleId id, Span wanted_by) {
   const auto start = std::find(open_rules_.begin(), open_rules_.end(), id);
   std::string path;
   for (auto at = start; at != open_rules_.end(); ++at) path += program_.rules[*at].name + " → ";
   path += program_.rules[id].name;
   Diagnostic& error = complaints_.error(Code::cycle, program_.rules[id].name_span,
                                         say("{} 用到它自己：{}", "{} needs itself: {}", program_.rules[id].name, path));
   if (wanted_by.end > wanted_by.begin) error.notes.push_back({wanted_by, say("在这里用到", "it is needed here")});
   error.help = say("其中一条改用报告里的数", "let one of them be made from figures of the report");
}

// Where a rule does not apply it has no value.
NodeId Checker::reference(RuleId id, Span span) {
   finish_rule(id, span);
   const Rule& rule = program_.rules[id];
   if (declared_[id].state == Declared::State::open || rule.value == no_node || is_bad(rule.value)) return bad(rule.frame);
   Node node = node_of(Op::rule, rule.type, rule.frame);
   node.in = {rule.value};
   node.rule = id;
   node.span = span;
   const NodeId applies = rule.applies;
   const Type type = rule.type;
   const FrameId frame = rule.frame;
   const NodeId value = make(std::move(node));
   if (applies == no_node) return value;
   Node none = node_of(Op::constant, type, frame);
   none.value = Missing::no_arm;
   none.number = rule_does_not_apply;
   none.rule = id;
   none.span = span;
   const NodeId nothing = make(std::move(none));
   return make(Op::select, type, frame, {applies, value, nothing}, span);
}

std::vector<MessagePart> Checker::message_of(const tree::About& about, const Scope& scope) {
   std::vector<MessagePart> parts;
   for (const auto& part : about.message_parts) {
      if (const auto* text = get_if<std::string>(&part))
         parts.push_back({*text, no_node});
      else if (const NodeId node = value(*get_if<tree::ExprPtr>(&part), scope); !is_bad(node))
         parts.push_back({"", node});
   }
   if (parts.empty() && about.message) parts.push_back({*about.message, no_node});
   return parts;
}

// `if A then B` as the whole of it: where A is false the case does not apply.
void Checker::add_case(RuleId id, const CaseText& text, const tree::ExprPtr& rule_where, const Scope& scope,
                       const std::string& title) {
   Case made;
   bool good = true;
   const auto limit = [&](const tree::ExprPtr& where) {
      if (!where) return;
      const NodeId node = condition(where, scope);
      good = good && !is_bad(node);
      made.applies =
          made.applies == no_node ? node : make(Op::both, yes_no_type(), scope.frame, {made.applies, node}, where->span);
   };
   limit(rule_where);
   limit(text.where);
   tree::ExprPtr body = text.condition;
   if (const auto* choice = get_if<tree::If>(&body->what); choice && !choice->otherwise) {
      limit(choice->condition);
      body = choice->then;
   }
   made.condition = condition(body, scope);
   made.message = message_of(*text.about, scope);
   if (!good || is_bad(made.condition)) return;
   Rule& rule = program_.rules[id];
   made.title = title;
   made.refs = text.about->refs;
   made.cite = text.about->cite.value_or("");
   made.severity = text.about->severity.value_or(rule.severity);
   made.kind = text.about->kind;
   made.frame = scope.frame;
   made.span = text.span;
   rule.cases.push_back(std::move(made));
}

namespace {

// What a case does not name, its check does.
tree::Each each_of(const tree::Check& check, const tree::Case& one) {
   if (!one.each) return check.each.value_or(tree::Each{});
   tree::Each each = *one.each;
   if (!check.each) return each;
   if (!each.names_rows()) {
      each.path = check.each->path;
      each.lines = check.each->lines;
      each.group = check.each->group;
      each.also = check.each->also;
   }
   if (!each.names_columns()) each.columns = check.each->columns, each.every_column = check.each->every_column;
   return each;
}

}  // namespace

// Cases beside each other that name no rows of their own are judged row by row, all of them in one row before the next.
void Checker::finish(RuleId id, const tree::Check& check) {
   for (auto one = check.cases.begin(); one != check.cases.end();) {
      CaseGroup group{&check, each_of(check, *one), {}};
      const bool own = one->each.has_value();
      do {
         group.cases.push_back(
             {check.braces ? &one->about : &check.about, one->where, one->condition, check.braces ? one->span : check.span});
         ++one;
      } while (!own && one != check.cases.end() && !one->each);
      add_group(id, group);
   }
}

void Checker::add_group(RuleId id, const CaseGroup& group) {
   Scope scope;
   scope.set = program_.rules[id].set;
   if (!group.each.names_rows() && !group.each.names_columns()) return add_cases(id, group, scope, nullptr, "");
   add_rows(id, group, group.each, scope);
   for (const tree::Each& also : group.each.also) add_rows(id, group, also, scope);
}

void Checker::add_rows(RuleId id, const CaseGroup& group, const tree::Each& rows, Scope scope) {
   const Place place = rows_of(rows);
   if (!place.found) return;
   if (place.lines_of) return add_line_cases(id, group, rows, *place.lines_of, scope);
   scope.frame = scope.names = place.frame;
   add_cases(id, group, scope, rows_block_of(scope.frame), group.each.also.empty() ? "" : rows.path.front().text);
}

// Every case, once for each column that the group is for.
void Checker::add_cases(RuleId id, const CaseGroup& group, Scope scope, const FormBlock* block, const std::string& place) {
   const tree::Check& check = *group.check;
   const auto add = [&](const std::string& column) {
      for (const CaseText& one : group.cases) {
         std::string title = place;
         for (const std::string& part : {column, check.braces ? one.about->title : std::string()})
            if (!part.empty()) title += (title.empty() ? "" : " ") + part;
         const std::size_t before = program_.rules[id].cases.size();
         add_case(id, one, check.where, scope, title);
         auto& made = program_.rules[id].cases;
         if (made.size() == before) continue;
         if (made.back().kind == tree::MinistryKind::none) made.back().kind = check.about.kind;
         if (made.back().message.empty() && check.braces) made.back().message = message_of(check.about, scope);
      }
   };
   if (!group.each.names_columns()) return add("");
   for (const tree::Name& column : columns_of(group.each, block)) {
      scope.column = &column;
      add(column.text);
   }
}

// nullptr: these are no rows of a form, nor groups of them.
const FormBlock* Checker::rows_block_of(FrameId frame) const {
   const FrameId grouped = schema_.frames[frame].groups_of;
   const FormSchema* form = schema_.form(schema_.frames[grouped == no_frame ? frame : grouped].form);
   return form ? rows_block(static_cast<std::uint32_t>(form - schema_.forms.data())) : nullptr;
}

std::vector<tree::Name> Checker::columns_of(const tree::Each& each, const FormBlock* block) {
   if (!each.every_column) return each.columns;
   if (block) {
      std::vector<tree::Name> columns;
      for (const std::string& column : block->columns) columns.push_back({each.span, column});
      return columns;
   }
   complaints_
       .error(Code::unknown_form, each.span, say("这里没有表，不知道是哪些栏", "there is no form here whose columns are meant"))
       .help = say("写明各栏：逐栏 甲, 乙", "name the columns: each column a, b");
   return {};
}

// A rule for several columns is for the block that has them; another, for the blocks whose columns it names.
bool Checker::names_columns(const CaseGroup& group, const FormBlock& block) {
   if (!group.each.columns.empty())
      return std::any_of(block.columns.begin(), block.columns.end(),
                         [&](const std::string& column) { return folded(column) == folded(group.each.columns.front().text); });
   return group.each.every_column || names_a_column(group.check->where, block) ||
          std::any_of(group.cases.begin(), group.cases.end(), [&](const CaseText& one) {
             return names_a_column(one.condition, block) || names_a_column(one.where, block);
          });
}

bool Checker::names_a_column(const tree::ExprPtr& expr, const FormBlock& block) {
   std::vector<tree::ExprPtr> open;
   if (expr) open.push_back(expr);
   while (!open.empty()) {
      const tree::ExprPtr at = open.back();
      open.pop_back();
      if (const auto* name = get_if<tree::NameRef>(&at->what))
         if (std::any_of(block.columns.begin(), block.columns.end(),
                         [&](const std::string& column) { return folded(column) == folded(name->name.text); }))
            return true;
      for_each_inner(*at, [&](const tree::ExprPtr& inner) { open.push_back(inner); });
   }
   return false;
}

// 逐个 公开04: once for every printed line of the blocks whose columns are named. 逐个 公开04[33..58]: for those lines.
void Checker::add_line_cases(RuleId id, const CaseGroup& group, const tree::Each& rows, std::uint32_t form, Scope scope) {
   const FormSchema& schema = schema_.forms[form];
   const auto wanted = rows.lines.empty() ? std::optional<std::vector<std::string>>() : lines_named(form, rows.lines);
   if (wanted && wanted->empty()) return;  // somebody has spoken
   bool visited = false;
   for (const FormBlock& block : schema.blocks) {
      if (block.kind == BlockKind::rows || !(wanted || names_columns(group, block))) continue;
      for (std::size_t i = 0; i < block.lines.size(); ++i) {
         const std::string& number = block.lines[i];
         if (wanted && std::find(wanted->begin(), wanted->end(), number) == wanted->end()) continue;
         visited = true;
         const LineScope line{form, number, block.labels[i], block.codes[i]};
         scope.line = &line;
         add_cases(id, group, scope, &block,
                   schema.name + (block.kind == BlockKind::grid ? "." + number : "[" + number + "] " + line.label));
      }
   }
   if (!visited && !group.cases.empty())
      complaints_
          .error(Code::unknown_field, group.cases.front().condition->span,
                 say("这里没有用到 {} 的栏目", "no column of {} is named here", schema.name))
          .help = say("写栏名，如 金额 >= 0元；一个值的审核去掉“逐个”",
                      "name a column, such as AMOUNT >= 0元; a check of one value has no 'each'");
}

void Checker::finish(RuleId id, const tree::Require& require) {
   Scope scope;
   scope.frame = scope.names = program_.rules[id].frame;
   scope.set = program_.rules[id].set;
   add_case(id, {&require.about, require.where, require.condition, require.span}, nullptr, scope, "");
}

// Every row that has children, every column of figures: the row is the sum of the rows right below it.
void Checker::finish(RuleId id, const tree::Rollup& rollup) {
   for (const tree::Name& name : rollup.forms) {
      const FormSchema* form = schema_.form(name.text);
      const FormBlock* block = form ? rows_block(static_cast<std::uint32_t>(form - schema_.forms.data())) : nullptr;
      if (!form) {
         unknown_form(name);
         continue;
      }
      if (!block || schema_.frames[block->frame].levels.empty()) {
         complaints_
             .error(Code::wrong_type, name.span,
                    say("{} 的行不分级，没有可以汇总的", "the rows of {} have no levels to roll up", form->name))
             .notes.push_back({form->declared, say("在这里声明", "declared here")});
         complaints_.last().help =
             say("逐级汇总用于有“位数”的报表；别的写 审核 名称 : {}[…] ≈ 求和({}[…])",
                 "rollup is for forms with levels; else write check NAME : {}[…] ≈ sum({}[…])", form->name, form->name);
         continue;
      }
      const FrameId rows = block->frame;
      for (const std::string& column : block->columns) {
         const FieldId field = schema_.field_in(rows, column);
         if (field == no_field || !schema_.fields[field].type.is_numeric()) continue;
         const NodeId row = field_node(field, rollup.span);
         Node sum = node_of(Op::sum, plain(schema_.fields[field].type), rows);
         sum.in = {row};
         sum.children = true;
         sum.span = rollup.span;
         const NodeId below = make(std::move(sum));
         const Op op = schema_.fields[field].type.published ? Op::about : Op::equal;
         Case made;
         made.title = form->name + " " + column;
         made.applies = make(Op::has_children, yes_no_type(), rows, {}, rollup.span);
         made.condition = make(op, yes_no_type(), rows, {row, below}, rollup.span);
         made.severity = program_.rules[id].severity;
         made.kind = rollup.about.kind;
         made.frame = rows;
         made.span = name.span;
         program_.rules[id].cases.push_back(std::move(made));
      }
   }
}

void Checker::finish(RuleId id, const tree::Let& let) {
   Scope scope;
   scope.frame = scope.names = program_.rules[id].frame;
   scope.set = program_.rules[id].set;
   const NodeId applies = let.where ? condition(let.where, scope) : no_node;
   const NodeId made = as_figure(value(let.value, scope));
   Rule& rule = program_.rules[id];
   rule.applies = applies;
   rule.value = made;
   rule.type = plain(nodes_.type(made));
   rule.type.bare = false;
}

}  // namespace heng::checking

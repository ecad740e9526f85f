// From lists to one value: sum, count, average, min, max, all, any. Which list is meant follows from the names inside.
#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/check/advice.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"

namespace heng::checking {

using boost::variant2::get_if;
using What = Thing::What;

namespace {

Op op_of(Kernel kernel) {
   switch (kernel) {
      case Kernel::count: return Op::count;
      case Kernel::minimum: return Op::minimum;
      case Kernel::maximum: return Op::maximum;
      case Kernel::average: return Op::average;
      case Kernel::all: return Op::all;
      case Kernel::any: return Op::any;
      case Kernel::names: return Op::names_of;
      default: return Op::sum;
   }
}

}  // namespace

// Which lists the names of an expression belong to. Goes wide, not deep: sums may be a thousand terms long.
void Checker::collect_lists(const tree::ExprPtr& expr, const Scope& scope, Lists& lists) {
   std::vector<tree::ExprPtr> open{expr};
   const auto note = [&](FrameId frame, bool by_list, Span span) {
      if (!encloses(frame, scope.frame))
         lists.outside.push_back({frame, span});
      else if (by_list && frame != report_frame)
         lists.own.push_back({frame, span});
   };
   const auto note_thing = [&](const Thing& thing, Span span) {
      if (thing.what == What::field || thing.what == What::rule) note(thing.frame, thing.by_list, span);
      if (thing.what == What::list) note(thing.frame, true, span);
      if (thing.what == What::form)
         if (const FormBlock* rows = rows_block(thing.form)) note(rows->frame, true, span);
      if (thing.what == What::children) lists.children = true;
   };
   while (!open.empty()) {
      const tree::ExprPtr at = open.back();
      open.pop_back();
      if (const auto* name = get_if<tree::NameRef>(&at->what)) {
         const Thing here = look_name(name->name.text, scope);
         note_thing(here, at->span);
         if (here.what != What::nothing) continue;
         if (const Named* rule = rule_named(name->name.text, scope.set); rule && found(name->name.text, scope).empty())
            note_thing(rule->thing, at->span);
         continue;
      }
      if (const auto* part = get_if<tree::Member>(&at->what)) {
         const tree::Expr* root = part->object.get();
         while (const auto* inner = get_if<tree::Member>(&root->what)) root = inner->object.get();
         if (const auto* name = get_if<tree::NameRef>(&root->what);
             name && look_name(name->name.text, scope).what == What::children) {
            lists.children = true;
            continue;
         }
         note_thing(look(*at, scope), at->span);
         continue;
      }
      if (const auto* call = get_if<tree::Call>(&at->what); call && !function_named(call->function.text, scope.set)) {
         const Function* function = find_function(call->function.text);
         const bool reduces = function && function->kind == FunctionKind::aggregate && call->arguments.size() <= 1;
         if (reduces) continue;
      }
      if (get_if<tree::Index>(&at->what)) continue;  // a look-up is one value
      for_each_inner(*at, [&](const tree::ExprPtr& inner) { open.push_back(inner); });
   }
}

std::optional<FrameId> Checker::home_of(const tree::ExprPtr& expression, FrameId frame, std::uint32_t set) {
   Scope scope;
   scope.frame = scope.names = frame;
   scope.set = set;
   std::optional<FrameId> deepest;
   std::vector<tree::ExprPtr> open{expression};
   while (!open.empty()) {
      const tree::ExprPtr at = open.back();
      open.pop_back();
      if (get_if<tree::NameRef>(&at->what) || get_if<tree::Member>(&at->what)) {
         const Thing thing = look(*at, scope);
         const bool speaks = thing.what == What::field || thing.what == What::rule;
         if (speaks && encloses(thing.frame, frame) && (!deepest || encloses(*deepest, thing.frame))) deepest = thing.frame;
         if (!speaks && thing.what != What::nothing && !deepest) deepest = report_frame;
         continue;
      }
      for_each_inner(*at, [&](const tree::ExprPtr& inner) { open.push_back(inner); });
   }
   return deepest;
}

// The deepest list named: the others must be around it.
std::optional<FrameId> Checker::list_for(const Lists& lists, const tree::Call& call, Span span) {
   const auto& named = lists.outside.empty() ? lists.own : lists.outside;
   if (named.empty()) {
      complaints_
          .error(Code::wrong_type, span,
                 say("{} 要一个列表，这里每行只有一个值", "{} wants a list, here is one value in each row", call.function.text))
          .help = say("写明列表，如 {}(项目.金额)", "name the list, such as {}(LIST.COLUMN)", call.function.text);
      return std::nullopt;
   }
   auto deepest = named.front();
   for (const auto& one : named)
      if (encloses(deepest.first, one.first)) deepest = one;
   for (const auto& [frame, where] : named) {
      if (encloses(frame, deepest.first)) continue;
      Diagnostic& error = complaints_.error(Code::frames_differ, span,
                                            say("这里有两个互不包含的列表", "two lists that do not hold each other stand here"));
      error.notes.push_back(
          {deepest.second, say("这是 {} 各行的", "this belongs to the rows of {}", schema_.frames[deepest.first].path)});
      error.notes.push_back({where, say("这是 {} 各行的", "this belongs to the rows of {}", schema_.frames[frame].path)});
      error.help = say("两个列表的数按码对应：表[代码].栏目", "figures of two lists meet by a key: FORM[CODE].COLUMN");
      return std::nullopt;
   }
   return deepest.first;
}

NodeId Checker::aggregate(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope) {
   const Op op = op_of(function.kernel);
   if ((op == Op::minimum || op == Op::maximum) && call.arguments.size() > 1) return least_or_most(expr, call, op, scope);
   if (!arguments_fit(call, 1, 1, expr->span)) return bad(scope.frame);
   const tree::ExprPtr& argument = call.arguments.front();
   if (is_chain(*argument) && !get_if<tree::NameRef>(&argument->what)) {
      const Thing what = look(*argument, scope);
      const bool perhaps_cells = what.what == What::nothing;
      const Thing cells = perhaps_cells ? resolve(*argument, scope) : Thing{};
      if (perhaps_cells && cells.what == What::nothing) return bad(scope.frame);
      if (cells.what == What::cells) {
         if (!call.where) return over_cells(expr, function, cells.cells, scope);
         complaints_
             .error(Code::bad_clause, call.where->span, say("写明的几行不取条件", "lines that are written out take no where"))
             .help = say("去掉“仅限 …”，只写要加的行，如 收支表[1, 3..5]",
                         "take 'where …' out and name the lines, such as FORM[1, 3..5]");
         return bad(scope.frame);
      }
   }
   Lists lists;
   collect_lists(argument, scope, lists);
   if (!lists.children && lists.outside.empty() && lists.own.empty() && is_bad(value(argument, scope))) return bad(scope.frame);
   if (lists.children && lists.outside.empty()) return reduce(expr, call, function, scope.frame, true, scope);
   const auto rows = list_for(lists, call, expr->span);
   if (!rows) return bad(scope.frame);
   if (const auto home = where_nested(*rows, scope)) return into(aggregate(expr, call, function, *home), expr->span, scope);
   if (!is_of_group(*rows, scope.frame) && !relates(call, *rows, scope)) return reduce(expr, call, function, *rows, false, scope);
   const FrameId copy = copy_in(scope.frame, *rows);
   if (copy != no_frame) return reduce(expr, call, function, copy, false, scope);
   complaints_.error(Code::too_large, expr->span,
                     say("一行对一行地比较两个列表的算式太多（上限 {}）",
                         "too many formulas relate the rows of two lists (limit {})", most_copies));
   return bad(scope.frame);
}

// Does what is added up, or its filter, speak of the row that is visited outside the list? 求和(公开05.小计 仅限 科目名称 =
// 项.科目)
bool Checker::relates(const tree::Call& call, FrameId rows, const Scope& scope) {
   if (encloses(rows, scope.frame) || encloses(scope.frame, rows) || schema_.frames[scope.frame].copy_of != no_frame)
      return false;
   Scope inside = scope;
   inside.frame = inside.names = rows;
   const auto of_visited_row = [&](const Thing& thing) {
      const bool node = thing.what == What::value || thing.what == What::row;
      const bool named =
          thing.what == What::field || thing.what == What::rule || thing.what == What::record || thing.what == What::list;
      if (!node && !named) return false;
      const FrameId frame = node ? nodes_.frame(thing.node) : thing.frame;
      return encloses(frame, scope.frame) && !encloses(frame, rows);
   };
   std::vector<tree::ExprPtr> open{call.arguments.front()};
   if (call.where) open.push_back(call.where);
   while (!open.empty()) {
      const tree::ExprPtr at = open.back();
      open.pop_back();
      if (get_if<tree::NameRef>(&at->what) || get_if<tree::Member>(&at->what)) {
         const Thing here = look(*at, inside);
         if (here.what == What::nothing ? of_visited_row(look(*at, scope)) : of_visited_row(here)) return true;
      }
      for_each_inner(*at, [&](const tree::ExprPtr& inner) { open.push_back(inner); });
   }
   return false;
}

// The rows of a list once more in every row of another; no_frame: there are too many of them.
FrameId Checker::copy_in(FrameId outer, FrameId rows) {
   for (const Frame& frame : schema_.frames)
      if (frame.copy_of == rows && frame.parent == outer) return frame.id;
   const auto made = made_frame(outer, schema_.frames[rows]);
   if (!made) return no_frame;
   Frame& copy = program_.schema.frames[*made];
   copy.path = schema_.frames[rows].path;
   copy.totals = schema_.frames[rows].totals;
   copy.copy_of = rows;
   return copy.id;
}

// A list that no report holds; nothing: there are too many of them.
std::optional<FrameId> Checker::made_frame(FrameId parent, const Frame& of) {
   const auto made = std::count_if(schema_.frames.begin(), schema_.frames.end(), [](const Frame& one) { return one.made(); });
   if (static_cast<std::size_t>(made) >= most_copies || schema_.frames.size() >= no_frame - 1) return std::nullopt;
   Frame frame;
   frame.id = static_cast<FrameId>(schema_.frames.size());
   frame.parent = parent;
   frame.name = of.name;
   frame.form = of.path;  // reached by no name
   frame.declared = of.declared;
   program_.schema.frames.push_back(std::move(frame));
   return program_.schema.frames.back().id;
}

// ---- groups -------------------------------------------------------------------------------------------------------------

// Are these the rows that the groups are made of, or lists in them?
bool Checker::is_of_group(FrameId rows, FrameId group) const {
   const FrameId list = schema_.frames[group].groups_of;
   return list != no_frame && encloses(list, rows);
}

// What the rows of a group have in common: as its first row says it.
NodeId Checker::value_of_group(FrameId group, Span span) {
   Type type;
   type.kind = Kind::row;
   Node row = node_of(Op::copied_row, type, group);
   row.other = schema_.frames[group].groups_of;
   const NodeId field = field_node(schema_.frames[group].group_by, span);
   return make(Op::at_row, nodes_.type(field), group, {field, make(std::move(row))}, span);
}

// In a copy of the rows below a group: does this one belong to it? no_node: it is no such copy.
NodeId Checker::in_same_group(FrameId rows, Span span) {
   const Frame& copy = schema_.frames[rows];
   if (copy.copy_of == no_frame || !is_of_group(copy.copy_of, copy.parent)) return no_node;
   Scope inside;
   inside.frame = inside.names = rows;
   const NodeId own = into(field_node(schema_.frames[copy.parent].group_by, span), span, inside);
   const NodeId shared = into(value_of_group(copy.parent, span), span, inside);
   return make(Op::text_equal, yes_no_type(), rows, {own, shared}, span);
}

// A sum within a sum over a copy: lists in its rows are added up where the rows themselves stand, the group's own rows once more
// for the whole group.
std::optional<Scope> Checker::where_nested(FrameId rows, const Scope& scope) const {
   const Frame& copy = schema_.frames[scope.frame];
   if (copy.copy_of == no_frame) return std::nullopt;
   const bool in_its_rows = rows != copy.copy_of && encloses(copy.copy_of, rows);
   if (!in_its_rows && !is_of_group(rows, copy.parent)) return std::nullopt;
   Scope home = scope;
   home.frame = home.names = in_its_rows ? copy.copy_of : copy.parent;
   return home;
}

// ---- cells --------------------------------------------------------------------------------------------------------------

// min(a, b, c): of several values in one row.
NodeId Checker::least_or_most(const tree::ExprPtr& expr, const tree::Call& call, Op op, const Scope& scope) {
   if (call.where) {
      complaints_.error(Code::bad_clause, call.where->span, say("几个数之间不取条件", "several values take no where")).help =
          say("去掉“仅限 …”", "take 'where …' out");
      return bad(scope.frame);
   }
   Side best{call.arguments.front(), figure(call.arguments.front(), scope)};
   for (std::size_t i = 1; i < call.arguments.size(); ++i) {
      Side next{call.arguments[i], figure(call.arguments[i], scope)};
      if (!unify(best, next, expr->span)) return bad(scope.frame);
      const Type a = nodes_.type(best.node), b = nodes_.type(next.node);
      best.node = make(op == Op::minimum ? Op::lesser : Op::greater, plain(a.kind == Kind::number ? b : a), scope.frame,
                       {best.node, next.node}, expr->span, expr);
   }
   return best.node;
}

// 求和(公开01[32..57]): fixed cells of the report.
NodeId Checker::over_cells(const tree::ExprPtr& expr, const Function& function, const std::vector<FieldId>& cells,
                           const Scope& scope) {
   const Op op = op_of(function.kernel);
   const auto finish = [&](NodeId node) { return into(node, expr->span, scope); };
   const auto number = [&](std::size_t count) { return constant(Rational(count), number_type(), report_frame, expr->span); };
   if (op == Op::count) return finish(number(cells.size()));
   if (op == Op::all || op == Op::any || op == Op::names_of) {
      complaints_
          .error(Code::not_a_condition, expr->span,
                 op == Op::names_of ? say("{} 要文字", "{} wants text", function.zh)
                                    : say("{} 要条件", "{} wants a condition", function.zh))
          .help = say("写明的几行是数；逐行判断写 审核 名称 逐个 报表[1..3] : …",
                      "lines that are written out are figures; for a condition in each write check NAME each FORM[1..3] : …");
      return bad(scope.frame);
   }
   NodeId all = no_node;
   for (const FieldId cell : cells) {
      const NodeId next = field_node(cell, expr->span);
      if (all == no_node) {
         all = next;
         continue;
      }
      const Combined sum = combine(Arithmetic::add, nodes_.type(all), nodes_.type(next));
      if (sum.type.kind == Kind::error) {
         if (!sum.zh.empty())
            complaints_.error(Code::units_differ, expr->span, {sum.zh, sum.en}).help =
                advice_for_pair({nullptr, nodes_.type(all)}, {nullptr, nodes_.type(next)});
         return bad(scope.frame);
      }
      const Op step = op == Op::minimum ? Op::lesser : op == Op::maximum ? Op::greater : Op::add;
      all = make(step, sum.type, report_frame, {all, next}, expr->span, expr);
   }
   if (op == Op::average)
      all = make(Op::divide, plain(nodes_.type(all)), report_frame, {all, number(cells.size())}, expr->span, expr);
   return finish(all);
}

NodeId Checker::reduce(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, FrameId rows, bool children,
                       const Scope& scope) {
   const Op op = op_of(function.kernel);
   const tree::ExprPtr& argument = call.arguments.front();
   auto* outer = std::exchange(divisors_, nullptr);
   Scope inner = scope;
   inner.frame = inner.names = rows;
   inner.of_children = children;
   Node node = node_of(op, number_type(), children ? rows : common(schema_.frames[rows].parent, scope.frame));
   NodeId argument_node = no_node;
   if (op == Op::count) {
      const Thing list = is_chain(*argument) ? resolve(*argument, inner) : Thing{};
      if (list.what == What::list || list.what == What::form)
         argument_node = constant(true, yes_no_type(), rows, argument->span);
      else if (is_chain(*argument) && list.what == What::nothing)
         argument_node = bad(rows);
      else {
         complaints_
             .error(Code::wrong_type, argument->span, say("计数数的是行，这里是一个值", "count counts rows, this is a value"))
             .help = schema_.frames[rows].groups_of == no_frame
                         ? say("写 计数({} 仅限 …)", "write count({} where …)", schema_.frames[rows].path)
                         : say("要数有几组：另写一个每组为 1 的 计算，再 求和",
                               "to count groups write a let that is 1 in each, and sum it");
         argument_node = bad(rows);
      }
   } else if (op == Op::all || op == Op::any) {
      argument_node = condition(argument, inner);
      node.type = yes_no_type();
   } else if (op == Op::names_of) {
      argument_node = value(argument, inner);
      node.type = names_type();
      const Kind kind = nodes_.type(argument_node).kind;
      if (!is_bad(argument_node) && kind != Kind::text && kind != Kind::code && kind != Kind::choice) {
         complaints_
             .error(Code::wrong_type, argument->span,
                    say_types("名单由文字组成，这是{}", "a set is made of text, this is {}", nodes_.type(argument_node)))
             .help = say("写名称的栏目，如 名单(支出表.科目名称)", "take a column of names, such as set(支出表.科目名称)");
         argument_node = bad(rows);
      }
   } else {
      argument_node = figure(argument, inner);
      if (!is_bad(argument_node)) {
         const Type type = nodes_.type(argument_node);
         const bool adds = op == Op::sum || op == Op::average;
         const Combined sum = adds ? combine(Arithmetic::add, type, type) : Combined{type, "", ""};
         if (sum.type.kind == Kind::error) {
            complaints_.error(Code::wrong_type, argument->span, {sum.zh, sum.en}).help = advice_for_figure(type);
            argument_node = bad(rows);
         }
         node.type = plain(sum.type);
         node.type.bare = false;
      }
   }
   NodeId filter = no_node;
   if (call.where) filter = condition(call.where, inner);
   if (const NodeId member = in_same_group(rows, expr->span); member != no_node)
      filter = filter == no_node ? member : make(Op::both, yes_no_type(), rows, {member, filter}, expr->span);
   divisors_ = outer;
   if (is_bad(argument_node) || (filter != no_node && is_bad(filter))) return bad(scope.frame);
   if (!children && sums_levels_twice(op, rows, argument_node, filter)) {
      complaints_
          .error(Code::levelled_sum, expr->span,
                 say("{} 的类、款、项都是行，全部相加会重复", "{} holds rows of every level: all of them together count twice",
                     schema_.frames[rows].path))
          .help =
          say("写明哪一级：… 仅限 位级 = {}，或者用 下级", "say which level: … where level = {}, or use children",
              schema_.frames[schema_.frames[rows].copy_of == no_frame ? rows : schema_.frames[rows].copy_of].levels.back());
      return bad(scope.frame);
   }
   node.in = {argument_node};
   if (filter != no_node) node.in.push_back(filter);
   node.children = children;
   node.span = expr->span;
   node.expr = expr;
   return into(make(std::move(node)), expr->span, scope);
}

bool Checker::sums_levels_twice(Op op, FrameId rows, NodeId argument, NodeId filter) const {
   if (schema_.frames[rows].copy_of != no_frame) rows = schema_.frames[rows].copy_of;
   if (schema_.frames[rows].levels.size() < 2 || (op != Op::sum && op != Op::count && op != Op::average)) return false;
   return !nodes_.facts(argument).one_level && (filter == no_node || !nodes_.facts(filter).one_level);
}

}  // namespace heng::checking

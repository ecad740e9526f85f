// Formulas in the notation of the ministry's notes (grammar/formula.hpp): which rows they are judged in, what 7栏 is, and the
// labels shown beside the numbers.
#include <algorithm>

#include "grammar/formula.hpp"
#include "grammar/walk.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;
using What = Thing::What;

namespace {

constexpr std::string_view column_mark = "栏", table_mark = "表";

bool ends_with(std::string_view text, std::string_view end) {
   return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

// 7 of 7栏
std::optional<std::size_t> column_number(std::string_view name) {
   if (!ends_with(name, column_mark)) return std::nullopt;
   name.remove_suffix(column_mark.size());
   if (name.size() > 4 || !std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }))
      return std::nullopt;
   return static_cast<std::size_t>(std::stoi(std::string(name)));
}

template <typename Visit>
void each_expr(const tree::ExprPtr& expr, const Visit& visit) {
   visit(*expr);
   for_each_inner(*expr, [&](const tree::ExprPtr& inner) { each_expr(inner, visit); });
}

}  // namespace

// Columns are counted through all blocks of a form; in a grid its cells, row by row.
std::optional<Checker::NumberedColumn> Checker::numbered_column(std::uint32_t form, std::string_view name) const {
   const auto number = column_number(name);
   if (!number || *number == 0) return std::nullopt;
   std::size_t left = *number - 1;
   for (const FormBlock& block : schema_.forms[form].blocks) {
      const std::size_t rows = block.kind == BlockKind::grid ? block.lines.size() : 1;
      if (left >= rows * block.columns.size()) {
         left -= rows * block.columns.size();
         continue;
      }
      return NumberedColumn{&block, block.columns[left % block.columns.size()],
                            block.kind == BlockKind::grid ? block.lines[left / block.columns.size()] : ""};
   }
   return std::nullopt;
}

// What only formulas can write: 7栏, 财决07表.
Thing Checker::look_in_formula(const std::string& name, const Scope& scope) {
   if (const auto column = numbered_column(scope.formula->form, name)) {
      const FormSchema& form = schema_.forms[scope.formula->form];
      FieldId field = no_field;
      if (column->block->kind == BlockKind::grid)
         field = schema_.cell(form.name, column->line, column->name);
      else if (column->block->kind == BlockKind::rows && scope.formula->total)
         return member_of_row(row_of_total(column->block->frame, 0), column->name, scope);
      else if (column->block->kind == BlockKind::rows)
         field = schema_.field_in(column->block->frame, column->name);
      else if (scope.line)
         field = schema_.cell(form.name, scope.line->line, column->name);
      return field == no_field ? Thing{} : field_thing(field);
   }
   if (ends_with(name, table_mark)) return look_name(name.substr(0, name.size() - table_mark.size()), scope);
   return {};
}

// 7栏 behind a line or a row is its form's seventh column.
tree::Name Checker::column_in_formula(const Thing& object, const tree::Name& name, const Scope& scope) const {
   const bool one_cell = object.what == What::field || object.what == What::cells;
   if (!scope.formula || one_cell || !column_number(name.text)) return name;
   std::uint32_t form = object.form;
   if (object.what == What::row)
      for (std::uint32_t i = 0; i < schema_.forms.size(); ++i)
         if (schema_.forms[i].name == schema_.frames[object.frame].form) form = i;
   const auto column = numbered_column(form, name.text);
   return column ? tree::Name{name.span, column->name} : name;
}

// 32行1栏 where the lines have one column only, which is the first.
bool Checker::is_its_only_column(const Thing& cells, const tree::Name& name, const Scope& scope) const {
   if (!scope.formula || !column_number(name.text)) return false;
   const Field& field = schema_.fields[cells.what == What::cells ? cells.cells.front() : cells.field];
   for (std::uint32_t form = 0; form < schema_.forms.size(); ++form)
      if (schema_.forms[form].name == field.form)
         if (const auto column = numbered_column(form, name.text)) return column->name == field.column;
   return false;
}

// The rows of a form that has one total row.
std::optional<FrameId> Checker::with_one_total(const Thing& form) const {
   const FormBlock* rows = form.what == What::form ? rows_block(form.form) : nullptr;
   if (!rows || schema_.frames[rows->frame].totals.size() != 1) return std::nullopt;
   return rows->frame;
}

bool Checker::is_same_row(const tree::Index& index, const Scope& scope) const {
   const auto* name = index.items.empty() ? nullptr : get_if<tree::NameRef>(&index.items.front().first->what);
   return scope.formula && name && name->name.text == grammar::same_row;
}

// 财决07表8栏各行: the row of that table which has this row's number or key.
tree::ExprPtr Checker::same_row_as(const tree::ExprPtr& written, const Scope& scope) const {
   const auto* name = get_if<tree::NameRef>(&written->what);
   if (!scope.formula || !name || name->name.text != grammar::same_row) return written;
   if (scope.line) return std::make_shared<tree::Expr>(tree::Expr{written->span, tree::Number{scope.line->line, ""}});
   const Frame& frame = schema_.frames[scope.frame];
   if (!frame.keyed) return written;
   return std::make_shared<tree::Expr>(tree::Expr{written->span, tree::NameRef{{written->span, schema_.fields[frame.key].name}}});
}

// 27行（本年收入合计）=(1+2+…+8)行
std::string Checker::with_labels(const std::string& text, std::uint32_t form) const {
   constexpr std::string_view line_mark = "行";
   std::string result, digits;
   bool other_table = false;
   for (std::size_t at = 0; at < text.size(); ++at) {
      result += text[at];
      if (text[at] >= '0' && text[at] <= '9') {
         digits += text[at];
         continue;
      }
      const std::string_view behind = std::string_view(text).substr(at);
      const bool line = behind.substr(0, line_mark.size()) == line_mark, column = behind.substr(0, 3) == column_mark;
      if (behind.substr(0, 3) == table_mark) other_table = true;
      if (text[at] == '+' || text[at] == '-' || text[at] == '=') other_table = false;
      std::string label;
      if (line && !digits.empty() && !other_table)
         for (const FormBlock& block : schema_.forms[form].blocks)
            for (std::size_t i = 0; i < block.lines.size(); ++i)
               if (block.kind == BlockKind::lines && block.lines[i] == digits) label = block.labels[i];
      if (column && !digits.empty() && !other_table)
         if (const auto found = numbered_column(form, digits + "栏")) label = found->line + found->name;
      digits.clear();
      if (line || column) result += std::string(text.substr(at + 1, 2)), at += 2;
      if (!label.empty()) result += "（" + label + "）";
   }
   return result;
}

std::optional<std::uint32_t> Checker::form_of_formula(const tree::Name& written) const {
   for (const std::string& name :
        {written.text,
         ends_with(written.text, table_mark) ? written.text.substr(0, written.text.size() - table_mark.size()) : written.text})
      if (const FormSchema* form = schema_.form(name)) return static_cast<std::uint32_t>(form - schema_.forms.data());
   return std::nullopt;
}

void Checker::finish(RuleId id, const tree::Formulas& formulas) {
   const auto form = form_of_formula(formulas.form);
   if (!form) return unknown_form(formulas.form);
   for (const tree::Formula& formula : formulas.formulas)
      if (formula.condition) add_formula(id, formulas, formula, *form);
}

void Checker::add_formula(RuleId id, const tree::Formulas& formulas, const tree::Formula& formula, std::uint32_t form) {
   Scope scope;
   scope.set = program_.rules[id].set;
   FormulaScope here{form, ""};
   scope.formula = &here;
   const std::string title = with_labels(formula.text, form);
   const CaseText text{&formula.about, nullptr, formula.condition, formula.text_span};
   const auto add = [&](const std::string& where) {
      const std::size_t before = program_.rules[id].cases.size();
      add_case(id, text, nullptr, scope, where.empty() ? title : title + " " + where);
      auto& made = program_.rules[id].cases;
      if (made.size() == before) return;
      if (made.back().kind == tree::MinistryKind::none) made.back().kind = formulas.about.kind;
      if (!formula.about.title.empty()) made.back().title = formula.about.title + "：" + made.back().title;
      if (made.back().message.empty()) made.back().message = message_of(formulas.about, scope);
   };
   const FormBlock* block = formula.rows ? block_of_columns(formula.condition, form) : nullptr;
   if (block && block->kind == BlockKind::rows) {
      // Beside the like row of another table the total row is judged on its own.
      bool other_table = false;
      each_expr(formula.condition, [&](const tree::Expr& expr) {
         const auto* index = get_if<tree::Index>(&expr.what);
         other_table = other_table || (index && is_same_row(*index, scope));
      });
      const bool alone = other_table && schema_.frames[block->frame].totals.size() == 1;
      scope.frame = scope.names = block->frame;
      const std::size_t before = program_.rules[id].cases.size();
      add("");
      auto& made = program_.rules[id].cases;
      if (!alone || made.size() == before) return;
      const NodeId total = make(Op::is_total, yes_no_type(), block->frame, {}, formula.text_span);
      const NodeId row = negated(total, true, formula.text_span, {});
      made.back().applies = made.back().applies == no_node
                                ? row
                                : make(Op::both, yes_no_type(), block->frame, {made.back().applies, row}, formula.text_span);
      scope.frame = scope.names = report_frame;
      here.total = true;
      return add(schema_.frames[block->frame].totals.front().label);
   }
   if (block && block->kind == BlockKind::lines) {
      for (std::size_t i = 0; i < block->lines.size(); ++i) {
         const LineScope line{form, block->lines[i], block->labels[i], block->codes[i]};
         scope.line = &line;
         add(schema_.forms[form].name + "[" + line.line + "] " + line.label);
      }
      return;
   }
   const std::vector<std::string> columns = columns_left_open(formula, form);
   if (columns.size() < 2) return add("");
   for (const std::string& column : columns) {
      here.column = column;
      add(column);
   }
}

// The block whose numbered columns stand there without a line.
const FormBlock* Checker::block_of_columns(const tree::ExprPtr& condition, std::uint32_t form) const {
   const FormBlock* result = nullptr;
   each_expr(condition, [&](const tree::Expr& expr) {
      const auto* name = get_if<tree::NameRef>(&expr.what);
      if (!name || result) return;
      if (const auto column = numbered_column(form, name->name.text)) result = column->block;
   });
   return result;
}

// 59行=(33+…+58)行 of a form with several columns is meant for each of them.
std::vector<std::string> Checker::columns_left_open(const tree::Formula& formula, std::uint32_t form) {
   if (formula.text.find(column_mark) != std::string::npos) return {};
   std::vector<std::string> result;
   each_expr(formula.condition, [&](const tree::Expr& expr) {
      const auto* index = get_if<tree::Index>(&expr.what);
      if (!index || index->items.empty() || !result.empty()) return;
      const auto number = written_code(*index->items.front().first);
      const auto line = number ? declared_line(form, *number) : std::nullopt;
      if (!line) return;
      const FormBlock* block = block_of_line(form, *line);
      if (block && block->kind == BlockKind::lines) result = block->columns;
   });
   return result;
}

}  // namespace heng::checking

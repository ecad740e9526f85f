#include "interpreter/explain/read_expression.hpp"

#include <fmt/format.h>

#include "grammar/keywords.hpp"
#include "grammar/operators.hpp"
#include "grammar/show.hpp"
#include "stdlib/text.hpp"

namespace heng {

using boost::variant2::get_if;
namespace g = grammar;

namespace {

// Words that say what a target or an actual is, for who does not know them by heart.
struct Gloss {
   std::string_view zh, en, zh_says, en_says;
};
constexpr Gloss glosses[] = {
    {"反向", "reverse", "反向（≤、<，越小越好）", "reverse (≤ or <: the less the better)"},
    {"正向", "positive", "正向（≥、>，越大越好）", "positive (≥ or >: the more the better)"},
    {"等值", "same", "等值（“=”或没有符号）", "same (= or no sign)"},
    {"等于", "equal", "等于（“=”）", "equal (=)"},
    {"无符号", "bare", "无符号（只有数）", "bare (a figure without a sign)"},
    {"定量", "quantitative", "定量（写的是数）", "quantitative (a figure)"},
    {"数字", "numeric", "数字", "a figure"},
    {"定性", "qualitative", "定性（写的是文字）", "qualitative (words)"},
    {"文字", "text", "文字", "words"},
    {"日期", "dated", "日期", "a date"},
    {"金额", "money", "金额", "money"},
};

bool spells(const std::string& name, Word word) { return name == keyword(word).english || name == keyword(word).chinese; }

}  // namespace

// What is said, and how strongly it holds together (grammar/operators.hpp).
struct ExpressionReader::Words {
   const ExpressionReader& reader;
   mutable int strength = g::operand_strength;

   template <typename... A>
   std::string say(std::string_view zh, std::string_view en, const A&... a) const {
      return fmt::format(fmt::runtime(reader.chinese_ ? zh : en), a...);
   }
   std::string of(const tree::ExprPtr& expr, int least = 0) const { return expr ? reader.read(*expr, least) : std::string(); }
   std::string binds(int how, std::string text) const {
      strength = how;
      return text;
   }
   // What a phrase such as “之和” may follow without brackets.
   std::string whole(const tree::ExprPtr& expr) const {
      const std::string text = of(expr, g::operand_strength);
      return text;
   }

   std::string operator()(const tree::Bad&) const { return say("（没有读懂的部分）", "(a part that could not be read)"); }
   std::string operator()(const tree::Number& number) const { return number.digits + number.unit; }
   std::string operator()(const tree::Text& text) const {
      return text.text.empty() ? say("空文字", "an empty text") : reader.quoted(text.text);
   }

   std::string operator()(const tree::NameRef& ref) const {
      const std::string& name = ref.name.text;
      if (!ref.name.quoted) {
         if (spells(name, Word::this_column)) return say("本栏", "this column");
         if (spells(name, Word::this_part)) return say("本项", "this part");
         if (spells(name, Word::column_label)) return say("本栏的名称", "this column's name");
         if (spells(name, Word::line_number)) return say("本行的行次", "this line's number");
         if (spells(name, Word::line_label)) return say("本行的名称", "this line's label");
         if (spells(name, Word::line_code)) return say("本行的代码", "this line's code");
         if (spells(name, Word::previous)) return say("上年报告", "last year's report");
         if (spells(name, Word::level)) return say("位级（科目代码的位数）", "level (digits of the code)");
         if (spells(name, Word::orphan)) return say("没有上级行", "it has no row above");
         if (spells(name, Word::children)) return say("下级各行", "the rows right below");
         if (spells(name, Word::parent)) return say("上级行", "the row above");
      }
      for (const ParameterValue& one : reader.program_.sets[reader.set_].parameters)
         if (fold(one.name) == fold(name)) return say("{}（{}）", "{} ({})", name, reader.parameter_value(one));
      return name;
   }

   std::string operator()(const tree::Index& index) const {
      if (const auto* name = get_if<tree::NameRef>(&index.object->what))
         if (reader.program_.schema.form(name->name.text) && is_lines(index)) return reader.lines(name->name.text, index.items);
      if (const auto* last_year = get_if<tree::Member>(&index.object->what))
         if (const auto* name = get_if<tree::NameRef>(&last_year->object->what); name && spells(name->name.text, Word::previous))
            if (const auto form = std::make_shared<tree::Expr>(tree::Expr{last_year->name.span, tree::NameRef{last_year->name}});
                reader.program_.schema.form(last_year->name.text))
               return say("上年报告的{}", "{} of last year's report", (*this)(tree::Index{form, index.items}));
      const std::string list = of(index.object, g::operand_strength);
      std::vector<std::string> keys;
      for (const tree::IndexItem& item : index.items)
         keys.push_back(item.last ? say("{} 至 {}", "{} to {}", of(item.first), of(item.last)) : of(item.first));
      const std::string key = reader.joined(keys, "、", ", ");
      if (get_if<tree::NameRef>(&index.items.front().first->what))
         return say("{}中{}相同的那一行", "the row of {} with the same {}", list, key);
      return say("{}中代码为 {} 的那一行", "the row {1} of {0}", list, key);
   }
   bool is_lines(const tree::Index& index) const {
      for (const tree::IndexItem& item : index.items)
         for (const tree::ExprPtr& one : {item.first, item.last}) {
            if (!one) continue;
            const auto* number = get_if<tree::Number>(&one->what);
            const auto* text = get_if<tree::Text>(&one->what);
            if (!number && !text) return false;
            const auto* form = reader.program_.schema.form(get_if<tree::NameRef>(&index.object->what)->name.text);
            if (!has_line(*form, number ? number->digits : text->text)) return false;
         }
      return true;
   }
   static bool has_line(const FormSchema& form, const std::string& number) {
      for (const FormBlock& block : form.blocks)
         for (const std::string& line : block.lines)
            if (block.kind == BlockKind::lines && fold(line) == fold(number)) return true;
      return false;
   }

   // 公开02的合计行, 公开09的决算行; then 的 + column.
   std::string operator()(const tree::Member& member) const {
      const std::string object = of(member.object, g::operand_strength);
      const std::string& name = member.name.text;
      if (!member.name.quoted && spells(name, Word::total_row)) return say("{}的合计行", "the total row of {}", object);
      if (!member.name.quoted && spells(name, Word::rate))
         return say("{}的得分率（得分 ÷ 满分）", "the rate of {} (points ÷ full marks)", object);
      if (spells(name, Word::this_column) && !member.name.quoted) return say("{}的本栏", "this column of {}", object);
      if (spells(name, Word::this_part) && !member.name.quoted) return say("{}的本项", "this part of {}", object);
      if (const auto* form = get_if<tree::NameRef>(&member.object->what))
         if (const FormSchema* schema = reader.program_.schema.form(form->name.text); schema && is_row(*schema, name))
            return say("{}的{}行", "the row {1} of {0}", object, name);
      return say("{}的{}", "{1} of {0}", object, name);
   }
   bool is_row(const FormSchema& form, const std::string& name) const {
      for (const FormBlock& block : form.blocks) {
         if (block.kind == BlockKind::grid)
            for (const std::string& line : block.lines)
               if (fold(line) == fold(name)) return true;
         if (block.kind == BlockKind::rows)
            for (const Total& total : reader.program_.schema.frames[block.frame].totals)
               if (fold(total.label) == fold(name)) return true;
      }
      return false;
   }

   // ---- functions

   std::string operator()(const tree::Call& call) const {
      if (const Function* function = find_function(call.function.text)) return library(call, *function);
      std::vector<std::string> parts;
      const tree::Function* own = reader.function_named(call.function.text);
      for (std::size_t i = 0; i < call.arguments.size(); ++i) {
         const std::string value = of(call.arguments[i]);
         const bool named = own && i < own->parameters.size();
         parts.push_back(named ? say("{}取{}", "{} being {}", own->parameters[i].name.text, value) : value);
      }
      return say("{}（{}）", "{} ({})", call.function.text, reader.joined(parts, "，", ", "));
   }

   std::string where_of(const tree::Call& call) const {
      return call.where ? say("（只计 {} 的行）", " (only rows where {})", of(call.where)) : std::string();
   }
   std::string arguments_of(const tree::Call& call) const {
      std::vector<std::string> parts;
      for (const tree::ExprPtr& argument : call.arguments) parts.push_back(of(argument));
      return reader.joined(parts, "、", ", ");
   }
   std::string library(const tree::Call& call, const Function& function) const {
      const bool several = call.arguments.size() > 1;
      const std::string first = call.arguments.empty() ? std::string()
                                : several              ? of(call.arguments[0])
                                                       : whole(call.arguments[0]);
      const std::string where = where_of(call);
      switch (function.kernel) {
         case Kernel::sum: return say("{}之和{}", "the sum of {}{}", first, where);
         case Kernel::count: return say("{}的行数{}", "the number of rows of {}{}", first, where);
         case Kernel::average: return say("{}的平均值{}", "the average of {}{}", first, where);
         case Kernel::minimum:
            return several ? say("{}中最小的", "the least of {}", arguments_of(call))
                           : say("{}中最小的{}", "the least of {}{}", first, where);
         case Kernel::maximum:
            return several ? say("{}中最大的", "the largest of {}", arguments_of(call))
                           : say("{}中最大的{}", "the largest of {}{}", first, where);
         case Kernel::all:
            return binds(g::not_strength, say("每一行都满足“{}”{}", "every row has “{}”{}", of(call.arguments[0]), where));
         case Kernel::any:
            return binds(g::not_strength,
                         say("至少有一行满足“{}”{}", "at least one row has “{}”{}", of(call.arguments[0]), where));
         case Kernel::absolute: return say("{}的绝对值", "the absolute value of {}", first);
         case Kernel::round: return rounded(call, function);
         case Kernel::names: return say("{}组成的名单{}", "the set of {}{}", first, where);
         case Kernel::decimals: return say("{}印出的小数位数", "the printed decimals of {}", first);
         case Kernel::title: return say("{}印出的标题", "the printed title of {}", first);
         case Kernel::unit: return say("{}印出的单位", "the printed unit of {}", first);
         case Kernel::year: return say("{}印出的年度", "the printed year of {}", first);
         case Kernel::lines: return say("{}印出的行次齐全", "the printed lines of {} are complete", first);
         case Kernel::apply: break;
      }
      std::string name(reader.chinese_ ? function.zh : function.en);
      return fmt::format("{}（{}）{}", name, arguments_of(call), where);
   }
   std::string rounded(const tree::Call& call, const Function& function) const {
      const std::string decimals = call.arguments.size() > 1 ? of(call.arguments[1]) : "0";
      const std::string what = whole(call.arguments[0]);
      switch (function.rounding) {
         case Rounding::half_away: return say("{}四舍五入到 {} 位小数", "{} rounded to {} decimals", what, decimals);
         case Rounding::half_even:
            return say("{}保留 {} 位小数（恰为一半时取偶数）", "{} rounded to {} decimals (a half to the even neighbour)", what,
                       decimals);
         case Rounding::up: return say("{}进位到 {} 位小数", "{} rounded up to {} decimals", what, decimals);
         case Rounding::down: return say("{}舍去 {} 位以后的小数", "{} cut off after {} decimals", what, decimals);
         case Rounding::ceiling: return say("{}向上取到 {} 位小数", "{} rounded towards plus to {} decimals", what, decimals);
         case Rounding::floor: return say("{}向下取到 {} 位小数", "{} rounded towards minus to {} decimals", what, decimals);
      }
      return what;
   }

   // ---- arithmetic and logic

   std::string operator()(const tree::Unary& unary) const {
      switch (unary.op) {
         case tree::UnaryOp::minus: return binds(g::sign_strength, "−" + of(unary.operand, g::sign_strength));
         case tree::UnaryOp::plus: return binds(g::sign_strength, of(unary.operand, g::sign_strength));
         case tree::UnaryOp::no: return binds(g::operand_strength, say("不满足“{}”", "not “{}”", of(unary.operand)));
      }
      return {};
   }

   std::string operator()(const tree::Binary& binary) const {
      const int how = g::strength_of(binary.op);
      const auto with = [&](std::string_view zh, std::string_view en, int left, int right) {
         return binds(how, say(zh, en, of(binary.left, left), of(binary.right, right)));
      };
      switch (binary.op) {
         case tree::BinaryOp::add: return with("{} + {}", "{} + {}", how, how);
         case tree::BinaryOp::subtract: return with("{} − {}", "{} − {}", how, how + 1);
         case tree::BinaryOp::multiply: return with("{} × {}", "{} × {}", how, how);
         case tree::BinaryOp::divide: return with("{} ÷ {}", "{} ÷ {}", how, how + 1);
         case tree::BinaryOp::both: return logic(binary, "，并且 ", ", and ");
         case tree::BinaryOp::either: return logic(binary, "，或者 ", ", or ");
         case tree::BinaryOp::exactly_when:
            return with("“{}”与“{}”要么都成立，要么都不成立", "“{}” and “{}” are both true or both false", 0, 0);
      }
      return {};
   }
   // Brackets wherever 并且 and 或者 meet, in either order: nobody has to know which binds tighter.
   std::string logic(const tree::Binary& binary, std::string_view zh, std::string_view en) const {
      const auto side = [&](const tree::ExprPtr& expr) {
         const tree::Expr* at = expr.get();
         while (const auto* group = get_if<tree::Group>(&at->what)) at = group->inner.get();
         const auto* inner = get_if<tree::Binary>(&at->what);
         const bool same = inner && inner->op == binary.op;
         const bool loose = (inner && !same &&
                             (inner->op == tree::BinaryOp::both || inner->op == tree::BinaryOp::either ||
                              inner->op == tree::BinaryOp::exactly_when)) ||
                            get_if<tree::If>(&at->what);
         return loose ? say("（{}）", "({})", of(expr)) : of(expr);
      };
      return binds(g::strength_of(binary.op), side(binary.left) + say(zh, en) + side(binary.right));
   }

   std::string operator()(const tree::Comparison& comparison) const {
      std::vector<std::string> parts;
      bool about = false;
      for (std::size_t i = 0; i < comparison.ops.size(); ++i) {
         const tree::CompareOp op = comparison.ops[i];
         about |= op == tree::CompareOp::about || op == tree::CompareOp::about_less || op == tree::CompareOp::about_greater;
         parts.push_back(relation(op, of(comparison.operands[i], g::compare_strength + 1),
                                  of(comparison.operands[i + 1], g::compare_strength + 1)));
      }
      std::string text = reader.joined(parts, "，并且 ", ", and ");
      if (about) text += say("（允许四舍五入的尾差）", " (rounding differences allowed)");
      if (comparison.within) text += say("，相差不超过 {}", " to within {}", of(comparison.within));
      return binds(parts.size() > 1 ? g::and_strength : g::compare_strength, text);
   }
   std::string relation(tree::CompareOp op, const std::string& left, const std::string& right) const {
      switch (op) {
         case tree::CompareOp::equal: return say("{} 等于 {}", "{} equals {}", left, right);
         case tree::CompareOp::not_equal: return say("{} 不等于 {}", "{} differs from {}", left, right);
         case tree::CompareOp::less: return say("{} 小于 {}", "{} is less than {}", left, right);
         case tree::CompareOp::less_equal: return say("{} 不大于 {}", "{} is at most {}", left, right);
         case tree::CompareOp::greater: return say("{} 大于 {}", "{} is more than {}", left, right);
         case tree::CompareOp::greater_equal: return say("{} 不小于 {}", "{} is at least {}", left, right);
         case tree::CompareOp::about: return say("{} 约等于 {}", "{} is about {}", left, right);
         case tree::CompareOp::about_less: return say("{} 不大于 {}", "{} is at most {}", left, right);
         case tree::CompareOp::about_greater: return say("{} 不小于 {}", "{} is at least {}", left, right);
         case tree::CompareOp::exactly: return say("{} 与 {} 一字不差", "{} is {} to the letter", left, right);
      }
      return {};
   }

   std::string operator()(const tree::If& choice) const {
      if (!choice.otherwise) return binds(0, say("如果 {}，那么 {}", "if {}, then {}", of(choice.condition), of(choice.then)));
      return binds(0, say("如果 {}，那么 {}；否则 {}", "if {}, then {}; else {}", of(choice.condition), of(choice.then),
                          of(choice.otherwise)));
   }
   std::string operator()(const tree::Otherwise& otherwise) const {
      return say("{}（没有填写的按 {}）", "{} ({} where it is missing)", of(otherwise.operand, g::otherwise_strength),
                 of(otherwise.fallback));
   }
   std::string operator()(const tree::ZeroDivisorAs& zero) const {
      return binds(g::zero_divisor_strength, say("{}（除数为0时按 {}）", "{} ({} where the divisor is 0)",
                                                 of(zero.operand, g::zero_divisor_strength), of(zero.value)));
   }

   std::string operator()(const tree::IsTest& test) const {
      const std::string what = of(test.operand, g::compare_strength + 1);
      switch (test.what) {
         case tree::Is::present:
            return binds(g::compare_strength, test.negated ? say("{} 没有填写", "{} is not filled in", what)
                                                           : say("{} 已填写", "{} is filled in", what));
         case tree::Is::missing:
            return binds(g::compare_strength, test.negated ? say("{} 已填写", "{} is filled in", what)
                                                           : say("{} 没有填写", "{} is not filled in", what));
         case tree::Is::word: break;
      }
      std::vector<std::string> words;
      for (const tree::Name& word : test.words) words.push_back(glossed(word));
      const std::string all = reader.joined(words, " 或 ", " or ");
      return binds(g::compare_strength,
                   test.negated ? say("{} 不是 {}", "{} is not {}", what, all) : say("{} 是 {}", "{} is {}", what, all));
   }
   std::string glossed(const tree::Name& word) const {
      for (const Gloss& one : glosses)
         if (word.text == one.zh || word.text == one.en) return std::string(reader.chinese_ ? one.zh_says : one.en_says);
      return reader.quoted(word.text);
   }

   std::string operator()(const tree::Under& under) const {
      std::vector<std::string> codes;
      for (const tree::ExprPtr& code : under.codes) codes.push_back(of(code));
      const std::string all = reader.joined(codes, "、", ", ");
      const std::string what = of(under.operand, g::compare_strength + 1);
      if (under.codes.size() == 1 && get_if<tree::Call>(&under.codes.front()->what))
         return binds(g::compare_strength, under.negated ? say("{} 不在 {} 里", "{} is not in {}", what, all)
                                                         : say("{} 在 {} 里", "{} is in {}", what, all));
      return binds(g::compare_strength, under.negated ? say("{} 不是 {} 或其下级", "{} is not {} or below", what, all)
                                                      : say("{} 是 {} 或其下级", "{} is {} or below", what, all));
   }
   std::string operator()(const tree::Group&) const { return {}; }  // read() looks through it
   std::string operator()(const tree::FullMarks&) const { return say("满分", "full marks"); }
   std::string operator()(const tree::Judged& judged) const {
      return say("由人评定的{}（须在0分至满分之间，档次见“{}”）",
                 "{}, which a person judged (from 0 to full marks, tiers as in “{}”)", of(judged.value, g::operand_strength),
                 judged.tier.text);
   }
   std::string operator()(const tree::Target& target) const {
      return say("目标“{}{}{}”", "the target “{}{}{}”", symbol(target.op), target.number.digits, target.number.unit);
   }
   std::string operator()(const tree::MissingValue&) const { return say("没有填写", "missing"); }
};

std::string ExpressionReader::read(const tree::Expr& expr, int least) const {
   if (const auto* group = get_if<tree::Group>(&expr.what)) return read(*group->inner, least);
   const Words words{*this};
   const std::string text = boost::variant2::visit(words, expr.what);
   if (words.strength >= least) return text;
   return (chinese_ ? "（" : "(") + text + (chinese_ ? "）" : ")");
}

std::string ExpressionReader::quoted(const std::string& text) const { return "“" + text + "”"; }

std::string ExpressionReader::joined(const std::vector<std::string>& parts, const char* chinese, const char* english) const {
   return fmt::format("{}", fmt::join(parts, chinese_ ? chinese : english));
}

std::string ExpressionReader::list_of_names(const std::vector<tree::Name>& names) const {
   std::vector<std::string> texts;
   for (const tree::Name& name : names) texts.push_back(name.text);
   return joined(texts, "、", ", ");
}

std::string ExpressionReader::lines(const std::string& form, const std::vector<tree::IndexItem>& items) const {
   const FormSchema* schema = program_.schema.form(form);
   const auto number_of = [](const tree::ExprPtr& expr) {
      const auto* number = get_if<tree::Number>(&expr->what);
      const auto* text = get_if<tree::Text>(&expr->what);
      return number ? number->digits : text ? text->text : std::string();
   };
   const auto label_of = [&](const std::string& number) {
      for (const FormBlock& block : schema->blocks)
         for (std::size_t i = 0; i < block.lines.size(); ++i)
            if (fold(block.lines[i]) == fold(number)) return block.labels[i];
      return std::string();
   };
   std::vector<std::string> numbers, labels;
   for (const tree::IndexItem& item : items) {
      const std::string first = number_of(item.first);
      const std::string last = item.last ? number_of(item.last) : std::string();
      numbers.push_back(last.empty() ? first : first + ".." + last);
      labels.push_back(last.empty() ? label_of(first) : label_of(first) + (chinese_ ? " 至 " : " to ") + label_of(last));
   }
   return fmt::format(fmt::runtime(chinese_ ? "{}[{}]（{}）" : "{}[{}] ({})"), form, fmt::join(numbers, ", "),
                      joined(labels, "，", "; "));
}

std::string ExpressionReader::parameter_value(const ParameterValue& parameter) const {
   const std::string value = show(parameter.value, parameter.type, chinese_);
   if (parameter.set_by_hand) return fmt::format(fmt::runtime(chinese_ ? "手工设为 {}" : "set by hand to {}"), value);
   return fmt::format(fmt::runtime(chinese_ ? "{}年为 {}" : "{}: {}"), program_.year, value);
}

const tree::Function* ExpressionReader::function_named(const std::string& name) const {
   const auto in = [&](const tree::Module& module) -> const tree::Function* {
      for (const tree::Declaration& one : module.declarations)
         if (const auto* function = get_if<tree::Function>(&one); function && fold(function->name.text) == fold(name))
            return function;
      return nullptr;
   };
   if (const tree::Function* found = in(*selection_.sets[set_])) return found;
   for (const tree::Module* forms : selection_.forms)
      if (const tree::Function* found = in(*forms)) return found;
   return nullptr;
}

}  // namespace heng

#include "grammar/print_expression.hpp"

#include <algorithm>

#include "grammar/show.hpp"

namespace heng::grammar {
namespace {

using namespace tree;
namespace variant = boost::variant2;

template <typename... F>
struct overloaded : F... {
   using F::operator()...;
};
template <typename... F>
overloaded(F...) -> overloaded<F...>;

constexpr int if_strength = 1;  // an `if` swallows whatever follows it

int strength_of_expression(const Expr& expr) {
   return visit(overloaded{
                    [](const Unary& unary) -> int { return unary.op == UnaryOp::no ? not_strength : sign_strength; },
                    [](const Binary& binary) -> int { return strength_of(binary.op); },
                    [](const Comparison&) -> int { return compare_strength; },
                    [](const IsTest&) -> int { return compare_strength; },
                    [](const Under&) -> int { return compare_strength; },
                    [](const If&) -> int { return if_strength; },
                    [](const Otherwise&) -> int { return otherwise_strength; },
                    [](const ZeroDivisorAs&) -> int { return zero_divisor_strength; },
                    [](const auto&) -> int { return operand_strength; },
                },
                expr.what);
}

bool is_plain_word(std::string_view text) {
   if (text.empty() || !unicode::is_name_start(unicode::character_at(text, 0).code)) return false;
   for (std::size_t at = 0; at < text.size();) {
      const unicode::Character next = unicode::character_at(text, at);
      if (!unicode::is_name_part(next.code)) return false;
      at += next.length;
   }
   return true;
}

bool is_number(std::string_view text) {
   return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string in_brackets(std::string text) { return '(' + as_inner(std::move(text)) + ')'; }

}  // namespace

std::string without_soft_breaks(std::string text) {
   std::replace(text.begin(), text.end(), soft_break, ' ');
   std::replace(text.begin(), text.end(), inner_break, ' ');
   return text;
}

std::string as_inner(std::string text) {
   std::replace(text.begin(), text.end(), soft_break, inner_break);
   return text;
}

std::string ExpressionPrinter::name(const Name& name) const {
   const bool plain = is_plain_word(name.text) || is_number(name.text);
   return plain && !name.quoted ? name.text : "「" + name.text + "」";
}

std::string ExpressionPrinter::text(std::string_view text) const {
   const bool holds_quote = text.find('"') != std::string_view::npos;
   return (holds_quote ? "“" : "\"") + std::string(text) + (holds_quote ? "”" : "\"");
}

// A name with two spellings, in the language that is printed; other names as they are.
std::string ExpressionPrinter::builtin(const Name& name, std::initializer_list<Word> words) const {
   if (!name.quoted && declared_.count(name.text) == 0)
      for (const Word each : words)
         if (name.text == spelled(each, true) || name.text == spelled(each, false)) return word(each);
   return this->name(name);
}

std::string ExpressionPrinter::function_name(const Name& name) const {
   if (!name.quoted && declared_.count(name.text) == 0)
      for (const auto& [english, chinese] : functions_)
         if (name.text == english || name.text == chinese) return chinese_ ? chinese : english;
   return this->name(name);
}

std::string ExpressionPrinter::expression(const Expr& expr, int least) const {
   return strength_of_expression(expr) < least ? in_brackets(bare(expr)) : bare(expr);
}

std::string ExpressionPrinter::bare(const Expr& expr) const {
   return visit(overloaded{
                    [&](const Bad&) -> std::string { return "「?」"; },
                    [&](const Number& number) { return number.digits + number.unit; },
                    [&](const Text& each) { return text(each.text); },
                    [&](const NameRef& each) {
                       // At the start of a line it would begin a declaration.
                       if (declaration_word(each.name.text)) return "「" + each.name.text + "」";
                       return builtin(each.name, {Word::children, Word::parent, Word::level, Word::orphan, Word::this_column,
                                                  Word::column_label, Word::this_part, Word::line_number, Word::line_label,
                                                  Word::line_code});
                    },
                    [&](const Member& each) { return member(each); },
                    [&](const Index& each) { return index(each); },
                    [&](const Call& each) { return call(each); },
                    [&](const Unary& each) { return unary(each); },
                    [&](const Binary& each) { return binary(each); },
                    [&](const Comparison& each) { return comparison(each); },
                    [&](const If& each) { return if_(each); },
                    [&](const Otherwise& each) {
                       return expression(each.operand, otherwise_strength) + ' ' + word(Word::otherwise) + ' ' +
                              expression(each.fallback, operand_strength);
                    },
                    [&](const ZeroDivisorAs& each) {
                       return expression(each.operand, multiply_strength) + soft_break + word(Word::zero_divisor_as) + ' ' +
                              expression(each.value, sign_strength);
                    },
                    [&](const IsTest& each) { return is_test(each); },
                    [&](const Under& each) { return under(each); },
                    [&](const Group& each) { return in_brackets(expression(each.inner)); },
                    [&](const FullMarks&) { return word(Word::full_marks); },
                    [&](const Judged& each) {
                       return word(Word::judged) + ' ' + expression(each.value, operand_strength) + ' ' + word(Word::judged_in) +
                              ' ' + name(each.tier);
                    },
                    [&](const Target& each) { return std::string(symbol(each.op)) + each.number.digits + each.number.unit; },
                    [&](const MissingValue&) { return word(Word::missing); },
                },
                expr.what);
}

std::string ExpressionPrinter::member(const Member& member) const {
   const NameRef* object = variant::get_if<NameRef>(&member.object->what);
   const std::string before =
       object ? builtin(object->name, {Word::previous, Word::parent}) : expression(member.object, operand_strength);
   return before + '.' +
          builtin(member.name,
                  {Word::total_row, Word::rate, Word::children, Word::parent, Word::level, Word::this_column, Word::this_part});
}

std::string ExpressionPrinter::index(const Index& index) const {
   return as_inner(expression(index.object, operand_strength) + index_items(index.items));
}

std::string ExpressionPrinter::index_items(const std::vector<IndexItem>& items) const {
   std::string result = "[";
   for (const IndexItem& item : items) {
      if (&item != &items.front()) result += ", ";
      result += expression(item.first);
      if (item.last) result += ".." + expression(item.last);
   }
   return result + ']';
}

std::string ExpressionPrinter::call(const Call& call) const {
   std::string result = function_name(call.function) + '(';
   for (const ExprPtr& argument : call.arguments) {
      if (&argument != &call.arguments.front()) result += std::string(",") + soft_break;
      result += expression(argument);
   }
   if (call.where) {
      if (!call.arguments.empty()) result += soft_break;
      result += word(Word::where) + ' ' + expression(call.where);
   }
   return as_inner(result) + ')';
}

std::string ExpressionPrinter::unary(const Unary& unary) const {
   if (unary.op == UnaryOp::no) return word(Word::not_) + ' ' + expression(unary.operand, not_strength);
   return (unary.op == UnaryOp::minus ? '-' : '+') + expression(unary.operand, sign_strength);
}

// `and` beside `or` always has its brackets: without them it is refused.
std::string ExpressionPrinter::operand_of_logic(const Expr& expr, BinaryOp op, int least) const {
   const Binary* inner = variant::get_if<Binary>(&expr.what);
   const bool mixes = inner && op == BinaryOp::either && inner->op == BinaryOp::both;
   return mixes ? in_brackets(bare(expr)) : expression(expr, least);
}

std::string ExpressionPrinter::binary(const Binary& binary) const {
   const int strength = strength_of(binary.op);
   const auto sign = [&]() -> std::string {
      switch (binary.op) {
         case BinaryOp::both: return word(Word::and_);
         case BinaryOp::either: return word(Word::or_);
         case BinaryOp::exactly_when: return word(Word::exactly_when);
         default: return std::string(symbol(binary.op));
      }
   }();
   const bool tight = strength >= multiply_strength;
   return operand_of_logic(*binary.left, binary.op, strength) + (tight ? ' ' : soft_break) + sign + ' ' +
          operand_of_logic(*binary.right, binary.op, strength + 1);
}

std::string ExpressionPrinter::comparison(const Comparison& comparison) const {
   std::string result = expression(comparison.operands[0], add_strength);
   for (std::size_t i = 0; i < comparison.ops.size(); ++i) {
      const CompareOp op = comparison.ops[i];
      result += soft_break + (op == CompareOp::exactly ? word(Word::exactly) : std::string(symbol(op))) + ' ' +
                expression(comparison.operands[i + 1], add_strength);
   }
   if (comparison.within) result += soft_break + word(Word::within) + ' ' + expression(comparison.within, add_strength);
   return result;
}

std::string ExpressionPrinter::if_(const If& condition) const {
   std::string result = word(Word::if_) + ' ' + expression(condition.condition, if_strength + 1) + soft_break + word(Word::then) +
                        ' ' + expression(condition.then, if_strength + 1);
   if (condition.otherwise) result += soft_break + word(Word::else_) + ' ' + expression(condition.otherwise);
   return result;
}

std::string ExpressionPrinter::is_test(const IsTest& test) const {
   std::string result = expression(test.operand, add_strength) + ' ';
   const bool bare_presence = chinese_ && !test.negated && test.what != Is::word;
   if (!bare_presence) result += word(test.negated ? Word::is_not : Word::is) + ' ';
   if (test.what != Is::word) return result + word(test.what == Is::present ? Word::present : Word::missing);
   for (const Name& each : test.words) result += (&each == &test.words.front() ? "" : "|") + name(each);
   return result;
}

std::string ExpressionPrinter::under(const Under& under) const {
   std::string result = expression(under.operand, add_strength) + ' ' + word(under.negated ? Word::not_under : Word::under);
   for (const ExprPtr& code : under.codes)
      result += (&code == &under.codes.front() ? " " : ", ") + expression(code, operand_strength);
   return result;
}

}  // namespace heng::grammar

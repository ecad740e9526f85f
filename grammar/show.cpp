#include "grammar/show.hpp"

namespace heng {
namespace {

using namespace tree;

template <typename... F>
struct overloaded : F... {
   using F::operator()...;
};
template <typename... F>
overloaded(F...) -> overloaded<F...>;

std::string show(const ExprPtr& expr) { return heng::show(*expr); }

std::string show_all(const std::vector<ExprPtr>& all) {
   std::string result;
   for (const ExprPtr& each : all) result += ' ' + show(each);
   return result;
}

std::string show_is(const IsTest& test) {
   std::string what = test.what == Is::present ? " present" : test.what == Is::missing ? " missing" : "";
   for (const Name& word : test.words) what += ' ' + word.text;
   return std::string(test.negated ? "(is-not " : "(is ") + show(test.operand) + what + ')';
}

std::string show_comparison(const Comparison& comparison) {
   std::string result = "(" + std::string(symbol(comparison.ops[0]));
   const bool one_operator = comparison.ops.size() == 1;
   result += ' ' + show(comparison.operands[0]);
   for (std::size_t i = 0; i < comparison.ops.size(); ++i) {
      if (!one_operator && i > 0) result += ' ' + std::string(symbol(comparison.ops[i]));
      result += ' ' + show(comparison.operands[i + 1]);
   }
   if (comparison.within) result += " (within " + show(comparison.within) + ')';
   return result + ')';
}

std::string show_index(const Index& index) {
   std::string result = "(at " + show(index.object);
   for (const IndexItem& item : index.items)
      result += ' ' + (item.last ? "(.. " + show(item.first) + ' ' + show(item.last) + ')' : show(item.first));
   return result + ')';
}

std::string_view symbol(UnaryOp op) { return op == UnaryOp::minus ? "-" : op == UnaryOp::plus ? "+" : "not"; }

}  // namespace

std::string_view symbol(BinaryOp op) {
   switch (op) {
      case BinaryOp::add: return "+";
      case BinaryOp::subtract: return "-";
      case BinaryOp::multiply: return "*";
      case BinaryOp::divide: return "/";
      case BinaryOp::both: return "and";
      case BinaryOp::either: return "or";
      case BinaryOp::exactly_when: return "exactly when";
   }
   return {};
}

std::string_view symbol(CompareOp op) {
   switch (op) {
      case CompareOp::equal: return "=";
      case CompareOp::not_equal: return "≠";
      case CompareOp::less: return "<";
      case CompareOp::less_equal: return "<=";
      case CompareOp::greater: return ">";
      case CompareOp::greater_equal: return ">=";
      case CompareOp::about: return "≈";
      case CompareOp::about_less: return "<~";
      case CompareOp::about_greater: return ">~";
      case CompareOp::exactly: return "exactly";
   }
   return {};
}

std::string_view symbol(TargetOp op) {
   switch (op) {
      case TargetOp::at_least: return "≥";
      case TargetOp::at_most: return "≤";
      case TargetOp::above: return ">";
      case TargetOp::below: return "<";
      case TargetOp::equal: return "=";
   }
   return {};
}

std::string show(const Expr& expr) {
   return visit(
       overloaded{
           [](const Bad&) { return std::string("bad"); },
           [](const Number& n) { return n.digits + n.unit; },
           [](const Text& t) { return '"' + t.text + '"'; },
           [](const NameRef& n) { return n.name.text; },
           [](const Member& m) { return "(. " + heng::show(*m.object) + ' ' + m.name.text + ')'; },
           [](const Index& i) { return show_index(i); },
           [](const Call& c) {
              return '(' + c.function.text + show_all(c.arguments) + (c.where ? " (where " + heng::show(*c.where) + ')' : "") +
                     ')';
           },
           [](const Unary& u) { return '(' + std::string(symbol(u.op)) + ' ' + heng::show(*u.operand) + ')'; },
           [](const Binary& b) {
              return '(' + std::string(heng::symbol(b.op)) + ' ' + heng::show(*b.left) + ' ' + heng::show(*b.right) + ')';
           },
           [](const Comparison& c) { return show_comparison(c); },
           [](const If& i) {
              return "(if " + heng::show(*i.condition) + ' ' + heng::show(*i.then) +
                     (i.otherwise ? ' ' + heng::show(*i.otherwise) : "") + ')';
           },
           [](const Otherwise& o) { return "(otherwise " + heng::show(*o.operand) + ' ' + heng::show(*o.fallback) + ')'; },
           [](const ZeroDivisorAs& z) { return "(zero-divisor-as " + heng::show(*z.operand) + ' ' + heng::show(*z.value) + ')'; },
           [](const IsTest& t) { return show_is(t); },
           [](const Under& u) {
              return std::string(u.negated ? "(not-under " : "(under ") + heng::show(*u.operand) + show_all(u.codes) + ')';
           },
           [](const Group& g) { return heng::show(*g.inner); },
           [](const FullMarks&) { return std::string("full-marks"); },
           [](const Judged& j) { return "(judged " + heng::show(*j.value) + ' ' + j.tier.text + ')'; },
           [](const Target& t) { return std::string(heng::symbol(t.op)) + t.number.digits + t.number.unit; },
           [](const MissingValue&) { return std::string("missing"); },
       },
       expr.what);
}

}  // namespace heng

#include <algorithm>

#include "grammar/keywords.hpp"
#include "interpreter/check/advice.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

constexpr std::size_t deepest = 1'500;        // expressions inside expressions, through functions and lets
constexpr std::size_t most_work = 1'000'000;  // expressions looked at, functions inlined

bool is_percent_pair(const Type& a, const Type& b) {
   return (a.kind == Kind::percent && b.kind == Kind::percentage_point) ||
          (a.kind == Kind::percentage_point && b.kind == Kind::percent);
}

}  // namespace

// ---- making nodes -------------------------------------------------------------------------------------------------------

NodeId Checker::make(Node node) { return too_much(node.span) ? bad(node.frame) : nodes_.add(std::move(node)); }

NodeId Checker::make(Op op, Type type, FrameId frame, std::vector<NodeId> in, Span span, const tree::ExprPtr& expr) {
   for (const NodeId input : in)
      if (is_bad(input)) return bad(frame);
   Node node = node_of(op, type, frame);
   node.in = std::move(in);
   node.span = span;
   node.expr = expr;
   return make(std::move(node));
}

NodeId Checker::constant(Value value, const Type& type, FrameId frame, Span span, const tree::ExprPtr& expr) {
   Node node = node_of(Op::constant, type, frame);
   node.value = std::move(value);
   node.span = span;
   node.expr = expr;
   return make(std::move(node));
}

NodeId Checker::field_node(FieldId field, Span span) {
   Node node = node_of(Op::field, schema_.fields[field].type, schema_.fields[field].frame);
   node.field = field;
   node.span = span;
   return make(std::move(node));
}

NodeId Checker::bad(FrameId frame) {
   Node node = node_of(Op::constant, Type{}, frame);
   node.value = Missing::not_calculated;
   return nodes_.add(std::move(node));
}

// True once the rules are too large: said once, then everything is silent.
bool Checker::too_much(Span span) {
   if (stopped_) return true;
   if (!nodes_.full() && work_ < most_work) return false;
   stopped_ = true;
   complaints_
       .error(
           Code::too_large, span,
           say("规则展开后太大（上限 {} 个运算）", "the rules are too large when written out (limit {} operations)", most_nodes))
       .help = say("看看这里用到的函数是不是层层套用", "see whether the functions used here multiply each other");
   return true;
}

// Meaning that belongs to the field itself (which kind of target, whether a figure is printed) is asked where the field stands.
NodeId Checker::at_home(NodeId node, const Node& with) {
   const Node here = nodes_[node];
   if (here.op == Op::broadcast || here.op == Op::at_row) {
      std::vector<NodeId> in = here.in;
      in[0] = at_home(in[0], with);
      const Type type = nodes_.type(in[0]);
      return make(here.op, type, here.frame, std::move(in), here.span, here.expr);
   }
   Node made = with;
   made.frame = here.frame;
   made.in = {node};
   made.span = with.expr ? with.span : here.span;
   made.expr = with.expr ? with.expr : here.expr;
   return make(std::move(made));
}

NodeId Checker::as_figure(NodeId node) {
   if (nodes_.type(node).kind != Kind::target) return node;
   const Node here = nodes_[node];
   if (here.op == Op::select || here.op == Op::otherwise) {
      std::vector<NodeId> in = here.in;
      for (std::size_t i = here.op == Op::select ? 1 : 0; i < in.size(); ++i) in[i] = as_figure(in[i]);
      return make(here.op, measured_type(), here.frame, std::move(in), here.span, here.expr);
   }
   return at_home(node, node_of(Op::target_value, measured_type(), here.frame));
}

// ---- every kind of expression -------------------------------------------------------------------------------------------

NodeId Checker::value(const tree::ExprPtr& expr, const Scope& scope) {
   ++work_;
   if (too_much(expr->span)) return bad(scope.frame);
   if (depth_ >= deepest) {
      complaints_.error(Code::too_large, expr->span, say("嵌套太深（上限 {} 层）", "nested too deeply (limit {})", deepest))
          .help = say("把里面的部分另写成一条计算", "write the inner part as a let of its own");
      return bad(scope.frame);
   }
   struct Deeper {
      std::size_t& depth;
      explicit Deeper(std::size_t& d) : depth(d) { ++depth; }
      ~Deeper() { --depth; }
   } deeper(depth_);
   struct Visitor {
      Checker& self;
      const tree::ExprPtr& expr;
      const Scope& scope;
      NodeId chain() const { return self.value_of(self.resolve(*expr, scope), expr->span, scope); }
      NodeId refuse(Said message, std::optional<Said> help = std::nullopt) const {
         self.complaints_.error(Code::not_a_value, expr->span, std::move(message)).help = std::move(help);
         return self.bad(scope.frame);
      }
      NodeId operator()(const tree::Bad&) const { return self.bad(scope.frame); }
      NodeId operator()(const tree::Number& number) const { return self.literal(expr, number, scope); }
      NodeId operator()(const tree::Text& text) const {
         return self.constant(text.text, text_type(), scope.frame, expr->span, expr);
      }
      NodeId operator()(const tree::NameRef&) const { return chain(); }
      NodeId operator()(const tree::Member&) const { return chain(); }
      NodeId operator()(const tree::Index&) const { return chain(); }
      NodeId operator()(const tree::Call& call) const { return self.call(expr, call, scope); }
      NodeId operator()(const tree::Unary& unary) const { return self.unary(expr, unary, scope); }
      NodeId operator()(const tree::Binary&) const { return self.binary(expr, scope); }
      NodeId operator()(const tree::Comparison& comparison) const { return self.comparison(expr, comparison, scope); }
      NodeId operator()(const tree::If& choice) const { return self.choose(expr, choice, scope); }
      NodeId operator()(const tree::Otherwise& otherwise) const { return self.otherwise(expr, otherwise, scope); }
      NodeId operator()(const tree::ZeroDivisorAs& zero) const { return self.zero_divisor(expr, zero, scope); }
      NodeId operator()(const tree::IsTest& test) const { return self.is_test(expr, test, scope); }
      NodeId operator()(const tree::Under& under) const { return self.under(expr, under, scope); }
      NodeId operator()(const tree::Group& group) const { return self.value(group.inner, scope); }
      NodeId operator()(const tree::FullMarks&) const { return self.full_marks(expr, scope); }
      NodeId operator()(const tree::Judged& judged) const { return self.judged(expr, judged, scope); }
      NodeId operator()(const tree::Target&) const {
         return refuse(
             say("目标（如 ≤650元）只能写在测试的已知里", "a target such as ≤650元 stands only in what a test is given"),
             say("比较要有左边：执行率 < 90%；夹在中间写 80% <= 执行率 < 90%；小于等于写 <=",
                 "a comparison has a left side: A < 90%; between two bounds 80% <= A < 90%; at most is <="));
      }
      NodeId operator()(const tree::MissingValue&) const {
         return refuse(say("“未填”不是一个值：写“… 未填”", "missing is no value: write … is missing"));
      }
   };
   const NodeId node = boost::variant2::visit(Visitor{*this, expr, scope}, expr->what);
   if (!is_bad(node)) nodes_.stands_at(node, expr->span, expr);
   return node;
}

NodeId Checker::figure(const tree::ExprPtr& expr, const Scope& scope) {
   const NodeId node = as_figure(value(expr, scope));
   if (is_bad(node) || nodes_.type(node).is_numeric()) return node;
   complaints_
       .error(Code::wrong_type, expr->span,
              say_types("这里要一个数，而这是{}", "a figure is wanted here, this is {}", nodes_.type(node)))
       .help = get_if<tree::Text>(&inside(*expr).what)
                   ? say("去掉引号：数写 5万元，分档的名称写 [80, 100] : 优胜",
                         "take the quotes out: a figure is 5万元, the name of a band [80, 100] : GOOD")
                   : advice_for_figure(nodes_.type(node));
   return bad(scope.frame);
}

NodeId Checker::as_condition(NodeId node, Span span) {
   if (is_bad(node) || nodes_.type(node).kind == Kind::yes_no) return node;
   complaints_
       .error(Code::not_a_condition, span,
              say_types("这里要一个条件，而这是{}", "a condition is wanted here, this is {}", nodes_.type(node)))
       .help = say("写成比较，如 … = …、… >= …", "make it a comparison, such as … = … or … >= …");
   return bad(nodes_.frame(node));
}

// What holds words and stands by itself is most likely asked for: 已填.
NodeId Checker::condition(const tree::ExprPtr& expr, const Scope& scope) {
   const NodeId node = value(expr, scope);
   const NodeId made = as_condition(node, expr->span);
   if (is_bad(node) || !is_wordy(nodes_.type(node).kind)) return made;
   const auto* name = get_if<tree::NameRef>(&inside(*expr).what);
   const std::string written = name ? name->name.text : "…";
   complaints_.last().help = say("要填了才算，写 {0} 已填；要看填的是什么，写 {0} = \"甲\"",
                                 "to ask whether it is filled in write {0} present; to ask what it is, {0} = \"甲\"", written);
   return made;
}

namespace {
constexpr std::ptrdiff_t most_digits = 27;  // of a number that a person writes
}

NodeId Checker::literal(const tree::ExprPtr& expr, const tree::Number& number, const Scope& scope) {
   const bool too_long = std::count_if(number.digits.begin(), number.digits.end(), [](char c) { return c != '.'; }) > most_digits;
   const auto measured = too_long ? std::nullopt : read_literal(number.digits + number.unit, schema_.extra_units);
   if (measured) return constant(measured->base_value(), type_of_unit(measured->unit), scope.frame, expr->span, expr);
   if (too_long || !read_decimal(number.digits)) {
      complaints_.error(Code::out_of_range_literal, expr->span, say("这个数太长", "this number is too long")).help =
          say("数一数多打了几个零；大的金额可以写 亿元", "count the zeros; large amounts may be written in 亿元");
      return bad(scope.frame);
   }
   Diagnostic& error =
       complaints_.error(Code::unknown_unit, expr->span, say("没有 {} 这个单位", "there is no unit {}", number.unit));
   const auto near = unit_meant(number.unit, known_units());
   // 1元并且执行数: the unit swallowed what stands behind it.
   for (const Word word : {Word::and_, Word::or_, Word::then, Word::else_, Word::exactly_when, Word::within, Word::otherwise})
      if (const std::string spelt(keyword(word).chinese); number.unit.find(spelt) != std::string::npos) {
         error.help = say("“{0}”前后空一格", "leave a blank before and behind {0}", spelt);
         return bad(scope.frame);
      }
   if (!found(number.unit, scope).empty())  // 2年度指标值
      error.help = say("相乘写 {} * {}", "to multiply write {} * {}", number.digits, number.unit);
   else if (number.unit == "成")
      error.help = say("成数写成百分比：一成是 10%，六成是 60%", "write it as a percent: 一成 is 10%, 六成 is 60%");
   else
      error.help = near ? say("是不是 {}{}？", "did you mean {}{}?", number.digits, *near)
                        : say("新的单位先声明：计量单位 {}", "declare a new unit first: unit {}", number.unit);
   return bad(scope.frame);
}

NodeId Checker::unary(const tree::ExprPtr& expr, const tree::Unary& unary, const Scope& scope) {
   if (unary.op == tree::UnaryOp::no) return negated(condition(unary.operand, scope), true, expr->span, expr);
   const NodeId operand = figure(unary.operand, scope);
   if (unary.op == tree::UnaryOp::plus || is_bad(operand)) return operand;
   if (nodes_.type(operand).kind == Kind::year) {
      complaints_.error(Code::wrong_type, expr->span, say("年度没有负数", "a year has no negative")).help =
          say("去掉前面的负号；前一年写 年度 - 1", "take the minus out; the year before is 年度 - 1");
      return bad(scope.frame);
   }
   return make(Op::negate, plain(nodes_.type(operand)), scope.frame, {operand}, expr->span, expr);
}

NodeId Checker::negated(NodeId condition, bool negate, Span span, const tree::ExprPtr& expr) {
   return negate ? make(Op::no, yes_no_type(), nodes_.frame(condition), {condition}, span, expr) : condition;
}

// a + b + c + … is a long way down to the left: walked without going deeper.
NodeId Checker::binary(const tree::ExprPtr& expr, const Scope& scope) {
   std::vector<const tree::ExprPtr*> spine;
   const tree::ExprPtr* at = &expr;
   while (const auto* binary = get_if<tree::Binary>(&(*at)->what)) {
      spine.push_back(at);
      at = &binary->left;
   }
   NodeId left = value(*at, scope);
   for (auto step = spine.rbegin(); step != spine.rend(); ++step) {
      const auto& binary = *get_if<tree::Binary>(&(**step)->what);
      const NodeId right = value(binary.right, scope);
      const bool of_figures = binary.op == tree::BinaryOp::add || binary.op == tree::BinaryOp::subtract ||
                              binary.op == tree::BinaryOp::multiply || binary.op == tree::BinaryOp::divide;
      left = of_figures ? arithmetic(**step, binary, left, right, scope) : logic(**step, binary, left, right, scope);
   }
   return left;
}

NodeId Checker::arithmetic(const tree::ExprPtr& expr, const tree::Binary& binary, NodeId left, NodeId right, const Scope& scope) {
   left = as_figure(left);
   right = as_figure(right);
   if (is_bad(left) || is_bad(right)) return bad(scope.frame);
   Arithmetic what = Arithmetic::add;
   Op op = Op::add;
   switch (binary.op) {
      case tree::BinaryOp::subtract: what = Arithmetic::subtract, op = Op::subtract; break;
      case tree::BinaryOp::multiply: what = Arithmetic::multiply, op = Op::multiply; break;
      case tree::BinaryOp::divide: what = Arithmetic::divide, op = Op::divide; break;
      default: break;
   }
   const bool sum = what == Arithmetic::add || what == Arithmetic::subtract;
   Type left_type = nodes_.type(left), right_type = nodes_.type(right);
   if (sum && is_zero_literal(binary.left) && right_type.is_numeric()) left = retyped(left, left_type = plain(right_type));
   if (sum && is_zero_literal(binary.right) && left_type.is_numeric()) right = retyped(right, right_type = plain(left_type));
   const Combined result = combine(what, left_type, right_type);
   if (result.type.kind == Kind::error)
      return refuse_pair({binary.left, left}, {binary.right, right}, expr->span, {result.zh, result.en}, scope.frame);
   if (op == Op::divide && divisors_) divisors_->push_back({right, binary.right->span});
   return make(op, result.type, scope.frame, {left, right}, expr->span, expr);
}

NodeId Checker::logic(const tree::ExprPtr& expr, const tree::Binary& binary, NodeId left, NodeId right, const Scope& scope) {
   left = as_condition(left, binary.left->span);
   right = as_condition(right, binary.right->span);
   const Op op = binary.op == tree::BinaryOp::both     ? Op::both
                 : binary.op == tree::BinaryOp::either ? Op::either
                                                       : Op::exactly_when;
   return make(op, yes_no_type(), scope.frame, {left, right}, expr->span, expr);
}

// Both sides are named, with what each is.
NodeId Checker::refuse_pair(const Side& left, const Side& right, Span span, Said message, FrameId frame) {
   const Type a = nodes_.type(left.node), b = nodes_.type(right.node);
   const bool of_figures = is_figure(a) && is_figure(b);
   const Code code = is_percent_pair(a, b) ? Code::percent_or_points : of_figures ? Code::units_differ : Code::wrong_type;
   Diagnostic& error = complaints_.error(code, span, std::move(message));
   error.notes.push_back({left.expr ? left.expr->span : span, say_types("这是{}", "this is {}", a)});
   error.notes.push_back({right.expr ? right.expr->span : span, say_types("这是{}", "this is {}", b)});
   error.help = advice_for_pair({left.expr, a}, {right.expr, b});
   return bad(frame);
}

// ---- choices ------------------------------------------------------------------------------------------------------------

NodeId Checker::retyped(NodeId node, const Type& type) {
   const Node here = nodes_[node];
   return here.op == Op::constant ? constant(here.value, plain(type), here.frame, here.span, here.expr) : node;
}

bool Checker::unify(Side& left, Side& right, Span span) {
   if (is_bad(left.node) || is_bad(right.node)) return false;
   const auto is_target = [&](const Side& side) { return nodes_.type(side.node).kind == Kind::target; };
   if (is_target(left) != is_target(right)) {
      left.node = as_figure(left.node);
      right.node = as_figure(right.node);
   }
   const Type a = nodes_.type(left.node), b = nodes_.type(right.node);
   if (same_meaning(a, b)) return true;
   for (auto [zero, other] : {std::pair(&left, &right), std::pair(&right, &left)})
      if (is_zero_literal(zero->expr) && nodes_.type(other->node).is_numeric()) {
         zero->node = retyped(zero->node, nodes_.type(other->node));
         return true;
      }
   if (is_wordy(a.kind) && is_wordy(b.kind)) return true;
   if (a.is_numeric() && b.is_numeric()) {
      for (auto [measured, fixed] : {std::pair(&left, &right), std::pair(&right, &left)}) {
         if (nodes_.type(measured->node).kind != Kind::measured) continue;
         Type type = plain(nodes_.type(fixed->node));
         type.bare = false;
         measured->node =
             make(Op::as_unit, type, nodes_.frame(measured->node), {measured->node}, nodes_[measured->node].span, measured->expr);
         return true;
      }
      const Combined fit = comparable(a, b, false, false);
      if (fit.type.kind != Kind::error) return true;  // points and numbers, ratios and percents
   }
   refuse_pair(left, right, span, say_types("两种情况要是同一类：{}和{}", "both cases must be of one kind: {} and {}", a, b),
               report_frame);
   return false;
}

namespace {

// Of two that were unified: points before numbers, percents before ratios, text before choices.
Type common_type(const Type& a, const Type& b) {
   if (a.kind == Kind::choice && b.kind == Kind::choice && a.choices && b.choices) {
      auto words = std::make_shared<std::vector<std::string>>(*a.choices);
      for (const std::string& word : *b.choices)
         if (std::find(words->begin(), words->end(), word) == words->end()) words->push_back(word);
      Type type = a;
      type.choices = std::move(words);
      return type;
   }
   if (is_wordy(a.kind)) return a.kind == b.kind ? plain(a) : text_type();
   Type type = plain(a.kind == Kind::number ? b : a);
   type.bare = a.bare && b.bare;
   return type;
}

}  // namespace

NodeId Checker::choose(const tree::ExprPtr& expr, const tree::If& choice, const Scope& scope) {
   const NodeId when = condition(choice.condition, scope);
   Side then{choice.then, value(choice.then, scope)};
   if (!choice.otherwise) {
      // The parser has said so, but for the body of a check, which takes none only where it is the whole of it.
      return bad(scope.frame);
   }
   Side otherwise{choice.otherwise, value(choice.otherwise, scope)};
   if (is_bad(when) || !unify(then, otherwise, expr->span)) return bad(scope.frame);
   return make(Op::select, common_type(nodes_.type(then.node), nodes_.type(otherwise.node)), scope.frame,
               {when, then.node, otherwise.node}, expr->span, expr);
}

NodeId Checker::otherwise(const tree::ExprPtr& expr, const tree::Otherwise& otherwise, const Scope& scope) {
   Side operand{otherwise.operand, value(otherwise.operand, scope)},
       fallback{otherwise.fallback, value(otherwise.fallback, scope)};
   if (!unify(operand, fallback, expr->span)) return bad(scope.frame);
   return make(Op::otherwise, common_type(nodes_.type(operand.node), nodes_.type(fallback.node)), scope.frame,
               {operand.node, fallback.node}, expr->span, expr);
}

// The fallback stands for the whole operand: a quotient takes it in place, anything around a quotient chooses.
NodeId Checker::zero_divisor(const tree::ExprPtr& expr, const tree::ZeroDivisorAs& zero, const Scope& scope) {
   std::vector<std::pair<NodeId, Span>> divisors;
   auto* outer = std::exchange(divisors_, &divisors);
   Side operand{zero.operand, figure(zero.operand, scope)};
   divisors_ = outer;
   Side fallback{zero.value, figure(zero.value, scope)};
   if (is_bad(operand.node) || is_bad(fallback.node)) return bad(scope.frame);
   if (divisors.empty()) {
      complaints_
          .error(Code::bad_clause, expr->span,
                 say("这里没有除法，用不上“除数为0按”", "nothing is divided here that could have a zero divisor"))
          .help = say("去掉“除数为0按”；没有数时用别的数写“未填按”",
                      "take 'zero divisor as' out; for a figure that is missing write 'otherwise'");
      return bad(scope.frame);
   }
   const Node quotient = nodes_[operand.node];
   const NodeId as_written = operand.node;
   if (!unify(operand, fallback, expr->span)) return bad(scope.frame);
   const bool only_a_quotient =
       divisors.size() == 1 && quotient.op == Op::divide && quotient.in.size() == 2 && operand.node == as_written;
   if (only_a_quotient && quotient.in[1] == divisors.front().first)
      return make(Op::divide, common_type(quotient.type, nodes_.type(fallback.node)), scope.frame,
                  {quotient.in[0], quotient.in[1], fallback.node}, expr->span, expr);
   NodeId any_zero = no_node;
   for (const auto& [divisor, span] : divisors) {
      Type type = number_type();
      type.bare = true;
      const NodeId none = constant(Rational(0), type, scope.frame, span);
      const NodeId is_zero = make(Op::equal, yes_no_type(), scope.frame, {divisor, none}, span);
      any_zero = any_zero == no_node ? is_zero : make(Op::either, yes_no_type(), scope.frame, {any_zero, is_zero}, expr->span);
   }
   return make(Op::select, common_type(nodes_.type(operand.node), nodes_.type(fallback.node)), scope.frame,
               {any_zero, fallback.node, operand.node}, expr->span, expr);
}

}  // namespace heng::checking

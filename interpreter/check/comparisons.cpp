// Comparing figures and words; asking what something is.
#include <algorithm>

#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/date.hpp"
#include "stdlib/text.hpp"
#include "stdlib/tolerance.hpp"

namespace heng::checking {

using boost::variant2::get_if;
using What = Thing::What;

namespace {

// The words that an indicator's target answers to: 年度指标值 为 反向. Bits over TargetKind.
struct TargetWord {
   std::string_view zh, en;
   int bits;
};
constexpr int bit(TargetKind kind) { return 1 << static_cast<int>(kind); }
constexpr int figures = bit(TargetKind::at_least) | bit(TargetKind::at_most) | bit(TargetKind::above) | bit(TargetKind::below) |
                        bit(TargetKind::equal) | bit(TargetKind::bare);
constexpr TargetWord target_words[] = {
    {"定性", "qualitative", bit(TargetKind::words)},                           // words: 全省第一档次
    {"日期", "dated", bit(TargetKind::date)},                                  // 12月30日前
    {"定量", "quantitative", figures},                                         // any figure
    {"正向", "positive", bit(TargetKind::at_least) | bit(TargetKind::above)},  // ≥ >
    {"反向", "reverse", bit(TargetKind::at_most) | bit(TargetKind::below)},    // ≤ <
    {"等于", "equal", bit(TargetKind::equal)},                                 // =
    {"无符号", "bare", bit(TargetKind::bare)},                                 // 41个
    {"等值", "same", bit(TargetKind::equal) | bit(TargetKind::bare)},          // = or bare
    {"金额", "money", target_is_money},                                        // its unit is one of money
};

// a <= b within 1元 must not become a = b within 1元: that is another rule.
Said without_tolerance(const std::vector<tree::CompareOp>& ops) {
   using Op = tree::CompareOp;
   const auto has = [&](std::initializer_list<Op> any) {
      return std::any_of(ops.begin(), ops.end(), [&](Op op) { return std::find(any.begin(), any.end(), op) != any.end(); });
   };
   if (ops.size() == 1 && has({Op::less, Op::less_equal}))
      return say("把误差加在后面：甲 <= 乙 + 1元；只差尾数的写 甲 <~ 乙",
                 "add it to the right side: A <= B + 1元; where only the last decimals may differ, A <~ B");
   if (ops.size() == 1 && has({Op::greater, Op::greater_equal}))
      return say("把误差从后面减去：甲 >= 乙 - 1元；只差尾数的写 甲 >~ 乙",
                 "take it from the right side: A >= B - 1元; where only the last decimals may differ, A >~ B");
   if (ops.size() == 1 && has({Op::not_equal})) return say("写 不满足 (甲 = 乙 允许误差 1元)", "write not (A = B within 1元)");
   if (has({Op::about, Op::about_less, Op::about_greater}))
      return say(
          "去掉“允许误差”：“≈”“<~”“>~”按各数公布的位数自动允许尾差；要另定误差写 甲 = 乙 允许误差 1元、甲 <= 乙 + 1元",
          "take within out: ≈, <~ and >~ allow for the printed decimals by themselves; for another tolerance A = B within 1元, "
          "A <= B + 1元");
   return say("一个比较一个比较地写：甲 = 乙 允许误差 1元，甲 <= 乙 + 1元",
              "write one comparison at a time: A = B within 1元, A <= B + 1元");
}

// Where one side's unit comes with the data, what it may be compared with says what they differ by; a number alone does not:
// it may stand beside a percent.
Type difference_beside(const Type& a, const Type& b) {
   const auto tells = [](const Type& side) {
      return side.kind == Kind::quantity || side.kind == Kind::percent || side.kind == Kind::percentage_point;
   };
   if (a.kind == Kind::measured && tells(b)) return difference_of(b, b);
   if (b.kind == Kind::measured && tells(a)) return difference_of(a, a);
   return difference_of(a, b);
}

Span from_to(Span first, Span last) { return {first.file, first.begin, std::max(first.end, last.end)}; }

}  // namespace

// ---- comparisons --------------------------------------------------------------------------------------------------------

namespace {

// 封面.申报, as it was written; of what is no name nothing but dots.
std::string path_written(const tree::Expr& expr) {
   if (const auto* name = get_if<tree::NameRef>(&expr.what)) return name->name.text;
   const auto* member = get_if<tree::Member>(&expr.what);
   return member ? path_written(inside(*member->object)) + "." + member->name.text : "…";
}

}  // namespace

// 重大违规 = 是: a condition is not compared with its own words.
bool Checker::refused_yes(const tree::NameRef& word, const tree::ExprPtr& asked, const Type& type, bool unequal) {
   const std::string& text = word.name.text;
   const bool yes = text == "是" || text == "yes", no = text == "否" || text == "no";
   if (type.kind != Kind::yes_no || (!yes && !no)) return false;
   const std::string condition = path_written(inside(*asked));
   complaints_
       .error(Code::unknown_name, word.name.span,
              say("“{0}”不是一个值，不能用 = 比较", "'{0}' is no value to compare with", text))
       .help = yes != unequal ? say("直接写 {0}，或者 {0} 为 是", "write {0} by itself, or {0} is yes", condition)
                              : say("写 不满足 {0}，或者 {0} 为 否", "write not {0}, or {0} is no", condition);
   return true;
}

// A bare word beside a choice is one of its words: 方向 = 减少.
std::vector<Checker::Side> Checker::sides(const tree::Comparison& comparison, const Scope& scope) {
   std::vector<Side> result;
   const auto unknown_word = [&](const tree::ExprPtr& operand) -> const tree::NameRef* {
      const auto* name = get_if<tree::NameRef>(&inside(*operand).what);
      return name && look_name(name->name.text, scope).what == What::nothing && found(name->name.text, scope).empty() ? name
                                                                                                                      : nullptr;
   };
   for (const tree::ExprPtr& operand : comparison.operands)
      result.push_back({operand, unknown_word(operand) ? no_node : value(operand, scope)});
   for (std::size_t i = 0; i < result.size(); ++i) {
      if (result[i].node != no_node) continue;
      const NodeId beside = i > 0 ? result[i - 1].node : result.size() > 1 ? result[1].node : no_node;
      const tree::NameRef* word = unknown_word(result[i].expr);
      const auto choices = beside == no_node ? nullptr : nodes_.type(beside).choices;
      const bool is_choice = choices && std::any_of(choices->begin(), choices->end(), [&](const std::string& one) {
                                return folded(one) == folded(word->name.text);
                             });
      const bool unequal = comparison.ops[i > 0 ? i - 1 : 0] == tree::CompareOp::not_equal;
      if (beside != no_node && refused_yes(*word, result[i > 0 ? i - 1 : 1].expr, nodes_.type(beside), unequal)) {
         result[i].node = bad(scope.frame);
         continue;
      }
      result[i].node = is_choice
                           ? constant(word->name.text, nodes_.type(beside), scope.frame, result[i].expr->span, result[i].expr)
                           : value(result[i].expr, scope);
   }
   return result;
}

NodeId Checker::comparison(const tree::ExprPtr& expr, const tree::Comparison& comparison, const Scope& scope) {
   const std::vector<Side> operands = sides(comparison, scope);
   if (comparison.within) {
      if (comparison.ops.size() == 1 && comparison.ops.front() == tree::CompareOp::equal)
         return within(operands[0], operands[1], comparison.within, expr->span, expr, scope);
      complaints_.error(Code::bad_clause, comparison.within->span, say("允许误差只用于“=”", "within goes with = only")).help =
          without_tolerance(comparison.ops);
      return bad(scope.frame);
   }
   if (comparison.ops.size() == 1) return compare(comparison.ops.front(), operands[0], operands[1], expr->span, expr, scope);
   NodeId all = no_node;
   for (std::size_t i = 0; i < comparison.ops.size(); ++i) {
      const Span span = from_to(operands[i].expr->span, operands[i + 1].expr->span);
      tree::Comparison pair{{operands[i].expr, operands[i + 1].expr}, {comparison.ops[i]}, {comparison.op_spans[i]}, nullptr};
      const auto written = std::make_shared<tree::Expr>(tree::Expr{span, std::move(pair)});
      const NodeId one = compare(comparison.ops[i], operands[i], operands[i + 1], span, written, scope);
      all = all == no_node ? one : make(Op::both, yes_no_type(), scope.frame, {all, one}, expr->span, expr);
   }
   return all;
}

NodeId Checker::compare(tree::CompareOp op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr,
                        const Scope& scope) {
   if (is_bad(left.node) || is_bad(right.node)) return bad(scope.frame);
   const Type a = nodes_.type(left.node), b = nodes_.type(right.node);
   const Combined fit = comparable(a, b, is_zero_literal(left.expr), is_zero_literal(right.expr));
   if (fit.type.kind == Kind::error) return refuse_pair(left, right, span, {fit.zh, fit.en}, scope.frame);
   if (a.kind == Kind::names) return compare_names(op, left, right, span, expr, scope);
   if (const auto dates = compare_dates(op, left, right, span, expr, scope)) return *dates;
   if (!is_figure(a) || !is_figure(b) || op == tree::CompareOp::exactly) return compare_words(op, left, right, span, expr, scope);
   const Side x{left.expr, as_figure(left.node)}, y{right.expr, as_figure(right.node)};
   if (scope.formula) op = in_formula(op, x.node, y.node);
   const auto simple = [&](Op made) { return make(made, yes_no_type(), scope.frame, {x.node, y.node}, span, expr); };
   switch (op) {
      case tree::CompareOp::equal: return simple(Op::equal);
      case tree::CompareOp::not_equal: return simple(Op::not_equal);
      case tree::CompareOp::less: return simple(Op::less);
      case tree::CompareOp::less_equal: return simple(Op::less_equal);
      case tree::CompareOp::greater: return simple(Op::greater_op);
      case tree::CompareOp::greater_equal: return simple(Op::greater_equal);
      case tree::CompareOp::about: return compare_about(Op::about, x, y, span, expr, scope);
      case tree::CompareOp::about_less: return compare_about(Op::about_less, x, y, span, expr, scope);
      case tree::CompareOp::about_greater: return compare_about(Op::about_greater, x, y, span, expr, scope);
      case tree::CompareOp::exactly: break;
   }
   return bad(scope.frame);
}

// The = of a printed formula is meant for the figures, not for their printed digits.
tree::CompareOp Checker::in_formula(tree::CompareOp op, NodeId left, NodeId right) const {
   if (!nodes_.facts(left).published && !nodes_.facts(right).published) return op;
   if (op == tree::CompareOp::equal) return tree::CompareOp::about;
   if (op == tree::CompareOp::less_equal) return tree::CompareOp::about_less;
   if (op == tree::CompareOp::greater_equal) return tree::CompareOp::about_greater;
   return op;
}

NodeId Checker::compare_words(tree::CompareOp op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr,
                              const Scope& scope) {
   const Type a = nodes_.type(left.node), b = nodes_.type(right.node);
   const bool equality = op == tree::CompareOp::equal || op == tree::CompareOp::not_equal || op == tree::CompareOp::exactly;
   if (!equality || (op == tree::CompareOp::exactly && is_figure(a) && is_figure(b)))
      return refuse_pair(left, right, span,
                         op == tree::CompareOp::exactly
                             ? say("“原样”只比较文字", "exactly compares text only")
                             : say("文字没有大小，只能比较是否相同", "text has no order: compare with = or ≠"),
                         scope.frame);
   if (a.kind == Kind::yes_no) {
      const NodeId same = make(Op::exactly_when, yes_no_type(), scope.frame, {left.node, right.node}, span, expr);
      return negated(same, op == tree::CompareOp::not_equal, span, expr);
   }
   for (const auto& [choice, word] : {std::pair(left, right), std::pair(right, left)}) {
      const Type type = nodes_.type(choice.node);
      const Node& other = nodes_[word.node];
      const auto* text = get_if<std::string>(&other.value);
      if (type.kind != Kind::choice || other.op != Op::constant || !text || !type.choices) continue;
      if (std::any_of(type.choices->begin(), type.choices->end(),
                      [&](const std::string& one) { return folded(one) == folded(*text); }))
         continue;
      tree::Name name{word.expr ? word.expr->span : span, *text};
      return is_word(choice.node, name, nullptr, span, scope);  // says which words there are
   }
   Node node = node_of(Op::text_equal, yes_no_type(), scope.frame);
   node.in = {left.node, right.node};
   node.exact = op == tree::CompareOp::exactly;
   node.span = span;
   node.expr = expr;
   return negated(make(std::move(node)), op == tree::CompareOp::not_equal, span, expr);
}

NodeId Checker::compare_names(tree::CompareOp op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr,
                              const Scope& scope) {
   const auto made = [&](Op how, NodeId a, NodeId b) { return make(how, yes_no_type(), scope.frame, {a, b}, span, expr); };
   switch (op) {
      case tree::CompareOp::equal: return made(Op::names_equal, left.node, right.node);
      case tree::CompareOp::not_equal: return negated(made(Op::names_equal, left.node, right.node), true, span, expr);
      case tree::CompareOp::less_equal: return made(Op::names_within, left.node, right.node);
      case tree::CompareOp::greater_equal: return made(Op::names_within, right.node, left.node);
      default:
         return refuse_pair(left, right, span,
                            say("名单之间用 = ≠ 比较，或者用 <= 问前一个是否都在后一个里",
                                "sets compare with = and ≠, and with <= where one lies within the other"),
                            scope.frame);
   }
}

// Both are dates, or one is and the other is written out.
std::optional<NodeId> Checker::compare_dates(tree::CompareOp op, const Side& left, const Side& right, Span span,
                                             const tree::ExprPtr& expr, const Scope& scope) {
   const auto written = [&](const Side& side) {
      const Node& node = nodes_[side.node];
      const auto* text = get_if<std::string>(&node.value);
      return node.op == Op::constant && text && read_date(*text).has_value();
   };
   const bool a = nodes_.type(left.node).kind == Kind::date, b = nodes_.type(right.node).kind == Kind::date;
   if (!(a && (b || written(right))) && !(b && written(left))) return std::nullopt;
   DateOrder order = DateOrder::equal;
   switch (op) {
      case tree::CompareOp::equal:
      case tree::CompareOp::not_equal: break;
      case tree::CompareOp::less: order = DateOrder::less; break;
      case tree::CompareOp::less_equal: order = DateOrder::less_equal; break;
      case tree::CompareOp::greater: order = DateOrder::greater; break;
      case tree::CompareOp::greater_equal: order = DateOrder::greater_equal; break;
      default: return std::nullopt;  // raw, or with a rounding that dates have not
   }
   Node node = node_of(Op::date_order, yes_no_type(), scope.frame);
   node.in = {left.node, right.node};
   node.number = static_cast<int>(order);
   node.span = span;
   node.expr = expr;
   return negated(make(std::move(node)), op == tree::CompareOp::not_equal, span, expr);
}

NodeId Checker::compare_about(Op op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr,
                              const Scope& scope) {
   const Facts& a = nodes_.facts(left.node);
   const Facts& b = nodes_.facts(right.node);
   if (!a.published && !b.published) {
      Diagnostic& error =
          complaints_.error(Code::approx_exact, span,
                            say("两边都是精确的数，没有尾差可言", "both sides are exact: there is no rounding to allow for"));
      error.notes.push_back({left.expr->span, say_types("这是{}，精确", "this is {}, exact", nodes_.type(left.node))});
      error.notes.push_back({right.expr->span, say_types("这是{}，精确", "this is {}, exact", nodes_.type(right.node))});
      error.help =
          op == Op::about ? say("写 =，或者 = … 允许误差 …", "write =, or = … within …") : say("写 <= 或 >=", "write <= or >=");
      return bad(scope.frame);
   }
   if (a.rounded || b.rounded) {
      complaints_
          .error(Code::round_in_approx, a.rounded ? left.expr->span : right.expr->span,
                 say("四舍五入过的数不能用“≈”比较", "a rounded figure cannot stand beside ≈"))
          .help = say("去掉四舍五入，或者写 = … 允许误差 …", "leave the rounding out, or write = … within …");
      return bad(scope.frame);
   }
   return make(op, yes_no_type(), scope.frame, {left.node, right.node}, span, expr);
}

// A tolerance in percent is relative to the right side, unless percents are compared: then only 个百分点 is unambiguous.
NodeId Checker::within(const Side& left, const Side& right, const tree::ExprPtr& written, Span span, const tree::ExprPtr& expr,
                       const Scope& scope) {
   const NodeId tolerance = figure(written, scope);
   if (is_bad(left.node) || is_bad(right.node) || is_bad(tolerance)) return bad(scope.frame);
   const Side x{left.expr, as_figure(left.node)}, y{right.expr, as_figure(right.node)};
   const Type a = nodes_.type(x.node), b = nodes_.type(y.node), allowed = nodes_.type(tolerance);
   if (!a.is_numeric() || !b.is_numeric())
      return refuse_pair(left, right, span, say("允许误差只用于数", "within compares figures only"), scope.frame);
   const Combined fit = comparable(a, b, is_zero_literal(left.expr), is_zero_literal(right.expr));
   if (fit.type.kind == Kind::error) return refuse_pair(left, right, span, {fit.zh, fit.en}, scope.frame);
   const Type difference = is_zero_literal(left.expr)    ? difference_of(b, b)
                           : is_zero_literal(right.expr) ? difference_of(a, a)
                                                         : difference_beside(a, b);
   const bool of_percents = difference.kind == Kind::percentage_point;
   Node node = node_of(Op::within, yes_no_type(), scope.frame);
   node.relative = allowed.kind == Kind::percent && !of_percents;
   if (!node.relative) {
      Diagnostic* error = nullptr;
      const Combined tolerable = comparable(difference, allowed, false, is_zero_literal(written));
      if (of_percents && allowed.kind == Kind::percent)
         error = &complaints_.error(Code::percent_or_points, written->span,
                                    say("百分比的误差是几个百分点", "percents differ by percentage points"));
      else if (tolerable.type.kind == Kind::error)
         error = &complaints_.error(Code::units_differ, written->span,
                                    say_types("两边相差的是{}，而允许误差是{}",
                                              "the sides differ by {}, and what is allowed is {}", difference, allowed));
      if (error) {
         error->notes.push_back({span, say_types("两边相差的是{}", "the sides differ by {}", difference)});
         error->help = of_percents ? say("写 允许误差 0.1个百分点", "write within 0.1个百分点")
                                   : say("误差要写明单位", "write the tolerance with its unit");
         return bad(scope.frame);
      }
   }
   node.in = {x.node, y.node, tolerance};
   node.span = span;
   node.expr = expr;
   return make(std::move(node));
}

// ---- is, under ----------------------------------------------------------------------------------------------------------

NodeId Checker::is_test(const tree::ExprPtr& expr, const tree::IsTest& test, const Scope& scope) {
   const NodeId operand = value(test.operand, scope);
   if (is_bad(operand)) return bad(scope.frame);
   if (test.what != tree::Is::word) {
      Node asked = node_of(test.what == tree::Is::present ? Op::is_present : Op::is_missing, yes_no_type(), scope.frame);
      if (!test.negated) asked.span = expr->span, asked.expr = expr;
      const NodeId node = at_home(operand, asked);
      return negated(node, test.negated, expr->span, expr);
   }
   NodeId any = no_node;
   for (const tree::Name& word : test.words) {
      const NodeId one = is_word(operand, word, test.words.size() == 1 && !test.negated ? expr : nullptr, expr->span, scope);
      any = any == no_node ? one : make(Op::either, yes_no_type(), scope.frame, {any, one}, expr->span, expr);
   }
   return any == no_node ? bad(scope.frame) : negated(any, test.negated, expr->span, expr);
}

NodeId Checker::is_word(NodeId operand, const tree::Name& word, const tree::ExprPtr& expr, Span span, const Scope& scope) {
   const Type type = nodes_.type(operand);
   const auto unknown = [&](const std::vector<std::string>& words) {
      Diagnostic& error =
          complaints_.error(Code::unknown_choice, word.span, say("{} 不是这里的选项", "{} is none of the words here", word.text));
      const auto near = suggestions(word.text, words);
      std::string all;
      for (const std::string& one : words) all += (all.empty() ? "" : "、") + one;
      error.help = near.empty() ? say("可以是 {}", "it may be {}", all)
                                : say("是不是 {}？可以是 {}", "did you mean {}? it may be {}", near.front(), all);
      return bad(scope.frame);
   };
   const auto is = [&](std::string_view zh, std::string_view en) { return word.text == zh || word.text == en; };
   if (type.kind == Kind::target) {
      std::vector<std::string> words;
      for (const TargetWord& one : target_words) {
         if (is(one.zh, one.en)) {
            Node node = node_of(Op::target_is, yes_no_type(), scope.frame);
            node.number = one.bits;
            node.span = span;
            node.expr = expr;
            return at_home(operand, node);
         }
         words.emplace_back(one.zh);
      }
      return unknown(words);
   }
   if (type.kind == Kind::measured) {
      const bool figure = is("定量", "quantitative") || is("数字", "numeric");
      if (!figure && !is("定性", "qualitative") && !is("文字", "text")) return unknown({"定量", "数字", "定性", "文字"});
      return negated(at_home(operand, node_of(Op::is_number, yes_no_type(), scope.frame)), !figure, span, {});
   }
   if (type.kind == Kind::yes_no) {
      if (!is("是", "yes") && !is("否", "no")) return unknown({"是", "否"});
      return negated(operand, is("否", "no"), span, {});
   }
   if (!is_wordy(type.kind)) {
      complaints_
          .error(Code::wrong_type, span,
                 say_types("“为”用于选项、目标和文字，这里是{}", "is goes with choices, targets and text, this is {}", type))
          .help = say("数用 = 比较", "compare figures with =");
      return bad(scope.frame);
   }
   if (type.kind == Kind::choice && type.choices &&
       std::none_of(type.choices->begin(), type.choices->end(),
                    [&](const std::string& one) { return folded(one) == folded(word.text); }))
      return unknown(*type.choices);
   const NodeId text = constant(word.text, type, scope.frame, word.span);
   return make(Op::text_equal, yes_no_type(), scope.frame, {operand, text}, span);
}

NodeId Checker::under(const tree::ExprPtr& expr, const tree::Under& under, const Scope& scope) {
   const NodeId operand = value(under.operand, scope);
   if (is_bad(operand)) return bad(scope.frame);
   const Kind kind = nodes_.type(operand).kind;
   if (under.codes.size() == 1 && !written_code(*under.codes.front())) {
      const NodeId names = value(under.codes.front(), scope);
      if (is_bad(names)) return bad(scope.frame);
      if (nodes_.type(names).kind == Kind::names) return under_names(expr, under, {under.operand, operand}, names, scope);
   }
   if (kind != Kind::code && kind != Kind::text) {
      complaints_
          .error(Code::wrong_type, under.operand->span,
                 say_types("“属于”前面要是代码，这里是{}", "under goes with a code, this is {}", nodes_.type(operand)))
          .help = say("如 科目代码 属于 206, 20805；名称用 科目名称 属于 名单(…)",
                      "such as 科目代码 under 206, 20805; for names 科目名称 under set(…)");
      return bad(scope.frame);
   }
   Node node = node_of(Op::under, yes_no_type(), scope.frame);
   for (const tree::ExprPtr& code : under.codes) {
      auto written = written_code(*code);
      if (const auto* name = get_if<tree::NameRef>(&code->what); name && spells(name->name.text, Word::line_code)) {
         if (scope.line) written = of_line(name->name.text, *scope.line);
         if (!written) return unknown_name(name->name, scope), bad(scope.frame);
      }
      if (!written) {
         complaints_
             .error(Code::not_a_value, code->span, say("“属于”后面的代码要直接写出来", "the codes after under are written out"))
             .help = say("如 科目代码 属于 206, 20805；或者 属于 名单(…)", "such as 科目代码 under 206, 20805, or under set(…)");
         return bad(scope.frame);
      }
      node.words.push_back(*written);
   }
   node.in = {operand};
   node.span = expr->span;
   node.expr = expr;
   return negated(make(std::move(node)), under.negated, expr->span, expr);
}

// 科目 属于 名单(公开05.科目名称): a name in a set; a set in a set.
NodeId Checker::under_names(const tree::ExprPtr& expr, const tree::Under& under, const Side& operand, NodeId names,
                            const Scope& scope) {
   const Type type = nodes_.type(operand.node);
   if (type.kind != Kind::names && !is_wordy(type.kind)) {
      complaints_
          .error(Code::wrong_type, operand.expr->span, say_types("名单里是名称，这里是{}", "a set holds names, this is {}", type))
          .help = say("“属于”前面写名称，如 科目名称 属于 名单(…)", "write a name before under, such as 科目名称 under set(…)");
      return bad(scope.frame);
   }
   const Op op = type.kind == Kind::names ? Op::names_within : Op::in_names;
   const NodeId made = make(op, yes_no_type(), scope.frame, {operand.node, names}, expr->span, expr);
   return negated(made, under.negated, expr->span, expr);
}

}  // namespace heng::checking

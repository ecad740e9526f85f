// Functions: the library's, and those that rules declare, which are written out where they are called.
#include <algorithm>

#include "interpreter/check/advice.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "interpreter/check/lookalikes.hpp"
#include "stdlib/date.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;
using What = Thing::What;

FunctionHere* Checker::function_named(const std::string& name, std::uint32_t set) {
   const auto found = functions_.find({set, folded(name)});
   return found == functions_.end() ? nullptr : &found->second;
}

NodeId Checker::call(const tree::ExprPtr& expr, const tree::Call& call, const Scope& scope) {
   if (FunctionHere* own = function_named(call.function.text, scope.set)) return user_call(expr, call, *own, scope);
   const Function* function = find_function(call.function.text);
   if (!function) {
      unknown_function(call, scope);
      return bad(scope.frame);
   }
   if (function->kind == FunctionKind::aggregate) return aggregate(expr, call, *function, scope);
   if (function->kind == FunctionKind::fact && !call.where) return fact(expr, call, *function, scope);
   if (call.where) {
      complaints_.error(Code::bad_clause, call.where->span, say("{} 不取条件", "{} takes no where", call.function.text)).help =
          say("去掉“仅限 …”；要挑选就写 如 … 则 … 否则 …", "take 'where …' out; to choose write if … then … else …");
      return bad(scope.frame);
   }
   return function->kernel == Kernel::round ? rounded(expr, call, *function, scope) : library_call(expr, call, *function, scope);
}

// 项目（一） is a name that wants 「」; 公示( ) is a function that nobody wrote.
void Checker::unknown_function(const tree::Call& call, const Scope& scope) {
   std::string as_name = call.function.text;
   if (call.arguments.size() == 1)
      if (const auto* inner = get_if<tree::NameRef>(&call.arguments.front()->what)) as_name += "(" + inner->name.text + ")";
   for (const auto& [name, same] : names_)
      if (as_name != call.function.text && name == fold(as_name)) {
         complaints_.error(Code::looks_like_call, call.function.span, say("名称里有括号", "this name holds brackets")).help =
             say("写成 「{}」", "write 「{}」", same.front().shown);
         return;
      }
   if (!found(call.function.text, scope).empty()) {
      complaints_.error(Code::unknown_function, call.function.span, say("{} 不是函数", "{} is no function", call.function.text))
          .help = say("相乘写 *；带括号的名称写在「」里", "to multiply write *; a name with brackets stands in 「」");
      return;
   }
   std::vector<std::string> names;
   for (const Function& one : functions()) names.insert(names.end(), {std::string(one.zh), std::string(one.en)});
   for (const auto& [key, function] : functions_)
      if (key.first == scope.set) names.push_back(function.written->name.text);
   Diagnostic& error = complaints_.error(Code::unknown_function, call.function.span,
                                         say("没有函数 {}", "there is no function {}", call.function.text));
   error.help = advice_for_function(call.function.text);
   if (!error.help) error.help = did_you_mean(call.function.text, names);
   if (!error.help)
      error.help = say("heng functions 列出全部函数；如果“{0}”是带括号的名称，写在「」里",
                       "heng functions lists them all; if '{0}' is a name with brackets, write it in 「」", call.function.text);
}

namespace {

// What is written for each parameter: a signature with its ? and → is not for whoever got the call wrong.
std::string_view sample_of(SignatureWord word, bool repeated) {
   switch (word) {
      case SignatureWord::figure:
      case SignatureWord::same: return repeated ? "预算数" : "执行数";
      case SignatureWord::whole: return "2";
      case SignatureWord::text: return "项目名称";
      case SignatureWord::date: return repeated ? "\"2024-12-31\"" : "公布日";
      default: return "";
   }
}

Said example_of_call(const std::string& name, const Function& function) {
   const Signature signature = read_signature(function.signature);
   std::string arguments;
   const std::size_t count = std::max<std::size_t>(signature.parameters.size(), signature.repeats ? 2 : 0);
   for (std::size_t i = 0; i < count; ++i) {
      const auto sample = sample_of(signature.parameters[std::min(i, signature.parameters.size() - 1)], i > 0);
      if (sample.empty())
         return {"写 " + name + signature_in(function.signature, true),
                 "write " + name + signature_in(function.signature, false)};
      arguments += (i ? ", " : "") + std::string(sample);
   }
   return say("如 {0}({1})；heng functions 列出怎样用", "such as {0}({1}); heng functions shows how", name, arguments);
}

Said how_to_call(const std::string& name, const tree::Function* own) {
   if (own) {
      std::vector<std::string> parameters;
      for (const tree::FunctionParameter& one : own->parameters) parameters.push_back(one.name.text);
      return say("写 {0}({1})", "write {0}({1})", name, fmt::format("{}", fmt::join(parameters, ", ")));
   }
   if (const Function* function = find_function(name)) return example_of_call(name, *function);
   return say("heng functions 列出全部函数", "heng functions lists them all");
}

}  // namespace

bool Checker::arguments_fit(const tree::Call& call, std::size_t least, std::size_t most, Span span, const tree::Function* own) {
   const std::size_t given = call.arguments.size();
   if (given >= least && given <= most) return true;
   const std::string wanted = least == most ? std::to_string(least) : std::to_string(least) + "–" + std::to_string(most);
   complaints_
       .error(Code::wrong_arguments, span,
              say("{} 要 {} 个参数，这里有 {} 个", "{} takes {}, here {} stand", call.function.text, wanted, given))
       .help = how_to_call(call.function.text, own);
   return false;
}

NodeId Checker::library_call(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope) {
   const Signature signature = read_signature(function.signature);
   const std::size_t most = signature.repeats ? std::size_t(1000) : signature.parameters.size();
   if (!arguments_fit(call, signature.required, most, expr->span)) return bad(scope.frame);
   Node node = node_of(function.kernel == Kernel::absolute ? Op::absolute : Op::call, number_type(), scope.frame);
   for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      const SignatureWord wanted = signature.parameters[std::min(i, signature.parameters.size() - 1)];
      const tree::ExprPtr& argument = call.arguments[i];
      const NodeId given = wanted == SignatureWord::figure   ? figure(argument, scope)
                           : wanted == SignatureWord::yes_no ? condition(argument, scope)
                                                             : value(argument, scope);
      if (is_bad(given)) return bad(scope.frame);
      if (wanted == SignatureWord::date && nodes_.type(given).kind != Kind::date) {
         complaints_
             .error(Code::wrong_type, argument->span,
                    say_types("这里要日期，而这是{}", "a date is wanted here, this is {}", nodes_.type(given)))
             .help = say("写 日期(\"2024-12-31\")", "write date(\"2024-12-31\")");
         return bad(scope.frame);
      }
      const auto* written = get_if<tree::Text>(&inside(*argument).what);
      if (signature.result == SignatureWord::date && written && !read_date(written->text)) {
         complaints_
             .error(Code::out_of_range_literal, argument->span,
                    say("“{}”不是有年月日的日期", "\"{}\" is no day with its month and year", written->text))
             .help = say("如 \"2024-12-31\"、\"2024年12月31日\"", "such as \"2024-12-31\" or \"2024年12月31日\"");
         return bad(scope.frame);
      }
      if (wanted == SignatureWord::text && !is_wordy(nodes_.type(given).kind)) {
         complaints_
             .error(Code::wrong_type, argument->span,
                    say_types("这里要文字，而这是{}", "text is wanted here, this is {}", nodes_.type(given)))
             .help =
             say("换成文字的栏目，或者加引号写，如 \"甲\"", "take a column of text, or write text in quotes such as \"甲\"");
         return bad(scope.frame);
      }
      node.in.push_back(given);
   }
   if (signature.result == SignatureWord::same) node.type = plain(nodes_.type(node.in.front()));
   if (signature.result == SignatureWord::yes_no) node.type = yes_no_type();
   if (signature.result == SignatureWord::text) node.type = text_type();
   if (signature.result == SignatureWord::date) node.type = date_type();
   if (signature.result == SignatureWord::year) node.type = year_type();
   if (signature.result == SignatureWord::days) node.type = quantity_type(read_any_unit("天"));
   if (node.op == Op::call) node.function = &function;
   node.span = expr->span;
   node.expr = expr;
   return make(std::move(node));
}

// ---- how a figure or a form is printed ------------------------------------------------------------------------------------

NodeId Checker::fact(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope) {
   if (!arguments_fit(call, 1, 1, expr->span)) return bad(scope.frame);
   const tree::ExprPtr& argument = call.arguments.front();
   if (function.kernel == Kernel::decimals) {
      const NodeId node = value(argument, scope);
      return is_bad(node) ? bad(scope.frame) : printed_decimals(node, argument);
   }
   const Thing thing = is_chain(*argument) ? resolve(*argument, scope) : Thing{What::value};
   if (thing.what == What::nothing) return bad(scope.frame);
   if (thing.what != What::form) {
      complaints_.error(Code::wrong_type, argument->span, say("{} 要一张报表", "{} wants a form", call.function.text)).help =
          schema_.forms.empty() ? say("写报表的名称", "write the name of a form")
                                : say("如 {}({})", "such as {}({})", call.function.text, schema_.forms.front().name);
      return bad(scope.frame);
   }
   const FormSchema& form = schema_.forms[thing.form];
   if (function.kernel == Kernel::lines) return into(lines_complete(form, expr), expr->span, scope);
   const std::string_view name = function.kernel == Kernel::title  ? printed_title
                                 : function.kernel == Kernel::unit ? printed_unit
                                                                   : printed_year;
   return into(field_node(schema_.printed(form, name), expr->span), expr->span, scope);
}

// Of a figure of the data only: what is computed is printed nowhere.
NodeId Checker::printed_decimals(NodeId node, const tree::ExprPtr& expr) {
   const Node here = nodes_[node];
   if (here.op == Op::broadcast || here.op == Op::at_row) {
      std::vector<NodeId> in = here.in;
      in[0] = printed_decimals(in[0], expr);
      return is_bad(in[0]) ? bad(here.frame) : make(here.op, number_type(), here.frame, std::move(in), here.span);
   }
   if (here.op != Op::field || !here.type.is_numeric() || here.type.kind == Kind::year) {
      complaints_
          .error(Code::wrong_type, expr->span,
                 say("小数位数只问报告里的一个数", "decimals are asked of one figure of the report"))
          .help =
          say("直接写那个数，不写算式，如 小数位数(收支表[1])", "write the figure itself, no formula: decimals(收支表[1])");
      return bad(here.frame);
   }
   Node made = node_of(Op::decimals, number_type(), here.frame);
   made.field = here.field;
   made.exact = true;
   made.span = expr->span;
   return make(std::move(made));
}

NodeId Checker::lines_complete(const FormSchema& form, const tree::ExprPtr& expr) {
   int last = 0;
   for (const FormBlock& block : form.blocks)
      for (const std::string& line : block.lines) {
         const bool number =
             block.kind == BlockKind::lines && line.size() <= 6 && line.find_first_not_of("0123456789") == std::string::npos;
         if (number) last = std::max(last, std::stoi(line));
      }
   if (last == 0) {
      complaints_.error(Code::wrong_type, expr->span, say("{} 没有行次", "{} has no numbered lines", form.name)).help =
          say("用于有“行次表”的报表", "use it for a form that has lines");
      return bad(report_frame);
   }
   Node node = node_of(Op::lines_complete, yes_no_type(), report_frame);
   node.in = {field_node(schema_.printed(form, printed_lines), expr->span)};
   node.number = last;
   node.span = expr->span;
   node.expr = expr;
   return make(std::move(node));
}

std::optional<int> Checker::whole(const tree::ExprPtr& expr) {
   const tree::Expr& inner = inside(*expr);
   if (const auto* sign = get_if<tree::Unary>(&inner.what); sign && sign->op == tree::UnaryOp::minus) {
      const auto number = whole(sign->operand);
      return number ? std::optional<int>(-*number) : std::nullopt;
   }
   const auto* number = get_if<tree::Number>(&inner.what);
   const bool good = number && number->unit.empty() && !number->digits.empty() && number->digits.size() <= 3 &&
                     number->digits.find('.') == std::string::npos;
   return good ? std::optional<int>(std::stoi(number->digits)) : std::nullopt;
}

NodeId Checker::rounded(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope) {
   if (!arguments_fit(call, 1, 2, expr->span)) return bad(scope.frame);
   const NodeId operand = figure(call.arguments[0], scope);
   const auto decimals = call.arguments.size() == 2 ? whole(call.arguments[1]) : std::optional<int>(0);
   if (!decimals || *decimals > 30 || *decimals < -30) {
      complaints_
          .error(Code::out_of_range_literal, call.arguments[1]->span,
                 say("保留的位数要直接写出来，在 -30 到 30 之间", "the decimals are a whole number written out, -30 to 30"))
          .help = say("如 四舍五入(…, 2)", "such as round(…, 2)");
      return bad(scope.frame);
   }
   return is_bad(operand) ? operand : round_node(operand, *decimals, function.rounding, expr->span, expr);
}

// Decimals are counted in the unit that the figure is shown in: 2 decimals of 万元 are hundreds of 元.
NodeId Checker::round_node(NodeId operand, int decimals, Rounding rounding, Span span, const tree::ExprPtr& expr) {
   const Type type = plain(nodes_.type(operand));
   const FrameId frame = nodes_.frame(operand);
   if (type.kind == Kind::measured || type.kind == Kind::year) {
      complaints_
          .error(Code::wrong_type, span,
                 say_types("{}的单位随行而变，没有确定的位数",
                           "the unit of {} comes with each row, so its decimals have no fixed place", type))
          .help = say("先除以目标或单位，再四舍五入", "divide by the target or a unit first, then round");
      return bad(frame);
   }
   int shift = type.kind == Kind::percent ? (type.unit == "‰" ? -3 : -2) : type.kind == Kind::percentage_point ? -2 : 0;
   Rational scale = 1;
   if (type.kind == Kind::quantity && !type.unit.empty()) {
      const Unit unit = read_any_unit(type.unit, schema_.extra_units);
      if (unit.scale_is_power_of_ten)
         shift = unit.decimal_shift;
      else
         scale = unit.scale;
   }
   Node node = node_of(Op::round, type, frame);
   node.number = decimals - shift;
   node.rounding = rounding;
   node.span = span;
   node.expr = expr;
   if (scale == 1) {
      node.in = {operand};
      return make(std::move(node));
   }
   const NodeId unit = constant(scale, number_type(), frame, span);
   node.in = {make(Op::divide, type, frame, {operand, unit}, span)};
   return make(Op::multiply, type, frame, {make(std::move(node)), unit}, span, expr);
}

// What is given to a function becomes what its parameter is declared as, or is refused.
NodeId Checker::fitting(const Side& argument, const Type& wanted, const std::string& parameter) {
   if (is_bad(argument.node) || wanted.kind == Kind::error) return argument.node;
   const bool keeps_target = wanted.kind == Kind::target;
   const NodeId node = keeps_target ? argument.node : as_figure(argument.node);
   const Type type = nodes_.type(node);
   if (same_meaning(type, wanted)) return node;
   if (is_wordy(type.kind) && is_wordy(wanted.kind) && wanted.kind != Kind::choice) return node;
   if (wanted.kind == Kind::measured && type.is_numeric()) return node;
   if (is_zero_literal(argument.expr) && wanted.is_numeric()) return retyped(node, wanted);
   if (type.kind == Kind::measured && wanted.is_numeric())
      return make(Op::as_unit, plain(wanted), nodes_.frame(node), {node}, nodes_[node].span, argument.expr);
   const bool number_as = type.kind == Kind::number && (is_points(wanted) || (wanted.kind == Kind::percent && !type.bare));
   if (number_as) return retyped(node, wanted);
   const bool percents = (type.kind == Kind::percent && wanted.kind == Kind::percentage_point) ||
                         (type.kind == Kind::percentage_point && wanted.kind == Kind::percent);
   complaints_
       .error(percents                               ? Code::percent_or_points
              : is_figure(type) && is_figure(wanted) ? Code::units_differ
                                                     : Code::wrong_type,
              argument.expr->span,
              say_types("参数 {} 要{}，这里是{}", "parameter {} wants {}, this is {}", parameter, wanted, type))
       .help = advice_for_pair({argument.expr, type}, {nullptr, wanted}).value_or(advice_for_figure(type));
   return bad(nodes_.frame(node));
}

NodeId Checker::user_call(const tree::ExprPtr& expr, const tree::Call& call, FunctionHere& function, const Scope& scope) {
   const tree::Function& written = *function.written;
   if (call.where) {
      complaints_.error(Code::bad_clause, call.where->span, say("{} 不取条件", "{} takes no where", call.function.text)).help =
          say("去掉“仅限 …”；要挑选就写 如 … 则 … 否则 …", "take 'where …' out; to choose write if … then … else …");
      return bad(scope.frame);
   }
   if (!arguments_fit(call, written.parameters.size(), written.parameters.size(), expr->span, &written)) return bad(scope.frame);
   Arguments arguments;
   for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      const tree::FunctionParameter& parameter = written.parameters[i];
      const Type wanted = value_type(parameter.type, *function.types, schema_.extra_units, complaints_);
      const NodeId given = fitting({call.arguments[i], value(call.arguments[i], scope)}, wanted, parameter.name.text);
      if (is_bad(given)) return bad(scope.frame);
      arguments.emplace_back(folded(parameter.name.text), given);
   }
   return body_of(function, arguments, scope.frame, scope.set, expr->span);
}

NodeId Checker::body_of(FunctionHere& function, const Arguments& arguments, FrameId frame, std::uint32_t set, Span span) {
   const tree::Function& written = *function.written;
   std::vector<NodeId> key{frame};
   for (const auto& [name, node] : arguments) key.push_back(node);
   if (const auto known = function.known.find(key); known != function.known.end()) return known->second;
   if (std::find(open_functions_.begin(), open_functions_.end(), &written) != open_functions_.end()) {
      Diagnostic& error = complaints_.error(Code::cycle, written.name.span,
                                            say("函数 {} 用到它自己", "function {} needs itself", written.name.text));
      error.notes.push_back({span, say("在这里用到", "it is needed here")});
      error.help =
          say("函数里不能再用它自己；逐个的数用 求和(…) 等", "a function cannot use itself; for many figures use sum(…)");
      return bad(frame);
   }
   open_functions_.push_back(&written);
   auto* outer = std::exchange(divisors_, nullptr);
   Scope inner;
   inner.frame = frame;
   inner.set = set;
   inner.arguments = &arguments;
   Side body{written.body, value(written.body, inner)};
   if (written.result)
      body.node =
          fitting(body, value_type(*written.result, *function.types, schema_.extra_units, complaints_), written.name.text);
   divisors_ = outer;
   open_functions_.pop_back();
   return function.known[key] = body.node;
}

}  // namespace heng::checking

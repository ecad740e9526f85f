#include "grammar/build.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "grammar/codes.hpp"
#include "grammar/declarations.hpp"
#include "grammar/formula.hpp"
#include "grammar/operators.hpp"
#include "grammar/references.hpp"

namespace heng::grammar {
namespace {

using namespace tree;
using Index_ = std::uint32_t;  // of a node

constexpr int deepest_tree = 1000;  // what later stages may walk through without running out of stack
constexpr int most_signs = 100;     // - - - … a

// An expression and how deep it is.
struct Built {
   ExprPtr expr;
   int depth = 1;
};

class Builder {
 public:
   explicit Builder(Reading& reading) : reading_(reading), nodes_(reading.nodes) {}

   std::optional<Declaration> declaration(Index_ root = 0);
   std::optional<Change> change();
   Places places();
   void header(Module& module);
   ExprPtr expression_root() { return expression(0); }
   Field field_root() { return field(0); }
   Gap gap_root();

 private:
   // ---- walking the nodes
   const Node& node(Index_ i) const { return nodes_[i]; }
   Span span(Index_ i) const { return reading_.span(node(i).begin, node(i).end); }
   std::string_view text_of(Index_ i) const { return reading_.lexer.text().substr(node(i).begin, node(i).end - node(i).begin); }

   std::vector<Index_> children(Index_ parent) const {
      std::vector<Index_> result;
      for (Index_ i = parent + 1; i < node(parent).next; i = node(i).next) result.push_back(i);
      return result;
   }
   template <typename Visit>
   void each_child(Index_ parent, Visit visit) {
      for (Index_ i = parent + 1; i < nodes_[parent].next; i = nodes_[i].next) visit(i);
   }
   template <typename Visit>
   void each_child(Index_ parent, Kind kind, Visit visit) {
      each_child(parent, [&](Index_ i) {
         if (node(i).kind == kind) visit(i);
      });
   }
   std::optional<Index_> find(Index_ parent, Kind kind) const {
      for (Index_ i = parent + 1; i < nodes_[parent].next; i = nodes_[i].next)
         if (nodes_[i].kind == kind) return i;
      return std::nullopt;
   }
   Index_ first(Index_ parent) const { return parent + 1; }

   void complain(Code code, Span place, Said message, std::optional<Said> help = std::nullopt,
                 std::vector<heng::Note> notes = {}) {
      reading_.diagnostics.push_back({code, place, std::move(message), std::move(notes), std::move(help)});
   }

   // ---- tokens
   Name name(Index_ i);
   std::optional<Name> find_name(Index_ parent);
   int integer(Index_ i);
   std::string unquoted(Index_ i) const;
   std::string number_text(Index_ i) const { return std::string(unicode::half_width(text_of(i))); }
   Number number(Index_ i);
   tree::Unit unit(Index_ i) { return {span(i), unicode::half_width(text_of(i))}; }

   // ---- expressions
   struct Chain {
      std::vector<Index_> parts;
      std::size_t at = 0;
      bool done() const { return at >= parts.size(); }
   };
   ExprPtr expression(Index_ i, bool open_if = false) { return build(i, open_if).expr; }
   Built build(Index_ i, bool open_if = false);
   Built build_if(Index_ i, bool open_if);
   Built climb(Chain& chain, int least);
   Built operand(Chain& chain);
   Built primary(Chain& chain);
   Built postfix(Built object, Index_ i);
   Built comparison(Built first, Chain& chain);
   Built with_operator(Built left, Chain& chain);
   Built bad(Span place) { return {std::make_shared<const Expr>(Expr{place, Bad{}}), 1}; }
   Built refuse_depth(Span place) {
      if (!said_too_deep_)
         complain(Code::too_large, place, say("表达式太长或套得太深", "this expression is too long or nested too deep"),
                  say("分成几条计算", "split it into several lets"));
      said_too_deep_ = true;
      return bad(place);
   }
   void refuse_mixed(const Built& node, const Built& left, const Built& right);

   template <typename Node_>
   Built make(Span place, Node_ what, int depth) {
      if (depth + 1 > deepest_tree) return refuse_depth(place);
      return {std::make_shared<const Expr>(Expr{place, std::move(what)}), depth + 1};
   }
   Span joined(const ExprPtr& a, const ExprPtr& b) const { return reading_.span(a->span.begin, b->span.end); }

   // ---- clauses
   using Allowed = std::vector<Kind>;
   struct Clauses {
      About about;
      std::optional<Each> each;
      ExprPtr where, out_of, of, times, stated;
      std::optional<int> round_to;
   };
   Clauses clauses(Index_ parent, const Allowed& allowed);
   void clause(Index_ i, Clauses& into);
   void set_severity(Index_ i, About& about);
   void message(Index_ i, About& about);
   template <typename Words, typename Braced>
   bool split(Index_ i, Words words, Braced braced, bool gaps);
   ExprPtr body(Index_ parent, bool open_if = false);
   void refs(Index_ i, std::vector<std::string>& into);
   std::vector<std::string> counted(const std::string& first, const std::string& last, Span span);
   std::vector<Name> names_in(Index_ range);
   void each(Index_ i, Clauses& into);
   void each_column(Index_ i, Clauses& into);
   std::vector<IndexItem> index_items(Index_ i, int& depth);
   std::string_view head_word(Index_ i) const;

   // ---- types
   Type type(Index_ i);
   void type_clause(Index_ i, Type& type);
   Field field(Index_ i);
   std::vector<Field> fields(Index_ parent);

   // ---- declarations
   Report report(Index_ i) { return {span(i), fields(i)}; }
   Form form(Index_ i);
   void form_block(Index_ i, Form& form, std::vector<Column>& waiting);
   Column column(Index_ i);
   std::vector<Column> columns(Index_ i);
   LinesBlock lines(Index_ i);
   RowsBlock rows(Index_ i);
   GridBlock grid(Index_ i);
   Sentence sentence(Index_ i);
   PhraseRows phrase_rows(Index_ i);
   Phrases phrases(Index_ i);
   PrintedName printed_name(Index_ i);
   PrintedAs printed_as(Index_ i);
   Record record(Index_ i);
   Choice choice(Index_ i);
   UnitDecl unit_declaration(Index_ i);
   Parameter parameter(Index_ i);
   Years years(Index_ i);
   Function function(Index_ i);
   Declaration check(Index_ i);
   Rollup rollup(Index_ i, Index_ at);
   Formulas formulas(Index_ i);
   Formula formula(Index_ i, const Name& form);
   Case case_(Index_ i);
   void refuse_named_twice(const Check& check);
   Require require(Index_ i);
   Let let(Index_ i);
   Score score(Index_ i, bool is_part = false);
   void score_item(Index_ i, Score& score);
   void arm(Index_ i, Score& score);
   Loss loss(Index_ i);
   std::vector<Loss> losses(Index_ i);
   Step step(Index_ i);
   Mode mode(Index_ i) const;
   void refuse_no_mode(Index_ i);
   std::string text_between(const ExprPtr& expr) const {
      return unicode::half_width(reading_.lexer.text().substr(expr->span.begin, expr->span.end - expr->span.begin));
   }
   Items items(Index_ i);
   Item item(Index_ i);
   Bands bands(Index_ i);
   Tier tier(Index_ i);
   Interval interval(Index_ parent);
   void bound(Index_ i, Interval& interval);
   Test test(Index_ i);
   Given given(Index_ i);
   std::vector<Given> given_fields(Index_ i);
   Expect expect(Index_ i);

   // ---- overlays
   std::vector<Name> owner(Index_ i);
   Declaration named(Index_ i, Index_ word);
   Change amended(Index_ i);
   Said replace_instead(Index_ i, const Change& change);
   bool mend_what_was_said(Index_ i, const Change& change);
   void refuse_doubled(const Change& change);
   bool amend_clause(Index_ i, const Clauses& about, Word word, Change& change);
   bool amend_item(Index_ i, Word word, Change& change);

   Reading& reading_;
   const Nodes& nodes_;
   bool said_too_deep_ = false;
   int signs_ = 0;  // of the operand that is being built, one within the other
};

// ---- tokens -------------------------------------------------------------------------------------------------------------

Name Builder::name(Index_ i) {
   const std::string_view text = text_of(i);
   constexpr std::string_view open = "「", close = "」";
   if (text.substr(0, open.size()) == open)
      return {span(i), std::string(text.substr(open.size(), text.size() - open.size() - close.size())), true};
   return {span(i), std::string(text), node(i).detail == 1};
}

std::optional<Name> Builder::find_name(Index_ parent) {
   const std::optional<Index_> found = find(parent, Kind::name);
   return found ? std::optional(name(*found)) : std::nullopt;
}

int Builder::integer(Index_ i) {
   const std::string digits = unicode::half_width(text_of(i));
   int value = 0;
   std::from_chars(digits.data(), digits.data() + digits.size(), value);
   return value;
}

// Without the quotes; 《…》 keeps its marks, which belong to the title.
std::string Builder::unquoted(Index_ i) const {
   const std::string_view text = text_of(i);
   if (text.empty() || text.substr(0, 3) == "《") return std::string(text);
   const std::uint32_t opener = unicode::character_at(text, 0).length;
   const std::uint32_t closer = text.back() == '"' ? 1 : 3;
   if (unicode::half_width(unicode::character_at(text, 0).code) != '"' && text.substr(0, 3) != "“" && text.substr(0, 3) != "”")
      return std::string(text);
   return std::string(text.substr(opener, text.size() - opener - closer));
}

bool is_half_digit(char c) { return c >= '0' && c <= '9'; }

// 2024-12-31 and 2024/12/31 would be read as arithmetic.
std::optional<std::string_view> date_at(std::string_view text) {
   const auto digits = [&](std::size_t from, std::size_t most) {
      std::size_t count = 0;
      while (count < most && from + count < text.size() && is_half_digit(text[from + count])) ++count;
      return count;
   };
   if (digits(0, 5) != 4 || text.size() < 8 || (text[4] != '-' && text[4] != '/')) return std::nullopt;
   const std::size_t month = digits(5, 3), second = 5 + month;
   if (month == 0 || month > 2 || second >= text.size() || text[second] != text[4]) return std::nullopt;
   const std::size_t day = digits(second + 1, 3);
   return day == 0 || day > 2 ? std::nullopt : std::optional(text.substr(0, second + 1 + day));
}

Number Builder::number(Index_ i) {
   if (const auto date = date_at(reading_.lexer.text().substr(node(i).begin)))
      complain(Code::bad_number, reading_.span(node(i).begin, node(i).begin + static_cast<std::uint32_t>(date->size())),
               say("{} 会读成算式", "{} would be read as arithmetic", *date),
               say("日期加引号：写 \"{}\"", "a date stands in quotes: write \"{}\"", *date));
   const std::string text = number_text(i);
   std::size_t end = 0;
   while (end < text.size() && (is_half_digit(text[end]) || text[end] == '.')) ++end;
   Number result{text.substr(0, end), text.substr(end)};
   for (const Word word : {Word::then, Word::else_, Word::and_, Word::or_}) {  // 如 x > 0则 …
      std::vector<std::string_view> spellings = keyword(word).synonyms;
      spellings.push_back(keyword(word).chinese);
      for (const std::string_view spelling : spellings) {
         if (result.unit.substr(0, spelling.size()) != spelling || is_unit_word(result.unit, reading_.lexer.declared_units))
            continue;
         complain(
             Code::missing_blank, span(i),
             say("“{}”和数字连在一起，被读成单位", "'{}' is glued to the number and is read as a unit", spelling),
             say("空开写：{} {} {}", "leave blanks: {} {} {}", result.digits, spelling, result.unit.substr(spelling.size())));
         result.unit.clear();
         return result;
      }
   }
   return result;
}

// ---- expressions --------------------------------------------------------------------------------------------------------

Built Builder::build(Index_ i, bool open_if) {
   if (node(i).kind == Kind::if_) return build_if(i, open_if);
   Chain chain{children(i)};
   return climb(chain, 0);
}

Built Builder::build_if(Index_ i, bool open_if) {
   const std::vector<Index_> parts = children(i);  // condition, then, maybe else
   const Built condition = build(parts[0]), then = build(first(parts[1]));
   std::optional<Built> otherwise;
   if (parts.size() > 2) otherwise = build(first(parts[2]));
   if (!otherwise && !open_if)
      complain(Code::missing_else, span(i), say("“如 … 则 …”少了“否则”", "this 'if … then …' has no 'else'"),
               say("写明条件不成立时取什么值：否则 …；只有整条审核可以不写",
                   "say what it is when the condition does not hold: else …; only the whole body of a check may leave it out"));
   const int depth = std::max({condition.depth, then.depth, otherwise ? otherwise->depth : 0});
   return make(span(i), If{condition.expr, then.expr, otherwise ? otherwise->expr : nullptr}, depth);
}

// Precedence climbing: reads operands and operators as long as the operators bind at least as strongly as `least`.
Built Builder::climb(Chain& chain, int least) {
   Built left = operand(chain);
   while (!chain.done()) {
      const Node& next = node(chain.parts[chain.at]);
      const int strength = next.kind == Kind::infix ? strength_of(static_cast<Infix>(next.detail)) : compare_strength;
      if (strength < least) break;
      left = with_operator(std::move(left), chain);
   }
   return left;
}

Built Builder::with_operator(Built left, Chain& chain) {
   const Index_ i = chain.parts[chain.at];
   const Node& next = node(i);
   if (next.kind == Kind::presence) {
      ++chain.at;
      const Is what = next.detail == 1 ? Is::present : Is::missing;
      return make(reading_.span(left.expr->span.begin, next.end), IsTest{left.expr, false, what, {}, span(i)}, left.depth);
   }
   if (next.kind == Kind::is_test) {
      ++chain.at;
      IsTest test{left.expr, false, Is::word, {}, span(i)};
      each_child(i, [&](Index_ part) {
         if (node(part).kind == Kind::is_word) test.negated = node(part).detail == 1, test.op_span = span(part);
         if (node(part).kind == Kind::presence) test.what = node(part).detail == 1 ? Is::present : Is::missing;
         if (node(part).kind == Kind::name) test.words.push_back(name(part));
      });
      return make(reading_.span(left.expr->span.begin, next.end), std::move(test), left.depth);
   }
   if (next.kind == Kind::under) {
      ++chain.at;
      Chain codes{children(i)};
      Under under{left.expr, node(codes.parts[0]).detail == 1, {}};
      ++codes.at;
      int depth = left.depth;
      while (!codes.done()) {
         const Built code = operand(codes);
         depth = std::max(depth, code.depth);
         under.codes.push_back(code.expr);
      }
      return make(reading_.span(left.expr->span.begin, next.end), std::move(under), depth);
   }
   const auto infix = static_cast<Infix>(next.detail);
   if (is_comparison(infix) || infix == Infix::within) return comparison(std::move(left), chain);
   ++chain.at;
   const int strength = strength_of(infix);
   if (infix == Infix::otherwise || infix == Infix::zero_divisor_as) {
      const Built right = climb(chain, infix == Infix::otherwise ? operand_strength : sign_strength);
      const Span place = joined(left.expr, right.expr);
      const int depth = std::max(left.depth, right.depth);
      if (infix == Infix::otherwise) return make(place, Otherwise{left.expr, right.expr}, depth);
      return make(place, ZeroDivisorAs{left.expr, right.expr}, depth);
   }
   const Built right = climb(chain, strength + 1);
   const Built result = make(joined(left.expr, right.expr), Binary{binary_op(infix), span(i), left.expr, right.expr},
                             std::max(left.depth, right.depth));
   refuse_mixed(result, left, right);
   return result;
}

// `a and b or c`: both readings are defensible, so neither is taken.
void Builder::refuse_mixed(const Built& made, const Built& left, const Built& right) {
   const Binary* node = boost::variant2::get_if<Binary>(&made.expr->what);
   if (!node || node->op != BinaryOp::either) return;
   for (const Built* side : {&left, &right}) {
      const Binary* inner = boost::variant2::get_if<Binary>(&side->expr->what);
      if (!inner || inner->op != BinaryOp::both) continue;
      const Span second = inner->op_span.begin > node->op_span.begin ? inner->op_span : node->op_span;
      const std::string_view text = reading_.lexer.text();
      const std::string_view group = text.substr(side->expr->span.begin, side->expr->span.end - side->expr->span.begin);
      complain(Code::mixed_and_or, second, say("“并且”和“或者”混用，没有括号", "'and' and 'or' are mixed without brackets"),
               say("写明哪些在一起，如 ({})", "say which belong together, such as ({})", group));
      return;
   }
}

// a <= b <= c, and `within` behind it.
Built Builder::comparison(Built first_operand, Chain& chain) {
   Comparison result;
   int depth = first_operand.depth;
   Span place = first_operand.expr->span;
   result.operands.push_back(first_operand.expr);
   int direction = 0;
   bool said = false;
   const auto direction_of = [](CompareOp op) {
      switch (op) {
         case CompareOp::less:
         case CompareOp::less_equal:
         case CompareOp::about_less: return -1;
         case CompareOp::greater:
         case CompareOp::greater_equal:
         case CompareOp::about_greater: return 1;
         default: return 0;
      }
   };
   while (!chain.done() && node(chain.parts[chain.at]).kind == Kind::infix && !result.within) {
      const Index_ i = chain.parts[chain.at];
      const auto infix = static_cast<Infix>(node(i).detail);
      if (!is_comparison(infix) && infix != Infix::within) break;
      ++chain.at;
      if (infix == Infix::within && result.ops.empty())
         complain(Code::unexpected, span(i),
                  say("“允许误差”前面要有一个比较，如 a = b 允许误差 0.01",
                      "'within' wants a comparison before it, such as a = b within 0.01"),
                  say("写 … = … 允许误差 0.01万元", "write … = … within 0.01万元"));
      const Built right = climb(chain, add_strength);
      depth = std::max(depth, right.depth);
      place.end = right.expr->span.end;
      if (infix == Infix::within) {
         result.within = right.expr;
         continue;
      }
      const CompareOp op = compare_op(infix);
      if (direction_of(op) * direction < 0 && !said) {
         complain(Code::mixed_direction, span(i),
                  say("连写的比较方向不一致", "the comparisons of this chain point in different directions"),
                  say("分开写：a < b 并且 b > c", "write them apart: a < b and b > c"),
                  {{result.op_spans.front(), say("这里是另一个方向", "the other direction is here")}});
         said = true;
      }
      if (direction == 0) direction = direction_of(op);
      result.operands.push_back(right.expr);
      result.ops.push_back(op);
      result.op_spans.push_back(span(i));
   }
   if (result.ops.empty()) return bad(place);
   return make(place, std::move(result), depth);
}

Built Builder::operand(Chain& chain) {
   const Index_ i = chain.parts[chain.at];
   if (node(i).kind != Kind::prefix) return primary(chain);
   if (signs_ == most_signs) {
      chain.at = chain.parts.size();
      return refuse_depth(span(i));
   }
   ++chain.at;
   ++signs_;
   const auto prefix = static_cast<Prefix>(node(i).detail);
   const Built inner = climb(chain, prefix == Prefix::no ? not_strength : sign_strength);
   --signs_;
   const UnaryOp op = prefix == Prefix::no ? UnaryOp::no : prefix == Prefix::minus ? UnaryOp::minus : UnaryOp::plus;
   return make(reading_.span(node(i).begin, inner.expr->span.end), Unary{op, span(i), inner.expr}, inner.depth);
}

Built Builder::primary(Chain& chain) {
   const Index_ i = chain.parts[chain.at++];
   switch (node(i).kind) {
      case Kind::number: return make(span(i), number(i), 0);
      case Kind::text: return make(span(i), Text{unquoted(i)}, 0);
      case Kind::full_marks: return make(span(i), FullMarks{}, 0);
      case Kind::missing: return make(span(i), MissingValue{}, 0);
      case Kind::group: {
         const Built inner = build(first(i));
         return make(span(i), Group{inner.expr}, inner.depth);
      }
      case Kind::target: {
         constexpr TargetOp ops[] = {TargetOp::equal,   TargetOp::equal, TargetOp::below,
                                     TargetOp::at_most, TargetOp::above, TargetOp::at_least};
         const auto sign = static_cast<Infix>(node(first(i)).detail);
         const auto op = ops[static_cast<int>(sign) - static_cast<int>(Infix::equal)];
         return make(span(i), Target{op, number(node(first(i)).next)}, 0);
      }
      case Kind::judged: {
         Chain inner{children(i)};
         const Built value = operand(inner);
         return make(span(i), Judged{value.expr, name(inner.parts.back())}, value.depth);
      }
      default: break;
   }
   Built result = make(span(i), NameRef{name(i)}, 0);
   while (!chain.done()) {
      const Kind next = node(chain.parts[chain.at]).kind;
      if (next != Kind::member && next != Kind::index && next != Kind::call) break;
      result = postfix(std::move(result), chain.parts[chain.at++]);
   }
   return result;
}

std::vector<IndexItem> Builder::index_items(Index_ i, int& depth) {
   std::vector<IndexItem> items;
   const auto built = [&](Index_ part) {
      const Built result = build(part);
      depth = std::max(depth, result.depth);
      return result.expr;
   };
   each_child(i, [&](Index_ item) {
      IndexItem made{built(first(item)), nullptr};
      if (const auto last = find(item, Kind::index_last)) made.last = built(first(*last));
      items.push_back(std::move(made));
   });
   return items;
}

Built Builder::postfix(Built object, Index_ i) {
   const Span place = reading_.span(object.expr->span.begin, node(i).end);
   if (node(i).kind == Kind::member) return make(place, Member{object.expr, name(first(i))}, object.depth);
   int depth = object.depth;
   const auto built = [&](Index_ part) {
      const Built result = build(part);
      depth = std::max(depth, result.depth);
      return result.expr;
   };
   if (node(i).kind == Kind::index) {
      Index index{object.expr, index_items(i, depth)};
      return make(place, std::move(index), depth);
   }
   const NameRef* callee = boost::variant2::get_if<NameRef>(&object.expr->what);
   if (!callee) {
      complain(Code::unexpected, place, say("只有函数名后面可以跟括号", "only the name of a function takes brackets"),
               say("相乘写 *，如 甲 * (乙 + 丙)", "to multiply write *, such as a * (b + c)"));
      return bad(place);
   }
   Call call{callee->name, {}, nullptr};
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::call_where)
         call.where = built(first(part));
      else
         call.arguments.push_back(built(part));
   });
   return make(place, std::move(call), depth);
}

// ---- clauses ------------------------------------------------------------------------------------------------------------

std::string_view clause_word(Kind kind, bool chinese) {
   switch (kind) {
      case Kind::title: return chinese ? "标题" : "title";
      case Kind::ref: return spelled(Word::ref, chinese);
      case Kind::cite: return spelled(Word::cite, chinese);
      case Kind::severity: return spelled(Word::severity, chinese);
      case Kind::message: return spelled(Word::message, chinese);
      case Kind::each: return spelled(Word::each, chinese);
      case Kind::each_column: return spelled(Word::each_column, chinese);
      case Kind::where: return spelled(Word::where, chinese);
      case Kind::out_of: return spelled(Word::out_of, chinese);
      case Kind::of: return spelled(Word::of, chinese);
      case Kind::round: return spelled(Word::round, chinese);
      case Kind::times: return spelled(Word::times, chinese);
      case Kind::stated: return spelled(Word::stated, chinese);
      case Kind::in: return spelled(Word::in, chinese);
      case Kind::to: return spelled(Word::to, chinese);
      case Kind::blank_counts_as_0: return spelled(Word::blank_counts_as_0, chinese);
      case Kind::may_be_blank: return spelled(Word::may_be_blank, chinese);
      case Kind::or_text: return chinese ? "或者 文字" : "or text";
      case Kind::for_place: return spelled(Word::for_place, chinese);
      case Kind::extends: return spelled(Word::extends, chinese);
      case Kind::round_scores_to: return spelled(Word::round_scores_to, chinese);
      case Kind::after: return spelled(Word::after, chinese);
      case Kind::keyed_by: return spelled(Word::keyed_by, chinese);
      case Kind::levels: return spelled(Word::levels, chinese);
      case Kind::use: return spelled(Word::use, chinese);
      default: return {};
   }
}

bool is_clause(Kind kind) { return kind >= Kind::title && kind <= Kind::round; }

std::string_view Builder::head_word(Index_ i) const {
   const std::string_view text = text_of(i);
   const std::size_t end = text.find_first_of(" \t\r\n{:");
   return text.substr(0, end);
}

Builder::Clauses Builder::clauses(Index_ parent, const Allowed& allowed) {
   Clauses result;
   std::map<Kind, Span> seen;
   each_child(parent, [&](Index_ i) {
      const Kind kind = node(i).kind;
      if (!is_clause(kind)) return;
      if (std::find(allowed.begin(), allowed.end(), kind) == allowed.end()) {
         complain(Code::bad_clause, span(i),
                  Said{fmt::format("“{}”不能写在这里的“{}”上", clause_word(kind, true), head_word(parent)),
                       fmt::format("'{}' takes no '{}'", head_word(parent), clause_word(kind, false))},
                  say("去掉它", "take it out"));
         return;
      }
      const auto [first_time, is_new] = seen.emplace(kind, span(i));
      if (!is_new) {
         complain(Code::bad_clause, span(i),
                  Said{fmt::format("“{}”写了两次", clause_word(kind, true)),
                       fmt::format("'{}' stands here twice", clause_word(kind, false))},
                  say("留下一个", "keep one of them"), {{first_time->second, say("第一次在这里", "the first one is here")}});
         return;
      }
      clause(i, result);
   });
   return result;
}

void Builder::clause(Index_ i, Clauses& into) {
   switch (node(i).kind) {
      case Kind::title: into.about.title = unquoted(i); return;
      case Kind::ref: return refs(i, into.about.refs);
      case Kind::cite: into.about.cite = unquoted(first(i)); return;
      case Kind::severity: return set_severity(first(i), into.about);
      case Kind::message: return message(first(i), into.about);
      case Kind::each: each(i, into); return;
      case Kind::each_column: each_column(i, into); return;
      case Kind::where: into.where = expression(first(i)); return;
      case Kind::out_of: into.out_of = expression(first(i)); return;
      case Kind::of: into.of = expression(first(i)); return;
      case Kind::times: into.times = expression(first(i)); return;
      case Kind::stated: into.stated = expression(first(i)); return;
      default: into.round_to = integer(first(i));
   }
}

void Builder::set_severity(Index_ i, About& about) {
   switch (static_cast<Word>(node(i).detail)) {
      case Word::verify: about.severity = Severity::verify; return;
      case Word::notice: about.severity = Severity::notice; return;
      case Word::verification:
         about.severity = Severity::verify;
         about.kind = MinistryKind::verification;
         return;
      case Word::balance:
         about.severity = Severity::error;
         about.kind = MinistryKind::balance;
         return;
      case Word::logic:
         about.severity = Severity::error;
         about.kind = MinistryKind::logic;
         return;
      default: about.severity = Severity::error;
   }
}

// "{三级指标}：目标 {年度指标值}": texts and expressions by turns.
void Builder::message(Index_ i, About& about) {
   about.message = unquoted(i);
   split(
       i, [&](std::string words) { about.message_parts.emplace_back(std::move(words)); },
       [&](std::uint32_t begin, std::uint32_t end) { about.message_parts.emplace_back(read_piece(reading_, begin, end)); },
       false);
}

// The words of a quoted text, and what stands in its braces. False: a brace is missing, which is said. `gaps`: of a sentence,
// where no brace is a word.
template <typename Words, typename Braced>
bool Builder::split(Index_ i, Words words, Braced braced, bool gaps) {
   const std::string_view text = reading_.lexer.text();
   const std::uint32_t begin = node(i).begin + unicode::character_at(text, node(i).begin).length;
   const std::uint32_t end = begin + static_cast<std::uint32_t>(unquoted(i).size());
   const auto folded = [&](std::uint32_t at) { return unicode::half_width(unicode::character_at(text, at).code); };
   const auto length = [&](std::uint32_t at) { return unicode::character_at(text, at).length; };
   std::string plain;
   for (std::uint32_t at = begin; at < end;) {
      const Span here = reading_.span(at, at + length(at));
      if (gaps && folded(at) == '}') {
         complain(Code::not_closed, here, say("这里的“}}”前面没有“{{”", "this '}}' has no '{{' before it"),
                  say("空格写作 {{名称: 类型}}", "a gap is written {{NAME: TYPE}}"));
         return false;
      }
      if (folded(at) != '{') {
         plain += text.substr(at, length(at));
         at += length(at);
         continue;
      }
      std::uint32_t close = at + length(at);
      while (close < end && folded(close) != '}' && !(gaps && folded(close) == '{')) close += length(close);
      if (close >= end || folded(close) != '}') {
         complain(Code::not_closed, here,
                  gaps ? say("这里的“{{”没有对应的“}}”", "this '{{' has no '}}'")
                       : say("提示语里的“{{”没有对应的“}}”", "the '{{' in this message has no '}}'"),
                  say("补上“}}”", "write '}}'"));
         return false;
      }
      if (!plain.empty()) words(std::exchange(plain, {}));
      braced(at + length(at), close);
      at = close + length(close);
   }
   if (!plain.empty()) words(std::move(plain));
   return true;
}

ExprPtr Builder::body(Index_ parent, bool open_if) {
   const auto found = find(parent, Kind::body);
   return found ? expression(first(*found), open_if) : bad(span(parent)).expr;  // without: only the head could be read
}

// ref S57, A0-1306, S11..S26
void Builder::refs(Index_ i, std::vector<std::string>& into) {
   bool range = false;
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::year_range) return void(range = true);
      const std::string last = unicode::half_width(text_of(part));
      if (!range) return into.push_back(last);
      range = false;
      for (std::string& one : counted(into.back(), last, span(part))) into.push_back(std::move(one));
   });
}

// S11..S26, 公开01..公开09: all behind the first.
std::vector<std::string> Builder::counted(const std::string& first, const std::string& last, Span span) {
   if (const auto between = references_between(first, last)) return *between;
   complain(Code::bad_interval, span, say("从 {} 数不到 {}", "one cannot count from {} to {}", first, last),
            say("两个只差末尾的数，前小后大：S11..S26、公开01..公开09",
                "only the number at the end differs, the smaller first: S11..S26, 公开01..公开09"));
   return {};
}

std::vector<Name> Builder::names_in(Index_ range) {
   std::vector<Name> result;
   each_child(range, Kind::name, [&](Index_ part) { result.push_back(name(part)); });
   const Name last = result.back();
   result.pop_back();
   for (std::string& text : counted(result.front().text, last.text, last.span)) result.push_back({last.span, std::move(text)});
   return result;
}

void Builder::each(Index_ i, Clauses& into) {
   if (!into.each) into.each.emplace().span = span(i);
   const auto next = [&](Index_ rows) -> Each& {
      Each& each = into.each->names_rows() ? into.each->also.emplace_back() : *into.each;
      each.span = into.each->names_rows() ? span(rows) : span(i);
      return each;
   };
   each_child(i, Kind::rows_of, [&](Index_ rows) {
      if (const auto range = find(rows, Kind::name_range)) {
         for (Name& one : names_in(*range)) next(rows).path.push_back(std::move(one));
         return;
      }
      Each& each = next(rows);
      int depth = 0;
      each_child(rows, [&](Index_ part) {
         if (node(part).kind == Kind::index)
            each.lines = index_items(part, depth);
         else if (node(part).kind == Kind::grouped)
            each.group = name(first(part));
         else
            each.path.push_back(name(part));
      });
   });
}

void Builder::each_column(Index_ i, Clauses& into) {
   if (!into.each) into.each.emplace().span = span(i);
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::name) return into.each->columns.push_back(name(part));
      for (Name& one : names_in(part)) into.each->columns.push_back(std::move(one));
   });
   into.each->every_column = into.each->columns.empty();
}

// ---- types --------------------------------------------------------------------------------------------------------------

TypeWord type_word(Word word) {
   switch (word) {
      case Word::text: return TypeWord::text;
      case Word::year: return TypeWord::year;
      case Word::place: return TypeWord::place;
      case Word::money: return TypeWord::money;
      case Word::percent: return TypeWord::percent;
      case Word::percentage_points: return TypeWord::percentage_points;
      case Word::points: return TypeWord::points;
      case Word::count: return TypeWord::count;
      case Word::quantity: return TypeWord::quantity;
      case Word::target: return TypeWord::target;
      case Word::code: return TypeWord::code;
      case Word::date: return TypeWord::date;
      case Word::yes_no: return TypeWord::yes_no;
      case Word::names: return TypeWord::names;
      default: return TypeWord::number;
   }
}

Type Builder::type(Index_ i) {
   Type result;
   result.span = span(i);
   std::map<Kind, Span> seen;
   each_child(i, [&](Index_ part) {
      switch (node(part).kind) {
         case Kind::type_word: result.word = type_word(static_cast<Word>(node(part).detail)); return;
         case Kind::name: result.name = name(part); return;
         case Kind::list_of:
            result.word = TypeWord::list;
            result.name = name(first(part));
            return;
         case Kind::choices:
            result.word = TypeWord::choice;
            each_child(part, [&](Index_ word) { result.choices.push_back(name(word)); });
            return;
         default:
            if (seen.emplace(node(part).kind, span(part)).second) return type_clause(part, result);
            complain(Code::bad_clause, span(part),
                     Said{fmt::format("“{}”写了两次", clause_word(node(part).kind, true)),
                          fmt::format("'{}' stands here twice", clause_word(node(part).kind, false))},
                     say("留下一个", "keep one of them"));
      }
   });
   return result;
}

void Builder::type_clause(Index_ i, Type& type) {
   switch (node(i).kind) {
      case Kind::in: type.in = unit(first(i)); return;
      case Kind::to: type.to = integer(first(i)); return;
      case Kind::or_text: type.or_text = true; return;
      case Kind::may_be_blank: type.may_be_blank = true; return;
      default: type.blank_counts_as_0 = true;
   }
}

Field Builder::field(Index_ i) {
   Field result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::names) each_child(part, [&](Index_ each) { result.names.push_back(name(each)); });
      if (node(part).kind == Kind::title) result.title = unquoted(part);
      if (node(part).kind == Kind::type) result.type = type(part);
   });
   return result;
}

std::vector<Field> Builder::fields(Index_ parent) {
   std::vector<Field> result;
   each_child(parent, Kind::fields,
              [&](Index_ list) { each_child(list, Kind::field, [&](Index_ i) { result.push_back(field(i)); }); });
   return result;
}

// ---- forms --------------------------------------------------------------------------------------------------------------

Column Builder::column(Index_ i) {
   Column result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::name) result.name = name(part);
      if (node(part).kind == Kind::alias) result.aliases.push_back(name(first(part)));
      if (node(part).kind == Kind::optional) result.optional = true;
   });
   return result;
}

std::vector<Column> Builder::columns(Index_ i) {
   std::vector<Column> result;
   each_child(i, Kind::column, [&](Index_ part) { result.push_back(column(part)); });
   return result;
}

LinesBlock Builder::lines(Index_ i) {
   LinesBlock result;
   result.span = span(i);
   each_child(i, Kind::line, [&](Index_ line) {
      const Index_ number_node = first(line);
      Index_ label_node = node(number_node).next;
      std::string code;
      if (node(label_node).kind == Kind::line_code) {
         code = unicode::half_width(text_of(first(label_node)));
         label_node = node(label_node).next;
      }
      std::string label = unquoted(label_node);
      if (label.substr(0, 3) == "「") label = name(label_node).text;
      result.lines.push_back({span(line), unicode::half_width(text_of(number_node)), std::move(label), std::move(code)});
   });
   return result;
}

RowsBlock Builder::rows(Index_ i) {
   RowsBlock result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      switch (node(part).kind) {
         case Kind::name: result.name = name(part); return;
         case Kind::keyed_by: result.key = name(first(part)); return;
         case Kind::levels: each_child(part, [&](Index_ each) { result.levels.push_back(integer(each)); }); return;
         case Kind::total: {
            TotalRow total{span(part), {}, {}};
            each_child(part, [&](Index_ each) {
               if (node(each).kind == Kind::text) total.label = unquoted(each);
               if (node(each).kind == Kind::name) total.label = name(each).text;
               if (node(each).kind == Kind::integer) total.of.push_back(unicode::half_width(text_of(each)));
            });
            result.totals.push_back(std::move(total));
            return;
         }
         default: return;
      }
   });
   result.fields = fields(i);
   return result;
}

GridBlock Builder::grid(Index_ i) {
   GridBlock result;
   result.span = span(i);
   each_child(i, Kind::names, [&](Index_ list) { each_child(list, [&](Index_ each) { result.rows.push_back(name(each)); }); });
   result.columns = columns(i);
   return result;
}

void Builder::form_block(Index_ i, Form& form, std::vector<Column>& waiting) {
   const auto push = [&](auto block) {
      if (block.columns.empty()) block.columns = std::exchange(waiting, {});
      form.blocks.emplace_back(std::move(block));
   };
   switch (node(i).kind) {
      case Kind::lines: return push(lines(i));
      case Kind::rows: return push(rows(i));
      case Kind::grid: return push(grid(i));
      case Kind::fields:
         each_child(i, Kind::fields, [&](Index_ list) {
            each_child(list, Kind::field, [&](Index_ each) { form.fields.push_back(field(each)); });
         });
         return;
      default: break;
   }
   std::vector<Column> made = columns(i);
   LinesBlock* last_lines = form.blocks.empty() ? nullptr : boost::variant2::get_if<LinesBlock>(&form.blocks.back());
   RowsBlock* last_rows = form.blocks.empty() ? nullptr : boost::variant2::get_if<RowsBlock>(&form.blocks.back());
   if (last_lines && last_lines->columns.empty())
      last_lines->columns = std::move(made);
   else if (last_rows && last_rows->columns.empty())
      last_rows->columns = std::move(made);
   else
      waiting = std::move(made);  // columns before their block
}

Form Builder::form(Index_ i) {
   Form result;
   result.span = span(i);
   std::map<Kind, Span> seen;
   std::vector<Column> waiting;
   std::optional<Span> waiting_span;
   each_child(i, [&](Index_ part) {
      const Kind kind = node(part).kind;
      const bool once = kind == Kind::title || kind == Kind::in || kind == Kind::to || kind == Kind::blank_counts_as_0;
      if (once && !seen.emplace(kind, span(part)).second) {
         complain(Code::bad_clause, span(part),
                  Said{fmt::format("“{}”写了两次", clause_word(kind, true)),
                       fmt::format("'{}' stands here twice", clause_word(kind, false))},
                  say("留下一个", "keep one of them"));
         return;
      }
      switch (kind) {
         case Kind::name: result.name = name(part); return;
         case Kind::alias: result.aliases.push_back(name(first(part))); return;
         case Kind::title: result.title = unquoted(part); return;
         case Kind::in: result.in = unit(first(part)); return;
         case Kind::to: result.to = integer(first(part)); return;
         case Kind::blank_counts_as_0: result.blank_counts_as_0 = true; return;
         default:
            if (kind == Kind::columns) waiting_span = span(part);
            form_block(part, result, waiting);
      }
   });
   if (!waiting.empty())
      complain(Code::bad_clause, *waiting_span,
               say("这些栏目不属于任何行次表或各行", "these columns belong to no lines and no rows"),
               say("写在 行次表 或 各行 后面", "write them behind lines or rows"));
   return result;
}

// ---- phrases ------------------------------------------------------------------------------------------------------------

Gap Builder::gap_root() {
   Gap result;
   for (Index_ i = 0; i < reading_.nodes.size(); i = node(i).next) result.path.push_back(name(i));
   if (!result.path.empty()) result.span = {reading_.file, result.path.front().span.begin, result.path.back().span.end};
   return result;
}

Sentence Builder::sentence(Index_ i) {
   Sentence result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::name) result.name = name(part);
      if (node(part).kind == Kind::optional) result.optional = true;
      if (node(part).kind != Kind::text) return;
      result.pattern = unquoted(part);
      bool states = result.name.has_value();
      bool good = split(
          part, [&](std::string words) { result.parts.emplace_back(std::move(words)); },
          [&](std::uint32_t begin, std::uint32_t end) {
             states = true;
             if (auto gap = read_gap(reading_, begin, end))
                visit([&](auto& one) { result.parts.emplace_back(std::move(one)); }, *gap);
          },
          true);
      if (good && !states)
         complain(Code::bad_clause, span(part),
                  say("这句话没有空格也没有名称，什么也取不出来", "this sentence has no gap and no name, so it states nothing"),
                  say("写上空格，如 {{总计: 金额型}}；或者给它名称：无收支 : \"…\"",
                      "write a gap such as {{TOTAL: money}}, or name the sentence: NAME : \"…\""));
   });
   return result;
}

PhraseRows Builder::phrase_rows(Index_ i) {
   PhraseRows result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::name) result.name = name(part);
      if (node(part).kind == Kind::keyed_by) result.key = name(first(part));
      if (node(part).kind == Kind::sentence) result.sentences.push_back(sentence(part));
   });
   return result;
}

Phrases Builder::phrases(Index_ i) {
   Phrases result;
   result.span = span(i);
   std::map<Kind, Span> seen;
   each_child(i, [&](Index_ part) {
      const Kind kind = node(part).kind;
      const bool once = kind == Kind::title || kind == Kind::in || kind == Kind::to || kind == Kind::after;
      if (once && !seen.emplace(kind, span(part)).second) {
         complain(Code::bad_clause, span(part),
                  Said{fmt::format("“{}”写了两次", clause_word(kind, true)),
                       fmt::format("'{}' stands here twice", clause_word(kind, false))},
                  say("留下一个", "keep one of them"));
         return;
      }
      switch (kind) {
         case Kind::name: result.name = name(part); return;
         case Kind::title: result.title = unquoted(part); return;
         case Kind::after: result.after = unquoted(first(part)); return;
         case Kind::in: result.in = unit(first(part)); return;
         case Kind::to: result.to = integer(first(part)); return;
         case Kind::phrase_rows: result.items.emplace_back(phrase_rows(part)); return;
         default: result.items.emplace_back(sentence(part));
      }
   });
   return result;
}

PrintedName Builder::printed_name(Index_ i) {
   PrintedName result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      if (!result.text.empty()) result.row = std::exchange(result.text, {});
      result.text = node(part).kind == Kind::text ? unquoted(part) : name(part).text;
   });
   return result;
}

PrintedAs Builder::printed_as(Index_ i) {
   PrintedAs result;
   result.span = span(i);
   each_child(i, Kind::printed_item, [&](Index_ each) {
      PrintedItem item;
      item.span = span(each);
      each_child(each, [&](Index_ part) {
         if (node(part).kind == Kind::name) item.path.push_back(name(part));
         if (node(part).kind == Kind::integer) item.line = unicode::half_width(text_of(part));
         if (node(part).kind == Kind::printed_name) item.names.push_back(printed_name(part));
      });
      result.items.push_back(std::move(item));
   });
   return result;
}

Record Builder::record(Index_ i) {
   Record result;
   result.span = span(i);
   result.name = *find_name(i);
   if (const auto title = find(i, Kind::title)) result.title = unquoted(*title);
   result.fields = fields(i);
   return result;
}

Choice Builder::choice(Index_ i) {
   Choice result;
   result.span = span(i);
   each_child(i, [&](Index_ part) { result.words.push_back(name(part)); });
   result.name = result.words.front();
   result.words.erase(result.words.begin());
   return result;
}

UnitDecl Builder::unit_declaration(Index_ i) {
   UnitDecl result{span(i), {}};
   each_child(i, [&](Index_ part) { result.units.push_back(unit(part)); });
   return result;
}

// ---- rules --------------------------------------------------------------------------------------------------------------

Years Builder::years(Index_ i) {
   Years result{span(i), {}, {}, body(i)};
   bool behind = false, range = false;
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::year_range) behind = range = true;
      if (node(part).kind == Kind::year) (behind ? result.to : result.from) = integer(part);
   });
   if (!range) result.to = result.from;
   if (result.from && result.to && *result.from > *result.to)
      complain(Code::bad_interval, result.span, say("年度的先后写反了", "the years are the wrong way round"),
               say("写 {}..{}", "write {}..{}", *result.to, *result.from));
   return result;
}

Parameter Builder::parameter(Index_ i) {
   Clauses about = clauses(i, {Kind::title, Kind::cite});
   Parameter result;
   result.span = span(i);
   result.name = *find_name(i);
   result.title = std::move(about.about.title);
   result.cite = std::move(about.about.cite);
   result.type.span = result.type.name.span = result.name.span;  // where only the head could be read there is none
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::type) result.type = type(part);
      if (node(part).kind == Kind::years) result.years.push_back(years(part));
      if (node(part).kind == Kind::value) result.value = expression(first(part));
   });
   return result;
}

Function Builder::function(Index_ i) {
   Function result;
   result.span = span(i);
   result.name = *find_name(i);
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::function_parameter)
         result.parameters.push_back({name(first(part)), type(node(first(part)).next)});
      if (node(part).kind == Kind::result) result.result = type(first(part));
   });
   result.body = body(i);
   return result;
}

Case Builder::case_(Index_ i) {
   Clauses about = clauses(
       i, {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message, Kind::each, Kind::each_column, Kind::where});
   return {span(i), std::move(about.about), std::move(about.each), std::move(about.where), body(i, true)};
}

// Rows and columns are named once: by the check for all of its cases, or by a case for itself.
void Builder::refuse_named_twice(const Check& check) {
   for (const Case& one : check.cases) {
      if (!one.each || !check.each) continue;
      const bool rows = one.each->names_rows() && check.each->names_rows();
      if (!rows && !(one.each->names_columns() && check.each->names_columns())) continue;
      const Word word = rows ? Word::each : Word::each_column;
      complain(Code::bad_clause, one.each->span,
               Said{fmt::format("“{}”已经对整条审核写了", spelled(word, true)),
                    fmt::format("the whole check has an '{}' already", spelled(word, false))},
               say("留下一处", "keep one of them"), {{check.each->span, say("在这里", "it stands here")}});
   }
}

Rollup Builder::rollup(Index_ i, Index_ at) {
   const Allowed allowed = {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message};
   Clauses about = clauses(i, allowed), behind = clauses(at, allowed);
   Rollup result;
   result.span = span(i);
   result.name = *find_name(i);
   result.about = std::move(about.about);
   if (!behind.about.refs.empty()) result.about.refs = behind.about.refs;  // clauses may follow the forms too
   if (behind.about.cite) result.about.cite = behind.about.cite;
   if (behind.about.severity) result.about.severity = behind.about.severity, result.about.kind = behind.about.kind;
   if (behind.about.message) result.about.message = behind.about.message, result.about.message_parts = behind.about.message_parts;
   if (!behind.about.title.empty()) result.about.title = behind.about.title;
   each_child(at, Kind::name, [&](Index_ part) { result.forms.push_back(name(part)); });
   return result;
}

Formulas Builder::formulas(Index_ i) {
   Clauses about = clauses(i, {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message});
   Formulas result{span(i), *find_name(i), std::move(about.about), {}};
   each_child(i, Kind::formula, [&](Index_ part) { result.formulas.push_back(formula(part, result.form)); });
   return result;
}

Formula Builder::formula(Index_ i, const Name& form) {
   Clauses about = clauses(i, {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message});
   const Index_ written = *find(i, Kind::formula_text);
   Formula result{span(i), std::move(about.about), std::string(text_of(written)), span(written), nullptr, false};
   read_formula(result.text, result.text_span, form, result, reading_.diagnostics);
   return result;
}

Declaration Builder::check(Index_ i) {
   if (const auto at = find(i, Kind::rollup)) return rollup(i, *at);
   Clauses about = clauses(
       i, {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message, Kind::each, Kind::each_column, Kind::where});
   Check result;
   result.span = span(i);
   result.name = *find_name(i);
   result.about = std::move(about.about);
   result.each = std::move(about.each);
   result.where = std::move(about.where);
   const auto list = find(i, Kind::cases);
   result.braces = list.has_value();
   if (list)
      each_child(*list, Kind::case_, [&](Index_ part) { result.cases.push_back(case_(part)); });
   else
      result.cases.push_back({span(find(i, Kind::body).value_or(i)), {}, std::nullopt, nullptr, body(i, true)});
   refuse_named_twice(result);
   return result;
}

Require Builder::require(Index_ i) {
   Clauses about = clauses(i, {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message, Kind::each, Kind::where});
   return {span(i), *find_name(i), std::move(about.about), std::move(about.each), std::move(about.where), body(i, true)};
}

Let Builder::let(Index_ i) {
   Clauses about = clauses(i, {Kind::title, Kind::ref, Kind::cite, Kind::each, Kind::where});
   return {span(i), *find_name(i), std::move(about.about), std::move(about.each), std::move(about.where), body(i)};
}

Score Builder::score(Index_ i, bool is_part) {
   Allowed allowed = {Kind::title, Kind::ref, Kind::cite, Kind::message, Kind::out_of, Kind::round, Kind::times, Kind::stated};
   if (!is_part) allowed.insert(allowed.end(), {Kind::each, Kind::where});  // parts stand where their parent does
   Clauses about = clauses(i, allowed);
   Score result;
   result.span = span(i);
   result.name = *find_name(i);
   result.about = std::move(about.about);
   result.each = std::move(about.each);
   result.where = std::move(about.where);
   result.out_of = std::move(about.out_of);
   result.round_to = about.round_to;
   result.times = std::move(about.times);
   result.stated = std::move(about.stated);
   result.braces = true;
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::body) {
         result.braces = false;
         result.value = expression(first(part));
      } else if (node(part).kind == Kind::loss_body) {
         result.braces = false;
         result.losses.push_back(loss(first(part)));
      } else {
         score_item(part, result);
      }
   });
   return result;
}

void Builder::score_item(Index_ i, Score& score) {
   switch (node(i).kind) {
      case Kind::score: score.parts.push_back(this->score(i, true)); return;
      case Kind::arm: return arm(i, score);
      case Kind::loss: score.losses.push_back(loss(i)); return;
      case Kind::items:
      case Kind::items_equally: score.items.push_back(items(i)); return;
      case Kind::zero_when: score.zeros.push_back({span(i), expression(node(first(i)).next)}); return;
      case Kind::marks_when: score.marks.push_back({span(i), expression(first(i)), expression(node(first(i)).next)}); return;
      default: return;
   }
}

// when C : V     when C { lose … }     当 C，扣5分     当 C，不得分     当 C，得满分的75%     else …
void Builder::arm(Index_ i, Score& score) {
   const Kind begin = node(first(i)).kind;
   const bool is_else = begin == Kind::body || begin == Kind::losses;
   const ExprPtr condition = is_else ? nullptr : expression(first(i));
   const auto behind_else = [&](bool closed) {
      if (closed)
         complain(Code::bad_clause, span(i), say("“否则”之后的分支永远用不到", "no arm behind 'else' can ever be used"),
                  say("把“否则”放在最后", "put 'else' last"));
   };
   if (find(i, Kind::body)) {
      behind_else(!score.arms.empty() && !score.arms.back().condition);
      score.arms.push_back({span(i), condition, body(i)});
   } else if (const auto list = find(i, Kind::losses)) {
      behind_else(!score.loss_arms.empty() && !score.loss_arms.back().condition);
      score.loss_arms.push_back({span(i), condition, losses(*list)});
   } else if (find(i, Kind::zero)) {
      score.zeros.push_back({span(i), condition});
   } else if (const auto share = find(i, Kind::share)) {
      score.marks.push_back({span(i), expression(first(*share)), condition});
   } else {
      score.losses.push_back(loss(i));
   }
}

std::vector<Loss> Builder::losses(Index_ i) {
   std::vector<Loss> result;
   each_child(i, Kind::loss, [&](Index_ part) { result.push_back(loss(part)); });
   return result;
}

Loss Builder::loss(Index_ i) {
   Loss result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      switch (node(part).kind) {
         case Kind::amount:
            each_child(part, [&](Index_ inner) {
               if (node(inner).kind == Kind::of_full_marks)
                  result.of_full_marks = true;
               else
                  result.amount = expression(inner);
            });
            return;
         case Kind::step:
         case Kind::step_first: result.step = step(part); return;
         default: result.when = expression(part);
      }
   });
   return result;
}

Mode Builder::mode(Index_ i) const {
   switch (static_cast<Word>(node(i).detail)) {
      case Word::started: return Mode::started;
      case Word::pro_rata: return Mode::pro_rata;
      default: return Mode::full;
   }
}

// [mode] SIZE [counted] MEASURED direction LIMIT, or MEASURED direction LIMIT [[mode] SIZE [SIZE] [counted]]
// 1个百分点的, 1个百分点计: as official texts go on behind the unit.
std::string without_filler(std::string text) {
   for (const std::string_view filler : {"计算", "计", "的"})
      if (text.ends_with(filler)) text.resize(text.size() - filler.size());
   return text;
}

Step Builder::step(Index_ i) {
   Step result;
   result.span = span(i);
   Chain parts{children(i)};
   bool said = false;
   std::vector<ExprPtr> operands;
   while (!parts.done()) {
      const Index_ at = parts.parts[parts.at];
      switch (node(at).kind) {
         case Kind::mode:
            result.mode = mode(at);
            said = true;
            ++parts.at;
            break;
         case Kind::counted:
            result.counted = name(first(at));
            said = true;
            ++parts.at;
            break;
         case Kind::direction:
            result.below = static_cast<Word>(node(at).detail) == Word::is_below;
            ++parts.at;
            break;
         default: operands.push_back(operand(parts).expr);
      }
   }
   const bool measured_first = node(i).kind == Kind::step_first;
   const auto take = [&](std::size_t at) { return at < operands.size() ? operands[at] : bad(result.span).expr; };
   result.measured = take(measured_first ? 0 : 1);
   result.limit = take(measured_first ? 1 : 2);
   result.size = take(measured_first ? 2 : 0);
   if (operands.size() > 3 && text_between(operands[2]) != text_between(operands[3]))
      complain(Code::unexpected, operands[3]->span,
               say("“不足…按…”的两个数要一样", "'started … counts as …' wants the same figure twice"),
               say("写 不足{0}按{0}", "write started {0} counts as {0}", without_filler(text_between(operands[2]))));
   if (!said) refuse_no_mode(i);
   return result;
}

void Builder::refuse_no_mode(Index_ i) {
   complain(Code::mode_not_said, span(i),
            say("没有说零头怎么算：满一个才扣、不足一个也按一个扣，还是按比例扣",
                "it is not said how a part of a step counts: full, started or pro rata"),
            say("三种写法：每低于100%满1个百分点（满1个才扣）、每低于100%不足1个百分点按1个百分点（不足1个按1个扣）、"
                "每低于100%按比例每1个百分点（按比例扣）",
                "write for each full 1个百分点 (whole steps only), for each started 1个百分点 (a part counts as a whole one) or "
                "for each pro rata 1个百分点 (a part counts as a part)"));
}

Items Builder::items(Index_ i) {
   Items result;
   result.span = span(i);
   result.equally = node(i).kind == Kind::items_equally;
   each_child(i, [&](Index_ part) {
      if (node(part).kind == Kind::item) {
         result.braces = true;
         result.items.push_back(item(part));
      } else {
         result.items.push_back({span(part), expression(part), nullptr, {}});
      }
   });
   return result;
}

Item Builder::item(Index_ i) {
   Item result{span(i), expression(first(i)), nullptr, {}};
   if (const auto list = find(i, Kind::degrees))
      each_child(*list, [&](Index_ part) { result.degrees.push_back(expression(part)); });
   if (const auto share = find(i, Kind::body)) result.share = expression(first(*share));
   return result;
}

void Builder::bound(Index_ i, Interval& interval) {
   const auto value = [&](Index_ part) { return make(span(part), number(part), 0).expr; };
   const Index_ one = first(i);
   switch (node(i).kind) {
      case Kind::at_least:
      case Kind::more_than:
         interval.low = value(one);
         interval.low_in = node(i).kind == Kind::at_least;
         return;
      case Kind::at_most:
      case Kind::less_than:
         interval.high = value(one);
         interval.high_in = node(i).kind == Kind::at_most;
         return;
      case Kind::half_open:
      case Kind::closed:
         interval.low = value(one);
         interval.high = value(node(one).next);
         interval.high_in = node(i).kind == Kind::closed;
         return;
      default: {
         const std::vector<Index_> parts = children(i);  // [ low high ]
         interval.low_in = node(parts[0]).detail == 0;
         interval.low = expression(parts[1]);
         interval.high = expression(parts[2]);
         interval.high_in = node(parts[3]).detail == 0;
      }
   }
}

Interval Builder::interval(Index_ parent) {
   Interval result;
   bool begun = false;
   each_child(parent, [&](Index_ i) {
      if (node(i).kind < Kind::at_least || node(i).kind > Kind::brackets) return;
      if (!begun) result.span = span(i);
      begun = true;
      result.span.end = node(i).end;
      bound(i, result);
   });
   return result;
}

Bands Builder::bands(Index_ i) {
   Clauses about = clauses(i, {Kind::title, Kind::ref, Kind::cite, Kind::each, Kind::of});
   Bands result;
   result.span = span(i);
   result.name = *find_name(i);
   result.about = std::move(about.about);
   result.each = std::move(about.each);
   result.of = std::move(about.of);
   if (!result.of) {
      complain(Code::unexpected, result.name.span, say("没有说按什么分档", "these bands do not say what they divide"),
               say("写 分档 {0} 按 …", "write bands {0} of …", result.name.text));
      result.of = bad(result.name.span).expr;
   }
   each_child(i, Kind::band, [&](Index_ part) {
      Band band{span(part), interval(part), {}, body(part)};
      if (const NameRef* grade = boost::variant2::get_if<NameRef>(&band.value->what)) {
         band.name = grade->name;
         band.value = nullptr;
      }
      result.bands.push_back(std::move(band));
   });
   return result;
}

Tier Builder::tier(Index_ i) {
   Clauses about = clauses(i, {Kind::title, Kind::ref, Kind::cite});
   Tier result{span(i), *find_name(i), std::move(about.about), {}};
   each_child(i, Kind::tier_band,
              [&](Index_ part) { result.bands.push_back({span(part), interval(part), *find_name(part), nullptr}); });
   return result;
}

// ---- tests --------------------------------------------------------------------------------------------------------------

Given Builder::given(Index_ i) {
   std::vector<Name> path_names;
   Given result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      switch (node(part).kind) {
         case Kind::given_name: {
            const Index_ word = first(part);
            if (node(word).kind == Kind::name) path_names.push_back(name(word));
            if (node(word).kind == Kind::integer) path_names.push_back({span(word), unicode::half_width(text_of(word)), false});
            if (node(word).kind == Kind::text) path_names.push_back({span(word), unquoted(word), true});
            return;
         }
         case Kind::given_fields: result.inner = given_fields(part); return;
         case Kind::given_rows: each_child(part, [&](Index_ row) { result.rows.push_back(given_fields(row)); }); return;
         default: result.value = expression(part);
      }
   });
   result.name = path_names.back();
   for (std::size_t k = path_names.size() - 1; k-- > 0;) {  // 上年.公开01 { … } is 上年 { 公开01 { … } }
      Given outer;
      outer.span = result.span;
      outer.name = path_names[k];
      outer.inner.push_back(std::move(result));
      result = std::move(outer);
   }
   return result;
}

std::vector<Given> Builder::given_fields(Index_ i) {
   std::vector<Given> result;
   each_child(i, Kind::given_item, [&](Index_ part) { result.push_back(given(part)); });
   return result;
}

Expect Builder::expect(Index_ i) {
   Expect result{span(i), expression(first(i)), {}};
   if (const auto word = find(i, Kind::verdict_word)) {
      switch (static_cast<Word>(node(*word).detail)) {
         case Word::holds: result.verdict = Verdict::holds; break;
         case Word::fails: result.verdict = Verdict::fails; break;
         case Word::cannot_tell: result.verdict = Verdict::cannot_tell; break;
         default: result.verdict = Verdict::does_not_apply;
      }
   }
   return result;
}

Test Builder::test(Index_ i) {
   Test result;
   result.span = span(i);
   each_child(i, [&](Index_ part) {
      switch (node(part).kind) {
         case Kind::text: result.title = unquoted(part); return;
         case Kind::use:
            result.ruleset = name(first(part));
            if (const auto year = find(part, Kind::year)) result.year = integer(*year);
            return;
         case Kind::for_place: result.place = name(first(part)).text; return;
         case Kind::given: each_child(part, [&](Index_ each) { result.given.push_back(given(each)); }); return;
         case Kind::expect: result.expects.push_back(expect(part)); return;
         default: return;
      }
   });
   return result;
}

// ---- overlays -----------------------------------------------------------------------------------------------------------

std::vector<Name> Builder::owner(Index_ i) {
   std::vector<Name> result;
   if (const auto found = find(i, Kind::owner)) each_child(*found, [&](Index_ part) { result.push_back(name(part)); });
   return result;
}

template <typename D>
Declaration only_named(Span place, Name name) {
   D made{};
   made.span = place;
   made.name = std::move(name);
   return made;
}

// A declaration of which only the name is known.
Declaration Builder::named(Index_ i, Index_ word) {
   const Span place = span(i);
   const Name called = find_name(i).value_or(Name{});
   switch (static_cast<Word>(node(word).detail)) {
      case Word::report: return Report{place, {}};
      case Word::form: return only_named<Form>(place, called);
      case Word::phrases: return only_named<Phrases>(place, called);
      case Word::record: return only_named<Record>(place, called);
      case Word::choice: return only_named<Choice>(place, called);
      case Word::parameter: return only_named<Parameter>(place, called);
      case Word::function: return only_named<Function>(place, called);
      case Word::formulas: {
         Formulas made{};
         made.span = place;
         made.form = called;
         return made;
      }
      case Word::require: return only_named<Require>(place, called);
      case Word::let: return only_named<Let>(place, called);
      case Word::score: return only_named<Score>(place, called);
      case Word::bands: return only_named<Bands>(place, called);
      case Word::tier: return only_named<Tier>(place, called);
      default: return only_named<Check>(place, called);
   }
}

std::optional<Change> Builder::change() {
   constexpr Index_ root = 0;
   const Index_ verb = first(root), what = node(verb).next;
   const auto kind = static_cast<Word>(node(verb).detail);
   Change result;
   if (kind == Word::amend) {
      result = amended(what);
   } else if (kind == Word::remove) {
      result.kind = ChangeKind::remove;
      result.made = named(what, first(what));
   } else {
      result.kind = kind == Word::add ? ChangeKind::add : ChangeKind::replace;
      std::optional<Declaration> made = declaration(what);
      if (!made) return std::nullopt;
      result.made = std::move(*made);
   }
   result.owner = owner(what);
   result.span = span(root);
   return result;
}

// Which clauses an amendment of such a declaration takes.
std::vector<Kind> amendable(Word word) {
   switch (word) {
      case Word::form:
      case Word::phrases: return {Kind::title, Kind::round};  // 保留 is spelled as the decimals of a score
      case Word::record: return {Kind::title};
      case Word::parameter:
      case Word::tier: return {Kind::title, Kind::ref, Kind::cite};
      case Word::check:
         return {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message, Kind::each, Kind::each_column, Kind::where};
      case Word::require: return {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message, Kind::each, Kind::where};
      case Word::formulas: return {Kind::title, Kind::ref, Kind::cite, Kind::severity, Kind::message};
      case Word::let: return {Kind::title, Kind::ref, Kind::cite, Kind::each, Kind::where};
      case Word::score:
         return {Kind::title, Kind::ref,   Kind::cite,   Kind::message, Kind::out_of,
                 Kind::round, Kind::times, Kind::stated, Kind::each,    Kind::where};
      case Word::bands: return {Kind::title, Kind::ref, Kind::cite, Kind::each, Kind::of};
      default: return {};
   }
}

template <typename T>
constexpr bool is_one_of(const T& value, std::initializer_list<T> all) {
   return std::find(all.begin(), all.end(), value) != all.end();
}

// Of what is no clause of rules: those have been looked at.
void Builder::refuse_doubled(const Change& change) {
   std::map<Clause, Span> seen;
   for (const Amended& one : change.amended) {
      if (!is_one_of(one.clause, {Clause::within, Clause::body, Clause::in, Clause::to, Clause::blank_counts_as_0})) continue;
      const auto [first_time, is_new] = seen.emplace(one.clause, one.span);
      if (is_new) continue;
      complain(Code::bad_clause, one.span,
               Said{fmt::format("“{}”写了两次", word_of(one.clause, true)),
                    fmt::format("'{}' stands here twice", word_of(one.clause, false))},
               say("留下一个", "keep one of them"), {{first_time->second, say("第一次在这里", "the first one is here")}});
   }
}

Change Builder::amended(Index_ i) {
   const auto word = static_cast<Word>(node(first(i)).detail);
   Change result;
   result.kind = ChangeKind::amend;
   result.made = named(i, first(i));
   const std::size_t said = reading_.diagnostics.size();
   const Clauses about = clauses(i, amendable(word));
   each_child(i, [&](Index_ part) {
      const Kind kind = node(part).kind;
      if (kind == Kind::changed_word || kind == Kind::owner || kind == Kind::name) return;
      if (amend_clause(part, about, word, result) || amend_item(part, word, result) || is_clause(kind)) return;
      complain(Code::bad_clause, span(part),
               say("“{}”不能这样改：{}", "'{}' cannot be amended so: {}", spelled(word, true), text_of(part)),
               replace_instead(i, result));
   });
   const bool unread = mend_what_was_said(i, result);
   result.braces =
       std::any_of(result.amended.begin(), result.amended.end(), [](const Amended& one) { return one.clause != Clause::body; });
   refuse_doubled(result);
   if (result.amended.empty() && reading_.diagnostics.size() == said && !unread)
      complain(Code::bad_clause, span(i), say("没有说改什么", "it is not said what is amended"),
               say("写 {0} … {{ 满分 20 }}", "write {0} … {{ out of 20 }}", spelled(Word::amend, true)));
   return result;
}

Said Builder::replace_instead(Index_ i, const Change& change) {
   const Word word = word_of(change.made);
   std::string path;
   for (const Name& one : owner(i)) path += one.text + ".";
   if (const Name* name = name_of(change.made)) path += name->text;
   const auto whole = [&](bool chinese) {
      return fmt::format("{} {} {} …", spelled(Word::replace, chinese), spelled(word, chinese), path);
   };
   return Said{fmt::format("整条替换：{}", whole(true)), fmt::format("replace the whole of it: {}", whole(false))};
}

// What could not be read of an amendment. Losses, arms and single formulas have no name by which one of them could be amended.
bool Builder::mend_what_was_said(Index_ i, const Change& change) {
   const Span whole = span(i);
   const Word word = word_of(change.made);
   bool met = false;
   for (Diagnostic& one : reading_.diagnostics) {
      if (!contains(whole, one.span)) continue;
      met = true;
      if (one.code != Code::unexpected || !is_one_of(word, {Word::score, Word::formulas})) continue;
      const Said whole_of_it = replace_instead(i, change);
      one.help = Said{"扣分、分支、公式没有名称，不能单改一处。" + whole_of_it.zh,
                      "losses, arms and formulas have no names to be amended by: " + whole_of_it.en};
   }
   return met;
}

// Clauses have been collected, with all that is wrong with them; what is left is where they belong. False: no clause.
bool Builder::amend_clause(Index_ i, const Clauses& about, Word word, Change& change) {
   const Kind kind = node(i).kind;
   const std::vector<Kind> taken = amendable(word);
   if (!is_clause(kind) || std::find(taken.begin(), taken.end(), kind) == taken.end()) return false;
   const auto note = [&](Clause clause) { change.amended.push_back({span(i), clause, 0}); };
   const auto put = [&](auto& made) {
      using D = std::decay_t<decltype(made)>;
      if constexpr (requires { made.about; }) made.about = about.about;
      if constexpr (requires { made.title; }) made.title = about.about.title;
      if constexpr (requires { made.cite; }) made.cite = about.about.cite;
      if constexpr (requires { made.each; }) made.each = about.each;
      if constexpr (requires { made.where; }) made.where = about.where;
      if constexpr (requires { made.of; }) made.of = about.of;
      if constexpr (requires { made.to; }) made.to = about.round_to;
      if constexpr (std::is_same_v<D, Score>) {
         made.out_of = about.out_of;
         made.round_to = about.round_to;
         made.times = about.times;
         made.stated = about.stated;
      }
   };
   boost::variant2::visit(put, change.made);
   switch (kind) {
      case Kind::title: note(Clause::title); return true;
      case Kind::ref: note(Clause::refs); return true;
      case Kind::cite: note(Clause::cite); return true;
      case Kind::severity: note(Clause::severity); return true;
      case Kind::message: note(Clause::message); return true;
      case Kind::each:
      case Kind::each_column: note(Clause::each); return true;
      case Kind::where: note(Clause::where); return true;
      case Kind::of: note(Clause::of); return true;
      case Kind::out_of: note(Clause::out_of); return true;
      case Kind::times: note(Clause::times); return true;
      case Kind::stated: note(Clause::stated); return true;
      default: note(word == Word::score ? Clause::round : Clause::to); return true;
   }
}

// What has a meaning of its own: bodies, bands, years, fields. False: such a declaration has none.
bool Builder::amend_item(Index_ i, Word word, Change& change) {
   using boost::variant2::get_if;
   const auto note = [&](Clause clause, std::size_t item = 0) { change.amended.push_back({span(i), clause, item}); };
   const auto body_of = [&] { return expression(first(i), word == Word::check || word == Word::require); };
   switch (node(i).kind) {
      case Kind::within:
         if (!is_one_of(word, {Word::check, Word::require})) return false;
         change.within = expression(first(i));
         note(Clause::within);
         return true;
      case Kind::in:
      case Kind::to:
      case Kind::blank_counts_as_0:
         if (auto* form = get_if<Form>(&change.made)) {
            if (node(i).kind == Kind::in) form->in = unit(first(i)), note(Clause::in);
            if (node(i).kind == Kind::to) form->to = integer(first(i)), note(Clause::to);
            if (node(i).kind == Kind::blank_counts_as_0) form->blank_counts_as_0 = true, note(Clause::blank_counts_as_0);
            return true;
         }
         if (auto* phrases = get_if<Phrases>(&change.made)) {
            if (node(i).kind == Kind::in) phrases->in = unit(first(i)), note(Clause::in);
            if (node(i).kind == Kind::to) phrases->to = integer(first(i)), note(Clause::to);
            return node(i).kind != Kind::blank_counts_as_0;
         }
         return false;
      case Kind::years:
         if (auto* parameter = get_if<Parameter>(&change.made)) {
            note(Clause::years, parameter->years.size());
            parameter->years.push_back(years(i));
            return true;
         }
         return false;
      case Kind::band:
         if (auto* bands = get_if<Bands>(&change.made)) {
            Band band{span(i), interval(i), {}, body(i)};
            const NameRef* grade = get_if<NameRef>(&band.value->what);
            if (!grade) return false;
            band.name = grade->name;
            band.value = nullptr;
            note(Clause::band, bands->bands.size());
            bands->bands.push_back(std::move(band));
            return true;
         }
         return false;
      case Kind::tier_band:
         if (auto* tier = get_if<Tier>(&change.made)) {
            note(Clause::band, tier->bands.size());
            tier->bands.push_back({span(i), interval(i), *find_name(i), nullptr});
            return true;
         }
         return false;
      case Kind::field: {
         auto* report = get_if<Report>(&change.made);
         auto* record = get_if<Record>(&change.made);
         if (!report && !record) return false;
         std::vector<Field>& fields = report ? report->fields : record->fields;
         note(Clause::field, fields.size());
         fields.push_back(field(i));
         return true;
      }
      case Kind::loss_body:
         if (auto* score = get_if<Score>(&change.made)) {
            score->losses.push_back(loss(first(i)));
            note(Clause::body);
            return true;
         }
         return false;
      case Kind::body:
      case Kind::value:
         note(Clause::body);
         if (auto* check = get_if<Check>(&change.made))
            return check->cases.push_back({span(i), {}, std::nullopt, nullptr, body_of()}), true;
         if (auto* require = get_if<Require>(&change.made)) return require->condition = body_of(), true;
         if (auto* let = get_if<Let>(&change.made)) return let->value = body_of(), true;
         if (auto* score = get_if<Score>(&change.made)) return score->value = body_of(), true;
         if (auto* function = get_if<Function>(&change.made)) return function->body = body_of(), true;
         if (auto* parameter = get_if<Parameter>(&change.made)) return parameter->value = body_of(), true;
         change.amended.pop_back();
         return false;
      default: return false;
   }
}

Places Builder::places() {
   constexpr Index_ root = 0;
   Places result;
   result.span = span(root);
   each_child(root, Kind::places_of, [&](Index_ i) {
      PlacesOf one;
      one.span = span(i);
      each_child(i, [&](Index_ part) { one.parts.push_back(name(part)); });
      one.whole = one.parts.front();
      one.parts.erase(one.parts.begin());
      result.places.push_back(std::move(one));
   });
   return result;
}

// ---- files --------------------------------------------------------------------------------------------------------------

std::optional<Declaration> Builder::declaration(Index_ root) {
   switch (node(root).kind) {
      case Kind::report: return report(root);
      case Kind::form: return form(root);
      case Kind::phrases: return phrases(root);
      case Kind::printed_as: return printed_as(root);
      case Kind::record: return record(root);
      case Kind::choice: return choice(root);
      case Kind::unit_declaration: return unit_declaration(root);
      case Kind::parameter: return parameter(root);
      case Kind::function: return function(root);
      case Kind::check: return check(root);
      case Kind::formulas: return formulas(root);
      case Kind::require: return require(root);
      case Kind::let: return let(root);
      case Kind::score: return score(root);
      case Kind::bands: return bands(root);
      case Kind::tier: return tier(root);
      case Kind::test: return test(root);
      default: return std::nullopt;
   }
}

void Builder::header(Module& module) {
   constexpr Index_ root = 0;
   module.span = span(root);
   std::map<Kind, Span> seen;
   each_child(root, [&](Index_ part) {
      const Kind kind = node(part).kind;
      const bool once = kind != Kind::use && kind >= Kind::title && kind <= Kind::round_scores_to;
      if (once && !seen.emplace(kind, span(part)).second) {
         complain(Code::bad_clause, span(part),
                  Said{fmt::format("“{}”写了两次", clause_word(kind, true)),
                       fmt::format("'{}' stands here twice", clause_word(kind, false))},
                  say("留下一个", "keep one of them"));
         return;
      }
      switch (kind) {
         case Kind::ruleset: module.kind = Module::Kind::ruleset; return;
         case Kind::forms: module.kind = Module::Kind::forms; return;
         case Kind::layout: module.kind = Module::Kind::layout; return;
         case Kind::name: module.name = name(part); return;
         case Kind::year: module.year = integer(part); return;
         case Kind::for_place: module.place = name(first(part)).text; return;
         case Kind::use: {
            Use use{span(part), name(first(part)), {}};
            if (const auto year = find(part, Kind::year)) use.year = integer(*year);
            module.uses.push_back(std::move(use));
            return;
         }
         case Kind::extends: {
            Extends extends{span(part), name(first(part)), {}, {}};
            if (const auto year = find(part, Kind::year)) extends.year = integer(*year);
            if (const auto place = find(part, Kind::for_place)) extends.place = name(first(*place)).text;
            module.extends = std::move(extends);
            return;
         }
         case Kind::cite: module.cite = unquoted(first(part)); return;
         case Kind::severity: {
            About about;
            set_severity(first(part), about);
            module.severity = about.severity;
            return;
         }
         case Kind::round_scores_to: module.round_scores_to = integer(first(part)); return;
         default: return;
      }
   });
}

}  // namespace

std::optional<tree::Declaration> build_declaration(Reading& reading) { return Builder(reading).declaration(); }
std::optional<tree::Change> build_change(Reading& reading) { return Builder(reading).change(); }
tree::Places build_places(Reading& reading) { return Builder(reading).places(); }
void build_header(Reading& reading, tree::Module& module) { Builder(reading).header(module); }
tree::ExprPtr build_expression(Reading& reading) { return Builder(reading).expression_root(); }
tree::Gap build_gap(Reading& reading) { return Builder(reading).gap_root(); }
tree::Field build_field(Reading& reading) { return Builder(reading).field_root(); }

}  // namespace heng::grammar

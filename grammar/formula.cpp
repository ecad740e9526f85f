#include "grammar/formula.hpp"

#include <functional>
#include <optional>

#include "grammar/codes.hpp"
#include "grammar/unicode.hpp"

namespace heng::grammar {
namespace {

using namespace tree;

constexpr int deepest = 50;              // brackets within brackets
constexpr std::size_t most_terms = 400;  // of a sum

// 1, 2, …, 8 in brackets: numbers with their signs; a run of them is a range.
struct Term {
   std::string first, last;  // last is empty: one number
   bool minus = false;
   Span span;
};

class FormulaReader {
 public:
   FormulaReader(std::string_view text, Span place, const Name& form, std::vector<Diagnostic>& diagnostics)
       : text_(text), place_(place), form_(form), diagnostics_(diagnostics) {
      skip_blanks();
   }

   ExprPtr whole(bool& rows) {
      if (const std::size_t number = numbering(); number > 0) {
         at_ = number;
         return fail_at(0, say("公式前面有编号", "there is a number before the formula"),
                        say("去掉前面的编号：{}", "take the number out: {}", text_.substr(number)));
      }
      ExprPtr result = word("如果") || word("如") ? conditional() : comparison();
      if (result && at_ < text_.size()) result = fail(say("这里读不懂", "this cannot be read"), what_stands_behind());
      rows = rows_;
      return result;
   }

 private:
   // 1、27行=…   （1）27行=…   1.27行=…   ①27行=…   一、27行=…: as lists in other documents begin. Where what follows it begins.
   std::size_t numbering() {
      const std::size_t start = at_;
      const bool open = take('(');
      const bool counted = !digits().empty() || chinese_number();
      const bool circled = !open && !counted && character().code >= 0x2460 && character().code <= 0x249B;
      bool numbered = circled;
      if (circled)
         take(code());
      else if (counted)
         numbered = take(')') || (!open && (take(',') || take('.') || take(':')));
      const bool goes_on = at_digit() || code() == '(' || code() == '-' || unicode::is_name_start(code());
      const bool of_formula = text_.substr(at_, 3) == "行" || text_.substr(at_, 3) == "栏";
      const std::size_t end = at_;
      at_ = start;
      return numbered && goes_on && !of_formula ? end : 0;
   }
   bool chinese_number() {
      constexpr std::u32string_view figures = U"一二三四五六七八九十";
      const std::size_t start = at_;
      while (figures.find(character().code) != std::u32string_view::npos) at_ += character().length;
      return at_ > start;
   }

   // ---- characters
   void skip_blanks() {
      while (at_ < text_.size() && unicode::is_blank(character().code)) at_ += character().length;
   }
   unicode::Character character() const {
      return at_ < text_.size() ? unicode::character_at(text_, at_) : unicode::Character{0, 0};
   }
   char32_t code() const { return unicode::half_width(character().code); }
   bool take(char32_t wanted) {
      if (code() != wanted) return false;
      at_ += character().length;
      skip_blanks();
      return true;
   }
   bool word(std::string_view wanted) {
      if (text_.substr(at_, wanted.size()) != wanted) return false;
      at_ += wanted.size();
      skip_blanks();
      return true;
   }
   bool dots() {
      bool any = false;
      while (code() == 0x2026 || code() == 0x22EF || code() == '.') any = true, at_ += character().length;
      skip_blanks();
      return any;
   }
   bool at_digit() const { return code() >= '0' && code() <= '9'; }
   std::string digits() {
      std::string result;
      while (at_digit()) result += static_cast<char>(code()), at_ += character().length;
      skip_blanks();
      return result;
   }
   Span span(std::size_t from) const {
      std::size_t end = at_;
      while (end > from && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
      return {place_.file, static_cast<std::uint32_t>(place_.begin + from), static_cast<std::uint32_t>(place_.begin + end)};
   }
   ExprPtr fail(Said message, std::optional<Said> help) { return fail_at(at_, std::move(message), std::move(help)); }
   ExprPtr fail_at(std::size_t from, Said message, std::optional<Said> help) {
      if (lacks_plus_ && !failed_) {
         message = say("“…”的前后都要有“+”", "… has a + on both sides");
         help = say("如 (1+2+…+8)行", "such as (1+2+…+8)行");
         from = at_ = *lacks_plus_;
         dots();
      }
      if (!failed_) {
         std::size_t end = std::max(at_, from);
         if (end == from && from < text_.size()) end += unicode::character_at(text_, from).length;
         Diagnostic diagnostic{
             Code::unreadable_formula,
             {place_.file, static_cast<std::uint32_t>(place_.begin + from), static_cast<std::uint32_t>(place_.begin + end)},
             std::move(message),
             {},
             help ? std::move(help)
                  : say("写法如 27行=(1+2+…+8)行、86行7栏=31行1栏-84行7栏；乘写 ×",
                        "such as 27行=(1+2+…+8)行 or 86行7栏=31行1栏-84行7栏; to multiply write ×")};
         diagnostics_.push_back(std::move(diagnostic));
      }
      failed_ = true;
      return nullptr;
   }

   // ---- nodes
   template <typename Node>
   ExprPtr make(Span at, Node node) {
      return std::make_shared<const Expr>(Expr{at, std::move(node)});
   }
   ExprPtr name(Span at, std::string text) { return make(at, NameRef{{at, std::move(text)}}); }
   ExprPtr number(Span at, std::string text) { return make(at, Number{std::move(text), ""}); }

   // ---- numbers in front of 行 and 栏
   // Fails quietly: a bracket may hold a sum of cells instead.
   std::optional<std::vector<Term>> numbers() {
      const std::size_t start = at_;
      if (at_digit()) {
         Term one;
         one.first = digits();
         one.span = span(start);
         return std::vector<Term>{one};
      }
      if (!take('(')) return std::nullopt;
      std::vector<Term> terms;
      bool minus = take('-');
      bool run = false;
      while (terms.size() < most_terms) {
         const std::size_t from = at_;
         if (!run && !terms.empty() && dots()) {
            run = true;
            if (!take('+')) {
               lacks_plus_ = from;
               break;
            }
            continue;
         }
         if (!at_digit()) break;
         Term term;
         term.first = digits();
         term.minus = minus;
         term.span = span(from);
         if (run)
            terms.back().last = term.first;
         else
            terms.push_back(term);
         run = false;
         if (take(')')) return terms;
         const std::size_t behind = at_;
         minus = take('-');
         if (!minus && !take('+')) {
            if (dots()) lacks_plus_ = behind;
            break;
         }
      }
      at_ = start;
      return std::nullopt;
   }

   // ---- cells
   struct Cells {
      std::string table;  // as written, with 表; empty: the form itself
      std::optional<std::vector<Term>> lines, columns;
      bool every_row = false, total = false;
      Span span;
   };

   // 财决07表 in front of a digit or a bracket
   std::string table() {
      const std::size_t mark = text_.find("表", at_);
      if (at_digit() || code() == '(' || mark == std::string_view::npos) return {};
      const std::size_t end = mark + std::string_view("表").size();
      const std::size_t before = at_;
      for (std::size_t at = at_; at < mark; at += unicode::character_at(text_, at).length)
         if (!unicode::is_name_part(unicode::character_at(text_, at).code)) return {};
      at_ = end;
      skip_blanks();
      if (at_digit() || code() == '(') return std::string(text_.substr(before, end - before));
      at_ = before;
      return {};
   }

   // Nothing where no cell begins here.
   std::optional<Cells> cells() {
      const std::size_t start = at_;
      Cells result;
      result.table = table();
      const auto first = numbers();
      if (first && word("行")) {
         result.lines = first;
         const std::size_t behind = at_;
         if (auto columns = numbers(); columns && word("栏"))
            result.columns = std::move(columns);
         else
            at_ = behind;
      } else if (first && word("栏")) {
         result.columns = first;
         result.total = word("合计");
         result.every_row = !result.total && ((word("各行"), true));
      } else {
         at_ = start;
         return std::nullopt;
      }
      result.span = span(start);
      return result;
   }

   // One number, or all of a range where `expand` says how numbers between are made.
   ExprPtr sum_of(const Cells& cells, const std::vector<Term>& terms, const std::function<ExprPtr(const Term&)>& one) {
      ExprPtr result;
      for (const Term& term : terms) {
         const ExprPtr next = one(term);
         if (!next) return nullptr;
         if (!result)
            result = term.minus ? make(cells.span, Unary{UnaryOp::minus, term.span, next}) : next;
         else
            result = make(cells.span, Binary{term.minus ? BinaryOp::subtract : BinaryOp::add, term.span, result, next});
      }
      return result;
   }

   static std::vector<Term> one_by_one(const std::vector<Term>& terms) {
      std::vector<Term> result;
      for (const Term& term : terms) {
         result.push_back(term);
         result.back().last.clear();
         if (term.last.empty() || term.last.size() > 4) continue;
         for (int number = std::stoi(term.first) + 1; number <= std::stoi(term.last) && result.size() < most_terms; ++number) {
            result.push_back(term);
            result.back().first = std::to_string(number);
            result.back().last.clear();
         }
      }
      return result;
   }

   ExprPtr expression_of(const Cells& cells) {
      const ExprPtr form = name(cells.span, cells.table.empty() ? form_.text : cells.table);
      const auto column_of = [&](const ExprPtr& object, const Term& column) {
         return make(cells.span, Member{object, {column.span, column.first + "栏"}});
      };
      const auto lines_with = [&](const std::function<ExprPtr(const ExprPtr&)>& column) {
         return sum_of(cells, *cells.lines, [&](const Term& line) {
            const ExprPtr first = number(line.span, line.first);
            const ExprPtr last = line.last.empty() ? nullptr : number(line.span, line.last);
            const ExprPtr cell = column(make(cells.span, Index{form, {{first, last}}}));
            return last ? make(cells.span, Call{{cells.span, "sum"}, {cell}, nullptr}) : cell;
         });
      };
      if (cells.lines && !cells.columns) return lines_with([](const ExprPtr& line) { return line; });
      const std::vector<Term> columns = one_by_one(*cells.columns);
      if (cells.lines)
         return sum_of(cells, columns, [&](const Term& column) {
            return lines_with([&](const ExprPtr& line) { return column_of(line, column); });
         });
      rows_ = rows_ || cells.every_row;
      return sum_of(cells, columns, [&](const Term& column) {
         if (cells.total) return column_of(make(cells.span, Member{form, {cells.span, "合计行"}}), column);
         if (cells.table.empty()) return name(cells.span, column.first + "栏");
         return column_of(make(cells.span, Index{form, {{name(cells.span, std::string(same_row)), nullptr}}}), column);
      });
   }

   // ---- sums and comparisons
   ExprPtr conditional() {
      const std::size_t start = at_;
      const ExprPtr condition = comparison();
      if (!condition) return nullptr;
      take(',');
      if (!word("则")) return fail(say("“如果”后面要有“则”", "如果 goes with 则"), say("写 如果 … 则 …", "write 如果 … 则 …"));
      const ExprPtr then = comparison();
      if (!then) return nullptr;
      return make(span(start), If{condition, then, nullptr});
   }

   std::optional<CompareOp> comparison_sign() {
      struct Sign {
         std::string_view text;
         CompareOp op;
      };
      static constexpr Sign signs[] = {
          {">=", CompareOp::greater_equal}, {"<=", CompareOp::less_equal}, {"<>", CompareOp::not_equal}, {"=", CompareOp::equal},
          {"≥", CompareOp::greater_equal},  {"≤", CompareOp::less_equal},  {"≠", CompareOp::not_equal},  {"≈", CompareOp::about},
          {">", CompareOp::greater},        {"<", CompareOp::less}};
      for (const Sign& sign : signs) {
         const std::size_t before = at_;
         bool all = true;
         for (std::size_t i = 0; i < sign.text.size();) {
            const unicode::Character wanted = unicode::character_at(sign.text, i);
            i += wanted.length;
            all = all && code() == wanted.code;
            if (all) at_ += character().length;
         }
         if (all) return skip_blanks(), sign.op;
         at_ = before;
      }
      return std::nullopt;
   }

   ExprPtr comparison() {
      const std::size_t start = at_;
      Comparison result;
      result.operands.push_back(sum());
      while (result.operands.back() && result.operands.size() < most_terms) {
         const std::size_t sign_at = at_;
         const auto op = comparison_sign();
         if (!op) break;
         result.op_spans.push_back(span(sign_at));
         result.ops.push_back(*op);
         result.operands.push_back(sum());
      }
      if (!result.operands.back()) return nullptr;
      if (result.ops.empty()) {
         if (at_ >= text_.size() || text_.substr(at_, 3) == "则")
            return fail(say("这里要有 =、≥ 或 ≤", "here a formula has =, ≥ or ≤"),
                        say("如 27行=(1+2+…+8)行", "such as 27行=(1+2+…+8)行"));
         return fail(say("这里读不懂", "this cannot be read"), std::nullopt);
      }
      return make(span(start), std::move(result));
   }

   // A bare number stands alone on its side, or 1+2行 would be read.
   ExprPtr sum() {
      const std::size_t start = at_;
      const bool minus = take('-');
      bool bare = false;
      ExprPtr result = product(bare);
      if (!result) return nullptr;
      if (minus) result = make(span(start), Unary{UnaryOp::minus, span(start), result});
      for (std::size_t count = 0; count < most_terms; ++count) {
         const std::size_t sign_at = at_;
         const bool plus = take('+');
         if (!plus && !take('-')) return result;
         bool bare_next = false;
         const ExprPtr next = product(bare_next);
         if (!next) return nullptr;
         if (bare || bare_next)
            return fail_at(start, say("单独的数不能与行、栏相加", "a bare number is not added to lines or columns"),
                           say("几行相加写 (1+2)行", "several lines are written (1+2)行"));
         result = make(span(start), Binary{plus ? BinaryOp::add : BinaryOp::subtract, span(sign_at), result, next});
      }
      return fail(say("太长了", "this is too long"), say("分成几条公式", "split it into several formulas"));
   }

   ExprPtr product(bool& bare) {
      const std::size_t start = at_;
      ExprPtr result = operand(bare);
      while (result) {
         const std::size_t sign_at = at_;
         const bool times = take(0x00D7) || take('*');
         if (!times && !take(0x00F7) && !take('/')) return result;
         bool ignored = false;
         const ExprPtr next = operand(ignored);
         if (!next) return nullptr;
         bare = false;
         result = make(span(start), Binary{times ? BinaryOp::multiply : BinaryOp::divide, span(sign_at), result, next});
      }
      return nullptr;
   }

   bool stands(std::string_view text) const { return text_.substr(at_, text.size()) == text; }

   // Where a line or a column is wanted.
   std::optional<Said> what_stands_here() const {
      if (stands("=") || stands("＝")) return say("等号只写一个：27行=(1+2)行", "write one equals sign: 27行=(1+2)行");
      for (const std::string_view clause : {"编号", "审核类型", "类别", "依据", "级别"})
         if (stands(clause))
            return say("编号等写在公式前面，后面加冒号：编号 S1 : 27行=(1+2)行",
                       "a reference stands before its formula, with a colon: ref S1 : 27行=(1+2)行");
      return say("写行次，不写行的名称：27行=(1+2)行", "write line numbers, not what the lines are called: 27行=(1+2)行");
   }

   std::optional<Said> what_stands_behind() const {
      if (stands("x") || stands("X")) return say("乘写 ×", "to multiply write ×");
      return std::nullopt;
   }

   ExprPtr operand(bool& bare) {
      const std::size_t start = at_;
      if (const auto found = cells()) return expression_of(*found);
      if (at_digit()) {
         std::string text = digits();
         if (code() == '.') {
            at_ += character().length;
            text += "." + digits();
         }
         std::string unit;
         if (take('%')) unit = "%";
         bare = unit.empty();
         return make(span(start), Number{text, unit});
      }
      if (take('(')) {
         if (++depth_ > deepest) return fail(say("括号套得太深", "too many brackets within brackets"), std::nullopt);
         ExprPtr inner = sum();
         --depth_;
         if (!inner) return nullptr;
         if (!take(')')) return fail(say("这里要有“)”", "here a ')' is wanted"), say("补上“)”", "write ')'"));
         return make(span(start), Group{inner});
      }
      return fail(say("这里要有行次或栏次，如 27行、7栏", "here a line or a column is wanted, such as 27行 or 7栏"),
                  what_stands_here());
   }

   std::string_view text_;
   Span place_;
   const Name& form_;
   std::vector<Diagnostic>& diagnostics_;
   std::size_t at_ = 0;
   int depth_ = 0;
   bool failed_ = false, rows_ = false;
   std::optional<std::size_t> lacks_plus_;  // where, in (1+2+…8)
};

}  // namespace

void read_formula(std::string_view text, Span place, const tree::Name& form, tree::Formula& into,
                  std::vector<Diagnostic>& diagnostics) {
   into.condition = FormulaReader(text, place, form, diagnostics).whole(into.rows);
}

}  // namespace heng::grammar

#include "interpreter/explain/read_back.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/explain/read_expression.hpp"
#include "interpreter/explain/read_score.hpp"
#include "stdlib/function.hpp"
#include "stdlib/text.hpp"

namespace heng {

using boost::variant2::get_if;

namespace {

class Declarations {
 public:
   Declarations(const Program& program, const Selection& selection, std::uint32_t set, bool chinese)
       : program_(program), reader_(program, selection, set, chinese), module_(*selection.sets[set]) {}

   std::vector<ReadBack> all() {
      for (const tree::Declaration& one : module_.declarations) {
         made_ = {};
         if (boost::variant2::visit([&](const auto& written) { return this->read(written); }, one))
            read_.push_back(std::move(made_));
      }
      return std::move(read_);
   }

 private:
   template <typename... A>
   std::string say(std::string_view zh, std::string_view en, const A&... a) const {
      return fmt::format(fmt::runtime(reader_.chinese() ? zh : en), a...);
   }
   std::string of(const tree::ExprPtr& expr) const { return reader_.read(*expr); }
   std::string all_of(const std::vector<std::string>& parts) const { return reader_.joined(parts, "、", ", "); }

   // ---- what is no rule: the shape of reports has its own page, tests say themselves what they expect
   bool read(const tree::Report&) { return false; }
   bool read(const tree::Form&) { return false; }
   bool read(const tree::Phrases&) { return false; }
   bool read(const tree::PrintedAs&) { return false; }
   bool read(const tree::Record&) { return false; }
   bool read(const tree::Choice&) { return false; }
   bool read(const tree::UnitDecl&) { return false; }
   bool read(const tree::Test&) { return false; }

   // ---- what rules are made with

   bool read(const tree::Parameter& parameter) {
      begin(parameter.span, say("参数", "parameter"), parameter.name, parameter.title);
      std::vector<std::string> years;
      if (parameter.value) years.push_back(say("各年都为 {}", "{} in every year", of(parameter.value)));
      for (const tree::Years& one : parameter.years) years.push_back(years_of(one) + of(one.value));
      for (const ParameterValue& value : program_.sets[reader_.set()].parameters)
         if (fold(value.name) == fold(parameter.name.text) && value.set_by_hand) years.push_back(reader_.parameter_value(value));
      made_.parts.push_back({"", {reader_.joined(years, "；", "; ")}, {}});
      if (!parameter.value)
         made_.closing.push_back(say("没有写到的年度没有定义，不会借用别的年度",
                                     "a year that is not named is not defined: no other year's value is taken"));
      if (parameter.cite) made_.closing.push_back(say("依据：{}", "source: {}", *parameter.cite));
      return true;
   }
   std::string years_of(const tree::Years& years) const {
      if (years.from && years.to && *years.from == *years.to) return say("{}年为 ", "{}: ", *years.from);
      if (years.from && years.to) return say("{}年至{}年为 ", "{} to {}: ", *years.from, *years.to);
      if (years.from) return say("{}年起为 ", "from {} on: ", *years.from);
      if (years.to) return say("{}年及以前为 ", "up to {}: ", *years.to);
      return {};
   }

   bool read(const tree::Function& function) {
      begin(function.span, say("函数", "function"), function.name, "");
      std::vector<std::string> names;
      for (const tree::FunctionParameter& one : function.parameters) names.push_back(one.name.text);
      made_.parts.push_back({"", {say("给定{}，结果是 {}", "given {}, the result is {}", all_of(names), of(function.body))}, {}});
      return true;
   }

   bool read(const tree::Tier& tier) {
      begin(tier.span, say("档次", "tier"), tier.name, tier.about.title);
      std::vector<std::string> bands;
      for (const tree::Band& band : tier.bands)
         bands.push_back(say("满分的 {} 为“{}”", "{} of full marks is “{}”", interval(band.interval), band.name.text));
      made_.parts.push_back({"", bands, {}});
      about(tier.about);
      return true;
   }

   // ---- rules

   bool read(const tree::Check& check) {
      begin(check.span, say("审核", "check"), check.name, check.about.title);
      rows(check.each, check.where);
      for (const tree::Case& one : check.cases)
         add_case(check.braces ? one.about : tree::About{}, one.each, one.where, one.condition,
                  check.braces ? one.span : check.span);
      if (check.cases.size() > 1)
         made_.opening.push_back(say("以下 {} 条分别判断", "each of these {} is judged on its own", check.cases.size()));
      std::vector<tree::ExprPtr> read = {check.where};
      for (const tree::Case& one : check.cases) read.insert(read.end(), {one.where, one.condition});
      missing(read);
      consequence(check.about);
      return true;
   }

   bool read(const tree::Require& require) {
      begin(require.span, say("要求", "require"), require.name, require.about.title);
      rows(require.each, require.where);
      add_case({}, std::nullopt, nullptr, require.condition, require.span);
      missing({require.where, require.condition});
      consequence(require.about);
      return true;
   }

   bool read(const tree::Rollup& rollup) {
      begin(rollup.span, say("审核", "check"), rollup.name, rollup.about.title);
      std::optional<std::uint32_t> first;
      if (made_.rule && !program_.rules[*made_.rule].cases.empty()) first = 0;
      made_.parts.push_back(
          {"",
           {say("{} 中凡有下级的行（合计、类、款），每一栏金额都约等于紧接着的下一级各行之和（允许四舍五入的尾差）",
                "in {}, every column of every row that has rows below is about the sum of the rows right below it (rounding "
                "differences allowed)",
                reader_.list_of_names(rollup.forms))},
           first});
      made_.closing.push_back(say("没有下级的行不适用", "rows without rows below: does not apply"));
      missing({});
      consequence(rollup.about);
      return true;
   }

   // Printed formulas are read as they are printed, with the labels of their lines and columns.
   bool read(const tree::Formulas& formulas) {
      begin(formulas.span, say("公式", "formulas"), formulas.form, formulas.about.title);
      if (!made_.rule) return true;
      const std::vector<Case>& cases = program_.rules[*made_.rule].cases;
      for (std::uint32_t first = 0, next = 0; first < cases.size(); first = next) {
         while (next < cases.size() && cases[next].span == cases[first].span) ++next;
         made_.parts.push_back({"", {read_cases(cases, first, next)}, first});
      }
      made_.opening.push_back(
          say("以下 {} 条印出的公式分别判断；公布数之间的“=”指约等于，允许四舍五入的尾差",
              "each of these {} printed formulas is judged on its own; = between published figures allows for "
              "rounding differences",
              made_.parts.size()));
      missing({});
      consequence(formulas.about);
      return true;
   }

   // A formula of several columns or lines is a case for each, titled "86行=31行-84行 年初预算数".
   std::string read_cases(const std::vector<Case>& cases, std::uint32_t first, std::uint32_t next) const {
      constexpr std::uint32_t most_named = 8;
      const std::string& title = cases[first].title;
      if (next - first == 1) return title;
      std::size_t same = title.size();
      for (std::uint32_t i = first; i < next; ++i)
         same = std::min<std::size_t>(
             same, std::mismatch(title.begin(), title.end(), cases[i].title.begin(), cases[i].title.end()).first - title.begin());
      const std::size_t blank = title.rfind(' ', same);
      if (blank == std::string::npos || blank == 0) return title;
      std::string where;
      for (std::uint32_t i = first; i < next && i < first + most_named; ++i)
         where += (i == first ? "" : reader_.chinese() ? "、" : ", ") + cases[i].title.substr(blank + 1);
      if (next - first > most_named) where += say("……", ", …");
      return title.substr(0, blank) + say("，分别判断 {} 处：{}", ", judged for each of {}: {}", next - first, where);
   }

   bool read(const tree::Let& let) {
      begin(let.span, say("计算", "let"), let.name, let.about.title);
      rows(let.each, let.where);
      made_.parts.push_back({"", {value_of(let)}, {}});
      missing({let.where, let.value});
      about(let.about);
      return true;
   }

   std::string value_of(const tree::Let& let) const {
      const bool yes_no = made_.rule && program_.rules[*made_.rule].type.kind == Kind::yes_no;
      return yes_no ? say("{} 指：{}", "{} means that {}", let.name.text, of(let.value))
                    : say("{} 是 {}", "{} is {}", let.name.text, of(let.value));
   }

   // Each part of a score is a rule, too, and read for itself.
   bool read(const tree::Score& score) {
      read_part(score, score, "");
      return false;
   }
   void read_part(const tree::Score& score, const tree::Score& whole, const std::string& of) {
      made_ = {};
      begin(score.span, say("评分", "score"), score.name, score.about.title);
      rows(whole.each, whole.where);
      if (!of.empty()) made_.opening.push_back(say("是 {} 的一部分", "it is a part of {}", of));
      const Rule* rule = made_.rule ? &program_.rules[*made_.rule] : nullptr;
      ReadScore said = read_score(reader_, program_, rule, score, module_.round_scores_to);
      made_.opening.insert(made_.opening.end(), said.opening.begin(), said.opening.end());
      for (std::string& sentence : said.made) made_.parts.push_back({"", {std::move(sentence)}, {}});
      made_.closing = std::move(said.closing);
      missing(said.read);
      about(score.about);
      read_.push_back(std::move(made_));
      const std::string path = of.empty() ? score.name.text : of + "." + score.name.text;
      for (const tree::Score& part : score.parts) read_part(part, whole, path);
   }

   bool read(const tree::Bands& bands) {
      begin(bands.span, say("分档", "bands"), bands.name, bands.about.title);
      rows(bands.each, nullptr);
      std::vector<std::string> parts;
      for (const tree::Band& band : bands.bands)
         parts.push_back(
             say("{} 为 {}", "{}: {}", interval(band.interval), band.value ? of(band.value) : reader_.quoted(band.name.text)));
      made_.parts.push_back({"", {say("按 {} 分档：", "by {}: ", of(bands.of)) + reader_.joined(parts, "；", "; ")}, {}});
      std::vector<tree::ExprPtr> read = {bands.of};
      for (const tree::Band& band : bands.bands) read.push_back(band.value);
      missing(read);
      about(bands.about);
      return true;
   }

   // ---- what several of them say

   void begin(Span span, const std::string& kind, const tree::Name& name, const std::string& title) {
      made_.span = span;
      made_.name = name.text;
      made_.heading = kind + " " + name.text + (title.empty() ? "" : say("：{}", ": {}", title));
      for (const Rule& rule : program_.rules)
         if (rule.set == reader_.set() && rule.span == span) made_.rule = rule.id;
   }

   // For which rows, lines, columns.
   void rows(const std::optional<tree::Each>& each, const tree::ExprPtr& where) {
      if (each) add_each(made_.opening, *each);
      if (where) made_.opening.push_back(say("仅限 {} 时；其余不适用", "only where {}; elsewhere it does not apply", of(where)));
   }
   std::string groups_of(const tree::Each& each) const {
      const std::string rows = rows_of(each);
      return each.group ? say("{}，按{}分组的每一组", "each group of rows with the same {1}, of {0}", rows, each.group->text)
                        : rows;
   }
   void add_each(std::vector<std::string>& sentences, const tree::Each& each) const {
      std::vector<std::string> all;
      if (each.names_rows()) all.push_back(groups_of(each));
      for (const tree::Each& also : each.also) all.push_back(groups_of(also));
      if (!all.empty()) sentences.push_back(say("对{}", "for {}", reader_.joined(all, "、", "; ")));
      if (each.names_columns()) sentences.push_back(columns(each));
   }
   std::string rows_of(const tree::Each& each) const {
      const std::string& first = each.path.front().text;
      if (const FormSchema* form = program_.schema.form(first)) {
         if (!each.lines.empty()) return say("{} 的每一行分别判断", "each line of {}", reader_.lines(first, each.lines));
         const bool totals = std::any_of(form->blocks.begin(), form->blocks.end(), [&](const FormBlock& block) {
            return block.kind == BlockKind::rows && !program_.schema.frames[block.frame].totals.empty();
         });
         const std::string title =
             form->title.empty() ? first : first + (reader_.chinese() ? "（" + form->title + "）" : " (" + form->title + ")");
         return totals ? say("{}的每一行，包括合计行", "each row of {}, total rows too", title)
                       : say("{}的每一行", "each line of {}", title);
      }
      std::string text;
      for (const tree::Name& name : each.path)
         text += text.empty() ? say("每个{}", "each {}", name.text) : say("的每个{}", ", each {} in it", name.text);
      return text;
   }
   std::string columns(const tree::Each& each) const {
      return each.every_column
                 ? say("各栏分别判断，本栏即所判断的那一栏", "each column is judged on its own: this column is the one at hand")
                 : say("{} 各栏分别判断，本栏即所判断的那一栏",
                       "each of the columns {} is judged on its own: this column is the one at hand",
                       reader_.list_of_names(each.columns));
   }

   // `if A then B` as the whole of it: where A is false it does not apply.
   void add_case(const tree::About& about, const std::optional<tree::Each>& each, const tree::ExprPtr& where,
                 const tree::ExprPtr& condition, Span span) {
      ReadPart part;
      part.title = about.title;
      if (each) add_each(part.sentences, *each);
      if (where) part.sentences.push_back(say("仅限 {} 时", "only where {}", of(where)));
      const auto* choice = get_if<tree::If>(&condition->what);
      if (choice && !choice->otherwise)
         part.sentences.push_back(say("{} 的，须 {}；否则不适用", "where {}, it must be that {}; else it does not apply",
                                      of(choice->condition), of(choice->then)));
      else
         part.sentences.push_back(say("须 {}", "it must be that {}", of(condition)));
      if (about.severity) part.sentences.push_back(severity(*about.severity));
      if (about.kind != tree::MinistryKind::none) part.sentences.push_back(kind(about.kind));
      if (about.message) part.sentences.push_back(say("不通过时提示“{}”", "where it fails, the message is “{}”", *about.message));
      if (about.cite) part.sentences.push_back(say("依据：{}", "source: {}", *about.cite));
      if (!about.refs.empty()) part.sentences.push_back(say("编号 {}", "number {}", all_of(about.refs)));
      if (made_.rule) {
         const auto& cases = program_.rules[*made_.rule].cases;
         for (std::uint32_t i = 0; i < cases.size() && !part.case_number; ++i)
            if (cases[i].span == span) part.case_number = i;
      }
      made_.parts.push_back(std::move(part));
   }

   std::string severity(tree::Severity how) const {
      switch (how) {
         case tree::Severity::error:
            return say("不通过是错误，须更正后才能公布", "where it fails it is an error: it must be mended before publishing");
         case tree::Severity::verify:
            return say("不通过须核实：更正，或者说明原因", "where it fails it is to be verified: mended or explained");
         case tree::Severity::notice: return say("不通过只作提示", "where it fails it is only a notice");
      }
      return {};
   }
   std::string kind(tree::MinistryKind kind) const {
      switch (kind) {
         case tree::MinistryKind::none: return {};
         case tree::MinistryKind::balance: return say("属基本平衡审核", "kind: basic balance");
         case tree::MinistryKind::logic: return say("属逻辑性审核", "kind: logic");
         case tree::MinistryKind::verification: return say("属核实性审核", "kind: verification");
      }
      return {};
   }
   void consequence(const tree::About& written) {
      if (made_.rule) made_.closing.push_back(severity(program_.rules[*made_.rule].severity));
      if (written.kind != tree::MinistryKind::none) made_.closing.push_back(kind(written.kind));
      about(written);
   }
   void about(const tree::About& written) {
      if (written.message)
         made_.closing.push_back(say("不通过时提示“{}”", "where it fails, the message is “{}”", *written.message));
      const std::string cite = written.cite.value_or(module_.cite.value_or(""));
      if (!cite.empty()) made_.closing.push_back(say("依据：{}", "source: {}", cite));
      if (!written.refs.empty()) made_.closing.push_back(say("编号 {}", "number {}", all_of(written.refs)));
   }

   // What happens when a figure is not there, and which other rules lend theirs.
   void missing(const std::vector<tree::ExprPtr>& read) {
      Reads reads;
      for (const tree::ExprPtr& one : read)
         if (one) collect(*one, reads, false);
      if (made_.rule) collect_figures(program_.rules[*made_.rule], reads);
      for (const auto& [words, en_words, names] :
           {std::tuple{"{}见计算", "{}: see let", &reads.lets}, std::tuple{"{}见评分", "{}: see score", &reads.scores},
            std::tuple{"{}见分档", "{}: see bands", &reads.bands}, std::tuple{"{}见函数", "{}: see function", &reads.functions}})
         if (!names->empty()) made_.closing.push_back(say(words, en_words, all_of(*names)));
      if (!reads.divisors.empty())
         made_.closing.push_back(say("{} 为0时无法判断", "where {} is 0 it cannot be told", all_of(reads.divisors)));
      if (!reads.any) return;
      if (reads.as_0 == reads.figures && reads.figures > 0)
         made_.closing.push_back(say("空白按0；其他缺数时（没有读到、“-”、“/”）无法判断",
                                     "a blank counts as 0; with a figure otherwise missing (not read, -, /) it cannot be told"));
      else if (reads.as_0 > 0)
         made_.closing.push_back(say("报表写明空白按0的，空白按0；其他缺数时（空白、没有读到、“-”、“/”）无法判断",
                                     "a blank counts as 0 where its form says so; with a figure otherwise missing (blank, not "
                                     "read, -, /) it cannot be told"));
      else
         made_.closing.push_back(say("缺数时（空白、没有读到、“-”、“/”）无法判断",
                                     "with a figure missing (blank, not read, -, /) it cannot be told"));
   }

   struct Reads {
      std::vector<std::string> lets, scores, bands, functions, divisors;
      bool any = false;                   // any figure at all
      std::size_t figures = 0, as_0 = 0;  // figures of the data; those of them that count a blank as 0
   };
   static void add(std::vector<std::string>& names, const std::string& name) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
   }

   void collect(const tree::Expr& expr, Reads& reads, bool guarded) const {
      const bool guards = get_if<tree::ZeroDivisorAs>(&expr.what) != nullptr;
      if (const auto* call = get_if<tree::Call>(&expr.what); call && !find_function(call->function.text))
         add(reads.functions, call->function.text);
      if (const auto* quotient = get_if<tree::Binary>(&expr.what);
          quotient && quotient->op == tree::BinaryOp::divide && !guarded) {
         const tree::Expr* by = quotient->right.get();
         while (const auto* group = get_if<tree::Group>(&by->what)) by = group->inner.get();
         if (!get_if<tree::Number>(&by->what)) add(reads.divisors, reader_.read(*by));
      }
      tree::for_each_inner(expr, [&](const tree::ExprPtr& inner) { collect(*inner, reads, guarded || guards); });
   }
   static std::vector<std::string>& names_of(RuleKind kind, Reads& reads) {
      switch (kind) {
         case RuleKind::let: return reads.lets;
         case RuleKind::score: return reads.scores;
         case RuleKind::bands: return reads.bands;
         case RuleKind::check:
         case RuleKind::rollup:
         case RuleKind::require: break;
      }
      return reads.lets;
   }

   void collect_figures(const Rule& rule, Reads& reads) const {
      std::vector<NodeId> open = {rule.applies, rule.raw != no_node ? rule.raw : rule.value, rule.of};
      for (const Case& one : rule.cases) open.insert(open.end(), {one.applies, one.condition});
      std::vector<bool> met(program_.nodes.size(), false);
      while (!open.empty()) {
         const NodeId id = open.back();
         open.pop_back();
         if (id == no_node || met[id]) continue;
         met[id] = true;
         const Node& node = program_.nodes[id];
         if (node.op == Op::rule) {
            const Rule& other = program_.rules[node.rule];
            add(names_of(other.kind, reads), other.name);
            reads.any = true;
            continue;
         }
         // Whether text is filled in is what a rule asks; whether a figure is, decides what can be told.
         if (node.op == Op::field && (node.type.is_numeric() || node.type.kind == Kind::target)) {
            reads.any = true;
            ++reads.figures;
            reads.as_0 += program_.schema.fields[node.field].blank_counts_as_0;
         }
         open.insert(open.end(), node.in.begin(), node.in.end());
      }
      for (auto* names : {&reads.lets, &reads.scores, &reads.bands}) std::sort(names->begin(), names->end());
   }

   // 90（含）至 100（含）, 不满 60, 80% 以上（含）
   std::string interval(const tree::Interval& interval) const {
      const auto edge = [&](const tree::ExprPtr& bound, bool in) {
         return of(bound) + (in ? say("（含）", " (included)") : say("（不含）", " (not included)"));
      };
      if (interval.low && interval.high)
         return say("{}至{}", "{} to {}", edge(interval.low, interval.low_in), edge(interval.high, interval.high_in));
      if (interval.low) return say("{}以上", "{} and more", edge(interval.low, interval.low_in));
      if (interval.high) return say("{}以下", "{} and less", edge(interval.high, interval.high_in));
      return say("任何值", "any value");
   }

   const Program& program_;
   ExpressionReader reader_;
   const tree::Module& module_;
   ReadBack made_;
   std::vector<ReadBack> read_;
};

}  // namespace

std::vector<ReadBack> read_back(const Program& program, const Selection& selection, std::uint32_t set, bool chinese) {
   return Declarations(program, selection, set, chinese).all();
}

std::string read_back(const Program& program, const Selection& selection, std::uint32_t set, const tree::Expr& expr,
                      bool chinese) {
   return ExpressionReader(program, selection, set, chinese).read(expr);
}

}  // namespace heng

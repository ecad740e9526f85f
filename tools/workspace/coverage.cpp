#include "tools/workspace/coverage.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "grammar/declarations.hpp"
#include "grammar/print.hpp"
#include "grammar/walk.hpp"
#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"
#include "reports/write/words.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;
using tree::ExprPtr;

using Start = std::pair<std::uint32_t, std::uint32_t>;  // file, where in it something begins
Start start_of(Span span) { return {span.file, span.begin}; }

// `of`, or its share in `whole`, lies in an interval.
struct Within {
   NodeId of = no_node, whole = no_node;
   NodeId low = no_node, high = no_node;
   bool low_in = true, high_in = true;
};

// Reached in a row where all of `yes` are true, all of `no` are false and what is asked beside.
struct Condition {
   std::size_t item;
   RuleId rule;
   std::vector<NodeId> yes, no;
   std::string grade;  // bands: the value
   std::optional<Within> within;
   bool stated = false;  // the score is the printed one
};

// The items of one program, and where in its columns they show.
class Covering {
 public:
   Covering(const Trials& trials, const Sources& sources, bool chinese, Coverage& coverage,
            std::map<std::pair<Start, Start>, const Compiled*>& met)
       : trials_(trials),
         sources_(sources),
         chinese_(chinese),
         program_(trials.program),
         selection_(trials.compiled->selection),
         coverage_(coverage) {
      for (const tree::Module* module : selection_.sets) {
         amendments_.push_back(selection_.own_amendments(*module));
         for (const tree::Declaration& declaration : module->declarations) {
            written_[start_of(span_of(declaration))] = &declaration;
            if (const auto* score = get_if<tree::Score>(&declaration)) enter(*score, nullptr);
         }
      }
      for (const Rule& rule : trials.program.rules) {
         const auto key = std::pair(start_of(selection_.sets[rule.set]->span), start_of(rule.span));
         if (is_wanted(rule) && met.try_emplace(key, trials.compiled).first->second == trials.compiled) wanted_.insert(rule.id);
      }
      for (const Rule& rule : trials.program.rules) items_of(rule.id);
   }

   void count() {
      const Plan planned = plan(std::move(program_));
      Engine engine(planned);
      const Evaluation evaluation = engine.run(*trials_.batch);
      for (std::uint32_t report = 0; report < trials_.size(); ++report) {
         const bool is_test = report < trials_.tests.size();
         const std::set<RuleId> rules = is_test ? rules_of(planned, trials_.tests[report]) : wanted_;
         reached_.clear();
         for (const RuleId rule : rules)
            if (wanted_.count(rule)) verdicts(evaluation, planned.program.rules[rule], report);
         for (const Condition& one : conditions_)
            if (rules.count(one.rule)) condition(evaluation, one, report);
         for (const std::size_t item : reached_) ++(is_test ? coverage_.items[item].tests : coverage_.items[item].reports);
      }
   }

 private:
   struct Scored {
      const tree::Score* score;
      ExprPtr printed;  // what it, or the whole that it is a part of, says is printed
   };
   void enter(const tree::Score& score, const ExprPtr& of_whole) {
      const ExprPtr& printed = score.stated ? score.stated : of_whole;
      scores_[start_of(score.span)] = {&score, printed};
      for (const tree::Score& part : score.parts) enter(part, printed);
   }

   // ---- what the set answers for

   bool is_own(const Rule& rule, Span span) const { return selection_.is_own(*selection_.sets[rule.set], span); }

   // The rows of a score, and what is printed, are those of its parts, too.
   static bool is_of_parts(tree::Clause clause) {
      return clause == tree::Clause::each || clause == tree::Clause::where || clause == tree::Clause::stated;
   }

   bool is_amended(const Rule& rule, Span span) const {
      const std::vector<Amendment>& all = amendments_[rule.set];
      return std::any_of(all.begin(), all.end(), [&](const Amendment& one) {
         return bears(one.clause) && (one.of == span || (is_of_parts(one.clause) && contains(one.of, span)));
      });
   }
   bool is_wanted(const Rule& rule, const Case& one) const {
      return is_own(rule, one.span) || is_amended(rule, rule.span) || is_amended(rule, one.span);
   }
   bool is_wanted(const Rule& rule) const {
      return is_own(rule, rule.span) || is_amended(rule, rule.span) ||
             std::any_of(rule.cases.begin(), rule.cases.end(), [&](const Case& one) { return is_wanted(rule, one); });
   }

   // What was met before with other values of parameters is one with it.
   std::size_t add(const Rule& rule, Reach reach, Span span, std::string title = "", std::string what = "") {
      const std::string set = set_title(program_.sets[rule.set]);
      for (std::size_t i = 0; i < coverage_.items.size(); ++i) {
         const CoverageItem& item = coverage_.items[i];
         if (item.span == span && item.reach == reach && item.rule == rule.name && item.what == what && item.set == set) return i;
      }
      coverage_.items.push_back({set, rule.name, std::move(title), reach, std::move(what), span, !is_own(rule, rule.span), 0, 0});
      return coverage_.items.size() - 1;
   }

   std::string text(Span span) const { return std::string(sources_.text_of(span)); }

   void items_of(RuleId id) {
      if (!wanted_.count(id)) return;
      const Rule rule = program_.rules[id];
      if (!rule.cases.empty()) return cases_of(rule);
      if (const auto scored = scores_.find(start_of(rule.span)); scored != scores_.end())
         return score_items(rule, *scored->second.score, scored->second.printed);
      const auto found = written_.find(start_of(rule.span));
      if (found == written_.end()) return;
      if (const auto* bands = get_if<tree::Bands>(found->second))
         bands_items(rule, *bands);
      else
         values_[id] = add(rule, Reach::value, rule.name_span);
   }

   // Cases that come of one line of the text (each column, each printed line) are one.
   void cases_of(const Rule& rule) {
      std::map<std::uint32_t, std::size_t> written;
      for (const Case& one : rule.cases) ++written[one.span.begin];
      for (std::uint32_t number = 0; number < rule.cases.size(); ++number) {
         const Case& one = rule.cases[number];
         if (!is_wanted(rule, one)) continue;
         const auto key = std::pair(rule.id, one.span.begin);
         case_of_[{rule.id, number}] = key;
         if (verdicts_.count(key)) continue;
         std::map<Verdict, std::size_t>& items = verdicts_[key];
         const bool own = written.size() > 1 && written[one.span.begin] == 1;
         const std::string title = own ? one.title : written.size() > 1 ? first_line(one.span) : "";
         items[Verdict::holds] = add(rule, Reach::holds, one.span, title);
         items[Verdict::fails] = add(rule, Reach::fails, one.span, title);
         if (program_.nodes[one.condition].frame != report_frame || !is_always_told(one.condition))
            items[Verdict::cannot_tell] = add(rule, Reach::cannot_tell, one.span, title);
         if (one.applies != no_node) items[Verdict::does_not_apply] = add(rule, Reach::does_not_apply, one.span, title);
      }
   }

   // Where a written figure stands in for each that is missing, as in (小数位数(金额) 未填按 2) = 2: nothing cannot be told.
   bool is_always_told(NodeId id) const {
      const Node& node = program_.nodes[id];
      const auto told = [&](NodeId input) { return is_always_told(input); };
      switch (node.op) {
         case Op::constant: return !get_if<Missing>(&node.value);
         case Op::otherwise: {
            const Op first = program_.nodes[node.in[0]].op;
            return (first == Op::field || first == Op::decimals) && told(node.in[1]);
         }
         case Op::equal:
         case Op::not_equal:
         case Op::less:
         case Op::less_equal:
         case Op::greater_op:
         case Op::greater_equal:
         case Op::both:
         case Op::either:
         case Op::no: return std::all_of(node.in.begin(), node.in.end(), told);
         default: return false;
      }
   }

   // A case of many columns is called by its title, which its text begins with.
   std::string first_line(Span span) const {
      const std::string all = text(span);
      const std::size_t first = all.find_first_of("\"“");
      if (first != 0) return "";
      const std::size_t quote = all[0] == '"' ? 1 : 3, last = all.find(all[0] == '"' ? "\"" : "”", quote);
      return last == std::string::npos ? "" : all.substr(quote, last - quote);
   }

   NodeId checked(const ExprPtr& expr, const Rule& rule) {
      return check_expression(program_, selection_, expr, rule.frame, rule.set).value;
   }

   void score_items(const Rule& rule, const tree::Score& score, const ExprPtr& printed) {
      std::vector<NodeId> before;
      if (score.arms.empty()) values_[rule.id] = add(rule, Reach::value, rule.name_span);
      if (score.value) tiers_in(rule, score.value, no_node, before);
      for (const tree::Arm& arm : score.arms) {
         const NodeId when = arm_item(rule, arm.span, arm.condition, before);
         tiers_in(rule, arm.value, when, before);
         if (when != no_node) before.push_back(when);
      }
      for (const tree::ZeroWhen& one : score.zeros) item_when(rule, Reach::zero, one.span, one.condition);
      for (const tree::MarksWhen& one : score.marks) item_when(rule, Reach::marks, one.span, one.condition);
      for (const tree::Items& items : score.items)
         for (const tree::Item& one : items.items) item_of(rule, one);
      losses_of(rule, score);
      if (printed && score.parts.empty())
         conditions_[condition_of(rule, Reach::stated, rule.name_span, text(printed->span))].stated = true;
   }

   std::size_t condition_of(const Rule& rule, Reach reach, Span span, std::string what) {
      Condition one{0, rule.id, {}, {}, "", std::nullopt};
      one.item = add(rule, reach, span, "", std::move(what));
      conditions_.push_back(std::move(one));
      return conditions_.size() - 1;
   }

   NodeId arm_item(const Rule& rule, Span span, const ExprPtr& condition, const std::vector<NodeId>& before) {
      const std::string what = condition ? text(condition->span) : chinese_ ? "否则" : "else";
      Condition& one = conditions_[condition_of(rule, Reach::arm, span, what)];
      one.no = before;
      if (!condition) return no_node;
      one.yes = {checked(condition, rule)};
      return one.yes.front();
   }

   void item_when(const Rule& rule, Reach reach, Span span, const ExprPtr& condition) {
      conditions_[condition_of(rule, reach, span, text(condition->span))].yes = {checked(condition, rule)};
   }

   void item_of(const Rule& rule, const tree::Item& item) {
      const NodeId met = checked(item.met, rule);
      if (item.degrees.empty()) conditions_[condition_of(rule, Reach::item, item.span, text(item.met->span))].no = {met};
      for (const ExprPtr& degree : item.degrees) {
         const NodeId share = checked(degree, rule);
         conditions_[condition_of(rule, Reach::item, degree->span, text(item.met->span) + " " + text(degree->span))].within =
             Within{met, no_node, share, share};
      }
   }

   void losses_of(const Rule& rule, const tree::Score& score) {
      for (const tree::Loss& one : score.losses) loss_item(rule, one, no_node, {});
      std::vector<NodeId> before;
      for (const tree::LossArm& arm : score.loss_arms) {
         const NodeId when = arm_item(rule, arm.span, arm.condition, before);
         for (const tree::Loss& one : arm.losses) loss_item(rule, one, when, before);
         if (when != no_node) before.push_back(when);
      }
   }

   // Something is lost where what is measured is on the wrong side of the line.
   void loss_item(const Rule& rule, const tree::Loss& loss, NodeId when, const std::vector<NodeId>& before) {
      Condition& one = conditions_[condition_of(rule, Reach::loss, loss.span, text(loss.span))];
      one.yes = yes(when);
      if (loss.when) one.yes.push_back(checked(loss.when, rule));
      one.no = before;
      if (!loss.step) return;
      const NodeId measured = checked(loss.step->measured, rule), line = checked(loss.step->limit, rule);
      one.within = loss.step->below ? Within{measured, no_node, no_node, line, true, false}
                                    : Within{measured, no_node, line, no_node, false, true};
   }

   static std::vector<NodeId> yes(NodeId when) { return when == no_node ? std::vector<NodeId>{} : std::vector<NodeId>{when}; }

   // `judged 得分 in 完成档次`: which tier the chosen points lie in.
   void tiers_in(const Rule& rule, const ExprPtr& expr, NodeId when, const std::vector<NodeId>& no) {
      if (const auto* judged = get_if<tree::Judged>(&expr->what))
         for (const tree::Module* module : selection_.sets)
            for (const tree::Declaration& declaration : module->declarations)
               if (const auto* tier = get_if<tree::Tier>(&declaration);
                   tier && tier->name.text == judged->tier.text && module->name.text == program_.sets[rule.set].name)
                  for (const tree::Band& band : tier->bands)
                     conditions_.push_back({add(rule, Reach::tier, band.span, "", band.name.text), rule.id, yes(when), no, "",
                                            within(rule, band.interval, checked(judged->value, rule), rule.out_of)});
      tree::for_each_inner(*expr, [&](const ExprPtr& inner) { tiers_in(rule, inner, when, no); });
   }

   void bands_items(const Rule& rule, const tree::Bands& bands) {
      for (const tree::Band& band : bands.bands) {
         Condition one{0, rule.id, {}, {}, band.value ? "" : band.name.text, std::nullopt};
         if (band.value) one.within = within(rule, band.interval, rule.of, no_node);
         one.item = add(rule, Reach::band, band.span, "", band.value ? text(band.interval.span) : band.name.text);
         conditions_.push_back(one);
      }
   }

   Within within(const Rule& rule, const tree::Interval& interval, NodeId of, NodeId whole) {
      const auto bound = [&](const ExprPtr& expr) { return expr ? checked(expr, rule) : no_node; };
      return {of, whole, bound(interval.low), bound(interval.high), interval.low_in, interval.high_in};
   }

   // ---- counting

   std::set<RuleId> rules_of(const Plan& planned, const CompiledTest& test) const {
      std::set<RuleId> rules;
      std::set<NodeId> seen;
      std::vector<NodeId> open;
      const auto take_rule = [&](RuleId id) {
         if (!rules.insert(id).second) return;
         const Rule& rule = planned.program.rules[id];
         for (const NodeId node : {rule.value, rule.applies, rule.of}) open.push_back(node);
         for (const Case& one : rule.cases) open.push_back(one.condition), open.push_back(one.applies);
      };
      for (const Expectation& one : test.expectations) {
         if (one.verdict) take_rule(one.rule);
         open.push_back(one.condition);
      }
      while (!open.empty()) {
         const NodeId id = open.back();
         open.pop_back();
         if (id == no_node || !seen.insert(id).second) continue;
         const Node& node = planned.node(id);
         if (node.op == Op::rule) take_rule(node.rule);
         open.insert(open.end(), node.in.begin(), node.in.end());
      }
      return rules;
   }

   void verdicts(const Evaluation& evaluation, const Rule& rule, std::uint32_t report) {
      for (const Judged& one : judgements(evaluation, rule, report)) {
         if (const auto value = values_.find(rule.id); value != values_.end()) {
            if (one.verdict == Verdict::holds) reached_.insert(value->second);
            continue;
         }
         const auto of = case_of_.find({rule.id, one.case_number});
         if (of == case_of_.end()) continue;
         const auto& items = verdicts_.at(of->second);
         if (const auto item = items.find(one.verdict); item != items.end()) reached_.insert(item->second);
      }
   }

   static Value value_at(const Evaluation& evaluation, NodeId node, FrameId frame, std::uint32_t row) {
      const FrameId home = evaluation.plan().node(node).frame;
      return evaluation.value(node, home == frame ? row : evaluation.ancestor_row(frame, row, home));
   }

   static bool lies(const Evaluation& evaluation, const Within& within, FrameId frame, std::uint32_t row) {
      const auto number = [&](NodeId node) -> std::optional<Rational> {
         if (node == no_node) return std::nullopt;
         const Value value = value_at(evaluation, node, frame, row);
         const auto* found = get_if<Rational>(&value);
         return found ? std::optional(*found) : std::nullopt;
      };
      std::optional<Rational> of = number(within.of);
      const auto whole = number(within.whole), low = number(within.low), high = number(within.high);
      if (!of || (within.whole != no_node && (!whole || whole->is_zero()))) return false;
      if (whole) of = Rational(*of / *whole);
      return (!low || *of > *low || (within.low_in && *of == *low)) && (!high || *of < *high || (within.high_in && *of == *high));
   }

   bool holds(const Evaluation& evaluation, const Condition& one, const Rule& rule, std::uint32_t row) const {
      const auto is = [&](NodeId node, bool wanted) { return value_at(evaluation, node, rule.frame, row) == Value(wanted); };
      if (rule.applies != no_node && !is(rule.applies, true)) return false;
      if (!one.grade.empty() && !(evaluation.value(rule.value, row) == Value(one.grade))) return false;
      if (one.within && !lies(evaluation, *one.within, rule.frame, row)) return false;
      if (one.stated && !(evaluation.value(rule.basis, row) == Value(Rational(static_cast<int>(Basis::stated))))) return false;
      if (!std::all_of(one.yes.begin(), one.yes.end(), [&](NodeId when) { return is(when, true); })) return false;
      return std::all_of(one.no.begin(), one.no.end(), [&](NodeId before) { return is(before, false); });
   }

   void condition(const Evaluation& evaluation, const Condition& one, std::uint32_t report) {
      const Rule& rule = evaluation.plan().program.rules[one.rule];
      const auto rows = evaluation.rows_of_report(rule.frame, report);
      for (std::uint32_t row = rows.begin; row < rows.end; ++row)
         if (holds(evaluation, one, rule, row)) reached_.insert(one.item);
   }

   const Trials& trials_;
   const Sources& sources_;
   bool chinese_;
   Program program_;
   const Selection& selection_;
   Coverage& coverage_;
   std::vector<std::vector<Amendment>> amendments_;  // of the sets
   std::map<Start, const tree::Declaration*> written_;
   std::map<Start, Scored> scores_;
   std::set<RuleId> wanted_;
   std::map<RuleId, std::size_t> values_;
   std::map<std::pair<RuleId, std::uint32_t>, std::pair<RuleId, std::uint32_t>> case_of_;
   std::map<std::pair<RuleId, std::uint32_t>, std::map<Verdict, std::size_t>> verdicts_;
   std::vector<Condition> conditions_;
   std::set<std::size_t> reached_;  // by the report at hand
};

}  // namespace

std::string_view id_of(Reach reach) {
   switch (reach) {
      case Reach::value: return "value";
      case Reach::holds: return "holds";
      case Reach::fails: return "fails";
      case Reach::cannot_tell: return "cannot_tell";
      case Reach::does_not_apply: return "does_not_apply";
      case Reach::arm: return "arm";
      case Reach::band: return "band";
      case Reach::tier: return "tier";
      case Reach::loss: return "loss";
      case Reach::zero: return "zero";
      case Reach::marks: return "marks";
      case Reach::item: return "item";
      case Reach::stated: return "stated";
   }
   return "";
}

std::string_view word_of(Reach reach, bool chinese) {
   switch (reach) {
      case Reach::value: return chinese ? "有值" : "has a value";
      case Reach::holds: return word_of(Verdict::holds, chinese);
      case Reach::fails: return word_of(Verdict::fails, chinese);
      case Reach::cannot_tell: return word_of(Verdict::cannot_tell, chinese);
      case Reach::does_not_apply: return word_of(Verdict::does_not_apply, chinese);
      case Reach::arm: return chinese ? "分支" : "arm";
      case Reach::band: return chinese ? "分档" : "band";
      case Reach::tier: return chinese ? "档次" : "tier";
      case Reach::loss: return chinese ? "扣分" : "loss";
      case Reach::zero: return chinese ? "不得分" : "zero";
      case Reach::marks: return chinese ? "得满分的" : "share of full marks";
      case Reach::item: return chinese ? "各项" : "item";
      case Reach::stated: return chinese ? "照录" : "stated";
   }
   return "";
}

std::size_t Coverage::reached() const {
   return static_cast<std::size_t>(
       std::count_if(items.begin(), items.end(), [](const CoverageItem& item) { return item.reached(); }));
}

Coverage coverage_of(const std::deque<Trials>& all, const Sources& sources, bool chinese) {
   Coverage coverage;
   std::map<std::pair<Start, Start>, const Compiled*> met;  // by set and rule: a general set is part of every place's program
   for (const Trials& trials : all) Covering(trials, sources, chinese, coverage, met).count();
   return coverage;
}

}  // namespace heng

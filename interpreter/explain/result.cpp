#include "interpreter/explain/result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <set>

#include "grammar/print.hpp"
#include "interpreter/explain/cells.hpp"
#include "interpreter/explain/reason.hpp"
#include "stdlib/names.hpp"

namespace heng {
namespace {

using boost::variant2::get_if;

// ---- what is judged -----------------------------------------------------------------------------------------------------

using VisitRow = std::function<void(std::uint32_t row)>;
using VisitHole = std::function<void(FrameId holder, std::uint32_t row, Missing list)>;

// Rows of `frame` in a report; where a list on the way is empty or was not read, the row that holds it is told instead.
void each_row(const Batch& batch, FrameId frame, std::uint32_t report, const VisitRow& row, const VisitHole& hole) {
   if (frame == report_frame) return row(report);
   const FrameId parent = batch.schema->frames[frame].parent;
   const FrameData& data = batch.frames[frame];
   const auto rows_below = [&](std::uint32_t holder) {
      const std::uint32_t first = data.begin[holder], last = data.begin[holder + 1];
      if (data.list[holder] != Missing::none_missing) return hole(parent, holder, data.list[holder]);
      if (first == last) return hole(parent, holder, Missing::empty_list);
      for (std::uint32_t at = first; at < last; ++at) row(at);
   };
   each_row(batch, parent, report, rows_below, hole);
}

template <typename Visit>
void each_judged(const Evaluation& evaluation, const Rule& rule, std::uint32_t report, const Visit& visit) {
   for (std::uint32_t number = 0; number < rule.cases.size(); ++number) {
      const FrameId frame = rule.cases[number].frame;
      const std::uint8_t* verdicts = evaluation.verdicts(rule.id, number);
      each_row(
          evaluation.batch(), frame, report,
          [&](std::uint32_t row) { visit(Judged{rule.id, number, frame, row, static_cast<Verdict>(verdicts[row])}); },
          [&](FrameId holder, std::uint32_t row, Missing list) {
             const Verdict verdict = list == Missing::empty_list ? Verdict::does_not_apply : Verdict::cannot_tell;
             visit(Judged{rule.id, number, holder, row, verdict, list});
          });
   }
}

void count_verdict(Summary& summary, Verdict verdict, tree::Severity severity) {
   switch (verdict) {
      case Verdict::holds: ++summary.holds; return;
      case Verdict::does_not_apply: ++summary.does_not_apply; return;
      case Verdict::fails: ++summary.fails; break;
      case Verdict::cannot_tell: ++summary.cannot_tell; break;
   }
   switch (severity) {
      case tree::Severity::error: ++summary.errors; break;
      case tree::Severity::verify: ++summary.verifies; break;
      case tree::Severity::notice: ++summary.notices; break;
   }
}

// ---- the comparison that decided -----------------------------------------------------------------------------------------

struct Relation {
   NodeId node = no_node;
   std::uint32_t row = 0;
};

bool is_about(Op op) { return op == Op::about || op == Op::about_less || op == Op::about_greater; }

// The input that settles a both / either: the first that is false / true; else the first that cannot be told; else the first.
NodeId settling_input(const Evaluation& evaluation, const Node& node, std::uint32_t row, bool settles) {
   for (const NodeId in : node.in)
      if (truth(evaluation, in, row) == std::optional<bool>(settles)) return in;
   for (const NodeId in : node.in)
      if (!known(evaluation, in, row)) return in;
   return node.in.front();
}

Relation deciding(const Evaluation& evaluation, NodeId id, std::uint32_t row) {
   const Node& node = evaluation.plan().node(id);
   if (relation_sign(node) != nullptr) return {id, row};
   switch (node.op) {
      case Op::both: return deciding(evaluation, settling_input(evaluation, node, row, false), row);
      case Op::either: return deciding(evaluation, settling_input(evaluation, node, row, true), row);
      case Op::rule: return deciding(evaluation, node.in[0], row);
      case Op::select: {
         const std::optional<bool> yes = truth(evaluation, node.in[0], row);
         if (!yes) return {};
         return deciding(evaluation, node.in[*yes ? 1 : 2], row);
      }
      default: return {};
   }
}

void fill_relation(const Evaluation& evaluation, const Relation& decided, VerdictResult& result) {
   const Node& node = evaluation.plan().node(decided.node);
   // 人 and 个 have no common unit to show both sides in; the figures stand among the sources.
   if (evaluation.missing(decided.node, decided.row) == Missing::unit_differs) return;
   result.relation = relation_sign(node);
   result.type = evaluation.type_of(node.in[0], decided.row);
   // A ratio that is held against a percent is shown as one.
   const Type right_type = evaluation.type_of(node.in[1], decided.row);
   if (result.type.kind == Kind::number && right_type.kind == Kind::percent) result.type = right_type;
   // What is added up of figures that bring their units with them is shown in the unit that the form declares.
   if (result.type.unit.empty() && !right_type.unit.empty() && same_meaning(result.type, right_type)) result.type = right_type;
   result.left = evaluation.value(node.in[0], decided.row);
   result.right = evaluation.value(node.in[1], decided.row);
   const Rational* left = get_if<Rational>(&*result.left);
   const Rational* right = get_if<Rational>(&*result.right);
   if (left != nullptr && right != nullptr) result.gap = Value(abs(Rational(*left - *right)));
   if (is_about(node.op)) {
      const auto weighed = evaluation.plan().weighed.find(decided.node);
      if (weighed != evaluation.plan().weighed.end()) {
         const Value allowed = evaluation.value(weighed->second.allowed, decided.row);
         if (get_if<Rational>(&allowed) != nullptr) result.allowed = allowed;
      }
   }
   if (node.op == Op::within) {
      const Value tolerance = evaluation.value(node.in[2], decided.row);
      const Rational* size = get_if<Rational>(&tolerance);
      if (size != nullptr && right != nullptr) result.allowed = Value(node.relative ? Rational(*size * abs(*right)) : *size);
   }
}

// Names that only one of two sets has.
void compare_sets(const Node& node, VerdictResult& result) {
   const auto* left = result.left ? get_if<std::string>(&*result.left) : nullptr;
   const auto* right = result.right ? get_if<std::string>(&*result.right) : nullptr;
   if (!left || !right) return;
   result.extra = names_lacking(*left, *right);
   if (node.op == Op::names_equal) result.lacking = names_lacking(*right, *left);
   const auto add = [&](std::string zh, std::string en) {
      result.reason.zh += (result.reason.zh.empty() ? "" : "；") + zh;
      result.reason.en += (result.reason.en.empty() ? "" : "; ") + en;
   };
   if (!result.extra.empty())
      add("多出：" + shown_names_with_borders(result.extra), "extra: " + shown_names_with_borders(result.extra));
   if (!result.lacking.empty())
      add("缺少：" + shown_names_with_borders(result.lacking), "lacking: " + shown_names_with_borders(result.lacking));
}

// ---- reasons ------------------------------------------------------------------------------------------------------------

Said reason_of_lines(const Evaluation& evaluation, const Node& node, std::uint32_t row) {
   const Value value = evaluation.value(node.in[0], row);
   const auto* printed = get_if<std::string>(&value);
   if (!printed) return {};
   std::vector<std::string> wanted;
   for (int line = 1; line <= node.number; ++line) wanted.push_back(std::to_string(line));
   const std::vector<std::string> lacking = names_lacking(joined_names(wanted), *printed);
   const std::string list = shown_names(joined_names(lacking));
   if (!lacking.empty()) return {"缺少行次 " + list, "lines " + list + " are lacking"};
   return say("行次有重复、多余或者次序不对：{}", "lines stand twice, too many or out of order: {}", shown_names(*printed));
}

// The first part of a condition that is false, as it was written.
Said reason_for_failure(const Evaluation& evaluation, NodeId id, std::uint32_t row) {
   const Node& node = evaluation.plan().node(id);
   if (node.op == Op::both) return reason_for_failure(evaluation, settling_input(evaluation, node, row, false), row);
   if (node.op == Op::lines_complete) return reason_of_lines(evaluation, node, row);
   if (!node.expr) return {};
   return {"不成立：" + print(*node.expr, true), "not so: " + print(*node.expr, false)};
}

// ---- figures ------------------------------------------------------------------------------------------------------------

class Figures {
 public:
   Figures(const Evaluation& evaluation, const Detail& detail) : evaluation_(evaluation), detail_(detail) {}

   void read(NodeId node, std::uint32_t row) {
      if (node == no_node) return;
      read_cells(evaluation_, node, row, false, [&](CellRef cell) {
         if (seen_.insert(cell).second) cells_.push_back(cell);
      });
   }
   void contributions(NodeId about, std::uint32_t row) {
      for (const auto& part : evaluation_.contributions(about, row)) amounts_[{part.field, part.row}] += part.allowed;
   }
   std::vector<SourceFigure> take() {
      std::vector<SourceFigure> figures;
      for (const CellRef cell : cells_) {
         figures.push_back(figure_of(evaluation_, cell.field, cell.row, detail_.chinese, detail_.raw));
         if (const auto amount = amounts_.find(cell); amount != amounts_.end()) figures.back().contributes = amount->second;
      }
      return figures;
   }

 private:
   const Evaluation& evaluation_;
   const Detail& detail_;
   std::set<CellRef> seen_;
   std::vector<CellRef> cells_;
   std::map<CellRef, Rational> amounts_;
};

// ---- one verdict ----------------------------------------------------------------------------------------------------------

std::string message_of(const Evaluation& evaluation, const Case& judged, std::uint32_t row, const Detail& detail) {
   std::string text;
   for (const MessagePart& part : judged.message)
      text += part.value == no_node ? part.text : show_value(evaluation, part.value, row, detail.chinese, detail.raw);
   return text;
}

VerdictResult verdict_of(const Evaluation& evaluation, const Rule& rule, const Judged& judged, const Detail& detail) {
   const Case& one = rule.cases[judged.case_number];
   VerdictResult result;
   result.rule = judged.rule;
   result.case_number = judged.case_number;
   result.subject = subject_of(evaluation.batch(), judged.frame, judged.row);
   result.verdict = judged.verdict;
   if (judged.list != Missing::none_missing) {
      result.reason =
          list_reason(evaluation, one.frame, judged.list,
                      judged.frame == report_frame ? judged.row : evaluation.batch().frames[judged.frame].report_of[judged.row]);
      return result;
   }
   const std::uint32_t row = judged.row;
   const bool guard_untold = one.applies != no_node && !known(evaluation, one.applies, row);
   const bool applies = judged.verdict != Verdict::does_not_apply && !guard_untold;
   Figures figures(evaluation, detail);
   if (applies) {
      const Relation decided = deciding(evaluation, one.condition, row);
      if (decided.node != no_node) {
         fill_relation(evaluation, decided, result);
         const Node& relation = evaluation.plan().node(decided.node);
         if (judged.verdict == Verdict::fails && (relation.op == Op::names_equal || relation.op == Op::names_within))
            compare_sets(relation, result);
         if (detail.sources && is_about(relation.op)) figures.contributions(decided.node, decided.row);
      }
      if (judged.verdict == Verdict::fails && decided.node == no_node)
         result.reason = reason_for_failure(evaluation, one.condition, row);
   }
   if (judged.verdict == Verdict::cannot_tell)
      result.reason = reason_why(evaluation, guard_untold ? one.applies : one.condition, row);
   if (judged.verdict == Verdict::fails) result.message = message_of(evaluation, one, row, detail);
   if (detail.sources) {
      if (applies) figures.read(one.condition, row);
      if (one.applies != no_node) figures.read(one.applies, row);  // it is judged at all because of these
      result.sources = figures.take();
   }
   return result;
}

// ---- scores -------------------------------------------------------------------------------------------------------------

Rational number_or_zero(const Value& value) {
   const Rational* number = get_if<Rational>(&value);
   return number == nullptr ? Rational(0) : *number;
}

Basis basis_of(const Evaluation& evaluation, const Rule& score, std::uint32_t row) {
   if (score.basis == no_node) return Basis::computed;
   const Value value = evaluation.value(score.basis, row);
   const Rational* code = get_if<Rational>(&value);
   return code == nullptr ? Basis::none : static_cast<Basis>(static_cast<int>(numerator(*code)));
}

class PointsByBasis {
 public:
   PointsByBasis(const Evaluation& evaluation, const Program& program) : evaluation_(evaluation), program_(program) {}

   BasisPoints of(const Rule& score, std::uint32_t row) {
      BasisPoints points;
      add_score(score, row, points);
      return points;
   }

 private:
   void add_score(const Rule& score, std::uint32_t row, BasisPoints& points) {
      const Value value = evaluation_.value(score.value, row);
      const bool taken = basis_of(evaluation_, score, row) == Basis::stated;
      if (score.sums_parts && !taken) return add_sum_of_parts(score, row, value, points);
      BasisPoints parts;
      if (add_parts(score.raw == no_node ? score.value : score.raw, row, parts)) {
         const Rational rest = number_or_zero(value) - parts.computed - parts.stated - parts.judged;
         if (get_if<Rational>(&value) != nullptr) parts.computed += rest;  // what the formula adds, or the cap took away
         points.computed += parts.computed;
         points.stated += parts.stated;
         points.judged += parts.judged;
         points.unknown += parts.unknown;
         return;
      }
      if (get_if<Rational>(&value) == nullptr) {
         points.unknown += number_or_zero(evaluation_.value(score.out_of, row));
         return;
      }
      switch (basis_of(evaluation_, score, row)) {
         case Basis::stated: points.stated += number_or_zero(value); break;
         case Basis::judged: points.judged += number_or_zero(value); break;
         default: points.computed += number_or_zero(value);
      }
   }

   // Of what factors and losses leave of the sum each part has its share.
   void add_sum_of_parts(const Rule& score, std::uint32_t row, const Value& value, BasisPoints& points) {
      BasisPoints parts;
      for (const Rule& part : program_.rules)
         if (part.parent == score.id) add_score(part, row, parts);
      const Rational sum = parts.computed + parts.stated + parts.judged;
      const Rational* left = get_if<Rational>(&value);
      const Rational scale = left == nullptr || sum.is_zero() ? Rational(1) : Rational(*left / sum);
      points.computed += parts.computed * scale;
      points.stated += parts.stated * scale;
      points.judged += parts.judged * scale;
      points.unknown += left == nullptr ? parts.unknown : Rational(0);  // a veto settles it whatever a part is
   }

   // Follows what adds up (sums, moves, clamping) to the scores inside; false: there are none.
   bool add_parts(NodeId id, std::uint32_t row, BasisPoints& points) {
      const Node& node = evaluation_.plan().node(id);
      if (node.op == Op::rule && program_.rules[node.rule].kind == RuleKind::score) {
         add_score(program_.rules[node.rule], row, points);
         return true;
      }
      switch (node.op) {
         case Op::add:
         case Op::sum:
         case Op::broadcast:
         case Op::at_row:
         case Op::rule:
         case Op::round:
         case Op::lesser:
         case Op::greater:
         case Op::select: break;
         default: return false;
      }
      bool found = false;
      parts_of(evaluation_, id, row, [&](Part part) {
         const Kind kind = evaluation_.plan().node(part.node).type.kind;
         if (kind != Kind::yes_no && kind != Kind::row) found |= add_parts(part.node, part.row, points);
      });
      return found;
   }

   const Evaluation& evaluation_;
   const Program& program_;
};

// ---- scores that are taken as printed ----------------------------------------------------------------------------------

// The possible scores next to what is printed, where that is none of them.
Said reason_for_impossible(const Evaluation& evaluation, const Rule& score, std::uint32_t row) {
   if (score.stated == no_node) return {};
   const Value printed = evaluation.value(score.stated, row), value = evaluation.value(score.value, row);
   const Rational* figure = get_if<Rational>(&printed);
   if (figure == nullptr || value != Value(Missing::not_possible)) return {};
   const Value marks = evaluation.value(score.out_of, row);
   const Rational full = number_or_zero(marks);
   const auto shown = [&](const Rational& points, bool chinese) { return show(Value(points), points_type(), chinese); };
   if (score.attainable.any)
      return say("照录的 {} 不在 0 到满分 {} 之间", "{}, as stated, is not between 0 and full marks, {}", shown(*figure, true),
                 shown(full, true));
   const Rational* below = nullptr;
   const Rational* above = nullptr;
   for (const Rational& one : score.attainable.values) {
      const Rational points = score.attainable.shares ? Rational(one * full) : one;
      if (points < *figure) below = &one;
      if (points > *figure && above == nullptr) above = &one;
   }
   Said nearest;
   for (const Rational* one : {below, above}) {
      if (one == nullptr) continue;
      const Rational points = score.attainable.shares ? Rational(*one * full) : *one;
      nearest.zh += (nearest.zh.empty() ? "" : "、") + shown(points, true);
      nearest.en += (nearest.en.empty() ? "" : " and ") + shown(points, false);
   }
   return {"照录的 " + shown(*figure, true) + " 按规则得不出来，最接近的是 " + nearest.zh,
           "by the rule no score is " + shown(*figure, false) + ", as stated; the nearest are " + nearest.en};
}

// ---- the gate -----------------------------------------------------------------------------------------------------------

using Doubts = std::map<CellRef, std::vector<std::pair<RuleId, std::uint32_t>>>;

// Figures that an error check which fails or cannot tell read directly.
Doubts doubts_of(const Evaluation& evaluation, const Program& program, std::uint32_t report) {
   Doubts doubts;
   for (const Rule& rule : program.rules) {
      if (rule.kind == RuleKind::require) continue;  // what must be said about a figure does not cast doubt on it
      each_judged(evaluation, rule, report, [&](const Judged& judged) {
         const Case& one = rule.cases[judged.case_number];
         if (one.severity != tree::Severity::error || judged.list != Missing::none_missing) return;
         if (judged.verdict != Verdict::fails && judged.verdict != Verdict::cannot_tell) return;
         const auto note = [&](CellRef cell) {
            auto& because = doubts[cell];
            if (because.empty() || because.back() != std::pair(judged.rule, judged.case_number))
               because.emplace_back(judged.rule, judged.case_number);
         };
         read_cells(evaluation, one.condition, judged.row, true, note);
         if (one.applies != no_node) read_cells(evaluation, one.applies, judged.row, true, note);
      });
   }
   return doubts;
}

std::vector<std::pair<RuleId, std::uint32_t>> doubts_about(const Evaluation& evaluation, const Doubts& doubts, NodeId node,
                                                           std::uint32_t row) {
   std::vector<std::pair<RuleId, std::uint32_t>> because;
   if (doubts.empty()) return because;
   read_cells(evaluation, node, row, false, [&](CellRef cell) {
      const auto found = doubts.find(cell);
      if (found == doubts.end()) return;
      for (const auto& check : found->second)
         if (std::find(because.begin(), because.end(), check) == because.end()) because.push_back(check);
   });
   return because;
}

// ---- values of scores, bands and lets -----------------------------------------------------------------------------------

class ReportMaker {
 public:
   ReportMaker(const Evaluation& evaluation, std::uint32_t report, const Detail& detail)
       : evaluation_(evaluation), program_(evaluation.plan().program), report_(report), detail_(detail) {}

   ReportResult make() {
      result_.report = report_;
      const Schema& schema = program_.schema;
      if (schema.unit_name != no_field) {
         const Value name = cell_value(evaluation_.batch(), schema.unit_name, report_);
         if (const std::string* text = get_if<std::string>(&name)) result_.name = *text;
      }
      doubts_ = doubts_of(evaluation_, program_, report_);
      for (const Rule& rule : program_.rules) add(rule);
      return std::move(result_);
   }

 private:
   void add(const Rule& rule) {
      switch (rule.kind) {
         case RuleKind::check:
         case RuleKind::rollup:
         case RuleKind::require: add_verdicts(rule); break;
         case RuleKind::score: add_values(rule, result_.scores); break;
         case RuleKind::bands: add_values(rule, result_.grades); break;
         case RuleKind::let: add_values(rule, result_.values); break;
      }
   }

   void add_verdicts(const Rule& rule) {
      each_judged(evaluation_, rule, report_, [&](const Judged& judged) {
         count_verdict(result_.summary, judged.verdict, rule.cases[judged.case_number].severity);
         const bool finding = judged.verdict == Verdict::fails || judged.verdict == Verdict::cannot_tell;
         const bool implausible = is_implausible(judged);
         if (implausible) ++result_.summary.implausible;
         if (!detail_.all && !finding && !implausible) return;
         result_.verdicts.push_back(verdict_of(evaluation_, rule, judged, detail_));
         result_.verdicts.back().implausible = implausible;
      });
   }

   bool is_implausible(const Judged& judged) const {
      return judged.list == Missing::none_missing && judged.verdict == Verdict::holds &&
             evaluation_.implausible(judged.rule, judged.case_number, judged.row);
   }

   template <typename Result>
   void add_values(const Rule& rule, std::vector<Result>& results) {
      each_row(
          evaluation_.batch(), rule.frame, report_, [&](std::uint32_t row) { results.push_back(value_of<Result>(rule, row)); },
          [&](FrameId holder, std::uint32_t row, Missing list) {
             Result result;
             result.rule = rule.id;
             result.subject = subject_of(evaluation_.batch(), holder, row);
             result.reason = list_reason(evaluation_, rule.frame, list, report_);
             result.value = list;  // no row was looked at: it is in no band, and was worked out from nothing
             if constexpr (std::is_same_v<Result, ScoreResult>) result.basis = Basis::none;
             if constexpr (!std::is_same_v<Result, ValueResult>) result.applies = list != Missing::empty_list;
             results.push_back(std::move(result));
          });
   }

   template <typename Result>
   Result value_of(const Rule& rule, std::uint32_t row) {
      Result result;
      result.rule = rule.id;
      result.subject = subject_of(evaluation_.batch(), rule.frame, row);
      const std::optional<bool> applies =
          rule.applies == no_node ? std::optional<bool>(true) : truth(evaluation_, rule.applies, row);
      result.value = evaluation_.value(rule.value, row);
      if (!applies) {
         result.value = Missing::condition;
         result.reason = reason_why(evaluation_, rule.applies, row);
      } else if (*applies && get_if<Missing>(&result.value) != nullptr) {
         result.reason = reason_for_impossible(evaluation_, rule, row);
         if (result.reason.zh.empty()) result.reason = reason_why(evaluation_, rule.value, row);
      }
      if constexpr (!std::is_same_v<Result, ValueResult>) {
         result.applies = applies.value_or(true);
         const auto because = doubts_about(evaluation_, doubts_, rule.value, row);
         result.provisional = !because.empty();
         if constexpr (std::is_same_v<Result, ScoreResult>) fill_score(rule, row, because, result);
      }
      return result;
   }

   void fill_score(const Rule& rule, std::uint32_t row, const std::vector<std::pair<RuleId, std::uint32_t>>& because,
                   ScoreResult& score) {
      score.provisional_because = because;
      if (rule.raw != no_node) score.raw = evaluation_.value(rule.raw, row);
      if (rule.out_of != no_node) score.out_of = evaluation_.value(rule.out_of, row);
      score.basis = get_if<Rational>(&score.value) == nullptr ? Basis::none : basis_of(evaluation_, rule, row);
      score.by_basis = PointsByBasis(evaluation_, program_).of(rule, row);
      if (!detail_.sources) return;
      Figures figures(evaluation_, detail_);
      figures.read(rule.value, row);
      score.sources = figures.take();
   }

   const Evaluation& evaluation_;
   const Program& program_;
   const std::uint32_t report_;
   const Detail& detail_;
   Doubts doubts_;
   ReportResult result_;
};

}  // namespace

namespace {

Verdict verdict_of_value(const Evaluation& evaluation, const Rule& rule, std::uint32_t row) {
   const std::optional<bool> applies = rule.applies == no_node ? std::optional<bool>(true) : truth(evaluation, rule.applies, row);
   if (!applies) return Verdict::cannot_tell;
   if (!*applies) return Verdict::does_not_apply;
   return evaluation.missing(rule.value, row) == Missing::none_missing ? Verdict::holds : Verdict::cannot_tell;
}

}  // namespace

std::vector<Judged> judgements(const Evaluation& evaluation, const Rule& rule, std::uint32_t report) {
   std::vector<Judged> all;
   const auto take = [&](const Judged& one) { all.push_back(one); };
   if (rule.value == no_node)
      each_judged(evaluation, rule, report, take);
   else
      each_row(
          evaluation.batch(), rule.frame, report,
          [&](std::uint32_t row) { take({rule.id, 0, rule.frame, row, verdict_of_value(evaluation, rule, row)}); },
          [&](FrameId holder, std::uint32_t row, Missing list) {
             take({rule.id, 0, holder, row, list == Missing::empty_list ? Verdict::does_not_apply : Verdict::cannot_tell, list});
          });
   return all;
}

ReportResult result_of(const Evaluation& evaluation, std::uint32_t report, const Detail& detail) {
   return ReportMaker(evaluation, report, detail).make();
}

namespace {

struct ListWithoutRows {
   std::uint32_t report;
   Verdict verdict;  // empty: does not apply; not read: cannot tell
};

// On the way from the report down to `frame`.
std::vector<ListWithoutRows> lists_without_rows(const Evaluation& evaluation, FrameId frame) {
   std::vector<ListWithoutRows> found;
   const Batch& batch = evaluation.batch();
   for (FrameId list = frame; list != report_frame; list = batch.schema->frames[list].parent) {
      const FrameData &data = batch.frames[list], &parent = batch.frames[batch.schema->frames[list].parent];
      for (std::uint32_t row = 0; row < parent.rows; ++row) {
         const bool read = data.list[row] == Missing::none_missing;
         if (!read || data.begin[row] == data.begin[row + 1])
            found.push_back({parent.report_of[row], read ? Verdict::does_not_apply : Verdict::cannot_tell});
      }
   }
   return found;
}

// Rows whose verdict is another than holds: few, so eight are looked at together.
template <typename Visit>
void each_other(const std::uint8_t* verdicts, std::uint32_t rows, const Visit& visit) {
   static_assert(static_cast<int>(Verdict::holds) == 0);
   std::uint32_t row = 0;
   for (; row + 8 <= rows; row += 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, verdicts + row, sizeof eight);
      for (std::uint32_t at = row; eight != 0 && at < row + 8; ++at)
         if (verdicts[at] != 0) visit(at);
   }
   for (; row < rows; ++row)
      if (verdicts[row] != 0) visit(row);
}

// From the column of verdicts alone. That a row holds is counted for all rows of a frame at once, by count_holding; here it is
// taken back where it is not so.
void count_case(const Evaluation& evaluation, const Rule& rule, std::uint32_t number, Tally& tally) {
   const Case& one = rule.cases[number];
   const FrameData& frame = evaluation.batch().frames[one.frame];
   const std::uint8_t* column = evaluation.verdicts(rule.id, number);
   const bool may_be_unread = !frame.total.empty();  // total rows of a list that was not read
   const auto counts = [&](std::uint32_t row) {
      return !may_be_unread || frame.list[frame.parent_of[row]] == Missing::none_missing;
   };
   auto& verdicts = tally.verdicts[rule.id][number];
   std::uint64_t others = 0;
   each_other(column, frame.rows, [&](std::uint32_t row) {
      ++others;
      Summary& summary = tally.by_report[frame.report_of[row]];
      --summary.holds;
      if (!counts(row)) return;
      ++verdicts[column[row]];
      count_verdict(summary, static_cast<Verdict>(column[row]), one.severity);
   });
   verdicts[static_cast<std::size_t>(Verdict::holds)] += frame.rows - others;
   for (std::uint32_t row = 0; may_be_unread && row < frame.rows; ++row)
      if (column[row] == 0 && !counts(row)) {
         --verdicts[static_cast<std::size_t>(Verdict::holds)];
         --tally.by_report[frame.report_of[row]].holds;
      }
   if (!evaluation.any_implausible(rule.id, number)) return;
   for (std::uint32_t row = 0; row < frame.rows; ++row)
      if (counts(row) && evaluation.implausible(rule.id, number, row)) ++tally.by_report[frame.report_of[row]].implausible;
}

// What count_case took for granted: every row holds in so many cases.
void count_holding(const Batch& batch, FrameId frame, std::uint64_t cases, std::vector<Summary>& by_report) {
   for (const std::uint32_t report : batch.frames[frame].report_of) by_report[report].holds += cases;
}

std::uint64_t count_untold(const Evaluation& evaluation, const Rule& rule) {
   std::uint64_t untold = 0;
   for (std::uint32_t row = 0; row < evaluation.rows(rule.frame); ++row) {
      const bool applies = rule.applies == no_node || truth(evaluation, rule.applies, row) != std::optional(false);
      untold += applies && !known(evaluation, rule.value, row);
   }
   return untold;
}

}  // namespace

void Summary::add(const Summary& other) {
   holds += other.holds;
   fails += other.fails;
   cannot_tell += other.cannot_tell;
   does_not_apply += other.does_not_apply;
   implausible += other.implausible;
   errors += other.errors;
   verifies += other.verifies;
   notices += other.notices;
   explained += other.explained;
}

// One that holds is explained where it is implausible.
void Summary::explain(Verdict verdict, tree::Severity severity) {
   ++explained;
   if (verdict == Verdict::holds) {
      --holds, --implausible;
      return;
   }
   --(verdict == Verdict::fails ? fails : cannot_tell);
   --(severity == tree::Severity::error ? errors : severity == tree::Severity::verify ? verifies : notices);
}

void Tally::add(const Evaluation& evaluation) {
   const Program& program = evaluation.plan().program;
   verdicts.resize(program.rules.size());
   by_report.assign(evaluation.batch().reports, {});
   std::map<FrameId, std::vector<ListWithoutRows>> lists;
   std::map<FrameId, std::uint64_t> cases_in;
   for (const Rule& rule : program.rules) {
      verdicts[rule.id].resize(rule.cases.size());
      for (std::uint32_t number = 0; number < rule.cases.size(); ++number) {
         const Case& one = rule.cases[number];
         const auto [list, fresh] = lists.try_emplace(one.frame);
         if (fresh) list->second = lists_without_rows(evaluation, one.frame);
         count_case(evaluation, rule, number, *this);
         ++cases_in[one.frame];
         for (const ListWithoutRows& without : list->second) {
            ++verdicts[rule.id][number][static_cast<std::size_t>(without.verdict)];
            count_verdict(by_report[without.report], without.verdict, one.severity);
         }
      }
      if (rule.kind == RuleKind::score) scores_untold += count_untold(evaluation, rule);
   }
   for (const auto& [frame, cases] : cases_in) count_holding(evaluation.batch(), frame, cases, by_report);
   for (const Summary& one : by_report) summary.add(one);
}

void Tally::add(const Tally& other) {
   verdicts.resize(std::max(verdicts.size(), other.verdicts.size()));
   for (std::size_t rule = 0; rule < other.verdicts.size(); ++rule) {
      verdicts[rule].resize(other.verdicts[rule].size());
      for (std::size_t one = 0; one < other.verdicts[rule].size(); ++one)
         for (std::size_t kind = 0; kind < verdicts[rule][one].size(); ++kind)
            verdicts[rule][one][kind] += other.verdicts[rule][one][kind];
   }
   summary.add(other.summary);
   scores_untold += other.scores_untold;
}

}  // namespace heng

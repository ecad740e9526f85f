#include "tests/agree/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "interpreter/explain/result.hpp"
#include "interpreter/plan/plan.hpp"
#include "interpreter/run/run.hpp"
#include "tests/agree/oracle.hpp"

namespace heng::agree {

namespace {

std::string kinds(oracle::Causes causes) {
   std::string text;
   for (std::size_t kind = 0; kind < causes.size(); ++kind)
      if (causes[kind]) text += std::string(text.empty() ? "" : " or ") + std::string(words_for(static_cast<Missing>(kind)).en);
   return text;
}

std::string words(const Value& value) {
   if (const auto* kind = boost::variant2::get_if<Missing>(&value)) return "missing: " + std::string(words_for(*kind).en);
   if (const auto* yes = boost::variant2::get_if<bool>(&value)) return *yes ? "yes" : "no";
   if (const auto* number = boost::variant2::get_if<Rational>(&value)) return to_text(*number);
   return "'" + boost::variant2::get<std::string>(value) + "'";
}

std::string words(const oracle::Lane& lane) {
   if (!lane.has_value()) return "missing: " + kinds(lane.missing);
   if (lane.yes) return *lane.yes ? "yes" : "no";
   if (lane.text) return "'" + *lane.text + "'";
   if (lane.row) return fmt::format("row {}", *lane.row);
   if (lane.is_point()) return to_text(lane.value());
   const auto end = [](const std::optional<Rational>& value) { return value ? to_text(*value) : std::string("∞"); };
   return fmt::format("between {} and {}", end(lane.number->low), end(lane.number->high));
}

// What the engine says of a lane, against what the oracle says. `why` is what people are told of a missing one.
bool agrees(const Value& value, Missing why, const oracle::Lane& lane, const Type& type) {
   if (boost::variant2::holds_alternative<Missing>(value)) {
      if (!lane.has_value()) return lane.missing.test(static_cast<std::size_t>(why));
      if (lane.text && type.kind == Kind::measured) return why == Missing::not_a_number;  // words where a figure may stand
      return why == Missing::bound_undecided && lane.number && !lane.number->is_point();
   }
   if (!lane.has_value()) return false;
   if (const auto* yes = boost::variant2::get_if<bool>(&value)) return lane.yes == *yes;
   if (const auto* number = boost::variant2::get_if<Rational>(&value)) return lane.is_point() && lane.value() == *number;
   return true;  // texts are compared through what is made of them
}

void fill(const Reports& reports, BatchBuilder& builder) {
   for (const RowData& report : reports) pour(report, builder);
}

struct Compared {
   const Program& program;
   const Evaluation& evaluation;
   oracle::Oracle& oracle;
   const Batch& batch;

   std::string at(NodeId id, std::uint32_t row) const {
      const Node& node = program.nodes[id];
      return fmt::format("node {} (operation {}) in row {} of frame {}", id, static_cast<int>(node.op), row, node.frame);
   }

   std::string of_node(NodeId id, std::uint32_t row) {
      const Node& node = program.nodes[id];
      const oracle::Lane& lane = oracle.lane(id, row);
      if (node.type.kind == Kind::row) return "";  // compared through what is looked up
      const Value value = evaluation.value(id, row);
      const bool missing = boost::variant2::holds_alternative<Missing>(value);
      const Missing why = missing ? evaluation.why(id, row).kind : Missing::none_missing;
      if (!agrees(value, why, lane, node.type))
         return fmt::format("{}: {}, oracle {}", at(id, row), words(missing ? Value(why) : value), words(lane));
      const bool is_about = node.op == Op::about || node.op == Op::about_less || node.op == Op::about_greater;
      if (!is_about || !lane.allowed) return "";
      const Weighed& weighed = evaluation.plan().weighed.at(id);
      const Value allowed = evaluation.value(weighed.allowed, row);
      if (allowed != Value(*lane.allowed))
         return fmt::format("{}: allowed {}, oracle {}", at(id, row), words(allowed), to_text(*lane.allowed));
      const bool implausible = weighed.implausible != no_node && evaluation.value(weighed.implausible, row) == Value(true);
      if (node.op == Op::about && implausible != lane.implausible)
         return fmt::format("{}: implausible {}, oracle {}", at(id, row), implausible, lane.implausible);
      return "";
   }

   std::string of_verdicts(const Rule& rule) {
      for (std::uint32_t number = 0; number < rule.cases.size(); ++number)
         for (std::uint32_t row = 0; row < batch.frames[rule.cases[number].frame].rows; ++row) {
            const Verdict said = evaluation.verdict(rule.id, number, row), wanted = oracle.verdict(rule.cases[number], row);
            if (said != wanted)
               return fmt::format("{} case {} row {}: verdict {}, oracle {}", rule.name, number, row, static_cast<int>(said),
                                  static_cast<int>(wanted));
         }
      return "";
   }
};

// All that the results of one report consist of, without numbers that depend on the batch.
std::string signature(const Program& program, const Evaluation& evaluation, std::uint32_t report) {
   const Batch& batch = evaluation.batch();
   std::string text;
   for (NodeId id = 0; id < program.nodes.size(); ++id) {
      const Node& node = program.nodes[id];
      if (node.type.kind == Kind::row) continue;
      const auto& report_of = batch.frames[node.frame].report_of;
      const auto rows = std::equal_range(report_of.begin(), report_of.end(), report);
      for (auto row = rows.first; row != rows.second; ++row) {
         const auto number = static_cast<std::uint32_t>(row - report_of.begin());
         text += fmt::format("{}:{}\n", id, words(evaluation.value(id, number)));
         const auto weighed = evaluation.plan().weighed.find(id);
         if (weighed != evaluation.plan().weighed.end())
            text += "±" + words(evaluation.value(weighed->second.allowed, number)) + "\n";
      }
   }
   return text;
}

std::vector<std::string> signatures(const Program& program, Engine& engine, const Reports& reports, std::size_t size,
                                    bool backwards) {
   std::vector<std::size_t> order(reports.size());
   std::iota(order.begin(), order.end(), 0);
   if (backwards) std::reverse(order.begin(), order.end());
   std::vector<std::string> result(reports.size());
   BatchBuilder builder(program.schema);
   for (std::size_t first = 0; first < order.size(); first += size) {
      const std::size_t last = std::min(order.size(), first + size);
      builder.clear();
      for (std::size_t i = first; i < last; ++i) pour(reports[order[i]], builder);
      const Evaluation evaluation = engine.run(builder.finish());
      for (std::size_t i = first; i < last; ++i)
         result[order[i]] = signature(program, evaluation, static_cast<std::uint32_t>(i - first));
   }
   return result;
}

std::array<std::uint64_t, 4> judged(const Program& program, oracle::Oracle& oracle, std::uint32_t report) {
   std::array<std::uint64_t, 4> counts{};
   for (const Rule& rule : program.rules)
      for (const Case& one : rule.cases)
         for (const oracle::Judged& judged : oracle.judged(one, report)) ++counts[static_cast<std::size_t>(judged.verdict)];
   return counts;
}

// The first line that differs.
std::string first_difference(const std::string& a, const std::string& b) {
   const auto ends = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
   const auto line = [](const std::string& text, std::string::const_iterator at) {
      const auto offset = static_cast<std::size_t>(at - text.begin());
      const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
      return text.substr(begin, text.find('\n', offset) - begin);
   };
   return line(a, ends.first) + " / " + line(b, ends.second);
}

}  // namespace

std::string difference(const Program& program, const Reports& reports) {
   BatchBuilder builder(program.schema);
   fill(reports, builder);
   const Batch& batch = builder.finish();
   const Plan planned = plan(program);
   Engine engine(planned);
   const Evaluation evaluation = engine.run(batch);
   oracle::Oracle oracle(program, batch);
   Compared compared{program, evaluation, oracle, batch};
   for (NodeId id = 0; id < program.nodes.size(); ++id)
      for (std::uint32_t row = 0; row < batch.frames[program.nodes[id].frame].rows; ++row)
         if (std::string text = compared.of_node(id, row); !text.empty()) return text;
   for (const Rule& rule : program.rules)
      if (std::string text = compared.of_verdicts(rule); !text.empty()) return text;
   return "";
}

std::string difference_of_batches(const Program& program, const Reports& reports) {
   const Plan planned = plan(program);
   Engine engine(planned);
   const auto all = signatures(program, engine, reports, reports.size(), false);
   for (const auto& [size, backwards] : {std::pair<std::size_t, bool>{1, false}, {7, false}, {3, true}}) {
      const auto parts = signatures(program, engine, reports, size, backwards);
      for (std::size_t i = 0; i < reports.size(); ++i)
         if (parts[i] != all[i])
            return fmt::format("report {} in batches of {}{}: {}", i, size, backwards ? ", backwards" : "",
                               first_difference(parts[i], all[i]));
   }
   return "";
}

std::string difference_of_counts(const Program& program, const Reports& reports) {
   BatchBuilder builder(program.schema);
   fill(reports, builder);
   const Batch& batch = builder.finish();
   const Plan planned = plan(program);
   Engine engine(planned);
   const Evaluation evaluation = engine.run(batch);
   oracle::Oracle oracle(program, batch);
   for (std::uint32_t report = 0; report < batch.reports; ++report) {
      const std::array<std::uint64_t, 4> wanted = judged(program, oracle, report);
      const Summary said = result_of(evaluation, report, Detail{}).summary;
      const std::array<std::uint64_t, 4> counts = {said.holds, said.fails, said.cannot_tell, said.does_not_apply};
      if (counts != wanted)
         return fmt::format("report {}: {} hold, {} fail, {} cannot tell, {} do not apply; oracle {}, {}, {}, {}", report,
                            counts[0], counts[1], counts[2], counts[3], wanted[0], wanted[1], wanted[2], wanted[3]);
   }
   return "";
}

std::array<std::uint64_t, 4> verdicts(const Program& program, const Reports& reports) {
   BatchBuilder builder(program.schema);
   fill(reports, builder);
   const Batch& batch = builder.finish();
   oracle::Oracle oracle(program, batch);
   std::array<std::uint64_t, 4> sum{};
   for (std::uint32_t report = 0; report < batch.reports; ++report) {
      const auto counts = judged(program, oracle, report);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += counts[i];
   }
   return sum;
}

}  // namespace heng::agree

// Engine and oracle agree, value by value, on programs and reports made at random. HENG_SEEDS=n for longer runs, HENG_SEED=n for
// one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <numeric>

#include "tests/agree/compile.hpp"
#include "tests/agree/nodes.hpp"
#include "tests/agree/oracle.hpp"
#include "tests/agree/trial.hpp"

namespace heng::agree {
namespace {

std::vector<std::uint64_t> seeds(int usual) {
   if (const char* one = std::getenv("HENG_SEED")) return {std::strtoull(one, nullptr, 10)};
   const char* many = std::getenv("HENG_SEEDS");
   std::vector<std::uint64_t> result(many ? std::strtoull(many, nullptr, 10) : usual);
   for (std::size_t i = 0; i < result.size(); ++i) result[i] = i + 1;
   return result;
}

// Mild, hostile, and mostly there, so that the arithmetic itself is reached.
Taste taste_of(Random& random) { return random.of({Taste{}, Taste{25, 20, 25, 20}, Taste{2, 1, 10, 85}, Taste{0, 0, 5, 95}}); }

Reports random_reports(const Schema& schema, Random& random, int most) {
   const Taste taste = taste_of(random);
   Reports reports;
   for (int i = random.between(1, most); i > 0; --i) reports.push_back(random_report(schema, random, taste));
   return reports;
}

// The first of what differs; engine and explanations must never throw.
std::string any_difference(const Program& program, const Reports& reports) {
   try {
      if (std::string text = difference(program, reports); !text.empty()) return text;
      return difference_of_batches(program, reports);
   } catch (const std::exception& problem) {
      return std::string("thrown: ") + problem.what();
   }
}

std::string show(const Schema& schema, const Reports& reports) {
   std::string text;
   for (const RowData& report : reports) text += to_json(schema, report) + "\n";
   return text;
}

// ---- of nodes -------------------------------------------------------------------------------------------------------------

std::string nodes_until(const Program& program, NodeId last) {
   std::string text;
   for (NodeId id = 0; id <= last && id < program.nodes.size(); ++id) {
      const Node& node = program.nodes[id];
      text += "  " + std::to_string(id) + ": operation " + std::to_string(static_cast<int>(node.op)) + " in frame " +
              std::to_string(node.frame);
      for (const NodeId input : node.in) text += " " + std::to_string(input);
      if (node.op == Op::constant) text += " " + heng::show(node.value, node.type, false);
      if (node.field != no_field) text += " " + program.schema.fields[node.field].name;
      if (node.number != 0) text += " number " + std::to_string(node.number);
      if (node.children) text += " children";
      text += "\n";
   }
   return text;
}

TEST(Agree, Nodes) {
   for (const std::uint64_t seed : seeds(150)) {
      Random random(seed);
      const Program program = random_nodes(random, random.between(20, 120));
      Reports reports = random_reports(program.schema, random, 9);
      std::string text = any_difference(program, reports);
      if (text.empty()) continue;
      shrink<RowData>(reports, [&] { return !reports.empty() && !any_difference(program, reports).empty(); });
      text = any_difference(program, reports);
      NodeId last = static_cast<NodeId>(program.nodes.size());
      if (text.rfind("node ", 0) == 0) last = static_cast<NodeId>(std::atoi(text.c_str() + 5));
      FAIL() << "seed " << seed << "\n" << text << "\n" << nodes_until(program, last) << show(program.schema, reports);
   }
}

// ---- of text --------------------------------------------------------------------------------------------------------------

std::string difference_of_text(const ProgramText& text, const Reports& reports) {
   const auto compiled = compile(text);
   if (!compiled->ok || reports.empty()) return "";
   if (std::string found = any_difference(compiled->program, reports); !found.empty()) return found;
   return difference_of_counts(compiled->program, reports);
}

// Few rules may be refused, or the generator tests nothing.
TEST(Agree, Texts) {
   std::size_t written = 0, refused = 0;
   std::array<std::uint64_t, 4> reached{};
   std::vector<std::string> said;
   for (const std::uint64_t seed : seeds(150)) {
      Random random(seed);
      ProgramText text = random_program(random, random.between(3, 14));
      written += text.rules.size();
      for (std::string& one : drop_refused(text)) said.push_back(std::move(one));
      refused += said.size() - refused;
      const auto compiled = compile(text);
      Reports reports = random_reports(compiled->program.schema, random, 9);
      const auto counts = verdicts(compiled->program, reports);
      for (std::size_t i = 0; i < reached.size(); ++i) reached[i] += counts[i];
      if (difference_of_text(text, reports).empty()) continue;
      const auto differs = [&] { return !difference_of_text(text, reports).empty(); };
      shrink<std::string>(text.rules, differs);
      shrink<RowData>(reports, differs);
      FAIL() << "seed " << seed << "\n"
             << difference_of_text(text, reports) << "\n"
             << text.forms << "\n"
             << text.text() << "\n"
             << show(compiled->program.schema, reports);
   }
   if (std::getenv("HENG_REFUSED"))
      for (const std::string& one : said) std::cout << one << "\n";
   for (const std::uint64_t count : reached)
      EXPECT_GT(count * 20, std::accumulate(reached.begin(), reached.end(), std::uint64_t{0}));
   std::cout << written << " rules: " << reached[0] << " verdicts hold, " << reached[1] << " fail, " << reached[2]
             << " cannot tell, " << reached[3] << " do not apply\n";
   EXPECT_LT(refused * 5, written) << refused << " of " << written << " rules were refused, such as\n"
                                   << (said.empty() ? std::string() : said.front());
}

}  // namespace
}  // namespace heng::agree

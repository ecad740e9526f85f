// What is called impossible never happens: conditions by chance, judged in reports of every combination of a few figures.
#include "interpreter/check/possible.hpp"

#include <random>

#include "tests/interpreter/weighing.hpp"

namespace heng {
namespace {

using checking::false_is;
using checking::Possible;
using checking::true_is;

class Conditions {
 public:
   explicit Conditions(unsigned seed) : random_(seed) {}

   std::string condition(int depth) {
      switch (depth > 0 ? pick(9) : 9) {
         case 0:
         case 1:
         case 2: return "(" + condition(depth - 1) + " 并且 " + condition(depth - 1) + ")";
         case 3:
         case 4: return "(" + condition(depth - 1) + " 或者 " + condition(depth - 1) + ")";
         case 5: return "不满足 (" + condition(depth - 1) + ")";
         case 6: return "(如 " + condition(depth - 1) + " 则 " + condition(depth - 1) + " 否则 " + condition(depth - 1) + ")";
         case 7: return "((" + condition(depth - 1) + ") 当且仅当 (" + condition(depth - 1) + "))";
         default: return leaf();
      }
   }

 private:
   unsigned pick(unsigned of) { return static_cast<unsigned>(random_() % of); }
   std::string figure(int depth) {
      switch (depth > 0 ? pick(10) : 9) {
         case 0: return "(" + figure(depth - 1) + " + " + figure(depth - 1) + ")";
         case 1: return "(" + figure(depth - 1) + " - " + figure(depth - 1) + ")";
         case 2: return "绝对值(" + figure(depth - 1) + ")";
         case 3: return "最小值(" + figure(depth - 1) + ", " + figure(depth - 1) + ")";
         case 4: return "最大值(" + figure(depth - 1) + ", " + figure(depth - 1) + ")";
         case 5: return "(" + figure(depth - 1) + " * " + std::to_string(1 + pick(3)) + ")";
         case 6: return "(如 " + leaf() + " 则 " + figure(depth - 1) + " 否则 " + figure(depth - 1) + ")";
         case 7: return "(" + figure(depth - 1) + " 未填按 " + std::to_string(pick(3)) + "元)";
         case 8: return "四舍五入(" + figure(depth - 1) + " / " + std::to_string(1 + pick(3)) + ", 0)";
         default: return pick(4) == 0 ? std::to_string(pick(4)) + "元" : pick(2) == 0 ? "甲" : "乙";
      }
   }
   std::string leaf() {
      static const char* const signs[] = {" > ", " >= ", " < ", " <= ", " = ", " ≠ "};
      switch (pick(8)) {
         case 0: return "是非";
         case 1: return pick(2) == 0 ? "甲 未填" : "乙 已填";
         case 2: return "数 * " + std::to_string(pick(3)) + signs[pick(6)] + std::to_string(pick(4));
         case 3: return "甲 / 乙" + std::string(signs[pick(6)]) + std::to_string(pick(3));
         default: return figure(2) + signs[pick(6)] + figure(pick(2) == 0 ? 0 : 1);
      }
   }
   std::mt19937 random_;
};

TEST(Possible, WhatIsCalledImpossibleNeverHappens) {
   constexpr unsigned rules = 150;
   std::size_t proven = 0, settled = 0;
   for (unsigned seed = 1; seed <= 4; ++seed) {
      Conditions conditions(seed);
      std::string text;
      std::vector<std::string> written;
      for (unsigned i = 0; i < rules; ++i) {
         written.push_back(conditions.condition(i % 3 == 0 ? 1 : 2));
         text += "审核 第" + std::to_string(i) + "条 : " + written.back() + "\n";
      }
      testing_tools::Weighing weighing(text);
      std::uint32_t reports = 0;
      for (const char* a : {"", "-2", "0", "1", "3"})
         for (const char* b : {"", "-1", "0", "1", "2.5"})
            for (const char* number : {"", "0", "1"})
               for (const char* yes : {"", "是", "否"}) {
                  testing_tools::Cells cells;
                  for (const auto& [name, value] :
                       {std::pair("甲", a), std::pair("乙", b), std::pair("数", number), std::pair("是非", yes)})
                     cells.emplace_back(name, value);
                  weighing.report(cells);
                  ++reports;
               }
      const Evaluation run = weighing.run();
      Possible possible(weighing.the_plan().program);
      std::vector<NodeId> nodes;
      std::vector<std::vector<Verdict>> verdicts;
      for (unsigned i = 0; i < rules; ++i) {
         const std::string name = "第" + std::to_string(i) + "条";
         nodes.push_back(weighing.rule(name).cases.front().condition);
         verdicts.emplace_back();
         for (std::uint32_t report = 0; report < reports; ++report)
            verdicts.back().push_back(weighing.verdict(run, name, report));
      }
      const auto happens = [&](unsigned i, Verdict one, unsigned j, Verdict other) {
         for (std::uint32_t report = 0; report < reports; ++report)
            if (verdicts[i][report] == one && verdicts[j][report] == other) return true;
         return false;
      };
      for (unsigned i = 0; i < rules; ++i)
         for (const unsigned j : {i, (i + 1) % rules, (i + 7) % rules})
            for (const bool yes : {true, false})
               for (const bool also : {true, false}) {
                  if (i == j && yes != also) continue;
                  const bool may_be = possible.may_be(
                      {yes ? true_is(nodes[i]) : false_is(nodes[i]), also ? true_is(nodes[j]) : false_is(nodes[j])});
                  const bool seen = happens(i, yes ? Verdict::holds : Verdict::fails, j, also ? Verdict::holds : Verdict::fails);
                  EXPECT_TRUE(may_be || !seen)
                      << (yes ? "" : "not ") << written[i] << "\nand " << (also ? "" : "not ") << written[j];
                  proven += may_be ? 0 : 1;
                  settled += seen ? 0 : 1;
               }
   }
   EXPECT_GT(proven, 500u);         // it does find something
   EXPECT_GT(proven * 3, settled);  // and a good part of what does not happen here; the rest happens in other reports
}

}  // namespace
}  // namespace heng

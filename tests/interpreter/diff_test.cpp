// What differs between two versions of rules: each edit once, nothing that is only written otherwise.
#include "interpreter/compare/diff.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"

namespace heng {
namespace {

struct Rules {
   Sources sources;
   std::deque<tree::File> files;

   void add(const std::string& name, const std::string& text) {
      const std::uint32_t number = sources.add(name, text);
      Outcome<tree::File> parsed = parse(sources, number);
      for (const Diagnostic& one : parsed.diagnostics) ADD_FAILURE() << sources.where(one.span) << " " << one.message.en;
      files.push_back(std::move(parsed.value));
   }
   explicit Rules(const std::vector<std::string>& texts) {
      for (const std::string& text : texts) add("text" + std::to_string(files.size()) + ".heng", text);
   }
   Selection at(int year, const std::string& place = "") const {
      std::vector<const tree::File*> all;
      for (const tree::File& file : files) all.push_back(&file);
      Outcome<Selection> selected = select(all, year, place);
      for (const Diagnostic& one : selected.diagnostics) ADD_FAILURE() << sources.where(one.span) << " " << one.message.en;
      return std::move(selected.value);
   }
};

std::string told(const std::vector<SetDifference>& sets) {
   std::string text;
   for (const SetDifference& set : sets) {
      if (set.one_sided()) text += (set.was.empty() ? "+ " + set.now : "- " + set.was) + "\n";
      for (const Difference& one : set.all) {
         text += one.what == Difference::What::added ? "+ " : one.what == Difference::What::removed ? "- " : "~ ";
         text += one.path + (one.clause.empty() ? "" : " " + one.clause) + ": " + one.was + " -> " + one.now;
         text += one.only_words ? " (words)\n" : "\n";
      }
   }
   return text;
}

std::string between(const std::string& was, const std::string& now, int was_year = 2024, int now_year = 2024) {
   const Rules a({was}), b({now});
   const Selection old_ones = a.at(was_year), new_ones = b.at(now_year);
   return told(diff({old_ones, was_year}, {new_ones, now_year}, true));
}

std::string set_of(const std::string& declarations) { return "规则集 甲 2024 {\n" + declarations + "\n}\n"; }

TEST(Diff, EachKindOfClauseOnce) {
   EXPECT_EQ(between(set_of("审核 一 \"旧\" 依据 \"办法\" : 甲 <= 1元"),
                     set_of("审核 一 \"新\" 依据 \"办法\" 审核类型 核实 : 甲 < 1元")),
             "~ 一 标题: 旧 -> 新 (words)\n~ 一 审核类型: 错误（没有写） -> 核实\n~ 一 算式: 甲 <= 1元 -> 甲 < 1元\n");
   EXPECT_EQ(between(set_of("评分 总 满分 10 { 评分 分 满分 6 : 满分   评分 别 满分 4 : 满分 }"),
                     set_of("评分 总 满分 10 { 评分 分 满分 5 : 满分   评分 别 满分 5 : 满分 }")),
             "~ 总.分 满分: 6 -> 5\n~ 总.别 满分: 4 -> 5\n");
   EXPECT_EQ(between(set_of("评分 总 满分 10 : 5分\n分档 级 按 总 { [9, 10] : 优   [6, 9) : 良   [0, 6) : 差 }"),
                     set_of("评分 总 满分 10 : 5分\n分档 级 按 总 { [8, 10] : 优   [6, 8) : 良   [0, 6) : 差 }")),
             "~ 级 优: [9, 10] -> [8, 10]\n~ 级 良: [6, 9) -> [6, 8)\n");
}

// What is not written is what it counts as: of the whole check, or of all rules.
TEST(Diff, ASeverityThatIsNotWritten) {
   const std::string was = "审核 一 审核类型 提示 { \"甲\" : 甲 = 1元   \"乙\" : 乙 = 1元 }\n审核 二 审核类型 错误 : 甲 = 2元",
                     now = "审核 一 审核类型 提示 { \"甲\" 审核类型 核实 : 甲 = 1元   \"乙\" : 乙 = 1元 }\n审核 二 : 甲 = 2元";
   EXPECT_EQ(between("规则集 甲 2024 审核类型 核实\n" + was, "规则集 甲 2024 审核类型 核实\n" + now),
             "~ 一.甲 审核类型: 提示（没有写） -> 核实\n~ 二 审核类型: 错误 -> 核实（没有写）\n");
   EXPECT_EQ(between(set_of("审核 一 : 甲 = 1元"), "规则集 甲 2024 审核类型 核实\n审核 一 : 甲 = 1元"),
             "+ 甲 审核类型:  -> 核实\n");
}

TEST(Diff, CasesByTitleWhereverTheyStand) {
   EXPECT_EQ(between(set_of("审核 一 { \"甲\" : 甲 = 1元   \"乙\" : 乙 = 1元 }"),
                     set_of("审核 一 { \"乙\" : 乙 = 2元   \"甲\" : 甲 = 1元 }")),
             "~ 一.乙 算式: 乙 = 1元 -> 乙 = 2元\n");
}

TEST(Diff, ARuleThatCameOrWentIsOne) {
   EXPECT_EQ(between(set_of("审核 一 : 甲 = 1元\n审核 二 : 甲 = 2元"),
                     set_of("审核 二 : 甲 = 2元\n评分 总 满分 10 { 评分 分 满分 10 : 满分 }")),
             "- 一: 算式 : 甲 = 1元 -> \n+ 总:  -> 满分 : 10\n分\n  满分 : 10\n  算式 : 满分\n");
}

TEST(Diff, AnArmInFrontMovesNoOther) {
   const auto score = [](const std::string& arms) { return set_of("评分 总 满分 10 { " + arms + " }"); };
   EXPECT_EQ(between(score("当 甲 > 1元 : 1分\n当 甲 > 2元 : 2分\n否则 : 3分"),
                     score("当 甲 > 0元 : 4分\n当 甲 > 1元 : 1分\n当 甲 > 2元 : 2分\n否则 : 3分")),
             "+ 总 当 1:  -> 当 甲 > 0元 : 4分\n");
   EXPECT_EQ(between(score("当 甲 > 1元 : 1分\n当 甲 > 2元 : 2分\n否则 : 3分"),
                     score("当 甲 > 1元 : 1分\n当 甲 > 2元 : 5分\n否则 : 3分")),
             "~ 总 当 2: 当 甲 > 2元 : 2分 -> 当 甲 > 2元 : 5分\n");
   // The first that holds counts.
   EXPECT_NE(between(score("当 甲 > 1元 : 1分\n当 甲 > 2元 : 2分\n否则 : 3分"),
                     score("当 甲 > 2元 : 2分\n当 甲 > 1元 : 1分\n否则 : 3分")),
             "");
}

TEST(Diff, ParametersByTheYear) {
   const auto of = [](const std::string& years) { return set_of("参数 线 : 百分比 { " + years + " }"); };
   EXPECT_EQ(between(of("2023.. : 80%"), of("2023 : 80%   2024.. : 80%")), "");
   EXPECT_EQ(between(of("2023.. : 80%"), of("2023 : 80%   2024.. : 90%")), "~ 线 2024..: 80% -> 90%\n");
   EXPECT_EQ(between(of("2023.. : 80%"), of("2023 : 70%   2024.. : 90%")), "~ 线 2023: 80% -> 70%\n~ 线 2024..: 80% -> 90%\n");
   EXPECT_EQ(between(of("2023.. : 80%"), of("2023..2025 : 80%   2026.. : 90%")), "~ 线 2026..: 80% -> 90%\n");
   // The rules stay, the year goes on.
   const Rules rules({"规则集 甲 2024 { 参数 线 : 百分比 { 2024 : 80%   2025.. : 90% } }", "规则集 甲 2025 沿用 甲 2024 { }"});
   const Selection was = rules.at(2024), now = rules.at(2025);
   EXPECT_EQ(told(diff({was, 2024}, {now, 2025}, true)), "~ 线 2024 → 2025: 80% -> 90%\n");
}

TEST(Diff, SetsOnOneSide) {
   EXPECT_EQ(between("规则集 甲 2024 { 审核 一 : 甲 = 1元 }\n",
                     "规则集 甲 2024 { 审核 一 : 甲 = 1元 }\n规则集 乙 2024 { 审核 二 : 甲 = 1元 }\n"),
             "+ 乙 2024\n");
}

// ---- the shipped rules

std::string text_of(const std::filesystem::path& path) {
   std::ifstream file(path);
   std::stringstream text;
   text << file.rdbuf();
   return text.str();
}

std::vector<std::filesystem::path> shipped() {
   std::vector<std::filesystem::path> all;
   for (const auto& one : std::filesystem::recursive_directory_iterator("rules"))
      if (one.path().extension() == ".heng") all.push_back(one.path());
   std::sort(all.begin(), all.end());
   return all;
}

TEST(Diff, EveryEditOfAnOverlayOnce) {
   Rules rules({});
   for (const auto& path : shipped()) rules.add(path.string(), text_of(path));
   const Selection was = rules.at(2024), now = rules.at(2025);
   const std::vector<SetDifference> sets = diff({was, 2024}, {now, 2025}, true);
   const auto set =
       std::find_if(sets.begin(), sets.end(), [](const SetDifference& one) { return one.name == "项目支出绩效自评"; });
   ASSERT_NE(set, sets.end());
   std::vector<std::string> clauses;
   for (const Difference& one : set->all) clauses.push_back(one.path + (one.clause.empty() ? "" : " " + one.clause));
   const std::vector<std::string> edits{
       "项目支出绩效自评 依据", "汇总表.等级 算式", "指标得分 标题", "指标得分 依据", "指标得分 当 2",
       "指标得分 当 3",         "评价等级 标题",    "评价等级 优",   "评价等级 良",   "评价等级 中",
       "须说明偏差 标题",       "须说明偏差 算式",  "偏差说明 标题", "执行率说明",
   };
   EXPECT_EQ(clauses, edits);
   EXPECT_EQ(std::set<std::string>(clauses.begin(), clauses.end()).size(), clauses.size());
   // Each change that the overlay writes is met, and nothing else differs.
   const Merged* merged = nullptr;
   for (const tree::Module* one : now.sets)
      if (one->name.text == set->name) merged = now.merged_of(*one);
   ASSERT_TRUE(merged);
   std::set<std::string> changed{set->name}, met;
   for (const Changed& one : merged->changed)
      if (one.layer->year == 2025) changed.insert(one.path);
   for (const Difference& one : set->all) met.insert(one.path);
   EXPECT_EQ(met, changed);
}

TEST(Diff, WrittenOtherwiseIsTheSame) {
   Rules as_they_are({}), formatted({}), in_english({}), turned({});
   for (const auto& path : shipped()) {
      const std::string text = text_of(path);
      as_they_are.add(path.string(), text);
      std::string spread = "# 说明\n";  // every line with a comment behind it, and blanks in front
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);)
         spread += line.find('"') == std::string::npos ? "    " + line + "   # 说明\n" : line + "\n";
      formatted.add(path.string(), spread);
      in_english.add(path.string(), print(as_they_are.sources, as_they_are.files.back(), false));
      // Declarations in the opposite order.
      turned.add(path.string(), text);
      for (tree::Module& module : turned.files.back().modules)
         std::reverse(module.declarations.begin(), module.declarations.end());
   }
   for (const int year : {2023, 2024, 2025}) {
      const Selection was = as_they_are.at(year);
      for (const Rules* other : {&as_they_are, &formatted, &in_english, &turned}) {
         const Selection now = other->at(year);
         EXPECT_EQ(told(diff({was, year}, {now, year}, true)).substr(0, 2000), "") << year;
      }
   }
}

}  // namespace
}  // namespace heng

// Rule sets laid over each other by year and place: what comes out, where each part comes from, and what is refused.
#include "interpreter/merge/merge.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"
#include "interpreter/merge/meaning.hpp"
#include "interpreter/merge/places.hpp"

namespace heng {
namespace {

// Texts, parsed, and what is selected of them.
struct Texts {
   Sources sources;
   std::deque<tree::File> files;

   explicit Texts(const std::vector<std::string>& texts) {
      for (const std::string& text : texts) {
         const std::uint32_t number = sources.add("text" + std::to_string(files.size()) + ".heng", text);
         Outcome<tree::File> parsed = parse(sources, number);
         for (const Diagnostic& one : parsed.diagnostics) ADD_FAILURE() << sources.where(one.span) << " " << one.message.en;
         files.push_back(std::move(parsed.value));
      }
   }
   std::vector<const tree::File*> given() const {
      std::vector<const tree::File*> all;
      for (const tree::File& file : files) all.push_back(&file);
      return all;
   }
   Outcome<Selection> at(int year, const std::string& place = "") const { return select(given(), year, place); }
   std::string said(int year, const std::string& place = "") const {
      std::string text;
      for (const Diagnostic& one : at(year, place).diagnostics) {
         text += sources.where(one.span) + " " + code_name(one.code);
         for (const Note& note : one.notes) text += " " + sources.where(note.span);
         text += "\n";
      }
      return text;
   }
   // The clauses of the only set: 评分 总分 满分 : 10 @ text0.heng:3:1
   std::string meaning(int year, const std::string& place = "", bool origins = false) const {
      const Outcome<Selection> selected = at(year, place);
      if (!selected.ok() || selected.value.sets.size() != 1) return said(year, place);
      std::string text;
      for (const Meaning& one : meanings(selected.value, *selected.value.sets.front())) {
         if (one.word == Word::ruleset) continue;
         for (const ClauseMeaning& clause : one.clauses) {
            text += one.path + " " + clause.name + " : " + clause.text;
            if (origins) text += " @ " + sources.where(clause.origin);
            text += "\n";
         }
      }
      return text;
   }
};

const char* base = "规则集 甲 2023 {\n  参数 线 : 分数 { 2023.. : 1分 }\n  审核 一 : 线 > 0分\n}\n";

TEST(Merge, ChainsYearsFromTheOldest) {
   const Texts texts({base, "规则集 甲 2024 沿用 甲 2023 { 改 参数 线 { 2024 : 2分 } }",
                      "规则集 甲 2025 沿用 甲 2024 { 改 参数 线 { 2025.. : 3分 }   增设 审核 二 : 1 = 1 }"});
   EXPECT_EQ(texts.meaning(2023), "线 类型 : 分数\n线 2023.. : 1分\n一 算式 : 线 > 0分\n");
   EXPECT_EQ(texts.meaning(2024), "线 类型 : 分数\n线 2023 : 1分\n线 2024 : 2分\n线 2025.. : 1分\n一 算式 : 线 > 0分\n");
   EXPECT_EQ(texts.meaning(2025),
             "线 类型 : 分数\n线 2023 : 1分\n线 2024 : 2分\n线 2025.. : 3分\n一 算式 : 线 > 0分\n二 算式 : 1 = 1\n");
   EXPECT_EQ(texts.said(2026), "text0.heng:1:1 E405\n");
}

TEST(Merge, PlacesLieOverYearsWidestFirst) {
   const std::string province = "规则集 甲 2024 适用地区 某省 沿用 甲 2024 { 改 审核 一 : 线 > 2分   增设 审核 三 : 1 = 1 }";
   const std::string city = "规则集 甲 2024 适用地区 某市 沿用 甲 2024 { 改 审核 一 : 线 > 3分 }";
   const Texts texts({base, "规则集 甲 2024 沿用 甲 2023 { 改 审核 一 : 线 > 1分 }", city, province,
                      "行政区划 { 某省 : 某市, 别市   某市 : 某区 }"});
   const auto line = [&](const std::string& place) {
      const std::string all = texts.meaning(2024, place);
      return all.substr(all.find("一 "));
   };
   EXPECT_EQ(line(""), "一 算式 : 线 > 1分\n");
   EXPECT_EQ(line("外省"), "一 算式 : 线 > 1分\n");
   EXPECT_EQ(line("别市"), "一 算式 : 线 > 2分\n三 算式 : 1 = 1\n");
   EXPECT_EQ(line("某市"), "一 算式 : 线 > 3分\n三 算式 : 1 = 1\n");
   EXPECT_EQ(line("某省某市某区"), "一 算式 : 线 > 3分\n三 算式 : 1 = 1\n");
   EXPECT_EQ(place_with_rules({texts.given(), {}}, "某区"), "某市");
   EXPECT_EQ(place_with_rules({texts.given(), {}}, "外省"), "");
   const Outcome<Selection> selected = texts.at(2024, "某区");
   EXPECT_EQ(selected.value.files_of(*selected.value.sets.front()), (std::vector<std::uint32_t>{0, 1, 3, 2, 4}));
   EXPECT_EQ(selected.value.not_run.size(), 0u);  // the base of 2023 took part
}

TEST(Merge, WithoutPlacesOnlyTheVeryPlaceCounts) {
   const Texts texts({base, "规则集 甲 2023 适用地区 某省 沿用 甲 2023 { 取消 审核 一   取消 参数 线 }"});
   EXPECT_EQ(texts.meaning(2023, "某省"), "");
   EXPECT_NE(texts.meaning(2023, "某省某市"), "");
}

TEST(Merge, SaysWhichOfSeveralPlacesIsMeant) {
   const Texts texts(
       {base,
        "行政区划 { 甲市 : 鼓楼区   乙市 : 鼓楼区 }\n规则集 甲 2023 适用地区 甲市鼓楼区 沿用 甲 2023 { 取消 审核 一 "
        "  取消 参数 线 }"});
   EXPECT_EQ(texts.meaning(2023, "甲市鼓楼区"), "");
   EXPECT_NE(texts.meaning(2023, "乙市鼓楼区"), "");
   EXPECT_EQ(texts.said(2023, "鼓楼区"), "text0.heng:1:1 E405\n");
}

TEST(Merge, APlaceIsNotLeftOutInSilence) {
   const std::string city = "规则集 甲 2023 适用地区 某市 沿用 甲 2023 { 改 审核 一 : 线 > 5分 }";
   const std::string next = "规则集 甲 2024 沿用 甲 2023 { 增设 审核 二 : 1 = 1 }";
   const Texts left_out({base, city, next});
   EXPECT_EQ(left_out.said(2023, "某市"), "");
   EXPECT_EQ(left_out.said(2024, "别市"), "");
   EXPECT_EQ(left_out.said(2024, "某市"), "text2.heng:1:1 E421 text1.heng:1:1\n");
   bool looked_at = false;  // heng check looks at it, too
   for (const YearAndPlace& one : select_all(left_out.given())) looked_at |= one.year == 2024 && one.place == "某市";
   EXPECT_TRUE(looked_at);
   const Texts carried({base, city, next, "规则集 甲 2024 适用地区 某市 沿用 甲 2023 适用地区 某市 {}"});
   EXPECT_NE(carried.meaning(2024, "某市").find("线 > 5分\n二"), std::string::npos);
   const Texts ended(
       {base, city, next, "规则集 甲 2024 适用地区 某市 沿用 甲 2024 {}", "规则集 甲 2025 沿用 甲 2024 { 取消 审核 二 }"});
   EXPECT_NE(ended.meaning(2024, "某市").find("线 > 0分\n二"), std::string::npos);
   EXPECT_EQ(ended.said(2025, "某市"), "");  // it ended in 2024
}

// Nothing is for 2024 in general: what the city writes goes on from 2023, and so does all around it, or it is said.
TEST(Merge, APlaceAroundAnotherIsNotLeftOutInSilence) {
   const std::string province =
       "行政区划 { 某省 : 某市, 别市 }\n规则集 甲 2023 适用地区 某省 沿用 甲 2023 { 改 审核 一 : 线 > 5分 }";
   const std::string city = "规则集 甲 2024 适用地区 别市 沿用 甲 2023 { 增设 审核 二 : 1 = 1 }";
   EXPECT_EQ(Texts({base, province, city}).said(2024, "别市"), "text2.heng:1:1 E421 text1.heng:2:1\n");
   const Texts renamed({base, province, "规则集 乙 2024 适用地区 别市 沿用 甲 2023 { 增设 审核 二 : 1 = 1 }"});
   EXPECT_EQ(renamed.said(2024, "别市"), "text2.heng:1:1 E421 text1.heng:2:1\n");
   // Another province's sets say nothing about which year was the last here.
   const Texts others({base, province, "规则集 甲 2024 适用地区 他省 沿用 甲 2023 { }",
                       "规则集 甲 2025 适用地区 别市 沿用 甲 2023 { 增设 审核 二 : 1 = 1 }"});
   EXPECT_EQ(others.said(2025, "别市"), "text3.heng:1:1 E421 text1.heng:2:1\n");
   // Both ways that the message names.
   const Texts carried({base, province, city, "规则集 甲 2024 适用地区 某省 沿用 甲 2023 适用地区 某省 { }"});
   EXPECT_NE(carried.meaning(2024, "别市").find("线 > 5分\n二"), std::string::npos) << carried.meaning(2024, "别市");
   const Texts ended({base, province, city, "规则集 甲 2024 适用地区 某省 沿用 甲 2023 { }"});
   EXPECT_NE(ended.meaning(2024, "别市").find("线 > 0分\n二"), std::string::npos) << ended.meaning(2024, "别市");
   const Outcome<Selection> selected = Texts({base, province, city}).at(2024, "别市");
   EXPECT_NE(selected.diagnostics.front().help->zh.find("不要了的写：规则集 甲 2024 适用地区 某省 沿用 甲 2023 { }"),
             std::string::npos)
       << selected.diagnostics.front().help->zh;
}

// It is the line that goes on from a place's earlier year that is at fault, not what it goes on from.
TEST(Merge, AnEarlierYearOfAPlaceAroundIsExtendedByThatPlaceAlone) {
   const std::string province =
       "行政区划 { 某省 : 某市, 别市 }\n规则集 甲 2023 适用地区 某省 沿用 甲 2023 { 改 审核 一 : 线 > 5分 }";
   const Texts city({base, province, "规则集 甲 2024 适用地区 别市 沿用 甲 2023 适用地区 某省 { }"});
   EXPECT_EQ(city.said(2024, "别市"), "text2.heng:1:1 E421 text1.heng:2:1\n");
   const Texts carried({base, province,
                        "规则集 甲 2023 适用地区 别市 沿用 甲 2023 适用地区 某省 { 取消 审核 一 }\n"
                        "规则集 甲 2024 适用地区 别市 沿用 甲 2023 适用地区 别市 { }"});
   EXPECT_EQ(carried.said(2023, "别市"), "");
   EXPECT_EQ(carried.said(2024, "别市"), "text2.heng:2:1 E421 text1.heng:2:1\n");
   const Texts renamed({base, province, "规则集 乙 2023 适用地区 别市 沿用 甲 2023 适用地区 某省 { }"});
   EXPECT_EQ(renamed.said(2023, "别市"), "text2.heng:1:20 E214\n");
}

// A tolerance may be amended without naming the case that holds it.
TEST(Merge, AToleranceComesFromWhereItWasAmended) {
   const Texts texts(
       {"规则集 甲 2023 {\n审核 一 {\n\"前\" : 1分 > 0分\n\"后\" : 1分 = 1分 允许误差 0.1分\n}\n"
        "审核 二 : 1分 = 1分 允许误差 0.1分\n要求 三 : 1分 = 1分 允许误差 0.1分 }",
        "规则集 甲 2024 沿用 甲 2023 {\n改 审核 一 { 允许误差 0.2分 }\n改 审核 二 { 允许误差 0.2分 }\n"
        "改 要求 三 { 允许误差 0.2分 }\n}"});
   const std::string all = texts.meaning(2024, "", true);
   EXPECT_NE(all.find("一.前 算式 : 1分 > 0分 @ text0.heng:3"), std::string::npos) << all;
   EXPECT_NE(all.find("允许误差 0.2分 @ text1.heng:2:10\n"), std::string::npos) << all;
   EXPECT_NE(all.find("允许误差 0.2分 @ text1.heng:3:10\n"), std::string::npos) << all;
   EXPECT_NE(all.find("允许误差 0.2分 @ text1.heng:4:10\n"), std::string::npos) << all;
   // The line of the case says so, not that of the whole check.
   const Outcome<Selection> selected = texts.at(2024);
   ASSERT_EQ(selected.value.merged.size(), 1u);
   const auto& first = selected.value.merged.front()->amendments.front();
   EXPECT_EQ(texts.sources.where(first.of), "text0.heng:4:1");
}

TEST(Merge, PlacesThatAreMentioned) {
   const Texts texts({base, "行政区划 { 某省 : 某市 }\n规则集 甲 2023 适用地区 他市 沿用 甲 2023 { }"});
   EXPECT_EQ(places_mentioned(texts.given(), "某省某市"), (std::vector<std::string>{"某省", "某市", "某省某市", "他市"}));
   EXPECT_EQ(places_mentioned(texts.given(), "没市"), (std::vector<std::string>{"某省", "某市", "他市"}));
}

TEST(Merge, WhatIsCarriedOverMeetsNoLaterChange) {
   const std::string city = "规则集 甲 2023 适用地区 某市 沿用 甲 2023 { 改 审核 一 { 审核类型 核实 } }";
   const std::string carried = "规则集 甲 2024 适用地区 某市 沿用 甲 2023 适用地区 某市 {}";
   const auto with = [&](const std::string& change) {
      return Texts({base, city, "规则集 甲 2024 沿用 甲 2023 { " + change + " }", carried}).said(2024, "某市");
   };
   EXPECT_EQ(with("改 审核 一 { 审核类型 提示 }"), "text1.heng:1:32 E420 text2.heng:1:24\n");
   EXPECT_EQ(with("替换 审核 一 : 1 = 1"), "text1.heng:1:32 E420 text2.heng:1:24\n");
   EXPECT_EQ(with("取消 审核 一"), "text1.heng:1:32 E420 text2.heng:1:24\n");
   EXPECT_EQ(with("改 审核 一 : 1 = 1"), "");  // another clause
}

// A place's 2023, carried over to 2024 (or 2025) where the general set changed, too.
struct CarriedOver {
   std::string of_2023, general_2024, of_2024;
   std::string said(const std::string& rest = "") const {
      const std::string rules =
          "规则集 甲 2023 {\n  参数 线 : 分数 { 2023.. : 1分 }\n  审核 一 : 线 > 0分\n  评分 分 满分 10 { 评分 子 满分 10 : 满分 "
          "}\n"
          "  分档 级 按 分 { [9, 10] : 优   [5, 9) : 中   [0, 5) : 差 }\n}\n";
      const Texts texts({rules, "规则集 甲 2023 适用地区 某市 沿用 甲 2023 { " + of_2023 + " }",
                         "规则集 甲 2024 沿用 甲 2023 { " + general_2024 + " }",
                         "规则集 甲 2024 适用地区 某市 沿用 甲 2023 适用地区 某市 { " + of_2024 + " }" + rest});
      const std::string said = texts.said(2024, "某市");
      return said.empty() ? texts.meaning(2024, "某市") : said;
   }
   bool has(const std::string& line) const { return said().find(line + "\n") != std::string::npos; }
   bool is_refused() const { return has("text1.heng:1:32 E420 text2.heng:1:24"); }
};

TEST(Merge, AParameterThatIsCarriedOverMeetsALaterValueInWhicheverForm) {
   const std::string once = "改 参数 线 = 5分", years = "改 参数 线 { 2023.. : 6分 }";
   for (const std::string& city : {once, years})
      for (const std::string& general : {once, years})
         EXPECT_TRUE((CarriedOver{city, general, ""}).is_refused()) << city << general;
   EXPECT_TRUE((CarriedOver{"改 参数 线 { 2023 : 6分 }", "改 参数 线 { 2024.. : 7分 }", ""}).has("线 2024.. : 7分"));
   // Within one set neither form comes first.
   const Texts twice({base, "规则集 甲 2024 沿用 甲 2023 { 改 参数 线 = 5分   改 参数 线 { 2024.. : 6分 } }"});
   EXPECT_EQ(twice.said(2024), "text1.heng:1:38 E213 text1.heng:1:24\n");
}

TEST(Merge, WhatIsSaidAnewSettlesWhatWasCarriedOver) {
   for (const char* city : {"改 参数 线 = 5分", "改 参数 线 { 2023.. : 6分 }"})
      for (const char* general : {"改 参数 线 = 7分", "改 参数 线 { 2024.. : 8分 }"}) {
         const auto with = [&](const std::string& anew) { return CarriedOver{city, general, anew}; };
         EXPECT_TRUE(with("改 参数 线 { 2024.. : 9分 }").has("线 2024.. : 9分")) << city << general;
         EXPECT_TRUE(with("改 参数 线 = 9分").has("线 算式 : 9分")) << city << general;
         EXPECT_TRUE(with("替换 参数 线 : 分数 { 2024.. : 9分 }").has("线 2024.. : 9分")) << city << general;
         EXPECT_TRUE(with("改 参数 线 { 2025.. : 9分 }").is_refused()) << city << general;  // and 2024?
      }
   const auto bands = [](const std::string& anew) {
      return CarriedOver{"改 分档 级 { [8, 10] : 优   [5, 8) : 中 }", "改 分档 级 { [9.5, 10] : 优   [5, 9.5) : 中 }", anew};
   };
   EXPECT_TRUE(bands("改 分档 级 { [8.5, 10] : 优   [5, 8.5) : 中 }").has("级 优 : [8.5, 10]"));
   EXPECT_TRUE(bands("改 分档 级 { [8.5, 10] : 优 }   改 分档 级 { [5, 8.5) : 中 }").has("级 中 : [5, 8.5)"));
   EXPECT_TRUE(bands("改 分档 级 { [8.5, 10] : 优 }").is_refused());
   EXPECT_TRUE(bands("替换 分档 级 按 分 { [6, 10] : 好   [0, 6) : 差 }").has("级 好 : [6, 10]"));
   EXPECT_FALSE(bands("取消 分档 级").has("级 优"));
   EXPECT_FALSE(bands("取消 分档 级").is_refused());
}

// What the place said of other clauses goes on.
TEST(Merge, OnlyWhatMetIsSaidAnew) {
   const CarriedOver made{"改 审核 一 { 依据 \"甲\"   编号 S1 }", "改 审核 一 { 依据 \"乙\" }", "改 审核 一 { 依据 \"丙\" }"};
   EXPECT_TRUE(made.has("一 依据 : 丙")) << made.said();
   EXPECT_TRUE(made.has("一 编号 : S1")) << made.said();
   // Of a replacement what changed below is said anew, and the rest stays.
   const CarriedOver whole{"替换 审核 一 : 线 > 3分", "改 审核 一 { 依据 \"乙\" }", "改 审核 一 { 依据 \"丙\" }"};
   EXPECT_TRUE(whole.has("一 算式 : 线 > 3分")) << whole.said();
   EXPECT_TRUE(whole.has("一 依据 : 丙")) << whole.said();
   EXPECT_TRUE((CarriedOver{"替换 评分 分 满分 10 { 评分 子 满分 10 : 5分 }", "改 评分 分.子 { 保留 1 }",
                            "替换 评分 分.子 满分 10 : 6分"})
                   .has("分.子 算式 : 6分"));
   // Which of the two wholes would be amended?
   EXPECT_TRUE((CarriedOver{"替换 审核 一 : 线 > 3分", "替换 审核 一 : 线 > 4分", "改 审核 一 { 编号 S1 }"}).is_refused());
   EXPECT_TRUE(
       (CarriedOver{"替换 审核 一 : 线 > 3分", "替换 审核 一 : 线 > 4分", "替换 审核 一 : 线 > 5分"}).has("一 算式 : 线 > 5分"));
   EXPECT_TRUE((CarriedOver{"取消 审核 一", "改 审核 一 : 线 > 4分", "改 审核 一 : 线 > 5分"}).has("一 算式 : 线 > 5分"));
   EXPECT_FALSE((CarriedOver{"取消 审核 一", "改 审核 一 : 线 > 4分", "取消 审核 一"}).has("一 算式 : 线 > 4分"));
}

TEST(Merge, WhatALaterYearTookAwayIsPutBackOrStaysAway) {
   const auto with = [](const std::string& anew) { return CarriedOver{"改 审核 一 { 编号 S1 }", "取消 审核 一", anew}; };
   EXPECT_TRUE(with("").is_refused());
   EXPECT_EQ(with("改 审核 一 { 编号 S1 }").said(), "text1.heng:1:32 E420 text2.heng:1:24\n");
   EXPECT_TRUE(with("替换 审核 一 : 线 > 5分").has("一 算式 : 线 > 5分"));
   EXPECT_TRUE(with("增设 审核 一 : 线 > 5分").has("一 算式 : 线 > 5分"));
   EXPECT_TRUE(with("取消 审核 一").has("线 2023.. : 1分")) << with("取消 审核 一").said();
   EXPECT_FALSE(with("取消 审核 一").has("一 算式 : 线 > 0分"));
}

TEST(Merge, WhatBothAddedIsSaidAnew) {
   const auto with = [](const std::string& anew) { return CarriedOver{"增设 审核 二 : 1 = 1", "增设 审核 二 : 2 = 2", anew}; };
   EXPECT_TRUE(with("").is_refused());
   EXPECT_TRUE(with("替换 审核 二 : 3 = 3").has("二 算式 : 3 = 3"));
   EXPECT_FALSE(with("取消 审核 二").is_refused());
}

// Only the place itself can say it for itself.
TEST(Merge, APlaceAroundDoesNotSayItAnew) {
   const Texts texts({base, "规则集 甲 2023 适用地区 某市 沿用 甲 2023 { 改 审核 一 : 线 > 3分 }",
                      "规则集 甲 2024 沿用 甲 2023 { 改 审核 一 : 线 > 4分 }",
                      "规则集 甲 2024 适用地区 某省 沿用 甲 2024 { 改 审核 一 : 线 > 5分 }",
                      "规则集 甲 2024 适用地区 某市 沿用 甲 2023 适用地区 某市 { }\n行政区划 { 某省 : 某市 }"});
   EXPECT_EQ(texts.said(2024, "某市"), "text1.heng:1:32 E420 text2.heng:1:24\n");
}

TEST(Merge, PathsLeadIntoScoresAndCases) {
   const std::string scores =
       "规则集 甲 2023 {\n  评分 总分 满分 10 {\n    评分 过程 满分 6 {\n      评分 管理 满分 6 { 评分 到位率 满分 6 : 满分 }\n  "
       "  }\n"
       "    评分 产出 满分 4 { 评分 完成率 满分 4 : 满分 }\n  }\n  审核 表 { \"左\" : 1 = 1   \"右\" : 2 = 2 }\n}\n";
   const Texts texts({scores,
                      "规则集 甲 2024 沿用 甲 2023 {\n  替换 评分 过程.到位率 满分 6 依据 \"新办法\" : 满分\n"
                      "  改 评分 完成率 { 满分 3 }\n  增设 评分 产出.及时率 满分 1 : 满分\n  替换 审核 表.右 : 3 = 3\n"
                      "  取消 审核 表.左\n}"});
   const std::string all = texts.meaning(2024, "", true);
   EXPECT_NE(all.find("总分.过程.管理.到位率 依据 : 新办法 @ text1.heng:2:6"), std::string::npos) << all;
   EXPECT_NE(all.find("总分.产出.完成率 满分 : 3 @ text1.heng:3:14"), std::string::npos) << all;
   EXPECT_NE(all.find("总分.产出.及时率 满分 : 1"), std::string::npos) << all;
   EXPECT_NE(all.find("表.右 算式 : 3 = 3"), std::string::npos) << all;
   EXPECT_EQ(all.find("表.左"), std::string::npos) << all;
   const Texts several({scores, "规则集 甲 2024 沿用 甲 2023 { 增设 评分 产出.到位率 满分 0 : 满分 }",
                        "规则集 甲 2025 沿用 甲 2024 { 改 评分 到位率 { 满分 1 } }"});
   EXPECT_EQ(several.said(2025), "text2.heng:1:24 E212 text0.heng:4:20 text1.heng:1:27\n");
}

TEST(Merge, AFieldMayHaveAnotherUnitInAPlace) {
   const Texts texts({"报表集 表 2023 { 报告 { 年度 : 年度型   地区 : 地区型   甲, 乙, 丙 : 金额型 计量 万元 保留 2 } }",
                      "报表集 表 2023 适用地区 某市 沿用 表 2023 { 改 报告 { 乙 : 金额型 计量 元 保留 0 } }",
                      "规则集 甲 2023 引用 表 2023 { 审核 一 : 甲 > 0元 }"});
   const Outcome<Selection> city = texts.at(2023, "某市"), other = texts.at(2023);
   const auto fields = [](const Selection& selection) {
      std::string text;
      for (const Meaning& one : meanings(selection, *selection.forms.front()))
         for (const ClauseMeaning& clause : one.clauses)
            if (clause.text.find("金额型") == 0) text += clause.name + " " + clause.text + "\n";
      return text;
   };
   EXPECT_EQ(fields(other.value), "甲 金额型 计量 万元 保留 2\n乙 金额型 计量 万元 保留 2\n丙 金额型 计量 万元 保留 2\n");
   EXPECT_EQ(fields(city.value), "甲 金额型 计量 万元 保留 2\n乙 金额型 计量 元 保留 0\n丙 金额型 计量 万元 保留 2\n");
}

TEST(Merge, LeavesTheTreesAsTheyWere) {
   const Texts texts({base, "规则集 甲 2024 沿用 甲 2023 {\n  改 审核 一 { 依据 \"示例\" }\n  替换 参数 线 : 分数 = 2分\n}\n"});
   const std::string before = print(texts.sources, texts.files[0]);
   const Outcome<Selection> selected = texts.at(2024);
   ASSERT_TRUE(selected.ok());
   const Selection& selection = selected.value;
   EXPECT_EQ(print(texts.sources, texts.files[0]), before);
   const tree::Module& made = *selection.sets.front();
   const Merged* merged = selection.merged_of(made);
   ASSERT_NE(merged, nullptr);
   EXPECT_EQ(merged->layers.size(), 2u);
   ASSERT_EQ(merged->changed.size(), 2u);
   EXPECT_EQ(merged->changed[1].meaning, "参数 线\n  类型 : 分数\n  2023.. : 1分\n");
   EXPECT_EQ(texts.sources.where(merged->changed[1].was), "text0.heng:2:3");
   EXPECT_FALSE(selection.is_own(made, boost::variant2::get<tree::Check>(made.declarations[1]).span));
   EXPECT_TRUE(selection.is_own(made, boost::variant2::get<tree::Parameter>(made.declarations[0]).span));
}

// Brackets, blanks, comments, widths, keyword language, the order of declarations: no part of what is meant.
TEST(Meaning, IsNotHowItIsWritten) {
   const Texts chinese(
       {"规则集 甲 2024\n审核 一 \"标题\" 依据 \"注1\" : (1 + 2) * 3.50 = 求和(甲)   # 说明\n"
        "分档 等级 按 甲 { [90, 100] : 优   [0, 90) : 良 }\n"});
   const Texts english(
       {"ruleset 甲 2024\nbands 等级 of 甲 { [0, 90) : 良   [90, 100] : 优 }\n"
        "check 一 \"标题\"\n  cite \"注1\" : ((1 + 2) * (3.5)) = sum(甲)\n"});
   const auto all = [](const Texts& texts) {
      const Outcome<Selection> selected = texts.at(2024);
      return meanings(selected.value, *selected.value.sets.front());
   };
   const std::vector<Meaning> a = all(chinese), b = all(english);
   ASSERT_EQ(a.size(), 3u);
   ASSERT_EQ(b.size(), 3u);
   EXPECT_TRUE(same_meaning(a[0], b[0]));
   EXPECT_TRUE(same_meaning(a[1], b[2])) << a[1].text() << b[2].text();
   EXPECT_TRUE(same_meaning(a[2], b[1])) << a[2].text() << b[1].text();
   EXPECT_FALSE(same_meaning(a[1], a[2]));
}

// What heng fmt prints of a merged set, read again, means the same.
TEST(Meaning, StaysWhenAMergedSetIsPrinted) {
   const Texts texts(
       {"规则集 甲 2023 依据 \"甲\" {\n  评分 总分 满分 10 {\n    评分 一 满分 6 : 满分\n    评分 二 满分 4 {\n      当 1 = 2 : "
        "3分\n"
        "      否则 : 满分\n    }\n  }\n  分档 等级 按 总分 { [9, 10] : 优   [0, 9) : 良 }\n}\n",
        "规则集 甲 2024 沿用 甲 2023 { 替换 评分 总分.一 满分 6 : 5分   改 分档 等级 { [8, 10] : 优   [0, 8) : 良 }   增设 审核 "
        "三 : 1 = 1 }"});
   const Outcome<Selection> selected = texts.at(2024);
   ASSERT_TRUE(selected.ok());
   const tree::Module& made = *selected.value.sets.front();
   std::string printed = "规则集 甲 2024 依据 \"甲\"\n";
   for (const tree::Declaration& one : made.declarations)
      for (const PrintedLine& line : print_lines(one, true)) printed += line.text + "\n";
   const Texts again({printed});
   EXPECT_EQ(again.meaning(2024), texts.meaning(2024)) << printed;
}

}  // namespace
}  // namespace heng

// Folding, UTF-8, suggestions. ICU is the oracle for what NFKC folds too.
#include "stdlib/text.hpp"

#include <gtest/gtest.h>
#ifdef HENG_WITH_ICU
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#endif

namespace heng {
namespace {

TEST(Fold, ByTable) {
   struct {
      std::string from, to;
   } const cases[] = {
       {"（ Ａ１ ）", "(A1)"},
       {"一、一般公共预算　财政拨款", "一、一般公共预算财政拨款"},
       {"⾦额", "金额"},
       {"部⻔", "部门"},
       {"⻛险", "风险"},
       {"〔2024〕【a】［b］〖c〗", "[2024][a][b][c]"},
       {"“项目”‘一’", "\"项目\"'一'"},
       {"元/人・天•次", "元/人·天·次"},
       {"2022—2023～2024−1－2", "2022-2023~2024-1-2"},
       {"１２．５％", "12.5%"},
       {"abc DEF", "abcDEF"},
       {"\u200b零\ufeff宽\u00a0", "零宽"},
       {"台（套）", "台(套)"},
       {"、。《》≤≥", "、。《》≤≥"},
       {"\xFF坏\xE9", "\xFF坏\xE9"},
       {"", ""},
   };
   for (const auto& each : cases) {
      EXPECT_EQ(fold(each.from), each.to) << each.from;
      EXPECT_EQ(fold(each.to), each.to) << "folding twice changes nothing";
   }
}

std::string utf8(char32_t c) {
   std::string text;
   if (c < 0x800) {
      text += static_cast<char>(0xC0 | (c >> 6));
   } else if (c < 0x10000) {
      text += static_cast<char>(0xE0 | (c >> 12));
      text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
   } else {
      text += static_cast<char>(0xF0 | (c >> 18));
      text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
   }
   return text + static_cast<char>(0x80 | (c & 0x3F));
}

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

TEST(Fold, TwiceIsOnce) {
   for (char32_t c = 0x80; c < 0x30000; ++c) {
      if (is_surrogate(c)) continue;
      const std::string once = fold(utf8(c));
      EXPECT_EQ(fold(once), once) << std::hex << static_cast<unsigned>(c);
   }
}

#ifdef HENG_WITH_ICU
std::string nfkc(char32_t c) {
   UErrorCode error = U_ZERO_ERROR;
   const auto* normalizer = icu::Normalizer2::getNFKCInstance(error);
   std::string result;
   normalizer->normalize(icu::UnicodeString(static_cast<UChar32>(c)), error).toUTF8String(result);
   return result;
}

void expect_nfkc(char32_t first, char32_t last) {
   for (char32_t c = first; c <= last; ++c) EXPECT_EQ(fold(utf8(c)), nfkc(c)) << std::hex << static_cast<unsigned>(c);
}

TEST(Fold, AgreesWithNfkc) {
   expect_nfkc(0x2F00, 0x2FD5);    // Kangxi radicals
   expect_nfkc(0xFF01, 0xFF5E);    // full-width ASCII
   expect_nfkc(0xF900, 0xFAFF);    // compatibility ideographs
   expect_nfkc(0x2F800, 0x2FA1D);  // and their supplement
}

TEST(Fold, LeavesIdeographsAlone) {
   for (char32_t c = 0x4E00; c <= 0x9FFF; ++c) EXPECT_EQ(fold(utf8(c)), utf8(c));
}
#endif

TEST(Utf8, IsStrict) {
   struct {
      std::string text;
      std::size_t first_bad;  // npos: valid
   } const cases[] = {
       {"", std::string::npos},
       {"衡 Heng 𠘧", std::string::npos},
       {"\xF4\x8F\xBF\xBF", std::string::npos},
       {"ab\xFF", 2},
       {"\x80", 0},
       {"衡\xE8\xA1", 3},
       {"\xC0\x80", 0},
       {"\xC1\xBF", 0},
       {"\xE0\x80\x80", 0},
       {"\xED\xA0\x80", 0},
       {"\xF0\x80\x80\x80", 0},
       {"\xF4\x90\x80\x80", 0},
       {"\xF5\x80\x80\x80", 0},
   };
   for (const auto& each : cases) {
      std::size_t first_bad = std::string::npos;
      EXPECT_EQ(is_valid_utf8(each.text, &first_bad), each.first_bad == std::string::npos);
      EXPECT_EQ(first_bad, each.first_bad);
   }
}

TEST(CodePoints, AreDecoded) {
   EXPECT_EQ(code_points("a衡𠘧"), U"a衡𠘧");
   EXPECT_EQ(code_points("a\xFF"), U"a\uFFFD");
}

TEST(Suggestions, AreCloseOnes) {
   const std::vector<std::string> names = {"本年收入合计", "本年支出合计", "基本支出", "项目支出",
                                           "全年执行数",   "执行率",       "revenue",  "round"};
   const auto first = [&](std::string_view word) {
      const auto found = suggestions(word, names);
      return found.empty() ? std::string() : found[0];
   };
   EXPECT_EQ(first("revenu"), "revenue");
   EXPECT_EQ(first("rveenue"), "revenue");
   EXPECT_EQ(first("Round"), "round");
   EXPECT_EQ(first("执行 率"), "执行率");
   EXPECT_EQ(first("执行律"), "执行率");
   EXPECT_EQ(first("全年执行"), "全年执行数");
   EXPECT_EQ(first("本年收入"), "本年收入合计");
   EXPECT_EQ(first("本年收人合计"), "本年收入合计");
   EXPECT_EQ(first("项木支出"), "项目支出");
   EXPECT_EQ(first("完全不同"), "");
   EXPECT_EQ(first("x"), "");
   EXPECT_EQ(first(""), "");
   EXPECT_EQ(suggestions("支出", names, 2).size(), 2u);
   EXPECT_EQ(suggestions("round", {"round", "round"}, 5).size(), 1u);
}

}  // namespace
}  // namespace heng

// What is printed can be read back, changes nothing the second time, and keeps every comment.
#include "grammar/print.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "tests/grammar/reading.hpp"

namespace heng {
namespace {

using namespace tree;

// ---- generated expressions ------------------------------------------------------------------------------------------------

class Generator {
 public:
   explicit Generator(std::uint32_t seed) : random_(seed) {}

   ExprPtr expression(int depth) {
      if (depth == 0) return leaf();
      switch (pick(15)) {
         case 0: return make(Unary{static_cast<UnaryOp>(pick(3)), {}, expression(depth - 1)});
         case 1:
         case 2:
         case 3: return make(Binary{static_cast<BinaryOp>(pick(7)), {}, expression(depth - 1), expression(depth - 1)});
         case 4: return comparison(depth);
         case 5: return make(If{expression(depth - 1), expression(depth - 1), expression(depth - 1)});
         case 6: return make(Otherwise{expression(depth - 1), expression(depth - 1)});
         case 7: return make(ZeroDivisorAs{expression(depth - 1), expression(depth - 1)});
         case 8: return make(IsTest{expression(depth - 1), pick(2) == 1, Is::word, {name(), name()}, {}});
         case 9: return make(IsTest{expression(depth - 1), pick(2) == 1, pick(2) ? Is::present : Is::missing, {}, {}});
         case 10:
            return make(Under{expression(depth - 1), pick(2) == 1, {expression(depth - 1), number("30201"), number("310")}});
         case 11:
            return make(Call{name(), {expression(depth - 1), expression(depth - 1)}, pick(2) ? expression(depth - 1) : nullptr});
         case 12: return make(Index{reference(depth - 1), {{expression(depth - 1), nullptr}, {leaf(), leaf()}}});
         case 13: return make(Judged{expression(depth - 1), name()});
         default: return reference(depth);
      }
   }

 private:
   int pick(int below) { return static_cast<int>(random_() % static_cast<std::uint32_t>(below)); }
   template <typename Node>
   ExprPtr make(Node node) {
      return std::make_shared<const Expr>(Expr{{}, std::move(node)});
   }
   Name name() {
      constexpr const char* names[] = {"甲", "本年收入", "x", "编号", "要求", "项目（一）", "a、b"};
      const std::string text = names[pick(7)];
      return {{}, text, text.find("（") != std::string::npos || text.find("、") != std::string::npos};
   }
   ExprPtr number(std::string digits) { return make(Number{std::move(digits), {}}); }
   ExprPtr reference(int depth) {
      if (depth <= 0 || pick(2)) return make(NameRef{name()});
      return make(Member{reference(depth - 1), name()});
   }
   ExprPtr comparison(int depth) {
      Comparison result;
      const bool chain = pick(2) == 1;
      const auto op = chain ? CompareOp::less_equal : static_cast<CompareOp>(pick(10));
      for (int i = 0; i < (chain ? 3 : 2); ++i) result.operands.push_back(expression(depth - 1));
      result.ops.assign(result.operands.size() - 1, op);
      result.op_spans.resize(result.ops.size());
      if (pick(3) == 0) result.within = expression(depth - 1);
      return make(std::move(result));
   }
   ExprPtr leaf() {
      switch (pick(7)) {
         case 0: return number("12.50");
         case 1: return make(Number{"650", "元/人·天"});
         case 2: return make(Number{"5", "%"});
         case 3: return make(Text{"“甲”乙"});
         case 4: return make(FullMarks{});
         case 5: return make(Target{TargetOp::at_most, {"3", "‰"}});
         default: return make(NameRef{name()});
      }
   }

   std::mt19937 random_;
};

TEST(Print, WhatWePrintWeCanReadBack) {
   for (std::uint32_t seed = 0; seed < 20000; ++seed) {
      const ExprPtr expr = Generator(seed).expression(1 + static_cast<int>(seed % 4));
      for (const bool chinese : {true, false}) {
         const std::string text = print(*expr, chinese);
         ASSERT_EQ(test::structure(text), show(*expr)) << text;
         ASSERT_EQ(print(*test::read_expression(text).value, chinese), text);
      }
   }
}

// ---- files ----------------------------------------------------------------------------------------------------------------

std::vector<std::string> rule_files(const std::string& folder = "rules") {
   std::vector<std::string> result;
   for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".heng") result.push_back(entry.path().string());
   return result;
}

std::vector<std::string> comments_of(const test::Read& read) {
   std::vector<std::string> result;
   for (const Comment& each : read.outcome.value.comments) result.emplace_back(read.sources.text_of(each.span));
   return result;
}

TEST(Print, RuleFilesAreReadPrintedAndTurnedOver) {
   ASSERT_FALSE(rule_files().empty());
   for (const std::string& path : rule_files()) {
      const test::Read read = test::read(test::text_of_file(path));
      EXPECT_TRUE(read.outcome.diagnostics.empty()) << path << '\n' << read.mistakes();
      const std::string once = read.print();
      const test::Read again = test::read(once);
      EXPECT_TRUE(again.outcome.diagnostics.empty()) << path << '\n' << again.mistakes();
      EXPECT_EQ(again.print(), once) << path;
      EXPECT_EQ(comments_of(again), comments_of(read)) << path;
      const std::string english = again.print(false);
      EXPECT_EQ(test::read(english).print(true), once) << path;
      EXPECT_EQ(test::read(english).print(), english) << path;
      EXPECT_EQ(test::read(english).mistakes(), "") << path;
   }
}

// A file with mistakes, or one cut short, is a tree with holes: printing it must not look into them.
TEST(Print, WhatIsReadInPartIsPrinted) {
   const std::vector<std::string> files = rule_files("tests/programs/bad");
   ASSERT_FALSE(files.empty());
   for (const std::string& path : files) {
      const std::string text = test::text_of_file(path);
      for (std::size_t parts = 4; parts > 0; --parts)
         EXPECT_NO_THROW(test::read(text.substr(0, text.size() * parts / 4)).print());
   }
}

// A sentence or a list of names in quotes alone on its line.
bool is_one_text(const std::string& line) {
   const std::size_t first = line.find_first_not_of(' ');
   return first != std::string::npos && line[first] == '"' && line.find('"', first + 1) == line.size() - 1;
}

TEST(Print, NoLineIsLongerThanItMustBe) {
   for (const std::string& path : rule_files()) {
      std::istringstream lines(test::read(test::text_of_file(path)).print());
      for (std::string line; std::getline(lines, line);) {
         if (line.find('#') != std::string::npos) continue;
         if (is_one_text(line)) continue;  // a text cannot be broken
         EXPECT_LE(display_width(line), 120u) << line;
      }
   }
}

struct Layout {
   const char *written, *printed;
};

constexpr Layout layouts[] = {
    {"审核   甲  ：a＝b", "审核 甲 : a = b\n"},
    {"check 甲 \"标题\" severity verify ref S1,S2 each 项目.指标 where a>1 : a=b message \"x\"",
     "check 甲 \"标题\" ref S1, S2 severity verify each 项目.指标 where a > 1 : a = b message \"x\"\n"},
    {"校验 甲 { “一” : a≈b “二” 编号 S2 : c <~ d }", "审核 甲 { \"一\" : a ≈ b   \"二\" 编号 S2 : c <~ d }\n"},
    {"审核 甲 编号 S1,S2,S3,A08、A09，S7..S12,S14 { “一” 逐个 表1,表二[1..3]  逐栏 : 本栏>0  “二” 逐栏 丙、丁 仅限 e : 本栏 "
     "= 本栏的倍数的倍数的倍数的倍数 }",
     "审核 甲 编号 S1..S3, A08, A09, S7..S12, S14 {\n  \"一\" 逐个 表1, 表二[1..3] 逐栏 : 本栏 > 0\n"
     "  \"二\" 逐栏 丙, 丁 仅限 e : 本栏 = 本栏的倍数的倍数的倍数的倍数\n}\n"},
    {"审核 甲 逐个 表08、表09、表10、表12 逐栏 栏1..栏3 : 本栏 > 0", "审核 甲 逐个 表08..表10, 表12 逐栏 栏1..栏3 : 本栏 > 0\n"},
    {"设 甲 : a/b 除数为0按0%", "计算 甲 : a / b 除数为0按 0%\n"},
    {"要求 甲 仅限 x : y 已填 提示语 “{y}”", "要求 甲 仅限 x : y 已填 提示语 \"{y}\"\n"},
    {"分档 甲 按 乙 { 90以上 : 优 80以上不满90 : 良 不满80 : 差 }",
     "分档 甲 按 乙 { 90以上 : 优   [80, 90) : 良   不满80 : 差 }\n"},
    {"bands 甲 of 乙 { 90 or above : 优  80 to below 90 : 良  below 80 : 差 }",
     "bands 甲 of 乙 { 90 or above : 优   [80, 90) : 良   below 80 : 差 }\n"},
    {"档次 甲 { 完成：【80％，100％】 未完成：[0%,80%） }", "档次 甲 { 完成 : [80%, 100%]   未完成 : [0%, 80%) }\n"},
    {"参数 甲 : 百分比 { 2022——2023 : 20% 2024.. : 30% }", "参数 甲 : 百分比 { 2022..2023 : 20%   2024.. : 30% }\n"},
    {"参数 甲 : 增加|减少 { 2024 : 增加 }", "参数 甲 : 增加|减少 { 2024 : 增加 }\n"},
    {"parameter 甲 : percent = 5%", "parameter 甲 : percent = 5%\n"},
    {"函数 上年数（今：金额型，变动：金额型） : 今-变动", "函数 上年数(今 : 金额型, 变动 : 金额型) : 今 - 变动\n"},
    {"评分 甲 满分10 逐个 项目 { 当 a 为 反向 : 满分 否则 : 0分 }",
     "评分 甲 满分 10 逐个 项目 { 当 a 为 反向 : 满分   否则 : 0分 }\n"},
    {"评分 甲 满分10 照录 体系.本项.得分 { 各项均分 : 有依据并且写得明白, 相适应并且说得清楚, 有论证并且按程序, "
     "有标准 }",
     "评分 甲 满分 10 照录 体系.本项.得分 { 各项均分 : 有依据并且写得明白, 相适应并且说得清楚, 有论证并且按程序, "
     "有标准 "
     "}\n"},
    {"评分 甲 满分1 : 到位率  每低于100%满1个百分点 ， 扣满分的5%",
     "评分 甲 满分 1 : 到位率 每低于100%满1个百分点，扣满分的5%\n"},
    {"score 甲 out of 1 { lose 5% of full marks for each started 1个百分点 by which 到位率 is below 线 when a  lose 5分 when b  "
     "zero when not c  75% of full marks when d  items equally : e, f }",
     "score 甲 out of 1 {\n  lose 5% of full marks for each started 1个百分点 by which 到位率 is below 线 when a\n"
     "  lose 5分 when b\n  zero when not c\n  75% of full marks when d\n  items equally : e, f\n}\n"},
    {"评分 甲 满分1 { 当 a， b 每高于0天不足1天按1天，扣5分 当 c 扣 罚分；当 d，不得分 当 e，得满分的75% 当 f { "
     "扣5分、扣满分的1/3 } 否则 { 扣1分 } }",
     "评分 甲 满分 1 {\n  当 a，b 每高于0天不足1天按1天，扣5分\n  当 c，扣 罚分\n  当 d，不得分\n  当 e，得满分的75%\n"
     "  当 f { 扣5分   扣满分的1/3 }\n  否则 { 扣1分 }\n}\n"},
    {"评分 甲 满分3 逐个 项目 乘系数 k 照录 得分 { 评分 乙 满分1 : x 每低于100%每1个百分点 计法 扣法，扣5分 "
     "评分 丙 满分2 { 各项 { a : 1/2  b 可达 100%、50% : 1/2 } } }",
     "评分 甲 满分 3 乘系数 k 照录 得分 逐个 项目 {\n  评分 乙 满分 1 : x 每低于100%每1个百分点 计法 扣法，扣5分\n"
     "  评分 丙 满分 2 { 各项 { a : 1/2   b 可达 100%, 50% : 1/2 } }\n}\n"},
    {"选项 增减 : 增加|减少", "选项 增减 : 增加 | 减少\n"},
    {"计量单位 场次、班次", "计量单位 场次, 班次\n"},
    {"审核 甲 : a = b # 末尾\n# 单独\n审核 乙 : c = d", "审核 甲 : a = b  # 末尾\n# 单独\n审核 乙 : c = d\n"},
    {"审核 甲 { # 开头\n  # 里面\n  \"一\" : a = b # 行尾\n  # 最后\n} # 之后\n",
     "审核 甲 {  # 开头\n  # 里面\n  \"一\" : a = b  # 行尾\n  # 最后\n}  # 之后\n"},
    {"审核 甲 { \"\" : a = b   \"丙\" : a = b }\n", "审核 甲 { \"\" : a = b   \"丙\" : a = b }\n"},
    {"审核 甲 :\n  a = # 中间\n  b\n\n\n\n审核 乙 : a = b\n", "审核 甲 : a = b  # 中间\n\n审核 乙 : a = b\n"},
    {"测试 \"甲\" { 已知 项目 { a : 1, b : 未填 } 应为 甲 不通过 }",
     "测试 \"甲\" {\n  已知 项目 { a : 1, b : 未填 }\n  应为 甲 不通过\n}\n"},
    {"test \"甲\" { given 公开03 { 科目 [ { 科目代码: 201 } { 科目代码: 202 } ] } expect x cannot tell }",
     "test \"甲\" {\n  given 公开03 { 科目 [ { 科目代码 : 201 } { 科目代码 : 202 } ] }\n  expect x cannot tell\n}\n"},
    {"测试 \"甲\" { 已知 上年.公开01 { 60 : 5 } 应为 x 通过 }",
     "测试 \"甲\" {\n  已知 上年 { 公开01 { 60 : 5 } }\n  应为 x 通过\n}\n"},
};

TEST(Print, LaysOut) {
   for (const Layout& each : layouts) {
      const test::Read read = test::read(each.written);
      EXPECT_EQ(read.mistakes(), "") << each.written;
      EXPECT_EQ(read.print(), each.printed);
      EXPECT_EQ(test::read(each.printed).print(), each.printed);
   }
}

TEST(Print, LongRulesAreBrokenBetweenClausesAndBeforeOperators) {
   const std::string sum =
       "本年收入合计 ≈ 一般公共预算财政拨款收入 + 政府性基金预算财政拨款收入 + 国有资本经营预算财政拨款收入 + 上级补助收入 + "
       "事业收入";
   const test::Read read = test::read("审核 收入构成 \"每行合计等于各类收入之和\" 编号 S8 逐个 公开02.科目 : " + sum);
   EXPECT_EQ(
       read.print(),
       "审核 收入构成 \"每行合计等于各类收入之和\" 编号 S8 逐个 公开02.科目 :\n"
       "  本年收入合计 ≈ 一般公共预算财政拨款收入 + 政府性基金预算财政拨款收入 + 国有资本经营预算财政拨款收入 + 上级补助收入\n"
       "    + 事业收入\n");
}

TEST(Print, WordsWithTwoSpellingsFollowTheLanguage) {
   const test::Read read = test::read("审核 甲 : 公开03.合计行.支出 ≈ 求和(公开03.支出 仅限 位级 = 3) 并且 上年.公开01[1] = 0\n");
   EXPECT_EQ(print(read.sources, read.outcome.value, false, {{"sum", "求和"}}),
             "check 甲 : 公开03.total.支出 ≈ sum(公开03.支出 where level = 3) and previous.公开01[1] = 0\n");
   const test::Read own = test::read("计算 上级 : 1\n计算 乙 : 上级 + 1\n");
   EXPECT_EQ(own.print(false), "let 上级 : 1\nlet 乙 : 上级 + 1\n");
}

}  // namespace
}  // namespace heng

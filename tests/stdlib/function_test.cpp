// The rows of functions and operators are complete, and the functions that compute here give what their examples promise.
#include "stdlib/function.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "grammar/operators.hpp"

namespace heng {
namespace {

TEST(Functions, AreCompleteRows) {
   std::set<std::string_view> names;
   for (const auto& row : functions()) {
      SCOPED_TRACE(row.en);
      EXPECT_TRUE(names.insert(row.en).second);
      EXPECT_TRUE(names.insert(row.zh).second);
      EXPECT_FALSE(row.says.zh.empty() || row.says.en.empty());
      EXPECT_FALSE(row.example.empty() || row.result.empty());
      EXPECT_EQ(row.kernel == Kernel::apply, row.apply != nullptr);
      EXPECT_NE(row.example.find(std::string(row.en) + "("), std::string_view::npos);
      EXPECT_EQ(find_function(row.en), &row);
      EXPECT_EQ(find_function(row.zh), &row);
   }
   EXPECT_EQ(find_function("合计"), nullptr);  // a word of the forms
}

TEST(Functions, SignaturesAreRead) {
   using enum SignatureWord;
   struct {
      const char* text;
      std::vector<SignatureWord> parameters;
      std::size_t required;
      bool repeats;
      SignatureWord result;
   } const cases[] = {
       {"(figure, whole?) -> same", {figure, whole}, 1, false, same},
       {"(figure...) -> same", {figure}, 1, true, same},
       {"(rows) -> number", {rows}, 1, false, number},
       {"(yes/no) -> yes/no", {yes_no}, 1, false, yes_no},
       {"(text, text) -> text", {text, text}, 2, false, text},
       {"(date, date) -> days", {SignatureWord::date, SignatureWord::date}, 2, false, SignatureWord::days},
       {"(form) -> year", {SignatureWord::form}, 1, false, SignatureWord::year},
   };
   for (const auto& each : cases) {
      SCOPED_TRACE(each.text);
      const auto read = read_signature(each.text);
      EXPECT_EQ(read.parameters, each.parameters);
      EXPECT_EQ(read.required, each.required);
      EXPECT_EQ(read.repeats, each.repeats);
      EXPECT_EQ(read.result, each.result);
   }
   for (const auto& row : functions()) EXPECT_GE(read_signature(row.signature).required, 1u) << row.en;
}

// "f("a", "b")" → a, b
std::vector<Value> arguments_of(std::string_view example) {
   std::vector<Value> texts;
   for (auto at = example.find('"'); at != example.npos; at = example.find('"', at)) {
      const auto end = example.find('"', at + 1);
      texts.emplace_back(std::string(example.substr(at + 1, end - at - 1)));
      at = end + 1;
   }
   return texts;
}

TEST(Functions, GiveWhatTheirExamplesPromise) {
   for (const auto& row : functions()) {
      if (!row.apply) continue;
      const bool days = read_signature(row.signature).result == SignatureWord::days;
      const Type type = days ? quantity_type(read_any_unit("天")) : Type{};
      EXPECT_EQ(show(row.apply(arguments_of(row.example)), type, false), row.result) << row.example;
   }
}

Value apply(std::string_view name, std::vector<Value> arguments) { return find_function(name)->apply(arguments); }

TEST(Functions, CompareTextFolded) {
   EXPECT_EQ(apply("contains", {std::string("（一） 项目"), std::string("(一)项目")}), Value(true));
   EXPECT_EQ(apply("starts_with", {std::string("其中"), std::string("其中：")}), Value(false));
   EXPECT_EQ(apply("ends_with", {std::string("a"), std::string("ba")}), Value(false));
   EXPECT_EQ(apply("without_prefix", {std::string("基本 支出"), std::string("其中")}), Value(std::string("基本 支出")));
   EXPECT_EQ(apply("length", {std::string("a 衡")}), Value(Rational(3)));
}

TEST(Functions, PassMissingOn) {
   EXPECT_EQ(apply("length", {Missing::dash}), Value(Missing::dash));
   EXPECT_EQ(apply("contains", {std::string("a"), Missing::blank}), Value(Missing::blank));
}

TEST(Operators, AreCompleteRows) {
   std::set<std::string_view> symbols;
   for (const auto& row : operators()) {
      SCOPED_TRACE(row.symbol);
      EXPECT_TRUE(symbols.insert(row.symbol).second);
      EXPECT_FALSE(row.says.zh.empty() || row.says.en.empty());
      EXPECT_EQ(row.example.empty(), row.result.empty());
      EXPECT_GT(row.strength, 0);
   }
}

TEST(Operators, BindAsInTheGrammar) {
   using grammar::Infix;
   const std::map<std::string_view, Infix> infixes = {
       {"+", Infix::add},
       {"-", Infix::subtract},
       {"×", Infix::multiply},
       {"÷", Infix::divide},
       {"and", Infix::both},
       {"or", Infix::either},
       {"exactly when", Infix::exactly_when},
       {"=", Infix::equal},
       {"≠", Infix::not_equal},
       {"<", Infix::less},
       {"≤", Infix::less_equal},
       {">", Infix::greater},
       {"≥", Infix::greater_equal},
       {"≈", Infix::about},
       {"<~", Infix::about_less},
       {">~", Infix::about_greater},
       {"exactly", Infix::exactly},
       {"within", Infix::within},
       {"otherwise", Infix::otherwise},
       {"zero divisor as", Infix::zero_divisor_as},
   };
   const std::set<std::string_view> others = {"not", "is", "under"};  // prefix and postfix
   for (const auto& row : operators()) {
      SCOPED_TRACE(row.symbol);
      const auto infix = infixes.find(row.symbol);
      if (infix == infixes.end()) {
         EXPECT_TRUE(others.count(row.symbol));
         EXPECT_EQ(row.strength, row.symbol == "not" ? grammar::not_strength : grammar::compare_strength);
      } else {
         EXPECT_EQ(row.strength, grammar::strength_of(infix->second));
      }
   }
   EXPECT_EQ(operators().size(), infixes.size() + others.size());
}

}  // namespace
}  // namespace heng

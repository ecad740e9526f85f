// Grammar and library do not know each other; where both keep a list, the lists are equal: operators with their strength, units.
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "grammar/keywords.hpp"
#include "grammar/operators.hpp"
#include "stdlib/function.hpp"
#include "stdlib/unit.hpp"

namespace heng {
namespace {

// How strongly the grammar binds what is spelled so; 0 when it reads no operator there.
int strength_in_grammar(const std::string& spelling) {
   grammar::Lexer lexer(spelling, 0, static_cast<std::uint32_t>(spelling.size()));
   const auto whole = [&](grammar::Lexer::Offset end) { return end == spelling.size(); };
   if (whole(lexer.infix(0))) return grammar::strength_of(static_cast<grammar::Infix>(lexer.detail));
   if (whole(lexer.is(0)) || whole(lexer.under(0))) return grammar::compare_strength;
   return whole(lexer.prefix(0)) ? grammar::not_strength : 0;
}

TEST(ListsAgree, OperatorsBindAsTheLibrarySays) {
   for (const OperatorRow& row : operators()) {
      std::istringstream spellings(std::string(row.spellings));
      EXPECT_EQ(strength_in_grammar(std::string(row.symbol)), row.strength) << row.symbol;
      for (std::string spelling; spellings >> spelling;) EXPECT_EQ(strength_in_grammar(spelling), row.strength) << spelling;
   }
}

TEST(ListsAgree, EveryOperatorOfTheGrammarIsInTheLibrary) {
   std::set<std::string> known;
   for (const OperatorRow& row : operators()) {
      known.insert(std::string(row.symbol));
      std::istringstream spellings(std::string(row.spellings));
      for (std::string spelling; spellings >> spelling;) known.insert(spelling);
   }
   for (const Word word : {Word::and_, Word::or_, Word::not_, Word::exactly_when, Word::exactly, Word::about, Word::is,
                           Word::under, Word::within, Word::otherwise, Word::zero_divisor_as}) {
      EXPECT_TRUE(known.count(std::string(spelled(word, true)))) << spelled(word, true);
      EXPECT_TRUE(known.count(std::string(spelled(word, false)))) << spelled(word, false);
   }
}

TEST(ListsAgree, UnitsAreTheSame) {
   for (const std::string& word : known_units())
      EXPECT_TRUE(word.find("(") != std::string::npos || is_unit_word(word, {})) << word;
   for (const std::string& word : unit_words()) EXPECT_TRUE(is_unit_word(word)) << word;
}

}  // namespace
}  // namespace heng

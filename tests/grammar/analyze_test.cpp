// PEGTL's own check of the grammar: no rule can loop without taking anything.
#include <gtest/gtest.h>

#include "grammar/grammar.hpp"

namespace heng::grammar {
namespace {

TEST(Grammar, NeverLoopsWithoutProgress) {
   EXPECT_EQ(p::analyze<file>(), 0u);
   EXPECT_EQ(p::analyze<whole_expression>(), 0u);
}

}  // namespace
}  // namespace heng::grammar

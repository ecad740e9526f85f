// Sets of names: written, stored, compared.
#include "stdlib/names.hpp"

#include <gtest/gtest.h>

namespace heng {
namespace {

using Names = std::vector<std::string>;

std::string stored(const Names& names) { return joined_names(names); }

TEST(Names, AsAPersonListsThem) {
   EXPECT_EQ(listed_names("办公费、印刷费、 水费 "), (Names{"办公费", "印刷费", " 水费 "}));
   EXPECT_EQ(listed_names("办公费"), Names{"办公费"});
   EXPECT_EQ(listed_names("办公费、、"), Names{"办公费"});
   EXPECT_EQ(listed_names(""), Names{});
}

TEST(Names, StoredNamesMayHoldTheMarkOfTheList) {
   const Names names{"一、一般公共服务支出", "二、外交支出"};
   EXPECT_EQ(names_in(stored(names)), names);
   EXPECT_EQ(shown_names(stored({"甲", "乙"})), "甲、乙");
   EXPECT_EQ(names_in(""), Names{});
   EXPECT_EQ(shown_names(""), "");
   EXPECT_EQ(shown_names_with_borders({"甲，乙", "丙 丁", "戊"}), "「甲，乙」、「丙 丁」、戊");
}

TEST(Names, CompareFolded) {
   EXPECT_TRUE(has_name(stored({"办公费", "水 费（公用）"}), "水费(公用)"));
   EXPECT_FALSE(has_name(stored({"办公费"}), "办公"));
   EXPECT_FALSE(has_name("", "办公费"));
   EXPECT_EQ(names_lacking(stored({"甲", "（乙）", "丙", "丙"}), stored({"(乙)", "丁"})), (Names{"甲", "丙"}));
   EXPECT_EQ(names_lacking(stored({"甲", "乙"}), stored({"乙", "甲", "甲"})), Names{});
   EXPECT_EQ(names_lacking("", stored({"甲"})), Names{});
}

TEST(Names, LineNumbersEachOnceAndInOrder) {
   EXPECT_TRUE(counts_up_to(stored({"1", "2", "３"}), 3));
   EXPECT_FALSE(counts_up_to(stored({"1", "2"}), 3));
   EXPECT_FALSE(counts_up_to(stored({"1", "3", "2"}), 3));
   EXPECT_FALSE(counts_up_to(stored({"1", "2", "2", "3"}), 3));
   EXPECT_FALSE(counts_up_to(stored({"1", "2", "3", "4"}), 3));
   EXPECT_FALSE(counts_up_to("", 1));
}

}  // namespace
}  // namespace heng

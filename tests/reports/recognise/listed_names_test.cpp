// Which names a sentence lists: separated where something says that there are several, and never within a known one.
#include "reports/read/recognise/listed_names.hpp"

#include <gtest/gtest.h>

using namespace heng;

namespace {

const KnownNames known{"教育支出", "国防支出", "社会保障和就业支出", "外交支出", "甲,乙工程"};

std::string list(const std::string& text) { return list_of_names(text, known); }

TEST(listed_names, marks) {
   EXPECT_EQ(list("甲、乙"), "甲、乙");
   EXPECT_EQ(list("“甲”“乙”和“丙、丁”"), "甲、乙、丙、丁");
   EXPECT_EQ(list("甲"), "甲");
   EXPECT_EQ(list(""), "");
}

TEST(listed_names, conjunction_before_the_last) {
   EXPECT_EQ(list("教育支出和国防支出"), "教育支出、国防支出");
   EXPECT_EQ(list("教育支出、外交支出以及国防支出"), "教育支出、外交支出、国防支出");
   EXPECT_EQ(list("甲项目、乙项目和丙项目"), "甲项目、乙项目、丙项目");
   EXPECT_EQ(list("教育支出、国防支出与体育支出"), "教育支出、国防支出、体育支出");
}

TEST(listed_names, comma) {
   EXPECT_EQ(list("教育支出，国防支出"), "教育支出、国防支出");
   EXPECT_EQ(list("教育支出，外交支出和国防支出"), "教育支出、外交支出、国防支出");
   EXPECT_EQ(list("教育支出、外交支出，和国防支出"), "教育支出、外交支出、国防支出");
   EXPECT_EQ(list("甲项目、乙项目，丙项目"), "甲项目、乙项目、丙项目");
}

TEST(listed_names, known_names_stay_whole) {
   EXPECT_EQ(list("教育支出、社会保障和就业支出"), "教育支出、社会保障和就业支出");
   EXPECT_EQ(list("社会保障和就业支出和教育支出"), "社会保障和就业支出、教育支出");
   EXPECT_EQ(list("教育支出、甲，乙工程"), "教育支出、甲，乙工程");
}

TEST(listed_names, in_doubt_whole) {
   EXPECT_EQ(list("教育支出、住房和城乡建设支出"), "教育支出、住房和城乡建设支出");
   EXPECT_EQ(list("甲支出和乙支出"), "甲支出和乙支出");
   EXPECT_EQ(list("甲支出，乙支出"), "甲支出，乙支出");
   EXPECT_EQ(list("示例财政局、示例教育和体育局"), "示例财政局、示例教育和体育局");
   EXPECT_EQ(list("教育支出、和平路改造"), "教育支出、和平路改造");
}

}  // namespace

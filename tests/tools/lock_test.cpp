// Rules that were frozen: what is kept, what is noticed afterwards, and results made again from the lock alone.
#include "tools/workspace/lock.hpp"

#include <gtest/gtest.h>

#include "tests/tools/workspaces.hpp"

namespace heng {
namespace {

const char* base =
    "规则集 甲 2023 引用 小表 2024 {\n  审核 一 \"两数相加\" : 甲 + 乙 ≈ 合\n  参数 线 : 金额型 = 1元\n  审核 二 : 甲 > 线\n}\n";
const char* overlay = "规则集 甲 2024 沿用 甲 2023 {\n  改 审核 一 { 审核类型 核实 }\n  替换 参数 线 : 金额型 = 2元\n}\n";

std::map<std::string, std::string> texts(const std::string& below = base) {
   return {{"小/表.heng", testing_tools::small_set_forms}, {"小/2023.heng", below}, {"小/2024.heng", overlay}};
}

struct Opened {
   explicit Opened(std::map<std::string, std::string> all, const std::string& path = "小")
       : files(std::move(all)), workspace(files) {
      EXPECT_TRUE(workspace.open(path)) << workspace.why_not().en;
   }
   Memory files;
   Workspace workspace;
};

std::string frozen(std::map<std::string, std::string> all) {
   Opened opened(std::move(all));
   Lock lock = opened.workspace.freeze();
   lock.version = "1";
   return write_lock(lock);
}

TEST(Lock, IsReadAsItWasWritten) {
   const std::string text = frozen(texts());
   const std::optional<Lock> lock = read_lock(text);
   ASSERT_TRUE(lock);
   EXPECT_EQ(write_lock(*lock), text);
   ASSERT_EQ(lock->texts.size(), 3u);
   EXPECT_EQ(lock->texts[0].path, "2023.heng");
   EXPECT_EQ(lock->texts[0].text, base);
   ASSERT_EQ(lock->kept.size(), 2u);
   EXPECT_EQ(lock->kept[1].layer, "甲 2024");
   EXPECT_EQ(lock->kept[1].change, "替换 参数 线");
   EXPECT_EQ(lock->kept[1].meaning, "参数 线\n  类型 : 金额型\n  算式 : 1元\n");
   EXPECT_FALSE(read_lock("{}"));
   EXPECT_FALSE(read_lock("规则集"));
}

TEST(Lock, AChangedBaseIsNoticed) {
   auto all = texts();
   all["小/heng.lock"] = frozen(texts());
   EXPECT_TRUE(Opened(all).workspace.changed_bases().empty());
   EXPECT_TRUE(Opened(all).workspace.not_as_frozen().empty());

   all["小/2023.heng"] = std::string("# 说明\n") + base;  // as before, but for a comment
   EXPECT_TRUE(Opened(all).workspace.changed_bases().empty());
   EXPECT_EQ(Opened(all).workspace.not_as_frozen().size(), 1u);

   std::string changed = base;
   changed.replace(changed.find("1元"), std::string("1元").size(), "3元");
   all["小/2023.heng"] = changed;
   Opened opened(all);
   const Diagnostics said = opened.workspace.changed_bases();
   ASSERT_EQ(said.size(), 1u);
   EXPECT_EQ(said[0].code, Code::base_changed);
   EXPECT_EQ(opened.workspace.sources().where(said[0].span), "小/2024.heng:3:3");
   ASSERT_EQ(said[0].notes.size(), 1u);
   EXPECT_EQ(opened.workspace.sources().where(said[0].notes[0].span), "小/2023.heng:3:3");
   EXPECT_EQ(said[0].notes[0].text.zh, "锁定时是 算式 : 1元，现在是 算式 : 3元");
   const Diagnostics checked = opened.workspace.check_all();  // heng check calls it an error
   EXPECT_TRUE(std::any_of(checked.begin(), checked.end(), [](const Diagnostic& one) {
      return one.code == Code::base_changed && one.gravity == Gravity::error;
   }));
}

TEST(Lock, HoldsTheRulesThemselves) {
   std::map<std::string, std::string> only_lock{{"别处/旧.lock", frozen(texts())}};
   Opened then(texts()), now(only_lock, "别处/旧.lock");
   EXPECT_TRUE(now.workspace.readable());
   const Compiled& a = then.workspace.compile(2024, "");
   const Compiled& b = now.workspace.compile(2024, "");
   ASSERT_TRUE(a.ok && b.ok);
   EXPECT_EQ(a.program().sets.front().hash, b.program().sets.front().hash);
   const Span span = b.program().rules.front().span;  // results say where rules stood
   EXPECT_EQ(now.workspace.sources().where(span), "小/2023.heng:2:3");
}

// The hash covers what is extended.
TEST(Lock, EveryTextThatTookPartIsInTheHash) {
   Opened one(texts()), other(texts(std::string(base) + "# 说明\n"));
   EXPECT_NE(one.workspace.compile(2024, "").program().sets.front().hash,
             other.workspace.compile(2024, "").program().sets.front().hash);
   EXPECT_EQ(one.workspace.compile(2024, "").program().sets.front().files.size(), 3u);
}

}  // namespace
}  // namespace heng

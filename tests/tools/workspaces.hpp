// Rule files in memory, opened: what the tests of the workspace share.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tools/workspace/workspace.hpp"

namespace heng::testing_tools {

inline constexpr const char* small_set_forms = R"(报表集 小表 2024
报告 { 单位名称 : 文字   年度 : 年度型   甲, 乙, 合 : 金额型 计量 元 保留 2   项目 : 若干 项目 }
记录 项目 { 项目名称 : 文字   目标 : 百分比 保留 2   实际 : 百分比 保留 2   得分 : 分数   定性 : 是否 }
)";

struct InMemory {
   explicit InMemory(std::map<std::string, std::string> texts) : files(std::move(texts)), workspace(files) {
      EXPECT_TRUE(workspace.open("小")) << workspace.why_not().en;
      for (const Diagnostic& one : workspace.diagnostics())
         ADD_FAILURE() << workspace.sources().where(one.span) << " " << one.message.en;
   }
   Memory files;
   Workspace workspace;
};

}  // namespace heng::testing_tools

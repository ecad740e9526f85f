// Runs the tests written in rules, by the one way from rules and data to a verdict.
// Does not know: how results are printed.
#pragma once
#include <string>
#include <vector>

#include "tools/workspace/expectations.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

struct TestResult {
   std::string title;
   std::string set;  // "部门决算 2024"
   Span span;
   std::size_t expectations = 0;
   std::vector<TestFailure> failures;
};

struct TestReport {
   std::vector<TestResult> tests;
   Diagnostics broken;  // the rules or tests do not compile
};

TestReport run_tests(Workspace& workspace, bool chinese);

}  // namespace heng

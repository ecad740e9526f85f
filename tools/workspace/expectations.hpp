// What a test written in the rules expects, compared with what came. The tests of a program are the reports of one batch.
// Does not know: where the program came from, how results are printed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "grammar/codes.hpp"
#include "interpreter/check/test.hpp"
#include "interpreter/run/run.hpp"

namespace heng {

struct TestFailure {
   Span span;  // the expectation, or the test where what is given does not fit
   Said text;
   Code code = Code::test_failed;
   std::optional<Said> help = std::nullopt;
};

// Of one test, which is this report of the batch.
std::vector<TestFailure> unmet(const Evaluation& evaluation, const CompiledTest& test, std::uint32_t report, bool chinese);
// The same question without the words; stops at the first that is not met.
bool all_met(const Evaluation& evaluation, const CompiledTest& test, std::uint32_t report);

}  // namespace heng

// The programs of tests/programs: the good ones have no mistake in spelling, the bad ones exactly those on their lines.
#include <gtest/gtest.h>

#include "grammar/parse.hpp"
#include "tests/programs/runner.hpp"

namespace heng {
namespace {

Diagnostics compile(const Sources& sources, std::uint32_t file) { return parse(sources, file).diagnostics; }

TEST(Programs, BadSpellingIsSaidWhereItStands) {
   int run = 0;
   for (const std::string& path : programs::files_in("tests/programs/bad")) {
      if (!programs::expects_only(programs::read_programs(path), 101, 199)) continue;
      if (programs::wants_rewrite()) programs::rewrite(path, compile);
      for (const programs::Program& program : programs::read_programs(path))
         for (const std::string& mismatch : programs::mismatches(program, compile)) ADD_FAILURE() << mismatch;
      ++run;
   }
   EXPECT_GT(run, 10);
}

TEST(Programs, GoodOnesHaveNoMistakeInSpelling) {
   for (const std::string& path : programs::files_in("tests/programs/good"))
      for (const programs::Program& program : programs::read_programs(path))
         for (const std::string& mismatch : programs::mismatches(program, compile)) ADD_FAILURE() << mismatch;
}

}  // namespace
}  // namespace heng

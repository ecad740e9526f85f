// Programs of others: found, started, fed, and ended when they take too much.
#include "tools/workspace/programs.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace heng::tests {

namespace {

using How = ProgramEnd::How;

ProgramCall shell(const std::string& script) {
   ProgramCall call;
   call.program = find_program("sh").value_or("/bin/sh");
   call.arguments = {"-c", script};
   call.seconds = 20;
   return call;
}

TEST(Programs, AreFoundOnlyWhereTheyAreTrusted) {
   EXPECT_TRUE(find_program("sh"));
   EXPECT_FALSE(find_program("no-such-program-of-anybody"));
   EXPECT_FALSE(find_program("tests"));  // a folder in which the tests run
   for (const OptionalProgram& program : optional_programs()) {
      EXPECT_FALSE(program.commands.empty());
      EXPECT_FALSE(program.purpose.zh.empty() || program.install.en.empty());
   }
}

TEST(Programs, InputOutputAndExitCode) {
   ProgramCall call = shell("cat; printf warned >&2; exit 3");
   std::string large(3'000'000, 'x');  // more than a pipe holds, both ways at once
   large += "end";
   call.input = large;
   const ProgramEnd end = run_program(call);
   EXPECT_EQ(end.how, How::ended);
   EXPECT_EQ(end.code, 3);
   EXPECT_EQ(end.output, large);
   EXPECT_EQ(end.error, "warned");
}

TEST(Programs, OneThatDoesNotReadItsInput) {
   ProgramCall call = shell("echo done");
   const std::string large(3'000'000, 'x');
   call.input = large;
   EXPECT_EQ(run_program(call).output, "done\n");
}

TEST(Programs, AreEndedWithAllTheyStarted) {
   const auto begin = std::chrono::steady_clock::now();
   ProgramCall call = shell("sleep 60 & sleep 60");
   call.seconds = 1;
   EXPECT_EQ(run_program(call).how, How::out_of_time);
   call = shell("exec >/dev/null 2>&1; sleep 60");  // closes its output and goes on
   call.seconds = 1;
   EXPECT_EQ(run_program(call).how, How::out_of_time);
   EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Programs, TooMuchOutput) {
   ProgramCall call = shell("yes");
   call.largest_output = 100'000;
   EXPECT_EQ(run_program(call).how, How::too_much_output);
}

TEST(Programs, StoppedByTheirCaller) {
   const std::atomic<bool> stop = true;
   ProgramCall call = shell("sleep 60");
   call.stop = &stop;
   EXPECT_EQ(run_program(call).how, How::stopped);
}

TEST(Programs, OneThatIsNotThereOrCrashes) {
   ProgramCall call;
   call.program = "/no/such/program";
   EXPECT_EQ(run_program(call).how, How::not_started);
   const ProgramEnd end = run_program(shell("kill -SEGV $$"));
   EXPECT_EQ(end.how, How::crashed);
   EXPECT_FALSE(end.well());
}

TEST(Programs, FolderAndEnvironment) {
   const TemporaryFolder folder;
   ASSERT_FALSE(folder.path().empty());
   ProgramCall call = shell("echo \"$HENG_LANG $EXAMPLE\" >here; cat here");
   call.folder = folder.path();
   call.environment = {"HENG_LANG=xx", "EXAMPLE=yes"};
   EXPECT_EQ(run_program(call).output, "xx yes\n");
   EXPECT_TRUE(std::filesystem::exists(folder.path() + "/here"));
}

TEST(Programs, TemporaryFoldersGo) {
   std::string path;
   {
      const TemporaryFolder folder;
      path = folder.path();
      std::ofstream(path + "/file") << "text";
   }
   EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace

}  // namespace heng::tests

#include "tools/workspace/test.hpp"

#include "grammar/codes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"

namespace heng {

Exit test_command(Console& console, const std::string& rules) {
   Opened opened;
   if (const Exit failed = open_rules(console, rules, {}, opened); failed != Exit::fine) return failed;
   const Sources& sources = opened.workspace.sources();
   const TestReport report = run_tests(opened.workspace, console.chinese);
   if (!report.broken.empty()) {
      print_all(std::cerr, report.broken, sources, console.chinese, console.colour_on_error());
      return Exit::broken_rules;
   }
   std::size_t failed = 0;
   for (const TestResult& test : report.tests) {
      const bool met = test.failures.empty();
      failed += !met;
      console.out() << (met ? console.say("通过  ", "ok      ") : console.say("不符  ", "NOT OK  ")) << test.title << "  ["
                    << test.set << "]\n";
      for (const TestFailure& failure : test.failures) {
         Diagnostic diagnostic{Code::test_failed, failure.span, failure.text, {}, std::nullopt, Gravity::error};
         console.out() << print(diagnostic, sources, console.chinese, console.colour_on_out());
      }
   }
   console.out() << console.say(say("共 {} 个测试，{} 个不符", "{} tests, {} not met", report.tests.size(), failed)) << '\n';
   return failed ? Exit::findings : Exit::fine;
}

}  // namespace heng

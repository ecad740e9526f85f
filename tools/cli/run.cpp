#include "grammar/codes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/cli/progress.hpp"
#include "tools/workspace/load.hpp"
#include "tools/workspace/look_ahead.hpp"
#include "tools/workspace/weigh.hpp"

namespace heng {

namespace {

std::optional<tree::Severity> read_level(std::string_view word) {
   if (word == "error") return tree::Severity::error;
   if (word == "verify") return tree::Severity::verify;
   if (word == "notice") return tree::Severity::notice;
   return std::nullopt;
}

}  // namespace

Exit run_command(Console& console, const RunOptions& options) {
   const auto format = read_output_format(options.format);
   if (!format) return no_such_format(console, options.format, {"table", "plain", "json", "ndjson", "junit"});
   const auto level = read_level(options.fail_level);
   if (!level) {
      console.none_of(say("没有 {} 这个级别", "there is no level {}", options.fail_level), options.fail_level,
                      {"error", "verify", "notice"});
      return Exit::usage;
   }
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, options.parameters, opened); failed != Exit::fine) return failed;
   if (!console.write_to(options.output)) {
      console.error(Code::usage, say("写不了文件 {}", "cannot write {}", options.output));
      return Exit::usage;
   }
   const std::vector<std::string> files = report_files(options.reports);
   if (files.empty()) {
      console.error(Code::file_not_found, say("没有找到报告文件", "no report file was found"));
      return Exit::unreadable;
   }
   WriterSettings settings;
   settings.chinese = console.chinese;
   settings.colour = console.colour_on_out();
   settings.details = options.details;
   const std::unique_ptr<Writer> writer = make_writer(*format, console.out(), settings);
   Weigher weigher(opened.workspace, *writer, console.chinese, &interrupted);
   LoadSettings load;
   load.chinese = console.chinese;
   load.stop = &interrupted;
   if (options.year != 0) load.by_hand.year = options.year;
   load.by_hand.place = options.place;
   LookAhead<OpenedReport> reports(files.size(), [&](std::size_t i) { return open_report(opened.workspace, files[i], load); });
   Progress progress(console, files.size());
   for (std::size_t i = 0; i < files.size() && !interrupted; ++i) {
      OpenedReport report = reports.next();
      for (ReportProblem& problem : report.problems) weigher.problem(files[i], std::move(problem));
      if (report.stream && !weigher.weigh(*report.stream)) {
         print_all(std::cerr, weigher.broken(), opened.workspace.sources(), console.chinese, console.colour_on_error());
         return exit_of(weigher.broken());
      }
      progress.done(files[i]);
   }
   progress.clear();
   weigher.finish();
   console.out().flush();
   if (!console.out()) {
      console.error(Code::usage, say("输出没有写完", "the output could not be written in full"));
      return Exit::own_fault;
   }
   const Totals& totals = weigher.totals();
   if (*format != OutputFormat::table && *format != OutputFormat::plain)
      for (const ReportProblem& problem : totals.refusals) console.problem(problem);
   if (interrupted) return Exit::interrupted;
   if (totals.refused > 0) return Exit::unreadable;
   return weigher.findings(*level) > 0 ? Exit::findings : Exit::fine;
}

}  // namespace heng

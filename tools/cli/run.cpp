#include <charconv>
#include <filesystem>

#include "grammar/codes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/cli/progress.hpp"
#include "tools/workspace/weigh.hpp"

namespace heng {

namespace {

std::optional<tree::Severity> read_level(std::string_view word) {
   if (word == "error") return tree::Severity::error;
   if (word == "verify") return tree::Severity::verify;
   if (word == "notice") return tree::Severity::notice;
   return std::nullopt;
}

// "2/10": the second of ten runs over one collection.
std::optional<Share> read_share(const std::string& text) {
   if (text.empty()) return Share();
   Share share;
   const char* end = text.data() + text.size();
   const auto number = std::from_chars(text.data(), end, share.number);
   if (number.ec != std::errc() || number.ptr == end || *number.ptr != '/') return std::nullopt;
   const auto of = std::from_chars(number.ptr + 1, end, share.of);
   if (of.ec != std::errc() || of.ptr != end || share.number < 1 || share.number > share.of) return std::nullopt;
   --share.number;
   return share;
}

// In bytes; 0 where it cannot be known.
std::uint64_t size_of(const std::vector<std::string>& files) {
   std::uint64_t size = 0;
   for (const std::string& file : files) {
      std::error_code error;
      if (!std::filesystem::is_regular_file(file, error)) return 0;
      size += std::filesystem::file_size(file, error);
   }
   return size;
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
   const auto share = read_share(options.part);
   if (!share) {
      console.error(Code::usage,
                    say("--part 写成 几/共几，如 --part 2/10：{}", "--part takes K/N, as --part 2/10: {}", options.part));
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
   Progress progress(console, files.size(), size_of(files));
   WeighSettings weigh;
   weigh.threads = options.threads;
   weigh.stop = weigh.load.stop = &interrupted;
   weigh.load.chinese = console.chinese;
   if (options.year != 0) weigh.load.by_hand.year = options.year;
   weigh.load.by_hand.place = options.place;
   weigh.progress = [&](const WeighedSoFar& done) {
      progress.show({done.files, done.reports, done.bytes, done.place.empty() ? done.file : done.place + "  " + done.file});
   };
   Weigher weigher(opened.workspace, *writer, weigh);
   Portions portions(files, *share);
   if (!weigher.weigh(portions)) {
      progress.clear();
      print_all(std::cerr, weigher.broken(), opened.workspace.sources(), console.chinese, console.colour_on_error());
      return exit_of(weigher.broken());
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

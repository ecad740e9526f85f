// One report per line in, one result per line out: for engines that start programs and talk to them through pipes.
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "grammar/codes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/workspace/weigh_portion.hpp"

namespace heng {

namespace {

// Lines as they come: never waits for more where one is whole. A line too long to keep is a problem in its place.
class ComingLines {
 public:
   // false: the end.
   bool next(RecordBlock& block) {
      block = {};
      while (!take(block) && !ended_) read_more();
      return !block.records.empty() || !block.problems.empty() || take(block);
   }

 private:
   void read_more() {
      const std::size_t before = pending_.size();
      pending_.resize(before + block_bytes);
      const ssize_t got = read(STDIN_FILENO, pending_.data() + before, block_bytes);
      pending_.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
      if (got > 0 || (got < 0 && errno == EINTR && !interrupted)) return;
      ended_ = true;
      if (!pending_.empty() && pending_.back() != '\n') pending_ += '\n';
   }

   // The whole lines that are there. false: none.
   bool take(RecordBlock& block) {
      if (skip_rest_of_long_line()) return false;
      std::size_t end = 0;
      for (std::size_t lines = 0; lines < block_records && end < block_bytes; ++lines) {
         const std::size_t newline = pending_.find('\n', end);
         if (newline == std::string::npos) break;
         end = newline + 1;
      }
      if (end == 0) return refuse_long_line(block);
      block.storage.assign(pending_, 0, end);
      block.storage.append(record_padding, '\0');
      pending_.erase(0, end);
      const std::string_view text = std::string_view(block.storage).substr(0, end);
      for (std::size_t begin = 0; begin < text.size();) {
         const std::size_t newline = text.find('\n', begin);
         ++line_;
         block.records.push_back({text.substr(begin, newline - begin), line_, line_, offset_ + begin});
         begin = newline + 1;
      }
      offset_ += end;
      return true;
   }

   bool refuse_long_line(RecordBlock& block) {
      if (pending_.size() <= largest_record) return false;
      ReportProblem problem;
      problem.code = Code::report_too_large;
      problem.message = say("一份报告最多 {} MB", "a report may have {} MB at most", largest_record >> 20);
      problem.file = "-";
      problem.record = problem.line = ++line_;
      problem.column = 1;
      problem.offset = offset_;
      problem.refuses = true;
      block.problems.push_back(std::move(problem));
      skipping_ = true;
      skip_rest_of_long_line();
      return true;
   }

   bool skip_rest_of_long_line() {  // true: it goes on
      if (!skipping_) return false;
      const std::size_t newline = pending_.find('\n');
      const std::size_t gone = newline == std::string::npos ? pending_.size() : newline + 1;
      offset_ += gone;
      pending_.erase(0, gone);
      skipping_ = newline == std::string::npos;
      return skipping_;
   }

   std::string pending_;
   std::uint64_t line_ = 0, offset_ = 0;
   bool ended_ = false, skipping_ = false;
};

}  // namespace

Exit worker_command(Console& console, const WorkerOptions& options) {
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, options.parameters, opened); failed != Exit::fine) return failed;
   WriterSettings settings;
   settings.chinese = console.chinese;
   const std::unique_ptr<Writer> writer = make_writer(OutputFormat::ndjson, console.out(), settings);
   LoadSettings load;
   load.chinese = console.chinese;
   LastYear last_year(opened.workspace, load);
   last_year.look_in(report_files(options.last_year), {"-"});
   if (!options.last_year.empty()) {
      const ReportProblems not_read = last_year.problems();
      for (const ReportProblem& problem : not_read) console.problem(problem);
      if (!not_read.empty()) return Exit::unreadable;
   }
   Explanations explanations;
   if (const Exit failed = read_explanations(console, options.explanations, {}, explanations); failed != Exit::fine)
      return failed;
   if (!explanations.problems().empty()) return Exit::unreadable;
   PortionWeigher weigher(opened.workspace, last_year, *writer, load, {}, BrokenRules::refuse_the_report, &explanations);
   const auto write = [&](WeighedPiece&& piece) {
      for (std::string& text : piece.texts) writer->write(std::move(text));
   };
   ComingLines lines;
   PortionPart part;
   part.file = "-";
   while (!interrupted && lines.next(part.block)) {
      Portion portion;
      portion.parts.push_back(std::move(part));
      write(weigher.weigh(portion, writer->wanted(), write));
      part = std::move(portion.parts.front());
      if (!is_written(console)) return Exit::own_fault;
   }
   return interrupted ? Exit::interrupted : weigher.rules_were_broken() ? Exit::broken_rules : Exit::fine;
}

}  // namespace heng

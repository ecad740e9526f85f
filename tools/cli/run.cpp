#include <charconv>
#include <ctime>
#include <filesystem>

#include "grammar/codes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/version.hpp"
#include "tools/workspace/resume.hpp"
#include "tools/workspace/weigh.hpp"

namespace heng {

namespace {

std::optional<tree::Severity> read_level(std::string_view word) {
   if (word == "error") return tree::Severity::error;
   if (word == "verify") return tree::Severity::verify;
   if (word == "notice") return tree::Severity::notice;
   return std::nullopt;
}

// What has changed since the rules were frozen. --locked: nothing may have.
Exit as_frozen(Console& console, Opened& opened, bool locked) {
   Workspace& rules = opened.workspace;
   if (locked) {
      const std::vector<Said> differences = rules.not_as_frozen();
      for (const Said& one : differences)
         console.error(Code::not_as_frozen, one,
                       rules.lock() ? say("看过以后运行 heng freeze；照原来的规则算，把 {} 当作规则",
                                          "have a look, then run heng freeze; to weigh by the old rules, name {} as the rules",
                                          rules.lock_path())
                                    : say("先运行 heng freeze", "run heng freeze first"));
      if (!differences.empty()) return Exit::broken_rules;
   }
   if (rules.opened_from_lock() && rules.lock()->version != HENG_VERSION)
      console.message(say("锁定时是衡 {}，现在是 {}，结果的样子可能不同",
                          "frozen by Heng {}, run by {}: results may look different", rules.lock()->version, HENG_VERSION));
   print_all(std::cerr, rules.changed_bases(), rules.sources(), console.chinese, console.colour_on_error());
   return Exit::fine;
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

// Seconds are enough to tell runs apart for people.
std::string now() {
   const std::time_t seconds = std::time(nullptr);
   std::tm utc = {};
   gmtime_r(&seconds, &utc);
   char text[32];
   std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
   return text;
}

class Running {
 public:
   Running(Console& console, const RunOptions& options) : console_(console), options_(options) {}

   Exit run() {
      for (const auto step : {&Running::read_words, &Running::open, &Running::open_store, &Running::open_output, &Running::weigh})
         if (const Exit failed = (this->*step)(); failed != Exit::fine) return failed;
      return finish();
   }

 private:
   Exit wrong_usage(const Said& text) {
      console_.error(Code::usage, text);
      return Exit::usage;
   }

   Exit read_words() {
      const auto format = read_output_format(options_.format);
      if (!format) return no_such_format(console_, options_.format, {"table", "plain", "json", "ndjson", "junit"});
      format_ = *format;
      const auto level = read_level(options_.fail_level);
      if (!level) {
         console_.none_of(say("没有 {} 这个级别", "there is no level {}", options_.fail_level), options_.fail_level,
                          {"error", "verify", "notice"});
         return Exit::usage;
      }
      level_ = *level;
      const auto share = read_share(options_.part);
      if (!share)
         return wrong_usage(
             say("--part 写成 几/共几，如 --part 2/10：{}", "--part takes K/N, as --part 2/10: {}", options_.part));
      share_ = *share;
      const bool goes_on = options_.resume && writes_file();
      if (goes_on && format_ != OutputFormat::ndjson)
         return wrong_usage(say("--resume 能接着写的只有 --format ndjson", "--resume can only go on with --format ndjson"));
      if (options_.resume && !goes_on && options_.store.empty())
         return wrong_usage(say("--resume 接着做的是 --store 的结果库，或者 --format ndjson -o 的文件：写明一个",
                                "--resume goes on with the store of --store, or with the file of --format ndjson -o: name one"));
      return Exit::fine;
   }

   bool writes_file() const { return !options_.output.empty() && options_.output != "-"; }

   Exit open() {
      if (const Exit failed = open_rules(console_, options_.rules, options_.parameters, opened_); failed != Exit::fine)
         return failed;
      if (const Exit failed = as_frozen(console_, opened_, options_.locked); failed != Exit::fine) return failed;
      files_ = report_files(options_.reports);
      return read_explanations(console_, options_.explanations, files_, explanations_);
   }

   Exit open_store() {
      if (options_.store.empty()) return Exit::fine;
      store_ = std::make_unique<ResultStore>(options_.store);
      store_->begin_run({HENG_VERSION, options_.rules, console_.chinese ? "zh" : "en"}, now());
      return Exit::fine;
   }

   Exit open_output() {
      bool fine = true;
      if (options_.resume && writes_file()) {
         Said why;
         const auto earlier = earlier_run(options_.output, files_, why);
         if (!earlier) return wrong_usage(why);
         earlier_ = *earlier;
         earlier_.reached.skip = store_ == nullptr;
         fine = console_.write_behind(options_.output, earlier_.bytes);
      } else {
         fine = console_.write_to(options_.output);
      }
      if (!fine) return cannot_write(console_, options_.output);
      if (!files_.empty()) return Exit::fine;
      console_.error(Code::file_not_found, no_report_file());
      return Exit::unreadable;
   }

   WeighSettings settings() {
      WeighSettings weigh;
      weigh.threads = options_.threads;
      weigh.stop = weigh.load.stop = &interrupted;
      weigh.load.chinese = console_.chinese;
      if (options_.year != 0) weigh.load.by_hand.year = options_.year;
      weigh.load.by_hand.place = options_.place;
      weigh.keeping = {store_.get(), options_.resume, options_.resume && writes_file()};
      return weigh;
   }

   Exit weigh() {
      WriterSettings how;
      how.chinese = console_.chinese;
      how.colour = console_.colour_on_out();
      how.details = options_.details;
      writer_ = make_writer(format_, console_.out(), how);
      Progress progress(console_, files_.size(), size_of(files_));
      WeighSettings settings = this->settings();
      settings.explanations = &explanations_;
      settings.progress = [&](const WeighedSoFar& done) {
         progress.show({done.files, done.reports, done.bytes, done.place.empty() ? done.file : done.place + "  " + done.file});
      };
      last_year_ = std::make_unique<LastYear>(opened_.workspace, settings.load);
      last_year_->look_in(report_files(options_.last_year), files_, options_.store);
      if (!options_.last_year.empty()) not_read_ = last_year_->problems();
      for (const ReportProblem& problem : not_read_) console_.problem(problem);
      weigher_ = std::make_unique<Weigher>(opened_.workspace, *last_year_, *writer_, settings);
      if (earlier_.reached.skip) weigher_->go_on_from(ReportCounts(earlier_.counts), earlier_.tally);
      Portions portions(files_, share_, earlier_.reached);
      if (weigher_->weigh(portions)) return Exit::fine;
      progress.clear();
      end_run("broken rules");
      print_all(std::cerr, weigher_->broken(), opened_.workspace.sources(), console_.chinese, console_.colour_on_error());
      return exit_of(weigher_->broken());
   }

   void end_run(const char* outcome) {
      const Totals& totals = weigher_->totals();
      if (store_) store_->end_run(outcome, totals.reports, totals.refused, now());
   }

   Exit finish() {
      weigher_->finish();
      end_run(interrupted ? "interrupted" : "finished");
      if (!is_written(console_)) return Exit::own_fault;
      const Totals& totals = weigher_->totals();
      if (format_ != OutputFormat::table && format_ != OutputFormat::plain)
         for (const ReportProblem& problem : totals.refusals) console_.problem(problem);
      if (store_)
         console_.message(say("结果库 {}：新记入 {} 份报告的结果，原有 {} 份",
                              "store {}: results of {} reports added, {} were there", options_.store, store_->added(),
                              totals.reports - store_->added()));
      if (interrupted) return Exit::interrupted;
      const ReportProblems unmet = unmet_explanations();
      for (const ReportProblem& problem : unmet) console_.problem(problem);
      if (totals.refused > 0 || !not_read_.empty() || !explanations_.problems().empty()) return Exit::unreadable;
      const bool notices = level_ == tree::Severity::notice && !unmet.empty();
      return weigher_->findings(level_) > 0 || notices ? Exit::findings : Exit::fine;
   }

   // Of reports that this run did not see nothing can be said.
   ReportProblems unmet_explanations() const {
      const bool saw_all = share_.of == 1 && (!earlier_.reached.skip || earlier_.bytes == 0);
      return saw_all ? explanations_.unmet() : ReportProblems();
   }

   Console& console_;
   const RunOptions& options_;
   OutputFormat format_ = OutputFormat::table;
   tree::Severity level_ = tree::Severity::error;
   Share share_;
   EarlierRun earlier_;
   Opened opened_;
   std::vector<std::string> files_;
   std::unique_ptr<ResultStore> store_;
   std::unique_ptr<Writer> writer_;
   std::unique_ptr<LastYear> last_year_;
   Explanations explanations_;
   ReportProblems not_read_;  // of what was given for last year's
   std::unique_ptr<Weigher> weigher_;
};

}  // namespace

Exit run_command(Console& console, const RunOptions& options) { return Running(console, options).run(); }

}  // namespace heng

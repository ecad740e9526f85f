// The command line: words become options, a command is called, its answer becomes the exit code.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <exception>
#include <functional>
#include <optional>

#include "grammar/codes.hpp"
#include "reports/store/database.hpp"
#include "stdlib/text.hpp"
#include "tools/cli/commands.hpp"

namespace heng {

std::atomic<bool> interrupted = false;

namespace {

extern "C" void on_interrupt(int) {
   // A second Ctrl-C ends at once.
   if (interrupted) std::_Exit(static_cast<int>(Exit::interrupted));
   interrupted = true;
}

void handle_interrupts() {
   struct sigaction action = {};
   action.sa_handler = on_interrupt;  // without SA_RESTART: a read that waits is given up
   sigaction(SIGINT, &action, nullptr);
}

class CommandLine {
 public:
   CommandLine() : app_("heng") {
      app_.set_help_flag();
      app_.fallthrough();
      app_.require_subcommand(0, 1);
      app_.add_option("--lang", language_);
      app_.add_option("--color", colour_);
      app_.add_flag("--version", version_);
      run();
      worker_and_merge();
      stores();
      check_and_test();
      explain();
      justify();
      format();
      eval();
      load();
      lists();
      freeze();
      diff();
      impact();
      help();
   }

   Exit main(std::vector<std::string> words) {
      console_.chinese = chinese_by_environment();
      look_for_language(words);
      if (const std::optional<std::string> topic = asked_for_help(words)) return help_command(console_, *topic);
      try {
         std::reverse(words.begin(), words.end());
         app_.parse(words);
      } catch (const CLI::ParseError& error) {
         return complain(error);
      }
      if (!one_of("--lang", language_, {"zh", "en"}) || !one_of("--color", colour_, {"auto", "always", "never"}))
         return Exit::usage;
      if (colour_ == "always") console_.colour = Console::Colour::always;
      if (colour_ == "never") console_.colour = Console::Colour::never;
      if (version_) return version_command(console_);
      return chosen_ ? chosen_() : help_command(console_, "");
   }

   Console& console() { return console_; }

 private:
   // The language of a complaint about the command line is on the command line itself.
   void look_for_language(const std::vector<std::string>& words) {
      for (std::size_t i = 0; i < words.size(); ++i) {
         if (words[i] == "--") return;
         std::string value;
         if (words[i] == "--lang" && i + 1 < words.size()) value = words[i + 1];
         if (words[i].rfind("--lang=", 0) == 0) value = words[i].substr(7);
         if (value == "zh" || value == "en") console_.chinese = value == "zh";
      }
   }

   std::optional<std::string> asked_for_help(const std::vector<std::string>& words) const {
      bool asked = false;
      std::string topic;
      for (const std::string& word : words) {
         if (word == "--") break;
         asked |= word == "--help" || word == "-h";
         if (topic.empty() && !word.empty() && word.front() != '-' && word != "zh" && word != "en") topic = word;
      }
      if (!asked) return std::nullopt;
      const std::vector<std::string> known = help_topics();
      return std::find(known.begin(), known.end(), topic) == known.end() ? "" : topic;
   }

   CLI::App* command(const char* name, std::function<Exit()> call) {
      CLI::App* sub = app_.add_subcommand(name);
      sub->set_help_flag();
      sub->callback([this, call] { chosen_ = call; });
      return sub;
   }

   void run() {
      CLI::App* sub = command("run", [this] { return run_command(console_, run_); });
      sub->add_option("rules", run_.rules)->required();
      sub->add_option("reports", run_.reports)->required();
      sub->add_option("--last-year", run_.last_year)->allow_extra_args(false);
      sub->add_option("--explanations", run_.explanations)->allow_extra_args(false);
      sub->add_option("--set", run_.parameters)->allow_extra_args(false);
      sub->add_option("--format", run_.format);
      sub->add_option("-o,--output", run_.output);
      sub->add_option("--fail-level", run_.fail_level);
      sub->add_flag("--details", run_.details);
      sub->add_option("--year", run_.year);
      sub->add_option("--place", run_.place);
      sub->add_flag("--locked", run_.locked);
      sub->add_option("--part", run_.part);
      sub->add_option("--store", run_.store);
      sub->add_flag("--resume", run_.resume);
      sub->add_option("--threads", run_.threads)->check(CLI::Range(1u, 256u));
   }

   void worker_and_merge() {
      CLI::App* worker = command("worker", [this] { return worker_command(console_, worker_); });
      worker->add_option("rules", worker_.rules)->required();
      worker->add_option("--set", worker_.parameters)->allow_extra_args(false);
      worker->add_option("--last-year", worker_.last_year)->allow_extra_args(false);
      worker->add_option("--explanations", worker_.explanations)->allow_extra_args(false);
      CLI::App* merge = command("merge", [this] { return merge_command(console_, merge_); });
      merge->add_option("parts", merge_.parts)->required();
      merge->add_option("-o,--output", merge_.output);
   }

   void stores() {
      CLI::App* history = command("history", [this] { return history_command(console_, stored_); });
      history->add_option("store", stored_.store)->required();
      history->add_option("--unit", stored_.unit)->required();
      history->add_option("--format", stored_.format);
      history->add_option("-o,--output", stored_.output);
      CLI::App* compare = command("compare", [this] { return compare_command(console_, stored_); });
      compare->add_option("store", stored_.store)->required();
      compare->add_option("--year", stored_.year);
      compare->add_option("--place", stored_.place);
      compare->add_option("--by", stored_.by);
      compare->add_option("--expected", stored_.expected);
      compare->add_option("--top", stored_.top);
      compare->add_option("--format", stored_.format);
      compare->add_option("-o,--output", stored_.output);
      CLI::App* exported = command("export", [this] { return export_command(console_, stored_); });
      exported->add_option("store", stored_.store)->required();
      exported->add_option("--to", stored_.to)->required();
      exported->add_option("--what", stored_.what);
      exported->add_option("--year", stored_.year);
      exported->add_option("--place", stored_.place);
      exported->add_option("--unit", stored_.unit);
      exported->add_option("-o,--output", stored_.output);
   }

   void check_and_test() {
      CLI::App* check = command("check", [this] { return check_command(console_, check_); });
      check->add_option("rules", check_.rules)->required();
      check->add_option("--set", check_.parameters)->allow_extra_args(false);
      check->add_flag("--read-back", check_.read_back);
      check->add_flag("--unread", check_.unread);
      CLI::App* test = command("test", [this] { return test_command(console_, test_); });
      test->add_option("rules", test_.rules);
      test->add_option("reports", test_.reports);
      test->add_option("--set", test_.parameters)->allow_extra_args(false);
      test->add_option("--format", test_.format);
      test->add_option("--threshold", test_.threshold)->check(CLI::Range(0.0, 100.0));
      test->add_flag("--coverage", test_.coverage);
      test->add_flag("--mutate", test_.mutate);
      test->add_flag("--mutators", test_.mutators);
      test->add_flag("--samples", test_.samples);
   }

   void explain() {
      CLI::App* sub = command("explain", [this] { return explain_command(console_, explain_); });
      sub->add_option("words", explain_.words)->required();
      sub->add_option("--last-year", explain_.last_year)->allow_extra_args(false);
      sub->add_option("--explanations", explain_.explanations)->allow_extra_args(false);
      sub->add_option("--set", explain_.parameters)->allow_extra_args(false);
   }

   void justify() {
      CLI::App* sub = command("justify", [this] { return justify_command(console_, justify_); });
      sub->add_option("rules", justify_.rules)->required();
      sub->add_option("report", justify_.report)->required();
      sub->add_option("rule", justify_.rule)->required();
      sub->add_option("--why", justify_.why)->required();
      sub->add_option("--who", justify_.who)->required();
      sub->add_option("--date", justify_.when);
      sub->add_option("--unit", justify_.unit);
      sub->add_option("--year", justify_.year);
      sub->add_option("--place", justify_.place);
      sub->add_flag("--replace", justify_.replace);
      sub->add_option("-o,--output", justify_.output);
      sub->add_option("--last-year", justify_.last_year)->allow_extra_args(false);
      sub->add_option("--set", justify_.parameters)->allow_extra_args(false);
   }

   void format() {
      CLI::App* sub = command("fmt", [this] {
         if (!language_.empty()) format_.chinese = language_ == "zh";
         return format_command(console_, format_);
      });
      sub->add_option("files", format_.files)->required();
      sub->add_flag("--check", format_.check);
   }

   void load() {
      CLI::App* sub = command("load", [this] { return load_command(console_, load_); });
      sub->add_option("files", load_.files)->required();
      sub->add_option("--rules", load_.rules);
      sub->add_option("--to", load_.to);
      sub->add_option("-o,--output", load_.output);
      sub->add_option("--year", load_.year);
      sub->add_option("--place", load_.place);
      sub->add_option("--unit-name", load_.unit_name);
      sub->add_option("--show", load_.show);
   }

   void eval() {
      CLI::App* sub = command("eval", [this] { return eval_command(console_, eval_); });
      sub->add_option("expression", eval_.expression)->required();
      sub->add_option("--rules", eval_.rules);
      sub->add_option("--report", eval_.report);
      sub->add_option("--last-year", eval_.last_year)->allow_extra_args(false);
      sub->add_option("--set", eval_.parameters)->allow_extra_args(false);
   }

   void lists() {
      CLI::App* rules = command("rules", [this] { return rules_command(console_, list_); });
      rules->add_option("rules", list_.rules)->required();
      rules->add_option("--format", list_.format);
      rules->add_option("--year", list_.year);
      rules->add_option("--place", list_.place);
      CLI::App* schema = command("schema", [this] { return schema_command(console_, list_); });
      schema->add_option("rules", list_.rules)->required();
      schema->add_option("--year", list_.year);
      schema->add_option("--place", list_.place);
      command("functions", [this] { return functions_command(console_, list_); })->add_option("--format", list_.format);
      command("errors", [this] { return errors_command(console_, list_); })->add_option("--format", list_.format);
   }

   void freeze() {
      command("freeze", [this] { return freeze_command(console_, freeze_); })->add_option("rules", freeze_.rules)->required();
   }

   void diff() {
      CLI::App* sub = command("diff", [this] { return diff_command(console_, diff_); });
      sub->add_option("was", diff_.was)->required();
      sub->add_option("now", diff_.now)->required();
      sub->add_option("--year", diff_.year);
      sub->add_option("--place", diff_.place);
      sub->add_option("--format", diff_.format);
      sub->add_option("-o,--output", diff_.output);
   }

   void impact() {
      CLI::App* sub = command("impact", [this] { return impact_command(console_, impact_); });
      sub->add_option("was", impact_.was)->required();
      sub->add_option("now", impact_.now)->required();
      sub->add_option("reports", impact_.reports)->required();
      sub->add_option("--year", impact_.year);
      sub->add_option("--place", impact_.place);
      sub->add_option("--format", impact_.format);
      sub->add_option("-o,--output", impact_.output);
      sub->add_option("--last-year", impact_.last_year)->allow_extra_args(false);
      sub->add_flag("--details", impact_.details);
      sub->add_option("--threads", impact_.threads)->check(CLI::Range(1u, 256u));
   }

   void help() {
      command("help", [this] { return help_command(console_, topic_); })->add_option("topic", topic_);
      command("version", [this] { return version_command(console_); });
      command("doctor", [this] { return doctor_command(console_); });
   }

   // ---- what is wrong with the words

   bool one_of(const char* option, const std::string& word, const std::vector<std::string>& known) const {
      if (word.empty() || std::find(known.begin(), known.end(), word) != known.end()) return true;
      console_.none_of(say("{} 不能是 {}", "{} cannot be {}", option, word), word, known);
      return false;
   }

   std::vector<std::string> known_words() const {
      std::vector<std::string> known;
      for (const CLI::App* sub : app_.get_subcommands([](const CLI::App*) { return true; })) known.push_back(sub->get_name());
      const auto options_of = [&](const CLI::App* app) {
         for (const CLI::Option* option : app->get_options())
            for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
      };
      options_of(&app_);
      for (const CLI::App* sub : app_.get_subcommands()) options_of(sub);
      return known;
   }

   Exit complain(const CLI::ParseError& error) {
      const auto* sub = app_.get_subcommands().empty() ? nullptr : app_.get_subcommands().front();
      const std::string topic = sub ? sub->get_name() : "";
      Said help = topic.empty() ? say("写 heng 看有哪些命令", "heng lists the commands")
                                : say("写 heng help {} 看用法和例子", "heng help {0} shows how, with examples", topic);
      const std::vector<std::string> extras = app_.remaining(true);
      if (dynamic_cast<const CLI::ExtrasError*>(&error) && !extras.empty()) {
         const std::string& word = extras.front();
         // An option was misspelt as an option, a command as a command.
         std::vector<std::string> known = known_words();
         const bool option = word.rfind("--", 0) == 0;
         known.erase(std::remove_if(known.begin(), known.end(),
                                    [&](const std::string& one) { return (one.rfind("--", 0) == 0) != option; }),
                     known.end());
         const std::string written = word.substr(0, word.find('='));
         auto near = suggestions(written, known);
         // --cover is the beginning of --coverage, whatever else is near.
         const auto begun =
             std::find_if(known.begin(), known.end(), [&](const std::string& one) { return one.rfind(written, 0) == 0; });
         if (written.size() >= 4 && begun != known.end()) near.insert(near.begin(), *begun);
         if (topic == "eval")
            help =
                say("规则和报告写成 --rules 规则 --report 报告", "rules and report are given as --rules RULES --report REPORT");
         else if (!near.empty() && (option || topic.empty()))
            help = say("是不是 {}？", "did you mean {}?", near.front());
         console_.error(Code::usage,
                        topic.empty() ? say("没有 {} 这个命令或选项", "there is no command or option {}", word)
                                      : say("{} 不认识 {}", "{} does not know {}", topic, word),
                        help);
      } else if (dynamic_cast<const CLI::RequiredError*>(&error)) {
         console_.error(Code::usage, say("还要写：{}", "still missing: {}", console_.say(name_of_part(error.what()))), help);
      } else {
         const auto [said, how] = complaint_of(error);
         console_.error(Code::usage, said, how.value_or(help));
      }
      return Exit::usage;
   }

   // CLI11 names what is missing first: "rules is required".
   static Said name_of_part(const std::string& message) {
      const std::string part = message.substr(0, message.find(' '));
      if (part == "rules") return {"规则（文件或文件夹）", "RULES (a file or a folder)"};
      if (part == "reports") return {"报告", "REPORT"};
      if (part == "store") return {"结果库（heng run --store 建立的）", "STORE (made by heng run --store)"};
      if (part == "--unit") return {"--unit 单位名称", "--unit NAME"};
      if (part == "report") return {"报告（一个文件）", "REPORT (one file)"};
      if (part == "rule") return {"规则名", "RULE"};
      if (part == "--why") return {"--why 说明", "--why TEXT"};
      if (part == "--who") return {"--who 说明人", "--who NAME"};
      if (part == "--to") return {"--to csv|json|xlsx", "--to csv|json|xlsx"};
      if (part == "was" || part == "now") return {"要比较的两方规则（规则@年度）", "two versions to compare (RULES@YEAR)"};
      if (part == "parts") return {"要合并的结果", "PART (results to merge)"};
      if (part == "files") return {"文件", "FILE"};
      if (part == "expression") return {"算式", "an expression"};
      if (part == "words") return {"提示代码，或者 规则 报告 '规则[行]'", "a message code, or RULES REPORT 'RULE[row]'"};
      return {part, part};
   }

   // What CLI11 says is for programmers: only the option is taken from it ("--format: 1 required TEXT missing"), and its kind.
   std::pair<Said, std::optional<Said>> complaint_of(const CLI::ParseError& error) const {
      const std::string name = option_in(error.what());
      const CLI::Option* option = option_called(name);
      if (!option) return {{"用法不对", error.what()}, std::nullopt};
      const std::vector<std::string>& given = option->results();
      if (option->get_expected_max() == 0) return {say("{} 后面不写值", "{} takes no value", name), std::nullopt};
      if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) || given.empty()) {
         if (given.size() > 1) return {say("{} 只能写一次", "{} may be given once only", name), std::nullopt};
         return {say("{} 后面要写一个值", "{} takes one value", name), std::nullopt};
      }
      return {say("{} 不能是 {}", "{} cannot be {}", name, given.back()), values_of(name)};
   }

   static std::string option_in(std::string message) {
      const std::string conversion = "Could not convert: ";
      if (message.rfind(conversion, 0) == 0) message.erase(0, conversion.size());
      return message.substr(0, message.find_first_of(": "));
   }

   const CLI::Option* option_called(const std::string& name) const {
      for (const CLI::App* sub : app_.get_subcommands())
         if (const CLI::Option* option = sub->get_option_no_throw(name)) return option;
      return app_.get_option_no_throw(name);
   }

   static std::optional<Said> values_of(const std::string& option) {
      if (option == "--year") return say("年度写成四位数字，如 --year 2024", "write the year in four digits: --year 2024");
      if (option == "--threads") return say("至少 1，至多 256", "at least 1, at most 256");
      if (option == "--threshold") return say("写 0 到 100 的数", "a number from 0 to 100");
      if (option == "--top") return say("写行数，如 --top 20", "the number of lines, such as --top 20");
      return std::nullopt;
   }

   CLI::App app_;
   Console console_;
   std::function<Exit()> chosen_;
   std::string language_, colour_ = "auto", topic_;
   bool version_ = false;
   RunOptions run_;
   WorkerOptions worker_;
   MergeOptions merge_;
   StoreOptions stored_;
   ExplainOptions explain_;
   JustifyOptions justify_;
   FormatOptions format_;
   EvalOptions eval_;
   LoadOptions load_;
   TestOptions test_;
   ListOptions list_;
   FreezeOptions freeze_;
   DiffOptions diff_;
   ImpactOptions impact_;
   CheckOptions check_;
};

}  // namespace

}  // namespace heng

int main(int count, char** values) {
   heng::CommandLine line;
   try {
      heng::handle_interrupts();
      std::ios::sync_with_stdio(false);
      return static_cast<int>(line.main({values + 1, values + count}));
   } catch (const heng::StoreFault& fault) {
      line.console().error(heng::Code::usage, fault.said());
      return static_cast<int>(heng::Exit::unreadable);
   } catch (const std::exception& error) {
      line.console().error(heng::Code::internal, heng::say("程序内部错误：{}", "internal error: {}", error.what()));
      return static_cast<int>(heng::Exit::own_fault);
   }
}

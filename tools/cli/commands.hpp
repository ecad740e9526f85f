// The commands of `heng`, each a function from its options to an exit code. main.cpp reads the command line and calls one.
#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "tools/cli/console.hpp"

namespace heng {

struct RunOptions {
   std::string rules;
   std::vector<std::string> reports;
   std::vector<std::string> last_year;     // files and folders that hold last year's
   std::vector<std::string> explanations;  // files of explanations for whatever report
   std::vector<std::string> parameters;    // NAME=VALUE
   std::string format = "table", output, fail_level = "error";
   bool details = false;
   int year = 0;             // of documents that do not say it; 0: as they say
   std::string place, part;  // part: "2/10", of several runs over one collection
   std::string store;        // a file of SQLite, or postgresql://…
   bool resume = false;      // what an earlier run left in the store or the output stays
   unsigned threads = 0;     // 0: as many as there are cores
   bool locked = false;      // only as it was frozen
};
Exit run_command(Console& console, const RunOptions& options);

struct WorkerOptions {
   std::string rules;
   std::vector<std::string> last_year;
   std::vector<std::string> explanations;
   std::vector<std::string> parameters;
};
Exit worker_command(Console& console, const WorkerOptions& options);

struct MergeOptions {
   std::vector<std::string> parts;
   std::string output;
};
Exit merge_command(Console& console, const MergeOptions& options);

// Over a results store.
struct StoreOptions {
   std::string store, unit, place, by, to, what, format = "table", output, expected;
   int year = 0;          // 0: the latest
   std::size_t top = 20;  // lines of rankings
};
Exit history_command(Console& console, const StoreOptions& options);
Exit compare_command(Console& console, const StoreOptions& options);
Exit export_command(Console& console, const StoreOptions& options);

struct CheckOptions {
   std::string rules;
   std::vector<std::string> parameters;
   bool read_back = false;  // say what each rule means, with trials
   bool unread = false;     // list the figures that no rule reads or ties to others
};
Exit check_command(Console& console, const CheckOptions& options);

struct TestOptions {
   std::string rules;
   std::vector<std::string> reports;
   std::vector<std::string> parameters;
   std::string format = "table";
   bool coverage = false, mutate = false, mutators = false, samples = false;
   std::optional<double> threshold;  // percent
};
Exit test_command(Console& console, const TestOptions& options);

struct ExplainOptions {
   std::vector<std::string> words;  // E301, RULES RULE, or RULES REPORT RULE[row]
   std::vector<std::string> last_year;
   std::vector<std::string> explanations;
   std::vector<std::string> parameters;
};
Exit explain_command(Console& console, const ExplainOptions& options);

struct JustifyOptions {
   std::string rules, report, rule;  // rule: RULE[row]
   std::string unit, place;          // which report of several
   int year = 0;                     // the same
   std::string why, who, when;       // when: a date; empty: today
   std::string output;               // empty: the file beside the report
   bool replace = false;             // what was explained before
   std::vector<std::string> last_year;
   std::vector<std::string> parameters;
};
Exit justify_command(Console& console, const JustifyOptions& options);

struct FormatOptions {
   std::vector<std::string> files;
   bool check = false;
   std::optional<bool> chinese;  // keyword language; nothing: as it is
};
Exit format_command(Console& console, const FormatOptions& options);

struct LoadOptions {
   std::vector<std::string> files;
   std::string rules = "rules", to, output, place, unit_name;
   int year = 0;                       // 0: as the document says
   std::optional<std::uint32_t> show;  // a page, marked; 0: all
};
Exit load_command(Console& console, const LoadOptions& options);

struct EvalOptions {
   std::string expression, rules, report;
   std::vector<std::string> last_year;
   std::vector<std::string> parameters;
};
Exit eval_command(Console& console, const EvalOptions& options);

struct DiffOptions {
   std::string was, now;  // RULES[@YEAR[@PLACE]]
   int year = 0;          // where they do not say it
   std::string place, format = "table", output;
};
Exit diff_command(Console& console, const DiffOptions& options);

struct ImpactOptions {
   std::string was, now;  // RULES[@YEAR[@PLACE]]
   std::vector<std::string> reports, last_year;
   int year = 0;
   std::string place, format = "table", output;
   bool details = false;
   unsigned threads = 0;
};
Exit impact_command(Console& console, const ImpactOptions& options);

struct FreezeOptions {
   std::string rules;
};
Exit freeze_command(Console& console, const FreezeOptions& options);

struct ListOptions {
   std::string rules;
   std::string format = "table";
   int year = 0;  // schema: 0 for the latest; rules: 0 for a list of all
   std::string place;
};
Exit rules_command(Console& console, const ListOptions& options);
Exit merged_command(Console& console, const ListOptions& options);  // rules of one year and place
Exit schema_command(Console& console, const ListOptions& options);
Exit functions_command(Console& console, const ListOptions& options);
Exit errors_command(Console& console, const ListOptions& options);

Exit help_command(Console& console, const std::string& topic);  // empty: ten lines
Exit version_command(Console& console);
Exit doctor_command(Console& console);
std::vector<std::string> help_topics();

// "NAME=VALUE" into the workspace's settings; false: said what is wrong.
bool read_parameters(Console& console, const std::vector<std::string>& texts,
                     std::vector<std::pair<std::string, std::string>>& into);

extern std::atomic<bool> interrupted;  // Ctrl-C: finish what is being written and end

}  // namespace heng

// What every command that reads rules begins with.
#pragma once
#include "tools/cli/commands.hpp"
#include "tools/workspace/explanations.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

struct Opened {
   Disk disk;
   Workspace workspace{disk};
};

// Opens the rules and prints what is wrong with their texts. Exit::fine: they can be read.
Exit open_rules(Console& console, const std::string& path, const std::vector<std::string>& parameters, Opened& opened);
// The same, but faults are left to the caller (heng check prints them with all others).
Exit find_rules(Console& console, const std::string& path, const std::vector<std::string>& parameters, Opened& opened);
// Prints a compilation's diagnostics on standard error; Exit::broken_rules unless it may run.
Exit usable(Console& console, const Opened& opened, const Compiled& compiled);
// A word where no file mentions the place that was asked for: only the rules for everywhere are taken.
void mention_place(const Console& console, const Opened& opened, const std::string& place);

// Folders stand for the report files in them, in order of their paths.
std::vector<std::string> report_files(const std::vector<std::string>& given);
Said no_report_file();  // what to say where there is none

// What lies beside the reports, and the files given for all of them. Exit::unreadable: one of these cannot be read. Lines that
// cannot be used are told; `explanations.problems()` still has them.
Exit read_explanations(Console& console, const std::vector<std::string>& given, const std::vector<std::string>& reports,
                       Explanations& explanations);

// A compilation that failed: by a wrong --set alone, or because the rules are broken.
Exit exit_of(const Diagnostics& broken);

Exit cannot_write(Console& console, const std::string& file);
bool is_written(Console& console);  // all that was put out so far; else it is said
Exit no_such_format(Console& console, const std::string& format, const std::vector<std::string>& known);

}  // namespace heng

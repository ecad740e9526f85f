// Any file that holds a report becomes report data: its format is told by its content, programs of others are asked where they
// are needed, the forms of the rules drive the reading. `heng run` and `heng load` take the same way. Does not know: terminals,
// verdicts.
#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "reports/read/problem.hpp"
#include "reports/read/recognise/recognise.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

struct LoadSettings {
   SaidByHand by_hand;
   bool chinese = true;                      // of what is written into the report
   bool by_next_years_forms = false;         // where no forms are for the document's own year: it is read as last year's
   const std::atomic<bool>* stop = nullptr;  // becomes true: programs that were started are ended
};

struct Loaded {
   std::string name;
   DocumentFormat format = DocumentFormat::unknown;
   Document document;        // before it was understood
   Reading reading;          // empty where it was refused
   ReportProblems problems;  // of the file, and of parts that cannot be used
   bool refused = false;
   std::size_t corrected = 0;           // values that a person corrected (corrections.hpp)
   int year = 0;                        // that it is of, as far as it could be told before it was read
   const Compiled* compiled = nullptr;  // the rules whose forms it was read by
};

// Whether a file is report data as it stands (JSON, NDJSON): then RecordStream reads it, record by record.
bool is_report_data(const std::string& path);

Loaded load_report(Workspace& workspace, const std::string& name, std::string_view bytes, const LoadSettings& settings = {});
Loaded load_report_file(Workspace& workspace, const std::string& path, const LoadSettings& settings = {});

// The report as canonical JSON, with the account of its reading under 读取.
std::string report_text(const Loaded& loaded, bool chinese = true);

// As records, whatever the file holds. May be called from several threads.
struct OpenedReport {
   std::unique_ptr<RecordStream> stream;  // nullptr: it was refused, `problems` says why
   ReportProblems problems;
};
OpenedReport open_report(Workspace& workspace, const std::string& path, const LoadSettings& settings);

}  // namespace heng

#include "tools/cli/one_report.hpp"

#include "grammar/codes.hpp"
#include "stdlib/text.hpp"
#include "tools/workspace/load.hpp"

namespace heng {

namespace {

std::string name_of(const ReportChoice& choice) {
   std::string name = choice.unit;
   if (choice.year != 0) name += (name.empty() ? "" : " ") + std::to_string(choice.year);
   if (!choice.place.empty()) name += (name.empty() ? "" : " ") + choice.place;
   return name;
}

bool is_open(const ReportChoice& choice) { return choice.unit.empty() && choice.year == 0 && choice.place.empty(); }

// Of the records that were read those that were meant. A record that cannot be opened was not.
void leave_chosen(const Workspace& workspace, const ReportChoice& choice, const std::string& file, RecordBlock& block) {
   if (is_open(choice)) return;
   JsonReader reader;
   std::erase_if(block.records, [&](const Record& record) {
      ReportProblems said_elsewhere;
      const auto header = reader.open(file, record, workspace.header_keys(), said_elsewhere);
      const auto differs = [](const std::string& wanted, const std::string& is) {
         return !wanted.empty() && fold(wanted) != fold(is);
      };
      return !header || differs(choice.unit, header->unit_name) || differs(choice.place, header->place) ||
             (choice.year != 0 && header->year != choice.year);
   });
}

}  // namespace

Exit read_one_report(Console& console, Opened& opened, const std::string& file, const std::vector<std::string>& last_year,
                     OneReport& report, const ReportChoice& choice) {
   report.file = file;
   ReportProblems problems;
   LoadSettings settings;
   settings.chinese = console.chinese;
   if (choice.year != 0) settings.by_hand.year = choice.year;
   settings.by_hand.place = choice.place;
   const OpenedReport found = open_report(opened.workspace, file, settings);
   for (const ReportProblem& problem : found.problems) console.problem(problem);
   if (!found.stream) return Exit::unreadable;
   while (report.block.records.empty() && found.stream->next(report.block)) {
      if (is_open(choice)) {
         for (const ReportProblem& problem : report.block.problems) console.problem(problem);
         if (!report.block.problems.empty()) return Exit::unreadable;
      }
      leave_chosen(opened.workspace, choice, file, report.block);
   }
   RecordBlock others;
   report.alone = report.block.records.size() <= 1;
   while (report.alone && found.stream->next(others)) {
      leave_chosen(opened.workspace, choice, file, others);
      report.alone = others.records.empty();
   }
   if (report.block.records.empty()) {
      if (is_open(choice))
         console.error(Code::report_unreadable, say("{} 里没有报告", "{} holds no report", file));
      else
         console.error(Code::report_unreadable, say("{} 里没有 {} 的报告", "{} holds no report of {}", file, name_of(choice)));
      return Exit::unreadable;
   }
   JsonReader reader;
   const auto header = reader.open(file, report.block.records.front(), opened.workspace.header_keys(), problems);
   if (header) {
      report.header = *header;
      report.compiled = &opened.workspace.compile(header->year, header->place);
      if (const Exit failed = usable(console, opened, *report.compiled); failed != Exit::fine) return failed;
      report.builder = std::make_unique<BatchBuilder>(report.compiled->program().schema);
   }
   LastYear finder(opened.workspace, settings);
   finder.look_in(report_files(last_year), {file});
   bool filled = header && finder.fill(reader, report.block.records.front(), file, *header, *report.compiled, *report.builder,
                                       problems, report.last_year);
   if (!last_year.empty())
      for (const ReportProblem& problem : finder.problems()) {
         console.problem(problem);
         filled = false;
      }
   for (const ReportProblem& problem : problems) console.problem(problem);
   return filled ? Exit::fine : Exit::unreadable;
}

Detail detail_for(const Console& console, const OneReport& report) {
   Detail detail;
   detail.chinese = console.chinese;
   detail.raw = [&report](std::uint32_t, Origin origin) { return raw_text(report.text(), report.last_year, origin); };
   return detail;
}

}  // namespace heng

#include "tools/cli/open.hpp"

#include <algorithm>
#include <filesystem>

#include "grammar/codes.hpp"
#include "reports/read/recognise/corrections.hpp"

namespace heng {

namespace {

namespace fs = std::filesystem;

bool is_report_file(const fs::path& path) {
   const std::string end = path.extension().string();
   constexpr std::string_view known[] = {".json", ".ndjson", ".jsonl", ".pdf", ".xlsx", ".docx", ".html", ".htm",
                                         ".csv",  ".txt",    ".xls",   ".doc", ".wps",  ".et",   ".ods",  ".odt"};
   return std::find(std::begin(known), std::end(known), end) != std::end(known);
}

// Corrections and explanations lie beside the report that they are about, and are none themselves.
bool lies_beside_report(const fs::path& path) {
   const std::string name = path.string();
   for (const std::string& end : {corrections_beside(""), explanations_beside("")}) {
      std::error_code error;
      if (name.size() > end.size() && name.ends_with(end) && fs::exists(name.substr(0, name.size() - end.size()), error))
         return true;
   }
   return false;
}

}  // namespace

std::vector<std::string> report_files(const std::vector<std::string>& given) {
   std::vector<std::string> files;
   for (const std::string& one : given) {
      std::error_code error;
      if (one == "-" || !fs::is_directory(one, error)) {
         files.push_back(one);
         continue;
      }
      std::vector<std::string> inside;
      for (const auto& entry : fs::recursive_directory_iterator(one, fs::directory_options::skip_permission_denied, error))
         if (entry.is_regular_file(error) && is_report_file(entry.path()) && !lies_beside_report(entry.path()))
            inside.push_back(entry.path().string());
      std::sort(inside.begin(), inside.end());
      files.insert(files.end(), inside.begin(), inside.end());
   }
   return files;
}

Said no_report_file() { return say("没有找到报告文件", "no report file was found"); }

bool read_parameters(Console& console, const std::vector<std::string>& texts,
                     std::vector<std::pair<std::string, std::string>>& into) {
   for (const std::string& text : texts) {
      std::size_t equals = text.find('='), width = 1;
      if (equals == std::string::npos) {
         equals = text.find("＝");
         width = std::string_view("＝").size();
      }
      if (equals == std::string::npos || equals == 0) {
         console.error(Code::usage, say("--set 写成 名称=值，如 --set 偏差说明线=25%：{}",
                                        "--set takes NAME=VALUE, as --set 偏差说明线=25%: {}", text));
         return false;
      }
      into.emplace_back(text.substr(0, equals), text.substr(equals + width));
   }
   return true;
}

Exit find_rules(Console& console, const std::string& path, const std::vector<std::string>& parameters, Opened& opened) {
   if (!read_parameters(console, parameters, opened.workspace.settings.parameters_by_hand)) return Exit::usage;
   if (opened.workspace.open(path)) return Exit::fine;
   console.error(Code::file_not_found, opened.workspace.why_not());
   return Exit::unreadable;
}

Exit open_rules(Console& console, const std::string& path, const std::vector<std::string>& parameters, Opened& opened) {
   if (const Exit failed = find_rules(console, path, parameters, opened); failed != Exit::fine) return failed;
   if (opened.workspace.readable()) return Exit::fine;
   print_all(std::cerr, opened.workspace.diagnostics(), opened.workspace.sources(), console.chinese, console.colour_on_error());
   return Exit::broken_rules;
}

Exit usable(Console& console, const Opened& opened, const Compiled& compiled) {
   if (compiled.ok) return Exit::fine;
   Diagnostics all = compiled.diagnostics;
   print_all(std::cerr, all, opened.workspace.sources(), console.chinese, console.colour_on_error());
   if (const auto& none = compiled.no_rule_set) {  // no line of the rules is at fault
      console.error(none->code, none->message, none->help);
      all.push_back(*none);
   }
   return exit_of(all);
}

void mention_place(const Console& console, const Opened& opened, const std::string& place) {
   const auto near = opened.workspace.unmentioned(place);
   if (!near) return;
   console.message(near->empty()
                       ? say("没有一个规则集、行政区划提到“{}”，按全国的",
                             "no rule set and no places mention \"{}\": the rules for everywhere are taken", place)
                       : say("没有一个规则集、行政区划提到“{}”，按全国的；是不是 {}？",
                             "no rule set and no places mention \"{}\": the rules for everywhere are taken; did you mean {}?",
                             place, near->front()));
}

Exit read_explanations(Console& console, const std::vector<std::string>& given, const std::vector<std::string>& reports,
                       Explanations& explanations) {
   for (const std::string& file : given) {
      if (explanations.add(file)) continue;
      console.error(Code::file_not_found, say("没有 {}，或者打不开", "there is no {}, or it cannot be opened", file));
      return Exit::unreadable;
   }
   explanations.look_beside(reports);
   for (const ReportProblem& problem : explanations.problems()) console.problem(problem);
   return Exit::fine;
}

Exit exit_of(const Diagnostics& broken) {
   const bool only_set = std::all_of(broken.begin(), broken.end(), [](const Diagnostic& one) {
      return one.gravity != Gravity::error || one.code == Code::set_by_hand;
   });
   return only_set && count_errors(broken) > 0 ? Exit::usage : Exit::broken_rules;
}

Exit cannot_write(Console& console, const std::string& file) {
   console.error(Code::usage, say("写不了文件 {}", "cannot write {}", file));
   return Exit::usage;
}

bool is_written(Console& console) {
   console.out().flush();
   if (!console.out()) console.error(Code::usage, say("输出没有写完", "the output could not be written in full"));
   return static_cast<bool>(console.out());
}

Exit no_such_format(Console& console, const std::string& format, const std::vector<std::string>& known) {
   console.none_of(say("没有 {} 这种格式", "there is no format {}", format), format, known);
   return Exit::usage;
}

}  // namespace heng

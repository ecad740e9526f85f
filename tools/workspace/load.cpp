#include "tools/workspace/load.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "reports/read/document/formats.hpp"
#include "reports/read/recognise/corrections.hpp"
#include "reports/read/recognise/unit_check.hpp"
#include "tools/workspace/foreign.hpp"

namespace heng {

namespace {

bool ends_with(const std::string& text, std::string_view end) {
   return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

ReportProblem problem_of(const std::string& name, const DocumentProblem& from) {
   ReportProblem problem;
   problem.code = from.code;
   problem.message = from.message;
   problem.file = name;
   problem.line = from.place.line;
   problem.refuses = from.refuses;
   const auto at = [&](const std::string& zh, const std::string& en) {
      problem.message.zh = zh + problem.message.zh;
      problem.message.en = en + problem.message.en;
   };
   if (from.place.page > 0)
      at("第" + std::to_string(from.place.page) + "页：", "page " + std::to_string(from.place.page) + ": ");
   else if (!from.place.cell.empty())
      at(from.place.cell + "：", from.place.cell + ": ");
   return problem;
}

ReportProblem refusal(const std::string& name, Said message) {
   ReportProblem problem;
   problem.message = std::move(message);
   problem.file = name;
   problem.refuses = true;
   return problem;
}

Document document_of(std::string_view bytes, DocumentFormat format, const LoadSettings& settings) {
   ForeignOptions options;
   options.stop = settings.stop;
   switch (format) {
      case DocumentFormat::pdf: return pdf_document(bytes, options);
      case DocumentFormat::picture: return picture_document(bytes, options);
      case DocumentFormat::csv: return read_csv_document(bytes);
      case DocumentFormat::html: return read_html_document(bytes);
      case DocumentFormat::xlsx: return read_xlsx_document(bytes);
      case DocumentFormat::docx: return read_docx_document(bytes);
      case DocumentFormat::office: {
         const Converted converted = office_converted(bytes, options);
         if (converted.format == DocumentFormat::unknown) {
            Document none;
            none.problems = converted.problems;
            return none;
         }
         Document document = document_of(converted.bytes, converted.format, settings);
         document.problems.insert(document.problems.end(), converted.problems.begin(), converted.problems.end());
         return document;
      }
      case DocumentFormat::text: return read_text_document(bytes);
      default: break;
   }
   Document none;
   DocumentProblem problem;
   if (format == DocumentFormat::json || format == DocumentFormat::ndjson) {
      problem.message =
          say("这已经是报告数据，不用再读；直接用 heng run", "this is report data already: give it to heng run as it is");
      problem.refuses = true;
      none.problems.push_back(std::move(problem));
      return none;
   }
   problem.message =
       say("认不出是什么文件：不是 PDF、电子表格、网页、文本或 JSON", "this is no PDF, workbook, web page, text or JSON");
   problem.refuses = true;
   none.problems.push_back(std::move(problem));
   return none;
}

// The forms that the document is read by: those of its own year; before that is known, those of the latest.
const Compiled* forms_for(Workspace& workspace, const Document& document, const LoadSettings& settings, Loaded& loaded) {
   const auto years = workspace.years_and_places();
   if (years.empty()) return nullptr;
   std::optional<int> year = settings.by_hand.year;
   if (!year) year = year_of(document);
   if (!year) {
      loaded.problems.push_back(
          refusal(loaded.name, say("看不出是哪个年度的报告；用 --year 写明，如 --year 2024",
                                   "the document names no fiscal year; say it with --year, as --year 2024")));
      loaded.problems.back().code = Code::report_missing_field;
      return nullptr;
   }
   loaded.year = *year;
   Compiled& compiled = workspace.compile(*year, settings.by_hand.place);
   if (compiled.no_rule_set && settings.by_next_years_forms)
      if (const Compiled& next = workspace.compile(*year + 1, settings.by_hand.place); next.ok) return &next;
   if (compiled.no_rule_set) {
      Said message = compiled.no_rule_set->message;
      if (compiled.no_rule_set->help) {
         message.zh += "；" + compiled.no_rule_set->help->zh;
         message.en += "; " + compiled.no_rule_set->help->en;
      }
      loaded.problems.push_back(refusal(loaded.name, message));
      loaded.problems.back().code = compiled.no_rule_set->code;
      return nullptr;
   }
   return &compiled;
}

// What lies beside the document: corrections by hand.
void correct(Loaded& loaded) {
   if (loaded.refused) return;
   const std::string beside = corrections_beside(loaded.name);
   std::ifstream file(beside, std::ios::binary);
   if (!file) return;
   const std::string bytes{std::istreambuf_iterator<char>(file), {}};
   const auto corrections = read_corrections(bytes, beside, loaded.problems);
   loaded.corrected = apply_corrections(corrections, beside, loaded.reading.data, loaded.problems);
}

// A table printed in 元 under a head that says 万元: one finding, and its figures are read as what they are.
void check_units(Loaded& loaded) {
   const Schema& schema = loaded.compiled->forms();
   for (const WrongUnit& wrong : read_units_right(schema, loaded.reading.data)) {
      ReportProblem problem;
      problem.code = Code::report_wrong_unit;
      problem.message = say("{} 的数是{}，表头写的是{}：与其他表相差{}倍；按{}读",
                            "the figures of {} are in {}, its head says {}: {} times those of other tables; read as {}",
                            wrong.form, wrong.is, wrong.said, wrong.times, wrong.is);
      problem.file = loaded.name;
      problem.pointer = "/" + wrong.form;
      loaded.problems.push_back(std::move(problem));
   }
}

}  // namespace

bool is_report_data(const std::string& path) {
   if (path == "-") return true;
   std::ifstream file(path, std::ios::binary);
   if (!file) return true;  // RecordStream says why it cannot be opened
   std::string head(4096, '\0');
   file.read(head.data(), static_cast<std::streamsize>(head.size()));
   head.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
   if (head.find_first_not_of(" \t\r\n") == std::string::npos) return true;
   switch (format_of(head)) {
      case DocumentFormat::json: return true;
      // Broken JSON looks like any text: then the name tells what it was meant to be.
      case DocumentFormat::text:
      case DocumentFormat::csv: return ends_with(path, ".json") || ends_with(path, ".ndjson") || ends_with(path, ".jsonl");
      default: return false;
   }
}

Loaded load_report(Workspace& workspace, const std::string& name, std::string_view bytes, const LoadSettings& settings) {
   Loaded loaded;
   loaded.name = name;
   loaded.format = format_of(bytes);
   loaded.document = document_of(bytes, loaded.format, settings);
   if (loaded.document.blocks.empty() && loaded.document.problems.empty()) {
      DocumentProblem nothing;
      nothing.message = say("文件是空的：里面没有文字", "the file is empty: it holds no text");
      nothing.refuses = true;
      loaded.document.problems.push_back(std::move(nothing));
   }
   bool refused = false;
   for (const DocumentProblem& problem : loaded.document.problems) {
      loaded.problems.push_back(problem_of(name, problem));
      refused |= problem.refuses;
   }
   if (!refused) loaded.compiled = forms_for(workspace, loaded.document, settings, loaded);
   loaded.refused = loaded.compiled == nullptr;
   if (loaded.refused) return loaded;
   if (!loaded.compiled->ok) {
      // Nothing is read by forms that do not compile. Year and place lead whoever weighs it to what is wrong with the rules.
      const HeaderKeys& keys = workspace.header_keys();
      loaded.reading.data[keys.year.front()] = std::to_string(loaded.year);
      if (!settings.by_hand.place.empty()) loaded.reading.data[keys.place.front()] = settings.by_hand.place;
      return loaded;
   }
   SaidByHand by_hand = settings.by_hand;
   loaded.reading = recognise(loaded.compiled->forms(), loaded.document, by_hand);
   check_units(loaded);
   for (const PartRead& part : loaded.reading.account.parts) {
      if (part.state != PartState::unusable) continue;
      ReportProblem problem;
      problem.code = Code::report_shape;
      problem.message = say("{}（{}）不能用：{}", "{} ({}) cannot be used: {}", part.name, part.title, part.why.zh);
      problem.message.en = fmt::format("{} ({}) cannot be used: {}", part.name, part.title, part.why.en);
      problem.file = name;
      problem.line = part.place.line;
      problem.pointer = "/" + part.name;
      loaded.problems.push_back(std::move(problem));
   }
   return loaded;
}

Loaded load_report_file(Workspace& workspace, const std::string& path, const LoadSettings& settings) {
   Loaded failed;
   failed.name = path;
   failed.refused = true;
   if (ends_with(path, ".heng")) {
      failed.problems.push_back(refusal(
          path, say("这是规则，不是报告：先写规则，后写报告", "these are rules, no report: rules come first, then reports")));
      return failed;
   }
   std::ifstream file(path, std::ios::binary | std::ios::ate);
   if (!file) {
      failed.problems.push_back(refusal(path, say("没有这个文件，或者打不开", "there is no such file, or it cannot be opened")));
      return failed;
   }
   if (file.tellg() < 0 || static_cast<std::uint64_t>(file.tellg()) > largest_document) {
      failed.problems.push_back(
          refusal(path, say("文件太大（上限 {} MB）", "the file is too large (limit {} MB)", largest_document >> 20)));
      failed.problems.back().code = Code::report_too_large;
      return failed;
   }
   file.seekg(0);
   const std::string bytes{std::istreambuf_iterator<char>(file), {}};
   Loaded loaded = load_report(workspace, path, bytes, settings);
   correct(loaded);
   return loaded;
}

std::string report_text(const Loaded& loaded, bool chinese) {
   ReportData data = loaded.reading.data;
   ReportData account = data_of(loaded.reading.account, chinese);
   account["file"] = loaded.name;
   data["读取"] = std::move(account);
   return data.dump(-1, ' ', false, ReportData::error_handler_t::replace);
}

OpenedReport open_report(Workspace& workspace, const std::string& path, const LoadSettings& settings) {
   OpenedReport opened;
   if (is_report_data(path)) {
      opened.stream = std::make_unique<RecordStream>(path);
      return opened;
   }
   const Loaded loaded = load_report_file(workspace, path, settings);
   opened.problems = loaded.problems;
   if (!loaded.refused) opened.stream = std::make_unique<RecordStream>(path, report_text(loaded, settings.chinese));
   return opened;
}

}  // namespace heng

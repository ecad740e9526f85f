// `heng load`: a published file becomes report data, and a person sees what of it was found, missing, doubtful, not understood.
#include "tools/workspace/load.hpp"

#include <algorithm>

#include "grammar/codes.hpp"
#include "reports/write/values.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/cli/progress.hpp"
#include "tools/workspace/look_ahead.hpp"

namespace heng {

namespace {

std::string_view format_name(DocumentFormat format, bool chinese) {
   switch (format) {
      case DocumentFormat::json: return "JSON";
      case DocumentFormat::ndjson: return "NDJSON";
      case DocumentFormat::text: return chinese ? "文本" : "text";
      case DocumentFormat::csv: return "CSV";
      case DocumentFormat::html: return chinese ? "网页" : "HTML";
      case DocumentFormat::xlsx: return chinese ? "电子表格" : "workbook";
      case DocumentFormat::docx: return chinese ? "Word 文档" : "Word document";
      case DocumentFormat::pdf: return "PDF";
      case DocumentFormat::office: return chinese ? "旧式办公文档" : "old office file";
      case DocumentFormat::picture: return chinese ? "图片" : "picture";
      default: return chinese ? "不明" : "unknown";
   }
}

std::string place_of(const DocumentPlace& place, bool chinese) {
   std::string text;
   if (place.page > 0) text = chinese ? "第" + std::to_string(place.page) + "页" : "page " + std::to_string(place.page);
   if (place.line > 0 && place.page == 0)
      text += chinese ? "第" + std::to_string(place.line) + "行" : "line " + std::to_string(place.line);
   if (!place.cell.empty()) text += (text.empty() ? "" : " ") + place.cell;
   return text;
}

std::string text_at(const ReportData& data, const std::string& key) {
   if (!data.contains(key)) return "";
   const ReportData& value = data.at(key);
   return value.is_string() ? value.get<std::string>() : value.is_object() ? value.value("value", "") : "";
}

void print_part(Console& console, const PartRead& part) {
   const auto state = [&]() -> std::string_view {
      switch (part.state) {
         case PartState::found: return console.say("找到", "found");
         case PartState::missing: return console.say("没有找到", "missing");
         case PartState::doubtful: return console.say("存疑", "doubtful");
         default: return console.say("不能用", "unusable");
      }
   }();
   std::ostream& out = console.out();
   out << "  " << state << "  " << part.name;
   if (!part.title.empty() && part.title != part.name) out << " " << part.title;
   if (part.values > 0) out << console.say("，", ", ") << part.values << console.say(" 个值", " values");
   const std::string place = place_of(part.place, console.chinese);
   if (!place.empty()) out << console.say("（", " (") << place << console.say("）", ")");
   out << '\n';
   if (part.state != PartState::found) out << "        " << console.say(part.why) << '\n';
}

void print_account(Console& console, const Loaded& loaded) {
   std::ostream& out = console.out();
   const ReadingAccount& account = loaded.reading.account;
   out << loaded.name << console.say("：", ": ") << format_name(loaded.format, console.chinese);
   if (loaded.document.pages > 0) out << console.say("，", ", ") << loaded.document.pages << console.say(" 页", " pages");
   out << '\n';
   const Schema& schema = loaded.compiled->program().schema;
   for (const FieldId id : {schema.unit_name, schema.year, schema.place}) {
      if (id == no_field) continue;
      const std::string text = text_at(loaded.reading.data, schema.fields[id].name);
      out << "  " << schema.fields[id].name << console.say("：", ": ")
          << (text.empty() ? console.say("（没有读到）", "(not read)") : text) << '\n';
   }
   std::uint32_t values = 0;
   for (const PartRead& part : account.parts) {
      values += part.values;
      if (part.state == PartState::found) print_part(console, part);
   }
   for (const PartRead& part : account.parts)
      if (part.state != PartState::found) print_part(console, part);
   if (!account.not_understood.empty()) out << console.say("没有认出来的：", "not understood:") << '\n';
   for (const NotUnderstood& one : account.not_understood) {
      const std::string place = place_of(one.place, console.chinese);
      out << "  " << one.part << "  " << one.text << (place.empty() ? "" : "  " + place) << "  " << console.say(one.why) << '\n';
   }
   if (loaded.corrected > 0)
      out << console.say("订正了 ", "corrected: ") << loaded.corrected << console.say(" 个值", " values") << '\n';
   for (const Disagreement& one : account.disagreements)
      out << "  " << one.pointer << console.say("：两处读出的不同：", ": read twice, not the same: ") << one.first.text << " / "
          << one.second.text << '\n';
   const auto count = [&](PartState state) {
      return std::count_if(account.parts.begin(), account.parts.end(), [&](const PartRead& part) { return part.state == state; });
   };
   out << console.say("共读出 ", "") << values << console.say(" 个值；找到 ", " values; found ") << count(PartState::found)
       << console.say(" 处，存疑 ", ", doubtful ") << count(PartState::doubtful) << console.say(" 处，没有找到 ", ", missing ")
       << count(PartState::missing) << console.say(" 处，不能用 ", ", unusable ") << count(PartState::unusable)
       << console.say(" 处；没有认出来的格 ", "; cells not understood ") << account.not_understood.size() << '\n';
}

}  // namespace

Exit load_command(Console& console, const LoadOptions& options) {
   const std::vector<std::string> formats{"json", "csv", "xlsx"};
   if (!options.to.empty() && std::find(formats.begin(), formats.end(), options.to) == formats.end()) {
      console.none_of(say("--to 不能是 {}", "--to cannot be {}", options.to), options.to, formats);
      return Exit::usage;
   }
   if (options.to == "xlsx" && options.output.empty()) {
      console.error(Code::usage, say("--to xlsx 要写入文件：-o 文件.xlsx", "--to xlsx writes a file: -o FILE.xlsx"));
      return Exit::usage;
   }
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, {}, opened); failed != Exit::fine) return failed;
   if (options.to != "xlsx" && !console.write_to(options.output)) return cannot_write(console, options.output);
   LoadSettings settings;
   settings.chinese = console.chinese;
   settings.stop = &interrupted;
   if (options.year != 0) settings.by_hand.year = options.year;
   settings.by_hand.place = options.place;
   settings.by_hand.unit_name = options.unit_name;
   Exit end = Exit::fine;
   bool written = true;
   const std::vector<std::string> files = report_files(options.files);
   if (files.empty()) {
      console.error(Code::file_not_found, no_report_file());
      return Exit::unreadable;
   }
   LookAhead<Loaded> loading(files.size(), [&](std::size_t i) { return load_report_file(opened.workspace, files[i], settings); });
   Progress progress(console, files.size(), files.size());
   for (std::size_t i = 0; i < files.size(); ++i) {
      if (interrupted) return Exit::interrupted;
      const Loaded loaded = loading.next();
      progress.clear();
      progress.show({i + 1, 0, i + 1, files[i]});
      for (const ReportProblem& problem : loaded.problems) console.problem(problem);
      if (loaded.refused) {
         end = Exit::unreadable;
         continue;
      }
      if (const Exit failed = usable(console, opened, *loaded.compiled); failed != Exit::fine) return failed;
      if (options.show)
         write_marked_page(console.out(), loaded.document, loaded.reading.data, *options.show, console.chinese);
      else if (options.to == "json")
         console.out() << report_text(loaded, console.chinese) << '\n';
      else if (options.to == "csv")
         write_values_csv(console.out(), loaded.reading.data, console.chinese);
      else if (options.to == "xlsx")
         written = write_values_xlsx(options.output, loaded.reading.data, loaded.reading.account, console.chinese);
      else
         print_account(console, loaded);
   }
   if (!written) return cannot_write(console, options.output);
   return is_written(console) ? end : Exit::own_fault;
}

}  // namespace heng

// What the program can say about rules and about itself: rules, schema, functions, errors.
#include <set>

#include "grammar/codes.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/schema.hpp"
#include "reports/write/words.hpp"
#include "stdlib/function.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"

namespace heng {

namespace {

// ---- rules

std::string_view id_of(RuleKind kind) {
   switch (kind) {
      case RuleKind::check: return "check";
      case RuleKind::rollup: return "rollup";
      case RuleKind::require: return "require";
      case RuleKind::let: return "let";
      case RuleKind::score: return "score";
      case RuleKind::bands: return "bands";
   }
   return "";
}

std::string_view word_of(RuleKind kind, bool chinese) {
   if (!chinese) return id_of(kind);
   switch (kind) {
      case RuleKind::check: return "审核";
      case RuleKind::rollup: return "逐级汇总";
      case RuleKind::require: return "要求";
      case RuleKind::let: return "计算";
      case RuleKind::score: return "评分";
      case RuleKind::bands: return "分档";
   }
   return "";
}

bool has_severity(RuleKind kind) { return kind == RuleKind::check || kind == RuleKind::rollup || kind == RuleKind::require; }

class RuleList {
 public:
   RuleList(Console& console, const Workspace& workspace, bool json) : console_(console), workspace_(workspace), json_(json) {
      if (json_) text_.begin_object().member("heng", "rules/1").key("rules").begin_list();
   }

   void add(const Program& program) {
      for (const Rule& rule : program.rules)
         if (met_.insert({rule.span.file, rule.span.begin}).second) add(program, rule);
   }

   void print() {
      if (json_) {
         text_.end_list().end_object();
         console_.out() << text_.take() << '\n';
         return;
      }
      for (const auto& row : rows_) {
         std::string line;
         for (std::size_t i = 0; i < row.size(); ++i) line += i + 1 < row.size() ? pad(row[i], widths_[i]) + "  " : row[i];
         console_.out() << line << '\n';
      }
   }

 private:
   void add(const Program& program, const Rule& rule) {
      const Place place = workspace_.sources().place_of(rule.span.file, rule.span.begin);
      const std::string& path = workspace_.sources()[rule.span.file].path;
      if (!json_) return add_row(rule, fmt::format("{}:{}", path, place.line));
      const RuleSet& set = program.sets[rule.set];
      text_.begin_object().member("ruleset", set.name);
      text_.key("year").number(static_cast<std::uint64_t>(set.year));
      text_.member("place", set.place).member("name", rule.name).member("title", rule.title).member("kind", id_of(rule.kind));
      text_.member_or_null("severity", has_severity(rule.kind) ? heng::id_of(rule.severity) : "");
      refs(rule.refs);
      text_.member("cite", rule.cite.empty() ? set.cite : rule.cite).member("file", path);
      text_.key("line").number(place.line).key("cases").begin_list();
      for (const Case& one : rule.cases)
         if (!one.title.empty()) add_case(rule, one);
      text_.end_list().end_object();
   }

   void add_case(const Rule& rule, const Case& one) {
      text_.begin_object().member("title", one.title).member("severity", heng::id_of(one.severity));
      text_.member("kind", heng::word_of(one.kind, true));
      refs(one.refs.empty() ? rule.refs : one.refs);
      text_.key("line").number(workspace_.sources().place_of(one.span.file, one.span.begin).line).end_object();
   }

   void refs(const std::vector<std::string>& all) {
      text_.key("refs").begin_list();
      for (const std::string& ref : all) text_.text(ref);
      text_.end_list();
   }

   void add_row(const Rule& rule, std::string at) {
      std::set<std::string> all(rule.refs.begin(), rule.refs.end());
      for (const Case& one : rule.cases) all.insert(one.refs.begin(), one.refs.end());
      std::string refs = join({all.begin(), all.end()}, ",");
      if (all.size() > 4) refs = fmt::format("{}… ({})", *all.begin(), all.size());
      rows_.push_back({rule.name, std::string(word_of(rule.kind, console_.chinese)),
                       has_severity(rule.kind) ? std::string(heng::word_of(rule.severity, console_.chinese)) : "",
                       std::move(refs), rule.title, std::move(at)});
      for (std::size_t i = 0; i < rows_.back().size(); ++i) widths_[i] = std::max(widths_[i], display_width(rows_.back()[i]));
   }

   Console& console_;
   const Workspace& workspace_;
   bool json_;
   JsonText text_{true};
   std::set<std::pair<std::uint32_t, std::uint32_t>> met_;
   std::vector<std::vector<std::string>> rows_;
   std::size_t widths_[6] = {};
};

}  // namespace

Exit rules_command(Console& console, const ListOptions& options) {
   if (options.format != "table" && options.format != "json") return no_such_format(console, options.format, {"table", "json"});
   if (options.year != 0) return merged_command(console, options);
   if (!options.place.empty()) {
      console.error(Code::usage, say("--place 要同 --year 一起写", "--place goes with --year"));
      return Exit::usage;
   }
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, {}, opened); failed != Exit::fine) return failed;
   RuleList list(console, opened.workspace, options.format == "json");
   for (const auto& [year, place] : opened.workspace.years_and_places()) {
      const Compiled& compiled = opened.workspace.compile(year, place);
      if (const Exit failed = usable(console, opened, compiled); failed != Exit::fine) return failed;
      list.add(compiled.program());
   }
   list.print();
   return Exit::fine;
}

Exit schema_command(Console& console, const ListOptions& options) {
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, {}, opened); failed != Exit::fine) return failed;
   int year = options.year;
   if (year == 0)
      for (const auto& [one, place] : opened.workspace.years_and_places()) year = std::max(year, one);
   const Compiled& compiled = opened.workspace.compile(year, options.place);
   if (const Exit failed = usable(console, opened, compiled); failed != Exit::fine) return failed;
   console.out() << report_schema(compiled.shape, console.chinese);
   return Exit::fine;
}

// ---- the library

namespace {

std::string_view in(const Bilingual& words, bool chinese) { return chinese ? words.zh : words.en; }

// Both languages on one page: it is a reference that people search.
void functions_markdown(std::ostream& out) {
   out << "# 函数与运算 · Functions and operators\n\n此页由 `heng functions --format markdown` 印出。 This page is printed by "
          "the program.\n\n";
   out << "## 函数 · Functions\n\n| 名称 | name | signature | 说明 | what it does | example | result |\n| --- | --- | --- | --- "
          "| --- | --- | --- |\n";
   const auto cell = [](std::string_view text) {
      std::string escaped;
      for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
      return escaped;
   };
   for (const Function& f : functions())
      out << fmt::format("| {} | {} | `{}` | {} | {} | `{}` | `{}` |\n", f.zh, f.en, cell(f.signature), cell(f.says.zh),
                         cell(f.says.en), cell(f.example), cell(f.result));
   out << "\n## 运算 · Operators\n\n越大结合越紧。 A larger strength binds tighter.\n\n"
          "| operator | spellings | strength | 说明 | what it does | example | result |\n| --- | --- | --- | --- | --- | --- | "
          "--- |\n";
   for (const OperatorRow& o : operators())
      out << fmt::format("| `{}` | {} | {} | {} | {} | `{}` | `{}` |\n", cell(o.symbol), cell(o.spellings), o.strength,
                         cell(o.says.zh), cell(o.says.en), cell(o.example), cell(o.result));
}

void functions_json(std::ostream& out) {
   JsonText text(true);
   text.begin_object().member("heng", "functions/1").key("functions").begin_list();
   for (const Function& f : functions()) {
      text.begin_object().member("name", f.en).member("name_zh", f.zh).member("signature", f.signature);
      text.member("says", f.says.en)
          .member("says_zh", f.says.zh)
          .member("example", f.example)
          .member("result", f.result)
          .end_object();
   }
   text.end_list().key("operators").begin_list();
   for (const OperatorRow& o : operators()) {
      text.begin_object()
          .member("symbol", o.symbol)
          .member("spellings", o.spellings)
          .key("strength")
          .number(static_cast<std::uint64_t>(o.strength));
      text.member("says", o.says.en)
          .member("says_zh", o.says.zh)
          .member("example", o.example)
          .member("result", o.result)
          .end_object();
   }
   text.end_list().end_object();
   out << text.take() << '\n';
}

void functions_table(Console& console) {
   std::size_t names = 0, signatures = 0;
   for (const Function& f : functions()) {
      names = std::max(names, display_width(f.zh) + 2 + display_width(f.en));
      signatures = std::max(signatures, display_width(signature_in(f.signature, console.chinese)));
   }
   for (const Function& f : functions())
      console.out() << pad(fmt::format("{}  {}", f.zh, f.en), names) << "  "
                    << pad(signature_in(f.signature, console.chinese), signatures) << "  " << in(f.says, console.chinese) << '\n';
   console.out() << '\n';
   for (const OperatorRow& o : operators())
      console.out() << pad(o.symbol, 14) << "  " << pad(std::string(o.example) + " → " + std::string(o.result), 44) << "  "
                    << in(o.says, console.chinese) << '\n';
}

}  // namespace

Exit functions_command(Console& console, const ListOptions& options) {
   if (options.format == "markdown")
      functions_markdown(console.out());
   else if (options.format == "json")
      functions_json(console.out());
   else if (options.format == "table")
      functions_table(console);
   else
      return no_such_format(console, options.format, {"table", "json", "markdown"});
   return Exit::fine;
}

// ---- message codes

namespace {

void errors_markdown(std::ostream& out) {
   out << "# 提示代码 · Message codes\n\n此页由 `heng errors --format markdown` 印出；`heng explain E301` 单独解释一个。 This "
          "page is printed by the program.\n";
   for (const CodeRow& row : code_table()) {
      out << fmt::format("\n## {} {} · {}\n\n{}\n\n{}\n", code_name(row.code), row.title.zh, row.title.en, row.explanation.zh,
                         row.explanation.en);
      if (!row.wrong.empty()) out << fmt::format("\n不对 · wrong:\n\n```\n{}\n```\n", row.wrong);
      if (!row.right.empty()) out << fmt::format("\n对 · right:\n\n```\n{}\n```\n", row.right);
   }
}

}  // namespace

Exit errors_command(Console& console, const ListOptions& options) {
   if (options.format == "markdown") {
      errors_markdown(console.out());
      return Exit::fine;
   }
   if (options.format != "table") return no_such_format(console, options.format, {"table", "markdown"});
   for (const CodeRow& row : code_table()) console.out() << code_name(row.code) << "  " << console.say(row.title) << '\n';
   return Exit::fine;
}

}  // namespace heng

// heng impact: what a change of rules does to reports, and which changed rule did it.
#include "tools/workspace/impact.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "grammar/codes.hpp"
#include "reports/write/columns.hpp"
#include "reports/write/html.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/progress.hpp"
#include "tools/cli/two_sides.hpp"

namespace heng {

namespace {

constexpr std::size_t cards_at_most = 20;

// "+1.5", "-2"; exact where it ends in decimals.
std::string signed_points(const Rational& by) {
   std::string text = to_short_text(by);
   const std::string about = "≈";
   if (by > 0) text.insert(text.rfind(about, 0) == 0 ? about.size() : 0, "+");
   return text;
}

// Between which limits a change of a score is counted that stands at this place of ImpactTotals::Score::spread.
struct SpreadPlace {
   explicit SpreadPlace(std::size_t number) : down(number <= spread_limits.size()) {
      const std::size_t size = down ? spread_limits.size() - number : number - spread_limits.size() - 1;
      if (size > 0) above = spread_limits[size - 1];
      if (size < spread_limits.size()) up_to = spread_limits[size];
   }
   // -10..-5, > 10
   std::string id() const {
      if (!up_to) return fmt::format("{}{}", down ? "< -" : "> ", above);
      if (!down) return fmt::format("{}..{}", above, *up_to);
      return fmt::format("-{}..{}{}", *up_to, above > 0 ? "-" : "", above);
   }
   // 5–10, >10
   std::string size() const {
      if (!up_to) return fmt::format(">{}", above);
      return above > 0 ? fmt::format("{}–{}", above, *up_to) : fmt::format("≤{}", *up_to);
   }

   bool down;
   int above = 0;
   std::optional<int> up_to;
};

std::string_view id_of(Moved::Kind kind) {
   return kind == Moved::Kind::verdict ? "verdict" : kind == Moved::Kind::score ? "score" : "grade";
}
std::string_view id_of_change(Difference::What what) {
   return what == Difference::What::added ? "added" : what == Difference::What::removed ? "removed" : "changed";
}

// What is told of each report comes before the totals are known and stands behind them: it waits in a file that has no name.
class Spool {
 public:
   Spool() : file_(std::tmpfile()) {}
   ~Spool() {
      if (file_) std::fclose(file_);
   }
   Spool(const Spool&) = delete;
   Spool& operator=(const Spool&) = delete;

   void write(std::string_view text) { fine_ = fine_ && file_ && std::fwrite(text.data(), 1, text.size(), file_) == text.size(); }
   // false: it could not be kept.
   bool copy_to(std::ostream& out) {
      if (!file_ || !fine_ || std::fflush(file_) != 0) return false;
      std::rewind(file_);
      std::vector<char> bytes(1 << 16);
      for (std::size_t size; (size = std::fread(bytes.data(), 1, bytes.size(), file_)) > 0;)
         out.write(bytes.data(), static_cast<std::streamsize>(size));
      return std::ferror(file_) == 0;
   }

 private:
   std::FILE* file_;
   bool fine_ = true;
};

// What all reports came to, and by which steps.
struct ImpactTold {
   const TwoSides& sides;
   const std::vector<RulesStep>& steps;
   const ImpactTotals& totals;
   const std::vector<std::string>& rules;  // in order
};

// One way to write it: texts of reports, then what stands before and behind them.
class ImpactForm {
 public:
   // `only_set`: what the names of all rules begin with where there is one set alone; people need not read it again and again.
   ImpactForm(const std::vector<RulesStep>& steps, std::string only_set, bool chinese)
       : steps_(steps), only_set_(std::move(only_set)), chinese_(chinese) {}
   virtual ~ImpactForm() = default;
   virtual std::string of(const ImpactOfReport& report) const = 0;
   virtual std::string_view between() const { return ""; }  // two reports
   virtual std::pair<std::string, std::string> around(const ImpactTold& told) const = 0;

 protected:
   std::string say(std::string_view zh, std::string_view en) const { return std::string(chinese_ ? zh : en); }
   std::string answer(const std::string& text) const { return text.empty() ? say("（没有）", "(none)") : text; }
   std::string kind(Moved::Kind kind) const {
      return kind == Moved::Kind::verdict ? say("结论", "verdict")
             : kind == Moved::Kind::score ? say("得分", "score")
                                          : say("等级", "grade");
   }
   std::string step(std::size_t number) const {
      std::vector<std::string> names;
      for (const ChangedRule& one : steps_[number]) names.push_back(one.said(chinese_, only_set_));
      return join(names, chinese_ ? "，连同 " : ", together with ");
   }
   std::string steps(const std::vector<std::size_t>& numbers) const {
      std::vector<std::string> names;
      for (const std::size_t one : numbers) names.push_back(step(one));
      return join(names, chinese_ ? " 和 " : " and ");
   }
   std::string rule(const std::string& name) const {
      return name.rfind(only_set_, 0) == 0 ? name.substr(only_set_.size()) : name;
   }
   std::string result(const Cause& one) const {
      return one.by ? signed_points(*one.by) : answer(one.was) + " → " + answer(one.now);
   }
   static std::string where(const ImpactOfReport& report) {
      return report.file + (report.line > 1 ? ":" + std::to_string(report.line) : "");
   }
   std::string moved(const Moved& one) const {
      const std::string by = one.by ? say("（", " (") + signed_points(*one.by) + say("）", ")") : "";
      return answer(one.was) + " → " + answer(one.now) + by;
   }
   std::string counts(const ImpactTotals& all) const {
      const std::uint64_t same = all.reports - all.changed - all.refused;
      return chinese_
                 ? fmt::format("报告 {} · 有变化 {} · 没有变化 {} · 未能判定 {}", all.reports, all.changed, same, all.refused)
                 : fmt::format("{} reports · {} change · {} do not · {} could not be weighed", all.reports, all.changed, same,
                               all.refused);
   }

   using Row = std::vector<std::string>;
   struct Table {
      std::string title;
      std::vector<bool> right;
      std::vector<Row> rows;  // the first is the head
   };
   static std::string number(std::uint64_t value) { return std::to_string(value); }

   std::vector<Table> tables(const ImpactTold& told) const {
      std::vector<Table> all;
      for (Table& one :
           std::vector<Table>{steps_table(told), scores(told), spread(told), by_step(told), grades(told), verdicts(told)})
         if (one.rows.size() > 1) all.push_back(std::move(one));
      return all;
   }

 private:
   Table steps_table(const ImpactTold& told) const {
      Table table{say("改动的规则，按生效的次序，各使多少报告、得分、等级、结论变化",
                      "Changed rules, in the order they come into force, and how much each changes"),
                  {true, false, true, true, true, true},
                  {{"", say("规则", "rule"), say("报告", "reports"), say("得分", "scores"), say("等级", "grades"),
                    say("结论", "verdicts")}}};
      for (std::size_t i = 0; i < steps_.size(); ++i) {
         const ImpactTotals::Step& one = told.totals.steps[i];
         table.rows.push_back(
             {number(i + 1), step(i), number(one.reports), number(one.scores), number(one.grades), number(one.verdicts)});
      }
      return table;
   }
   template <typename Add>
   static void each_score(const ImpactTold& told, const Add& add) {
      for (const std::string& rule : told.rules)
         if (const auto found = told.totals.scores.find(rule); found != told.totals.scores.end()) {
            const ImpactTotals::Score& one = found->second;
            if (one.up + one.down + one.untold > 0) add(rule, one);
         }
   }
   Table scores(const ImpactTold& told) const {
      Table table{
          say("得分", "Scores"),
          {false, true, true, true, true, true, true, true},
          {{say("评分", "score"), say("不变", "same"), say("升", "up"), say("降", "down"), say("一方无分", "told on one side"),
            say("共计", "in all"), say("最多降", "most down"), say("最多升", "most up")}}};
      each_score(told, [&](const std::string& rule, const ImpactTotals::Score& one) {
         const auto points = [](const std::optional<Rational>& by) { return by ? signed_points(*by) : ""; };
         table.rows.push_back({this->rule(rule), number(one.same), number(one.up), number(one.down), number(one.untold),
                               signed_points(one.by), points(one.most_down), points(one.most_up)});
      });
      return table;
   }
   Table spread(const ImpactTold& told) const {
      Table table{say("得分升降的分布（分）", "How far scores move (points)"), {false}, {{say("评分", "score")}}};
      for (std::size_t i = 0; i < ImpactTotals::Score().spread.size(); ++i) {
         const SpreadPlace place(i);
         table.rows[0].push_back((place.down ? say("降", "down ") : say("升", "up ")) + place.size());
         table.right.push_back(true);
      }
      each_score(told, [&](const std::string& rule, const ImpactTotals::Score& one) {
         if (one.up + one.down == 0) return;
         Row row{this->rule(rule)};
         for (const std::uint64_t count : one.spread) row.push_back(count ? number(count) : "");
         table.rows.push_back(std::move(row));
      });
      return table;
   }
   Table by_step(const ImpactTold& told) const {
      Table table{say("各条改动使得分共计升降多少", "What each change does to the scores in all"),
                  {false, true, false},
                  {{say("评分", "score"), say("共计", "in all"), say("改动", "change")}}};
      each_score(told, [&](const std::string& rule, const ImpactTotals::Score& one) {
         std::string name = this->rule(rule);
         for (const auto& [numbers, by] : one.by_step)
            table.rows.push_back({std::exchange(name, ""), signed_points(by), steps(numbers)});
      });
      return table;
   }
   // In order of the rules.
   static std::vector<std::pair<ImpactTotals::Move, std::uint64_t>> in_order(
       const ImpactTold& told, const std::map<ImpactTotals::Move, std::uint64_t>& moves) {
      std::vector<std::pair<ImpactTotals::Move, std::uint64_t>> all;
      for (const std::string& rule : told.rules)
         for (auto one = moves.lower_bound({rule, "", ""}); one != moves.end() && std::get<0>(one->first) == rule; ++one)
            all.push_back(*one);
      return all;
   }

 protected:
   Table grades(const ImpactTold& told) const {
      Table table{say("等级", "Grades"),
                  {false, false, false, true},
                  {{say("分档", "bands"), say("原来", "was"), say("现在", "now"), say("个数", "number")}}};
      add_moves(table, told, told.totals.grades);
      if (table.rows.size() > 1)
         for (const std::string& rule : told.rules)
            if (const auto same = told.totals.same_grades.find(rule); same != told.totals.same_grades.end())
               table.rows.push_back({this->rule(rule), say("不变", "same"), "", number(same->second)});
      return table;
   }
   Table verdicts(const ImpactTold& told) const {
      Table table{say("结论", "Verdicts"),
                  {false, false, false, true},
                  {{say("规则", "rule"), say("原来", "was"), say("现在", "now"), say("个数", "number")}}};
      add_moves(table, told, told.totals.verdicts);
      return table;
   }
   void add_moves(Table& table, const ImpactTold& told, const std::map<ImpactTotals::Move, std::uint64_t>& moves) const {
      for (const auto& [key, count] : in_order(told, moves))
         table.rows.push_back({rule(std::get<0>(key)), answer(std::get<1>(key)), answer(std::get<2>(key)), number(count)});
   }
   std::vector<std::pair<ImpactTotals::Move, std::uint64_t>> moves(const ImpactTold& told, bool grades) const {
      return in_order(told, grades ? told.totals.grades : told.totals.verdicts);
   }
   std::string no_change() const { return say("无变化：两方规则的意思相同", "nothing changes: both sides mean the same"); }

   const std::vector<RulesStep>& steps_;
   std::string only_set_;
   bool chinese_;
};

class ImpactTable : public ImpactForm {
 public:
   using ImpactForm::ImpactForm;

   std::string of(const ImpactOfReport& report) const override {
      std::string text = "\n== " + (report.name.empty() ? "" : report.name + " · ") + where(report) + " ==\n";
      for (const ReportProblem& one : report.refused_by)
         text += say("未能判定：", "could not be weighed: ") + one.message.in(chinese_) + "\n";
      for (const Moved& one : report.moved) {
         const std::string& subject = one.label.empty() ? one.subject : one.label;
         text += kind(one.kind) + "  " + rule(one.rule) + (subject.empty() ? "" : "  " + subject) + "  " + moved(one);
         if (one.causes.size() == 1) {
            text += "  ← " + steps(one.causes.front().steps) + "\n";
            continue;
         }
         text += "\n";
         for (const Cause& each : one.causes) text += "    ← " + steps(each.steps) + "  " + result(each) + "\n";
      }
      return text;
   }

   std::pair<std::string, std::string> around(const ImpactTold& told) const override {
      std::string text = counts(told.totals) + "\n";
      if (steps_.empty()) text += no_change() + "\n";
      for (const Table& table : tables(told)) {
         text += "\n" + table.title + "\n";
         Columns columns(table.right);
         for (const Row& row : table.rows) columns.add(row);
         text += columns.print("  ");
      }
      return {std::move(text), ""};
   }
};

class ImpactPage : public ImpactForm {
 public:
   using ImpactForm::ImpactForm;

   std::string of(const ImpactOfReport& report) const override {
      std::string body = "<h3>" + html_text(report.name) + " <span class=place>" + html_text(where(report)) + "</span></h3>\n";
      for (const ReportProblem& one : report.refused_by)
         body += "<p>" + html_text(say("未能判定：", "could not be weighed: ") + one.message.in(chinese_)) + "</p>\n";
      if (report.moved.empty()) return body;
      body += "<table class=report>";
      for (const Moved& one : report.moved) {
         std::string causes;
         for (const Cause& each : one.causes)
            causes += "<div>" + html_text(steps(each.steps)) +
                      (one.causes.size() > 1 ? " <b>" + html_text(result(each)) + "</b>" : "") + "</div>";
         body += fmt::format("<tr><td>{}</td><td>{}<div class=place>{}</div></td><td>{}</td><td>{}</td></tr>\n", kind(one.kind),
                             html_text(rule(one.rule)), html_text(one.label.empty() ? one.subject : one.label),
                             html_text(moved(one)), causes);
      }
      return body + "</table>\n";
   }

   std::pair<std::string, std::string> around(const ImpactTold& told) const override {
      const std::string title =
          fmt::format("{}{} → {}", say("改动的影响：", "What the changes do: "), told.sides.was.given, told.sides.now.given);
      std::string body = "<h1>" + html_text(title) + "</h1>\n<p>" + html_text(counts(told.totals)) + "</p>\n";
      if (steps_.empty()) body += "<p>" + html_text(no_change()) + "</p>\n";
      if (const Table how = clauses(); how.rows.size() > 1) body += table(how);
      for (const Table& one : tables(told)) body += table(one);
      if (told.totals.changed + told.totals.refused > 0) body += "<h2>" + say("各份报告", "Each report") + "</h2>\n";
      constexpr char here = '\1';
      const std::string page = html_page(title, style, body + here, chinese_);
      const std::size_t at = page.find(here);
      return {page.substr(0, at), page.substr(at + 1)};
   }

 private:
   static constexpr std::string_view style =
       "table{width:auto}td.n,th.n{text-align:right}table.report td:nth-child(4){min-width:24em}h3{margin-bottom:0}";

   // What changed, clause by clause.
   Table clauses() const {
      Table table{say("改了什么", "What changed"),
                  {true, false, false, false, false},
                  {{"", say("规则", "rule"), say("条文", "clause"), say("原来", "was"), say("现在", "now")}}};
      for (std::size_t i = 0; i < steps_.size(); ++i)
         for (const ChangedRule& rule : steps_[i]) {
            for (const Difference& one : rule.how) {
               const bool was = one.what != Difference::What::added, now = one.what != Difference::What::removed;
               table.rows.push_back({number(i + 1), rule.said(chinese_, only_set_), one.clause, was ? one.was : answer(""),
                                     now ? one.now : answer("")});
            }
            if (rule.how.empty()) table.rows.push_back({number(i + 1), rule.said(chinese_, only_set_), "", "", ""});
         }
      return table;
   }
   std::string table(const Table& table) const {
      std::string body = "<h2>" + html_text(table.title) + "</h2>\n<table>";
      for (const Row& row : table.rows) {
         const bool head = &row == &table.rows.front();
         body += "<tr>";
         for (std::size_t i = 0; i < row.size(); ++i)
            body += fmt::format("<{0}{1}>{2}</{0}>", head ? "th" : "td", table.right[i] ? " class=n" : "", html_text(row[i]));
         body += "</tr>\n";
      }
      return body + "</table>\n";
   }
};

class ImpactJson : public ImpactForm {
 public:
   using ImpactForm::ImpactForm;

   std::string of(const ImpactOfReport& report) const override {
      JsonText text(false);
      text.begin_object().member("report", report.name).member("file", report.file).key("record").number(report.record);
      text.key("year");
      report.year ? text.number(static_cast<std::uint64_t>(report.year)) : text.null();
      text.member("place", report.place);
      if (!report.refused_by.empty()) {
         text.key("refused").begin_list();
         for (const ReportProblem& one : report.refused_by)
            text.begin_object()
                .member("code", code_name(one.code))
                .member("message", one.message.in(chinese_))
                .member("at", heng::where(one))
                .end_object();
         return text.end_list().end_object().take();
      }
      text.key("moved").begin_list();
      for (const Moved& one : report.moved) {
         text.begin_object().member("kind", id_of(one.kind)).member("rule", one.rule).member("subject", one.subject);
         text.member("label", one.label).member_or_null("was", one.was).member_or_null("now", one.now);
         points(text, "by", one.by);
         text.key("causes").begin_list();
         for (const Cause& cause : one.causes) {
            text.begin_object();
            numbers(text, cause.steps);
            text.member_or_null("was", cause.was).member_or_null("now", cause.now);
            points(text, "by", cause.by);
            text.end_object();
         }
         text.end_list().end_object();
      }
      return text.end_list().end_object().take();
   }

   std::string_view between() const override { return ",\n    "; }

   std::pair<std::string, std::string> around(const ImpactTold& told) const override {
      const ImpactTotals& all = told.totals;
      JsonText text(true);
      text.begin_object().member("heng", "impact/1").member("was", told.sides.was.given).member("now", told.sides.now.given);
      text.key("reports").number(all.reports).key("changed").number(all.changed).key("refused").number(all.refused);
      steps(told, text);
      scores(told, text);
      for (const bool grades : {true, false}) {
         text.key(grades ? "grades" : "verdicts").begin_list();
         for (const auto& [key, count] : moves(told, grades)) {
            text.begin_object().member("rule", std::get<0>(key)).member_or_null("was", std::get<1>(key));
            text.member_or_null("now", std::get<2>(key)).key("number").number(count).end_object();
         }
         text.end_list();
      }
      text.key("each").begin_list();
      const bool some = all.changed + all.refused > 0;
      return {text.take() + (some ? "\n    " : ""), some ? "\n  ]\n}\n" : "]\n}\n"};
   }

 private:
   static void points(JsonText& text, std::string_view key, const std::optional<Rational>& by) {
      text.key(key);
      by ? text.text(to_text(*by)) : text.null();
   }
   static void numbers(JsonText& text, const std::vector<std::size_t>& steps) {
      text.key("steps").begin_list();
      for (const std::size_t step : steps) text.number(step + 1);
      text.end_list();
   }
   void steps(const ImpactTold& told, JsonText& text) const {
      text.key("steps").begin_list();
      for (std::size_t i = 0; i < steps_.size(); ++i) {
         const ImpactTotals::Step& one = told.totals.steps[i];
         text.begin_object().key("step").number(i + 1).key("rules").begin_list();
         for (const ChangedRule& rule : steps_[i]) {
            text.begin_object().member("change", id_of_change(rule.what)).member("rule", rule.name).key("clauses").begin_list();
            for (const Difference& each : rule.how)
               text.begin_object()
                   .member("clause", each.clause)
                   .member_or_null("was", each.was)
                   .member_or_null("now", each.now)
                   .end_object();
            text.end_list().end_object();
         }
         text.end_list().key("reports").number(one.reports).key("scores").number(one.scores);
         text.key("grades").number(one.grades).key("verdicts").number(one.verdicts).end_object();
      }
      text.end_list();
   }
   void scores(const ImpactTold& told, JsonText& text) const {
      text.key("scores").begin_list();
      for (const std::string& rule : told.rules) {
         const auto found = told.totals.scores.find(rule);
         if (found == told.totals.scores.end()) continue;
         const ImpactTotals::Score& one = found->second;
         text.begin_object().member("rule", rule).key("same").number(one.same).key("up").number(one.up);
         text.key("down").number(one.down).key("told_on_one_side").number(one.untold).member("by", to_text(one.by));
         points(text, "most_down", one.most_down);
         points(text, "most_up", one.most_up);
         text.key("spread").begin_list();
         for (std::size_t i = 0; i < one.spread.size(); ++i)
            if (one.spread[i] > 0)
               text.begin_object().member("points", SpreadPlace(i).id()).key("number").number(one.spread[i]).end_object();
         text.end_list().key("by_step").begin_list();
         for (const auto& [steps, by] : one.by_step) {
            text.begin_object();
            numbers(text, steps);
            text.member("by", to_text(by)).end_object();
         }
         text.end_list().end_object();
      }
      text.end_list();
   }
};

class ImpactRun {
 public:
   ImpactRun(Console& console, const ImpactOptions& options) : console_(console), options_(options) {}

   Exit run() {
      for (const auto step : {&ImpactRun::read_words, &ImpactRun::open, &ImpactRun::find_reports, &ImpactRun::weigh})
         if (const Exit failed = (this->*step)(); failed != Exit::fine) return failed;
      return finish();
   }

 private:
   Exit read_words() {
      const std::vector<std::string> formats{"table", "json", "html"};
      if (std::find(formats.begin(), formats.end(), options_.format) != formats.end()) return Exit::fine;
      return no_such_format(console_, options_.format, formats);
   }

   Exit open() {
      if (const Exit failed = sides_.open(console_, {options_.was, options_.now}, options_.year, options_.place);
          failed != Exit::fine)
         return failed;
      std::vector<YearPair> years;
      if (const Exit failed = sides_.years(console_, years); failed != Exit::fine) return failed;
      if (!of_one_year(years)) {
         console_.error(Code::usage, say("要写明比较哪两个年度", "it must be said which years are compared"),
                        say("写明年度：{}@2024 {}@2025", "say the years: {}@2024 {}@2025", sides_.was.path, sides_.now.path));
         return Exit::usage;
      }
      for (const auto& [side, of, at] :
           {std::tuple{&sides_.was, &was_, &years[0].first}, {&sides_.now, &now_, &years[0].second}}) {
         *of = {&side->opened->workspace, at->year, at->place};
         if (const Exit failed = usable(console_, *side->opened, of->compiled()); failed != Exit::fine) return failed;
      }
      return make_versions();
   }
   Exit make_versions() {
      Progress progress(console_, 0, 0);
      MakingVersions making;
      making.chinese = console_.chinese;
      making.stop = &interrupted;
      making.progress = [&](std::size_t done, std::size_t all) {
         progress.show({0, 0, 0, console_.say(say("各步的规则 {}/{}", "rules of each step {}/{}", done, all))});
      };
      between_ = std::make_unique<RulesBetween>(was_, now_, making);
      return between_->complete() ? Exit::fine : Exit::interrupted;
   }
   // Places of that year come with their own rules where no place was named: those for everywhere are meant.
   bool of_one_year(const std::vector<YearPair>& years) const {
      const auto& [was, now] = years[0];
      return was.year != 0 && now.year != 0 && std::all_of(years.begin(), years.end(), [&](const YearPair& one) {
                return one.first.year == was.year && one.second.year == now.year;
             });
   }

   Exit find_reports() {
      files_ = report_files(options_.reports);
      if (!console_.write_to(options_.output)) return cannot_write(console_, options_.output);
      if (!files_.empty()) return Exit::fine;
      console_.error(Code::file_not_found, no_report_file());
      return Exit::unreadable;
   }

   std::unique_ptr<ImpactForm> form() const {
      const auto &old_sets = was_.compiled().program().sets, &new_sets = now_.compiled().program().sets;
      const bool one_set = old_sets.size() == 1 && new_sets.size() == 1;
      const std::string only_set = one_set ? new_sets[0].name + (console_.chinese ? "：" : ": ") : "";
      const auto made = [&](auto form) { return std::unique_ptr<ImpactForm>(std::move(form)); };
      if (options_.format == "json") return made(std::make_unique<ImpactJson>(between_->steps(), only_set, console_.chinese));
      if (options_.format == "html") return made(std::make_unique<ImpactPage>(between_->steps(), only_set, console_.chinese));
      return made(std::make_unique<ImpactTable>(between_->steps(), only_set, console_.chinese));
   }

   Exit weigh() {
      form_ = form();
      ImpactSettings settings;
      settings.threads = options_.threads;
      settings.stop = settings.load.stop = &interrupted;
      settings.load.chinese = console_.chinese;
      settings.for_programs = options_.format == "json";
      settings.last_year = report_files(options_.last_year);
      settings.files = files_;
      settings.text_of = [this](const ImpactOfReport& report) { return form_->of(report); };
      settings.take = [this](std::string&& text) { keep(text); };
      Progress progress(console_, files_.size(), 0);
      settings.progress = [&](const WeighedSoFar& done) { progress.show({done.files, done.reports, 0, done.file}); };
      weigher_ = std::make_unique<ImpactWeigher>(was_, now_, *between_, std::move(settings));
      if (!options_.last_year.empty()) not_read_ = weigher_->problems();
      for (const ReportProblem& problem : not_read_) console_.problem(problem);
      Portions portions(files_);
      weigher_->weigh(portions);
      return interrupted ? Exit::interrupted : Exit::fine;
   }
   void keep(const std::string& text) {
      if (table() && !options_.details && told_ >= cards_at_most) {
         ++told_;
         return;
      }
      if (told_++ > 0) spool_.write(form_->between());
      spool_.write(text);
   }
   bool table() const { return options_.format == "table"; }

   Exit finish() {
      const ImpactTotals& totals = weigher_->totals();
      const auto [before, behind] = form_->around({sides_, between_->steps(), totals, weigher_->rules()});
      console_.out() << before;
      const bool copied = spool_.copy_to(console_.out());
      if (table() && !options_.details && told_ > cards_at_most)
         console_.out() << "\n"
                        << console_.say(say("……另有 {} 份报告（--details 全部列出）",
                                            "… and {} more reports (--details lists them)", told_ - cards_at_most))
                        << "\n";
      console_.out() << behind;
      if (!copied) console_.out().setstate(std::ios::failbit);
      if (!is_written(console_)) return Exit::own_fault;
      if (!table())
         for (const ReportProblem& problem : totals.refusals) console_.problem(problem);
      if (totals.refused > 0 || !not_read_.empty()) return Exit::unreadable;
      return totals.changed > 0 ? Exit::findings : Exit::fine;
   }

   Console& console_;
   const ImpactOptions& options_;
   TwoSides sides_;
   RulesOfSide was_, now_;
   std::unique_ptr<RulesBetween> between_;
   std::vector<std::string> files_;
   std::unique_ptr<ImpactForm> form_;
   Spool spool_;
   std::size_t told_ = 0;
   std::unique_ptr<ImpactWeigher> weigher_;
   ReportProblems not_read_;  // of what was given for last year's
};

}  // namespace

Exit impact_command(Console& console, const ImpactOptions& options) { return ImpactRun(console, options).run(); }

}  // namespace heng

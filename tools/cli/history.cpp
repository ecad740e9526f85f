// One unit over the years, as a store holds it.
#include <algorithm>
#include <set>

#include "grammar/codes.hpp"
#include "reports/store/read_store.hpp"
#include "reports/write/columns.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/from_store.hpp"

namespace heng {

namespace {

// A row of a table with a column for each year.
struct OverYears {
   std::string name, label;
   std::map<int, std::string> by_year;
};

struct RuleOverYears {
   std::string name, severity;
   std::map<int, std::uint64_t> found, judged;
};

class History {
 public:
   History(StoreReader& store, const std::string& unit) {
      const StoreFilter filter{0, "", unit};
      std::map<std::string, int> year_of;
      store.reports(filter, [&](const StoredLine& line) {
         reports.push_back(line);
         year_of[line.id] = line.year;
         years.insert(line.year);
         count(store, line);
      });
      store.scores(filter, false, [&](const StoredScore& score) {
         add(scores, *score.item, score.label, year_of[score.report], score.value, score.state);
      });
      store.grades(filter, [&](const StoredGrade& grade) {
         add(grades, *grade.item, grade.label, year_of[grade.report], grade.value, grade.state);
      });
   }

   std::vector<StoredLine> reports;
   std::set<int> years;
   std::vector<OverYears> scores, grades;
   std::vector<RuleOverYears> rules;  // that found something in some year

 private:
   void count(StoreReader& store, const StoredLine& line) {
      const std::vector<StoredItem>& items = store.items(line.program);
      for (std::size_t i = 0; i < line.counts.size() && i < items.size(); ++i) {
         const auto& counts = line.counts[i];
         const std::string name = name_without_year(items[i]);
         auto found = std::find_if(rules.begin(), rules.end(), [&](const RuleOverYears& rule) { return rule.name == name; });
         if (found == rules.end()) found = rules.insert(rules.end(), {name, items[i].severity, {}, {}});
         found->found[line.year] += counts[1] + counts[2];
         found->judged[line.year] += counts[0] + counts[1] + counts[2] + counts[explained_outcome];
      }
   }

   // Sets of several years are one row: 部门决算 2024 and 部门决算 2025.
   static std::string name_without_year(const StoredItem& item) {
      return item.rule_set.substr(0, item.rule_set.find(' ')) + "：" + item.title;
   }

   static void add(std::vector<OverYears>& to, const StoredItem& item, const std::string& label, int year,
                   const std::optional<std::string>& value, const std::string& state) {
      const std::string name = name_without_year(item);
      auto found =
          std::find_if(to.begin(), to.end(), [&](const OverYears& row) { return row.name == name && row.label == label; });
      if (found == to.end()) found = to.insert(to.end(), {name, label, {}});
      std::string& cell = found->by_year[year];
      const std::string text = value ? *value : state == "does_not_apply" ? "" : "?";
      cell += cell.empty() ? text : " / " + text;
   }
};

class HistoryTable {
 public:
   HistoryTable(const History& history, const std::string& unit, bool chinese)
       : history_(history), unit_(unit), chinese_(chinese) {}

   std::string print() {
      text_ = fmt::format("== {} ==\n", unit_);
      reports();
      over_years(say("得分", "Scores"), history_.scores);
      over_years(say("等级", "Grades"), history_.grades);
      rules();
      return std::move(text_);
   }

 private:
   std::string say(std::string_view zh, std::string_view en) const { return std::string(chinese_ ? zh : en); }

   void reports() {
      Columns columns({false, false, false, true, true, true, true, true, true, true});
      columns.add({say("年度", "year"), say("地区", "place"), say("报告", "report"), say("通过", "holds"), say("不通过", "fails"),
                   say("无法判断", "cannot tell"), say("已说明", "explained"), say("错误", "errors"), say("核实", "verify"),
                   say("提示", "notices")});
      for (const StoredLine& line : history_.reports) {
         const Summary& s = line.summary;
         const auto number = [&](std::uint64_t n) { return line.refused ? "—" : std::to_string(n); };
         columns.add({std::to_string(line.year), line.place, line.file + (line.record == "1" ? "" : ":" + line.record),
                      number(s.holds), number(s.fails), number(s.cannot_tell), number(s.explained), number(s.errors),
                      number(s.verifies), number(s.notices)});
      }
      text_ += columns.print("  ");
   }

   std::vector<bool> alignment(std::size_t before) const {
      std::vector<bool> right(before, false);
      right.resize(before + history_.years.size(), true);
      return right;
   }

   std::vector<std::string> head(std::vector<std::string> cells) const {
      for (const int year : history_.years) cells.push_back(std::to_string(year));
      return cells;
   }

   void over_years(const std::string& title, const std::vector<OverYears>& rows) {
      if (rows.empty()) return;
      text_ += "\n" + title + "\n";
      Columns columns(alignment(2));
      columns.add(head({"", ""}));
      for (const OverYears& row : rows) {
         std::vector<std::string> cells{row.name, row.label};
         for (const int year : history_.years) {
            const auto found = row.by_year.find(year);
            cells.push_back(found == row.by_year.end() ? "" : found->second);
         }
         columns.add(std::move(cells));
      }
      text_ += columns.print("  ");
   }

   // 0: judged and nothing found; nothing: the rule did not run that year, or did not apply.
   void rules() {
      Columns columns(alignment(2));
      columns.add(head({say("规则", "rule"), say("级别", "severity")}));
      bool any = false;
      for (const RuleOverYears& rule : history_.rules) {
         std::vector<std::string> cells{rule.name, severity(rule.severity)};
         bool found_some = false;
         for (const int year : history_.years) {
            const auto judged = rule.judged.find(year), found = rule.found.find(year);
            const bool was = judged != rule.judged.end() && judged->second > 0;
            cells.push_back(was ? std::to_string(found->second) : "");
            found_some |= was && found->second > 0;
         }
         if (found_some) columns.add(std::move(cells));
         any |= found_some;
      }
      if (any)
         text_ +=
             "\n" + say("有发现的规则（各年的发现数）", "Rules with findings (how many each year)") + "\n" + columns.print("  ");
   }

   std::string severity(const std::string& id) const {
      if (!chinese_) return id;
      return std::string(word_of(id == "error"    ? tree::Severity::error
                                 : id == "verify" ? tree::Severity::verify
                                                  : tree::Severity::notice,
                                 true));
   }

   const History& history_;
   const std::string& unit_;
   bool chinese_;
   std::string text_;
};

void write_over_years(JsonText& json, std::string_view key, const std::vector<OverYears>& rows) {
   json.key(key).begin_list();
   for (const OverYears& row : rows) {
      json.begin_object().member("name", row.name).member("label", row.label).key("years").begin_object();
      for (const auto& [year, value] : row.by_year) json.member(std::to_string(year), value);
      json.end_object().end_object();
   }
   json.end_list();
}

std::string history_json(const History& history, const std::string& unit) {
   JsonText json(true);
   json.begin_object().member("heng", "history/1").member("unit", unit).key("reports").begin_list();
   for (const StoredLine& line : history.reports) {
      json.begin_object().key("year").number(static_cast<std::uint64_t>(line.year)).member("place", line.place);
      json.member("file", line.file).key("record").number(std::stoull(line.record)).member("report", line.hash);
      json.member("rules", line.rules).key("refused").yes_no(line.refused);
      const Summary& s = line.summary;
      json.key("holds").number(s.holds).key("fails").number(s.fails).key("cannot_tell").number(s.cannot_tell);
      json.key("does_not_apply").number(s.does_not_apply).key("implausible").number(s.implausible);
      json.key("errors").number(s.errors).key("verifies").number(s.verifies).key("notices").number(s.notices);
      json.key("explained").number(s.explained).end_object();
   }
   json.end_list();
   write_over_years(json, "scores", history.scores);
   write_over_years(json, "grades", history.grades);
   json.key("rules").begin_list();
   for (const RuleOverYears& rule : history.rules) {
      json.begin_object().member("name", rule.name).member("severity", rule.severity).key("years").begin_object();
      for (const auto& [year, judged] : rule.judged)
         json.key(std::to_string(year))
             .begin_object()
             .key("judged")
             .number(judged)
             .key("found")
             .number(rule.found.at(year))
             .end_object();
      json.end_object().end_object();
   }
   return json.end_list().end_object().take() + "\n";
}

Exit history(Console& console, StoreReader& store, const StoreOptions& options) {
   const History found(store, options.unit);
   if (found.reports.empty()) {
      const std::vector<std::string> near = suggestions(options.unit, store.units(), 5);
      const Said none = say("结果库里没有 {} 的报告", "the store has no report of {}", options.unit);
      if (near.empty())
         console.error(Code::usage, none);
      else
         console.none_of(none, options.unit, near);
      return Exit::usage;
   }
   if (options.format == "json")
      console.out() << history_json(found, options.unit);
   else
      console.out() << HistoryTable(found, options.unit, console.chinese).print();
   return Exit::fine;
}

}  // namespace

Exit history_command(Console& console, const StoreOptions& options) { return printed_from_store(console, options, history); }

}  // namespace heng

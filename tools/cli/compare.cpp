// One year of a store, compared.
#include <algorithm>

#include "grammar/codes.hpp"
#include "reports/store/comparison.hpp"
#include "reports/write/columns.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/from_store.hpp"
#include "tools/workspace/side_file.hpp"

namespace heng {

namespace {

constexpr std::size_t names_in_a_line = 10;

class ComparisonTable {
 public:
   ComparisonTable(const Comparison& comparison, std::size_t top, bool chinese) : of_(comparison), top_(top), chinese_(chinese) {}

   std::string print() {
      text_ = fmt::format("== {} ==\n", chinese_ ? fmt::format("{}年度比较", of_.year) : fmt::format("{} compared", of_.year));
      places();
      doubled();
      scores();
      grades();
      rules();
      ranking();
      missing();
      return std::move(text_);
   }

 private:
   std::string say(std::string_view zh, std::string_view en) const { return std::string(chinese_ ? zh : en); }
   static std::string number(std::uint64_t value) { return std::to_string(value); }
   std::string place(const std::string& name) const { return name.empty() ? say("（未写地区）", "(no place)") : name; }
   void title(const std::string& text) { text_ += "\n" + text + "\n"; }
   void more(std::size_t all) {
      if (all > top_)
         text_ +=
             "  " +
             (chinese_ ? fmt::format("……另有 {} 行（--top）", all - top_) : fmt::format("… and {} more (--top)", all - top_)) +
             "\n";
   }

   void places() {
      Columns columns({false, true, true, true, true, true, true, true, true});
      columns.add({say("地区", "place"), say("单位", "units"), say("报告", "reports"), say("未能判定", "not weighed"),
                   say("有错误", "with errors"), say("不通过", "fails"), say("无法判断", "cannot tell"),
                   say("已说明", "explained"), say("缺报", "missing")});
      for (const auto& [name, p] : of_.places)
         columns.add({place(name), number(p.units.size()), number(p.reports), number(p.refused), number(p.with_errors),
                      number(p.fails), number(p.cannot_tell), number(p.explained), number(p.missing.size())});
      text_ += columns.print("  ");
   }

   void doubled() {
      if (of_.doubled.empty()) return;
      title(say("同一单位不止一份报告，内容不同，各算一份（改过的报告请用原来的文件名再记一次）",
                "Units with several reports that differ, each counted (store a corrected report under its old file name)"));
      for (std::size_t i = 0; i < of_.doubled.size() && i < top_; ++i)
         text_ += fmt::format("  {}  {}  {}\n", of_.doubled[i].unit, place(of_.doubled[i].place),
                              join(of_.doubled[i].reports, say("、", ", ")));
      more(of_.doubled.size());
   }

   void scores() {
      if (of_.scores.empty()) return;
      title(say("得分分布", "Scores"));
      Columns columns({false, false, true, true, true, true, true, true, true, true});
      columns.add({say("评分", "score"), say("地区", "place"), say("个数", "number"), say("最低", "lowest"), "25%",
                   say("中位数", "median"), "75%", say("最高", "highest"), say("平均", "average"),
                   say("无法判断", "cannot tell")});
      for (const auto& [name, by_place] : of_.scores)
         for (const auto& [where, d] : by_place) {
            std::vector<std::string> cells{name, place(where), number(d.values.size())};
            for (const int percent : {0, 25, 50, 75, 100}) cells.push_back(d.values.empty() ? "" : to_short_text(d.at(percent)));
            cells.push_back(d.values.empty() ? "" : to_short_text(d.average(), 2));
            cells.push_back(number(d.untold));
            columns.add(std::move(cells));
         }
      text_ += columns.print("  ");
   }

   void grades() {
      if (of_.grades.empty()) return;
      title(say("等级", "Grades"));
      for (const auto& [name, by_place] : of_.grades)
         for (const auto& [where, by_grade] : by_place) {
            std::vector<std::string> parts;
            for (const auto& [grade, count] : by_grade)
               parts.push_back((grade.empty() ? say("无法判断", "cannot tell") : grade) + " " + number(count));
            text_ += fmt::format("  {}  {}  {}\n", name, place(where), join(parts, " · "));
         }
   }

   void rules() {
      if (of_.rules.empty()) return;
      title(say("发现最多的规则", "Rules with most findings"));
      Columns columns({false, false, true, true, true, true, true});
      columns.add({say("规则", "rule"), say("级别", "severity"), say("有发现的报告", "reports found"),
                   say("判定的报告", "reports judged"), say("不通过", "fails"), say("无法判断", "cannot tell"),
                   say("已说明", "explained")});
      for (std::size_t i = 0; i < of_.rules.size() && i < top_; ++i) {
         const ComparedRule& rule = of_.rules[i];
         columns.add({rule.name, severity(rule.severity), number(rule.reports_found), number(rule.reports), number(rule.fails),
                      number(rule.cannot_tell), number(rule.explained)});
      }
      text_ += columns.print("  ");
      more(of_.rules.size());
   }

   std::string severity(const std::string& id) const {
      for (const tree::Severity one : {tree::Severity::error, tree::Severity::verify, tree::Severity::notice})
         if (id_of(one) == id) return std::string(word_of(one, chinese_));
      return id;
   }

   void ranking() {
      if (of_.ranking.empty()) return;
      title(say("排名：", "Ranking: ") + of_.ranked_by);
      Columns columns({true, false, false, false, true, false, false});
      columns.add(
          {say("名次", "rank"), say("单位", "unit"), say("地区", "place"), "", say("得分", "score"), say("等级", "grade"), ""});
      for (std::size_t i = 0; i < of_.ranking.size() && i < top_; ++i) {
         const Ranked& one = of_.ranking[i];
         columns.add({number(one.rank), one.unit, one.place, one.label, to_short_text(one.value), one.grade,
                      one.tied ? say("并列", "tied") : ""});
      }
      text_ += columns.print("  ");
      more(of_.ranking.size());
   }

   void missing() {
      bool any = false;
      for (const auto& [name, p] : of_.places) {
         if (p.missing.empty()) continue;
         if (!any) title(say("缺报", "No report"));
         any = true;
         std::vector<std::string> names(
             p.missing.begin(), p.missing.begin() + static_cast<std::ptrdiff_t>(std::min(p.missing.size(), names_in_a_line)));
         std::string line = fmt::format("  {}  {}", place(name), join(names, say("、", ", ")));
         if (p.missing.size() > names.size())
            line +=
                chinese_ ? fmt::format(" 等 {} 个单位", p.missing.size()) : fmt::format(", {} units in all", p.missing.size());
         text_ += line + "\n";
      }
   }

   const Comparison& of_;
   std::size_t top_;
   bool chinese_;
   std::string text_;
};

void write_distribution(JsonText& json, const std::string& name, const std::string& place, const Distribution& d) {
   json.begin_object().member("score", name).member("place", place).key("number").number(d.values.size());
   json.key("cannot_tell").number(d.untold);
   constexpr std::pair<const char*, int> ranks[] = {
       {"lowest", 0}, {"quarter", 25}, {"median", 50}, {"three_quarters", 75}, {"highest", 100}};
   for (const auto& [key, percent] : ranks) json.member_or_null(key, d.values.empty() ? "" : to_text(d.at(percent)));
   json.member_or_null("average", d.values.empty() ? "" : to_text(d.average())).end_object();
}

std::string comparison_json(const Comparison& of) {
   JsonText json(true);
   json.begin_object().member("heng", "compare/1").key("year").number(static_cast<std::uint64_t>(of.year));
   json.key("places").begin_list();
   for (const auto& [name, p] : of.places) {
      json.begin_object().member("place", name).key("units").number(p.units.size()).key("reports").number(p.reports);
      json.key("refused").number(p.refused).key("with_errors").number(p.with_errors).key("fails").number(p.fails);
      json.key("cannot_tell").number(p.cannot_tell).key("explained").number(p.explained).key("missing").begin_list();
      for (const std::string& unit : p.missing) json.text(unit);
      json.end_list().end_object();
   }
   json.end_list().key("doubled").begin_list();
   for (const DoubledUnit& one : of.doubled) {
      json.begin_object().member("unit", one.unit).member("place", one.place).key("reports").begin_list();
      for (const std::string& report : one.reports) json.text(report);
      json.end_list().end_object();
   }
   json.end_list().key("scores").begin_list();
   for (const auto& [name, by_place] : of.scores)
      for (const auto& [place, d] : by_place) write_distribution(json, name, place, d);
   json.end_list().key("grades").begin_list();
   for (const auto& [name, by_place] : of.grades)
      for (const auto& [place, by_grade] : by_place)
         for (const auto& [grade, count] : by_grade) {
            json.begin_object().member("name", name).member("place", place).member_or_null("grade", grade);
            json.key("number").number(count).end_object();
         }
   json.end_list().key("rules").begin_list();
   for (const ComparedRule& rule : of.rules) {
      json.begin_object()
          .member("name", rule.name)
          .member("severity", rule.severity)
          .key("reports_found")
          .number(rule.reports_found);
      json.key("reports_judged").number(rule.reports).key("fails").number(rule.fails);
      json.key("cannot_tell").number(rule.cannot_tell).key("explained").number(rule.explained).end_object();
   }
   json.end_list().member_or_null("ranked_by", of.ranked_by).key("ranking").begin_list();
   for (const Ranked& one : of.ranking) {
      json.begin_object().key("rank").number(one.rank).key("tied").yes_no(one.tied).member("unit", one.unit);
      json.member("place", one.place).member("label", one.label).member("score", to_text(one.value));
      json.member_or_null("grade", one.grade).end_object();
   }
   return json.end_list().end_object().take() + "\n";
}

Exit compare_store(Console& console, StoreReader& store, const StoreOptions& options) {
   const std::vector<int> years = store.years();
   ComparisonWish wish{{options.year, options.place, ""}, options.by, {}};
   if (wish.filter.year == 0 && !years.empty()) wish.filter.year = years.back();
   if (!options.expected.empty()) {
      const SideFile list = read_side_file(options.expected);
      if (!list.text) {
         console.error(Code::file_not_found,
                       say("没有 {}，或者打不开", "there is no {}, or it cannot be opened", options.expected));
         return Exit::unreadable;
      }
      wish.expected = read_expected_units(*list.text);
   }
   const Comparison comparison = compare(store, wish);
   const bool none = std::all_of(comparison.places.begin(), comparison.places.end(),
                                 [](const auto& place) { return place.second.reports == 0; });
   if (none && !options.place.empty()) {
      const std::vector<std::string> places = store.places();
      if (std::find(places.begin(), places.end(), options.place) == places.end()) {
         std::string all;
         for (const std::string& one : places)
            if (!one.empty()) all += (all.empty() ? "" : " ") + one;
         console.error(Code::usage, say("结果库里没有 {} 的报告", "the store has no report of {}", options.place),
                       all.empty() ? say("结果库里的报告都没有写地区", "no report of the store says its place")
                                   : say("有的地区：{}", "it has the places {}", all));
         return Exit::usage;
      }
   }
   if (none) {
      std::string all;
      for (const int year : years) all += (all.empty() ? "" : " ") + std::to_string(year);
      console.error(Code::usage, say("结果库里没有这一年度、这个地区的报告", "the store has no report of this year and place"),
                    say("有的年度：{}", "it has the years {}", all));
      return Exit::usage;
   }
   std::vector<std::string> known;
   for (const auto& [name, by_place] : comparison.scores) known.push_back(name);
   if (!options.by.empty() && comparison.ranked_by.empty()) {
      console.none_of(say("没有 {} 这个评分", "there is no score {}", options.by), options.by, known);
      return Exit::usage;
   }
   console.out() << (options.format == "json" ? comparison_json(comparison)
                                              : ComparisonTable(comparison, options.top, console.chinese).print());
   return Exit::fine;
}

}  // namespace

Exit compare_command(Console& console, const StoreOptions& options) {
   return printed_from_store(console, options, compare_store);
}

}  // namespace heng

#include "reports/store/comparison.hpp"

#include <algorithm>
#include <utility>

#include "stdlib/text.hpp"

namespace heng {

namespace {

// As the store writes amounts: "17127.83", "1/3".
std::optional<Rational> read_amount(const std::string& text) {
   const std::size_t slash = text.find('/');
   const auto above = read_decimal(text.substr(0, slash));
   if (!above) return std::nullopt;
   if (slash == std::string::npos) return above->value();
   const auto below = read_decimal(text.substr(slash + 1));
   if (!below || below->mantissa == 0) return std::nullopt;
   return above->value() / below->value();
}

struct OneScore {
   std::string report, label;
   Rational value;
};

class Comparing {
 public:
   Comparing(StoreReader& store, const ComparisonWish& wish) : store_(store), wish_(wish) { made_.year = wish.filter.year; }

   Comparison make() {
      store_.reports(wish_.filter, [&](const StoredLine& line) { add(line); });
      store_.scores(wish_.filter, false, [&](const StoredScore& score) { add(score); });
      store_.grades(wish_.filter, [&](const StoredGrade& grade) { add(grade); });
      for (auto& [name, by_place] : made_.scores)
         for (auto& [place, distribution] : by_place) std::sort(distribution.values.begin(), distribution.values.end());
      for (auto& [unit, reports] : reports_of_)
         if (reports.size() > 1) made_.doubled.push_back({unit.second, unit.first, std::move(reports)});
      sort_rules();
      rank();
      find_missing();
      return std::move(made_);
   }

 private:
   struct Candidate {
      std::string rule;
      Rational points;
      bool of_reports = true;
      std::uint64_t reports = 0, values = 0;
      std::string last_report;
   };
   struct Head {
      std::string unit, place;
   };

   void add(const StoredLine& line) {
      heads_[line.id] = {line.unit, line.place};
      ComparedPlace& place = made_.places[line.place];
      ++place.reports;
      place.refused += line.refused;
      place.with_errors += line.has_errors();
      place.fails += line.summary.fails;
      place.cannot_tell += line.summary.cannot_tell;
      place.explained += line.summary.explained;
      if (!line.unit.empty()) {
         place.units.insert(line.unit);
         reports_of_[{line.place, line.unit}].push_back(line.file + (line.record == "1" ? "" : ":" + line.record));
      }
      const std::vector<StoredItem>& items = store_.items(line.program);
      for (std::size_t i = 0; i < line.counts.size() && i < items.size(); ++i) add(items[i], line.counts[i]);
   }

   void add(const StoredItem& item, const OutcomeCounts& counts) {
      const auto [found, fresh] = rules_.try_emplace(item.name() + "\n" + item.rule);
      ComparedRule& rule = found->second;
      if (fresh) rule.name = item.name(), rule.severity = item.severity;
      rule.reports += counts[0] + counts[1] + counts[2] + counts[explained_outcome] > 0;
      rule.reports_found += counts[1] + counts[2] > 0;
      rule.fails += counts[1];
      rule.cannot_tell += counts[2];
      rule.explained += counts[explained_outcome];
   }

   void add(const StoredScore& score) {
      if (score.state == "does_not_apply") return;
      const Head& head = heads_[score.report];
      const std::string name = score.item->name();
      Distribution& distribution = made_.scores[name][head.place];
      const std::optional<Rational> value = score.value ? read_amount(*score.value) : std::nullopt;
      if (!value) {
         ++distribution.untold;
         return;
      }
      distribution.values.push_back(*value);
      if (const std::optional<Rational> out_of = score.out_of ? read_amount(*score.out_of) : std::nullopt) {
         Candidate& candidate = candidates_[name];
         candidate.rule = score.item->rule;
         candidate.points = std::max(candidate.points, *out_of);
         candidate.of_reports &= score.label.empty();
         ++candidate.values;
         candidate.reports += std::exchange(candidate.last_report, score.report) != score.report;
      }
      // The sets of several places may each have a score of that name: they are ranked together.
      const bool wanted = wish_.score == name || wish_.score == score.item->rule || wish_.score == score.item->title;
      if (wanted) chosen_.insert(name);
      if (wanted || wish_.score.empty()) of_score_[wanted ? wish_.score : name].push_back({score.report, score.label, *value});
   }

   void add(const StoredGrade& grade) {
      if (grade.state == "does_not_apply") return;
      ++made_.grades[grade.item->name()][heads_[grade.report].place][grade.value.value_or("")];
      if (grade.value) grades_[grade.report + "\n" + grade.label] = *grade.value;
   }

   void sort_rules() {
      for (auto& [key, rule] : rules_)
         if (rule.reports_found + rule.explained > 0) made_.rules.push_back(std::move(rule));
      std::stable_sort(made_.rules.begin(), made_.rules.end(), [](const ComparedRule& a, const ComparedRule& b) {
         return std::make_pair(a.reports_found, a.fails + a.cannot_tell) >
                std::make_pair(b.reports_found, b.fails + b.cannot_tell);
      });
   }

   // The score of most points; of several one of whole reports, the one that most reports have, or of which there are fewest.
   std::string best() const {
      const auto better = [](const auto& a, const auto& b) {
         const Candidate &one = a.second, &other = b.second;
         if (one.points != other.points) return one.points > other.points;
         if (one.of_reports != other.of_reports) return one.of_reports;
         if (one.reports != other.reports) return one.reports > other.reports;
         return one.values < other.values;
      };
      const auto found = std::min_element(candidates_.begin(), candidates_.end(), better);
      return found == candidates_.end() ? "" : found->first;
   }

   // The best score, in the sets of several places the score of that name and as many points in each.
   std::vector<std::string> best_of_all_sets() const {
      const auto found = candidates_.find(best());
      if (found == candidates_.end()) return {};
      std::vector<std::string> all{found->first};
      for (const auto& [name, one] : candidates_)
         if (name != found->first && one.rule == found->second.rule && one.points == found->second.points) all.push_back(name);
      return all;
   }

   // Whoever has as much has the same rank, and the next one comes behind all of them: 1, 2, 2, 4.
   void rank() {
      std::vector<std::string> by{wish_.score};
      if (wish_.score.empty()) by = best_of_all_sets();
      if (wish_.score.empty() && by.size() == 1) chosen_ = {by.front()};
      const std::string together = wish_.score.empty() && !by.empty() ? candidates_[by.front()].rule : wish_.score;
      made_.ranked_by = chosen_.size() == 1 ? *chosen_.begin() : chosen_.empty() && !wish_.score.empty() ? "" : together;
      std::vector<Ranked>& ranking = made_.ranking;
      for (const std::string& name : by)
         for (const OneScore& score : of_score_[name]) {
            const Head& head = heads_[score.report];
            const auto grade = grades_.find(score.report + "\n" + score.label);
            ranking.push_back(
                {0, false, head.unit, head.place, score.label, score.value, grade == grades_.end() ? "" : grade->second});
         }
      std::stable_sort(ranking.begin(), ranking.end(), [](const Ranked& a, const Ranked& b) { return a.value > b.value; });
      for (std::size_t i = 0; i < ranking.size(); ++i) {
         const bool as_before = i > 0 && ranking[i].value == ranking[i - 1].value;
         ranking[i].rank = as_before ? ranking[i - 1].rank : i + 1;
         if (as_before) ranking[i].tied = ranking[i - 1].tied = true;
      }
   }

   // Units and places are told by their folded names: lists are typed by people.
   void find_missing() {
      std::map<ExpectedUnit, ExpectedUnit> expected;  // by folded names
      const auto expect = [&](const ExpectedUnit& one) { expected.try_emplace({fold(one.place), fold(one.unit)}, one); };
      for (const ExpectedUnit& one : wish_.expected) expect(one);
      if (wish_.expected.empty()) {
         StoreFilter others = wish_.filter;
         others.year = 0;
         store_.reports(others, [&](const StoredLine& line) {
            if (!line.unit.empty()) expect({line.place, line.unit});
         });
      }
      std::set<std::string> anywhere;
      std::set<ExpectedUnit> there;
      std::map<std::string, std::string> places;  // as the store writes them
      for (const auto& [name, place] : made_.places) {
         places.try_emplace(fold(name), name);
         for (const std::string& unit : place.units) anywhere.insert(fold(unit)), there.insert({fold(name), fold(unit)});
      }
      for (const auto& [folded, one] : expected) {
         if (folded.place.empty() ? anywhere.count(folded.unit) > 0 : there.count(folded) > 0) continue;
         const auto place = places.find(folded.place);
         made_.places[place == places.end() ? one.place : place->second].missing.push_back(one.unit);
      }
   }

   StoreReader& store_;
   const ComparisonWish& wish_;
   Comparison made_;
   std::map<std::string, Head> heads_;                                                   // by id
   std::map<std::pair<std::string, std::string>, std::vector<std::string>> reports_of_;  // by place and unit
   std::map<std::string, ComparedRule> rules_;
   std::map<std::string, std::vector<OneScore>> of_score_;
   std::map<std::string, std::string> grades_;  // by report and label
   std::map<std::string, Candidate> candidates_;
   std::set<std::string> chosen_;  // names of the scores that are wished
};

}  // namespace

const Rational& Distribution::at(int percent) const {
   const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
   return values[rank == 0 ? 0 : rank - 1];
}

Rational Distribution::average() const {
   Rational sum = 0;
   for (const Rational& value : values) sum += value;
   return sum / values.size();
}

Comparison compare(StoreReader& store, const ComparisonWish& wish) { return Comparing(store, wish).make(); }

}  // namespace heng

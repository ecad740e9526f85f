#include "tests/bench/peers.hpp"

#include <simdjson.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace heng::bench {

namespace {

// |left − Σ parts| ≤ 0.005 × (parts + 1), with room for what doubles lose.
struct DoubleRules {
   using Number = double;
   static constexpr double epsilon = 1e-6;

   static void identity(Totals& totals, double gap, int parts) {
      if (std::isnan(gap))
         ++totals.cannot_tell;
      else
         totals.failed_identities += std::fabs(gap) > 0.005 * (parts + 1) + epsilon;
   }
   static void share(Totals& totals, double printed, double part, double whole) {
      const double gap = printed - (whole == 0 ? 0 : part / whole * 100);
      if (std::isnan(gap))
         ++totals.cannot_tell;
      else
         totals.failed_shares += std::fabs(gap) > 0.01 + epsilon;
   }
   static void flag(Totals& totals, double actual, double budget) {
      const double rate = budget == 0 ? std::numeric_limits<double>::quiet_NaN() : std::fabs(actual - budget) / budget;
      if (std::isnan(rate))
         ++totals.cannot_tell;
      else
         totals.flags += rate >= 0.3 - 1e-9;
   }
   // full × part / whole, at most full, in hundredths, half up. What is missing gives nothing.
   static std::int64_t points(double part, double whole, double full, double when_zero) {
      const double raw = whole == 0 ? when_zero : part / whole * full;
      if (std::isnan(raw)) return 0;
      return static_cast<std::int64_t>(std::floor((raw < full ? raw : full) * 100 + 0.5 + 1e-7));
   }
   static constexpr double ten = 10;
};

struct IntegerRules {
   using Number = std::int64_t;

   static void identity(Totals& totals, std::int64_t gap, int parts) {
      totals.failed_identities += 2 * std::abs(gap) > parts + 1;
   }
   static void share(Totals& totals, std::int64_t printed, std::int64_t part, std::int64_t whole) {
      totals.failed_shares += whole == 0 ? std::abs(printed) > 1 : std::abs(printed * whole - part * 10000) > whole;
   }
   static void flag(Totals& totals, std::int64_t actual, std::int64_t budget) {
      if (budget == 0)
         ++totals.cannot_tell;
      else
         totals.flags += 10 * std::abs(actual - budget) >= 3 * budget;
   }
   static std::int64_t points(std::int64_t part, std::int64_t whole, std::int64_t full, std::int64_t when_zero) {
      if (whole == 0) return when_zero;
      return part >= whole ? full : (2 * part * full + whole) / (2 * whole);
   }
   static constexpr std::int64_t ten = 1000;
};

// The same 62 rules for both.
template <typename Rules>
class Weigher {
   using Number = typename Rules::Number;
   using Report = FiguresOf<Number>;

 public:
   Totals totals;

   void weigh(const Report& f) {
      hierarchy(f);
      sums(f);
      shares(f);
      scores(f);
      flags(f);
   }

 private:
   void hierarchy(const Report& f) {
      for (const int parent : table_.group) {
         Number gap = f.amount[parent];
         for (const int child : table_.children[parent]) gap -= f.amount[child];
         Rules::identity(totals, gap, static_cast<int>(table_.children[parent].size()));
      }
   }

   void sums(const Report& f) {
      Number classes_gap = f.expenditure, basic_gap = f.basic_total, project_gap = f.project_total;
      for (int i = 0; i < classes; ++i) {
         const Number amount = f.amount[table_.classes_at[i]];
         Rules::identity(totals, amount - f.basic[i] - f.project[i], 2);
         classes_gap -= amount;
         basic_gap -= f.basic[i];
         project_gap -= f.project[i];
      }
      Rules::identity(totals, classes_gap, classes);
      Rules::identity(totals, basic_gap, classes);
      Rules::identity(totals, project_gap, classes);
      Rules::identity(totals, f.income - f.fiscal - f.other - f.carried_in, 3);
      Rules::identity(totals, f.income_table - f.expenditure, 1);
      Rules::identity(totals, f.expenditure_table - f.expenditure, 1);
      Rules::identity(totals, f.expenditure - f.basic_total - f.project_total, 2);
      Rules::identity(totals, f.basic_total - f.personnel - f.operating, 2);
      Rules::identity(totals, f.actual.total - f.actual.abroad - f.actual.vehicles - f.actual.reception, 3);
      Rules::identity(totals, f.actual.vehicles - f.actual.bought - f.actual.run, 2);
   }

   void shares(const Report& f) {
      for (int i = 0; i < classes; ++i) Rules::share(totals, f.share[i], f.amount[table_.classes_at[i]], f.expenditure);
      Rules::share(totals, f.share[5], f.basic_total, f.expenditure);
      Rules::share(totals, f.share[6], f.actual.reception, f.actual.total);
      Rules::share(totals, f.share[7], f.fiscal, f.income);
   }

   static std::int64_t score(const typename Report::Indicator& one) {
      const Number full = one.weight;
      if (one.direction == Number{at_least}) return Rules::points(one.actual, one.target, full, full);
      if (one.direction == Number{at_most}) return Rules::points(one.target, one.actual, full, full);
      if (one.actual == one.target) return Rules::points(1, 1, full, full);
      return Rules::points(one.actual, one.target, full, 0);
   }

   void scores(const Report& f) {
      const std::int64_t execution = Rules::points(f.expenditure, f.budget_total, Rules::ten, Rules::ten);
      std::int64_t total = execution;
      for (const auto& one : f.indicator) total += score(one);
      totals.scores += total - execution;
      totals.execution += execution;
      totals.total += total;
      ++totals.grades[total >= 9000 ? 0 : total >= 8000 ? 1 : total >= 6000 ? 2 : 3];
   }

   void flags(const Report& f) {
      for (int i = 0; i < classes; ++i) Rules::flag(totals, f.amount[table_.classes_at[i]], f.class_budget[i]);
      Rules::flag(totals, f.actual.abroad, f.budget.abroad);
      Rules::flag(totals, f.actual.vehicles, f.budget.vehicles);
      Rules::flag(totals, f.actual.reception, f.budget.reception);
   }

   const Subjects& table_ = subject_table();
};

// ---- NDJSON -------------------------------------------------------------------------------------------------------------

using simdjson::ondemand::object;
using simdjson::ondemand::value;

void read_allowances(object from, Doubles::Allowances& to) {
   to.total = from["合计"].get_double();
   to.abroad = from["因公出国费"].get_double();
   to.vehicles = from["用车小计"].get_double();
   to.bought = from["购置费"].get_double();
   to.run = from["运行费"].get_double();
   to.reception = from["公务接待费"].get_double();
}

void read_subjects(object from, Doubles& to) {
   const Subjects& table = subject_table();
   for (int x = 0, next_class = 0; x < subjects; ++x) {
      object subject = from[table.codes[x]].get_object();
      to.amount[x] = subject["金额"].get_double();
      const double basic = subject["基本支出"].get_double(), project = subject["项目支出"].get_double();
      if (next_class < classes && table.classes_at[next_class] == x) {
         to.basic[next_class] = basic;
         to.project[next_class++] = project;
      }
   }
}

void read_indicators(simdjson::ondemand::array from, Doubles& to) {
   int i = 0;
   for (object one : from) {
      if (i == indicators) throw std::runtime_error("more indicators than the benchmark has");
      auto& indicator = to.indicator[i++];
      indicator.target = one["目标"].get_double();
      indicator.actual = one["实际"].get_double();
      const std::string_view direction = one["方向"].get_string();
      indicator.direction = direction == "正向" ? at_least : direction == "反向" ? at_most : equal_to;
      indicator.weight = one["权重"].get_double();
   }
}

Doubles read_report(object report) {
   static const std::array<const char*, 11> lines = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"};
   static const std::array<const char*, share_count> share_names = {"占比1", "占比2", "占比3", "占比4",
                                                                    "占比5", "占比6", "占比7", "占比8"};
   Doubles f;
   read_subjects(report["支出"].get_object(), f);
   double* const totals[] = {&f.income,        &f.expenditure, &f.fiscal,    &f.other,        &f.carried_in,       &f.basic_total,
                             &f.project_total, &f.personnel,   &f.operating, &f.income_table, &f.expenditure_table};
   object table = report["总表"].get_object();
   for (int i = 0; i < 11; ++i) *totals[i] = table[lines[i]].get_double();
   object allowances = report["三公"].get_object();
   read_allowances(allowances["决算"].get_object(), f.actual);
   read_allowances(allowances["预算"].get_object(), f.budget);
   object budgets = report["预算表"].get_object();
   for (int i = 0; i < classes; ++i)
      f.class_budget[i] = budgets[subject_table().codes[subject_table().classes_at[i]]].get_double();
   f.budget_total = budgets["999"].get_double();
   for (int i = 0; i < share_count; ++i) f.share[i] = report[share_names[i]].get_double();
   read_indicators(report["指标"].get_array(), f);
   return f;
}

template <typename Rules>
Totals weigh(const FiguresOf<typename Rules::Number>* reports, std::size_t count) {
   Weigher<Rules> weigher;
   for (std::size_t i = 0; i < count; ++i) weigher.weigh(reports[i]);
   return weigher.totals;
}

}  // namespace

Totals& Totals::operator+=(const Totals& other) {
   failed_identities += other.failed_identities;
   failed_shares += other.failed_shares;
   flags += other.flags;
   cannot_tell += other.cannot_tell;
   scores += other.scores;
   execution += other.execution;
   total += other.total;
   for (std::size_t i = 0; i < grades.size(); ++i) grades[i] += other.grades[i];
   return *this;
}

Doubles to_doubles(const Figures& figures) {
   std::array<std::int64_t, 135> from;
   std::array<double, 135> to;
   std::memcpy(from.data(), &figures, sizeof from);
   for (std::size_t i = 0; i < from.size(); ++i) to[i] = static_cast<double>(from[i]) / 100;
   Doubles result;
   std::memcpy(&result, to.data(), sizeof to);
   for (int i = 0; i < indicators; ++i) result.indicator[i].direction = static_cast<double>(figures.indicator[i].direction);
   return result;
}

Totals weigh_doubles(const Doubles* reports, std::size_t count) { return weigh<DoubleRules>(reports, count); }
Totals weigh_integers(const Figures* reports, std::size_t count) { return weigh<IntegerRules>(reports, count); }

Totals weigh_ndjson(std::string_view text) {
   const simdjson::padded_string padded(text);
   simdjson::ondemand::parser parser;
   simdjson::ondemand::document_stream stream = parser.iterate_many(padded);
   Weigher<DoubleRules> weigher;
   for (auto document : stream) weigher.weigh(read_report(document.get_object()));
   return weigher.totals;
}

}  // namespace heng::bench

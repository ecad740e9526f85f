// The benchmark's reports: 135 figures each, 62 rules (tests/bench/workload.heng). Deterministic; every line is rounded on its
// own from yuan, and about 5% of the identities are broken. Money in hundredths of 万元, percents and points in hundredths. Does
// not know: Heng.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace heng::bench {

inline constexpr int subjects = 40, classes = 5, sections = 11, indicators = 12;
inline constexpr int groups = classes + sections;  // rows that have children
inline constexpr int share_count = 8, flag_count = 8, identity_count = 31, rule_count = 62;

// Which subjects stand under which: fixed for all reports.
struct Subjects {
   std::array<std::string, subjects> codes, names;
   std::array<int, groups> group;                    // the classes, then the sections
   std::array<std::vector<int>, subjects> children;  // empty: a leaf
   std::array<int, classes> classes_at;
};
const Subjects& subject_table();

enum Direction { at_least, at_most, equal_to };

// Row-major: what a program that knows the form would keep. Only numbers, so that it is also an array of 135 figures.
template <typename Number>
struct FiguresOf {
   struct Allowances {  // 三公: vehicles are bought + run
      Number total, abroad, vehicles, bought, run, reception;
   };
   struct Indicator {
      Number target, actual, direction, weight;
   };
   std::array<Number, subjects> amount;
   std::array<Number, classes> basic, project;
   Number income, expenditure, fiscal, other, carried_in, basic_total, project_total, personnel, operating, income_table,
       expenditure_table;
   Allowances actual, budget;
   std::array<Number, classes> class_budget;
   Number budget_total;
   std::array<Number, share_count> share;
   std::array<Indicator, indicators> indicator;
};
using Figures = FiguresOf<std::int64_t>;  // hundredths
static_assert(sizeof(Figures) == 135 * sizeof(std::int64_t));

// What is printed besides the 135 figures: basic and project of every subject.
struct Printed {
   Figures figures;
   std::array<std::int64_t, subjects> basic, project;
};
Printed make_report(std::uint64_t number, std::uint64_t seed);

// One line of NDJSON in the format of docs/report.md, without its end of line.
std::string to_json(const Printed& report, std::uint64_t number);

}  // namespace heng::bench

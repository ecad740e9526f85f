// One year of a store, compared: places, scores, grades, rules, units. Exact: quantiles are values that are there (nearest rank),
// averages are rationals. Does not know: terminals, JSON.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reports/store/expected.hpp"
#include "reports/store/read_store.hpp"
#include "stdlib/number.hpp"

namespace heng {

struct ComparedPlace {
   std::uint64_t reports = 0, refused = 0, with_errors = 0, fails = 0, cannot_tell = 0, explained = 0;
   std::set<std::string> units;
   std::vector<std::string> missing;  // units that are expected and have no report of the year
};

// Values of one score, ascending.
struct Distribution {
   std::vector<Rational> values;
   std::uint64_t untold = 0;
   const Rational& at(int percent) const;  // the smallest value that so many percent do not exceed; of at least one
   Rational average() const;
};

struct ComparedRule {
   std::string name, severity;
   std::uint64_t reports = 0, reports_found = 0;  // where it was judged; where it found something
   std::uint64_t fails = 0, cannot_tell = 0, explained = 0;
};

struct Ranked {
   std::uint64_t rank = 0;
   bool tied = false;
   std::string unit, place, label;
   Rational value;
   std::string grade;
};

// Reports of one unit that differ and came from several files or records: which one counts, nobody said.
struct DoubledUnit {
   std::string unit, place;
   std::vector<std::string> reports;
};

struct Comparison {
   int year = 0;
   std::vector<DoubledUnit> doubled;
   std::map<std::string, ComparedPlace> places;
   std::map<std::string, std::map<std::string, Distribution>> scores;                          // by name, by place
   std::map<std::string, std::map<std::string, std::map<std::string, std::uint64_t>>> grades;  // by name, by place, by grade
   std::vector<ComparedRule> rules;                                                            // most found first
   std::string ranked_by;
   std::vector<Ranked> ranking;
};

struct ComparisonWish {
   StoreFilter filter;                  // of one year
   std::string score;                   // what to rank by; empty: the one of most points, of several that of most reports
   std::vector<ExpectedUnit> expected;  // empty: those that handed in in another year
};

Comparison compare(StoreReader& store, const ComparisonWish& wish);

}  // namespace heng

// What stands in a store, for people who compare: of a report that was weighed several times, from the same file and record or
// with the same text, the last result counts; other reports of a unit and year are others. Does not know: what is made of it.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/results.hpp"
#include "reports/store/stored.hpp"

namespace heng {

// Which reports are asked for; what is empty asks for all.
struct StoreFilter {
   int year = 0;
   std::string place, unit;
};

struct StoredLine {  // a report
   std::string id, program, unit, place, file, record, hash, rules;
   int year = 0;  // 0: unknown
   bool refused = false;
   Summary summary;
   std::uint64_t problem_errors = 0;
   CaseCounts counts;
   bool has_errors() const { return refused || summary.errors + problem_errors > 0; }
};

// What a number in a result's row stands for.
struct StoredItem {
   std::string kind, rule_set, rule, title, severity;
   bool is_part = false;  // of another score
   std::string name() const { return rule_set + "：" + title; }
};

struct StoredScore {
   std::string report;  // id
   const StoredItem* item = nullptr;
   std::string label;
   std::optional<std::string> value, out_of;  // exact; nothing: it cannot be told, or does not apply
   std::string state;
};

struct StoredGrade {
   std::string report;
   const StoredItem* item = nullptr;
   std::string label;
   std::optional<std::string> value;
   std::string state;
};

class StoreReader {
 public:
   explicit StoreReader(const std::string& place);  // throws StoreFault, as everything here does
   std::vector<int> years();                        // of reports that could be weighed
   std::vector<std::string> units();
   std::vector<std::string> places();
   // In order of year, place, unit, file, record.
   void reports(const StoreFilter& filter, const std::function<void(const StoredLine&)>& each);
   void scores(const StoreFilter& filter, bool parts, const std::function<void(const StoredScore&)>& each);
   void grades(const StoreFilter& filter, const std::function<void(const StoredGrade&)>& each);
   // The cases of a program, in the order of a report's counts.
   const std::vector<StoredItem>& items(const std::string& program);
   std::vector<std::string> ids(const StoreFilter& filter);  // in the same order
   // Rows of `reports` or of a table that hangs on it, for people: ids become what they stand for.
   void rows(const Table& table, const StoreFilter& filter, const std::function<void(const Row&)>& each);
   void rows_of(const Table& table, const std::string& id, const std::function<void(const Row&)>& each);

 private:
   void rows(const Table& table, const std::string& where, const Row& values, const std::function<void(const Row&)>& each);
   std::string where(const StoreFilter& filter, Row& values) const;
   const StoredItem* item(const std::string& program, const std::string& number);

   std::unique_ptr<Database> database_;
   std::map<std::string, std::vector<StoredItem>> items_;
};

// What StoreReader::rows gives. The first are those of the report.
struct ShownColumn {
   std::string name, from;  // as SQL
   bool number = false;
};
std::vector<ShownColumn> shown_columns(const Table& table);
inline constexpr std::size_t columns_of_report = 7;  // year, place, unit, file, record, hash, rules

}  // namespace heng

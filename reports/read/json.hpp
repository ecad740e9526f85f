// Reads one report of canonical JSON (docs/report.md) into a batch, driven by the shape that the rule files declare.
// Numbers reach the builder as they were written; every value carries the bytes it stood on. What does not fit is a problem with
// its place, and reading goes on behind it; only text that is no JSON object, or a report without a year, is refused.
// Does not know: files, rules, what a value means (the builder does).
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/batch.hpp"
#include "reports/read/problem.hpp"
#include "reports/read/records.hpp"
#include "reports/read/shape.hpp"

namespace heng {

// Under which keys a report says what chooses its rule sets, as the `report` declarations name them.
struct HeaderKeys {
   std::vector<std::string> year{"年度"}, place{"地区"}, unit_name{"单位名称"};
};

struct ReportHeader {
   int year = 0;
   std::string place, unit_name;  // may be empty
};

inline constexpr std::size_t most_problems_of_a_report = 100;

class JsonReader {
 public:
   JsonReader();
   ~JsonReader();
   // Opens a record of the file `name` and reads what chooses its rule sets. nullopt: refused, `problems` says why.
   std::optional<ReportHeader> open(const std::string& name, const Record& record, const HeaderKeys& keys,
                                    ReportProblems& problems);
   // Fills the record just opened into the batch. false: refused; the builder has forgotten it. `beside` adds what else belongs
   // to the report (last year's); where it returns false, the builder has forgotten the report, too.
   using Beside = std::function<bool()>;
   bool fill(const ReportShape& shape, BatchBuilder& builder, ReportProblems& problems, const Beside& beside = {});
   // Fills the record just opened, which is last year's, into the report that the builder has open. Its text stands behind the
   // first `before` bytes. false: it cannot be read to its end.
   bool fill_last_year(const LastYearShape& shape, BatchBuilder& builder, std::size_t before);

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

}  // namespace heng

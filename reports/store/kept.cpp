#include "reports/store/kept.hpp"

#include <zlib.h>

#include "reports/read/records.hpp"
#include "reports/store/store.hpp"
#include "reports/store/tables.hpp"
#include "stdlib/text.hpp"

namespace heng {

KeptReports::KeptReports(const std::string& place) : place_(place), database_(open_store(place)) {
   last_report_ = database_->value("SELECT max(id) FROM reports").value_or("0");
}

std::vector<KeptReport> KeptReports::of(const std::string& unit, int year, const std::optional<std::string>& place,
                                        std::size_t most) {
   Row values{fold(unit), std::to_string(year), last_report_};
   std::string which = "t.unit = $1 AND t.year = $2 AND r.id <= $3 AND NOT " + tables::superseded(" AND l.id <= $3");
   if (place) which += " AND t.place = $4", values.push_back(fold(*place));
   std::vector<KeptReport> found;
   const std::lock_guard lock(mutex_);
   database_->query(
       "SELECT r.file, r.record, t.line, t.hash, t.size, t.packed FROM texts t JOIN reports r ON r.content = t.hash WHERE " +
           which + R"( ORDER BY r.file COLLATE "C", r.record, r.id LIMIT )" + std::to_string(most),
       values, [&](const Row& row) {
          KeptReport one;
          one.file = *row[0];
          one.record = std::stoull(*row[1]);
          one.line = std::stoull(*row[2]);
          one.hash = *row[3];
          one.text = unpack(*row[5], std::stoull(*row[4]));
          found.push_back(std::move(one));
       });
   for (const KeptReport& one : found)
      if (one.text.empty())
         throw StoreFault(say("结果库 {} 里 {} 的报告坏了", "the store {}: the report of {} is damaged", place_, unit));
   return found;
}

bool KeptReports::has_results_of(const std::string& unit, int year) {
   const std::lock_guard lock(mutex_);
   return database_
       ->value("SELECT id FROM reports WHERE unit = $1 AND year = $2 AND id <= $3 LIMIT 1",
               {unit, std::to_string(year), last_report_})
       .has_value();
}

std::string pack(std::string_view text) {
   uLongf size = compressBound(text.size());
   std::string packed(size, '\0');
   compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(text.data()), text.size());
   packed.resize(size);
   return packed;
}

std::string unpack(const std::string& packed, std::size_t size) {
   if (size > largest_record) return {};
   std::string text(size, '\0');
   uLongf got = size;
   const int done =
       uncompress(reinterpret_cast<Bytef*>(text.data()), &got, reinterpret_cast<const Bytef*>(packed.data()), packed.size());
   return done == Z_OK && got == size ? text : std::string();
}

}  // namespace heng

#include "reports/store/database.hpp"

#include <fstream>

namespace heng {

std::optional<std::string> Database::value(const std::string& statement, const Row& values) {
   std::optional<std::string> found;
   bool first = true;
   query(statement, values, [&](const Row& row) {
      if (first) found = row.front();
      first = false;
   });
   return found;
}

void Database::add_column(const Table& table, std::string_view column, std::string_view otherwise) {
   for (const TableColumn& one : table.columns) {
      if (one.name != column) continue;
      std::string text = "ALTER TABLE " + std::string(table.name) + " ADD COLUMN " + std::string(one.name) + " " + type_of(one);
      if (!otherwise.empty()) text += " DEFAULT " + std::string(otherwise);
      execute(text);
   }
}

bool is_postgres(std::string_view place) { return place.rfind("postgresql://", 0) == 0 || place.rfind("postgres://", 0) == 0; }

bool is_store(const std::string& place) {
   if (is_postgres(place)) return true;
   constexpr std::string_view mark = "SQLite format 3";
   std::string begin(mark.size(), '\0');
   std::ifstream file(place, std::ios::binary);
   return file.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == mark;
}

std::unique_ptr<Database> open_database(const std::string& place, bool make) {
   return is_postgres(place) ? open_postgres(place) : open_sqlite(place, make);
}

Transaction::~Transaction() {
   if (!open_) return;
   try {
      database_.execute("ROLLBACK");
   } catch (const StoreFault&) {
      // What was wrong before is being told already; the database forgets what was not committed.
   }
}

std::string names_of_columns(const Table& table) {
   std::string names;
   for (const TableColumn& column : table.columns) (names += names.empty() ? "" : ", ") += column.name;
   return names;
}

}  // namespace heng

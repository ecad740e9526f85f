#include "reports/store/read_store.hpp"

#include <algorithm>

#include "reports/store/store.hpp"
#include "reports/store/tables.hpp"

namespace heng {

namespace {

constexpr std::string_view in_order = R"(r.year, r.place COLLATE "C", r.unit COLLATE "C", r.file COLLATE "C", r.record, r.id)";

std::uint64_t count(const Cell& cell) { return cell ? std::stoull(*cell) : 0; }

}  // namespace

StoreReader::StoreReader(const std::string& place) : database_(open_store(place)) {
   std::map<std::string, std::map<std::string, std::string>> sets;
   database_->query("SELECT program, number, name, year, place FROM rule_sets", {}, [&](const Row& row) {
      sets[*row[0]][*row[1]] = *row[2] + " " + *row[3] + (row[4]->empty() ? "" : " " + *row[4]);
   });
   database_->query(
       "SELECT program, kind, rule_set, rule, title, severity, part_of FROM items ORDER BY program, number", {},
       [&](const Row& row) {
          items_[*row[0]].push_back({*row[1], sets[*row[0]][*row[2]], *row[3], *row[4], row[5].value_or(""), row[6].has_value()});
       });
}

const std::vector<StoredItem>& StoreReader::items(const std::string& program) { return items_[program]; }

const StoredItem* StoreReader::item(const std::string& program, const std::string& number) {
   const std::vector<StoredItem>& items = items_[program];
   const std::size_t at = std::stoull(number);
   static const StoredItem unknown;
   return at < items.size() ? &items[at] : &unknown;
}

std::vector<int> StoreReader::years() {
   std::vector<int> years;
   database_->query("SELECT DISTINCT year FROM reports WHERE year IS NOT NULL AND refused = 0 ORDER BY year", {},
                    [&](const Row& row) { years.push_back(std::stoi(*row[0])); });
   return years;
}

std::vector<std::string> StoreReader::units() {
   std::vector<std::string> units;
   database_->query(R"(SELECT unit FROM (SELECT DISTINCT unit FROM reports) u ORDER BY unit COLLATE "C")", {},
                    [&](const Row& row) { units.push_back(*row[0]); });
   return units;
}

std::vector<std::string> StoreReader::places() {
   std::vector<std::string> places;
   database_->query(R"(SELECT place FROM (SELECT DISTINCT place FROM reports) p ORDER BY place COLLATE "C")", {},
                    [&](const Row& row) { places.push_back(*row[0]); });
   return places;
}

std::string StoreReader::where(const StoreFilter& filter, Row& values) const {
   std::string text = "NOT " + tables::superseded();
   const auto add = [&](const char* column, std::string value) {
      values.push_back(std::move(value));
      text += std::string(" AND r.") + column + " = $" + std::to_string(values.size());
   };
   if (filter.year != 0) add("year", std::to_string(filter.year));
   if (!filter.place.empty()) add("place", filter.place);
   if (!filter.unit.empty()) add("unit", filter.unit);
   return text;
}

void StoreReader::reports(const StoreFilter& filter, const std::function<void(const StoredLine&)>& each) {
   Row values;
   const std::string which = where(filter, values);
   database_->query(
       "SELECT r.id, r.program, r.unit, r.place, r.file, r.record, r.hash, p.hash, r.year, r.refused, r.holds, r.fails, "
       "r.cannot_tell, r.does_not_apply, r.implausible, r.errors, r.verifies, r.notices, r.problem_errors, r.counts, r.explained "
       "FROM reports r JOIN programs p ON p.id = r.program WHERE " +
           which + " ORDER BY " + std::string(in_order),
       values, [&](const Row& row) {
          StoredLine line{*row[0],           *row[1], *row[2],
                          *row[3],           *row[4], *row[5],
                          *row[6],           *row[7], row[8] ? std::stoi(*row[8]) : 0,
                          *row[9] == "1",    {},      count(row[18]),
                          unpacked(*row[19])};
          line.summary = {count(row[10]), count(row[11]), count(row[12]), count(row[13]), count(row[14]),
                          count(row[15]), count(row[16]), count(row[17]), count(row[20])};
          each(line);
       });
}

void StoreReader::scores(const StoreFilter& filter, bool parts, const std::function<void(const StoredScore&)>& each) {
   Row values;
   const std::string which = where(filter, values);
   database_->query(
       "SELECT r.id, r.program, s.item, s.label, s.value, s.out_of, s.state FROM scores s JOIN reports r ON r.id = s.report "
       "WHERE " +
           which + " ORDER BY " + std::string(in_order) + ", s.number",
       values, [&](const Row& row) {
          const StoredItem* item = this->item(*row[1], *row[2]);
          if (parts || !item->is_part) each({*row[0], item, *row[3], row[4], row[5], *row[6]});
       });
}

void StoreReader::grades(const StoreFilter& filter, const std::function<void(const StoredGrade&)>& each) {
   Row values;
   const std::string which = where(filter, values);
   database_->query(
       "SELECT r.id, r.program, g.item, g.label, g.value, g.state FROM grades g JOIN reports r ON r.id = g.report WHERE " +
           which + " ORDER BY " + std::string(in_order) + ", g.number",
       values, [&](const Row& row) { each({*row[0], item(*row[1], *row[2]), *row[3], row[4], *row[5]}); });
}

std::vector<std::string> StoreReader::ids(const StoreFilter& filter) {
   Row values;
   const std::string which = where(filter, values);
   std::vector<std::string> ids;
   database_->query("SELECT r.id FROM reports r WHERE " + which + " ORDER BY " + std::string(in_order), values,
                    [&](const Row& row) { ids.push_back(*row[0]); });
   return ids;
}

std::vector<ShownColumn> shown_columns(const Table& table) {
   std::vector<ShownColumn> shown{{"year", "r.year", true},     {"place", "r.place"}, {"unit", "r.unit"}, {"file", "r.file"},
                                  {"record", "r.record", true}, {"hash", "r.hash"},   {"rules", "p.hash"}};
   const bool is_reports = table.name == "reports";
   for (const TableColumn& column : table.columns) {
      const bool is_shown =
          std::any_of(shown.begin(), shown.end(), [&](const ShownColumn& one) { return one.name == column.name; });
      // Which run brought a report is no matter of the report.
      if (column.name == "report" || column.name == "program" || column.name == "run" || (is_reports && is_shown)) continue;
      if (column.name == "item") {
         for (const char* name : {"rule_set", "rule", "title", "severity"})
            shown.push_back({name, std::string(name) == "rule_set" ? "s.name" : std::string("i.") + name});
         continue;
      }
      shown.push_back(
          {std::string(column.name), (is_reports ? "r." : "t.") + std::string(column.name), column.type.rfind("BIGINT", 0) == 0});
   }
   return shown;
}

void StoreReader::rows(const Table& table, const std::string& where, const Row& values,
                       const std::function<void(const Row&)>& each) {
   std::string text = "SELECT ", order = std::string(in_order);
   for (const ShownColumn& column : shown_columns(table)) text += (text.size() > 7 ? ", " : "") + column.from;
   text += " FROM reports r JOIN programs p ON p.id = r.program";
   if (table.name != "reports") {
      text += " JOIN " + std::string(table.name) + " t ON t.report = r.id";
      order += ", t.number";
   }
   const bool has_item =
       std::any_of(table.columns.begin(), table.columns.end(), [](const TableColumn& c) { return c.name == "item"; });
   if (has_item)
      text +=
          " JOIN items i ON i.program = r.program AND i.number = t.item "
          "JOIN rule_sets s ON s.program = r.program AND s.number = i.rule_set";
   database_->query(text + " WHERE " + where + " ORDER BY " + order, values, each);
}

void StoreReader::rows(const Table& table, const StoreFilter& filter, const std::function<void(const Row&)>& each) {
   Row values;
   const std::string which = where(filter, values);
   rows(table, which, values, each);
}

void StoreReader::rows_of(const Table& table, const std::string& id, const std::function<void(const Row&)>& each) {
   rows(table, "r.id = $1", {id}, each);
}

}  // namespace heng

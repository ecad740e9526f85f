#include "reports/store/store.hpp"

#include "reports/store/tables.hpp"

namespace heng {

namespace {

const Table versions{"heng_store", {{"version", "TEXT NOT NULL"}}, false, "version"};

std::string version_of(Database& database, const std::string& place) {
   try {
      return database.value("SELECT version FROM heng_store").value_or("");
   } catch (const StoreFault&) {
      throw StoreFault(say("{} 不是衡的结果库", "{} is no results store of Heng", place));
   }
}

void expect_version(Database& database, const std::string& place) {
   if (const std::string version = version_of(database, place); version != tables::version)
      throw StoreFault(
          say("结果库 {} 是另一个版本的衡建立的（{}）", "the store {} was made by another version of Heng ({})", place, version));
}

bool has(Database& database, std::string_view table) {
   try {
      database.value("SELECT 1 FROM " + std::string(table) + " LIMIT 1");
      return true;
   } catch (const StoreFault&) {
      return false;
   }
}

// A database of somebody else is not written to. Our tables come together with their version, so that is looked for last.
void expect_ours_or_empty(Database& database, const std::string& place) {
   for (const Table* table : {&tables::programs, &tables::runs, &tables::reports, &tables::scores})
      if (has(database, table->name) && !has(database, versions.name))
         throw StoreFault(say("{} 里有别的程序的表 {}，不能作结果库",
                              "{} has a table {} of another program: it cannot be a store", place, table->name));
}

// Two results of one report are found by them.
void make_indexes_of_reports(Database& database) {
   database.execute("CREATE INDEX IF NOT EXISTS reports_of_record ON reports (file, record)");
   database.execute("CREATE INDEX IF NOT EXISTS reports_of_content ON reports (content)");
}

void add_explanations(Database& database) {
   for (const tables::LaterColumn& column : tables::since_version_3)
      database.add_column(*column.table, column.name, column.otherwise);
   database.execute("UPDATE reports SET content = hash");
   make_indexes_of_reports(database);
}

void make_texts(Database& database) {
   database.create(tables::texts);
   database.execute("CREATE INDEX IF NOT EXISTS texts_of_unit ON texts (unit, year)");
}

void make_tables(Database& database, const std::string& place) {
   expect_ours_or_empty(database, place);
   Transaction making(database, true);
   database.create(versions);
   if (database.value("SELECT version FROM heng_store")) return;  // it is there
   database.insert(versions, {{std::string(tables::version)}});
   for (const Table* table : {&tables::programs, &tables::rule_sets, &tables::items, &tables::runs, &tables::reports})
      database.create(*table);
   for (const Table* table : tables::of_reports) database.create(*table);
   database.execute("CREATE INDEX IF NOT EXISTS reports_of_unit ON reports (unit, year)");
   make_texts(database);
   make_indexes_of_reports(database);
   making.commit();
}

// A store that was made before is given what it lacks, step by step: whatever each version brought.
void upgrade(Database& database, const std::string& place) {
   if (version_of(database, place) == tables::version) return;
   Transaction upgrading(database, true);
   std::string version = version_of(database, place);  // another run may have done it
   const auto bring = [&](std::string_view to) {
      database.query("UPDATE heng_store SET version = $1", {std::string(to)}, [](const Row&) {});
      version = to;
   };
   if (version == "1") make_texts(database), bring("2");
   if (version == "2") add_explanations(database), bring("3");
   upgrading.commit();
}

void put_before(std::vector<Row>& into, const Cell& first, const std::vector<Row>& rows) {
   for (const Row& row : rows) {
      Row whole;
      whole.reserve(row.size() + 1);
      whole.push_back(first);
      whole.insert(whole.end(), row.begin(), row.end());
      into.push_back(std::move(whole));
   }
}

std::uint64_t count(const Cell& cell) { return cell ? std::stoull(*cell) : 0; }

}  // namespace

std::unique_ptr<Database> open_store(const std::string& place) {
   std::unique_ptr<Database> database = open_database(place, false);
   upgrade(*database, place);
   expect_version(*database, place);
   return database;
}

ResultStore::ResultStore(const std::string& place) : database_(open_database(place, true)) {
   make_tables(*database_, place);
   upgrade(*database_, place);
   expect_version(*database_, place);
}

void ResultStore::begin_run(const StoredRun& run, const std::string& now) {
   const std::lock_guard lock(mutex_);
   run_ = *database_
               ->insert_new(tables::runs, {{now, std::nullopt, std::nullopt, run.version, run.rules, run.language, std::nullopt,
                                            std::nullopt, std::nullopt}})
               .front();
}

void ResultStore::end_run(const std::string& outcome, std::uint64_t reports, std::uint64_t refused, const std::string& now) {
   const std::lock_guard lock(mutex_);
   database_->query("UPDATE runs SET ended = $1, outcome = $2, reports = $3, refused = $4, added = $5 WHERE id = $6",
                    {now, outcome, std::to_string(reports), std::to_string(refused), std::to_string(added_), run_},
                    [](const Row&) {});
}

std::string ResultStore::program_id(const StoredReport& report) {
   std::string& id = programs_[report.key.rules];
   if (!id.empty()) return id;
   const Program* program = report.program;
   const Row row{report.key.rules, std::to_string(program ? program->year : 0), program ? program->place : ""};
   if (const auto made = database_->insert_new(tables::programs, {row}).front()) {
      id = *made;
      if (!program) return id;
      std::vector<Row> sets, items;
      put_before(sets, id, rows_of_sets(*program));
      put_before(items, id, rows_of_items(*program));
      database_->insert(tables::rule_sets, sets);
      database_->insert(tables::items, items);
   } else {
      id = database_->value("SELECT id FROM programs WHERE hash = $1", {report.key.rules}).value();
   }
   return id;
}

void ResultStore::add(const std::vector<StoredReport>& reports) {
   if (reports.empty()) return;
   const std::lock_guard lock(mutex_);
   Transaction adding(*database_);
   // In one order: runs beside each other wait for each other's rows, and must not do so in a circle.
   std::map<std::string, const StoredReport*> by_rules;
   for (const StoredReport& report : reports) by_rules.emplace(report.key.rules, &report);
   for (const auto& [rules, report] : by_rules) program_id(*report);
   std::vector<const StoredReport*> in_order;
   for (const StoredReport& report : reports) in_order.push_back(&report);
   std::stable_sort(in_order.begin(), in_order.end(),
                    [](const StoredReport* one, const StoredReport* other) { return one->key < other->key; });
   std::vector<Row> rows;
   for (const StoredReport* report : in_order) {
      Row row{report->key.report, program_id(*report), run_};
      row.insert(row.end(), report->report.begin(), report->report.end());
      rows.push_back(std::move(row));
   }
   auto ids = database_->insert_new(tables::reports, rows);
   put_last_again(rows, ids);
   std::vector<Row> hanging[std::size(tables::of_reports)];
   std::uint64_t added = 0;
   for (std::size_t i = 0; i < in_order.size(); ++i) {
      if (!ids[i]) continue;
      ++added;
      const StoredReport& one = *in_order[i];
      const std::vector<Row>* of_tables[] = {&one.problems, &one.verdicts, &one.scores, &one.grades, &one.figures};
      for (std::size_t table = 0; table < std::size(hanging); ++table) put_before(hanging[table], ids[i], *of_tables[table]);
   }
   for (std::size_t table = 0; table < std::size(hanging); ++table) database_->insert(*tables::of_reports[table], hanging[table]);
   std::vector<Row> texts;
   for (const StoredReport& report : reports)
      if (!report.text.empty()) texts.push_back(report.text);
   std::sort(texts.begin(), texts.end(), [](const Row& one, const Row& other) { return one.front() < other.front(); });
   if (!texts.empty()) database_->insert_new(tables::texts, texts);
   adding.commit();
   added_ += added;
}

// Of rows that were there (without an id) those that another result of the same report came after, since: an explanation was
// withdrawn, the rules are the old ones again. They go, and come in anew, so that the last result is the last.
void ResultStore::put_last_again(const std::vector<Row>& rows, std::vector<std::optional<std::string>>& ids) {
   for (std::size_t i = 0; i < rows.size(); ++i) {
      if (ids[i]) continue;
      const auto old = database_->value(
          "SELECT r.id FROM reports r WHERE r.refused = 0 AND r.hash = $1 AND r.program = $2 AND " + tables::superseded(),
          {rows[i][0], rows[i][1]});
      if (!old) continue;
      for (const Table* table : tables::of_reports)
         database_->query("DELETE FROM " + std::string(table->name) + " WHERE report = $1", {*old}, [](const Row&) {});
      database_->query("DELETE FROM reports WHERE id = $1", {*old}, [](const Row&) {});
      ids[i] = database_->insert_new(tables::reports, {rows[i]}).front();
   }
}

std::map<StoreKey, HeldReport> ResultStore::held(const std::vector<std::string>& hashes) {
   std::map<StoreKey, HeldReport> found;
   if (hashes.empty()) return found;
   std::string places;
   for (std::size_t i = 1; i <= hashes.size(); ++i) places += (i > 1 ? ", $" : "$") + std::to_string(i);
   const std::lock_guard lock(mutex_);
   database_->query(
       "SELECT r.hash, p.hash, r.holds, r.fails, r.cannot_tell, r.does_not_apply, r.implausible, r.errors, r.verifies, "
       "r.notices, "
       "r.scores_untold, r.problem_errors, r.problem_verifies, r.problem_notices, r.counts, r.explained FROM reports r JOIN "
       "programs p ON "
       "p.id = "
       "r.program WHERE r.refused = 0 AND NOT " +
           tables::superseded() + " AND r.hash IN (" + places + ")",
       Row(hashes.begin(), hashes.end()), [&](const Row& row) {
          HeldReport& held = found[{*row[0], *row[1]}];
          held.summary = {count(row[2]), count(row[3]), count(row[4]), count(row[5]), count(row[6]),
                          count(row[7]), count(row[8]), count(row[9]), count(row[15])};
          held.scores_untold = count(row[10]);
          for (std::size_t i = 0; i < 3; ++i) held.problems[i] = count(row[11 + i]);
          held.counts = unpacked(*row[14]);
       });
   return found;
}

}  // namespace heng

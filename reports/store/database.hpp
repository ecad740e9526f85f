// The two databases that a store may live in, SQLite and PostgreSQL, behind one door: statements with $1, $2 … in the order of
// their first use, rows of texts. Does not know: what the tables mean.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace heng {

using Cell = std::optional<std::string>;  // nothing: NULL. Numbers are texts, too: nothing passes through a binary fraction
using Row = std::vector<Cell>;

struct TableColumn {
   std::string_view name, type;  // TEXT, BIGINT, BYTES, with NOT NULL where it is so
   bool is_bytes() const { return type.substr(0, 5) == "BYTES"; }
};

struct Table {
   std::string_view name;
   std::vector<TableColumn> columns;  // without the id
   bool has_id = false;               // a first column `id`, given by the database
   std::string_view key;              // of its rows, its first columns: "report, number"; empty: none but the id
};

// The database cannot be reached, is full, holds something else: nothing that a caller between here and the command could mend.
class StoreFault : public std::runtime_error {
 public:
   explicit StoreFault(Said said) : std::runtime_error(said.en), said_(std::move(said)) {}
   const Said& said() const { return said_; }

 private:
   Said said_;
};

class Database {
 public:
   virtual ~Database() = default;
   virtual void execute(const std::string& statement) = 0;
   virtual void query(const std::string& statement, const Row& values, const std::function<void(const Row&)>& each) = 0;
   virtual void create(const Table& table) = 0;  // unless it is there
   // A column that the table was made without; `otherwise`: for the rows that are there, as SQL.
   void add_column(const Table& table, std::string_view column, std::string_view otherwise);
   // All of them are new.
   virtual void insert(const Table& table, const std::vector<Row>& rows) = 0;
   // Those whose key is there already are left out. The id of each; nothing: left out.
   virtual std::vector<std::optional<std::string>> insert_new(const Table& table, const std::vector<Row>& rows) = 0;
   virtual void begin() = 0;        // to write
   virtual void begin_alone() = 0;  // nobody else makes tables until it ends
   void commit() { execute("COMMIT"); }

   std::optional<std::string> value(const std::string& statement, const Row& values = {});  // the first cell of the first row

 protected:
   virtual std::string type_of(const TableColumn& column) const { return std::string(column.type); }
};

// "postgresql://…" or "postgres://…", else a file of SQLite. `make`: it may be made where it is not there.
std::unique_ptr<Database> open_database(const std::string& place, bool make);
bool is_postgres(std::string_view place);
bool is_store(const std::string& place);  // such an address, or a file that begins as those of SQLite do

std::unique_ptr<Database> open_sqlite(const std::string& path, bool make);
std::unique_ptr<Database> open_postgres(const std::string& address);

// A transaction: unless it was committed, nothing of it stays.
class Transaction {
 public:
   explicit Transaction(Database& database, bool alone = false) : database_(database) {
      alone ? database_.begin_alone() : database_.begin();
   }
   ~Transaction();
   Transaction(const Transaction&) = delete;
   Transaction& operator=(const Transaction&) = delete;
   void commit() {
      database_.commit();
      open_ = false;
   }

 private:
   Database& database_;
   bool open_ = true;
};

// "a, b, c"
std::string names_of_columns(const Table& table);

}  // namespace heng

#include <sqlite3.h>

#include <filesystem>
#include <map>

#include "reports/store/database.hpp"

namespace heng {

namespace {

constexpr int patience = 60000;  // milliseconds, while another run writes

int by_bytes(void*, int size, const void* a, int other, const void* b) {
   const std::string_view first(static_cast<const char*>(a), static_cast<std::size_t>(size));
   return first.compare(std::string_view(static_cast<const char*>(b), static_cast<std::size_t>(other)));
}

// SQLite's own words are English, and for programmers.
Said why_not(int code, const char* message) {
   switch (code & 0xff) {
      case SQLITE_NOTADB: return say("不是衡的结果库", "it is no store of Heng's");
      case SQLITE_BUSY:
      case SQLITE_LOCKED: return say("别的程序占用着", "another program is using it");
      case SQLITE_READONLY:
      case SQLITE_PERM: return say("没有写的权限", "it may not be written to");
      case SQLITE_CANTOPEN: return say("文件打不开，或者没有权限", "the file cannot be opened, or access is denied");
      case SQLITE_FULL: return say("磁盘满了", "the disk is full");
      case SQLITE_IOERR: return say("读写磁盘出错", "the disk cannot be read or written");
      case SQLITE_CORRUPT: return say("文件损坏了", "the file is damaged");
      default: return {message, message};
   }
}

class Sqlite : public Database {
 public:
   Sqlite(const std::string& path, bool make) : path_(path) {
      const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX | (make ? SQLITE_OPEN_CREATE : 0);
      const int opened = sqlite3_open_v2(path.c_str(), &base_, flags, nullptr);
      owner_.reset(base_);
      if (opened != SQLITE_OK) throw fault();
      sqlite3_busy_timeout(base_, patience);
      sqlite3_create_collation(base_, "C", SQLITE_UTF8, nullptr, by_bytes);
      if (make) use_log();                     // which a store keeps; and what is opened only to be read may be somebody else's
      execute("PRAGMA synchronous = NORMAL");  // a killed program loses nothing; a power cut perhaps the last reports, never a
                                               // part of one
   }
   ~Sqlite() override {
      for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
   }

   void execute(const std::string& statement) override {
      if (sqlite3_exec(base_, statement.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
   }

   void query(const std::string& text, const Row& values, const std::function<void(const Row&)>& each) override {
      sqlite3_stmt* statement = nullptr;
      if (sqlite3_prepare_v2(base_, text.c_str(), static_cast<int>(text.size()), &statement, nullptr) != SQLITE_OK) fail();
      const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
      bind(statement, values);
      Row row(static_cast<std::size_t>(sqlite3_column_count(statement)));
      int step;
      while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
         for (int i = 0; i < static_cast<int>(row.size()); ++i) {
            const auto* cell = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
            row[static_cast<std::size_t>(i)] =
                cell ? Cell(std::string(cell, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)))) : std::nullopt;
         }
         each(row);
      }
      if (step != SQLITE_DONE) fail();
   }

   void create(const Table& table) override {
      std::string text = "CREATE TABLE IF NOT EXISTS " + std::string(table.name) + " (";
      if (table.has_id) text += "id INTEGER PRIMARY KEY, ";
      for (const TableColumn& column : table.columns) text += std::string(column.name) + " " + type_of(column) + ", ";
      if (table.key.empty())
         text.resize(text.size() - 2);
      else
         text += (table.has_id ? "UNIQUE (" : "PRIMARY KEY (") + std::string(table.key) + ")";
      text += table.has_id ? ") STRICT" : ") STRICT, WITHOUT ROWID";
      execute(text);
   }

   void insert(const Table& table, const std::vector<Row>& rows) override {
      if (rows.empty()) return;
      sqlite3_stmt* statement = prepared(insertion(table));
      for (const Row& row : rows) {
         bind(statement, row, &table);
         if (sqlite3_step(statement) != SQLITE_DONE) fail();
         sqlite3_reset(statement);
      }
   }

   std::vector<std::optional<std::string>> insert_new(const Table& table, const std::vector<Row>& rows) override {
      sqlite3_stmt* statement = prepared(insertion(table) + " ON CONFLICT DO NOTHING");
      std::vector<std::optional<std::string>> ids;
      for (const Row& row : rows) {
         bind(statement, row, &table);
         if (sqlite3_step(statement) != SQLITE_DONE) fail();
         sqlite3_reset(statement);
         ids.emplace_back();
         if (sqlite3_changes(base_) > 0) ids.back() = std::to_string(sqlite3_last_insert_rowid(base_));
      }
      return ids;
   }

   std::string type_of(const TableColumn& column) const override {
      std::string type(column.type);
      if (type.rfind("BIGINT", 0) == 0) type.replace(0, 6, "INTEGER");
      if (column.is_bytes()) type.replace(0, 5, "BLOB");
      return type;
   }

   void begin() override { execute("BEGIN IMMEDIATE"); }
   void begin_alone() override { begin(); }

 private:
   // Turning to the log wants the file alone, and SQLite does not wait for that by itself.
   void use_log() {
      for (int waited = 0; waited < patience; waited += 20) {
         const int done = sqlite3_exec(base_, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
         if (done == SQLITE_OK) return;
         if (done != SQLITE_BUSY) break;
         sqlite3_sleep(20);
      }
      fail();
   }

   static std::string insertion(const Table& table) {
      std::string text = "INSERT INTO " + std::string(table.name) + " (" + names_of_columns(table) + ") VALUES (";
      for (std::size_t i = 1; i <= table.columns.size(); ++i) text += (i > 1 ? ", ?" : "?") + std::to_string(i);
      return text + ")";
   }

   sqlite3_stmt* prepared(const std::string& text) {
      sqlite3_stmt*& statement = statements_[text];
      if (!statement && sqlite3_prepare_v3(base_, text.c_str(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT,
                                           &statement, nullptr) != SQLITE_OK)
         fail();
      return statement;
   }

   // The values outlive the step.
   void bind(sqlite3_stmt* statement, const Row& values, const Table* table = nullptr) {
      for (std::size_t i = 0; i < values.size(); ++i) {
         const bool bytes = table && table->columns[i].is_bytes();
         if (bind(statement, static_cast<int>(i) + 1, values[i], bytes) != SQLITE_OK) fail();
      }
   }
   static int bind(sqlite3_stmt* statement, int at, const Cell& cell, bool bytes) {
      if (!cell) return sqlite3_bind_null(statement, at);
      const int size = static_cast<int>(cell->size());
      return bytes ? sqlite3_bind_blob(statement, at, cell->data(), size, SQLITE_STATIC)
                   : sqlite3_bind_text(statement, at, cell->data(), size, SQLITE_STATIC);
   }

   StoreFault fault() const {
      const Said why = base_ ? why_not(sqlite3_errcode(base_), sqlite3_errmsg(base_)) : say("内存不够", "out of memory");
      return StoreFault({"结果库 " + path_ + "：" + why.zh, "the store " + path_ + ": " + why.en});
   }
   [[noreturn]] void fail() const { throw fault(); }

   std::string path_;
   sqlite3* base_ = nullptr;
   std::unique_ptr<sqlite3, int (*)(sqlite3*)> owner_{nullptr, sqlite3_close};  // also where the constructor throws
   std::map<std::string, sqlite3_stmt*> statements_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& path, bool make) {
   std::error_code error;
   if (!make && !std::filesystem::exists(path, error))
      throw StoreFault(say("没有结果库 {}；用 heng run 规则 报告 --store {} 建立",
                           "there is no store {}; heng run RULES REPORT --store {} makes one", path, path));
   if (std::filesystem::is_directory(path, error))
      throw StoreFault(say("{} 是文件夹，不是结果库", "{} is a folder, not a store", path));
   const std::filesystem::path folder = std::filesystem::path(path).parent_path();
   if (!folder.empty() && !std::filesystem::exists(folder, error))
      throw StoreFault(say("结果库 {} 所在的文件夹不存在", "the store {} would stand in a folder that is not there", path));
   return std::make_unique<Sqlite>(path, make);
}

}  // namespace heng

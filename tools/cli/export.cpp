// What a store holds, whole: as CSV, JSON or a workbook. The order does not depend on when a report was added.
#include "grammar/codes.hpp"
#include "reports/store/read_store.hpp"
#include "reports/store/tables.hpp"
#include "reports/store/write_workbook.hpp"
#include "reports/write/json_text.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"

namespace heng {

namespace {

const Table* const exported[] = {&tables::reports, &tables::problems, &tables::verdicts,
                                 &tables::scores,  &tables::grades,   &tables::figures};

std::string csv_cell(const std::string& text) {
   if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
   std::string quoted = "\"";
   for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
   return quoted + '"';
}

std::vector<std::string> head_of(const Table& table) {
   std::vector<std::string> names;
   for (const ShownColumn& column : shown_columns(table)) names.push_back(column.name);
   return names;
}

std::vector<std::string> texts_of(const Row& row) {
   std::vector<std::string> texts;
   for (const Cell& cell : row) texts.push_back(cell.value_or(""));
   return texts;
}

class Export {
 public:
   Export(Console& console, StoreReader& store, const StoreOptions& options)
       : console_(console), store_(store), options_(options), filter_{options.year, options.place, options.unit} {}

   Exit csv(const Table& table) {
      std::ostream& out = console_.out();
      out << "\xEF\xBB\xBF";  // spreadsheets want it
      line(head_of(table));
      store_.rows(table, filter_, [&](const Row& row) { line(texts_of(row)); });
      return Exit::fine;
   }

   Exit json() {
      JsonText json(true);
      json.begin_object().member("heng", "store/1").key("reports").begin_list();
      for (const std::string& id : store_.ids(filter_)) {
         json.begin_object();
         store_.rows_of(tables::reports, id, [&](const Row& row) { members(json, tables::reports, row, 0); });
         for (const Table* table : tables::of_reports) {
            json.key(table->name).begin_list();
            store_.rows_of(*table, id, [&](const Row& row) {
               json.begin_object();
               members(json, *table, row, columns_of_report);
               json.end_object();
            });
            json.end_list();
         }
         json.end_object();
         console_.out() << json.take();
      }
      json.end_list().end_object();
      console_.out() << json.take() << '\n';
      return Exit::fine;
   }

   Exit xlsx() {
      if (options_.output.empty()) {
         console_.error(Code::usage, say("--to xlsx 要写明 -o 文件", "--to xlsx needs -o FILE"));
         return Exit::usage;
      }
      std::vector<SheetOfTexts> sheets;
      for (const Table* table : exported)
         sheets.push_back({std::string(table->name), head_of(*table), [this, table](const auto& row) {
                              store_.rows(*table, filter_, [&](const Row& cells) { row(texts_of(cells)); });
                           }});
      if (write_workbook(options_.output, sheets)) return Exit::fine;
      console_.error(Code::usage, say("写不了文件 {}", "cannot write {}", options_.output));
      return Exit::usage;
   }

 private:
   void line(const std::vector<std::string>& cells) {
      for (std::size_t i = 0; i < cells.size(); ++i) console_.out() << (i > 0 ? "," : "") << csv_cell(cells[i]);
      console_.out() << "\r\n";
   }

   static void members(JsonText& json, const Table& table, const Row& row, std::size_t from) {
      const std::vector<ShownColumn> columns = shown_columns(table);
      for (std::size_t i = from; i < columns.size(); ++i) {
         json.key(columns[i].name);
         if (!row[i])
            json.null();
         else if (columns[i].number)
            json.number(std::stoull(*row[i]));
         else
            json.text(*row[i]);
      }
   }

   Console& console_;
   StoreReader& store_;
   const StoreOptions& options_;
   StoreFilter filter_;
};

Exit write_export(Console& console, const StoreOptions& options) {
   std::vector<std::string> names;
   const Table* table = nullptr;
   for (const Table* one : exported) {
      names.emplace_back(one->name);
      if (one->name == options.what || (options.what.empty() && one == &tables::verdicts)) table = one;
   }
   if (!table) {
      console.none_of(say("没有 {} 这张表", "there is no table {}", options.what), options.what, names);
      return Exit::usage;
   }
   StoreReader store(options.store);
   Export writing(console, store, options);
   if (options.to == "xlsx") return writing.xlsx();
   if (!console.write_to(options.output)) {
      console.error(Code::usage, say("写不了文件 {}", "cannot write {}", options.output));
      return Exit::usage;
   }
   const Exit end = options.to == "csv" ? writing.csv(*table) : writing.json();
   console.out().flush();
   return end;
}

}  // namespace

Exit export_command(Console& console, const StoreOptions& options) {
   if (options.to != "csv" && options.to != "json" && options.to != "xlsx")
      return no_such_format(console, options.to, {"csv", "json", "xlsx"});
   try {
      return write_export(console, options);
   } catch (const StoreFault& fault) {
      console.error(Code::usage, fault.said());
      return Exit::unreadable;
   }
}

}  // namespace heng

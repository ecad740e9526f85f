// What a store holds, whole: as CSV, JSON or a workbook. The order does not depend on when a report was added.
#include "grammar/codes.hpp"
#include "reports/store/read_store.hpp"
#include "reports/store/tables.hpp"
#include "reports/write/csv.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/workbook.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/from_store.hpp"
#include "tools/cli/open.hpp"

namespace heng {

namespace {

const Table* const exported[] = {&tables::reports, &tables::problems, &tables::verdicts,
                                 &tables::scores,  &tables::grades,   &tables::figures};

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
      console_.out() << csv_begin;
      write_csv_line(console_.out(), head_of(table), csv_text);
      store_.rows(table, filter_, [&](const Row& row) { write_csv_line(console_.out(), texts_of(row), csv_text); });
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
      return write_workbook(options_.output, sheets) ? Exit::fine : cannot_write(console_, options_.output);
   }

 private:
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

// "": the verdicts. nullptr: there is no such table.
const Table* table_named(const std::string& name) {
   for (const Table* one : exported)
      if (one->name == name || (name.empty() && one == &tables::verdicts)) return one;
   return nullptr;
}

Exit write_export(Console& console, StoreReader& store, const StoreOptions& options) {
   Export writing(console, store, options);
   if (options.to == "xlsx") return writing.xlsx();
   if (!console.write_to(options.output)) return cannot_write(console, options.output);
   const Exit end = options.to == "csv" ? writing.csv(*table_named(options.what)) : writing.json();
   return is_written(console) ? end : Exit::own_fault;
}

}  // namespace

Exit export_command(Console& console, const StoreOptions& options) {
   if (options.to != "csv" && options.to != "json" && options.to != "xlsx")
      return no_such_format(console, options.to, {"csv", "json", "xlsx"});
   if (!table_named(options.what)) {
      std::vector<std::string> names;
      for (const Table* one : exported) names.emplace_back(one->name);
      console.none_of(say("没有 {} 这张表", "there is no table {}", options.what), options.what, names);
      return Exit::usage;
   }
   return from_store(console, options, write_export);
}

}  // namespace heng

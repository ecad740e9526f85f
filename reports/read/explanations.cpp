#include "reports/read/explanations.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "reports/read/document/formats.hpp"
#include "reports/write/csv.hpp"
#include "stdlib/date.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::size_t fingerprint_length = 17;

struct ExplanationColumn {
   std::string_view zh, en;
   std::string ExplanationLine::* member;  // nullptr: the year
   bool needed;
};
constexpr std::array<ExplanationColumn, 10> columns{{{"单位", "unit", &ExplanationLine::unit, false},
                                                     {"年度", "year", nullptr, false},
                                                     {"地区", "place", &ExplanationLine::place, false},
                                                     {"规则", "rule", &ExplanationLine::rule, true},
                                                     {"对象", "object", &ExplanationLine::object, false},
                                                     {"说明", "why", &ExplanationLine::why, true},
                                                     {"说明人", "who", &ExplanationLine::who, true},
                                                     {"日期", "when", &ExplanationLine::when, true},
                                                     {"数字", "figures", &ExplanationLine::figures, true},
                                                     {"规则指纹", "fingerprint", &ExplanationLine::fingerprint, true}}};

std::string names_of_columns(bool chinese) {
   std::string names;
   for (const ExplanationColumn& column : columns) names.append(names.empty() ? "" : ",").append(chinese ? column.zh : column.en);
   return names;
}

// The rows of one file.
class ExplanationTable {
 public:
   ExplanationTable(const std::string& name, ReportProblems& problems) : name_(name), problems_(problems) {}

   std::vector<ExplanationLine> read(const DocumentTable& table) {
      std::vector<const DocumentCell*> row;
      for (std::size_t i = 0; i < table.cells.size(); ++i) {
         row.push_back(&table.cells[i]);
         if (i + 1 < table.cells.size() && table.cells[i + 1].row == table.cells[i].row) continue;
         if (column_of_.empty() && !head(row)) return {};
         if (row.front()->row > 0) take(row);
         row.clear();
      }
      return std::move(lines_);
   }

   void problem(std::uint32_t line, std::uint32_t column, Said message) {
      ReportProblem problem;
      problem.code = Code::bad_explanation;
      problem.message = std::move(message);
      problem.file = name_;
      problem.line = line;
      problem.column = std::max<std::uint32_t>(column, 1);
      problems_.push_back(std::move(problem));
   }

 private:
   // false: it does not say what stands where, nothing can be read.
   bool head(const std::vector<const DocumentCell*>& row) {
      bool fine = true;
      std::vector<std::string> names;
      for (const ExplanationColumn& column : columns) names.emplace_back(column.zh), names.emplace_back(column.en);
      for (const DocumentCell* cell : row) {
         const std::string name = fold(cell->text);
         const auto found = std::find_if(columns.begin(), columns.end(),
                                         [&](const ExplanationColumn& one) { return name == one.zh || name == one.en; });
         const auto column = static_cast<std::size_t>(found - columns.begin());
         const bool twice = std::find(column_of_.begin(), column_of_.end(), column) != column_of_.end();
         column_of_.resize(cell->column + 1, columns.size());
         column_of_.back() = column;
         if (found != columns.end() && twice) {
            fine = false;
            problem(cell->place.line, cell->place.column,
                    say("“{}”一栏写了两次：留一栏", "two columns are named {}: keep one of them", cell->text));
         }
         if (found != columns.end() || name.empty()) continue;
         fine = false;
         const auto near = suggestions(cell->text, names);
         problem(cell->place.line, cell->place.column,
                 near.empty() ? say("说明表没有“{}”这一栏；栏名是：{}", "explanations have no column {0}; the columns are: {2}",
                                    cell->text, names_of_columns(true), names_of_columns(false))
                              : say("说明表没有“{}”这一栏；是不是“{}”？", "explanations have no column {}; did you mean {}?",
                                    cell->text, near.front()));
      }
      for (std::size_t i = 0; fine && i < columns.size(); ++i) {
         if (!columns[i].needed || std::find(column_of_.begin(), column_of_.end(), i) != column_of_.end()) continue;
         fine = false;
         problem(1, 1,
                 say("说明表缺“{0}”一栏；第一行写栏名：{2}", "explanations lack the column {1}; the first row names them: {3}",
                     columns[i].zh, columns[i].en, names_of_columns(true), names_of_columns(false)));
      }
      return fine;
   }

   void take(const std::vector<const DocumentCell*>& row) {
      if (std::all_of(row.begin(), row.end(), [](const DocumentCell* cell) { return fold(cell->text).empty(); })) return;
      ExplanationLine line;
      line.file = name_;
      line.line = row.front()->place.line;
      std::array<std::uint32_t, columns.size()> at{};
      std::string year;
      for (const DocumentCell* cell : row) {
         const std::size_t column = cell->column < column_of_.size() ? column_of_[cell->column] : columns.size();
         if (column == columns.size()) {
            if (!fold(cell->text).empty())
               return problem(
                   line.line, cell->place.column,
                   say("这一格上面没有栏名：{}；说明里有逗号的，整格加引号",
                       "no column is named above this cell: {}; put quotes around a cell that holds commas", cell->text));
            continue;
         }
         at[column] = cell->place.column;
         (columns[column].member ? line.*columns[column].member : year) = without_csv_mark(cell->text);
      }
      if (is_whole(line, year, at) && is_new(line)) lines_.push_back(std::move(line));
   }

   bool is_whole(ExplanationLine& line, const std::string& year, const std::array<std::uint32_t, columns.size()>& at) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
         if (!columns[i].needed || !fold(line.*columns[i].member).empty()) continue;
         const bool binds = columns[i].member == &ExplanationLine::figures || columns[i].member == &ExplanationLine::fingerprint;
         problem(line.line, at[i],
                 binds ? say("没有写“{}”，不知道说明的是什么；删去这一行，用 heng justify 再写",
                             "{1} is blank: what is explained is not known; take the line out and let heng justify write it",
                             columns[i].zh, columns[i].en)
                       : say("没有写“{}”：补上", "{1} is blank: write it", columns[i].zh, columns[i].en));
         return false;
      }
      const std::string folded = fold(year);
      if (!folded.empty()) {
         const auto read = std::from_chars(folded.data(), folded.data() + folded.size(), line.year);
         if (read.ec != std::errc() || read.ptr != folded.data() + folded.size() || line.year <= 0) {
            problem(line.line, at[1], say("年度写成四位数，如 2024：{}", "the year is a number such as 2024: {}", year));
            return false;
         }
      }
      const std::optional<Date> date = read_date(line.when);
      if (!date) {
         problem(line.line, at[7], say("日期写成 2025-03-01 的样子：{}", "the date is written as 2025-03-01: {}", line.when));
         return false;
      }
      line.when = to_text(*date);
      const std::string& mark = line.fingerprint;
      const bool hash = mark.size() == fingerprint_length && mark.front() == 'r' &&
                        mark.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
      if (!hash)
         problem(
             line.line, at[9],
             say("规则指纹不是“{}”这个样子：它由 heng justify 写，不能改；删去这一行，用 heng justify 再写",
                 "a fingerprint does not look like \"{}\": heng justify writes it, and it is not edited; take the line out and "
                 "let heng justify write it",
                 mark));
      return hash;
   }

   bool is_new(const ExplanationLine& line) {
      const auto [before, fresh] = seen_.try_emplace(line.finding(), line.line);
      if (!fresh)
         problem(line.line, 1,
                 say("同一处发现说明了两次（第 {} 行也是）：留一行",
                     "this finding is explained on line {}, too: keep one of them", before->second));
      return fresh;
   }

   const std::string& name_;
   ReportProblems& problems_;
   std::vector<std::size_t> column_of_;         // of the file's columns: which of `columns`
   std::map<std::string, std::uint32_t> seen_;  // findings: on which line
   std::vector<ExplanationLine> lines_;
};

}  // namespace

bool ExplanationLine::is_for(const ReportHeader& report) const {
   return fold(unit) == fold(report.unit_name) && (year == 0 || year == report.year) &&
          (place.empty() || fold(place) == fold(report.place));
}

std::string ExplanationLine::finding() const {
   std::string all = std::to_string(year);
   for (const std::string* one : {&unit, &place, &rule, &object}) all += "\n" + fold(*one);
   return all;
}

std::string ExplanationLine::text() const {
   std::string all = std::to_string(year);
   for (const ExplanationColumn& column : columns)
      if (column.member) all += "\n" + this->*column.member;
   return all;
}

std::vector<ExplanationLine> read_explanations(std::string_view bytes, const std::string& name, ReportProblems& problems) {
   ExplanationTable reader(name, problems);
   const Document document = read_csv_document(bytes, CsvSeparator::of_first_line);
   for (const DocumentProblem& one : document.problems) reader.problem(one.place.line, one.place.column, one.message);
   const auto* table = document.blocks.empty() ? nullptr : boost::variant2::get_if<DocumentTable>(&document.blocks.front());
   return table ? reader.read(*table) : std::vector<ExplanationLine>();
}

std::string print_explanations(const std::vector<ExplanationLine>& lines, bool chinese) {
   std::string text = std::string(csv_begin) + names_of_columns(chinese) + "\r\n";
   for (const ExplanationLine& line : lines) {
      for (const ExplanationColumn& column : columns) {
         if (&column != &columns.front()) text += ',';
         text += column.member ? csv_text(line.*column.member) : line.year == 0 ? "" : std::to_string(line.year);
      }
      text += "\r\n";
   }
   return text;
}

std::string explanations_beside(const std::string& path) { return path + ".说明.csv"; }

}  // namespace heng

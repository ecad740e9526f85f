// How the things of a form are called on paper: their declared names and labels, other names of columns (本年收入 | 收入), and
// what `又名` adds. And where such names stand in a run of words, however lines and blanks cut them up. Does not know: what
// stands beside the names.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/schema.hpp"
#include "reports/read/recognise/words.hpp"

namespace heng {

std::vector<std::string> form_titles(const Schema& schema, const FormSchema& form);
std::vector<std::string> line_names(const Schema& schema, const FormSchema& form, const FormBlock& block, std::size_t line);
std::vector<std::string> column_names(const Schema& schema, const FormSchema& form, const FormBlock& block, std::size_t column);
std::vector<std::string> total_names(const Schema& schema, const FormSchema& form, const Total& total);
std::vector<std::string> row_field_names(const Schema& schema, const FormSchema& form, const Field& field);
// Fields of records, of lists of records and of the report: 项目.分值. `row`: the field is the cell of this row and the column
// `text`.
std::vector<PrintedName> record_field_names(const Schema& schema, const Frame& frame, const Field& field);
std::vector<std::string> record_names(const Schema& schema, const Frame& frame,
                                      const std::string& record);  // 体系.立项依据充分性
// 一、二、…  （一）  1.  其中：  in front of a label; the label itself where there is none.
std::string_view without_enumerator(std::string_view folded);
// 2024年  2024年度  本年  本年度  in front of a head; the head itself where there is none.
std::string_view without_year(std::string_view folded);

// Names by their folded text, each with the number of what it names.
class Names {
 public:
   struct Match {
      std::size_t end = 0;  // of the words
      const std::vector<std::size_t>* ids = nullptr;
   };
   void add(std::string_view name, std::size_t id);
   bool empty() const { return ids_.empty(); }
   std::vector<std::string> texts_of(std::size_t id) const;
   const std::vector<std::size_t>* find(std::string_view folded) const;
   // Whole words from `at` on that together are a name; the longest first. A bracketed remark behind the name (“（A）”) is passed
   // over if `remarks` says so.
   std::vector<Match> matches(const std::vector<Word>& words, std::size_t at, std::size_t last, bool remarks = false) const;

 private:
   bool begins_name(std::string_view folded) const;
   std::map<std::string, std::vector<std::size_t>, std::less<>> ids_;
};

}  // namespace heng

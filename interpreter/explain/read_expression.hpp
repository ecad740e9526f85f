// An expression read aloud, in Chinese or in English: printed lines with number and label, parameters with their value,
// conditions and sums in words. Made from the tree as it was written; the program only says what a name stands for. A new kind of
// expression is one function here. Does not know: declarations, data, results.
#pragma once
#include <string>
#include <vector>

#include "interpreter/merge/merge.hpp"
#include "interpreter/program.hpp"

namespace heng {

class ExpressionReader {
 public:
   // For the rules of one set, whose names it knows.
   ExpressionReader(const Program& program, const Selection& selection, std::uint32_t set, bool chinese)
       : program_(program), selection_(selection), set_(set), chinese_(chinese) {}

   bool chinese() const { return chinese_; }
   std::uint32_t set() const { return set_; }
   std::string read(const tree::Expr& expr) const { return read(expr, 0); }

   // Pieces that declarations need as well.
   std::string list_of_names(const std::vector<tree::Name>& names) const;
   std::string lines(const std::string& form, const std::vector<tree::IndexItem>& items) const;  // 公开01[32..57]（甲 至 乙）
   std::string quoted(const std::string& text) const;
   std::string joined(const std::vector<std::string>& parts, const char* chinese, const char* english) const;
   std::string parameter_value(const ParameterValue& parameter) const;
   const tree::Function* function_named(const std::string& name) const;

 private:
   struct Words;  // one function for each kind of expression
   friend struct Words;
   std::string read(const tree::Expr& expr, int least) const;  // in brackets where it binds looser than `least`

   const Program& program_;
   const Selection& selection_;
   std::uint32_t set_;
   bool chinese_;
};

}  // namespace heng

// Expressions and names as text with soft breaks, for print.cpp.
// Does not know: lines and comments.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "grammar/keywords.hpp"
#include "grammar/operators.hpp"
#include "grammar/print.hpp"

namespace heng::grammar {

constexpr char soft_break = '\x01';   // a blank where a line may be broken
constexpr char inner_break = '\x02';  // the same within brackets or a clause: only where nothing else helps

class ExpressionPrinter {
 public:
   ExpressionPrinter(bool chinese, const NamePairs& functions, std::set<std::string> declared = {})
       : chinese_(chinese), functions_(functions), declared_(std::move(declared)) {}

   bool chinese() const { return chinese_; }
   std::string word(Word word) const { return std::string(spelled(word, chinese_)); }
   std::string name(const tree::Name& name) const;
   std::string text(std::string_view text) const;
   std::string expression(const tree::Expr& expr, int least = 0) const;
   // Nothing where a text with mistakes left a hole in the tree.
   std::string expression(const tree::ExprPtr& expr, int least = 0) const {
      return expr ? expression(*expr, least) : std::string();
   }
   std::string index_items(const std::vector<tree::IndexItem>& items) const;  // with its brackets

 private:
   std::string bare(const tree::Expr& expr) const;
   std::string builtin(const tree::Name& name, std::initializer_list<Word> words) const;
   std::string function_name(const tree::Name& name) const;
   std::string member(const tree::Member& member) const;
   std::string index(const tree::Index& index) const;
   std::string call(const tree::Call& call) const;
   std::string unary(const tree::Unary& unary) const;
   std::string binary(const tree::Binary& binary) const;
   std::string operand_of_logic(const tree::Expr& expr, tree::BinaryOp op, int least) const;
   std::string comparison(const tree::Comparison& comparison) const;
   std::string if_(const tree::If& condition) const;
   std::string is_test(const tree::IsTest& test) const;
   std::string under(const tree::Under& under) const;

   bool chinese_;
   const NamePairs& functions_;
   std::set<std::string> declared_;  // names of the file: never taken for words with two spellings
};

std::string without_soft_breaks(std::string text);
std::string as_inner(std::string text);  // its soft breaks become inner ones

}  // namespace heng::grammar

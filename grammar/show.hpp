// An expression as bare structure, for tests: "a - b * c" is "(- a (* b c))". Brackets of the writer are not shown, names and
// units are as written.
// Does not know: keyword languages, layout (print.hpp).
#pragma once
#include <string>

#include "grammar/tree.hpp"

namespace heng {

std::string show(const tree::Expr& expr);
std::string_view symbol(tree::BinaryOp op);   // + and …, in English
std::string_view symbol(tree::CompareOp op);  // ≈ <~ …
std::string_view symbol(tree::TargetOp op);   // ≥ …

}  // namespace heng

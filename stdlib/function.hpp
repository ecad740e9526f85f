// The library: a function is one row. Checker, engine, completion, hover and docs/functions.md read the row; a test runs every
// example. Scalar functions compute with `apply` on exact values; rows with a kernel of their own in the engine (round, abs, min,
// max, aggregates) name it.
//
// Does not know: the tree, frames, columns.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stdlib/value.hpp"

namespace heng {

enum class FunctionKind {
   aggregate,  // sum(x where c): comes outward from a list; also over cells and, for min max, over several arguments
   scalar,     // one value per row
   fact,       // how a figure or a form is printed
};

// Which engine operation carries it out; `apply` rows go row by row.
enum class Kernel {
   apply,
   sum,
   count,
   minimum,
   maximum,
   average,
   all,
   any,
   names,
   absolute,
   round,
   // facts about what was read
   decimals,
   title,
   unit,
   year,
   lines,
};

struct Function {
   std::string_view en, zh;  // both names
   FunctionKind kind;
   std::string_view signature;  // "(figure, whole?) -> same"; read by people, and by read_signature for the checker
   Bilingual says;
   std::string_view example, result;  // in English keywords: "round(2.345, 2)", "2.35"; aggregates run over example_forms
   Kernel kernel = Kernel::apply;
   Rounding rounding = Rounding::half_away;           // for kernel round
   Value (*apply)(std::span<const Value>) = nullptr;  // for kernel apply; fails with a Missing kind
};

const std::vector<Function>& functions();
const Function* find_function(std::string_view name);  // either name

// Signatures, in words: figure (anything numeric), whole (a whole number written out), text, date, yes/no, rows (a list), form,
// and as results also number, year, days, names and same (the type of the first argument). `?` may be left out, `...` may be
// repeated.
enum class SignatureWord { figure, whole, text, date, yes_no, rows, form, number, year, days, names, same };
struct Signature {
   std::vector<SignatureWord> parameters;
   std::size_t required = 0;  // the rest may be left out
   bool repeats = false;      // the last parameter may be given again and again
   SignatureWord result = SignatureWord::number;
};
Signature read_signature(std::string_view signature);
std::string signature_in(std::string_view signature, bool chinese);  // (数, 整数?) → 同类

// What the examples of aggregates run over: one report with these forms and this data.
extern const std::string_view example_forms, example_report;

// Operators: one row each; strength is the grammar's, a test holds both lists equal.
struct OperatorRow {
   std::string_view symbol;
   std::string_view spellings;  // other spellings, separated by blanks
   int strength;                // larger binds tighter
   Bilingual says;
   std::string_view example, result;
};
const std::vector<OperatorRow>& operators();

}  // namespace heng

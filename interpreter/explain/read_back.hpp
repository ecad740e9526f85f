// A rule read aloud (“本条读作：…”): what it says, in plain sentences, so that whoever wrote it says "yes, that is what I meant"
// or sees the mistake. Made from the tree and the checked program; `heng check --read-back`, `heng explain RULES RULE`, the rule
// book and the hover of an editor print the same sentences. A new kind of declaration is one function in read_back.cpp.
// Does not know: data, results, how it is laid out. Trials on made-up figures are made by trials.hpp.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "interpreter/merge/merge.hpp"
#include "interpreter/program.hpp"

namespace heng {

// One thing that a rule says of its own: a case of a check, an arm of a score, a band.
struct ReadPart {
   std::string title;                         // of a case; may be empty
   std::vector<std::string> sentences;        // without full stops
   std::optional<std::uint32_t> case_number;  // the first of Rule::cases that is made from it
};

struct ReadBack {
   Span span;
   std::optional<RuleId> rule;        // parameters, tiers and functions are read, too, and are no rules
   std::string name;                  // 支出构成
   std::string heading;               // 审核 支出构成“每行本年支出合计等于五类支出之和”
   std::vector<std::string> opening;  // what is true of all parts: for which rows, which order
   std::vector<ReadPart> parts;       // at least one
   std::vector<std::string> closing;  // what is missing, what follows, where it is from
};

// Everything that a set declares, in the order of its text. The selection is the one that the program was made from.
std::vector<ReadBack> read_back(const Program& program, const Selection& selection, std::uint32_t set, bool chinese);

// An expression alone, as the rules of a set would be read.
std::string read_back(const Program& program, const Selection& selection, std::uint32_t set, const tree::Expr& expr,
                      bool chinese);

}  // namespace heng

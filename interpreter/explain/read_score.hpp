// How a score is made, in sentences such as a regulation has ("到位率 每低于100%满1个百分点，扣满分的5%"), in the order in which
// it is made: vetoes, the base, factor, losses, limits. Every member of a score has its words here. Does not know: for which
// rows, where it is from, what is missing (read_back.cpp says so of every rule).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "interpreter/explain/read_expression.hpp"

namespace heng {

struct ReadScore {
   std::vector<std::string> opening;  // full marks, how arms are tried
   std::vector<std::string> made;     // a sentence for each thing that it is made of
   std::vector<std::string> closing;  // limits, rounding, what is taken as it is printed
   std::vector<tree::ExprPtr> read;   // what the sentences speak of
};

// rule: the score or the part of one; null where it could not be checked. decimals: what it is rounded to.
ReadScore read_score(const ExpressionReader& reader, const Program& program, const Rule* rule, const tree::Score& score,
                     std::optional<int> decimals);

}  // namespace heng

// Rules with one small mistake in them, made on the tree from a fixed list of mutators: what a slip of the pen could have written
// instead. Whoever keeps rules wants a test that notices each of them.
// Does not know: whether a mutant compiles, what it does.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"

namespace heng {

struct Mutator {
   std::string_view id;
   Said says;
   std::string_view from, to;  // an example
};
const std::vector<Mutator>& mutators();

struct Mutant {
   std::string_view mutator;
   Span span;                                       // what was changed
   std::string from, to;                            // as the formatter prints it, in the keyword language of the file
   std::function<void(tree::Declaration&)> change;  // to be called with a copy of the declaration
   Span of;                                         // "round": the score or part, whose decimals have no place of their own
};
std::vector<Mutant> mutants_of(const tree::Declaration& declaration, bool chinese);

// Of the header: the decimals that scores are rounded to.
struct HeaderMutant {
   std::string_view mutator;
   Span span;
   std::string from, to;
   std::optional<int> round_scores_to;
};
std::vector<HeaderMutant> mutants_of_header(const tree::Module& module, bool chinese);

// Names, folded: those that a declaration gives, and those that are written in it. What does not mention a name, not even by way
// of others, does not depend on it.
std::set<std::string> names_given(const tree::Declaration& declaration);
std::set<std::string> names_mentioned(const tree::Declaration& declaration);
std::set<std::string> names_mentioned(const tree::ExprPtr& expression);

}  // namespace heng

// What all declarations have: the keyword that they begin with, a name, a place, and what they say about themselves.
// Does not know: what declarations mean.
#pragma once
#include "grammar/keywords.hpp"
#include "grammar/tree.hpp"

namespace heng {

Word word_of(const tree::Declaration& declaration);               // a rollup begins with `check`
const tree::Name* name_of(const tree::Declaration& declaration);  // nullptr: it has none (report, unit, test)
Span span_of(const tree::Declaration& declaration);
// Titles, citations, severities and messages change nothing of what comes out.
bool bears(tree::Clause clause);
std::string_view word_of(tree::Clause clause, bool chinese);  // as a person writes it; of a field or a band what it is

}  // namespace heng

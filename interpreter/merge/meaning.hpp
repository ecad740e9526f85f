// What rules say, clause by clause, in canonical words: the same however they were laid out, in whichever keyword language, with
// whatever comments and brackets. Two rules mean the same where their clauses do. Parts of a score and cases of a check stand for
// themselves.
//
// `heng diff` compares two lists of these; the lock file keeps them.
// Does not know: types and units (`100%` and `1` are two texts).
#pragma once
#include <string>
#include <vector>

#include "grammar/keywords.hpp"
#include "interpreter/merge/merge.hpp"

namespace heng {

struct ClauseMeaning {
   std::string name;  // 满分, 依据, 当 1, 优; the same clause has the same name in both of two versions
   std::string text;  // as a person reads it
   Span origin;       // where it was written
};

struct Meaning {
   Word word = Word::check;  // with what the declaration begins
   std::string path;         // 部门评价.过程.资金管理.资金到位率
   Span origin;
   std::vector<ClauseMeaning> clauses;

   std::string text() const;                             // all of it, to be compared and kept
   const ClauseMeaning* clause(std::string_view) const;  // by name
};
bool same_meaning(const Meaning& a, const Meaning& b);
bool same_meaning(const ClauseMeaning& a, const ClauseMeaning& b);

// Of the set or forms that take part: the header first, then every declaration but tests, in order; `merged` nullptr: as written.
std::vector<Meaning> meanings(const tree::Module& module, const Merged* merged, bool chinese = true);
std::vector<Meaning> meanings(const Selection& selection, const tree::Module& module, bool chinese = true);
// Whether the top layer says something of this declaration; what it only takes over has been said where it was written.
bool is_changed(const Selection& selection, const tree::Module& module, Span declaration);

// Of one declaration and all that is in it.
std::vector<Meaning> meanings(const tree::Declaration& declaration, bool chinese = true);

}  // namespace heng

// What differs between two selections of rules by meaning, down to the clause. How rules are laid out, in which order
// declarations stand, comments and the language of keywords make no difference; the order of arms does.
//
// Every difference stands once: a rule that came or went is one, with all that is in it; of a rule that is on both sides each
// clause that is not the same is one. Of a parameter the values in force in the two years are compared, then what it says of
// other years.
// Does not know: files, how differences are shown.
#pragma once
#include <string>
#include <vector>

#include "interpreter/merge/meaning.hpp"
#include "interpreter/merge/merge.hpp"

namespace heng {

struct Difference {
   enum class What { added, removed, changed };
   What what = What::changed;
   Word word = Word::check;  // with what the declaration begins
   std::string path;         // 部门评价.过程.资金管理.资金到位率
   std::string clause;       // 满分, 当 1, 优; empty: the whole declaration
   std::string was, now;     // as a person reads it; empty: not there. Of a whole declaration a line for each clause
   Span was_at, now_at;
   bool only_words = false;  // titles, numbers of the catalogue, sources, messages: no verdict or score depends on them
};

// A rule set, forms or a layout.
struct SetDifference {
   tree::Module::Kind kind = tree::Module::Kind::ruleset;
   std::string name, was, now;  // was, now: titles (部门决算 2024 青岛市); empty: there is none on this side
   std::size_t rules = 0;       // of a set that is on one side only
   Span was_at, now_at;
   std::vector<Difference> all;

   bool one_sided() const { return was.empty() || now.empty(); }
   bool same() const { return !one_sided() && all.empty(); }
};

// Rules of a year, as far as they are compared.
struct Compared {
   const Selection& selection;
   int year = 0;
};

// In order of the second's declarations, what went after what stood before it; sets that are the same are among them.
std::vector<SetDifference> diff(const Compared& was, const Compared& now, bool chinese);

// Of two modules, as they are laid over what they extend.
std::vector<Difference> diff(const std::vector<Meaning>& was, int was_year, const std::vector<Meaning>& now, int now_year,
                             bool chinese);

}  // namespace heng

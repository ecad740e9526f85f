// What the parts of the analysis share: facts that hold on the way to a node, what was written there, and findings that must be
// true wherever a text is used (a check is made once for each printed line or column).
// Does not know: which findings there are.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "grammar/source.hpp"
#include "interpreter/check/check.hpp"
#include "interpreter/check/possible.hpp"
#include "interpreter/complaints.hpp"

namespace heng::checking {

struct Fact {
   Wish wish;
   Span span;  // where it was written
};
using FactList = std::vector<Fact>;

inline std::vector<Wish> wishes(const FactList& facts, std::initializer_list<Wish> more = {}) {
   std::vector<Wish> result;
   for (const Fact& fact : facts) result.push_back(fact.wish);
   result.insert(result.end(), more);
   return result;
}

inline bool lies_in(Span inner, Span outer) { return contains(outer, inner) && inner.begin < inner.end; }

// The scores as they were written, and the places of their conditions. A choice among the nodes is known by where it stands.
class Written {
 public:
   explicit Written(const Selection& selection);
   const tree::Score* score(Span span) const;
   // Of a choice that is an arm, a loss with `when`, a part of full marks or an item: the place of its condition.
   const Span* condition(Span choice) const;
   const Span* arm_after(Span arm) const;  // the condition of the arm that is tried next, or the whole of `else`
   const tree::Bands* bands(Span span) const;

 private:
   using At = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
   static At at(Span span) { return {span.file, span.begin, span.end}; }
   void add(const tree::Score& score);
   void add(Span choice, const tree::ExprPtr& condition);
   template <typename Arm>
   void add_arms(const std::vector<Arm>& arms);
   std::map<At, const tree::Score*> scores_;
   std::map<At, const tree::Bands*> bands_;
   std::map<At, Span> conditions_, after_;
};

// A finding about one text counts only when it is true of everything that was made from the text. `always`: of a condition that
// is settled, which way.
class Findings {
 public:
   void see(Code code, Span place, bool found, const std::function<Diagnostic()>& say, bool always = false);
   void say_to(Complaints& complaints);

 private:
   struct Tally {
      bool everywhere = true;
      std::optional<Diagnostic> said;
   };
   std::map<std::tuple<Code, std::uint32_t, std::uint32_t, std::uint32_t, bool>, Tally> tallies_;
};

inline constexpr int deepest_walk = 2'000;  // what lies deeper is not looked at

struct Deeper {
   int& depth;
   explicit Deeper(int& d) : depth(d) { ++depth; }
   ~Deeper() { --depth; }
};

// Inputs that a node is made of; what the plan added for allowances is left out.
std::size_t inputs_of(const Node& node);
bool is_aggregate(Op op);
bool encloses(const Schema& schema, FrameId outer, FrameId inner);  // or is the same
// What still holds of a row of `frame` when other rows inside it are looked at.
FactList facts_of_frame(const Program& program, const Possible& possible, const FactList& facts, FrameId frame);

struct Analysed {
   const Program& program;
   const Written& written;
   const Sources& sources;
   Possible& possible;
   Complaints& complaints;
};
void find_unreachable(const Analysed& analysed);
void find_overlaps(const Analysed& analysed);
void find_zero_divisors(const Analysed& analysed);
void find_growing_sums(const Analysed& analysed);
void find_look_alikes(const Analysed& analysed);
void find_ratios_beside_numbers(const Analysed& analysed);

}  // namespace heng::checking

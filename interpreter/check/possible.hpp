// May these conditions be true together? Answered over a checked program by what can be proven: "no" is certain, "yes" is not.
//
// A condition is taken apart into what must hold of single figures, sums of figures, words and kinds (subjects), each a set of
// values (regions); what bounds follow from the operations below a figure is put in before a combination counts as possible.
// A condition that cannot be told is neither true nor false, so `a or not a` is not true by itself.
// Does not know: rules, messages.
#pragma once
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "interpreter/check/regions.hpp"
#include "interpreter/program.hpp"

namespace heng::checking {

// What is wished of nodes: a condition true or false, a comparison of figures or texts.
struct Wish {
   enum class What { condition, figures, texts } what = What::condition;
   NodeId left = no_node, right = no_node;  // condition: left; figures: no right is 0
   bool yes = true;
   Op op = Op::equal;   // figures
   bool exact = false;  // texts: compared raw
};
inline Wish true_is(NodeId condition) { return {Wish::What::condition, condition, no_node, true}; }
inline Wish false_is(NodeId condition) { return {Wish::What::condition, condition, no_node, false}; }
inline Wish zero_is(NodeId figure) { return {Wish::What::figures, figure, no_node, true, Op::equal}; }

// What a region is of.
struct Subject {
   enum class What {
      number,   // Σ factor · term; the first factor is 1
      sign,     // of a figure whose unit comes with the data: unlike its size, it is the same in every unit
      word,     // a text, code or choice, folded
      same,     // are these two texts the same?
      truth,    // a condition that is not taken apart
      present,  // is the field filled in?
      figure,   // has the field (quantity or text) a figure?
      kind      // of a target: bits over TargetKind
   } what = What::number;
   std::vector<std::pair<NodeId, Rational>> terms;
   std::string unit = {};  // number: what a figure whose unit comes with the data is compared in
   NodeId node() const { return terms.front().first; }
   bool operator<(const Subject& other) const {
      return std::tie(what, terms, unit) < std::tie(other.what, other.terms, other.unit);
   }
};
using Known = std::map<Subject, Region>;

class Possible {
 public:
   // Parameters may be set to anything; `as_set`: they are what they are now.
   explicit Possible(const Program& program, bool as_set = false) : program_(program), as_set_(as_set) {}

   bool may_be(const std::vector<Wish>& wishes);  // false: it cannot, whatever the data
   // Where it may be: one way. Empty when it may not, or was too much to look through.
   const Known& found() const { return found_; }
   NodeId plain(NodeId id) const;  // the node itself, behind names of rules and frames around

 private:
   struct Open {
      std::vector<Wish> wishes;
      std::vector<std::vector<std::vector<Wish>>> choices;  // of each one alternative
   };
   struct Form {  // Σ factor · term + rest
      std::map<NodeId, Rational> terms;
      Rational rest = 0;
   };
   using Bounds = std::map<NodeId, Numbers>;

   const Node& node(NodeId id) const { return program_.nodes[id]; }
   bool search(Known known, Open open, std::size_t depth);
   bool take(const Wish& wish, Known& known, Open& open);
   bool take_condition(NodeId id, bool yes, Known& known, Open& open);
   bool take_figures(const Wish& wish, Known& known, Open& open);
   bool take_measured(const Wish& wish, Known& known);
   bool take_texts(const Wish& wish, Known& known, Open& open);
   bool take_within(const Node& within, bool yes, Known& known);
   bool take_about(const Node& about, bool yes);
   bool branch_side(const Wish& wish, Open& open) const;
   bool meet(Known& known, Subject subject, Region region) const;
   bool meet_case(Known& known, Subject::What what, NodeId id, bool yes) const;
   bool meet_number(Known& known, const Form& form, Op op, bool yes);
   bool has_value(Known& known, NodeId id, int depth = 0) const;
   bool consistent(const Known& known);
   void add_to(Form& form, NodeId id, const Rational& factor, int depth = 0) const;
   std::optional<Rational> number_in(NodeId id) const;
   bool is_measured(NodeId id) const { return node(id).type.kind == Kind::measured; }
   bool is_parameter(const Node& node) const { return !as_set_ && node.op == Op::constant && !node.words.empty(); }
   Numbers bounds(NodeId id, const Known* known, Bounds& seen, int depth);
   Numbers made_bounds(NodeId id, const Known* known, Bounds& seen, int depth);
   Numbers of_rows(NodeId id, int depth);

   const Program& program_;
   bool as_set_;
   Bounds structure_;  // what follows from the operations alone
   Known found_;
   std::size_t steps_ = 0, all_steps_ = 0;
};

}  // namespace heng::checking

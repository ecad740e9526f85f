// The program: rules with names, types, units and frames resolved; a flat list of typed nodes in an order in which every input
// stands before its use. The engine runs it over columns, the oracle of the tests directly; explanations walk it.
// An expression node lives in exactly one frame. Equal nodes are shared (same op, inputs, payload).
// Does not know: columns, storage, data.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/tree.hpp"
#include "interpreter/schema.hpp"
#include "stdlib/function.hpp"
#include "stdlib/value.hpp"

namespace heng {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xffffffffu;
using RuleId = std::uint32_t;
inline constexpr RuleId no_rule = 0xffffffffu;

enum class Op : std::uint8_t {
   // leaves
   constant,  // value (base unit) of node.value: number, text, yes/no, or Missing (a kind)
   field,     // node.field; frame = the field's
   decimals,  // printed decimals of node.field (number); 0 where missing, or with node.exact missing, too
   // from frame to frame
   broadcast,  // in[0] lives in an ancestor frame
   at_row,     // in[0] lives in frame F, in[1] (kind row, in this frame) picks a row of F in the same report; no row:
               // Missing::no_such_row
   // rows (kind row; −1: none). node.other is the frame picked from
   row_of_key,     // in[0]: key (text or code, this frame) → row of node.other of the same report; total rows are never found
   row_of_total,   // total number node.number of node.other in the same report
   row_of_parent,  // this frame's hierarchy
   row_number,     // this row itself
   copied_row,     // in a frame that is a copy (Frame::copy_of): the row of the frame node.other that this one repeats
   // outward: reduce rows of in[0].frame (or their hierarchy children when node.children) to this frame.
   // in[1], if there, is a filter in in[0].frame. Total rows take no part unless node.children (a total's children are the top
   // level).
   // No rows in the list: Missing::empty_list; list not read: Missing::not_read; rows but none picked: sum 0, count 0,
   // min/max/average missing.
   sum,
   count,
   minimum,
   maximum,
   average,
   all,
   any,
   names_of,  // the set of names of a text column: in the order of the rows, each once
   // arithmetic: exact; a missing input makes the result missing
   add,
   subtract,
   multiply,
   divide,  // in[0] / in[1]; zero divisor: Missing::zero_divisor, or in[2] if there
   negate,
   absolute,
   lesser,
   greater /* of in[0], in[1] */,
   round,  // node.number decimals in the shown unit are turned into base: see Node::number; node.rounding
   call,   // node.function->apply on the values of the inputs
   // comparisons: yes/no; a missing side is unknown
   equal,
   not_equal,
   less,
   less_equal,
   greater_op,
   greater_equal,
   within,  // |in[0] − in[1]| ≤ in[2]  (absolute); node.relative: ≤ in[2]·|in[1]|
   about,
   about_less,
   about_greater,  // D4; the plan adds allowed
   text_equal,     // folded; in: text, text     node.exact: raw
   date_order,     // in: texts that are dates; node.number: a DateOrder. What is no date with a year: Missing::unreadable
   // logic: Kleene
   both,
   either,
   no,
   exactly_when,
   select,      // in[0] ? in[1] : in[2]; unknown condition: Missing::condition
   otherwise,   // in[0], or in[1] where in[0] is missing in the data (Missing <= no_such_report)
   is_present,  // false for blank dash slash none; unknown where not read, unreadable, not calculated, no such row
   is_missing,  // the opposite
   // sets of names (stdlib/names.hpp): yes/no
   in_names,        // in[0] a text, in[1] names
   names_equal,     // in[0], in[1] names
   names_within,    // every name of in[0] is one of in[1]
   lines_complete,  // in[0] names: are they the numbers 1 .. node.number, each once and in order?
   // codes and hierarchy
   under,  // in[0] a code; node.words: prefixes
   level,  // digits of this row's code; 0 for a total row
   orphan,
   is_total,
   has_children,
   // targets (in[0]: a field of kind target, or measured for is_number)
   target_value,  // its figure (measured); words and dates: Missing::not_a_number
   target_is,     // node.number: bit set over TargetKind; bit 8 (target_is_money): numeric and its unit's dimension is 元
   is_number,     // a `quantity or text` that carries a figure
   as_unit,  // in[0] measured, node.type static: the same figure; lanes whose unit does not fit the type: Missing::unit_differs.
             // A bare lane and a percent lane fit number, percent and 个百分点; a bare lane also fits points (分)
   // another rule's value: in[0]; node.rule names it. Same column, kept for explanations, basis, gate
   rule,
   // added by the plan
   half_width,       // h of node.field's printed figure in base units (D3); 0 where missing or exact
   zero_if_missing,  // in[0] with 0 (or false) where missing in the data or of an empty list: inside allowances
   allowance,        // Σ |∂(in[0] − in[1])/∂x|·h(x), row by row: where figures may be reached by several paths
   implausible,      // D5 for the same: in[0], in[1]
};

inline constexpr int target_is_money = 1 << 8;

enum class DateOrder { equal, less, less_equal, greater, greater_equal };

struct Node {
   Op op;
   Type type;
   FrameId frame = 0;
   std::vector<NodeId> in;
   FieldId field = no_field;
   FrameId other = no_frame;
   RuleId rule = 0;
   int number = 0;  // round: decimals counted in base units (2 decimals of 万元: −2); total number; bit set; rule_does_not_apply
   Rounding rounding = Rounding::half_away;
   bool children = false, relative = false, exact = false;
   Value value = Missing::blank;    // constant
   std::vector<std::string> words;  // under: the codes; of a parameter's constant its name
   const Function* function = nullptr;
   Span span;           // the text it stands for; of the first use where shared
   tree::ExprPtr expr;  // as written; null for what the checker made up (lowered parts)
};

// Of a constant: what stands for a rule where its `where` is false; `rule` says which.
inline constexpr int rule_does_not_apply = 1;

enum class Verdict : std::uint8_t { holds, fails, cannot_tell, does_not_apply };
enum class RuleKind : std::uint8_t { check, rollup, require, let, score, bands };
enum class Basis : std::uint8_t { computed, stated, judged, none };

struct MessagePart {
   std::string text;
   NodeId value = no_node;  // shown where text is empty
};

// One thing judged in every row of the rule's frame.
struct Case {
   std::string title;  // empty for a check without cases
   std::vector<std::string> refs;
   std::string cite;  // empty: the rule's
   tree::Severity severity = tree::Severity::error;
   tree::MinistryKind kind = tree::MinistryKind::none;
   std::vector<MessagePart> message;  // empty: none
   NodeId applies = no_node;          // no_node: always. false: does not apply; unknown: cannot tell
   NodeId condition = no_node;        // yes/no
   FrameId frame = 0;
   Span span;
};

// What a score may be where its inputs are not printed: some values, or anything up to the largest.
struct Attainable {
   std::vector<Rational> values;  // ascending; points, or shares of full marks where these differ from row to row
   bool shares = false;
   bool any = false;  // anything from 0 to full marks
};

struct Rule {
   RuleId id = 0;
   RuleKind kind = RuleKind::check;
   std::uint32_t set = 0;    // index into Program::sets
   std::string name, title;  // of a part of a score its path: 过程.资金到位率
   std::vector<std::string> refs;
   std::string cite;
   tree::Severity severity = tree::Severity::error;
   FrameId frame = 0;
   Span span;  // the whole declaration
   Span name_span;
   std::vector<Case> cases;  // check, rollup, require
   // let, score, bands: value; score: after clamping and rounding
   NodeId value = no_node;
   NodeId applies = no_node;  // `where` of let, score, bands
   Type type;
   NodeId raw = no_node;     // score: before clamping and rounding
   NodeId out_of = no_node;  // score
   NodeId basis = no_node;   // score: number column of Basis; no_node: computed everywhere
   NodeId of = no_node;      // bands: the value that is graded
   NodeId stated = no_node;  // score: the printed score, taken where inputs are not printed
   Attainable attainable;    // what it may be then
   RuleId parent = no_rule;  // a part of this score
   bool sums_parts = false;  // a score that is the sum of its parts, before factors and losses
};

struct ParameterValue {
   std::string name, title;
   Type type;
   Value value;
   bool set_by_hand = false;
   Span span;
   std::uint32_t set = 0;
};

struct RuleSet {
   std::string name;
   int year = 0;
   std::string place;  // empty: everywhere
   std::string cite;
   std::vector<ParameterValue> parameters;
   std::string hash;  // SHA-256 (hex) of all text that took part and parameters set by hand; filled by the tool layer
   std::vector<std::uint32_t> files;  // texts that took part
   Span span;
};

struct TestCase {
   std::string title;
   std::uint32_t set = 0;
   Span span;
   const tree::Test* written = nullptr;  // lives as long as the File it was parsed from
};

// What was written where a node stands for no expression: for people.
// Said: what the checker made up; how it is made is nobody's business.
using WrittenPart = tree::Variant<tree::Loss, tree::Step, Said>;

struct Program {
   Schema schema;
   std::vector<Node> nodes;
   std::map<NodeId, std::shared_ptr<const WrittenPart>> written;
   std::vector<Rule> rules;  // in order of declaration, sets in order of name
   std::vector<RuleSet> sets;
   int year = 0;  // the year and place it was made for
   std::string place;
   std::vector<TestCase> tests;
};

}  // namespace heng

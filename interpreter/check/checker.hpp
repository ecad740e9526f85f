// The checker's own workings: names, expressions and declarations of one selection become nodes and rules of one program.
// One class in several files: names.cpp (what a name stands for), expressions.cpp, comparisons.cpp, calls.cpp, aggregates.cpp
// (from lists to one value), declarations.cpp (whose names are entered first), parameters.cpp, rules.cpp, scores.cpp, bands.cpp.
// Errors travel as nodes of kind error: whoever meets one keeps silent, because somebody below has spoken already.
// Does not know: reports, columns, how messages are printed.
#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "interpreter/check/check.hpp"
#include "interpreter/check/forms.hpp"
#include "interpreter/check/nodes.hpp"
#include "interpreter/complaints.hpp"

namespace heng::checking {

// One printed line of a form, or one row of a grid, where `each` visits them: its columns are names there, and its number, label
// and code.
struct LineScope {
   std::uint32_t form = 0;
   std::string line, label, code;
};

// Inside a formula of the ministry's notes: whose lines and columns the numbers count.
struct FormulaScope {
   std::uint32_t form = 0;
   std::string column;  // of a line that names none; empty: lines have one column
   bool total = false;  // the total row is judged: it has no key to find its like by
};
inline constexpr std::size_t most_copies = 100;  // of lists whose rows are related to those of another, and groups of rows

inline Node node_of(Op op, Type type, FrameId frame) {
   Node node{};
   node.op = op;
   node.type = std::move(type);
   node.frame = frame;
   return node;
}

// say(), where a type among the arguments is described in each language.
inline std::string in_words(const Type& type, bool chinese) { return describe(type, chinese); }
inline const std::string& in_words(const std::string& text, bool) { return text; }
template <typename... A>
Said say_types(std::string_view zh, std::string_view en, const A&... a) {
   return {fmt::format(fmt::runtime(zh), in_words(a, true)...), fmt::format(fmt::runtime(en), in_words(a, false)...)};
}

using Arguments = std::vector<std::pair<std::string, NodeId>>;  // folded parameter name of a function, what it stands for

// Where an expression stands.
struct Scope {
   FrameId frame = report_frame;  // in which it lives
   FrameId names = report_frame;  // in which its names are looked up, then outward
   std::uint32_t set = 0;
   const Arguments* arguments = nullptr;  // inside a function
   const LineScope* line = nullptr;
   const tree::Name* column = nullptr;  // what 本栏 stands for
   const tree::Name* part = nullptr;    // what 本项 stands for
   const FormulaScope* formula = nullptr;
   NodeId full_marks = no_node;  // inside a score
   bool of_children = false;     // inside sum(children.x): this row is a child
};

// What a name, or a chain such as 公开04[33..58].合计, stands for before one value is wanted of it.
struct Thing {
   enum class What {
      nothing,    // not found, or refused; somebody has spoken
      value,      // node
      field,      // field, in its frame
      rule,       // rule: let, score, bands, check …
      list,       // frame
      children,   // the rows below this one
      form,       // form
      record,     // text: prefix of fields in `frame`
      row,        // node: an index into `frame`
      line,       // form, text: a line or grid row that wants a column
      cells,      // cells: 公开01[32..57]
      lines,      // form, names: lines that want a column
      parameter,  // node is made from it; number: which
      report,     // 报告
      previous    // 上年
   } what = What::nothing;
   NodeId node = no_node;
   FrameId frame = report_frame;
   FieldId field = no_field;
   RuleId rule = 0;
   std::uint32_t form = 0;
   std::uint32_t number = 0;
   std::string text = {};
   std::vector<FieldId> cells = {};
   std::vector<std::string> names = {};
   bool by_list = false;  // reached by the list's own name: 指标.分值
};

// A name that somebody declared.
struct Named {
   Thing thing;
   FrameId frame = report_frame;   // in which frame it is a name
   std::uint32_t set = every_set;  // rules and parameters belong to a set
   std::string shown = {};         // as it was declared
   bool part = false;              // the last word of a part's path: good where nothing else is called so
   static constexpr std::uint32_t every_set = 0xffffffffu;
};

// A declaration that becomes a rule.
struct Declared {
   RuleId rule = 0;
   const tree::Declaration* written = nullptr;
   const tree::Score* score = nullptr;    // a score, or a part of one
   tree::ExprPtr where = nullptr;         // of the score that it is a part of
   tree::ExprPtr stated = nullptr;        // of the score, or of one that it is a part of
   tree::ExprPtr stated_below = nullptr;  // … of its parts
   enum class State { untouched, open, done } state = State::untouched;
   bool broken = false;    // its list is not there
   bool nameless = false;  // its name was taken before
};

struct ParameterHere {
   const tree::Parameter* written = nullptr;
   std::uint32_t set = 0, number = 0;                    // ParameterValue in its set
   bool defined = false, used = false, refused = false;  // refused: somebody has spoken about it
};

struct FunctionHere {
   const tree::Function* written = nullptr;
   std::map<std::vector<NodeId>, NodeId> known;  // calls made already: the frame, then the arguments
   const NamedTypes* types = nullptr;
};

struct TierHere {
   const tree::Tier* written = nullptr;
   bool good = false;
};

// Bounds of a band as numbers; no value: open.
struct Bounds {
   std::optional<Rational> low, high;
   bool low_in = true, high_in = true;
   bool percents = false;  // as they are written
   Span span;
   std::string name;
};

class Checker {
 public:
   Checker(Program& program, const Selection& selection);

   void enter_everything(const Settings& settings);  // a new program: sets, parameters, rules' names
   void enter_checked();                             // a program that was checked before: its names only
   void check_everything();
   NodeId check_alone(const tree::ExprPtr& expression, FrameId frame, std::uint32_t set);
   Diagnostics take() { return complaints_.take(); }

   // For tests of rules.
   // Seen from the rows of `frame`: the deepest list that the expression speaks of. Nothing: it knows no name of it from there.
   std::optional<FrameId> home_of(const tree::ExprPtr& expression, FrameId frame, std::uint32_t set);
   const Named* rule_named(std::string_view name, std::uint32_t set);
   Complaints& complaints() { return complaints_; }

 private:
   // ---- names.cpp ----
   void enter_names();
   void enter_name(const std::string& name, Named named);
   void enter_rule_name(const Rule& rule);
   const std::string& folded(const std::string& text);
   bool encloses(FrameId outer, FrameId inner) const;  // or is the same
   FrameId common(FrameId a, FrameId b) const;
   std::vector<const Named*> found(const std::string& name, const Scope& scope);
   Thing look(const tree::Expr& expr, const Scope& scope);  // quiet; names and members only
   tree::Name name_meant(const tree::Name& name, const Scope& scope) const;
   std::optional<std::string> of_line(const std::string& name, const LineScope& line) const;
   Thing look_name(const std::string& name, const Scope& scope);
   Thing look_in_group(const std::string& name, const Scope& scope);
   std::optional<Thing> look_in_list(const std::string& name, FrameId list, const Scope& scope);
   // a chain; says what it could not find. `followed`: a member of it is wanted
   Thing resolve(const tree::Expr& expr, const Scope& scope, bool followed = false);
   Thing resolve_name(const tree::Name& name, const Scope& scope);
   Thing resolve_index(const tree::Index& index, Span span, const Scope& scope);
   Thing lines_of(const Thing& form, const tree::Index& index);
   std::optional<std::string> written_line(std::uint32_t form, const tree::Expr& expr);
   std::vector<std::string> lines_named(std::uint32_t form, const std::vector<tree::IndexItem>& items);
   Thing row_by_key(const Thing& list, FrameId frame, const tree::ExprPtr& key, Span span, const Scope& scope);
   Thing member(const Thing& object, const tree::Name& name, const Scope& scope, bool followed = false);
   Thing member_of_form(const Thing& form, const std::string& name, const Scope& scope, bool followed);
   Thing member_of_list(const Thing& list, const std::string& name, const Scope& scope);
   Thing member_of_record(const Thing& record, const std::string& name);
   Thing member_of_row(const Thing& row, const std::string& name, const Scope& scope);
   Thing row_of_total(FrameId frame, std::uint32_t number);
   Thing field_thing(FieldId field, bool by_list = false) const;
   const FormBlock* rows_block(std::uint32_t form) const;
   const FormBlock* block_of_line(std::uint32_t form, const std::string& line) const;
   std::optional<std::string> declared_line(std::uint32_t form, const std::string& number);
   void unknown_name(const tree::Name& name, const Scope& scope);
   void unknown_form(const tree::Name& name);
   std::optional<Said> verdict_asked_for(const std::string& name, const Scope& scope) const;
   std::optional<Said> wants_each(const std::string& name, const Scope& scope) const;
   void unknown_member(const Thing& object, const tree::Name& name);
   void unknown_line(std::uint32_t form, const std::string& number, Span span);
   void unknown_key(const Frame& rows, const std::string& name, Span span);
   std::optional<Said> stands_elsewhere(const std::string& name, const Scope& scope);
   std::string list_that_has(const std::string& name, const Scope& scope);  // empty: none
   std::vector<std::string> names_in_scope(const Scope& scope) const;
   std::vector<std::string> members_of(const Thing& object) const;
   std::string shown(const Thing& thing) const;
   std::string with_owner(const Named& named) const;
   NodeId value_of(const Thing& thing, Span span, const Scope& scope);
   NodeId into(NodeId node, Span span, const Scope& scope);
   Thing member_of_last_year(const std::string& name);
   bool is_chain(const tree::Expr& expr) const;

   // ---- formulas.cpp ----
   struct NumberedColumn {
      const FormBlock* block;
      std::string name, line;  // line: of a grid's cell
   };
   std::optional<NumberedColumn> numbered_column(std::uint32_t form, std::string_view name) const;
   Thing look_in_formula(const std::string& name, const Scope& scope);
   tree::Name column_in_formula(const Thing& object, const tree::Name& name, const Scope& scope) const;
   bool is_its_only_column(const Thing& cells, const tree::Name& name, const Scope& scope) const;
   std::optional<FrameId> with_one_total(const Thing& form) const;
   bool is_same_row(const tree::Index& index, const Scope& scope) const;
   tree::ExprPtr same_row_as(const tree::ExprPtr& written, const Scope& scope) const;
   std::string with_labels(const std::string& text, std::uint32_t form) const;
   std::optional<std::uint32_t> form_of_formula(const tree::Name& written) const;
   const FormBlock* block_of_columns(const tree::ExprPtr& condition, std::uint32_t form) const;
   std::vector<std::string> columns_left_open(const tree::Formula& formula, std::uint32_t form);

   // ---- expressions.cpp ----
   // `type` by value: making the inputs may move the nodes that it is a type of.
   NodeId make(Op op, Type type, FrameId frame, std::vector<NodeId> in, Span span, const tree::ExprPtr& expr = {});
   NodeId make(Node node);
   NodeId field_node(FieldId field, Span span);
   NodeId constant(Value value, const Type& type, FrameId frame, Span span, const tree::ExprPtr& expr = {});
   NodeId bad(FrameId frame);
   bool is_bad(NodeId node) const { return nodes_.facts(node).error; }
   bool too_much(Span span);

   // ---- expressions.cpp ----
   NodeId value(const tree::ExprPtr& expr, const Scope& scope);      // any type; a target stays a target
   NodeId figure(const tree::ExprPtr& expr, const Scope& scope);     // numeric
   NodeId condition(const tree::ExprPtr& expr, const Scope& scope);  // yes/no
   NodeId as_figure(NodeId node);                                    // the figure in a target
   NodeId at_home(NodeId node, const Node& with);  // `with` made of the field itself, then moved to where node lives
   NodeId as_condition(NodeId node, Span span);
   NodeId literal(const tree::ExprPtr& expr, const tree::Number& number, const Scope& scope);
   NodeId unary(const tree::ExprPtr& expr, const tree::Unary& unary, const Scope& scope);
   NodeId binary(const tree::ExprPtr& expr, const Scope& scope);
   NodeId arithmetic(const tree::ExprPtr& expr, const tree::Binary& binary, NodeId left, NodeId right, const Scope& scope);
   NodeId logic(const tree::ExprPtr& expr, const tree::Binary& binary, NodeId left, NodeId right, const Scope& scope);
   NodeId comparison(const tree::ExprPtr& expr, const tree::Comparison& comparison, const Scope& scope);
   struct Side {
      tree::ExprPtr expr;
      NodeId node;
   };
   std::vector<Side> sides(const tree::Comparison& comparison, const Scope& scope);
   bool refused_yes(const tree::NameRef& word, const tree::ExprPtr& asked, const Type& type, bool unequal);
   NodeId compare(tree::CompareOp op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr,
                  const Scope& scope);
   tree::CompareOp in_formula(tree::CompareOp op, NodeId left, NodeId right) const;
   NodeId compare_words(tree::CompareOp op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr,
                        const Scope& scope);
   NodeId compare_names(tree::CompareOp op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr,
                        const Scope& scope);
   std::optional<NodeId> compare_dates(tree::CompareOp op, const Side& left, const Side& right, Span span,
                                       const tree::ExprPtr& expr, const Scope& scope);
   NodeId under_names(const tree::ExprPtr& expr, const tree::Under& under, const Side& operand, NodeId names, const Scope& scope);
   NodeId compare_about(Op op, const Side& left, const Side& right, Span span, const tree::ExprPtr& expr, const Scope& scope);
   NodeId within(const Side& left, const Side& right, const tree::ExprPtr& tolerance, Span span, const tree::ExprPtr& expr,
                 const Scope& scope);
   NodeId refuse_pair(const Side& left, const Side& right, Span span, Said message, FrameId frame);
   NodeId choose(const tree::ExprPtr& expr, const tree::If& choice, const Scope& scope);
   NodeId otherwise(const tree::ExprPtr& expr, const tree::Otherwise& otherwise, const Scope& scope);
   NodeId zero_divisor(const tree::ExprPtr& expr, const tree::ZeroDivisorAs& zero, const Scope& scope);
   NodeId is_test(const tree::ExprPtr& expr, const tree::IsTest& test, const Scope& scope);
   NodeId is_word(NodeId operand, const tree::Name& word, const tree::ExprPtr& expr, Span span,
                  const Scope& scope);  // expr may be null
   NodeId under(const tree::ExprPtr& expr, const tree::Under& under, const Scope& scope);
   NodeId judged(const tree::ExprPtr& expr, const tree::Judged& judged, const Scope& scope);
   NodeId full_marks(const tree::ExprPtr& expr, const Scope& scope);
   NodeId negated(NodeId condition, bool negate, Span span, const tree::ExprPtr& expr);
   bool unify(Side& left, Side& right, Span span);  // makes both of one type, or says why not
   NodeId retyped(NodeId node, const Type& type);
   NodeId call(const tree::ExprPtr& expr, const tree::Call& call, const Scope& scope);
   NodeId library_call(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope);
   NodeId rounded(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope);
   NodeId round_node(NodeId operand, int decimals, Rounding rounding, Span span, const tree::ExprPtr& expr);
   std::optional<int> whole(const tree::ExprPtr& expr);
   bool arguments_fit(const tree::Call& call, std::size_t least, std::size_t most, Span span,
                      const tree::Function* own = nullptr);
   NodeId fact(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope);
   NodeId printed_decimals(NodeId node, const tree::ExprPtr& expr);
   NodeId lines_complete(const FormSchema& form, const tree::ExprPtr& expr);
   NodeId user_call(const tree::ExprPtr& expr, const tree::Call& call, FunctionHere& function, const Scope& scope);
   NodeId fitting(const Side& argument, const Type& wanted, const std::string& parameter);
   NodeId body_of(FunctionHere& function, const Arguments& arguments, FrameId frame, std::uint32_t set, Span span);
   FunctionHere* function_named(const std::string& name, std::uint32_t set);
   void unknown_function(const tree::Call& call, const Scope& scope);

   // ---- aggregates.cpp ----
   NodeId aggregate(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, const Scope& scope);
   NodeId over_cells(const tree::ExprPtr& expr, const Function& function, const std::vector<FieldId>& cells, const Scope& scope);
   NodeId least_or_most(const tree::ExprPtr& expr, const tree::Call& call, Op op, const Scope& scope);
   struct Lists {
      std::vector<std::pair<FrameId, Span>> outside, own;  // not around this row; around it, but named as lists
      bool children = false;
   };
   void collect_lists(const tree::ExprPtr& expr, const Scope& scope, Lists& lists);
   std::optional<FrameId> list_for(const Lists& lists, const tree::Call& call, Span span);
   NodeId reduce(const tree::ExprPtr& expr, const tree::Call& call, const Function& function, FrameId rows, bool children,
                 const Scope& scope);
   bool relates(const tree::Call& call, FrameId rows, const Scope& scope);
   FrameId copy_in(FrameId outer, FrameId rows);
   std::optional<FrameId> made_frame(FrameId parent, const Frame& of);
   bool is_of_group(FrameId rows, FrameId group) const;
   NodeId value_of_group(FrameId group, Span span);
   NodeId in_same_group(FrameId rows, Span span);
   std::optional<Scope> where_nested(FrameId rows, const Scope& scope) const;
   bool sums_levels_twice(Op op, FrameId rows, NodeId argument, NodeId filter) const;

   // ---- declarations.cpp ----
   void enter_set(const tree::Module& module, const Settings& settings);
   void enter_shared(const tree::Module& module,
                     std::uint32_t set);  // what a set has from forms and from itself: functions, types
   void enter_types(const tree::Module& module, std::uint32_t set);
   bool uses(const tree::Module& set, const tree::Module& forms) const;
   void enter_declaration(const tree::Declaration& declaration, std::uint32_t set, const Settings& settings);
   void enter_rule_names();
   void enter_tests();
   void refuse_outside_sets();
   void enter_parameter(const tree::Parameter& parameter, std::uint32_t set, const Settings& settings);
   bool check_parameter_years(const tree::Parameter& parameter);
   Value parameter_value(const tree::ExprPtr& expr, const Type& type, const std::string& name, std::uint32_t set);
   std::optional<Value> value_by_hand(const std::string& text, const ParameterValue& made, const tree::Parameter& parameter);
   void unknown_parameters(const Settings& settings);
   void enter_function(const tree::Function& function, std::uint32_t set);
   void check_function(FunctionHere& function, std::uint32_t set);
   bool take_name(const tree::Name& name, std::uint32_t set);
   void enter_score(const tree::Score& score, std::uint32_t set, const tree::Declaration* written);
   void take_stated(const tree::Score& score, const tree::ExprPtr& from_above);
   void enter_parts(const tree::Score& score, RuleId parent);
   void enter_rule(RuleKind kind, const tree::Name& name, const tree::About& about, Span span,
                   const std::optional<tree::Each>& each, std::uint32_t set, const tree::Declaration* written);
   struct Place {
      bool found = true;
      FrameId frame = report_frame;
      std::optional<std::uint32_t> lines_of;  // each over the printed lines of a form
   };
   Place place_of(const tree::Each& each);
   Place rows_of(const tree::Each& each);
   void unknown_list(const tree::Each& each);
   Place groups_in(const Place& rows, const tree::Each& each);
   FrameId frame_of_bands(const tree::Bands& bands, std::uint32_t set);
   void finish_rule(RuleId rule, Span wanted_by);
   void finish(RuleId rule, const tree::Check& check);
   void finish(RuleId rule, const tree::Rollup& rollup);
   void finish(RuleId rule, const tree::Require& require);
   void finish(RuleId rule, const tree::Let& let);
   void finish(RuleId rule, const tree::Score& score);
   void finish(RuleId rule, const tree::Bands& bands);
   void finish_tier(TierHere& tier);
   struct CaseText {
      const tree::About* about;
      tree::ExprPtr where, condition;
      Span span;
   };
   void add_case(RuleId rule, const CaseText& text, const tree::ExprPtr& rule_where, const Scope& scope,
                 const std::string& title);
   // Cases of a check that go through the same rows and columns.
   struct CaseGroup {
      const tree::Check* check;
      tree::Each each;
      std::vector<CaseText> cases;
   };
   void add_group(RuleId rule, const CaseGroup& group);
   void add_rows(RuleId rule, const CaseGroup& group, const tree::Each& rows, Scope scope);
   void add_line_cases(RuleId rule, const CaseGroup& group, const tree::Each& rows, std::uint32_t form, Scope scope);
   void add_cases(RuleId rule, const CaseGroup& group, Scope scope, const FormBlock* block, const std::string& place);
   const FormBlock* rows_block_of(FrameId frame) const;
   std::vector<tree::Name> columns_of(const tree::Each& each, const FormBlock* block);
   bool names_columns(const CaseGroup& group, const FormBlock& block);
   void finish(RuleId rule, const tree::Formulas& formulas);
   void add_formula(RuleId rule, const tree::Formulas& formulas, const tree::Formula& formula, std::uint32_t form);
   bool names_a_column(const tree::ExprPtr& expr, const FormBlock& block);
   std::vector<MessagePart> message_of(const tree::About& about, const Scope& scope);
   NodeId reference(RuleId rule, Span span);
   NodeId as_points(NodeId node, Span span);
   bool refused_weight(RuleId id, const tree::Score& score, NodeId out_of);
   NodeId arms(const tree::Score& score, const Scope& scope);
   NodeId base_of(RuleId rule, const tree::Score& score, const Scope& scope);
   NodeId sum_of_parts(RuleId rule, const Scope& scope);
   bool one_base(const tree::Score& score);
   void weigh_parts(RuleId rule, const tree::Score& score);
   NodeId items(const tree::Items& items, const Scope& scope);
   NodeId item(const tree::Item& item, NodeId share, const Scope& scope);
   std::optional<std::vector<NodeId>> shares_of(const tree::Items& items, const Scope& scope);
   NodeId ratio(const tree::ExprPtr& expr, const Scope& scope);  // 5%, 1/3: a share of something
   NodeId part_of(NodeId whole, NodeId share, Span span);
   NodeId any_of(const std::vector<tree::ZeroWhen>& zeros, const Scope& scope);
   NodeId amount(const tree::Loss& loss, const Scope& scope);
   NodeId loss(const tree::Loss& loss, const Scope& scope);
   NodeId sum_of(const std::vector<tree::Loss>& losses, const Scope& scope);
   NodeId losses(const tree::Score& score, const Scope& scope);
   NodeId steps(const tree::Step& step, const Scope& scope);
   bool fitting_step(Side& measured, Side& limit, Side& size, const tree::Step& step);
   std::optional<tree::Mode> mode_of(const tree::Step& step, const Scope& scope);
   NodeId made_score(RuleId rule, const tree::Score& score, const Scope& scope);
   std::vector<RuleId> parts_of(RuleId rule) const;

   // ---- stated.cpp ----
   void stated(RuleId rule, const tree::Score& score, const tree::ExprPtr& printed, const Scope& scope);
   NodeId known(NodeId node, std::map<NodeId, NodeId>& done);
   NodeId both(NodeId a, NodeId b);
   Attainable attainable(RuleId rule, const tree::Score& score, const Scope& scope);
   Said possible_scores(const Rule& rule) const;
   NodeId is_attainable(const Rule& rule, NodeId printed, FieldId field, Span span);
   NodeId basis_of(NodeId raw, FrameId frame, std::map<NodeId, NodeId>& known);
   std::optional<Bounds> bounds_of(const tree::Interval& interval, const std::string& name, const Type& of, const Scope& scope);
   std::optional<Rational> bound(const tree::ExprPtr& expr, const Type& of, const Scope& scope);
   bool bands_fit(std::vector<Bounds> bounds, const std::optional<Rational>& from, const std::optional<Rational>& to,
                  const Type& type);
   void refuse_gap(const Rational& witness, const Type& type, Span span, Span beside);
   void refuse_overlap(const Rational& witness, const Type& type, Span span, Span beside);
   std::pair<std::optional<Rational>, std::optional<Rational>> reach_of(NodeId of) const;
   NodeId in_bounds(NodeId of, const Bounds& bounds, FrameId frame, Span span);
   void refuse_cycle(RuleId rule, Span wanted_by);
   bool stands_in_a_test(const tree::Parameter& parameter);
   void notice_unused();

   Program& program_;
   const Selection& selection_;
   const Schema& schema_;
   Complaints complaints_;
   Nodes nodes_;

   std::unordered_map<std::string, std::vector<Named>> names_;  // by folded name
   std::unordered_map<std::string, std::string> folds_;
   std::vector<Declared> declared_;  // by RuleId
   std::vector<ParameterHere> parameters_;
   std::map<std::pair<std::uint32_t, std::string>, FunctionHere> functions_;
   std::map<std::pair<std::uint32_t, std::string>, TierHere> tiers_;
   std::map<std::pair<std::uint32_t, std::string>, Span> taken_;  // names of a set
   std::vector<std::unique_ptr<NamedTypes>> types_;               // by set
   std::vector<const tree::Module*> modules_;                     // by set
   std::vector<RuleId> open_rules_;
   std::set<std::pair<RuleId, std::string>> lists_wanted_;  // rules that were told that `each` is lacking
   std::vector<const tree::Function*> open_functions_;
   std::unordered_set<NodeId> judged_;
   std::vector<std::pair<NodeId, Span>>* divisors_ = nullptr;  // of the operand of `zero divisor as`
   std::size_t depth_ = 0, work_ = 0;
   bool stopped_ = false;
};

}  // namespace heng::checking

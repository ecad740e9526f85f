#include "interpreter/explain/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "grammar/keywords.hpp"
#include "interpreter/plan/plan.hpp"
#include "interpreter/run/run.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;

bool compares(Op op) {
   switch (op) {
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater_op:
      case Op::greater_equal:
      case Op::within:
      case Op::about:
      case Op::about_less:
      case Op::about_greater: return true;
      default: return false;
   }
}
bool is_about(Op op) { return op == Op::about || op == Op::about_less || op == Op::about_greater; }
bool reduces(Op op) { return op >= Op::sum && op <= Op::names_of; }

// ---- cutting a rule out -------------------------------------------------------------------------------------------------

// Of inputs that are scores: what they are out of, where it is always the same.
using FullMarks = std::map<FieldId, Rational>;

// A program of one rule, whose other rules are fields of the report.
class Cut {
 public:
   Cut(const Program& whole, RuleId rule, std::optional<std::uint32_t> case_number) : whole_(whole) {
      made_.schema = whole.schema;
      made_.sets = whole.sets;
      made_.year = whole.year;
      made_.place = whole.place;
      Rule one = whole.rules[rule];
      one.id = 0;
      one.basis = no_node;
      if (one.stated != no_node) one.value = computed(one.value), one.raw = no_node;
      for (NodeId* node : {&one.value, &one.raw, &one.out_of, &one.of, &one.applies}) *node = copy(*node);
      std::vector<Case> cases;
      if (case_number) {
         Case judged = one.cases[*case_number];
         judged.message.clear();
         judged.condition = copy(judged.condition);
         judged.applies = copy(judged.applies);
         one.frame = judged.frame;
         cases.push_back(std::move(judged));
      }
      one.cases = std::move(cases);
      made_.rules.push_back(std::move(one));
      made_.schema.index();
   }
   Program take() { return std::move(made_); }
   const FullMarks& full_marks() const { return full_marks_; }

 private:
   NodeId copy(NodeId id) {
      if (id == no_node) return no_node;
      if (const auto known = known_.find(id); known != known_.end()) return known->second;
      const Node& from = whole_.nodes[id];
      NodeId made = no_node;
      if (from.op == Op::rule)
         made = input(from);
      else if (const Node* rule = where_it_applies(from))
         made = input(*rule);
      else {
         Node node = from;
         if (is_about(node.op)) node.in.resize(2);  // the plan adds more
         if (node.op == Op::within) node.in.resize(3);
         for (NodeId& in : node.in) in = copy(in);
         made = push(std::move(node));
         if (const auto written = whole_.written.find(id); written != whole_.written.end())
            made_.written.insert({made, written->second});
      }
      return known_[id] = made;
   }
   // Of a score that may be taken as it is printed, what it is where its inputs are there.
   NodeId computed(NodeId value) const {
      const Node& node = whole_.nodes[value];
      return node.op == Op::select ? node.in[1] : value;
   }
   NodeId push(Node node) {
      made_.nodes.push_back(std::move(node));
      return static_cast<NodeId>(made_.nodes.size() - 1);
   }

   // A rule with a `where` is read as "where it applies, its value".
   const Node* where_it_applies(const Node& node) const {
      if (node.op != Op::select || whole_.nodes[node.in[1]].op != Op::rule) return nullptr;
      const Node& rule = whole_.nodes[node.in[1]];
      return whole_.rules[rule.rule].applies == node.in[0] ? &rule : nullptr;
   }

   NodeId input(const Node& rule) {
      if (const auto known = inputs_.find(rule.rule); known != inputs_.end()) return known->second;
      const Rule& read = whole_.rules[rule.rule];
      Field field;
      field.id = static_cast<FieldId>(made_.schema.fields.size());
      field.frame = rule.frame;
      field.name = field.path = field.label = read.name;
      field.type = rule.type;
      field.type.published = false;
      if (rule.type.kind == Kind::number && is_held_against_percents(rule.rule)) field.type = percent_type();
      made_.schema.frames[rule.frame].fields.push_back(field.id);
      Node node{};
      node.op = Op::field;
      node.type = field.type;
      node.frame = rule.frame;
      node.field = field.id;
      if (read.kind == RuleKind::score)
         if (const auto* full = get_if<Rational>(&whole_.nodes[read.out_of].value)) full_marks_[field.id] = *full;
      made_.schema.fields.push_back(std::move(field));
      return inputs_[rule.rule] = push(std::move(node));
   }

   // A ratio is a number; beside 90% it is tried and shown in percents.
   bool is_held_against_percents(RuleId rule) const {
      const auto reads = [&](NodeId id) {
         const Node* node = &whole_.nodes[id];
         while (node->op == Op::broadcast || node->op == Op::at_row) node = &whole_.nodes[node->in[0]];
         if (const Node* inner = where_it_applies(*node)) node = inner;
         return node->op == Op::rule && node->rule == rule;
      };
      return std::any_of(whole_.nodes.begin(), whole_.nodes.end(), [&](const Node& node) {
         if (!compares(node.op) && node.op != Op::subtract) return false;
         const auto beside = [&](NodeId figure, NodeId other) {
            return whole_.nodes[other].type.kind == Kind::percent && reads(figure);
         };
         return beside(node.in[0], node.in[1]) || beside(node.in[1], node.in[0]);
      });
   }

   const Program& whole_;
   Program made_;
   std::unordered_map<NodeId, NodeId> known_;
   std::map<RuleId, NodeId> inputs_;
   FullMarks full_marks_;
};

// ---- what it reads ------------------------------------------------------------------------------------------------------

// A row of a list in the made-up report. The first of a list is the one that is judged.
struct Slot {
   enum class What { judged, child, parent, total, key } what = What::judged;
   int number = 0;
   std::string code;
};

struct Leaf {
   FieldId field;
   FrameId frame;
   std::uint32_t slot;
   std::vector<std::string> words;  // what it may be, the usual first; "" is missing; empty: a figure
   Rational usual;                  // a figure
};

struct Atom {  // two sides that may meet
   NodeId node;
   FrameId frame;
   std::uint32_t slot;
};

class Reading {
 public:
   Reading(const Program& program, const FullMarks& full_marks)
       : program_(program), rule_(program.rules.front()), full_marks_(full_marks) {
      slots_.resize(program.schema.frames.size());
      touch(rule_.frame);
      roots_ = {rule_.value, rule_.out_of};
      if (!rule_.cases.empty()) roots_ = {rule_.cases.front().condition, rule_.cases.front().applies};
      roots_.push_back(rule_.applies);
      for (const NodeId root : roots_)
         if (root != no_node) walk(root, 0);
      for (Leaf& leaf : leaves) values(leaf);
      codes();
   }

   std::vector<Leaf> leaves;
   std::vector<Atom> atoms;
   const std::vector<std::vector<Slot>>& slots() const { return slots_; }

 private:
   void touch(FrameId frame) {
      for (FrameId at = frame; at != report_frame; at = program_.schema.frames[at].parent)
         if (slots_[at].empty()) slots_[at].push_back({});
   }
   std::uint32_t slot(FrameId frame, Slot::What what, int number = 0, const std::string& code = "") {
      touch(frame);
      auto& slots = slots_[frame];
      for (std::uint32_t i = 0; i < slots.size(); ++i)
         if (slots[i].what == what && slots[i].number == number && (what != Slot::What::key || slots[i].code == code)) return i;
      slots.push_back({what, number, code});
      return static_cast<std::uint32_t>(slots.size() - 1);
   }

   void walk(NodeId id, std::uint32_t slot_number) {
      if (!met_.insert({id, slot_number}).second) return;
      const Node& node = program_.nodes[id];
      touch(node.frame);
      if (compares(node.op) || node.op == Op::lesser || node.op == Op::greater) atoms.push_back({id, node.frame, slot_number});
      if (node.op == Op::field || node.op == Op::decimals) return leaf(node, slot_number);
      if (node.op == Op::at_row) return walk(node.in[0], picked(program_.nodes[node.in[1]], slot_number));
      if (node.op == Op::has_children || (reduces(node.op) && node.children)) {
         for (const int child : {1, 2})
            for (const NodeId in : node.in) walk(in, slot(node.frame, Slot::What::child, child));
         if (node.in.empty()) slot(node.frame, Slot::What::child, 1), slot(node.frame, Slot::What::child, 2);
         return;
      }
      const bool elsewhere = node.op == Op::broadcast || reduces(node.op);
      for (const NodeId in : node.in) walk(in, elsewhere ? 0 : slot_number);
   }

   std::uint32_t picked(const Node& row, std::uint32_t slot_number) {
      switch (row.op) {
         case Op::row_of_total: return slot(row.other, Slot::What::total, row.number);
         case Op::row_of_parent: return slot(row.frame, Slot::What::parent);
         case Op::row_of_key:
            if (const auto* code = get_if<std::string>(&program_.nodes[row.in[0]].value);
                code && program_.nodes[row.in[0]].op == Op::constant)
               return slot(row.other, Slot::What::key, 0, *code);
            touch(row.other);
            return row.other == row.frame ? slot_number : 0;
         case Op::copied_row: return touch(row.other), 0;
         default: return slot_number;
      }
   }

   void leaf(const Node& node, std::uint32_t slot_number) {
      const Frame& frame = program_.schema.frames[node.frame];
      if (frame.keyed && frame.key == node.field) return;
      for (const Leaf& known : leaves)
         if (known.field == node.field && known.slot == slot_number) return;
      leaves.push_back({node.field, node.frame, slot_number, {}, 0});
   }

   // ---- what they may be

   FieldId field_of(NodeId id) const {
      const Node& node = program_.nodes[id];
      if (node.op == Op::field) return node.field;
      const bool moved =
          node.op == Op::broadcast || node.op == Op::at_row || node.op == Op::target_value || node.op == Op::as_unit;
      return moved ? field_of(node.in[0]) : no_field;
   }

   void values(Leaf& leaf) {
      const Type& type = program_.schema.fields[leaf.field].type;
      std::vector<std::string> words;
      bool kinds = false, money = false, figure = false, presence = false;
      for (const Node& node : program_.nodes) {
         if (node.in.empty() || field_of(node.in[0]) != leaf.field) {
            if (node.op == Op::text_equal && field_of(node.in[1]) == leaf.field) words.push_back("示例");
            continue;
         }
         if (node.op == Op::target_is) (node.number & target_is_money ? money : kinds) = true;
         figure |= node.op == Op::is_number;
         presence |= node.op == Op::is_present || node.op == Op::is_missing || node.op == Op::otherwise;
         if (node.op == Op::text_equal) texts_in(node.in[1], words);
      }
      leaf.usual = usual(type, leaf.field);
      switch (type.kind) {
         case Kind::target:
            leaf.words = {"≥100"};
            if (kinds) leaf.words = {"≥100", "≤100", "100", "示例"};
            if (money) leaf.words.push_back("≥100元");
            break;
         case Kind::measured:
            if (figure) leaf.words = {"100", "示例"};
            break;
         case Kind::yes_no: leaf.words = {"是", "否"}; break;
         case Kind::choice: leaf.words = *type.choices; break;
         case Kind::date: leaf.words = {"2024年6月30日"}; break;
         case Kind::code: leaf.words = {"201"}; break;
         case Kind::names: leaf.words = {"示例甲、示例乙"}; break;
         case Kind::year: leaf.words = {std::to_string(program_.year)}; break;
         case Kind::text:
            leaf.words = words;
            leaf.words.push_back("示例");
            break;
         case Kind::number:
         case Kind::percent:
         case Kind::percentage_point:
         case Kind::quantity:
         case Kind::error:
         case Kind::row: break;
      }
      if (presence && leaf.words.empty()) leaf.words = {to_text(leaf.usual)};
      if (presence) leaf.words.push_back("");
      std::vector<std::string> once;
      for (const std::string& word : leaf.words)
         if (std::find(once.begin(), once.end(), word) == once.end()) once.push_back(word);
      leaf.words = std::move(once);
   }

   // "优", or the arms of a choice between texts.
   void texts_in(NodeId id, std::vector<std::string>& texts) const {
      const Node& node = program_.nodes[id];
      const auto* text = get_if<std::string>(&node.value);
      if (node.op == Op::constant && text) texts.push_back(*text);
      if (node.op == Op::select) texts_in(node.in[1], texts), texts_in(node.in[2], texts);
   }

   Rational usual(const Type& type, FieldId field) const {
      const bool made_up = program_.schema.fields[field].declared == Span{};
      if (type.kind == Kind::number && made_up) return 1;  // a ratio of two figures
      if (const auto full = full_marks_.find(field); full != full_marks_.end()) return full->second;
      if (same_meaning(type, points_type())) return 5;
      return type.kind == Kind::percentage_point ? 1 : 100;
   }

   // Codes that the rule's own filters pick.
   void codes() {
      const std::string own = program_.schema.frames[rule_.frame].keyed ? code_for(rule_.frame, "") : "";
      for (FrameId frame = 0; frame < slots_.size(); ++frame) {
         if (slots_[frame].empty() || !program_.schema.frames[frame].keyed) continue;
         const std::string code = frame == rule_.frame ? own : code_for(frame, own);
         for (Slot& slot : slots_[frame]) {
            if (slot.what == Slot::What::judged) slot.code = code;
            if (slot.what == Slot::What::parent) slot.code = code.substr(0, above(frame, code.size()));
            if (slot.what == Slot::What::child)
               slot.code = code + std::string(below(frame, code.size()) - code.size() - 1, '0') + std::to_string(slot.number);
         }
      }
   }
   std::size_t above(FrameId frame, std::size_t length) const {
      std::size_t found = 0;
      for (const int level : program_.schema.frames[frame].levels)
         if (static_cast<std::size_t>(level) < length) found = static_cast<std::size_t>(level);
      return found;
   }
   std::size_t below(FrameId frame, std::size_t length) const {
      for (const int level : program_.schema.frames[frame].levels)
         if (static_cast<std::size_t>(level) > length) return static_cast<std::size_t>(level);
      return length + 2;
   }
   // The first level of the list that a comparison with `limit` picks; 0: none.
   std::size_t level_for(FrameId frame, Op op, const Rational& limit) const {
      for (const int level : program_.schema.frames[frame].levels) {
         const bool picked = op == Op::equal           ? level == limit
                             : op == Op::greater_op    ? level > limit
                             : op == Op::greater_equal ? level >= limit
                             : op == Op::less          ? level < limit
                             : op == Op::less_equal    ? level <= limit
                                                       : level != limit;
         if (picked) return static_cast<std::size_t>(level);
      }
      return 0;
   }
   // 科目代码 = "201": the code; empty where the key is not held against what is written out.
   std::string equal_key(FrameId frame, const Node& node) const {
      const auto unmoved = [&](NodeId id) -> const Node& {
         while (program_.nodes[id].op == Op::broadcast) id = program_.nodes[id].in[0];
         return program_.nodes[id];
      };
      for (const std::size_t key : {0, 1}) {
         const auto* code = get_if<std::string>(&unmoved(node.in[1 - key]).value);
         if (code && field_of(node.in[key]) == program_.schema.frames[frame].key) return *code;
      }
      return {};
   }
   std::string code_for(FrameId frame, const std::string& shared) const {
      std::string prefix;
      std::size_t level = 0;
      for (const Node& node : program_.nodes) {
         if (node.frame != frame) continue;
         if (node.op == Op::under && prefix.empty()) prefix = node.words.front();
         if (node.op == Op::text_equal && prefix.empty()) prefix = equal_key(frame, node);
         if (!compares(node.op) || program_.nodes[node.in[0]].op != Op::level) continue;
         if (const auto* limit = get_if<Rational>(&program_.nodes[node.in[1]].value)) level = level_for(frame, node.op, *limit);
      }
      if (prefix.empty() && level == 0 && !shared.empty()) return shared;
      if (prefix.empty()) prefix = shared.empty() ? "201" : shared;
      bool parent = false;
      for (const Slot& slot : slots_[frame]) parent |= slot.what == Slot::What::parent;
      if (level == 0 && parent) level = below(frame, prefix.size());
      while (prefix.size() < level) prefix += prefix.size() + 1 < level ? "01" : "1";
      if (level != 0 && prefix.size() > level) prefix.resize(level);
      return prefix;
   }

   const Program& program_;
   const Rule& rule_;
   const FullMarks& full_marks_;
   std::vector<NodeId> roots_;
   std::set<std::pair<NodeId, std::uint32_t>> met_;
   std::vector<std::vector<Slot>> slots_;  // by frame
};

// ---- trying -------------------------------------------------------------------------------------------------------------

// A value for each leaf: a figure in the unit that it is shown in, or one of its words.
struct Given {
   std::vector<Rational> figures;
   std::vector<std::size_t> words;
};

class Trying {
 public:
   Trying(Cut cut, bool chinese)
       : full_marks_(cut.full_marks()),
         plan_(plan(cut.take())),
         program_(plan_.program),
         rule_(program_.rules.front()),
         reading_(program_, full_marks_),
         chinese_(chinese),
         builder_(program_.schema),
         engine_(plan_) {}

   std::vector<TrialRow> run() {
      if (reading_.leaves.empty()) return {};
      std::vector<Given> contexts = contexts_of();
      settle(contexts);
      std::vector<Row> rows;
      for (const Given& context : contexts)
         for (std::size_t driver = 0; driver < reading_.leaves.size(); ++driver)
            if (!is_figure(driver) || (driver < most_drivers && !is_full_marks(driver)))
               rows.push_back({context, driver, {}, {}, {}, {}, {}});
      find_meetings(rows);
      find_points(rows);
      try_points(rows);
      return told(chosen(rows));
   }

 private:
   struct Meeting {
      std::size_t atom;
      Rational at;
      Rational unit;                    // the least difference that is told apart
      std::vector<Rational> steps;      // of a loss: one step and a half behind the line
      std::optional<Rational> allowed;  // ≈, within: in units of what is varied
      std::string shown;                // what is allowed
   };
   struct Row {
      Given given;
      std::size_t driver;
      std::vector<Meeting> meetings;
      std::vector<Given> points;
      std::set<Rational> meets;  // the points at which sides meet
      std::vector<std::string> outcomes;
      std::vector<Value> values;
   };

   const Leaf& leaf(std::size_t number) const { return reading_.leaves[number]; }
   const Field& field(std::size_t number) const { return program_.schema.fields[leaf(number).field]; }
   bool is_figure(std::size_t number) const { return leaf(number).words.empty(); }
   bool judges() const { return !rule_.cases.empty(); }
   bool grades() const { return rule_.kind == RuleKind::bands || rule_.type.kind == Kind::yes_no; }

   std::vector<Given> contexts_of() const {
      constexpr std::size_t most = 16;
      Given usual;
      for (const Leaf& one : reading_.leaves) {
         usual.figures.push_back(one.usual);
         usual.words.push_back(0);
      }
      std::vector<Given> all = {usual};
      for (std::size_t i = 0; i < reading_.leaves.size(); ++i) {
         const std::size_t before = all.size();
         for (std::size_t word = 1; word < leaf(i).words.size(); ++word)
            for (std::size_t one = 0; one < before && all.size() < most; ++one) {
               Given other = all[one];
               other.words[i] = word;
               all.push_back(std::move(other));
            }
      }
      return all;
   }

   // ---- a batch of made-up reports

   const Batch& build(const std::vector<Given>& reports) {
      builder_.clear();
      for (const Given& given : reports) {
         builder_.begin_report();
         set_cells(report_frame, 0, given);
         lists_in(report_frame, given);
         builder_.end_report();
      }
      return builder_.finish();
   }
   void lists_in(FrameId above, const Given& given) {
      for (const Frame& frame : program_.schema.frames) {
         const auto& slots = reading_.slots()[frame.id];
         if (frame.id == report_frame || frame.parent != above || frame.made() || slots.empty()) continue;
         builder_.list_read(frame.id);
         for (std::uint32_t slot = 0; slot < slots.size(); ++slot) {
            if (slots[slot].what == Slot::What::total)
               builder_.begin_total_row(frame.id, slots[slot].number);
            else
               builder_.begin_row(frame.id);
            if (frame.keyed && slots[slot].what != Slot::What::total) builder_.set_text(frame.key, slots[slot].code, "", {});
            set_cells(frame.id, slot, given);
            if (slot == 0) lists_in(frame.id, given);
            builder_.end_row();
         }
      }
   }
   void set_cells(FrameId frame, std::uint32_t slot, const Given& given) {
      for (std::size_t i = 0; i < reading_.leaves.size(); ++i) {
         if (leaf(i).frame != frame || leaf(i).slot != slot) continue;
         const std::string text = text_of(given, i);
         if (text.empty())
            builder_.set_missing(leaf(i).field, Missing::blank, {});
         else
            builder_.set_text(leaf(i).field, text, "", {});
      }
   }
   std::string text_of(const Given& given, std::size_t i) const {
      if (!is_figure(i)) return leaf(i).words[given.words[i]];
      const Kind kind = field(i).type.kind;
      return to_text(given.figures[i]) + (kind == Kind::percent ? "%" : kind == Kind::percentage_point ? "个百分点" : "");
   }

   std::uint32_t row_of(const Evaluation& run, FrameId frame, std::uint32_t slot, std::uint32_t report) const {
      return frame == report_frame ? report : run.rows_of_report(frame, report).begin + slot;
   }
   std::optional<Rational> figure(const Evaluation& run, NodeId node, FrameId frame, std::uint32_t slot,
                                  std::uint32_t report) const {
      const FrameId home = program_.nodes[node].frame;
      const Value value = run.value(node, row_of(run, home, home == frame ? slot : 0, report));
      const auto* number = get_if<Rational>(&value);
      return number ? std::optional(*number) : std::nullopt;
   }
   std::optional<Rational> gap(const Evaluation& run, const Atom& atom, std::uint32_t report) const {
      const Node& node = program_.nodes[atom.node];
      const auto left = figure(run, node.in[0], atom.frame, atom.slot, report);
      const auto right = figure(run, node.in[1], atom.frame, atom.slot, report);
      return left && right ? std::optional<Rational>(*left - *right) : std::nullopt;
   }

   // ---- where two sides meet: by the secant, from two sides, so that both ends of a deviation are found

   struct Search {
      std::size_t row, atom;
      Rational x0, x1;
      std::optional<Rational> g0, g1;
   };

   void find_meetings(std::vector<Row>& rows, std::optional<std::size_t> only = {}) {
      std::vector<Search> searches;
      for (std::size_t row = 0; row < rows.size(); ++row) {
         if (!is_figure(rows[row].driver)) continue;
         const Rational usual = leaf(rows[row].driver).usual;
         for (std::size_t atom = only.value_or(0); atom < (only ? *only + 1 : reading_.atoms.size()); ++atom)
            for (const auto& [from, to] :
                 {std::pair{Rational(usual + 1), Rational(usual * 2 + 3)}, std::pair{Rational(usual / 2), Rational(usual / 5)}})
               searches.push_back({row, atom, from, to, {}, {}});
      }
      for (int left = rounds; left > 0 && !searches.empty(); --left) {
         std::vector<Given> reports;
         for (const Search& one : searches)
            for (const Rational& x : {one.x0, one.x1}) reports.push_back(with(rows[one.row], x));
         const Evaluation run = engine_.run(build(reports));
         std::vector<Search> open;
         for (std::uint32_t i = 0; i < searches.size(); ++i) {
            Search& one = searches[i];
            one.g0 = gap(run, reading_.atoms[one.atom], 2 * i);
            one.g1 = gap(run, reading_.atoms[one.atom], 2 * i + 1);
            if (!one.g0 || !one.g1 || *one.g0 == *one.g1) continue;  // the sides do not move
            if (left == 1 || one.g1->is_zero()) {
               keep(run, one, rows, 2 * i + 1);
               continue;
            }
            const Rational next = one.x1 - *one.g1 * (one.x1 - one.x0) / (*one.g1 - *one.g0);
            one.x0 = one.x1;
            one.x1 = round(next, 8);
            if (one.x0 != one.x1) open.push_back(std::move(one));
         }
         searches = std::move(open);
      }
   }
   // Where they do meet, to the last decimal that counts, and what ≈ allows there.
   void keep(const Evaluation& run, const Search& one, std::vector<Row>& rows, std::uint32_t report) {
      Row& row = rows[one.row];
      const Rational unit = step_of(row.driver);
      if (one.x1 < 0 || one.x1 > 1'000'000) return;
      const Rational nearest = round(Rational(one.x1 / unit), 0) * unit;
      Meeting met{one.atom, abs(one.x1 - nearest) * 1000 <= unit ? nearest : one.x1, unit, {}, {}, {}};
      const Atom& atom = reading_.atoms[one.atom];
      const Rational slope = (*one.g1 - *one.g0) / (one.x1 - one.x0);
      if (abs(*one.g1 / slope) > unit / 2) return;
      if (counts_steps(atom.node))
         for (const Rational& count : {Rational(1), Rational(3, 2)})
            met.steps.push_back(round(Rational((met.at + count / slope) / unit), 0) * unit);
      if (const auto weighed = plan_.weighed.find(atom.node); weighed != plan_.weighed.end())
         if (const auto allowed = figure(run, weighed->second.allowed, atom.frame, atom.slot, report)) {
            const Node& node = program_.nodes[atom.node];
            const Type& left = program_.nodes[node.in[0]].type;
            met.allowed = abs(*allowed / slope);
            met.shown = show(Value(*allowed), left.kind == Kind::quantity ? left : program_.nodes[node.in[1]].type, chinese_);
            while (field(row.driver).type.decimals < 0 && *met.allowed > 0 && *met.allowed < met.unit) met.unit /= 10;
            *met.allowed /= met.unit;
         }
      for (const Meeting& other : row.meetings)
         if (other.atom == met.atom && abs(other.at - met.at) < unit) return;
      row.meetings.push_back(std::move(met));
   }

   // What a loss counts: how often a step goes into what is missing, not below none.
   bool counts_steps(NodeId atom) const {
      const auto is_step = [](const WrittenPart& written) { return get_if<tree::Step>(&written) != nullptr; };
      return std::any_of(program_.written.begin(), program_.written.end(), [&](const auto& written) {
         const Node& counted = program_.nodes[written.first];
         return is_step(*written.second) && (written.first == atom || (counted.op == Op::round && counted.in[0] == atom));
      });
   }

   Given with(const Row& row, const Rational& x) const {
      Given given = row.given;
      given.figures[row.driver] = x;
      return given;
   }
   // The least difference that is printed.
   Rational step_of(std::size_t number) const {
      const Type& type = field(number).type;
      if (type.decimals >= 0) return power_of_ten(-type.decimals);
      const bool counted = type.kind == Kind::quantity && !type.published && !same_meaning(type, points_type());
      return counted && field(number).declared != Span{} ? Rational(1) : power_of_ten(-2);
   }

   // Full marks on their own scale everything and show nothing.
   bool is_full_marks(std::size_t number) const {
      if (rule_.out_of == no_node) return false;
      const Node& full = program_.nodes[rule_.out_of];
      return full.op == Op::field && full.field == leaf(number).field;
   }

   // Conditions that must all be true are made so where usual figures do not: then one of them can be varied.
   void settle(std::vector<Given>& contexts) {
      std::vector<NodeId> wanted;
      for (const NodeId root : {rule_.applies, judges() ? rule_.cases.front().applies : no_node,
                                judges() ? rule_.cases.front().condition : rule_.value})
         all_of(root, wanted);
      for (std::size_t atom = 0; atom < reading_.atoms.size(); ++atom) {
         if (std::find(wanted.begin(), wanted.end(), reading_.atoms[atom].node) == wanted.end()) continue;
         std::vector<Row> rows;
         for (const Given& context : contexts)
            for (std::size_t i = 0; i < reading_.leaves.size() && i < most_settled; ++i)
               rows.push_back({context, i, {}, {}, {}, {}, {}});
         find_meetings(rows, atom);
         settle(contexts, rows, reading_.atoms[atom]);
      }
   }
   void settle(std::vector<Given>& contexts, const std::vector<Row>& rows, const Atom& atom) {
      const std::size_t drivers = rows.size() / contexts.size();
      std::vector<Given> reports = contexts;
      std::vector<std::size_t> for_context;
      for (std::size_t i = 0; i < rows.size(); ++i)
         for (const Meeting& met : rows[i].meetings)
            for (const Rational& x : {met.at, Rational(met.at - met.unit), Rational(met.at + met.unit)}) {
               reports.push_back(with(rows[i], x));
               for_context.push_back(i / drivers);
            }
      const Evaluation run = engine_.run(build(reports));
      const auto holds = [&](std::size_t report) {
         const Value value = run.value(atom.node, row_of(run, atom.frame, atom.slot, static_cast<std::uint32_t>(report)));
         const bool* yes = get_if<bool>(&value);
         return yes && *yes;
      };
      const std::size_t count = contexts.size();
      std::vector<bool> done(count);
      for (std::size_t i = 0; i < count; ++i) done[i] = holds(i);
      for (std::size_t i = 0; i < for_context.size(); ++i) {
         const std::size_t context = for_context[i];
         if (done[context] || !holds(count + i)) continue;
         contexts[context] = reports[count + i];
         done[context] = true;
      }
   }
   void all_of(NodeId id, std::vector<NodeId>& parts) const {
      if (id == no_node) return;
      const Node& node = program_.nodes[id];
      if (node.op == Op::both)
         for (const NodeId in : node.in) all_of(in, parts);
      else if (compares(node.op))
         parts.push_back(id);
   }

   // ---- points

   void find_points(std::vector<Row>& rows) {
      for (Row& row : rows) {
         if (!is_figure(row.driver)) {
            for (std::size_t word = 0; word < leaf(row.driver).words.size(); ++word) {
               Given given = row.given;
               given.words[row.driver] = word;
               row.points.push_back(std::move(given));
            }
            continue;
         }
         std::set<Rational> xs;
         const bool steps =
             std::any_of(row.meetings.begin(), row.meetings.end(), [](const Meeting& met) { return !met.steps.empty(); });
         for (const Meeting& met : row.meetings) steps ? at(row, met, xs) : around(row, met, xs);
         const auto full = full_marks_.find(leaf(row.driver).field);
         if (full != full_marks_.end()) xs.erase(xs.upper_bound(full->second), xs.end());
         if (!judges() && !grades() && !steps)
            for (const Rational& share : {Rational(1) / 2, Rational(1), Rational(3) / 2, Rational(2)})
               xs.insert(share * leaf(row.driver).usual);
         if (xs.empty()) xs.insert(leaf(row.driver).usual);
         for (const Rational& x : xs)
            if (x >= 0 || judges()) row.points.push_back(with(row, x));
      }
   }
   // Of losses in steps the line, a step, one and a half, and where nothing is left say all.
   static void at(Row& row, const Meeting& met, std::set<Rational>& xs) {
      xs.insert(round(Rational(met.at / met.unit), 0) * met.unit);
      xs.insert(met.steps.begin(), met.steps.end());
      row.meets.insert(xs.begin(), xs.end());
   }
   static void around(Row& row, const Meeting& met, std::set<Rational>& xs) {
      const Rational& unit = met.unit;
      const Rational steps = met.at / unit;
      const Integer whole = numerator(steps) / denominator(steps);
      const Rational low = Rational(whole) * unit;
      const Rational high = low == met.at ? low : Rational(low + unit);
      row.meets.insert({low, high});
      if (met.allowed) {
         const Integer far = numerator(*met.allowed) / denominator(*met.allowed);
         for (const Rational& side : {Rational(low - Rational(far) * unit), Rational(high + Rational(far) * unit)})
            xs.insert(side);
         xs.insert({low, low - Rational(far + 1) * unit, high + Rational(far + 1) * unit});
         return;
      }
      xs.insert({low, high, low - unit, high + unit});
   }

   void try_points(std::vector<Row>& rows) {
      std::vector<Given> reports;
      for (const Row& row : rows) reports.insert(reports.end(), row.points.begin(), row.points.end());
      const Evaluation run = engine_.run(build(reports));
      std::uint32_t report = 0;
      for (Row& row : rows)
         for (std::size_t i = 0; i < row.points.size(); ++i, ++report) {
            row.outcomes.push_back(outcome(run, report));
            row.values.push_back(value(run, report));
         }
      for (Row& row : rows) thin(row);
   }
   Value value(const Evaluation& run, std::uint32_t report) const {
      return judges() ? Value(Missing::not_read) : run.value(rule_.value, row_of(run, rule_.frame, 0, report));
   }
   std::string outcome(const Evaluation& run, std::uint32_t report) const {
      const std::uint32_t row = row_of(run, rule_.frame, 0, report);
      if (judges()) return word(run.verdict(0, 0, row));
      if (rule_.applies != no_node) {
         const Value applies = run.value(rule_.applies, row);
         if (const bool* yes = get_if<bool>(&applies); yes && !*yes) return word(Verdict::does_not_apply);
      }
      const Value value = run.value(rule_.value, row);
      return get_if<Missing>(&value) ? word(Verdict::cannot_tell) : show(value, run.type_of(rule_.value, row), chinese_);
   }
   std::string word(Verdict verdict) const {
      switch (verdict) {
         case Verdict::holds: return std::string(spelled(Word::holds, chinese_));
         case Verdict::fails: return std::string(spelled(Word::fails, chinese_));
         case Verdict::cannot_tell: return std::string(spelled(Word::cannot_tell, chinese_));
         case Verdict::does_not_apply: return std::string(spelled(Word::does_not_apply, chinese_));
      }
      return {};
   }

   // Of a run of equal outcomes the two ends say all; of a formula's values those a step away from another say nothing.
   void thin(Row& row) const {
      if (!is_figure(row.driver)) return;
      for (std::size_t i = row.points.size(); i-- > 1 && row.points.size() > 3;) {
         const bool told = !judges() && !grades() && row.meets.count(x_of(row, i));
         if (!told && i + 1 < row.points.size() && row.outcomes[i - 1] == row.outcomes[i] &&
             row.outcomes[i] == row.outcomes[i + 1])
            drop(row, i);
         else if (close(row, i))
            drop(row, row.meets.count(x_of(row, i)) && !row.meets.count(x_of(row, i - 1)) ? i - 1 : i);
      }
      while (judges() && row.points.size() > 3 && row.outcomes[0] == row.outcomes[1]) drop(row, 0);
      while (judges() && row.points.size() > 3 && row.outcomes.end()[-1] == row.outcomes.end()[-2])
         drop(row, row.points.size() - 1);
      const std::size_t most = rule_.kind == RuleKind::bands ? 9 : 5;
      while (row.points.size() > most) drop(row, row.points.size() - 1);
   }
   static const Rational& x_of(const Row& row, std::size_t i) { return row.points[i].figures[row.driver]; }
   bool close(const Row& row, std::size_t i) const {
      if (judges() || grades()) return false;
      const auto* here = get_if<Rational>(&row.values[i]);
      const auto* before = get_if<Rational>(&row.values[i - 1]);
      Rational largest = 0;
      for (const Value& value : row.values)
         if (const auto* number = get_if<Rational>(&value)) largest = std::max(largest, Rational(abs(*number)));
      return x_of(row, i) - x_of(row, i - 1) <= 2 * step_of(row.driver) && here && before && abs(*here - *before) * 50 <= largest;
   }
   static void drop(Row& row, std::size_t i) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      row.points.erase(row.points.begin() + at);
      row.outcomes.erase(row.outcomes.begin() + at);
      row.values.erase(row.values.begin() + at);
   }

   // ---- which to tell

   static std::size_t distinct(const Row& row) { return std::set<std::string>(row.outcomes.begin(), row.outcomes.end()).size(); }

   // The rows that tell most, each something that those before do not.
   std::vector<const Row*> chosen(const std::vector<Row>& rows) const {
      std::vector<const Row*> order;
      for (const Row& row : rows)
         if (distinct(row) > 1) order.push_back(&row);
      std::stable_sort(order.begin(), order.end(), [&](const Row* a, const Row* b) { return worth(*a) > worth(*b); });
      const std::size_t most = judges() ? 2 : rule_.kind == RuleKind::score ? 4 : rule_.kind == RuleKind::bands ? 1 : 2;
      std::vector<const Row*> taken;
      std::set<std::vector<std::size_t>> contexts;
      std::set<std::string> outcomes;
      for (const Row* row : order) {
         if (taken.size() == most) break;
         if (judges() ? !says_more(*row, outcomes) && !taken.empty() : !contexts.insert(told_by(*row)).second) continue;
         if (!judges() && is_retold(*row, taken)) continue;
         taken.push_back(row);
      }
      return taken;
   }
   static bool says_more(const Row& row, std::set<std::string>& outcomes) {
      bool more = false;
      for (const std::string& one : row.outcomes) more |= outcomes.insert(one).second;
      return more;
   }
   // The words of the other inputs: for each kind of target one row.
   std::vector<std::size_t> told_by(const Row& row) const {
      std::vector<std::size_t> context = row.given.words;
      if (!is_figure(row.driver)) context[row.driver] = 0;
      return context;
   }
   static bool is_retold(const Row& row, const std::vector<const Row*>& taken) {
      return std::any_of(taken.begin(), taken.end(), [&](const Row* other) {
         if (other->driver != row.driver || other->outcomes != row.outcomes) return false;
         for (std::size_t i = 0; i < row.points.size(); ++i)
            if (row.points[i].figures[row.driver] != other->points[i].figures[row.driver]) return false;
         return true;
      });
   }
   // Pass and fail beside each other say more than anything else; then figures before words.
   std::size_t worth(const Row& row) const {
      const auto has = [&](Verdict verdict) {
         return std::find(row.outcomes.begin(), row.outcomes.end(), word(verdict)) != row.outcomes.end();
      };
      std::size_t worth = 2 * std::min<std::size_t>(distinct(row), 4);
      if (judges() && has(Verdict::holds) && has(Verdict::fails)) worth += 20;
      return worth + (is_figure(row.driver) ? 1 : 0);
   }

   std::vector<TrialRow> told(const std::vector<const Row*>& rows) {
      std::vector<TrialRow> result;
      for (const Row* row : rows) {
         TrialRow told;
         told.fixed = fixed_of(*row);
         told.varied = name_of(row->driver);
         for (std::size_t i = 0; i < row->points.size(); ++i)
            told.points.push_back({shown(row->points[i], row->driver), row->outcomes[i]});
         for (const Meeting& met : row->meetings)
            if (met.allowed && told.allowed.empty()) told.allowed = met.shown;
         result.push_back(std::move(told));
      }
      return result;
   }

   // Others are named when changing them changes an outcome.
   std::vector<std::string> fixed_of(const Row& row) {
      std::vector<Given> reports;
      std::vector<std::pair<std::size_t, std::size_t>> about;  // leaf, point
      for (std::size_t i = 0; i < reading_.leaves.size(); ++i)
         for (std::size_t point = 0; point < row.points.size(); ++point)
            for (Given& other : others(row.points[point], i)) {
               reports.push_back(std::move(other));
               about.emplace_back(i, point);
            }
      const Evaluation run = engine_.run(build(reports));
      std::set<std::size_t> matter;
      for (std::uint32_t i = 0; i < about.size(); ++i)
         if (outcome(run, i) != row.outcomes[about[i].second]) matter.insert(about[i].first);
      std::vector<std::pair<std::string, std::string>> fixed;  // name, value
      for (const std::size_t i : matter)
         if (i != row.driver) fixed.emplace_back(name_of(i), shown(row.given, i));
      return shortened(fixed);
   }
   std::vector<Given> others(const Given& given, std::size_t i) const {
      std::vector<Given> all;
      if (is_figure(i))
         for (const Rational& x : {Rational(given.figures[i] * 3 + 1), Rational(given.figures[i] / 2), Rational(0)}) {
            all.push_back(given);
            all.back().figures[i] = x;
         }
      for (std::size_t word = 0; word < leaf(i).words.size(); ++word) {
         if (word == given.words[i]) continue;
         all.push_back(given);
         all.back().words[i] = word;
      }
      return all;
   }
   // Many figures of one value are counted, not listed.
   std::vector<std::string> shortened(const std::vector<std::pair<std::string, std::string>>& fixed) const {
      constexpr std::size_t most = 3;
      std::map<std::string, std::size_t> times;
      for (const auto& [name, value] : fixed) ++times[value];
      std::vector<std::string> result;
      std::set<std::string> counted;
      for (const auto& [name, value] : fixed) {
         if (times[value] <= most)
            result.push_back(name + " " + value);
         else if (counted.insert(value).second)
            result.push_back(
                fmt::format(fmt::runtime(chinese_ ? "其余 {} 个数各 {}" : "the other {} figures {} each"), times[value], value));
      }
      return result;
   }

   std::string shown(const Given& given, std::size_t i) const {
      const std::string text = text_of(given, i);
      if (text.empty()) return std::string(spelled(Word::missing, chinese_));
      const Type& type = field(i).type;
      if (type.kind == Kind::yes_no) return show(Value(text == "是"), type, chinese_);
      if (!is_figure(i)) return type.kind == Kind::text || text == "示例" ? "“" + text + "”" : text;
      return type.kind == Kind::quantity ? text + shown_unit(type).text : text;
   }

   // 公开02合计行的本年收入合计; a row of the list that is judged has no owner.
   std::string name_of(std::size_t i) const {
      const Field& one = field(i);
      if (one.frame == report_frame) return one.line.empty() ? one.path : cell_name(one);
      const Frame& frame = program_.schema.frames[one.frame];
      const Slot& slot = reading_.slots()[one.frame][leaf(i).slot];
      const std::string owner = frame.form.empty() ? frame.name : frame.form;
      const auto say = [&](std::string_view zh, std::string_view en, const auto&... a) {
         return fmt::format(fmt::runtime(chinese_ ? zh : en), a...);
      };
      switch (slot.what) {
         case Slot::What::total:
            return say("{}的{}行的{}", "{2} of row {1} of {0}", owner, frame.totals[static_cast<std::size_t>(slot.number)].label,
                       one.name);
         case Slot::What::child: return say("第{}个下级行的{}", "{1} of row {0} below", slot.number, one.name);
         case Slot::What::parent: return say("上级行的{}", "{} of the row above", one.name);
         case Slot::What::key: return say("{}[{}]的{}", "{2} of {0}[{1}]", owner, slot.code, one.name);
         case Slot::What::judged: break;
      }
      return one.frame == rule_.frame ? one.name : say("{}的{}", "{1} of {0}", owner, one.name);
   }

   // 公开04[59]（本年支出合计）的合计, 公开09的决算行的合计
   std::string cell_name(const Field& cell) const {
      const auto say = [&](std::string_view zh, std::string_view en, const auto&... a) {
         return fmt::format(fmt::runtime(chinese_ ? zh : en), a...);
      };
      for (const FormBlock& block : program_.schema.form(cell.form)->blocks)
         for (std::size_t i = 0; i < block.lines.size(); ++i) {
            if (block.lines[i] != cell.line) continue;
            if (block.kind == BlockKind::grid)
               return say("{}的{}行的{}", "{2} of row {1} of {0}", cell.form, cell.line, cell.column);
            const std::string line = say("{}[{}]（{}）", "{}[{}] ({})", cell.form, cell.line, block.labels[i]);
            return block.columns.size() == 1 ? line : say("{}的{}", "{1} of {0}", line, cell.column);
         }
      return cell.path;
   }

   static constexpr std::size_t most_drivers = 4, most_settled = 8;
   static constexpr int rounds = 8;

   FullMarks full_marks_;
   Plan plan_;
   const Program& program_;
   const Rule& rule_;
   Reading reading_;
   bool chinese_;
   BatchBuilder builder_;
   Engine engine_;
};

}  // namespace

std::vector<TrialRow> trials_of(const Program& program, RuleId rule, std::optional<std::uint32_t> case_number, bool chinese) {
   return Trying(Cut(program, rule, case_number), chinese).run();
}

}  // namespace heng

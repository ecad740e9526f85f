#include "tests/agree/nodes.hpp"

#include <map>

namespace heng::agree {

namespace {

constexpr FrameId subject = 1, project = 2, indicator = 3;
// Rows of one list in the rows of another: subjects in indicators, indicators in subjects, subjects in projects.
constexpr FrameId first_copy = 4, last_copy = 6;

Type choice_type() {
   Type type;
   type.kind = Kind::choice;
   type.choices = std::make_shared<const std::vector<std::string>>(std::vector<std::string>{"一般", "重点"});
   return type;
}
Type kind_type(Kind kind) {
   Type type;
   type.kind = kind;
   return type;
}
Type published_percent(int decimals) {
   Type type = percent_type();
   type.decimals = decimals;
   type.published = true;
   return type;
}

Frame make_frame(FrameId id, FrameId parent, std::string name) {
   Frame frame;
   frame.id = id;
   frame.parent = parent;
   frame.name = frame.path = std::move(name);
   return frame;
}

FieldId add_field(Schema& schema, FrameId frame, std::string name, Type type, bool blank_counts_as_0 = false) {
   Field field;
   field.id = static_cast<FieldId>(schema.fields.size());
   field.frame = frame;
   field.name = field.path = field.label = std::move(name);
   field.type = std::move(type);
   field.blank_counts_as_0 = blank_counts_as_0;
   schema.frames[frame].fields.push_back(field.id);
   schema.fields.push_back(std::move(field));
   return schema.fields.back().id;
}

Schema make_schema() {
   Schema schema;
   schema.frames = {make_frame(0, no_frame, ""),      make_frame(subject, 0, "科目"),
                    make_frame(project, 0, "项目"),   make_frame(indicator, project, "指标"),
                    make_frame(4, indicator, "科目"), make_frame(5, subject, "指标"),
                    make_frame(6, project, "科目")};
   Frame& keyed = schema.frames[subject];
   keyed.keyed = true;
   keyed.form = "表二";
   keyed.levels = {3, 5, 7};
   keyed.totals = {{"合计", {}}};
   for (const FrameId copy : {FrameId{4}, FrameId{5}, FrameId{6}}) {
      schema.frames[copy].copy_of = copy == 5 ? indicator : subject;
      if (copy != 5) schema.frames[copy].totals = keyed.totals;
   }
   Type measured = measured_type(true);
   measured.published = true;
   for (const char* name : {"甲", "乙", "丙"}) add_field(schema, 0, name, money_type("万元", 2, true));
   add_field(schema, 0, "丁", money_type("元", -1, true));
   add_field(schema, 0, "率", published_percent(2));
   add_field(schema, 0, "系数", number_type());
   add_field(schema, 0, "验收", yes_no_type());
   add_field(schema, 0, "类别", choice_type());
   add_field(schema, 0, "备注", text_type());
   add_field(schema, 0, "名册", names_type());
   add_field(schema, 0, "开工", date_type());
   keyed.key = add_field(schema, subject, "科目代码", kind_type(Kind::code));
   add_field(schema, subject, "支出", money_type("万元", 2, true), true);
   add_field(schema, subject, "基本", money_type("万元", 2, true), true);
   add_field(schema, project, "预算", money_type("万元", 2, true));
   add_field(schema, project, "执行", money_type("万元", 1, true));
   add_field(schema, project, "项目码", kind_type(Kind::code));
   add_field(schema, project, "成员", names_type());
   add_field(schema, project, "竣工", date_type());
   add_field(schema, subject, "科目名称", text_type());
   add_field(schema, indicator, "目标值", target_type());
   add_field(schema, indicator, "实际值", measured);
   add_field(schema, indicator, "分值", points_type());
   add_field(schema, indicator, "说明", text_type());
   return schema;
}

// What a node is good for as an input.
enum class Sort { number, measured, yes_no, text, code, target, row, names, date };

Sort sort_of(const Type& type) {
   switch (type.kind) {
      case Kind::measured: return Sort::measured;
      case Kind::yes_no: return Sort::yes_no;
      case Kind::text:
      case Kind::choice: return Sort::text;
      case Kind::code: return Sort::code;
      case Kind::target: return Sort::target;
      case Kind::row: return Sort::row;
      case Kind::names: return Sort::names;
      case Kind::date: return Sort::date;
      default: return Sort::number;
   }
}

class Maker {
 public:
   explicit Maker(Random& random) : random_(random) {
      program_.schema = make_schema();
      program_.sets.emplace_back();
      program_.sets[0].name = "示例";
   }

   Program make(int count) {
      for (const Field& field : program_.schema.fields) {
         Node node = blank(Op::field, field.frame, field.type);
         node.field = field.id;
         keep(std::move(node));
      }
      for (FrameId frame = 0; frame <= last_copy; ++frame) constants(frame);
      for (int i = 0; i < count; ++i) one();
      for (NodeId id = 0; id < program_.nodes.size(); ++id) add_rule(id);
      return std::move(program_);
   }

 private:
   Node blank(Op op, FrameId frame, Type type) {
      Node node;
      node.op = op;
      node.frame = frame;
      node.type = std::move(type);
      return node;
   }
   NodeId keep(Node node) {
      const auto id = static_cast<NodeId>(program_.nodes.size());
      pool_[{node.frame, sort_of(node.type)}].push_back(id);
      program_.nodes.push_back(std::move(node));
      return id;
   }
   NodeId make(Op op, FrameId frame, Type type, std::vector<NodeId> in) {
      Node node = blank(op, frame, std::move(type));
      node.in = std::move(in);
      return keep(std::move(node));
   }

   void constants(FrameId frame) {
      const auto add = [&](Type type, Value value) {
         Node node = blank(Op::constant, frame, std::move(type));
         node.value = std::move(value);
         keep(std::move(node));
      };
      add(number_type(), Rational(0));
      add(number_type(), Rational(random_.between(-3, 9)));
      add(number_type(), Rational(random_.between(1, 99), random_.of({3, 7, 10, 100})));
      if (random_.chance(30)) add(number_type(), power_of_ten(random_.between(-25, 30)) / 7);
      add(number_type(), random_.of({Missing::no_arm, Missing::no_such_report}));
      add(yes_no_type(), random_.chance(50));
      add(text_type(), std::string(random_.of<const char*>({"甲", "（丙）", "重点", ""})));
      add(date_type(), std::string(random_.of<const char*>({"2024-06-30", "2024年7月1日", "12月30日"})));
      add(names_type(), std::string(random_.of<const char*>({"甲",
                                                             "乙\x1f"
                                                             "甲",
                                                             "1\x1f"
                                                             "2\x1f"
                                                             "3",
                                                             ""})));
      if (frame == subject) return;
      Node code = blank(Op::constant, frame, kind_type(Kind::code));
      code.value = std::string(random_.of<const char*>({"201", "20101", "205"}));
      keep(std::move(code));
   }

   // A random node of this frame and sort; brought in from around where the frame has none, or now and then.
   NodeId any(FrameId frame, Sort sort) {
      const auto& own = pool_[{frame, sort}];
      const FrameId parent = program_.schema.frames[frame].parent;
      if (parent != no_frame && (own.empty() || random_.chance(12))) {
         const NodeId outer = any(parent, sort);
         return make(Op::broadcast, frame, computed(program_.nodes[outer].type), {outer});
      }
      if (own.empty()) return keep(fallback(frame, sort));
      // recent nodes rather than fields, so that expressions grow deep
      const int size = static_cast<int>(own.size());
      return random_.chance(50) ? own[random_.below(size)] : own[size - 1 - random_.below(std::min(size, 6))];
   }
   Node fallback(FrameId frame, Sort sort) {
      if (sort == Sort::row) {
         Node node = blank(Op::row_of_total, frame, kind_type(Kind::row));
         node.other = subject;
         return node;
      }
      Node node = blank(Op::constant, frame, sort == Sort::measured ? number_type() : text_type());
      node.value = Missing::no_such_report;
      if (sort == Sort::code) node.type = kind_type(Kind::code), node.value = std::string("208");
      if (sort == Sort::measured) node.type = measured_type();
      if (sort == Sort::target) node.type = target_type();
      if (sort == Sort::names) node.type = names_type();
      if (sort == Sort::date) node.type = date_type();
      return node;
   }
   Type computed(Type type) {
      type.published = false;
      return type;
   }

   NodeId number(FrameId frame) { return any(frame, frame == indicator && random_.chance(35) ? Sort::measured : Sort::number); }
   Type type_of(NodeId a) { return sort_of(program_.nodes[a].type) == Sort::measured ? measured_type() : number_type(); }
   Type type_of(NodeId a, NodeId b) {
      return type_of(a).kind == Kind::measured || type_of(b).kind == Kind::measured ? measured_type() : number_type();
   }
   // Two branches of one sort.
   std::pair<NodeId, NodeId> alike(FrameId frame) {
      const Sort sort =
          random_.chance(70) ? (frame == indicator && random_.chance(30) ? Sort::measured : Sort::number) : Sort::yes_no;
      const NodeId a = any(frame, sort);
      return {a, any(frame, sort)};
   }

   void one() {
      const FrameId frame = random_.of({report_frame, report_frame, subject, subject, project, indicator, indicator,
                                        static_cast<FrameId>(random_.between(first_copy, last_copy))});
      switch (random_.below(23)) {
         case 20: return names(frame);
         case 21: return copies();
         case 22: return facts();
         case 0:
         case 1:
         case 2: return arithmetic(frame, random_.of({Op::add, Op::add, Op::subtract, Op::multiply}));
         case 3:
         case 4: return divide(frame);
         case 5: return change(frame);
         case 6: return arithmetic(frame, random_.of({Op::lesser, Op::greater}));
         case 7:
         case 8: return compare(frame);
         case 9:
         case 10:
         case 11: return about(frame);
         case 12: return logic(frame);
         case 13: return choose(frame);
         case 14: return reduce(random_.of({report_frame, report_frame, project}));
         case 15: return reduce_children();
         case 16: return look_up(frame);
         case 17: return words(frame);
         case 18: return frame == indicator ? targets() : hierarchy();
         default: return presence(frame);
      }
   }

   void arithmetic(FrameId frame, Op op) {
      const NodeId a = number(frame), b = number(frame);
      make(op, frame, type_of(a, b), {a, b});
   }
   void divide(FrameId frame) {
      const NodeId a = number(frame), b = number(frame);
      std::vector<NodeId> in{a, b};
      if (random_.chance(40)) in.push_back(any(frame, sort_of(type_of(a, b))));
      make(Op::divide, frame, type_of(a, b), in);
   }
   void change(FrameId frame) {
      const NodeId a = number(frame);
      Node node = blank(random_.of({Op::negate, Op::absolute, Op::round, Op::rule}), frame, type_of(a));
      node.in = {a};
      node.number = random_.between(-5, 4);
      node.rounding = random_.of({Rounding::half_away, Rounding::half_away, Rounding::half_even, Rounding::up, Rounding::down,
                                  Rounding::ceiling, Rounding::floor});
      keep(std::move(node));
   }
   void compare(FrameId frame) {
      const NodeId a = number(frame), b = number(frame);
      if (random_.chance(20)) {
         Node node = blank(Op::within, frame, yes_no_type());
         node.in = {a, b, any(frame, Sort::number)};
         node.relative = random_.chance(50);
         keep(std::move(node));
         return;
      }
      make(random_.of({Op::equal, Op::not_equal, Op::less, Op::less_equal, Op::greater_op, Op::greater_equal}), frame,
           yes_no_type(), {a, b});
   }
   void about(FrameId frame) {
      const NodeId a = number(frame), b = number(frame);
      make(random_.of({Op::about, Op::about, Op::about_less, Op::about_greater}), frame, yes_no_type(), {a, b});
   }
   void logic(FrameId frame) {
      const NodeId a = any(frame, Sort::yes_no), b = any(frame, Sort::yes_no);
      if (random_.chance(25))
         make(Op::no, frame, yes_no_type(), {a});
      else
         make(random_.of({Op::both, Op::either, Op::exactly_when}), frame, yes_no_type(), {a, b});
   }
   void choose(FrameId frame) {
      const auto [a, b] = alike(frame);
      const Type type = computed(program_.nodes[a].type);
      if (random_.chance(60))
         make(Op::select, frame, type, {any(frame, Sort::yes_no), a, b});
      else
         make(Op::otherwise, frame, type, {a, b});
   }
   void reduce(FrameId frame) { reduce(frame, frame == project ? indicator : random_.of({subject, project, indicator})); }
   void reduce(FrameId frame, FrameId inner) {
      const Op op = random_.of({Op::sum, Op::sum, Op::sum, Op::count, Op::minimum, Op::maximum, Op::average, Op::all, Op::any,
                                Op::names_of, Op::names_of});
      const bool logical = op == Op::all || op == Op::any;
      const NodeId what = op == Op::names_of ? any(inner, Sort::text) : logical ? any(inner, Sort::yes_no) : number(inner);
      std::vector<NodeId> in{what};
      if (random_.chance(50)) in.push_back(any(inner, Sort::yes_no));
      make(op, frame, result_of(op, what), in);
   }
   Type result_of(Op op, NodeId what) {
      if (op == Op::names_of) return names_type();
      if (op == Op::all || op == Op::any) return yes_no_type();
      return op == Op::count ? number_type() : type_of(what);
   }
   // Rows of a list in each row of another: something of both, and what it comes to.
   void copies() {
      const FrameId copy = static_cast<FrameId>(random_.between(first_copy, last_copy));
      const FrameId list = program_.schema.frames[copy].copy_of, outer = program_.schema.frames[copy].parent;
      Node row = blank(Op::copied_row, copy, kind_type(Kind::row));
      row.other = list;
      const NodeId at = keep(std::move(row));
      for (const Sort sort : {Sort::number, random_.of({Sort::yes_no, Sort::text, Sort::code, Sort::number})}) {
         const NodeId what = any(list, sort);
         make(Op::at_row, copy, computed(program_.nodes[what].type), {what, at});
      }
      words(copy);
      if (random_.chance(50)) compare(copy);
      reduce(outer, copy);
   }
   void names(FrameId frame) {
      if (random_.chance(25)) {
         Node node = blank(Op::date_order, frame, yes_no_type());
         node.in = {any(frame, Sort::date), any(frame, Sort::date)};
         node.number = random_.below(5);
         keep(std::move(node));
         return;
      }
      const Op op = random_.of({Op::in_names, Op::names_equal, Op::names_within});
      make(op, frame, yes_no_type(), {any(frame, op == Op::in_names ? Sort::text : Sort::names), any(frame, Sort::names)});
   }
   void facts() {
      if (random_.chance(50)) {
         Node node = blank(Op::lines_complete, report_frame, yes_no_type());
         node.in = {any(report_frame, Sort::names)};
         node.number = random_.between(1, 3);
         keep(std::move(node));
         return;
      }
      std::vector<FieldId> figures;
      for (const Field& field : program_.schema.fields)
         if (sort_of(field.type) == Sort::number) figures.push_back(field.id);
      const Field& field = program_.schema.fields[random_.of(figures)];
      Node node = blank(Op::decimals, field.frame, number_type());
      node.field = field.id;
      node.exact = random_.chance(70);
      keep(std::move(node));
   }
   void reduce_children() {
      Node node = blank(random_.of({Op::sum, Op::sum, Op::sum, Op::count, Op::minimum, Op::maximum}), subject, number_type());
      node.children = true;
      node.in = {any(subject, Sort::number)};
      if (random_.chance(25)) node.in.push_back(any(subject, Sort::yes_no));
      keep(std::move(node));
   }
   void look_up(FrameId frame) {
      Node row = blank(random_.of({Op::row_of_key, Op::row_of_key, Op::row_of_total}), frame, kind_type(Kind::row));
      if (frame == subject && random_.chance(40)) row.op = Op::row_of_parent;
      if (row.op != Op::row_of_parent) row.other = subject;
      if (row.op == Op::row_of_key) row.in = {any(frame, Sort::code)};
      const NodeId at = keep(std::move(row));
      const NodeId what = any(subject, random_.chance(80) ? Sort::number : Sort::yes_no);
      make(Op::at_row, frame, computed(program_.nodes[what].type), {what, at});
   }
   void words(FrameId frame) {
      if (random_.chance(50)) {
         Node node = blank(Op::under, frame, yes_no_type());
         node.in = {any(frame, Sort::code)};
         node.words = {"201", "20501"};
         keep(std::move(node));
         return;
      }
      Node node = blank(Op::text_equal, frame, yes_no_type());
      node.in = {any(frame, Sort::text), any(frame, Sort::text)};
      node.exact = random_.chance(30);
      keep(std::move(node));
   }
   void hierarchy() {
      const Op op = random_.of({Op::level, Op::orphan, Op::is_total, Op::has_children});
      make(op, subject, op == Op::level ? number_type() : yes_no_type(), {});
   }
   void targets() {
      switch (random_.below(3)) {
         case 0: make(Op::target_value, indicator, measured_type(), {any(indicator, Sort::target)}); return;
         case 1: make(Op::is_number, indicator, yes_no_type(), {any(indicator, Sort::measured)}); return;
         default: break;
      }
      Node node = blank(Op::target_is, indicator, yes_no_type());
      node.in = {any(indicator, Sort::target)};
      node.number = random_.between(1, 511);
      keep(std::move(node));
   }
   void presence(FrameId frame) {
      const Op op = random_.of({Op::is_present, Op::is_missing});
      make(op, frame, yes_no_type(), {random_.chance(50) ? any(frame, Sort::text) : number(frame)});
   }

   void add_rule(NodeId id) {
      const Node& node = program_.nodes[id];
      Rule rule;
      rule.id = static_cast<RuleId>(program_.rules.size());
      rule.frame = node.frame;
      rule.type = node.type;
      rule.name = "甲" + std::to_string(id);
      if (sort_of(node.type) == Sort::yes_no) {
         Case one;
         one.frame = node.frame;
         one.condition = id;
         if (random_.chance(30)) one.applies = any_kept(node.frame);
         rule.cases.push_back(std::move(one));
      } else {
         rule.kind = RuleKind::let;
         rule.value = id;
      }
      program_.rules.push_back(std::move(rule));
   }
   NodeId any_kept(FrameId frame) {
      const auto& conditions = pool_[{frame, Sort::yes_no}];
      return conditions.empty() ? no_node : random_.of(conditions);
   }

   Random& random_;
   Program program_;
   std::map<std::pair<FrameId, Sort>, std::vector<NodeId>> pool_;
};

}  // namespace

Program random_nodes(Random& random, int count) { return Maker(random).make(count); }

}  // namespace heng::agree

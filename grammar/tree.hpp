// The tree a rules file becomes: only what was written, no types and no values.
// It never changes after parsing, so an editor can keep it while it is checked again; what later stages learn stands beside it.
// Each node shows the text it stands for. Names are kept as written (folding is the checker's business).
#pragma once
#include <boost/variant2/variant.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grammar/source.hpp"

namespace heng::tree {

template <typename... T>
using Variant = boost::variant2::variant<T...>;

struct Expr;
// Shared, never changed: copies of the tree cost nothing. Null only where a member says "may be null".
using ExprPtr = std::shared_ptr<const Expr>;

struct Name {
   Span span;
   std::string text;     // without 「」
   bool quoted = false;  // 「项目（一）」
};

struct String {
   Span span;
   std::string text;  // without quotes
};

// ---- expressions --------------------------------------------------------------------------------------------------------

enum class UnaryOp { minus, plus, no /* not 不满足 */ };
enum class BinaryOp { add, subtract, multiply, divide, both /* and */, either /* or */, exactly_when };
enum class CompareOp {
   equal,
   not_equal,
   less,
   less_equal,
   greater,
   greater_equal,
   about /* ≈ */,
   about_less /* <~ */,
   about_greater /* >~ */,
   exactly
};
enum class TargetOp { at_least, at_most, above, below, equal };  // ≥ ≤ > < =

struct Number {         // 12.50   650元/人·天   5%   1个百分点
   std::string digits;  // half-width, no separators, no sign
   std::string unit;    // as written, half-width where it was full-width; may be empty
};
struct Text {
   std::string text;
};  // "12月30日前"
struct NameRef {
   Name name;
};  // 本年收入
struct Member {
   ExprPtr object;
   Name name;
};  // 公开03.total.基本支出: `total`/合计行 is a Name too
struct IndexItem {
   ExprPtr first, last;
};  // 32  or 32..57 (last may be null)
struct Index {
   ExprPtr object;
   std::vector<IndexItem> items;
};  // 公开01[32..57]   公开05[科目代码]
struct Call {
   Name function;
   std::vector<ExprPtr> arguments;
   ExprPtr where;
};  // sum(金额 where level = 7); where may be null
struct Unary {
   UnaryOp op;
   Span op_span;
   ExprPtr operand;
};  // - a     not a
struct Binary {
   BinaryOp op;
   Span op_span;
   ExprPtr left, right;
};  // a + b   a and b   a exactly when b
// a ≈ b    80% <= x < 100%    a = b within 0.01    text exactly "…"; ops.size() + 1 == operands.size(); within may be null
struct Comparison {
   std::vector<ExprPtr> operands;
   std::vector<CompareOp> ops;
   std::vector<Span> op_spans;
   ExprPtr within;
};
struct If {
   ExprPtr condition, then, otherwise;
};  // otherwise may be null: whole body of a check or case only
struct Otherwise {
   ExprPtr operand, fallback;
};  // x otherwise 0
struct ZeroDivisorAs {
   ExprPtr operand, value;
};  // a / b zero divisor as 0%
enum class Is { word, present, missing };
struct IsTest {
   ExprPtr operand;
   bool negated;
   Is what;
   std::vector<Name> words;
   Span op_span;
};  // x is 反向   x is present   x is not 减少   x 已填
struct Under {
   ExprPtr operand;
   bool negated;
   std::vector<ExprPtr> codes;
};  // 科目代码 under 302, 310
struct Group {
   ExprPtr inner;
};  // ( … ), kept so that what is printed is what was meant
struct FullMarks {};  // full marks 满分
struct Judged {
   ExprPtr value;
   Name tier;
};  // judged 得分 in 完成档次
struct Target {
   TargetOp op;
   Number number;
};  // ≤650元/人·天 where an operand stands
struct MissingValue {};  // missing 未填, in `given` and `expect`
struct Bad {};           // what could not be read; somebody has spoken already

struct Expr {
   Span span;
   Variant<Bad, Number, Text, NameRef, Member, Index, Call, Unary, Binary, Comparison, If, Otherwise, ZeroDivisorAs, IsTest,
           Under, Group, FullMarks, Judged, Target, MissingValue>
       what;
};

// ---- types as written ---------------------------------------------------------------------------------------------------

struct Unit {
   Span span;
   std::string text;
};  // 万元   元/人·天

// text | year | place | money in 万元 to 2 | percent to 2 | points | count in 批次 | quantity or text | target | code | date |
// yes/no | 增加|减少 | list of 项目 | 封面 (a record or a named choice) | number
enum class TypeWord {
   named,
   text,
   year,
   place,
   money,
   percent,
   percentage_points,
   points,
   count,
   quantity,
   target,
   code,
   date,
   yes_no,
   number,
   choice,
   list,
   names  // names 名单: a set of names, as a sentence lists them
};
struct Type {
   Span span;
   TypeWord word = TypeWord::named;
   Name name;                  // named, list of NAME
   std::vector<Name> choices;  // 增加|减少
   std::optional<Unit> in;
   std::optional<int> to;  // decimals
   bool or_text = false;   // quantity or text
   bool may_be_blank = false;
   bool blank_counts_as_0 = false;
};

// 单位名称, 简称 : text   — several names may share a type; each name may have aliases (本年收入合计 | 收入合计)
struct Field {
   Span span;
   std::vector<Name> names;
   Type type;
   std::string title;
};

// ---- declarations -------------------------------------------------------------------------------------------------------

enum class Severity { error, verify, notice };
enum class MinistryKind { none, balance /* 基本平衡 */, logic /* 逻辑性 */, verification /* 核实性 */ };

// What checks, requires, cases, scores may say about themselves. Absent is not the same as empty.
struct About {
   std::string title;
   std::vector<std::string> refs;  // ref S9, A0-1306
   std::optional<std::string> cite;
   std::optional<std::string> message;  // may hold {expression as text} pieces: parsed into message_parts
   std::vector<Variant<std::string, ExprPtr>> message_parts;
   std::optional<Severity> severity;
   MinistryKind kind = MinistryKind::none;
};

// each 公开03.科目   each 项目.指标   each 公开01[32..57]   each 公开03.科目 each column 基本支出, 项目支出   each 公开05, 公开07
// each 项目.指标 grouped by 一级指标
struct Each {
   Span span;
   std::vector<Name> path;        // empty: the report, where only columns are named
   std::vector<IndexItem> lines;  // of a form with printed lines; empty: all of them
   std::optional<Name> group;     // once for each distinct value of this field of the list
   std::vector<Name> columns;     // `this_column` 本栏 stands for each in turn
   bool every_column = false;     // each column, and none is named: all columns of the form
   std::vector<Each> also;        // other rows that the same is said of: path and lines only
   bool names_rows() const { return !path.empty(); }
   bool names_columns() const { return every_column || !columns.empty(); }
};

struct Line {
   Span span;
   std::string number;
   std::string label;
   std::string code;  // may be empty
};  // 27 : 本年收入合计   32 code 201 : 一、一般公共服务支出
struct Column {
   Span span;
   Name name;
   std::vector<Name> aliases;
   bool optional = false;
};
struct LinesBlock {
   Span span;
   std::vector<Line> lines;
   std::vector<Column> columns;
};
struct TotalRow {
   Span span;
   std::string label;
   std::vector<std::string> of;
};  // total "人员经费合计" of 301, 303
struct RowsBlock {
   Span span;
   Name name;
   Name key;
   std::vector<int> levels;
   std::vector<TotalRow> totals;
   std::vector<Field> fields;
   std::vector<Column> columns;
};
struct GridBlock {
   Span span;
   std::vector<Name> rows;
   std::vector<Column> columns;
};

struct Form {
   Span span;
   Name name;
   std::string title;
   std::optional<Unit> in;
   std::optional<int> to;
   bool blank_counts_as_0 = false;
   std::vector<Name> aliases;
   std::vector<Variant<LinesBlock, RowsBlock, GridBlock>> blocks;  // columns that follow a block belong to it
   std::vector<Field> fields;                                      // single cells of the form: { fields { 编制单位 : text } }
};
// A gap for what is declared elsewhere: {总额}, {一级分值.成本指标}. Without a path it takes any words: {}.
struct Gap {
   Span span;
   std::vector<Name> path;
};
// What a text states. "与{上年: year}年度相比，收、支总计各{方向: 增加|减少}{变动额: money}": line breaks and stray blanks do not
// matter.
struct Sentence {
   Span span;
   std::optional<Name> name;  // 无收支 : "…": the sentence as found is a text of that name, blank where absent
   std::string pattern;       // as written, without quotes
   std::vector<Variant<std::string, Field, Gap>> parts;  // words and gaps, in order
   bool optional = false;                                // may be absent without being missed
};
struct PhraseRows {
   Span span;
   Name name;
   std::optional<Name> key;
   std::vector<Sentence> sentences;
};  // rows 项 keyed by 科目 { "…" }: a sentence that repeats
struct Phrases {
   Span span;
   Name name;
   std::string title;
   std::string after;  // the heading behind which the text stands; may be empty
   std::optional<Unit> in;
   std::optional<int> to;
   std::vector<Variant<Sentence, PhraseRows>> items;
};

// Another name on paper. `row` is not empty where the thing is the cell of a labelled row and a named column.
struct PrintedName {
   Span span;
   std::string text, row;
};
// 公开01[31] | 总计   公开09.预算 | 预算数   项目.分值 | "年度资金总额" 对 "分值"
struct PrintedItem {
   Span span;
   std::vector<Name> path;
   std::string line;  // 31; may be empty
   std::vector<PrintedName> names;
};
struct PrintedAs {
   Span span;
   std::vector<PrintedItem> items;
};

struct Report {
   Span span;
   std::vector<Field> fields;
};
struct Record {
   Span span;
   Name name;
   std::string title;
   std::vector<Field> fields;
};
struct Choice {
   Span span;
   Name name;
   std::vector<Name> words;
};  // choice 增减 : 增加 | 减少
struct UnitDecl {
   Span span;
   std::vector<Unit> units;
};  // unit 场次

struct Years {
   Span span;
   std::optional<int> from, to;
   ExprPtr value;
};  // 2022..2023 : 20%     2024.. : 30%     2024 : 1
struct Parameter {
   Span span;
   Name name;
   std::string title;
   Type type;
   std::vector<Years> years;
   ExprPtr value;
   std::optional<std::string> cite;
};  // value: one for all years, may be null
struct FunctionParameter {
   Name name;
   Type type;
};
struct Function {
   Span span;
   Name name;
   std::vector<FunctionParameter> parameters;
   std::optional<Type> result;
   ExprPtr body;
};

// "本年收入" ref S57 : …     "支出" ref S9 each 公开03 : …
struct Case {
   Span span;
   About about;
   std::optional<Each> each;  // rows or columns of its own; what it does not name, the check does
   ExprPtr where;             // may be null
   ExprPtr condition;
};
struct Check {
   Span span;
   Name name;
   About about;
   std::optional<Each> each;
   ExprPtr where;
   std::vector<Case> cases;
   bool braces = false;
};  // without braces: one case that holds only the condition
struct Rollup {
   Span span;
   Name name;
   About about;
   std::vector<Name> forms;
};  // check 逐级汇总 ref S11 rollup 公开03, 公开02
struct Require {
   Span span;
   Name name;
   About about;
   std::optional<Each> each;
   ExprPtr where;
   ExprPtr condition;
};
struct Let {
   Span span;
   Name name;
   About about;
   std::optional<Each> each;
   ExprPtr where;
   ExprPtr value;
};

struct Arm {
   Span span;
   ExprPtr condition;
   ExprPtr value;
};  // when C : V     else : V (condition null)
enum class Mode { full, started, pro_rata };
// for each full 1个百分点 by which 到位率 is below 100%
struct Step {
   Span span;
   Mode mode = Mode::full;
   std::optional<Name> counted;  // counted 扣法: the mode is a parameter's
   ExprPtr size, measured, limit;
   bool below = true;  // or above
};
struct Loss {
   Span span;
   ExprPtr amount;              // 5%   1/3   5分
   bool of_full_marks = false;  // or points
   ExprPtr when;                // may be null
   std::optional<Step> step;
};  // lose 1/3 of full marks when not 材料合规
struct LossArm {
   Span span;
   ExprPtr condition;  // null: else
   std::vector<Loss> losses;
};  // when 项目状态 is 已完成 { lose … }
struct ZeroWhen {
   Span span;
   ExprPtr condition;
};  // zero when not 按程序设立
struct MarksWhen {
   Span span;
   ExprPtr share, condition;
};  // 75% of full marks when 资金使用不合规
struct Item {
   Span span;
   ExprPtr met;                   // yes/no; with degrees the share that was reached, a percent
   ExprPtr share;                 // of full marks; null where all are equal
   std::vector<ExprPtr> degrees;  // 100%, 75%, 50%, 25%, 0%: what `met` may be
};  // 有依据 : 1/2    相适应 degrees 100%, 50%, 0% : 1/2
struct Items {
   Span span;
   bool equally = false;
   bool braces = false;
   std::vector<Item> items;
};  // items equally : 甲, 乙     items { 甲 : 1/2  乙 : 1/2 }
// Made in this order: zero when, marks when, the base (formula, arms, items, the sum of the parts, or full marks), times, losses,
// clamped to 0 .. out of, rounded.
struct Score {
   Span span;
   Name name;
   About about;
   std::optional<Each> each;
   ExprPtr where;
   ExprPtr out_of;               // may be null in an inner score whose marks come from its data
   std::optional<int> round_to;  // round 2 保留: overrides `round scores to`
   ExprPtr times;                // times 效益系数; may be null
   ExprPtr stated;  // stated 得分: the printed score, taken where inputs are not printed; may be null. Of a score with parts
                    // that says this_part 本项: of each part that has no parts of its own
   ExprPtr value;   // formula; null where the score is made of something else
   std::vector<Arm> arms;
   std::vector<Score> parts;
   std::vector<Items> items;  // one at most is good
   std::vector<ZeroWhen> zeros;
   std::vector<MarksWhen> marks;
   std::vector<Loss> losses;
   std::vector<LossArm> loss_arms;
   bool braces = false;
};

struct Interval {  // [90, 100]   80以上 不满90   80 to below 90   90以上
   Span span;
   ExprPtr low, high;  // null: open-ended
   bool low_in = true, high_in = true;
};
struct Band {
   Span span;
   Interval interval;
   Name name;
   ExprPtr value;
};  // grade (name) or a value (then name.text is empty)
struct Bands {
   Span span;
   Name name;
   About about;
   std::optional<Each> each;
   ExprPtr of;
   std::vector<Band> bands;
};
struct Tier {
   Span span;
   Name name;
   About about;
   std::vector<Band> bands;
};  // 完成 : [80%, 100%]

struct Given {
   Span span;
   Name name;
   ExprPtr value;
   std::vector<Given> inner;
   std::vector<std::vector<Given>> rows;
};  // 分值: 5 · 项目 { … } · 指标 [ { … } { … } ]
enum class Verdict { holds, fails, cannot_tell, does_not_apply };
struct Expect {
   Span span;
   ExprPtr what;
   std::optional<Verdict> verdict;
};  // expect 指标得分 = 2.5 · expect 偏差说明 fails (what: the rule's name)
struct Test {
   Span span;
   std::string title;
   std::optional<Name> ruleset;
   std::optional<int> year;
   std::optional<std::string> place;
   std::vector<Given> given;
   std::vector<Expect> expects;
};

// A formula as the ministry's notes print it: 27行=(1+2+…+8)行   86行7栏=31行1栏-84行7栏   如果 … 则 …
struct Formula {
   Span span;
   About about;
   std::string text;  // as written, one line
   Span text_span;
   ExprPtr condition;  // the same in the language (formula.hpp); null where it could not be read
   bool rows = false;  // 各行: judged in every row of the form
};
struct Formulas {
   Span span;
   Name form;
   About about;
   std::vector<Formula> formulas;
};

using Declaration = Variant<Report, Form, Phrases, PrintedAs, Record, Choice, UnitDecl, Parameter, Function, Check, Rollup,
                            Formulas, Require, Let, Score, Bands, Tier, Test>;

// What an amendment may change, and all that a declaration says of itself.
enum class Clause {
   title,
   refs,
   cite,
   severity,
   message,
   each,
   where,
   of,
   out_of,
   round,
   times,
   stated,
   within,
   body,
   in,
   to,
   blank_counts_as_0,
   band,
   years,
   field
};
struct Amended {
   Span span;
   Clause clause = Clause::title;
   std::size_t item = 0;  // band, years, field: which of those that `made` holds
};

// replace score 过程.资金到位率 …   remove require 偏差说明   add check …   amend score 预算执行 { out of 20 }
enum class ChangeKind { replace, remove, add, amend };
struct Change {
   Span span;
   ChangeKind kind = ChangeKind::replace;
   std::vector<Name> owner;       // 过程: the scores around it, or the check that a case belongs to; may leave some out
   Declaration made;              // replace, add: what stands there now; remove: its name; amend: its name and what is amended
   std::vector<Amended> amended;  // in order
   ExprPtr within;                // amend: of the one comparison that says `within`
   bool braces = false;
};

// places { 山东省 : 青岛市, 济南市   青岛市 : 市南区 }: which place lies in which
struct PlacesOf {
   Span span;
   Name whole;
   std::vector<Name> parts;
};
struct Places {
   Span span;
   std::vector<PlacesOf> places;
};

struct Use {
   Span span;
   Name name;
   std::optional<int> year;
};
struct Extends {
   Span span;
   Name name;
   std::optional<int> year;
   std::optional<std::string> place;
};

// ruleset 部门决算 2024 for 青岛市 use 部门决算表 2024 cite "…" round scores to 2
struct Module {
   // layout: how forms look elsewhere. loose: parameters, tests, braced sets of a file without a header
   enum class Kind { forms, layout, ruleset, loose };
   Span span;  // the header
   Kind kind = Kind::loose;
   Name name;
   std::optional<int> year;
   std::optional<std::string> place;
   std::vector<Use> uses;
   std::optional<Extends> extends;
   std::optional<std::string> cite;
   std::optional<Severity> severity;
   std::optional<int> round_scores_to;
   bool braces = false;
   std::vector<Declaration> declarations;
   std::vector<Span> mistakes;   // of spelling, in the whole file: what follows from them is not said again
   std::vector<Change> changes;  // to what it extends
   std::vector<Places> places;
};

struct Comment {
   Span span;
   bool own_line = false;
};  // with its #

struct File {
   std::uint32_t file = 0;
   std::vector<Module> modules;    // at least one (the unbraced header's, or loose)
   std::vector<Comment> comments;  // in order; the formatter puts them back
   bool chinese = true;            // keyword language of the header: what the formatter keeps unless told otherwise
};

}  // namespace heng::tree

#include "grammar/print.hpp"

#include <algorithm>

#include "grammar/declarations.hpp"
#include "grammar/lexer.hpp"
#include "grammar/print_expression.hpp"
#include "grammar/references.hpp"

namespace heng {
namespace grammar {
namespace {

using namespace tree;
namespace variant = boost::variant2;

constexpr std::size_t widest_line = 120;
constexpr std::size_t widest_list = 100;  // a list in braces that is longer has one item per line
constexpr std::size_t short_list = 60;    // stays on one line even where its head takes several
constexpr std::size_t most_on_one_line(std::size_t items) { return items == 1 ? widest_line : widest_list; }
constexpr std::string_view indentation = "  ";

template <typename... F>
struct overloaded : F... {
   using F::operator()...;
};
template <typename... F>
overloaded(F...) -> overloaded<F...>;

// ---- what is laid out -----------------------------------------------------------------------------------------------------

// One declaration or one item of a list. `head` and the others hold soft breaks.
struct Item {
   std::uint32_t begin = 0, end = 0;  // in the source, for comments and blank lines
   std::uint32_t file = 0;
   std::string head;
   std::string body;  // behind a colon
   std::string tail;  // behind the body
   bool list = false;
   std::string open = "{", close = "}";
   std::vector<Item> items;
   std::string between = "   ";     // items on one line
   std::size_t widest = 0;          // the list stands on one line up to this width; 0: never
   std::size_t alone = short_list;  // … and below a head that takes several, up to this width of its own
};

std::string list_on_one_line(const Item& item);

// As they were written. What came from another file stands behind what it follows in its list.
void in_order(std::vector<Item>& items, std::uint32_t file) {
   std::vector<std::pair<std::uint32_t, std::size_t>> keys;
   std::uint32_t last = 0;
   for (const Item& item : items) {
      if (item.file == file) last = item.begin;
      keys.emplace_back(last, keys.size());
   }
   std::sort(keys.begin(), keys.end());
   std::vector<Item> sorted;
   for (const auto& [begin, at] : keys) sorted.push_back(std::move(items[at]));
   items = std::move(sorted);
}

std::string one_line(const Item& item) {
   std::string result = item.head;
   if (!item.body.empty()) result += " : " + item.body;
   if (!item.tail.empty()) result += ' ' + item.tail;
   if (item.list) result += (result.empty() ? "" : " ") + list_on_one_line(item);
   return without_soft_breaks(result);
}

std::string list_on_one_line(const Item& item) {
   std::string result = item.open;
   for (const Item& each : item.items) result += (&each == &item.items.front() ? " " : item.between) + one_line(each);
   return result + ' ' + item.close;
}

bool fits_one_line(const Item& item, std::size_t indent) {
   if (!item.list) return true;
   if (item.widest == 0) return item.items.empty();
   for (const Item& each : item.items)
      if (each.list && !fits_one_line(each, indent)) return false;
   return indent + display_width(one_line(item)) <= item.widest || display_width(list_on_one_line(item)) <= item.alone;
}

// ---- from the tree to items -----------------------------------------------------------------------------------------------

class Layout {
 public:
   Layout(const ExpressionPrinter& printer) : print_(printer) {}

   Item module(const Module& module) const;
   Item change(const Change& change) const;
   std::string interval(const Interval& interval) const;
   std::string type(const Type& type) const;
   void add_each(std::string& head, const std::optional<Each>& each, const ExprPtr& where) const;
   Item list_of(Span span, std::string head, const Items& items) const;
   Item places(const Places& places) const;
   std::string step(const Step& step) const;
   Item loss(const Loss& loss) const;
   Item declaration(const Declaration& declaration) const {
      return visit([this](const auto& each) { return item(each); }, declaration);
   }

 private:
   std::string word(Word word) const { return print_.word(word); }
   std::string name(const Name& name) const { return print_.name(name); }
   std::string text(std::string_view text) const { return print_.text(text); }
   std::string expression(const ExprPtr& expr) const { return print_.expression(expr); }

   static void add(std::string& head, const std::string& more) {
      if (!head.empty() && !more.empty()) head += soft_break;
      head += as_inner(more);
   }
   void add_clause(std::string& head, Word clause, const std::string& value) const { add(head, word(clause) + ' ' + value); }
   Item from(Span span, std::string head) const {
      Item item;
      item.begin = span.begin;
      item.end = span.end;
      item.file = span.file;
      item.head = std::move(head);
      return item;
   }
   std::string head_of(Word keyword, const Name& name) const { return word(keyword) + ' ' + this->name(name); }

   std::string list(const std::vector<Name>& names, std::string_view between) const {
      std::string result;
      for (const Name& each : names) result += (&each == &names.front() ? "" : std::string(between)) + name(each);
      return result;
   }
   std::string comma_list(const std::vector<std::string>& parts) const {
      std::string result;
      for (const std::string& each : parts) result += (&each == &parts.front() ? "" : std::string(",") + soft_break) + each;
      return result;
   }
   std::string severity(const About& about) const;
   std::string owner_path(const std::vector<Name>& owner) const;
   std::string clause(const Change& change, const Amended& amended) const;
   std::string body_of(const Declaration& declaration) const;
   Item year_item(const Years& years) const;
   Item band_item(const Band& band, bool name_first) const;
   std::string severity_word(Severity severity) const {
      return word(severity == Severity::error ? Word::error : severity == Severity::verify ? Word::verify : Word::notice);
   }
   void add_about(std::string& head, const About& about) const;
   void add_message(std::string& to, const About& about) const {
      if (about.message) add_clause(to, Word::message, text(*about.message));
   }
   std::string rows_of(const Each& each) const {
      return list(each.path, ".") + (each.lines.empty() ? "" : print_.index_items(each.lines)) +
             (each.group ? ' ' + word(Word::grouped_by) + ' ' + name(*each.group) : "");
   }
   std::string use(const Name& name, std::optional<int> year) const {
      return this->name(name) + (year ? ' ' + std::to_string(*year) : "");
   }
   std::string place(const std::string& place) const { return name(Name{{}, place, false}); }

   std::string type_word(TypeWord type) const;
   std::string title(const std::string& title) const { return title.empty() ? "" : text(title); }
   Item field(const Field& field) const;
   void add_fields(Item& item, const std::vector<Field>& fields) const;
   std::string column(const Column& column) const;
   std::string columns(const std::vector<Column>& columns) const;
   void add_columns(Item& form, const std::vector<Column>& columns) const;

   void add_block(Item& form, const LinesBlock& block) const;
   void add_block(Item& form, const RowsBlock& block) const;
   void add_block(Item& form, const GridBlock& block) const;

   Item item(const Report& report) const;
   Item item(const Form& form) const;
   Item sentence(const Sentence& sentence) const;
   Item item(const Phrases& phrases) const;
   Item item(const PrintedAs& printed) const;
   std::string path(const std::vector<Name>& names) const;
   Item item(const Record& record) const;
   Item item(const Choice& choice) const;
   Item item(const UnitDecl& unit) const;
   Item item(const Parameter& parameter) const;
   Item item(const Function& function) const;
   Item item(const Check& check) const;
   Item item(const Rollup& rollup) const;
   Item item(const Formulas& formulas) const;
   Item item(const Require& require) const;
   Item item(const Let& let) const;
   Item item(const Score& score) const;
   Item item(const Bands& bands) const;
   Item item(const Tier& tier) const;
   Item item(const Test& test) const;

   Item case_(const Case& each) const;
   std::string share(const ExprPtr& expr) const;
   std::string amount(const Loss& loss) const;
   Item arm(Span span, const ExprPtr& condition) const;
   std::vector<Item> score_items(const Score& score) const;
   Item given(const Given& given) const;
   std::vector<Item> given_fields(const std::vector<Given>& fields) const;

   const ExpressionPrinter& print_;
};

std::string Layout::severity(const About& about) const {
   switch (about.kind) {
      case MinistryKind::balance: return word(Word::balance);
      case MinistryKind::logic: return word(Word::logic);
      case MinistryKind::verification: return word(Word::verification);
      case MinistryKind::none: break;
   }
   return about.severity ? severity_word(*about.severity) : "";
}

void Layout::add_about(std::string& head, const About& about) const {
   add(head, title(about.title));
   if (!about.refs.empty()) add_clause(head, Word::ref, comma_list(with_ranges(about.refs)));
   if (about.severity) add_clause(head, Word::severity, severity(about));
   if (about.cite) add_clause(head, Word::cite, text(*about.cite));
}

void Layout::add_each(std::string& head, const std::optional<Each>& each, const ExprPtr& where) const {
   if (each && each->names_rows()) {
      std::vector<std::string> all = {rows_of(*each)};
      for (const Each& also : each->also) all.push_back(rows_of(also));
      add_clause(head, Word::each, comma_list(with_ranges(all)));
   }
   if (each && each->every_column) add(head, word(Word::each_column));
   if (each && !each->columns.empty()) {
      std::vector<std::string> all;
      for (const Name& column : each->columns) all.push_back(name(column));
      add_clause(head, Word::each_column, comma_list(with_ranges(all)));
   }
   if (where) add_clause(head, Word::where, expression(where));
}

// ---- types and fields

std::string Layout::type_word(TypeWord type) const {
   switch (type) {
      case TypeWord::text: return word(Word::text);
      case TypeWord::year: return word(Word::year);
      case TypeWord::place: return word(Word::place);
      case TypeWord::money: return word(Word::money);
      case TypeWord::percent: return word(Word::percent);
      case TypeWord::percentage_points: return word(Word::percentage_points);
      case TypeWord::points: return word(Word::points);
      case TypeWord::count: return word(Word::count);
      case TypeWord::quantity: return word(Word::quantity);
      case TypeWord::target: return word(Word::target);
      case TypeWord::code: return word(Word::code);
      case TypeWord::date: return word(Word::date);
      case TypeWord::yes_no: return word(Word::yes_no);
      case TypeWord::number: return word(Word::number);
      case TypeWord::names: return word(Word::names);
      case TypeWord::named:
      case TypeWord::choice:
      case TypeWord::list: return {};
   }
   return {};
}

std::string Layout::type(const Type& type) const {
   std::string result = type.word == TypeWord::named    ? name(type.name)
                        : type.word == TypeWord::choice ? list(type.choices, "|")
                        : type.word == TypeWord::list   ? word(Word::list_of) + ' ' + name(type.name)
                                                        : type_word(type.word);
   if (type.or_text) result += ' ' + word(Word::or_) + ' ' + word(Word::text);
   if (type.in) result += ' ' + word(Word::in) + ' ' + type.in->text;
   if (type.to) result += ' ' + word(Word::to) + ' ' + std::to_string(*type.to);
   if (type.may_be_blank) result += ' ' + word(Word::may_be_blank);
   if (type.blank_counts_as_0) result += ' ' + word(Word::blank_counts_as_0);
   return result;
}

Item Layout::field(const Field& field) const {
   std::vector<std::string> names;
   for (const Name& each : field.names) names.push_back(name(each));
   std::string head = comma_list(names);
   add(head, title(field.title));
   Item result = from(field.span, head);
   result.body = type(field.type);
   return result;
}

void Layout::add_fields(Item& item, const std::vector<Field>& fields) const {
   item.list = true;
   item.widest = widest_list;
   for (const Field& each : fields) item.items.push_back(field(each));
}

// ---- forms

std::string Layout::column(const Column& column) const {
   std::string result = name(column.name);
   for (const Name& alias : column.aliases) result += " | " + name(alias);
   if (column.optional) result += ' ' + word(Word::optional);
   return result;
}

std::string Layout::columns(const std::vector<Column>& columns) const {
   std::vector<std::string> parts;
   for (const Column& each : columns) parts.push_back(column(each));
   return comma_list(parts);
}

void Layout::add_columns(Item& form, const std::vector<Column>& all) const {
   if (all.empty()) return;
   form.items.push_back(
       from({all.front().span.file, all.front().span.begin, all.back().span.end}, word(Word::columns) + ' ' + columns(all)));
}

// A label stands bare where it can be read back so; else in 「」.
bool reads_back_bare(const std::string& label) {
   Lexer lexer(label, 0, static_cast<std::uint32_t>(label.size()));
   return lexer.label(0) == label.size() && lexer.detail == 0;
}

void Layout::add_block(Item& form, const LinesBlock& block) const {
   Item result = from(block.span, word(Word::lines));
   result.list = true;
   for (const Line& line : block.lines) {
      Item item = from(line.span, line.number);
      if (!line.code.empty()) add_clause(item.head, Word::code, line.code);
      item.body = reads_back_bare(line.label) ? line.label : "「" + line.label + "」";
      result.items.push_back(std::move(item));
   }
   form.items.push_back(std::move(result));
   add_columns(form, block.columns);
}

void Layout::add_block(Item& form, const RowsBlock& block) const {
   std::string head = word(Word::rows) + ' ' + name(block.name);
   if (!block.key.text.empty()) add_clause(head, Word::keyed_by, name(block.key));
   std::vector<std::string> levels;
   for (const int level : block.levels) levels.push_back(std::to_string(level));
   if (!levels.empty()) add(head, word(Word::levels) + ' ' + without_soft_breaks(comma_list(levels)));
   for (const TotalRow& total : block.totals) {
      add_clause(head, Word::total, text(total.label));
      if (!total.of.empty()) head += ' ' + word(Word::of) + ' ' + without_soft_breaks(comma_list(total.of));
   }
   Item result = from(block.span, head);
   if (!block.fields.empty()) add_fields(result, block.fields);
   result.widest = widest_line;
   form.items.push_back(std::move(result));
   add_columns(form, block.columns);
}

void Layout::add_block(Item& form, const GridBlock& block) const {
   std::vector<std::string> rows;
   for (const Name& each : block.rows) rows.push_back(name(each));
   std::string head = word(Word::grid) + ' ' + comma_list(rows);
   add(head, word(Word::by) + ' ' + columns(block.columns));
   form.items.push_back(from(block.span, head));
}

Item Layout::item(const Form& form) const {
   std::string head = head_of(Word::form, form.name);
   for (const Name& alias : form.aliases) head += " | " + name(alias);
   add(head, title(form.title));
   if (form.in) add_clause(head, Word::in, form.in->text);
   if (form.to) add_clause(head, Word::to, std::to_string(*form.to));
   if (form.blank_counts_as_0) add(head, word(Word::blank_counts_as_0));
   Item result = from(form.span, head);
   result.list = true;
   for (const auto& block : form.blocks) visit([&](const auto& each) { add_block(result, each); }, block);
   if (!form.fields.empty()) {
      Item fields = from({form.span.file, form.fields.front().span.begin, form.fields.back().span.end}, word(Word::fields));
      add_fields(fields, form.fields);
      result.items.push_back(std::move(fields));
   }
   std::stable_sort(result.items.begin(), result.items.end(), [](const Item& a, const Item& b) { return a.begin < b.begin; });
   return result;
}

Item Layout::item(const Report& report) const {
   Item result = from(report.span, word(Word::report));
   add_fields(result, report.fields);
   return result;
}

// Gaps are printed from what was read, so that a file turns from one language into the other.
Item Layout::sentence(const Sentence& sentence) const {
   std::string pattern;
   for (const auto& part : sentence.parts)
      visit(overloaded{[&](const std::string& words) { pattern += words; },
                       [&](const Field& gap) {
                          const Item item = field(gap);
                          pattern += '{' + item.head + ": " + item.body + '}';
                       },
                       [&](const Gap& gap) { pattern += '{' + path(gap.path) + '}'; }},
            part);
   std::string line = text(without_soft_breaks(pattern));
   if (sentence.optional) line += ' ' + word(Word::optional);
   if (!sentence.name) return from(sentence.span, line);
   Item result = from(sentence.span, name(*sentence.name));
   result.body = line;
   return result;
}

Item Layout::item(const Phrases& phrases) const {
   std::string head = head_of(Word::phrases, phrases.name);
   add(head, title(phrases.title));
   if (!phrases.after.empty())
      add(head, print_.chinese() ? word(Word::after) + text(phrases.after) + word(Word::after_end)
                                 : word(Word::after) + ' ' + text(phrases.after));
   if (phrases.in) add_clause(head, Word::in, phrases.in->text);
   if (phrases.to) add_clause(head, Word::to, std::to_string(*phrases.to));
   Item result = from(phrases.span, head);
   result.list = true;
   for (const auto& each : phrases.items)
      visit(overloaded{[&](const Sentence& one) { result.items.push_back(sentence(one)); },
                       [&](const PhraseRows& rows) {
                          std::string line = word(Word::rows) + ' ' + name(rows.name);
                          if (rows.key) add_clause(line, Word::keyed_by, name(*rows.key));
                          Item item = from(rows.span, line);
                          item.list = true;
                          item.widest = widest_line;
                          for (const Sentence& one : rows.sentences) item.items.push_back(sentence(one));
                          result.items.push_back(std::move(item));
                       }},
            each);
   return result;
}

std::string Layout::path(const std::vector<Name>& names) const {
   std::string result;
   for (const Name& each : names) result += (result.empty() ? "" : ".") + name(each);
   return result;
}

Item Layout::item(const PrintedAs& printed) const {
   Item result = from(printed.span, word(Word::printed_as));
   result.list = true;
   for (const PrintedItem& each : printed.items) {
      std::string line = path(each.path) + (each.line.empty() ? "" : '[' + each.line + ']');
      for (const PrintedName& other : each.names) {
         line += " | ";
         if (!other.row.empty()) line += text(other.row) + ' ' + word(Word::by) + ' ';
         line += text(other.text);
      }
      result.items.push_back(from(each.span, line));
   }
   return result;
}

Item Layout::item(const Record& record) const {
   std::string head = head_of(Word::record, record.name);
   add(head, title(record.title));
   Item result = from(record.span, head);
   add_fields(result, record.fields);
   return result;
}

Item Layout::item(const Choice& choice) const {
   Item result = from(choice.span, head_of(Word::choice, choice.name));
   result.body = list(choice.words, " | ");
   return result;
}

Item Layout::item(const UnitDecl& unit) const {
   std::vector<std::string> words;
   for (const Unit& each : unit.units) words.push_back(each.text);
   return from(unit.span, word(Word::unit) + ' ' + comma_list(words));
}

// ---- rules

Item Layout::item(const Parameter& parameter) const {
   std::string head = head_of(Word::parameter, parameter.name);
   add(head, title(parameter.title));
   if (parameter.cite) add_clause(head, Word::cite, text(*parameter.cite));
   Item result = from(parameter.span, head + " : " + type(parameter.type));
   if (parameter.value) result.head += " = " + expression(parameter.value);
   if (parameter.years.empty()) return result;
   result.list = true;
   result.widest = widest_line;
   for (const Years& years : parameter.years) result.items.push_back(year_item(years));
   return result;
}

Item Layout::year_item(const Years& years) const {
   const std::string from_year = years.from ? std::to_string(*years.from) : "",
                     to_year = years.to ? std::to_string(*years.to) : "";
   Item item = from(years.span, years.from && years.from == years.to ? from_year : from_year + ".." + to_year);
   item.body = expression(years.value);
   return item;
}

Item Layout::item(const Function& function) const {
   std::vector<std::string> parameters;
   for (const FunctionParameter& each : function.parameters) parameters.push_back(name(each.name) + " : " + type(each.type));
   std::string head = head_of(Word::function, function.name) + '(' + comma_list(parameters) + ')';
   if (function.result) head += " -> " + type(*function.result);
   Item result = from(function.span, head);
   result.body = expression(function.body);
   return result;
}

Item Layout::case_(const Case& each) const {
   std::string head;
   add_about(head, each.about);
   add_each(head, each.each, each.where);
   if (head.empty()) head = text("");  // something must stand before the colon
   Item result = from(each.span, head);
   result.body = expression(each.condition);
   add_message(result.tail, each.about);
   return result;
}

Item Layout::item(const Check& check) const {
   std::string head = head_of(Word::check, check.name);
   add_about(head, check.about);
   Item result = from(check.span, {});
   if (!check.braces) {
      add_each(head, check.each, check.where);
      result.body = expression(check.cases.front().condition);
      add_message(result.tail, check.about);
   } else {
      add_message(head, check.about);
      add_each(head, check.each, check.where);
      result.list = true;
      for (const Case& each : check.cases) result.items.push_back(case_(each));
      result.widest = most_on_one_line(result.items.size());
   }
   result.head = std::move(head);
   return result;
}

Item Layout::item(const Rollup& rollup) const {
   std::string head = head_of(Word::check, rollup.name);
   add_about(head, rollup.about);
   add_message(head, rollup.about);
   std::vector<std::string> forms;
   for (const Name& each : rollup.forms) forms.push_back(name(each));
   add_clause(head, Word::rollup, comma_list(forms));
   return from(rollup.span, head);
}

Item Layout::item(const Formulas& formulas) const {
   std::string head = head_of(Word::formulas, formulas.form);
   add_about(head, formulas.about);
   add_message(head, formulas.about);
   Item result = from(formulas.span, std::move(head));
   result.list = true;
   for (const Formula& each : formulas.formulas) {
      std::string about;
      add_about(about, each.about);
      add_message(about, each.about);
      Item item = from(each.span, about.empty() ? each.text : about);
      if (!about.empty()) item.body = each.text;
      result.items.push_back(std::move(item));
   }
   return result;
}

Item Layout::item(const Require& require) const {
   std::string head = head_of(Word::require, require.name);
   add_about(head, require.about);
   add_each(head, require.each, require.where);
   Item result = from(require.span, head);
   result.body = expression(require.condition);
   add_message(result.tail, require.about);
   return result;
}

Item Layout::item(const Let& let) const {
   std::string head = head_of(Word::let, let.name);
   add_about(head, let.about);
   add_each(head, let.each, let.where);
   Item result = from(let.span, head);
   result.body = expression(let.value);
   return result;
}

// 1/3 stands without blanks where a share is said.
std::string Layout::share(const ExprPtr& expr) const {
   const Binary* quotient = variant::get_if<Binary>(&expr->what);
   const bool of_numbers = quotient && quotient->op == BinaryOp::divide && variant::get_if<Number>(&quotient->left->what) &&
                           variant::get_if<Number>(&quotient->right->what);
   if (!of_numbers) return expression(expr);
   return expression(quotient->left) + '/' + expression(quotient->right);
}

// 5% of full marks   扣满分的5%   扣5分
std::string Layout::amount(const Loss& loss) const {
   const std::string figure = share(loss.amount);
   if (!print_.chinese())
      return word(Word::lose) + ' ' + figure + (loss.of_full_marks ? ' ' + word(Word::lose_of_full_marks) : "");
   const bool glued = figure.front() >= '0' && figure.front() <= '9';
   return word(loss.of_full_marks ? Word::lose_of_full_marks : Word::lose) + (glued ? "" : " ") + figure;
}

// Words that Chinese glues to figures: 每低于100%满1个百分点
std::string Layout::step(const Step& step) const {
   const auto figure = [&](const ExprPtr& expr) { return print_.expression(expr, operand_strength); };
   const Word direction = step.below ? Word::is_below : Word::is_above;
   const Word mode = step.mode == Mode::full ? Word::full : step.mode == Mode::started ? Word::started : Word::pro_rata;
   if (!print_.chinese()) {
      std::string result = word(Word::for_each) + ' ';
      if (!step.counted) result += word(mode) + ' ';
      result += figure(step.size);
      if (step.counted) result += ' ' + word(Word::counted) + ' ' + name(*step.counted);
      return result + soft_break + word(Word::by_which) + ' ' + figure(step.measured) + ' ' + word(direction) + ' ' +
             figure(step.limit);
   }
   std::string result = figure(step.measured) + ' ';
   bool ends_in_figure = false;
   const auto add_glued = [&](Word keyword, const ExprPtr& expr) {
      const std::string text = figure(expr);
      const bool glued = text.front() >= '0' && text.front() <= '9';
      if (!result.empty() && result.back() != ' ' && !ends_in_figure) result += ' ';
      result += word(keyword) + (glued ? "" : " ") + text;
      ends_in_figure = glued;
   };
   add_glued(direction, step.limit);
   add_glued(step.counted ? Word::for_each : mode, step.size);
   if (step.counted) return result + ' ' + word(Word::counted) + ' ' + name(*step.counted);
   if (step.mode == Mode::started) add_glued(Word::counts_as, step.size);
   return result;
}

// Conditions come first in Chinese, last in English.
Item Layout::loss(const Loss& loss) const {
   if (!print_.chinese()) {
      std::string head = amount(loss);
      if (loss.step) add(head, step(*loss.step));
      if (loss.when) add_clause(head, Word::when, expression(loss.when));
      return from(loss.span, head);
   }
   std::string head;
   if (loss.when) head = word(Word::when) + ' ' + as_inner(expression(loss.when)) + "，";
   if (loss.step) head += step(*loss.step) + "，";
   return from(loss.span, head + amount(loss));
}

Item Layout::arm(Span span, const ExprPtr& condition) const {
   return from(span, condition ? word(Word::when) + ' ' + expression(condition) : word(Word::else_));
}

Item Layout::list_of(Span span, std::string head, const Items& items) const {
   Item result = from(span, std::move(head));
   if (items.braces) {
      result.list = true;
      result.widest = widest_list;
      for (const tree::Item& each : items.items) {
         std::string text = expression(each.met);
         std::vector<std::string> degrees;
         for (const ExprPtr& degree : each.degrees) degrees.push_back(expression(degree));
         if (!degrees.empty()) add_clause(text, Word::degrees, comma_list(degrees));
         Item item = from(each.span, text);
         if (each.share) item.body = share(each.share);
         result.items.push_back(std::move(item));
      }
      return result;
   }
   std::vector<std::string> parts;
   for (const tree::Item& each : items.items) parts.push_back(expression(each.met));
   result.body = comma_list(parts);
   return result;
}

std::vector<Item> Layout::score_items(const Score& score) const {
   const bool chinese = print_.chinese();
   std::vector<Item> result;
   for (const Score& part : score.parts) result.push_back(item(part));
   for (const Arm& each : score.arms) {
      result.push_back(arm(each.span, each.condition));
      result.back().body = expression(each.value);
   }
   for (const Items& each : score.items)
      result.push_back(list_of(each.span, word(each.equally ? Word::items_equally : Word::items), each));
   const auto when = [&](const ExprPtr& condition) { return word(Word::when) + ' ' + expression(condition); };
   for (const ZeroWhen& each : score.zeros)
      result.push_back(from(
          each.span, chinese ? when(each.condition) + "，" + word(Word::zero) : word(Word::zero) + ' ' + when(each.condition)));
   for (const MarksWhen& each : score.marks) {
      const std::string share = this->share(each.share), of = word(Word::get_of_full_marks);
      const bool glued = share.front() >= '0' && share.front() <= '9';
      result.push_back(from(each.span, chinese ? when(each.condition) + "，" + of + (glued ? "" : " ") + share
                                               : share + ' ' + of + ' ' + when(each.condition)));
   }
   for (const Loss& each : score.losses) result.push_back(loss(each));
   for (const LossArm& each : score.loss_arms) {
      Item item = arm(each.span, each.condition);
      item.list = true;
      item.widest = most_on_one_line(each.losses.size());
      for (const Loss& one : each.losses) item.items.push_back(loss(one));
      result.push_back(std::move(item));
   }
   in_order(result, score.span.file);
   return result;
}

Item Layout::item(const Score& score) const {
   std::string head = head_of(Word::score, score.name);
   add_about(head, score.about);
   if (score.out_of) add_clause(head, Word::out_of, expression(score.out_of));
   if (score.round_to) add_clause(head, Word::round, std::to_string(*score.round_to));
   if (score.times) add_clause(head, Word::times, expression(score.times));
   if (score.stated) add_clause(head, Word::stated, expression(score.stated));
   Item result = from(score.span, {});
   if (score.braces) {
      add_message(head, score.about);
      result.list = true;
      result.items = score_items(score);
      if (score.parts.empty()) result.widest = most_on_one_line(result.items.size());
   } else {
      result.body = score.value ? expression(score.value) : loss(score.losses.front()).head;
      add_message(result.tail, score.about);
   }
   add_each(head, score.each, score.where);
   result.head = std::move(head);
   return result;
}

std::string Layout::interval(const Interval& interval) const {
   const bool chinese = print_.chinese();
   if (interval.low && interval.high)
      return (interval.low_in ? '[' : '(') + expression(interval.low) + ", " + expression(interval.high) +
             (interval.high_in ? ']' : ')');
   const std::string bound = expression(interval.low ? interval.low : interval.high);
   const std::string gap = chinese ? "" : " ";
   if (interval.low) return interval.low_in ? bound + gap + word(Word::or_above) : word(Word::above) + gap + bound;
   return interval.high_in ? bound + gap + word(Word::or_below) : word(Word::below) + gap + bound;
}

Item Layout::item(const Bands& bands) const {
   std::string head = head_of(Word::bands, bands.name);
   if (bands.of) add_clause(head, Word::of, expression(bands.of));
   add_about(head, bands.about);
   add_each(head, bands.each, nullptr);
   Item result = from(bands.span, head);
   result.list = true;
   result.widest = widest_line;
   result.alone = widest_list;
   for (const Band& band : bands.bands) result.items.push_back(band_item(band, false));
   return result;
}

Item Layout::band_item(const Band& band, bool name_first) const {
   Item item = from(band.span, name_first ? name(band.name) : interval(band.interval));
   item.body = name_first ? interval(band.interval) : band.value ? expression(band.value) : name(band.name);
   return item;
}

Item Layout::item(const Tier& tier) const {
   std::string head = head_of(Word::tier, tier.name);
   add_about(head, tier.about);
   Item result = from(tier.span, head);
   result.list = true;
   result.widest = widest_line;
   for (const Band& band : tier.bands) result.items.push_back(band_item(band, true));
   return result;
}

// ---- tests

std::vector<Item> Layout::given_fields(const std::vector<Given>& fields) const {
   std::vector<Item> result;
   for (const Given& each : fields) result.push_back(given(each));
   return result;
}

Item Layout::given(const Given& given) const {
   Item result = from(given.span, name(given.name));
   if (given.value) {
      result.body = expression(given.value);
      return result;
   }
   result.list = true;
   result.widest = widest_line;
   result.between = given.rows.empty() ? ", " : " ";
   result.items = given_fields(given.inner);
   if (given.rows.empty()) return result;
   result.open = "[";
   result.close = "]";
   for (const std::vector<Given>& row : given.rows) {
      Item item;
      item.begin = row.empty() ? given.span.begin : row.front().span.begin;
      item.end = row.empty() ? given.span.begin : row.back().span.end;
      item.list = true;
      item.widest = widest_line;
      item.between = ", ";
      item.items = given_fields(row);
      result.items.push_back(std::move(item));
   }
   return result;
}

Item Layout::item(const Test& test) const {
   std::string head = word(Word::test) + ' ' + text(test.title);
   if (test.ruleset) add_clause(head, Word::use, use(*test.ruleset, test.year));
   if (test.place) add_clause(head, Word::for_place, place(*test.place));
   Item result = from(test.span, head);
   result.list = true;
   for (const Given& each : test.given) {
      Item item = given(each);
      item.head = word(Word::given) + ' ' + item.head;
      result.items.push_back(std::move(item));
   }
   for (const Expect& each : test.expects) {
      std::string line = word(Word::expect) + ' ' + expression(each.what);
      constexpr Word verdicts[] = {Word::holds, Word::fails, Word::cannot_tell, Word::does_not_apply};
      if (each.verdict) line += ' ' + word(verdicts[static_cast<int>(*each.verdict)]);
      result.items.push_back(from(each.span, line));
   }
   std::stable_sort(result.items.begin(), result.items.end(), [](const Item& a, const Item& b) { return a.begin < b.begin; });
   return result;
}

// ---- overlays

std::string Layout::owner_path(const std::vector<Name>& owner) const {
   std::string result;
   for (const Name& each : owner) result += name(each) + '.';
   return result;
}

// What an amendment puts in the place of a body; nothing where the text has none that could be read.
std::string Layout::body_of(const Declaration& declaration) const {
   return visit(
       overloaded{[&](const Check& one) { return one.cases.empty() ? "" : expression(one.cases.front().condition); },
                  [&](const Require& one) { return expression(one.condition); },
                  [&](const Let& one) { return expression(one.value); },
                  [&](const Score& one) { return one.losses.empty() ? expression(one.value) : loss(one.losses.front()).head; },
                  [&](const Function& one) { return expression(one.body); },
                  [&](const Parameter& one) { return expression(one.value); }, [&](const auto&) { return std::string(); }},
       declaration);
}

// A clause as it stands in an amendment.
std::string Layout::clause(const Change& change, const Amended& amended) const {
   const auto with = [&](Word clause, const std::string& value) { return word(clause) + ' ' + value; };
   const auto value_of = [&](const auto& made) -> std::string {
      using D = std::decay_t<decltype(made)>;
      if constexpr (requires { made.about; }) {
         std::vector<std::string> refs;
         for (const std::string& ref : made.about.refs) refs.push_back(ref);
         if (amended.clause == Clause::title) return text(made.about.title);
         if (amended.clause == Clause::refs) return with(Word::ref, comma_list(refs));
         if (amended.clause == Clause::cite) return with(Word::cite, text(made.about.cite.value_or("")));
         if (amended.clause == Clause::severity) return with(Word::severity, severity(made.about));
         if (amended.clause == Clause::message) return with(Word::message, text(made.about.message.value_or("")));
      }
      if constexpr (requires { made.title; })
         if (amended.clause == Clause::title) return text(made.title);
      if constexpr (requires { made.cite; })
         if (amended.clause == Clause::cite) return with(Word::cite, text(made.cite.value_or("")));
      if constexpr (requires { made.each; })
         if (amended.clause == Clause::each) {
            std::string head;
            add_each(head, made.each, nullptr);
            return head;
         }
      if constexpr (requires { made.where; })
         if (amended.clause == Clause::where) return with(Word::where, expression(made.where));
      if constexpr (requires { made.of; })
         if (amended.clause == Clause::of) return with(Word::of, expression(made.of));
      if constexpr (std::is_same_v<D, Score>) {
         if (amended.clause == Clause::out_of) return with(Word::out_of, expression(made.out_of));
         if (amended.clause == Clause::round) return with(Word::round, std::to_string(*made.round_to));
         if (amended.clause == Clause::times) return with(Word::times, expression(made.times));
         if (amended.clause == Clause::stated) return with(Word::stated, expression(made.stated));
      }
      if constexpr (requires { made.in; })
         if (amended.clause == Clause::in) return with(Word::in, made.in->text);
      if constexpr (requires { made.to; })
         if (amended.clause == Clause::to) return with(Word::to, std::to_string(*made.to));
      if (amended.clause == Clause::blank_counts_as_0) return word(Word::blank_counts_as_0);
      if (amended.clause == Clause::within) return with(Word::within, expression(change.within));
      return ": " + body_of(change.made);
   };
   return visit(value_of, change.made);
}

Item Layout::change(const Change& change) const {
   constexpr Word verbs[] = {Word::replace, Word::remove, Word::add, Word::amend};
   const std::string verb = word(verbs[static_cast<int>(change.kind)]) + ' ';
   if (change.kind == ChangeKind::replace || change.kind == ChangeKind::add) {
      Item item = declaration(change.made);
      item.begin = change.span.begin;
      item.head.insert(item.head.find(' ') + 1, owner_path(change.owner));
      item.head.insert(0, verb);
      return item;
   }
   const Name* called = name_of(change.made);
   std::string head = verb + word(word_of(change.made));
   if (called) head += ' ' + owner_path(change.owner) + name(*called);
   Item item = from(change.span, head);
   if (change.kind == ChangeKind::remove) return item;
   if (!change.braces) {
      item.body = body_of(change.made);
      return item;
   }
   item.list = true;
   item.widest = widest_line;
   for (const Amended& each : change.amended) {
      const auto items = [&](const auto& made) -> Item {
         if constexpr (requires { made.bands; })
            if (each.clause == Clause::band)
               return band_item(made.bands[each.item], std::is_same_v<std::decay_t<decltype(made)>, Tier>);
         if constexpr (requires { made.years; })
            if (each.clause == Clause::years) return year_item(made.years[each.item]);
         if constexpr (requires {
                          made.fields;
                          made.fields.front().names;
                       })
            if (each.clause == Clause::field) return field(made.fields[each.item]);
         return from(each.span, clause(change, each));
      };
      item.items.push_back(visit(items, change.made));
   }
   return item;
}

Item Layout::places(const Places& places) const {
   Item result = from(places.span, word(Word::places));
   result.list = true;
   result.widest = widest_list;
   for (const PlacesOf& each : places.places) {
      Item item = from(each.span, name(each.whole));
      std::vector<std::string> parts;
      for (const Name& part : each.parts) parts.push_back(name(part));
      item.body = comma_list(parts);
      result.items.push_back(std::move(item));
   }
   return result;
}

// ---- files

Word header_word(Module::Kind kind) {
   return kind == Module::Kind::forms ? Word::forms : kind == Module::Kind::layout ? Word::layout : Word::ruleset;
}

Item Layout::module(const Module& module) const {
   std::string head = head_of(header_word(module.kind), module.name);
   if (module.year) head += ' ' + std::to_string(*module.year);
   if (module.place) add_clause(head, Word::for_place, place(*module.place));
   for (const Use& each : module.uses) add_clause(head, Word::use, use(each.name, each.year));
   if (module.extends) {
      add_clause(head, Word::extends, use(module.extends->name, module.extends->year));
      if (module.extends->place) head += ' ' + word(Word::for_place) + ' ' + place(*module.extends->place);
   }
   if (module.cite) add_clause(head, Word::cite, text(*module.cite));
   if (module.severity) add_clause(head, Word::severity, severity_word(*module.severity));
   if (module.round_scores_to) add_clause(head, Word::round_scores_to, std::to_string(*module.round_scores_to));
   return from(module.span, head);
}

// ---- lines and comments ---------------------------------------------------------------------------------------------------

class Writer {
 public:
   Writer(std::string_view source, const std::vector<Comment>& comments) : source_(source), comments_(comments) {}

   std::string write(const std::vector<Item>& items) {
      write_items(items, 0, static_cast<std::uint32_t>(source_.size()));
      return std::move(out_);
   }

 private:
   bool comment_before(std::uint32_t offset) const { return next_ < comments_.size() && comments_[next_].span.begin < offset; }

   bool blank_line_between(std::uint32_t begin, std::uint32_t end) const {
      if (begin >= end || end > source_.size()) return false;
      const std::string_view gap = source_.substr(begin, end - begin);
      const std::size_t first = gap.find('\n');
      return first != std::string_view::npos && gap.find('\n', first + 1) != std::string_view::npos;
   }

   void start_line(std::uint32_t offset, std::size_t indent) {
      if (!first_in_list_ && blank_line_between(last_, offset)) out_ += '\n';
      first_in_list_ = false;
      for (std::size_t i = 0; i < indent; ++i) out_ += indentation;
   }

   std::string comment_text(const Comment& comment) const {
      std::string text(source_.substr(comment.span.begin, comment.span.end - comment.span.begin));
      if (text.substr(0, 3) == "＃") text.replace(0, 3, "#");
      return text;
   }

   void write_comment(std::size_t indent) {
      const Comment& comment = comments_[next_++];
      start_line(comment.span.begin, indent);
      out_ += comment_text(comment) + '\n';
      last_ = std::max(last_, comment.span.end);
   }

   // A comment behind what was just written, on the same line of the source.
   void write_trailing(std::uint32_t end) {
      if (next_ >= comments_.size() || comments_[next_].own_line) return;
      const Comment& comment = comments_[next_];
      if (comment.span.begin < end || source_.substr(end, comment.span.begin - end).find('\n') != std::string_view::npos) return;
      append_comment(comment);
      ++next_;
   }

   void append_comment(const Comment& comment) {
      out_ += "  " + comment_text(comment);
      last_ = std::max(last_, comment.span.end);
   }

   void write_items(const std::vector<Item>& items, std::size_t indent, std::uint32_t end) {
      first_in_list_ = true;
      for (std::size_t i = 0; i < items.size(); ++i) {
         const std::uint32_t limit = i + 1 < items.size() ? items[i + 1].begin : end;
         write_item(items[i], indent, limit);
      }
      while (comment_before(end)) write_comment(indent);
   }

   void write_item(const Item& item, std::size_t indent, std::uint32_t limit) {
      while (comment_before(item.begin)) write_comment(indent);
      if (item.list && !(fits_one_line(item, indent * indentation.size()) && !comment_before(item.end)))
         return write_list(item, indent, limit);
      // Comments amid the item go before it, but for the last when it has no line for itself.
      std::optional<std::size_t> behind;
      while (comment_before(item.end)) {
         const bool last = next_ + 1 >= comments_.size() || comments_[next_ + 1].span.begin >= item.end;
         if (last && !comments_[next_].own_line) {
            behind = next_++;
            break;
         }
         write_comment(indent);
      }
      start_line(item.begin, indent);
      write_text(item, indent);
      last_ = std::max(last_, item.end);
      if (behind) {
         append_comment(comments_[*behind]);
      } else if (comment_before(limit)) {
         write_trailing(item.end);
      }
      out_ += '\n';
   }

   void write_text(const Item& item, std::size_t indent) {
      const std::size_t used = indent * indentation.size();
      const std::string whole = one_line(item);
      if (used + display_width(whole) <= widest_line) {
         out_ += whole;
         return;
      }
      if (item.list) return fill(item.head + soft_break + list_on_one_line(item), used, used + 2);
      if (item.body.empty()) return fill(item.head, used, used + 2);
      fill(item.head + " :", used, used + 2);
      out_ += '\n' + std::string(used + 2, ' ');
      fill(item.body, used + 2, used + 4);
      if (item.tail.empty()) return;
      out_ += '\n' + std::string(used + 2, ' ');
      fill(item.tail, used + 2, used + 4);
   }

   // Writes text with soft breaks; the cursor stands at column `used`, further lines begin at `indent`.
   void fill(const std::string& text, std::size_t used, std::size_t indent) { fill(text, soft_break, used, indent); }

   std::size_t fill(const std::string& text, char separator, std::size_t column, std::size_t indent) {
      bool first = true;
      for (std::size_t begin = 0; begin <= text.size();) {
         const std::size_t end = std::min(text.find(separator, begin), text.size());
         const std::string part = text.substr(begin, end - begin);
         const std::size_t width = display_width(without_soft_breaks(part));
         const bool too_wide = separator == soft_break && indent + width > widest_line;  // only breaking within it helps
         if (!first && column + 1 + width > widest_line) {
            out_ += '\n' + std::string(indent, ' ');
            column = indent;
         } else if (!first) {
            out_ += ' ';
            ++column;
         }
         if (too_wide) {
            column = fill(part, inner_break, column, indent);
         } else {
            out_ += without_soft_breaks(part);
            column += width;
         }
         first = false;
         begin = end + 1;
      }
      return column;
   }

   void write_list(const Item& item, std::size_t indent, std::uint32_t limit) {
      start_line(item.begin, indent);
      const std::string head = item.head + (item.head.empty() ? "" : " ") + item.open;
      fill(head, indent * indentation.size(), indent * indentation.size() + 2);
      last_ = item.begin;
      const std::uint32_t first = item.items.empty() ? item.end : item.items.front().begin;
      if (comment_before(first) && !comments_[next_].own_line) append_comment(comments_[next_++]);
      out_ += '\n';
      write_items(item.items, indent + 1, item.end);
      for (std::size_t i = 0; i < indent; ++i) out_ += indentation;
      out_ += item.close;
      last_ = std::max(last_, item.end);
      first_in_list_ = false;
      if (comment_before(limit)) write_trailing(item.end);
      out_ += '\n';
   }

   std::string_view source_;
   const std::vector<Comment>& comments_;
   std::size_t next_ = 0;       // the next comment
   std::uint32_t last_ = 0;     // what was written comes from before this place
   bool first_in_list_ = true;  // no blank line at the top of a list
   std::string out_;
};

const NamePairs no_functions;

// ---- one declaration, line by line ----------------------------------------------------------------------------------------

void add_lines(const Item& item, std::size_t depth, std::vector<PrintedLine>& lines) {
   const Span span{item.file, item.begin, item.end};
   if (!item.list || fits_one_line(item, depth * indentation.size())) {
      lines.push_back({one_line(item), depth, span});
      return;
   }
   lines.push_back({without_soft_breaks(item.head + (item.head.empty() ? "" : " ") + item.open), depth, span});
   for (const Item& each : item.items) add_lines(each, depth + 1, lines);
   lines.push_back({item.close, depth, span});
}

// ---- names that the file declares -----------------------------------------------------------------------------------------

class Declared {
 public:
   std::set<std::string> names;

   void of(const Declaration& declaration) {
      visit([this](const auto& each) { add(each); }, declaration);
   }

 private:
   void add(const Name& name) { names.insert(name.text); }
   void add(const std::vector<Name>& all) {
      for (const Name& each : all) add(each);
   }
   void add(const std::vector<Field>& fields) {
      for (const Field& each : fields) {
         add(each.names);
         add(each.type.choices);
      }
   }
   void add(const std::vector<Column>& columns) {
      for (const Column& each : columns) {
         add(each.name);
         add(each.aliases);
      }
   }
   void add(const LinesBlock& block) { add(block.columns); }
   void add(const RowsBlock& block) {
      add(block.name);
      add(block.key);
      add(block.fields);
      add(block.columns);
   }
   void add(const GridBlock& block) {
      add(block.rows);
      add(block.columns);
   }
   void add(const Form& form) {
      add(form.name);
      add(form.fields);
      for (const auto& block : form.blocks) visit([this](const auto& each) { add(each); }, block);
   }
   void add(const Report& report) { add(report.fields); }
   void add(const Record& record) {
      add(record.name);
      add(record.fields);
   }
   void add(const Choice& choice) {
      add(choice.name);
      add(choice.words);
   }
   void add(const Function& function) {
      add(function.name);
      for (const FunctionParameter& each : function.parameters) add(each.name);
   }
   void add(const UnitDecl&) {}
   void add(const PrintedAs&) {}
   void add(const Test&) {}
   void add(const Score& score) {
      add(score.name);
      for (const Score& part : score.parts) add(part);
   }
   void add(const Formulas&) {}
   template <typename Rule>
   void add(const Rule& rule) {
      add(rule.name);
   }
};

std::set<std::string> declared_names(const File& file) {
   Declared declared;
   for (const Module& module : file.modules) {
      for (const Declaration& each : module.declarations) declared.of(each);
      for (const Change& each : module.changes) declared.of(each.made);
   }
   return std::move(declared.names);
}

// Behind the last thing in a module in braces: its closing brace.
std::uint32_t end_of_module(const Sources& sources, const File& file, const Module& module, const Item& item) {
   const std::string_view text = sources[file.file].text;
   std::uint32_t at = item.items.empty() ? module.span.end : item.items.back().end;
   std::size_t comment = 0;
   while (at < text.size() && text[at] != '}' && text.substr(at, 3) != "｝") {
      while (comment < file.comments.size() && file.comments[comment].span.begin < at) ++comment;
      if (comment < file.comments.size() && file.comments[comment].span.begin == at)
         at = file.comments[comment].span.end;
      else
         ++at;
   }
   return std::min(at + 1, static_cast<std::uint32_t>(text.size()));
}

std::vector<Item> items_of(const Sources& sources, const File& file, const Layout& layout) {
   std::vector<Item> result;
   for (const Module& module : file.modules) {
      std::vector<Item> declarations;
      for (const Declaration& each : module.declarations) declarations.push_back(layout.declaration(each));
      for (const Change& each : module.changes) declarations.push_back(layout.change(each));
      for (const Places& each : module.places) declarations.push_back(layout.places(each));
      std::stable_sort(declarations.begin(), declarations.end(), [](const Item& a, const Item& b) { return a.begin < b.begin; });
      if (!module.braces) {
         if (module.kind != Module::Kind::loose) result.push_back(layout.module(module));
         for (Item& each : declarations) result.push_back(std::move(each));
         continue;
      }
      Item item = layout.module(module);
      item.list = true;
      item.items = std::move(declarations);
      item.end = end_of_module(sources, file, module, item);
      result.push_back(std::move(item));
   }
   std::stable_sort(result.begin(), result.end(), [](const Item& a, const Item& b) { return a.begin < b.begin; });
   return result;
}

}  // namespace
}  // namespace grammar

std::string print(const Sources& sources, const tree::File& file, std::optional<bool> chinese, const NamePairs& functions) {
   const grammar::ExpressionPrinter printer(chinese.value_or(file.chinese), functions, grammar::declared_names(file));
   const grammar::Layout layout(printer);
   return grammar::Writer(sources[file.file].text, file.comments).write(grammar::items_of(sources, file, layout));
}

std::string print(const tree::Expr& expr, bool chinese, const NamePairs& functions) {
   return grammar::without_soft_breaks(grammar::ExpressionPrinter(chinese, functions).expression(expr));
}

std::string print(const tree::Interval& interval, bool chinese) {
   const grammar::ExpressionPrinter printer(chinese, grammar::no_functions);
   return grammar::without_soft_breaks(grammar::Layout(printer).interval(interval));
}

std::string print(const tree::Type& type, bool chinese) {
   const grammar::ExpressionPrinter printer(chinese, grammar::no_functions);
   return grammar::without_soft_breaks(grammar::Layout(printer).type(type));
}

std::string print(const tree::Each& each, bool chinese) {
   const grammar::ExpressionPrinter printer(chinese, grammar::no_functions);
   std::string head;
   grammar::Layout(printer).add_each(head, each, nullptr);
   return grammar::without_soft_breaks(head);
}

std::string print(const tree::Items& items, bool chinese, const NamePairs& functions) {
   const grammar::ExpressionPrinter printer(chinese, functions);
   const Word word = items.equally ? Word::items_equally : Word::items;
   return grammar::one_line(grammar::Layout(printer).list_of(items.span, printer.word(word), items));
}

std::string print(const tree::Module& header, bool chinese) {
   const grammar::ExpressionPrinter printer(chinese, grammar::no_functions);
   return grammar::one_line(grammar::Layout(printer).module(header));
}

std::string print(const tree::Change& change, bool chinese, const NamePairs& functions) {
   const grammar::ExpressionPrinter printer(chinese, functions);
   return grammar::one_line(grammar::Layout(printer).change(change));
}

std::vector<PrintedLine> print_lines(const tree::Declaration& declaration, bool chinese, const NamePairs& functions) {
   const grammar::ExpressionPrinter printer(chinese, functions);
   std::vector<PrintedLine> lines;
   grammar::add_lines(grammar::Layout(printer).declaration(declaration), 0, lines);
   return lines;
}

std::string print(const tree::Loss& loss, bool chinese, const NamePairs& functions) {
   const grammar::ExpressionPrinter printer(chinese, functions);
   return grammar::without_soft_breaks(grammar::Layout(printer).loss(loss).head);
}

std::string print(const tree::Step& step, bool chinese, const NamePairs& functions) {
   const grammar::ExpressionPrinter printer(chinese, functions);
   return grammar::without_soft_breaks(grammar::Layout(printer).step(step));
}

}  // namespace heng

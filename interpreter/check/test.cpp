#include "interpreter/check/test.hpp"

#include <algorithm>
#include <functional>

#include "grammar/keywords.hpp"
#include "grammar/show.hpp"
#include "interpreter/check/by_hand.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;

// Of a choice: which words it may be.
std::optional<Said> one_of(const Type& type) {
   if (type.kind != Kind::choice || !type.choices || type.choices->empty()) return std::nullopt;
   Said all;
   for (const std::string& word : *type.choices) {
      all.zh += (all.zh.empty() ? "" : " 或者 ") + word;
      all.en += (all.en.empty() ? "" : " or ") + word;
   }
   return say("写 {}", "write {1}", all.zh, all.en);
}

// A value as it would be printed: 650元/人·天, ≤3‰, "12月30日前", 减少, missing. Nothing: it is none.
struct Printed {
   std::string text;
   bool missing = false;
};

bool print(const tree::Expr& expr, Printed& made, Complaints& complaints) {
   if (const auto* number = get_if<tree::Number>(&expr.what))
      made.text += number->digits + number->unit;
   else if (const auto* text = get_if<tree::Text>(&expr.what))
      made.text += text->text;
   else if (const auto* name = get_if<tree::NameRef>(&expr.what))
      made.text += name->name.text;
   else if (const auto* target = get_if<tree::Target>(&expr.what))
      made.text += std::string(symbol(target->op)) + target->number.digits + target->number.unit;
   else if (get_if<tree::MissingValue>(&expr.what))
      made.missing = true;
   else if (const auto* group = get_if<tree::Group>(&expr.what))
      return print(*group->inner, made, complaints);
   else if (const auto* sign = get_if<tree::Unary>(&expr.what); sign && sign->op == tree::UnaryOp::minus) {
      made.text += "-";
      return print(*sign->operand, made, complaints);
   } else if (!get_if<tree::Bad>(&expr.what)) {
      complaints.error(Code::not_a_value, expr.span, say("已知里只写值，不写算式", "what is given is a value, no formula")).help =
          say("写算好的数，如 3万元；日期和文字加引号", "write the figure itself, such as 3万元; dates and text stand in quotes");
      return false;
   } else
      return false;
   return true;
}

void wants_a_value(const tree::Given& given, Complaints& complaints) {
   complaints.error(Code::not_a_value, given.name.span, say("{} 要一个值", "{} wants a value", given.name.text)).help =
       say("写 {} : 值", "write {} : VALUE", given.name.text);
}

// given parameter { 线 : 25% }, unless the report itself has something called so.
bool gives_parameters(const tree::Given& given, const Schema& schema) {
   const std::string& name = given.name.text;
   if (given.value || (name != spelled(Word::parameter, true) && name != spelled(Word::parameter, false))) return false;
   return schema.list_in(report_frame, name) == no_frame && !schema.form(name) && !schema.is_record(report_frame, name);
}

// Calls take(given, text) for every parameter that a test gives; the text is as if set by hand.
template <typename Take>
void for_each_parameter(const tree::Test& test, const Schema& schema, Complaints& complaints, Take take) {
   for (const tree::Given& given : test.given) {
      if (!gives_parameters(given, schema)) continue;
      for (const tree::Given& one : given.inner) {
         Printed made;
         if (!one.value)
            wants_a_value(one, complaints);
         else if (print(*one.value, made, complaints))
            take(one, made.missing ? std::string(spelled(Word::missing, true)) : made.text);
      }
   }
}

// What is given becomes rows of the schema's frames.
class Giving {
 public:
   Giving(const Program& program, std::uint32_t set, Complaints& complaints)
       : program_(program), schema_(program.schema), set_(set), complaints_(complaints) {}

   void report(const std::vector<tree::Given>& given, GivenRow& row) {
      for (const tree::Given& one : given)
         if (!gives_parameters(one, schema_)) item(one, row, report_frame, "");
   }

 private:
   static bool has_value(const tree::Given& given) { return given.value != nullptr; }

   void row_of(const std::vector<tree::Given>& given, GivenRow& row, FrameId frame, const std::string& prefix) {
      for (const tree::Given& one : given) item(one, row, frame, prefix);
   }

   void item(const tree::Given& given, GivenRow& row, FrameId frame, const std::string& prefix) {
      if (frame == report_frame && prefix.empty() && schema_.own && checking::spells(given.name.text, Word::previous))
         return last_year(given, row);
      const std::string name = prefix + given.name.text;
      if (has_value(given)) return value(given, row, frame, name);
      if (const FrameId list = schema_.list_in(frame, name); list != no_frame) return rows(given, list_in(row, list), list);
      const bool of_last_year = schema_.is_last_years_list(frame) || prefix.compare(0, last_years.size(), last_years) == 0;
      if (frame == report_frame && (prefix.empty() || prefix == last_years))
         if (const FormSchema* form = schema_.form(name)) return of_form(given, row, *form);
      if (schema_.is_record(frame, name)) return row_of(given.inner, row, frame, name + ".");
      const FrameId below = list_below(frame, given.name.text, of_last_year);
      if (below == no_frame) return unknown(given, frame);
      rows(given, list_in(row_for(row, frame, schema_.frames[below].parent), below), below);
   }

   void value(const tree::Given& given, GivenRow& row, FrameId frame, const std::string& name) {
      const FieldId field = schema_.field_in(frame, name);
      if (field == no_field) return unknown(given, frame);
      cell(given, row, field);
   }

   void cell(const tree::Given& given, GivenRow& row, FieldId field) {
      if (!given.value) return wants_a_value(given, complaints_);
      for (const GivenRow::Cell& other : row.cells)
         if (other.field == field) {
            complaints_.error(Code::two_writers, given.name.span, say("{} 给了两次", "{} is given twice", given.name.text)).help =
                say("留下一个；另一行的数写在另一个 {{ }} 里", "keep one; figures of another row stand in braces of their own");
            return;
         }
      Printed made;
      if (!print(*given.value, made, complaints_)) return;
      row.cells.push_back({field, given.value->span, std::move(made.text), made.missing});
   }

   GivenRow::List& list_in(GivenRow& row, FrameId frame) {
      for (GivenRow::List& list : row.lists)
         if (list.frame == frame) return list;
      row.lists.push_back({frame, {}});
      return row.lists.back();
   }

   void rows(const tree::Given& given, GivenRow::List& list, FrameId frame) {
      std::vector<const std::vector<tree::Given>*> written;
      for (const std::vector<tree::Given>& one : given.rows) written.push_back(&one);
      if (!given.inner.empty()) written.push_back(&given.inner);
      for (const std::vector<tree::Given>* one : written) {
         GivenRow row;
         row_of(*one, row, frame, "");
         list.rows.push_back(std::move(row));
      }
   }

   // The row of `frame` that something below is given in: the last one, made where there is none.
   GivenRow& row_for(GivenRow& row, FrameId at, FrameId frame) {
      if (frame == at) return row;
      GivenRow& above = row_for(row, at, schema_.frames[frame].parent);
      GivenRow::List& list = list_in(above, frame);
      if (list.rows.empty()) list.rows.emplace_back();
      return list.rows.back();
   }

   // 上年 { … }, or 上年 : 未填 where there is no such report.
   void last_year(const tree::Given& given, GivenRow& row) {
      const bool none = given.value && get_if<tree::MissingValue>(&given.value->what);
      if (given.value && !none) {
         complaints_
             .error(Code::not_a_value, given.value->span, say("上年是一份报告，不是一个值", "last year's report is no value"))
             .help = say("写 上年 {{ … }}；没有这份报告写 上年 : 未填",
                         "write previous {{ … }}, or previous : missing where there is no such report");
         return;
      }
      if (row.no_last_year || (none && last_year_given_)) {
         complaints_.error(Code::two_writers, given.name.span, say("{} 给了两次", "{} is given twice", given.name.text));
         return;
      }
      row.no_last_year = none;
      last_year_given_ = true;
      row_of(given.inner, row, report_frame, std::string(last_years));
   }

   FrameId list_below(FrameId above, const std::string& name, bool of_last_year) const {
      FrameId found = no_frame;
      for (const Frame& frame : schema_.frames) {
         if (schema_.is_last_years_list(frame.id) != of_last_year) continue;
         if (frame.id == report_frame || !frame.form.empty() || fold(frame.name) != fold(name)) continue;
         FrameId at = frame.parent;
         while (at != above && at != report_frame) at = schema_.frames[at].parent;
         if (at == above && found == no_frame) found = frame.id;
      }
      return found;
   }

   void of_form(const tree::Given& given, GivenRow& report, const FormSchema& form) {
      for (const tree::Given& part : given.inner) part_of_form(part, report, form);
   }

   void part_of_form(const tree::Given& part, GivenRow& report, const FormSchema& form) {
      if (const FieldId single = schema_.field_in(report_frame, form.name + "." + part.name.text);
          single != no_field && has_value(part))
         return cell(part, report, single);
      for (const FormBlock& block : form.blocks) {
         if (block.kind == BlockKind::rows && rows_part(part, report, block)) return;
         const bool here = std::any_of(block.lines.begin(), block.lines.end(),
                                       [&](const std::string& line) { return fold(line) == fold(part.name.text); });
         if (!here) continue;
         if (has_value(part)) {
            const FieldId only = schema_.cell(form.name, part.name.text, "");
            if (only != no_field) return cell(part, report, only);
         }
         for (const tree::Given& column : part.inner) {
            const FieldId field = schema_.cell(form.name, part.name.text, column.name.text);
            if (field == no_field)
               unknown_part(column, form);
            else
               cell(column, report, field);
         }
         return;
      }
      const std::string record = form.name + "." + part.name.text;
      if (!part.inner.empty() && schema_.is_record(report_frame, record))
         return row_of(part.inner, report, report_frame, record + ".");
      unknown_part(part, form);
   }

   bool rows_part(const tree::Given& part, GivenRow& report, const FormBlock& block) {
      const Frame& frame = schema_.frames[block.frame];
      if (fold(frame.name) == fold(part.name.text)) {
         rows(part, list_in(report, frame.id), frame.id);
         return true;
      }
      for (std::size_t i = 0; i < frame.totals.size(); ++i) {
         const bool only = frame.totals.size() == 1 && (part.name.text == "total" || part.name.text == "合计行");
         if (fold(frame.totals[i].label) != fold(part.name.text) && !only) continue;
         GivenRow row;
         row.total = static_cast<int>(i);
         row_of(part.inner, row, frame.id, "");
         list_in(report, frame.id).rows.push_back(std::move(row));
         return true;
      }
      return false;
   }

   void unknown_part(const tree::Given& part, const FormSchema& form) {
      complaints_.error(Code::unknown_row, part.name.span, say("{} 里没有 {}", "{} has no {}", form.name, part.name.text)).help =
          say("写行次，如 已知 {} {{ 1 : 5万元 }}", "write line numbers, such as given {} {{ 1 : 5万元 }}", form.name);
   }

   void unknown(const tree::Given& given, FrameId frame) {
      for (const Rule& rule : program_.rules)
         if (rule.set == set_ && fold(rule.name) == fold(given.name.text)) {
            complaints_
                .error(Code::unknown_field, given.name.span,
                       say("{} 是算出来的，不能给定", "{} is calculated and cannot be given", given.name.text))
                .help = say("给定它用到的数", "give the figures that it is made from");
            return;
         }
      std::vector<std::string> names;
      for (const FieldId id : schema_.frames[frame].fields)
         if (schema_.fields[id].line.empty()) names.push_back(schema_.fields[id].name);
      for (const Frame& list : schema_.frames)
         if (list.id != report_frame && list.form.empty()) names.push_back(list.name);
      Diagnostic& error = complaints_.error(
          Code::unknown_field, given.name.span,
          schema_.frames[frame].path.empty() ? say("报告里没有 {}", "the report has no {}", given.name.text)
                                             : say("{} 里没有 {}", "{} has no {}", schema_.frames[frame].path, given.name.text));
      const auto near = suggestions(given.name.text, names);
      error.help = near.empty() ? say("有 {}", "there are {}", checking::join(names))
                                : say("是不是 {}？", "did you mean {}?", near.front());
   }

   const Program& program_;
   const Schema& schema_;
   std::uint32_t set_;
   Complaints& complaints_;
   bool last_year_given_ = false;
};

// Lists that have rows, the innermost first.
void frames_given(const Schema& schema, const GivenRow& row, std::vector<FrameId>& frames) {
   for (const GivenRow::List& list : row.lists) {
      for (const GivenRow& inner : list.rows) frames_given(schema, inner, frames);
      if (std::find(frames.begin(), frames.end(), list.frame) == frames.end()) frames.push_back(list.frame);
   }
}

class Expecting {
 public:
   Expecting(Program& program, const TestCase& test, const GivenRow& given, checking::Checker& checker, Complaints& complaints)
       : program_(program), test_(test), checker_(checker), complaints_(complaints) {
      frames_given(program.schema, given, frames_);
      frames_.push_back(report_frame);
   }

   std::optional<Expectation> expectation(const tree::Expect& written) {
      Expectation made;
      made.span = written.span;
      return written.verdict ? verdict(written, made) : condition(written, made);
   }

 private:
   std::optional<Expectation> condition(const tree::Expect& written, Expectation made) {
      std::optional<FrameId> home;
      for (const FrameId frame : frames_)
         if (!home) home = checker_.home_of(written.what, frame, test_.set);
      if (!home) home = frame_of_rule(written.what);
      made.frame = home.value_or(report_frame);
      made.condition = checker_.check_alone(written.what, made.frame, test_.set);
      if (made.condition == no_node) return std::nullopt;
      if (program_.nodes[made.condition].type.kind == Kind::yes_no) return made;
      complaints_.error(Code::not_a_condition, written.what->span, say("应为后面要一个条件", "expect wants a condition")).help =
          say("写 应为 … = …", "write expect … = …");
      return std::nullopt;
   }

   // Nothing of its list was given: it is asked there all the same, and finds no row.
   std::optional<FrameId> frame_of_rule(const tree::ExprPtr& expr) {
      const tree::Expr* at = expr.get();
      if (const auto* comparison = get_if<tree::Comparison>(&at->what)) at = comparison->operands.front().get();
      const auto path = path_of(*at);
      const checking::Named* rule = path ? checker_.rule_named(*path, test_.set) : nullptr;
      return rule ? std::optional<FrameId>(rule->frame) : std::nullopt;
   }

   std::optional<Expectation> verdict(const tree::Expect& written, Expectation made) {
      if (const auto path = path_of(*written.what))
         if (const checking::Named* named = checker_.rule_named(*path, test_.set);
             named && path->find('.') != std::string::npos) {
            made.rule = named->thing.rule;
            made.frame = named->frame;
            made.verdict = static_cast<Verdict>(*written.verdict);
            return made;
         }
      const auto* part = get_if<tree::Member>(&written.what->what);
      const tree::Expr& named = part ? *part->object : *written.what;
      const auto* name = get_if<tree::NameRef>(&named.what);
      if (!name) {
         complaints_.error(Code::unknown_name, written.what->span, say("这里要写规则的名称", "the name of a rule is wanted here"))
             .help = say("如 应为 规则名称 通过；比较写 应为 … = …", "such as expect RULE holds; for a comparison expect … = …");
         return std::nullopt;
      }
      std::vector<std::string> names;
      for (const Rule& rule : program_.rules) {
         if (rule.set != test_.set) continue;
         names.push_back(rule.name);
         if (fold(rule.name) != fold(name->name.text) && !is_part_called(rule, name->name.text)) continue;
         made.rule = rule.id;
         made.frame = rule.frame;
         made.verdict = static_cast<Verdict>(*written.verdict);
         return !part || find_case(rule, part->name, made) ? std::optional(made) : std::nullopt;
      }
      Diagnostic& error =
          complaints_.error(Code::unknown_name, name->name.span, say("没有规则 {}", "there is no rule {}", name->name.text));
      const auto near = suggestions(name->name.text, names);
      error.help = near.empty() ? say("规则有 {}", "the rules are {}", checking::join(names))
                                : say("是不是 {}？", "did you mean {}?", near.front());
      return std::nullopt;
   }

   // 过程.资金到位率
   static std::optional<std::string> path_of(const tree::Expr& expr) {
      if (const auto* name = get_if<tree::NameRef>(&expr.what)) return name->name.text;
      const auto* member = get_if<tree::Member>(&expr.what);
      const auto object = member ? path_of(*member->object) : std::nullopt;
      return object ? std::optional(*object + "." + member->name.text) : std::nullopt;
   }

   // Where only one part is called so, its own name will do.
   bool is_part_called(const Rule& rule, const std::string& name) const {
      if (rule.parent == no_rule) return false;
      const checking::Named* named = checker_.rule_named(name, test_.set);
      return named && named->thing.rule == rule.id;
   }

   static std::vector<std::string> words_of(const std::string& title) {
      std::vector<std::string> words;
      for (std::size_t begin = 0; begin <= title.size();) {
         const std::size_t end = std::min(title.find(' ', begin), title.size());
         words.push_back(fold(title.substr(begin, end - begin)));
         begin = end + 1;
      }
      return words;
   }
   // Words of the title in their order, its last among them.
   static bool is_part_of(const std::vector<std::string>& some, const std::vector<std::string>& title) {
      auto at = title.rbegin();
      for (auto word = some.rbegin(); word != some.rend(); ++word, ++at) {
         if (word != some.rbegin()) at = std::find(at, title.rend(), *word);
         if (at == title.rend() || *at != *word) return false;
      }
      return true;
   }

   // 各行.「公开05 小计」: one; 各行.小计: in all rows and columns that the case goes through; 各行.「公开02 小计」: in all
   // columns of one list.
   bool find_case(const Rule& rule, const tree::Name& title, Expectation& made) {
      const std::string wanted = fold(title.text);
      const auto take = [&](auto is_meant) {
         for (std::uint32_t i = 0; i < rule.cases.size(); ++i)
            if (is_meant(rule.cases[i])) made.cases.push_back(i);
      };
      take([&](const Case& one) { return fold(one.title) == wanted; });
      const std::vector<std::string> words = words_of(title.text);
      if (made.cases.empty()) take([&](const Case& one) { return is_part_of(words, words_of(one.title)); });
      if (made.cases.empty())
         complaints_.error(Code::unknown_name, title.span, say("{} 里没有这一条：{}", "{} has no case {}", rule.name, title.text))
             .help = rule.cases.size() > 1 ? say("有 {}", "there are {}", titles_of(rule))
                                           : say("写 应为 {} 通过", "write expect {} holds", rule.name);
      return !made.cases.empty();
   }

   static std::string titles_of(const Rule& rule) {
      std::vector<std::string> titles;
      for (const Case& one : rule.cases) titles.push_back(one.title);
      return checking::join(titles);
   }

   Program& program_;
   const TestCase& test_;
   checking::Checker& checker_;
   Complaints& complaints_;
   std::vector<FrameId> frames_;
};

static_assert(static_cast<int>(Verdict::holds) == static_cast<int>(tree::Verdict::holds) &&
              static_cast<int>(Verdict::fails) == static_cast<int>(tree::Verdict::fails) &&
              static_cast<int>(Verdict::cannot_tell) == static_cast<int>(tree::Verdict::cannot_tell) &&
              static_cast<int>(Verdict::does_not_apply) == static_cast<int>(tree::Verdict::does_not_apply));

void check_parameter(const Program& program, const TestCase& test, const tree::Given& given, const std::string& text,
                     Complaints& complaints) {
   std::vector<std::string> names;
   for (const ParameterValue& parameter : program.sets[test.set].parameters) {
      names.push_back(parameter.name);
      if (fold(parameter.name) != fold(given.name.text)) continue;
      if (!checking::read_by_hand(text, parameter.type, program.schema.extra_units))
         complaints.error(
             Code::not_a_value, given.value->span,
             checking::say_types("{} 不能是 {}，要{}", "{} cannot be {}, it wants {}", parameter.name, text, parameter.type));
      return;
   }
   Diagnostic& error =
       complaints.error(Code::unknown_name, given.name.span, say("没有参数 {}", "there is no parameter {}", given.name.text));
   const auto near = suggestions(given.name.text, names);
   if (!near.empty()) error.help = say("是不是 {}？", "did you mean {}?", near.front());
}

std::vector<Expectation> expectations(Program& program, const TestCase& test, const GivenRow& given, checking::Checker& checker,
                                      Complaints& complaints) {
   std::vector<Expectation> all;
   Expecting expecting(program, test, given, checker, complaints);
   for (const tree::Expect& expect : test.written->expects)
      if (const auto made = expecting.expectation(expect)) all.push_back(*made);
   return all;
}

Outcome<std::vector<CompiledTest>> compile(Program& program, const Selection& selection,
                                           const std::vector<std::uint32_t>& numbers) {
   Complaints complaints;
   checking::Checker checker(program, selection);
   checker.enter_checked();
   std::vector<CompiledTest> tests;
   for (const std::uint32_t number : numbers) {
      const TestCase test = program.tests[number];
      CompiledTest made{number, {}, {}};
      for_each_parameter(*test.written, program.schema, complaints, [&](const tree::Given& given, const std::string& text) {
         check_parameter(program, test, given, text, complaints);
      });
      Giving(program, test.set, complaints).report(test.written->given, made.given);
      made.expectations = expectations(program, test, made.given, checker, complaints);
      tests.push_back(std::move(made));
   }
   complaints.append(checker.take());
   return {std::move(tests), complaints.take()};
}

class Building {
 public:
   Building(const Program& program, BatchBuilder& builder) : program_(program), builder_(builder) {}

   Diagnostics run(const GivenRow& report) {
      builder_.begin_report();
      if (report.no_last_year)
         builder_.no_last_year(say("测试里写明没有上年的报告", "the test says that there is no report of last year"));
      fill(report);
      builder_.end_report();
      return complaints_.take();
   }

 private:
   void fill(const GivenRow& row) {
      for (const GivenRow::Cell& cell : row.cells) set(cell);
      for (const GivenRow::List& list : row.lists) {
         builder_.list_read(list.frame);
         for (const GivenRow& inner : list.rows) {
            if (inner.total >= 0)
               builder_.begin_total_row(list.frame, inner.total);
            else
               builder_.begin_row(list.frame);
            fill(inner);
            builder_.end_row();
         }
      }
   }

   void set(const GivenRow::Cell& cell) {
      if (cell.missing) return builder_.set_missing(cell.field, Missing::blank, {});
      const BatchBuilder::Problem problem = builder_.set_text(cell.field, cell.text, "", {});
      if (!problem) return;
      const std::string& name = program_.schema.fields[cell.field].path;
      complaints_.error(Code::report_bad_value, cell.span, say("{} 不能是 {}", "{} cannot be {}", name, cell.text)).help =
          one_of(program_.schema.fields[cell.field].type)
              .value_or(Said{"要" + problem.expected_zh, "wanted: " + problem.expected_en});
   }

   const Program& program_;
   BatchBuilder& builder_;
   Complaints complaints_;
};

}  // namespace

Outcome<CompiledTest> compile_test(Program& program, const Selection& selection, std::uint32_t test) {
   Outcome<std::vector<CompiledTest>> compiled = compile(program, selection, {test});
   return {std::move(compiled.value.front()), std::move(compiled.diagnostics)};
}

Outcome<std::vector<CompiledTest>> compile_tests(Program& program, const Selection& selection) {
   std::vector<std::uint32_t> numbers;
   for (std::uint32_t i = 0; i < program.tests.size(); ++i) numbers.push_back(i);
   return compile(program, selection, numbers);
}

Outcome<std::vector<CompiledTest>> compile_tests(Program& program, const Selection& selection,
                                                 const std::vector<std::uint32_t>& tests) {
   return compile(program, selection, tests);
}

Outcome<std::vector<CompiledTest>> compile_expectations(Program& program, const Selection& selection,
                                                        const std::vector<const GivenRow*>& given) {
   Complaints complaints;
   checking::Checker checker(program, selection);
   checker.enter_checked();
   std::vector<CompiledTest> tests;
   for (std::uint32_t number = 0; number < program.tests.size(); ++number) {
      const TestCase test = program.tests[number];
      tests.push_back({number, {}, expectations(program, test, *given[number], checker, complaints)});
   }
   complaints.append(checker.take());
   return {std::move(tests), complaints.take()};
}

std::vector<TestGroup> groups_of_tests(const Program& program, const Settings& settings) {
   std::vector<TestGroup> groups{{settings, {}}};
   Complaints said_before;
   for (std::uint32_t i = 0; i < program.tests.size(); ++i) {
      Settings wanted = settings;
      for_each_parameter(*program.tests[i].written, program.schema, said_before,
                         [&](const tree::Given& given, const std::string& text) {
                            wanted.parameters_by_hand.emplace_back(given.name.text, text);
                         });
      const auto same = std::find_if(groups.begin(), groups.end(), [&](const TestGroup& group) {
         return group.settings.parameters_by_hand == wanted.parameters_by_hand;
      });
      if (same == groups.end())
         groups.push_back({std::move(wanted), {i}});
      else
         same->tests.push_back(i);
   }
   return groups;
}

Diagnostics build_given(const Program& program, const CompiledTest& test, BatchBuilder& builder) {
   return Building(program, builder).run(test.given);
}

Verdict overall(const std::vector<Verdict>& verdicts) {
   for (const Verdict decisive : {Verdict::fails, Verdict::cannot_tell, Verdict::holds})
      if (std::find(verdicts.begin(), verdicts.end(), decisive) != verdicts.end()) return decisive;
   return Verdict::does_not_apply;
}

}  // namespace heng

// What the sets declare: their names are entered before anything is looked at, so the order of declarations means nothing.
#include <algorithm>

#include "grammar/walk.hpp"
#include "interpreter/check/checker.hpp"
#include "interpreter/check/kinds.hpp"
#include "interpreter/check/lookalikes.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

Said written_twice(const std::string& name) { return say("{} 写了两次", "{} is written twice", name); }

}  // namespace

Checker::Checker(Program& program, const Selection& selection)
    : program_(program), selection_(selection), schema_(program.schema), nodes_(program.nodes, program.schema) {}

void Checker::enter_everything(const Settings& settings) {
   enter_names();
   for (const tree::Module* set : selection_.sets) enter_set(*set, settings);
   refuse_outside_sets();
   enter_rule_names();
   unknown_parameters(settings);
   enter_tests();
}

// The program is checked already: its parameters and rules stand, in the same order as when they were entered.
void Checker::enter_checked() {
   const std::vector<RuleSet> sets = std::move(program_.sets);
   std::vector<Rule> rules = std::move(program_.rules);
   std::vector<TestCase> tests = std::move(program_.tests);
   program_.sets.clear();
   program_.rules.clear();
   enter_everything({});
   program_.sets = sets;
   program_.rules = std::move(rules);
   program_.tests = std::move(tests);
   for (Declared& declared : declared_) declared.state = Declared::State::done;
   for (ParameterHere& here : parameters_)
      here.defined = !get_if<Missing>(&program_.sets[here.set].parameters[here.number].value);
   complaints_.take();
}

bool Checker::uses(const tree::Module& set, const tree::Module& forms) const {
   return std::any_of(set.uses.begin(), set.uses.end(),
                      [&](const tree::Use& use) { return fold(use.name.text) == fold(forms.name.text); });
}

void Checker::enter_set(const tree::Module& module, const Settings& settings) {
   const auto number = static_cast<std::uint32_t>(program_.sets.size());
   RuleSet set;
   set.name = module.name.text;
   set.year = module.year.value_or(0);
   set.place = module.place.value_or("");
   set.cite = module.cite.value_or("");
   set.span = module.span;
   set.files = selection_.files_of(module);
   for (const tree::Module* forms : selection_.forms)
      if (uses(module, *forms))
         for (const std::uint32_t file : selection_.files_of(*forms))
            if (std::find(set.files.begin(), set.files.end(), file) == set.files.end()) set.files.push_back(file);
   program_.sets.push_back(std::move(set));
   modules_.push_back(&module);
   types_.push_back(std::make_unique<NamedTypes>());
   for (const tree::Module* forms : selection_.forms)
      if (uses(module, *forms)) enter_types(*forms, number);
   enter_types(module, number);
   for (const tree::Module* forms : selection_.forms)
      if (uses(module, *forms)) enter_shared(*forms, number);
   enter_shared(module, number);
   for (const tree::Declaration& declaration : module.declarations) enter_declaration(declaration, number, settings);
}

// Choices of a set and of the forms that it uses; what is doubled has been said when the forms were read.
void Checker::enter_types(const tree::Module& module, std::uint32_t set) {
   Complaints quiet;
   collect_types(module, *types_[set], module.kind == tree::Module::Kind::ruleset ? complaints_ : quiet);
}

void Checker::enter_shared(const tree::Module& module, std::uint32_t set) {
   for (const tree::Declaration& declaration : module.declarations)
      if (const auto* function = get_if<tree::Function>(&declaration)) enter_function(*function, set);
}

void Checker::enter_declaration(const tree::Declaration& declaration, std::uint32_t set, const Settings& settings) {
   const auto misplaced = [&](Span span) {
      complaints_
          .error(Code::bad_header, span, say("报表的样式写在报表集里", "forms and records stand in forms, not in a rule set"))
          .help = say("移到 报表集 … 里，再引用它", "move it to a forms file and use that");
   };
   boost::variant2::visit(
       Overloaded{
           [&](const tree::Report& one) { misplaced(one.span); },
           [&](const tree::Form& one) { misplaced(one.span); },
           [&](const tree::Phrases& one) { misplaced(one.span); },
           [&](const tree::PrintedAs& one) { misplaced(one.span); },
           [&](const tree::Record& one) { misplaced(one.span); },
           [&](const tree::Choice&) {},
           [&](const tree::UnitDecl&) {},
           [&](const tree::Parameter& one) { enter_parameter(one, set, settings); },
           [&](const tree::Function&) {},
           [&](const tree::Check& one) {
              enter_rule(RuleKind::check, one.name, one.about, one.span, one.each, set, &declaration);
           },
           [&](const tree::Rollup& one) {
              enter_rule(RuleKind::rollup, one.name, one.about, one.span, std::nullopt, set, &declaration);
           },
           [&](const tree::Formulas& one) {
              const tree::Name name{one.form.span, one.form.text + std::string(spelled(Word::formulas, true))};
              enter_rule(RuleKind::check, name, one.about, one.span, std::nullopt, set, &declaration);
           },
           [&](const tree::Require& one) {
              enter_rule(RuleKind::require, one.name, one.about, one.span, one.each, set, &declaration);
           },
           [&](const tree::Let& one) { enter_rule(RuleKind::let, one.name, one.about, one.span, one.each, set, &declaration); },
           [&](const tree::Score& one) { enter_score(one, set, &declaration); },
           [&](const tree::Bands& one) {
              enter_rule(RuleKind::bands, one.name, one.about, one.span, one.each, set, &declaration);
           },
           [&](const tree::Tier& one) {
              if (take_name(one.name, set)) tiers_[{set, folded(one.name.text)}].written = &one;
           },
           [&](const tree::Test&) {},
       },
       declaration);
}

// Rules written among forms would belong to no year and no set.
void Checker::refuse_outside_sets() {
   for (const tree::Module* module : selection_.forms)
      for (const tree::Declaration& declaration : module->declarations) {
         const bool of_forms = get_if<tree::Report>(&declaration) || get_if<tree::Form>(&declaration) ||
                               get_if<tree::Phrases>(&declaration) || get_if<tree::PrintedAs>(&declaration) ||
                               get_if<tree::Record>(&declaration) || get_if<tree::Choice>(&declaration) ||
                               get_if<tree::UnitDecl>(&declaration) || get_if<tree::Function>(&declaration);
         if (of_forms) continue;
         const Span span = boost::variant2::visit([](const auto& one) { return one.span; }, declaration);
         complaints_
             .error(Code::bad_header, span, say("规则写在规则集里，不写在报表集里", "rules stand in a rule set, not in forms"))
             .help = say("在另一个文件里写 规则集 名称 {} 引用 {} {}", "in another file write ruleset NAME {} use {} {}",
                         program_.year, module->name.text, module->year.value_or(program_.year));
      }
}

bool Checker::take_name(const tree::Name& name, std::uint32_t set) {
   const auto [place, fresh] = taken_.insert({{set, folded(name.text)}, name.span});
   if (!fresh) {
      Diagnostic& error = complaints_.error(Code::two_writers, name.span, written_twice(name.text));
      error.notes.push_back({place->second, say("另一处在这里", "the other one is here")});
      error.help = say("去掉一个，或者改个名称", "take one out, or give it another name");
   }
   return fresh;
}

void Checker::enter_rule(RuleKind kind, const tree::Name& name, const tree::About& about, Span span,
                         const std::optional<tree::Each>& each, std::uint32_t set, const tree::Declaration* written) {
   const bool fresh = take_name(name, set);
   if (!fresh && get_if<tree::Formulas>(written))
      complaints_.last().help = say("把两处的公式写进一个“公式”里", "put the formulas of both into one");
   Rule rule;
   rule.id = static_cast<RuleId>(program_.rules.size());
   rule.kind = kind;
   rule.set = set;
   rule.name = name.text;
   rule.title = about.title;
   rule.refs = about.refs;
   rule.cite = about.cite.value_or("");
   rule.severity = about.severity.value_or(modules_[set]->severity.value_or(tree::Severity::error));
   rule.span = span;
   rule.name_span = name.span;
   Declared declared;
   declared.rule = rule.id;
   declared.written = written;
   declared.nameless = !fresh;
   if (each && kind != RuleKind::check) {  // a check finds the rows of its cases itself
      const Place place = rows_of(*each);
      declared.broken = !place.found || !each->also.empty();
      rule.frame = place.frame;
      if (place.lines_of) {
         declared.broken = true;
         complaints_
             .error(Code::unknown_form, each->span,
                    say("{} 的行是印定的，只有审核可以逐行", "the lines of {} are fixed: only checks visit them",
                        schema_.forms[*place.lines_of].name))
             .help = say("去掉“逐个”，写明哪一行，如 {}[1]", "take 'each' out and name the line, such as {}[1]",
                         schema_.forms[*place.lines_of].name);
      } else if (!each->also.empty()) {
         complaints_
             .error(Code::bad_clause, each->also.front().span,
                    say("只有审核可以逐个几处的行", "only checks go through the rows of several lists"))
             .help = say("每处写一条", "write one for each list");
      }
   }
   program_.rules.push_back(std::move(rule));
   declared_.push_back(declared);
}

namespace {

bool names_this_part(const tree::Expr& expr) {
   const auto* name = get_if<tree::NameRef>(&expr.what);
   const auto* member = get_if<tree::Member>(&expr.what);
   bool found = (name && spells(name->name.text, Word::this_part)) || (member && spells(member->name.text, Word::this_part));
   for_each_inner(expr, [&](const tree::ExprPtr& inner) { found = found || names_this_part(*inner); });
   return found;
}

}  // namespace

// The parts of a score stand in its rows; each is a rule of its own, behind its parent.
void Checker::enter_score(const tree::Score& score, std::uint32_t set, const tree::Declaration* written) {
   enter_rule(RuleKind::score, score.name, score.about, score.span, score.each, set, written);
   declared_.back().score = &score;
   declared_.back().where = score.where;
   take_stated(score, nullptr);
   enter_parts(score, declared_.back().rule);
}

// 照录 体系.本项.得分 of a score with parts is said of its parts; of those that have parts themselves, of theirs.
void Checker::take_stated(const tree::Score& score, const tree::ExprPtr& from_above) {
   Declared& declared = declared_.back();
   const bool of_parts = !score.parts.empty() && score.stated && names_this_part(*score.stated);
   declared.stated_below = of_parts ? score.stated : from_above;
   declared.stated = of_parts ? nullptr : score.stated;
   if (!declared.stated && score.parts.empty()) declared.stated = from_above;
}

void Checker::enter_parts(const tree::Score& score, RuleId parent) {
   for (const tree::Score& part : score.parts) {
      tree::Name path = part.name;
      path.text = program_.rules[parent].name + "." + part.name.text;
      const Declared outer = declared_[parent];
      enter_rule(RuleKind::score, path, part.about, part.span, std::nullopt, program_.rules[parent].set, outer.written);
      Declared& declared = declared_.back();
      declared.score = &part;
      declared.where = outer.where;
      declared.broken = outer.broken;
      take_stated(part, outer.stated_below);
      Rule& rule = program_.rules.back();
      rule.parent = parent;
      rule.frame = program_.rules[parent].frame;
      if (rule.cite.empty()) rule.cite = program_.rules[parent].cite;
      enter_parts(part, rule.id);
   }
}

// 公开03.科目, 公开03 (its only rows, or its printed lines), 项目.指标, 指标 (where only one list has that name)
Checker::Place Checker::place_of(const tree::Each& each) {
   std::vector<std::string> path;
   for (const tree::Name& name : each.path) path.push_back(name.text);
   if (schema_.own && path.size() > 1 && spells(path.front(), Word::previous)) {  // 上年.公开03 is a form, 上年.项目 a list
      path[1] = std::string(heng::last_years) + path[1];
      path.erase(path.begin());
   }
   const auto refuse_lines = [&] {
      complaints_
          .error(Code::unknown_row, each.span,
                 say("{} 的行没有印定的行次", "the rows of {} have no printed numbers", path.back()))
          .help = say("挑行用 仅限 …", "pick rows with where …");
      return Place{false, report_frame, std::nullopt};
   };
   if (path.empty())
      return {!each.columns.empty() || each.every_column, report_frame, std::nullopt};  // each column of the report
   if (const FormSchema* form = schema_.form(path.front())) {
      const auto number = static_cast<std::uint32_t>(form - schema_.forms.data());
      std::vector<FrameId> rows;
      for (const FormBlock& block : form->blocks)
         if (block.kind == BlockKind::rows && (path.size() == 1 || folded(schema_.frames[block.frame].name) == folded(path[1])))
            rows.push_back(block.frame);
      if (rows.size() == 1 && !each.lines.empty()) return refuse_lines();
      if (rows.size() == 1 && path.size() <= 2) return {true, rows.front(), std::nullopt};
      if (rows.empty() && path.size() == 1) return {true, report_frame, number};
   } else {
      if (!each.lines.empty()) return refuse_lines();
      FrameId at = report_frame;
      std::string record;
      bool all = true;
      for (const std::string& name : path) {
         const std::string whole = record.empty() ? name : record + "." + name;
         const FrameId list = schema_.list_in(at, whole);
         if (list != no_frame)
            at = list, record.clear();
         else if (schema_.is_record(at, whole))
            record = whole;
         else
            all = false;
      }
      if (all && record.empty() && at != report_frame) return {true, at, std::nullopt};
      std::vector<FrameId> called_so;
      for (const Frame& frame : schema_.frames)
         if (frame.id != report_frame && !frame.made() && !schema_.is_last_years_list(frame.id) && path.size() == 1 &&
             folded(frame.name) == folded(path.front()))
            called_so.push_back(frame.id);
      if (called_so.size() == 1) return {true, called_so.front(), std::nullopt};
   }
   unknown_list(each);
   return {false, report_frame, std::nullopt};
}

// The rows that are visited: those of a list, printed lines, or groups of rows.
Checker::Place Checker::rows_of(const tree::Each& each) { return each.group ? groups_in(place_of(each), each) : place_of(each); }

// each 项目.指标 grouped by 一级指标: one row for each value, in each row around the list.
Checker::Place Checker::groups_in(const Place& rows, const tree::Each& each) {
   const Place none{false, report_frame, std::nullopt};
   const tree::Name& by = *each.group;
   if (!rows.found) return none;
   if (rows.lines_of || rows.frame == report_frame) {
      complaints_.error(Code::unknown_form, by.span, say("印定的行不分组", "printed lines are not grouped")).help =
          say("分组的是列表的各行：逐个 列表 分组按 栏目", "rows of a list are grouped: each LIST grouped by COLUMN");
      return none;
   }
   const Frame& list = schema_.frames[rows.frame];
   const FieldId field = schema_.field_in(list.id, by.text);
   if (field == no_field) {
      unknown_member({Thing::What::list, no_node, list.id}, by);
      return none;
   }
   const Kind kind = schema_.fields[field].type.kind;
   if (kind != Kind::text && kind != Kind::choice && kind != Kind::code) {
      complaints_
          .error(Code::wrong_type, by.span,
                 say_types("按文字、选项或代码分组，这里是{}", "rows are grouped by text, a choice or a code, this is {}",
                           schema_.fields[field].type))
          .help = say("按界限分的写 分档", "for ranges of a figure write bands");
      return none;
   }
   for (const Frame& frame : schema_.frames)
      if (frame.groups_of == list.id && frame.group_by == field) return {true, frame.id, std::nullopt};
   const auto made = made_frame(list.parent, list);
   if (!made) {
      complaints_.error(Code::too_large, by.span, say("分组太多（上限 {}）", "too many groupings (limit {})", most_copies));
      return none;
   }
   Frame& group = program_.schema.frames[*made];
   group.path = list.path + "[" + schema_.fields[field].name + "]";
   group.groups_of = list.id;
   group.group_by = field;
   return {true, group.id, std::nullopt};
}

void Checker::unknown_list(const tree::Each& each) {
   std::string written;
   for (const tree::Name& name : each.path) written += (written.empty() ? "" : ".") + name.text;
   std::vector<std::string> paths;
   for (const Frame& frame : schema_.frames)
      if (frame.id != report_frame && !frame.made()) paths.push_back(frame.path);
   Diagnostic& error = complaints_.error(Code::unknown_form, each.span, say("没有列表 {}", "there is no list {}", written));
   error.help = did_you_mean(written, paths);
   if (error.help) return;
   std::string all;
   for (std::size_t i = 0; i < paths.size() && i < 12; ++i) all += (i ? "、" : "") + paths[i];
   if (!all.empty())
      error.help = say("有 {}", "there are {}", all);
   else if (selection_.forms.empty())
      error.help = say("规则集还没有引用报表集：开头写 规则集 名称 2024 引用 报表集名称 2024",
                       "the rule set uses no forms yet: begin it with ruleset NAME 2024 use FORMS 2024");
   else
      error.help =
          say("引用的报表集里没有列表；列表写在报告里，如 报告 {{ 项目 : 若干 项目 }}",
              "the forms that are used hold no list; lists stand in the report, such as report {{ 项目 : list of 项目 }}");
}

// Bands without `each` live where what they grade lives.
void Checker::enter_rule_names() {
   std::vector<RuleId> waiting;
   for (const Declared& declared : declared_) {
      const auto* bands = get_if<tree::Bands>(declared.written);
      if (declared.nameless && bands && !bands->each)
         program_.rules[declared.rule].frame = frame_of_bands(*bands, program_.rules[declared.rule].set);
      if (declared.nameless) continue;
      if (bands && !bands->each)
         waiting.push_back(declared.rule);
      else
         enter_rule_name(program_.rules[declared.rule]);
   }
   for (std::size_t round = waiting.size(); !waiting.empty(); --round) {
      std::vector<RuleId> still;
      for (const RuleId id : waiting) {
         const auto& bands = *get_if<tree::Bands>(declared_[id].written);
         const auto* graded = get_if<tree::NameRef>(&bands.of->what);
         const bool wait = round > 0 && graded && std::any_of(waiting.begin(), waiting.end(), [&](RuleId other) {
                              return other != id && folded(program_.rules[other].name) == folded(graded->name.text);
                           });
         if (wait) {
            still.push_back(id);
            continue;
         }
         program_.rules[id].frame = frame_of_bands(bands, program_.rules[id].set);
         enter_rule_name(program_.rules[id]);
      }
      waiting = std::move(still);
   }
}

FrameId Checker::frame_of_bands(const tree::Bands& bands, std::uint32_t set) {
   Scope scope;
   scope.set = set;
   const auto* part = get_if<tree::Member>(&bands.of->what);  // 产出.rate
   const auto* root = part ? get_if<tree::NameRef>(&part->object->what) : get_if<tree::NameRef>(&bands.of->what);
   if (root)
      if (const Named* rule = rule_named(root->name.text, set)) return rule->frame;
   Lists lists;
   collect_lists(bands.of, scope, lists);
   return lists.outside.empty() ? report_frame : lists.outside.front().first;
}

// A test without a place is one of the set for everywhere: what a place changed is for its own tests to say.
void Checker::enter_tests() {
   const auto is_for = [&](const tree::Test& test, std::uint32_t set, bool own) {
      if (test.place) return fold(*test.place) == fold(program_.place);
      return own || program_.sets[set].place.empty() || !modules_[set]->extends;
   };
   const auto enter = [&](const tree::Module& module, std::optional<std::uint32_t> own) {
      for (const tree::Declaration& declaration : module.declarations) {
         const auto* test = get_if<tree::Test>(&declaration);
         if (!test || (test->year && *test->year != program_.year)) continue;
         std::optional<std::uint32_t> set;
         if (own) set = own;
         if (!set && program_.sets.size() == 1) set = 0;
         if (test->ruleset) {
            set.reset();
            for (std::uint32_t i = 0; i < program_.sets.size(); ++i)
               if (folded(program_.sets[i].name) == folded(test->ruleset->text)) set = i;
         }
         if (set && is_for(*test, *set, own.has_value()))
            program_.tests.push_back({test->title, *set, test->span, test});
         else if (!set && !program_.sets.empty() && (!test->place || fold(*test->place) == fold(program_.place)))
            complaints_
                .error(Code::no_rule_set, test->span,
                       say("不知道这个测试属于哪个规则集", "which rule set does this test belong to?"))
                .help = say("写 测试 \"…\" 引用 名称 年度", "write test \"…\" use NAME YEAR");
      }
   };
   for (std::uint32_t i = 0; i < modules_.size(); ++i) enter(*modules_[i], i);
   for (const tree::Module* module : selection_.loose) enter(*module, std::nullopt);
}

}  // namespace heng::checking

#include "interpreter/merge/merge.hpp"

#include <algorithm>
#include <set>

#include "grammar/declarations.hpp"
#include "interpreter/complaints.hpp"
#include "interpreter/merge/changes.hpp"
#include "interpreter/merge/layers.hpp"
#include "interpreter/merge/places.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using tree::Module;

Modules modules_of(const std::vector<const tree::File*>& files, Module::Kind kind) {
   Modules result;
   for (const tree::File* file : files)
      for (const Module& module : file->modules)
         if (module.kind == kind) result.push_back(&module);
   return result;
}

Modules both(Modules a, const Modules& b) {
   a.insert(a.end(), b.begin(), b.end());
   return a;
}

std::vector<const tree::File*> all_of(const RuleFiles& files) {
   std::vector<const tree::File*> all = files.own;
   all.insert(all.end(), files.lent.begin(), files.lent.end());
   return all;
}

bool is_among(const Modules& modules, const Module* one) {
   return std::find(modules.begin(), modules.end(), one) != modules.end();
}

class Selecting {
 public:
   Selecting(const RuleFiles& files, int year, std::string_view place)
       : own_sets_(modules_of(files.own, Module::Kind::ruleset)),
         all_forms_(both(modules_of(files.own, Module::Kind::forms), modules_of(files.lent, Module::Kind::forms))),
         layouts_(both(modules_of(files.own, Module::Kind::layout), modules_of(files.lent, Module::Kind::layout))),
         loose_(modules_of(files.own, Module::Kind::loose)),
         places_(all_of(files), complaints_),
         set_layers_(with_years(both(own_sets_, modules_of(files.lent, Module::Kind::ruleset))), places_, complaints_),
         form_layers_(all_forms_, places_, complaints_),
         year_(year),
         place_as_written_(place),
         place_(places_.find(place)) {}

   Outcome<Selection> run() {
      if (place_.meanings.size() > 1) {
         ambiguous_report();
         return {std::move(chosen_), complaints_.take()};
      }
      for (const Module* set : own_sets_) refuse_without_year(*set);
      choose_sets();
      for (const Module* set : own_sets_)
         if (!is_among(taking_part_, set) && set->year) not_run(*set);
      if (chosen_.sets.empty() && !complaints_.any_error()) without_sets();
      for (const Module* set : std::vector(chosen_.sets)) find_forms(*set);
      for (const Module* layout : layouts_)
         if (is_of_chosen_forms(*layout)) chosen_.layouts.push_back(layout);
      for (const Module* module : loose_) take_loose(*module);
      return {std::move(chosen_), complaints_.take()};
   }

 private:
   static Modules with_years(Modules sets) {
      sets.erase(std::remove_if(sets.begin(), sets.end(), [](const Module* set) { return !set->year; }), sets.end());
      return sets;
   }

   void refuse_without_year(const Module& set) {
      if (set.year || !set.mistakes.empty()) return;  // of a header that could not be read it has been said
      complaints_.error(Code::bad_header, set.span, say("规则集 {} 没有写年度", "rule set {} names no year", set.name.text))
          .help =
          say("年度写在名称后面：规则集 {} {}", "write the year after the name: ruleset {} {}", set.name.text, sample_year());
   }

   int sample_year() const { return year_ > 0 ? year_ : 2024; }

   // Each name once, in order.
   void choose_sets() {
      std::set<std::string> names;
      for (const Module* set : own_sets_)
         if (set->year) names.insert(fold(set->name.text));
      for (const std::string& name : names) {
         const Stack stack = set_layers_.stack(name, year_, place_.chain);
         if (stack.empty()) {
            if (set_layers_.is_refused()) refused_.insert(name);
            continue;
         }
         const Modules& top = stack.back().modules;
         if (std::none_of(top.begin(), top.end(), [&](const Module* one) { return is_among(own_sets_, one); })) continue;
         for (const Layer& layer : stack) taking_part_.insert(taking_part_.end(), layer.modules.begin(), layer.modules.end());
         chosen_.sets.push_back(as_one(stack));
      }
   }

   // What was written, where nothing lies over it.
   const Module* as_one(const Stack& stack) {
      if (stack.size() == 1 && stack.front().modules.size() == 1) return stack.front().modules.front();
      auto merged = std::make_shared<Merged>(lay(stack, complaints_));
      const bool by_place = std::any_of(stack.begin(), stack.end(), [](const Layer& layer) { return layer.of_place(); });
      if (by_place)
         for (const std::uint32_t file : places_.files())
            if (std::find(merged->files.begin(), merged->files.end(), file) == merged->files.end()) merged->files.push_back(file);
      chosen_.merged.push_back(merged);
      return &merged->module;
   }

   void not_run(const Module& set) {
      if (*set.year != year_)
         chosen_.not_run.push_back({&set, say("适用于{}年度，报告是{}年度", "is for {}, the report is of {}", *set.year, year_)});
      else if (set.place && !places_.covers(*set.place, place_as_written_))
         chosen_.not_run.push_back({&set, of_another_place(set)});
      else if (refused_.count(fold(set.name.text)))
         chosen_.not_run.push_back({&set, say("有错误", "it has mistakes")});
   }

   Said of_another_place(const Module& set) {
      if (place_.chain.empty())
         return say("只适用于{}，报告没有写明地区", "is for {} only, the report names no place", *set.place);
      return say("只适用于{}，报告是{}的", "is for {} only, the report is of {}", *set.place, place_as_written_);
   }

   Span anywhere() const {
      if (!own_sets_.empty()) return own_sets_.front()->span;
      return all_forms_.empty() ? Span{} : all_forms_.front()->span;
   }

   void ambiguous_report() {
      std::string all;
      for (const std::string& one : place_.meanings) all += (all.empty() ? "" : "、") + one;
      complaints_
          .error(Code::no_rule_set, anywhere(), say("叫 {} 的地区有几个", "several places are called {}", place_as_written_))
          .help = say("报告里写明是哪一个：{}", "say in the report which: {}", all);
   }

   void without_sets() {
      const auto unread = [](const Module* set) { return !set->year && !set->mistakes.empty(); };
      if (std::any_of(own_sets_.begin(), own_sets_.end(), unread)) return;  // its header could not be read, which has been said
      Modules of_year;
      for (const Module* set : own_sets_)
         if (set->year == year_) of_year.push_back(set);
      if (!of_year.empty()) return only_for_places(of_year);
      if (!own_sets_.empty()) {
         Diagnostic& error =
             complaints_.error(Code::no_rule_set, own_sets_.front()->span,
                               place_as_written_.empty()
                                   ? say("没有适用于{}年度的规则集", "no rule set is for {}", year_)
                                   : say("没有适用于{}年度{}的规则集", "no rule set is for {} and {}", year_, place_as_written_));
         error.help = say("现有：{}", "there are: {}", list_of_titles(own_sets_));
         return;
      }
      std::set<std::string> names;
      for (const Module* forms : all_forms_)
         if (names.insert(fold(forms->name.text)).second) add_forms(forms->name.text, year_);
   }

   void only_for_places(const Modules& sets) {
      std::vector<std::string> places;
      for (const Module* set : sets)
         if (set->place && std::find(places.begin(), places.end(), *set->place) == places.end()) places.push_back(*set->place);
      const auto widest = std::find_if(places.begin(), places.end(), [&](const std::string& one) {
         return std::none_of(places.begin(), places.end(),
                             [&](const std::string& other) { return other != one && places_.covers(other, one); });
      });
      std::string all;
      for (const std::string& place : places) all += (all.empty() ? "" : "、") + place;
      if (places.empty() || widest == places.end()) return;
      if (place_as_written_.empty()) {
         complaints_
             .error(Code::no_rule_set, sets.front()->span,
                    say("{}年度的规则集只适用于{}，没有写明地区", "the rule sets for {} are only for {}, and no place is named",
                        year_, all))
             .help = say("写明地区：在报告里，或者用 --place", "name the place: in the report, or with --place");
         return;
      }
      complaints_
          .error(Code::no_rule_set, sets.front()->span,
                 say("{}年度的规则集只适用于{}，不适用于{}", "the rule sets for {} are only for {} and not for {}", year_, all,
                     place_as_written_))
          .help = say("{1} 要是在 {0} 里，写明：行政区划 {{ {0} : {1} }}", "if {1} lies in {0}, say so: places {{ {0} : {1} }}",
                      *widest, place_as_written_);
   }

   void find_forms(const Module& set) {
      for (const tree::Use& use : set.uses)
         if (!add_forms(use.name.text, use.year.value_or(year_)) && !is_mistaken(set, use))
            unknown_forms(use, use.year.value_or(year_));
   }

   // False: there are none, and nobody has said why.
   bool add_forms(std::string_view name, int year) {
      if (!known_forms_.insert({fold(name), year}).second) return true;
      const Stack stack = form_layers_.stack(name, year, place_.chain);
      if (stack.empty()) {
         known_forms_.erase({fold(name), year});
         return form_layers_.is_refused();
      }
      chosen_.forms.push_back(as_one(stack));
      return true;
   }

   // 版式 上海市 引用 部门决算表: of every year of them, unless it names one.
   bool is_of_chosen_forms(const Module& layout) const {
      for (const tree::Use& use : layout.uses)
         for (const Module* forms : chosen_.forms)
            if (fold(forms->name.text) == fold(use.name.text) && (!use.year || !forms->year || *use.year == *forms->year))
               return true;
      return false;
   }

   // The header itself stands where it cannot: that has been said, and what it uses may be what it took the place of.
   static bool is_mistaken(const Module& set, const tree::Use& use) {
      return std::any_of(set.mistakes.begin(), set.mistakes.end(), [&](const Span& mistake) {
         return mistake.file == use.span.file && mistake.begin >= set.span.begin && mistake.begin <= use.span.begin;
      });
   }

   void unknown_forms(const tree::Use& use, int year) {
      Diagnostic& error = complaints_.error(Code::unknown_form, use.span,
                                            say("没有报表集 {} {}", "there are no forms {} {}", use.name.text, year));
      std::vector<std::string> names;
      for (const Module* forms : all_forms_) names.push_back(forms->name.text);
      const auto near = suggestions(use.name.text, names);
      if (all_forms_.empty())
         error.help = say("所给的文件里没有报表集：把它放在同一个文件夹里，或者写 heng check 文件夹",
                          "the files given hold no forms: put them into the same folder, or write heng check FOLDER");
      else if (!near.empty() && near.front() != use.name.text)
         error.help = say("是不是 {}？现有：{}", "did you mean {}? there are: {}", near.front(), list_of_titles(all_forms_));
      else
         error.help = say("现有：{}", "there are: {}", list_of_titles(all_forms_));
   }

   // Outside a rule set only tests and places may stand: a rule without a year would run silently for every year.
   void take_loose(const Module& module) {
      bool tests = false;
      for (const tree::Declaration& declaration : module.declarations) {
         if (boost::variant2::holds_alternative<tree::Test>(declaration))
            tests = true;
         else if (module.mistakes.empty()) {  // a header that could not be read has been spoken of
            const Span span = boost::variant2::visit([](const auto& one) { return one.span; }, declaration);
            complaints_
                .error(Code::bad_header, span, say("这里不属于任何规则集或报表集", "this stands in no rule set and in no forms"))
                .help = say("文件开头写：规则集 名称 {}", "begin the file with: ruleset NAME {}", sample_year());
            break;
         }
      }
      if (tests) chosen_.loose.push_back(&module);
   }

   Complaints complaints_;
   Modules own_sets_, all_forms_, layouts_, loose_;
   Places places_;
   Layers set_layers_, form_layers_;
   int year_;
   std::string place_as_written_;
   Places::Found place_;
   Modules taking_part_;
   std::set<std::string> refused_;
   std::set<std::pair<std::string, int>> known_forms_;
   Selection chosen_;
};

bool is_same_top(const Module& a, const Module& b) {
   return fold(a.name.text) == fold(b.name.text) && a.year == b.year && a.place == b.place;
}

}  // namespace

const Merged* Selection::merged_of(const Module& module) const {
   for (const auto& one : merged)
      if (&one->module == &module) return one.get();
   return nullptr;
}

std::vector<std::uint32_t> Selection::files_of(const Module& module) const {
   const Merged* made = merged_of(module);
   return made ? made->files : std::vector<std::uint32_t>{module.span.file};
}

bool Selection::is_own(const Module& module, Span declaration) const {
   const Merged* made = merged_of(module);
   if (!made) return true;
   for (const Module* layer : made->layers) {
      if (!is_same_top(*layer, module)) continue;
      for (const tree::Change& change : layer->changes)
         if (contains(change.span, declaration)) return true;
      for (const tree::Declaration& one : layer->declarations)
         if (contains(span_of(one), declaration)) return true;
   }
   return false;
}

std::vector<Amendment> Selection::own_amendments(const Module& module) const {
   std::vector<Amendment> own;
   if (const Merged* made = merged_of(module))
      for (const Amendment& one : made->amendments)
         if (is_own(module, one.span)) own.push_back(one);
   return own;
}

Outcome<Selection> select(const RuleFiles& files, int year, std::string_view place) {
   return Selecting(files, year, place).run();
}
Outcome<Selection> select(const std::vector<const tree::File*>& files, int year, std::string_view place) {
   return select(RuleFiles{files, {}}, year, place);
}

// A place that had something of its own is looked at in the later years, too: it may have been left out there.
std::vector<YearAndPlace> select_all(const RuleFiles& files) {
   std::set<std::pair<int, std::string>> wanted;
   const Modules sets = modules_of(files.own, Module::Kind::ruleset);
   const Modules forms = both(modules_of(files.own, Module::Kind::forms), modules_of(files.lent, Module::Kind::forms));
   std::set<int> years;
   for (const Module* set : sets) {
      wanted.insert({set->year.value_or(0), set->place.value_or("")});
      years.insert(set->year.value_or(0));
   }
   if (sets.empty())
      for (const Module* module : forms) wanted.insert({module->year.value_or(0), module->place.value_or("")});
   for (const Module* module : both(sets, forms))
      for (const int year : years) {
         if (!module->place || year < module->year.value_or(year)) continue;
         const bool goes_on =
             module->kind == Module::Kind::forms || std::any_of(sets.begin(), sets.end(), [&](const Module* set) {
                return set->year == year && fold(set->name.text) == fold(module->name.text);
             });
         if (goes_on) wanted.insert({year, *module->place});
      }
   if (wanted.empty() && !files.own.empty()) wanted.insert({0, ""});
   std::vector<YearAndPlace> result;
   for (const auto& [year, place] : wanted) {
      YearAndPlace one{year, place, select(files, year, place)};
      const bool nothing = std::any_of(one.selection.diagnostics.begin(), one.selection.diagnostics.end(),
                                       [](const Diagnostic& d) { return d.code == Code::no_rule_set; });
      const bool written = std::any_of(sets.begin(), sets.end(), [&, y = year, &p = place](const Module* set) {
         return set->year == y && set->place.value_or("") == p;
      });
      if (!nothing || written || sets.empty()) result.push_back(std::move(one));
   }
   return result;
}
std::vector<YearAndPlace> select_all(const std::vector<const tree::File*>& files) { return select_all(RuleFiles{files, {}}); }

std::string place_with_rules(const RuleFiles& files, std::string_view place) {
   Complaints ignored;  // said when rules are selected
   const Places places(all_of(files), ignored);
   const Places::Found found = places.find(place);
   if (found.meanings.size() > 1) return std::string(place);
   std::string narrowest;
   std::size_t best = 0;
   for (const tree::File* file : all_of(files))
      for (const Module& module : file->modules) {
         if (!module.place) continue;
         const Places::Found here = places.find(*module.place);
         if (here.chain.empty()) continue;
         const auto at = std::find(found.chain.begin(), found.chain.end(), here.chain.back());
         if (at == found.chain.end()) continue;
         const auto depth = static_cast<std::size_t>(at - found.chain.begin()) + 1;
         if (depth > best) best = depth, narrowest = *module.place;
      }
   return narrowest;
}

}  // namespace heng

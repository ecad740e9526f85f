#include "interpreter/merge/merge.hpp"

#include <algorithm>
#include <set>

#include "interpreter/complaints.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using tree::Module;
using Modules = std::vector<const Module*>;

Modules modules_of(const std::vector<const tree::File*>& files, Module::Kind kind) {
   Modules result;
   for (const tree::File* file : files)
      for (const Module& module : file->modules)
         if (module.kind == kind) result.push_back(&module);
   return result;
}

bool same_name(const Module& a, std::string_view name) { return fold(a.name.text) == fold(name); }
std::string place_of(const Module& set) { return set.place ? fold(*set.place) : std::string(); }

std::string title_of(const Module& module) {
   std::string title = module.name.text;
   if (module.year) title += " " + std::to_string(*module.year);
   if (module.place) title += " " + *module.place;
   return title;
}

std::string list_of_titles(const Modules& modules) {
   std::string text;
   for (const Module* module : modules) text += (text.empty() ? "" : "、") + title_of(*module);
   return text;
}

class Selecting {
 public:
   Selecting(const std::vector<const tree::File*>& files, int year, std::string_view place)
       : all_sets_(modules_of(files, Module::Kind::ruleset)),
         all_forms_(modules_of(files, Module::Kind::forms)),
         layouts_(modules_of(files, Module::Kind::layout)),
         loose_(modules_of(files, Module::Kind::loose)),
         year_(year),
         place_(fold(place)),
         place_as_written_(place) {}

   Outcome<Selection> run() {
      for (const Module* set : all_sets_) consider(*set);
      sort_sets();
      refuse_doubles();
      if (chosen_.sets.empty() && !complaints_.any_error()) without_sets();
      for (const Module* set : chosen_.sets) find_forms(*set);
      for (const Module* layout : layouts_)
         if (is_of_chosen_forms(*layout)) chosen_.layouts.push_back(layout);
      for (const Module* module : loose_) take_loose(*module);
      return {std::move(chosen_), complaints_.take()};
   }

 private:
   void consider(const Module& set) {
      if (!set.year) {
         if (!set.mistakes.empty()) return;  // the header could not be read, which has been said
         complaints_.error(Code::bad_header, set.span, say("规则集 {} 没有写年度", "rule set {} names no year", set.name.text))
             .help =
             say("年度写在名称后面：规则集 {} {}", "write the year after the name: ruleset {} {}", set.name.text, sample_year());
         return;
      }
      if (*set.year != year_)
         return not_run(set, say("适用于{}年度，报告是{}年度", "is for {}, the report is of {}", *set.year, year_));
      if (set.place && place_of(set) != place_) return not_run(set, of_another_place(set));
      if (set.extends) return later(set);
      chosen_.sets.push_back(&set);
   }

   int sample_year() const { return year_ > 0 ? year_ : 2024; }

   void not_run(const Module& set, Said why) { chosen_.not_run.push_back({&set, std::move(why)}); }

   Said of_another_place(const Module& set) {
      if (place_.empty()) return say("只适用于{}，报告没有写明地区", "is for {} only, the report names no place", *set.place);
      return say("只适用于{}，报告是{}的", "is for {} only, the report is of {}", *set.place, place_as_written_);
   }

   // What an overlay changes is not read by this version: running the base alone would silently be another's rules.
   void later(const Module& set) {
      complaints_
          .error(Code::not_yet, set.span,
                 say("本版还不能读取沿用（extends）的规则集：{}",
                     "this version does not read rule sets that extend others yet: {}", title_of(set)))
          .help = say("把要用的规则都写在这个规则集里，去掉“沿用 …”",
                      "write all rules that are needed into this set and take 'extends …' out");
      not_run(set, say("沿用其他规则集，本版还不能读取", "extends another rule set, which this version does not read yet"));
   }

   void sort_sets() {
      std::stable_sort(chosen_.sets.begin(), chosen_.sets.end(),
                       [](const Module* a, const Module* b) { return fold(a->name.text) < fold(b->name.text); });
   }

   void refuse_doubles() {
      Modules kept;
      for (const Module* set : chosen_.sets) {
         if (!kept.empty() && same_name(*kept.back(), set->name.text))
            refuse_double(*kept.back(), *set);
         else
            kept.push_back(set);
      }
      chosen_.sets = std::move(kept);
   }

   void refuse_double(const Module& first, const Module& second) {
      if (place_of(first) != place_of(second)) {
         const Module& local = first.place ? first : second;
         complaints_
             .error(Code::not_yet, local.span,
                    say("{} 另有适用于全国的同名规则集；本版还不能把地区的规则集叠加上去",
                        "{} stands beside a general set of the same name; this version does not lay a place's set over it yet",
                        title_of(local)))
             .help = say("给地区的规则集另起一个名称", "give the place's set a name of its own");
         return;
      }
      Diagnostic& error = complaints_.error(Code::two_writers, second.span,
                                            say("规则集 {} 写了两次", "rule set {} is written twice", title_of(second)));
      error.notes.push_back({first.span, say("另一处在这里", "the other one is here")});
      error.help = say("合成一个，或者改名称、年度", "make one of them, or change a name or a year");
   }

   void without_sets() {
      const auto unread = [](const Module* set) { return !set->year && !set->mistakes.empty(); };
      if (std::any_of(all_sets_.begin(), all_sets_.end(), unread)) return;  // its header could not be read, which has been said
      if (!all_sets_.empty()) {
         Diagnostic& error =
             complaints_.error(Code::no_rule_set, all_sets_.front()->span,
                               place_as_written_.empty()
                                   ? say("没有适用于{}年度的规则集", "no rule set is for {}", year_)
                                   : say("没有适用于{}年度{}的规则集", "no rule set is for {} and {}", year_, place_as_written_));
         error.help = say("现有：{}", "there are: {}", list_of_titles(all_sets_));
         return;
      }
      for (const Module* forms : all_forms_)
         if (!forms->year || *forms->year == year_) add_forms(*forms);
   }

   void find_forms(const Module& set) {
      for (const tree::Use& use : set.uses) {
         const int year = use.year.value_or(year_);
         Modules found;
         for (const Module* forms : all_forms_)
            if (same_name(*forms, use.name.text) && forms->year.value_or(year) == year) found.push_back(forms);
         if (found.empty())
            unknown_forms(use, year);
         else if (found.size() > 1)
            doubled_forms(*found[0], *found[1]);
         if (!found.empty()) add_forms(*found.front());
      }
   }

   void add_forms(const Module& forms) {
      if (std::find(chosen_.forms.begin(), chosen_.forms.end(), &forms) == chosen_.forms.end()) chosen_.forms.push_back(&forms);
   }

   // 版式 上海市 引用 部门决算表: of every year of them, unless it names one.
   bool is_of_chosen_forms(const Module& layout) const {
      for (const tree::Use& use : layout.uses)
         for (const Module* forms : chosen_.forms)
            if (same_name(*forms, use.name.text) && (!use.year || !forms->year || *use.year == *forms->year)) return true;
      return false;
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

   void doubled_forms(const Module& first, const Module& second) {
      complaints_.error(Code::two_writers, second.span, say("报表集 {} 写了两次", "forms {} are written twice", title_of(second)))
          .notes.push_back({first.span, say("另一处在这里", "the other ones are here")});
      complaints_.last().help = say("留下一个，或者改年度", "keep one of them, or change a year");
   }

   // Outside a rule set only tests may stand: a rule without a year would run silently for every year.
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

   Modules all_sets_, all_forms_, layouts_, loose_;
   int year_;
   std::string place_;
   std::string place_as_written_;
   Selection chosen_;
   Complaints complaints_;
};

}  // namespace

Outcome<Selection> select(const std::vector<const tree::File*>& files, int year, std::string_view place) {
   return Selecting(files, year, place).run();
}

std::vector<YearAndPlace> select_all(const std::vector<const tree::File*>& files) {
   std::set<std::pair<int, std::string>> wanted;
   const Modules sets = modules_of(files, Module::Kind::ruleset), forms = modules_of(files, Module::Kind::forms);
   for (const Module* set : sets) wanted.insert({set->year.value_or(0), set->place.value_or("")});
   if (sets.empty())
      for (const Module* module : forms) wanted.insert({module->year.value_or(0), ""});
   if (wanted.empty() && !files.empty()) wanted.insert({0, ""});
   std::vector<YearAndPlace> result;
   for (const auto& [year, place] : wanted) result.push_back({year, place, select(files, year, place)});
   return result;
}

}  // namespace heng

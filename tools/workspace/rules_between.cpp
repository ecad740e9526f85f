#include "tools/workspace/rules_between.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "grammar/declarations.hpp"
#include "grammar/print.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;
using What = Difference::What;

constexpr std::size_t no_edit = static_cast<std::size_t>(-1);

// A declaration that is on both sides or on one. What is not the same in it: the whole, or each part by its path.
struct BothWays {
   std::optional<tree::Declaration> was, now;
   std::map<std::string, std::size_t> edits;  // path → number; path "": all of it
};

// A rule set or forms, on both sides or on one. Headers without declarations.
struct BothModules {
   std::optional<tree::Module> was, now;
   std::size_t edit = no_edit;  // of the header; of the whole where it is on one side only
   std::vector<BothWays> declarations;
   bool one_sided() const { return !was || !now; }
};

// Says which module of a side is called what in the versions in between.
using Called = std::map<const tree::Module*, std::pair<std::string, std::optional<int>>>;

std::vector<Difference> without_words(std::vector<Difference> all) {
   all.erase(std::remove_if(all.begin(), all.end(), [](const Difference& one) { return one.only_words; }), all.end());
   return all;
}

template <typename Part>
const Part* of_name(const std::vector<Part>& parts, const std::string& name, std::string (*name_of)(const Part&)) {
   const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& one) { return fold(name_of(one)) == fold(name); });
   return found == parts.end() ? nullptr : &*found;
}

std::string name_of_part(const tree::Score& part) { return part.name.text; }
std::string name_of_case(const tree::Case& part) { return part.about.title; }

// Cases are told apart by their titles, where all of them have one.
bool has_named_cases(const tree::Check& check) {
   std::set<std::string> names;
   for (const tree::Case& one : check.cases)
      if (one.about.title.empty() || !names.insert(fold(one.about.title)).second) return false;
   return check.braces && !check.cases.empty();
}

// ---- what is not the same

class Edits {
 public:
   Edits(const RulesOfSide& was, const RulesOfSide& now, bool chinese) : was_(was), now_(now), chinese_(chinese) {
      const Selection &a = was.compiled().selection, &b = now.compiled().selection;
      pair(a.forms, b.forms);
      pair(a.sets, b.sets);
      for (const auto& [first, second] : pairs_) add(a, first, b, second);
   }

   std::size_t size() const { return rules_.size(); }
   const ChangedRule& rule(std::size_t edit) const { return rules_[edit]; }

   std::map<std::string, std::string> renamed() const {
      std::map<std::string, std::string> all;
      for (const auto& [first, second] : pairs_)
         if (first && second && first->kind == tree::Module::Kind::ruleset && first->name.text != second->name.text)
            all[first->name.text] = second->name.text;
      return all;
   }

   // The rules in which these edits are in force, and no others.
   std::map<std::string, std::string> texts(const std::vector<bool>& in_force) const {
      std::map<std::string, std::string> files;
      for (std::size_t i = 0; i < modules_.size(); ++i) {
         const BothModules& module = modules_[i];
         const bool is_new = module.edit == no_edit || in_force[module.edit];
         const std::optional<tree::Module>& head = is_new ? module.now : module.was;
         if (!head) continue;
         std::string& text = files["rules/" + std::to_string(i) + ".heng"];
         text = print(*head, chinese_) + "\n";
         for (const BothWays& one : module.declarations)
            if (const auto declaration = mixed(one, module.one_sided() ? std::vector<bool>() : in_force)) put(*declaration, text);
      }
      return files;
   }

 private:
   using Modules = std::vector<const tree::Module*>;

   // ---- modules

   // By name and year; else by name; a single one of each side whatever it is called, as heng diff does.
   void pair(const Modules& old_ones, const Modules& new_ones) {
      Modules left = old_ones, partners;
      for (const tree::Module* module : new_ones) partners.push_back(take(left, *module, true));
      for (std::size_t i = 0; i < new_ones.size(); ++i)
         if (!partners[i]) partners[i] = take(left, *new_ones[i], false);
      if (old_ones.size() == 1 && new_ones.size() == 1 && !partners[0]) partners[0] = old_ones[0], left.clear();
      for (std::size_t i = 0; i < new_ones.size(); ++i) {
         const tree::Module* module = new_ones[i];
         called_[module] = {module->name.text, module->year};
         if (partners[i]) called_[partners[i]] = called_[module];
         pairs_.emplace_back(partners[i], module);
      }
      for (const tree::Module* module : left) {
         called_[module] = {module->name.text, module->year};
         pairs_.emplace_back(module, nullptr);
      }
   }
   static const tree::Module* take(Modules& left, const tree::Module& module, bool of_same_year) {
      const auto found = std::find_if(left.begin(), left.end(), [&](const tree::Module* one) {
         return fold(one->name.text) == fold(module.name.text) && (!of_same_year || one->year == module.year);
      });
      if (found == left.end()) return nullptr;
      const tree::Module* partner = *found;
      left.erase(found);
      return partner;
   }

   // All versions are of one year, for everywhere.
   tree::Module head(const Selection& selection, const tree::Module& module) const {
      tree::Module one = module;
      const auto& [name, year] = called_.at(&module);
      one.name.text = name;
      one.year = year;
      one.declarations.clear();
      one.changes.clear();
      one.places.clear();
      one.extends.reset();
      one.place.reset();
      one.braces = false;
      if (one.kind == tree::Module::Kind::ruleset) one.year = now_.year;
      for (tree::Use& use : one.uses)
         for (const tree::Module* forms : selection.forms)
            if (fold(forms->name.text) == fold(use.name.text) && (!use.year || use.year == forms->year)) {
               use.name.text = called_.at(forms).first;
               use.year = called_.at(forms).second;
               break;
            }
      return one;
   }

   void add(const Selection& a, const tree::Module* was, const Selection& b, const tree::Module* now) {
      BothModules module;
      if (was) module.was = head(a, *was);
      if (now) module.now = head(b, *now);
      const tree::Module& any = now ? *module.now : *module.was;
      const Word kind = any.kind == tree::Module::Kind::forms ? Word::forms : Word::ruleset;
      const std::string title = std::string(spelled(kind, chinese_)) + " " + any.name.text;
      if (module.one_sided()) {
         module.edit = edit({was ? What::removed : What::added, title, {}});
         for (tree::Declaration& one : declarations(was ? *was : *now, was ? was_.year : now_.year))
            module.declarations.push_back({one, one, {}});
      } else {
         auto how = without_words(diff(meanings(*module.was, nullptr, chinese_), now_.year,
                                       meanings(*module.now, nullptr, chinese_), now_.year, chinese_));
         if (!how.empty()) module.edit = edit({What::changed, title, std::move(how)});
         set_ = any.name.text;
         pair_declarations(declarations(*was, was_.year), declarations(*now, now_.year), module);
      }
      modules_.push_back(std::move(module));
   }

   // Of a parameter only the value of the side's year counts; it holds in the year that all are weighed in.
   std::vector<tree::Declaration> declarations(const tree::Module& module, int year) const {
      std::vector<tree::Declaration> all;
      for (const tree::Declaration& one : module.declarations) {
         if (get_if<tree::Test>(&one)) continue;
         all.push_back(one);
         auto* parameter = get_if<tree::Parameter>(&all.back());
         if (!parameter || parameter->years.empty()) continue;
         std::vector<tree::Years> in_force;
         for (tree::Years years : parameter->years)
            if (years.from.value_or(year) <= year && year <= years.to.value_or(year)) {
               years.from = years.to = now_.year;
               in_force = {years};
            }
         parameter->years = in_force;
      }
      return all;
   }

   // ---- declarations

   void pair_declarations(std::vector<tree::Declaration> left, const std::vector<tree::Declaration>& all, BothModules& module) {
      for (const tree::Declaration& now : all) {
         const auto was = partner(left, now);
         BothWays one{{}, now, {}};
         if (was == left.end()) {
            one.edits[""] = edit({What::added, titled(now), {}});
         } else {
            one.was = *was;
            compare(one);
            left.erase(was);
         }
         module.declarations.push_back(std::move(one));
      }
      for (tree::Declaration& was : left) {
         const std::size_t gone = edit({What::removed, titled(was), {}});
         module.declarations.push_back({std::move(was), {}, {{"", gone}}});
      }
   }
   // Those without a name are told apart by what they say.
   std::vector<tree::Declaration>::iterator partner(std::vector<tree::Declaration>& left, const tree::Declaration& now) const {
      const auto same_name = [&](const tree::Declaration& one) { return word_of(one) == word_of(now) && name(one) == name(now); };
      const auto same = std::find_if(left.begin(), left.end(),
                                     [&](const tree::Declaration& one) { return same_name(one) && how(one, now).empty(); });
      return same != left.end() ? same : std::find_if(left.begin(), left.end(), same_name);
   }
   static std::string name(const tree::Declaration& one) {
      const tree::Name* name = name_of(one);
      return name ? fold(name->text) : "";
   }

   std::vector<Difference> how(const tree::Declaration& was, const tree::Declaration& now) const {
      return without_words(diff(meanings(was, chinese_), now_.year, meanings(now, chinese_), now_.year, chinese_));
   }

   void compare(BothWays& one) {
      const auto *old_score = get_if<tree::Score>(&*one.was), *new_score = get_if<tree::Score>(&*one.now);
      if (old_score && new_score) return scores(*old_score, *new_score, new_score->name.text, one);
      const auto *old_check = get_if<tree::Check>(&*one.was), *new_check = get_if<tree::Check>(&*one.now);
      if (old_check && new_check && has_named_cases(*old_check) && has_named_cases(*new_check))
         return cases(*old_check, *new_check, one);
      changed("", titled(*one.now), how(*one.was, *one.now), one);
   }

   void scores(const tree::Score& was, const tree::Score& now, const std::string& path, BothWays& of) {
      tree::Score old_one = was, new_one = now;
      const bool as_a_whole = was.parts.empty() != now.parts.empty();
      if (!as_a_whole) old_one.parts.clear(), new_one.parts.clear();
      changed(path, titled(Word::score, path), how(old_one, new_one), of);
      if (as_a_whole) return;
      for (const tree::Score& part : now.parts) {
         const std::string inner = path + "." + part.name.text;
         if (const tree::Score* other = of_name(was.parts, part.name.text, name_of_part))
            scores(*other, part, inner, of);
         else
            of.edits[inner] = edit({What::added, titled(Word::score, inner), {}});
      }
      for (const tree::Score& part : was.parts)
         if (!of_name(now.parts, part.name.text, name_of_part))
            of.edits[path + "." + part.name.text] = edit({What::removed, titled(Word::score, path + "." + part.name.text), {}});
   }

   void cases(const tree::Check& was, const tree::Check& now, BothWays& of) {
      const std::string& path = now.name.text;
      const auto with = [](const tree::Check& check, const std::vector<tree::Case>& cases) {
         tree::Check one = check;
         one.cases = cases;
         return one;
      };
      changed(path, titled(Word::check, path), how(with(was, {}), with(now, {})), of);
      for (const tree::Case& one : now.cases) {
         const std::string inner = path + "." + one.about.title, title = titled(Word::check, inner);
         if (const tree::Case* other = of_name(was.cases, one.about.title, name_of_case))
            changed(inner, title, how(with(now, {*other}), with(now, {one})), of);
         else
            of.edits[inner] = edit({What::added, title, {}});
      }
      for (const tree::Case& one : was.cases)
         if (!of_name(now.cases, one.about.title, name_of_case))
            of.edits[path + "." + one.about.title] = edit({What::removed, titled(Word::check, path + "." + one.about.title), {}});
   }

   void changed(const std::string& path, std::string title, std::vector<Difference> how, BothWays& of) {
      if (!how.empty()) of.edits[path] = edit({What::changed, std::move(title), std::move(how)});
   }
   std::size_t edit(ChangedRule rule) {
      rules_.push_back(std::move(rule));
      return rules_.size() - 1;
   }

   std::string titled(Word word, const std::string& path) const {
      return set_ + (chinese_ ? "：" : ": ") + std::string(spelled(word, chinese_)) + (path.empty() ? "" : " " + path);
   }
   std::string titled(const tree::Declaration& one) const {
      const tree::Name* name = name_of(one);
      return titled(word_of(one), name ? name->text : "");
   }

   // ---- what is in force

   // No flags: a module that is there as a whole.
   static std::optional<tree::Declaration> mixed(const BothWays& one, const std::vector<bool>& in_force) {
      if (in_force.empty() || one.edits.empty()) return one.now;
      if (const auto whole = one.edits.find(""); whole != one.edits.end()) return in_force[whole->second] ? one.now : one.was;
      const auto is_new = [&](const std::string& path) {
         const auto found = one.edits.find(path);
         return found == one.edits.end() || in_force[found->second];
      };
      if (const auto* now = get_if<tree::Score>(&*one.now)) {
         return tree::Declaration(mixed(*get_if<tree::Score>(&*one.was), *now, now->name.text, is_new));
      }
      return tree::Declaration(mixed(*get_if<tree::Check>(&*one.was), *get_if<tree::Check>(&*one.now), is_new));
   }
   template <typename IsNew>
   static tree::Score mixed(const tree::Score& was, const tree::Score& now, const std::string& path, const IsNew& is_new) {
      tree::Score one = is_new(path) ? now : was;
      if (was.parts.empty() != now.parts.empty()) return one;
      one.parts.clear();
      for (const tree::Score& part : now.parts) {
         const std::string inner = path + "." + part.name.text;
         if (const tree::Score* other = of_name(was.parts, part.name.text, name_of_part))
            one.parts.push_back(mixed(*other, part, inner, is_new));
         else if (is_new(inner))
            one.parts.push_back(part);
      }
      for (const tree::Score& part : was.parts)
         if (!of_name(now.parts, part.name.text, name_of_part) && !is_new(path + "." + part.name.text)) one.parts.push_back(part);
      return one;
   }
   template <typename IsNew>
   static tree::Check mixed(const tree::Check& was, const tree::Check& now, const IsNew& is_new) {
      const std::string& path = now.name.text;
      tree::Check one = is_new(path) ? now : was;
      one.cases.clear();
      for (const tree::Case& part : now.cases) {
         const tree::Case* other = of_name(was.cases, part.about.title, name_of_case);
         const bool in_force = is_new(path + "." + part.about.title);
         if (in_force || other) one.cases.push_back(in_force ? part : *other);
      }
      for (const tree::Case& part : was.cases)
         if (!of_name(now.cases, part.about.title, name_of_case) && !is_new(path + "." + part.about.title))
            one.cases.push_back(part);
      return one;
   }

   void put(const tree::Declaration& one, std::string& text) const {
      for (const PrintedLine& line : print_lines(one, chinese_)) text += std::string(line.depth * 2, ' ') + line.text + "\n";
   }

   RulesOfSide was_, now_;
   bool chinese_;
   std::vector<std::pair<const tree::Module*, const tree::Module*>> pairs_;
   Called called_;
   std::string set_;  // that is compared
   std::vector<BothModules> modules_;
   std::vector<ChangedRule> rules_;  // by number of the edit
};

}  // namespace

std::string ChangedRule::said(bool chinese, std::string_view without) const {
   const std::string short_name = name.rfind(without, 0) == 0 ? name.substr(without.size()) : name;
   switch (what) {
      case What::added: return (chinese ? "新增 " : "added ") + short_name;
      case What::removed: return (chinese ? "取消 " : "removed ") + short_name;
      case What::changed: break;
   }
   return short_name;
}

// Puts changes into force one after another.
class RulesBetween::Maker {
 public:
   Maker(RulesBetween& into, const Edits& edits, const RulesOfSide& now, const MakingVersions& making)
       : into_(into), edits_(edits), now_(now), making_(making), in_force_(edits.size(), false), tried_(edits.size(), 0) {
      for (std::size_t i = 0; i < edits.size(); ++i) waiting_.push_back(i);
   }

   // false: it was stopped.
   bool run() {
      try {
         keep(make());
         while (!waiting_.empty())
            if (!each_alone()) several();
      } catch (const Stopped&) {
         return false;
      }
      return true;
   }

 private:
   struct Stopped {};

   // One more version, if it compiles.
   std::optional<Version> make() {
      if (making_.stop && *making_.stop) throw Stopped();
      ++into_.tried_;
      Version one{std::make_unique<Memory>(edits_.texts(in_force_)), nullptr};
      one.rules = std::make_unique<Workspace>(*one.files);
      one.rules->settings = now_.rules->settings;
      const bool readable = one.rules->open("rules") && one.rules->readable();
      const Diagnostics& found = readable ? one.rules->compile(now_.year, "").diagnostics : one.rules->diagnostics();
      for (const Diagnostic& each : found)
         if (each.gravity == Gravity::error) why_ = each.message.en;
      if (!readable || !one.rules->compile(now_.year, "").ok) return std::nullopt;
      return one;
   }
   void keep(std::optional<Version> one) {
      if (!one) throw std::runtime_error("a version of the rules does not compile when it is written out: " + why_);
      into_.versions_.push_back(&one->rules->compile(now_.year, ""));
      into_.made_.push_back(std::move(*one));
   }
   void take(const std::vector<std::size_t>& together, std::optional<Version> version) {
      keep(std::move(version));
      into_.steps_.emplace_back();
      for (const std::size_t one : together) {
         into_.steps_.back().push_back(edits_.rule(one));
         waiting_.erase(std::find(waiting_.begin(), waiting_.end(), one));
      }
      if (making_.progress) making_.progress(edits_.size() - waiting_.size(), edits_.size());
   }

   // Every one that waits, once; not again before another has come. false: none of them compiles.
   bool each_alone() {
      const std::size_t before = waiting_.size();
      for (const std::size_t one : std::vector<std::size_t>(waiting_)) {
         if (tried_[one] == into_.versions_.size()) continue;
         tried_[one] = into_.versions_.size();
         in_force_[one] = true;
         if (auto version = make())
            take({one}, std::move(version));
         else
            in_force_[one] = false;
      }
      return waiting_.size() < before;
   }
   // As many of the first as it takes, then without those that are not needed.
   void several() {
      std::vector<std::size_t> together;
      std::optional<Version> version;
      for (std::size_t i = 0; i < waiting_.size() && !version; ++i) {
         together.push_back(waiting_[i]);
         in_force_[waiting_[i]] = true;
         if (i > 0) version = make();
      }
      for (std::size_t i = 0; version && i + 1 < together.size();) {
         in_force_[together[i]] = false;
         if (auto less = make()) {
            version = std::move(less);
            together.erase(together.begin() + static_cast<std::ptrdiff_t>(i));
         } else {
            in_force_[together[i++]] = true;
         }
      }
      take(together, std::move(version));
   }

   RulesBetween& into_;
   const Edits& edits_;
   const RulesOfSide& now_;
   const MakingVersions& making_;
   std::vector<bool> in_force_;
   std::vector<std::size_t> waiting_;  // in order
   std::vector<std::size_t> tried_;    // how many versions there were when it was tried last
   std::string why_;                   // the last version did not compile
};

RulesBetween::RulesBetween(const RulesOfSide& was, const RulesOfSide& now, const MakingVersions& making) {
   const Edits edits(was, now, making.chinese);
   renamed_ = edits.renamed();
   complete_ = Maker(*this, edits, now, making).run();
}

RulesBetween::~RulesBetween() = default;

}  // namespace heng

#include "tools/workspace/workspace.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "grammar/codes.hpp"
#include "grammar/keywords.hpp"
#include "grammar/parse.hpp"
#include "interpreter/check/analysis.hpp"
#include "interpreter/check/last_year.hpp"
#include "interpreter/last_year.hpp"
#include "interpreter/merge/places.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

template <typename T>
const T* as(const tree::Declaration& declaration) {
   return boost::variant2::get_if<T>(&declaration);
}

bool has_error(const Diagnostics& diagnostics) {
   return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.gravity == Gravity::error; });
}

// An overlay over a mistake tells its causes beside it; where the causes are others, it is another overlay's.
bool same(const Diagnostic& a, const Diagnostic& b) {
   const auto shared = static_cast<std::ptrdiff_t>(std::min(a.notes.size(), b.notes.size()));
   return a.code == b.code && a.span == b.span && a.message.zh == b.message.zh &&
          std::equal(a.notes.begin(), a.notes.begin() + shared, b.notes.begin(),
                     [](const Note& x, const Note& y) { return x.span == y.span; });
}

void add_new(Diagnostics& to, const Diagnostics& from) {
   for (const Diagnostic& one : from) {
      const auto known = std::find_if(to.begin(), to.end(), [&](const Diagnostic& other) { return same(one, other); });
      if (known == to.end())
         to.push_back(one);
      else if (one.notes.size() < known->notes.size())  // it is there without the overlay, too
         *known = one;
   }
}

struct Named {  // a rule set
   std::string name, place;
   int year = 0;
   friend bool operator<(const Named& a, const Named& b) {
      return std::tie(a.name, a.year, a.place) < std::tie(b.name, b.year, b.place);
   }
};

// What a file needs of others: forms by name; what it extends by name, year and place.
struct Needs {
   std::set<std::string> forms;
   std::set<Named> sets;
   bool places = false;

   explicit Needs(const tree::File& file) {
      for (const tree::Module& module : file.modules) {
         places |= module.place.has_value();
         for (const tree::Use& use : module.uses) forms.insert(fold(use.name.text));
         if (!module.extends) continue;
         if (module.kind == tree::Module::Kind::forms)
            forms.insert(fold(module.extends->name.text));
         else
            for (const std::string& place : {fold(module.extends->place.value_or("")), std::string()})
               for (const int year : {module.extends->year.value_or(module.year.value_or(0)), module.year.value_or(0)})
                  sets.insert({fold(module.extends->name.text), place, year});
      }
   }
};

bool declares_forms(const tree::File& file, const std::string& name) {
   return std::any_of(file.modules.begin(), file.modules.end(), [&](const tree::Module& module) {
      return module.kind == tree::Module::Kind::forms && fold(module.name.text) == name;
   });
}

bool declares_set(const tree::File& file, const Named& set) {
   return std::any_of(file.modules.begin(), file.modules.end(), [&](const tree::Module& module) {
      return module.kind == tree::Module::Kind::ruleset && fold(module.name.text) == set.name && module.year == set.year &&
             fold(module.place.value_or("")) == set.place;
   });
}

bool places_something(const tree::File& file) {
   return std::any_of(file.modules.begin(), file.modules.end(),
                      [](const tree::Module& module) { return !module.places.empty(); });
}

bool ends_with(const std::string& text, std::string_view end) {
   return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool lacks_forms(const Diagnostics& diagnostics) {
   return std::any_of(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& one) { return one.code == Code::unknown_form; });
}

// A place that is not known for sure: that nothing is for it follows from that.
bool is_ambiguous(const Diagnostics& diagnostics) {
   return std::any_of(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& one) { return one.code == Code::ambiguous_place; });
}

}  // namespace

void sort_by_place(Diagnostics& diagnostics) {
   std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::pair(a.span.file, a.span.begin) < std::pair(b.span.file, b.span.begin);
   });
}

bool Workspace::open(const std::string& path) {
   std::vector<std::string> paths{path};
   if (ends_with(path, ".lock")) return open_lock(path);
   if (ends_with(path, ".json")) {
      why_not_ = say("{} 是报告数据，不是规则：先写规则，后写报告",
                     "{} is report data, not rules: rules come first, then reports", path);
      return false;
   }
   const bool folder = files_.is_folder(path);
   if (folder) paths = files_.rule_files(path, true);
   root_ = folder ? path : folder_of(path);
   while (root_.size() > 1 && root_.back() == '/') root_.pop_back();
   lock_path_ = folder ? (root_ == "/" ? "" : root_) + "/heng.lock" : path.substr(0, path.rfind('.')) + ".lock";
   if (paths.empty()) {
      why_not_ = say("{} 里没有 .heng 文件；规则文件的名称以 .heng 结尾，不是 .heng.txt",
                     "{} holds no .heng file; the names of rule files end in .heng, not in .heng.txt", path);
      return false;
   }
   for (const std::string& one : paths) {
      const std::optional<std::string> text = files_.read(one);
      if (!text) {
         why_not_ = say("没有 {}，或者打不开", "there is no {}, or it cannot be opened", one);
         return false;
      }
      taking_part_.own.push_back(read(one, *text, false));
   }
   if (!folder) read_beside(path);
   read_layouts(folder ? path : folder_of(path));
   find_header_keys();
   sort_by_place(diagnostics_);
   return true;
}

tree::File* Workspace::read(const std::string& path, const std::string& text, bool lent) {
   const std::uint32_t number = sources_.add(path, text);
   Outcome<tree::File> parsed = parse(sources_, number);
   if (lent)  // tests that stand alone are its own
      for (tree::Module& module : parsed.value.modules)
         if (module.kind == tree::Module::Kind::loose) module.declarations.clear();
   trees_.push_back(std::move(parsed.value));
   diagnostics_.insert(diagnostics_.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
   return &trees_.back();
}

// The files beside lend forms and what is extended, and only where that is needed: their own faults and rule sets are nobody's
// business here.
void Workspace::read_beside(const std::string& path) {
   struct Beside {
      const tree::File* file;
      Diagnostics said;
      bool taken = false;
   };
   std::vector<Beside> all;
   std::vector<Needs> open{Needs(*taking_part_.own.front())};
   if (open.front().forms.empty() && open.front().sets.empty() && !open.front().places) return;
   for (const std::string& beside : files_.rule_files(folder_of(path), false)) {
      if (beside == path) continue;
      const std::optional<std::string> text = files_.read(beside);
      if (!text) continue;
      const std::size_t said = diagnostics_.size();
      const tree::File* file = read(beside, *text, true);
      all.push_back({file, Diagnostics(diagnostics_.begin() + static_cast<std::ptrdiff_t>(said), diagnostics_.end())});
      diagnostics_.resize(said);
   }
   while (!open.empty()) {
      const Needs needs = std::move(open.back());
      open.pop_back();
      const auto wanted = [&](const tree::File& file) {
         const tree::File& own = *taking_part_.own.front();
         for (const std::string& name : needs.forms)
            if (declares_forms(file, name) && !declares_forms(own, name)) return true;
         for (const auto& set : needs.sets)
            if (declares_set(file, set) && !declares_set(own, set)) return true;
         return needs.places && places_something(file);
      };
      for (Beside& one : all) {
         if (one.taken || !wanted(*one.file)) continue;
         one.taken = true;
         open.emplace_back(*one.file);
      }
   }
   // Forms that nobody declares are probably misspelt: those beside say which there are.
   const tree::File& own = *taking_part_.own.front();
   const auto declared = [&](const std::string& name) {
      return declares_forms(own, name) ||
             std::any_of(all.begin(), all.end(), [&](const Beside& one) { return declares_forms(*one.file, name); });
   };
   const std::set<std::string> needed = Needs(own).forms;
   if (std::any_of(needed.begin(), needed.end(), [&](const std::string& name) { return !declared(name); }))
      for (Beside& one : all)
         one.taken |= one.said.empty() && std::any_of(one.file->modules.begin(), one.file->modules.end(), [](const auto& module) {
                         return module.kind == tree::Module::Kind::forms;
                      });
   for (const Beside& one : all) {
      if (!one.taken) continue;
      taking_part_.lent.push_back(one.file);
      diagnostics_.insert(diagnostics_.end(), one.said.begin(), one.said.end());
   }
}

// How forms look elsewhere stands in a folder 版式 within the rules' folder or beside it.
void Workspace::read_layouts(const std::string& folder) {
   const std::string within = folder.empty() ? "" : folder + "/";
   std::set<std::string> read_already;
   for (const auto* files : {&taking_part_.own, &taking_part_.lent})
      for (const tree::File* file : *files) read_already.insert(sources_[file->file].path);
   const std::string name(spelled(Word::layout, true));
   for (const std::string& layouts : {within + name, within + "../" + name}) {
      if (!files_.is_folder(layouts)) continue;
      for (const std::string& path : files_.rule_files(layouts, true)) {
         if (read_already.count(path) > 0) continue;
         if (const std::optional<std::string> text = files_.read(path)) taking_part_.lent.push_back(read(path, *text, true));
      }
      return;
   }
}

bool Workspace::some_rule_reads_last_year() const {
   return settings.last_year ||
          std::any_of(trees_.begin(), trees_.end(), [](const tree::File& file) { return reads_last_year(file); });
}

// Reports name their year and place under the keys that the `report` declarations say.
void Workspace::find_header_keys() {
   HeaderKeys found{{}, {}, {}};
   std::vector<std::string> texts;
   const auto add = [](std::vector<std::string>& to, const std::vector<tree::Name>& names) {
      for (const tree::Name& name : names)
         if (std::find(to.begin(), to.end(), name.text) == to.end()) to.push_back(name.text);
   };
   const auto look = [&](const tree::Declaration& declaration) {
      if (const auto* report = as<tree::Report>(declaration))
         for (const tree::Field& field : report->fields) {
            if (field.type.word == tree::TypeWord::year) add(found.year, field.names);
            if (field.type.word == tree::TypeWord::place) add(found.place, field.names);
            if (field.type.word == tree::TypeWord::text) add(texts, field.names);
         }
   };
   for (const auto* files : {&taking_part_.own, &taking_part_.lent})
      for (const tree::File* file : *files)
         for (const tree::Module& module : file->modules) {
            for (const tree::Declaration& declaration : module.declarations) look(declaration);
            for (const tree::Change& change : module.changes) look(change.made);
         }
   if (!found.year.empty()) header_keys_.year = found.year;
   if (!found.place.empty()) header_keys_.place = found.place;
   const auto named = std::find(texts.begin(), texts.end(), "单位名称");
   if (named == texts.end() && !texts.empty()) header_keys_.unit_name = {texts.front()};
}

bool Workspace::readable() const { return !has_error(diagnostics_); }

bool Workspace::is_chinese(std::uint32_t file) const {
   for (const tree::File& tree : trees_)
      if (tree.file == file) return tree.chinese;
   return true;
}

const std::string& Workspace::shared_place(const std::string& place) {
   constexpr std::size_t most_kept = 10'000;
   if (shared_places_.size() > most_kept) shared_places_.clear();
   const auto [found, is_new] = shared_places_.try_emplace(place);
   if (is_new) found->second = place_with_rules(taking_part_, place);
   return found->second;
}

Compiled& Workspace::compile(int year, const std::string& place) {
   const std::lock_guard lock(compiling_);
   const std::string shared = shared_place(place);
   std::unique_ptr<Compiled>& one = compiled_[{year, fold(shared)}];
   if (!one) one = make(year, shared);
   return *one;
}

std::unique_ptr<Compiled> Workspace::make(int year, const std::string& place) {
   auto made = std::make_unique<Compiled>();
   Outcome<Selection> selected = select(taking_part_, year, place);
   made->selection = std::move(selected.value);
   for (const Diagnostic& diagnostic : selected.diagnostics) {
      if (diagnostic.code == Code::no_rule_set)
         made->no_rule_set = diagnostic;
      else
         made->diagnostics.push_back(diagnostic);
   }
   if (made->no_rule_set) return made;
   // Without the forms every name in the rules would be unknown; that has one cause, and it has been said.
   if (lacks_forms(made->diagnostics)) return made;
   Outcome<Program> checked = heng::check(sources_, made->selection, year, place, settings);
   add_new(made->diagnostics, checked.diagnostics);
   made->ok = !has_error(made->diagnostics);
   if (!made->ok) return made;
   for (RuleSet& set : checked.value.sets) set.hash = hash_of(set, sources_);
   made->plan = plan(std::move(checked.value));
   made->shape = shape_of(made->plan.program.schema);
   if (made->program().schema.own) made->without_last_year = without_last_year(made->program().schema);
   return made;
}

std::vector<SetNotRun> Workspace::not_run(int year, const std::string& place) {
   const std::lock_guard lock(compiling_);
   return left_out(year, place).sets;
}

std::optional<Diagnostic> Workspace::no_rule_set(int year, const std::string& place) {
   const std::lock_guard lock(compiling_);
   return left_out(year, place).all;
}

const Workspace::LeftOut& Workspace::left_out(int year, const std::string& place) {
   constexpr std::size_t most_kept = 1000;
   if (left_out_.size() > most_kept) left_out_.clear();
   const auto [found, is_new] = left_out_.try_emplace({year, place});
   if (!is_new) return found->second;
   const Outcome<Selection> selected = select(taking_part_, year, place);
   for (const NotRun& one : selected.value.not_run)
      found->second.sets.push_back({one.set->name.text, one.set->year.value_or(0), one.set->place.value_or(""), one.why});
   for (const Diagnostic& one : selected.diagnostics)
      if (one.code == Code::no_rule_set) found->second.all = one;
   return found->second;
}

std::optional<std::vector<std::string>> Workspace::unmentioned(const std::string& place) const {
   if (fold(place).empty()) return std::nullopt;
   std::vector<const tree::File*> files = taking_part_.own;
   files.insert(files.end(), taking_part_.lent.begin(), taking_part_.lent.end());
   const std::vector<std::string> known = places_mentioned(files, place);
   for (const std::string& one : known)
      if (fold(one) == fold(place)) return std::nullopt;
   return suggestions(place, known);
}

std::vector<std::pair<int, std::string>> Workspace::years_and_places() const {
   std::vector<std::pair<int, std::string>> all;
   for (const YearAndPlace& one : select_all(taking_part_)) all.emplace_back(one.year, one.place);
   return all;
}

Diagnostics Workspace::check_all() {
   Diagnostics all = diagnostics_;
   for (const auto& [year, place] : years_and_places()) {
      const Compiled& one = compile(year, place);
      add_new(all, one.diagnostics);
      if (one.no_rule_set && !is_ambiguous(one.diagnostics)) add_new(all, {*one.no_rule_set});
   }
   Diagnostics changed = changed_bases();
   for (Diagnostic& one : changed) one.gravity = Gravity::error;
   add_new(all, changed);
   // What is only unwise is looked for once nothing is wrong: rules that were read in part would look odd for that alone.
   if (!has_error(all))
      for (const auto& [year, place] : years_and_places()) {
         const Compiled& one = compile(year, place);
         if (one.ok) add_new(all, analyse(one.program(), one.selection, sources_));
      }
   sort_by_place(all);
   return all;
}

}  // namespace heng

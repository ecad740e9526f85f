#include "tools/workspace/workspace.hpp"

#include <algorithm>
#include <set>

#include "grammar/codes.hpp"
#include "grammar/keywords.hpp"
#include "grammar/parse.hpp"
#include "interpreter/check/analysis.hpp"
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

bool same(const Diagnostic& a, const Diagnostic& b) {
   return a.code == b.code && a.span == b.span && a.message.zh == b.message.zh;
}

void add_new(Diagnostics& to, const Diagnostics& from) {
   for (const Diagnostic& one : from)
      if (std::none_of(to.begin(), to.end(), [&](const Diagnostic& other) { return same(one, other); })) to.push_back(one);
}

void sort_by_place(Diagnostics& diagnostics) {
   std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::pair(a.span.file, a.span.begin) < std::pair(b.span.file, b.span.begin);
   });
}

std::set<std::string> used_forms(const tree::File& file) {
   std::set<std::string> names;
   for (const tree::Module& module : file.modules)
      for (const tree::Use& use : module.uses) names.insert(fold(use.name.text));
   return names;
}

bool declares(const tree::File& file, const std::set<std::string>& forms) {
   return std::any_of(file.modules.begin(), file.modules.end(), [&](const tree::Module& module) {
      return module.kind == tree::Module::Kind::forms && forms.count(fold(module.name.text)) > 0;
   });
}

bool lacks_forms(const Diagnostics& diagnostics) {
   return std::any_of(diagnostics.begin(), diagnostics.end(),
                      [](const Diagnostic& one) { return one.code == Code::unknown_form; });
}

}  // namespace

bool Workspace::open(const std::string& path) {
   std::vector<std::string> paths{path};
   if (path.size() > 5 && path.compare(path.size() - 5, 5, ".json") == 0) {
      why_not_ = say("{} 是报告数据，不是规则：先写规则，后写报告",
                     "{} is report data, not rules: rules come first, then reports", path);
      return false;
   }
   const bool folder = files_.is_folder(path);
   if (folder) paths = files_.rule_files(path, true);
   if (paths.empty()) {
      why_not_ = say("{} 里没有 .heng 文件", "{} holds no .heng file", path);
      return false;
   }
   for (const std::string& one : paths) {
      const std::optional<std::string> text = files_.read(one);
      if (!text) {
         why_not_ = say("没有 {}，或者打不开", "there is no {}, or it cannot be opened", one);
         return false;
      }
      taking_part_.push_back(read(one, *text, false));
   }
   if (!folder) read_beside(path);
   read_layouts(folder ? path : folder_of(path));
   find_header_keys();
   sort_by_place(diagnostics_);
   return true;
}

const tree::File* Workspace::read(const std::string& path, const std::string& text, bool forms_only) {
   const std::uint32_t number = sources_.add(path, text);
   Outcome<tree::File> parsed = parse(sources_, number);
   if (forms_only) {
      auto& modules = parsed.value.modules;
      modules.erase(std::remove_if(modules.begin(), modules.end(),
                                   [](const tree::Module& m) {
                                      return m.kind != tree::Module::Kind::forms && m.kind != tree::Module::Kind::layout;
                                   }),
                    modules.end());
   }
   trees_.push_back(std::move(parsed.value));
   diagnostics_.insert(diagnostics_.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
   return &trees_.back();
}

// The files beside lend their forms, and only where they are used: their own faults and rule sets are nobody's business here.
void Workspace::read_beside(const std::string& path) {
   const std::set<std::string> wanted = used_forms(*taking_part_.front());
   if (wanted.empty() || declares(*taking_part_.front(), wanted)) return;
   for (const std::string& beside : files_.rule_files(folder_of(path), false)) {
      if (beside == path) continue;
      const std::optional<std::string> text = files_.read(beside);
      if (!text) continue;
      const std::size_t said = diagnostics_.size();
      const tree::File* file = read(beside, *text, true);
      if (declares(*file, wanted))
         taking_part_.push_back(file);
      else
         diagnostics_.resize(said);
   }
}

// How forms look elsewhere stands in a folder 版式 within the rules' folder or beside it.
void Workspace::read_layouts(const std::string& folder) {
   const std::string within = folder.empty() ? "" : folder + "/";
   std::set<std::string> read_already;
   for (const tree::File* file : taking_part_) read_already.insert(sources_[file->file].path);
   const std::string name(spelled(Word::layout, true));
   for (const std::string& layouts : {within + name, within + "../" + name}) {
      if (!files_.is_folder(layouts)) continue;
      for (const std::string& path : files_.rule_files(layouts, true)) {
         if (read_already.count(path) > 0) continue;
         if (const std::optional<std::string> text = files_.read(path)) taking_part_.push_back(read(path, *text, true));
      }
      return;
   }
}

// Reports name their year and place under the keys that the `report` declarations say.
void Workspace::find_header_keys() {
   HeaderKeys found{{}, {}, {}};
   std::vector<std::string> texts;
   const auto add = [](std::vector<std::string>& to, const std::vector<tree::Name>& names) {
      for (const tree::Name& name : names)
         if (std::find(to.begin(), to.end(), name.text) == to.end()) to.push_back(name.text);
   };
   for (const tree::File* file : taking_part_)
      for (const tree::Module& module : file->modules)
         for (const tree::Declaration& declaration : module.declarations)
            if (const auto* report = as<tree::Report>(declaration))
               for (const tree::Field& field : report->fields) {
                  if (field.type.word == tree::TypeWord::year) add(found.year, field.names);
                  if (field.type.word == tree::TypeWord::place) add(found.place, field.names);
                  if (field.type.word == tree::TypeWord::text) add(texts, field.names);
               }
   if (!found.year.empty()) header_keys_.year = found.year;
   if (!found.place.empty()) header_keys_.place = found.place;
   const auto named = std::find(texts.begin(), texts.end(), "单位名称");
   if (named == texts.end() && !texts.empty()) header_keys_.unit_name = {texts.front()};
}

bool Workspace::readable() const { return !has_error(diagnostics_); }

std::string Workspace::shared_place(const std::string& place) const {
   const std::string folded = fold(place);
   for (const tree::File* file : taking_part_)
      for (const tree::Module& module : file->modules)
         if (module.place && fold(*module.place) == folded) return folded;
   return "";
}

Compiled& Workspace::compile(int year, const std::string& place) {
   const std::lock_guard lock(compiling_);
   std::unique_ptr<Compiled>& one = compiled_[{year, shared_place(place)}];
   if (!one) one = make(year, shared_place(place).empty() ? "" : place);
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
   return made;
}

std::vector<SetNotRun> Workspace::not_run(int year, const std::string& place) {
   constexpr std::size_t most_kept = 1000;
   const std::lock_guard lock(compiling_);
   if (not_run_.size() > most_kept) not_run_.clear();
   const auto [found, is_new] = not_run_.try_emplace({year, place});
   if (!is_new) return found->second;
   const Outcome<Selection> selected = select(taking_part_, year, place);
   for (const NotRun& one : selected.value.not_run)
      found->second.push_back({one.set->name.text, one.set->year.value_or(0), one.set->place.value_or(""), one.why});
   return found->second;
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
      if (one.no_rule_set) add_new(all, {*one.no_rule_set});
   }
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

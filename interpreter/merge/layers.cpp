#include "interpreter/merge/layers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "stdlib/text.hpp"

namespace heng {

namespace {

using tree::Module;

constexpr int most_layers = 100;
constexpr std::size_t most_names = 1000;  // to look for one that was meant

bool extends(const Module* module) { return module->extends.has_value(); }

std::string title_of(const tree::Extends& extends, std::optional<int> year) {
   std::string title = extends.name.text;
   if (year) title += " " + std::to_string(*year);
   if (extends.place) title += " " + *extends.place;
   return title;
}

// It says that here everything is as it is around it, and nothing else.
bool says_nothing(const Module& module) {
   return module.changes.empty() && module.uses.empty() && !module.cite && !module.severity && !module.round_scores_to &&
          !(module.extends && module.extends->place);
}

}  // namespace

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

Layers::Layers(Modules all, const Places& places, Complaints& complaints) : places_(places), complaints_(complaints) {
   for (const Module* module : all) {
      std::string place;
      if (module->place) {
         const Places::Found found = places_.find(*module->place);
         if (found.meanings.size() > 1) {
            std::string meanings;
            for (const std::string& one : found.meanings) meanings += (meanings.empty() ? "" : "、") + one;
            complaints_
                .error(Code::ambiguous_place, module->span,
                       say("叫 {} 的地区有几个", "several places are called {}", *module->place))
                .help = say("写明是哪一个：{}", "say which: {}", meanings);
            continue;
         }
         place = found.chain.back();
      }
      written_.push_back({module, fold(module->name.text), place, module->year});
      by_name_[{written_.back().name, place}].push_back(written_.size() - 1);
   }
}

std::string Layers::place_of(std::string_view place) const {
   const Places::Found found = places_.find(place);
   return found.chain.empty() ? std::string() : found.chain.back();
}

Modules Layers::at(std::string_view name, int year, std::string_view place) const {
   Modules found;
   const auto named = by_name_.find({fold(name), std::string(place)});
   if (named == by_name_.end()) return found;
   for (const std::size_t at : named->second)
      if (written_[at].year.value_or(year) == year) found.push_back(written_[at].module);
   return found;
}

// Either one that says everything, or some that change what is below. Where several say everything, the first is taken.
Modules Layers::one_base(const Modules& modules) {
   for (const Module* module : modules) {
      const Module& first = *modules.front();
      if (module == &first) continue;
      if (!extends(module) || !extends(&first)) {
         Diagnostic& error = complaints_.error(
             Code::two_writers, module->span,
             module->kind == Module::Kind::forms ? say("报表集 {} 写了两次", "forms {} are written twice", title_of(*module))
                                                 : say("规则集 {} 写了两次", "rule set {} is written twice", title_of(*module)));
         error.notes.push_back({first.span, say("另一处在这里", "the other one is here")});
         error.help = say("合成一个，或者改名称、年度", "make one of them, or change a name or a year");
         return {&first};
      }
      if (fold(title_of(*module->extends, module->extends->year)) != fold(title_of(*first.extends, first.extends->year))) {
         refuse_base(*module, say("{} 在两处沿用的不一样", "{} extends one thing here and another elsewhere", title_of(*module)));
         return {};
      }
   }
   return modules;
}

void Layers::refuse_base(const Module& module, Said message, std::optional<Said> help) {
   refused_ = true;
   complaints_.error(Code::unknown_base, module.extends ? module.extends->span : module.span, std::move(message)).help =
       std::move(help);
}

void Layers::unknown_base(const Module& module) {
   Modules there;
   std::vector<std::string> names;
   for (const Written& one : written_) {
      if (one.module == &module) continue;
      if (names.size() < most_names) names.push_back(one.module->name.text);
      if (one.name == fold(module.extends->name.text)) there.push_back(one.module);
   }
   const auto near = suggestions(module.extends->name.text, names);
   const std::string title = title_of(*module.extends, module.extends->year);
   std::optional<Said> help;
   if (!there.empty())
      help = say("现有：{}", "there are: {}", list_of_titles(there));
   else if (!near.empty())
      help = say("是不是 {}？", "did you mean {}?", near.front());
   else
      help = say("把写有它的文件放在一起", "put the file that holds it beside this one");
   refuse_base(module, say("没有 {} 可以沿用", "there is no {} to extend", title), std::move(help));
}

// The year that is extended: a place's set may leave it out, it is its own.
std::optional<int> Layers::year_extended(const Module& module) {
   if (module.extends->year) return module.extends->year;
   if (module.place || module.kind == Module::Kind::forms) return module.year;
   refuse_base(module, say("没有写沿用哪一年度的 {}", "of which year is the {} that is extended?", module.extends->name.text),
               say("写 沿用 {} 年度", "write extends {} YEAR", module.extends->name.text));
   return std::nullopt;
}

void Layers::put_general(const Modules& written, int year, Stack& stack, int depth) {
   const Modules modules = one_base(written);
   if (modules.empty()) return;
   const Module& first = *modules.front();
   if (first.extends) {
      const std::optional<int> below = year_extended(first);
      if (!below) return;
      const bool itself = fold(first.extends->name.text) == fold(first.name.text) && *below == year;
      if (first.extends->place)
         return refuse_base(
             first, say("适用于各地的，不能沿用 {} 的", "a set for everywhere cannot extend that of {}", *first.extends->place));
      if (*below > year || itself || depth > most_layers)
         return refuse_base(first, say("{} 只能沿用更早年度的", "{} can only extend an earlier year", title_of(first)));
      const Modules found = at(first.extends->name.text, *below, "");
      if (found.empty()) return unknown_base(first);
      put_general(found, *below, stack, depth + 1);
      if (refused_) return;
   }
   stack.push_back({modules, year, ""});
}

// What a place said in earlier years and takes along.
void Layers::put_carried(const Modules& written, int year, const std::string& place, const Module& top, Stack& stack, int depth) {
   const Modules modules = one_base(written);
   if (modules.empty()) return;
   const Module& first = *modules.front();
   if (first.extends && first.extends->place && place_of(*first.extends->place) == place) {
      const std::optional<int> below = year_extended(first);
      if (!below || *below >= year || depth > most_layers)
         return refuse_base(first, say("{} 只能沿用更早年度的", "{} can only extend an earlier year", title_of(first)));
      const Modules found = at(first.extends->name.text, *below, place);
      if (found.empty()) return unknown_base(first);
      put_carried(found, *below, place, top, stack, depth + 1);
   } else if (first.extends && stack.empty()) {  // nothing is said in general for the later year: it goes on from what it was
      const std::optional<int> below = year_extended(first);
      if (!below) return;
      const Modules found = at(first.extends->name.text, *below, first.extends->place ? place_of(*first.extends->place) : "");
      if (found.empty()) return unknown_base(first);
      put_below(found, *below, top, stack);
   }
   if (!refused_) stack.push_back({modules, year, place});
}

// What `top` goes on from, where nothing is for its own year: a place around it has to say what holds in that year.
void Layers::put_below(const Modules& found, int below, const Module& top, Stack& stack) {
   const Module& first = *found.front();
   if (!first.place || !first.extends) return put_general(found, below, stack, 0);
   const int year = top.year.value_or(below);
   if (below < year)
      return left_out(first, fmt::format("{} {}", first.extends->name.text, first.extends->year.value_or(below)), year,
                      top.name.text, top);
   refuse_base(top,
               say("{} 不能沿用 {}：那里改的是 {}", "{} cannot extend {}, which changes {}", title_of(top), title_of(first),
                   title_of(*first.extends, first.extends->year)),
               say("写 沿用 {}", "write extends {}", title_of(*first.extends, first.extends->year)));
}

void Layers::put_place(const Modules& written, int year, const std::vector<std::string>& chain, std::size_t link, Stack& stack) {
   const Modules modules = one_base(written);
   if (modules.empty()) return;
   const Module& first = *modules.front();
   if (!first.extends) {
      if (stack.empty()) return stack.push_back({modules, year, chain[link]});
      Diagnostic& error = complaints_.error(Code::two_writers, first.span,
                                            say("{} 同 {} 说的是一回事", "{} and {} are about the same thing", title_of(first),
                                                title_of(*stack.back().modules.front())));
      error.notes.push_back({stack.back().modules.front()->span, say("另一处在这里", "the other one is here")});
      error.help = say("只写不同的地方，在开头写 沿用 {0}", "write what differs, and in the header: extends {0}",
                       title_of(*stack.back().modules.front()));
      refused_ = true;
      return;
   }
   const std::optional<int> below = year_extended(first);
   if (!below) return;
   const std::string target = first.extends->place ? place_of(*first.extends->place) : std::string();
   if (target == chain[link]) return put_carried(modules, year, chain[link], first, stack, 0);
   const Modules found = at(first.extends->name.text, *below, target);
   if (found.empty()) return unknown_base(first);
   if (!target.empty() && std::find(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(link), target) ==
                              chain.begin() + static_cast<std::ptrdiff_t>(link))
      return refuse_base(first, say("{} 不在 {} 里", "{} does not lie in {}", *first.place, *first.extends->place),
                         say("在行政区划里写明：{} : {}", "say so in places: {} : {}", *first.extends->place, *first.place));
   const bool laid = std::any_of(stack.begin(), stack.end(), [&](const Layer& layer) { return layer.modules == found; });
   if (!laid && !stack.empty()) {
      const std::string there = title_of(*stack.back().modules.front());
      return refuse_base(
          first,
          say("这一年度有 {}，不能越过它沿用 {}", "there is {}: {} cannot be extended past it", there, title_of(*found.front())),
          say("写 沿用 {}", "write extends {}", there));
   }
   if (!laid) put_below(found, *below, first, stack);
   if (!refused_) stack.push_back({modules, year, chain[link]});
}

// Last year this place had something of its own.
void Layers::look_for_left_out(std::string_view name, int year, const std::vector<std::string>& chain, std::size_t link,
                               const Stack& stack) {
   if (stack.empty()) return;
   const Module* general = nullptr;  // the latest that is laid
   bool of_this_year = false;
   for (const Layer& layer : stack) {
      if (layer.of_place()) continue;
      general = layer.modules.front();
      of_this_year = layer.year == year;
   }
   std::string before = general && !of_this_year ? general->name.text : std::string(name);
   std::optional<int> last;
   if (of_this_year && general->extends && general->extends->year.value_or(year) < year) {
      before = general->extends->name.text;
      last = general->extends->year;
   } else {
      for (const Written& one : written_) {
         const bool concerns = one.place.empty() || std::find(chain.begin(), chain.end(), one.place) != chain.end();
         if (one.name == fold(before) && concerns && one.year && *one.year < year)
            last = std::max(last.value_or(*one.year), *one.year);
      }
   }
   if (!last) return;
   const Modules own = at(before, *last, chain[link]);
   const auto said = std::find_if(own.begin(), own.end(), [](const Module* one) { return !says_nothing(*one); });
   if (said == own.end()) return;
   left_out(**said, title_of(general ? *general : **said), year, name, of_this_year ? *general : *stack.back().modules.front());
}

// The year of `top` takes nothing over from `old`; `around`: what holds there without it.
void Layers::left_out(const Module& old, const std::string& around, int year, std::string_view name, const Module& top) {
   const int last = old.year.value_or(year);
   Diagnostic& error = complaints_.error(Code::place_left_out, top.span,
                                         say("{0} 在{1}年度有自己的规则，{2}年度没有写",
                                             "{0} had rules of its own in {1} and says nothing in {2}", *old.place, last, year));
   error.notes.push_back({old.span, say("{}年度的在这里", "those of {} are here", last)});
   error.help =
       say("带过来的写：{0} {1} {2} 适用地区 {3} 沿用 {4} {5} 适用地区 {3} {{ }}；不要了的写：{0} {1} {2} 适用地区 {3} 沿用 {7} "
           "{{ }}",
           "to carry them over: {6} {1} {2} for {3} extends {4} {5} for {3} {{ }}; to end them: {6} {1} {2} for {3} extends {7} "
           "{{ }}",
           old.kind == Module::Kind::forms ? "报表集" : "规则集", name, year, *old.place, old.name.text, last,
           old.kind == Module::Kind::forms ? "forms" : "ruleset", around);
   refused_ = true;
}

Stack Layers::stack(std::string_view name, int year, const std::vector<std::string>& chain) {
   refused_ = false;
   Stack made;
   put_general(at(name, year, ""), year, made, 0);
   std::vector<std::size_t> unseen;  // nothing was laid yet that could have left them out
   for (std::size_t link = 0; link < chain.size() && !refused_; ++link) {
      const Modules own = at(name, year, chain[link]);
      if (!own.empty())
         put_place(own, year, chain, link, made);
      else if (made.empty())
         unseen.push_back(link);
      else
         look_for_left_out(name, year, chain, link, made);
   }
   for (const std::size_t link : unseen)
      if (!refused_) look_for_left_out(name, year, chain, link, made);
   return refused_ ? Stack() : made;
}

}  // namespace heng

#include "interpreter/merge/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "grammar/declarations.hpp"
#include "grammar/walk.hpp"
#include "interpreter/merge/meaning.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;
using tree::Amended;
using tree::Change;
using tree::ChangeKind;
using tree::Clause;
using tree::Declaration;
using Path = std::vector<std::string>;  // as written

constexpr std::size_t most_changes = 2000, most_work = 5'000'000;  // of one file; changes times what they may be about

std::string joined(const Path& path) {
   std::string text;
   for (const std::string& name : path) text += (text.empty() ? "" : ".") + name;
   return text;
}

bool same(const Path& a, const Path& b) {
   return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                     [](const std::string& x, const std::string& y) { return fold(x) == fold(y); });
}
bool within(const Path& inner, const Path& outer) {  // or the same
   return inner.size() >= outer.size() &&
          same(Path(inner.begin(), inner.begin() + static_cast<std::ptrdiff_t>(outer.size())), outer);
}

// 过程.资金到位率 may leave out what lies between.
bool is_meant(const Path& whole, const Path& wanted) {
   if (wanted.empty() || whole.empty()) return wanted.empty() && whole.empty();
   if (fold(whole.back()) != fold(wanted.back())) return false;
   std::size_t met = 0;
   for (std::size_t i = 0; i + 1 < whole.size() && met + 1 < wanted.size(); ++i)
      if (fold(whole[i]) == fold(wanted[met])) ++met;
   return met + 1 == wanted.size();
}

Path path_of(const Change& change) {
   Path path;
   for (const tree::Name& name : change.owner) path.push_back(name.text);
   if (const tree::Name* name = name_of(change.made)) path.push_back(name->text);
   return path;
}

// A declaration, a part of a score, or a case of a check, where it stands.
struct Spot {
   Word word = Word::check;
   Path path;
   std::vector<Declaration>* declarations = nullptr;
   std::vector<tree::Score>* parts = nullptr;  // it is one of these
   tree::Check* check = nullptr;               // it is a case of this
   std::size_t index = 0;

   Span span() const {
      if (parts) return (*parts)[index].span;
      if (check) return check->cases[index].span;
      return span_of((*declarations)[index]);
   }
   void erase() const {
      const auto at = static_cast<std::ptrdiff_t>(index);
      if (parts)
         parts->erase(parts->begin() + at);
      else if (check)
         check->cases.erase(check->cases.begin() + at);
      else
         declarations->erase(declarations->begin() + at);
   }
};

class Spots {
 public:
   explicit Spots(std::vector<Declaration>& declarations) {
      for (std::size_t i = 0; i < declarations.size(); ++i) {
         if (get_if<tree::Test>(&declarations[i]) || get_if<tree::UnitDecl>(&declarations[i]) ||
             get_if<tree::PrintedAs>(&declarations[i]))
            continue;
         Spot spot;
         spot.word = word_of(declarations[i]);
         if (const tree::Name* name = name_of(declarations[i])) spot.path.push_back(name->text);
         spot.declarations = &declarations;
         spot.index = i;
         all.push_back(spot);
         if (auto* score = get_if<tree::Score>(&declarations[i])) add_parts(*score, spot);
         if (auto* check = get_if<tree::Check>(&declarations[i])) add_cases(*check, spot);
      }
   }

   std::vector<Spot> meant(Word word, const Path& wanted) const {
      std::vector<Spot> found;
      for (const Spot& spot : all) {
         if (spot.word != word || !is_meant(spot.path, wanted)) continue;
         if (same(spot.path, wanted)) return {spot};
         found.push_back(spot);
      }
      return found;
   }
   const Spot* exactly(Word word, const Path& path) const {
      for (const Spot& spot : all)
         if (spot.word == word && same(spot.path, path)) return &spot;
      return nullptr;
   }

   std::vector<Spot> all;

 private:
   void add_parts(tree::Score& score, const Spot& outer) {
      for (std::size_t i = 0; i < score.parts.size(); ++i) {
         Spot spot = outer;
         spot.path.push_back(score.parts[i].name.text);
         spot.parts = &score.parts;
         spot.index = i;
         all.push_back(spot);
         add_parts(score.parts[i], spot);
      }
   }
   void add_cases(tree::Check& check, const Spot& outer) {
      for (std::size_t i = 0; i < check.cases.size(); ++i) {
         if (check.cases[i].about.title.empty()) continue;
         Spot spot = outer;
         spot.path.push_back(check.cases[i].about.title);
         spot.check = &check;
         spot.index = i;
         all.push_back(spot);
      }
   }
};

// ---- clauses ------------------------------------------------------------------------------------------------------------

tree::ExprPtr with_within(const tree::ExprPtr& expr, const tree::ExprPtr& within, std::size_t& met) {
   if (!expr) return expr;
   tree::Expr copy = *expr;
   bool changed = false;
   if (auto* comparison = get_if<tree::Comparison>(&copy.what); comparison && comparison->within) {
      comparison->within = within;
      changed = true;
      ++met;
   }
   for_each_inner(copy, [&](tree::ExprPtr& inner) {
      const tree::ExprPtr made = with_within(inner, within, met);
      changed |= made != inner;
      inner = made;
   });
   return changed ? std::make_shared<const tree::Expr>(std::move(copy)) : expr;
}

// The years that an amendment names are taken from those that were there.
std::vector<tree::Years> without(const std::vector<tree::Years>& all, const tree::Years& taken) {
   constexpr int first = -1'000'000, last = 1'000'000;
   const int from = taken.from.value_or(first), to = taken.to.value_or(last);
   std::vector<tree::Years> rest;
   for (const tree::Years& one : all) {
      if (one.to.value_or(last) < from || one.from.value_or(first) > to) {
         rest.push_back(one);
         continue;
      }
      if (one.from.value_or(first) < from) {
         rest.push_back(one);
         rest.back().to = from - 1;
      }
      if (one.to.value_or(last) > to) {
         rest.push_back(one);
         rest.back().from = to + 1;
      }
   }
   return rest;
}

// Writes one amended clause into what stands there. Nothing: it is done; else why it cannot be.
class Amending {
 public:
   Amending(const Change& change, const Amended& amended) : change_(change), amended_(amended) {}

   std::optional<Said> operator()(Declaration& to) const {
      return boost::variant2::visit([this](auto& one) { return put(one); }, to);
   }
   std::optional<Said> operator()(tree::Score& to) const { return put(to); }
   std::optional<Said> operator()(tree::Case& to) const { return put_case(to); }

 private:
   template <typename D>
   std::optional<Said> put(D& to) const {
      if constexpr (std::is_same_v<D, tree::Rollup>) {
         const auto& from = *get_if<tree::Check>(&change_.made);
         return put_about(to.about, from.about) ? std::nullopt : none();
      } else if constexpr (std::is_same_v<D, tree::Test> || std::is_same_v<D, tree::UnitDecl> ||
                           std::is_same_v<D, tree::PrintedAs>) {
         return none();
      } else {
         return put(to, *get_if<D>(&change_.made));
      }
   }

   template <typename D>
   std::optional<Said> put(D& to, const D& from) const {
      if constexpr (requires { to.about; })
         if (put_about(to.about, from.about)) return std::nullopt;
      const Clause clause = amended_.clause;
      const auto set = [](auto& there, const auto& here) { return there = here, std::optional<Said>(); };
      if constexpr (requires { to.title; })
         if (clause == Clause::title) return set(to.title, from.title);
      if constexpr (requires { to.cite; })
         if (clause == Clause::cite) return set(to.cite, from.cite);
      if constexpr (requires { to.each; })
         if (clause == Clause::each) return set(to.each, from.each);
      if constexpr (requires { to.where; })
         if (clause == Clause::where) return set(to.where, from.where);
      if constexpr (requires { to.of; })
         if (clause == Clause::of) return set(to.of, from.of);
      if constexpr (requires { to.in; })
         if (clause == Clause::in) return set(to.in, from.in);
      if constexpr (requires { to.to; })
         if (clause == Clause::to) return set(to.to, from.to);
      if constexpr (requires { to.blank_counts_as_0; })
         if (clause == Clause::blank_counts_as_0) return set(to.blank_counts_as_0, from.blank_counts_as_0);
      return put_own(to, from);
   }

   template <typename D>
   std::optional<Said> put_own(D&, const D&) const {
      return none();
   }

   std::optional<Said> put_own(tree::Score& to, const tree::Score& from) const {
      switch (amended_.clause) {
         case Clause::out_of: to.out_of = from.out_of; return std::nullopt;
         case Clause::round: to.round_to = from.round_to; return std::nullopt;
         case Clause::times: to.times = from.times; return std::nullopt;
         case Clause::stated: to.stated = from.stated; return std::nullopt;
         default: break;
      }
      if (amended_.clause != Clause::body) return none();
      if (to.braces) return say("它由几部分组成，要整条替换", "it is made of several parts: replace the whole of it");
      to.value = from.value;
      to.losses = from.losses;
      return std::nullopt;
   }
   std::optional<Said> put_own(tree::Check& to, const tree::Check& from) const {
      if (amended_.clause == Clause::body && to.braces)
         return say("它有几种情形，要写明改哪一种", "it has several cases: say which");
      if (amended_.clause == Clause::body) to.cases.front().condition = from.cases.front().condition;
      if (amended_.clause == Clause::body) return std::nullopt;
      std::size_t met = 0;
      std::string cases;
      for (tree::Case& one : to.cases) {
         const std::size_t before = met;
         one.condition = with_within(one.condition, change_.within, met);
         if (met > before) cases += (cases.empty() ? "" : "、") + to.name.text + "." + one.about.title;
      }
      if (!to.braces || met == 1) return one_within(met);
      if (met == 0) return say("它的各种情形都没有“允许误差”", "none of its cases has a 'within'");
      return say("它有几处“允许误差”，要写明改哪一种情形：{}", "there are several of 'within' in it: say which case, {}", cases);
   }
   std::optional<Said> put_own(tree::Require& to, const tree::Require& from) const {
      if (amended_.clause == Clause::body) return to.condition = from.condition, std::nullopt;
      std::size_t met = 0;
      to.condition = with_within(to.condition, change_.within, met);
      return one_within(met);
   }
   std::optional<Said> put_own(tree::Let& to, const tree::Let& from) const { return to.value = from.value, std::nullopt; }
   std::optional<Said> put_own(tree::Function& to, const tree::Function& from) const { return to.body = from.body, std::nullopt; }
   std::optional<Said> put_own(tree::Parameter& to, const tree::Parameter& from) const {
      if (amended_.clause == Clause::body) {
         to.value = from.value;
         to.years.clear();
         return std::nullopt;
      }
      const tree::Years& years = from.years[amended_.item];
      if (to.value) {
         to.years = {{to.span, std::nullopt, std::nullopt, to.value}};
         to.value = nullptr;
      }
      // Years of the same amendment are not taken from each other: where they overlap, the checker says so.
      std::vector<tree::Years> rest;
      for (const tree::Years& one : to.years) {
         const bool is_new =
             std::any_of(from.years.begin(), from.years.end(), [&](const tree::Years& other) { return other.span == one.span; });
         const std::vector<tree::Years> left = is_new ? std::vector<tree::Years>{one} : without({one}, years);
         rest.insert(rest.end(), left.begin(), left.end());
      }
      rest.push_back(years);
      to.years = std::move(rest);
      return std::nullopt;
   }
   std::optional<Said> put_own(tree::Bands& to, const tree::Bands& from) const { return put_band(to.bands, from.bands); }
   std::optional<Said> put_own(tree::Tier& to, const tree::Tier& from) const { return put_band(to.bands, from.bands); }
   std::optional<Said> put_own(tree::Record& to, const tree::Record& from) const { return put_field(to.fields, from.fields); }
   std::optional<Said> put_own(tree::Report& to, const tree::Report& from) const { return put_field(to.fields, from.fields); }

   std::optional<Said> put_band(std::vector<tree::Band>& to, const std::vector<tree::Band>& from) const {
      const tree::Band& band = from[amended_.item];
      std::string there;
      for (tree::Band& one : to) {
         if (fold(one.name.text) == fold(band.name.text)) return one = band, std::nullopt;
         there += (there.empty() ? "" : "、") + one.name.text;
      }
      return say("没有 {} 这一档；有 {}", "there is no band {}; there are {}", band.name.text, there);
   }

   // Several names may share a type: only those that are named change it.
   std::optional<Said> put_field(std::vector<tree::Field>& to, const std::vector<tree::Field>& from) const {
      const tree::Field& field = from[amended_.item];
      for (const tree::Name& name : field.names) {
         bool met = false;
         for (std::size_t i = 0; i < to.size() && !met; ++i) {
            auto& names = to[i].names;
            const auto at = std::find_if(names.begin(), names.end(),
                                         [&](const tree::Name& one) { return fold(one.text) == fold(name.text); });
            if (at == names.end()) continue;
            met = true;
            tree::Field before = to[i], made = field, behind = to[i];
            before.names.assign(names.begin(), at);
            behind.names.assign(at + 1, names.end());
            made.names = {name};
            if (made.title.empty()) made.title = to[i].title;
            std::vector<tree::Field> pieces;
            if (!before.names.empty()) pieces.push_back(std::move(before));
            pieces.push_back(std::move(made));
            if (!behind.names.empty()) pieces.push_back(std::move(behind));
            to.erase(to.begin() + static_cast<std::ptrdiff_t>(i));
            to.insert(to.begin() + static_cast<std::ptrdiff_t>(i), pieces.begin(), pieces.end());
         }
         if (!met) return say("没有 {} 这一栏", "there is no field {}", name.text);
      }
      return std::nullopt;
   }

   std::optional<Said> put_case(tree::Case& to) const {
      const auto& from = *get_if<tree::Check>(&change_.made);
      if (amended_.clause == Clause::each) return to.each = from.each, std::nullopt;
      if (put_about(to.about, from.about)) return std::nullopt;
      if (amended_.clause == Clause::where) return to.where = from.where, std::nullopt;
      if (amended_.clause == Clause::body) return to.condition = from.cases.front().condition, std::nullopt;
      std::size_t met = 0;
      to.condition = with_within(to.condition, change_.within, met);
      return one_within(met);
   }

   bool put_about(tree::About& to, const tree::About& from) const {
      switch (amended_.clause) {
         case Clause::title: to.title = from.title; return true;
         case Clause::refs: to.refs = from.refs; return true;
         case Clause::cite: to.cite = from.cite; return true;
         case Clause::severity:
            to.severity = from.severity;
            to.kind = from.kind;
            return true;
         case Clause::message:
            to.message = from.message;
            to.message_parts = from.message_parts;
            return true;
         default: return false;
      }
   }

   std::optional<Said> one_within(std::size_t met) const {
      if (met == 1) return std::nullopt;
      if (met == 0) return say("那里没有“允许误差”", "there is no 'within' there");
      return say("那里有 {} 处“允许误差”，不知道改哪一处", "there are {} of 'within' there: which is meant?", met);
   }
   std::optional<Said> none() const { return say("那里没有这一句", "there is no such clause there"); }

   const Change& change_;
   const Amended& amended_;
};

// ---- one layer over the others --------------------------------------------------------------------------------------------

struct Placed {
   const Change* change;
   const tree::Module* layer;
   int year = 0;
   Word word = Word::check;
   Path path;
   bool put_back = false;  // a later year took it out, this place says it anew
};

// What an amendment is about: clauses, bands by their grade, fields; and of a parameter's values which years.
struct About {
   std::map<std::string, Said> items;  // by what is the same for both of two amendments, as people call it
   std::vector<tree::Years> years;
   bool empty() const { return items.empty() && years.empty(); }
};

Said called(Clause clause, const std::string& item) {
   const std::string behind = item.empty() ? "" : " " + item;
   return {std::string(word_of(clause, true)) + behind, std::string(word_of(clause, false)) + behind};
}

About about(const Change& change) {
   About all;
   const auto put = [&](const Amended& one, const std::string& item) {
      all.items.emplace(std::to_string(static_cast<int>(one.clause)) + fold(item), called(one.clause, item));
   };
   const auto* parameter = get_if<tree::Parameter>(&change.made);
   for (const Amended& one : change.amended) {
      if (parameter && one.clause == Clause::body)
         all.years.push_back({one.span, std::nullopt, std::nullopt, nullptr});  // one value for all years
      else if (parameter && one.clause == Clause::years)
         all.years.push_back(parameter->years[one.item]);
      else
         boost::variant2::visit(
             [&](const auto& made) {
                if constexpr (requires { made.bands; })
                   if (one.clause == Clause::band) return put(one, made.bands[one.item].name.text);
                if constexpr (requires { made.fields.front().names; })
                   if (one.clause == Clause::field) {
                      for (const tree::Name& name : made.fields[one.item].names) put(one, name.text);
                      return;
                   }
                put(one, "");
             },
             change.made);
   }
   return all;
}

std::optional<tree::Years> both(const tree::Years& a, const tree::Years& b) {
   tree::Years shared = a;
   if (b.from) shared.from = std::max(a.from.value_or(*b.from), *b.from);
   if (b.to) shared.to = std::min(a.to.value_or(*b.to), *b.to);
   if (shared.from && shared.to && *shared.from > *shared.to) return std::nullopt;
   return shared;
}

About common(const About& a, const About& b) {
   About shared;
   for (const auto& [item, name] : a.items)
      if (b.items.count(item)) shared.items.emplace(item, name);
   for (const tree::Years& one : a.years)
      for (const tree::Years& other : b.years)
         if (const auto years = both(one, other)) shared.years.push_back(*years);
   return shared;
}

void take_out(About& of, const About& what) {
   for (const auto& [item, name] : what.items) of.items.erase(item);
   for (const tree::Years& one : what.years) of.years = without(of.years, one);
}

// Neither may come first: they would not give the same. What a parameter is amended to in two places meets, whichever years they
// name.
bool meet(const Placed& a, const Placed& b) {
   if (a.word != b.word) return false;
   const bool whole_a = a.change->kind != ChangeKind::amend, whole_b = b.change->kind != ChangeKind::amend;
   if (!same(a.path, b.path)) return (whole_a && within(b.path, a.path)) || (whole_b && within(a.path, b.path));
   if (whole_a || whole_b) return true;
   const About of_a = about(*a.change), of_b = about(*b.change);
   return !common(of_a, of_b).items.empty() || (!of_a.years.empty() && !of_b.years.empty());
}

// ---- what a place took along from an earlier year, where something else changed it since

// A change by the path that it was written with.
struct Written {
   const Change* change;
   Word word;
   Path path;
   bool is_of(const Path& whole) const { return is_meant(whole, path) || is_meant(path, whole); }
   bool is_of_what_is_around(const Path& whole) const {
      for (std::size_t size = 1; size <= whole.size(); ++size)
         if (is_of(Path(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))) return true;
      return whole.empty() && path.empty();
   }
};

// What the same place says anew in a later year.
class SaidAnew {
 public:
   // Of `stack[layer]`: what lies above it and is for the same place.
   SaidAnew(const Stack& stack, std::size_t layer) {
      since_.from = stack.back().year;
      for (std::size_t above = layer + 1; above < stack.size(); ++above)
         if (stack[layer].of_place() && stack[above].place == stack[layer].place)
            for (const tree::Module* module : stack[above].modules) {
               if (!set_ && stack[above].year > stack[layer].year) set_ = module;
               for (const Change& change : module->changes) all_.push_back({&change, word_of(change.made), path_of(change)});
            }
   }

   const tree::Module* set() const { return set_; }  // where to say it; nullptr: there is none

   // The whole of it stands elsewhere now: what was carried over counts no more.
   bool replaces(const Placed& one) const {
      for (const Written& anew : all_)
         if (anew.word == one.word && anew.change->kind != ChangeKind::amend && anew.is_of_what_is_around(one.path)) return true;
      return false;
   }
   // Nothing: all of it is said anew.
   About left_of(About wanted, const Placed& one) const {
      wanted = in_force(wanted);
      for (const Written& anew : all_)
         if (anew.word == one.word && anew.change->kind == ChangeKind::amend && anew.is_of(one.path))
            take_out(wanted, about(*anew.change));
      return wanted;
   }
   bool says(const Placed& one) const {
      return replaces(one) || (one.change->kind == ChangeKind::amend && left_of(about(*one.change), one).empty());
   }
   bool amends(const Placed& one) const {
      return std::any_of(all_.begin(), all_.end(), [&](const Written& anew) {
         return anew.word == one.word && anew.change->kind == ChangeKind::amend && anew.is_of(one.path);
      });
   }

 private:
   // Values of years that are over make no difference to the year at hand.
   About in_force(About of) const {
      std::vector<tree::Years> left;
      for (const tree::Years& one : of.years)
         if (const auto still = both(one, since_)) left.push_back(*still);
      of.years = std::move(left);
      return of;
   }

   std::vector<Written> all_;
   const tree::Module* set_ = nullptr;
   tree::Years since_;
};

enum class Carried { refused, put, left_out };

// `one` was carried over; `other` changed the same thing in a later year.
Carried settled(const Placed& one, const Placed& other, const SaidAnew& anew) {
   const bool amends = one.change->kind == ChangeKind::amend, other_amends = other.change->kind == ChangeKind::amend;
   if (anew.says(one)) return Carried::left_out;
   if (amends && other_amends)
      return anew.left_of(common(about(*one.change), about(*other.change)), one).empty() ? Carried::put : Carried::refused;
   if (one.change->kind == ChangeKind::remove) return anew.amends(one) || anew.says(other) ? Carried::left_out : Carried::refused;
   const bool of_a_part = !amends && (other_amends || !same(one.path, other.path));
   return of_a_part && anew.says(other) ? Carried::put : Carried::refused;
}

class Laying {
 public:
   explicit Laying(Complaints& complaints) : complaints_(complaints) {}

   Merged run(const Stack& stack) {
      const Layer& top = stack.back();
      take_lowest(*stack.front().modules.front(), stack.size() > 1);
      for (std::size_t i = 0; i < stack.size(); ++i) {
         if (i > 0) lay(stack[i], SaidAnew(stack, i));
         for (const tree::Module* module : stack[i].modules) take_part(*module);
      }
      head(*top.modules.front());
      if (stack.size() > 1)
         for (const tree::Module* module : top.modules)
            for (const Declaration& one : module->declarations)
               if (get_if<tree::Test>(&one)) merged_.module.declarations.push_back(one);
      return std::move(merged_);
   }

 private:
   std::vector<Declaration>& declarations() { return merged_.module.declarations; }

   void take_lowest(const tree::Module& module, bool below) {
      merged_.module = module;
      merged_.module.changes.clear();
      auto& all = declarations();
      if (below)
         all.erase(std::remove_if(all.begin(), all.end(), [](const Declaration& one) { return get_if<tree::Test>(&one); }),
                   all.end());
   }

   void take_part(const tree::Module& module) {
      merged_.layers.push_back(&module);
      if (std::find(merged_.files.begin(), merged_.files.end(), module.span.file) == merged_.files.end())
         merged_.files.push_back(module.span.file);
   }

   void head(const tree::Module& top) {
      tree::Module& made = merged_.module;
      made.span = top.span;
      made.name = top.name;
      made.year = top.year;
      made.place = top.place;
      made.extends = top.extends;
      made.braces = top.braces;
      made.places.clear();
   }

   void lay(const Layer& layer, const SaidAnew& anew) {
      anew_ = &anew;
      std::vector<Placed> placed;
      for (const tree::Module* module : layer.modules) {
         lay_header(*module, layer);
         const Spots spots(declarations());
         if (module->changes.size() > most_changes || module->changes.size() * spots.all.size() > most_work) {
            complaints_
                .error(Code::too_large, module->span, say("改动太多：{} 处", "too many changes: {}", module->changes.size()))
                .help = say("另写一套规则，不沿用", "write rules of their own that extend nothing");
            continue;
         }
         for (const Change& change : module->changes) find(spots, change, *module, layer.year, placed);
      }
      for (std::size_t i = 0; i < placed.size(); ++i)
         if (!meets_another(placed, i) && is_to_be_put(placed[i])) apply(placed[i]);
      done_.insert(done_.end(), placed.begin(), placed.end());
   }

   void lay_header(const tree::Module& module, const Layer& layer) {
      tree::Module& made = merged_.module;
      const bool several = layer.modules.size() > 1 && &module != layer.modules.front();
      const tree::Module& first = *layer.modules.front();
      const auto take = [&](auto& to, const auto& from, const auto& of_first, Word word) {
         if (!from) return;
         if (several && of_first) {
            complaints_
                .error(Code::changed_twice, module.span,
                       Said{fmt::format("“{}”在两处都写了", spelled(word, true)),
                            fmt::format("'{}' is said in two places", spelled(word, false))})
                .notes.push_back({first.span, say("另一处在这里", "the other one is here")});
            return;
         }
         to = from;
      };
      take(made.cite, module.cite, first.cite, Word::cite);
      take(made.severity, module.severity, first.severity, Word::severity);
      take(made.round_scores_to, module.round_scores_to, first.round_scores_to, Word::round_scores_to);
      for (const tree::Use& use : module.uses) {
         const auto same_forms = [&](const tree::Use& one) { return fold(one.name.text) == fold(use.name.text); };
         const auto at = std::find_if(made.uses.begin(), made.uses.end(), same_forms);
         if (at == made.uses.end())
            made.uses.push_back(use);
         else
            *at = use;
      }
   }

   // ---- what is meant

   void find(const Spots& spots, const Change& change, const tree::Module& module, int year, std::vector<Placed>& placed) {
      Placed one{&change, &module, year, word_of(change.made), path_of(change)};
      if (change.kind == ChangeKind::add) {
         if (find_owner(spots, change, one)) placed.push_back(std::move(one));
         return;
      }
      const std::vector<Spot> found = spots.meant(one.word, one.path);
      if (found.size() == 1) {
         one.path = found.front().path;
         placed.push_back(std::move(one));
      } else if (const Placed* later = changed_since(one)) {
         if (is_meant(later->path, one.path)) one.path = later->path;
         settle_lost(one, *later);
      } else if (found.empty() && is_among(lost_, one)) {
         say_of_lost(one, placed);
      } else {
         not_one(spots, change, module, one.path, found);
      }
   }

   // Of what was carried over a later year left nothing to be changed.
   void settle_lost(const Placed& one, const Placed& later) {
      lost_.push_back(one);
      if (!anew_->replaces(one)) refuse_changed_base(one, later, true);
   }
   // What the place extends holds it, and what is in general does not: it is put back, or it stays away. That it cannot be
   // amended has been said.
   void say_of_lost(Placed& one, std::vector<Placed>& placed) {
      for (const Placed& lost : lost_)
         if (is_same_thing(lost, one)) one.path = lost.path;
      one.put_back = true;
      if (one.change->kind == ChangeKind::replace) placed.push_back(std::move(one));
   }
   static bool is_same_thing(const Placed& a, const Placed& b) {
      return a.word == b.word && a.layer->place == b.layer->place && (is_meant(a.path, b.path) || is_meant(b.path, a.path));
   }
   static bool is_among(const std::vector<Placed>& all, const Placed& one) {
      return std::any_of(all.begin(), all.end(), [&](const Placed& other) { return is_same_thing(other, one); });
   }

   bool find_owner(const Spots& spots, const Change& change, Placed& one) {
      if (!change.owner.empty()) {
         Path wanted = one.path;
         wanted.pop_back();
         const std::vector<Spot> owners = spots.meant(one.word, wanted);
         const bool good =
             owners.size() == 1 && !owners.front().check &&
             (one.word != Word::check || get_if<tree::Check>(&(*owners.front().declarations)[owners.front().index]));
         if (!good) {
            if (const Placed* later = changed_since(one))
               settle_lost(one, *later);
            else
               not_one(spots, change, *one.layer, wanted, owners);
            return false;
         }
         one.path = owners.front().path;
         one.path.push_back(path_of(change).back());
      }
      for (const Spot& spot : spots.all) {
         if (!same(spot.path, one.path)) continue;
         if (const Placed* later = changed_since(one)) {
            is_to_be_put(one, *later);
            return false;
         }
         Diagnostic& error =
             complaints_.error(Code::two_writers, change.span, say("{} 已经有了", "{} is there already", joined(one.path)));
         error.notes.push_back({spot.span(), say("在这里", "it is here")});
         error.help = say("写 替换 {0} {1}", "write replace {2} {1}", spelled(spot.word, true), joined(one.path),
                          spelled(spot.word, false));
         return false;
      }
      return true;
   }

   void not_one(const Spots& spots, const Change& change, const tree::Module& module, const Path& wanted,
                const std::vector<Spot>& found) {
      const Word word = word_of(change.made);
      std::string all;
      for (const Spot& spot : found) all += (all.empty() ? "" : "、") + joined(spot.path);
      const std::string zh(spelled(word, true)), en(spelled(word, false));
      if (!found.empty()) {
         Diagnostic& several = complaints_.error(Code::nothing_to_change, change.span,
                                                 say("{0} 有几个 {1}", "there are several {1}", zh, joined(wanted)));
         for (std::size_t i = 0; i < found.size() && i < 3; ++i)
            several.notes.push_back({found[i].span(), say("这里有一个", "here is one")});
         several.help = say("写明是哪一个：{}", "say which: {}", all);
         return;
      }
      Diagnostic& error = complaints_.error(Code::nothing_to_change, change.span,
                                            Said{fmt::format("沿用的规则里没有 {} {}", zh, joined(wanted)),
                                                 fmt::format("what is extended holds no {} {}", en, joined(wanted))});
      if (is_of_forms(word) && merged_.module.kind == tree::Module::Kind::ruleset && !merged_.module.uses.empty()) {
         error.help = in_forms(change, module);
         return;
      }
      std::vector<std::string> names;
      for (const Spot& spot : spots.all) {
         if (!wanted.empty() && !spot.path.empty() && is_meant(spot.path, wanted)) {
            error.help = Said{fmt::format("{} 是 {}：写 {} {}", joined(spot.path), spelled(spot.word, true),
                                          spelled(spot.word, true), joined(wanted)),
                              fmt::format("{} is a {}: write {} {}", joined(spot.path), spelled(spot.word, false),
                                          spelled(spot.word, false), joined(wanted))};
            error.notes.push_back({spot.span(), say("在这里", "here")});
            return;
         }
         if (spot.word == word) names.push_back(joined(spot.path));
      }
      if (!merged_.layers.empty()) error.notes.push_back({merged_.layers.back()->span, say("沿用的在这里", "extended is this")});
      const auto near = suggestions(joined(wanted), names);
      for (std::size_t i = 0; i < names.size() && i < 12; ++i) all += (i ? "、" : "") + names[i];
      if (names.size() > 12) all += "…";
      if (!near.empty())
         error.help = say("是不是 {}？", "did you mean {}?", near.front());
      else if (!all.empty())
         error.help = say("有：{}", "there are: {}", all);
      else
         error.help = Said{fmt::format("新加的写 增设 {} {} …", zh, joined(wanted)),
                           fmt::format("what is new is written add {} {} …", en, joined(wanted))};
   }

   static bool is_of_forms(Word word) {
      return word == Word::record || word == Word::form || word == Word::report || word == Word::phrases;
   }
   // A place's forms lie over those of the year; a later year's have to be used.
   Said in_forms(const Change& change, const tree::Module& set) const {
      const tree::Use& use = merged_.module.uses.front();
      const int year = set.year.value_or(0), of_forms = use.year.value_or(year);
      if (!set.place && of_forms >= year)
         return say("表样写在报表集里：改 {} {} 的原文", "forms are written in forms: change the text of {} {}", use.name.text,
                    of_forms);
      const auto text = [&](bool chinese) {
         const auto word = [&](Word one) { return spelled(one, chinese); };
         const std::string place = set.place ? fmt::format(" {} {}", word(Word::for_place), *set.place) : "";
         return fmt::format("{} {} {}{} {} {} {} {{ {} {} {} … }}", word(Word::forms), use.name.text, set.place ? of_forms : year,
                            place, word(Word::extends), use.name.text, of_forms,
                            word(change.kind == ChangeKind::amend    ? Word::amend
                                 : change.kind == ChangeKind::remove ? Word::remove
                                                                     : Word::replace),
                            word(word_of(change.made)), joined(path_of(change)));
      };
      Said help = {"表样写在报表集里，在那里改：" + text(true), "forms are changed in forms: " + text(false)};
      if (!set.place) {
         help.zh += fmt::format("，这个规则集写 {} {} {}", spelled(Word::use, true), use.name.text, year);
         help.en += fmt::format(", and this set: {} {} {}", spelled(Word::use, false), use.name.text, year);
      }
      return help;
   }

   // ---- what must not meet

   bool meets_another(const std::vector<Placed>& placed, std::size_t at) {
      bool met = false;
      for (std::size_t i = 0; i < placed.size(); ++i) {
         if (i == at || !meet(placed[at], placed[i])) continue;
         met = true;
         if (i > at) continue;  // said at the second
         Diagnostic& error = complaints_.error(
             Code::changed_twice, placed[at].change->span,
             say("{} 在同一年度、同一地区改了两次", "{} is changed twice for one year and place", joined(placed[at].path)));
         error.notes.push_back({placed[i].change->span, say("另一处在这里", "the other one is here")});
         error.help = say("留下一处，去掉另一处", "keep one of them and take the other out");
      }
      return met;
   }

   // A layer of an earlier year that lies above: only what was carried over can be so.
   const Placed* changed_since(const Placed& one) const {
      for (const Placed& other : done_)
         if (other.year > one.year && meet(one, other)) return &other;
      for (const Placed& other : done_)
         if (other.year > one.year && other.word == one.word && is_meant(other.path, one.path)) return &other;
      return nullptr;
   }

   bool is_to_be_put(const Placed& one) {
      for (const Placed& other : done_)
         if (other.year > one.year && meet(one, other) && !is_to_be_put(one, other)) return false;
      return true;
   }
   bool is_to_be_put(const Placed& one, const Placed& other) {
      const Carried how = settled(one, other, *anew_);
      if (how == Carried::refused) refuse_changed_base(one, other);
      return how == Carried::put;
   }

   void refuse_changed_base(const Placed& one, const Placed& other, bool lost = false) {
      Diagnostic& error = complaints_.error(
          Code::base_changed, one.change->span,
          say("{0} 是{1}年度写的，它改的 {2} 在{3}年度变了", "{0} was written for {1}; what it changes, {2}, changed in {3}",
              title_of(*one.layer), one.year, joined(other.path), other.year));
      error.notes.push_back({other.change->span, say("在这里变的", "it changed here")});
      const Said anew = how_to_say_anew(one, other, lost);
      const Said set = anew_->set() ? say("在 {} 里", "in {}", title_of(*anew_->set()))
                                    : say("在它{}年度的规则集里", "in its set for {}", other.year);
      error.help =
          Said{fmt::format("写明 {0} 在{1}年度怎样：{2}{3}", one.layer->place.value_or(""), other.year, set.zh, anew.zh),
               fmt::format("say how it is in {1} for {0}: {2} {3}", one.layer->place.value_or(""), other.year, set.en, anew.en)};
   }

   Said how_to_say_anew(const Placed& one, const Placed& other, bool lost) const {
      const Said thing = {fmt::format("{} {}", spelled(one.word, true), joined(one.path)),
                          fmt::format("{} {}", spelled(one.word, false), joined(one.path))};
      const bool amends = one.change->kind == ChangeKind::amend, other_amends = other.change->kind == ChangeKind::amend;
      if (lost || !(amends || other_amends))
         return Said{fmt::format("写 替换 {0} …，不要了的写 取消 {0}", thing.zh),
                     fmt::format("write replace {0} …, or remove {0} if it is wanted no more", thing.en)};
      const About wanted = amends && other_amends ? common(about(*one.change), about(*other.change))
                           : amends               ? about(*one.change)
                                                  : about(*other.change);
      const Said left = list_of(anew_->left_of(wanted, amends ? one : other));
      const Said amended = {fmt::format("{} {}", spelled(one.word, true), joined(amends ? one.path : other.path)),
                            fmt::format("{} {}", spelled(one.word, false), joined(amends ? one.path : other.path))};
      return Said{fmt::format("用 改 {0} 写明 {2}，或者写 替换 {1} …、取消 {1}", amended.zh, thing.zh, left.zh),
                  fmt::format("amend {0} and say {2}, or write replace {1} … or remove {1}", amended.en, thing.en, left.en)};
   }

   static Said list_of(const About& all) {
      Said text;
      const auto put = [&](const Said& one) {
         text.zh += (text.zh.empty() ? "" : "、") + one.zh;
         text.en += (text.en.empty() ? "" : ", ") + one.en;
      };
      for (const auto& [item, name] : all.items) put(name);
      for (const tree::Years& one : all.years) {
         const std::string years =
             one.from && one.to && *one.from == *one.to
                 ? fmt::format("{}", *one.from)
                 : fmt::format("{}..{}", one.from ? fmt::to_string(*one.from) : "", one.to ? fmt::to_string(*one.to) : "");
         put({years + " 的值", "the value of " + years});
      }
      return text;
   }

   // ---- what is done

   void apply(const Placed& placed) {
      const Change& change = *placed.change;
      Changed done{&change, placed.layer, joined(placed.path), change.span, ""};
      if (change.kind == ChangeKind::add || placed.put_back) {
         add(placed);
         merged_.changed.push_back(std::move(done));
         return;
      }
      const Spots spots(declarations());
      const Spot* spot = spots.exactly(placed.word, placed.path);
      if (!spot) return;  // it went with what was around it, which has been said
      done.was = spot->span();
      done.meaning = meaning_of(*spot, placed);
      if (change.kind == ChangeKind::remove)
         remove(*spot, change);
      else if (change.kind == ChangeKind::replace)
         replace(*spot, change);
      else
         amend(*spot, change);
      merged_.changed.push_back(std::move(done));
   }

   // Of an amendment only what is amended.
   std::string meaning_of(const Spot& spot, const Placed& placed) const {
      std::vector<Meaning> all = meanings((*spot.declarations)[top_of(spot)]);
      std::string text;
      for (Meaning& one : all) {
         if (!within(split(one.path), placed.path)) continue;
         if (placed.change->kind == ChangeKind::amend) {
            if (!same(split(one.path), placed.path)) continue;
            keep_amended(one, *placed.change);
         }
         text += one.text();
      }
      return text;
   }
   static Path split(const std::string& joined_path) {
      Path path;
      for (std::size_t at = 0; at <= joined_path.size() && !joined_path.empty();) {
         const std::size_t end = std::min(joined_path.find('.', at), joined_path.size());
         path.push_back(joined_path.substr(at, end - at));
         at = end + 1;
      }
      return path;
   }
   std::size_t top_of(const Spot& spot) const {
      for (std::size_t i = 0; i < spot.declarations->size(); ++i) {
         const tree::Name* name = name_of((*spot.declarations)[i]);
         if (word_of((*spot.declarations)[i]) == spot.word &&
             (spot.path.empty() || (name && fold(name->text) == fold(spot.path.front()))))
            return i;
      }
      return 0;
   }
   static void keep_amended(Meaning& one, const Change& change) {
      std::vector<ClauseMeaning> kept;
      for (const ClauseMeaning& clause : one.clauses)
         for (const Amended& amended : change.amended)
            if (is_clause(clause, amended, change)) {
               kept.push_back(clause);
               break;
            }
      one.clauses = std::move(kept);
   }
   // Bodies, tolerances and years stand for all that is no clause of its own.
   static bool is_clause(const ClauseMeaning& clause, const Amended& amended, const Change& change) {
      switch (amended.clause) {
         case Clause::within: return clause.name == word_of(Clause::body, true);
         case Clause::body:
         case Clause::years: {
            const bool of_years = clause.name.find("..") != std::string::npos || (clause.name[0] >= '0' && clause.name[0] <= '9');
            const std::string_view lose = spelled(Word::lose, true);
            return clause.name == word_of(Clause::body, true) || clause.name.compare(0, lose.size(), lose) == 0 || of_years;
         }
         case Clause::band:
         case Clause::field: {
            bool met = false;
            boost::variant2::visit(
                [&](const auto& made) {
                   if constexpr (requires { made.bands; }) met = fold(made.bands[amended.item].name.text) == fold(clause.name);
                   if constexpr (requires { made.fields.front().names; })
                      for (const tree::Name& name : made.fields[amended.item].names) met |= fold(name.text) == fold(clause.name);
                },
                change.made);
            return met;
         }
         default: return clause.name == word_of(amended.clause, true);
      }
   }

   void add(const Placed& placed) {
      const Change& change = *placed.change;
      if (change.owner.empty()) return declarations().push_back(change.made);
      const Spots spots(declarations());
      const Spot* owner = spots.exactly(placed.word, Path(placed.path.begin(), placed.path.end() - 1));
      if (!owner) return;
      if (const auto* part = get_if<tree::Score>(&change.made)) {
         if (!good_part(*part)) return;
         tree::Score& whole =
             owner->parts ? (*owner->parts)[owner->index] : *get_if<tree::Score>(&(*owner->declarations)[owner->index]);
         whole.parts.push_back(*part);
      } else if (auto* check = get_if<tree::Check>(&(*owner->declarations)[owner->index])) {
         if (const auto one = case_of(change)) {
            if (!check->braces) return refuse_case(change);
            check->cases.push_back(*one);
         }
      }
   }

   void remove(const Spot& spot, const Change& change) {
      if (spot.check && spot.check->cases.size() == 1) {
         complaints_
             .error(Code::bad_clause, change.span, say("{} 只有这一种情形", "this is the only case of {}", spot.check->name.text))
             .help = say("整条取消：取消 审核 {}", "remove the whole of it: remove check {}", spot.check->name.text);
         return;
      }
      spot.erase();
   }

   void replace(const Spot& spot, const Change& change) {
      if (spot.parts) {
         const auto& part = *get_if<tree::Score>(&change.made);
         if (good_part(part)) (*spot.parts)[spot.index] = part;
      } else if (spot.check) {
         if (const auto one = case_of(change)) spot.check->cases[spot.index] = *one;
      } else {
         (*spot.declarations)[spot.index] = change.made;
      }
   }

   // A part of a score stands in the rows of the whole.
   bool good_part(const tree::Score& part) {
      if (!part.each && !part.where) return true;
      complaints_
          .error(Code::bad_clause, part.name.span,
                 say("{} 是一项评分的下级，不能写“逐个”“仅限”", "{} is a part of a score and takes no 'each' and no 'where'",
                     part.name.text))
          .help = say("去掉它", "take it out");
      return false;
   }

   // 替换 审核 分值合计.小计 : …
   std::optional<tree::Case> case_of(const Change& change) {
      const auto* check = get_if<tree::Check>(&change.made);
      if (!check || check->braces || check->cases.empty()) return refuse_case(change), std::nullopt;
      tree::Case made = check->cases.front();
      made.span = change.span;
      made.about = check->about;
      if (made.about.title.empty()) made.about.title = check->name.text;
      made.each = check->each;
      made.where = check->where;
      return made;
   }
   void refuse_case(const Change& change) {
      complaints_
          .error(Code::bad_clause, change.span,
                 say("{} 是审核的一种情形，只写一个条件", "{} is one case of a check: it has one condition",
                     joined(path_of(change))))
          .help = say("写 {0} : 条件；逐个和大括号写在整条审核上",
                      "write {0} : CONDITION; each and braces belong to the whole check", joined(path_of(change)));
   }

   // Of a check in braces its cases: a tolerance is amended in one of them without naming it.
   static std::vector<std::pair<Span, tree::ExprPtr>> conditions_of(const Spot& spot) {
      std::vector<std::pair<Span, tree::ExprPtr>> all;
      if (spot.parts || spot.check) return all;
      const auto* check = get_if<tree::Check>(&(*spot.declarations)[spot.index]);
      if (check && check->braces)
         for (const tree::Case& one : check->cases) all.emplace_back(one.span, one.condition);
      return all;
   }

   void amend(const Spot& spot, const Change& change) {
      for (const Amended& amended : change.amended) {
         const Amending amending(change, amended);
         const auto before = conditions_of(spot);
         const std::optional<Said> refused = spot.parts   ? amending((*spot.parts)[spot.index])
                                             : spot.check ? amending(spot.check->cases[spot.index])
                                                          : amending((*spot.declarations)[spot.index]);
         if (refused) {
            Diagnostic& error = complaints_.error(Code::nothing_to_change, amended.span,
                                                  Said{fmt::format("{}：{}", joined(spot.path), refused->zh),
                                                       fmt::format("{}: {}", joined(spot.path), refused->en)});
            error.notes.push_back({spot.span(), say("在这里", "it is here")});
            continue;
         }
         if (spot.parts && (amended.clause == Clause::each || amended.clause == Clause::where))
            good_part((*spot.parts)[spot.index]);
         Span of = spot.span();
         const auto after = conditions_of(spot);
         for (std::size_t i = 0; i < after.size(); ++i)
            if (amended.clause == Clause::within && after[i].second != before[i].second) of = after[i].first;
         merged_.amendments.push_back({of, amended.clause, amended.span});
      }
   }

   Complaints& complaints_;
   Merged merged_;
   std::vector<Placed> done_;
   std::vector<Placed> lost_;        // carried over, and a later year took away what it changes
   const SaidAnew* anew_ = nullptr;  // of the layer at hand
};

}  // namespace

Merged lay(const Stack& stack, Complaints& complaints) { return Laying(complaints).run(stack); }

}  // namespace heng

#include "interpreter/compare/diff.hpp"

#include <algorithm>
#include <climits>
#include <map>
#include <optional>

#include "grammar/declarations.hpp"
#include "interpreter/merge/layers.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using What = Difference::What;
using Clauses = std::vector<const ClauseMeaning*>;

bool same_text(const std::string& a, const std::string& b) { return fold(a) == fold(b); }

// "当 2" and "扣 2 当 …" without their number: which of its like a clause is may change while it stays what it is.
std::string without_number(const std::string& name) {
   std::string result;
   for (std::size_t i = 0; i < name.size();) {
      std::size_t end = i + 1;
      if (name[i] == ' ') {
         while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
         if (end > i + 1 && (end == name.size() || name[end] == ' ')) {
            i = end;
            continue;
         }
         end = i + 1;
      }
      result += name[i];
      i = end;
   }
   return result;
}

// The pairs of a longest common subsequence.
template <typename Same>
std::vector<std::pair<std::size_t, std::size_t>> common(std::size_t m, std::size_t n, const Same& same) {
   std::vector<std::vector<std::size_t>> length(m + 1, std::vector<std::size_t>(n + 1, 0));
   for (std::size_t i = m; i-- > 0;)
      for (std::size_t j = n; j-- > 0;)
         length[i][j] = same(i, j) ? length[i + 1][j + 1] + 1 : std::max(length[i + 1][j], length[i][j + 1]);
   std::vector<std::pair<std::size_t, std::size_t>> pairs;
   for (std::size_t i = 0, j = 0; i < m && j < n;) {
      if (same(i, j))
         pairs.emplace_back(i++, j++);
      else
         (length[i + 1][j] >= length[i][j + 1] ? i : j)++;
   }
   return pairs;
}

// One declaration on both sides.
class ClauseDiff {
 public:
   ClauseDiff(const Meaning& was, int was_year, const Meaning& now, int now_year, bool chinese, std::vector<Difference>& into)
       : was_(was), now_(now), was_year_(was_year), now_year_(now_year), chinese_(chinese), into_(into) {}

   void compare() {
      for (const ClauseMeaning& one : was_.clauses) left_.push_back(&one);
      for (const ClauseMeaning& one : now_.clauses) right_.push_back(&one);
      if (was_.word == Word::parameter) years();
      if (was_.word == Word::score) order_of_loss_arms();
      numbered();
      by_name();
      by_text();
      for (const ClauseMeaning* one : left_) put(one, nullptr);
      for (const ClauseMeaning* one : right_) put(nullptr, one);
      std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.order < b.order; });
      for (Found& one : found_) into_.push_back(std::move(one.difference));
   }

 private:
   struct Found {
      std::size_t order;
      Difference difference;
   };

   static std::size_t index(const Meaning& of, const ClauseMeaning* clause) {
      return clause ? static_cast<std::size_t>(clause - of.clauses.data()) : 0;
   }
   bool is_words(const std::string& name) const {
      for (const tree::Clause one : {tree::Clause::title, tree::Clause::refs, tree::Clause::cite, tree::Clause::message})
         if (name == word_of(one, chinese_)) return was_.word != Word::report && was_.word != Word::record;
      return false;
   }
   void put(Difference one, std::size_t order) { found_.push_back({order, std::move(one)}); }
   void put(const ClauseMeaning* was, const ClauseMeaning* now) {
      Difference one;
      one.what = !was ? What::added : !now ? What::removed : What::changed;
      one.word = now_.word;
      one.path = now_.path;
      one.clause = (now ? now : was)->name;
      one.was = was ? was->text : "";
      one.now = now ? now->text : "";
      if (was && now && fold(was->name) != fold(now->name)) {
         // A band of values is named by its limits, which are then what has changed.
         if (without_number(was->name) != without_number(now->name)) {
            one.clause = now->text;
            one.was = was->name;
            one.now = now->name;
            if (!same_text(was->text, now->text)) one.was += " : " + was->text, one.now += " : " + now->text;
         }
      }
      one.was_at = was ? was->origin : was_.origin;
      one.now_at = now ? now->origin : now_.origin;
      one.only_words = is_words(one.clause);
      put(std::move(one), now ? index(now_, now) : index(was_, was));
   }
   // Takes a pair out of what is left to be told.
   void pair(const ClauseMeaning* was, const ClauseMeaning* now) {
      left_.erase(std::find(left_.begin(), left_.end(), was));
      right_.erase(std::find(right_.begin(), right_.end(), now));
      if (!same_text(was->text, now->text)) put(was, now);
   }

   // ---- clauses that stand several times, known by their place

   void numbered() {
      std::vector<std::string> kinds;
      for (const Clauses* side : {&left_, &right_})
         for (const ClauseMeaning* one : *side)
            if (without_number(one->name) != one->name) kinds.push_back(without_number(one->name));
      std::sort(kinds.begin(), kinds.end());
      kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
      for (const std::string& kind : kinds) align(of_kind(left_, kind), of_kind(right_, kind));
   }
   static Clauses of_kind(const Clauses& all, const std::string& kind) {
      Clauses some;
      for (const ClauseMeaning* one : all)
         if (without_number(one->name) == kind) some.push_back(one);
      return some;
   }
   // Those that stay keep their order; between them the first that went is what the first that came was.
   void align(const Clauses& was, const Clauses& now) {
      auto pairs =
          common(was.size(), now.size(), [&](std::size_t i, std::size_t j) { return same_text(was[i]->text, now[j]->text); });
      pairs.emplace_back(was.size(), now.size());
      std::size_t i = 0, j = 0;
      for (const auto& [next_i, next_j] : pairs) {
         for (; i < next_i && j < next_j; ++i, ++j) pair(was[i], now[j]);
         if (next_i < was.size()) pair(was[next_i], now[next_j]);
         i = next_i + 1;
         j = next_j + 1;
      }
   }

   // The first arm whose condition holds counts: in another order they mean something else.
   void order_of_loss_arms() {
      const auto arms_of = [&](const Meaning& of) {
         std::vector<std::string> arms;
         const std::string begin = std::string(spelled(Word::lose, chinese_)) + " ";
         for (const ClauseMeaning& one : of.clauses) {
            const std::size_t brace = one.text.find(" { ");
            if (one.name.rfind(begin, 0) != 0 || brace == std::string::npos) continue;
            const std::string arm = one.text.substr(0, brace);
            if (one.name.size() < arm.size() || one.name.compare(one.name.size() - arm.size(), arm.size(), arm) != 0) continue;
            if (arms.empty() || arms.back() != arm) arms.push_back(arm);
         }
         return arms;
      };
      const std::vector<std::string> was = arms_of(was_), now = arms_of(now_);
      if (was == now || was.size() != now.size() || !std::is_permutation(was.begin(), was.end(), now.begin())) return;
      Difference one{What::changed, now_.word,   now_.path, std::string(spelled(Word::lose, chinese_)), "", "",
                     was_.origin,   now_.origin, false};
      for (const std::string& arm : was) one.was += (one.was.empty() ? "" : "\n") + arm;
      for (const std::string& arm : now) one.now += (one.now.empty() ? "" : "\n") + arm;
      put(std::move(one), 0);
   }

   void by_name() {
      for (const ClauseMeaning* one : Clauses(left_)) {
         const auto found = std::find_if(right_.begin(), right_.end(),
                                         [&](const ClauseMeaning* other) { return same_text(one->name, other->name); });
         if (found != right_.end()) pair(one, *found);
      }
   }
   // Bands of values under other limits; formulas with the same left side.
   void by_text() {
      if (was_.word == Word::bands)
         for (const ClauseMeaning* one : Clauses(left_)) {
            const auto found = std::find_if(right_.begin(), right_.end(), [&](const ClauseMeaning* other) {
               return same_text(one->text, other->text) && !same_text(one->text, one->name);
            });
            if (found != right_.end()) moved(one, *found);
         }
      if (was_.word == Word::bands && left_.size() == right_.size())
         while (!left_.empty()) moved(left_.front(), right_.front());
      if (was_.word == Word::formulas)
         for (const ClauseMeaning* one : Clauses(left_)) {
            const auto side = [](const ClauseMeaning* of) { return of->text.substr(0, of->text.find('=')); };
            const auto found =
                std::find_if(right_.begin(), right_.end(), [&](const ClauseMeaning* other) { return side(one) == side(other); });
            if (found != right_.end()) formula(one, *found, side(one));
         }
   }
   void moved(const ClauseMeaning* was, const ClauseMeaning* now) {
      left_.erase(std::find(left_.begin(), left_.end(), was));
      right_.erase(std::find(right_.begin(), right_.end(), now));
      put(was, now);
   }
   void formula(const ClauseMeaning* was, const ClauseMeaning* now, const std::string& side) {
      left_.erase(std::find(left_.begin(), left_.end(), was));
      right_.erase(std::find(right_.begin(), right_.end(), now));
      Difference one{What::changed, now_.word, now_.path, side, was->text, now->text, was->origin, now->origin, false};
      put(std::move(one), index(now_, now));
   }

   // ---- parameters

   struct Period {
      int from = INT_MIN, to = INT_MAX;
      const ClauseMeaning* value = nullptr;
      bool holds(int year) const { return from <= year && year <= to; }
   };
   // "2024", "2024..2025", "..2024", "2024.."; the body holds in all years.
   std::optional<Period> period(const ClauseMeaning& clause) const {
      Period one{INT_MIN, INT_MAX, &clause};
      if (clause.name == word_of(tree::Clause::body, chinese_)) return one;
      const std::string& name = clause.name;
      if (name.find_first_not_of("0123456789.") != std::string::npos || name.empty()) return std::nullopt;
      const std::size_t dots = name.find("..");
      if (dots == std::string::npos) {
         one.from = one.to = std::stoi(name);
         return one;
      }
      if (dots > 0) one.from = std::stoi(name.substr(0, dots));
      if (dots + 2 < name.size()) one.to = std::stoi(name.substr(dots + 2));
      return one;
   }
   std::vector<Period> take_periods(Clauses& side) const {
      std::vector<Period> all;
      for (const ClauseMeaning* one : Clauses(side))
         if (const auto found = period(*one)) {
            all.push_back(*found);
            side.erase(std::find(side.begin(), side.end(), one));
         }
      return all;
   }
   static const ClauseMeaning* in_force(const std::vector<Period>& all, int year) {
      for (const Period& one : all)
         if (one.holds(year)) return one.value;
      return nullptr;
   }
   static bool same_value(const ClauseMeaning* a, const ClauseMeaning* b) {
      return a && b ? same_text(a->text, b->text) : !a && !b;
   }
   void put_value(const ClauseMeaning* was, const ClauseMeaning* now, const std::string& clause) {
      Difference one{!was   ? What::added
                     : !now ? What::removed
                            : What::changed,
                     now_.word,
                     now_.path,
                     clause,
                     was ? was->text : "",
                     now ? now->text : "",
                     was ? was->origin : was_.origin,
                     now ? now->origin : now_.origin,
                     false};
      put(std::move(one), now ? index(now_, now) : index(was_, was));
   }

   void years() {
      const std::vector<Period> was = take_periods(left_), now = take_periods(right_);
      const ClauseMeaning *old_value = in_force(was, was_year_), *new_value = in_force(now, now_year_);
      const bool other_value = was_year_ != now_year_ && !same_value(old_value, new_value);
      if (other_value) put_value(old_value, new_value, fmt::format("{} → {}", was_year_, now_year_));
      // Where one of the sides begins or ends something; in between nothing changes.
      std::vector<int> starts{INT_MIN};
      for (const auto* side : {&was, &now})
         for (const Period& one : *side) {
            if (one.from != INT_MIN) starts.push_back(one.from);
            if (one.to != INT_MAX) starts.push_back(one.to + 1);
         }
      std::sort(starts.begin(), starts.end());
      starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
      for (std::size_t i = 0; i < starts.size(); ++i) {
         const ClauseMeaning *old_one = in_force(was, starts[i]), *new_one = in_force(now, starts[i]);
         std::size_t last = i;
         while (last + 1 < starts.size() && same_value(in_force(was, starts[last + 1]), old_one) &&
                same_value(in_force(now, starts[last + 1]), new_one))
            ++last;
         const Period span{starts[i], last + 1 < starts.size() ? starts[last + 1] - 1 : INT_MAX, nullptr};
         i = last;
         if (same_value(old_one, new_one)) continue;
         if (other_value && (span.holds(was_year_) || span.holds(now_year_))) continue;  // that has been told
         put_value(old_one, new_one, name_of_years(span.from, span.to));
      }
   }
   static std::string name_of_years(int from, int to) {
      if (from == to) return std::to_string(from);
      return (from == INT_MIN ? "" : std::to_string(from)) + ".." + (to == INT_MAX ? "" : std::to_string(to));
   }

   const Meaning &was_, &now_;
   int was_year_, now_year_;
   bool chinese_;
   std::vector<Difference>& into_;
   Clauses left_, right_;  // what is not yet told
   std::vector<Found> found_;
};

// All declarations of two modules.
class ModuleDiff {
 public:
   ModuleDiff(const std::vector<Meaning>& was, int was_year, const std::vector<Meaning>& now, int now_year, bool chinese)
       : was_(was), now_(now), was_year_(was_year), now_year_(now_year), chinese_(chinese) {}

   std::vector<Difference> run() {
      pair_all();
      std::size_t next_gone = 0;
      for (std::size_t j = 0; j < now_.size(); ++j) {
         if (const auto i = partner_[j]) {
            gone(next_gone, *i);
            const std::size_t before = all_.size();
            ClauseDiff(was_[*i], was_year_, now_[j], now_year_, chinese_, all_).compare();
            for (std::size_t at = before; at < all_.size(); ++at) severity_not_written(all_[at], was_[*i], now_[j]);
         } else {
            whole(now_[j], What::added);
         }
      }
      gone(next_gone, was_.size());
      return std::move(all_);
   }

 private:
   static std::string key(const Meaning& one) { return std::to_string(static_cast<int>(one.word)) + " " + fold(one.path); }

   // Declarations without a name, and cases without a title, may share a path: those that are most alike are the same.
   void pair_all() {
      partner_.assign(now_.size(), std::nullopt);
      taken_.assign(was_.size(), false);
      if (was_.empty() || now_.empty()) return;
      pair(0, 0);  // the headers
      std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> by_key;
      for (std::size_t i = 1; i < was_.size(); ++i) by_key[key(was_[i])].first.push_back(i);
      for (std::size_t j = 1; j < now_.size(); ++j) by_key[key(now_[j])].second.push_back(j);
      for (auto& [name, sides] : by_key) pair_alike(sides.first, sides.second);
   }
   void pair_alike(const std::vector<std::size_t>& was, const std::vector<std::size_t>& now) {
      if (was.size() == 1 && now.size() == 1) return pair(was.front(), now.front());
      struct Likeness {
         std::size_t same, i, j;
      };
      std::vector<Likeness> all;
      for (const std::size_t i : was)
         for (const std::size_t j : now) all.push_back({alike(was_[i], now_[j]), i, j});
      std::stable_sort(all.begin(), all.end(), [](const Likeness& a, const Likeness& b) { return a.same > b.same; });
      for (const Likeness& one : all)
         if (!taken_[one.i] && !partner_[one.j]) pair(one.i, one.j);
   }
   static std::size_t alike(const Meaning& a, const Meaning& b) {
      std::size_t number = 0;
      for (const ClauseMeaning& one : a.clauses)
         if (const ClauseMeaning* other = b.clause(one.name)) number += same_meaning(one, *other);
      return number;
   }
   void pair(std::size_t i, std::size_t j) {
      partner_[j] = i;
      taken_[i] = true;
   }

   // Where no severity is written one holds all the same: that of the whole check or of the header, else an error.
   void severity_not_written(Difference& one, const Meaning& was, const Meaning& now) const {
      if (one.clause != word_of(tree::Clause::severity, chinese_) || one.what == What::changed || now.word == Word::ruleset)
         return;
      std::string& text = one.what == What::added ? one.was : one.now;
      text = severity_of(one.what == What::added ? was_ : now_, one.what == What::added ? was : now);
      text += chinese_ ? "（没有写）" : " (not written)";
      one.what = What::changed;
   }
   std::string severity_of(const std::vector<Meaning>& all, const Meaning& rule) const {
      const std::string_view name = word_of(tree::Clause::severity, chinese_);
      for (const Meaning& one : all)
         if (one.word == rule.word && one.path != rule.path && rule.path.rfind(one.path + ".", 0) == 0)
            if (const ClauseMeaning* written = one.clause(name)) return written->text;
      if (const ClauseMeaning* written = all.front().clause(name)) return written->text;
      return std::string(spelled(Word::error, chinese_));
   }

   // What went and stood before `end`.
   void gone(std::size_t& next, std::size_t end) {
      for (; next < end; ++next)
         if (!taken_[next]) whole(was_[next], What::removed);
   }
   // Parts of what came or went as a whole belong to it.
   void whole(const Meaning& one, What what) {
      std::string text;
      for (const ClauseMeaning& clause : one.clauses) text += (text.empty() ? "" : "\n") + clause.name + " : " + clause.text;
      for (auto last = all_.rbegin(); last != all_.rend(); ++last) {
         if (!last->clause.empty() || last->what != what || last->word != one.word || one.path.rfind(last->path + ".", 0) != 0)
            continue;
         std::string& into = what == What::added ? last->now : last->was;
         into += "\n" + one.path.substr(last->path.size() + 1);
         for (std::size_t at = 0; !text.empty() && at != std::string::npos;) {
            const std::size_t end = text.find('\n', at);
            into += "\n  " + text.substr(at, end == std::string::npos ? end : end - at);
            at = end == std::string::npos ? end : end + 1;
         }
         return;
      }
      Difference difference;
      difference.what = what;
      difference.word = one.word;
      difference.path = one.path;
      (what == What::added ? difference.now : difference.was) = text;
      (what == What::added ? difference.now_at : difference.was_at) = one.origin;
      all_.push_back(std::move(difference));
   }

   const std::vector<Meaning>&was_, &now_;
   int was_year_, now_year_;
   bool chinese_;
   std::vector<std::optional<std::size_t>> partner_;  // of each of the second side: its index in the first
   std::vector<bool> taken_;
   std::vector<Difference> all_;
};

// ---- sets

using Modules = std::vector<const tree::Module*>;

SetDifference of_one(const Selection& selection, const tree::Module& module, bool is_new) {
   SetDifference one;
   one.kind = module.kind;
   one.name = module.name.text;
   (is_new ? one.now : one.was) = title_of(module);
   (is_new ? one.now_at : one.was_at) = module.span;
   for (const Meaning& each : meanings(selection, module))
      one.rules += each.origin.file != module.span.file || each.origin.begin != module.span.begin;
   return one;
}

void diff_modules(const Compared& was, const Modules& old_ones, const Compared& now, const Modules& new_ones, bool chinese,
                  std::vector<SetDifference>& all) {
   Modules left = old_ones;
   for (const tree::Module* module : new_ones) {
      auto other = std::find_if(left.begin(), left.end(),
                                [&](const tree::Module* one) { return same_text(one->name.text, module->name.text); });
      // Two single sets are compared whatever they are called.
      if (other == left.end() && old_ones.size() == 1 && new_ones.size() == 1) other = left.begin();
      if (other == left.end()) {
         all.push_back(of_one(now.selection, *module, true));
         continue;
      }
      SetDifference one;
      one.kind = module->kind;
      one.name = module->name.text;
      one.was = title_of(**other);
      one.now = title_of(*module);
      one.was_at = (*other)->span;
      one.now_at = module->span;
      one.all =
          diff(meanings(was.selection, **other, chinese), was.year, meanings(now.selection, *module, chinese), now.year, chinese);
      all.push_back(std::move(one));
      left.erase(other);
   }
   for (const tree::Module* module : left) all.push_back(of_one(was.selection, *module, false));
}

}  // namespace

std::vector<Difference> diff(const std::vector<Meaning>& was, int was_year, const std::vector<Meaning>& now, int now_year,
                             bool chinese) {
   return ModuleDiff(was, was_year, now, now_year, chinese).run();
}

std::vector<SetDifference> diff(const Compared& was, const Compared& now, bool chinese) {
   std::vector<SetDifference> all;
   diff_modules(was, was.selection.sets, now, now.selection.sets, chinese, all);
   diff_modules(was, was.selection.forms, now, now.selection.forms, chinese, all);
   diff_modules(was, was.selection.layouts, now, now.selection.layouts, chinese, all);
   return all;
}

}  // namespace heng

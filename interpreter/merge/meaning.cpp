#include "interpreter/merge/meaning.hpp"

#include <algorithm>

#include "grammar/declarations.hpp"
#include "grammar/print.hpp"
#include "grammar/walk.hpp"
#include "stdlib/function.hpp"
#include "stdlib/number.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;
using tree::Clause;
using tree::ExprPtr;

const NamePairs& function_names() {
   static const NamePairs names = [] {
      NamePairs all;
      for (const Function& one : functions()) all.emplace_back(std::string(one.en), std::string(one.zh));
      return all;
   }();
   return names;
}

// 1.50 and 1.5 are one number.
std::string shortest(std::string digits) {
   if (digits.find('.') != std::string::npos) {
      digits.erase(digits.find_last_not_of('0') + 1);
      if (digits.back() == '.') digits.pop_back();
   }
   const std::size_t first = digits.find_first_not_of('0');
   if (first == std::string::npos) return "0";
   return digits[first] == '.' ? "0" + digits.substr(first) : digits.substr(first);
}

// Without brackets that only lay out what is meant: the printer writes those that are needed.
ExprPtr canonical(const ExprPtr& expr) {
   if (!expr) return expr;
   if (const auto* group = get_if<tree::Group>(&expr->what)) return canonical(group->inner);
   tree::Expr copy = *expr;
   bool changed = false;
   if (auto* number = get_if<tree::Number>(&copy.what); number && shortest(number->digits) != number->digits) {
      number->digits = shortest(number->digits);
      changed = true;
   }
   for_each_inner(copy, [&](ExprPtr& inner) {
      const ExprPtr made = canonical(inner);
      changed |= made != inner;
      inner = made;
   });
   return changed ? std::make_shared<const tree::Expr>(std::move(copy)) : expr;
}

class Meanings {
 public:
   Meanings(const Merged* merged, bool chinese) : merged_(merged), chinese_(chinese) {}

   std::vector<Meaning> of(const tree::Module& module) {
      head(module);
      for (const tree::Declaration& one : module.declarations) declaration(one);
      return std::move(all_);
   }
   std::vector<Meaning> of(const tree::Declaration& one) {
      declaration(one);
      return std::move(all_);
   }

 private:
   std::string word(Word word) const { return std::string(spelled(word, chinese_)); }
   std::string word(Clause clause) const { return std::string(word_of(clause, chinese_)); }
   std::string show(const ExprPtr& expr) const { return expr ? print(*canonical(expr), chinese_, function_names()) : ""; }

   // ---- where clauses come from

   Span origin(Span declaration, Clause clause, Span otherwise) const {
      if (merged_)
         for (auto one = merged_->amendments.rbegin(); one != merged_->amendments.rend(); ++one)
            if (one->of == declaration && (one->clause == clause || (clause == Clause::body && one->clause == Clause::within)))
               return one->span;  // a tolerance stands in the condition
      return otherwise;
   }

   Meaning& begin(Word word, std::string path, Span span) {
      all_.push_back({word, std::move(path), span, {}});
      return all_.back();
   }
   void put(std::string name, std::string text, Span span) {
      if (!text.empty()) all_.back().clauses.push_back({std::move(name), std::move(text), span});
   }
   void put(Clause clause, std::string text) {
      const Span span = all_.back().origin;
      put(word(clause), std::move(text), origin(span, clause, span));
   }
   void put(Clause clause, const ExprPtr& expr) {
      if (expr) put(word(clause), show(expr), origin(all_.back().origin, clause, expr->span));
   }

   void about(const tree::About& about) {
      put(Clause::title, about.title);
      std::string refs;
      for (const std::string& ref : about.refs) refs += (refs.empty() ? "" : ", ") + ref;
      put(Clause::refs, refs);
      put(Clause::cite, about.cite.value_or(""));
      put(Clause::severity, about.severity ? severity(*about.severity, about.kind) : "");
      put(Clause::message, message(about));
   }
   std::string severity(tree::Severity severity, tree::MinistryKind kind) const {
      switch (kind) {
         case tree::MinistryKind::balance: return word(Word::balance);
         case tree::MinistryKind::logic: return word(Word::logic);
         case tree::MinistryKind::verification: return word(Word::verification);
         case tree::MinistryKind::none: break;
      }
      return word(severity == tree::Severity::error    ? Word::error
                  : severity == tree::Severity::verify ? Word::verify
                                                       : Word::notice);
   }
   std::string message(const tree::About& about) const {
      if (!about.message) return "";
      std::string text;
      for (const auto& part : about.message_parts) {
         if (const auto* words = get_if<std::string>(&part)) text += *words;
         if (const auto* expr = get_if<ExprPtr>(&part)) text += "{" + show(*expr) + "}";
      }
      return about.message_parts.empty() ? *about.message : text;
   }
   void each(const std::optional<tree::Each>& each) {
      if (each) put(word(Clause::each), print(*each, chinese_), origin(all_.back().origin, Clause::each, each->span));
   }

   // ---- declarations

   void head(const tree::Module& module) {
      Word kind = module.kind == tree::Module::Kind::forms ? Word::forms : Word::ruleset;
      begin(kind, module.name.text, module.span);
      const auto from = [&](const auto& of) { return merged_ ? header_of(of) : module.span; };
      for (const tree::Use& use : module.uses)
         put(word(Word::use) + " " + use.name.text, use.name.text + (use.year ? " " + std::to_string(*use.year) : ""), use.span);
      put(word(Word::cite), module.cite.value_or(""), from([](const tree::Module& m) { return m.cite.has_value(); }));
      if (module.severity)
         put(word(Word::severity), severity(*module.severity, tree::MinistryKind::none),
             from([](const tree::Module& m) { return m.severity.has_value(); }));
      if (module.round_scores_to)
         put(word(Word::round_scores_to), std::to_string(*module.round_scores_to),
             from([](const tree::Module& m) { return m.round_scores_to.has_value(); }));
   }
   template <typename Says>
   Span header_of(const Says& says) const {
      for (auto one = merged_->layers.rbegin(); one != merged_->layers.rend(); ++one)
         if (says(**one)) return (*one)->span;
      return merged_->module.span;
   }

   void declaration(const tree::Declaration& one) {
      boost::variant2::visit([this](const auto& each) { add(each); }, one);
   }

   // What is no rule is printed item by item.
   void printed(const tree::Declaration& one, std::string path) {
      begin(word_of(one), std::move(path), span_of(one));
      const std::vector<PrintedLine> lines = print_lines(one, chinese_, function_names());
      for (const PrintedLine& line : lines) {
         if (line.text == "}" || line.text == "]") continue;
         const std::size_t colon = line.text.find(" : ");
         std::string name = line.depth == 0 ? word(Clause::body) : line.text.substr(0, colon);
         put(std::move(name), line.text, line.span);
      }
   }
   void fields(const std::vector<tree::Field>& all, const tree::Declaration& one, const std::string& path,
               const std::string& title) {
      begin(word_of(one), path, span_of(one));
      put(Clause::title, title);
      for (const tree::Field& field : all)
         for (const tree::Name& name : field.names)
            put(name.text, print(field.type, chinese_) + (field.title.empty() ? "" : " “" + field.title + "”"), field.span);
   }

   void add(const tree::Report& one) { fields(one.fields, one, "", ""); }
   void add(const tree::Record& one) { fields(one.fields, one, one.name.text, one.title); }
   void add(const tree::Form& one) { printed(one, one.name.text); }
   void add(const tree::Phrases& one) { printed(one, one.name.text); }
   void add(const tree::PrintedAs& one) { printed(one, ""); }
   void add(const tree::Choice& one) { printed(one, one.name.text); }
   void add(const tree::UnitDecl& one) { printed(one, ""); }
   void add(const tree::Test&) {}

   void add(const tree::Parameter& one) {
      begin(Word::parameter, one.name.text, one.span);
      put(Clause::title, one.title);
      put(Clause::cite, one.cite.value_or(""));
      put(chinese_ ? "类型" : "type", print(one.type, chinese_), one.type.span);
      put(Clause::body, one.value);
      std::vector<const tree::Years*> years;
      for (const tree::Years& each : one.years) years.push_back(&each);
      std::stable_sort(years.begin(), years.end(),
                       [](const tree::Years* a, const tree::Years* b) { return a->from.value_or(0) < b->from.value_or(0); });
      for (const tree::Years* each : years) {
         std::string name = each->from ? std::to_string(*each->from) : "";
         if (!each->from || each->from != each->to) name += ".." + (each->to ? std::to_string(*each->to) : "");
         put(std::move(name), show(each->value), each->span);
      }
   }
   void add(const tree::Function& one) {
      begin(Word::function, one.name.text, one.span);
      for (const tree::FunctionParameter& each : one.parameters) put(each.name.text, print(each.type, chinese_), each.name.span);
      if (one.result) put("->", print(*one.result, chinese_), one.result->span);
      put(Clause::body, one.body);
   }
   void add(const tree::Check& one) {
      begin(Word::check, one.name.text, one.span);
      about(one.about);
      each(one.each);
      put(Clause::where, one.where);
      std::size_t number = 0;
      for (const tree::Case& part : one.cases) {
         ++number;
         if (!one.braces) {
            put(Clause::body, part.condition);
            continue;
         }
         begin(Word::check, one.name.text + "." + (part.about.title.empty() ? std::to_string(number) : part.about.title),
               part.span);
         about(part.about);
         each(part.each);
         put(Clause::where, part.where);
         put(Clause::body, part.condition);
      }
   }
   void add(const tree::Rollup& one) {
      begin(Word::check, one.name.text, one.span);
      about(one.about);
      std::string forms;
      for (const tree::Name& name : one.forms) forms += (forms.empty() ? "" : ", ") + name.text;
      put(word(Word::rollup), forms, one.span);
   }
   void add(const tree::Formulas& one) {
      begin(Word::formulas, one.form.text, one.span);
      about(one.about);
      for (const tree::Formula& each : one.formulas) {
         const std::string text = fold(each.text);
         put(text, text, each.span);
      }
   }
   void add(const tree::Require& one) {
      begin(Word::require, one.name.text, one.span);
      about(one.about);
      each(one.each);
      put(Clause::where, one.where);
      put(Clause::body, one.condition);
   }
   void add(const tree::Let& one) {
      begin(Word::let, one.name.text, one.span);
      about(one.about);
      each(one.each);
      put(Clause::where, one.where);
      put(Clause::body, one.value);
   }
   void add(const tree::Bands& one) {
      begin(Word::bands, one.name.text, one.span);
      about(one.about);
      each(one.each);
      put(Clause::of, one.of);
      for (const tree::Band& band : one.bands) {
         const std::string of = interval(band.interval);
         put(band.value ? of : band.name.text, band.value ? show(band.value) : of, band.span);
      }
   }
   void add(const tree::Tier& one) {
      begin(Word::tier, one.name.text, one.span);
      about(one.about);
      for (const tree::Band& band : one.bands) put(band.name.text, interval(band.interval), band.span);
   }
   std::string interval(tree::Interval interval) const {
      interval.low = canonical(interval.low);
      interval.high = canonical(interval.high);
      return print(interval, chinese_);
   }

   // ---- scores

   void add(const tree::Score& one) { score(one, one.name.text); }

   // A clause of a kind that may stand several times is known by its place among its like.
   std::string numbered(const std::string& name, std::size_t number, std::size_t of) const {
      return of == 1 ? name : name + " " + std::to_string(number + 1);
   }

   void score(const tree::Score& one, const std::string& path) {
      begin(Word::score, path, one.span);
      about(one.about);
      put(Clause::out_of, one.out_of);
      if (one.round_to) put(Clause::round, std::to_string(*one.round_to));
      put(Clause::times, one.times);
      put(Clause::stated, one.stated);
      each(one.each);
      put(Clause::where, one.where);
      put(Clause::body, one.value);
      for (std::size_t i = 0; i < one.arms.size(); ++i) {
         const tree::Arm& arm = one.arms[i];
         const std::string when = arm.condition ? word(Word::when) + " " + show(arm.condition) : word(Word::else_);
         put(arm.condition ? word(Word::when) + " " + std::to_string(i + 1) : word(Word::else_), when + " : " + show(arm.value),
             arm.span);
      }
      for (std::size_t i = 0; i < one.items.size(); ++i)
         put(numbered(word(Word::items), i, one.items.size()), items(one.items[i]), one.items[i].span);
      for (std::size_t i = 0; i < one.zeros.size(); ++i)
         put(numbered(word(Word::zero), i, one.zeros.size()), word(Word::when) + " " + show(one.zeros[i].condition),
             one.zeros[i].span);
      for (std::size_t i = 0; i < one.marks.size(); ++i)
         put(numbered(word(Word::get_of_full_marks), i, one.marks.size()),
             show(one.marks[i].share) + " " + word(Word::when) + " " + show(one.marks[i].condition), one.marks[i].span);
      losses(one.losses, "");
      for (std::size_t i = 0; i < one.loss_arms.size(); ++i) {
         const tree::LossArm& arm = one.loss_arms[i];
         losses(arm.losses, arm.condition ? word(Word::when) + " " + show(arm.condition) : word(Word::else_));
      }
      for (const tree::Score& part : one.parts) score(part, path + "." + part.name.text);
   }
   void losses(const std::vector<tree::Loss>& all, const std::string& when) {
      for (std::size_t i = 0; i < all.size(); ++i) {
         tree::Loss loss = all[i];
         loss.amount = canonical(loss.amount);
         loss.when = canonical(loss.when);
         if (loss.step) {
            loss.step->size = canonical(loss.step->size);
            loss.step->measured = canonical(loss.step->measured);
            loss.step->limit = canonical(loss.step->limit);
         }
         const std::string text = print(loss, chinese_, function_names());
         put(numbered(word(Word::lose), i, all.size()) + (when.empty() ? "" : " " + when),
             when.empty() ? text : when + " { " + text + " }", loss.span);
      }
   }
   std::string items(tree::Items all) const {
      for (tree::Item& one : all.items) {
         one.met = canonical(one.met);
         one.share = canonical(one.share);
         for (ExprPtr& degree : one.degrees) degree = canonical(degree);
      }
      return print(all, chinese_, function_names());
   }

   const Merged* merged_;
   bool chinese_;
   std::vector<Meaning> all_;
};

}  // namespace

std::string Meaning::text() const {
   std::string text = std::string(spelled(word, true)) + " " + path + "\n";
   for (const ClauseMeaning& one : clauses) text += "  " + one.name + " : " + one.text + "\n";
   return text;
}

const ClauseMeaning* Meaning::clause(std::string_view name) const {
   for (const ClauseMeaning& one : clauses)
      if (fold(one.name) == fold(name)) return &one;
   return nullptr;
}

bool same_meaning(const ClauseMeaning& a, const ClauseMeaning& b) {
   return fold(a.name) == fold(b.name) && fold(a.text) == fold(b.text);
}

bool same_meaning(const Meaning& a, const Meaning& b) {
   return a.word == b.word && fold(a.path) == fold(b.path) &&
          std::is_permutation(a.clauses.begin(), a.clauses.end(), b.clauses.begin(), b.clauses.end(),
                              [](const ClauseMeaning& x, const ClauseMeaning& y) { return same_meaning(x, y); });
}

std::vector<Meaning> meanings(const tree::Module& module, const Merged* merged, bool chinese) {
   return Meanings(merged, chinese).of(module);
}

std::vector<Meaning> meanings(const Selection& selection, const tree::Module& module, bool chinese) {
   return meanings(module, selection.merged_of(module), chinese);
}

bool is_changed(const Selection& selection, const tree::Module& module, Span declaration) {
   const Merged* merged = selection.merged_of(module);
   return !merged || std::any_of(merged->changed.begin(), merged->changed.end(), [&](const Changed& one) {
      const bool of_top = one.layer->year == module.year && one.layer->place == module.place;
      return of_top && (contains(declaration, one.was) || contains(one.change->span, declaration));
   });
}

std::vector<Meaning> meanings(const tree::Declaration& declaration, bool chinese) {
   return Meanings(nullptr, chinese).of(declaration);
}

}  // namespace heng

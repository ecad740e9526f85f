#include "interpreter/check/causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "grammar/declarations.hpp"
#include "interpreter/check/mutants.hpp"
#include "interpreter/merge/layers.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

namespace {

using boost::variant2::get_if;

constexpr std::size_t most_named = 3;

bool within(const std::string& path, const std::string& outer) {
   return path == outer || (path.size() > outer.size() && path.compare(0, outer.size(), outer) == 0 && path[outer.size()] == '.');
}

bool bears(const tree::Change& change) {
   return change.kind != tree::ChangeKind::amend || std::any_of(change.amended.begin(), change.amended.end(),
                                                                [](const tree::Amended& one) { return heng::bears(one.clause); });
}

class Causes {
 public:
   Causes(const Selection& selection, const Sources& sources) : selection_(selection), sources_(sources) {}

   void tell(Diagnostic& one) const {
      for (const auto& merged : selection_.merged)
         if (tell(one, *merged)) return;
   }

 private:
   bool tell(Diagnostic& one, const Merged& merged) const {
      const tree::Module& module = merged.module;
      if (merged.changed.empty() || selection_.is_own(module, one.span)) return false;
      const tree::Declaration* around = declaration_around(merged, one.span);
      if (!around) return false;
      if (const Changed* removed = removed_by_that_name(merged, one.span)) {
         const std::string set = title_of(*removed->layer);
         one.notes.push_back({removed->change->span, say("{} 在这里取消了它", "{} removes it here", set)});
         one.help = say("在 {} 里，用到它的也用“改”“替换”或“取消”写明怎样；或者不取消它",
                        "in {}, amend, replace or remove what uses it, too; or do not remove it", set);
         return true;
      }
      const std::vector<const Changed*> causes = of_what_is_around(merged, *around, one.span);
      note(causes, one);
      if (causes.empty())
         note(of_what_it_names(merged, *around), one);
      else if (one.help)
         lead_to(*causes.back()->layer, *around, one);
      return true;
   }

   static void note(const std::vector<const Changed*>& causes, Diagnostic& one) {
      for (std::size_t i = 0; i < causes.size() && i < most_named; ++i)
         one.notes.push_back({causes[i]->change->span,
                              say("{0} 在这里改了 {1}", "{0} changes {1} here", title_of(*causes[i]->layer), causes[i]->path)});
   }

   void lead_to(const tree::Module& layer, const tree::Declaration& around, Diagnostic& one) const {
      const std::string set = title_of(layer), place = sources_.where(one.span), path = path_of(around, one.span);
      one.help = Said{
          fmt::format("{} 的原文不动，在 {} 里写 改 {} {} …：{}", place, set, spelled(word_of(around), true), path, one.help->zh),
          fmt::format("leave {} as it is; in {} write amend {} {} …: {}", place, set, spelled(word_of(around), false), path,
                      one.help->en)};
   }

   // What was amended stands in the text of whoever amended it.
   static const tree::Declaration* declaration_around(const Merged& merged, Span span) {
      for (const tree::Declaration& one : merged.module.declarations)
         if (contains(span_of(one), span)) return &one;
      for (const Amendment& amendment : merged.amendments)
         if (contains(amendment.span, span))
            for (const tree::Declaration& one : merged.module.declarations)
               if (contains(span_of(one), amendment.of)) return &one;
      return nullptr;
   }

   static const std::string& last_of(const std::string& path, std::string& last) {
      const std::size_t dot = path.rfind('.');
      return last = fold(dot == std::string::npos ? path : path.substr(dot + 1));
   }

   const Changed* removed_by_that_name(const Merged& merged, Span span) const {
      const std::string name = fold(std::string(sources_.text_of(span)));
      std::string last;
      for (const Changed& one : merged.changed)
         if (one.change->kind == tree::ChangeKind::remove && last_of(one.path, last) == name) return &one;
      return nullptr;
   }

   // Changes of the declaration itself; of a score those of the smallest part around, if there are any.
   static std::vector<const Changed*> of_what_is_around(const Merged& merged, const tree::Declaration& declaration, Span span) {
      const tree::Name* name = name_of(declaration);
      for (const std::string& path : {path_of(declaration, span), name ? name->text : std::string()}) {
         std::vector<const Changed*> found;
         for (const Changed& one : merged.changed)
            if (word_of(one.change->made) == word_of(declaration) && within(one.path, path) && bears(*one.change))
               found.push_back(&one);
         if (!found.empty()) return found;
      }
      return {};
   }
   static std::string path_of(const tree::Declaration& declaration, Span span) {
      const tree::Name* name = name_of(declaration);
      const std::string whole = name ? name->text : "";
      const auto* score = get_if<tree::Score>(&declaration);
      return score ? smallest_around(*score, span, whole) : whole;
   }
   static std::string smallest_around(const tree::Score& score, Span span, const std::string& path) {
      for (const tree::Score& part : score.parts)
         if (contains(part.span, span)) return smallest_around(part, span, path + "." + part.name.text);
      return path;
   }

   static std::vector<const Changed*> of_what_it_names(const Merged& merged, const tree::Declaration& declaration) {
      const std::set<std::string> names = names_mentioned(declaration);
      std::vector<const Changed*> found;
      std::string last;
      for (const Changed& one : merged.changed)
         if (names.count(last_of(one.path, last)) && bears(*one.change)) found.push_back(&one);
      return found;
   }

   const Selection& selection_;
   const Sources& sources_;
};

}  // namespace

Diagnostics with_causes(Diagnostics said, const Sources& sources, const Selection& selection) {
   if (said.empty() || selection.merged.empty()) return said;
   const Causes causes(selection, sources);
   for (Diagnostic& one : said) causes.tell(one);
   return said;
}

}  // namespace heng::checking

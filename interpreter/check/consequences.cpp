#include "interpreter/check/consequences.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "grammar/codes.hpp"

namespace heng::checking {

namespace {

using Line = std::pair<std::uint32_t, std::uint32_t>;  // file, line

bool lies_in(const Span& inner, const Span& outer) {
   return inner.file == outer.file && inner.begin >= outer.begin && inner.begin <= outer.end;
}

bool is_about_a_whole(Code code) {
   switch (code) {
      case Code::bad_clause:
      case Code::band_gap:
      case Code::parameter_gap:
      case Code::parameter_undefined:
      case Code::score_without_marks:
      case Code::weights_differ:
      case Code::unused: return true;
      default: return false;
   }
}

bool is_about_a_name(Code code) {
   return code >= Code::unknown_name && code <= Code::unknown_choice && code != Code::two_writers && code != Code::cycle;
}

class Consequences {
 public:
   Consequences(const Sources& sources, const Selection& selection) : sources_(sources) {
      for (const std::vector<const tree::Module*>* modules :
           {&selection.forms, &selection.layouts, &selection.sets, &selection.loose})
         for (const tree::Module* module : *modules) add(*module);
      for (const tree::Module* module : selection.forms) names_are_lacking_ = names_are_lacking_ || !module->mistakes.empty();
   }

   bool none() const { return lines_.empty(); }

   bool has(const Diagnostic& one) const {
      if (lines_.count(line_of(one.span))) return true;
      if (one.code == Code::bad_header && headers_.count(one.span.file)) return true;
      if (words_are_lacking_ && one.code == Code::unknown_choice) return true;
      if (names_are_lacking_ && is_about_a_name(one.code) && !is_in(forms_, one.span)) return true;
      if (!is_about_a_whole(one.code)) return false;
      if (one.code == Code::bad_clause) return begins_a_broken_one(one.span);
      return is_in_broken(one.span) || std::any_of(one.notes.begin(), one.notes.end(), [&](const Note& note) {
                return one.code == Code::parameter_undefined && is_in_broken(note.span);
             });
   }

 private:
   static bool is_in(const std::vector<Span>& spans, const Span& inner) {
      return std::any_of(spans.begin(), spans.end(), [&](const Span& span) { return lies_in(inner, span); });
   }
   bool is_in_broken(const Span& inner) const { return is_in(broken_, inner); }

   // What a declaration lacks as a whole is said on its first line.
   bool begins_a_broken_one(const Span& inner) const {
      return std::any_of(broken_.begin(), broken_.end(),
                         [&](const Span& span) { return lies_in(inner, span) && line_of(inner) == line_of(span); });
   }

   void add(const tree::Module& module) {
      for (const Span& mistake : module.mistakes) lines_.insert(line_of(mistake));
      if (lines_.count(line_of(module.span)) > 0) {
         names_are_lacking_ = true;
         headers_.insert(module.span.file);
      }
      std::vector<Span> spans;
      for (const tree::Declaration& declaration : module.declarations)
         spans.push_back(boost::variant2::visit([](const auto& each) { return each.span; }, declaration));
      for (std::size_t i = 0; i < spans.size(); ++i) {
         // What could not be read of it stands before the next one.
         Span span = spans[i];
         if (module.kind == tree::Module::Kind::forms) forms_.push_back(span);
         span.end = i + 1 < spans.size() ? spans[i + 1].begin - 1 : std::numeric_limits<std::uint32_t>::max();
         if (std::any_of(module.mistakes.begin(), module.mistakes.end(), [&](const Span& one) { return lies_in(one, span); })) {
            broken_.push_back(span);
            words_are_lacking_ |= boost::variant2::holds_alternative<tree::Bands>(module.declarations[i]) ||
                                  boost::variant2::holds_alternative<tree::Choice>(module.declarations[i]);
         }
      }
   }

   Line line_of(const Span& span) const { return {span.file, sources_.place_of(span.file, span.begin).line}; }

   const Sources& sources_;
   std::set<Line> lines_;
   std::set<std::uint32_t> headers_;   // files with a header that could not be read: what stands in what is not known there
   std::vector<Span> broken_, forms_;  // declarations; those of forms
   bool words_are_lacking_ = false;    // of a choice or of bands
   bool names_are_lacking_ = false;    // forms, or the header that says which are used, could not be read whole
};

}  // namespace

Diagnostics without_consequences(Diagnostics said, const Sources& sources, const Selection& selection) {
   const Consequences consequences(sources, selection);
   if (consequences.none()) return said;
   said.erase(std::remove_if(said.begin(), said.end(), [&](const Diagnostic& one) { return consequences.has(one); }), said.end());
   return said;
}

}  // namespace heng::checking

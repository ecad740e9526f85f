// Collects what a stage has to say. One mistake, one message: a second one of the same code at the same place is dropped
// (a check made once per printed line meets its mistakes once per line).
// Does not know: how anything is printed.
#pragma once
#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/codes.hpp"
#include "grammar/diagnostic.hpp"

namespace heng {

class Complaints {
 public:
   // The reference is good until the next call; notes and help are added through it.
   Diagnostic& error(Code code, Span span, Said message) { return add(code, span, std::move(message), Gravity::error); }
   Diagnostic& warning(Code code, Span span, Said message) { return add(code, span, std::move(message), Gravity::warning); }
   Diagnostic& notice(Code code, Span span, Said message) { return add(code, span, std::move(message), Gravity::notice); }

   // What was said last, to add to it.
   Diagnostic& last() { return last_is_dropped_ ? dropped_ : all_.back(); }

   void append(const Diagnostics& more) {
      for (const Diagnostic& one : more)
         if (!said(one.code, one.span)) all_.push_back(one);
   }
   Diagnostics take() {
      std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
         return std::pair(a.span.file, a.span.begin) < std::pair(b.span.file, b.span.begin);
      });
      return std::move(all_);
   }
   bool any_error() const {
      return std::any_of(all_.begin(), all_.end(), [](const Diagnostic& d) { return d.gravity == Gravity::error; });
   }

 private:
   bool said(Code code, Span span) const {
      return std::any_of(all_.begin(), all_.end(), [&](const Diagnostic& d) { return d.code == code && d.span == span; });
   }
   Diagnostic& add(Code code, Span span, Said message, Gravity gravity) {
      last_is_dropped_ = said(code, span);
      if (last_is_dropped_) return dropped_ = Diagnostic{code, span, {}, {}, {}, gravity};
      all_.push_back({code, span, std::move(message), {}, std::nullopt, gravity});
      return all_.back();
   }

   Diagnostics all_;
   Diagnostic dropped_{};
   bool last_is_dropped_ = false;
};

}  // namespace heng

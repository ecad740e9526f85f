#include "stdlib/value.hpp"

#include <fmt/format.h>

namespace heng {

namespace {

// The unit as people see it, and what one of it is in the base unit.
struct Shown {
   std::string unit;
   Rational scale = 1;
};

Shown shown_unit(const Type& type) {
   switch (type.kind) {
      case Kind::percent: return type.unit == "‰" ? Shown{"‰", Rational(1, 1000)} : Shown{"%", Rational(1, 100)};
      case Kind::percentage_point: return {"个百分点", Rational(1, 100)};
      case Kind::quantity:
         if (type.unit.empty()) return {to_text(type.dimension), 1};
         [[fallthrough]];
      case Kind::measured:
      case Kind::target: return type.unit.empty() ? Shown{} : Shown{type.unit, read_any_unit(type.unit).scale};
      default: return {};
   }
}

constexpr int most_decimals = 12;  // beyond, ≈ says more

std::string show_number(const Rational& number, int decimals, int declared) {
   if (decimals >= 0) return to_text(number, decimals);
   const auto needed = decimals_needed(number);
   if (!needed || *needed > most_decimals) return to_short_text(number);
   return to_text(number, std::max(*needed, declared));
}

std::string show(const Rational& number, const Type& type, int decimals) {
   const Shown shown = shown_unit(type);
   return show_number(number / shown.scale, decimals, type.decimals) + shown.unit;
}

std::string show(Missing missing, bool chinese) {
   const Bilingual words = words_for(missing);
   return chinese ? fmt::format("〔{}〕", words.zh) : fmt::format("[{}]", words.en);
}

}  // namespace

std::string show(const Value& value, const Type& type, bool chinese, int decimals) {
   struct Visitor {
      const Type& type;
      bool chinese;
      int decimals;
      std::string operator()(Missing missing) const { return show(missing, chinese); }
      std::string operator()(bool yes) const { return chinese ? (yes ? "是" : "否") : (yes ? "yes" : "no"); }
      std::string operator()(const Rational& number) const { return show(number, type, decimals); }
      std::string operator()(const std::string& text) const { return text; }
   };
   return boost::variant2::visit(Visitor{type, chinese, decimals}, value);
}

}  // namespace heng

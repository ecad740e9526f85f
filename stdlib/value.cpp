#include "stdlib/value.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "stdlib/names.hpp"

namespace heng {

namespace {

constexpr std::size_t most_units_kept = 1000;  // data may bring any number of words

const ShownUnit& written_unit(const std::string& text) {
   thread_local std::unordered_map<std::string, ShownUnit> known;
   const auto found = known.find(text);
   if (found != known.end()) return found->second;
   if (known.size() >= most_units_kept) known.clear();
   return known.emplace(text, ShownUnit{text, read_any_unit(text).scale}).first->second;
}

const ShownUnit& base_unit(const Dimension& dimension) {
   thread_local ShownUnit unit;
   unit.text = to_text(dimension);
   return unit;
}

constexpr int most_decimals = 12;  // beyond, ≈ says more

std::string show_number(const Rational& number, int decimals, int declared) {
   if (decimals >= 0) return to_text(number, decimals);
   const auto needed = decimals_needed(number);
   if (!needed || *needed > most_decimals) return to_short_text(number);
   return to_text(number, std::max(*needed, declared));
}

std::string show(const Rational& number, const Type& type, int decimals) {
   const ShownUnit& shown = shown_unit(type);
   const bool as_it_is = shown.scale == 1;
   return show_number(as_it_is ? number : Rational(number / shown.scale), decimals, type.decimals) + shown.text;
}

std::string show(Missing missing, bool chinese) {
   const Bilingual words = words_for(missing);
   return chinese ? fmt::format("〔{}〕", words.zh) : fmt::format("[{}]", words.en);
}

}  // namespace

const ShownUnit& shown_unit(const Type& type) {
   static const ShownUnit none, percent{"%", Rational(1, 100)}, per_mille{"‰", Rational(1, 1000)},
       percentage_point{"个百分点", Rational(1, 100)};
   switch (type.kind) {
      case Kind::percent: return type.unit == "‰" ? per_mille : percent;
      case Kind::percentage_point: return percentage_point;
      case Kind::quantity: return type.unit.empty() ? base_unit(type.dimension) : written_unit(type.unit);
      case Kind::measured:
      case Kind::target: return type.unit.empty() ? none : written_unit(type.unit);
      default: return none;
   }
}

std::string show(const Value& value, const Type& type, bool chinese, int decimals) {
   struct Visitor {
      const Type& type;
      bool chinese;
      int decimals;
      std::string operator()(Missing missing) const { return show(missing, chinese); }
      std::string operator()(bool yes) const { return chinese ? (yes ? "是" : "否") : (yes ? "yes" : "no"); }
      std::string operator()(const Rational& number) const { return show(number, type, decimals); }
      std::string operator()(const std::string& text) const { return type.kind == Kind::names ? shown_names(text) : text; }
   };
   return boost::variant2::visit(Visitor{type, chinese, decimals}, value);
}

}  // namespace heng

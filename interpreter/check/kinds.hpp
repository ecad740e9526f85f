// Small questions that the checker asks about types and about what was written.
// Does not know: names, nodes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "grammar/keywords.hpp"
#include "grammar/tree.hpp"
#include "stdlib/type.hpp"

namespace heng::checking {

// A result: neither published nor declared with decimals.
inline Type plain(Type type) {
   type.published = false;
   type.decimals = -1;
   return type;
}

inline bool is_points(const Type& type) { return same_meaning(type, points_type()); }
inline bool is_figure(const Type& type) { return type.is_numeric() || type.kind == Kind::target; }
inline bool is_wordy(Kind kind) { return kind == Kind::text || kind == Kind::code || kind == Kind::choice || kind == Kind::date; }

// Without the brackets around it.
inline const tree::Expr& inside(const tree::Expr& expr) {
   const auto* group = boost::variant2::get_if<tree::Group>(&expr.what);
   return group ? inside(*group->inner) : expr;
}

// 0 and 0.00: nothing in any unit.
inline bool is_zero_literal(const tree::ExprPtr& expr) {
   if (!expr) return false;
   const auto* number = boost::variant2::get_if<tree::Number>(&inside(*expr).what);
   return number && number->unit.empty() && number->digits.find_first_not_of("0.") == std::string::npos;
}

// 32 and "201": a line, a key, a code that is written out.
inline std::optional<std::string> written_code(const tree::Expr& expr) {
   const tree::Expr& inner = inside(expr);
   if (const auto* number = boost::variant2::get_if<tree::Number>(&inner.what); number && number->unit.empty())
      return number->digits;
   if (const auto* text = boost::variant2::get_if<tree::Text>(&inner.what)) return text->text;
   return std::nullopt;
}

// Names that stand for something everywhere have two spellings.
inline bool spells(const std::string& name, Word word) { return name == keyword(word).english || name == keyword(word).chinese; }

// 甲、乙、丙…
inline std::string join(const std::vector<std::string>& words, std::size_t most = 12) {
   std::string text;
   for (std::size_t i = 0; i < words.size() && i < most; ++i) text += (i ? "、" : "") + words[i];
   return words.size() > most ? text + "…" : text;
}

template <typename... One>
struct Overloaded : One... {
   using One::operator()...;
};
template <typename... One>
Overloaded(One...) -> Overloaded<One...>;

}  // namespace heng::checking

// Kleene logic, choices and texts of a run.
#include <algorithm>
#include <unordered_map>

#include "interpreter/run/state.hpp"
#include "stdlib/date.hpp"
#include "stdlib/names.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::uint8_t of(Missing kind) { return static_cast<std::uint8_t>(kind); }

}  // namespace

// `deciding`: the value that settles it whatever the other side is: false for `and`, true for `or`.
void Run::both(const Node& node, Lanes& out, bool deciding) {
   const Lanes &a = in(node, 0), &b = in(node, 1);
   std::uint8_t* yes = out.make_yes();
   if (!a.any_missing && !b.any_missing) {
      none_missing(out);
      if (deciding)
         for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = a.yes[i] | b.yes[i];
      else
         for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = a.yes[i] & b.yes[i];
      return;
   }
   std::uint8_t* missing = out.make_missing();
   kernels::settle(a.missing, a.yes, b.missing, b.yes, deciding, missing, yes, out.rows);
   out.any_missing = kernels::any(missing, out.rows);
}

void Run::no(const Node& node, Lanes& out) {
   const Lanes& a = in(node, 0);
   out.missing = a.missing;
   out.any_missing = a.any_missing;
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = a.missing[i] ? 0 : !a.yes[i];
}

void Run::exactly_when(const Node& node, Lanes& out) {
   const Lanes &a = in(node, 0), &b = in(node, 1);
   merge_missing(a, b, out);
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = out.missing[i] ? 0 : a.yes[i] == b.yes[i];
}

namespace {

// A side that never holds words has no texts: its lanes are bare figures.
void take_words(const std::uint8_t* first, const Lanes& a, const Lanes& b, Lanes& out) {
   std::uint32_t* text = out.make_text();
   std::uint8_t* target = out.make_target();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const Lanes& taken = first[i] ? a : b;
      text[i] = taken.text ? taken.text[i] : 0;
      target[i] = taken.target ? taken.target[i] : static_cast<std::uint8_t>(TargetKind::bare);
   }
}

}  // namespace

// Payload, missing and unit of the side that is taken; `out.missing` of lanes that take neither is set by the caller.
void Run::pick(const Node& node, const std::uint8_t* first, Lanes& a, Lanes& b, Lanes& out) {
   if (!a.any_missing && !b.any_missing) {
      none_missing(out);
   } else {
      kernels::choose_bytes(first, a.missing, b.missing, out.make_missing(), out.rows);
      out.any_missing = true;
   }
   const auto take = [&](const auto* x, const auto* y, auto* to) {
      for (std::uint32_t i = 0; i < out.rows; ++i) to[i] = first[i] ? x[i] : y[i];
   };
   if (a.row && b.row) return take(a.row, b.row, out.make_row());
   if (a.yes && b.yes) return kernels::choose_bytes(first, a.yes, b.yes, out.make_yes(), out.rows);
   if (a.text && b.text) take(a.text, b.text, out.make_text());
   if (!node.type.is_numeric() && node.type.kind != Kind::target) return;
   numbers::choose(first, a, b, out);
   if (a.target || b.target) take_words(first, a, b, out);
   if (!is_written(node) || (!a.measure && !b.measure)) return;
   std::uint32_t* measure = out.make_measure();
   const std::uint32_t of_a = fixed_measure(a), of_b = fixed_measure(b);
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const Lanes& taken = first[i] ? a : b;
      measure[i] = taken.measure ? taken.measure[i] : first[i] ? of_a : of_b;
   }
}

void Run::select(const Node& node, Lanes& out) {
   const Lanes& condition = in(node, 0);
   pick(node, condition.yes, in(node, 1), in(node, 2), out);
   if (!condition.any_missing) return;
   std::uint8_t* missing = refuse(out);
   for (std::uint32_t i = 0; i < out.rows; ++i)
      missing[i] = condition.missing[i] ? std::max(condition.missing[i], of(Missing::condition)) : missing[i];
   out.any_missing = true;
   if (!out.yes) return;
   std::uint8_t* yes = out.own.yes.data();
   for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = missing[i] ? 0 : yes[i];
}

void Run::otherwise(const Node& node, Lanes& out) {
   Lanes &a = in(node, 0), &b = in(node, 1);
   if (!a.any_missing) return share(a, out);
   std::vector<std::uint8_t>& first = when_;
   first.resize(out.rows);
   for (std::uint32_t i = 0; i < out.rows; ++i) first[i] = a.missing[i] == 0 || a.missing[i] > of(Missing::no_such_report);
   pick(node, first.data(), a, b, out);
}

// Words and bounds are there although they are no single figure.
void Run::presence(const Node& node, Lanes& out) {
   const Lanes& a = in(node, 0);
   std::uint8_t* missing = out.make_missing();
   std::uint8_t* yes = out.make_yes();
   const std::uint8_t present = node.op == Op::is_present;
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const std::uint8_t kind = a.missing[i];
      const bool words = kind == of(Missing::not_a_number) && a.text && a.target && is_words(a.target[i]);
      const bool bound = kind == of(Missing::bound_undecided) && a.bounds.count(i) != 0;
      const bool there = kind == 0 || words || bound;
      missing[i] = there || is_blank_like(static_cast<Missing>(kind)) ? 0 : kind;
      yes[i] = missing[i] ? 0 : there == static_cast<bool>(present);
   }
   out.any_missing = kernels::any(missing, out.rows);
}

// ---- texts
// ------------------------------------------------------------------------------------------------------------------------

// Every lane of both sides is words, or missing.
void Run::words_equal(const Lanes& a, const Lanes& b, bool exact, Lanes& out) {
   merge_missing(a, b, out);
   std::uint8_t* yes = out.make_yes();
   const bool one_word = std::all_of(b.text, b.text + out.rows, [&](std::uint32_t id) { return id == b.text[0]; });
   if (exact) {
      for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = a.text[i] == b.text[i];
   } else if (one_word && texts.size() < out.rows) {  // asked once of each word
      const std::uint32_t wanted = texts.folded(b.text[0]);
      std::vector<std::uint8_t> same(texts.size());
      for (std::uint32_t id = 0; id < same.size(); ++id) same[id] = texts.folded(id) == wanted;
      for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = same[a.text[i]];
   } else {
      for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = texts.folded(a.text[i]) == texts.folded(b.text[i]);
   }
   if (!out.any_missing) return;
   for (std::uint32_t i = 0; i < out.rows; ++i) yes[i] = out.missing[i] ? 0 : yes[i];
}

// A figure equals no text. Of a measured field the words count, where it holds words.
void Run::text_equal(const Node& node, Lanes& out) {
   const Lanes &a = in(node, 0), &b = in(node, 1);
   if (a.text && b.text && !a.target && !b.target) return words_equal(a, b, node.exact, out);
   std::uint8_t* missing = out.make_missing();
   std::uint8_t* yes = out.make_yes();
   const auto unknown = [](const Lanes& lanes, std::uint32_t i) -> std::uint8_t {
      const bool there = lanes.target && lanes.text &&
                         (lanes.missing[i] == of(Missing::not_a_number) || lanes.missing[i] == of(Missing::bound_undecided));
      return there ? 0 : lanes.missing[i];
   };
   const auto has_text = [](const Lanes& lanes, std::uint32_t i) {
      return lanes.text && (!lanes.target || is_words(lanes.target[i]));
   };
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      missing[i] = std::max(unknown(a, i), unknown(b, i));
      yes[i] = 0;
      if (missing[i] || !has_text(a, i) || !has_text(b, i)) continue;
      const std::uint32_t x = a.text[i], y = b.text[i];
      yes[i] = node.exact ? x == y : texts.folded(x) == texts.folded(y);
   }
   out.any_missing = kernels::any(missing, out.rows);
}

namespace {

bool in_order(DateOrder order, int a, int b) {
   switch (order) {
      case DateOrder::equal: return a == b;
      case DateOrder::less: return a < b;
      case DateOrder::less_equal: return a <= b;
      case DateOrder::greater: return a > b;
      case DateOrder::greater_equal: return a >= b;
   }
   return false;
}

}  // namespace

void Run::date_order(const Node& node, Lanes& out) {
   const Lanes &a = in(node, 0), &b = in(node, 1);
   std::unordered_map<std::uint32_t, std::optional<int>> known;
   const auto day = [&](std::uint32_t text) {
      const auto [place, fresh] = known.try_emplace(text);
      if (!fresh) return place->second;
      if (const auto date = read_date(texts[text])) place->second = day_number_of(*date);
      return place->second;
   };
   std::uint8_t* missing = out.make_missing();
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      missing[i] = std::max(a.missing[i], b.missing[i]);
      yes[i] = 0;
      if (missing[i]) continue;
      const auto x = day(a.text[i]), y = day(b.text[i]);
      missing[i] = x && y ? 0 : of(Missing::unreadable);
      yes[i] = x && y && in_order(static_cast<DateOrder>(node.number), *x, *y);
   }
   out.any_missing = kernels::any(missing, out.rows);
}

// Decided once per pair of distinct texts.
void Run::compare_names(const Node& node, Lanes& out) {
   const Lanes &a = in(node, 0), &b = in(node, 1);
   merge_missing(a, b, out);
   std::unordered_map<std::uint64_t, bool> known;
   const auto decide = [&](const std::string& x, const std::string& y) {
      switch (node.op) {
         case Op::in_names: return has_name(y, x);
         case Op::names_within: return names_lacking(x, y).empty();
         default: return names_lacking(x, y).empty() && names_lacking(y, x).empty();
      }
   };
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      yes[i] = 0;
      if (out.missing[i]) continue;
      const auto [place, fresh] = known.try_emplace(std::uint64_t{a.text[i]} << 32 | b.text[i]);
      if (fresh) place->second = decide(texts[a.text[i]], texts[b.text[i]]);
      yes[i] = place->second;
   }
}

void Run::lines_complete(const Node& node, Lanes& out) {
   const Lanes& printed = in(node, 0);
   out.missing = printed.missing;
   out.any_missing = printed.any_missing;
   std::unordered_map<std::uint32_t, bool> known;
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      yes[i] = 0;
      if (printed.missing[i]) continue;
      const auto [place, fresh] = known.try_emplace(printed.text[i]);
      if (fresh) place->second = counts_up_to(texts[printed.text[i]], node.number);
      yes[i] = place->second;
   }
}

// Decided once per distinct text.
void Run::under(const Node& node, Lanes& out) {
   const Lanes& code = in(node, 0);
   out.missing = code.missing;
   out.any_missing = code.any_missing;
   std::vector<std::string> prefixes;
   for (const std::string& word : node.words) prefixes.push_back(fold(word));
   constexpr std::uint8_t not_asked = 2;
   std::vector<std::uint8_t> known(texts.size(), not_asked);
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      if (code.missing[i]) {
         yes[i] = 0;
         continue;
      }
      std::uint8_t& is = known[code.text[i]];
      if (is == not_asked) {
         const std::string text = fold(texts[code.text[i]]);
         is = std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) { return text.starts_with(prefix); });
      }
      yes[i] = is;
   }
}

// ---- targets
// ----------------------------------------------------------------------------------------------------------------------

void Run::target_value(const Node& node, Lanes& out) {
   share(in(node, 0), out);
   out.text = nullptr;
   out.target = nullptr;
}

void Run::target_is(const Node& node, Lanes& out) {
   const Lanes& a = in(node, 0);
   std::uint8_t* missing = out.make_missing();
   std::uint8_t* yes = out.make_yes();
   const Type money = money_type();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const std::uint8_t kind = a.missing[i];
      const bool words = kind == of(Missing::not_a_number) && is_words(a.target[i]);
      const bool there = kind == 0 || words || (kind == of(Missing::bound_undecided) && a.bounds.count(i) != 0);
      missing[i] = there ? 0 : kind;
      const bool is_money =
          (node.number & target_is_money) && !words && a.measure && same_meaning(units.type_of(a.measure[i]), money);
      yes[i] = there && ((node.number >> a.target[i] & 1) || is_money);
   }
   out.any_missing = kernels::any(missing, out.rows);
}

void Run::is_number(const Node& node, Lanes& out) {
   const Lanes& a = in(node, 0);
   std::uint8_t* missing = out.make_missing();
   std::uint8_t* yes = out.make_yes();
   for (std::uint32_t i = 0; i < out.rows; ++i) {
      const std::uint8_t kind = a.missing[i];
      const bool words = kind == of(Missing::not_a_number) && a.target && is_words(a.target[i]);
      const bool bound = kind == of(Missing::bound_undecided) && a.bounds.count(i) != 0;
      missing[i] = kind == 0 || words || bound ? 0 : kind;
      yes[i] = kind == 0 || bound;
   }
   out.any_missing = kernels::any(missing, out.rows);
}

}  // namespace heng

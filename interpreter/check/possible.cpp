#include "interpreter/check/possible.hpp"

#include <algorithm>

#include "stdlib/text.hpp"
#include "stdlib/unit.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

constexpr std::size_t most_steps = 5'000;             // for one question
constexpr std::size_t most_steps_in_all = 1'000'000;  // for a program
constexpr std::size_t most_choices = 200;             // one inside another
constexpr int deepest = 100;

constexpr std::uint32_t bit(TargetKind kind) { return 1u << static_cast<int>(kind); }
constexpr std::uint32_t all_kinds = (1u << (static_cast<int>(TargetKind::words) + 1)) - 1;
constexpr std::uint32_t kinds_of_figures = all_kinds & ~(bit(TargetKind::date) | bit(TargetKind::words));

// Made where nothing is worth anything: no condition on it is true or false.
bool is_nothing(const Node& node) {
   const auto* missing = get_if<Missing>(&node.value);
   return node.op == Op::constant && missing &&
          (*missing == Missing::no_arm || *missing == Missing::not_possible || *missing == Missing::in_no_band);
}

Op turned(Op op) {
   switch (op) {
      case Op::less: return Op::greater_op;
      case Op::less_equal: return Op::greater_equal;
      case Op::greater_op: return Op::less;
      case Op::greater_equal: return Op::less_equal;
      default: return op;
   }
}

bool is_comparison(Op op) {
   return op == Op::equal || op == Op::not_equal || op == Op::less || op == Op::less_equal || op == Op::greater_op ||
          op == Op::greater_equal;
}

// Missing where an input is missing.
bool is_strict(Op op) {
   switch (op) {
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::negate:
      case Op::absolute:
      case Op::lesser:
      case Op::greater:
      case Op::round:
      case Op::as_unit: return true;
      default: return false;
   }
}

Subject of_node(Subject::What what, NodeId id) { return {what, {{id, 1}}}; }

}  // namespace

NodeId Possible::plain(NodeId id) const {
   while (node(id).op == Op::broadcast || node(id).op == Op::rule) id = node(id).in[0];
   return id;
}

bool Possible::may_be(const std::vector<Wish>& wishes) {
   found_.clear();
   steps_ = 0;
   if (all_steps_ >= most_steps_in_all) return true;
   const bool possible = search({}, {wishes, {}}, 0);
   all_steps_ += steps_;
   if (steps_ >= most_steps) found_.clear();
   return possible;
}

bool Possible::search(Known known, Open open, std::size_t depth) {
   if (depth > most_choices) steps_ = most_steps;
   while (!open.wishes.empty()) {
      if (++steps_ >= most_steps) return true;
      const Wish wish = open.wishes.back();
      open.wishes.pop_back();
      if (!take(wish, known, open)) return false;
   }
   if (steps_ >= most_steps) return true;
   if (!consistent(known)) return false;
   if (open.choices.empty()) {
      found_ = std::move(known);
      return true;
   }
   const auto choice = std::move(open.choices.back());
   open.choices.pop_back();
   return std::any_of(choice.begin(), choice.end(),
                      [&](const std::vector<Wish>& wishes) { return search(known, {wishes, open.choices}, depth + 1); });
}

bool Possible::take(const Wish& wish, Known& known, Open& open) {
   switch (wish.what) {
      case Wish::What::condition: return take_condition(wish.left, wish.yes, known, open);
      case Wish::What::figures: return take_figures(wish, known, open);
      case Wish::What::texts: return take_texts(wish, known, open);
   }
   return true;
}

// ---- conditions ---------------------------------------------------------------------------------------------------------

bool Possible::take_condition(NodeId given, bool yes, Known& known, Open& open) {
   const NodeId id = plain(given);
   const Node& here = node(id);
   const auto wish = [](NodeId condition, bool is) { return Wish{Wish::What::condition, condition, no_node, is}; };
   const auto all_of = [&](std::initializer_list<Wish> wishes) {
      open.wishes.insert(open.wishes.end(), wishes);
      return true;
   };
   const auto one_of = [&](std::vector<std::vector<Wish>> choice) {
      open.choices.push_back(std::move(choice));
      return true;
   };
   if (is_nothing(here)) return false;
   if (is_comparison(here.op)) return take({Wish::What::figures, here.in[0], here.in[1], yes, here.op}, known, open);
   switch (here.op) {
      case Op::constant:
         if (const bool* is = get_if<bool>(&here.value); is && !is_parameter(here)) return *is == yes;
         break;
      case Op::no: return all_of({wish(here.in[0], !yes)});
      case Op::both:
      case Op::either:
         if ((here.op == Op::both) == yes) return all_of({wish(here.in[0], yes), wish(here.in[1], yes)});
         return one_of({{wish(here.in[0], yes)}, {wish(here.in[1], yes)}});
      case Op::exactly_when:
         return one_of({{wish(here.in[0], true), wish(here.in[1], yes)}, {wish(here.in[0], false), wish(here.in[1], !yes)}});
      case Op::select:
         return one_of({{wish(here.in[0], true), wish(here.in[1], yes)}, {wish(here.in[0], false), wish(here.in[2], yes)}});
      case Op::otherwise: return one_of({{wish(here.in[0], yes)}, {wish(here.in[1], yes)}});
      case Op::text_equal: return all_of({{Wish::What::texts, here.in[0], here.in[1], yes, Op::equal, here.exact}});
      case Op::within: return take_within(here, yes, known) && meet_case(known, Subject::What::truth, id, yes);
      case Op::about:
      case Op::about_less:
      case Op::about_greater: return take_about(here, yes) && meet_case(known, Subject::What::truth, id, yes);
      case Op::is_present: return meet_case(known, Subject::What::present, plain(here.in[0]), yes);
      case Op::is_missing: return meet_case(known, Subject::What::present, plain(here.in[0]), !yes);
      case Op::is_number: return meet_case(known, Subject::What::figure, plain(here.in[0]), yes);
      case Op::target_is: {
         const auto bits = static_cast<std::uint32_t>(here.number);
         const NodeId target = plain(here.in[0]);
         if (bits == static_cast<std::uint32_t>(target_is_money))
            return meet_case(known, Subject::What::truth, id, yes) &&
                   (!yes || meet(known, of_node(Subject::What::kind, target), Cases{kinds_of_figures}));
         return meet(known, of_node(Subject::What::kind, target), Cases{yes ? bits & all_kinds : all_kinds & ~bits}) &&
                has_value(known, target);
      }
      case Op::field: return meet_case(known, Subject::What::truth, id, yes) && has_value(known, id);
      default: break;
   }
   return meet_case(known, Subject::What::truth, id, yes);
}

// ≈ allows at least for no difference at all.
bool Possible::take_about(const Node& about, bool yes) {
   Form form;
   add_to(form, about.in[0], 1);
   add_to(form, about.in[1], -1);
   const bool holds = about.op == Op::about ? form.rest.is_zero() : about.op == Op::about_less ? form.rest <= 0 : form.rest >= 0;
   return yes || !form.terms.empty() || !holds;
}

bool Possible::take_within(const Node& within, bool yes, Known& known) {
   const auto allowed = number_in(within.in[2]);
   if (within.relative || !allowed || is_measured(plain(within.in[0])) || is_measured(plain(within.in[1]))) return true;
   Form form;
   add_to(form, within.in[0], 1);
   add_to(form, within.in[1], -1);
   Form low = form, high = form;
   low.rest += *allowed;
   high.rest -= *allowed;
   if (yes) return meet_number(known, low, Op::greater_equal, true) && meet_number(known, high, Op::less_equal, true);
   return !form.terms.empty() || abs(form.rest) > *allowed;
}

// ---- figures ------------------------------------------------------------------------------------------------------------

std::optional<Rational> Possible::number_in(NodeId id) const {
   const Node& here = node(plain(id));
   const auto* number = get_if<Rational>(&here.value);
   return here.op == Op::constant && number && !is_parameter(here) ? std::optional(*number) : std::nullopt;
}

// Where a side chooses, so does the comparison.
bool Possible::branch_side(const Wish& wish, Open& open) const {
   for (NodeId Wish::* side : {&Wish::left, &Wish::right}) {
      if (wish.*side == no_node) continue;
      const Node& here = node(plain(wish.*side));
      if (here.op != Op::select && here.op != Op::otherwise) continue;
      const bool chooses = here.op == Op::select;
      Wish first = wish, second = wish;
      first.*side = here.in[chooses ? 1 : 0];
      second.*side = here.in[chooses ? 2 : 1];
      if (chooses)
         open.choices.push_back({{true_is(here.in[0]), first}, {false_is(here.in[0]), second}});
      else
         open.choices.push_back({{first}, {second}});
      return true;
   }
   return false;
}

bool Possible::take_figures(const Wish& wish, Known& known, Open& open) {
   for (const NodeId side : {wish.left, wish.right})
      if (side != no_node && is_nothing(node(plain(side)))) return false;
   if (branch_side(wish, open)) return true;
   for (const NodeId side : {wish.left, wish.right})
      if (side != no_node && is_measured(plain(side))) return take_measured(wish, known);
   Form form;
   add_to(form, wish.left, 1);
   if (wish.right != no_node) add_to(form, wish.right, -1);
   return meet_number(known, form, wish.op, wish.yes);
}

// A unit that comes with the data may scale a figure: what is compared with another unit is another subject, the sign is not.
bool Possible::take_measured(const Wish& wish, Known& known) {
   const NodeId left = plain(wish.left), right = wish.right == no_node ? no_node : plain(wish.right);
   if (left == right) return (wish.op == Op::equal || wish.op == Op::less_equal || wish.op == Op::greater_equal) == wish.yes;
   for (const NodeId side : {left, right})
      if (side != no_node && !has_value(known, side)) return false;
   const auto number = right == no_node ? std::optional(Rational(0)) : number_in(right);
   const auto other = number_in(left);
   const auto set = [&](Op op, const Rational& limit) {
      const Numbers held = Numbers::compared(op, limit);
      return wish.yes ? held : held.others();
   };
   if (number || other) {
      const NodeId figure = number ? left : right;
      const Numbers held = number ? set(wish.op, *number) : set(turned(wish.op), *other);
      if (!meet(known, of_node(Subject::What::sign, figure), signs(held))) return false;
      if ((number ? *number : *other).is_zero()) return true;
      Subject subject = of_node(Subject::What::number, figure);
      subject.unit = describe(node(number ? right : left).type, false);
      return meet(known, subject, held);
   }
   const bool in_order = left < right;
   Subject subject{Subject::What::number, {{in_order ? left : right, 1}, {in_order ? right : left, -1}}, "±"};
   return meet(known, subject, set(in_order ? wish.op : turned(wish.op), 0));
}

void Possible::add_to(Form& form, NodeId given, const Rational& factor, int depth) const {
   const NodeId id = plain(given);
   const Node& here = node(id);
   const auto add_term = [&] {
      if ((form.terms[id] += factor).is_zero()) form.terms.erase(id);
   };
   if (const auto number = number_in(id)) {
      form.rest += factor * *number;
      return;
   }
   if (depth > deepest || is_measured(id)) return add_term();
   switch (here.op) {
      case Op::add: add_to(form, here.in[0], factor, depth + 1), add_to(form, here.in[1], factor, depth + 1); return;
      case Op::subtract: add_to(form, here.in[0], factor, depth + 1), add_to(form, here.in[1], -factor, depth + 1); return;
      case Op::negate: add_to(form, here.in[0], -factor, depth + 1); return;
      case Op::multiply:
         for (const auto& [one, other] : {std::pair(0, 1), std::pair(1, 0)})
            if (const auto number = number_in(here.in[one])) return add_to(form, here.in[other], factor * *number, depth + 1);
         return add_term();
      case Op::divide:
         if (const auto number = number_in(here.in[1]); number && !number->is_zero())
            return add_to(form, here.in[0], factor / *number, depth + 1);
         return add_term();
      default: return add_term();
   }
}

bool Possible::meet_number(Known& known, const Form& form, Op op, bool yes) {
   if (form.terms.empty()) return Numbers::compared(op, 0).holds(form.rest) == yes;
   Subject subject{Subject::What::number, {form.terms.begin(), form.terms.end()}};
   const Rational first = subject.terms.front().second;
   for (auto& [term, factor] : subject.terms) {
      factor /= first;
      if (!has_value(known, term)) return false;
   }
   const Numbers held = Numbers::compared(first.sign() < 0 ? turned(op) : op, -form.rest / first);
   return meet(known, std::move(subject), yes ? held : held.others());
}

// A comparison that is true or false was made of figures that are there.
bool Possible::has_value(Known& known, NodeId given, int depth) const {
   const NodeId id = plain(given);
   const Node& here = node(id);
   if (here.op == Op::field) {
      const Field& field = program_.schema.fields[here.field];
      if (field.blank_counts_as_0) return true;
      if (here.type.kind == Kind::measured && here.type.may_be_text && !meet_case(known, Subject::What::figure, id, true))
         return false;
      return meet_case(known, Subject::What::present, id, true);
   }
   if (here.op == Op::target_value) {
      const NodeId target = plain(here.in[0]);
      return meet(known, of_node(Subject::What::kind, target), Cases{kinds_of_figures}) && has_value(known, target, depth + 1);
   }
   if (depth > 8 || !(is_strict(here.op) || (here.op == Op::divide && here.in.size() == 2))) return true;
   return std::all_of(here.in.begin(), here.in.end(), [&](NodeId input) { return has_value(known, input, depth + 1); });
}

// ---- texts --------------------------------------------------------------------------------------------------------------

bool Possible::take_texts(const Wish& wish, Known& known, Open& open) {
   const NodeId left = plain(wish.left), right = plain(wish.right);
   if (is_nothing(node(left)) || is_nothing(node(right))) return false;
   if (branch_side(wish, open)) return true;
   const auto word_in = [&](NodeId id) {
      return node(id).op == Op::constant && !is_parameter(node(id)) ? get_if<std::string>(&node(id).value) : nullptr;
   };
   const std::string* a = word_in(left);
   const std::string* b = word_in(right);
   if (a && b) return (wish.exact ? *a == *b : fold(*a) == fold(*b)) == wish.yes;
   if (left == right) return wish.yes;
   for (const NodeId side : {left, right})
      if (node(side).op == Op::field && !(node(side).type.kind == Kind::measured) && !has_value(known, side)) return false;
   if (a || b) {
      if (wish.exact && !wish.yes) return true;
      const Words one{false, {fold(a ? *a : *b)}};
      return meet(known, of_node(Subject::What::word, a ? right : left), wish.yes ? one : one.others());
   }
   if (wish.exact) return true;
   return meet(known, {Subject::What::same, {{std::min(left, right), 1}, {std::max(left, right), -1}}},
               Cases{wish.yes ? case_yes : case_no});
}

// ---- what is known ------------------------------------------------------------------------------------------------------

bool Possible::meet(Known& known, Subject subject, Region region) const {
   const auto [at, is_new] = known.try_emplace(std::move(subject), region);
   if (!is_new) at->second = both(at->second, region);
   return !empty(at->second);
}

bool Possible::meet_case(Known& known, Subject::What what, NodeId id, bool yes) const {
   return meet(known, of_node(what, id), Cases{yes ? case_yes : case_no});
}

// Do the bounds of the operations below allow it?
bool Possible::consistent(const Known& known) {
   Bounds seen;
   for (const auto& [subject, region] : known) {
      if (subject.what == Subject::What::word) {
         const auto& choices = node(subject.node()).type.choices;
         if (!choices || node(subject.node()).type.kind != Kind::choice) continue;
         Words there;
         for (const std::string& word : *choices) there.words.insert(fold(word));
         if (both(there, *get_if<Words>(&region)).empty()) return false;
      }
      if (subject.what == Subject::What::sign &&
          both(*get_if<Numbers>(&region), signs(bounds(subject.node(), &known, seen, 0))).empty())
         return false;
      if (subject.what != Subject::What::number || subject.unit == "±") continue;
      Numbers sum = Numbers::point(0);
      if (!subject.unit.empty()) {
         const auto sign = known.find(of_node(Subject::What::sign, subject.node()));
         sum = sign == known.end() ? Numbers::all() : *get_if<Numbers>(&sign->second);
      } else
         for (const auto& [term, factor] : subject.terms)
            sum = each_pair(sum, each_pair(bounds(term, &known, seen, 0), Numbers::point(factor), intervals::multiply),
                            intervals::add);
      if (both(*get_if<Numbers>(&region), sum).empty()) return false;
   }
   return true;
}

// All that a node may be, from what it is made of and what is known. For figures whose unit comes with the data only the sign
// is meant.
Numbers Possible::bounds(NodeId given, const Known* known, Bounds& seen, int depth) {
   const NodeId id = plain(given);
   if (depth > deepest || ++steps_ >= most_steps) return Numbers::all();
   if (const auto found = seen.find(id); found != seen.end()) return found->second;
   Numbers made = made_bounds(id, known, seen, depth + 1);
   if (is_measured(id)) made = signs(made);
   if (known) {
      const auto at = known->find(of_node(is_measured(id) ? Subject::What::sign : Subject::What::number, id));
      if (at != known->end()) made = both(made, *get_if<Numbers>(&at->second));
   }
   seen.emplace(id, made);
   return made;
}

// Of other rows nothing is known.
Numbers Possible::of_rows(NodeId id, int depth) { return bounds(id, nullptr, structure_, depth); }

Numbers Possible::made_bounds(NodeId id, const Known* known, Bounds& seen, int depth) {
   const Node& here = node(id);
   const auto input = [&](std::size_t at) { return bounds(here.in[at], known, seen, depth); };
   const auto lesser = [](const Interval& a, const Interval& b) { return intervals::lesser(a, b); };
   const auto greater = [](const Interval& a, const Interval& b) { return intervals::greater(a, b); };
   switch (here.op) {
      case Op::constant: {
         const auto number = number_in(id);
         return number ? Numbers::point(*number) : is_nothing(here) ? Numbers::none() : Numbers::all();
      }
      case Op::count:
      case Op::level:
      case Op::decimals: return Numbers::at_least_0();
      case Op::sum: {
         const Numbers rows = of_rows(here.in[0], depth);
         if (both(rows, Numbers::compared(Op::less, 0)).empty()) return Numbers::at_least_0();
         if (both(rows, Numbers::compared(Op::greater_op, 0)).empty()) return Numbers::compared(Op::less_equal, 0);
         return Numbers::all();
      }
      case Op::minimum:
      case Op::maximum:
      case Op::average: {
         const Numbers rows = of_rows(here.in[0], depth);
         return rows.empty() ? rows : Numbers(rows.hull());
      }
      case Op::at_row: return of_rows(here.in[0], depth);
      case Op::as_unit: return signs(input(0));
      case Op::add: return each_pair(input(0), input(1), intervals::add);
      case Op::subtract: return each_pair(input(0), each_part(input(1), intervals::negative), intervals::add);
      case Op::multiply: return each_pair(input(0), input(1), intervals::multiply);
      case Op::divide: {
         const Numbers quotient = quotients(input(0), input(1));
         return here.in.size() > 2 ? either(quotient, input(2)) : quotient;
      }
      case Op::negate: return each_part(input(0), intervals::negative);
      case Op::absolute: return each_part(input(0), intervals::absolute);
      case Op::lesser: return each_pair(input(0), input(1), lesser);
      case Op::greater: return each_pair(input(0), input(1), greater);
      case Op::round: return rounded(input(0), here.number, here.rounding);
      case Op::select: return either(input(1), input(2));
      case Op::otherwise: return either(input(0), input(1));
      default: return Numbers::all();
   }
}

}  // namespace heng::checking

#include "interpreter/run/units.hpp"

#include "stdlib/tolerance.hpp"

namespace heng {

namespace {

// Beside the operations of Arithmetic: what else is known of a pair.
enum Asked { compared = -1, differ = -2, allowed_of = -3, part_allowed_of = -4 };

// 90 and 90% as they were printed, side by side: nobody knows whether 0.9 is meant, or 90.
bool is_number_beside_percent(std::uint32_t a, const Type* a_type, std::uint32_t b, const Type* b_type) {
   if (a_type || b_type) return false;
   return (a == Measures::bare && b == Measures::percent) || (a == Measures::percent && b == Measures::bare);
}

}  // namespace

void RunUnits::begin(const Measures& measures) {
   measures_ = measures;
   known_.clear();
}

std::uint32_t RunUnits::measure_of(const Type& type) {
   if (type.kind == Kind::percent) return Measures::percent;
   if (type.kind == Kind::percentage_point) return Measures::percentage_point;
   if (type.kind == Kind::measured || type.kind == Kind::target) return unknown_measure;
   return type.kind == Kind::quantity ? measures_.intern(type.dimension) : Measures::bare;
}

Type RunUnits::type_of(std::uint32_t measure) const {
   if (measure == Measures::bare) return number_type();
   if (measure == any_measure || measure == unknown_measure) return measured_type();
   if (measure == Measures::percent) return percent_type();
   if (measure == Measures::percentage_point) return percentage_point_type();
   Type type;
   type.kind = Kind::quantity;
   type.dimension = measures_.dimension(measure);
   return type;
}

std::optional<std::uint32_t> RunUnits::combined(Arithmetic op, std::uint32_t a, const Type* a_type, std::uint32_t b,
                                                const Type* b_type) {
   if (op != Arithmetic::multiply && is_number_beside_percent(a, a_type, b, b_type)) return std::nullopt;
   const auto [place, fresh] = known_.try_emplace(Pair{static_cast<int>(op), a, a_type, b, b_type});
   if (!fresh) return place->second;
   const Combined made = combine(op, a_type ? *a_type : type_of(a), b_type ? *b_type : type_of(b));
   if (made.type.kind != Kind::error) place->second = measure_of(made.type);
   return place->second;
}

bool RunUnits::comparable(std::uint32_t a, const Type* a_type, std::uint32_t b, const Type* b_type) {
   if (a == any_measure || b == any_measure) return true;
   if (is_number_beside_percent(a, a_type, b, b_type)) return false;
   const auto [place, fresh] = known_.try_emplace(Pair{compared, a, a_type, b, b_type});
   if (!fresh) return place->second.has_value();
   const Combined made = heng::comparable(a_type ? *a_type : type_of(a), b_type ? *b_type : type_of(b), false, false);
   if (made.type.kind != Kind::error) place->second = 0;
   return place->second.has_value();
}

std::uint32_t RunUnits::difference(std::uint32_t a, const Type* a_type, std::uint32_t b, const Type* b_type) {
   if (a == any_measure && b == any_measure) return any_measure;
   if (a == any_measure) return difference(b, b_type, b, b_type);
   if (b == any_measure) return difference(a, a_type, a, a_type);
   const auto [place, fresh] = known_.try_emplace(Pair{differ, a, a_type, b, b_type});
   if (fresh) place->second = measure_of(difference_of(a_type ? *a_type : type_of(a), b_type ? *b_type : type_of(b)));
   return *place->second;
}

bool RunUnits::tolerates(std::uint32_t difference, std::uint32_t allowed, const Type* allowed_type, bool relative) {
   if (difference == any_measure || allowed == any_measure) return true;
   const int asked = relative ? part_allowed_of : allowed_of;
   const auto [place, fresh] = known_.try_emplace(Pair{asked, difference, nullptr, allowed, allowed_type});
   if (fresh && heng::tolerates(type_of(difference), allowed_type ? *allowed_type : type_of(allowed), relative))
      place->second = 0;
   return place->second.has_value();
}

}  // namespace heng

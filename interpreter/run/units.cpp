#include "interpreter/run/units.hpp"

namespace heng {

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
   const auto [place, fresh] = known_.try_emplace(Pair{static_cast<int>(op), a, a_type, b, b_type});
   if (!fresh) return place->second;
   const Combined made = combine(op, a_type ? *a_type : type_of(a), b_type ? *b_type : type_of(b));
   if (made.type.kind != Kind::error) place->second = measure_of(made.type);
   return place->second;
}

bool RunUnits::comparable(std::uint32_t a, const Type* a_type, std::uint32_t b, const Type* b_type) {
   if (a == any_measure || b == any_measure) return true;
   const auto [place, fresh] = known_.try_emplace(Pair{-1, a, a_type, b, b_type});
   if (!fresh) return place->second.has_value();
   const Combined made = heng::comparable(a_type ? *a_type : type_of(a), b_type ? *b_type : type_of(b), false, false);
   if (made.type.kind != Kind::error) place->second = 0;
   return place->second.has_value();
}

}  // namespace heng

#include "stdlib/tolerance.hpp"

namespace heng {

Type difference_of(const Type& a, const Type& b) {
   Type difference = combine(Arithmetic::subtract, a, b).type;
   if (difference.kind == Kind::error) difference = a.kind == Kind::number ? b : a;  // a ratio beside a percent
   return difference.kind == Kind::percent ? percentage_point_type() : difference;
}

bool tolerates(const Type& difference, const Type& allowed, bool relative) {
   if (relative) return difference.kind != Kind::percentage_point;
   return allowed.kind != Kind::percent && comparable(difference, allowed, false, false).type.kind != Kind::error;
}

}  // namespace heng

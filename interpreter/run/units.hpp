// Units that come with the data: which ones may be added, compared, multiplied in a row, and what they give. The rules are those
// of stdlib (combine, comparable); each pair that occurs is asked for once. Does not know: nodes, columns.
#pragma once
#include <map>
#include <optional>
#include <tuple>

#include "interpreter/batch.hpp"
#include "interpreter/run/lanes.hpp"

namespace heng {

class RunUnits {
 public:
   void begin(const Measures& measures);
   std::uint32_t measure_of(const Type& type);  // of a node whose unit is known beforehand
   Type type_of(std::uint32_t measure) const;
   // What a op b is; nothing: refused. `a`, `b` are the types of sides whose unit is fixed, else null.
   std::optional<std::uint32_t> combined(Arithmetic op, std::uint32_t a, const Type* a_type, std::uint32_t b, const Type* b_type);
   bool comparable(std::uint32_t a, const Type* a_type, std::uint32_t b, const Type* b_type);
   // Of a = b within c, where a and b are comparable: is c an amount of what they differ by? Literal zeros are any_measure.
   std::uint32_t difference(std::uint32_t a, const Type* a_type, std::uint32_t b, const Type* b_type);
   bool tolerates(std::uint32_t difference, std::uint32_t allowed, const Type* allowed_type, bool relative);

 private:
   using Pair = std::tuple<int, std::uint32_t, const Type*, std::uint32_t, const Type*>;
   Measures measures_;
   std::map<Pair, std::optional<std::uint32_t>> known_;
};

}  // namespace heng

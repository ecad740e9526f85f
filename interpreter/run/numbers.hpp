// Exact arithmetic on whole columns. Bounds come first: from them each operation chooses the narrowest storage that cannot
// overflow, measuring its operands only when derived bounds do not suffice. `out.rows` and `out.missing` are set by the caller.
// Does not know: nodes, units, frames.
#pragma once
#include "interpreter/run/kernels.hpp"
#include "interpreter/run/lanes.hpp"

namespace heng::numbers {

// Rows of one column that belong together: begin[i] .. begin[i+1], directly or through `rows`.
struct Segments {
   const std::uint32_t* begin = nullptr;
   const std::uint32_t* rows = nullptr;  // null: the rows themselves
   const Missing* status = nullptr;      // none_missing, empty_list, not_read
   std::uint32_t longest = 0;
   std::uint32_t row(std::uint32_t at) const { return rows ? rows[at] : at; }
};

void constant(const Rational& value, Lanes& out);  // all rows; keeps what is filled already
void share(const Lanes& a, Lanes& out);            // the same numbers, not copied
void own(Lanes& lanes);                            // copies what is shared, to write into it

void add(Lanes& a, Lanes& b, bool subtract, Lanes& out);
void multiply(Lanes& a, Lanes& b, Lanes& out);
void divide(Lanes& a, Lanes& b, Lanes& out, std::uint8_t* zero);  // zero[i] = 1 and 0/1 where the divisor is 0
void negate(Lanes& a, Lanes& out);
void absolute(Lanes& a, Lanes& out);
void round(Lanes& a, int decimals, Rounding how, Lanes& out);

void compare(kernels::Compare how, Lanes& a, Lanes& b, const std::uint8_t* missing, std::uint8_t* yes, std::uint32_t rows);
void choose(const std::uint8_t* when, Lanes& a, Lanes& b, Lanes& out);  // a where 1, b where 0

// Picks: 1 takes part, 0 does not; per row of `a`.
void sum(Lanes& a, const Segments& segments, const std::uint8_t* picks, Lanes& out);
// The row of each segment's least (or largest) picked value; −1: none picked. Lanes without value are not picked.
void extreme(Lanes& a, const Segments& segments, const std::uint8_t* picks, bool largest, std::int32_t* found,
             std::uint32_t rows);

void gather(const Lanes& a, const std::int32_t* rows, Lanes& out);  // −1: a filler
void gather(const Lanes& a, const std::uint32_t* rows, Lanes& out);
void put(const std::vector<Rational>& values, Lanes& out);  // in the narrowest storage
void patch(Lanes& lanes, const std::vector<std::pair<std::uint32_t, Rational>>& values);

}  // namespace heng::numbers

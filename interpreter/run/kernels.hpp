// The loops of the hot path: plain, without branches per lane, compiled for several vector widths. The caller has made sure by
// bounds that nothing overflows. Results are the same for every width: everything is integers, and where a double guesses a
// quotient, integers decide it.
// Does not know: nodes, storages, missing kinds.
#pragma once
#include <cstdint>

#include "interpreter/run/lanes.hpp"

namespace heng::kernels {

using Whole = std::int64_t;
using Byte = std::uint8_t;

void scale(const Whole* a, Whole factor, Whole* out, std::uint32_t n);
void add(const Whole* a, Whole scale_a, const Whole* b, Whole scale_b, Whole* out, std::uint32_t n);  // a·sa + b·sb
void multiply(const Whole* a, const Whole* b, Whole* out, std::uint32_t n);
void multiply_scaled(const Whole* a, const Whole* b, Whole factor, Whole* out, std::uint32_t n);
void absolute(const Whole* a, Whole* out, std::uint32_t n);
// a·sa / b·sb with a positive divisor; where b is 0: 0/1 and zero[i] = 1
void quotient(const Whole* a, Whole scale_a, const Whole* b, Whole scale_b, Whole* out, Whole* divisor, Byte* zero,
              std::uint32_t n);

enum class Compare { equal, not_equal, less, less_equal };  // greater: the other way round
void compare(Compare how, const Whole* a, Whole scale_a, const Whole* b, Whole scale_b, Byte* out, std::uint32_t n);
void compare_wide(Compare how, const Int128* a, const Int128* b, Byte* out, std::uint32_t n);

void choose(const Byte* when, const Whole* a, Whole scale_a, const Whole* b, Whole scale_b, Whole* out, std::uint32_t n);
void choose_bytes(const Byte* when, const Byte* a, const Byte* b, Byte* out, std::uint32_t n);

// Rounded to whole numbers; |a| < 2^51, 0 < divisor < 2^51.
void divide_rounded(Rounding how, const Whole* a, Whole divisor, Whole* out, std::uint32_t n);
void divide_rounded(Rounding how, const Whole* a, Whole scale_a, const Whole* divisors, Whole scale_divisor, Whole* out,
                    std::uint32_t n);

// Of both (deciding false) or either (true): settled where one side is what decides, whatever the other is.
void settle(const Byte* missing_a, const Byte* a, const Byte* missing_b, const Byte* b, bool deciding, Byte* missing, Byte* yes,
            std::uint32_t n);
void judge(const Byte* missing, const Byte* yes, Byte holds, Byte fails, Byte untold, Byte* out, std::uint32_t n);
void guard(const Byte* missing, const Byte* applies, Byte untold, Byte beside, Byte* out, std::uint32_t n);
bool any_plain(const Byte* missing, const Byte* yes, const Byte* verdicts, std::uint32_t n);  // yes, not missing, verdict 0
bool all_equal(const Byte* a, std::uint32_t n);

void larger(const Byte* a, const Byte* b, Byte* out, std::uint32_t n);
bool any(const Byte* a, std::uint32_t n);
Limit largest(const Whole* a, std::uint32_t n);  // of |a|

}  // namespace heng::kernels

#include "interpreter/run/kernels.hpp"

#include <cstring>

// One body, several vector widths, chosen when the program starts. Sanitizers, other compilers and processors take the plain one.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && defined(__linux__)
#define HENG_WIDTHS __attribute__((target_clones("arch=skylake-avx512", "avx2", "default")))
#else
#define HENG_WIDTHS
#endif

namespace heng::kernels {

HENG_WIDTHS void scale(const Whole* a, Whole factor, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] * factor;
}

HENG_WIDTHS static void add_plain(const Whole* a, const Whole* b, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] + b[i];
}

HENG_WIDTHS static void subtract_plain(const Whole* a, const Whole* b, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] - b[i];
}

HENG_WIDTHS static void add_scaled(const Whole* a, Whole sa, const Whole* b, Whole sb, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] * sa + b[i] * sb;
}

void add(const Whole* a, Whole sa, const Whole* b, Whole sb, Whole* out, std::uint32_t n) {
   if (sa == 1 && sb == 1) return add_plain(a, b, out, n);
   if (sa == 1 && sb == -1) return subtract_plain(a, b, out, n);
   add_scaled(a, sa, b, sb, out, n);
}

HENG_WIDTHS void multiply(const Whole* a, const Whole* b, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] * b[i];
}

HENG_WIDTHS void multiply_scaled(const Whole* a, const Whole* b, Whole factor, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] * b[i] * factor;
}

HENG_WIDTHS void absolute(const Whole* a, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] < 0 ? -a[i] : a[i];
}

HENG_WIDTHS void quotient(const Whole* a, Whole sa, const Whole* b, Whole sb, Whole* out, Whole* divisor, Byte* zero,
                          std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) {
      const Whole d = b[i] * sb, x = a[i] * sa;
      const Whole sign = d < 0 ? -1 : 1;
      out[i] = d == 0 ? 0 : x * sign;
      divisor[i] = d == 0 ? 1 : d * sign;
      zero[i] = d == 0;
   }
}

HENG_WIDTHS static void equal(const Whole* a, Whole sa, const Whole* b, Whole sb, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] * sa == b[i] * sb;
}

HENG_WIDTHS static void less(const Whole* a, Whole sa, const Whole* b, Whole sb, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] * sa < b[i] * sb;
}

HENG_WIDTHS static void less_equal(const Whole* a, Whole sa, const Whole* b, Whole sb, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] * sa <= b[i] * sb;
}

HENG_WIDTHS static void opposite(Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] ^= 1;
}

void compare(Compare how, const Whole* a, Whole sa, const Whole* b, Whole sb, Byte* out, std::uint32_t n) {
   switch (how) {
      case Compare::equal: return equal(a, sa, b, sb, out, n);
      case Compare::not_equal: return equal(a, sa, b, sb, out, n), opposite(out, n);
      case Compare::less: return less(a, sa, b, sb, out, n);
      case Compare::less_equal: return less_equal(a, sa, b, sb, out, n);
   }
}

void compare_wide(Compare how, const Int128* a, const Int128* b, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) {
      switch (how) {
         case Compare::equal: out[i] = a[i] == b[i]; break;
         case Compare::not_equal: out[i] = a[i] != b[i]; break;
         case Compare::less: out[i] = a[i] < b[i]; break;
         case Compare::less_equal: out[i] = a[i] <= b[i]; break;
      }
   }
}

// Both sides are read in any case, so that no lane needs a branch.
HENG_WIDTHS static void choose_plain(const Byte* when, const Whole* a, const Whole* b, Whole* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) {
      const Whole x = a[i], y = b[i];
      out[i] = when[i] ? x : y;
   }
}

HENG_WIDTHS void choose(const Byte* when, const Whole* a, Whole sa, const Whole* b, Whole sb, Whole* out, std::uint32_t n) {
   if (sa == 1 && sb == 1) return choose_plain(when, a, b, out, n);
   for (std::uint32_t i = 0; i < n; ++i) {
      const Whole x = a[i] * sa, y = b[i] * sb;
      out[i] = when[i] ? x : y;
   }
}

HENG_WIDTHS void choose_bytes(const Byte* when, const Byte* a, const Byte* b, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) {
      const Byte x = a[i], y = b[i];
      out[i] = when[i] ? x : y;
   }
}

namespace {

// One away from zero, where the rest asks for it. `m` was |a|, q and r its quotient and rest.
template <Rounding how>
inline Whole step(Whole q, Whole r, Whole d, bool negative) {
   if constexpr (how == Rounding::half_away) return 2 * r >= d;
   if constexpr (how == Rounding::half_even) return (2 * r > d) | ((2 * r == d) & (q & 1));
   if constexpr (how == Rounding::up) return r > 0;
   if constexpr (how == Rounding::down) return 0;
   if constexpr (how == Rounding::ceiling) return (r > 0) & !negative;
   if constexpr (how == Rounding::floor) return (r > 0) & negative;
}

// Both operands are below 2^51, so exact as doubles, and the guess is at most one off.
template <Rounding how>
inline __attribute__((always_inline)) Whole rounded(Whole a, Whole d) {
   const bool negative = a < 0;
   const Whole m = negative ? -a : a;
   Whole q = static_cast<Whole>(static_cast<double>(m) / static_cast<double>(d));
   Whole r = m - q * d;
   const Whole low = r < 0;
   q -= low;
   r += low ? d : 0;
   const Whole high = r >= d;
   q += high;
   r -= high ? d : 0;
   q += step<how>(q, r, d, negative);
   return negative ? -q : q;
}

}  // namespace

#define HENG_ROUNDED(name, how)                                                                                         \
   HENG_WIDTHS static void name(const Whole* a, Whole d, Whole* out, std::uint32_t n) {                                 \
      for (std::uint32_t i = 0; i < n; ++i) out[i] = rounded<how>(a[i], d);                                             \
   }                                                                                                                    \
   HENG_WIDTHS static void name##_by(const Whole* a, Whole sa, const Whole* d, Whole sd, Whole* out, std::uint32_t n) { \
      for (std::uint32_t i = 0; i < n; ++i) out[i] = rounded<how>(a[i] * sa, d[i] * sd);                                \
   }
HENG_ROUNDED(half_away, Rounding::half_away)
HENG_ROUNDED(half_even, Rounding::half_even)
HENG_ROUNDED(up, Rounding::up)
HENG_ROUNDED(down, Rounding::down)
HENG_ROUNDED(ceiling, Rounding::ceiling)
HENG_ROUNDED(floor, Rounding::floor)
#undef HENG_ROUNDED

void divide_rounded(Rounding how, const Whole* a, Whole d, Whole* out, std::uint32_t n) {
   switch (how) {
      case Rounding::half_away: return half_away(a, d, out, n);
      case Rounding::half_even: return half_even(a, d, out, n);
      case Rounding::up: return up(a, d, out, n);
      case Rounding::down: return down(a, d, out, n);
      case Rounding::ceiling: return ceiling(a, d, out, n);
      case Rounding::floor: return floor(a, d, out, n);
   }
}

void divide_rounded(Rounding how, const Whole* a, Whole sa, const Whole* d, Whole sd, Whole* out, std::uint32_t n) {
   switch (how) {
      case Rounding::half_away: return half_away_by(a, sa, d, sd, out, n);
      case Rounding::half_even: return half_even_by(a, sa, d, sd, out, n);
      case Rounding::up: return up_by(a, sa, d, sd, out, n);
      case Rounding::down: return down_by(a, sa, d, sd, out, n);
      case Rounding::ceiling: return ceiling_by(a, sa, d, sd, out, n);
      case Rounding::floor: return floor_by(a, sa, d, sd, out, n);
   }
}

HENG_WIDTHS void settle(const Byte* missing_a, const Byte* a, const Byte* missing_b, const Byte* b, bool deciding, Byte* missing,
                        Byte* yes, std::uint32_t n) {
   const Byte other = deciding ? 0 : 1;
   for (std::uint32_t i = 0; i < n; ++i) {
      const Byte ma = missing_a[i], mb = missing_b[i], ya = a[i] ^ other, yb = b[i] ^ other;  // 1: settles
      const Byte settled = (ma == 0 ? ya : 0) | (mb == 0 ? yb : 0);
      const Byte worst = ma > mb ? ma : mb;
      const Byte kind = settled ? 0 : worst;
      missing[i] = kind;
      yes[i] = kind ? 0 : settled ^ other;
   }
}

HENG_WIDTHS void judge(const Byte* missing, const Byte* yes, Byte holds, Byte fails, Byte untold, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) {
      const Byte told = yes[i] ? holds : fails;
      out[i] = missing[i] ? untold : told;
   }
}

HENG_WIDTHS void guard(const Byte* missing, const Byte* applies, Byte untold, Byte beside, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) {
      const Byte own = out[i], told = applies[i] ? own : beside;
      out[i] = missing[i] ? untold : told;
   }
}

HENG_WIDTHS bool any_plain(const Byte* missing, const Byte* yes, const Byte* verdicts, std::uint32_t n) {
   Byte found = 0;
   for (std::uint32_t i = 0; i < n; ++i) found |= static_cast<Byte>(yes[i] & (missing[i] == 0) & (verdicts[i] == 0));
   return found != 0;
}

bool all_equal(const Byte* a, std::uint32_t n) { return n < 2 || std::memcmp(a, a + 1, n - 1) == 0; }

HENG_WIDTHS void larger(const Byte* a, const Byte* b, Byte* out, std::uint32_t n) {
   for (std::uint32_t i = 0; i < n; ++i) out[i] = a[i] > b[i] ? a[i] : b[i];
}

HENG_WIDTHS bool any(const Byte* a, std::uint32_t n) {
   Byte all = 0;
   for (std::uint32_t i = 0; i < n; ++i) all |= a[i];
   return all != 0;
}

HENG_WIDTHS static void range(const Whole* a, std::uint32_t n, Whole& least, Whole& most) {
   Whole low = 0, high = 0;
   for (std::uint32_t i = 0; i < n; ++i) {
      low = a[i] < low ? a[i] : low;
      high = a[i] > high ? a[i] : high;
   }
   least = low;
   most = high;
}

Limit largest(const Whole* a, std::uint32_t n) {
   Whole low = 0, high = 0;
   range(a, n, low, high);
   const Limit below = static_cast<Limit>(-static_cast<Int128>(low)), above = static_cast<Limit>(high);
   return below > above ? below : above;
}

}  // namespace heng::kernels

// A node's column: one lane per row of its frame. Numbers are exact and stored in the narrowest of four ways that the bounds of
// this batch allow; the storage never changes what they mean. Where `missing` is not 0 the other entries are fillers.
// Does not know: operations.
#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "interpreter/program.hpp"
#include "stdlib/interval.hpp"

namespace heng {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 Limit;  // a bound on |x|

enum class Storage : std::uint8_t {
   whole,  // number × 10^exponent
   ratio,  // number / divisor × 10^exponent, divisor > 0
   wide,   // wide × 10^exponent
   big,    // big
};

inline constexpr Limit whole_limit = (Limit{1} << 63) - 1;
inline constexpr Limit wide_limit = (Limit{1} << 126) - 1;
inline constexpr Limit no_limit = ~Limit{0};
inline constexpr int largest_exponent = 300;                   // beyond, numbers are stored as big
inline constexpr std::size_t most_bits = 4096;                 // of a value in lowest terms
inline constexpr std::uint32_t any_measure = 0xffffffffu;      // a sum of no rows: 0 in any unit
inline constexpr std::uint32_t unknown_measure = 0xfffffffeu;  // made from such a sum: goes with everything

struct Lanes {
   std::uint32_t rows = 0;
   bool any_missing = false;
   Storage storage = Storage::whole;
   int exponent = 0;
   Limit number_limit = 0, divisor_limit = 1;
   bool tight = false;  // the limits were measured, not only derived

   // Point into the buffers below, into another node's, or into the batch.
   const std::uint8_t* missing = nullptr;  // a Missing
   const std::int64_t* number = nullptr;
   const std::int64_t* divisor = nullptr;
   const Int128* wide = nullptr;
   const Rational* big = nullptr;
   const std::uint8_t* yes = nullptr;
   const std::uint32_t* text = nullptr;
   const std::int32_t* row = nullptr;       // −1: none
   const std::uint32_t* measure = nullptr;  // null: the node's type says it all
   const std::uint8_t* target = nullptr;    // TargetKind, of target and measured fields

   struct Buffers {
      std::vector<std::uint8_t> missing, yes, target;
      std::vector<std::int64_t> number, divisor;
      std::vector<Int128> wide;
      std::vector<Rational> big;
      std::vector<std::uint32_t> text, measure;
      std::vector<std::int32_t> row;
      std::uint32_t filled = 0;  // constants: how many rows are filled already
   } own;
   std::unordered_map<std::uint32_t, Interval> bounds;  // lanes that hold Missing::bound_undecided

   Missing missing_at(std::uint32_t at) const { return static_cast<Missing>(missing[at]); }
   bool has(std::uint32_t at) const { return missing[at] == 0; }
   Rational at(std::uint32_t lane) const;  // of a lane that has a number

   // Room for `rows` lanes of a kind; the pointer is set to it.
   std::uint8_t* make_missing() { return make(own.missing, missing); }
   std::uint8_t* make_yes() { return make(own.yes, yes); }
   std::int64_t* make_number() { return make(own.number, number); }
   std::int64_t* make_divisor() { return make(own.divisor, divisor); }
   Int128* make_wide() { return make(own.wide, wide); }
   Rational* make_big() { return make(own.big, big); }
   std::uint32_t* make_text() { return make(own.text, text); }
   std::uint32_t* make_measure() { return make(own.measure, measure); }
   std::uint8_t* make_target() { return make(own.target, target); }
   std::int32_t* make_row() { return make(own.row, row); }

   void begin(std::uint32_t rows);  // a new run: nothing but buffers is kept

 private:
   template <typename T>
   T* make(std::vector<T>& buffer, const T*& pointer) {
      if (rows == 0) buffer.reserve(1);  // what is there is never null, also in a list without rows
      buffer.resize(rows);
      pointer = buffer.data();
      return buffer.data();
   }
};

Rational rational_of(Int128 value);
Integer integer_of(Int128 value);

}  // namespace heng

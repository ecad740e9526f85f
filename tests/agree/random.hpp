// The same numbers on every machine for the same seed (splitmix64).
#pragma once
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace heng::agree {

class Random {
 public:
   explicit Random(std::uint64_t seed) : state_(seed) {}
   std::uint64_t next() {
      std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
      return z ^ (z >> 31);
   }
   int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
   int between(int first, int last) { return first + below(last - first + 1); }
   bool chance(int percent) { return below(100) < percent; }
   template <typename T>
   const T& of(const std::vector<T>& items) {
      return items[below(static_cast<int>(items.size()))];
   }
   template <typename T>
   T of(std::initializer_list<T> items) {
      return items.begin()[below(static_cast<int>(items.size()))];
   }

 private:
   std::uint64_t state_;
};

}  // namespace heng::agree

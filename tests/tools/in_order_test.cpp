// Whatever thread is done first, results are taken in order, by one at a time, each once.
#include "tools/workspace/in_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

namespace heng {
namespace {

// Threads take numbers and bring each in three parts; some need longer than others.
std::vector<int> brought(unsigned threads, int numbers, unsigned seed) {
   std::vector<int> taken;
   std::atomic<int> at_once = 0, next = 0;
   InOrder<int> in_order(
       [&](int&& one) {
          EXPECT_EQ(++at_once, 1);
          taken.push_back(one);
          --at_once;
       },
       3);
   std::vector<std::thread> all;
   for (unsigned t = 0; t < threads; ++t)
      all.emplace_back([&, t] {
         std::mt19937 random(seed + t);
         for (int number; (number = next++) < numbers;) {
            if (random() % 3 == 0) std::this_thread::sleep_for(std::chrono::microseconds(random() % 300));
            const auto id = static_cast<std::uint64_t>(number);
            if (random() % 2 == 0)
               in_order.bring_part(id, number * 2);
            else if (random() % 2 == 0)
               std::this_thread::yield();
            in_order.bring(id, number * 2 + 1);
         }
      });
   for (std::thread& one : all) one.join();
   return taken;
}

TEST(InOrder, TakesInOrder) {
   for (unsigned seed = 0; seed < 4; ++seed)
      for (const unsigned threads : {1u, 2u, 7u}) {
         const std::vector<int> taken = brought(threads, 200, seed * 100);
         EXPECT_TRUE(std::is_sorted(taken.begin(), taken.end()));
         int whole = 0;
         for (const int one : taken) whole += one % 2;
         EXPECT_EQ(whole, 200);
      }
}

TEST(InOrder, AFaultOfWhoTakesEndsIt) {
   InOrder<int> in_order([](int&&) { throw std::runtime_error("full"); }, 3);
   EXPECT_THROW(in_order.bring(0, 1), std::runtime_error);
   EXPECT_TRUE(in_order.given_up());
   in_order.bring(1, 1);  // does not wait
   in_order.bring_part(7, 1);
}

}  // namespace
}  // namespace heng

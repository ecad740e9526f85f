// Portions of a collection through several threads: the caller's thread reads, the others work, and what they made is taken in
// the order of the portions by one thread at a time. Memory is bounded by the portions under way. Does not know: what is made.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "tools/workspace/in_order.hpp"
#include "tools/workspace/portions.hpp"

namespace heng {

// On their way from the reader to the threads.
class WaitingPortions {
 public:
   explicit WaitingPortions(std::size_t most) : most_(most) {}
   void put(Portion&& portion);
   bool take(Portion& portion);  // false: there will be no more
   void close(bool drop);

 private:
   std::size_t most_;
   std::mutex mutex_;
   std::condition_variable change_;
   std::deque<Portion> portions_;
   bool closed_ = false;
};

// Ctrl-C is for the thread that reads: a read that waits is given up there.
void leave_signals_to_others();

template <typename Piece>
class InParallel {
 public:
   using Large = std::function<void(Piece&&)>;  // takes a part of what a portion comes to, where all of it is too much to keep
   using Work = std::function<Piece(std::size_t thread, Portion&, const Large&)>;
   using Take = std::function<bool(Piece&&)>;  // false: nothing more is begun

   InParallel(std::size_t threads, const std::atomic<bool>* stop, Work work, Take take)
       : threads_(threads), stop_(stop), work_(std::move(work)), take_(std::move(take)) {}

   // false: `take` gave up.
   bool run(Portions& portions) { return threads_ == 1 ? alone(portions) : together(portions); }

 private:
   bool stopped() const { return stop_ && *stop_; }

   bool alone(Portions& portions) {
      bool fine = true;
      for (Portion portion; fine && !stopped() && portions.next(portion) && !stopped();) {
         Piece rest = work_(0, portion, [&](Piece&& piece) { take_(std::move(piece)); });
         fine = take_(std::move(rest));
      }
      return fine;
   }

   bool together(Portions& portions) {
      bool fine = true;
      WaitingPortions waiting(threads_);
      InOrder<Piece> in_order(
          [&](Piece&& piece) {
             if (!take_(std::move(piece))) fine = false, in_order.give_up(), waiting.close(true);
          },
          2 * threads_);
      std::vector<std::exception_ptr> faults(threads_ + 1);
      std::vector<std::thread> threads;
      for (std::size_t i = 0; i < threads_; ++i)
         threads.emplace_back([&, i] {
            leave_signals_to_others();
            try {
               work_off(i, waiting, in_order);
            } catch (...) {
               faults[i] = std::current_exception();
               in_order.give_up();
               waiting.close(true);
            }
         });
      try {
         for (Portion portion; !stopped() && !in_order.given_up() && portions.next(portion) && !stopped();)
            waiting.put(std::move(portion));
      } catch (...) {
         faults.back() = std::current_exception();
      }
      waiting.close(stopped());
      for (std::thread& thread : threads) thread.join();
      for (const std::exception_ptr& one : faults)
         if (one) std::rethrow_exception(one);
      return fine;
   }

   void work_off(std::size_t thread, WaitingPortions& waiting, InOrder<Piece>& in_order) {
      for (Portion portion; waiting.take(portion);) {
         const std::uint64_t number = portion.number;
         Piece rest = work_(thread, portion, [&](Piece&& piece) { in_order.bring_part(number, std::move(piece)); });
         in_order.bring(number, std::move(rest));
      }
   }

   std::size_t threads_;
   const std::atomic<bool>* stop_;
   Work work_;
   Take take_;
};

}  // namespace heng

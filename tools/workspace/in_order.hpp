// Results that several threads make in any order, taken in the order of their numbers: by whoever brings the one that is due, so
// that no thread stands by only to write. What waits is bounded. Does not know: what a result is.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

namespace heng {

template <typename Result>
class InOrder {
 public:
   // `take` is called by one thread at a time.
   InOrder(std::function<void(Result&&)> take, std::size_t most_waiting) : take_(std::move(take)), most_waiting_(most_waiting) {}

   // The whole result of a number, or what is left of it. Every number is brought once, from 0 on.
   void bring(std::uint64_t number, Result&& result) {
      std::unique_lock lock(mutex_);
      change_.wait(lock, [&] { return given_up_ || number == due_ || waiting_.size() < most_waiting_; });
      if (given_up_) return;
      waiting_.emplace(number, std::move(result));
      if (taking_) return;
      taking_ = true;
      for (auto first = waiting_.begin(); first != waiting_.end() && first->first == due_; first = waiting_.begin()) {
         Result next = std::move(first->second);
         waiting_.erase(first);
         take_unlocked(lock, std::move(next));
         ++due_;
         change_.notify_all();
      }
      taking_ = false;
      change_.notify_all();
   }

   // A part of a result too large to keep: waits until it is its turn.
   void bring_part(std::uint64_t number, Result&& part) {
      std::unique_lock lock(mutex_);
      change_.wait(lock, [&] { return given_up_ || (number == due_ && !taking_); });
      if (given_up_) return;
      taking_ = true;
      take_unlocked(lock, std::move(part));
      taking_ = false;
      change_.notify_all();
   }

   // Whoever waits goes on, and nothing more is taken.
   void give_up() {
      const std::lock_guard lock(mutex_);
      given_up_ = true;
      change_.notify_all();
   }
   bool given_up() const {
      const std::lock_guard lock(mutex_);
      return given_up_;
   }

 private:
   void take_unlocked(std::unique_lock<std::mutex>& lock, Result&& result) {
      if (given_up_) return;
      lock.unlock();
      try {
         take_(std::move(result));
      } catch (...) {
         lock.lock();
         taking_ = false;
         given_up_ = true;
         change_.notify_all();
         throw;
      }
      lock.lock();
   }

   std::function<void(Result&&)> take_;
   std::size_t most_waiting_;
   mutable std::mutex mutex_;
   std::condition_variable change_;
   std::map<std::uint64_t, Result> waiting_;
   std::uint64_t due_ = 0;
   bool taking_ = false, given_up_ = false;
};

}  // namespace heng

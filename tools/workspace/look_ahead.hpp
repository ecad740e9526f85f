// Work on many things at once, results in their order: whoever takes the first result finds the next ones under way, as many as
// there are cores. What waits is bounded. Does not know: what is worked on.
#pragma once
#include <algorithm>
#include <deque>
#include <functional>
#include <future>
#include <thread>

namespace heng {

template <typename Result>
class LookAhead {
 public:
   // `work` is called from several threads, once for each of 0 … count − 1.
   LookAhead(std::size_t count, std::function<Result(std::size_t)> work)
       : count_(count), work_(std::move(work)), ahead_(std::max(1u, std::thread::hardware_concurrency())) {}

   bool done() const { return started_ == count_ && waiting_.empty(); }
   Result next() {
      while (started_ < count_ && waiting_.size() < ahead_) waiting_.push_back(std::async(std::launch::async, work_, started_++));
      std::future<Result> first = std::move(waiting_.front());
      waiting_.pop_front();
      Result result = first.get();
      if (started_ < count_) waiting_.push_back(std::async(std::launch::async, work_, started_++));
      return result;
   }

 private:
   std::size_t count_, started_ = 0;
   std::function<Result(std::size_t)> work_;
   std::size_t ahead_;
   std::deque<std::future<Result>> waiting_;
};

}  // namespace heng

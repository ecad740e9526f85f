#include "tools/workspace/in_parallel.hpp"

#include <csignal>

namespace heng {

void WaitingPortions::put(Portion&& portion) {
   std::unique_lock lock(mutex_);
   change_.wait(lock, [this] { return closed_ || portions_.size() < most_; });
   if (closed_) return;
   portions_.push_back(std::move(portion));
   change_.notify_all();
}

bool WaitingPortions::take(Portion& portion) {
   std::unique_lock lock(mutex_);
   change_.wait(lock, [this] { return closed_ || !portions_.empty(); });
   if (portions_.empty()) return false;
   portion = std::move(portions_.front());
   portions_.pop_front();
   change_.notify_all();
   return true;
}

void WaitingPortions::close(bool drop) {
   const std::lock_guard lock(mutex_);
   closed_ = true;
   if (drop) portions_.clear();
   change_.notify_all();
}

void leave_signals_to_others() {
   sigset_t set;
   sigemptyset(&set);
   sigaddset(&set, SIGINT);
   pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace heng

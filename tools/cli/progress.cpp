#include "tools/cli/progress.hpp"

#include <unistd.h>

#include <iostream>

namespace heng {

namespace {

constexpr auto quiet_time = std::chrono::milliseconds(500), between_lines = std::chrono::milliseconds(100);
constexpr std::size_t widest_name = 40;

std::string end_of(const std::string& name) {
   if (name.size() <= widest_name) return name;
   std::size_t at = name.size() - widest_name;
   while (at < name.size() && (static_cast<unsigned char>(name[at]) & 0xC0) == 0x80) ++at;
   return "…" + name.substr(at);
}

}  // namespace

Progress::Progress(const Console& console, std::size_t total)
    : console_(console), total_(total), terminal_(isatty(STDERR_FILENO) != 0), begin_(Clock::now()), last_(begin_) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
   if (shown_) std::cerr << "\r\x1b[K" << std::flush;
   shown_ = false;
}

void Progress::done(const std::string& name) {
   ++done_;
   const auto now = Clock::now();
   if (total_ < 2 || now - begin_ < quiet_time) return;
   const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - begin_).count();
   const auto left = elapsed * static_cast<long>(total_ - done_) / static_cast<long>(done_) / 1000;
   const Said line = say("{}/{} 份，还要约 {} 秒  {}", "{}/{} files, about {} s left  {}", done_, total_, left, end_of(name));
   if (terminal_) {
      if (now - last_ < between_lines && done_ < total_) return;
      std::cerr << '\r' << console_.say(line) << "\x1b[K" << std::flush;
      shown_ = true;
   } else if (done_ * 10 / total_ > tenth_) {
      tenth_ = done_ * 10 / total_;
      std::cerr << console_.say(line) << '\n';
   }
   last_ = now;
}

}  // namespace heng

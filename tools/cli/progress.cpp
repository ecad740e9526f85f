#include "tools/cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace heng {

namespace {

constexpr auto quiet_time = std::chrono::milliseconds(500), between_lines = std::chrono::milliseconds(100);
constexpr std::size_t widest_name = 40, width_of_bar = 20;

std::string end_of(const std::string& name) {
   if (name.size() <= widest_name) return name;
   std::size_t at = name.size() - widest_name;
   while (at < name.size() && (static_cast<unsigned char>(name[at]) & 0xC0) == 0x80) ++at;
   return "…" + name.substr(at);
}

}  // namespace

Progress::Progress(const Console& console, std::uint64_t files, std::uint64_t size)
    : console_(console), files_(files), size_(size), terminal_(isatty(STDERR_FILENO) != 0), begin_(Clock::now()), last_(begin_) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
   if (shown_) std::cerr << "\r\x1b[K" << std::flush;
   shown_ = false;
}

std::string Progress::bar(double share) const {
   const auto full = static_cast<std::size_t>(share * width_of_bar);
   return "[" + std::string(full, '=') + std::string(width_of_bar - full, ' ') + "] ";
}

std::string Progress::line(const Done& done, double share, Clock::time_point now) const {
   std::vector<std::string> parts;
   if (files_ > 1) parts.push_back(console_.say(say("{}/{} 个文件", "{}/{} files", done.files, files_)));
   if (done.reports > 0) parts.push_back(console_.say(say("{} 份报告", "{} reports", done.reports)));
   if (share > 0) {
      const double elapsed = std::chrono::duration<double>(now - begin_).count();
      const auto left = static_cast<long>(elapsed * (1 - share) / share);
      parts.push_back(console_.say(say("还要约 {} 秒", "about {} s left", left)));
   }
   std::string text;
   for (const std::string& part : parts) text += (text.empty() ? "" : console_.chinese ? "，" : ", ") + part;
   return text + "  " + end_of(done.name);
}

void Progress::show(const Done& done) {
   const auto now = Clock::now();
   if (now - begin_ < quiet_time) return;
   const double share = size_ > 0 ? std::min(1.0, static_cast<double>(done.size) / static_cast<double>(size_)) : 0;
   if (terminal_) {
      if (now - last_ < between_lines) return;
      std::cerr << '\r' << (size_ > 0 ? bar(share) : "") << line(done, share, now) << "\x1b[K" << std::flush;
      shown_ = true;
   } else if (const int tenth = static_cast<int>(share * 10); tenth > tenth_ && tenth < 10) {
      tenth_ = tenth;
      std::cerr << line(done, share, now) << '\n';
   }
   last_ = now;
}

}  // namespace heng

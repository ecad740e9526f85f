// How far long work is, on standard error: nothing for the first half second; then a line that is written over on a terminal, one
// line for each tenth elsewhere. Does not know: what the work is.
#pragma once
#include <chrono>
#include <string>

#include "tools/cli/console.hpp"

namespace heng {

class Progress {
 public:
   Progress(const Console& console, std::size_t total);
   ~Progress();
   Progress(const Progress&) = delete;
   Progress& operator=(const Progress&) = delete;
   void done(const std::string& name);  // one more is done; its name is shown
   void clear();                        // before other lines are written to the terminal

 private:
   using Clock = std::chrono::steady_clock;
   const Console& console_;
   std::size_t total_, done_ = 0, tenth_ = 0;
   bool terminal_, shown_ = false;
   Clock::time_point begin_, last_;
};

}  // namespace heng

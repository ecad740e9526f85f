// How far long work is, on standard error: nothing for the first half second; then a line that is written over on a terminal, one
// line for each tenth elsewhere. Does not know: what the work is.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "tools/cli/console.hpp"

namespace heng {

class Progress {
 public:
   // `size`: of the work, in any measure; 0: nobody knows.
   Progress(const Console& console, std::uint64_t files, std::uint64_t size);
   ~Progress();
   Progress(const Progress&) = delete;
   Progress& operator=(const Progress&) = delete;

   struct Done {
      std::uint64_t files = 0, reports = 0, size = 0;
      std::string name;  // what it is at
   };
   void show(const Done& done);
   void clear();  // before other lines are written to the terminal

 private:
   using Clock = std::chrono::steady_clock;
   std::string line(const Done& done, double share, Clock::time_point now) const;
   std::string bar(double share) const;

   const Console& console_;
   std::uint64_t files_, size_;
   int tenth_ = 0;
   bool terminal_, shown_ = false;
   Clock::time_point begin_, last_;
};

}  // namespace heng

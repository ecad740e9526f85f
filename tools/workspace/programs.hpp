// Programs of others that Heng starts where they are installed: to read PDFs, old office files, scanned pages.
// Each runs as a process group of its own with limits on time, memory and output, so that a hostile file costs a process and
// nothing more. Safe to call from several threads at once.
// Does not know: what the programs print.
#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"

namespace heng {

// A program that Heng can do without.
struct OptionalProgram {
   std::string_view name;                   // as it is spoken of
   std::vector<std::string_view> commands;  // any of them will do
   Said purpose, install;
};
const std::vector<OptionalProgram>& optional_programs();

// The full path: beside Heng's own program, or in a folder of PATH.
std::optional<std::string> find_program(std::string_view command);
std::optional<std::string> find_program(const OptionalProgram& program);

struct ProgramCall {
   std::string program;  // a path, as find_program gives it
   std::vector<std::string> arguments;
   std::string_view input;                // its standard input
   std::string folder;                    // where it runs; empty: where Heng does
   std::vector<std::string> environment;  // "NAME=VALUE", besides Heng's own
   int seconds = 120;
   std::uint64_t memory = std::uint64_t{4} << 30;            // bytes of address space; 0: no limit
   std::uint64_t largest_output = std::uint64_t{256} << 20;  // bytes
   std::uint64_t largest_file = std::uint64_t{1} << 30;      // that it may write
   const std::atomic<bool>* stop = nullptr;                  // becomes true: the program is ended
};

struct ProgramEnd {
   enum class How : std::uint8_t {
      ended,        // `code` says how well
      not_started,  // it is not there, or the system has no room for it
      out_of_time,
      too_much_output,
      crashed,  // ended by a signal
      stopped
   };
   How how = How::not_started;
   int code = 0;
   std::string output;
   std::string error;  // the first bytes of its standard error
   bool well() const { return how == How::ended && code == 0; }
};

ProgramEnd run_program(const ProgramCall& call);

// A folder for a program's files, gone with this.
class TemporaryFolder {
 public:
   TemporaryFolder();
   ~TemporaryFolder();
   TemporaryFolder(const TemporaryFolder&) = delete;
   TemporaryFolder& operator=(const TemporaryFolder&) = delete;
   const std::string& path() const { return path_; }  // empty: none could be made

 private:
   std::string path_;
};

}  // namespace heng

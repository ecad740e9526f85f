// A collection of reports cut into portions of bounded size, in order: blocks of large files, many small files together,
// documents one by one. Where the cuts are depends on the collection alone. Does not know: rules, threads.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "reports/read/records.hpp"

namespace heng {

struct PortionPart {
   std::string file;
   bool document = false;      // no report data: whoever takes the portion reads it
   bool ends = false;          // the last of this file
   std::uint64_t written = 0;  // an earlier run printed the results of its records up to this one
   RecordBlock block;          // empty for a document
};

struct Portion {
   std::uint64_t number = 0;  // from 0
   std::uint64_t bytes = 0;   // of the files, as far as it reaches
   std::vector<PortionPart> parts;
};

// One of several runs over one collection: report i is its business where i modulo `of` is `number`.
struct Share {
   std::uint64_t number = 0, of = 1;
};

inline constexpr std::uint64_t whole_file = std::numeric_limits<std::uint64_t>::max();

// What an earlier run printed.
struct Reached {
   std::size_t file = 0;      // all of those before it
   std::uint64_t record = 0;  // of this file, up to this one
   bool skip = true;          // it is not handed out again; else only marked
};

class Portions {
 public:
   explicit Portions(std::vector<std::string> files, Share share = {}, Reached reached = {});
   explicit Portions(std::unique_ptr<RecordStream> stream);
   bool next(Portion& portion);  // false: the end

 private:
   bool add(Portion& portion);
   bool open_next(Portion& portion);
   void take_share(RecordBlock& block);
   std::uint64_t written() const;  // of the file that is open
   bool skips(std::uint64_t record) const;
   bool is_mine() { return reports_++ % share_.of == share_.number; }

   std::vector<std::string> files_;
   std::size_t file_ = 0;  // the next to open
   Share share_;
   Reached reached_;
   std::uint64_t portions_ = 0, reports_ = 0;
   std::unique_ptr<RecordStream> stream_;
};

}  // namespace heng

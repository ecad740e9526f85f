// A collection of reports cut into portions of bounded size, in order: blocks of large files, many small files together,
// documents one by one. Where the cuts are depends on the collection alone. Does not know: rules, threads.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "reports/read/records.hpp"

namespace heng {

struct PortionPart {
   std::string file;
   bool document = false;  // no report data: whoever takes the portion reads it
   bool ends = false;      // the last of this file
   RecordBlock block;      // empty for a document
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

// Where an earlier run ended: nothing up to this record of this file is handed out again.
struct Reached {
   std::size_t file = 0;      // those before it are done
   std::uint64_t record = 0;  // of this file
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
   bool is_done(std::uint64_t record) const;  // of the file that is open
   bool is_mine() { return reports_++ % share_.of == share_.number; }

   std::vector<std::string> files_;
   std::size_t file_ = 0;  // the next to open
   Share share_;
   Reached reached_;
   std::uint64_t portions_ = 0, reports_ = 0;
   std::unique_ptr<RecordStream> stream_;
};

}  // namespace heng

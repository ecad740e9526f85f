// Cuts a file or pipe into records (one report each) and hands them out in blocks of bounded size.
// A .ndjson file holds one record per line; anything else is one record, unless its first line is a whole object and more follow.
// Does not know: what a record says.
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reports/read/problem.hpp"

namespace heng {

// At least this many readable bytes follow every record's text (what the JSON parser asks for).
inline constexpr std::size_t record_padding = 64;
inline constexpr std::size_t largest_record = std::size_t{64} << 20;
inline constexpr std::size_t block_bytes = std::size_t{1} << 20;
inline constexpr std::size_t block_records = 512;

struct Record {
   std::string_view text;     // lives as long as its block
   std::uint64_t number = 0;  // in the file, from 1
   std::uint64_t line = 1;    // of its first byte
   std::uint64_t offset = 0;  // of its first byte in the file
};

struct RecordBlock {
   std::string storage;
   std::vector<Record> records;
   ReportProblems problems;  // records that are too large, a file that cannot be read on
};

class RecordStream {
 public:
   explicit RecordStream(std::string path);           // "-": standard input
   RecordStream(std::string name, std::string text);  // from memory
   ~RecordStream();
   RecordStream(const RecordStream&) = delete;
   RecordStream& operator=(const RecordStream&) = delete;

   const std::string& name() const { return name_; }
   // The next records; false at the end. A block may hold problems and no record.
   bool next(RecordBlock& block);

 private:
   bool open();
   bool read_more();  // false: nothing more came
   void decide_format();
   bool next_whole(RecordBlock& block);
   bool next_lines(RecordBlock& block);
   std::size_t waiting() const { return pending_.size() - taken_; }
   std::size_t cut() const;  // how many of the waiting bytes make the next block of lines
   void forget_taken();
   void skip_long_line(RecordBlock& block);
   void split_lines(RecordBlock& block);
   ReportProblem problem(Code code, Said message) const;

   std::string name_;
   std::FILE* file_ = nullptr;
   bool opened_ = false, at_end_ = false, decided_ = false, lines_ = false, done_ = false, failed_ = false;
   std::string pending_;  // read; what stands behind the first taken_ bytes is not yet handed out
   std::size_t taken_ = 0;
   std::uint64_t offset_ = 0, line_ = 1, records_ = 0;  // of the first waiting byte
};

}  // namespace heng

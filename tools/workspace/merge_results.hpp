// Results of several runs put together: in the order of files and records, each report once, byte for byte as they were written.
// In which order the parts come, and what was put together before, makes no difference. What is kept in memory is where each
// result stands, not the results. Does not know: rules; what the results mean.
#pragma once
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "interpreter/results.hpp"
#include "reports/read/results.hpp"
#include "reports/write/writer.hpp"

namespace heng {

class MergedResults {
 public:
   // nullopt: taken. Else what is wrong with the part.
   std::optional<Said> add(const std::string& path);
   // Sorts; nullopt: they fit together. Else which two results contradict each other.
   std::optional<Said> put_together();
   void write(Writer& writer) const;

   OutputFormat format() const { return *form_ == ResultLines::Form::json ? OutputFormat::json : OutputFormat::ndjson; }
   std::uint64_t reports() const { return results_.size(); }
   std::uint64_t refused() const { return refused_; }
   std::uint64_t doubled() const { return doubled_; }  // stood in several parts, and are kept once
   const Summary& summary() const { return summary_; }

 private:
   struct Result {
      std::string file;
      std::uint64_t record = 0;
      std::uint32_t part = 0, again = 0;  // again: how many of this record the part had before
      std::uint64_t begin = 0, size = 0;
      Summary summary;
      bool refused = false;
   };
   std::string text_of(const Result& result) const;
   bool is_earlier(const Result& a, const Result& b) const;

   std::vector<std::string> parts_;
   mutable std::ifstream stream_;  // of the part read last: neighbours mostly stand in one
   mutable std::optional<std::uint32_t> open_;
   std::vector<Result> results_;
   std::optional<ResultLines::Form> form_;
   Summary summary_;
   std::uint64_t refused_ = 0, doubled_ = 0;
};

}  // namespace heng

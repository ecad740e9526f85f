// Results that Heng wrote (docs/results.md), read back as far as putting them together and going on behind them needs.
// Does not know: rules; what the results mean.
#pragma once
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "interpreter/results.hpp"

namespace heng {

// What one report's result says of itself.
struct ResultHead {
   std::string file;
   std::uint64_t record = 0;
   bool refused = false;
   Summary summary;
   std::uint64_t problems[3] = {0, 0, 0};  // of the data, by severity
   std::uint64_t scores_untold = 0;
};

class ResultReader {
 public:
   ResultReader();
   ~ResultReader();
   // `text`: the object of one report. nullopt: it is none, or not whole.
   std::optional<ResultHead> read(std::string_view text);

 private:
   struct Work;
   std::unique_ptr<Work> work_;
};

// Takes the results of a file apart, line by line: NDJSON, or the one document of --format json as Heng prints it.
class ResultLines {
 public:
   enum class Form { ndjson, json, unknown };
   explicit ResultLines(std::istream& in);
   Form form() const { return form_; }
   // The next report's object, as it stands there. false: the end, or what follows is not whole.
   bool next(std::string& object);
   bool cut_off() const { return cut_off_; }       // after the last: the file ends where it may not
   std::uint64_t begin() const { return begin_; }  // where the object just read stands
   std::uint64_t end() const { return end_; }      // behind it and its line

 private:
   bool line(std::string& into);
   std::istream& in_;
   Form form_ = Form::unknown;
   std::string first_;  // line, not yet handed out
   bool has_first_ = false, whole_ = true, cut_off_ = false;
   std::uint64_t at_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace heng

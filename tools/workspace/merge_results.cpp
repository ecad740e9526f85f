#include "tools/workspace/merge_results.hpp"

#include <algorithm>
#include <fstream>
#include <tuple>

namespace heng {

namespace {

// From a pipe come reports without a name: two with one number are two reports.
bool has_name(const std::string& file) { return file != "-"; }

template <typename Result>
bool is_same_record(const Result& a, const Result& b) {
   return a.record == b.record && a.file == b.file;
}

}  // namespace

std::optional<Said> MergedResults::add(const std::string& path) {
   std::ifstream in(path, std::ios::binary);
   if (!in) return say("没有 {}，或者打不开", "there is no {}, or it cannot be opened", path);
   ResultLines lines(in);
   if (lines.form() == ResultLines::Form::unknown)
      return say("{} 不是 heng run --format ndjson 或 json 的结果", "{} holds no results of heng run --format ndjson or json",
                 path);
   if (!form_) form_ = lines.form();
   if (*form_ != lines.form())
      return say("{} 与前面的结果格式不同：都用 ndjson，或者都用 json",
                 "{} is in another format than the results before it: all ndjson, or all json", path);
   const auto part = static_cast<std::uint32_t>(parts_.size());
   parts_.push_back(path);
   ResultReader reader;
   std::uint64_t number = 0;
   for (std::string object; lines.next(object);) {
      ++number;
      const std::optional<ResultHead> head = reader.read(object);
      if (!head) return say("{} 的第 {} 个结果读不了", "result {1} of {0} cannot be read", path, number);
      Result result{head->file, head->record, part, 0, lines.begin(), object.size(), head->summary, head->refused};
      if (!results_.empty() && is_same_record(results_.back(), result) && results_.back().part == part)
         result.again = results_.back().again + 1;
      results_.push_back(std::move(result));
   }
   if (lines.cut_off()) return say("{} 的末尾不完整：写的时候断了", "{} is cut off at its end: writing it broke off", path);
   return std::nullopt;
}

std::string MergedResults::text_of(const Result& result) const {
   if (!open_ || *open_ != result.part) {
      stream_ = std::ifstream(parts_[result.part], std::ios::binary);
      open_ = result.part;
   }
   std::string text(result.size, '\0');
   stream_.seekg(static_cast<std::streamoff>(result.begin));
   stream_.read(text.data(), static_cast<std::streamsize>(text.size()));
   return text;
}

// Several things may be wrong with one file: their order stays.
bool MergedResults::is_earlier(const Result& a, const Result& b) const {
   if (!is_same_record(a, b) || a.again != b.again)
      return std::tie(a.file, a.record, a.again) < std::tie(b.file, b.record, b.again);
   return a.part != b.part && text_of(a) < text_of(b);
}

std::optional<Said> MergedResults::put_together() {
   std::sort(results_.begin(), results_.end(), [this](const Result& a, const Result& b) { return is_earlier(a, b); });
   std::vector<Result> kept;
   for (Result& result : results_) {
      if (!kept.empty() && has_name(result.file) && is_same_record(kept.back(), result) && kept.back().again == result.again) {
         if (text_of(kept.back()) != text_of(result))
            return say("{} 第 {} 份报告在 {} 和 {} 里的结果不同：是用不同的规则算的？",
                       "report {1} of {0} has other results in {2} than in {3}: were the rules the same?", result.file,
                       result.record, parts_[kept.back().part], parts_[result.part]);
         ++doubled_;
         continue;
      }
      kept.push_back(std::move(result));
   }
   results_ = std::move(kept);
   for (const Result& result : results_) {
      summary_.add(result.summary);
      refused_ += result.refused;
   }
   return std::nullopt;
}

void MergedResults::write(Writer& writer) const {
   const bool lines = *form_ == ResultLines::Form::ndjson;
   for (const Result& result : results_) writer.write(lines ? text_of(result) + "\n" : "\n" + text_of(result));
   writer.finish({});
}

}  // namespace heng

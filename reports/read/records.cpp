#include "reports/read/records.hpp"

#include <cerrno>
#include <cstring>

namespace heng {

namespace {

constexpr std::string_view blanks = " \t\r\n";

bool ends_with(std::string_view text, std::string_view end) {
   return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool named_as_lines(std::string_view name) { return ends_with(name, ".ndjson") || ends_with(name, ".jsonl"); }

// Do the brackets that open in this text close in it, too?
bool is_balanced(std::string_view text) {
   int depth = 0;
   bool in_string = false;
   for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (in_string) {
         if (c == '\\')
            ++i;
         else if (c == '"')
            in_string = false;
      } else if (c == '"') {
         in_string = true;
      } else if (c == '{' || c == '[') {
         ++depth;
      } else if (c == '}' || c == ']') {
         --depth;
      }
   }
   return depth == 0 && !in_string;
}

// `{"项目": [` and the like: what belongs to it stands on the next line.
bool goes_on(std::string_view line) {
   const std::size_t last = line.find_last_not_of(blanks);
   return last != std::string_view::npos && std::string_view("{[,:").find(line[last]) != std::string_view::npos;
}

Said why_not_opened(int error) {
   switch (error) {
      case ENOENT: return say("没有这个文件", "there is no such file");
      case EACCES: return say("没有读这个文件的权限", "there is no permission to read this file");
      case EISDIR: return say("这是一个文件夹", "this is a folder");
      default: return say("打不开：{}", "cannot be opened: {}", std::strerror(error));
   }
}

}  // namespace

RecordStream::RecordStream(std::string path) : name_(std::move(path)) {}

RecordStream::RecordStream(std::string name, std::string text)
    : name_(std::move(name)), opened_(true), at_end_(true), pending_(std::move(text)) {}

RecordStream::~RecordStream() {
   if (file_ && file_ != stdin) std::fclose(file_);
}

ReportProblem RecordStream::problem(Code code, Said message) const {
   ReportProblem problem;
   problem.code = code;
   problem.message = std::move(message);
   problem.file = name_;
   problem.refuses = true;
   return problem;
}

bool RecordStream::open() {
   opened_ = true;
   file_ = name_ == "-" ? stdin : std::fopen(name_.c_str(), "rb");
   return file_ != nullptr;
}

bool RecordStream::read_more() {
   if (at_end_) return false;
   const std::size_t before = pending_.size();
   pending_.resize(before + block_bytes);
   const std::size_t got = std::fread(pending_.data() + before, 1, block_bytes, file_);
   pending_.resize(before + got);
   if (got < block_bytes) at_end_ = true;
   if (std::ferror(file_)) failed_ = true;
   return got > 0;
}

bool RecordStream::next(RecordBlock& block) {
   block.records.clear();
   block.problems.clear();
   if (done_) return false;
   if (!opened_ && !open()) {
      done_ = true;
      block.problems.push_back(problem(Code::file_not_found, why_not_opened(errno)));
      return true;
   }
   if (!decided_) decide_format();
   return lines_ ? next_lines(block) : next_whole(block);
}

void RecordStream::decide_format() {
   decided_ = true;
   while (pending_.find('\n') == std::string::npos && pending_.size() < largest_record && read_more()) {
   }
   if (pending_.compare(0, 3, "\xEF\xBB\xBF") == 0) {
      pending_.erase(0, 3);
      offset_ = 3;
   }
   if (named_as_lines(name_)) {
      lines_ = true;
      return;
   }
   const std::size_t begin = pending_.find_first_not_of(blanks);
   if (begin == std::string::npos || pending_[begin] != '{') return;
   const std::size_t end = pending_.find('\n', begin);
   if (end == std::string::npos) return;
   const std::size_t second = pending_.find_first_not_of(blanks, end);
   const std::string_view first = std::string_view(pending_).substr(begin, end - begin);
   // A broken first line does not hide the others; one that ends within its object goes on below.
   const bool second_opens = second != std::string::npos && pending_[second] == '{' && pending_[second - 1] == '\n';
   lines_ = (second_opens && !goes_on(first)) || is_balanced(first);
}

bool RecordStream::next_whole(RecordBlock& block) {
   done_ = true;
   while (pending_.size() <= largest_record && read_more()) {
   }
   if (failed_) {
      block.problems.push_back(
          problem(Code::report_unreadable, say("读取中断：{}", "reading broke off: {}", std::strerror(errno))));
      return true;
   }
   if (pending_.size() > largest_record) {
      block.problems.push_back(
          problem(Code::report_too_large, say("一份报告最多 {} MB", "a report may have {} MB at most", largest_record >> 20)));
      return true;
   }
   block.storage.swap(pending_);
   const std::size_t size = block.storage.size();
   block.storage.append(record_padding, '\0');
   block.records.push_back({std::string_view(block.storage).substr(0, size), 1, 1, offset_});
   return true;
}

std::size_t RecordStream::cut() const {
   std::size_t end = 0;
   for (std::size_t lines = 0; lines < block_records; ++lines) {
      const std::size_t newline = pending_.find('\n', taken_ + end);
      if (newline == std::string::npos) return at_end_ ? waiting() : end;
      if (newline - taken_ >= block_bytes && end > 0) return end;
      end = newline - taken_ + 1;
   }
   return end;
}

void RecordStream::forget_taken() {
   pending_.erase(0, taken_);
   taken_ = 0;
}

bool RecordStream::next_lines(RecordBlock& block) {
   std::size_t end = 0;
   // Read until a whole line is there; with a full buffer the lines in it suffice.
   while (true) {
      if (waiting() >= block_bytes || at_end_) end = cut();
      if (end > 0) break;
      if (waiting() > largest_record) {
         forget_taken();
         skip_long_line(block);
         return true;
      }
      if (!read_more()) {
         end = waiting();
         break;
      }
   }
   if (failed_)
      block.problems.push_back(
          problem(Code::report_unreadable, say("读取中断：{}", "reading broke off: {}", std::strerror(errno))));
   if (end == 0) {
      done_ = true;
      return !block.problems.empty();
   }
   block.storage.assign(pending_, taken_, end);
   block.storage.append(record_padding, '\0');
   // What was handed out goes once it is the larger part: a long text in memory is not moved up for every block.
   taken_ += end;
   if (taken_ >= waiting()) forget_taken();
   split_lines(block);
   return true;
}

void RecordStream::skip_long_line(RecordBlock& block) {
   ReportProblem found =
       problem(Code::report_too_large, say("一份报告最多 {} MB", "a report may have {} MB at most", largest_record >> 20));
   found.record = ++records_;
   found.line = line_;
   found.column = 1;
   found.offset = offset_;
   block.problems.push_back(std::move(found));
   std::size_t newline = pending_.find('\n');
   while (newline == std::string::npos) {
      offset_ += pending_.size();
      pending_.clear();
      if (!read_more()) return;
      newline = pending_.find('\n');
   }
   offset_ += newline + 1;
   ++line_;
   pending_.erase(0, newline + 1);
}

void RecordStream::split_lines(RecordBlock& block) {
   const std::string_view text = std::string_view(block.storage).substr(0, block.storage.size() - record_padding);
   for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = text.find('\n', begin);
      if (end == std::string_view::npos) end = text.size();
      const std::string_view line = text.substr(begin, end - begin);
      if (line.find_first_not_of(blanks) != std::string_view::npos)
         block.records.push_back({line, ++records_, line_, offset_ + begin});
      ++line_;
      begin = end + 1;
   }
   offset_ += text.size();
}

}  // namespace heng

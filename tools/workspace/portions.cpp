#include "tools/workspace/portions.hpp"

#include <algorithm>
#include <filesystem>

#include "tools/workspace/load.hpp"

namespace heng {

namespace {

std::size_t records_of(const Portion& portion) {
   std::size_t records = 0;
   for (const PortionPart& part : portion.parts) records += part.block.records.size();
   return records;
}

bool is_full(const Portion& portion) {
   if (portion.parts.empty()) return false;
   const PortionPart& last = portion.parts.back();
   // What comes through a pipe is not kept waiting for more.
   return last.document || last.file == "-" || portion.bytes >= block_bytes / 2 || portion.parts.size() >= block_records ||
          records_of(portion) >= block_records / 2;
}

}  // namespace

Portions::Portions(std::vector<std::string> files, Share share, Reached reached)
    : files_(std::move(files)), file_(share.of == 1 && reached.skip ? reached.file : 0), share_(share), reached_(reached) {}

Portions::Portions(std::unique_ptr<RecordStream> stream) : file_(1), stream_(std::move(stream)) {
   files_.push_back(stream_->name());
}

bool Portions::next(Portion& portion) {
   portion = {};
   portion.number = portions_;
   while (!is_full(portion) && add(portion)) {
   }
   if (portion.parts.empty()) return false;
   ++portions_;
   return true;
}

// false: there is nothing more, or what comes next is a portion of its own.
bool Portions::add(Portion& portion) {
   if (!stream_ && !open_next(portion)) return false;
   if (!stream_) return true;
   PortionPart part;
   part.file = stream_->name();
   part.written = written();
   if (!stream_->next(part.block)) {
      stream_.reset();
      part.ends = true;
      portion.parts.push_back(std::move(part));
      return true;
   }
   portion.bytes += part.block.storage.size();
   take_share(part.block);
   portion.parts.push_back(std::move(part));
   return true;
}

bool Portions::open_next(Portion& portion) {
   if (file_ == files_.size()) return false;
   const std::string& name = files_[file_];
   if (is_report_data(name)) {
      stream_ = std::make_unique<RecordStream>(name);
      ++file_;
      return true;
   }
   if (!portion.parts.empty()) return false;
   ++file_;
   PortionPart part;
   part.file = name;
   part.document = part.ends = true;
   part.written = written();
   std::error_code error;
   portion.bytes += std::filesystem::file_size(name, error);
   if (is_mine() && !skips(0)) portion.parts.push_back(std::move(part));
   return true;
}

std::uint64_t Portions::written() const {
   const std::size_t current = file_ - 1;
   return current < reached_.file ? whole_file : current == reached_.file ? reached_.record : 0;
}

bool Portions::skips(std::uint64_t record) const {
   return reached_.skip && (written() == whole_file || (record != 0 && record <= written()));
}

void Portions::take_share(RecordBlock& block) {
   const auto drop = [this](auto& of, auto number) {
      of.erase(std::remove_if(of.begin(), of.end(), [&](const auto& one) { return !is_mine() || skips(number(one)); }), of.end());
   };
   drop(block.records, [](const Record& record) { return record.number; });
   drop(block.problems, [](const ReportProblem& problem) { return problem.record; });
}

}  // namespace heng

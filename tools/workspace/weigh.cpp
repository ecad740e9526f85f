#include "tools/workspace/weigh.hpp"

#include <condition_variable>
#include <csignal>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "tools/workspace/in_order.hpp"
#include "tools/workspace/weigh_portion.hpp"

namespace heng {

namespace {

// Portions on their way from the reader to the threads.
class Waiting {
 public:
   explicit Waiting(std::size_t most) : most_(most) {}

   void put(Portion&& portion) {
      std::unique_lock lock(mutex_);
      change_.wait(lock, [this] { return closed_ || portions_.size() < most_; });
      if (closed_) return;
      portions_.push_back(std::move(portion));
      change_.notify_all();
   }
   bool take(Portion& portion) {  // false: there will be no more
      std::unique_lock lock(mutex_);
      change_.wait(lock, [this] { return closed_ || !portions_.empty(); });
      if (portions_.empty()) return false;
      portion = std::move(portions_.front());
      portions_.pop_front();
      change_.notify_all();
      return true;
   }
   void close(bool drop) {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      if (drop) portions_.clear();
      change_.notify_all();
   }

 private:
   std::size_t most_;
   std::mutex mutex_;
   std::condition_variable change_;
   std::deque<Portion> portions_;
   bool closed_ = false;
};

// Ctrl-C is for the thread that reads: a read that waits is given up there.
void leave_signals_to_others() {
   sigset_t set;
   sigemptyset(&set);
   sigaddset(&set, SIGINT);
   pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

bool by_year_and_place(const Compiled* a, const Compiled* b) {
   const Program &first = a->program(), &second = b->program();
   return std::tie(first.year, first.place) < std::tie(second.year, second.place);
}

}  // namespace

struct Weigher::Work {
   Workspace& workspace;
   Writer& writer;
   WeighSettings settings;
   std::vector<std::unique_ptr<PortionWeigher>> weighers;
   std::mutex taking;
   Wanted wanted;
   ReportCounts counts;
   WeighedSoFar so_far;
   Totals totals;
   std::map<const Compiled*, Tally> tallies;
   Tally before;  // of an earlier run
   Diagnostics broken;

   Work(Workspace& rules, LastYear& last_year, Writer& to, WeighSettings how)
       : workspace(rules), writer(to), settings(std::move(how)) {
      wanted = writer.wanted();
      if (settings.threads == 0) settings.threads = std::max(1u, std::thread::hardware_concurrency());
      for (unsigned i = 0; i < settings.threads; ++i)
         weighers.push_back(std::make_unique<PortionWeigher>(workspace, last_year, writer, settings.load, settings.keeping));
   }

   bool stopped() const { return settings.stop && *settings.stop; }

   Wanted wanted_now() {
      const std::lock_guard lock(taking);
      return wanted;
   }

   // In the order of the reports, by one thread at a time. false: the rules are broken.
   bool take(WeighedPiece&& piece) {
      if (!piece.broken.empty()) {
         broken = std::move(piece.broken);
         return false;
      }
      for (std::string& text : piece.texts) writer.write(std::move(text));
      if (settings.keeping.store) settings.keeping.store->add(piece.stored);
      so_far.files += piece.files;
      so_far.bytes += piece.bytes;
      so_far.reports += piece.counts.reports;
      if (!piece.file.empty()) so_far.file = std::move(piece.file), so_far.place = std::move(piece.place);
      counts.add(std::move(piece.counts));
      if (settings.progress) settings.progress(so_far);
      const std::lock_guard lock(taking);
      wanted = writer.wanted();
      return true;
   }

   bool weigh_alone(Portions& portions) {
      bool fine = true;
      for (Portion portion; fine && !stopped() && portions.next(portion) && !stopped();) {
         WeighedPiece rest =
             weighers.front()->weigh(portion, wanted_now(), [&](WeighedPiece&& piece) { take(std::move(piece)); });
         fine = take(std::move(rest));
      }
      return fine;
   }

   // The caller's thread reads, the others weigh.
   bool weigh_together(Portions& portions) {
      Waiting waiting(weighers.size());
      InOrder<WeighedPiece> in_order(
          [&](WeighedPiece&& piece) {
             if (!take(std::move(piece))) in_order.give_up(), waiting.close(true);
          },
          2 * weighers.size());
      std::vector<std::exception_ptr> faults(weighers.size());
      std::vector<std::thread> threads;
      for (std::size_t i = 0; i < weighers.size(); ++i)
         threads.emplace_back([&, i] {
            leave_signals_to_others();
            try {
               weigh_waiting(*weighers[i], waiting, in_order);
            } catch (...) {
               faults[i] = std::current_exception();
               in_order.give_up();
               waiting.close(true);
            }
         });
      std::exception_ptr fault;
      try {
         for (Portion portion; !stopped() && !in_order.given_up() && portions.next(portion) && !stopped();)
            waiting.put(std::move(portion));
      } catch (...) {
         fault = std::current_exception();
      }
      waiting.close(stopped());
      for (std::thread& thread : threads) thread.join();
      for (const std::exception_ptr& one : faults)
         if (one) fault = one;
      if (fault) std::rethrow_exception(fault);
      return broken.empty();
   }

   void weigh_waiting(PortionWeigher& weigher, Waiting& waiting, InOrder<WeighedPiece>& in_order) {
      for (Portion portion; waiting.take(portion);) {
         const std::uint64_t number = portion.number;
         WeighedPiece rest =
             weigher.weigh(portion, wanted_now(), [&](WeighedPiece&& piece) { in_order.bring_part(number, std::move(piece)); });
         in_order.bring(number, std::move(rest));
      }
   }

   void finish() {
      for (const auto& weigher : weighers)
         for (const auto& [compiled, tally] : weigher->tallies()) tallies[compiled].add(*tally);
      std::vector<const Compiled*> order;
      for (const auto& [compiled, tally] : tallies) order.push_back(compiled);
      std::sort(order.begin(), order.end(), by_year_and_place);
      for (const Compiled* compiled : order) {
         const Tally& tally = tallies[compiled];
         totals.programs.push_back({&compiled->program(), &tally});
         totals.summary.add(tally.summary);
      }
      totals.summary.add(before.summary);
      totals.reports = counts.reports;
      totals.refused = counts.refused;
      totals.with_errors = counts.with_errors;
      totals.with_findings = counts.with_findings;
      totals.refusals = counts.refusals;
      writer.finish(totals);
   }
};

Weigher::Weigher(Workspace& workspace, LastYear& last_year, Writer& writer, WeighSettings settings)
    : work_(std::make_unique<Work>(workspace, last_year, writer, std::move(settings))) {}
Weigher::~Weigher() = default;

bool Weigher::weigh(Portions& portions) {
   return work_->weighers.size() == 1 ? work_->weigh_alone(portions) : work_->weigh_together(portions);
}

void Weigher::go_on_from(ReportCounts&& counts, const Tally& tally) {
   work_->counts.add(std::move(counts));
   work_->before.add(tally);
}

void Weigher::finish() { work_->finish(); }

const Diagnostics& Weigher::broken() const { return work_->broken; }
const Totals& Weigher::totals() const { return work_->totals; }

std::uint64_t Weigher::findings(tree::Severity at_least) const {
   const Summary& s = work_->totals.summary;
   const ReportCounts& counts = work_->counts;
   std::uint64_t found = s.errors + counts.problems[0] + work_->before.scores_untold;
   for (const auto& [compiled, tally] : work_->tallies) found += tally.scores_untold;
   if (at_least != tree::Severity::error) found += s.verifies + counts.problems[1];
   if (at_least == tree::Severity::notice) found += s.notices + s.implausible + counts.problems[2];
   return found;
}

}  // namespace heng

#include "tools/workspace/weigh.hpp"

#include <algorithm>
#include <mutex>
#include <thread>
#include <tuple>

#include "tools/workspace/in_parallel.hpp"
#include "tools/workspace/weigh_portion.hpp"

namespace heng {

namespace {

bool by_year_and_place(const Compiled* a, const Compiled* b) {
   const Program &first = a->program(), &second = b->program();
   return std::tie(first.year, first.place) < std::tie(second.year, second.place);
}

}  // namespace

void WeighedSoFar::add(PieceOfTexts&& piece, std::uint64_t reports_of_piece) {
   files += piece.files;
   bytes += piece.bytes;
   reports += reports_of_piece;
   if (!piece.file.empty()) file = std::move(piece.file), place = std::move(piece.place);
}

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
         weighers.push_back(std::make_unique<PortionWeigher>(workspace, last_year, writer, settings.load, settings.keeping,
                                                             BrokenRules::stop, settings.explanations));
   }

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
      const std::uint64_t reports = piece.counts.reports;
      so_far.add(std::move(piece), reports);
      counts.add(std::move(piece.counts));
      if (settings.progress) settings.progress(so_far);
      const std::lock_guard lock(taking);
      wanted = writer.wanted();
      return true;
   }

   bool weigh(Portions& portions) {
      const auto work = [&](std::size_t thread, Portion& portion, const std::function<void(WeighedPiece&&)>& large) {
         return weighers[thread]->weigh(portion, wanted_now(), large);
      };
      const auto take_piece = [&](WeighedPiece&& piece) { return take(std::move(piece)); };
      InParallel<WeighedPiece>(weighers.size(), settings.stop, work, take_piece).run(portions);
      return broken.empty();
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

bool Weigher::weigh(Portions& portions) { return work_->weigh(portions); }

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

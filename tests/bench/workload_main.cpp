// heng_workload N [SEED]: N reports of the benchmark as NDJSON. heng_workload N SEED --figures: the raw figures, int64, row by
// row.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/bench/workload.hpp"

int main(int count, char** words) {
   if (count < 2) {
      std::fputs("usage: heng_workload N [SEED [--figures]]\n", stderr);
      return 2;
   }
   const std::uint64_t reports = std::strtoull(words[1], nullptr, 10);
   const std::uint64_t seed = count > 2 ? std::strtoull(words[2], nullptr, 10) : 1;
   const bool figures = count > 3 && std::strcmp(words[3], "--figures") == 0;
   for (std::uint64_t i = 0; i < reports; ++i) {
      const heng::bench::Printed report = heng::bench::make_report(i, seed);
      const std::string line = figures ? "" : heng::bench::to_json(report, i) + "\n";
      if (figures)
         std::fwrite(&report.figures, sizeof report.figures, 1, stdout);
      else
         std::fwrite(line.data(), 1, line.size(), stdout);
   }
   return 0;
}

// The benchmark's 62 rules by hand, as a programmer who knows the form would write them: what Heng is measured against.
// Does not know: Heng.
#pragma once
#include <cstddef>
#include <string_view>

#include "tests/bench/workload.hpp"

namespace heng::bench {

// What every engine must reproduce. Sums in hundredths.
struct Totals {
   std::uint64_t failed_identities = 0, failed_shares = 0, flags = 0;
   std::uint64_t cannot_tell = 0;  // a figure is missing, or a divisor is 0
   std::int64_t scores = 0, execution = 0, total = 0;
   std::array<std::uint64_t, 4> grades{};
   friend bool operator==(const Totals&, const Totals&) = default;
   Totals& operator+=(const Totals& other);
};

using Doubles = FiguresOf<double>;  // as printed: 12.34; NaN: missing
Doubles to_doubles(const Figures& figures);

// One report after the other, with the epsilons that doubles need placed by hand.
Totals weigh_doubles(const Doubles* reports, std::size_t count);
// The same in exact hundredths; no figure is missing.
Totals weigh_integers(const Figures* reports, std::size_t count);
// From NDJSON: simdjson on demand, straight into doubles.
Totals weigh_ndjson(std::string_view text);

}  // namespace heng::bench

// A run of words cut into steps so that the sum of their costs is least: how all that stands in a flat text is told apart without
// deciding anything too early.
// Does not know: what the steps are.
#pragma once
#include <algorithm>
#include <limits>
#include <vector>

namespace heng {

// `steps_from(i, offer)` calls offer(step) for each step that may begin at i; a step has `first` (== i), `last` (> i) and `cost`.
// Every position must offer a step to the next one, so that there is a path.
template <typename Step, typename StepsFrom>
std::vector<Step> cheapest_path(std::size_t length, StepsFrom&& steps_from) {
   std::vector<double> best(length + 1, std::numeric_limits<double>::infinity());
   std::vector<Step> reached(length + 1);
   best[0] = 0;
   for (std::size_t i = 0; i < length; ++i) {
      if (best[i] == std::numeric_limits<double>::infinity()) continue;
      steps_from(i, [&](const Step& step) {
         const double cost = best[i] + step.cost;
         if (cost >= best[step.last]) return;
         best[step.last] = cost;
         reached[step.last] = step;
      });
   }
   std::vector<Step> path;
   for (std::size_t at = length; at > 0; at = path.back().first) path.push_back(reached[at]);
   std::reverse(path.begin(), path.end());
   return path;
}

}  // namespace heng

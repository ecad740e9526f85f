#include "reports/read/problem.hpp"

namespace heng {

std::string where(const ReportProblem& problem) {
   std::string text = problem.file;
   if (problem.line > 0) text += fmt::format(":{}:{}", problem.line, problem.column);
   if (!problem.pointer.empty()) text += " " + problem.pointer;
   return text;
}

}  // namespace heng

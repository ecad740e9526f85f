#include "tests/reports/document/printing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace heng::tests {

namespace {

std::string on_one_line(std::string text) {
   std::replace(text.begin(), text.end(), '\n', '^');
   return text;
}

std::string printed(const DocumentLine& line) {
   return fmt::format("{} {}:{} {}{}\n", line.block_begins ? "¶" : " ", line.place.page, line.place.line, line.text,
                      line.certainty == Certainty::recognised ? " ~" : "");
}

std::string printed(const DocumentTable& table) {
   std::string text = fmt::format("table {}: {}x{}{}\n", table.place.page, table.rows, table.columns,
                                  table.borders_known ? "" : " without borders");
   for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const DocumentCell& cell = table.cells[i];
      if (i == 0 || cell.row != table.cells[i - 1].row) text += fmt::format("{}  {}:", i == 0 ? "" : "\n", cell.row);
      text += fmt::format(" |{} ", cell.column);
      if (cell.rows > 1 || cell.columns > 1) text += fmt::format("<{}x{}> ", cell.rows, cell.columns);
      text += on_one_line(cell.text);
      if (cell.note == CellNote::unreadable) text += '!';
      if (cell.certainty == Certainty::recognised) text += '~';
   }
   return text + '\n';
}

}  // namespace

std::string printed(const Document& document) {
   std::string text;
   for (const DocumentProblem& problem : document.problems)
      text += fmt::format("{} {}: {}\n", problem.refuses ? "refused" : "problem", problem.place.page, problem.message.en);
   for (const DocumentBlock& block : document.blocks)
      text += boost::variant2::visit([](const auto& one) { return printed(one); }, block);
   return text;
}

}  // namespace heng::tests

// Report data as a plain list of values for people who check a reading: where each belongs, what it is, what was printed, and
// where. Does not know: rules, verdicts.
#pragma once
#include <ostream>
#include <string>

#include "reports/read/recognise/reading.hpp"

namespace heng {

// CSV with a BOM, as spreadsheets want it: 位置,值,原文,页,行,单元格,来源
void write_values_csv(std::ostream& out, const ReportData& data, bool chinese);

// A workbook with one sheet of values, and one that says what was found, missing, doubtful. false: the file cannot be written.
bool write_values_xlsx(const std::string& path, const ReportData& data, const ReadingAccount& account, bool chinese);

// A page that shows what was recognised where: every block of the document, values marked with the field they became, figures
// that nobody took marked in red. `page` 0: all of it.
void write_marked_page(std::ostream& out, const Document& document, const ReportData& data, std::uint32_t page, bool chinese);

}  // namespace heng

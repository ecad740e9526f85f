// A side file in which a person corrects what was misread: where, from what, to what, who, when, why. It lies beside the
// document, which is never touched. A correction holds only as long as the reading is what it says it was; else it lapses, which
// is said. The file is a table that a spreadsheet opens: columns 位置 原为 改为 改正人 日期 说明 (where, was, value, who, when,
// why). Does not know: files, formats.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reports/read/problem.hpp"
#include "reports/read/recognise/reading.hpp"

namespace heng {

struct Correction {
   std::string where;  // as rules write it: 公开01[31], 公开03[201].基本支出, 公开09.决算.合计, 说明一.总额, 项目[2].指标[3].得分
   std::string was, value, who, when, why;
   std::uint32_t line = 0;  // of the file
};

std::vector<Correction> read_corrections(std::string_view bytes, const std::string& name, ReportProblems& problems);

// How many were applied; one that names nothing, or whose reading has changed, is a problem with its line.
std::size_t apply_corrections(const std::vector<Correction>& corrections, const std::string& name, ReportData& data,
                              ReportProblems& problems);

// 报告.pdf → 报告.pdf.订正.csv
std::string corrections_beside(const std::string& path);

}  // namespace heng

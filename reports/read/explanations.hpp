// A side file in which people explain findings: for one finding of one report the explanation, who gave it and when, bound to
// the figures and the rule that the finding was made of. It lies beside the report, which is never touched: 报告.json has
// 报告.json.说明.csv, a table that a spreadsheet opens. Columns 单位 年度 地区 规则 对象 说明 说明人 日期 数字 规则指纹 (unit,
// year, place, rule, object, why, who, when, figures, fingerprint). Does not know: files, rules, what binds an explanation.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "reports/read/json.hpp"
#include "reports/read/problem.hpp"

namespace heng {

struct ExplanationLine {
   std::string unit, place;  // of the report; an empty place: any
   int year = 0;             // 0: any
   std::string rule;         // 规则集.规则, of a check of several cases with the case behind it
   std::string object;       // the row that was judged, 项目[2].指标[3]; empty: the report
   std::string why, who, when;
   std::string figures,
       fingerprint;  // what it is bound to; a fingerprint is r and 16 hexadecimal digits: no spreadsheet takes it for a number
   std::string file;
   std::uint32_t line = 0;

   bool is_for(const ReportHeader& report) const;
   std::string finding() const;  // the same for two lines about one finding
   std::string text() const;     // all that it says, to be hashed
};

// Lines that cannot be used are left out; each is a problem with line, column and way out.
std::vector<ExplanationLine> read_explanations(std::string_view bytes, const std::string& name, ReportProblems& problems);
std::string print_explanations(const std::vector<ExplanationLine>& lines, bool chinese);

// 报告.pdf → 报告.pdf.说明.csv
std::string explanations_beside(const std::string& path);

}  // namespace heng

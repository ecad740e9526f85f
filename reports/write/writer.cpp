#include "reports/write/writer.hpp"

#include "reports/write/words.hpp"
#include "reports/write/writers.hpp"

namespace heng {

std::optional<OutputFormat> read_output_format(std::string_view word) {
   if (word == "table") return OutputFormat::table;
   if (word == "plain") return OutputFormat::plain;
   if (word == "json") return OutputFormat::json;
   if (word == "ndjson") return OutputFormat::ndjson;
   if (word == "junit") return OutputFormat::junit;
   return std::nullopt;
}

std::unique_ptr<Writer> make_writer(OutputFormat format, std::ostream& out, const WriterSettings& settings) {
   switch (format) {
      case OutputFormat::table: return make_table_writer(out, settings);
      case OutputFormat::plain: return make_plain_writer(out, settings);
      case OutputFormat::json: return make_json_writer(out, settings);
      case OutputFormat::ndjson: return make_ndjson_writer(out, settings);
      case OutputFormat::junit: return make_junit_writer(out, settings);
   }
   return nullptr;
}

bool is_finding(const VerdictResult& verdict) {
   return !verdict.explained && (verdict.verdict == Verdict::fails || verdict.verdict == Verdict::cannot_tell);
}

tree::Severity severity_of(const Program& program, const VerdictResult& verdict) {
   const Case* one = case_of(program, verdict);
   return one ? one->severity : program.rules[verdict.rule].severity;
}

tree::Severity severity_of(const ReportProblem& problem) {
   switch (problem.code) {
      case Code::report_unknown_field: return tree::Severity::verify;
      case Code::explanation_lapsed: return tree::Severity::notice;
      default: return tree::Severity::error;
   }
}

}  // namespace heng

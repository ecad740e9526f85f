// The writers by format; make_writer picks one.
#pragma once
#include "reports/write/writer.hpp"

namespace heng {

std::unique_ptr<Writer> make_table_writer(std::ostream& out, const WriterSettings& settings);
std::unique_ptr<Writer> make_plain_writer(std::ostream& out, const WriterSettings& settings);
std::unique_ptr<Writer> make_json_writer(std::ostream& out, const WriterSettings& settings);
std::unique_ptr<Writer> make_ndjson_writer(std::ostream& out, const WriterSettings& settings);
std::unique_ptr<Writer> make_junit_writer(std::ostream& out, const WriterSettings& settings);

}  // namespace heng

// From a document to report data: every form, record and sentence that the schema declares is looked for; what was found, what is
// missing and what is doubtful stands in the account.
// Does not know: files, formats, rules.
#pragma once
#include <optional>

#include "reports/read/recognise/reading.hpp"

namespace heng {

// What a person says about a document that does not say it itself.
struct SaidByHand {
   std::optional<int> year;
   std::string place, unit_name;
};

Reading recognise(const Schema& schema, Document document, const SaidByHand& by_hand = {});

// The fiscal year that a document speaks of most, before any schema is chosen; nullopt: it names none.
std::optional<int> year_of(const Document& document);

// 青岛市 of 青岛市人民政府办公厅: the division that the name of a unit begins with. Empty where it begins with none.
std::string place_in(std::string_view unit_name);

// {"表": …}: the account as it is written into the report.
ReportData data_of(const ReadingAccount& account, bool chinese = true);

}  // namespace heng

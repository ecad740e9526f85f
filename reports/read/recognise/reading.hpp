// What the readers make of a document: report data as docs/report.md says it, each value with what was printed and where, and an
// account of what was found, missing, doubtful and not understood.
// Does not know: formats, rules.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "interpreter/schema.hpp"
#include "reports/read/document/document.hpp"

namespace heng {

using ReportData = nlohmann::ordered_json;  // every figure a string: its digits are never a double

// One value on its way into the report.
struct ReadValue {
   std::string text;  // what counts: "17,127.83万元", blanks and line breaks within it put right
   std::string raw;   // as it stands in the document; empty: the same
   DocumentPlace place;
   CellNote note = CellNote::none;
   Certainty certainty = Certainty::printed;
};
ReportData data_of(const ReadValue& value);  // {"value": …, "raw": …, "page": …, "line": …, "cell": …, "box": […]}

enum class PartState { found, missing, doubtful, unusable };

// A table, a sentence, a record: what became of it.
struct PartRead {
   std::string name;   // "公开01", "说明一", "项目[2]"
   std::string title;  // as printed
   PartState state = PartState::found;
   Said why;  // of what is not simply found
   DocumentPlace place;
   std::uint32_t values = 0;  // that were read
};

struct NotUnderstood {
   std::string part;  // within which table or sentence; may be empty
   std::string text;
   Said why;
   DocumentPlace place;
   bool whole_row = false;  // not only one figure of it
};

// Two readings of one value that are not the same: both are shown, none is chosen.
struct Disagreement {
   std::string pointer;  // "/公开01/31"
   ReadValue first, second;
};

struct ReadingAccount {
   std::vector<PartRead> parts;
   std::vector<NotUnderstood> not_understood;
   std::vector<Disagreement> disagreements;
};

struct Reading {
   ReportData data = ReportData::object();
   ReadingAccount account;
};

// Blocks [first, last) of a document: what stands under one title.
struct Region {
   const Document* document = nullptr;
   std::size_t first = 0, last = 0;
};

}  // namespace heng

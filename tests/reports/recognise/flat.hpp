// A flat text read by forms, both given as text: what tests of the flat readers share.
#pragma once
#include <gtest/gtest.h>

#include <string>

#include "grammar/parse.hpp"
#include "interpreter/check/check.hpp"
#include "reports/read/document/formats.hpp"
#include "reports/read/recognise/flat_form.hpp"

namespace heng::tests {

inline Schema schema_of(const std::string& forms) {
   Sources sources;
   const std::uint32_t file = sources.add("forms.heng", forms);
   const Outcome<tree::File> parsed = parse(sources, file);
   EXPECT_TRUE(parsed.ok()) << (parsed.diagnostics.empty() ? "" : parsed.diagnostics[0].message.en);
   const Outcome<Selection> selection = select({&parsed.value}, 2024, "");
   Outcome<Schema> made = make_schema(selection.value);
   EXPECT_TRUE(made.ok()) << (made.diagnostics.empty() ? "" : made.diagnostics[0].message.en);
   return std::move(made.value);
}

// "17,127.83" of {"value": "17,127.83", "line": 40, …}: what was read, without where.
inline ReportData without_places(const ReportData& data) {
   if (data.is_array()) {
      ReportData plain = ReportData::array();
      for (const ReportData& one : data) plain.push_back(without_places(one));
      return plain;
   }
   if (!data.is_object()) return data;
   if (data.contains("value") && data["value"].is_string()) return data["value"];
   if (data.contains("missing")) return "[" + data["missing"].get<std::string>() + "]";
   ReportData plain = ReportData::object();
   for (const auto& [key, value] : data.items()) plain[key] = without_places(value);
   return plain;
}

// The whole text is what stands under the title of the first form.
class FlatForm {
 public:
   FlatForm(const std::string& forms, const std::string& text) : schema_(schema_of(forms)), document_(read_text_document(text)) {
      read_flat_form(schema_, schema_.forms.at(0), {{&document_, 0, document_.blocks.size()}}, data, account);
      const ReportData form = without_places(data[schema_.forms[0].name]);
      plain = form;
      plain.erase("印出");
      printed = form["印出"];
   }
   ReportData data = ReportData::object(), plain, printed;
   ReadingAccount account;
   PartState state() const { return account.parts.at(0).state; }

 private:
   Schema schema_;
   Document document_;
};

}  // namespace heng::tests

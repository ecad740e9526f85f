// Forms as text and a web page: what comes out of the recogniser, as tests of forms with cells share it.
#pragma once
#include "reports/read/recognise/recognise.hpp"
#include "tests/reports/recognise/flat.hpp"

namespace heng::tests {

class PageRead {
 public:
   PageRead(const std::string& forms, const std::string& page) : PageRead(forms, read_html_document(page)) {}
   PageRead(const std::string& forms, Document document) : schema_(schema_of(forms)) {
      Reading reading = recognise(schema_, std::move(document));
      data = without_places(reading.data);
      account = std::move(reading.account);
   }

   // What was read of a form, without what is printed around it.
   ReportData form(const std::string& name) const {
      ReportData form = data.contains(name) ? data[name] : ReportData::object();
      form.erase("印出");
      return form;
   }
   PartState state(const std::string& name) const {
      for (const PartRead& part : account.parts)
         if (part.name == name) return part.state;
      return PartState::missing;
   }
   // Texts that were not understood, one on a line.
   std::string left() const {
      std::string all;
      for (const NotUnderstood& one : account.not_understood) all += one.text + "\n";
      return all;
   }

   ReportData data;
   ReadingAccount account;

 private:
   Schema schema_;
};

// Rows of cells parted by |; a cell may begin with 2* or 3*: over so many columns.
inline std::string table_of(const std::string& rows) {
   std::string page = "<table>";
   for (std::size_t begin = 0; begin < rows.size();) {
      const std::size_t end = std::min(rows.find('\n', begin), rows.size());
      page += "<tr>";
      for (std::size_t at = begin; at <= end;) {
         const std::size_t bar = std::min(rows.find('|', at), end);
         std::string cell = rows.substr(at, bar - at);
         std::string span = "1";
         if (cell.size() > 1 && cell[1] == '*') span = cell.substr(0, 1), cell = cell.substr(2);
         page += "<td colspan=" + span + ">" + cell + "</td>";
         at = bar + 1;
      }
      page += "</tr>";
      begin = end + 1;
   }
   return page + "</table>";
}

}  // namespace heng::tests

#include "reports/read/recognise/printed_facts.hpp"

#include <algorithm>

#include "stdlib/text.hpp"

namespace heng {

namespace {

// "- 36 -", "第36页". A number alone on its line may as well be a cell and stays.
bool is_page_number(std::string_view line) {
   if (line.size() > 2 && line.front() == '-' && line.back() == '-' && is_digits(line.substr(1, line.size() - 2))) return true;
   constexpr std::string_view before = "第", behind = "页";
   if (line.size() <= 6 || line.substr(0, 3) != before) return false;
   const std::size_t end = line.find(behind);
   return end != std::string_view::npos && is_digits(line.substr(3, end - 3));
}

const DocumentLine* line_at(const Region& region, std::size_t block) {
   return boost::variant2::get_if<DocumentLine>(&region.document->blocks[block]);
}

std::string_view first_points(std::string_view text, std::size_t count) {
   std::size_t end = 0;
   for (; count > 0 && end < text.size(); --count) do
         ++end;
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80);
   return text.substr(0, end);
}

// 万元 of "金额单位：万元部门：某局".
std::optional<ReadValue> unit_on(const DocumentLine& line) {
   const std::string folded = fold(line.text);
   constexpr std::string_view before = "单位:", yuan = "元", currency = "人民币";
   for (std::size_t at = folded.find(before); at != std::string::npos; at = folded.find(before, at + 1)) {
      std::string_view rest = std::string_view(folded).substr(at + before.size());
      if (rest.substr(0, currency.size()) == currency) rest.remove_prefix(currency.size());
      const std::size_t end = first_points(rest, 3).find(yuan);
      if (end == std::string_view::npos) continue;
      ReadValue unit;
      unit.text = std::string(rest.substr(0, end + yuan.size()));
      unit.place = line.place;
      return unit;
   }
   return std::nullopt;
}

std::string trimmed(std::string_view text) {
   DocumentLine line;
   line.text = std::string(text);
   std::string result;
   for (const Word& word : words_of(line))
      result += (result.empty() || word.before == Word::Before::glued ? "" : " ") + word.text;
   return result;
}

// "2024" of "2024年度", "（ 2024 年度）".
std::optional<ReadValue> year_on(const DocumentLine& line) {
   const std::string folded = fold(line.text);
   const std::size_t at = folded.find("年");
   if (at == std::string::npos || at < 4 || !is_digits(std::string_view(folded).substr(at - 4, 4)) || folded[at - 4] != '2')
      return std::nullopt;
   ReadValue year;
   year.text = folded.substr(at - 4, 4);
   year.place = line.place;
   return year;
}

bool has_figures(const DocumentLine& line) {
   for (const Word& word : words_of(line))
      if (word.figure.kind == Figure::Kind::number && !word.figure.whole) return true;
   return false;
}

class FactsReader {
 public:
   FactsReader(const std::vector<std::string>& titles, const Region& region) : region_(region) {
      for (const std::string& title : titles) titles_.push_back(fold(title));
   }

   PrintedFacts read() {
      PrintedFacts facts;
      std::size_t lines = 0;
      for (std::size_t i = region_.first; i < region_.last && lines < most_lines_of_head; ++i) {
         const DocumentLine* line = line_at(region_, i);
         if (!line) continue;
         ++lines;
         if (has_figures(*line)) break;
         take(*line, facts);
      }
      // The unit often stands above the title, right under the table before.
      for (std::size_t i = region_.first, above = 0; !facts.unit && i > 0 && above < most_lines_above; ++above) {
         const DocumentLine* line = line_at(region_, --i);
         if (!line || has_figures(*line)) break;
         facts.unit = unit_on(*line);
      }
      return facts;
   }

 private:
   static constexpr std::size_t most_lines_of_head = 40, most_lines_above = 4;

   void take(const DocumentLine& line, PrintedFacts& facts) {
      if (!facts.unit) facts.unit = unit_on(line);
      if (!facts.title && is_title(fold(line.text))) {
         facts.title = ReadValue{};
         facts.title->text = trimmed(line.text);
         facts.title->place = line.place;
      }
      if (facts.title && !facts.year) facts.year = year_on(line);
   }

   bool is_title(const std::string& folded) const {
      return std::any_of(titles_.begin(), titles_.end(),
                         [&](const std::string& title) { return folded.find(title) != std::string::npos; });
   }

   const Region& region_;
   std::vector<std::string> titles_;
};

}  // namespace

PrintedFacts printed_facts(const std::vector<std::string>& titles, const Region& region) {
   return FactsReader(titles, region).read();
}

std::string unit_printed(const Region& region) {
   const PrintedFacts facts = printed_facts({}, region);
   return facts.unit ? facts.unit->text : std::string();
}

std::size_t end_of_line(const std::vector<Word>& words, std::size_t at) {
   while (++at < words.size() && !words[at].begins_line()) continue;
   return at;
}

bool begins_notes(const Word& word) {
   if (!word.begins_line()) return false;
   for (const std::string_view sign : {"注:", "注1", "备注:", "说明:", "注释:"})
      if (word.folded.substr(0, sign.size()) == sign) return true;
   return false;
}

bool is_page_number_at(const std::vector<Word>& words, std::size_t at) {
   return words[at].begins_line() && is_page_number(folded_text(words, at, end_of_line(words, at)));
}

}  // namespace heng

#include "reports/read/recognise/recognise.hpp"

#include <algorithm>
#include <map>

#include "reports/read/recognise/flat_form.hpp"
#include "reports/read/recognise/flat_record.hpp"
#include "reports/read/recognise/grid_form.hpp"
#include "reports/read/recognise/grid_record.hpp"
#include "reports/read/recognise/outline.hpp"
#include "reports/read/recognise/sentences.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

// A line of a sum is printed in every table, whatever else is left out.
bool is_of_a_sum(const std::string& label) {
   return label.find("总计") != std::string::npos || label.find("合计") != std::string::npos;
}

// Cells of lines and grids that a report leaves out count as blank, and blank may count as 0. A table that was not read whole
// does not say what it leaves out: its figures may be among those that were not understood, or in the part that was not found.
class LeftOut {
 public:
   LeftOut(const Schema& schema, const FormSchema& form, const ReadingAccount& account)
       : schema_(schema), form_(form), account_(account) {}

   // Marks such cells unreadable, unless the table was read whole.
   void mark(ReportData& table) const {
      if (!table.is_object() || (understood() && sums_are_in(table))) return;
      for (const FormBlock& block : form_.blocks)
         for (const std::string& line : block.lines)
            for (const std::string& column : block.columns) {
               const FieldId id = schema_.cell(form_.name, line, column);
               if (id == no_field || !schema_.fields[id].blank_counts_as_0 || !schema_.fields[id].type.is_numeric()) continue;
               // A line with one column is its figure itself.
               const bool alone = block.kind == BlockKind::lines && block.columns.size() == 1;
               ReportData& of_line = table[line];
               if (!alone && !of_line.is_null() && !of_line.is_object()) continue;
               if (ReportData& cell = alone ? of_line : of_line[column]; cell.is_null()) cell = "###";
            }
   }

 private:
   bool understood() const {
      return std::none_of(account_.not_understood.begin(), account_.not_understood.end(),
                          [&](const NotUnderstood& one) { return one.part == form_.name; });
   }

   bool sums_are_in(const ReportData& table) const {
      for (const FormBlock& block : form_.blocks)
         for (std::size_t i = 0; i < block.lines.size() && i < block.labels.size(); ++i)
            if (is_of_a_sum(block.labels[i]) && !table.contains(block.lines[i])) return false;
      return true;
   }

   const Schema& schema_;
   const FormSchema& form_;
   const ReadingAccount& account_;
};

class Recogniser {
 public:
   Recogniser(const Schema& schema, Document document, const SaidByHand& by_hand)
       : schema_(schema),
         by_hand_(by_hand),
         document_(split_at_titles(schema, std::move(document))),
         stream_(document_),
         outline_(outline_of(schema, document_, stream_)) {}

   Reading run() {
      reading_.data["heng"] = "report/1";
      read_header();
      for (std::size_t i = 0; i < schema_.forms.size(); ++i) read_form(i);
      for (const UnknownTable& table : outline_.unknown)
         reading_.account.not_understood.push_back(
             {"", table.title,
              say("这张表的标题不认识，没有读；是哪一张报表，用“又名”说明",
                  "no form has this title, so the table was not read; say with 'printed' which form it is"),
              table.place});
      known_ = known_names(schema_, reading_.data);
      for (std::size_t i = 0; i < schema_.phrases.size(); ++i) {
         const PhrasesSchema& phrases = schema_.phrases[i];
         if (phrases.frame == report_frame && !phrases.of_report)
            read_phrases(schema_, phrases, stream_, outline_.phrases[i], known_, reading_.data, reading_.account);
      }
      for (const Frame& frame : schema_.frames)
         if (frame.id != report_frame && frame.form.empty() && frame.parent == report_frame && !frame.title.empty())
            read_list(frame);
      return std::move(reading_);
   }

 private:
   const std::string* name_of(FieldId id) const { return id == no_field ? nullptr : &schema_.fields[id].name; }

   void read_header() {
      ReadingAccount of_header;
      for (const PhrasesSchema& phrases : schema_.phrases)
         if (phrases.of_report)
            read_sentences_of(schema_, phrases, stream_, {0, stream_.size(), {}}, known_, reading_.data, of_header, phrases.name);
      const auto by_hand = [&](FieldId id, const std::string& text) {
         if (const std::string* name = name_of(id); name && !text.empty()) reading_.data[*name] = text;
      };
      by_hand(schema_.unit_name, by_hand_.unit_name);
      by_hand(schema_.place, by_hand_.place);
      if (by_hand_.year) by_hand(schema_.year, std::to_string(*by_hand_.year));
      if (const std::string* year = name_of(schema_.year); year && !reading_.data.contains(*year))
         if (const auto found = year_of(document_)) reading_.data[*year] = std::to_string(*found);
      const std::string* place = name_of(schema_.place);
      const std::string* unit = name_of(schema_.unit_name);
      if (place && unit && !reading_.data.contains(*place) && reading_.data.contains(*unit)) {
         const ReportData& named = reading_.data[*unit];
         const std::string text = named.is_string() ? named.get<std::string>() : named.value("value", "");
         if (const std::string found = place_in(text); !found.empty()) reading_.data[*place] = found;
      }
   }

   void missing(const std::string& name, const std::string& title) {
      PartRead part;
      part.name = name;
      part.title = title;
      part.state = PartState::missing;
      part.why = say("没有找到标题“{}”", "the title '{}' was not found", title);
      reading_.account.parts.push_back(std::move(part));
   }

   void read_form(std::size_t index) {
      const FormSchema& form = schema_.forms[index];
      const std::vector<TitledRegion>& regions = outline_.forms[index];
      if (regions.empty()) return missing(form.name, form.title);
      if (has_tables(regions)) {
         read_grid_form(schema_, form, regions, reading_.data, reading_.account);
      } else {
         std::vector<Region> parts;
         for (const TitledRegion& region : regions) parts.push_back(region.region);
         read_flat_form(schema_, form, parts, reading_.data, reading_.account);
      }
      take_out_tatters(form);
      if (const auto table = reading_.data.find(form.name); table != reading_.data.end())
         LeftOut(schema_, form, reading_.account).mark(*table);
   }

   // Of a list of codes more rows were not understood than were read: what its sums would say is not what was printed.
   void take_out_tatters(const FormSchema& form) {
      const auto part = std::find_if(reading_.account.parts.rbegin(), reading_.account.parts.rend(),
                                     [&](const PartRead& one) { return one.name == form.name; });
      if (part == reading_.account.parts.rend() || part->state == PartState::unusable) return;
      const auto left = static_cast<std::size_t>(
          std::count_if(reading_.account.not_understood.begin(), reading_.account.not_understood.end(),
                        [&](const NotUnderstood& one) { return one.part == form.name && one.whole_row; }));
      const auto table = reading_.data.find(form.name);
      if (table == reading_.data.end()) return;
      for (const FormBlock& block : form.blocks) {
         if (block.kind != BlockKind::rows) continue;
         const auto rows = table->find(schema_.frames[block.frame].name);
         if (rows == table->end() || left <= rows->size()) continue;
         part->state = PartState::unusable;
         part->why = say("读出 {} 行，没有认出来的有 {} 行", "{} rows were read, {} were not understood", rows->size(), left);
         reading_.data.erase(form.name);
         return;
      }
   }

   void read_list(const Frame& list) {
      const std::vector<TitledRegion>& regions = outline_.records[list.id];
      if (regions.empty()) return missing(list.name, list.title);
      ReportData rows = ReportData::array();
      for (const TitledRegion& region : regions) {
         const bool table = has_tables({region});
         const std::string part = list.name + "[" + std::to_string(rows.size() + 1) + "]";
         if (stands_as_rows(list, region, table)) {
            if (table)
               read_grid_list(schema_, list.id, list.name, region, rows, reading_.account);
            else
               read_flat_list(schema_, list.id, list.name, region.region, rows, reading_.account);
            continue;
         }
         ReportData row = ReportData::object();
         if (table)
            read_grid_record(schema_, list.id, part, region, row, reading_.account);
         else
            read_flat_record(schema_, list.id, "", part, region.region, row, reading_.account);
         for (const PhrasesSchema& phrases : schema_.phrases)
            if (phrases.frame == list.id)
               read_sentences_of(schema_, phrases, stream_,
                                 {region.stream_begin, region.stream_end, region.place, region.title_end}, known_, row,
                                 reading_.account, part);
         if (!row.empty()) rows.push_back(std::move(row));
      }
      if (!rows.empty()) reading_.data[list.name] = std::move(rows);
   }

   // One title over a table whose rows are the records, or a title over each record? Records that hold lists or records of their
   // own are printed one by one, unless a table has a head with their fields and several rows under it.
   bool stands_as_rows(const Frame& list, const TitledRegion& region, bool table) const {
      if (table && grid_has_rows_of(schema_, list.id, region)) return true;
      for (const Frame& frame : schema_.frames)
         if (frame.parent == list.id && frame.copy_of == no_frame) return false;
      for (const FieldId id : list.fields)
         if (schema_.fields[id].name.find('.') != std::string::npos) return false;
      return true;
   }

   const Schema& schema_;
   const SaidByHand& by_hand_;
   Document document_;
   TextStream stream_;
   Outline outline_;
   KnownNames known_;
   Reading reading_;
};

const char* word_of(PartState state, bool chinese) {
   switch (state) {
      case PartState::found: return chinese ? "找到" : "found";
      case PartState::missing: return chinese ? "没有找到" : "missing";
      case PartState::doubtful: return chinese ? "存疑" : "doubtful";
      default: return chinese ? "不能用" : "unusable";
   }
}

void add_place(const DocumentPlace& place, ReportData& into) {
   if (place.page > 0) into["page"] = place.page;
   if (place.line > 0) into["line"] = place.line;
   if (!place.cell.empty()) into["cell"] = place.cell;
}

}  // namespace

Reading recognise(const Schema& schema, Document document, const SaidByHand& by_hand) {
   return Recogniser(schema, std::move(document), by_hand).run();
}

std::optional<int> year_of(const Document& document) {
   const TextStream stream(document);
   std::map<int, int> votes;
   const std::u32string& text = stream.text();
   for (std::size_t at = text.find(U"年度"); at != std::u32string::npos; at = text.find(U"年度", at + 1)) {
      if (at < 4) continue;
      int year = 0;
      for (std::size_t i = at - 4; i < at; ++i)
         year = text[i] >= '0' && text[i] <= '9' && year >= 0 ? year * 10 + static_cast<int>(text[i] - '0') : -1;
      if (year < 1990 || year > 2100) continue;
      // 2024年度部门决算 says whose year it is; 与2023年度相比 only mentions one.
      const bool names_report = text.compare(at + 2, 4, U"部门决算") == 0 || text.compare(at + 2, 4, U"单位决算") == 0;
      votes[year] += names_report ? 1000 : 1;
   }
   const auto best =
       std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
   return best == votes.end() ? std::nullopt : std::optional(best->first);
}

std::string place_in(std::string_view unit_name) {
   const std::u32string name = code_points(unit_name);
   constexpr std::u32string_view ends = U"省市区县旗州盟";
   std::size_t end = 0, begin = 0;
   for (std::size_t i = 0; i < name.size() && i < begin + 10; ++i)
      if (ends.find(name[i]) != std::u32string_view::npos && i >= begin + 2) end = begin = i + 1;
   std::size_t bytes = 0;
   for (std::size_t i = 0; i < end; ++i) bytes += name[i] < 0x80 ? 1 : name[i] < 0x800 ? 2 : name[i] < 0x10000 ? 3 : 4;
   return std::string(unit_name.substr(0, bytes));
}

ReportData data_of(const ReadingAccount& account, bool chinese) {
   ReportData result = ReportData::object();
   ReportData parts = ReportData::array();
   for (const PartRead& part : account.parts) {
      ReportData one = ReportData::object();
      one["part"] = part.name;
      if (!part.title.empty()) one["title"] = part.title;
      one["state"] = word_of(part.state, chinese);
      if (part.state != PartState::found) one["why"] = chinese ? part.why.zh : part.why.en;
      one["values"] = part.values;
      add_place(part.place, one);
      parts.push_back(std::move(one));
   }
   result["parts"] = std::move(parts);
   ReportData left = ReportData::array();
   for (const NotUnderstood& one : account.not_understood) {
      ReportData item = ReportData::object();
      if (!one.part.empty()) item["part"] = one.part;
      item["text"] = one.text;
      item["why"] = chinese ? one.why.zh : one.why.en;
      add_place(one.place, item);
      left.push_back(std::move(item));
   }
   if (!left.empty()) result["not understood"] = std::move(left);
   ReportData differ = ReportData::array();
   for (const Disagreement& one : account.disagreements)
      differ.push_back({{"pointer", one.pointer}, {"first", data_of(one.first)}, {"second", data_of(one.second)}});
   if (!differ.empty()) result["disagreements"] = std::move(differ);
   return result;
}

}  // namespace heng

#include "reports/read/recognise/sentences.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::uint32_t longest_text = 400, longest_figure = 40, farthest_back = 200;
constexpr std::size_t most_rows = 2000;

bool is_in(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
// Between these stands one statement; a text that a gap takes does not run over the last of them unless words say so.
bool ends_clause(char32_t c) { return is_in(c, U",;:。?!；：") || c == TextStream::wall; }
bool ends_sentence(char32_t c) { return c == U'。' || c == TextStream::wall; }

// What stands on the line of a unit's name beside it: 单位：万元, 公开01表, 2024年度.
bool begins_head(const std::u32string& text, std::uint32_t at) {
   for (const std::u32string_view head :
        {U"金额单位:", U"计量单位:", U"货币单位:", U"单位:", U"编制日期:", U"填报日期:", U"编报日期:"})
      if (text.compare(at, head.size(), head) == 0) return true;
   if (text.compare(at, 2, U"公开") != 0) return false;
   std::uint32_t end = at + 2;
   while (end < text.size() && is_digit(text[end])) ++end;
   return end > at + 2 && end < text.size() && text[end] == U'表';
}

// What a gap took.
struct Taken {
   FieldId field = no_field;
   std::uint32_t begin = 0, end = 0;
};

struct Match {
   std::uint32_t begin = 0, end = 0;
   std::vector<Taken> gaps;
};

// One sentence, its words folded.
struct Pattern {
   struct Part {
      std::u32string words;  // empty: a gap
      FieldId gap = no_field;
      const Type* type = nullptr;  // nullptr: any words
      std::vector<std::u32string> choices;
   };
   const SentenceSchema* sentence = nullptr;
   std::vector<Part> parts;
};

Pattern pattern_of(const Schema& schema, const SentenceSchema& sentence) {
   Pattern pattern;
   pattern.sentence = &sentence;
   for (const SentenceSchema::Part& part : sentence.parts) {
      Pattern::Part one;
      one.words = folded(part.words);
      if (part.words.empty()) {
         one.gap = part.gap;
         if (part.gap != no_field) {
            one.type = &schema.fields[part.gap].type;
            if (one.type->choices)
               for (const std::string& choice : *one.type->choices) one.choices.push_back(folded(choice));
            std::sort(one.choices.begin(), one.choices.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
         }
      } else if (one.words.empty()) {
         continue;  // blanks between gaps
      }
      pattern.parts.push_back(std::move(one));
   }
   return pattern;
}

bool takes_text(const Pattern::Part& part) {
   if (!part.words.empty()) return false;
   if (!part.type) return true;
   const Kind kind = part.type->kind;
   return kind == Kind::text || kind == Kind::names || kind == Kind::date || kind == Kind::target || kind == Kind::yes_no ||
          kind == Kind::code || kind == Kind::measured;
}

class Matcher {
 public:
   Matcher(const TextStream& stream, const Pattern& pattern, bool lines_end_text, std::uint32_t title_end)
       : text_(stream.text()), stream_(stream), pattern_(pattern), lines_end_text_(lines_end_text), title_end_(title_end) {}

   // The first match that begins in [from, to) and ends before `end`.
   std::optional<Match> find(std::uint32_t from, std::uint32_t to, std::uint32_t end) {
      end_ = end;
      const auto anchor = std::find_if(pattern_.parts.begin(), pattern_.parts.end(),
                                       [](const Pattern::Part& part) { return !part.words.empty(); });
      if (anchor == pattern_.parts.end()) return std::nullopt;
      const auto before = static_cast<std::size_t>(anchor - pattern_.parts.begin());
      for (std::size_t at = text_.find(anchor->words, from); at != std::u32string::npos && at < end;
           at = text_.find(anchor->words, at + 1)) {
         const auto position = static_cast<std::uint32_t>(at);
         for (const std::uint32_t start : starts(position, before, from)) {
            if (start >= to) continue;
            Match match;
            match.begin = start;
            anchor_at_ = before > 0 ? std::optional(position) : std::nullopt;
            anchor_part_ = before;
            steps_ = 0;
            if (rest(0, start, match)) return match;
         }
      }
      return std::nullopt;
   }

 private:
   // Where a sentence may begin whose first words stand at `anchor`, behind `gaps` gaps.
   std::vector<std::uint32_t> starts(std::uint32_t anchor, std::size_t gaps, std::uint32_t from) const {
      if (gaps == 0) return {anchor};
      std::vector<std::uint32_t> result;
      const std::uint32_t lowest = std::max(from, anchor > farthest_back ? anchor - farthest_back : 0u);
      if (takes_text(pattern_.parts.front())) {
         std::uint32_t at = anchor;
         while (at > lowest && (!ends_clause(text_[at - 1]) || groups_thousands(at - 1)) &&
                !(line_ends_text(at) && begins_line(at)))
            --at;
         result.push_back(behind_number(at, anchor));
         return result;
      }
      for (std::uint32_t at = lowest; at < anchor; ++at) {
         const bool after_point = at > 1 && is_in(text_[at - 1], U".,") && is_digit(text_[at - 2]);
         const bool inside_figure = at > 0 && (is_digit(text_[at - 1]) || after_point) && is_digit(text_[at]);
         if (!inside_figure) result.push_back(at);
      }
      std::reverse(result.begin(), result.end());
      return result;
   }

   bool groups_thousands(std::uint32_t at) const {
      return text_[at] == ',' && at > 0 && is_digit(text_[at - 1]) && at + 1 < text_.size() && is_digit(text_[at + 1]);
   }

   // Titles stand on lines of their own: what they say does not run into the text below.
   bool line_ends_text(std::uint32_t at) const { return lines_end_text_ || at < title_end_; }

   // Several things stand on the line of a title: 部门：示例局　　　金额单位：万元.
   bool another_begins(std::uint32_t at) const { return begins_head(text_, at) || stream_.behind_wide_blank(at); }

   bool begins_line(std::uint32_t at) const { return stream_.lines()[stream_.line_at(at)].begin == at; }

   // "1.一般公共服务支出": the number is no part of the name.
   std::uint32_t behind_number(std::uint32_t at, std::uint32_t anchor) const {
      std::u32string rest;
      const std::u32string head = text_.substr(at, std::min<std::uint32_t>(anchor - at, 12));
      numbering_of(head, rest);
      return at + static_cast<std::uint32_t>(head.size() - rest.size());
   }

   bool rest(std::size_t part, std::uint32_t at, Match& match) {
      if (++steps_ > 20'000) return false;
      if (part == pattern_.parts.size()) {
         // Whose report it is stands on lines of its own, not in the middle of a sentence.
         if (lines_end_text_ && at < text_.size() && text_[at] != TextStream::wall && !begins_line(at) && !another_begins(at))
            return false;
         match.end = at;
         return true;
      }
      const Pattern::Part& one = pattern_.parts[part];
      if (!one.words.empty()) {
         if (anchor_at_ && part == anchor_part_ && at != *anchor_at_) return false;
         if (at + one.words.size() > end_ || text_.compare(at, one.words.size(), one.words) != 0) return false;
         return rest(part + 1, at + static_cast<std::uint32_t>(one.words.size()), match);
      }
      return gap(one, part, at, match);
   }

   bool take(const Pattern::Part& one, std::size_t part, std::uint32_t at, std::uint32_t behind, Match& match) {
      match.gaps.push_back({one.gap, at, behind});
      if (rest(part + 1, behind, match)) return true;
      match.gaps.pop_back();
      return false;
   }

   bool gap(const Pattern::Part& one, std::size_t part, std::uint32_t at, Match& match) {
      if (takes_text(one)) return text_gap(one, part, at, match);
      if (!one.choices.empty()) {
         for (const std::u32string& choice : one.choices)
            if (at + choice.size() <= end_ && text_.compare(at, choice.size(), choice) == 0)
               if (take(one, part, at, at + static_cast<std::uint32_t>(choice.size()), match)) return true;
         return false;
      }
      for (const std::uint32_t behind : figure_ends(*one.type, at))
         if (take(one, part, at, behind, match)) return true;
      return false;
   }

   // As little as will do; the last gap of a sentence runs to the end of the sentence.
   bool text_gap(const Pattern::Part& one, std::size_t part, std::uint32_t at, Match& match) {
      const bool last = part + 1 == pattern_.parts.size();
      std::uint32_t behind = at;
      const bool any = one.type == nullptr;  // {}: over the end of a sentence, too
      while (behind < end_ && behind - at < longest_text &&
             (any ? text_[behind] != TextStream::wall : !ends_sentence(text_[behind]))) {
         if (line_ends_text(at) && behind > at && (begins_line(behind) || (last && another_begins(behind)))) break;
         if (!last && behind > at && take(one, part, at, behind, match)) return true;
         if (last && one.type && is_in(text_[behind], U";")) break;  // 主要是调研用车；单位价值…: another statement
         ++behind;
      }
      return behind > at && take(one, part, at, behind, match);
   }

   // Where a figure that begins at `at` may end: the whole of it first.
   std::vector<std::uint32_t> figure_ends(const Type& type, std::uint32_t at) const {
      std::uint32_t end = at;
      const auto next = [&]() -> char32_t { return end < end_ ? text_[end] : 0; };
      if (type.kind == Kind::year) {
         while (is_digit(next()) && end < at + 4) ++end;
         if (end != at + 4 || is_digit(next())) return {};
         return {end};
      }
      const bool bracket = next() == '(';
      if (bracket || is_in(next(), U"-+△▲")) ++end;
      const std::uint32_t digits = end;
      while (end < at + longest_figure &&
             (is_digit(next()) || (is_in(next(), U",.") && end > digits && end + 1 < end_ && is_digit(text_[end + 1]))))
         ++end;
      if (end == digits) return {};
      if (bracket) {
         if (next() != ')') return {};
         ++end;
      }
      const std::uint32_t bare = end;
      if (type.kind == Kind::percent || type.kind == Kind::percentage_point) {
         if (is_in(next(), U"%‰"))
            ++end;
         else if (text_.compare(end, 4, U"个百分点") == 0)
            end += 4;
         else if (text_.compare(end, 3, U"百分点") == 0)
            end += 3;
         else
            return {};
         return {end};
      }
      if (same_meaning(type, money_type())) {
         while (is_in(next(), U"十百千万亿") && end < bare + 3) ++end;
         if (next() == U'元') return {end + 1};
         return end > bare ? std::vector<std::uint32_t>{end, bare} : std::vector<std::uint32_t>{bare};
      }
      return {bare};
   }

   const std::u32string& text_;
   const TextStream& stream_;
   const Pattern& pattern_;
   bool lines_end_text_;
   std::uint32_t title_end_, end_ = 0;
   std::optional<std::uint32_t> anchor_at_;
   std::size_t anchor_part_ = 0;
   int steps_ = 0;
};

// "(12.5)", "△12.5" → "-12.5"
std::string with_plain_sign(const std::string& figure) {
   std::string text = fold(figure);
   for (const char* sign : {"△", "▲"})
      if (text.rfind(sign, 0) == 0) return "-" + text.substr(std::string(sign).size());
   if (text.size() > 2 && text.front() == '(')
      if (const std::size_t close = text.find(')'); close != std::string::npos)
         return "-" + text.substr(1, close - 1) + text.substr(close + 1);
   return text;
}

class SentenceReader {
 public:
   SentenceReader(const Schema& schema, const PhrasesSchema& phrases, const TextStream& stream, const KnownNames& known)
       : schema_(schema), phrases_(phrases), stream_(stream), known_(known) {
      for (const SentenceSchema& sentence : phrases.sentences) patterns_.push_back(pattern_of(schema, sentence));
   }

   struct Found {
      ReportData data = ReportData::object();
      std::size_t matched = 0, wanted = 0;
      std::uint32_t values = 0;
      std::vector<std::string> absent;  // patterns, as written
      std::optional<std::uint32_t> first;
   };

   // `prefix` is what the names of fields begin with: "说明一.".
   Found read(const TextRegion& region, const std::string& prefix) {
      found_ = {};
      prefix_ = prefix;
      title_end_ = region.title_end;
      filled_.clear();
      const std::uint32_t rows_begin = first_row(region);
      for (std::size_t i = 0; i < patterns_.size(); ++i)
         if (phrases_.sentences[i].frame == phrases_.frame) read_single(i, region, rows_begin);
      for (const FrameId frame : row_frames()) read_rows(frame, region);
      for (std::size_t i = 0; i < patterns_.size(); ++i) count(i);
      return std::move(found_);
   }

 private:
   std::vector<FrameId> row_frames() const {
      std::vector<FrameId> frames;
      for (const SentenceSchema& sentence : phrases_.sentences)
         if (sentence.frame != phrases_.frame && std::find(frames.begin(), frames.end(), sentence.frame) == frames.end())
            frames.push_back(sentence.frame);
      return frames;
   }

   // A sentence that may begin a row: the first that is written for the list, and every wording that names its key.
   std::vector<std::size_t> starters(FrameId frame) const {
      std::vector<std::size_t> result;
      const FieldId key = schema_.frames[frame].key;
      for (std::size_t i = 0; i < patterns_.size(); ++i) {
         if (phrases_.sentences[i].frame != frame) continue;
         const auto& parts = patterns_[i].parts;
         const bool names_key =
             std::any_of(parts.begin(), parts.end(), [&](const Pattern::Part& p) { return p.gap == key && key != no_field; });
         if (result.empty() || names_key) result.push_back(i);
      }
      return result;
   }

   std::optional<Match> find(std::size_t pattern, std::uint32_t from, std::uint32_t to, std::uint32_t end) const {
      return Matcher(stream_, patterns_[pattern], phrases_.of_report, title_end_).find(from, to, end);
   }

   std::optional<std::pair<Match, std::size_t>> next_row(FrameId frame, std::uint32_t from, std::uint32_t end) const {
      std::optional<std::pair<Match, std::size_t>> best;
      for (const std::size_t i : starters(frame))
         if (const auto match = find(i, from, end, end); match && (!best || match->begin < best->first.begin)) best = {*match, i};
      return best;
   }

   std::uint32_t first_row(const TextRegion& region) const {
      std::uint32_t first = region.end;
      for (const FrameId frame : row_frames())
         if (const auto row = next_row(frame, region.begin, region.end)) first = std::min(first, row->first.begin);
      return first;
   }

   void read_single(std::size_t i, const TextRegion& region, std::uint32_t rows_begin) {
      auto match = find(i, region.begin, rows_begin, region.end);
      if (!match && !phrases_.sentences[i].optional) match = find(i, region.begin, region.end, region.end);
      if (match) put(i, *match, found_.data);
   }

   void read_rows(FrameId frame, const TextRegion& region) {
      const Frame& list = schema_.frames[frame];
      ReportData rows = ReportData::array();
      auto row = next_row(frame, region.begin, region.end);
      while (row && rows.size() < most_rows) {
         const auto next = next_row(frame, row->first.end, region.end);
         const std::uint32_t end = next ? next->first.begin : region.end;
         ReportData data = ReportData::object();
         put(row->second, row->first, data);
         for (std::size_t i = 0; i < patterns_.size(); ++i)
            if (phrases_.sentences[i].frame == frame && i != row->second && !is_starter(frame, i))
               if (const auto match = find(i, row->first.begin, end, end)) put(i, *match, data);
         rows.push_back(std::move(data));
         row = next;
      }
      const std::size_t dot = list.name.rfind('.');
      if (!rows.empty()) found_.data[dot == std::string::npos ? list.name : list.name.substr(dot + 1)] = std::move(rows);
   }

   bool is_starter(FrameId frame, std::size_t i) const {
      const auto all = starters(frame);
      return std::find(all.begin(), all.end(), i) != all.end();
   }

   void put(std::size_t i, const Match& match, ReportData& into) {
      matched_.insert(i);
      if (!found_.first || match.begin < *found_.first) found_.first = match.begin;
      const SentenceSchema& sentence = phrases_.sentences[i];
      for (const Taken& gap : match.gaps) {
         if (gap.field == no_field) continue;
         const Field& field = schema_.fields[gap.field];
         put_value(field, value_of(field, gap), into);
      }
      if (sentence.whole != no_field) {
         const Field& field = schema_.fields[sentence.whole];
         ReadValue value = read(match.begin, match.end);
         put_value(field, value, into);
      }
   }

   ReadValue read(std::uint32_t begin, std::uint32_t end) const {
      ReadValue value;
      value.text = stream_.plain(begin, end);
      value.raw = stream_.raw(begin, end);
      value.place = stream_.place(begin);
      value.certainty = stream_.certainty(begin, end);
      return value;
   }

   ReadValue value_of(const Field& field, const Taken& gap) const {
      ReadValue value = read(gap.begin, gap.end);
      if (field.type.kind == Kind::names)
         value.text = list_of_names(value.text, known_);
      else if (field.type.is_numeric())
         value.text = with_plain_sign(value.text);
      return value;
   }

   void put_value(const Field& field, const ReadValue& value, ReportData& into) {
      const std::string name = field.frame == phrases_.frame ? field.name.substr(prefix_.size()) : field.name;
      const std::size_t dot = name.rfind('.');
      ReportData& object = dot == std::string::npos ? into : object_at(into, name.substr(0, dot));
      const std::string key = dot == std::string::npos ? name : name.substr(dot + 1);
      filled_.insert(field.id);
      if (object.contains(key)) return;  // the first wording that was found
      object[key] = data_of(value);
      ++found_.values;
   }

   void count(std::size_t i) {
      const SentenceSchema& sentence = phrases_.sentences[i];
      if (sentence.frame != phrases_.frame) return;
      const bool matched = matched_.count(i) > 0;
      if (sentence.whole != no_field && !matched) {  // looked for and not there
         const std::string name = schema_.fields[sentence.whole].name.substr(prefix_.size());
         if (!found_.data.contains(name)) found_.data[name] = nullptr;
      }
      if (sentence.optional || sentence.other_wording) return;
      const auto& parts = patterns_[i].parts;
      // In another wording it may leave something out (所属年度); what it states is there all the same.
      const bool reworded = std::any_of(parts.begin(), parts.end(), [&](const Pattern::Part& part) {
         return part.gap != no_field && filled_.count(part.gap) > 0 && part.type->kind != Kind::year;
      });
      ++found_.wanted;
      if (matched || reworded)
         ++found_.matched;
      else
         found_.absent.push_back(words_of(sentence));
   }

   std::string words_of(const SentenceSchema& sentence) const {
      std::string text;
      for (const SentenceSchema::Part& part : sentence.parts)
         text += part.words.empty() ? "{" + (part.gap == no_field ? "" : schema_.fields[part.gap].label) + "}" : part.words;
      return text;
   }

   const Schema& schema_;
   const PhrasesSchema& phrases_;
   const TextStream& stream_;
   const KnownNames& known_;
   std::vector<Pattern> patterns_;
   std::string prefix_;
   std::uint32_t title_end_ = 0;
   std::set<FieldId> filled_;
   std::set<std::size_t> matched_;
   Found found_;
};

void report(const SentenceReader::Found& found, const std::string& name, const std::string& title, const DocumentPlace& place,
            ReadingAccount& account) {
   PartRead part;
   part.name = name;
   part.title = title;
   part.place = place;
   part.values = found.values;
   if (!found.absent.empty()) {
      part.state = found.matched == 0 ? PartState::missing : PartState::doubtful;
      std::string list;
      for (const std::string& one : found.absent) list += (list.empty() ? "“" : "；“") + one + "”";
      part.why = say("没有找到：{}", "not found: {}", list);
   }
   account.parts.push_back(std::move(part));
}

}  // namespace

namespace {

// Behind the line within the text of the record that is its heading.
TextRegion behind_heading(const PhrasesSchema& phrases, const TextStream& stream, TextRegion region) {
   for (const std::string& after : phrases.after) {
      const std::u32string heading = folded(after);
      for (std::size_t i = stream.line_at(region.begin); i < stream.lines().size() && stream.lines()[i].begin < region.end; ++i) {
         const TextStream::Line& line = stream.lines()[i];
         std::u32string rest;
         numbering_of(stream.text().substr(line.begin, line.end - line.begin), rest);
         if (line.begin < region.begin || rest.compare(0, heading.size(), heading) != 0) continue;
         region.begin = line.end;
         return region;
      }
   }
   return region;
}

}  // namespace

ReportData& object_at(ReportData& root, std::string_view path) {
   ReportData* at = &root;
   while (!path.empty()) {
      const std::size_t dot = path.find('.');
      ReportData& next = (*at)[std::string(path.substr(0, dot))];
      if (!next.is_object()) next = ReportData::object();
      at = &next;
      path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
   }
   return *at;
}

void read_phrases(const Schema& schema, const PhrasesSchema& phrases, const TextStream& stream,
                  const std::vector<TextRegion>& regions, const KnownNames& known, ReportData& into, ReadingAccount& account) {
   std::optional<SentenceReader::Found> best;
   const TextRegion* where = nullptr;
   for (const TextRegion& region : regions) {
      SentenceReader reader(schema, phrases, stream, known);
      SentenceReader::Found found = reader.read(region, phrases.name + ".");
      if (best && best->values >= found.values) continue;
      best = std::move(found);
      where = &region;
   }
   if (phrases.of_layout && (!best || best->values == 0)) return;  // another city's
   if (!best) {
      PartRead part;
      part.name = phrases.name;
      part.title = phrases.title;
      part.state = PartState::missing;
      part.why = say("没有找到标题“{}”", "the heading '{}' was not found", phrases.after.empty() ? "" : phrases.after.front());
      account.parts.push_back(std::move(part));
      return;
   }
   report(*best, phrases.name, phrases.title, where->heading, account);
   if (!best->data.empty()) into[phrases.name] = std::move(best->data);
}

void read_sentences_of(const Schema& schema, const PhrasesSchema& phrases, const TextStream& stream, const TextRegion& region,
                       const KnownNames& known, ReportData& into, ReadingAccount& account, const std::string& name) {
   SentenceReader reader(schema, phrases, stream, known);
   SentenceReader::Found found = reader.read(behind_heading(phrases, stream, region), "");
   report(found, name, phrases.title, region.heading, account);
   const std::function<void(ReportData&, ReportData&)> merge = [&](ReportData& to, ReportData& from) {
      for (auto& [key, value] : from.items())
         if (to.contains(key) && to[key].is_object() && value.is_object() && !value.contains("value"))
            merge(to[key], value);
         else if (!to.contains(key))
            to[key] = std::move(value);
   };
   merge(into, found.data);
}

}  // namespace heng

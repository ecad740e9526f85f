#include "reports/read/recognise/words.hpp"

#include <algorithm>

#include "stdlib/text.hpp"

namespace heng {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_blank(char32_t c) {
   return c <= 0x20 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000 ||
          c == 0xFEFF;
}

// Bytes of the code point that begins here; a byte that is no UTF-8 counts as one.
std::size_t length_at(std::string_view text, std::size_t at) {
   const auto byte = static_cast<unsigned char>(text[at]);
   const std::size_t length = byte < 0xC2 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 1;
   return std::min(length, text.size() - at);
}

bool closes_sentence(std::string_view one) { return one == "。" || one == "！" || one == "？" || one == "；"; }

float width_of(std::string_view text) {
   float width = 0;
   for (std::size_t i = 0; i < text.size(); i += length_at(text, i))
      width += static_cast<unsigned char>(text[i]) < 0x80 ? 0.5F : 1;
   return width;
}

// Digits with commas, and decimals: 17,127.83. The end of it, or 0.
std::size_t end_of_number(std::string_view text, std::size_t at, bool& plain) {
   std::size_t end = at;
   while (end < text.size() && (is_digit(text[end]) || (text[end] == ',' && end > at && is_digit(text[end - 1])))) ++end;
   if (end == at || !is_digit(text[end - 1])) return 0;
   plain = text.substr(at, end - at).find(',') == std::string_view::npos;
   if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
      plain = false;
      for (++end; end < text.size() && is_digit(text[end]);) ++end;
   }
   return end;
}

bool take(std::string_view& text, std::string_view prefix) {
   if (text.substr(0, prefix.size()) != prefix) return false;
   text.remove_prefix(prefix.size());
   return true;
}

Figure number_of(std::string_view folded) {
   Figure figure;
   std::string_view rest = folded;
   const bool bracketed = take(rest, "(");
   bool negative = false;
   if (take(rest, "△") || take(rest, "▲") || take(rest, "-"))
      negative = true;
   else
      take(rest, "+");
   take(rest, "¥");
   bool plain = false;
   const std::size_t end = end_of_number(rest, 0, plain);
   if (end == 0) return figure;
   const std::string_view digits = rest.substr(0, end);
   rest.remove_prefix(end);
   if (take(rest, "%") || take(rest, "‰")) figure.percent = true;
   if (bracketed && (negative || plain || !take(rest, ")"))) return figure;  // (1) counts paragraphs, (10分) says something else
   if (!rest.empty()) return figure;
   figure.kind = Figure::Kind::number;
   figure.whole = plain && !negative && !bracketed && !figure.percent;
   figure.text = (negative || bracketed ? "-" : "") + std::string(digits);
   if (figure.percent) figure.text += folded.find("‰") == std::string_view::npos ? "%" : "‰";
   return figure;
}

void append_words(std::vector<Word>& words, const DocumentLine& line, Cut cut) {
   const std::string_view text = line.text;
   std::uint32_t column = 0;
   Word::Before before = line.block_begins ? Word::Before::gap : Word::Before::line_end;
   Word word;
   const auto finish = [&](Word::Before next) {
      word.folded = fold(word.text);
      if (!word.folded.empty()) {
         word.before = before;
         word.certainty = line.certainty;
         word.figure = figure_of(word.folded);
         word.width = width_of(word.folded);
         words.push_back(std::move(word));
         before = next;
      } else if (before == Word::Before::glued) {
         before = next;
      }
      word = {};
   };
   for (std::size_t i = 0; i < text.size();) {
      const std::size_t length = length_at(text, i);
      const std::string_view one = text.substr(i, length);
      const std::u32string points = length == 1 ? std::u32string(1, static_cast<unsigned char>(one[0])) : code_points(one);
      const bool blank = !points.empty() && is_blank(points[0]);
      if (blank) {
         finish(Word::Before::blank);
      } else {
         if (word.text.empty()) {
            word.place = line.place;
            word.place.column = line.place.column + column;
         }
         word.text += one;
         if (cut == Cut::at_sentences && closes_sentence(one)) finish(Word::Before::glued);
      }
      ++column;
      i += length;
   }
   finish(Word::Before::blank);
}

bool is_latin(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

bool is_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

Figure figure_of(std::string_view folded) {
   using Kind = Figure::Kind;
   if (folded.empty()) return {};
   if (folded == "-" || folded == "--" || folded == "---") return {Kind::dash, std::string(folded)};
   if (folded == "/") return {Kind::slash, "/"};
   if (folded == "无") return {Kind::nothing, "无"};
   if (folded.find_first_not_of('#') == std::string_view::npos && folded.size() >= 2)
      return {Kind::unreadable, std::string(folded)};
   if (folded.front() == '#' && (folded == "#VALUE!" || folded == "#REF!" || folded == "#DIV/0!" || folded == "#N/A"))
      return {Kind::unreadable, std::string(folded)};
   return number_of(folded);
}

bool Word::ends_sentence() const {
   return folded.size() >= 3 && (closes_sentence(std::string_view(folded).substr(folded.size() - 3)) || folded.back() == ';' ||
                                 folded.back() == '!' || folded.back() == '?');
}

std::vector<Word> words_of(const DocumentLine& line, Cut cut) {
   std::vector<Word> words;
   append_words(words, line, cut);
   return words;
}

std::vector<Word> words_of(const Region& region, Cut cut) {
   std::vector<Word> words;
   for (std::size_t i = region.first; i < region.last && i < region.document->blocks.size(); ++i)
      if (const auto* line = boost::variant2::get_if<DocumentLine>(&region.document->blocks[i])) append_words(words, *line, cut);
   return words;
}

ReadValue value_of(const std::vector<Word>& words, std::size_t first, std::size_t last) {
   ReadValue value;
   for (std::size_t i = first; i < last; ++i) {
      const Word& word = words[i];
      if (i == first) {
         value.place = word.place;
      } else {
         if (word.before == Word::Before::blank) {
            value.raw += ' ';
            if (is_latin(value.text.back()) && is_latin(word.text.front())) value.text += ' ';
         } else if (word.begins_line()) {
            value.raw += '\n';
         }
      }
      value.text += word.text;
      value.raw += word.text;
      value.certainty = std::max(value.certainty, word.certainty);
   }
   if (value.raw == value.text) value.raw.clear();
   return value;
}

std::string folded_text(const std::vector<Word>& words, std::size_t first, std::size_t last) {
   std::string text;
   for (std::size_t i = first; i < last; ++i) text += words[i].folded;
   return text;
}

}  // namespace heng

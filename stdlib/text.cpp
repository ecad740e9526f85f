#include "stdlib/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace heng {

namespace {

struct Fold {
   char32_t from, to;
};
constexpr Fold ideographs[] = {
#include "stdlib/fold_tables.inc"
};

// What looks alike to a reader. Full-width ASCII is arithmetic, see folded().
constexpr Fold signs[] = {
    {U'\u00AD', 0},  // soft hyphen
    {U'“', '"'},    {U'”', '"'},  {U'„', '"'},  {U'‟', '"'},  {U'″', '"'},   {U'‘', '\''}, {U'’', '\''},  {U'‚', '\''},
    {U'‛', '\''},   {U'′', '\''}, {U'•', U'·'}, {U'‧', U'·'}, {U'∙', U'·'},  {U'⋅', U'·'}, {U'・', U'·'}, {U'･', U'·'},
    {U'‐', '-'},    {U'‑', '-'},  {U'‒', '-'},  {U'–', '-'},  {U'—', '-'},   {U'―', '-'},  {U'−', '-'},   {U'─', '-'},
    {U'﹘', '-'},   {U'﹣', '-'}, {U'〜', '~'}, {U'∼', '~'},  {U'〔', '['},  {U'〕', ']'}, {U'【', '['},  {U'】', ']'},
    {U'〖', '['},   {U'〗', ']'}, {U'﹙', '('}, {U'﹚', ')'}, {U'￥', U'¥'}, {U'﹪', '%'},
};

bool is_blank(char32_t c) {
   return c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
          c == 0x205F || c == 0x2060 || c == 0x3000 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
          (c >= 0xE0100 && c <= 0xE01EF);
}

// 0: nothing is left of it.
char32_t folded(char32_t c) {
   if (is_blank(c)) return 0;
   if (c < 0x80) return c;
   if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
   const auto sign = std::find_if(std::begin(signs), std::end(signs), [&](const Fold& fold) { return fold.from == c; });
   if (sign != std::end(signs)) return sign->to;
   const auto ideograph = std::lower_bound(std::begin(ideographs), std::end(ideographs), c,
                                           [](const Fold& f, char32_t code) { return f.from < code; });
   return ideograph != std::end(ideographs) && ideograph->from == c ? ideograph->to : c;
}

bool may_change(unsigned char c) { return c <= 0x20 || c >= 0x7F; }

// Length in bytes of the code point at the front; 0: not UTF-8 (overlong, surrogate, cut off, beyond U+10FFFF).
std::size_t length_of_first(std::string_view text) {
   const auto byte = [&](std::size_t i) -> unsigned { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
   const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
   const unsigned first = byte(0);
   if (first < 0x80) return 1;
   if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
   if (first >= 0xE0 && first <= 0xEF) {
      const bool overlong = first == 0xE0 && byte(1) < 0xA0, surrogate = first == 0xED && byte(1) >= 0xA0;
      return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
   }
   if (first >= 0xF0 && first <= 0xF4) {
      const bool overlong = first == 0xF0 && byte(1) < 0x90, beyond = first == 0xF4 && byte(1) >= 0x90;
      return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
   }
   return 0;
}

char32_t decode(std::string_view one) {
   const auto bits = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(one[i]) & 0x3F); };
   switch (one.size()) {
      case 1: return static_cast<unsigned char>(one[0]);
      case 2: return (static_cast<char32_t>(one[0] & 0x1F) << 6) | bits(1);
      case 3: return (static_cast<char32_t>(one[0] & 0x0F) << 12) | (bits(1) << 6) | bits(2);
      default: return (static_cast<char32_t>(one[0] & 0x07) << 18) | (bits(1) << 12) | (bits(2) << 6) | bits(3);
   }
}

void append(std::string& text, char32_t c) {
   const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
   if (c < 0x80) return put(c);
   if (c < 0x800) {
      put(0xC0 | (c >> 6));
   } else if (c < 0x10000) {
      put(0xE0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3F));
   } else {
      put(0xF0 | (c >> 18));
      put(0x80 | ((c >> 12) & 0x3F));
      put(0x80 | ((c >> 6) & 0x3F));
   }
   put(0x80 | (c & 0x3F));
}

// ---- suggestions --------------------------------------------------------------------------------------------------------

std::u32string for_likeness(std::string_view text) {
   std::u32string points = code_points(fold(text));
   for (char32_t& c : points)
      if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
   return points;
}

// Damerau-Levenshtein (optimal string alignment): insert, delete, replace, swap two neighbours. Three rows suffice.
std::size_t edits_between(const std::u32string& a, const std::u32string& b) {
   std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
   for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
   for (std::size_t i = 1; i <= a.size(); ++i) {
      before_last.swap(last);
      last.swap(row);
      row[0] = i;
      for (std::size_t j = 1; j <= b.size(); ++j) {
         row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
         if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
   }
   return row[b.size()];
}

// One slip in a short word, two in a longer one: half of a four-letter Chinese name is another name.
std::size_t edits_allowed(std::size_t length) { return length <= 1 ? 0 : length <= 4 ? 1 : length <= 8 ? 2 : 3; }

constexpr std::size_t too_far = 1000;

// Smaller is closer. A name that holds the other one (本年收入 and 本年收入合计) comes after those with slips.
std::size_t distance(const std::u32string& word, const std::u32string& candidate) {
   const std::size_t shorter = std::min(word.size(), candidate.size()), longer = std::max(word.size(), candidate.size());
   const std::size_t allowed = edits_allowed(longer);
   if (longer - shorter <= allowed) {
      const std::size_t edits = edits_between(word, candidate);
      if (edits <= allowed && edits < shorter) return edits;
   }
   const bool holds = word.find(candidate) != word.npos || candidate.find(word) != candidate.npos;
   return holds && shorter >= 2 ? 10 + longer - shorter : too_far;
}

}  // namespace

std::string fold(std::string_view utf8) {
   std::string result;
   result.reserve(utf8.size());
   while (!utf8.empty()) {
      const auto plain = std::find_if(utf8.begin(), utf8.end(), [](char c) { return may_change(static_cast<unsigned char>(c)); });
      const auto run = static_cast<std::size_t>(plain - utf8.begin());
      result.append(utf8.substr(0, run));
      utf8.remove_prefix(run);
      if (utf8.empty()) break;
      const std::size_t length = length_of_first(utf8);
      if (length == 0) {
         result += utf8[0];
      } else if (const char32_t c = folded(decode(utf8.substr(0, length)))) {
         append(result, c);
      }
      utf8.remove_prefix(std::max<std::size_t>(length, 1));
   }
   return result;
}

bool is_valid_utf8(std::string_view text, std::size_t* first_bad) {
   for (std::size_t at = 0; at < text.size();) {
      if (static_cast<unsigned char>(text[at]) < 0x80) {
         ++at;
         continue;
      }
      const std::size_t length = length_of_first(text.substr(at));
      if (length == 0) {
         if (first_bad) *first_bad = at;
         return false;
      }
      at += length;
   }
   return true;
}

std::u32string code_points(std::string_view utf8) {
   std::u32string points;
   while (!utf8.empty()) {
      const std::size_t length = length_of_first(utf8);
      points += length == 0 ? U'\uFFFD' : decode(utf8.substr(0, length));
      utf8.remove_prefix(std::max<std::size_t>(length, 1));
   }
   return points;
}

std::vector<std::string> suggestions(std::string_view word, const std::vector<std::string>& candidates, std::size_t most) {
   const std::u32string wanted = for_likeness(word);
   std::vector<std::pair<std::size_t, std::size_t>> close;  // distance, index
   for (std::size_t i = 0; i < candidates.size(); ++i)
      if (const std::size_t far = distance(wanted, for_likeness(candidates[i])); far < too_far) close.emplace_back(far, i);
   std::sort(close.begin(), close.end());
   std::vector<std::string> result;
   for (const auto& [far, i] : close)
      if (result.size() < most && std::find(result.begin(), result.end(), candidates[i]) == result.end())
         result.push_back(candidates[i]);
   return result;
}

}  // namespace heng

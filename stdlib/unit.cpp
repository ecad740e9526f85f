#include "stdlib/unit.hpp"

#include <algorithm>
#include <map>

#include "stdlib/text.hpp"

namespace heng {

namespace {

// One row per unit word. The base of money is 元, of durations 分钟, of longer times 月 (a month has no fixed number of days);
// each count is its own base: 次 and 批次 do not add up. 分 is points, never a coin and never a minute.
struct Word {
   std::string_view text, base;
   int scale, divisor;
   UnitKind kind = UnitKind::plain;
   bool takes_prefix = false;  // 万人, 亿元
};

constexpr Word words[] = {
    {"元", "元", 1, 1, UnitKind::plain, true},
    {"%", "", 1, 100, UnitKind::percent},
    {"‰", "", 1, 1000, UnitKind::percent},
    {"个百分点", "", 1, 100, UnitKind::percentage_point},
    {"百分点", "", 1, 100, UnitKind::percentage_point},
    {"分", "分", 1, 1},
    {"秒", "分钟", 1, 60},
    {"分钟", "分钟", 1, 1},
    {"小时", "分钟", 60, 1},
    {"天", "分钟", 1440, 1},
    {"日", "分钟", 1440, 1},
    {"周", "分钟", 10080, 1},
    {"工作日", "工作日", 1, 1},
    {"个工作日", "工作日", 1, 1},
    {"月", "月", 1, 1},
    {"个月", "月", 1, 1},
    {"年", "月", 12, 1},
    {"米", "米", 1, 1},
    {"千米", "米", 1000, 1},
    {"公里", "米", 1000, 1},
    {"平方米", "平方米", 1, 1},
    {"平方公里", "平方米", 1000000, 1},
    {"公顷", "平方米", 10000, 1},
    {"亩", "平方米", 2000, 3},
    {"千克", "公斤", 1, 1},
    {"公斤", "公斤", 1, 1},
    {"吨", "公斤", 1000, 1},
};

// Counts: the base is the word itself.
constexpr std::string_view counts[] = {
    "次", "个",   "人",   "名",   "户", "家", "辆", "台", "套", "台(套)", "台套", "条",   "件",   "项",
    "批", "批次", "人次", "车次", "篇", "份", "部", "册", "本", "期",     "场",   "所",   "座",   "处",
    "栋", "间",   "张",   "只",   "头", "株", "块", "支", "组", "对",     "班次", "课时", "学时",
};

struct Prefix {
   std::string_view text;
   int exponent;
};
constexpr Prefix prefixes[] = {{"万亿", 12}, {"千万", 7}, {"百万", 6}, {"亿", 8}, {"万", 4}, {"千", 3}};

// What one word is worth, before products and quotients.
struct Worth {
   UnitKind kind = UnitKind::plain;
   Dimension dimension;
   Rational scale = 1;
};

Dimension dimension_of(std::string_view base) {
   Dimension result;
   if (!base.empty()) result.powers.emplace_back(base, 1);
   return result;
}

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

const Word* find_word(std::string_view text) {
   const auto word = std::find_if(std::begin(words), std::end(words), [&](const Word& each) { return each.text == text; });
   return word == std::end(words) ? nullptr : &*word;
}

bool is_count(std::string_view text, const std::vector<std::string>& extra) {
   return std::find(std::begin(counts), std::end(counts), text) != std::end(counts) ||
          std::any_of(extra.begin(), extra.end(), [&](const std::string& each) { return fold(each) == text; });
}

std::optional<Worth> worth_without_prefix(std::string_view text, const std::vector<std::string>& extra) {
   if (const Word* word = find_word(text))
      return Worth{word->kind, dimension_of(word->base), Rational(word->scale, word->divisor)};
   if (is_count(text, extra)) return Worth{UnitKind::plain, dimension_of(text), 1};
   return std::nullopt;
}

bool takes_prefix(std::string_view text, const std::vector<std::string>& extra) {
   const Word* word = find_word(text);
   return word ? word->takes_prefix : is_count(text, extra);
}

std::optional<Worth> worth_of(std::string_view text, const std::vector<std::string>& extra) {
   if (auto worth = worth_without_prefix(text, extra)) return worth;
   for (const Prefix& prefix : prefixes) {
      if (!starts_with(text, prefix.text) || !takes_prefix(text.substr(prefix.text.size()), extra)) continue;
      auto worth = worth_without_prefix(text.substr(prefix.text.size()), extra);
      worth->scale *= power_of_ten(prefix.exponent);
      return worth;
   }
   return std::nullopt;
}

// A word of the data that no list has: a unit of its own. 万吨标煤 is 10,000 吨标煤.
Worth worth_of_any(std::string_view text) {
   for (const Prefix& prefix : prefixes)
      if (prefix.text != "千" && starts_with(text, prefix.text))
         return {UnitKind::plain, dimension_of(text.substr(prefix.text.size())), power_of_ten(prefix.exponent)};
   return {UnitKind::plain, dimension_of(text), 1};
}

Worth raised(Worth worth, int power) {
   Worth result = worth;
   for (int i = 1; i < power; ++i) {
      result.scale *= worth.scale;
      result.dimension = result.dimension * worth.dimension;
   }
   return result;
}

// "人²" → "人", 2
int take_power(std::string_view& word) {
   for (const auto& [mark, power] : {std::pair<std::string_view, int>{"²", 2}, {"³", 3}})
      if (word.size() > mark.size() && word.substr(word.size() - mark.size()) == mark) {
         word.remove_suffix(mark.size());
         return power;
      }
   return 1;
}

struct Part {
   std::string_view word;
   bool denominator;
};

// "万元/人·月" → 万元, 人 (below), 月 (below). The text is folded, so the only product signs left are · × *.
std::vector<Part> parts_of(std::string_view text) {
   std::vector<Part> parts;
   bool denominator = false;
   std::size_t begin = 0;
   for (std::size_t at = 0; at <= text.size();) {
      const std::string_view rest = text.substr(at);
      const std::size_t sign = rest.empty()                                       ? 1
                               : starts_with(rest, "·") || starts_with(rest, "×") ? 2
                               : rest[0] == '*' || rest[0] == '/'                 ? 1
                                                                                  : 0;
      if (sign == 0) {
         ++at;
         continue;
      }
      parts.push_back({text.substr(begin, at - begin), denominator});
      denominator = denominator || (!rest.empty() && rest[0] == '/');
      begin = at += sign;
   }
   return parts;
}

std::optional<int> exponent_of_ten(const Rational& scale) {
   const auto zeros = [](Integer value) {
      int count = 0;
      for (; value % 10 == 0; value /= 10) ++count;
      return value == 1 ? std::optional(count) : std::nullopt;
   };
   const auto up = zeros(numerator(scale)), down = zeros(denominator(scale));
   if (!up || !down) return std::nullopt;
   return *up - *down;
}

void settle_shift(Unit& unit) {
   const auto exponent = exponent_of_ten(unit.scale);
   unit.scale_is_power_of_ten = exponent.has_value();
   unit.decimal_shift = exponent.value_or(0);
}

// nullopt when a word is no unit; `any` makes it a unit of its own.
std::optional<Unit> read(std::string_view text, const std::vector<std::string>& extra, bool any) {
   const std::string plain = fold(text);
   Unit unit;
   unit.text = text;
   const auto parts = parts_of(plain);
   for (auto [word, denominator] : parts) {
      const int power = take_power(word);
      if (word.empty()) {
         if (any) continue;
         return std::nullopt;
      }
      const auto known = worth_of(word, extra);
      if (!known && !any) return std::nullopt;
      const Worth worth = raised(known ? *known : worth_of_any(word), power);
      if (parts.size() == 1 && power == 1) unit.kind = worth.kind;
      unit.dimension = denominator ? unit.dimension / worth.dimension : unit.dimension * worth.dimension;
      if (denominator) {
         unit.scale /= worth.scale;
      } else {
         unit.scale *= worth.scale;
      }
   }
   settle_shift(unit);
   return unit;
}

Dimension combined(const Dimension& a, const Dimension& b, int sign) {
   std::map<std::string, int> powers(a.powers.begin(), a.powers.end());
   for (const auto& [base, power] : b.powers) powers[base] += sign * power;
   Dimension result;
   for (const auto& [base, power] : powers)
      if (power != 0) result.powers.emplace_back(base, power);
   return result;
}

std::string power_mark(int power) { return power == 1 ? "" : power == 2 ? "²" : power == 3 ? "³" : "^" + std::to_string(power); }

using WordsOfBases = std::map<std::string, std::string>;

std::string product(const Dimension& dimension, int sign, const WordsOfBases& written = {}) {
   std::string result;
   for (const auto& [base, power] : dimension.powers) {
      const auto word = written.find(base);
      if (power * sign > 0)
         result += (result.empty() ? "" : "·") + (word == written.end() ? base : word->second) + power_mark(power * sign);
   }
   return result;
}

std::string quotient(const Dimension& dimension, const WordsOfBases& written) {
   const std::string above = product(dimension, 1, written), below = product(dimension, -1, written);
   if (below.empty()) return above;
   return (above.empty() ? "1" : above) + "/" + below;
}

void note_words(std::string_view text, WordsOfBases& written) {
   const std::string plain = fold(text);
   for (auto [word, denominator] : parts_of(plain)) {
      take_power(word);
      const auto worth = worth_of(word, {});
      if (!worth || worth->dimension.powers.size() != 1 || worth->dimension.powers.front().first == "元") continue;
      written.emplace(worth->dimension.powers.front().first, word);
   }
}

}  // namespace

Dimension operator*(const Dimension& a, const Dimension& b) { return combined(a, b, 1); }
Dimension operator/(const Dimension& a, const Dimension& b) { return combined(a, b, -1); }

std::string to_text(const Dimension& dimension) { return quotient(dimension, {}); }

std::string unit_of_result(const Dimension& dimension, std::string_view a, std::string_view b) {
   WordsOfBases written;
   note_words(a, written);
   note_words(b, written);
   const std::string unit = quotient(dimension, written);
   return unit == to_text(dimension) ? "" : unit;
}

std::optional<Unit> read_unit(std::string_view text, const std::vector<std::string>& extra) { return read(text, extra, false); }
Unit read_any_unit(std::string_view text, const std::vector<std::string>& extra) { return *read(text, extra, true); }

const std::vector<std::string>& known_units() {
   static const auto all = [] {
      std::vector<std::string> result;
      for (const Word& word : words) {
         result.emplace_back(word.text);
         if (!word.takes_prefix) continue;
         for (const Prefix& prefix : prefixes) result.push_back(std::string(prefix.text) + std::string(word.text));
      }
      result.insert(result.end(), std::begin(counts), std::end(counts));
      return result;
   }();
   return all;
}

bool counts_things(const Dimension& dimension, const std::vector<std::string>& extra) {
   return dimension.powers.size() == 1 && dimension.powers.front().second == 1 && is_count(dimension.powers.front().first, extra);
}

bool is_unit_word(std::string_view word) { return worth_of(fold(word), {}).has_value(); }

}  // namespace heng

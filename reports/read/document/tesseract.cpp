// Words that tesseract recognised on a picture of a page, as its TSV lists them.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "reports/read/document/formats.hpp"
#include "reports/read/document/pages.hpp"
#include "reports/read/document/scan.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr float points = 72 / scan_dots_per_inch;  // of a dot
constexpr std::size_t most_words = 200'000;

struct Word {
   std::string text;
   float left = 0, top = 0, width = 0, height = 0;
};

// level page block paragraph line word left top width height confidence text
constexpr std::size_t columns = 12, left_column = 6, confidence_column = 10, text_column = 11;

bool read_number(std::string_view text, float& into) {
   // Confidence has decimals in some versions; the whole part will do.
   int whole = 0;
   const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
   if (error != std::errc() || std::abs(whole) > 1'000'000) return false;
   into = static_cast<float>(whole);
   return end == text.data() + text.size() || *end == '.';
}

// What borders of tables are taken for.
bool is_border(std::string_view text) { return text.find_first_not_of("|¦_") == std::string_view::npos; }

// false: no word; `broken` where the line is none of such a list.
bool read_word(std::string_view line, Word& word, bool& broken) {
   std::array<std::string_view, columns> cells;
   std::size_t count = 0;
   for (std::size_t begin = 0, end; begin <= line.size(); begin = end + 1) {
      end = count + 1 == columns ? line.size() : std::min(line.find('\t', begin), line.size());
      cells[count++] = line.substr(begin, end - begin);
      if (count == columns) break;
   }
   std::array<float, 4> box{};
   float confidence = 0;
   bool well = count + 1 >= columns && read_number(cells[confidence_column], confidence);
   for (std::size_t i = 0; i < 4; ++i) well = well && read_number(cells[left_column + i], box[i]);
   broken = !well || box[2] < 0 || box[3] < 0;
   const std::string_view text = cells[text_column];
   if (broken || confidence < 0 || text.find_first_not_of(" \t") == std::string_view::npos || is_border(text)) return false;
   if (!is_valid_utf8(text)) {
      broken = true;
      return false;
   }
   word = {std::string(text), box[0] * points, box[1] * points, box[2] * points, box[3] * points};
   return word.width > 0 && word.height > 0;
}

std::vector<Word> words_of(std::string_view tsv, std::size_t& broken_lines) {
   std::vector<Word> words;
   bool head = true;
   for (std::size_t begin = 0, end; begin < tsv.size() && words.size() < most_words; begin = end + 1) {
      end = std::min(tsv.find('\n', begin), tsv.size());
      std::string_view line = tsv.substr(begin, end - begin);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line.empty() || std::exchange(head, false)) continue;
      Word word;
      bool broken = false;
      if (read_word(line, word, broken)) words.push_back(std::move(word));
      broken_lines += broken ? 1 : 0;
   }
   return words;
}

float usual_height(const std::vector<Word>& words) {
   std::vector<float> heights;
   for (const Word& word : words) heights.push_back(word.height);
   const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
   std::nth_element(heights.begin(), middle, heights.end());
   return *middle;
}

// Boxes are as high as the ink: a dash, a comma and a heading are not. Small ones get the height of their neighbours.
PageBoxes page_of(const std::vector<Word>& words, std::uint32_t number) {
   PageBoxes page;
   page.number = number;
   const float usual = words.empty() ? 10 : usual_height(words);
   std::uint32_t run = 0;
   for (const Word& word : words) {
      Glyph glyph;
      glyph.text = word.text;
      glyph.size = word.height > 1.35F * usual ? std::min(word.height, 4 * usual) : 1.1F * usual;
      const float middle = word.top + word.height / 2;
      glyph.box = {word.left, middle - glyph.size / 2, word.left + word.width, middle + glyph.size / 2};
      glyph.run = run++;
      glyph.recognised = true;
      page.width = std::max(page.width, glyph.box.right);
      page.height = std::max(page.height, glyph.box.bottom);
      page.glyphs.push_back(std::move(glyph));
   }
   return page;
}

}  // namespace

Document read_scanned_page(std::string_view tsv, std::uint32_t page, std::vector<Box> rules) {
   std::size_t broken = 0;
   const std::vector<Word> words = words_of(tsv, broken);
   PageBoxes boxes = page_of(words, page);
   boxes.rules = std::move(rules);
   Document document = document_of({std::move(boxes)}, DocumentFormat::picture);
   DocumentProblem problem;
   problem.place.page = page;
   if (broken != 0) {
      problem.message =
          say("第 {} 页识别的结果有 {} 行读不懂", "page {}: {} lines of what was recognised cannot be understood", page, broken);
      problem.refuses = words.empty();
   } else if (words.empty()) {
      problem.message = say("第 {} 页没有识别出文字", "no text was recognised on page {}", page);
   } else {
      return document;
   }
   document.problems.push_back(std::move(problem));
   return document;
}

Document read_tesseract_tsv(std::string_view tsv, std::uint32_t page) { return read_scanned_page(tsv, page, {}); }

}  // namespace heng

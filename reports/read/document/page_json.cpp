#include "reports/read/document/page_json.hpp"

#include <simdjson.h>

#include <algorithm>

#include "reports/read/document/formats.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t most_pages = 5000, most_glyphs = 4'000'000, most_rules = 1'000'000, most_fills = 2000;
constexpr double largest_coordinate = 200'000, largest_size = 2000;

double number_of(dom::element element) {
   double value = 0;
   if (element.get(value) != simdjson::SUCCESS) return 0;
   return std::clamp(value, -largest_coordinate, largest_coordinate);
}

template <typename T>
T member(dom::element object, const char* name, T otherwise) {
   T value;
   return object[name].get(value) == simdjson::SUCCESS ? value : otherwise;
}

double number_member(dom::element object, const char* name) {
   dom::element element;
   return object[name].get(element) == simdjson::SUCCESS ? number_of(element) : 0;
}

// The numbers of a list, `most` at the most.
std::vector<float> numbers_of(dom::element element, std::size_t most) {
   std::vector<float> numbers;
   dom::array list;
   if (element.get(list) != simdjson::SUCCESS) return numbers;
   for (const dom::element one : list) {
      if (numbers.size() == most) break;
      numbers.push_back(static_cast<float>(number_of(one)));
   }
   return numbers;
}

std::vector<float> numbers_member(dom::element object, const char* name, std::size_t most) {
   dom::element element;
   return object[name].get(element) == simdjson::SUCCESS ? numbers_of(element, most) : std::vector<float>{};
}

// Each character of well-formed UTF-8 (the parser has checked it).
std::vector<std::string_view> characters_of(std::string_view text) {
   std::vector<std::string_view> characters;
   for (std::size_t begin = 0, end; begin < text.size(); begin = end) {
      for (end = begin + 1; end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80;) ++end;
      characters.push_back(text.substr(begin, end - begin));
   }
   return characters;
}

bool is_blank(std::string_view character) {
   constexpr std::string_view blanks[] = {" ", "\t", "\u00A0", "\u2002", "\u2003", "\u2009", "\u200B", "\u3000", "\uFEFF"};
   return std::find(std::begin(blanks), std::end(blanks), character) != std::end(blanks);
}

class PageReader {
 public:
   explicit PageReader(std::vector<DocumentProblem>& problems) : problems_(problems) {}

   PageBoxes read(dom::element element, std::uint32_t number) {
      PageBoxes page;
      page.number = number;
      page.width = static_cast<float>(number_member(element, "width"));
      page.height = static_cast<float>(number_member(element, "height"));
      each(element, "images", [&](dom::element image) {
         if (const std::vector<float> n = numbers_of(image, 4); n.size() == 4) page.images.push_back({n[0], n[1], n[2], n[3]});
      });
      each(element, "fills", [&](dom::element fill) {
         if (const std::vector<float> n = numbers_of(fill, 5); n.size() == 5 && page.fills.size() < most_fills)
            page.fills.push_back({n[0], n[1], n[2], n[3]});
      });
      each(element, "rules", [&](dom::element rule) { read_rule(rule, page); });
      std::uint32_t run = 0;
      each(element, "runs", [&](dom::element one) { read_run(one, run++, page); });
      if (wrong_ != 0)
         problems_.push_back({Code::report_unreadable,
                              say("第 {} 页有 {} 段文字的位置对不上，没有读入",
                                  "page {}: {} pieces of text without proper places are left out", number, wrong_),
                              place_on(number)});
      wrong_ = 0;
      return page;
   }

   bool full() const { return glyphs_ >= most_glyphs || rules_ >= most_rules; }

 private:
   template <typename Use>
   static void each(dom::element object, const char* name, Use use) {
      dom::array list;
      if (object[name].get(list) != simdjson::SUCCESS) return;
      for (const dom::element one : list) use(one);
   }

   static DocumentPlace place_on(std::uint32_t page) {
      DocumentPlace place;
      place.page = page;
      return place;
   }

   void read_rule(dom::element rule, PageBoxes& page) {
      const std::vector<float> n = numbers_of(rule, 5);
      if (n.size() != 5 || n[2] < n[0] || n[3] < n[1] || rules_ >= most_rules) return;
      const Box box{n[0], n[1], n[2], n[3]};
      constexpr float nearly_white = 0.97F;
      if (n[4] > nearly_white && !parts_colours(page, box)) return;
      ++rules_;
      page.rules.push_back(box);
   }

   // A white line is seen only on a coloured area, or between two.
   static bool parts_colours(const PageBoxes& page, const Box& line) {
      constexpr float near = 2;
      return std::any_of(page.fills.begin(), page.fills.end(), [&](const Box& fill) {
         return line.left < fill.right + near && line.right > fill.left - near && line.top < fill.bottom + near &&
                line.bottom > fill.top - near;
      });
   }

   static bool covered(const PageBoxes& page, const Box& box) {
      return std::any_of(page.images.begin(), page.images.end(), [&](const Box& image) {
         const float x = middle_x(box), y = middle_y(box);
         return x >= image.left && x <= image.right && y >= image.top && y <= image.bottom;
      });
   }

   void read_run(dom::element element, std::uint32_t run, PageBoxes& page) {
      const auto text = member<std::string_view>(element, "text", "");
      const std::vector<std::string_view> characters = characters_of(text);
      const std::vector<float> along = numbers_member(element, "along", 2 * characters.size() + 1);
      const std::vector<float> across = numbers_member(element, "across", 2);
      const double size = number_member(element, "size");
      const auto turn = member<std::int64_t>(element, "turn", 0);
      const bool well = along.size() == 2 * characters.size() && across.size() == 2 && across[0] <= across[1] && size > 0 &&
                        size <= largest_size && turn >= 0 && turn < 360 && turn % 90 == 0;
      if (!well) {
         ++wrong_;
         return;
      }
      const bool invisible = member<bool>(element, "invisible", false);
      for (std::size_t i = 0; i < characters.size() && glyphs_ < most_glyphs; ++i) {
         Glyph glyph;
         const float from = std::min(along[2 * i], along[2 * i + 1]), to = std::max(along[2 * i], along[2 * i + 1]);
         glyph.box = turn % 180 == 0 ? Box{from, across[0], to, across[1]} : Box{across[0], from, across[1], to};
         // Invisible text is what was recognised on a scanned page; anywhere else it is not printed at all.
         if (invisible && !covered(page, glyph.box)) continue;
         glyph.text = std::string(characters[i]);
         glyph.size = static_cast<float>(size);
         glyph.turn = static_cast<std::uint16_t>(turn);
         glyph.run = run;
         glyph.blank = is_blank(characters[i]);
         glyph.recognised = invisible;
         page.glyphs.push_back(std::move(glyph));
         ++glyphs_;
      }
   }

   std::vector<DocumentProblem>& problems_;
   std::size_t glyphs_ = 0, rules_ = 0;
   std::uint32_t wrong_ = 0;
};

void refuse(std::vector<DocumentProblem>& problems, Said message) {
   DocumentProblem problem;
   problem.message = std::move(message);
   problem.refuses = true;
   problems.push_back(std::move(problem));
}

Said refusal_of(std::string_view status) {
   if (status == "password") return say("这份 PDF 要密码才能打开", "this PDF opens only with a password");
   if (status == "unreadable") return say("这个文件读不出来", "this file cannot be read");
   return say("这份 PDF 已经损坏，修复不了", "this PDF is damaged beyond repair");
}

void say_why_stopped(dom::element root, std::size_t pages, std::vector<DocumentProblem>& problems) {
   const auto stopped = member<std::string_view>(root, "stopped", "");
   if (stopped.empty()) return;
   DocumentProblem problem;
   problem.code = Code::report_too_large;
   problem.message =
       stopped == "time"
           ? say("只读到第 {} 页：超过了时间限制", "only read as far as page {}: the time for it is spent", pages)
           : say("只读到第 {} 页：页数或内容超过了限制", "only read as far as page {}: there is more than is read", pages);
   problems.push_back(std::move(problem));
}

}  // namespace

std::optional<PdfPages> read_pages(std::string_view json, std::vector<DocumentProblem>& problems) {
   dom::parser parser(largest_document);
   dom::element root;
   dom::array list;
   const bool well = json.size() <= largest_document && parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS &&
                     root.is_object() && member<std::string_view>(root, "heng", "") == "pdf-boxes/1";
   if (!well) {
      refuse(problems, say("heng-pdf-boxes 没有给出完整的结果", "heng-pdf-boxes gave no complete answer"));
      return std::nullopt;
   }
   const auto status = member<std::string_view>(root, "status", "");
   if (status != "ok" || root["pages"].get(list) != simdjson::SUCCESS) {
      refuse(problems, refusal_of(status));
      return std::nullopt;
   }
   PdfPages pages;
   pages.count = static_cast<std::uint32_t>(std::clamp<std::int64_t>(member<std::int64_t>(root, "page_count", 0), 0, 1'000'000));
   PageReader reader(problems);
   for (const dom::element element : list) {
      if (pages.pages.size() == most_pages || reader.full()) break;
      pages.pages.push_back(reader.read(element, static_cast<std::uint32_t>(pages.pages.size() + 1)));
   }
   say_why_stopped(root, pages.pages.size(), problems);
   return pages;
}

}  // namespace heng

#include "reports/read/recognise/stream.hpp"

#include <algorithm>

#include "stdlib/text.hpp"

namespace heng {

namespace {

std::size_t length_of(unsigned char first) { return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }

bool is_blank(std::string_view character) { return fold(character).empty(); }

}  // namespace

std::u32string folded(std::string_view utf8) { return code_points(fold(utf8)); }

TextStream::TextStream(const Document& document) : document_(document) {
   for (std::size_t i = 0; i < document.blocks.size(); ++i) {
      blocks_.push_back(size());
      if (const auto* line = boost::variant2::get_if<DocumentLine>(&document.blocks[i])) add(line->text, i, 0, false);
      if (const auto* table = boost::variant2::get_if<DocumentTable>(&document.blocks[i]))
         for (std::size_t cell = 0; cell < table->cells.size(); ++cell) add(table->cells[cell].text, i, cell, true);
   }
}

void TextStream::add(const std::string& text, std::size_t block, std::size_t cell, bool of_table) {
   const auto wall_here = [&] {
      if (!text_.empty() && text_.back() != wall) text_ += wall, sources_.push_back({0, 0});
   };
   const bool after_table = !lines_.empty() && lines_.back().of_table;
   if (of_table || after_table) wall_here();
   const auto line = static_cast<std::uint32_t>(lines_.size());
   lines_.push_back({size(), size(), block, of_table});
   cells_.push_back(cell);
   for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = std::min(length_of(static_cast<unsigned char>(text[at])), text.size() - at);
      for (const char32_t c : code_points(fold(std::string_view(text).substr(at, length)))) {
         text_ += c;
         sources_.push_back({line, static_cast<std::uint32_t>(at)});
      }
      at += length;
   }
   lines_.back().end = size();
}

std::size_t TextStream::line_at(std::uint32_t position) const {
   const auto after =
       std::upper_bound(lines_.begin(), lines_.end(), position, [](std::uint32_t p, const Line& line) { return p < line.begin; });
   std::size_t i = after == lines_.begin() ? 0 : static_cast<std::size_t>(after - lines_.begin() - 1);
   while (i + 1 < lines_.size() && lines_[i].end <= position && lines_[i + 1].begin <= position) ++i;
   return i;
}

const std::string& TextStream::source_of(std::size_t line) const {
   const DocumentBlock& block = document_.blocks[lines_[line].block];
   if (const auto* text = boost::variant2::get_if<DocumentLine>(&block)) return text->text;
   return boost::variant2::get<DocumentTable>(block).cells[cells_[line]].text;
}

std::string TextStream::raw(std::uint32_t begin, std::uint32_t end) const {
   std::string result;
   for (std::uint32_t at = begin; at < end;) {
      if (text_[at] == wall) {
         ++at;
         continue;
      }
      const std::uint32_t line = sources_[at].line, first = sources_[at].byte;
      std::uint32_t last = at;
      while (last + 1 < end && text_[last + 1] != wall && sources_[last + 1].line == line) ++last;
      const std::string& text = source_of(line);
      const std::size_t stop = sources_[last].byte + length_of(static_cast<unsigned char>(text[sources_[last].byte]));
      if (!result.empty()) result += '\n';
      result += text.substr(first, stop - first);
      at = last + 1;
   }
   return result;
}

std::string TextStream::plain(std::uint32_t begin, std::uint32_t end) const {
   const std::string text = raw(begin, end);
   std::string result;
   for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = std::min(length_of(static_cast<unsigned char>(text[at])), text.size() - at);
      const std::string_view character = std::string_view(text).substr(at, length);
      if (!is_blank(character)) result += character;
      at += length;
   }
   return result;
}

bool TextStream::behind_wide_blank(std::uint32_t position) const {
   constexpr std::size_t wide = 3;  // a single one, also a full-width one, may stand within 示 例 局
   if (position == 0 || position >= size() || text_[position] == wall || text_[position - 1] == wall) return false;
   const Source &before = sources_[position - 1], &here = sources_[position];
   if (before.line != here.line) return false;
   const std::string& text = source_of(here.line);
   std::size_t blanks = 0;
   for (std::size_t at = before.byte + length_of(static_cast<unsigned char>(text[before.byte])); at < here.byte;) {
      const std::size_t length = length_of(static_cast<unsigned char>(text[at]));
      blanks += length > 1 ? 2 : text[at] == '\t' ? wide : 1;  // 　 is as wide as a character
      at += length;
   }
   return blanks >= wide;
}

DocumentPlace TextStream::place(std::uint32_t position) const {
   if (lines_.empty()) return {};
   if (position >= size()) position = size() == 0 ? 0 : size() - 1;
   while (position > 0 && position < size() && text_[position] == wall) --position;
   const std::size_t line = position < size() ? sources_[position].line : 0;
   const DocumentBlock& block = document_.blocks[lines_[line].block];
   if (const auto* text = boost::variant2::get_if<DocumentLine>(&block)) {
      DocumentPlace place = text->place;
      if (position < size() && place.line > 0)
         place.column = static_cast<std::uint32_t>(code_points(text->text.substr(0, sources_[position].byte)).size() + 1);
      return place;
   }
   return boost::variant2::get<DocumentTable>(block).cells[cells_[line]].place;
}

Certainty TextStream::certainty(std::uint32_t begin, std::uint32_t end) const {
   Certainty worst = Certainty::printed;
   for (std::uint32_t at = begin; at < end && at < size(); ++at) {
      if (text_[at] == wall) continue;
      const DocumentBlock& block = document_.blocks[lines_[sources_[at].line].block];
      const auto* text = boost::variant2::get_if<DocumentLine>(&block);
      const Certainty here =
          text ? text->certainty : boost::variant2::get<DocumentTable>(block).cells[cells_[sources_[at].line]].certainty;
      worst = std::max(worst, here);
   }
   return worst;
}

}  // namespace heng

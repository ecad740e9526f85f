// The text of a document as one stream of folded characters, each with the place it came from: line breaks and stray blanks are
// gone ("17,12 7 . 8 3万元" is "17,127.83万元"), cells and tables are walls that no sentence crosses.
// Does not know: forms, sentences.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "reports/read/document/document.hpp"

namespace heng {

class TextStream {
 public:
   // A wall between cells; no character of any text.
   static constexpr char32_t wall = 1;

   struct Line {
      std::uint32_t begin = 0, end = 0;  // characters of the stream
      std::size_t block = 0;
      bool of_table = false;
   };

   explicit TextStream(const Document& document);

   const std::u32string& text() const { return text_; }
   const std::vector<Line>& lines() const { return lines_; }  // of lines outside tables, and one for each cell
   std::size_t line_at(std::uint32_t position) const;         // index into lines()
   std::uint32_t block_begin(std::size_t block) const { return block < blocks_.size() ? blocks_[block] : size(); }
   std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

   // What stands in [begin, end): as written (with its blanks), and the same without blanks.
   std::string raw(std::uint32_t begin, std::uint32_t end) const;
   std::string plain(std::uint32_t begin, std::uint32_t end) const;
   DocumentPlace place(std::uint32_t position) const;
   bool behind_wide_blank(std::uint32_t position) const;  // within a line
   Certainty certainty(std::uint32_t begin, std::uint32_t end) const;

 private:
   void add(const std::string& text, std::size_t block, std::size_t cell, bool of_table);
   const std::string& source_of(std::size_t line) const;

   struct Source {
      std::uint32_t line, byte;  // of `lines_`; bytes into its text
   };
   const Document& document_;
   std::u32string text_;
   std::vector<Source> sources_;  // of each character
   std::vector<Line> lines_;
   std::vector<std::size_t> cells_;     // of each line: which cell of its table
   std::vector<std::uint32_t> blocks_;  // where each block begins
};

std::u32string folded(std::string_view utf8);  // as the stream holds it

}  // namespace heng

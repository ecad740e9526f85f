// What every format is turned into before anything is understood: lines of text and tables of cells, in reading order, each with
// the place it stood at. A reader of a format says what is printed where, and nothing of what it means: no forms, no labels, no
// numbers. What cannot be known from the format (a blank cell of a flat text) is not made up.
// Does not know: schema, rules, files.
#pragma once
#include <boost/variant2/variant.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "grammar/codes.hpp"
#include "grammar/diagnostic.hpp"

namespace heng {

// Points (1/72 inch) from the upper left corner of the page.
struct Box {
   float left = 0, top = 0, right = 0, bottom = 0;
   bool empty() const { return right <= left || bottom <= top; }
};

// Where something stands, as far as the format knows: a page and box (PDF), a line and column (text), a sheet and cell (XLSX).
struct DocumentPlace {
   std::uint32_t page = 0;    // from 1; 0: the format has no pages
   std::uint32_t line = 0;    // of a text, from 1; of a PDF: counted on its page
   std::uint32_t column = 0;  // code points, from 1
   std::string cell;          // "收入支出决算总表!C7"
   Box box;
};

// How far the characters themselves may be trusted.
enum class Certainty : std::uint8_t {
   printed,     // they are in the file
   recognised,  // from a picture (OCR)
   corrected    // a person said so (a corrections file)
};

// A cell that holds no text has a reason where the format knows one.
enum class CellNote : std::uint8_t {
   none,
   not_calculated,  // a formula without a stored result
   unreadable,      // #VALUE!, ###, characters without Unicode
   hidden           // in a hidden row, column or sheet
};

// One line of text outside any table. `breaks_before`: a blank line or a clear gap stands before it (a new block).
struct DocumentLine {
   std::string text;
   DocumentPlace place;
   bool block_begins = false;
   Certainty certainty = Certainty::printed;
};

// A cell spans rows [row, row + rows) and columns [column, column + columns) of its table. Text lines within it are kept apart by
// '\n': whether a line break is a blank or nothing is for the one who knows what stands there.
struct DocumentCell {
   std::uint32_t row = 0, column = 0, rows = 1, columns = 1;
   std::string text;
   DocumentPlace place;
   CellNote note = CellNote::none;
   Certainty certainty = Certainty::printed;
   // A number cell of a workbook: its stored value, rounded to 15 significant digits, in plain decimal notation ("51383.49"),
   // beside what its format shows in `text`. Empty: the text is all there is.
   std::string stored;
};

// Cells in order of row, then column; every position is covered by at most one. A position that no cell covers is unknown only in
// a table whose `borders_known` is false; else it is blank.
struct DocumentTable {
   std::uint32_t rows = 0, columns = 0;
   std::vector<DocumentCell> cells;
   DocumentPlace place;
   bool borders_known = true;  // false: made from positions of words only (aligned text, a PDF without ruling lines)
   std::string name;           // of the sheet, where there is one
};

using DocumentBlock = boost::variant2::variant<DocumentLine, DocumentTable>;

enum class DocumentFormat : std::uint8_t {
   json,
   ndjson,
   text,
   csv,
   html,
   xlsx,
   docx,
   pdf,
   office /* xls doc wps et */,
   picture,
   unknown
};

struct DocumentProblem {
   Code code = Code::report_unreadable;
   Said message;
   DocumentPlace place;
   bool refuses = false;  // nothing could be read
};

struct Document {
   DocumentFormat format = DocumentFormat::unknown;
   std::vector<DocumentBlock> blocks;
   std::uint32_t pages = 0;
   std::vector<DocumentProblem> problems;
   // Reading order is all that is known of tables: cells are words of lines, blank cells are lost (a flat text dump).
   bool flat = false;
};

}  // namespace heng

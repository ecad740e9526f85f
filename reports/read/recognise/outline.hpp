// Which part of a document speaks of what: under the title of a form stand its tables, each title of a record begins another
// record, and behind a heading stands the text that phrases look for. Titles and headings are data of the schema; a table of
// contents, which repeats them all, has nothing under its lines and falls away. A table under a title that nobody knows ends the
// form before it, and is told: it must never be read as a part of that form. Does not know: how tables and sentences are read.
#pragma once
#include <string>
#include <vector>

#include "interpreter/schema.hpp"
#include "reports/read/recognise/reading.hpp"
#include "reports/read/recognise/stream.hpp"
#include "reports/read/recognise/titles.hpp"

namespace heng {

// What stands under one title, in blocks; `stream_begin` and `stream_end` say the same in characters.
struct TitledRegion {
   Region region;
   std::string title;  // as printed
   DocumentPlace place;
   std::uint32_t stream_begin = 0, stream_end = 0;
   std::uint32_t title_end = 0;  // of the stream; the title may have begun on lines before
};

struct TextRegion {
   std::uint32_t begin = 0, end = 0;  // of the stream
   DocumentPlace heading;
   std::uint32_t title_end = 0;  // before it stands the title of a record
};

// A table under a title that is no name of the schema.
struct UnknownTable {
   std::string title;
   DocumentPlace place;
};

struct Outline {
   std::vector<std::vector<TitledRegion>> forms;    // by index in Schema::forms; several where a form runs over pages
   std::vector<std::vector<TitledRegion>> records;  // by FrameId; for lists of the report: one for each title found
   std::vector<std::vector<TextRegion>> phrases;    // by index in Schema::phrases; every place where its heading stands
   std::vector<UnknownTable> unknown;               // of no form and of no record
};

// `document` must be split at titles (split_at_titles).
Outline outline_of(const Schema& schema, const Document& document, const TextStream& stream);

// A title may stand in the first rows of a table (a sheet of a workbook): they become lines before it.
Document split_at_titles(const Schema& schema, Document document);

// Two names of the same thing on paper: folded alike, or alike without what stands in brackets behind.
bool same_label(std::string_view printed, std::string_view name);

}  // namespace heng

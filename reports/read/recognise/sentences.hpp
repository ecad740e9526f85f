// Sentences of phrases found in a stream of text: words stand as the rules write them (folded: blanks, line breaks and widths do
// not matter), gaps take what their type allows. A sentence that is not there is said to be absent; nothing is guessed.
// Does not know: where the text came from, tables.
#pragma once
#include "reports/read/recognise/listed_names.hpp"
#include "reports/read/recognise/outline.hpp"
#include "reports/read/recognise/reading.hpp"
#include "reports/read/recognise/stream.hpp"

namespace heng {

// Of the regions where its heading stands the one that holds most of its sentences counts (a table of contents holds none).
void read_phrases(const Schema& schema, const PhrasesSchema& phrases, const TextStream& stream,
                  const std::vector<TextRegion>& regions, const KnownNames& known, ReportData& into, ReadingAccount& account);

// Sentences that fill fields of one record, or of the report itself, from the text that is its own. `into` is the record's
// object.
void read_sentences_of(const Schema& schema, const PhrasesSchema& phrases, const TextStream& stream, const TextRegion& region,
                       const KnownNames& known, ReportData& into, ReadingAccount& account, const std::string& name);

// "一级分值.成本指标" within an object: the object of 一级分值, made where it is not there yet.
ReportData& object_at(ReportData& root, std::string_view path);

}  // namespace heng

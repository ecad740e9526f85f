// The formatter: one canonical layout, in either keyword language. Printing what was printed changes nothing.
//
// Comments stay: one that has a line for itself stands before what follows it, one behind something stays behind it. Names,
// labels and texts are kept as written; words with two spellings (合计行 / total) follow the keyword language unless the file
// declares a name of that spelling. A tree with mistakes lacks what could not be read: do not print it over its file.
// Does not know: what the rules mean, the functions of the library (their names may be handed in).
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grammar/source.hpp"
#include "grammar/tree.hpp"

namespace heng {

// Names that have an English and a Chinese spelling, such as those of functions: {"sum", "求和"}.
using NamePairs = std::vector<std::pair<std::string, std::string>>;

// chinese: nullopt keeps the language of the file's header.
std::string print(const Sources& sources, const tree::File& file, std::optional<bool> chinese = std::nullopt,
                  const NamePairs& functions = {});

// In one line. Brackets are added where the tree needs them and has none.
std::string print(const tree::Expr& expr, bool chinese, const NamePairs& functions = {});

std::string print(const tree::Interval& interval, bool chinese);
std::string print(const tree::Type& type, bool chinese);
std::string print(const tree::Each& each, bool chinese);  // 逐个 项目.指标
std::string print(const tree::Items& items, bool chinese, const NamePairs& functions = {});
std::string print(const tree::Module& header, bool chinese);                                   // without its declarations
std::string print(const tree::Change& change, bool chinese, const NamePairs& functions = {});  // in one line

// Line by line as the formatter would, without comments; each line with what it was printed from. Parts that came from several
// files stay in the order of their lists.
struct PrintedLine {
   std::string text;  // without indentation
   std::size_t depth = 0;
   Span span;  // of the declaration, part or item that begins here
};
std::vector<PrintedLine> print_lines(const tree::Declaration& declaration, bool chinese, const NamePairs& functions = {});

// 当 不满足 材料合规，扣满分的1/3     到位率 每低于100%满1个百分点
std::string print(const tree::Loss& loss, bool chinese, const NamePairs& functions = {});
std::string print(const tree::Step& step, bool chinese, const NamePairs& functions = {});

}  // namespace heng

// The fixed words of the writers in both languages, and amounts as text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/results.hpp"
#include "reports/write/writer.hpp"

namespace heng {

std::string_view word_of(Verdict verdict, bool chinese);                    // 不通过 / fails
std::string_view outcome_word(const VerdictResult& verdict, bool chinese);  // the same, or 已说明 / explained
std::string_view word_of(tree::Severity severity, bool chinese);            // 错误 / error
std::string_view word_of(tree::MinistryKind kind, bool chinese);            // 基本平衡; empty for none
std::string_view word_of(Basis basis, bool chinese);                        // 计算 / computed
std::string_view id_of(Verdict verdict);                                    // "cannot_tell": the spelling in JSON
std::string_view outcome_id(const VerdictResult& verdict);
std::string_view explained_word(bool chinese);
std::string_view id_of(tree::Severity severity);
std::string_view id_of(Basis basis);
std::string_view id_of(Missing missing);  // "not_read"

// A value as text without its unit, and the unit apart: {"17127.83", "万元"}. Exact: what has no end in decimals is "1/3".
struct Amount {
   std::string text, unit;
};
Amount amount_of(const Value& value, const Type& type);
// A figure's type with the unit that it was printed with, where that comes with the data.
Type type_of(const Program& program, const SourceFigure& figure);
std::string plain_number(const Value& points);  // "9.5"; missing: "—"

// Titles and places as people read them.
std::string title_of(const Rule& rule, const Case* one);  // 总表与各表 / 本年收入
const Case* case_of(const Program& program, const VerdictResult& verdict);
const std::vector<std::string>& refs_of(const Rule& rule, const Case* one);
std::string cite_of(const Rule& rule, const Case* one);
std::string place_text(const FigurePlace& place, bool chinese);  // 第12页 第40行 C7
std::string spot_text(const FigurePlace& place, bool chinese);   // within its file
std::vector<std::string_view> mark_ids(std::uint8_t marks);      // "taken_as_0", …
std::string mark_text(std::uint8_t marks, bool chinese);         // 空白按0
std::string set_title(const RuleSet& set);                       // 部门决算 2024 青岛市
std::string short_hash(const RuleSet& set);                      // its first eight letters

// Cells of a table, padded by display width.
std::string pad(std::string_view text, std::size_t width, bool right = false);
std::string join(const std::vector<std::string>& parts, std::string_view between);

}  // namespace heng

// The one table of keywords: each word in English and in Chinese, the other spellings that are read, and what it is for.
//
// Parser, formatter, highlighter and manual read this table; no keyword is spelled anywhere else. Keywords are contextual:
// a word is one only where the grammar wants it, so 编号 or 依据 may also be the name of a column.
// Does not know: functions (stdlib has both names of each), units' meaning.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace heng {

enum class Word : std::uint8_t {
   // what a declaration begins with
   ruleset,
   forms,
   report,
   form,
   phrases,
   record,
   choice,
   unit,
   parameter,
   function,
   check,
   require,
   let,
   score,
   bands,
   tier,
   test,
   formulas,
   layout,
   printed_as,
   places,
   // what an overlay does
   replace,
   amend,
   remove,
   add,
   // clauses
   use,
   extends,
   for_place,
   cite,
   ref,
   severity,
   message,
   each,
   grouped_by,
   each_column,
   where,
   out_of,
   of,
   round,
   round_scores_to,
   rollup,
   after,
   after_end,  // 在"…"之后: the second half
   times,
   stated,
   // inside scores
   lose,
   lose_of_full_marks,
   get_of_full_marks,
   zero,
   items,
   items_equally,
   degrees,
   for_each,
   full,
   started,
   counts_as,
   pro_rata,
   counted,
   by_which,
   is_below,
   is_above,
   // inside forms, records and types
   in,
   to,
   blank_counts_as_0,
   lines,
   columns,
   rows,
   grid,
   by,
   keyed_by,
   levels,
   total,
   fields,
   optional,
   list_of,
   may_be_blank,
   // types
   text,
   year,
   place,
   money,
   percent,
   percentage_points,
   points,
   count,
   quantity,
   target,
   code,
   date,
   yes_no,
   number,
   names,
   // expressions
   if_,
   then,
   else_,
   when,
   and_,
   or_,
   not_,
   exactly_when,
   exactly,
   about,
   is,
   is_not,
   under,
   not_under,
   within,
   otherwise,
   zero_divisor_as,
   present,
   missing,
   full_marks,
   judged,
   judged_in,
   // intervals in words
   or_above,
   or_below,
   below,
   above,
   to_below,
   // severities and the ministry's kinds of them
   error,
   verify,
   notice,
   balance,
   logic,
   verification,
   // tests
   given,
   expect,
   holds,
   fails,
   cannot_tell,
   does_not_apply,
   // names that stand for something everywhere
   total_row,
   children,
   parent,
   level,
   orphan,
   this_column,
   this_part,
   column_label,
   line_number,
   line_label,
   line_code,
   previous,
   rate,
   none  // no keyword; the number of words
};

constexpr std::size_t word_count = static_cast<std::size_t>(Word::none);

enum class WordRole : std::uint8_t {
   declaration,  // begins a declaration: resynchronises at the start of a line
   change,       // begins what an overlay does to a declaration
   clause,       // says something about a declaration
   block,        // inside forms, records, tests
   type,
   expression,  // reserved where an operand may stand
   operation,   // stands where an operator may stand
   value,       // a severity, a verdict
   name,        // a name with two spellings
};

// Where a keyword may be glued to what follows (a closed list): 不满90, 未填按0.
enum class Glue : std::uint8_t { none, digits };

struct Keyword {
   Word word;
   std::string_view english, chinese;
   std::vector<std::string_view> synonyms;
   WordRole role;
   Glue glue = Glue::none;
   std::string_view spelled(bool in_chinese) const { return in_chinese ? chinese : english; }
};

const std::vector<Keyword>& keywords();  // in the order of Word
const Keyword& keyword(Word word);
std::string_view spelled(Word word, bool chinese);
std::vector<Word> words_spelled(std::string_view text);       // exactly this, in either language
bool is_reserved(std::string_view word);                      // no name where an operand stands
std::optional<Word> declaration_word(std::string_view word);  // of role declaration or change

// A name that hides a keyword, written without blanks: c并且d → c, 并且, d. For "write a blank before 并且".
struct GluedKeyword {
   std::string_view before, keyword, after;
};
std::vector<GluedKeyword> glued_keywords(std::string_view name);

// The unit words of the language: what may follow an unspaced `/` in 元/人·天. The meaning of units stands in stdlib;
// a test holds both lists equal.
std::vector<std::string> unit_words();
bool is_unit_word(std::string_view word, const std::vector<std::string>& declared);

// What looks most like `word`, if it is close enough to be meant.
std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace heng

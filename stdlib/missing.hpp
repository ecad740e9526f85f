// D7: missing is a value, of a kind. Never silently 0.
#pragma once
#include <cstdint>
#include <string_view>

namespace heng {

struct Bilingual {
   std::string_view zh, en;
};

enum class Missing : std::uint8_t {
   none_missing = 0,  // there is a value
   // in the data
   blank,           // 空白
   dash,            // -
   slash,           // /
   none,            // 无
   unreadable,      // ###
   wrong_unit,      // a figure in a unit that its field cannot have
   not_calculated,  // formula without value
   not_read,        // declared, and not in the data
   no_such_row,     // a look-up found no row
   no_such_report,  // last year's report is not there
   // made while weighing
   zero_divisor,       // divided by zero
   near_zero_divisor,  // in ≈: a divisor within its own half-width of 0
   empty_list,         // a sum over a list without rows
   unit_differs,       // this row's unit does not fit
   not_a_number,       // text or a date where a number is wanted (qualitative target)
   bound_undecided,    // an actual that is itself a bound (≥90%) does not settle it
   grew_too_large,     // more than 4,096 bits
   in_no_band,         // a value that no band holds
   not_possible,       // a judged score outside its tiers or full marks
   condition,          // the condition could not be told
   no_arm,             // no `when` arm applies and there is no else
};

Bilingual words_for(Missing kind);  // 空白 / blank
bool is_blank_like(Missing kind);   // blank dash slash none: "missing" that a person left so
}  // namespace heng

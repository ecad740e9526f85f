// Every message code, once. Numbers never change their meaning; a retired number is not used again.
// Titles, explanations and examples stand in codes.cpp (code_table), one row per code.
#pragma once
#include "grammar/diagnostic.hpp"

namespace heng {

enum class Code : int {
   // 1xx how it is written
   unexpected = 101,       // something else was expected here
   not_closed = 102,       // bracket, brace, quote or 「 that is not closed
   bad_number = 103,       // digits that are no number ("1,234", "5 %", "650 元": blank before a unit)
   missing_else = 104,     // if without else inside an expression
   mixed_and_or = 105,     // and mixed with or without brackets
   missing_blank = 106,    // a keyword glued to a name
   bad_clause = 107,       // a clause this declaration does not take, or twice
   bad_encoding = 108,     // not UTF-8, or a control character
   too_large = 109,        // text, nesting or list beyond the limits
   bad_header = 110,       // where a rule set or forms header may stand
   mixed_direction = 111,  // a < b > c
   looks_like_call = 112,  // 项目（一）: a name that wants 「」
   // 113 is retired: a part of the language that was not read yet
   mode_not_said = 114,       // `each 1% below costs 5%`: full, started or pro rata?
   unreadable_formula = 115,  // a formula in the ministry's notation that cannot be read
   not_an_overlay = 116,      // a change where nothing is extended, or an overlay that declares without saying what it does
   // 2xx names
   unknown_name = 201,
   ambiguous_name = 202,  // found in two enclosing scopes
   two_writers = 203,     // declared twice
   unknown_function = 204,
   unknown_unit = 205,
   unknown_form = 206,   // `use` of forms that are not there, `each` of no list
   unknown_field = 207,  // member of a form or record that is not declared
   unknown_row = 208,    // constant index that is no declared line, column or total
   cycle = 209,          // a definition that needs itself
   unknown_tier = 210,
   unknown_choice = 211,
   nothing_to_change = 212,  // an overlay changes what is not there
   changed_twice = 213,      // two overlays of one thing for the same year and place
   unknown_base = 214,       // `extends` what is not there, or what cannot lie below
   ambiguous_place = 215,    // a place that lies in two others
   // 3xx types and units
   units_differ = 301,     // cannot be compared, added
   wrong_type = 302,       // an operator or function met a type it does not take
   wrong_arguments = 303,  // number of arguments
   not_a_condition = 304,
   not_a_value = 305,    // a condition, list or form where a value is wanted
   frames_differ = 306,  // fields of two lists that are not nested
   approx_exact = 307,   // ≈ between two exact sides: write =
   round_in_approx = 308,
   levelled_sum = 309,          // sum over all rows of a form with levels
   list_needs_aggregate = 310,  // a list's field used where one value is wanted
   percent_or_points = 311,     // percent and percentage point mixed
   // 4xx what rules say
   band_gap = 401,
   band_overlap = 402,
   parameter_gap = 403,         // years of a parameter overlap or leave a gap
   parameter_undefined = 404,   // not defined for this year
   no_rule_set = 405,           // no rule set for this year and place
   score_without_marks = 406,   // full marks outside a score, a score without `out of`
   out_of_range_literal = 407,  // limits exceeded by a literal
   test_failed = 408,
   set_by_hand = 409,  // --set of a parameter that no rule set has, or of a value that does not fit it
   not_read_in_test = 410,
   bad_interval = 411,    // [90, 80)
   weights_differ = 412,  // nested weights do not add up
   unused = 413,
   never_reached = 414,        // an arm, a band or a loss that is never taken
   settled = 415,              // a rule that can never fail or never hold, a condition that is never or always true
   arms_overlap = 416,         // two arms are true together: the upper one is taken
   zero_divisor = 417,         // a division in a score by what may be 0
   growing_sum = 418,          // a sum over a list of quotients that are not rounded
   names_look_alike = 419,     // two names that a reader cannot tell apart
   base_changed = 420,         // what an overlay changes is no longer what it was
   place_left_out = 421,       // a place with rules of its own in one year and none in the next
   ratio_beside_number = 422,  // 执行数 / 预算数 <= 100: 100 is 10000%
   // 5xx reports
   report_unreadable = 501,  // file cannot be opened, is cut short, is no JSON
   report_encoding = 502,
   report_shape = 503,  // object where a list is wanted, …
   report_unknown_field = 504,
   report_missing_field = 505,  // year, place, unit name: what chooses the rule set
   report_bad_number = 506,
   report_wrong_unit = 507,
   report_doubled_key = 508,  // same code twice in a table, same JSON key twice
   report_bad_value = 509,    // choice, date, code or target that is none
   report_too_large = 510,
   bad_explanation = 511,     // a line of a file of explanations that cannot be used
   explanation_lapsed = 512,  // its finding is no longer what was explained
   // 6xx running
   usage = 601,
   file_not_found = 602,
   internal = 603,
   not_as_frozen = 604,  // --locked, and the texts are not those of the lock file, or there is none
};

}  // namespace heng

// One value, for people and for slow paths: results, explanations, tests, library functions. Columns never hold these.
#pragma once
#include <boost/variant2/variant.hpp>
#include <string>

#include "stdlib/type.hpp"

namespace heng {

// variant order is fixed: missing, yes/no, number (base unit), text (also codes, choices, dates as written)
using Value = boost::variant2::variant<Missing, bool, Rational, std::string>;

// The unit that a figure of this type is shown in, and what one of it is in the base unit.
struct ShownUnit {
   std::string text;
   Rational scale = 1;
};
// Looked up again and again while results are printed, so units are read once. Valid until the thread asks for the next one.
const ShownUnit& shown_unit(const Type& type);

// "17,127.83万元"? no: "17127.83万元", "8.49%", "是", "反向"; missing as 〔空白〕/[blank]. decimals >= 0: so many.
std::string show(const Value& value, const Type& type, bool chinese, int decimals = -1);

}  // namespace heng

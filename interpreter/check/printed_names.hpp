// `printed` (又名): what else forms, lines, columns, rows and fields are called on paper, put where readers look it up.
// Does not know: documents, rules.
#pragma once
#include "grammar/tree.hpp"
#include "interpreter/complaints.hpp"
#include "interpreter/schema.hpp"

namespace heng {

// Each path must name something that the forms declare; where it does not, that is said.
void add_printed_names(Schema& schema, const tree::PrintedAs& written, Complaints& complaints);

}  // namespace heng

// A table as any file may claim it becomes one that keeps what document.hpp promises: no position under two cells, none outside,
// and not more positions than a reader can look at.
// Does not know: formats.
#pragma once
#include "reports/read/document/document.hpp"

namespace heng {

// Sorts the cells, cuts spans back to where other cells begin, and counts rows and columns. A cell that begins under another one
// is left out: it is what the other covers. false: too large (said, as a problem that refuses nothing); the table is not to be
// used.
bool make_sound(DocumentTable& table, Document& document);

}  // namespace heng

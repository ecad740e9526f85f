// What commands that answer from a store begin with. Does not know: what they answer.
#pragma once
#include "reports/store/read_store.hpp"
#include "tools/cli/commands.hpp"

namespace heng {

using StoreAnswer = Exit (*)(Console&, StoreReader&, const StoreOptions&);

// Opens the store and answers. What is wrong with a store is said by main(), as for every command.
Exit from_store(Console& console, const StoreOptions& options, StoreAnswer answer);
// The same, for what is printed as a table or as JSON.
Exit printed_from_store(Console& console, const StoreOptions& options, StoreAnswer answer);

}  // namespace heng

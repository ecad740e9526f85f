#include "tools/cli/from_store.hpp"

#include "tools/cli/open.hpp"

namespace heng {

Exit from_store(Console& console, const StoreOptions& options, StoreAnswer answer) {
   StoreReader store(options.store);
   return answer(console, store, options);
}

Exit printed_from_store(Console& console, const StoreOptions& options, StoreAnswer answer) {
   if (options.format != "table" && options.format != "json") return no_such_format(console, options.format, {"table", "json"});
   if (!console.write_to(options.output)) return cannot_write(console, options.output);
   const Exit end = from_store(console, options, answer);
   return is_written(console) ? end : Exit::own_fault;
}

}  // namespace heng

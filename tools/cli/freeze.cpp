// heng freeze: writes the lock file beside the rules.
#include <fstream>

#include "grammar/codes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/cli/version.hpp"

namespace heng {

Exit freeze_command(Console& console, const FreezeOptions& options) {
   Opened opened;
   if (const Exit failed = open_rules(console, options.rules, {}, opened); failed != Exit::fine) return failed;
   Workspace& rules = opened.workspace;
   if (rules.opened_from_lock()) {
      console.error(Code::usage, say("{} 已经是锁定文件", "{} is a lock file already", options.rules));
      return Exit::usage;
   }
   for (const auto& [year, place] : rules.years_and_places())
      if (const Exit failed = usable(console, opened, rules.compile(year, place)); failed != Exit::fine) return failed;
   Lock lock = rules.freeze();
   lock.version = HENG_VERSION;
   std::ofstream file(rules.lock_path(), std::ios::binary);
   file << write_lock(lock);
   if (!file.flush()) return cannot_write(console, rules.lock_path());
   console.out() << console.say(say("已锁定 {} 个文件、{} 处改动，写在 {}", "{} files and {} changes are frozen in {}",
                                    lock.texts.size(), lock.kept.size(), rules.lock_path()))
                 << '\n';
   return Exit::fine;
}

}  // namespace heng

#include "grammar/codes.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/open.hpp"
#include "tools/workspace/merge_results.hpp"

namespace heng {

namespace {

Said totals_of(const MergedResults& merged, std::size_t parts) {
   const Summary& s = merged.summary();
   Said text = say("{} 个部分，{} 份报告，其中 {} 份未能判定；通过 {}，不通过 {}，无法判断 {}，不适用 {}",
                   "{} parts, {} reports, {} of them not weighed; holds {}, fails {}, cannot tell {}, does not apply {}", parts,
                   merged.reports(), merged.refused(), s.holds, s.fails, s.cannot_tell, s.does_not_apply);
   if (s.explained == 0) return text;
   text.zh += fmt::format("，已说明 {}", s.explained);
   text.en += fmt::format(", explained {}", s.explained);
   return text;
}

}  // namespace

Exit merge_command(Console& console, const MergeOptions& options) {
   MergedResults merged;
   for (const std::string& part : options.parts)
      if (const std::optional<Said> wrong = merged.add(part)) {
         console.error(Code::usage, *wrong);
         return Exit::unreadable;
      }
   if (const std::optional<Said> wrong = merged.put_together()) {
      console.error(Code::usage, *wrong);
      return Exit::unreadable;
   }
   if (!console.write_to(options.output)) return cannot_write(console, options.output);
   WriterSettings settings;
   settings.chinese = console.chinese;
   merged.write(*make_writer(merged.format(), console.out(), settings));
   if (!is_written(console)) return Exit::own_fault;
   console.message(totals_of(merged, options.parts.size()));
   if (merged.doubled() > 0)
      console.message(
          say("有 {} 份报告在几个部分里都有，只留一份", "{} reports stood in several parts and are kept once", merged.doubled()));
   return Exit::fine;
}

}  // namespace heng

// Any bytes as a rule file: nothing crashes, places lie within the text, and what is read without a mistake can be printed in
// both keyword languages and read back.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "grammar/parse.hpp"
#include "grammar/print.hpp"

namespace {

void insist(bool holds, const char* what, const std::string& text) {
   if (holds) return;
   std::fprintf(stderr, "%s\n----\n%s\n----\n", what, text.c_str());
   std::abort();
}

std::string print_again(const std::string& text, bool chinese) {
   heng::Sources sources;
   const std::uint32_t file = sources.add("fuzz.heng", text);
   const auto outcome = heng::parse(sources, file);
   insist(outcome.diagnostics.empty(), "what was printed cannot be read", text);
   return heng::print(sources, outcome.value, chinese);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
   heng::Sources sources;
   const std::uint32_t file = sources.add("fuzz.heng", std::string(reinterpret_cast<const char*>(data), size));
   const auto outcome = heng::parse(sources, file);
   for (const heng::Diagnostic& each : outcome.diagnostics) {
      insist(each.span.begin <= each.span.end && each.span.end <= size, "a place outside the text", sources[file].text);
      insist(!each.message.zh.empty() && !each.message.en.empty(), "a message in one language", sources[file].text);
   }
   const std::string printed = heng::print(sources, outcome.value, true);
   if (!outcome.diagnostics.empty()) return 0;
   insist(print_again(printed, true) == printed, "printing changes what was printed", printed);
   const std::string english = print_again(printed, false);
   insist(print_again(english, false) == english, "printing changes what was printed in English", english);
   return 0;
}

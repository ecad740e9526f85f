#include "tests/agree/compile.hpp"

#include <set>

#include "grammar/parse.hpp"

namespace heng::agree {

namespace {

template <typename T>
T take(Outcome<T> outcome, Compiled& compiled) {
   compiled.ok = compiled.ok && outcome.ok();
   for (Diagnostic& diagnostic : outcome.diagnostics) compiled.diagnostics.push_back(std::move(diagnostic));
   return std::move(outcome.value);
}

// The rule that this byte of the rule set's text belongs to.
std::optional<std::size_t> rule_at(const ProgramText& text, std::uint32_t offset) {
   std::size_t begin = text.header.size() + 1;
   for (std::size_t i = 0; i < text.rules.size(); ++i) {
      const std::size_t end = begin + text.rules[i].size() + 1;
      if (offset >= begin && offset < end) return i;
      begin = end;
   }
   return std::nullopt;
}

}  // namespace

std::unique_ptr<Compiled> compile(const ProgramText& text) {
   auto compiled = std::make_unique<Compiled>();
   compiled->ok = true;
   std::vector<const tree::File*> files;
   for (const auto& [path, content] :
        {std::pair<std::string, std::string>{"样式.heng", text.forms}, {"示例.heng", text.text()}}) {
      const std::uint32_t file = compiled->sources.add(path, content);
      compiled->files.push_back(std::make_unique<tree::File>(take(parse(compiled->sources, file), *compiled)));
      files.push_back(compiled->files.back().get());
   }
   const Selection selection = take(select(files, 2024, "示例市"), *compiled);
   compiled->program = take(check(compiled->sources, selection, 2024, "示例市"), *compiled);
   return compiled;
}

std::vector<std::string> drop_refused(ProgramText& text) {
   std::vector<std::string> said;
   for (;;) {
      const auto compiled = compile(text);
      if (compiled->ok) return said;
      std::set<std::size_t> refused;
      for (const Diagnostic& diagnostic : compiled->diagnostics) {
         if (diagnostic.gravity != Gravity::error) continue;
         const auto rule = diagnostic.span.file == 1 ? rule_at(text, diagnostic.span.begin) : std::nullopt;
         said.push_back(code_name(diagnostic.code) + " " + diagnostic.message.en + "\n    " +
                        (rule ? text.rules[*rule] : compiled->sources.where(diagnostic.span)));
         if (rule) refused.insert(*rule);
      }
      if (refused.empty()) {
         text.rules.clear();
         return said;
      }
      for (auto rule = refused.rbegin(); rule != refused.rend(); ++rule)
         text.rules.erase(text.rules.begin() + static_cast<std::ptrdiff_t>(*rule));
   }
}

}  // namespace heng::agree

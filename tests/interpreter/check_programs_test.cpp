// The programs of tests/programs as the checker sees them: the good ones have no mistake, the bad ones exactly those on their
// lines. A program without a header stands for the rule set 示例 2024, which uses tests/programs/forms.heng.
#include <gtest/gtest.h>

#include "grammar/codes.hpp"
#include "grammar/parse.hpp"
#include "interpreter/check/analysis.hpp"
#include "interpreter/check/check.hpp"
#include "tests/programs/runner.hpp"

namespace heng {
namespace {

std::string text_of_file(const std::string& path) {
   std::ifstream file(path, std::ios::binary);
   std::stringstream text;
   text << file.rdbuf();
   return text.str();
}

void give_header(tree::File& file, const tree::File& forms) {
   tree::Module& module = file.modules.front();
   if (module.kind != tree::Module::Kind::loose || file.modules.size() > 1) return;
   module.kind = tree::Module::Kind::ruleset;
   module.name.text = "示例";
   module.year = 2024;
   module.uses.push_back({{}, forms.modules.front().name, 2024});
}

Diagnostics compile(const Sources& sources, std::uint32_t file) {
   Sources all = sources;
   const bool has_forms = all[file].text.find("报表集 ") != std::string::npos;
   const std::uint32_t shared = all.add("tests/programs/forms.heng", has_forms ? "" : text_of_file("tests/programs/forms.heng"));
   const Outcome<tree::File> forms = parse(all, shared);
   Outcome<tree::File> program = parse(all, file);
   Diagnostics said = program.diagnostics;
   said.insert(said.end(), forms.diagnostics.begin(), forms.diagnostics.end());
   give_header(program.value, forms.value);
   const Outcome<Selection> selected = select({&program.value, &forms.value}, 2024, "");
   said.insert(said.end(), selected.diagnostics.begin(), selected.diagnostics.end());
   const Outcome<Program> checked = check(all, selected.value, 2024, "");
   said.insert(said.end(), checked.diagnostics.begin(), checked.diagnostics.end());
   const auto is_error = [](const Diagnostic& one) { return one.gravity == Gravity::error; };
   if (std::any_of(said.begin(), said.end(), is_error)) return said;
   const Diagnostics seen = analyse(checked.value, selected.value, all);
   said.insert(said.end(), seen.begin(), seen.end());
   return said;
}

// A text that holds its own forms.
Diagnostics compile_alone(const Sources& sources, std::uint32_t file) {
   const Outcome<tree::File> program = parse(sources, file);
   Diagnostics said = program.diagnostics;
   const Outcome<Selection> selected = select({&program.value}, 2024, "");
   said.insert(said.end(), selected.diagnostics.begin(), selected.diagnostics.end());
   const bool lacks_forms = std::any_of(selected.diagnostics.begin(), selected.diagnostics.end(),
                                        [](const Diagnostic& one) { return one.code == Code::unknown_form; });
   if (lacks_forms) return said;
   const Outcome<Program> checked = check(sources, selected.value, 2024, "");
   said.insert(said.end(), checked.diagnostics.begin(), checked.diagnostics.end());
   return said;
}

TEST(CheckPrograms, WhatIsWrongIsSaidWhereItStands) {
   int run = 0;
   for (const std::string& path : programs::files_in("tests/programs/bad")) {
      if (programs::expects_only(programs::read_programs(path), 101, 199)) continue;  // tests/grammar runs these
      if (programs::wants_rewrite()) programs::rewrite(path, compile);
      for (const programs::Program& program : programs::read_programs(path))
         for (const std::string& mismatch : programs::mismatches(program, compile)) ADD_FAILURE() << mismatch;
      ++run;
   }
   EXPECT_GT(run, 15);
}

TEST(CheckPrograms, GoodOnesHaveNoMistake) {
   int run = 0;
   for (const std::string& path : programs::files_in("tests/programs/good"))
      for (const programs::Program& program : programs::read_programs(path)) {
         for (const std::string& mismatch : programs::mismatches(program, compile)) ADD_FAILURE() << mismatch;
         ++run;
      }
   EXPECT_GT(run, 8);
}

TEST(CheckPrograms, EverythingIsSaidInBothLanguages) {
   for (const std::string& path : programs::files_in("tests/programs/bad"))
      for (const programs::Program& program : programs::read_programs(path)) {
         Sources sources;
         const std::uint32_t file = sources.add(program.path, program.text);
         for (const Diagnostic& one : compile(sources, file)) {
            EXPECT_FALSE(one.message.zh.empty() || one.message.en.empty()) << program.path << " " << code_name(one.code);
            EXPECT_FALSE(one.help && (one.help->zh.empty() || one.help->en.empty()))
                << program.path << " " << code_name(one.code);
            for (const Note& note : one.notes) EXPECT_FALSE(note.text.zh.empty() || note.text.en.empty()) << program.path;
         }
      }
}

// What is seen in rules that compile: the example shows its code and nothing else, the mended one shows nothing.
TEST(CheckPrograms, ExamplesOfWhatIsSeenShowIt) {
   for (const CodeRow& row : code_table()) {
      const bool seen = row.code >= Code::never_reached && row.code <= Code::names_look_alike;
      if (!seen && row.code != Code::ratio_beside_number) continue;
      Sources sources;
      const Diagnostics wrong = compile(sources, sources.add("wrong", std::string(row.wrong)));
      ASSERT_EQ(wrong.size(), 1u) << row.name;
      EXPECT_EQ(wrong.front().code, row.code) << row.name;
      EXPECT_NE(wrong.front().gravity, Gravity::error) << row.name;
      const Diagnostics right = compile(sources, sources.add("right", std::string(row.right)));
      for (const Diagnostic& one : right) ADD_FAILURE() << row.name << ": " << code_name(one.code) << ' ' << one.message.zh;
   }
}

// What `heng explain E301` shows is wrong in that way and in no other, and the mended one is right.
TEST(CheckPrograms, ExamplesOfTheCodesDoWhatTheySay) {
   for (const CodeRow& row : code_table()) {
      const int code = static_cast<int>(row.code);
      const bool by_running = row.code == Code::test_failed || row.code == Code::not_read_in_test;
      if (code < 200 || code >= static_cast<int>(Code::never_reached) || row.wrong.empty() || by_running ||
          row.code == Code::bad_interval)
         continue;
      for (const std::string_view text : {row.wrong, row.right}) {
         Sources sources;
         const std::uint32_t file = sources.add("example", std::string(text));
         std::string said;
         for (const Diagnostic& one : compile_alone(sources, file)) said += code_name(one.code);
         EXPECT_EQ(said, text == row.wrong ? code_name(row.code) : "") << row.name << '\n' << text;
      }
   }
}

}  // namespace
}  // namespace heng

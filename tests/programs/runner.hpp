// Runs programs that carry their expectation on the line, for the tests of every stage.
//
//    审核 上限 : a <= 650 元        #! E103 连起来写
//    ---
//
// `#! E103 part` says: a diagnostic E103 begins on this line, and its message or help holds `part` in one of the languages.
// Several may stand on a line, each with its own `#!`. `---` on a line of its own divides independent programs. What is not
// expected is a mismatch too. HENG_REWRITE=1 writes the expectations anew (codes and Chinese messages); review the diff like
// code. Does not know: how a program is compiled; the caller hands that in.
#pragma once
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "grammar/codes.hpp"
#include "grammar/diagnostic.hpp"
#include "grammar/source.hpp"

namespace heng::programs {

// What the stage under test says about one file of `sources`.
using Compile = std::function<Diagnostics(const Sources& sources, std::uint32_t file)>;

struct Expectation {
   std::uint32_t line;  // of the file
   std::string code, part;
};

struct Program {
   std::string path;
   std::uint32_t first_line = 1;  // of the file
   std::string text;              // without its expectations
   std::vector<Expectation> expectations;
};

inline std::string trimmed(std::string text) {
   text.erase(0, text.find_first_not_of(" \t"));
   text.erase(text.find_last_not_of(" \t\r") + 1);
   return text;
}

// Takes `#! E103 part #! …` off the line.
inline std::vector<Expectation> take_expectations(std::string& line, std::uint32_t number) {
   std::vector<Expectation> result;
   for (std::size_t at = line.rfind("#!"); at != std::string::npos; at = line.rfind("#!")) {
      const std::string said = trimmed(line.substr(at + 2));
      const std::size_t blank = std::min(said.find(' '), said.size());
      result.insert(result.begin(), {number, said.substr(0, blank), trimmed(said.substr(blank))});
      line.erase(line.find_last_not_of(" \t", at == 0 ? 0 : at - 1) + 1);
   }
   return result;
}

inline std::vector<Program> read_programs(const std::string& path) {
   std::ifstream file(path, std::ios::binary);
   std::vector<Program> result = {{path, 1, {}, {}}};
   std::uint32_t number = 0;
   for (std::string line; std::getline(file, line);) {
      ++number;
      if (trimmed(line) == "---") {
         result.push_back({path, number + 1, {}, {}});
         continue;
      }
      for (Expectation& each : take_expectations(line, number)) result.back().expectations.push_back(std::move(each));
      result.back().text += line + '\n';
   }
   return result;
}

inline std::vector<std::string> files_in(const std::string& folder) {
   std::vector<std::string> result;
   for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.path().extension() == ".heng") result.push_back(entry.path().string());
   std::sort(result.begin(), result.end());
   return result;
}

inline bool says(const Diagnostic& diagnostic, const std::string& part) {
   const auto holds = [&](const Said& said) {
      return said.zh.find(part) != std::string::npos || said.en.find(part) != std::string::npos;
   };
   return holds(diagnostic.message) || (diagnostic.help && holds(*diagnostic.help));
}

// What was expected and not said, and what was said and not expected; empty when all is well.
inline std::vector<std::string> mismatches(const Program& program, const Compile& compile) {
   Sources sources;
   const std::uint32_t file = sources.add(program.path, program.text);
   Diagnostics said = compile(sources, file);
   std::vector<std::string> result;
   const auto line_of = [&](const Diagnostic& each) {
      return sources.place_of(each.span.file, each.span.begin).line + program.first_line - 1;
   };
   for (const Expectation& each : program.expectations) {
      const auto found = std::find_if(said.begin(), said.end(), [&](const Diagnostic& diagnostic) {
         return line_of(diagnostic) == each.line && code_name(diagnostic.code) == each.code && says(diagnostic, each.part);
      });
      if (found == said.end())
         result.push_back(program.path + ':' + std::to_string(each.line) + ": expected " + each.code + ' ' + each.part);
      else
         said.erase(found);
   }
   for (const Diagnostic& each : said)
      result.push_back(program.path + ':' + std::to_string(line_of(each)) + ": unexpected " + code_name(each.code) + ' ' +
                       each.message.zh + " / " + each.message.en);
   return result;
}

// Writes the file anew with what is said now.
inline void rewrite(const std::string& path, const Compile& compile) {
   std::ostringstream out;
   bool first = true;
   for (const Program& program : read_programs(path)) {
      if (!first) out << "---\n";
      first = false;
      Sources sources;
      const std::uint32_t file = sources.add(path, program.text);
      const Diagnostics said = compile(sources, file);
      std::istringstream lines(program.text);
      std::uint32_t number = 0;
      for (std::string line; std::getline(lines, line);) {
         ++number;
         std::string expectations;
         for (const Diagnostic& each : said)
            if (sources.place_of(each.span.file, each.span.begin).line == number)
               expectations += "  #! " + code_name(each.code) + ' ' + each.message.zh;
         out << line << expectations << '\n';
      }
   }
   std::ofstream(path, std::ios::binary) << out.str();
}

inline bool wants_rewrite() { return std::getenv("HENG_REWRITE") != nullptr; }

// Are all codes that the programs of this file expect within these bounds? A stage runs only what it can say something about.
inline bool expects_only(const std::vector<Program>& programs, int lowest, int highest) {
   for (const Program& program : programs)
      for (const Expectation& each : program.expectations) {
         const int code = each.code.size() > 1 ? std::atoi(each.code.c_str() + 1) : 0;
         if (code < lowest || code > highest) return false;
      }
   return true;
}

}  // namespace heng::programs

// `heng doctor`: which programs of others are there, what they are for, and how to get those that are not.
#include "tools/cli/commands.hpp"
#include "tools/workspace/programs.hpp"

namespace heng {

namespace {

// What a program that is there still lacks; nothing where all is well.
std::optional<Said> lacks(const OptionalProgram& program, const std::string& path) {
   if (program.name != "tesseract") return std::nullopt;
   ProgramCall call;
   call.program = path;
   call.arguments = {"--list-langs"};
   call.seconds = 20;
   const ProgramEnd end = run_program(call);
   if (!end.well() || end.output.find("chi_sim") != std::string::npos || end.error.find("chi_sim") != std::string::npos)
      return std::nullopt;
   return say("没有中文数据 chi_sim：apt-get install tesseract-ocr-chi-sim",
              "it has no data for Chinese, chi_sim: apt-get install tesseract-ocr-chi-sim");
}

void print(Console& console, const OptionalProgram& program) {
   const std::optional<std::string> path = find_program(program);
   const std::optional<Said> lack = path ? lacks(program, *path) : std::nullopt;
   const std::string_view state = !path  ? console.say("没有", "missing")
                                  : lack ? console.say("不全", "incomplete")
                                         : console.say("有", "found");
   console.out() << program.name << "    " << state << (path ? "  " + *path : "") << '\n';
   console.out() << "    " << console.say("用途：", "for: ") << console.say(program.purpose) << '\n';
   if (lack) console.out() << "    " << console.say("缺：", "lacks: ") << console.say(*lack) << '\n';
   if (!path) console.out() << "    " << console.say("安装：", "install: ") << console.say(program.install) << '\n';
}

}  // namespace

Exit doctor_command(Console& console) {
   console.out() << console.say(
       "衡自己能读 JSON、NDJSON、文本、CSV、XLSX、DOCX、HTML。以下程序装上后能读的更多：\n",
       "Heng itself reads JSON, NDJSON, text, CSV, XLSX, DOCX and HTML. With these programs it reads more:\n");
   for (const OptionalProgram& program : optional_programs()) print(console, program);
   return Exit::fine;
}

}  // namespace heng

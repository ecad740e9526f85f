#include "interpreter/check/printed_names.hpp"

#include <algorithm>
#include <set>

#include "stdlib/text.hpp"

namespace heng {

namespace {

// Every path that can have another name, as readers ask for it.
std::set<std::string> paths_of(const Schema& schema) {
   std::set<std::string> paths;
   for (const FormSchema& form : schema.forms) {
      paths.insert(form.name);
      for (const FormBlock& block : form.blocks) {
         for (const std::string& line : block.lines)
            paths.insert(block.kind == BlockKind::grid ? form.name + "." + line : form.name + "[" + line + "]");
         for (const std::string& column : block.columns) paths.insert(form.name + "." + column);
         if (block.kind != BlockKind::rows) continue;
         const Frame& frame = schema.frames[block.frame];
         for (const Total& total : frame.totals) paths.insert(form.name + "." + total.label);
         for (const FieldId id : frame.fields) paths.insert(form.name + "." + schema.fields[id].name);
      }
   }
   for (const PhrasesSchema& phrases : schema.phrases)
      if (phrases.frame == report_frame && !phrases.of_report) paths.insert(phrases.name);
   for (const Frame& frame : schema.frames) {
      if (!frame.form.empty()) continue;
      if (frame.id != report_frame) paths.insert(frame.path);
      for (const FieldId id : frame.fields) {
         if (frame.id == report_frame && !schema.fields[id].form.empty()) continue;
         // 项目.当年财政拨款.年初预算数, and the records on the way: 项目.当年财政拨款
         const std::string& name = schema.fields[id].name;
         const std::string before = frame.id == report_frame ? "" : frame.path + ".";
         for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1))
            paths.insert(before + name.substr(0, dot));
         paths.insert(before + name);
      }
   }
   return paths;
}

std::string path_of(const tree::PrintedItem& item) {
   std::string path;
   for (const tree::Name& name : item.path) path += (path.empty() ? "" : ".") + name.text;
   return item.line.empty() ? path : path + "[" + item.line + "]";
}

}  // namespace

void add_printed_names(Schema& schema, const tree::PrintedAs& written, Complaints& complaints) {
   const std::set<std::string> known = paths_of(schema);
   std::set<std::string> folded;
   for (const std::string& path : known) folded.insert(fold(path));
   for (const tree::PrintedItem& item : written.items) {
      const std::string path = path_of(item);
      if (folded.count(fold(path)) == 0) {
         Diagnostic& error = complaints.error(
             Code::unknown_name, item.span,
             say("{} 不是报表里的表、行次、栏目或字段", "{} is no form, line, column or field of the forms", path));
         const auto near = suggestions(path, {known.begin(), known.end()});
         error.help = near.empty() ? say("行次写作 公开01[31]，栏目写作 公开01.金额，字段写作 项目.分值",
                                         "a line is written 公开01[31], a column 公开01.金额, a field 项目.分值")
                                   : say("是不是 {}？", "did you mean {}?", near.front());
         continue;
      }
      std::vector<PrintedName>& names = schema.printed_as[fold(path)];
      for (const tree::PrintedName& name : item.names) names.push_back({name.text, name.row});
      if (const auto phrases = std::find_if(schema.phrases.begin(), schema.phrases.end(),
                                            [&](const PhrasesSchema& one) { return fold(one.name) == fold(path); });
          phrases != schema.phrases.end())
         for (const tree::PrintedName& name : item.names) phrases->after.push_back(name.text);
   }
}

}  // namespace heng

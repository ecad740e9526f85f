// Reads report text by a forms file, both given as text: what tests of the reader share.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "grammar/parse.hpp"
#include "interpreter/check/check.hpp"
#include "reports/read/json.hpp"
#include "reports/read/place.hpp"

namespace heng::tests {

inline constexpr const char* example_forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place   封面 : 封面   项目 : list of 项目 }
record 封面 { 报表小类 : text   单位负责人 : text }
record 项目 { 项目名称 : text   年初预算数 : money in 万元 to 2   指标 : list of 指标 }
record 指标 { 三级指标 : text   年度指标值 : target   实际完成值 : quantity or text   分值 : points   完成 : yes/no   方向 : 增加|减少 }
form 总表 "收入支出总表" in 万元 to 2 blank counts as 0 {
  lines { 1 : 拨款收入
    31 : 收入总计
  }
  columns 金额
}
form 支出 "支出表" in 万元 to 2 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "合计" { 科目名称 : text }
  columns 本年支出, 基本支出
}
form 拨款 in 万元 to 2 {
  lines { 33 : 服务支出
    59 : 年末结转
  }
  columns 合计, 一般
}
form 三公 in 万元 to 2 { grid 预算, 决算 by 合计, 接待费 }
)";

class Reading {
 public:
   explicit Reading(const std::string& forms = example_forms) {
      const std::uint32_t file = sources_.add("forms.heng", forms);
      Outcome<tree::File> parsed = parse(sources_, file);
      EXPECT_TRUE(parsed.ok()) << (parsed.diagnostics.empty() ? "" : parsed.diagnostics[0].message.en);
      file_ = std::move(parsed.value);
      const Outcome<Selection> selection = select({&file_}, 2024, "");
      Outcome<Schema> made = make_schema(selection.value);
      EXPECT_TRUE(made.ok()) << (made.diagnostics.empty() ? "" : made.diagnostics[0].message.en);
      schema = std::move(made.value);
      shape = shape_of(schema);
      builder = std::make_unique<BatchBuilder>(schema);
   }

   // Every report of the text; true for those that were read.
   std::vector<bool> read(const std::string& text, const std::string& name = "test.json") {
      std::vector<bool> read;
      RecordStream stream(name, text);
      while (stream.next(block)) {
         problems.insert(problems.end(), block.problems.begin(), block.problems.end());
         for (const Record& record : block.records) {
            const auto header = reader.open(name, record, {}, problems);
            read.push_back(header && reader.fill(shape, *builder, problems));
            if (header) headers.push_back(*header);
         }
      }
      batch = &builder->finish();
      return read;
   }

   FieldId field(const std::string& path) const {
      for (const Field& field : schema.fields)
         if (field.path == path) return field.id;
      ADD_FAILURE() << "no field " << path;
      return 0;
   }
   // "171878300" (base unit), a text, or the kind of missing in brackets
   std::string value(const std::string& path, std::uint32_t row = 0) const {
      const FieldId id = field(path);
      const Column& column = batch->columns[id];
      if (column.missing[row] != Missing::none_missing) return "[" + std::string(words_for(column.missing[row]).en) + "]";
      const Kind kind = schema.fields[id].type.kind;
      if (kind == Kind::text || kind == Kind::code || kind == Kind::choice || kind == Kind::date || kind == Kind::names)
         return batch->texts[column.text[row]];
      const auto wide = column.wide.find(row);
      if (wide != column.wide.end()) return to_text(wide->second);
      return to_text(Rational(Rational(column.mantissa[row]) * power_of_ten(column.exponent)));
   }
   Origin origin(const std::string& path, std::uint32_t row = 0) const { return batch->columns[field(path)].origin[row]; }
   // "E506 /总表/31" for each problem
   std::vector<std::string> said() const {
      std::vector<std::string> all;
      for (const ReportProblem& problem : problems) {
         EXPECT_FALSE(problem.message.zh.empty());
         EXPECT_FALSE(problem.message.en.empty());
         all.push_back(code_name(problem.code) + " " + problem.pointer);
      }
      return all;
   }

   Schema schema;
   ReportShape shape;
   std::unique_ptr<BatchBuilder> builder;
   JsonReader reader;
   RecordBlock block;
   ReportProblems problems;
   std::vector<ReportHeader> headers;
   Batch* batch = nullptr;

 private:
   Sources sources_;
   tree::File file_;
};

}  // namespace heng::tests

// Any bytes as report data: never a crash, never a value without a place, and reading twice gives the same.
// Does not test what values mean.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "grammar/parse.hpp"
#include "interpreter/check/check.hpp"
#include "reports/read/json.hpp"
#include "reports/read/place.hpp"

namespace {

using namespace heng;

constexpr const char* forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place   封面 : 封面   项目 : list of 项目 }
record 封面 { 报表小类 : text   日期 : date }
record 项目 { 项目名称 : text   年初预算数 : money in 万元 to 2   完成率 : percent   指标 : list of 指标 }
record 指标 { 三级指标 : text   年度指标值 : target   实际完成值 : quantity or text   分值 : points   完成 : yes/no   方向 : 增加|减少 }
form 公开01 in 万元 to 2 blank counts as 0 {
  lines { 1 : 拨款收入
    31 : 收入总计
  }
  columns 金额
}
form 公开03 in 万元 to 2 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "合计" { 科目名称 : text }
  columns 本年支出合计, 基本支出
}
form 公开04 in 万元 to 2 {
  lines { 33 : 服务支出
    59 : 年末结转
  }
  columns 合计, 一般公共预算
}
form 公开09 in 万元 to 2 { grid 预算, 决算 by 合计, 公务接待费 }
)";

struct Rules {
   Sources sources;
   tree::File file;
   Schema schema;
   ReportShape shape;

   Rules() {
      file = parse(sources, sources.add("forms.heng", forms)).value;
      schema = make_schema(select({&file}, 2024, "").value).value;
      shape = shape_of(schema);
   }
};

void demand(bool fine) {
   if (!fine) std::abort();
}

void check_origins(const Batch& batch, std::string_view record) {
   std::vector<Origin> origins;
   for (const Column& column : batch.columns)
      for (const Origin& origin : column.origin)
         if (origin.end > origin.begin) origins.push_back(origin);
   for (const Origin& origin : origins) {
      demand(origin.end <= record.size());
      raw_text(record, origin);
   }
   const FigurePlaces places = places_of(record, origins);
   for (const Origin& origin : origins) demand(places.count(origin.begin) == 1);
}

std::string read(const Rules& rules, const std::string& text, bool lines) {
   RecordStream stream(lines ? "fuzz.ndjson" : "fuzz.json", text);
   RecordBlock block;
   JsonReader reader;
   BatchBuilder builder(rules.schema);
   ReportProblems problems;
   std::string log;
   while (stream.next(block)) {
      for (const Record& record : block.records) {
         const bool filled = reader.open("fuzz", record, {}, problems) && reader.fill(rules.shape, builder, problems);
         log += filled ? 'r' : '-';
         const Batch& batch = builder.finish();
         demand(batch.reports == (filled ? 1u : 0u));
         if (filled) check_origins(batch, record.text);
         builder.clear();
      }
   }
   for (const ReportProblem& problem : problems) {
      demand(!problem.message.zh.empty() && !problem.message.en.empty());
      log += where(problem) + problem.message.zh + "\n";
   }
   return log;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
   static const Rules rules;
   if (size == 0) return 0;
   const std::string text(reinterpret_cast<const char*>(data), size);
   const bool lines = text.find('\n') != std::string::npos;
   demand(read(rules, text, lines) == read(rules, text, lines));
   return 0;
}

// Any bytes as a text with tables: never a crash, places that exist, and reading twice gives the same.
// Does not test what values mean.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "grammar/parse.hpp"
#include "interpreter/check/check.hpp"
#include "reports/read/document/formats.hpp"
#include "reports/read/recognise/flat_form.hpp"
#include "reports/read/recognise/flat_record.hpp"

namespace {

using namespace heng;

constexpr const char* forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place   项目 : list of 项目 }
record 项目 { 项目名称, 主管部门 : text   总分 : points   预算 : 资金   预期, 完成情况 : text may be blank   权重 : 权重
  指标 : list of 指标 }
record 资金 { 年初数, 调整数 : money in 万元 to 2 blank counts as 0   分值, 得分 : points }
record 权重 { 产出指标, 效益指标 : points }
record 指标 { 一级指标, 二级指标, 三级指标 : text   年度指标值 : target   实际完成值 : quantity or text   分值, 得分 : points
  原因 : text may be blank }
form 总表 "收入支出总表" in 万元 to 2 blank counts as 0 {
  lines { 1 : 拨款收入
    31 : 总计
    62 : 总计
  }
  columns 金额, 其中
}
form 支出 "支出表" in 万元 to 2 {
  rows 科目 keyed by 科目代码 levels 3, 5 total "合计" { 科目名称 : text }
  columns 本年支出, 基本支出
}
form 三公 "三公经费表" in 万元 to 2 { grid 预算, 决算 by 合计, 公务接待费 }
)";

void demand(bool fine) {
   if (!fine) std::abort();
}

struct Forms {
   Sources sources;
   tree::File file;
   Schema schema;
   FrameId projects = no_frame;
   Forms() {
      file = parse(sources, sources.add("forms.heng", forms)).value;
      schema = make_schema(select({&file}, 2024, "").value).value;
      for (const Frame& frame : schema.frames)
         if (frame.path == "项目") projects = frame.id;
   }
};

std::string read(const Forms& forms, std::string_view bytes) {
   const Document document = read_text_document(bytes);
   const Region all{&document, 0, document.blocks.size()};
   ReportData data = ReportData::object(), record = ReportData::object(), list = ReportData::array();
   ReadingAccount account;
   for (const FormSchema& form : forms.schema.forms) read_flat_form(forms.schema, form, {all}, data, account);
   read_flat_record(forms.schema, forms.projects, "", "项目[1]", all, record, account);
   read_flat_list(forms.schema, forms.projects, "项目", all, list, account);
   for (const NotUnderstood& one : account.not_understood) {
      demand(!one.why.zh.empty() && !one.why.en.empty());
      demand(one.place.line > 0);
   }
   constexpr auto replace = ReportData::error_handler_t::replace;  // bytes that are no UTF-8 are the writer's to settle
   return data.dump(-1, ' ', false, replace) + record.dump(-1, ' ', false, replace) + list.dump(-1, ' ', false, replace);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
   static const Forms rules;
   const std::string_view bytes(reinterpret_cast<const char*>(data), size);
   demand(read(rules, bytes) == read(rules, bytes));
   return 0;
}

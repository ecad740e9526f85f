#include "reports/read/recognise/flat_record.hpp"

#include <fstream>
#include <sstream>

#include "stdlib/text.hpp"
#include "tests/reports/recognise/flat.hpp"

using namespace heng;
using heng::tests::without_places;

namespace {

std::string text_of(const std::string& path) {
   std::ifstream file(path);
   std::stringstream text;
   text << file.rdbuf();
   return text.str();
}

Schema shipped_schema() {
   Sources sources;
   std::vector<tree::File> files;
   for (const std::string path :
        {"rules/部门决算/报表-2024.heng", "rules/项目支出绩效自评/报表-2024.heng", "rules/部门评价/报表-2024.heng"}) {
      Outcome<tree::File> parsed = parse(sources, sources.add(path, text_of(path)));
      EXPECT_TRUE(parsed.ok()) << path;
      files.push_back(std::move(parsed.value));
   }
   const Outcome<Selection> selection = select({&files[0], &files[1], &files[2]}, 2024, "");
   return make_schema(selection.value).value;
}

FrameId frame_of(const Schema& schema, const std::string& path) {
   for (const Frame& frame : schema.frames)
      if (frame.path == path) return frame.id;
   return no_frame;
}

// A whole dump, cut at the lines that are titles.
class Dump {
 public:
   explicit Dump(const std::string& text) : schema_(shipped_schema()), document_(read_text_document(text)) {
      std::size_t first = 0;
      for (std::size_t i = 1; i <= document_.blocks.size(); ++i)
         if (i == document_.blocks.size() || is_title(line(i))) {
            read(first, i);
            first = i;
         }
      data = without_places(data);
   }
   ReportData data = {{"汇总", ReportData::array()}, {"项目", ReportData::array()}, {"评价", ReportData::array()}};
   ReadingAccount account;

 private:
   std::string line(std::size_t i) const { return fold(boost::variant2::get<DocumentLine>(document_.blocks[i]).text); }
   static bool ends_with(const std::string& text, const std::string& end) {
      return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
   }
   bool is_title(const std::string& line) const {
      for (const FormSchema& form : schema_.forms)
         if (line == fold(form.title)) return true;
      return ends_with(line, "自评情况汇总表") || line == "项目支出绩效自评表" || ends_with(line, "项目支出绩效评价指标体系");
   }
   void read(std::size_t first, std::size_t last) {
      const Region region{&document_, first, last};
      const std::string title = line(first);
      for (const FormSchema& form : schema_.forms)
         if (title == fold(form.title)) return read_flat_form(schema_, form, {region}, data, account);
      if (ends_with(title, "汇总表"))
         read_flat_list(schema_, frame_of(schema_, "汇总"), "汇总", region, data["汇总"], account);
      else if (title == "项目支出绩效自评表")
         read_record("项目", region);
      else if (ends_with(title, "指标体系"))
         read_record("评价", region);
   }
   void read_record(const std::string& list, const Region& region) {
      ReportData record = ReportData::object();
      read_flat_record(schema_, frame_of(schema_, list), "", list, region, record, account);
      data[list].push_back(record);
   }

   Schema schema_;
   Document document_;
};

// What of `wanted` is not so in `got`, by pointer.
std::string differences(const ReportData& wanted, const ReportData& got, const std::string& at = "") {
   std::string all;
   if (wanted.is_structured()) {
      if (wanted.size() != got.size())
         all += at + ": " + std::to_string(got.size()) + " of " + std::to_string(wanted.size()) + "\n";
      for (const auto& [key, value] : wanted.items()) {
         const bool there = got.is_array() ? std::stoul(key) < got.size() : got.is_object() && got.contains(key);
         const ReportData& other = !there ? ReportData() : got.is_array() ? got[std::stoul(key)] : got[key];
         all += there ? differences(value, other, at + "/" + key) : at + "/" + key + ": is not there\n";
      }
      return all;
   }
   return wanted == got ? "" : at + ": " + got.dump() + " instead of " + wanted.dump() + "\n";
}

ReportData parts(const ReportData& report, const std::vector<std::string>& names) {
   ReportData some;
   for (const std::string& name : names) some[name] = report[name];
   return some;
}

std::string not_understood(const ReadingAccount& account) {
   std::string all;
   for (const NotUnderstood& one : account.not_understood) all += one.part + ": " + one.text + "\n";
   return all;
}

// tests/reports/recognise/make_dump.py rules/samples/….json rules --seed 4: the shipped report in another layout.
TEST(flat_dump, the_shipped_report) {
   const Dump dump(text_of("tests/reports/recognise/示例-报告.txt"));
   ReportData report = ReportData::parse(text_of("rules/samples/青岛市人民政府办公厅-2024.json"));
   report["评价"][0] = parts(report["评价"][0], {"一级", "二级", "体系"});
   const std::vector<std::string> names{"公开01", "公开02", "公开03", "公开04", "公开05", "公开06",
                                        "公开07", "公开08", "公开09", "汇总",   "项目",   "评价"};
   EXPECT_EQ(differences(parts(report, names), parts(dump.data, names)), "");
   EXPECT_EQ(not_understood(dump.account), "");
   EXPECT_TRUE(dump.account.disagreements.empty());
}

// The same with --random --seed 8: other departments, more and fewer rows, other wraps, no reasons, targets in words.
TEST(flat_dump, other_projects) {
   const Dump dump(text_of("tests/reports/recognise/示例-项目.txt"));
   const ReportData report = ReportData::parse(text_of("tests/reports/recognise/示例-项目.json"));
   EXPECT_EQ(differences(parts(report, {"汇总", "项目"}), parts(dump.data, {"汇总", "项目"})), "");
   EXPECT_EQ(not_understood(dump.account), "");
}

const char* const record_forms = R"(
forms 示例表 2024
report { 单位名称 : text   年度 : year   地区 : place   项目 : list of 项目 }
record 项目 { 项目名称, 主管部门 : text   总分 : points   人数 : count   预算 : 资金   结转 : 资金   预期, 完成情况 : text may be blank
  权重 : 权重   指标 : list of 指标 }
record 资金 { 年初数, 调整数 : money in 万元 to 2 blank counts as 0   分值, 得分 : points }
record 权重 { 产出指标, 效益指标 : points }
record 指标 { 一级指标, 二级指标, 三级指标 : text   年度指标值 : target   实际完成值 : quantity or text   分值, 得分 : points
  原因 : text may be blank }
)";

class FlatRecord {
 public:
   explicit FlatRecord(const std::string& text) : schema_(tests::schema_of(record_forms)), document_(read_text_document(text)) {
      ReportData record = ReportData::object();
      read_flat_record(schema_, frame_of(schema_, "项目"), "", "项目[1]", {&document_, 0, document_.blocks.size()}, record,
                       account);
      data = record;
      plain = without_places(record);
   }
   ReportData data, plain;
   ReadingAccount account;

 private:
   Schema schema_;
   Document document_;
};

TEST(flat_record, values_behind_their_labels) {
   const FlatRecord record(R"(自评表
项目名称 示例运行维护项目 主管部门：示例局
联系电话 12345678
总分 96.5分 人数 1,200
)");
   EXPECT_EQ(record.plain.dump(), R"({"项目名称":"示例运行维护项目","主管部门":"示例局","总分":"96.5","人数":"1,200"})");
   EXPECT_EQ(record.data["总分"]["raw"], "96.5分");
   EXPECT_EQ(record.data["主管部门"]["line"], 2);
}

TEST(flat_record, a_wrapped_value_goes_on_and_a_phone_number_is_none_of_it) {
   const FlatRecord record(R"(项目名称
示例系统升级改造及配套设施
建设项目
主管部门 示例局 联系电话 12345678

总分 90)");
   EXPECT_EQ(record.plain["项目名称"], "示例系统升级改造及配套设施建设项目");
   EXPECT_EQ(record.plain["主管部门"], "示例局");
}

TEST(flat_record, rows_of_figures) {
   const FlatRecord record(R"(项目名称 示例项目
年初数 调整数（A） 分值 得分
预算 10.5 11.2 10 9.8
结转 - -)");
   EXPECT_EQ(record.plain["预算"].dump(), R"({"年初数":"10.5","调整数":"11.2","分值":"10","得分":"9.8"})");
   EXPECT_EQ(record.plain["结转"].dump(), R"({"年初数":"","调整数":"","分值":"-","得分":"-"})");
   EXPECT_TRUE(record.account.not_understood.empty());
}

TEST(flat_record, figures_whose_columns_cannot_be_told_are_said) {
   const FlatRecord record(R"(项目名称 示例项目
年初数 调整数（A） 分值 得分
预算 10.5 10 9.8
结转 - -)");
   EXPECT_FALSE(record.plain.contains("预算"));
   ASSERT_EQ(record.account.not_understood.size(), 1u);
   EXPECT_EQ(record.account.not_understood[0].text, "预算 10.5 10 9.8");
   EXPECT_EQ(record.account.parts[0].state, PartState::doubtful);
}

TEST(flat_record, texts_under_two_heads) {
   const FlatRecord record(R"(项目名称 示例项目
预期 完成情况
    本项目计划完成示例任务三项，提高示例
水平。
    已经完成示例任务三项，示例水平有所提
高，群众满意。
年
度
绩
效
总分 90)");
   EXPECT_EQ(record.plain["预期"], "本项目计划完成示例任务三项，提高示例水平。");
   EXPECT_EQ(record.plain["完成情况"], "已经完成示例任务三项，示例水平有所提高，群众满意。");
}

const char* const head = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 原因\n";

TEST(flat_record, a_list_whose_levels_are_printed_once) {
   const FlatRecord record(std::string(head) + R"(产
出
指
标

（50分）

数量指标

建设、维护专题数量 ≥10个 14 8 8

示例要求，新建
和改建专题。

系统巡检次数 ≥12次 12 8 8

质量指标
验收合格率 ≥90%
100% 8 7.5

尚有一处没有整

改。效
益
指
标
（30分）
社会效益
指标

示例工作平稳可控，促进当
地经济公平发展

经济持续发展平稳
经济持续发展平
稳

15 15

总分 90)");
   EXPECT_EQ(record.plain["权重"].dump(), R"({"产出指标":"50","效益指标":"30"})");
   ASSERT_EQ(record.plain["指标"].size(), 4u) << not_understood(record.account);
   EXPECT_EQ(
       record.plain["指标"][0].dump(),
       R"({"一级指标":"产出指标","二级指标":"数量指标","三级指标":"建设、维护专题数量","年度指标值":"≥10个","实际完成值":"14",)"
       R"("分值":"8","得分":"8","原因":"示例要求，新建和改建专题。"})");
   EXPECT_EQ(record.plain["指标"][1]["二级指标"], "数量指标");
   EXPECT_EQ(record.plain["指标"][1]["原因"], "");
   EXPECT_EQ(record.plain["指标"][2]["原因"], "尚有一处没有整改。");
   EXPECT_EQ(record.plain["指标"][3].dump(),
             R"({"一级指标":"效益指标","二级指标":"社会效益指标","三级指标":"示例工作平稳可控，促进当地经济公平发展",)"
             R"("年度指标值":"经济持续发展平稳","实际完成值":"经济持续发展平稳","分值":"15","得分":"15","原因":""})");
   EXPECT_EQ(record.plain["总分"], "90");
}

TEST(flat_record, a_list_without_scores_of_its_levels) {
   const FlatRecord record(std::string(head) + R"(产出指标 数量指标 培训次数 ≥4次 5次 10 10
产出指标 时效指标 完成时间 12月30日前 12月15日 10 10
满意度指标 服务对象满意度指标 群众满意度 ≥95% 96.2% 10 10 无)");
   ASSERT_EQ(record.plain["指标"].size(), 3u) << not_understood(record.account);
   EXPECT_EQ(record.plain["指标"][1]["二级指标"], "时效指标");
   EXPECT_EQ(record.plain["指标"][1]["年度指标值"], "12月30日前");
   EXPECT_EQ(record.plain["指标"][2]["一级指标"], "满意度指标");
   EXPECT_EQ(record.plain["指标"][2]["原因"], "无");
}

TEST(flat_record, the_head_of_a_list_is_printed_again_on_the_next_page) {
   const FlatRecord record(std::string(head) + "产出指标 数量指标 培训次数 ≥4次 5次 10 10\n- 3 -\n" + head +
                           "产出指标 数量指标 会议次数 ≥2次 2次 10 10\n总分 90");
   ASSERT_EQ(record.plain["指标"].size(), 2u) << not_understood(record.account);
   EXPECT_EQ(record.plain["指标"][1]["三级指标"], "会议次数");
   EXPECT_EQ(record.plain["总分"], "90");
}

TEST(flat_record, what_belongs_to_no_row_is_said) {
   const FlatRecord record(std::string(head) + "产出指标 数量指标 培训次数 ≥4次 5次 10 10\n8 9\n总分 90");
   ASSERT_EQ(record.plain["指标"].size(), 1u);
   ASSERT_EQ(record.account.not_understood.size(), 1u);
   EXPECT_EQ(record.account.not_understood[0].text, "8 9");
}

TEST(flat_record, nothing_under_the_title) {
   const FlatRecord record("自评表\n");
   EXPECT_EQ(record.account.parts.at(0).state, PartState::missing);
}

}  // namespace

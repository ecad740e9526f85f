// Rules as text and reports by hand, weighed: what the tests of batch, plan, run and explain share.
#pragma once
#include <gtest/gtest.h>

#include <deque>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grammar/parse.hpp"
#include "interpreter/check/check.hpp"
#include "interpreter/explain/result.hpp"
#include "interpreter/plan/plan.hpp"
#include "interpreter/run/run.hpp"

namespace heng::testing_tools {

inline constexpr const char* small_forms = R"(报表集 小表 2024
报告 { 单位名称 : 文字  年度 : 年度型  甲, 乙, 丙, 丁 : 金额型 计量 元 保留 2  率 : 百分比 保留 2  人数 : 计数型 计量 人  数 : 数值型
  是非 : 是否  项目 : 若干 项目 }
报表 总表 计量 万元 保留 2 空白按0 { 行次表 { 1 : 一类  2 : 二类  3 : 三类  4 : 合计数 } 栏目 金额 }
报表 支出表 计量 万元 保留 2 空白按0 {
  各行 科目 识别码 科目代码 位数 3, 5 合计行 "合计" { 科目名称 : 文字 } 栏目 支出, 基本, 专项 }
报表 对照表 计量 万元 保留 2 { 各行 科目 识别码 科目代码 位数 3, 5 合计行 "合计" { 科目名称 : 文字 } 栏目 支出 }
记录 项目 { 项目名称 : 文字  预算, 执行 : 金额型 计量 万元 保留 2  指标 : 若干 指标 }
记录 指标 { 指标名称 : 文字  目标值 : 目标  实际值 : 数量型 或者 文字  分值, 得分 : 分数  原因 : 文字 可不填 }
)";

using Cells = std::vector<std::pair<std::string, std::string>>;  // name, as printed; "〔未读〕" is left out

class Weighing {
 public:
   explicit Weighing(const std::string& rules, const std::string& forms = small_forms) {
      const std::string head = "规则集 小集 2024 引用 小表 2024\n";
      for (const std::string& text : {forms, head + rules}) {
         Outcome<tree::File> parsed = parse(sources_, sources_.add("text.heng", text));
         complain(parsed.diagnostics);
         files_.push_back(std::move(parsed.value));
      }
      std::vector<const tree::File*> given;
      for (const tree::File& file : files_) given.push_back(&file);
      Outcome<Selection> selected = select(given, 2024, "");
      complain(selected.diagnostics);
      selection_ = std::move(selected.value);
      Outcome<Program> checked = check(sources_, selection_, 2024, "");
      complain(checked.diagnostics);
      plan_ = plan(std::move(checked.value));
      builder_.emplace(plan_.program.schema);
      engine_.emplace(plan_);
   }

   const Plan& the_plan() const { return plan_; }
   const Selection& selection() const { return selection_; }
   const Schema& schema() const { return plan_.program.schema; }
   BatchBuilder& builder() { return *builder_; }

   FieldId field(FrameId frame, const std::string& name) const {
      for (const Field& field : schema().fields)
         if (field.frame == frame && (field.name == name || field.path == name || field.path == name + ".金额")) return field.id;
      ADD_FAILURE() << "no field " << name;
      return 0;
   }
   FrameId frame(const std::string& path) const {
      for (const Frame& frame : schema().frames)
         if (frame.path == path) return frame.id;
      ADD_FAILURE() << "no list " << path;
      return 0;
   }

   BatchBuilder::Problem set(FrameId at, const std::string& name, const std::string& text) {
      return builder_->set_text(field(at, name), text, "", {});
   }
   void cells(FrameId at, const Cells& cells) {
      for (const auto& [name, text] : cells) EXPECT_FALSE(set(at, name, text)) << name << " " << text;
   }
   Weighing& report(const Cells& given = {}) {
      if (open_) builder_->end_report();
      builder_->begin_report();
      open_ = true;
      cells(report_frame, given);
      return *this;
   }
   Weighing& row(const std::string& list, const Cells& given) {
      begin(list, given);
      return end();
   }
   Weighing& begin(const std::string& list, const Cells& given) {
      builder_->begin_row(frame(list));
      cells(frame(list), given);
      return *this;
   }
   Weighing& end() { return builder_->end_row(), *this; }
   Weighing& total(const std::string& list, const Cells& given) {
      builder_->begin_total_row(frame(list), 0);
      cells(frame(list), given);
      return end();
   }
   Weighing& read(const std::string& list) { return builder_->list_read(frame(list)), *this; }

   const Batch& batch() {
      if (open_) builder_->end_report();
      open_ = false;
      return builder_->finish();
   }
   Evaluation run() { return engine_->run(batch()); }
   void clear() {
      builder_->clear();
      open_ = false;
   }

   const Rule& rule(const std::string& name) const {
      for (const Rule& rule : plan_.program.rules)
         if (rule.name == name) return rule;
      ADD_FAILURE() << "no rule " << name;
      return plan_.program.rules.front();
   }
   // Of the last run.
   Verdict verdict(const Evaluation& run, const std::string& name, std::uint32_t row = 0, std::uint32_t number = 0) const {
      return run.verdict(rule(name).id, number, row);
   }
   std::string value(const Evaluation& run, const std::string& name, std::uint32_t row = 0) const {
      const Value value = run.value(rule(name).value, row);
      if (const auto* kind = boost::variant2::get_if<Missing>(&value)) return std::string(words_for(*kind).en);
      if (const auto* number = boost::variant2::get_if<Rational>(&value)) return to_text(*number);
      if (const auto* yes = boost::variant2::get_if<bool>(&value)) return *yes ? "yes" : "no";
      return boost::variant2::get<std::string>(value);
   }

 private:
   void complain(const Diagnostics& diagnostics) const {
      for (const Diagnostic& one : diagnostics)
         if (one.gravity == Gravity::error) ADD_FAILURE() << sources_.where(one.span) << " " << one.message.en;
   }

   Sources sources_;
   std::deque<tree::File> files_;
   Selection selection_;
   Plan plan_;
   std::optional<BatchBuilder> builder_;
   std::optional<Engine> engine_;
   bool open_ = false;
};

}  // namespace heng::testing_tools

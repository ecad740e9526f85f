#include "tests/agree/generate.hpp"

#include <map>

namespace heng::agree {

namespace {

using std::string;

enum class Kind { money, number, percent, pieces, points, measured, yes_no };
enum class Frame { report, subject, project, indicator, names /* of indicators, by name */, classes /* of projects */ };

const char* each(Frame frame) {
   switch (frame) {
      case Frame::report: return "";
      case Frame::subject: return " each 表二.科目";
      case Frame::project: return " each 项目";
      case Frame::indicator: return " each 项目.指标";
      case Frame::names: return " each 项目.指标 grouped by 名称";
      case Frame::classes: return " each 项目 grouped by 类别";
   }
   return "";
}

class Writer {
 public:
   explicit Writer(Random& random) : random_(random) {}

   string forms() {
      const auto to = [&] { return random_.of<const char*>({" to 2", " to 2", " to 1", ""}); };
      return string("forms 样式 2024\n") +
             "report {\n  单位名称 : text   年度 : year   地区 : place\n  收入, 支出 : money in 万元" + to() +
             "\n  粗数 : money in 亿元\n  率甲 : percent" + to() +
             "\n  率乙 : percent\n  人数, 件数 : count in 个\n  系数 : number\n" +
             "  状态 : 实施期|已完成\n  已验收 : yes/no\n  备注 : text may be blank\n  名册 : names\n  开工 : date\n  项目 : "
             "list of 项目\n}\n" +
             "form 表一 \"示例一\" in 万元" + to() + (random_.chance(60) ? " blank counts as 0" : "") +
             " {\n  lines { 1 : 甲项\n 2 : 乙项\n 3 : 丙项\n 4 : 丁项\n 9 : 合计项\n }\n  columns 金额\n}\n" +
             "form 表二 \"示例二\" in 万元" + to() + (random_.chance(40) ? " blank counts as 0" : "") +
             " {\n  rows 科目 keyed by 科目代码 levels 3, 5, 7 total \"合计\" { 科目名称 : text }\n  columns 科目支出, 基本, "
             "专项\n}\n" +
             "form 表三 \"示例三\" in 元 to 0 {\n  grid 预算数, 决算数 by 合计费, 甲费, 乙费\n}\n" +
             "record 项目 {\n  项目名称 : text\n  预算, 执行 : money in 万元" + to() +
             "\n  项目码 : code\n  成员 : names\n  竣工 : date\n  类别 : 一般|重点\n  完成度 : percent\n  指标 : list of "
             "指标\n}\n" +
             "phrases 说明 after \"示例说明\" in 万元" + to() +
             " {\n  \"总计{总数: money}，{升降: 增加|减少}\"\n  无事 : \"示例：没有{事项: text}\" optional\n" +
             "  rows 项 keyed by 名 { \"{名: text}。预算为{额: money}\" }\n}\n" +
             "record 指标 {\n  名称 : text\n  目标值 : target\n  实际值 : quantity or text\n  分值, 得分 : points\n  说明 : text "
             "may be blank\n}\n";
   }

   string rule(int number) {
      const Frame frame = random_.of({Frame::report, Frame::report, Frame::subject, Frame::project, Frame::project,
                                      Frame::indicator, Frame::names, Frame::classes});
      const string name = "甲" + std::to_string(number);
      switch (random_.below(10)) {
         case 0:
         case 1:
         case 2: return let(name, frame);
         case 3: return score(name, frame);
         case 4: return bands(name, frame);
         case 5: return cases(name, frame);
         case 6:
            return "check " + name + " severity verify" + each(frame) + " where " + condition(frame, 1) + " : " +
                   condition(frame, 3);
         case 7: return "require " + name + each(frame) + " : " + condition(frame, 3);
         case 8: return "check " + name + each(frame) + " : if " + condition(frame, 2) + " then " + about(frame);
         default: return "check " + name + each(frame) + " : " + about(frame);
      }
   }

 private:
   // ---- declarations -------------------------------------------------------------------------------------------------------

   string let(const string& name, Frame frame) {
      const Kind kind =
          random_.of({Kind::money, Kind::money, Kind::number, Kind::percent, Kind::pieces, Kind::points, Kind::yes_no});
      const string text = "let " + name + each(frame) + " : " + value(kind, frame, 3);
      named_[{kind, frame}].push_back(name);
      return text;
   }

   string score(const string& name, Frame frame) {
      string text =
          "score " + name + " out of " + (frame == Frame::indicator && random_.chance(50) ? "分值" : "10") + each(frame);
      if (random_.chance(40)) text += " round " + std::to_string(random_.below(4));
      if (random_.chance(40)) {
         text += deductions(frame);
      } else if (random_.chance(50)) {
         text += " : " + value(Kind::number, frame, 2) + " * full marks";
      } else {
         text += " {\n";
         const int arms = random_.between(1, 3);
         for (int i = 0; i < arms; ++i) text += "  when " + condition(frame, 2) + " : " + arm(frame) + "\n";
         if (random_.chance(80)) text += "  else : " + arm(frame) + "\n";
         text += "}";
      }
      named_[{Kind::points, frame}].push_back(name);
      scores_[frame].push_back(name);
      return text;
   }

   // Losses, vetoes, shares, items; the printed score where its inputs are not there.
   string deductions(Frame frame) {
      string text;
      if (random_.chance(30)) text += " times (" + value(Kind::percent, frame, 1) + ")";
      if (frame == Frame::indicator && random_.chance(60)) text += " stated 得分";
      text += " {\n";
      if (random_.chance(40)) text += "  items equally : (" + condition(frame, 1) + "), (" + condition(frame, 1) + ")\n";
      const int losses = random_.between(1, 3);
      for (int i = 0; i < losses; ++i) text += "  " + loss(frame) + "\n";
      if (random_.chance(40))
         text += "  when " + condition(frame, 1) + " { " + loss(frame) + " }\n  else { " + loss(frame) + " }\n";
      if (random_.chance(40)) text += "  zero when " + condition(frame, 2) + "\n";
      if (random_.chance(40)) text += "  75% of full marks when " + condition(frame, 2) + "\n";
      return text + "}";
   }

   string loss(Frame frame) {
      const string amount = random_.of<const char*>({"lose 5% of full marks", "lose 1/3 of full marks", "lose 0.5分"});
      if (random_.chance(50)) return amount + " when " + condition(frame, 2);
      return amount + " for each " + random_.of<const char*>({"full", "started", "pro rata"}) + " 1个百分点 by which (" +
             value(Kind::percent, frame, 1) + ") is " + random_.of<const char*>({"below 100%", "above 20%"});
   }

   string arm(Frame frame) {
      if (random_.chance(25)) return "full marks";
      if (frame == Frame::indicator && random_.chance(50))
         return random_.of<const char*>({"实际值 / 目标值 * full marks", "目标值 / 实际值 * full marks",
                                         "实际值 / 目标值 * full marks zero divisor as full marks"});
      return value(Kind::number, frame, 1) + " * full marks";
   }

   string bands(const string& name, Frame frame) {
      if (scores_[frame].empty()) return let(name, frame);
      return "bands " + name + " of " + random_.of(scores_[frame]) + " { [8, 10] : 优   [6, 8) : 良   [0, 6) : 差 }";
   }

   string cases(const string& name, Frame frame) {
      string text = "check " + name + each(frame) + " {\n";
      for (int i = random_.between(1, 3); i > 0; --i)
         text += "  \"例" + std::to_string(i) + "\" : " + (random_.chance(60) ? about(frame) : condition(frame, 2)) + "\n";
      return text + "}";
   }

   // ---- names --------------------------------------------------------------------------------------------------------------

   // Frames whose names are seen from this one: itself and those around it.
   std::vector<Frame> around(Frame frame) {
      if (frame == Frame::indicator) return {Frame::indicator, Frame::project, Frame::report};
      if (frame == Frame::names) return {Frame::names, Frame::project, Frame::report};
      if (frame == Frame::report) return {Frame::report};
      return {frame, Frame::report};
   }

   // Fields and look-ups that stand for a money figure of the data.
   string figure(Frame frame) {
      if (random_.chance(50)) return own_figure(frame);
      switch (random_.below(8)) {
         case 0: return "表一[" + string(random_.of<const char*>({"1", "2", "3", "4", "9"})) + "]";
         case 1:
            return "表三." + string(random_.of<const char*>({"预算数", "决算数"})) + "." +
                   random_.of<const char*>({"合计费", "甲费", "乙费"});
         case 2: return "表二.total." + column();
         case 3: return "表二[" + string(random_.of<const char*>({"201", "20101", "205"})) + "]." + column();
         case 4: return "sum(表一[" + string(random_.of<const char*>({"1..4", "1..2", "2..9"})) + "])";
         case 5: return row_figure(frame);
         case 6: return sum_of_figures(frame);
         default: return random_.of<const char*>({"收入", "支出", "粗数"});
      }
   }

   string own_figure(Frame frame) {
      switch (frame) {
         case Frame::subject: return column();
         case Frame::project: return random_.of<const char*>({"预算", "执行"});
         case Frame::indicator:
         case Frame::names: return random_.of<const char*>({"预算", "执行", "收入"});
         case Frame::classes: return random_.of<const char*>({"sum(预算)", "sum(项目.执行)", "max(执行)", "收入"});
         case Frame::report: return random_.of<const char*>({"收入", "支出", "表一[9]", "表一[1]"});
      }
      return "收入";
   }

   string row_figure(Frame frame) {
      if (frame == Frame::subject) return random_.of<const char*>({"表二[科目代码].", "parent."}) + column();
      if (frame == Frame::project || frame == Frame::indicator || frame == Frame::names) return "表二[项目码]." + column();
      return "表二.合计." + column();
   }

   string sum_of_figures(Frame frame) {
      if (random_.chance(25)) {  // rows of one list related to those of another
         if (frame == Frame::subject)
            return random_.of<const char*>({"sum(项目.预算 where 项目码 = 科目代码)", "sum(说明.项.额 where 名 = 科目名称)",
                                            "max(项目.执行 where 项目名称 = 科目名称)"});
         if (frame == Frame::project || (frame == Frame::names && random_.chance(50)))
            return "sum(表二." + column() + " where " +
                   random_.of<const char*>(
                       {"科目名称 = 项目名称 and level = 3)", "科目代码 = 项目码)", "level = 5 and 科目支出 > 预算)"});
         if (frame == Frame::indicator || frame == Frame::names)
            return "sum(表二." + column() + " where 科目名称 = 名称 and level = 5)";
      }
      if (frame == Frame::subject && random_.chance(60)) return "sum(children." + column() + ")";
      if (frame != Frame::project && frame != Frame::indicator && frame != Frame::names && random_.chance(50))
         return random_.of<const char*>(
             {"sum(项目.预算)", "sum(项目.执行 where 类别 is 重点)", "sum(项目.预算 where 项目码 under 201)"});
      return "sum(表二." + column() + " where " +
             random_.of<const char*>({"level = 3", "level = 5 and 科目代码 under 201", "level = 7"}) + ")";
   }

   string column() { return random_.of<const char*>({"科目支出", "基本", "专项"}); }

   // A let or score of this kind, if there is one.
   string name_of(Kind kind, Frame frame) {
      const std::vector<Frame> frames = around(frame);
      const auto& names = named_[{kind, random_.of(frames)}];
      return names.empty() ? "" : random_.of(names);
   }

   // ---- values -------------------------------------------------------------------------------------------------------------

   string value(Kind kind, Frame frame, int depth) {
      if (random_.chance(20))
         if (const string name = name_of(kind, frame); !name.empty()) return name;
      if (depth <= 0 || random_.chance(15)) return leaf(kind, frame);
      if (random_.chance(10))
         return "(if " + condition(frame, depth - 1) + " then " + value(kind, frame, depth - 1) + " else " +
                value(kind, frame, depth - 1) + ")";
      switch (kind) {
         case Kind::money: return money(frame, depth);
         case Kind::number: return number(frame, depth);
         case Kind::percent: return percent(frame, depth);
         case Kind::pieces: return pieces(frame, depth);
         case Kind::points: return points(frame, depth);
         case Kind::measured: return measured(frame, depth);
         case Kind::yes_no: return condition(frame, depth);
      }
      return "0";
   }

   string leaf(Kind kind, Frame frame) {
      switch (kind) {
         case Kind::money:
            return random_.chance(80) ? figure(frame) : random_.of<const char*>({"1.5万元", "3元", "0元", "12万元"});
         case Kind::number: return random_.chance(50) ? "系数" : random_.of<const char*>({"1", "2", "0.5", "3", "7", "0.3"});
         case Kind::percent:
            if ((frame == Frame::project || frame == Frame::names) && random_.chance(40)) return "完成度";
            return random_.chance(70) ? random_.of<const char*>({"率甲", "率乙"})
                                      : random_.of<const char*>({"5%", "30%", "100%", "0%"});
         case Kind::pieces:
            return random_.chance(70) ? random_.of<const char*>({"人数", "件数"})
                                      : random_.of<const char*>({"3个", "0个", "12个"});
         case Kind::points:
            if (frame == Frame::names && random_.chance(70))
               return random_.of<const char*>(
                   {"sum(分值)", "sum(指标.得分)", "max(得分)", "sum(得分 where 得分 < average(得分))"});
            return frame == Frame::indicator && random_.chance(70) ? random_.of<const char*>({"分值", "得分"})
                                                                   : random_.of<const char*>({"5分", "10分", "0.5分"});
         case Kind::measured: return frame == Frame::indicator ? random_.of<const char*>({"目标值", "实际值"}) : "系数";
         case Kind::yes_no: return test(frame);
      }
      return "0";
   }

   string pair(Kind kind, Frame frame, int depth, const char* op) {
      return "(" + value(kind, frame, depth - 1) + " " + op + " " + value(kind, frame, depth - 1) + ")";
   }

   string any_kind(Kind kind, Frame frame, int depth) {
      switch (random_.below(7)) {
         case 0: return "min(" + value(kind, frame, depth - 1) + ", " + value(kind, frame, depth - 1) + ")";
         case 1: return "max(" + value(kind, frame, depth - 1) + ", " + value(kind, frame, depth - 1) + ")";
         case 2: return "abs(" + value(kind, frame, depth - 1) + ")";
         case 3: return "round(" + value(kind, frame, depth - 1) + ", " + std::to_string(random_.below(4)) + ")";
         case 4: return "(-" + value(kind, frame, depth - 1) + ")";
         case 5: return "(" + leaf(kind, frame) + " otherwise " + zero(kind) + ")";
         default: return pair(kind, frame, depth, random_.of<const char*>({"+", "-"}));
      }
   }

   string zero(Kind kind) {
      switch (kind) {
         case Kind::money: return "0元";
         case Kind::percent: return "0%";
         case Kind::pieces: return "0个";
         case Kind::points: return "0分";
         default: return "0";
      }
   }

   string money(Frame frame, int depth) {
      switch (random_.below(7)) {
         case 0: return "(" + value(Kind::money, frame, depth - 1) + " * " + value(Kind::number, frame, depth - 1) + ")";
         case 1: return "(" + value(Kind::percent, frame, depth - 1) + " * " + value(Kind::money, frame, depth - 1) + ")";
         case 2: return "(" + value(Kind::money, frame, depth - 1) + " / " + value(Kind::number, frame, depth - 1) + ")";
         case 3: return aggregate(Kind::money, frame);
         case 4: return any_kind(Kind::money, frame, depth);
         default: return pair(Kind::money, frame, depth, random_.of<const char*>({"+", "-"}));
      }
   }

   string aggregate(Kind kind, Frame frame) {
      const char* how = random_.of<const char*>({"sum", "sum", "min", "max", "average"});
      if (kind == Kind::money && frame == Frame::subject) return string(how) + "(children." + column() + ")";
      if (kind == Kind::money && frame == Frame::report)
         return string(how) + "(项目." + random_.of<const char*>({"预算", "执行"}) + filter(Frame::project) + ")";
      if (kind == Kind::money && frame == Frame::classes)
         return string(how) + "(" + random_.of<const char*>({"预算", "项目.执行"}) + filter(Frame::project) + ")";
      if (kind == Kind::points && frame == Frame::names)
         return string(how) + "(" + random_.of<const char*>({"分值", "指标.得分"}) + filter(Frame::indicator) + ")";
      if (kind == Kind::points && frame == Frame::classes)
         return string(how) + "(" + random_.of<const char*>({"项目.指标.分值", "指标.得分"}) + filter(Frame::indicator) + ")";
      if (kind == Kind::points && (frame == Frame::project))
         return string(how) + "(指标." + random_.of<const char*>({"分值", "得分"}) + filter(Frame::indicator) + ")";
      if (kind == Kind::points && frame == Frame::report)
         return string(how) + "(项目.指标." + random_.of<const char*>({"分值", "得分"}) + filter(Frame::indicator) + ")";
      return leaf(kind, frame);
   }
   string filter(Frame inner) { return random_.chance(50) ? "" : " where " + simple_test(inner); }

   string number(Frame frame, int depth) {
      switch (random_.below(8)) {
         case 0: return quotient(Kind::money, frame, depth);
         case 1: return quotient(Kind::pieces, frame, depth);
         case 2: return quotient(Kind::points, frame, depth);
         case 3: return pair(Kind::number, frame, depth, "*");
         case 4: return pair(Kind::number, frame, depth, "/");
         case 5:
            if (frame == Frame::names) return "count(指标" + filter(Frame::indicator) + ")";
            if (frame == Frame::report || frame == Frame::classes) return "count(项目" + filter(Frame::project) + ")";
            return quotient(Kind::money, frame, depth);
         default: return any_kind(Kind::number, frame, depth);
      }
   }
   string quotient(Kind kind, Frame frame, int depth) {
      const string plain = value(kind, frame, depth - 1) + " / " + value(kind, frame, depth - 1);
      return "(" + plain + (random_.chance(40) ? " zero divisor as " + string(random_.of<const char*>({"0", "1"})) : "") + ")";
   }

   string percent(Frame frame, int depth) {
      switch (random_.below(4)) {
         case 0: return "(" + quotient(Kind::money, frame, depth) + " * 100%)";
         case 1: return "(" + value(Kind::percent, frame, depth - 1) + " * " + value(Kind::number, frame, depth - 1) + ")";
         case 2:
            return "(" + value(Kind::percent, frame, depth - 1) + random_.of<const char*>({" + 1个百分点", " - 2个百分点"}) + ")";
         default: return "(" + value(Kind::percent, frame, depth - 1) + " + " + value(Kind::percent, frame, depth - 1) + ")";
      }
   }
   string pieces(Frame frame, int depth) {
      if (random_.chance(30))
         return "(" + value(Kind::pieces, frame, depth - 1) + " * " + value(Kind::number, frame, depth - 1) + ")";
      return any_kind(Kind::pieces, frame, depth);
   }
   string points(Frame frame, int depth) {
      if (random_.chance(30)) return aggregate(Kind::points, frame);
      if (random_.chance(30))
         return "(" + value(Kind::points, frame, depth - 1) + " * " + value(Kind::number, frame, depth - 1) + ")";
      return any_kind(Kind::points, frame, depth);
   }
   string measured(Frame frame, int depth) {
      if (random_.chance(30)) return "abs(" + value(Kind::measured, frame, depth - 1) + ")";
      return pair(Kind::measured, frame, depth, random_.of<const char*>({"-", "+", "/"}));
   }

   // ---- conditions -----------------------------------------------------------------------------------------------------------

   string condition(Frame frame, int depth) {
      if (random_.chance(10))
         if (const string name = name_of(Kind::yes_no, frame); !name.empty()) return name;
      if (depth <= 0 || random_.chance(25)) return test(frame);
      switch (random_.below(7)) {
         case 0: return "(" + condition(frame, depth - 1) + " and " + condition(frame, depth - 1) + ")";
         case 1: return "(" + condition(frame, depth - 1) + " or " + condition(frame, depth - 1) + ")";
         case 2: return "(not (" + condition(frame, depth - 1) + "))";
         case 3: return "((" + condition(frame, depth - 1) + ") exactly when (" + condition(frame, depth - 1) + "))";
         case 4: return "(" + about(frame) + ")";
         default: return "(" + comparison(frame, depth) + ")";
      }
   }

   string comparison(Frame frame, int depth) {
      const Kind kind = random_.of({Kind::money, Kind::money, Kind::number, Kind::percent, Kind::pieces, Kind::points,
                                    frame == Frame::indicator ? Kind::measured : Kind::money});
      const string left = value(kind, frame, depth - 1), right = value(kind, frame, depth - 1);
      if (random_.chance(15)) return left + " = " + right + " within " + (random_.chance(40) ? "5%" : tolerance(kind));
      if (random_.chance(10)) return left + " <= " + right + " < " + value(kind, frame, depth - 1);
      return left + " " + random_.of<const char*>({"=", "≠", "<", "<=", ">", ">="}) + " " +
             (random_.chance(15) ? zero(kind) : right);
   }
   string tolerance(Kind kind) {
      switch (kind) {
         case Kind::money: return "0.5万元";
         case Kind::percent: return "1个百分点";
         case Kind::pieces: return "2个";
         case Kind::points: return "0.5分";
         default: return "0.5";
      }
   }

   string simple_test(Frame frame) {
      switch (frame) {
         case Frame::report:
            return random_.of<const char*>({"状态 is 已完成", "状态 is not 实施期", "已验收", "备注 is present",
                                            "备注 is missing", "备注 = \"（丙）\"", "收入 is present"});
         case Frame::subject:
            return random_.of<const char*>(
                {"level = 3", "level > 3", "orphan", "科目代码 under 201, 20501", "科目名称 = \"AB\"", "基本 is missing"});
         case Frame::project:
            return random_.of<const char*>({"类别 is 重点", "类别 is not 一般", "项目码 under 201", "项目名称 = \"甲\"",
                                            "完成度 > 30%", "项目码 is missing"});
         case Frame::indicator:
            return random_.of<const char*>({"目标值 is 定性", "目标值 is 反向", "目标值 is 正向", "目标值 is 日期",
                                            "目标值 is 定量", "说明 is present", "说明 is missing", "实际值 = 0", "得分 < 分值",
                                            "实际值 >= 目标值"});
         case Frame::names:
            return random_.of<const char*>({"名称 = \"甲\"", "名称 is present", "count(指标) > 1", "any(得分 < 分值)",
                                            "all(说明 is present)", "set(指标.说明) = 名册"});
         case Frame::classes:
            return random_.of<const char*>(
                {"类别 is 重点", "类别 is missing", "count(项目) > 1", "any(预算 > 执行)", "set(项目名称) = 名册"});
      }
      return "已验收";
   }
   string test(Frame frame) { return random_.chance(20) ? test_of_words(frame) : simple_test(random_.of(around(frame))); }

   // Sets of names, dates, how forms are printed, what sentences state.
   string test_of_words(Frame frame) {
      if (frame == Frame::project && random_.chance(60))
         return random_.of<const char*>({"项目名称 under set(表二.科目名称 where level = 3)", "成员 = set(指标.名称)",
                                         "set(指标.名称 where 得分 < 分值) <= 成员", "竣工 >= 开工", "year(竣工) = 年度",
                                         "days_between(开工, 竣工) > 100天", "项目名称 under set(说明.项.名)",
                                         "decimals(预算) <= 2"});
      if (frame == Frame::subject && random_.chance(60))
         return random_.of<const char*>({"科目名称 under 名册", "count(项目 where 项目名称 = 科目名称) > 0",
                                         "any(说明.项.名 = 科目名称)", "decimals(基本) = 2",
                                         "all(项目.预算 > 基本 where 项目码 = 科目代码)"});
      return random_.of<const char*>({"名册 = set(项目.项目名称)", "名册 ≠ set(项目.指标.名称)", "备注 not under 名册",
                                      "开工 < date(\"2024-06-30\")", "开工 = \"2024年6月30日\"", "说明.无事 is present",
                                      "title(表一) = 备注", "lines_complete(表一)", "printed_year(表二) = 年度",
                                      "printed_unit(表一) is present", "decimals(收入) <= 2", "month(开工) > 3",
                                      "sum(说明.项.额) >= 说明.总数", "说明.升降 is 增加"});
   }

   // ---- ≈ --------------------------------------------------------------------------------------------------------------------

   // Sums that meet their totals now and then, percents, and freer formulas; no rounding inside.
   string about(Frame frame) {
      const string op = random_.of<const char*>({" ≈ ", " ≈ ", " ≈ ", " <~ ", " >~ "});
      switch (random_.below(8)) {
         case 0:
         case 1:
         case 2: return figure(frame) + op + sum(frame);
         case 3: return sum(frame) + op + sum(frame);
         case 4: return string(random_.of<const char*>({"率甲", "率乙"})) + op + figure(frame) + " / " + figure(frame);
         case 5: return string(random_.of<const char*>({"率甲", "率乙"})) + op + figure(frame) + " / (" + sum(frame) + ")";
         case 6: return figure(frame) + op + published(frame, 3);
         default: return "(" + published(frame, 2) + " + " + figure(frame) + ")" + op + published(frame, 3);
      }
   }

   string sum(Frame frame) {
      string text = figure(frame);
      for (int i = random_.below(5); i > 0; --i) text += random_.of<const char*>({" + ", " + ", " - "}) + figure(frame);
      return text;
   }

   // Money made of published figures by everything that ≈ can follow.
   string published(Frame frame, int depth) {
      if (depth <= 0 || random_.chance(15)) return figure(frame);
      const string a = published(frame, depth - 1);
      switch (random_.below(12)) {
         case 0: return "(" + a + " + " + published(frame, depth - 1) + ")";
         case 1: return "(" + a + " - " + published(frame, depth - 1) + ")";
         case 2: return "(" + a + " * " + random_.of<const char*>({"2", "0.5", "系数", "率甲", "(率乙 + 1个百分点)"}) + ")";
         case 3: return "(" + a + " * " + published(frame, depth - 1) + " / " + published(frame, depth - 1) + ")";
         case 4: return "(" + a + " / " + random_.of<const char*>({"3", "系数", "(1 + 系数)"}) + ")";
         case 5: return "min(" + a + ", " + published(frame, depth - 1) + ")";
         case 6: return "max(" + a + ", " + published(frame, depth - 1) + ")";
         case 7: return "abs(" + a + ")";
         case 8: return "(if " + test(frame) + " then " + a + " else " + published(frame, depth - 1) + ")";
         case 9: return "(-" + a + ")";
         case 10: return "(" + figure(frame) + " otherwise 0元)";
         default: return aggregate(Kind::money, frame);
      }
   }

   Random& random_;
   std::map<std::pair<Kind, Frame>, std::vector<string>> named_;
   std::map<Frame, std::vector<string>> scores_;
};

}  // namespace

std::string ProgramText::text() const {
   std::string text = header + "\n";
   for (const std::string& rule : rules) text += rule + "\n";
   return text;
}

ProgramText random_program(Random& random, int rules) {
   Writer writer(random);
   ProgramText program;
   program.forms = writer.forms();
   program.header = "ruleset 示例 2024 use 样式 2024 round scores to 2";
   for (int i = 0; i < rules; ++i) program.rules.push_back(writer.rule(i));
   return program;
}

}  // namespace heng::agree

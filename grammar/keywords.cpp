#include "grammar/keywords.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "grammar/unicode.hpp"

namespace heng {
namespace {

using enum WordRole;

std::vector<Keyword> make_keywords() {
   return {
       {Word::ruleset, "ruleset", "规则集", {}, declaration},
       {Word::forms, "forms", "报表集", {}, declaration},
       {Word::report, "report", "报告", {}, declaration},
       {Word::form, "form", "报表", {}, declaration},
       {Word::phrases, "phrases", "文字表述", {}, declaration},
       {Word::record, "record", "记录", {}, declaration},
       {Word::choice, "choice", "选项", {}, declaration},
       {Word::unit, "unit", "计量单位", {}, declaration},
       {Word::parameter, "parameter", "参数", {}, declaration},
       {Word::function, "function", "函数", {}, declaration},
       {Word::check, "check", "审核", {"校验", "勾稽"}, declaration},
       {Word::require, "require", "要求", {}, declaration},
       {Word::let, "let", "计算", {"设"}, declaration},
       {Word::score, "score", "评分", {}, declaration},
       {Word::bands, "bands", "分档", {}, declaration},
       {Word::tier, "tier", "档次", {}, declaration},
       {Word::test, "test", "测试", {}, declaration},
       {Word::formulas, "formulas", "公式", {}, declaration},
       {Word::layout, "layout", "版式", {}, declaration},
       {Word::printed_as, "printed", "又名", {}, declaration},

       {Word::places, "places", "行政区划", {}, declaration},

       {Word::replace, "replace", "替换", {}, change},
       {Word::amend, "amend", "改", {}, change},
       {Word::remove, "remove", "取消", {}, change},
       {Word::add, "add", "增设", {}, change},

       {Word::use, "use", "引用", {}, clause},
       {Word::extends, "extends", "沿用", {}, clause},
       {Word::for_place, "for", "适用地区", {}, clause},
       {Word::cite, "cite", "依据", {}, clause},
       {Word::ref, "ref", "编号", {}, clause},
       {Word::severity, "severity", "审核类型", {}, clause},
       {Word::message, "message", "提示语", {}, clause},
       {Word::each, "each", "逐个", {}, clause},
       {Word::grouped_by, "grouped by", "分组按", {}, clause},
       {Word::each_column, "each column", "逐栏", {}, clause},
       {Word::where, "where", "仅限", {}, expression},
       {Word::out_of, "out of", "满分", {}, clause, Glue::digits},
       {Word::of, "of", "按", {}, clause},
       {Word::round, "round", "保留", {}, clause, Glue::digits},
       {Word::round_scores_to, "round scores to", "得分保留", {}, clause, Glue::digits},
       {Word::rollup, "rollup", "逐级汇总", {}, clause},
       {Word::after, "after", "在", {}, clause},
       {Word::after_end, "after", "之后", {}, clause},
       {Word::times, "times", "乘系数", {}, clause},
       {Word::stated, "stated", "照录", {}, clause},

       {Word::lose, "lose", "扣", {}, block, Glue::digits},
       {Word::lose_of_full_marks, "of full marks", "扣满分的", {}, operation, Glue::digits},
       {Word::get_of_full_marks, "of full marks", "得满分的", {}, operation, Glue::digits},
       {Word::zero, "zero", "不得分", {}, block},
       {Word::items, "items", "各项", {}, block},
       {Word::items_equally, "items equally", "各项均分", {}, block},
       {Word::degrees, "degrees", "可达", {}, operation, Glue::digits},
       {Word::for_each, "for each", "每", {}, operation, Glue::digits},
       {Word::full, "full", "满", {}, operation, Glue::digits},
       {Word::started, "started", "不足", {}, operation, Glue::digits},
       {Word::counts_as, "counts as", "按", {}, operation, Glue::digits},
       {Word::pro_rata, "pro rata", "按比例每", {}, operation, Glue::digits},
       {Word::counted, "counted", "计法", {}, operation},
       {Word::by_which, "by which", "按其", {}, operation},
       {Word::is_below, "is below", "每低于", {}, operation, Glue::digits},
       {Word::is_above, "is above", "每高于", {}, operation, Glue::digits},

       {Word::in, "in", "计量", {}, block},
       {Word::to, "to", "保留", {}, block, Glue::digits},
       {Word::blank_counts_as_0, "blank counts as 0", "空白按0", {}, block},
       {Word::lines, "lines", "行次表", {}, block},
       {Word::columns, "columns", "栏目", {}, block},
       {Word::rows, "rows", "各行", {}, block},
       {Word::grid, "grid", "方阵", {}, block},
       {Word::by, "by", "对", {}, block},
       {Word::keyed_by, "keyed by", "识别码", {}, block},
       {Word::levels, "levels", "位数", {}, block, Glue::digits},
       {Word::total, "total", "合计行", {}, block},
       {Word::fields, "fields", "单项", {}, block},
       {Word::optional, "optional", "可缺", {}, block},
       {Word::list_of, "list of", "若干", {}, type},
       {Word::may_be_blank, "may be blank", "可不填", {}, block},

       {Word::text, "text", "文字", {}, type},
       {Word::year, "year", "年度型", {}, type},
       {Word::place, "place", "地区型", {}, type},
       {Word::money, "money", "金额型", {}, type},
       {Word::percent, "percent", "百分比", {}, type},
       {Word::percentage_points, "percentage points", "百分点型", {}, type},
       {Word::points, "points", "分数", {}, type},
       {Word::count, "count", "计数型", {}, type},
       {Word::quantity, "quantity", "数量型", {}, type},
       {Word::target, "target", "目标", {}, type},
       {Word::code, "code", "代码", {}, type},
       {Word::date, "date", "日期", {}, type},
       {Word::yes_no, "yes/no", "是否", {}, type},
       {Word::number, "number", "数值型", {}, type},
       {Word::names, "names", "名单", {}, type},

       {Word::if_, "if", "如", {"如果"}, expression},
       {Word::then, "then", "则", {}, expression},
       {Word::else_, "else", "否则", {}, expression},
       {Word::when, "when", "当", {}, expression},
       {Word::and_, "and", "并且", {"且"}, expression},
       {Word::or_, "or", "或者", {"或"}, expression},
       {Word::not_, "not", "不满足", {}, expression},
       {Word::exactly_when, "exactly when", "当且仅当", {}, operation},
       {Word::exactly, "exactly", "原样", {}, operation},
       {Word::about, "~=", "约等于", {}, operation},
       {Word::is, "is", "为", {"是"}, expression},
       {Word::is_not, "is not", "不为", {"不是"}, operation},
       {Word::under, "under", "属于", {}, operation},
       {Word::not_under, "not under", "不属于", {}, operation},
       {Word::within, "within", "允许误差", {}, operation, Glue::digits},
       {Word::otherwise, "otherwise", "未填按", {}, operation, Glue::digits},
       {Word::zero_divisor_as, "zero divisor as", "除数为0按", {}, operation, Glue::digits},
       {Word::present, "present", "已填", {}, operation},
       {Word::missing, "missing", "未填", {}, operation},
       {Word::full_marks, "full marks", "满分", {}, expression},
       {Word::judged, "judged", "人工评定", {}, operation},
       {Word::judged_in, "in", "按", {}, operation},

       {Word::or_above, "or above", "以上", {}, operation, Glue::digits},
       {Word::or_below, "or below", "以下", {}, operation, Glue::digits},
       {Word::below, "below", "不满", {"低于"}, operation, Glue::digits},
       {Word::above, "above", "超过", {"高于"}, operation, Glue::digits},
       {Word::to_below, "to below", "以上不满", {}, operation, Glue::digits},

       {Word::error, "error", "错误", {}, value},
       {Word::verify, "verify", "核实", {}, value},
       {Word::notice, "notice", "提示", {}, value},
       {Word::balance, "balance", "基本平衡", {}, value},
       {Word::logic, "logic", "逻辑性", {}, value},
       {Word::verification, "verification", "核实性", {}, value},

       {Word::given, "given", "已知", {}, block},
       {Word::expect, "expect", "应为", {}, block},
       {Word::holds, "holds", "通过", {}, value},
       {Word::fails, "fails", "不通过", {}, value},
       {Word::cannot_tell, "cannot tell", "无法判断", {}, value},
       {Word::does_not_apply, "does not apply", "不适用", {}, value},

       {Word::total_row, "total", "合计行", {}, name},
       {Word::children, "children", "下级", {}, name},
       {Word::parent, "parent", "上级", {}, name},
       {Word::level, "level", "位级", {}, name},
       {Word::orphan, "orphan", "无上级", {}, name},
       {Word::this_column, "this_column", "本栏", {}, name},
       {Word::this_part, "this_part", "本项", {}, name},
       {Word::column_label, "column_label", "栏名", {}, name},
       {Word::line_number, "line_number", "行次", {}, name},
       {Word::line_label, "line_label", "行名", {}, name},
       {Word::line_code, "line_code", "行代码", {}, name},
       {Word::previous, "previous", "上年", {}, name},
       {Word::rate, "rate", "得分率", {}, name},
   };
}

constexpr std::string_view all_unit_words[] = {
    "元",     "万元",     "亿元", "千元", "百万元", "千万元", "万亿元", "%",    "‰",      "个百分点", "百分点", "分",   "秒",
    "分钟",   "小时",     "天",   "日",   "周",     "月",     "个月",   "年",   "工作日", "个工作日", "米",     "千米", "公里",
    "平方米", "平方公里", "公顷", "亩",   "千克",   "公斤",   "吨",     "次",   "个",     "人",       "名",     "户",   "家",
    "辆",     "台",       "套",   "台套", "条",     "件",     "项",     "批",   "批次",   "人次",     "车次",   "篇",   "份",
    "部",     "册",       "本",   "期",   "场",     "所",     "座",     "处",   "栋",     "间",       "张",     "只",   "头",
    "株",     "块",       "支",   "组",   "对",     "班次",   "课时",   "学时", "万人",   "万人次",   "万次",   "万个", "万户",
};

// Words that a person may glue to a name by mistake: what stands between operands, in Chinese.
constexpr Word glueable[] = {Word::and_,  Word::or_,    Word::exactly_when, Word::then,    Word::else_,   Word::about,
                             Word::under, Word::within, Word::otherwise,    Word::present, Word::missing, Word::where};

std::u32string characters_of(std::string_view text) {
   std::u32string result;
   for (std::size_t at = 0; at < text.size();) {
      const unicode::Character character = unicode::character_at(text, at);
      result += unicode::half_width(character.code);
      at += character.length;
   }
   return result;
}

// Levenshtein, and two neighbours that changed places count as one step.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
   std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
   for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
   for (std::size_t i = 1; i <= a.size(); ++i) {
      row[0] = i;
      for (std::size_t j = 1; j <= b.size(); ++j) {
         row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
         if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      before_last.swap(last);
      last.swap(row);
   }
   return last[b.size()];
}

}  // namespace

const std::vector<Keyword>& keywords() {
   static const std::vector<Keyword> table = make_keywords();
   return table;
}

const Keyword& keyword(Word word) { return keywords()[static_cast<std::size_t>(word)]; }

std::string_view spelled(Word word, bool chinese) { return keyword(word).spelled(chinese); }

std::vector<Word> words_spelled(std::string_view text) {
   std::vector<Word> result;
   for (const Keyword& each : keywords())
      if (each.english == text || each.chinese == text ||
          std::find(each.synonyms.begin(), each.synonyms.end(), text) != each.synonyms.end())
         result.push_back(each.word);
   return result;
}

bool is_reserved(std::string_view word) {
   static const auto reserved = [] {
      std::vector<std::string_view> all;
      for (const Keyword& each : keywords()) {
         if (each.role != WordRole::expression) continue;
         if (each.english.find(' ') == std::string_view::npos) all.push_back(each.english);
         all.push_back(each.chinese);
         for (const std::string_view synonym : each.synonyms)
            if (synonym != "是") all.push_back(synonym);  // 是 is also the yes of yes and no
      }
      return all;
   }();
   return std::find(reserved.begin(), reserved.end(), word) != reserved.end();
}

std::optional<Word> declaration_word(std::string_view word) {
   for (const Keyword& each : keywords()) {
      if (each.role != declaration && each.role != change) return std::nullopt;  // they stand first in the table
      if (each.english == word || each.chinese == word) return each.word;
      if (std::find(each.synonyms.begin(), each.synonyms.end(), word) != each.synonyms.end()) return each.word;
   }
   return std::nullopt;
}

std::vector<GluedKeyword> glued_keywords(std::string_view name) {
   std::vector<GluedKeyword> result;
   for (const Word word : glueable) {
      const std::string_view spelling = keyword(word).chinese;
      for (std::size_t at = name.find(spelling); at != std::string_view::npos; at = name.find(spelling, at + 1))
         result.push_back({name.substr(0, at), name.substr(at, spelling.size()), name.substr(at + spelling.size())});
   }
   return result;
}

std::vector<std::string> unit_words() { return {std::begin(all_unit_words), std::end(all_unit_words)}; }

bool is_unit_word(std::string_view word, const std::vector<std::string>& declared) {
   return std::find(std::begin(all_unit_words), std::end(all_unit_words), word) != std::end(all_unit_words) ||
          std::find(declared.begin(), declared.end(), word) != declared.end();
}

std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& candidates) {
   const std::u32string wanted = characters_of(word);
   const std::size_t most = wanted.size() <= 4 ? 1 : 2;
   std::size_t best = most + 1;
   std::optional<std::string> result;
   for (const std::string& candidate : candidates) {
      const std::u32string characters = characters_of(candidate);
      if (std::min(characters.size(), wanted.size()) < 2) continue;
      if (std::max(characters.size(), wanted.size()) - std::min(characters.size(), wanted.size()) > most) continue;
      const std::size_t steps = distance(wanted, characters);
      if (steps < best) best = steps, result = candidate;
   }
   return result;
}

}  // namespace heng

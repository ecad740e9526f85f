#include "reports/write/words.hpp"

#include "stdlib/names.hpp"

namespace heng {

std::string_view word_of(Verdict verdict, bool chinese) {
   switch (verdict) {
      case Verdict::holds: return chinese ? "通过" : "holds";
      case Verdict::fails: return chinese ? "不通过" : "fails";
      case Verdict::cannot_tell: return chinese ? "无法判断" : "cannot tell";
      case Verdict::does_not_apply: return chinese ? "不适用" : "does not apply";
   }
   return "";
}

std::string_view explained_word(bool chinese) { return chinese ? "已说明" : "explained"; }

std::string_view outcome_word(const VerdictResult& verdict, bool chinese) {
   return verdict.explained ? explained_word(chinese) : word_of(verdict.verdict, chinese);
}

std::string_view outcome_id(const VerdictResult& verdict) {
   return verdict.explained ? explained_word(false) : id_of(verdict.verdict);
}

std::string_view word_of(tree::Severity severity, bool chinese) {
   switch (severity) {
      case tree::Severity::error: return chinese ? "错误" : "error";
      case tree::Severity::verify: return chinese ? "核实" : "verify";
      case tree::Severity::notice: return chinese ? "提示" : "notice";
   }
   return "";
}

std::string_view word_of(tree::MinistryKind kind, bool chinese) {
   switch (kind) {
      case tree::MinistryKind::none: return "";
      case tree::MinistryKind::balance: return chinese ? "基本平衡" : "basic balance";
      case tree::MinistryKind::logic: return chinese ? "逻辑性" : "logic";
      case tree::MinistryKind::verification: return chinese ? "核实性" : "verification";
   }
   return "";
}

std::string_view word_of(Basis basis, bool chinese) {
   switch (basis) {
      case Basis::computed: return chinese ? "计算" : "computed";
      case Basis::stated: return chinese ? "照录" : "stated";
      case Basis::judged: return chinese ? "人工评定" : "judged";
      case Basis::none: return chinese ? "无法判断" : "cannot tell";
   }
   return "";
}

std::string_view id_of(Verdict verdict) {
   switch (verdict) {
      case Verdict::holds: return "holds";
      case Verdict::fails: return "fails";
      case Verdict::cannot_tell: return "cannot_tell";
      case Verdict::does_not_apply: return "does_not_apply";
   }
   return "";
}

std::string_view id_of(tree::Severity severity) { return word_of(severity, false); }

std::string_view id_of(Basis basis) {
   switch (basis) {
      case Basis::computed: return "computed";
      case Basis::stated: return "stated";
      case Basis::judged: return "judged";
      case Basis::none: return "none";
   }
   return "";
}

std::string_view id_of(Missing missing) {
   switch (missing) {
      case Missing::none_missing: return "";
      case Missing::blank: return "blank";
      case Missing::dash: return "dash";
      case Missing::slash: return "slash";
      case Missing::none: return "none";
      case Missing::unreadable: return "unreadable";
      case Missing::wrong_unit: return "wrong_unit";
      case Missing::not_calculated: return "not_calculated";
      case Missing::not_read: return "not_read";
      case Missing::no_such_row: return "no_such_row";
      case Missing::no_such_report: return "no_such_report";
      case Missing::zero_divisor: return "zero_divisor";
      case Missing::near_zero_divisor: return "near_zero_divisor";
      case Missing::empty_list: return "empty_list";
      case Missing::unit_differs: return "unit_differs";
      case Missing::not_a_number: return "not_a_number";
      case Missing::bound_undecided: return "bound_undecided";
      case Missing::grew_too_large: return "grew_too_large";
      case Missing::in_no_band: return "in_no_band";
      case Missing::not_possible: return "not_possible";
      case Missing::condition: return "condition";
      case Missing::no_arm: return "no_arm";
   }
   return "";
}

Amount amount_of(const Value& value, const Type& type) {
   if (const Rational* number = boost::variant2::get_if<Rational>(&value)) {
      const ShownUnit& shown = shown_unit(type);
      return {quotient_to_text(*number, shown.scale), shown.text};
   }
   if (const bool* yes = boost::variant2::get_if<bool>(&value)) return {*yes ? "true" : "false", ""};
   if (const std::string* text = boost::variant2::get_if<std::string>(&value))
      return {type.kind == Kind::names ? shown_names(*text) : *text, ""};
   return {};
}

Type type_of(const Program& program, const SourceFigure& figure) {
   if (figure.field == no_field) return {};
   const Type& declared = program.schema.fields[figure.field].type;
   if (declared.kind != Kind::measured && declared.kind != Kind::target) return declared;
   const TargetText printed = read_target(figure.shown);
   return printed.value ? type_of_unit(printed.value->unit) : declared;
}

std::string plain_number(const Value& points) {
   const Rational* number = boost::variant2::get_if<Rational>(&points);
   return number ? to_short_text(*number) : "—";
}

const Case* case_of(const Program& program, const VerdictResult& verdict) {
   const Rule& rule = program.rules[verdict.rule];
   return verdict.case_number < rule.cases.size() ? &rule.cases[verdict.case_number] : nullptr;
}

std::string title_of(const Rule& rule, const Case* one) {
   const std::size_t dot = rule.parent == no_rule ? std::string::npos : rule.name.rfind('.');
   const std::string own = dot == std::string::npos ? rule.name : rule.name.substr(dot + 1);
   const std::string& title = rule.title.empty() ? own : rule.title;
   if (!one || one->title.empty() || one->title == title) return title;
   return title + " / " + one->title;
}

const std::vector<std::string>& refs_of(const Rule& rule, const Case* one) {
   return one && !one->refs.empty() ? one->refs : rule.refs;
}

std::string cite_of(const Rule& rule, const Case* one) { return one && !one->cite.empty() ? one->cite : rule.cite; }

std::string place_text(const FigurePlace& place, bool chinese) {
   const std::string spot = spot_text(place, chinese);
   return place.file.empty() ? spot : place.file + " " + spot;
}

std::string spot_text(const FigurePlace& place, bool chinese) {
   std::vector<std::string> parts;
   if (!place.page.empty()) parts.push_back(chinese ? "第" + place.page + "页" : "page " + place.page);
   if (!place.line.empty()) parts.push_back(chinese ? "第" + place.line + "行" : "line " + place.line);
   if (!place.cell.empty()) parts.push_back(chinese ? "单元格 " + place.cell : "cell " + place.cell);
   if (place.from == "recognised") parts.emplace_back(chinese ? "由图片识别" : "recognised from a picture");
   if (place.from == "corrected")
      parts.push_back(chinese ? place.by + " " + place.when + " 订正" : "corrected by " + place.by + " on " + place.when);
   if (parts.empty()) return place.pointer;
   return join(parts, " ");
}

std::vector<std::string_view> mark_ids(std::uint8_t marks) {
   std::vector<std::string_view> ids;
   if (marks & mark_taken_as_0) ids.push_back("taken_as_0");
   if (marks & mark_unit_from_target) ids.push_back("unit_from_target");
   if (marks & mark_bound) ids.push_back("bound");
   return ids;
}

std::string mark_text(std::uint8_t marks, bool chinese) {
   std::vector<std::string> texts;
   if (marks & mark_taken_as_0) texts.push_back(chinese ? "空白按0" : "blank taken as 0");
   if (marks & mark_unit_from_target) texts.push_back(chinese ? "单位取自目标" : "unit taken from the target");
   if (marks & mark_bound) texts.push_back(chinese ? "本身是一个范围" : "is itself a bound");
   return join(texts, chinese ? "，" : ", ");
}

std::string set_title(const RuleSet& set) {
   std::string text = set.name;
   if (set.year) text += " " + std::to_string(set.year);
   if (!set.place.empty()) text += " " + set.place;
   return text;
}

std::string short_hash(const RuleSet& set) { return set.hash.substr(0, 8); }

std::string pad(std::string_view text, std::size_t width, bool right) {
   const std::size_t has = display_width(text);
   const std::string blanks(has < width ? width - has : 0, ' ');
   return right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
   std::string text;
   for (const std::string& part : parts) {
      if (!text.empty()) text += between;
      text += part;
   }
   return text;
}

}  // namespace heng

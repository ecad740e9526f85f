#include "interpreter/check/lookalikes.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "grammar/unicode.hpp"
#include "interpreter/check/findings.hpp"
#include "stdlib/text.hpp"

namespace heng::checking {

namespace {

// Each group looks like its first: Latin, Cyrillic and Greek letters, digits, kana, ideographs that differ in a stroke.
constexpr std::u32string_view groups[] = {
    U"0OoОоΟοՕօ〇○◯", U"1lIІΙӀ丨", U"AАΑ",  U"BВΒ",  U"CСϹ",    U"EЕΕ",  U"HНΗ",   U"JЈ",     U"KКΚ\u212A", U"MМΜ",  U"NΝ",
    U"PРΡ",           U"SЅ",       U"TТΤ",  U"XХΧ",  U"YУΥ",    U"ZΖ",   U"aаα",   U"cсϲ",    U"eе",        U"iі",   U"jј",
    U"pрρ",           U"sѕ",       U"uυ",   U"vν",   U"xх×",    U"yу",   U"一ー-", U"口ロ囗", U"二ニ",      U"八ハ", U"工エ",
    U"力カ",          U"夕タ",     U"卜ト", U"才オ", U"已己巳", U"未末", U"日曰",  U"士土",   U"入人",      U"干千", U"戊戌戍",
    U"候侯",          U"拨拔",     U"折拆", U"治冶", U"刺剌",
};

char32_t like(char32_t code) {
   for (const std::u32string_view group : groups)
      if (group.find(code) != std::u32string_view::npos) return group.front();
   return code;
}

// What script a character is of, for people.
Said script_of(char32_t code) {
   const auto in = [&](char32_t first, char32_t last) { return code >= first && code <= last; };
   if (in('0', '9')) return say("数字", "a digit");
   if (in('A', 'Z') || in('a', 'z')) return say("拉丁字母", "a Latin letter");
   if (in(0x0370, 0x03FF)) return say("希腊字母", "a Greek letter");
   if (in(0x0400, 0x052F)) return say("西里尔字母", "a Cyrillic letter");
   if (in(0x3040, 0x30FF)) return say("日文假名", "Japanese kana");
   if (in(0x3400, 0x9FFF) || code == U'〇') return say("汉字", "an ideograph");
   return say("符号", "a sign");
}

std::string utf8(char32_t code) {
   std::string text;
   unicode::append_utf8(text, code);
   return text;
}

std::string number_of(char32_t code) { return fmt::format("U+{:04X}", static_cast<unsigned>(code)); }

}  // namespace

std::string likeness(std::string_view name) {
   std::string result;
   for (const char32_t code : code_points(fold(name))) unicode::append_utf8(result, like(code));
   return result;
}

Said difference(std::string_view written, std::string_view meant) {
   const std::u32string a = code_points(fold(written)), b = code_points(fold(meant));
   for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      if (a[i] == b[i]) continue;
      const Said one = script_of(a[i]), other = script_of(b[i]);
      return {fmt::format("第{}个字是“{}”（{}，{}），不是“{}”（{}，{}）", i + 1, utf8(a[i]), one.zh, number_of(a[i]), utf8(b[i]),
                          other.zh, number_of(b[i])),
              fmt::format("character {} is “{}” ({}, {}), not “{}” ({}, {})", i + 1, utf8(a[i]), one.en, number_of(a[i]),
                          utf8(b[i]), other.en, number_of(b[i]))};
   }
   return {};
}

std::optional<std::string> look_alike(std::string_view written, const std::vector<std::string>& candidates) {
   const std::string wanted = likeness(written), itself = fold(written);
   const auto found = std::find_if(candidates.begin(), candidates.end(),
                                   [&](const std::string& one) { return likeness(one) == wanted && fold(one) != itself; });
   return found == candidates.end() ? std::nullopt : std::optional(*found);
}

std::optional<Said> did_you_mean(std::string_view written, const std::vector<std::string>& candidates) {
   if (const auto alike = look_alike(written, candidates)) {
      const Said which = difference(written, *alike);
      return say("是不是 {0}？{1}", "did you mean {0}? {2}", *alike, which.zh, which.en);
   }
   const auto near = suggestions(written, candidates);
   return near.empty() ? std::nullopt : std::optional(say("是不是 {}？", "did you mean {}?", near.front()));
}

// ---- among what is declared ---------------------------------------------------------------------------------------------

void find_look_alikes(const Analysed& analysed) {
   const Program& program = analysed.program;
   std::map<std::tuple<std::uint32_t, std::uint32_t, std::string>, Span> names;  // in the order of the texts
   const auto add = [&](const std::string& name, Span span) {
      if (span.begin < span.end) names.try_emplace({span.file, span.begin, name}, span);
   };
   for (const FormSchema& form : program.schema.forms) add(form.name, form.declared);
   for (const Frame& frame : program.schema.frames) add(frame.name, frame.declared);
   for (const Field& field : program.schema.fields)
      if (field.line.empty()) add(field.name, field.declared);
   for (const RuleSet& set : program.sets)
      for (const ParameterValue& parameter : set.parameters) add(parameter.name, parameter.span);
   for (const Rule& rule : program.rules) add(rule.name, rule.name_span);
   std::map<std::string, std::pair<std::string, Span>> first;
   for (const auto& [place, span] : names) {
      const std::string& name = std::get<2>(place);
      const auto [found, is_new] = first.try_emplace(likeness(name), name, span);
      if (is_new || fold(found->second.first) == fold(name)) continue;
      Diagnostic& notice = analysed.complaints.notice(
          Code::names_look_alike, span,
          say("{} 和 {} 看上去一样，却是两个名称", "{} and {} look the same and are two names", name, found->second.first));
      notice.notes.push_back({found->second.second, say("另一个在这里", "the other one is here")});
      const Said which = difference(name, found->second.first);
      notice.help = say("{}；本是一个就改成一样，否则换个名称", "{1}; if one is meant, write both alike, else rename one",
                        which.zh, which.en);
   }
}

}  // namespace heng::checking

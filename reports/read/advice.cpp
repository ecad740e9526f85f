#include "reports/read/advice.hpp"

#include <algorithm>
#include <array>

namespace heng {

namespace {

bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }
bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view from_first_mark(std::string_view text) {
   const std::size_t first = text.find_first_not_of(" \t\r\n");
   return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

bool has_digits_on_both_sides(std::string_view text, std::string_view part) {
   for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
      if (at > 0 && is_digit(text[at - 1]) && at + part.size() < text.size() && is_digit(text[at + part.size()])) return true;
   return false;
}

// Lines with the same number of commas, outside of what JSON begins with: a table of text.
bool looks_like_csv(std::string_view text) {
   const std::string_view first = from_first_mark(text);
   if (first.empty() || first.front() == '{' || first.front() == '[' || first.front() == '"') return false;
   const std::size_t end = first.find('\n');
   if (end == std::string_view::npos) return false;
   const std::string_view head = first.substr(0, end);
   std::string_view second = first.substr(end + 1);
   second = second.substr(0, second.find('\n'));
   const auto commas = std::count(head.begin(), head.end(), ',');
   return commas > 0 && commas == std::count(second.begin(), second.end(), ',') && head.find(':') == std::string_view::npos;
}

struct Mark {
   std::string_view text;
   Said said;
};

// What Chinese input methods and other notations put where JSON wants its own marks.
const std::array marks = {
    Mark{"“", {"中文引号“”要改成英文引号 \"", "the curly quotes must be plain ones: \""}},
    Mark{"”", {"中文引号“”要改成英文引号 \"", "the curly quotes must be plain ones: \""}},
    Mark{"：", {"中文冒号“：”要改成英文冒号 :", "the full-width colon must be a plain one: :"}},
    Mark{"，", {"中文逗号“，”要改成英文逗号 ,", "the full-width comma must be a plain one: ,"}},
    Mark{"、", {"顿号“、”要改成英文逗号 ,", "the mark 、 must be a plain comma: ,"}},
    Mark{"；", {"分号“；”要改成英文逗号 ,", "the semicolon must be a comma: ,"}},
    Mark{";", {"分号要改成逗号 ,", "the semicolon must be a comma: ,"}},
    Mark{"'", {"单引号要改成双引号 \"", "the single quotes must be double ones: \""}},
    Mark{"//", {"JSON 里不能写注释，去掉它", "JSON holds no comments: take it out"}},
    Mark{"/*", {"JSON 里不能写注释，去掉它", "JSON holds no comments: take it out"}},
    Mark{"#", {"JSON 里不能写注释，去掉它", "JSON holds no comments: take it out"}},
    Mark{"NaN", {"NaN 不是数：没有这个数就写 null", "NaN is no number: where there is none write null"}},
    Mark{"None", {"没有这个数就写 null", "where there is no figure write null"}},
    Mark{"True", {"写 true", "write true"}},
    Mark{"False", {"写 false", "write false"}},
    Mark{".", {"小数点前面补 0，如 0.5", "write a 0 before the point, such as 0.5"}},
    Mark{"+", {"数前面不写 +", "a number has no + before it"}},
};

}  // namespace

std::optional<Said> another_kind_of_file(std::string_view text) {
   const std::string_view first = from_first_mark(text);
   if (begins(first, "%PDF"))
      return say("这是 PDF 文件，文件名却不是 .pdf：改回 .pdf 再用，衡直接读 PDF",
                 "this is a PDF under another name: rename it to .pdf, Heng reads PDFs themselves");
   if (begins(first, "PK\x03\x04") || begins(first, "\xD0\xCF\x11\xE0"))
      return say(
          "这是 Excel、Word 之类的文件，文件名却不是：改回 .xlsx 或 .docx 再用，衡直接读它们；.xls、.doc 先另存为 .xlsx、.docx",
          "this is a workbook or a document under another name: rename it to .xlsx or .docx, Heng reads them themselves; save "
          ".xls and .doc as .xlsx and .docx first");
   if (begins(first, "<"))
      return say("这是网页或 XML，不是 JSON：网页改回 .html 再用，衡直接读网页里的表",
                 "this is a web page or XML and no JSON: rename a web page to .html, Heng reads the tables in it");
   if (looks_like_csv(text))
      return say("这是 CSV 表格，文件名却不是 .csv：改成 .csv 再用，衡直接读 CSV",
                 "this is a table in CSV under another name: rename it to .csv, Heng reads CSV itself");
   if (begins(first, "规则集") || begins(first, "报表集") || begins(first, "ruleset") || begins(first, "forms"))
      return say("这是规则文件，不是报告数据；先写规则，后写报告",
                 "this is a rule file and no report data; rules come first, then reports");
   return std::nullopt;
}

bool is_utf16(std::string_view text) {
   if (begins(text, "\xFF\xFE") || begins(text, "\xFE\xFF")) return true;
   const std::string_view head = text.substr(0, 64);
   return std::count(head.begin(), head.end(), '\0') >= static_cast<std::ptrdiff_t>(head.size() / 4 + 1);
}

Said encoding_of(std::string_view text) {
   if (is_utf16(text)) return say("是 UTF-16 编码；请另存为 UTF-8（记事本、WPS 另存时可以选）", "is UTF-16; save it as UTF-8");
   return say("不是 UTF-8 编码，多半是 GB18030（ANSI）；请另存为 UTF-8（记事本、WPS 另存时可以选）",
              "is not UTF-8, most likely GB18030; save it as UTF-8");
}

std::size_t control_in_quotes(std::string_view text) {
   bool quoted = false;
   for (std::size_t at = 0; at < text.size(); ++at) {
      if (quoted && static_cast<unsigned char>(text[at]) < 0x20) return at;
      if (text[at] == '"') quoted = !quoted;
      if (text[at] == '\\' && quoted) ++at;
   }
   return 0;
}

std::optional<Said> no_json_at(std::string_view text, std::size_t offset) {
   offset = std::min(offset, text.size());
   std::string_view here = from_first_mark(text.substr(offset));
   // The place is sometimes known to the mark before only.
   for (int step = 0; step < 2; ++step) {
      for (const Mark& mark : marks)
         if (begins(here, mark.text)) return Said{"不是 JSON：" + mark.said.zh, "is no JSON: " + mark.said.en};
      if (here.empty() || (here.front() != ':' && here.front() != ',')) break;
      here = from_first_mark(here.substr(1));
   }
   const std::string_view before = text.substr(0, offset);
   const std::size_t last = before.find_last_not_of(" \t\r\n");
   const char previous = last == std::string_view::npos ? '\0' : before[last];
   const char next = here.empty() ? '\0' : here.front();
   if (previous == ',' && (next == '}' || next == ']'))
      return say("不是 JSON：最后一项后面多了逗号，去掉它", "is no JSON: there is a comma behind the last item; take it out");
   return std::nullopt;
}

Said advice_for_number(std::string_view text) {
   constexpr std::array numerals = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "零", "〇"};
   for (const std::string_view sign : {"~", "～", "—", "至"})
      if (has_digits_on_both_sides(text, sign)) return say("只写一个数，不写范围", "write one number, no range");
   if (has_digits_on_both_sides(text, "。")) return say("小数点写 .", "the decimal point is .");
   if (begins(text, "=") || begins(text, "＝")) return say("写算好的数，不写公式", "write the figure that comes out, no formula");
   for (const std::string_view sign : {"￥", "¥", "$"})
      if (begins(text, sign)) return say("去掉货币符号 {}", "take the sign {} out", sign);
   for (const std::string_view word : {"约", "大约", "近", "逾", "超"})
      if (begins(text, word)) return say("去掉“{}”，只写数", "take \"{}\" out: a figure only", word);
   for (const std::string_view word : {"E+", "e+", "E-", "e-"})
      if (holds(text, word))
         return say("不写科学计数法：在 Excel 里把格子设成“数值”再抄出来",
                    "no scientific notation: give the cell a plain number format first");
   for (const std::string_view word : {"不适用", "N/A", "n/a", "NA", "NaN", "nan", "null"})
      if (text == word)
         return say("没有这个数就写“/”或“-”，读不出来的写 {{\"missing\": \"unreadable\"}}",
                    "where there is none write \"/\" or \"-\", what cannot be read {{\"missing\": \"unreadable\"}}");
   if (holds(text, ",") || holds(text, "，"))
      return say("千位分隔符三位一段，如 1,234.50", "separators stand in threes: 1,234.50");
   if (std::any_of(numerals.begin(), numerals.end(), [&](std::string_view numeral) { return holds(text, numeral); }))
      return say("用阿拉伯数字写", "write it in digits");
   if ((holds(text, "（") || holds(text, "(")) && std::any_of(text.begin(), text.end(), is_digit))
      return say("这里只写数；负数写 -80 或 (80)，说明另放",
                 "a figure only; a negative one is -80 or (80), remarks go elsewhere");
   if (has_digits_on_both_sides(text, " ")) return say("数字中间不留空格", "no blanks between the digits");
   return say("只写数，如 17127.83；没有这个数写“-”或“/”",
              "a figure only, such as 17127.83; where there is none write \"-\" or \"/\"");
}

}  // namespace heng

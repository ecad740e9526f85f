#include "reports/read/recognise/listed_names.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/read/recognise/names_on_paper.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::size_t character = 3;  // bytes of a Chinese one
constexpr std::string_view conjunctions[] = {"以及", "和", "及", "与"};

std::string known_as(std::string_view name) {
   const std::string folded = fold(name);
   return std::string(without_enumerator(folded));
}

void add_texts(const ReportData& rows, KnownNames& into) {
   for (const ReportData& row : rows)
      for (const auto& [key, value] : row.items()) {
         const std::string text = value.is_string()   ? value.get<std::string>()
                                  : value.is_object() ? value.value("value", "")
                                                      : "";
         if (!text.empty() && !figure_of(fold(text))) into.insert(known_as(text));
      }
}

std::vector<std::string> split_at(std::string_view text, std::string_view mark) {
   std::vector<std::string> parts;
   for (std::size_t end = text.find(mark); end != std::string_view::npos; end = text.find(mark)) {
      parts.emplace_back(text.substr(0, end));
      text.remove_prefix(end + mark.size());
   }
   parts.emplace_back(text);
   return parts;
}

std::string_view last_character(std::string_view text) {
   return text.size() < character ? text : text.substr(text.size() - character);
}

struct Token {
   std::string text;
   bool quoted = false;
};

// At 、 and at quotation marks.
std::vector<Token> tokens_of(const std::string& text) {
   std::vector<Token> tokens;
   std::string current;
   bool quoted = false;
   const auto end = [&] {
      if (!current.empty()) tokens.push_back({std::exchange(current, {}), quoted});
   };
   for (std::size_t at = 0; at < text.size();) {
      std::size_t length = 1;
      while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80) ++length;
      const std::string one = text.substr(at, length);
      if (fold(one) == "\"") {
         end();
         quoted = !quoted;
      } else if (one == "、" && !quoted) {
         end();
      } else {
         current += one;
      }
      at += length;
   }
   end();
   return tokens;
}

class NameList {
 public:
   NameList(const std::string& text, const KnownNames& known) : known_(known) {
      const std::vector<Token> tokens = tokens_of(text);
      listed_ = tokens.size() > 1;
      for (const Token& token : tokens) {
         if (token.quoted || is_known(token.text))
            names_.push_back(token.text);
         else
            add(token.text, &token == &tokens.back());
      }
   }

   std::string joined() const {
      std::string text;
      for (const std::string& name : names_) text += (text.empty() ? "" : "、") + name;
      return text;
   }

 private:
   bool is_known(const std::string& name) const { return known_.count(known_as(name)) > 0; }

   void add(const std::string& text, bool last) {
      for (const std::string_view word : conjunctions)
         if (text == word) return;  // “甲”和“乙”
      std::vector<std::string> found;
      bool all_known = true;
      const std::vector<std::string> parts = split_at(with_one_comma(text), ",");
      for (const std::string& part : parts) {
         if (part.empty()) return names_.push_back(text);
         const bool ends = last && &part == &parts.back();
         for (std::string& name : ends ? last_names(part, found.empty() && names_.empty() ? "" : before(found), parts.size() > 1)
                                       : std::vector<std::string>{part}) {
            all_known = all_known && is_known(name);
            found.push_back(std::move(name));
         }
      }
      if (parts.size() > 1 && !listed_ && !all_known) return names_.push_back(text);
      names_.insert(names_.end(), found.begin(), found.end());
   }

   static std::string with_one_comma(std::string text) {
      constexpr std::string_view wide = "，";
      for (std::size_t at = text.find(wide); at != std::string::npos; at = text.find(wide)) text.replace(at, wide.size(), ",");
      return text;
   }

   const std::string& before(const std::vector<std::string>& found) const { return found.empty() ? names_.back() : found.back(); }

   // 乙和丙 at the end of a list, of which `previous` is the name before.
   std::vector<std::string> last_names(const std::string& text, const std::string& previous, bool behind_comma) const {
      if (is_known(text)) return {text};
      for (const std::string_view word : conjunctions)
         if (behind_comma && text.starts_with(word) && is_known(text.substr(word.size()))) return {text.substr(word.size())};
      for (const std::string_view word : conjunctions)
         for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) {
            const std::string left = text.substr(0, at), right = text.substr(at + word.size());
            if (left.size() >= 2 * character && right.size() >= 2 * character && are_two(left, right, previous))
               return {left, right};
         }
      return {text};
   }

   // 教育和体育支出 is one name, 教育支出和体育支出 are two.
   bool are_two(const std::string& left, const std::string& right, const std::string& previous) const {
      if (is_known(left) && is_known(right)) return true;
      const bool alike = last_character(left) == last_character(right);
      return listed_ && alike && (is_known(left) || last_character(previous) == last_character(left));
   }

   const KnownNames& known_;
   bool listed_ = false;
   std::vector<std::string> names_;
};

}  // namespace

KnownNames known_names(const Schema& schema, const ReportData& report) {
   KnownNames known;
   for (const FormSchema& form : schema.forms) {
      for (const FormBlock& block : form.blocks)
         for (const std::string& label : block.labels) known.insert(known_as(label));
      const auto read = report.find(form.name);
      if (read == report.end() || !read->is_object()) continue;
      for (const auto& [key, value] : read->items())
         if (value.is_array()) add_texts(value, known);
   }
   return known;
}

std::string list_of_names(const std::string& text, const KnownNames& known) { return NameList(text, known).joined(); }

}  // namespace heng

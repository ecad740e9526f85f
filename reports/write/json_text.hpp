// Writes JSON text piece by piece: commas, escapes and indentation are its business, nothing else.
// Text that is not UTF-8 (a file's name may not be) is written with U+FFFD in place of what cannot be read.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heng {

class JsonText {
 public:
   explicit JsonText(bool indented) : indented_(indented) {}
   JsonText& begin_object();
   JsonText& end_object();
   JsonText& begin_list();
   JsonText& end_list();
   JsonText& key(std::string_view name);
   JsonText& text(std::string_view value);
   JsonText& number(std::uint64_t value);
   JsonText& yes_no(bool value);
   JsonText& null();
   // key and value in one; the second keeps "nothing known" apart from "".
   JsonText& member(std::string_view name, std::string_view value) { return key(name).text(value); }
   JsonText& member_or_null(std::string_view name, std::string_view value) {
      return value.empty() ? key(name).null() : key(name).text(value);
   }
   std::string take();  // what is written so far, leaving open brackets open

 private:
   void before_value();
   void open(char bracket);
   void close(char bracket);
   void new_line();
   std::string text_;
   std::vector<bool> has_items_;  // per open bracket
   bool indented_, after_key_ = false;
};

}  // namespace heng

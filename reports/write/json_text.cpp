#include "reports/write/json_text.hpp"

#include <fmt/format.h>

#include <cstring>

#include "stdlib/text.hpp"

namespace heng {

namespace {

bool is_escaped(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

// Eight bytes at once: the highest bit of a byte of the result is set where one of them is 0 (bytes before a 0 are told right).
constexpr std::uint64_t in_each_byte(unsigned char byte) { return byte * 0x0101010101010101u; }
constexpr std::uint64_t zeros(std::uint64_t bytes) { return (bytes - in_each_byte(1)) & ~bytes & in_each_byte(0x80); }

bool any_escaped(const char* eight) {
   std::uint64_t bytes = 0;
   std::memcpy(&bytes, eight, sizeof bytes);
   const std::uint64_t controls = zeros(bytes & in_each_byte(0xE0));
   return (controls | zeros(bytes ^ in_each_byte('"')) | zeros(bytes ^ in_each_byte('\\'))) != 0;
}

std::size_t length_without_escapes(std::string_view value) {
   std::size_t at = 0;
   while (at + 8 <= value.size() && !any_escaped(value.data() + at)) at += 8;
   while (at < value.size() && !is_escaped(value[at])) ++at;
   return at;
}

std::string escape_of(char c) {
   switch (c) {
      case '"': return "\\\"";
      case '\\': return "\\\\";
      case '\n': return "\\n";
      case '\r': return "\\r";
      case '\t': return "\\t";
      default: return fmt::format("\\u{:04x}", static_cast<unsigned>(c));
   }
}

// Runs of what stands for itself go in at once.
void append_escaped(std::string& out, std::string_view value) {
   out += '"';
   for (;;) {
      const std::size_t run = length_without_escapes(value);
      out.append(value.substr(0, run));
      if (run == value.size()) break;
      out += escape_of(value[run]);
      value.remove_prefix(run + 1);
   }
   out += '"';
}

std::string mended(std::string_view value) {
   std::string text;
   std::size_t bad = 0;
   while (!is_valid_utf8(value, &bad)) {
      text.append(value.substr(0, bad)).append("\xEF\xBF\xBD");
      value.remove_prefix(bad + 1);
   }
   return text.append(value);
}

}  // namespace

void JsonText::new_line() {
   if (!indented_) return;
   text_ += '\n';
   text_.append(has_items_.size() * 2, ' ');
}

void JsonText::before_value() {
   if (after_key_) {
      after_key_ = false;
      return;
   }
   if (has_items_.empty()) return;
   if (has_items_.back()) text_ += ',';
   has_items_.back() = true;
   new_line();
}

void JsonText::open(char bracket) {
   before_value();
   text_ += bracket;
   has_items_.push_back(false);
}

void JsonText::close(char bracket) {
   const bool had_items = has_items_.back();
   has_items_.pop_back();
   if (had_items) new_line();
   text_ += bracket;
}

JsonText& JsonText::begin_object() {
   open('{');
   return *this;
}

JsonText& JsonText::end_object() {
   close('}');
   return *this;
}

JsonText& JsonText::begin_list() {
   open('[');
   return *this;
}

JsonText& JsonText::end_list() {
   close(']');
   return *this;
}

JsonText& JsonText::key(std::string_view name) {
   before_value();
   append_escaped(text_, name);
   text_ += indented_ ? ": " : ":";
   after_key_ = true;
   return *this;
}

JsonText& JsonText::text(std::string_view value) {
   before_value();
   if (is_valid_utf8(value))
      append_escaped(text_, value);
   else
      append_escaped(text_, mended(value));
   return *this;
}

JsonText& JsonText::number(std::uint64_t value) {
   before_value();
   text_ += std::to_string(value);
   return *this;
}

JsonText& JsonText::yes_no(bool value) {
   before_value();
   text_ += value ? "true" : "false";
   return *this;
}

JsonText& JsonText::null() {
   before_value();
   text_ += "null";
   return *this;
}

std::string JsonText::take() {
   std::string taken;
   taken.swap(text_);
   return taken;
}

}  // namespace heng

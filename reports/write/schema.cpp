#include "reports/write/schema.hpp"

#include <fmt/format.h>

#include "reports/write/json_text.hpp"

namespace heng {

namespace {

class SchemaText {
 public:
   SchemaText(const ReportShape& shape, bool chinese) : shape_(shape), chinese_(chinese) {}

   std::string print() {
      json_.begin_object().member("$schema", "https://json-schema.org/draft/2020-12/schema");
      json_.member("title", chinese_ ? "报告数据" : "report data");
      object(0);
      json_.key("$defs").begin_object();
      value_definition();
      names_definition();
      json_.end_object().end_object();
      return json_.take() + "\n";
   }

 private:
   void members(std::uint32_t number) {
      json_.key("properties").begin_object();
      for (const ShapeEntry& entry : shape_.shapes[number].entries) {
         json_.key(entry.key).begin_object();
         describe(entry);
         json_.end_object();
         // An alias stands for the same thing and is described again: a schema has no other way to say so.
         for (const std::string& alias : entry.aliases) {
            json_.key(alias).begin_object();
            describe(entry);
            json_.end_object();
         }
      }
      json_.end_object();
   }

   void object(std::uint32_t number) {
      json_.member("type", "object");
      members(number);
      required(number);
      json_.key("additionalProperties").yes_no(false);
   }

   void required(std::uint32_t number) {
      const Schema& schema = *shape_.schema;
      std::vector<std::string> keys;
      for (const ShapeEntry& entry : shape_.shapes[number].entries) {
         if (entry.what != ShapeEntry::What::value || entry.field == no_field) continue;
         if (entry.field == schema.year) keys.push_back(entry.key);
      }
      if (keys.empty()) return;
      json_.key("required").begin_list();
      for (const std::string& key : keys) json_.text(key);
      json_.end_list();
   }

   void describe(const ShapeEntry& entry) {
      if (!entry.label.empty() && entry.label != entry.key) json_.member("title", entry.label);
      switch (entry.what) {
         case ShapeEntry::What::version: json_.member("const", "report/1"); break;
         case ShapeEntry::What::account: json_.member("type", "object"); break;
         case ShapeEntry::What::object:
         case ShapeEntry::What::total: object(entry.shape); break;
         case ShapeEntry::What::list:
            json_.member("type", "array").key("items").begin_object();
            row(entry);
            json_.end_object();
            break;
         case ShapeEntry::What::value: value(entry); break;
      }
   }

   void row(const ShapeEntry& entry) {
      json_.member("type", "object");
      members(entry.shape);
      const Frame& frame = shape_.schema->frames[entry.frame];
      if (frame.keyed && frame.key != no_field)
         json_.key("required").begin_list().text(shape_.schema->fields[frame.key].name).end_list();
      json_.key("additionalProperties").yes_no(false);
   }

   void value(const ShapeEntry& entry) {
      const Field& field = shape_.schema->fields[entry.field];
      std::string text = heng::describe(field.type, chinese_);
      if (field.type.decimals >= 0)
         text += chinese_ ? fmt::format("，{} 位小数", field.type.decimals) : fmt::format(", {} decimals", field.type.decimals);
      if (field.blank_counts_as_0) text += chinese_ ? "，空白按0" : ", blank counts as 0";
      if (field.may_be_blank) text += chinese_ ? "，可不填" : ", may be blank";
      if (field.type.choices) {
         text += chinese_ ? "：" : ": ";
         for (std::size_t i = 0; i < field.type.choices->size(); ++i) text += (i ? "|" : "") + (*field.type.choices)[i];
      }
      json_.member("description", text).member("$ref", field.type.kind == Kind::names ? "#/$defs/names" : "#/$defs/value");
   }

   void value_definition() {
      json_.key("value").begin_object();
      json_.member("description", chinese_ ? "数、印出的文字、空白，或带出处的值"
                                           : "a number, text as printed, a blank, or a value with its place");
      json_.key("anyOf").begin_list();
      json_.begin_object()
          .key("type")
          .begin_list()
          .text("number")
          .text("string")
          .text("boolean")
          .text("null")
          .end_list()
          .end_object();
      with_its_place([&] { scalar("value", {"number", "string", "boolean", "null"}); });
      json_.end_list().end_object();
   }

   void names_definition() {
      json_.key("names").begin_object();
      json_.member("description", chinese_ ? "名称的列表，或者用顿号隔开的文字、空白、带出处的名单"
                                           : "a list of names, or text with 、 between them, a blank, or names with their place");
      const auto names = [&] {
         json_.begin_object().member("type", "array").key("items").begin_object();
         json_.key("type").begin_list().text("string").text("number").end_list();
         json_.end_object().end_object();
         json_.begin_object().key("type").begin_list().text("string").text("null").end_list().end_object();
      };
      json_.key("anyOf").begin_list();
      names();
      with_its_place([&] {
         json_.key("value").begin_object().key("anyOf").begin_list();
         names();
         json_.end_list().end_object();
      });
      json_.end_list().end_object();
   }

   // { "value": …, "raw": "…", "page": 12 }
   template <typename Value>
   void with_its_place(Value value) {
      json_.begin_object().member("type", "object").key("properties").begin_object();
      value();
      scalar("unit", {"string"});
      scalar("raw", {"string"});
      for (const char* key : {"page", "line", "cell"}) scalar(key, {"number", "string"});
      json_.key("missing").begin_object().key("enum").begin_list();
      for (const char* word : {"blank", "dash", "slash", "none", "unreadable", "not calculated"}) json_.text(word);
      json_.end_list().end_object();
      json_.end_object().key("additionalProperties").yes_no(false).end_object();
   }

   void scalar(std::string_view key, const std::vector<std::string_view>& types) {
      json_.key(key).begin_object().key("type").begin_list();
      for (const std::string_view type : types) json_.text(type);
      json_.end_list().end_object();
   }

   const ReportShape& shape_;
   bool chinese_;
   JsonText json_{true};
};

}  // namespace

std::string report_schema(const ReportShape& shape, bool chinese) { return SchemaText(shape, chinese).print(); }

}  // namespace heng

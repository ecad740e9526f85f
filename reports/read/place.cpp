#include "reports/read/place.hpp"

#include <simdjson.h>

#include <unordered_set>

#include "reports/read/records.hpp"

namespace heng {

namespace {

namespace ondemand = simdjson::ondemand;

class Finder {
 public:
   Finder(std::string_view record, const std::vector<Origin>& origins) : record_(record) {
      for (const Origin& origin : origins)
         if (origin.end > origin.begin) wanted_.insert(origin.begin);
   }

   FigurePlaces find() {
      ondemand::document document;
      ondemand::object object;
      if (wanted_.empty() || parser_.iterate(record_.data(), record_.size(), record_.size() + record_padding).get(document) ||
          document.get_object().get(object))
         return {};
      walk_fields(object, "", 0);
      return std::move(places_);
   }

 private:
   static constexpr int deepest = 128;

   static std::string pointer_part(std::string_view key) {
      std::string text = "/";
      for (const char c : key) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
      return text;
   }

   bool walk_fields(ondemand::object& object, const std::string& pointer, int depth) {
      for (auto item : object) {
         ondemand::field field;
         std::string_view key;
         if (std::move(item).get(field) || field.unescaped_key().get(key)) return false;
         if (!walk(field.value(), pointer + pointer_part(key), depth + 1)) return false;
      }
      return true;
   }

   bool walk(ondemand::value& value, const std::string& pointer, int depth) {
      ondemand::json_type type;
      if (depth > deepest || places_.size() == wanted_.size() || value.type().get(type)) return false;
      const std::string_view token = value.raw_json_token();
      const auto at = static_cast<std::uint32_t>(token.data() - record_.data());
      const bool here = wanted_.count(at) > 0;
      if (type == ondemand::json_type::array) {
         ondemand::array array;
         if (value.get_array().get(array)) return false;
         if (here) places_[at].pointer = pointer;
         std::size_t index = 0;
         for (auto item : array) {
            ondemand::value inner;
            if (std::move(item).get(inner) || !walk(inner, pointer + "/" + std::to_string(index++), depth + 1)) return false;
         }
         return true;
      }
      if (type == ondemand::json_type::object) {
         ondemand::object object;
         if (value.get_object().get(object)) return false;
         if (!here) return walk_fields(object, pointer, depth);
         return read_value_object(object, places_[at] = {pointer, "", "", "", "", "", "", "", ""});
      }
      if (here) places_[at] = {pointer, scalar(value, type, token), "", "", "", "", "", "", ""};
      return true;
   }

   static std::string scalar(ondemand::value& value, ondemand::json_type type, std::string_view token) {
      std::string_view text;
      if (type == ondemand::json_type::string && !value.get_string().get(text)) return std::string(text);
      if (type == ondemand::json_type::null) return "";
      while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' || token.back() == '\t'))
         token.remove_suffix(1);
      return std::string(token);
   }

   bool read_value_object(ondemand::object& object, FigurePlace& place) {
      std::string printed;
      bool has_raw = false;
      for (auto item : object) {
         ondemand::field field;
         std::string_view key;
         ondemand::json_type type;
         if (std::move(item).get(field) || field.unescaped_key().get(key) || field.value().type().get(type)) return false;
         const std::string_view token = field.value().raw_json_token();
         if (type == ondemand::json_type::object || type == ondemand::json_type::array) continue;
         const std::string text = scalar(field.value(), type, token);
         if (key == "raw") {
            place.raw = text;
            has_raw = true;
         } else if (key == "value") {
            printed = text;
         } else if (key == "page") {
            place.page = text;
         } else if (key == "line") {
            place.line = text;
         } else if (key == "cell") {
            place.cell = text;
         } else if (key == "from") {
            place.from = text;
         } else if (key == "by") {
            place.by = text;
         } else if (key == "when") {
            place.when = text;
         }
      }
      if (!has_raw) place.raw = printed;
      return true;
   }

   std::string_view record_;
   std::unordered_set<std::uint32_t> wanted_;
   FigurePlaces places_;
   ondemand::parser parser_;
};

}  // namespace

FigurePlaces places_of(std::string_view record, const std::vector<Origin>& origins) { return Finder(record, origins).find(); }

std::string raw_text(std::string_view record, Origin origin) {
   if (origin.end <= origin.begin || origin.end > record.size()) return {};
   const std::string_view token = record.substr(origin.begin, origin.end - origin.begin);
   const bool simple = token.front() == '"' && token.size() >= 2 && token.find('\\') == std::string_view::npos;
   if (simple) return std::string(token.substr(1, token.size() - 2));
   if (token.front() != '"' && token.front() != '{') return token == "null" ? std::string() : std::string(token);
   // Escapes and value objects go through the parser, as a document of their own.
   constexpr std::string_view key = "{\"v\":";
   std::string document = std::string(key).append(token).append("}");
   const std::size_t size = document.size();
   document.append(record_padding, '\0');
   const Origin inner{static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(key.size() + token.size())};
   const FigurePlaces places = places_of(std::string_view(document).substr(0, size), {inner});
   return places.empty() ? std::string() : places.begin()->second.raw;
}

}  // namespace heng

#include "reports/read/json.hpp"

#include <simdjson.h>

#include <algorithm>

#include "reports/read/advice.hpp"
#include "reports/read/place.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

namespace ondemand = simdjson::ondemand;

// How deep a part of a report may be nested that no rule declares (declared parts are as deep as their declaration).
constexpr int deepest_unknown = 64;

std::string_view trim(std::string_view text) {
   while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
      text.remove_suffix(1);
   return text;
}

// "2024", "2024年", 2024
std::optional<int> read_year(std::string_view text) {
   const std::string folded = fold(text);
   std::string_view digits = folded;
   if (const std::size_t mark = digits.find("年"); mark != std::string_view::npos) digits = digits.substr(0, mark);
   if (digits.size() != 4) return std::nullopt;
   int year = 0;
   for (const char c : digits) {
      if (c < '0' || c > '9') return std::nullopt;
      year = year * 10 + (c - '0');
   }
   return year;
}

std::string pointer_part(std::string_view key) {
   std::string text = "/";
   for (const char c : key) {
      if (c == '~')
         text += "~0";
      else if (c == '/')
         text += "~1";
      else
         text += c;
   }
   return text;
}

// One scalar as it stood in the text.
struct Scalar {
   enum class What { absent, text, number, null, yes, no, names, other } what = What::absent;
   std::string_view text;  // unescaped; of a number its digits
};

struct Bilinguals {
   const char *zh, *en;
};

Bilinguals name_of_type(ondemand::json_type type) {
   switch (type) {
      case ondemand::json_type::array: return {"列表 […]", "a list […]"};
      case ondemand::json_type::object: return {"对象 {…}", "an object {…}"};
      case ondemand::json_type::number: return {"数", "a number"};
      case ondemand::json_type::string: return {"文字", "text"};
      case ondemand::json_type::boolean: return {"true/false", "true/false"};
      case ondemand::json_type::null: return {"null", "null"};
   }
   return {"别的内容", "something else"};
}

Code code_of(BatchBuilder::Problem::What what) {
   using What = BatchBuilder::Problem::What;
   switch (what) {
      case What::not_a_number: return Code::report_bad_number;
      case What::wrong_unit: return Code::report_wrong_unit;
      case What::too_large: return Code::report_too_large;
      case What::already_set: return Code::report_doubled_key;
      case What::none:
      case What::not_a_choice:
      case What::not_a_date:
      case What::not_a_code:
      case What::not_yes_no:
      case What::not_names: return Code::report_bad_value;
   }
   return Code::report_bad_value;
}

const std::pair<std::string_view, Missing> missing_words[] = {
    {"blank", Missing::blank},           {"空白", Missing::blank},          {"dash", Missing::dash},
    {"slash", Missing::slash},           {"none", Missing::none},           {"无", Missing::none},
    {"unreadable", Missing::unreadable}, {"无法辨认", Missing::unreadable}, {"not calculated", Missing::not_calculated},
    {"未计算", Missing::not_calculated},
};

std::optional<Missing> read_missing(std::string_view word) {
   for (const auto& [name, kind] : missing_words)
      if (name == word) return kind;
   return std::nullopt;
}

bool wants_text(const Type& type) {
   return type.kind == Kind::text || type.kind == Kind::code || type.kind == Kind::choice || type.kind == Kind::date ||
          type.kind == Kind::names;
}

bool breaks_off(simdjson::error_code error) {
   return error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT || error == simdjson::UNCLOSED_STRING;
}

Said why_no_json(simdjson::error_code error) {
   switch (error) {
      case simdjson::EMPTY: return say("里面什么也没有；看看是不是没有保存", "there is nothing in it; perhaps it was not saved");
      case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
         return say("不是完整的 JSON：没有以“}}”结束，可能中途断了，请重新取一份完整的",
                    "is no complete JSON: it does not end with \"}}\"; it may be cut short, fetch it whole");
      case simdjson::UNCLOSED_STRING:
         return say("不是完整的 JSON：有一个引号没有配对，或者中途断了",
                    "is no complete JSON: a quotation mark is not closed, or it is cut short");
      case simdjson::TRAILING_CONTENT:
         return say(
             "报告到前面的“}}”已经结束，这里还有别的内容：去掉多出的，几份报告就每行写一份（.ndjson）",
             "the report ends at the \"}}\" before, and something follows it: take it out, or write several reports one on "
             "a line (.ndjson)");
      case simdjson::NUMBER_ERROR: return say("不是 JSON：这个数写得不对", "is no JSON: this number is malformed");
      case simdjson::STRING_ERROR:
      case simdjson::UNESCAPED_CHARS:
         return say("不是 JSON：引号里不能换行，也不能有控制字符；去掉它，或写成 \\n",
                    "is no JSON: quoted text holds no line break and no control character; take it out, or write \\n");
      case simdjson::DEPTH_ERROR: return say("嵌套太深", "is nested too deeply");
      case simdjson::CAPACITY:
      case simdjson::MEMALLOC: return say("报告太大", "the report is too large");
      default:
         return say("不是 JSON：这里多了或少了逗号、冒号、引号或括号；写法如 \"年度\": 2024, \"收支表\": {{\"1\": 5}}",
                    "is no JSON: a comma, colon, quotation mark or bracket is missing here, or one too many; it is written as "
                    "\"年度\": 2024, \"收支表\": {{\"1\": 5}}");
   }
}

std::string shorten(std::string_view text, std::size_t most = 60) {
   if (text.size() <= most) return std::string(text);
   std::size_t end = most;
   while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
   return std::string(text.substr(0, end)) + "…";
}

}  // namespace

struct JsonReader::Work {
   struct PathPart {
      std::string_view key;
      std::int64_t index = -1;  // of a list
   };

   ondemand::parser parser;
   ondemand::document document;
   std::string name;
   Record record;
   ReportHeader header;
   ReportProblems* problems = nullptr;
   std::size_t found = 0;  // problems of this report
   std::vector<PathPart> path;
   const ReportShape* shape = nullptr;
   BatchBuilder* builder = nullptr;
   std::vector<std::vector<std::uint32_t>> seen;  // per shape and entry: the object it was last met in
   std::uint32_t objects = 0;
   std::vector<std::string> unread;  // parts of the report that no form is called like
   std::size_t first_unread_at = 0;
   std::vector<std::string> names;  // of the list of names just read
   std::uint32_t before = 0;        // bytes that stand before this record where the origins of its values are counted

   // ---- saying what is wrong

   std::string pointer() const {
      std::string text;
      for (const PathPart& part : path) text += part.index >= 0 ? "/" + std::to_string(part.index) : pointer_part(part.key);
      return text;
   }

   ReportProblem make_problem(Code code, std::size_t offset, Said message) const {
      ReportProblem problem;
      problem.code = code;
      problem.message = std::move(message);
      problem.file = name;
      problem.record = record.number;
      problem.report = header.unit_name;
      offset = std::min(offset, record.text.size());
      problem.offset = record.offset + offset;
      const std::string_view before = record.text.substr(0, offset);
      const std::size_t newline = before.rfind('\n');
      problem.line = record.line + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
      problem.column = 1;
      for (const char c : before.substr(newline == std::string_view::npos ? 0 : newline + 1))
         if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++problem.column;
      return problem;
   }

   void say_at(Code code, std::size_t offset, Said message) {
      if (++found > most_problems_of_a_report) return;
      if (found == most_problems_of_a_report)
         message = say("问题太多，本报告此后的问题不再列出", "too many problems; the rest of this report's are not listed");
      ReportProblem problem = make_problem(code, offset, std::move(message));
      problem.pointer = pointer();
      problems->push_back(std::move(problem));
   }

   bool refuse(Code code, std::size_t offset, Said message) {
      ReportProblem problem = make_problem(code, offset, std::move(message));
      problem.pointer = pointer();
      problem.refuses = true;
      problems->push_back(std::move(problem));
      return false;
   }

   std::size_t offset_of(const char* at) const {
      const char* const begin = record.text.data();
      return at >= begin && at <= begin + record.text.size() ? static_cast<std::size_t>(at - begin) : record.text.size();
   }

   bool broken(simdjson::error_code error) {
      std::size_t offset = record.text.size();
      const char* at = nullptr;
      if (error == simdjson::UTF8_ERROR) {
         is_valid_utf8(record.text, &offset);
         if (const auto other = another_kind_of_file(record.text)) return refuse(Code::report_unreadable, 0, *other);
         return refuse(Code::report_encoding, offset, encoding_of(record.text));
      }
      // What breaks off does so at the end; of anything else only the place so far is known.
      if (breaks_off(error))
         offset = trim(record.text).size();
      else if (!document.current_location().get(at))
         offset = offset_of(at);
      return no_json(error, offset);
   }

   bool no_json(simdjson::error_code error, std::size_t offset) {
      if (const auto other = another_kind_of_file(record.text)) return refuse(Code::report_unreadable, 0, *other);
      if (is_utf16(record.text)) return refuse(Code::report_encoding, 0, encoding_of(record.text));
      if (error == simdjson::UNESCAPED_CHARS) offset = control_in_quotes(record.text);
      const auto here = breaks_off(error) ? std::nullopt : no_json_at(record.text, offset);
      return refuse(Code::report_unreadable, offset, here.value_or(why_no_json(error)));
   }

   // ---- opening

   bool start() {
      path.clear();
      found = 0;
      header = {};
      if (const auto error =
              parser.iterate(record.text.data(), record.text.size(), record.text.size() + record_padding).get(document)) {
         if (error == simdjson::UTF8_ERROR) return broken(error);
         return no_json(error, breaks_off(error) ? trim(record.text).size() : 0);
      }
      ondemand::json_type type;
      if (const auto error = document.type().get(type)) return broken(error);
      if (type == ondemand::json_type::object) return true;
      return refuse(Code::report_shape, 0,
                    say("报告应为一个对象 {{…}}，这里是{}；多份报告每行写一份（.ndjson）",
                        "a report is an object {{…}}, this is {1}; several reports stand one on a line (.ndjson)",
                        name_of_type(type).zh, name_of_type(type).en));
   }

   static bool is_key(std::string_view key, const std::vector<std::string>& names) {
      for (const std::string& one : names)
         if (key == one) return true;
      return false;
   }

   static bool is_list_of_things(ondemand::value& value) {
      ondemand::json_type type;
      return !value.type().get(type) && type == ondemand::json_type::array;
   }

   bool read_header(const HeaderKeys& keys) {
      ondemand::object object;
      if (const auto error = document.get_object().get(object)) return broken(error);
      bool year = false, place = false, unit_name = false;
      std::optional<std::string> bad_year;
      std::size_t year_at = 0;
      bool year_is_list = false;
      for (auto item : object) {
         ondemand::field field;
         if (const auto error = std::move(item).get(field)) return broken(error);
         std::string_view key;
         if (const auto error = field.unescaped_key().get(key)) return broken(error);
         // Of a doubled key the first is taken, here as everywhere.
         if (!year && !bad_year && is_key(key, keys.year)) {
            year_at = offset_of(trim(field.value().raw_json_token()).data());
            year_is_list = is_list_of_things(field.value());
            const std::string text = scalar_text(field.value());
            const std::optional<int> read = read_year(text);
            year = read.has_value();
            header.year = read.value_or(0);
            if (!year) bad_year = text;
         } else if (!place && is_key(key, keys.place)) {
            header.place = scalar_text(field.value());
            place = true;
         } else if (!unit_name && is_key(key, keys.unit_name)) {
            header.unit_name = scalar_text(field.value());
            unit_name = true;
         }
         if (year && place && unit_name) break;
      }
      document.rewind();
      if (year) return true;
      const std::string& wanted = keys.year.front();
      if (year_is_list) {
         path.push_back({wanted});
         return refuse(
             Code::report_shape, year_at,
             say("这里应为一个值，如 2024，实为列表 […]", "one value is wanted here, such as 2024; this is a list […]"));
      }
      if (!bad_year || bad_year->empty())
         return refuse(Code::report_missing_field, 0,
                       say("报告缺少“{0}”，无法选定规则集；请写 \"{0}\": 2024",
                           "the report has no \"{0}\", which chooses the rule sets; write \"{0}\": 2024", wanted));
      path.push_back({wanted});
      return refuse(
          Code::report_bad_value, year_at,
          say("“{}”不是年度；请写四位数字，如 2024", "\"{}\" is no year; write four digits, as 2024", shorten(*bad_year)));
   }

   // A scalar's text, or the text of a value object's "value".
   std::string scalar_text(ondemand::value& value) {
      ondemand::json_type type;
      if (value.type().get(type)) return {};
      if (type == ondemand::json_type::object) {
         ondemand::object object;
         ondemand::value inner;
         if (value.get_object().get(object) || object.find_field_unordered("value").get(inner)) return {};
         return scalar_text(inner);
      }
      const Scalar scalar = read_scalar(value, type);
      return std::string(scalar.text);
   }

   Scalar read_scalar(ondemand::value& value, ondemand::json_type type) {
      Scalar scalar;
      switch (type) {
         case ondemand::json_type::string: {
            if (value.get_string().get(scalar.text)) return {Scalar::What::other, {}};
            scalar.what = Scalar::What::text;
            return scalar;
         }
         case ondemand::json_type::number: return {Scalar::What::number, trim(value.raw_json_token())};
         case ondemand::json_type::boolean: {
            bool yes = false;
            if (value.get_bool().get(yes)) return {Scalar::What::other, {}};
            return {yes ? Scalar::What::yes : Scalar::What::no, {}};
         }
         case ondemand::json_type::null: {
            bool null = false;
            if (value.is_null().get(null) || !null) return {Scalar::What::other, {}};
            return {Scalar::What::null, {}};
         }
         case ondemand::json_type::array:
         case ondemand::json_type::object: return {Scalar::What::other, {}};
      }
      return {Scalar::What::other, {}};
   }

   // ---- filling

   bool fill_report() {
      seen.resize(shape->shapes.size());
      for (std::size_t i = 0; i < seen.size(); ++i) seen[i].assign(shape->shapes[i].entries.size(), 0);
      objects = 0;
      ondemand::object object;
      if (const auto error = document.get_object().get(object)) return broken(error);
      unread.clear();
      if (!read_object(object, 0)) return false;
      say_unread_parts();
      const char* behind = nullptr;
      return document.current_location().get(behind) ? true : broken(simdjson::TRAILING_CONTENT);
   }

   bool read_object(ondemand::object& object, std::uint32_t number) {
      const Shape& here = shape->shapes[number];
      const std::uint32_t stamp = ++objects;
      std::size_t next = 0;
      for (auto item : object) {
         ondemand::field field;
         if (const auto error = std::move(item).get(field)) return broken(error);
         const std::size_t key_at = offset_of(field.key().raw());
         std::string_view key;
         if (const auto error = field.unescaped_key().get(key)) return broken(error);
         path.push_back({key});
         // Reports of one batch mostly name their keys in the declared order.
         int entry = next < here.entries.size() && here.entries[next].key == key ? static_cast<int>(next) : here.find(key);
         if (entry < 0) {
            if (!unknown(here, key, key_at, field.value())) return false;
         } else if (seen[number][static_cast<std::size_t>(entry)] == stamp) {
            say_at(Code::report_doubled_key, key_at,
                   say("“{}”写了两次，只取第一次；请留下一个", "\"{}\" stands here twice; the first is taken, keep one of them",
                       shorten(key)));
            if (!pass_over(field.value(), 0)) return false;
         } else {
            seen[number][static_cast<std::size_t>(entry)] = stamp;
            next = static_cast<std::size_t>(entry) + 1;
            if (!read_entry(here.entries[static_cast<std::size_t>(entry)], field.value())) return false;
         }
         path.pop_back();
      }
      return true;
   }

   bool unknown(const Shape& here, std::string_view key, std::size_t key_at, ondemand::value& value) {
      const std::string place_zh = here.name.empty() ? "报告" : here.name,
                        place_en = here.name.empty() ? "the report" : here.name;
      std::string meant;
      const std::string folded = fold(key);
      for (const ShapeEntry& entry : here.entries)
         if (!entry.label.empty() && fold(entry.label) == folded) meant = entry.key;
      if (meant.empty())
         if (const auto close = suggestions(key, here.keys()); !close.empty()) meant = close.front();
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      const bool holds_parts = type == ondemand::json_type::object || type == ondemand::json_type::array;
      if (here.name.empty() && meant.empty() && holds_parts) {
         if (unread.empty()) first_unread_at = key_at;
         unread.push_back(shorten(key));
         return pass_over(value, 0);
      }
      Said said = say("{}里没有“{}”", "{} has no \"{}\"", place_zh, shorten(key));
      said.en = fmt::format("{} has no \"{}\"", place_en, shorten(key));
      if (!meant.empty()) {
         said.zh += fmt::format("；是不是“{}”？", meant);
         said.en += fmt::format("; did you mean \"{}\"?", meant);
      } else {
         said.zh += "；可以写 " + first_of(here.keys(), "、");
         said.en += "; there are " + first_of(here.keys(), ", ");
      }
      if (!pass_over(value, 0)) return false;
      say_at(Code::report_unknown_field, key_at, std::move(said));
      return true;
   }

   // Whole tables that no form is called like are most likely the business of other rule sets: told once for the report.
   void say_unread_parts() {
      if (unread.empty()) return;
      path.push_back({unread.front()});
      say_at(
          Code::report_unknown_field, first_unread_at,
          say("规则没有提到报告的 {} 个部分，它们没有核对：{}。要核对，请把用到它们的规则集一起运行；名称写错了，请改名称",
              "the rules do not mention {} of the report's parts, which were not checked: {}. To check them, run the rule sets "
              "that use them as well; if a name is misspelt, mend it",
              unread.size(), first_of(unread, "、")));
      path.pop_back();
   }

   static std::string first_of(const std::vector<std::string>& names, std::string_view comma) {
      constexpr std::size_t most = 10;
      std::string text;
      for (std::size_t i = 0; i < names.size() && i < most; ++i) text += (i ? std::string(comma) : "") + names[i];
      return names.size() > most ? text + "…" : text;
   }

   // Goes through a part that nobody reads, so that what is no JSON is found in it, too.
   bool pass_over(ondemand::value& value, int depth) {
      if (depth > deepest_unknown)
         return refuse(Code::report_too_large, offset_here(),
                       say("嵌套超过 {} 层", "is nested deeper than {} levels", deepest_unknown));
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      if (type == ondemand::json_type::object) {
         ondemand::object object;
         if (const auto error = value.get_object().get(object)) return broken(error);
         for (auto item : object) {
            ondemand::field field;
            if (const auto error = std::move(item).get(field)) return broken(error);
            std::string_view key;
            if (const auto error = field.unescaped_key().get(key)) return broken(error);
            if (!pass_over(field.value(), depth + 1)) return false;
         }
         return true;
      }
      if (type == ondemand::json_type::array) {
         ondemand::array array;
         if (const auto error = value.get_array().get(array)) return broken(error);
         for (auto item : array) {
            ondemand::value inner;
            if (const auto error = std::move(item).get(inner)) return broken(error);
            if (!pass_over(inner, depth + 1)) return false;
         }
         return true;
      }
      if (read_scalar(value, type).what == Scalar::What::other) return broken(simdjson::TAPE_ERROR);
      return true;
   }

   std::size_t offset_here() {
      const char* at = nullptr;
      return document.current_location().get(at) ? record.text.size() : offset_of(at);
   }

   bool read_entry(const ShapeEntry& entry, ondemand::value& value) {
      switch (entry.what) {
         case ShapeEntry::What::value: return read_value(entry.field, value, entry.unit);
         case ShapeEntry::What::object: return read_inner(entry, value);
         case ShapeEntry::What::total: return read_total(entry, value);
         case ShapeEntry::What::list: return read_list(entry, value);
         case ShapeEntry::What::version: return read_version(value);
         case ShapeEntry::What::account: return pass_over(value, 0);
      }
      return true;
   }

   // Says what stands here instead of what was wanted, and goes on behind it.
   bool wrong_shape(ondemand::value& value, ondemand::json_type type, std::string_view zh, std::string_view en) {
      const Bilinguals is = name_of_type(type);
      const std::size_t offset = offset_of(value.raw_json_token().data());
      if (!pass_over(value, 0)) return false;
      say_at(Code::report_shape, offset,
             {fmt::format("这里应为{}，实为{}", zh, is.zh), fmt::format("{} is wanted here, this is {}", en, is.en)});
      return true;
   }

   bool read_inner(const ShapeEntry& entry, ondemand::value& value) {
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      if (type == ondemand::json_type::null) return blank_cells(entry, value);
      if (type != ondemand::json_type::object) {
         const Shape& inner = shape->shapes[entry.shape];
         const std::string keys = first_keys(inner);
         return wrong_shape(value, type, fmt::format("对象 {{{}}}", keys), fmt::format("an object {{{}}}", keys));
      }
      ondemand::object object;
      if (const auto error = value.get_object().get(object)) return broken(error);
      return read_object(object, entry.shape);
   }

   static std::string first_keys(const Shape& shape) {
      constexpr std::size_t most = 3;
      std::vector<std::string_view> keys;
      for (const ShapeEntry& entry : shape.entries)
         if (entry.key != printed_part) keys.push_back(entry.key);  // what is printed around a table is the least of it
      std::string text;
      for (std::size_t i = 0; i < keys.size() && i < most; ++i) text += fmt::format("{}\"{}\": …", i ? ", " : "", keys[i]);
      return keys.size() > most ? text + ", …" : text;
   }

   // null where a line of several columns stands: all of them are blank.
   bool blank_cells(const ShapeEntry& entry, ondemand::value& value) {
      const Origin origin = origin_of(trim(value.raw_json_token()));
      ondemand::json_type type = ondemand::json_type::null;
      if (read_scalar(value, type).what != Scalar::What::null) return broken(simdjson::N_ATOM_ERROR);
      for (const ShapeEntry& cell : shape->shapes[entry.shape].entries)
         if (cell.what == ShapeEntry::What::value) builder->set_missing(cell.field, Missing::blank, origin);
      return true;
   }

   bool read_total(const ShapeEntry& entry, ondemand::value& value) {
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      if (type != ondemand::json_type::object) {
         const std::string keys = first_keys(shape->shapes[entry.shape]);
         return wrong_shape(value, type, fmt::format("合计行的对象 {{{}}}", keys),
                            fmt::format("the total row, an object {{{}}},", keys));
      }
      ondemand::object object;
      if (const auto error = value.get_object().get(object)) return broken(error);
      builder->begin_total_row(entry.frame, entry.total);
      if (!read_object(object, entry.shape)) return false;
      builder->end_row();
      return true;
   }

   bool read_list(const ShapeEntry& entry, ondemand::value& value) {
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      if (type != ondemand::json_type::array) return wrong_shape(value, type, "列表 [ {…}, {…} ]", "a list [ {…}, {…} ]");
      ondemand::array array;
      if (const auto error = value.get_array().get(array)) return broken(error);
      builder->list_read(entry.frame);
      std::int64_t index = 0;
      for (auto item : array) {
         ondemand::value row;
         if (const auto error = std::move(item).get(row)) return broken(error);
         PathPart part;
         part.index = index++;
         path.push_back(part);
         if (!read_row(entry, row)) return false;
         path.pop_back();
      }
      return true;
   }

   bool read_row(const ShapeEntry& entry, ondemand::value& value) {
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      if (type != ondemand::json_type::object) return wrong_shape(value, type, "一行，即对象 {…}", "a row, an object {…},");
      const std::size_t at = offset_of(value.raw_json_token().data());
      ondemand::object object;
      if (const auto error = value.get_object().get(object)) return broken(error);
      builder->begin_row(entry.frame);
      const std::uint32_t stamp = objects + 1;  // what read_object will give this row
      if (!read_object(object, entry.shape)) return false;
      builder->end_row();
      need_key(entry, stamp, at);
      return true;
   }

   void need_key(const ShapeEntry& entry, std::uint32_t stamp, std::size_t at) {
      const Frame& frame = shape->schema->frames[entry.frame];
      if (!frame.keyed || frame.key == no_field) return;
      const Shape& row = shape->shapes[entry.shape];
      for (std::size_t i = 0; i < row.entries.size(); ++i)
         if (row.entries[i].field == frame.key && seen[entry.shape][i] == stamp) return;
      const std::string& key = shape->schema->fields[frame.key].name;
      say_at(Code::report_missing_field, at,
             say("这一行缺少“{0}”，无法按它查找；请写 \"{0}\": …",
                 "this row has no \"{0}\", so nothing can look it up; write \"{0}\": …", key));
   }

   bool read_version(ondemand::value& value) {
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      if (type != ondemand::json_type::string) return wrong_shape(value, type, "\"report/1\"", "\"report/1\"");
      const std::size_t at = offset_of(value.raw_json_token().data());
      const Scalar version = read_scalar(value, type);
      if (version.what == Scalar::What::other) return broken(simdjson::STRING_ERROR);
      if (version.text != "report/1")
         say_at(Code::report_bad_value, at,
                say("报告格式是“{}”，本程序读 \"report/1\"", "the format is \"{}\"; this program reads \"report/1\"",
                    shorten(version.text)));
      return true;
   }

   // ---- values

   Origin origin_of(std::string_view token) const {
      const std::size_t begin = offset_of(token.data());
      return {static_cast<std::uint32_t>(before + begin), static_cast<std::uint32_t>(before + begin + token.size())};
   }

   bool read_value(FieldId field, ondemand::value& value, std::string_view usual_unit) {
      ondemand::json_type type;
      if (const auto error = value.type().get(type)) return broken(error);
      if (type == ondemand::json_type::object) return read_value_object(field, value, usual_unit);
      if (type == ondemand::json_type::array && takes_names(field)) {
         std::string_view written;
         if (!read_names(value, written)) return false;
         set(field, {Scalar::What::names, {}}, usual_unit, origin_of(trim(written)), written);
         return true;
      }
      if (type == ondemand::json_type::array) {
         builder->set_missing(field, Missing::unreadable, origin_of(trim(value.raw_json_token())));
         return wrong_shape(value, type, "一个值", "one value");
      }
      const std::string_view token = trim(value.raw_json_token());
      set(field, read_scalar(value, type), usual_unit, origin_of(token), token);
      return true;
   }

   bool takes_names(FieldId field) const { return shape->schema->fields[field].type.kind == Kind::names; }

   // ["办公费", "印刷费"]; line numbers may be JSON numbers. What is neither is said, and left out.
   bool read_names(ondemand::value& value, std::string_view& written) {
      names.clear();
      ondemand::array array;
      if (const auto error = value.get_array().get(array)) return broken(error);
      if (const auto error = array.raw_json().get(written)) return broken(error);
      if (const auto error = array.reset().error()) return broken(error);
      std::int64_t index = 0;
      for (auto item : array) {
         ondemand::value one;
         if (const auto error = std::move(item).get(one)) return broken(error);
         ondemand::json_type type;
         if (const auto error = one.type().get(type)) return broken(error);
         PathPart part;
         part.index = index++;
         path.push_back(part);
         if (type == ondemand::json_type::string || type == ondemand::json_type::number) {
            const Scalar name = read_scalar(one, type);
            if (name.what == Scalar::What::other) return broken(simdjson::STRING_ERROR);
            names.emplace_back(name.text);
         } else if (!wrong_shape(one, type, "名单里的一个名称，即文字", "a name of the list, a text,")) {
            return false;
         }
         path.pop_back();
      }
      return true;
   }

   void set(FieldId field, const Scalar& scalar, std::string_view unit, Origin origin, std::string_view shown) {
      const Type& type = shape->schema->fields[field].type;
      BatchBuilder::Problem problem;
      switch (scalar.what) {
         case Scalar::What::absent:
         case Scalar::What::null: builder->set_missing(field, Missing::blank, origin); return;
         case Scalar::What::text: problem = builder->set_text(field, scalar.text, unit, origin); break;
         case Scalar::What::number:
            problem = wants_text(type) ? builder->set_text(field, scalar.text, unit, origin)
                                       : builder->set_number(field, scalar.text, unit, origin);
            break;
         case Scalar::What::yes:
            problem = builder->set_text(field, type.kind == Kind::yes_no ? "是" : "true", unit, origin);
            break;
         case Scalar::What::no:
            problem = builder->set_text(field, type.kind == Kind::yes_no ? "否" : "false", unit, origin);
            break;
         case Scalar::What::names: problem = builder->set_names(field, names, origin); break;
         case Scalar::What::other:
            builder->set_missing(field, Missing::unreadable, origin);
            problem.what = BatchBuilder::Problem::What::not_a_number;
            problem.expected_zh = "JSON 值";
            problem.expected_en = "a JSON value";
            break;
      }
      if (!problem) return;
      std::string text = shorten(scalar.what == Scalar::What::text || scalar.what == Scalar::What::number ? scalar.text : shown);
      if (!unit.empty() && problem.what == BatchBuilder::Problem::What::wrong_unit) text += shorten(unit);
      complain(field, problem, text, origin);
   }

   void complain(FieldId id, const BatchBuilder::Problem& problem, const std::string& text, Origin origin) {
      const Field& field = shape->schema->fields[id];
      const std::string label = field.label.empty() || field.label == field.name ? "" : " " + field.label;
      if (problem.what == BatchBuilder::Problem::What::wrong_unit)
         return say_at(
             code_of(problem.what), origin.begin,
             {fmt::format("{}{}：“{}”的单位不对，应为{}", field.path, label, text, problem.expected_zh),
              fmt::format("{}{}: \"{}\" has the wrong unit; expected {}", field.path, label, text, problem.expected_en)});
      const bool figure = problem.what == BatchBuilder::Problem::What::not_a_number && field.type.is_numeric();
      const Said advice = figure && field.type.kind != Kind::year ? advice_for_number(text) : Said{};
      const std::string_view comma_zh = advice.zh.empty() ? "" : "；", comma_en = advice.en.empty() ? "" : "; ";
      say_at(code_of(problem.what), origin.begin,
             {fmt::format("{}{}：“{}”读不成值，应为{}{}{}", field.path, label, text, problem.expected_zh, comma_zh, advice.zh),
              fmt::format("{}{}: \"{}\" is no value of it; expected {}{}{}", field.path, label, text, problem.expected_en,
                          comma_en, advice.en)});
   }

   // { "value": "17,127.83", "unit": "万元", "raw": "17,12 7 . 8 3", "page": 12, "line": 40 }   { "missing": "not calculated" }
   bool read_value_object(FieldId field, ondemand::value& value, std::string_view usual_unit) {
      ondemand::object object;
      if (const auto error = value.get_object().get(object)) return broken(error);
      std::string_view raw;
      if (const auto error = object.raw_json().get(raw)) return broken(error);
      if (const auto error = object.reset().error()) return broken(error);
      Scalar is, unit, missing;
      bool misspelt = false;
      for (auto item : object) {
         ondemand::field part;
         if (const auto error = std::move(item).get(part)) return broken(error);
         const std::size_t key_at = offset_of(part.key().raw());
         std::string_view key;
         if (const auto error = part.unescaped_key().get(key)) return broken(error);
         path.push_back({key});
         Scalar* const wanted = key == "value" ? &is : key == "unit" ? &unit : key == "missing" ? &missing : nullptr;
         const bool box = key == "box";
         const bool place = box || key == "raw" || key == "page" || key == "line" || key == "column" || key == "cell" ||
                            key == "from" || key == "by" || key == "when";
         if (!wanted && !place) {
            misspelt = true;
            say_at(
                Code::report_unknown_field, key_at,
                say("值里没有“{}”；可写 value unit raw page line column cell box from by when missing",
                    "a value has no \"{}\"; it may have value, unit, raw, page, line, column, cell, box, from, by, when, missing",
                    shorten(key)));
         }
         ondemand::json_type type;
         if (const auto error = part.value().type().get(type)) return broken(error);
         const bool scalar = type != ondemand::json_type::object && type != ondemand::json_type::array;
         if (wanted && wanted->what != Scalar::What::absent) {
            say_at(Code::report_doubled_key, key_at,
                   say("“{}”写了两次，只取第一次；请留下一个", "\"{}\" stands here twice; the first is taken, keep one of them",
                       shorten(key)));
            if (!pass_over(part.value(), 0)) return false;
         } else if (wanted && scalar) {
            *wanted = read_scalar(part.value(), type);
         } else if (wanted == &is && type == ondemand::json_type::array && takes_names(field)) {
            std::string_view written;
            if (!read_names(part.value(), written)) return false;
            is.what = Scalar::What::names;
         } else if (wanted || (place && !scalar && !box)) {
            if (!wrong_shape(part.value(), type, "一个值", "one value")) return false;
            if (wanted) wanted->what = Scalar::What::other;
         } else if (!pass_over(part.value(), 0)) {
            return false;
         }
         path.pop_back();
      }
      if (unit.what == Scalar::What::absent) unit.text = usual_unit;
      const bool nothing = is.what == Scalar::What::absent && missing.what == Scalar::What::absent;
      if (nothing && misspelt)
         builder->set_missing(field, Missing::unreadable, origin_of(trim(raw)));
      else
         set_from_object(field, is, unit, missing, origin_of(trim(raw)), raw);
      return true;
   }

   void set_from_object(FieldId field, const Scalar& is, const Scalar& unit, const Scalar& missing, Origin origin,
                        std::string_view raw) {
      if (missing.what == Scalar::What::absent) {
         if (is.what == Scalar::What::absent)
            say_at(Code::report_shape, origin.begin,
                   say("值里既没有 value 也没有 missing，按空白处理",
                       "the value has neither \"value\" nor \"missing\"; taken as blank"));
         set(field, is, unit.text, origin, raw);
         return;
      }
      const std::optional<Missing> kind = read_missing(missing.text);
      if (!kind)
         say_at(Code::report_bad_value, origin.begin,
                say("缺失类型“{}”不认识；可写 blank dash slash none unreadable not calculated",
                    "\"{}\" is no kind of missing; write blank, dash, slash, none, unreadable or not calculated",
                    shorten(missing.text)));
      if (is.what != Scalar::What::absent && is.what != Scalar::What::null)
         say_at(Code::report_shape, origin.begin,
                say("value 与 missing 只能写一个，按 missing 处理",
                    "\"value\" and \"missing\" exclude each other; \"missing\" is taken"));
      builder->set_missing(field, kind.value_or(Missing::unreadable), origin);
   }

   // ---- after the report

   void say_doubled_rows() {
      const std::vector<BatchBuilder::Doubled> doubled = builder->take_doubled();
      if (doubled.empty()) return;
      std::vector<Origin> origins;
      for (const BatchBuilder::Doubled& one : doubled) {
         origins.push_back(one.first);
         origins.push_back(one.second);
      }
      const FigurePlaces places = places_of(record.text, origins);
      for (const BatchBuilder::Doubled& one : doubled) {
         const auto first = places.find(one.first.begin), second = places.find(one.second.begin);
         const std::string& list = shape->schema->frames[one.frame].path;
         const std::string other = first == places.end() ? "" : " (" + first->second.pointer + ")";
         if (++found > most_problems_of_a_report) return;
         ReportProblem problem = make_problem(
             Code::report_doubled_key, one.second.begin,
             say("{}里“{}”出现两次，另一处{}；查找时不知取哪一行",
                 "{} holds \"{}\" twice, the other one{}; a look-up cannot know which", list, shorten(one.key), other));
         if (second != places.end()) problem.pointer = second->second.pointer;
         problems->push_back(std::move(problem));
      }
   }
};

JsonReader::JsonReader() : work_(std::make_unique<Work>()) {}
JsonReader::~JsonReader() = default;

std::optional<ReportHeader> JsonReader::open(const std::string& name, const Record& record, const HeaderKeys& keys,
                                             ReportProblems& problems) {
   work_->name = name;
   work_->record = record;
   work_->problems = &problems;
   if (!work_->start() || !work_->read_header(keys)) return std::nullopt;
   return work_->header;
}

bool JsonReader::fill(const ReportShape& shape, BatchBuilder& builder, ReportProblems& problems, const Beside& beside) {
   work_->shape = &shape;
   work_->builder = &builder;
   work_->problems = &problems;
   work_->path.clear();
   work_->before = 0;
   builder.begin_report();
   if (!work_->fill_report() || (beside && !beside())) {
      builder.drop_report();
      return false;
   }
   builder.end_report();
   work_->say_doubled_rows();
   return true;
}

bool JsonReader::fill_last_year(const LastYearShape& shape, BatchBuilder& builder, std::size_t before) {
   ReportProblems of_its_own;  // said where that report is weighed itself; here a value that cannot be read cannot be told
   work_->shape = &shape.shape;
   work_->builder = &builder;
   work_->problems = &of_its_own;
   work_->path.clear();
   work_->before = static_cast<std::uint32_t>(before);
   if (!work_->fill_report()) return false;
   for (const FieldId field : shape.absent) builder.set_missing(field, Missing::no_such_row, {});
   return true;
}

}  // namespace heng

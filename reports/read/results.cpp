#include "reports/read/results.hpp"

#include <simdjson.h>

#include <istream>

namespace heng {

namespace {

namespace sj = simdjson;

std::uint64_t number(sj::ondemand::object& object, const char* key) { return object[key].get_uint64(); }

}  // namespace

struct ResultReader::Work {
   sj::ondemand::parser parser;
   sj::padded_string padded;

   std::optional<ResultHead> read(std::string_view text) {
      padded = sj::padded_string(text);
      sj::ondemand::document document = parser.iterate(padded);
      sj::ondemand::object report = document.get_object();
      ResultHead head;
      head.file = std::string(std::string_view(report["file"].get_string()));
      head.record = report["record"].get_uint64();
      head.refused = report["refused"].get_bool();
      for (sj::ondemand::object problem : report["problems"].get_array()) {
         const std::string_view severity = problem["severity"].get_string();
         ++head.problems[severity == "error" ? 0 : severity == "verify" ? 1 : 2];
      }
      for (sj::ondemand::object score : report["scores"].get_array())
         head.scores_untold += std::string_view(score["state"].get_string()) == "cannot_tell";
      sj::ondemand::object summary = report["summary"].get_object();
      Summary& s = head.summary;
      s.holds = number(summary, "holds");
      s.fails = number(summary, "fails");
      s.cannot_tell = number(summary, "cannot_tell");
      s.does_not_apply = number(summary, "does_not_apply");
      s.implausible = number(summary, "implausible");
      s.errors = number(summary, "errors");
      s.verifies = number(summary, "verifies");
      s.notices = number(summary, "notices");
      if (summary["explained"].get(s.explained)) s.explained = 0;  // of a version that knew no explanations
      return head;
   }
};

ResultReader::ResultReader() : work_(std::make_unique<Work>()) {}
ResultReader::~ResultReader() = default;

std::optional<ResultHead> ResultReader::read(std::string_view text) {
   try {
      return work_->read(text);
   } catch (const sj::simdjson_error&) {
      return std::nullopt;
   }
}

ResultLines::ResultLines(std::istream& in) : in_(in) {
   has_first_ = line(first_);
   if (!has_first_ || first_.rfind("{\"heng\":\"result/1\"", 0) == 0)
      form_ = Form::ndjson;
   else if (std::string second; first_ == "{" && line(second) && second.rfind("  \"heng\": \"result/1\"", 0) == 0)
      form_ = Form::json;
}

// A line that does not end was cut off.
bool ResultLines::line(std::string& into) {
   if (!std::getline(in_, into)) return false;
   whole_ = !in_.eof();
   at_ += into.size() + whole_;
   return true;
}

bool ResultLines::next(std::string& object) {
   object.clear();
   if (form_ == Form::unknown) return false;
   if (form_ == Form::ndjson) {
      begin_ = has_first_ ? 0 : at_;
      if (has_first_)
         object.swap(first_);
      else if (!line(object))
         return false;
      has_first_ = false;
      end_ = at_;
      cut_off_ = !whole_;
      return whole_;
   }
   // A report's object opens and closes with a bracket alone on its line, four blanks in; no line within begins like that.
   std::string one;
   cut_off_ = true;
   for (std::uint64_t before = at_; line(one); before = at_) {
      if (object.empty()) {
         if (one == "}" && whole_) cut_off_ = false;
         if (one != "    {") continue;
         begin_ = before;
      } else {
         object += '\n';
      }
      const bool closes = one == "    }" || one == "    },";
      if (one == "    },") one.pop_back();
      object += one;
      end_ = begin_ + object.size();
      if (closes) return true;
   }
   return false;
}

}  // namespace heng

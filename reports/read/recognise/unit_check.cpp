#include "reports/read/recognise/unit_check.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::int64_t scale = 10'000;
constexpr std::size_t fewest_matches = 3;

// In hundredths; only figures that are large enough to be told apart from each other. Without a point it may as well be a code.
std::optional<std::int64_t> hundredths(const std::string& text) {
   if (text.find('.') == std::string::npos) return std::nullopt;
   std::int64_t value = 0;
   int decimals = -1;
   for (const char c : text) {
      if (c == ',') continue;
      if (c == '.' && decimals < 0) {
         decimals = 0;
         continue;
      }
      if (c < '0' || c > '9' || value > INT64_MAX / 1000) return std::nullopt;
      if (decimals >= 2) continue;
      value = value * 10 + (c - '0');
      if (decimals >= 0) ++decimals;
   }
   for (int i = std::max(decimals, 0); i < 2; ++i) value *= 10;
   return value >= 100 ? std::optional(value) : std::nullopt;
}

void each_figure(ReportData& data, const std::function<void(ReportData&)>& take) {
   if (data.is_array())
      for (ReportData& one : data) each_figure(one, take);
   if (!data.is_object()) return;
   if (data.contains("value") && data["value"].is_string()) return take(data);
   for (auto& [key, value] : data.items())
      if (key != printed_part) each_figure(value, take);
}

std::size_t found_in(const std::set<std::int64_t>& figures, const std::set<std::int64_t>& others,
                     const std::function<std::int64_t(std::int64_t)>& as) {
   return static_cast<std::size_t>(
       std::count_if(figures.begin(), figures.end(), [&](std::int64_t one) { return others.count(as(one)) > 0; }));
}

}  // namespace

std::vector<WrongUnit> read_units_right(const Schema& schema, ReportData& data) {
   std::map<std::string, std::set<std::int64_t>> figures;
   for (const FormSchema& form : schema.forms) {
      if (form.unit != "万元" || !data.contains(form.name)) continue;
      each_figure(data[form.name], [&](ReportData& value) {
         if (value.contains("unit")) return;
         if (const auto number = hundredths(value["value"].get<std::string>())) figures[form.name].insert(*number);
      });
   }
   std::vector<WrongUnit> wrong;
   for (const auto& [name, own] : figures) {
      std::set<std::int64_t> others;
      for (const auto& [other, theirs] : figures)
         if (other != name) others.insert(theirs.begin(), theirs.end());
      const std::size_t as_they_are = found_in(own, others, [](std::int64_t one) { return one; });
      const std::size_t scaled = found_in(own, others, [](std::int64_t one) { return (one + scale / 2) / scale; });
      if (scaled < fewest_matches || scaled * 2 < own.size() || as_they_are * 5 > scaled) continue;
      each_figure(data[name], [](ReportData& value) {
         const std::string text = value["value"].get<std::string>();
         if (text.find('.') != std::string::npos) value["unit"] = "元";
      });
      wrong.push_back({name, "万元", "元", static_cast<int>(scale)});
   }
   return wrong;
}

}  // namespace heng

#include "tests/bench/workload.hpp"

#include <cmath>
#include <cstdio>
#include <random>

namespace heng::bench {

namespace {

// The Mersenne Twister as Python seeds and reads it, so that the figures are those of the measurements made before.
class Random {
 public:
   explicit Random(std::uint64_t seed) {
      std::vector<std::uint32_t> key{static_cast<std::uint32_t>(seed)};
      if (seed >> 32) key.push_back(static_cast<std::uint32_t>(seed >> 32));
      start(key);
   }
   double unit() {
      const std::uint32_t a = word() >> 5, b = word() >> 6;
      return (a * 67108864.0 + b) / 9007199254740992.0;
   }
   std::int64_t below(std::uint32_t count) {
      int bits = 0;
      while (count >> bits) ++bits;
      std::uint32_t value;
      do value = word() >> (32 - bits);
      while (value >= count);
      return value;
   }
   template <std::size_t n>
   std::int64_t of(const std::array<std::int64_t, n>& items) {
      return items[below(n)];
   }

 private:
   void start(const std::vector<std::uint32_t>& key) {
      state_[0] = 19650218;
      for (std::uint32_t i = 1; i < 624; ++i) state_[i] = 1812433253u * (state_[i - 1] ^ (state_[i - 1] >> 30)) + i;
      std::uint32_t i = 1, j = 0;
      const auto advance = [&] {
         if (++i >= 624) state_[0] = state_[623], i = 1;
      };
      for (int k = 624; k > 0; --k) {
         state_[i] = (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1664525u)) + key[j] + j;
         advance();
         if (++j >= key.size()) j = 0;
      }
      for (int k = 623; k > 0; --k) {
         state_[i] = (state_[i] ^ ((state_[i - 1] ^ (state_[i - 1] >> 30)) * 1566083941u)) - i;
         advance();
      }
      state_[0] = 0x80000000u;
   }
   std::uint32_t word() {
      if (next_ == 624) refill();
      std::uint32_t y = state_[next_++];
      y ^= y >> 11;
      y ^= (y << 7) & 0x9d2c5680u;
      y ^= (y << 15) & 0xefc60000u;
      return y ^ (y >> 18);
   }
   void refill() {
      for (int k = 0; k < 624; ++k) {
         const std::uint32_t y = (state_[k] & 0x80000000u) | (state_[(k + 1) % 624] & 0x7fffffffu);
         state_[k] = state_[(k + 397) % 624] ^ (y >> 1) ^ ((y & 1) ? 0x9908b0dfu : 0);
      }
      next_ = 0;
   }
   std::array<std::uint32_t, 624> state_;
   int next_ = 624;
};

Subjects make_subjects() {
   const std::array<const char*, classes> codes = {"201", "205", "208", "210", "221"};
   const std::array<const char*, classes> names = {"一般公共服务支出", "教育支出", "社会保障和就业支出", "卫生健康支出",
                                                   "住房保障支出"};
   const std::array<int, classes> sections_in = {3, 2, 2, 2, 2};
   const std::array<int, sections> items_in = {3, 2, 2, 2, 3, 2, 2, 1, 2, 3, 2};
   Subjects table;
   int next = 0, section = 0;
   const auto add = [&](std::string code, std::string name) {
      table.codes[next] = std::move(code);
      table.names[next] = std::move(name);
      return next++;
   };
   for (int i = 0; i < classes; ++i) {
      const int top = table.classes_at[i] = table.group[i] = add(codes[i], names[i]);
      for (int j = 1; j <= sections_in[i]; ++j, ++section) {
         const std::string code = codes[i] + std::string("0") + std::to_string(j);
         const int middle = table.group[classes + section] = add(code, names[i] + std::string("款") + std::to_string(j));
         table.children[top].push_back(middle);
         for (int k = 1; k <= items_in[section]; ++k)
            table.children[middle].push_back(add(code + "0" + std::to_string(k), "项目支出" + std::to_string(k)));
      }
   }
   return table;
}

std::int64_t rounded(std::int64_t yuan) { return (yuan + 50) / 100; }
std::int64_t percent(std::int64_t part, std::int64_t total) { return total == 0 ? 0 : (20000 * part + total) / (2 * total); }
std::int64_t part(std::int64_t whole, double share) { return static_cast<std::int64_t>(static_cast<double>(whole) * share); }

class Maker {
 public:
   Maker(std::uint64_t number, std::uint64_t seed) : random_(seed * 1000003 + number) {}

   Printed make() {
      make_subject_figures();
      make_totals();
      make_allowances();
      make_budgets();
      make_shares();
      make_indicators();
      break_some();
      for (int i = 0; i < classes; ++i) {
         const int at = subject_table().classes_at[i];
         f.basic[i] = report_.basic[at];
         f.project[i] = report_.project[at];
      }
      return report_;
   }

 private:
   double unit() { return random_.unit(); }

   void make_subject_figures() {
      const Subjects& table = subject_table();
      for (int x = 0; x < subjects; ++x) {
         if (!table.children[x].empty() || unit() < 0.15) continue;
         const auto total = static_cast<std::int64_t>(std::pow(10, 3.5 + unit() * 4));
         yuan_basic_[x] = unit() < 0.7 ? part(total, unit()) : unit() < 0.5 ? total : 0;
         yuan_project_[x] = total - yuan_basic_[x];
      }
      for (int i = groups - 1; i >= 0; --i)  // sections before the classes
         for (const int child : table.children[table.group[i]]) {
            yuan_basic_[table.group[i]] += yuan_basic_[child];
            yuan_project_[table.group[i]] += yuan_project_[child];
         }
      for (int x = 0; x < subjects; ++x) {
         f.amount[x] = rounded(yuan_basic_[x] + yuan_project_[x]);
         report_.basic[x] = rounded(yuan_basic_[x]);
         report_.project[x] = rounded(yuan_project_[x]);
      }
   }

   void make_totals() {
      std::int64_t basic = 0, project = 0;
      for (const int at : subject_table().classes_at) basic += yuan_basic_[at], project += yuan_project_[at];
      const std::int64_t all = basic + project;
      f.expenditure = rounded(all);
      f.basic_total = rounded(basic);
      f.project_total = rounded(project);
      const std::int64_t personnel = part(basic, 0.6 + 0.3 * unit());
      f.personnel = rounded(personnel);
      f.operating = rounded(basic - personnel);
      const std::int64_t fiscal = part(all, 0.8 + 0.1 * unit());
      const auto other = static_cast<std::int64_t>(static_cast<double>(all) * 0.1 * unit());
      f.fiscal = rounded(fiscal);
      f.other = rounded(other);
      f.carried_in = rounded(all - fiscal - other);
      f.income = rounded(all);
      f.income_table = f.expenditure_table = f.expenditure;
   }

   void make_allowances() {
      const std::int64_t abroad = unit() < 0.5 ? 0 : part(300000, unit());
      const std::int64_t bought = unit() < 0.7 ? 0 : part(400000, unit());
      const std::int64_t run = part(500000, unit()), reception = part(200000, unit());
      f.actual = {rounded(abroad + bought + run + reception),
                  rounded(abroad),
                  rounded(bought + run),
                  rounded(bought),
                  rounded(run),
                  rounded(reception)};
   }

   std::int64_t budget_for(std::int64_t value) {
      if (unit() < 0.05) return 0;
      if (unit() < 0.02) return value * 10 % 13 == 0 ? value * 10 / 13 : value;  // may hit the 30% edge
      return part(value, 0.6 + 0.9 * unit());
   }

   void make_budgets() {
      f.budget.abroad = budget_for(f.actual.abroad);
      f.budget.bought = budget_for(f.actual.bought);
      f.budget.run = budget_for(f.actual.run);
      f.budget.reception = budget_for(f.actual.reception);
      f.budget.vehicles = f.budget.bought + f.budget.run;
      f.budget.total = f.budget.abroad + f.budget.vehicles + f.budget.reception;
      f.budget_total = 0;
      for (int i = 0; i < classes; ++i) f.budget_total += f.class_budget[i] = budget_for(f.amount[subject_table().classes_at[i]]);
   }

   void make_shares() {
      for (int i = 0; i < classes; ++i) f.share[i] = percent(f.amount[subject_table().classes_at[i]], f.expenditure);
      f.share[5] = percent(f.basic_total, f.expenditure);
      f.share[6] = percent(f.actual.reception, f.actual.total);
      f.share[7] = percent(f.fiscal, f.income);
   }

   void make_indicators() {
      constexpr std::array<std::int64_t, indicators> weights = {1000, 1000, 1000, 1000, 750, 750, 750, 750, 500, 500, 500, 500};
      for (int i = 0; i < indicators; ++i) {
         double q = unit();
         const Direction direction = q < 0.6 ? at_least : q < 0.85 ? at_most : equal_to;
         const std::int64_t sometimes_0 = unit() < 0.3 ? 0 : 640, batches = 1500 * (1 + random_.below(39));
         const std::int64_t target =
             random_.of<12>({10000, 9500, 9000, 8000, 500, 1200, 300, 3200, 100, sometimes_0, 365, batches});
         q = unit();
         std::int64_t actual = q < 0.4 ? target : q < 0.45 ? 0 : part(target, 0.5 + 0.8 * unit());
         if (unit() < 0.5) actual = actual / 100 * 100;
         f.indicator[i] = {target, actual, direction, weights[i]};
      }
   }

   void break_one(std::int64_t& value) {
      if (unit() >= 0.0265) return;
      const std::int64_t any = 10 + random_.below(99990);
      const std::int64_t slip = random_.of<7>({10, 100, 1000, 9, 90, 900, any});
      value += unit() < 0.6 || value < slip ? slip : -slip;
   }

   void break_some() {
      const Subjects& table = subject_table();
      for (const int at : table.group) break_one(f.amount[at]);
      for (std::int64_t* value : {&f.expenditure, &f.income, &f.income_table, &f.expenditure_table, &f.basic_total,
                                  &f.project_total, &f.actual.total, &f.actual.vehicles})
         break_one(*value);
      for (std::int64_t& share : f.share) break_one(share);
      for (const int at : table.classes_at) break_one(report_.basic[at]);
   }

   Random random_;
   Printed report_{};
   Figures& f = report_.figures;
   std::array<std::int64_t, subjects> yuan_basic_{}, yuan_project_{};
};

// ---- JSON ---------------------------------------------------------------------------------------------------------------

class Writer {
 public:
   void text(const char* text) { out_ += text; }
   void text(const std::string& text) { out_ += text; }
   void figure(std::int64_t hundredths) {
      char buffer[32];
      std::snprintf(buffer, sizeof buffer, "%lld.%02lld", static_cast<long long>(hundredths / 100),
                    static_cast<long long>(hundredths % 100));
      out_ += buffer;
   }
   void field(const char* name, std::int64_t hundredths) {
      begin(name);
      figure(hundredths);
   }
   void begin(const char* name) {
      if (out_.back() != '{' && out_.back() != '[') out_ += ',';
      out_ += '"';
      out_ += name;
      out_ += "\":";
   }
   void allowances(const char* name, const Figures::Allowances& a) {
      begin(name);
      text("{");
      field("合计", a.total);
      field("因公出国费", a.abroad);
      field("用车小计", a.vehicles);
      field("购置费", a.bought);
      field("运行费", a.run);
      field("公务接待费", a.reception);
      text("}");
   }
   std::string take() { return std::move(out_); }

 private:
   std::string out_;
};

void write_subjects(Writer& out, const Printed& report) {
   const Subjects& table = subject_table();
   out.begin("支出");
   out.text("{");
   for (int x = 0; x < subjects; ++x) {
      out.begin(table.codes[x].c_str());
      out.text("{");
      out.field("金额", report.figures.amount[x]);
      out.field("基本支出", report.basic[x]);
      out.field("项目支出", report.project[x]);
      out.text("}");
   }
   out.text("}");
}

void write_totals(Writer& out, const Figures& f) {
   out.begin("总表");
   out.text("{");
   const std::int64_t figures[] = {f.income,        f.expenditure, f.fiscal,    f.other,        f.carried_in,       f.basic_total,
                                   f.project_total, f.personnel,   f.operating, f.income_table, f.expenditure_table};
   int line = 0;
   for (const std::int64_t figure : figures) out.field(std::to_string(++line).c_str(), figure);
   out.text("}");
}

void write_budget_and_shares(Writer& out, const Figures& f) {
   const Subjects& table = subject_table();
   out.begin("预算表");
   out.text("{");
   for (int i = 0; i < classes; ++i) out.field(table.codes[table.classes_at[i]].c_str(), f.class_budget[i]);
   out.field("999", f.budget_total);
   out.text("}");
   for (int i = 0; i < share_count; ++i) out.field(("占比" + std::to_string(i + 1)).c_str(), f.share[i]);
}

void write_indicators(Writer& out, const Figures& f) {
   constexpr const char* words[] = {"正向", "反向", "等于"};
   out.begin("指标");
   out.text("[");
   for (int i = 0; i < indicators; ++i) {
      const Figures::Indicator& one = f.indicator[i];
      out.text(i == 0 ? "{\"名称\":\"绩效指标" : ",{\"名称\":\"绩效指标");
      out.text(std::to_string(i + 1) + "\"");
      out.field("目标", one.target);
      out.field("实际", one.actual);
      out.begin("方向");
      out.text("\"" + std::string(words[one.direction]) + "\"");
      out.field("权重", one.weight);
      out.text("}");
   }
   out.text("]");
}

}  // namespace

const Subjects& subject_table() {
   static const Subjects table = make_subjects();
   return table;
}

Printed make_report(std::uint64_t number, std::uint64_t seed) { return Maker(number, seed).make(); }

std::string to_json(const Printed& report, std::uint64_t number) {
   Writer out;
   out.text("{\"heng\":\"report/1\",\"单位名称\":\"示例市第" + std::to_string(number) + "局\",\"年度\":2024,\"地区\":\"示例市\"");
   write_subjects(out, report);
   write_totals(out, report.figures);
   out.begin("三公");
   out.text("{");
   out.allowances("决算", report.figures.actual);
   out.allowances("预算", report.figures.budget);
   out.text("}");
   write_budget_and_shares(out, report.figures);
   write_indicators(out, report.figures);
   out.text("}");
   return out.take();
}

}  // namespace heng::bench

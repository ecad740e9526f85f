#include "reports/store/stored.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "interpreter/explain/result.hpp"
#include "reports/store/kept.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"

namespace heng {

namespace {

constexpr std::string_view letters = "hfune";  // by outcome
constexpr std::uint64_t most_alike = 1000000;  // a text that claims more is damaged

// A database takes UTF-8 without NUL; what is neither is shown as U+FFFD.
std::string clean(std::string_view text) {
   constexpr std::string_view unreadable = "\xEF\xBF\xBD";
   std::string cleaned;
   std::size_t bad = 0;
   while (!is_valid_utf8(text, &bad)) {
      cleaned.append(text.substr(0, bad)).append(unreadable);
      text.remove_prefix(bad + 1);
   }
   cleaned.append(text);
   for (std::size_t at = 0; (at = cleaned.find('\0', at)) != std::string::npos;) cleaned.replace(at, 1, unreadable);
   return cleaned;
}

Cell text_or_null(const std::string& text) { return text.empty() ? Cell() : clean(text); }
Cell number(std::uint64_t value) { return std::to_string(value); }
Cell yes_no(bool value) { return value ? "1" : "0"; }

Cell amount(const std::optional<Value>& value, const Type& type) {
   return value ? text_or_null(amount_of(*value, type).text) : std::nullopt;
}

std::string list(const std::vector<std::string>& texts) {
   JsonText json(false);
   json.begin_list();
   for (const std::string& text : texts) json.text(clean(text));
   return json.end_list().take();
}

std::string_view state_of(bool applies, const Value& value) {
   return !applies ? "does_not_apply" : boost::variant2::holds_alternative<Missing>(value) ? "cannot_tell" : "known";
}

// Cases have their own numbers, behind them scores and grades: the rows of `items`.
class ItemNumbers {
 public:
   explicit ItemNumbers(const Program& program) : first_(program.rules.size()) {
      for (const Rule& rule : program.rules) {
         first_[rule.id] = next_;
         next_ += rule.cases.size();
      }
      for (const Rule& rule : program.rules)
         if (rule.kind == RuleKind::score || rule.kind == RuleKind::bands) first_[rule.id] = next_++;
   }
   std::uint64_t of(RuleId rule, std::uint32_t case_number = 0) const { return first_[rule] + case_number; }

 private:
   std::vector<std::uint64_t> first_;
   std::uint64_t next_ = 0;
};

class Rows {
 public:
   Rows(const WeighedReport& report, StoredReport& into, bool chinese)
       : report_(report), program_(*report.program), into_(into), chinese_(chinese), items_(program_) {}

   void make() {
      for (const VerdictResult& verdict : report_.result.verdicts)
         if (is_finding(verdict) || verdict.implausible || verdict.explained) add(verdict);
      for (const ScoreResult& score : report_.result.scores) add(score);
      for (const GradeResult& grade : report_.result.grades) add(grade);
   }

 private:
   void add(const VerdictResult& v) {
      into_.verdicts.push_back({number(into_.verdicts.size()),
                                number(items_.of(v.rule, v.case_number)),
                                clean(v.subject.path),
                                clean(v.subject.label),
                                std::string(outcome_id(v)),
                                amount(v.left, v.type),
                                v.relation,
                                amount(v.right, v.type),
                                amount(v.gap, v.type),
                                amount(v.allowed, v.type),
                                v.left ? shown_unit(v.type).text : "",
                                yes_no(v.implausible),
                                list(v.extra),
                                list(v.lacking),
                                clean(v.reason.in(chinese_)),
                                clean(v.message),
                                add(v.sources),
                                contributions(v.sources),
                                v.explained ? Cell(std::string(id_of(v.verdict))) : Cell(),
                                v.explained ? clean(v.explained->why) : Cell(),
                                v.explained ? clean(v.explained->who) : Cell(),
                                v.explained ? clean(v.explained->when) : Cell()});
   }

   void add(const ScoreResult& s) {
      const Type& type = program_.rules[s.rule].type;
      std::vector<std::string> because;
      for (const auto& [check, one] : s.provisional_because) because.push_back(std::to_string(items_.of(check, one)));
      into_.scores.push_back({number(into_.scores.size()), number(items_.of(s.rule)), clean(s.subject.path),
                              clean(s.subject.label), amount(s.value, type), amount(s.raw, type), amount(s.out_of, type),
                              std::string(id_of(s.basis)), to_text(s.by_basis.computed), to_text(s.by_basis.stated),
                              to_text(s.by_basis.judged), to_text(s.by_basis.unknown), yes_no(s.provisional),
                              "[" + join(because, ",") + "]", std::string(state_of(s.applies, s.value)),
                              clean(s.reason.in(chinese_)), add(s.sources)});
   }

   void add(const GradeResult& g) {
      into_.grades.push_back({number(into_.grades.size()), number(items_.of(g.rule)), clean(g.subject.path),
                              clean(g.subject.label), amount(g.value, program_.rules[g.rule].type), yes_no(g.provisional),
                              std::string(state_of(g.applies, g.value)), clean(g.reason.in(chinese_))});
   }

   // The numbers of the figures as a list; a figure that several results read stands there once.
   std::string add(const std::vector<SourceFigure>& sources) {
      std::string numbers = "[";
      for (const SourceFigure& source : sources) {
         const auto [found, fresh] = figures_.try_emplace({source.field, source.row}, into_.figures.size());
         if (fresh) add(source);
         numbers += (numbers.size() > 1 ? "," : "") + std::to_string(found->second);
      }
      return numbers + "]";
   }

   void add(const SourceFigure& source) {
      const Type type = type_of(program_, source);
      const auto found = report_.places.find(source.origin.begin);
      const bool placed = found != report_.places.end() && source.origin.end > source.origin.begin;
      static const FigurePlace nowhere;
      const FigurePlace& place = placed ? found->second : nowhere;
      const Amount shown = amount_of(source.value, type);
      into_.figures.push_back({number(into_.figures.size()), clean(source.name), text_or_null(shown.text), shown.unit,
                               text_or_null(std::string(id_of(source.missing))),
                               clean(source.raw.empty() ? place.raw : source.raw),
                               text_or_null(place.file.empty() ? place.pointer : place.file + " " + place.pointer),
                               text_or_null(place.page), text_or_null(place.line), text_or_null(place.cell),
                               source.half_width ? amount(Value(*source.half_width), type) : Cell(), marks(source.marks)});
   }

   std::string contributions(const std::vector<SourceFigure>& sources) const {
      JsonText json(false);
      json.begin_list();
      for (const SourceFigure& source : sources) {
         if (source.contributes)
            json.text(amount_of(Value(*source.contributes), type_of(program_, source)).text);
         else
            json.null();
      }
      return json.end_list().take();
   }

   static std::string marks(std::uint8_t marks) {
      std::vector<std::string> names;
      for (const std::string_view one : mark_ids(marks)) names.emplace_back(one);
      return join(names, " ");
   }

   const WeighedReport& report_;
   const Program& program_;
   StoredReport& into_;
   bool chinese_;
   ItemNumbers items_;
   std::map<std::pair<FieldId, std::uint32_t>, std::size_t> figures_;
};

void add_problem(StoredReport& stored, const ReportProblem& problem, bool chinese) {
   stored.problems.push_back({number(stored.problems.size()), code_name(problem.code), std::string(id_of(severity_of(problem))),
                              clean(problem.message.in(chinese)), yes_no(problem.refuses), clean(problem.pointer),
                              number(problem.line)});
}

std::string parameters_of(const RuleSet& set) {
   JsonText json(false);
   json.begin_list();
   for (const ParameterValue& parameter : set.parameters) {
      const Amount value = amount_of(parameter.value, parameter.type);
      json.begin_object().member("name", parameter.name).member_or_null("value", value.text).member("unit", value.unit);
      json.key("set_by_hand").yes_no(parameter.set_by_hand).end_object();
   }
   return json.end_list().take();
}

}  // namespace

CaseCounts counts_of_cases(const Evaluation& evaluation, std::uint32_t report) {
   CaseCounts counts;
   for (const Rule& rule : evaluation.plan().program.rules) {
      if (rule.cases.empty()) continue;
      const std::size_t first = counts.size();
      counts.resize(first + rule.cases.size());
      for (const Judged& judged : judgements(evaluation, rule, report))
         ++counts[first + judged.case_number][static_cast<std::size_t>(judged.verdict)];
   }
   return counts;
}

void count_explained(CaseCounts& counts, const WeighedReport& report) {
   const ItemNumbers items(*report.program);
   for (const VerdictResult& verdict : report.result.verdicts) {
      if (!verdict.explained) continue;
      OutcomeCounts& of = counts[items.of(verdict.rule, verdict.case_number)];
      --of[static_cast<std::size_t>(verdict.verdict)];
      ++of[explained_outcome];
   }
}

std::string packed(const CaseCounts& counts) {
   std::string text;
   for (std::size_t i = 0, alike; i < counts.size(); i += alike) {
      for (alike = 1; i + alike < counts.size() && counts[i + alike] == counts[i];) ++alike;
      if (i > 0) text += ',';
      for (std::size_t kind = 0; kind < letters.size(); ++kind) {
         const std::uint64_t count = counts[i][kind];
         if (count > 0) text += letters[kind];
         if (count > 1) text += std::to_string(count);
      }
      if (alike > 1) text += '*' + std::to_string(alike);
   }
   return text;
}

CaseCounts unpacked(std::string_view text) {
   CaseCounts counts;
   if (text.empty()) return counts;
   counts.emplace_back();
   for (std::size_t i = 0; i < text.size();) {
      const char letter = text[i++];
      std::uint64_t count = 1;
      const auto read = std::from_chars(text.data() + i, text.data() + text.size(), count);
      i = static_cast<std::size_t>(read.ptr - text.data());
      if (letter == ',')
         counts.emplace_back();
      else if (letter == '*')
         counts.resize(counts.size() + std::clamp<std::uint64_t>(count, 1, most_alike) - 1,
                       CaseCounts::value_type(counts.back()));
      else if (const std::size_t kind = letters.find(letter); kind != std::string_view::npos)
         counts.back()[kind] += count;
   }
   return counts;
}

void add_counts(Tally& tally, const Program& program, const CaseCounts& counts) {
   tally.verdicts.resize(program.rules.size());
   std::size_t next = 0;
   for (const Rule& rule : program.rules) {
      tally.verdicts[rule.id].resize(rule.cases.size());
      for (std::size_t one = 0; one < rule.cases.size() && next < counts.size(); ++one, ++next)
         for (std::size_t kind = 0; kind < letters.size(); ++kind) tally.verdicts[rule.id][one][kind] += counts[next][kind];
   }
}

StoredReport stored_of(const WeighedReport& report, StoreKey key, const std::string& content, const CaseCounts& counts,
                       bool chinese) {
   StoredReport stored;
   stored.key = std::move(key);
   stored.program = report.program;
   std::uint64_t problems[3] = {0, 0, 0}, untold = 0;
   for (const ReportProblem& problem : report.problems) {
      ++problems[static_cast<std::size_t>(severity_of(problem))];
      add_problem(stored, problem, chinese);
   }
   for (const ScoreResult& score : report.result.scores) untold += state_of(score.applies, score.value) == "cannot_tell";
   const Summary& s = report.result.summary;
   stored.report = {clean(report.file),
                    number(report.record),
                    clean(report.name),
                    report.year ? number(static_cast<std::uint64_t>(report.year)) : Cell(),
                    clean(report.place),
                    yes_no(report.refused),
                    number(s.holds),
                    number(s.fails),
                    number(s.cannot_tell),
                    number(s.does_not_apply),
                    number(s.implausible),
                    number(s.errors),
                    number(s.verifies),
                    number(s.notices),
                    number(untold),
                    number(problems[0]),
                    number(problems[1]),
                    number(problems[2]),
                    packed(counts),
                    number(s.explained),
                    content};
   if (report.program) Rows(report, stored, chinese).make();
   return stored;
}

Row row_of_text(const WeighedReport& report, std::string_view text, const std::string& hash) {
   if (report.name.empty() || report.year == 0 || text.empty()) return {};
   return {hash,
           number(static_cast<std::uint64_t>(report.year)),
           clean(fold(report.name)),
           clean(fold(report.place)),
           clean(report.file),
           number(report.record),
           number(report.line),
           number(text.size()),
           pack(text)};
}

std::vector<Row> rows_of_sets(const Program& program) {
   std::vector<Row> rows;
   for (const RuleSet& set : program.sets)
      rows.push_back({number(rows.size()), clean(set.name), number(static_cast<std::uint64_t>(set.year)), clean(set.place),
                      set.hash, clean(set.cite), parameters_of(set)});
   return rows;
}

std::vector<Row> rows_of_items(const Program& program) {
   std::vector<Row> rows;
   for (const Rule& rule : program.rules)
      for (const Case& one : rule.cases)
         rows.push_back({number(rows.size()), "check", number(rule.set), clean(rule.name), clean(title_of(rule, &one)),
                         std::string(id_of(one.severity)), list(refs_of(rule, &one)), clean(cite_of(rule, &one)), std::nullopt});
   for (const Rule& rule : program.rules) {
      if (rule.kind != RuleKind::score && rule.kind != RuleKind::bands) continue;
      rows.push_back({number(rows.size()), rule.kind == RuleKind::score ? "score" : "grade", number(rule.set), clean(rule.name),
                      clean(title_of(rule, nullptr)), std::nullopt, list(rule.refs), clean(rule.cite),
                      rule.parent == no_rule ? Cell() : clean(program.rules[rule.parent].name)});
   }
   return rows;
}

}  // namespace heng

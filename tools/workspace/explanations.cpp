#include "tools/workspace/explanations.hpp"

#include <algorithm>
#include <set>

#include "grammar/declarations.hpp"
#include "grammar/unicode.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"
#include "tools/workspace/hash.hpp"
#include "tools/workspace/side_file.hpp"

namespace heng {

namespace {

constexpr std::string_view between = "；";
constexpr std::string_view is = " = ";
constexpr std::size_t most_figures = 200;  // of a cell that a spreadsheet takes whole
constexpr std::size_t most_differences = 5;

std::string short_hash(std::string_view text) { return sha256(text).substr(0, 16); }

// ---- what has changed ----------------------------------------------------------------------------------------------------

// A figure of a cell of figures: its name, and what stands behind it.
using NamedFigure = std::pair<std::string, std::string>;

std::vector<NamedFigure> figures_in(const std::string& cell) {
   std::vector<NamedFigure> figures;
   for (std::size_t begin = 0; begin <= cell.size();) {
      const std::size_t end = std::min(cell.find(between, begin), cell.size());
      const std::string one = cell.substr(begin, end - begin);
      const std::size_t equals = one.find(is);
      figures.emplace_back(one.substr(0, equals), equals == std::string::npos ? "" : one.substr(equals + is.size()));
      begin = end + between.size();
   }
   return figures;
}

// Old beside new, of the figures that differ.
Said differences(const std::string& was, const std::string& is_now) {
   if (was.find(is) == std::string::npos || is_now.find(is) == std::string::npos)
      return say("原为“{}”、现为“{}”", "they were \"{}\" and are \"{}\"", was, is_now);
   const std::vector<NamedFigure> before = figures_in(was), now = figures_in(is_now);
   Said text;
   std::size_t found = 0;
   const auto tell = [&](const std::string& name, const std::string* old, const std::string* now_shown) {
      if (++found > most_differences) return;
      if (!text.zh.empty()) text.zh += "，", text.en += ", ";
      text.zh += name + " 原为 " + (old ? *old : "（没有）") + "、现为 " + (now_shown ? *now_shown : "（没有）");
      text.en += name + " was " + (old ? *old : "not there") + " and is " + (now_shown ? *now_shown : "not there");
   };
   const auto find = [](const std::vector<NamedFigure>& in, const std::string& name) -> const std::string* {
      const auto one =
          std::find_if(in.begin(), in.end(), [&](const NamedFigure& each) { return fold(each.first) == fold(name); });
      return one == in.end() ? nullptr : &one->second;
   };
   for (const auto& [name, shown] : before) {
      const std::string* other = find(now, name);
      if (!other || fold(*other) != fold(shown)) tell(name, &shown, other);
   }
   for (const auto& [name, shown] : now)
      if (!find(before, name)) tell(name, nullptr, &shown);
   if (found > most_differences) {
      text.zh += fmt::format("，另有 {} 个", found - most_differences);
      text.en += fmt::format(", and {} more", found - most_differences);
   }
   return text;
}

ReportProblem lapsed_line(const ExplanationLine& line, const Said& why) {
   ReportProblem problem;
   problem.code = Code::explanation_lapsed;
   const std::string object = line.object.empty() ? "" : " " + line.object;
   problem.message = {
       fmt::format("说明失效：{}{}（{}，{}）：{}", line.rule, object, line.who, line.when, why.zh),
       fmt::format("an explanation has lapsed: {}{} ({}, {}): {}", line.rule, object, line.who, line.when, why.en)};
   problem.file = line.file;
   problem.line = line.line;
   problem.column = 1;
   problem.report = line.unit;
   return problem;
}

}  // namespace

// ---- the files -----------------------------------------------------------------------------------------------------------

ReportProblem unreadable_explanations(const std::string& file) {
   ReportProblem problem;
   problem.code = Code::bad_explanation;
   problem.message = say("说明表打不开：没有权限，或者不是文件", "the explanations cannot be opened: no permission, or no file");
   problem.file = file;
   return problem;
}

void Explanations::read(std::string_view bytes, const std::string& path, File& into) {
   for (ExplanationLine& line : read_explanations(bytes, path, problems_)) {
      into.by_unit[fold(line.unit)].push_back(lines_.size());
      lines_.push_back(std::move(line));
      met_.push_back(std::make_unique<std::atomic<bool>>(false));
   }
}

void Explanations::look_beside(const std::vector<std::string>& reports) {
   for (const std::string& report : reports) {
      if (report == "-" || beside_.count(report)) continue;
      const std::string path = explanations_beside(report);
      const SideFile file = read_side_file(path);
      if (!file.there) continue;
      File& beside = beside_[report];
      if (file.text)
         read(*file.text, path, beside);
      else
         problems_.push_back(unreadable_explanations(path));
   }
}

bool Explanations::add(const std::string& file) {
   const SideFile found = read_side_file(file);
   if (found.text) read(*found.text, file, for_all_);
   return found.text.has_value();
}

Explanations::Lines Explanations::of(const std::string& report, const ReportHeader& header) const {
   Lines found;
   if (empty()) return found;
   const auto look = [&](const File& file) {
      const auto of_unit = file.by_unit.find(fold(header.unit_name));
      if (of_unit == file.by_unit.end()) return;
      for (const std::size_t number : of_unit->second) {
         if (!lines_[number].is_for(header)) continue;
         met_[number]->store(true, std::memory_order_relaxed);
         found.push_back(&lines_[number]);
      }
   };
   if (const auto beside = beside_.find(report); beside != beside_.end()) look(beside->second);
   look(for_all_);
   return found;
}

ReportProblems Explanations::unmet() const {
   ReportProblems problems;
   for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (*met_[i]) continue;
      const ExplanationLine& line = lines_[i];
      std::string report = line.unit.empty() ? "–" : line.unit;
      if (line.year != 0) report += " " + std::to_string(line.year);
      if (!line.place.empty()) report += " " + line.place;
      problems.push_back(lapsed_line(line, say("没有这份报告：{}", "there is no such report: {}", report)));
   }
   return problems;
}

std::string hash_of(const Explanations::Lines& lines) {
   std::string all;
   for (const ExplanationLine* line : lines) all += sha256(line->text()) + "\n";
   return sha256(all);
}

bool may_be_explained(const VerdictResult& verdict) { return is_finding(verdict) || verdict.implausible; }

// ---- what binds ----------------------------------------------------------------------------------------------------------

Bindings::Bindings(const Compiled& rules) : rules_(rules), program_(rules.program()) {
   for (const Rule& rule : program_.rules) {
      const std::string head = program_.sets[rule.set].name + "." + rule.name;
      for (std::uint32_t number = 0; number < rule.cases.size(); ++number) {
         const std::string& title = rule.cases[number].title;
         std::string name = head;
         // By its title also where it is alone: another case beside it changes nothing about it.
         if (!title.empty())
            name += "." + title;
         else if (rule.cases.size() > 1)
            name += "." + std::to_string(number + 1);
         // Of two cases with one title the second has its number.
         if (!parts_.try_emplace(fold(name), rule.id, number).second) {
            name = head + "." + std::to_string(number + 1);
            parts_.try_emplace(fold(name), rule.id, number);
         }
         names_[{rule.id, number}] = name;
      }
      if (rule.cases.size() == 1) parts_.try_emplace(fold(head), rule.id, 0);
   }
}

std::string Bindings::name_of(const VerdictResult& verdict) const { return names_.at({verdict.rule, verdict.case_number}); }

const Bindings::Part* Bindings::part(const std::string& name) const {
   const auto found = parts_.find(fold(name));
   return found == parts_.end() ? nullptr : &found->second;
}

std::string Bindings::name_now(const std::string& name) const {
   const Part* found = part(name);
   return found ? names_.at(*found) : name;
}

std::string Bindings::figures_of(const VerdictResult& verdict) const {
   std::vector<std::string> figures;
   // A row's number does not say whose row it is.
   if (!verdict.subject.label.empty()) figures.push_back("对象" + std::string(is) + verdict.subject.label);
   for (const SourceFigure& source : verdict.sources) {
      const Type type = type_of(program_, source);
      const Kind declared = program_.schema.fields[source.field].type.kind;
      const bool has_its_unit = declared == Kind::measured || declared == Kind::target;  // shown as it was printed
      const bool as_printed = has_its_unit && source.missing == Missing::none_missing;
      std::string text = source.name + std::string(is) + (as_printed ? source.shown : show(source.value, type, true));
      if (source.half_width && *source.half_width != 0) text += " ±" + show(Value(*source.half_width), type, true);
      figures.push_back(std::move(text));
   }
   if (verdict.sources.empty()) {
      const std::string reason = verdict.reason.zh.empty() ? "（没有取数）" : verdict.reason.zh;
      if (figures.empty()) return reason;
      figures.push_back("依据" + std::string(is) + reason);
   }
   if (figures.size() <= most_figures) return join(figures, between);
   const std::vector<std::string> first(figures.begin(), figures.begin() + most_figures);
   return fmt::format("{}{}另有 {} 个数{}{}", join(first, between), between, figures.size() - most_figures, is,
                      short_hash(join(figures, between)));
}

const std::string& Bindings::fingerprint_of(const VerdictResult& verdict) {
   const Part part{verdict.rule, verdict.case_number};
   std::string& fingerprint = fingerprints_[part];
   if (fingerprint.empty()) fingerprint = "r" + short_hash(text_of(part));
   return fingerprint;
}

const std::vector<Meaning>& Bindings::meanings_of(const tree::Module& module) {
   const auto [found, fresh] = meanings_.try_emplace(&module);
   if (fresh) found->second = meanings(rules_.selection, module);
   return found->second;
}

struct Bindings::Texts {
   std::vector<std::string> all;
   std::set<std::string> called;

   void add(const Meaning& meaning) {
      all.push_back(meaning.text());
      for (const ClauseMeaning& clause : meaning.clauses) look_for_calls(clause);
   }
   void add(const Meaning& meaning, const ClauseMeaning& clause) {
      all.push_back(meaning.path + "\n" + clause.text);
      look_for_calls(clause);
   }

 private:
   // Names before a bracket. What people write is no expression, except within the braces of a message.
   void look_for_calls(const ClauseMeaning& clause) {
      for (const tree::Clause words : {tree::Clause::title, tree::Clause::refs, tree::Clause::cite})
         if (clause.name == word_of(words, true)) return;
      int depth = clause.name == word_of(tree::Clause::message, true) ? 0 : 1;
      bool quoted = false;
      std::string name;
      for (std::size_t at = 0; at < clause.text.size();) {
         const unicode::Character one = unicode::character_at(clause.text, at);
         if (one.code == '"') quoted = !quoted;
         if (one.code == '{') ++depth;
         if (one.code == '}') --depth;
         if (one.code == '(' && depth > 0 && !quoted && !name.empty()) called.insert(name);
         if (unicode::is_name_part(one.code))
            name += clause.text.substr(at, one.length);
         else
            name.clear();
         at += one.length;
      }
   }
};

// Every declaration that `of` stands in, of printed formulas only the one. What an overlay says stands in none: then by name.
void Bindings::add_meaning(const Rule& rule, Span of, Texts& texts) {
   const std::size_t before = texts.all.size();
   const std::vector<Meaning>& said = meanings_of(*rules_.selection.sets[rule.set]);
   for (const Meaning& meaning : said) {
      if (meaning.word == Word::ruleset || !contains(meaning.origin, of)) continue;
      if (meaning.word != Word::formulas) {
         texts.add(meaning);
         continue;
      }
      for (const ClauseMeaning& clause : meaning.clauses)
         if (contains(clause.origin, of) && clause.origin != meaning.origin) texts.add(meaning, clause);
   }
   if (texts.all.size() > before) return;
   for (const Meaning& meaning : said)
      if (meaning.path == rule.name || meaning.path.rfind(rule.name + ".", 0) == 0) texts.add(meaning);
}

// Those that are called, and those that they call.
void Bindings::add_functions(const std::vector<const tree::Module*>& modules, Texts& texts) {
   std::set<const Meaning*> added;
   for (bool more = true; std::exchange(more, false);)
      for (const tree::Module* module : modules)
         for (const Meaning& meaning : meanings_of(*module)) {
            if (meaning.word != Word::function || !texts.called.count(meaning.path)) continue;
            if (!added.insert(&meaning).second) continue;
            texts.add(meaning);
            more = true;
         }
}

// What the rule says, and what it reads says: other rules, functions, the values of parameters.
std::string Bindings::text_of(const Part& part) {
   const Rule& rule = program_.rules[part.first];
   const Case& one = rule.cases[part.second];
   Texts texts;
   add_meaning(rule, one.span, texts);
   std::set<NodeId> seen;
   std::vector<NodeId> open{one.condition, one.applies};
   std::set<RuleId> read;
   std::set<std::string> parameters;
   while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      if (id == no_node || !seen.insert(id).second) continue;
      const Node& node = program_.nodes[id];
      open.insert(open.end(), node.in.begin(), node.in.end());
      if (node.op == Op::rule) read.insert(node.rule);
      if (node.op == Op::constant && !node.words.empty())
         parameters.insert(join(node.words, ".") + std::string(is) + show(node.value, node.type, true));
   }
   std::vector<const tree::Module*> modules = rules_.selection.forms;
   modules.push_back(rules_.selection.sets[rule.set]);
   for (const RuleId other : read) {
      add_meaning(program_.rules[other], program_.rules[other].span, texts);
      modules.push_back(rules_.selection.sets[program_.rules[other].set]);
   }
   add_functions(modules, texts);
   std::vector<std::string>& all = texts.all;
   std::sort(all.begin(), all.end());
   all.erase(std::unique(all.begin(), all.end()), all.end());
   all.insert(all.end(), parameters.begin(), parameters.end());
   return join(all, "\n");
}

// ---- a report's result ---------------------------------------------------------------------------------------------------

void explain(const Explanations::Lines& lines, Bindings& bindings, ReportResult& result, ReportProblems& lapsed,
             const std::function<void(const VerdictResult&)>& each) {
   for (const ExplanationLine* line : lines) {
      const Bindings::Part* part = bindings.part(line->rule);
      if (!part) {
         lapsed.push_back(lapsed_line(*line, say("没有这条规则了", "there is no such rule any more")));
         continue;
      }
      const auto found = std::find_if(result.verdicts.begin(), result.verdicts.end(), [&](const VerdictResult& verdict) {
         return verdict.rule == part->first && verdict.case_number == part->second &&
                fold(verdict.subject.path) == fold(line->object);
      });
      if (found == result.verdicts.end()) {
         lapsed.push_back(lapsed_line(*line, say("报告里没有这个对象了", "the report has no such row any more")));
         continue;
      }
      VerdictResult& verdict = *found;
      if (verdict.explained) continue;  // in another file, too
      if (!may_be_explained(verdict)) {
         const bool holds = verdict.verdict == Verdict::holds;
         lapsed.push_back(
             lapsed_line(*line, holds ? say("现在通过，没有要说明的了", "it holds now, there is nothing to explain")
                                      : say("现在不适用，没有要说明的了", "it does not apply now, there is nothing to explain")));
         continue;
      }
      const std::string figures = bindings.figures_of(verdict);
      const bool other_figures = fold(figures) != fold(line->figures);
      const bool other_rule = bindings.fingerprint_of(verdict) != line->fingerprint;
      if (other_figures || other_rule) {
         Said why;
         if (other_figures) {
            const Said found_other = differences(line->figures, figures);
            why = {"数字变了：" + found_other.zh, "the figures have changed: " + found_other.en};
         }
         if (other_rule) {
            why.zh += why.zh.empty() ? "" : "；";
            why.en += why.en.empty() ? "" : "; ";
            why.zh += "规则条文变了（或它所用的计算、参数）";
            why.en += "the rule has changed (or a let or parameter that it uses)";
         }
         lapsed.push_back(lapsed_line(*line, why));
         continue;
      }
      verdict.explained = Explanation{line->why, line->who, line->when, line->file, line->line};
      result.summary.explain(verdict.verdict, severity_of(bindings.program(), verdict));
      each(verdict);
   }
}

}  // namespace heng

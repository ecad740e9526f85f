#include "tools/workspace/mutate.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "grammar/declarations.hpp"
#include "interpreter/explain/result.hpp"
#include "interpreter/run/run.hpp"
#include "reports/write/words.hpp"
#include "stdlib/text.hpp"
#include "tools/workspace/expectations.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;
using Names = std::set<std::string>;

bool meet(const Names& a, const Names& b) {
   return std::any_of(a.begin(), a.end(), [&](const std::string& name) { return b.count(name) > 0; });
}

// ---- what depends on what

// A rule set with only what can depend on some names, and what that needs; its tests with only what they expect of it.
struct Part {
   tree::Module module;
   std::size_t changed = 0;                      // which declaration of the part is to be changed
   std::vector<std::uint32_t> reports_of_tests;  // by test of the part: its report in the batch
   std::vector<const GivenRow*> given;           // and what it gives, which stands in that report
};

class Parts {
 public:
   Parts(const Trials& trials, const tree::Module& set, std::uint32_t number) : header_(set), written_(set) {
      header_.declarations.clear();
      for (const tree::Declaration& one : set.declarations) {
         given_.push_back(names_given(one));
         mentioned_.push_back(names_mentioned(one));
      }
      for (std::uint32_t i = 0; i < trials.tests.size(); ++i) {
         const TestCase& test = trials.program.tests[trials.tests[i].test];
         if (test.set == number) tests_.push_back({i, test.written, &trials.tests[i].given});
      }
   }

   // Of one declaration, or (nothing) of all scores.
   Part of(std::optional<std::size_t> declaration) const {
      Names affected;
      for (std::size_t i = 0; i < given_.size(); ++i)
         if (declaration ? i == *declaration : boost::variant2::holds_alternative<tree::Score>(written_.declarations[i]))
            affected.insert(given_[i].begin(), given_[i].end());
      std::vector<bool> kept(given_.size(), false);
      while (spread(affected, kept)) {
      }
      Part part{header_, 0, {}, {}};
      std::vector<tree::Test> tests;
      for (const Written& one : tests_) {
         auto test = part_of(one, affected, kept);
         if (!test) continue;
         tests.push_back(std::move(*test));
         part.reports_of_tests.push_back(one.report);
         part.given.push_back(one.given);
      }
      while (need(kept)) {
      }
      for (std::size_t i = 0; i < kept.size(); ++i) {
         if (boost::variant2::holds_alternative<tree::Test>(written_.declarations[i])) continue;
         if (!kept[i] && i != declaration && !is_type(written_.declarations[i])) continue;
         if (i == declaration) part.changed = part.module.declarations.size();
         part.module.declarations.push_back(written_.declarations[i]);
      }
      for (tree::Test& test : tests) part.module.declarations.push_back(std::move(test));
      return part;
   }

 private:
   struct Written {
      std::uint32_t report;
      const tree::Test* test;
      const GivenRow* given;
   };

   // What mentions an affected name is affected.
   bool spread(Names& affected, std::vector<bool>& kept) const {
      bool more = false;
      for (std::size_t i = 0; i < kept.size(); ++i) {
         if (kept[i] || !(meet(given_[i], affected) || meet(mentioned_[i], affected))) continue;
         kept[i] = more = true;
         affected.insert(given_[i].begin(), given_[i].end());
      }
      return more;
   }

   bool need(std::vector<bool>& kept) const {
      bool more = false;
      for (std::size_t i = 0; i < kept.size(); ++i)
         for (std::size_t other = 0; kept[i] && other < kept.size(); ++other)
            if (!kept[other] && meet(mentioned_[i], given_[other])) kept[other] = more = true;
      return more;
   }

   // What may be needed without being named; parameters may be set by hand.
   static bool is_type(const tree::Declaration& one) {
      return boost::variant2::holds_alternative<tree::Parameter>(one) || boost::variant2::holds_alternative<tree::Choice>(one) ||
             boost::variant2::holds_alternative<tree::UnitDecl>(one) || boost::variant2::holds_alternative<tree::Record>(one);
   }

   // What a test expects of affected names; what it compares them with is needed, too.
   std::optional<tree::Test> part_of(const Written& written, const Names& affected, std::vector<bool>& kept) const {
      tree::Test test;
      test.span = written.test->span;
      test.title = written.test->title;
      for (const tree::Expect& one : written.test->expects) {
         const Names names = names_of(one);
         if (!meet(names, affected)) continue;
         test.expects.push_back(one);
         for (std::size_t i = 0; i < kept.size(); ++i)
            if (meet(given_[i], names)) kept[i] = true;
      }
      return test.expects.empty() ? std::nullopt : std::optional(std::move(test));
   }

   // In 应为 表间衔接.本年收入 通过 the second is the title of a case.
   static Names names_of(const tree::Expect& expect) {
      const auto* part = get_if<tree::Member>(&expect.what->what);
      return names_mentioned(expect.verdict && part ? part->object : expect.what);
   }

   tree::Module header_;
   const tree::Module& written_;
   std::vector<Names> given_, mentioned_;
   std::vector<Written> tests_;
};

// ---- what a rule set says of the samples

// Verdicts, scores and grades, in a fixed order.
struct OfSample {
   std::vector<std::uint64_t> verdicts;
   std::vector<Value> values;
   friend bool operator==(const OfSample&, const OfSample&) = default;
};

OfSample said_of(const Evaluation& evaluation, std::uint32_t report) {
   OfSample said;
   for (const Rule& rule : evaluation.plan().program.rules) {
      if (rule.kind == RuleKind::let) continue;
      for (const Judged& one : judgements(evaluation, rule, report)) {
         const bool odd = !rule.cases.empty() && one.list == Missing::none_missing && one.verdict == Verdict::holds &&
                          evaluation.implausible(rule.id, one.case_number, one.row);
         said.verdicts.push_back(std::uint64_t{one.row} << 8 | static_cast<std::uint64_t>(one.verdict) << 1 | (odd ? 1 : 0));
         if (!rule.cases.empty() || one.verdict != Verdict::holds) continue;
         said.values.push_back(evaluation.value(rule.value, one.row));
         if (rule.basis != no_node) said.values.push_back(evaluation.value(rule.basis, one.row));
      }
   }
   return said;
}

// ---- the trial of one part and its mutants

class Trying {
 public:
   explicit Trying(const Trials& trials) : trials_(trials) {}

   // Must be called with the unchanged part first.
   bool start(const Part& part) {
      reports_of_tests_ = part.reports_of_tests;
      given_ = part.given;
      before_.clear();
      MutantResult none;
      run(part.module, none, true);
      return none.state == MutantResult::State::survived;
   }

   void judge(const tree::Module& mutant, MutantResult& result) { run(mutant, result, false); }

 private:
   void run(const tree::Module& module, MutantResult& result, bool first) {
      Selection selection;
      selection.sets = {&module};
      selection.forms = trials_.compiled->selection.forms;
      Outcome<Tested> made =
          check_with_tests(selection, trials_.program.schema, trials_.year, trials_.place, trials_.settings, given_);
      // A slip that relates two lists for the first time wants rows that this batch has not.
      const bool fits = made.value.program.schema.frames.size() <= trials_.batch->frames.size();
      if (!made.ok() || !fits) {
         result.state = MutantResult::State::refused;
         return;
      }
      const std::vector<TestCase> titles = made.value.program.tests;
      const Plan planned = plan(std::move(made.value.program));
      Engine engine(planned);
      const Evaluation evaluation = engine.run(*trials_.batch);
      result.state = MutantResult::State::survived;
      for (const CompiledTest& test : made.value.tests)
         if (!all_met(evaluation, test, reports_of_tests_[test.test])) return noticed(result, titles[test.test].title);
      for (std::uint32_t i = 0; i < trials_.reports.size(); ++i) {
         OfSample said = said_of(evaluation, static_cast<std::uint32_t>(trials_.tests.size()) + i);
         if (first)
            before_.push_back(std::move(said));
         else if (!(said == before_[i]))
            return noticed(result, trials_.reports[i]);
      }
   }

   static void noticed(MutantResult& result, const std::string& by) {
      result.state = MutantResult::State::noticed;
      result.noticed_by = by;
   }

   const Trials& trials_;
   std::vector<std::uint32_t> reports_of_tests_;
   std::vector<const GivenRow*> given_;
   std::vector<OfSample> before_;
};

// What a set is tried on: as it is, and with each way in which tests give values to parameters.
struct Ground {
   const Trials* trials;
   Parts parts;
};

// One declaration (or the header) with all its mutants: the piece of work that a thread takes.
struct Piece {
   const std::deque<Ground>* grounds;
   const Selection* selection;
   const tree::Module* set;
   std::string title;
   std::optional<std::size_t> declaration;
   bool chinese;
   std::vector<MutantResult> results;
};

std::string name_of(const tree::Declaration& declaration) {
   return boost::variant2::visit(
       [](const auto& one) {
          if constexpr (requires { one.name.text; })
             return one.name.text;
          else
             return std::string();
       },
       declaration);
}

// The part that can depend on a declaration, tried on all grounds where something is asked of it.
class Judging {
 public:
   explicit Judging(const Piece& piece) : set_(piece.set), declaration_(piece.declaration) {
      for (const Ground& ground : *piece.grounds) {
         Part part = ground.parts.of(piece.declaration);
         if (!tried_.empty() && part.reports_of_tests.empty()) continue;
         if (Trying trying(*ground.trials); trying.start(part))
            tried_.push_back({std::move(part), std::move(trying)});
         else
            throw std::logic_error("a part of " + piece.title + " differs from the whole");
      }
   }

   // `change(module, changed)`: of the part's module, and which declaration in it.
   template <typename Change>
   void judge(MutantResult& result, const Change& change) {
      for (auto& [part, trying] : tried_) {
         change(part.module, part.changed);
         trying.judge(part.module, result);
         part.module.round_scores_to = set_->round_scores_to;
         if (declaration_) part.module.declarations[part.changed] = set_->declarations[*declaration_];
         if (result.state != MutantResult::State::survived) return;
      }
   }

 private:
   struct Tried {
      Part part;
      Trying trying;
   };
   const tree::Module* set_;
   std::optional<std::size_t> declaration_;
   std::vector<Tried> tried_;
};

// What is taken over is changed where it was written: of an amended declaration those mutants are the set's whose place lies in
// its own text.
std::vector<Mutant> own_mutants(const Piece& piece) {
   const tree::Declaration& written = piece.set->declarations[*piece.declaration];
   std::vector<Mutant> mutants = mutants_of(written, piece.chinese);
   if (piece.selection->is_own(*piece.set, span_of(written))) return mutants;
   const std::vector<Amendment> amendments = piece.selection->own_amendments(*piece.set);
   const auto is_own = [&](const Mutant& one) {
      return piece.selection->is_own(*piece.set, one.span) ||
             std::any_of(amendments.begin(), amendments.end(), [&](const Amendment& amendment) {
                return one.mutator == "round" && amendment.clause == tree::Clause::round && amendment.of == one.of;
             });
   };
   mutants.erase(std::remove_if(mutants.begin(), mutants.end(), [&](const Mutant& one) { return !is_own(one); }), mutants.end());
   return mutants;
}

void work(Piece& piece) {
   const std::vector<Mutant> mutants = piece.declaration ? own_mutants(piece) : std::vector<Mutant>();
   if (piece.declaration && mutants.empty()) return;
   Judging judging(piece);
   const auto judge = [&](std::string rule, const auto& mutant, const auto& change) {
      MutantResult result{
          piece.title, std::move(rule), mutant.mutator, mutant.span, mutant.from, mutant.to, MutantResult::State::survived, "",
          ""};
      judging.judge(result, change);
      piece.results.push_back(std::move(result));
   };
   if (!piece.declaration) {
      for (const HeaderMutant& mutant : mutants_of_header(*piece.set, piece.chinese))
         judge(piece.set->name.text, mutant,
               [&](tree::Module& module, std::size_t) { module.round_scores_to = mutant.round_scores_to; });
      return;
   }
   const tree::Declaration& written = piece.set->declarations[*piece.declaration];
   for (const Mutant& mutant : mutants)
      judge(name_of(written), mutant,
            [&](tree::Module& module, std::size_t changed) { mutant.change(module.declarations[changed]); });
}

// ---- named equivalents

std::string trimmed(std::string_view text) {
   const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
   while (!text.empty() && blank(text.front())) text.remove_prefix(1);
   while (!text.empty() && blank(text.back())) text.remove_suffix(1);
   return std::string(text);
}

// Four columns: only the first three bars part them.
std::optional<Equivalent> read_line(std::string_view line) {
   std::vector<std::string> columns;
   for (int i = 0; i < 3; ++i) {
      const std::size_t bar = line.find('|');
      if (bar == std::string_view::npos) return std::nullopt;
      columns.push_back(trimmed(line.substr(0, bar)));
      line.remove_prefix(bar + 1);
   }
   columns.push_back(trimmed(line));
   if (std::any_of(columns.begin(), columns.end(), [](const std::string& one) { return one.empty(); })) return std::nullopt;
   return Equivalent{"", 0, columns[0], columns[1], columns[2], columns[3], false};
}

class Equivalents {
 public:
   Equivalents(Files& files, Mutation& mutation) : files_(files), mutation_(mutation) {}

   void read(const std::string& rule_file) {
      constexpr std::string_view end = ".heng";
      std::string file = rule_file;
      if (file.size() > end.size() && file.compare(file.size() - end.size(), end.size(), end) == 0)
         file.resize(file.size() - end.size());
      file += ".equivalent";
      if (!known_.insert(file).second) return;
      const std::optional<std::string> text = files_.read(file);
      if (!text) return;
      std::uint32_t number = 0;
      for (std::size_t at = 0; at < text->size();) {
         const std::size_t end_of_line = std::min(text->find('\n', at), text->size());
         const std::string line = trimmed(std::string_view(*text).substr(at, end_of_line - at));
         at = end_of_line + 1;
         ++number;
         if (line.empty() || line[0] == '#') continue;
         if (auto one = read_line(line)) {
            one->file = file;
            one->line = number;
            all_.push_back(std::move(*one));
         } else
            mutation_.faults.push_back({file, number,
                                        say("要写四栏：规则 | 变异 | 原来 → 改成 | 理由",
                                            "four columns are wanted: rule | mutator | from → to | reason")});
      }
   }

   void apply() {
      for (MutantResult& mutant : mutation_.mutants) {
         if (mutant.state != MutantResult::State::survived) continue;
         for (Equivalent& one : all_) {
            if (!is(one, mutant)) continue;
            mutant.state = MutantResult::State::equivalent;
            mutant.reason = one.reason;
            one.met = true;
         }
      }
      for (const Equivalent& one : all_)
         if (!one.met) mutation_.faults.push_back({one.file, one.line, why_stale(one)});
   }

 private:
   static bool is(const Equivalent& one, const MutantResult& mutant) {
      return one.rule == mutant.rule && one.mutator == mutant.mutator && one.change == trimmed(mutant.from + " → " + mutant.to);
   }

   Said why_stale(const Equivalent& one) const {
      for (const MutantResult& mutant : mutation_.mutants)
         if (is(one, mutant) && mutant.state == MutantResult::State::noticed)
            return say("这处改动已被发现（{}），不用再列", "this change is noticed ({}): no need to name it", mutant.noticed_by);
      return say("没有这样的变异：{} {} {}", "there is no such mutant: {} {} {}", one.rule, one.mutator, one.change);
   }

   Files& files_;
   Mutation& mutation_;
   std::set<std::string> known_;
   std::vector<Equivalent> all_;
};

// Its own header does, and not one that it takes over.
bool says_decimals(const Selection& selection, const tree::Module& set) {
   const Merged* merged = selection.merged_of(set);
   return !merged || std::any_of(merged->layers.begin(), merged->layers.end(), [&](const tree::Module* layer) {
      return layer->year == set.year && layer->place == set.place && layer->round_scores_to;
   });
}

}  // namespace

std::size_t Mutation::count(MutantResult::State state) const {
   return static_cast<std::size_t>(
       std::count_if(mutants.begin(), mutants.end(), [&](const MutantResult& one) { return one.state == state; }));
}

Mutation mutate(const Workspace& workspace, Files& files, const std::deque<Trials>& all, unsigned threads) {
   Mutation mutation;
   Equivalents equivalents(files, mutation);
   std::deque<Piece> pieces;
   // By where it is written: a general set is part of every place's program.
   std::map<std::pair<std::uint32_t, std::uint32_t>, std::deque<Ground>> met;
   for (const Trials& trials : all)
      for (std::uint32_t number = 0; number < trials.compiled->selection.sets.size(); ++number) {
         const tree::Module& set = *trials.compiled->selection.sets[number];
         std::deque<Ground>& grounds = met[{set.span.file, set.span.begin}];
         if (!grounds.empty() && grounds.front().trials->compiled != trials.compiled) continue;
         grounds.push_back({&trials, Parts(trials, set, number)});
         if (grounds.size() > 1) continue;
         equivalents.read(workspace.sources()[set.span.file].path);
         const bool chinese = workspace.is_chinese(set.span.file);
         const std::string title = set_title(trials.program.sets[number]);
         const Selection& selection = trials.compiled->selection;
         if (says_decimals(selection, set)) pieces.push_back({&grounds, &selection, &set, title, std::nullopt, chinese, {}});
         for (std::size_t i = 0; i < set.declarations.size(); ++i)
            pieces.push_back({&grounds, &selection, &set, title, i, chinese, {}});
      }
   std::atomic<std::size_t> next = 0;
   std::exception_ptr fault;
   std::mutex fault_taken;
   const auto worker = [&] {
      try {
         for (std::size_t at = next++; at < pieces.size(); at = next++) work(pieces[at]);
      } catch (...) {
         const std::lock_guard lock(fault_taken);
         fault = std::current_exception();
      }
   };
   std::vector<std::thread> others;
   for (unsigned i = 1; i < threads; ++i) others.emplace_back(worker);
   worker();
   for (std::thread& one : others) one.join();
   if (fault) std::rethrow_exception(fault);
   for (Piece& piece : pieces)
      for (MutantResult& result : piece.results) mutation.mutants.push_back(std::move(result));
   equivalents.apply();
   return mutation;
}

}  // namespace heng

#include "tools/workspace/trials.hpp"

#include <algorithm>

#include "tools/workspace/last_year.hpp"

namespace heng {

namespace {

bool has_error(const Diagnostics& diagnostics) {
   return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.gravity == Gravity::error; });
}

void append(Diagnostics& to, const Diagnostics& from) { to.insert(to.end(), from.begin(), from.end()); }

class Filling {
 public:
   Filling(Workspace& workspace, Samples& samples, AllTrials& all) : workspace_(workspace), samples_(samples), all_(all) {}

   void run(int year, const std::string& place) {
      const Compiled& compiled = workspace_.compile(year, place);
      if (!compiled.ok) {
         append(all_.broken, compiled.diagnostics);
         if (compiled.no_rule_set) all_.broken.push_back(*compiled.no_rule_set);
         return;
      }
      bool with_samples = true;
      for (const TestGroup& group : groups_of_tests(compiled.program(), workspace_.settings)) {
         Trials made;
         made.compiled = &compiled;
         made.year = year;
         made.place = place;
         made.settings = group.settings;
         made.program = heng::check(workspace_.sources(), compiled.selection, year, place, group.settings).value;
         Outcome<std::vector<CompiledTest>> tests = compile_tests(made.program, compiled.selection, group.tests);
         if (has_error(tests.diagnostics)) return append(all_.broken, tests.diagnostics);
         made.tests = std::move(tests.value);
         all_.trials.push_back(std::move(made));
         fill(all_.trials.back(), with_samples);
         with_samples = false;
      }
   }

 private:
   void fill(Trials& trials, bool with_samples) {
      trials.builder = std::make_unique<BatchBuilder>(trials.program.schema);
      for (const CompiledTest& test : trials.tests) append(all_.broken, build_given(trials.program, test, *trials.builder));
      trials.builder->take_doubled();  // a test may give a row twice
      JsonReader reader;
      LastYear last_year(workspace_);
      if (with_samples) last_year.look_in({}, files_of_samples());
      for (const Samples::Sample& sample : samples_.all()) {
         if (!with_samples) break;
         if (&workspace_.compile(sample.header.year, sample.header.place) != trials.compiled) continue;
         ReportProblems ignored;  // said when the header was read
         if (!reader.open(sample.file, *sample.record, workspace_.header_keys(), ignored)) continue;
         LastYearsReport found;
         if (last_year.fill(reader, *sample.record, sample.file, sample.header, *trials.compiled, *trials.builder,
                            samples_.problems, found))
            trials.reports.push_back(sample.name());
      }
      trials.batch = &trials.builder->finish();
   }

   std::vector<std::string> files_of_samples() const {
      std::vector<std::string> files;
      for (const Samples::Sample& sample : samples_.all())
         if (std::find(files.begin(), files.end(), sample.file) == files.end()) files.push_back(sample.file);
      return files;
   }

   Workspace& workspace_;
   Samples& samples_;
   AllTrials& all_;
};

}  // namespace

bool Samples::read(RecordStream&& stream, const HeaderKeys& keys) {
   const std::string& file = stream.name();
   JsonReader reader;
   while (true) {
      RecordBlock& block = blocks_.emplace_back();
      if (!stream.next(block)) return true;
      problems.insert(problems.end(), block.problems.begin(), block.problems.end());
      if (!block.problems.empty()) return false;
      for (const Record& record : block.records)
         if (const auto header = reader.open(file, record, keys, problems)) all_.push_back({file, &record, *header});
   }
}

AllTrials make_trials(Workspace& workspace, Samples& samples) {
   AllTrials all;
   Filling filling(workspace, samples, all);
   for (const auto& [year, place] : workspace.years_and_places()) filling.run(year, place);
   return all;
}

}  // namespace heng

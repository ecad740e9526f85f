// What weighing a report gives, as plain data: every writer (terminal, JSON, JUnit, …) prints this and nothing else.
// Made from an Evaluation (interpreter/run) by interpreter/explain; a result holds enough to re-do it by hand (D9).
// Does not know: formats, files. Places are Origins; whoever read the report turns them into file, pointer, page.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "interpreter/batch.hpp"
#include "interpreter/program.hpp"

namespace heng {

// One figure that took part.
struct SourceFigure {
   FieldId field = no_field;
   std::uint32_t row = 0;            // in the batch
   std::string name;                 // "公开01[27] 本年收入合计", "公开03.科目[201].基本支出"
   Value value = Missing::not_read;  // base unit
   std::string shown;                // "17127.83万元"
   Missing missing = Missing::none_missing;
   std::string raw;  // as printed (filled by whoever holds the text; may be empty)
   Origin origin;
   std::uint8_t marks = 0;
   std::optional<Rational> half_width;   // base unit; nothing: exact
   std::optional<Rational> contributes;  // to the allowance, where the verdict has one
};

struct Subject {
   FrameId frame = 0;
   std::uint32_t row = 0;  // row of the frame within the batch
   std::string path;       // "" for the report; "项目[2].指标[3]", "公开03.科目[2010301]", "公开03.合计"
   std::string label;      // for people: "缉私专项经费 / 人均会议成本", "2010301 行政运行"; "" for the report
};

// What a person said about one finding (tools/workspace/explanations.hpp): it stands, and is no longer counted as one.
struct Explanation {
   std::string why, who, when;
   std::string file;        // where it was said
   std::uint64_t line = 0;  // from 1
};

struct VerdictResult {
   RuleId rule = 0;
   std::uint32_t case_number = 0;
   Subject subject;
   Verdict verdict = Verdict::holds;
   // of the comparison that decided; absent where the condition is no comparison
   std::optional<Value> left, right, gap, allowed;
   Type type;                                // of left, right, gap, allowed
   std::string relation;                     // "≈", "<=", …
   bool implausible = false;                 // D5
   std::vector<std::string> extra, lacking;  // of sets that differ: names of the left that the right has not, and the other way
   Said reason;                              // cannot tell: why; fails of a condition: which part
   std::string message;                      // the rule's own message with its figures put in
   std::vector<SourceFigure> sources;
   std::optional<Explanation> explained;
};

// What came of a rule in a row: its verdict, or that the finding is explained.
inline constexpr std::size_t explained_outcome = 4;  // behind the verdicts
using OutcomeCounts = std::array<std::uint64_t, explained_outcome + 1>;

// The difference of two percents is counted in percentage points.
inline Type type_of_gap(const Type& sides) {
   Type gap = sides;
   if (gap.kind == Kind::percent) gap.kind = Kind::percentage_point, gap.unit.clear();
   return gap;
}

struct BasisPoints {
   Rational computed, stated, judged, unknown;  // points by basis; unknown: parts that cannot tell (their full marks)
};

struct ScoreResult {
   RuleId rule = 0;
   Subject subject;
   Value value = Missing::condition;  // points
   Value raw = Missing::condition;    // before clamping and rounding
   Value out_of = Missing::condition;
   Basis basis = Basis::computed;
   BasisPoints by_basis;
   bool provisional = false;
   std::vector<std::pair<RuleId, std::uint32_t>>
       provisional_because;  // checks (rule, case) that fail or cannot tell on its figures
   Said reason;              // cannot tell: why
   bool applies = true;
   std::vector<SourceFigure> sources;
};

struct GradeResult {
   RuleId rule = 0;
   Subject subject;
   Value value = Missing::in_no_band;
   bool provisional = false;
   Said reason;
   bool applies = true;
};

struct ValueResult {  // lets: shown by explain and --format json
   RuleId rule = 0;
   Subject subject;
   Value value = Missing::condition;
   Said reason;
};

struct Summary {
   std::uint64_t holds = 0, fails = 0, cannot_tell = 0, does_not_apply = 0, implausible = 0;
   std::uint64_t errors = 0, verifies = 0, notices = 0;  // findings (fails or cannot tell) by severity
   std::uint64_t explained = 0;                          // findings that are explained: no longer among the others
   void add(const Summary& other);
   void explain(Verdict verdict, tree::Severity severity);  // one that was counted
};

struct ReportResult {
   std::uint32_t report = 0;  // in the batch
   std::string name;          // unit name
   std::vector<VerdictResult> verdicts;
   std::vector<ScoreResult> scores;
   std::vector<GradeResult> grades;
   std::vector<ValueResult> values;
   Summary summary;
};

}  // namespace heng

// The tables of a results store (docs/collections.md says what they hold), the same in SQLite and PostgreSQL.
// Amounts are texts, exact: "17127.83", "1/3".
#pragma once
#include <string>

#include "reports/store/database.hpp"

namespace heng::tables {

inline constexpr std::string_view version = "3";  // what each brought: upgrade() in store.cpp

inline const Table programs{
    "programs", {{"hash", "TEXT NOT NULL"}, {"year", "BIGINT NOT NULL"}, {"place", "TEXT NOT NULL"}}, true, "hash"};

inline const Table rule_sets{"rule_sets",
                             {{"program", "BIGINT NOT NULL"},
                              {"number", "BIGINT NOT NULL"},
                              {"name", "TEXT NOT NULL"},
                              {"year", "BIGINT NOT NULL"},
                              {"place", "TEXT NOT NULL"},
                              {"hash", "TEXT NOT NULL"},
                              {"cite", "TEXT NOT NULL"},
                              {"parameters", "TEXT NOT NULL"}},
                             false,
                             "program, number"};

// What is judged or worked out: a case of a check, a score, a grade.
inline const Table items{"items",
                         {{"program", "BIGINT NOT NULL"},
                          {"number", "BIGINT NOT NULL"},
                          {"kind", "TEXT NOT NULL"},
                          {"rule_set", "BIGINT NOT NULL"},
                          {"rule", "TEXT NOT NULL"},
                          {"title", "TEXT NOT NULL"},
                          {"severity", "TEXT"},
                          {"refs", "TEXT NOT NULL"},
                          {"cite", "TEXT NOT NULL"},
                          {"part_of", "TEXT"}},
                         false,
                         "program, number"};

inline const Table runs{"runs",
                        {{"began", "TEXT NOT NULL"},
                         {"ended", "TEXT"},
                         {"outcome", "TEXT"},
                         {"version", "TEXT NOT NULL"},
                         {"rules", "TEXT NOT NULL"},
                         {"language", "TEXT NOT NULL"},
                         {"reports", "BIGINT"},
                         {"refused", "BIGINT"},
                         {"added", "BIGINT"}},
                        true,
                        ""};

inline const Table reports{"reports",
                           {{"hash", "TEXT NOT NULL"},
                            {"program", "BIGINT NOT NULL"},
                            {"run", "BIGINT NOT NULL"},
                            {"file", "TEXT NOT NULL"},
                            {"record", "BIGINT NOT NULL"},
                            {"unit", "TEXT NOT NULL"},
                            {"year", "BIGINT"},
                            {"place", "TEXT NOT NULL"},
                            {"refused", "BIGINT NOT NULL"},
                            {"holds", "BIGINT NOT NULL"},
                            {"fails", "BIGINT NOT NULL"},
                            {"cannot_tell", "BIGINT NOT NULL"},
                            {"does_not_apply", "BIGINT NOT NULL"},
                            {"implausible", "BIGINT NOT NULL"},
                            {"errors", "BIGINT NOT NULL"},
                            {"verifies", "BIGINT NOT NULL"},
                            {"notices", "BIGINT NOT NULL"},
                            {"scores_untold", "BIGINT NOT NULL"},
                            {"problem_errors", "BIGINT NOT NULL"},
                            {"problem_verifies", "BIGINT NOT NULL"},
                            {"problem_notices", "BIGINT NOT NULL"},
                            {"counts", "TEXT NOT NULL"},
                            {"explained", "BIGINT NOT NULL"},  // this and the next since version 3
                            {"content", "TEXT NOT NULL"}},     // hash of the report alone; `hash` covers what was explained, too
                           true,
                           "hash, program"};

inline const Table problems{"problems",
                            {{"report", "BIGINT NOT NULL"},
                             {"number", "BIGINT NOT NULL"},
                             {"code", "TEXT NOT NULL"},
                             {"severity", "TEXT NOT NULL"},
                             {"message", "TEXT NOT NULL"},
                             {"refuses", "BIGINT NOT NULL"},
                             {"pointer", "TEXT NOT NULL"},
                             {"line", "BIGINT NOT NULL"}},
                            false,
                            "report, number"};

// Those that fail, cannot be told, hold with a gap too large to be honest rounding, or would if nobody had explained them.
inline const Table verdicts{"verdicts",
                            {{"report", "BIGINT NOT NULL"},
                             {"number", "BIGINT NOT NULL"},
                             {"item", "BIGINT NOT NULL"},
                             {"subject", "TEXT NOT NULL"},
                             {"label", "TEXT NOT NULL"},
                             {"verdict", "TEXT NOT NULL"},
                             {"left_value", "TEXT"},
                             {"relation", "TEXT NOT NULL"},
                             {"right_value", "TEXT"},
                             {"gap", "TEXT"},
                             {"allowed", "TEXT"},
                             {"unit", "TEXT NOT NULL"},
                             {"implausible", "BIGINT NOT NULL"},
                             {"extra", "TEXT NOT NULL"},
                             {"lacking", "TEXT NOT NULL"},
                             {"reason", "TEXT NOT NULL"},
                             {"message", "TEXT NOT NULL"},
                             {"figures", "TEXT NOT NULL"},      // numbers of those it read: [0,3]
                             {"contributes", "TEXT NOT NULL"},  // what each brings to `allowed`: ["0.005",null]
                             {"found", "TEXT"},        // since version 3: of one that is explained the rule's own verdict,
                             {"explanation", "TEXT"},  // what was said, by whom, and when
                             {"explained_by", "TEXT"},
                             {"explained_on", "TEXT"}},
                            false,
                            "report, number"};

inline const Table scores{"scores",
                          {{"report", "BIGINT NOT NULL"},
                           {"number", "BIGINT NOT NULL"},
                           {"item", "BIGINT NOT NULL"},
                           {"subject", "TEXT NOT NULL"},
                           {"label", "TEXT NOT NULL"},
                           {"value", "TEXT"},
                           {"raw", "TEXT"},
                           {"out_of", "TEXT"},
                           {"basis", "TEXT NOT NULL"},
                           {"computed", "TEXT NOT NULL"},
                           {"stated", "TEXT NOT NULL"},
                           {"judged", "TEXT NOT NULL"},
                           {"unknown", "TEXT NOT NULL"},
                           {"provisional", "BIGINT NOT NULL"},
                           {"because", "TEXT NOT NULL"},
                           {"state", "TEXT NOT NULL"},
                           {"reason", "TEXT NOT NULL"},
                           {"figures", "TEXT NOT NULL"}},
                          false,
                          "report, number"};

inline const Table grades{"grades",
                          {{"report", "BIGINT NOT NULL"},
                           {"number", "BIGINT NOT NULL"},
                           {"item", "BIGINT NOT NULL"},
                           {"subject", "TEXT NOT NULL"},
                           {"label", "TEXT NOT NULL"},
                           {"value", "TEXT"},
                           {"provisional", "BIGINT NOT NULL"},
                           {"state", "TEXT NOT NULL"},
                           {"reason", "TEXT NOT NULL"}},
                          false,
                          "report, number"};

// What the verdicts above and all scores read, each figure once.
inline const Table figures{"figures",
                           {{"report", "BIGINT NOT NULL"},
                            {"number", "BIGINT NOT NULL"},
                            {"name", "TEXT NOT NULL"},
                            {"value", "TEXT"},
                            {"unit", "TEXT NOT NULL"},
                            {"missing", "TEXT"},
                            {"raw", "TEXT NOT NULL"},
                            {"pointer", "TEXT"},
                            {"page", "TEXT"},
                            {"line", "TEXT"},
                            {"cell", "TEXT"},
                            {"half_width", "TEXT"},
                            {"marks", "TEXT NOT NULL"}},
                           false,
                           "report, number"};

// The reports themselves, each text once: what next year's rules compare with. Unit and place are folded, for finding.
inline const Table texts{"texts",
                         {{"hash", "TEXT NOT NULL"},  // SHA-256
                          {"year", "BIGINT NOT NULL"},
                          {"unit", "TEXT NOT NULL"},
                          {"place", "TEXT NOT NULL"},
                          {"file", "TEXT NOT NULL"},
                          {"record", "BIGINT NOT NULL"},
                          {"line", "BIGINT NOT NULL"},
                          {"size", "BIGINT NOT NULL"},    // of the text
                          {"packed", "BYTES NOT NULL"}},  // by zlib
                         true,
                         "hash"};

// What a store of version 2 lacks.
struct LaterColumn {
   const Table* table;
   std::string_view name, otherwise;  // otherwise: what stands in rows that were there, as SQL; empty: nothing
};
inline const LaterColumn since_version_3[] = {{&reports, "explained", "0"},    {&reports, "content", "''"},
                                              {&verdicts, "found", ""},        {&verdicts, "explanation", ""},
                                              {&verdicts, "explained_by", ""}, {&verdicts, "explained_on", ""}};

inline const Table* const of_reports[] = {&problems, &verdicts, &scores, &grades, &figures};  // they hang on a report

// As SQL, of a row r of `reports`: another result of the same report came later, of the same file and record or of the same text.
// `later`: what else is asked of that one, l.
inline std::string superseded(const std::string& later = "") {
   const std::string comes_later = " AND l.id > r.id" + later + ")";
   return "(EXISTS (SELECT 1 FROM reports l WHERE l.file = r.file AND l.record = r.record AND l.unit = r.unit AND "
          "l.place = r.place AND COALESCE(l.year, 0) = COALESCE(r.year, 0)" +
          comes_later + " OR EXISTS (SELECT 1 FROM reports l WHERE l.content = r.content" + comes_later + ")";
}

}  // namespace heng::tables

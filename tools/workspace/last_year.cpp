#include "tools/workspace/last_year.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>

#include "grammar/codes.hpp"
#include "reports/store/kept.hpp"
#include "stdlib/text.hpp"
#include "tools/workspace/hash.hpp"

namespace heng {

namespace {

constexpr std::size_t most_kept = std::size_t{64} << 20;  // bytes of documents that need not be read again
constexpr std::size_t most_that_differ = 2;               // of one unit and year: then none of them is last year's

// Where a report stands. 40 bytes, however large the report.
struct Entry {
   std::uint64_t key;  // of unit and year; different units may share one, so what is found is looked at
   std::uint64_t offset, line;
   std::uint32_t file, number, size;
};

struct LookedIn {
   std::string file;
   bool given = false, document = false;
};

std::uint64_t key_of(int year, const std::string& unit, const std::string& place) {
   return std::hash<std::string>()(std::to_string(year) + "\n" + fold(unit) + "\n" + fold(place));
}

// A report that fits.
struct Match {
   std::string file;
   std::uint64_t record = 0, line = 0;
   std::string text;  // padded
   std::string hash;  // where it is known
};

// Where reports are looked for: given for it, weighed now, kept in the store. What stands in one counts before the next.
struct Shelf {
   std::vector<Entry> placed, any_place;  // sorted by key; the same by unit and year alone, for reports that name no place
   std::vector<std::unique_ptr<KeptReports>> stores;
};

std::string year_text(int year) { return std::to_string(year); }

}  // namespace

struct LastYear::Work {
   Workspace& workspace;
   LoadSettings load;
   std::vector<LookedIn> files;
   bool pipe = false;

   std::once_flag gone_through;
   Shelf given, weighed, kept_before;
   std::map<std::uint32_t, std::string> kept;  // texts of documents
   std::size_t kept_bytes = 0;
   ReportProblems problems;

   std::mutex shaping;
   std::map<std::pair<const Compiled*, const Compiled*>, std::unique_ptr<LastYearShape>> shapes;
   std::mutex lending;
   std::vector<std::unique_ptr<JsonReader>> readers;

   Work(Workspace& rules, LoadSettings settings) : workspace(rules), load(std::move(settings)) {
      load.by_next_years_forms = true;
   }

   // ---- readers, one for each thread that needs one

   struct Lent {
      Work& work;
      std::unique_ptr<JsonReader> reader;
      explicit Lent(Work& from) : work(from) {
         const std::lock_guard lock(work.lending);
         if (work.readers.empty()) {
            reader = std::make_unique<JsonReader>();
         } else {
            reader = std::move(work.readers.back());
            work.readers.pop_back();
         }
      }
      ~Lent() {
         const std::lock_guard lock(work.lending);
         work.readers.push_back(std::move(reader));
      }
      Lent(const Lent&) = delete;
      Lent& operator=(const Lent&) = delete;
   };

   // ---- going through the files

   void go_through() {
      std::call_once(gone_through, [this] {
         for (std::uint32_t i = 0; i < files.size() && !(load.stop && *load.stop); ++i) go_through(i);
         const auto by_key = [](const Entry& a, const Entry& b) {
            return std::tie(a.key, a.file, a.offset) < std::tie(b.key, b.file, b.offset);
         };
         for (Shelf* shelf : {&given, &weighed})
            for (auto* entries : {&shelf->placed, &shelf->any_place}) std::sort(entries->begin(), entries->end(), by_key);
      });
   }

   // Documents of last year that a year was given for by hand are a year older than those of this year.
   LoadSettings settings_for(const LookedIn& one) const {
      LoadSettings settings = load;
      if (one.given && settings.by_hand.year) settings.by_hand.year = *settings.by_hand.year - 1;
      return settings;
   }

   void go_through(std::uint32_t number) {
      LookedIn& one = files[number];
      one.document = !is_report_data(one.file);
      OpenedReport opened = open_report(workspace, one.file, settings_for(one));
      ReportProblems found = std::move(opened.problems);
      RecordBlock block;
      Lent lent(*this);
      while (opened.stream && opened.stream->next(block)) {
         found.insert(found.end(), block.problems.begin(), block.problems.end());
         for (const Record& record : block.records)
            if (const auto header = lent.reader->open(one.file, record, workspace.header_keys(), found))
               enter(number, record, *header);
      }
      if (!one.given) return;  // said where they are weighed
      for (ReportProblem& problem : found)
         if (problem.refuses) problems.push_back(std::move(problem));
   }

   void enter(std::uint32_t number, const Record& record, const ReportHeader& header) {
      if (header.unit_name.empty()) return;
      const LookedIn& one = files[number];
      Entry entry{key_of(header.year, header.unit_name, header.place),
                  record.offset,
                  record.line,
                  number,
                  static_cast<std::uint32_t>(record.number),
                  static_cast<std::uint32_t>(record.text.size())};
      Shelf& shelf = one.given ? given : weighed;
      shelf.placed.push_back(entry);
      entry.key = key_of(header.year, header.unit_name, "*");
      shelf.any_place.push_back(entry);
      if (!one.document || kept_bytes + record.text.size() > most_kept) return;
      kept_bytes += record.text.size();
      kept[number] = std::string(record.text);
   }

   // ---- finding one

   LastYearsReport find(const ReportHeader& header) {
      LastYearsReport none;
      none.year = header.year - 1;
      if (header.unit_name.empty()) {
         none.why_not = say("报告没有写明是哪个单位，找不到它上年的报告",
                            "the report does not say whose it is, so last year's cannot be found");
         return none;
      }
      go_through();
      for (const Shelf* shelf : {&given, &weighed, &kept_before}) {
         const bool placed = !header.place.empty();
         auto found = candidates(*shelf, header, placed ? std::optional(header.place) : std::nullopt);
         if (found.empty() && placed) found = candidates(*shelf, header, std::string());  // last year's may not say its place
         if (!found.empty()) return one_of(found, header);
      }
      none.why_not = why_nowhere(header);
      return none;
   }

   Said why_nowhere(const ReportHeader& header) const {
      Said why = say("没有 {} {}年度的报告", "the {1} report of {0} is not there", header.unit_name, year_text(header.year - 1));
      if (pipe) {
         why.zh += "（从管道读入的报告里不找）";
         why.en += " (reports that come through a pipe are not looked at)";
      }
      for (const Shelf* shelf : {&given, &kept_before})
         for (const auto& store : shelf->stores)
            if (store->has_results_of(header.unit_name, header.year - 1)) {
               why.zh += "（结果库是以前的衡建立的，只有那份报告的结果：把它再运行一次，记入结果库）";
               why.en += " (the store was made by an earlier Heng and has only its results: run it with --store once more)";
               return why;
            }
      return why;
   }

   // Those that differ, the first of each; of any place where none is named.
   std::vector<Match> candidates(const Shelf& shelf, const ReportHeader& header, const std::optional<std::string>& place) {
      std::vector<Match> found = in_files(place ? shelf.placed : shelf.any_place, header, place);
      for (const auto& store : shelf.stores)
         for (KeptReport& kept_report : store->of(header.unit_name, header.year - 1, place, most_that_differ)) {
            kept_report.text.append(record_padding, '\0');
            found.push_back({std::move(kept_report.file), kept_report.record, kept_report.line, std::move(kept_report.text),
                             std::move(kept_report.hash)});
         }
      return found;
   }

   std::vector<Match> in_files(const std::vector<Entry>& entries, const ReportHeader& header,
                               const std::optional<std::string>& place) {
      const std::uint64_t key = key_of(header.year - 1, header.unit_name, place.value_or("*"));
      auto at = std::lower_bound(entries.begin(), entries.end(), key, [](const Entry& e, std::uint64_t k) { return e.key < k; });
      std::vector<Match> found;
      Lent lent(*this);
      for (; at != entries.end() && at->key == key && found.size() < most_that_differ; ++at) {
         Match match{files[at->file].file, at->number, at->line, text_of(*at), {}};
         if (match.text.empty()) continue;
         ReportProblems ignored;
         const auto read = lent.reader->open(match.file, record_of(match, at->offset), workspace.header_keys(), ignored);
         if (!read || read->year != header.year - 1 || fold(read->unit_name) != fold(header.unit_name)) continue;
         if (place && fold(read->place) != fold(*place)) continue;
         if (found.empty() || found.front().text != match.text) found.push_back(std::move(match));
      }
      return found;
   }

   static Record record_of(const Match& match, std::uint64_t offset) {
      return {std::string_view(match.text).substr(0, match.text.size() - record_padding), match.record, match.line, offset};
   }

   std::string text_of(const Entry& entry) {
      std::string text = files[entry.file].document ? text_of_document(entry) : text_of_data(entry);
      if (text.size() != entry.size) return {};  // the file has changed
      text.append(record_padding, '\0');
      return text;
   }

   std::string text_of_data(const Entry& entry) {
      std::ifstream file(files[entry.file].file, std::ios::binary);
      std::string text(entry.size, '\0');
      if (!file.seekg(static_cast<std::streamoff>(entry.offset)) || !file.read(text.data(), entry.size)) return {};
      return text;
   }

   std::string text_of_document(const Entry& entry) {
      if (const auto found = kept.find(entry.file); found != kept.end()) return found->second;
      const LookedIn& one = files[entry.file];
      const OpenedReport opened = open_report(workspace, one.file, settings_for(one));
      RecordBlock block;
      if (!opened.stream || !opened.stream->next(block) || block.records.empty()) return {};
      return std::string(block.records.front().text);
   }

   // The same report may lie in two files; two that differ cannot both be last year's.
   LastYearsReport one_of(const std::vector<Match>& found, const ReportHeader& header) {
      LastYearsReport one;
      one.year = header.year - 1;
      const Match& first = found.front();
      for (const Match& other : found) {
         if (other.text == first.text) continue;
         one.why_not = say("{} {}年度的报告不止一份：{}、{}", "there is more than one {1} report of {0}: {2}, {3}",
                           header.unit_name, year_text(one.year), name_of(first), name_of(other));
         return one;
      }
      one.file = first.file;
      one.record = first.record;
      one.line = first.line;
      one.text = first.text;
      one.hash = first.hash.empty() ? sha256(one.bytes()) : first.hash;
      return one;
   }

   static std::string name_of(const Match& match) {
      return match.line > 1 ? match.file + ":" + std::to_string(match.line) : match.file;
   }

   // A store given for it that cannot be opened is told as a file that cannot.
   void look_in_given(std::string name) {
      if (!is_store(name)) return files.push_back({std::move(name), true, false});
      try {
         given.stores.push_back(std::make_unique<KeptReports>(name));
      } catch (const StoreFault& fault) {
         ReportProblem problem;
         problem.code = Code::file_not_found;
         problem.message = fault.said();
         problem.file = std::move(name);
         problem.refuses = true;
         problems.push_back(std::move(problem));
      }
   }

   // ---- filling

   // By the forms of its own year, or this year's where there are none. What the rules of that year say, and whether they compile
   // (they may lack a parameter that is set by hand for this year's), does not matter. nullptr: the forms do not compile.
   const LastYearShape* shape_for(const Compiled& compiled, const ReportHeader& header) {
      const Compiled& its_own = workspace.compile(header.year, header.place);
      const std::lock_guard lock(shaping);
      const auto [place, fresh] = shapes.try_emplace({&compiled, &its_own});
      if (fresh) place->second = shape_by(compiled.program().schema, its_own);
      return place->second.get();
   }

   static std::unique_ptr<LastYearShape> shape_by(const Schema& schema, const Compiled& its_own) {
      const auto by = [&](const Schema& forms) { return std::make_unique<LastYearShape>(shape_of_last_year(schema, forms)); };
      if (its_own.no_rule_set) return by(schema);
      if (its_own.ok) return by(its_own.program().schema);
      const Outcome<Schema> forms = make_schema(its_own.selection);
      return forms.ok() ? by(forms.value) : nullptr;
   }

   bool add(LastYearsReport& last_year, const ReportHeader& header, const Compiled& compiled, BatchBuilder& builder,
            std::size_t before) {
      if (!last_year.there()) return builder.no_last_year(last_year.why_not), true;
      Lent lent(*this);
      ReportProblems ignored;
      const Record record{last_year.bytes(), last_year.record, last_year.line, 0};
      const auto read = lent.reader->open(last_year.file, record, workspace.header_keys(), ignored);
      const LastYearShape* shape = read ? shape_for(compiled, {header.year - 1, header.place, header.unit_name}) : nullptr;
      if (read && !shape) {
         last_year =
             not_there(last_year, say("{}年度的报表集有错误，读不了上年的报告（heng check 列出）",
                                      "the forms for {} have errors, so last year's report cannot be read (see heng check)",
                                      year_text(last_year.year)));
         return builder.no_last_year(last_year.why_not), true;
      }
      return read && lent.reader->fill_last_year(*shape, builder, before);
   }

   static LastYearsReport not_there(const LastYearsReport& before, Said why) {
      LastYearsReport none;
      none.year = before.year;
      none.why_not = std::move(why);
      return none;
   }
};

LastYear::LastYear(Workspace& workspace, LoadSettings load) : work_(std::make_unique<Work>(workspace, std::move(load))) {}
LastYear::~LastYear() = default;

void LastYear::look_in(std::vector<std::string> given, std::vector<std::string> weighed, const std::string& store) {
   for (std::string& one : given) work_->look_in_given(std::move(one));
   if (!store.empty()) work_->kept_before.stores.push_back(std::make_unique<KeptReports>(store));
   for (std::string& file : weighed) {
      if (file == "-")
         work_->pipe = true;
      else
         work_->files.push_back({std::move(file), false, false});
   }
}

LastYearsReport LastYear::find(const ReportHeader& header) { return work_->find(header); }

bool LastYear::fill(JsonReader& reader, const Record& record, const std::string& file, const ReportHeader& header,
                    const Compiled& compiled, BatchBuilder& builder, ReportProblems& problems, LastYearsReport& last_year) {
   if (!compiled.program().schema.own) return reader.fill(compiled.shape, builder, problems);
   if (last_year.year == 0) last_year = find(header);
   bool broken = false;
   const auto add = [&] {
      broken = !work_->add(last_year, header, compiled, builder, record.text.size());
      return !broken;
   };
   if (reader.fill(compiled.shape, builder, problems, add)) return true;
   if (!broken) return false;
   // What last year's report broke off at is gone with the report: once more without it.
   last_year = Work::not_there(last_year,
                               say("上年的报告读不到底：{}", "last year's report cannot be read to its end: {}", last_year.file));
   ReportProblems said_before;
   return reader.open(file, record, work_->workspace.header_keys(), said_before) &&
          reader.fill(compiled.shape, builder, said_before, add);
}

ReportProblems LastYear::problems() {
   work_->go_through();
   return work_->problems;
}

}  // namespace heng

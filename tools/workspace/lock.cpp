#include "tools/workspace/lock.hpp"

#include <simdjson.h>

#include <algorithm>
#include <set>

#include "grammar/codes.hpp"
#include "grammar/declarations.hpp"
#include "grammar/print.hpp"
#include "interpreter/merge/layers.hpp"
#include "reports/write/json_text.hpp"
#include "stdlib/text.hpp"
#include "tools/workspace/workspace.hpp"

namespace heng {

namespace {

constexpr std::string_view kind = "lock/1";

std::string head_of(const Changed& changed) {
   constexpr Word verbs[] = {Word::replace, Word::remove, Word::add, Word::amend};
   return fmt::format("{} {} {}", spelled(verbs[static_cast<int>(changed.change->kind)], true),
                      spelled(word_of(changed.change->made), true), changed.path);
}

std::string below(const std::string& root, const std::string& path) {
   const std::string prefix = root.empty() || root == "/" ? root : root + "/";
   return path.compare(0, prefix.size(), prefix) == 0 ? path.substr(prefix.size()) : path;
}

// The first line in which two meanings differ, of each.
std::pair<std::string, std::string> difference(const std::string& before, const std::string& now) {
   const auto lines = [](const std::string& text) {
      std::vector<std::string> all;
      for (std::size_t at = 0; at < text.size();) {
         const std::size_t end = std::min(text.find('\n', at), text.size());
         all.push_back(text.substr(at, end - at));
         at = end + 1;
      }
      return all;
   };
   const auto first_lacking = [](const std::vector<std::string>& all, const std::vector<std::string>& other) {
      for (const std::string& line : all)
         if (std::find(other.begin(), other.end(), line) == other.end()) return line.substr(line.find_first_not_of(' '));
      return std::string("–");
   };
   const std::vector<std::string> a = lines(before), b = lines(now);
   return {first_lacking(a, b), first_lacking(b, a)};
}

std::string text_of(simdjson::dom::element element, const char* key) {
   std::string_view text;
   if (element[key].get(text)) return "";
   return std::string(text);
}

}  // namespace

std::string write_lock(const Lock& lock) {
   JsonText json(true);
   json.begin_object()
       .member("heng", kind)
       .member("version", lock.version)
       .member("root", lock.root)
       .key("rulesets")
       .begin_list();
   for (const Lock::Set& set : lock.sets) {
      json.begin_object().member("name", set.name).key("year").number(static_cast<std::uint64_t>(set.year));
      json.member("place", set.place).member("hash", set.hash).end_object();
   }
   json.end_list().key("changed").begin_list();
   for (const Lock::Kept& one : lock.kept)
      json.begin_object().member("in", one.layer).member("change", one.change).member("was", one.meaning).end_object();
   json.end_list().key("texts").begin_list();
   for (const Lock::Text& one : lock.texts) {
      json.begin_object().member("path", one.path);
      if (one.lent) json.key("lent").yes_no(true);
      json.member("text", one.text).end_object();
   }
   json.end_list().end_object();
   return json.take() + "\n";
}

std::optional<Lock> read_lock(const std::string& text) {
   simdjson::dom::parser parser;
   simdjson::dom::element root;
   if (parser.parse(text).get(root) || text_of(root, "heng") != kind) return std::nullopt;
   Lock lock;
   lock.version = text_of(root, "version");
   lock.root = text_of(root, "root");
   simdjson::dom::array list;
   if (root["texts"].get(list)) return std::nullopt;
   for (const simdjson::dom::element one : list) {
      bool lent = false;
      if (one["lent"].get(lent)) lent = false;
      lock.texts.push_back({text_of(one, "path"), text_of(one, "text"), lent});
   }
   if (!root["changed"].get(list))
      for (const simdjson::dom::element one : list)
         lock.kept.push_back({text_of(one, "in"), text_of(one, "change"), text_of(one, "was")});
   if (!root["rulesets"].get(list))
      for (const simdjson::dom::element one : list) {
         std::int64_t year = 0;
         if (one["year"].get(year)) year = 0;
         lock.sets.push_back({text_of(one, "name"), static_cast<int>(year), text_of(one, "place"), text_of(one, "hash")});
      }
   return lock;
}

bool Workspace::open_lock(const std::string& path) {
   const std::optional<std::string> text = files_.read(path);
   if (!text) {
      why_not_ = say("没有 {}，或者打不开", "there is no {}, or it cannot be opened", path);
      return false;
   }
   std::optional<Lock> lock = read_lock(*text);
   if (!lock || lock->texts.empty()) {
      why_not_ = say("{} 不是锁定文件", "{} is no lock file", path);
      return false;
   }
   lock_path_ = path;
   root_ = lock->root;
   from_lock_ = true;
   for (const Lock::Text& one : lock->texts) {
      const std::string whole = root_.empty() ? one.path : root_ == "/" ? "/" + one.path : root_ + "/" + one.path;
      (one.lent ? taking_part_.lent : taking_part_.own).push_back(read(whole, one.text, one.lent));
   }
   lock_.emplace(std::move(lock));
   find_header_keys();
   sort_by_place(diagnostics_);
   return true;
}

const std::optional<Lock>& Workspace::lock() {
   if (lock_) return *lock_;
   const std::optional<std::string> text = files_.read(lock_path_);
   lock_.emplace(text ? read_lock(*text) : std::nullopt);
   return *lock_;
}

Lock Workspace::freeze() {
   Lock lock;
   lock.root = root_;
   const auto add = [&](const std::vector<const tree::File*>& files, bool lent) {
      for (const tree::File* file : files) {
         const Source& source = sources_[file->file];
         lock.texts.push_back({below(root_, source.path), source.text, lent});
      }
   };
   add(taking_part_.own, false);
   add(taking_part_.lent, true);
   std::set<std::pair<std::string, std::string>> met;
   std::set<std::string> hashes;
   for (const auto& [year, place] : years_and_places()) {
      const Compiled& compiled = compile(year, place);
      for (const auto& merged : compiled.selection.merged)
         for (const Changed& changed : merged->changed)
            if (changed.change->kind != tree::ChangeKind::add && met.insert({title_of(*changed.layer), head_of(changed)}).second)
               lock.kept.push_back({title_of(*changed.layer), head_of(changed), changed.meaning});
      for (const RuleSet& set : compiled.program().sets)
         if (hashes.insert(set.hash).second) lock.sets.push_back({set.name, set.year, set.place, set.hash});
   }
   return lock;
}

Diagnostics Workspace::changed_bases() {
   Diagnostics found;
   if (from_lock_ || !lock()) return found;
   std::set<std::pair<std::uint32_t, std::uint32_t>> met;
   for (const auto& [year, place] : years_and_places())
      for (const auto& merged : compile(year, place).selection.merged)
         for (const Changed& changed : merged->changed) {
            const Span span = changed.change->span;
            if (met.count({span.file, span.begin})) continue;
            for (const Lock::Kept& kept : lock()->kept) {
               if (fold(kept.layer) != fold(title_of(*changed.layer)) || fold(kept.change) != fold(head_of(changed))) continue;
               if (fold(kept.meaning) == fold(changed.meaning)) continue;
               met.insert({span.file, span.begin});
               const auto [before, now] = difference(kept.meaning, changed.meaning);
               Diagnostic one{
                   Code::base_changed,
                   span,
                   say("这里改的 {} 后来变了", "what this changes, {}, has changed since", changed.path),
                   {{changed.was, say("锁定时是 {}，现在是 {}", "when it was frozen it was {}, now it is {}", before, now)}},
                   say("看过以后运行 heng freeze", "have a look, then run heng freeze"),
                   Gravity::warning};
               found.push_back(std::move(one));
            }
         }
   sort_by_place(found);
   return found;
}

std::vector<Said> Workspace::not_as_frozen() {
   std::vector<Said> all;
   if (from_lock_) return all;
   if (!lock()) {
      all.push_back(say("没有锁定文件 {}", "there is no lock file {}", lock_path_));
      return all;
   }
   const Lock now = freeze();
   const auto named = [](const Lock& lock, const std::string& path) {
      return std::find_if(lock.texts.begin(), lock.texts.end(), [&](const Lock::Text& one) { return one.path == path; });
   };
   for (const Lock::Text& one : now.texts) {
      const auto before = named(*lock(), one.path);
      if (before == lock()->texts.end())
         all.push_back(say("{} 是锁定之后加的", "{} was added since", one.path));
      else if (before->text != one.text)
         all.push_back(say("{} 在锁定之后改过", "{} was changed since", one.path));
   }
   for (const Lock::Text& one : lock()->texts)
      if (named(now, one.path) == now.texts.end()) all.push_back(say("{} 没有了", "{} is gone", one.path));
   return all;
}

}  // namespace heng

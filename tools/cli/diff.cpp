// heng diff: two versions of rules, compared by meaning.
#include "interpreter/compare/diff.hpp"

#include <algorithm>
#include <set>

#include "grammar/codes.hpp"
#include "reports/write/html.hpp"
#include "reports/write/json_text.hpp"
#include "reports/write/words.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/two_sides.hpp"

namespace heng {

namespace {

using What = Difference::What;

// What is compared at once: a year and place of each side.
struct Section {
   YearPair years;
   std::vector<SetDifference> sets;
};

struct DiffTotals {
   std::size_t added = 0, removed = 0, changed = 0, words = 0;
   std::size_t all() const { return added + removed + changed; }
   void count(const Difference& one) {
      (one.what == What::added ? added : one.what == What::removed ? removed : changed)++;
      words += one.only_words;
   }
   void count(const SetDifference& set) {
      if (set.one_sided()) (set.was.empty() ? added : removed)++;
      for (const Difference& one : set.all) count(one);
   }
};

std::string_view id_of(What what) { return what == What::added ? "added" : what == What::removed ? "removed" : "changed"; }
std::string_view id_of(tree::Module::Kind kind) {
   switch (kind) {
      case tree::Module::Kind::forms: return "forms";
      case tree::Module::Kind::layout: return "layout";
      case tree::Module::Kind::ruleset:
      case tree::Module::Kind::loose: break;
   }
   return "ruleset";
}
Word word_of_kind(tree::Module::Kind kind) {
   return kind == tree::Module::Kind::forms ? Word::forms : kind == tree::Module::Kind::layout ? Word::layout : Word::ruleset;
}

// ---- a table for a terminal

constexpr std::size_t widest_name = 14, column = 44;

// Cut where a line is full; ends of lines that are there stay.
std::vector<std::string> wrap(const std::string& text, std::size_t width) {
   std::vector<std::string> lines{""};
   for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i + 1;
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
      const std::string one = text.substr(i, end - i);
      i = end;
      if (one == "\n") {
         lines.emplace_back();
         continue;
      }
      if (display_width(lines.back() + one) > width) lines.emplace_back();
      if (one != " " || !lines.back().empty() || lines.size() == 1 || text[i - 2 < text.size() ? i - 2 : 0] == '\n')
         lines.back() += one;
   }
   return lines;
}

class DiffTable {
 public:
   DiffTable(const TwoSides& sides, bool chinese) : sides_(sides), chinese_(chinese) {}

   std::string print(const std::vector<Section>& sections, bool titled) {
      for (const Section& one : sections) section(one, titled);
      if (sections.empty()) text_ = say("相同\n", "the same\n");
      return std::move(text_);
   }

 private:
   std::string say(std::string_view zh, std::string_view en) const { return std::string(chinese_ ? zh : en); }

   void section(const Section& one, bool titled) {
      if (titled) text_ += (text_.empty() ? "" : "\n") + titles(one.years) + "\n";
      for (const SetDifference& set : one.sets) this->set(set);
   }
   std::string titles(const YearPair& years) const {
      const std::string was = year_and_place(years.first, chinese_), now = year_and_place(years.second, chinese_);
      return "# " + (was == now ? was : was + " → " + now);
   }

   void set(const SetDifference& one) {
      text_ += fmt::format("{}== {} {} ==\n", text_.empty() || text_.back() != '\n' ? "" : separator(),
                           spelled(word_of_kind(one.kind), chinese_),
                           one.was.empty()      ? one.now
                           : one.now.empty()    ? one.was
                           : one.was == one.now ? one.now
                                                : one.was + " → " + one.now);
      if (one.one_sided()) {
         const bool added = one.was.empty();
         const Side& side = added ? sides_.now : sides_.was;
         text_ += fmt::format("{} {}  {}\n",
                              say(added ? "只在后一方有" : "只在前一方有", added ? "only in the second:" : "only in the first:"),
                              chinese_ ? fmt::format("{} 条", one.rules) : fmt::format("{} declarations", one.rules),
                              side.at(added ? one.now_at : one.was_at));
         return;
      }
      if (one.all.empty()) {
         text_ += say("相同\n", "the same\n");
         return;
      }
      DiffTotals totals;
      totals.count(one);
      text_ += chinese_ ? fmt::format("新增 {} · 取消 {} · 改动 {}", totals.added, totals.removed, totals.changed)
                        : fmt::format("{} added · {} removed · {} changed", totals.added, totals.removed, totals.changed);
      if (totals.words)
         text_ += chinese_ ? fmt::format("（{} 处只是文字）", totals.words) : fmt::format(" ({} in words only)", totals.words);
      text_ += "\n";
      for (std::size_t i = 0; i < one.all.size();) i = rule(one.all, i);
   }
   std::string separator() const { return text_.size() > 1 && text_[text_.size() - 2] != '\n' && text_[0] != '#' ? "\n" : ""; }

   // All that is said of one declaration; the index behind it.
   std::size_t rule(const std::vector<Difference>& all, std::size_t first) {
      std::size_t last = first;
      while (last < all.size() && all[last].word == all[first].word && all[last].path == all[first].path &&
             all[last].clause.empty() == all[first].clause.empty() && (last == first || !all[last].clause.empty()))
         ++last;
      const Difference& one = all[first];
      const bool whole = one.clause.empty();
      const std::string_view mark = !whole                    ? say_view("改动", "changed")
                                    : one.what == What::added ? say_view("新增", "added")
                                                              : say_view("取消", "removed");
      text_ += fmt::format("\n{}  {} {}  {}\n", mark, spelled(one.word, chinese_), one.path, whole ? place(one) : "");
      trim();
      if (whole) {
         body(one);
         return last;
      }
      std::size_t width = 0;
      for (std::size_t i = first; i < last; ++i) width = std::max(width, std::min(widest_name, display_width(all[i].clause)));
      for (std::size_t i = first; i < last; ++i) clause(all[i], width);
      return last;
   }
   std::string_view say_view(std::string_view zh, std::string_view en) const { return chinese_ ? zh : en; }
   void trim() {
      text_.erase(text_.find_last_not_of(" \n") + 1);
      text_ += '\n';
   }
   std::string place(const Difference& one) const {
      if (one.what == What::added) return sides_.now.at(one.now_at);
      if (one.what == What::removed) return sides_.was.at(one.was_at);
      return sides_.was.at(one.was_at) + " → " + sides_.now.at(one.now_at);
   }
   void body(const Difference& one) {
      const std::string& text = one.what == What::added ? one.now : one.was;
      for (const std::string& line : wrap(text, 2 * column))
         text_ += std::string("  ") + (one.what == What::added ? "+ " : "- ") + line + "\n";
   }
   void clause(const Difference& one, std::size_t width) {
      const std::vector<std::string> names = wrap(one.clause, widest_name),
                                     was = wrap(one.what == What::added ? say("（没有）", "(none)") : one.was, column),
                                     now = wrap(one.what == What::removed ? say("（没有）", "(none)") : one.now, column);
      const auto at = [](const std::vector<std::string>& lines, std::size_t i) {
         return i < lines.size() ? lines[i] : std::string();
      };
      for (std::size_t i = 0; i < std::max({names.size(), was.size(), now.size()}); ++i) {
         text_ += "  " + pad(at(names, i), width) + "  " + pad(at(was, i), column) + (i == 0 ? " → " : " │ ") + at(now, i) + "\n";
         text_.erase(text_.find_last_not_of(" \n") + 1);
         text_ += "\n";
      }
      text_ += "  " + pad("", width) + "  " + place(one) + "\n";
   }

   const TwoSides& sides_;
   bool chinese_;
   std::string text_;
};

// ---- a page

// What differs between two texts, marked: what is before and behind it is the same.
std::pair<std::string, std::string> marked(const std::string& was, const std::string& now) {
   const auto inside = [](const std::string& text, std::size_t at) {
      return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
   };
   std::size_t front = 0;
   while (front < was.size() && front < now.size() && was[front] == now[front]) ++front;
   while (front > 0 && (inside(was, front) || inside(now, front))) --front;
   std::size_t back = 0;
   while (back < was.size() - front && back < now.size() - front && was[was.size() - back - 1] == now[now.size() - back - 1])
      ++back;
   while (back > 0 && (inside(was, was.size() - back) || inside(now, now.size() - back))) --back;
   const auto mark = [&](const std::string& text) {
      const std::string middle = text.substr(front, text.size() - back - front);
      return html_text(text.substr(0, front)) + (middle.empty() ? "" : "<mark>" + html_text(middle) + "</mark>") +
             html_text(text.substr(text.size() - back));
   };
   return {mark(was), mark(now)};
}

class DiffPage {
 public:
   DiffPage(const TwoSides& sides, bool chinese) : sides_(sides), chinese_(chinese) {}

   std::string print(const std::vector<Section>& sections, bool titled) {
      const std::string title =
          fmt::format("{}：{} → {}", say("规则的改动", "Changes of rules"), sides_.was.given, sides_.now.given);
      body_ = "<h1>" + html_text(title) + "</h1>\n";
      for (const Section& one : sections) {
         const std::string was = year_and_place(one.years.first, chinese_), now = year_and_place(one.years.second, chinese_);
         if (titled) body_ += "<h2>" + html_text(was == now ? was : was + " → " + now) + "</h2>\n";
         for (const SetDifference& set : one.sets) this->set(set);
      }
      if (sections.empty()) body_ += "<p>" + say("相同", "the same") + "</p>\n";
      return html_page(title, "tr.added td{background:#eafbea}tr.removed td{background:#fdecec}mark{background:#ffe58a}", body_,
                       chinese_);
   }

 private:
   std::string say(std::string_view zh, std::string_view en) const { return std::string(chinese_ ? zh : en); }

   void set(const SetDifference& one) {
      const std::string titles =
          one.was.empty() || one.was == one.now ? one.now : one.was + (one.now.empty() ? "" : " → " + one.now);
      body_ += "<h3>" + html_text(std::string(spelled(word_of_kind(one.kind), chinese_)) + " " + titles) + "</h3>\n";
      if (one.one_sided()) {
         body_ += "<p>" +
                  say(one.was.empty() ? "只在后一方有" : "只在前一方有",
                      one.was.empty() ? "only in the second" : "only in the first") +
                  "</p>\n";
         return;
      }
      if (one.all.empty()) {
         body_ += "<p>" + say("相同", "the same") + "</p>\n";
         return;
      }
      body_ += "<table><tr>";
      for (const std::string& head : {say("规则", "rule"), say("条文", "clause"), say("原来", "was"), say("现在", "now")})
         body_ += "<th>" + head + "</th>";
      body_ += "</tr>\n";
      for (const Difference& each : one.all) row(each);
      body_ += "</table>\n";
   }
   void row(const Difference& one) {
      auto [was, now] = one.what == What::changed ? marked(one.was, one.now) : std::pair{html_text(one.was), html_text(one.now)};
      if (one.what != What::added) was += where(sides_.was, one.was_at);
      if (one.what != What::removed) now += where(sides_.now, one.now_at);
      body_ += fmt::format(
          "<tr class=\"{}\"><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", id_of(one.what),
          html_text(spelled(one.word, chinese_)), html_text(one.path),
          one.clause.empty() ? one.what == What::added ? say("新增", "added") : say("取消", "removed") : html_text(one.clause),
          was, now);
   }
   static std::string where(const Side& side, Span span) { return "<div class=place>" + html_text(side.at(span)) + "</div>"; }

   const TwoSides& sides_;
   bool chinese_;
   std::string body_;
};

// ---- JSON

class DiffJson {
 public:
   explicit DiffJson(const TwoSides& sides) : sides_(sides) {}

   std::string print(const std::vector<Section>& sections) {
      DiffTotals totals;
      for (const Section& one : sections)
         for (const SetDifference& set : one.sets) totals.count(set);
      text_.begin_object().member("heng", "diff/1").member("was", sides_.was.given).member("now", sides_.now.given);
      text_.key("same").yes_no(totals.all() == 0);
      text_.key("added").number(totals.added).key("removed").number(totals.removed).key("changed").number(totals.changed);
      text_.key("comparisons").begin_list();
      for (const Section& one : sections) section(one);
      text_.end_list().end_object();
      return text_.take() + "\n";
   }

 private:
   void year(const char* name, const YearOfSide& one) {
      text_.key(name).begin_object().key("year");
      if (one.year)
         text_.number(static_cast<std::uint64_t>(one.year));
      else
         text_.null();
      text_.member("place", one.place).end_object();
   }
   void section(const Section& one) {
      text_.begin_object();
      year("was", one.years.first);
      year("now", one.years.second);
      text_.key("sets").begin_list();
      for (const SetDifference& set : one.sets) {
         text_.begin_object().member("kind", id_of(set.kind)).member("name", set.name);
         text_.member_or_null("was", set.was).member_or_null("now", set.now);
         text_.key("changes").begin_list();
         for (const Difference& each : set.all) difference(each);
         text_.end_list().end_object();
      }
      text_.end_list().end_object();
   }
   void difference(const Difference& one) {
      const bool was = one.what != What::added, now = one.what != What::removed;
      text_.begin_object().member("change", id_of(one.what)).member("kind", spelled(one.word, false)).member("rule", one.path);
      text_.member_or_null("clause", one.clause).key("words_only").yes_no(one.only_words);
      side("was", was, one.was, was ? sides_.was.at(one.was_at) : "");
      side("now", now, one.now, now ? sides_.now.at(one.now_at) : "");
      text_.end_object();
   }
   void side(const char* name, bool there, const std::string& text, const std::string& at) {
      text_.key(name);
      if (!there) {
         text_.null();
         return;
      }
      text_.begin_object().member("text", text).member("at", at).end_object();
   }

   const TwoSides& sides_;
   JsonText text_{true};
};

// What the general rules change is changed for every place, too, and what a year changes may hold on in the next: told once.
void tell_once(std::vector<Section>& sections) {
   std::set<std::string> told;
   for (Section& section : sections)
      for (SetDifference& set : section.sets) {
         const auto known = [&](const Difference& one) {
            return !told.insert(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}:{}", static_cast<int>(set.kind), set.name,
                                            static_cast<int>(one.word), one.path, one.clause, one.was, one.now,
                                            one.what == What::removed ? one.was_at.file : one.now_at.file,
                                            one.what == What::removed ? one.was_at.begin : one.now_at.begin))
                        .second;
         };
         set.all.erase(std::remove_if(set.all.begin(), set.all.end(), known), set.all.end());
      }
   // Of many years and places only what differs is told.
   for (std::size_t i = sections.size(); i-- > 0;) {
      auto& sets = sections[i].sets;
      sets.erase(std::remove_if(sets.begin(), sets.end(), [](const SetDifference& set) { return set.same(); }), sets.end());
      if (sets.empty()) sections.erase(sections.begin() + static_cast<std::ptrdiff_t>(i));
   }
}

}  // namespace

Exit diff_command(Console& console, const DiffOptions& options) {
   const std::vector<std::string> formats{"table", "json", "html"};
   if (std::find(formats.begin(), formats.end(), options.format) == formats.end())
      return no_such_format(console, options.format, formats);
   TwoSides sides;
   if (const Exit failed = sides.open(console, {options.was, options.now}, options.year, options.place); failed != Exit::fine)
      return failed;
   std::vector<YearPair> years;
   if (const Exit failed = sides.years(console, years); failed != Exit::fine) return failed;
   static const Selection nothing;
   std::vector<Section> sections;
   for (const YearPair& one : years) {
      const auto compiled = [&](const Side& side, const YearOfSide& at, const Selection*& selection) {
         selection = &nothing;
         if (at.year == 0) return Exit::fine;
         const Compiled& made = side.opened->workspace.compile(at.year, at.place);
         selection = &made.selection;
         return usable(console, *side.opened, made);
      };
      const Selection *was = nullptr, *now = nullptr;
      if (const Exit failed = compiled(sides.was, one.first, was); failed != Exit::fine) return failed;
      if (const Exit failed = compiled(sides.now, one.second, now); failed != Exit::fine) return failed;
      sections.push_back({one, diff({*was, one.first.year}, {*now, one.second.year}, console.chinese)});
   }
   if (sections.size() > 1) tell_once(sections);
   if (!console.write_to(options.output)) return cannot_write(console, options.output);
   console.out() << (options.format == "json"   ? DiffJson(sides).print(sections)
                     : options.format == "html" ? DiffPage(sides, console.chinese).print(sections, years.size() > 1)
                                                : DiffTable(sides, console.chinese).print(sections, years.size() > 1));
   DiffTotals totals;
   for (const Section& one : sections)
      for (const SetDifference& set : one.sets) totals.count(set);
   return totals.all() > 0 ? Exit::findings : Exit::fine;
}

}  // namespace heng

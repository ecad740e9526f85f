#include "grammar/parse.hpp"

#include <algorithm>
#include <set>

#include "grammar/build.hpp"
#include "grammar/codes.hpp"
#include "grammar/kinds.hpp"
#include "grammar/messages.hpp"

namespace heng {
namespace grammar {
namespace {

using Offset = Lexer::Offset;
using Input = p::memory_input<p::tracking_mode::lazy, p::eol::lf_crlf, const char*>;

// Matches Rule at `at`; the place behind it, or nothing.
template <typename Rule>
Offset match(Reading& reading, Offset at) {
   const char* text = reading.lexer.text().data();
   Input in(text + at, text + reading.lexer.end(), "");
   if (!control<Rule>::template match<p::apply_mode::nothing, p::rewind_mode::required, p::nothing, control>(in, reading))
      return Lexer::nothing;
   return reading.offset_of(in.current());
}

template <typename Rule>
bool try_rule(Reading& reading, Offset at, Offset& end) {
   end = match<Rule>(reading, at);
   return end != Lexer::nothing;
}

// Bytes that are no UTF-8 and control characters: said once per line, the rest of the file is read all the same.
void report_encoding(Reading& reading) {
   const std::string_view text = reading.lexer.text();
   bool said_on_this_line = false;
   int said = 0;
   for (Offset at = 0; at < text.size() && said < 20;) {
      const unicode::Character next = unicode::character_at(text, at);
      const bool is_bad = next.code == unicode::Character::bad;
      if (next.code == '\n') said_on_this_line = false;
      if ((is_bad || unicode::is_hidden(next.code)) && !said_on_this_line) {
         const auto byte = static_cast<unsigned char>(text[at]);
         reading.diagnostics.push_back(
             {.code = Code::bad_encoding,
              .span = reading.span(at, at + next.length),
              .message = is_bad ? say("这个字节（{:02X}）不是 UTF-8 文字", "this byte ({:02X}) is no UTF-8 text", byte)
                                : say("这里有看不见的控制字符（U+{:04X}）", "there is a control character here (U+{:04X})",
                                      static_cast<unsigned>(next.code)),
              .notes = {},
              .help = is_bad ? say("把文件另存为 UTF-8 编码", "save the file as UTF-8") : say("删去它", "delete it")});
         said_on_this_line = true;
         ++said;
      }
      at += next.length;
   }
}

// `unit 场次` may stand behind the rule that uses 元/场次: the words are looked up before anything is read.
void find_declared_units(Lexer& lexer) {
   const std::string_view text = lexer.text();
   for (std::size_t line = 0; line != std::string_view::npos;) {
      std::size_t at = text.find_first_not_of(" \t\r\n", line);
      if (at == std::string_view::npos) break;
      for (const bool chinese : {true, false}) {
         const std::string_view head = spelled(Word::unit, chinese);
         if (text.substr(at, head.size()) != head) continue;
         std::size_t end = text.find_first_of("#\n", at);
         std::size_t here = at + head.size();
         if (end == std::string_view::npos) end = text.size();
         while (here < end) {
            const std::string_view word = lexer.word_at(static_cast<Offset>(here));
            if (!word.empty()) lexer.declared_units.emplace_back(word);
            here += word.empty() ? lexer.character(static_cast<Offset>(here)).length : word.size();
         }
      }
      line = text.find('\n', at);
   }
}

// Reads a file one declaration at a time, so that each may fail alone.
class FileReader {
 public:
   FileReader(Reading& reading, tree::File& file) : reading_(reading), lexer_(reading.lexer), file_(file) {}

   void read() {
      Offset at = lexer_.skip_leading();
      file_.modules.emplace_back();
      while (at < lexer_.end() && !reading_.has_enough()) at = read_one(at);
      if (at < lexer_.end())
         reading_.diagnostics.push_back(too_many_mistakes(at));
      else
         close_module_at_end();
      for (const Remark& remark : lexer_.remarks)
         file_.comments.push_back({reading_.span(remark.begin, remark.end), remark.own_line});
   }

 private:
   tree::Module& module() { return open_ ? file_.modules.back() : file_.modules.front(); }

   // Each returns the place to go on from, which is always further on.
   Offset read_one(Offset at) {
      reading_.begin_declaration(at);
      if (open_ && lexer_.folded(at) == '}') return close_module(at);
      const std::optional<Word> head = lexer_.keyword_of_declaration(at);
      if (head == Word::ruleset || head == Word::forms || head == Word::layout) return read_header(at);
      if (!head) return skip_unknown(at);
      if (keyword(*head).role == WordRole::change) return read_change(at);
      if (head == Word::places) return read_places(at);
      return read_declaration(at);
   }

   Offset read_declaration(Offset at) {
      Offset end;
      note_language(at);
      if (!try_rule<declaration>(reading_, at, end)) return fail(at);
      said_before_ = reading_.diagnostics.size();
      if (std::optional<tree::Declaration> made = build_declaration(reading_)) {
         if (module().extends && !boost::variant2::holds_alternative<tree::Test>(*made)) return refuse_bare(at, end);
         module().declarations.push_back(std::move(*made));
         read_something_ = true;
      }
      return after_declaration(at, end, [&] {
         module().declarations.pop_back();  // half of it is not the rule that was meant
         keep_head(at);
      });
   }

   Offset read_change(Offset at) {
      if (!module().extends) return refuse_change(at);
      Offset end;
      note_language(at);
      if (!try_rule<change>(reading_, at, end)) return fail(at);
      said_before_ = reading_.diagnostics.size();
      std::optional<tree::Change> made = build_change(reading_);
      if (!made) return after_declaration(at, end, [] {});
      module().changes.push_back(std::move(*made));
      read_something_ = true;
      return after_declaration(at, end, [&] { module().changes.pop_back(); });
   }

   // In an overlay each declaration says what becomes of the one that is extended.
   Offset refuse_bare(Offset at, Offset end) {
      const std::string_view word = lexer_.word_at(at);
      reading_.diagnostics.push_back(
          {.code = Code::not_an_overlay,
           .span = reading_.span(at, at + static_cast<Offset>(word.size())),
           .message =
               say("沿用别的规则集的，要说明这一条是增设还是替换", "does this add to what is extended, or replace a part of it?"),
           .notes = {{module().extends->span, say("在这里沿用", "extended here")}},
           .help = say("写 {0} {2} … 或者 {1} {2} …", "write {3} {2} … or {4} {2} …", spelled(Word::add, true),
                       spelled(Word::replace, true), word, spelled(Word::add, false), spelled(Word::replace, false))});
      return after_declaration(at, end, [] {});
   }

   Offset refuse_change(Offset at) {
      const std::string_view word = lexer_.word_at(at);
      reading_.diagnostics.push_back(
          {.code = Code::not_an_overlay,
           .span = reading_.span(at, at + static_cast<Offset>(word.size())),
           .message = say("没有沿用别的规则集，没有什么可以“{}”", "nothing is extended here, so there is nothing to '{}'", word),
           .notes = {},
           .help = say("在开头写 沿用 名称 年度", "say in the header: extends NAME YEAR")});
      return reading_.skip_declaration(at, open_);
   }

   Offset read_places(Offset at) {
      Offset end;
      note_language(at);
      if (!try_rule<places>(reading_, at, end)) return fail(at);
      said_before_ = reading_.diagnostics.size();
      module().places.push_back(build_places(reading_));
      read_something_ = true;
      return after_declaration(at, end, [&] { module().places.pop_back(); });
   }

   // A rest that belongs to the declaration just read, not to the next: said as a mistake in it.
   template <typename TakeBack>
   Offset after_declaration(Offset at, Offset end, TakeBack take_back) {
      if (end >= lexer_.end() || (open_ && lexer_.folded(end) == '}')) return end;
      Offset behind = end;
      while (const Offset next = lexer_.separator(behind)) behind = next;
      if (behind >= lexer_.end() || lexer_.keyword_of_declaration(behind)) return behind;
      const bool new_line = lexer_.first_on_line(behind);
      if (new_line && lexer_.column(behind) <= lexer_.column(at)) return behind;
      if (lexer_.farthest < end) lexer_.miss(end, index_of(Want::operation));
      reading_.diagnostics.resize(said_before_, {});  // half a declaration was judged: only the failure counts
      if (!reading_.abandoned) reading_.report_failure(end);
      const Offset next = reading_.skip_declaration(behind, open_);
      take_back();
      return next;
   }

   Offset fail(Offset at) {
      if (!reading_.abandoned) reading_.report_failure(at);
      const Offset next = reading_.skip_declaration(at, open_);
      keep_head(at);
      return next;
   }

   // The name and the clauses of what cannot be read: who uses it need not hear of the mistake again. Its body is Bad.
   void keep_head(Offset at) {
      const std::size_t said = reading_.diagnostics.size();
      reading_.nodes.clear();
      if (match<declaration_head>(reading_, at) == Lexer::nothing) return;
      if (std::optional<tree::Declaration> made = build_declaration(reading_)) module().declarations.push_back(std::move(*made));
      reading_.diagnostics.resize(said, {});
   }

   Offset skip_unknown(Offset at) {
      const unicode::Character next = lexer_.character(at);
      const bool said_already = next.code == unicode::Character::bad || unicode::is_hidden(next.code);
      if (!said_already) reading_.diagnostics.push_back(not_a_declaration(reading_, at));
      if (lexer_.folded(at) == '}') return lexer_.skip_token(at);
      return reading_.skip_declaration(at, open_, true);
   }

   Offset read_header(Offset at) {
      Offset end;
      note_language(at);
      said_before_ = reading_.diagnostics.size();
      if (!try_rule<header>(reading_, at, end)) return fail(at);
      const bool braces = lexer_.folded(end) == '{';
      if (!braces) check_place_of_header(at);
      tree::Module made;
      build_header(reading_, made);
      made.braces = braces;
      if (!braces) {
         made.declarations = std::move(file_.modules.front().declarations);
         made.changes = std::move(file_.modules.front().changes);
         made.places = std::move(file_.modules.front().places);
         file_.modules.front() = std::move(made);
         has_header_ = true;
         return after_declaration(at, end, [] {});
      }
      if (open_) {
         reading_.diagnostics.push_back(misplaced(at, say("规则集里不能再有规则集", "a rule set cannot stand in another")));
         reading_.diagnostics.back().help = say("移到外面那个规则集的“}}”后面，两个都用大括号括起来，或者另写一个文件",
                                                "move it behind the '}}' of the one around it, or into a file of its own");
         ++sets_within_;
      }
      file_.modules.push_back(std::move(made));
      open_ = true;
      opened_at_ = end;
      return lexer_.sign(end, Sign::open_brace);
   }

   Diagnostic misplaced(Offset at, Said message) const {
      const auto size = static_cast<Offset>(const_cast<Lexer&>(lexer_).word_at(at).size());
      return {.code = Code::bad_header,
              .span = reading_.span(at, at + size),
              .message = std::move(message),
              .notes = {},
              .help = say("一个文件只有一个不带大括号的开头，写在最前面；其余的用大括号括起来",
                          "a file has one header without braces, at its top; put braces around the others")};
   }

   void check_place_of_header(Offset at) {
      if (has_header_)
         reading_.diagnostics.push_back(misplaced(at, say("这个文件已经有开头了", "this file has a header already")));
      else if (read_something_ || open_ || file_.modules.size() > 1)
         reading_.diagnostics.push_back(misplaced(at, say("开头应在文件最前面", "the header belongs at the top of the file")));
   }

   Offset close_module(Offset at) {
      if (sets_within_ > 0)
         --sets_within_;
      else
         open_ = false;
      return lexer_.sign(at, Sign::close_brace);
   }

   void close_module_at_end() {
      if (!open_) return;
      reading_.begin_declaration(opened_at_);
      reading_.diagnostics.push_back(missing_end_of_list(reading_, lexer_.end()));
   }

   Diagnostic too_many_mistakes(Offset at) const {
      return {.code = Code::too_large,
              .span = reading_.span(at, at),
              .message =
                  say("错误已有 {} 处，后面的没有再读", "{} mistakes so far; the rest of the file was not read", most_mistakes),
              .notes = {},
              .help = say("改好前面的再读一次", "mend these first and read again")};
   }

   void note_language(Offset at) {
      if (language_known_) return;
      language_known_ = true;
      file_.chinese = lexer_.character(at).code >= 0x2E80 && lexer_.character(at).code < 0xFF00;
   }

   Reading& reading_;
   Lexer& lexer_;
   tree::File& file_;
   bool open_ = false;    // inside the braces of the last module
   int sets_within_ = 0;  // that stand in another by mistake
   Offset opened_at_ = 0;
   std::size_t said_before_ = 0;  // diagnostics before the declaration that is being read
   bool has_header_ = false, read_something_ = false, language_known_ = false;
};

bool is_too_large(Reading& reading) {
   if (reading.lexer.text().size() <= largest_file) return false;
   reading.diagnostics.push_back({.code = Code::too_large,
                                  .span = reading.span(0, 0),
                                  .message = say("文件太大：超过 {} MB", "the file is larger than {} MB", largest_file >> 20),
                                  .notes = {},
                                  .help = say("分成几个文件", "split it into several files")});
   return true;
}

// The file as a whole, not a byte of it that went wrong.
std::optional<Said> of_another_encoding(std::string_view text) {
   const std::string_view head = text.substr(0, 4000);
   const auto zeros = std::count(head.begin(), head.end(), '\0');
   if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF" || zeros > static_cast<std::ptrdiff_t>(head.size() / 4))
      return say("这个文件是 UTF-16 编码", "this file is UTF-16");
   std::size_t good = 0, bad = 0;
   for (std::size_t at = 0; at + 4 < head.size();) {
      const unicode::Character next = unicode::character_at(head, at);
      if (next.code == unicode::Character::bad)
         ++bad;
      else if (next.code >= 0x80)
         ++good;
      at += next.length;
   }
   if (bad < 4 || bad < 3 * good) return std::nullopt;
   return say("这个文件不是 UTF-8 编码，多半是 GB18030（ANSI、GBK）", "this file is not UTF-8, most likely GB18030");
}

// A text that is too large is read as an empty one.
Reading reading_of(const Sources& sources, std::uint32_t file) {
   const std::string_view text = sources[file].text;
   Reading reading(file, text, 0, text.size() <= largest_file ? static_cast<Offset>(text.size()) : 0);
   if (is_too_large(reading)) return reading;
   if (const auto other = of_another_encoding(text)) {  // said once: nothing of it can be read
      Reading nothing(file, text, 0, 0);
      nothing.diagnostics.push_back({.code = Code::bad_encoding,
                                     .span = nothing.span(0, 0),
                                     .message = *other,
                                     .notes = {},
                                     .help = say("另存为 UTF-8（记事本、WPS 另存时可以选）", "save it as UTF-8")});
      return nothing;
   }
   report_encoding(reading);
   find_declared_units(reading.lexer);
   return reading;
}

// As a person reads the file, whichever stage spoke first. On a line with characters that nobody sees, that is the mistake.
Diagnostics in_order(const Sources& sources, Diagnostics diagnostics) {
   const auto line_of = [&](const Diagnostic& one) { return sources.place_of(one.span.file, one.span.begin).line; };
   std::set<std::uint32_t> hidden;
   for (const Diagnostic& one : diagnostics)
      if (one.code == Code::bad_encoding) hidden.insert(line_of(one));
   const auto follows = [&](const Diagnostic& one) { return one.code != Code::bad_encoding && hidden.count(line_of(one)) > 0; };
   if (!hidden.empty()) diagnostics.erase(std::remove_if(diagnostics.begin(), diagnostics.end(), follows), diagnostics.end());
   std::stable_sort(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
   return diagnostics;
}

tree::ExprPtr bad_expression(Span span) { return std::make_shared<const tree::Expr>(tree::Expr{span, tree::Bad{}}); }

tree::ExprPtr read_expression(Reading& reading) {
   const Offset at = reading.lexer.skip_leading();
   reading.begin_declaration(at);
   Offset end;
   if (try_rule<whole_expression>(reading, at, end)) return build_expression(reading);
   reading.report_failure(at);
   return bad_expression(reading.span(at, reading.lexer.end()));
}

// A part of a quoted text that is read by itself.
template <typename Read>
auto read_within(Reading& around, Offset begin, Offset end, Read read) {
   Reading reading(around.file, around.lexer.text(), begin, end);
   reading.lexer.declared_units = around.lexer.declared_units;
   reading.depth = around.depth;
   auto result = read(reading);
   for (Diagnostic& each : reading.diagnostics) around.diagnostics.push_back(std::move(each));
   return result;
}

}  // namespace

tree::ExprPtr read_piece(Reading& around, Offset begin, Offset end) { return read_within(around, begin, end, read_expression); }

std::optional<tree::Variant<tree::Field, tree::Gap>> read_gap(Reading& around, Offset begin, Offset end) {
   using Result = std::optional<tree::Variant<tree::Field, tree::Gap>>;
   return read_within(around, begin, end, [begin, end](Reading& reading) -> Result {
      const Offset at = reading.lexer.skip_leading();
      if (at >= reading.lexer.end()) return tree::Gap{reading.span(begin, end), {}};
      reading.begin_declaration(at);
      Offset behind;
      if (try_rule<whole_path>(reading, at, behind)) return build_gap(reading);
      reading.begin_declaration(at);
      if (try_rule<whole_gap>(reading, at, behind)) return build_field(reading);
      reading.report_failure(at);
      return std::nullopt;
   });
}

}  // namespace grammar

Outcome<tree::File> parse(const Sources& sources, std::uint32_t file) {
   grammar::Reading reading = grammar::reading_of(sources, file);
   Outcome<tree::File> outcome;
   outcome.value.file = file;
   grammar::FileReader(reading, outcome.value).read();
   outcome.diagnostics = grammar::in_order(sources, std::move(reading.diagnostics));
   for (tree::Module& module : outcome.value.modules)
      for (const Diagnostic& each : outcome.diagnostics) module.mistakes.push_back(each.span);
   return outcome;
}

Outcome<tree::ExprPtr> parse_expression(const Sources& sources, std::uint32_t file) {
   grammar::Reading reading = grammar::reading_of(sources, file);
   Outcome<tree::ExprPtr> outcome;
   outcome.value = grammar::read_expression(reading);
   outcome.diagnostics = std::move(reading.diagnostics);
   return outcome;
}

}  // namespace heng

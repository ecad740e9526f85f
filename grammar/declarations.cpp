#include "grammar/declarations.hpp"

namespace heng {

namespace {

struct WordOf {
   Word operator()(const tree::Report&) const { return Word::report; }
   Word operator()(const tree::Form&) const { return Word::form; }
   Word operator()(const tree::Phrases&) const { return Word::phrases; }
   Word operator()(const tree::PrintedAs&) const { return Word::printed_as; }
   Word operator()(const tree::Record&) const { return Word::record; }
   Word operator()(const tree::Choice&) const { return Word::choice; }
   Word operator()(const tree::UnitDecl&) const { return Word::unit; }
   Word operator()(const tree::Parameter&) const { return Word::parameter; }
   Word operator()(const tree::Function&) const { return Word::function; }
   Word operator()(const tree::Check&) const { return Word::check; }
   Word operator()(const tree::Rollup&) const { return Word::check; }
   Word operator()(const tree::Formulas&) const { return Word::formulas; }
   Word operator()(const tree::Require&) const { return Word::require; }
   Word operator()(const tree::Let&) const { return Word::let; }
   Word operator()(const tree::Score&) const { return Word::score; }
   Word operator()(const tree::Bands&) const { return Word::bands; }
   Word operator()(const tree::Tier&) const { return Word::tier; }
   Word operator()(const tree::Test&) const { return Word::test; }
};

}  // namespace

Word word_of(const tree::Declaration& declaration) { return boost::variant2::visit(WordOf{}, declaration); }

const tree::Name* name_of(const tree::Declaration& declaration) {
   return boost::variant2::visit(
       [](const auto& one) -> const tree::Name* {
          if constexpr (requires { one.form.text; })
             return &one.form;
          else if constexpr (requires { one.name.text; })
             return &one.name;
          else
             return nullptr;
       },
       declaration);
}

Span span_of(const tree::Declaration& declaration) {
   return boost::variant2::visit([](const auto& one) { return one.span; }, declaration);
}

bool bears(tree::Clause clause) {
   using tree::Clause;
   switch (clause) {
      case Clause::title:
      case Clause::refs:
      case Clause::cite:
      case Clause::severity:
      case Clause::message: return false;
      default: return true;
   }
}

std::string_view word_of(tree::Clause clause, bool chinese) {
   using tree::Clause;
   switch (clause) {
      case Clause::title: return chinese ? "标题" : "title";
      case Clause::refs: return spelled(Word::ref, chinese);
      case Clause::cite: return spelled(Word::cite, chinese);
      case Clause::severity: return spelled(Word::severity, chinese);
      case Clause::message: return spelled(Word::message, chinese);
      case Clause::each: return spelled(Word::each, chinese);
      case Clause::where: return spelled(Word::where, chinese);
      case Clause::of: return spelled(Word::of, chinese);
      case Clause::out_of: return spelled(Word::out_of, chinese);
      case Clause::round: return spelled(Word::round, chinese);
      case Clause::times: return spelled(Word::times, chinese);
      case Clause::stated: return spelled(Word::stated, chinese);
      case Clause::within: return spelled(Word::within, chinese);
      case Clause::body: return chinese ? "算式" : "formula";
      case Clause::in: return spelled(Word::in, chinese);
      case Clause::to: return spelled(Word::to, chinese);
      case Clause::blank_counts_as_0: return spelled(Word::blank_counts_as_0, chinese);
      case Clause::band: return chinese ? "档" : "band";
      case Clause::years: return chinese ? "年度" : "years";
      case Clause::field: return chinese ? "栏" : "field";
   }
   return {};
}

}  // namespace heng

#include "interpreter/check/last_year.hpp"

#include <algorithm>

#include "grammar/keywords.hpp"
#include "grammar/walk.hpp"
#include "interpreter/check/kinds.hpp"

namespace heng {

namespace {

using boost::variant2::get_if;

bool is_last_year(const tree::Name& name) { return checking::spells(name.text, Word::previous); }

// 逐个 上年.项目; 已知 上年 { … }
struct NamesIt {
   bool operator()(const tree::Test& test) const {
      return std::any_of(test.given.begin(), test.given.end(), [](const tree::Given& given) { return is_last_year(given.name); });
   }
   template <typename D>
   bool operator()(const D& declaration) const {
      bool found = false;
      if constexpr (requires { declaration.each; }) found = begins(declaration.each);
      if constexpr (requires { declaration.cases; })
         for (const auto& one : declaration.cases) found = found || begins(one.each);
      return found;
   }
   static bool begins(const std::optional<tree::Each>& each) { return each && begins(*each); }
   static bool begins(const tree::Each& each) {
      if (!each.path.empty() && is_last_year(each.path.front())) return true;
      return std::any_of(each.also.begin(), each.also.end(), [](const tree::Each& other) { return begins(other); });
   }
};

bool reads(const tree::Module& module) {
   bool found = false;
   for (const tree::Declaration& declaration : module.declarations) {
      found = found || boost::variant2::visit(NamesIt{}, declaration);
      tree::for_each_expression(declaration,
                                [&](const tree::ExprPtr& expression) { found = found || mentions_last_year(*expression); });
      if (found) return true;
   }
   return false;
}

}  // namespace

bool mentions_last_year(const tree::Expr& expression) {
   if (const auto* name = get_if<tree::NameRef>(&expression.what)) return is_last_year(name->name);
   bool found = false;
   tree::for_each_inner(expression, [&](const tree::ExprPtr& inner) { found = found || mentions_last_year(*inner); });
   return found;
}

bool reads_last_year(const Selection& selection) {
   const auto any = [](const std::vector<const tree::Module*>& modules) {
      return std::any_of(modules.begin(), modules.end(), [](const tree::Module* module) { return reads(*module); });
   };
   return any(selection.sets) || any(selection.forms) || any(selection.loose);
}

bool reads_last_year(const tree::File& file) { return std::any_of(file.modules.begin(), file.modules.end(), reads); }

}  // namespace heng

#include "interpreter/explain/read_score.hpp"

#include <fmt/format.h>

#include "grammar/walk.hpp"
#include "stdlib/number.hpp"

namespace heng {

using boost::variant2::get_if;

namespace {

class Saying {
 public:
   Saying(const ExpressionReader& reader, const Program& program, const Rule* rule, std::optional<int> decimals)
       : reader_(reader), program_(program), rule_(rule), decimals_(decimals) {}

   ReadScore of(const tree::Score& score) {
      tree::for_each_member(score, *this);
      return std::move(said_);
   }

   // ---- members of a score

   void heading(const tree::Name&, const tree::About&) {}
   void rows(const std::optional<tree::Each>&, const tree::ExprPtr&) {}
   void out_of(const tree::ExprPtr& marks) {
      if (marks) said_.opening.push_back(say("满分为 {}", "full marks are {}", read(marks)));
   }
   void zeros(const std::vector<tree::ZeroWhen>& all) {
      for (const auto& [span, condition] : all)
         made(say("{} 的，不得分", "where {}, the score is 0, whatever else", read(condition)));
   }
   void marks(const std::vector<tree::MarksWhen>& all) {
      for (const auto& [span, share, condition] : all)
         made(say("{} 的，得满分的{}", "where {}, the score is {} of full marks", read(condition), ratio(share)));
   }
   void formula(const tree::ExprPtr& value) {
      if (value) base(say("得分是 {}", "the score is {}", read(value)));
   }
   void arms(const std::vector<tree::Arm>& all) {
      if (all.size() > 1) top_down();
      for (const tree::Arm& arm : all) {
         const auto& [span, condition, value] = arm;
         base(which(condition, &arm == &all.front()) + say("得分是 {}", "the score is {}", read(value)));
      }
      if (!all.empty() && all.back().condition) none_is_true_ = true;
   }
   void items(const std::vector<tree::Items>& all) {
      for (const auto& [span, equally, braces, listed] : all) {
         if (equally) equal_items(listed);
         for (const tree::Item& one : listed)
            if (!equally || !one.degrees.empty()) item(one, listed.size());
      }
   }
   void parts(const std::vector<tree::Score>& all) {
      std::vector<std::string> names;
      for (const tree::Score& part : all)
         names.push_back(part.name.text + (part.out_of ? say("（满分{}）", " (out of {})", reader_.read(*part.out_of)) : ""));
      if (!all.empty()) base(say("得分是各部分得分之和：{}", "the score is the sum of its parts: {}", listed(names)));
   }
   void times(const tree::ExprPtr& factor) {
      if (factor) made(say("再乘以系数 {}", "it is multiplied by {}", read(factor)));
   }
   void losses(const std::vector<tree::Loss>& all) {
      for (const tree::Loss& one : all) lost(loss(one));
   }
   void loss_arms(const std::vector<tree::LossArm>& all) {
      if (all.size() > 1) top_down();
      for (const tree::LossArm& arm : all) {
         const auto& [span, condition, losses] = arm;
         std::vector<std::string> each;
         for (const tree::Loss& one : losses) each.push_back(loss(one));
         if (each.empty()) each.push_back(say("不扣分", "nothing is lost"));
         lost(which(condition, &arm == &all.front()) + reader_.joined(each, "；", "; "));
      }
   }
   void round_to(const std::optional<int>& own) {
      said_.closing.push_back(say("最低0分，最高为满分", "it is 0 at least and full marks at most"));
      if (const auto decimals = own ? own : decimals_)
         said_.closing.push_back(say("最后四舍五入，保留 {} 位小数", "then it is rounded to {} decimals", *decimals));
      if (none_is_true_) said_.closing.push_back(say("哪一条都不成立时没有得分", "where none is true there is no score"));
   }
   void stated(const tree::ExprPtr& printed) {
      if (!rule_ || rule_->stated == no_node) {
         if (printed)
            said_.closing.push_back(
                say("没有分项的各部分，算分要的数没有印出的，照录印出的得分（{}）",
                    "parts without parts of their own whose inputs are not printed: the printed score ({}) is taken",
                    reader_.read(*printed)));
         return;
      }
      said_.closing.push_back(say("算分要的数没有印出的，照录印出的得分（{}），并核对它是否可能：{}",
                                  "where its inputs are not printed, the printed score ({}) is taken, if it is possible: {}",
                                  printed_field(), possible()));
   }

 private:
   template <typename... A>
   std::string say(std::string_view zh, std::string_view en, const A&... a) const {
      return fmt::format(fmt::runtime(reader_.chinese() ? zh : en), a...);
   }
   std::string read(const tree::ExprPtr& expr) {
      said_.read.push_back(expr);
      return reader_.read(*expr);
   }
   std::string listed(const std::vector<std::string>& all) const { return reader_.joined(all, "、", ", "); }
   void made(std::string sentence) { said_.made.push_back(std::move(sentence)); }
   void base(std::string sentence) {
      has_base_ = true;
      made(std::move(sentence));
   }
   // Losses are taken from what came before; where nothing did, from full marks.
   void lost(std::string sentence) {
      if (!has_base_) made(say("从满分扣起", "losses are taken from full marks"));
      has_base_ = true;
      made(std::move(sentence));
   }
   void top_down() {
      said_.opening.push_back(say("从上到下，第一条成立的起作用", "from top to bottom, the first one that is true counts"));
   }
   std::string which(const tree::ExprPtr& condition, bool first) {
      if (!condition) return say("否则，", "else ");
      return first ? say("先看：{} 的，", "first: where {}, ", read(condition))
                   : say("再看：{} 的，", "then: where {}, ", read(condition));
   }

   // 1/3 is a third, no division.
   std::string ratio(const tree::ExprPtr& expr) {
      const auto* quotient = get_if<tree::Binary>(&expr->what);
      if (quotient && quotient->op == tree::BinaryOp::divide) {
         const auto* over = get_if<tree::Number>(&quotient->left->what);
         const auto* under = get_if<tree::Number>(&quotient->right->what);
         if (over && under) return over->digits + over->unit + "/" + under->digits + under->unit;
      }
      return read(expr);
   }

   // ---- items

   void equal_items(const std::vector<tree::Item>& all) {
      std::vector<std::string> met;
      for (const tree::Item& one : all)
         if (one.degrees.empty()) met.push_back(read(one.met));
      if (!met.empty())
         base(say("{} 项中每满足一项，得满分的1/{}：{}", "each of these {} that is true gives 1/{} of full marks: {}", all.size(),
                  all.size(), reader_.joined(met, "；", "; ")));
   }
   void item(const tree::Item& one, std::size_t count) {
      const auto& [span, met, share, degrees] = one;
      const std::string part = share ? ratio(share) : fmt::format("1/{}", count);
      if (degrees.empty()) return base(say("{} 的，得满分的{}", "where {}, it gives {} of full marks", read(met), part));
      std::vector<std::string> each;
      for (const tree::ExprPtr& degree : degrees) each.push_back(ratio(degree));
      base(say("按 {} 的程度（{}之一）得满分的{}", "by {} (one of {}) it gives that much of {} of full marks", read(met),
               listed(each), part));
   }

   // ---- losses

   std::string loss(const tree::Loss& one) {
      const auto& [span, amount, of_full_marks, when, step] = one;
      const std::string much = of_full_marks ? say("满分的{}", "{} of full marks", ratio(amount)) : say("{}", "{}", read(amount));
      const std::string condition = when ? say("{} 的，", "where {}, ", read(when)) : "";
      if (!step) return condition + say("扣{}", "{} is lost", much);
      return condition + for_each_step(*step, much);
   }
   std::string for_each_step(const tree::Step& step, const std::string& much) {
      const auto& [span, mode, counted, size, measured, limit, below] = step;
      const std::string figure = read(measured), line = read(limit), one = read(size);
      const std::string where = below ? say("低于", "below") : say("高于", "above"), more = below ? "低" : "高";
      if (counted) {
         const tree::Expr parameter{counted->span, tree::NameRef{*counted}};
         return say("{0} 每比{2}{5}{3}，扣{4}；不满{3}的怎样扣，看{6}",
                    "{4} is lost for each {3} by which {0} is {1} {2}; how less than {3} counts: {6}", figure, where, line, one,
                    much, more, reader_.read(parameter));
      }
      switch (mode) {
         case tree::Mode::full:
            return say("{0} 每{1}{2}满{3}，扣{4}，不满{3}的不扣",
                       "{4} is lost for each full {3} by which {0} is {1} {2}; less than {3} loses nothing", figure, where, line,
                       one, much);
         case tree::Mode::started:
            return say("{0} 每比{2}{5}{3}，扣{4}，不足{3}的按{3}扣",
                       "{4} is lost for each {3} by which {0} is {1} {2}; less than {3} counts as {3}", figure, where, line, one,
                       much, more);
         case tree::Mode::pro_rata:
            return say("{0} 每比{2}{5}{3}，扣{4}，不足{3}的按比例扣",
                       "{4} is lost for each {3} by which {0} is {1} {2}; less than {3} loses in proportion", figure, where, line,
                       one, much, more);
      }
      return {};
   }

   // ---- what is taken as it is printed

   std::string printed_field() const {
      NodeId at = rule_->stated;
      while (program_.nodes[at].op == Op::broadcast || program_.nodes[at].op == Op::as_unit) at = program_.nodes[at].in[0];
      return program_.schema.fields[program_.nodes[at].field].path;
   }
   std::string possible() const {
      constexpr std::size_t most = 12;
      const Attainable& attainable = rule_->attainable;
      if (attainable.any) return say("在0分至满分之间", "from 0 to full marks");
      std::vector<std::string> values;
      for (std::size_t i = 0; i < attainable.values.size() && i < most; ++i) values.push_back(to_text(attainable.values[i]));
      if (attainable.values.size() > most) values.push_back("…");
      return attainable.shares ? say("满分的 {} 倍之一", "one of {} times full marks", listed(values))
                               : say("{} 之一", "one of {}", listed(values));
   }

   const ExpressionReader& reader_;
   const Program& program_;
   const Rule* rule_;
   std::optional<int> decimals_;
   ReadScore said_;
   bool has_base_ = false, none_is_true_ = false;
};

}  // namespace

ReadScore read_score(const ExpressionReader& reader, const Program& program, const Rule* rule, const tree::Score& score,
                     std::optional<int> decimals) {
   return Saying(reader, program, rule, decimals).of(score);
}

}  // namespace heng

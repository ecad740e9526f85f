// Arms of a score that are true together, with figures that make them so. Where the earlier arm is a part of the later, that is
// how a special case is written, and nothing is said.
#include <algorithm>

#include "interpreter/check/findings.hpp"
#include "interpreter/check/kinds.hpp"
#include "stdlib/text.hpp"
#include "stdlib/unit.hpp"

namespace heng::checking {

using boost::variant2::get_if;

namespace {

constexpr std::pair<const char*, const char*> kind_words[] = {
    {"写“≥”", "is written with ≥"}, {"写“≤”", "is written with ≤"}, {"写“>”", "is written with >"},
    {"写“<”", "is written with <"}, {"写“=”", "is written with ="}, {"没有符号", "has no sign"},
    {"是日期", "is a date"},        {"是文字", "is words"},
};

// A way in which conditions hold, in words. Given only where nothing relates the figures to each other, so that some report may
// well say so.
class Witness {
 public:
   Witness(const Analysed& analysed, const Known& known) : all_(analysed), known_(known) {}

   std::optional<Said> words() {
      Said said;
      for (const auto& [subject, region] : known_) {
         const auto one = word(subject, region);
         if (!one) return std::nullopt;
         if (one->zh.empty()) continue;
         said.zh += (said.zh.empty() ? "" : "、") + one->zh;
         said.en += (said.en.empty() ? "" : ", ") + one->en;
      }
      return said.zh.empty() ? std::nullopt : std::optional(said);
   }

 private:
   const Node& node(NodeId id) const { return all_.program.nodes[id]; }
   NodeId plain(NodeId id) const { return all_.possible.plain(id); }

   std::string name(NodeId id) const {
      const Node& here = node(id);
      if (here.op == Op::target_value) return name(plain(here.in[0]));
      if (here.op == Op::as_unit) return name(plain(here.in[0]));
      if (here.op == Op::divide) return name(plain(here.in[0])) + " / " + name(plain(here.in[1]));
      return all_.program.schema.fields[here.field].name;
   }

   // A field that no other figure has used.
   bool takes_field(NodeId id) {
      const Node& here = node(id);
      if (here.op == Op::target_value || here.op == Op::as_unit) return takes_field(plain(here.in[0]));
      if (here.op == Op::divide && here.in.size() == 2) return takes_field(plain(here.in[0])) && takes_field(plain(here.in[1]));
      return here.op == Op::field && fields_.insert(here.field).second;
   }
   bool is_field(NodeId id) const { return node(id).op == Op::field; }

   std::optional<Said> word(const Subject& subject, const Region& region) {
      switch (subject.what) {
         case Subject::What::number: return number(subject, *get_if<Numbers>(&region));
         case Subject::What::sign: return sign(subject, *get_if<Numbers>(&region));
         case Subject::What::word: return text(subject.node(), *get_if<Words>(&region));
         case Subject::What::truth: return truth(subject.node(), get_if<Cases>(&region)->bits == case_yes);
         case Subject::What::kind: return kind(subject.node(), get_if<Cases>(&region)->bits);
         case Subject::What::present:
            if (!is_field(subject.node())) return std::nullopt;
            if (get_if<Cases>(&region)->bits == case_yes) return Said{};
            return say("{} 未填", "{} is missing", name(subject.node()));
         case Subject::What::figure: return is_field(subject.node()) ? std::optional(Said{}) : std::nullopt;
         case Subject::What::same: return std::nullopt;
      }
      return std::nullopt;
   }

   std::optional<Said> number(const Subject& subject, Numbers region) {
      if (subject.unit == "±" || subject.terms.size() > 2) return std::nullopt;
      const NodeId id = subject.node();
      for (const auto& [term, factor] : subject.terms)
         if (!takes_field(term)) return std::nullopt;
      if (!subject.unit.empty())
         if (const auto found = known_.find({Subject::What::sign, {{id, 1}}}); found != known_.end())
            region = both(region, *get_if<Numbers>(&found->second));
      Type type = checking::plain(node(id).type);
      if (subject.unit == "percent" || (type.kind == Kind::number && node(id).op == Op::divide)) type = percent_type();
      if (type.kind == Kind::measured) type = number_type();
      const auto one = region.one(shown_unit(type).scale);
      if (!one) return std::nullopt;
      std::string left = name(id);
      if (subject.terms.size() == 2) {
         const auto& [other, factor] = subject.terms.back();
         if (abs(factor) != 1) return std::nullopt;
         left += (factor.sign() < 0 ? " - " : " + ") + name(other);
      }
      return Said{left + " = " + show(*one, type, true), left + " = " + show(*one, type, false)};
   }

   // Said with the size, where that is known too.
   std::optional<Said> sign(const Subject& subject, const Numbers& region) {
      const NodeId id = subject.node();
      for (const auto& [other, size] : known_)
         if (other.what == Subject::What::number && other.terms == subject.terms) return Said{};
      if (!takes_field(id)) return std::nullopt;
      const std::string how = region.holds(0) ? " = 0" : region.holds(1) ? " > 0" : " < 0";
      return Said{name(id) + how, name(id) + how};
   }

   std::optional<Said> text(NodeId id, const Words& region) const {
      if (!is_field(id)) return std::nullopt;
      const auto& choices = node(id).type.choices;
      std::string word;
      if (choices && node(id).type.kind == Kind::choice) {
         const auto found = std::find_if(choices->begin(), choices->end(), [&](const std::string& one) {
            return (region.words.count(fold(one)) > 0) != region.except;
         });
         if (found == choices->end()) return std::nullopt;
         word = *found;
      } else if (region.except)
         return say("{} 是别的", "{} is another", name(id));
      else
         word = *region.words.begin();
      return say("{} 为 {}", "{} is {}", name(id), word);
   }

   std::optional<Said> truth(NodeId id, bool yes) const {
      if (!is_field(id)) return std::nullopt;
      return Said{name(id) + (yes ? " 为 是" : " 为 否"), name(id) + (yes ? " is yes" : " is no")};
   }

   std::optional<Said> kind(NodeId id, std::uint32_t bits) const {
      if (!is_field(id)) return std::nullopt;
      for (std::size_t at = 0; at < std::size(kind_words); ++at)
         if ((bits >> at & 1) != 0) return Said{name(id) + " " + kind_words[at].first, name(id) + " " + kind_words[at].second};
      return std::nullopt;
   }

   const Analysed& all_;
   const Known& known_;
   std::set<FieldId> fields_;
};

struct ArmNode {
   NodeId condition, value;
   Span span;  // of the condition
};

// The arms of a score among its nodes, from the first.
std::vector<ArmNode> arms_of(const Program& program, NodeId root, const tree::Score& score) {
   std::vector<NodeId> open{root};
   std::set<NodeId> seen;
   std::vector<ArmNode> arms;
   NodeId at = no_node;
   while (!open.empty() && at == no_node) {
      const NodeId id = open.back();
      open.pop_back();
      const Node& node = program.nodes[id];
      if (!seen.insert(id).second || node.op == Op::rule) continue;
      if (node.op == Op::select && node.type.kind != Kind::yes_no && node.span == score.arms.front().span) at = id;
      open.insert(open.end(), node.in.begin(), node.in.end());
   }
   for (const tree::Arm& arm : score.arms) {
      if (at == no_node || !arm.condition) break;
      const Node& node = program.nodes[at];
      if (node.op != Op::select || !(node.span == arm.span)) break;
      arms.push_back({node.in[0], node.in[1], arm.condition->span});
      at = node.in[2];
   }
   return arms;
}

void look_at(const Analysed& all, const Rule& rule, const std::vector<ArmNode>& arms) {
   std::vector<Wish> before;
   if (rule.applies != no_node) before.push_back(true_is(rule.applies));
   const auto may_be = [&](std::vector<Wish> facts, std::initializer_list<Wish> more) {
      facts.insert(facts.end(), more);
      return all.possible.may_be(facts);
   };
   std::set<std::size_t> told;
   for (std::size_t i = 0; i + 1 < arms.size(); ++i) {
      const NodeId first = arms[i].condition;
      for (std::size_t j = i + 1; j < arms.size(); ++j) {
         const NodeId later = arms[j].condition;
         if (told.count(j) || arms[i].value == arms[j].value) continue;
         if (!may_be(before, {true_is(first), false_is(later)}) || !may_be(before, {false_is(first), true_is(later)})) continue;
         if (!may_be(before, {true_is(first), true_is(later)})) continue;
         const Known known = all.possible.found();
         const auto witness = Witness(all, known).words();
         if (!witness) continue;
         told.insert(j);
         Diagnostic& notice =
             all.complaints.notice(Code::arms_overlap, arms[j].span,
                                   {"和上面的一条同时成立：" + witness->zh + "；那时用上面的一条",
                                    "holds together with an arm above: " + witness->en + "; the upper one is used then"});
         notice.notes.push_back({arms[i].span, say("上面的一条在这里", "the arm above is here")});
         notice.help = say("想用下面的一条，就把它写在前面；要分清，就在条件里写明",
                           "put the lower one first if it is meant, or say in the conditions which is");
      }
      before.push_back(false_is(first));
   }
}

}  // namespace

void find_overlaps(const Analysed& given) {
   Possible as_set(given.program, true);
   const Analysed analysed{given.program, given.written, given.sources, as_set, given.complaints};
   for (const Rule& rule : analysed.program.rules) {
      const tree::Score* score = rule.kind == RuleKind::score ? analysed.written.score(rule.span) : nullptr;
      if (!score || score->arms.size() < 2 || rule.raw == no_node) continue;
      look_at(analysed, rule, arms_of(analysed.program, rule.raw, *score));
   }
}

}  // namespace heng::checking

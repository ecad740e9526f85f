#include "interpreter/check/analysis.hpp"

#include <algorithm>

#include "interpreter/check/causes.hpp"
#include "interpreter/check/findings.hpp"

namespace heng {

namespace checking {

using boost::variant2::get_if;

Written::Written(const Selection& selection) {
   for (const tree::Module* set : selection.sets)
      for (const tree::Declaration& declaration : set->declarations) {
         if (const auto* score = get_if<tree::Score>(&declaration)) add(*score);
         if (const auto* bands = get_if<tree::Bands>(&declaration)) bands_[at(bands->span)] = bands;
      }
}

void Written::add(const tree::Score& score) {
   scores_[at(score.span)] = &score;
   const auto add_loss = [&](const tree::Loss& loss) { add(loss.span, loss.when); };
   add_arms(score.arms);
   add_arms(score.loss_arms);
   for (const tree::MarksWhen& marks : score.marks) add(marks.span, marks.condition);
   for (const tree::Items& items : score.items)
      for (const tree::Item& item : items.items)
         if (item.degrees.empty()) add(item.span, item.met);
   for (const tree::Loss& loss : score.losses) add_loss(loss);
   for (const tree::LossArm& arm : score.loss_arms)
      for (const tree::Loss& loss : arm.losses) add_loss(loss);
   for (const tree::Score& part : score.parts) add(part);
}

void Written::add(Span choice, const tree::ExprPtr& condition) {
   if (condition) conditions_[at(choice)] = condition->span;
}

template <typename Arm>
void Written::add_arms(const std::vector<Arm>& arms) {
   for (std::size_t i = 0; i < arms.size(); ++i) {
      add(arms[i].span, arms[i].condition);
      if (i > 0) after_[at(arms[i - 1].span)] = arms[i].condition ? arms[i].condition->span : arms[i].span;
   }
}

const tree::Score* Written::score(Span span) const {
   const auto found = scores_.find(at(span));
   return found == scores_.end() ? nullptr : found->second;
}

const tree::Bands* Written::bands(Span span) const {
   const auto found = bands_.find(at(span));
   return found == bands_.end() ? nullptr : found->second;
}

const Span* Written::condition(Span choice) const {
   const auto found = conditions_.find(at(choice));
   return found == conditions_.end() ? nullptr : &found->second;
}

const Span* Written::arm_after(Span arm) const {
   const auto found = after_.find(at(arm));
   return found == after_.end() ? nullptr : &found->second;
}

void Findings::see(Code code, Span place, bool found, const std::function<Diagnostic()>& say, bool always) {
   Tally& tally = tallies_[{code, place.file, place.begin, place.end, always}];
   tally.everywhere = tally.everywhere && found;
   if (tally.everywhere && !tally.said) tally.said = say();
}

void Findings::say_to(Complaints& complaints) {
   Diagnostics all;
   for (auto& [place, tally] : tallies_)
      if (tally.everywhere && tally.said) all.push_back(std::move(*tally.said));
   complaints.append(all);
}

std::size_t inputs_of(const Node& node) {
   const bool about = node.op == Op::about || node.op == Op::about_less || node.op == Op::about_greater;
   return std::min<std::size_t>(node.in.size(), about ? 2 : node.op == Op::within ? 3 : node.in.size());
}

bool is_aggregate(Op op) { return op >= Op::sum && op <= Op::names_of; }

bool encloses(const Schema& schema, FrameId outer, FrameId inner) {
   while (inner != outer && inner != no_frame) inner = schema.frames[inner].parent;
   return inner == outer;
}

FactList facts_of_frame(const Program& program, const Possible& possible, const FactList& facts, FrameId frame) {
   FactList result;
   for (const Fact& fact : facts)
      if (encloses(program.schema, program.nodes[possible.plain(fact.wish.left)].frame, frame)) result.push_back(fact);
   return result;
}

}  // namespace checking

Diagnostics analyse(const Program& program, const Selection& selection, const Sources& sources) {
   Complaints complaints;
   checking::Possible possible(program);
   const checking::Written written(selection);
   const checking::Analysed analysed{program, written, sources, possible, complaints};
   checking::find_unreachable(analysed);
   checking::find_overlaps(analysed);
   checking::find_zero_divisors(analysed);
   checking::find_growing_sums(analysed);
   checking::find_look_alikes(analysed);
   checking::find_ratios_beside_numbers(analysed);
   return checking::with_causes(complaints.take(), sources, selection);
}

}  // namespace heng

#include "interpreter/explain/working.hpp"

#include "grammar/print.hpp"
#include "interpreter/explain/cells.hpp"

namespace heng {
namespace {

// A shared part is worked out wherever it is used; so that this ends, a working has an end of its own.
constexpr std::size_t most_steps = 20'000;

class Working {
 public:
   Working(const Evaluation& evaluation, const Detail& detail) : evaluation_(evaluation), detail_(detail) {}

   std::vector<Step> of(NodeId id, std::uint32_t row) {
      const Node& node = evaluation_.plan().node(id);
      if (++steps_ > most_steps) return {};
      if (node.op == Op::constant) return parameter(node, id, row);
      if (node.op == Op::field) return {figure(node, row)};
      Step step;
      step.text = text(node, id, row);
      step.span = node.span;
      if (!stands_alone(id)) step.steps = below(id, row, step);
      const bool only_moved =
          node.op == Op::broadcast || node.op == Op::at_row || node.op == Op::target_value || node.type.kind == Kind::row;
      if (step.text.empty() || (only_moved && !step.named)) return std::move(step.steps);
      step.value = show_value(evaluation_, id, row, detail_.chinese, detail_.raw);
      step.judges = node.type.kind == Kind::yes_no;
      return {std::move(step)};
   }

 private:
   std::string text(const Node& node, NodeId id, std::uint32_t row) const {
      if (node.op == Op::rule) return evaluation_.plan().program.rules[node.rule].name;
      if (node.expr) return print(*node.expr, detail_.chinese);
      const auto& written = evaluation_.plan().program.written;
      if (const auto found = written.find(id); found != written.end())
         return boost::variant2::visit([&](const auto& part) { return words_of(part); }, *found->second);
      return made_up_text(node, id, row);
   }

   template <typename Part>
   std::string words_of(const Part& part) const {
      if constexpr (std::is_same_v<Part, Said>)
         return part.in(detail_.chinese);
      else
         return print(part, detail_.chinese);
   }

   // A condition that stands as one sentence: its operations would say less.
   bool stands_alone(NodeId id) const {
      const auto& written = evaluation_.plan().program.written;
      const auto found = written.find(id);
      return found != written.end() && boost::variant2::holds_alternative<Said>(*found->second);
   }

   // What the checker made up (逐级汇总) has no text of its own.
   std::string made_up_text(const Node& node, NodeId, std::uint32_t row) const {
      if (const char* sign = relation_sign(node)) return side(node.in[0], row) + " " + sign + " " + side(node.in[1], row);
      if (node.op == Op::sum && node.children) return detail_.chinese ? "下级之和" : "sum of the rows below";
      if (node.op == Op::has_children) return detail_.chinese ? "有下级" : "has rows below";
      return {};
   }

   std::string side(NodeId id, std::uint32_t row) const {
      const std::string name = name_of_node(evaluation_, id, row, detail_.chinese);
      return name.empty() ? made_up_text(evaluation_.plan().node(id), id, row) : name;
   }

   Step figure(const Node& node, std::uint32_t row) const {
      Step step;
      step.figure = figure_of(evaluation_, node.field, row, detail_.chinese, detail_.raw);
      step.text = step.figure->name;
      step.value = step.figure->shown;
      step.span = node.span;
      return step;
   }

   // A number that is written out says itself; a parameter's value stands elsewhere.
   std::vector<Step> parameter(const Node& node, NodeId id, std::uint32_t row) const {
      if (node.words.empty()) return {};
      Step step;
      step.text = node.words.front();
      step.value = show_value(evaluation_, id, row, detail_.chinese, detail_.raw);
      step.span = node.span;
      return {std::move(step)};
   }

   std::vector<Step> below(NodeId id, std::uint32_t row, Step& step) {
      const Node& node = evaluation_.plan().node(id);
      step.named = node.op == Op::rule;
      step.rule = node.rule;
      const bool rows = is_reduction(node.op);
      std::vector<Step> steps;
      parts_of(evaluation_, id, row, [&](Part part) {
         if (rows && steps.size() >= most_rows_in_a_step) {
            ++step.left_out;
            return;
         }
         // The filter of a sum is read with each row; naming it a hundred times would hide the figures.
         if (rows && evaluation_.plan().node(part.node).type.kind == Kind::yes_no) return;
         for (Step& one : of(part.node, part.row)) {
            if (rows && one.named) one.text += row_of(part);
            append(steps, std::move(one), step);
         }
      });
      return steps;
   }

   // Of a sum of scores each says whose it is: 指标得分（项目[1].指标[2] 人均会议成本）.
   std::string row_of(const Part& part) const {
      const Subject subject = subject_of(evaluation_.batch(), evaluation_.plan().node(part.node).frame, part.row);
      if (subject.path.empty()) return {};
      const std::size_t slash = subject.label.rfind(" / ");
      const std::string own = slash == std::string::npos ? subject.label : subject.label.substr(slash + 3);
      const std::string row = own.empty() ? subject.path : subject.path + " " + own;
      return detail_.chinese ? "（" + row + "）" : " (" + row + ")";
   }

   // One thing written may be several operations (a sum of 26 lines, a formula that is then clamped and rounded): it is said
   // once.
   static void append(std::vector<Step>& steps, Step one, const Step& above) {
      const bool same = !one.figure && !one.named && !above.named && one.text == above.text;
      if (!same) return steps.push_back(std::move(one));
      for (Step& inner : one.steps) steps.push_back(std::move(inner));
   }

   const Evaluation& evaluation_;
   const Detail& detail_;
   std::size_t steps_ = 0;
};

}  // namespace

std::vector<Step> working_of(const Evaluation& evaluation, NodeId node, std::uint32_t row, const Detail& detail) {
   return Working(evaluation, detail).of(node, row);
}

}  // namespace heng

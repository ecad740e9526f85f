// The working of one result, step by step, for a person who wants to do it again: each step the text as written, its value, and
// below it what it was made of, down to the figures and where they were read.
// Does not know: how it is laid out.
#pragma once
#include <string>
#include <vector>

#include "interpreter/explain/result.hpp"

namespace heng {

struct Step {
   std::string text;   // as written in the rule; a figure's name; another rule's name
   std::string value;  // "17127.83万元", "是", "〔空白〕"
   std::optional<SourceFigure> figure;
   RuleId rule = 0;  // when `named`: the rule whose value this is
   bool named = false;
   bool judges = false;  // its value is a yes or no
   Span span;            // where it is written
   std::vector<Step> steps;
   std::size_t left_out = 0;  // rows of a long sum that are not listed
};

inline constexpr std::size_t most_rows_in_a_step = 200;

// Steps of a node in a row of its frame. One step, unless the node itself says nothing to people (a value only moved).
std::vector<Step> working_of(const Evaluation& evaluation, NodeId node, std::uint32_t row, const Detail& detail);

}  // namespace heng

// What people call rows and figures: "公开03.科目[2010301].基本支出", "缉私专项经费 / 人均会议成本".
#pragma once
#include <functional>

#include "interpreter/results.hpp"
#include "interpreter/run/run.hpp"

namespace heng {

// The text that stands at an origin of a report, as it was printed; empty where it is not known.
using RawText = std::function<std::string(std::uint32_t report, Origin origin)>;

// The field whose text names a row: the last …名称, else the last text before the first figure; no_field when there is none.
FieldId naming_field(const Schema& schema, FrameId frame);
Subject subject_of(const Batch& batch, FrameId frame, std::uint32_t row);
std::string cell_path(const Batch& batch, FieldId field, std::uint32_t row);
// One figure with its name, value, marks and half-width.
SourceFigure figure_of(const Evaluation& evaluation, FieldId field, std::uint32_t row, bool chinese, const RawText& raw);
// A cell as one value; words of targets and texts as text.
Value cell_value(const Batch& batch, FieldId field, std::uint32_t row);

// The cell that a node reads in a row, through look-ups, lets and conversions; nothing: it is no plain figure of the data.
struct PlainCell {
   FieldId field;
   std::uint32_t row;
};
std::optional<PlainCell> plain_cell(const Evaluation& evaluation, NodeId node, std::uint32_t row);
// What a node stands for: the name of its figure, else the text as written; may be empty.
std::string name_of_node(const Evaluation& evaluation, NodeId node, std::uint32_t row, bool chinese);
// A node's value for people; targets and measured figures as they were printed.
std::string show_value(const Evaluation& evaluation, NodeId node, std::uint32_t row, bool chinese, const RawText& raw);

}  // namespace heng

// Why something cannot be told, in the words of the form: it names the input and its kind.
// Does not know: results.
#pragma once
#include "grammar/diagnostic.hpp"
#include "interpreter/run/run.hpp"

namespace heng {

Said reason_why(const Evaluation& evaluation, NodeId node, std::uint32_t row);  // of a lane that is missing
// A list of a report that is empty or was not read.
Said list_reason(const Evaluation& evaluation, FrameId list, Missing kind, std::uint32_t report);

}  // namespace heng

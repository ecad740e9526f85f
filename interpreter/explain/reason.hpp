// Why something cannot be told, in the words of the form: it names the input and its kind.
// Does not know: results.
#pragma once
#include "grammar/diagnostic.hpp"
#include "interpreter/run/run.hpp"

namespace heng {

Said reason_why(const Evaluation& evaluation, NodeId node, std::uint32_t row);  // of a lane that is missing
Said list_reason(const Evaluation& evaluation, FrameId list, Missing kind);     // a list that is empty or was not read

}  // namespace heng

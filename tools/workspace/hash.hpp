// Does not know: what is hashed.
#pragma once
#include <string>
#include <string_view>

namespace heng {

std::string sha256(std::string_view text);  // hex

}  // namespace heng

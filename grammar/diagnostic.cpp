#include "grammar/diagnostic.hpp"

#include "grammar/codes.hpp"

namespace heng {

std::string code_name(Code code) { return 'E' + std::to_string(static_cast<int>(code)); }

const CodeRow* find_code(std::string_view text) {
   if (!text.empty() && (text.front() == 'E' || text.front() == 'e')) text.remove_prefix(1);
   for (const CodeRow& row : code_table())
      if (std::to_string(static_cast<int>(row.code)) == text) return &row;
   return nullptr;
}

}  // namespace heng

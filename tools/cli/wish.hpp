// Which result a person means who writes 支出构成[2010301], S9, or the title of a case. Does not know: what is wanted of it.
#pragma once
#include <string>

#include "interpreter/results.hpp"

namespace heng {

struct Wish {
   std::string name, row;  // 支出构成[2010301]: row "2010301"
};

Wish read_wish(const std::string& text);
// "2.3" and "2,3" mean 项目[2].指标[3]; a word means a code or a part of the row's label. An empty wish means every row.
bool is_row(const Subject& subject, const std::string& wish);
// By name (of a part of a score also its last: 时效 for 体系.过程.时效), rule set and name, title or ref; of a case (which may be
// nullptr) also by its title.
bool is_called(const Program& program, const Rule& rule, const Case* one, const std::string& wish);
bool is_any_called(const Program& program, const std::string& wish);
// The rule or case whose name is near; empty: none.
std::string nearest_name(const Program& program, const std::string& wish);

}  // namespace heng

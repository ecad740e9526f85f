#include "interpreter/run/texts.hpp"

#include "stdlib/text.hpp"

namespace heng {

std::uint32_t RunTexts::intern(std::string_view text) {
   if (const auto known = texts_->find(text)) return *known;
   return first() + more_.intern(text);
}

std::uint32_t RunTexts::folded(std::uint32_t id) const {
   if (id < first()) return texts_->folded(id);
   if (const auto known = texts_->find_folded(fold(more_[id - first()]))) return *known;
   return first() + more_.folded(id - first());
}

}  // namespace heng

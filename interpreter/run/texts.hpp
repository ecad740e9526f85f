// The texts of a run: the batch's dictionary, and behind it what the rules themselves bring.
// Does not know: columns.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/batch.hpp"

namespace heng {

class RunTexts {
 public:
   void begin(const Texts& texts) {
      texts_ = &texts;
      more_.clear();
   }
   std::uint32_t intern(std::string_view text);
   const std::string& operator[](std::uint32_t id) const { return id < texts_->size() ? (*texts_)[id] : more_[id - first()]; }
   // Equal for texts that fold alike.
   std::uint32_t folded(std::uint32_t id) const;
   std::size_t size() const { return texts_->size() + more_.size(); }

 private:
   std::uint32_t first() const { return static_cast<std::uint32_t>(texts_->size()); }
   const Texts* texts_ = nullptr;
   Texts more_;
};

}  // namespace heng

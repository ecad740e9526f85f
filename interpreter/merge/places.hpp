// Which place lies in which, as the `places` of the files say: 山东省 > 青岛市 > 市南区. A place that no file places lies in
// none. A report may name the places around its own: 山东省青岛市 is 青岛市.
// Does not know: which rule sets are for a place.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "grammar/tree.hpp"
#include "interpreter/complaints.hpp"

namespace heng {

class Places {
 public:
   Places() = default;
   Places(const std::vector<const tree::File*>& files, Complaints& complaints);

   // From the widest to the place itself, folded; each path starts at its widest place, so that names may repeat.
   // Several: it is not known which of them is meant (`meanings`). Empty: no place was named.
   struct Found {
      std::vector<std::string> chain;
      std::vector<std::string> meanings;  // as people write them; more than one: ambiguous
   };
   Found find(std::string_view place) const;
   const std::vector<std::uint32_t>& files() const { return files_; }  // that place something
   std::vector<std::string> names() const;                             // of all that are placed
   bool is_placed(std::string_view place) const { return !called(place).empty(); }
   // `outer` around `inner`, or the same; neither is ambiguous.
   bool covers(std::string_view outer, std::string_view inner) const;

 private:
   struct Node {
      std::string name;
      std::size_t in;  // index; none: it is the widest
      Span span;
   };
   static constexpr std::size_t none = static_cast<std::size_t>(-1);
   std::vector<std::size_t> called(std::string_view name) const;
   std::vector<std::size_t> around(std::size_t node) const;  // the widest first, itself last
   std::string written(std::size_t node) const;

   std::vector<Node> nodes_;
   std::vector<std::uint32_t> files_;
};

// Every place that some set or forms are for, or that is said to lie in another; this one among them, if it is another name of
// one (山东省青岛市).
std::vector<std::string> places_mentioned(const std::vector<const tree::File*>& files, std::string_view place);

}  // namespace heng

// Which modules lie over which for one year and place, the lowest first.
// Does not know: what they declare.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/complaints.hpp"
#include "interpreter/merge/places.hpp"

namespace heng {

using Modules = std::vector<const tree::Module*>;

std::string title_of(const tree::Module& module);  // 部门决算 2024 青岛市
std::string list_of_titles(const Modules& modules);

// Modules of one name, year and place: one that extends nothing, or some that extend the same.
struct Layer {
   Modules modules;
   int year = 0;
   std::string place;  // folded, the end of its chain; empty: general, or all that there is
   bool of_place() const { return !place.empty(); }
};
using Stack = std::vector<Layer>;

// Looks through the modules of one kind.
class Layers {
 public:
   Layers(Modules all, const Places& places, Complaints& complaints);

   // For the year, and the places from the widest to the narrowest. Empty: nothing is for them, or it cannot be said what is
   // (which has been said).
   Stack stack(std::string_view name, int year, const std::vector<std::string>& chain);
   bool is_refused() const { return refused_; }  // since the last stack() was begun

 private:
   struct Written {
      const tree::Module* module;
      std::string name, place;  // folded; the end of the place's chain
      std::optional<int> year;
   };
   Modules at(std::string_view name, int year, std::string_view place) const;
   Modules one_base(const Modules& modules);
   std::optional<int> year_extended(const tree::Module& module);
   void put_general(const Modules& written, int year, Stack& stack, int depth);
   void put_place(const Modules& written, int year, const std::vector<std::string>& chain, std::size_t link, Stack& stack);
   void put_carried(const Modules& written, int year, const std::string& place, const tree::Module& top, Stack& stack, int depth);
   void put_below(const Modules& found, int below, const tree::Module& top, Stack& stack);
   void look_for_left_out(std::string_view name, int year, const std::vector<std::string>& chain, std::size_t link,
                          const Stack& stack);
   void left_out(const tree::Module& old, const std::string& around, int year, std::string_view name, const tree::Module& top);
   void refuse_base(const tree::Module& module, Said message, std::optional<Said> help = std::nullopt);
   void unknown_base(const tree::Module& module);
   std::string place_of(std::string_view place) const;

   std::vector<Written> written_;
   std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_name_;  // and place
   const Places& places_;
   Complaints& complaints_;
   bool refused_ = false;
};

}  // namespace heng

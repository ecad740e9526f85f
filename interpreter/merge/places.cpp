#include "interpreter/merge/places.hpp"

#include <algorithm>
#include <map>

#include "stdlib/text.hpp"

namespace heng {

namespace {

struct Fact {
   std::string whole, part;
   const tree::Name *whole_name, *part_name;
};

std::vector<Fact> facts_of(const std::vector<const tree::File*>& files) {
   std::vector<Fact> facts;
   for (const tree::File* file : files)
      for (const tree::Module& module : file->modules)
         for (const tree::Places& places : module.places)
            for (const tree::PlacesOf& one : places.places)
               for (const tree::Name& part : one.parts)
                  facts.push_back({fold(one.whole.text), fold(part.text), &one.whole, &part});
   return facts;
}

}  // namespace

// Names are placed from the widest inward; what is never reached lies in itself.
Places::Places(const std::vector<const tree::File*>& files, Complaints& complaints) {
   const std::vector<Fact> facts = facts_of(files);
   for (const Fact& fact : facts) {
      if (std::find(files_.begin(), files_.end(), fact.whole_name->span.file) == files_.end())
         files_.push_back(fact.whole_name->span.file);
      const bool lies_in_another =
          std::any_of(facts.begin(), facts.end(), [&](const Fact& other) { return other.part == fact.whole; });
      if (!lies_in_another && called(fact.whole_name->text).empty())
         nodes_.push_back({fact.whole_name->text, none, fact.whole_name->span});
   }
   std::vector<bool> placed(facts.size(), false);
   for (std::size_t at = 0; at < nodes_.size(); ++at) {
      const std::string name = fold(nodes_[at].name);
      for (std::size_t i = 0; i < facts.size(); ++i) {
         if (facts[i].whole != name || placed[i]) continue;
         placed[i] = true;
         const auto same = std::find_if(nodes_.begin(), nodes_.end(),
                                        [&](const Node& other) { return other.in == at && fold(other.name) == facts[i].part; });
         if (same == nodes_.end()) nodes_.push_back({facts[i].part_name->text, at, facts[i].part_name->span});
      }
   }
   for (std::size_t i = 0; i < facts.size(); ++i)
      if (!placed[i]) {
         complaints
             .error(Code::ambiguous_place, facts[i].part_name->span,
                    say("{0} 属于 {1}，{1} 又属于 {0}", "{0} lies in {1}, which lies in {0}", facts[i].part_name->text,
                        facts[i].whole_name->text))
             .help = say(
             "冒号前面写上级，后面写它下面的；去掉反了的一行",
             "the larger place stands before the colon, what lies in it behind: take out the line that is the wrong way round");
         return;
      }
}

std::vector<std::size_t> Places::around(std::size_t node) const {
   std::vector<std::size_t> all;
   for (std::size_t at = node; at != none; at = nodes_[at].in) all.push_back(at);
   std::reverse(all.begin(), all.end());
   return all;
}

std::string Places::written(std::size_t node) const {
   std::string text;
   for (const std::size_t one : around(node)) text += nodes_[one].name;
   return text;
}

// 青岛市 and 山东省青岛市 are both names of it.
std::vector<std::size_t> Places::called(std::string_view name) const {
   const std::string wanted = fold(name);
   std::vector<std::size_t> found;
   for (std::size_t i = 0; i < nodes_.size(); ++i) {
      std::string text;
      const std::vector<std::size_t> all = around(i);
      for (auto at = all.rbegin(); at != all.rend(); ++at) {
         text = fold(nodes_[*at].name) + text;
         if (text != wanted) continue;
         found.push_back(i);
         break;
      }
   }
   return found;
}

Places::Found Places::find(std::string_view place) const {
   Found found;
   if (fold(place).empty()) return found;
   const std::vector<std::size_t> all = called(place);
   for (const std::size_t one : all) found.meanings.push_back(written(one));
   if (all.empty()) {
      found.meanings.emplace_back(place);
      found.chain.push_back(fold(place));
   }
   if (all.size() != 1) return found;
   std::string path;
   for (const std::size_t one : around(all.front())) found.chain.push_back(path += "/" + fold(nodes_[one].name));
   return found;
}

bool Places::covers(std::string_view outer, std::string_view inner) const {
   const Found wide = find(outer), narrow = find(inner);
   return !wide.chain.empty() && std::find(narrow.chain.begin(), narrow.chain.end(), wide.chain.back()) != narrow.chain.end();
}

std::vector<std::string> Places::names() const {
   std::vector<std::string> all;
   for (const Node& one : nodes_) all.push_back(one.name);
   return all;
}

std::vector<std::string> places_mentioned(const std::vector<const tree::File*>& files, std::string_view place) {
   Complaints ignored;  // said when rules are selected
   const Places places(files, ignored);
   std::vector<std::string> all = places.names();
   if (places.is_placed(place)) all.emplace_back(place);
   for (const tree::File* file : files)
      for (const tree::Module& module : file->modules)
         if (module.place) all.push_back(*module.place);
   return all;
}

}  // namespace heng

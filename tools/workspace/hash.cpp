// Which rules gave a result: a hash of all texts that took part and of the parameters set by hand (D11).
#include "tools/workspace/hash.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tools/workspace/workspace.hpp"

namespace heng {

std::string sha256(std::string_view text) {
   std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
   unsigned size = 0;
   if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
      throw std::runtime_error("SHA-256 is not available");
   std::string hex;
   for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
   return hex;
}

std::string hash_of(const RuleSet& set, const Sources& sources) {
   std::vector<std::string> parts;
   for (const std::uint32_t file : set.files) parts.push_back(sha256(sources[file].text));
   std::sort(parts.begin(), parts.end());
   std::vector<std::string> by_hand;
   for (const ParameterValue& parameter : set.parameters)
      if (parameter.set_by_hand) by_hand.push_back(parameter.name + "=" + show(parameter.value, parameter.type, true));
   std::sort(by_hand.begin(), by_hand.end());
   std::string all = set.name + "\n" + std::to_string(set.year) + "\n" + set.place + "\n";
   for (const std::string& part : parts) all += part + "\n";
   for (const std::string& one : by_hand) all += one + "\n";
   return sha256(all);
}

}  // namespace heng

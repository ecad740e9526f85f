#include "tools/workspace/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace heng {

namespace fs = std::filesystem;

std::string folder_of(const std::string& path) {
   const std::size_t slash = path.rfind('/');
   return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::optional<std::string> Disk::read(const std::string& path) {
   std::error_code error;
   if (fs::is_directory(path, error)) return std::nullopt;
   std::ifstream file(path, std::ios::binary);
   if (!file) return std::nullopt;
   std::ostringstream text;
   text << file.rdbuf();
   if (file.bad()) return std::nullopt;
   return std::move(text).str();
}

bool Disk::is_folder(const std::string& path) {
   std::error_code error;
   return fs::is_directory(path, error);
}

std::vector<std::string> Disk::rule_files(const std::string& folder, bool deep) {
   std::vector<std::string> found;
   std::error_code error;
   const fs::path root = folder.empty() ? fs::path(".") : fs::path(folder);
   const auto hidden = [](const fs::path& path) { return path.filename().string().front() == '.'; };
   auto options = fs::directory_options::skip_permission_denied;
   for (auto entry = fs::recursive_directory_iterator(root, options, error);
        !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      if (entry->is_directory(error)) {
         if (!deep || hidden(entry->path())) entry.disable_recursion_pending();
         continue;
      }
      if (entry->path().extension() != ".heng" || hidden(entry->path())) continue;
      found.push_back(folder.empty() ? entry->path().filename().string() : entry->path().string());
   }
   std::sort(found.begin(), found.end());
   return found;
}

std::optional<std::string> Memory::read(const std::string& path) {
   const auto found = texts_.find(path);
   return found == texts_.end() ? std::nullopt : std::optional(found->second);
}

bool Memory::is_folder(const std::string& path) {
   return std::any_of(texts_.begin(), texts_.end(),
                      [&](const auto& text) { return text.first.compare(0, path.size() + 1, path + "/") == 0; });
}

std::vector<std::string> Memory::rule_files(const std::string& folder, bool deep) {
   std::vector<std::string> found;
   const std::string prefix = folder.empty() ? "" : folder + "/";
   for (const auto& [path, text] : texts_) {
      const bool inside = path.compare(0, prefix.size(), prefix) == 0;
      const bool rules = path.size() > 5 && path.compare(path.size() - 5, 5, ".heng") == 0;
      if (inside && rules && (deep || path.find('/', prefix.size()) == std::string::npos)) found.push_back(path);
   }
   return found;
}

}  // namespace heng

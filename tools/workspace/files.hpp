// The small door to the world: disk for the command line, texts in memory for tests and editors.
// Does not know: what the files hold.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace heng {

class Files {
 public:
   virtual ~Files() = default;
   virtual std::optional<std::string> read(const std::string& path) = 0;
   virtual bool is_folder(const std::string& path) = 0;
   // Every .heng file below a folder, hidden folders left out, sorted by path.
   virtual std::vector<std::string> rule_files(const std::string& folder, bool deep) = 0;
};

class Disk : public Files {
 public:
   std::optional<std::string> read(const std::string& path) override;
   bool is_folder(const std::string& path) override;
   std::vector<std::string> rule_files(const std::string& folder, bool deep) override;
};

class Memory : public Files {
 public:
   explicit Memory(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}
   std::optional<std::string> read(const std::string& path) override;
   bool is_folder(const std::string& path) override;
   std::vector<std::string> rule_files(const std::string& folder, bool deep) override;

 private:
   std::map<std::string, std::string> texts_;
};

std::string folder_of(const std::string& path);  // "" for a bare file name

}  // namespace heng

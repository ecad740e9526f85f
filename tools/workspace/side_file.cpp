#include "tools/workspace/side_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "tools/workspace/files.hpp"

namespace heng {

namespace {

namespace fs = std::filesystem;

constexpr int most_names = 100;

// Open, and of nobody else; -1: none could be made.
int make_file(const fs::path& folder, fs::path& made) {
   for (int number = 0; number < most_names; ++number) {
      made = folder / (".heng-" + std::to_string(::getpid()) + "-" + std::to_string(number));
      const int file = ::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (file >= 0 || errno != EEXIST) return file;
   }
   return -1;
}

bool write_all(int file, std::string_view text) {
   while (!text.empty()) {
      const ssize_t written = ::write(file, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
   }
   return true;
}

}  // namespace

SideFile read_side_file(const std::string& path) {
   SideFile found;
   std::error_code error;
   const fs::file_type type = fs::symlink_status(path, error).type();
   found.there = type != fs::file_type::not_found && type != fs::file_type::none;
   if (found.there) found.text = Disk().read(path);
   return found;
}

bool write_side_file(const std::string& path, std::string_view text) {
   std::error_code error;
   const bool there = fs::symlink_status(path, error).type() != fs::file_type::not_found;
   const fs::path target = there ? fs::canonical(path, error) : fs::path(path);
   if (there && (error || !fs::is_regular_file(target, error) || ::access(target.c_str(), W_OK) != 0)) return false;
   struct stat before = {};
   if (there && ::stat(target.c_str(), &before) != 0) return false;
   fs::path fresh;
   const int file = make_file(target.parent_path(), fresh);
   if (file < 0) return false;
   bool fine = write_all(file, text) && (!there || ::fchmod(file, before.st_mode & 07777) == 0);
   fine = ::close(file) == 0 && fine;
   if (fine) fs::rename(fresh, target, error);
   if (fine && !error) return true;
   fs::remove(fresh, error);
   return false;
}

}  // namespace heng

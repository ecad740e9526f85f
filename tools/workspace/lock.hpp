// The lock file: every text that takes part in some rules and the meaning of all that overlays change, kept so that results can
// be made again years later, and so that a change below an overlay does not pass unseen.
// Does not know: what the texts say.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace heng {

struct Lock {
   struct Text {
      std::string path;  // below `root`
      std::string text;
      bool lent = false;  // it was beside what was asked for, and lends what is used or extended
   };
   // What an overlay changes, as it was.
   struct Kept {
      std::string layer;    // 项目支出绩效自评 2024 示例甲市
      std::string change;   // in one line: 替换 分档 评价等级
      std::string meaning;  // of what it changes
   };
   struct Set {
      std::string name;
      int year = 0;
      std::string place, hash;
   };
   std::string version;  // of the program that wrote it
   std::string root;     // as it was named: results say where rules stand
   std::vector<Text> texts;
   std::vector<Kept> kept;
   std::vector<Set> sets;
};

std::string write_lock(const Lock& lock);
std::optional<Lock> read_lock(const std::string& text);  // nothing: it is no lock file

}  // namespace heng

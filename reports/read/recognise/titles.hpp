// What a line says as the title of a form or of a record. Names are data of the schema; what departments print around them is
// known here: a number of the table (表1, 附件1：, 一、), whose it is and of which year before, remarks in brackets ((2024年度),
// （按功能分类）) and the number of the form (公开01表) behind. A line that reads like the title of a table, but holds no name of
// the schema, is a caption: what stands under it belongs to no form.
// Does not know: what stands under a title.
#pragma once
#include <string>
#include <vector>

#include "interpreter/schema.hpp"

namespace heng {

struct Title {
   std::u32string name;
   std::size_t form = npos, record = npos;
   static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

class Titles {
 public:
   explicit Titles(const Schema& schema);
   // The longest title that a folded line says: 收入支出决算总表 is no part of 财政拨款收入支出决算总表.
   const Title* on(const std::u32string& line) const;
   // A title over two lines: the second one is `line`.
   const Title* on(const std::u32string& before, const std::u32string& line) const;
   // Like the title of a table, and of none that is known.
   bool is_caption(const std::u32string& line) const;
   // The line is a heading of this name, as a title would be printed; anything may stand before it along with the year.
   static bool names_heading(const std::u32string& line, const std::u32string& name);

 private:
   const Title* ending(const std::u32string& line) const;
   std::vector<Title> titles_;
   bool forms_ = false;
};

// How an item of a text is numbered: 第一部分 1, 一、 2, （一） 3, 1. 4, (1) 5; 0: not at all. `rest` is what follows.
int numbering_of(const std::u32string& folded_line, std::u32string& rest);

bool is_sentence(const std::u32string& folded_line);  // it has signs that no title has

// 部门：某局  金额单位：万元
bool says_unit(const std::u32string& folded_line);

constexpr std::size_t longest_title = 60;  // code points

}  // namespace heng

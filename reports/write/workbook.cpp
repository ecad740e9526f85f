#include "reports/write/workbook.hpp"

#include <xlsxwriter.h>

namespace heng {

namespace {

constexpr lxw_row_t rows_of_a_sheet = 1048576;

class Workbook {
 public:
   explicit Workbook(const std::string& path) {
      // Rows go to the file as they come: memory does not grow with them.
      lxw_workbook_options options{};
      options.constant_memory = LXW_TRUE;
      book_ = workbook_new_opt(path.c_str(), &options);
      if (!book_) return;
      lxw_doc_properties properties{};
      properties.created = 1704067200;  // of no importance, but the same each time
      workbook_set_properties(book_, &properties);
      bold_ = workbook_add_format(book_);
      format_set_bold(bold_);
   }

   bool add(const SheetOfTexts& sheet) {
      lxw_worksheet* page = nullptr;
      lxw_row_t row = rows_of_a_sheet;
      int pages = 0;
      const auto turn = [&] {
         const std::string name = sheet.name + (pages++ > 0 ? " " + std::to_string(pages) : "");
         page = workbook_add_worksheet(book_, name.c_str());
         if (!page) return;  // its rows go to a file of their own, which cannot be made
         for (std::size_t i = 0; i < sheet.widths.size(); ++i)
            worksheet_set_column(page, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), sheet.widths[i], nullptr);
         if (sheet.head_stays) worksheet_freeze_panes(page, 1, 0);
         write(page, 0, sheet.head, bold_);
         row = 1;
      };
      turn();
      sheet.rows([&](const std::vector<std::string>& cells) {
         if (row == rows_of_a_sheet) turn();
         if (page) write(page, row++, cells, nullptr);
      });
      return page != nullptr;
   }

   bool is_open() const { return book_ != nullptr; }
   bool close() { return workbook_close(book_) == LXW_NO_ERROR; }

 private:
   static void write(lxw_worksheet* page, lxw_row_t row, const std::vector<std::string>& cells, lxw_format* format) {
      for (std::size_t i = 0; i < cells.size(); ++i)
         if (!cells[i].empty()) worksheet_write_string(page, row, static_cast<lxw_col_t>(i), cells[i].c_str(), format);
   }

   lxw_workbook* book_ = nullptr;
   lxw_format* bold_ = nullptr;
};

}  // namespace

bool write_workbook(const std::string& path, const std::vector<SheetOfTexts>& sheets) {
   Workbook book(path);
   if (!book.is_open()) return false;
   bool whole = true;
   for (const SheetOfTexts& sheet : sheets) whole = whole && book.add(sheet);
   return book.close() && whole;
}

}  // namespace heng
